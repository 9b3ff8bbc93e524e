//! docket's files: whether they can be read and written, by whom, and what waits in them.

use std::path::Path;

use super::{failed, note, ok, warning};
use crate::commands::case::quoted;
use crate::failure::Failure;
use crate::profile::{
    Data, Entry, EntryState, Environment, Examination, Listed, Profile, SavedDraft, permissions, try_out,
};
use crate::ui::text::count;
use crate::ui::{Check, CheckState};

/// How every file and folder is. The profile is what docket could make of them.
pub(super) fn checks(
    found: &Examination,
    environment: &Environment,
    profile: Option<&Profile>,
) -> Vec<Check> {
    let mut checks = vec![config(found), folder(found, environment), data_dir(found)];
    if let Some(data) = &found.data {
        checks.push(logins(data, profile.is_some()));
        checks.extend(credentials(data));
        checks.push(outbox(&data.outbox));
        checks.push(drafts(&data.drafts));
    }
    checks
}

fn config(found: &Examination) -> Check {
    const CHECK: &str = "config.toml";
    let place = |dir: &Path| format!("{}/config.toml", dir.display());
    match (&found.config, &found.config_dir) {
        (Err(failure), _) => failed(CHECK, CheckState::Broken, failure),
        (Ok(_), None) => note(CHECK, "there is no place for it: HOME is not set")
            .fix("set HOME, or say with DOCKET_CONFIG_DIR where it is"),
        (Ok(None), Some(dir)) => ok(CHECK, format!("none ({}): the defaults hold", place(dir))),
        // It names commands that docket runs, and whom it trusts.
        (Ok(Some(file)), Some(dir)) => [file, dir]
            .into_iter()
            .find(|path| permissions(path).is_some_and(|permissions| permissions.mode & 0o022 != 0))
            .map(|path| {
                warning(CHECK, format!("others may change {}, and so what docket runs", path.display()))
                    .fix(format!("chmod go-w {}", quoted(path)))
            })
            .unwrap_or_else(|| ok(CHECK, format!("{} is in order", file.display()))),
    }
}

fn folder(found: &Examination, environment: &Environment) -> Check {
    const CHECK: &str = ".docket.toml";
    match &found.folder {
        Err(failure) => failed(CHECK, CheckState::Broken, failure),
        Ok(None) if environment.folder().as_os_str().is_empty() => {
            note(CHECK, "not looked for: the current folder is gone")
        }
        Ok(None) => ok(CHECK, format!("none in {} or above it", environment.folder().display())),
        Ok(Some(file)) => ok(CHECK, format!("{} is in order", file.display())),
    }
}

fn data_dir(found: &Examination) -> Check {
    const CHECK: &str = "data";
    let folder = match &found.data_dir {
        Ok(folder) => folder,
        // With a token and a portal in the environment docket works all the same.
        Err(failure) => return failed(CHECK, CheckState::Warning, failure),
    };
    let shown = folder.display();
    let there = permissions(folder);
    let owner = match try_out(folder) {
        Ok(owner) => owner,
        Err(failure) => return failed(CHECK, CheckState::Broken, &failure),
    };
    match (there, owner) {
        (Some(there), Some(owner)) if there.owner != owner => {
            let message = format!("{shown} belongs to user {}, and docket runs as {owner}", there.owner);
            warning(CHECK, message).fix(format!(
                "run docket as the user whose data it is, or `chown -R {owner} {}`",
                quoted(folder)
            ))
        }
        (Some(there), _) if there.mode & 0o077 != 0 => {
            let message = format!("others may look into {shown} (mode {:04o})", there.mode);
            warning(CHECK, message).fix(format!("chmod 700 {}", quoted(folder)))
        }
        (Some(_), _) => ok(CHECK, format!("{shown} is writable, and private")),
        (None, _) if folder.exists() => ok(CHECK, format!("{shown} is writable")),
        (None, _) => ok(CHECK, format!("{shown} will be made when there is something to keep")),
    }
}

fn logins(data: &Data, usable: bool) -> Check {
    const CHECK: &str = "logins";
    match &data.logins {
        Ok(0) => ok(CHECK, "none"),
        Ok(number) => ok(CHECK, format!("{} in logins.json", count(*number as u64, "login"))),
        // A token of the environment does without.
        Err(failure) if usable => failed(CHECK, CheckState::Warning, failure),
        Err(failure) => failed(CHECK, CheckState::Broken, failure),
    }
}

/// The file with tokens, where there is one.
fn credentials(data: &Data) -> Option<Check> {
    const CHECK: &str = "credentials";
    match &data.credentials {
        Ok(None) => None,
        Ok(Some(file)) => Some(ok(CHECK, format!("{} is readable for you only", file.display()))),
        Err(failure) => Some(failed(CHECK, CheckState::Broken, failure)),
    }
}

fn outbox(listed: &Result<Vec<Listed<Entry>>, Failure>) -> Check {
    const CHECK: &str = "outbox";
    let listed = match listed {
        Ok(listed) => listed,
        Err(failure) => return failed(CHECK, CheckState::Broken, failure),
    };
    let in_state = |wanted| {
        let is = |listed: &&Listed<Entry>| matches!(listed, Listed::Whole(entry) if entry.state() == wanted);
        listed.iter().filter(is).count() as u64
    };
    let (waiting, unknown) = (in_state(EntryState::Waiting), in_state(EntryState::Unknown));
    let torn = torn(listed);
    let mut parts = Vec::new();
    if waiting > 0 {
        parts.push(format!("{} not sent yet", count_of(waiting)));
    }
    if unknown > 0 {
        parts.push(format!("{} with an unknown outcome", count_of(unknown)));
    }
    if !torn.is_empty() {
        parts.push(format!("{} that can't be read", count_of(torn.len() as u64)));
    }
    if parts.is_empty() {
        return ok(CHECK, "empty");
    }
    let mut check = warning(CHECK, parts.join(", "));
    if waiting + unknown > 0 {
        check = check.fix("`docket outbox send` sends again, and nothing twice");
    }
    torn.into_iter()
        .fold(check, |check, id| check.fix(format!("`docket outbox drop {id}` forgets the torn one")))
}

fn count_of(number: u64) -> String {
    match number {
        1 => "1 entry".to_owned(),
        _ => format!("{number} entries"),
    }
}

fn drafts(listed: &Result<Vec<Listed<SavedDraft>>, Failure>) -> Check {
    const CHECK: &str = "drafts";
    let listed = match listed {
        Ok(listed) => listed,
        Err(failure) => return failed(CHECK, CheckState::Broken, failure),
    };
    let torn = torn(listed);
    let whole = (listed.len() - torn.len()) as u64;
    if let Some(id) = torn.first() {
        return warning(CHECK, format!("the draft {id} can't be read")).fix("remove its file, or restore it");
    }
    match whole {
        0 => ok(CHECK, "none"),
        _ => note(CHECK, format!("{}: `docket case new --resume` goes on", count(whole, "interrupted case"))),
    }
}

/// What can't be read.
fn torn<T>(listed: &[Listed<T>]) -> Vec<&str> {
    listed
        .iter()
        .filter_map(|listed| match listed {
            Listed::Torn { id, .. } => Some(id.as_str()),
            Listed::Whole(_) => None,
        })
        .collect()
}
