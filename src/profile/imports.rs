//! What has become of each record of an import, so that one that was interrupted goes on where it stopped.
//!
//! A journal is a file of JSON lines that only grows. Before records are sent, a range of them is reserved,
//! and that is on the disk before the first byte leaves; what becomes of each is added as it is known. So
//! whatever dies, a record is one of these: never sent, perhaps sent (since when, and checked against which
//! form), not filed for certain, or filed. A line that can't be read counts for nothing: only results can be
//! torn, and a record whose result is lost is perhaps sent.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk;
use crate::case::CaseNumber;
use crate::failure::{Failure, Kind};

/// What an import is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The portal's address.
    pub portal: String,
    /// E-mail address.
    pub user: String,
    /// The account that it works in, if one is chosen.
    pub account: Option<String>,
    /// SHA-256 of the file, in hex.
    pub digest: String,
    /// The file's name, for people.
    pub file: String,
    /// When it began, in the time zone in which it began (RFC 9557): what `2h ago` in it refers to.
    pub at: String,
    /// Whether records are known by what they mean, and not by how they are spelt, as they were to older dockets:
    /// what those have perhaps sent has to be sent again with the same key.
    #[serde(default)]
    pub by_meaning: bool,
}

/// What is known of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// It isn't at the portal.
    #[default]
    Unsent,
    /// It may be; in which of the reservations it is.
    Reserved(usize),
    /// It is.
    Filed {
        /// The case.
        number: CaseNumber,
        /// Whether its files are there, too.
        whole: bool,
    },
}

/// Records that may be at the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// The first one, counted from 0.
    from: u64,
    /// The one after the last.
    until: u64,
    /// The version of the form that they were checked against.
    pub form: String,
    /// When.
    pub at: Timestamp,
}

/// A line of a journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Begun(Begun),
    Reserved(Reservation),
    /// From this one on, none of a reservation has been sent.
    Released(usize, u64),
    Unsent(u64),
    Filed(u64, CaseNumber, bool),
    /// Each record is a case, and whole.
    Ended,
}

/// The imports of one profile.
#[derive(Debug, Clone)]
pub struct Imports {
    folder: PathBuf,
}

/// The journal of one import; nobody else can have it at the same time.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    begun: Begun,
    marks: BTreeMap<u64, Vec<Mark>>,
    reservations: Vec<Reservation>,
    /// How many of them are of earlier runs.
    earlier: usize,
    /// The one that this run is sending from.
    current: Option<usize>,
    /// Whether nothing is left to be done.
    ended: bool,
}

/// How long the journal of an import is kept that has nothing left to do.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Marks in one piece of memory.
const CHUNK: u64 = 1024;

impl Imports {
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("imports") }
    }

    /// A private file without a name, for what can't be read twice where it is.
    pub fn scratch(&self) -> Result<File, Failure> {
        disk::create_folder(&self.folder)?;
        tempfile::tempfile_in(&self.folder).map_err(|error| disk::failed("write in", &self.folder, &error))
    }

    /// Where the journal of an import is.
    pub fn path(&self, id: &str) -> Result<PathBuf, Failure> {
        disk::file_of(&self.folder, id)
    }

    /// The journal of an import, if it has begun.
    pub fn open(&self, id: &str) -> Result<Option<Journal>, Failure> {
        let path = self.path(id)?;
        let file = match File::options().read(true).append(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(|error| disk::failed("read", &path, &error))?,
        };
        match file.try_lock() {
            Ok(()) => {
                let journal = Journal::read(path, file)?;
                // If the last line is torn, what comes next isn't torn with it.
                journal.append(b"\n")?;
                Ok(Some(journal))
            }
            Err(TryLockError::WouldBlock) => Err(somebody_else()),
            Err(TryLockError::Error(error)) => Err(disk::failed("lock", &path, &error)),
        }
    }

    /// The same to be looked at only: it isn't changed, and somebody else may have it.
    pub fn look(&self, id: &str) -> Result<Option<Journal>, Failure> {
        let path = self.path(id)?;
        match File::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            file => file
                .map_err(|error| disk::failed("read", &path, &error))
                .and_then(|file| Journal::read(path, file))
                .map(Some),
        }
    }

    /// Removes the journals of imports that have nothing left to do and weren't touched for so long before
    /// `now`; how many. What can't be read or removed stays where it is.
    pub fn tidy(&self, now: SystemTime) -> usize {
        let Ok(files) = std::fs::read_dir(&self.folder) else { return 0 };
        let is_old = |path: &Path| {
            let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified());
            modified.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age >= KEPT))
        };
        let is_over = |path: &Path| {
            let Ok(file) = File::open(path) else { return false };
            file.try_lock().is_ok() && Journal::read(path.to_owned(), file).is_ok_and(|journal| journal.ended)
        };
        let paths = files.flatten().map(|entry| entry.path());
        let old = paths.filter(|path| path.extension().is_some_and(|end| end == "json") && is_old(path));
        old.filter(|path| is_over(path) && disk::remove(path).is_ok_and(|removed| removed)).count()
    }

    /// Begins the journal of an import.
    pub fn begin(&self, id: &str, begun: Begun) -> Result<Journal, Failure> {
        let path = self.path(id)?;
        if !disk::create_line(&path, &Line::Begun(begun))? {
            // Since this one has looked, another one has begun.
            return Err(somebody_else());
        }
        self.open(id)?.ok_or_else(|| Failure::new(Kind::Failed, format!("{} has vanished", path.display())))
    }
}

impl Journal {
    fn read(path: PathBuf, file: File) -> Result<Self, Failure> {
        let unreadable = |error| disk::failed("read", &path, &error);
        let mut lines = BufReader::new(&file).split(b'\n');
        let first = lines.next().transpose().map_err(unreadable)?.unwrap_or_default();
        let Ok(Line::Begun(begun)) = serde_json::from_slice(&first) else {
            let failure =
                Failure::new(Kind::Failed, format!("{} isn't the journal of an import", path.display()));
            return Err(failure.hint("docket wrote this file; restore it from a backup"));
        };
        let (mut marks, mut reservations) = (BTreeMap::new(), Vec::new());
        let mut ended = false;
        for line in lines {
            let line = line.map_err(unreadable)?;
            if let Ok(line) = serde_json::from_slice(&line) {
                ended = matches!(line, Line::Ended);
                follow(&mut marks, &mut reservations, line);
            }
        }
        let earlier = reservations.len();
        Ok(Self { path, file, begun, marks, reservations, earlier, current: None, ended })
    }

    /// What the import is.
    pub fn begun(&self) -> &Begun {
        &self.begun
    }

    /// What earlier runs have left of a record.
    pub fn mark(&self, record: u64) -> Mark {
        match mark(&self.marks, record) {
            Mark::Reserved(index) if index >= self.earlier => Mark::Unsent,
            mark => mark,
        }
    }

    /// A reservation.
    pub fn reservation(&self, index: usize) -> Option<&Reservation> {
        self.reservations.get(index)
    }

    /// Makes sure that a record is reserved before it is sent, and with it some that come after it. Once this
    /// returns, it survives a power cut, and so do all results before it.
    pub fn reserve(&mut self, record: u64, count: u64, form: &str) -> Result<(), Failure> {
        let current = self.current.and_then(|index| self.reservations.get(index));
        if current.is_some_and(|current| record < current.until && current.form == form) {
            return Ok(());
        }
        self.let_go(record)?;
        self.current = Some(self.reservations.len());
        self.add_reservation(record, record + count.max(1), form)
    }

    /// Reserves a record anew that isn't at the portal for certain, to be sent with another form.
    pub fn reserve_again(&mut self, record: u64, form: &str) -> Result<(), Failure> {
        self.unsent(record)?;
        self.add_reservation(record, record + 1, form)
    }

    fn add_reservation(&mut self, from: u64, until: u64, form: &str) -> Result<(), Failure> {
        let reservation = Reservation { from, until, form: form.to_owned(), at: Timestamp::now() };
        self.add(Line::Reserved(reservation))?;
        self.sync()
    }

    /// What has become of a record: it isn't at the portal, for certain.
    pub fn unsent(&mut self, record: u64) -> Result<(), Failure> {
        if mark(&self.marks, record) == Mark::Unsent { Ok(()) } else { self.add(Line::Unsent(record)) }
    }

    /// What has become of a record: it is a case. `whole` says whether its files are there, too.
    pub fn filed(&mut self, record: u64, number: CaseNumber, whole: bool) -> Result<(), Failure> {
        self.add(Line::Filed(record, number, whole))
    }

    /// Each record is a case, and whole: nothing is left to be done.
    pub fn end(&mut self) -> Result<(), Failure> {
        if self.ended { Ok(()) } else { self.add(Line::Ended) }
    }

    /// Ends a run that has sent no record from `record` on.
    pub fn release(&mut self, record: u64) -> Result<(), Failure> {
        self.let_go(record)?;
        self.sync()
    }

    fn let_go(&mut self, from: u64) -> Result<(), Failure> {
        match self.current.take() {
            Some(index) if self.reservations.get(index).is_some_and(|current| from < current.until) => {
                self.add(Line::Released(index, from))
            }
            _ => Ok(()),
        }
    }

    fn add(&mut self, line: Line) -> Result<(), Failure> {
        let mut text = serde_json::to_vec(&line)
            .map_err(|error| Failure::new(Kind::Failed, format!("{}: {error}", self.path.display())))?;
        text.push(b'\n');
        self.append(&text)?;
        self.ended = matches!(line, Line::Ended);
        follow(&mut self.marks, &mut self.reservations, line);
        Ok(())
    }

    fn append(&self, text: &[u8]) -> Result<(), Failure> {
        (&self.file).write_all(text).map_err(|error| disk::failed("write", &self.path, &error))
    }

    fn sync(&self) -> Result<(), Failure> {
        self.file.sync_data().map_err(|error| disk::failed("write", &self.path, &error))
    }
}

fn somebody_else() -> Failure {
    Failure::new(Kind::Failed, "another docket is importing the same file right now")
        .hint("wait until it has ended; the same command then goes on with what it has left")
}

fn mark(marks: &BTreeMap<u64, Vec<Mark>>, record: u64) -> Mark {
    let chunk = marks.get(&(record / CHUNK));
    chunk.and_then(|chunk| chunk.get((record % CHUNK) as usize).copied()).unwrap_or_default()
}

fn set(marks: &mut BTreeMap<u64, Vec<Mark>>, record: u64, mark: Mark) {
    let chunk = marks.entry(record / CHUNK).or_insert_with(|| vec![Mark::Unsent; CHUNK as usize]);
    chunk[(record % CHUNK) as usize] = mark;
}

/// What a line says about the records.
fn follow(marks: &mut BTreeMap<u64, Vec<Mark>>, reservations: &mut Vec<Reservation>, line: Line) {
    match line {
        Line::Begun(_) | Line::Ended => {}
        Line::Reserved(reservation) => {
            for record in reservation.from..reservation.until {
                // What was perhaps sent before was so since then.
                if mark(marks, record) == Mark::Unsent {
                    set(marks, record, Mark::Reserved(reservations.len()));
                }
            }
            reservations.push(reservation);
        }
        Line::Released(index, from) => {
            let until = reservations.get(index).map_or(0, |reservation| reservation.until);
            for record in from..until {
                if mark(marks, record) == Mark::Reserved(index) {
                    set(marks, record, Mark::Unsent);
                }
            }
        }
        Line::Unsent(record) => set(marks, record, Mark::Unsent),
        Line::Filed(record, number, whole) => set(marks, record, Mark::Filed { number, whole }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123abcd";

    fn begun() -> Begun {
        Begun {
            portal: "https://desk.example.com".to_owned(),
            user: "sam@example.com".to_owned(),
            account: Some("1001".to_owned()),
            digest: "00".to_owned(),
            file: "november.csv".to_owned(),
            at: "2026-11-20T10:30:00+01:00[Europe/Berlin]".to_owned(),
            by_meaning: true,
        }
    }

    fn number(number: u32) -> CaseNumber {
        CaseNumber::new(number).unwrap()
    }

    #[test]
    fn a_journal_knows_what_became_of_each_record() {
        let data = tempfile::tempdir().unwrap();
        let imports = Imports::new(data.path());
        assert!(imports.open(ID).unwrap().is_none());
        let mut journal = imports.begin(ID, begun()).unwrap();
        #[cfg(unix)]
        assert_eq!(crate::profile::tests::mode(&imports.path(ID).unwrap()), 0o600);
        journal.reserve(0, 4, "v1").unwrap();
        journal.filed(0, number(7), true).unwrap();
        journal.filed(2, number(8), false).unwrap();
        journal.unsent(1).unwrap();
        // Nobody else gets it meanwhile.
        assert!(imports.open(ID).unwrap_err().message.contains("another docket"));
        drop(journal);

        let mut journal = imports.open(ID).unwrap().unwrap();
        assert_eq!(journal.begun(), &begun());
        let marks = |journal: &Journal| (0..6).map(|record| journal.mark(record)).collect::<Vec<_>>();
        let filed = |n, whole| Mark::Filed { number: number(n), whole };
        let (first, second) = (filed(7, true), filed(8, false));
        assert_eq!(
            marks(&journal),
            [first, Mark::Unsent, second, Mark::Reserved(0), Mark::Unsent, Mark::Unsent]
        );
        assert_eq!(journal.reservation(0).unwrap().form, "v1");
        // What was perhaps sent before stays so since then, and what is reserved and not sent is let go.
        journal.reserve(1, 5, "v2").unwrap();
        journal.release(5).unwrap();
        // Another form is another reservation, but for what may have been sent already.
        journal.reserve(6, 4, "v2").unwrap();
        journal.reserve(7, 2, "v3").unwrap();
        journal.reserve_again(6, "v3").unwrap();
        drop(journal);
        let journal = imports.open(ID).unwrap().unwrap();
        assert_eq!(
            marks(&journal),
            [first, Mark::Reserved(1), second, Mark::Reserved(0), Mark::Reserved(1), Mark::Unsent]
        );
        let later: Vec<Mark> = (6..10).map(|record| journal.mark(record)).collect();
        assert_eq!(later, [Mark::Reserved(4), Mark::Reserved(3), Mark::Reserved(3), Mark::Unsent]);
    }

    #[test]
    fn a_torn_line_loses_one_result_and_nothing_after_it() {
        let data = tempfile::tempdir().unwrap();
        let imports = Imports::new(data.path());
        let mut journal = imports.begin(ID, begun()).unwrap();
        journal.reserve(0, 3, "v1").unwrap();
        journal.filed(0, number(1), true).unwrap();
        drop(journal);
        let path = imports.path(ID).unwrap();
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"{\"filed\":[1,\"000").unwrap();
        let mut journal = imports.open(ID).unwrap().unwrap();
        assert_eq!(journal.mark(1), Mark::Reserved(0));
        journal.filed(2, number(3), true).unwrap();
        drop(journal);
        let journal = imports.open(ID).unwrap().unwrap();
        assert_eq!(journal.mark(0), Mark::Filed { number: number(1), whole: true });
        assert_eq!(journal.mark(1), Mark::Reserved(0));
        assert_eq!(journal.mark(2), Mark::Filed { number: number(3), whole: true });
    }

    #[test]
    fn what_is_no_journal_is_not_taken_for_an_empty_one() {
        let data = tempfile::tempdir().unwrap();
        let imports = Imports::new(data.path());
        drop(imports.begin(ID, begun()).unwrap());
        let second = imports.begin(ID, begun()).unwrap_err();
        assert_eq!(second.message, "another docket is importing the same file right now");
        std::fs::write(imports.path(ID).unwrap(), "{}\n").unwrap();
        assert!(imports.open(ID).unwrap_err().message.ends_with("isn't the journal of an import"));
    }

    #[test]
    fn journals_go_a_month_after_their_import_has_ended_and_never_before() {
        let data = tempfile::tempdir().unwrap();
        let imports = Imports::new(data.path());
        for (id, ended) in [("ended", true), ("unfinished", false), ("again", true)] {
            let mut journal = imports.begin(id, begun()).unwrap();
            journal.reserve(0, 1, "v1").unwrap();
            journal.filed(0, number(1), true).unwrap();
            if ended {
                journal.end().unwrap();
            }
        }
        // What was taken up again has something left to do.
        imports.open("again").unwrap().unwrap().reserve_again(0, "v2").unwrap();
        let now = SystemTime::now();
        assert_eq!(imports.tidy(now + KEPT / 2), 0);
        let later = now + KEPT * 2;
        let held = imports.open("ended").unwrap().unwrap();
        assert_eq!(imports.tidy(later), 0, "somebody works with it");
        drop(held);
        assert_eq!(imports.tidy(later), 1);
        assert!(imports.look("ended").unwrap().is_none());
        assert!(imports.look("unfinished").unwrap().is_some() && imports.look("again").unwrap().is_some());
    }

    #[test]
    fn to_look_at_a_journal_changes_nothing_and_takes_it_from_nobody() {
        let data = tempfile::tempdir().unwrap();
        let imports = Imports::new(data.path());
        let mut journal = imports.begin(ID, begun()).unwrap();
        journal.filed(0, number(7), true).unwrap();
        let before = std::fs::read(imports.path(ID).unwrap()).unwrap();
        let seen = imports.look(ID).unwrap().unwrap();
        assert_eq!(seen.mark(0), Mark::Filed { number: number(7), whole: true });
        assert_eq!(std::fs::read(imports.path(ID).unwrap()).unwrap(), before);
        drop(journal);
    }
}
