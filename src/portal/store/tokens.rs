//! Tokens: those of logins, which have no name, and those for machines. Only their digests are kept.

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row as _};

use super::accounts::{self, account};
use super::users::{User, user};
use super::{Db, seconds, time, word};
use crate::account::Account;
use crate::api::body::{Machine, MachineToken, NewToken};

/// A token that works, and whose it is.
#[derive(Debug, Clone)]
pub(in crate::portal) struct Token {
    pub(in crate::portal) user: User,
    /// All of theirs, by id.
    pub(in crate::portal) accounts: Vec<Account>,
    pub(in crate::portal) expires_at: Timestamp,
    pub(in crate::portal) last_used_at: Option<Timestamp>,
    /// For a machine's.
    pub(in crate::portal) machine: Option<Machine>,
}

/// The token with a digest, unless it has expired or its user is disabled.
pub(in crate::portal) async fn find(db: &mut Db, hash: &str, now: Timestamp) -> sqlx::Result<Option<Token>> {
    let query = format!(
        "SELECT u.*, t.expires_at, t.last_used_at, t.name AS token_name, t.scope, {} \
         FROM tokens t JOIN users u ON u.id = t.user_id \
         LEFT JOIN members m ON m.user_id = u.id LEFT JOIN accounts a ON a.id = m.account \
         WHERE t.hash = $1 AND t.expires_at > $2 AND u.disabled = 0 ORDER BY a.id",
        accounts::COLUMNS
    );
    let rows = sqlx::query(AssertSqlSafe(query)).bind(hash).bind(seconds(now)).fetch_all(db).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let scope = word(row.try_get("scope")?)?;
    let name: Option<String> = row.try_get("token_name")?;
    let has_accounts = row.try_get::<Option<&str>, _>("account")?.is_some();
    let accounts =
        if has_accounts { rows.iter().map(account).collect::<Result<_, _>>()? } else { Vec::new() };
    Ok(Some(Token {
        user: user(row)?,
        accounts,
        expires_at: time(row.try_get("expires_at")?),
        last_used_at: row.try_get::<Option<i64>, _>("last_used_at")?.map(time),
        machine: name.map(|name| Machine { name, scope }),
    }))
}

/// Keeps the digest of a login's token.
pub(in crate::portal) async fn add(
    db: &mut Db,
    hash: &str,
    user: i64,
    now: Timestamp,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    let statement = "INSERT INTO tokens (hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
    let query = sqlx::query(statement).bind(hash).bind(user);
    query.bind(seconds(now)).bind(seconds(expires_at)).execute(db).await?;
    Ok(())
}

/// Keeps the digest of a token for a machine.
pub(in crate::portal) async fn add_for_machine(
    db: &mut Db,
    hash: &str,
    user: i64,
    new: &NewToken,
    (now, expires_at): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
    let statement = "INSERT INTO tokens (hash, user_id, name, scope, created_at, expires_at) \
                     VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(statement)
        .bind(hash)
        .bind(user)
        .bind(new.name.as_str())
        .bind(new.scope.as_str())
        .bind(seconds(now))
        .bind(seconds(expires_at))
        .execute(db)
        .await?;
    Ok(())
}

/// A user's tokens for machines that work, by name.
pub(in crate::portal) async fn of_user(
    db: &mut Db,
    user: i64,
    now: Timestamp,
) -> sqlx::Result<Vec<MachineToken>> {
    let query = "SELECT name, scope, created_at, expires_at, last_used_at FROM tokens \
                 WHERE user_id = $1 AND name IS NOT NULL AND expires_at > $2 ORDER BY name";
    let rows = sqlx::query(query).bind(user).bind(seconds(now)).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(MachineToken {
                name: row.try_get("name")?,
                scope: word(row.try_get("scope")?)?,
                created_at: time(row.try_get("created_at")?),
                expires_at: time(row.try_get("expires_at")?),
                last_used_at: row.try_get::<Option<i64>, _>("last_used_at")?.map(time),
            })
        })
        .collect()
}

/// Says when a token was used.
pub(in crate::portal) async fn used(db: &mut Db, hash: &str, now: Timestamp) -> sqlx::Result<()> {
    let statement = "UPDATE tokens SET last_used_at = $1 WHERE hash = $2";
    sqlx::query(statement).bind(seconds(now)).bind(hash).execute(db).await?;
    Ok(())
}

/// Takes a token out of use.
pub(in crate::portal) async fn forget(db: &mut Db, hash: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM tokens WHERE hash = $1").bind(hash).execute(db).await?;
    Ok(())
}

/// Takes a user's token for a machine out of use; answers whether there was one that worked.
pub(in crate::portal) async fn revoke(
    db: &mut Db,
    user: i64,
    name: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let statement = "DELETE FROM tokens WHERE user_id = $1 AND name = $2 AND expires_at > $3";
    let done = sqlx::query(statement).bind(user).bind(name).bind(seconds(now)).execute(db).await?;
    Ok(done.rows_affected() > 0)
}

/// Deletes what has expired.
pub(in crate::portal) async fn tidy(db: &mut Db, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM tokens WHERE expires_at <= $1").bind(seconds(now)).execute(db).await?;
    Ok(())
}
