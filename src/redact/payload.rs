//! Text that is hidden in text: base64 of JSON, XML or a form, compressed or not. It is taken out, redacted, and put
//! back the same way.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::compiled::Kind;
use super::mark;
use super::name;
use super::quote::{self, starts_with};
use super::scan::{More, Scan};
use super::shapes::begins_here;
use super::value::plain;

/// The shortest base64 that is looked into, in bytes.
const SHORTEST: usize = 24;

/// The most that a compressed message may unfold to, in bytes.
const LARGEST_MESSAGE: u64 = 8 << 20;

impl Scan<'_> {
    /// `"text": "…"`: what a server answered, in base64 where it isn't a text of itself.
    pub(super) fn content_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let (from, to) = name::around(text, at);
        if &text[from..to] != b"text" {
            return Ok(None);
        }
        if to + 128 > text.len() && !whole {
            return Err(More);
        }
        let Some((_, after)) = quote::at(text, to) else { return Ok(None) };
        let colon = super::between::blanks(text, after);
        if text.get(colon) != Some(&b':') {
            return Ok(None);
        }
        let Some((_, value)) = quote::at(text, super::between::blanks(text, colon + 1)) else {
            return Ok(None);
        };
        self.encoded(text, value, whole)
    }

    /// `;base64,…`, and what begins as XML does in base64.
    pub(super) fn payload_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let rest = &text[at..];
        if rest.starts_with(b"e64,") {
            if !text[..at].ends_with(b";bas") {
                return Ok(None);
            }
            return self.encoded(text, at + 4, whole);
        }
        if (rest.starts_with(b"PD94") || rest.starts_with(b"PHNh")) && begins_here(text, at) {
            return self.encoded(text, at, whole);
        }
        Ok(None)
    }

    /// Base64 that begins at `from`.
    pub(super) fn encoded(&mut self, text: &[u8], from: usize, whole: bool) -> Result<Option<usize>, More> {
        let sample = text[from..].iter().take(64).take_while(|byte| is_base64(**byte)).count() / 4 * 4;
        if sample < SHORTEST
            || !decode(&text[from..from + sample]).is_some_and(|(sample, _)| is_text(&sample))
        {
            return if sample < SHORTEST && from + 64 > text.len() && !whole { Err(More) } else { Ok(None) };
        }
        let mut to = from + text[from..].iter().take_while(|byte| is_base64(**byte)).count();
        // The padding is its end, whatever follows.
        if let Some(padding) = memchr::memchr(b'=', &text[from..to]) {
            to = from
                + padding
                + text[from + padding..to].iter().take(2).take_while(|byte| **byte == b'=').count();
        }
        // `\/` is how some write a slash in JSON.
        let mut escaped = false;
        while text[to..].starts_with(br"\/") {
            escaped = true;
            to += 2;
            to += text[to..].iter().take_while(|byte| is_base64(**byte)).count();
        }
        if to + 9 > text.len() && !whole {
            return Err(More);
        }
        let mut padding: &[u8] = b"";
        for pad in [&b"%3D%3D"[..], b"%3D"] {
            if starts_with(&text[to..], pad) {
                padding = &text[to..to + pad.len()];
                break;
            }
        }
        if mark::end(&text[to..]).is_some() {
            return Ok(Some(to));
        }
        let mut value = text[from..to].to_vec();
        if escaped {
            value.retain(|byte| *byte != b'\\');
        }
        value.extend(b"=".repeat(padding.len() / 3));
        let Some((inner, alphabet)) = decode(&value) else {
            // Cut off: its last bytes say too little.
            value.truncate(value.len() / 4 * 4);
            let Some((inner, alphabet)) = decode(&value) else { return Ok(None) };
            return Ok(self.put_back(&inner, alphabet, (from, to)));
        };
        Ok(self.put_back(&inner, alphabet, (from, to + padding.len())))
    }

    fn put_back(&mut self, inner: &[u8], alphabet: Alphabet, (from, to): (usize, usize)) -> Option<usize> {
        if !is_text(&inner[..inner.len().min(4_096)]) {
            return None;
        }
        let (redacted, secrets) = self.inner(inner)?;
        Some(self.replace((from, to), alphabet.encode(&redacted).into_bytes(), secrets))
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
    let mut message = Vec::new();
    DeflateDecoder::new(packed).take(LARGEST_MESSAGE + 1).read_to_end(&mut message).ok()?;
    (message.len() as u64 <= LARGEST_MESSAGE).then_some(message)
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
