//! What is being sent, on disk before its first byte leaves.
//!
//! An entry goes when its request is known to be done. One that stays tells what was to be sent and with
//! which idempotency key, so that it can be sent again without being done twice.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk::{self, Listed};
use crate::case::{CaseNumber, words};
use crate::failure::Failure;

/// What is being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A new case.
    Case,
    /// A comment.
    Comment,
    /// A file.
    Attachment,
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
    Attachment => "attachment",
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

/// A file that goes with an entry, as it was when the entry was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content, 64 lower-case hex digits.
    pub sha256: String,
}

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
    /// How far it has come.
    pub state: EntryState,
    /// The request's body.
    pub request: serde_json::Value,
    /// The files that go with it.
    #[serde(default)]
    pub attachments: Vec<QueuedFile>,
    /// Why it isn't gone yet.
    pub last_error: Option<String>,
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

    /// Puts a new entry on disk; once this returns, it survives a power cut.
    pub fn add(&self, entry: &Entry) -> Result<(), Failure> {
        disk::create_json(&disk::file_of(&self.folder, &entry.id)?, entry)
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
        let mut list: Vec<Listed<Entry>> = disk::list(&self.folder)?;
        list.sort_by_key(|listed| match listed {
            Listed::Whole(entry) => (false, Some(entry.since), entry.id.clone()),
            Listed::Torn { id, .. } => (true, None, id.clone()),
        });
        Ok(list)
    }

    /// Removes an entry, a torn one too; answers whether there was one.
    pub fn remove(&self, id: &str) -> Result<bool, Failure> {
        disk::remove(&disk::file_of(&self.folder, id)?)
    }
}
