//! Receiving an upload's bytes.
//!
//! A thread hashes and writes what the connection brings, so that both go on at once. It also settles what
//! counts of it, so that this is done whatever becomes of the connection and of whoever waits for it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::sync::Mutex;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc::{self, Receiver};

use super::Portal;
use super::blobs::{self, Blobs};
use super::problem::Problem;
use crate::api::tus;

/// How long an upload may stand still.
const IDLE: Duration = Duration::from_secs(60);
/// How many pieces may wait for being written; a piece is what a connection has at once.
const WAITING: usize = 4;
/// How many unfinished uploads' hashes are kept.
const MOST_HASHES: usize = 1000;

/// The hashes of what has arrived of unfinished uploads, so that a whole one needn't be read again. Where one
/// is missing, as after a restart or in another process, the file is read.
#[derive(Debug, Default)]
pub(super) struct Hashes(Mutex<BTreeMap<String, (u64, Sha256)>>);

impl Hashes {
    /// The hash of the first `length` bytes of an upload, if it is known.
    fn take(&self, id: &str, length: u64) -> Option<Sha256> {
        if length == 0 {
            return Some(Sha256::new());
        }
        let (at, hash) = self.0.lock().ok()?.remove(id)?;
        (at == length).then_some(hash)
    }

    fn put(&self, id: String, length: u64, hash: Sha256) {
        let Ok(mut hashes) = self.0.lock() else { return };
        if hashes.len() >= MOST_HASHES {
            hashes.clear();
        }
        hashes.insert(id, (length, hash));
    }
}

/// What is to be received.
#[derive(Debug)]
pub(super) struct Piece {
    /// The upload.
    pub(super) id: String,
    /// Its file, for us alone.
    pub(super) file: File,
    /// How much of it is there.
    pub(super) offset: u64,
    /// How much it will be.
    pub(super) size: u64,
    /// What the piece has to be.
    pub(super) checksum: Option<tus::Sha256>,
    /// What the whole file has to be, if this makes it whole.
    pub(super) digest: Option<tus::Sha256>,
}

/// What has been received.
#[derive(Debug)]
pub(super) enum Received {
    /// The upload has so many bytes now, and isn't whole.
    Part(u64),
    /// It is whole and on the disk.
    Whole {
        /// In hex digits.
        sha256: String,
        /// Its file, for us alone as long as this lives.
        claim: File,
    },
    /// It would have had more bytes than it was to have.
    TooLong,
    /// The piece isn't what it had to be, and doesn't count.
    Damaged,
    /// The whole file isn't what it had to be.
    WholeDamaged,
}

/// What the connection brings.
enum Came {
    Bytes(Bytes),
    End,
}

/// Takes in what comes. A sender that breaks off or stands still is no reason to lose what has come, unless
/// it has to be checked and can't.
pub(super) async fn receive(portal: &Portal, piece: Piece, body: Body) -> Result<Received, Problem> {
    let (writer, came) = mpsc::channel(WAITING);
    let written = {
        let portal = portal.clone();
        tokio::task::spawn_blocking(move || piece.write(&portal.0.blobs, &portal.0.hashes, came))
    };
    let mut chunks = body.into_data_stream();
    loop {
        let sent = match tokio::time::timeout(IDLE, chunks.next()).await {
            Ok(Some(Ok(bytes))) => writer.send(Came::Bytes(bytes)).await,
            Ok(None) => {
                let _ = writer.send(Came::End).await;
                break;
            }
            Ok(Some(Err(_))) | Err(_) => break,
        };
        if sent.is_err() {
            // The thread has had enough, and says why.
            break;
        }
    }
    drop(writer);
    Ok(written.await.map_err(Problem::internal)??)
}

/// How a body ended.
enum End {
    Whole,
    BrokenOff,
    TooLong,
}

impl Piece {
    fn write(self, blobs: &Blobs, hashes: &Hashes, came: Receiver<Came>) -> io::Result<Received> {
        // The digest is that of the whole, which is looked at once it is whole: until then what came counts.
        let is_checked = self.checksum.is_some();
        if is_checked {
            blobs.count_until(&self.id, self.offset)?;
        }
        let before = hashes.take(&self.id, self.offset);
        let (mut whole, mut part) = (before.clone(), self.checksum.map(|_| Sha256::new()));
        let copied = self.copy(came, &mut whole, part.as_mut());
        let wrong = part.is_some_and(|part| Some(part.finalize().into()) != self.checksum);
        let (received, end) = match copied {
            Ok((received, End::Whole)) if !wrong => (received, End::Whole),
            Ok((received, end)) if !is_checked => (received, end),
            // What came before counts.
            Err(error) if !is_checked => return Err(error),
            undone => {
                self.undo(blobs, hashes, before)?;
                return Ok(match undone? {
                    (_, End::Whole) => Received::Damaged,
                    (_, End::TooLong) => Received::TooLong,
                    (_, End::BrokenOff) => Received::Part(self.offset),
                });
            }
        };
        if matches!(end, End::TooLong) {
            return Ok(Received::TooLong);
        }
        if received == self.size {
            return self.whole(blobs, whole);
        }
        blobs.all_count(&self.id)?;
        if let Some(whole) = whole {
            hashes.put(self.id, received, whole);
        }
        Ok(Received::Part(received))
    }

    /// Writes what comes, and gives back how much of the file is there then.
    fn copy(
        &self,
        mut came: Receiver<Came>,
        whole: &mut Option<Sha256>,
        mut part: Option<&mut Sha256>,
    ) -> io::Result<(u64, End)> {
        let mut writer = BufWriter::with_capacity(256 * 1024, &self.file);
        let mut received = self.offset;
        let end = loop {
            match came.blocking_recv() {
                None => break End::BrokenOff,
                Some(Came::End) => break End::Whole,
                Some(Came::Bytes(bytes)) if bytes.len() as u64 > self.size - received => break End::TooLong,
                Some(Came::Bytes(bytes)) => {
                    received += bytes.len() as u64;
                    for hash in whole.iter_mut().chain(part.as_deref_mut()) {
                        hash.update(&bytes);
                    }
                    writer.write_all(&bytes)?;
                }
            }
        };
        writer.flush()?;
        Ok((received, end))
    }

    /// Leaves the upload as it was before.
    fn undo(&self, blobs: &Blobs, hashes: &Hashes, before: Option<Sha256>) -> io::Result<()> {
        self.file.set_len(self.offset)?;
        blobs.all_count(&self.id)?;
        if let Some(before) = before {
            hashes.put(self.id.clone(), self.offset, before);
        }
        Ok(())
    }

    /// Checks the whole file, and puts it on the disk.
    fn whole(self, blobs: &Blobs, hash: Option<Sha256>) -> io::Result<Received> {
        let hash = match hash {
            Some(hash) => hash,
            None => blobs::hash(&mut File::open(blobs.partial(&self.id))?)?.0,
        };
        let sha256: tus::Sha256 = hash.finalize().into();
        if self.digest.is_some_and(|digest| digest != sha256) {
            return Ok(Received::WholeDamaged);
        }
        blobs.settle(&self.id, &self.file)?;
        Ok(Received::Whole { sha256: super::token::hex(&sha256), claim: self.file })
    }
}
