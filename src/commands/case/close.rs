//! `docket case close`

use clap::Args;

use super::super::Docket;
use super::super::errand::Errand;
use super::super::redacting::Redact;
use crate::case::CaseNumber;
use crate::failure::Failure;
use crate::ui::{Ask, CaseReport};

/// Close a case for good
///
/// A closed case can't be updated or re-opened; `docket case new --follows NUMBER` goes on from it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case close 42 --reason 'Solved by the new certificate.'")]
pub(crate) struct Close {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// Why it is closed
    #[arg(long, short, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    #[command(flatten)]
    redact: Redact,
}

impl Close {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<CaseReport>()?;
        let redacting = self.redact.run(docket)?;
        let desk = docket.desk()?;
        let reason = match (self.reason, docket.ui.prompter()) {
            (Some(reason), _) => reason,
            (None, Some(prompter)) => {
                let prompt = format!("Why close case {} for good?", self.number);
                prompter.line(&Ask { prompt: &prompt, ..Ask::default() }, &mut |_| Ok(()))?
            }
            (None, None) => return Err(Failure::usage("the reason is missing: give --reason TEXT")),
        };
        if reason.trim().is_empty() {
            return Err(Failure::usage("the reason is blank; nothing was sent"));
        }
        let mut outgoing = redacting.outgoing();
        let reason = outgoing.only("reason", reason)?;
        let case = desk.deliver(&Errand::Close { number: self.number, reason })?;
        docket.ui.say(format!("closed case {}", case.number));
        docket.show_sent(case, outgoing.redacted())
    }
}
