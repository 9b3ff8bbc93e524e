//! A text of several lines while it is typed. A line that is longer than a row goes on in the next.

use unicode_width::UnicodeWidthChar as _;

use super::keys::Key;
use super::line::Line;
use crate::ui::text;

/// Lines, and the cursor in one of them.
#[derive(Debug)]
pub(super) struct Area {
    /// Never empty.
    lines: Vec<Line>,
    at: usize,
    /// The column that the cursor goes for in rows above and below.
    column: Option<usize>,
    /// The first row that is in sight.
    top: usize,
}

/// A part of a line that is shown as a row of its own, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    line: usize,
    start: usize,
    end: usize,
}

/// What of a text is in sight.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InSight {
    pub(super) rows: Vec<String>,
    /// Row and column.
    pub(super) cursor: (usize, usize),
    /// How many rows there are above and below.
    pub(super) hidden: (usize, usize),
}

impl Area {
    /// A text with the cursor at its end.
    pub(super) fn new(text: &str) -> Self {
        let lines: Vec<Line> = text.split('\n').map(Line::new).collect();
        Self { at: lines.len() - 1, lines, column: None, top: 0 }
    }

    pub(super) fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(Line::text).collect();
        lines.join("\n")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.len() == 1 && self.lines[0].text().is_empty()
    }

    /// Takes the single dot off that stands alone in the last line, where the cursor is; whether there was one.
    pub(super) fn ends_with_dot(&mut self) -> bool {
        let last = self.lines.len() - 1;
        let ends = self.at == last && self.lines[last].text().trim() == ".";
        if ends {
            self.lines[last] = Line::default();
        }
        ends
    }

    /// Does what a key means for a text, in rows of so many columns.
    pub(super) fn press(&mut self, key: &Key, columns: usize) {
        let column = self.column.take();
        let line = &mut self.lines[self.at];
        match key {
            Key::Enter => self.break_line(),
            Key::Paste(pasted) => {
                for (count, piece) in pasted.split('\n').enumerate() {
                    if count > 0 {
                        self.break_line();
                    }
                    self.lines[self.at].insert(piece);
                }
            }
            Key::Up => self.go(-1, column, columns),
            Key::Down => self.go(1, column, columns),
            Key::Left if line.is_at_start() => {
                if self.at > 0 {
                    self.at -= 1;
                    self.lines[self.at].press(&Key::End);
                }
            }
            Key::Right if line.is_at_end() => {
                if self.at + 1 < self.lines.len() {
                    self.at += 1;
                    self.lines[self.at].press(&Key::Home);
                }
            }
            Key::Backspace | Key::EraseWord | Key::EraseLine if line.is_at_start() => {
                if self.at > 0 {
                    let gone = self.lines.remove(self.at);
                    self.at -= 1;
                    self.lines[self.at].join(&gone);
                }
            }
            Key::Delete | Key::EraseRest if line.is_at_end() => {
                if self.at + 1 < self.lines.len() {
                    let gone = self.lines.remove(self.at + 1);
                    self.lines[self.at].join(&gone);
                }
            }
            key => {
                line.press(key);
            }
        }
    }

    fn break_line(&mut self) {
        let rest = self.lines[self.at].split();
        self.at += 1;
        self.lines.insert(self.at, rest);
    }

    /// Goes a row up or down, as near to a column as that row lets it; from the first and the last row to the
    /// text's start and end.
    fn go(&mut self, way: isize, column: Option<usize>, columns: usize) {
        let rows = self.rows(columns);
        let (row, column_now) = self.cursor(&rows);
        let column = column.unwrap_or(column_now);
        match row.checked_add_signed(way).and_then(|row| rows.get(row).map(|target| (row, target))) {
            Some((row, target)) => {
                self.at = target.line;
                let part = &self.lines[self.at].text()[target.start..target.end];
                // Where the line goes on, a row's end is the next row's start.
                let ends = rows.get(row + 1).is_none_or(|next| next.line != target.line);
                let places = part.char_indices().map(|(at, _)| at).chain(ends.then_some(part.len()));
                let fits = |at: &usize| text::width(&text::clean_line(&part[..*at])) <= column;
                let place = target.start + places.take_while(fits).last().unwrap_or(0);
                self.lines[self.at].place(place);
                self.column = Some(column);
            }
            None => {
                self.lines[self.at].press(if way < 0 { &Key::Home } else { &Key::End });
            }
        }
    }

    /// The rows that the text takes.
    fn rows(&self, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for (line, content) in self.lines.iter().enumerate() {
            let (mut start, mut taken) = (0, 0);
            for (at, c) in content.text().char_indices() {
                let width = if text::is_unsafe(c) || c == '\t' {
                    text::width(&text::clean_line(c.encode_utf8(&mut [0; 4])))
                } else {
                    c.width().unwrap_or(0)
                };
                if taken + width > columns && at > start {
                    rows.push(Row { line, start, end: at });
                    (start, taken) = (at, 0);
                }
                taken += width;
            }
            rows.push(Row { line, start, end: content.text().len() });
        }
        rows
    }

    /// The row and the column that the cursor is in.
    fn cursor(&self, rows: &[Row]) -> (usize, usize) {
        let line = &self.lines[self.at];
        let holds = |row: &Row| row.line == self.at && row.start <= line.cursor();
        let row = rows.iter().rposition(holds).unwrap_or(0);
        let before = &line.text()[rows[row].start..line.cursor()];
        (row, text::width(&text::clean_line(before)))
    }

    /// The part of the text around the cursor that `rows` rows of so many columns have room for.
    pub(super) fn in_sight(&mut self, rows: usize, columns: usize) -> InSight {
        let all = self.rows(columns);
        let (row, column) = self.cursor(&all);
        let rows = rows.max(1);
        self.top = self.top.clamp((row + 1).saturating_sub(rows), row).min(all.len().saturating_sub(rows));
        let shown: Vec<String> =
            all.iter().skip(self.top).take(rows).map(|row| self.shown(*row, columns)).collect();
        let below = all.len() - self.top - shown.len();
        InSight { rows: shown, cursor: (row - self.top, column.min(columns)), hidden: (self.top, below) }
    }

    /// The rows that the text begins with, as many as there is room for, and whether they are all of it.
    pub(super) fn beginning(&self, rows: usize, columns: usize) -> (Vec<String>, bool) {
        let all = self.rows(columns);
        let shown = all.iter().take(rows).map(|row| self.shown(*row, columns)).collect();
        (shown, all.len() <= rows)
    }

    fn shown(&self, row: Row, columns: usize) -> String {
        text::truncate(&text::clean_line(&self.lines[row.line].text()[row.start..row.end]), columns)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Key::{Backspace, Char, Delete, Down, End, Enter, EraseLine, Home, Left, Right, Up};

    fn pressed(text: &str, columns: usize, keys: &[Key]) -> Area {
        let mut area = Area::new(text);
        keys.iter().for_each(|key| area.press(key, columns));
        area
    }

    #[test]
    fn earlier_lines_can_be_changed() {
        for (text, keys, expected) in [
            ("one\ntwo", vec![Up, Char('!')], "one!\ntwo"),
            ("one\ntwo", vec![Up, Home, Enter, Down, Down, Char('!')], "\none\ntwo!"),
            ("one\ntwo", vec![Home, Backspace], "onetwo"),
            ("one\ntwo", vec![Home, Left, Char('!')], "one!\ntwo"),
            ("one\ntwo", vec![Up, End, Right, Char('!')], "one\n!two"),
            ("one\ntwo", vec![Up, End, Delete, Char('!')], "one!two"),
            ("one\ntwo", vec![EraseLine, EraseLine, EraseLine], ""),
            // Above the first row is the start, and below the last one the end.
            ("one\ntwo", vec![Up, Up, Char('!'), Down, Down, Char('?')], "!one\ntwo?"),
            // A short line on the way doesn't bend it.
            ("longer\na\nlonger", vec![Left, Up, Up, Char('!')], "longe!r\na\nlonger"),
            ("one\nfour", vec![Up, Key::Paste("A\n\nB".to_owned()), Char('!')], "oneA\n\nB!\nfour"),
        ] {
            assert_eq!(pressed(text, 20, &keys).text(), expected, "{text:?} {keys:?}");
        }
    }

    #[test]
    fn rows_of_a_long_line_are_gone_through_one_by_one() {
        let mut area = pressed("0123456789abcdefghij", 8, &[Up, Char('!')]);
        assert_eq!(area.text(), "0123456789ab!cdefghij");
        let seen = area.in_sight(2, 8);
        assert_eq!(seen.rows, ["01234567", "89ab!cde"]);
        assert_eq!((seen.cursor, seen.hidden), ((1, 5), (0, 1)));
        // A narrower window has other rows.
        assert_eq!(area.in_sight(9, 5).cursor, (2, 3));
        // Where a row is full, its end is the next one's start.
        assert_eq!(pressed("01234567ab", 8, &[Up, Char('!')]).text(), "01!234567ab");
        assert_eq!(pressed("日本語日本語", 5, &[Up, Up, Char('!')]).text(), "日!本語日本語");
    }

    #[test]
    fn a_dot_ends_a_text_only_in_its_last_line() {
        assert!(Area::new("one\n.").ends_with_dot());
        assert!(!pressed(".\none", 20, &[Up]).ends_with_dot());
        assert!(!Area::new("one.").ends_with_dot());
    }

    proptest! {
        #[test]
        fn whatever_is_typed_the_cursor_is_in_sight(
            text in "[\\PC\t\u{202e}\n]{0,60}",
            keys in prop::collection::vec(
                prop::sample::select(vec![Up, Down, Left, Right, Home, End, Enter, Backspace, Char('語')]), 0..30,
            ),
            columns in 8..20_usize,
            rows in 1..6_usize,
        ) {
            let mut area = pressed(&text, columns, &keys);
            let seen = area.in_sight(rows, columns);
            prop_assert!(seen.rows.len() <= rows && seen.cursor.0 < seen.rows.len());
            prop_assert!(seen.cursor.1 <= columns);
            prop_assert!(seen.rows.iter().all(|row| text::width(row) <= columns), "{:?}", seen.rows);
        }
    }
}
