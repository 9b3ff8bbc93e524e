//! Statements of SQL that have columns: `INSERT INTO … (…) VALUES (…), (…)` and what `pg_dump` writes, `COPY … (…) FROM
//! stdin;` with lines below it.

use super::cells::{Cell, LONGEST_ROW, Row, Within, Writing};
use super::{LONGEST_HEADING, is_of_name};
use crate::redact::between::{blanks, blanks_and_lines};
use crate::redact::quote::{slashes_before, starts_with};
use crate::redact::scan::More;

/// The longest beginning of a statement, up to its names, in bytes.
const LONGEST_BEGINNING: usize = 200;

/// What is around names and belongs to none.
const AROUND_NAMES: &[u8] = b" \t\r\n\"`[]\\";

/// Where the list of names opens that a name may be in, if that is behind the beginning of a statement.
pub(super) fn opens(text: &[u8], from: usize) -> Option<usize> {
    let near = from.saturating_sub(LONGEST_HEADING);
    let opens = near + text[near..from].iter().rposition(|byte| !is_of_names(*byte))?;
    if text[opens] != b'(' {
        return None;
    }
    let before = text[opens.saturating_sub(LONGEST_BEGINNING)..opens].trim_ascii_end();
    let table = before.iter().rev().take_while(|byte| !b" \t\r\n;()=,".contains(byte)).count();
    let begins = before[..before.len() - table].trim_ascii_end();
    let word = begins.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = begins[begins.len() - word..].to_ascii_lowercase();
    (table > 0 && matches!(&word[..], b"into" | b"copy" | b"insert")).then_some(opens)
}

/// Whether a byte may be one of a list of names.
fn is_of_names(byte: u8) -> bool {
    is_of_name(byte) || b",\"`[]\\\r\n\t".contains(&byte)
}

/// The names of a statement and where its rows begin, and how these are written.
pub(super) fn heading(text: &[u8], opens: usize, whole: bool) -> Result<Option<(Row, Writing)>, More> {
    let limit = text.len().min(opens + LONGEST_HEADING);
    let missing = || if whole || limit < text.len() { Ok(None) } else { Err(More) };
    let Some(length) = memchr::memchr(b')', &text[opens..limit]) else { return missing() };
    let closes = opens + length;
    let mut cells = Vec::new();
    let mut at = opens + 1;
    for name in text[at..closes].split(|byte| *byte == b',') {
        let is_around = |byte: &&u8| AROUND_NAMES.contains(byte);
        let before = name.iter().take_while(is_around).count();
        let behind = name[before..].iter().rev().take_while(is_around).count();
        cells.push(Cell { from: at + before, to: at + name.len() - behind, is_quoted: false });
        at += name.len() + 1;
    }
    let next = blanks_and_lines(text, closes + 1);
    if next + 64 > text.len() && !whole {
        return Err(More);
    }
    // `OVERRIDING SYSTEM VALUE VALUES`, `OUTPUT inserted.id VALUES`
    let words = &text[next..text.len().min(next + 64)];
    let words = &words[..words.iter().take_while(|byte| is_of_name(**byte) || **byte == b'\n').count()];
    let values = words.to_ascii_lowercase();
    if let Some(length) = memchr::memmem::rfind(&values, b"values") {
        let next = blanks_and_lines(text, next + length + b"values".len());
        let writing =
            Writing { separator: b',', within: Within::Values { in_text: is_in_text(text, opens) } };
        return Ok((text.get(next) == Some(&b'('))
            .then_some((Row { cells, next, is_indented: false, is_loose: false }, writing)));
    }
    if starts_with(&text[next..], b"from stdin")
        && let Some(length) = memchr::memchr2(b'\n', b'"', &text[next..text.len().min(next + 64)])
        && text[next + length] == b'\n'
    {
        let writing = Writing { separator: b'\t', within: Within::Lines };
        return Ok(Some((
            Row { cells, next: next + length + 1, is_indented: false, is_loose: false },
            writing,
        )));
    }
    Ok(None)
}

/// Whether a statement stands in a text in `"`, as in code and in JSON: that can't be one that a value is in.
fn is_in_text(text: &[u8], opens: usize) -> bool {
    let near = opens.saturating_sub(LONGEST_HEADING);
    let line = match memchr::memrchr(b'\n', &text[near..opens]) {
        Some(end) => &text[near + end + 1..opens],
        None if near == 0 => &text[..opens],
        None => return true,
    };
    // The first one may be that of the table's own name.
    let names_table = |at: usize| line[..at].trim_ascii_end().to_ascii_lowercase().ends_with(b"into");
    memchr::memchr(b'"', line).is_some_and(|at| !names_table(at))
}

/// The row in brackets that begins at a place; nothing where it is too long to be one, or none follows. `in_text` says
/// that the first `"` ends it all.
pub(super) fn row(text: &[u8], from: usize, in_text: bool, whole: bool) -> Result<Option<Row>, More> {
    let opens = blanks_and_lines(text, from);
    let limit = text.len().min(opens + LONGEST_ROW);
    let missing = || if whole || limit < text.len() { Ok(None) } else { Err(More) };
    match text.get(opens) {
        Some(b'(') => {}
        Some(_) => return Ok(None),
        None => return missing(),
    }
    let limit = if in_text { end_of_text(text, opens, limit) } else { limit };
    let (mut at, mut cells) = (opens + 1, Vec::new());
    loop {
        let Some((cell, end)) = cell(&text[..limit], blanks(text, at).min(limit), in_text) else {
            return missing();
        };
        cells.push(cell);
        at = end + 1;
        if text[end] == b')' {
            let comma = blanks_and_lines(text, at);
            if comma >= text.len() && !whole {
                return Err(More);
            }
            let next = comma + usize::from(text.get(comma) == Some(&b','));
            return Ok(Some(Row { cells, next, is_indented: false, is_loose: false }));
        }
    }
}

/// Where the first quote is that no backslash escapes.
fn end_of_text(text: &[u8], from: usize, limit: usize) -> usize {
    let mut quotes = memchr::memchr_iter(b'"', &text[from..limit]).map(|at| from + at);
    quotes.find(|at| slashes_before(text, *at).is_multiple_of(2)).unwrap_or(limit)
}

/// The value that begins at a place, and where the comma or the bracket behind it is. Of a call it is the first text in
/// quotes.
fn cell(text: &[u8], begins: usize, in_text: bool) -> Option<(Cell, usize)> {
    let (mut at, mut depth, mut quoted) = (begins, 0usize, None);
    loop {
        match text.get(at)? {
            b'\'' | b'"' => {
                let end = closes(text, at)?;
                let is_value = at == begins || text[at - 1].is_ascii_alphanumeric() || text[at - 1] == b'(';
                if depth < 2 && is_value {
                    quoted = quoted.or(Some(Cell { from: at + 1, to: end, is_quoted: true }));
                }
                at = end;
            }
            b'\\' if in_text && text.get(at + 1) == Some(&b'"') => {
                let from = at + 2;
                let end = memchr::memchr_iter(b'"', &text[from..])
                    .map(|length| from + length)
                    .find(|end| slashes_before(text, *end) == 1)?;
                quoted = quoted.or(Some(Cell { from, to: end - 1, is_quoted: true }));
                at = end;
            }
            b'(' => depth += 1,
            b')' if depth > 0 => depth -= 1,
            b',' | b')' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    let to = begins + text[begins.min(at)..at].trim_ascii_end().len();
    Some((quoted.unwrap_or(Cell { from: begins, to, is_quoted: false }), at))
}

/// Where the text ends whose quote is at a place. A backslash escapes another quote, unless a cell ends behind that.
fn closes(text: &[u8], opens: usize) -> Option<usize> {
    let quote = text[opens];
    let mut at = opens + 1;
    loop {
        at += memchr::memchr2(quote, b'\\', &text[at..])?;
        if text[at] == b'\\' {
            let ends = text.get(at + 1) == Some(&quote)
                && matches!(text.get(blanks(text, at + 2)), Some(b',' | b')'));
            at += if ends { 1 } else { 2 };
            if ends {
                return Some(at);
            }
        } else if text.get(at + 1) == Some(&quote) {
            at += 2;
        } else {
            return Some(at);
        }
        if at > text.len() {
            return None;
        }
    }
}
