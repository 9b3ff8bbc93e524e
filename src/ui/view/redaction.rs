//! What was found in files that are to be sent, and what stands in its place: a line, tables, and the same for
//! machines. A value is never among it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::redact::{Count, Note, Place, Report};
use crate::ui::{Page, Rows, Show, Table, text};

/// Places that are shown where somebody reads along; all of them can be asked for.
pub const SHOWN_PLACES: usize = 20;

/// `12 secrets: cookie (9), token (2), password (1)`; `no secrets` where there are none.
pub fn redaction_summary(report: &Report) -> String {
    if report.is_empty() {
        return "no secrets".to_owned();
    }
    let kinds: Vec<String> =
        report.counts().iter().map(|Count { kind, count }| format!("{kind} ({count})")).collect();
    format!("{}: {}", text::count(report.total(), "secret"), text::clean_line(&kinds.join(", ")))
}

/// Kinds and places of what was found in `file`, in tables, the first `most` places at most, then what else there is
/// to know of it. Each line ends with a line feed; nothing where nothing was found and nothing has to be known.
pub fn redaction_tables(file: &str, report: &Report, most: usize, page: &Page) -> String {
    let mut tables = String::new();
    if !report.is_empty() {
        tables.push_str(&kinds(report, page));
        tables.push('\n');
        tables.push_str(&places(report, most, page));
    }
    for note in &report.notes {
        tables.push_str(&format!("{}: {}\n", text::clean_line(file), redaction_note(note)));
    }
    tables
}

/// What a reader has to know beside what was found, in a sentence without a full stop.
pub fn redaction_note(note: &Note) -> String {
    let (member, what) = match note {
        Note::Media { member } => {
            (member, "pictures, sound and video stay as they are: look at it yourself".into())
        }
        Note::Binary { member } => {
            (member, "it is no text, and only what looks like text in it was read".into())
        }
        Note::Encrypted { member } => {
            (member, "it is encrypted and stays as it is: nothing in it was read".into())
        }
        Note::Damaged { member, why } => (member, format!("not all of it could be read: {why}")),
        Note::Packed { member, with } => {
            let what = format!("it is packed with {with}, which docket doesn't look into; unpack it first");
            (member, what)
        }
        Note::TooMany => (
            &None,
            "there are so many secrets that not all of them were looked for where nothing gives them away"
                .into(),
        ),
    };
    let said = member.as_ref().map_or(what.clone(), |member| format!("{member}: {what}"));
    text::clean_line(&said)
}

fn kinds(report: &Report, page: &Page) -> String {
    let mut table = Table::new().column("KIND", 0).column("HOW MANY", 0);
    for Count { kind, count } in report.counts() {
        table.row([kind, &count.to_string()]);
    }
    table.render(page)
}

fn places(report: &Report, most: usize, page: &Page) -> String {
    let findings = findings(report);
    let shown = &findings[..findings.len().min(most)];
    let is_within = shown.iter().any(|found| found.path.is_some() || found.member.is_some());
    let table = Table::new().column("LINE", 0).column("KIND", 0);
    // Beside long paths there is no room for the mark, and they say more.
    let mut table = if is_within { table.shrinking("WHERE") } else { table.column("MARK", 1) };
    for found in shown {
        let place = match (&found.member, &found.path) {
            (Some(member), Some(path)) => format!("{member}: {path}"),
            (Some(place), None) | (None, Some(place)) => place.clone(),
            (None, None) => String::new(),
        };
        let last = if is_within { &place } else { &found.mark };
        table.row([&found.line.to_string(), &found.kind, last]);
    }
    let rest = report.total().saturating_sub(sum(shown));
    let more = match (rest, shown.len() < findings.len()) {
        (0, _) => String::new(),
        (rest, false) => format!("and {rest} more\n"),
        (rest, true) => format!("and {rest} more: --verbose shows where\n"),
    };
    table.render(page) + &more
}

/// Secrets of a kind in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of secret it is.
    pub kind: String,
    /// In which line, from 1.
    pub line: u64,
    /// Where in a JSON text.
    pub path: Option<String>,
    /// How many there are.
    pub count: u64,
    /// In which file of an archive.
    pub member: Option<String>,
    /// What stands in its place.
    pub mark: String,
}

/// Places one after the other, those that are the same counted.
fn findings(report: &Report) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for Place { kind, line, path, member, mark } in report.places.iter().cloned() {
        let found = Finding { kind, line, path, count: 1, member, mark };
        match findings.last_mut() {
            Some(last) if found == (Finding { count: 1, ..last.clone() }) => last.count += 1,
            _ => findings.push(found),
        }
    }
    findings
}

fn sum(findings: &[Finding]) -> u64 {
    findings.iter().map(|found| found.count).sum()
}

/// What was found in one file, for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedactedFile {
    /// The file, as it was named.
    pub file: String,
    /// Where which secrets are, the first thousand.
    pub findings: Vec<Finding>,
    /// How many there are.
    pub total: u64,
    /// How many of each kind.
    pub kinds: BTreeMap<String, u64>,
    /// Whether there are more than `findings` has.
    pub truncated: bool,
    /// What else there is to know.
    pub notes: Vec<Note>,
    /// Where the copy is, if it is in a file.
    pub output: Option<PathBuf>,
    /// Why it couldn't be done.
    pub error: Option<String>,
}

impl RedactedFile {
    /// What was found in `file`, whose copy is at `output`.
    pub fn new(file: impl Into<String>, report: &Report, output: Option<PathBuf>) -> Self {
        let findings = findings(report);
        Self {
            file: file.into(),
            truncated: sum(&findings) < report.total(),
            findings,
            total: report.total(),
            kinds: report.counts().iter().map(|each| (each.kind.to_owned(), each.count)).collect(),
            notes: report.notes.clone(),
            output,
            error: None,
        }
    }

    /// It couldn't be done.
    pub fn failed(file: impl Into<String>, why: impl Into<String>) -> Self {
        Self { error: Some(why.into()), ..Self::new(file, &Report::default(), None) }
    }
}

/// What was found in several files, for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedactedFiles {
    /// A file each, in the order in which they were named.
    pub files: Vec<RedactedFile>,
}

impl Show for RedactedFiles {
    const FIELDS: &'static [&'static str] =
        &["file", "findings", "total", "kinds", "truncated", "notes", "output", "error"];
    const ROWS: Rows = Rows::Within("files");

    /// People are told on stderr, because the copy may be on stdout.
    fn text(&self, _: &Page) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Marks, Own, Redactor};

    fn found(text: &str) -> Report {
        let mut report = Report::default();
        let redactor = Redactor::new(&Own::default(), false, Marks::numbered()).unwrap();
        redactor.text(text, &mut report).unwrap();
        report
    }

    const LOG: &str =
        "password=tr0ub4dor-1 user=sam\npassword=tr0ub4dor-2\npassword=tr0ub4dor-2&password=tr0ub4dor-2\n";

    #[test]
    fn a_line_says_how_many_of_what() {
        assert_eq!(redaction_summary(&found(LOG)), "4 secrets: password (4)");
        assert_eq!(redaction_summary(&found("password=tr0ub4dor-1")), "1 secret: password (1)");
        assert_eq!(redaction_summary(&Report::default()), "no secrets");
    }

    #[test]
    fn tables_say_what_is_where_and_how_much_was_left_out() {
        let page = Page { width: Some(80), ..Page::for_tests() };
        insta::assert_snapshot!(redaction_tables("app.log", &found(LOG), 2, &page), @"
        KIND      HOW MANY
        password  4

        LINE  KIND      MARK
        1     password  [redacted:password:1]
        2     password  [redacted:password:2]
        and 2 more: --verbose shows where
        ");
        let mut report = found(LOG);
        report.places[0].path = Some("log.entries[3].request.headers[0].value".to_owned());
        report.note(Note::Media { member: Some("screen.png".to_owned()) });
        let mut all = report.within("evidence\u{1b}.zip");
        all.note(Note::TooMany);
        insta::assert_snapshot!(redaction_tables("all.zip", &all, SHOWN_PLACES, &page), @r"
        KIND      HOW MANY
        password  4

        LINE  KIND      WHERE
        1     password  evidence\x1b.zip: log.entries[3].request.headers[0].value
        2     password  evidence\x1b.zip
        3     password  evidence\x1b.zip
        all.zip: evidence\x1b.zip/screen.png: pictures, sound and video stay as they are: look at it yourself
        all.zip: there are so many secrets that not all of them were looked for where nothing gives them away
        ");
        assert_eq!(redaction_tables("app.log", &Report::default(), SHOWN_PLACES, &page), "");
    }

    #[test]
    fn more_places_than_a_report_has_are_counted() {
        let page = Page { width: Some(80), ..Page::for_tests() };
        let many: String = (0..1_002).map(|n| format!("password=tr0ub4dor-{n}\n")).collect();
        let shown = redaction_tables("app.log", &found(&many), usize::MAX, &page);
        assert!(shown.ends_with("and 2 more\n"), "{shown}");
    }

    #[test]
    fn machines_get_the_same_places_counted() {
        let file = RedactedFile::new("app.log", &found(LOG), None);
        insta::assert_json_snapshot!(file, @r#"
        {
          "file": "app.log",
          "findings": [
            {
              "kind": "password",
              "line": 1,
              "path": null,
              "count": 1,
              "member": null,
              "mark": "[redacted:password:1]"
            },
            {
              "kind": "password",
              "line": 2,
              "path": null,
              "count": 1,
              "member": null,
              "mark": "[redacted:password:2]"
            },
            {
              "kind": "password",
              "line": 3,
              "path": null,
              "count": 2,
              "member": null,
              "mark": "[redacted:password:2]"
            }
          ],
          "total": 4,
          "kinds": {
            "password": 4
          },
          "truncated": false,
          "notes": [],
          "output": null,
          "error": null
        }
        "#);
        assert!(!serde_json::to_string(&file).unwrap().contains("tr0ub4dor"));
    }
}
