//! What is sent and answered, where the domain's types don't say it already.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::name::{DedupeKey, TokenName};
use crate::account::Account;
use crate::case::{Case, CaseNumber, Role, Status, words};
pub use crate::resource::Resource;
use crate::rules::Draft;
use crate::secret::Secret;

/// What a portal says of itself to anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// Its name for people.
    pub name: String,
    /// The version of its software.
    pub version: String,
    /// Where it is, as mails and case pages name it.
    pub url: String,
    /// What it can do beyond this API's core, like `call` or `experts`.
    pub capabilities: Vec<String>,
    /// Bytes that an attachment may have.
    pub max_attachment: u64,
    /// The portal's clock.
    pub now: Timestamp,
}

/// Asks for a token.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: Secret,
}

/// A token, shown this once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoggedIn {
    /// Bearer token.
    pub token: Secret,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// What a token lets a machine do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// See what its user may see.
    Read,
    /// Whatever its user may do, but for managing tokens.
    #[default]
    Write,
}

words!(Scope, "a scope", { Read => "read", Write => "write" });

/// Seconds that a token for a machine works at least.
pub const SHORTEST_TOKEN: i64 = 60;
/// Seconds that a token for a machine works at most.
pub const LONGEST_TOKEN: i64 = 365 * 24 * 3600;

/// Asks for a token for a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// Unlike those of the user's other tokens.
    pub name: TokenName,
    /// What it is good for; `write` where left out.
    #[serde(default)]
    pub scope: Scope,
    /// How long it works, in seconds: [`SHORTEST_TOKEN`] to [`LONGEST_TOKEN`].
    pub lasts: i64,
}

/// A token for a machine, shown this once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CreatedToken {
    /// As asked for.
    pub name: TokenName,
    /// As asked for.
    pub scope: Scope,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// Bearer token.
    pub token: Secret,
}

/// A token for a machine, without the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineToken {
    /// What its user calls it.
    pub name: String,
    /// What it is good for.
    pub scope: Scope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was last used, within some minutes.
    pub last_used_at: Option<Timestamp>,
}

/// Takes a token for a machine out of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokeToken {
    /// Which.
    pub name: TokenName,
}

/// Which token asks, where it is one for a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// What the token is called.
    pub name: String,
    /// What it is good for.
    pub scope: Scope,
}

/// Whoever the token belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// E-mail address.
    pub email: String,
    /// Name for people.
    pub name: String,
    /// Side of the desk.
    pub role: Role,
    /// Language, if they have said.
    pub language: Option<String>,
    /// All their accounts, those included in which no case can be opened; sorted by id.
    pub accounts: Vec<Account>,
    /// When the token stops working.
    pub expires_at: Option<Timestamp>,
    /// The token, where it is one for a machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Machine>,
}

/// Which self-service articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceQuery {
    /// Words to search for; an article has to have all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Product id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Category id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Sub-category id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcategory: Option<String>,
}

/// A case to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// The version of the form that the answers were checked against. Where it isn't the portal's, the
    /// portal answers [`super::problem::Kind::FormChanged`] and opens nothing.
    pub form: String,
    /// The answers. `attachment` announces the file; its bytes are uploaded once the case exists.
    pub fields: Draft,
    /// E-mail addresses.
    #[serde(default)]
    pub watchers: Vec<String>,
    /// A closed case that this one goes on from. The new case gets a comment with its number.
    #[serde(default)]
    pub follows: Option<CaseNumber>,
    /// One case for many alerts. A portal without the capability [`super::CAN_DEDUPE`] doesn't know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dedupe: Option<Dedupe>,
}

/// Which alerts are to become one case: of those with the same key in one account, at most one case is not
/// closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dedupe {
    /// Compared exactly.
    pub key: DedupeKey,
    /// What to do where there is such a case.
    #[serde(default)]
    pub on_duplicate: OnDuplicate,
}

/// What becomes of a new case where there is one with its dedupe key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OnDuplicate {
    /// What is new becomes a comment on that case.
    #[default]
    Comment,
    /// Nothing is written.
    Skip,
    /// It is refused.
    Fail,
}

words!(OnDuplicate, "what to do with a duplicate", { Comment => "comment", Skip => "skip", Fail => "fail" });

/// The order of a list of cases, each with the latest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By last change.
    #[default]
    Updated,
    /// By opening.
    Created,
    /// By number.
    Number,
}

words!(Sort, "an order", { Updated => "updated", Created => "created", Number => "number" });

/// Which cases. Lists in a query are comma-separated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseQuery {
    /// In this account; in all of the caller's where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// With one of these statuses, comma-separated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Product id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Words that subject, description or comments have, all of them; then the newest come first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those that the caller watches, in whatever account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub watching: bool,
    /// Only those that the caller opened.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mine: bool,
    /// Opened at or after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Opened before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Order; `updated` where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Cases on a page, 1 to 200; 30 where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// [`CasePage::next`] of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl CaseQuery {
    /// The statuses asked for, or the first word that isn't one.
    pub fn statuses(&self) -> Result<Vec<Status>, String> {
        self.status.iter().flat_map(|list| list.split(',')).map(str::parse).collect()
    }
}

/// A page of a list of cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasePage {
    /// Without comments.
    pub cases: Vec<Case>,
    /// How many the whole list has.
    pub total: u64,
    /// Where the next page begins; `null` on the last one.
    pub next: Option<String>,
}

/// Which cases wait for experts: those that are open, the one that waits longest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueQuery {
    /// Product id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Cases on a page, 1 to 200; 30 where left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// [`CasePage::next`] of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A comment to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// Plain text, 1 to 32,000 characters.
    pub body: String,
}

/// Who begins and who stops to watch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeWatchers {
    /// E-mail addresses.
    #[serde(default)]
    pub add: Vec<String>,
    /// E-mail addresses.
    #[serde(default)]
    pub remove: Vec<String>,
}

/// Asks for a call back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestCall {
    /// E.164; the case's own phone where left out.
    #[serde(default)]
    pub phone: Option<String>,
}

/// Closes a case for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseCase {
    /// Why, 1 to 32,000 characters.
    pub reason: String,
}

/// What an expert's reply does to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The customer has to say more: My Action Required.
    NeedsInfo,
    /// It is believed to be solved: Pending.
    Resolved,
}

words!(Outcome, "an outcome", { NeedsInfo => "needs_info", Resolved => "resolved" });

/// An expert's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Plain text, 1 to 32,000 characters.
    pub body: String,
    /// Where it leaves the case.
    pub outcome: Outcome,
}

/// A remark among experts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// Plain text, 1 to 32,000 characters.
    pub body: String,
}
