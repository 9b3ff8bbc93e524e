//! What stands between a name and its value, or around the two: separators in any encoding, blanks, the keys of a pair.

use super::compiled::Rules;
use super::quote::{self, Quote, starts_with};
use super::slots::{Slot, Style};

/// How far back a value that stands before its name can begin, in bytes: all of it, and what is between the two, has to
/// be in sight behind the name.
const LONGEST_VALUE: usize = 62 << 10;

/// The longest line of a file in YAML that is looked at again, in bytes.
const LONGEST_LINE: usize = 1 << 10;

/// How often what separates a name from its value is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Raw,
    /// Not at all, in the query of an address: what is encoded belongs to the value.
    Query,
    Percent,
    Twice,
}

impl Coding {
    /// Whether a percent sign begins something that ends a value in this coding.
    pub(super) fn ends(self, text: &[u8]) -> bool {
        let once = [&b"%26"[..], b"%3B", b"%20", b"%22", b"%23", b"%0A", b"%0D", b"%2C", b"%7D", b"%5C"];
        match self {
            Self::Raw => [&b"%22"[..], b"%0A", b"%0D"].iter().any(|end| starts_with(text, end)),
            Self::Query => {
                let behind = text.get(3..).unwrap_or_default();
                let closes = [&b"%7D"[..], b"%5D", b"%2C"].iter().any(|end| starts_with(behind, end));
                starts_with(text, b"%22") && closes
            }
            Self::Percent => once.iter().any(|end| starts_with(text, end)),
            Self::Twice => {
                starts_with(text, b"%2526")
                    || starts_with(text, b"%2523")
                    || once.iter().any(|end| starts_with(text, end))
            }
        }
    }
}

/// What separates a name from its value, and where the value begins.
pub(super) struct Separator {
    pub(super) at: usize,
    pub(super) coding: Coding,
    pub(super) sign: u8,
}

pub(super) fn separator(text: &[u8], at: usize) -> Option<Separator> {
    const SIGNS: [(&[u8], Coding, u8); 14] = [
        (b"=>", Coding::Raw, b':'),
        (b"==", Coding::Raw, 0),
        (b"=~", Coding::Raw, 0),
        (b"=", Coding::Raw, b'='),
        (b":=", Coding::Raw, b'='),
        (b"::", Coding::Raw, 0),
        (b":", Coding::Raw, b':'),
        (b"%3D", Coding::Percent, b'='),
        (b"%3A", Coding::Percent, b':'),
        (b"%253D", Coding::Twice, b'='),
        (b"%253A", Coding::Twice, b':'),
        (br"\u003d", Coding::Raw, b'='),
        (b"&#61;", Coding::Raw, b'='),
        (b"&equals;", Coding::Raw, b'='),
    ];
    // `\\u003d`, however often it is escaped.
    let slashes = text[at..].iter().take(16).take_while(|byte| **byte == b'\\').count();
    if slashes > 1 && [&b"u003d"[..], b"u003a"].iter().any(|sign| starts_with(&text[at + slashes..], sign)) {
        let sign = if starts_with(&text[at + slashes..], b"u003d") { b'=' } else { b':' };
        return Some(Separator { at: at + slashes + 5, coding: Coding::Raw, sign });
    }
    // `PASSWORD=~x` has a value, `PASSWORD =~ x` compares.
    if text[at..].starts_with(b"=~") && !matches!(text.get(at + 2), None | Some(b' ' | b'/' | b'\t')) {
        return Some(Separator { at: at + 1, coding: Coding::Raw, sign: b'=' });
    }
    let (sign, coding, means) = SIGNS.iter().find(|(sign, ..)| starts_with(&text[at..], sign))?;
    (*means != 0).then_some(Separator { at: at + sign.len(), coding: *coding, sign: *means })
}

/// A key of an object.
pub(super) struct Key {
    pub(super) opens: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The key whose value opens at `opens`.
pub(super) fn key_before(text: &[u8], opens: usize) -> Option<Key> {
    let colon = back_over_blanks(text, opens);
    if colon == 0 || text[colon - 1] != b':' {
        return None;
    }
    let end = back_over_blanks(text, colon - 1);
    let (quote, to) = quote::before(text, end)?;
    let from = to - text[..to].iter().rev().take(32).take_while(|byte| is_word(**byte)).count();
    let (opened, opens) = quote::before(text, from)?;
    (opened == quote).then_some(Key { opens, from, to })
}

/// The value of `"value": "…",` in front of another member.
pub(super) fn value_before(text: &[u8], opens: usize) -> Option<Slot> {
    let comma = back_over_blanks(text, opens);
    if comma == 0 || text[comma - 1] != b',' {
        return None;
    }
    let end = back_over_blanks(text, comma - 1);
    let (quote, to) = quote::before(text, end)?;
    let Quote::Plain { mark, slashes } = quote else { return None };
    // Back to the quote of the same level; one further out is that of something else.
    let farthest = to.saturating_sub(LONGEST_VALUE);
    let mut quotes = memchr::memrchr_iter(mark, &text[farthest..to]).map(|at| farthest + at);
    let from = quotes.find(|at| quote::slashes_before(text, *at) <= slashes)?;
    if quote::slashes_before(text, from) < slashes {
        return None;
    }
    let key = key_before(text, from - slashes)?;
    text[key.from..key.to].eq_ignore_ascii_case(b"value").then_some(Slot {
        from: from + 1,
        to,
        style: Style::Enclosed,
    })
}

/// Where the value of `key` begins in the line above the key that begins at `from`, where both are of one item of a
/// list in YAML.
pub(super) fn line_before(text: &[u8], from: usize, key: &[u8]) -> Option<usize> {
    let indent = text[..from].iter().rev().take(64).take_while(|byte| **byte == b' ').count();
    let end = (from - indent).checked_sub(1).filter(|end| text[*end] == b'\n')?;
    let before = &text[end.saturating_sub(LONGEST_LINE)..end];
    let line = memchr::memrchr(b'\n', before).map_or(before, |at| &before[at + 1..]);
    let own = line.strip_prefix(&b" ".repeat(indent.checked_sub(2)?)[..])?;
    let own = own.strip_prefix(b"- ").or(own.strip_prefix(b"  "))?;
    own.starts_with(key).then(|| end - own.len() + key.len())
}

/// Whether a name is one of a query or of a form.
pub(super) fn in_a_query(text: &[u8], from: usize) -> bool {
    [
        &b"?"[..],
        b"&",
        b"#",
        b"%3F",
        b"%26",
        b"%23",
        b"%3f",
        b"%2526",
        b"%253F",
        br"\u0026",
        br"\u003f",
        b"&amp;",
    ]
    .iter()
    .any(|before| text[..from].ends_with(before))
        || (from == 0 || matches!(text[from - 1], b'"' | b'\n' | b'\''))
            && text[from..]
                .iter()
                .take(2_000)
                .take_while(|byte| !byte.is_ascii_whitespace())
                .any(|byte| *byte == b'&')
}

/// Whether a name begins a line of its own, as in a file of settings.
pub(super) fn starts_line(text: &[u8], from: usize) -> bool {
    let before = &text[..from];
    let before = match before
        .strip_suffix(b"export ")
        .or(before.strip_suffix(b"set "))
        .or(before.strip_suffix(b"SET "))
    {
        Some(before) => before,
        None => before,
    };
    // Lines of a mail that somebody answers begin with `> `.
    let blanks = before.iter().rev().take(64).take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    let before = &before[..before.len() - blanks];
    before.is_empty() || before.ends_with(b"\n") || before.ends_with(br"\n")
}

/// Whether the rest of a line is words: `Password: what you choose yourself.`
pub(super) fn is_sentence(rules: &Rules, text: &[u8]) -> bool {
    let line = &text[..text
        .iter()
        .take(400)
        .position(|byte| matches!(byte, b'\n' | b'\r' | b'<' | b'"'))
        .unwrap_or(text.len().min(400))];
    let is_word = |word: &[u8]| {
        word.iter().all(|byte| {
            byte.is_ascii_alphabetic()
                || matches!(byte, b'.' | b',' | b'\'' | b'!' | b'?' | b':' | b';')
                || *byte >= 0x80
        })
    };
    let words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    words.clone().take(3).count() == 3 && words.take(4).all(is_word) && rules.has_ordinary_word(line)
}

pub(super) fn back_over_blanks(text: &[u8], end: usize) -> usize {
    end - text[..end].iter().rev().take(256).take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Whether a name is one of a list of settings: `Server=db;Password=…`.
pub(super) fn in_settings(text: &[u8], name: usize) -> bool {
    let before = &text[..back_over_blanks(text, name)];
    // `?user=me&amp;password=…`
    let is_entity =
        || [&b"&amp;"[..], b"&lt;", b"&gt;", b"&quot;", b"&#38;"].iter().any(|it| before.ends_with(it));
    before.ends_with(b";") && !is_entity()
}

/// Where a value begins behind its sign: `**Password:** …`, `@password=N'…'`.
pub(super) fn begins(text: &[u8], at: usize) -> usize {
    let at = if starts_with(&text[at..], b"** ") { at + 2 } else { at };
    literal(text, blanks(text, at))
}

/// What a database is told to do with a password before it keeps it.
const CALLS: [&[u8]; 6] = [b"md5(", b"sha1(", b"sha2(", b"crypt(", b"encrypt(", b"password("];

/// How far back a statement about a user may begin, in bytes.
const LONGEST_STATEMENT: usize = 300;

/// Whether a statement of SQL about users stands before a place.
pub(super) fn is_about_user(text: &[u8], at: usize) -> bool {
    let before = text[at.saturating_sub(LONGEST_STATEMENT)..at].to_ascii_lowercase();
    let before = before.rsplit(|byte| *byte == b';').next().unwrap_or_default();
    let begins = [
        &b"create user"[..],
        b"alter user",
        b"create role",
        b"alter role",
        b"grant ",
        b"create login",
        b"alter login",
    ];
    begins.iter().any(|word| memchr::memmem::find(before, word).is_some())
}

/// Where the quote of a text is that a program or a dump writes with something before it: `b'…'`, `N'…'`,
/// `string(10) "…"`.
pub(super) fn literal(text: &[u8], at: usize) -> usize {
    const PREFIXES: &[u8] = b"bBrRuUfFNE";
    let is_quote = |at: usize| matches!(text.get(at), Some(b'"' | b'\''));
    if text.get(at).is_some_and(|byte| PREFIXES.contains(byte)) && is_quote(at + 1) {
        return at + 1;
    }
    if let Some(call) = CALLS
        .iter()
        .find(|call| starts_with(&text[at..], call))
        .filter(|call| text.get(at + call.len()) == Some(&b'\''))
    {
        return at + call.len();
    }
    if starts_with(&text[at..], b"string(") {
        let digits = text[at + 7..].iter().take(8).take_while(|byte| byte.is_ascii_digit()).count();
        if text[at + 7 + digits..].starts_with(b") \"") {
            return at + 7 + digits + 2;
        }
    }
    at
}

/// Where the block begins in YAML that `|` or `>` at a place announces.
pub(super) fn block(text: &[u8], at: usize) -> Option<usize> {
    if !matches!(text.get(at), Some(b'|' | b'>')) {
        return None;
    }
    let how =
        text[at + 1..].iter().take(2).take_while(|byte| matches!(byte, b'-' | b'+' | b'1'..=b'9')).count();
    let mut after = blanks(text, at + 1 + how);
    if text.get(after) == Some(&b'#') && after > at + 1 + how {
        let rest = &text[after..text.len().min(after + LONGEST_LINE)];
        after += memchr::memchr(b'\n', rest)?;
    }
    matches!(text.get(after), Some(b'\r' | b'\n')).then(|| blanks_and_lines(text, after))
}

/// Behind the bracket of `user[password]=`, escaped or not, where there is one.
pub(super) fn after_bracket(text: &[u8], at: usize) -> usize {
    let brackets = [&b"]"[..], b"%5D", b"%255D"];
    at + brackets.into_iter().find(|bracket| starts_with(&text[at..], bracket)).map_or(0, <[u8]>::len)
}

pub(super) fn blanks(text: &[u8], mut at: usize) -> usize {
    loop {
        match text.get(at) {
            Some(b' ' | b'\t') => at += 1,
            Some(b'%') if text[at..].starts_with(b"%20") || text[at..].starts_with(b"%09") => at += 3,
            _ => return at,
        }
    }
}

/// Over blanks and ends of lines, escaped ones too.
pub(super) fn blanks_and_lines(text: &[u8], mut at: usize) -> usize {
    loop {
        match text.get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            Some(b'\\') if matches!(text.get(at + 1), Some(b'n' | b'r' | b't')) => at += 2,
            Some(b'%')
                if [&b"%20"[..], b"%0A", b"%0D"].iter().any(|blank| starts_with(&text[at..], blank)) =>
            {
                at += 3;
            }
            _ => return at,
        }
    }
}

pub(super) fn is_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}
