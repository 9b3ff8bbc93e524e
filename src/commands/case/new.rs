//! `docket case new`: from answers to a case.
//!
//! The answers come from a file, the flags, an earlier draft and the current account ([`super::gather`]).
//! Where one is missing and somebody can be asked, the walk asks ([`super::walk`]); where nobody can, every
//! problem is named at once and nothing is sent. Then the case is filed, exactly once, and its files follow.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use serde_json::json;

use super::super::editor::Writing;
use super::super::enclosure::{Enclosure, ToSend};
use super::super::errand::{Errand, Outcome, Receipt, may_still_go};
use super::super::{Desk, Docket};
use super::gather::Gathered;
use super::{followed, gather, skeleton, walk};
use crate::api::body::{Dedupe, NewCase, OnDuplicate};
use crate::api::name::DedupeKey;
use crate::api::{IDEMPOTENCY_KEY, path};
use crate::case::{CaseNumber, Filed};
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::profile::Entry;
use crate::rules::{self, FieldProblem};
use crate::ui::{DryRun, Incomplete, OpenedCase, hint_on_interrupt};

/// Open a case
///
/// On a terminal, asks for what isn't given, and then shows it all before filing; where nothing is left to
/// ask, it files at once. Elsewhere, or with --no-input,
/// it names everything that is missing or wrong at once (exit code 3) and sends nothing.
///
/// `docket form PRODUCT` shows what a product needs; --generate-skeleton prints a file to fill in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case new
  docket case new --from envelope-stuck.yaml --attach trace.har
  docket case new --product esignature --category sending --subcategory envelope-stuck \\
      -s 'Envelopes stay in the outbox' -F report.txt --occurred-at '2h ago' --contact-method email --json
  docket case new --product rooms --generate-skeleton > case.yaml
  docket case new --follows 41 --from again.yaml
  docket case new --from envelope-stuck.yaml --attach trace.har --dedupe-key acme/nightly")]
pub(crate) struct New {
    #[command(flatten)]
    answers: Answers,
    /// File to attach; may be repeated: the first goes with the new case, the rest right after it
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// E-mail address that watches the case; may be repeated
    #[arg(long, value_name = "EMAIL")]
    watch: Vec<String>,
    /// Closed case that this one goes on from
    #[arg(long, value_name = "NUMBER")]
    follows: Option<CaseNumber>,
    /// Write the description in an editor
    #[arg(long, short, conflicts_with_all = ["description", "description_file"])]
    editor: bool,
    /// File with the answers, in TOML, YAML or JSON; `-` for standard input; flags win over it
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Print a file to fill in and exit
    #[arg(long, conflicts_with_all = ["from", "resume", "dry_run"])]
    generate_skeleton: bool,
    /// Go on with an interrupted draft
    #[arg(long, value_name = "DRAFT", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    resume: Option<String>,
    /// Print the request that would be sent, and send nothing that writes
    #[arg(long)]
    dry_run: bool,
    /// Don't suggest articles
    #[arg(long)]
    no_suggest: bool,
    /// Key that makes a repetition of this command find the case instead of opening another
    #[arg(long, value_name = "KEY", value_parser = key)]
    idempotency_key: Option<Key>,
    /// Key of an alert: a case of this account that has it and isn't closed is found instead of opening another
    #[arg(long, value_name = "KEY")]
    dedupe_key: Option<DedupeKey>,
    /// What to do when there is such a case: add what is new as a comment, do nothing, or fail
    #[arg(long, value_name = "WHAT", requires = "dedupe_key", value_parser = on_duplicate())]
    on_duplicate: Option<OnDuplicate>,
}

fn on_duplicate() -> impl TypedValueParser<Value = OnDuplicate> {
    let words = OnDuplicate::ALL.iter().map(|what| what.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<OnDuplicate>())
}

fn key(text: &str) -> Result<Key, String> {
    Key::parse(text).map_err(|error| error.to_string())
}

/// One flag per field of the form. Which of them apply, and to what, the portal's form says.
#[derive(Debug, Args)]
#[command(next_help_heading = "Answers")]
pub(super) struct Answers {
    /// Product id
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// Category id
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Sub-category id
    #[arg(long, value_name = "SUBCATEGORY")]
    subcategory: Option<String>,
    /// One line that says what is wrong
    #[arg(long, short, value_name = "TEXT", allow_hyphen_values = true)]
    subject: Option<String>,
    /// What happened
    #[arg(long, short, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "description_file")]
    description: Option<String>,
    /// File with the description; `-` for standard input
    #[arg(long, short = 'F', value_name = "FILE")]
    pub(super) description_file: Option<PathBuf>,
    /// When it was first seen: `2026-11-20 09:30`, `2026-11-20`, `yesterday 14:00`, `2h ago`, RFC 3339
    #[arg(long, value_name = "TIME")]
    occurred_at: Option<String>,
    /// Envelope ID, 36 characters
    #[arg(long, value_name = "GUID")]
    envelope_id: Option<String>,
    /// How many users are affected
    #[arg(long, value_name = "IMPACT")]
    user_impact: Option<String>,
    /// Where it happens: demo or production
    #[arg(long, value_name = "ENVIRONMENT")]
    environment: Option<String>,
    /// How much it keeps the business from working
    #[arg(long, value_name = "IMPACT")]
    business_impact: Option<String>,
    /// How support should reach you
    #[arg(long, value_name = "METHOD")]
    contact_method: Option<String>,
    /// Number to be called at, with country code
    #[arg(long, value_name = "PHONE")]
    phone: Option<String>,
    /// Language of the support
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Whether it happened before
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    occurred_before: Option<String>,
    /// The product's version
    #[arg(long, value_name = "VERSION")]
    product_version: Option<String>,
    /// Browser and version
    #[arg(long, value_name = "BROWSER")]
    browser: Option<String>,
    /// What was done, step by step
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    steps: Option<String>,
}

impl Answers {
    /// The answers given, by field id.
    pub(super) fn given(self) -> impl Iterator<Item = (&'static str, String)> {
        [
            ("product", self.product),
            ("category", self.category),
            ("subcategory", self.subcategory),
            ("subject", self.subject),
            ("description", self.description),
            ("occurred_at", self.occurred_at),
            ("envelope_id", self.envelope_id),
            ("user_impact", self.user_impact),
            ("environment", self.environment),
            ("business_impact", self.business_impact),
            ("contact_method", self.contact_method),
            ("phone", self.phone),
            ("language", self.language),
            ("occurred_before", self.occurred_before),
            ("product_version", self.product_version),
            ("browser", self.browser),
            ("steps", self.steps),
        ]
        .into_iter()
        .filter_map(|(field, answer)| answer.map(|answer| (field, answer)))
    }
}

impl New {
    pub(crate) fn run(mut self, docket: &Docket) -> Result<(), Failure> {
        if self.generate_skeleton {
            let desk = docket.desk()?;
            let text = skeleton::skeleton(&desk, &self.answers.given().collect::<Vec<_>>())?;
            return docket.ui.raw(&text);
        }
        if self.dry_run {
            docket.ui.expect::<DryRun>()?;
        } else {
            docket.ui.expect::<OpenedCase>()?;
        }
        let standard_input = Some(Path::new("-"));
        if self.from.as_deref() == standard_input
            && self.answers.description_file.as_deref() == standard_input
        {
            return Err(Failure::usage(
                "--from and --description-file can't both be read from standard input: only one can be `-`",
            ));
        }
        let mut gathered = Gathered::default();
        if let Some(file) = &self.from {
            gathered.read_file(docket, file)?;
        }
        if let Some(file) = self.answers.description_file.take() {
            gathered.answer("description", docket.read_text(&file)?.trim_end().to_owned());
        }
        let desk = docket.desk()?;
        if let Some(wanted) = &self.resume {
            gathered.resume(docket, &desk, wanted)?;
        }
        for (field, answer) in self.answers.given() {
            gathered.answer(field, answer);
        }
        gathered.add(self.attach, self.watch, self.follows);
        if let Some(key) = self.dedupe_key {
            gathered.dedupe = Some(Dedupe { key, on_duplicate: self.on_duplicate.unwrap_or_default() });
        }
        let answered = gathered.draft.0.keys().cloned().collect();
        let given = self.idempotency_key.or(gathered.key.take());
        let was_given = given.is_some();
        let key = given.unwrap_or_else(Key::generate);
        // Before the first draft is saved: going on with it has to use the same key.
        gathered.key = Some(key.clone());
        if self.editor {
            write_description(docket, &desk, &mut gathered)?;
        }
        if let Err(failure) = gathered.settle(&desk) {
            let unsettled = matches!(failure.kind, Kind::Unreachable | Kind::LoginRequired | Kind::Failed);
            let keeps = unsettled && !self.dry_run && !docket.ui.can_ask();
            return Err(if keeps { keep_unchecked(&desk, gathered, &key, failure) } else { failure });
        }

        // A draft is shown before it is filed, complete or not: whoever began it may not remember it all.
        let to_be_walked = self.resume.is_some() || gathered.problems(&desk)?.iter().any(curable);
        if to_be_walked && let Some(prompter) = docket.ui.prompter() {
            let suggest = !self.no_suggest && !docket.ui.quiet();
            if let (Some(number), None) = (gathered.follows, &self.resume) {
                let followed = desk.case(number)?;
                followed::check(&followed)?;
                gathered.go_on_from(&desk, &followed, &answered)?;
                prompter.hint(&followed::introduction(&followed));
            }
            if !walk::walk(docket, &desk, &prompter, &mut gathered, suggest)? {
                // A program that waits for a case is told that there is none.
                let nothing = Failure::new(Kind::Interrupted, "no case was opened");
                return if docket.ui.for_people() { Ok(()) } else { Err(nothing) };
            }
        }
        file(docket, &desk, &mut gathered, (&key, was_given), self.dry_run)
    }
}

/// Lets somebody write the description in an editor. The draft has it before the editor's file goes.
fn write_description(docket: &Docket, desk: &Desk, gathered: &mut Gathered) -> Result<(), Failure> {
    let begun = gathered.draft.text("description").unwrap_or_default();
    let remarks = walk::remarks(desk, &gathered.draft).unwrap_or_default();
    let writing = Writing { what: "description", id: None, begun, remarks };
    let written = docket.edit(writing, "--editor needs a terminal: give --description or -F FILE")?;
    gathered.answer("description", written.text.clone());
    gathered.save(docket, desk)?;
    written.forget(docket);
    Ok(())
}

/// Whether asking can help.
fn curable(problem: &FieldProblem) -> bool {
    !matches!(problem.code.as_str(), "not_applicable" | "unknown_field")
}

/// Keeps a case in the outbox that can't be checked, because the portal can't be asked what it needs. It is
/// checked when it is sent.
fn keep_unchecked(desk: &Desk, mut gathered: Gathered, key: &Key, failure: Failure) -> Failure {
    gathered.settle_offline(desk);
    let case = gathered.request_for(String::new());
    let errand = Errand::Case { case, attachments: gathered.enclosures() };
    let failure = desk.keep_unsent(&errand, key, failure);
    left_behind(desk.docket(), &gathered, failure)
}

/// Files what was gathered, once it is right, and sends its files after it. What is known of the form and
/// of the user may be old; where that shows, both are fetched anew and the answers checked once more.
fn file(
    docket: &Docket,
    desk: &Desk,
    gathered: &mut Gathered,
    (key, was_given): (&Key, bool),
    dry_run: bool,
) -> Result<(), Failure> {
    let mut may_refresh = true;
    // What the outbox has of it by now.
    let mut held = None;
    loop {
        let problems = gathered.problems(desk)?;
        if !problems.is_empty() {
            if std::mem::take(&mut may_refresh) && desk.refresh().unwrap_or(false) {
                gathered.settle_account(desk)?;
                continue;
            }
            desk.withdraw(held);
            return Err(explain(docket, Failure::invalid(problems), gathered));
        }
        let case = gathered.request(desk)?;
        if dry_run {
            if case.dedupe.is_some() {
                desk.session().must_dedupe().map_err(|error| desk.explain(error))?;
            }
            desk.must_write()?;
            return docket.ui.show(&dry_run_of(desk, &case, key, gathered));
        }
        if gathered.saved_as.is_some() {
            // A draft of an older docket may have no key yet.
            gathered.save(docket, desk)?;
        }
        // A program that reads stderr gets a failure there, or nothing.
        if held.is_none()
            && docket.ui.for_people()
            && !was_given
            && case.dedupe.is_none()
            && let Some(Entry { id, .. }) = desk.same_in_outbox(&case)
        {
            docket.ui.remark(format!(
                "the outbox has the same case as {id}; if that is the one you mean, this files it a second time: \
                 `docket outbox list` shows it"
            ));
        }
        let errand = Errand::Case { case, attachments: gathered.enclosures() };
        let failure = match desk.open_anew(held, &errand, key) {
            Ok(Outcome::Done(mut receipt)) => {
                // With a key of its own, only this command can have opened it, if the answer was lost before.
                receipt.replayed &= was_given;
                if !receipt.to_attach(errand.attachments()).is_empty() {
                    desk.files_follow(&mut receipt);
                }
                return report(docket, desk, &receipt, (gathered, errand.attachments()));
            }
            Ok(Outcome::Outdated(failure, entry)) => {
                held = entry;
                failure
            }
            Err(failure) => return Err(left_behind(docket, gathered, failure)),
        };
        // The portal may go away in between.
        let refreshed = if std::mem::take(&mut may_refresh) { desk.refresh() } else { Ok(false) };
        match refreshed {
            Ok(true) => {}
            Ok(false) => {
                desk.withdraw(held);
                return Err(explain(docket, failure, gathered));
            }
            Err(failure) => {
                return Err(left_behind(docket, gathered, desk.keep_outdated(held, &errand, key, failure)));
            }
        }
        if let Err(failure) = gathered.settle_account(desk) {
            if may_still_go(&failure) {
                return Err(left_behind(docket, gathered, desk.keep_outdated(held, &errand, key, failure)));
            }
            desk.withdraw(held);
            return Err(failure);
        }
    }
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

fn dry_run_of(desk: &Desk, case: &NewCase, key: &Key, gathered: &Gathered) -> DryRun {
    DryRun {
        method: "POST".to_owned(),
        url: format!("{}{}", desk.session().url(), path::CASES),
        headers: serde_json::Map::from_iter([
            ("content-type".to_owned(), json!("application/json")),
            (IDEMPOTENCY_KEY.to_owned(), json!(key.as_str())),
        ]),
        body: json!(case),
        attachments: gathered.attachments.clone(),
    }
}

/// Sends the files after the case, and tells. From here on the case exists, so its number is always printed.
fn report(
    docket: &Docket,
    desk: &Desk,
    receipt: &Receipt,
    (gathered, enclosures): (&Gathered, &[Enclosure]),
) -> Result<(), Failure> {
    gathered.discard_draft(docket);
    let mut case = receipt.case.clone();
    let number = case.number;
    let named = gathered.attachments.iter().zip(enclosures);
    let named: Vec<ToSend> = named.map(|(path, enclosure)| enclosure.called(path)).collect();
    let files = receipt.to_attach(&named);
    if !files.is_empty() && docket.profile.outbox().is_ok() {
        hint_on_interrupt(format!("case {number} is open: `docket outbox send` goes on with its files"));
    }
    let failures = desk.attach_all(number, files, &receipt.key);
    let stays = desk.finish_with(receipt, &failures);
    let incomplete: Vec<Incomplete> = failures
        .iter()
        .map(|(file, failure)| Incomplete {
            what: format!("attachment {}", file.display()),
            why: failure.to_string(),
            retry: match &stays {
                Some(id) if may_still_go(failure) => format!("docket outbox send {id}"),
                _ => format!("docket case attach {number} {}", gather::quoted(file)),
            },
        })
        .collect();
    if (receipt.replayed || !files.is_empty())
        && let Ok(now) = desk.session().case(number)
    {
        case = now;
    }
    let created = receipt.filed == Filed::Opened && !receipt.replayed;
    let opened = OpenedCase { case, created, filed: receipt.filed, incomplete };
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

/// The time by which answers are judged.
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

/// Everything wrong with a draft, as the portal would see it.
pub(in crate::commands) fn problems(desk: &Desk, draft: &rules::Draft) -> Result<Vec<FieldProblem>, Failure> {
    Ok(rules::problems(&*desk.form()?, &desk.context()?, draft, now()))
}
