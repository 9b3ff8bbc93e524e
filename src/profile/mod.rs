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
//! - `texts/`, what is being written in an editor ([`Texts`]),
//! - `outbox/`, what is being sent ([`Outbox`]),
//! - `imports/`, what has become of many cases that were sent together ([`Imports`]),
//! - `uploads/`, files on their way to a case ([`Uploads`]),
//! - `redacted/`, copies of such files without their secrets ([`Copies`]).
//!
//! Every file is private, and written whole to a temporary file first, then renamed; but for the journals of
//! imports, which grow.

mod cache;
mod copies;
mod credentials;
mod disk;
mod drafts;
mod environment;
mod examination;
mod imports;
mod keyring;
mod locations;
mod logins;
mod outbox;
mod recent;
mod redaction;
mod settings;
mod settings_file;
mod texts;
mod token_command;
mod uploads;

use std::path::{Path, PathBuf};
use std::time::Duration;

pub use cache::{Cache, Cached, Saved};
pub use copies::{Copies, Copy, copy_id};
pub use credentials::{Credential, Kept, TokenSource};
pub use disk::{Listed, Permissions, new_id, permissions, try_out};
pub use drafts::{Drafts, SavedDraft};
pub use environment::Environment;
pub use examination::{Data, Examination};
pub use imports::{Begun, Imports, Journal, Mark, Reservation};
pub use keyring::KeyringState;
pub use logins::{Login, Logins, NewLogin, PortalLogins, Vault};
pub use outbox::{Claim, Entry, EntryKind, EntryState, Outbox};
pub use recent::{RecentArticle, RecentCase};
pub use redaction::{OwnRules, RedactMode};
pub use settings::{Flags, Resolved, Source};
pub use texts::Texts;
pub use uploads::{Claimed, Upload, UploadClaim, Uploads};

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
    /// Whether it is only looked at: nothing is kept, nobody is asked, and nothing is waited for long.
    only_looking: bool,
}

/// How long somebody who only looks waits for anything.
const GLANCE: Duration = Duration::from_secs(4);

impl Profile {
    /// Reads what is there; what isn't there counts as empty, and nothing is created.
    ///
    /// Fails when a file can't be read or makes no sense, naming file and line. With a token in the
    /// environment nobody need be logged in, so then logins that can't be read count as none.
    pub fn open(environment: Environment, flags: Flags) -> Result<Self, Failure> {
        let locations = Locations::find(&environment);
        let directory = SettingsFile::nearest(environment.folder())?;
        let config = match locations.config() {
            Some(folder) => SettingsFile::config(&folder.join("config.toml"))?,
            None => None,
        };
        let logins = match locations.data() {
            Ok(folder) => match Logins::read(folder) {
                Err(failure) if credentials::in_environment(&environment).is_none() => return Err(failure),
                logins => logins.unwrap_or_default(),
            },
            Err(_) => Logins::default(),
        };
        Ok(Self { environment, flags, locations, directory, config, logins, only_looking: false })
    }

    /// The same for somebody who only wants to know how things are: no cache is kept, no keyring is unlocked,
    /// and everything has to answer within a few seconds.
    #[must_use]
    pub fn only_looking(mut self) -> Self {
        if let Ok(timeout) = self.timeout() {
            self.flags.timeout = Some(timeout.value.min(GLANCE));
        }
        self.only_looking = true;
        self
    }

    /// Whether the operating system's keyring can be used. It is neither unlocked nor written to.
    pub fn keyring(&self) -> KeyringState {
        keyring::state(&self.environment)
    }

    fn patience(&self, usual: Duration) -> Duration {
        if self.only_looking { usual.min(GLANCE) } else { usual }
    }

    /// The snapshot that it was opened with.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Where docket keeps its files. The folder need not exist yet.
    ///
    /// Fails when neither `DOCKET_DATA_DIR` nor a home directory says where.
    pub fn data_dir(&self) -> Result<&Path, Failure> {
        self.locations.data()
    }

    /// The configuration directory and the data directory, each with where it was named, as far as they are
    /// known.
    pub fn directories(&self) -> [Option<&Resolved<PathBuf>>; 2] {
        self.locations.both()
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

    /// The token of whoever is logged in at a portal, whatever the environment says; `None` when nobody is.
    pub fn stored_credential(&self, portal: &Address) -> Result<Option<Credential>, Failure> {
        credentials::stored(self, portal)
    }

    /// Who [`Credential::who`] would name, without asking a keyring or running a command; `None` where only
    /// these know.
    pub fn known_who(&self, portal: &Address) -> Option<String> {
        credentials::known_who(self, portal)
    }

    /// The file in which tokens are kept where there is no keyring.
    pub fn token_file(&self) -> Option<PathBuf> {
        self.locations.data().ok().map(|folder| folder.join(credentials::FILE))
    }

    /// What can be fetched again. Where there is no place for it, nothing is kept.
    pub fn cache(&self) -> Cache {
        Cache::new(self.locations.data().ok().filter(|_| !self.only_looking))
    }

    /// Interrupted walks.
    pub fn drafts(&self) -> Result<Drafts, Failure> {
        self.locations.data().map(Drafts::new)
    }

    /// What is being written in an editor.
    pub fn texts(&self) -> Result<Texts, Failure> {
        self.locations.data().map(Texts::new)
    }

    /// What has become of many cases that were sent together.
    pub fn imports(&self) -> Result<Imports, Failure> {
        self.locations.data().map(Imports::new)
    }

    /// Files on their way to a case.
    pub fn uploads(&self) -> Result<Uploads, Failure> {
        self.locations.data().map(Uploads::new)
    }

    /// Copies of files without their secrets.
    pub fn copies(&self) -> Result<Copies, Failure> {
        self.locations.data().map(Copies::new)
    }

    /// What is being sent.
    pub fn outbox(&self) -> Result<Outbox, Failure> {
        self.locations.data().map(Outbox::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use std::fs;
    use tempfile::TempDir;

    /// A case with little in it.
    pub(super) fn a_case(number: u32) -> crate::case::Case {
        serde_json::from_value(serde_json::json!({
            "number": format!("{number:08}"), "url": "", "status": "open",
            "account": {"id": "1001", "name": "Northwind Legal"}, "product": "esignature",
            "category": "sending", "subcategory": "bulk-send", "subject": "Envelopes stay",
            "description": "a secret", "occurred_at": null, "envelope_id": null, "user_impact": null,
            "environment": null, "business_impact": null, "contact_method": "email", "phone": null,
            "language": "en", "details": {"occurred_before": null, "product_version": null, "browser": null, "steps": null},
            "opened_by": "sam@example.com", "created_at": "2026-11-20T09:30:00Z",
            "updated_at": "2026-11-20T09:30:00Z", "closes_at": null, "closed_at": null, "close_reason": null,
            "follows": null, "watchers": ["ops@example.com"], "attachments": [],
        }))
        .unwrap()
    }

    /// A folder with a data and a config directory, and another one to work in.
    pub(super) struct Home {
        pub(super) root: TempDir,
        variables: Vec<(String, String)>,
    }

    impl Home {
        pub(super) fn new() -> Self {
            let root = tempfile::tempdir().unwrap();
            for folder in ["config", "work/deep"] {
                fs::create_dir_all(root.path().join(folder)).unwrap();
            }
            let at = |name: &str| root.path().join(name).display().to_string();
            let variables = vec![
                ("DOCKET_CONFIG_DIR".to_owned(), at("config")),
                ("DOCKET_DATA_DIR".to_owned(), at("data")),
            ];
            Self { root, variables }
        }

        pub(super) fn with(mut self, name: &str, value: &str) -> Self {
            self.variables.push((name.to_owned(), value.to_owned()));
            self
        }

        /// Writes `config/config.toml`.
        pub(super) fn config(self, text: &str) -> Self {
            fs::write(self.path("config/config.toml"), text).unwrap();
            self
        }

        /// Writes a `.docket.toml` above the folder worked in.
        pub(super) fn directory(self, text: &str) -> Self {
            fs::write(self.path("work/.docket.toml"), text).unwrap();
            self
        }

        pub(super) fn path(&self, name: &str) -> PathBuf {
            self.root.path().join(name)
        }

        pub(super) fn environment(&self) -> Environment {
            Environment::new(self.variables.clone(), self.path("work/deep"))
        }

        pub(super) fn open(&self) -> Profile {
            self.try_open(Flags::default()).unwrap()
        }

        pub(super) fn try_open(&self, flags: Flags) -> Result<Profile, Failure> {
            Profile::open(self.environment(), flags)
        }

        pub(super) fn log_in(self, portal: &str, user: &str, account: Option<&str>) -> Self {
            let account = account.map(str::to_owned);
            let token = Secret::new(format!("token-of-{user}"));
            let login = NewLogin { user: user.to_owned(), token, expires_at: None, account };
            self.open().log_in(&portal.parse().unwrap(), login).unwrap();
            self
        }

        /// A failure's message without the folder.
        pub(super) fn message(&self, failure: &Failure) -> String {
            failure.message.replace(&self.root.path().display().to_string(), "HOME")
        }
    }

    #[cfg(unix)]
    pub(super) fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt as _;
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn nothing_is_needed_and_nothing_is_created() {
        let home = Home::new();
        let profile = home.open();
        assert_eq!(profile.portal().unwrap_err().kind.exit_code(), 4);
        assert!(!home.path("data").exists());
    }

    #[test]
    fn without_a_home_a_token_and_a_portal_are_enough() {
        let environment = Environment::new([("DOCKET_TOKEN", "t-1")], "/nowhere/at/all");
        let flags = Flags { portal: Some("support.example.com".to_owned()), ..Flags::default() };
        let profile = Profile::open(environment, flags).unwrap();
        let portal = profile.portal().unwrap();
        let credential = profile.credential(&portal).unwrap();
        assert_eq!(credential.token.reveal(), "t-1");
        let cache = profile.cache();
        cache.put(Cached::Form, &portal.value, &credential.who(), &1);
        assert_eq!(cache.get::<u32>(Cached::Form, &portal.value, &credential.who()), None);
        let failure = profile.drafts().unwrap_err();
        assert_eq!(failure.message, "there is no place for docket's files: HOME is not set");
        assert!(failure.hints[0].contains("DOCKET_DATA_DIR"));
    }

    #[test]
    fn a_data_directory_that_can_not_be_made_is_named() {
        let home = Home::new();
        fs::write(home.path("data"), "a file").unwrap();
        let mut profile = home.open();
        let login = NewLogin {
            user: "sam@example.com".to_owned(),
            token: Secret::new("t"),
            expires_at: None,
            account: None,
        };
        let failure = profile.log_in(&Address::Local, login).unwrap_err();
        assert_eq!(home.message(&failure), "can't create HOME/data: File exists (os error 17)");
        assert_eq!(failure.kind.exit_code(), 1);
    }
}
