//! A portal behind TLS, with a certificate from an authority of its own.
//!
//! The files in `tls/` were made for this test and protect nothing: `ca.pem` signs `portal.pem`, which is for
//! `localhost` and 127.0.0.1. The authority's key was thrown away.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use docket::client::{Connection, Error, Settings};
use docket::failure::Failure;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

const PORTAL: &str = r#"{"name":"Desk","version":"1","url":"https://x","capabilities":[],
    "max_attachment":1,"now":"2026-11-20T09:30:00Z"}"#;

/// Serves one connection; gives the port.
fn serve() -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/tls");
    let certificate = CertificateDer::from_pem_file(folder.join("portal.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("portal.key")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let tls = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = rustls::StreamOwned::new(tls, stream);
        // A client that doesn't trust the certificate says nothing more.
        let _ = stream.read(&mut [0; 4096]).and_then(|_| {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n{PORTAL}",
                PORTAL.len()
            )
        });
    });
    port
}

fn settings() -> Settings {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/tls/ca.pem");
    Settings { ca_bundle: Some(file), ..Settings::default() }
}

#[test]
fn an_authority_of_ones_own_is_trusted_when_it_is_given() {
    let connection = Connection::new(&format!("https://localhost:{}", serve()), &settings()).unwrap();
    let look = connection.look().unwrap();
    assert_eq!(look.portal.name, "Desk");
    assert_eq!(look.certificate_until.unwrap().to_string(), "2126-10-30T00:47:34Z");
}

#[test]
fn a_certificate_that_is_not_trusted_is_named() {
    let url = format!("https://localhost:{}", serve());
    let connection = Connection::new(&url, &Settings::default()).unwrap();
    let failure: Failure = connection.portal().unwrap_err().into();
    assert_eq!(
        failure.message,
        format!(
            "the portal can't be reached: the certificate of {url} is not trusted: \
             invalid peer certificate: UnknownIssuer"
        )
    );
    assert_eq!(failure.kind.exit_code(), 6);
    assert!(failure.hints[0].contains("--ca-bundle"));
}

#[test]
fn plain_http_where_tls_is_spoken_is_not_a_portal() {
    let url = format!("http://localhost:{}", serve());
    let error = Connection::new(&url, &settings()).unwrap().portal().unwrap_err();
    assert!(matches!(error, Error::NotAPortal { .. } | Error::Unreachable { .. }), "{error:?}");
}
