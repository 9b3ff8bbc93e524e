//! Secrets by their shape, whatever stands beside them: tokens of well-known kinds, keys in PEM, numbers of cards and
//! accounts.

mod form;

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::mark;
use super::payload::Inside;
use super::quote::{slashes_before, starts_with};
use super::scan::{More, Reach, Scan, Secret};
use super::value::from_base64;

/// The longest key in PEM that is looked at, in bytes.
const LONGEST_KEY: usize = 64 << 10;

/// The longest name that a key in PEM has for its kind, in bytes.
const LONGEST_LABEL: usize = 60;

/// Claims of a token that stay.
const CLAIMS: [&str; 4] = ["iss", "iat", "nbf", "exp"];

impl Scan<'_> {
    /// One of the rules' shapes.
    pub(super) fn shape_at(
        &mut self,
        number: u16,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        let shape = &self.rules.shapes[usize::from(number)];
        let Some(from) = at.checked_sub(shape.offset) else { return Ok(None) };
        if !text[from..].starts_with(&shape.begins) || !begins_here(text, from) {
            return Ok(None);
        }
        let begins = from + shape.begins.len();
        let length = text[begins..]
            .iter()
            .take(shape.most + 1)
            .take_while(|byte| shape.chars[usize::from(**byte)])
            .count();
        if begins + length == text.len() && !whole {
            return Err(More);
        }
        let Some(length) = form::length(&shape.begins, &text[begins..begins + length], shape.least) else {
            return Ok(None);
        };
        let ends = !text.get(begins + length).is_some_and(u8::is_ascii_alphanumeric);
        let ends = ends && mark::end(&text[begins + length..]).is_none();
        if length > shape.most || !ends || self.rules.is_allowed(&text[from..begins + length]) {
            return Ok(None);
        }
        // A host and a path stay: they tell what the secret is for.
        let from = if shape.begins.ends_with(b"/") { begins } else { from };
        let kind = shape.kind;
        Ok(Some(self.found(text, (from, begins + length), kind)))
    }

    /// `eyJ…`: a JSON Web Token, or JSON in base64.
    pub(super) fn token_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        if !text[at..].starts_with(b"eyJ") || !begins_here(text, at) {
            return Ok(None);
        }
        let url_safe = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let mut length = text[at..].iter().take(self.patience()).take_while(|byte| url_safe(byte)).count();
        if at + length == text.len() && !whole {
            return Err(More);
        }
        let mut dots = memchr::memchr_iter(b'.', &text[at..at + length]).count();
        while dots > 2 && text[at + length - 1] == b'.' {
            (length, dots) = (length - 1, dots - 1);
        }
        if mark::end(&text[at + length..]).is_some() {
            // It was redacted before.
            return Ok(Some(at + length));
        }
        if let Some((with, secret)) = self.token(&text[at..at + length]) {
            return Ok(Some(self.replace((at, at + length), with, vec![secret])));
        }
        self.spend(length);
        self.encoded(text, at, Inside::Text, whole)
    }

    /// What stays of a token: its header, its times and its issuer.
    pub(super) fn token(&mut self, token: &[u8]) -> Option<(Vec<u8>, Secret)> {
        let parts: Vec<&[u8]> = token.split(|byte| *byte == b'.').collect();
        if !matches!(parts.len(), 3 | 5) || self.rules.is_allowed(token) {
            return None;
        }
        let header: Map<String, Value> = serde_json::from_slice(&from_base64(parts[0])?).ok()?;
        if !(header.contains_key("alg") || header.contains_key("typ") || header.contains_key("enc")) {
            return None;
        }
        let mut with = parts[0].to_vec();
        with.push(b'.');
        if parts.len() == 3 {
            let claims = from_base64(parts[1])
                .and_then(|claims| serde_json::from_slice::<Map<String, Value>>(&claims).ok());
            let claims = claims.unwrap_or_default();
            let kept: Map<String, Value> = CLAIMS
                .iter()
                .filter_map(|name| Some(((*name).to_owned(), claims.get(*name)?.clone())))
                .collect();
            with.extend(URL_SAFE_NO_PAD.encode(Value::from(kept).to_string()).into_bytes());
            with.push(b'.');
        }
        let (mark, secret) = self.mark_of(token, self.rules.fixed.jwt);
        with.extend(mark);
        Some((with, secret))
    }

    /// `-----BEGIN … PRIVATE KEY-----`.
    pub(super) fn pem_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let Some(from) = at.checked_sub(3).filter(|from| text[*from..].starts_with(b"-----BEGIN ")) else {
            return Ok(None);
        };
        let rest = &text[from..text.len().min(from + LONGEST_KEY)];
        if rest.len() < 80 && !whole {
            return Err(More);
        }
        let Some(label) = memchr::memmem::find(&rest[11..], b"-----").map(|length| &rest[11..11 + length])
        else {
            return Ok(None);
        };
        if label.len() > LONGEST_LABEL || memchr::memmem::find(label, b"PRIVATE KEY").is_none() {
            return Ok(None);
        }
        let body = 11 + label.len() + 5;
        // The end of another one, elsewhere in a file, isn't this one's.
        let end = memchr::memmem::find(&rest[body..], b"-----END ")
            .map(|length| body + length)
            .filter(|end| is_one_key(&rest[body..*end]));
        let end = match end {
            Some(end) => {
                let label = &rest[end + 9..rest.len().min(end + 9 + LONGEST_LABEL + 5)];
                match memchr::memmem::find(label, b"-----") {
                    Some(length) => end + 9 + length + 5,
                    None if whole || label.len() == LONGEST_LABEL + 5 || rest.len() == LONGEST_KEY => {
                        body + cut_off_key(&rest[body..])
                    }
                    None => return Err(More),
                }
            }
            None if whole || rest.len() == LONGEST_KEY => body + cut_off_key(&rest[body..]),
            None => return Err(More),
        };
        let Some((with, secret)) = self.pem(&text[from..from + end]) else { return Ok(None) };
        Ok(Some(self.replace((from, from + end), with, vec![secret])))
    }

    /// What stays of a key in PEM: its first and last line.
    pub(super) fn pem(&mut self, value: &[u8]) -> Option<(Vec<u8>, Secret)> {
        let head = memchr::memmem::find(value.get(11..)?, b"-----")? + 11 + 5;
        let tail =
            memchr::memmem::rfind(value, b"-----END ").filter(|tail| *tail >= head).unwrap_or(value.len());
        let body = &value[head..tail];
        if mark::has_mark(body) || body.trim_ascii().is_empty() {
            return None;
        }
        let (mark, secret) = self.mark_of(body, self.rules.fixed.private_key);
        Some(([&value[..head], &mark, &value[tail..]].concat(), secret))
    }

    /// `Bearer …` without a name before it.
    pub(super) fn bearer_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let Some((from, to)) = after_scheme(text, at, b"bearer", self.reach(whole))? else { return Ok(None) };
        let value = &text[from..to];
        if value.len() < 12 || !value.iter().any(u8::is_ascii_digit) || self.rules.is_allowed(value) {
            self.spend(value.len());
            return Ok(None);
        }
        if let Some((with, secret)) = self.token(value) {
            return Ok(Some(self.replace((from, to), with, vec![secret])));
        }
        Ok(Some(self.found(text, (from, to), self.rules.fixed.token)))
    }

    /// `Basic …` without a name before it.
    pub(super) fn basic_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let Some((from, to)) = after_scheme(text, at, b"basic", self.reach(whole))? else { return Ok(None) };
        let pair = from_base64(&super::value::plain(&text[from..to]));
        let is_pair = pair.is_some_and(|pair| {
            // What was redacted before is in base64 again.
            let is_new = pair.contains(&b':') && !mark::has_mark(&pair);
            is_new && std::str::from_utf8(&pair).is_ok_and(|text| !text.contains(char::is_control))
        });
        if !is_pair || to - from < 6 {
            self.spend(to - from);
            return Ok(None);
        }
        Ok(Some(self.found(text, (from, to), self.rules.fixed.basic)))
    }

    /// `123456789:AA…`.
    pub(super) fn bot_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let at = at + 1;
        let digits = text[..at].iter().rev().take(12).take_while(|byte| byte.is_ascii_digit()).count();
        if !(8..=10).contains(&digits) || text.get(at + 1) != Some(&b'A') {
            return Ok(None);
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let length = text[at + 1..].iter().take(40).take_while(|byte| is_part(byte)).count();
        if at + 1 + length == text.len() && !whole {
            return Err(More);
        }
        if length != 35 {
            return Ok(None);
        }
        Ok(Some(self.found(text, (at - digits, at + 1 + length), self.rules.fixed.token)))
    }

    /// A shape with so many bytes before what it is known by, and behind it. That may have a dot ahead of the place.
    pub(super) fn around_at(
        &mut self,
        text: &[u8],
        at: usize,
        whole: bool,
        shapes: &[(usize, &[u8], RangeInclusive<usize>)],
    ) -> Result<Option<usize>, More> {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        for (ahead, known, length) in shapes {
            let Some(from) = at.checked_sub(*ahead).filter(|from| begins_here(text, *from)) else { continue };
            if !text[at..].starts_with(known) || !text[from..at].iter().all(is_part) {
                continue;
            }
            let begins = at + known.len();
            let count = text[begins..].iter().take(length.end() + 1).take_while(|byte| is_part(byte)).count();
            if begins + count == text.len() && !whole {
                return Err(More);
            }
            let redacted = mark::end(&text[begins + count..]).is_some();
            if length.contains(&count) && !redacted {
                return Ok(Some(self.found(text, (from, begins + count), self.rules.fixed.token)));
            }
        }
        Ok(None)
    }

    /// The token of a chat's bot: its number in base64, a time and a digest, with dots between them.
    pub(super) fn snowflake_at(
        &mut self,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        if !begins_here(text, at) {
            return Ok(None);
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let length = text[at..].iter().take(120).take_while(|byte| is_part(byte)).count();
        if at + length == text.len() && !whole {
            return Err(More);
        }
        let parts: Vec<&[u8]> = text[at..at + length].split(|byte| *byte == b'.').collect();
        let [number, time, digest] = parts[..] else { return Ok(None) };
        let is_number = from_base64(number)
            .is_some_and(|number| number.len() >= 17 && number.iter().all(u8::is_ascii_digit));
        if !is_number || time.len() != 6 || !(27..=45).contains(&digest.len()) {
            return Ok(None);
        }
        Ok(Some(self.found(text, (at, at + length), self.rules.fixed.token)))
    }

    /// Numbers of cards and accounts around digits in a row. Answers where the digits end.
    pub(super) fn digits_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<usize, More> {
        let belongs = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-');
        let from = at
            - text[..at]
                .iter()
                .rev()
                .take(24)
                .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'))
                .count();
        let to = at
            + text[at..]
                .iter()
                .take(48)
                .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'))
                .count();
        let reach = to + text[to..].iter().take(48).take_while(|byte| belongs(**byte)).count();
        if reach == text.len() && !whole {
            return Err(More);
        }
        let mut begins = from;
        while begins < to {
            if text[begins].is_ascii_digit()
                && number_begins(text, begins)
                && let Some(end) = card(text, begins)
            {
                let value = &text[begins..end];
                if !self.rules.is_allowed(value) {
                    self.found(text, (begins, end), self.rules.fixed.card);
                }
                return Ok(end.max(to));
            }
            begins += 1;
        }
        let start = from.saturating_sub(24);
        let candidates = (start..to).filter(|at| text[*at].is_ascii_uppercase() && begins_here(text, *at));
        for begins in candidates {
            if let Some(end) = iban(text, begins) {
                if !self.rules.is_allowed(&text[begins..end]) {
                    self.found(text, (begins, end), self.rules.fixed.iban);
                }
                return Ok(end.max(to));
            }
        }
        Ok(to.max(at + 1))
    }
}

/// Whether a word can begin at `at`: nothing stands before it that belongs to it.
pub(super) fn begins_here(text: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| text[at]) else { return true };
    if before == b']' && mark::ends(&text[..at]) {
        // It went on from what stood there.
        return false;
    }
    if !before.is_ascii_alphanumeric() && !matches!(before, b'_' | b'-') {
        return true;
    }
    // Behind something escaped.
    let ends = |length: usize, begins: &[u8]| {
        at.checked_sub(length).is_some_and(|from| text[from..at].starts_with(begins))
    };
    ends(2, b"\\n")
        || ends(2, b"\\r")
        || ends(2, b"\\t")
        || ends(6, b"\\u00")
        || ends(3, b"%") && text[at - 2..at].iter().all(u8::is_ascii_hexdigit)
}

fn number_begins(text: &[u8], at: usize) -> bool {
    begins_here(text, at)
        && !(at > 0 && matches!(text[at - 1], b'.' | b'+' | b'-'))
        && !(at > 1 && matches!(text[at - 1], b' ' | b'-') && text[at - 2].is_ascii_digit())
}

/// Where the card's number ends that begins at `from`: digits in groups or not, a length and a beginning that are in
/// use, and the right check digit.
fn card(text: &[u8], from: usize) -> Option<usize> {
    let (mut all, mut count) = ([0u8; 20], 0);
    let mut end = from;
    let separator = text[from..]
        .iter()
        .take(7)
        .find(|byte| !byte.is_ascii_digit())
        .copied()
        .filter(|byte| matches!(byte, b' ' | b'-'));
    let mut at = from;
    while let Some(byte) = text.get(at) {
        if byte.is_ascii_digit() {
            all[count] = byte - b'0';
            count += 1;
            end = at + 1;
        } else if Some(*byte) != separator || end != at {
            break;
        }
        at += 1;
        if count > 19 {
            return None;
        }
    }
    let digits = &all[..count];
    if count < 14 {
        return None;
    }
    if mark::end(&text[end..]).is_some() {
        return None;
    }
    let follows = text.get(end);
    if follows.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        || follows == Some(&b'.') && text.get(end + 1).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    let begins = digits.iter().take(4).fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    let length = match begins {
        3400..=3499 | 3700..=3799 => 15..=15,
        4000..=4999 => 16..=19,
        5100..=5599 | 2221..=2720 => 16..=16,
        6011 | 6440..=6599 => 16..=19,
        3528..=3589 => 16..=19,
        3000..=3059 | 3095 | 3600..=3699 | 3800..=3999 => 14..=19,
        6200..=6299 => 16..=19,
        5000..=5099 | 5600..=5899 | 6304 | 6759 | 6761..=6763 => 16..=19,
        _ => return None,
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(*digit);
            if at % 2 == 0 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } }
        })
        .sum();
    let same = digits.iter().all(|digit| *digit == digits[0]);
    (length.contains(&digits.len()) && sum.is_multiple_of(10) && !same).then_some(end)
}

/// Where the account number (IBAN) ends that begins at `from`, with the right check digits.
fn iban(text: &[u8], from: usize) -> Option<usize> {
    let head = text.get(from..from + 4)?;
    if !(head[0].is_ascii_uppercase()
        && head[1].is_ascii_uppercase()
        && head[2].is_ascii_digit()
        && head[3].is_ascii_digit())
    {
        return None;
    }
    let length = length_of_iban(head)?;
    let (mut value, mut at) = (Vec::with_capacity(length), from);
    let grouped = text.get(from + 4) == Some(&b' ');
    while value.len() < length {
        let byte = *text.get(at)?;
        if byte == b' ' && grouped && value.len() % 4 == 0 {
            at += 1;
            continue;
        }
        if !byte.is_ascii_digit() && !byte.is_ascii_uppercase() {
            return None;
        }
        value.push(byte);
        at += 1;
    }
    let goes_on = text.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    if goes_on || mark::end(&text[at..]).is_some() {
        return None;
    }
    let rest = value[4..].iter().chain(&value[..4]).fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    (rest == 1).then_some(at)
}

/// How long the account numbers of a country are.
fn length_of_iban(country: &[u8]) -> Option<usize> {
    const LENGTHS: [(&str, usize); 24] = [
        ("NO", 15),
        ("BE", 16),
        ("DK FI FO GL NL SD", 18),
        ("MK SI", 19),
        ("AT BA EE KZ LT LU XK MN", 20),
        ("CH CR HR LI LV", 21),
        ("BG BH DE GB GE IE ME RS VA", 22),
        ("AE GI IL IQ TL SO OM", 23),
        ("AD CZ ES MD PK RO SA SE SK TN VG", 24),
        ("LY PT ST", 25),
        ("IS TR", 26),
        ("FR GR IT MC MR SM DJ BI", 27),
        ("AL AZ BY CY DO GT HU LB PL SV NI", 28),
        ("BR EG PS QA UA", 29),
        ("JO KW MU YE", 30),
        ("MT SC", 31),
        ("LC", 32),
        ("RU", 33),
        ("FK", 18),
        ("HN", 28),
        ("CV", 25),
        ("MZ", 25),
        ("DZ", 26),
        ("SN", 28),
    ];
    let country = std::str::from_utf8(&country[..2]).ok()?;
    LENGTHS
        .iter()
        .find(|(countries, _)| countries.split(' ').any(|name| name == country))
        .map(|(_, length)| *length)
}

/// The value behind `Bearer ` or the like, whose blank is at or near `at`.
fn after_scheme(
    text: &[u8],
    at: usize,
    scheme: &[u8],
    Reach { whole, patience, .. }: Reach,
) -> Result<Option<(usize, usize)>, More> {
    let Some(begins) = (at + 3).checked_sub(scheme.len()) else { return Ok(None) };
    if !starts_with(&text[begins..], scheme) || !begins_here(text, begins) {
        return Ok(None);
    }
    let mut from = at + 3;
    loop {
        match text.get(from) {
            Some(b' ' | b'+') => from += 1,
            Some(b'%') if text[from..].starts_with(b"%20") => from += 3,
            _ => break,
        }
    }
    let is_part = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'+' | b'/' | b'=' | b'-')
    };
    let mut length = text[from..].iter().take(patience).take_while(|byte| is_part(byte)).count();
    if from + length == text.len() && !whole {
        return Err(More);
    }
    let redacted = mark::end(&text[from + length..]).is_some();
    while length > 0 && text[from + length - 1] == b'.' {
        length -= 1;
    }
    // `error="…"` and `expires_in=3600` have a name of their own.
    let word =
        text[from..].iter().take(24).take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_').count();
    let named = word > 0 && text.get(from + word) == Some(&b'=') && text.get(from + word + 1) != Some(&b'=');
    Ok((length > 0 && !named && !redacted).then_some((from, from + length)))
}

/// Whether all of it can be the lines of one key: in quotes that are put together, if need be, but not beside other
/// members or elements.
fn is_one_key(body: &[u8]) -> bool {
    memchr::memchr3(b'{', b'}', b'<', body).is_none() && memchr::memmem::find(body, b"\":").is_none()
}

/// How much of a key there is whose end is missing: as far as it looks like base64.
fn cut_off_key(body: &[u8]) -> usize {
    let is_key = |byte: &&u8| {
        byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(byte, b'+' | b'/' | b'=' | b'\\' | b':' | b'-' | b',' | b'%')
    };
    let length = body.iter().take_while(is_key).count();
    // What quotes the quote behind it doesn't belong to it.
    length - slashes_before(body, length)
}
