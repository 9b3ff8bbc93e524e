//! The cases seen last, for completions: no more of each than it takes to tell it from the others.

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Cached};
use crate::address::Address;
use crate::case::{Case, CaseNumber, Status};

/// As many as are remembered for one user at one portal.
const MOST: usize = 200;

/// A case that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentCase {
    /// Its number.
    pub number: CaseNumber,
    /// One line, untrusted.
    pub subject: String,
    /// As it stood then.
    pub status: Status,
    /// E-mail addresses, untrusted.
    pub watchers: Vec<String>,
    /// Names of its files, untrusted.
    #[serde(default)]
    pub files: Vec<String>,
}

impl From<&Case> for RecentCase {
    fn from(case: &Case) -> Self {
        Self {
            number: case.number,
            subject: case.subject.clone(),
            status: case.status,
            watchers: case.watchers.clone(),
            files: case.attachments.iter().map(|file| file.name.clone()).collect(),
        }
    }
}

impl Cache {
    /// The cases that a user has seen at a portal, the last seen first.
    pub fn recent_cases(&self, portal: &Address, who: &str) -> Vec<RecentCase> {
        self.get(Cached::Cases, portal, who).map(|saved| saved.value).unwrap_or_default()
    }

    /// Remembers cases that came from a portal, in their order, before those of earlier.
    pub fn remember_cases(&self, portal: &Address, who: &str, seen: &[Case]) {
        if seen.is_empty() {
            return;
        }
        let before = self.recent_cases(portal, who);
        let mut cases: Vec<RecentCase> = seen.iter().take(MOST).map(RecentCase::from).collect();
        for earlier in &before {
            if cases.len() < MOST && cases.iter().all(|case| case.number != earlier.number) {
                cases.push(earlier.clone());
            }
        }
        if cases != before {
            self.put(Cached::Cases, portal, who, &cases);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::tests::a_case;

    #[test]
    fn the_last_seen_come_first_and_no_case_comes_twice() {
        let data = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(data.path()));
        let numbers = |who: &str| -> Vec<u32> {
            cache.recent_cases(&Address::Local, who).iter().map(|case| case.number.get()).collect()
        };
        cache.remember_cases(&Address::Local, "sam", &[a_case(1), a_case(2), a_case(3)]);
        cache.remember_cases(&Address::Local, "sam", &[Case { status: Status::Closed, ..a_case(2) }]);
        assert_eq!(numbers("sam"), [2, 1, 3]);
        assert_eq!(cache.recent_cases(&Address::Local, "sam")[0].status, Status::Closed);
        assert!(numbers("kim").is_empty());
        cache.forget(&Address::Local, "sam");
        assert!(numbers("sam").is_empty());
    }

    #[test]
    fn only_so_many_are_remembered_and_nothing_else_of_them() {
        let data = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(data.path()));
        for number in 1..=MOST as u32 + 20 {
            cache.remember_cases(&Address::Local, "sam", &[a_case(number)]);
        }
        let recent = cache.recent_cases(&Address::Local, "sam");
        assert_eq!((recent.len(), recent[0].number.get()), (MOST, MOST as u32 + 20));
        let path = std::fs::read_dir(data.path().join("cache")).unwrap().next().unwrap().unwrap().path();
        let content = std::fs::read_to_string(path).unwrap();
        assert!(content.contains("Envelopes stay") && !content.contains("a secret"), "{content}");
    }
}
