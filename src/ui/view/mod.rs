//! How each kind of data looks: its fields for machines, its rendering for people.

mod account;
mod case;
mod catalogue;
#[cfg(feature = "portal")]
mod directory;
mod doctor;
mod event;
mod facts;
mod import;
mod outcome;
mod redaction;
mod taken_out;
#[cfg(test)]
mod tests;
mod token;

pub use account::{AccountRow, Accounts, SettingRow, SettingsReport, StatusReport};
pub use case::{CaseList, CaseReport, ExpertCase, Incomplete, OpenedCase, Watchers};
pub use catalogue::{
    Articles, Categories, Category, FieldSheet, FormSheet, Product, Products, Schema, Subcategory,
};
#[cfg(feature = "portal")]
pub use directory::{CheckSheet, Directory, DirectoryAccount, UserRow, Users};
pub use doctor::{Check, CheckState, Checkup};
pub use event::Followed;
pub use import::{ImportFindings, ImportPlan, ImportRow, Place, PlannedAccount, RepeatedProblem};
pub use outcome::{
    ClosedCase, Done, Downloaded, DownloadedFile, Dropped, DryRun, OutboxList, OutboxRow, Sent,
};
pub use redaction::{
    Finding, RedactedFile, RedactedFiles, SHOWN_PLACES, redaction_note, redaction_summary, redaction_tables,
};
pub use taken_out::{Redacted, taken_out};
pub use token::{NewTokenReport, TokenRow};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Page;

/// A moment for people: in their time zone, with how long ago or from now it is.
fn moment(at: Timestamp, page: &Page) -> String {
    format!("{} ({})", local(at, page), ago(at, page))
}

/// A moment in the reader's time zone, to the minute, with the zone: it may be read elsewhere.
fn local(at: Timestamp, page: &Page) -> String {
    let zone: TimeZone = page.now.time_zone().clone();
    let at = at.to_zoned(zone);
    let zone = if at.offset().is_zero() { "UTC".to_owned() } else { at.strftime("%:z").to_string() };
    format!("{} {zone}", at.strftime("%Y-%m-%d %H:%M"))
}

/// How long ago, or from now.
fn ago(at: Timestamp, page: &Page) -> String {
    crate::when::relative(at, page.now.timestamp())
}

/// `text` in a style, where there is colour.
fn styled(text: &str, style: console::Style, page: &Page) -> String {
    if page.color { style.force_styling(true).apply_to(text).to_string() } else { text.to_owned() }
}

fn bold(text: &str, page: &Page) -> String {
    styled(text, console::Style::new().bold(), page)
}

fn dim(text: &str, page: &Page) -> String {
    styled(text, console::Style::new().dim(), page)
}
