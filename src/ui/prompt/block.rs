//! A few rows at the bottom of what was said so far, drawn again and again while a question is asked.
//!
//! Where the rows begin is known from where the cursor was left. When the window becomes narrower, most
//! terminals break rows that don't fit any more, and some cut them off; which of them this is shows in the
//! column that the cursor is in then.

use std::io;

use console::{Term, measure_text_width};

/// Rows that are drawn, and the cursor in one of them.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Columns that each row takes.
    rows: Vec<usize>,
    /// Row and column; rows from the block's first one.
    cursor: (usize, usize),
}

impl Block {
    /// Draws rows in place of those that are there, and puts the cursor somewhere in them. Each has to fit
    /// into the window, and all of them together too.
    pub(super) fn draw(&mut self, term: &Term, rows: &[String], cursor: (usize, usize)) -> io::Result<()> {
        let up = step(rows.len().saturating_sub(cursor.0 + 1), 'A');
        let right = step(cursor.1, 'C');
        term.write_str(&format!("{}{}\r{up}{right}", self.away(), rows.join("\r\n")))?;
        self.rows = rows.iter().map(|row| measure_text_width(row)).collect();
        self.cursor = cursor;
        Ok(())
    }

    /// Leaves rows in place of those that are there, and the cursor below them.
    pub(super) fn leave(&mut self, term: &Term, rows: &[String]) -> io::Result<()> {
        let left: String = rows.iter().map(|row| format!("{row}\r\n")).collect();
        term.write_str(&format!("{}{left}", self.away()))?;
        *self = Self::default();
        Ok(())
    }

    /// Reckons with a window of so many columns, in which the terminal says that the cursor is in a column.
    pub(super) fn resize(&mut self, columns: usize, says: Option<usize>) {
        let columns = columns.max(1);
        let (row, column) = self.cursor;
        // Where both come to the same, it is taken for one of the many.
        let cut_off = column >= columns && says == Some(columns - 1) && column % columns != columns - 1;
        if !cut_off {
            let above: usize = self.rows.iter().take(row).map(|width| width.div_ceil(columns).max(1)).sum();
            self.cursor = (above + column / columns, column % columns);
        }
    }

    /// What takes the rows off the screen: back to the first, and everything from there on cleared.
    fn away(&self) -> String {
        format!("\r{}\u{1b}[J", step(self.cursor.0, 'A'))
    }
}

/// Moves the cursor so many rows or columns; for none there is no sequence.
fn step(count: usize, way: char) -> String {
    if count == 0 { String::new() } else { format!("\u{1b}[{count}{way}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_is_found_again_in_a_narrower_window() {
        for (rows, cursor, columns, says, expected) in [
            // One row that is broken into three, with the cursor in the third.
            (&[70][..], (0, 65), 30, Some(5), 2),
            // The same, cut off.
            (&[70], (0, 65), 30, Some(29), 0),
            // A terminal that says nothing is taken for one that breaks rows.
            (&[70], (0, 65), 30, None, 2),
            (&[70, 10, 0, 35, 50], (3, 20), 30, Some(20), 5),
            (&[70, 10], (1, 10), 80, Some(10), 1),
        ] {
            let mut block = Block { rows: rows.to_vec(), cursor };
            block.resize(columns, says);
            assert_eq!(block.cursor.0, expected, "{rows:?} {cursor:?} {columns} {says:?}");
        }
    }
}
