//! Looks into what is packed: every file in an archive is read, and the copy is an archive of the same kind with the
//! same files.
//!
//! What a file is, its first bytes tell (`kind`). Texts go to the engine as they are or, where they are UTF-16, as
//! UTF-8 (`utf16`); pictures, sound and video are passed; gzip, zip and tar are unpacked (`gzip`, `zip`, `tar`), and
//! what is in them is read in the same way, four deep. Looking and writing are the same [`Walk`]: the one finds and
//! writes nowhere.
//!
//! Nothing passes that couldn't be read. What is broken in a way that hides something ends with [`Unread`] when it
//! is written; looking notes it and goes on. Memory is constant; what has to be read twice or measured before it is
//! written waits in a temporary file that has no name.

mod deflate;
mod gzip;
mod kind;
mod tar;
#[cfg(test)]
mod tests;
mod utf16;
mod zip;

use std::cell::Cell;
use std::io::{self, Read, Seek as _, SeekFrom, Write};

use memchr::memmem;
use tempfile::{SpooledTempFile, spooled_tempfile};

use kind::Kind;

use super::compiled::Rules;
use super::known::Known;
use super::mark::Marks;
use super::report::{Note, Report};
use super::{Input, window};

/// How many archives may be in each other.
const DEEPEST: usize = 4;
/// What is unpacked of one input, at most: more is a bomb.
const MOST_UNPACKED: u64 = 64 << 30;
/// What may be unpacked however small the input is.
const UNSUSPICIOUS: u64 = 64 << 20;
/// How many times its size an input may unpack to, beyond that.
const MOST_RATIO: u64 = 1_000;
/// What waits in memory before it waits in a file.
const IN_MEMORY: usize = 256 << 10;
/// How a zip file ends: programs and the like may have one at their end, and whoever opens them as zip files finds it.
const ZIP_END: &[u8] = b"PK\x05\x06\0\0\0\0";
const HAS_ZIP: &str = "there is a zip file in it that wasn't unpacked";
/// How much of a name a report has.
const LONGEST_NAME: usize = 500;

/// Some of an input couldn't be read, so none of it may be passed on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{why}", member.as_deref().map(|member| format!("{member}: ")).unwrap_or_default())]
pub struct Unread {
    /// In which file of an archive.
    pub member: Option<String>,
    /// What is wrong with it.
    pub why: String,
}

impl Unread {
    /// What an error says could not be read, where it is that and no failure of the disk.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    fn because(why: &str) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, Self { member: None, why: why.to_owned() })
    }

    fn within(error: io::Error, member: &str) -> io::Error {
        match error.downcast::<Self>() {
            Ok(mut unread) => {
                let inner = unread.member.map_or_else(String::new, |inner| format!("/{inner}"));
                unread.member = Some(format!("{member}{inner}"));
                io::Error::new(io::ErrorKind::InvalidData, unread)
            }
            Err(error) => error,
        }
    }
}

/// Finds what is in `input`, and adds it to what is known.
pub(super) fn look(
    rules: &Rules,
    marks: &Marks,
    input: &mut dyn Input,
    known: &mut Known,
) -> io::Result<Report> {
    let unpacked = Unpacked::of(input.seek(SeekFrom::End(0))?);
    let mut walk =
        Walk { rules, marks, pass: Pass::Look(known), depth: 0, changes: false, unpacked: &unpacked };
    walk.seekable(input, &mut io::sink())
}

/// Writes `input` to `output` without its secrets. Where it `changes`, because something was found in it, it is
/// written as it is read; where it may not, it waits until that is certain, and then keeps its bytes.
pub(super) fn write(
    rules: &Rules,
    marks: &Marks,
    known: &Known,
    changes: bool,
    input: &mut dyn Input,
    output: &mut dyn Write,
) -> io::Result<Report> {
    let unpacked = Unpacked::of(input.seek(SeekFrom::End(0))?);
    let mut walk = Walk { rules, marks, pass: Pass::Write(known), depth: 0, changes, unpacked: &unpacked };
    walk.seekable(input, output)
}

/// How much of an input was unpacked, and how much may be.
#[derive(Debug)]
struct Unpacked {
    bytes: Cell<u64>,
    most: u64,
}

impl Unpacked {
    fn of(size: u64) -> Self {
        Self { bytes: Cell::new(0), most: size.saturating_mul(MOST_RATIO).clamp(UNSUSPICIOUS, MOST_UNPACKED) }
    }

    fn add(&self, bytes: usize) -> io::Result<()> {
        self.bytes.set(self.bytes.get().saturating_add(bytes as u64));
        if self.bytes.get() > self.most {
            return Err(Unread::because("it unpacks to far more than it is, as only bombs do"));
        }
        Ok(())
    }
}

/// What is done with each text.
enum Pass<'a> {
    Look(&'a mut Known),
    Write(&'a Known),
}

/// One way through an input and all that is in it.
struct Walk<'a> {
    rules: &'a Rules,
    marks: &'a Marks,
    pass: Pass<'a>,
    /// How many archives it is in.
    depth: usize,
    /// Whether it is certain that something in the outermost archive is replaced.
    changes: bool,
    unpacked: &'a Unpacked,
}

impl Walk<'_> {
    fn looks(&self) -> bool {
        matches!(self.pass, Pass::Look(_))
    }

    /// What can be read twice.
    fn seekable(&mut self, input: &mut dyn Input, output: &mut dyn Write) -> io::Result<Report> {
        input.seek(SeekFrom::Start(0))?;
        let kind = Kind::of(Peek::new(input)?.head());
        input.seek(SeekFrom::Start(0))?;
        if matches!(kind, Kind::Gzip | Kind::Zip) {
            let result = self.unpack(kind, input, output);
            return self.settle(result);
        }
        self.file(input, output)
    }

    /// What can be read once.
    fn file(&mut self, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Report> {
        let result = Peek::new(input).and_then(|mut input| match Kind::of(input.head()) {
            Kind::Gzip if self.looks() => self.inside(|walk| gzip::pass(walk, &mut input, &mut io::sink())),
            kind @ (Kind::Gzip | Kind::Zip) => self.unpack(kind, &mut spooled(&mut input)?, output),
            Kind::Tar => self.inside(|walk| tar::pass(walk, &mut input, output)),
            Kind::Utf16(order, marked) => utf16::pass(self, (order, marked), &mut input, output),
            Kind::Media => {
                if !self.looks() {
                    io::copy(&mut input, output)?;
                }
                Ok(noted(Note::Media { member: None }))
            }
            Kind::Packed(with) => self.packed(with, &mut input, output),
            kind => {
                let mut watched = Watch { input: &mut input, last: Vec::new(), has_zip: false };
                let mut report = self.text(&mut watched, output)?;
                if watched.has_zip {
                    report.note(damaged(HAS_ZIP));
                }
                if kind == Kind::Binary {
                    report.note(Note::Binary { member: None });
                }
                Ok(report)
            }
        });
        self.settle(result)
    }

    /// A file of an archive.
    fn member(&mut self, name: &str, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Report> {
        match self.file(input, output) {
            Ok(report) => Ok(report.within(name)),
            Err(error) => Err(Unread::within(error, name)),
        }
    }

    /// What is packed with something that isn't unpacked here. It is passed as it is: with other bytes in it, nobody
    /// could unpack it any more. What looks like text in it is read all the same, as some of it may not be packed.
    fn packed(&mut self, with: &str, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Report> {
        let mut whole = spooled(input)?;
        whole.rewind()?;
        let mut report = self.text(&mut whole, &mut io::sink())?;
        report.note(Note::Packed { member: None, with: with.to_owned() });
        match report.total() {
            0 => {
                whole.rewind()?;
                io::copy(&mut whole, output)?;
            }
            _ if self.looks() => report.set_unread(),
            _ => {
                let why = format!("it is packed with {with} and there is a secret in it: unpack it first");
                return Err(Unread::because(&why));
            }
        }
        Ok(report)
    }

    /// What the engine reads as it is.
    fn text(&mut self, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Report> {
        match &mut self.pass {
            Pass::Look(known) => window::look(self.rules, self.marks, input, known),
            Pass::Write(known) => window::write(self.rules, self.marks, known, input, output),
        }
    }

    /// A gzip or zip file. Where nothing in it is replaced, it keeps its bytes.
    fn unpack(&mut self, kind: Kind, input: &mut dyn Input, output: &mut dyn Write) -> io::Result<Report> {
        let certain = self.looks() || (self.changes && self.depth == 0);
        self.inside(|walk| {
            let mut pass = |input: &mut dyn Input, output: &mut dyn Write| match kind {
                Kind::Zip => zip::pass(walk, input, output),
                _ => gzip::pass(walk, input, output),
            };
            if certain {
                return pass(input, output);
            }
            let size = input.seek(SeekFrom::End(0))?;
            input.seek(SeekFrom::Start(0))?;
            let mut copy = spooled_tempfile(IN_MEMORY);
            let report = pass(input, &mut copy)?;
            if report.total() == 0 {
                copy_range(input, 0, size, output)?;
            } else {
                copy.rewind()?;
                io::copy(&mut copy, output)?;
            }
            Ok(report)
        })
    }

    /// Does something one archive deeper.
    fn inside(&mut self, pass: impl FnOnce(&mut Self) -> io::Result<Report>) -> io::Result<Report> {
        if self.depth == DEEPEST {
            return Err(Unread::because("it is too deep: an archive in an archive in an archive and so on"));
        }
        self.depth += 1;
        let result = pass(self);
        self.depth -= 1;
        result
    }

    /// Notes what couldn't be read, so that looking goes on. Writing doesn't.
    fn settle(&self, result: io::Result<Report>) -> io::Result<Report> {
        match result {
            Err(error) if self.looks() => {
                let unread = error.downcast::<Unread>()?;
                let mut report = noted(Note::Damaged { member: unread.member, why: unread.why });
                report.set_unread();
                Ok(report)
            }
            result => result,
        }
    }
}

fn damaged(why: &str) -> Note {
    Note::Damaged { member: None, why: why.to_owned() }
}

fn noted(note: Note) -> Report {
    let mut report = Report::default();
    report.note(note);
    report
}

/// A file's name as a report gives it. It is whatever somebody wrote into an archive.
fn shown(name: &[u8]) -> String {
    let name = name.get(..LONGEST_NAME).unwrap_or(name);
    String::from_utf8_lossy(name).replace(char::is_control, "\u{fffd}")
}

/// All of `input`, to be read as often as it takes.
fn spooled(input: &mut dyn Read) -> io::Result<SpooledTempFile> {
    let mut spool = spooled_tempfile(IN_MEMORY);
    io::copy(input, &mut spool)?;
    Ok(spool)
}

/// Copies a part of `input`, or fails.
fn copy_range(input: &mut dyn Input, from: u64, to: u64, output: &mut dyn Write) -> io::Result<()> {
    input.seek(SeekFrom::Start(from))?;
    if io::copy(&mut input.take(to - from), output)? < to - from {
        return Err(Unread::because("it is cut off"));
    }
    Ok(())
}

/// Reads until `buffer` is full or there is no more, and tells how much there was.
pub(super) fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Whether these are the first bytes of a picture, sound, video or font.
pub(super) fn is_media(head: &[u8]) -> bool {
    Kind::of(head) == Kind::Media
}

/// Whether these are the first bytes of a gzip file.
pub(super) fn is_gzip(head: &[u8]) -> bool {
    Kind::of(head) == Kind::Gzip
}

/// A reader whose beginning is known before it is read.
struct Peek<'a> {
    head: Vec<u8>,
    at: usize,
    rest: &'a mut dyn Read,
}

impl<'a> Peek<'a> {
    fn new(rest: &'a mut dyn Read) -> io::Result<Self> {
        let mut head = vec![0; kind::HEAD];
        let filled = fill(rest, &mut head)?;
        head.truncate(filled);
        Ok(Self { head, at: 0, rest })
    }

    fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Read for Peek<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.head.len() {
            return self.rest.read(buffer);
        }
        let read = (&self.head[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// Sees whether there is the end of a zip file in what is read as text.
struct Watch<'a> {
    input: &'a mut dyn Read,
    /// What was read last, where it is too short to be such an end.
    last: Vec<u8>,
    has_zip: bool,
}

impl Read for Watch<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let bytes = &buffer[..read];
        let short = ZIP_END.len() - 1;
        self.last.extend(&bytes[..read.min(short)]);
        let mut has_end = |bytes: &[u8]| self.has_zip |= memmem::find(bytes, ZIP_END).is_some();
        has_end(&self.last);
        has_end(bytes);
        if read >= short {
            self.last.clear();
            self.last.extend(&bytes[read - short..]);
        } else {
            self.last.drain(..self.last.len().saturating_sub(short));
        }
        Ok(read)
    }
}
