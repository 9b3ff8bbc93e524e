//! What goes wrong around a portal: clocks that jump, many at once with one key, and keys that are none.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use docket::portal::admin;
use jiff::SignedDuration;
use serde_json::json;

use crate::common::{Answer, TestPortal};

const KEY: &str = "0123456789abcdef";

async fn open_with(portal: &TestPortal, key: &str, changes: serde_json::Value) -> Answer {
    let new = portal.new_case("kim", changes).await;
    portal.request("kim", Method::POST, "/v1/cases").await.header("idempotency-key", key).json(&new).await
}

#[tokio::test]
async fn of_twenty_at_once_with_one_key_one_writes_and_all_get_its_answer() {
    let portal = TestPortal::new().await;
    portal.new_case("kim", json!({})).await;
    let requests: Vec<_> = (0..20).map(|_| open_with(&portal, KEY, json!({}))).collect();
    let answers = futures_util::future::join_all(requests).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED));
    assert!(answers.iter().all(|answer| answer.bytes == answers[0].bytes));
    let written = answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none());
    assert_eq!(written.count(), 1);
    assert_eq!(portal.history("1").await, ["opened open"]);
    assert_eq!(portal.get("kim", "/v1/cases").await.ok()["total"], 1);
    let other = open_with(&portal, KEY, json!({"subject": "Another"})).await;
    assert_eq!((other.status.as_u16(), other.problem().as_str()), (422, "key-reused"));
    assert!(admin::check(&portal.portal).await.unwrap().is_well());
}

#[tokio::test]
async fn many_at_once_are_all_there_and_agree() {
    let portal = TestPortal::new().await;
    portal.new_case("kim", json!({})).await;
    let requests: Vec<_> = (0..40)
        .map(|at| {
            let portal = &portal;
            async move {
                // Every fourth is refused in the middle of what shares its commit.
                let subject = if at % 4 == 3 { String::new() } else { format!("Envelope word{at}") };
                open_with(portal, &format!("a-key-of-its-own-{at}"), json!({"subject": subject})).await.status
            }
        })
        .collect();
    let answers = futures_util::future::join_all(requests).await;
    let created = answers.iter().filter(|status| **status == StatusCode::CREATED).count();
    assert_eq!(created, 30);
    assert_eq!(portal.get("kim", "/v1/cases").await.ok()["total"], 30);
    for at in (0..40).filter(|at| at % 4 != 3) {
        let found = portal.get("kim", &format!("/v1/cases?q=word{at}")).await.ok();
        assert_eq!(found["total"], 1, "word{at}");
    }
    let report = admin::check(&portal.portal).await.unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
}

#[tokio::test]
async fn a_clock_that_is_set_back_loses_no_key_and_no_order() {
    let portal = TestPortal::new().await;
    let first = open_with(&portal, KEY, json!({})).await;
    portal.advance(SignedDuration::from_hours(-1));
    let again = open_with(&portal, KEY, json!({"occurred_at": "2026-11-20T09:30:00Z"})).await;
    assert_eq!((again.header("idempotency-replayed"), &again.bytes), (Some("true"), &first.bytes));
    // What comes later has a later number, whatever the clock says.
    portal.comment("kim", "1", "Still stuck.").await.ok();
    let events = portal.get("kim", "/v1/cases/1/events").await.ok();
    let seqs: Vec<i64> = events.as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()).collect();
    assert!(seqs.is_sorted() && seqs.len() == 2, "{seqs:?}");
    assert_eq!(portal.history("1").await, ["opened open", "commented open"]);
    assert!(admin::check(&portal.portal).await.unwrap().is_well());
    // A key that was kept at the right time lives for its week by the right clock.
    portal.advance(SignedDuration::from_hours(7 * 24));
    let later = open_with(&portal, KEY, json!({})).await;
    assert_eq!(later.header("idempotency-replayed"), Some("true"), "{}", later.text());
}

#[tokio::test]
async fn a_clock_that_jumps_ten_days_closes_what_is_due_at_its_own_time_and_ends_keys_and_not_logins() {
    let portal = TestPortal::new().await;
    open_with(&portal, KEY, json!({})).await.ok();
    portal.reply("1", "resolved").await.ok();
    portal.advance(SignedDuration::from_hours(10 * 24));
    let case = portal.get("kim", "/v1/cases/1").await.ok();
    assert_eq!((&case["status"], &case["closed_at"]), (&json!("closed"), &json!("2026-11-25T10:00:00Z")));
    let later = open_with(&portal, KEY, json!({})).await;
    assert_eq!((later.status, later.header("idempotency-replayed")), (StatusCode::CREATED, None));
    // And back: what was closed stays closed, and nothing happens twice.
    portal.advance(SignedDuration::from_hours(-10 * 24));
    assert_eq!(portal.get("kim", "/v1/cases/1").await.ok()["status"], "closed");
    let closed = portal.history("1").await;
    assert_eq!(closed.iter().filter(|event| event.starts_with("closed")).count(), 1, "{closed:?}");
    assert!(admin::check(&portal.portal).await.unwrap().is_well());
    // A login works for thirty days.
    portal.advance(SignedDuration::from_hours(31 * 24));
    assert_eq!(portal.get("kim", "/v1/me").await.problem(), "login-required");
}

#[tokio::test]
async fn a_key_with_strange_characters_is_refused_by_the_rule() {
    let portal = TestPortal::new().await;
    for key in ["sixteen characters", "tab\tin-a-long-key-x", "schlüssel-mit-umlaut"] {
        let request = portal.request("kim", Method::POST, "/v1/cases").await;
        let request = request.header("idempotency-key", key).header("content-type", "application/json");
        let answer = request.send(Body::from("{}")).await;
        assert_eq!(answer.problem(), "bad-request", "{key}");
        assert_eq!(
            answer.json()["detail"],
            "an Idempotency-Key has 16 to 255 visible ASCII characters",
            "{key}"
        );
    }
}
