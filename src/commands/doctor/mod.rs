//! `docket doctor`
//!
//! Every check is a function that answers with a [`Check`], in the order in which things depend on each
//! other: `files` on this disk, the `portal` with all that is on the way there, and `machine`, what else is
//! around docket.

mod defaults;
mod files;
mod machine;
mod portal;

use clap::Args;

use super::{Docket, conversation};
use crate::cli::Global;
use crate::failure::{Failure, Kind};
use crate::profile::{Environment, Examination};
use crate::ui::{Check, CheckState, Checkup};

/// Check the setup, with the fix for each thing that is wrong
///
/// Settings, files and their permissions, keyring, portal, proxy and certificates, clock, login, account,
/// terminal, editor and browser. It asks nothing, shows no secret, and changes nothing; it just tries whether
/// it can write in the data directory. Exit code 1 says that something is broken.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket doctor
  docket doctor --portal https://support.example.com
  docket doctor --jq '.checks[] | select(.state == \"broken\") | .fix'")]
pub(crate) struct Doctor {}

impl Doctor {
    /// Needs no profile, because that one can't be opened may be what is wrong.
    pub(crate) fn run(&self, global: &Global, environment: &Environment) -> Result<(), Failure> {
        let ui = conversation(global, environment);
        ui.expect::<Checkup>()?;
        let docket = Docket::new(global.clone(), environment.clone())
            .map(|docket| docket.with_profile(docket.profile.clone().only_looking()));
        let mut checks = vec![machine::version()];
        let profile = docket.as_ref().ok().map(|docket| &docket.profile);
        checks.extend(files::checks(&Examination::of(environment), environment, profile));
        match &docket {
            Ok(docket) => {
                checks.push(machine::keyring(docket));
                checks.extend(portal::checks(docket));
                checks.push(machine::terminal(global, environment, &docket.ui));
                checks.extend(machine::programs(docket));
            }
            Err(_) => {
                checks.push(Check::new(
                    "portal",
                    CheckState::Note,
                    "not checked: what is broken above keeps docket from starting",
                ));
                checks.push(machine::terminal(global, environment, &ui));
            }
        }
        let checkup = Checkup::new(checks);
        ui.show(&checkup)?;
        let broken: Vec<&str> = checkup
            .checks
            .iter()
            .filter(|check| check.state == CheckState::Broken)
            .map(|check| check.check)
            .collect();
        if broken.is_empty() {
            ui.say("nothing is broken");
            return Ok(());
        }
        Err(Failure::new(Kind::Failed, format!("broken: {}", broken.join(", "))))
    }
}

/// A check that came to nothing.
fn failed(check: &'static str, state: CheckState, failure: &Failure) -> Check {
    let fields = failure.fields.iter();
    let fields = fields.map(|field| format!("; {}: {} {}", field.flag, field.field, field.problem));
    let message = fields.fold(failure.message.clone(), |message, field| message + &field);
    Check { fix: failure.hints.clone(), ..Check::new(check, state, message) }
}

fn ok(check: &'static str, message: impl Into<String>) -> Check {
    Check::new(check, CheckState::Ok, message)
}

fn note(check: &'static str, message: impl Into<String>) -> Check {
    Check::new(check, CheckState::Note, message)
}

fn warning(check: &'static str, message: impl Into<String>) -> Check {
    Check::new(check, CheckState::Warning, message)
}

fn broken(check: &'static str, message: impl Into<String>) -> Check {
    Check::new(check, CheckState::Broken, message)
}
