//! Where it is worth looking closer. Every name and shape has four bytes that it can't be without; a table of them is
//! asked at each position of the text, eight positions at a time, with letters of one case.

/// How many bits the table's hash has: 128 KiB, which a processor has near. A bit for each hash would take less, and
/// more work at each position.
const BITS: u32 = 17;

/// How many bits say where those are who asked.
const BUCKET_BITS: u32 = 12;

/// Bytes with bit 5 set are letters of one case; other bytes may fall together, which does no harm.
const FOLD: u64 = 0x2020_2020_2020_2020;

/// Who looks closer where its four bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Candidate {
    /// A mark of an earlier run.
    Mark,
    /// A telling name.
    Name,
    /// A shape of the rules, by its number.
    Shape(u16),
    /// `eyJ`, base64 of `{"`.
    Token,
    /// `-----BEGIN`.
    Pem,
    /// `://`.
    Url,
    /// `Bearer …`.
    Bearer,
    /// `Basic …`.
    Basic,
    /// `"cookies": [`.
    Cookies,
    /// `"text": "…"`, which may be base64.
    Content,
    /// Base64 of `<?xml` or `<saml`, or what follows `;base64,`.
    Payload,
    /// `curl … -u name:password`.
    UserOption,
    /// `curl … -b name=value`.
    CookieOption,
    /// `mysql … -pPASSWORD`.
    PasswordOption,
    /// `8Q~` of a cloud's client secret.
    CloudSecret,
    /// Three digits in base64: a bot's number, and its token.
    Snowflake,
    /// `….atlasv1.…`.
    Atlas,
    /// `:AA` of a chat bot's token.
    Bot,
    /// `IDENTIFIED BY '…'`.
    Identified,
    /// `NL91 ABNA …`: too few digits in a row to be seen as digits.
    Iban,
}

/// What was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    /// Four bytes that somebody asked for.
    Gram(usize),
    /// Digits in a row, with blanks between them or not.
    Digits(usize),
}

/// All the four bytes.
pub(super) struct Triggers {
    /// Whether some gram has this hash.
    table: Box<[u8; 1 << BITS]>,
    /// Sorted by bucket.
    grams: Vec<(u32, Candidate)>,
    /// Where each bucket begins.
    buckets: Vec<u16>,
}

impl Triggers {
    pub(super) fn new(mut grams: Vec<(u32, Candidate)>) -> Self {
        grams.sort_unstable_by_key(|(gram, candidate)| (bucket(*gram), *gram, *candidate));
        grams.dedup();
        let mut table = Box::new([0; 1 << BITS]);
        for (gram, _) in &grams {
            table[hash(*gram)] = 1;
        }
        let begins = |number| grams.partition_point(|(gram, _)| bucket(*gram) < number);
        let buckets =
            (0..=1 << BUCKET_BITS).map(|number| u16::try_from(begins(number)).unwrap_or(u16::MAX)).collect();
        Self { table, grams, buckets }
    }

    /// Who asked for the four bytes at `at`.
    pub(super) fn candidates(&self, text: &[u8], at: usize) -> impl Iterator<Item = Candidate> {
        let gram = text.get(at..at + 4).map(gram);
        let bucket = gram.map_or(&[][..], |gram| self.bucket_of(gram));
        bucket.iter().filter(move |(other, _)| Some(*other) == gram).map(|(_, candidate)| *candidate)
    }

    /// The first place from `from` to `to` where somebody wants to look closer. Digits are told from `digits` on.
    #[inline]
    pub(super) fn next(&self, text: &[u8], mut from: usize, to: usize, digits: usize) -> Option<Hit> {
        while from + 8 <= to && from + 12 <= text.len() {
            let (low, high) = (word(text, from), word(text, from + 4));
            if from >= digits {
                if in_a_row(low) {
                    return Some(Hit::Digits(from));
                }
                if in_a_row(high) {
                    return Some(Hit::Digits(from + 4));
                }
            }
            let (low, high) = (low | FOLD, high | FOLD);
            let any = self.asked(low)
                | self.asked(low >> 8)
                | self.asked(low >> 16)
                | self.asked(low >> 24)
                | self.asked(high)
                | self.asked(high >> 8)
                | self.asked(high >> 16)
                | self.asked(high >> 24);
            if any != 0
                && let Some(ahead) = self.first(low, high)
            {
                return Some(Hit::Gram(from + ahead));
            }
            from += 8;
        }
        while from < to && from + 4 <= text.len() {
            if from >= digits && text.get(from..from + 8).is_some_and(|_| in_a_row(word(text, from))) {
                return Some(Hit::Digits(from));
            }
            if self.is_gram(u64::from(gram(&text[from..from + 4]))) {
                return Some(Hit::Gram(from));
            }
            from += 1;
        }
        None
    }

    /// How far ahead the first four bytes are that somebody asked for, of eight that begin in two words.
    #[cold]
    #[inline(never)]
    fn first(&self, low: u64, high: u64) -> Option<usize> {
        (0..8).find(|ahead| {
            let word = if *ahead < 4 { low >> (8 * ahead) } else { high >> (8 * (ahead - 4)) };
            self.asked(word) != 0 && self.is_gram(word)
        })
    }

    /// Not nothing where four bytes may be asked for.
    #[inline(always)]
    fn asked(&self, word: u64) -> u8 {
        self.table[hash(low_half(word))]
    }

    /// Whether four bytes are asked for.
    fn is_gram(&self, word: u64) -> bool {
        let gram = low_half(word);
        self.bucket_of(gram).iter().any(|(other, _)| *other == gram)
    }

    fn bucket_of(&self, gram: u32) -> &[(u32, Candidate)] {
        let bucket = bucket(gram);
        &self.grams[usize::from(self.buckets[bucket])..usize::from(self.buckets[bucket + 1])]
    }
}

impl std::fmt::Debug for Triggers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Triggers({})", self.grams.len())
    }
}

/// Four bytes as they are asked for.
pub(super) fn gram(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) | 0x2020_2020
}

#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "four bytes of it are meant")]
fn low_half(word: u64) -> u32 {
    word as u32
}

#[inline(always)]
fn hash(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

fn bucket(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> (32 - BUCKET_BITS)) as usize
}

/// Eight bytes at a place.
#[inline(always)]
pub(super) fn word(text: &[u8], at: usize) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&text[at..at + 8]);
    u64::from_le_bytes(bytes)
}

/// Whether eight bytes are digits but for two at the most: one sign between groups, or two blanks.
#[inline(always)]
fn in_a_row(word: u64) -> bool {
    const LOW: u64 = 0x0f0f_0f0f_0f0f_0f0f;
    if word & 0xe0e0_e0e0_e0e0_e0e0 != FOLD {
        return false;
    }
    let digits = word & 0x1010_1010_1010_1010;
    let others = (!word & 0x1010_1010_1010_1010) >> 4;
    match digits.count_ones() {
        // From `:` to `?` are no digits.
        7 | 8 => ((word & LOW) + 0x0606_0606_0606_0606) & digits == 0,
        6 => word & (others * 0x0f) == 0 && ((word & LOW) + 0x0606_0606_0606_0606) & digits == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_met_at_every_position() {
        let triggers = Triggers::new(vec![(gram(b"pass"), Candidate::Name)]);
        for before in 0..40 {
            let text = format!("{}PaSS{}", "-".repeat(before), "-".repeat(40 - before));
            assert_eq!(triggers.next(text.as_bytes(), 0, text.len(), 0), Some(Hit::Gram(before)));
        }
    }

    #[test]
    fn eleven_digits_are_met_wherever_they_begin() {
        let triggers = Triggers::new(Vec::new());
        for before in 0..40 {
            let text = format!("{}41111111111{}", "x".repeat(before), "x".repeat(40 - before));
            let met = triggers.next(text.as_bytes(), 0, text.len(), 0);
            assert!(matches!(met, Some(Hit::Digits(_))), "{before}");
        }
    }
}
