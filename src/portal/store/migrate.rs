//! Brings the database up to date, and leaves one alone that a newer portal has written.

use std::path::Path;

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::Db;
use crate::portal::error::PortalError;

/// Version, name and text of each, in their order. One that was published is never changed.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "init", include_str!("migrations/0001_init.sql")),
    (2, "alerts_and_tokens", include_str!("migrations/0002_alerts_and_tokens.sql")),
];

pub(super) async fn run(writer: &mut Db, file: &Path) -> Result<(), PortalError> {
    let opening = |error| PortalError::opening(file, error);
    let known = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
    let found = version(&mut *writer).await.map_err(opening)?;
    if found > known {
        return Err(PortalError::Newer { path: file.to_owned(), found, known });
    }
    if found == known {
        return Ok(());
    }
    let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    let done = Migrator::with_migrations(migrations.collect()).run(writer).await;
    done.map_err(|source| PortalError::Migration { path: file.to_owned(), source: Box::new(source) })
}

/// The newest migration that the database has; 0 when it has none.
async fn version(writer: &mut Db) -> sqlx::Result<i64> {
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut *writer)
            .await?;
    if tables == 0 {
        return Ok(0);
    }
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(writer).await?;
    Ok(newest.unwrap_or(0))
}
