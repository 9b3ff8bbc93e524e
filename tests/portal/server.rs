//! Starting, stopping and opening portals.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::common::{TestPortal, options};
use docket::portal::{Clock, Portal, PortalError, local};

/// What a portal answers to a bare `GET`, read to the end.
#[expect(clippy::unwrap_used, reason = "it is a part of tests")]
fn get(url: &str, path: &str, token: &str) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_local_portal_needs_no_set_up_and_stops_when_dropped() {
    let directory = tempfile::tempdir().unwrap();
    let first = local::start(directory.path(), "sam@example.com").unwrap();
    let second = local::start(directory.path(), "expert@example.com").unwrap();
    let me = get(&first.url, "/v1/me", first.token.reveal());
    assert!(me.starts_with("HTTP/1.1 200") && me.contains("sam@example.com"), "{me}");
    let me = get(&second.url, "/v1/me", second.token.reveal());
    assert!(me.contains("\"role\":\"expert\""), "{me}");
    let strange = get(&second.url, "/v1/me", first.token.reveal());
    assert!(strange.starts_with("HTTP/1.1 401"), "{strange}");
    let url = first.url.clone();
    drop(first);
    assert!(TcpStream::connect(url.trim_start_matches("http://")).is_err());
    assert!(get(&second.url, "/healthz", "").ends_with("ok"));
}

#[test]
fn the_local_portal_lets_nobody_log_in() {
    let directory = tempfile::tempdir().unwrap();
    let portal = local::start(directory.path(), "sam@example.com").unwrap();
    let body = r#"{"email":"sam@example.com","password":"sample-password"}"#;
    let mut stream = TcpStream::connect(portal.url.trim_start_matches("http://")).unwrap();
    let head = "POST /v1/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    let error = local::start(directory.path(), "nobody@example.com").unwrap_err();
    assert_eq!(error.to_string(), "the portal has no user nobody@example.com");
}

#[test]
fn two_local_portals_may_begin_at_once_on_a_new_directory() {
    let directory = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let start = || local::start(directory.path(), "sam@example.com").unwrap();
        let portals: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
        for portal in portals {
            let portal = portal.join().unwrap();
            assert!(get(&portal.url, "/v1/me", portal.token.reveal()).contains("1005"));
        }
    });
}

/// Cases and passwords' hashes are in there.
#[cfg(unix)]
#[tokio::test]
async fn a_new_directory_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    Portal::open(options(&data), Clock::system()).await.unwrap().close().await;
    assert_eq!(data.metadata().unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_database_from_a_newer_docket_is_left_alone() {
    let portal = TestPortal::new().await;
    portal.portal.close().await;
    let file = portal.directory.path().join("portal.db");
    let write = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&write).await.unwrap();
    sqlx::query("UPDATE _sqlx_migrations SET version = version + 1000").execute(&mut db).await.unwrap();
    drop(db);
    let error = Portal::open(options(portal.directory.path()), Clock::system()).await.unwrap_err();
    assert!(matches!(error, PortalError::Newer { .. }), "{error}");
    assert!(error.to_string().contains("was written by a newer docket"), "{error}");
}

/// As the first release left it, with a case and a login.
#[tokio::test]
async fn a_database_from_an_older_docket_is_brought_up_to_date() {
    let mut portal = TestPortal::new().await;
    portal.open("kim", serde_json::json!({})).await;
    portal.portal.close().await;
    let file = portal.directory.path().join("portal.db");
    let write = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&write).await.unwrap();
    let older = "DROP TABLE dedupe_keys; DROP INDEX tokens_by_name; \
                 ALTER TABLE tokens DROP COLUMN name; ALTER TABLE tokens DROP COLUMN scope; \
                 DELETE FROM _sqlx_migrations WHERE version = 2";
    sqlx::raw_sql(older).execute(&mut db).await.unwrap();
    drop(db);
    portal.portal = Portal::open(options(portal.directory.path()), portal.clock.clone()).await.unwrap();
    // Whoever was logged in still is, and may write.
    let mut new = portal.new_case("kim", serde_json::json!({})).await;
    new["dedupe"] = serde_json::json!({"key": "k"});
    for number in ["00000002", "00000002"] {
        assert_eq!(portal.post("kim", "/v1/cases", &new).await.ok()["number"], number);
    }
    let token = serde_json::json!({"name": "nightly", "lasts": 60});
    portal.post("kim", "/v1/tokens", &token).await.ok();
    assert_eq!(portal.rows("SELECT version FROM _sqlx_migrations ORDER BY version").await, [["1"], ["2"]]);
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("portal.db");
    std::fs::write(&file, "not a database, but long enough to look at ".repeat(100)).unwrap();
    let error = Portal::open(options(directory.path()), Clock::system()).await.unwrap_err();
    assert!(error.to_string().contains("is damaged or not a portal's database"), "{error}");

    let error = Portal::open(options(&file), Clock::system()).await.unwrap_err();
    assert!(error.to_string().starts_with("can't use the data directory"), "{error}");
}

#[tokio::test]
async fn serving_ends_when_it_is_told_to() {
    let directory = tempfile::tempdir().unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut options = options(directory.path());
    options.base_url = None;
    let portal = Portal::open(options, Clock::system()).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(docket::portal::serve(listener, portal, async { drop(stopped.await) }));
    let asked = url.clone();
    let answer = tokio::task::spawn_blocking(move || get(&asked, "/v1/portal", "")).await.unwrap();
    assert!(answer.contains(&format!("\"url\":\"{url}\"")), "{answer}");
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}
