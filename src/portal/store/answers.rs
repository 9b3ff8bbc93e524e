//! What was answered to requests that carried an idempotency key.

use jiff::Timestamp;
use sqlx::Row as _;

use super::{Db, seconds};
use crate::api::IDEMPOTENCY_KEPT;

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

/// What was answered to a user's key.
pub(in crate::portal) async fn find(
    db: &mut Db,
    user: i64,
    key: &str,
    now: Timestamp,
) -> sqlx::Result<Option<Kept>> {
    let query =
        "SELECT request, status, headers, body FROM answers WHERE user_id = $1 AND key = $2 AND at > $3";
    let after = seconds(now) - IDEMPOTENCY_KEPT.as_secs();
    let row = sqlx::query(query).bind(user).bind(key).bind(after).fetch_optional(db).await?;
    row.map(|row| {
        Ok(Kept {
            request: row.try_get("request")?,
            status: row.try_get("status")?,
            headers: row.try_get("headers")?,
            body: row.try_get("body")?,
        })
    })
    .transpose()
}

/// Keeps an answer.
pub(in crate::portal) async fn keep(
    db: &mut Db,
    user: i64,
    key: &str,
    kept: &Kept,
    now: Timestamp,
) -> sqlx::Result<()> {
    let statement = "INSERT INTO answers (user_id, key, request, status, headers, body, at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_id, key) DO UPDATE SET \
                     request = excluded.request, status = excluded.status, headers = excluded.headers, \
                     body = excluded.body, at = excluded.at";
    sqlx::query(statement)
        .bind(user)
        .bind(key)
        .bind(&kept.request)
        .bind(i64::from(kept.status))
        .bind(&kept.headers)
        .bind(&kept.body)
        .bind(seconds(now))
        .execute(db)
        .await?;
    Ok(())
}

/// Deletes what is older than answers are kept.
pub(in crate::portal) async fn tidy(db: &mut Db, now: Timestamp) -> sqlx::Result<()> {
    let before = seconds(now) - IDEMPOTENCY_KEPT.as_secs();
    sqlx::query("DELETE FROM answers WHERE at <= $1").bind(before).execute(db).await?;
    Ok(())
}
