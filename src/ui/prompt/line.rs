//! A line of text while it is typed: where the cursor is, and what of it fits.

use unicode_width::UnicodeWidthChar as _;

use super::keys::Key;
use crate::ui::text;

/// A line of text and a place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    text: String,
    /// In bytes; always between two characters.
    cursor: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(super) fn is_at_start(&self) -> bool {
        self.cursor == 0
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Puts the cursor as near to `cursor` as there is a place between two characters, and not behind it.
    pub(super) fn place(&mut self, cursor: usize) {
        let cursor = cursor.min(self.text.len());
        let behind = self.text.char_indices().map(|(at, _)| at).chain([self.text.len()]);
        self.cursor = behind.take_while(|at| *at <= cursor).last().unwrap_or(0);
    }

    /// Breaks it at the cursor; what is behind it, with the cursor at its start.
    pub(super) fn split(&mut self) -> Self {
        Self { text: self.text.split_off(self.cursor), cursor: 0 }
    }

    /// Adds what was another line, and leaves the cursor where they meet.
    pub(super) fn join(&mut self, other: &Self) {
        self.cursor = self.text.len();
        self.text.push_str(&other.text);
    }

    /// Does what a key means for a line; `false` for keys that mean something else.
    pub(super) fn press(&mut self, key: &Key) -> bool {
        match key {
            Key::Char(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Paste(pasted) => self.insert(&one_line(pasted)),
            Key::Backspace => self.erase(self.before()..self.cursor),
            Key::Delete => self.erase(self.cursor..self.after()),
            Key::EraseWord => self.erase(self.word()..self.cursor),
            Key::EraseLine => self.erase(0..self.cursor),
            Key::EraseRest => self.erase(self.cursor..self.text.len()),
            Key::Left => self.cursor = self.before(),
            Key::Right => self.cursor = self.after(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }

    pub(super) fn insert(&mut self, more: &str) {
        self.text.insert_str(self.cursor, more);
        self.cursor += more.len();
    }

    fn erase(&mut self, part: std::ops::Range<usize>) {
        self.cursor = part.start;
        self.text.replace_range(part, "");
    }

    /// Where the character before the cursor begins, with the marks that combine with it.
    fn before(&self) -> usize {
        let mut before = self.text[..self.cursor].char_indices().rev();
        before.find(|(_, c)| c.width() != Some(0)).map_or(0, |(at, _)| at)
    }

    /// Where the character after the cursor ends, with the marks that combine with it.
    fn after(&self) -> usize {
        let mut after = self.text[self.cursor..].char_indices().skip(1);
        after.find(|(_, c)| c.width() != Some(0)).map_or(self.text.len(), |(at, _)| self.cursor + at)
    }

    /// Where the word before the cursor begins.
    fn word(&self) -> usize {
        let spaceless = self.text[..self.cursor].trim_end();
        spaceless
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + spaceless[at..].chars().next().map_or(0, char::len_utf8))
    }

    /// What fits into `columns`, with the cursor in it, and the column that the cursor is in. What was left
    /// out at either end shows as the mark `cut`.
    pub(super) fn fit(&self, columns: usize, cut: &str) -> (String, usize) {
        let (before, after) = self.text.split_at(self.cursor);
        let (before, after) = (text::clean_line(before), text::clean_line(after));
        // The cursor takes a column of its own at the end of a line.
        let columns = columns.max(4) - 1;
        if text::width(&before) + text::width(&after) <= columns {
            let column = text::width(&before);
            return (before + &after, column);
        }
        let room_before = columns - text::width(&after).min(columns / 3);
        let shown =
            if text::width(&before) <= room_before { before } else { last(&before, room_before, cut) };
        let column = text::width(&shown);
        let rest = text::cut(&after, columns - column, cut);
        (shown + &rest, column)
    }
}

/// The last of `text` that fits into `columns`, after the mark `cut`.
fn last(text: &str, columns: usize, cut: &str) -> String {
    let mut used = text::width(cut);
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    let kept: Vec<char> = text.chars().rev().take_while(fits).collect();
    cut.chars().take(columns).chain(kept.into_iter().rev()).collect()
}

/// A pasted text for a place where one line goes: what breaks lines becomes a space.
fn one_line(pasted: &str) -> String {
    pasted.trim_matches('\n').split(['\n', '\t']).map(str::trim_end).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pressed(text: &str, keys: &[Key]) -> Line {
        let mut line = Line::new(text);
        for key in keys {
            assert!(line.press(key), "{key:?}");
        }
        line
    }

    #[test]
    fn keys_edit_where_the_cursor_is() {
        use Key::{Backspace, Char, Delete, End, EraseLine, EraseRest, EraseWord, Home, Left, Right};
        for (text, keys, expected) in [
            ("ac", vec![Left, Char('b')], "abc"),
            ("abc", vec![Home, Delete, End, Backspace], "b"),
            ("one two  three ", vec![EraseWord], "one two  "),
            ("one", vec![EraseWord, EraseWord], ""),
            ("日本語", vec![Left, Backspace, Right, Char('!')], "日語!"),
            ("one two", vec![Home, Right, EraseRest], "o"),
            ("one two", vec![Left, EraseLine], "o"),
            // A letter and the mark that combines with it go together.
            ("cafe\u{301}s", vec![Left, Backspace], "cafs"),
        ] {
            assert_eq!(pressed(text, &keys).text(), expected, "{text} {keys:?}");
        }
        assert!(!Line::new("").press(&Key::Enter));
    }

    #[test]
    fn what_is_pasted_stays_on_the_line() {
        let pasted = Key::Paste("\none\ntwo\tthree\n".to_owned());
        assert_eq!(pressed("", &[pasted]).text(), "one two three");
    }

    #[test]
    fn a_long_line_shows_what_is_around_the_cursor() {
        let line = Line::new("0123456789");
        assert_eq!(line.fit(20, "…"), ("0123456789".to_owned(), 10));
        assert_eq!(line.fit(8, "…"), ("…456789".to_owned(), 7));
        assert_eq!(line.fit(8, "..."), ("...6789".to_owned(), 7));
        assert_eq!(pressed("0123456789", &[Key::Home]).fit(8, "…"), ("012345…".to_owned(), 0));
    }

    proptest! {
        #[test]
        fn what_is_shown_always_fits(text in "\\PC{0,40}", columns in 4..40_usize, left in 0..40_usize) {
            let line = pressed(&text, &vec![Key::Left; left]);
            for cut in ["…", "..."] {
                let (shown, column) = line.fit(columns, cut);
                prop_assert!(text::width(&shown) < columns, "{shown:?}");
                prop_assert!(column <= text::width(&shown));
            }
        }
    }
}
