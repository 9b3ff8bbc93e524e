//! gzip files. Several in a row are one text, so the copy has one where there were several.

use std::io::{self, BufRead, BufReader, Chain, Read, Write};

use flate2::{Crc, Decompress};

use super::deflate::{End, Packer, step};
use super::{Unpacked, Unread, Walk, damaged, fill};
use crate::redact::report::Report;

const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];
const HAS_SUM: u8 = 1 << 1;
const HAS_EXTRA: u8 = 1 << 2;
const HAS_NAME: u8 = 1 << 3;
const HAS_COMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0xe0;
/// How long the words in a header are, at most.
const LONGEST_WORDS: u64 = 64 << 10;

/// The extra field, but for its two bytes of content, by which BGZF tells how long each of its many files is.
const BLOCK_SIZE: &[u8] = b"BC\x02\0";

pub(super) fn pass(walk: &mut Walk<'_>, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<Report> {
    let mut unpacked = Gunzip::begin(input, walk.unpacked)?;
    let mut report;
    if walk.looks() {
        report = words(walk, &unpacked.first, &mut io::sink())?;
        report.add(walk.file(&mut unpacked, &mut io::sink())?);
        if unpacked.broken.is_some() {
            return Ok(report);
        }
    } else {
        report = words(walk, &unpacked.first, output)?;
        let mut packer = Packer::deflated(output);
        report.add(walk.file(&mut unpacked, &mut packer)?);
        let content = packer.finish()?;
        output.write_all(&content.sum.to_le_bytes())?;
        output.write_all(&(content.size as u32).to_le_bytes())?;
    }
    if let Some(why) = unpacked.damage {
        report.note(damaged(why));
    }
    report.add(walk.text(&mut &unpacked.later[..], &mut io::sink())?);
    let mut rest = Rest { input: (&unpacked.ahead[..]).chain(unpacked.input), has_content: false };
    report.add(walk.text(&mut rest, output)?);
    if rest.has_content {
        report.note(damaged("there is more after its end"));
    }
    Ok(report)
}

/// Writes a header without its secrets. Extra fields tell where things are that move now, so they go.
fn words(walk: &mut Walk<'_>, header: &Header, output: &mut dyn Write) -> io::Result<Report> {
    let mut report = walk.text(&mut &header.extra[..], &mut io::sink())?;
    let mut comment = Vec::new();
    if let Some(words) = &header.comment {
        report.add(walk.text(&mut &words[..], &mut comment)?);
        comment.push(0);
    }
    let mut fixed = header.fixed;
    fixed[3] &= !(HAS_SUM | HAS_EXTRA);
    output.write_all(&fixed)?;
    if let Some(name) = &header.name {
        output.write_all(name)?;
        output.write_all(&[0])?;
    }
    output.write_all(&comment)?;
    Ok(report)
}

/// What stands before what is packed.
#[derive(Debug, Default)]
struct Header {
    fixed: [u8; 10],
    extra: Vec<u8>,
    name: Option<Vec<u8>>,
    comment: Option<Vec<u8>>,
}

impl Header {
    /// A header that begins here and is whole.
    fn read(input: &mut dyn BufRead) -> io::Result<Self> {
        let is_cut = |read: usize, whole: usize| {
            if read < whole { Err(Unread::because("it is cut off")) } else { Ok(()) }
        };
        let mut header = Self::default();
        is_cut(fill(input, &mut header.fixed)?, header.fixed.len())?;
        let flags = header.fixed[3];
        if !header.fixed.starts_with(&MAGIC) || flags & RESERVED != 0 {
            return Err(Unread::because("its header is damaged"));
        }
        let mut two = [0; 2];
        if flags & HAS_EXTRA != 0 {
            is_cut(fill(input, &mut two)?, 2)?;
            header.extra = vec![0; u16::from_le_bytes(two).into()];
            is_cut(fill(input, &mut header.extra)?, header.extra.len())?;
        }
        let mut word = |flag: u8| {
            let mut word = Vec::new();
            if flags & flag == 0 {
                return Ok(None);
            }
            (&mut *input).take(LONGEST_WORDS).read_until(0, &mut word)?;
            if word.pop() != Some(0) {
                return Err(Unread::because("its header is cut off or too long"));
            }
            Ok(Some(word))
        };
        header.name = word(HAS_NAME)?;
        header.comment = word(HAS_COMMENT)?;
        if flags & HAS_SUM != 0 {
            is_cut(fill(input, &mut two)?, 2)?;
        }
        Ok(header)
    }
}

/// Reads what is packed, to the end of the last gzip file in a row.
struct Gunzip<'a> {
    input: BufReader<&'a mut dyn Read>,
    /// What was read to see whether another gzip file comes, where none does.
    ahead: Vec<u8>,
    first: Header,
    /// What later headers say, but for their names. The copy doesn't have it.
    later: Vec<u8>,
    state: Decompress,
    sum: Crc,
    unpacked: &'a Unpacked,
    ended: bool,
    damage: Option<&'static str>,
    /// Why no more can be read, for whoever tries again.
    broken: Option<String>,
}

impl<'a> Gunzip<'a> {
    fn begin(input: &'a mut dyn Read, unpacked: &'a Unpacked) -> io::Result<Self> {
        let mut input = BufReader::with_capacity(32 << 10, input);
        let first = Header::read(&mut input)?;
        let state = Decompress::new(false);
        Ok(Self {
            input,
            ahead: Vec::new(),
            first,
            later: Vec::new(),
            state,
            sum: Crc::new(),
            unpacked,
            ended: false,
            damage: None,
            broken: None,
        })
    }

    fn more(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let (read, end) = step(&mut self.state, &mut self.input, buffer, self.unpacked)?;
            self.sum.update(&buffer[..read]);
            match end {
                None => {}
                Some(End::Cut) => {
                    self.damage = Some("it is cut off");
                    self.ended = true;
                }
                Some(End::Whole) => self.next()?,
            }
            if read > 0 || self.ended {
                return Ok(read);
            }
        }
    }

    /// Goes on to the next gzip file, where there is one.
    fn next(&mut self) -> io::Result<()> {
        let mut trailer = [0; 8];
        if fill(&mut self.input, &mut trailer)? < trailer.len() {
            self.damage = Some("it is cut off");
        } else if trailer[..4] != self.sum.sum().to_le_bytes()
            || trailer[4..] != self.sum.amount().to_le_bytes()
        {
            self.damage = Some("its checksum is wrong");
        }
        let mut magic = [0; MAGIC.len()];
        let read = fill(&mut self.input, &mut magic)?;
        if magic != MAGIC {
            self.ahead = magic[..read].to_vec();
            self.ended = true;
            return Ok(());
        }
        let header = Header::read(&mut (&magic[..]).chain(&mut self.input))?;
        if !(header.extra.starts_with(BLOCK_SIZE) && header.extra.len() == BLOCK_SIZE.len() + 2) {
            self.later.extend(header.extra);
        }
        self.later.extend(header.comment.unwrap_or_default());
        if self.later.len() as u64 > LONGEST_WORDS {
            return Err(Unread::because("its headers say too much"));
        }
        self.state.reset(false);
        self.sum.reset();
        Ok(())
    }
}

impl Read for Gunzip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(why) = &self.broken {
            return Err(Unread::because(why));
        }
        if self.ended || buffer.is_empty() {
            return Ok(0);
        }
        self.more(buffer)
            .inspect_err(|error| self.broken = Unread::of(error).map(|unread| unread.why.clone()))
    }
}

/// What comes after the end, and whether that is more than zeros, with which tapes are filled up.
struct Rest<'a> {
    input: Chain<&'a [u8], BufReader<&'a mut dyn Read>>,
    has_content: bool,
}

impl Read for Rest<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.has_content |= buffer[..read].iter().any(|byte| *byte != 0);
        Ok(read)
    }
}
