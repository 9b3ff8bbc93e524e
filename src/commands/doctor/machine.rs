//! What is around docket: the keyring, the terminal, and the programs that it starts.

use super::{note, ok, warning};
use crate::cli::Global;
use crate::commands::{Docket, STANDARD_BROWSER, STANDARD_PAGER};
use crate::failure::Failure;
use crate::profile::{Environment, KeyringState, Resolved, Vault};
use crate::ui::{Check, Program, Ui};

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
    let forbidden = [
        (global.no_input, "--no-input"),
        (environment.says_yes("DOCKET_NO_INPUT"), "DOCKET_NO_INPUT"),
        (environment.says_yes("CI"), "CI"),
    ];
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
        pager(docket),
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

fn pager(docket: &Docket) -> Check {
    const CHECK: &str = "pager";
    let profile = &docket.profile;
    match docket.without_pager() {
        Some(variable) => ok(CHECK, format!("none, because {variable} is empty")),
        None => program(CHECK, &profile.pager(), Some(STANDARD_PAGER), "DOCKET_PAGER", profile.environment()),
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
    let find = |line: &str| Program::new(line).find(environment.get("PATH"), environment.folder());
    let fix = format!("name one that is there with {variable}, or in config.toml");
    match (named, standard) {
        (Some(Resolved { value, source }), _) => match find(value) {
            Some(path) => ok(check, format!("`{value}`, from {source}: {}", path.display())),
            None => warning(check, format!("`{value}`, from {source}, isn't there")).fix(fix),
        },
        (None, Some(standard)) => match find(standard) {
            Some(path) => ok(check, format!("{}, because nobody names another", path.display())),
            None => note(check, format!("none is named, and there is no {standard}")).fix(fix),
        },
        (None, None) => ok(check, "none is named"),
    }
}
