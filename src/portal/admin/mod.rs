//! What the operator of a portal does without going through HTTP: users, accounts, checking.
//!
//! These run on an open [`Portal`], while another process may be serving the same data.

mod backup;
mod check;
mod import;
mod made_up;
mod scratch;
mod tar;

use std::path::PathBuf;

use serde::Serialize;

use super::problem::Problem;
use super::store::users::User;
use super::store::{Db, accounts, users};
use super::{Access, Portal, PortalError, store, token};
use crate::account::Account;
use crate::api::problem::Kind as ProblemKind;
use crate::case::Role;
use crate::rules::{self, Kind};
use crate::secret::Secret;

pub use backup::{Backup, backup};
pub use check::{CheckReport, check, check_backup};
pub use import::{Imported, import};
pub use made_up::make_up;

/// Characters that a password has at least.
const SHORTEST_PASSWORD: usize = 8;

/// Why something can't be done; nothing was.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// There is no user with this e-mail address.
    #[error("there is no user {0}")]
    NoSuchUser(String),
    /// There is no account with this id.
    #[error("there is no account {0}")]
    NoSuchAccount(String),
    /// There is one already.
    #[error("there is a user {0} already")]
    UserExists(String),
    /// There is one already.
    #[error("there is an account {0} already")]
    AccountExists(String),
    /// Something in what was given is wrong; the text names the entry.
    #[error("{0}")]
    Wrong(String),
    /// The file that a backup would replace.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A backup can't be made or can't be used; the text says which.
    #[error("{0}")]
    Backup(String),
    /// The portal's database or files failed.
    #[error("the portal's data can't be used: {0}")]
    Store(String),
}

impl From<sqlx::Error> for AdminError {
    fn from(error: sqlx::Error) -> Self {
        Problem::from(error).into()
    }
}

impl From<Problem> for AdminError {
    fn from(problem: Problem) -> Self {
        Self::Store(match (problem.kind, problem.cause) {
            (ProblemKind::Unavailable, _) => "another process is writing to it; try again".to_owned(),
            (_, Some(cause)) => cause,
            (_, None) => problem.detail,
        })
    }
}

impl From<std::io::Error> for AdminError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(error.to_string())
    }
}

/// A user to be added.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// E-mail address.
    pub email: String,
    /// Name for people; the e-mail address where it is left out.
    pub name: Option<String>,
    /// Side of the desk.
    pub role: Role,
    /// Their language, like `en`.
    pub language: Option<String>,
    /// Account ids.
    pub accounts: Vec<String>,
    /// Without one they can't log in until [`set_password`].
    pub password: Option<Secret>,
}

/// A user, as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserEntry {
    /// E-mail address, lower case.
    pub email: String,
    /// Name for people.
    pub name: String,
    /// Side of the desk.
    pub role: Role,
    /// Their language.
    pub language: Option<String>,
    /// Account ids.
    pub accounts: Vec<String>,
    /// Whether they are kept from logging in.
    pub disabled: bool,
    /// Whether they have a password.
    pub has_password: bool,
}

/// An account, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountEntry {
    /// What everybody sees.
    #[serde(flatten)]
    pub account: Account,
    /// E-mail addresses.
    pub members: Vec<String>,
}

/// Adds a user.
pub async fn add_user(portal: &Portal, new: NewUser) -> Result<UserEntry, AdminError> {
    let email = address(&new.email)?;
    let password = match new.password {
        Some(password) => Some(hash(portal, password).await?),
        None => None,
    };
    if new.role == Role::Expert && !new.accounts.is_empty() {
        return Err(AdminError::Wrong("an expert sees every account and is in none".to_owned()));
    }
    let mut write = portal.write().await?;
    let now = write.now;
    if users::find(write.db(), &email).await?.is_some() {
        return Err(AdminError::UserExists(email));
    }
    for id in &new.accounts {
        account(write.db(), id).await?;
    }
    let name = new.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| email.clone());
    let (role, language) = (new.role, new.language);
    let user = User { id: 0, email: email.clone(), name, role, language, disabled: false, password };
    let id = users::put(write.db(), &user, now).await?;
    accounts::set_of_user(write.db(), id, &new.accounts).await?;
    let entry = entry(write.db(), User { id, ..user }).await?;
    write.commit().await?;
    Ok(entry)
}

/// Every user, by e-mail address.
pub async fn list_users(portal: &Portal) -> Result<Vec<UserEntry>, AdminError> {
    let mut db = portal.read().await?;
    let mut entries = Vec::new();
    for user in users::all(&mut db).await? {
        entries.push(entry(&mut db, user).await?);
    }
    Ok(entries)
}

/// Keeps a user from logging in and takes their tokens; or, with `false`, lets them log in again.
pub async fn disable_user(portal: &Portal, email: &str, disabled: bool) -> Result<UserEntry, AdminError> {
    let mut write = portal.write().await?;
    let user = user(write.db(), email).await?;
    users::set_disabled(write.db(), user.id, disabled).await?;
    let entry = entry(write.db(), User { disabled, ..user }).await?;
    write.commit().await?;
    Ok(entry)
}

/// Gives a user another password and takes the tokens that they have.
pub async fn set_password(portal: &Portal, email: &str, password: Secret) -> Result<(), AdminError> {
    let hash = hash(portal, password).await?;
    let mut write = portal.write().await?;
    let user = user(write.db(), email).await?;
    users::set_password(write.db(), user.id, &hash).await?;
    write.commit().await?;
    Ok(())
}

/// Adds an account.
pub async fn add_account(portal: &Portal, new: Account) -> Result<AccountEntry, AdminError> {
    check_account(portal, &new).map_err(AdminError::Wrong)?;
    let mut write = portal.write().await?;
    let now = write.now;
    if accounts::find(write.db(), &new.id).await?.is_some() {
        return Err(AdminError::AccountExists(new.id));
    }
    accounts::put(write.db(), &new, now).await?;
    write.commit().await?;
    Ok(AccountEntry { account: new, members: Vec::new() })
}

/// Every account, by id.
pub async fn list_accounts(portal: &Portal) -> Result<Vec<AccountEntry>, AdminError> {
    let mut db = portal.read().await?;
    let mut entries = Vec::new();
    for account in accounts::all(&mut db).await? {
        let members = accounts::members(&mut db, &account.id).await?;
        entries.push(AccountEntry { account, members });
    }
    Ok(entries)
}

/// Makes `emails`, and nobody else, the members of an account.
pub async fn set_members(portal: &Portal, id: &str, emails: &[String]) -> Result<AccountEntry, AdminError> {
    let mut write = portal.write().await?;
    let account = account(write.db(), id).await?;
    let mut members = Vec::new();
    for email in emails {
        let user = user(write.db(), email).await?;
        if user.role == Role::Expert {
            return Err(AdminError::Wrong(format!(
                "{email} is an expert: experts see every account and are in none"
            )));
        }
        members.push(user.id);
    }
    accounts::set_members(write.db(), id, &members).await?;
    let members = accounts::members(write.db(), id).await?;
    write.commit().await?;
    Ok(AccountEntry { account, members })
}

/// The directory of users and accounts to try a portal with.
const SAMPLE: &str = include_str!("../sample.toml");

/// The users who can log in with a password that the sample directory gives them, so that anybody can; by
/// e-mail address.
pub async fn with_sample_password(portal: &Portal) -> Result<Vec<String>, AdminError> {
    let mut found = Vec::new();
    for (email, password) in import::passwords(SAMPLE)? {
        let mut db = portal.0.store.read().await?;
        let user = users::find(&mut db, &email).await?.filter(|user| !user.disabled);
        drop(db);
        if let Some(hashed) = user.and_then(|user| user.password)
            && portal.0.passwords.verify(password, Some(hashed)).await?
        {
            found.push(email);
        }
    }
    Ok(found)
}

/// Deletes what no longer matters: answers that nobody asks for again, tokens and uploads whose time is over.
/// A portal that is served does so by itself, every hour.
pub async fn tidy(portal: &Portal) -> Result<(), AdminError> {
    Ok(super::serve::tidy(portal).await?)
}

/// Loads the sample directory, unless that has been done.
pub(super) async fn load_sample(portal: &Portal) -> Result<(), PortalError> {
    let passwords = matches!(portal.0.access, Access::Passwords);
    // Where nobody can log in, passwords aren't worth the time that it takes to hash them.
    let loaded = format!("{} {passwords}", token::digest(SAMPLE));
    let mut db = portal.0.store.read().await?;
    let before = store::setting(&mut db, "sample").await?;
    drop(db);
    let with_passwords = format!("{} true", token::digest(SAMPLE));
    if before.is_some_and(|before| before == loaded || before == with_passwords) {
        return Ok(());
    }
    let mut write = import::load(portal, SAMPLE, passwords).await?.0;
    store::set(write.db(), "sample", &loaded).await?;
    write.commit().await?;
    Ok(())
}

async fn user(db: &mut Db, email: &str) -> Result<User, AdminError> {
    let user = users::find(db, email.trim()).await?;
    user.ok_or_else(|| AdminError::NoSuchUser(email.to_owned()))
}

async fn account(db: &mut Db, id: &str) -> Result<Account, AdminError> {
    let account = accounts::find(db, id).await?;
    account.ok_or_else(|| AdminError::NoSuchAccount(id.to_owned()))
}

async fn entry(db: &mut Db, user: User) -> Result<UserEntry, AdminError> {
    let accounts = accounts::of_user(db, user.id).await?;
    Ok(UserEntry {
        email: user.email,
        name: user.name,
        role: user.role,
        language: user.language,
        accounts: accounts.into_iter().map(|account| account.id).collect(),
        disabled: user.disabled,
        has_password: user.password.is_some(),
    })
}

/// An e-mail address in lower case.
fn address(given: &str) -> Result<String, AdminError> {
    let email = given.trim().to_lowercase();
    match rules::check_text(&Kind::Email, &email, jiff::Timestamp::UNIX_EPOCH) {
        None => Ok(email),
        Some(problem) => Err(AdminError::Wrong(problem.to_string())),
    }
}

async fn hash(portal: &Portal, password: Secret) -> Result<String, AdminError> {
    if password.reveal().chars().count() < SHORTEST_PASSWORD {
        return Err(AdminError::Wrong(format!("a password has at least {SHORTEST_PASSWORD} characters")));
    }
    Ok(portal.0.passwords.hash(password).await?)
}

/// What is wrong with an account, in words.
fn check_account(portal: &Portal, account: &Account) -> Result<(), String> {
    let id_ok = !account.id.is_empty()
        && account.id.len() <= 64
        && account.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if !id_ok {
        return Err("an account's id has 1 to 64 letters, digits, dashes, dots and underscores".to_owned());
    }
    if account.name.trim().is_empty() || account.name.chars().any(char::is_control) {
        return Err("an account's name is a single line and isn't blank".to_owned());
    }
    if account.products.is_empty() {
        return Err("an account has at least one product".to_owned());
    }
    let known = portal.0.catalogue.form.field("product").map(|field| &field.choices);
    let known: Vec<&str> = known.into_iter().flatten().map(|choice| choice.id.as_str()).collect();
    match account.products.iter().find(|product| !known.contains(&product.as_str())) {
        Some(unknown) => Err(format!("`{unknown}` is not a product: choose from {}", known.join(", "))),
        None => Ok(()),
    }
}
