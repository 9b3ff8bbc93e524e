//! zip files, zip64 included, by their directories. What isn't replaced is copied as it is packed.
//!
//! Every byte is accounted for: what stands between the files, in comments and after the end is read as text. A
//! directory that contradicts itself or the files' own headers would show others something else than was read here,
//! so it ends with [`Unread`].

mod directory;

use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom, Write};

use flate2::{Crc, Decompress};
use tempfile::{SpooledTempFile, spooled_tempfile};

use directory::{Directory, Entry, Local};

use super::deflate::{self, End, Packer, step};
use super::{IN_MEMORY, Unpacked, Unread, Walk, copy_range, damaged, fill, shown};
use crate::redact::Input;
use crate::redact::report::{Note, Report};

const STORED: u64 = 0;
const DEFLATED: u64 = 8;

/// A little-endian number.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Fills `buffer` from a place in `input`.
fn read_at(input: &mut dyn Input, at: u64, buffer: &mut [u8]) -> io::Result<()> {
    input.seek(SeekFrom::Start(at))?;
    if fill(input, buffer)? < buffer.len() {
        return Err(Unread::because("it is cut off"));
    }
    Ok(())
}

pub(super) fn pass(walk: &mut Walk<'_>, input: &mut dyn Input, output: &mut dyn Write) -> io::Result<Report> {
    let directory = Directory::find(input)?;
    let output = Counted { output, count: 0 };
    let mut copy = Copy { walk, input, output, report: Report::default() };
    copy.gap(0, directory.first())?;
    let mut entries = spooled_tempfile(IN_MEMORY);
    let (mut at, mut count) = (directory.at, 0);
    while at < directory.end {
        let mut entry = Entry::read(copy.input, at, directory.end)?;
        at += entry.length();
        count += 1;
        let next = directory.after(entry.at)?;
        copy.file(&mut entry, next)?;
        entry.write(&mut entries)?;
    }
    let new = copy.output.count;
    let size = entries.stream_position()?;
    entries.rewind()?;
    io::copy(&mut entries, &mut copy.output)?;
    for (from, to) in directory.gaps {
        copy.gap(from, to)?;
    }
    let comment = copy.words(&directory.comment)?;
    let end = directory::end(count, new, size, copy.output.count, &comment);
    copy.output.write_all(&end)?;
    copy.gap(directory.whole, directory.length)?;
    Ok(copy.report)
}

/// A copy in the making.
struct Copy<'a, 'w> {
    walk: &'a mut Walk<'w>,
    input: &'a mut dyn Input,
    output: Counted<'a>,
    report: Report,
}

impl Copy<'_, '_> {
    /// What belongs to no file.
    fn gap(&mut self, from: u64, to: u64) -> io::Result<()> {
        if from == to {
            return Ok(());
        }
        self.input.seek(SeekFrom::Start(from))?;
        let gap = BufReader::new((&mut *self.input).take(to - from));
        let mut gap = Gap { gap, last: 0, has_content: false };
        self.report.add(self.walk.text(&mut gap, &mut self.output)?);
        if gap.has_content {
            self.report.note(damaged("there is more in it than files"));
        }
        Ok(())
    }

    /// A comment without its secrets.
    fn words(&mut self, words: &[u8]) -> io::Result<Vec<u8>> {
        let mut copy = Vec::with_capacity(words.len());
        if words.is_empty() {
            return Ok(copy);
        }
        let mut words_read = Gap { gap: words, last: 0, has_content: false };
        self.report.add(self.walk.text(&mut words_read, &mut copy)?);
        if self.walk.looks() {
            return Ok(words.to_vec());
        }
        copy.truncate(u16::MAX.into());
        Ok(copy)
    }

    /// A file, and what stands between it and `next`, which begins after it.
    fn file(&mut self, entry: &mut Entry, next: u64) -> io::Result<()> {
        let mut local = Local::read(self.input, entry)?;
        let from = entry.at + local.length();
        let to = from.checked_add(entry.packed).filter(|to| *to <= next);
        let to = to.ok_or_else(|| Unread::because("files in it overlap"))?;
        let name = shown(&entry.name);
        let mut replaced = None;
        if entry.is_encrypted() {
            self.report.note(Note::Encrypted { member: Some(name) });
        } else if ![STORED, DEFLATED].contains(&entry.method()) {
            let with = format!("method {}", entry.method());
            self.report.note(Note::Packed { member: Some(name), with });
        } else if entry.packed > 0 || entry.size > 0 {
            replaced = self.content(entry, &name, from)?;
        }
        let end = to + local.descriptor(self.input, entry, to, next)?;
        // The comment may be in an extra once more, with a checksum of the other.
        if self.words(&local.extra)? != local.extra {
            local.leave_out_extra();
        }
        if self.words(&entry.extra)? != entry.extra {
            entry.extra.clear();
        }
        let at = self.output.count;
        match replaced {
            _ if self.walk.looks() => {}
            Some(mut copy) => {
                self.output.write_all(&local.replaced(entry))?;
                copy.rewind()?;
                io::copy(&mut copy, &mut self.output)?;
            }
            None => {
                self.output.write_all(&local.header())?;
                copy_range(self.input, from, end, &mut self.output)?;
            }
        }
        entry.at = at;
        entry.comment = self.words(&entry.comment)?;
        self.gap(end, next)
    }

    /// A file's content. Packs it again, where something in it was replaced, and tells `entry`.
    fn content(&mut self, entry: &mut Entry, name: &str, from: u64) -> io::Result<Option<SpooledTempFile>> {
        self.input.seek(SeekFrom::Start(from))?;
        let packed = BufReader::new((&mut *self.input).take(entry.packed));
        let is_deflated = entry.method() == DEFLATED;
        let state = is_deflated.then(|| Decompress::new(false));
        let mut content =
            Unzip { packed, state, sum: Crc::new(), size: 0, end: None, unpacked: self.walk.unpacked };
        let mut copy = spooled_tempfile(IN_MEMORY);
        let mut replaced = None;
        let report = if self.walk.looks() {
            self.walk.member(name, &mut content, &mut io::sink())?
        } else {
            let mut packer =
                if is_deflated { Packer::deflated(&mut copy) } else { Packer::stored(&mut copy) };
            let report = self.walk.member(name, &mut content, &mut packer)?;
            let new = packer.finish()?;
            if report.total() > 0 {
                replaced = Some(new);
            }
            report
        };
        let why = content.damage(entry);
        self.report.add(report);
        if let Some(why) = why {
            self.report.note(Note::Damaged { member: Some(name.to_owned()), why: why.to_owned() });
        }
        let Some(deflate::Content { sum, size }) = replaced else { return Ok(None) };
        (entry.sum, entry.size, entry.packed) = (sum, size, copy.stream_position()?);
        entry.is_replaced = true;
        Ok(Some(copy))
    }
}

/// Reads what belongs to no file, and fails where there are files in it: others may find them.
struct Gap<R> {
    gap: R,
    /// The last four bytes.
    last: u32,
    has_content: bool,
}

impl<R: Read> Read for Gap<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.gap.read(buffer)?;
        for byte in &buffer[..read] {
            self.last = self.last << 8 | u32::from(*byte);
            self.has_content |= *byte != 0;
            if [Local::MAGIC, Entry::MAGIC].contains(&self.last.to_be_bytes()) {
                return Err(Unread::because("it hides files that its directory doesn't have"));
            }
        }
        Ok(read)
    }
}

/// Counts what is written.
struct Counted<'a> {
    output: &'a mut dyn Write,
    count: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.count += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Reads a file's content.
struct Unzip<'a, R> {
    packed: R,
    /// Where it is packed and not only stored.
    state: Option<Decompress>,
    sum: Crc,
    size: u64,
    end: Option<End>,
    unpacked: &'a Unpacked,
}

impl<R: BufRead> Unzip<'_, R> {
    /// How it differs from what is said of it. All of it was read, unless it is passed unread.
    fn damage(&self, entry: &Entry) -> Option<&'static str> {
        match self.end? {
            End::Cut => Some("it is cut off"),
            End::Whole if self.size != entry.size => Some("it has another size than it says"),
            End::Whole if u64::from(self.sum.sum()) != u64::from(entry.sum) => Some("its checksum is wrong"),
            End::Whole => None,
        }
    }
}

impl<R: BufRead> Read for Unzip<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.end.is_some() || buffer.is_empty() {
            return Ok(0);
        }
        let read = match &mut self.state {
            Some(state) => {
                let (read, end) = step(state, &mut self.packed, buffer, self.unpacked)?;
                self.end = end;
                read
            }
            None => {
                let read = self.packed.read(buffer)?;
                self.end = (read == 0).then_some(End::Whole);
                read
            }
        };
        self.sum.update(&buffer[..read]);
        self.size += read as u64;
        if self.end == Some(End::Whole) && !self.packed.fill_buf()?.is_empty() {
            self.end = None;
            return Err(Unread::because("there is more in it than is unpacked"));
        }
        Ok(read)
    }
}
