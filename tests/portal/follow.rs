//! A case's events as they happen: from where on, for whom, how soon, and until when.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, Request, Response, StatusCode};
use docket::portal::{Pace, Portal, serve};
use futures_util::StreamExt as _;
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use crate::common::{TestPortal, options};

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// A heartbeat that never comes while a test runs.
const NEVER: Duration = Duration::from_secs(600);

/// A portal that looks often for what others have written.
async fn portal(heartbeat: Duration) -> TestPortal {
    TestPortal::with(|options| options.pace = Pace { heartbeat, look: Duration::from_millis(10) }).await
}

/// A stream of events.
struct Stream {
    body: BodyDataStream,
    text: String,
}

impl Stream {
    fn of(response: Response<Body>) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next block; `None` at the end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let rest = self.text.split_off(end + 2);
                return Some(std::mem::replace(&mut self.text, rest));
            }
            let piece = tokio::time::timeout(PATIENCE, self.body.next()).await.unwrap();
            self.text.push_str(std::str::from_utf8(&piece?.unwrap()).unwrap());
        }
    }

    /// The next event, whose head says the same as its data.
    async fn event(&mut self) -> Option<Value> {
        loop {
            let block = self.block().await?;
            if block.starts_with(':') {
                continue;
            }
            let (id, rest) = block.strip_prefix("id: ").unwrap().split_once('\n').unwrap();
            let (kind, data) = rest.strip_prefix("event: ").unwrap().split_once('\n').unwrap();
            let event: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
            assert_eq!((event["seq"].to_string().as_str(), event["kind"].as_str()), (id, Some(kind)));
            return Some(event);
        }
    }

    async fn kinds(&mut self, count: usize) -> Vec<String> {
        let mut kinds = Vec::new();
        while kinds.len() < count {
            kinds.push(self.event().await.unwrap()["kind"].as_str().unwrap().to_owned());
        }
        kinds
    }

    /// Whether it ends with no more events.
    async fn ends(&mut self) -> bool {
        self.event().await.is_none()
    }
}

async fn ask(portal: &TestPortal, user: &str, query: &str, last: Option<&str>) -> Response<Body> {
    let path = format!("/v1/cases/{query}");
    let token = portal.token(user).await;
    let mut request = Request::builder().method(Method::GET).uri(path);
    request = request.header("authorization", format!("Bearer {token}"));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    portal.portal.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn follow(portal: &TestPortal, user: &str, number: &str, after: i64) -> Stream {
    let after = after.to_string();
    Stream::of(ask(portal, user, &format!("{number}/events/stream"), Some(&after)).await)
}

#[tokio::test]
async fn a_stream_begins_after_the_event_that_is_known() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    portal.reply(&number, "needs_info").await;
    portal.comment("sam", &number, "Here it is.").await;
    let all = ["opened", "replied", "status_changed", "commented", "status_changed"];
    let path = format!("{number}/events/stream");
    assert_eq!(Stream::of(ask(&portal, "sam", &path, None).await).kinds(5).await, all);
    let after = format!("{path}?after=2");
    assert_eq!(Stream::of(ask(&portal, "sam", &after, None).await).kinds(3).await, all[2..]);
    // What EventSource has got since is in the header; the address stays.
    assert_eq!(Stream::of(ask(&portal, "sam", &after, Some("4")).await).kinds(1).await, all[4..]);
    let listed = portal.get("sam", &format!("/v1/cases/{number}/events")).await.ok();
    let mut stream = follow(&portal, "sam", &number, 0).await;
    for event in listed.as_array().unwrap() {
        assert_eq!(stream.event().await.as_ref(), Some(event));
    }
    assert_eq!(ask(&portal, "sam", &path, Some("x")).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn events_come_as_they_happen_and_only_those_of_the_case() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    let other = portal.open("sam", json!({})).await;
    let mut stream = follow(&portal, "sam", &number, 2).await;
    for _ in 0..3 {
        portal.comment("sam", &other, "Not this one.").await;
        portal.reply(&number, "needs_info").await;
        portal.comment("sam", &number, "Here.").await;
        let kinds = stream.kinds(4).await;
        assert_eq!(kinds, ["replied", "status_changed", "commented", "status_changed"]);
    }
}

/// More than is read at once, with somebody who doesn't read meanwhile.
#[tokio::test]
async fn whoever_is_slow_misses_nothing() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    let mut stream = follow(&portal, "sam", &number, 0).await;
    assert_eq!(stream.kinds(1).await, ["opened"]);
    for _ in 0..130 {
        portal.comment("sam", &number, "One more.").await;
    }
    let mut seen = Vec::new();
    for _ in 0..130 {
        seen.push(stream.event().await.unwrap()["seq"].as_i64().unwrap());
    }
    assert_eq!(seen, (2..132).collect::<Vec<_>>());
}

#[tokio::test]
async fn something_comes_even_when_nothing_happens() {
    let portal = portal(Duration::from_millis(20)).await;
    let number = portal.open("sam", json!({})).await;
    let answer = ask(&portal, "sam", &format!("{number}/events/stream?after=1"), None).await;
    assert_eq!(answer.headers()["docket-heartbeat"], "20");
    let mut stream = Stream::of(answer);
    for _ in 0..4 {
        assert!(stream.block().await.unwrap().starts_with(':'));
    }
    portal.comment("sam", &number, "Now.").await;
    assert_eq!(stream.kinds(1).await, ["commented"]);
}

#[tokio::test]
async fn another_process_on_the_same_data_is_heard() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    let mut stream = follow(&portal, "sam", &number, 1).await;
    let mut other = TestPortal::new().await;
    other.portal = Portal::open(options(portal.directory.path()), portal.clock.clone()).await.unwrap();
    other.give_token("expert", &portal.token("expert").await);
    other.reply(&number, "needs_info").await;
    assert_eq!(stream.kinds(2).await, ["replied", "status_changed"]);
}

#[tokio::test]
async fn a_case_that_closes_by_itself_says_so_without_anybody_asking() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    portal.reply(&number, "resolved").await;
    let mut stream = follow(&portal, "sam", &number, 3).await;
    portal.advance(SignedDuration::from_hours(5 * 24));
    let event = stream.event().await.unwrap();
    assert_eq!(
        (&event["kind"], &event["by"], &event["status"]),
        (&json!("closed"), &Value::Null, &json!("closed"))
    );
}

#[tokio::test]
async fn only_those_who_see_the_case_follow_it() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    let path = format!("{number}/events/stream");
    for (user, status) in [("lee", 404), ("kim", 200), ("expert", 200)] {
        assert_eq!(ask(&portal, user, &path, None).await.status(), status, "{user}");
    }
    assert_eq!(portal.get("", &format!("/v1/cases/{path}")).await.status, StatusCode::UNAUTHORIZED);
    portal.watch("sam", &number, "lee@example.com").await;
    let mut lee = follow(&portal, "lee", &number, 0).await;
    assert_eq!(lee.kinds(2).await, ["opened", "watchers_changed"]);
    // Notes are for experts, in whose stream they aren't either.
    let note = json!({"body": "Known."});
    portal.post("expert", &format!("/v1/cases/{number}/notes"), &note).await.ok();
    let remove = json!({"remove": ["lee@example.com"]});
    portal.post("sam", &format!("/v1/cases/{number}/watchers"), &remove).await.ok();
    assert!(lee.ends().await);
}

#[tokio::test]
async fn a_stream_ends_with_its_token() {
    let portal = portal(Duration::from_millis(20)).await;
    let number = portal.open("sam", json!({})).await;
    let mut stream = follow(&portal, "sam", &number, 1).await;
    assert!(stream.block().await.is_some());
    let token = portal.token("sam").await;
    portal.post("sam", "/v1/logout", &json!({})).await;
    assert!(stream.ends().await);
    portal.give_token("sam", &token);
    let again = ask(&portal, "sam", &format!("{number}/events/stream"), None).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_portal_that_stops_ends_its_streams_at_once() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(serve(listener, portal.portal.clone(), async { drop(stopped.await) }));
    let token = portal.token("sam").await;
    let head =
        format!("GET /v1/cases/{number}/events/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}");
    client.write_all(format!("{head}\r\n\r\n").as_bytes()).await.unwrap();
    let mut text = String::new();
    while !text.contains("opened") {
        let mut piece = [0; 4096];
        let read = client.read(&mut piece).await.unwrap();
        text.push_str(std::str::from_utf8(&piece[..read]).unwrap());
    }
    drop(stop);
    client.read_to_string(&mut text).await.unwrap();
    // That is the end of a body, which wasn't cut off.
    assert!(text.ends_with("\r\n0\r\n\r\n"), "{text}");
    // Ten seconds are for requests that take long.
    tokio::time::timeout(Duration::from_secs(9), serving).await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn nobody_has_more_than_a_hundred_streams() {
    let portal = portal(NEVER).await;
    let number = portal.open("sam", json!({})).await;
    let path = format!("{number}/events/stream");
    let mut streams = Vec::new();
    for _ in 0..100 {
        streams.push(follow(&portal, "sam", &number, 0).await);
    }
    let refused = ask(&portal, "sam", &path, None).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(ask(&portal, "kim", &path, None).await.status(), StatusCode::OK);
    assert_eq!(streams[99].kinds(1).await, ["opened"]);
    streams.pop();
    assert_eq!(ask(&portal, "sam", &path, None).await.status(), StatusCode::OK);
}
