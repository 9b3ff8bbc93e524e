//! What a person sees and a script reads: the only place that prints.
//!
//! Data goes to stdout, everything else to stderr. [`Ui`] knows how both are to be formed: for people, as
//! JSON, through a jq filter or as CSV (`output`). Commands hand it values that implement [`Show`]
//! (`view` has them) and sentences to [`Ui::say`]. It asks through `prompt`, when it may ask at all,
//! and shows how far something is through `progress`. Text that came from a portal is untrusted and goes
//! through [`text::clean`] on its way to a terminal.

mod interrupt;
mod link;
mod output;
mod pager;
mod passage;
mod program;
mod progress;
mod prompt;
mod table;
pub mod text;
mod view;

use std::io::{self, IsTerminal, Write};

use console::Term;
use jiff::Zoned;
use serde_json::{Value, json};

pub use interrupt::{LentTerminal, SoftInterrupt, hint_on_interrupt, restore_terminal_on_interrupt};
pub(crate) use link::terminal_has_links;
pub use output::{Format, Rows, Show};
pub use pager::Pager;
pub use passage::Passage;
pub use program::Program;
pub use progress::Bars;
pub use prompt::{Ask, Judge, Prompter, Stopped};
pub use table::{Cell, Table};
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
    /// Whether the terminal shows ASCII alone, as the locale says.
    pub env_ascii: bool,
    /// Whether the terminal has links, as far as is known.
    pub env_links: bool,
}

/// What a rendering has to fit.
#[derive(Debug, Clone)]
pub struct Page {
    /// Columns; `None` where nothing limits them, as in a file.
    pub width: Option<usize>,
    /// Whether to colour.
    pub color: bool,
    /// Whether addresses are to be links.
    pub links: bool,
    /// Now, in the reader's time zone.
    pub now: Zoned,
}

/// What docket has to talk through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether standard input is a terminal.
    pub stdin: bool,
    /// Whether standard output is a terminal.
    pub stdout: bool,
    /// Whether standard error is a terminal.
    pub stderr: bool,
    /// Columns and rows of the terminal, if standard error is one.
    pub size: Option<(u16, u16)>,
    /// Whether data is coloured.
    pub color: bool,
    /// Whether questions may be asked.
    pub can_ask: bool,
}

#[cfg(test)]
impl Page {
    /// Without limits and colour, at a moment that stands still.
    pub(crate) fn for_tests() -> Self {
        let now = jiff::Timestamp::constant(1_795_000_000, 0).to_zoned(jiff::tz::TimeZone::UTC);
        Self { width: None, color: false, links: false, now }
    }
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

    /// What docket has to talk through.
    pub fn surroundings(&self) -> Surroundings {
        let (stdout, stderr) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        Surroundings {
            stdin: io::stdin().is_terminal(),
            stdout,
            stderr,
            size: stderr.then(|| console::Term::stderr().size()).map(|(rows, columns)| (columns, rows)),
            color: self.colored(stdout),
            can_ask: self.can_ask(),
        }
    }

    /// Whoever asks the questions, or `None` when none may be asked.
    pub fn prompter(&self) -> Option<Prompter> {
        self.can_ask().then(|| Prompter::new(self.options.env_plain, self.options.env_ascii))
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
        let (_, columns) = Term::stderr().size();
        Bars::new(!self.options.quiet && io::stderr().is_terminal(), columns)
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
            Format::People => value.text(&self.page(&Term::stdout())),
            format => output::render::<T>(value, format, stdout_is_terminal)?,
        };
        print(&rendered)
    }

    /// Gets ready to print things one after the other, each as soon as it is known.
    pub fn stream<T: Show>(&self) -> Result<Stream, Failure> {
        let lines = output::Lines::new::<T>(&self.options.format, io::stdout().is_terminal())?;
        Ok(Stream { lines, page: self.page(&Term::stdout()) })
    }

    /// Prints data that somebody asked to see. What is for people and higher than the screen goes through
    /// their pager, if they have one: never where nobody is to be waited for, and never to anything but a
    /// terminal.
    pub fn show_long<T: Show>(
        &self,
        value: &T,
        pager: impl FnOnce() -> Option<Pager>,
    ) -> Result<(), Failure> {
        if !self.for_people() || !self.can_page() {
            return self.show(value);
        }
        let screen = Term::stdout();
        let (rows, columns) = screen.size();
        let page = self.page(&screen);
        let letters = value.text(&Page { color: false, links: false, ..page.clone() });
        // The row of the next prompt counts as well.
        if pager::rows(&letters, columns.into()) >= rows.into()
            && let Some(pager) = pager()
        {
            // Links show as codes in many a pager, and there is no knowing which.
            let color = page.color && pager.keeps_color();
            let text = if color { value.text(&Page { links: false, ..page.clone() }) } else { letters };
            if pager.shows(&text) {
                return Ok(());
            }
        }
        print(&value.text(&page))
    }

    fn can_page(&self) -> bool {
        let terminals = io::stdout().is_terminal() && io::stderr().is_terminal();
        terminals && !self.options.no_input && !self.options.env_plain
    }

    /// Prints plain text on stdout, whatever the format: completions, schemas, skeletons.
    pub fn raw(&self, text: &str) -> Result<(), Failure> {
        print(text)
    }

    /// What a rendering for stderr has to fit.
    pub fn conversation_page(&self) -> Page {
        let mut page = self.page(&Term::stderr());
        page.width = page.width.or(Some(80));
        page
    }

    /// Says how something went, unless asked to be quiet. With `--json` the data says it: there, nothing on
    /// stderr means that all is well. jq and CSV may leave out what is said.
    pub fn say(&self, text: impl AsRef<str>) {
        if !matches!(self.options.format, Format::Json(_)) {
            self.remark(text);
        }
    }

    /// Says something that no data says, unless asked to be quiet.
    pub fn remark(&self, text: impl AsRef<str>) {
        if !self.options.quiet {
            self.announce(text);
        }
    }

    /// Tells what a command has done that has nothing else to show: people in a sentence on stderr, like all
    /// that isn't data; machines as an object on stdout.
    pub fn tell(&self, done: &Done) -> Result<(), Failure> {
        if self.for_people() {
            self.say(&done.message);
            return Ok(());
        }
        self.show(done)
    }

    /// Says something that somebody waits for, however quiet it is to be.
    pub fn announce(&self, text: impl AsRef<str>) {
        tell(&fitted(&format!("{}\n", text::clean(text.as_ref())), columns()));
    }

    /// Says something that mustn't be missed.
    pub fn warn(&self, text: impl AsRef<str>) {
        tell(&fitted(&format!("docket: {}\n", text::clean(text.as_ref())), columns()));
    }

    fn colored(&self, terminal: bool) -> bool {
        match self.options.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if self.options.env_no_color => false,
            Color::Auto => self.options.env_force_color || (terminal && !self.options.env_plain),
        }
    }

    /// What a rendering for this end has to fit.
    fn page(&self, end: &Term) -> Page {
        let width = end.is_term().then(|| usize::from(end.size().1));
        let links = end.is_term() && self.options.env_links && !self.options.env_plain;
        Page {
            width,
            color: self.colored(end.is_term()),
            links: links && self.options.color != Color::Never,
            now: Zoned::now(),
        }
    }
}

/// Things that are printed on stdout one after the other.
pub struct Stream {
    lines: output::Lines,
    page: Page,
}

impl Stream {
    /// Prints the next one, above `bar`.
    pub fn next<T: Show>(&mut self, value: &T, bar: &indicatif::ProgressBar) -> Result<(), Failure> {
        let rendered = self.lines.next(value, &self.page)?;
        if rendered.is_empty() { Ok(()) } else { bar.suspend(|| print(&rendered)) }
    }

    /// Prints the next one, and says whether anybody still reads.
    pub fn tell<T: Show>(&mut self, value: &T) -> Result<bool, Failure> {
        write(&self.lines.next(value, &self.page)?)
    }
}

/// Prints text on stdout as it is: what a program wants word for word. A closed pipe is a normal end.
pub fn print(text: &str) -> Result<(), Failure> {
    write(text).map(drop)
}

/// Writes to stdout, and says whether anybody reads there.
fn write(text: &str) -> Result<bool, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(Kind::Failed, format!("cannot write to standard output: {error}"))),
        Ok(()) => Ok(true),
    }
}

/// Whether stdout is a pipe that nobody reads any more, which otherwise only writing would tell.
#[cfg(unix)]
pub fn nobody_reads() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdout = io::stdout();
    let mut end = [PollFd::new(&stdout, PollFlags::empty())];
    let found = poll(&mut end, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }));
    found.is_ok() && end[0].revents().contains(PollFlags::ERR)
}

/// Whether stdout is a pipe that nobody reads any more: only writing tells.
#[cfg(not(unix))]
pub fn nobody_reads() -> bool {
    false
}

/// Writes to stderr. Where that is closed nobody listens, which is no reason to fail.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Reports a failure on stderr: lines for people, or one JSON object for machines.
pub fn fail(failure: &Failure, for_people: bool) {
    interrupt::once(failure, |failure| {
        if for_people {
            tell(&failure_text(failure, columns()));
        } else {
            tell(&format!("{}\n", output::safe_json(&failure_json(failure).to_string())));
        }
    });
}

/// A failure as lines that fit.
fn failure_text(failure: &Failure, columns: Option<usize>) -> String {
    fitted(&failure_lines(failure), columns)
}

/// Columns of the terminal that stderr is, if it is one.
fn columns() -> Option<usize> {
    let term = Term::stderr();
    term.is_term().then(|| usize::from(term.size().1).max(20))
}

/// Lines, wrapped where there are so many columns: a terminal would break words.
fn fitted(lines: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return lines.to_owned() };
    let wrapped = |line: &str| {
        let indent = " ".repeat(line.len() - line.trim_start().len() + 2);
        // The first line keeps its own place.
        text::wrap(line.trim_start(), columns, &indent).replacen(&indent, &indent[2..], 1)
    };
    let lines: String = lines.lines().map(wrapped).collect();
    lines.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn failure_lines(failure: &Failure) -> String {
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
    fn the_flag_beats_no_color_beats_force_beats_the_terminal() {
        for (color, env_no_color, env_force_color, terminal, colored) in [
            (Color::Always, true, false, false, true),
            (Color::Never, false, true, true, false),
            (Color::Auto, true, true, true, false),
            (Color::Auto, false, true, false, true),
            (Color::Auto, false, false, true, true),
            (Color::Auto, false, false, false, false),
        ] {
            let options = Options { color, env_no_color, env_force_color, ..Options::default() };
            let ui = Ui { options };
            assert_eq!(
                ui.colored(terminal),
                colored,
                "{color:?} {env_no_color} {env_force_color} {terminal}"
            );
        }
    }

    #[test]
    fn a_failure_names_each_field_and_the_flag_that_answers_it() {
        let failure = Failure::invalid(vec![
            FieldProblem::new("occurred_at", &Problem::Missing),
            FieldProblem::new("attachment", &Problem::EmptyFile("a\u{1b}[2J.txt".to_owned())),
        ])
        .hint("docket form esignature");
        insta::assert_snapshot!(failure_text(&failure, Some(40)), @r"
        docket: the case isn't valid: 2 fields
          are missing or wrong; nothing was sent
          occurred_at: is required
            (--occurred-at)
          attachment: `a\x1b[2J.txt` is empty
            (--attach)
        hint: docket form esignature
        ");
        insta::assert_snapshot!(failure_text(&failure, None), @r"
        docket: the case isn't valid: 2 fields are missing or wrong; nothing was sent
          occurred_at: is required  (--occurred-at)
          attachment: `a\x1b[2J.txt` is empty  (--attach)
        hint: docket form esignature
        ");
        insta::assert_snapshot!(failure_json(&failure), @r#"{"error":{"kind":"invalid","code":3,"message":"the case isn't valid: 2 fields are missing or wrong; nothing was sent","hints":["docket form esignature"],"fields":[{"field":"occurred_at","problem":"is required","flag":"--occurred-at"},{"field":"attachment","problem":"`a\u001b[2J.txt` is empty","flag":"--attach"}],"request_id":null}}"#);
    }
}
