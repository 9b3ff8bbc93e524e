//! What has happened to a case, as an append-only list.
//!
//! Events are numbered within a portal and written in the same transaction as the change that they tell
//! of, so whoever reads them in order misses nothing: history, following, notification mail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::{CaseNumber, Role, Status, words};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A customer submitted the case.
    Opened,
    /// A customer commented.
    Commented,
    /// An expert replied.
    Replied,
    /// The status is another one now.
    StatusChanged,
    /// A file was attached completely.
    Attached,
    /// Watchers were added or removed.
    WatchersChanged,
    /// The customer asked for a call back.
    CallRequested,
    /// An expert took the call request.
    CallTaken,
    /// An expert offered a screen-sharing session.
    MeetingOffered,
    /// The case was closed, by somebody or by itself.
    Closed,
}

words!(EventKind, "an event", {
    Opened => "opened",
    Commented => "commented",
    Replied => "replied",
    StatusChanged => "status_changed",
    Attached => "attached",
    WatchersChanged => "watchers_changed",
    CallRequested => "call_requested",
    CallTaken => "call_taken",
    MeetingOffered => "meeting_offered",
    Closed => "closed",
});

/// One entry of a case's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Ascending within the portal.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// The case it happened to.
    pub case: CaseNumber,
    /// What happened.
    pub kind: EventKind,
    /// E-mail address of who did it; `null` when the portal did it by itself.
    pub by: Option<String>,
    /// Their side of the desk.
    pub role: Option<Role>,
    /// The status after it.
    pub status: Status,
    /// What else there is to say, by kind; an object.
    pub data: serde_json::Value,
}
