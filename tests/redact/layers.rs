//! Peels a text: everything that can be read in it by taking escapes and encodings away, again and again.
//!
//! Escapes of every kind are taken away at once, from the whole text: of JSON, of URLs, of HTML. Whatever looks
//! like base64 or hexadecimal digits is decoded, and what that gives is unpacked where it is packed, and peeled
//! in its turn.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::packed;

/// How often escapes are taken away from escapes.
const LEVELS: usize = 5;
/// How deep encodings are opened inside encodings.
const DEPTH: usize = 4;
/// Encoded bytes that are worth decoding.
const SHORTEST: usize = 12;
/// Bytes that may be packed.
const PACKED: usize = 20;
/// The letters of base64, of either alphabet.
const LETTERS: [bool; 256] = letters();

/// What can be read, and how one gets there.
#[derive(Debug)]
pub struct Layer {
    pub way: String,
    pub bytes: Vec<u8>,
}

/// Every layer of the parts of a file.
pub fn of(name: &str, bytes: &[u8]) -> Vec<Layer> {
    let mut peeler = Peeler::default();
    for (part, bytes) in packed::parts(name, bytes) {
        peeler.peel(bytes, &part, DEPTH);
    }
    peeler.layers
}

#[derive(Default)]
struct Peeler {
    layers: Vec<Layer>,
    seen: HashSet<u64>,
}

impl Peeler {
    fn peel(&mut self, mut bytes: Vec<u8>, way: &str, depth: usize) {
        let mut way = way.to_owned();
        for _ in 0..=LEVELS {
            if !self.is_new("text", &bytes) {
                return;
            }
            if depth > 0 {
                for run in runs(&bytes).into_iter().filter(|run| self.is_new("run", run)).collect::<Vec<_>>()
                {
                    for (kind, blob) in decoded(&run) {
                        self.open(blob, &format!("{way} > {kind}"), depth - 1);
                    }
                }
            }
            let next = unescape(&bytes);
            let same = next == bytes;
            self.layers.push(Layer { way: way.clone(), bytes });
            if same {
                return;
            }
            way.push_str(" > unescaped");
            bytes = next;
        }
    }

    fn is_new(&mut self, what: &str, bytes: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        (what, bytes).hash(&mut hasher);
        self.seen.insert(hasher.finish())
    }

    /// Bytes that are neither text nor packed are left: a secret that was encoded alone is looked for as it is.
    fn open(&mut self, blob: Vec<u8>, way: &str, depth: usize) {
        if is_text(&blob) {
            return self.peel(blob, way, depth);
        }
        if blob.len() < PACKED {
            return;
        }
        if let Some(inner) = packed::unzlib(&blob).or_else(|| packed::inflate(&blob)) {
            self.peel(inner, &format!("{way} > inflated"), depth);
        }
        if packed::open(&blob) != packed::Packed::Plain {
            for (part, bytes) in packed::parts("unpacked", &blob) {
                self.peel(bytes, &format!("{way} > {part}"), depth);
            }
        }
    }
}

/// Whether four of five bytes are characters.
fn is_text(bytes: &[u8]) -> bool {
    let characters = bytes.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')).count();
    characters * 5 >= bytes.len() * 4
}

const fn letters() -> [bool; 256] {
    let (mut letters, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        letters[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
        byte += 1;
    }
    letters
}

/// Takes one level of every escape away: `\n`, `\u0026`, `\/`, `%2F`, `&amp;`, `&#38;`.
pub fn unescape(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let found = match bytes[at] {
            b'\\' => backslash(&bytes[at..]),
            b'%' => hex(bytes.get(at + 1..at + 3)).map(|byte| (vec![byte], 3)),
            b'&' => entity(&bytes[at..]),
            _ => None,
        };
        if let Some((decoded, length)) = found {
            out.extend(decoded);
            at += length;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

fn backslash(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let plain = |byte| Some((vec![byte], 2));
    match bytes.get(1)? {
        b'n' => plain(b'\n'),
        b'r' => plain(b'\r'),
        b't' => plain(b'\t'),
        byte @ (b'"' | b'\\' | b'/' | b'\'') => plain(*byte),
        b'x' => Some((vec![hex(bytes.get(2..4))?], 4)),
        b'u' => {
            let (high, low) = (hex(bytes.get(2..4))?, hex(bytes.get(4..6))?);
            let character = char::from_u32(u32::from(u16::from_be_bytes([high, low])))?;
            Some((character.to_string().into_bytes(), 6))
        }
        _ => None,
    }
}

fn entity(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let end = bytes.iter().take(10).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&bytes[1..end]).ok()?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    };
    Some((character.to_string().into_bytes(), end + 1))
}

fn hex(pair: Option<&[u8]>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let number = digit(*pair?.first()?)? << 4 | digit(*pair?.get(1)?)?;
    u8::try_from(number).ok()
}

/// What a run of letters may be the code of.
fn decoded(run: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let digits = run.chunks_exact(2).map(|pair| hex(Some(pair))).collect::<Option<Vec<u8>>>();
    digits.map(|blob| ("hex", blob)).into_iter().chain(base64(run).map(|blob| ("base64", blob))).collect()
}

/// Runs of the letters of base64, of either alphabet. A line of 60 or more goes on in the next.
fn runs(bytes: &[u8]) -> Vec<Vec<u8>> {
    let letter = |byte: u8| LETTERS[usize::from(byte)];
    let (mut runs, mut run, mut line, mut at) = (Vec::new(), Vec::new(), 0, 0);
    while at <= bytes.len() {
        if let Some(byte) = bytes.get(at).copied().filter(|byte| letter(*byte)) {
            run.push(byte);
            line += 1;
            at += 1;
            continue;
        }
        let next = if line >= 60 { next_line(&bytes[at..]) } else { 0 };
        if next > 0 && bytes.get(at + next).is_some_and(|byte| letter(*byte)) {
            (at, line) = (at + next, 0);
            continue;
        }
        if run.len() >= SHORTEST {
            runs.push(std::mem::take(&mut run));
        }
        run.clear();
        (at, line) = (at + 1, 0);
    }
    runs
}

/// The bytes up to where the next line begins, blanks before it included.
fn next_line(bytes: &[u8]) -> usize {
    let broken = if bytes.starts_with(b"\r\n") { 2 } else { usize::from(bytes.starts_with(b"\n")) };
    let blanks = bytes[broken..].iter().take_while(|byte| **byte == b' ').count();
    if broken > 0 { broken + blanks } else { 0 }
}

/// Decodes what there is; letters too many at the end are left.
pub fn base64(run: &[u8]) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let safe = run.iter().any(|byte| b"-_".contains(byte));
    let engine = GeneralPurpose::new(if safe { &URL_SAFE } else { &STANDARD }, config);
    let whole = if run.len() % 4 == 1 { run.len() - 1 } else { run.len() };
    engine.decode(&run[..whole]).ok()
}
