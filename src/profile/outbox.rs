//! What is being sent, on disk before its first byte leaves.
//!
//! An entry goes when its request is known to be done. One that stays tells what was to be sent and with
//! which idempotency key, so that it can be sent again without being done twice. Whoever sends an entry has a
//! [`Claim`] on it, so two dockets don't send the same one at the same time.

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk::{self, Listed};
use crate::case::{CaseNumber, words};
use crate::failure::{Failure, Kind};

/// What is being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A new case.
    Case,
    /// A comment.
    Comment,
    /// A change of watchers.
    Watchers,
    /// A call request.
    Call,
    /// A case's closing.
    Close,
    /// An expert's reply.
    Reply,
    /// An expert's note.
    Note,
}

words!(EntryKind, "a kind of entry", {
    Case => "case",
    Comment => "comment",
    Watchers => "watchers",
    Call => "call",
    Close => "close",
    Reply => "reply",
    Note => "note",
});

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// It isn't at the portal.
    Waiting,
    /// It was sent, and whether it was done isn't known.
    Unknown,
}

words!(EntryState, "a state", { Waiting => "waiting", Unknown => "unknown" });

/// Something that is being sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// [`super::new_id`].
    pub id: String,
    /// What it is.
    pub kind: EntryKind,
    /// The idempotency key that it is sent with.
    pub key: String,
    /// The portal's address.
    pub portal: String,
    /// E-mail address, as far as it is known.
    pub user: Option<String>,
    /// The account that it is for.
    pub account: Option<String>,
    /// The case that it is for, unless it opens one.
    pub case: Option<CaseNumber>,
    /// What people recognise it by.
    pub subject: Option<String>,
    /// When it was made.
    pub since: Timestamp,
    /// When it was sent first, if it may have arrived.
    #[serde(default)]
    pub sent: Option<Timestamp>,
    /// The request's body.
    pub request: serde_json::Value,
    /// Why it isn't gone yet.
    pub last_error: Option<String>,
}

impl Entry {
    /// How far it has come.
    pub fn state(&self) -> EntryState {
        if self.sent.is_some() { EntryState::Unknown } else { EntryState::Waiting }
    }
}

/// The right to send an entry, which one docket has at a time. It ends when this is dropped, and whenever the
/// process does.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
}

/// The outbox of one profile.
#[derive(Debug, Clone)]
pub struct Outbox {
    folder: PathBuf,
}

impl Outbox {
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("outbox") }
    }

    /// Puts a new entry on disk; once this returns, it survives a power cut. Nobody else sends it meanwhile.
    pub fn add(&self, entry: &Entry) -> Result<Claim, Failure> {
        let path = disk::file_of(&self.folder, &entry.id)?;
        let taken = || Failure::new(Kind::Failed, format!("the outbox has an entry {} already", entry.id));
        let claim = self.claim(&entry.id)?.ok_or_else(taken)?;
        disk::create_json(&path, entry)?;
        Ok(claim)
    }

    /// Claims an entry, to send it or to remove it; `None` when another docket is at it. It may be gone by
    /// then, so it has to be looked at again.
    pub fn claim(&self, id: &str) -> Result<Option<Claim>, Failure> {
        Ok(disk::try_lock(&self.lock_of(id)?)?.map(|lock| Claim { _lock: lock }))
    }

    fn lock_of(&self, id: &str) -> Result<PathBuf, Failure> {
        Ok(disk::file_of(&self.folder, id)?.with_extension("lock"))
    }

    /// Puts an entry in place of its last version.
    pub fn update(&self, entry: &Entry) -> Result<(), Failure> {
        disk::write_json(&disk::file_of(&self.folder, &entry.id)?, entry)
    }

    /// The entry called `id`, if there is one; fails when it is torn.
    pub fn get(&self, id: &str) -> Result<Option<Entry>, Failure> {
        disk::read_json(&disk::file_of(&self.folder, id)?)
    }

    /// Every entry, the oldest first; those that can't be read come last.
    pub fn list(&self) -> Result<Vec<Listed<Entry>>, Failure> {
        disk::sweep(&self.folder);
        let mut list: Vec<Listed<Entry>> = disk::list(&self.folder)?;
        list.sort_by_key(|listed| match listed {
            Listed::Whole(entry) => (false, Some(entry.since), entry.id.clone()),
            Listed::Torn { id, .. } => (true, None, id.clone()),
        });
        Ok(list)
    }

    /// Removes an entry, a torn one too; answers whether there was one.
    pub fn remove(&self, id: &str) -> Result<bool, Failure> {
        let was_there = disk::remove(&disk::file_of(&self.folder, id)?)?;
        // Whoever waits for it finds no entry. Left behind it does no harm.
        let _ = std::fs::remove_file(self.lock_of(id)?);
        Ok(was_there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str) -> Entry {
        Entry {
            id: id.to_owned(),
            kind: EntryKind::Comment,
            key: "0123456789abcdef".to_owned(),
            portal: "https://desk.example.com".to_owned(),
            user: Some("sam@example.com".to_owned()),
            account: None,
            case: "42".parse().ok(),
            subject: Some("Stuck".to_owned()),
            since: "2026-11-20T09:30:00Z".parse().unwrap(),
            sent: None,
            request: serde_json::json!({"body": "Hello"}),
            last_error: None,
        }
    }

    #[test]
    fn an_entry_is_there_before_it_is_sent_and_gone_after() {
        let data = tempfile::tempdir().unwrap();
        let outbox = Outbox::new(data.path());
        let mut sent = entry("ab12");
        drop(outbox.add(&sent).unwrap());
        #[cfg(unix)]
        assert_eq!(crate::profile::tests::mode(&data.path().join("outbox/ab12.json")), 0o600);
        assert!(outbox.add(&sent).unwrap_err().message.starts_with("can't create "));
        assert_eq!(sent.state(), EntryState::Waiting);
        sent.sent = Some(sent.since);
        assert_eq!(sent.state(), EntryState::Unknown);
        sent.last_error = Some("it broke off".to_owned());
        outbox.update(&sent).unwrap();
        assert_eq!(outbox.get("ab12").unwrap(), Some(sent));
        assert!(outbox.remove("ab12").unwrap());
        assert_eq!(outbox.get("ab12").unwrap(), None);
        assert_eq!(outbox.list().unwrap(), []);
    }

    #[test]
    fn one_docket_at_a_time_sends_an_entry() {
        let data = tempfile::tempdir().unwrap();
        let (mine, other) = (Outbox::new(data.path()), Outbox::new(data.path()));
        let claim = mine.add(&entry("ab12")).unwrap();
        assert!(other.claim("ab12").unwrap().is_none());
        assert!(other.claim("cd34").unwrap().is_some());
        drop(claim);
        let claim = other.claim("ab12").unwrap();
        assert!(claim.is_some() && mine.claim("ab12").unwrap().is_none());
        assert!(other.remove("ab12").unwrap());
        drop(claim);
        assert_eq!(mine.get("ab12").unwrap(), None);
        assert!(!data.path().join("outbox/ab12.lock").exists());
    }

    #[test]
    fn what_was_left_half_written_goes_after_a_while() {
        let data = tempfile::tempdir().unwrap();
        let outbox = Outbox::new(data.path());
        let _claim = outbox.add(&entry("ab12")).unwrap();
        let (old, young) = (data.path().join("outbox/.new-old"), data.path().join("outbox/.new-young"));
        std::fs::write(&young, "{").unwrap();
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3700);
        std::fs::write(&old, "{").unwrap();
        File::options().write(true).open(&old).unwrap().set_modified(long_ago).unwrap();
        assert_eq!(outbox.list().unwrap().len(), 1);
        assert!(young.exists() && !old.exists());
    }

    #[test]
    fn a_torn_entry_is_listed_as_such() {
        let data = tempfile::tempdir().unwrap();
        let outbox = Outbox::new(data.path());
        outbox.add(&entry("ab12")).unwrap();
        let path = data.path().join("outbox/cd34.json");
        std::fs::write(&path, "{\"id\":\"cd34\",").unwrap();
        // A leftover of a write that never finished isn't an entry.
        std::fs::write(data.path().join("outbox/.new-x"), "{").unwrap();
        let list = outbox.list().unwrap();
        assert_eq!(list.len(), 2);
        assert!(matches!(&list[0], Listed::Whole(entry) if entry.id == "ab12"));
        assert!(matches!(&list[1], Listed::Torn { id, path: p, .. } if id == "cd34" && *p == path));
        assert!(outbox.get("cd34").is_err());
        assert!(outbox.remove("cd34").unwrap());
    }

    #[test]
    fn an_id_names_nothing_outside_the_outbox() {
        let data = tempfile::tempdir().unwrap();
        let outbox = Outbox::new(data.path());
        for id in ["", "../logins", "a/b", "a.b", "ü"] {
            assert_eq!(outbox.remove(id).unwrap_err().kind.exit_code(), 2, "{id}");
        }
    }
}
