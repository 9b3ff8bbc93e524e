//! Packing and unpacking with deflate, as gzip and zip do.

use std::io::{self, BufRead, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc, Decompress, FlushDecompress, Status};

use super::{Unpacked, Unread};

/// How something packed ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    /// It is cut off. All there is was unpacked.
    Cut,
}

/// Unpacks into `buffer`, which has room, and tells how much and whether that was the end. Nothing was unpacked only
/// where it was.
pub(super) fn step(
    state: &mut Decompress,
    input: &mut dyn BufRead,
    buffer: &mut [u8],
    unpacked: &Unpacked,
) -> io::Result<(usize, Option<End>)> {
    let is_damaged = || Unread::because("what is packed in it is damaged");
    loop {
        let packed = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            packed => packed?,
        };
        let at_end = packed.is_empty();
        let (read_before, written_before) = (state.total_in(), state.total_out());
        let status = state.decompress(packed, buffer, FlushDecompress::None).map_err(|_| is_damaged())?;
        let read = (state.total_in() - read_before) as usize;
        let written = (state.total_out() - written_before) as usize;
        input.consume(read);
        unpacked.add(written)?;
        match status {
            Status::StreamEnd => return Ok((written, Some(End::Whole))),
            _ if written > 0 => return Ok((written, None)),
            _ if at_end => return Ok((0, Some(End::Cut))),
            _ if read == 0 => return Err(is_damaged()),
            _ => {}
        }
    }
}

/// Writes a file's content packed or as it is, with what archives say of it.
pub(super) struct Packer<'a> {
    sum: Crc,
    size: u64,
    how: How<'a>,
}

enum How<'a> {
    Stored(&'a mut dyn Write),
    Deflated(DeflateEncoder<&'a mut dyn Write>),
}

/// What an archive says of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) sum: u32,
    pub(super) size: u64,
}

impl<'a> Packer<'a> {
    pub(super) fn stored(output: &'a mut dyn Write) -> Self {
        Self { sum: Crc::new(), size: 0, how: How::Stored(output) }
    }

    pub(super) fn deflated(output: &'a mut dyn Write) -> Self {
        // A sixth bigger than the usual, and written four times as fast.
        let how = How::Deflated(DeflateEncoder::new(output, Compression::fast()));
        Self { sum: Crc::new(), size: 0, how }
    }

    pub(super) fn finish(self) -> io::Result<Content> {
        if let How::Deflated(encoder) = self.how {
            encoder.finish()?;
        }
        Ok(Content { sum: self.sum.sum(), size: self.size })
    }
}

impl Write for Packer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.how {
            How::Stored(output) => output.write(bytes),
            How::Deflated(encoder) => encoder.write(bytes),
        }?;
        self.sum.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
