//! What is said on a case and what happens to it: comments, notes, calls and events.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::Row as _;

use super::cases::{key, number};
use super::{Batch, Db, seconds, time, word};
use crate::case::{CaseNumber, Comment, Note, Role, Status, Via};
use crate::event::{Event, EventKind};

/// Adds a comment and gives back its id.
pub(in crate::portal) async fn comment(
    db: &mut Db,
    number: CaseNumber,
    (author, role): (&str, Role),
    body: &str,
    now: Timestamp,
) -> sqlx::Result<i64> {
    let statement = "INSERT INTO comments (number, author, role, via, at, body) \
                     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    sqlx::query_scalar(statement)
        .bind(key(number))
        .bind(author)
        .bind(role.as_str())
        .bind(Via::Portal.as_str())
        .bind(seconds(now))
        .bind(body)
        .fetch_one(db)
        .await
}

/// A case's comments, oldest first.
pub(in crate::portal) async fn comments(db: &mut Db, number: CaseNumber) -> sqlx::Result<Vec<Comment>> {
    let query = "SELECT id, author, role, via, at, body FROM comments WHERE number = $1 ORDER BY id";
    let rows = sqlx::query(query).bind(key(number)).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Comment {
                id: row.try_get::<i64, _>("id")?.to_string(),
                author: row.try_get("author")?,
                role: word(row.try_get("role")?)?,
                via: word(row.try_get("via")?)?,
                at: time(row.try_get("at")?),
                body: row.try_get("body")?,
            })
        })
        .collect()
}

/// Adds a note.
pub(in crate::portal) async fn note(db: &mut Db, number: CaseNumber, note: &Note) -> sqlx::Result<()> {
    let statement = "INSERT INTO notes (number, author, at, body) VALUES ($1, $2, $3, $4)";
    let query = sqlx::query(statement).bind(key(number)).bind(&note.author);
    query.bind(seconds(note.at)).bind(&note.body).execute(db).await?;
    Ok(())
}

/// A case's notes, oldest first.
pub(in crate::portal) async fn notes(db: &mut Db, number: CaseNumber) -> sqlx::Result<Vec<Note>> {
    let query = "SELECT author, at, body FROM notes WHERE number = $1 ORDER BY id";
    let rows = sqlx::query(query).bind(key(number)).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Note {
                author: row.try_get("author")?,
                at: time(row.try_get("at")?),
                body: row.try_get("body")?,
            })
        })
        .collect()
}

/// Adds the request for a call back.
pub(in crate::portal) async fn call(
    db: &mut Db,
    number: CaseNumber,
    phone: &str,
    by: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let statement = "INSERT INTO calls (number, phone, by, at) VALUES ($1, $2, $3, $4)";
    let query = sqlx::query(statement).bind(key(number)).bind(phone).bind(by);
    query.bind(seconds(now)).execute(db).await?;
    Ok(())
}

/// What has happened, before it has a sequence number.
#[derive(Debug)]
pub(in crate::portal) struct Happened<'a> {
    pub(in crate::portal) number: CaseNumber,
    pub(in crate::portal) at: Timestamp,
    pub(in crate::portal) kind: EventKind,
    /// E-mail address and side; `None` when the portal did it.
    pub(in crate::portal) by: Option<(&'a str, Role)>,
    /// The status after it.
    pub(in crate::portal) status: Status,
    pub(in crate::portal) data: Value,
}

/// Adds an event.
pub(in crate::portal) fn happened(batch: &mut Batch, event: &Happened<'_>) {
    batch.insert(
        "events (number, at, kind, by, role, status, data)",
        |values| {
            values.push_bind(key(event.number)).push_bind(seconds(event.at)).push_bind(event.kind.as_str());
            values.push_bind(event.by.map(|(email, _)| email));
            values.push_bind(event.by.map(|(_, role)| role.as_str()));
            values.push_bind(event.status.as_str()).push_bind(event.data.to_string());
        },
        "",
    );
}

/// The number of the last event of all.
pub(in crate::portal) async fn last_event(db: &mut Db) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM events").fetch_one(db).await
}

/// The numbers of the events after `after`, with those of their cases; the oldest, at most so many.
pub(in crate::portal) async fn cases_with_events(
    db: &mut Db,
    after: i64,
    limit: u32,
) -> sqlx::Result<Vec<(i64, CaseNumber)>> {
    let query = "SELECT seq, number FROM events WHERE seq > $1 ORDER BY seq LIMIT $2";
    let rows = sqlx::query(query).bind(after).bind(limit).fetch_all(db).await?;
    rows.iter().map(|row| Ok((row.try_get("seq")?, number(row.try_get("number")?)?))).collect()
}

/// A case's events after `after`, oldest first.
pub(in crate::portal) async fn events(
    db: &mut Db,
    number: CaseNumber,
    after: i64,
) -> sqlx::Result<Vec<Event>> {
    some_events(db, number, after, u32::MAX).await
}

/// The oldest of a case's events after `after`, at most so many.
pub(in crate::portal) async fn some_events(
    db: &mut Db,
    number: CaseNumber,
    after: i64,
    limit: u32,
) -> sqlx::Result<Vec<Event>> {
    let query = "SELECT seq, at, kind, by, role, status, data FROM events \
                 WHERE number = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    let rows = sqlx::query(query).bind(key(number)).bind(after).bind(limit).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let data: &str = row.try_get("data")?;
            Ok(Event {
                seq: row.try_get("seq")?,
                at: time(row.try_get("at")?),
                case: number,
                kind: word(row.try_get("kind")?)?,
                by: row.try_get("by")?,
                role: row.try_get::<Option<&str>, _>("role")?.map(word).transpose()?,
                status: word(row.try_get("status")?)?,
                data: serde_json::from_str(data).map_err(|error| sqlx::Error::Decode(error.into()))?,
            })
        })
        .collect()
}
