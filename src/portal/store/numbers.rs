//! Sets of case numbers, as bits: made to be combined and counted fast, and kept in pieces that fit the row
//! of a database.

use std::collections::BTreeMap;
use std::ops::Range;

/// Case numbers that one piece is for.
const PIECE: i64 = 1 << 15;
/// Bytes of a piece with a bit for each.
const FULL: usize = PIECE as usize / 8;

/// The bits of one piece.
type Bits = Box<[u64; FULL / 8]>;

/// A set of case numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::portal) struct Numbers(BTreeMap<i64, Bits>);

/// The piece that a number is in.
pub(super) fn piece(number: i64) -> i64 {
    number / PIECE
}

/// A word and the bit in it.
fn place(number: i64) -> (usize, u64) {
    let at = (number % PIECE) as usize;
    (at / 64, 1 << (at % 64))
}

impl Numbers {
    pub(in crate::portal) fn insert(&mut self, number: i64) {
        let bits = self.0.entry(piece(number)).or_insert_with(|| Box::new([0; FULL / 8]));
        let (word, bit) = place(number);
        bits[word] |= bit;
    }

    pub(super) fn remove(&mut self, number: i64) {
        let (word, bit) = place(number);
        if let Some(bits) = self.0.get_mut(&piece(number)) {
            bits[word] &= !bit;
            if bits.iter().all(|word| *word == 0) {
                self.0.remove(&piece(number));
            }
        }
    }

    pub(super) fn contains(&self, number: i64) -> bool {
        let (word, bit) = place(number);
        self.0.get(&piece(number)).is_some_and(|bits| bits[word] & bit != 0)
    }

    pub(in crate::portal) fn len(&self) -> u64 {
        self.0.values().flat_map(|bits| bits.iter()).map(|word| u64::from(word.count_ones())).sum()
    }

    /// From the highest on.
    pub(super) fn descending(&self) -> impl Iterator<Item = i64> {
        self.0.iter().rev().flat_map(|(piece, bits)| {
            let words = bits.iter().enumerate().rev().filter(|(_, word)| **word != 0);
            words.flat_map(move |(at, word)| {
                let set = (0..64).rev().filter(move |bit| word & (1 << bit) != 0);
                set.map(move |bit| piece * PIECE + (at * 64) as i64 + bit)
            })
        })
    }

    /// Adds those that are in `other`.
    pub(super) fn unite(&mut self, other: &Self) {
        for (piece, more) in &other.0 {
            match self.0.get_mut(piece) {
                Some(bits) => bits.iter_mut().zip(&**more).for_each(|(word, more)| *word |= more),
                None => drop(self.0.insert(*piece, more.clone())),
            }
        }
    }

    /// Keeps those that are in `other` too.
    pub(super) fn intersect(&mut self, other: &Self) {
        self.0.retain(|piece, bits| {
            let Some(same) = other.0.get(piece) else { return false };
            bits.iter_mut().zip(&**same).for_each(|(word, same)| *word &= same);
            bits.iter().any(|word| *word != 0)
        });
    }

    /// Keeps those that are in a range.
    pub(super) fn keep(&mut self, range: &Range<i64>) {
        for edge in [range.start, range.end] {
            let numbers = piece(edge) * PIECE..(piece(edge) + 1).saturating_mul(PIECE);
            if self.0.contains_key(&piece(edge)) {
                numbers.filter(|number| !range.contains(number)).for_each(|number| self.remove(number));
            }
        }
        self.0.retain(|at, _| (piece(range.start)..=piece(range.end)).contains(at));
    }

    /// Adds a piece as the database keeps it; `None` when it isn't one.
    pub(super) fn read(&mut self, piece: i64, bytes: &[u8]) -> Option<()> {
        if bytes.len() == FULL {
            let mut bits = Box::new([0; FULL / 8]);
            for (word, bytes) in bits.iter_mut().zip(bytes.chunks_exact(8)) {
                *word = u64::from_le_bytes(bytes.try_into().ok()?);
            }
            self.unite(&Self(BTreeMap::from([(piece, bits)])));
            return Some(());
        }
        if bytes.is_empty() {
            return Some(());
        }
        let bits = self.0.entry(piece).or_insert_with(|| Box::new([0; FULL / 8]));
        for bytes in bytes.chunks(2) {
            let at = usize::from(u16::from_le_bytes(bytes.try_into().ok()?));
            *bits.get_mut(at / 64)? |= 1 << (at % 64);
        }
        Some(())
    }

    /// Each piece as the database keeps it: a bit for every number or, where that is shorter, the numbers
    /// that are there, two bytes each.
    pub(super) fn write(&self) -> impl Iterator<Item = (i64, Vec<u8>)> {
        self.0.iter().map(|(piece, bits)| {
            let count: u32 = bits.iter().map(|word| word.count_ones()).sum();
            if count as usize * 2 >= FULL {
                return (*piece, bits.iter().flat_map(|word| word.to_le_bytes()).collect());
            }
            let mut bytes = Vec::with_capacity(count as usize * 2);
            for (at, word) in bits.iter().enumerate() {
                let mut left = *word;
                while left != 0 {
                    bytes.extend((at as u16 * 64 + left.trailing_zeros() as u16).to_le_bytes());
                    left &= left - 1;
                }
            }
            (*piece, bytes)
        })
    }
}

impl FromIterator<i64> for Numbers {
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        let mut set = Self::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Close to each other and to the edges of pieces, few or many.
    fn sets() -> impl Strategy<Value = BTreeSet<i64>> {
        prop_oneof![
            proptest::collection::btree_set(1_i64..200_000, 0..40),
            proptest::collection::btree_set(PIECE - 70..PIECE + 70, 0..140),
            (1_i64..50_000, 1_i64..40_000).prop_map(|(from, count)| (from..from + count).collect()),
        ]
    }

    fn back(numbers: &Numbers) -> BTreeSet<i64> {
        let descending: Vec<i64> = numbers.descending().collect();
        assert!(descending.is_sorted_by(|a, b| a > b));
        descending.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn they_are_sets(a in sets(), b in sets(), from in 0_i64..70_000, count in 0_i64..70_000) {
            let (left, right): (Numbers, Numbers) = (a.iter().copied().collect(), b.iter().copied().collect());
            prop_assert_eq!(left.len(), a.len() as u64);
            prop_assert_eq!(back(&left), a.clone());

            let mut both = left.clone();
            both.unite(&right);
            prop_assert_eq!(back(&both), &a | &b);
            both = left.clone();
            both.intersect(&right);
            prop_assert_eq!(back(&both), &a & &b);
            both = left.clone();
            both.keep(&(from..from + count));
            prop_assert_eq!(back(&both), a.range(from..from + count).copied().collect::<BTreeSet<_>>());
            both = left.clone();
            b.iter().for_each(|number| both.remove(*number));
            prop_assert_eq!(back(&both), &a - &b);
            prop_assert!(b.iter().all(|number| left.contains(*number) == a.contains(number)));

            let mut read = Numbers::default();
            for (piece, bytes) in left.write() {
                prop_assert!(bytes.len() <= FULL);
                read.read(piece, &bytes).unwrap();
            }
            prop_assert_eq!(read, left);
        }
    }

    #[test]
    fn an_open_range_ends_nowhere() {
        let mut numbers: Numbers = (1..100_000).collect();
        numbers.keep(&(40_000..i64::MAX));
        assert_eq!(numbers.len(), 60_000);
    }

    #[test]
    fn what_is_no_piece_is_refused() {
        assert_eq!(Numbers::default().read(0, &[1]), None);
        assert_eq!(Numbers::default().read(0, &[0xff, 0xff]), None);
        assert_eq!(Numbers::default().read(0, &[]), Some(()));
    }
}
