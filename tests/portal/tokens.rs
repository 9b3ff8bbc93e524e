//! Tokens for machines: what they may, how they end, and that only their digests are kept.

use axum::http::Method;
use docket::portal::admin;
use docket::secret::Secret;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::common::{Answer, TestPortal};

const DAY: i64 = 24 * 3600;

async fn create(portal: &TestPortal, user: &str, name: &str, scope: &str, lasts: i64) -> Answer {
    let new = json!({"name": name, "scope": scope, "lasts": lasts});
    portal.post(user, "/v1/tokens", &new).await
}

/// Makes a token of `user`'s; whoever is called like it uses it from then on.
async fn machine(portal: &TestPortal, user: &str, name: &str, scope: &str) -> String {
    let created = create(portal, user, name, scope, 90 * DAY).await.ok();
    let token = created["token"].as_str().unwrap().to_owned();
    portal.give_token(name, &token);
    token
}

async fn revoke(portal: &TestPortal, user: &str, name: &str) -> Answer {
    portal.post(user, "/v1/tokens/revoke", &json!({"name": name})).await
}

async fn list(portal: &TestPortal, user: &str) -> Value {
    portal.get(user, "/v1/tokens").await.ok()
}

#[tokio::test]
async fn a_token_is_shown_once_and_works_as_its_user() {
    let portal = TestPortal::new().await;
    let answer = create(&portal, "kim", "nightly", "write", 90 * DAY).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let created = answer.json();
    let token = created["token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("dkt_") && token.len() == 47, "{token}");
    let expires_at = "2027-02-18T10:00:00Z";
    assert_eq!(
        created,
        json!({"name": "nightly", "scope": "write", "expires_at": expires_at, "token": token})
    );
    assert_eq!(
        list(&portal, "kim").await,
        json!([{"name": "nightly", "scope": "write", "created_at": "2026-11-20T10:00:00Z",
                "expires_at": expires_at, "last_used_at": null}])
    );
    assert_eq!(list(&portal, "sam").await, json!([]));
    portal.give_token("nightly", &token);
    let me = portal.get("nightly", "/v1/me").await.ok();
    assert_eq!((&me["email"], &me["expires_at"]), (&json!("kim@example.com"), &json!(expires_at)));
    assert_eq!(me["machine"], json!({"name": "nightly", "scope": "write"}));
    assert_eq!(portal.get("kim", "/v1/me").await.ok().get("machine"), None);
    let new = portal.new_case("kim", json!({})).await;
    let case = portal.post("nightly", "/v1/cases", &new).await.ok();
    assert_eq!(case["opened_by"], "kim@example.com");
}

#[tokio::test]
async fn the_secret_is_kept_nowhere() {
    let portal = TestPortal::new().await;
    let request = portal.request("kim", Method::POST, "/v1/tokens").await;
    let request = request.header("idempotency-key", "the-key-of-a-token");
    let created = request.json(&json!({"name": "nightly", "lasts": DAY})).await.ok();
    let token = created["token"].as_str().unwrap().to_owned();
    assert_eq!(portal.rows("SELECT key FROM answers").await, [[""; 0]; 0]);
    let mut looked_at = 0;
    for entry in std::fs::read_dir(portal.directory.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            looked_at += bytes.len();
            let found = bytes.windows(43).any(|window| window == &token.as_bytes()[4..]);
            assert!(!found, "{}", path.display());
        }
    }
    assert!(looked_at > 10_000);
    // So the same request again makes no other, and shows this one no more.
    let again = portal.request("kim", Method::POST, "/v1/tokens").await;
    let again = again.header("idempotency-key", "the-key-of-a-token");
    let again = again.json(&json!({"name": "nightly", "lasts": DAY})).await;
    assert_eq!(again.problem(), "duplicate");
    assert!(!again.text().contains(&token));
}

#[tokio::test]
async fn a_name_is_used_once_per_user_and_again_when_its_token_has_ended() {
    let portal = TestPortal::new().await;
    create(&portal, "kim", "nightly", "write", DAY).await.ok();
    let taken = create(&portal, "kim", "nightly", "read", DAY).await;
    assert_eq!(taken.problem(), "duplicate");
    assert_eq!(
        taken.json()["detail"],
        "there is a token `nightly` already; revoke it, or choose another name"
    );
    create(&portal, "kim", "Nightly", "write", DAY).await.ok();
    create(&portal, "sam", "nightly", "write", DAY).await.ok();
    revoke(&portal, "kim", "nightly").await.ok();
    create(&portal, "kim", "nightly", "write", DAY).await.ok();
    portal.advance(SignedDuration::from_secs(DAY));
    assert_eq!(list(&portal, "kim").await, json!([]));
    create(&portal, "kim", "nightly", "write", DAY).await.ok();
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let portal = TestPortal::new().await;
    let long = "n".repeat(65);
    for (new, why) in [
        (json!({"name": "", "lasts": DAY}), "a token's name has 1 to 64 characters, and this one is empty"),
        (json!({"name": long, "lasts": DAY}), "and this one has 65"),
        (json!({"name": "a\u{1b}b", "lasts": DAY}), "number 2 of this one is U+001B"),
        (json!({"name": "n", "lasts": 59}), "a number of seconds from 60 to 31536000"),
        (json!({"name": "n", "lasts": 365 * DAY + 1}), "a number of seconds from 60 to 31536000"),
        (json!({"name": "n", "lasts": DAY, "scope": "admin"}), "choose one of read, write"),
        (json!({"name": "n"}), "missing field `lasts`"),
    ] {
        let answer = portal.post("kim", "/v1/tokens", &new).await;
        assert_eq!(answer.problem(), "bad-request", "{new}");
        assert!(answer.text().contains(why), "{new}: {}", answer.text());
    }
    for name in 0..100 {
        create(&portal, "kim", &format!("n{name}"), "read", DAY).await.ok();
    }
    let further = create(&portal, "kim", "one-more", "read", DAY).await;
    assert!(further.json()["detail"].as_str().unwrap().contains("100 tokens"), "{}", further.text());
}

#[tokio::test]
async fn a_revoked_token_works_no_more_at_once() {
    let portal = TestPortal::new().await;
    machine(&portal, "kim", "nightly", "write").await;
    portal.get("nightly", "/v1/me").await.ok();
    assert_eq!(revoke(&portal, "sam", "nightly").await.problem(), "not-found");
    let key = "the-key-of-a-revocation";
    for replayed in [None, Some("true")] {
        let request = portal.request("kim", Method::POST, "/v1/tokens/revoke").await;
        let answer = request.header("idempotency-key", key).json(&json!({"name": "nightly"})).await;
        assert_eq!((answer.status.as_u16(), answer.header("idempotency-replayed")), (204, replayed));
        assert_eq!(portal.get("nightly", "/v1/me").await.problem(), "login-required");
    }
    assert_eq!(revoke(&portal, "kim", "nightly").await.problem(), "not-found");
    assert_eq!(list(&portal, "kim").await, json!([]));
}

#[tokio::test]
async fn a_token_ends_with_its_time_its_user_and_the_password() {
    let portal = TestPortal::new().await;
    let created = create(&portal, "kim", "short", "write", 60).await.ok();
    portal.give_token("short", created["token"].as_str().unwrap());
    portal.advance(SignedDuration::from_secs(59));
    portal.get("short", "/v1/me").await.ok();
    portal.advance(SignedDuration::from_secs(1));
    assert_eq!(portal.get("short", "/v1/me").await.problem(), "login-required");

    machine(&portal, "kim", "kims", "read").await;
    admin::disable_user(&portal.portal, "kim@example.com", true).await.unwrap();
    assert_eq!(portal.get("kims", "/v1/me").await.problem(), "login-required");
    // Being let in again doesn't bring it back.
    admin::disable_user(&portal.portal, "kim@example.com", false).await.unwrap();
    assert_eq!(portal.get("kims", "/v1/me").await.problem(), "login-required");

    machine(&portal, "sam", "sams", "read").await;
    let another = Secret::new("another-password");
    admin::set_password(&portal.portal, "sam@example.com", another).await.unwrap();
    assert_eq!(portal.get("sams", "/v1/me").await.problem(), "login-required");
}

#[tokio::test]
async fn machines_manage_no_tokens_and_do_not_log_out() {
    let portal = TestPortal::new().await;
    machine(&portal, "kim", "nightly", "write").await;
    for answer in [
        create(&portal, "nightly", "another", "read", DAY).await,
        portal.get("nightly", "/v1/tokens").await,
        revoke(&portal, "nightly", "nightly").await,
        portal.post("nightly", "/v1/logout", &json!({})).await,
    ] {
        assert_eq!(answer.problem(), "not-allowed");
        assert!(answer.json()["detail"].as_str().unwrap().contains("`nightly` is a machine's"));
    }
    portal.get("nightly", "/v1/me").await.ok();
}

#[tokio::test]
async fn a_read_only_token_says_so() {
    let portal = TestPortal::new().await;
    machine(&portal, "kim", "dashboard", "read").await;
    let number = portal.open("kim", json!({})).await;
    let refused = portal.comment("dashboard", &number, "x").await;
    assert_eq!(refused.problem(), "not-allowed");
    assert_eq!(refused.json()["detail"], "the token `dashboard` is read-only: it can't change anything");
    assert_eq!(portal.history(&number).await, ["opened open"]);
    // An upload that only has to be asked for to become an attachment isn't asked for either.
    let upload = portal.announce("kim", &number, "a.log", 3).await;
    let upload = upload.header("location").unwrap();
    assert_eq!(portal.head("dashboard", upload).await.status.as_u16(), 403);
    assert_eq!(portal.head("kim", upload).await.status.as_u16(), 200);
}

/// Looks until the portal has written down what it writes in the background.
async fn used(portal: &TestPortal, after: &str) -> String {
    loop {
        let tokens = list(portal, "kim").await;
        match tokens[0]["last_used_at"].as_str() {
            Some(at) if at > after => return at.to_owned(),
            _ => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test]
async fn the_last_use_is_known_within_five_minutes() {
    let portal = TestPortal::new().await;
    machine(&portal, "kim", "nightly", "read").await;
    portal.get("nightly", "/v1/me").await.ok();
    assert_eq!(used(&portal, "").await, "2026-11-20T10:00:00Z");
    // What comes soon after isn't worth another write.
    portal.advance(SignedDuration::from_mins(5));
    portal.get("nightly", "/v1/me").await.ok();
    portal.open("kim", json!({})).await;
    assert_eq!(list(&portal, "kim").await[0]["last_used_at"], "2026-11-20T10:00:00Z");
    portal.advance(SignedDuration::from_secs(1));
    portal.get("nightly", "/v1/me").await.ok();
    assert_eq!(used(&portal, "2026-11-20T10:00:00Z").await, "2026-11-20T10:05:01Z");
}

#[tokio::test]
async fn whoever_reads_does_not_wait_for_the_last_use_to_be_written() {
    use sqlx::Connection as _;
    let portal = TestPortal::new().await;
    machine(&portal, "kim", "nightly", "read").await;
    // Somebody else writes, and takes as long as they like.
    let file = portal.directory.path().join("portal.db");
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut db = sqlx::SqliteConnection::connect_with(&file).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut db).await.unwrap();
    for _ in 0..20 {
        portal.get("nightly", "/v1/me").await.ok();
    }
    sqlx::raw_sql("COMMIT").execute(&mut db).await.unwrap();
    assert_eq!(used(&portal, "").await, "2026-11-20T10:00:00Z");
}
