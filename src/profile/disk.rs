//! Files that are private, whole or not there, and survive a power cut.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::{Failure, Kind};
use crate::files::reason;

/// The largest file of docket's own that is read, in bytes.
const LARGEST: u64 = 64 << 20;
/// How the name of a file begins that is being written.
const UNFINISHED: &str = ".new-";
/// After this time nobody is writing it any more.
const HALF_WRITTEN: Duration = Duration::from_secs(3600);

/// An item of a list on disk.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed<T> {
    /// It could be read.
    Whole(T),
    /// There is something, but it can't be read.
    Torn {
        /// What it would be called.
        id: String,
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// A new name for a draft or for something in the outbox: eight hex digits, to be typed by people.
///
/// # Panics
///
/// When the operating system has no random bytes to give.
pub fn new_id() -> String {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The content of a file, or `None` when there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    use std::io::Read as _;
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(failed("read", path, &error)),
    };
    let mut content = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut content).map_err(|error| failed("read", path, &error))?;
    if content.len() as u64 > LARGEST {
        return Err(Failure::new(Kind::Failed, format!("{} is too large to be docket's", path.display())));
    }
    Ok(Some(content))
}

/// The value in a JSON file, or `None` when there is no file.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, Failure> {
    let Some(content) = read(path)? else { return Ok(None) };
    serde_json::from_slice(&content).map(Some).map_err(|error| {
        Failure::new(Kind::Failed, format!("{}:{}: {error}", path.display(), error.line()))
            .hint("docket wrote this file; restore it from a backup, or remove it")
    })
}

/// Replaces a file by `value`, so that there is the old or the new content at any time.
pub(super) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), Failure> {
    replace(path, &for_people(path, value)?)
}

/// The same for a file that must not exist yet.
pub(super) fn create_json<T: Serialize>(path: &Path, value: &T) -> Result<(), Failure> {
    create(path, &for_people(path, value)?)
}

/// The same for a file of JSON lines, with the first of them. Answers whether it could be made: `false` says
/// that there is one.
pub(super) fn create_line<T: Serialize>(path: &Path, value: &T) -> Result<bool, Failure> {
    let mut content = serde_json::to_vec(value).map_err(|error| no_json(path, &error))?;
    content.push(b'\n');
    let temporary = prepare(path, &content, File::sync_all)?;
    match temporary.persist_noclobber(path) {
        Ok(_) => sync_folder(path).map(|()| true),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed("create", path, &error.error)),
    }
}

fn create(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let temporary = prepare(path, content, File::sync_all)?;
    temporary.persist_noclobber(path).map_err(|error| failed("create", path, &error.error))?;
    sync_folder(path)
}

/// Replaces a file that may be lost by `value`, as short as that can be written. Nobody waits until it is on
/// the disk, so after a power cut it may be damaged.
pub(super) fn write_cache<T: Serialize>(path: &Path, value: &T) -> Result<(), Failure> {
    let content = serde_json::to_vec(value).map_err(|error| no_json(path, &error))?;
    let temporary = prepare(path, &content, |_| Ok(()))?;
    temporary.persist(path).map_err(|error| failed("write", path, &error.error))?;
    Ok(())
}

/// Replaces a file by `text`, so that there is the old or the new one at any time.
pub(super) fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text.as_bytes())
}

fn replace(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let temporary = prepare(path, content, File::sync_all)?;
    temporary.persist(path).map_err(|error| failed("write", path, &error.error))?;
    sync_folder(path)
}

fn for_people<T: Serialize>(path: &Path, value: &T) -> Result<Vec<u8>, Failure> {
    let mut content = serde_json::to_vec_pretty(value).map_err(|error| no_json(path, &error))?;
    content.push(b'\n');
    Ok(content)
}

fn no_json(path: &Path, error: &serde_json::Error) -> Failure {
    Failure::new(Kind::Failed, format!("{}: {error}", path.display()))
}

/// A private temporary file beside `path` with `content`.
fn prepare(
    path: &Path,
    content: &[u8],
    sync: fn(&File) -> io::Result<()>,
) -> Result<tempfile::NamedTempFile, Failure> {
    let folder = folder_of(path);
    create_folder(folder)?;
    let write = || -> io::Result<_> {
        let mut temporary = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        temporary.write_all(content)?;
        sync(temporary.as_file())?;
        Ok(temporary)
    };
    write().map_err(|error| failed("write", path, &error))
}

/// Removes a file; answers whether there was one.
pub(super) fn remove(path: &Path) -> Result<bool, Failure> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(path).map(|()| true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed("remove", path, &error)),
    }
}

/// Waits for its turn at the files in a folder, which lasts until the answer is dropped.
pub(super) fn lock(folder: &Path, name: &str) -> Result<File, Failure> {
    create_folder(folder)?;
    let path = folder.join(name);
    let locked = lock_file(&path).and_then(|file| file.lock().map(|()| file));
    locked.map_err(|error| failed("lock", &path, &error))
}

/// Takes its turn at something, which lasts until the answer is dropped, or docket is; `None` when it is
/// somebody else's. Where files can't be locked it is always ours.
pub(super) fn try_lock(path: &Path) -> Result<Option<File>, Failure> {
    create_folder(folder_of(path))?;
    let file = lock_file(path).map_err(|error| failed("lock", path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(failed("lock", path, &error)),
    }
}

pub(super) fn lock_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes what a docket that was stopped has left half-written in a folder, an hour ago or longer.
pub(super) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let old = modified.is_ok_and(|at| at.elapsed().is_ok_and(|age| age >= HALF_WRITTEN));
        if old && entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // Next time, then.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Everything in a folder of JSON files, torn ones too; in no particular order.
pub(super) fn list<T: DeserializeOwned>(folder: &Path) -> Result<Vec<Listed<T>>, Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed("read", folder, &error)),
    };
    let mut listed = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failed("read", folder, &error))?.path();
        let Some(id) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) else {
            continue;
        };
        match read_json(&path) {
            Ok(Some(value)) => listed.push(Listed::Whole(value)),
            // Somebody else was done with it meanwhile.
            Ok(None) => {}
            Err(failure) => {
                listed.push(Listed::Torn { id: id.to_owned(), why: failure.message, path: path.clone() });
            }
        }
    }
    Ok(listed)
}

/// The file of `id` in `folder`; fails when `id` is no plain name.
pub(super) fn file_of(folder: &Path, id: &str) -> Result<PathBuf, Failure> {
    let plain = (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if plain {
        Ok(folder.join(format!("{id}.json")))
    } else {
        Err(Failure::usage(format!("`{id}` is not an id: it has letters, digits and dashes only")))
    }
}

/// Creates a folder, with those above it, for this user only.
pub(super) fn create_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed("create", folder, &error))
}

/// Who may do what with a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permissions {
    /// The permission bits, like `0o600`.
    pub mode: u32,
    /// The user it belongs to.
    pub owner: u32,
}

/// The permissions of a file or folder; `None` when it isn't there, and on systems that have none of this
/// kind.
#[cfg(unix)]
pub fn permissions(path: &Path) -> Option<Permissions> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = path.metadata().ok()?;
    Some(Permissions { mode: metadata.mode() & 0o777, owner: metadata.uid() })
}

/// The permissions of a file or folder; `None`, because this system has none of this kind.
#[cfg(not(unix))]
pub fn permissions(_: &Path) -> Option<Permissions> {
    None
}

/// Tries whether files can be written in a folder, and leaves everything as it was. Answers to whom the files
/// of this process belong, where that can be said.
pub fn try_out(folder: &Path) -> Result<Option<u32>, Failure> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    create_folder(folder)?;
    let tried = prepare(&folder.join("try-out"), b"docket tries whether it can write here\n", File::sync_all);
    let owner = tried.map(|file| permissions(file.path()).map(|permissions| permissions.owner));
    for folder in missing {
        // Somebody else may have begun to use it meanwhile.
        let _ = fs::remove_dir(folder);
    }
    owner
}

/// Makes a rename or removal in a file's folder last.
pub(super) fn sync_folder(path: &Path) -> Result<(), Failure> {
    if cfg!(unix) {
        let folder = folder_of(path);
        File::open(folder).and_then(|f| f.sync_all()).map_err(|error| failed("write", folder, &error))?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What couldn't be done to a file, and what helps.
pub(super) fn failed(what: &str, path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(Kind::Failed, format!("can't {what} {}: {}", path.display(), reason(error)));
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => failure.hint(
            "give yourself access to it, or name another folder with DOCKET_DATA_DIR and DOCKET_CONFIG_DIR",
        ),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            failure.hint("there is a file where a folder should be: name another one with DOCKET_DATA_DIR")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            failure.hint("make room on the disk, or name another folder with DOCKET_DATA_DIR")
        }
        _ => failure,
    }
}
