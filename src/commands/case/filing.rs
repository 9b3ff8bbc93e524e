//! Filing what was gathered, exactly once, and its files after it.
//!
//! What is known of the form and of the user may be old. Where that shows, before or after the case was sent,
//! both are fetched anew and the answers are checked once more; all the while the outbox has the case.

use serde_json::json;

use super::super::Desk;
use super::super::enclosure::{Enclosure, ToSend};
use super::super::errand::{Errand, Held, Outcome, Receipt, may_still_go};
use super::super::redacting::{Outgoing, Ready};
use super::gather::{self, Gathered};
use super::new::problems;
use crate::api::body::NewCase;
use crate::api::{IDEMPOTENCY_KEY, path};
use crate::case::Filed;
use crate::client::Key;
use crate::commands::Docket;
use crate::failure::{Failure, Kind};
use crate::profile::Entry;
use crate::rules::{Answer, FieldProblem};
use crate::ui::{DryRun, Incomplete, OpenedCase, hint_on_interrupt};

/// A case on its way.
pub(super) struct Filing<'a> {
    docket: &'a Docket,
    desk: &'a Desk<'a>,
    gathered: &'a mut Gathered,
    /// What leaves, without its secrets.
    outgoing: Outgoing<'a>,
    /// Its files, once they were searched.
    files: Option<Vec<Ready<'a>>>,
    key: &'a Key,
    /// Whether somebody has chosen the key, so that another command may have used it.
    was_given: bool,
    may_refresh: bool,
    /// What the outbox has of it by now.
    held: Option<Held>,
}

impl<'a> Filing<'a> {
    /// One with a key, which somebody may have chosen.
    pub(super) fn new(
        desk: &'a Desk<'a>,
        gathered: &'a mut Gathered,
        (key, was_given): (&'a Key, bool),
        outgoing: Outgoing<'a>,
    ) -> Self {
        let docket = desk.docket();
        Self { docket, desk, gathered, outgoing, files: None, key, was_given, may_refresh: true, held: None }
    }

    /// Prints what would be sent, if it is right, and sends nothing.
    pub(super) fn try_out(mut self) -> Result<(), Failure> {
        let (case, _) = self.redacted()?;
        if case.dedupe.is_some() {
            self.desk.session().must_dedupe().map_err(|error| self.desk.explain(error))?;
        }
        self.desk.must_write()?;
        self.docket.ui.show(&DryRun {
            method: "POST".to_owned(),
            url: format!("{}{}", self.desk.session().url(), path::CASES),
            headers: serde_json::Map::from_iter([
                ("content-type".to_owned(), json!("application/json")),
                (IDEMPOTENCY_KEY.to_owned(), json!(self.key.as_str())),
            ]),
            body: json!(case),
            attachments: self.gathered.attachments.clone(),
            redacted: self.outgoing.redacted(),
        })
    }

    /// Files the case, once it is right.
    pub(super) fn file(mut self) -> Result<(), Failure> {
        loop {
            let (case, attachments) = self.redacted()?;
            if self.gathered.saved_as.is_some() {
                // A draft of an older docket may have no key yet.
                self.gathered.save(self.docket, self.desk)?;
            }
            self.remark_on_the_same(&case);
            let errand = Errand::Case { case, attachments };
            match self.desk.open_anew(self.held.take(), &errand, self.key) {
                Ok(Outcome::Done(receipt)) => return self.report(*receipt, &errand),
                Ok(Outcome::Outdated(refusal, held)) => {
                    self.held = held;
                    self.bring_up_to_date(&errand, refusal)?;
                }
                Err(failure) => return Err(self.left_behind(failure)),
            }
        }
    }

    /// The request that opens the case, once nothing is wrong with it.
    fn checked(&mut self) -> Result<NewCase, Failure> {
        loop {
            let problems = self.gathered.problems(self.desk)?;
            if problems.is_empty() {
                return self.gathered.request(self.desk);
            }
            if std::mem::take(&mut self.may_refresh) && self.desk.refresh().unwrap_or(false) {
                self.gathered.settle_account(self.desk)?;
                continue;
            }
            self.desk.withdraw(self.held.take());
            return Err(explain(self.docket, Failure::invalid(problems), self.gathered));
        }
    }

    /// The same without its secrets, and its files. Where marks have made an answer longer than it may be, the
    /// case isn't valid any more.
    fn redacted(&mut self) -> Result<(NewCase, Vec<Enclosure>), Failure> {
        let mut case = self.checked()?;
        let redacted = redact(self.desk, &mut self.outgoing, &mut case, self.gathered, self.files.take());
        let (any, files) = match redacted {
            Ok(redacted) => redacted,
            Err(failure) => {
                self.desk.withdraw(self.held.take());
                return Err(self.left_behind(failure));
            }
        };
        let problems = redaction_problems(self.desk, &case, any, &files)?;
        let enclosures = files.iter().map(Ready::enclosure).collect();
        self.files = Some(files);
        if !problems.is_empty() {
            self.desk.withdraw(self.held.take());
            return Err(explain(self.docket, Failure::invalid(problems), self.gathered));
        }
        Ok((case, enclosures))
    }

    /// Fetches anew what the answers were checked against. Fails with the portal's `refusal` where that hasn't
    /// changed, so the portal means what it says.
    fn bring_up_to_date(&mut self, errand: &Errand, refusal: Failure) -> Result<(), Failure> {
        let renewed = if std::mem::take(&mut self.may_refresh) { self.desk.refresh() } else { Ok(false) };
        let (failure, keeps) = match renewed {
            Ok(true) => match self.gathered.settle_account(self.desk) {
                Ok(()) => return Ok(()),
                Err(failure) => {
                    let keeps = may_still_go(&failure);
                    (failure, keeps)
                }
            },
            Ok(false) => (explain(self.docket, refusal, self.gathered), false),
            // The portal went away in between.
            Err(failure) => (failure, true),
        };
        let held = self.held.take();
        if keeps {
            return Err(self.left_behind(self.desk.keep_outdated(held, errand, self.key, failure)));
        }
        self.desk.withdraw(held);
        Err(failure)
    }

    /// Tells somebody who gives a command again, after it was stopped, that the outbox has its case. A program
    /// that reads stderr gets a failure there, or nothing.
    fn remark_on_the_same(&self, case: &NewCase) {
        let is_new = self.held.is_none() && !self.was_given && case.dedupe.is_none();
        if is_new
            && self.docket.ui.for_people()
            && let Some(Entry { id, .. }) = self.desk.same_in_outbox(case)
        {
            self.docket.ui.remark(format!(
                "the outbox has the same case as {id}; if that is the one you mean, this files it a second time: \
                 `docket outbox list` shows it"
            ));
        }
    }

    /// Sends the files after the case, and tells. From here on the case exists, so its number is always
    /// printed.
    fn report(self, mut receipt: Receipt, errand: &Errand) -> Result<(), Failure> {
        let Self { docket, desk, gathered, outgoing, files, .. } = self;
        gathered.discard_draft(docket);
        // With a key of its own, only this command can have opened it, if the answer was lost before.
        receipt.replayed &= self.was_given;
        let number = receipt.case.number;
        let searched = files.unwrap_or_default();
        let named = searched.iter().zip(errand.attachments());
        let named: Vec<ToSend> = named.map(|(file, kept)| file.to_send(kept.sha256.as_deref())).collect();
        let files = receipt.to_attach(&named);
        if !files.is_empty() {
            desk.files_follow(&mut receipt);
            if docket.profile.outbox().is_ok() {
                hint_on_interrupt(format!(
                    "case {number} is open: `docket outbox send` goes on with its files"
                ));
            }
        }
        let failures = desk.attach_all(number, files, &receipt.key);
        let stays = desk.finish_with(&receipt, &failures);
        let again = docket.portal_again();
        let incomplete: Vec<Incomplete> = failures
            .iter()
            .map(|(file, failure)| Incomplete {
                what: format!("attachment {}", file.display()),
                why: failure.to_string(),
                retry: match &stays {
                    Some(id) if may_still_go(failure) => format!("docket outbox send {id}"),
                    _ => format!("docket case attach {number} {}{again}", gather::quoted(file)),
                },
            })
            .collect();
        let changed_since = receipt.replayed || !files.is_empty();
        let now = changed_since.then(|| desk.session().case(number).ok()).flatten();
        let created = receipt.filed == Filed::Opened && !receipt.replayed;
        let (case, redacted) = (now.unwrap_or(receipt.case), outgoing.redacted());
        let opened = OpenedCase { case, created, filed: receipt.filed, incomplete, redacted, again };
        let but = match docket.ui.show(&opened) {
            Err(failure) => format!("it couldn't be shown: {failure}"),
            Ok(()) if !opened.incomplete.is_empty() => "not everything that goes with it was sent".to_owned(),
            Ok(()) => return Ok(()),
        };
        let mut retries: Vec<String> = opened.incomplete.iter().map(|left| left.retry.clone()).collect();
        retries.dedup();
        let message = format!("case {number} is open, but {but}");
        Err(Failure { hints: retries, ..Failure::new(Kind::Partly, message) })
    }

    fn left_behind(&self, failure: Failure) -> Failure {
        left_behind(self.docket, self.gathered, failure)
    }
}

/// Keeps a case in the outbox that can't be checked, because the portal can't be asked what it needs. It is
/// checked when it is sent.
pub(super) fn keep_unchecked(
    desk: &Desk,
    mut gathered: Gathered,
    (key, mut outgoing): (&Key, Outgoing),
    failure: Failure,
) -> Failure {
    gathered.settle_offline(desk);
    let mut case = gathered.request_for(String::new());
    let files = match redact(desk, &mut outgoing, &mut case, &gathered, None) {
        Ok((_, files)) => files,
        Err(failure) => return left_behind(desk.docket(), &gathered, failure),
    };
    let errand = Errand::Case { case, attachments: files.iter().map(Ready::enclosure).collect() };
    let failure = desk.keep_unsent(&errand, key, failure);
    left_behind(desk.docket(), &gathered, failure)
}

/// Takes the secrets out of a case, and says so; whether there were any in its answers, and its files as they
/// are to be sent: `before`, where they have been searched.
pub(super) fn redact<'r>(
    desk: &Desk,
    outgoing: &mut Outgoing<'r>,
    case: &mut NewCase,
    gathered: &Gathered,
    before: Option<Vec<Ready<'r>>>,
) -> Result<(bool, Vec<Ready<'r>>), Failure> {
    let any = outgoing.case(desk.form_at_hand().as_deref(), case)?;
    let files = match before {
        Some(files) => files,
        None => outgoing.files(&gathered.attachments)?,
    };
    outgoing.settle()?;
    if let (Some(size), Some(Answer::File { size: announced, .. })) =
        (files.first().and_then(Ready::size), case.fields.0.get_mut("attachment"))
    {
        *announced = size;
    }
    Ok((any, files))
}

/// What is wrong with a case only because of the marks in it: in its answers, if there are `any`, and in its files.
pub(super) fn redaction_problems(
    desk: &Desk,
    case: &NewCase,
    any: bool,
    files: &[Ready],
) -> Result<Vec<FieldProblem>, Failure> {
    let mut found = if any { problems(desk, &case.fields)? } else { Vec::new() };
    let files = desk.copy_problems(files)?;
    found.extend(files.into_iter().filter(|problem| !found.contains(problem)).collect::<Vec<_>>());
    found.iter_mut().for_each(|problem| problem.problem.push_str(", with its secrets replaced"));
    Ok(found)
}

/// Says where the answers are that couldn't be filed. What the outbox has is filed from there, and from
/// there only.
fn left_behind(docket: &Docket, gathered: &Gathered, failure: Failure) -> Failure {
    match gathered.goes_on(docket) {
        Some(_) if failure.in_outbox => {
            gathered.discard_draft(docket);
            failure
        }
        Some(command) => failure.hint(format!("the answers are kept: `{command}` goes on with them")),
        None => failure,
    }
}

/// Says what else is known about a case that isn't valid.
pub(super) fn explain(docket: &Docket, mut failure: Failure, gathered: &Gathered) -> Failure {
    if let Some(command) = gathered.goes_on(docket) {
        failure = failure.hint(format!("the answers are kept: `{command}` goes on with them"));
    }
    if failure.fields.iter().any(|problem| problem.field == "account" && problem.code == "missing") {
        failure = failure.hint(
            "name the account with --account or DOCKET_ACCOUNT: `docket accounts list` shows yours, and \
             `docket accounts switch` chooses one for good",
        );
    }
    let known = failure.fields.iter().all(|problem| problem.field != "product");
    match gathered.draft.text("product").filter(|_| known) {
        Some(product) => failure.hint(format!("`docket form {product}` shows what a case needs")),
        None => failure.hint("`docket products` and `docket form PRODUCT` show what a case needs"),
    }
}
