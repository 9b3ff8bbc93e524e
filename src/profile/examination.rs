//! A look at each of docket's files by itself, for whoever wants to know all that is wrong with them.
//!
//! [`super::Profile::open`] stops at the first file that can't be read; this doesn't.

use std::path::PathBuf;

use super::disk::Listed;
use super::drafts::Drafts;
use super::locations::Locations;
use super::logins::Logins;
use super::outbox::Outbox;
use super::settings_file::SettingsFile;
use super::{Entry, Environment, SavedDraft, credentials};
use crate::failure::Failure;

/// How each file and folder is. What isn't there is in order.
#[derive(Debug)]
pub struct Examination {
    /// The configuration directory, if it is known where it would be.
    pub config_dir: Option<PathBuf>,
    /// The `config.toml` that was found.
    pub config: Result<Option<PathBuf>, Failure>,
    /// The `.docket.toml` that was found.
    pub folder: Result<Option<PathBuf>, Failure>,
    /// The data directory, if it is known where it would be.
    pub data_dir: Result<PathBuf, Failure>,
    /// Everything in the data directory.
    pub data: Option<Data>,
}

/// How the files in the data directory are.
#[derive(Debug)]
pub struct Data {
    /// How many logins there are.
    pub logins: Result<usize, Failure>,
    /// The file with tokens, if there is one.
    pub credentials: Result<Option<PathBuf>, Failure>,
    /// What is being sent.
    pub outbox: Result<Vec<Listed<Entry>>, Failure>,
    /// Interrupted walks.
    pub drafts: Result<Vec<Listed<SavedDraft>>, Failure>,
}

impl Examination {
    /// Looks at everything that the environment leads to; nothing is changed.
    pub fn of(environment: &Environment) -> Self {
        let locations = Locations::find(environment);
        let found = |file: Option<SettingsFile>| file.map(|file| file.path().to_owned());
        let data_dir = locations.data().map(ToOwned::to_owned);
        Self {
            config_dir: locations.config().map(ToOwned::to_owned),
            config: match locations.config() {
                Some(folder) => SettingsFile::config(&folder.join("config.toml")).map(found),
                None => Ok(None),
            },
            folder: SettingsFile::nearest(environment.folder()).map(found),
            data: data_dir.as_ref().ok().map(|folder| Data {
                logins: Logins::read(folder)
                    .map(|logins| logins.portals().map(|(_, portal)| portal.users.len()).sum()),
                credentials: credentials::examine(folder),
                outbox: Outbox::new(folder).list(),
                drafts: Drafts::new(folder).list(),
            }),
            data_dir,
        }
    }
}
