//! `docket case close`

use clap::Args;

use super::super::Docket;
use super::super::errand::Errand;
use super::super::redacting::Redact;
use super::super::several;
use crate::case::CaseNumber;
use crate::failure::Failure;
use crate::ui::{Ask, CaseReport, ClosedCase};

/// Close a case for good
///
/// A closed case can't be updated or re-opened; `docket case new --follows NUMBER` goes on from it.
///
/// Several are closed one after the other, all for the same reason. If some of them can't be, the others are closed
/// all the same, and the exit code is 9. --json prints the case; where several are given, an array with `number`,
/// `closed` and `error` of each.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case close 42 --reason 'Solved by the new certificate.'
  docket case close 40 42 --reason 'One fault behind both.' --json")]
pub(crate) struct Close {
    /// Case numbers
    #[arg(value_name = "NUMBER", required = true)]
    numbers: Vec<CaseNumber>,
    /// Why it is closed
    #[arg(long, short, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<String>,
    #[command(flatten)]
    redact: Redact,
}

impl Close {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let several = self.numbers.len() > 1;
        if several {
            docket.ui.expect::<Vec<ClosedCase>>()?;
        } else {
            docket.ui.expect::<CaseReport>()?;
        }
        let redacting = self.redact.run(docket)?;
        let desk = docket.desk()?;
        let numbers = several::each(self.numbers);
        let mut outgoing = redacting.outgoing();
        let reason = outgoing.only("reason", reason(docket, self.reason, &numbers)?)?;
        let redacted = outgoing.redacted();
        let (mut closed, mut failures) = (Vec::new(), Vec::new());
        for number in &numbers {
            let done = desk.deliver(&Errand::Close { number: *number, reason: reason.clone() });
            if done.is_ok() {
                docket.ui.say(format!("closed case {number}"));
            }
            if !several {
                return docket.show_sent(done?, redacted);
            }
            let error = done.as_ref().err().map(Failure::to_string);
            let redacted = if error.is_none() { redacted.clone() } else { Vec::new() };
            closed.push(ClosedCase { number: *number, closed: error.is_none(), error, redacted });
            failures.extend(done.err().map(|failure| (format!("case {number}"), failure)));
        }
        if !docket.ui.for_people() {
            docket.ui.show(&closed)?;
        }
        several::judge("closed", (numbers.len(), "cases"), &failures)
    }
}

fn reason(docket: &Docket, given: Option<String>, numbers: &[CaseNumber]) -> Result<String, Failure> {
    let reason = match (given, docket.ui.prompter()) {
        (Some(reason), _) => reason,
        (None, Some(prompter)) => {
            let cases = match numbers {
                [number] => format!("case {number}"),
                _ => format!("these {} cases", numbers.len()),
            };
            let prompt = format!("Why close {cases} for good?");
            prompter.line(&Ask { prompt: &prompt, ..Ask::default() }, &mut |_| Ok(()))?
        }
        (None, None) => return Err(Failure::usage("the reason is missing: give --reason TEXT")),
    };
    if reason.trim().is_empty() {
        return Err(Failure::usage("the reason is blank; nothing was sent"));
    }
    Ok(reason)
}
