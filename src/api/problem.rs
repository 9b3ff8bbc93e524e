//! What a portal answers when it can't do as asked: RFC 9457 problem details.

use serde::{Deserialize, Serialize};

use crate::case::{CaseNumber, words};
use crate::rules::FieldProblem;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, as far as callers treat it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The request makes no sense: bad JSON, a bad cursor, a header missing.
    BadRequest,
    /// There is no valid token.
    LoginRequired,
    /// E-mail and password don't go together.
    LoginFailed,
    /// The caller is known, but this isn't theirs to do.
    NotAllowed,
    /// A Demo or Sandbox account.
    AccountRefused,
    /// No such thing, or none that the caller may see.
    NotFound,
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// The case is closed.
    CaseClosed,
    /// What is asked for contradicts the state of things, like a wrong upload offset.
    Conflict,
    /// There is such a thing already; `case` names it, if it is a case.
    Duplicate,
    /// The form isn't the one that the answers were checked against.
    FormChanged,
    /// `fields` says what is missing or wrong.
    Invalid,
    /// The same idempotency key came with another request.
    KeyReused,
    /// A request with the same idempotency key is under way.
    KeyInUse,
    /// The body is larger than the portal takes.
    TooLarge,
    /// The body isn't of the right media type.
    UnsupportedMediaType,
    /// The bytes aren't those that their checksum or digest is of.
    ChecksumMismatch,
    /// Too many attempts; `Retry-After` says when to come back.
    TooMany,
    /// The tus version isn't 1.0.0.
    TusVersion,
    /// The portal has no room left.
    NoSpace,
    /// The portal can't serve now.
    Unavailable,
    /// The portal's own fault.
    Internal,
}

words!(Kind, "a problem", {
    BadRequest => "bad-request",
    LoginRequired => "login-required",
    LoginFailed => "login-failed",
    NotAllowed => "not-allowed",
    AccountRefused => "account-refused",
    NotFound => "not-found",
    MethodNotAllowed => "method-not-allowed",
    CaseClosed => "case-closed",
    Conflict => "conflict",
    Duplicate => "duplicate",
    FormChanged => "form-changed",
    Invalid => "invalid",
    KeyReused => "key-reused",
    KeyInUse => "key-in-use",
    TooLarge => "too-large",
    UnsupportedMediaType => "unsupported-media-type",
    ChecksumMismatch => "checksum-mismatch",
    TooMany => "too-many",
    TusVersion => "tus-version",
    NoSpace => "no-space",
    Unavailable => "unavailable",
    Internal => "internal",
});

impl Kind {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::LoginRequired | Self::LoginFailed => 401,
            Self::NotAllowed | Self::AccountRefused => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::CaseClosed | Self::Conflict | Self::Duplicate | Self::KeyInUse => 409,
            Self::FormChanged | Self::TusVersion => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Invalid | Self::KeyReused => 422,
            Self::TooMany => 429,
            // It is tus's own.
            Self::ChecksumMismatch => 460,
            Self::Internal => 500,
            Self::Unavailable => 503,
            Self::NoSpace => 507,
        }
    }

    /// The problem's `type`.
    pub fn uri(self) -> String {
        format!("tag:docket,2026:{self}")
    }

    /// The kind that a problem's `type` names.
    pub fn from_uri(uri: &str) -> Option<Self> {
        uri.strip_prefix("tag:docket,2026:")?.parse().ok()
    }
}

/// The body of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// [`Kind::uri`].
    #[serde(rename = "type")]
    pub uri: String,
    /// What went wrong, the same for every problem of the kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong this time, for people.
    pub detail: String,
    /// The fields that are missing or wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// The case that is in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseNumber>,
    /// Names the request in the portal's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
