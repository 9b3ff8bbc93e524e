//! Files on their way to a case, so that they go on where they stopped, in whatever process.
//!
//! What is kept of one is its idempotency key, and what the file was like when it began: with the key, the
//! portal finds the upload again. It goes when all files of a command have had their turn, so that a command
//! that was stopped can be given again; that of a file that isn't attached yet, but may be, stays.

use std::fs::{self, File, TryLockError};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::disk::{self, Listed};
use crate::case::CaseNumber;
use crate::failure::{Failure, Kind};

/// A file on its way to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The portal's address.
    pub portal: String,
    /// Names the user, as in the cache.
    pub who: String,
    /// The case.
    pub case: CaseNumber,
    /// The file, by a path that holds from any folder.
    pub file: PathBuf,
    /// How many bytes it has.
    pub size: u64,
    /// When it was changed last, where that can be known.
    pub modified: Option<Timestamp>,
    /// The idempotency key that it is announced with.
    pub key: String,
    /// When it began.
    pub since: Timestamp,
}

impl Upload {
    /// Whether the same bytes go to the same place.
    fn goes_on_from(&self, before: &Self) -> bool {
        let what = |upload: &Self| (upload.file.clone(), upload.size, upload.modified);
        self.place() == before.place() && what(self) == what(before)
    }

    fn place(&self) -> (&str, &str, CaseNumber) {
        (&self.portal, &self.who, self.case)
    }

    /// The name of what is kept of it: one for each file and case.
    fn id(&self) -> String {
        let (portal, who, case) = self.place();
        let name = format!("{portal}\n{who}\n{case}\n{}", self.file.display());
        Sha256::digest(name).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The uploads of one profile.
#[derive(Debug, Clone)]
pub struct Uploads {
    folder: PathBuf,
}

/// How an upload begins.
#[derive(Debug)]
pub enum Claimed {
    /// It goes with this one's key: the one that was asked for, or the one that was stopped.
    Ours(UploadClaim),
    /// The file has changed since this one, or that is too old: it is forgotten.
    Outdated(Upload),
    /// Another docket sends the same file to the same case right now.
    Busy(Failure),
}

/// An upload that nobody else goes on with as long as this lives.
#[derive(Debug)]
pub struct UploadClaim {
    /// What is kept.
    pub upload: Upload,
    path: PathBuf,
    /// Locked.
    _file: File,
}

impl UploadClaim {
    /// Forgets it: all is settled.
    pub fn forget(self) -> Result<(), Failure> {
        disk::remove(&self.path).map(drop)
    }
}

impl Uploads {
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("uploads") }
    }

    /// Begins an upload, or goes on with the one of the same file. What is kept is on disk when this returns,
    /// and is good for as long as `kept` says. After [`Claimed::Outdated`], ask again.
    pub fn claim(&self, wanted: &Upload, kept: SignedDuration) -> Result<Claimed, Failure> {
        let path = disk::file_of(&self.folder, &wanted.id())?;
        loop {
            // There may be one already.
            let created = disk::create_json(&path, wanted);
            let mut file = match File::open(&path) {
                Ok(file) => file,
                Err(error) => {
                    return Err(created.err().unwrap_or_else(|| disk::failed("read", &path, &error)));
                }
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let message = "another docket is attaching it to the same case right now";
                    return Ok(Claimed::Busy(Failure::new(Kind::Failed, message)));
                }
                Err(TryLockError::Error(error)) => return Err(disk::failed("lock", &path, &error)),
            }
            if !is_at(&file, &path) {
                // Whoever had it was done with it meanwhile.
                continue;
            }
            let mut text = String::new();
            let _ = file.read_to_string(&mut text);
            match serde_json::from_str::<Upload>(&text) {
                Ok(upload)
                    if wanted.goes_on_from(&upload) && wanted.since.duration_since(upload.since) < kept =>
                {
                    return Ok(Claimed::Ours(UploadClaim { upload, path, _file: file }));
                }
                Ok(before) => {
                    disk::remove(&path)?;
                    return Ok(Claimed::Outdated(before));
                }
                // It can't be read: nothing can go on from it.
                Err(_) => drop(disk::remove(&path)?),
            }
        }
    }

    /// The files that may still be gone on with; fails where that can't be told of one.
    pub fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let file = |listed| match listed {
            Listed::Whole(Upload { file, .. }) => Ok(file),
            Listed::Torn { why, .. } => Err(Failure::new(Kind::Failed, why)),
        };
        disk::list::<Upload>(&self.folder)?.into_iter().map(file).collect()
    }

    /// Forgets the uploads that began so long ago that no portal knows them any more.
    pub fn tidy(&self, now: Timestamp, kept: SignedDuration) -> Result<(), Failure> {
        for listed in disk::list::<Upload>(&self.folder)? {
            if let Listed::Whole(upload) = listed
                && now.duration_since(upload.since) >= kept
            {
                disk::remove(&disk::file_of(&self.folder, &upload.id())?)?;
            }
        }
        Ok(())
    }
}

/// Whether a file still has its name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Whether a file still has its name.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    fs::exists(path).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

    fn upload(key: &str, size: u64) -> Upload {
        Upload {
            portal: "https://desk.example.com".to_owned(),
            who: "sam@example.com".to_owned(),
            case: "42".parse().unwrap(),
            file: "/tmp/trace.har".into(),
            size,
            modified: "2026-11-20T09:30:00.123456789Z".parse().ok(),
            key: key.to_owned(),
            since: "2026-11-20T09:30:00Z".parse().unwrap(),
        }
    }

    fn key(claimed: Result<Claimed, Failure>) -> String {
        match claimed.unwrap() {
            Claimed::Ours(claim) => claim.upload.key,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_upload_goes_on_with_the_key_that_it_began_with() {
        let data = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(data.path());
        assert_eq!(key(uploads.claim(&upload("first", 3), KEPT)), "first");
        #[cfg(unix)]
        for file in fs::read_dir(data.path().join("uploads")).unwrap() {
            assert_eq!(crate::profile::tests::mode(&file.unwrap().path()), 0o600);
        }
        assert_eq!(key(uploads.claim(&upload("second", 3), KEPT)), "first");
        let Claimed::Ours(claim) = uploads.claim(&upload("third", 3), KEPT).unwrap() else { panic!() };
        assert!(matches!(uploads.claim(&upload("fourth", 3), KEPT), Ok(Claimed::Busy(_))));
        claim.forget().unwrap();
        assert_eq!(key(uploads.claim(&upload("fifth", 3), KEPT)), "fifth");
        let elsewhere = Upload { case: "43".parse().unwrap(), ..upload("sixth", 3) };
        assert_eq!(key(uploads.claim(&elsewhere, KEPT)), "sixth");
    }

    #[test]
    fn a_file_that_has_changed_and_one_from_long_ago_begin_anew() {
        let data = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(data.path());
        assert_eq!(key(uploads.claim(&upload("first", 3), KEPT)), "first");
        let larger = uploads.claim(&upload("second", 4), KEPT);
        assert!(matches!(larger, Ok(Claimed::Outdated(before)) if before.key == "first"));
        assert_eq!(key(uploads.claim(&upload("second", 4), KEPT)), "second");
        let touched = Upload { modified: None, ..upload("third", 4) };
        assert!(matches!(uploads.claim(&touched, KEPT), Ok(Claimed::Outdated(_))));
        assert_eq!(key(uploads.claim(&touched, KEPT)), "third");
        let late = Upload { since: touched.since + KEPT, key: "fourth".to_owned(), ..touched };
        assert!(matches!(uploads.claim(&late, KEPT), Ok(Claimed::Outdated(_))));
        assert_eq!(key(uploads.claim(&late, KEPT)), "fourth");
        // What can't be read is as good as nothing.
        let file = fs::read_dir(data.path().join("uploads")).unwrap().next().unwrap().unwrap().path();
        fs::write(file, "{").unwrap();
        assert_eq!(key(uploads.claim(&upload("fifth", 4), KEPT)), "fifth");
    }

    #[test]
    fn what_no_portal_knows_any_more_is_tidied_away() {
        let data = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(data.path());
        let old = upload("old", 3);
        uploads.claim(&old, KEPT).unwrap();
        let young = Upload { file: "/tmp/other".into(), since: old.since + KEPT / 2, ..upload("young", 3) };
        uploads.claim(&young, KEPT).unwrap();
        uploads.tidy(old.since + KEPT, KEPT).unwrap();
        assert_eq!(key(uploads.claim(&upload("new", 3), KEPT)), "new");
        assert_eq!(key(uploads.claim(&Upload { key: "other".to_owned(), ..young }, KEPT)), "young");
    }
}
