//! A copy of the database as it is at one moment, while others write.
//!
//! SQLite's `VACUUM INTO` reads in one transaction, which in write-ahead mode keeps nobody from writing, and
//! leaves a single file without a log beside it. Its own backup interface would begin anew whenever another
//! process writes, and can't be had without `unsafe`.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use super::writer::BUSY;
use super::{Db, FILE};

/// Copies the database in the directory `data` to a file that is empty or isn't there.
pub(in crate::portal) async fn copy(data: &Path, to: &Path) -> sqlx::Result<()> {
    let options = SqliteConnectOptions::new().filename(data.join(FILE)).busy_timeout(BUSY);
    let mut db = options.disable_statement_logging().connect().await?;
    let to = to.to_str().ok_or_else(|| {
        sqlx::Error::Configuration(format!("{} isn't UTF-8, and SQLite needs it", to.display()).into())
    })?;
    sqlx::query("VACUUM INTO $1").bind(to).execute(&mut db).await?;
    db.close().await
}

/// Opens a copy to read in it.
pub(in crate::portal) async fn open(copy: &Path) -> sqlx::Result<Db> {
    SqliteConnectOptions::new().filename(copy).read_only(true).disable_statement_logging().connect().await
}
