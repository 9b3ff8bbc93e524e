//! `docket outbox`: what could not be sent yet.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::case::{problems, quoted};
use super::enclosure::{Enclosure, ToSend};
use super::errand::{self, Errand, Held, Outcome, Receipt, may_still_go};
use super::redacting::Redacting;
use super::{Desk, Docket, several};
use crate::api::IDEMPOTENCY_KEPT;
use crate::case::CaseNumber;
use crate::failure::{Failure, Kind};
use crate::profile::{Entry, EntryKind, EntryState, Flags, Listed, Profile};
use crate::ui::{Done, Dropped, OutboxList, OutboxRow, Sent};

/// List and send what could not be sent yet
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket outbox list
  docket outbox send")]
pub(crate) enum Outbox {
    List(List),
    Send(Send),
    Drop(Drop),
}

/// List what could not be sent yet
///
/// `waiting` never arrived. `unknown` may have: sending it again, with the same key, settles it, and it is
/// never done twice. Portals know a key for a week; after that `docket outbox send` leaves such an entry alone
/// and says how to find out.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket outbox list
  docket outbox list --jq '.[].id'")]
pub(crate) struct List {}

/// Send what could not be sent yet
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket outbox send
  docket outbox send 3f9a01bc")]
pub(crate) struct Send {
    /// Entries to send; all where left out
    #[arg(value_name = "ID")]
    ids: Vec<String>,
}

/// Forget something without sending it
///
/// Of several entries each is forgotten in its turn; if some can't be, the exit code is 9. --json prints an object with
/// a `message`; where several are given, an array with `id`, `message` and `error` of each.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket outbox drop 3f9a01bc
  docket outbox drop $(docket outbox list --jq '.[].id')")]
pub(crate) struct Drop {
    /// Entries to forget
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

impl Outbox {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::List(_) => list(docket),
            Self::Send(command) => command.run(docket),
            Self::Drop(command) => command.run(docket),
        }
    }
}

fn list(docket: &Docket) -> Result<(), Failure> {
    let (entries, torn) = entries(docket)?;
    let empty = entries.is_empty() && torn.is_empty();
    docket.show_long(&OutboxList(entries.iter().map(row).collect()))?;
    for torn in torn {
        docket.ui.warn(format!("{} can't be read: {}", torn.id, torn.why));
    }
    if empty {
        docket.ui.say("the outbox is empty");
    }
    Ok(())
}

/// An entry that can't be read; it stays where it is.
struct Torn {
    id: String,
    why: String,
}

/// What is in the outbox.
fn entries(docket: &Docket) -> Result<(Vec<Entry>, Vec<Torn>), Failure> {
    let (mut entries, mut torn) = (Vec::new(), Vec::new());
    for listed in docket.profile.outbox()?.list()? {
        match listed {
            Listed::Whole(entry) => entries.push(entry),
            Listed::Torn { id, why, .. } => torn.push(Torn { id, why }),
        }
    }
    Ok((entries, torn))
}

fn row(entry: &Entry) -> OutboxRow {
    OutboxRow {
        id: entry.id.clone(),
        kind: entry.kind.to_string(),
        portal: entry.portal.clone(),
        account: entry.account.clone(),
        subject: entry.subject.clone().or_else(|| entry.case.map(|number| format!("case {number}"))),
        since: Timestamp::from_second(entry.since.as_second()).unwrap_or(entry.since),
        state: entry.state().to_string(),
        last_error: entry.last_error.clone(),
        files: errand::from_entry(entry).map_or(0, |errand| errand.attachments().len()),
    }
}

impl Send {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<Vec<Sent>>()?;
        let (mut entries, mut torn) = entries(docket)?;
        let there: Vec<&str> =
            entries.iter().map(|entry| &*entry.id).chain(torn.iter().map(|torn| &*torn.id)).collect();
        if let Some(unknown) = self.ids.iter().find(|id| !there.contains(&id.as_str())) {
            return Err(not_there(unknown));
        }
        if !self.ids.is_empty() {
            entries.retain(|entry| self.ids.contains(&entry.id));
            torn.retain(|torn| self.ids.contains(&torn.id));
        }
        let mut sent = Vec::new();
        let mut first_failure = None;
        // Portals that can't be reached are asked once.
        let mut away: Vec<(String, Failure)> = Vec::new();
        for Entry { id, portal, .. } in entries {
            let known = away.iter().find(|(other, _)| *other == portal).map(|(_, failure)| failure.clone());
            let outcome = match (known, claimed(docket, &id)) {
                (_, Ok(Claimed::Gone)) => continue,
                (_, Ok(Claimed::Theirs)) if self.ids.is_empty() => {
                    docket.ui.say(format!("{id} is being sent by another docket right now"));
                    continue;
                }
                (_, Ok(Claimed::Theirs)) => Err(being_sent(&id)),
                (Some(failure), Ok(Claimed::Ours(_))) | (_, Err(failure)) => Err(failure),
                (None, Ok(Claimed::Ours(held))) => send(docket, held),
            };
            if let Err(failure) = &outcome
                && failure.kind == Kind::Unreachable
            {
                away.push((portal, failure.clone()));
            }
            match outcome {
                Ok((case, left)) => {
                    sent.push(Sent { id, case: Some(case), error: left.as_ref().map(Failure::to_string) });
                    first_failure = first_failure.or(left);
                }
                Err(failure) => {
                    sent.push(Sent { id, case: None, error: Some(failure.to_string()) });
                    first_failure.get_or_insert(failure);
                }
            }
        }
        for Torn { id, why } in torn {
            let failure = Failure::new(Kind::Failed, format!("{id} can't be read: {why}"))
                .hint(format!("`docket outbox drop {id}` forgets it"));
            sent.push(Sent { id, case: None, error: Some(format!("it can't be read: {why}")) });
            first_failure.get_or_insert(failure);
        }
        docket.sweep_copies();
        docket.ui.show(&sent)?;
        match first_failure {
            None if sent.is_empty() => docket.ui.say("the outbox is empty"),
            None => {}
            Some(failure) if failure.kind == Kind::Partly => return Err(failure),
            Some(failure) if sent.iter().all(|sent| sent.case.is_none()) => return Err(failure),
            Some(failure) => {
                return Err(Failure::new(Kind::Partly, format!("not everything was sent: {failure}")));
            }
        }
        Ok(())
    }
}

/// Whose an entry is.
enum Claimed {
    /// Nobody else sends it.
    Ours(Held),
    /// Somebody else sends it.
    Theirs,
    /// It was sent or dropped meanwhile.
    Gone,
}

fn claimed(docket: &Docket, id: &str) -> Result<Claimed, Failure> {
    let outbox = docket.profile.outbox()?;
    let Some(claim) = outbox.claim(id)? else { return Ok(Claimed::Theirs) };
    Ok(match outbox.get(id)? {
        Some(entry) => Claimed::Ours(Held { entry: Box::new(entry), claim }),
        None => Claimed::Gone,
    })
}

fn being_sent(id: &str) -> Failure {
    Failure::new(Kind::Failed, format!("{id} is being sent by another docket right now"))
        .hint("`docket outbox list` tells whether it is still there")
}

/// Sends one entry to the portal that it was written for, as the user who wrote it. The case that it led to,
/// and what of it couldn't be done: the entry has left the outbox by then.
fn send(docket: &Docket, held: Held) -> Result<(String, Option<Failure>), Failure> {
    let entry = &held.entry;
    let flags = Flags {
        portal: Some(entry.portal.clone()),
        account: entry.account.clone(),
        language: docket.global.lang.clone(),
        timeout: docket.global.timeout,
        ca_bundle: docket.global.ca_bundle.clone(),
    };
    let there = docket.with_profile(Profile::open(docket.profile.environment().clone(), flags)?);
    let errand = errand::from_entry(entry)?;
    let open = is_open(entry);
    let long_ago = |sent| Timestamp::now().duration_since(sent) >= IDEMPOTENCY_KEPT;
    if open.is_none() && entry.sent.is_some_and(long_ago) {
        return Err(sent_too_long_ago(entry));
    }
    let desk = if errand.is_for_experts() { there.expert_desk()? } else { there.desk()? };
    let user = desk.me()?.email.clone();
    if entry.user.as_ref().is_some_and(|wrote| *wrote != user) {
        let wrote = entry.user.as_deref().unwrap_or_default();
        return Err(Failure::new(
            Kind::NotAllowed,
            format!("it was written as {wrote}, but {user} is logged in"),
        )
        .hint(format!("docket login {} --email {wrote}", entry.portal)));
    }
    let mut receipt = match open {
        Some(number) => desk.opened(held, number)?,
        None => sent_again(&desk, held, &errand)?,
    };
    let number = receipt.case.number;
    let files = receipt.to_attach(errand.attachments());
    if !files.is_empty() {
        desk.files_follow(&mut receipt);
    }
    let left = attach(&desk, &receipt, files)?;
    let stays = desk.finish_with(&receipt, &left);
    Ok((number.to_string(), not_attached(number, &left, stays.as_deref())))
}

fn sent_again(desk: &Desk, held: Held, errand: &Errand) -> Result<Box<Receipt>, Failure> {
    let outcome = match desk.open_again(held, errand)? {
        Outcome::Outdated(_, Some(held)) => send_with_new_form(desk, held, errand)?,
        outcome => outcome,
    };
    match outcome {
        Outcome::Done(receipt) => Ok(receipt),
        Outcome::Outdated(failure, _) => Err(failure.hint("try again in a moment")),
    }
}

/// The case that an entry has opened, if only files are still to follow it.
fn is_open(entry: &Entry) -> Option<CaseNumber> {
    entry.case.filter(|_| entry.kind == EntryKind::Case)
}

/// That a case is open, but without some of its files, and how they follow: by themselves, where the entry
/// `stays` for them.
fn not_attached(number: CaseNumber, left: &[(PathBuf, Failure)], stays: Option<&str>) -> Option<Failure> {
    if left.is_empty() {
        return None;
    }
    let each: Vec<String> =
        left.iter().map(|(file, why)| format!("{} was not attached: {why}", file.display())).collect();
    let message = format!("case {number} is open, but {}", each.join("; "));
    let mut failure = Failure::new(Kind::Partly, message);
    failure.hints = left
        .iter()
        .map(|(file, why)| match stays {
            Some(id) if may_still_go(why) => format!("docket outbox send {id}"),
            _ => format!("docket case attach {number} {}", quoted(file)),
        })
        .collect();
    failure.hints.dedup();
    Some(failure)
}

/// Attaches the files of a case that are as they were when it was written; those that weren't attached, with
/// why. What nobody has read yet is searched for secrets now.
fn attach(desk: &Desk, receipt: &Receipt, files: &[Enclosure]) -> Result<Vec<(PathBuf, Failure)>, Failure> {
    let there = receipt.case.attachments.as_slice();
    let (unchanged, changed): (Vec<_>, Vec<_>) = files
        .iter()
        .filter(|file| !file.is_among(there))
        .map(|file| (file, file.changed()))
        .partition(|(_, why)| why.is_none());
    let changed = changed.into_iter().filter_map(|(file, why)| Some((file, why?)));
    let mut left: Vec<(PathBuf, Failure)> =
        changed.map(|(file, why)| (file.original().to_owned(), Failure::new(Kind::Failed, why))).collect();
    let unread = |file: &&Enclosure| file.sha256.is_none();
    let (unread, read): (Vec<_>, Vec<_>) = unchanged.into_iter().map(|(file, _)| file).partition(unread);
    let redacting = Redacting::new(desk.docket(), None)?;
    let mut searched = Vec::new();
    for file in unread {
        let mut outgoing = redacting.repeatable(&receipt.key);
        match outgoing.file(&file.path).and_then(|ready| outgoing.settle().map(|()| ready)) {
            Ok(ready) => searched.push(ready),
            Err(failure) => left.push((file.path.clone(), failure)),
        }
    }
    let read = read.into_iter().map(Enclosure::to_send);
    let to_send: Vec<ToSend> = read.chain(searched.iter().map(|ready| ready.to_send(None))).collect();
    left.extend(desk.attach_all(receipt.case.number, &to_send, &receipt.key));
    Ok(left)
}

/// The portal may have done it and forgotten its key, and would do it again.
fn sent_too_long_ago(entry: &Entry) -> Failure {
    let days = IDEMPOTENCY_KEPT.as_hours() / 24;
    let look = match entry.case {
        Some(number) => format!("docket case show {number} --comments"),
        None => "docket case list --mine".to_owned(),
    };
    let message = format!(
        "it may have been done more than {days} days ago, and portals know a key no longer: \
         sent again it could be done twice"
    );
    Failure::new(Kind::Unknown, message)
        .hint(format!("`{look}` tells whether it was done; if it wasn't, give the command again"))
        .hint(format!("then `docket outbox drop {}`", entry.id))
}

/// The portal's form has changed since a case was written, and it wasn't opened: checks the answers against
/// the new form, and sends them again if they still do.
fn send_with_new_form(desk: &Desk, mut held: Held, errand: &Errand) -> Result<Outcome, Failure> {
    desk.refresh()?;
    let mut errand = errand.clone().with_form(&desk.form()?.version);
    if let Errand::Case { case, .. } = &mut errand {
        // Where it was written without the portal, it couldn't be known whether the form asks for an account.
        if desk.context()?.only_account().is_some_and(|only| case.fields.text("account") == Some(&only.id)) {
            case.fields.0.remove("account");
        }
        let problems = problems(desk, &case.fields)?;
        if !problems.is_empty() {
            return Err(Failure::invalid(problems)
                .hint("the portal's form has changed since; file the case anew with `docket case new`")
                .hint(format!("then `docket outbox drop {}`", held.entry.id)));
        }
    }
    desk.rewrite(&mut held, &errand)?;
    desk.open_again(held, &errand)
}

impl Drop {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        if let [id] = self.ids.as_slice() {
            docket.ui.expect::<Done>()?;
            return docket.ui.tell(&Done { message: forget(docket, id)? });
        }
        docket.ui.expect::<Vec<Dropped>>()?;
        let ids = several::each(self.ids);
        let (mut dropped, mut failures) = (Vec::new(), Vec::new());
        for id in &ids {
            let done = forget(docket, id);
            if let Ok(message) = &done {
                docket.ui.say(message);
            }
            let error = done.as_ref().err().map(Failure::to_string);
            dropped.push(Dropped { id: id.clone(), message: done.as_ref().ok().cloned(), error });
            failures.extend(done.err().map(|failure| (id.clone(), failure)));
        }
        if !docket.ui.for_people() {
            docket.ui.show(&dropped)?;
        }
        several::judge("forgotten", (ids.len(), "entries"), &failures)
    }
}

/// Takes an entry out of the outbox, and says what that means.
fn forget(docket: &Docket, id: &str) -> Result<String, Failure> {
    let outbox = docket.profile.outbox()?;
    let Some(_claim) = outbox.claim(id)? else { return Err(being_sent(id)) };
    // A torn one can be forgotten, too.
    let what = match outbox.get(id) {
        Ok(Some(entry)) => what_becomes_of(&entry),
        Ok(None) => return Err(not_there(id)),
        Err(_) => "whatever was in it".to_owned(),
    };
    outbox.remove(id)?;
    docket.sweep_copies();
    Ok(format!("forgot {id}; {what}"))
}

/// What it means that nothing more comes of an entry.
fn what_becomes_of(entry: &Entry) -> String {
    match (is_open(entry), entry.state()) {
        (Some(number), _) => format!("case {number} stays as it is"),
        (None, EntryState::Waiting) => "it was not sent".to_owned(),
        (None, EntryState::Unknown) => "whether it was done isn't known".to_owned(),
    }
}

fn not_there(id: &str) -> Failure {
    Failure::usage(format!("the outbox has no entry `{id}`")).hint("`docket outbox list` lists them")
}
