//! What a person sees and a script reads: the only place that prints.
//!
//! Data goes to stdout, everything else to stderr. [`Ui`] knows how both are to be formed: for people, as
//! JSON, through a jq filter or as CSV (`output`). Commands hand it values that implement [`Show`]
//! (`view` has them) and sentences to [`Ui::say`]. It asks through `prompt`, when it may ask at all,
//! and shows how far something is through `progress`. Text that came from a portal is untrusted and goes
//! through [`text::clean`] on its way to a terminal.

mod interrupt;
mod output;
mod progress;
mod prompt;
mod table;
pub mod text;
mod view;

use std::io::{self, IsTerminal, Write};

use jiff::Zoned;
use serde_json::{Value, json};

pub use interrupt::{LentTerminal, SoftInterrupt, hint_on_interrupt, restore_terminal_on_interrupt};
pub use output::{Format, Rows, Show};
pub use progress::Bars;
pub use prompt::{Prompter, Stopped};
pub use table::Table;
pub use view::*;

use crate::failure::{Failure, Kind};

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How to talk, as the flags and the environment say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The form of the data on stdout.
    pub format: Format,
    /// No conversation, just data and failures.
    pub quiet: bool,
    /// Never ask.
    pub no_input: bool,
    /// When to colour.
    pub color: Color,
    /// Whether `NO_COLOR` is set and not empty.
    pub env_no_color: bool,
    /// Whether `CLICOLOR_FORCE` is set and not `0`.
    pub env_force_color: bool,
    /// Whether the terminal can do nothing but print, as `TERM` says.
    pub env_plain: bool,
}

/// What a rendering has to fit.
#[derive(Debug, Clone)]
pub struct Page {
    /// Columns; `None` where nothing limits them, as in a file.
    pub width: Option<usize>,
    /// Whether to colour.
    pub color: bool,
    /// Now, in the reader's time zone.
    pub now: Zoned,
}

/// The conversation with whoever runs docket.
#[derive(Debug, Clone)]
pub struct Ui {
    options: Options,
}

impl Ui {
    /// A conversation as `options` want it.
    pub fn new(options: Options) -> Self {
        let ui = Self { options };
        console::set_colors_enabled_stderr(ui.colored(io::stderr().is_terminal()));
        ui
    }

    /// Whether questions may be asked: a terminal on both ends and nobody has forbidden it.
    pub fn can_ask(&self) -> bool {
        !self.options.no_input && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whoever asks the questions, or `None` when none may be asked.
    pub fn prompter(&self) -> Option<Prompter> {
        self.can_ask().then(|| Prompter::new(self.options.env_plain))
    }

    /// Whether the data on stdout is for people.
    pub fn for_people(&self) -> bool {
        self.options.format == Format::People
    }

    /// Whether the conversation is to be short.
    pub fn quiet(&self) -> bool {
        self.options.quiet
    }

    /// Bars for what takes long; nothing is drawn where stderr is no terminal.
    pub fn bars(&self) -> Bars {
        Bars::new(!self.options.quiet && io::stderr().is_terminal())
    }

    /// Refuses a format that the data of a command doesn't have: before anything is written at a portal,
    /// because afterwards it would be too late to say no.
    pub fn expect<T: Show>(&self) -> Result<(), Failure> {
        output::check::<T>(&self.options.format)
    }

    /// Prints a command's data on stdout.
    pub fn show<T: Show>(&self, value: &T) -> Result<(), Failure> {
        let stdout_is_terminal = io::stdout().is_terminal();
        let rendered = match &self.options.format {
            Format::People => value.text(&self.page(stdout_is_terminal)),
            format => output::render::<T>(value, format, stdout_is_terminal)?,
        };
        print(&rendered)
    }

    /// Gets ready to print things one after the other, each as soon as it is known.
    pub fn stream<T: Show>(&self) -> Result<Stream<'_>, Failure> {
        let terminal = io::stdout().is_terminal();
        Ok(Stream { ui: self, lines: output::Lines::new::<T>(&self.options.format, terminal)?, terminal })
    }

    /// Prints plain text on stdout, whatever the format: completions, schemas, skeletons.
    pub fn raw(&self, text: &str) -> Result<(), Failure> {
        print(text)
    }

    /// What a rendering for stderr has to fit.
    pub fn conversation_page(&self) -> Page {
        let mut page = self.page(io::stderr().is_terminal());
        page.width = page.width.or(Some(80));
        page
    }

    /// Says something that isn't data, unless asked to be quiet.
    pub fn say(&self, text: impl AsRef<str>) {
        if !self.options.quiet {
            self.announce(text);
        }
    }

    /// Says something that somebody waits for, however quiet it is to be.
    pub fn announce(&self, text: impl AsRef<str>) {
        tell(&format!("{}\n", text::clean(text.as_ref())));
    }

    /// Says something that mustn't be missed.
    pub fn warn(&self, text: impl AsRef<str>) {
        tell(&format!("docket: {}\n", text::clean(text.as_ref())));
    }

    fn colored(&self, terminal: bool) -> bool {
        match self.options.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if self.options.env_no_color => false,
            Color::Auto => self.options.env_force_color || (terminal && !self.options.env_plain),
        }
    }

    fn page(&self, terminal: bool) -> Page {
        let width = terminal.then(|| usize::from(console::Term::stderr().size().1)).filter(|w| *w > 0);
        Page { width, color: self.colored(terminal), now: Zoned::now() }
    }
}

/// Things that are printed on stdout one after the other.
pub struct Stream<'u> {
    ui: &'u Ui,
    lines: output::Lines,
    terminal: bool,
}

impl Stream<'_> {
    /// Prints the next one, above `bar`.
    pub fn next<T: Show>(&mut self, value: &T, bar: &indicatif::ProgressBar) -> Result<(), Failure> {
        let rendered = self.lines.next(value, &self.ui.page(self.terminal))?;
        if rendered.is_empty() { Ok(()) } else { bar.suspend(|| print(&rendered)) }
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(Kind::Failed, format!("cannot write to standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Writes to stderr. Where that is closed nobody listens, which is no reason to fail.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Reports a failure on stderr: lines for people, or one JSON object for machines.
pub fn fail(failure: &Failure, for_people: bool) {
    interrupt::once(failure, |failure| {
        if for_people {
            tell(&failure_text(failure));
        } else {
            tell(&format!("{}\n", output::safe_json(&failure_json(failure).to_string())));
        }
    });
}

fn failure_text(failure: &Failure) -> String {
    let mut lines = format!("docket: {}", text::clean(&failure.message));
    let fields = match failure.fields.as_slice() {
        // It has been said, but for the flag.
        [only] if failure.message.contains(&only.problem) => {
            lines.push_str(&format!("  ({})", text::clean(&only.flag)));
            &[]
        }
        fields => fields,
    };
    lines.push('\n');
    for field in fields {
        let sentence = text::clean(&field.problem).into_owned();
        lines.push_str(&format!(
            "  {}: {sentence}  ({})\n",
            text::clean(&field.field),
            text::clean(&field.flag)
        ));
    }
    for hint in &failure.hints {
        lines.push_str(&format!("hint: {}\n", text::clean(hint)));
    }
    if let Some(id) = &failure.request_id {
        lines.push_str(&format!("request id: {}\n", text::clean(id)));
    }
    lines
}

fn failure_json(failure: &Failure) -> Value {
    json!({"error": {
        "kind": failure.kind.as_str(),
        "code": failure.kind.exit_code(),
        "message": failure.message,
        "hints": failure.hints,
        "fields": failure.fields.iter().map(|field| json!({
            "field": field.field, "problem": field.problem, "flag": field.flag,
        })).collect::<Vec<_>>(),
        "request_id": failure.request_id,
    }})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FieldProblem, Problem};

    #[test]
    fn a_failure_names_each_field_and_the_flag_that_answers_it() {
        let failure = Failure::invalid(vec![
            FieldProblem::new("occurred_at", &Problem::Missing),
            FieldProblem::new("attachment", &Problem::EmptyFile("a\u{1b}[2J.txt".to_owned())),
        ])
        .hint("docket form esignature");
        insta::assert_snapshot!(failure_text(&failure), @r"
        docket: the case isn't valid: 2 fields are missing or wrong; nothing was sent
          occurred_at: is required  (--occurred-at)
          attachment: `a\x1b[2J.txt` is empty  (--attach)
        hint: docket form esignature
        ");
        insta::assert_snapshot!(failure_json(&failure), @r#"{"error":{"kind":"invalid","code":3,"message":"the case isn't valid: 2 fields are missing or wrong; nothing was sent","hints":["docket form esignature"],"fields":[{"field":"occurred_at","problem":"is required","flag":"--occurred-at"},{"field":"attachment","problem":"`a\u001b[2J.txt` is empty","flag":"--attach"}],"request_id":null}}"#);
    }
}
