//! Tokens: where they come from, and where they are kept.
//!
//! `DOCKET_TOKEN` beats `DOCKET_TOKEN_COMMAND`, which beats the login's own token. That one is in the
//! keyring, or where there is none that works, in a private file. `logins.json` says which, so that the
//! keyring isn't asked in vain.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest as _, Sha256};

use super::logins::{self, Vault};
use super::{Environment, Profile, Resolved, Source, disk, keyring};
use crate::address::Address;
use crate::case::words;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;

const FILE: &str = "credentials.json";

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
            None => {
                let digest = Sha256::digest(self.token.reveal());
                digest.iter().take(8).fold("token ".to_owned(), |text, byte| format!("{text}{byte:02x}"))
            }
        }
    }
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
    if let Some(credential) = from_environment(&profile.environment)? {
        may_send(profile, portal, &credential)?;
        return Ok(credential);
    }
    let address = &portal.value;
    let user = profile.logins.current_user(address).ok_or_else(|| not_logged_in(address))?;
    let vault = profile.logins.login(address, user).and_then(|login| login.token);
    let (token, source) = match vault {
        Some(Vault::Keyring) => (keyring::read(&profile.environment, address, user), TokenSource::Keyring),
        Some(Vault::File) => (read_file(profile.locations.data()?, address, user), TokenSource::File),
        None => return Err(not_logged_in(address)),
    };
    let token = token?.ok_or_else(|| not_logged_in(address))?;
    Ok(Credential { token, source, user: Some(user.to_owned()) })
}

fn not_logged_in(portal: &Address) -> Failure {
    Failure::new(Kind::LoginRequired, format!("not logged in at {portal}"))
        .hint(format!("run `docket login {portal}`"))
        .hint("in scripts, set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND")
}

/// Refuses to send the environment's token, which is for some portal or other, to one that only a file from
/// somebody else's repository names.
fn may_send(profile: &Profile, portal: &Resolved<Address>, credential: &Credential) -> Result<(), Failure> {
    let Source::Directory { file, .. } = &portal.source else { return Ok(()) };
    if profile.configured(&portal.value) {
        return Ok(());
    }
    let variable = match credential.source {
        TokenSource::Command => "DOCKET_TOKEN_COMMAND",
        _ => "DOCKET_TOKEN",
    };
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

fn from_environment(environment: &Environment) -> Result<Option<Credential>, Failure> {
    let (token, source, name) = if let Some(token) = environment.text("DOCKET_TOKEN")? {
        (token.trim().to_owned(), TokenSource::Environment, "DOCKET_TOKEN")
    } else if let Some(command) = environment.get("DOCKET_TOKEN_COMMAND") {
        (run(command)?, TokenSource::Command, "DOCKET_TOKEN_COMMAND")
    } else {
        return Ok(None);
    };
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::new(Kind::LoginRequired, format!("{name} gives no token: a token is one word")));
    }
    Ok(Some(Credential { token: Secret::new(token), source, user: None }))
}

/// The first line that a shell command prints. What it prints is never shown, because it may be the token.
fn run(command: &std::ffi::OsStr) -> Result<String, Failure> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let failed = |why: String| {
        Failure::new(Kind::LoginRequired, format!("DOCKET_TOKEN_COMMAND failed: {why}"))
            .hint("run the command by itself to see what is wrong")
    };
    let run = Command::new(shell).arg(flag).arg(command).stdin(Stdio::null()).output();
    let output = run.map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rev().find(|line| !line.trim().is_empty());
        return Err(failed(match last {
            Some(line) => format!("{}: {}", output.status, line.trim()),
            None => output.status.to_string(),
        }));
    }
    let printed = String::from_utf8(output.stdout).map_err(|_| failed("it printed no text".to_owned()))?;
    Ok(printed.lines().next().unwrap_or_default().trim().to_owned())
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
