//! Mail that waits to be delivered.

use jiff::Timestamp;

use super::{Batch, seconds};

/// One mail to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::portal) struct Mail {
    pub(in crate::portal) kind: &'static str,
    /// Whether an answer becomes a comment; else it comes from a do-not-reply address.
    pub(in crate::portal) answerable: bool,
    pub(in crate::portal) recipient: String,
    pub(in crate::portal) subject: String,
    pub(in crate::portal) body: String,
}

/// Adds a mail that tells of the event that was added last.
pub(in crate::portal) fn add(batch: &mut Batch, mail: &Mail, now: Timestamp) {
    batch.insert(
        "mails (event, kind, answerable, recipient, subject, body, at)",
        |values| {
            values.push("(SELECT MAX(seq) FROM events)").push_bind(mail.kind).push_bind(mail.answerable);
            values.push_bind(mail.recipient.as_str()).push_bind(mail.subject.as_str());
            values.push_bind(mail.body.as_str()).push_bind(seconds(now));
        },
        " ON CONFLICT DO NOTHING",
    );
}
