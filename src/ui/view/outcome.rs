//! What a command has done, where that isn't a case.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{Redacted, ago};
use crate::case::CaseNumber;
use crate::ui::{Page, Rows, Show, Table, text};

/// Something was done, and a sentence says what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Done {
    /// The sentence.
    pub message: String,
}

impl Show for Done {
    const FIELDS: &'static [&'static str] = &["message"];
    const ROWS: Rows = Rows::One;

    fn text(&self, _: &Page) -> String {
        format!("{}\n", text::clean(&self.message))
    }
}

/// A file that was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DownloadedFile {
    /// Its name at the portal.
    pub name: String,
    /// Where it is now.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
}

/// The files that were fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Downloaded(pub Vec<DownloadedFile>);

impl Show for Downloaded {
    const FIELDS: &'static [&'static str] = &["name", "path", "size"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, _: &Page) -> String {
        let line = |file: &DownloadedFile| {
            format!("{}  {}\n", text::clean_line(&file.path.display().to_string()), text::bytes(file.size))
        };
        self.0.iter().map(line).collect()
    }
}

/// What would have been sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DryRun {
    /// The HTTP method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The headers that matter, the token apart.
    pub headers: serde_json::Map<String, Value>,
    /// The body.
    pub body: Value,
    /// Files that would follow.
    pub attachments: Vec<PathBuf>,
    /// What would be taken out of texts, as it is in the body, and out of files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
}

impl Show for DryRun {
    const FIELDS: &'static [&'static str] = &["method", "url", "headers", "body", "attachments", "redacted"];
    const ROWS: Rows = Rows::One;
    const LATER: &'static [&'static str] = &["redacted"];

    fn text(&self, _: &Page) -> String {
        let mut out = format!("{} {}\n", self.method, text::clean_line(&self.url));
        for (name, value) in &self.headers {
            out.push_str(&format!("{name}: {}\n", text::clean_line(value.as_str().unwrap_or_default())));
        }
        out.push_str(&format!("\n{}\n", text::clean(&format!("{:#}", self.body))));
        for file in &self.attachments {
            out.push_str(&format!("then the file {}\n", text::clean_line(&file.display().to_string())));
        }
        out
    }
}

/// Something that couldn't be sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutboxRow {
    /// Names it.
    pub id: String,
    /// What it is, like `case`.
    pub kind: String,
    /// Where it goes.
    pub portal: String,
    /// The account that it belongs to.
    pub account: Option<String>,
    /// The case's subject, if it is one.
    pub subject: Option<String>,
    /// When it was to be sent.
    pub since: Timestamp,
    /// `waiting`: it never arrived; `unknown`: it may have.
    pub state: String,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// How many files go with it, for people.
    #[serde(skip)]
    pub files: usize,
}

/// What couldn't be sent yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OutboxList(pub Vec<OutboxRow>);

impl Show for OutboxList {
    const FIELDS: &'static [&'static str] =
        &["id", "kind", "portal", "account", "subject", "since", "state", "last_error"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut table = Table::new()
            .column("ID", 0)
            .column("KIND", 2)
            .column("STATE", 0)
            .shrinking("SUBJECT")
            .column("SINCE", 1)
            .column("FILES", 4)
            .column("PORTAL", 3);
        for row in &self.0 {
            let subject = row.subject.as_deref().unwrap_or("");
            let files = if row.files == 0 { String::new() } else { row.files.to_string() };
            table.row([&row.id, &row.kind, &row.state, subject, &ago(row.since, page), &files, &row.portal]);
        }
        table.render(page)
    }
}

/// What became of the entries of an outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Entry id.
    pub id: String,
    /// The case it led to.
    pub case: Option<String>,
    /// Why it is still there, or what of it couldn't be done after the case was opened.
    pub error: Option<String>,
}

impl Show for Vec<Sent> {
    const FIELDS: &'static [&'static str] = &["id", "case", "error"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, _: &Page) -> String {
        let line = |sent: &Sent| match (&sent.case, &sent.error) {
            (Some(_), Some(error)) => format!("{}: sent: {}\n", sent.id, text::clean_line(error)),
            (None, Some(error)) => format!("{}: still in the outbox: {}\n", sent.id, text::clean_line(error)),
            (Some(case), None) => format!("{}: sent, case {}\n", sent.id, text::clean_line(case)),
            (None, None) => format!("{}: sent\n", sent.id),
        };
        let mut out = String::new();
        for (at, sent) in self.iter().enumerate() {
            // What goes for many is said once.
            let is_alike =
                |other: &Sent| sent.case.is_none() && other.case.is_none() && sent.error == other.error;
            if self[..at].iter().any(is_alike) && sent.error.is_some() {
                continue;
            }
            out.push_str(&line(sent));
            let alike: Vec<&str> = self[at + 1..]
                .iter()
                .filter(|other| is_alike(other))
                .map(|other| other.id.as_str())
                .collect();
            if sent.error.is_some() && !alike.is_empty() {
                out.push_str(&format!("the same goes for {}\n", alike.join(", ")));
            }
        }
        out
    }
}

/// One of several cases that were to be closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClosedCase {
    /// Which.
    pub number: CaseNumber,
    /// Whether it was closed now.
    pub closed: bool,
    /// Why not.
    pub error: Option<String>,
    /// What was taken out of the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
}

impl Show for Vec<ClosedCase> {
    const FIELDS: &'static [&'static str] = &["number", "closed", "error", "redacted"];
    const ROWS: Rows = Rows::Bare;
    const LATER: &'static [&'static str] = &["redacted"];

    fn text(&self, _: &Page) -> String {
        let line = |one: &ClosedCase| match &one.error {
            Some(error) => format!("{}: not closed: {}\n", one.number, text::clean_line(error)),
            None => format!("{}: closed\n", one.number),
        };
        self.iter().map(line).collect()
    }
}

/// One of several entries of the outbox that were to be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Entry id.
    pub id: String,
    /// What was forgotten.
    pub message: Option<String>,
    /// Why nothing was.
    pub error: Option<String>,
}

impl Show for Vec<Dropped> {
    const FIELDS: &'static [&'static str] = &["id", "message", "error"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, _: &Page) -> String {
        let said = |one: &Dropped| one.message.clone().or_else(|| one.error.clone()).unwrap_or_default();
        self.iter().map(|one| format!("{}\n", text::clean_line(&said(one)))).collect()
    }
}
