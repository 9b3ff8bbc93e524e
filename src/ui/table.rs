//! Tables for people, which fit the terminal.

use comfy_table::{ContentArrangement, presets};

use super::{Page, text};

/// A borderless table. Where it doesn't fit, the least important columns go first; then the one column
/// that may shrink is cut.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
struct Column {
    title: &'static str,
    /// The higher, the sooner it goes; 0 stays.
    expendable: u8,
    /// Whether its cells may be cut.
    shrinks: bool,
}

/// Columns between two cells.
const GAP: usize = 2;
/// What is left of a column that shrinks, before others have to go.
const LEAST: usize = 16;

impl Table {
    /// A table without columns.
    pub fn new() -> Self {
        Self { columns: Vec::new(), rows: Vec::new() }
    }

    /// One more column; the higher `expendable`, the sooner it goes in a narrow terminal, 0 never.
    #[must_use]
    pub fn column(mut self, title: &'static str, expendable: u8) -> Self {
        self.columns.push(Column { title, expendable, shrinks: false });
        self
    }

    /// One more column, whose cells are cut when it gets narrow.
    #[must_use]
    pub fn shrinking(mut self, title: &'static str) -> Self {
        self.columns.push(Column { title, expendable: 0, shrinks: true });
        self
    }

    /// One more row, a cell a column; cells are cleaned here.
    pub fn row<I: IntoIterator<Item = S>, S: AsRef<str>>(&mut self, cells: I) {
        self.rows.push(cells.into_iter().map(|cell| text::clean_line(cell.as_ref())).collect());
    }

    /// The table as text, a line a row.
    pub fn render(&self, page: &Page) -> String {
        let kept = self.fitting(page.width);
        let widths: Vec<usize> = kept.iter().map(|&index| self.natural_width(index)).collect();
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let room = page.width.map(|width| self.room_to_shrink(&kept, &widths, width));
        let cut = |index: usize, cell: &str| match room {
            Some(room) if self.columns[index].shrinks => text::truncate(cell, room),
            _ => cell.to_owned(),
        };
        table.set_header(kept.iter().map(|&index| self.columns[index].title));
        for row in &self.rows {
            table.add_row(kept.iter().map(|&index| cut(index, row.get(index).map_or("", String::as_str))));
        }
        let last = kept.len().saturating_sub(1);
        for (position, column) in table.column_iter_mut().enumerate() {
            let after = if position == last { 0 } else { 2 };
            column.set_padding((0, after));
        }
        table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    fn natural_width(&self, index: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(index)).map(|cell| text::width(cell));
        cells.chain([text::width(self.columns[index].title)]).max().unwrap_or(0)
    }

    /// The columns that stay, given the terminal's width.
    fn fitting(&self, width: Option<usize>) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..self.columns.len()).collect();
        let Some(width) = width else { return kept };
        loop {
            let least: usize = kept
                .iter()
                .map(|&index| {
                    let natural = self.natural_width(index);
                    if self.columns[index].shrinks { natural.min(LEAST) } else { natural }
                })
                .sum::<usize>()
                + GAP * kept.len().saturating_sub(1);
            let next = kept.iter().copied().filter(|&index| self.columns[index].expendable > 0);
            match next.max_by_key(|&index| self.columns[index].expendable) {
                Some(index) if least > width => kept.retain(|&other| other != index),
                _ => return kept,
            }
        }
    }

    fn room_to_shrink(&self, kept: &[usize], widths: &[usize], width: usize) -> usize {
        let fixed: usize = kept
            .iter()
            .zip(widths)
            .filter(|(index, _)| !self.columns[**index].shrinks)
            .map(|(_, natural)| natural)
            .sum();
        width.saturating_sub(fixed + GAP * kept.len().saturating_sub(1)).max(4)
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Zoned;

    use super::*;

    fn table(width: Option<usize>) -> String {
        let mut table =
            Table::new().column("NUMBER", 0).column("STATUS", 1).shrinking("SUBJECT").column("UPDATED", 2);
        table.row(["00000001", "My Action Required", "Envelope stuck in the sending queue", "3 hours ago"]);
        table.row(["00000002", "Open", "日本語の件名がここにあります", "now"]);
        table.render(&Page { width, color: false, now: Zoned::now() })
    }

    #[test]
    fn columns_go_by_importance_and_the_subject_is_cut() {
        insta::assert_snapshot!(table(None), @r"
        NUMBER    STATUS              SUBJECT                              UPDATED
        00000001  My Action Required  Envelope stuck in the sending queue  3 hours ago
        00000002  Open                日本語の件名がここにあります         now
        ");
        insta::assert_snapshot!(table(Some(60)), @r"
        NUMBER    STATUS              SUBJECT            UPDATED
        00000001  My Action Required  Envelope stuck i…  3 hours ago
        00000002  Open                日本語の件名がこ…  now
        ");
        insta::assert_snapshot!(table(Some(40)), @r"
        NUMBER    SUBJECT
        00000001  Envelope stuck in the sending…
        00000002  日本語の件名がここにあります
        ");
    }
}
