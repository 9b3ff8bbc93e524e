//! What has become of an import, in the end.

use std::collections::BTreeMap;

use super::{Course, cases};
use crate::failure::{Failure, Kind};
use crate::ui::{ImportRow, taken_out};

/// What has become of the records so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    filed: u64,
    before: u64,
    failed: u64,
    incomplete: u64,
    /// How the first one failed.
    first: Option<Kind>,
    /// How many secrets of each kind were replaced.
    redacted: BTreeMap<String, u64>,
    /// In how many records.
    with_secrets: u64,
}

impl Tally {
    /// Takes note of how a record failed.
    pub(super) fn note(&mut self, kind: Kind) {
        self.first.get_or_insert(kind);
    }

    /// Counts a record.
    pub(super) fn count(&mut self, row: &ImportRow) {
        match row.created {
            Some(true) => self.filed += 1,
            Some(false) => self.before += 1,
            None => self.failed += 1,
        }
        self.incomplete += u64::from(!row.incomplete.is_empty());
        self.with_secrets += u64::from(!row.redacted.is_empty());
        for (kind, count) in row.redacted.iter().flat_map(|redacted| &redacted.kinds) {
            *self.redacted.entry(kind.clone()).or_default() += count;
        }
    }

    /// Whether whatever was counted is a case, and whole.
    pub(super) fn is_complete(&self) -> bool {
        self.failed == 0 && self.incomplete == 0
    }

    fn is_any_filed(&self) -> bool {
        self.filed + self.before > 0
    }

    /// `3 filed, 2 filed before, 1 not filed`.
    fn counts(&self) -> String {
        let counts =
            [(self.before, "filed before"), (self.incomplete, "incomplete"), (self.failed, "not filed")];
        let further = counts.into_iter().filter(|(count, _)| *count > 0);
        further.fold(format!("{} filed", self.filed), |text, (count, what)| format!("{text}, {count} {what}"))
    }

    /// The end of an import of so many `records`: all of them were looked at, or `stopped` says why not.
    pub(super) fn judge(
        &self,
        course: &Course,
        records: u64,
        stopped: Option<Failure>,
    ) -> Result<(), Failure> {
        let counts = format!("{}: {}", cases(records), self.counts());
        if self.with_secrets > 0 {
            let replaced = taken_out(&self.redacted);
            course.docket.ui.say(format!("in {}: replaced {replaced}", cases(self.with_secrets)));
        }
        if let Some(mut failure) = stopped {
            failure.message = format!("{}; {counts}", failure.message);
            // That some are filed is what a script has to know, unless it is told that it may go on at once.
            if failure.kind == Kind::Failed && self.is_any_filed() {
                failure.kind = Kind::Partly;
            }
            return Err(failure);
        }
        if self.is_complete() {
            course.docket.ui.say(counts);
            return Ok(());
        }
        let kind = match self.first {
            Some(kind) if !self.is_any_filed() => kind,
            _ => Kind::Partly,
        };
        Err(Failure::new(kind, counts))
    }
}
