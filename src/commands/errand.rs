//! Errands: what writes to a case or opens one, so that it is done once and never lost. Files for a case that
//! exists and imports aren't errands: each of them keeps how far it has come by itself. Nor are logins and
//! tokens, whose requests hold secrets.
//!
//! An errand is put into the outbox, with its idempotency key and all that it takes to send it, before its
//! first byte leaves. It is taken out when the portal has done it, files and all, or has refused it. In
//! between, whatever dies, `docket outbox send` sends the same errand with the same key, and the portal does
//! it at most once.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Desk;
use super::enclosure::Enclosure;
use super::redacting::without_digits;
use crate::api::body::{ChangeWatchers, NewCase, Reply};
use crate::case::{Case, CaseNumber, Filed};
use crate::client::{Error, Fate, Key, Opened, Session};
use crate::failure::{Failure, Kind};
use crate::profile::{Claim, Entry, EntryKind, Listed, new_id};

/// Something to be written at a portal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Errand {
    /// Open a case; its files follow.
    Case { case: NewCase, attachments: Vec<Enclosure> },
    /// Comment on one.
    Comment { number: CaseNumber, body: String },
    /// Change who watches it.
    Watchers { number: CaseNumber, change: ChangeWatchers },
    /// Ask for a call.
    Call { number: CaseNumber, phone: Option<String> },
    /// Close it.
    Close { number: CaseNumber, reason: String },
    /// Answer it, as an expert.
    Reply { number: CaseNumber, reply: Reply },
    /// Note something about it, as an expert.
    Note { number: CaseNumber, body: String },
}

/// An errand that is done, as far as the portal goes. What else belongs to it, like the files of a new case,
/// is still to be done, and until [`Desk::finish`] the outbox has it: whatever dies in between, it is done
/// again with the same key, and nothing of it twice.
#[derive(Debug)]
pub(super) struct Receipt {
    /// The case after it.
    pub(super) case: Case,
    /// Whether the portal had done it before, at an earlier request with the same key.
    pub(super) replayed: bool,
    /// Whether a new case was opened, or found by its dedupe key.
    pub(super) filed: Filed,
    /// The errand's key.
    pub(super) key: Key,
    held: Option<Held>,
}

/// An entry of the outbox that nobody else sends.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) entry: Box<Entry>,
    pub(super) claim: Claim,
}

impl Receipt {
    fn new(opened: Opened, key: Key, held: Option<Held>) -> Box<Self> {
        let Opened { case, replayed, filed } = opened;
        Box::new(Self { case, replayed, filed, key, held })
    }

    /// Which of the files that came with the errand go to the case: none where nothing was to be added.
    pub(super) fn to_attach<'a, T>(&self, files: &'a [T]) -> &'a [T] {
        if self.filed == Filed::Skipped { &[] } else { files }
    }
}

impl Errand {
    /// Sends it with `key`: the case after it, and what became of it if it was a new one.
    fn send(&self, session: &Session, key: &Key) -> Result<Opened, Error> {
        let case = match self {
            Self::Case { case, .. } => return session.open_case(case, key),
            Self::Comment { number, body } => session.comment(*number, body, key)?,
            Self::Watchers { number, change } => session.change_watchers(*number, change, key)?,
            Self::Call { number, phone } => session.request_call(*number, phone.as_deref(), key)?,
            Self::Close { number, reason } => session.close(*number, reason, key)?,
            Self::Reply { number, reply } => session.reply(*number, reply, key)?,
            Self::Note { number, body } => {
                session.note(*number, body, key)?;
                session.case(*number)?
            }
        };
        Ok(Opened { case, replayed: false, filed: Filed::default() })
    }

    /// Files that follow it.
    pub(super) fn attachments(&self) -> &[Enclosure] {
        if let Self::Case { attachments, .. } = self { attachments } else { &[] }
    }

    /// Whether it takes an expert to do it.
    pub(super) fn is_for_experts(&self) -> bool {
        matches!(self, Self::Reply { .. } | Self::Note { .. })
    }

    /// The same with the answers checked against another version of the form.
    pub(super) fn with_form(mut self, version: &str) -> Self {
        if let Self::Case { case, .. } = &mut self {
            case.form = version.to_owned();
        }
        self
    }

    /// Whether it may have been refused because of what docket took for the portal's form or the user's
    /// accounts.
    fn may_be_outdated(&self, error: &Error) -> bool {
        matches!((self, error), (Self::Case { .. }, Error::FormChanged(_) | Error::Invalid { .. }))
    }

    fn kind(&self) -> EntryKind {
        match self {
            Self::Case { .. } => EntryKind::Case,
            Self::Comment { .. } => EntryKind::Comment,
            Self::Watchers { .. } => EntryKind::Watchers,
            Self::Call { .. } => EntryKind::Call,
            Self::Close { .. } => EntryKind::Close,
            Self::Reply { .. } => EntryKind::Reply,
            Self::Note { .. } => EntryKind::Note,
        }
    }

    fn subject(&self) -> Option<String> {
        if let Self::Case { case, .. } = self { case.fields.text("subject").map(str::to_owned) } else { None }
    }

    /// The case that it is about, if that exists.
    fn number(&self) -> Option<CaseNumber> {
        match self {
            Self::Case { .. } => None,
            Self::Comment { number, .. }
            | Self::Watchers { number, .. }
            | Self::Call { number, .. }
            | Self::Close { number, .. }
            | Self::Reply { number, .. }
            | Self::Note { number, .. } => Some(*number),
        }
    }
}

/// What became of an errand that the portal has answered.
pub(super) enum Outcome {
    /// It is done.
    Done(Box<Receipt>),
    /// The answers were checked against what isn't true any more, the form or the user's accounts; nothing was
    /// opened. The outbox still has it.
    Outdated(Failure, Option<Held>),
}

impl Desk<'_> {
    /// Does an errand on a case that exists, and returns the case after it.
    pub(super) fn deliver(&self, errand: &Errand) -> Result<Case, Failure> {
        match self.open(errand, &Key::generate())? {
            Outcome::Done(receipt) => {
                self.finish(&receipt);
                Ok(receipt.case)
            }
            Outcome::Outdated(failure, held) => {
                self.withdraw(held);
                Err(failure)
            }
        }
    }

    /// The entry of the outbox, if there is one, that opens the same case as `new`, and which nobody is
    /// sending: a command that was stopped may have been given again.
    pub(super) fn same_in_outbox(&self, new: &NewCase) -> Option<Entry> {
        let outbox = self.docket().profile.outbox().ok()?;
        let portal = self.address().value.to_string();
        // What was redacted has other marks each time.
        let bare = |case: &NewCase| serde_json::to_string(case).ok().map(|text| without_digits(&text));
        let wanted = bare(new)?;
        let is_same = |entry: &Entry| match from_entry(entry) {
            Ok(Errand::Case { case, .. }) if entry.portal == portal => {
                bare(&NewCase { form: new.form.clone(), ..case }).as_ref() == Some(&wanted)
            }
            _ => false,
        };
        outbox.list().ok()?.into_iter().find_map(|listed| match listed {
            Listed::Whole(entry) if is_same(&entry) => {
                matches!(outbox.claim(&entry.id), Ok(Some(_))).then_some(entry)
            }
            _ => None,
        })
    }

    /// Does an errand with a key of its own. What the portal refuses leaves the outbox: whoever gave the
    /// command is there to be told.
    pub(super) fn open(&self, errand: &Errand, key: &Key) -> Result<Outcome, Failure> {
        let held = self.journal(errand, key)?;
        self.open_held(held, errand, key)
    }

    /// The same once more with other answers, after [`Outcome::Outdated`]. All the while the outbox has it.
    pub(super) fn open_anew(
        &self,
        held: Option<Held>,
        errand: &Errand,
        key: &Key,
    ) -> Result<Outcome, Failure> {
        let Some(mut held) = held else { return self.open(errand, key) };
        self.rewrite(&mut held, errand)?;
        // If docket is stopped on the way, nobody knows how far it has come.
        held.entry.sent = Some(Timestamp::now());
        self.docket().profile.outbox()?.update(&held.entry)?;
        self.open_held(Some(held), errand, key)
    }

    fn open_held(&self, held: Option<Held>, errand: &Errand, key: &Key) -> Result<Outcome, Failure> {
        let error = match self.send(errand, key) {
            Ok(opened) => return Ok(Outcome::Done(Receipt::new(opened, key.clone(), held))),
            Err(error) => error,
        };
        let outdated = errand.may_be_outdated(&error);
        // Until this is over, nobody else may send it.
        match (held, error.fate()) {
            (Some(mut held), Fate::Refused) if outdated => {
                held.entry.sent = None;
                self.docket().profile.outbox()?.update(&held.entry)?;
                Ok(Outcome::Outdated(self.explain(error), Some(held)))
            }
            (None, Fate::Refused) if outdated => Ok(Outcome::Outdated(self.explain(error), None)),
            (held, Fate::Refused) => {
                self.withdraw(held);
                Err(self.refused(errand, error))
            }
            (Some(Held { entry, .. }), Fate::Waiting) => {
                Err(self.keep(Entry { sent: None, ..*entry }, error))
            }
            (Some(Held { entry, .. }), Fate::Unknown) => Err(self.keep(*entry, error)),
            (None, Fate::Waiting | Fate::Unknown) => Err(self
                .unsettled(error)
                .hint("nothing was kept to be sent again: set HOME, or DOCKET_DATA_DIR, to have an outbox")),
        }
    }

    /// Takes an errand out of the outbox that won't be done.
    pub(super) fn withdraw(&self, held: Option<Held>) {
        if let Some(held) = held {
            self.take_out(&held.entry);
        }
    }

    /// Leaves an errand in the outbox that can't be brought up to date now, because of `failure`, and says
    /// how it goes on; or puts it there.
    pub(super) fn keep_outdated(
        &self,
        held: Option<Held>,
        errand: &Errand,
        key: &Key,
        failure: Failure,
    ) -> Failure {
        let Some(held) = held else { return self.keep_unsent(errand, key, failure) };
        let failure = waiting(failure);
        let last_error = Some(failure.to_string());
        self.kept(&Entry { last_error, ..*held.entry }, failure)
    }

    /// Does an errand out of the outbox, with the key that it has. What the portal refuses stays there, to
    /// be looked at and dropped by hand.
    pub(super) fn open_again(&self, held: Held, errand: &Errand) -> Result<Outcome, Failure> {
        let Held { mut entry, claim } = held;
        let key = Key::parse(&entry.key).map_err(|error| Failure::new(Kind::Failed, error.to_string()))?;
        let sent_before = entry.sent;
        if sent_before.is_none() {
            // If docket is stopped on the way, nobody knows how far it has come.
            entry.sent = Some(Timestamp::now());
            self.docket().profile.outbox()?.update(&entry)?;
        }
        match self.send(errand, &key) {
            Ok(opened) => Ok(Outcome::Done(Receipt::new(opened, key, Some(Held { entry, claim })))),
            Err(error @ Error::FormChanged(_)) => {
                entry.sent = None;
                self.docket().profile.outbox()?.update(&entry)?;
                Ok(Outcome::Outdated(self.explain(error), Some(Held { entry, claim })))
            }
            Err(error) => {
                if error.fate() != Fate::Unknown {
                    // It wasn't done now, which says nothing about an earlier time.
                    entry.sent = sent_before;
                }
                Err(self.keep(*entry, error))
            }
        }
    }

    fn send(&self, errand: &Errand, key: &Key) -> Result<Opened, Error> {
        let opened = errand.send(self.session(), key)?;
        self.seen(std::slice::from_ref(&opened.case));
        Ok(opened)
    }

    /// A case of the outbox that is open already, for what is still to follow it.
    pub(super) fn opened(&self, held: Held, number: CaseNumber) -> Result<Box<Receipt>, Failure> {
        let key =
            Key::parse(&held.entry.key).map_err(|error| Failure::new(Kind::Failed, error.to_string()))?;
        let opened = Opened { case: self.case(number)?, replayed: true, filed: Filed::default() };
        Ok(Receipt::new(opened, key, Some(held)))
    }

    /// All of an errand is done: takes it out of the outbox.
    pub(super) fn finish(&self, receipt: &Receipt) {
        if let Some(held) = &receipt.held {
            self.take_out(&held.entry);
        }
    }

    /// A case is open and its files follow: from here on the outbox says so, whatever happens to docket.
    pub(super) fn files_follow(&self, receipt: &mut Receipt) {
        let number = receipt.case.number;
        let Some(held) = &mut receipt.held else { return };
        if held.entry.case.replace(number) == Some(number) {
            return;
        }
        held.entry.last_error = Some(format!("case {number} is open; its files are being attached"));
        if let Err(failure) = self.docket().profile.outbox().and_then(|outbox| outbox.update(&held.entry)) {
            self.docket().ui.warn(format!("the outbox couldn't be updated: {failure}"));
        }
    }

    /// The files of an errand have had their turn: takes it out of the outbox, unless some of them can still be
    /// attached once the portal or the login is back. Answers the name of the entry that stays for them.
    pub(super) fn finish_with(&self, receipt: &Receipt, failed: &[(PathBuf, Failure)]) -> Option<String> {
        let held = receipt.held.as_ref()?;
        let Some((file, failure)) = failed.iter().find(|(_, failure)| may_still_go(failure)) else {
            self.take_out(&held.entry);
            return None;
        };
        let (number, file) = (receipt.case.number, file.display());
        let last_error = Some(format!("case {number} is open, but {file} was not attached: {failure}"));
        let entry = Entry { last_error, case: Some(number), ..(*held.entry).clone() };
        if let Err(failure) = self.docket().profile.outbox().and_then(|outbox| outbox.update(&entry)) {
            self.docket().ui.warn(format!("the outbox couldn't be updated: {failure}"));
        }
        Some(entry.id)
    }

    fn refused(&self, errand: &Errand, error: Error) -> Failure {
        match errand.number() {
            Some(number) => self.explain_about(number, error),
            None => self.explain(error),
        }
    }

    /// Puts an errand into the outbox. Where there is no place for an outbox, as in a container without a
    /// home, it is sent all the same: not filing at all would be worse.
    fn journal(&self, errand: &Errand, key: &Key) -> Result<Option<Held>, Failure> {
        let Ok(outbox) = self.docket().profile.outbox() else { return Ok(None) };
        let entry = Entry {
            id: new_id(),
            kind: errand.kind(),
            key: key.as_str().to_owned(),
            portal: self.address().value.to_string(),
            user: self.user().map(str::to_owned),
            account: self.named_account(),
            case: errand.number(),
            subject: errand.subject(),
            since: Timestamp::now(),
            // If docket is stopped on the way, nobody knows how far it has come.
            sent: Some(Timestamp::now()),
            request: request(errand)?,
            last_error: None,
        };
        let claim = outbox.add(&entry)?;
        Ok(Some(Held { entry: Box::new(entry), claim }))
    }

    /// Puts an errand into the outbox that can't be sent, because of `failure`, and says how it goes on.
    pub(super) fn keep_unsent(&self, errand: &Errand, key: &Key, failure: Failure) -> Failure {
        match self.journal(errand, key) {
            Ok(Some(Held { entry, claim: _claim })) => {
                let failure = waiting(failure);
                let last_error = Some(failure.to_string());
                self.kept(&Entry { sent: None, last_error, ..*entry }, failure)
            }
            Ok(None) => failure.hint("nothing was kept to be sent again: set HOME, or DOCKET_DATA_DIR"),
            Err(outbox) => failure.hint(format!("it couldn't be kept in the outbox either: {outbox}")),
        }
    }

    /// Writes an errand of the outbox anew that the portal hasn't done, as after a change of the form.
    pub(super) fn rewrite(&self, held: &mut Held, errand: &Errand) -> Result<(), Failure> {
        held.entry.request = request(errand)?;
        held.entry.sent = None;
        self.docket().profile.outbox()?.update(&held.entry)
    }

    fn take_out(&self, entry: &Entry) {
        if let Err(failure) = self.docket().profile.outbox().and_then(|outbox| outbox.remove(&entry.id)) {
            self.docket().ui.warn(format!("{} is settled, but the outbox still has it: {failure}", entry.id));
        }
    }

    /// Leaves an errand in the outbox, and says how it goes on.
    fn keep(&self, mut entry: Entry, error: Error) -> Failure {
        entry.last_error = Some(error.to_string());
        let failure = self.unsettled(error);
        self.kept(&entry, failure)
    }

    /// Why an errand isn't settled. One that may have been done has the kind that says so, whatever it was
    /// that the portal answered: whoever takes it for a failure gives the command again, and has it done twice.
    pub(super) fn unsettled(&self, error: Error) -> Failure {
        let fate = error.fate();
        let failure = self.explain(error);
        if fate != Fate::Unknown || failure.kind == Kind::Unknown {
            return failure;
        }
        let message = format!("it was sent, but whether it was done isn't known: {failure}");
        Failure { kind: Kind::Unknown, message, ..failure }
    }

    /// Says that an errand is in the outbox, once it is up to date there.
    fn kept(&self, entry: &Entry, failure: Failure) -> Failure {
        let id = &entry.id;
        let failure = Failure { in_outbox: true, ..failure };
        match self.docket().profile.outbox().and_then(|outbox| outbox.update(entry)) {
            Ok(()) => failure.hint(format!(
                "it is kept in the outbox as {id}: `docket outbox send` sends it, with the same key and so only once"
            )),
            Err(outbox) => failure.hint(format!("the outbox has it as {id}, but couldn't be updated: {outbox}")),
        }
    }
}

/// Why an errand waits in the outbox that wasn't sent. A portal that answers with nonsense or a fault of its own
/// is as good as away: whoever takes that for a failure gives the command again, and the outbox has two.
fn waiting(failure: Failure) -> Failure {
    let kind = if failure.kind == Kind::Failed { Kind::Unreachable } else { failure.kind };
    Failure { kind, ..failure }
}

/// Whether what has failed like this may be done later as it stands.
pub(super) fn may_still_go(failure: &Failure) -> bool {
    matches!(failure.kind, Kind::Unreachable | Kind::Unknown | Kind::LoginRequired)
}

fn request(errand: &Errand) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(errand)
        .map_err(|error| Failure::new(Kind::Failed, format!("cannot write the outbox: {error}")))
}

/// An errand out of the outbox.
pub(super) fn from_entry(entry: &Entry) -> Result<Errand, Failure> {
    serde_json::from_value(entry.request.clone()).map_err(|error| {
        Failure::new(Kind::Failed, format!("the entry {} of the outbox can't be read: {error}", entry.id))
    })
}
