//! Uploads: checksums, ending one, time running out, and what is there after a crash.

use crate::common::{Answer, TestPortal};
use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use docket::api::tus;
use docket::portal::admin;
use futures_util::stream;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

async fn files(portal: &TestPortal, number: &str) -> Value {
    portal.get("kim", &format!("/v1/cases/{number}")).await.ok()["attachments"].clone()
}

fn sha256(bytes: &[u8]) -> tus::Sha256 {
    Sha256::digest(bytes).into()
}

/// A portal, a case, and an upload for it of so many bytes.
async fn announced(size: usize) -> (TestPortal, String, String) {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let upload = portal.announce("kim", &number, "a.log", size).await;
    let upload = upload.header("location").unwrap().to_owned();
    (portal, number, upload)
}

/// Sends bytes with more headers.
async fn patch(
    portal: &TestPortal,
    upload: &str,
    offset: usize,
    body: impl Into<Body>,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = portal.request("kim", Method::PATCH, upload).await.header("tus-resumable", "1.0.0");
    request = request.header("content-type", "application/offset+octet-stream");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request.header("upload-offset", &offset.to_string()).send(body).await
}

async fn offset(portal: &TestPortal, upload: &str) -> String {
    portal.head("kim", upload).await.header("upload-offset").unwrap().to_owned()
}

fn partial(portal: &TestPortal) -> usize {
    std::fs::read_dir(portal.directory.path().join("blobs/partial")).unwrap().count()
}

/// Where an upload's bytes gather.
fn file_of(portal: &TestPortal, upload: &str) -> std::path::PathBuf {
    portal.directory.path().join("blobs/partial").join(upload.rsplit('/').next().unwrap())
}

#[tokio::test]
async fn bytes_with_a_wrong_checksum_do_not_count() {
    let (portal, number, upload) = announced(9).await;
    let good = tus::checksum(&sha256(b"abc"));
    let sent = patch(&portal, &upload, 0, "abc", &[("upload-checksum", &good)]).await;
    assert_eq!((sent.status, sent.header("upload-offset")), (StatusCode::NO_CONTENT, Some("3")));
    let sent = patch(&portal, &upload, 3, "abX", &[("upload-checksum", &good)]).await;
    assert_eq!((sent.status.as_u16(), sent.problem().as_str()), (460, "checksum-mismatch"));
    assert_eq!(offset(&portal, &upload).await, "3");
    for unknown in ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256 AAAA", "sha256"] {
        let sent = patch(&portal, &upload, 3, "abc", &[("upload-checksum", unknown)]).await;
        assert_eq!(sent.problem(), "bad-request", "{unknown}");
    }
    assert_eq!(offset(&portal, &upload).await, "3");
    let sent = patch(&portal, &upload, 3, "abc", &[("upload-checksum", &good)]).await;
    assert_eq!(sent.header("upload-offset"), Some("6"));
    // The last piece too.
    let sent = patch(&portal, &upload, 6, "abX", &[("upload-checksum", &good)]).await;
    assert_eq!(sent.problem(), "checksum-mismatch");
    assert_eq!(files(&portal, &number).await, json!([]));
    patch(&portal, &upload, 6, "abc", &[("upload-checksum", &good)]).await.ok();
    let expected: String = sha256(b"abcabcabc").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(files(&portal, &number).await[0]["sha256"], expected);
    assert_eq!(partial(&portal), 0);
}

#[tokio::test]
async fn a_piece_with_a_checksum_counts_all_or_not_at_all() {
    let (portal, number, upload) = announced(6).await;
    let checksum = tus::checksum(&sha256(b"abc"));
    let broken = stream::iter([Ok(Bytes::from("ab")), Err(std::io::Error::other("gone"))]);
    patch(&portal, &upload, 0, Body::from_stream(broken), &[("upload-checksum", &checksum)]).await;
    assert_eq!(offset(&portal, &upload).await, "0");
    let long = stream::iter((0..9).map(|_| Ok::<_, std::io::Error>(Bytes::from("ab"))));
    let sent = patch(&portal, &upload, 0, Body::from_stream(long), &[("upload-checksum", &checksum)]).await;
    assert_eq!(sent.problem(), "too-large");
    assert_eq!(offset(&portal, &upload).await, "0");
    patch(&portal, &upload, 0, "abc", &[("upload-checksum", &checksum)]).await.ok();
    patch(&portal, &upload, 3, "def", &[]).await.ok();
    assert_eq!(files(&portal, &number).await[0]["size"], 6);
}

#[tokio::test]
async fn what_a_portal_that_died_had_not_checked_is_sent_again() {
    let (portal, number, upload) = announced(6).await;
    let checksum = tus::checksum(&sha256(b"abc"));
    patch(&portal, &upload, 0, "abc", &[("upload-checksum", &checksum)]).await.ok();
    // As it is in the middle of the next piece.
    let file = file_of(&portal, &upload);
    std::fs::write(file.with_extension("from"), "3").unwrap();
    std::fs::write(&file, "abcXYZ").unwrap();
    assert_eq!(offset(&portal, &upload).await, "3");
    assert_eq!(files(&portal, &number).await, json!([]));
    patch(&portal, &upload, 3, "def", &[]).await.ok();
    let fetched = portal.get("kim", &format!("/v1/cases/{number}/attachments/a.log")).await;
    assert_eq!(fetched.bytes, b"abcdef");
    // A mark that says nothing, as a power cut may leave it, makes nothing count.
    let upload = portal.announce("kim", &number, "b.log", 6).await.header("location").unwrap().to_owned();
    let file = file_of(&portal, &upload);
    std::fs::write(file.with_extension("from"), "").unwrap();
    std::fs::write(&file, "abcXYZ").unwrap();
    assert_eq!(offset(&portal, &upload).await, "0");
    patch(&portal, &upload, 0, "abcdef", &[]).await.ok();
    assert_eq!(partial(&portal), 0);
}

#[tokio::test]
async fn a_file_that_is_not_what_its_sender_says_becomes_no_attachment() {
    let (portal, number, upload) = announced(6).await;
    let digest = tus::digest(&sha256(b"abcdef"));
    patch(&portal, &upload, 0, "abX", &[]).await.ok();
    // It says nothing about a piece that doesn't make the file whole.
    let sent = patch(&portal, &upload, 3, "d", &[("repr-digest", &digest)]).await;
    assert_eq!(sent.header("upload-offset"), Some("4"));
    let sent = patch(&portal, &upload, 4, "ef", &[("repr-digest", &digest)]).await;
    assert_eq!((sent.status.as_u16(), sent.problem().as_str()), (460, "checksum-mismatch"));
    assert_eq!(files(&portal, &number).await, json!([]));
    assert_eq!(portal.head("kim", &upload).await.status, StatusCode::NOT_FOUND);
    assert_eq!(partial(&portal), 0);
    let upload = portal.announce("kim", &number, "a.log", 6).await.header("location").unwrap().to_owned();
    let sent = patch(&portal, &upload, 0, "abcdef", &[("repr-digest", "sha-256=:AAAA:")]).await;
    assert_eq!(sent.problem(), "bad-request");
    patch(&portal, &upload, 0, "abc", &[]).await.ok();
    patch(&portal, &upload, 3, "def", &[("repr-digest", &digest)]).await.ok();
    assert_eq!(files(&portal, &number).await[0]["name"], "a.log");
}

#[tokio::test]
async fn an_upload_goes_on_at_a_portal_that_was_started_again() {
    let (portal, number, upload) = announced(6).await;
    patch(&portal, &upload, 0, "abc", &[]).await.ok();
    let portal = portal.restarted().await;
    assert_eq!(offset(&portal, &upload).await, "3");
    let digest = tus::digest(&sha256(b"abcdef"));
    patch(&portal, &upload, 3, "def", &[("repr-digest", &digest)]).await.ok();
    assert_eq!(files(&portal, &number).await[0]["size"], 6);
}

#[tokio::test]
async fn an_upload_can_be_ended_until_it_is_an_attachment() {
    let (portal, number, upload) = announced(6).await;
    let end = async |user: &str, upload: &str| {
        let request = portal.request(user, Method::DELETE, upload).await;
        request.header("tus-resumable", "1.0.0").send(Body::empty()).await
    };
    patch(&portal, &upload, 0, "abc", &[]).await.ok();
    assert_eq!(end("sam", &upload).await.problem(), "not-found");
    let ended = end("kim", &upload).await;
    assert_eq!((ended.status, ended.header("tus-resumable")), (StatusCode::NO_CONTENT, Some("1.0.0")));
    assert_eq!(partial(&portal), 0);
    assert_eq!(portal.head("kim", &upload).await.status, StatusCode::NOT_FOUND);
    assert_eq!(patch(&portal, &upload, 3, "def", &[]).await.problem(), "not-found");
    assert_eq!(end("kim", &upload).await.problem(), "not-found");

    let upload = portal.announce("kim", &number, "b.log", 3).await.header("location").unwrap().to_owned();
    patch(&portal, &upload, 0, "abc", &[]).await.ok();
    assert_eq!(end("kim", &upload).await.problem(), "conflict");
    assert_eq!(files(&portal, &number).await[0]["name"], "b.log");
}

#[tokio::test]
async fn an_upload_that_lies_too_long_is_gone() {
    let (portal, number, upload) = announced(6).await;
    let expires = Some("Fri, 27 Nov 2026 10:00:00 GMT");
    let created = portal.announce("kim", &number, "b.log", 6).await;
    assert_eq!(created.header("upload-expires"), expires);
    assert_eq!(patch(&portal, &upload, 0, "abc", &[]).await.header("upload-expires"), expires);
    assert_eq!(portal.head("kim", &upload).await.header("upload-expires"), expires);
    portal.advance(SignedDuration::from_hours(7 * 24) - SignedDuration::from_secs(1));
    admin::tidy(&portal.portal).await.unwrap();
    assert_eq!(offset(&portal, &upload).await, "3");
    portal.advance(SignedDuration::from_secs(1));
    assert_eq!(portal.head("kim", &upload).await.status, StatusCode::NOT_FOUND);
    assert_eq!(patch(&portal, &upload, 3, "def", &[]).await.problem(), "not-found");
    // The file goes with the next round, and another round finds nothing to do.
    assert_eq!(partial(&portal), 1);
    admin::tidy(&portal.portal).await.unwrap();
    admin::tidy(&portal.portal).await.unwrap();
    assert_eq!(partial(&portal), 0);
    assert_eq!(portal.rows("SELECT id FROM uploads").await.len(), 0);
}

#[tokio::test]
async fn a_clock_that_jumps_ends_no_upload_before_its_time_and_brings_none_back() {
    let (portal, number, upload) = announced(6).await;
    patch(&portal, &upload, 0, "abc", &[]).await;
    // Set back, it lies longer; it is the same upload, and a round takes nothing away.
    portal.advance(SignedDuration::from_hours(-24));
    admin::tidy(&portal.portal).await.unwrap();
    assert_eq!((offset(&portal, &upload).await.as_str(), partial(&portal)), ("3", 1));
    // Ten days ahead it is gone for as long as the clock says so, and for good once a round has been.
    portal.advance(SignedDuration::from_hours(11 * 24));
    assert_eq!(portal.head("kim", &upload).await.status, StatusCode::NOT_FOUND);
    portal.advance(SignedDuration::from_hours(-10 * 24));
    assert_eq!(offset(&portal, &upload).await, "3");
    portal.advance(SignedDuration::from_hours(10 * 24));
    admin::tidy(&portal.portal).await.unwrap();
    portal.advance(SignedDuration::from_hours(-10 * 24));
    assert_eq!(patch(&portal, &upload, 3, "def", &[]).await.problem(), "not-found");
    assert_eq!((partial(&portal), files(&portal, &number).await), (0, json!([])));
    // The file can be sent anew.
    let again = portal.announce("kim", &number, "b.log", 3).await;
    let again = again.header("location").unwrap().to_owned();
    patch(&portal, &again, 0, "abc", &[]).await;
    assert_eq!(files(&portal, &number).await[0]["name"], "b.log");
    assert!(admin::check(&portal.portal).await.unwrap().is_well());
}

#[tokio::test]
async fn the_last_words_about_a_whole_file_carry_no_expiry() {
    let (portal, _, upload) = announced(3).await;
    assert_eq!(patch(&portal, &upload, 0, "abc", &[]).await.header("upload-expires"), None);
    assert_eq!(portal.head("kim", &upload).await.header("upload-expires"), None);
}

#[tokio::test]
async fn the_same_content_twice_is_one_blob_and_two_attachments() {
    let (portal, number, upload) = announced(3).await;
    patch(&portal, &upload, 0, "abc", &[]).await.ok();
    portal.attach("kim", &number, "a.log", b"abc").await;
    let files = files(&portal, &number).await;
    assert_eq!((&files[0]["name"], &files[1]["name"]), (&json!("a.log"), &json!("a-2.log")));
    assert_eq!(files[0]["sha256"], files[1]["sha256"]);
    assert_eq!(partial(&portal), 0);
    let report = admin::check(&portal.portal).await.unwrap();
    assert!(report.is_well() && report.orphans.is_empty(), "{report:?}");
}
