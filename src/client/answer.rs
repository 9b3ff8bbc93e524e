//! What a portal answered, and what that means.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{
    CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use reqwest::tls::TlsInfo;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::error::cap;
use super::wire::text;
use super::{Error, Said, certificate};
use crate::api;
use crate::api::problem::{self, Kind, Problem};

impl<T> Verdict<T> {
    /// The same, where it was done with something else to show for it.
    pub(super) fn and_then<U>(self, then: impl FnOnce(T) -> Verdict<U>) -> Verdict<U> {
        match self {
            Self::Done(done) => then(done),
            Self::Refused(error) => Verdict::Refused(error),
            Self::NotNow { error, after } => Verdict::NotNow { error, after },
            Self::Unclear { why, error, after, timed_out } => {
                Verdict::Unclear { why, error, after, timed_out }
            }
        }
    }
}

/// A whole answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// The portal.
    url: String,
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    /// The certificate with which it came, for `https`.
    certificate: Option<TlsInfo>,
}

/// What becomes of a request.
pub(super) enum Verdict<T = Answer> {
    /// It was done.
    Done(T),
    /// It was not, and won't be.
    Refused(Error),
    /// It was not, but may be in a moment.
    NotNow {
        /// Why not now.
        error: Error,
        /// When the portal wants to be asked again.
        after: Option<Duration>,
    },
    /// There is no telling.
    Unclear {
        /// What happened.
        why: String,
        /// What it is called where nothing can have been written.
        error: Error,
        /// When the portal wants to be asked again.
        after: Option<Duration>,
        /// Whether an answer was waited for until the end.
        timed_out: bool,
    },
}

impl Answer {
    pub(super) fn new(
        url: &str,
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        certificate: Option<TlsInfo>,
    ) -> Self {
        Self { url: url.to_owned(), status, headers, body, certificate }
    }

    /// Until when the certificate is good with which it came.
    pub(super) fn certificate_until(&self) -> Option<Timestamp> {
        certificate::good_until(self.certificate.as_ref()?.peer_certificate()?)
    }

    /// A header, if it is there and is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        text(self.headers.get(name))
    }

    /// Whether it says that what is known is still true.
    pub(super) fn not_modified(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED
    }

    /// The value that it carries.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        if self.body.is_empty() {
            return Err(self.not_a_portal("an empty answer came"));
        }
        if !self.is_json() {
            return Err(self.not_a_portal("an answer came that isn't JSON"));
        }
        serde_json::from_slice(&self.body)
            .map_err(|error| self.not_a_portal(&format!("JSON came that docket doesn't understand: {error}")))
    }

    /// The error that it isn't what a portal would answer.
    pub(super) fn not_a_portal(&self, what: &str) -> Error {
        let kind = self.header(CONTENT_TYPE.as_str()).unwrap_or("no media type");
        let beginning: String = String::from_utf8_lossy(&self.body).chars().take(80).collect();
        let beginning = beginning.split_whitespace().collect::<Vec<_>>().join(" ");
        let beginning = if beginning.is_empty() { String::new() } else { format!(": {beginning}") };
        let what = format!("{what} (HTTP {}, {kind}{beginning})", self.status.as_u16());
        Error::NotAPortal { url: self.url.clone(), what: cap(&what) }
    }

    /// What it means for the request.
    pub(super) fn verdict(self) -> Verdict {
        let after = self.retry_after();
        let unclear = |why: String, error| Verdict::Unclear { why, error, after, timed_out: false };
        if self.status.is_success() && self.is_cut() {
            let why = "only half an answer came".to_owned();
            return unclear(why.clone(), Error::Unreachable { url: self.url, why });
        }
        if self.status.is_success() || self.not_modified() {
            return Verdict::Done(self);
        }
        if self.status.is_redirection() {
            let target = self.header(LOCATION.as_str()).unwrap_or("somewhere else");
            return Verdict::Refused(self.not_a_portal(&format!("it redirects to {target}")));
        }
        let problem = self.problem();
        let kind = problem.as_ref().and_then(|problem| Kind::from_uri(&problem.uri));
        let status = self.status.as_u16();
        let error = self.error(problem, kind);
        match (status, kind) {
            // Whoever failed, or a gateway before it, may have got as far as doing it.
            (500 | 502 | 504, _) | (_, Some(Kind::KeyInUse)) => unclear(error.to_string(), error),
            // It didn't come through whole, came too early, or was turned away at the door.
            (408 | 425 | 429 | 503, _) => Verdict::NotNow { error, after },
            _ => Verdict::Refused(error),
        }
    }

    fn error(&self, problem: Option<Problem>, kind: Option<Kind>) -> Error {
        let status = self.status.as_u16();
        let Some(problem) = problem else { return self.without_problem() };
        let (fields, case) = (problem.fields.clone(), problem.case);
        let said = self.said(Some(problem));
        let url = self.url.clone();
        match kind {
            Some(Kind::LoginRequired) => Error::LoginRequired { url, said },
            Some(Kind::LoginFailed) => Error::LoginFailed { url, said },
            Some(Kind::NotAllowed) => Error::NotAllowed(said),
            Some(Kind::AccountRefused) => Error::AccountRefused(said),
            Some(Kind::NotFound) => Error::NotFound(said),
            Some(Kind::CaseClosed) => Error::Closed(said),
            Some(Kind::Duplicate) => Error::Duplicate { case, said },
            Some(Kind::FormChanged) => Error::FormChanged(said),
            Some(Kind::Invalid) => Error::Invalid { fields, said },
            Some(Kind::KeyReused) => Error::KeyReused(said),
            Some(Kind::TooLarge) => Error::TooLarge(said),
            Some(Kind::TooMany | Kind::Unavailable | Kind::KeyInUse) => {
                Error::Busy { url, retry_after: self.retry_after(), said }
            }
            Some(
                Kind::BadRequest
                | Kind::MethodNotAllowed
                | Kind::Conflict
                | Kind::UnsupportedMediaType
                | Kind::ChecksumMismatch
                | Kind::TusVersion
                | Kind::NoSpace
                | Kind::Internal,
            ) => Error::Portal { url, status, said },
            None if matches!(status, 408 | 425 | 429 | 502..=504) => {
                Error::Busy { url, retry_after: self.retry_after(), said }
            }
            None => Error::Portal { url, status, said },
        }
    }

    /// What an error means that isn't in the API's form, so that something in between may have made it.
    fn without_problem(&self) -> Error {
        let (url, status) = (self.url.clone(), self.status.as_u16());
        // The answer to a HEAD has the problem's media type, but not the problem.
        let bare = self.body.is_empty() && self.has_problem();
        match status {
            401 if bare => Error::LoginRequired { url, said: self.said(None) },
            403 if bare => Error::NotAllowed(self.said(None)),
            404 | 410 if bare => Error::NotFound(self.said(None)),
            409 if bare => Error::Portal { url, status, said: self.said(None) },
            408 | 425 | 429 | 502..=504 => {
                Error::Busy { url, retry_after: self.retry_after(), said: self.said(None) }
            }
            500.. => Error::Portal { url, status, said: self.said(None) },
            _ => self.not_a_portal("an error came that isn't a portal's"),
        }
    }

    fn said(&self, problem: Option<Problem>) -> Said {
        let request_id = self.header(api::REQUEST_ID).map(cap);
        match problem {
            Some(problem) => {
                let detail = if problem.detail.is_empty() { problem.title } else { problem.detail };
                Said {
                    detail: cap(&detail),
                    request_id: problem.request_id.map(|id| cap(&id)).or(request_id),
                }
            }
            None => Said { detail: format!("HTTP {}", self.status), request_id },
        }
    }

    fn problem(&self) -> Option<Problem> {
        self.has_problem().then(|| serde_json::from_slice(&self.body).ok()).flatten()
    }

    fn has_problem(&self) -> bool {
        self.header(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with(problem::MEDIA_TYPE))
    }

    fn is_json(&self) -> bool {
        let kind = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    }

    /// Whether the end is missing, of an answer that doesn't say how long it is.
    fn is_cut(&self) -> bool {
        let measured = [CONTENT_LENGTH, TRANSFER_ENCODING].iter().any(|name| self.headers.contains_key(name));
        let parse = || serde_json::from_slice::<IgnoredAny>(&self.body);
        !measured && self.is_json() && !self.body.is_empty() && parse().is_err_and(|error| error.is_eof())
    }

    fn retry_after(&self) -> Option<Duration> {
        let value = self.header(RETRY_AFTER.as_str())?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let time = |text: &str| Some(jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp());
        // By the clock of whoever says so: ours, or theirs, may be wrong.
        let now = self.header(DATE.as_str()).and_then(time).unwrap_or_else(Timestamp::now);
        Duration::try_from(time(value)?.duration_since(now)).ok()
    }
}
