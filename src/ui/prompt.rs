//! Questions, on stderr. Who makes a [`Prompter`] has made sure that they may be asked.

use std::io;

use console::{Term, style};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Completion, Confirm, Editor, FuzzySelect, Input, Password, Select};

use super::text;
use crate::failure::{Failure, Kind};
use crate::secret::Secret;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// Ctrl-C, Escape at a place where it means leaving, or the end of the input.
    #[error("interrupted")]
    Interrupted,
    /// The terminal is gone.
    #[error("cannot ask: {0}")]
    Gone(io::Error),
}

impl From<dialoguer::Error> for Stopped {
    fn from(error: dialoguer::Error) -> Self {
        let dialoguer::Error::IO(error) = error;
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Self::Interrupted,
            _ => Self::Gone(error),
        }
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Interrupted => Self::new(Kind::Interrupted, "interrupted"),
            Stopped::Gone(error) => Self::new(Kind::Failed, format!("cannot ask on this terminal: {error}"))
                .hint("give the answers as flags; `--no-input` makes docket say which are missing"),
        }
    }
}

/// Asks questions on the terminal.
pub struct Prompter {
    term: Term,
    theme: Box<dyn Theme>,
}

impl Prompter {
    pub(super) fn new() -> Self {
        let theme: Box<dyn Theme> = if console::colors_enabled_stderr() {
            Box::new(ColorfulTheme::default())
        } else {
            Box::new(SimpleTheme)
        };
        Self { term: Term::stderr(), theme }
    }

    /// Says something between the questions.
    pub fn say(&self, text: &str) {
        // A terminal that is gone shows itself at the next question.
        let _ = self.term.write_line(text);
    }

    /// Says something in the background, like the help of a field.
    pub fn hint(&self, text: &str) {
        let wrapped = text::wrap(&text::clean(text), self.columns(), "  ");
        self.say(&style(wrapped.trim_end()).for_stderr().dim().to_string());
    }

    /// Says that an answer won't do.
    pub fn complain(&self, text: &str) {
        let wrapped = text::wrap(&text::clean(text), self.columns(), "  ");
        self.say(&style(wrapped.trim_end()).for_stderr().red().to_string());
    }

    /// Lets choose one of `items`, which can be filtered by typing; its index.
    pub fn choose(&self, prompt: &str, items: &[String], default: usize) -> Result<usize, Stopped> {
        let items: Vec<String> = items.iter().map(|item| self.fit(item)).collect();
        let chosen = if items.len() > 7 {
            FuzzySelect::with_theme(&*self.theme)
                .with_prompt(text::clean_line(prompt))
                .items(&items)
                .default(default)
                .max_length(12)
                .interact_on_opt(&self.term)
        } else {
            Select::with_theme(&*self.theme)
                .with_prompt(text::clean_line(prompt))
                .items(&items)
                .default(default)
                .interact_on_opt(&self.term)
        };
        chosen?.ok_or(Stopped::Interrupted)
    }

    /// A line of text, already trimmed; empty only where `optional`.
    pub fn line(&self, prompt: &str, default: Option<&str>, optional: bool) -> Result<String, Stopped> {
        let mut input = Input::<String>::with_theme(&*self.theme)
            .with_prompt(text::clean_line(prompt))
            .allow_empty(optional);
        // A default from a portal is shown as it is, so one that isn't plain isn't offered.
        if let Some(default) = default.filter(|default| text::clean_line(default) == *default) {
            input = input.default(default.to_owned());
        }
        Ok(input.interact_text_on(&self.term)?.trim().to_owned())
    }

    /// Several lines of text, ended by an empty one; empty only where nothing was typed.
    pub fn lines(&self, prompt: &str) -> Result<String, Stopped> {
        let prompt = format!("{} (an empty line ends it)", text::clean_line(prompt));
        self.say(&style(prompt).for_stderr().bold().to_string());
        let mut lines: Vec<String> = Vec::new();
        loop {
            let line = Input::<String>::with_theme(&SimpleTheme)
                .with_prompt(" ")
                .allow_empty(true)
                .interact_text_on(&self.term)?;
            if line.trim().is_empty() {
                return Ok(lines.join("\n"));
            }
            lines.push(line.trim_end().to_owned());
        }
    }

    /// The path of a file, completed with Tab; empty only where `optional`.
    pub fn path(&self, prompt: &str, optional: bool) -> Result<String, Stopped> {
        let input = Input::<String>::with_theme(&*self.theme)
            .with_prompt(text::clean_line(prompt))
            .completion_with(&Files)
            .allow_empty(optional);
        Ok(input.interact_text_on(&self.term)?.trim().to_owned())
    }

    /// Yes or no.
    pub fn confirm(&self, prompt: &str, default: bool) -> Result<bool, Stopped> {
        Confirm::with_theme(&*self.theme)
            .with_prompt(text::clean_line(prompt))
            .default(default)
            .interact_on_opt(&self.term)?
            .ok_or(Stopped::Interrupted)
    }

    /// A password, which isn't shown.
    pub fn password(&self, prompt: &str) -> Result<Secret, Stopped> {
        let password = Password::with_theme(&*self.theme)
            .with_prompt(text::clean_line(prompt))
            .interact_on(&self.term)?;
        Ok(Secret::new(password))
    }

    /// `text`, changed in an editor; `None` when it was closed without saving.
    pub fn edit(&self, editor: Option<&str>, text: &str) -> Result<Option<String>, Stopped> {
        let mut asked = Editor::new();
        if let Some(editor) = editor {
            asked.executable(editor);
        }
        Ok(asked.extension(".txt").edit(text)?)
    }

    /// Columns that text may take.
    fn columns(&self) -> usize {
        usize::from(self.term.size().1).clamp(20, 100)
    }

    /// An item on a single line of the terminal, lest a wrapped one confuses the redrawing.
    fn fit(&self, item: &str) -> String {
        let width = usize::from(self.term.size().1).max(20);
        text::truncate(&text::clean_line(item), width - 4)
    }
}

/// Completes paths.
struct Files;

impl Completion for Files {
    fn get(&self, typed: &str) -> Option<String> {
        complete_path(typed)
    }
}

/// `typed` extended as far as the files there agree, with a slash after the only folder.
fn complete_path(typed: &str) -> Option<String> {
    let (folder, start) = match typed.rfind('/') {
        Some(at) => (&typed[..=at], &typed[at + 1..]),
        None => ("", typed),
    };
    let read_from = if folder.is_empty() { "." } else { folder };
    let mut matching: Vec<(String, bool)> = std::fs::read_dir(read_from)
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path().is_dir())))
        .filter(|(name, _)| name.starts_with(start) && (!name.starts_with('.') || start.starts_with('.')))
        .collect();
    matching.sort();
    let (first, is_folder) = matching.first()?.clone();
    let common = matching.iter().skip(1).fold(first, |common, (name, _)| {
        common.chars().zip(name.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    let slash = if matching.len() == 1 && is_folder { "/" } else { "" };
    let completed = format!("{folder}{common}{slash}");
    (completed != typed).then_some(completed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_complete_as_far_as_they_agree() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("{}/{name}", folder.path().display());
        for name in ["trace-1.har", "trace-2.har", ".hidden"] {
            std::fs::write(at(name), "x").unwrap();
        }
        std::fs::create_dir(at("shots")).unwrap();
        assert_eq!(complete_path(&at("t")), Some(at("trace-")));
        assert_eq!(complete_path(&at("trace-1")), Some(at("trace-1.har")));
        assert_eq!(complete_path(&at("s")), Some(at("shots/")));
        assert_eq!(complete_path(&at("nothing")), None);
        assert_eq!(complete_path(&at("trace-1.har")), None);
    }
}
