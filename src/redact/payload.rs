//! Text that is hidden in text: base64 of JSON, XML or a form, compressed or not. It is taken out, redacted, and put
//! back the same way.

use std::io::{Read, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use flate2::write::{DeflateEncoder, GzEncoder};

use super::between::blanks;
use super::compiled::Kind;
use super::container;
use super::mark;
use super::name;
use super::quote::{self, starts_with};
use super::scan::{More, Scan, Secret};
use super::shapes::begins_here;
use super::value::plain;

/// The shortest base64 that is looked into, in bytes.
const SHORTEST: usize = 24;

/// How far below its encoding a part of a mail begins, in bytes.
const LONGEST_HEAD: usize = 2 << 10;

/// From here on base64 that was looked into isn't looked at as it stands, in bytes.
const LONG: usize = 8 << 10;

/// The shortest line of base64 that goes on in the next, in bytes.
const SHORTEST_LINE: usize = 48;

/// The most that a compressed message may unfold to, in bytes.
const LARGEST_MESSAGE: usize = 8 << 20;

/// How many times as large as itself, with all that is hidden in it.
const MOST_RATIO: usize = 256;

/// What it may unfold to however small it is, in bytes.
const UNSUSPICIOUS: usize = 64 << 10;

impl Scan<'_> {
    /// `"text": "…"` and `"data": "…"`: what a server answered or a web socket carried, in base64 where it isn't a text
    /// of itself.
    pub(super) fn content_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let (from, to) = name::around(text, at);
        if !matches!(&text[from..to], b"text" | b"data") {
            return Ok(None);
        }
        if to + 128 > text.len() && !whole {
            return Err(More);
        }
        let Some((_, after)) = quote::at(text, to) else { return Ok(None) };
        let colon = blanks(text, after);
        if text.get(colon) != Some(&b':') {
            return Ok(None);
        }
        let Some((_, value)) = quote::at(text, blanks(text, colon + 1)) else { return Ok(None) };
        self.encoded(text, value, Inside::Bytes, whole)
    }

    /// `;base64,…`, what begins as XML or a key in PEM does in base64, and the parts of a mail.
    pub(super) fn payload_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let rest = &text[at..];
        if rest.starts_with(b"e64,") {
            if !text[..at].ends_with(b";bas") {
                return Ok(None);
            }
            return self.encoded(text, at + 4, Inside::Bytes, whole);
        }
        if rest.starts_with(b"e64\r") || rest.starts_with(b"e64\n") {
            return self.part_of_a_mail(text, at + 3, whole);
        }
        if [b"PD94", b"PHNh", b"LS0t"].iter().any(|begins| rest.starts_with(*begins)) && begins_here(text, at)
        {
            return self.encoded(text, at, Inside::Text, whole);
        }
        Ok(None)
    }

    /// `Content-Transfer-Encoding: base64`, the rest of the headers, an empty line, and the part.
    fn part_of_a_mail(&mut self, text: &[u8], end: usize, whole: bool) -> Result<Option<usize>, More> {
        const HEADER: &[u8] = b"content-transfer-encoding: base64";
        if !end.checked_sub(HEADER.len()).is_some_and(|from| starts_with(&text[from..], HEADER)) {
            return Ok(None);
        }
        let head = &text[end..text.len().min(end + LONGEST_HEAD)];
        let lines = [&b"\r\n\r\n"[..], b"\n\n"];
        let begins = lines.iter().filter_map(|empty| Some(memchr::memmem::find(head, empty)? + empty.len()));
        let Some(length) = begins.min() else {
            return if head.len() < LONGEST_HEAD && !whole { Err(More) } else { Ok(None) };
        };
        let found = self.encoded(text, end + length, Inside::Bytes, whole)?;
        // What was found is skipped, and the headers with it.
        if found.is_some()
            && let Some((with, secrets)) = self.inner(&text[end..end + length])
        {
            self.replace((end, end + length), with, secrets);
        }
        Ok(found)
    }

    /// Base64 that begins at `from`.
    pub(super) fn encoded(
        &mut self,
        text: &[u8],
        from: usize,
        inside: Inside,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        let sample = text[from..].iter().take(64).take_while(|byte| is_base64(**byte)).count() / 4 * 4;
        if sample < SHORTEST {
            return if from + 64 > text.len() && !whole { Err(More) } else { Ok(None) };
        }
        let Some((sample, _)) = decode(&text[from..from + sample]) else { return Ok(None) };
        let is_media = container::is_media(&sample);
        if inside == Inside::Text && !is_text(&sample) {
            return Ok(None);
        }
        let run = Run::at(text, from);
        if run.to + 80 > text.len() && !whole {
            return Err(More);
        }
        if is_media {
            self.pass(from, run.to);
            return Ok(Some(run.to));
        }
        if mark::end(&text[run.to..]).is_some() {
            return Ok(Some(run.to));
        }
        if self.is_forced && run.to == text.len() {
            let (with, secrets) = self.unread(&text[from..run.to]);
            return Ok(Some(self.replace((from, run.to), with, secrets)));
        }
        self.unfolded |= run.parts.len() > 1;
        let mut value = run.value();
        let decoded = decode(&value).or_else(|| {
            // Cut off: its last bytes say too little.
            value.truncate(value.len() / 4 * 4);
            decode(&value)
        });
        let Some((inner, alphabet)) = decoded else { return Ok(None) };
        self.make_room(inner.len());
        let Some((redacted, secrets)) = self.unpacked(&inner, inside) else {
            // So long is no secret of itself.
            return Ok((value.len() >= LONG).then_some(run.to));
        };
        let with = run.wrapped(alphabet.encode(&redacted).as_bytes());
        Ok(Some(self.replace((from, run.to), with, secrets)))
    }

    /// What was in base64, without its secrets and packed as it was.
    fn unpacked(&mut self, inner: &[u8], inside: Inside) -> Option<(Vec<u8>, Vec<Secret>)> {
        if inside == Inside::Text && !is_text(&inner[..inner.len().min(4_096)]) {
            return None;
        }
        if !container::is_gzip(&inner[..inner.len().min(64)]) {
            return self.inner(inner);
        }
        self.unfolded = true;
        let (message, ends) = unfold(MultiGzDecoder::new(inner), &mut self.room);
        let (redacted, secrets) = match ends {
            End::TooLarge => self.unread(&message),
            // Of what is broken the rest can't be kept.
            End::Whole | End::Broken => self.unpacked(&message, Inside::Bytes)?,
        };
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&redacted).ok()?;
        Some((packed.finish().ok()?, secrets))
    }

    /// Makes room for what so many bytes unfold to, and all that is in it: more is a bomb.
    fn make_room(&mut self, packed: usize) {
        if self.depth == 0 {
            self.room = packed.saturating_mul(MOST_RATIO).max(UNSUSPICIOUS);
        }
    }

    /// A SAML message as it is posted or redirected. What isn't one is a secret as a whole.
    pub(super) fn saml(&mut self, text: &[u8], (from, to): (usize, usize), kind: Kind) -> Option<usize> {
        let value = &text[from..to];
        if value.first() == Some(&b'<') {
            // It is XML already, and read as such.
            return None;
        }
        if value.len() < 16 || self.rules.is_ordinary(value) || super::looks::is_placeholder(value) {
            return None;
        }
        let mut packed = plain(value).into_owned();
        packed.retain(|byte| !byte.is_ascii_whitespace());
        let Some((message, alphabet)) = decode(&packed) else {
            return Some(self.found(text, (from, to), kind));
        };
        let deflated = message.first() != Some(&b'<');
        self.unfolded |= deflated;
        self.make_room(message.len());
        let message = if deflated { inflate(&message, &mut self.room) } else { Some(message) };
        let Some(message) = message.filter(|message| message.trim_ascii_start().first() == Some(&b'<'))
        else {
            return Some(self.found(text, (from, to), kind));
        };
        let (redacted, secrets) = self.inner(&message)?;
        let packed = if deflated { deflate(&redacted)? } else { redacted };
        let mut with = alphabet.encode(&packed).into_bytes();
        if memchr::memchr(b'%', value).is_some() {
            with = percent_encoded(&with);
            if memchr::memmem::find(value, b"%25").is_some() {
                with = percent_encoded(&with);
            }
        }
        Some(self.replace((from, to), with, secrets))
    }
}

/// What may be in base64 at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// Text, or it isn't base64 at all.
    Text,
    /// Anything: a text beside other bytes, something compressed. A picture isn't looked into.
    Bytes,
}

/// Base64 as it stands in a text, in one line or in several.
struct Run<'a> {
    to: usize,
    /// Its parts, between what is no base64.
    parts: Vec<&'a [u8]>,
    /// Whether signs of it are escaped as URLs have them.
    escaped: bool,
    /// How long its lines are and what is between them.
    lines: Option<(usize, &'a [u8])>,
}

impl<'a> Run<'a> {
    fn at(text: &'a [u8], from: usize) -> Self {
        const BREAKS: [&[u8]; 5] = [b"\r\n", b"\n", br"\r\n", br"\n", b"%0D%0A"];
        const SIGNS: [(&[u8], &[u8]); 3] = [(b"%2F", b"/"), (b"%2B", b"+"), (b"%3D", b"=")];
        let mut run = Self { to: from, parts: Vec::new(), escaped: false, lines: None };
        // How much of it the line has so far; what is escaped counts as what it means.
        let mut line = 0;
        loop {
            let begins = run.to;
            run.to += base64_length(&text[begins..]);
            // The padding is its end, whatever follows.
            let padding = text[run.to..].iter().take(2).take_while(|byte| **byte == b'=').count();
            run.to += padding;
            run.parts.push(&text[begins..run.to]);
            line += run.to - begins;
            if padding > 0 {
                break;
            }
            // `\/` is how some write a slash in JSON.
            if text[run.to..].starts_with(br"\/") {
                run.to += 1;
                continue;
            }
            if let Some((sign, meant)) = SIGNS.iter().find(|(sign, _)| starts_with(&text[run.to..], sign)) {
                run.to += sign.len();
                run.parts.push(meant);
                run.escaped = true;
                line += 1;
                if *meant == b"=" && !starts_with(&text[run.to..], sign) {
                    break;
                }
                continue;
            }
            let Some(between) = BREAKS.iter().copied().find(|between| text[run.to..].starts_with(between))
            else {
                break;
            };
            let next = run.to + between.len();
            let is_line = line >= SHORTEST_LINE && is_line(&text[next..]);
            if !is_line || run.lines.is_some_and(|(other, _)| other != line) {
                break;
            }
            run.lines.get_or_insert((line, between));
            run.to = next;
            line = 0;
        }
        run
    }

    fn value(&self) -> Vec<u8> {
        self.parts.concat()
    }

    /// Other base64 in lines as these are, and escaped as this is.
    fn wrapped(&self, value: &[u8]) -> Vec<u8> {
        let escaped = |part: &[u8]| if self.escaped { percent_encoded(part) } else { part.to_vec() };
        match self.lines {
            Some((length, between)) => value.chunks(length).map(escaped).collect::<Vec<_>>().join(between),
            None => escaped(value),
        }
    }
}

/// Whether base64 begins a text that may be a line of it. `OTHER=1` and `other: 1` are none.
fn is_line(text: &[u8]) -> bool {
    let length = base64_length(text);
    let padding = text[length..].iter().take(2).take_while(|byte| **byte == b'=').count();
    let rest = &text[length + padding..];
    if padding == 0 {
        return length > 0 && !matches!(text.get(blanks(text, length)), Some(b':' | b'='));
    }
    let is_quoted = matches!(rest, [b'"' | b'\'', byte, ..] if byte.is_ascii_alphanumeric());
    (length + padding).is_multiple_of(4) && !is_quoted && !rest.first().is_some_and(|byte| is_base64(*byte))
}

/// Base64's alphabets, with padding and without.
#[derive(Debug, Clone, Copy)]
enum Alphabet {
    Standard,
    Unpadded,
    Url,
    UrlUnpadded,
}

impl Alphabet {
    const ALL: [Self; 4] = [Self::Standard, Self::Unpadded, Self::UrlUnpadded, Self::Url];

    fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Standard => STANDARD.encode(bytes),
            Self::Unpadded => STANDARD_NO_PAD.encode(bytes),
            Self::Url => URL_SAFE.encode(bytes),
            Self::UrlUnpadded => URL_SAFE_NO_PAD.encode(bytes),
        }
    }

    fn decode(self, text: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Standard => STANDARD.decode(text),
            Self::Unpadded => STANDARD_NO_PAD.decode(text),
            Self::Url => URL_SAFE.decode(text),
            Self::UrlUnpadded => URL_SAFE_NO_PAD.decode(text),
        }
        .ok()
    }
}

fn decode(text: &[u8]) -> Option<(Vec<u8>, Alphabet)> {
    Alphabet::ALL.iter().find_map(|alphabet| Some((alphabet.decode(text)?, *alphabet)))
}

/// Whether a byte is in either alphabet, or the padding.
pub(super) fn is_base64(byte: u8) -> bool {
    is_either(byte) || byte == b'='
}

/// Whether a byte is in either alphabet, the padding aside.
fn is_either(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// How much of a text is base64, the padding aside.
fn base64_length(text: &[u8]) -> usize {
    let length = text.as_chunks().0.iter().take_while(|chunk| all_either(**chunk)).count() * 8;
    length + text[length..].iter().take_while(|byte| is_either(**byte)).count()
}

/// Whether all of eight bytes are in either alphabet. What is asked of each is asked of all at once: the uppermost bit
/// of a byte is the answer.
fn all_either(bytes: [u8; 8]) -> bool {
    const fn each(byte: u64) -> u64 {
        0x0101_0101_0101_0101 * byte
    }
    let word = u64::from_le_bytes(bytes);
    if word & each(0x80) != 0 {
        return false;
    }
    let at_least = |word: u64, byte: u64| word + each(0x80 - byte);
    let between = |word: u64, from: u64, to: u64| at_least(word, from) & !at_least(word, to + 1);
    let other_than = |byte: u64| (word ^ each(byte)) + each(0x7f);
    let letters = between(word | each(0x20), 0x61, 0x7a);
    // The digits stand behind the slash.
    let digits = between(word, 0x2f, 0x39);
    let signs = !(other_than(0x2b) & other_than(0x2d) & other_than(0x5f));
    (letters | digits | signs) & each(0x80) == each(0x80)
}

/// Whether bytes are a text rather than a picture or the like.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7f || matches!(byte, b'\t' | b'\r' | b'\n'))
        && bytes.iter().filter(|byte| **byte >= 0x80).count() * 3 <= bytes.len()
}

fn inflate(packed: &[u8], room: &mut usize) -> Option<Vec<u8>> {
    let (message, end) = unfold(DeflateDecoder::new(packed), room);
    (end == End::Whole).then_some(message)
}

/// How a compressed message ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    /// Something is wrong with it, and what came before was read.
    Broken,
    /// It is larger than a message can be.
    TooLarge,
}

/// What can be read of a compressed message for which there is so much `room`.
fn unfold(message: impl Read, room: &mut usize) -> (Vec<u8>, End) {
    let mut all = Vec::new();
    let most = LARGEST_MESSAGE.min(*room);
    let end = match message.take(most as u64 + 1).read_to_end(&mut all) {
        Err(_) => End::Broken,
        Ok(_) if all.len() > most => End::TooLarge,
        Ok(_) => End::Whole,
    };
    *room = room.saturating_sub(all.len());
    (all, end)
}

fn deflate(message: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(message).ok()?;
    encoder.finish().ok()
}

fn percent_encoded(text: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(text.len() * 3 / 2);
    for byte in text {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(*byte);
        } else {
            encoded.extend(format!("%{byte:02X}").into_bytes());
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::tests::redactor_with;
    use crate::redact::{Marks, Report};

    /// What is left of the text of a HAR file's answer.
    fn content(text: &[u8]) -> Vec<u8> {
        let har = format!(r#"{{"text": "{}"}}"#, STANDARD.encode(text));
        let copy = redactor_with(Marks::keyed()).text(&har, &mut Report::default()).unwrap();
        STANDARD.decode(copy.split('"').nth(3).unwrap()).unwrap()
    }

    fn ungzipped(packed: &[u8]) -> String {
        let mut text = packed.to_vec();
        while container::is_gzip(&text) {
            let (inner, end) = unfold(MultiGzDecoder::new(&text[..]), &mut LARGEST_MESSAGE.clone());
            assert_eq!(end, End::Whole);
            text = inner;
        }
        String::from_utf8(text).unwrap()
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn what_is_too_large_to_be_read_does_not_pass() {
        let text = [vec![b' '; LARGEST_MESSAGE], b"password=again-1234".to_vec()].concat();
        let bomb = (0..3).fold(vec![0; 9 << 20], |text, _| gzip(&text).repeat(20));
        for packed in [gzip(&text), bomb] {
            let left = ungzipped(&content(&packed));
            assert!(left.starts_with("[redacted:unread:"), "{left}");
        }
    }

    #[test]
    fn gzip_in_gzip_is_read() {
        let left = ungzipped(&content(&gzip(&gzip(b"password=hunter2x"))));
        assert!(left.starts_with("password=[redacted:password:"), "{left}");
    }

    #[test]
    fn all_of_a_gzip_file_is_read() {
        let left = ungzipped(&content(&[gzip(b"hello "), gzip(b"password=hunter2x")].concat()));
        assert!(left.starts_with("hello password=[redacted:password:"), "{left}");
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        let text: Vec<u8> =
            (0..200).flat_map(|line| format!("{line} password=again-{line}234\n").into_bytes()).collect();
        let packed = gzip(&text);
        let left = ungzipped(&content(&packed[..packed.len() - 9]));
        assert!(left.contains("3 password=[redacted:password:") && !left.contains("again-"), "{left}");
    }

    #[test]
    fn what_is_too_deep_to_be_read_does_not_pass() {
        let mut text = r#"{"password": "again-1234"}"#.to_owned();
        for _ in 0..6 {
            text = format!(r#"{{"text": "{}"}}"#, STANDARD.encode(text));
        }
        let redactor = redactor_with(Marks::keyed());
        let mut copy = redactor.text(&text, &mut Report::default()).unwrap();
        assert_eq!(redactor.text(&copy, &mut Report::default()), None);
        for _ in 0..6 {
            copy = String::from_utf8(STANDARD.decode(copy.split('"').nth(3).unwrap()).unwrap()).unwrap();
        }
        assert!(copy.starts_with("[redacted:unread:"), "{copy}");
    }

    #[test]
    fn eight_bytes_are_base64_where_each_is() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = *b"aZ09+/-_";
                bytes[at] = byte;
                assert_eq!(all_either(bytes), is_either(byte), "{byte}");
            }
        }
        let text = [&b"ab+/".repeat(20)[..], b"=="].concat();
        for from in 0..80 {
            assert_eq!(base64_length(&text[from..]), 80 - from);
        }
    }

    #[test]
    fn base64_is_one_run_however_it_is_escaped_and_broken() {
        let message: Vec<u8> = (0..=255).chain(0..=192).collect();
        let encoded = STANDARD.encode(&message);
        assert!(encoded.contains('+') && encoded.contains('/') && encoded.ends_with('='));
        let escaped = String::from_utf8(percent_encoded(encoded.as_bytes())).unwrap();
        let lines = |between: &str| {
            let chunks = encoded.as_bytes().chunks(64).map(percent_encoded);
            chunks.map(|line| String::from_utf8(line).unwrap()).collect::<Vec<_>>().join(between)
        };
        for text in [encoded.clone(), encoded.replace('/', "\\/"), escaped, lines("%0D%0A"), lines("\n")] {
            let whole = format!("{text}&x=1");
            let run = Run::at(whole.as_bytes(), 0);
            assert_eq!((run.to, &run.value()[..]), (text.len(), encoded.as_bytes()), "{text}");
            if !text.contains('\\') {
                assert_eq!(String::from_utf8(run.wrapped(encoded.as_bytes())).unwrap(), text);
            }
        }
    }
}
