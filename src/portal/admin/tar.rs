//! As much of the tar format (POSIX ustar) as a backup needs: folders and plain files with short names.
//!
//! A file of 8 GiB and more has its size in binary, as GNU tar and its like write and read it.

use std::io::{self, Read, Write};

const BLOCK: usize = 512;
const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..136;
const CHECKSUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;
/// The largest size that eleven octal digits say.
const LARGEST_OCTAL: u64 = 0o777_7777_7777;

/// Writes an archive.
pub(super) struct Writer<W> {
    to: W,
    /// Seconds since 1970 that every entry has.
    at: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(to: W, at: u64) -> Self {
        Self { to, at }
    }

    /// Adds a folder for its owner only; its name ends with a slash.
    pub(super) fn folder(&mut self, name: &str) -> io::Result<()> {
        self.to.write_all(&header(name, b'5', 0o700, 0, self.at)?)
    }

    /// Adds a file for its owner only, which has to have the `size` that is said before.
    pub(super) fn file(&mut self, name: &str, size: u64, from: impl Read) -> io::Result<()> {
        self.to.write_all(&header(name, b'0', 0o600, size, self.at)?)?;
        let written = io::copy(&mut from.take(size), &mut self.to)?;
        if written < size {
            let why = format!("{name} has {written} bytes in place of {size}");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, why));
        }
        self.to.write_all(&[0; BLOCK][..padding(size)])
    }

    /// Ends the archive.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.to.write_all(&[0; 2 * BLOCK])?;
        Ok(self.to)
    }
}

fn header(name: &str, kind: u8, mode: u32, size: u64, at: u64) -> io::Result<[u8; BLOCK]> {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    if name.len() >= NAME.end {
        return Err(io::Error::new(io::ErrorKind::InvalidFilename, format!("{name} is too long for a tar")));
    }
    put(NAME.start, name.as_bytes());
    put(100, format!("{mode:07o}").as_bytes());
    put(108, b"0000000\x000000000\x00");
    if size <= LARGEST_OCTAL {
        put(SIZE.start, format!("{size:011o}").as_bytes());
    } else {
        put(SIZE.start, &[0x80, 0, 0, 0]);
        put(SIZE.start + 4, &size.to_be_bytes());
    }
    put(136, format!("{at:011o}").as_bytes());
    put(KIND, &[kind]);
    put(257, b"ustar\x0000");
    let sum = format!("{:06o}\0 ", checksum(&header));
    header[CHECKSUM].copy_from_slice(sum.as_bytes());
    Ok(header)
}

/// The sum of a header's bytes, with the sum itself taken for spaces.
fn checksum(header: &[u8; BLOCK]) -> u32 {
    let bytes = header.iter().enumerate();
    bytes.map(|(at, byte)| u32::from(if CHECKSUM.contains(&at) { b' ' } else { *byte })).sum()
}

fn padding(size: u64) -> usize {
    (size.next_multiple_of(BLOCK as u64) - size) as usize
}

/// Reads an archive, and calls `found` with the name, the size and the bytes of each file; what it leaves of
/// the bytes is skipped. An archive that breaks off is an error of the kind `UnexpectedEof`, and one that isn't
/// one of the kind `InvalidData`.
pub(super) fn read<R: Read>(
    mut from: R,
    mut found: impl FnMut(&str, u64, &mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    loop {
        let mut header = [0; BLOCK];
        from.read_exact(&mut header)?;
        if header == [0; BLOCK] {
            return from.read_exact(&mut header);
        }
        if octal(&header[CHECKSUM]) != Some(checksum(&header).into()) {
            return Err(invalid("it isn't a tar file, or is damaged"));
        }
        let name = header[NAME].split(|byte| *byte == 0).next().unwrap_or_default();
        let name = std::str::from_utf8(name).map_err(|_| invalid("a name in it is no text"))?;
        let size = match header[SIZE.start] {
            0x80 => {
                header[SIZE.start + 4..SIZE.end].iter().fold(0, |size, byte| size << 8 | u64::from(*byte))
            }
            _ => octal(&header[SIZE]).ok_or_else(|| invalid("a size in it is no number"))?,
        };
        let mut content = (&mut from).take(size);
        if matches!(header[KIND], b'0' | 0) {
            found(name, size, &mut content)?;
        }
        io::copy(&mut content, &mut io::sink())?;
        if content.limit() > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        from.read_exact(&mut header[..padding(size)])?;
    }
}

fn octal(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?;
    u64::from_str_radix(text.trim_matches(['\0', ' ']), 8).ok()
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive() -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), 1_763_632_800);
        writer.folder("blobs/").unwrap();
        writer.file("portal.db", 700, [7; 700].as_slice()).unwrap();
        writer.file("blobs/a", 512, [8; 512].as_slice()).unwrap();
        writer.finish().unwrap()
    }

    fn names(archive: &[u8]) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        read(archive, |name, size, content| {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes)?;
            names.push(format!("{name} {size} {}", bytes.len()));
            Ok(())
        })?;
        Ok(names)
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(names(&archive()).unwrap(), ["portal.db 700 700", "blobs/a 512 512"]);
        let skipped = read(archive().as_slice(), |_, _, _| Ok(()));
        assert!(skipped.is_ok());
    }

    #[test]
    fn an_archive_that_breaks_off_anywhere_is_noticed() {
        let whole = archive();
        for length in 0..whole.len() {
            let error = names(&whole[..length]);
            // What is found of a file that is cut short is for `found` to judge; the end is noticed here.
            assert_eq!(error.unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "{length}");
        }
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let error = names(&[b'x'; 2048]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        let mut damaged = archive();
        damaged[3] ^= 1;
        assert_eq!(names(&damaged).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_size_beyond_eight_gibibytes_is_written_in_binary() {
        let header = header("portal.db", b'0', 0o600, 9 << 30, 0).unwrap();
        assert_eq!(header[SIZE], [0x80, 0, 0, 0, 0, 0, 0, 2, 0x40, 0, 0, 0]);
        let mut seen = 0;
        let error = read(header.as_slice(), |_, size, _| {
            seen = size;
            Ok(())
        });
        assert_eq!((seen, error.unwrap_err().kind()), (9 << 30, io::ErrorKind::UnexpectedEof));
    }

    #[test]
    fn a_file_that_is_shorter_than_was_said_is_an_error() {
        let error = Writer::new(Vec::new(), 0).file("a", 4, b"abc".as_slice()).unwrap_err();
        assert_eq!(error.to_string(), "a has 3 bytes in place of 4");
    }
}
