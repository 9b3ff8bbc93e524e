//! Where a value ends that no quote closes: at a blank, with its line, with the header that it is.

use super::between::{Coding, blanks, is_word};
use super::quote::{self, Quote, starts_with};
use super::scan::More;
use super::slots::Finder;

/// How far behind a sign one has to see to tell whether it ends a value, in bytes.
const LONGEST_BEHIND: usize = 80;

impl Finder<'_> {
    /// The end of a value without quotes, and without blanks.
    pub(super) fn bare_end(&self, from: usize, coding: Coding) -> Result<usize, More> {
        let text = self.text;
        self.first(from, |at| match text[*at] {
            b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b';' | b',' | b'<' | b'>' | b')' | b'}'
            | b']' | b'|' | 0 => !is_mark(text, at),
            b'&' => coding != Coding::Raw || !self.is_chosen || !self.goes_on(*at),
            b'[' => !is_mark(text, at) && *at == from,
            b'\\' => is_escaped_end(text, *at) || is_continued(&text[*at + 1..]),
            b'%' => coding.ends(&text[*at..]),
            b'#' => coding == Coding::Raw && *at > from && text[*at - 1] == b' ',
            b'=' => {
                *at += soft_break(text, (from, *at));
                false
            }
            _ => false,
        })
    }

    /// The first place from `from` on that `ends` a value; that may move on over what doesn't.
    fn first(&self, from: usize, mut ends: impl FnMut(&mut usize) -> bool) -> Result<usize, More> {
        let text = self.text;
        let (mut at, limit) = (from, self.limit(from));
        while at < limit {
            if matches!(text[at], b'&' | b';' | b',' | b')' | b'}' | b']') {
                // What follows tells.
                self.within(at + LONGEST_BEHIND)?;
            }
            if ends(&mut at) {
                return Ok(at);
            }
            at += 1;
        }
        self.end_at(at)
    }

    /// How far a value that begins at a place is followed.
    fn limit(&self, from: usize) -> usize {
        self.text.len().min(from.saturating_add(self.patience))
    }

    /// The end of a value that has none up to a place.
    fn end_at(&self, limit: usize) -> Result<usize, More> {
        if self.whole || limit < self.text.len() { Ok(limit.min(self.text.len())) } else { Err(More) }
    }

    /// Whether a value goes on behind `&`: no other name follows, no entity of XML, no other command.
    fn goes_on(&self, at: usize) -> bool {
        let rest = &self.text[at + 1..];
        let name = self.word(at + 1);
        let is_entity = matches!(&rest[..name], b"quot" | b"apos" | b"lt" | b"gt" | b"amp" | b"nbsp");
        name > 0 && !is_entity && !matches!(rest.get(name), None | Some(b'=' | b':' | b'%' | b'[' | b'\\'))
    }

    /// The end of a value in a list of settings with semicolons between them. It may have any other sign in it, and
    /// what is in braces has all but these.
    pub(super) fn setting_end(&self, from: usize) -> Result<usize, More> {
        let text = self.text;
        let mut in_braces = text.get(from) == Some(&b'{');
        self.first(from, |at| match text[*at] {
            b'\r' | b'\n' | b'"' | 0 => true,
            b'\\' => is_escaped_end(text, *at),
            b'}' if in_braces => {
                in_braces = false;
                false
            }
            _ if in_braces => false,
            b';' | b' ' | b'\t' | b'\'' | b'`' | b'<' | b'|' => true,
            b'[' => {
                is_mark(text, at);
                false
            }
            b')' | b'}' | b']' => text.get(*at + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric()),
            b',' => {
                let next = blanks(text, *at + 1);
                let name = self.word(next);
                name == 0 || next > *at + 1 || matches!(text.get(next + name), Some(b'=' | b':'))
            }
            b'&' if quote::starts_with(&text[*at..], b"&amp;") => {
                let ends = !self.goes_on(*at + 4);
                *at += if ends { 0 } else { 4 };
                ends
            }
            b'&' => !self.goes_on(*at),
            _ => false,
        })
    }

    /// How long the name is that begins at a place.
    fn word(&self, at: usize) -> usize {
        self.text[at..].iter().take(64).take_while(|byte| is_word(**byte)).count()
    }

    /// The end of a value that has a line of its own. It may have signs in it that would end it elsewhere, unless
    /// another name follows them.
    pub(super) fn line_end(&self, from: usize) -> Result<usize, More> {
        let text = self.text;
        let is_shell = text[..from].ends_with(b"=");
        self.first(from, |at| match text[*at] {
            b'\r' | b'\n' | b'<' | 0 => true,
            // A phrase goes on, a comment or what else a line of a log says doesn't belong to it.
            b' ' | b'\t' => !self.is_phrase(*at),
            // The next line of a command has another option.
            b'\\' if is_continued(&text[*at + 1..]) => {
                let next = text[*at + 1..].trim_ascii_start();
                if next.starts_with(b"-") || *at == from {
                    return true;
                }
                *at += text[*at + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                false
            }
            b'\\' => matches!(text.get(*at + 1), Some(b'n' | b'r' | b'"' | b'u' | b'\\')),
            b'=' => {
                *at += soft_break(text, (from, *at));
                false
            }
            // `PASSWORD=x; export PASSWORD`
            b';' if is_shell && text.get(*at + 1) == Some(&b' ') => true,
            b';' | b',' | b'&' => {
                let next = blanks(text, *at + 1);
                let name = self.word(next);
                next + name >= text.len()
                    || (name > 0 && matches!(text[next + name], b'=' | b':'))
                    || name == 0 && ends_line(text, next)
            }
            b'"' => {
                matches!(text.get(*at + 1), Some(b',' | b'}' | b']' | b'\n' | b'\r'))
                    || text[*at + 1..].starts_with(b":\"")
                    || text[*at + 1..].starts_with(b": \"")
            }
            _ => false,
        })
    }

    /// Whether the rest of a line is words of one value: none of them has a value of its own.
    fn is_phrase(&self, from: usize) -> bool {
        let rest = &self.text[from..self.text.len().min(from + 200)];
        let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
        !line.trim_ascii().is_empty()
            && !line.iter().any(|byte| {
                matches!(byte, b'=' | b':' | b'#' | b'"' | b'\'' | b'<' | b'{' | b'(' | b'[' | b'\\' | b'/')
            })
            && line
                .trim_ascii()
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'!'))
    }

    /// The end of a header's value: of the line, or of what it is quoted in.
    pub(super) fn header_end(&self, from: usize) -> Result<usize, More> {
        let text = self.text;
        let (mut at, limit) = (from, self.limit(from));
        while at < limit {
            match text[at] {
                b'\r' | b'\n' | b'<' | b'`' | 0 => return Ok(at),
                b'\\' if matches!(text.get(at + 1), Some(b'n' | b'r' | b'"' | b'u' | b'\\')) => {
                    return Ok(at);
                }
                // `Digest username="…"` has quotes of its own, but behind the padding of base64 is the one that ends
                // it.
                b'"' if at > from && text[at - 1] == b'=' && self.begins_text(at + 1)? => {
                    let (_, after) =
                        quote::close(text, at + 1, Quote::Plain { mark: b'"', slashes: 0 }, self.whole)?;
                    at = after;
                    continue;
                }
                b'"' | b'\'' => return Ok(at),
                _ => at += 1,
            }
        }
        self.end_at(at)
    }

    /// Whether what follows a quote can be in it rather than behind it.
    fn begins_text(&self, at: usize) -> Result<bool, More> {
        self.within(at)?;
        let ends =
            |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b':' | b'}' | b']' | b')');
        Ok(self.text.get(at).is_some_and(|byte| !ends(byte)))
    }
}

/// How much of a line's end follows `=` at a place in a mail whose lines are broken so (quoted-printable, RFC 2045). The
/// sign in front of the value shows it: `token=3D…`.
fn soft_break(text: &[u8], (from, at): (usize, usize)) -> usize {
    if !starts_with(&text[from..], b"3D") {
        return 0;
    }
    [&b"\r\n"[..], b"\n"].iter().find(|end| text[at + 1..].starts_with(end)).map_or(0, |end| end.len())
}

/// Whether a line goes on in the next, behind a backslash.
fn is_continued(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let next = rest.strip_prefix(b"\n").map(<[u8]>::trim_ascii_start);
    next.is_some_and(|next| !next.is_empty())
}

/// Whether a line ends at a place, escaped or not.
pub(super) fn ends_line(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(b'\r' | b'\n') => true,
        Some(b'\\') => matches!(text.get(at + 1), Some(b'n' | b'r' | b'\\')),
        _ => false,
    }
}

/// Whether a backslash begins an escape that ends a value without quotes.
fn is_escaped_end(text: &[u8], at: usize) -> bool {
    matches!(text.get(at + 1), Some(b'n' | b'r' | b't' | b'"' | b'\'' | b'u' | b'\\'))
}

/// Passes over a mark that begins at `at`; answers whether there was one.
fn is_mark(text: &[u8], at: &mut usize) -> bool {
    match super::mark::end(&text[*at..]) {
        Some(length) => {
            *at += length - 1;
            true
        }
        None => false,
    }
}
