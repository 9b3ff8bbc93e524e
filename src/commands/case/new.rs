//! `docket case new`: from answers to a case.
//!
//! The answers come from a file, the flags, an earlier draft and the current account ([`super::gather`]).
//! Where one is missing and somebody can be asked, the walk asks ([`super::walk`]); where nobody can, every
//! problem is named at once and nothing is sent. Then the case is filed, exactly once, and its files follow.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;

use super::super::editor::Writing;
use super::super::redacting::{Outgoing, Redact, Redacting};
use super::super::{Desk, Docket};
use super::filing::{Filing, keep_unchecked};
use super::gather::Gathered;
use super::{followed, skeleton, walk};
use crate::api::body::{Dedupe, OnDuplicate};
use crate::api::name::DedupeKey;
use crate::case::CaseNumber;
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::rules::{self, FieldProblem};
use crate::ui::{DryRun, OpenedCase};

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
    #[command(flatten)]
    redact: Redact,
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
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let redact = self.redact;
        redact.ended(docket, self.open(docket))
    }

    fn open(mut self, docket: &Docket) -> Result<(), Failure> {
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
        // Whatever is on standard input is read before anybody is talked to.
        let mut gathered = self.read(docket)?;
        let redacting = self.redact.run(docket)?;
        let desk = docket.desk()?;
        let (resumed, suggest) = (self.resume.is_some(), !self.no_suggest && !docket.ui.quiet());
        let (editor, dry_run, given) = (self.editor, self.dry_run, self.idempotency_key.take());
        self.gather(docket, &desk, &mut gathered)?;
        let answered = gathered.draft.0.keys().cloned().collect();
        let given = given.or(gathered.key.take());
        let was_given = given.is_some();
        let key = given.unwrap_or_else(Key::generate);
        // Before the first draft is saved: going on with it has to use the same key.
        gathered.key = Some(key.clone());
        if editor {
            write_description(docket, &desk, &mut gathered)?;
        }
        if let Err(failure) = gathered.settle(&desk) {
            let unsettled = matches!(failure.kind, Kind::Unreachable | Kind::LoginRequired | Kind::Failed);
            let keeps = unsettled && !dry_run && !docket.ui.can_ask();
            if !keeps {
                return Err(failure);
            }
            let outgoing = outgoing(&redacting, &gathered, &key, was_given);
            return Err(keep_unchecked(&desk, gathered, (&key, outgoing), failure));
        }

        // A draft is shown before it is filed, complete or not: whoever began it may not remember it all.
        let mut walked = false;
        let to_be_walked = resumed || gathered.problems(&desk)?.iter().any(curable);
        if to_be_walked && let Some(prompter) = docket.ui.prompter() {
            if let (Some(number), false) = (gathered.follows, resumed) {
                let followed = desk.case(number)?;
                followed::check(&followed)?;
                gathered.go_on_from(&desk, &followed, &answered)?;
                prompter.hint(&followed::introduction(&followed));
            }
            if !walk::walk(docket, &desk, &prompter, &redacting, &mut gathered, suggest)? {
                // A program that waits for a case is told that there is none.
                let nothing = Failure::new(Kind::Interrupted, "no case was opened");
                return if docket.ui.for_people() { Ok(()) } else { Err(nothing) };
            }
            walked = true;
        }
        let mut outgoing = outgoing(&redacting, &gathered, &key, was_given);
        if dry_run {
            outgoing = outgoing.tried();
        }
        if walked {
            outgoing = outgoing.told();
        }
        let filing = Filing::new(&desk, &mut gathered, (&key, was_given), outgoing);
        if dry_run { filing.try_out() } else { filing.file() }
    }

    /// What is in the files that the command line names.
    fn read(&mut self, docket: &Docket) -> Result<Gathered, Failure> {
        let standard_input = Some(Path::new("-"));
        let files = [&self.from, &self.answers.description_file];
        if files.iter().all(|file| file.as_deref() == standard_input) {
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
        Ok(gathered)
    }

    /// Adds what a draft and the flags say.
    fn gather(self, docket: &Docket, desk: &Desk, gathered: &mut Gathered) -> Result<(), Failure> {
        if let Some(wanted) = &self.resume {
            gathered.resume(docket, desk, wanted)?;
        }
        for (field, answer) in self.answers.given() {
            gathered.answer(field, answer);
        }
        gathered.add(self.attach, self.watch, self.follows);
        if let Some(key) = self.dedupe_key {
            gathered.dedupe = Some(Dedupe { key, on_duplicate: self.on_duplicate.unwrap_or_default() });
        }
        Ok(())
    }
}

/// The request that opens the case. Its marks have to be the same the next time where it may be made again: with
/// a key that somebody chose, one that a draft keeps, or one that alerts share.
fn outgoing<'r>(redacting: &'r Redacting, gathered: &Gathered, key: &Key, was_given: bool) -> Outgoing<'r> {
    if was_given || gathered.saved_as.is_some() {
        redacting.repeatable(key)
    } else if let Some(dedupe) = &gathered.dedupe {
        redacting.repeatable(&Key::of(&format!("dedupe {}", dedupe.key)))
    } else {
        redacting.outgoing()
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

/// The time by which answers are judged.
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

/// Everything wrong with a draft, as the portal would see it.
pub(in crate::commands) fn problems(desk: &Desk, draft: &rules::Draft) -> Result<Vec<FieldProblem>, Failure> {
    Ok(rules::problems(&*desk.form()?, &desk.context()?, draft, now()))
}
