//! Text that is hidden in text: base64 of JSON, XML or a form, compressed or not. It is taken out, redacted, and put
//! back the same way.

use std::io::{Read, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::read::{DeflateDecoder, GzDecoder};
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

/// The shortest line of base64 that goes on in the next, in bytes.
const SHORTEST_LINE: usize = 48;

/// The most that a compressed message may unfold to, in bytes.
const LARGEST_MESSAGE: u64 = 8 << 20;

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

    /// `;base64,…`, and what begins as XML does in base64.
    pub(super) fn payload_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let rest = &text[at..];
        if rest.starts_with(b"e64,") {
            if !text[..at].ends_with(b";bas") {
                return Ok(None);
            }
            return self.encoded(text, at + 4, Inside::Bytes, whole);
        }
        if (rest.starts_with(b"PD94") || rest.starts_with(b"PHNh")) && begins_here(text, at) {
            return self.encoded(text, at, Inside::Text, whole);
        }
        Ok(None)
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
        if !decode(&text[from..from + sample]).is_some_and(|(sample, _)| inside.begins(&sample)) {
            return Ok(None);
        }
        let run = Run::at(text, from);
        if run.to + 80 > text.len() && !whole {
            return Err(More);
        }
        if mark::end(&text[run.to..]).is_some() {
            return Ok(Some(run.to));
        }
        let mut value = run.value.clone();
        let decoded = decode(&value).or_else(|| {
            // Cut off: its last bytes say too little.
            value.truncate(value.len() / 4 * 4);
            decode(&value)
        });
        let Some((inner, alphabet)) = decoded else { return Ok(None) };
        let Some((redacted, secrets)) = self.unpacked(&inner, inside) else { return Ok(None) };
        let with = run.wrapped(alphabet.encode(&redacted).into_bytes());
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
        let (redacted, secrets) = self.inner(&read(GzDecoder::new(inner))?)?;
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&redacted).ok()?;
        Some((packed.finish().ok()?, secrets))
    }

    /// A SAML message as it is posted or redirected. What isn't one is a secret as a whole.
    pub(super) fn saml(&mut self, text: &[u8], (from, to): (usize, usize), kind: Kind) -> Option<usize> {
        let value = &text[from..to];
        if value.first() == Some(&b'<') {
            // It is XML already, and read as such.
            return None;
        }
        if value.len() < 16 || self.rules.is_ordinary(value) || super::value::is_placeholder(value) {
            return None;
        }
        let mut packed = plain(value).into_owned();
        packed.retain(|byte| !byte.is_ascii_whitespace());
        let Some((message, alphabet)) = decode(&packed) else {
            return Some(self.found(text, (from, to), kind));
        };
        let deflated = message.first() != Some(&b'<');
        let message = if deflated { inflate(&message) } else { Some(message) };
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

impl Inside {
    /// Whether it may begin with these bytes.
    fn begins(self, sample: &[u8]) -> bool {
        match self {
            Self::Text => is_text(sample),
            Self::Bytes => !container::is_media(sample),
        }
    }
}

/// Base64 as it stands in a text, in one line or in several.
struct Run<'a> {
    to: usize,
    value: Vec<u8>,
    /// How long its lines are and what is between them.
    lines: Option<(usize, &'a [u8])>,
}

impl<'a> Run<'a> {
    fn at(text: &'a [u8], from: usize) -> Self {
        const BREAKS: [&[u8]; 5] = [b"\r\n", b"\n", br"\r\n", br"\n", b"%0D%0A"];
        let (mut to, mut value, mut lines) = (from, Vec::new(), None);
        loop {
            let begins = to;
            to += text[to..].iter().take_while(|byte| is_base64(**byte)).count();
            // The padding is its end, whatever follows.
            if let Some(padding) = memchr::memchr(b'=', &text[begins..to]) {
                let count =
                    text[begins + padding..to].iter().take(2).take_while(|byte| **byte == b'=').count();
                to = begins + padding + count;
                value.extend_from_slice(&text[begins..to]);
                break;
            }
            value.extend_from_slice(&text[begins..to]);
            // `\/` is how some write a slash in JSON.
            if text[to..].starts_with(br"\/") {
                to += 1;
                continue;
            }
            let Some(between) = BREAKS.iter().copied().find(|between| text[to..].starts_with(between)) else {
                break;
            };
            let next = to + between.len();
            let is_line = to - begins >= SHORTEST_LINE && text.get(next).is_some_and(|byte| is_base64(*byte));
            if !is_line || lines.is_some_and(|(length, _)| length != to - begins) {
                break;
            }
            lines.get_or_insert((to - begins, between));
            to = next;
        }
        for pad in [&b"%3D%3D"[..], b"%3D"] {
            if starts_with(&text[to..], pad) {
                to += pad.len();
                value.extend(b"=".repeat(pad.len() / 3));
                break;
            }
        }
        Self { to, value, lines }
    }

    /// Other base64 in lines as these are.
    fn wrapped(&self, value: Vec<u8>) -> Vec<u8> {
        match self.lines {
            Some((length, between)) => value.chunks(length).collect::<Vec<_>>().join(between),
            None => value,
        }
    }
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

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=')
}

/// Whether bytes are a text rather than a picture or the like.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7f || matches!(byte, b'\t' | b'\r' | b'\n'))
        && bytes.iter().filter(|byte| **byte >= 0x80).count() * 3 <= bytes.len()
}

fn inflate(packed: &[u8]) -> Option<Vec<u8>> {
    read(DeflateDecoder::new(packed))
}

/// All of a message, if it isn't larger than one can be.
fn read(message: impl Read) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    message.take(LARGEST_MESSAGE + 1).read_to_end(&mut all).ok()?;
    (all.len() as u64 <= LARGEST_MESSAGE).then_some(all)
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
