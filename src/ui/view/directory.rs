//! What the operator of a portal sees.

use serde::Serialize;

use crate::account::Account;
use crate::case::Role;
use crate::ui::{Page, Rows, Show, Table, text};

/// A user of a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserRow {
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

/// Users of a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Users(pub Vec<UserRow>);

impl Show for Users {
    const FIELDS: &'static [&'static str] =
        &["email", "name", "role", "language", "accounts", "disabled", "has_password"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        let mut table = Table::new()
            .column("EMAIL", 0)
            .shrinking("NAME")
            .column("ROLE", 2)
            .lengthy("ACCOUNTS", 3)
            .column("LOGIN", 1);
        for user in &self.0 {
            let login = match (user.disabled, user.has_password) {
                (true, _) => "disabled",
                (false, true) => "yes",
                (false, false) => "no password",
            };
            table.row([&user.email, &user.name, user.role.as_str(), &user.accounts.join(", "), login]);
        }
        table.render(page)
    }
}

/// An account of a portal, with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryAccount {
    /// The account.
    #[serde(flatten)]
    pub account: Account,
    /// E-mail addresses.
    pub members: Vec<String>,
}

/// Accounts of a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Directory(pub Vec<DirectoryAccount>);

impl Show for Directory {
    const FIELDS: &'static [&'static str] =
        &["id", "name", "plan", "products", "environment", "trial", "members"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        let mut table = Table::new()
            .column("ID", 0)
            .shrinking("NAME")
            .column("PLAN", 1)
            .column("ENVIRONMENT", 2)
            .lengthy("PRODUCTS", 3)
            .lengthy("MEMBERS", 4);
        for DirectoryAccount { account, members } in &self.0 {
            table.row([
                account.id.as_str(),
                &account.name,
                account.plan.as_str(),
                account.environment.as_str(),
                &account.products.join(", "),
                &members.join(", "),
            ]);
        }
        table.render(page)
    }
}

/// What a check of a portal's files found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckSheet {
    /// Whether nothing is wrong.
    pub well: bool,
    /// Cases in the database.
    pub cases: u64,
    /// Attachments in the database.
    pub attachments: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What is wrong, a sentence each.
    pub problems: Vec<String>,
    /// Files that no attachment needs.
    pub orphans: Vec<String>,
}

impl Show for CheckSheet {
    const FIELDS: &'static [&'static str] = &["well", "cases", "attachments", "bytes", "problems", "orphans"];
    const ROWS: Rows = Rows::One;

    fn text(&self, _: &Page) -> String {
        let verdict = if self.well { "all is well" } else { "something is wrong" };
        let mut out = format!(
            "{verdict}: {}, {}, {}\n",
            text::count(self.cases, "case"),
            text::count(self.attachments, "attachment"),
            text::bytes(self.bytes)
        );
        for problem in &self.problems {
            out.push_str(&format!("wrong: {}\n", text::clean_line(problem)));
        }
        for orphan in &self.orphans {
            out.push_str(&format!("not needed: {}\n", text::clean_line(orphan)));
        }
        out
    }
}
