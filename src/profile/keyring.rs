//! The operating system's keyring, where there is one that works.
//!
//! It may be missing (containers, CI), locked, or waiting for somebody to answer a prompt that nobody sees.
//! So it is never waited for without end, and not unlocked where nobody could see the prompt; and a token
//! counts as kept only once it has been read back.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};

use super::{Environment, Profile, credentials};
use crate::address::Address;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;

const SERVICE: &str = "docket";
/// How long somebody may take to unlock it.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take where nobody is there to unlock it.
const PATIENCE_ALONE: Duration = Duration::from_secs(4);

/// Whether there is a keyring that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyringState {
    /// It is there and open.
    Open,
    /// It is there, and has to be unlocked first.
    Locked,
    /// There is none that works, because of this.
    Missing(String),
}

/// Looks whether the keyring can be used. It is neither unlocked nor written to.
pub(super) fn state(environment: &Environment) -> KeyringState {
    match reachable(environment).and_then(|()| patiently(PATIENCE_ALONE, || Ok(is_locked()))) {
        Ok(Ok(true)) => KeyringState::Locked,
        Ok(Ok(false)) => KeyringState::Open,
        Ok(Err(why)) | Err(why) => KeyringState::Missing(why),
    }
}

/// Keeps a token and reads it back; fails with why it can't be done.
pub(super) fn write(
    environment: &Environment,
    portal: &Address,
    user: &str,
    token: &Secret,
) -> Result<(), String> {
    may_ask(environment, false)?;
    let (name, token) = (credentials::name(portal, user), token.clone());
    patiently(patience(environment), move || {
        let entry = Entry::new(SERVICE, &name)?;
        entry.set_password(token.reveal())?;
        let same = entry.get_password()? == token.reveal();
        if same {
            Ok(())
        } else {
            Err(Error::NotSupportedByStore("it does not keep what it is given".into()))
        }
    })
}

/// The token that is kept, or `None` when there is none.
pub(super) fn read(profile: &Profile, portal: &Address, user: &str) -> Result<Option<Secret>, Failure> {
    let name = credentials::name(portal, user);
    let environment = &profile.environment;
    let read = may_ask(environment, profile.only_looking).and_then(|()| {
        patiently(profile.patience(patience(environment)), move || {
            match Entry::new(SERVICE, &name)?.get_password() {
                Ok(token) => Ok(Some(Secret::new(token))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            }
        })
    });
    read.map_err(|why| {
        Failure::new(Kind::LoginRequired, format!("the token of {user} is in the keyring, and {why}"))
            .hint("unlock the keyring, or set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND")
            .hint(format!("to log in without the keyring, run `docket login {portal}` here"))
    })
}

/// Forgets a token; one that isn't there is fine.
pub(super) fn remove(environment: &Environment, portal: &Address, user: &str) -> Result<(), Failure> {
    let name = credentials::name(portal, user);
    let removed = may_ask(environment, false).and_then(|()| {
        patiently(patience(environment), move || match Entry::new(SERVICE, &name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
    });
    removed.map_err(|why| {
        Failure::new(Kind::Failed, format!("the token of {user} is still in the keyring: {why}"))
            .hint("unlock the keyring and log out again")
    })
}

/// Whether it makes sense to try: on Linux and the like, only with a session bus.
fn reachable(environment: &Environment) -> Result<(), String> {
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return Ok(());
    }
    let bus = environment.get("XDG_RUNTIME_DIR").map(|folder| std::path::Path::new(folder).join("bus"));
    if environment.get("DBUS_SESSION_BUS_ADDRESS").is_some() || bus.is_some_and(|bus| bus.exists()) {
        Ok(())
    } else {
        Err("there is no keyring here (no session bus)".to_owned())
    }
}

/// Whether it makes sense to use it. Asking a locked one for something brings up a prompt; that is nothing
/// for somebody who is only looking, nor where nobody would see it.
fn may_ask(environment: &Environment, only_looking: bool) -> Result<(), String> {
    reachable(environment)?;
    if !only_looking && !is_unseen(environment) {
        return Ok(());
    }
    match state(environment) {
        KeyringState::Open => Ok(()),
        KeyringState::Locked => Err("the keyring is locked".to_owned()),
        KeyringState::Missing(why) => Err(why),
    }
}

/// Whether nobody would see the keyring's prompt, or docket isn't to ask anything.
fn is_unseen(environment: &Environment) -> bool {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| environment.get(name).is_some());
    let unseen = !screen || environment.says_yes("DOCKET_NO_INPUT") || environment.says_yes("CI");
    cfg!(all(unix, not(target_os = "macos"))) && unseen
}

fn patience(environment: &Environment) -> Duration {
    if is_unseen(environment) { PATIENCE_ALONE } else { PATIENCE }
}

/// Whether the keyring in which tokens are kept is locked; fails with why there is none.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_locked() -> Result<bool, String> {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;

    let failed = |error: secret_service::Error| match error {
        secret_service::Error::NoResult => "there is no default keyring yet".to_owned(),
        secret_service::Error::Unavailable => "there is no keyring here (no session bus)".to_owned(),
        // The error's own type is zbus's, which goes by names too.
        error if error.to_string().contains("ServiceUnknown") => {
            "there is no keyring here (none is on the session bus)".to_owned()
        }
        error => format!("the keyring does not work: {error}"),
    };
    let service = SecretService::connect(EncryptionType::Plain).map_err(failed)?;
    let keyring = service.get_default_collection().map_err(failed)?;
    keyring.is_locked().map_err(failed)
}

/// The system's keyring is always there, and says itself when it is used whether it is locked.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn is_locked() -> Result<bool, String> {
    match Entry::store_status() {
        Ok(()) => Ok(false),
        Err(error) => Err(format!("the keyring does not work: {error}")),
    }
}

/// Does something with the keyring in another thread, and gives up on it when it takes too long.
fn patiently<T: Send + 'static>(
    patience: Duration,
    action: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, String> {
    let (sender, receiver) = mpsc::channel();
    let spawned = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // Nobody listens any more if it took too long.
        let _ = sender.send(action().map_err(|error| describe(&error)));
    });
    spawned.map_err(|error| format!("the keyring can't be asked: {error}"))?;
    match receiver.recv_timeout(patience) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(format!("the keyring does not answer within {} s", patience.as_secs()))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("the keyring's library failed".to_owned()),
    }
}

fn describe(error: &Error) -> String {
    match error {
        // Its cause says only that nobody answered the prompt.
        Error::NoStorageAccess(_) => "the keyring is locked".to_owned(),
        Error::NoDefaultStore => match Entry::store_status() {
            Err(cause) => format!("the keyring does not work: {cause}"),
            Ok(()) => "the keyring does not work".to_owned(),
        },
        // Such an error carries what was read, which is a token.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "what the keyring has is no token".to_owned(),
        other => format!("the keyring does not work: {other}"),
    }
}
