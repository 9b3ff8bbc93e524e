//! Rows and their cells: where each begins and ends, in lines or in a text in JSON.

use super::{LONGEST_HEADING, SEPARATORS, is_of_name, statement};
use crate::redact::quote;
use crate::redact::scan::More;

/// The longest row, in bytes: it has to be in sight behind the place that is looked at.
pub(super) const LONGEST_ROW: usize = 48 << 10;

/// A cell by where it begins and ends, without its quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) is_quoted: bool,
}

/// What a table is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Lines of its own.
    Lines,
    /// A text in JSON, with its lines' ends and its quotes escaped.
    Json,
    /// `VALUES (…), (…)` of a statement.
    Values {
        /// Whether the statement stands in a text in `"`.
        in_text: bool,
    },
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing {
    pub(super) separator: u8,
    pub(super) within: Within,
}

/// A row and where the next one begins.
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) next: usize,
    /// Whether blanks are in front of it.
    pub(super) is_indented: bool,
    /// Whether there are blanks behind what separates its cells, and no frame is drawn with it.
    pub(super) is_loose: bool,
}

impl Row {
    pub(super) fn is_empty(&self) -> bool {
        matches!(&self.cells[..], []) || matches!(&self.cells[..], [cell] if cell.from == cell.to)
    }
}

impl Within {
    /// Where the line begins that a place is in. `from_start` says that nothing stands before the text.
    pub(super) fn begins(self, text: &[u8], at: usize, from_start: bool) -> Option<usize> {
        let near = at.saturating_sub(LONGEST_HEADING);
        let before = &text[near..at];
        match self {
            Self::Values { .. } => None,
            Self::Lines => {
                let other = before.iter().rposition(|byte| !is_of_heading(*byte)).map(|end| near + end);
                match other {
                    Some(end) => (text[end] == b'\n').then_some(end + 1),
                    None => (near == 0 && from_start).then_some(if text.starts_with(b"\xef\xbb\xbf") {
                        3
                    } else {
                        0
                    }),
                }
            }
            Self::Json => {
                let is_other = |byte: u8| byte == b'"' || !is_of_heading(byte);
                let mut to = before.len();
                loop {
                    to = before[..to].iter().rposition(|byte| is_other(*byte))?;
                    match begins_in_json(text, near + to) {
                        Some(begins) => return begins,
                        // A cell's quote, or what escapes it.
                        None if matches!(before[to], b'"' | b'\\') => {}
                        None => return None,
                    }
                }
            }
        }
    }

    /// Whether a line has names and what separates them, and nothing else. What isn't in sight may have it.
    pub(super) fn has_names(self, text: &[u8], begins: usize) -> bool {
        let line = &text[begins..text.len().min(begins + LONGEST_HEADING)];
        let mut at = 0;
        loop {
            at += line[at..].iter().take_while(|byte| is_of_heading(**byte) && !self.ends(**byte)).count();
            match line[at..] {
                [b'\\', b'"', ..] if self == Self::Json => at += 2,
                [b'\r' | b'\n', ..] | [] if self == Self::Lines => break,
                [b'\\', b'n' | b'r', ..] | [b'\\'] | [] if self == Self::Json => break,
                _ => return false,
            }
        }
        line[..at].iter().any(|byte| SEPARATORS.contains(byte))
    }

    /// Whether a byte is the end of what the lines are in.
    fn ends(self, byte: u8) -> bool {
        self == Self::Json && byte == b'"'
    }

    /// Where the line begins whose last byte, or the last but one in JSON, is before a place.
    pub(super) fn line_before(self, text: &[u8], end: usize) -> usize {
        let near = end.saturating_sub(LONGEST_HEADING);
        let before = &text[near..end];
        let begins = match self {
            Self::Lines | Self::Values { .. } => memchr::memrchr(b'\n', before).map(|at| at + 1),
            Self::Json => {
                let before = &before[..before.len().saturating_sub(1)];
                let mut ends = memchr::memrchr2_iter(b'"', b'\\', before).map(|end| near + end);
                ends.find_map(|end| begins_in_json(text, end)).flatten().map(|at| at - near)
            }
        };
        near + begins.unwrap_or(0).min(before.len())
    }

    /// What a cell's quote is.
    pub(super) fn quote(self) -> &'static [u8] {
        match self {
            Self::Lines | Self::Values { .. } => b"\"",
            Self::Json => b"\\\"",
        }
    }

    /// How long the end of a line is that may be at a place.
    pub(super) fn line_end(self, text: &[u8], at: usize) -> Option<usize> {
        let rest = &text[at..];
        match self {
            Self::Lines | Self::Values { .. } => rest.starts_with(b"\n").then_some(1),
            Self::Json if !is_escape(text, at) => None,
            Self::Json if rest.starts_with(br"\r\n") => Some(4),
            Self::Json if rest.starts_with(br"\n") => Some(2),
            Self::Json => rest.starts_with(b"\"").then_some(0),
        }
    }
}

/// Whether a byte may be one of a line of names. Of the other ones that are before a name in such a line, the last is the
/// end of the line before.
fn is_of_heading(byte: u8) -> bool {
    is_of_name(byte) || b",;\t|\"#()[]*".contains(&byte)
}

/// Where a line begins behind a sign in JSON: behind an escaped line's end, or the quote that a value or an item of a
/// list begins with. Another quote says that there is none.
fn begins_in_json(text: &[u8], sign: usize) -> Option<Option<usize>> {
    match text[sign] {
        b'\\' if text[sign + 1] == b'n' => Some(Some(sign + 2)),
        // The byte order mark.
        b'\\' if text[sign + 1..].starts_with(b"ufeff") => Some(Some(sign + 6)),
        b'"' if quote::slashes_before(text, sign) == 0 => {
            let behind = text[..sign].trim_ascii_end().last();
            Some(matches!(behind, Some(b':' | b'[')).then_some(sign + 1))
        }
        _ => None,
    }
}

/// Whether a row is the rule that is drawn under names.
pub(super) fn is_rule(text: &[u8], cells: &[Cell]) -> bool {
    let mut drawn = cells.iter().flat_map(|cell| &text[cell.from..cell.to]).peekable();
    drawn.peek().is_some() && drawn.all(|byte| matches!(byte, b'-' | b'+' | b'=' | b':' | b'|' | b' '))
}

/// The row that begins at a place; nothing where it is too long to be one, or all is at its end.
pub(super) fn row(
    text: &[u8],
    from: usize,
    writing @ Writing { separator, within }: Writing,
    whole: bool,
) -> Result<Option<Row>, More> {
    if let Within::Values { in_text } = within {
        return statement::row(text, from, in_text, whole);
    }
    let limit = text.len().min(from + LONGEST_ROW);
    let (mut at, mut cells) = (from, Vec::new());
    let (mut is_indented, mut is_loose) = (false, false);
    if at == text.len() || within == Within::Json && text[at] == b'"' {
        return Ok(None);
    }
    // `| a | b |`
    let is_framed = separator == b'|' && text[at] == b'|';
    at += usize::from(is_framed);
    loop {
        let is_blank = |byte: &u8| *byte == b' ' || *byte == b'\t' && separator != b'\t';
        let begins = at + text[at..limit].iter().take_while(|byte| is_blank(byte)).count();
        let is_spaced = begins > at;
        is_indented |= cells.is_empty() && is_spaced && !is_framed;
        is_loose |= !cells.is_empty() && is_spaced && !is_framed;
        let (cell, end) = match quoted(text, begins, limit, writing) {
            Some(quoted) => quoted,
            None if text[begins..].starts_with(within.quote()) && limit == text.len() && !whole => {
                return Err(More);
            }
            None => {
                let end = plain_end(text, begins, limit, writing);
                let to = begins + text[begins..end].trim_ascii_end().len();
                // A quote that nothing closes.
                let from =
                    begins + usize::from(text[begins..to].starts_with(b"\"") && within == Within::Lines);
                (Cell { from, to, is_quoted: false }, end)
            }
        };
        if end == limit && (limit < text.len() || !whole) {
            return if limit < text.len() { Ok(None) } else { Err(More) };
        }
        cells.push(cell);
        if text.get(end) != Some(&separator) {
            if is_framed && cell.from == cell.to {
                cells.pop();
            }
            let next = within.line_end(text, end).map_or(text.len(), |length| end + length);
            return Ok(Some(Row { cells, next, is_indented, is_loose }));
        }
        at = end + 1;
    }
}

/// The end of a cell without quotes.
fn plain_end(text: &[u8], from: usize, limit: usize, Writing { separator, within }: Writing) -> usize {
    let rest = &text[from..limit];
    let end = match within {
        Within::Lines | Within::Values { .. } => memchr::memchr2(separator, b'\n', rest),
        Within::Json => memchr::memchr3_iter(separator, b'\\', b'"', rest)
            .find(|at| rest[*at] == separator || within.line_end(text, from + at).is_some()),
    };
    end.map_or(limit, |length| from + length)
}

/// A cell in quotes that begins at a place, and where what separates it from the next one is.
fn quoted(
    text: &[u8],
    from: usize,
    limit: usize,
    Writing { separator, within }: Writing,
) -> Option<(Cell, usize)> {
    let quote = within.quote();
    let rest = text[..limit].get(from..)?.strip_prefix(quote)?;
    let begins = from + quote.len();
    let mut at = 0;
    loop {
        at += memchr::memmem::find(&rest[at..], quote)?;
        let goes_on = rest[at + quote.len()..].starts_with(quote);
        if is_escape(text, begins + at) && !goes_on {
            break;
        }
        at += if goes_on { 2 * quote.len() } else { quote.len() };
    }
    let behind = begins + at + quote.len();
    let end = behind + text[behind..limit].iter().take_while(|byte| matches!(byte, b' ' | b'\r')).count();
    let is_closed = end == text.len() || text[end] == separator || within.line_end(text, end).is_some();
    is_closed.then_some((Cell { from: begins, to: begins + at, is_quoted: true }, end))
}

/// Whether what begins at a place in a text in JSON is escaped itself by nothing.
fn is_escape(text: &[u8], at: usize) -> bool {
    quote::slashes_before(text, at).is_multiple_of(2)
}
