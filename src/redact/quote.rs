//! Quotes, however often they are quoted themselves: `"`, `\"`, `\\\"`, `'`, `&quot;`, `%22`, `\u0022`.

use super::scan::More;

/// What a text is quoted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    /// A character behind so many backslashes.
    Plain {
        /// The character.
        mark: u8,
        /// How many backslashes.
        slashes: usize,
    },
    /// Some other spelling of one.
    Spelled(&'static [u8]),
}

impl Quote {
    /// Whether both can stand in one list: `"` and `'`, but not `"` and `\"`.
    pub(super) fn is_beside(self, other: Self) -> bool {
        match (self, other) {
            (Self::Plain { slashes, .. }, Self::Plain { slashes: others, .. }) => slashes == others,
            _ => self == other,
        }
    }

    /// Whether what the other one quotes stands in this one: `"` around `\"`.
    pub(super) fn is_around(self, other: Self) -> bool {
        match (self, other) {
            (Self::Plain { slashes, .. }, Self::Plain { slashes: others, .. }) => slashes < others,
            _ => false,
        }
    }

    /// Whether what is before the quote can't all escape it: each level doubles the backslashes and adds one. Some belong
    /// to what ends with it.
    pub(super) fn is_behind_slashes(self) -> bool {
        matches!(self, Self::Plain { slashes, .. } if !(slashes + 1).is_power_of_two())
    }

    /// The quote as it is written.
    pub(super) fn spelled(self) -> Vec<u8> {
        match self {
            Self::Plain { mark, slashes } => [vec![b'\\'; slashes], vec![mark]].concat(),
            Self::Spelled(spelled) => spelled.to_vec(),
        }
    }
}

const SPELLED: [&[u8]; 11] = [
    b"&quot;", b"&#34;", b"&#39;", b"&apos;", b"%2522", b"%5C%22", b"%22", b"%27", b"\\u0022", b"^\\^\"",
    b"^\"",
];

/// The quote that begins at `at`, and where it ends.
pub(super) fn at(text: &[u8], at: usize) -> Option<(Quote, usize)> {
    let slashes = text[at..].iter().take(64).take_while(|byte| **byte == b'\\').count();
    if let Some(mark @ (b'"' | b'\'' | b'`')) = text.get(at + slashes) {
        return Some((Quote::Plain { mark: *mark, slashes }, at + slashes + 1));
    }
    let spelled = SPELLED.iter().find(|spelled| starts_with(&text[at..], spelled))?;
    Some((Quote::Spelled(spelled), at + spelled.len()))
}

/// The quote that ends at `end`, and where it begins.
pub(super) fn before(text: &[u8], end: usize) -> Option<(Quote, usize)> {
    if let Some(mark @ (b'"' | b'\'' | b'`')) = end.checked_sub(1).map(|at| text[at])
        && !text[..end].ends_with(b"^\"")
    {
        let slashes = text[..end - 1].iter().rev().take(64).take_while(|byte| **byte == b'\\').count();
        return Some((Quote::Plain { mark, slashes }, end - 1 - slashes));
    }
    let spelled = SPELLED.iter().find(|spelled| {
        end.checked_sub(spelled.len()).is_some_and(|from| starts_with(&text[from..end], spelled))
    })?;
    Some((Quote::Spelled(spelled), end - spelled.len()))
}

/// Where the text ends whose quote ended at `from`, and where what closes it ends. A line's end closes it too, but
/// for a key in PEM. Where the text breaks off, so does what is in quotes.
pub(super) fn close(text: &[u8], from: usize, quote: Quote, whole: bool) -> Result<(usize, usize), More> {
    let rest = &text[from..];
    let mut passed = 0;
    let found = match quote {
        Quote::Plain { mark, slashes } => memchr::memchr3_iter(mark, b'\n', b'"', rest).find_map(|at| {
            if at < passed {
                return None;
            }
            if let Some(length) = joined(rest, at, mark).filter(|_| slashes == 0) {
                passed = at + length;
                return None;
            }
            if rest[at] == b'\n' {
                return (!spans_lines(&rest[..at])).then_some((at, at));
            }
            let behind = slashes_before(rest, at);
            if rest[at] != mark {
                return ends_member(&rest[at + 1..]).then_some((at - behind, at - behind));
            }
            // Each level doubles the backslashes. A quote of this one's own level closes it, or of one further out.
            let own = ((behind ^ (behind + 1)) >> 1).min(slashes);
            let closes = if (slashes + 1).is_power_of_two() {
                behind % (2 * (slashes + 1)) != 2 * slashes + 1
            } else {
                behind < slashes || behind % (2 * (slashes + 1)) == slashes
            };
            closes.then_some((at - own, at + 1))
        }),
        Quote::Spelled(spelled) => rest.iter().enumerate().find_map(|(at, byte)| match byte {
            _ if starts_with(&rest[at..], spelled) => Some((at, at + spelled.len())),
            b'"' => Some((at - slashes_before(rest, at), at - slashes_before(rest, at))),
            b'\n' | b'<' => Some((at, at)),
            _ => None,
        }),
    };
    match found {
        Some((end, after)) => Ok((from + end, from + after)),
        None if whole => Ok((text.len(), text.len())),
        None => Err(More),
    }
}

/// How long what stands for a quote is in a text that goes on behind it: `'it''s'`, and in a shell `'it'\''s'`,
/// `'it'"'"'s'`.
fn joined(rest: &[u8], at: usize, mark: u8) -> Option<usize> {
    let goes_on = |length: usize| rest.get(at + length).is_some_and(|byte| !byte.is_ascii_whitespace());
    let is = |what: &[u8]| at > 0 && rest[at..].starts_with(what) && goes_on(what.len());
    let length = match mark {
        b'\'' if is(br"'\''") => 4,
        b'\'' if is(br#"'"'"'"#) => 5,
        b'\'' if is(b"''") && rest[at + 2].is_ascii_alphanumeric() => 2,
        b'"' if at > 0 && rest[at - 1] == b'\'' && is(br#""'"'"#) => 4,
        _ => return None,
    };
    Some(length)
}

/// Where the member of JSON ends in which a text stands, if that is in its `part`.
pub(super) fn end_of_member(part: &[u8], text: &[u8]) -> Option<usize> {
    let at = memchr::memchr_iter(b'"', part).find(|at| ends_member(&text[at + 1..]))?;
    Some(at - slashes_before(text, at))
}

/// How many backslashes stand before a place.
pub(super) fn slashes_before(text: &[u8], at: usize) -> usize {
    text[..at].iter().rev().take_while(|byte| **byte == b'\\').count()
}

/// Whether a text goes on as JSON does behind the end of a member: what began with another quote within it ended there.
pub(super) fn ends_member(rest: &[u8]) -> bool {
    let next = |from: usize| {
        let blanks =
            rest[from..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'\\').count();
        from + blanks
    };
    let at = next(0);
    let ends = match rest.get(at) {
        Some(b',') => rest.get(next(at + 1)),
        Some(b'}' | b']') => match rest.get(next(at + 1)) {
            None => return true,
            after => after,
        },
        _ => None,
    };
    ends.is_some_and(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']' | b','))
}

fn spans_lines(value: &[u8]) -> bool {
    value.trim_ascii_start().starts_with(b"-----BEGIN") && memchr::memmem::find(value, b"-----END").is_none()
}

/// Whether a text begins with another, whatever the case of its letters.
pub(super) fn starts_with(text: &[u8], beginning: &[u8]) -> bool {
    text.get(..beginning.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_at_the_quote_of_its_own_level() {
        for (text, value) in [
            (r#""abc",1"#, "abc"),
            (r#""a\"b\\",1"#, r#"a\"b\\"#),
            (r#"\"abc\",1""#, "abc"),
            (r#"\"a\\\"b\",1""#, r#"a\\\"b"#),
            (r#"\\\"abc\\\",1"#, "abc"),
            (r#"\"abc"#, "abc"),
            (r#"\"abc",1"#, "abc"),
            (r#"\"abc\\","x":"y\""#, r"abc\\"),
            (r#"\\\"abc\\\\\",1"#, r"abc\\\\"),
            ("'abc' x", "abc"),
            (r#"'abc","x":"it's""#, "abc"),
            (r#"'abc\"},{\"x\":\"it's""#, "abc"),
            (r#"'a",b'"#, r#"a",b"#),
            ("&quot;abc&quot;,", "abc"),
            ("%22abc%22%7D", "abc"),
            (r#"%22abc\","x":"%22""#, "abc"),
            ("\"abc\ndef\"", "abc"),
            ("\"-----BEGIN X-----\nabc\n-----END X-----\"", "-----BEGIN X-----\nabc\n-----END X-----"),
        ] {
            let text = text.as_bytes();
            let (quote, from) = at(text, 0).unwrap();
            let (end, _) = close(text, from, quote, true).unwrap();
            assert_eq!(String::from_utf8_lossy(&text[from..end]), value);
        }
    }

    #[test]
    fn what_ends_beyond_the_window_is_asked_for() {
        let (quote, from) = at(b"\"abc", 0).unwrap();
        assert!(close(b"\"abc", from, quote, false).is_err());
    }
}
