//! tar files: what is kept, and what is read that belongs to no file.

use super::*;

/// Paths, modes, times and contents.
fn untarred(packed: &[u8]) -> Vec<(String, u32, u64, Vec<u8>)> {
    let mut archive = ::tar::Archive::new(packed);
    archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            let header = entry.header();
            let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            (path, header.mode().unwrap(), header.mtime().unwrap(), content)
        })
        .collect()
}

fn entry(name: &str, content: &[u8]) -> (String, u32, u64, Vec<u8>) {
    (name.to_owned(), 0o640, 1_700_000_000, content.to_vec())
}

/// A header and content of any kind.
fn part(kind: ::tar::EntryType, name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = ::tar::Header::new_ustar();
    header.set_path(name).unwrap();
    header.set_entry_type(kind);
    header.set_mode(0o640);
    header.set_mtime(1_700_000_000);
    header.set_size(content.len() as u64);
    header.set_cksum();
    let padding = vec![0; content.len().wrapping_neg() % 512];
    [header.as_bytes(), content, &padding].concat()
}

#[test]
fn keeps_names_modes_times_and_order() {
    let long = format!("{}/long.log", "folder/".repeat(40));
    let archive = tarred(&[("b.log", SECRET), ("a.log", HARMLESS), (&long, SECRET), ("empty", b"")]);
    let (output, report) = redact(&archive);
    assert_eq!(
        untarred(&output),
        [entry("b.log", REDACTED), entry("a.log", HARMLESS), entry(&long, REDACTED), entry("empty", b"")]
    );
    assert_eq!(places(&report), [("b.log", 2), (&long, 2)]);
    assert_eq!(report.notes, []);
    assert_eq!(output.len() % 512, 0);
}

#[test]
fn keeps_its_bytes_where_it_has_no_secret() {
    assert_untouched(&tarred(&[
        ("a.log", HARMLESS),
        ("b.gz", &gz(HARMLESS)),
        ("c.zip", &zipped(&[("d", HARMLESS)])),
    ]));
}

#[test]
fn writes_a_size_in_pax_anew() {
    let mut archive = part(::tar::EntryType::XHeader, "pax", b"11 size=23\n18 path=pax/a.log\n");
    archive.extend(part(::tar::EntryType::Regular, "a.log", SECRET));
    archive.extend(part(::tar::EntryType::Regular, "b.log", HARMLESS));
    archive.extend([0; 1024]);
    let (output, report) = redact(&archive);
    assert_eq!(untarred(&output), [entry("pax/a.log", REDACTED), entry("b.log", HARMLESS)]);
    assert_eq!(places(&report), [("pax/a.log", 2)]);
    assert!(memchr::memmem::find(&output, b"11 size=37\n").is_some());
}

#[test]
fn takes_secrets_out_of_what_pax_says() {
    let kept = "18 path=pax/a.log\n20 mtime=1700000000\n";
    let pax = format!("{kept}28 comment=password=hunter2\n38 SCHILY.xattr.user.password=hunter2\n");
    let mut archive = part(::tar::EntryType::XHeader, "pax", pax.as_bytes());
    archive.extend(part(::tar::EntryType::Regular, "a.log", HARMLESS));
    archive.extend([0; 1024]);
    let (output, report) = redact(&archive);
    assert_eq!(report.total(), 2);
    assert_eq!(untarred(&output), [entry("pax/a.log", HARMLESS)]);
    let cleaned =
        "42 comment=password=[redacted:password:1]\n52 SCHILY.xattr.user.password=[redacted:password:1]\n";
    assert!(memchr::memmem::find(&output, format!("{kept}{cleaned}").as_bytes()).is_some());
    let commit = part(
        ::tar::EntryType::XGlobalHeader,
        "pax_global_header",
        b"52 comment=5f0c6b0d7d3b1b9a4c2f8e6d0a1b3c5d7e9f2a4b\n",
    );
    assert_untouched(
        &[&commit[..], &part(::tar::EntryType::Regular, "a.log", HARMLESS), &[0; 1024]].concat(),
    );
}

#[test]
fn passes_what_has_no_content() {
    let mut archive = part(::tar::EntryType::Directory, "folder/", b"");
    let mut link = ::tar::Header::new_gnu();
    link.set_entry_type(::tar::EntryType::Symlink);
    link.set_path("link").unwrap();
    link.set_link_name("../../etc/passwd").unwrap();
    link.set_size(0);
    link.set_cksum();
    archive.extend(link.as_bytes());
    archive.extend(part(::tar::EntryType::Regular, "a.log", SECRET));
    archive.extend([0; 1024]);
    let (output, report) = redact(&archive);
    assert!(output.starts_with(&archive[..1024]));
    assert_eq!(report.total(), 1);
}

/// GNU tar stops at the first two blocks of zeros, unless it is told not to.
#[test]
fn reads_what_comes_after_its_end() {
    let two = [tarred(&[("a.log", HARMLESS)]), tarred(&[("b.gz", &gz(SECRET))])].concat();
    let (output, report) = redact(&two);
    assert_eq!(places(&report), [("b.gz", 2)]);
    assert!(memchr::memmem::find(&output, b"password").is_none());

    let (output, report) = redact(&[&tarred(&[("a.log", HARMLESS)])[..], SECRET].concat());
    assert!(output.ends_with(REDACTED));
    let why = "it is cut off, or there is more in it than files: the rest was read as text";
    assert_eq!(report.notes, [damaged(None, why)]);
}

#[test]
fn reads_what_is_cut_off() {
    let archive = part(::tar::EntryType::Regular, "a.log", &SECRET.repeat(100));
    let (output, report) = redact(&archive[..512 + SECRET.len() * 50]);
    assert_eq!(untarred(&output), [entry("a.log", &REDACTED.repeat(50))]);
    assert_eq!(report.notes, [damaged(None, "it is cut off")]);
    assert_untouched(&part(::tar::EntryType::Regular, "a.log", &HARMLESS.repeat(100))[..800]);
    assert!(redact(&archive[..512]).1.notes.contains(&damaged(None, "it is cut off")));
}

#[test]
fn reads_what_pads_a_file() {
    let mut archive = part(::tar::EntryType::Regular, "a.log", HARMLESS);
    archive[600..616].copy_from_slice(b"password=hunter2");
    archive.extend([0; 1024]);
    let (output, report) = redact(&archive);
    assert_eq!(places(&report), [("a.log", 1)]);
    assert_eq!(untarred(&output), [entry("a.log", HARMLESS)]);
    assert!(memchr::memmem::find(&output, b"hunter2").is_none());
}

#[test]
fn refuses_to_change_a_file_with_holes() {
    let mut archive = part(::tar::EntryType::XHeader, "pax", b"22 GNU.sparse.major=1\n");
    archive.extend(part(::tar::EntryType::Regular, "a.log", SECRET));
    let error = try_redact(&archive).unwrap_err();
    assert_eq!(error.to_string(), "a.log: it has holes, and would be another file without");
}
