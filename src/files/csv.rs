//! CSV as spreadsheets write it (RFC 4180), strictly: a quote that was forgotten would make one case of many,
//! or of half the file, so it is told and not guessed at.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::str::Utf8Error;

use super::records::{Lines, Unusable, too_large};
use super::{LISTS, Value};

/// What separates several values in a cell.
const SEVERAL: char = ';';

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name as the header has it.
    pub(super) written: String,
    /// The field that it answers.
    pub(super) field: String,
}

/// A table, once its header is read.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    separator: u8,
    /// How many rows have been read, the header and empty ones included.
    rows: u64,
    /// Whether nobody can say any more where a row begins.
    lost: bool,
}

/// A row of it.
pub(super) struct Row {
    /// The line on which it begins.
    pub(super) line: u64,
    /// Which one it is, as a spreadsheet counts them.
    pub(super) row: u64,
    /// Its cells, as many as there are columns, or what is wrong with it.
    pub(super) cells: Result<Vec<Vec<u8>>, String>,
}

/// Where in a row a reader is.
enum State {
    /// At the beginning of a cell.
    Begin,
    /// In one without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// After the quote that may be the closing one.
    Closed,
}

impl Table {
    /// Reads the header.
    pub(super) fn open<R: BufRead>(lines: &mut Lines<R>) -> Result<Self, Unusable> {
        let mut table = Self { columns: Vec::new(), separator: b',', rows: 0, lost: false };
        let names = table.read(lines, true)?.map(|row| row.cells).unwrap_or(Ok(Vec::new()));
        for (index, name) in names.map_err(Unusable::Header)?.into_iter().enumerate() {
            let written = String::from_utf8(name)
                .map_err(|error| Unusable::Header(not_text("the header", &error.utf8_error())))?;
            let written = written.trim().to_owned();
            if written.is_empty() {
                let why = format!("column {} of the header has no name", index + 1);
                return Err(Unusable::Header(why));
            }
            let field = match written.replace('-', "_").as_str() {
                "attachment" => "attach".to_owned(),
                "watchers" => "watch".to_owned(),
                field => field.to_owned(),
            };
            table.columns.push(Column { written, field });
        }
        if table.columns.is_empty() {
            let why = "there is no header: the first line has to name the fields".to_owned();
            return Err(Unusable::Header(why));
        }
        Ok(table)
    }

    /// The next row, or `None` at the end.
    pub(super) fn next<R: BufRead>(&mut self, lines: &mut Lines<R>) -> io::Result<Option<Row>> {
        self.read(lines, false)
    }

    /// What a row answers; an empty cell answers nothing.
    pub(super) fn answers(&self, cells: Vec<Vec<u8>>) -> Result<BTreeMap<String, Value>, String> {
        let mut answers = BTreeMap::new();
        for (column, cell) in self.columns.iter().zip(cells) {
            let text = String::from_utf8(cell)
                .map_err(|error| not_text(&format!("`{}`", column.written), &error.utf8_error()))?;
            if text.trim().is_empty() {
                continue;
            }
            let value = if LISTS.contains(&column.field.as_str()) {
                let several = text.split(SEVERAL).map(str::trim).filter(|one| !one.is_empty());
                Value::List(several.map(str::to_owned).collect())
            } else {
                Value::Text(text)
            };
            answers.insert(column.field.clone(), value);
        }
        Ok(answers)
    }

    /// Reads a row, or the header, which tells what separates cells: a comma; a semicolon or a tab where it
    /// has none.
    fn read<R: BufRead>(&mut self, lines: &mut Lines<R>, header: bool) -> io::Result<Option<Row>> {
        if self.lost {
            return Ok(None);
        }
        let mut cells = Cells::default();
        let mut size = 0;
        let mut begun = None;
        let mut ended = true;
        while let Some(line) = lines.next()? {
            self.rows += u64::from(begun.is_none());
            if begun.is_none() && line.is_blank() {
                continue;
            }
            let at = *begun.get_or_insert(lines.read);
            if header && at == lines.read {
                let has = |mark: &u8| line.bytes.contains(mark);
                self.separator = [b',', b';', b'\t'].into_iter().find(has).unwrap_or(b',');
            }
            if line.is_too_large(size) {
                // Inside quotes, the next line may be anything.
                self.lost = matches!(cells.state, State::Quoted) || line.bytes.contains(&b'"');
                return Ok(Some(Row { line: at, row: self.rows, cells: Err(too_large()) }));
            }
            size += line.bytes.len();
            cells.take(&line.bytes, self.separator);
            ended = line.ended;
            if matches!(cells.state, State::Quoted) {
                cells.cell.push(b'\n');
            } else {
                break;
            }
        }
        let Some(at) = begun else { return Ok(None) };
        if matches!(cells.state, State::Quoted) {
            self.lost = true;
            let why = "a quote is opened here and never closed; what follows was not read".to_owned();
            return Ok(Some(Row { line: at, row: self.rows, cells: Err(why) }));
        }
        let cells = cells.end().and_then(|cells| if header { Ok(cells) } else { self.counted(cells, ended) });
        Ok(Some(Row { line: at, row: self.rows, cells }))
    }

    /// Cells, if there are as many as columns.
    fn counted(&self, cells: Vec<Vec<u8>>, ended: bool) -> Result<Vec<Vec<u8>>, String> {
        let (found, wanted) = (cells.len(), self.columns.len());
        let columns = if found == 1 { "1 column".to_owned() } else { format!("{found} columns") };
        match found.cmp(&wanted) {
            std::cmp::Ordering::Equal => Ok(cells),
            std::cmp::Ordering::Less if !ended => {
                Err(format!("the last line breaks off: it has {columns}, and the header {wanted}"))
            }
            std::cmp::Ordering::Less => Err(format!("the row has {columns}, and the header {wanted}")),
            std::cmp::Ordering::Greater => Err(format!(
                "the row has {columns}, and the header {wanted}: a text with a {} has to be in quotes",
                match self.separator {
                    b';' => "semicolon",
                    b'\t' => "tab",
                    _ => "comma",
                }
            )),
        }
    }
}

/// The cells of a row, while it is read.
struct Cells {
    done: Vec<Vec<u8>>,
    cell: Vec<u8>,
    state: State,
    /// The first thing that is wrong.
    problem: Option<String>,
}

impl Default for Cells {
    fn default() -> Self {
        Self { done: Vec::new(), cell: Vec::new(), state: State::Begin, problem: None }
    }
}

impl Cells {
    /// Takes a line without its end.
    fn take(&mut self, line: &[u8], separator: u8) {
        for &byte in line {
            match (&self.state, byte) {
                (State::Quoted, b'"') => self.state = State::Closed,
                (State::Begin, b'"') => self.state = State::Quoted,
                (State::Closed, b'"') => {
                    self.cell.push(byte);
                    self.state = State::Quoted;
                }
                (State::Begin | State::Plain | State::Closed, byte) if byte == separator => {
                    self.done.push(std::mem::take(&mut self.cell));
                    self.state = State::Begin;
                }
                (State::Closed, _) => {
                    self.wrong("goes on after its closing quote: double the quotes that belong to the text");
                    self.state = State::Plain;
                }
                (State::Plain, b'"') => {
                    self.wrong(
                        "has a quote in the middle: put the whole text in quotes, and double those in it",
                    );
                }
                (State::Quoted, _) => self.cell.push(byte),
                (State::Begin | State::Plain, _) => {
                    self.cell.push(byte);
                    self.state = State::Plain;
                }
            }
        }
    }

    fn wrong(&mut self, what: &str) {
        let column = self.done.len() + 1;
        self.problem.get_or_insert_with(|| format!("column {column} {what}"));
    }

    fn end(mut self) -> Result<Vec<Vec<u8>>, String> {
        self.done.push(self.cell);
        self.problem.map_or(Ok(self.done), Err)
    }
}

pub(super) fn not_text(what: &str, error: &Utf8Error) -> String {
    format!("{what} is not UTF-8 text: the byte at offset {} is the first that isn't", error.valid_up_to())
}
