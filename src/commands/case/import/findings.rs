//! What is wrong with the records of an import, for people: what goes for many of them is told once.

use std::collections::HashMap;

use crate::ui::{ImportFindings, ImportRow, RepeatedProblem};

/// In how many records the same thing may be wrong before it is told once for all of them.
const REPEATED: u64 = 3;
/// How many records are kept to be told one by one, and how many different problems are counted.
const KEPT: usize = 2_000;

/// What is wrong with one record: the field, if it is one, and the problem.
type What = (String, String);

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    rows: Vec<ImportRow>,
    /// Records that are wrong beyond those.
    more: u64,
    counts: HashMap<What, Count>,
}

#[derive(Debug)]
struct Count {
    /// When it was first found.
    order: usize,
    records: u64,
    /// The first of them.
    first: u64,
    /// Whether an answer is missing.
    missing: bool,
}

/// All that is wrong with a record.
fn whats(row: &ImportRow) -> Vec<(What, bool)> {
    if row.fields.is_empty() {
        return vec![((String::new(), row.error.clone().unwrap_or_default()), false)];
    }
    let what = |field: &crate::rules::FieldProblem| {
        ((field.field.clone(), field.problem.clone()), field.code == "missing")
    };
    row.fields.iter().map(what).collect()
}

impl Findings {
    /// Takes note of a record that is wrong.
    pub(super) fn note(&mut self, row: &ImportRow) {
        for (what, missing) in whats(row) {
            let order = self.counts.len();
            if let Some(count) = self.counts.get_mut(&what) {
                count.records += 1;
            } else if order < KEPT {
                self.counts.insert(what, Count { order, records: 1, first: row.line, missing });
            }
        }
        if self.rows.len() < KEPT {
            self.rows.push(row.clone());
        } else {
            self.more += 1;
        }
    }

    /// What is to be told of a file with so many records and these columns; none if it has no header.
    pub(super) fn told(self, records: u64, columns: &[String]) -> ImportFindings {
        let repeated = |count: &Count| count.records > REPEATED || (records > 1 && count.records == records);
        let mut told_once: Vec<(&What, &Count)> =
            self.counts.iter().filter(|(_, count)| repeated(count)).collect();
        told_once.sort_by_key(|(_, count)| count.order);
        let once = told_once.iter().map(|((field, problem), count)| {
            let no_column = count.missing && !columns.is_empty() && !columns.contains(field);
            RepeatedProblem {
                field: field.clone(),
                problem: if no_column {
                    format!("{problem}, and the header has no column for it")
                } else {
                    problem.clone()
                },
                records: count.records,
                all: count.records == records,
                first: count.first,
            }
        });
        let once: Vec<RepeatedProblem> = once.collect();
        let is_told = |field: &str, problem: &str| {
            self.counts.get(&(field.to_owned(), problem.to_owned())).is_some_and(repeated)
        };
        let rest = self.rows.into_iter().filter_map(|mut row| {
            if row.fields.is_empty() {
                return (!is_told("", row.error.as_deref().unwrap_or_default())).then_some(row);
            }
            row.fields.retain(|field| !is_told(&field.field, &field.problem));
            row.error = Some(super::check::missing_or_wrong(row.fields.len()));
            (!row.fields.is_empty()).then_some(row)
        });
        ImportFindings { rows: rest.collect(), repeated: once, more: self.more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FieldProblem, Problem};
    use crate::ui::{Page, Place, Show as _};

    fn row(line: u64, fields: &[(&str, Problem)]) -> ImportRow {
        let place = Place { line, row: None, subject: Some(format!("No {line}")) };
        let fields: Vec<FieldProblem> =
            fields.iter().map(|(field, problem)| FieldProblem::new(field, problem)).collect();
        ImportRow::failed(place, super::super::check::missing_or_wrong(fields.len()), fields)
    }

    #[test]
    fn what_goes_for_many_records_is_told_once_and_the_rest_line_by_line() {
        let mut findings = Findings::default();
        for line in 2..=11 {
            let mut fields = vec![("contact_method", Problem::Missing)];
            if line % 2 == 0 {
                fields.push(("watch", Problem::NotAnEmail("nobody".to_owned())));
            }
            if line == 5 {
                fields.push(("subject", Problem::NotOneLine));
            }
            findings.note(&row(line, &fields));
        }
        let told = findings.told(10, &["subject".to_owned(), "watch".to_owned()]);
        insta::assert_snapshot!(told.text(&Page::for_tests()), @r"
        in all 10 records: contact_method: is required, and the header has no column for it
        in 5 records, first in line 2: watch: `nobody` is not an e-mail address
        line 5, `No 5`: one field is missing or wrong
          subject: has to be a single line without control characters
        ");
    }

    #[test]
    fn a_file_in_which_everything_is_wrong_does_not_fill_the_memory() {
        let mut findings = Findings::default();
        let count = KEPT as u64 + 5;
        for line in 1..=count {
            findings.note(&row(line, &[("watch", Problem::NotAnEmail(line.to_string()))]));
        }
        assert_eq!(findings.counts.len(), KEPT);
        let told = findings.told(count, &[]);
        assert_eq!((told.rows.len(), told.more), (KEPT, 5));
    }
}
