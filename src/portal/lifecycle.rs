//! The life of a case: from where an action leads, and what carries it out.
//!
//! [`transition`] is the whole of the rules. [`Change`] applies one in a transaction: the case's standing,
//! the counters, what it is found by, the events and the mail that tells of it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::mail;
use super::store::cases::{self, Standing};
use super::store::talk::{self, Happened};
use super::store::{Batch, Write, mails};
use crate::case::{Case, Role, Status};
use crate::event::EventKind;

/// What somebody does with a case, as far as it matters to its standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// A customer comments, or answers a mail.
    Comment,
    /// An expert replies and wants information.
    AskForInformation,
    /// An expert replies and believes it solved.
    Resolve,
    /// A file is attached, watchers change, a call back is asked for, experts note something.
    Add,
    /// A customer closes it.
    Close,
    /// Nobody has answered in time.
    Expire,
}

/// Why an action doesn't lead anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// A closed case can't be updated or re-opened.
    Closed,
    /// Only a pending case closes by itself.
    NotPending,
}

/// The status of a case after an action.
pub(super) fn transition(from: Status, action: Action) -> Result<Status, Refused> {
    match (from, action) {
        (Status::Closed, _) => Err(Refused::Closed),
        (_, Action::Comment) => Ok(Status::Open),
        (_, Action::AskForInformation) => Ok(Status::MyActionRequired),
        (_, Action::Resolve) => Ok(Status::Pending),
        (from, Action::Add) => Ok(from),
        (_, Action::Close) | (Status::Pending, Action::Expire) => Ok(Status::Closed),
        (_, Action::Expire) => Err(Refused::NotPending),
    }
}

/// A change that is made to a case.
#[derive(Debug)]
pub(super) struct Change<'a> {
    pub(super) action: Action,
    /// How it is told.
    pub(super) kind: EventKind,
    pub(super) data: Value,
    /// E-mail address and side; `None` when the portal does it by itself.
    pub(super) by: Option<(&'a str, Role)>,
    /// When.
    pub(super) at: Timestamp,
    /// For a case that is closed.
    pub(super) reason: &'a str,
    /// How long a case stays pending.
    pub(super) pending: SignedDuration,
}

impl Change<'_> {
    /// Makes the change. `case` is as it was read in this transaction, watchers included.
    pub(super) async fn apply(&self, write: &mut Write, case: &Case) -> Result<(), ChangeError> {
        write.index(case.number);
        let db = write.db();
        let status = transition(case.status, self.action).map_err(ChangeError::Refused)?;
        let closes_at = match (status, self.action) {
            (Status::Pending, Action::Resolve) => Some(later(self.at, self.pending)),
            (Status::Pending, _) => case.closes_at,
            _ => None,
        };
        let closed = (status == Status::Closed).then_some((self.at, self.reason));
        cases::set_standing(db, case, Standing { status, closes_at, closed, at: self.at }).await?;
        let event = Happened {
            number: case.number,
            at: self.at,
            kind: self.kind,
            by: self.by,
            status,
            data: self.data.clone(),
        };
        let mut told = Batch::default();
        talk::happened(&mut told, &event);
        for mail in mail::about(self.kind, case, closes_at) {
            mails::add(&mut told, &mail, self.at);
        }
        if status != case.status && status != Status::Closed {
            let data = json!({"from": case.status});
            talk::happened(&mut told, &Happened { kind: EventKind::StatusChanged, data, ..event });
        }
        Ok(told.run(db).await?)
    }
}

/// Why a change wasn't made.
#[derive(Debug)]
pub(super) enum ChangeError {
    Refused(Refused),
    Store(sqlx::Error),
}

impl From<sqlx::Error> for ChangeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error)
    }
}

/// Closes every case whose time has run out when `write` began, each at the moment at which it did.
pub(super) async fn close_due(write: &mut Write, pending: SignedDuration, base: &str) -> sqlx::Result<usize> {
    let reason = format!("no answer for {}", in_words(pending));
    let (mut count, now) = (0, write.now);
    loop {
        let due = cases::due(write.db(), now, base).await?;
        if due.is_empty() {
            return Ok(count);
        }
        for case in &due {
            let change = Change {
                action: Action::Expire,
                kind: EventKind::Closed,
                data: json!({"reason": reason}),
                by: None,
                at: case.closes_at.unwrap_or(now),
                reason: &reason,
                pending,
            };
            match change.apply(write, case).await {
                Ok(()) => count += 1,
                Err(ChangeError::Store(error)) => return Err(error),
                Err(ChangeError::Refused(_)) => {
                    return Err(sqlx::Error::Protocol(format!("case {} isn't pending", case.number)));
                }
            }
        }
    }
}

/// `time` and a while, or the end of time.
fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// `5 days`, `12 hours`, `90 seconds`: the largest unit that fits.
pub(super) fn in_words(duration: SignedDuration) -> String {
    const NUMBERS: [&str; 10] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let seconds = duration.as_secs();
    let (count, unit) = [(86_400, "day"), (3_600, "hour"), (60, "minute")]
        .into_iter()
        .find(|(length, _)| seconds % length == 0 && seconds >= *length)
        .map_or((seconds, "second"), |(length, unit)| (seconds / length, unit));
    let number = usize::try_from(count - 1).ok().and_then(|at| NUMBERS.get(at));
    let number = number.map_or_else(|| count.to_string(), |word| (*word).to_owned());
    if count == 1 { format!("{number} {unit}") } else { format!("{number} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table() {
        use Action::{Add, AskForInformation, Close, Comment, Expire, Resolve};
        use Status::{Closed, MyActionRequired, Open, Pending};
        let not_pending = Err(Refused::NotPending);
        for (from, outcomes) in [
            (Open, [Ok(Open), Ok(MyActionRequired), Ok(Pending), Ok(Open), Ok(Closed), not_pending]),
            (
                MyActionRequired,
                [Ok(Open), Ok(MyActionRequired), Ok(Pending), Ok(MyActionRequired), Ok(Closed), not_pending],
            ),
            (Pending, [Ok(Open), Ok(MyActionRequired), Ok(Pending), Ok(Pending), Ok(Closed), Ok(Closed)]),
            (Closed, [Err(Refused::Closed); 6]),
        ] {
            let actions = [Comment, AskForInformation, Resolve, Add, Close, Expire];
            for (action, expected) in actions.into_iter().zip(outcomes) {
                assert_eq!(transition(from, action), expected, "{from} {action:?}");
            }
        }
    }

    #[test]
    fn durations_are_told_in_the_largest_unit_that_fits() {
        for (hours, words) in [(120, "five days"), (24, "one day"), (36, "36 hours"), (24 * 30, "30 days")] {
            assert_eq!(in_words(SignedDuration::from_hours(hours)), words);
        }
        assert_eq!(in_words(SignedDuration::from_secs(90)), "90 seconds");
    }
}
