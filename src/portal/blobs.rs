//! The attachments' bytes: files named by their SHA-256, `blobs/ab/abcd…`.
//!
//! What is being sent stands in `blobs/partial`. Once complete, it is synced and linked into its place, so
//! whatever has a blob's name is that blob, whole. The length of a file there is how much of it has arrived;
//! but where its last bytes are still to be checked, `ID.from` says how much of it counts.

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

    /// Where it stands from which byte on an upload's bytes don't count yet.
    fn mark(&self, id: &str) -> PathBuf {
        self.root.join("partial").join(format!("{id}.from"))
    }

    /// Its second name on the way to its place.
    fn link(&self, id: &str) -> PathBuf {
        self.root.join("partial").join(format!("{id}.whole"))
    }

    /// How many bytes of an upload have arrived and count.
    pub(super) fn received(&self, id: &str) -> io::Result<u64> {
        let length = match std::fs::metadata(self.partial(id)) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        Ok(self.marked(id)?.map_or(length, |from| from.min(length)))
    }

    fn marked(&self, id: &str) -> io::Result<Option<u64>> {
        match std::fs::read_to_string(self.mark(id)) {
            // One that was lost in a power cut says nothing, so nothing counts.
            Ok(from) => Ok(Some(from.trim().parse().unwrap_or(0))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Opens an upload's file to go on with it, unless somebody does that now, in whatever process. What
    /// doesn't count of it, because whoever wrote it died before it was checked, is cut off.
    pub(super) fn go_on(&self, id: &str) -> io::Result<Option<File>> {
        let path = self.partial(id);
        let file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if let Some(from) = self.marked(id)? {
            if from < file.metadata()?.len() {
                file.set_len(from)?;
            }
            self.all_count(id)?;
        }
        Ok(Some(file))
    }

    /// From here on what is written after the byte `from` doesn't count until [`Self::all_count`], whatever
    /// dies.
    pub(super) fn count_until(&self, id: &str, from: u64) -> io::Result<()> {
        let mark = self.mark(id);
        let new = mark.with_extension("new");
        std::fs::write(&new, from.to_string())?;
        std::fs::rename(new, &mark)?;
        // Whoever throws the upload away removes its file before its mark, so no mark outlives both.
        if !self.partial(id).try_exists()? {
            self.all_count(id)?;
        }
        Ok(())
    }

    /// All bytes of an upload count.
    pub(super) fn all_count(&self, id: &str) -> io::Result<()> {
        match std::fs::remove_file(self.mark(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Sees to it that a whole upload survives a crash as it is, and that it is whole.
    pub(super) fn settle(&self, id: &str, file: &File) -> io::Result<()> {
        file.sync_all()?;
        self.all_count(id)?;
        sync(&self.root.join("partial"))
    }

    /// Makes an upload that is settled a blob. Its file stays for who dies before the database knows; then
    /// [`Self::drop_partial`] removes it.
    pub(super) fn keep(&self, id: &str, sha256: &str) -> io::Result<()> {
        let path = self.path(sha256);
        let directory = path.parent().unwrap_or(&self.root);
        if !directory.is_dir() {
            std::fs::create_dir_all(directory)?;
            sync(&self.root)?;
        }
        let (partial, link) = (self.partial(id), self.link(id));
        let _ = std::fs::remove_file(&link);
        match std::fs::hard_link(&partial, &link) {
            // Where that name has the same file already, renaming leaves the link.
            Ok(()) => std::fs::rename(&link, &path).map(|()| drop(std::fs::remove_file(&link)))?,
            // Not every file system has them.
            Err(_) => std::fs::rename(&partial, &path)?,
        }
        sync(directory)
    }

    /// Throws an upload's bytes away.
    pub(super) fn drop_partial(&self, id: &str) {
        for path in [self.partial(id), self.mark(id), self.link(id)] {
            if let Err(error) = std::fs::remove_file(path)
                && error.kind() != io::ErrorKind::NotFound
            {
                tracing::warn!(%error, id, "can't remove an upload's file");
            }
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

/// The SHA-256, in hex digits, and the size of a file, read in pieces.
pub(super) fn digest(path: &Path) -> io::Result<(String, u64)> {
    let (digest, size) = hash(&mut File::open(path)?)?;
    Ok((hex(&digest.finalize()), size))
}

/// The hash of all that a file has from where it stands, and how much that is.
pub(super) fn hash(file: &mut File) -> io::Result<(Sha256, u64)> {
    let mut digest = Sha256::new();
    let mut piece = vec![0; 256 * 1024];
    let mut size = 0;
    loop {
        let length = file.read(&mut piece)?;
        if length == 0 {
            return Ok((digest, size));
        }
        digest.update(&piece[..length]);
        size += length as u64;
    }
}
