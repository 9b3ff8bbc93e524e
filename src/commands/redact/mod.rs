//! `docket redact`
//!
//! A [`Source`] is read twice, once to look and once to write the copy, which goes to its [`Place`]. Several files
//! are done at once, and told of in the order in which they were named.

mod place;
mod source;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use clap::Args;

use super::Docket;
use crate::failure::{Failure, Kind};
use crate::redact::{Marks, Redactor, Report};
use crate::ui::{Bars, RedactedFile, RedactedFiles, SHOWN_PLACES, SoftInterrupt, redaction_tables, text};

use place::Place;
use source::{Reading, Source};

/// Take secrets out of files
///
/// It finds passwords, tokens, cookies, keys and the like in HAR files, SAML messages, logs and whatever else has
/// text in it, and writes a copy with marks in their place: `[redacted:cookie:3f9a61c2]`. Equal values get equal
/// marks, so that it can still be seen where the same cookie comes back. What was found is told on stderr, never
/// its value.
///
/// The copy goes to standard output, or with -o to a file; several files need a folder. A file is never changed
/// but with --in-place. With --check nothing is written, and the exit code is 10 where a secret was found.
///
/// It doesn't find everything: not what pictures show, not what is encrypted, and no secret that neither its name
/// nor its shape gives away. `[redact]` in config.toml names further ones.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket redact trace.har -o clean.har
  docket redact trace.har report.txt -o clean/       # a folder, which is made
  docket redact --in-place trace.har
  docket redact --check --pii report.txt             # exit 10 if there is anything
  journalctl -u sender | docket redact - > sender.log
  docket redact --check trace.har --jq '.files[] | \"\\(.file): \\(.total)\"'")]
pub(crate) struct Redact {
    /// Files to read; `-` is standard input
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Write the copy to this file, or to a folder under the same name
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath,
          conflicts_with_all = ["in_place", "check"])]
    output: Option<PathBuf>,
    /// Put the copy in the place of the file
    #[arg(long, conflicts_with = "check")]
    in_place: bool,
    /// Only look, and exit with 10 where there is a secret
    #[arg(long)]
    check: bool,
    /// Take out personal data as well: e-mail addresses, telephone numbers, IP addresses, names in SAML
    #[arg(long)]
    pii: bool,
}

/// A file, and where its copy goes.
struct Job {
    source: Source,
    place: Place,
}

/// What has become of a file.
struct Outcome {
    /// The file, as it was named.
    file: PathBuf,
    /// The same for people.
    shown: String,
    done: Result<Done, Failure>,
}

/// A file that was read.
struct Done {
    report: Report,
    /// Where its copy is, if that is in a file.
    output: Option<PathBuf>,
}

impl Redact {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<RedactedFiles>()?;
        let to_stdout = self.goes_to_stdout(docket)?;
        let sources = source::find(&self.files, self.in_place)?;
        let personal = self.pii || docket.profile.redact_personal().value;
        let own = docket.profile.redact_rules().to_own();
        let redactor = Redactor::new(&own, personal, Marks::keyed())
            .map_err(|error| Failure::usage(error.to_string()))?;
        let places = match &self.output {
            _ if self.check => vec![Place::Nowhere; sources.len()],
            _ if self.in_place => sources.iter().map(|_| Place::Itself).collect(),
            Some(output) if !to_stdout => place::beside(output, &sources)?,
            _ => vec![Place::Stdout; sources.len()],
        };
        // What comes through a pipe is read first: until then an interrupt can't leave anything behind.
        let sources = sources.into_iter().map(Source::settle).collect::<Result<Vec<_>, _>>()?;
        let jobs = sources.into_iter().zip(places).map(|(source, place)| Job { source, place }).collect();
        let outcomes = all(docket, &redactor, jobs);
        if !to_stdout {
            docket.ui.show(&for_machines(&outcomes))?;
        }
        self.tell(docket, &outcomes);
        self.judge(outcomes)
    }

    /// Whether the copy goes to standard output; fails where it can't be said what goes where.
    fn goes_to_stdout(&self, docket: &Docket) -> Result<bool, Failure> {
        let output = self.output.as_deref().filter(|output| *output != Path::new("-"));
        if self.in_place || self.check || output.is_some() {
            return Ok(false);
        }
        if self.files.len() > 1 {
            return Err(Failure::usage("several files can't all go to standard output")
                .hint("-o FOLDER/ puts the copies into a folder, under the same names")
                .hint("--in-place puts each into the place of its file; --check only looks"));
        }
        if !docket.ui.for_people() {
            return Err(Failure::usage(
                "the copy and the report can't both go to standard output: give -o, --in-place or --check",
            ));
        }
        Ok(true)
    }

    /// Says on stderr what was found, where no data says it.
    fn tell(&self, docket: &Docket, outcomes: &[Outcome]) {
        if !docket.ui.for_people() {
            return;
        }
        let page = docket.ui.conversation_page();
        let reads_along = docket.ui.surroundings().stderr && !docket.global.verbose;
        let most = if reads_along { SHOWN_PLACES } else { usize::MAX };
        for Outcome { shown, done, .. } in outcomes {
            let Ok(Done { report, output }) = done else { continue };
            let found = match report.total() {
                0 => "no secrets found".to_owned(),
                total if self.check => text::count(total, "secret"),
                total => format!("{} taken out", text::count(total, "secret")),
            };
            let to = match output {
                Some(output) if !self.in_place => format!("; the copy is {}", output.display()),
                _ => String::new(),
            };
            docket.ui.say(format!("{shown}: {found}{to}"));
            let tables = redaction_tables(shown, report, most, &page);
            if !tables.is_empty() {
                docket.ui.say(tables.trim_end_matches('\n'));
            }
        }
    }

    /// The failure that all of it comes to, if any.
    fn judge(&self, outcomes: Vec<Outcome>) -> Result<(), Failure> {
        let files = outcomes.len();
        let (mut with_secrets, mut secrets, mut failures) = (Vec::new(), 0, Vec::new());
        for Outcome { shown, done, .. } in outcomes {
            match done {
                Ok(done) if !done.report.is_empty() => {
                    secrets += done.report.total();
                    with_secrets.push(shown);
                }
                Ok(_) => {}
                Err(failure) => failures.push(failure),
            }
        }
        if let Some(at) = failures.iter().position(|failure| failure.kind == Kind::Interrupted) {
            return Err(failures.swap_remove(at));
        }
        let why: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
        let why = why.join("; ");
        if self.check && secrets > 0 {
            let place = match with_secrets.as_slice() {
                [only] => format!("in {only}"),
                some => format!("in {} of {files} files", some.len()),
            };
            let was = if secrets == 1 { "was" } else { "were" };
            let message = format!("{} {was} found {place}", text::count(secrets, "secret"));
            let message = if why.is_empty() { message } else { format!("{message}; {why}") };
            return Err(Failure::new(Kind::SecretFound, message)
                .hint("`docket redact FILE -o COPY` makes a copy without them"));
        }
        match failures.into_iter().next() {
            None => Ok(()),
            Some(failure) if files == 1 => Err(failure),
            Some(first) => {
                let message = format!("not every file was done: {why}");
                Err(Failure { hints: first.hints, ..Failure::new(Kind::Partly, message) })
            }
        }
    }
}

fn for_machines(outcomes: &[Outcome]) -> RedactedFiles {
    let file = |outcome: &Outcome| {
        let name = outcome.file.display().to_string();
        match &outcome.done {
            Ok(done) => RedactedFile::new(name, &done.report, done.output.clone()),
            Err(failure) => RedactedFile::failed(name, &failure.message),
        }
    };
    RedactedFiles { files: outcomes.iter().map(file).collect() }
}

/// Does all files, as many at once as there are processors.
fn all(docket: &Docket, redactor: &Redactor, jobs: Vec<Job>) -> Vec<Outcome> {
    // Nothing half-written is to be left behind. What is no file has nothing to be tidied, and may wait for a reader.
    let writes_files = jobs.iter().any(|job| matches!(job.place, Place::Itself | Place::File(_)));
    let interrupt = writes_files.then(SoftInterrupt::new);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let bars = docket.ui.bars();
    let (queue, done) = (Mutex::new(jobs.into_iter().enumerate()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((at, job)) = next(&queue) {
                    let (file, shown) = (job.source.path().to_owned(), job.source.shown());
                    let outcome = one(docket, redactor, job, &bars, interrupt.as_ref());
                    if let Ok(mut done) = done.lock() {
                        done.push((at, Outcome { file, shown, done: outcome }));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn next<T>(queue: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    queue.lock().ok()?.next()
}

/// Reads a file, and writes its copy where that goes.
fn one(
    docket: &Docket,
    redactor: &Redactor,
    Job { source, place }: Job,
    bars: &Bars,
    interrupt: Option<&SoftInterrupt>,
) -> Result<Done, Failure> {
    let shown = source.shown();
    let on_terminal = matches!(place, Place::Stdout) && docket.ui.surroundings().stdout;
    let bar = (!on_terminal).then_some(bars);
    let mut reading = Reading::begin(source, bar, interrupt)?;
    let found = redactor.look(&mut reading).map_err(|error| reading.failed(&error))?;
    reading.check()?;
    // A check has found something where there is a secret, whatever else there is.
    let is_answer = matches!(place, Place::Nowhere) && found.report.total() > 0;
    if found.report.is_unread() && !is_answer {
        // Nothing of a copy is written that can't be finished.
        redactor.write(&found, &mut reading, &mut std::io::sink()).map_err(|error| reading.failed(&error))?;
    }
    let mut output = None;
    let report = match place {
        Place::Nowhere | Place::Itself if found.report.is_empty() => found.report,
        Place::Nowhere if found.report.is_unread() => found.report,
        Place::Nowhere => redactor
            .write(&found, &mut reading, &mut std::io::sink())
            .map_err(|error| reading.failed(&error))?,
        Place::Stdout => {
            if on_terminal && reading.is_binary()? {
                return Err(Failure::usage(format!("{shown} is no text, and standard output is a terminal"))
                    .hint("-o FILE writes the copy to a file"));
            }
            let mut out = docket.ui.passage();
            let written = redactor.write(&found, &mut reading, &mut out);
            match written.and_then(|report| out.end().map(|()| report)) {
                Ok(report) => {
                    reading.check()?;
                    report
                }
                // Whoever read the copy has seen enough.
                Err(_) if out.is_closed() => found.report,
                Err(error) => return Err(reading.failed_or(&error, || "standard output".to_owned())),
            }
        }
        place => {
            let mut copy = place.begin(&reading)?;
            let report = redactor
                .write(&found, &mut reading, &mut copy)
                .map_err(|error| reading.failed_or(&error, || copy.shown()))?;
            reading.check()?;
            output = Some(copy.finish(&reading)?);
            report
        }
    };
    Ok(Done { report, output })
}
