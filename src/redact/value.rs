//! What is secret in a value, by its form; and what isn't a secret, whatever its name says.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::compiled::NameRule;
use super::mark;
use super::rules::Form;
use super::scan::Scan;
use super::slots::{Slot, Style};

/// The longest value that may look random, in bytes.
pub(super) const LONGEST_RANDOM: usize = 4 << 10;

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
    pub(super) fn value(&mut self, text: &[u8], slot: Slot, rule: NameRule) -> Option<usize> {
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
        // What people choose themselves may look like anything.
        let is_chosen = rule.kind == self.rules.fixed.password;
        if self.rules.is_ordinary(value) || is_placeholder(value) || is_address(value, is_chosen) {
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
            Style::Bare if is_surely_code(value) => return None,
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
            let ends = |byte: &u8| style != Style::Enclosed && matches!(byte, b' ' | b',' | b'}');
            let length = text[value..end].iter().position(ends).unwrap_or(end - value);
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
            if self.cookie(text, (value, starts + pair.len()), rule) {
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

/// Whether a value stands for one: `${TOKEN}`, `<password>`, `****`, `%s`.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    const AROUND: [(&[u8], &[u8]); 6] =
        [(b"{{", b"}}"), (b"$(", b")"), (b"%(", b"s"), (b"<%", b"%>"), (b"@{", b"}"), (b"***", b"")];
    let all = |of: &[u8]| value.iter().all(|byte| of.contains(byte));
    let is_word = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' ' | b'.');
    let is_variable = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    match value {
        [b'<', name @ .., b'>'] | [b'[', name @ .., b']'] | [b'{', name @ .., b'}']
            if name.iter().all(is_word) =>
        {
            return true;
        }
        [b'$', first, rest @ ..] if first.is_ascii_uppercase() && rest.iter().all(is_variable) => {
            return true;
        }
        [b'$', name @ ..] if [&b"password"[..], b"token", b"secret", b"key", b"pass"].contains(&name) => {
            return true;
        }
        // Its other brace may have ended it.
        [b'$', b'{', name @ ..]
            if name.iter().all(|byte| is_word(byte) || is_variable(byte) || *byte == b'}') =>
        {
            return true;
        }
        b"%s" | b"%d" | b"%v" | b"%@" | b"?" => return true,
        _ => {}
    }
    [&b"*"[..], b"xX", b".", b"-", b"_", b"#", b"?"].iter().any(|of| all(of))
        || AROUND.iter().any(|(begins, ends)| value.starts_with(begins) && value.ends_with(ends))
        || "•".repeat(value.len() / 3).as_bytes() == value
}

/// Whether a value is an address, or the path of a file where it isn't `chosen` by somebody: what is secret in it is
/// found by itself.
fn is_address(value: &[u8], chosen: bool) -> bool {
    let value = plain(&value[..value.len().min(64)]);
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.');
    let scheme = value.iter().take(24).take_while(is_part).count();
    let is_path = value.starts_with(b"/") && !value[1..].contains(&b'+') && value[1..].contains(&b'/');
    scheme > 1 && value[scheme..].starts_with(b"://") || !chosen && is_path && !looks_random(&value)
}

/// A value with a letter for each one that is escaped: `Schl\u00fcssel`.
fn letters(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(value, br"\u").is_none() {
        return Cow::Borrowed(value);
    }
    let mut letters = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let slashes = value[at..].iter().take_while(|byte| **byte == b'\\').count();
        let code = value.get(at + slashes + 1..at + slashes + 5);
        let escaped = slashes > 0 && value.get(at + slashes) == Some(&b'u');
        match code
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u16::from_str_radix(code, 16).ok())
        {
            Some(0x80..) if escaped => {
                letters.push(0xff);
                at += slashes + 5;
            }
            _ => {
                let length = slashes.max(1);
                letters.extend_from_slice(&value[at..at + length]);
                at += length;
            }
        }
    }
    Cow::Owned(letters)
}

/// Whether a value is a sentence: the words of a form, or of a message.
fn is_prose(value: &[u8]) -> bool {
    let words: Vec<&[u8]> = value.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).collect();
    let is_word = |word: &&[u8]| {
        word.iter().all(|byte| {
            byte.is_ascii_alphabetic()
                || matches!(byte, b'.' | b',' | b'!' | b'?' | b'\'' | b':' | b'(' | b')')
                || *byte >= 0x80
        }) || word.len() <= 2
    };
    words.len() >= 2
        && (value[0].is_ascii_uppercase()
            || value[0] >= 0x80
            || matches!(value[value.len() - 1], b'.' | b'?' | b'!' | b':'))
        && words.iter().all(is_word)
}

/// Whether a value is a word as it stands on a form: `Token`, `API-Schlüssel`.
fn is_title(value: &[u8]) -> bool {
    value.len() <= 24
        && value[0].is_ascii_uppercase()
        && value.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-' || *byte >= 0x80)
        && value.iter().any(u8::is_ascii_lowercase)
        && value.split(|byte| *byte == b'-').all(|part| {
            part.len() <= 4 && part.iter().all(u8::is_ascii_uppercase)
                || part.iter().skip(1).all(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
        })
}

/// Whether a value is what a program puts between two texts: `" data-sid=\"' + id + '\""`.
fn is_spliced(value: &[u8]) -> bool {
    [&b"')"[..], b"'+", b"' +", b"\")", b"\"+", b"\" +"].iter().any(|begins| value.starts_with(begins))
}

/// Whether a value is an expression of a program rather than a text.
pub(super) fn is_code(value: &[u8]) -> bool {
    let chained = |separator: u8| {
        let mut parts = value.split(|byte| *byte == separator);
        value.len() <= 60
            && value.contains(&separator)
            && parts.all(|part| {
                part.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'))
                    && part.iter().all(|byte| {
                        byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'(' | b'[' | b'0'..=b'9')
                    })
                    && part.iter().filter(|byte| byte.is_ascii_digit()).count() <= 1
            })
    };
    chained(b'.')
        || value.contains(&b'(')
        || value.contains(&b'{') && value.contains(&b':')
        || value.starts_with(b"!") && value.len() <= 3
        || [&b"function"[..], b"void", b"this", b"new", b"await", b"typeof"].contains(&value)
}

/// Whether a value is an expression even where a password may have dots in it: it calls something, or begins with a name
/// as programs have them.
fn is_surely_code(value: &[u8]) -> bool {
    const BEGIN: [&[u8]; 12] = [
        b"this", b"self", b"process", b"props", b"state", b"config", b"options", b"event", b"user", b"data",
        b"req", b"window",
    ];
    let first = value.split(|byte| *byte == b'.').next().unwrap_or_default();
    is_code(value) && (value.contains(&b'(') || first.len() <= 1 || BEGIN.contains(&first))
}

/// Whether a value looks as if a machine had drawn it by lot.
pub(super) fn looks_random(value: &[u8]) -> bool {
    if value.len() < 16 || value.len() > LONGEST_RANDOM || value.contains(&b' ') || mark::has_mark(value) {
        return false;
    }
    let mut counts = [0u16; 256];
    let (mut digits, mut uppers, mut lowers, mut others) = (0usize, 0usize, 0usize, 0usize);
    for byte in value {
        counts[usize::from(*byte)] += 1;
        match byte {
            b'0'..=b'9' => digits += 1,
            b'A'..=b'Z' => uppers += 1,
            b'a'..=b'z' => lowers += 1,
            _ => others += 1,
        }
    }
    let is_uuid = value.len() == 36 && [8, 13, 18, 23].iter().all(|at| value[*at] == b'-');
    if is_uuid || others * 4 > value.len() || digits == 0 || digits == value.len() || uppers + lowers < 3 {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand bytes at the most")]
    let entropy: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / value.len() as f64;
            -share * share.log2()
        })
        .sum();
    entropy > if value.len() < 24 { 3.0 } else { 3.3 }
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
