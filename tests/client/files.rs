//! Attachments, in both directions.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use docket::api::tus;
use docket::client::{Error, Key};
use docket::failure::Failure;
use sha2::{Digest as _, Sha256};

use crate::stub::{Step, Stub, answer, json, problem, raw, silence};
use crate::writes::CASE;

/// Bytes of a piece.
const PIECE: usize = 8 << 20;

fn created() -> Step {
    answer(201, "location: /v1/uploads/u1\r\ntus-resumable: 1.0.0\r\n", "")
}

fn offset(status: u16, offset: usize) -> Step {
    answer(status, &format!("upload-offset: {offset}\r\ntus-resumable: 1.0.0\r\n"), "")
}

/// A file of 100,000 bytes, and what is in it.
fn file(folder: &Path) -> (PathBuf, Vec<u8>) {
    let path = folder.join("a trace.har");
    let content: Vec<u8> = (0..100_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    fs::write(&path, &content).unwrap();
    (path, content)
}

/// Something that happens to a file.
type Change = Box<dyn FnOnce(&Path) + Send>;

fn attach(stub: &Stub, path: &Path) -> (Result<u64, Error>, Vec<u64>) {
    let seen = RefCell::new(Vec::new());
    let key = Key::parse("0123456789abcdef").unwrap();
    let result =
        stub.session().attach("42".parse().unwrap(), path, &key, &|bytes| seen.borrow_mut().push(bytes));
    (result, seen.into_inner())
}

#[test]
fn a_file_is_announced_and_streamed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = file(folder.path());
    let stub = Stub::start(vec![created(), offset(204, 100_000)]);
    let (result, seen) = attach(&stub, &path);
    assert_eq!(result, Ok(0));
    assert!(seen.is_sorted());
    assert_eq!((seen.first(), seen.last()), (Some(&0), Some(&100_000)));
    let [announced, sent] = stub.requests().try_into().unwrap();
    assert_eq!(announced.line, "POST /v1/cases/00000042/attachments HTTP/1.1");
    assert_eq!(announced.header("idempotency-key"), Some("0123456789abcdef"));
    assert_eq!(announced.header("upload-length"), Some("100000"));
    assert_eq!(announced.header("upload-metadata"), Some("filename YSB0cmFjZS5oYXI="));
    assert_eq!(announced.header("tus-resumable"), Some("1.0.0"));
    assert_eq!(sent.line, "PATCH /v1/uploads/u1 HTTP/1.1");
    assert_eq!(sent.header("upload-offset"), Some("0"));
    assert_eq!(sent.header("content-type"), Some("application/offset+octet-stream"));
    assert_eq!(sent.header("content-length"), Some("100000"));
    let sha256 = Sha256::digest(&content).into();
    assert_eq!(sent.header("upload-checksum"), Some(tus::checksum(&sha256).as_str()));
    assert_eq!(sent.header("repr-digest"), Some(tus::digest(&sha256).as_str()));
    assert_eq!(sent.body, content);
}

/// A file of two pieces and a bit.
fn large(folder: &Path) -> (PathBuf, Vec<u8>) {
    let path = folder.join("large");
    let content: Vec<u8> = (0..2 * PIECE + 5).map(|n| u8::try_from(n / 1000 % 251).unwrap()).collect();
    fs::write(&path, &content).unwrap();
    (path, content)
}

#[test]
fn a_large_file_goes_in_pieces_of_which_the_last_one_vouches_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = large(folder.path());
    let stub =
        Stub::start(vec![created(), offset(204, PIECE), offset(204, 2 * PIECE), offset(204, content.len())]);
    assert_eq!(attach(&stub, &path).0, Ok(0));
    let requests = stub.requests();
    for (request, part) in requests[1..].iter().zip(content.chunks(PIECE)) {
        assert!(request.body == part);
        let checksum = tus::checksum(&Sha256::digest(part).into());
        assert_eq!(request.header("upload-checksum"), Some(checksum.as_str()));
    }
    let digest = tus::digest(&Sha256::digest(&content).into());
    let digests: Vec<_> = requests[1..].iter().map(|request| request.header("repr-digest")).collect();
    assert_eq!(digests, [None, None, Some(digest.as_str())]);
}

#[test]
fn a_large_file_goes_on_from_wherever_the_portal_wants() {
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = large(folder.path());
    let digest = tus::digest(&Sha256::digest(&content).into());
    // As after a crash: in the middle of what was a piece.
    let from = 1000;
    let again = answer(201, "location: /v1/uploads/u1\r\nidempotency-replayed: true\r\n", "");
    let stub = Stub::start(vec![
        again,
        offset(200, from),
        // A damaged piece is sent again.
        problem("checksum-mismatch", 460),
        offset(200, from),
        offset(204, from + PIECE),
        offset(204, content.len()),
    ]);
    assert_eq!(attach(&stub, &path).0, Ok(from as u64));
    let requests = stub.requests();
    assert!(requests[2].body == content[from..from + PIECE] && requests[4].body == requests[2].body);
    assert!(requests[5].body == content[from + PIECE..]);
    assert_eq!(requests[5].header("repr-digest"), Some(digest.as_str()));
}

#[test]
fn what_is_gone_or_was_damaged_is_sent_anew_with_a_key_that_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = file(folder.path());
    let again = || answer(201, "location: /v1/uploads/u1\r\nidempotency-replayed: true\r\n", "");
    let gone = || problem("not-found", 404);
    let keys = |stub: &Stub| -> Vec<String> {
        let requests = stub.requests();
        requests.iter().filter_map(|request| request.header("idempotency-key").map(str::to_owned)).collect()
    };
    let stub = Stub::start(vec![again(), gone(), again(), gone(), created(), offset(204, 100_000)]);
    assert_eq!(attach(&stub, &path).0, Ok(0));
    let first = keys(&stub);
    assert!(first.len() == 3 && first[0] != first[1] && first[1] != first[2], "{first:?}");
    // The last half of it wasn't what it should be, so all of it is sent.
    let damaged = || problem("checksum-mismatch", 460);
    let stub =
        Stub::start(vec![again(), offset(200, 50_000), damaged(), gone(), created(), offset(204, 100_000)]);
    assert_eq!(attach(&stub, &path).0, Ok(0));
    assert_eq!(keys(&stub), first[..2]);
    assert_eq!(stub.requests()[5].body, content);
    // But not for ever.
    let stub = Stub::start(vec![created(), damaged(), gone(), created(), damaged(), gone()]);
    let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
    assert!(failure.message.ends_with("what arrives at the portal isn't what is in it"), "{failure:?}");
}

#[test]
fn an_upload_of_a_file_that_changed_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path());
    let shrinking = path.clone();
    let shrink = move || fs::File::options().write(true).open(&shrinking).unwrap().set_len(50).unwrap();
    let stub =
        Stub::start(vec![Step { first: Box::new(shrink), ..created() }, offset(204, 0), offset(204, 0)]);
    attach(&stub, &path).0.unwrap_err();
    let ended = stub.requests().iter().any(|request| request.line == "DELETE /v1/uploads/u1 HTTP/1.1");
    assert!(ended, "{:?}", stub.requests());
    // One that another process began, too.
    let stub = Stub::start(vec![created(), answer(204, "", "")]);
    let key = Key::parse("0123456789abcdef").unwrap();
    stub.session().give_up("42".parse().unwrap(), ("a trace.har", 100_000), &key).unwrap();
    let [announced, ended] = stub.requests().try_into().unwrap();
    assert_eq!(announced.header("idempotency-key"), Some("0123456789abcdef"));
    assert_eq!(announced.header("upload-length"), Some("100000"));
    assert_eq!(ended.line, "DELETE /v1/uploads/u1 HTTP/1.1");
}

#[test]
fn an_upload_goes_on_where_the_connection_broke() {
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = file(folder.path());
    let broken = Step { read: Some(40_000), ..silence() };
    let stub = Stub::start(vec![created(), broken, offset(200, 40_000), offset(204, 100_000)]);
    attach(&stub, &path).0.unwrap();
    let requests = stub.requests();
    assert_eq!(requests[2].line, "HEAD /v1/uploads/u1 HTTP/1.1");
    assert_eq!(requests[3].header("upload-offset"), Some("40000"));
    assert_eq!(requests[3].body, content[40_000..]);
}

#[test]
fn an_upload_that_was_begun_with_the_same_key_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = file(folder.path());
    let again =
        || answer(201, "location: http://inside/desk/v1/uploads/u1\r\nidempotency-replayed: true\r\n", "");
    let stub = Stub::start(vec![again(), offset(200, 99_999), offset(204, 100_000)]);
    attach(&stub, &path).0.unwrap();
    assert_eq!(stub.requests()[2].body, content[99_999..]);
    // Or is there already.
    let stub = Stub::start(vec![again(), offset(200, 100_000)]);
    attach(&stub, &path).0.unwrap();
    assert_eq!(stub.requests().len(), 2);
}

#[test]
fn a_portal_that_is_still_busy_with_the_last_bytes_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path());
    let broken = Step { read: Some(40_000), ..silence() };
    let busy = || answer(409, "content-type: application/problem+json\r\n", "");
    let stub = Stub::start(vec![created(), broken, busy(), busy(), offset(200, 100_000)]);
    attach(&stub, &path).0.unwrap();
    assert_eq!(stub.requests().len(), 5);
}

#[test]
fn an_upload_that_never_gets_through_is_unclear() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path());
    let stub = Stub::start(vec![created(), silence()]);
    let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
    assert_eq!(failure.kind.exit_code(), 7);
}

#[test]
fn a_refused_upload_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path());
    for (kind, status, code) in
        [("case-closed", 409, 10), ("too-large", 413, 1), ("not-found", 404, 5), ("no-space", 507, 6)]
    {
        let stub = Stub::start(vec![problem(kind, status)]);
        let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
        assert_eq!(failure.kind.exit_code(), code, "{kind}");
        let stub = Stub::start(vec![created(), problem(kind, status)]);
        let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
        assert_eq!(failure.kind.exit_code(), code, "{kind}");
    }
}

#[test]
fn a_file_that_changes_meanwhile_is_named_and_not_attached() {
    let set_len = |path: &Path, to| fs::File::options().write(true).open(path).unwrap().set_len(to).unwrap();
    let changes: [(Change, &str); 3] = [
        (Box::new(move |path| set_len(path, 50)), "it shrank"),
        (Box::new(move |path| set_len(path, 200_000)), "it grew"),
        (Box::new(|path| fs::remove_file(path).unwrap()), "No such file"),
    ];
    for (change, expected) in changes {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = file(folder.path());
        let changed = path.clone();
        let first = Box::new(move || change(&changed));
        let stub = Stub::start(vec![Step { first, ..created() }, silence()]);
        let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
        assert_eq!(failure.kind.exit_code(), 1);
        let named = format!("{}: {expected}", path.display());
        assert!(failure.message.starts_with(&named), "{}", failure.message);
    }
}

#[test]
fn what_is_no_file_with_something_in_it_is_not_announced() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    fs::write(&empty, "").unwrap();
    let stub = Stub::start(vec![created()]);
    for (path, expected) in [
        (empty, "it is empty"),
        (folder.path().to_owned(), "it is not a file"),
        (folder.path().join("missing"), "No such file or directory (os error 2)"),
    ] {
        let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
        assert_eq!(failure.message, format!("{}: {expected}", path.display()));
    }
    assert_eq!(stub.requests().len(), 0);
}

#[test]
fn a_place_that_is_no_upload_is_not_gone_to() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = file(folder.path());
    for location in ["https://evil.example/collect", "/v1/uploads/", "/v1/uploads/a%2Fb"] {
        let stub = Stub::start(vec![answer(201, &format!("location: {location}\r\n"), ""), offset(204, 1)]);
        let error = attach(&stub, &path).0.unwrap_err();
        assert!(matches!(error, Error::NotAPortal { .. }), "{error:?}");
        assert_eq!(stub.requests().len(), 1);
    }
}

/// SHA-256 of `hello`.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

fn download(step: Step) -> (Result<u64, Error>, Vec<u8>) {
    let stub = Stub::start(vec![step]);
    let mut to = Vec::new();
    let result = stub.session().download("42".parse().unwrap(), "a/b.txt", &mut to, &|_, _| {});
    assert_eq!(stub.requests()[0].line, "GET /v1/cases/00000042/attachments/a%2Fb.txt HTTP/1.1");
    (result, to)
}

#[test]
fn a_download_is_checked() {
    let etag = format!("etag: \"{HELLO}\"\r\n");
    assert_eq!(download(answer(200, &etag, "hello")), (Ok(5), b"hello".to_vec()));
    let (damaged, _) = download(answer(200, &etag, "jello"));
    assert!(matches!(damaged, Err(Error::Damaged { .. })), "{damaged:?}");
    let (cut, _) = download(raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello"));
    let failure = Failure::from(cut.unwrap_err());
    assert_eq!(failure.kind.exit_code(), 6);
    assert!(failure.message.contains("a/b.txt broke off after 5 bytes"), "{}", failure.message);
    let (page, to) = download(answer(200, "content-type: text/html\r\n", "<p>"));
    assert!(matches!(page, Err(Error::NotAPortal { .. })), "{page:?}");
    assert!(to.is_empty());
    let (missing, _) = download(problem("not-found", 404));
    assert!(matches!(missing, Err(Error::NotFound(_))), "{missing:?}");
}

#[test]
fn a_full_disk_is_not_the_portals_fault() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let stub = Stub::start(vec![answer(200, "", "hello")]);
    let error = stub.session().download("42".parse().unwrap(), "b.txt", &mut Full, &|_, _| {}).unwrap_err();
    assert_eq!(error.to_string(), "b.txt: it can't be written: no storage space");
}

#[test]
fn a_refusal_that_is_lost_while_the_bytes_leave_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large");
    fs::write(&path, vec![7; 30_000_000]).unwrap();
    let refused = || Step { read: Some(0), ..problem("case-closed", 409) };
    let closed = json(200, &CASE.replace("\"open\"", "\"closed\""));
    let stub = Stub::start(vec![created(), refused(), problem("not-found", 404), closed]);
    let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
    assert_eq!(failure.kind.exit_code(), 10, "{failure:?}");
}

#[test]
fn a_file_of_which_bytes_are_missing_is_certainly_not_attached() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large");
    fs::write(&path, vec![7; 30_000_000]).unwrap();
    let stub = Stub::start(vec![created(), Step { read: Some(0), ..silence() }]);
    let failure: Failure = attach(&stub, &path).0.unwrap_err().into();
    assert_eq!(failure.kind.exit_code(), 6, "{failure:?}");
}
