//! What is around docket: the keyring, the terminal, and the programs that it starts.

use std::path::{Path, PathBuf};

use super::{note, ok, warning};
use crate::cli::Global;
use crate::commands::{Docket, STANDARD_BROWSER};
use crate::failure::Failure;
use crate::profile::{Environment, KeyringState, Resolved, Vault};
use crate::ui::{Check, Ui};

/// What docket this is.
pub(super) fn version() -> Check {
    let portal = if cfg!(feature = "portal") { "with" } else { "without" };
    ok(
        "docket",
        format!(
            "{}, {portal} the built-in portal, for {} on {}",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH
        ),
    )
}

/// Whether there is a keyring. Where tokens are in a file, none is needed.
pub(super) fn keyring(docket: &Docket) -> Check {
    const CHECK: &str = "keyring";
    let profile = &docket.profile;
    let logins = profile.logins();
    let needed = logins.portals().flat_map(|(_, portal)| portal.users.values());
    let needed = needed.filter(|login| login.token == Some(Vault::Keyring)).count();
    match (profile.keyring(), needed) {
        (KeyringState::Open, _) => ok(CHECK, "there, and unlocked"),
        (KeyringState::Locked, 0) => note(CHECK, "locked; no token is in it")
            .fix("unlock it before the next login, else the token goes into a private file"),
        (KeyringState::Locked, _) => warning(CHECK, "locked, and tokens are in it")
            .fix("unlock it, or set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND"),
        (KeyringState::Missing(why), 0) => {
            note(CHECK, format!("{why}; the token of a login goes into a private file"))
        }
        (KeyringState::Missing(why), _) => warning(CHECK, format!("{why}, and tokens are in it"))
            .fix("run docket where the keyring is, or log in again here"),
    }
}

/// What docket may do with the terminal.
pub(super) fn terminal(global: &Global, environment: &Environment, ui: &Ui) -> Check {
    const CHECK: &str = "terminal";
    let around = ui.surroundings();
    let set = |name: &str| environment.get(name).is_some_and(|value| value != "0" && value != "false");
    let forbidden =
        [(global.no_input, "--no-input"), (set("DOCKET_NO_INPUT"), "DOCKET_NO_INPUT"), (set("CI"), "CI")];
    let mut reasons: Vec<String> = forbidden
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, name)| match name.strip_prefix("--") {
            Some(_) => format!("{name} was given"),
            None => format!("{name} is set"),
        })
        .collect();
    for (is, name) in [(around.stdin, "standard input"), (around.stderr, "standard error")] {
        if !is {
            reasons.push(format!("{name} is no terminal"));
        }
    }
    let asks = match reasons.as_slice() {
        [] => "docket may ask".to_owned(),
        reasons => format!("docket doesn't ask: {}", reasons.join(", ")),
    };
    let size = around.size.map(|(columns, rows)| format!(", {columns} columns by {rows}"));
    let color = if around.color { "data in colour" } else { "data without colour" };
    let term = match environment.get("TERM") {
        Some(term) => format!("TERM={}", term.to_string_lossy()),
        None => "TERM is not set".to_owned(),
    };
    let message = format!("{asks}; {color}; {term}{}", size.unwrap_or_default());
    if around.can_ask { ok(CHECK, message) } else { note(CHECK, message) }
}

/// The programs that docket starts for some commands.
pub(super) fn programs(docket: &Docket) -> Vec<Check> {
    let profile = &docket.profile;
    let environment = profile.environment();
    vec![
        editor(docket),
        program("pager", &profile.pager(), None, "DOCKET_PAGER", environment),
        program("browser", &profile.browser(), Some(STANDARD_BROWSER), "DOCKET_BROWSER", environment),
    ]
}

fn editor(docket: &Docket) -> Check {
    const CHECK: &str = "editor";
    let profile = &docket.profile;
    match (profile.editor(), docket.editor()) {
        (Ok(None), Ok(None)) => note(CHECK, "none is named, and none of the usual ones is installed")
            .fix("name one with DOCKET_EDITOR, or in config.toml"),
        (named, usual) => {
            let usual = usual.ok().flatten();
            program(CHECK, &named, usual.as_deref(), "DOCKET_EDITOR", profile.environment())
        }
    }
}

fn program(
    check: &'static str,
    named: &Result<Option<Resolved<String>>, Failure>,
    standard: Option<&str>,
    variable: &str,
    environment: &Environment,
) -> Check {
    let named = match named {
        Ok(named) => named,
        Err(failure) => return super::failed(check, crate::ui::CheckState::Broken, failure),
    };
    let fix = format!("name one that is there with {variable}, or in config.toml");
    match (named, standard) {
        (Some(Resolved { value, source }), _) => match find(value, environment) {
            Some(path) => ok(check, format!("`{value}`, from {source}: {}", path.display())),
            None => warning(check, format!("`{value}`, from {source}, isn't there")).fix(fix),
        },
        (None, Some(standard)) => match find(standard, environment) {
            Some(path) => ok(check, format!("{}, because nobody names another", path.display())),
            None => note(check, format!("none is named, and there is no {standard}")).fix(fix),
        },
        (None, None) => ok(check, "none is named"),
    }
}

/// The program that a command line starts, if it is there.
fn find(command: &str, environment: &Environment) -> Option<PathBuf> {
    let word = command.split_whitespace().next()?;
    if Path::new(word).components().count() > 1 {
        return executable(&environment.folder().join(word));
    }
    let path = environment.get("PATH")?;
    std::env::split_paths(path).find_map(|folder| executable(&folder.join(word)))
}

#[cfg(unix)]
fn executable(path: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = path.metadata().ok()?;
    (metadata.is_file() && metadata.permissions().mode() & 0o111 != 0).then(|| path.to_owned())
}

#[cfg(not(unix))]
fn executable(path: &Path) -> Option<PathBuf> {
    let named = ["exe", "cmd", "bat", "com"].iter().map(|extension| path.with_extension(extension));
    std::iter::once(path.to_owned()).chain(named).find(|path| path.is_file())
}
