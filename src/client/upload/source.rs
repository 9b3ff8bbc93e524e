//! A file that is sent: as it was when it was first looked at, in pieces, with their hashes.
//!
//! Pieces with a checksum are hashed by a thread ahead of being sent ([`Pieces`]). A flowing piece has none
//! and is hashed while it is sent, so that a fast line doesn't wait.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use crate::api::tus;
use crate::client::Error;

/// Bytes of a piece with a checksum: what is sent again at most when docket or the portal dies.
pub(super) const PIECE: u64 = 8 << 20;
/// Bytes of the smallest piece, for a line that breaks before it has carried a larger one.
pub(super) const SMALLEST: u64 = 128 << 10;
/// Bytes that are read at once.
const AT_ONCE: usize = 256 * 1024;
/// How many of these are read ahead of being sent.
const PARTS_AHEAD: usize = 4;
/// How many pieces are hashed ahead of the one that is sent.
const AHEAD: usize = 1;

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

    /// The piece from `at` to the end, where `before` is the hash of all that is before it. It is read at once.
    pub(super) fn last_piece(&self, at: u64, mut before: Sha256) -> Result<Piece, Error> {
        let (mut file, mut part) = (self.open_at(at)?, Sha256::new());
        feed(self, &mut file, self.length - at, &mut vec![0; AT_ONCE], |bytes| {
            part.update(bytes);
            before.update(bytes);
        })?;
        Ok(Piece {
            at,
            end: self.length,
            kind: Kind::Checked { checksum: part.finalize().into(), until_end: before },
        })
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
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Hashed ahead: it counts all or not at all.
    Checked {
        checksum: tus::Sha256,
        /// The hash of all that is before the next one.
        until_end: Sha256,
    },
    /// Hashed while it is sent: of it counts what has arrived.
    Flowing {
        /// The hash of all that is before it.
        before: Sha256,
    },
}

impl Piece {
    /// One without a checksum, where `before` is the hash of all that is before it. The file goes on after it:
    /// the digest of the whole has to be known before the last byte is sent.
    pub(super) fn flowing(at: u64, end: u64, before: Sha256) -> Self {
        Self { at, end, kind: Kind::Flowing { before } }
    }

    /// How fast it went if it took so long.
    pub(super) fn bytes_per_second(&self, took: Duration) -> f64 {
        (self.end - self.at) as f64 / took.as_secs_f64()
    }

    pub(super) fn is_flowing(&self) -> bool {
        matches!(self.kind, Kind::Flowing { .. })
    }

    /// What it is, where that is told.
    pub(super) fn checksum(&self) -> Option<&tus::Sha256> {
        match &self.kind {
            Kind::Checked { checksum, .. } => Some(checksum),
            Kind::Flowing { .. } => None,
        }
    }

    /// What the file is until the end of the piece, where that is known before it is sent.
    pub(super) fn digest(&self) -> Option<tus::Sha256> {
        match &self.kind {
            Kind::Checked { until_end, .. } => Some(until_end.clone().finalize().into()),
            Kind::Flowing { .. } => None,
        }
    }
}

/// The pieces of a file, hashed by a thread ahead of being sent.
#[derive(Debug)]
pub(super) struct Pieces {
    hashed: Receiver<Result<Piece, Error>>,
}

impl Pieces {
    /// Those after `offset`, of `size` bytes. What is before it is read, too, for the hash of the whole.
    pub(super) fn after(source: &Source, offset: u64, size: u64) -> Result<Self, Error> {
        let (sender, hashed) = mpsc::sync_channel(AHEAD);
        let hashing = source.clone();
        let spawned = thread::Builder::new().name("hash".to_owned()).spawn(move || {
            if let Err(error) = hash(&hashing, (offset, size), &sender) {
                // Nobody listens any more if it isn't wanted.
                let _ = sender.send(Err(error));
            }
        });
        spawned.map_err(|error| source.fault(&format!("it can't be sent: {error}")))?;
        Ok(Self { hashed })
    }

    /// The next one; there is one as long as the file hasn't ended.
    pub(super) fn next(&self, source: &Source) -> Result<Piece, Error> {
        self.hashed.recv().unwrap_or_else(|_| Err(source.fault("it can't be sent: it wasn't hashed")))
    }
}

fn hash(
    source: &Source,
    (offset, size): (u64, u64),
    pieces: &SyncSender<Result<Piece, Error>>,
) -> Result<(), Error> {
    let (mut file, mut whole) = (source.open_at(0)?, Sha256::new());
    let mut buffer = vec![0; AT_ONCE];
    feed(source, &mut file, offset, &mut buffer, |bytes| whole.update(bytes))?;
    let mut at = offset;
    while at < source.length {
        let end = source.length.min(at + size);
        // What begins the file is hashed for the whole already.
        let mut part = (at > 0).then(Sha256::new);
        feed(source, &mut file, end - at, &mut buffer, |bytes| {
            for hash in part.iter_mut().chain([&mut whole]) {
                hash.update(bytes);
            }
        })?;
        let checksum = part.unwrap_or_else(|| whole.clone()).finalize().into();
        let piece = Piece { at, end, kind: Kind::Checked { checksum, until_end: whole.clone() } };
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
    /// The hash of all that is before the next piece, once this one has been read.
    until_end: Mutex<Option<Sha256>>,
    fault: Mutex<Option<Error>>,
}

impl Way {
    /// Where in the file it is.
    pub(super) fn at(&self) -> u64 {
        self.at.load(Ordering::Relaxed)
    }

    /// The hash of all that is before the next piece, once this one has been read.
    pub(super) fn until_end(&self) -> Option<Sha256> {
        self.until_end.lock().ok()?.take()
    }

    fn hashed(&self, hash: Sha256) {
        if let Ok(mut until_end) = self.until_end.lock() {
            *until_end = Some(hash);
        }
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
    /// The hash of all that is before `at`, where it isn't known for the end already.
    hash: Option<Sha256>,
    way: Arc<Way>,
}

impl Bytes {
    pub(super) fn of(source: &Source, piece: &Piece) -> Result<(Self, Arc<Way>), Error> {
        let way = Arc::new(Way::default());
        way.at.store(piece.at, Ordering::Relaxed);
        let file = source.open_at(piece.at)?;
        let hash = match &piece.kind {
            Kind::Checked { until_end, .. } => {
                way.hashed(until_end.clone());
                None
            }
            Kind::Flowing { before } => Some(before.clone()),
        };
        let (source, way_too) = (source.clone(), Arc::clone(&way));
        Ok((Self { source, file, at: piece.at, end: piece.end, hash, way: way_too }, way))
    }

    /// The same, read and hashed by a thread a little ahead of being sent.
    pub(super) fn ahead(self) -> Result<mpsc::IntoIter<io::Result<Vec<u8>>>, Error> {
        let (sender, parts) = mpsc::sync_channel(PARTS_AHEAD);
        let source = self.source.clone();
        let spawned = thread::Builder::new().name("read".to_owned()).spawn(move || {
            for part in self {
                if sender.send(part).is_err() {
                    // Nobody sends it any more.
                    return;
                }
            }
        });
        spawned.map_err(|error| source.fault(&format!("it can't be sent: {error}")))?;
        Ok(parts.into_iter())
    }

    fn read(&mut self) -> Result<Vec<u8>, String> {
        let wanted = (self.end - self.at).min(AT_ONCE as u64);
        let mut bytes = Vec::with_capacity(AT_ONCE);
        let read = (&mut self.file).take(wanted).read_to_end(&mut bytes);
        self.at += read.map_err(|error| error.to_string())? as u64;
        if (bytes.len() as u64) < wanted {
            return Err("it shrank while it was sent".to_owned());
        }
        if let Some(hash) = &mut self.hash {
            hash.update(&bytes);
        }
        if self.at == self.end
            && let Some(hash) = self.hash.take()
        {
            self.way.hashed(hash);
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

    fn whole(content: &[u8]) -> tus::Sha256 {
        Sha256::digest(content).into()
    }

    /// A file of a bit more than two pieces, and what is in it.
    fn file(folder: &Path) -> (Source, Vec<u8>) {
        let content: Vec<u8> = (0..2 * PIECE + 1).map(|at| (at % 251) as u8).collect();
        let path = folder.join("large");
        std::fs::write(&path, &content).unwrap();
        (Source::open(&path).unwrap(), content)
    }

    #[test]
    fn pieces_have_their_own_hash_and_that_of_all_until_their_end() {
        let folder = tempfile::tempdir().unwrap();
        let (source, content) = file(folder.path());
        for begin in [0, PIECE, PIECE + 5] {
            let pieces = Pieces::after(&source, begin, PIECE).unwrap();
            let mut at = begin;
            while at < source.length {
                let piece = pieces.next(&source).unwrap();
                assert_eq!((piece.at, piece.end), (at, source.length.min(at + PIECE)));
                let (from, to) = (usize::try_from(at).unwrap(), usize::try_from(piece.end).unwrap());
                assert_eq!(piece.checksum(), Some(&whole(&content[from..to])));
                assert_eq!(piece.digest(), Some(whole(&content[..to])));
                at = piece.end;
            }
        }
    }

    #[test]
    fn a_flowing_piece_is_hashed_while_it_is_read_and_the_last_one_knows_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (source, content) = file(folder.path());
        let (at, end) = (PIECE, source.length - 3);
        let begin = usize::try_from(at).unwrap();
        let before = Sha256::new_with_prefix(&content[..begin]);
        let piece = Piece::flowing(at, end, before);
        assert_eq!((piece.checksum(), piece.digest()), (None, None));
        let (bytes, way) = Bytes::of(&source, &piece).unwrap();
        let read: Vec<u8> = bytes.flat_map(Result::unwrap).collect();
        assert_eq!(read, &content[begin..content.len() - 3]);
        let last = source.last_piece(end, way.until_end().unwrap()).unwrap();
        assert_eq!((last.at, last.end), (end, source.length));
        assert_eq!(last.checksum(), Some(&whole(&content[content.len() - 3..])));
        assert_eq!(last.digest(), Some(whole(&content)));
    }
}
