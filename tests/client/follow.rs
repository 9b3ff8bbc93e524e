//! Following a case: connections that end, break, fall silent or are refused, and events that come again.

use std::time::{Duration, Instant};

use docket::client::{Error, Following, News};
use serde_json::json;

use crate::stub::{Step, Stub, problem, raw, silence};

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An event as a portal sends it.
fn event(seq: i64) -> String {
    let event = json!({
        "seq": seq, "at": "2026-11-20T09:30:00Z", "case": "00000042", "kind": "commented", "by": "sam@example.com",
        "role": "customer", "status": "open", "data": {"comment": "1"},
    });
    format!("id: {seq}\nevent: commented\ndata: {event}\n\n")
}

/// A stream that ends after these bytes. There is a heartbeat a minute, so silence is no reason to end it.
fn stream(text: &str) -> Step {
    with_heartbeat(60_000, text)
}

fn with_heartbeat(milliseconds: u32, text: &str) -> Step {
    raw(format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ndocket-heartbeat: {milliseconds}\r\n\
         connection: close\r\n\r\n{text}"
    ))
}

fn events(seqs: impl IntoIterator<Item = i64>) -> Step {
    stream(&seqs.into_iter().map(event).collect::<String>())
}

fn hanging(step: Step) -> Step {
    Step { hang: true, ..step }
}

fn follow(stub: &Stub, after: i64) -> Following {
    stub.session().follow("42".parse().unwrap(), after)
}

/// What comes next but for nothing.
#[track_caller]
fn next(following: &mut Following) -> Result<News, Error> {
    let began = Instant::now();
    loop {
        match following.next(Duration::from_secs(1))? {
            News::Nothing => assert!(began.elapsed() < PATIENCE, "nothing came"),
            news => return Ok(news),
        }
    }
}

/// The numbers of the next events, which nothing else may come between.
#[track_caller]
fn seqs(following: &mut Following, count: usize) -> Vec<i64> {
    let seq = |news| if let News::Event(event) = news { event.seq } else { panic!("{news:?}") };
    (0..count).map(|_| seq(next(following).unwrap())).collect()
}

/// Which events each connection was to begin after.
fn asked(stub: &Stub) -> Vec<String> {
    stub.requests().iter().map(|request| request.header("last-event-id").unwrap().to_owned()).collect()
}

#[test]
fn a_connection_that_ends_is_followed_by_another_which_goes_on() {
    let cut = format!("{}{}", event(3), &event(4)[..40]);
    let stub = Stub::start(vec![
        events([1, 2]),
        stream(&cut),
        // A portal, or a cache in between, that doesn't know what was seen.
        events([1, 2, 3, 4]),
        hanging(events([5])),
    ]);
    let mut following = follow(&stub, 0);
    assert_eq!(seqs(&mut following, 5), [1, 2, 3, 4, 5]);
    assert_eq!(asked(&stub), ["0", "2", "3", "4"]);
    let request = &stub.requests()[0];
    assert_eq!(request.line, "GET /v1/cases/00000042/events/stream HTTP/1.1");
    assert_eq!(request.header("accept"), Some("text/event-stream"));
    assert_eq!(following.next(Duration::ZERO).unwrap(), News::Nothing);
}

#[test]
fn a_connection_on_which_nothing_comes_is_given_up_after_three_heartbeats() {
    let stub = Stub::start(vec![hanging(with_heartbeat(200, &event(1))), hanging(events([2]))]);
    let mut following = follow(&stub, 0);
    assert_eq!(seqs(&mut following, 1), [1]);
    let began = Instant::now();
    assert_eq!(seqs(&mut following, 1), [2]);
    assert!(began.elapsed() >= Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!(asked(&stub), ["0", "1"]);
}

#[test]
fn that_the_portal_is_away_is_said_once_and_that_it_is_back() {
    let stub = Stub::start(vec![
        events([1]),
        silence(),
        problem("unavailable", 503),
        raw("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        raw(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 7\r\nconnection: close\r\n\r\nlog in!",
        ),
        hanging(events([2])),
    ]);
    let mut following = follow(&stub, 0);
    assert_eq!(seqs(&mut following, 1), [1]);
    let News::Away(why) = next(&mut following).unwrap() else { panic!("it is away") };
    assert!(why.contains("can't be reached"), "{why}");
    assert_eq!(next(&mut following).unwrap(), News::Back);
    assert_eq!(seqs(&mut following, 1), [2]);
    assert_eq!(stub.requests().len(), 6);
}

#[test]
fn a_first_connection_that_fails_is_a_failure() {
    for (step, wanted) in [
        (problem("too-many", 429), "Busy"),
        (problem("not-found", 404), "NotFound"),
        (silence(), "Unreachable"),
        (
            raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]"),
            "NotAPortal",
        ),
    ] {
        let stub = Stub::start(vec![step]);
        let error = next(&mut follow(&stub, 0)).unwrap_err();
        assert!(format!("{error:?}").starts_with(wanted), "{error:?}");
    }
    let nobody = Stub::start(Vec::new());
    assert!(matches!(next(&mut follow(&nobody, 0)), Err(Error::Unreachable { .. })));
}

#[test]
fn a_login_that_ends_meanwhile_and_a_case_that_is_gone_end_it() {
    for (kind, status, wanted) in [
        ("login-required", 401, "LoginRequired"),
        ("not-found", 404, "NotFound"),
        ("not-allowed", 403, "NotAllowed"),
    ] {
        let stub = Stub::start(vec![events([1]), problem(kind, status)]);
        let mut following = follow(&stub, 0);
        assert_eq!(seqs(&mut following, 1), [1]);
        let error = next(&mut following).unwrap_err();
        assert!(format!("{error:?}").starts_with(wanted), "{error:?}");
    }
}

/// Passing over an event would be missing it.
#[test]
fn an_event_that_is_not_understood_ends_it() {
    let strange = event(2).replace("commented", "teleported");
    for text in [strange, "data: \n\n".to_owned(), "x".repeat(2 << 20)] {
        let stub = Stub::start(vec![stream(&(event(1) + &text))]);
        let mut following = follow(&stub, 0);
        let error = loop {
            match next(&mut following) {
                Ok(news) => assert!(matches!(news, News::Event(event) if event.seq == 1)),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::NotAPortal { .. }), "{error}");
    }
}

#[test]
fn the_portal_says_how_long_to_wait_before_asking_again() {
    let stub = Stub::start(vec![stream(&format!("retry: 1200\n{}", event(1))), hanging(events([2]))]);
    let mut following = follow(&stub, 0);
    assert_eq!(seqs(&mut following, 1), [1]);
    let began = Instant::now();
    assert_eq!(seqs(&mut following, 1), [2]);
    // At least half of it, so that not everybody comes at once.
    assert!(began.elapsed() >= Duration::from_millis(500), "{:?}", began.elapsed());
}

#[test]
fn whoever_waits_for_a_while_is_told_that_nothing_happened() {
    let stub = Stub::start(vec![hanging(events([1]))]);
    let mut following = follow(&stub, 0);
    assert_eq!(seqs(&mut following, 1), [1]);
    let began = Instant::now();
    assert_eq!(following.next(Duration::from_millis(50)).unwrap(), News::Nothing);
    assert!(began.elapsed() >= Duration::from_millis(50));
}
