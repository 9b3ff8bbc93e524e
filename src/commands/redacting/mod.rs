//! What is sent, without its secrets.
//!
//! A command makes a [`Redacting`] of its `--redact` and the settings, and from that an [`Outgoing`] for each
//! request. Whatever text is to leave goes through the [`Outgoing`] first, and so do the files
//! ([`Outgoing::file`], in `files`), in the order in which they are sent. Then [`Outgoing::settle`] says what was
//! replaced, or refuses all of it, and only after that anything goes to the outbox or the portal.
//!
//! In most requests the marks in the place of secrets have random digits, which nobody can calculate from a
//! secret that they guess. A request that has to come out the same when its command is given again numbers them
//! instead, from 1 within the request ([`Redacting::repeatable`]).

mod files;

use std::cell::{Cell, OnceCell};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use tempfile::TempDir;

use super::Docket;
use crate::api::body::NewCase;
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::profile::{RedactMode, Resolved};
use crate::redact::{Marks, Note, Own, Redactor, Report};
use crate::rules::{Answer, FieldProblem, Form, Kind as FieldKind};
use crate::ui::{Redacted, redaction_note, redaction_summary};

pub(super) use files::{Ready, Stamp};

/// How many places of secrets a refusal names.
const PLACES: usize = 8;

/// What becomes of secrets in what is sent.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Redact {
    /// Secrets in what is sent: `auto` replaces them, with `strict` nothing is sent, `off` doesn't look
    #[arg(long, value_name = "HOW", value_parser = mode())]
    redact: Option<RedactMode>,
}

fn mode() -> impl TypedValueParser<Value = RedactMode> {
    let words = RedactMode::ALL.iter().map(|mode| mode.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<RedactMode>())
}

impl Redact {
    /// As the command line says, or the settings.
    pub(super) fn run(self, docket: &Docket) -> Result<Redacting<'_>, Failure> {
        Redacting::new(docket, self.redact)
    }

    /// A command's end, without secrets in what is said of it: it may quote what couldn't be understood.
    pub(super) fn ended(self, docket: &Docket, result: Result<(), Failure>) -> Result<(), Failure> {
        let failure = match result {
            // What that one says was cleaned when it was made.
            Err(failure) if failure.kind != Kind::SecretFound => failure,
            ended => return ended,
        };
        // Personal data is left: there are addresses in it of whom and where it was to go.
        let redacting = Redacting::new(docket, self.redact).map(|run| Redacting { personal: false, ..run });
        Err(match redacting {
            Ok(redacting) => redacting.failure(failure),
            Err(_) => failure,
        })
    }

    /// The mode that the command line names.
    pub(super) fn named(self) -> Option<RedactMode> {
        self.redact
    }
}

/// How one run of docket deals with secrets.
pub(super) struct Redacting<'d> {
    docket: &'d Docket,
    mode: Resolved<RedactMode>,
    own: Own,
    /// Whether personal data counts.
    personal: bool,
    /// Looks, and replaces where marks needn't be the same the next time. Made when there is something to look
    /// at.
    keyed: OnceCell<Redactor>,
    /// Where copies are, if there is no data directory.
    temporary: OnceCell<TempDir>,
    /// Whether it was said that nobody looks.
    said_off: Cell<bool>,
}

impl<'d> Redacting<'d> {
    /// As `named`, or else as the settings say.
    pub(super) fn new(docket: &'d Docket, named: Option<RedactMode>) -> Result<Self, Failure> {
        let mode = match named {
            Some(mode) => Resolved { value: mode, source: crate::profile::Source::Flag },
            None => docket.profile.redact_mode()?,
        };
        docket.sweep_copies();
        Ok(Self {
            docket,
            mode,
            own: docket.profile.redact_rules().to_own(),
            personal: docket.profile.redact_personal().value,
            keyed: OnceCell::new(),
            temporary: OnceCell::new(),
            said_off: Cell::new(false),
        })
    }

    /// Words to search for as they may leave: they may be a message with a secret in it, and addresses with
    /// queries in them are written to logs. Personal data may be what somebody looks for.
    pub(super) fn words(
        docket: &Docket,
        what: &str,
        words: Option<String>,
    ) -> Result<Option<String>, Failure> {
        let Some(words) = words else { return Ok(None) };
        let redacting = Redacting { personal: false, ..Redacting::new(docket, None)? };
        if redacting.is_off() {
            return Ok(Some(words));
        }
        let mut outgoing = redacting.outgoing();
        outgoing.only(what, words).map(Some)
    }

    /// A request.
    pub(super) fn outgoing(&self) -> Outgoing<'_> {
        Outgoing {
            run: self,
            key: None,
            numbered: OnceCell::new(),
            makes_copies: true,
            tells: true,
            found: Vec::new(),
            doubts: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A request that has to be the same when its command is given again, with this key.
    pub(super) fn repeatable(&self, key: &Key) -> Outgoing<'_> {
        Outgoing { key: Some(key.clone()), ..self.outgoing() }
    }

    /// A text as it may be told of, in reports and errors.
    pub(super) fn told(&self, text: String) -> String {
        if self.is_off() {
            return text;
        }
        let numbered = self.keyed().map(|keyed| keyed.with_marks(Marks::numbered()));
        let told = numbered.ok().and_then(|redactor| redactor.text(&text, &mut Report::default()));
        told.unwrap_or(text)
    }

    /// What is wrong with a field, as it may be told.
    pub(super) fn problem(&self, problem: FieldProblem) -> FieldProblem {
        FieldProblem { field: self.told(problem.field), problem: self.told(problem.problem), ..problem }
    }

    fn failure(&self, failure: Failure) -> Failure {
        Failure {
            message: self.told(failure.message),
            fields: failure.fields.into_iter().map(|problem| self.problem(problem)).collect(),
            ..failure
        }
    }

    /// Whether nothing at all is sent where there is a secret.
    pub(super) fn is_strict(&self) -> bool {
        self.mode.value == RedactMode::Strict
    }

    fn is_off(&self) -> bool {
        self.mode.value == RedactMode::Off
    }

    fn keyed(&self) -> Result<&Redactor, Failure> {
        made(&self.keyed, || {
            Redactor::new(&self.own, self.personal, Marks::keyed())
                .map_err(|error| Failure::usage(error.to_string()))
        })
    }
}

/// What is in a cell, after making it if that is to be done yet.
fn made<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, Failure>) -> Result<&T, Failure> {
    if let Some(there) = cell.get() {
        return Ok(there);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}

/// What leaves with one request, and what was found in it.
pub(super) struct Outgoing<'r> {
    run: &'r Redacting<'r>,
    /// The request's key, where it has to come out the same the next time.
    key: Option<Key>,
    numbered: OnceCell<Redactor>,
    makes_copies: bool,
    tells: bool,
    found: Vec<Finding>,
    doubts: Vec<Doubt>,
    /// What there is to know of files that are sent all the same.
    notes: Vec<String>,
}

/// Why there may be secrets in something that aren't found.
#[derive(PartialEq, Eq)]
struct Doubt {
    /// What it is, and what is the matter with it.
    why: String,
    /// What to tell where it is sent all the same.
    told: String,
    /// What helps.
    help: &'static str,
}

/// What was found in a text or file.
struct Finding {
    /// A field, or a file's name.
    what: String,
    /// The same for people: a file by its path.
    shown: String,
    report: Report,
}

impl<'r> Outgoing<'r> {
    /// The same, of which nothing is sent.
    pub(super) fn tried(self) -> Self {
        Self { makes_copies: false, ..self }
    }

    /// The same that needn't say what it found: somebody was told before.
    pub(super) fn told(self) -> Self {
        Self { tells: false, ..self }
    }

    /// A text as it may leave.
    pub(super) fn text(&mut self, what: &str, text: String) -> Result<String, Failure> {
        Ok(self.replaced(what, &text)?.unwrap_or(text))
    }

    /// The only text of a request as it may leave, once that is settled.
    pub(super) fn only(&mut self, what: &str, text: String) -> Result<String, Failure> {
        let text = self.text(what, text)?;
        self.settle()?;
        Ok(text)
    }

    /// Takes the secrets out of what people have written in a case's answers, and nothing else: without its
    /// choices, times and addresses there would be no case. Answers whether there were any. Where there is no
    /// form, what is known of every portal's tells what was written.
    pub(super) fn case(&mut self, form: Option<&Form>, case: &mut NewCase) -> Result<bool, Failure> {
        let mut any = false;
        for (field, answer) in &mut case.fields.0 {
            let Answer::Text(text) = answer else { continue };
            if is_written(form, field)
                && let Some(replaced) = self.replaced(field, text)?
            {
                *text = replaced;
                any = true;
            }
        }
        Ok(any)
    }

    /// What to send in the place of a text; nothing where that is the text itself.
    fn replaced(&mut self, what: &str, text: &str) -> Result<Option<String>, Failure> {
        let run = self.run;
        if run.is_off() {
            return Ok(None);
        }
        let mut report = Report::default();
        let Some(mut replaced) = run.keyed()?.text(text, &mut report) else { return Ok(None) };
        if self.key.is_some() {
            let numbered = self.writer()?.text(text, &mut Report::default());
            replaced = numbered.unwrap_or(replaced);
        }
        self.note(what, what, report);
        Ok((!run.is_strict()).then_some(replaced))
    }

    /// Whoever makes the marks.
    fn writer(&self) -> Result<&Redactor, Failure> {
        match &self.key {
            Some(_) => made(&self.numbered, || Ok(self.run.keyed()?.with_marks(Marks::numbered()))),
            None => self.run.keyed(),
        }
    }

    fn note(&mut self, what: &str, shown: &str, report: Report) {
        self.unsearched(shown, &report);
        for note in &report.notes {
            let (member, why) = match note {
                Note::Encrypted { member } => (member, "is encrypted".to_owned()),
                Note::Damaged { member, why } => (member, format!("couldn't be read as a whole ({why})")),
                Note::Packed { member, with } => {
                    (member, format!("is packed with {with}, which docket doesn't look into"))
                }
                Note::Media { .. } | Note::Binary { .. } | Note::TooMany => continue,
            };
            let why = match member {
                Some(member) => format!("{shown}: {member} in it {why}"),
                None => format!("{shown} {why}"),
            };
            let told = format!("{shown}: {}", redaction_note(note));
            self.doubt(Doubt { why, told, help: "unpack or decrypt what can't be read, or leave it out" });
        }
        if report.is_empty() {
            return;
        }
        // A form that has changed may want all of it once more.
        self.found.retain(|before| before.shown != shown);
        self.found.push(Finding { what: what.to_owned(), shown: shown.to_owned(), report });
    }

    /// Takes note of what is sent though hardly anybody can search it, in one line for each file.
    fn unsearched(&mut self, shown: &str, report: &Report) {
        let is_it = |note: &&Note| matches!(note, Note::Media { .. } | Note::Binary { .. } | Note::TooMany);
        let mut notes = report.notes.iter().filter(is_it);
        let Some(first) = notes.next() else { return };
        let more = match notes.count() {
            0 => String::new(),
            1 => ", and one more file in it is like that".to_owned(),
            more => format!(", and {more} more files in it are like that"),
        };
        let line = format!("{shown}: {}{more}", redaction_note(first));
        if !self.notes.contains(&line) {
            self.notes.push(line);
        }
    }

    /// Takes note of what can't be searched as it should.
    fn doubt(&mut self, doubt: Doubt) {
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Says what was replaced. Fails where nothing may be sent.
    pub(super) fn settle(&mut self) -> Result<(), Failure> {
        let ui = &self.run.docket.ui;
        if self.run.is_off() {
            if !self.run.said_off.replace(true) {
                ui.say(format!("secrets in what is sent are left in it: so says {}", self.run.mode.source));
            }
            return Ok(());
        }
        if let Some(refusal) = self.refusal().filter(|_| self.run.is_strict()) {
            return Err(refusal);
        }
        if std::mem::take(&mut self.tells) {
            self.lines().iter().for_each(|line| ui.say(line));
        }
        Ok(())
    }

    /// Whether to go on: where somebody can be asked and there is something to think of, they are.
    pub(super) fn is_wanted(&self) -> Result<bool, Failure> {
        let ui = &self.run.docket.ui;
        match ui.prompter().filter(|_| !self.is_clean()) {
            None => Ok(true),
            Some(prompter) => {
                if ui.quiet() || !ui.for_people() {
                    // They haven't been told yet.
                    self.lines().iter().for_each(|line| prompter.say(line));
                }
                Ok(prompter.confirm("Send it like this?", true)?)
            }
        }
    }

    /// What was found and can't be looked into, a line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let verb = if self.makes_copies { "replaced" } else { "would replace" };
        let found = self
            .found
            .iter()
            .map(|found| format!("{}: {verb} {}", found.shown, redaction_summary(&found.report)));
        found.chain(self.doubts()).collect()
    }

    /// What there is to know of what can't be searched as it should, a line each.
    pub(super) fn doubts(&self) -> impl Iterator<Item = String> {
        self.doubts.iter().map(|doubt| doubt.told.clone()).chain(self.notes.iter().cloned())
    }

    /// Whether there is nothing to think of. That there is a picture is nothing new to whoever attaches one.
    pub(super) fn is_clean(&self) -> bool {
        self.found.is_empty() && self.doubts.is_empty()
    }

    /// What speaks against sending it, if anything does.
    pub(super) fn objection(&self) -> Option<String> {
        if self.is_clean() {
            return None;
        }
        let told = |text: &str| self.run.told(text.to_owned());
        let found = self.found.iter();
        let found =
            found.map(|found| format!("{} has {}", told(&found.shown), redaction_summary(&found.report)));
        let doubts = self.doubts.iter().map(|doubt| told(&doubt.why));
        let what: Vec<String> = found.chain(doubts).collect();
        Some(format!("because of what may be secret: {}", what.join("; ")))
    }

    /// That nothing is sent, if anything speaks against it.
    pub(super) fn refusal(&self) -> Option<Failure> {
        let message = format!("nothing was sent, {}", self.objection()?);
        let mut hints = self.places();
        if !self.found.is_empty() {
            hints.push("take it out, or let `--redact auto` replace it".to_owned());
        }
        for Doubt { help, .. } in &self.doubts {
            if !hints.iter().any(|hint| hint == help) {
                hints.push((*help).to_owned());
            }
        }
        Some(Failure { hints, ..Failure::new(Kind::SecretFound, message) })
    }

    /// Where the first secrets are, a line for each place.
    fn places(&self) -> Vec<String> {
        let told = |text: &str| self.run.told(text.to_owned());
        let mut lines = Vec::new();
        let places =
            self.found.iter().flat_map(|found| found.report.places.iter().map(|place| (&found.shown, place)));
        for (shown, place) in places {
            let member = place.member.as_deref().map(|member| format!(" in {}", told(member)));
            let (shown, member) = (told(shown), member.unwrap_or_default());
            let path = place.path.as_deref().map(|path| format!(", {path}")).unwrap_or_default();
            let line = format!("{shown}: {}{member} in line {}{path}", place.kind, place.line);
            if lines.len() < PLACES && !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// The same for programs.
    pub(super) fn redacted(&self) -> Vec<Redacted> {
        if self.run.is_strict() {
            return Vec::new();
        }
        let redacted = |found: &Finding| Redacted::new(&found.what, &found.report);
        self.found.iter().map(redacted).collect()
    }
}

/// Whether people write the answer to a field in their own words.
fn is_written(form: Option<&Form>, field: &str) -> bool {
    const NEVER: [&str; 12] = [
        "account",
        "product",
        "category",
        "subcategory",
        "occurred_at",
        "envelope_id",
        "user_impact",
        "environment",
        "business_impact",
        "contact_method",
        "phone",
        "language",
    ];
    match form {
        // What the form doesn't know is refused, but not before it was sent somewhere.
        Some(form) => form
            .field(field)
            .is_none_or(|field| matches!(field.kind, FieldKind::Line { .. } | FieldKind::Text { .. })),
        None => !NEVER.contains(&field),
    }
}

/// A text in which marks have no digits: what makes the same request of the same secrets, whenever it was made.
pub(super) fn without_digits(text: &str) -> String {
    const BEGINNING: &str = "[redacted:";
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(BEGINNING) {
        let (before, mark) = rest.split_at(at + BEGINNING.len());
        bare.push_str(before);
        let is_kind = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let kind = mark.find(|c: char| !is_kind(c)).unwrap_or(mark.len());
        bare.push_str(&mark[..kind]);
        rest = match mark[kind..].strip_prefix(':') {
            Some(digits) => digits.trim_start_matches(|c: char| c.is_ascii_hexdigit()),
            None => &mark[kind..],
        };
    }
    bare.push_str(rest);
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Global;
    use crate::profile::Environment;

    fn docket(folder: &std::path::Path) -> Docket {
        let environment = Environment::new([("DOCKET_DATA_DIR", folder.display().to_string())], folder);
        Docket::new(Global::default(), environment).unwrap()
    }

    #[test]
    fn what_can_not_be_searched_is_refused_strictly_and_told_of_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let docket = docket(folder.path());
        let mut report = Report::default();
        report.note(Note::Media { member: Some("shot.png".to_owned()) });
        report.note(Note::Binary { member: Some("core".to_owned()) });
        report.note(Note::Encrypted { member: Some("dump.db".to_owned()) });
        report.note(Note::Damaged { member: None, why: "it is cut off".to_owned() });
        for (mode, refused) in [(RedactMode::Strict, true), (RedactMode::Auto, false)] {
            let redacting = Redacting::new(&docket, Some(mode)).unwrap();
            let mut outgoing = redacting.outgoing();
            outgoing.note("a.zip", "logs/a.zip", report.clone());
            outgoing.note("a.zip", "logs/a.zip", report.clone());
            let failure = outgoing.settle().err();
            assert_eq!(failure.as_ref().map(|failure| failure.kind), refused.then_some(Kind::SecretFound));
            if let Some(failure) = failure {
                assert_eq!(
                    failure.message,
                    "nothing was sent, because of what may be secret: logs/a.zip: dump.db in it is encrypted; \
                     logs/a.zip couldn't be read as a whole (it is cut off)"
                );
                assert_eq!(failure.hints, ["unpack or decrypt what can't be read, or leave it out"]);
            }
            let lines = [
                "logs/a.zip: dump.db: it is encrypted and stays as it is: nothing in it was read",
                "logs/a.zip: not all of it could be read: it is cut off",
                "logs/a.zip: shot.png: pictures, sound and video stay as they are: look at it yourself, \
                 and one more file in it is like that",
            ];
            assert_eq!(outgoing.lines(), lines);
        }
    }

    #[test]
    fn a_refusal_names_each_place_once() {
        let folder = tempfile::tempdir().unwrap();
        let docket = docket(folder.path());
        let redacting = Redacting::new(&docket, Some(RedactMode::Strict)).unwrap();
        let mut outgoing = redacting.outgoing();
        outgoing
            .text("comment", "password=tr0ub4dor-1 password=tr0ub4dor-2\npassword=x7Yk".to_owned())
            .unwrap();
        assert_eq!(
            outgoing.refusal().unwrap().hints,
            [
                "comment: password in line 1",
                "comment: password in line 2",
                "take it out, or let `--redact auto` replace it"
            ]
        );
    }

    #[test]
    fn equal_values_have_equal_marks_in_one_run_and_numbers_where_a_request_may_come_again() {
        let folder = tempfile::tempdir().unwrap();
        let docket = docket(folder.path());
        let redacting = Redacting::new(&docket, None).unwrap();
        let text = |outgoing: &mut Outgoing| outgoing.text("comment", "password=one".to_owned()).unwrap();
        let once = text(&mut redacting.outgoing());
        assert!(once.starts_with("password=[redacted:password:"), "{once}");
        assert_eq!(text(&mut redacting.outgoing()), once);
        assert_ne!(text(&mut Redacting::new(&docket, None).unwrap().outgoing()), once);
        let key = Key::generate();
        let mut numbered = redacting.repeatable(&key);
        let other = numbered.text("subject", "password=two password=one".to_owned()).unwrap();
        assert_eq!(other, "password=[redacted:password:1] password=[redacted:password:2]");
        assert_eq!(text(&mut numbered), "password=[redacted:password:2]");
        assert_eq!(text(&mut redacting.repeatable(&key)), "password=[redacted:password:1]");
    }

    #[test]
    fn requests_that_differ_in_their_marks_alone_are_the_same() {
        for (text, bare) in [
            ("no mark", "no mark"),
            (
                "a [redacted:cookie:3f9a61c2] b [redacted:cookie:1]c",
                "a [redacted:cookie] b [redacted:cookie]c",
            ),
            ("[redacted:api-key:12][redacted:", "[redacted:api-key][redacted:"),
            ("[redacted:ä:1]", "[redacted:ä:1]"),
        ] {
            assert_eq!(without_digits(text), bare);
        }
    }

    #[test]
    fn without_a_form_only_what_people_write_is_searched() {
        for (field, written) in
            [("description", true), ("steps", true), ("reason", true), ("phone", false), ("account", false)]
        {
            assert_eq!(is_written(None, field), written, "{field}");
        }
    }
}
