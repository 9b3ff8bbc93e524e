//! Personal data, where it is asked for: e-mail addresses, telephone numbers, IP addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::compiled::Kind;
use super::mark;
use super::name::{self, spell};
use super::quote::{self, Quote};
use super::scan::{Find, Scan};
use super::shapes::begins_here;

/// What may stand between a name and its value in a URL: a colon, an equals sign, a quote, a blank.
const ESCAPED: [&[u8]; 8] = [b"%3A", b"%3a", b"%3D", b"%3d", b"%22", b"%20", b"&quot;", b"u0022"];

impl Scan<'_> {
    /// Personal data that begins in `text` from `from` to `to`.
    pub(super) fn personal(&mut self, text: &[u8], from: usize, to: usize) {
        let kinds = self.rules.fixed;
        let before = self.finds.len();
        for at in memchr::memchr2_iter(b'@', b'%', &text[from..to]) {
            if let Some(span) = email(text, from + at) {
                self.note(text, span, kinds.email, before);
            }
        }
        let mut at = from;
        while at < to {
            let byte = text[at];
            let end = if byte == b'+' && begins_here(text, at) {
                phone(text, at).inspect(|end| self.note(text, (at, *end), kinds.phone, before))
            } else if (byte.is_ascii_digit() || byte == b'(')
                && begins_here(text, at)
                && let Some((end, quote)) =
                    local_phone(text, at).map(|end| (end, None)).or_else(|| named_phone(text, at))
            {
                self.note_in(text, (at, end), kinds.phone, quote, before);
                Some(end)
            } else if (byte.is_ascii_hexdigit() || byte == b':') && begins_here(text, at) {
                address(text, at).inspect(|end| self.note(text, (at, *end), kinds.address, before))
            } else {
                None
            };
            at = end.unwrap_or(at + 1);
        }
        self.tidy();
    }

    /// Notes something that was met out of order, unless a part of it is in what `before` had.
    fn note(&mut self, text: &[u8], span: (usize, usize), kind: Kind, before: usize) {
        self.note_in(text, span, kind, None, before);
    }

    /// Notes it with quotes around its mark: a number in JSON has none, and a text does.
    fn note_in(
        &mut self,
        text: &[u8],
        (from, to): (usize, usize),
        kind: Kind,
        quote: Option<Quote>,
        before: usize,
    ) {
        let value = &text[from..to];
        let next = self.finds[..before].partition_point(|find| find.to <= from);
        let taken = self.finds[..before].get(next).is_some_and(|find| find.from < to);
        if taken || mark::has_mark(value) || self.rules.is_allowed(value) {
            return;
        }
        let (mark, secret) = self.mark_of(value, kind);
        let quote = quote.map(Quote::spelled).unwrap_or_default();
        let with = [&quote[..], &mark, &quote].concat();
        self.finds.push(Find { from, to, with, secrets: vec![secret] });
    }

    /// Puts what was found out of order into the order of the text, without what overlaps.
    fn tidy(&mut self) {
        self.finds.sort_by(|a, b| a.from.cmp(&b.from).then(b.to.cmp(&a.to)));
        let mut end = 0;
        self.finds.retain(|find| {
            let keeps = find.from >= end;
            if keeps {
                end = find.to;
            }
            keeps
        });
    }
}

/// The e-mail address around an at sign, which may be escaped as in a URL.
fn email(text: &[u8], at: usize) -> Option<(usize, usize)> {
    const AT_SIGNS: [&[u8]; 3] = [b"@", b"%40", b"%2540"];
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-') || *byte >= 0x80;
    let sign = AT_SIGNS.iter().find(|sign| text[at..].starts_with(sign))?;
    let begins = at + sign.len();
    let mut to = begins + text[begins..].iter().take(255).take_while(|byte| is_host(byte)).count();
    while to > begins && matches!(text[to - 1], b'.' | b'-') {
        to -= 1;
    }
    let host = &text[begins..to];
    let dot = memchr::memrchr(b'.', host)?;
    let top = &host[dot + 1..];
    let is_name =
        dot > 0 && top.len() >= 2 && top.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let from = is_name.then(|| local(text, at, sign.len() > 1))?;
    let from = if text.get(to) == Some(&b'\'') {
        // `b'sam@example.com'`
        memchr::memrchr(b'\'', &text[from..at]).map_or(from, |quote| from + quote + 1)
    } else {
        from
    };
    (from < at && !is_repository(text, (from, at), to)).then_some((from, to))
}

/// Where the name begins that stands before an at sign, `escaped` as in a URL or not.
fn local(text: &[u8], at: usize, escaped: bool) -> usize {
    const SIGNS: [&[u8]; 4] = [b"%2B", b"%2b", b"%27", b"%252B"];
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte) || byte >= 0x80;
    let sign_at = |at: usize| {
        SIGNS.iter().find(|sign| escaped && text[at..].starts_with(sign)).map_or(0, |sign| sign.len())
    };
    let is_letter = |at: usize| text[at].is_ascii_alphabetic() || text[at] >= 0x80;
    let mut from = at;
    while from > 0 && at - from < 64 {
        if is_local(text[from - 1]) {
            from -= 1;
        } else if text[from - 1] == b'\'' && from > 1 && from < at && is_letter(from - 2) && is_letter(from) {
            // `o'neil`, but not `'sam`
            from -= 1;
        } else if from < at && sign_at(from - 1) > 0 {
            from -= 1;
        } else {
            break;
        }
    }
    // `\nsam@…` and `%3Csam@…`
    if from > 0 && text[from - 1] == b'\\' && matches!(text[from], b'n' | b'r' | b't') {
        from += 1;
    }
    from += escaped_before(text, from, at);
    // `%27sam%40…`
    from + sign_at(from)
}

/// Whether what looks like an e-mail address is where a repository is: `git@github.com:acme/app.git`,
/// `ssh://git@github.com/`.
fn is_repository(text: &[u8], (from, at): (usize, usize), to: usize) -> bool {
    let is_path =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'~' | b'_' | b'.' | b'-');
    let is_before_path = text.get(to) == Some(&b':') && text.get(to + 1).is_some_and(is_path);
    text[from..at] == *b"git" && (is_before_path || text[..from].ends_with(b"ssh://"))
}

/// Where an international telephone number ends.
fn phone(text: &[u8], from: usize) -> Option<usize> {
    let (mut count, mut end, mut at) = (0, from, from + 1);
    // No country's code begins with zero, but hours beside Greenwich do.
    if matches!(text.get(at), Some(b'0')) {
        return None;
    }
    loop {
        let group = digits(text, at, 16);
        if group == 0 || count > 0 && !goes_on(text, at, group, count) {
            break;
        }
        (count, end) = (count + group, at + group);
        // What is written in one goes on nowhere, and numbers in North America have eleven digits.
        if group >= 10 || text[from + 1] == b'1' && count >= 11 {
            break;
        }
        let separates = |byte: &&u8| matches!(byte, b' ' | b'-' | b'(' | b')' | b'.' | b'/');
        at = end + text[end..].iter().take(2).take_while(separates).count();
        if at == end {
            break;
        }
    }
    ((8..=15).contains(&count) && !text.get(end).is_some_and(u8::is_ascii_alphanumeric)).then_some(end)
}

/// How many digits there are at a place, up to `most`.
fn digits(text: &[u8], at: usize, most: usize) -> usize {
    text[at..].iter().take(most).take_while(|byte| byte.is_ascii_digit()).count()
}

/// Whether digits in a group belong to a telephone number of which there are so many digits: a date, a time and an IP
/// address don't, nor do words that begin with digits or a count of something.
fn goes_on(text: &[u8], at: usize, group: usize, count: usize) -> bool {
    let rest = &text[at + group..];
    let is_date =
        group == 4 && matches!(rest, [b'-', b'0' | b'1', digit, b'-', ..] if digit.is_ascii_digit());
    if is_date || count + group > 15 || rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let is_number =
        matches!(rest, [b'.' | b':' | b',', digit, ..] if digit.is_ascii_digit()) && text[at - 1] == b' ';
    count < 8 || group > 1 && !is_number
}

/// Where a telephone number ends that names no country: `(415) 555-0100`, `415-555-0100`, `1-415-555-0100`,
/// `415.555.0100` in North America, `0171 1234567` of a mobile telephone in Germany.
fn local_phone(text: &[u8], from: usize) -> Option<usize> {
    if text[..from].last().is_some_and(|byte| b"./-+#$*_@".contains(byte)) {
        return None;
    }
    let end = american(text, from).or_else(|| german(text, from))?;
    let goes_on = match text.get(end) {
        Some(b'.' | b'-' | b'/' | b':') => text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        Some(byte) => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'%'),
        None => false,
    };
    (!goes_on).then_some(end)
}

/// Three digits, three and four, with a separator or a parenthesis that says what they are.
fn american(text: &[u8], from: usize) -> Option<usize> {
    let group = |at: usize, length: usize| (digits(text, at, length + 1) == length).then_some(at + length);
    let is_code = |at: usize| matches!(text.get(at), Some(b'2'..=b'9'));
    // Nobody has `555-123-4567`, but that is what people write for one.
    let is_exchange = |at: usize| matches!(text.get(at), Some(b'1'..=b'9'));
    if text[from] == b'(' {
        let closed = group(from + 1, 3).filter(|end| is_code(from + 1) && text.get(*end) == Some(&b')'))?;
        let next = closed + 1 + usize::from(text.get(closed + 1) == Some(&b' '));
        let dash = group(next, 3).filter(|_| is_exchange(next))?;
        return matches!(text.get(dash), Some(b'-' | b'.' | b' ')).then(|| group(dash + 1, 4)).flatten();
    }
    let from = from + if text[from..].starts_with(b"1-") { 2 } else { 0 };
    let first = group(from, 3).filter(|_| is_code(from))?;
    let separator = text.get(first).filter(|byte| matches!(byte, b'-' | b'.'))?;
    let second = group(first + 1, 3).filter(|_| is_exchange(first + 1))?;
    (text.get(second) == Some(separator)).then(|| group(second + 1, 4)).flatten()
}

/// `0151` to `0179` and seven or eight digits. Other beginnings are those of too much else.
fn german(text: &[u8], from: usize) -> Option<usize> {
    let code = digits(text, from, 6);
    let is_mobile =
        matches!(&text[from..from + code], [b'0', b'1', b'5' | b'6' | b'7', _] | [b'0', b'1', b'5', _, _]);
    let at = from + code + 1;
    if !is_mobile || !matches!(text.get(at - 1), Some(b' ' | b'-' | b'/')) {
        return None;
    }
    let number = digits(text, at, 9);
    let end = at + number;
    // One of several numbers in a row is something else. What was redacted before was one of them.
    let before = text[..from].strip_suffix(b" ");
    let is_behind =
        before.is_some_and(|text| text.last().is_some_and(u8::is_ascii_digit) || mark::ends(text));
    let behind = text[end..].strip_prefix(b" ");
    let is_before =
        behind.is_some_and(|text| text.first().is_some_and(u8::is_ascii_digit) || mark::end(text).is_some());
    ((7..=8).contains(&number) && !is_behind && !is_before).then_some(end)
}

/// The telephone number that stands beside a name which says so, in whatever form: `phone=5551234567`.
/// Answers its end, and the name's quotes where it has none of its own.
fn named_phone(text: &[u8], from: usize) -> Option<(usize, Option<Quote>)> {
    let (mut count, mut end) = (0, from);
    for (at, byte) in text[from..].iter().enumerate().take(24) {
        match byte {
            b'0'..=b'9' => (count, end) = (count + 1, from + at + 1),
            b' ' | b'-' | b'(' | b')' | b'.' | b'/' if end + 2 > from + at => {}
            _ => break,
        }
    }
    let goes_on =
        text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'));
    if !(7..=15).contains(&count) || goes_on {
        return None;
    }
    let (name_from, name_to) = name_before(text, from)?;
    let separates = |byte: &u8| matches!(byte, b':' | b'=' | b'>' | b'%');
    if !text[name_to..from].iter().any(separates) {
        return None;
    }
    // `phone number: …` is a name of two words.
    let quote = quote::at(text, name_to)
        .filter(|(_, after)| {
            !text[*after..from].iter().any(|byte| matches!(byte, b'"' | b'\'' | b'&' | b'%'))
        })
        .map(|(quote, _)| quote);
    let both = name_from.checked_sub(2).filter(|_| text[name_from - 1] == b' ');
    let name_from = both.map_or(name_from, |last| name::around(text, last).0);
    is_phone_name(&text[name_from..name_to]).then_some((end, quote))
}

/// Whether a name ends with the word for a telephone or its number.
fn is_phone_name(name: &[u8]) -> bool {
    const NAMES: [&[u8]; 9] = [
        b"phone",
        b"mobile",
        b"telephone",
        b"fax",
        b"cellphone",
        b"mobilephone",
        b"homephone",
        b"workphone",
        b"msisdn",
    ];
    let spelled = spell(name);
    let letters = spelled.letters();
    let letters = letters.strip_suffix(b"number").filter(|rest| !rest.is_empty()).unwrap_or(letters);
    spelled.words().filter(|from| *from < letters.len()).any(|from| NAMES.contains(&&letters[from..]))
}

/// Where an IP address ends. Those that name no machine of somebody's are none.
fn address(text: &[u8], from: usize) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
    let mut to = from + text[from..].iter().take(46).take_while(|byte| is_part(byte)).count();
    while to > from && matches!(text[to - 1], b'.' | b':') && !text[from..to].ends_with(b"::") {
        to -= 1;
    }
    if text.get(to).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        return None;
    }
    let all = std::str::from_utf8(&text[from..to]).ok()?;
    if all.bytes().filter(|byte| *byte == b':').count() >= 2 {
        let address: Ipv6Addr = all.parse().ok()?;
        return (!address.is_loopback() && !address.is_unspecified()).then_some(to);
    }
    let host = all.split(':').next()?;
    let address: Ipv4Addr = host.parse().ok()?;
    let is_somebodys = !address.is_loopback() && !address.is_unspecified() && !address.is_broadcast();
    let end = from + host.len();
    let is_alone = from.checked_sub(1).is_none_or(|at| text[at] != b'.');
    (is_somebodys && is_alone && !is_version(text, from, end, address)).then_some(end)
}

/// Whether four numbers are a version or the name of an object: `Chrome/131.0.0.0`, `version: 1.2.3.4`,
/// `urn:oid:2.5.4.42`.
fn is_version(text: &[u8], from: usize, end: usize, address: Ipv4Addr) -> bool {
    if let Some(slash) = slash_before(text, from) {
        let is_port = text.get(end) == Some(&b':') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
        return !is_port && is_product(text, slash, address);
    }
    let Some((name_from, name_to)) = name_before(text, from) else { return false };
    let spelled = spell(&text[name_from..name_to]);
    let letters = spelled.letters();
    letters.ends_with(b"version") && !letters.ends_with(b"conversion")
        || matches!(letters, b"ver" | b"v" | b"oid" | b"urnoid")
}

/// Where the slash is that stands before `at`, as it is or as in a URL.
fn slash_before(text: &[u8], at: usize) -> Option<usize> {
    [&b"/"[..], b"%2F", b"%2f"].iter().find_map(|slash| text[..at].ends_with(slash).then(|| at - slash.len()))
}

/// Whether a product's name stands before a slash, as in `User-Agent`, and nothing else. What Java writes has a slash
/// as well: `api.example.com/10.1.2.3`, where the name is a machine's.
fn is_product(text: &[u8], slash: usize, address: Ipv4Addr) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let mut from = slash - text[..slash].iter().rev().take(64).take_while(|byte| is_part(byte)).count();
    // `%20Chrome%2F131.0.0.0`
    from += escaped_before(text, from, slash);
    let before = &text[..from];
    let begins = before
        .last()
        .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'(' | b'+'));
    let begins = begins || [&b"%20"[..], b"%22", b"%28"].iter().any(|blank| before.ends_with(blank));
    let name = &text[from..slash];
    if !begins || !name.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let is_reduced = address.octets()[2..] == [0, 0];
    (is_reduced || !address.is_private())
        && (name.iter().any(u8::is_ascii_uppercase) || !name.contains(&b'.'))
}

/// How much of a word that begins at `from` is what was escaped before it: `3C` of `%3Csam`.
fn escaped_before(text: &[u8], from: usize, to: usize) -> usize {
    let is_hex = |at: usize| at + 2 <= to && text[at..at + 2].iter().all(u8::is_ascii_hexdigit);
    if from == 0 || text[from - 1] != b'%' || !is_hex(from) {
        0
    } else if text[from..].starts_with(b"25") && is_hex(from + 2) {
        4
    } else {
        2
    }
}

/// The name that tells of the value at `at`: before a colon or the like, with quotes and blanks around it, or before
/// blanks alone.
fn name_before(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let is_around = |byte: &u8| {
        matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'`' | b'\\' | b'(' | b'[' | b'{' | b':' | b'=' | b'>')
    };
    let mut to = at;
    for _ in 0..8 {
        let before = &text[..to];
        if let Some(escaped) = ESCAPED.iter().find(|escaped| before.ends_with(escaped)) {
            to -= escaped.len();
        } else if before.last().is_some_and(is_around) {
            to -= 1;
        } else {
            break;
        }
    }
    let (from, end) = name::around(text, to.checked_sub(1)?);
    (to < at && end <= to && from < end && !text[..from].ends_with(mark::BEGINNING)).then_some((from, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_found_with_its_ends() {
        let text = b"write to sam.o'neil+x@mail.example.com, or not";
        let at = text.iter().position(|byte| *byte == b'@').unwrap();
        let (from, to) = email(text, at).unwrap();
        assert_eq!(&text[from..to], b"sam.o'neil+x@mail.example.com");
        for (text, end) in [
            ("+49 30 1234567, x", Some("+49 30 1234567")),
            ("+1 (555) 010-9999.", Some("+1 (555) 010-9999")),
            ("+5", None),
        ] {
            assert_eq!(phone(text.as_bytes(), 0).map(|end| &text[..end]), end);
        }
        for (text, end) in [
            ("192.0.2.17:443 x", Some("192.0.2.17")),
            ("2001:db8::1]", Some("2001:db8::1")),
            ("127.0.0.1", None),
            ("1.2.3", None),
            ("12:30:00", None),
            ("::1", None),
        ] {
            assert_eq!(address(text.as_bytes(), 0).map(|end| &text[..end]), end, "{text}");
        }
    }
}
