//! A backup: one file with the database and all attachments, as they are at one moment, while others write.
//!
//! It is a tar file with what a data directory has, so `tar` restores it. The database is copied first; a blob
//! is never changed and never removed, so those that the copy needs can be read after it at leisure. What isn't
//! all there yet isn't in it: an upload that is under way begins anew.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::{AdminError, scratch, tar};
use crate::case::CaseNumber;
use crate::portal::store::{self, attachments, snapshot};
use crate::portal::{Clock, Options, Portal, blobs, token};

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// Where it is.
    pub file: PathBuf,
    /// Cases.
    pub cases: u64,
    /// Attachments.
    pub attachments: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// The digest, size, case and name of each attachment.
pub(super) type Needed = Vec<(String, u64, CaseNumber, String)>;

/// Writes a backup of the portal to `file`, which takes its name once it is whole and on the disk. A file that
/// is there already is replaced only with `force`.
pub async fn backup(portal: &Portal, file: &Path, force: bool) -> Result<Backup, AdminError> {
    if !force && file.symlink_metadata().is_ok() {
        return Err(AdminError::Exists(file.to_owned()));
    }
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let cant = |error: io::Error| AdminError::Backup(format!("can't write {}: {error}", file.display()));
    let (archive, copy) = scratch::files(&folder).map_err(cant)?;
    snapshot::copy(&portal.0.options.data, &copy).await?;
    let mut db = snapshot::open(&copy).await?;
    let needed = attachments::blobs(&mut db).await?;
    let cases = store::cases::count_all(&mut db).await?;
    drop(db);

    let attachments = needed.len() as u64;
    let (blobs, at, target) = (portal.0.blobs.clone(), portal.clock().now().as_second(), file.to_owned());
    let written = tokio::task::spawn_blocking(move || {
        let at = u64::try_from(at).unwrap_or_default();
        pack(&blobs, &copy, &needed, archive, at).and_then(|packed| put(packed, &target, force))
    });
    let bytes = written.await.map_err(io::Error::other)??;
    Ok(Backup { file: file.to_owned(), cases, attachments, bytes })
}

/// Writes the archive to a file that hasn't its name yet.
fn pack(
    blobs: &blobs::Blobs,
    copy: &Path,
    needed: &Needed,
    archive: NamedTempFile,
    at: u64,
) -> Result<NamedTempFile, AdminError> {
    let folder = archive.path().parent().map(Path::to_owned).unwrap_or_default();
    let cant = |error: io::Error| AdminError::Backup(format!("can't write in {}: {error}", folder.display()));
    let mut archive = tar::Writer::new(BufWriter::with_capacity(1 << 20, archive), at);
    let database = File::open(copy).map_err(cant)?;
    let size = database.metadata().map_err(cant)?.len();
    archive.file(store::FILE, size, database).map_err(cant)?;
    archive.folder("blobs/").map_err(cant)?;
    let mut before = "";
    for (sha256, size, number, name) in needed {
        if sha256 == before {
            continue;
        }
        let part = sha256.get(..2).unwrap_or("00");
        if before.get(..2) != Some(part) {
            archive.folder(&format!("blobs/{part}/")).map_err(cant)?;
        }
        before = sha256;
        let wrong = |why: &str| {
            AdminError::Backup(format!(
                "attachment `{name}` of case {number}: its file {why}; `docket portal check` says what else is \
                 wrong"
            ))
        };
        let path = blobs.path(sha256);
        let blob = File::open(path).map_err(|error| wrong(&format!("can't be read: {error}")))?;
        let mut blob = Digesting { from: blob, digest: Sha256::new(), size: 0 };
        archive.file(&format!("blobs/{part}/{sha256}"), *size, &mut blob).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof { wrong("is too short") } else { cant(error) }
        })?;
        if token::hex(&blob.digest.finalize()) != *sha256 {
            return Err(wrong("has other content than when it was attached"));
        }
    }
    let mut packed = archive.finish().map_err(cant)?;
    packed.flush().map_err(cant)?;
    packed.into_inner().map_err(|error| cant(error.into_error()))
}

/// Gives the archive its name once it is on the disk, and says how long it is.
fn put(packed: NamedTempFile, target: &Path, force: bool) -> Result<u64, AdminError> {
    let cant = |error: io::Error| AdminError::Backup(format!("can't write {}: {error}", target.display()));
    packed.as_file().sync_all().map_err(cant)?;
    let folder = packed.path().parent().map(Path::to_owned).unwrap_or_default();
    let done = if force { packed.persist(target) } else { packed.persist_noclobber(target) };
    let file = done.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => AdminError::Exists(target.to_owned()),
        _ => cant(error.error),
    })?;
    blobs::sync(&folder).map_err(cant)?;
    Ok(file.metadata().map_err(cant)?.len())
}

/// Reads, and makes a digest of what was read.
struct Digesting<R> {
    from: R,
    digest: Sha256,
    size: u64,
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(into)?;
        self.digest.update(&into[..length]);
        self.size += length as u64;
        Ok(length)
    }
}

/// What was found in a backup.
pub(super) struct Unpacked {
    /// A portal on a copy of its database.
    pub(super) portal: Portal,
    /// The size of each blob, and the digest of what it has, by its name.
    pub(super) blobs: BTreeMap<String, (String, u64)>,
    /// Where the copy is; gone with this value.
    _folder: tempfile::TempDir,
}

/// Reads a backup.
pub(super) async fn unpack(file: &Path) -> Result<Unpacked, AdminError> {
    let (path, folder) = (file.to_owned(), tempfile::tempdir()?);
    let database = folder.path().join(store::FILE);
    let read = tokio::task::spawn_blocking(move || read(&path, &database)).await.map_err(io::Error::other)?;
    let blobs = read.map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::UnexpectedEof => "breaks off: it was cut short, and restores nothing".to_owned(),
            io::ErrorKind::InvalidData => format!("is no backup of a portal: {error}"),
            _ => format!("can't be read: {error}"),
        };
        AdminError::Backup(format!("{} {why}", file.display()))
    })?;
    let portal = Portal::open(Options::new(folder.path()), Clock::system()).await;
    let portal = portal.map_err(|error| {
        AdminError::Backup(format!("the database in {} can't be used: {error}", file.display()))
    })?;
    Ok(Unpacked { portal, blobs, _folder: folder })
}

fn read(path: &Path, database: &Path) -> io::Result<BTreeMap<String, (String, u64)>> {
    let mut blobs = BTreeMap::new();
    let mut has_database = false;
    tar::read(BufReader::with_capacity(1 << 20, File::open(path)?), |name, _, content| {
        if name == store::FILE {
            has_database = true;
            return io::copy(content, &mut File::create(database)?).map(drop);
        }
        let mut blob = Digesting { from: content, digest: Sha256::new(), size: 0 };
        io::copy(&mut blob, &mut io::sink())?;
        let name = name.rsplit('/').next().unwrap_or_default().to_owned();
        blobs.insert(name, (token::hex(&blob.digest.finalize()), blob.size));
        Ok(())
    })?;
    if has_database {
        Ok(blobs)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidData, format!("there is no {} in it", store::FILE)))
    }
}
