//! Lines that say one thing each, in a wide terminal or a narrow one.

use super::bold;
use crate::ui::{Page, text};

/// Columns from which on there is room for a column of labels beside the values.
pub(super) const NARROW: usize = 60;

/// Columns that running text may take.
pub(super) fn columns(page: &Page) -> usize {
    page.width.unwrap_or(100).min(100)
}

/// A label and a value, in a column that begins at `start`. In a narrow terminal the value goes on in the
/// label's line.
pub(super) fn fact(label: &str, start: usize, value: &str, page: &Page) -> String {
    painted_fact(label, start, value, page, str::to_owned)
}

/// The same, with each line of the value painted once it is laid out.
pub(super) fn painted_fact(
    label: &str,
    start: usize,
    value: &str,
    page: &Page,
    paint: impl Fn(&str) -> String,
) -> String {
    let (columns, value) = (columns(page), text::clean(value));
    let (head, indent, lines) = if columns < NARROW {
        let head = format!("{}{}", label, if label.is_empty() { "  " } else { ": " });
        let lines = text::wrap(&format!("{head}{value}"), columns - 2, "");
        (head, 2, lines)
    } else {
        let head = format!("{label:<start$}");
        let lines = format!("{head}{}", text::wrap(&value, columns - start, ""));
        (head, start, lines)
    };
    let mut out = String::new();
    for (at, line) in lines.trim_end().lines().enumerate() {
        match line.strip_prefix(&head).filter(|_| at == 0) {
            Some(value) => out.push_str(&format!("{head}{}\n", paint(value))),
            None if at == 0 => out.push_str(&format!("{line}\n")),
            None => out.push_str(&format!("{:indent$}{}\n", "", paint(line))),
        }
    }
    out
}

/// A name that stands out and what there is to say about it on the same line, as far as it fits.
pub(super) fn headed(name: &str, rest: &str, page: &Page, paint: impl Fn(&str) -> String) -> String {
    let (name, rest) = (text::clean_line(name), text::clean_line(rest));
    let columns = columns(page);
    let wrapped = text::wrap(&format!("{name}  {rest}"), columns.saturating_sub(4), "");
    if text::width(&name) + 2 + text::width(&rest) <= columns {
        return format!("{}  {}\n", bold(&name, page), paint(&rest));
    }
    let lines = wrapped.lines().enumerate().map(|(at, line)| match line.strip_prefix(name.as_str()) {
        Some(rest) if at == 0 => format!("{}{}\n", bold(&name, page), paint(rest)),
        _ if at == 0 => format!("{}\n", bold(line, page)),
        _ => format!("    {}\n", paint(line)),
    });
    lines.collect()
}
