//! Bombs, damage and whatever else somebody may think of.

use super::*;
use crate::redact::container::{HAS_ZIP, Watch};

#[test]
fn refuses_bombs() {
    let bomb = gz(&gz(&vec![0; 70 << 20]));
    let why = "it unpacks to far more than it is, as only bombs do";
    assert_eq!(refusal(&bomb), why);
    assert_eq!(refusal(&zipped(&[("a", SECRET), ("b", &bomb)])), format!("b: {why}"));
}

#[test]
fn refuses_what_is_too_deep() {
    let mut packed = SECRET.to_vec();
    for _ in 0..4 {
        packed = gz(&packed);
    }
    let (mut output, _) = redact(&packed);
    for _ in 0..4 {
        output = gunzipped(&output);
    }
    assert_eq!(output, REDACTED);
    let why = "it is too deep: an archive in an archive in an archive and so on";
    assert_eq!(refusal(&gz(&packed)), why);
    assert_eq!(refusal(&zipped(&[("a", &packed)])), format!("a: {why}"));
}

#[test]
fn goes_on_looking_after_what_it_cannot_read() {
    let mut broken = gz(SECRET);
    broken[10] = 0x07;
    let archive = tarred(&[("a.gz", &broken), ("b.log", SECRET)]);
    let report = look(&archive);
    assert_eq!(places(&report), [("b.log", 2)]);
    assert_eq!(report.notes, [damaged(Some("a.gz"), "what is packed in it is damaged")]);
    assert_eq!(refusal(&archive), "a.gz: what is packed in it is damaged");
}

#[test]
fn keeps_reports_small() {
    let name = "n\u{1b}[31m".repeat(3_000);
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    let names: Vec<String> = (0..300).map(|number| format!("{number}{name}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &picture[..])).collect();
    let mut archive = zipped(&files);
    let last = memchr::memmem::rfind(&archive, b"PK\x01\x02").unwrap();
    let start = memchr::memmem::rfind(&archive, b"PK\x03\x04").unwrap();
    archive[start + 6] |= 1;
    archive[last + 8] |= 1;
    let report = look(&archive);
    assert!(report.truncated);
    assert_eq!(report.notes.len(), 101);
    let Some(Note::Encrypted { member: Some(member) }) = report.notes.last() else { panic!() };
    assert!(member.starts_with("299n\u{fffd}[31m") && member.len() < 1_000);
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// Everything that can be found in something that may be packed, by other readers than ours.
fn readable(packed: &[u8], depth: usize, all: &mut Vec<u8>) {
    if depth == 0 {
        return all.extend(packed);
    }
    let mut unpacked = Vec::new();
    // What there is before an error is readable, too.
    _ = flate2::read::MultiGzDecoder::new(packed).take(1 << 20).read_to_end(&mut unpacked);
    if !unpacked.is_empty() {
        readable(&unpacked, depth - 1, all);
    }
    let mut is_tar = false;
    if packed.len() >= 512 {
        for mut entry in ::tar::Archive::new(packed).entries().into_iter().flatten().map_while(Result::ok) {
            is_tar = true;
            let mut content = Vec::new();
            _ = (&mut entry).take(1 << 20).read_to_end(&mut content);
            readable(&content, depth - 1, all);
        }
    }
    // What ends a file and what fills up its block aren't read as one.
    if !is_tar {
        all.extend(packed);
    }
    if let Ok(mut archive) = ::zip::ZipArchive::new(Cursor::new(packed)) {
        for at in 0..archive.len() {
            let mut content = Vec::new();
            if let Ok(file) = archive.by_index(at) {
                _ = file.take(1 << 20).read_to_end(&mut content);
            }
            readable(&content, depth - 1, all);
        }
    }
}

fn has_zip(report: &Report) -> bool {
    let is_that = |note: &Note| matches!(note, Note::Damaged { why, .. } if why == HAS_ZIP);
    report.notes.iter().any(is_that)
}

#[test]
fn notes_a_zip_file_at_the_end_of_something_else() {
    for begin in [&b"\x7fELF\0\0"[..], b"#!/bin/sh\nexit\n", &[0; 32_700]] {
        for crumb in [1, 7, 8, 9, 4_096, 100_000] {
            let whole = [begin, &zipped(&[("a.log", SECRET)])].concat();
            let mut input = io::BufReader::with_capacity(crumb, &whole[..]);
            let mut watch = Watch { input: &mut input, last: Vec::new(), has_zip: false };
            io::copy(&mut watch, &mut io::sink()).unwrap();
            assert!(watch.has_zip);
            assert!(has_zip(&look(&whole)));
        }
    }
}

/// Whatever happened to an archive: nothing panics, and no secret is in the copy that another reader finds there.
#[test]
fn survives_damage_without_a_leak() {
    let options = ::zip::write::SimpleFileOptions::default();
    let stored = options.compression_method(::zip::CompressionMethod::Stored);
    let files: [(&str, &[u8]); 3] = [("a.log", SECRET), ("b.log", HARMLESS), ("c.log.gz", &gz(SECRET))];
    let mut streamed = ::zip::ZipWriter::new_stream(Vec::new());
    for (name, content) in files {
        streamed.start_file(name, options).unwrap();
        streamed.write_all(content).unwrap();
    }
    let wide: Vec<u8> = "\u{feff}password=hunter2 🔑\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let archives = [
        gz(SECRET),
        [gz(HARMLESS), gz(SECRET)].concat(),
        tarred(&files),
        zipped(&files),
        zipped_with(&files, stored),
        zipped_with(&files, options.large_file(true)),
        streamed.finish().unwrap().into_inner(),
        gz(&tarred(&files)),
        zipped(&[("inner.zip", &zipped(&files))]),
        wide,
    ];
    let mut dice = Dice(1);
    let (mut written, mut refused) = (0, 0);
    for archive in &archives {
        for round in 0..300 {
            let mut broken = archive.clone();
            for _ in 0..=dice.below(3) {
                let at = dice.below(broken.len());
                match dice.below(8) {
                    0 => broken.truncate(at.max(1)),
                    1 => drop(broken.remove(at)),
                    2 => broken.insert(at, dice.below(256) as u8),
                    3 => broken[at] = [0, 0xff][dice.below(2)],
                    4 => broken.extend_from_within(at..),
                    _ => broken[at] ^= 1 << dice.below(8),
                }
                if broken.is_empty() {
                    broken.push(0);
                }
            }
            match try_redact(&broken) {
                // What was in a zip file that no longer begins like one wasn't looked for, as the report says.
                Ok((_, report)) if has_zip(&report) => {}
                Ok((output, _)) => {
                    written += 1;
                    let mut all = Vec::new();
                    readable(&output, 4, &mut all);
                    let leak = memchr::memmem::find(&all, b"password=hunter2");
                    assert!(leak.is_none(), "round {round}: {}", broken.escape_ascii());
                }
                Err(error) => {
                    refused += 1;
                    assert!(Unread::of(&error).is_some(), "{error}");
                    assert!(!look(&broken).is_empty());
                }
            }
        }
    }
    assert!(written > 500 && refused > 500, "{written} written, {refused} refused");
}
