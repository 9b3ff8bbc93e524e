//! The operating system's keyring, where there is one that works.
//!
//! It may be missing (containers, CI), locked, or waiting for somebody to answer a prompt that nobody sees.
//! So it is never waited for without end, and a token counts as kept only once it has been read back.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};

use super::{Environment, credentials};
use crate::address::Address;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;

const SERVICE: &str = "docket";
/// How long somebody may take to unlock it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps a token and reads it back; fails with why it can't be done.
pub(super) fn write(
    environment: &Environment,
    portal: &Address,
    user: &str,
    token: &Secret,
) -> Result<(), String> {
    reachable(environment)?;
    let (name, token) = (credentials::name(portal, user), token.clone());
    patiently(move || {
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
pub(super) fn read(
    environment: &Environment,
    portal: &Address,
    user: &str,
) -> Result<Option<Secret>, Failure> {
    let name = credentials::name(portal, user);
    let read = reachable(environment).and_then(|()| {
        patiently(move || match Entry::new(SERVICE, &name)?.get_password() {
            Ok(token) => Ok(Some(Secret::new(token))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
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
    let removed = reachable(environment).and_then(|()| {
        patiently(move || match Entry::new(SERVICE, &name)?.delete_credential() {
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

/// Does something with the keyring in another thread, and gives up on it when it takes too long.
fn patiently<T: Send + 'static>(
    action: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, String> {
    let (sender, receiver) = mpsc::channel();
    let spawned = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
        // Nobody listens any more if it took too long.
        let _ = sender.send(action().map_err(|error| describe(&error)));
    });
    spawned.map_err(|error| format!("the keyring can't be asked: {error}"))?;
    match receiver.recv_timeout(PATIENCE) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(format!("the keyring does not answer within {} s", PATIENCE.as_secs()))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("the keyring's library failed".to_owned()),
    }
}

fn describe(error: &Error) -> String {
    match error {
        Error::NoStorageAccess(cause) => format!("the keyring is locked: {cause}"),
        Error::NoDefaultStore => match Entry::store_status() {
            Err(cause) => format!("the keyring does not work: {cause}"),
            Ok(()) => "the keyring does not work".to_owned(),
        },
        // Such an error carries what was read, which is a token.
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "what the keyring has is no token".to_owned(),
        other => format!("the keyring does not work: {other}"),
    }
}
