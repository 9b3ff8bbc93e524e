//! Addresses with a password: `https://name:password@host`.

use super::looks::looks_random;
use super::mark;
use super::quote::starts_with;
use super::scan::{More, Scan};
use super::shapes::begins_here;

/// The longest name and password of an address, in bytes.
const LONGEST_USER: usize = 4 << 10;

impl Scan<'_> {
    /// `://name:password@host`.
    pub(super) fn url_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let at = at + usize::from(text[at].is_ascii_alphanumeric());
        const SLASHES: [(&[u8], &[u8], &[u8]); 4] = [
            (b"://", b":", b"@"),
            (br":\/\/", b":", b"@"),
            (b"%3A%2F%2F", b"%3A", b"%40"),
            (b"%253A%252F%252F", b"%253A", b"%2540"),
        ];
        let Some((slashes, colon, at_sign)) =
            SLASHES.iter().find(|(slashes, ..)| starts_with(&text[at..], slashes))
        else {
            return Ok(None);
        };
        let from = at + slashes.len();
        if from + LONGEST_USER > text.len() && !whole {
            return Err(More);
        }
        let rest = &text[from..text.len().min(from + LONGEST_USER)];
        let ends = |byte: &u8| {
            matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'\\' | b'`' | b'{')
                || byte.is_ascii_whitespace()
        };
        let host = rest.iter().position(ends).unwrap_or(rest.len());
        let rest = &rest[..self.with_signs(&text[..at], rest, host)];
        let Some(end) = find_last(rest, at_sign).filter(|end| !mark::has_mark(&rest[..*end])) else {
            return Ok(None);
        };
        let secret = match find(&rest[..end], colon) {
            Some(colon_at) => (from + colon_at + colon.len(), from + end),
            None if looks_random(&rest[..end]) && !rest[..end].contains(&b';') => (from, from + end),
            None => return Ok(None),
        };
        let value = &text[secret.0..secret.1];
        if value.is_empty()
            || mark::has_mark(value)
            || super::looks::is_placeholder(value)
            || self.rules.is_allowed(value)
        {
            return Ok(None);
        }
        Ok(Some(self.found(text, secret, self.rules.fixed.password)))
    }

    /// How much of an address may be the user, the password and the host: what people write for databases has signs in
    /// the password that would end the host.
    fn with_signs(&self, before: &[u8], rest: &[u8], host: usize) -> usize {
        const SCHEMES: [&[u8]; 9] = [
            b"postgres",
            b"postgresql",
            b"mysql",
            b"mariadb",
            b"mongodb",
            b"srv",
            b"redis",
            b"amqp",
            b"amqps",
        ];
        let has_port = |rest: &[u8]| {
            let colon = memchr::memchr(b':', rest).map_or(rest.len(), |at| at + 1);
            rest[colon..].iter().all(u8::is_ascii_digit)
        };
        let is_database = SCHEMES.iter().any(|scheme| {
            let from = before.len().checked_sub(scheme.len());
            from.is_some_and(|from| before[from..].eq_ignore_ascii_case(scheme) && begins_here(before, from))
        });
        if !is_database || has_port(&rest[..host]) || memchr::memchr(b'@', &rest[..host]).is_some() {
            return host;
        }
        let ends = |byte: &u8| matches!(byte, b'"' | b'`' | b'\\') || byte.is_ascii_whitespace();
        let end = rest.iter().take(200).position(ends).unwrap_or(rest.len().min(200));
        let Some(at) = memchr::memrchr(b'@', &rest[..end.max(host)]) else { return host };
        at + 1
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    (0..text.len()).find(|at| starts_with(&text[*at..], what))
}

fn find_last(text: &[u8], what: &[u8]) -> Option<usize> {
    (0..text.len()).rev().find(|at| starts_with(&text[*at..], what))
}
