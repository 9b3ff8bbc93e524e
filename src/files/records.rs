//! Many cases in one file, read one after the other: NDJSON or CSV.
//!
//! Nothing is kept but the record at hand, and that has a limit, so a file may be of any length. What is
//! wrong with a record is told of that record, and the next one is read; only where nobody can say any more
//! where a record ends, the rest of the file is left unread.

use std::collections::BTreeMap;
use std::io::{self, BufRead};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::csv::{self, Row, Table};
use super::{Value, from_json};

/// Bytes that a record may have.
const LARGEST_RECORD: usize = 8 << 20;

/// How the records stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A JSON object on each line.
    Ndjson,
    /// A header that names the fields, and a row for each case.
    Csv,
}

impl Layout {
    /// The layout that a file's name tells, else the way in which its content `begins`.
    pub fn of(file: &Path, begins: &[u8]) -> Self {
        match file.extension().and_then(|end| end.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => return Self::Csv,
            Some("ndjson" | "jsonl" | "json") => return Self::Ndjson,
            _ => {}
        }
        let begins = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begins);
        match begins.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{' | b'[') => Self::Ndjson,
            _ => Self::Csv,
        }
    }
}

/// A case in a file of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    /// The row of a table, as a spreadsheet counts them: the header is the first.
    pub row: Option<u64>,
    /// Its answers by field id, or why they can't be read.
    pub answers: Result<BTreeMap<String, Value>, String>,
}

/// Why a file has no records.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It couldn't be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// Its header makes no sense.
    #[error("{0}")]
    Header(String),
}

/// The records of a file, in order.
#[derive(Debug)]
pub struct Records<R> {
    lines: Lines<R>,
    /// The table whose rows they are, if the file is CSV.
    table: Option<Table>,
}

impl<R: BufRead> Records<R> {
    /// Begins to read, with the header if there has to be one.
    pub fn new(from: R, layout: Layout) -> Result<Self, Unusable> {
        let mut lines = Lines { from, read: 0 };
        let table = match layout {
            Layout::Ndjson => None,
            Layout::Csv => Some(Table::open(&mut lines)?),
        };
        Ok(Self { lines, table })
    }

    /// The fields that the header names, in the header's spelling and in the form's; none for NDJSON.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &str)> {
        let columns = self.table.iter().flat_map(|table| &table.columns);
        columns.map(|column| (column.written.as_str(), column.field.as_str()))
    }

    /// The next record, or `None` at the end.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        match &mut self.table {
            None => next_object(&mut self.lines),
            Some(table) => Ok(table.next(&mut self.lines)?.map(|Row { line, row, cells }| Record {
                line,
                row: Some(row),
                answers: cells.and_then(|cells| table.answers(cells)),
            })),
        }
    }
}

/// What names a record by its content: equal answers have the same digest, whatever their order and layout.
pub fn digest(answers: &BTreeMap<String, Value>) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    for (field, value) in answers {
        add(field);
        match value {
            Value::Text(text) => add(text),
            Value::List(list) => {
                add(&format!("{} values", list.len()));
                list.iter().for_each(|text| add(text));
            }
        }
    }
    digest.finalize().into()
}

fn next_object<R: BufRead>(lines: &mut Lines<R>) -> io::Result<Option<Record>> {
    while let Some(line) = lines.next()? {
        if !line.is_blank() {
            return Ok(Some(Record { line: lines.read, row: None, answers: object(&line) }));
        }
    }
    Ok(None)
}

fn object(line: &Line) -> Result<BTreeMap<String, Value>, String> {
    let text = line.text()?;
    let value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let (what, at) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
        match (error.is_eof(), line.ended) {
            (true, false) => {
                "the last line breaks off in the middle: was the file written to its end?".to_owned()
            }
            (true, true) => "not JSON: the object doesn't end on this line".to_owned(),
            (false, _) => match at.split_once(" column ") {
                Some((_, column)) => format!("not JSON: {what} at column {column}"),
                None => format!("not JSON: {what}"),
            },
        }
    })?;
    from_json(value)
}

/// The lines of a file.
#[derive(Debug)]
pub(super) struct Lines<R> {
    from: R,
    /// How many have been read.
    pub(super) read: u64,
}

/// A line without its end.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) bytes: Vec<u8>,
    /// Whether it ended, or the file did.
    pub(super) ended: bool,
    /// Bytes that were left out because there were too many.
    left_out: u64,
}

impl<R: BufRead> Lines<R> {
    /// The next line, without a byte order mark; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line::default();
        let mut any = false;
        while !line.ended {
            let buffer = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let piece = &buffer[..end.unwrap_or(buffer.len())];
            let room = (LARGEST_RECORD - line.bytes.len()).min(piece.len());
            line.bytes.extend_from_slice(&piece[..room]);
            line.left_out += (piece.len() - room) as u64;
            line.ended = end.is_some();
            let used = piece.len() + usize::from(line.ended);
            self.from.consume(used);
        }
        if !any {
            return Ok(None);
        }
        self.read += 1;
        line.bytes.pop_if(|last| *last == b'\r');
        if self.read == 1 && line.bytes.starts_with(b"\xef\xbb\xbf") {
            line.bytes.drain(..3);
        }
        Ok(Some(line))
    }
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// Whether it, with what came `before` it, is more than a record may be.
    pub(super) fn is_too_large(&self, before: usize) -> bool {
        self.left_out > 0 || before + self.bytes.len() > LARGEST_RECORD
    }

    fn text(&self) -> Result<&str, String> {
        if self.is_too_large(0) {
            return Err(too_large());
        }
        std::str::from_utf8(&self.bytes).map_err(|error| csv::not_text("the line", &error))
    }
}

pub(super) fn too_large() -> String {
    format!("it has more than {LARGEST_RECORD} bytes, which is no case")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: impl AsRef<[u8]>, layout: Layout) -> Vec<(u64, Result<String, String>)> {
        // A small buffer, so that every line crosses its edges.
        let mut records = Records::new(io::BufReader::with_capacity(7, text.as_ref()), layout).unwrap();
        let mut found = Vec::new();
        while let Some(record) = records.next_record().unwrap() {
            let shown = record.answers.map(|answers| {
                let shown = answers.into_iter().map(|(field, value)| match value {
                    Value::Text(text) => format!("{field}={text}"),
                    Value::List(list) => format!("{field}={list:?}"),
                });
                shown.collect::<Vec<_>>().join(" ")
            });
            found.push((record.line, shown));
        }
        found
    }

    fn good(line: u64, shown: &str) -> (u64, Result<String, String>) {
        (line, Ok(shown.to_owned()))
    }

    fn bad(line: u64, why: &str) -> (u64, Result<String, String>) {
        (line, Err(why.to_owned()))
    }

    #[test]
    fn each_line_is_a_case_and_empty_ones_are_none() {
        let text = "\u{feff}{\"b\": \"é\", \"a\": 1, \"n\": null}\r\n\n  \n{\"attach\": [\"x\", \"y\"]}";
        assert_eq!(read(text, Layout::Ndjson), [good(1, "a=1 b=é"), good(4, "attach=[\"x\", \"y\"]")]);
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said_of_that_line() {
        let text = b"{\"a\": 1} x\n{\"a\":\n\xff{}\n[1]\n{\"a\": {}}\n{\"a\": \"b";
        assert_eq!(
            read(text, Layout::Ndjson),
            [
                bad(1, "not JSON: trailing characters at column 10"),
                bad(2, "not JSON: the object doesn't end on this line"),
                bad(3, "the line is not UTF-8 text: the byte at offset 0 is the first that isn't"),
                bad(4, "not an object of answers"),
                bad(5, "`a` has to be a text"),
                bad(6, "the last line breaks off in the middle: was the file written to its end?"),
            ]
        );
    }

    #[test]
    fn a_line_without_an_end_does_not_fill_the_memory() {
        let long = vec![b'x'; LARGEST_RECORD + 20];
        let text = [b"{\"a\": \"", &long[..], b"\"}\n{\"a\": 1}\n"].concat();
        assert_eq!(read(&text, Layout::Ndjson), [bad(1, &too_large()), good(2, "a=1")]);
        let text = [b"a\n", &long[..], b"\n1\n"].concat();
        assert_eq!(read(&text, Layout::Csv), [bad(2, &too_large()), good(3, "a=1")]);
        let text = [b"a\n\"", &long[..], b"\n1\n"].concat();
        assert_eq!(read(&text, Layout::Csv).len(), 1);
    }

    #[test]
    fn rows_have_the_fields_of_the_header() {
        let text = "\u{feff}sub-ject,watch,steps\r\n\"a \"\"b\"\",\nc\", x@y.z ; ;q@y.z,\r\n\nd,,e\n";
        assert_eq!(
            read(text, Layout::Csv),
            [good(2, "sub_ject=a \"b\",\nc watch=[\"x@y.z\", \"q@y.z\"]"), good(5, "steps=e sub_ject=d"),]
        );
        assert_eq!(read("a;b\n1;\"2;3\"\n", Layout::Csv), [good(2, "a=1 b=2;3")]);
        assert_eq!(read("a\tb\n1\t2", Layout::Csv), [good(2, "a=1 b=2")]);
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said_of_that_row() {
        let text = b"a,b\n1\n1,2,3\nx\"y,2\n\"x\"y,2\n\xe9,2\n3,4\n5,\"6\n7,8\n";
        assert_eq!(
            read(text, Layout::Csv),
            [
                bad(2, "the row has 1 column, and the header 2"),
                bad(3, "the row has 3 columns, and the header 2: a text with a comma has to be in quotes"),
                bad(
                    4,
                    "column 1 has a quote in the middle: put the whole text in quotes, and double those in it"
                ),
                bad(5, "column 1 goes on after its closing quote: double the quotes that belong to the text"),
                bad(6, "`a` is not UTF-8 text: the byte at offset 0 is the first that isn't"),
                good(7, "a=3 b=4"),
                bad(8, "a quote is opened here and never closed; what follows was not read"),
            ]
        );
        let torn = read("a,b\n1,2\n3", Layout::Csv);
        let why = "the last line breaks off: it has 1 column, and the header 2";
        assert_eq!(torn, [good(2, "a=1 b=2"), bad(3, why)]);
    }

    #[test]
    fn a_header_has_to_be_there() {
        for (text, why) in [
            ("", "there is no header: the first line has to name the fields"),
            ("a,,b\n", "column 2 of the header has no name"),
            (
                "a,b\"\n",
                "column 2 has a quote in the middle: put the whole text in quotes, and double those in it",
            ),
        ] {
            let error = Records::new(text.as_bytes(), Layout::Csv).unwrap_err();
            assert_eq!(error.to_string(), why, "{text}");
        }
    }

    #[test]
    fn the_layout_is_told_by_name_or_content() {
        for (name, begins, layout) in [
            ("a.csv", "{", Layout::Csv),
            ("a.NDJSON", "a,b", Layout::Ndjson),
            ("a.jsonl", "", Layout::Ndjson),
            ("-", "\u{feff}\n {", Layout::Ndjson),
            ("a.txt", "product,subject", Layout::Csv),
            ("-", "", Layout::Csv),
        ] {
            assert_eq!(Layout::of(Path::new(name), begins.as_bytes()), layout, "{name} {begins}");
        }
    }

    #[test]
    fn equal_answers_have_the_same_digest_in_whatever_layout() {
        let only = |text: &str, layout| {
            let record = Records::new(text.as_bytes(), layout).unwrap().next_record().unwrap().unwrap();
            digest(&record.answers.unwrap())
        };
        let one = only("{\"b\":\"2\",\"a\":\"1\",\"watch\":[\"x\"]}", Layout::Ndjson);
        assert_eq!(one, only("watch,a,b,c\nx,1,2,\n", Layout::Csv));
        assert_ne!(one, only("watch,a,b\nx,12,\n", Layout::Csv));
        assert_ne!(one, only("{\"a\":\"1\",\"b\":\"2\",\"watch\":\"x\"}", Layout::Ndjson));
    }

    proptest! {
        #[test]
        fn csv_is_read_as_others_write_it(rows in prop::collection::vec(["\\PC{0,8}", "[a\",\n;]{0,6}"], 1..6)) {
            let mut writer = ::csv::Writer::from_writer(Vec::new());
            writer.write_record(["a", "b"]).unwrap();
            let mut expected = Vec::new();
            for [first, second] in &rows {
                // A row of nothing but space is none, so each cell has something.
                let cells = [format!("x{first}"), format!("y{second}")];
                writer.write_record(&cells).unwrap();
                expected.push(format!("a={} b={}", cells[0], cells[1]));
            }
            let found = read(writer.into_inner().unwrap(), Layout::Csv);
            let found: Vec<String> = found.into_iter().map(|(_, shown)| shown.unwrap()).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            for layout in [Layout::Ndjson, Layout::Csv] {
                if let Ok(mut records) = Records::new(&bytes[..], layout) {
                    while records.next_record().unwrap().is_some() {}
                }
            }
        }
    }
}
