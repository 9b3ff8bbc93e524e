//! What a handler says when it can't do as asked.
//!
//! A [`Problem`] travels as an extension of its response; [`super::middleware`] writes its body, because
//! only there the request's id is known.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::store::Write;
use crate::api::problem::Kind;
use crate::case::CaseNumber;
use crate::rules::FieldProblem;

/// A refusal, or a fault of the portal's own.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) kind: Kind,
    /// What the caller is told.
    pub(super) detail: String,
    pub(super) fields: Vec<FieldProblem>,
    /// The case that is in the way.
    pub(super) case: Option<CaseNumber>,
    /// Seconds after which to come back.
    pub(super) retry_after: Option<i64>,
    /// What only the log is told.
    pub(super) cause: Option<String>,
}

impl Problem {
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), fields: Vec::new(), case: None, retry_after: None, cause: None }
    }

    pub(super) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(Kind::BadRequest, detail)
    }

    pub(super) fn login_required() -> Self {
        Self::new(Kind::LoginRequired, "the token is missing, unknown or has expired")
    }

    pub(super) fn not_allowed(detail: impl Into<String>) -> Self {
        Self::new(Kind::NotAllowed, detail)
    }

    pub(super) fn no_such_case() -> Self {
        Self::new(Kind::NotFound, "there is no such case, or it isn't yours to see")
    }

    pub(super) fn case_closed() -> Self {
        Self::new(Kind::CaseClosed, "the case is closed: it can't be updated or re-opened")
    }

    pub(super) fn too_large(what: &str, max: u64) -> Self {
        Self::new(Kind::TooLarge, format!("{what} is too large: at most {max} bytes are taken"))
    }

    pub(super) fn invalid(fields: Vec<FieldProblem>) -> Self {
        let detail = match fields.as_slice() {
            [one] => one.to_string(),
            many => format!("{} fields are missing or wrong", many.len()),
        };
        Self { fields, ..Self::new(Kind::Invalid, detail) }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` passes")]
    pub(super) fn unavailable(cause: impl ToString) -> Self {
        Self {
            retry_after: Some(1),
            ..Self::new(Kind::Unavailable, "the portal is busy; try again in a moment").because(&cause)
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` passes")]
    pub(super) fn internal(cause: impl ToString) -> Self {
        Self::new(Kind::Internal, "the portal failed; its log says why").because(&cause)
    }

    /// This refusal, once all that `write` has seen is on the disk; or why it isn't. Nothing is written.
    pub(super) async fn once_certain(self, write: Write) -> Self {
        if self.kind.status() >= 500 {
            return self;
        }
        write.undo().await.map_or_else(Self::from, |()| self)
    }

    fn because(self, cause: &impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if self.kind == Kind::LoginRequired {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        const BUSY: u32 = 5;
        const LOCKED: u32 = 6;
        const FULL: u32 = 13;
        /// A write that failed for another reason: a quota, a limit on files, a fault of the disk. Unlike a
        /// sync that failed, it leaves no doubt that nothing was done.
        const NOT_WRITTEN: u32 = 10 | 3 << 8;
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self::unavailable(error),
            sqlx::Error::Io(_) => match error {
                sqlx::Error::Io(error) => error.into(),
                error => Self::internal(error),
            },
            sqlx::Error::Database(cause) => {
                let code = cause.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default();
                match (code, code & 0xff) {
                    (_, BUSY | LOCKED) => Self::unavailable(error),
                    (_, FULL) => Self::new(Kind::NoSpace, "the portal has no room left").because(&error),
                    (NOT_WRITTEN, _) => {
                        let detail = "the portal can't write to its disk; the disk may be full or failing";
                        Self::new(Kind::NoSpace, detail).because(&error)
                    }
                    _ => Self::internal(error),
                }
            }
            _ => Self::internal(error),
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => {
                Self::new(Kind::NoSpace, "the portal has no room left").because(&error)
            }
            _ => Self::internal(error),
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
