//! Accounts, and who is logged in.

use jiff::Timestamp;
use serde::Serialize;

use super::facts::fact;
use super::moment;
use crate::account::Account;
use crate::case::Role;
use crate::ui::{Page, Rows, Show, Table, text};

/// An account and whether it is the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountRow {
    /// The account.
    #[serde(flatten)]
    pub account: Account,
    /// Whether new cases go there.
    pub current: bool,
}

/// Whoever is logged in's accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Accounts(pub Vec<AccountRow>);

impl Show for Accounts {
    const FIELDS: &'static [&'static str] =
        &["id", "name", "plan", "products", "environment", "trial", "current"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let mut table = Table::new()
            .column("", 0)
            .column("ID", 0)
            .shrinking("NAME")
            .column("PLAN", 1)
            // Whether it takes cases at all.
            .column("ENVIRONMENT", 0)
            .lengthy("PRODUCTS", 2);
        for AccountRow { account, current } in &self.0 {
            let environment = if account.trial {
                format!("{}, trial", account.environment)
            } else {
                account.environment.to_string()
            };
            table.row([
                if *current { "*" } else { "" },
                &account.id,
                &account.name,
                account.plan.as_str(),
                &environment,
                &account.products.join(", "),
            ]);
        }
        table.render(page)
    }
}

/// Who is logged in, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusReport {
    /// The portal's URL, or `local`.
    pub portal: String,
    /// E-mail address.
    pub user: String,
    /// Side of the desk.
    pub role: Role,
    /// The current account.
    pub account: Option<AccountRow>,
    /// Where the token comes from; `null` for the portal `local`, which needs none.
    pub token_source: Option<String>,
    /// Name and scope of a token that was made for a machine, for people.
    #[serde(skip)]
    pub machine: Option<(String, String)>,
    /// When the token stops working.
    pub expires_at: Option<Timestamp>,
    /// Every setting, for people who ask.
    #[serde(skip)]
    pub settings: Vec<SettingRow>,
}

/// A setting, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingRow {
    /// What is set.
    pub name: String,
    /// To what.
    pub value: String,
    /// Where that was said; empty where nobody said anything.
    pub source: String,
}

impl SettingRow {
    /// Something that somebody has set.
    pub fn new(name: impl Into<String>, value: impl Into<String>, source: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), source: source.into() }
    }

    /// Something that nobody has set.
    pub fn none(name: impl Into<String>) -> Self {
        Self::new(name, "none", "")
    }
}

/// Columns that the labels take.
const LABEL: usize = 9;

impl Show for StatusReport {
    const FIELDS: &'static [&'static str] =
        &["portal", "user", "role", "account", "token_source", "expires_at"];
    const ROWS: Rows = Rows::One;

    fn text(&self, page: &Page) -> String {
        let account = match (&self.account, self.role) {
            (Some(AccountRow { account, .. }), _) => {
                format!("{} ({}), {} plan", account.name, account.id, account.plan)
            }
            (None, Role::Expert) => "none: experts see every case".to_owned(),
            (None, Role::Customer) => "none chosen: docket accounts switch".to_owned(),
        };
        let token = self.token_source.as_deref().unwrap_or("none needed");
        let machine = match &self.machine {
            Some((name, scope)) if scope == "read" => format!(", `{}`, read-only", text::clean_line(name)),
            Some((name, _)) => format!(", `{}`", text::clean_line(name)),
            None => String::new(),
        };
        let expires = self.expires_at.map_or(String::new(), |at| format!(", expires {}", moment(at, page)));
        let user = format!("{}, {}", self.user, self.role);
        let token = format!("{token}{machine}{expires}");
        let facts = [("Portal", &self.portal), ("User", &user), ("Account", &account), ("Token", &token)];
        let lines =
            facts.into_iter().map(|(label, value)| fact(label, LABEL, &text::clean_line(value), page));
        let mut out: String = lines.collect();
        if !self.settings.is_empty() {
            out.push('\n');
        }
        out.push_str(&rows(&self.settings, page));
        out
    }
}

/// The settings alone, where nothing else is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingsReport(pub Vec<SettingRow>);

impl Show for SettingsReport {
    const FIELDS: &'static [&'static str] = &["name", "value", "source"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        rows(&self.0, page)
    }
}

fn rows(settings: &[SettingRow], page: &Page) -> String {
    let names = settings.iter().map(|row| text::width(&row.name)).max().unwrap_or(0);
    let row = |SettingRow { name, value, source }: &SettingRow| {
        let source = if source.is_empty() { String::new() } else { format!("  ({source})") };
        let value = text::clean_line(&format!("{value}{source}"));
        fact(&text::clean_line(name), names + 2, &value, page)
    };
    settings.iter().map(row).collect()
}
