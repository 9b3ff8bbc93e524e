//! What is secret in a value, by the form that it has.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::compiled::NameRule;
use super::looks::{
    is_address, is_code, is_name, is_of_words, is_placeholder, is_prose, is_public, is_spliced,
    is_surely_code, is_title, letters, looks_random,
};
use super::mark;
use super::rules::{Form, Only};
use super::scan::Scan;
use super::slots::{Slot, Style};

/// Schemes of `Authorization` that are followed by one secret.
const SCHEMES: [&str; 12] = [
    "bearer",
    "basic",
    "token",
    "negotiate",
    "ntlm",
    "apikey",
    "jwt",
    "dpop",
    "ssws",
    "key",
    "api-key",
    "bot",
];

impl Scan<'_> {
    /// Notes what is secret in the value of a name. Answers where it ends, if something is.
    pub(super) fn value(&mut self, text: &[u8], mut slot: Slot, rule: NameRule) -> Option<usize> {
        slot.to += rest_of_char(text, slot.to);
        let mut value = &text[slot.from..slot.to];
        if slot.style != Style::Enclosed {
            value = readable(value, rule.kind == self.rules.fixed.password);
        }
        let trimmed = value.trim_ascii();
        if trimmed.is_empty()
            || mark::has_mark(trimmed) && rule.form != Form::Cookie && rule.form != Form::SetCookie
        {
            return None;
        }
        let from = slot.from + value.len() - value.trim_ascii_start().len();
        let to = from + trimmed.len();
        match rule.form {
            Form::Authorization => self.authorization(text, (from, to), slot.style, rule),
            Form::Cookie => self.cookies(text, (from, to), slot.style, rule),
            Form::SetCookie => self.set_cookies(text, (from, to), rule),
            Form::Saml => self.saml(text, (from, to), rule.kind),
            Form::Plain => self.whole(text, (from, to), slot.style, rule),
        }
    }

    fn whole(
        &mut self,
        text: &[u8],
        (from, to): (usize, usize),
        style: Style,
        rule: NameRule,
    ) -> Option<usize> {
        let value = &text[from..to];
        // What people choose themselves may look like anything, and so may their names.
        let is_personal = self.rules.personal && rule.only == Only::Element;
        let is_chosen = rule.kind == self.rules.fixed.password || is_personal;
        if self.rules.is_ordinary(value) || is_placeholder(value) || is_address(value, is_chosen) {
            return None;
        }
        if rule.kind == self.rules.fixed.otp && !value.iter().any(u8::is_ascii_digit) {
            return None;
        }
        // `";Password=" + password + ";"`
        let is_between = value.len() > 1 && value.starts_with(b"+") && value.ends_with(b"+");
        // `self.db_password = db_password`
        let names_itself = || style != Style::Enclosed && is_name(value) && self.rules.named(value).is_some();
        if is_between || !is_chosen && value.len() < 3 && style == Style::Enclosed || names_itself() {
            return None;
        }
        if is_public(value) || rule.hint && is_of_words(value) {
            return None;
        }
        if !is_chosen && (is_title(&letters(value)) || is_spliced(value)) {
            return None;
        }
        match style {
            Style::Enclosed if self.is_told(&letters(value), is_chosen) => return None,
            Style::Bare | Style::Query if value.len() < 3 => return None,
            Style::Code
                if !(looks_random(value) || value.len() >= 6 && value.iter().any(u8::is_ascii_digit))
                    || is_code(value) =>
            {
                return None;
            }
            Style::Bare if is_surely_code(value, is_chosen) => return None,
            Style::Number(_) if rule.hint || value.len() < 3 => return None,
            _ => {}
        }
        if rule.hint && !looks_random(value) {
            return None;
        }
        if let Style::Number(quote) = style {
            let (mark, secret) = self.mark_of(value, rule.kind);
            let quote = quote.spelled();
            return Some(self.replace((from, to), [&quote[..], &mark, &quote].concat(), vec![secret]));
        }
        // A key in PEM keeps its lines around it, a token its header.
        if let Some(end) = self.structured(text, (from, to)) {
            return Some(end);
        }
        Some(self.found(text, (from, to), rule.kind))
    }

    /// Whether a value is what a form or a message says. What may be a phrase that somebody chose has to have a word in
    /// it that nobody would have chosen, or the end of a sentence.
    fn is_told(&self, value: &[u8], is_chosen: bool) -> bool {
        let ends = value.last().is_some_and(|byte| matches!(byte, b'.' | b'?' | b'!' | b':'));
        is_prose(value) && (!is_chosen || ends || self.rules.has_ordinary_word(value))
    }

    /// What keeps some of its own form.
    fn structured(&mut self, text: &[u8], (from, to): (usize, usize)) -> Option<usize> {
        let value = &text[from..to];
        if value.starts_with(b"eyJ")
            && let Some((with, secret)) = self.token(value)
        {
            return Some(self.replace((from, to), with, vec![secret]));
        }
        if value.starts_with(b"-----BEGIN") {
            return self.pem(value).map(|(with, secret)| self.replace((from, to), with, vec![secret]));
        }
        None
    }

    /// `Bearer …`, `Basic …`, `Digest …=…, …=…`.
    fn authorization(
        &mut self,
        text: &[u8],
        (from, mut to): (usize, usize),
        style: Style,
        rule: NameRule,
    ) -> Option<usize> {
        let value = &text[from..to];
        let word = value
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            .count();
        let blank = if value[word..].starts_with(b"%20") {
            3
        } else {
            usize::from(matches!(value.get(word), Some(b' ' | b'+')))
        };
        let (mut secret, mut known) = (from, false);
        if word > 0 && blank > 0 && word + blank < value.len() {
            secret = from + word + blank;
            while text[secret] == b' ' {
                secret += 1;
            }
            let scheme = String::from_utf8_lossy(&value[..word]).to_ascii_lowercase();
            known = SCHEMES.contains(&scheme.as_str());
        }
        // A scheme that isn't known may be followed by several words.
        if style != Style::Enclosed && (known || secret == from) {
            let ends =
                |byte: &u8| matches!(byte, b' ' | b',' | b';' | b'}' | b']' | b')' | b'\t' | b'|' | b'&');
            to = text[secret..to].iter().position(ends).map_or(to, |length| secret + length);
        }
        if let Some(end) = self.parameters(text, (secret, to), rule) {
            return Some(end);
        }
        let value = &text[secret..to];
        if value.is_empty()
            || self.rules.is_ordinary(value)
            || is_placeholder(value)
            || style == Style::Code && is_code(value)
            || style != Style::Enclosed && value.len() < 6
            || !known && is_prose(&text[from..to]) && !value.iter().any(u8::is_ascii_digit)
        {
            return None;
        }
        self.structured(text, (secret, to)).or_else(|| Some(self.found(text, (secret, to), rule.kind)))
    }

    /// `username="…", response="…"`, `sr=…&sig=…`: what proves who it is goes, the rest stays.
    fn parameters(&mut self, text: &[u8], (from, to): (usize, usize), rule: NameRule) -> Option<usize> {
        let mut found = None;
        let mut at = from;
        while at < to {
            let end = memchr::memchr2(b',', b'&', &text[at..to]).map_or(to, |length| at + length);
            let pair = &text[at..end];
            let begins = at + pair.len() - pair.trim_ascii_start().len();
            if let Some(equals) = memchr::memchr(b'=', &text[begins..end]) {
                let name = text[begins..begins + equals].to_ascii_lowercase();
                let quotes = |byte: &u8| matches!(byte, b'"' | b'\\');
                let value = begins + equals + 1;
                let value = value + text[value..end].iter().take_while(|byte| quotes(byte)).count();
                let tail = text[value..end]
                    .iter()
                    .rev()
                    .take_while(|byte| quotes(byte) || byte.is_ascii_whitespace())
                    .count();
                let mut stop = (end - tail).max(value);
                if name == b"credential" {
                    stop = memchr::memchr(b'/', &text[value..stop]).map_or(stop, |length| value + length);
                }
                let tells = [
                    &b"response"[..],
                    b"cnonce",
                    b"nonce",
                    b"opaque",
                    b"signature",
                    b"sig",
                    b"credential",
                    b"oauth_token",
                    b"mac",
                ];
                if tells.contains(&&name[..]) && stop > value && !mark::has_mark(&text[value..stop]) {
                    self.found(text, (value, stop), rule.kind);
                    found = Some(to);
                }
            }
            at = end + 1;
        }
        found
    }

    /// `name=value; name=value`.
    pub(super) fn cookies(
        &mut self,
        text: &[u8],
        (from, to): (usize, usize),
        style: Style,
        rule: NameRule,
    ) -> Option<usize> {
        let mut found = None;
        let mut at = from;
        while at < to {
            let end = memchr::memchr(b';', &text[at..to]).map_or(to, |length| at + length);
            let pair = &text[at..end];
            // A header that isn't in quotes may be followed by something else.
            let starts = at + pair.len() - pair.trim_ascii_start().len();
            let Some(equals) = memchr::memchr(b'=', &text[starts..end]) else {
                let value = &text[starts..end];
                if starts == from + (pair.len() - pair.trim_ascii_start().len()) && looks_random(value) {
                    found = Some(self.found(text, (starts, end), rule.kind));
                }
                at = end + 1;
                continue;
            };
            let value = starts + equals + 1;
            let ends = |byte: &u8| match style {
                Style::Enclosed => false,
                Style::Code => matches!(byte, b' ' | b',' | b'}' | b']'),
                _ => matches!(byte, b' ' | b',' | b'}'),
            };
            let length = mark::end(&text[value..end])
                .unwrap_or_else(|| text[value..end].iter().position(ends).unwrap_or(end - value));
            if self.cookie(text, (value, value + length), rule) {
                found = Some(value + length);
            }
            at = end + 1;
        }
        found
    }

    /// `name=value; Path=/; HttpOnly`, and more of them in further lines.
    fn set_cookies(&mut self, text: &[u8], (from, to): (usize, usize), rule: NameRule) -> Option<usize> {
        let mut found = None;
        let mut at = from;
        while at < to {
            let line = &text[at..to];
            let breaks = [&b"\n"[..], br"\n", b"%0A"];
            let next = memchr::memchr3_iter(b'\n', b'\\', b'%', line).find_map(|at| {
                let end = breaks.iter().find(|end| line[at..].starts_with(end))?;
                Some((at, end.len()))
            });
            let end = next.map_or(to, |(length, _)| at + length);
            let pair_end = memchr::memchr(b';', &text[at..end]).map_or(end, |length| at + length);
            let pair = text[at..pair_end].trim_ascii();
            let starts = at + text[at..pair_end].len() - text[at..pair_end].trim_ascii_start().len();
            let value = memchr::memchr(b'=', pair).map_or(starts, |equals| starts + equals + 1);
            // `Set-Cookie: removed`
            let is_word = value == starts && self.rules.is_ordinary(pair);
            if !is_word && self.cookie(text, (value, starts + pair.len()), rule) {
                found = Some(end);
            }
            at = next.map_or(to, |(length, size)| at + length + size);
        }
        found
    }

    /// The value of a cookie, which may be in quotes. Answers whether it is replaced.
    pub(super) fn cookie(&mut self, text: &[u8], (from, to): (usize, usize), rule: NameRule) -> bool {
        let value = &text[from..to];
        if mark::has_mark(value) {
            return false;
        }
        let slashes = value.iter().take_while(|byte| **byte == b'\\').count();
        let quote = &value[..value.len().min(slashes + 1)];
        let (from, to) = if quote.ends_with(b"\"") && value.len() > 2 * quote.len() && value.ends_with(quote)
        {
            (from + quote.len(), to - quote.len())
        } else {
            (from, to)
        };
        let value = &text[from..to];
        if value.is_empty() || is_placeholder(value) || self.rules.is_allowed(value) {
            return false;
        }
        if self.structured(text, (from, to)).is_none() {
            self.found(text, (from, to), rule.kind);
        }
        true
    }
}

/// What there is of a value before something that isn't text, as in a program's memory or a database. Only what is
/// `chosen` by people is in any encoding but UTF-8.
fn readable(value: &[u8], chosen: bool) -> &[u8] {
    let is_control = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n');
    let value = &value[..value.iter().position(is_control).unwrap_or(value.len())];
    match value.utf8_chunks().next() {
        Some(chunk) if !chosen => &value[..chunk.valid().len()],
        _ => value,
    }
}

/// A value as it is meant, without escapes of JSON and URLs.
pub(super) fn plain(value: &[u8]) -> Cow<'_, [u8]> {
    let mut plain = Cow::Borrowed(value);
    for _ in 0..3 {
        if memchr::memchr2(b'\\', b'%', &plain).is_none() {
            break;
        }
        let next = unescape(&plain);
        if next == *plain {
            break;
        }
        plain = Cow::Owned(next);
    }
    plain
}

fn unescape(value: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let rest = &value[at..];
        let (byte, length) = match rest {
            [b'\\', b'n', ..] => (b'\n', 2),
            [b'\\', b'r', ..] => (b'\r', 2),
            [b'\\', b't', ..] => (b'\t', 2),
            [b'\\', escaped @ (b'"' | b'\\' | b'/' | b'\''), ..] => (*escaped, 2),
            [b'\\', b'u', b'0', b'0', high, low, ..] => match hex(*high, *low) {
                Some(byte) if byte < 0x80 => (byte, 6),
                _ => (b'\\', 1),
            },
            [b'%', high, low, ..] => hex(*high, *low).map_or((b'%', 1), |byte| (byte, 3)),
            [byte, ..] => (*byte, 1),
            [] => break,
        };
        plain.push(byte);
        at += length;
    }
    plain
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

/// Base64 in any of its alphabets.
pub(super) fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD]
        .iter()
        .find_map(|engine| engine.decode(text).ok())
}

/// How many bytes at a place belong to a character that begins before it: what is cut off there is no longer UTF-8.
pub(super) fn rest_of_char(text: &[u8], at: usize) -> usize {
    text[at..].iter().take(3).take_while(|byte| matches!(byte, 0x80..=0xbf)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_text_does() {
        for (value, chosen, read) in [
            (&b"abc\x01def"[..], true, &b"abc"[..]),
            (b"a\tb c", true, b"a\tb c"),
            (b"Schl\xfcssel", true, b"Schl\xfcssel"),
            (b"abc123\xff\xfe", false, b"abc123"),
            ("gr\u{fc}n".as_bytes(), false, "gr\u{fc}n".as_bytes()),
            (b"\xff", false, b""),
        ] {
            assert_eq!(readable(value, chosen), read, "{}", value.escape_ascii());
        }
    }
}
