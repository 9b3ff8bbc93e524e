//! Every role against every route, and logging in.

use crate::common::{TestPortal, options};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use docket::case::Role;
use docket::portal::admin::{self, NewUser};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Who asks, in the order of the table's columns. The case is sam's, in account 1001.
const ROLES: [(&str, &str); 11] = [
    ("anonymous", ""),
    ("expired", "old"),
    ("disabled", "dan"),
    ("opener", "sam"),
    ("member", "kim"),
    ("watcher", "lee"),
    ("stranger", "eve"),
    ("expert", "expert"),
    ("opener's machine", "writes"),
    ("opener's read-only machine", "reads"),
    ("expert's read-only machine", "watches"),
];

/// Method, path, body, and the status that each role gets.
type Row = (Method, &'static str, Value, [u16; 11]);

fn table() -> Vec<Row> {
    let get = |path, expected| (Method::GET, path, Value::Null, expected);
    let post = |path, body, expected| (Method::POST, path, body, expected);
    let comment = json!({"body": "x"});
    vec![
        get("/healthz", [200; 11]),
        get("/v1/portal", [200; 11]),
        get("/cases/{n}", [200; 11]),
        get("/v1/me", [401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        get("/v1/form", [401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        get("/v1/resources", [401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        get("/v1/resources/account-cannot-log-in", [401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        // Whoever has one account only may not name another.
        post("/v1/cases", json!("NEW"), [401, 401, 401, 201, 422, 422, 422, 403, 201, 403, 403]),
        get("/v1/cases", [401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        get("/v1/cases?account=1001", [401, 401, 401, 200, 200, 404, 404, 200, 200, 200, 200]),
        get("/v1/cases/{n}", [401, 401, 401, 200, 200, 200, 404, 200, 200, 200, 200]),
        get("/v1/cases/{n}/events", [401, 401, 401, 200, 200, 200, 404, 200, 200, 200, 200]),
        post(
            "/v1/cases/{n}/comments",
            comment.clone(),
            [401, 401, 401, 200, 200, 403, 404, 403, 200, 403, 403],
        ),
        post(
            "/v1/cases/{n}/watchers",
            json!({"add": []}),
            [401, 401, 401, 200, 200, 403, 404, 403, 200, 403, 403],
        ),
        post(
            "/v1/cases/{n}/call",
            json!({"phone": "+14155550100"}),
            [401, 401, 401, 200, 200, 403, 404, 403, 200, 403, 403],
        ),
        post(
            "/v1/cases/{n}/close",
            json!({"reason": "x"}),
            [401, 401, 401, 200, 200, 403, 404, 403, 200, 403, 403],
        ),
        post(
            "/v1/cases/{n}/attachments",
            json!("TUS"),
            [401, 401, 401, 201, 201, 403, 404, 201, 201, 403, 403],
        ),
        get("/v1/cases/{n}/attachments/a.log", [401, 401, 401, 200, 200, 200, 404, 200, 200, 200, 200]),
        (Method::HEAD, "{u}", json!("TUS"), [401, 401, 401, 200, 404, 404, 404, 404, 200, 403, 403]),
        (Method::PATCH, "{u}", json!("TUS"), [401, 401, 401, 204, 404, 404, 404, 404, 204, 403, 403]),
        get("/v1/queue", [401, 401, 401, 403, 403, 403, 403, 200, 403, 403, 200]),
        post(
            "/v1/cases/{n}/replies",
            json!({"body": "x", "outcome": "resolved"}),
            [401, 401, 401, 403, 403, 403, 403, 200, 403, 403, 403],
        ),
        post("/v1/cases/{n}/notes", comment, [401, 401, 401, 403, 403, 403, 403, 200, 403, 403, 403]),
        get("/v1/cases/{n}/notes", [401, 401, 401, 403, 403, 403, 403, 200, 403, 403, 200]),
        get("/v1/tokens", [401, 401, 401, 200, 200, 200, 200, 200, 403, 403, 403]),
        post(
            "/v1/tokens",
            json!({"name": "another", "lasts": 60}),
            [401, 401, 401, 201, 201, 201, 201, 201, 403, 403, 403],
        ),
        post(
            "/v1/tokens/revoke",
            json!({"name": "another"}),
            [401, 401, 401, 204, 204, 204, 204, 204, 403, 403, 403],
        ),
        post("/v1/logout", Value::Null, [401, 401, 401, 204, 204, 204, 204, 204, 403, 403, 403]),
    ]
}

fn customer(email: &str, account: &str) -> NewUser {
    NewUser {
        email: email.to_owned(),
        name: None,
        role: Role::Customer,
        language: None,
        accounts: vec![account.to_owned()],
        password: Some(docket::secret::Secret::new("sample-password")),
    }
}

/// A case of sam's that lee watches, with a file and an upload under way; its number and the upload's path.
#[expect(clippy::unwrap_used, reason = "it is a part of tests")]
async fn a_case(portal: &TestPortal) -> (String, String) {
    let number = portal.open("sam", json!({})).await;
    portal.attach("sam", &number, "a.log", b"log").await;
    portal.watch("sam", &number, "lee@example.com").await.ok();
    let upload = portal.announce("sam", &number, "b.log", 3).await;
    (number, upload.header("location").unwrap().to_owned())
}

#[tokio::test]
async fn every_role_against_every_route() {
    let portal = TestPortal::new().await;
    for (email, account) in
        [("old@example.com", "1001"), ("dan@example.com", "1001"), ("eve@example.com", "2001")]
    {
        admin::add_user(&portal.portal, customer(email, account)).await.unwrap();
    }
    let (old, dan) = (portal.token("old").await, portal.token("dan").await);
    portal.advance(SignedDuration::from_hours(30 * 24));
    admin::disable_user(&portal.portal, "dan@example.com", true).await.unwrap();
    let mut given = vec![("old", old), ("dan", dan)];
    for (name, user, scope) in
        [("writes", "sam", "write"), ("reads", "sam", "read"), ("watches", "expert", "read")]
    {
        portal.forget_tokens();
        let new = json!({"name": name, "scope": scope, "lasts": 3600});
        let created = portal.post(user, "/v1/tokens", &new).await.ok();
        given.push((name, created["token"].as_str().unwrap().to_owned()));
    }

    let shared = a_case(&portal).await;
    for (method, template, body, expected) in table() {
        let mut found = Vec::new();
        for (_, user) in ROLES {
            // Whoever may change the case gets one of their own, so that it is no matter to the next.
            let own = method != Method::GET && template.contains('{');
            let (number, upload) = if own { a_case(&portal).await } else { shared.clone() };
            for (name, token) in &given {
                portal.give_token(name, token);
            }

            let path = template.replace("{n}", &number).replace("{u}", &upload);
            let request = portal.request(user, method.clone(), &path).await;
            let answer = match body.as_str() {
                Some("NEW") => request.json(&portal.new_case("sam", json!({})).await).await,
                Some("TUS") => {
                    let request = request.header("tus-resumable", "1.0.0").header("upload-length", "3");
                    let request = request.header("content-type", "application/offset+octet-stream");
                    request.header("upload-offset", "0").send(Body::from("log")).await
                }
                _ => request.json(&body).await,
            };
            found.push(answer.status.as_u16());
            if method != Method::HEAD && answer.status.as_u16() >= 400 {
                answer.problem();
            }
            if template == "/v1/logout" {
                portal.forget_tokens();
            }
        }
        let roles: Vec<&str> = ROLES.iter().map(|(role, _)| *role).collect();
        assert_eq!(found, expected, "{method} {template}: {roles:?}");
    }
}

#[tokio::test]
async fn logging_in() {
    let portal = TestPortal::new().await;
    let answer = portal.log_in("Sam@Example.COM", "sample-password").await.ok();
    assert_eq!(answer["expires_at"], "2026-12-20T10:00:00Z");
    let token = answer["token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("dkt_") && token.len() == 47, "{token}");
    portal.give_token("sam", &token);
    let me = portal.get("sam", "/v1/me").await.ok();
    assert_eq!(me["email"], "sam@example.com");
    assert_eq!(me["expires_at"], "2026-12-20T10:00:00Z");
    let ids: Vec<&str> =
        me["accounts"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1001", "1002", "1003", "1004", "1005"]);

    // The token itself is nowhere in the database.
    let kept = portal.rows("SELECT hash FROM tokens").await;
    assert!(!kept[0][0].contains(&token[4..]) && kept[0][0].len() == 64);
    assert_eq!(portal.post("sam", "/v1/logout", &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(portal.get("sam", "/v1/me").await.problem(), "login-required");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_are_told_alike() {
    let portal = TestPortal::new().await;
    let wrong = portal.log_in("sam@example.com", "wrong-password").await;
    let unknown = portal.log_in("nobody@example.com", "wrong-password").await;
    assert_eq!(wrong.problem(), "login-failed");
    assert_eq!(wrong.json()["detail"], unknown.json()["detail"]);
    admin::disable_user(&portal.portal, "sam@example.com", true).await.unwrap();
    let disabled = portal.log_in("sam@example.com", "sample-password").await;
    assert_eq!(disabled.json()["detail"], unknown.json()["detail"]);
}

#[tokio::test]
async fn a_demo_account_is_refused_with_the_reason() {
    let portal = TestPortal::new().await;
    let answer = portal.log_in("dev@example.com", "sample-password").await;
    assert_eq!(answer.problem(), "account-refused");
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("1004") && detail.contains("Demo or Sandbox"), "{detail}");
    assert_eq!(portal.rows("SELECT hash FROM tokens").await.len(), 0);
}

#[tokio::test]
async fn logins_are_throttled() {
    let portal = TestPortal::new().await;
    for email in ["sam@example.com", "nobody@example.com"] {
        for _ in 0..5 {
            assert_eq!(portal.log_in(email, "wrong-password").await.problem(), "login-failed");
            portal.advance(SignedDuration::from_mins(1));
        }
    }
    // The right password doesn't help either, however the address is written.
    let answer = portal.log_in("SAM@example.com", "sample-password").await;
    assert_eq!(answer.problem(), "too-many");
    // The first of the five was ten minutes ago.
    assert_eq!(answer.header("retry-after"), Some("300"));
    assert_eq!(portal.log_in("nobody@example.com", "x").await.header("retry-after"), Some("600"));
    assert_eq!(portal.log_in("kim@example.com", "sample-password").await.status, StatusCode::OK);
    portal.advance(SignedDuration::from_secs(300));
    assert_eq!(portal.log_in("sam@example.com", "sample-password").await.status, StatusCode::OK);
    // That one forgets the others.
    for _ in 0..5 {
        assert_eq!(portal.log_in("sam@example.com", "wrong-password").await.problem(), "login-failed");
    }
}

#[tokio::test]
async fn an_address_that_is_none_fills_no_disk() {
    let portal = TestPortal::new().await;
    let address = format!("{}@example.com", "a".repeat(100_000));
    for _ in 0..10 {
        assert_eq!(portal.log_in(&address, "wrong-password").await.problem(), "login-failed");
    }
    assert_eq!(portal.rows("SELECT email FROM login_attempts").await.len(), 0);
}

#[tokio::test]
async fn many_logins_at_once_are_throttled_too() {
    let portal = TestPortal::new().await;
    let tries: Vec<_> = (0..8).map(|_| portal.log_in("sam@example.com", "wrong-password")).collect();
    let mut kinds = Vec::new();
    for answer in futures_util::future::join_all(tries).await {
        kinds.push(answer.problem());
    }
    assert_eq!(kinds.iter().filter(|kind| *kind == "login-failed").count(), 5, "{kinds:?}");
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_began() {
    let portal = TestPortal::new().await;
    portal.get("sam", "/v1/me").await.ok();
    let secret = docket::secret::Secret::new("another-password");
    admin::set_password(&portal.portal, "sam@example.com", secret).await.unwrap();
    assert_eq!(portal.get("sam", "/v1/me").await.problem(), "login-required");
    assert_eq!(portal.log_in("sam@example.com", "sample-password").await.problem(), "login-failed");
    portal.log_in("sam@example.com", "another-password").await.ok();
}

#[tokio::test]
async fn passwords_are_hashed_in_earnest_unless_a_test_asks_for_less() {
    let directory = tempfile::tempdir().unwrap();
    let mut options = options(directory.path());
    options.password_cost = docket::portal::PasswordCost::Full;
    options.sample = false;
    let portal = docket::portal::Portal::open(options, docket::portal::Clock::system()).await.unwrap();
    let text = "[[user]]\nemail = 'a@example.com'\nrole = 'expert'\npassword = 'sample-password'";
    admin::import(&portal, text).await.unwrap();
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(directory.path().join("portal.db"));
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&file).await.unwrap();
    let hash: String = sqlx::query_scalar("SELECT password FROM users").fetch_one(&mut db).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
}
