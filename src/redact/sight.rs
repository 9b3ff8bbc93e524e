//! The stretch of a text that is in sight: bytes come in at its end and go at its beginning.

use std::io::{self, Read};
use std::ops::{Deref, Range};

use super::container::fill;

/// What of a text is in sight.
#[derive(Debug, Default)]
pub(super) struct Sight {
    /// Room for it. What is behind `length` was something once, and isn't cleared again for what comes.
    bytes: Vec<u8>,
    length: usize,
}

impl Sight {
    /// Reads on until there are `size` bytes in sight. Answers whether that was the end.
    pub(super) fn fill(&mut self, input: &mut dyn Read, size: usize) -> io::Result<bool> {
        if size > self.bytes.len() {
            let mut bytes = vec![0; size];
            bytes[..self.length].copy_from_slice(self);
            self.bytes = bytes;
        }
        let room = self.bytes.get_mut(self.length..size).unwrap_or_default();
        let read = fill(input, room)?;
        let ended = read < room.len();
        self.length += read;
        Ok(ended)
    }

    /// Leaves out a part.
    pub(super) fn remove(&mut self, part: Range<usize>) {
        self.bytes.copy_within(part.end..self.length, part.start);
        self.length -= part.len();
    }
}

impl Deref for Sight {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_at_the_end_and_go_at_the_beginning() {
        let mut input = &b"abcdefgh"[..];
        let mut sight = Sight::default();
        assert!(!sight.fill(&mut input, 4).unwrap());
        assert_eq!(&sight[..], b"abcd");
        sight.remove(0..1);
        sight.remove(1..2);
        assert!(!sight.fill(&mut input, 4).unwrap());
        assert_eq!(&sight[..], b"bdef");
        assert!(!sight.fill(&mut input, 2).unwrap());
        assert!(sight.fill(&mut input, 8).unwrap());
        assert_eq!(&sight[..], b"bdefgh");
    }
}
