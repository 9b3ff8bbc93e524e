//! The cases and articles seen last, for completions: no more of each than it takes to tell it from the others.

use serde::{Deserialize, Serialize};

use super::cache::{Cache, Cached};
use crate::address::Address;
use crate::case::{Case, CaseNumber, Status};
use crate::resource::Resource;

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

/// An article that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentArticle {
    /// Unique within the portal.
    pub id: String,
    /// One line, untrusted.
    pub title: String,
}

impl From<&Resource> for RecentArticle {
    fn from(article: &Resource) -> Self {
        Self { id: article.id.clone(), title: article.title.clone() }
    }
}

impl Cache {
    /// The cases that a user has seen at a portal, the last seen first.
    pub fn recent_cases(&self, portal: &Address, who: &str) -> Vec<RecentCase> {
        self.get(Cached::Cases, portal, who).map(|saved| saved.value).unwrap_or_default()
    }

    /// Remembers cases that came from a portal, in their order, before those of earlier.
    pub fn remember_cases(&self, portal: &Address, who: &str, seen: &[Case]) {
        let before = self.recent_cases(portal, who);
        if let Some(cases) = before_those(seen, &before, |case| case.number) {
            self.put(Cached::Cases, portal, who, &cases);
        }
    }

    /// The articles that a user has seen at a portal, the last seen first.
    pub fn recent_articles(&self, portal: &Address, who: &str) -> Vec<RecentArticle> {
        self.get(Cached::Articles, portal, who).map(|saved| saved.value).unwrap_or_default()
    }

    /// Remembers articles that came from a portal, in their order, before those of earlier.
    pub fn remember_articles(&self, portal: &Address, who: &str, seen: &[Resource]) {
        let before = self.recent_articles(portal, who);
        if let Some(articles) = before_those(seen, &before, |article| article.id.clone()) {
            self.put(Cached::Articles, portal, who, &articles);
        }
    }
}

/// What was seen now, before what was seen earlier, if that changes anything: nothing twice, and not more than
/// are remembered.
fn before_those<'a, S, R, K>(seen: &'a [S], earlier: &[R], key: impl Fn(&R) -> K) -> Option<Vec<R>>
where
    R: From<&'a S> + Clone + PartialEq,
    K: PartialEq,
{
    let mut all: Vec<R> = seen.iter().take(MOST).map(R::from).collect();
    for before in earlier {
        if all.len() < MOST && all.iter().all(|now| key(now) != key(before)) {
            all.push(before.clone());
        }
    }
    (all != earlier).then_some(all)
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

    #[test]
    fn of_an_article_that_was_read_its_id_and_title_are_remembered() {
        let data = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(data.path()));
        let article = |id: &str, title: &str| Resource {
            id: id.to_owned(),
            title: title.to_owned(),
            summary: String::new(),
            url: None,
            body: Some("the whole text".to_owned()),
        };
        cache.remember_articles(&Address::Local, "sam", &[article("a", "A"), article("b", "Old")]);
        cache.remember_articles(&Address::Local, "sam", &[article("b", "B")]);
        cache.remember_articles(&Address::Local, "sam", &[]);
        let recent = cache.recent_articles(&Address::Local, "sam");
        let recent: Vec<_> = recent.iter().map(|it| (it.id.as_str(), it.title.as_str())).collect();
        assert_eq!(recent, [("b", "B"), ("a", "A")]);
        let path = std::fs::read_dir(data.path().join("cache")).unwrap().next().unwrap().unwrap().path();
        assert!(!std::fs::read_to_string(path).unwrap().contains("the whole text"));
        cache.forget(&Address::Local, "sam");
        assert!(cache.recent_articles(&Address::Local, "sam").is_empty());
    }
}
