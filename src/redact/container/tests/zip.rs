//! zip files: what is kept, and what contradicts itself.

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime};

use super::*;

fn at(bytes: &[u8], what: &[u8]) -> usize {
    memchr::memmem::find(bytes, what).unwrap()
}

fn last_at(bytes: &[u8], what: &[u8]) -> usize {
    memchr::memmem::rfind(bytes, what).unwrap()
}

#[test]
fn keeps_names_modes_times_and_order() {
    let time = DateTime::from_date_and_time(2026, 1, 5, 12, 30, 0).unwrap();
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        for is_big in [false, true] {
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(time)
                .large_file(is_big);
            let files: [(&str, &[u8]); 5] = [
                ("b.log", SECRET),
                ("../a.log", HARMLESS),
                ("folder/", b""),
                ("/c.log", SECRET),
                ("empty", b""),
            ];
            let archive = zipped_with(&files, options);
            let (output, report) = redact(&archive);
            assert_eq!(places(&report), [("b.log", 2), ("/c.log", 2)]);
            assert_eq!(report.notes, []);
            let copied: Vec<_> = files
                .map(|(name, content)| {
                    (name.to_owned(), if content == SECRET { REDACTED } else { content }.to_vec())
                })
                .into();
            assert_eq!(unzipped(&output), copied);
            let mut archive = ::zip::ZipArchive::new(Cursor::new(output)).unwrap();
            for at in 0..archive.len() {
                let file = archive.by_index(at).unwrap();
                assert_eq!((file.unix_mode(), file.compression()), (Some(0o100_640), method));
                assert_eq!(file.last_modified(), Some(time));
            }
        }
    }
}

#[test]
fn keeps_its_bytes_where_it_has_no_secret() {
    assert_untouched(&zipped(&[
        ("a.log", HARMLESS),
        ("b.gz", &gz(HARMLESS)),
        ("c", &zipped(&[("d", HARMLESS)])),
    ]));
    assert_untouched(&zipped(&[]));
}

#[test]
fn copies_what_is_not_replaced_as_it_is_packed() {
    let odd = gz(&HARMLESS.repeat(100));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    let archive = zipped_with(&[("a.gz", &odd), ("b.log", SECRET)], options);
    let (output, _) = redact(&archive);
    let second = last_at(&archive[..at(&archive, b"PK\x01\x02")], b"PK\x03\x04");
    assert!(output.starts_with(&archive[..second]));
}

/// Written to what can't be gone back in: sums and sizes come after the contents.
#[test]
fn reads_what_was_streamed() {
    let mut writer = ::zip::ZipWriter::new_stream(Vec::new());
    for (name, content) in [("a.log", SECRET), ("b.log", HARMLESS), ("c.log", SECRET)] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    assert!(memchr::memmem::find(&archive, b"PK\x07\x08").is_some());
    let (output, report) = redact(&archive);
    assert_eq!((report.total(), &report.notes[..]), (2, &[][..]));
    // As something reads it that can't go back, either.
    let mut rest = &output[..];
    for (name, content) in [("a.log", REDACTED), ("b.log", HARMLESS), ("c.log", REDACTED)] {
        if name == "b.log" {
            let raw = &archive[last_at(&archive[..at(&archive, b"b.log")], b"PK\x03\x04")..];
            let raw = &raw[..at(&raw[4..], b"PK\x03\x04") + 4];
            assert!(rest.starts_with(raw));
            rest = &rest[raw.len()..];
            continue;
        }
        let mut file = ::zip::read::read_zipfile_from_stream(&mut rest).unwrap().unwrap();
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert_eq!((file.name(), &read[..]), (name, content));
    }
    assert_eq!(unzipped(&output).len(), 3);
}

#[test]
fn takes_secrets_out_of_comments() {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.set_comment("password=hunter2").unwrap();
    writer.start_file("a.log", SimpleFileOptions::default()).unwrap();
    let archive = writer.finish().unwrap().into_inner();
    let (output, report) = redact(&archive);
    assert_eq!(report.total(), 1);
    let archive = ::zip::ZipArchive::new(Cursor::new(output)).unwrap();
    assert_eq!(archive.comment(), b"password=[redacted:password:1]");
}

#[test]
fn leaves_out_what_else_is_said_of_a_file_where_it_has_a_secret() {
    for only_in_directory in [true, false] {
        let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, extra) in [("a.log", "password=hunter2"), ("b.log", "as it was")] {
            let mut options = ::zip::write::FullFileOptions::default().large_file(true);
            options.add_extra_data(0x9999, extra.as_bytes(), only_in_directory).unwrap();
            writer.start_file(name, options).unwrap();
            writer.write_all(HARMLESS).unwrap();
        }
        let (output, report) = redact(&writer.finish().unwrap().into_inner());
        let times = if only_in_directory { 1 } else { 2 };
        assert_eq!(report.total(), times);
        assert!(!output.windows(7).any(|part| part == b"hunter2"));
        assert_eq!(output.windows(9).filter(|part| *part == b"as it was").count() as u64, times);
        let files = unzipped(&output);
        assert_eq!(files, ["a.log", "b.log"].map(|name| (name.to_owned(), HARMLESS.to_vec())));
    }
}

#[test]
fn passes_what_is_encrypted_or_packed_otherwise() {
    let mut archive = zipped_with(
        &[("a.log", SECRET), ("b.log", SECRET)],
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
    );
    let entry = at(&archive, b"PK\x01\x02");
    archive[6] |= 1;
    archive[entry + 8] |= 1;
    let (output, report) = redact(&archive);
    assert_eq!(report.notes, [Note::Encrypted { member: Some("a.log".into()) }]);
    assert_eq!(places(&report), [("b.log", 2)]);
    assert!(output.starts_with(&archive[..at(&archive, b"hunter2") + 8]));

    archive[6] &= !1;
    archive[entry + 8] &= !1;
    archive[8] = 14;
    archive[entry + 10] = 14;
    let noted = Note::Packed { member: Some("a.log".into()), with: "method 14".into() };
    assert_eq!(redact(&archive).1.notes, [noted]);
}

#[test]
fn reads_what_stands_around_the_files() {
    let archive = zipped(&[("a.log", HARMLESS)]);
    let (output, report) = redact(&[&archive[..], SECRET].concat());
    assert!(output.ends_with(REDACTED));
    assert_eq!(report.notes, [damaged(None, "there is more in it than files")]);
    assert_eq!(unzipped(&output).len(), 1);

    // Between the last file and the directory.
    let entry = at(&archive, b"PK\x01\x02");
    let mut gap = [&archive[..entry], SECRET, &archive[entry..]].concat();
    let end = last_at(&gap, b"PK\x05\x06");
    gap[end + 16..end + 20].copy_from_slice(&((entry + SECRET.len()) as u32).to_le_bytes());
    let (output, report) = redact(&gap);
    assert_eq!(report.total(), 1);
    assert_eq!(unzipped(&output), [("a.log".to_owned(), HARMLESS.to_vec())]);
    assert!(memchr::memmem::find(&output, b"hunter2").is_none());
}

#[test]
fn refuses_what_contradicts_itself() {
    let archive = zipped(&[("a.log", &SECRET.repeat(9)), ("b.log", &SECRET.repeat(9))]);
    let first = at(&archive, b"PK\x01\x02");
    let second = last_at(&archive, b"PK\x01\x02");
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut archive = archive.clone();
        change(&mut archive);
        refusal(&archive)
    };
    let contradicts = "its directory and its files contradict each other";
    assert_eq!(changed(&|zip| zip.truncate(first)), "it is cut off: its directory is missing");
    assert_eq!(changed(&|zip| zip[first + 20] += 1), contradicts);
    assert_eq!(changed(&|zip| zip[first + 10] = 0), contradicts);
    assert_eq!(changed(&|zip| zip[second + 42..second + 46].fill(0)), "files in it overlap");
    assert_eq!(changed(&|zip| zip[second + 42] += 1), "its directory contradicts itself");
    assert_eq!(changed(&|zip| zip[second + 44] = 9), "its directory contradicts itself");
    // The sizes of both say that the next file is a part of this one.
    let overlap = |zip: &mut Vec<u8>| {
        zip[18] += 1;
        zip[first + 20] += 1;
    };
    assert_eq!(changed(&overlap), "files in it overlap");
    // One file isn't in the directory.
    let hide = |zip: &mut Vec<u8>| {
        let end = last_at(zip, b"PK\x05\x06");
        zip[end + 12..end + 16].copy_from_slice(&((second - first) as u32).to_le_bytes());
        zip.drain(second..end);
    };
    assert_eq!(changed(&hide), "it hides files that its directory doesn't have");
    // More is packed than is unpacked.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut packed = gz(HARMLESS)[10..].to_vec();
    packed.extend(SECRET);
    let mut more = zipped_with(&[("a.log", &packed)], options);
    let entry = at(&more, b"PK\x01\x02");
    (more[8], more[entry + 10]) = (8, 8);
    assert_eq!(refusal(&more), "a.log: there is more in it than is unpacked");
}

#[test]
fn keeps_many_files() {
    let names: Vec<String> = (0..70_000).map(|number| format!("{number}")).collect();
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &b""[..])).collect();
    files[69_999].1 = SECRET;
    let (output, report) = redact(&zipped(&files));
    assert_eq!(places(&report), [("69999", 2)]);
    let archive = ::zip::ZipArchive::new(Cursor::new(output)).unwrap();
    assert_eq!(archive.len(), 70_000);
}
