//! Cases: the overview of one, lists, history.

use console::Style;
use serde::Serialize;
use serde_json::Value;

use super::facts::{NARROW, columns, fact, painted_fact};
use super::{Redacted, ago, bold, dim, moment, styled};
use crate::case::{Attachment, Case, Comment, Filed, Note, Role, Status};
use crate::event::{Event, EventKind};
use crate::ui::link::link;
use crate::ui::{Cell, Page, Rows, Show, Table, text};

/// The fields of a case, in the order of its JSON, and further ones.
macro_rules! case_fields {
    ($($further:literal),*) => {
        &[
            "number", "url", "status", "account", "product", "category", "subcategory", "subject",
            "description", "occurred_at", "envelope_id", "user_impact", "environment", "business_impact",
            "contact_method", "phone", "language", "details", "opened_by", "created_at", "updated_at",
            "closes_at", "closed_at", "close_reason", "follows", "watchers", "attachments", $($further),*
        ]
    };
}

/// A case, for `case show` and after every change to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseReport {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// What has happened to it, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<Event>>,
    /// What was taken out of what was sent to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
    /// Whether people see all comments, or the latest only.
    #[serde(skip)]
    pub all_comments: bool,
}

impl Show for CaseReport {
    const FIELDS: &'static [&'static str] = case_fields!("comments", "history", "redacted");
    const ROWS: Rows = Rows::One;
    const LATER: &'static [&'static str] = &["redacted"];

    fn text(&self, page: &Page) -> String {
        let mut out = overview(&self.case, Role::Customer, page);
        out.push_str(&texts(&self.case, page));
        out.push_str(&attachments(&self.case.attachments, page));
        out.push_str(&conversation(&self.case, if self.all_comments { usize::MAX } else { LATEST }, page));
        if let Some(events) = &self.history {
            out.push_str(&format!("\n{}\n{}", bold("History", page), history(events, page)));
        }
        out
    }
}

/// What couldn't be done after a case was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Incomplete {
    /// What, like `attachment trace.har`.
    pub what: String,
    /// Why.
    pub why: String,
    /// The command that does it.
    pub retry: String,
}

/// A case that `case new` has opened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenedCase {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// Whether it was opened now, rather than found.
    pub created: bool,
    /// What became of it where it has a dedupe key, for people.
    #[serde(skip)]
    pub filed: Filed,
    /// What is still to be done, if anything.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub incomplete: Vec<Incomplete>,
    /// What was taken out of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
    /// What further commands need so that they go to the same portal, like ` --portal URL`, for people.
    #[serde(skip)]
    pub again: String,
}

impl Show for OpenedCase {
    const FIELDS: &'static [&'static str] = case_fields!("comments", "created", "incomplete", "redacted");
    const ROWS: Rows = Rows::One;
    const LATER: &'static [&'static str] = &["redacted"];

    fn text(&self, page: &Page) -> String {
        let number = self.case.number;
        let headline = match (self.filed, self.created) {
            (Filed::Opened, true) => format!("Case {number} is open."),
            (Filed::Opened, false) => {
                format!("Case {number} was opened before with this key; it wasn't opened again.")
            }
            (Filed::Commented, _) => {
                format!(
                    "Case {number} has this dedupe key already; what is new was added to it as a comment."
                )
            }
            (Filed::Skipped, _) => {
                format!("Case {number} has this dedupe key already; nothing was added to it.")
            }
        };
        let mut out = format!("{}\n\n", bold(&headline, page));
        // Without its texts: whoever filed it knows them, and they would push the number off the screen.
        out.push_str(&overview(&self.case, Role::Customer, page));
        out.push_str(&attachments(&self.case.attachments, page));
        out.push('\n');
        out.push_str("What happens next\n");
        let mail = match self.case.contact_method.as_str() {
            "email" => "Support answers by e-mail; answering the latest mail adds a comment.",
            "phone" => "Support calls you back; the case also takes comments.",
            _ => "Support answers in the portal; the mails it sends can't be answered.",
        };
        out.push_str(&text::wrap(mail, columns(page), "  "));
        let again = text::clean_line(&self.again);
        for (label, command) in [
            ("  To add something", format!("docket case comment {number} -m TEXT{again}")),
            ("  To attach a file", format!("docket case attach {number} FILE{again}")),
            ("  To see it again", format!("docket case show {number}{again}")),
        ] {
            out.push_str(&next(label, &command, page));
        }
        for what in &self.incomplete {
            out.push_str(&format!(
                "\nNot done: {}: {}\n  Try again with:  {}\n",
                text::clean_line(&what.what),
                text::clean_line(&what.why),
                text::clean_line(&what.retry)
            ));
        }
        out
    }
}

/// What can be done now and the command that does it, beside each other or below.
fn next(label: &str, command: &str, page: &Page) -> String {
    if columns(page) < NARROW {
        format!("{label}:\n    {command}\n")
    } else {
        format!("{:<22}{command}\n", format!("{label}:"))
    }
}

/// A list of cases, or a page of one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseList {
    /// Without comments.
    pub cases: Vec<Case>,
    /// How many the whole list has.
    pub total: u64,
    /// Whether there are more than these.
    pub truncated: bool,
}

impl Show for CaseList {
    const FIELDS: &'static [&'static str] = case_fields!();
    const ROWS: Rows = Rows::Within("cases");

    fn text(&self, page: &Page) -> String {
        if self.cases.is_empty() {
            return String::new();
        }
        let several_accounts = self.cases.iter().any(|case| case.account != self.cases[0].account);
        let mut table =
            Table::new().column("NUMBER", 0).column("STATUS", 0).shrinking("SUBJECT").column("PRODUCT", 3);
        if several_accounts {
            table = table.column("ACCOUNT", 2);
        }
        table = table.column("UPDATED", 1);
        for case in &self.cases {
            let mut cells = vec![
                Cell::from(case.number.to_string()),
                Cell::styled(case.status.label(), style(case.status)),
                Cell::from(&case.subject),
                Cell::from(&case.product),
            ];
            if several_accounts {
                cells.push(Cell::from(&case.account.id));
            }
            cells.push(Cell::from(ago(case.updated_at, page)));
            table.row(cells);
        }
        table.render(page)
    }
}

/// A case with what experts have noted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExpertCase {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// Oldest first.
    pub notes: Vec<Note>,
    /// What was taken out of what was sent to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<Redacted>,
}

impl Show for ExpertCase {
    const FIELDS: &'static [&'static str] = case_fields!("comments", "notes", "redacted");
    const ROWS: Rows = Rows::One;
    const LATER: &'static [&'static str] = &["redacted"];

    fn text(&self, page: &Page) -> String {
        let mut out = overview(&self.case, Role::Expert, page);
        out.push_str(&texts(&self.case, page));
        out.push_str(&attachments(&self.case.attachments, page));
        out.push_str(&conversation(&self.case, usize::MAX, page));
        if !self.notes.is_empty() {
            out.push_str(&format!("\n{}\n", bold("Notes among experts", page)));
        }
        for note in &self.notes {
            let head = format!("{}, {}", text::clean_line(&note.author), moment(note.at, page));
            out.push_str(&format!("\n{}\n{}", dim(&head, page), body(&note.body, page)));
        }
        out
    }
}

/// Who watches a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Watchers {
    /// The case's number.
    pub number: String,
    /// E-mail addresses.
    pub watchers: Vec<String>,
}

impl Show for Watchers {
    const FIELDS: &'static [&'static str] = &["number", "watchers"];
    const ROWS: Rows = Rows::One;

    fn text(&self, _: &Page) -> String {
        self.watchers.iter().map(|watcher| text::clean_line(watcher) + "\n").collect()
    }
}

/// How a status looks where there is colour. It is always a word as well.
fn style(status: Status) -> Style {
    match status {
        Status::Open => Style::new().green(),
        Status::MyActionRequired => Style::new().yellow().bold(),
        Status::Pending => Style::new().cyan(),
        Status::Closed => Style::new().dim(),
    }
}

/// Whose turn it is, and until when, for a reader of this side.
fn turn(case: &Case, side: Role, page: &Page) -> String {
    let number = case.number;
    let closes = || case.closes_at.map_or_else(|| "soon".to_owned(), |at| format!("on {}", moment(at, page)));
    match (case.status, side) {
        (Status::Open, Role::Customer) => "Support's turn: nothing is asked of you.".to_owned(),
        (Status::Open, Role::Expert) => {
            format!("Your turn: the customer waits. Answer with `docket expert reply {number}`.")
        }
        (Status::MyActionRequired, Role::Customer) => {
            format!("Your turn: support asked for something. Answer with `docket case comment {number}`.")
        }
        (Status::MyActionRequired, Role::Expert) => {
            "The customer's turn: something was asked for.".to_owned()
        }
        (Status::Pending, Role::Customer) => format!(
            "Support believes it solved. It closes by itself {}; \
             if it isn't solved, say so with `docket case comment {number}`.",
            closes()
        ),
        (Status::Pending, Role::Expert) => {
            format!("Believed to be solved. It closes by itself {}, unless the customer answers.", closes())
        }
        (Status::Closed, side) => {
            let when = case.closed_at.map_or(String::new(), |at| format!(" on {}", moment(at, page)));
            let why = case.close_reason.as_deref().map(text::clean_line);
            let end = why.map_or_else(|| ".".to_owned(), |why| format!(": {why}"));
            let on = match side {
                Role::Customer => {
                    format!("\nStill broken? `docket case new --follows {number}` goes on from it.")
                }
                Role::Expert => String::new(),
            };
            format!("Closed for good{when}{end}{on}")
        }
    }
}

/// What is asked of whom until when, then the facts.
fn overview(case: &Case, side: Role, page: &Page) -> String {
    let columns = columns(page);
    let title = format!("{}  {}", case.number, text::clean_line(&case.subject));
    let mut out = String::new();
    for line in text::wrap(title.trim_end(), columns, "").lines() {
        out.push_str(&format!("{}\n", bold(line, page)));
    }
    out.push_str(&text::wrap(&turn(case, side, page), columns, ""));
    if side == Role::Customer && matches!(case.status, Status::MyActionRequired | Status::Pending) {
        out.push_str(&asked(case, page));
    }
    out.push('\n');
    let paint = |word: &str| styled(word, style(case.status), page);
    out.push_str(&painted_fact("Status", LABEL, case.status.label(), page, paint));
    let category = format!("{} / {}", case.category, case.subcategory);
    let account = format!("{} ({})", case.account.name, case.account.id);
    let first = [("Account", account), ("Product", case.product.clone()), ("Category", category)];
    for (label, value) in first.into_iter().chain(details(case, page)) {
        out.push_str(&fact(label, LABEL, &value, page));
    }
    // The built-in portal has no pages.
    if case.url.starts_with("http") {
        out.push_str(&web_page(case, page));
    }
    out
}

/// Lines of what support said last that stand before everything else.
const BEGINNING: usize = 4;

/// What is to be answered, as support begins it; the whole of it stands in the conversation.
fn asked(case: &Case, page: &Page) -> String {
    let Some(comment) = case.comments.iter().flatten().rfind(|comment| comment.role == Role::Expert) else {
        return String::new();
    };
    let whole = body(text::clean(&comment.body).trim_start(), page);
    let lines: Vec<&str> = whole.lines().collect();
    let Some(beginning) = lines.get(..BEGINNING).filter(|_| lines.len() > BEGINNING) else { return whole };
    format!("{}\n  …\n", beginning.join("\n").trim_end())
}

/// What was written when a case was opened.
fn texts(case: &Case, page: &Page) -> String {
    let mut out = String::new();
    if let Some(description) = &case.description {
        out.push_str(&format!("\n{}\n{}", bold("Description", page), body(description, page)));
    }
    for (label, value) in [("Happened before", &case.details.occurred_before), ("Steps", &case.details.steps)]
    {
        if let Some(value) = value {
            out.push_str(&format!("\n{}\n{}", bold(label, page), body(value, page)));
        }
    }
    out
}

/// The address of a case's page, whole, so that it can be copied: below its label where it doesn't fit.
fn web_page(case: &Case, page: &Page) -> String {
    let url = text::clean_line(&case.url);
    let label = if columns(page) < NARROW { "Page: ".to_owned() } else { format!("{:<LABEL$}", "Page") };
    let fits = label.len() + text::width(&url) <= columns(page);
    let head = if fits { label } else { "Page:\n".to_owned() };
    format!("{head}{}\n", link(&url, &case.url, page))
}

fn attachments(files: &[Attachment], page: &Page) -> String {
    if files.is_empty() {
        return String::new();
    }
    let mut table = Table::new().shrinking("").column("", 1).column("", 3).column("", 2);
    for Attachment { name, size, by, at, .. } in files {
        table.row([name, &text::bytes(*size), by, &ago(*at, page)]);
    }
    let inner = Page { width: page.width.map(|width| width.saturating_sub(2)), ..page.clone() };
    let rows: String = table.render(&inner).lines().map(|row| format!("  {row}\n")).collect();
    format!("\n{}\n{rows}", bold("Attachments", page))
}

/// Columns that the labels of an overview take.
const LABEL: usize = 18;
/// Comments that an overview shows.
const LATEST: usize = 3;

/// The rows of the overview that not every case has.
fn details(case: &Case, page: &Page) -> Vec<(&'static str, String)> {
    let plain = |label, value: &Option<String>| value.clone().map(|value| (label, value));
    let time = |label, value: Option<_>| value.map(|at| (label, moment(at, page)));
    let listed = |label, values: &[String]| (!values.is_empty()).then(|| (label, values.join(", ")));
    [
        plain("Environment", &case.environment),
        plain("Business impact", &case.business_impact),
        plain("User impact", &case.user_impact),
        plain("Envelope ID", &case.envelope_id),
        time("First seen", case.occurred_at),
        plain("Product version", &case.details.product_version),
        plain("Browser", &case.details.browser),
        Some(("Contact method", contact(case))),
        Some(("Support language", case.language.clone())),
        case.follows.map(|number| ("Follows", number.to_string())),
        Some(("Opened", format!("{} by {}", moment(case.created_at, page), case.opened_by))),
        Some(("Updated", moment(case.updated_at, page))),
        listed("Watchers", &case.watchers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn contact(case: &Case) -> String {
    match &case.phone {
        Some(phone) => format!("{} {phone}", case.contact_method),
        None => case.contact_method.clone(),
    }
}

/// What was said, the latest comments last; how many came before them.
fn conversation(case: &Case, latest: usize, page: &Page) -> String {
    let comments = case.comments.as_deref().unwrap_or_default();
    if comments.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", bold("Conversation", page));
    let earlier = comments.len().saturating_sub(latest);
    if earlier > 0 {
        let before = text::count(earlier as u64, "earlier comment");
        let line = format!("{before}: docket case show {} --comments", case.number);
        for line in text::wrap(&line, columns(page), "  ").lines() {
            out.push_str(&format!("{}\n", dim(line, page)));
        }
        out.push('\n');
    }
    let said: Vec<String> = comments[earlier..].iter().map(|comment| said(comment, page)).collect();
    out + said.join("\n").as_str()
}

/// A comment with who made it and when.
fn said(comment: &Comment, page: &Page) -> String {
    let side = if comment.role == Role::Expert { ", support" } else { "" };
    let head = format!("{}{side}, {}", text::clean_line(&comment.author), moment(comment.at, page));
    let mut out = String::new();
    for line in text::wrap(&head, columns(page), "").lines() {
        out.push_str(&format!("{}\n", bold(line, page)));
    }
    out + &body(&comment.body, page)
}

/// What somebody wrote, indented.
fn body(said: &str, page: &Page) -> String {
    text::wrap(text::clean(said).trim_end(), columns(page), "  ")
}

pub(super) fn history(events: &[Event], page: &Page) -> String {
    let mut table = Table::new().column("WHEN", 0).column("WHO", 1).shrinking("WHAT");
    for event in events {
        let who = event.by.clone().unwrap_or_else(|| "the portal".to_owned());
        table.row([super::local(event.at, page), who, happened(event)]);
    }
    table.render(page)
}

/// An event as a clause.
pub(super) fn happened(event: &Event) -> String {
    let said = |key: &str| event.data.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let listed = |key: &str| {
        let list = event.data.get(key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
    };
    match event.kind {
        EventKind::Opened => "opened the case".to_owned(),
        EventKind::Commented => "commented".to_owned(),
        EventKind::Replied => "replied".to_owned(),
        EventKind::StatusChanged => format!("status is {} now", event.status.label()),
        EventKind::Attached => format!("attached {}", said("name")),
        EventKind::WatchersChanged => match (listed("added"), listed("removed")) {
            (added, removed) if removed.is_empty() => format!("watchers added: {added}"),
            (added, removed) if added.is_empty() => format!("watchers removed: {removed}"),
            (added, removed) => format!("watchers added: {added}; removed: {removed}"),
        },
        EventKind::CallRequested => format!("asked to be called at {}", said("phone")),
        EventKind::CallTaken => "took the call".to_owned(),
        EventKind::MeetingOffered => "offered a screen-sharing session".to_owned(),
        EventKind::Closed => match said("reason") {
            reason if reason.is_empty() => "closed".to_owned(),
            reason => format!("closed: {reason}"),
        },
    }
}
