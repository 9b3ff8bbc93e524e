//! Walks that were interrupted, saved after each answer.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk::{self, Listed};
use crate::failure::Failure;

/// An interrupted walk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedDraft {
    /// [`super::new_id`].
    pub id: String,
    /// The portal's address.
    pub portal: String,
    /// E-mail address, as far as it is known.
    pub user: Option<String>,
    /// When the walk began.
    pub started: Timestamp,
    /// The answers: a [`crate::rules::Draft`] as JSON.
    pub draft: serde_json::Value,
    /// Fields that were left empty on purpose.
    #[serde(default)]
    pub skipped: Vec<String>,
}

/// The drafts of one profile.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("drafts") }
    }

    /// Saves a draft in place of its last version.
    pub fn save(&self, draft: &SavedDraft) -> Result<(), Failure> {
        disk::write_json(&disk::file_of(&self.folder, &draft.id)?, draft)
    }

    /// The draft called `id`, if there is one.
    pub fn load(&self, id: &str) -> Result<Option<SavedDraft>, Failure> {
        disk::read_json(&disk::file_of(&self.folder, id)?)
    }

    /// Every draft, the latest first; those that can't be read come last.
    pub fn list(&self) -> Result<Vec<Listed<SavedDraft>>, Failure> {
        let mut list: Vec<Listed<SavedDraft>> = disk::list(&self.folder)?;
        list.sort_by_key(|listed| match listed {
            Listed::Whole(draft) => (false, std::cmp::Reverse(Some(draft.started)), draft.id.clone()),
            Listed::Torn { id, .. } => (true, std::cmp::Reverse(None), id.clone()),
        });
        Ok(list)
    }

    /// Removes a draft; answers whether there was one.
    pub fn remove(&self, id: &str) -> Result<bool, Failure> {
        disk::remove(&disk::file_of(&self.folder, id)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(id: &str, started: &str) -> SavedDraft {
        SavedDraft {
            id: id.to_owned(),
            portal: "local".to_owned(),
            user: None,
            started: started.parse().unwrap(),
            draft: serde_json::json!({"subject": "S"}),
            skipped: vec!["steps".to_owned()],
        }
    }

    #[test]
    fn a_draft_is_there_until_it_is_removed() {
        let data = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(data.path());
        assert_eq!(drafts.list().unwrap(), []);
        let (old, new) = (draft("aa", "2026-11-19T09:30:00Z"), draft("bb", "2026-11-20T09:30:00Z"));
        drafts.save(&old).unwrap();
        drafts.save(&new).unwrap();
        drafts.save(&new).unwrap();
        std::fs::write(data.path().join("drafts/00.json"), "{").unwrap();
        let list = drafts.list().unwrap();
        assert_eq!(list[..2], [Listed::Whole(new.clone()), Listed::Whole(old)]);
        assert!(matches!(&list[2], Listed::Torn { id, .. } if id == "00"));
        assert_eq!(drafts.load("bb").unwrap(), Some(new));
        assert!(drafts.remove("bb").unwrap());
        assert_eq!(drafts.load("bb").unwrap(), None);
        assert!(!drafts.remove("bb").unwrap());
    }
}
