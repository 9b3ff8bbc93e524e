//! Files that go with a case, as they were when it was written.
//!
//! The outbox keeps where a file is, and the digest of what is in it. Between then and the moment when the
//! case is filed a nightly job may have written its next log there, and support would look for an error in a
//! log that doesn't have it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::redacting::Stamp;
use crate::case::Attachment;
use crate::client::Error;

/// Bytes read at a time.
const PIECE: usize = 128 << 10;

/// A file that is to be attached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub(super) struct Enclosure {
    /// Where it is, from any folder.
    pub(super) path: PathBuf,
    /// The SHA-256 of what was in it, in hexadecimal digits; none where it couldn't be read then, or was being
    /// changed.
    pub(super) sha256: Option<String>,
    /// The file that it is a copy of, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<PathBuf>,
}

/// An enclosure on disk: once it was a path alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Path(PathBuf),
    Whole {
        path: PathBuf,
        sha256: Option<String>,
        #[serde(default)]
        of: Option<PathBuf>,
    },
}

impl From<Kept> for Enclosure {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Path(path) => Self { path, sha256: None, of: None },
            Kept::Whole { path, sha256, of } => Self { path, sha256, of },
        }
    }
}

/// A file to send now.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToSend<'f> {
    /// Where it is.
    pub(super) path: &'f Path,
    /// The same as it is to be told: where it is a copy, the file that it is a copy of.
    pub(super) shown: &'f Path,
    /// What is known to be in it.
    pub(super) sha256: Option<&'f str>,
    /// What it was like when it was searched for secrets; if it isn't like that any more it isn't sent.
    pub(super) stamp: Option<Stamp>,
}

impl ToSend<'_> {
    /// Why it isn't sent, if it was changed since it was searched.
    pub(super) fn changed(&self) -> Option<Error> {
        let changed = self.stamp.is_some_and(|then| Stamp::of(self.path) != then);
        // What can't be read any more is found when it is sent.
        (changed && File::open(self.path).is_ok()).then(|| Error::File {
            path: self.path.to_owned(),
            why: "it was changed after it was searched for secrets".to_owned(),
        })
    }
}

impl Enclosure {
    /// The file at `path` as it is now.
    pub(super) fn now(path: &Path) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // What is no file may never end.
        let sha256 = if path.is_file() { digest(&path).ok() } else { None };
        Self { sha256, path, of: None }
    }

    /// The file as somebody knows it: not the copy of it that is sent.
    pub(super) fn original(&self) -> &Path {
        self.of.as_deref().unwrap_or(&self.path)
    }

    /// The same, to be sent now.
    pub(super) fn to_send(&self) -> ToSend<'_> {
        ToSend { path: &self.path, shown: self.original(), sha256: self.sha256.as_deref(), stamp: None }
    }

    /// Whether it is one of a case's attachments already.
    pub(super) fn is_among(&self, attachments: &[Attachment]) -> bool {
        let name = self.path.file_name().and_then(|name| name.to_str());
        attachments.iter().any(|there| {
            there.complete && Some(&*there.name) == name && Some(&there.sha256) == self.sha256.as_ref()
        })
    }

    /// What has happened to it since, if that can be told and anything has.
    pub(super) fn changed(&self) -> Option<String> {
        let then = self.sha256.as_ref()?;
        match digest(&self.path) {
            Ok(now) if now == *then => None,
            Ok(_) => Some("it has changed since the case was written".to_owned()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Some("it has been removed since the case was written".to_owned())
            }
            Err(error) => Some(format!("it can't be read any more: {error}")),
        }
    }
}

/// The SHA-256 of what is in a file, in hexadecimal digits.
pub(super) fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => digest.update(&piece[..read]),
        }
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_afterwards_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nightly.log");
        std::fs::write(&path, "the error\n").unwrap();
        let enclosure = Enclosure::now(&path);
        assert_eq!(enclosure.changed(), None);
        // As long as before.
        std::fs::write(&path, "all is we\n").unwrap();
        assert_eq!(enclosure.changed().unwrap(), "it has changed since the case was written");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(enclosure.changed().unwrap(), "it has been removed since the case was written");
        let later = Enclosure::now(&path);
        assert_eq!((&later.sha256, later.changed()), (&None, None));
    }

    #[test]
    fn what_has_changed_since_it_was_searched_is_not_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nightly.log");
        std::fs::write(&path, "nothing to see\n").unwrap();
        let searched = ToSend { path: &path, shown: &path, sha256: None, stamp: Some(Stamp::of(&path)) };
        assert!(searched.changed().is_none());
        std::fs::write(&path, "nothing to see\npassword=tr0ub4dor\n").unwrap();
        let why = searched.changed().unwrap().to_string();
        assert!(why.ends_with("it was changed after it was searched for secrets"), "{why}");
        // One that isn't there is told of as such, when it is sent.
        std::fs::remove_file(&path).unwrap();
        assert!(searched.changed().is_none());
    }

    #[test]
    fn an_enclosure_that_was_a_path_alone_can_be_read() {
        let old: Enclosure = serde_json::from_str("\"/var/log/nightly.log\"").unwrap();
        assert_eq!(old, Enclosure { path: "/var/log/nightly.log".into(), sha256: None, of: None });
        let new = Enclosure { path: "/a".into(), sha256: Some("00".to_owned()), of: Some("/b".into()) };
        let read: Enclosure = serde_json::from_str(&serde_json::to_string(&new).unwrap()).unwrap();
        assert_eq!(read, new);
    }
}
