//! Tokens: where they come from, and where they are kept.
//!
//! `DOCKET_TOKEN` beats `DOCKET_TOKEN_COMMAND`, which beats the login's own token. That one is in the
//! keyring, or where there is none that works, in a private file. `logins.json` says which, so that the
//! keyring isn't asked in vain.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::logins::{self, Vault};
use super::{Environment, Profile, Resolved, Source, disk, keyring, token_command};
use crate::address::Address;
use crate::case::words;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;

/// The variable that has a token itself.
const VARIABLE: &str = "DOCKET_TOKEN";
/// The file for tokens where there is no keyring.
pub(super) const FILE: &str = "credentials.json";

/// Where a token came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenSource {
    /// The command line.
    Flag,
    /// `DOCKET_TOKEN`.
    Environment,
    /// `DOCKET_TOKEN_COMMAND`.
    Command,
    /// The operating system's keyring.
    Keyring,
    /// `credentials.json`.
    File,
}

words!(TokenSource, "a source of tokens", {
    Flag => "flag",
    Environment => "environment",
    Command => "command",
    Keyring => "keyring",
    File => "file",
});

/// A token to use at a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// What goes with every request.
    pub token: Secret,
    /// Where it came from.
    pub source: TokenSource,
    /// The e-mail address that it belongs to, if docket logged in with it.
    pub user: Option<String>,
}

impl Credential {
    /// Tells users apart in the cache: the e-mail address or, where it isn't known, a digest of the token.
    pub fn who(&self) -> String {
        match &self.user {
            Some(user) => user.clone(),
            None => bearer(self.token.reveal()),
        }
    }
}

/// Names whoever has a token, where nothing else is known of them.
fn bearer(token: &str) -> String {
    let digest = Sha256::digest(token);
    digest.iter().take(8).fold("token ".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// Where a new token went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Into the keyring.
    Keyring,
    /// Into a file that only this user can read.
    File {
        /// Which.
        path: PathBuf,
        /// Why not into the keyring.
        why: String,
    },
}

impl Kept {
    pub(super) fn vault(&self) -> Vault {
        match self {
            Self::Keyring => Vault::Keyring,
            Self::File { .. } => Vault::File,
        }
    }
}

/// The token to use at a portal; see [`Profile::credential`].
pub(super) fn find(profile: &Profile, portal: &Resolved<Address>) -> Result<Credential, Failure> {
    if let Some(variable) = in_environment(&profile.environment) {
        // Before a command is run for a token that then goes nowhere.
        may_send(profile, portal, variable)?;
        return from_environment(profile, variable);
    }
    stored(profile, &portal.value)?.ok_or_else(|| not_logged_in(&portal.value))
}

/// The login's own token; see [`Profile::stored_credential`].
pub(super) fn stored(profile: &Profile, portal: &Address) -> Result<Option<Credential>, Failure> {
    let Some(user) = profile.logins.current_user(portal) else { return Ok(None) };
    let vault = profile.logins.login(portal, user).and_then(|login| login.token);
    let (token, source) = match vault {
        Some(Vault::Keyring) => (keyring::read(profile, portal, user)?, TokenSource::Keyring),
        Some(Vault::File) => (read_file(profile.locations.data()?, portal, user)?, TokenSource::File),
        None => return Ok(None),
    };
    Ok(token.map(|token| Credential { token, source, user: Some(user.to_owned()) }))
}

/// Whose token would be used; see [`Profile::known_who`].
pub(super) fn known_who(profile: &Profile, portal: &Address) -> Option<String> {
    if let Some(token) = profile.environment.text("DOCKET_TOKEN").ok()? {
        return Some(bearer(token.trim()));
    }
    if in_environment(&profile.environment).is_some() {
        return None;
    }
    profile.logins.current_user(portal).map(str::to_owned)
}

fn not_logged_in(portal: &Address) -> Failure {
    Failure::new(Kind::LoginRequired, format!("not logged in at {portal}"))
        .hint(format!("run `docket login {portal}`"))
        .hint("in scripts, set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND")
}

/// Refuses to send the environment's token, which is for some portal or other, to one that only a file from
/// somebody else's repository names.
fn may_send(profile: &Profile, portal: &Resolved<Address>, variable: &str) -> Result<(), Failure> {
    let Source::Directory { file, .. } = &portal.source else { return Ok(()) };
    if profile.configured(&portal.value) {
        return Ok(());
    }
    Err(Failure::new(
        Kind::NotAllowed,
        format!(
            "the token from {variable} is not sent to {}, because only {} says so",
            portal.value,
            file.display()
        ),
    )
    .hint(format!("if it is meant for there, add `--portal {}` or set DOCKET_PORTAL", portal.value)))
}

/// The variable of the environment that a token comes from, if one says.
pub(super) fn in_environment(environment: &Environment) -> Option<&'static str> {
    [VARIABLE, token_command::VARIABLE].into_iter().find(|name| environment.get(name).is_some())
}

fn from_environment(profile: &Profile, variable: &str) -> Result<Credential, Failure> {
    let environment = &profile.environment;
    let (token, source) = match environment.text(VARIABLE)? {
        Some(token) => (one_word(variable, token)?, TokenSource::Environment),
        None => {
            let command = environment.get(token_command::VARIABLE).unwrap_or_default();
            let patience = profile.patience(token_command::PATIENCE);
            let run = || one_word(variable, &token_command::run(command, patience)?);
            (environment.token_once(run)?, TokenSource::Command)
        }
    };
    Ok(Credential { token, source, user: None })
}

fn one_word(variable: &str, text: &str) -> Result<Secret, Failure> {
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::new(
            Kind::LoginRequired,
            format!("{variable} gives no token: a token is one word"),
        ));
    }
    Ok(Secret::new(token))
}

/// Keeps a token, in the keyring if that works, else in the file.
pub(super) fn keep(
    folder: &Path,
    environment: &Environment,
    portal: &Address,
    user: &str,
    token: &Secret,
) -> Result<Kept, Failure> {
    match keyring::write(environment, portal, user, token) {
        Ok(()) => {
            // An earlier login may have left one there.
            change_file(folder, |tokens| tokens.remove(&name(portal, user)).is_some())?;
            Ok(Kept::Keyring)
        }
        Err(why) => {
            change_file(folder, |tokens| {
                tokens.insert(name(portal, user), token.clone());
                true
            })?;
            Ok(Kept::File { path: folder.join(FILE), why })
        }
    }
}

/// Forgets a token.
pub(super) fn forget(
    folder: &Path,
    environment: &Environment,
    portal: &Address,
    user: &str,
    vault: Option<Vault>,
) -> Result<(), Failure> {
    match vault {
        Some(Vault::Keyring) => keyring::remove(environment, portal, user),
        Some(Vault::File) => change_file(folder, |tokens| tokens.remove(&name(portal, user)).is_some()),
        None => Ok(()),
    }
}

/// What a token is filed under, in the keyring too.
pub(super) fn name(portal: &Address, user: &str) -> String {
    format!("{user} at {portal}")
}

type Tokens = BTreeMap<String, Secret>;

fn read_file(folder: &Path, portal: &Address, user: &str) -> Result<Option<Secret>, Failure> {
    Ok(read_tokens(&folder.join(FILE))?.remove(&name(portal, user)))
}

fn read_tokens(path: &Path) -> Result<Tokens, Failure> {
    refuse_if_shared(path)?;
    Ok(disk::read_json(path)?.unwrap_or_default())
}

/// The file with tokens, if there is one; fails when it can't be used.
pub(super) fn examine(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    let path = folder.join(FILE);
    read_tokens(&path)?;
    Ok(path.exists().then_some(path))
}

/// Changes the file, unless `change` says that there is nothing to write.
fn change_file(folder: &Path, change: impl FnOnce(&mut Tokens) -> bool) -> Result<(), Failure> {
    let path = folder.join(FILE);
    let _turn = logins::lock(folder)?;
    let mut tokens = read_tokens(&path)?;
    if change(&mut tokens) { disk::write_json(&path, &tokens) } else { Ok(()) }
}

/// Refuses a file with tokens that others can read: they may have done so.
#[cfg(unix)]
fn refuse_if_shared(path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(metadata) = path.metadata() else { return Ok(()) };
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(Failure::new(
        Kind::Failed,
        format!("{} has tokens in it, and others may read it (mode {mode:04o})", path.display()),
    )
    .hint(format!(
        "run `chmod 600 {}`; if others were on this machine, log out and in again",
        path.display()
    )))
}

#[cfg(not(unix))]
fn refuse_if_shared(_: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Flags;
    use crate::profile::tests::{Home, mode};

    const DESK: &str = "https://desk.example.com";

    fn find(home: &Home) -> Result<Credential, Failure> {
        let profile = home.open();
        profile.credential(&profile.portal()?)
    }

    #[test]
    fn the_environment_beats_the_command_beats_the_login() {
        let home = Home::new().log_in(DESK, "sam@example.com", None);
        let found = find(&home).unwrap();
        assert_eq!((found.token.reveal(), found.source), ("token-of-sam@example.com", TokenSource::File));
        assert_eq!(found.who(), "sam@example.com");

        let home = home.with("DOCKET_TOKEN_COMMAND", "echo ' from-command '; echo more");
        let found = find(&home).unwrap();
        assert_eq!((found.token.reveal(), found.source), ("from-command", TokenSource::Command));
        assert_eq!(found.user, None);

        let stored = home.open().stored_credential(&DESK.parse().unwrap()).unwrap();
        assert_eq!(stored.unwrap().source, TokenSource::File);

        let home = home.with("DOCKET_TOKEN", "from-environment");
        let found = find(&home).unwrap();
        assert_eq!((found.token.reveal(), found.source), ("from-environment", TokenSource::Environment));
        assert_eq!(found.who(), "token 4b889366aef3a2e3");
    }

    #[test]
    fn without_a_login_the_way_to_one_is_named() {
        let home = Home::new().with("DOCKET_PORTAL", DESK);
        let failure = find(&home).unwrap_err();
        assert_eq!(failure.message, "not logged in at https://desk.example.com");
        assert_eq!(failure.hints[0], "run `docket login https://desk.example.com`");
        assert_eq!(failure.kind.exit_code(), 4);
    }

    #[test]
    fn what_is_no_token_is_not_sent() {
        for command in ["true", "echo", "echo two words", "echo; echo t-2"] {
            let home = Home::new().with("DOCKET_PORTAL", DESK).with("DOCKET_TOKEN_COMMAND", command);
            let failure = find(&home).unwrap_err();
            assert_eq!(failure.message, "DOCKET_TOKEN_COMMAND gives no token: a token is one word");
            assert_eq!(failure.kind.exit_code(), 4);
        }
        let home = Home::new().with("DOCKET_PORTAL", DESK).with("DOCKET_TOKEN", "two words");
        let failure = find(&home).unwrap_err();
        assert_eq!(failure.message, "DOCKET_TOKEN gives no token: a token is one word");
    }

    /// As often as the token is needed, and by every profile that is opened for another portal.
    #[cfg(unix)]
    #[test]
    fn a_command_is_run_once() {
        let home = Home::new().with("DOCKET_PORTAL", DESK);
        let command = format!("echo x >> {}; echo t-1", home.path("runs").display());
        let home = home.with("DOCKET_TOKEN_COMMAND", &command);
        let environment = home.environment();
        for portal in [DESK, "https://two.example.com"] {
            let flags = Flags { portal: Some(portal.to_owned()), ..Flags::default() };
            let profile = Profile::open(environment.clone(), flags).unwrap();
            for _ in 0..2 {
                let credential = profile.credential(&profile.portal().unwrap()).unwrap();
                assert_eq!(credential.token.reveal(), "t-1");
            }
        }
        assert_eq!(std::fs::read_to_string(home.path("runs")).unwrap(), "x\n");
        assert!(!format!("{environment:?}").contains("t-1"));
    }

    #[test]
    fn a_token_from_the_environment_does_not_go_where_a_repository_says() {
        // Not even where the user is logged in: the token may be for somewhere else.
        let home = Home::new().log_in(DESK, "sam@example.com", None);
        let home = home.directory(&format!("portal = '{DESK}'")).with("DOCKET_TOKEN", "t-1");
        let failure = find(&home).unwrap_err();
        assert_eq!(
            home.message(&failure),
            "the token from DOCKET_TOKEN is not sent to https://desk.example.com, \
             because only HOME/work/.docket.toml says so"
        );
        assert_eq!(failure.kind.exit_code(), 4);
        let command = format!("touch {}; echo t-2", home.path("was-run").display());
        let of_command =
            Home::new().log_in(DESK, "sam@example.com", None).with("DOCKET_TOKEN_COMMAND", &command);
        let of_command = of_command.directory(&format!("portal = '{DESK}'"));
        let failure = find(&of_command).unwrap_err();
        assert!(failure.message.starts_with("the token from DOCKET_TOKEN_COMMAND is not sent to "));
        assert!(!home.path("was-run").exists());
        let home = home.config("portal = 'https://desk.example.com/'");
        assert_eq!(find(&home).unwrap().token.reveal(), "t-1");
        let profile = home.try_open(Flags { portal: Some(DESK.to_owned()), ..Flags::default() }).unwrap();
        assert!(profile.credential(&profile.portal().unwrap()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_tokens_is_private_and_has_to_be() {
        use std::os::unix::fs::PermissionsExt;
        let home = Home::new().log_in(DESK, "sam@example.com", None);
        let file = home.path("data/credentials.json");
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&home.path("data/logins.json")), 0o600);
        assert_eq!(mode(&home.path("data")), 0o700);
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o640)).unwrap();
        let failure = find(&home).unwrap_err();
        assert_eq!(
            home.message(&failure),
            "HOME/data/credentials.json has tokens in it, and others may read it (mode 0640)"
        );
        assert!(failure.hints[0].starts_with("run `chmod 600 "));
    }

    #[test]
    fn without_a_session_bus_the_keyring_is_not_tried() {
        let home = Home::new();
        let kept = keep(
            &home.path("data"),
            &home.environment(),
            &DESK.parse().unwrap(),
            "sam@example.com",
            &Secret::new("t"),
        );
        if cfg!(target_os = "linux") {
            let why = "there is no keyring here (no session bus)".to_owned();
            assert_eq!(kept.unwrap(), Kept::File { path: home.path("data/credentials.json"), why });
        }
    }

    #[test]
    fn a_token_that_can_not_be_read_any_more_is_named() {
        let home = Home::new().log_in(DESK, "sam@example.com", None);
        std::fs::write(home.path("data/credentials.json"), "{\"a\"\n").unwrap();
        let failure = find(&home).unwrap_err();
        let message = home.message(&failure);
        assert!(message.starts_with("HOME/data/credentials.json:2: EOF while parsing"), "{message}");
    }
}
