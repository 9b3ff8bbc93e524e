//! Writes whose answers get lost.

use std::time::{Duration, Instant};

use docket::client::{Error, Key};
use docket::failure::Failure;
use docket::secret::Secret;

use crate::stub::{Step, Stub, answer, json, problem, raw, silence};

/// A case.
pub(crate) const CASE: &str = r#"{"number":"00000042","url":"https://x/cases/00000042","status":"open",
    "account":{"id":"1001","name":"N"},"product":"esignature","category":"sending","subcategory":"bulk-send",
    "subject":"S","description":null,"occurred_at":null,"envelope_id":null,"user_impact":null,
    "environment":null,"business_impact":null,"contact_method":"email","phone":null,"language":"en",
    "details":{"occurred_before":null,"product_version":null,"browser":null,"steps":null},
    "opened_by":"sam@example.com","created_at":"2026-11-20T09:30:00Z","updated_at":"2026-11-20T09:30:00Z",
    "closes_at":null,"closed_at":null,"close_reason":null,"follows":null,"watchers":[],"comments":[],
    "attachments":[]}"#;

/// Comments, and gives the exit code, the message and how many requests with one key there were.
fn comment(steps: Vec<Step>) -> (u8, String, usize) {
    let stub = Stub::start(steps);
    let key = Key::generate();
    let result = stub.session().comment("42".parse().unwrap(), "Hello", &key);
    let requests = stub.requests();
    for request in &requests {
        assert_eq!(request.line, "POST /v1/cases/00000042/comments HTTP/1.1");
        assert_eq!(request.header("idempotency-key"), Some(key.as_str()));
        assert_eq!(request.body, br#"{"body":"Hello"}"#);
    }
    match result {
        Ok(case) => (0, case.number.to_string(), requests.len()),
        Err(error) => {
            let failure = Failure::from(error);
            (failure.kind.exit_code(), failure.message.replace(&stub.url, "URL"), requests.len())
        }
    }
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_key() {
    let done = || json(200, CASE);
    assert_eq!(comment(vec![done()]), (0, "00000042".to_owned(), 1));
    assert_eq!(comment(vec![silence(), done()]), (0, "00000042".to_owned(), 2));
    assert_eq!(comment(vec![silence(), silence(), done()]), (0, "00000042".to_owned(), 3));
    assert_eq!(comment(vec![answer(502, "", ""), done()]), (0, "00000042".to_owned(), 2));
    assert_eq!(comment(vec![answer(504, "", ""), done()]), (0, "00000042".to_owned(), 2));
    assert_eq!(comment(vec![problem("key-in-use", 409), done()]), (0, "00000042".to_owned(), 2));
    let half = raw(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{{", CASE.len()));
    assert_eq!(comment(vec![half, done()]), (0, "00000042".to_owned(), 2));
}

#[test]
fn what_stays_unclear_is_said_to_be() {
    let (code, message, requests) = comment(vec![silence(), silence(), silence(), silence()]);
    assert_eq!((code, requests), (7, 4));
    assert!(message.starts_with("it was sent to URL, but whether it was done isn't known: "), "{message}");

    // Nothing listens any more.
    let (code, message, requests) = comment(vec![silence()]);
    assert_eq!((code, requests), (7, 1));
    assert!(
        message.contains("asked again: the portal can't be reached: nothing listens at URL"),
        "{message}"
    );

    // A login that has ended is said before a portal looks at the key.
    let (code, message, requests) = comment(vec![silence(), problem("login-required", 401)]);
    assert_eq!((code, requests), (7, 2), "{message}");
    // So are these, and they are asked for again.
    for (kind, status) in [("too-many", 429), ("unavailable", 503), ("internal", 500)] {
        let refusal = || problem(kind, status);
        let (code, message, requests) = comment(vec![silence(), refusal(), refusal(), refusal()]);
        assert_eq!((code, requests), (7, 4), "{kind}: {message}");
    }
}

#[test]
fn a_refusal_settles_it() {
    for (kind, status, expected) in [("case-closed", 409, 10), ("not-found", 404, 5), ("invalid", 422, 3)] {
        let (code, _, requests) = comment(vec![silence(), problem(kind, status)]);
        assert_eq!((code, requests), (expected, 2), "{kind}");
    }
}

#[test]
fn what_was_not_sent_or_not_done_is_not_unclear() {
    assert_eq!(comment(vec![]).0, 6);
    for (kind, status) in [("unavailable", 503), ("too-many", 429), ("from-a-proxy", 408), ("x", 425)] {
        let refusal = || problem(kind, status);
        let (code, message, requests) = comment(vec![refusal(), refusal(), refusal(), refusal()]);
        assert_eq!((code, requests), (6, 4), "{kind}: {message}");
    }
}

#[test]
fn what_is_turned_away_for_a_moment_is_sent_again() {
    let done = || json(200, CASE);
    for status in [408, 425, 429, 500, 502, 503, 504] {
        assert_eq!(comment(vec![answer(status, "", ""), done()]), (0, "00000042".to_owned(), 2), "{status}");
        assert_eq!(comment(vec![problem("internal", status), done()]), (0, "00000042".to_owned(), 2));
    }
    for status in [400, 403, 409, 413, 507] {
        let (_, _, requests) = comment(vec![problem("conflict", status), done()]);
        assert_eq!(requests, 1, "{status}");
    }
}

#[test]
fn a_portal_that_says_when_is_asked_then_and_not_before() {
    let wait = || answer(503, "retry-after: 1\r\n", "");
    let started = Instant::now();
    assert_eq!(comment(vec![wait(), json(200, CASE)]), (0, "00000042".to_owned(), 2));
    assert!(started.elapsed() >= Duration::from_secs(1));

    // It would take longer than there is time.
    let started = Instant::now();
    let (code, _, requests) = comment(vec![answer(503, "retry-after: 31\r\n", ""), json(200, CASE)]);
    assert_eq!((code, requests), (6, 1));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn who_wants_one_try_gets_one() {
    let stub = Stub::start(vec![silence(), json(200, CASE)]);
    let session = stub.connection_once().with_token(Secret::new("token-1"));
    let error = session.comment("42".parse().unwrap(), "Hello", &Key::generate()).unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    assert_eq!(stub.requests().len(), 1);
}

#[test]
fn trying_again_is_told_once() {
    let (sender, told) = std::sync::mpsc::channel();
    let busy = || answer(503, "retry-after: 1\r\n", "");
    let short = answer(503, "", "");
    let stub = Stub::start(vec![short, busy(), json(200, CASE), busy(), json(200, CASE)]);
    let connection = stub.connection().telling(move |why| sender.send(why.to_owned()).unwrap());
    let session = connection.with_token(Secret::new("token-1"));
    for _ in 0..2 {
        session.comment("42".parse().unwrap(), "Hello", &Key::generate()).unwrap();
    }
    let told: Vec<String> = told.try_iter().collect();
    assert_eq!(told, [format!("the portal {} asks to wait: HTTP 503 Service Unavailable", stub.url)]);
}

#[test]
fn a_portal_that_says_nothing_is_not_waited_for_without_end() {
    let hang = || Step { hang: true, ..silence() };
    let stub = Stub::start(vec![hang(), hang(), hang()]);
    let session = stub.connection_within(Duration::from_millis(150)).with_token(Secret::new("token-1"));
    let error = session.comment("42".parse().unwrap(), "Hello", &Key::generate()).unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
    assert_eq!(stub.requests().len(), 3);

    // Reading isn't repeated after such a wait.
    let stub = Stub::start(vec![hang(), hang()]);
    let session = stub.connection_within(Duration::from_millis(150)).with_token(Secret::new("token-1"));
    let failure: Failure = session.me().unwrap_err().into();
    assert_eq!(failure.message, format!("the portal can't be reached: {} does not answer in time", stub.url));
    assert_eq!(stub.requests().len(), 1);
}

#[test]
fn a_repeated_opening_says_so() {
    let new = serde_json::from_str(r#"{"form":"v1","fields":{"subject":"S"}}"#).unwrap();
    let replayed = answer(201, "content-type: application/json\r\nidempotency-replayed: true\r\n", CASE);
    let stub = Stub::start(vec![silence(), replayed, json(201, CASE)]);
    let key = Key::parse("0123456789abcdef").unwrap();
    assert!(stub.session().open_case(&new, &key).unwrap().replayed);
    assert!(!stub.session().open_case(&new, &key).unwrap().replayed);
    assert!(stub.requests().iter().all(|request| request.header("idempotency-key") == Some(key.as_str())));
}
