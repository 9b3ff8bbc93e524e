//! What was found, to be known again wherever else it stands: as it is, in base64, in hex, with the escapes of URLs, JSON
//! and HTML. The values themselves aren't kept, but digests of all these forms.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::forms;
use super::mark::Marks;
use super::scan::Secret;
use super::trail::{Spots, Trail};
use super::trigger::word;
use super::value::rest_of_char;

/// How many bytes of a form are looked for.
const GRAM: usize = 5;

/// The shortest form that is looked for, in bytes.
const SHORTEST: usize = 6;

/// The shortest one of which five bytes are met by whoever asks at every fourth place.
const SHORTEST_LONG: usize = 8;

/// The longest value that is looked for elsewhere, in bytes.
const LONGEST: usize = 8 << 10;

/// A value shorter than this has to stand by itself.
const SHORT: usize = 12;

/// How many forms there can be.
const MOST_FORMS: usize = 150_000;

/// A form of a value.
#[derive(Debug)]
struct Form {
    length: u32,
    digest: u64,
    secret: Secret,
    /// Whether it has to stand by itself.
    alone: bool,
    /// Its first bytes, as far as it is looked for by them.
    begins: [u8; SHORTEST_LONG],
}

/// All that is known.
#[derive(Debug)]
pub(super) struct Known {
    seen: HashSet<u64>,
    forms: Vec<Form>,
    /// Made when it is first asked for.
    index: OnceLock<Index>,
    /// Whether there was more than there can be.
    pub(super) full: bool,
    /// Where something was found, if there was one text.
    trail: Option<Trail>,
    /// How many texts there were.
    texts: usize,
}

/// Where to look closer. Not every place of a text is asked about but every second or fourth, so the index has five bytes
/// from as many places of each form.
#[derive(Debug)]
struct Index {
    /// A form, and how far from its beginning they are: in the order of their hashes, and then as they are told apart.
    grams: Vec<(u64, u32, u8)>,
    /// A bit for each hash of them.
    table: Vec<u64>,
    /// Where the grams begin whose hashes are those of one word of the table.
    begins: Vec<u32>,
    stride: usize,
    /// What is left of a hash, shifted by so much, is a bit's number.
    shift: u32,
}

/// A known value in a text.
#[derive(Debug)]
pub(super) struct Again {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) secret: Secret,
}

impl Known {
    pub(super) fn new() -> Self {
        Self {
            seen: HashSet::new(),
            forms: Vec::new(),
            index: OnceLock::new(),
            full: false,
            trail: None,
            texts: 0,
        }
    }

    /// Keeps where in a text something was found.
    pub(super) fn keep(&mut self, trail: Trail) {
        self.texts += 1;
        self.trail = (self.texts == 1).then_some(trail);
    }

    /// Where something was found, if there was one text and it is known of all of it.
    pub(super) fn spots(&self) -> Option<Spots<'_>> {
        self.trail.as_ref()?.spots()
    }

    /// Remembers a value, which stands as `written` in the text and is meant as `plain`.
    pub(super) fn add(&mut self, marks: &Marks, plain: &[u8], written: &[u8], secret: Secret) {
        if self.forms.len() >= MOST_FORMS {
            self.full |= !self.seen.contains(&secret.digest);
            return;
        }
        if !self.seen.insert(secret.digest) {
            return;
        }
        // A quote at its end may be one that what stands elsewhere is in.
        let (plain, written) = (unquoted(plain), unquoted(written));
        if !is_worth_it(plain) {
            return;
        }
        let alone = plain.len() < SHORT || plain.iter().all(u8::is_ascii_digit);
        let legible = [plain.to_vec(), written.to_vec()].into_iter().chain(forms::escaped(plain));
        let mut all: Vec<(Vec<u8>, bool)> = legible.map(|form| (form, alone)).collect();
        all.extend(forms::encoded(plain).map(|form| (form, false)));
        all.sort_unstable();
        all.dedup_by(|a, b| a.0 == b.0);
        for (form, alone) in all {
            self.insert(marks, &form, secret, alone);
        }
    }

    fn insert(&mut self, marks: &Marks, form: &[u8], secret: Secret, alone: bool) {
        if form.len() < SHORTEST {
            return;
        }
        let length = u32::try_from(form.len()).unwrap_or(u32::MAX);
        let (digest, begins) = (marks.digest(form), begins(form));
        self.forms.push(Form { length, digest, secret, alone, begins });
    }

    /// The first known value that begins in `text` from `from` to `to`. It may end behind that.
    pub(super) fn next(&self, marks: &Marks, text: &[u8], from: usize, to: usize) -> Option<Again> {
        if self.forms.is_empty() {
            return None;
        }
        let index = self.index.get_or_init(|| Index::new(&self.forms));
        match index.stride {
            4 => self.next_by::<4>(index, marks, text, from..to),
            _ => self.next_by::<2>(index, marks, text, from..to),
        }
    }

    /// The same for a stride of the index.
    fn next_by<const STRIDE: usize>(
        &self,
        index: &Index,
        marks: &Marks,
        text: &[u8],
        range: Range<usize>,
    ) -> Option<Again> {
        let mut first: Option<Again> = None;
        let mut at = range.start;
        // What is met somewhere in the middle has begun before.
        let end = range.end + STRIDE;
        while at < end
            && first.is_none()
            && let Some(part) = text.get(at..at + 3 * STRIDE + 8)
        {
            let gram = |ahead: usize| word(part, ahead * STRIDE) << 24;
            if index.has(gram(0)) | index.has(gram(1)) | index.has(gram(2)) | index.has(gram(3)) {
                for ahead in 0..4 {
                    let place = at + ahead * STRIDE;
                    if first.as_ref().is_some_and(|first| place >= first.from + STRIDE) {
                        break;
                    }
                    if index.has(gram(ahead)) {
                        let found = self.at(index, marks, text, place, gram(ahead), range.clone());
                        first = found
                            .into_iter()
                            .chain(first)
                            .min_by_key(|again| (again.from, usize::MAX - again.to));
                    }
                }
            }
            at += 4 * STRIDE;
        }
        while at < end && first.is_none() {
            let Some(gram) = gram(text, at) else { break };
            first = self.at(index, marks, text, at, gram, range.clone());
            at += STRIDE;
        }
        first
    }

    /// The known value that has these bytes at a place, the first and longest of them.
    fn at(
        &self,
        index: &Index,
        marks: &Marks,
        text: &[u8],
        at: usize,
        gram: u64,
        range: Range<usize>,
    ) -> Option<Again> {
        let mut same = index.same(gram);
        let mut first: Option<Again> = None;
        // Many may begin with the same bytes: those that would have the same place in the text are asked as one.
        while let Some((_, form, ahead)) = same.first() {
            let length = self.form(*form).length;
            let alike =
                |(_, other, others): &(u64, u32, u8)| others == ahead && self.form(*other).length == length;
            let (group, others) = same.split_at(same.partition_point(alike));
            same = others;
            let from = at.checked_sub(usize::from(*ahead)).filter(|from| range.contains(from));
            let found = from.and_then(|from| self.among(group, marks, text, (from, from + length as usize)));
            first = found.into_iter().chain(first).min_by_key(|again| (again.from, usize::MAX - again.to));
        }
        first
    }

    /// The known value at a place among those of this length.
    fn among(
        &self,
        group: &[(u64, u32, u8)],
        marks: &Marks,
        text: &[u8],
        (from, to): (usize, usize),
    ) -> Option<Again> {
        let value = text.get(from..to)?;
        let begins = begins(value);
        let first = group.partition_point(|(_, form, _)| self.form(*form).begins < begins);
        let fitting = &group[first..];
        if fitting.first().is_none_or(|(_, form, _)| self.form(*form).begins != begins) {
            return None;
        }
        let key = (begins, marks.digest(value));
        let place = fitting.binary_search_by_key(&key, |(_, form, _)| {
            let form = self.form(*form);
            (form.begins, form.digest)
        });
        let form = self.form(fitting[place.ok()?].1);
        // Of bytes that are no UTF-8, text in UTF-8 has others in their place.
        let is_cut = matches!(text[from], 0x80..=0xbf);
        let is_one =
            !is_cut && (!form.alone || stands_alone(text, from, to)) && !is_within_escape(text, from);
        is_one.then_some(Again { from, to: to + rest_of_char(text, to), secret: form.secret })
    }

    fn form(&self, number: u32) -> &Form {
        &self.forms[number as usize]
    }
}

impl Index {
    fn new(forms: &[Form]) -> Self {
        let shortest = forms.iter().map(|form| form.length as usize).min().unwrap_or(SHORTEST);
        let stride = if shortest >= SHORTEST_LONG { 4 } else { 2 };
        let mut grams: Vec<(u64, u32, u8)> = Vec::with_capacity(forms.len() * stride);
        for (number, form) in forms.iter().enumerate() {
            for ahead in 0..stride {
                if let (Some(gram), Ok(number), Ok(ahead)) =
                    (gram(&form.begins, ahead), u32::try_from(number), u8::try_from(ahead))
                {
                    grams.push((gram, number, ahead));
                }
            }
        }
        // Few of them are set, so that most places are passed at once, but not more than a processor has near.
        let (least, most) = (grams.len() * 16, grams.len() * 64);
        let bits = most.min(1 << 21).max(least).next_power_of_two().max(1 << 12);
        let mut index = Self {
            table: vec![0; bits / 64],
            begins: vec![0; bits / 64 + 1],
            grams: Vec::new(),
            stride,
            shift: 64 - bits.trailing_zeros(),
        };
        grams.sort_unstable_by_key(|(gram, number, ahead)| {
            let form = &forms[*number as usize];
            (index.bit(*gram), *gram, *ahead, form.length, form.begins, form.digest)
        });
        for (gram, ..) in &grams {
            let bit = index.bit(*gram);
            index.table[bit >> 6] |= 1 << (bit & 63);
            index.begins[(bit >> 6) + 1] += 1;
        }
        for word in 1..index.begins.len() {
            index.begins[word] += index.begins[word - 1];
        }
        index.grams = grams;
        index
    }

    /// All that have these bytes.
    fn same(&self, gram: u64) -> &[(u64, u32, u8)] {
        let word = self.bit(gram) >> 6;
        let bucket = &self.grams[self.begins[word] as usize..self.begins[word + 1] as usize];
        let from = bucket.iter().position(|(other, ..)| *other == gram).unwrap_or(bucket.len());
        &bucket[from..from + bucket[from..].partition_point(|(other, ..)| *other == gram)]
    }

    #[inline(always)]
    fn bit(&self, gram: u64) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "a few bits of it are left")]
        let bit = (gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize;
        bit
    }

    #[inline(always)]
    fn has(&self, gram: u64) -> bool {
        let bit = self.bit(gram);
        self.table[bit >> 6] >> (bit & 63) & 1 == 1
    }
}

/// The first bytes of a form, and nothing where it is shorter.
fn begins(form: &[u8]) -> [u8; SHORTEST_LONG] {
    let mut begins = [0; SHORTEST_LONG];
    let length = form.len().min(SHORTEST_LONG);
    begins[..length].copy_from_slice(&form[..length]);
    begins
}

/// The five bytes at a place, as a number whose low bytes are nothing.
fn gram(text: &[u8], at: usize) -> Option<u64> {
    let bytes = text.get(at..at + GRAM)?;
    Some(bytes.iter().rev().fold(0, |gram, byte| gram << 8 | u64::from(*byte)) << 24)
}

/// Whether a value is worth looking for: long enough, no ordinary word, and neither the lines of a program, which begin as
/// all others do, nor what JSON puts between texts.
fn is_worth_it(value: &[u8]) -> bool {
    let is_between = |two: &[u8]| {
        matches!(two, b"  " | b"\":" | b"\"," | b"\"}" | b"\"]" | b":\"" | b",\"" | b"{\"" | b"[\"")
    };
    if value.windows(2).any(is_between) {
        return false;
    }
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let mut distinct = [false; 256];
    value.iter().for_each(|byte| distinct[usize::from(*byte)] = true);
    let distinct = distinct.iter().filter(|is| **is).count();
    let others = value.len() - digits - letters;
    let mixed = usize::from(digits > 0) + usize::from(letters > 0) + usize::from(others > 0) > 1;
    match value.len() {
        0..SHORTEST => false,
        SHORTEST..SHORT => mixed && distinct >= 4,
        SHORT..=LONGEST => distinct >= 5 && (mixed || digits >= 12 || letters >= 16),
        _ => false,
    }
}

/// Whether a place is within an escape: at `A` in `\u001A`, at the second backslash in `\\n`.
fn is_within_escape(text: &[u8], at: usize) -> bool {
    let is_escaped = |at: usize| !super::quote::slashes_before(text, at).is_multiple_of(2);
    let is_code = |begins: usize| {
        text[begins..].starts_with(br"\u")
            && text.get(begins + 2..begins + 6).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
            && !is_escaped(begins)
    };
    text[at] == b'\\' && is_escaped(at) || (2..6).filter_map(|back| at.checked_sub(back)).any(is_code)
}

/// A value without quotes around it, escaped or not, and without what may escape the quote behind it.
fn unquoted(mut value: &[u8]) -> &[u8] {
    let is_quote = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`');
    loop {
        let slashes = value.iter().take_while(|byte| **byte == b'\\').count();
        match value.get(slashes) {
            Some(byte) if is_quote(byte) => value = &value[slashes + 1..],
            _ => break,
        }
    }
    let behind = value.iter().rev().take_while(|byte| is_quote(byte) || **byte == b'\\').count();
    &value[..value.len() - behind]
}

fn stands_alone(text: &[u8], from: usize, to: usize) -> bool {
    super::shapes::begins_here(text, from)
        && !text.get(to).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

    use super::*;
    use crate::redact::compiled::Rules;
    use crate::redact::rules::Own;

    #[test]
    fn a_value_is_known_again_in_every_encoding() {
        let marks = Marks::keyed();
        let kind = Rules::new(&Own::default(), false).unwrap().fixed.token;
        let value = b"s3cr3t/with+signs=&\"quotes\"";
        let mut known = Known::new();
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
        texts.extend(forms::escaped(value));
        texts.extend(forms::encoded(value));
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
