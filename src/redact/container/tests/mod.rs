//! Archives are written and read here by other libraries than ours.

mod gzip;
mod hostile;
mod tar;
mod utf16;
mod zip;

use std::io::{self, Cursor, Read as _, Write as _};

use super::Unread;
use crate::redact::tests::redactor_with;
use crate::redact::{Marks, Note, Redactor, Report};

const SECRET: &[u8] = b"GET /\npassword=hunter2\n";
const REDACTED: &[u8] = b"GET /\npassword=[redacted:password:1]\n";
const HARMLESS: &[u8] = b"GET / 200\n";

fn redactor() -> Redactor {
    redactor_with(Marks::numbered())
}

fn look(input: &[u8]) -> Report {
    redactor().look(&mut Cursor::new(input)).unwrap().report
}

fn try_redact(input: &[u8]) -> io::Result<(Vec<u8>, Report)> {
    let redactor = redactor();
    let mut input = Cursor::new(input);
    let found = redactor.look(&mut input)?;
    let mut output = Vec::new();
    let report = redactor.write(&found, &mut input, &mut output)?;
    Ok((output, report))
}

/// The copy of what can be read, whose report says the same as looking.
fn redact(input: &[u8]) -> (Vec<u8>, Report) {
    let (output, report) = try_redact(input).unwrap();
    assert_eq!(report, look(input));
    (output, report)
}

/// Why an input isn't written, which looking notes as well.
fn refusal(input: &[u8]) -> String {
    let error = try_redact(input).unwrap_err();
    let unread = Unread::of(&error).unwrap_or_else(|| panic!("{error}")).clone();
    let report = look(input);
    assert!(report.is_unread() && !report.is_empty(), "{report:?}");
    let is_it = |note: &Note| match note {
        Note::Damaged { member, why } => (member, why) == (&unread.member, &unread.why),
        Note::Packed { member, with } => *member == unread.member && unread.why.contains(with.as_str()),
        _ => false,
    };
    assert!(report.notes.iter().any(is_it), "{report:?}");
    error.to_string()
}

fn assert_untouched(input: &[u8]) -> Report {
    let (output, report) = redact(input);
    assert_eq!(report.total(), 0);
    assert!(output == input, "the copy of what has no secret has other bytes");
    report
}

fn places(report: &Report) -> Vec<(&str, u64)> {
    report.places.iter().map(|place| (place.member.as_deref().unwrap_or_default(), place.line)).collect()
}

fn damaged(member: Option<&str>, why: &str) -> Note {
    Note::Damaged { member: member.map(str::to_owned), why: why.to_owned() }
}

fn gz(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn gunzipped(packed: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut content).unwrap();
    content
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o640);
        header.set_mtime(1_700_000_000);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    zipped_with(files, ::zip::write::SimpleFileOptions::default())
}

fn zipped_with(files: &[(&str, &[u8])], options: ::zip::write::SimpleFileOptions) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, options.unix_permissions(0o640)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Names and contents of what is in a zip file.
fn unzipped(packed: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(packed)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().to_owned(), content)
        })
        .collect()
}

#[test]
fn passes_media_and_reads_what_is_unknown() {
    let picture = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], SECRET].concat();
    assert_eq!(assert_untouched(&picture).notes, [Note::Media { member: None }]);

    let program = [&b"\x7fELF\0\0"[..], SECRET].concat();
    let (output, report) = redact(&program);
    assert_eq!(output, [&b"\x7fELF\0\0"[..], REDACTED].concat());
    assert_eq!(report.notes, [Note::Binary { member: None }]);
}

#[test]
fn never_changes_what_it_can_not_unpack() {
    let packed = &b"\x28\xb5\x2f\xfd\x24\x0a"[..];
    let noted =
        |member: Option<&str>| Note::Packed { member: member.map(str::to_owned), with: "zstd".to_owned() };
    let with_secret = [packed, SECRET].concat();
    let refused = "it is packed with zstd and there is a secret in it: unpack it first";
    assert_eq!(assert_untouched(packed).notes, [noted(None)]);
    // A check has found something.
    assert_eq!((look(&with_secret).total(), look(&with_secret).is_unread()), (1, true));
    assert_eq!(refusal(&with_secret), refused);
    for wrapped in [tarred, zipped] {
        let report = assert_untouched(&wrapped(&[("a.zst", packed), ("b.log", HARMLESS)]));
        assert_eq!(report.notes, [noted(Some("a.zst"))]);
        assert_eq!(
            refusal(&wrapped(&[("a.log", SECRET), ("b.zst", &with_secret)])),
            format!("b.zst: {refused}")
        );
    }
    // Beside others that are changed it keeps its bytes.
    let (output, report) = redact(&zipped(&[("a.log", SECRET), ("b.zst", packed)]));
    assert_eq!(places(&report), [("a.log", 2)]);
    assert_eq!(unzipped(&output)[1], ("b.zst".to_owned(), packed.to_vec()));
}

#[test]
fn takes_a_short_text_for_text_however_it_begins() {
    let mut report = Report::default();
    let text = redactor().text("GIF89a\0PK\u{3}\u{4} password=hunter2", &mut report);
    assert_eq!(text.as_deref(), Some("GIF89a\0PK\u{3}\u{4} password=[redacted:password:1]"));
    assert_eq!(report.total(), 1);
}

#[test]
fn reads_archives_in_archives() {
    let inner = zipped(&[("deep.log", SECRET), ("other.log", HARMLESS)]);
    let untouched = gz(HARMLESS);
    let outer = gz(&tarred(&[
        ("a/inner.zip", &inner),
        ("a/app.log.gz", &gz(SECRET)),
        ("a/other.gz", &untouched),
        ("a/plain.log", SECRET),
    ]));
    let (output, report) = redact(&outer);
    let found = [("a/inner.zip/deep.log", 2), ("a/app.log.gz", 2), ("a/plain.log", 2)];
    assert_eq!(places(&report), found);
    let plain = gunzipped(&output);
    let mut archive = ::tar::Archive::new(&plain[..]);
    let contents: Vec<Vec<u8>> = archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut content = Vec::new();
            entry.unwrap().read_to_end(&mut content).unwrap();
            content
        })
        .collect();
    let files = [("deep.log".to_owned(), REDACTED.to_vec()), ("other.log".to_owned(), HARMLESS.to_vec())];
    assert_eq!(unzipped(&contents[0]), files);
    assert_eq!(gunzipped(&contents[1]), REDACTED);
    assert!(contents[2] == untouched);
    assert_eq!(contents[3], REDACTED);
}
