//! Which case the alerts with a key go to, as long as it isn't closed.

use super::Db;
use super::cases::{key as number_key, number};
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
pub(in crate::portal) async fn take(
    db: &mut Db,
    account: &str,
    key: &DedupeKey,
    case: CaseNumber,
) -> sqlx::Result<()> {
    let statement = "INSERT INTO dedupe_keys (account, key, number) VALUES ($1, $2, $3)";
    sqlx::query(statement).bind(account).bind(key.as_str()).bind(number_key(case)).execute(db).await?;
    Ok(())
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
