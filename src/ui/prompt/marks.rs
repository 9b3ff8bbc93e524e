//! How questions look: what stands before them, and what of it is coloured.

use console::style;
use dialoguer::theme::ColorfulTheme;

/// The signs before and in a question. Without colour they are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    asks: &'static str,
    done: &'static str,
    pub(super) refused: &'static str,
    awaits: &'static str,
    answers: &'static str,
    chosen: &'static str,
    /// Where something was left out.
    pub(super) cut: &'static str,
}

impl Marks {
    /// Those that a terminal has; with `ascii` it has no others.
    pub(super) fn new(ascii: bool) -> Self {
        if ascii {
            Self { asks: "?", done: "*", refused: "x", awaits: ">", answers: ":", chosen: ">", cut: "..." }
        } else {
            Self {
                asks: "?", done: "✔", refused: "✘", awaits: "›", answers: "·", chosen: "❯", cut: "…"
            }
        }
    }

    /// A question, up to where its answer goes; `refused` after an answer that won't do.
    pub(super) fn asked(&self, prompt: &str, refused: bool) -> String {
        let mark = if refused {
            style(self.refused).for_stderr().red()
        } else {
            style(self.asks).for_stderr().yellow()
        };
        let awaits = style(self.awaits).for_stderr().black().bright();
        format!("{mark} {} {awaits} ", style(prompt).for_stderr().bold())
    }

    /// A question and how it was answered.
    pub(super) fn answered(&self, prompt: &str, answer: &str) -> String {
        let done = style(self.done).for_stderr().green();
        let answers = style(self.answers).for_stderr().black().bright();
        let line = format!(
            "{done} {} {answers} {}",
            style(prompt).for_stderr().bold(),
            style(answer).for_stderr().green()
        );
        line.trim_end().to_owned()
    }

    /// An item of a list.
    pub(super) fn item(&self, item: &str, chosen: bool) -> String {
        if chosen {
            let mark = style(self.chosen).for_stderr().green();
            format!("{mark} {}", style(item).for_stderr().cyan())
        } else {
            format!("  {item}")
        }
    }

    /// The same for dialoguer.
    pub(super) fn theme(&self) -> ColorfulTheme {
        ColorfulTheme {
            prompt_prefix: style(self.asks.to_owned()).for_stderr().yellow(),
            prompt_suffix: style(self.awaits.to_owned()).for_stderr().black().bright(),
            ..ColorfulTheme::default()
        }
    }
}
