//! Attachments: sending them with tus, fetching them, and what stands on the disk.

use crate::common::TestPortal;
use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use docket::portal::admin;
use futures_util::stream;
use serde_json::{Value, json};

async fn files(portal: &TestPortal, number: &str) -> Value {
    portal.get("kim", &format!("/v1/cases/{number}")).await.ok()["attachments"].clone()
}

#[tokio::test]
async fn a_file_arrives_in_pieces_and_appears_when_it_is_whole() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let created = portal.announce("kim", &number, "ü b.log", 11).await;
    assert_eq!(created.header("tus-resumable"), Some("1.0.0"));
    let upload = created.header("location").unwrap().to_owned();
    let head = portal.head("kim", &upload).await;
    assert_eq!((head.header("upload-offset"), head.header("upload-length")), (Some("0"), Some("11")));
    assert_eq!(head.header("cache-control"), Some("no-store"));

    let first = portal.patch("kim", &upload, 0, b"hello ").await;
    assert_eq!((first.status, first.header("upload-offset")), (StatusCode::NO_CONTENT, Some("6")));
    assert_eq!(files(&portal, &number).await, json!([]));
    let wrong = portal.patch("kim", &upload, 5, b"world").await;
    assert_eq!(wrong.problem(), "conflict");
    assert_eq!(portal.head("kim", &upload).await.header("upload-offset"), Some("6"));
    let last = portal.patch("kim", &upload, 6, b"world").await;
    assert_eq!((last.status, last.header("upload-offset")), (StatusCode::NO_CONTENT, Some("11")));

    let sha256 = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    assert_eq!(
        files(&portal, &number).await,
        json!([{"name": "ü b.log", "size": 11, "sha256": sha256, "at": "2026-11-20T10:00:00Z",
                "by": "kim@example.com", "complete": true}])
    );
    assert_eq!(portal.history(&number).await, ["opened open", "attached open"]);
    // Whoever didn't hear that it was done hears it now.
    assert_eq!(portal.head("kim", &upload).await.header("upload-offset"), Some("11"));
    assert_eq!(portal.patch("kim", &upload, 11, b"").await.status, StatusCode::NO_CONTENT);

    let file = portal.get("sam", &format!("/v1/cases/{number}/attachments/%C3%BC%20b.log")).await;
    assert_eq!((file.status, file.bytes.as_slice()), (StatusCode::OK, b"hello world".as_slice()));
    assert_eq!(file.header("content-length"), Some("11"));
    assert_eq!(file.header("etag"), Some(format!("\"{sha256}\"").as_str()));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename*=UTF-8''%C3%BC%20b.log"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    let missing = portal.get("sam", &format!("/v1/cases/{number}/attachments/x")).await;
    assert_eq!(missing.problem(), "not-found");
}

#[tokio::test]
async fn a_sender_that_breaks_off_loses_nothing() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let upload = portal.announce("kim", &number, "a.log", 6).await.header("location").unwrap().to_owned();
    let broken = stream::iter([Ok(Bytes::from("abc")), Err(std::io::Error::other("gone"))]);
    let request = portal.request("kim", Method::PATCH, &upload).await.header("tus-resumable", "1.0.0");
    let request =
        request.header("content-type", "application/offset+octet-stream").header("upload-offset", "0");
    request.send(Body::from_stream(broken)).await;
    assert_eq!(portal.head("kim", &upload).await.header("upload-offset"), Some("3"));
    assert_eq!(portal.patch("kim", &upload, 3, b"def").await.status, StatusCode::NO_CONTENT);
    let file = portal.get("kim", &format!("/v1/cases/{number}/attachments/a.log")).await;
    assert_eq!(file.bytes, b"abcdef");
}

#[tokio::test]
async fn bytes_that_came_without_an_answer_count() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let upload = portal.announce("kim", &number, "a.log", 3).await.header("location").unwrap().to_owned();
    let id = upload.rsplit('/').next().unwrap();
    std::fs::write(portal.directory.path().join("blobs/partial").join(id), "abc").unwrap();
    assert_eq!(portal.head("kim", &upload).await.header("upload-offset"), Some("3"));
    assert_eq!(files(&portal, &number).await[0]["name"], "a.log");
}

#[tokio::test]
async fn what_is_no_good_upload_is_refused() {
    let portal = TestPortal::with(|options| options.max_attachment = 10).await;
    let number = portal.open("kim", json!({})).await;
    assert_eq!(portal.announce("kim", &number, "a.log", 11).await.problem(), "too-large");
    let empty = portal.announce("kim", &number, "a.log", 0).await;
    assert_eq!(empty.fields(), [("attachment".to_owned(), "empty_file".to_owned())]);

    let path = format!("/v1/cases/{number}/attachments");
    let no_version = portal.request("kim", Method::POST, &path).await.header("upload-length", "3");
    let no_version = no_version.send(Body::empty()).await;
    assert_eq!(no_version.problem(), "tus-version");
    let no_length = portal.request("kim", Method::POST, &path).await.header("tus-resumable", "1.0.0");
    assert_eq!(no_length.send(Body::empty()).await.problem(), "bad-request");

    let upload = portal.announce("kim", &number, "a.log", 10).await.header("location").unwrap().to_owned();
    assert_eq!(portal.patch("kim", &upload, 0, b"12345678901").await.problem(), "too-large");
    assert_eq!(portal.head("kim", &upload).await.header("upload-offset"), Some("0"));
    let endless = stream::iter((0..100).map(|_| Ok::<_, std::io::Error>(Bytes::from("1234567"))));
    let request = portal.request("kim", Method::PATCH, &upload).await.header("tus-resumable", "1.0.0");
    let request =
        request.header("content-type", "application/offset+octet-stream").header("upload-offset", "0");
    assert_eq!(request.send(Body::from_stream(endless)).await.problem(), "too-large");
    assert_eq!(files(&portal, &number).await, json!([]));
    let request = portal.request("kim", Method::PATCH, &upload).await.header("tus-resumable", "1.0.0");
    let request = request.header("upload-offset", "0").header("content-type", "text/plain");
    assert_eq!(request.send(Body::from("x")).await.problem(), "unsupported-media-type");
    assert_eq!(portal.head("sam", &upload).await.status, StatusCode::NOT_FOUND);
    assert_eq!(portal.head("kim", "/v1/uploads/..%2F..%2Fportal.db").await.status, StatusCode::NOT_FOUND);

    let options = portal.request("", Method::OPTIONS, &path).await.send(Body::empty()).await;
    assert_eq!(options.status, StatusCode::NO_CONTENT);
    assert_eq!(options.header("tus-version"), Some("1.0.0"));
    assert_eq!(options.header("tus-extension"), Some("creation,checksum,termination,expiration"));
    assert_eq!(options.header("tus-checksum-algorithm"), Some("sha256"));
    assert_eq!(options.header("tus-max-size"), Some("10"));
}

#[tokio::test]
async fn a_case_closed_meanwhile_takes_no_file() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let upload = portal.announce("kim", &number, "a.log", 6).await.header("location").unwrap().to_owned();
    portal.patch("kim", &upload, 0, b"abc").await;
    portal.close("kim", &number).await.ok();
    assert_eq!(portal.patch("kim", &upload, 3, b"def").await.problem(), "case-closed");
    assert_eq!(portal.announce("kim", &number, "a.log", 6).await.problem(), "case-closed");
    let partial = portal.directory.path().join("blobs/partial");
    assert_eq!(std::fs::read_dir(partial).unwrap().count(), 0);
    let report = admin::check(&portal.portal).await.unwrap();
    assert!(report.is_well() && report.orphans.is_empty(), "{report:?}");
}

#[tokio::test]
async fn files_with_the_same_name_or_content_get_along() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let other = portal.open("kim", json!({})).await;
    portal.attach("kim", &number, "../a.har", b"one").await;
    portal.attach("expert", &number, "a.har", b"two").await;
    portal.attach("kim", &other, "a.har", b"one").await;
    let names = files(&portal, &number).await;
    assert_eq!((&names[0]["name"], &names[1]["name"]), (&json!("a.har"), &json!("a-2.har")));
    assert_eq!(names[1]["by"], "expert@example.com");
    let report = admin::check(&portal.portal).await.unwrap();
    assert_eq!((report.attachments, report.bytes, report.cases), (3, 6, 2));
    assert!(report.is_well(), "{report:?}");
}

#[tokio::test]
async fn a_check_finds_what_is_damaged_missing_or_too_much() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    for (name, bytes) in [("a", b"aaa"), ("b", b"bbb"), ("c", b"ccc"), ("d", b"ddd")] {
        portal.attach("kim", &number, name, bytes).await;
    }
    let listed = files(&portal, &number).await;
    let blob = |at: usize| {
        let sha256 = listed[at]["sha256"].as_str().unwrap().to_owned();
        portal.directory.path().join("blobs").join(&sha256[..2]).join(&sha256)
    };
    std::fs::remove_file(blob(0)).unwrap();
    std::fs::write(blob(1), "bb").unwrap();
    std::fs::write(blob(2), "xxx").unwrap();
    std::fs::write(blob(3).with_file_name("feed"), "x").unwrap();
    let report = admin::check(&portal.portal).await.unwrap();
    let mut problems = report.problems.clone();
    problems.sort();
    assert!(
        problems[0].starts_with("attachment `a` of case 00000001: its file can't be read"),
        "{problems:?}"
    );
    assert_eq!(problems[1], "attachment `b` of case 00000001: its file has 2 bytes in place of 3");
    assert!(problems[2].ends_with("has other content than when it was attached"), "{problems:?}");
    assert_eq!((problems.len(), report.orphans.len()), (3, 1));
}
