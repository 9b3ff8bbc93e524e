//! What has become of the lines of an import.

use std::collections::BTreeMap;

use serde::Serialize;

use super::facts::fact;
use super::{Incomplete, Redacted, taken_out};
use crate::case::CaseNumber;
use crate::rules::FieldProblem;
use crate::ui::{Page, Rows, Show, text};

/// Where in a file a record is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    /// The row of a table, as a spreadsheet counts it.
    pub row: Option<u64>,
    /// What the case is about.
    pub subject: Option<String>,
}

/// A line of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// Where in the file it begins, counted from 1.
    pub line: u64,
    /// The case that it became.
    pub number: Option<CaseNumber>,
    /// Whether it was opened now; `None` where there is no case.
    pub created: Option<bool>,
    /// Why there is none.
    pub error: Option<String>,
    /// The answers that are missing or wrong.
    #[serde(serialize_with = "fields")]
    pub fields: Vec<FieldProblem>,
    /// What couldn't be done after the case was opened.
    pub incomplete: Vec<Incomplete>,
    /// The row of a table, as a spreadsheet counts it: where a text has several lines, not the line.
    pub row: Option<u64>,
    /// What the case is about.
    pub subject: Option<String>,
    /// What was taken out of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
}

impl ImportRow {
    /// The line became a case.
    pub fn case(place: Place, number: CaseNumber, created: bool) -> Self {
        Self { number: Some(number), created: Some(created), ..Self::at(place) }
    }

    /// The line would become one.
    pub fn would_be_filed(place: Place) -> Self {
        Self::at(place)
    }

    /// The line became none.
    pub fn failed(place: Place, error: String, fields: Vec<FieldProblem>) -> Self {
        Self { error: Some(error), fields, ..Self::at(place) }
    }

    fn at(Place { line, row, subject }: Place) -> Self {
        let (number, created, error) = (None, None, None);
        Self {
            line,
            number,
            created,
            error,
            fields: Vec::new(),
            incomplete: Vec::new(),
            row,
            subject,
            redacted: Vec::new(),
        }
    }

    /// `line 7 (row 5), \`Envelopes are stuck\``.
    fn place(&self) -> String {
        let mut place = format!("line {}", self.line);
        if let Some(row) = self.row.filter(|row| *row != self.line) {
            place.push_str(&format!(" (row {row})"));
        }
        if let Some(subject) = &self.subject {
            place.push_str(&format!(", `{}`", text::truncate(&text::clean_line(subject), SUBJECT)));
        }
        place
    }
}

/// Columns that a subject may take where a line is told of.
const SUBJECT: usize = 50;

/// As in a failure.
fn fields<S: serde::Serializer>(fields: &[FieldProblem], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        fields.iter().map(
            |field| serde_json::json!({"field": field.field, "problem": field.problem, "flag": field.flag}),
        ),
    )
}

impl Show for ImportRow {
    const FIELDS: &'static [&'static str] =
        &["line", "number", "created", "error", "fields", "incomplete", "row", "subject", "redacted"];
    const ROWS: Rows = Rows::One;
    const LATER: &'static [&'static str] = &["redacted"];

    /// Only what somebody has to look at.
    fn text(&self, _: &Page) -> String {
        let mut lines = String::new();
        if let Some(error) = &self.error {
            lines.push_str(&format!("{}: {}\n", self.place(), text::clean_line(error)));
            for field in &self.fields {
                let (name, problem) = (text::clean_line(&field.field), text::clean_line(&field.problem));
                lines.push_str(&format!("  {name}: {problem}\n"));
            }
        }
        for left in &self.incomplete {
            let number = self.number.map(|number| format!("case {number}, ")).unwrap_or_default();
            let (what, why) = (text::clean_line(&left.what), text::clean_line(&left.why));
            let retry = text::clean_line(&left.retry);
            lines.push_str(&format!("{}: {number}{what}: {why}\n  {retry}\n", self.place()));
        }
        lines
    }
}

/// What is wrong with a file that is to be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportFindings {
    /// What is wrong with many records.
    pub repeated: Vec<RepeatedProblem>,
    /// What is wrong with single ones.
    pub rows: Vec<ImportRow>,
    /// How many more records are wrong.
    pub more: u64,
}

/// What is wrong with many records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepeatedProblem {
    /// The field; empty where it is the whole record.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
    /// In how many records.
    pub records: u64,
    /// Whether these are all.
    pub all: bool,
    /// The line of the first one.
    pub first: u64,
}

impl Show for ImportFindings {
    const FIELDS: &'static [&'static str] = &["repeated", "rows", "more"];
    const ROWS: Rows = Rows::One;

    fn text(&self, page: &Page) -> String {
        let mut lines = String::new();
        for repeated in &self.repeated {
            let records = text::count(repeated.records, "record");
            let whose = if repeated.all {
                format!("in all {records}")
            } else {
                format!("in {records}, first in line {}", repeated.first)
            };
            let field = match text::clean_line(&repeated.field) {
                field if field.is_empty() => field,
                field => format!("{field}: "),
            };
            lines.push_str(&format!("{whose}: {field}{}\n", text::clean_line(&repeated.problem)));
        }
        lines.extend(self.rows.iter().map(|row| row.text(page)));
        if self.more > 0 {
            let records = text::count(self.more, "more record");
            lines.push_str(&format!("and {records}: --json names what is wrong with each\n"));
        }
        lines
    }
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportPlan {
    /// Where.
    pub portal: String,
    /// Who files.
    pub user: String,
    /// In which accounts.
    pub accounts: Vec<PlannedAccount>,
    /// How many cases there are.
    pub cases: u64,
    /// How many of them were filed by earlier runs.
    pub filed_before: u64,
    /// How many would be filed.
    pub to_file: u64,
    /// How many secrets of each kind would be taken out of them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub redacted: BTreeMap<String, u64>,
}

/// An account in which cases would be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedAccount {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub cases: u64,
}

impl Show for ImportPlan {
    const FIELDS: &'static [&'static str] =
        &["portal", "user", "accounts", "cases", "filed_before", "to_file", "redacted"];
    const ROWS: Rows = Rows::One;
    const LATER: &'static [&'static str] = &["redacted"];

    fn text(&self, page: &Page) -> String {
        const START: usize = 9;
        let several = self.accounts.len() > 1;
        let account = |account: &PlannedAccount| {
            let name = format!("{} ({})", account.name, account.id);
            if several { format!("{name}: {}", text::count(account.cases, "case")) } else { name }
        };
        let accounts: Vec<String> = self.accounts.iter().map(account).collect();
        let filed = match self.filed_before {
            0 => format!("{} would be filed", self.to_file),
            before => format!("{before} filed before, {} would be filed", self.to_file),
        };
        let valid = match self.cases.saturating_sub(self.filed_before + self.to_file) {
            0 => "all of them valid".to_owned(),
            wrong => format!("{wrong} of them not valid"),
        };
        let cases = format!("{}, {valid}: {filed}", text::count(self.cases, "case"));
        let facts = [
            ("Portal", self.portal.clone()),
            ("User", self.user.clone()),
            (if several { "Accounts" } else { "Account" }, accounts.join("; ")),
            ("Import", cases),
            ("Redacts", if self.redacted.is_empty() { String::new() } else { taken_out(&self.redacted) }),
        ];
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| fact(label, START, &value, page))
            .collect()
    }
}
