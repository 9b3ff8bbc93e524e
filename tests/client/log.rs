//! What the log says of requests, and what it must not say.

use std::io;
use std::sync::{Arc, Mutex};

use docket::client::Key;
use docket::secret::Secret;

use crate::stub::{Stub, answer, json};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn requests_are_logged_without_what_is_in_them() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    // For every thread, the other tests' too: they have secrets of the same kind.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let logged_in = r#"{"token":"new-token","expires_at":"2026-11-20T09:30:00Z"}"#;
    let stub = Stub::start(vec![json(200, logged_in), answer(500, "x-request-id: r-7\r\n", "secret answer")]);
    stub.connection().log_in("sam@example.com", &Secret::new("hunter2")).unwrap();
    stub.session().comment("42".parse().unwrap(), "secret words", &Key::generate()).unwrap_err();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("DEBUG docket::http: POST http://127.0.0.1:"), "{text}");
    assert!(text.contains("/v1/cases/00000042/comments 500 in "), "{text}");
    assert!(text.contains("request id r-7"), "{text}");
    for secret in ["hunter2", "new-token", "token-1", "secret words", "secret answer"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
