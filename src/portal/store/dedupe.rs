//! Which case the alerts with a key go to, as long as it isn't closed.

use super::cases::{key as number_key, number};
use super::{Batch, Db};
use crate::api::name::DedupeKey;
use crate::case::CaseNumber;

/// The case that has a key in an account.
pub(in crate::portal) async fn find(
    db: &mut Db,
    account: &str,
    key: &DedupeKey,
) -> sqlx::Result<Option<CaseNumber>> {
    let query = "SELECT number FROM dedupe_keys WHERE account = $1 AND key = $2";
    let found: Option<i64> =
        sqlx::query_scalar(query).bind(account).bind(key.as_str()).fetch_optional(db).await?;
    found.map(number).transpose()
}

/// Gives a key to a case; fails when another one has it.
pub(in crate::portal) fn take(batch: &mut Batch, account: &str, key: &DedupeKey, case: CaseNumber) {
    batch.insert(
        "dedupe_keys (account, key, number)",
        |values| {
            values.push_bind(account).push_bind(key.as_str()).push_bind(number_key(case));
        },
        "",
    );
}

/// Takes the key from a case that is closed.
pub(super) async fn release(db: &mut Db, case: CaseNumber) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM dedupe_keys WHERE number = $1").bind(number_key(case)).execute(db).await?;
    Ok(())
}

/// The cases that have a key and are closed: there should be none.
pub(in crate::portal) async fn held_by_closed(db: &mut Db) -> sqlx::Result<Vec<CaseNumber>> {
    let query = "SELECT d.number FROM dedupe_keys d JOIN cases c ON c.number = d.number \
                 WHERE c.status = 'closed' ORDER BY d.number";
    let found: Vec<i64> = sqlx::query_scalar(query).fetch_all(db).await?;
    found.into_iter().map(number).collect()
}
