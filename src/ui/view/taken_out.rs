//! What was taken out of what is sent.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::redact::Report;
use crate::ui::text;

/// A text or file from which secrets were taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Redacted {
    /// The field, like `description`, or the file's name.
    pub what: String,
    /// How many of each kind.
    pub kinds: BTreeMap<String, u64>,
}

impl Redacted {
    /// What `report` says of it.
    pub fn new(what: &str, report: &Report) -> Self {
        let kinds = report.counts().iter().map(|each| (each.kind.to_owned(), each.count)).collect();
        Self { what: what.to_owned(), kinds }
    }
}

/// `3 secrets: cookie (2), password (1)`, the most frequent kind first: what several reports come to.
pub fn taken_out(kinds: &BTreeMap<String, u64>) -> String {
    let mut sorted: Vec<_> = kinds.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let kinds: Vec<String> = sorted.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
    let total = sorted.iter().map(|(_, count)| **count).sum();
    format!("{}: {}", text::count(total, "secret"), kinds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_counted_by_their_kinds() {
        let kinds = [("api-key", 1), ("cookie", 12), ("password", 12)];
        let kinds = kinds.map(|(kind, count)| (kind.to_owned(), count)).into();
        assert_eq!(taken_out(&kinds), "25 secrets: cookie (12), password (12), api-key (1)");
        assert_eq!(taken_out(&[("cookie".to_owned(), 1)].into()), "1 secret: cookie (1)");
    }
}
