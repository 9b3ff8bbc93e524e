//! Text on its way to a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether a character could control the terminal or deceive the reader, unless what stands around it needs
/// it: control characters other than line feed and tab; bidirectional controls; characters that can't be seen,
/// or that look different in every font. [`clean`] knows where a few of them belong.
pub fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        // Soft hyphen, joiners, fillers of several scripts, the blank among the Braille patterns.
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' => true,
        '\u{3164}' | '\u{ffa0}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' => true,
        // The direction of text, line ends that aren't, what stands for nothing at all.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{feff}' | '\u{fff0}'..='\u{fffc}' => true,
        '\u{13430}'..='\u{1345f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => true,
        // Variation selectors and tags.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => true,
        // Private use.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => true,
        // Not characters.
        '\u{fdd0}'..='\u{fdef}' => true,
        c => u32::from(c) & 0xfffe == 0xfffe,
    }
}

/// Marks that may be stacked on a letter: as many as the scripts take that are written so.
const MARKS: usize = 4;

/// Joiners in one emoji, so that a terminal that doesn't join them isn't far off either. Families take three.
const JOINERS: usize = 6;

/// `text` with everything that could control the terminal shown as an escape, like `\x1b`. Joiners and
/// variation selectors stay in the emoji, letters and Braille patterns that need them; of marks that are heaped
/// on a letter, the first few stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text =
        if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    match escaped(&text, escape) {
        Some(safe) => Cow::Owned(safe),
        None => text,
    }
}

/// `text` with `write`'s printable ASCII for every character that isn't safe where it stands; `None` if all
/// are.
pub(super) fn escaped(text: &str, write: impl Fn(char, &mut String)) -> Option<String> {
    if text.is_ascii() && !text.chars().any(is_unsafe) {
        return None;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut all_safe = true;
    let mut judge = Judge::default();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if judge.lets_pass(c, rest.clone().next()) {
            safe.push(c);
        } else {
            all_safe = false;
            write(c, &mut safe);
        }
    }
    (!all_safe).then_some(safe)
}

/// Reads a text and remembers what decides about the next character.
#[derive(Debug, Default)]
struct Judge {
    /// What stands before, as it was shown.
    before: Option<char>,
    /// On the last letter.
    marks: usize,
    /// In the last emoji.
    joiners: usize,
}

impl Judge {
    fn lets_pass(&mut self, c: char, after: Option<char>) -> bool {
        let fits = if is_mark(c) {
            // A quotation mark carries none: in JSON it isn't the text's own.
            self.marks < MARKS && self.before.is_some_and(|before| !matches!(before, '\n' | '\t' | '"'))
        } else {
            // What belongs between letters goes with the mark after it.
            let alone = after.is_some_and(is_mark) && self.marks >= MARKS;
            !is_unsafe(c) || (belongs(self.before, c, after) && !alone)
        };
        let joins_emoji = c == '\u{200d}' && after.is_some_and(is_emoji);
        let fits = fits && !(joins_emoji && self.joiners >= JOINERS);
        if !fits {
            // An escape carries no mark, and ends what was joined.
            *self = Self { before: Some('}'), marks: MARKS, joiners: 0 };
            return false;
        }
        if is_mark(c) {
            self.marks += 1;
        } else if joins_emoji {
            self.joiners += 1;
        } else if !is_unsafe(c) {
            // An invisible character ends no heap.
            self.marks = 0;
            if self.before != Some('\u{200d}') && !is_skin(c) {
                self.joiners = 0;
            }
        }
        self.before = Some(c);
        true
    }
}

fn is_skin(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_mark(c: char) -> bool {
    !is_unsafe(c) && c.width() == Some(0)
}

fn escape(c: char, safe: &mut String) {
    let _ = match u32::from(c) {
        code @ ..0x100 => write!(safe, "\\x{code:02x}"),
        code => write!(safe, "\\u{{{code:x}}}"),
    };
}

/// Whether an invisible character has its place between these two: then it changes how they look, and hides
/// nothing.
fn belongs(before: Option<char>, c: char, after: Option<char>) -> bool {
    let before = |is: fn(char) -> bool| before.is_some_and(is);
    let after = |is: fn(char) -> bool| after.is_some_and(is);
    match c {
        // Families, professions, flags; the selector or a skin tone may stand before the joiner.
        '\u{200d}' if before(|c| is_emoji(c) || c == '\u{fe0f}') && after(is_emoji) => true,
        '\u{200c}' | '\u{200d}' => before(joins) && after(joins),
        // Digits have them as keycaps.
        '\u{fe0e}' | '\u{fe0f}' if before(|c| matches!(c, '0'..='9' | '#' | '*')) => {
            after(|c| c == '\u{20e3}')
        }
        '\u{fe0e}' | '\u{fe0f}' => before(is_emoji),
        '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => before(is_ideograph),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => before(|c| matches!(c, '\u{1820}'..='\u{18aa}')),
        '\u{2800}' => before(is_braille) || after(is_braille),
        _ => false,
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2934}' | '\u{2935}'
        | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether a letter or mark is of a script in which joiners make a difference to readers: Arabic, those of
/// India and its neighbours, Mongolian.
fn joins(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}' | '\u{700}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
        | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17d3}'
        | '\u{1820}'..='\u{18aa}' | '\u{fb50}'..='\u{fdcf}' | '\u{fe70}'..='\u{fefc}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

fn is_braille(c: char) -> bool {
    matches!(c, '\u{2801}'..='\u{28ff}')
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
    cut(text, columns, "…")
}

/// The same with another `mark`, for a terminal that doesn't show that one.
pub(super) fn cut(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let mut short = String::new();
    for c in text.chars() {
        let end = short.len();
        short.push(c);
        // As a whole, because joined characters take other room than each of them.
        if width(&short) > room {
            short.truncate(end);
            break;
        }
    }
    short.truncate(short.trim_end().len());
    short.extend(mark.chars().take(columns));
    short
}

/// `text` wrapped at spaces to at most `columns` columns, each line after `indent`. What stands between
/// backticks stays on one line where it fits. Words that are longer than a line are broken; the text's own line
/// breaks stay. However deep the indent is, there is room for one wide character.
pub fn wrap(text: &str, columns: usize, indent: &str) -> String {
    let room = columns.saturating_sub(width(indent)).max(2);
    let mut out = String::new();
    for line in text.split('\n') {
        for piece in wrap_line(line, room) {
            let piece = piece.trim_end();
            if !piece.is_empty() {
                out.push_str(indent);
                out.push_str(piece);
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_controls_the_terminal() {
        assert_eq!(clean("a\u{1b}]0;x\u{7}b\r\nc\td"), "a\\x1b]0;x\\x07b\nc\td");
        assert_eq!(clean("\u{202e}evil\u{200b}\u{9b}1m"), "\\u{202e}evil\\u{200b}\\x9b1m");
        assert_eq!(clean_line("a\nb\tc"), "a\\nb\\tc");
        assert!(matches!(clean("plain ü 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for (hidden, shown) in [
            ("a\u{ad}b", "a\\xadb"),
            ("a\u{34f}b", "a\\u{34f}b"),
            ("\u{115f}\u{1160}\u{3164}\u{ffa0}", "\\u{115f}\\u{1160}\\u{3164}\\u{ffa0}"),
            ("\u{17b4}\u{17b5}", "\\u{17b4}\\u{17b5}"),
            ("a\u{2800}b", "a\\u{2800}b"),
            ("pay\u{200d}pal\u{200c}", "pay\\u{200d}pal\\u{200c}"),
            ("a\u{fe0f}\u{fe00}", "a\\u{fe0f}\\u{fe00}"),
            ("a\u{e0100}\u{e01ef}", "a\\u{e0100}\\u{e01ef}"),
            ("\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"),
            ("\u{e000}\u{f8ff}\u{f0000}\u{10fffd}", "\\u{e000}\\u{f8ff}\\u{f0000}\\u{10fffd}"),
            ("\u{fdd0}\u{ffff}\u{1fffe}", "\\u{fdd0}\\u{ffff}\\u{1fffe}"),
            ("\u{61c}\u{200e}\u{2067}", "\\u{61c}\\u{200e}\\u{2067}"),
            ("\u{1d173}\u{1bca0}\u{13430}", "\\u{1d173}\\u{1bca0}\\u{13430}"),
        ] {
            assert_eq!(clean(hidden), shown, "{hidden:?}");
        }
    }

    #[test]
    fn one_selector_is_a_look_and_more_are_a_hiding_place() {
        assert_eq!(clean("\u{2764}\u{fe0f}\u{fe0f}\u{e0101}"), "\u{2764}\u{fe0f}\\u{fe0f}\\u{e0101}");
        assert_eq!(clean("\u{1f468}\u{200d}\u{200d}\u{1f469}"), "\u{1f468}\\u{200d}\\u{200d}\u{1f469}");
    }

    #[test]
    fn marks_are_not_heaped() {
        let kept = format!("z{}", "\u{301}".repeat(MARKS));
        assert_eq!(clean(&format!("{kept}\u{301}\u{301}o")), format!("{kept}\\u{{301}}\\u{{301}}o"));
        let hidden_heap = format!("\u{643}{}", "\u{64b}\u{200c}".repeat(9));
        assert_eq!(clean(&hidden_heap).matches("\\u{64b}").count(), 9 - MARKS);
        // Nor put on what isn't the text's own.
        assert_eq!(clean("\u{301}a\n\u{301}"), "\\u{301}a\n\\u{301}");
    }

    #[test]
    fn an_emoji_is_joined_of_so_many() {
        let chain = |length: usize| vec!["👩"; length].join("\u{200d}");
        assert_eq!(clean(&chain(JOINERS + 1)), chain(JOINERS + 1));
        let rest = format!("{}\\u{{200d}}{}", chain(JOINERS + 1), chain(3));
        assert_eq!(clean(&chain(JOINERS + 4)), rest);
        assert_eq!(clean(&vec!["👩🏽"; 40].join("\u{200d}")).matches('\\').count(), 5);
        assert_eq!(clean("👩\u{200d}💻 ".repeat(9).as_str()), "👩\u{200d}💻 ".repeat(9));
    }

    #[test]
    fn digits_are_varied_as_keycaps_only() {
        assert_eq!(clean("1\u{fe0f} #\u{fe0e}2"), "1\\u{fe0f} #\\u{fe0e}2");
        assert_eq!(clean("*\u{fe0f}\u{20e3}"), "*\u{fe0f}\u{20e3}");
    }

    #[test]
    fn every_script_stays_readable() {
        for text in [
            "السلام عليكم",
            "می\u{200c}خواهم",
            "שָׁלוֹם עֲלֵיכֶם",
            "क्षत्रिय क्\u{200d}ष",
            "র\u{200d}\u{9cd}যাব",
            "ขอบคุณที่นี่",
            "Việt Nam",
            "Vie\u{302}\u{323}t",
            "한국어",
            "\u{1112}\u{1161}\u{11ab}",
            "日本語 葛\u{e0100}城",
            "བསྒྲུབས",
            "ខ្មែរ",
            "ကျေးဇူးတင်ပါတယ်",
            "⠓⠑⠇⠇⠕\u{2800}⠺",
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 👍🏽",
            "🏳\u{fe0f}\u{200d}🌈 🇩🇪 🧑🏽\u{200d}💻",
            "naïve – “x” … €",
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}: {}", clean(text));
        }
    }

    /// Any characters, those that matter here more often than others.
    fn any_text() -> impl Strategy<Value = String> {
        let hidden = "[\u{1b}\r\n\t\u{200c}\u{200d}\u{fe00}\u{fe0f}\u{e0100}\
            \u{301}\u{20e3}\u{94d}\u{2800}\u{180b}\u{202e}\u{ad}\u{f8ff}]";
        let around = "[a1#❤👨🏽葛ک\u{94d}\u{915}\u{1820}\u{2801}]";
        let piece = prop_oneof![3 => hidden.prop_map(String::from), 3 => around, 1 => "(?s:.)"];
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_clean_is_safe_and_stays_as_it_is(text in any_text()) {
            let safe = clean(&text).into_owned();
            let chars: Vec<char> = safe.chars().collect();
            let (mut marks, mut joiners) = (0, 0);
            for (at, &c) in chars.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| chars[at]);
                let after = chars.get(at + 1).copied();
                prop_assert!(!is_unsafe(c) || belongs(before, c, after), "{c:?} in {safe:?}");
                prop_assert!(!c.is_control() || matches!(c, '\n' | '\t'));
                marks = if is_mark(c) || is_unsafe(c) { marks + usize::from(is_mark(c)) } else { 0 };
                prop_assert!(marks <= MARKS, "{safe:?}");
                if c == '\u{200d}' && after.is_some_and(is_emoji) {
                    joiners += 1;
                } else if !is_mark(c) && !is_unsafe(c) && before != Some('\u{200d}') && !is_skin(c) {
                    joiners = 0;
                }
                prop_assert!(joiners <= JOINERS, "{safe:?}");
            }
            prop_assert_eq!(clean(&safe).into_owned(), safe);
        }
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(truncate("日本語のテキスト", 7), "日本語…");
        assert_eq!(truncate("short", 5), "short");
        assert_eq!(truncate("longer text", 7), "longer…");
        for (columns, short) in [(11, "longer text"), (8, "longe..."), (3, "..."), (2, ".."), (0, "")] {
            assert_eq!(cut("longer text", columns, "..."), short);
        }
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
        assert_eq!(wrap("one two", 8, "    "), "    one\n    two\n");
        assert_eq!(wrap("日本", 3, "    "), "    日\n    本\n");
    }

    #[test]
    fn bytes_read_like_the_limits() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(25_000_000), "25.0 MB");
        assert_eq!(bytes(999_999), "1.0 MB");
    }
}
