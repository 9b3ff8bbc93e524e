//! How far something is.

use std::fmt;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::text;

/// A bar for each thing that takes long, on stderr.
#[derive(Debug)]
pub struct Bars {
    all: MultiProgress,
}

impl Bars {
    pub(super) fn new(visible: bool) -> Self {
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { all: MultiProgress::with_draw_target(target) }
    }

    /// A bar for `name`, which has `bytes` bytes; without a size where that isn't known.
    pub fn add(&self, name: &str, bytes: Option<u64>) -> ProgressBar {
        self.above(None, name, bytes)
    }

    /// The same above another bar, if there is one.
    pub fn above(&self, below: Option<&ProgressBar>, name: &str, bytes: Option<u64>) -> ProgressBar {
        self.styled(name, bytes, template(bytes), below)
    }

    /// A bar for `count` things of the same kind, with how many are done a second and how long the rest takes.
    pub fn count(&self, name: &str, count: u64) -> ProgressBar {
        self.styled(
            name,
            Some(count),
            "{wide_msg} {bar:20} {human_pos}/{human_len} {rate}/s, {eta} left",
            None,
        )
    }

    fn styled(
        &self,
        name: &str,
        length: Option<u64>,
        template: &str,
        below: Option<&ProgressBar>,
    ) -> ProgressBar {
        let bar = length.map_or_else(ProgressBar::no_length, ProgressBar::new);
        // Added first: until then it would draw on its own.
        let bar = match below {
            Some(below) => self.all.insert_before(below, bar),
            None => self.all.add(bar),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(
                style
                    .with_key("rate", |state: &ProgressState, to: &mut dyn fmt::Write| {
                        let _ = write!(to, "{:.0}", state.per_sec());
                    })
                    // In the units of lists and messages; the library's own are others.
                    .with_key("done", |state: &ProgressState, to: &mut dyn fmt::Write| {
                        let _ = to.write_str(&text::bytes(state.pos()));
                    })
                    .with_key("all", |state: &ProgressState, to: &mut dyn fmt::Write| {
                        let _ = to.write_str(&text::bytes(state.len().unwrap_or(state.pos())));
                    })
                    .with_key("speed", |state: &ProgressState, to: &mut dyn fmt::Write| {
                        #[expect(
                            clippy::cast_possible_truncation,
                            clippy::cast_sign_loss,
                            reason = "a part of a byte doesn't matter, and no speed is negative"
                        )]
                        let speed = state.per_sec() as u64;
                        let _ = write!(to, "{}/s", text::bytes(speed));
                    }),
            );
        }
        bar.set_message(text::clean_line(name));
        bar
    }
}

fn template(bytes: Option<u64>) -> &'static str {
    match bytes {
        Some(_) => "{wide_msg} {bar:20} {done}/{all} {speed} {eta}",
        None => "{wide_msg} {spinner} {done} {speed}",
    }
}
