//! PLACEHOLDER: knows `password=…` and nothing else, and reads it all at once.
use std::io::{self, Read, Write};

use super::known::Known;
use super::mark::Marks;
use super::report::{Place, Report};
use super::rules::Rules;

/// Finds secrets in a text, adds them to what is known, and tells what there is.
pub(super) fn look(
    rules: &Rules,
    marks: &Marks,
    input: &mut dyn Read,
    _known: &mut Known,
) -> io::Result<Report> {
    write(rules, marks, &Known, input, &mut io::sink())
}

/// Writes a text without its secrets.
pub(super) fn write(
    _rules: &Rules,
    marks: &Marks,
    _known: &Known,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<Report> {
    let mut text = Vec::new();
    input.read_to_end(&mut text)?;
    let mut report = Report::default();
    let mut rest = &text[..];
    let name = b"password=";
    while let Some(at) = memchr::memmem::find(rest, name) {
        let (before, value) = rest.split_at(at + name.len());
        output.write_all(before)?;
        let end = value.iter().position(|byte| b" \n\r\"&<\\".contains(byte)).unwrap_or(value.len());
        if super::mark::end(value).is_none() && end > 0 {
            let mark = marks.mark("password", marks.digest(&value[..end]));
            output.write_all(mark.as_bytes())?;
            report.count("password");
            if report.has_room() {
                let line =
                    1 + text[..text.len() - value.len()].iter().filter(|byte| **byte == b'\n').count() as u64;
                report.places.push(Place { kind: "password".into(), line, path: None, member: None, mark });
            }
            rest = &value[end..];
        } else {
            rest = value;
        }
    }
    output.write_all(rest)?;
    Ok(report)
}
