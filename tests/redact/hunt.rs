//! Looks for secrets in the layers of a file, whole and in pieces, in every way they may be written.

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::layers::Layer;

/// Bytes of a needle by which it is looked up.
const KEY: usize = 6;
const KEPT: u64 = (1 << (8 * KEY)) - 1;
const BUCKETS: usize = 1 << 16;
/// Whoever has this many bytes of a long secret has too much of it.
const PIECE: usize = 16;

/// Needles, found all at once.
pub struct Hunt {
    needles: Vec<(Vec<u8>, usize)>,
    buckets: Vec<Vec<usize>>,
}

/// Where a needle stands.
#[derive(Debug, Clone)]
pub struct Sighting {
    pub way: String,
    /// What stands before it and a few bytes of it.
    pub around: String,
}

impl Hunt {
    /// Looks for `secrets`, each of which is a number in what [`Hunt::search`] answers; the second of a pair is
    /// what to look for in its place where it is short.
    pub fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Self {
        let mut needles = Vec::new();
        for (number, (value, context)) in secrets.into_iter().enumerate() {
            let mut forms = HashSet::new();
            if context.is_empty() {
                for piece in pieces(value) {
                    forms.extend(written(piece));
                }
            } else {
                forms.extend(context.iter().map(|context| context.clone().into_bytes()));
            }
            needles.extend(forms.into_iter().map(|form| (form, number)));
        }
        let mut buckets = vec![Vec::new(); BUCKETS];
        for (at, (needle, _)) in needles.iter().enumerate() {
            assert!(needle.len() >= KEY, "too short to be looked for: {needle:?}");
            let key = needle[..KEY].iter().fold(0, |key, byte| key << 8 | u64::from(*byte));
            buckets[bucket(key)].push(at);
        }
        Self { needles, buckets }
    }

    /// The secrets that are there, with where each was seen first.
    pub fn search(&self, layers: &[Layer]) -> BTreeMap<usize, Sighting> {
        let mut seen = BTreeMap::new();
        for layer in layers {
            let mut key = 0_u64;
            for (end, byte) in layer.bytes.iter().enumerate() {
                key = (key << 8 | u64::from(*byte)) & KEPT;
                let bucket = &self.buckets[bucket(key)];
                if bucket.is_empty() || end + 1 < KEY {
                    continue;
                }
                let at = end + 1 - KEY;
                for needle in bucket {
                    let (needle, number) = &self.needles[*needle];
                    if layer.bytes[at..].starts_with(needle) {
                        seen.entry(*number).or_insert_with(|| sighting(layer, at, needle.len()));
                    }
                }
            }
        }
        seen
    }
}

fn sighting(layer: &Layer, at: usize, length: usize) -> Sighting {
    let end = (at + length.min(12)).min(layer.bytes.len());
    let around = String::from_utf8_lossy(&layer.bytes[at.saturating_sub(48)..end]).into_owned();
    Sighting { way: layer.way.clone(), around: around.replace(char::is_control, " ") }
}

fn bucket(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize
}

/// What is looked for of a value: a key's lines, the pieces of what is long, halves, all of what is short.
fn pieces(value: &str) -> Vec<&str> {
    let lines = value.lines().filter(|line| line.len() >= PIECE && !line.starts_with("-----"));
    let lines: Vec<&str> = if value.contains('\n') { lines.collect() } else { vec![value] };
    let size = |line: &str| match line.len() {
        32.. => PIECE,
        24.. => line.len() / 2,
        _ => line.len(),
    };
    let mut pieces = Vec::new();
    for line in lines {
        let size = size(line);
        pieces.extend((0..=line.len() - size).step_by(size).map(|at| &line[at..at + size]));
        pieces.push(&line[line.len() - size..]);
    }
    pieces
}

/// The ways in which a piece may stand in a text; escapes are the layers' affair.
fn written(piece: &str) -> Vec<Vec<u8>> {
    let bytes = piece.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![bytes.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes()];
    forms.push(piece.replace(' ', "+").into_bytes());
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        for shift in 0..3 {
            forms.push(aligned(bytes, shift, |bytes| engine.encode(bytes)));
        }
    }
    forms
}

/// The letters of base64 that depend on the piece alone, when it begins `shift` bytes into a group of three.
fn aligned(bytes: &[u8], shift: usize, encode: impl Fn(&[u8]) -> String) -> Vec<u8> {
    let padded: Vec<u8> = std::iter::repeat_n(0, shift).chain(bytes.iter().copied()).collect();
    let first = [0, 2, 3][shift];
    let last = padded.len() * 8 / 6;
    encode(&padded).as_bytes()[first..last].to_vec()
}
