//! Tokens for machines.

use jiff::Timestamp;
use serde::Serialize;

use super::ago;
use crate::secret::Secret;
use crate::ui::{Page, Rows, Show, Table, text};

/// A new token, shown this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewTokenReport {
    /// What it is called.
    pub name: String,
    /// `read` or `write`.
    pub scope: String,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// The token itself.
    pub token: Secret,
}

impl Show for NewTokenReport {
    const FIELDS: &'static [&'static str] = &["name", "scope", "expires_at", "token"];
    const ROWS: Rows = Rows::One;

    /// The token and nothing else, so that it can be piped to where it is kept.
    fn text(&self, _: &Page) -> String {
        format!("{}\n", text::clean_line(self.token.reveal()))
    }
}

/// A token for a machine, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenRow {
    /// What it is called.
    pub name: String,
    /// `read` or `write`.
    pub scope: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was last used, within some minutes.
    pub last_used_at: Option<Timestamp>,
}

impl Show for Vec<TokenRow> {
    const FIELDS: &'static [&'static str] = &["name", "scope", "created_at", "expires_at", "last_used_at"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut table = Table::new()
            .shrinking("NAME")
            .column("SCOPE", 0)
            .column("CREATED", 2)
            .column("EXPIRES", 0)
            .column("LAST USED", 1);
        for token in self {
            let used = token.last_used_at.map_or("never".to_owned(), |at| ago(at, page));
            let (created, expires) = (ago(token.created_at, page), ago(token.expires_at, page));
            table.row([&token.name, &token.scope, &created, &expires, &used]);
        }
        table.render(page)
    }
}
