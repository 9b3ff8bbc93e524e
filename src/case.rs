//! A support case: its number, its status, and what has been said and attached.
//!
//! The serialised form of [`Case`] is docket's published JSON of a case: the portal sends it, `--json`
//! prints it. Times are RFC 3339 in UTC and an absent value is `null`, never missing. The values of form
//! fields are plain text here, because which of them exist is the portal's catalogue's business; see
//! [`crate::rules`].

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::account::AccountRef;

/// A case number: eight digits with leading zeros, unique within a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber(u32);

impl CaseNumber {
    /// The highest number that eight digits can hold.
    pub const MAX: u32 = 99_999_999;

    /// The case number for `number`, or `None` when it is zero or has more than eight digits.
    pub fn new(number: u32) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// The number as an integer, the form in which a database keeps it.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

/// The text was not a case number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a case number: give up to eight digits, like 00000042 or 42")]
pub struct NotACaseNumber(String);

impl FromStr for CaseNumber {
    type Err = NotACaseNumber;

    /// Reads `00000042`, `42` or `#42`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let all_digits =
            !digits.is_empty() && digits.len() <= 8 && digits.bytes().all(|b| b.is_ascii_digit());
        all_digits
            .then(|| digits.parse().ok().and_then(Self::new))
            .flatten()
            .ok_or_else(|| NotACaseNumber(text.to_owned()))
    }
}

impl Serialize for CaseNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Gives an enum of plain words its `as_str`, `ALL`, `Display` and `FromStr`, so that the words stand once.
macro_rules! words {
    ($type:ident, $what:literal, { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in the order in which they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it in JSON, on the command line and in the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    let words: Vec<_> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    format!("`{text}` is not {}: choose one of {}", $what, words.join(", "))
                })
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use words;

/// Where a case stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// With support: submitted, or answered by the customer.
    Open,
    /// An expert wants information from the customer.
    MyActionRequired,
    /// An expert believes it solved; it closes by itself unless the customer answers.
    Pending,
    /// Over for good: it can't be updated or re-opened.
    Closed,
}

words!(Status, "a status", {
    Open => "open",
    MyActionRequired => "my_action_required",
    Pending => "pending",
    Closed => "closed",
});

impl Status {
    /// The name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::MyActionRequired => "My Action Required",
            Self::Pending => "Pending",
            Self::Closed => "Closed",
        }
    }
}

/// Which side of the desk somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Opens cases.
    Customer,
    /// Answers cases.
    Expert,
}

words!(Role, "a role", { Customer => "customer", Expert => "expert" });

/// The way a comment came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// Through the portal's API or pages.
    Portal,
    /// As an answer to a notification mail.
    Email,
}

words!(Via, "a way in", { Portal => "portal", Email => "email" });

/// The helpful details a customer may add to a case, each free text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Whether and when it happened before.
    pub occurred_before: Option<String>,
    /// The product's version.
    pub product_version: Option<String>,
    /// Browser and its version.
    pub browser: Option<String>,
    /// What was done, step by step.
    pub steps: Option<String>,
}

/// What somebody said on a case; visible to everyone who may see the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Unique within the portal.
    pub id: String,
    /// E-mail address.
    pub author: String,
    /// The author's side of the desk.
    pub role: Role,
    /// How it came in.
    pub via: Via,
    /// When it was made.
    pub at: Timestamp,
    /// Plain text, untrusted.
    pub body: String,
}

/// A file on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// File name without folders, unique within the case.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content, 64 lower-case hex digits.
    pub sha256: String,
    /// When the last byte arrived.
    pub at: Timestamp,
    /// E-mail address of who attached it.
    pub by: String,
    /// Whether all of it is at the portal.
    pub complete: bool,
}

/// A support case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Eight digits.
    pub number: CaseNumber,
    /// The case's page at the portal.
    pub url: String,
    /// Where it stands.
    pub status: Status,
    /// The account it belongs to.
    pub account: AccountRef,
    /// Product id.
    pub product: String,
    /// Category id, within the product.
    pub category: String,
    /// Sub-category id, within the category.
    pub subcategory: String,
    /// One line.
    pub subject: String,
    /// Free text; may be absent where the product's form doesn't require it.
    pub description: Option<String>,
    /// When the trouble was first seen.
    pub occurred_at: Option<Timestamp>,
    /// 36 characters, hex groups 8-4-4-4-12.
    pub envelope_id: Option<String>,
    /// How many users are affected.
    pub user_impact: Option<String>,
    /// `demo` or `production`.
    pub environment: Option<String>,
    /// How much the business is affected.
    pub business_impact: Option<String>,
    /// How the customer wants to be reached.
    pub contact_method: String,
    /// E.164, when the contact method is a call back.
    pub phone: Option<String>,
    /// Language of the support given.
    pub language: String,
    /// Further answers.
    pub details: Details,
    /// E-mail address.
    pub opened_by: String,
    /// When it was submitted.
    pub created_at: Timestamp,
    /// Last change that anyone could see.
    pub updated_at: Timestamp,
    /// When it will close by itself, if nobody answers.
    pub closes_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Why.
    pub close_reason: Option<String>,
    /// The closed case that this one goes on from.
    pub follows: Option<CaseNumber>,
    /// E-mail addresses, lower case, sorted.
    pub watchers: Vec<String>,
    /// Oldest first; left out in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comments: Option<Vec<Comment>>,
    /// Oldest first.
    pub attachments: Vec<Attachment>,
}

/// What became of a new case with a dedupe key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Filed {
    /// It was opened.
    #[default]
    Opened,
    /// There was a case already, and what is new became a comment on it.
    Commented,
    /// There was a case already, and nothing was added to it.
    Skipped,
}

words!(Filed, "an outcome of filing", { Opened => "opened", Commented => "commented", Skipped => "skipped" });

/// A remark that only experts see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// E-mail address.
    pub author: String,
    /// When it was made.
    pub at: Timestamp,
    /// Plain text.
    pub body: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_numbers_are_read_as_people_write_them() {
        for text in ["42", "00000042", "#42"] {
            assert_eq!(text.parse::<CaseNumber>().unwrap().to_string(), "00000042");
        }
        for text in ["", "#", "0", "00000000", "123456789", "4 2", "-1", "+1", "12a"] {
            assert!(text.parse::<CaseNumber>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_unknown_status_names_the_known_ones() {
        assert_eq!(
            "shut".parse::<Status>().unwrap_err(),
            "`shut` is not a status: choose one of open, my_action_required, pending, closed"
        );
    }
}
