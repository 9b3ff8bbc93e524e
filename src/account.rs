//! Customer accounts, and which of them can open cases.

use serde::{Deserialize, Serialize};

use crate::case::words;

/// A support plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Plan {
    /// Support over the web only.
    Web,
    /// Paid support, call back included where the product offers it.
    Paid,
}

words!(Plan, "a plan", { Web => "web", Paid => "paid" });

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Environment {
    /// Real use.
    Production,
    /// Demo or Sandbox: for trying things out, without support.
    Demo,
}

words!(Environment, "an environment", { Production => "production", Demo => "demo" });

/// One customer account at a portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Unique within the portal.
    pub id: String,
    /// The customer's name for it.
    pub name: String,
    /// Its support plan.
    pub plan: Plan,
    /// Product ids.
    pub products: Vec<String>,
    /// Production or demo.
    pub environment: Environment,
    /// Whether it is a trial, which is as good as any other.
    #[serde(default)]
    pub trial: bool,
}

impl Account {
    /// Whether cases can be opened in it. A Demo or Sandbox account is refused; a trial is not.
    pub fn can_open_cases(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Why a Demo or Sandbox account is refused, in a sentence or two.
    pub fn refusal(&self) -> String {
        format!(
            "account {} ({}) is a Demo or Sandbox account: support cases need a Production account, \
             because experts can only look into production data. A trial is fine",
            self.id, self.name
        )
    }
}

/// An account as a case names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRef {
    /// Unique within the portal.
    pub id: String,
    /// The customer's name for it.
    pub name: String,
}

impl From<&Account> for AccountRef {
    fn from(account: &Account) -> Self {
        Self { id: account.id.clone(), name: account.name.clone() }
    }
}
