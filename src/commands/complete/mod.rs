//! `docket __complete`: what can stand at the cursor of a command line, for the scripts in `completions/`.
//!
//! The scripts are small and know nothing: they hand over the line, and get a first line that says what
//! follows — `values`, a candidate a line, or `files` or `folders`, which the shell completes itself. What
//! fits comes from the command tree ([`line`]) and from what docket has on disk ([`known`]). It never fails,
//! asks or connects: whoever presses Tab wants nothing of that.
//!
//! Much of it was written by others, and a shell pastes it into a command line. So a candidate has only
//! characters that no shell takes for anything else, and a description none that control a terminal.

mod known;
mod line;

use clap::{Arg, Args, Command, CommandFactory as _, ValueHint};

use super::completions::Shell;
use crate::cli::Cli;
use crate::failure::Failure;
use crate::profile::Environment;
use crate::ui::{self, text};
use known::{Known, Topic};
use line::{Line, Place, Slot};

/// Print what can stand at the cursor
#[derive(Debug, Args)]
#[command(name = "__complete", hide = true)]
pub(crate) struct Complete {
    /// Shell that asks
    #[arg(value_name = "SHELL")]
    shell: Shell,
    /// The line up to the cursor, in place of the words before; `--word` is then the part that the shell
    /// puts the answer in place of
    #[arg(long, value_name = "LINE", require_equals = true, allow_hyphen_values = true)]
    line: Option<String>,
    /// The word at the cursor, up to it
    #[arg(long, value_name = "WORD", require_equals = true, allow_hyphen_values = true, default_value = "")]
    word: String,
    /// Describe candidates even where the shell shows them as they are
    #[arg(long)]
    describe: bool,
    /// The words before it, without the program
    #[arg(value_name = "WORDS", last = true)]
    before: Vec<String>,
}

/// Something that can stand at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    value: String,
    /// What it is, in a line; may be empty.
    about: String,
}

impl Candidate {
    fn new(value: &str, about: &str) -> Self {
        Self { value: value.to_owned(), about: about.to_owned() }
    }
}

/// What a shell is answered.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Values(Vec<Candidate>),
    Files,
    Folders,
}

/// Columns of a description.
const WIDEST: usize = 60;

impl Complete {
    pub(crate) fn run(self, environment: Environment) -> Result<(), Failure> {
        let line = match &self.line {
            Some(typed) => Line::split(typed),
            None => Line { before: self.before, word: self.word.clone() },
        };
        let mut answer = answer(environment, &line);
        if let Answer::Values(candidates) = &mut answer {
            // bash takes `=` and `:` for the ends of words.
            let done = line.word.strip_suffix(self.word.as_str()).unwrap_or_default();
            for candidate in candidates {
                candidate.value = candidate.value.strip_prefix(done).unwrap_or(&candidate.value).to_owned();
            }
        }
        ui::print(&render(&answer, self.shell, self.describe))
    }
}

/// What can stand at the cursor.
fn answer(environment: Environment, line: &Line) -> Answer {
    let mut root = Cli::command();
    root.build();
    answer_in(&root, environment, line)
}

fn answer_in(root: &Command, environment: Environment, line: &Line) -> Answer {
    let place = Place::find(root, line);
    let (mut candidates, head) = match &place.slot {
        Slot::Flag => (flags(&place), ""),
        Slot::Value(argument, head) => {
            match values(environment, &place, argument, &line.word[head.len()..]) {
                Answer::Values(candidates) => (candidates, head.as_str()),
                files => return files,
            }
        }
        Slot::Word { command: false, argument: None } => (flags(&place), ""),
        Slot::Word { command, argument } => {
            let mut candidates = if *command { commands(place.command) } else { Vec::new() };
            match argument.map(|argument| values(environment, &place, argument, &line.word)) {
                Some(Answer::Values(values)) => candidates.extend(values),
                Some(files) if candidates.is_empty() => return files,
                _ => {}
            }
            (candidates, "")
        }
    };
    for candidate in &mut candidates {
        candidate.value.insert_str(0, head);
    }
    candidates.retain(|candidate| candidate.value.starts_with(&line.word));
    Answer::Values(candidates)
}

fn commands(command: &Command) -> Vec<Candidate> {
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    below.map(|below| Candidate::new(below.get_name(), &about(below.get_about()))).collect()
}

/// The flags that can still be given: not twice, unless that means something, nor beside one that rules them
/// out.
fn flags(place: &Place) -> Vec<Candidate> {
    let refuses = |one: &Arg, other: &Arg| {
        place.command.get_arg_conflicts_with(one).iter().any(|refused| refused.get_id() == other.get_id())
    };
    let fits = |flag: &&Arg| {
        let again = matches!(flag.get_action(), clap::ArgAction::Append);
        place.given.iter().all(|(given, _)| {
            (again || given.get_id() != flag.get_id()) && !refuses(given, flag) && !refuses(flag, given)
        })
    };
    let flags = place.command.get_arguments().filter(|flag| !flag.is_hide_set()).filter(fits);
    flags
        .filter_map(|flag| Some(Candidate::new(&format!("--{}", flag.get_long()?), &about(flag.get_help()))))
        .collect()
}

/// What an argument can be given, of which there is `word` already.
fn values(environment: Environment, place: &Place, argument: &Arg, word: &str) -> Answer {
    let possible = argument.get_possible_values();
    if !possible.is_empty() {
        // Of a list, the last part is at the cursor.
        let parts = argument.get_value_delimiter().and_then(|delimiter| word.rfind(delimiter));
        let head = parts.map_or("", |at| &word[..=at]);
        let listed: Vec<&str> = head.split(argument.get_value_delimiter().unwrap_or(',')).collect();
        let shown =
            possible.iter().filter(|value| !value.is_hide_set() && !listed.contains(&value.get_name()));
        let candidate = |value: &clap::builder::PossibleValue| {
            Candidate::new(&format!("{head}{}", value.get_name()), &about(value.get_help()))
        };
        return Answer::Values(shown.map(candidate).collect());
    }
    if let Some(topic) = Topic::of(&place.path, argument) {
        let known = Known::of(environment, place);
        let candidates = known.map(|known| known.candidates(topic, place, word)).unwrap_or_default();
        return Answer::Values(
            candidates.into_iter().filter(|candidate| harmless(&candidate.value)).collect(),
        );
    }
    match argument.get_value_hint() {
        ValueHint::AnyPath | ValueHint::FilePath => Answer::Files,
        ValueHint::DirPath => Answer::Folders,
        _ => Answer::Values(Vec::new()),
    }
}

/// Whether a shell takes a value for one word and nothing else, and docket for no flag.
fn harmless(value: &str) -> bool {
    let first = value.starts_with(char::is_alphanumeric);
    first && value.chars().all(|c| c.is_alphanumeric() || "._-:/@+%".contains(c))
}

/// The first line of a help text.
fn about(help: Option<&clap::builder::StyledStr>) -> String {
    help.map(ToString::to_string).unwrap_or_default().lines().next().unwrap_or_default().to_owned()
}

/// An answer as a shell's script reads it.
fn render(answer: &Answer, shell: Shell, describe: bool) -> String {
    let candidates = match answer {
        Answer::Files => return "files\n".to_owned(),
        Answer::Folders => return "folders\n".to_owned(),
        Answer::Values(candidates) => candidates,
    };
    let mut lines = "values\n".to_owned();
    for Candidate { value, about } in candidates {
        let about = text::truncate(&text::clean_line(about), WIDEST);
        lines.push_str(&match shell {
            // bash pastes what it is given, unless there are several to be listed.
            Shell::Bash if describe && candidates.len() > 1 && !about.is_empty() => {
                format!("{value}  ({about})")
            }
            Shell::Bash => value.clone(),
            Shell::Zsh if about.is_empty() => value.replace(':', "\\:"),
            Shell::Zsh => format!("{}:{about}", value.replace(':', "\\:")),
            Shell::Fish | Shell::PowerShell | Shell::Elvish => format!("{value}\t{about}"),
        });
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests;
