//! `docket case watch`

use clap::Args;

use super::super::Docket;
use super::super::errand::Errand;
use super::as_arguments;
use crate::api::body::ChangeWatchers;
use crate::case::CaseNumber;
use crate::failure::Failure;
use crate::rules::{FieldProblem, Problem, is_email};
use crate::ui::Watchers;

/// Add, remove and list those who watch a case
///
/// Watchers can see the case at the portal and get its mails; they can't change it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case watch 42                        # lists them
  docket case watch 42 ops@example.com
  docket case watch 42 --remove ops@example.com")]
pub(crate) struct Watch {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// E-mail addresses that begin to watch
    #[arg(value_name = "EMAIL")]
    add: Vec<String>,
    /// E-mail address that stops watching; may be repeated
    #[arg(long, value_name = "EMAIL")]
    remove: Vec<String>,
}

impl Watch {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<Watchers>()?;
        check_emails(self.add.iter().chain(&self.remove))?;
        let desk = docket.desk()?;
        let case = if self.add.is_empty() && self.remove.is_empty() {
            desk.case(self.number)?
        } else {
            let change = ChangeWatchers { add: self.add, remove: self.remove };
            desk.deliver(&Errand::Watchers { number: self.number, change })?
        };
        let watchers = Watchers { number: case.number.to_string(), watchers: case.watchers };
        docket.ui.show(&watchers)?;
        if watchers.watchers.is_empty() {
            docket.ui.say(format!("nobody watches case {}", watchers.number));
        }
        Ok(())
    }
}

/// Refuses what isn't an e-mail address, all of it at once.
fn check_emails<'a>(emails: impl Iterator<Item = &'a String>) -> Result<(), Failure> {
    let wrong: Vec<FieldProblem> = watch_problems(emails);
    let message = match wrong.len() {
        0 => return Ok(()),
        1 => "one e-mail address is wrong; nothing was sent".to_owned(),
        count => format!("{count} e-mail addresses are wrong; nothing was sent"),
    };
    Err(Failure { message, ..Failure::invalid(as_arguments(wrong, "EMAIL")) })
}

/// What is wrong with e-mail addresses of watchers.
pub(super) fn watch_problems<'a>(emails: impl Iterator<Item = &'a String>) -> Vec<FieldProblem> {
    emails
        .filter(|email| !is_email(email.trim()))
        .map(|email| FieldProblem::new("watch", &Problem::NotAnEmail(email.clone())))
        .collect()
}
