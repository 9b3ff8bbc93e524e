//! How a command fails: a kind, which fixes the exit code; what happened; and what to do next.
//!
//! Errors below keep their own types. They become a [`Failure`] where it is known whose problem it is, and
//! `main` reports it: as lines for people, or as one JSON object with `--json`.

use std::fmt;

use crate::case::words;
use crate::rules::FieldProblem;

/// What went wrong, as far as a script treats it differently. Each kind has an exit code of its own or
/// shares one; both are frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It failed.
    Failed,
    /// Wrong usage.
    Usage,
    /// The case isn't valid; nothing was sent.
    Invalid,
    /// Log in first.
    LoginRequired,
    /// Not allowed.
    NotAllowed,
    /// No such case, account or file at the portal, or not yours to see.
    NotFound,
    /// The portal can't be reached or is overloaded: try again.
    Unreachable,
    /// Sent, but the outcome isn't known.
    Unknown,
    /// There is such a thing already, and nothing was written.
    Duplicate,
    /// The time given to wait ran out.
    TimedOut,
    /// Partly done.
    Partly,
    /// Refused: the case is closed.
    Closed,
    /// Refused: a secret was found.
    SecretFound,
    /// Interrupted.
    Interrupted,
}

words!(Kind, "a kind of failure", {
    Failed => "failed",
    Usage => "usage",
    Invalid => "invalid",
    LoginRequired => "login_required",
    NotAllowed => "not_allowed",
    NotFound => "not_found",
    Unreachable => "unreachable",
    Unknown => "unknown_outcome",
    Duplicate => "duplicate",
    TimedOut => "timed_out",
    Partly => "partly_done",
    Closed => "closed",
    SecretFound => "secret_found",
    Interrupted => "interrupted",
});

impl Kind {
    /// The exit code of the process.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Failed | Self::Duplicate => 1,
            Self::Usage => 2,
            Self::Invalid => 3,
            Self::LoginRequired | Self::NotAllowed => 4,
            Self::NotFound => 5,
            Self::Unreachable => 6,
            Self::Unknown => 7,
            Self::TimedOut => 8,
            Self::Partly => 9,
            Self::Closed | Self::SecretFound => 10,
            Self::Interrupted => 130,
        }
    }
}

/// A failed command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Fixes the exit code.
    pub kind: Kind,
    /// What happened: a sentence without a full stop, causes after a colon.
    pub message: String,
    /// What to do next, a sentence each.
    pub hints: Vec<String>,
    /// The fields that are missing or wrong.
    pub fields: Vec<FieldProblem>,
    /// Names the request in the portal's log.
    pub request_id: Option<String>,
    /// Whether what was to be done is in the outbox now, to be sent from there and from there only.
    pub in_outbox: bool,
}

impl Failure {
    /// A failure of `kind`, told by `message`.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind, message, hints: Vec::new(), fields: Vec::new(), request_id: None, in_outbox: false }
    }

    /// The command line makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// The case can't be opened like this.
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        let count = fields.len();
        let message = match count {
            1 => "the case isn't valid: one field is missing or wrong; nothing was sent".to_owned(),
            _ => format!("the case isn't valid: {count} fields are missing or wrong; nothing was sent"),
        };
        Self { fields, ..Self::new(Kind::Invalid, message) }
    }

    /// The same with what may have been meant, if anything comes near.
    #[must_use]
    pub fn did_you_mean(self, similar: Option<String>) -> Self {
        match similar {
            Some(similar) => self.hint(format!("did you mean `{similar}`?")),
            None => self,
        }
    }

    /// The same with one more thing that is wrong: what `problem` there is with `field`, and `place`, where
    /// that can be put right.
    #[must_use]
    pub fn problem(mut self, field: String, problem: String, place: String) -> Self {
        self.fields.push(FieldProblem { field, problem, flag: place, code: "wrong".to_owned() });
        self
    }

    /// The same with one more thing to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<anyhow::Error> for Failure {
    /// Keeps a failure that was passed on as an error; anything else has just failed, with its causes.
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(failure) => failure,
            Err(error) => Self::new(Kind::Failed, format!("{error:#}")),
        }
    }
}
