//! The attachments' bytes: files named by their SHA-256, `blobs/ab/abcd…`.
//!
//! What is being sent stands in `blobs/partial`. Once complete, it is synced and renamed into its place, so
//! whatever has a blob's name is that blob, whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::token::hex;

/// The directory of blobs.
#[derive(Debug, Clone)]
pub(super) struct Blobs {
    root: PathBuf,
}

/// What stands in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// 64 hex digits.
    pub(super) sha256: String,
    pub(super) path: PathBuf,
}

impl Blobs {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// Where a blob is.
    pub(super) fn path(&self, sha256: &str) -> PathBuf {
        self.root.join(sha256.get(..2).unwrap_or("00")).join(sha256)
    }

    /// Where an upload's bytes gather.
    pub(super) fn partial(&self, id: &str) -> PathBuf {
        self.root.join("partial").join(id)
    }

    /// How many bytes of an upload have arrived.
    pub(super) fn received(&self, id: &str) -> io::Result<u64> {
        match std::fs::metadata(self.partial(id)) {
            Ok(metadata) => Ok(metadata.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Opens an upload's file to go on with it, unless somebody does that now, in whatever process.
    pub(super) fn go_on(&self, id: &str) -> io::Result<Option<File>> {
        let path = self.partial(id);
        let file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Makes an upload whose bytes are all synced a blob.
    pub(super) fn keep(&self, id: &str, sha256: &str) -> io::Result<()> {
        let path = self.path(sha256);
        let directory = path.parent().unwrap_or(&self.root);
        if !directory.is_dir() {
            std::fs::create_dir_all(directory)?;
            sync(&self.root)?;
        }
        std::fs::rename(self.partial(id), &path)?;
        sync(directory)
    }

    /// Throws an upload's bytes away.
    pub(super) fn drop_partial(&self, id: &str) {
        if let Err(error) = std::fs::remove_file(self.partial(id))
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, id, "can't remove an upload's file");
        }
    }

    /// Every blob there is.
    pub(super) fn all(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        for directory in std::fs::read_dir(&self.root)? {
            let directory = directory?;
            if directory.file_name() == "partial" || !directory.file_type()?.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(directory.path())? {
                let file = file?;
                found.push(Found {
                    sha256: file.file_name().to_string_lossy().into_owned(),
                    path: file.path(),
                });
            }
        }
        found.sort_by(|a, b| a.sha256.cmp(&b.sha256));
        Ok(found)
    }
}

/// Sees to it that a directory's entries survive a crash.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

/// The SHA-256 and the size of a file, read in pieces.
pub(super) fn digest(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    let mut size = 0;
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok((hex(&digest.finalize()), size));
        }
        digest.update(&piece[..length]);
        size += length as u64;
    }
}
