//! `docket case comment`

use std::path::PathBuf;

use clap::Args;

use super::super::Docket;
use super::super::editor::{Writing, Written};
use super::super::errand::Errand;
use super::super::redacting::Redact;
use crate::case::{Case, CaseNumber, Role};
use crate::failure::Failure;
use crate::ui::{CaseReport, text};

/// Add a comment to a case
///
/// On a case that waits for you (My Action Required, Pending) a comment hands it back to support. Without -m
/// and -F your editor opens.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case comment 42 -m 'It happens in Firefox too.'
  journalctl -u sender | tail -50 | docket case comment 42 -F -
  docket case comment 42                # writes it in your editor")]
pub(crate) struct Comment {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    #[command(flatten)]
    said: Said,
    #[command(flatten)]
    redact: Redact,
}

/// Where a text comes from.
#[derive(Debug, Args)]
pub(in crate::commands) struct Said {
    /// The text
    #[arg(long, short, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "message_file")]
    message: Option<String>,
    /// A file with the text; `-` for standard input
    #[arg(long, short = 'F', value_name = "FILE")]
    message_file: Option<PathBuf>,
}

impl Said {
    /// The text, from the flags or an editor; never blank.
    /// `remarks` are what to think of in an editor.
    pub(in crate::commands) fn text(
        self,
        docket: &Docket,
        what: &str,
        remarks: impl FnOnce() -> Vec<String>,
    ) -> Result<Written, Failure> {
        let text = match (self.message, self.message_file) {
            (Some(text), _) => text,
            (None, Some(file)) => docket.read_text(&file)?,
            (None, None) => {
                let writing = Writing { what, id: None, begun: "", remarks: remarks() };
                return docket.edit(writing, &format!("the {what} is missing: give -m TEXT or -F FILE"));
            }
        };
        let text = text.trim_end().to_owned();
        if text.trim().is_empty() {
            return Err(Failure::usage(format!("the {what} is blank; nothing was sent")));
        }
        Ok(Written::elsewhere(text))
    }
}

/// What support said last, if it has said anything.
fn asked(case: &Case) -> Vec<String> {
    let comments = case.comments.as_deref().unwrap_or_default();
    let Some(last) = comments.iter().rfind(|comment| comment.role == Role::Expert) else {
        return Vec::new();
    };
    let title = format!("Support said last, in case {}:", case.number);
    let said = text::clean(&last.body).lines().map(|line| format!("  {line}")).collect::<Vec<_>>();
    [String::new(), title].into_iter().chain(said).collect()
}

impl Comment {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let redact = self.redact;
        redact.ended(docket, self.comment(docket))
    }

    fn comment(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<CaseReport>()?;
        let redacting = self.redact.run(docket)?;
        let desk = docket.desk()?;
        let number = self.number;
        let said = self.said.text(docket, "comment", || {
            // Who can't be asked what they asked is told when the comment is sent.
            desk.case(number).map(|case| asked(&case)).unwrap_or_default()
        })?;
        let mut outgoing = redacting.outgoing();
        let case = said.used(docket, |text| {
            let body = outgoing.only("comment", text)?;
            desk.deliver(&Errand::Comment { number, body })
        })?;
        docket.ui.say(format!("commented on case {}, which is {} now", case.number, case.status.label()));
        docket.show_sent(case, outgoing.redacted())
    }
}
