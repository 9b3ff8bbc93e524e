//! A portal in this process, on a directory of its own, with the sample directory and a clock that stands
//! still until a test moves it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use docket::portal::{Clock, Options, PasswordCost, Portal};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// When the clock of a new portal stands.
pub const NOW: &str = "2026-11-20T10:00:00Z";

/// A portal to ask, as whoever.
pub struct TestPortal {
    pub portal: Portal,
    pub clock: Clock,
    pub directory: tempfile::TempDir,
    tokens: Mutex<BTreeMap<String, String>>,
    form_version: tokio::sync::OnceCell<String>,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {:?}", String::from_utf8_lossy(&self.bytes)))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The kind of problem, after making sure that it is one.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        assert_eq!(problem["request_id"].as_str(), self.header("x-request-id"));
        problem["type"].as_str().unwrap().trim_start_matches("tag:docket,2026:").to_owned()
    }

    /// The fields that are missing or wrong, each with the code of what is wrong.
    pub fn fields(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let problem = self.json();
        let fields = problem["fields"].as_array().cloned().unwrap_or_default();
        fields.iter().map(|field| (text(&field["field"]), text(&field["code"]))).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }
}

impl TestPortal {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A portal whose options `change` changes.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let clock = Clock::manual(NOW.parse().unwrap());
        let mut options = options(directory.path());
        change(&mut options);
        let portal = Portal::open(options, clock.clone()).await.unwrap();
        Self {
            portal,
            clock,
            directory,
            tokens: Mutex::default(),
            form_version: tokio::sync::OnceCell::new(),
        }
    }

    /// The same portal after it was stopped and started again.
    pub async fn restarted(mut self) -> Self {
        self.portal.close().await;
        self.portal = Portal::open(options(self.directory.path()), self.clock.clone()).await.unwrap();
        self
    }

    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// A request of `user` (the part before the `@`; nobody, where it is empty).
    pub async fn request(&self, user: &str, method: Method, path: &str) -> RequestBuilder<'_> {
        let mut request = Request::builder().method(method).uri(path);
        if !user.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token(user).await));
        }
        RequestBuilder { portal: self, request }
    }

    pub async fn get(&self, user: &str, path: &str) -> Answer {
        self.request(user, Method::GET, path).await.send(Body::empty()).await
    }

    pub async fn post(&self, user: &str, path: &str, body: &Value) -> Answer {
        self.request(user, Method::POST, path).await.json(body).await
    }

    pub async fn log_in(&self, email: &str, password: &str) -> Answer {
        self.post("", "/v1/login", &json!({"email": email, "password": password})).await
    }

    /// The user's token; they log in once, and again when it has been forgotten.
    pub async fn token(&self, user: &str) -> String {
        if let Some(token) = self.tokens.lock().unwrap().get(user) {
            return token.clone();
        }
        let answer = Box::pin(self.log_in(&format!("{user}@example.com"), "sample-password")).await.ok();
        let token = answer["token"].as_str().unwrap().to_owned();
        self.tokens.lock().unwrap().insert(user.to_owned(), token.clone());
        token
    }

    pub fn forget_tokens(&self) {
        self.tokens.lock().unwrap().clear();
    }

    /// Uses a token for a name that needn't be a user's.
    pub fn give_token(&self, user: &str, token: &str) {
        self.tokens.lock().unwrap().insert(user.to_owned(), token.to_owned());
    }

    /// A valid case for account 1001, with some answers changed; `null` takes one out.
    pub async fn new_case(&self, user: &str, changes: Value) -> Value {
        let version = self.form_version.get_or_init(|| async {
            self.get(user, "/v1/form").await.ok()["version"].as_str().unwrap().to_owned()
        });
        let version = version.await;
        let mut fields = json!({
            "account": "1001", "product": "esignature", "category": "sending", "subcategory": "other",
            "subject": "Envelope is stuck", "description": "It stays in Sent.",
            "occurred_at": "2026-11-20T09:30:00Z", "contact_method": "email",
        });
        if user != "sam" {
            fields.as_object_mut().unwrap().remove("account");
        }
        for (id, answer) in changes.as_object().unwrap() {
            match answer {
                Value::Null => drop(fields.as_object_mut().unwrap().remove(id)),
                answer => fields[id] = answer.clone(),
            }
        }
        json!({"form": version, "fields": fields})
    }

    /// Opens such a case and gives back its number.
    pub async fn open(&self, user: &str, changes: Value) -> String {
        let new = self.new_case(user, changes).await;
        let case = self.post(user, "/v1/cases", &new).await.ok();
        case["number"].as_str().unwrap().to_owned()
    }

    pub async fn status(&self, number: &str) -> String {
        let case = self.get("expert", &format!("/v1/cases/{number}")).await.ok();
        case["status"].as_str().unwrap().to_owned()
    }

    pub async fn comment(&self, user: &str, number: &str, body: &str) -> Answer {
        self.post(user, &format!("/v1/cases/{number}/comments"), &json!({"body": body})).await
    }

    pub async fn reply(&self, number: &str, outcome: &str) -> Answer {
        let reply = json!({"body": "Like this.", "outcome": outcome});
        self.post("expert", &format!("/v1/cases/{number}/replies"), &reply).await
    }

    pub async fn watch(&self, user: &str, number: &str, email: &str) -> Answer {
        self.post(user, &format!("/v1/cases/{number}/watchers"), &json!({"add": [email]})).await
    }

    pub async fn close(&self, user: &str, number: &str) -> Answer {
        self.post(user, &format!("/v1/cases/{number}/close"), &json!({"reason": "It works."})).await
    }

    /// Announces a file of `size` bytes.
    pub async fn announce(&self, user: &str, number: &str, name: &str, size: usize) -> Answer {
        let request = self.request(user, Method::POST, &format!("/v1/cases/{number}/attachments")).await;
        let metadata = docket::api::tus::metadata(&[("filename", name)]);
        let request = request.header("tus-resumable", "1.0.0").header("upload-length", &size.to_string());
        request.header("upload-metadata", &metadata).send(Body::empty()).await
    }

    /// Sends bytes of an upload.
    pub async fn patch(&self, user: &str, upload: &str, offset: usize, bytes: &[u8]) -> Answer {
        let request = self.request(user, Method::PATCH, upload).await.header("tus-resumable", "1.0.0");
        let request = request.header("content-type", "application/offset+octet-stream");
        request.header("upload-offset", &offset.to_string()).send(bytes.to_vec()).await
    }

    /// What an upload has got so far.
    pub async fn head(&self, user: &str, upload: &str) -> Answer {
        let request = self.request(user, Method::HEAD, upload).await;
        request.header("tus-resumable", "1.0.0").send(Body::empty()).await
    }

    /// Attaches a file at once.
    pub async fn attach(&self, user: &str, number: &str, name: &str, bytes: &[u8]) {
        let created = self.announce(user, number, name, bytes.len()).await;
        assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
        let sent = self.patch(user, created.header("location").unwrap(), 0, bytes).await;
        assert_eq!(sent.status, StatusCode::NO_CONTENT, "{}", sent.text());
    }

    /// The kinds of a case's events, with the status after each.
    pub async fn history(&self, number: &str) -> Vec<String> {
        let events = self.get("expert", &format!("/v1/cases/{number}/events")).await.ok();
        let text = |event: &Value, name: &str| event[name].as_str().unwrap().to_owned();
        events
            .as_array()
            .unwrap()
            .iter()
            .map(|e| format!("{} {}", text(e, "kind"), text(e, "status")))
            .collect()
    }

    /// The rows of a query, each column as text, for what no route shows.
    pub async fn rows(&self, query: &'static str) -> Vec<Vec<String>> {
        use sqlx::{Column as _, Row as _};
        let file = self.directory.path().join("portal.db");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
        let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
        let rows = sqlx::query(query).fetch_all(&mut db).await.unwrap();
        let text = |row: &sqlx::sqlite::SqliteRow, at: usize| {
            row.try_get_unchecked::<Option<String>, _>(at).unwrap().unwrap_or_default()
        };
        rows.iter().map(|row| row.columns().iter().map(|c| text(row, c.ordinal())).collect()).collect()
    }
}

/// The options of test portals on `directory`.
pub fn options(directory: &Path) -> Options {
    let mut options = Options::new(directory);
    options.base_url = Some("https://portal.example".to_owned());
    options.sample = true;
    options.password_cost = PasswordCost::Nothing;
    options
}

/// A request to be completed.
pub struct RequestBuilder<'a> {
    portal: &'a TestPortal,
    request: axum::http::request::Builder,
}

impl RequestBuilder<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub async fn json(self, body: &Value) -> Answer {
        self.header("content-type", "application/json").send(Body::from(body.to_string())).await
    }

    pub async fn send(self, body: impl Into<Body>) -> Answer {
        let request = self.request.body(body.into()).unwrap();
        let response = self.portal.portal.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}
