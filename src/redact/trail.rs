//! Where in a text the first pass found something, so that the second needs to look there only.

/// How long a trail can be, in bytes.
const LONGEST: usize = 8 << 20;

/// What there is at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// Something that begins with four bytes that somebody asked for.
    Gram,
    /// Digits around it.
    Digits,
    /// So many bytes with nothing in them.
    Passed(u64),
}

/// The spots of a text, in their order.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// How far each is from the one before, with what it is in two bits; and how long it is, if it was passed.
    numbers: Vec<u8>,
    last: u64,
    /// Whether there were too many to be kept.
    lost: bool,
}

impl Trail {
    /// Adds a spot behind all others.
    pub(super) fn add(&mut self, place: u64, spot: Spot) {
        if place < self.last || self.numbers.len() >= LONGEST {
            self.lost = true;
            return;
        }
        let step = (place - self.last) << 2;
        self.last = place;
        match spot {
            Spot::Gram => self.number(step),
            Spot::Digits => self.number(step | 1),
            Spot::Passed(length) => {
                self.number(step | 2);
                self.number(length);
            }
        }
    }

    /// Seven bits a byte.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.numbers.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        #[expect(clippy::cast_possible_truncation, reason = "seven bits are left")]
        self.numbers.push(number as u8);
    }

    /// All spots; nothing where some are missing.
    pub(super) fn spots(&self) -> Option<Spots<'_>> {
        (!self.lost).then_some(Spots { numbers: &self.numbers, at: 0 })
    }
}

/// The spots of a [`Trail`] and their places.
#[derive(Debug, Clone)]
pub(super) struct Spots<'a> {
    numbers: &'a [u8],
    at: u64,
}

impl Spots<'_> {
    fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.numbers.split_first()?;
            self.numbers = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

impl Iterator for Spots<'_> {
    type Item = (u64, Spot);

    fn next(&mut self) -> Option<(u64, Spot)> {
        let number = self.number()?;
        self.at += number >> 2;
        let spot = match number & 3 {
            0 => Spot::Gram,
            1 => Spot::Digits,
            _ => Spot::Passed(self.number()?),
        };
        Some((self.at, spot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spots_are_found_again() {
        let spots =
            [(0, Spot::Digits), (7, Spot::Gram), (1 << 40, Spot::Passed(5_000_000)), (1 << 40, Spot::Gram)];
        let mut trail = Trail::default();
        spots.iter().for_each(|(place, spot)| trail.add(*place, *spot));
        assert_eq!(trail.spots().unwrap().collect::<Vec<_>>(), spots);
        trail.add(7, Spot::Gram);
        assert!(trail.spots().is_none());
    }
}
