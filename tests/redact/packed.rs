//! Opens what is packed: gzip, zip, tar and a tar in gzip, told by their bytes; and UTF-16.
//!
//! It is written for this test alone: what is tested doesn't check itself.

use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};

/// More than any file here unpacks to.
const LARGEST: u64 = 64 << 20;

/// What a file holds: itself, or the members of an archive.
#[derive(Debug, PartialEq, Eq)]
pub enum Packed {
    Plain,
    Gzip(Vec<u8>),
    Archive { kind: &'static str, members: Vec<(String, Vec<u8>)> },
    Utf16(String),
}

pub fn open(bytes: &[u8]) -> Packed {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return gunzip(bytes).map_or(Packed::Plain, Packed::Gzip);
    }
    if let Some(members) = zip(bytes) {
        return Packed::Archive { kind: "zip", members };
    }
    if let Some(members) = tar(bytes) {
        return Packed::Archive { kind: "tar", members };
    }
    utf16(bytes).map_or(Packed::Plain, Packed::Utf16)
}

/// The parts that are no longer packed, each with its path.
pub fn parts(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    match open(bytes) {
        Packed::Plain => vec![(name.to_owned(), bytes.to_vec())],
        Packed::Gzip(inner) => parts(name.strip_suffix(".gz").unwrap_or(name), &inner),
        Packed::Utf16(text) => vec![(name.to_owned(), text.into_bytes())],
        Packed::Archive { members, .. } => {
            members.iter().flat_map(|(member, bytes)| parts(&format!("{name}/{member}"), bytes)).collect()
        }
    }
}

pub fn gunzip(bytes: &[u8]) -> Option<Vec<u8>> {
    all(GzDecoder::new(bytes))
}

pub fn unzlib(bytes: &[u8]) -> Option<Vec<u8>> {
    // 32 KiB of window, and a head whose check holds.
    let head = u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]);
    if bytes[0] != 0x78 || !head.is_multiple_of(31) {
        return None;
    }
    all(ZlibDecoder::new(bytes))
}

/// A bare stream, which has no head: only one that ends where the bytes end counts.
pub fn inflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(bytes);
    let mut inner = Vec::new();
    decoder.by_ref().take(LARGEST).read_to_end(&mut inner).ok()?;
    (usize::try_from(decoder.total_in()) == Ok(bytes.len()) && !inner.is_empty()).then_some(inner)
}

fn all(decoder: impl Read) -> Option<Vec<u8>> {
    let mut inner = Vec::new();
    decoder.take(LARGEST).read_to_end(&mut inner).ok()?;
    Some(inner)
}

/// The members that the directory at the end of a zip names.
fn zip(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let mut at = number(bytes, end + 16, 4)?;
    let mut members = Vec::new();
    for _ in 0..number(bytes, end + 10, 2)? {
        let (method, packed) = (number(bytes, at + 10, 2)?, number(bytes, at + 20, 4)?);
        let (name, extra) = (number(bytes, at + 28, 2)?, number(bytes, at + 30, 2)?);
        let (comment, local) = (number(bytes, at + 32, 2)?, number(bytes, at + 42, 4)?);
        let title = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + name)?).into_owned();
        let data = local + 30 + number(bytes, local + 26, 2)? + number(bytes, local + 28, 2)?;
        let data = bytes.get(data..data + packed)?;
        members.push((title, if method == 0 { data.to_vec() } else { all(DeflateDecoder::new(data))? }));
        at += 46 + name + extra + comment;
    }
    Some(members)
}

fn tar(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    if bytes.get(257..262)? != b"ustar" {
        return None;
    }
    let (mut at, mut members) = (0, Vec::new());
    while let Some(head) = bytes.get(at..at + 512).filter(|head| head[0] != 0) {
        let size = usize::from_str_radix(field(&head[124..136]).trim(), 8).ok()?;
        members.push((field(&head[..100]), bytes.get(at + 512..at + 512 + size)?.to_vec()));
        at += 512 + size.next_multiple_of(512);
    }
    Some(members)
}

fn field(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}

/// `length` bytes, the least significant first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// Text in UTF-16 that says so in its first two bytes.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit = match bytes.get(..2)? {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok()
}
