//! Texts in UTF-16, with a byte order mark or without: the engine reads and writes them as UTF-8. What isn't replaced
//! keeps its bytes, halves of surrogate pairs that stand alone included: they take three bytes in between, as in WTF-8.

use std::io::{self, Read, Write};

use super::{Unread, Walk, fill};
use crate::redact::report::Report;

/// How much is put into the other form at once.
const CHUNK: usize = 8 << 10;
const REPLACEMENT: u32 = 0xfffd;
/// How many characters in ASCII have to be in a text without a mark.
const FEWEST: usize = 8;
/// How many characters in a row have to be two letters of ASCII each for what doubts that it is UTF-16.
const FEWEST_TWOS: usize = 3;
/// And how many for what is in UTF-16 otherwise: so many are no text in Chinese by chance.
const MOST_TWOS: usize = 16;

/// Which byte of a unit comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    /// The order that a byte order mark tells. What begins like one and has a NUL after it is UTF-32.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xff, 0xfe, 0, 0, ..] => None,
            [0xff, 0xfe, ..] => Some(Self::Little),
            [0xfe, 0xff, ..] => Some(Self::Big),
            _ => None,
        }
    }

    /// The order of a text without a mark: nearly all of it is ASCII, nothing in it is no text, and no line of UTF-8
    /// begins it.
    pub(super) fn unmarked(head: &[u8]) -> Option<Self> {
        [Self::Little, Self::Big].into_iter().find(|order| {
            let (units, _) = head.as_chunks::<2>();
            let units = || units.iter().map(|unit| order.unit(*unit));
            // The other order of what is ASCII ends with a zero, as hardly any character does.
            let is_text = |unit: u16| match unit {
                0..0x80 => is_ascii(unit),
                0x80..0xa0 | 0xfffe | 0xffff => false,
                _ => unit & 0xff != 0,
            };
            let ascii = units().filter(|unit| is_ascii(*unit)).count();
            let mut twos = Twos::default();
            let has_line = units().any(|unit| twos.add(unit) >= FEWEST_TWOS);
            ascii >= FEWEST && ascii * 8 >= units().count() * 7 && units().all(is_text) && !has_line
        })
    }

    fn mark(self) -> [u8; 2] {
        self.bytes(0xfeff)
    }

    fn unit(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }
}

/// Counts characters in a row that could be two letters of ASCII each: programs add lines in another encoding to logs.
#[derive(Debug, Default)]
struct Twos(usize);

impl Twos {
    /// Answers how many there are with this one.
    fn add(&mut self, unit: u16) -> usize {
        let [high, low] = unit.to_be_bytes();
        // Hiragana are zeros and letters.
        let is_two = high != b'0' && is_ascii(high.into()) && is_ascii(low.into());
        self.0 = if is_two { self.0 + 1 } else { 0 };
        self.0
    }
}

/// Whether this is a character of ASCII as it is in texts.
fn is_ascii(unit: u16) -> bool {
    matches!(unit, 0x08..=0x0a | 0x0c | 0x0d | 0x1b | 0x20..0x7f)
}

/// Passes a text, which may begin with a mark.
pub(super) fn pass(
    walk: &mut Walk<'_>,
    (order, marked): (Order, bool),
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<Report> {
    if marked {
        fill(input, &mut [0; 2])?;
        output.write_all(&order.mark())?;
    }
    let mut narrow = Narrow {
        input,
        order,
        high: None,
        odd: None,
        twos: Twos::default(),
        ended: false,
        ready: Vec::new(),
        at: 0,
    };
    let mut wide = Wide { output, order, char: 0, missing: 0, units: Vec::new() };
    let report = walk.text(&mut narrow, &mut wide)?;
    wide.finish()?;
    // Half a unit is no text.
    if let Some(odd) = narrow.odd {
        output.write_all(&[odd])?;
    }
    Ok(report)
}

/// Reads UTF-16 as UTF-8.
struct Narrow<'a> {
    input: &'a mut dyn Read,
    order: Order,
    /// The first half of a pair whose second half is still to come.
    high: Option<u16>,
    /// The first byte of a unit whose second byte is still to come.
    odd: Option<u8>,
    twos: Twos,
    ended: bool,
    ready: Vec<u8>,
    at: usize,
}

impl Narrow<'_> {
    fn more(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.at = 0;
        let mut chunk = [0; CHUNK];
        let begun = usize::from(self.odd.is_some());
        chunk[0] = self.odd.take().unwrap_or_default();
        let end = begun + fill(self.input, &mut chunk[begun..])?;
        self.ended = end < CHUNK;
        let (units, odd) = chunk[..end].as_chunks::<2>();
        for unit in units {
            let unit = self.order.unit(*unit);
            if self.twos.add(unit) >= MOST_TWOS {
                return Err(Unread::because("there are lines in it that aren't in UTF-16 as the rest is"));
            }
            self.unit(unit);
        }
        self.odd = odd.first().copied();
        if self.ended
            && let Some(high) = self.high.take()
        {
            self.char(high.into());
        }
        Ok(())
    }

    fn unit(&mut self, unit: u16) {
        if let Some(high) = self.high.take() {
            if (0xdc00..0xe000).contains(&unit) {
                return self.char(0x1_0000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(unit) - 0xdc00));
            }
            self.char(high.into());
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
        } else {
            self.char(unit.into());
        }
    }

    fn char(&mut self, char: u32) {
        let tail = |shift: u32| 0x80 | (char >> shift & 0x3f) as u8;
        match char {
            0..0x80 => self.ready.push(char as u8),
            0x80..0x800 => self.ready.extend([0xc0 | (char >> 6) as u8, tail(0)]),
            0x800..0x1_0000 => self.ready.extend([0xe0 | (char >> 12) as u8, tail(6), tail(0)]),
            _ => self.ready.extend([0xf0 | (char >> 18) as u8, tail(12), tail(6), tail(0)]),
        }
    }
}

impl Read for Narrow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.more()?;
        }
        let read = (&self.ready[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// Writes as UTF-16 what it gets as UTF-8.
struct Wide<'a> {
    output: &'a mut dyn Write,
    order: Order,
    /// As much of a character as there was.
    char: u32,
    /// How many of its bytes are still to come.
    missing: u8,
    units: Vec<u8>,
}

impl Wide<'_> {
    fn byte(&mut self, byte: u8) {
        let is_tail = byte & 0xc0 == 0x80;
        if self.missing > 0 && is_tail {
            self.char = self.char << 6 | u32::from(byte & 0x3f);
            self.missing -= 1;
            if self.missing == 0 {
                self.put(self.char);
            }
            return;
        }
        // The engine cut a character in two.
        if self.missing > 0 || is_tail {
            self.put(REPLACEMENT);
        }
        (self.char, self.missing) = match byte {
            0xc0..0xe0 => ((byte & 0x1f).into(), 1),
            0xe0..0xf0 => ((byte & 0x0f).into(), 2),
            0xf0..0xf8 => ((byte & 0x07).into(), 3),
            _ => (0, 0),
        };
        if byte < 0x80 {
            self.put(byte.into());
        }
    }

    fn put(&mut self, char: u32) {
        let units = match char {
            0..0x1_0000 => [Some(char as u16), None],
            0x1_0000..0x11_0000 => {
                let rest = char - 0x1_0000;
                [Some(0xd800 + (rest >> 10) as u16), Some(0xdc00 + (rest & 0x3ff) as u16)]
            }
            _ => [Some(REPLACEMENT as u16), None],
        };
        for unit in units.into_iter().flatten() {
            self.units.extend(self.order.bytes(unit));
        }
    }

    fn finish(mut self) -> io::Result<()> {
        if self.missing > 0 {
            self.units.clear();
            self.put(REPLACEMENT);
            self.output.write_all(&self.units)?;
        }
        Ok(())
    }
}

impl Write for Wide<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bytes = &bytes[..bytes.len().min(CHUNK)];
        self.units.clear();
        for byte in bytes {
            self.byte(*byte);
        }
        self.output.write_all(&self.units)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
