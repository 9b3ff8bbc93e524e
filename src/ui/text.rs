//! Text on its way to a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

/// Whether a character could control the terminal or deceive the reader: control characters other than
/// line feed and tab, bidirectional controls, zero-width and other invisible characters.
pub fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// `text` with everything that could control the terminal shown as an escape, like `\x1b`.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text =
        if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    if !text.chars().any(is_unsafe) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_unsafe(c) => safe.push(c),
            c if u32::from(c) < 0x100 => {
                let _ = write!(safe, "\\x{:02x}", u32::from(c));
            }
            c => {
                let _ = write!(safe, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    Cow::Owned(safe)
}

/// [`clean`] on a single line: line breaks and tabs are shown as escapes too.
pub fn clean_line(text: &str) -> String {
    clean(text).replace('\n', "\\n").replace('\t', "\\t")
}

/// Columns that `text` takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` in at most `columns` columns, with `…` where something was left out.
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        let end = short.len();
        short.push(c);
        // As a whole, because joined characters take other room than each of them.
        if width(&short) >= columns {
            short.truncate(end);
            break;
        }
    }
    short.truncate(short.trim_end().len());
    if columns > 0 {
        short.push('…');
    }
    short
}

/// `text` wrapped at spaces to at most `columns` columns, each line after `indent`. What stands between
/// backticks stays on one line where it fits. Words that are longer than a line are broken; the text's own line
/// breaks stay.
pub fn wrap(text: &str, columns: usize, indent: &str) -> String {
    let room = columns.saturating_sub(width(indent)).max(10);
    let mut out = String::new();
    for line in text.split('\n') {
        for piece in wrap_line(line, room) {
            if !piece.is_empty() {
                out.push_str(indent);
                out.push_str(&piece);
            }
            out.push('\n');
        }
    }
    out
}

fn wrap_line(line: &str, room: usize) -> Vec<String> {
    if width(line) <= room {
        return vec![line.trim_end().to_owned()];
    }
    let mut pieces = Vec::new();
    let mut current = String::new();
    for word in words(line, room) {
        let needed = width(word) + usize::from(!current.is_empty());
        if width(&current) + needed > room && !current.is_empty() {
            pieces.push(std::mem::take(&mut current));
        } else if !current.is_empty() {
            current.push(' ');
        }
        for c in word.chars() {
            let end = current.len();
            current.push(c);
            if width(&current) > room && end > 0 {
                current.truncate(end);
                pieces.push(std::mem::replace(&mut current, c.to_string()));
            }
        }
    }
    pieces.push(current);
    pieces
}

/// The words of a line; a command in backticks is one, unless it is longer than `room`.
fn words(line: &str, room: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(' ').unwrap_or(rest.len());
        let quoted = rest[..end].find('`').and_then(|open| {
            let close = open + 1 + rest[open + 1..].find('`')?;
            let end = close + rest[close..].find(' ').unwrap_or(rest.len() - close);
            (width(&rest[..end]) <= room).then_some(end)
        });
        let end = quoted.unwrap_or(end);
        words.push(&rest[..end]);
        rest = rest[end..].strip_prefix(' ').unwrap_or(&rest[end..]);
    }
    words
}

/// So many of something: `1 case`, `3 cases`.
pub fn count(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A number of bytes for people, in powers of ten like the centre's limits: `25.0 MB`.
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if count < 1000 {
        return format!("{count} B");
    }
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let mut value = count as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.95 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    format!("{value:.1} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_controls_the_terminal() {
        assert_eq!(clean("a\u{1b}]0;x\u{7}b\r\nc\td"), "a\\x1b]0;x\\x07b\nc\td");
        assert_eq!(clean("\u{202e}evil\u{200b}\u{9b}1m"), "\\u{202e}evil\\u{200b}\\x9b1m");
        assert_eq!(clean_line("a\nb\tc"), "a\\nb\\tc");
        assert!(matches!(clean("plain ü 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(truncate("日本語のテキスト", 7), "日本語…");
        assert_eq!(truncate("short", 5), "short");
        assert_eq!(truncate("longer text", 7), "longer…");
        assert_eq!(wrap("日本語のテキスト", 10, ""), "日本語のテ\nキスト\n");
    }

    #[test]
    fn wrapping_keeps_paragraphs() {
        assert_eq!(wrap("one two three four\n\nfive", 12, "  "), "  one two\n  three four\n\n  five\n");
        assert_eq!(
            wrap("say so with `docket case close 1`.", 24, ""),
            "say so with\n`docket case close 1`.\n"
        );
        assert_eq!(wrap("a `b c d e f g h` i", 10, ""), "a `b c d e\nf g h` i\n");
    }

    #[test]
    fn bytes_read_like_the_limits() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(25_000_000), "25.0 MB");
        assert_eq!(bytes(999_999), "1.0 MB");
    }
}
