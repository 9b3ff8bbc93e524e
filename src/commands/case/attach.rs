//! `docket case attach`

use std::path::PathBuf;

use clap::Args;

use super::super::Docket;
use super::super::enclosure::ToSend;
use super::super::redacting::Redact;
use super::as_arguments;
use super::gather::quoted;
use crate::case::CaseNumber;
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::ui::{CaseReport, hint_on_interrupt};

/// Attach files to a case
///
/// All files are checked before the first one is sent. Where a command was stopped, the same command goes on
/// with what is missing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case attach 42 screenshot.png trace.har")]
pub(crate) struct Attach {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// Files to attach
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    redact: Redact,
}

impl Attach {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let redact = self.redact;
        redact.ended(docket, self.attach(docket))
    }

    fn attach(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<CaseReport>()?;
        let redacting = self.redact.run(docket)?;
        let desk = docket.desk()?;
        let wrong = desk.file_problems(&self.files)?;
        if !wrong.is_empty() {
            let message = format!("{} can't be attached; nothing was sent", files(wrong.len()));
            return Err(Failure { message, ..Failure::invalid(as_arguments(wrong, "FILE")) });
        }
        if docket.profile.uploads().is_ok() {
            hint_on_interrupt("the same command goes on where it stopped");
        }
        let mut outgoing = redacting.outgoing();
        let ready = outgoing.files(&self.files)?;
        let wrong = desk.copy_problems(&ready)?;
        if !wrong.is_empty() {
            let what = files(wrong.len());
            let message =
                format!("{what} can't be attached with marks in the place of secrets; nothing was sent");
            return Err(Failure { message, ..Failure::invalid(as_arguments(wrong, "FILE")) });
        }
        outgoing.settle()?;
        if !outgoing.is_wanted()? {
            // As where somebody opens no case after all. A program is told that nothing comes of what it wanted.
            if !docket.ui.for_people() {
                return Err(Failure::new(Kind::Interrupted, "nothing was attached"));
            }
            docket.ui.say("nothing was attached");
            return Ok(());
        }
        let to_send: Vec<ToSend> = ready.iter().map(|file| file.to_send(None)).collect();
        let failures = desk.attach_all(self.number, &to_send, &Key::generate());
        let sent = self.files.len() - failures.len();
        let Some((_, first)) = failures.first() else {
            docket.ui.say(format!("attached {} to case {}", files(sent), self.number));
            return docket.show_sent(desk.case(self.number)?, outgoing.redacted());
        };
        let mut first = first.clone();
        let goes_on = |(_, failure): &(_, Failure)| matches!(failure.kind, Kind::Unreachable | Kind::Unknown);
        if docket.profile.uploads().is_ok() && failures.iter().any(goes_on) {
            let files: Vec<String> = failures.iter().map(|(file, _)| quoted(file)).collect();
            let command = format!("docket case attach {} {}", self.number, files.join(" "));
            first.hints.insert(0, format!("`{command}` goes on where it stopped"));
        }
        let kind = if sent == 0 { first.kind } else { Kind::Partly };
        if sent == 0 && failures.iter().all(|(_, failure)| failure.message == first.message) {
            return Err(first);
        }
        let why: Vec<String> =
            failures.iter().map(|(file, failure)| format!("{}: {failure}", file.display())).collect();
        let message =
            format!("attached {sent} of {}; not attached: {}", files(self.files.len()), why.join("; "));
        Err(Failure { hints: first.hints, ..Failure::new(kind, message) })
    }
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
