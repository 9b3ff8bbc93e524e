//! What can be fetched again: losing it costs a request, and it never fails a command.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::disk;
use crate::address::Address;

/// What is cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cached {
    /// A portal's form.
    Form,
    /// Who the user is.
    Me,
    /// The cases that the user has seen last.
    Cases,
    /// The articles that the user has seen last.
    Articles,
}

impl Cached {
    const ALL: [Self; 4] = [Self::Form, Self::Me, Self::Cases, Self::Articles];

    fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Me => "me",
            Self::Cases => "cases",
            Self::Articles => "articles",
        }
    }
}

/// A cached value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved<T> {
    /// When it came from the portal.
    pub at: Timestamp,
    /// As it came.
    pub value: T,
}

/// The cache of one profile.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: Option<PathBuf>,
}

/// A file of the cache.
#[derive(Serialize, Deserialize)]
struct File<T> {
    portal: String,
    who: String,
    at: Timestamp,
    value: T,
}

impl Cache {
    pub(super) fn new(data: Option<&Path>) -> Self {
        Self { folder: data.map(|folder| folder.join("cache")) }
    }

    /// What is known of `what`, for one user at one portal. `who` is [`super::Credential::who`].
    pub fn get<T: DeserializeOwned>(&self, what: Cached, portal: &Address, who: &str) -> Option<Saved<T>> {
        let content = disk::read(&self.path(what, portal, who)?).ok()??;
        let file: File<T> = serde_json::from_slice(&content).ok()?;
        let right = file.portal == portal.as_str() && file.who == who;
        right.then_some(Saved { at: file.at, value: file.value })
    }

    /// Remembers what a portal said, if that is possible.
    pub fn put<T: Serialize>(&self, what: Cached, portal: &Address, who: &str, value: &T) {
        let Some(path) = self.path(what, portal, who) else { return };
        let (portal, who) = (portal.as_str().to_owned(), who.to_owned());
        if let Err(failure) = disk::write_cache(&path, &File { portal, who, at: Timestamp::now(), value }) {
            tracing::debug!(target: "docket::cache", "{failure}");
        }
    }

    /// Forgets everything about a user at a portal.
    pub fn forget(&self, portal: &Address, who: &str) {
        for what in Cached::ALL {
            let removed = self.path(what, portal, who).map(|path| disk::remove(&path));
            if let Some(Err(failure)) = removed {
                tracing::debug!(target: "docket::cache", "{failure}");
            }
        }
    }

    fn path(&self, what: Cached, portal: &Address, who: &str) -> Option<PathBuf> {
        let digest = Sha256::digest(format!("{portal}\n{who}"));
        let name = digest.iter().take(12).fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        Some(self.folder.as_ref()?.join(format!("{}-{name}.json", what.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_for_the_same_user_and_portal_only() {
        let data = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(data.path()));
        let portal: Address = "https://desk.example.com".parse().unwrap();
        cache.put(Cached::Form, &portal, "sam", &vec![1, 2]);
        let get = |what, portal: &Address, who: &str| cache.get::<Vec<u32>>(what, portal, who);
        assert_eq!(get(Cached::Form, &portal, "sam").unwrap().value, [1, 2]);
        assert_eq!(get(Cached::Me, &portal, "sam"), None);
        assert_eq!(get(Cached::Form, &portal, "kim"), None);
        assert_eq!(get(Cached::Form, &Address::Local, "sam"), None);
        cache.forget(&portal, "sam");
        assert_eq!(get(Cached::Form, &portal, "sam"), None);
    }

    #[test]
    fn what_is_damaged_or_of_somebody_else_is_ignored() {
        let data = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(data.path()));
        cache.put(Cached::Form, &Address::Local, "sam", &1);
        let path = cache.path(Cached::Form, &Address::Local, "sam").unwrap();
        let whole = std::fs::read_to_string(&path).unwrap();
        for damaged in ["", &whole[..whole.len() / 2], &whole.replace("\"local\"", "\"https://x.example\"")] {
            std::fs::write(&path, damaged).unwrap();
            assert_eq!(cache.get::<u32>(Cached::Form, &Address::Local, "sam"), None, "{damaged}");
        }
        cache.put(Cached::Form, &Address::Local, "sam", &2);
        assert_eq!(cache.get::<u32>(Cached::Form, &Address::Local, "sam").unwrap().value, 2);
        assert_eq!(cache.get::<String>(Cached::Form, &Address::Local, "sam"), None);
    }
}
