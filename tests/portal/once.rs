//! Nothing is written twice: idempotency keys.

use crate::common::{Answer, TestPortal};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

const KEY: &str = "0123456789abcdef";

async fn post(portal: &TestPortal, user: &str, path: &str, key: &str, body: &Value) -> Answer {
    portal.request(user, Method::POST, path).await.header("idempotency-key", key).json(body).await
}

#[tokio::test]
async fn the_same_request_gets_the_same_answer_without_writing_again() {
    let portal = TestPortal::new().await;
    let new = portal.new_case("kim", json!({})).await;
    let first = post(&portal, "kim", "/v1/cases", KEY, &new).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!(first.header("idempotency-replayed"), None);
    // Even when the case has gone on since then.
    portal.close("kim", "1").await.ok();
    let again = post(&portal, "kim", "/v1/cases", KEY, &new).await;
    assert_eq!((again.status, &again.bytes), (first.status, &first.bytes));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(portal.get("kim", "/v1/cases").await.ok()["total"], 1);
}

#[tokio::test]
async fn every_write_takes_part() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let text = json!({"body": "x"});
    let writes = [
        ("kim", "comments", text.clone()),
        ("kim", "watchers", json!({"add": ["zoe@elsewhere.org"]})),
        ("kim", "call", json!({"phone": "+14155550100"})),
        ("expert", "replies", json!({"body": "x", "outcome": "needs_info"})),
        ("expert", "notes", text),
        ("kim", "close", json!({"reason": "x"})),
    ];
    for (at, (user, end, body)) in writes.iter().enumerate() {
        let (path, key) = (format!("/v1/cases/{number}/{end}"), format!("a-key-of-16-chars-{at}"));
        let first = post(&portal, user, &path, &key, body).await;
        assert!(first.status.is_success(), "{end}: {}", first.text());
        let before = portal.history(&number).await;
        let again = post(&portal, user, &path, &key, body).await;
        assert_eq!(
            (again.header("idempotency-replayed"), &again.bytes),
            (Some("true"), &first.bytes),
            "{end}"
        );
        assert_eq!(portal.history(&number).await, before, "{end}");
    }
}

#[tokio::test]
async fn an_announced_file_takes_part() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let announce = async |length: &str| {
        let request = portal.request("kim", Method::POST, &format!("/v1/cases/{number}/attachments")).await;
        let request = request.header("idempotency-key", KEY).header("tus-resumable", "1.0.0");
        request.header("upload-length", length).send(Body::empty()).await
    };
    let first = announce("3").await;
    let again = announce("3").await;
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("tus-resumable"), Some("1.0.0"));
    assert_eq!(announce("4").await.problem(), "key-reused");
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_user_for_a_week() {
    let portal = TestPortal::new().await;
    let number = portal.open("sam", json!({})).await;
    let path = format!("/v1/cases/{number}/comments");
    post(&portal, "sam", &path, KEY, &json!({"body": "one"})).await.ok();
    let reused = post(&portal, "sam", &path, KEY, &json!({"body": "two"})).await;
    assert_eq!(reused.problem(), "key-reused");
    let other_path = format!("/v1/cases/{number}/close");
    assert_eq!(
        post(&portal, "sam", &other_path, KEY, &json!({"reason": "one"})).await.problem(),
        "key-reused"
    );
    let other_user = post(&portal, "kim", &path, KEY, &json!({"body": "one"})).await;
    assert_eq!(other_user.header("idempotency-replayed"), None);
    portal.advance(SignedDuration::from_hours(7 * 24));
    let later = post(&portal, "sam", &path, KEY, &json!({"body": "two"})).await;
    assert_eq!(later.header("idempotency-replayed"), None, "{}", later.text());
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let path = format!("/v1/cases/{number}/comments");
    assert_eq!(post(&portal, "kim", &path, KEY, &json!({"body": ""})).await.problem(), "invalid");
    let better = post(&portal, "kim", &path, KEY, &json!({"body": "x"})).await;
    assert_eq!((better.status, better.header("idempotency-replayed")), (StatusCode::OK, None));
}

#[tokio::test]
async fn of_two_at_once_one_writes() {
    let portal = TestPortal::new().await;
    let new = portal.new_case("kim", json!({})).await;
    let requests: Vec<_> = (0..6).map(|_| post(&portal, "kim", "/v1/cases", KEY, &new)).collect();
    let answers = futures_util::future::join_all(requests).await;
    let replayed = answers.iter().filter(|answer| answer.header("idempotency-replayed").is_some()).count();
    assert_eq!(replayed, 5);
    assert!(answers.iter().all(|answer| answer.bytes == answers[0].bytes));
    assert_eq!(portal.get("kim", "/v1/cases").await.ok()["total"], 1);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let portal = TestPortal::new().await;
    let long = "x".repeat(256);
    for key in ["", "too-short", "with a space in it", long.as_str()] {
        let answer = post(&portal, "kim", "/v1/cases", key, &json!({})).await;
        assert_eq!(answer.problem(), "bad-request", "{key}");
        assert!(answer.text().contains("Idempotency-Key"), "{}", answer.text());
    }
}
