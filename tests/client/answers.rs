//! What the client makes of every kind of answer, and of none.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use docket::client::{Connection, Error, Settings};
use docket::failure::Failure;
use docket::secret::Secret;

use crate::stub::{Stub, answer, json, problem, raw, silence};

const PORTAL: &str = r#"{"name":"Desk","version":"1","url":"https://x","capabilities":[],
    "max_attachment":1,"now":"2026-11-20T09:30:00Z"}"#;

fn failure(steps: Vec<crate::stub::Step>) -> (Stub, Failure) {
    let stub = Stub::start(steps);
    let failure = stub.connection_once().portal().unwrap_err().into();
    (stub, failure)
}

fn without_port(text: &str, stub: &Stub) -> String {
    text.replace(&stub.url, "URL")
}

#[test]
fn a_missing_portal_is_noticed_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let started = Instant::now();
    let failure: Failure = Connection::new(&url, &Settings::default()).unwrap().portal().unwrap_err().into();
    assert!(started.elapsed() < Duration::from_secs(1));
    assert_eq!(failure.kind.exit_code(), 6);
    let url = url.trim_end_matches('/');
    assert_eq!(failure.message, format!("the portal can't be reached: nothing listens at {url}"));
    assert_eq!(failure.hints, ["check the address, and that the portal runs"]);
}

#[test]
fn an_answer_is_read_and_asked_for_in_the_right_language() {
    let stub = Stub::start(vec![json(200, PORTAL)]);
    assert_eq!(stub.connection().portal().unwrap().name, "Desk");
    let request = &stub.requests()[0];
    assert_eq!(request.line, "GET /v1/portal HTTP/1.1");
    assert_eq!(request.header("accept-language"), Some("fr"));
    assert_eq!(request.header("authorization"), None);
    assert!(request.header("user-agent").unwrap().starts_with("docket/"));
}

#[test]
fn what_is_no_portal_is_called_so() {
    for (step, expected) in [
        (
            answer(200, "content-type: text/html\r\n", "<!DOCTYPE html>\n<title>Sign in</title>"),
            "an answer came that isn't JSON (HTTP 200, text/html: <!DOCTYPE html> <title>Sign in</title>)",
        ),
        (answer(200, "content-type: text/html\r\n", ""), "an empty answer came (HTTP 200, text/html)"),
        (
            answer(404, "content-type: text/html\r\n", "<h1>Not here"),
            "an error came that isn't a portal's (HTTP 404, text/html: <h1>Not here)",
        ),
        (
            json(200, "{nonsense"),
            "JSON came that docket doesn't understand: key must be a string at line 1 column 2 \
             (HTTP 200, application/json: {nonsense)",
        ),
        (
            json(200, r#"{"hello":1}"#),
            "JSON came that docket doesn't understand: missing field `name` at line 1 column 11 \
             (HTTP 200, application/json: {\"hello\":1})",
        ),
        (raw("SSH-2.0-OpenSSH_9\r\n"), "what came isn't HTTP: invalid HTTP version parsed"),
    ] {
        let (stub, failure) = failure(vec![step]);
        let message = without_port(&failure.message, &stub);
        assert_eq!(message, format!("what answers at URL doesn't look like a portal: {expected}"));
        assert_eq!(failure.kind.exit_code(), 1);
        assert_eq!(failure.hints.len(), 1);
    }
}

#[test]
fn a_token_does_not_follow_a_redirect() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let target = format!("http://{}/v1/me", elsewhere.local_addr().unwrap());
    let stub = Stub::start(vec![answer(302, &format!("location: {target}\r\n"), "")]);
    let failure: Failure = stub.session().me().unwrap_err().into();
    assert!(failure.message.contains(&format!("it redirects to {target}")), "{}", failure.message);
    assert_eq!(failure.kind.exit_code(), 1);
    assert_eq!(elsewhere.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn a_read_is_repeated_when_its_answer_is_lost() {
    let half = || raw("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{\"name\"");
    let unmeasured = || raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"name\"");
    let stub = Stub::start(vec![half(), silence(), json(200, PORTAL)]);
    assert_eq!(stub.connection().portal().unwrap().name, "Desk");

    for step in [silence, || raw("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"), unmeasured] {
        let stub = Stub::start(vec![step(), step(), step(), step()]);
        let failure: Failure = stub.connection().portal().unwrap_err().into();
        assert_eq!(failure.kind.exit_code(), 6);
        assert!(failure.message.starts_with("the portal can't be reached: "), "{}", failure.message);
        assert_eq!(stub.requests().len(), 4);
    }
}

#[test]
fn a_portal_that_asks_to_wait_is_understood() {
    let (stub, failure) = failure(vec![answer(429, "retry-after: 30\r\nx-request-id: r-9\r\n", "")]);
    assert_eq!(
        without_port(&failure.message, &stub),
        "the portal URL asks to wait: HTTP 429 Too Many Requests"
    );
    assert_eq!(failure.hints, ["try again in 30 seconds"]);
    assert_eq!(failure.request_id.as_deref(), Some("r-9"));
    assert_eq!(failure.kind.exit_code(), 6);

    // A portal whose clock is years behind asks for as long as it means.
    let behind = "date: Sat, 20 Nov 2010 09:30:00 GMT\r\nretry-after: Sat, 20 Nov 2010 09:31:40 GMT\r\n";
    let stub = Stub::start(vec![answer(503, behind, "")]);
    match stub.connection().portal().unwrap_err() {
        Error::Busy { retry_after, .. } => assert_eq!(retry_after, Some(Duration::from_secs(100))),
        other => panic!("{other:?}"),
    }
    // That is longer than it may take.
    let stub = Stub::start(vec![answer(503, "retry-after: Fri, 20 Nov 2099 09:30:00 GMT\r\n", "")]);
    match stub.connection().portal().unwrap_err() {
        Error::Busy { retry_after: Some(wait), .. } => assert!(wait > Duration::from_secs(3600)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_problem_has_its_exit_code() {
    for (kind, status, code) in [
        ("bad-request", 400, 1),
        ("login-required", 401, 4),
        ("login-failed", 401, 4),
        ("not-allowed", 403, 4),
        ("account-refused", 403, 4),
        ("not-found", 404, 5),
        ("method-not-allowed", 405, 1),
        ("case-closed", 409, 10),
        ("conflict", 409, 1),
        ("form-changed", 412, 1),
        ("invalid", 422, 3),
        ("key-reused", 422, 1),
        ("too-large", 413, 1),
        ("unsupported-media-type", 415, 1),
        ("too-many", 429, 6),
        ("tus-version", 412, 1),
        ("no-space", 507, 6),
        ("unavailable", 503, 6),
        ("internal", 500, 1),
        ("from-the-future", 418, 1),
        ("from-the-future", 503, 6),
    ] {
        let (_, failure) = failure(vec![problem(kind, status)]);
        assert_eq!(failure.kind.exit_code(), code, "{kind}: {failure:?}");
        assert!(failure.message.contains("the detail"), "{kind}: {failure:?}");
        assert_eq!(failure.request_id.as_deref(), Some("r-1"), "{kind}");
        assert_eq!(failure.fields.len(), usize::from(kind == "invalid"), "{kind}");
    }
}

#[test]
fn a_long_text_is_cut_and_says_so() {
    let detail = "é".repeat(5_000);
    let body =
        format!(r#"{{"type":"tag:docket,2026:not-found","title":"T","status":404,"detail":"{detail}"}}"#);
    let (_, failure) = failure(vec![answer(404, "content-type: application/problem+json\r\n", &body)]);
    assert_eq!(failure.message, format!("{}… (6000 more bytes)", "é".repeat(2_000)));
}

#[test]
fn endless_answers_have_an_end() {
    let headers = format!("HTTP/1.1 200 OK\r\n{}", "x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(60_000));
    let (_, failure) = failure(vec![raw(headers)]);
    assert!(failure.message.contains("what came isn't HTTP"), "{}", failure.message);

    let mut body = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n".to_vec();
    body.resize(body.len() + (65 << 20), b' ');
    let (_, failure) = self::failure(vec![raw(body)]);
    assert!(failure.message.contains("an answer of more than 64 MB"), "{}", failure.message);
}

#[test]
fn a_form_that_is_known_is_not_sent_again() {
    let form = r#"{"version":"v2","fields":[]}"#;
    let stub = Stub::start(vec![answer(304, "", ""), json(200, form)]);
    let session = stub.session();
    assert_eq!(session.form(Some("v1")).unwrap(), None);
    assert_eq!(session.form(None).unwrap().unwrap().version, "v2");
    let requests = stub.requests();
    assert_eq!(requests[0].header("if-none-match"), Some("\"v1\""));
    assert_eq!(requests[0].header("authorization"), Some("Bearer token-1"));
    assert_eq!(requests[1].header("if-none-match"), None);
}

#[test]
fn a_login_is_sent_once_and_its_secrets_are_not_shown() {
    let stub = Stub::start(vec![silence(), silence()]);
    let failure: Failure =
        stub.connection().log_in("sam@example.com", &Secret::new("hunter2")).unwrap_err().into();
    assert_eq!(failure.kind.exit_code(), 6);
    assert_eq!(stub.requests().len(), 1);
    assert!(!format!("{failure:?}").contains("hunter2"));
    assert!(!format!("{:?}", stub.session()).contains("token-1"));
}

#[test]
fn addresses_that_would_leak_a_token_are_refused() {
    let error = |url: &str| Failure::from(Connection::new(url, &Settings::default()).unwrap_err());
    assert_eq!(error("http://support.example.com").kind.exit_code(), 2);
    assert!(error("http://support.example.com").message.contains("https://support.example.com"));
    assert_eq!(error("local").kind.exit_code(), 2);
    let connection = Connection::new("support.example.com/desk/", &Settings::default()).unwrap();
    assert_eq!(connection.url(), "https://support.example.com/desk");
}

#[test]
fn certificates_are_looked_at_for_https_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    let settings = Settings { ca_bundle: Some(file.clone()), ..Settings::default() };
    assert!(Connection::new("http://127.0.0.1:1", &settings).is_ok());
    let failure: Failure = Connection::new("https://127.0.0.1:1", &settings).unwrap_err().into();
    assert!(failure.message.starts_with(&file.display().to_string()), "{}", failure.message);
    std::fs::write(&file, "not a certificate").unwrap();
    let failure: Failure = Connection::new("https://127.0.0.1:1", &settings).unwrap_err().into();
    assert_eq!(failure.message, format!("{}: there is no PEM certificate in it", file.display()));
}

#[test]
fn a_token_that_is_none_is_not_sent() {
    let stub = Stub::start(vec![silence()]);
    let session = stub.connection().with_token(Secret::new("two\nlines"));
    let failure: Failure = session.me().unwrap_err().into();
    assert_eq!(failure.kind.exit_code(), 4);
    assert_eq!(stub.requests().len(), 0);
}
