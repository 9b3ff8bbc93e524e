//! Questions, on stderr. Who makes a [`Prompter`] has made sure that they may be asked.
//!
//! Lists ([`list`]), lines ([`line`]) and texts ([`area`]) are read key by key ([`keys`]), because only who
//! reads the keys knows what was pasted, and puts the terminal back whatever happens. Each is a few rows that
//! are drawn anew ([`block`]); what is left of a question is how it was answered, or nothing where somebody
//! went back. Yes and no is dialoguer's. On a terminal that can do nothing but print, the same questions are
//! asked in lines ([`plain`]).

mod area;
mod block;
mod keys;
mod line;
mod list;
mod marks;
mod paths;
mod plain;
mod reading;

use std::io;
use std::path::Path;

use console::{Term, style};
use dialoguer::Confirm;

use super::text;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;
use keys::{Key, Keyboard};
use line::Line;
use marks::Marks;
use paths::Completion;

pub(super) use keys::tidy_up;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// Escape: back to the question before, where there is one.
    #[error("interrupted")]
    Back,
    /// Ctrl-C, or the end of the input.
    #[error("interrupted")]
    Interrupted,
    /// The terminal is gone.
    #[error("cannot ask: {0}")]
    Gone(io::Error),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Self::Interrupted,
            _ => Self::Gone(error),
        }
    }
}

impl From<dialoguer::Error> for Stopped {
    fn from(error: dialoguer::Error) -> Self {
        let dialoguer::Error::IO(error) = error;
        error.into()
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Back | Stopped::Interrupted => Self::new(Kind::Interrupted, "interrupted"),
            Stopped::Gone(error) => Self::new(Kind::Failed, format!("cannot ask on this terminal: {error}"))
                .hint("give the answers as flags; `--no-input` makes docket say which are missing"),
        }
    }
}

/// What is to be asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The question.
    pub prompt: &'a str,
    /// What helps to answer it; may be empty.
    pub help: &'a str,
    /// What the answer begins as.
    pub initial: &'a str,
    /// Whether it may be left out.
    pub optional: bool,
}

/// Says what is wrong with an answer; the question stands then.
pub type Judge<'a> = dyn FnMut(&str) -> Result<(), String> + 'a;

/// Asks questions on the terminal. Any of them can be stopped.
pub struct Prompter {
    term: Term,
    marks: Marks,
    /// Whether the terminal can do nothing but print.
    plain: bool,
}

/// Judges an answer as `judge` does, but for an empty one: that will do where it is `optional`.
fn unless_empty(optional: bool, judge: &mut Judge<'_>) -> impl FnMut(&str) -> Result<(), String> {
    move |typed: &str| match typed {
        "" if optional => Ok(()),
        "" => Err("an answer is required".to_owned()),
        typed => judge(typed),
    }
}

impl Prompter {
    pub(super) fn new(plain: bool, ascii: bool) -> Self {
        Self { term: Term::stderr(), marks: Marks::new(ascii), plain }
    }

    /// Says something between the questions.
    pub fn say(&self, text: &str) {
        // A terminal that is gone shows itself at the next question.
        let _ = self.term.write_line(text);
    }

    /// What stands where something was left out, on this terminal.
    pub fn cut_mark(&self) -> &'static str {
        self.marks.cut
    }

    /// `text` in at most so many columns.
    fn cut(&self, text: &str, columns: usize) -> String {
        text::cut(text, columns, self.marks.cut)
    }

    /// How to leave a question, on this terminal.
    pub fn ways_out(&self) -> &'static str {
        if self.plain {
            "A line with < alone goes back, Ctrl-C stops."
        } else {
            "Esc goes back, Ctrl-C stops."
        }
    }

    /// Says something in the background.
    pub fn hint(&self, text: &str) {
        self.say(&style(self.wrapped(text)).for_stderr().dim().to_string());
    }

    /// Says what somebody may want to think of before going on.
    pub fn warn(&self, text: &str) {
        self.say(&style(self.wrapped(text)).for_stderr().yellow().to_string());
    }

    /// Says that something won't do.
    pub fn complain(&self, text: &str) {
        self.say(&style(self.refusal(text)).for_stderr().red().to_string());
    }

    /// Why something won't do, behind the mark for that.
    fn refusal(&self, why: &str) -> String {
        let text = self.wrapped(why);
        let mark = if self.plain { "  not taken: " } else { self.marks.refused };
        if self.plain {
            format!("{mark}{}", text.trim_start())
        } else {
            text.replacen("  ", &format!("{mark} "), 1)
        }
    }

    /// Lets choose one of `items`, which can be filtered by typing; its index.
    pub fn choose(&self, prompt: &str, items: &[String], default: usize) -> Result<usize, Stopped> {
        let prompt = text::clean_line(prompt);
        if self.plain {
            let items: Vec<String> = items.iter().map(|item| text::clean_line(item)).collect();
            return plain::choose(&self.term, &prompt, &items, default);
        }
        self.read_choice(&prompt, items, default)
    }

    /// A line of text, already trimmed; empty only where it may be left out.
    pub fn line(&self, ask: &Ask<'_>, judge: &mut Judge<'_>) -> Result<String, Stopped> {
        self.ask_line(ask, &|_| Completion::default(), judge)
    }

    /// The path of a file, completed with Tab; `~/` stands for `home`. Empty only where it may be left out.
    pub fn path(&self, ask: &Ask<'_>, home: Option<&Path>, judge: &mut Judge<'_>) -> Result<String, Stopped> {
        self.ask_line(ask, &|typed| paths::complete(typed, home), judge)
    }

    fn ask_line(
        &self,
        ask: &Ask<'_>,
        complete: &dyn Fn(&str) -> Completion,
        judge: &mut Judge<'_>,
    ) -> Result<String, Stopped> {
        let prompt = text::clean_line(ask.prompt);
        let mut judge = unless_empty(ask.optional, judge);
        if !self.plain {
            return self.read_line(&Ask { prompt: &prompt, ..*ask }, complete, &mut judge);
        }
        if !ask.help.is_empty() {
            self.hint(ask.help);
        }
        let mut initial = ask.initial.to_owned();
        loop {
            let typed = plain::line(&self.term, &prompt, &initial)?;
            match judge(&typed) {
                Ok(()) => return Ok(typed),
                Err(why) => self.complain(&why),
            }
            if !typed.is_empty() {
                initial = typed;
            }
        }
    }

    /// Text of any number of lines that goes on from `initial`, ended by Ctrl-D or a last line with a single
    /// dot; empty only where it may be left out. `keep` is told of the whole text whenever there is more to
    /// lose.
    pub fn lines(
        &self,
        ask: &Ask<'_>,
        keep: &mut dyn FnMut(&str),
        judge: &mut Judge<'_>,
    ) -> Result<String, Stopped> {
        let prompt = text::clean_line(ask.prompt);
        let mut judge = unless_empty(ask.optional, judge);
        let leave = if ask.optional && ask.initial.is_empty() { " Enter at once leaves it out." } else { "" };
        let ways = format!("Type or paste it. Ctrl-D, or a dot alone in the last line, ends it.{leave}");
        let help = if ask.help.is_empty() { ways } else { format!("{} {ways}", ask.help) };
        if !self.plain {
            return self.read_text(&Ask { prompt: &prompt, help: &help, ..*ask }, keep, &mut judge);
        }
        self.say(&prompt);
        self.hint(&help);
        let mut so_far = ask.initial.trim_end().to_owned();
        if !so_far.is_empty() {
            self.say(&self.wrapped(&so_far));
            so_far.push('\n');
        }
        loop {
            let typed = plain::lines(&self.term, so_far.clone(), keep)?;
            match judge(&typed) {
                Ok(()) => return Ok(typed),
                Err(why) => self.complain(&why),
            }
        }
    }

    /// Yes or no.
    pub fn confirm(&self, prompt: &str, default: bool) -> Result<bool, Stopped> {
        let prompt = text::clean_line(prompt);
        if self.plain {
            return plain::confirm(&self.term, &prompt, default);
        }
        let short = self.cut(&prompt, self.width().saturating_sub(16));
        let confirmed = Confirm::with_theme(&self.marks.theme())
            .with_prompt(&short)
            .default(default)
            .report(false)
            .interact_on_opt(&self.term)?
            .ok_or(Stopped::Back)?;
        self.say(&self.marks.answered(&short, if confirmed { "yes" } else { "no" }));
        Ok(confirmed)
    }

    /// A password, which isn't shown.
    pub fn password(&self, prompt: &str) -> Result<Secret, Stopped> {
        let prompt = text::clean_line(prompt);
        loop {
            let typed = self.read_unseen(&self.marks.asked(&prompt, false))?;
            self.term.write_line("")?;
            if !typed.reveal().is_empty() {
                return Ok(typed);
            }
            self.complain("an answer is required");
        }
    }

    /// A line of which nothing is shown, not even how long it is.
    fn read_unseen(&self, asked: &str) -> Result<Secret, Stopped> {
        // Before the question: whoever answers at once mustn't be shown either.
        let mut keyboard = Keyboard::open(!self.plain)?;
        self.term.write_str(asked)?;
        let mut line = Line::default();
        loop {
            match keyboard.key()? {
                Key::Enter => return Ok(Secret::new(line.text())),
                Key::EndOfText if line.text().is_empty() => return Err(Stopped::Interrupted),
                Key::Interrupt => {
                    self.term.write_line("")?;
                    return Err(Stopped::Interrupted);
                }
                Key::Escape => {
                    self.term.write_line("")?;
                    return Err(Stopped::Back);
                }
                key => {
                    line.press(&key);
                }
            }
        }
    }

    fn wrapped(&self, said: &str) -> String {
        text::wrap(&text::clean(said), self.columns(), "  ").trim_end().to_owned()
    }

    /// Columns that text may take.
    fn columns(&self) -> usize {
        self.width().clamp(20, 100)
    }

    fn width(&self) -> usize {
        usize::from(self.term.size().1)
    }

    fn height(&self) -> usize {
        usize::from(self.term.size().0)
    }
}
