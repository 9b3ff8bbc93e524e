//! Values in columns: names in a line, and rows of as many values below it. CSV is written so, with any separator (RFC
//! 4180 has the quotes), and what databases print, dump and are told.

mod cells;
mod statement;

use self::cells::{Cell, Row, Within, Writing, is_rule, row};
use super::between::is_number;
use super::compiled::{NameRule, Rules};
use super::looks::is_drawn;
use super::mark;
use super::quote::{Quote, starts_with};
use super::rules::{Form, Only};
use super::scan::{More, Scan};
use super::slots::{Slot, Style};

/// The longest line of names, in bytes.
const LONGEST_HEADING: usize = 4 << 10;

/// How many cells too many a row may have: somebody's value has a separator in it and no quotes.
const MOST_TOO_MANY: usize = 2;

/// How many rows may have too few cells, one after the other.
const MOST_STRANGE: usize = 3;

/// How far the ends of a cell can be from one of its words, in bytes.
const LONGEST_WORDS: usize = 48;

/// How many words the name of a column may have.
const MOST_WORDS: usize = 8;

/// What numbers are quoted with where marks come in their place.
const SQL: Quote = Quote::Plain { mark: b'\'', slashes: 0 };

/// What stands between cells.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// A table and how far its rows have been looked at.
#[derive(Debug)]
pub(super) struct Table {
    writing: Writing,
    /// How many cells a row has.
    width: usize,
    /// Which of them are secret, and what their names tell.
    columns: Vec<(usize, NameRule)>,
    /// Where the next row begins.
    pub(super) at: usize,
    /// How many there were.
    rows: usize,
    /// How many before it had too few cells.
    strange: usize,
}

impl Scan<'_> {
    /// Looks whether the line of a name, from `from` to `to`, is that of a table; answers whether it is. What is below
    /// it is left to [`Self::rows`].
    pub(super) fn heading(
        &mut self,
        text: &[u8],
        (from, to): (usize, usize),
        whole: bool,
    ) -> Result<bool, More> {
        if !is_cell(text, from, to) {
            return Ok(false);
        }
        // The rows of the one before, as far as they go.
        self.rows(text, from, whole);
        if self.table.as_ref().is_some_and(|table| table.at > from) {
            return Ok(false);
        }
        if self.statement(text, from, whole)? {
            return Ok(true);
        }
        for within in [Within::Lines, Within::Json] {
            let Some(begins) = within.begins(text, from, self.base == 0) else { continue };
            let place = self.base + begins as u64 + 1;
            if self.headed >= place || !within.has_names(text, begins) {
                continue;
            }
            let table = table(self.rules, text, (begins, within), whole)?;
            self.headed = place;
            if table.is_some() {
                self.table = table;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Looks whether a name is one of the columns of a statement.
    fn statement(&mut self, text: &[u8], from: usize, whole: bool) -> Result<bool, More> {
        let Some(opens) = statement::opens(text, from) else { return Ok(false) };
        let place = self.base + opens as u64 + 1;
        if self.headed >= place {
            return Ok(false);
        }
        let statement = statement::heading(text, opens, whole)?;
        self.headed = place;
        let Some((heading, writing)) = statement else { return Ok(false) };
        let Some(columns) = columns(self.rules, text, &heading) else { return Ok(false) };
        self.table = Some(Table {
            writing,
            width: heading.cells.len(),
            columns,
            at: heading.next,
            rows: 0,
            strange: 0,
        });
        Ok(true)
    }

    /// Looks at the rows of a table that begin before `to` and end in sight.
    pub(super) fn rows(&mut self, text: &[u8], to: usize, whole: bool) {
        let Some(mut table) = self.table.take() else { return };
        while table.at < to {
            let row = match row(text, table.at, table.writing, whole) {
                Ok(Some(row)) => row,
                Ok(None) => return,
                Err(More) => break,
            };
            table.at = row.next;
            if !self.row(text, &mut table, &row) {
                return;
            }
        }
        self.table = Some(table);
    }

    /// Looks at one row. Answers whether the table may go on behind it.
    fn row(&mut self, text: &[u8], table: &mut Table, row: &Row) -> bool {
        if is_rule(text, &row.cells) {
            return table.rows == 0;
        }
        if row.is_empty() {
            return table.rows == 0 && table.strange == 0;
        }
        let first = &text[row.cells[0].from..row.cells[0].to];
        if table.writing.within == Within::Lines && ends_table(first, row.cells.len()) {
            return false;
        }
        let cells = &row.cells;
        let Some(more) = cells.len().checked_sub(table.width).filter(|more| *more <= MOST_TOO_MANY) else {
            table.strange += 1;
            return table.strange < MOST_STRANGE;
        };
        (table.rows, table.strange) = (table.rows + 1, 0);
        for (column, rule) in &table.columns {
            // Where there are too many, each may be part of this one.
            let cells = &cells[*column..=column + more];
            if cells.iter().any(|cell| cell.is_quoted) {
                cells.iter().for_each(|cell| self.cell(text, *cell, table.writing.within, *rule));
            } else {
                let all = Cell { from: cells[0].from, to: cells[more].to, is_quoted: false };
                self.cell(text, all, table.writing.within, *rule);
            }
        }
        true
    }

    /// Looks at the value in a cell.
    fn cell(&mut self, text: &[u8], Cell { from, to, is_quoted }: Cell, within: Within, rule: NameRule) {
        if from >= to {
            return;
        }
        let value = &text[from..to];
        let is_statement = matches!(within, Within::Values { .. });
        // What has no quotes in a statement and is no number is calculated; `COPY` writes `\N` for nothing.
        if is_statement && !is_quoted && !value.iter().all(|byte| is_number(*byte)) || value == br"\N" {
            return;
        }
        // `'" + password + "'`, `'{password}'`
        let is_spliced = [(b'"', b'"'), (b'{', b'}')]
            .iter()
            .any(|(begins, ends)| value.first() == Some(begins) && value.last() == Some(ends));
        if is_statement && is_spliced {
            return;
        }
        let is_sure = rule.kind != self.rules.fixed.token && rule.kind != self.rules.fixed.session;
        if is_sure || is_drawn(value) {
            let style = if is_statement && !is_quoted { Style::Number(SQL) } else { Style::Enclosed };
            self.value(text, Slot { from, to, style }, rule);
        }
    }
}

/// The table whose line of names begins at a place, if there is one.
fn table(
    rules: &Rules,
    text: &[u8],
    (begins, within): (usize, Within),
    whole: bool,
) -> Result<Option<Table>, More> {
    // A list in JSON.
    let before = text[begins.saturating_sub(LONGEST_HEADING)..begins].trim_ascii_end().last();
    if within == Within::Lines
        && text[begins..].starts_with(b"\"")
        && before.is_some_and(|byte| b"[{(:,".contains(byte))
    {
        return Ok(None);
    }
    for separator in SEPARATORS {
        let writing = Writing { separator, within };
        let Some(heading) = row(text, begins, writing, whole)? else { continue };
        let Some(columns) = columns(rules, text, &heading) else { continue };
        let width = heading.cells.len();
        if heading.next - begins > LONGEST_HEADING || follows_another(text, begins, writing, width) {
            continue;
        }
        let Some(mut first) = row(text, heading.next, writing, whole)? else { continue };
        let is_ruled = is_rule(text, &first.cells);
        // An empty line may be between.
        if is_ruled || first.is_empty() {
            let Some(next) = row(text, first.next, writing, whole)? else { continue };
            first = next;
        }
        // What an earlier run has changed had other cells then.
        let is_marked = |(column, cell): (usize, &Cell)| {
            !columns.iter().any(|(secret, _)| *secret == column) && mark::has_mark(&text[cell.from..cell.to])
        };
        if (width..=width + MOST_TOO_MANY).contains(&first.cells.len())
            && !first.cells.iter().enumerate().any(is_marked)
            && (is_ruled || are_set_alike(text, separator, &heading, &first))
        {
            return Ok(Some(Table { writing, width, columns, at: heading.next, rows: 0, strange: 0 }));
        }
    }
    Ok(None)
}

/// Whether a line is none of a table but follows it: what `COPY` ends with, how many rows there were, JSON, a line of a
/// log with milliseconds behind a comma.
fn ends_table(first: &[u8], cells: usize) -> bool {
    let is_time = || {
        first.len() == 19 && [(4, b'-'), (13, b':'), (16, b':')].iter().all(|(at, byte)| first[*at] == *byte)
    };
    first == br"\."
        || cells == 1 && first.starts_with(b"(")
        || matches!(first.first(), Some(b'{' | b'[' | b'<')) && !mark::has_mark(first)
        || cells == 2 && is_time()
}

/// Which cells of a line of names are secret, and what their names tell; nothing where it is no such line, or none is.
fn columns(rules: &Rules, text: &[u8], heading: &Row) -> Option<Vec<(usize, NameRule)>> {
    if heading.cells.iter().filter(|cell| cell.from < cell.to).count() < 2 {
        return None;
    }
    let mut columns = Vec::new();
    for (number, cell) in heading.cells.iter().enumerate() {
        let name: Vec<u8> =
            name(text, *cell, number)?.iter().map(|byte| if *byte == b' ' { b'_' } else { *byte }).collect();
        let rule = rules.named(&name);
        let rule = rule.filter(|rule| rule.only == Only::Anywhere && rule.form == Form::Plain);
        columns.extend(rule.map(|rule| (number, rule)));
    }
    (!columns.is_empty()).then_some(columns)
}

/// Whether a name may be a cell or one of its words, by what is around it.
#[inline]
fn is_cell(text: &[u8], from: usize, to: usize) -> bool {
    const AROUND: &[u8] = b",;\t|\r\n";
    let behind = &text[to..text.len().min(to + LONGEST_WORDS)];
    let behind = &behind[behind.iter().take_while(|byte| is_of_name(**byte)).count()..];
    let rest = match behind {
        [b'\\', b'"', rest @ ..] | [b'"' | b'`' | b']', rest @ ..] => rest,
        _ => behind,
    };
    let ends = match rest {
        [] => true,
        [b'\\', next, ..] => matches!(next, b'n' | b'r'),
        [next, ..] => b")([*".contains(next) || AROUND.contains(next),
    };
    if !ends {
        return false;
    }
    let near = &text[from.saturating_sub(LONGEST_WORDS)..from];
    match near.iter().rposition(|byte| !is_of_name(*byte)) {
        // A text of its own in JSON.
        Some(at) if near[at] == b'"' && behind.starts_with(b"\"") => {
            let before = near[..at].trim_ascii_end().last();
            before.is_none_or(|byte| *byte >= 0x80 || *byte == b'(' || AROUND.contains(byte))
                || near[..at].ends_with(b"\n")
        }
        Some(at) => b"(\"\\`[".contains(&near[at]) || AROUND.contains(&near[at]),
        None => true,
    }
}

/// Whether a byte may be one of a name in a cell.
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b" _-./".contains(&byte)
}

/// The name in a cell, the `number`th of a line of them; nothing where it isn't one.
fn name(text: &[u8], cell: Cell, number: usize) -> Option<&[u8]> {
    let all = &text[cell.from..cell.to];
    // `Size (MB)`, `Password [Required]`
    let unit = [&b" ("[..], b" ["].iter().find_map(|opens| memchr::memmem::find(all, opens));
    let name = match unit {
        Some(unit) if all.ends_with(b")") || all.ends_with(b"]") => &all[..unit],
        _ => all.strip_suffix(b"*").unwrap_or(all),
    };
    let begins = match name {
        [] => true,
        b"#" => number == 0,
        [first, ..] => first.is_ascii_alphabetic() || *first >= 0x80 || *first == b'_',
    };
    let is_name = begins
        && all.len() <= super::name::LONGEST
        && name.split(|byte| *byte == b' ').count() <= MOST_WORDS
        && (name == b"#" || name.iter().all(|byte| is_of_name(*byte)));
    is_name.then_some(name)
}

/// Whether the line before has as many names: this one is about such names then, and its own are elsewhere.
fn follows_another(text: &[u8], begins: usize, writing: Writing, width: usize) -> bool {
    let Some(end) = begins.checked_sub(1) else { return false };
    let from = writing.within.line_before(text, end);
    let Ok(Some(before)) = row(&text[..end], from, writing, true) else { return false };
    let mut cells = before.cells.iter().enumerate();
    before.cells.len() == width
        && !before.is_loose
        && cells.all(|(number, cell)| cell.from < cell.to && name(text, *cell, number).is_some())
}

/// Whether two lines are set as names and a row of their values are where no rule is drawn between them, rather than as
/// sentences or commands.
fn are_set_alike(text: &[u8], separator: u8, heading: &Row, first: &Row) -> bool {
    const BEGIN_OTHERS: [&[u8]; 5] = [b"FROM ", b"SELECT ", b"GROUP BY ", b"ORDER BY ", b"WHERE "];
    let begins = |row: &Row| {
        let cell = row.cells[0];
        BEGIN_OTHERS.iter().any(|word| starts_with(&text[cell.from..cell.to], word))
    };
    let is_loose = heading.is_loose && !heading.cells.iter().all(|cell| cell.is_quoted);
    let may_be_loose = first.is_loose && heading.cells.len() > 2 && separator != b'|';
    !heading.is_indented
        && !begins(heading)
        && !begins(first)
        && if is_loose { may_be_loose } else { heading.is_loose || !first.is_loose }
}
