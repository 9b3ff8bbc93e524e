//! The answers given so far, and who gives them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::account::Account;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Answer {
    /// A text, a choice's id, an RFC 3339 time, …
    Text(String),
    /// A file, by what the rules need to know of it.
    File {
        /// Without folders.
        name: String,
        /// Bytes.
        size: u64,
    },
}

impl Answer {
    /// The text, or `None` for a file.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::File { .. } => None,
        }
    }
}

impl From<&str> for Answer {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Answers by field id. A field that isn't in it has no answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft(pub BTreeMap<String, Answer>);

impl Draft {
    /// The answer to a field.
    pub fn get(&self, field: &str) -> Option<&Answer> {
        self.0.get(field)
    }

    /// The text that answers a field, or `None` when it has no answer or a file.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.get(field).and_then(Answer::text)
    }

    /// Answers a field.
    pub fn set(&mut self, field: &str, answer: impl Into<Answer>) {
        self.0.insert(field.to_owned(), answer.into());
    }

    /// The same draft with one more answer.
    pub fn with(mut self, field: &str, answer: impl Into<Answer>) -> Self {
        self.set(field, answer);
        self
    }
}

/// What is known about whoever fills in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Every account of theirs, those included in which no case can be opened.
    pub accounts: Vec<Account>,
    /// Their own language, if known: a choice id of the field `language`.
    pub language: Option<String>,
}

impl Context {
    /// The accounts in which cases can be opened.
    pub fn usable(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter().filter(|account| account.can_open_cases())
    }

    /// Whether there is an account to open cases in.
    pub fn has_usable(&self) -> bool {
        self.usable().next().is_some()
    }

    /// The account that goes without saying, when there is just one to open cases in.
    pub fn only_account(&self) -> Option<&Account> {
        let mut usable = self.usable();
        usable.next().filter(|_| usable.next().is_none())
    }

    /// The account that a draft's case would belong to, if that is settled.
    pub fn account_of(&self, draft: &Draft) -> Option<&Account> {
        self.only_account()
            .or_else(|| draft.text("account").and_then(|id| self.usable().find(|account| account.id == id)))
    }
}
