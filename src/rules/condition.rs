//! When something applies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A condition on earlier answers: every subject must have one of the values listed for it.
///
/// A subject is a field (`product`), an attribute of the choice made there (`product.flow`,
/// `account.plan`), or `accounts`, which is `one` or `several`. A field without an answer has no value, so
/// it meets no list. Written in data as `{ "product.flow" = ["2"], environment = ["production"] }`; the
/// empty condition always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Condition(pub BTreeMap<String, Vec<String>>);

/// What is known of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known<'a> {
    /// It has these values, or none.
    Values(Vec<&'a str>),
    /// It is still to be answered, or was answered wrongly.
    NotYet,
}

impl Condition {
    /// Whether it always holds.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it asks about.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether it holds, as far as `look_up` can tell: `None` when that depends on what isn't known yet.
    pub(super) fn holds<'a>(&self, look_up: &dyn Fn(&str) -> Known<'a>) -> Option<bool> {
        let mut certain = true;
        for (subject, wanted) in &self.0 {
            match look_up(subject) {
                Known::Values(values) => {
                    if !values.iter().any(|value| wanted.iter().any(|w| w == value)) {
                        return Some(false);
                    }
                }
                Known::NotYet => certain = false,
            }
        }
        certain.then_some(true)
    }
}

/// Whether one of several conditions holds, `None` when that isn't known yet; no condition at all holds.
pub(super) fn one_holds<'a>(conditions: &[Condition], look_up: &dyn Fn(&str) -> Known<'a>) -> Option<bool> {
    if conditions.is_empty() {
        return Some(true);
    }
    let verdicts: Vec<_> = conditions.iter().map(|condition| condition.holds(look_up)).collect();
    if verdicts.contains(&Some(true)) {
        Some(true)
    } else if verdicts.contains(&None) {
        None
    } else {
        Some(false)
    }
}
