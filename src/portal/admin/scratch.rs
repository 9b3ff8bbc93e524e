//! The files that a backup needs while it is made, beside the one that it becomes.
//!
//! Each backup has an archive, `.docket-backup-NAME`, which it holds locked as long as it lives, and a copy of the
//! database that has the archive's name and more. So whatever ends a backup, the next one to the same folder
//! knows what nobody needs: archives that aren't locked, and copies without an archive.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile, TempPath};

const PREFIX: &str = ".docket-backup-";
/// What the copy's name has more; SQLite may add to that.
const COPY: &str = ".db";

/// An archive that takes its name once it is whole, and a place for the copy that goes in it: both empty, and
/// only its owner can read them. What earlier backups have left is removed first.
pub(super) fn files(folder: &Path) -> io::Result<(NamedTempFile, TempPath)> {
    remove_leftovers(folder);
    let archive = loop {
        let archive = Builder::new().prefix(PREFIX).tempfile_in(folder)?;
        // Without locks nobody removes leftovers either.
        if archive.as_file().lock().is_err() || archive.path().try_exists()? {
            break archive;
        }
        // Another backup took it for a leftover before it was locked.
    };
    let name = archive.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let copy = Builder::new().prefix(&name).rand_bytes(0).suffix(COPY).tempfile_in(folder)?;
    Ok((archive, copy.into_temp_path()))
}

/// What can't be looked at or removed stays: a backup doesn't fail for it.
fn remove_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names = files.filter_map(|entry| entry.file_name().into_string().ok());
    let (archives, copies): (Vec<_>, Vec<_>) =
        names.filter(|name| name.starts_with(PREFIX)).partition(|name| !name.contains(COPY));
    for name in archives {
        let path = folder.join(name);
        // The lock is held until the file is gone, so that nobody begins with it meanwhile.
        if let Ok(file) = File::open(&path)
            && file.try_lock().is_ok()
        {
            remove(&path);
        }
    }
    for name in copies {
        let archive = name.split(COPY).next().unwrap_or_default();
        if !folder.join(archive).try_exists().unwrap_or(true) {
            remove(&folder.join(name));
        }
    }
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "can't remove what an earlier backup has left");
    }
}
