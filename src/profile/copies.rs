//! Copies of files without their secrets: what is sent in the place of the files.
//!
//! A copy stays as long as something may still have to be sent from it, by whatever process: as long as whoever
//! made it lives, and as long as the outbox or an upload names it. It has a folder of its own, so that it can be
//! called like its file, and beside that a lock, which everybody shares who uses it. Whoever removes copies
//! needs the lock alone; whoever takes or removes one waits for its turn at all of them.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::disk;
use crate::failure::Failure;

/// The lock of those who take and remove copies.
const TURN: &str = "all.lock";

/// The copies of one profile.
#[derive(Debug, Clone)]
pub struct Copies {
    folder: PathBuf,
}

/// A copy that stays as long as this lives.
#[derive(Debug)]
pub struct Copy {
    path: PathBuf,
    _lock: File,
}

impl Copies {
    pub(super) fn new(data: &Path) -> Self {
        let folder = data.join("redacted");
        Self { folder: std::path::absolute(&folder).unwrap_or(folder) }
    }

    /// Those in another folder, as where there is no data directory.
    pub fn within(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The copy called `id` of a file called `name`, whether it is made yet or not. Nobody removes it as long as
    /// the answer lives.
    pub fn hold(&self, id: &str, name: &str) -> Result<Copy, Failure> {
        let lock = disk::file_of(&self.folder, id)?.with_extension("lock");
        let _turn = self.turn()?;
        let file = disk::lock_file(&lock).and_then(|file| match file.lock_shared() {
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
            _ => Ok(file),
        });
        let file = file.map_err(|error| disk::failed("lock", &lock, &error))?;
        Ok(Copy { path: self.folder.join(id).join(name), _lock: file })
    }

    /// Removes the copies that nobody holds, but for those that `needed` names; all of them stay where it can't
    /// tell. It is asked once nobody can begin to use them any more.
    pub fn sweep(&self, needed: impl FnOnce() -> Option<Vec<PathBuf>>) -> Result<(), Failure> {
        // Where there never was a copy, nothing is to be made either.
        if !self.folder.is_dir() {
            return Ok(());
        }
        let _turn = self.turn()?;
        let entries =
            fs::read_dir(&self.folder).map_err(|error| disk::failed("read", &self.folder, &error))?;
        let mut free = Vec::new();
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_lock = path.extension().is_some_and(|extension| extension == "lock");
            // A lock without a copy is left of somebody who was stopped before it was made.
            let is_left = is_lock && !path.ends_with(TURN) && !path.with_extension("").is_dir();
            if is_left || path.is_dir() {
                let lock = path.with_extension("lock");
                if let Some(held) = disk::try_lock(&lock)? {
                    free.push((path.with_extension(""), lock, held));
                }
            }
        }
        if free.is_empty() {
            return Ok(());
        }
        let Some(needed) = needed() else { return Ok(()) };
        // By its folder's name alone: the data directory may be reached in several ways.
        let is_needed = |copy: &Path| {
            needed.iter().any(|path| path.parent().and_then(Path::file_name) == copy.file_name())
        };
        for (copy, lock, _held) in free.into_iter().filter(|(copy, ..)| !is_needed(copy)) {
            match fs::remove_dir_all(&copy) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(disk::failed("remove", &copy, &error));
                }
                _ => drop(disk::remove(&lock)?),
            }
        }
        Ok(())
    }

    fn turn(&self) -> Result<File, Failure> {
        disk::create_folder(&self.folder)?;
        let path = self.folder.join(TURN);
        let file = disk::lock_file(&path).map_err(|error| disk::failed("lock", &path, &error))?;
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(file),
            _ => {}
        }
        file.lock().map_err(|error| disk::failed("lock", &path, &error))?;
        Ok(file)
    }
}

impl Copy {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is made. A copy is there whole or not at all, and never changes.
    pub fn is_made(&self) -> bool {
        self.path.is_file()
    }

    /// Makes it of what `write` writes, for this user only. Where another docket makes the same one at the same
    /// time, the first one counts.
    pub fn make<T>(&self, write: impl FnOnce(&mut File) -> io::Result<T>) -> Result<T, Failure> {
        let folder = self.path.parent().unwrap_or(&self.path);
        disk::create_folder(folder)?;
        let failed = |error: &io::Error| disk::failed("write", &self.path, error);
        let mut temporary =
            tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(|error| failed(&error))?;
        let written = write(temporary.as_file_mut()).map_err(|error| failed(&error))?;
        // The outbox relies on it once it is written down there.
        temporary.as_file().sync_all().map_err(|error| failed(&error))?;
        match temporary.persist_noclobber(&self.path) {
            Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(failed(&error.error)),
            _ => {
                disk::sync_folder(&self.path)?;
                disk::sync_folder(folder)?;
                Ok(written)
            }
        }
    }
}

/// A name for a copy that only what it depends on decides.
pub fn copy_id(parts: &str) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(parts).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const ID: &str = "0123456789abcdef";

    fn made(copies: &Copies, id: &str) -> Copy {
        let copy = copies.hold(id, "trace.har").unwrap();
        copy.make(|file| file.write_all(b"[redacted:cookie:1]")).unwrap();
        copy
    }

    #[test]
    fn a_copy_is_private_called_like_its_file_and_stays_as_long_as_it_is_held() {
        let data = tempfile::tempdir().unwrap();
        let copies = Copies::new(data.path());
        let copy = made(&copies, ID);
        assert_eq!(copy.path(), data.path().join("redacted").join(ID).join("trace.har"));
        #[cfg(unix)]
        assert_eq!(crate::profile::tests::mode(copy.path()), 0o600);
        let again = copies.hold(ID, "trace.har").unwrap();
        assert!(again.is_made());
        // Somebody else has made it meanwhile: what is being sent doesn't change.
        again.make(|file| file.write_all(b"[redacted:cookie:2]")).unwrap();
        assert_eq!(fs::read(copy.path()).unwrap(), b"[redacted:cookie:1]");
        drop(copy);
        copies.sweep(|| panic!("it is held")).unwrap();
        assert!(again.is_made());
        drop(again);
        copies.sweep(|| Some(Vec::new())).unwrap();
        let left: Vec<_> =
            fs::read_dir(data.path().join("redacted")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, [TURN]);
    }

    #[test]
    fn what_is_needed_stays_by_whatever_way_it_is_named_and_all_does_where_nobody_knows() {
        let data = tempfile::tempdir().unwrap();
        let copies = Copies::new(data.path());
        let (needed, other) = (made(&copies, ID), made(&copies, "fedcba"));
        let (needed_path, other_path) = (needed.path().to_owned(), other.path().to_owned());
        drop((needed, other));
        copies.sweep(|| None).unwrap();
        assert!(needed_path.exists() && other_path.exists());
        copies.sweep(|| Some(vec![Path::new("/other/way/redacted").join(ID).join("trace.har")])).unwrap();
        assert!(needed_path.exists() && !other_path.exists());
    }

    #[test]
    fn a_copy_that_was_never_made_leaves_nothing() {
        let data = tempfile::tempdir().unwrap();
        let copies = Copies::new(data.path());
        copies.sweep(|| panic!("there is nothing")).unwrap();
        assert!(!data.path().join("redacted").exists());
        let copy = copies.hold(ID, "trace.har").unwrap();
        let full = copy.make(|_| Err::<(), _>(io::ErrorKind::StorageFull.into())).unwrap_err();
        assert!(full.message.starts_with("can't write "), "{full}");
        assert!(!copy.is_made());
        drop(copy);
        copies.sweep(|| Some(Vec::new())).unwrap();
        assert!(!data.path().join("redacted").join(ID).exists());
        assert!(!data.path().join("redacted").join(format!("{ID}.lock")).exists());
    }
}
