//! Tables for people, which fit the terminal.

use comfy_table::{ContentArrangement, presets};
use console::Style;

use super::{Page, text};

/// A borderless table, in which no line is longer than the terminal is wide.
///
/// Where it doesn't fit, columns that may be cut are cut first, then the least important columns go. Where even
/// the columns that matter most don't fit beside each other, a row takes two lines: the column that
/// shrinks stands under the others.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone)]
struct Column {
    title: &'static str,
    /// The higher, the sooner it goes; 0 stays.
    expendable: u8,
    /// Whether its cells may be cut.
    shrinks: bool,
}

/// What stands in a row's column.
#[derive(Debug, Clone)]
pub struct Cell {
    text: String,
    style: Option<Style>,
}

impl Cell {
    /// A text that has a style where there is colour.
    pub fn styled(said: impl AsRef<str>, style: Style) -> Self {
        Self { style: Some(style), ..Self::from(said) }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(said: T) -> Self {
        Self { text: text::clean_line(said.as_ref()), style: None }
    }
}

/// Columns between two cells.
const GAP: usize = 2;
/// What is left of a column that shrinks, before others have to go.
const LEAST: usize = 20;
/// What stands before the second line of a row.
const INDENT: usize = 2;

impl Table {
    /// A table without columns.
    pub fn new() -> Self {
        Self { columns: Vec::new(), rows: Vec::new() }
    }

    /// One more column; the higher `expendable`, the sooner it goes in a narrow terminal, 0 never. Where no
    /// column has a title the table has no headings.
    #[must_use]
    pub fn column(mut self, title: &'static str, expendable: u8) -> Self {
        self.columns.push(Column { title, expendable, shrinks: false });
        self
    }

    /// One more column, whose cells are cut when it gets narrow. A table has one.
    #[must_use]
    pub fn shrinking(mut self, title: &'static str) -> Self {
        self.columns.push(Column { title, expendable: 0, shrinks: true });
        self
    }

    /// One more column for what may be long but matters less: it is cut before it goes.
    #[must_use]
    pub fn lengthy(mut self, title: &'static str, expendable: u8) -> Self {
        self.columns.push(Column { title, expendable, shrinks: true });
        self
    }

    /// One more row, a cell a column; cells are cleaned here.
    pub fn row<I: IntoIterator<Item = C>, C: Into<Cell>>(&mut self, cells: I) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The table as text, a line or two a row.
    pub fn render(&self, page: &Page) -> String {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let Some(width) = page.width else { return self.side_by_side(&all, None, page).concat() };
        let kept = self.fitting(&all, width);
        let under =
            kept.iter().copied().find(|&index| self.columns[index].expendable == 0 && self.shrinks(index));
        match under.filter(|_| kept.len() > 1 && self.least(&kept) > width) {
            Some(under) => self.stacked(&all, under, width, page),
            None => self.side_by_side(&kept, Some(width), page).concat(),
        }
    }

    /// The rows in two lines each: one column under the others.
    fn stacked(&self, all: &[usize], under: usize, width: usize, page: &Page) -> String {
        let others: Vec<usize> = all.iter().copied().filter(|&index| index != under).collect();
        let above = self.side_by_side(&self.fitting(&others, width), Some(width), page);
        let headings = usize::from(self.has_headings());
        let mut out = above[..headings].concat();
        for (line, row) in above[headings..].iter().zip(&self.rows) {
            out.push_str(line);
            if let Some(cell) = row.get(under).filter(|cell| !cell.text.is_empty()) {
                let room = width.saturating_sub(INDENT).max(1);
                let cut = Cell { text: text::truncate(&cell.text, room), style: cell.style.clone() };
                out.push_str(&format!("{:INDENT$}{}\n", "", cut.painted(page)));
            }
        }
        out
    }

    /// A line for the headings, where there are any, and one a row.
    fn side_by_side(&self, kept: &[usize], width: Option<usize>, page: &Page) -> Vec<String> {
        let widths = self.widths(kept, width);
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let headings = kept.iter().map(|&index| Cell::from(self.columns[index].title)).collect();
        let rows = self.rows.iter().map(|row| {
            kept.iter().map(|&index| row.get(index).cloned().unwrap_or_else(|| Cell::from(""))).collect()
        });
        let rows: Vec<Vec<Cell>> = std::iter::once(headings)
            .filter(|_| self.has_headings())
            .chain(rows)
            .map(|row: Vec<Cell>| {
                row.into_iter().zip(&widths).map(|(cell, width)| cell.cut(*width)).collect()
            })
            .collect();
        for row in &rows {
            table.add_row(row.iter().map(|cell| &cell.text));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, u16::try_from(GAP).unwrap_or(2)));
        }
        let lines = table.lines().zip(&rows);
        lines.map(|(line, row)| paint(line.trim_end(), row, &widths, page) + "\n").collect()
    }

    fn has_headings(&self) -> bool {
        self.columns.iter().any(|column| !column.title.is_empty())
    }

    fn shrinks(&self, index: usize) -> bool {
        self.columns[index].shrinks
    }

    fn natural_width(&self, index: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(index)).map(|cell| text::width(&cell.text));
        cells.chain([text::width(self.columns[index].title)]).max().unwrap_or(0)
    }

    fn least_width(&self, index: usize) -> usize {
        let natural = self.natural_width(index);
        if self.shrinks(index) { natural.min(LEAST) } else { natural }
    }

    /// Columns that these take at least, side by side.
    fn least(&self, kept: &[usize]) -> usize {
        kept.iter().map(|&index| self.least_width(index)).sum::<usize>() + GAP * kept.len().saturating_sub(1)
    }

    /// Those of `columns` that stay in a terminal of this width.
    fn fitting(&self, columns: &[usize], width: usize) -> Vec<usize> {
        let mut kept = columns.to_vec();
        while self.least(&kept) > width {
            let expendable = kept.iter().copied().filter(|&index| self.columns[index].expendable > 0);
            let Some(least) = expendable.max_by_key(|&index| self.columns[index].expendable) else { break };
            kept.retain(|&index| index != least);
        }
        kept
    }

    /// How wide each column gets. What is left over goes to the columns that shrink, the most important one
    /// first; where there is too little, the last columns are cut.
    fn widths(&self, kept: &[usize], width: Option<usize>) -> Vec<usize> {
        let Some(width) = width else { return kept.iter().map(|&index| self.natural_width(index)).collect() };
        let mut widths: Vec<usize> = kept.iter().map(|&index| self.least_width(index)).collect();
        let least = self.least(kept);
        let mut left = width.saturating_sub(least);
        let mut order: Vec<usize> = (0..kept.len()).collect();
        order.sort_by_key(|&position| self.columns[kept[position]].expendable);
        for position in order {
            let more = left.min(self.natural_width(kept[position]) - widths[position]);
            widths[position] += more;
            left -= more;
        }
        let mut missing = least.saturating_sub(width);
        for column in widths.iter_mut().rev() {
            let less = missing.min(column.saturating_sub(1));
            *column -= less;
            missing -= less;
        }
        widths
    }
}

impl Cell {
    fn cut(self, width: usize) -> Self {
        Self { text: text::truncate(&self.text, width), ..self }
    }

    fn painted(&self, page: &Page) -> String {
        match &self.style {
            Some(style) if page.color => style.clone().force_styling(true).apply_to(&self.text).to_string(),
            _ => self.text.clone(),
        }
    }
}

/// The line of a row, with its cells in their styles. That comes after the line is laid out, so that no
/// escape code counts as a column.
fn paint(line: &str, row: &[Cell], widths: &[usize], page: &Page) -> String {
    if !page.color || row.iter().all(|cell| cell.style.is_none()) {
        return line.to_owned();
    }
    let (mut out, mut rest) = (String::new(), line);
    for (cell, width) in row.iter().zip(widths) {
        let Some(after) = rest.strip_prefix(cell.text.as_str()) else { break };
        let blank = (width + GAP - text::width(&cell.text)).min(after.len());
        out.push_str(&cell.painted(page));
        out.push_str(&after[..blank]);
        rest = &after[blank..];
    }
    out + rest
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(width: Option<usize>) -> Page {
        Page { width, ..Page::for_tests() }
    }

    fn cases() -> Table {
        let mut table = Table::new()
            .column("NUMBER", 0)
            .column("STATUS", 0)
            .shrinking("SUBJECT")
            .column("PRODUCT", 2)
            .column("UPDATED", 1);
        let yellow = Cell::styled("My Action Required", Style::new().yellow());
        let subject = "Envelope stuck in the sending queue";
        table.row(["00000001".into(), yellow, subject.into(), "esignature".into(), "3 hours ago".into()]);
        table.row(["00000002", "Open", "日本語の件名がここにあります", "rooms", "now"]);
        table
    }

    #[test]
    fn columns_go_by_importance_and_the_subject_is_cut() {
        insta::assert_snapshot!(cases().render(&page(None)), @"
        NUMBER    STATUS              SUBJECT                              PRODUCT     UPDATED
        00000001  My Action Required  Envelope stuck in the sending queue  esignature  3 hours ago
        00000002  Open                日本語の件名がここにあります         rooms       now
        ");
        insta::assert_snapshot!(cases().render(&page(Some(80))), @"
        NUMBER    STATUS              SUBJECT                    PRODUCT     UPDATED
        00000001  My Action Required  Envelope stuck in the se…  esignature  3 hours ago
        00000002  Open                日本語の件名がここにあり…  rooms       now
        ");
        insta::assert_snapshot!(cases().render(&page(Some(60))), @"
        NUMBER    STATUS              SUBJECT
        00000001  My Action Required  Envelope stuck in the sending…
        00000002  Open                日本語の件名がここにあります
        ");
    }

    #[test]
    fn a_row_takes_two_lines_before_what_matters_is_lost() {
        insta::assert_snapshot!(cases().render(&page(Some(40))), @"
        NUMBER    STATUS
        00000001  My Action Required
          Envelope stuck in the sending queue
        00000002  Open
          日本語の件名がここにあります
        ");
        insta::assert_snapshot!(cases().render(&page(Some(20))), @"
        NUMBER    STATUS
        00000001  My Action…
          Envelope stuck in…
        00000002  Open
          日本語の件名がこ…
        ");
    }

    #[test]
    fn what_is_long_but_matters_less_is_cut_before_it_goes() {
        let mut table = Table::new().column("ID", 0).shrinking("NAME").lengthy("MEMBERS", 1);
        table.row(["1001", "Northwind Legal", "kim@example.com, sam@example.com"]);
        insta::assert_snapshot!(table.render(&page(Some(50))), @"
        ID    NAME             MEMBERS
        1001  Northwind Legal  kim@example.com, sam@examp…
        ");
        insta::assert_snapshot!(table.render(&page(Some(30))), @"
        ID    NAME
        1001  Northwind Legal
        ");
    }

    #[test]
    fn without_titles_there_are_no_headings() {
        let mut table = Table::new().column("", 0).shrinking("");
        table.row(["Subject", "Envelope stuck in the sending queue"]);
        table.row(["Phone", ""]);
        insta::assert_snapshot!(table.render(&page(Some(30))), @"
        Subject  Envelope stuck in th…
        Phone
        ");
        insta::assert_snapshot!(table.render(&page(Some(20))), @"
        Subject
          Envelope stuck in…
        Phone
        ");
    }

    #[test]
    fn colour_changes_no_width() {
        for width in [None, Some(80), Some(60), Some(40), Some(20), Some(9)] {
            let coloured = cases().render(&Page { color: true, ..page(width) });
            assert!(coloured.contains("\u{1b}[33m"), "{coloured}");
            assert_eq!(console::strip_ansi_codes(&coloured), cases().render(&page(width)));
        }
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_the_terminal(
            cells in proptest::collection::vec(("\\PC{0,30}", "\\PC{0,40}", "\\PC{0,12}"), 0..5),
            width in 14_usize..120,
        ) {
            let mut table = Table::new().column("ID", 0).column("STATE", 0).shrinking("NAME").column("AT", 1);
            for (state, name, at) in &cells {
                table.row(["0001", state, name, at]);
            }
            for line in table.render(&page(Some(width))).lines() {
                prop_assert!(text::width(line) <= width, "{width}: {line}");
            }
        }
    }
}
