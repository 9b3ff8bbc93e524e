//! Mail that waits to be delivered.

use jiff::Timestamp;

use super::{Db, seconds};

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

/// Adds a mail that tells of an event.
pub(in crate::portal) async fn add(db: &mut Db, event: i64, mail: &Mail, now: Timestamp) -> sqlx::Result<()> {
    let statement = "INSERT INTO mails (event, kind, answerable, recipient, subject, body, at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    sqlx::query(statement)
        .bind(event)
        .bind(mail.kind)
        .bind(mail.answerable)
        .bind(&mail.recipient)
        .bind(&mail.subject)
        .bind(&mail.body)
        .bind(seconds(now))
        .execute(db)
        .await?;
    Ok(())
}
