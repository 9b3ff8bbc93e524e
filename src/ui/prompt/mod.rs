//! Questions, on stderr. Who makes a [`Prompter`] has made sure that they may be asked.
//!
//! Lists, and yes and no, are dialoguer's. Text and passwords are read key by key here ([`keys`], [`line`]),
//! because only who reads the keys knows what was pasted, and puts the terminal back whatever happens. On a terminal that can do nothing but print, the
//! same questions are asked in lines ([`plain`]).

mod keys;
mod line;
mod paths;
mod plain;

use std::io;
use std::path::Path;

use console::{Term, style};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, FuzzySelect};

use super::text;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;
use keys::{Key, Keyboard};
use line::Line;
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

/// Asks questions on the terminal. Any of them can be stopped.
pub struct Prompter {
    term: Term,
    theme: Box<dyn Theme>,
    /// Whether the terminal can do nothing but print.
    plain: bool,
}

impl Prompter {
    pub(super) fn new(plain: bool) -> Self {
        let theme: Box<dyn Theme> = if console::colors_enabled_stderr() && !plain {
            Box::new(ColorfulTheme::default())
        } else {
            Box::new(SimpleTheme)
        };
        Self { term: Term::stderr(), theme, plain }
    }

    /// Says something between the questions.
    pub fn say(&self, text: &str) {
        // A terminal that is gone shows itself at the next question.
        let _ = self.term.write_line(text);
    }

    /// How to leave a question, on this terminal.
    pub fn ways_out(&self) -> &'static str {
        if self.plain { "Ctrl-C stops." } else { "Esc goes back, Ctrl-C stops." }
    }

    /// Says something in the background, like the help of a field.
    pub fn hint(&self, text: &str) {
        self.say(&style(self.wrapped(text)).for_stderr().dim().to_string());
    }

    /// Says what somebody may want to think of before going on.
    pub fn warn(&self, text: &str) {
        self.say(&style(self.wrapped(text)).for_stderr().yellow().to_string());
    }

    /// Says that an answer won't do.
    pub fn complain(&self, text: &str) {
        self.say(&style(self.wrapped(text)).for_stderr().red().to_string());
    }

    /// Lets choose one of `items`, which can be filtered by typing; its index.
    pub fn choose(&self, prompt: &str, items: &[String], default: usize) -> Result<usize, Stopped> {
        let prompt = text::clean_line(prompt);
        if self.plain {
            let items: Vec<String> = items.iter().map(|item| text::clean_line(item)).collect();
            return plain::choose(&self.term, &prompt, &items, default);
        }
        let items: Vec<String> = items.iter().map(|item| self.fit(item)).collect();
        // Short lists filter as well: letters typed a question too early then match nothing, and Enter after
        // them chooses nothing.
        let chosen = FuzzySelect::with_theme(&*self.theme)
            .with_prompt(prompt)
            .items(&items)
            .default(default)
            .max_length(self.list_rows())
            .interact_on_opt(&self.term);
        chosen?.ok_or(Stopped::Back)
    }

    /// A line of text, already trimmed, that begins as `initial`; empty only where `optional`.
    pub fn line(&self, prompt: &str, initial: Option<&str>, optional: bool) -> Result<String, Stopped> {
        self.read_line(prompt, initial, optional, &|_| Completion::default())
    }

    /// The path of a file, completed with Tab; `~/` stands for `home`. Empty only where `optional`.
    pub fn path(
        &self,
        prompt: &str,
        initial: Option<&str>,
        home: Option<&Path>,
        optional: bool,
    ) -> Result<String, Stopped> {
        self.read_line(prompt, initial, optional, &|typed| paths::complete(typed, home))
    }

    /// Text of any number of lines that goes on from `so_far`, ended by Ctrl-D or a line with a single dot; an
    /// empty first line leaves it empty. `keep` is told of the whole text at the end of each line.
    pub fn lines(&self, prompt: &str, so_far: &str, mut keep: impl FnMut(&str)) -> Result<String, Stopped> {
        let prompt = text::clean_line(prompt);
        self.say(&style(prompt).for_stderr().bold().to_string());
        self.hint("Type or paste it. Ctrl-D, or a line with a single dot, ends it; Enter alone leaves it.");
        let mut text = so_far.trim_end().to_owned();
        if !text.is_empty() {
            self.say(text::wrap(&text::clean(&text), self.columns(), "  ").trim_end());
            text.push('\n');
        }
        if self.plain {
            return plain::lines(&self.term, text, &mut keep);
        }
        let mut keyboard = Keyboard::open(true)?;
        let mut line = Line::default();
        loop {
            self.draw("  ", 2, &line)?;
            match keyboard.key()? {
                Key::Enter if line.text().trim() == "." || (text.is_empty() && line.text().is_empty()) => {
                    self.finish(&format!("  {}", line.text()))?;
                    return Ok(text.trim_end().to_owned());
                }
                Key::Enter => {
                    self.finish(&format!("  {}", text::clean_line(line.text())))?;
                    text.push_str(line.text().trim_end());
                    text.push('\n');
                    line = Line::default();
                    keep(&text);
                }
                Key::Paste(pasted) => {
                    let mut pieces = pasted.split('\n');
                    line.insert(pieces.next().unwrap_or_default());
                    for piece in pieces {
                        self.finish(&format!("  {}", text::clean_line(line.text())))?;
                        text.push_str(line.text());
                        text.push('\n');
                        line = Line::new(piece);
                    }
                    keep(&format!("{text}{}", line.text()));
                }
                Key::EndOfText => {
                    self.finish(&format!("  {}", text::clean_line(line.text())))?;
                    text.push_str(line.text());
                    return Ok(text.trim_end().to_owned());
                }
                key => self.edit(&mut line, &key)?,
            }
        }
    }

    /// Yes or no.
    pub fn confirm(&self, prompt: &str, default: bool) -> Result<bool, Stopped> {
        let prompt = text::clean_line(prompt);
        if self.plain {
            return plain::confirm(&self.term, &prompt, default);
        }
        Confirm::with_theme(&*self.theme)
            .with_prompt(prompt)
            .default(default)
            .interact_on_opt(&self.term)?
            .ok_or(Stopped::Back)
    }

    /// A password, which isn't shown.
    pub fn password(&self, prompt: &str) -> Result<Secret, Stopped> {
        let prompt = text::clean_line(prompt);
        loop {
            let mut asked = String::new();
            let _ = self.theme.format_password_prompt(&mut asked, &prompt);
            let typed = self.read_unseen(&format!("{} ", asked.trim_end()))?;
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
                key => self.edit(&mut line, &key)?,
            }
        }
    }

    fn read_line(
        &self,
        prompt: &str,
        initial: Option<&str>,
        optional: bool,
        complete: &dyn Fn(&str) -> Completion,
    ) -> Result<String, Stopped> {
        let prompt = text::clean_line(prompt);
        // What a portal suggests may have characters that no key types.
        let initial = initial.filter(|text| text::clean_line(text) == *text).unwrap_or_default();
        loop {
            let typed = if self.plain {
                plain::line(&self.term, &prompt, initial)?
            } else {
                self.read_keys(&prompt, initial, complete)?
            };
            if optional || !typed.trim().is_empty() {
                return Ok(typed.trim().to_owned());
            }
            self.complain("an answer is required");
        }
    }

    /// A line typed key by key; what is left of the question is how it was answered.
    fn read_keys(
        &self,
        prompt: &str,
        initial: &str,
        complete: &dyn Fn(&str) -> Completion,
    ) -> Result<String, Stopped> {
        let mut asked = String::new();
        let short = text::truncate(prompt, self.width() / 2);
        let _ = self.theme.format_input_prompt(&mut asked, &short, None);
        let asked = format!("{} ", asked.trim_end());
        let columns = console::measure_text_width(&asked);
        let mut keyboard = Keyboard::open(true)?;
        let mut line = Line::new(initial);
        loop {
            self.draw(&asked, columns, &line)?;
            match keyboard.key()? {
                Key::Enter => break,
                Key::EndOfText if line.text().is_empty() => return Err(Stopped::Interrupted),
                Key::Tab => self.complete(&mut line, complete)?,
                key => self.edit(&mut line, &key)?,
            }
        }
        drop(keyboard);
        let mut answered = String::new();
        let shown = text::truncate(&text::clean_line(line.text()), self.width().saturating_sub(columns + 4));
        let _ = self.theme.format_input_prompt_selection(&mut answered, &short, &shown);
        self.finish(answered.trim_end())?;
        Ok(line.text().to_owned())
    }

    /// Does what a key means that isn't about the whole answer.
    fn edit(&self, line: &mut Line, key: &Key) -> Result<(), Stopped> {
        match key {
            Key::Interrupt => {
                self.term.write_line("")?;
                Err(Stopped::Interrupted)
            }
            Key::Escape => {
                self.term.write_line("")?;
                Err(Stopped::Back)
            }
            key => {
                line.press(key);
                Ok(())
            }
        }
    }

    /// Extends a line as far as that is clear, or lists how it may go on.
    fn complete(&self, line: &mut Line, complete: &dyn Fn(&str) -> Completion) -> Result<(), Stopped> {
        const LISTED: usize = 40;
        let completion = complete(line.text());
        match completion.extended {
            Some(extended) => *line = Line::new(&extended),
            None if completion.names.len() > 1 => {
                let more = completion.names.len().saturating_sub(LISTED);
                let more = if more > 0 { format!("  and {more} more") } else { String::new() };
                let names = completion.names.into_iter().take(LISTED).collect::<Vec<_>>().join("  ");
                self.term.write_line("")?;
                self.hint(&(names + &more));
            }
            None => {}
        }
        Ok(())
    }

    /// Draws a line that is being typed, behind `asked`, which takes `columns`.
    fn draw(&self, asked: &str, columns: usize, line: &Line) -> io::Result<()> {
        let (shown, column) = line.fit(self.width().saturating_sub(columns));
        let right = columns + column;
        let right = if right == 0 { String::new() } else { format!("\u{1b}[{right}C") };
        self.term.write_str(&format!("\r\u{1b}[K{asked}{shown}\r{right}"))
    }

    /// Leaves `text` where a line was typed.
    fn finish(&self, text: &str) -> io::Result<()> {
        self.term.write_str(&format!("\r\u{1b}[K{text}\r\n"))
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

    /// Rows that a list may take, with the question and a little of what was before it still in sight.
    fn list_rows(&self) -> usize {
        usize::from(self.term.size().0).saturating_sub(4).clamp(3, 12)
    }

    /// An item on a single line of the terminal, lest a wrapped one confuses the redrawing.
    fn fit(&self, item: &str) -> String {
        text::truncate(&text::clean_line(item), self.width().max(20) - 4)
    }
}
