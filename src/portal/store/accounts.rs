//! Accounts, and who is in them.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::{Db, seconds, word};
use crate::account::Account;

/// The columns of an account `a`.
pub(super) const COLUMNS: &str =
    "a.id AS account, a.name AS account_name, a.plan, a.products, a.environment, a.trial";

pub(super) fn account(row: &SqliteRow) -> sqlx::Result<Account> {
    Ok(Account {
        id: row.try_get("account")?,
        name: row.try_get("account_name")?,
        plan: word(row.try_get("plan")?)?,
        products: row.try_get::<&str, _>("products")?.split_whitespace().map(str::to_owned).collect(),
        environment: word(row.try_get("environment")?)?,
        trial: row.try_get("trial")?,
    })
}

/// The accounts of a user, by id.
pub(in crate::portal) async fn of_user(db: &mut Db, user: i64) -> sqlx::Result<Vec<Account>> {
    let query = format!(
        "SELECT {COLUMNS} FROM accounts a JOIN members m ON m.account = a.id WHERE m.user_id = $1 ORDER BY a.id"
    );
    sqlx::query(AssertSqlSafe(query)).bind(user).fetch_all(db).await?.iter().map(account).collect()
}

/// Every account, by id.
pub(in crate::portal) async fn all(db: &mut Db) -> sqlx::Result<Vec<Account>> {
    let query = format!("SELECT {COLUMNS} FROM accounts a ORDER BY a.id");
    sqlx::query(AssertSqlSafe(query)).fetch_all(db).await?.iter().map(account).collect()
}

/// The account called `id`.
pub(in crate::portal) async fn find(db: &mut Db, id: &str) -> sqlx::Result<Option<Account>> {
    let query = format!("SELECT {COLUMNS} FROM accounts a WHERE a.id = $1");
    let row = sqlx::query(AssertSqlSafe(query)).bind(id).fetch_optional(db).await?;
    row.as_ref().map(account).transpose()
}

/// Adds an account, or changes the one with its id.
pub(in crate::portal) async fn put(db: &mut Db, account: &Account, now: Timestamp) -> sqlx::Result<()> {
    let statement = "INSERT INTO accounts (id, name, plan, products, environment, trial, created_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET \
                     name = excluded.name, plan = excluded.plan, products = excluded.products, \
                     environment = excluded.environment, trial = excluded.trial";
    sqlx::query(statement)
        .bind(&account.id)
        .bind(&account.name)
        .bind(account.plan.as_str())
        .bind(account.products.join(" "))
        .bind(account.environment.as_str())
        .bind(account.trial)
        .bind(seconds(now))
        .execute(db)
        .await?;
    Ok(())
}

/// Makes `accounts` the accounts of a user.
pub(in crate::portal) async fn set_of_user(db: &mut Db, user: i64, accounts: &[String]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM members WHERE user_id = $1").bind(user).execute(&mut *db).await?;
    for account in accounts {
        join(db, user, account).await?;
    }
    Ok(())
}

/// Makes `users` the members of an account.
pub(in crate::portal) async fn set_members(db: &mut Db, account: &str, users: &[i64]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM members WHERE account = $1").bind(account).execute(&mut *db).await?;
    for user in users {
        join(db, *user, account).await?;
    }
    Ok(())
}

async fn join(db: &mut Db, user: i64, account: &str) -> sqlx::Result<()> {
    let statement = "INSERT INTO members (user_id, account) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    sqlx::query(statement).bind(user).bind(account).execute(db).await?;
    Ok(())
}

/// The e-mail addresses of an account's members, sorted.
pub(in crate::portal) async fn members(db: &mut Db, account: &str) -> sqlx::Result<Vec<String>> {
    let query = "SELECT u.email FROM users u JOIN members m ON m.user_id = u.id \
                 WHERE m.account = $1 ORDER BY u.email";
    sqlx::query_scalar(query).bind(account).fetch_all(db).await
}
