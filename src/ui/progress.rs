//! How far something is.

use std::fmt;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::text;

/// A bar for each thing that takes long, on stderr.
#[derive(Debug)]
pub struct Bars {
    all: MultiProgress,
    room: Room,
}

/// How much a terminal has room for beside a name.
#[derive(Debug, Clone, Copy)]
enum Room {
    /// A bar, figures, speed, and how long it still takes.
    All,
    /// Figures.
    Figures,
    /// How many per cent there are.
    Percent,
}

impl Room {
    fn of(columns: u16) -> Self {
        match columns {
            0..36 => Self::Percent,
            36..70 => Self::Figures,
            _ => Self::All,
        }
    }
}

impl Bars {
    /// Bars for a terminal that is so wide; hidden ones where they would be in the way.
    pub(super) fn new(visible: bool, columns: u16) -> Self {
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { all: MultiProgress::with_draw_target(target), room: Room::of(columns) }
    }

    /// A bar for `name`, which has `bytes` bytes; without a size where that isn't known.
    pub fn add(&self, name: &str, bytes: Option<u64>) -> ProgressBar {
        self.above(None, name, bytes)
    }

    /// The same above another bar, if there is one.
    pub fn above(&self, below: Option<&ProgressBar>, name: &str, bytes: Option<u64>) -> ProgressBar {
        let template = match (self.room, bytes) {
            (Room::All, Some(_)) => "{wide_msg} {bar:20} {done:>8}/{all:8} {speed:>10} {eta:>3}",
            (Room::All, None) => "{wide_msg} {spinner} {done:>8} {speed:>10}",
            (Room::Figures, Some(_)) => "{wide_msg} {done:>8}/{all:8} {eta:>3}",
            (Room::Percent, Some(_)) => "{wide_msg} {percent:>3}%",
            (Room::Figures | Room::Percent, None) => "{wide_msg} {done:>8}",
        };
        self.styled(name, bytes, template, below)
    }

    /// A bar for `count` things of the same kind, with how many are done a second and how long the rest takes.
    pub fn count(&self, name: &str, count: u64) -> ProgressBar {
        let template = match self.room {
            Room::All => "{wide_msg} {bar:20} {human_pos}/{human_len} {rate}/s, {eta} left",
            Room::Figures => "{wide_msg} {human_pos}/{human_len}, {eta} left",
            Room::Percent => "{wide_msg} {percent:>3}%",
        };
        self.styled(name, Some(count), template, None)
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
