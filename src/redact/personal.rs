//! Personal data, where it is asked for: e-mail addresses, telephone numbers, IP addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::compiled::Kind;
use super::mark;
use super::scan::{Find, Scan};
use super::shapes::begins_here;

impl Scan<'_> {
    /// Personal data that begins in `text` from `from` to `to`.
    pub(super) fn personal(&mut self, text: &[u8], from: usize, to: usize) {
        let kinds = self.rules.fixed;
        let before = self.finds.len();
        for at in memchr::memchr_iter(b'@', &text[from..to]) {
            if let Some(span) = email(text, from + at) {
                self.note(text, span, kinds.email, before);
            }
        }
        let mut at = from;
        while at < to {
            let byte = text[at];
            let end = if byte == b'+' && begins_here(text, at) {
                phone(text, at).inspect(|end| self.note(text, (at, *end), kinds.phone, before))
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
    fn note(&mut self, text: &[u8], (from, to): (usize, usize), kind: Kind, before: usize) {
        let value = &text[from..to];
        let next = self.finds[..before].partition_point(|find| find.to <= from);
        let taken = self.finds[..before].get(next).is_some_and(|find| find.from < to);
        if taken || mark::has_mark(value) || self.rules.is_allowed(value) {
            return;
        }
        let (with, secret) = self.mark_of(value, kind);
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

/// The e-mail address around an at sign.
fn email(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let is_local = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+') || *byte >= 0x80
    };
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-') || *byte >= 0x80;
    let mut from = at - text[..at].iter().rev().take(64).take_while(|byte| is_local(byte)).count();
    // `\nsam@…` and `%3Csam@…`
    if from > 0 && text[from - 1] == b'\\' && matches!(text[from], b'n' | b'r' | b't') {
        from += 1;
    }
    let mut to = at + 1 + text[at + 1..].iter().take(255).take_while(|byte| is_host(byte)).count();
    while to > at && matches!(text[to - 1], b'.' | b'-') {
        to -= 1;
    }
    let host = text.get(at + 1..to)?;
    let dot = memchr::memrchr(b'.', host)?;
    let top = &host[dot + 1..];
    (from < at
        && dot > 0
        && top.len() >= 2
        && top.iter().all(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80))
    .then_some((from, to))
}

/// Where an international telephone number ends.
fn phone(text: &[u8], from: usize) -> Option<usize> {
    let (mut digits, mut end) = (0, from);
    for (at, byte) in text[from + 1..].iter().take(24).enumerate() {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                end = from + 2 + at;
            }
            b' ' | b'-' | b'(' | b')' | b'.' | b'/' if at > 0 && end + 2 > from + 1 + at => {}
            _ => break,
        }
    }
    ((8..=15).contains(&digits) && !text.get(end).is_some_and(u8::is_ascii_alphanumeric)).then_some(end)
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
    (is_somebodys && from.checked_sub(1).is_none_or(|at| text[at] != b'.')).then_some(from + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_found_with_its_ends() {
        let text = b"write to sam.o'neil+x@mail.example.com, or not";
        let at = text.iter().position(|byte| *byte == b'@').unwrap();
        let (from, to) = email(text, at).unwrap();
        assert_eq!(&text[from..to], b"neil+x@mail.example.com");
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
