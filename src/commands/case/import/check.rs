//! Whether the records of an import are cases: all of them are looked at before the first one is sent.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;
use std::path::Path;

use super::super::super::Desk;
use super::super::super::redacting::{Outgoing, Redacting};
use super::super::gather::Gathered;
use super::meaning::{Moment, Reader};
use super::source::Source;
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::files::{self, Layout, Record, Records, Value};
use crate::profile::Mark;
use crate::rules::{FieldProblem, Problem, similar};
use crate::ui::{ImportRow, Place};

/// What a header may name besides the form's fields.
const BESIDES: [&str; 3] = ["attach", "watch", "follows"];

/// Looks at records as one desk would.
pub(super) struct Checker<'a> {
    desk: &'a Desk<'a>,
    redacting: &'a Redacting<'a>,
    /// Whether secrets are to be looked for in what is to be filed.
    searches: bool,
    /// The file, from which paths are meant.
    place: &'a Path,
    /// The same for people.
    shown: String,
    reader: Reader,
    layout: Layout,
}

/// What was found.
pub(super) struct Checked {
    /// How many records there are.
    pub(super) records: u64,
    /// How many of them can't be filed.
    pub(super) wrong: u64,
    /// The fields that the header names; none if there is no header.
    pub(super) columns: Vec<String>,
    /// In which accounts the others are to be filed, and how many in each; without a name where the form
    /// doesn't ask for one.
    pub(super) accounts: BTreeMap<Option<String>, u64>,
    /// Which are equal.
    pub(super) twins: Twins,
    /// Which secrets are in them, as far as that was to be found.
    pub(super) secrets: Secrets,
}

impl Checked {
    /// How many records can't be filed, or may not be, because there may be a secret in them.
    pub(super) fn unfit(&self) -> u64 {
        self.wrong + self.secrets.refused
    }
}

/// The secrets in what is to be sent.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    /// How many of each kind.
    pub(super) kinds: BTreeMap<String, u64>,
    /// What speaks against the first record that may not be sent, and its line.
    refusal: Option<(u64, Failure)>,
    /// How many records may not be sent.
    pub(super) refused: u64,
}

impl Secrets {
    /// Fails where nothing may be sent.
    pub(super) fn judge(&self) -> Result<(), Failure> {
        let Some((line, failure)) = self.refusal.clone() else { return Ok(()) };
        let more = match self.refused - 1 {
            0 => String::new(),
            1 => ", and one more line has some".to_owned(),
            more => format!(", and {more} more lines have some"),
        };
        let message = format!("{} (in line {line}{more})", failure.message);
        Err(Failure { message, ..failure })
    }
}

/// Why a record is no case.
pub(super) struct Wrong {
    pub(super) error: String,
    pub(super) fields: Vec<FieldProblem>,
}

impl Wrong {
    /// There may be a secret in it, and those aren't to be sent.
    pub(super) fn secret(outgoing: &Outgoing) -> Self {
        let why = outgoing.objection().unwrap_or_default();
        Self { error: format!("it isn't filed, {why}"), fields: Vec::new() }
    }

    fn fields(fields: Vec<FieldProblem>) -> Self {
        Self { error: missing_or_wrong(fields.len()), fields }
    }
}

/// `2 fields are missing or wrong`.
pub(super) fn missing_or_wrong(fields: usize) -> String {
    match fields {
        1 => "one field is missing or wrong".to_owned(),
        count => format!("{count} fields are missing or wrong"),
    }
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        desk: &'a Desk<'a>,
        (redacting, searches): (&'a Redacting<'a>, bool),
        source: &'a Source,
        layout: Layout,
        moment: Moment,
    ) -> Result<Self, Failure> {
        let reader = Reader::new(&*desk.form()?, moment);
        let (place, shown) = (source.place(), source.shown());
        Ok(Self { desk, redacting, searches, place, shown, reader, layout })
    }

    /// Looks at every record that isn't filed yet, and calls `tell` with what would become of each.
    pub(super) fn check_all<R: BufRead>(
        &self,
        mut records: Records<R>,
        mark: impl Fn(u64) -> Mark,
        mut tell: impl FnMut(&ImportRow) -> Result<(), Failure>,
    ) -> Result<Checked, Failure> {
        self.header(&records)?;
        let columns = records.columns().map(|(_, field)| field.to_owned()).collect();
        let mut checked = Checked {
            records: 0,
            wrong: 0,
            columns,
            accounts: BTreeMap::new(),
            twins: Twins::new(),
            secrets: Secrets::default(),
        };
        while let Some(record) = self.next(&mut records)? {
            let (place, answers) = (self.place(&record)?, record.answers);
            if let Ok(answers) = &answers {
                checked.twins.see(&files::digest(answers));
            }
            let mark = mark(checked.records);
            checked.records += 1;
            if let Mark::Filed { number, .. } = mark {
                tell(&ImportRow::case(place, number, false))?;
                continue;
            }
            let row = match self.judge(answers)? {
                Ok(gathered) => {
                    let row = self.search(place, &gathered, &mut checked.secrets)?;
                    if row.error.is_none() {
                        let account = gathered.draft.text("account").map(str::to_owned);
                        *checked.accounts.entry(account).or_default() += 1;
                    }
                    row
                }
                Err(Wrong { error, fields }) => {
                    checked.wrong += 1;
                    self.failed(place, Wrong { error, fields })
                }
            };
            tell(&row)?;
        }
        Ok(checked)
    }

    /// Looks for secrets in a record that can be filed, and tells what would become of it.
    fn search(
        &self,
        mut place: Place,
        gathered: &Gathered,
        secrets: &mut Secrets,
    ) -> Result<ImportRow, Failure> {
        if !self.searches {
            return Ok(ImportRow::would_be_filed(place));
        }
        let redacting = self.redacting;
        let mut tried = redacting.outgoing().tried();
        let mut request = gathered.request_for(String::new());
        tried.case(Some(&*self.desk.form()?), &mut request)?;
        tried.files(&gathered.attachments)?;
        if let (true, Some(refusal)) = (redacting.is_strict(), tried.refusal()) {
            secrets.refused += 1;
            secrets.refusal.get_or_insert((place.line, refusal));
            let Wrong { error, fields } = Wrong::secret(&tried);
            return Ok(ImportRow::failed(place, error, fields));
        }
        place.subject = place.subject.and_then(|_| request.fields.text("subject").map(str::to_owned));
        let row = ImportRow { redacted: tried.redacted(), ..ImportRow::would_be_filed(place) };
        for (kind, count) in row.redacted.iter().flat_map(|redacted| &redacted.kinds) {
            *secrets.kinds.entry(kind.clone()).or_default() += count;
        }
        Ok(row)
    }

    /// Where a record is, and what its case is about: as that is filed, without its secrets.
    pub(super) fn place(&self, record: &Record) -> Result<Place, Failure> {
        let Record { line, row, answers } = record;
        let mut place = Place { line: *line, row: *row, subject: None };
        let Ok(answers) = answers else { return Ok(place) };
        let Some(Value::Text(subject)) = answers.get("subject").filter(|subject| !is_blank(subject)) else {
            return Ok(place);
        };
        let mut told = self.redacting.told(subject.clone());
        // Marks are counted through the whole case.
        if told != *subject
            && !self.redacting.is_strict()
            && let Ok(gathered) = self.gathered(answers.clone())
        {
            let mut request = gathered.request_for(String::new());
            let mut outgoing = self.redacting.repeatable(&Key::of(""));
            outgoing.case(Some(&*self.desk.form()?), &mut request)?;
            told = request.fields.text("subject").map_or(told, str::to_owned);
        }
        place.subject = Some(told);
        Ok(place)
    }

    /// What is told of a record that is no case. It quotes what couldn't be understood.
    pub(super) fn failed(&self, place: Place, Wrong { error, fields }: Wrong) -> ImportRow {
        let fields = fields.into_iter().map(|problem| self.redacting.problem(problem)).collect();
        ImportRow::failed(place, self.redacting.told(error), fields)
    }

    /// The next record, as it is meant.
    pub(super) fn next<R: BufRead>(&self, records: &mut Records<R>) -> Result<Option<Record>, Failure> {
        let record = records
            .next_record()
            .map_err(|error| Failure::new(Kind::Failed, format!("cannot read {}: {error}", self.shown)))?;
        Ok(record.map(|record| Record {
            answers: record.answers.map(|answers| self.reader.meant(answers)),
            ..record
        }))
    }

    /// Fails unless a header names fields of the form, each once.
    fn header<R: BufRead>(&self, records: &Records<R>) -> Result<(), Failure> {
        let form = self.desk.form()?;
        let known: Vec<&str> = form
            .fields
            .iter()
            .map(|field| field.id.as_str())
            .filter(|id| *id != "attachment")
            .chain(BESIDES)
            .collect();
        let mut before: Vec<&str> = Vec::new();
        let mut wrong = Vec::new();
        for (index, (written, field)) in records.columns().enumerate() {
            let (code, problem) = if before.contains(&field) {
                ("duplicate".to_owned(), "stands twice in the header".to_owned())
            } else if known.contains(&field) {
                before.push(field);
                continue;
            } else {
                let unknown = Problem::UnknownField { similar: similar(field, known.iter().copied()) };
                (unknown.code().to_owned(), unknown.to_string())
            };
            let flag = format!("column {}", index + 1);
            wrong.push(FieldProblem { field: written.to_owned(), problem, flag, code });
        }
        if wrong.is_empty() {
            return Ok(());
        }
        if before.is_empty() {
            let message =
                format!("the first line of {} names no field of the form; nothing was sent", self.shown);
            return Err(Failure::new(Kind::Invalid, message)
                .hint("it has to be a header, like `product,category,subcategory,subject`: is this the right file?")
                .hint(format!("columns may be {}", known.join(", "))));
        }
        let message = format!("the header of {} can't be used; nothing was sent", self.shown);
        let failure = Failure { fields: wrong, ..Failure::new(Kind::Invalid, message) };
        Err(failure.hint(format!("the fields are {}", known.join(", "))))
    }

    /// What a record's answers make, if that is a case.
    pub(super) fn judge(
        &self,
        answers: Result<BTreeMap<String, Value>, String>,
    ) -> Result<Result<Gathered, Wrong>, Failure> {
        let gathered = answers.and_then(|answers| self.gathered(answers));
        let mut gathered = match gathered {
            Ok(gathered) => gathered,
            Err(error) => return Ok(Err(Wrong { error, fields: Vec::new() })),
        };
        gathered.settle_as_of(self.desk, self.reader.now())?;
        self.judge_again(gathered)
    }

    /// The same for what was a case by another form.
    pub(super) fn judge_again(&self, mut gathered: Gathered) -> Result<Result<Gathered, Wrong>, Failure> {
        gathered.settle_account(self.desk)?;
        let mut problems = gathered.problems(self.desk)?;
        problems.iter_mut().for_each(|problem| several(problem, self.layout));
        Ok(if problems.is_empty() { Ok(gathered) } else { Err(Wrong::fields(problems)) })
    }

    /// A record's answers as they are.
    pub(super) fn gathered(&self, answers: BTreeMap<String, Value>) -> Result<Gathered, String> {
        let mut gathered = Gathered::default();
        gathered.take(answers, self.place)?;
        Ok(gathered)
    }
}

fn is_blank(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.trim().is_empty())
}

/// Says how several values are given, where one looks as if it were several.
fn several(problem: &mut FieldProblem, layout: Layout) {
    let is_list = ["watch", "attachment"].contains(&problem.field.as_str());
    let value = problem.problem.split('`').nth(1).unwrap_or_default();
    let looks = value.contains(',') || (problem.field == "watch" && value.matches('@').count() > 1);
    if is_list && ["not_an_email", "unreadable"].contains(&problem.code.as_str()) && looks {
        problem.problem.push_str(match layout {
            Layout::Csv => "; several in a cell are separated by `;`",
            Layout::Ndjson => "; several are a list, like [\"a\", \"b\"]",
        });
    }
}

/// Tells equal records from each other: the first, the second, … with the same answers, each of which is a case
/// of its own.
///
/// It has to be shown all of them once before it is asked. To remember a million different ones would take much
/// memory; instead a bit is set for each, at a place that its digest says, and only those whose bit was set
/// already, by an equal one or by chance, are counted.
pub(super) struct Twins {
    bits: Vec<u64>,
    counts: HashMap<[u8; 8], u32>,
}

impl Twins {
    /// 8 MiB, of which a short file uses little.
    const WORDS: usize = 1 << 20;

    pub(super) fn new() -> Self {
        Self { bits: vec![0; Self::WORDS], counts: HashMap::new() }
    }

    /// Looks at a record.
    pub(super) fn see(&mut self, digest: &[u8; 32]) {
        let place = u64::from_le_bytes(Self::name(digest)) as usize % (Self::WORDS * 64);
        let (word, bit) = (&mut self.bits[place / 64], 1 << (place % 64));
        if *word & bit != 0 {
            self.counts.insert(Self::name(digest), 0);
        }
        *word |= bit;
    }

    /// How many equal ones there were when this was asked before.
    pub(super) fn next(&mut self, digest: &[u8; 32]) -> u32 {
        match self.counts.get_mut(&Self::name(digest)) {
            Some(count) => {
                *count += 1;
                *count - 1
            }
            None => 0,
        }
    }

    fn name(digest: &[u8; 32]) -> [u8; 8] {
        let mut name = [0; 8];
        name.copy_from_slice(&digest[..8]);
        name
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn equal_records_are_told_apart_and_different_ones_are_not_taken_for_equal() {
        let digest = |text: &str| -> [u8; 32] { Sha256::digest(text).into() };
        let records = ["a", "b", "a", "c", "a", "b"];
        let mut twins = Twins::new();
        records.iter().for_each(|record| twins.see(&digest(record)));
        let counts: Vec<u32> = records.iter().map(|record| twins.next(&digest(record))).collect();
        assert_eq!(counts, [0, 0, 1, 0, 2, 1]);
        let mut many = Twins::new();
        (0..100_000).for_each(|record| many.see(&digest(&format!("{record}"))));
        assert!((0..100_000).all(|record| many.next(&digest(&format!("{record}"))) == 0));
        assert!(many.counts.len() < 1_000, "{}", many.counts.len());
    }
}
