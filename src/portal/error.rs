//! Why a portal can't be opened or can't go on.

use std::io;
use std::path::{Path, PathBuf};

/// Why a portal can't be opened or can't go on.
#[derive(Debug, thiserror::Error)]
pub enum PortalError {
    /// The data directory can't be made or written.
    #[error("can't use the data directory {}: {source}", path.display())]
    Data {
        /// The directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file with the database's name that isn't one, or is damaged.
    #[error("{} is damaged or not a portal's database; restore it from a backup", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The database was written by a newer docket.
    #[error(
        "{} was written by a newer docket (its version is {found}, this one knows up to {known}): \
         use a newer docket",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The database's version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The database can't be brought up to date.
    #[error("can't bring {} up to date: {source}", path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: Box<sqlx::migrate::MigrateError>,
    },
    /// The database can't be opened.
    #[error("can't open {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the database says.
        source: Box<sqlx::Error>,
    },
    /// The database can't be read or written.
    #[error("the portal's database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The catalogue can't be used.
    #[error("can't use the catalogue: {0}")]
    Catalogue(String),
    /// The directory of users and accounts can't be used.
    #[error(transparent)]
    Directory(#[from] super::admin::AdminError),
    /// Something can't be listened on or served.
    #[error("can't serve: {0}")]
    Serve(#[from] io::Error),
    /// There is nobody to be logged in as.
    #[error("the portal has no user {0}")]
    NoSuchUser(String),
}

impl PortalError {
    /// What it means that the database in `file` couldn't be opened.
    pub(super) fn opening(file: &Path, error: sqlx::Error) -> Self {
        const CORRUPT: u32 = 11;
        const NOT_A_DATABASE: u32 = 26;
        let code = error.as_database_error().and_then(|cause| cause.code()?.parse::<u32>().ok());
        match code.map(|code| code & 0xff) {
            Some(CORRUPT | NOT_A_DATABASE) => Self::Damaged { path: file.to_owned() },
            _ => Self::Open { path: file.to_owned(), source: Box::new(error) },
        }
    }
}
