//! Makes the picture of a walk that README.md shows, from a real run in a real terminal:
//!
//! ```sh
//! cargo build && cargo run --example picture -- target/debug/docket docs/walk.svg
//! ```
//!
//! It opens a case at the portal `local`, in a folder of its own, and draws the screen as it is before the
//! case is filed.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    reason = "it shares the tests' terminal"
)]

#[path = "../tests/cli/screen.rs"]
mod screen;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use screen::{ENTER, Terminal};
use vt100::{Cell, Color, Screen};

const COLUMNS: u16 = 88;
const ROWS: u16 = 58;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(binary), Some(picture)) = (arguments.next(), arguments.next()) else {
        panic!("give the docket to run and the file to write");
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("trace.har"), "{}").unwrap();
    let mut terminal = Terminal::sized(&docket(Path::new(&binary), folder.path()), COLUMNS, ROWS);
    walk(&mut terminal);
    std::fs::write(picture, terminal.look(draw)).unwrap();
    terminal.dies();
}

fn docket(binary: &Path, folder: &Path) -> Command {
    let mut command = Command::new(std::path::absolute(binary).unwrap());
    command
        .args(["--portal", "local", "case", "new", "--watch", "ops@example.com"])
        .args(["--occurred-before", "No, never.", "--steps", "1. Upload the list. 2. Send it."])
        .current_dir(folder)
        .env("DOCKET_CONFIG_DIR", folder.join("config"))
        .env("DOCKET_DATA_DIR", folder.join("data"))
        .env("TZ", "UTC");
    command
}

/// Answers what a case about eSignature asks.
fn walk(terminal: &mut Terminal) {
    terminal.answers("Product ›", ENTER);
    terminal.answers("Category ›", "sending\r");
    terminal.answers("Sub-category ›", "stuck\r");
    terminal.answers("These may help ›", ENTER);
    terminal.answers("Subject ›", "Envelopes stay in the outbox\r");
    terminal
        .answers("Type or paste it.", "Since noon every envelope of a bulk send stays in the outbox.\r.\r");
    terminal.answers("First seen ›", "2h ago\r");
    terminal.answers("User impact ›", ENTER);
    terminal.answers("Envelope ID (optional) ›", ENTER);
    terminal.answers("Attachment (optional) ›", "tr\t\r");
    terminal.answers("Product version (optional) ›", ENTER);
    terminal.answers("Browser (optional) ›", "Firefox 130\r");
    terminal.answers("Contact method ›", ENTER);
    terminal.answers("Support language ›", ENTER);
    terminal.shows("What now? ›");
    terminal.shows("Throw it away");
}

const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 18.0;

/// The screen as SVG, without what is empty below.
fn draw(screen: &Screen) -> String {
    let rows = (0..ROWS).rev().find(|row| !text(screen, *row).trim().is_empty()).map_or(1, |row| row + 1);
    let width = f32::from(COLUMNS) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(rows) * CELL.1 + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\">\n\
         <title>A walk to a new case in a terminal</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1c1e26\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\" fill=\"#d8dee9\" xml:space=\"preserve\">\n"
    );
    for row in 0..rows {
        draw_row(&mut svg, screen, row);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// A row, a run of cells that look the same at a time.
fn draw_row(svg: &mut String, screen: &Screen, row: u16) {
    let y = MARGIN + (f32::from(row) + 0.75) * CELL.1;
    let cells: Vec<&Cell> = (0..COLUMNS).filter_map(|column| screen.cell(row, column)).collect();
    let mut column = 0;
    for run in cells.chunk_by(|one, other| style(one) == style(other)) {
        let x = MARGIN + f32::from(column) * CELL.0;
        column += u16::try_from(run.len()).unwrap();
        let text: String =
            run.iter().map(|cell| if cell.has_contents() { cell.contents() } else { " " }).collect();
        if !text.trim().is_empty() {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ =
                writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\"{}>{}</text>", style(run[0]), text.trim_end());
        }
    }
}

fn style(cell: &Cell) -> String {
    let colour = match cell.fgcolor() {
        Color::Idx(1 | 9) => "#e06c75",
        Color::Idx(2 | 10) => "#98c379",
        Color::Idx(3 | 11) => "#e5c07b",
        Color::Idx(4 | 12) => "#61afef",
        Color::Idx(5 | 13) => "#c678dd",
        Color::Idx(6 | 14) => "#56b6c2",
        Color::Idx(8) => "#7f848e",
        _ if cell.dim() => "#8a90a0",
        _ => "",
    };
    let mut style = if colour.is_empty() { String::new() } else { format!(" fill=\"{colour}\"") };
    if cell.bold() {
        style.push_str(" font-weight=\"bold\"");
    }
    style
}

fn text(screen: &Screen, row: u16) -> String {
    screen.rows(0, COLUMNS).nth(usize::from(row)).unwrap_or_default().to_owned()
}
