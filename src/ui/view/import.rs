//! What has become of the lines of an import.

use serde::Serialize;

use super::Incomplete;
use crate::case::CaseNumber;
use crate::rules::FieldProblem;
use crate::ui::{Page, Rows, Show, text};

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
}

impl ImportRow {
    /// The line became a case.
    pub fn case(line: u64, number: CaseNumber, created: bool) -> Self {
        let (number, created) = (Some(number), Some(created));
        Self { line, number, created, error: None, fields: Vec::new(), incomplete: Vec::new() }
    }

    /// The line became none.
    pub fn failed(line: u64, error: String, fields: Vec<FieldProblem>) -> Self {
        Self { line, number: None, created: None, error: Some(error), fields, incomplete: Vec::new() }
    }
}

/// As in a failure.
fn fields<S: serde::Serializer>(fields: &[FieldProblem], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        fields.iter().map(
            |field| serde_json::json!({"field": field.field, "problem": field.problem, "flag": field.flag}),
        ),
    )
}

impl Show for ImportRow {
    const FIELDS: &'static [&'static str] = &["line", "number", "created", "error", "fields", "incomplete"];
    const ROWS: Rows = Rows::One;

    /// Only what somebody has to look at.
    fn text(&self, _: &Page) -> String {
        let mut lines = String::new();
        if let Some(error) = &self.error {
            lines.push_str(&format!("line {}: {}\n", self.line, text::clean_line(error)));
            for field in &self.fields {
                let (name, problem) = (text::clean_line(&field.field), text::clean_line(&field.problem));
                lines.push_str(&format!("  {name}: {problem}\n"));
            }
        }
        for left in &self.incomplete {
            let number = self.number.map(|number| format!("case {number}, ")).unwrap_or_default();
            let (what, why) = (text::clean_line(&left.what), text::clean_line(&left.why));
            let retry = text::clean_line(&left.retry);
            lines.push_str(&format!("line {}: {number}{what}: {why}\n  {retry}\n", self.line));
        }
        lines
    }
}
