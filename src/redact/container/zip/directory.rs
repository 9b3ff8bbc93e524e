//! What a zip file says of its files: its directory, its end and the headers before the files.

use std::io::{self, BufReader, Read, SeekFrom, Write};

use super::{number, read_at};
use crate::redact::Input;
use crate::redact::container::{Unread, fill};

/// How many files there may be. Their places are kept in memory.
const MOST_FILES: usize = 1 << 20;
/// How far from the end of the file the end of the directory may be: as far as the longest comment is long.
const FARTHEST_END: u64 = 22 + 0xffff;
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// The extra field with the numbers that are too big for theirs.
const ZIP_64: u64 = 1;
/// What stands in a field whose number is in that one.
const ELSEWHERE: u64 = 0xffff_ffff;
/// The version of zip that reads it.
const VERSION_64: u16 = 45;
/// Encrypted, in one way or the other.
const IS_ENCRYPTED: u64 = 1 | 1 << 6 | 1 << 13;
/// Sum and sizes come after the content.
const HAS_DESCRIPTOR: u64 = 1 << 3;

fn contradicts() -> io::Error {
    Unread::because("its directory contradicts itself")
}

/// Where everything is.
pub(super) struct Directory {
    pub(super) at: u64,
    pub(super) end: u64,
    /// What else stands between the directory and its end.
    pub(super) gaps: Vec<(u64, u64)>,
    pub(super) comment: Vec<u8>,
    /// Where the zip file ends.
    pub(super) whole: u64,
    /// Where the file ends.
    pub(super) length: u64,
    /// Where the files begin.
    starts: Vec<u64>,
}

impl Directory {
    pub(super) fn find(input: &mut dyn Input) -> io::Result<Self> {
        let length = input.seek(SeekFrom::End(0))?;
        let mut tail = vec![0; length.min(FARTHEST_END) as usize];
        let tail_at = length - tail.len() as u64;
        read_at(input, tail_at, &mut tail)?;
        for at in memchr::memmem::rfind_iter(&tail, END) {
            let Some(fixed) = tail[at..].first_chunk::<22>() else { continue };
            let comment = at + fixed.len()..at + fixed.len() + number(&fixed[20..]) as usize;
            let Some(comment) = tail.get(comment) else { continue };
            let at = tail_at + at as u64;
            let directory = Self {
                at: number(&fixed[16..20]),
                end: number(&fixed[16..20]) + number(&fixed[12..16]),
                gaps: Vec::new(),
                comment: comment.to_vec(),
                whole: at + fixed.len() as u64 + comment.len() as u64,
                length,
                starts: Vec::new(),
            };
            let is_split = number(&fixed[4..8]) != 0;
            if let Some(mut directory) = directory.located(input, at, is_split)? {
                directory.read_starts(input)?;
                return Ok(directory);
            }
        }
        Err(Unread::because("it is cut off: its directory is missing"))
    }

    /// With what zip64 says, where the end at `end` is one.
    fn located(mut self, input: &mut dyn Input, end: u64, is_split: bool) -> io::Result<Option<Self>> {
        let mut gaps = vec![(self.end, end)];
        let mut locator = [0; 20];
        if end >= 20 {
            read_at(input, end - 20, &mut locator)?;
        }
        let mut fixed = [0; 56];
        let at = number(&locator[8..16]);
        if locator.starts_with(LOCATOR_64) && at.checked_add(56).is_some_and(|after| after <= end - 20) {
            read_at(input, at, &mut fixed)?;
        }
        let is_64 = fixed.starts_with(END_64);
        if is_64 {
            self.at = number(&fixed[48..56]);
            self.end = self.at.saturating_add(number(&fixed[40..48]));
            gaps = vec![(self.end, at), (at + 56, end - 20)];
        }
        let has_entry = {
            let mut magic = [0; 4];
            self.at == self.end
                || (self.at < self.end && self.end <= end && self.end - self.at >= 46 && {
                    read_at(input, self.at, &mut magic)?;
                    magic == Entry::MAGIC
                })
        };
        if is_split || !has_entry || gaps.iter().any(|(from, to)| from > to) {
            return Ok(None);
        }
        gaps.retain(|(from, to)| from < to);
        self.gaps = gaps;
        Ok(Some(self))
    }

    fn read_starts(&mut self, input: &mut dyn Input) -> io::Result<()> {
        let mut at = self.at;
        while at < self.end {
            let entry = Entry::read(input, at, self.end)?;
            at += entry.length();
            if entry.at >= self.at {
                return Err(contradicts());
            }
            if self.starts.len() == MOST_FILES {
                return Err(Unread::because("there are too many files in it"));
            }
            self.starts.push(entry.at);
        }
        self.starts.sort_unstable();
        if self.starts.windows(2).any(|two| two[0] == two[1]) {
            return Err(Unread::because("files in it overlap"));
        }
        Ok(())
    }

    /// Where the first file begins.
    pub(super) fn first(&self) -> u64 {
        self.starts.first().copied().unwrap_or(self.at)
    }

    /// Where the next file begins after the one that begins at `start`, or the directory.
    pub(super) fn after(&self, start: u64) -> io::Result<u64> {
        let at = self.starts.binary_search(&start).map_err(|_| contradicts())?;
        Ok(self.starts.get(at + 1).copied().unwrap_or(self.at))
    }
}

/// The end of a zip file whose directory of `count` files and `size` bytes is at `at`, to be written at `here`.
pub(super) fn end(count: u64, at: u64, size: u64, here: u64, comment: &[u8]) -> Vec<u8> {
    let mut end = Vec::new();
    let is_64 = count >= 0xffff || at >= ELSEWHERE || size >= ELSEWHERE;
    if is_64 {
        end.extend(END_64);
        end.extend(44_u64.to_le_bytes());
        end.extend([VERSION_64.to_le_bytes(); 2].as_flattened());
        end.extend([0; 8]);
        end.extend([count, count, size, at].map(u64::to_le_bytes).as_flattened());
        end.extend(LOCATOR_64);
        end.extend([0; 4]);
        end.extend(here.to_le_bytes());
        end.extend(1_u32.to_le_bytes());
    }
    let small = |number: u64| (number.min(ELSEWHERE) as u32).to_le_bytes();
    end.extend(END);
    end.extend([0; 4]);
    end.extend([(count.min(0xffff) as u16).to_le_bytes(); 2].as_flattened());
    end.extend(small(size));
    end.extend(small(at));
    end.extend((comment.len() as u16).to_le_bytes());
    end.extend(comment);
    end
}

/// The fields of an extra, each with its header.
fn fields(mut extra: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let length = extra.get(2..4).map_or(extra.len(), |length| 4 + number(length) as usize);
        let (field, rest) = extra.split_at(length.min(extra.len()));
        extra = rest;
        (!field.is_empty()).then_some(field)
    })
}

fn is_64(field: &[u8]) -> bool {
    field.len() >= 4 && number(&field[..2]) == ZIP_64
}

/// An extra in which `numbers` are, and no other.
fn extra_with(extra: &[u8], numbers: &[u64]) -> Vec<u8> {
    let mut new = Vec::with_capacity(extra.len());
    if !numbers.is_empty() {
        new.extend((ZIP_64 as u16).to_le_bytes());
        new.extend((numbers.len() as u16 * 8).to_le_bytes());
        new.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }
    new.extend(fields(extra).filter(|field| !is_64(field)).flatten());
    // There is room for 16 bits of length; what doesn't fit wasn't there to be read.
    new.truncate(u16::MAX.into());
    new
}

/// What the directory says of a file.
pub(super) struct Entry {
    fixed: [u8; 46],
    pub(super) name: Vec<u8>,
    pub(super) extra: Vec<u8>,
    pub(super) comment: Vec<u8>,
    old_length: u64,
    pub(super) sum: u32,
    pub(super) packed: u64,
    pub(super) size: u64,
    pub(super) at: u64,
    pub(super) is_replaced: bool,
}

impl Entry {
    pub(super) const MAGIC: [u8; 4] = *b"PK\x01\x02";

    pub(super) fn read(input: &mut dyn Input, at: u64, end: u64) -> io::Result<Self> {
        let mut fixed = [0; 46];
        read_at(input, at, &mut fixed)?;
        let lengths = [28, 30, 32].map(|at| number(&fixed[at..at + 2]) as usize);
        let old_length = (fixed.len() + lengths.iter().sum::<usize>()) as u64;
        if !fixed.starts_with(&Self::MAGIC) || old_length > end - at || number(&fixed[34..36]) != 0 {
            return Err(contradicts());
        }
        let [name, extra, comment] = lengths.map(|length| vec![0; length]);
        let mut entry = Self {
            name,
            extra,
            comment,
            old_length,
            sum: number(&fixed[16..20]) as u32,
            packed: number(&fixed[20..24]),
            size: number(&fixed[24..28]),
            at: number(&fixed[42..46]),
            is_replaced: false,
            fixed,
        };
        for part in [&mut entry.name, &mut entry.extra, &mut entry.comment] {
            if fill(input, part)? < part.len() {
                return Err(contradicts());
            }
        }
        let big = fields(&entry.extra)
            .find(|field| is_64(field))
            .map_or(Vec::new(), |field| field[4..].chunks_exact(8).map(number).collect());
        let mut big = big.into_iter();
        for small in [&mut entry.size, &mut entry.packed, &mut entry.at] {
            if *small == ELSEWHERE {
                *small = big.next().ok_or_else(contradicts)?;
            }
        }
        Ok(entry)
    }

    /// How much room it takes in the directory.
    pub(super) fn length(&self) -> u64 {
        self.old_length
    }

    pub(super) fn method(&self) -> u64 {
        number(&self.fixed[10..12])
    }

    fn flags(&self) -> u64 {
        number(&self.fixed[8..10])
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.flags() & IS_ENCRYPTED != 0
    }

    pub(super) fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        let mut fixed = self.fixed;
        let mut big = Vec::new();
        for (number, at) in [(self.size, 24), (self.packed, 20), (self.at, 42)] {
            if number >= ELSEWHERE {
                big.push(number);
            }
            fixed[at..at + 4].copy_from_slice(&(number.min(ELSEWHERE) as u32).to_le_bytes());
        }
        fixed[16..20].copy_from_slice(&self.sum.to_le_bytes());
        if self.is_replaced {
            fixed[8] &= !(HAS_DESCRIPTOR as u8);
        }
        if !big.is_empty() {
            need_64(&mut fixed[6..8]);
        }
        let extra = extra_with(&self.extra, &big);
        fixed[30..32].copy_from_slice(&(extra.len() as u16).to_le_bytes());
        fixed[32..34].copy_from_slice(&(self.comment.len() as u16).to_le_bytes());
        for part in [&fixed[..], &self.name, &extra, &self.comment] {
            output.write_all(part)?;
        }
        Ok(())
    }
}

fn need_64(version: &mut [u8]) {
    let needed = (number(version) as u16).max(VERSION_64);
    version.copy_from_slice(&needed.to_le_bytes());
}

/// The header before a file.
pub(super) struct Local {
    fixed: [u8; 30],
    name: Vec<u8>,
    pub(super) extra: Vec<u8>,
}

impl Local {
    pub(super) const MAGIC: [u8; 4] = *b"PK\x03\x04";

    /// The header of a file, where it says the same as the directory.
    pub(super) fn read(input: &mut dyn Input, entry: &Entry) -> io::Result<Self> {
        let mut fixed = [0; 30];
        read_at(input, entry.at, &mut fixed)?;
        let mut name = vec![0; number(&fixed[26..28]) as usize];
        let mut extra = vec![0; number(&fixed[28..30]) as usize];
        if fill(input, &mut name)? < name.len() || fill(input, &mut extra)? < extra.len() {
            return Err(contradicts());
        }
        let local = Self { fixed, name, extra };
        let flags = number(&local.fixed[6..8]);
        let says = |at: usize, what: u64| {
            let number = number(&local.fixed[at..at + 4]);
            number == what || number == ELSEWHERE
        };
        let is_same = local.fixed.starts_with(&Self::MAGIC)
            && number(&local.fixed[8..10]) == entry.method()
            && (flags ^ entry.flags()) & IS_ENCRYPTED == 0
            && (flags & HAS_DESCRIPTOR != 0
                || (says(14, entry.sum.into()) && says(18, entry.packed) && says(22, entry.size)))
            && (entry.method() != super::STORED || entry.is_encrypted() || entry.packed == entry.size);
        if !is_same {
            return Err(Unread::because("its directory and its files contradict each other"));
        }
        Ok(local)
    }

    pub(super) fn length(&self) -> u64 {
        (self.fixed.len() + self.name.len() + self.extra.len()) as u64
    }

    /// Says no more of the file than how large it is.
    pub(super) fn leave_out_extra(&mut self) {
        self.extra = fields(&self.extra).filter(|field| is_64(field)).flatten().copied().collect();
        self.fixed[28..30].copy_from_slice(&(self.extra.len() as u16).to_le_bytes());
    }

    pub(super) fn header(&self) -> Vec<u8> {
        [&self.fixed[..], &self.name, &self.extra].concat()
    }

    /// How long the descriptor is after the content, where there is one between it and `next`.
    pub(super) fn descriptor(
        &self,
        input: &mut dyn Input,
        old: &Entry,
        at: u64,
        next: u64,
    ) -> io::Result<u64> {
        if number(&self.fixed[6..8]) & HAS_DESCRIPTOR == 0 {
            return Ok(0);
        }
        let old = [16..20, 20..24, 24..28].map(|field| number(&old.fixed[field]));
        input.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        BufReader::new(input.take((next - at).min(24))).read_to_end(&mut bytes)?;
        let magic = if bytes.starts_with(DESCRIPTOR) { DESCRIPTOR.len() } else { 0 };
        for width in [4, 8] {
            let Some(numbers) = bytes.get(magic..magic + 4 + 2 * width) else { continue };
            let (sum, sizes) = numbers.split_at(4);
            let sizes = [number(&sizes[..width]), number(&sizes[width..])];
            let is_size = |(size, old): (u64, u64)| size == old || old == ELSEWHERE;
            if number(sum) == old[0] && sizes.into_iter().zip([old[1], old[2]]).all(is_size) {
                return Ok((magic + numbers.len()) as u64);
            }
        }
        Ok(0)
    }

    /// The header of the file with other content, as the directory's entry has it.
    pub(super) fn replaced(&self, entry: &Entry) -> Vec<u8> {
        let mut fixed = self.fixed;
        fixed[6] &= !(HAS_DESCRIPTOR as u8);
        fixed[14..18].copy_from_slice(&entry.sum.to_le_bytes());
        // Both sizes are there, or none.
        let is_big = entry.packed >= ELSEWHERE || entry.size >= ELSEWHERE;
        let big = if is_big { &[entry.size, entry.packed][..] } else { &[] };
        for (number, at) in [(entry.packed, 18), (entry.size, 22)] {
            let number = if is_big { ELSEWHERE } else { number };
            fixed[at..at + 4].copy_from_slice(&(number as u32).to_le_bytes());
        }
        if is_big {
            need_64(&mut fixed[4..6]);
        }
        let extra = extra_with(&self.extra, big);
        fixed[28..30].copy_from_slice(&(extra.len() as u16).to_le_bytes());
        [&fixed[..], &self.name, &extra].concat()
    }
}
