//! What was found, to be known again wherever else it stands: as it is, in base64, in hex, with the escapes of URLs, JSON
//! and HTML. The values themselves aren't kept, but digests of all these forms.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::mark::Marks;
use super::scan::Secret;

/// How many bytes of a form are looked for at each place.
const GRAM: usize = 6;

/// The longest value that is looked for elsewhere, in bytes.
const LONGEST: usize = 8 << 10;

/// A value shorter than this has to stand by itself.
const SHORT: usize = 12;

/// How many forms there can be.
const MOST_FORMS: usize = 400_000;

/// A form of a value.
#[derive(Debug)]
struct Form {
    length: u32,
    digest: u64,
    secret: Secret,
    /// Whether it has to stand by itself.
    alone: bool,
}

/// All that is known.
#[derive(Debug)]
pub(super) struct Known {
    seen: HashSet<u64>,
    forms: HashMap<u64, Vec<Form>>,
    count: usize,
    /// A bit for each hash of the first bytes of a form.
    table: Vec<u64>,
    /// Whether there was more than there can be.
    pub(super) full: bool,
}

/// A known value in a text.
#[derive(Debug)]
pub(super) struct Again {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) secret: Secret,
}

impl Known {
    pub(super) fn new(_marks: &Marks) -> Self {
        Self { seen: HashSet::new(), forms: HashMap::new(), count: 0, table: vec![0; 1 << 9], full: false }
    }

    /// Remembers a value, which stands as `written` in the text and is meant as `plain`.
    pub(super) fn add(&mut self, marks: &Marks, plain: &[u8], written: &[u8], secret: Secret) {
        if !self.seen.insert(secret.digest) {
            return;
        }
        if self.count >= MOST_FORMS {
            self.full = true;
            return;
        }
        if !is_worth_it(plain) {
            return;
        }
        let alone = plain.len() < SHORT || plain.iter().all(u8::is_ascii_digit);
        let mut forms: Vec<(Vec<u8>, bool)> = vec![(plain.to_vec(), alone)];
        if written != plain {
            forms.push((written.to_vec(), alone));
        }
        forms.extend(escaped(plain).into_iter().map(|form| (form, alone)));
        forms.push((hex(plain, b"0123456789abcdef"), false));
        forms.push((hex(plain, b"0123456789ABCDEF"), false));
        for ahead in 0..3 {
            forms.extend(base64(plain, ahead).into_iter().map(|form| (form, false)));
        }
        forms.sort_unstable();
        forms.dedup_by(|a, b| a.0 == b.0);
        for (form, alone) in forms {
            self.insert(marks, &form, secret, alone);
        }
    }

    fn insert(&mut self, marks: &Marks, form: &[u8], secret: Secret, alone: bool) {
        let Some(gram) = gram(form, 0) else { return };
        let length = u32::try_from(form.len()).unwrap_or(u32::MAX);
        self.forms.entry(gram).or_default().push(Form { length, digest: marks.digest(form), secret, alone });
        self.count += 1;
        if self.count * 16 > self.table.len() * 64 {
            self.table = vec![0; self.table.len() * 4];
            let grams: Vec<u64> = self.forms.keys().copied().collect();
            for gram in grams {
                self.set(gram);
            }
        } else {
            self.set(gram);
        }
    }

    fn set(&mut self, gram: u64) {
        let bit = self.bit(gram);
        self.table[bit >> 6] |= 1 << (bit & 63);
    }

    #[inline(always)]
    fn bit(&self, gram: u64) -> usize {
        let bits = self.table.len().trailing_zeros() + 6;
        usize::try_from(gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)).unwrap_or(0)
    }

    /// The first known value that begins in `text` from `from` to `to`. It may end behind that.
    pub(super) fn next(&self, marks: &Marks, text: &[u8], from: usize, to: usize) -> Option<Again> {
        if self.count == 0 {
            return None;
        }
        let bits = self.table.len().trailing_zeros() + 6;
        let mut at = from;
        let fast = to.min(text.len().saturating_sub(8));
        while at < fast {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&text[at..at + 8]);
            let gram = u64::from_le_bytes(bytes) << 16;
            #[expect(clippy::cast_possible_truncation, reason = "a few bits of it are left")]
            let bit = (gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize;
            if self.table[bit >> 6] >> (bit & 63) & 1 == 1
                && let Some(again) = self.at(marks, text, at, gram)
            {
                return Some(again);
            }
            at += 1;
        }
        (at..to).find_map(|at| self.at(marks, text, at, gram(text, at)?))
    }

    /// The longest known value at a place.
    fn at(&self, marks: &Marks, text: &[u8], at: usize, gram: u64) -> Option<Again> {
        let forms = self.forms.get(&gram)?;
        let fitting = forms.iter().filter(|form| {
            let to = at + form.length as usize;
            text.get(at..to).is_some_and(|value| marks.digest(value) == form.digest)
                && (!form.alone || stands_alone(text, at, to))
        });
        let form = fitting.max_by_key(|form| form.length)?;
        Some(Again { from: at, to: at + form.length as usize, secret: form.secret })
    }
}

/// The first bytes of a form, as a number whose low bytes are nothing.
fn gram(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..at + GRAM)?;
    Some(bytes.iter().rev().fold(0, |gram, byte| gram << 8 | u64::from(*byte)) << 16)
}

/// Whether a value is worth looking for: long enough, and no ordinary word.
fn is_worth_it(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let mut distinct = [false; 256];
    value.iter().for_each(|byte| distinct[usize::from(*byte)] = true);
    let distinct = distinct.iter().filter(|is| **is).count();
    let others = value.len() - digits - letters;
    let mixed = usize::from(digits > 0) + usize::from(letters > 0) + usize::from(others > 0) > 1;
    match value.len() {
        0..GRAM => false,
        GRAM..SHORT => mixed && distinct >= 4,
        SHORT..=LONGEST => distinct >= 5 && (mixed || digits >= 12 || letters >= 16),
        _ => false,
    }
}

fn stands_alone(text: &[u8], from: usize, to: usize) -> bool {
    super::shapes::begins_here(text, from)
        && !text.get(to).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// A value with escapes of URLs, JSON and HTML.
fn escaped(plain: &[u8]) -> Vec<Vec<u8>> {
    let unreserved = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    if plain.iter().all(unreserved) {
        return Vec::new();
    }
    let each = |escape: &dyn Fn(u8) -> Option<String>| {
        let mut form = Vec::with_capacity(plain.len() * 2);
        for byte in plain {
            match escape(*byte) {
                Some(escape) => form.extend_from_slice(escape.as_bytes()),
                None => form.push(*byte),
            }
        }
        form
    };
    let json = |byte| match byte {
        b'"' | b'\\' => Some(format!("\\{}", char::from(byte))),
        b'\n' => Some("\\n".to_owned()),
        b'\r' => Some("\\r".to_owned()),
        b'\t' => Some("\\t".to_owned()),
        _ => None,
    };
    let twice = |byte| match byte {
        b'"' | b'\\' => Some(format!("\\\\\\{}", char::from(byte))),
        b'\n' => Some("\\\\n".to_owned()),
        b'\r' => Some("\\\\r".to_owned()),
        _ => None,
    };
    vec![
        each(&|byte| (!unreserved(&byte)).then(|| format!("%{byte:02X}"))),
        each(&|byte| (!unreserved(&byte)).then(|| format!("%{byte:02x}"))),
        each(&|byte| {
            (!unreserved(&byte) && !matches!(byte, b'!' | b'\'' | b'(' | b')' | b'*'))
                .then(|| format!("%{byte:02X}"))
        }),
        each(&|byte| {
            if byte == b' ' {
                Some("+".to_owned())
            } else {
                (!unreserved(&byte)).then(|| format!("%{byte:02X}"))
            }
        }),
        each(&|byte| (!unreserved(&byte)).then(|| format!("%25{byte:02X}"))),
        each(&json),
        each(&twice),
        each(&|byte| if byte == b'/' { Some("\\/".to_owned()) } else { json(byte) }),
        each(&|byte| {
            if matches!(byte, b'&' | b'<' | b'>' | b'=' | b'\'') {
                Some(format!("\\u00{byte:02x}"))
            } else {
                json(byte)
            }
        }),
        each(&|byte| {
            if matches!(byte, b'&' | b'<' | b'>') { Some(format!("\\u00{byte:02x}")) } else { json(byte) }
        }),
        each(&|byte| match byte {
            b'&' => Some("&amp;".to_owned()),
            b'<' => Some("&lt;".to_owned()),
            b'>' => Some("&gt;".to_owned()),
            b'"' => Some("&quot;".to_owned()),
            b'\'' => Some("&#39;".to_owned()),
            _ => None,
        }),
    ]
}

fn hex(plain: &[u8], digits: &[u8; 16]) -> Vec<u8> {
    plain.iter().flat_map(|byte| [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]).collect()
}

/// What base64 has of a value, whatever follows it and so many bytes ahead of it (modulo three).
fn base64(plain: &[u8], ahead: usize) -> Vec<Vec<u8>> {
    let padded = [&[0; 2][..ahead], plain].concat();
    let skip = [0, 2, 3][ahead];
    let whole = padded.len() * 8 / 6;
    if whole < skip + 8 {
        return Vec::new();
    }
    [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)]
        .map(|text| text.as_bytes()[skip..whole].to_vec())
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::compiled::Rules;
    use crate::redact::rules::Own;

    #[test]
    fn a_value_is_known_again_in_every_encoding() {
        let marks = Marks::keyed();
        let kind = Rules::new(&Own::default(), false).unwrap().fixed.token;
        let value = b"s3cr3t/with+signs=&\"quotes\"";
        let mut known = Known::new(&marks);
        known.add(&marks, value, value, Secret { kind, digest: marks.digest(value) });
        let twice =
            serde_json::to_string(&serde_json::to_string(std::str::from_utf8(value).unwrap()).unwrap())
                .unwrap();
        let mut texts = vec![
            value.to_vec(),
            serde_json::to_vec(std::str::from_utf8(value).unwrap()).unwrap(),
            twice.into_bytes(),
        ];
        for ahead in ["", "x", "xy", "xyz"] {
            texts.push(STANDARD_NO_PAD.encode([ahead.as_bytes(), value, b"tail"].concat()).into_bytes());
            texts.push(URL_SAFE_NO_PAD.encode([ahead.as_bytes(), value].concat()).into_bytes());
        }
        texts.push(hex(value, b"0123456789abcdef"));
        texts.extend(escaped(value));
        for text in texts {
            for before in [0, 1, 7, 100] {
                let text = [&b"-".repeat(before)[..], &text, &b"-".repeat(20)].concat();
                assert!(
                    known.next(&marks, &text, 0, text.len()).is_some(),
                    "{}",
                    String::from_utf8_lossy(&text)
                );
            }
        }
        assert!(known.next(&marks, b"nothing of the kind is here", 0, 27).is_none());
    }
}
