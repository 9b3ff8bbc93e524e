//! `docket case attach`

use std::path::PathBuf;

use clap::Args;

use super::super::Docket;
use super::as_arguments;
use crate::case::CaseNumber;
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::ui::CaseReport;

/// Attach files to a case
///
/// All files are checked before the first one is sent.
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
}

impl Attach {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<CaseReport>()?;
        let desk = docket.desk()?;
        let wrong = desk.file_problems(&self.files)?;
        if !wrong.is_empty() {
            let message = format!("{} can't be attached; nothing was sent", files(wrong.len()));
            return Err(Failure { message, ..Failure::invalid(as_arguments(wrong, "FILE")) });
        }
        let failures = desk.attach_all(self.number, &self.files, &Key::generate());
        let sent = self.files.len() - failures.len();
        let Some((_, first)) = failures.first() else {
            docket.ui.say(format!("attached {} to case {}", files(sent), self.number));
            return docket.show_changed(desk.case(self.number)?);
        };
        if sent == 0 {
            return Err(first.clone());
        }
        let why: Vec<String> =
            failures.iter().map(|(file, failure)| format!("{}: {failure}", file.display())).collect();
        let message =
            format!("attached {sent} of {}; not attached: {}", files(self.files.len()), why.join("; "));
        Err(Failure { hints: first.hints.clone(), ..Failure::new(Kind::Partly, message) })
    }
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
