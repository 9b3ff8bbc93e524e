//! A portal that follows a script: one connection, one request, one step.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docket::client::{Connection, Session, Settings};
use docket::secret::Secret;

/// What the stub does with a request.
pub(crate) struct Step {
    /// How much of the body it reads; all of it where left out.
    pub(crate) read: Option<usize>,
    /// Something to do before it answers.
    pub(crate) first: Box<dyn FnOnce() + Send>,
    /// What it answers before it closes the connection.
    pub(crate) answer: Vec<u8>,
    /// Whether it keeps the connection open for good, without another word.
    pub(crate) hang: bool,
}

/// A request, as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The portal.
pub(crate) struct Stub {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// Answers `answer` and closes the connection.
pub(crate) fn raw(answer: impl Into<Vec<u8>>) -> Step {
    Step { read: None, first: Box::new(|| {}), answer: answer.into(), hang: false }
}

/// Closes the connection without an answer.
pub(crate) fn silence() -> Step {
    raw("")
}

/// A whole answer.
pub(crate) fn answer(status: u16, headers: &str, body: &str) -> Step {
    raw(format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n{body}",
        body.len()
    ))
}

/// A whole answer of JSON.
pub(crate) fn json(status: u16, body: &str) -> Step {
    answer(status, "content-type: application/json\r\n", body)
}

/// A problem of a kind.
pub(crate) fn problem(kind: &str, status: u16) -> Step {
    let body = format!(
        r#"{{"type":"tag:docket,2026:{kind}","title":"T","status":{status},"detail":"the detail",
            "fields":[{{"field":"subject","problem":"is required","flag":"--subject","code":"missing"}}],
            "request_id":"r-1"}}"#
    );
    answer(status, "content-type: application/problem+json\r\n", &body)
}

impl Stub {
    /// Listens and follows `steps`; from the last request on nothing listens any more.
    pub(crate) fn start(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let listener = (!steps.is_empty()).then_some(listener);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&requests);
        std::thread::spawn(move || {
            let mut hanging = Vec::new();
            let mut listener = listener;
            let last = steps.len().saturating_sub(1);
            for (index, step) in steps.into_iter().enumerate() {
                let Some((stream, _)) = listener.as_ref().map(|l| l.accept().unwrap()) else { break };
                let request = hear(&stream, step.read);
                if index == last {
                    listener = None;
                }
                heard.lock().unwrap().push(request);
                (step.first)();
                // The client may have had enough.
                let _ = (&stream).write_all(&step.answer);
                if step.hang {
                    hanging.push(stream);
                }
            }
            if !hanging.is_empty() {
                std::thread::park();
            }
        });
        Self { url, requests }
    }

    /// What has come so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connection(&self) -> Connection {
        self.connection_within(Duration::from_secs(30))
    }

    pub(crate) fn connection_within(&self, timeout: Duration) -> Connection {
        let settings = Settings { timeout, language: Some("fr".to_owned()), ..Settings::default() };
        Connection::new(&self.url, &settings).unwrap()
    }

    /// A connection on which everything is tried once.
    pub(crate) fn connection_once(&self) -> Connection {
        Connection::new(&self.url, &Settings { max_retries: 0, ..Settings::default() }).unwrap()
    }

    pub(crate) fn session(&self) -> Session {
        self.connection().with_token(Secret::new("token-1"))
    }
}

fn hear(stream: &TcpStream, most: Option<usize>) -> Request {
    let mut reader = BufReader::new(stream);
    let mut next = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let line = next();
    let mut headers = Vec::new();
    loop {
        let header = next();
        let Some((name, value)) = header.split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = Vec::new();
    // The client may give up on the way.
    let _ = reader.take(most.unwrap_or(length).min(length) as u64).read_to_end(&mut body);
    Request { line, headers, body }
}
