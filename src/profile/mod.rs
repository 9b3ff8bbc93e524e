//! What docket keeps on disk, and what it has been told about where and who.
//!
//! A [`Profile`] is built from explicit inputs: an [`Environment`] (a snapshot of the process's variables and
//! folder) and the command line's [`Flags`]. It answers every question about settings with a [`Resolved`]
//! value that knows where it came from, always in the same order: flag, environment, the nearest
//! `.docket.toml`, `config.toml`, what login wrote, default.
//!
//! In the data directory there are
//!
//! - `logins.json`, who is logged in where; written by login, logout and switching accounts only,
//! - `credentials.json`, tokens where there is no keyring,
//! - `cache/`, which may be lost at any time ([`Cache`]),
//! - `drafts/`, interrupted walks ([`Drafts`]),
//! - `outbox/`, what is being sent ([`Outbox`]).
//!
//! Every file is private, and written whole to a temporary file first, then renamed.

mod cache;
mod credentials;
mod disk;
mod drafts;
mod environment;
mod keyring;
mod locations;
mod logins;
mod outbox;
mod settings;
mod settings_file;

use std::path::Path;

pub use cache::{Cache, Cached, Saved};
pub use credentials::{Credential, Kept, TokenSource};
pub use disk::{Listed, new_id};
pub use drafts::{Drafts, SavedDraft};
pub use environment::Environment;
pub use logins::{Login, Logins, NewLogin, PortalLogins, Vault};
pub use outbox::{Entry, EntryKind, EntryState, Outbox, QueuedFile};
pub use settings::{Flags, Resolved, Source};

use crate::address::Address;
use crate::failure::Failure;
use locations::Locations;
use settings_file::SettingsFile;

/// Everything docket knows before it talks to anybody.
#[derive(Debug, Clone)]
pub struct Profile {
    environment: Environment,
    flags: Flags,
    locations: Locations,
    /// The nearest `.docket.toml`.
    directory: Option<SettingsFile>,
    /// `config.toml`.
    config: Option<SettingsFile>,
    logins: Logins,
}

impl Profile {
    /// Reads what is there; what isn't there counts as empty, and nothing is created.
    ///
    /// Fails when a file can't be read or makes no sense, naming file and line.
    pub fn open(environment: Environment, flags: Flags) -> Result<Self, Failure> {
        let locations = Locations::find(&environment);
        let directory = SettingsFile::nearest(environment.folder())?;
        let config = match locations.config() {
            Some(folder) => SettingsFile::config(&folder.join("config.toml"))?,
            None => None,
        };
        let logins = match locations.data() {
            Ok(folder) => Logins::read(folder)?,
            Err(_) => Logins::default(),
        };
        Ok(Self { environment, flags, locations, directory, config, logins })
    }

    /// The snapshot that it was opened with.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Where `config.toml` is looked for, if that is known.
    pub fn config_dir(&self) -> Option<&Path> {
        self.locations.config()
    }

    /// Where docket keeps its files. The folder need not exist yet.
    ///
    /// Fails when neither `DOCKET_DATA_DIR` nor a home directory says where.
    pub fn data_dir(&self) -> Result<&Path, Failure> {
        self.locations.data()
    }

    /// Who is logged in where.
    pub fn logins(&self) -> &Logins {
        &self.logins
    }

    /// Remembers a login beside those that are there, and makes it the current one. Answers where the token
    /// is kept.
    pub fn log_in(&mut self, portal: &Address, login: NewLogin) -> Result<Kept, Failure> {
        let folder = self.locations.data()?.to_owned();
        let (logins, kept) = logins::add(&folder, &self.environment, portal, login)?;
        self.logins = logins;
        Ok(kept)
    }

    /// Forgets a login and its token; answers whether there was one.
    pub fn log_out(&mut self, portal: &Address, user: &str) -> Result<bool, Failure> {
        let folder = self.locations.data()?.to_owned();
        let (logins, found) = logins::remove(&folder, &self.environment, portal, user)?;
        self.logins = logins;
        self.cache().forget(portal, user);
        Ok(found)
    }

    /// Makes another account the current one of a user at a portal.
    pub fn switch_account(&mut self, portal: &Address, user: &str, account: &str) -> Result<(), Failure> {
        let folder = self.locations.data()?.to_owned();
        self.logins = logins::switch(&folder, portal, user, account)?;
        Ok(())
    }

    /// The token to use at a portal.
    ///
    /// Fails when there is none; when the one from the environment would go to a portal that only a
    /// `.docket.toml` names; and when it can't be read.
    pub fn credential(&self, portal: &Resolved<Address>) -> Result<Credential, Failure> {
        credentials::find(self, portal)
    }

    /// What can be fetched again. Where there is no place for it, nothing is kept.
    pub fn cache(&self) -> Cache {
        Cache::new(self.locations.data().ok())
    }

    /// Interrupted walks.
    pub fn drafts(&self) -> Result<Drafts, Failure> {
        self.locations.data().map(Drafts::new)
    }

    /// What is being sent.
    pub fn outbox(&self) -> Result<Outbox, Failure> {
        self.locations.data().map(Outbox::new)
    }
}
