//! What was answered to requests that carried an idempotency key.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::{Batch, Db, seconds};
use crate::api::IDEMPOTENCY_KEPT;

/// What an answer is found by.
#[derive(Debug, Clone)]
pub(in crate::portal) struct Key {
    pub(in crate::portal) user: i64,
    pub(in crate::portal) key: String,
}

/// An answer that can be given again.
#[derive(Debug, Clone)]
pub(in crate::portal) struct Kept {
    /// The digest of the request.
    pub(in crate::portal) request: String,
    pub(in crate::portal) status: u16,
    /// A JSON object.
    pub(in crate::portal) headers: String,
    pub(in crate::portal) body: String,
}

/// Adds the join that finds, as `a`, what was answered to a user's key.
pub(super) fn join(batch: &mut QueryBuilder<Sqlite>, key: Option<&Key>, now: Timestamp) {
    let after = seconds(now) - IDEMPOTENCY_KEPT.as_secs();
    batch.push(" LEFT JOIN answers a ON a.user_id = ").push_bind(key.map(|key| key.user));
    batch.push(" AND a.key = ").push_bind(key.map(|key| key.key.as_str()));
    batch.push(" AND a.at > ").push_bind(after);
}

/// What [`join`] has found.
pub(super) fn kept(row: &SqliteRow) -> sqlx::Result<Option<Kept>> {
    let Some(request) = row.try_get("request")? else { return Ok(None) };
    Ok(Some(Kept {
        request,
        status: row.try_get("status")?,
        headers: row.try_get("headers")?,
        body: row.try_get("body")?,
    }))
}

/// Keeps an answer.
pub(in crate::portal) fn keep(batch: &mut Batch, key: &Key, kept: &Kept, now: Timestamp) {
    batch.insert(
        "answers (user_id, key, request, status, headers, body, at)",
        |values| {
            values.push_bind(key.user).push_bind(key.key.as_str()).push_bind(kept.request.as_str());
            values.push_bind(i64::from(kept.status)).push_bind(kept.headers.as_str());
            values.push_bind(kept.body.as_str()).push_bind(seconds(now));
        },
        " ON CONFLICT (user_id, key) DO UPDATE SET request = excluded.request, status = excluded.status, \
         headers = excluded.headers, body = excluded.body, at = excluded.at",
    );
}

/// Deletes what is older than answers are kept.
pub(in crate::portal) async fn tidy(db: &mut Db, now: Timestamp) -> sqlx::Result<()> {
    let before = seconds(now) - IDEMPOTENCY_KEPT.as_secs();
    sqlx::query("DELETE FROM answers WHERE at <= $1").bind(before).execute(db).await?;
    Ok(())
}
