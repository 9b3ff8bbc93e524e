//! Users, and their attempts to log in.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Db, seconds, time, word};
use crate::case::Role;

/// Somebody who may log in.
#[derive(Debug, Clone)]
pub(in crate::portal) struct User {
    pub(in crate::portal) id: i64,
    /// Lower case.
    pub(in crate::portal) email: String,
    pub(in crate::portal) name: String,
    pub(in crate::portal) role: Role,
    pub(in crate::portal) language: Option<String>,
    pub(in crate::portal) disabled: bool,
    /// PHC string.
    pub(in crate::portal) password: Option<String>,
}

pub(super) fn user(row: &SqliteRow) -> sqlx::Result<User> {
    Ok(User {
        id: row.try_get("id")?,
        email: row.try_get("email")?,
        name: row.try_get("name")?,
        role: word(row.try_get("role")?)?,
        language: row.try_get("language")?,
        disabled: row.try_get("disabled")?,
        password: row.try_get("password")?,
    })
}

/// The user with an e-mail address, in whatever case it is written.
pub(in crate::portal) async fn find(db: &mut Db, email: &str) -> sqlx::Result<Option<User>> {
    let query = sqlx::query("SELECT * FROM users WHERE email = $1").bind(email.to_lowercase());
    query.fetch_optional(db).await?.as_ref().map(user).transpose()
}

/// Every user, by e-mail address.
pub(in crate::portal) async fn all(db: &mut Db) -> sqlx::Result<Vec<User>> {
    sqlx::query("SELECT * FROM users ORDER BY email").fetch_all(db).await?.iter().map(user).collect()
}

/// Adds a user, or changes the one with that e-mail address, and gives back the id. A password that isn't
/// given stays as it is.
pub(in crate::portal) async fn put(db: &mut Db, user: &User, now: Timestamp) -> sqlx::Result<i64> {
    let statement = "INSERT INTO users (email, name, role, language, disabled, password, created_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO UPDATE SET \
                     name = excluded.name, role = excluded.role, language = excluded.language, \
                     password = coalesce(excluded.password, users.password) RETURNING id";
    sqlx::query_scalar(statement)
        .bind(&user.email)
        .bind(&user.name)
        .bind(user.role.as_str())
        .bind(&user.language)
        .bind(user.disabled)
        .bind(&user.password)
        .bind(seconds(now))
        .fetch_one(db)
        .await
}

/// Keeps a user from logging in, takes their tokens, or lets them in again.
pub(in crate::portal) async fn set_disabled(db: &mut Db, user: i64, disabled: bool) -> sqlx::Result<()> {
    let statement = "UPDATE users SET disabled = $1 WHERE id = $2";
    sqlx::query(statement).bind(disabled).bind(user).execute(&mut *db).await?;
    sqlx::query("DELETE FROM tokens WHERE user_id = $1").bind(user).execute(db).await?;
    Ok(())
}

/// Changes a password and takes the tokens that were given for the old one.
pub(in crate::portal) async fn set_password(db: &mut Db, user: i64, hash: &str) -> sqlx::Result<()> {
    let statement = "UPDATE users SET password = $1 WHERE id = $2";
    sqlx::query(statement).bind(hash).bind(user).execute(&mut *db).await?;
    sqlx::query("DELETE FROM tokens WHERE user_id = $1").bind(user).execute(db).await?;
    Ok(())
}

/// Failed logins that are let through within [`ATTEMPTS_WITHIN`].
const ATTEMPTS: usize = 5;
const ATTEMPTS_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// Counts an attempt to log in as a failed one until [`forget_attempts`] says otherwise, so that many at
/// once don't get through. When there were too many already it gives back when to try again.
pub(in crate::portal) async fn attempt(
    db: &mut Db,
    email: &str,
    now: Timestamp,
) -> sqlx::Result<Result<(), Timestamp>> {
    let query = "SELECT at FROM login_attempts WHERE email = $1 AND at > $2 ORDER BY at DESC";
    let after = seconds(now) - ATTEMPTS_WITHIN.as_secs();
    let recent: Vec<i64> = sqlx::query_scalar(query).bind(email).bind(after).fetch_all(&mut *db).await?;
    if let Some(at) = recent.get(ATTEMPTS - 1) {
        return Ok(Err(time(*at) + ATTEMPTS_WITHIN));
    }
    let statement = "INSERT INTO login_attempts (email, at) VALUES ($1, $2)";
    sqlx::query(statement).bind(email).bind(seconds(now)).execute(db).await?;
    Ok(Ok(()))
}

/// The right password was given.
pub(in crate::portal) async fn forget_attempts(db: &mut Db, email: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM login_attempts WHERE email = $1").bind(email).execute(db).await?;
    Ok(())
}

/// Deletes what no longer matters.
pub(in crate::portal) async fn tidy(db: &mut Db, now: Timestamp) -> sqlx::Result<()> {
    let before = seconds(now) - ATTEMPTS_WITHIN.as_secs();
    sqlx::query("DELETE FROM login_attempts WHERE at <= $1").bind(before).execute(db).await?;
    Ok(())
}
