//! Whether a single answer is well-formed, whatever the other answers are.

use jiff::{SignedDuration, Timestamp};

use super::form::Kind;
use super::problem::Problem;
use super::{Answer, Field};

/// How far a clock may be ahead of the portal's before "now" counts as the future.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// RFC 3339 as a regular expression, for [`super::schema`]; whether the day exists it can't tell.
pub(super) const TIME_PATTERN: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?\
                                        (Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";
/// A GUID as a regular expression.
pub(super) const GUID_PATTERN: &str =
    "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";
/// E.164 as a regular expression.
pub(super) const PHONE_PATTERN: &str = r"^\+[1-9][0-9]{6,14}$";
/// An e-mail address as a regular expression: one `@`, no white space, a dot in the domain, no empty label.
pub(super) const EMAIL_PATTERN: &str =
    r"^[^@\u0000-\u0020\u007f-\u00a0<>(),;:\u0022]{1,64}@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+$";
/// Something that isn't blank, as a regular expression; the class is that of [`is_blank`].
pub(super) const NOT_BLANK_PATTERN: &str =
    "[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";
/// A single line as a regular expression; the class is that of [`is_line_break`].
pub(super) const ONE_LINE_PATTERN: &str = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$";
/// Text without NUL as a regular expression.
pub(super) const NO_NUL_PATTERN: &str = "^[^\\u0000]*$";
/// A plain file name as a regular expression.
pub(super) const FILE_NAME_PATTERN: &str = "^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f-\\u009f/\\\\]{1,255}$";

fn is_blank(c: char) -> bool {
    matches!(c, '\0'..='\u{20}' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200b}'
        | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
}

/// What is wrong with `answer` as an answer to `field`, a choice apart.
pub(super) fn check(field: &Field, answer: &Answer, now: Timestamp) -> Option<Problem> {
    match (&field.kind, answer) {
        (Kind::File { max }, Answer::File { name, size }) => check_file(name, *size, *max),
        (Kind::File { .. }, Answer::Text(_)) => Some(Problem::NotAFile),
        (_, Answer::File { .. }) => Some(Problem::NotAText),
        (_, Answer::Text(text)) if text.is_empty() => Some(Problem::Blank),
        (_, Answer::Text(text)) => check_text(&field.kind, text, now),
    }
}

/// What is wrong with `text` as an answer of this kind; whether it is one of the choices it can't tell.
pub fn check_text(kind: &Kind, text: &str, now: Timestamp) -> Option<Problem> {
    match kind {
        Kind::Line { max } if text.chars().any(is_line_break) => {
            length(text, *max).or(Some(Problem::NotOneLine))
        }
        Kind::Line { max } | Kind::Text { max } => {
            if text.chars().all(is_blank) {
                Some(Problem::Blank)
            } else if text.contains('\0') {
                Some(Problem::HasNul)
            } else {
                length(text, *max)
            }
        }
        Kind::Time { past } => match parse_time(text) {
            None => Some(Problem::NotATime(shorten(text))),
            Some(time) => (*past && time > now + CLOCK_SKEW).then(|| Problem::InTheFuture(text.to_owned())),
        },
        Kind::Guid => check_guid(text).map(Problem::NotAGuid),
        Kind::Email => (!is_email(text)).then(|| Problem::NotAnEmail(shorten(text))),
        Kind::Phone => check_phone(text).map(Problem::NotAPhone),
        Kind::Choice | Kind::File { .. } => None,
    }
}

fn length(text: &str, max: usize) -> Option<Problem> {
    let length = text.chars().count();
    (length > max).then_some(Problem::TooLong { length, max })
}

/// What is wrong with a file of this name and size, where at most `max` bytes are taken.
pub fn check_file(name: &str, size: u64, max: u64) -> Option<Problem> {
    if matches!(name, "" | "." | "..")
        || name.chars().count() > 255
        || name.chars().any(|c| matches!(c, '/' | '\\' | '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'))
    {
        Some(Problem::BadFileName(shorten(name)))
    } else if size == 0 {
        Some(Problem::EmptyFile(name.to_owned()))
    } else {
        (size > max).then_some(Problem::FileTooLarge { name: name.to_owned(), size, max })
    }
}

/// Reads RFC 3339 and nothing else; `None` for anything that isn't, or that is no day of any year.
pub(super) fn parse_time(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let byte = |at: usize, expected: u8| bytes.get(at) == Some(&expected);
    let date_and_time = digits(0..4)
        && byte(4, b'-')
        && digits(5..7)
        && byte(7, b'-')
        && digits(8..10)
        && byte(10, b'T')
        && digits(11..13)
        && byte(13, b':')
        && digits(14..16)
        && byte(16, b':')
        && digits(17..19);
    if !date_and_time || bytes[17..19] == *b"60" {
        return None;
    }
    let mut at = 19;
    if byte(at, b'.') {
        let fraction = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=9).contains(&fraction) {
            return None;
        }
        at += 1 + fraction;
    }
    let rest = &bytes[at..];
    let zone = rest == b"Z"
        || (rest.len() == 6
            && matches!(rest[0], b'+' | b'-')
            && digits(at + 1..at + 3)
            && rest[3] == b':'
            && digits(at + 4..at + 6)
            && &rest[1..3] <= b"23".as_slice()
            && &rest[4..6] <= b"59".as_slice());
    if !zone {
        return None;
    }
    text.parse().ok()
}

/// What is wrong with a GUID, with the usual mistakes by name.
fn check_guid(text: &str) -> Option<String> {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    let well_formed = groups.len() == 5
        && groups.iter().zip(GROUPS).all(|(g, n)| g.len() == n && g.bytes().all(|b| b.is_ascii_hexdigit()));
    if well_formed {
        return None;
    }
    let shape = "write 36 characters: hex digits in groups of 8-4-4-4-12 with dashes";
    let is_near = text.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, '-' | 'o' | 'O'));
    if let Some(at) = text.chars().position(|c| matches!(c, 'o' | 'O')).filter(|_| is_near) {
        return Some(format!("has the letter O at position {}; use the digit 0", at + 1));
    }
    if let Some((at, c)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_hexdigit() && *c != '-') {
        let (what, instead) = match c {
            _ if is_blank(c) => ("a blank".to_owned(), "leave it out"),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => (format!("{c:?}"), "use the plain dash -"),
            _ => (format!("{c:?}"), shape),
        };
        return Some(format!("has {what} at position {}; {instead}", at + 1));
    }
    let digits = text.bytes().filter(u8::is_ascii_hexdigit).count();
    let dashes = groups.len() - 1;
    Some(if digits > 32 {
        format!("has {} too many: {digits} in place of 32; {shape}", plural(digits - 32, "digit"))
    } else if digits < 32 {
        format!("has {} too few: {digits} in place of 32; {shape}", plural(32 - digits, "digit"))
    } else if dashes < 4 {
        format!("lacks {}; {shape}", plural(4 - dashes, "dash"))
    } else if dashes > 4 {
        format!("has {} in place of 4; {shape}", plural(dashes, "dash"))
    } else {
        format!("has its dashes in the wrong places; {shape}")
    })
}

fn plural(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "dash") => format!("{count} dashes"),
        _ => format!("{count} {what}s"),
    }
}

/// Whether `text` is an e-mail address: one `@`, no white space, a dot in the domain.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let local_ok = (1..=64).contains(&local.chars().count())
        && !local.chars().any(|c| {
            matches!(c, '\0'..='\u{20}' | '\u{7f}'..='\u{a0}' | '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"')
        });
    let labels: Vec<&str> = domain.split('.').collect();
    local_ok
        && labels.len() > 1
        && labels.iter().all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

fn check_phone(text: &str) -> Option<String> {
    let like = "write it with the country code and digits only, like +14155550100";
    let Some(digits) = text.strip_prefix('+') else {
        return Some(format!("`{}` has no country code; {like}", shorten(text)));
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        Some(format!("`{}` has more than digits; {like}", shorten(text)))
    } else if digits.starts_with('0') {
        Some(format!("`{}` has no country code: none begins with 0; {like}", shorten(text)))
    } else if !(7..=15).contains(&digits.len()) {
        Some(format!("`{}` has {} digits; a phone number has 7 to 15", shorten(text), digits.len()))
    } else {
        None
    }
}

/// The beginning of what was given, for a message.
pub(super) fn shorten(text: &str) -> String {
    const SHOWN: usize = 60;
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_get_their_mistakes_named() {
        let good = "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c";
        assert_eq!(check_guid(good), None);
        assert_eq!(check_guid(&good.to_uppercase()), None);
        for (text, expected) in [
            ("4b7f1c02-9d3e-4a55-8c61-Oe2f9ab3d47c", "has the letter O at position 25; use the digit 0"),
            ("4b7f1c029d3e-4a55-8c61-0e2f9ab3d47c", "lacks 1 dash; write 36"),
            ("4b7f1c029d3e4a558c610e2f9ab3d47c", "lacks 4 dashes; write 36"),
            ("4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c1", "has 1 digit too many: 33 in place of 32;"),
            ("4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d4", "has 2 digits too few: 30 in place of 32;"),
            ("4b7f1c0-29d3e-4a55-8c61-0e2f9ab3d47c", "has its dashes in the wrong places;"),
            ("4b7f1c02-9d3e-4a55-8c61-0e2f-9ab3d47c", "has 5 dashes in place of 4;"),
            ("{4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c}", "has '{' at position 1;"),
            ("", "has 32 digits too few"),
            ("4f2a-notaguid", "has 'n' at position 6; write 36"),
            ("log.txt", "has 'l' at position 1; write 36"),
        ] {
            let found = check_guid(text).unwrap();
            assert!(found.starts_with(expected), "{text}: {found}");
        }
    }

    #[test]
    fn times_are_rfc_3339_and_nothing_else() {
        for good in ["2026-11-20T09:30:00Z", "2026-11-20T09:30:00.123+01:00", "2024-02-29T23:59:59-23:59"] {
            assert!(parse_time(good).is_some(), "{good}");
        }
        for bad in [
            "2026-11-20",
            "2026-11-20T09:30Z",
            "2026-11-20 09:30:00Z",
            "2026-11-20T09:30:00",
            "2026-02-30T09:30:00Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T09:30:60Z",
            "2026-11-20T09:30:00+01",
            "2026-11-20T09:30:00Z[UTC]",
            "2026-11-20T09:30:00.Z",
            "yesterday",
            "",
            "2026-11-20T09:30:00+24:00",
            "2026-13-20T09:30:00Z",
        ] {
            assert!(parse_time(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn phones_are_e164() {
        assert_eq!(check_phone("+14155550100"), None);
        for bad in ["4155550100", "+1 415 555", "+0123456789", "+123456", "+1234567890123456", "+"] {
            assert!(check_phone(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_long_line_with_breaks_is_too_long_first() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(check_text(&Kind::Line { max: 3 }, "a\nb", now), Some(Problem::NotOneLine));
        assert_eq!(
            check_text(&Kind::Line { max: 2 }, "a\nb", now),
            Some(Problem::TooLong { length: 3, max: 2 })
        );
        assert_eq!(check_text(&Kind::Text { max: 9 }, " \n\u{a0}", now), Some(Problem::Blank));
    }
}
