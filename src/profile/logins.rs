//! `logins.json`: who is logged in where, and in which account.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::credentials::{self, Kept};
use super::{Environment, disk};
use crate::address::Address;
use crate::case::words;
use crate::failure::Failure;
use crate::secret::Secret;

const FILE: &str = "logins.json";
const LOCK: &str = "logins.lock";

/// Where a token is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vault {
    /// The operating system's keyring.
    Keyring,
    /// `credentials.json`.
    File,
}

words!(Vault, "a place for tokens", { Keyring => "keyring", File => "file" });

/// Every login.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logins {
    /// The portal of the last login.
    #[serde(default)]
    current: Option<String>,
    /// By the portal's address.
    #[serde(default)]
    portals: BTreeMap<String, PortalLogins>,
}

/// The logins at one portal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalLogins {
    /// E-mail address of who is meant where nobody is named.
    pub current: Option<String>,
    /// By e-mail address.
    pub users: BTreeMap<String, Login>,
}

/// One user at one portal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The account they are in.
    #[serde(default)]
    pub account: Option<String>,
    /// Where their token is, if they need one.
    #[serde(default)]
    pub token: Option<Vault>,
    /// When it stops working, if the portal said.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// A login to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLogin {
    /// E-mail address.
    pub user: String,
    /// The token to keep.
    pub token: Secret,
    /// When it stops working, if the portal said.
    pub expires_at: Option<Timestamp>,
    /// The account to begin in; that of an earlier login where left out.
    pub account: Option<String>,
}

impl Logins {
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        Ok(disk::read_json(&folder.join(FILE))?.unwrap_or_default())
    }

    /// The portal of the last login.
    pub fn current_portal(&self) -> Option<Address> {
        self.current.as_deref()?.parse().ok()
    }

    /// The logins at each portal, by its address.
    pub fn portals(&self) -> impl Iterator<Item = (&str, &PortalLogins)> {
        self.portals.iter().map(|(address, logins)| (address.as_str(), logins))
    }

    /// The e-mail address of who is meant at a portal where nobody is named.
    pub fn current_user(&self, portal: &Address) -> Option<&str> {
        self.portals.get(portal.as_str())?.current.as_deref()
    }

    /// A user's login at a portal.
    pub fn login(&self, portal: &Address, user: &str) -> Option<&Login> {
        self.portals.get(portal.as_str())?.users.get(user)
    }

    /// The account that a user is in.
    pub fn account(&self, portal: &Address, user: &str) -> Option<&str> {
        self.login(portal, user)?.account.as_deref()
    }
}

/// Keeps a new login's token and remembers the login.
pub(super) fn add(
    folder: &Path,
    environment: &Environment,
    portal: &Address,
    new: NewLogin,
) -> Result<(Logins, Kept), Failure> {
    let kept = credentials::keep(folder, environment, portal, &new.user, &new.token)?;
    let logins = change(folder, |logins| {
        logins.current = Some(portal.as_str().to_owned());
        let here = logins.portals.entry(portal.as_str().to_owned()).or_default();
        here.current = Some(new.user.clone());
        let login = here.users.entry(new.user).or_default();
        login.token = Some(kept.vault());
        login.expires_at = new.expires_at;
        login.account = new.account.or(login.account.take());
    })?;
    Ok((logins, kept))
}

/// Forgets a login and its token; answers whether there was one.
pub(super) fn remove(
    folder: &Path,
    environment: &Environment,
    portal: &Address,
    user: &str,
) -> Result<(Logins, bool), Failure> {
    let before = Logins::read(folder)?;
    let Some(login) = before.login(portal, user) else { return Ok((before, false)) };
    credentials::forget(folder, environment, portal, user, login.token)?;
    let logins = change(folder, |logins| {
        let Some(here) = logins.portals.get_mut(portal.as_str()) else { return };
        here.users.remove(user);
        if here.current.as_deref() == Some(user) {
            here.current = here.users.keys().next().cloned();
        }
        if here.users.is_empty() {
            logins.portals.remove(portal.as_str());
            logins.current.take_if(|current| current == portal.as_str());
        }
    })?;
    Ok((logins, true))
}

/// Makes another account a user's current one.
pub(super) fn switch(folder: &Path, portal: &Address, user: &str, account: &str) -> Result<Logins, Failure> {
    change(folder, |logins| {
        let here = logins.portals.entry(portal.as_str().to_owned()).or_default();
        here.current.get_or_insert_with(|| user.to_owned());
        here.users.entry(user.to_owned()).or_default().account = Some(account.to_owned());
    })
}

/// Takes turns with other docket processes at everything about logins.
pub(super) fn lock(folder: &Path) -> Result<std::fs::File, Failure> {
    disk::lock(folder, LOCK)
}

fn change(folder: &Path, change: impl FnOnce(&mut Logins)) -> Result<Logins, Failure> {
    let _turn = lock(folder)?;
    let mut logins = Logins::read(folder)?;
    change(&mut logins);
    disk::write_json(&folder.join(FILE), &logins)?;
    Ok(logins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::tests::Home;

    const DESK: &str = "https://desk.example.com";

    fn desk() -> Address {
        DESK.parse().unwrap()
    }

    #[test]
    fn logging_in_again_adds_a_user_and_keeps_the_others() {
        let home = Home::new().log_in(DESK, "sam@example.com", Some("1001"));
        let home = home.log_in(DESK, "kim@example.com", None).log_in("localhost:1", "lee@example.com", None);
        let mut profile = home.open();
        assert_eq!(profile.logins().current_portal().unwrap().as_str(), "http://localhost:1");
        assert_eq!(profile.logins().current_user(&desk()), Some("kim@example.com"));
        assert_eq!(profile.logins().account(&desk(), "sam@example.com"), Some("1001"));

        assert!(profile.log_out(&desk(), "kim@example.com").unwrap());
        assert!(!profile.log_out(&desk(), "kim@example.com").unwrap());
        assert_eq!(profile.logins().current_user(&desk()), Some("sam@example.com"));
        let kept = std::fs::read_to_string(home.path("data/credentials.json")).unwrap();
        assert!(kept.contains("token-of-sam") && !kept.contains("token-of-kim"), "{kept}");
        assert_eq!(home.open().logins(), profile.logins());

        assert!(profile.log_out(&"localhost:1".parse().unwrap(), "lee@example.com").unwrap());
        assert_eq!(profile.logins().current_portal(), None);
    }

    #[test]
    fn the_account_stays_with_the_user() {
        let home = Home::new().log_in(DESK, "sam@example.com", Some("1001"));
        home.open().switch_account(&desk(), "sam@example.com", "1003").unwrap();
        let home = home.log_in(DESK, "sam@example.com", None);
        assert_eq!(home.open().logins().account(&desk(), "sam@example.com"), Some("1003"));
        // The portal inside docket needs no login.
        home.open().switch_account(&Address::Local, "sam@example.com", "1002").unwrap();
        assert_eq!(home.open().logins().account(&Address::Local, "sam@example.com"), Some("1002"));
        assert_eq!(home.open().logins().current_portal(), Some(desk()));
    }

    #[test]
    fn several_processes_lose_nothing_of_each_others() {
        let home = Home::new();
        let environment = home.environment();
        let folder = home.path("data");
        std::thread::scope(|scope| {
            for n in 0..8 {
                let (environment, folder) = (&environment, &folder);
                scope.spawn(move || {
                    let (user, token) = (format!("u{n}@example.com"), Secret::new(format!("t{n}")));
                    let new = NewLogin { user, token, expires_at: None, account: None };
                    add(folder, environment, &desk(), new).unwrap();
                });
            }
        });
        let logins = Logins::read(&folder).unwrap();
        assert_eq!(logins.portals().next().unwrap().1.users.len(), 8);
        let kept = std::fs::read_to_string(folder.join("credentials.json")).unwrap();
        assert_eq!(kept.matches(" at ").count(), 8);
    }

    #[test]
    fn a_corrupt_file_is_named_with_its_line() {
        let home = Home::new().log_in(DESK, "sam@example.com", None);
        std::fs::write(home.path("data/logins.json"), "{\n  \"portals\": [\n").unwrap();
        let failure = home.try_open(Default::default()).unwrap_err();
        let message = home.message(&failure);
        assert!(message.starts_with("HOME/data/logins.json:2: "), "{message}");
        assert_eq!(failure.kind.exit_code(), 1);
        let home = home.with("DOCKET_TOKEN", "t");
        assert_eq!(*home.open().logins(), Logins::default());
    }
}
