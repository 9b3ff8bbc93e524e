//! tar files: ustar, GNU's and pax. Headers pass as they are but for a size that changes and what pax says beyond
//! names, sizes and times, so what isn't replaced keeps its bytes.
//!
//! A header says how long the file is that follows it, so a copy of that file waits until it is whole. Where a header
//! should be and none is, the rest is text.

use std::io::{self, Read, Seek as _, Write};

use tempfile::spooled_tempfile;

use super::{IN_MEMORY, Unread, Walk, damaged, fill, shown};
use crate::redact::report::Report;

const BLOCK: usize = 512;
/// How much may stand before a file to tell its name and the like.
const MOST_EXTENSIONS: u64 = 1 << 20;
const SIZE: std::ops::Range<usize> = 124..136;
const SUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;

/// What pax says of a file that other headers say as well, and that passes as it does there.
const ORDINARY: [&[u8]; 14] = [
    b"path",
    b"linkpath",
    b"size",
    b"uid",
    b"gid",
    b"uname",
    b"gname",
    b"mtime",
    b"atime",
    b"ctime",
    b"LIBARCHIVE.creationtime",
    b"SCHILY.dev",
    b"SCHILY.ino",
    b"SCHILY.nlink",
];
/// The shortest name and value that can be a secret.
const SHORTEST_SECRET: usize = 8;
const SPARSE: &[u8] = b"GNU.sparse.";

type Block = [u8; BLOCK];

/// Whether a tar file's header begins here.
pub(super) fn is_header(head: &[u8]) -> bool {
    head.first_chunk::<BLOCK>().is_some_and(is_sound)
}

fn is_sound(block: &Block) -> bool {
    block[0] != 0 && number(&block[SUM]) == Some(sum(block))
}

/// What a header's bytes add up to, with blanks where that is written.
fn sum(block: &Block) -> u64 {
    let all: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
    let own: u64 = block[SUM].iter().map(|byte| u64::from(*byte)).sum();
    all - own + u64::from(b' ') * SUM.len() as u64
}

/// A number in octal digits or, where it is too big for that, in binary.
fn number(field: &[u8]) -> Option<u64> {
    if let [0x80, bytes @ ..] = field {
        let (high, low) = bytes.split_at(bytes.len().saturating_sub(8));
        let is_small = high.iter().all(|byte| *byte == 0);
        return is_small.then(|| low.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if digits.is_empty() {
        return Some(0);
    }
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| u64::from_str_radix(digits, 8).ok())?
}

/// Puts a size and the sum that goes with it into a header.
fn resize(block: &mut Block, size: u64) {
    if size < 1 << 33 {
        block[SIZE].copy_from_slice(format!("{size:011o}\0").as_bytes());
    } else {
        block[SIZE].copy_from_slice(&[0; 12]);
        block[SIZE.start] = 0x80;
        block[SIZE.end - 8..SIZE.end].copy_from_slice(&size.to_be_bytes());
    }
    let sum = sum(block);
    block[SUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn until_nul(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

pub(super) fn pass(walk: &mut Walk<'_>, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Report> {
    let mut report = Report::default();
    let mut extensions = Extensions::default();
    loop {
        let mut block = [0; BLOCK];
        let read = fill(input, &mut block)?;
        if read == 0 {
            extensions.write(output, None)?;
            return Ok(report);
        }
        if block == [0; BLOCK] && extensions.is_empty() {
            output.write_all(&block[..read])?;
            continue;
        }
        let size = extensions.size.or_else(|| number(&block[SIZE]));
        let Some(size) = size.filter(|_| read == BLOCK && is_sound(&block)) else {
            extensions.write(output, None)?;
            report.add(walk.text(&mut (&block[..read]).chain(input), output)?);
            report
                .note(damaged("it is cut off, or there is more in it than files: the rest was read as text"));
            return Ok(report);
        };
        match block[KIND] {
            b'x' | b'g' | b'L' | b'K' => report.add(extensions.read(walk, block, input)?),
            _ => {
                let extensions = std::mem::take(&mut extensions);
                let mut entry = Entry::read(block, extensions, size, input)?;
                report.add(entry.pass(walk, input, output)?);
            }
        }
    }
}

/// What stands before a file's own header and belongs to it.
#[derive(Debug, Default)]
struct Extensions {
    parts: Vec<Extension>,
    length: u64,
    name: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

#[derive(Debug)]
struct Extension {
    header: Block,
    content: Vec<u8>,
}

impl Extension {
    fn is_pax(&self) -> bool {
        matches!(self.header[KIND], b'x' | b'g')
    }

    /// Takes the secrets out of what it says. Whoever makes an archive can say anything there, attributes of files
    /// among it.
    fn clean(&mut self, walk: &mut Walk<'_>) -> io::Result<Report> {
        let mut report = Report::default();
        let mut content = Vec::with_capacity(self.content.len());
        for record in records(&self.content) {
            let is_short = record.text.len() < SHORTEST_SECRET;
            if is_short || ORDINARY.contains(&record.key) || record.key.starts_with(SPARSE) {
                content.extend(record.whole);
                continue;
            }
            let mut copy = Vec::new();
            let found = walk.text(&mut &*record.text, &mut copy)?;
            if walk.looks() || found.total() == 0 {
                content.extend(record.whole);
            } else if record.text.len() == record.whole.len() {
                content.extend(copy);
            } else {
                content.extend(Record::write(&copy));
            }
            report.add(found);
        }
        if content.len() != self.content.len() {
            resize(&mut self.header, content.len() as u64);
        }
        self.content = content;
        Ok(report)
    }

    /// With another size for the file it belongs to.
    fn resized(&self, size: u64) -> Option<Self> {
        let mut content = Vec::with_capacity(self.content.len());
        let mut has_size = false;
        for record in records(&self.content) {
            if record.key == b"size" {
                has_size = true;
                content.extend(Record::write(format!("size={size}").as_bytes()));
            } else {
                content.extend(record.whole);
            }
        }
        let mut header = self.header;
        resize(&mut header, content.len() as u64);
        (has_size && self.header[KIND] == b'x').then_some(Self { header, content })
    }

    fn write(&self, output: &mut dyn Write) -> io::Result<()> {
        output.write_all(&self.header)?;
        output.write_all(&self.content)?;
        output.write_all(&[0; BLOCK][..padding(self.content.len() as u64)])
    }
}

impl Extensions {
    fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Reads one whose header was read, and keeps it without its secrets.
    fn read(&mut self, walk: &mut Walk<'_>, header: Block, input: &mut dyn Read) -> io::Result<Report> {
        // The size of the file that follows is none of this header's.
        let size = number(&header[SIZE]).unwrap_or(u64::MAX);
        self.length = self.length.saturating_add(size).saturating_add(BLOCK as u64);
        if self.length > MOST_EXTENSIONS {
            return Err(Unread::because("its headers say too much"));
        }
        let mut content = vec![0; size as usize];
        let mut end = [0; BLOCK];
        let end = &mut end[..padding(size)];
        if fill(input, &mut content)? < content.len() || fill(input, end)? < end.len() {
            return Err(Unread::because("it is cut off in the middle of a header"));
        }
        let mut part = Extension { header, content };
        let report = if part.is_pax() { part.clean(walk)? } else { Report::default() };
        match header[KIND] {
            b'L' => self.name = Some(until_nul(&part.content).to_vec()),
            b'x' => {
                for record in records(&part.content) {
                    self.is_sparse |= record.key.starts_with(SPARSE);
                    match record.key {
                        b"path" | b"GNU.sparse.name" => self.name = Some(record.value.to_vec()),
                        b"size" => {
                            self.size =
                                std::str::from_utf8(record.value).ok().and_then(|size| size.parse().ok());
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        self.parts.push(part);
        Ok(report)
    }

    fn write(&self, output: &mut dyn Write, size: Option<u64>) -> io::Result<()> {
        for part in &self.parts {
            let resized = size.and_then(|size| part.resized(size));
            resized.as_ref().unwrap_or(part).write(output)?;
        }
        Ok(())
    }
}

/// What a pax header says: `23 path=a/long/name\n`, the number being the length of it all.
struct Record<'a> {
    whole: &'a [u8],
    /// Its key and value.
    text: &'a [u8],
    key: &'a [u8],
    value: &'a [u8],
}

impl Record<'_> {
    fn write(text: &[u8]) -> Vec<u8> {
        let rest = text.len() + " \n".len();
        let mut length = rest + 1;
        while length != rest + length.to_string().len() {
            length += 1;
        }
        [length.to_string().as_bytes(), b" ", text, b"\n"].concat()
    }
}

/// The records of a pax header. What is none ends them, and has no key.
fn records(mut content: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let record = record(content).or((!content.is_empty()).then_some(Record {
            whole: content,
            text: content,
            key: b"",
            value: b"",
        }))?;
        content = &content[record.whole.len()..];
        Some(record)
    })
}

fn record(content: &[u8]) -> Option<Record<'_>> {
    let blank = content.iter().take(20).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&content[..blank]).ok()?.parse().ok()?;
    let whole = content.get(..length)?;
    let text = whole.get(blank + 1..)?.strip_suffix(b"\n")?;
    let equals = text.iter().position(|byte| *byte == b'=')?;
    Some(Record { whole, text, key: &text[..equals], value: &text[equals + 1..] })
}

fn padding(size: u64) -> usize {
    (size.wrapping_neg() % BLOCK as u64) as usize
}

/// A file's header.
struct Entry {
    extensions: Extensions,
    header: Block,
    /// Where the holes are in a file that has some, as GNU once wrote it.
    holes: Vec<u8>,
    name: String,
    size: u64,
    is_sparse: bool,
}

impl Entry {
    fn read(header: Block, extensions: Extensions, size: u64, input: &mut dyn Read) -> io::Result<Self> {
        let mut holes = Vec::new();
        let is_old_sparse = header[KIND] == b'S';
        let mut more = is_old_sparse && header[482] != 0;
        while more {
            let mut block = [0; BLOCK];
            if fill(input, &mut block)? < BLOCK || holes.len() as u64 > MOST_EXTENSIONS {
                return Err(Unread::because("its headers are cut off or say too much"));
            }
            holes.extend(block);
            more = block[504] != 0;
        }
        // Links, devices, folders and pipes have no content, whatever they say.
        let size = if (b'1'..=b'6').contains(&header[KIND]) { 0 } else { size };
        let name = extensions.name.clone().unwrap_or_else(|| {
            let (name, prefix) = (until_nul(&header[..100]), until_nul(&header[345..500]));
            let has_prefix = header[257..].starts_with(b"ustar\0") && !prefix.is_empty();
            if has_prefix { [prefix, b"/", name].concat() } else { name.to_vec() }
        });
        let is_sparse = is_old_sparse || extensions.is_sparse;
        Ok(Self { extensions, header, holes, name: shown(&name), size, is_sparse })
    }

    fn pass(
        &mut self,
        walk: &mut Walk<'_>,
        input: &mut dyn Read,
        output: &mut dyn Write,
    ) -> io::Result<Report> {
        if self.size == 0 {
            self.write(output, None)?;
            return Ok(Report::default());
        }
        let mut content = Content { input, left: self.size, is_cut: false };
        let mut copy = spooled_tempfile(IN_MEMORY);
        let mut report = if walk.looks() {
            walk.member(&self.name, &mut content, &mut io::sink())
        } else {
            walk.member(&self.name, &mut content, &mut copy)
        }?;
        // What is passed unread wasn't read to its end.
        io::copy(&mut content, &mut io::sink())?;
        let is_cut = content.is_cut;
        let mut end = [0; BLOCK];
        let read = if is_cut { 0 } else { fill(input, &mut end[..padding(self.size)])? };
        let end = &mut end[..read];
        if end.iter().any(|byte| *byte != 0) {
            report.add(walk.text(&mut &end[..], &mut io::sink())?.within(&self.name));
        }
        if is_cut {
            report.note(damaged("it is cut off"));
        }
        if walk.looks() {
            return Ok(report);
        }
        let size = copy.stream_position()?;
        copy.rewind()?;
        if report.total() == 0 {
            self.write(output, None)?;
            io::copy(&mut copy, output)?;
            output.write_all(end)?;
            return Ok(report);
        }
        if self.is_sparse {
            return Err(Unread::within(
                Unread::because("it has holes, and would be another file without"),
                &self.name,
            ));
        }
        self.write(output, Some(size))?;
        io::copy(&mut copy, output)?;
        output.write_all(&[0; BLOCK][..padding(size)])?;
        Ok(report)
    }

    fn write(&self, output: &mut dyn Write, size: Option<u64>) -> io::Result<()> {
        self.extensions.write(output, size)?;
        let mut header = self.header;
        if let Some(size) = size {
            resize(&mut header, size);
        }
        output.write_all(&header)?;
        output.write_all(&self.holes)
    }
}

/// A file's content.
struct Content<'a> {
    input: &'a mut dyn Read,
    left: u64,
    is_cut: bool,
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = self.input.read(&mut buffer[..most])?;
        self.left -= read as u64;
        if read == 0 {
            self.is_cut = true;
            self.left = 0;
        }
        Ok(read)
    }
}
