//! Users and accounts from TOML: all of them, or none.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{AdminError, address, check_account, hash};
use crate::account::Account;
use crate::case::Role;
use crate::portal::Portal;
use crate::portal::store::users::User;
use crate::portal::store::{Write, accounts, users};
use crate::secret::Secret;

/// How many there were in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Accounts added or changed.
    pub accounts: usize,
    /// Users added or changed.
    pub users: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Directory {
    #[serde(default)]
    account: Vec<AccountRow>,
    #[serde(default)]
    user: Vec<UserRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountRow {
    id: String,
    name: String,
    products: Vec<String>,
    plan: crate::account::Plan,
    environment: crate::account::Environment,
    #[serde(default)]
    trial: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UserRow {
    email: String,
    name: Option<String>,
    role: Role,
    language: Option<String>,
    #[serde(default)]
    accounts: Vec<String>,
    password: Option<Secret>,
}

/// Adds the accounts and users in `text`, or changes those that are there already. Whoever isn't in it stays
/// as they are, and so does the password of a user without one in it.
pub async fn import(portal: &Portal, text: &str) -> Result<Imported, AdminError> {
    let (write, imported) = load(portal, text, true).await?;
    write.commit().await?;
    Ok(imported)
}

/// Does the same, short of the commit; `passwords` says whether those in the text count.
pub(super) async fn load(
    portal: &Portal,
    text: &str,
    passwords: bool,
) -> Result<(Write, Imported), AdminError> {
    let directory = read(text)?;
    let listed = check_accounts(portal, &directory.account)?;
    let users = check_users(&directory.user)?;
    let mut hashed = Vec::new();
    for (row, email) in directory.user.iter().zip(&users) {
        hashed.push(match &row.password {
            Some(password) if passwords => {
                Some(hash(portal, password.clone()).await.map_err(|error| in_entry("user", email, &error))?)
            }
            _ => None,
        });
    }

    let mut write = portal.write().await?;
    let now = write.now;
    for account in &listed {
        accounts::put(write.db(), account, now).await?;
    }
    for ((row, email), password) in directory.user.into_iter().zip(&users).zip(hashed) {
        for id in &row.accounts {
            if accounts::find(write.db(), id).await?.is_none() {
                return Err(in_entry("user", email, &AdminError::NoSuchAccount(id.clone())));
            }
        }
        let name = row.name.unwrap_or_else(|| email.clone());
        let (role, language) = (row.role, row.language);
        let user = User { id: 0, email: email.clone(), name, role, language, disabled: false, password };
        let id = users::put(write.db(), &user, now).await?;
        accounts::set_of_user(write.db(), id, &row.accounts).await?;
    }
    Ok((write, Imported { accounts: listed.len(), users: users.len() }))
}

/// Where the text is no directory, and why. Without the line itself: it may have a password.
fn unreadable(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    format!("line {line}: {}", error.message().replace('\n', "; "))
}

/// The users in `text` that have a password in it, and the password.
pub(super) fn passwords(text: &str) -> Result<Vec<(String, Secret)>, AdminError> {
    let users = read(text)?.user.into_iter();
    Ok(users.filter_map(|row| Some((row.email, row.password?))).collect())
}

fn read(text: &str) -> Result<Directory, AdminError> {
    toml::from_str(text).map_err(|error| AdminError::Wrong(unreadable(text, &error)))
}

fn in_entry(what: &str, which: &str, error: &AdminError) -> AdminError {
    AdminError::Wrong(format!("{what} `{which}`: {error}"))
}

fn check_accounts(portal: &Portal, rows: &[AccountRow]) -> Result<Vec<Account>, AdminError> {
    let mut seen = BTreeSet::new();
    rows.iter()
        .map(|row| {
            let account = Account {
                id: row.id.clone(),
                name: row.name.clone(),
                plan: row.plan,
                products: row.products.clone(),
                environment: row.environment,
                trial: row.trial,
            };
            let wrong = |why: String| in_entry("account", &row.id, &AdminError::Wrong(why));
            check_account(portal, &account).map_err(wrong)?;
            if seen.insert(&row.id) { Ok(account) } else { Err(wrong("stands twice".to_owned())) }
        })
        .collect()
}

/// The users' addresses in lower case.
fn check_users(rows: &[UserRow]) -> Result<Vec<String>, AdminError> {
    let mut seen = BTreeSet::new();
    rows.iter()
        .map(|row| {
            let wrong = |why: &str| in_entry("user", &row.email, &AdminError::Wrong(why.to_owned()));
            let email = address(&row.email).map_err(|error| wrong(&error.to_string()))?;
            if row.role == Role::Expert && !row.accounts.is_empty() {
                return Err(wrong("an expert sees every account and is in none"));
            }
            if seen.insert(email.clone()) { Ok(email) } else { Err(wrong("stands twice")) }
        })
        .collect()
}
