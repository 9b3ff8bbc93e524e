//! The portal over HTTPS, as docket's client sees it.

use std::net::TcpStream;
use std::path::Path;

use docket::client::{Connection, Settings};
use docket::portal::tls::Identity;
use docket::portal::{Clock, Options, Portal, serve_tls};

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/tls").join(name)
}

#[test]
fn a_client_that_does_not_shake_hands_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("portal");
    let (ready, started) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let port = listener.local_addr().unwrap().port();
            let portal = Portal::open(Options::new(data), Clock::system()).await.unwrap();
            let identity = Identity::read(&file("portal.pem"), &file("portal.key")).unwrap();
            ready.send(port).unwrap();
            serve_tls(listener, &identity, portal, async { drop(stopped.await) }).await.unwrap();
        });
    });
    let port = started.recv().unwrap();
    let silent: Vec<TcpStream> = (0..8).map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap()).collect();

    let settings = Settings { ca_bundle: Some(file("ca.pem")), ..Settings::default() };
    let connection = Connection::new(&format!("https://localhost:{port}"), &settings).unwrap();
    let about = connection.portal().unwrap();
    assert!(about.url.starts_with("https://"), "{}", about.url);

    drop(silent);
    drop(stop);
    thread.join().unwrap();
}

#[test]
fn a_key_that_is_none_is_named() {
    let error = Identity::read(&file("portal.pem"), &file("ca.pem")).unwrap_err().to_string();
    assert!(error.contains("ca.pem: "), "{error}");
    let error = Identity::read(&file("nowhere.pem"), &file("portal.key")).unwrap_err().to_string();
    assert!(error.contains("nowhere.pem: "), "{error}");
}
