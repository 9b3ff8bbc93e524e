//! What can go wrong between docket and a portal, and whose problem it is.

use std::path::PathBuf;
use std::time::Duration;

use crate::address::BadAddress;
use crate::case::CaseNumber;
use crate::failure::{Failure, Kind};
use crate::rules::FieldProblem;

/// How much of a portal's own text is passed on, in characters. The text is untrusted.
const LONGEST_TEXT: usize = 2_000;

/// What a portal said when it refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// For people; untrusted.
    pub detail: String,
    /// Names the request in the portal's log.
    pub request_id: Option<String>,
}

/// Why a portal did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The portal's address can't be used.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// Nobody there, or nobody who could be trusted or understood in time. Nothing has been written.
    #[error("the portal can't be reached: {why}")]
    Unreachable {
        /// The portal.
        url: String,
        /// What happened.
        why: String,
    },
    /// It can't serve now, or was asked too often. Nothing has been written.
    #[error("the portal {url} asks to wait: {}", said.detail)]
    Busy {
        /// The portal.
        url: String,
        /// When it wants to be asked again.
        retry_after: Option<Duration>,
        /// In its words.
        said: Said,
    },
    /// The request was sent, but what became of it couldn't be found out, not by asking again either.
    #[error("it was sent to {url}, but whether it was done isn't known: {why}")]
    OutcomeUnknown {
        /// The portal.
        url: String,
        /// What happened, and what happened when it was asked again.
        why: String,
    },
    /// There is no token, or none that works.
    #[error("not logged in at {url}: {}", said.detail)]
    LoginRequired {
        /// The portal.
        url: String,
        /// In its words.
        said: Said,
    },
    /// E-mail and password don't go together.
    #[error("the login at {url} failed: {}", said.detail)]
    LoginFailed {
        /// The portal.
        url: String,
        /// In its words.
        said: Said,
    },
    /// It knows who asks, and it isn't theirs to do.
    #[error("not allowed: {}", .0.detail)]
    NotAllowed(Said),
    /// A Demo or Sandbox account.
    #[error("{}", .0.detail)]
    AccountRefused(Said),
    /// No such thing, or not for whoever asks.
    #[error("{}", .0.detail)]
    NotFound(Said),
    /// The case is closed.
    #[error("{}", .0.detail)]
    Closed(Said),
    /// There is such a thing already; nothing was written.
    #[error("{}", said.detail)]
    Duplicate {
        /// The case that is in the way, if it is one.
        case: Option<CaseNumber>,
        /// In the portal's words.
        said: Said,
    },
    /// The portal can't do what it would be asked for, so it wasn't asked.
    #[error("the portal {url} {what}; nothing was sent")]
    Incapable {
        /// The portal.
        url: String,
        /// What it doesn't know, as a verb and its object.
        what: &'static str,
    },
    /// The form isn't the one that the answers were checked against; nothing was opened.
    #[error("the portal's form has changed: {}", .0.detail)]
    FormChanged(Said),
    /// Answers are missing or wrong; nothing was written.
    #[error("{}", said.detail)]
    Invalid {
        /// Which, and what is wrong with them.
        fields: Vec<FieldProblem>,
        /// In the portal's words.
        said: Said,
    },
    /// The idempotency key was used for another request before.
    #[error("the idempotency key was used for something else before: {}", .0.detail)]
    KeyReused(Said),
    /// More bytes than the portal takes.
    #[error("{}", .0.detail)]
    TooLarge(Said),
    /// What answered isn't a portal, or not one that docket understands.
    #[error("what answers at {url} doesn't look like a portal: {what}")]
    NotAPortal {
        /// Where it answered.
        url: String,
        /// What came.
        what: String,
    },
    /// It failed, by its own account.
    #[error("the portal {url} failed (HTTP {status}): {}", said.detail)]
    Portal {
        /// The portal.
        url: String,
        /// The HTTP status.
        status: u16,
        /// In its words.
        said: Said,
    },
    /// A local file couldn't be read or written, or changed meanwhile.
    #[error("{}: {why}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What happened.
        why: String,
    },
    /// What was downloaded isn't what was attached.
    #[error("{name} came damaged: {why}")]
    Damaged {
        /// The attachment.
        name: String,
        /// How that is known.
        why: String,
    },
}

/// What became of a write that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It wasn't done, and asking again in a moment, or after a login, may help.
    Waiting,
    /// Whether it was done isn't known. Asking again with the same key settles it.
    Unknown,
    /// It wasn't done, and won't be as it stands.
    Refused,
}

impl Error {
    /// What became of a write that ended like this. Without a login it waits too: what a job has written at
    /// night is not to be lost over an expired token. A portal that failed, or an answer that isn't a
    /// portal's, says nothing for certain.
    pub fn fate(&self) -> Fate {
        match self {
            // A portal without space has undone what it had begun.
            Self::Unreachable { .. }
            | Self::Busy { .. }
            | Self::LoginRequired { .. }
            | Self::Portal { status: 507, .. } => Fate::Waiting,
            Self::OutcomeUnknown { .. } | Self::NotAPortal { .. } | Self::Portal { status: 500.., .. } => {
                Fate::Unknown
            }
            _ => Fate::Refused,
        }
    }

    /// Names the request in the portal's log, if the portal said so.
    pub fn request_id(&self) -> Option<&str> {
        self.said().and_then(|said| said.request_id.as_deref())
    }

    fn said(&self) -> Option<&Said> {
        match self {
            Self::Busy { said, .. }
            | Self::LoginRequired { said, .. }
            | Self::LoginFailed { said, .. }
            | Self::Invalid { said, .. }
            | Self::Duplicate { said, .. }
            | Self::Portal { said, .. }
            | Self::NotAllowed(said)
            | Self::AccountRefused(said)
            | Self::NotFound(said)
            | Self::Closed(said)
            | Self::FormChanged(said)
            | Self::KeyReused(said)
            | Self::TooLarge(said) => Some(said),
            Self::Address(_)
            | Self::Unreachable { .. }
            | Self::OutcomeUnknown { .. }
            | Self::Incapable { .. }
            | Self::NotAPortal { .. }
            | Self::File { .. }
            | Self::Damaged { .. } => None,
        }
    }

    /// Whether a portal that gives this answer to a repeated request says by it that the first one wasn't
    /// done. Otherwise it may have been refused before the portal looked at the idempotency key.
    pub fn settles(&self) -> bool {
        matches!(
            self,
            Self::AccountRefused(_)
                | Self::NotFound(_)
                | Self::Closed(_)
                | Self::Duplicate { .. }
                | Self::FormChanged(_)
                | Self::Invalid { .. }
                | Self::TooLarge(_)
        )
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Address(_) => Kind::Usage,
            Self::Unreachable { .. } | Self::Busy { .. } | Self::Portal { status: 507, .. } => {
                Kind::Unreachable
            }
            Self::OutcomeUnknown { .. } => Kind::Unknown,
            Self::LoginRequired { .. } | Self::LoginFailed { .. } => Kind::LoginRequired,
            Self::NotAllowed(_) | Self::AccountRefused(_) => Kind::NotAllowed,
            Self::NotFound(_) => Kind::NotFound,
            Self::Closed(_) => Kind::Closed,
            Self::Invalid { .. } => Kind::Invalid,
            Self::Duplicate { .. } => Kind::Duplicate,
            Self::Incapable { .. }
            | Self::FormChanged(_)
            | Self::KeyReused(_)
            | Self::TooLarge(_)
            | Self::NotAPortal { .. }
            | Self::Portal { .. }
            | Self::File { .. }
            | Self::Damaged { .. } => Kind::Failed,
        }
    }

    /// What to do next.
    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Unreachable { why, .. } if why.contains("certificate") => {
                "if the portal's certificate comes from your own authority, give its PEM file with --ca-bundle"
                    .to_owned()
            }
            Self::Unreachable { url, .. } if url.starts_with("http://") => {
                "check the address, and that the portal runs".to_owned()
            }
            Self::Unreachable { .. } => {
                "check the address, the network, and the proxy that HTTPS_PROXY may name".to_owned()
            }
            Self::Busy { retry_after: Some(wait), .. } => match wait.as_secs() {
                seconds @ ..120 => format!("try again in {} seconds", seconds.max(1)),
                seconds => format!("try again in {} minutes", seconds.div_ceil(60)),
            },
            Self::Busy { .. } | Self::Damaged { .. } => "try again".to_owned(),
            Self::LoginRequired { url, .. } => format!("run `docket login {url}`"),
            Self::LoginFailed { url, .. } => {
                return vec![
                    format!("reset the password at {url} if you have forgotten it"),
                    "if it still fails, ask your account's administrator".to_owned(),
                ];
            }
            Self::Duplicate { case: Some(number), .. } => format!("docket case show {number}"),
            Self::Incapable { .. } => "ask the portal's operator for a newer version".to_owned(),
            Self::FormChanged(_) => "run the command again: it fetches the new form".to_owned(),
            Self::KeyReused(_) => "give another --idempotency-key, or none".to_owned(),
            Self::NotAPortal { .. } => {
                "check the address: it has to be the portal's own, not a page or a sign-in in front of it"
                    .to_owned()
            }
            Self::Portal { status: 507, .. } => {
                "the portal is out of space: tell its operator, or try again later".to_owned()
            }
            Self::Portal { .. } => "tell the portal's operator, or try again later".to_owned(),
            // Whoever sent it knows whether the outbox has it.
            Self::OutcomeUnknown { .. }
            | Self::Address(_)
            | Self::NotAllowed(_)
            | Self::AccountRefused(_)
            // Whoever asked knows of which case.
            | Self::Closed(_)
            | Self::NotFound(_)
            | Self::Duplicate { case: None, .. }
            | Self::Invalid { .. }
            | Self::TooLarge(_)
            | Self::File { .. } => return Vec::new(),
        };
        vec![hint]
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut failure = Self::new(error.kind(), error.to_string());
        failure.hints = error.hints();
        failure.request_id = error.request_id().map(str::to_owned);
        if let Error::Invalid { fields, .. } = error {
            failure.fields = fields;
        }
        failure
    }
}

/// The beginning of a portal's text, with a mark where the rest was left out.
pub(super) fn cap(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((at, _)) => format!("{}… ({} more bytes)", &text[..at], text.len() - at),
        None => text.to_owned(),
    }
}
