//! Filing the records of an import, several at a time.
//!
//! One thread reads records, checks them, writes the journal and tells; it hands the requests to others, which
//! do nothing but wait for the portal. Only so many are under way that what has to wait for its turn to be told
//! stays little, however long a single one takes.

use std::collections::{BTreeMap, HashSet};
use std::io::BufRead;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::super::super::desk::attach;
use super::super::super::redacting::{Outgoing, Ready};
use super::super::filing::{redact, redaction_problems};
use super::super::gather::{Gathered, quoted};
use super::check::{self, Checked, Checker, Twins, Wrong};
use super::source::Source;
use super::tally::Tally;
use super::{Course, hex};
use crate::api::IDEMPOTENCY_KEPT;
use crate::api::body::NewCase;
use crate::case::{Attachment, CaseNumber};
use crate::client::{Error, Fate, Key, Session};
use crate::failure::{Failure, Kind};
use crate::files::{self, Layout, Record, Records};
use crate::profile::{Journal, Mark};
use crate::ui::{ImportRow, Incomplete, Place, Redacted, SoftInterrupt, Stream, hint_on_interrupt};

/// Records that are reserved at once: each time, the journal is synced.
const RESERVED: u64 = 256;
/// Records for each job that may be under way or wait for their turn to be told.
const WAITING: u64 = 16;
/// How many unclear answers in a row end an import: it isn't the records.
const UNCLEAR: u32 = 10;
/// How often it is looked whether somebody wants it to end.
const LOOK: Duration = Duration::from_millis(100);

/// A record that is to be sent.
struct Task<'a> {
    record: u64,
    place: Place,
    gathered: Gathered,
    request: NewCase,
    files: Vec<Ready<'a>>,
    /// What was taken out of it.
    redacted: Vec<Redacted>,
    key: Key,
    /// Its case, if only files are missing there.
    known: Option<CaseNumber>,
    /// Whether an earlier run may have sent it.
    perhaps: bool,
    /// Whether it was sent again because the form had changed.
    again: bool,
}

/// A request and its files, without secrets.
type Sendable<'a> = (NewCase, Vec<Ready<'a>>);

/// What comes back.
enum Answer<'a> {
    /// It wasn't sent, because the import ends.
    NotSent(Box<Task<'a>>),
    /// There is a case, and its files are to follow.
    Opened(u64, CaseNumber),
    /// It is done: the case, whether it is new, and the files that couldn't be attached; or why not.
    Done(Box<Task<'a>>, Result<Opened, Error>),
}

struct Opened {
    number: CaseNumber,
    created: bool,
    failed: Vec<(PathBuf, Error)>,
}

/// An import under way.
struct Sending<'a> {
    course: &'a Course<'a>,
    interrupt: &'a SoftInterrupt,
    source: &'a Source,
    checker: &'a Checker<'a>,
    /// How many records there are.
    records: u64,
    twins: Twins,
    journal: Journal,
    rows: Stream,
    bar: indicatif::ProgressBar,
    tally: Tally,
    /// How many records were read.
    read: u64,
    /// How many are with the senders.
    away: u64,
    /// How many were told, in the order of the file.
    told: u64,
    /// What is to be told once it is its turn; nothing of those that weren't sent.
    ready: BTreeMap<u64, Option<ImportRow>>,
    /// The version of the form that all of them were checked by.
    form: String,
    /// What people were told when that was done.
    known_wrong: HashSet<u64>,
    unclear: u32,
    /// Why it ends early.
    stopped: Option<Failure>,
    stop: &'a AtomicBool,
}

/// Files what isn't filed yet, and tells what has become of each record.
pub(super) fn send(
    course: &Course,
    source: &Source,
    layout: Layout,
    checker: &Checker,
    checked: Checked,
    journal: Journal,
) -> Result<(), Failure> {
    let stop = AtomicBool::new(false);
    hint_on_interrupt(course.goes_on());
    let interrupt = SoftInterrupt::new();
    let mut sending = Sending {
        course,
        interrupt: &interrupt,
        source,
        checker,
        records: checked.records,
        twins: checked.twins,
        journal,
        rows: course.docket.ui.stream::<ImportRow>()?,
        bar: course.docket.ui.bars().count(&format!("filing {}", source.shown()), checked.records),
        tally: Tally::default(),
        read: 0,
        away: 0,
        told: 0,
        ready: BTreeMap::new(),
        form: course.desk.form()?.version.clone(),
        known_wrong: HashSet::new(),
        unclear: 0,
        stopped: None,
        stop: &stop,
    };
    let records = source.records(layout, None)?;
    let session = course.desk.session();
    let (tasks, queue) = mpsc::channel();
    let (answers, answered) = mpsc::channel();
    let queue = Mutex::new(queue);
    let ended = thread::scope(|scope| {
        for _ in 0..course.jobs {
            let (answers, queue, stop) = (answers.clone(), &queue, &stop);
            scope.spawn(move || work(session, queue, &answers, stop));
        }
        drop(answers);
        let ended = sending.run(records, &tasks, &answered);
        stop.store(true, Ordering::SeqCst);
        drop(tasks);
        ended
    });
    let ended = ended.and_then(|()| {
        sending.journal.release(sending.read)?;
        let complete = sending.stopped.is_none() && sending.tally.is_complete();
        if complete { sending.journal.end() } else { Ok(()) }
    });
    if let Err(failure) = ended {
        sending.end(failure);
    }
    sending.bar.finish_and_clear();
    sending.tally.judge(course, sending.records, sending.stopped)
}

/// Sends what there is to send until there is no more.
fn work<'a>(
    session: &Session,
    queue: &Mutex<Receiver<Task<'a>>>,
    answers: &Sender<Answer<'a>>,
    stop: &AtomicBool,
) {
    loop {
        let task = queue.lock().map(|queue| queue.recv());
        let Ok(Ok(task)) = task else { return };
        let answer = if stop.load(Ordering::SeqCst) {
            Answer::NotSent(Box::new(task))
        } else {
            let done = file(session, &task, answers);
            if done.as_ref().is_err_and(goes_for_all) {
                stop.store(true, Ordering::SeqCst);
            }
            Answer::Done(Box::new(task), done)
        };
        if answers.send(answer).is_err() {
            return;
        }
    }
}

/// Whether the next record would fare the same. Nothing has been written.
fn goes_for_all(error: &Error) -> bool {
    matches!(
        error,
        Error::Unreachable { .. } | Error::Busy { .. } | Error::LoginRequired { .. } | Error::NotAllowed(_)
    )
}

/// Opens a record's case, and attaches its files.
fn file(session: &Session, task: &Task, answers: &Sender<Answer>) -> Result<Opened, Error> {
    let (number, created, mut there) = match task.known {
        None => {
            let opened = session.open_case(&task.request, &task.key)?;
            (opened.case.number, !opened.replayed, Vec::new())
        }
        Some(number) => (number, false, session.case(number)?.attachments),
    };
    if !task.files.is_empty() {
        // Nobody listens any more only where it has failed, and then it is found by its key.
        let _ = answers.send(Answer::Opened(task.record, number));
    }
    let mut failed = Vec::new();
    for ready in &task.files {
        let to_send = ready.to_send(None);
        let path = to_send.path;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let size = std::fs::metadata(path).map(|metadata| metadata.len()).ok();
        // Each counts for one file only: two files of a record may have the same name.
        let same = |file: &Attachment| file.complete && file.name == name && Some(file.size) == size;
        if let Some(at) = there.iter().position(same) {
            there.swap_remove(at);
            continue;
        }
        if let Err(error) = attach(session, number, to_send, &task.key) {
            failed.push((to_send.shown.to_owned(), error));
        }
    }
    Ok(Opened { number, created, failed })
}

impl<'a> Sending<'a> {
    /// Files and tells. What fails here ends the import after what is under way, like any other interruption.
    fn run<R: BufRead>(
        &mut self,
        mut records: Records<R>,
        tasks: &Sender<Task<'a>>,
        answered: &Receiver<Answer<'a>>,
    ) -> Result<(), Failure> {
        let most = WAITING * self.course.jobs as u64;
        let mut more = true;
        loop {
            self.listen();
            while more && self.stopped.is_none() && self.read - self.told < most {
                match self.checker.next(&mut records) {
                    Ok(Some(record)) => self.begin(record, tasks),
                    Ok(None) => more = false,
                    Err(failure) => self.end(failure),
                }
                self.tell();
                self.listen();
            }
            if self.away == 0 && (!more || self.stopped.is_some()) {
                return Ok(());
            }
            match answered.recv_timeout(LOOK) {
                Ok(answer) => {
                    if let Err(failure) = self.settle(answer, tasks) {
                        self.end(failure);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Failure::new(Kind::Failed, "the threads that send have ended too early"));
                }
            }
            self.tell();
        }
    }

    /// Whether somebody wants it to end.
    fn listen(&mut self) {
        if self.interrupt.is_asked() && self.stopped.is_none() {
            self.end(Failure::new(Kind::Interrupted, "interrupted"));
            self.say_that_it_ends();
        }
    }

    /// Begins with a record; ends the import where that fails, and the record isn't sent.
    fn begin(&mut self, record: Record, tasks: &Sender<Task<'a>>) {
        let before = self.read;
        if let Err(failure) = self.take(record, tasks) {
            self.read = before;
            self.end(failure);
        }
    }

    /// Begins with a record. Where this fails, it is as if it hadn't been read.
    fn take(&mut self, record: Record, tasks: &Sender<Task<'a>>) -> Result<(), Failure> {
        if !self.source.is_unchanged() || self.read == self.records {
            let message = format!("{} was changed while it was imported", self.source.shown());
            let kind = if self.read == 0 { Kind::Failed } else { Kind::Partly };
            self.end(Failure::new(kind, message));
            return Ok(());
        }
        let (place, answers) = (self.checker.place(&record)?, record.answers);
        let record = self.read;
        self.read += 1;
        let digest = answers.as_ref().map(files::digest).unwrap_or_default();
        let key = self.key(&digest);
        let mark = self.journal.mark(record);
        if let Mark::Filed { number, whole: true } = mark {
            self.ready.insert(record, Some(ImportRow::case(place, number, false)));
            return Ok(());
        }
        let reservation =
            if let Mark::Reserved(index) = mark { self.journal.reservation(index) } else { None };
        if reservation.is_some_and(|before| Timestamp::now().duration_since(before.at) >= IDEMPOTENCY_KEPT) {
            self.fail(record, place, sent_too_long_ago(), Kind::Unknown);
            return Ok(());
        }
        let known = if let Mark::Filed { number, .. } = mark { Some(number) } else { None };
        let form = reservation.map(|before| before.form.clone());
        let perhaps = form.is_some();
        let gathered = match (known, answers) {
            (Some(_), Ok(answers)) => {
                self.checker.gathered(answers).map_err(|error| Wrong { error, fields: Vec::new() })
            }
            (_, answers) => self.checker.judge(answers)?,
        };
        let gathered = match gathered {
            Ok(gathered) => gathered,
            Err(wrong) => {
                if known.is_none() && self.course.desk.form()?.version == self.form {
                    self.known_wrong.insert(record);
                }
                self.fail(record, place, wrong, Kind::Invalid);
                return if perhaps || known.is_some() { Ok(()) } else { self.journal.unsent(record) };
            }
        };
        let form = match form {
            Some(form) => form,
            None => self.course.desk.form()?.version.clone(),
        };
        let mut place = place;
        let mut outgoing = self.course.redacting.repeatable(&key).told();
        let (request, files) = match self.redacted(&mut outgoing, &gathered, form, (known, None))? {
            Ok(redacted) => redacted,
            Err((wrong, kind)) => {
                if kind == Kind::SecretFound && known.is_none() {
                    self.known_wrong.insert(record);
                }
                self.fail(record, place, wrong, kind);
                return if perhaps || known.is_some() { Ok(()) } else { self.journal.unsent(record) };
            }
        };
        if known.is_none() && !perhaps {
            self.journal.reserve(record, RESERVED, &request.form)?;
        }
        place.subject = place.subject.and_then(|_| request.fields.text("subject").map(str::to_owned));
        let redacted = outgoing.redacted();
        let ui = &self.course.docket.ui;
        outgoing
            .doubts()
            .for_each(|doubt| self.bar.suspend(|| ui.say(format!("line {}: {doubt}", place.line))));
        let again = false;
        let task = Task { record, place, gathered, request, files, redacted, key, known, perhaps, again };
        self.hand_over(task, tasks);
        Ok(())
    }

    /// The request that opens a case, unless that is `known`, without its secrets, and its files: those that
    /// were searched `before`, if any were.
    fn redacted(
        &self,
        outgoing: &mut Outgoing<'a>,
        gathered: &Gathered,
        form: String,
        (known, before): (Option<CaseNumber>, Option<Vec<Ready<'a>>>),
    ) -> Result<Result<Sendable<'a>, (Wrong, Kind)>, Failure> {
        let mut request = gathered.request_for(form);
        let (any, files) = match redact(self.course.desk, outgoing, &mut request, gathered, before) {
            // Others may be filed without it.
            Err(failure) if failure.kind == Kind::SecretFound && self.course.partial => {
                return Ok(Err((Wrong::secret(outgoing), failure.kind)));
            }
            redacted => redacted?,
        };
        let fields = redaction_problems(self.course.desk, &request, any && known.is_none(), &files)?;
        if !fields.is_empty() {
            let wrong = Wrong { error: check::missing_or_wrong(fields.len()), fields };
            return Ok(Err((wrong, Kind::Invalid)));
        }
        Ok(Ok((request, files)))
    }

    fn hand_over(&mut self, task: Task<'a>, tasks: &Sender<Task<'a>>) {
        // They end only when this does.
        if tasks.send(task).is_ok() {
            self.away += 1;
        }
    }

    /// What makes a record one case, however often it is sent: whose it is, its content, and how many equal
    /// ones come before it.
    fn key(&mut self, digest: &[u8; 32]) -> Key {
        let count = self.twins.next(digest);
        Key::of(&format!("import\n{}\n{}\n{count}", self.course.whose, hex(digest)))
    }

    /// Takes note of what has become of a record.
    fn settle(&mut self, answer: Answer<'a>, tasks: &Sender<Task<'a>>) -> Result<(), Failure> {
        let (task, done) = match answer {
            Answer::Opened(record, number) => return self.journal.filed(record, number, false),
            Answer::NotSent(task) => (task, None),
            Answer::Done(task, done) => (task, Some(done)),
        };
        self.away -= 1;
        match done {
            None => self.not_sent(&task),
            Some(Ok(opened)) => {
                self.unclear = 0;
                let (number, whole) = (opened.number, opened.failed.is_empty());
                let row = self.row(&task, opened);
                self.ready.insert(task.record, Some(row));
                self.journal.filed(task.record, number, whole)
            }
            Some(Err(Error::FormChanged(_))) if !task.again && task.known.is_none() => {
                self.send_with_new_form(*task, tasks)
            }
            Some(Err(error)) => self.refused(&task, error),
        }
    }

    fn not_sent(&mut self, task: &Task) -> Result<(), Failure> {
        self.ready.insert(task.record, None);
        if task.perhaps || task.known.is_some() { Ok(()) } else { self.journal.unsent(task.record) }
    }

    /// The portal's form has changed since a record was checked, and it wasn't filed.
    fn send_with_new_form(&mut self, mut task: Task<'a>, tasks: &Sender<Task<'a>>) -> Result<(), Failure> {
        let judged = match self.by_new_form(std::mem::take(&mut task.gathered), &task.request.form) {
            Err(failure) => {
                self.ready.insert(task.record, None);
                self.end(failure);
                return self.journal.unsent(task.record);
            }
            Ok(judged) => judged,
        };
        match judged {
            Err(wrong) => {
                self.fail(task.record, task.place.clone(), wrong, Kind::Invalid);
                self.journal.unsent(task.record)
            }
            Ok((gathered, form)) => {
                if let Err(failure) = self.journal.reserve_again(task.record, &form) {
                    self.ready.insert(task.record, None);
                    return Err(failure);
                }
                let mut outgoing = self.course.redacting.repeatable(&task.key).told();
                let files = Some(std::mem::take(&mut task.files));
                match self.redacted(&mut outgoing, &gathered, form, (None, files))? {
                    Ok((request, files)) => (task.request, task.files) = (request, files),
                    Err((wrong, kind)) => {
                        self.fail(task.record, task.place.clone(), wrong, kind);
                        return self.journal.unsent(task.record);
                    }
                }
                task.gathered = gathered;
                (task.again, task.perhaps) = (true, false);
                self.hand_over(task, tasks);
                Ok(())
            }
        }
    }

    /// What answers make by the portal's form, and that form's version; they were checked against `old`.
    fn by_new_form(
        &self,
        gathered: Gathered,
        old: &str,
    ) -> Result<Result<(Gathered, String), Wrong>, Failure> {
        if self.course.desk.form()?.version == old {
            self.course.desk.refresh()?;
        }
        let form = self.course.desk.form()?.version.clone();
        Ok(self.checker.judge_again(gathered)?.map(|gathered| (gathered, form)))
    }

    /// A record wasn't filed, or nobody knows. What goes for all of them ends the import.
    fn refused(&mut self, task: &Task, error: Error) -> Result<(), Failure> {
        let unclear = error.fate() == Fate::Unknown;
        if goes_for_all(&error) {
            self.end(self.course.desk.explain(error));
            return self.not_sent(task);
        }
        let settled = !task.perhaps || error.settles();
        let for_certain = !unclear && settled && task.known.is_none();
        let reused = matches!(error, Error::KeyReused(_));
        let mut failure = match task.known {
            Some(number) => self.course.desk.explain_about(number, error),
            None => self.course.desk.explain(error),
        };
        if reused {
            failure.message =
                "an earlier import has filed the same answers, with other times, defaults or files \
                               beside them: `docket case list --mine` shows it"
                    .to_owned();
        }
        let wrong = Wrong { error: failure.message.clone(), fields: std::mem::take(&mut failure.fields) };
        self.fail(task.record, task.place.clone(), wrong, failure.kind);
        self.unclear = if unclear { self.unclear + 1 } else { 0 };
        if self.unclear == UNCLEAR {
            failure.kind = Kind::Unknown;
            failure.message = format!(
                "{UNCLEAR} answers in a row left it open what was filed, the last one: {}",
                failure.message
            );
            self.end(failure);
        }
        if for_certain { self.journal.unsent(task.record) } else { Ok(()) }
    }

    fn fail(&mut self, record: u64, place: Place, wrong: Wrong, kind: Kind) {
        let row = match kind {
            // What it says was cleaned when it was made.
            Kind::SecretFound => ImportRow::failed(place, wrong.error, wrong.fields),
            _ => self.checker.failed(place, wrong),
        };
        self.tally.note(kind);
        self.ready.insert(record, Some(row));
    }

    /// What is told of a case.
    fn row(&self, task: &Task, Opened { number, created, failed }: Opened) -> ImportRow {
        let incomplete = failed.into_iter().map(|(path, error)| Incomplete {
            what: format!("attachment {}", path.display()),
            why: self.course.desk.not_attached(number, error).to_string(),
            retry: format!("docket case attach {number} {}", quoted(&path)),
        });
        let mut row = ImportRow::case(task.place.clone(), number, created);
        row.incomplete = incomplete.collect();
        row.redacted.clone_from(&task.redacted);
        row
    }

    /// Tells what it is the turn of.
    fn tell(&mut self) {
        while let Some(row) = self.ready.remove(&self.told) {
            self.told += 1;
            let Some(row) = row else { continue };
            self.bar.inc(1);
            if row.created == Some(false) {
                // What was there says nothing about how long the rest takes.
                self.bar.reset_eta();
            }
            self.tally.count(&row);
            if self.known_wrong.remove(&(self.told - 1)) && self.course.docket.ui.for_people() {
                continue;
            }
            if let Err(failure) = self.rows.next(&row, &self.bar) {
                let message = format!("line {} couldn't be shown: {failure}", row.line);
                self.end(Failure::new(Kind::Partly, message));
            }
        }
    }

    /// Begins nothing more; what has been sent is waited for.
    fn end(&mut self, why: Failure) {
        self.stop.store(true, Ordering::SeqCst);
        let goes_on = self.course.goes_on();
        // What is interrupted gets the hint that was left for it.
        self.stopped.get_or_insert_with(
            || {
                if why.kind == Kind::Interrupted { why } else { why.hint(goes_on) }
            },
        );
    }

    fn say_that_it_ends(&self) {
        let ui = &self.course.docket.ui;
        if ui.for_people() {
            self.bar.suspend(|| ui.remark("waiting for what is under way; Ctrl-C again doesn't wait"));
        }
    }
}

fn sent_too_long_ago() -> Wrong {
    let days = IDEMPOTENCY_KEPT.as_hours() / 24;
    let error = format!(
        "it may have been filed more than {days} days ago, and portals know a key no longer: \
         `docket case list --mine` tells; if it wasn't, import it in a file of its own"
    );
    Wrong { error, fields: Vec::new() }
}
