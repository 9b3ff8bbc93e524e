//! What a record means, however it is spelt.
//!
//! A spreadsheet that is saved again may spell every line otherwise: a time with seconds or with a zone, a number
//! without its zeros, a blank more. A record is known, and filed, by what it means, so that its case is found again.
//! `2h ago` stays what it is: as a moment it would be another record at each run.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};

use crate::case::CaseNumber;
use crate::failure::{Failure, Kind};
use crate::files::Value;
use crate::profile::Journal;
use crate::rules::{Form, Kind as FieldKind};
use crate::when;

/// From when an import's records are to be understood.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// When it began, and in which time zone.
    pub(super) now: Zoned,
    /// Whether records are known by what they mean.
    by_meaning: bool,
}

impl Moment {
    /// That of an import that began earlier, or now.
    pub(super) fn of(journal: Option<&Journal>) -> Result<Self, Failure> {
        let Some(begun) = journal.map(Journal::begun) else {
            return Ok(Self { now: Zoned::now(), by_meaning: true });
        };
        let now = begun.at.parse().map_err(|error| {
            Failure::new(Kind::Failed, format!("the import's journal has no time that can be read: {error}"))
        })?;
        Ok(Self { now, by_meaning: begun.by_meaning })
    }
}

/// Reads records as they are meant.
pub(super) struct Reader {
    moment: Moment,
    /// The form's fields that are times.
    times: Vec<String>,
}

impl Reader {
    pub(super) fn new(form: &Form, moment: Moment) -> Self {
        let times = form.fields.iter().filter(|field| matches!(field.kind, FieldKind::Time { .. }));
        Self { moment, times: times.map(|field| field.id.clone()).collect() }
    }

    /// When the import began.
    pub(super) fn now(&self) -> &Zoned {
        &self.moment.now
    }

    /// A record's answers, spelt in the one way that means the same. What is wrong stays so, and paths stay as
    /// they are.
    pub(super) fn meant(&self, answers: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        if !self.moment.by_meaning {
            return answers;
        }
        let spelt = |(field, value): (String, Value)| {
            let value = match value {
                value if matches!(field.as_str(), "attach" | "attachment") => value,
                Value::List(list) => Value::List(list.iter().map(|one| one.trim().to_owned()).collect()),
                Value::Text(text) => Value::Text(self.text(&field, text.trim())),
            };
            (field, value)
        };
        answers.into_iter().map(spelt).collect()
    }

    fn text(&self, field: &str, text: &str) -> String {
        if field == "follows" {
            return text.parse().map_or_else(|_| text.to_owned(), |number: CaseNumber| number.to_string());
        }
        if !self.times.iter().any(|time| time == field) {
            return text.replace("\r\n", "\n");
        }
        match when::parse_dated(text, self.now()) {
            // Portals know whole seconds.
            Some(time) => Timestamp::from_second(time.as_second()).unwrap_or(time).to_string(),
            None if when::parse_time(text, self.now()).is_ok() => text.to_ascii_lowercase(),
            None => text.to_owned(),
        }
    }
}
