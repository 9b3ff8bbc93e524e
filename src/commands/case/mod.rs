//! `docket case …`: opening cases and working on them.

mod attach;
mod call;
mod close;
mod comment;
mod download;
mod filing;
mod follow;
mod followed;
mod gather;
mod import;
mod list;
mod new;
mod show;
mod skeleton;
mod walk;
mod watch;

use clap::Subcommand;

pub(super) use comment::Said;
pub(super) use gather::quoted;
pub(super) use new::problems;

use super::Docket;
use crate::failure::Failure;
use crate::rules::FieldProblem;

/// Open cases and work on them.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket case new                         # asks, question by question
  docket case list --status my_action_required
  docket case show 42 --comments
  docket case comment 42 -m 'It happens in Firefox too.'
  docket case close 42 --reason 'Solved by the new certificate.'")]
pub(crate) enum Case {
    New(Box<new::New>),
    List(list::List),
    Show(show::Show),
    Comment(comment::Comment),
    Attach(attach::Attach),
    Download(download::Download),
    Watch(watch::Watch),
    Follow(follow::Follow),
    Call(call::Call),
    Close(close::Close),
    Import(import::Import),
}

/// Problems of `case new`'s fields for a command that takes the same as arguments.
fn as_arguments(problems: Vec<FieldProblem>, argument: &str) -> Vec<FieldProblem> {
    let renamed = |problem| FieldProblem { flag: argument.to_owned(), ..problem };
    problems.into_iter().map(renamed).collect()
}

impl Case {
    /// Whether `--timeout` says how long it may wait for something to happen, not for an answer.
    pub(crate) fn waits(&self) -> bool {
        matches!(self, Self::Follow(_))
    }

    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::New(command) => command.run(docket),
            Self::List(command) => command.run(docket),
            Self::Show(command) => command.run(docket),
            Self::Comment(command) => command.run(docket),
            Self::Attach(command) => command.run(docket),
            Self::Download(command) => command.run(docket),
            Self::Watch(command) => command.run(docket),
            Self::Follow(command) => command.run(docket),
            Self::Call(command) => command.run(docket),
            Self::Close(command) => command.run(docket),
            Self::Import(command) => command.run(docket),
        }
    }
}
