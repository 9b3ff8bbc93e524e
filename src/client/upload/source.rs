//! A file that is sent: as it was when it was first looked at, in pieces, with their hashes.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::api::tus;
use crate::client::Error;

/// Bytes of a piece with a checksum: what is sent again at most when docket or the portal dies.
pub(super) const PIECE: u64 = 8 << 20;
/// Bytes of the smallest piece, for a line that breaks before it has carried a larger one.
pub(super) const SMALLEST: u64 = 128 << 10;
/// Bytes of a piece without one. Of it counts what has arrived, so nothing is sent again. It is hashed before it is
/// sent, so a larger one would keep the line waiting.
const LARGE: u64 = 64 << 20;
/// Bytes that are read at once.
const AT_ONCE: usize = 256 * 1024;
/// How many pieces are hashed ahead of the one that is sent.
const AHEAD: usize = 1;
/// How many pieces have a checksum in any case: after these it is known how fast the line is.
const CHECKED: u64 = 4;

/// A file as it was when it was first looked at.
#[derive(Debug, Clone)]
pub(super) struct Source {
    path: PathBuf,
    pub(super) name: String,
    pub(super) length: u64,
    modified: Option<SystemTime>,
}

impl Source {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let fault = |why: &str| Error::File { path: path.to_owned(), why: why.to_owned() };
        let metadata = path.metadata().map_err(|error| fault(&error.to_string()))?;
        if !metadata.is_file() {
            return Err(fault("it is not a file"));
        }
        if metadata.len() == 0 {
            return Err(fault("it is empty"));
        }
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| fault("its name is not valid UTF-8"))?.to_owned();
        let modified = metadata.modified().ok();
        Ok(Self { path: path.to_owned(), name, length: metadata.len(), modified })
    }

    pub(super) fn fault(&self, why: &str) -> Error {
        Error::File { path: self.path.clone(), why: why.to_owned() }
    }

    /// What has happened to the file, if anything has.
    pub(super) fn changed(&self) -> Option<&'static str> {
        match self.path.metadata() {
            Err(_) => Some("it was removed while it was sent"),
            Ok(now) if now.len() < self.length => Some("it shrank while it was sent"),
            Ok(now) if now.len() > self.length => Some("it grew while it was sent"),
            Ok(now) if now.modified().ok() != self.modified => Some("it was changed while it was sent"),
            Ok(_) => None,
        }
    }

    fn open_at(&self, offset: u64) -> Result<File, Error> {
        let open = || -> io::Result<File> {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(offset))?;
            Ok(file)
        };
        open().map_err(|error| self.fault(&error.to_string()))
    }
}

/// A part of a file.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Where it begins.
    pub(super) at: u64,
    /// Where the next one begins.
    pub(super) end: u64,
    /// What it is, where that is told.
    pub(super) checksum: Option<tus::Sha256>,
    /// The hash of all that is before the next one.
    until_end: Sha256,
}

impl Piece {
    /// What the file is until the end of the piece.
    pub(super) fn digest(&self) -> tus::Sha256 {
        self.until_end.clone().finalize().into()
    }
}

/// The pieces of a file, hashed by a thread ahead of being sent.
#[derive(Debug)]
pub(super) struct Pieces {
    hashed: Receiver<Result<Piece, Error>>,
    /// Whether each of them has a checksum.
    checked: Arc<AtomicBool>,
}

impl Pieces {
    /// Those after `offset`, of `size` bytes as long as they have checksums. What is before it is read, too, for
    /// the hash of the whole.
    pub(super) fn after(source: &Source, offset: u64, size: u64) -> Result<Self, Error> {
        let (sender, hashed) = mpsc::sync_channel(AHEAD);
        let checked = Arc::new(AtomicBool::new(true));
        let (hashing, still_checked) = (source.clone(), Arc::clone(&checked));
        let spawned = thread::Builder::new().name("hash".to_owned()).spawn(move || {
            if let Err(error) = hash(&hashing, (offset, size), &still_checked, &sender) {
                // Nobody listens any more if it isn't wanted.
                let _ = sender.send(Err(error));
            }
        });
        spawned.map_err(|error| source.fault(&format!("it can't be sent: {error}")))?;
        Ok(Self { hashed, checked })
    }

    /// Whether those to come shall have checksums. Each is a second hash of every byte, here and at the portal.
    pub(super) fn check(&self, checked: bool) {
        self.checked.store(checked, Ordering::Relaxed);
    }

    /// The next one; there is one as long as the file hasn't ended.
    pub(super) fn next(&self, source: &Source) -> Result<Piece, Error> {
        self.hashed.recv().unwrap_or_else(|_| Err(source.fault("it can't be sent: it wasn't hashed")))
    }
}

fn hash(
    source: &Source,
    (offset, size): (u64, u64),
    checked: &AtomicBool,
    pieces: &SyncSender<Result<Piece, Error>>,
) -> Result<(), Error> {
    let (mut file, mut whole) = (source.open_at(0)?, Sha256::new());
    let mut buffer = vec![0; AT_ONCE];
    feed(source, &mut file, offset, &mut buffer, |bytes| whole.update(bytes))?;
    let mut at = offset;
    while at < source.length {
        let is_checked = at < offset + CHECKED * size || checked.load(Ordering::Relaxed);
        let end = source.length.min(at + if is_checked { size } else { LARGE });
        // What begins the file is hashed for the whole already.
        let mut part = (is_checked && at > 0).then(Sha256::new);
        feed(source, &mut file, end - at, &mut buffer, |bytes| {
            for hash in part.iter_mut().chain([&mut whole]) {
                hash.update(bytes);
            }
        })?;
        let part = if at == 0 { Some(whole.clone()) } else { part };
        let checksum = part.map(|part| part.finalize().into());
        let piece = Piece { at, end, checksum, until_end: whole.clone() };
        if pieces.send(Ok(piece)).is_err() {
            return Ok(());
        }
        at = end;
    }
    Ok(())
}

/// Reads so many bytes.
fn feed(
    source: &Source,
    file: &mut File,
    mut length: u64,
    buffer: &mut [u8],
    mut to: impl FnMut(&[u8]),
) -> Result<(), Error> {
    while length > 0 {
        let wanted = usize::try_from(length).map_or(buffer.len(), |length| length.min(buffer.len()));
        let count = match file.read(&mut buffer[..wanted]) {
            Ok(0) => return Err(source.fault("it shrank while it was sent")),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(source.fault(&error.to_string())),
        };
        to(&buffer[..count]);
        length -= count as u64;
    }
    Ok(())
}

/// How far a piece has been read, and why no further.
#[derive(Debug, Default)]
pub(super) struct Way {
    at: AtomicU64,
    fault: Mutex<Option<Error>>,
}

impl Way {
    /// Where in the file it is.
    pub(super) fn at(&self) -> u64 {
        self.at.load(Ordering::Relaxed)
    }

    /// What is wrong with the file.
    pub(super) fn fault(&self) -> Option<Error> {
        self.fault.lock().ok()?.take()
    }
}

/// The bytes of a piece, from the file.
pub(super) struct Bytes {
    source: Source,
    file: File,
    at: u64,
    end: u64,
    way: Arc<Way>,
}

impl Bytes {
    pub(super) fn of(source: &Source, piece: &Piece) -> Result<(Self, Arc<Way>), Error> {
        let way = Arc::new(Way::default());
        way.at.store(piece.at, Ordering::Relaxed);
        let file = source.open_at(piece.at)?;
        let bytes =
            Self { source: source.clone(), file, at: piece.at, end: piece.end, way: Arc::clone(&way) };
        Ok((bytes, way))
    }

    fn read(&mut self) -> Result<Vec<u8>, String> {
        let wanted = (self.end - self.at).min(AT_ONCE as u64);
        let mut bytes = Vec::with_capacity(AT_ONCE);
        let read = (&mut self.file).take(wanted).read_to_end(&mut bytes);
        self.at += read.map_err(|error| error.to_string())? as u64;
        if (bytes.len() as u64) < wanted {
            return Err("it shrank while it was sent".to_owned());
        }
        if self.at == self.source.length
            && let Some(why) = self.source.changed()
        {
            // Before the last bytes leave, so that it never arrives whole.
            return Err(why.to_owned());
        }
        Ok(bytes)
    }
}

impl Iterator for Bytes {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at == self.end {
            return None;
        }
        let read = self.read();
        Some(match read {
            Ok(bytes) => {
                self.way.at.store(self.at, Ordering::Relaxed);
                Ok(bytes)
            }
            Err(why) => {
                if let Ok(mut fault) = self.way.fault.lock() {
                    *fault = Some(self.source.fault(&why));
                }
                Err(io::Error::other(why))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_pieces_have_checksums_and_the_others_if_they_shall() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        File::create(&path).unwrap().set_len(PIECE * CHECKED + LARGE + 1).unwrap();
        let source = Source::open(&path).unwrap();
        let pieces = |check: bool| -> Vec<(u64, bool)> {
            let pieces = Pieces::after(&source, 0, PIECE).unwrap();
            pieces.check(check);
            let next = || pieces.next(&source).unwrap();
            let mut all = vec![next()];
            while all.last().unwrap().end < source.length {
                all.push(next());
            }
            all.iter().map(|piece| (piece.end - piece.at, piece.checksum.is_some())).collect()
        };
        let small = (PIECE, true);
        assert_eq!(pieces(false), [small, small, small, small, (LARGE, false), (1, false)]);
        assert_eq!(pieces(true), [&[small; 12][..], &[(1, true)]].concat());
        // What the first piece is, the file is until its end.
        let first = Pieces::after(&source, 0, PIECE).unwrap().next(&source).unwrap();
        assert_eq!(first.checksum, Some(first.digest()));
    }
}
