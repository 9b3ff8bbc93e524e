//! One case for many alerts: dedupe keys.

use axum::http::{Method, StatusCode};
use docket::portal::admin;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::common::{Answer, TestPortal};

/// An alert with a key, some answers changed, and what to do where there is a case already.
async fn alert(portal: &TestPortal, user: &str, changes: Value, dedupe: Value) -> Answer {
    let mut new = portal.new_case(user, changes).await;
    new["dedupe"] = dedupe;
    portal.post(user, "/v1/cases", &new).await
}

/// What became of an alert: the status, the outcome, and the number of the case.
fn outcome(answer: &Answer) -> (u16, String, String) {
    let case = answer.json();
    let outcome = answer.header("dedupe-outcome").unwrap_or_default().to_owned();
    (answer.status.as_u16(), outcome, case["number"].as_str().unwrap_or_default().to_owned())
}

fn was(status: u16, outcome: &str, number: &str) -> (u16, String, String) {
    (status, outcome.to_owned(), number.to_owned())
}

fn bodies(case: &Value) -> Vec<&str> {
    case["comments"].as_array().unwrap().iter().map(|comment| comment["body"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_second_alert_comments_on_the_case_of_the_first() {
    let portal = TestPortal::new().await;
    let first = alert(&portal, "kim", json!({}), json!({"key": "nightly"})).await;
    assert_eq!(outcome(&first), was(201, "opened", "00000001"));
    assert_eq!(bodies(&first.json()), [""; 0]);
    let changes = json!({
        "subject": "Another subject", "description": "It stays in the outbox.\n\nSince today.",
        "occurred_at": "2026-11-20T09:45:00Z", "user_impact": "several", "steps": "Send.\nWait.",
    });
    let second = alert(&portal, "kim", changes, json!({"key": "nightly", "on_duplicate": "comment"})).await;
    assert_eq!(outcome(&second), was(200, "commented", "00000001"));
    assert_eq!(second.header("location"), None);
    let case = second.json();
    insta::assert_snapshot!(bodies(&case)[0], @r"
    The same was reported again.

    Subject: Another subject
    First seen: 2026-11-20T09:45:00Z
    User impact: Several users (several)

    It stays in the outbox.

    Since today.

    Steps:
    Send.
    Wait.
    ");
    assert_eq!(case["subject"], "Envelope is stuck");
    assert_eq!(portal.history("1").await, ["opened open", "commented open"]);
    assert_eq!(portal.get("kim", "/v1/cases").await.ok()["total"], 1);
    // It is found by what the comment says.
    assert_eq!(portal.get("kim", "/v1/cases?q=outbox").await.ok()["total"], 1);
}

#[tokio::test]
async fn what_is_the_same_is_not_repeated_but_for_when_it_was() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    let again = alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    assert_eq!(bodies(&again), ["The same was reported again.\n\nFirst seen: 2026-11-20T09:30:00Z"]);
    let steps = json!({"steps": "Send."});
    let again = alert(&portal, "kim", steps, json!({"key": "k"})).await.ok();
    assert_eq!(
        bodies(&again)[1],
        "The same was reported again.\n\nFirst seen: 2026-11-20T09:30:00Z\n\nSteps:\nSend."
    );
}

#[tokio::test]
async fn a_comment_is_no_longer_than_others() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    let long = json!({"description": "ü".repeat(32_000)});
    let case = alert(&portal, "kim", long, json!({"key": "k"})).await.ok();
    let body = bodies(&case)[0];
    assert!((31_990..=32_000).contains(&body.chars().count()), "{}", body.chars().count());
    assert!(body.starts_with("The same was reported again.\n\nFirst seen: "), "{}", &body[..80]);
    assert!(body.contains("üü\n\n… cut here; ") && body.ends_with(" more characters"));
}

#[tokio::test]
async fn a_key_belongs_to_an_account_and_is_compared_exactly() {
    let portal = TestPortal::new().await;
    let key = json!({"key": "Nightly"});
    assert_eq!(outcome(&alert(&portal, "kim", json!({}), key.clone()).await), was(201, "opened", "00000001"));
    for (user, account, key, expected) in [
        ("sam", "1001", "Nightly", was(200, "commented", "00000001")),
        ("sam", "1001", "nightly", was(201, "opened", "00000002")),
        ("sam", "1001", "Nightly ü", was(201, "opened", "00000003")),
        ("sam", "1002", "Nightly", was(201, "opened", "00000004")),
        ("lee", "2001", "Nightly", was(201, "opened", "00000005")),
    ] {
        let account = if user == "sam" { json!({"account": account}) } else { json!({}) };
        let answer = alert(&portal, user, account, json!({"key": key})).await;
        assert_eq!(outcome(&answer), expected, "{user} {key}");
    }
    // A case without a key is one of its own.
    assert_eq!(portal.open("kim", json!({})).await, "00000006");
}

#[tokio::test]
async fn skip_writes_nothing() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    let mut new = portal.new_case("kim", json!({})).await;
    new["dedupe"] = json!({"key": "k", "on_duplicate": "skip"});
    new["watchers"] = json!(["ops@example.com"]);
    let skipped = portal.post("kim", "/v1/cases", &new).await;
    assert_eq!(outcome(&skipped), was(200, "skipped", "00000001"));
    assert_eq!(skipped.json()["watchers"], json!([]));
    assert_eq!(portal.history("1").await, ["opened open"]);
    // Where there is none, it opens one.
    let other = alert(&portal, "kim", json!({}), json!({"key": "l", "on_duplicate": "skip"})).await;
    assert_eq!(outcome(&other), was(201, "opened", "00000002"));
}

#[tokio::test]
async fn fail_is_refused_and_names_the_case() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k", "on_duplicate": "fail"})).await.ok();
    let refused = alert(&portal, "kim", json!({}), json!({"key": "k", "on_duplicate": "fail"})).await;
    assert_eq!((refused.problem().as_str(), refused.status.as_u16()), ("duplicate", 409));
    assert_eq!(refused.json()["case"], "00000001");
    assert_eq!(
        refused.json()["detail"],
        "case 00000001 has the dedupe key `k` and isn't closed; nothing was written"
    );
    assert_eq!(portal.history("1").await, ["opened open"]);
}

#[tokio::test]
async fn watchers_of_a_duplicate_watch_the_case_from_then_on() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    portal.watch("kim", "1", "ops@example.com").await.ok();
    let mut new = portal.new_case("kim", json!({})).await;
    new["dedupe"] = json!({"key": "k"});
    new["watchers"] = json!(["Zoe@example.com", "ops@example.com"]);
    let case = portal.post("kim", "/v1/cases", &new).await.ok();
    assert_eq!(case["watchers"], json!(["ops@example.com", "zoe@example.com"]));
    let events = portal.get("kim", "/v1/cases/1/events").await.ok();
    assert_eq!(events[2]["data"], json!({"added": ["zoe@example.com"], "removed": []}));
    assert_eq!(admin::check(&portal.portal).await.unwrap().problems, [""; 0]);
}

#[tokio::test]
async fn a_duplicate_hands_a_case_back_to_support_like_any_comment() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    for outcome in ["needs_info", "resolved"] {
        portal.reply("1", outcome).await.ok();
        let case = alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
        assert_eq!((&case["status"], &case["closes_at"]), (&json!("open"), &Value::Null), "{outcome}");
        // Without a comment it stays where it is.
        portal.reply("1", outcome).await.ok();
        let before = portal.status("1").await;
        let case = alert(&portal, "kim", json!({}), json!({"key": "k", "on_duplicate": "skip"})).await.ok();
        assert_eq!(case["status"], before.as_str());
    }
}

#[tokio::test]
async fn a_closed_case_gives_its_key_to_the_next() {
    let portal = TestPortal::new().await;
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    portal.close("kim", "1").await.ok();
    let next = alert(&portal, "kim", json!({}), json!({"key": "k", "on_duplicate": "fail"})).await;
    assert_eq!(outcome(&next), was(201, "opened", "00000002"));
    // So does one whose time runs out, at that moment.
    portal.reply("2", "resolved").await.ok();
    portal.advance(SignedDuration::from_secs(5 * 24 * 3600 - 1));
    let early = alert(&portal, "kim", json!({}), json!({"key": "k", "on_duplicate": "skip"})).await;
    assert_eq!(outcome(&early), was(200, "skipped", "00000002"));
    portal.advance(SignedDuration::from_secs(1));
    let late = alert(&portal, "kim", json!({}), json!({"key": "k", "on_duplicate": "skip"})).await;
    assert_eq!(outcome(&late), was(201, "opened", "00000003"));
    let kept = portal.rows("SELECT account, key, number FROM dedupe_keys").await;
    assert_eq!(kept, [["1001", "k", "3"]]);
    let report = admin::check(&portal.portal).await.unwrap();
    assert_eq!(report.problems, [""; 0]);
}

#[tokio::test]
async fn an_invalid_alert_is_refused_whether_there_is_a_case_or_not() {
    let portal = TestPortal::new().await;
    for _ in 0..2 {
        let wrong = alert(&portal, "kim", json!({"subject": null}), json!({"key": "k"})).await;
        assert_eq!(wrong.fields(), [("subject".to_owned(), "missing".to_owned())]);
        alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    }
}

#[tokio::test]
async fn a_strange_key_is_refused_with_what_is_wrong() {
    let portal = TestPortal::new().await;
    for (dedupe, why) in [
        (json!({"key": ""}), "a dedupe key has 1 to 255 characters, and this one is empty"),
        (json!({"key": "k".repeat(256)}), "a dedupe key has 1 to 255 characters, and this one has 256"),
        (json!({"key": " k"}), "a dedupe key has no space at either end"),
        (json!({"key": "a\nb"}), "number 2 of this one is U+000A"),
        (json!({"key": "k", "on_duplicate": "ignore"}), "choose one of comment, skip, fail"),
        (json!({"on_duplicate": "skip"}), "missing field `key`"),
        (json!({"key": "k", "else": 1}), "unknown field `else`"),
    ] {
        let answer = alert(&portal, "kim", json!({}), dedupe.clone()).await;
        assert_eq!(answer.problem(), "bad-request", "{dedupe}");
        assert!(answer.text().contains(why), "{dedupe}: {}", answer.text());
    }
    assert_eq!(portal.get("kim", "/v1/cases").await.ok()["total"], 0);
}

#[tokio::test]
async fn a_repetition_of_an_alert_gets_the_same_answer() {
    let portal = TestPortal::new().await;
    let send = async |key: &str, on_duplicate: &str| {
        let mut new = portal.new_case("kim", json!({})).await;
        new["dedupe"] = json!({"key": "k", "on_duplicate": on_duplicate});
        let request = portal.request("kim", Method::POST, "/v1/cases").await;
        request.header("idempotency-key", key).json(&new).await
    };
    for (key, on_duplicate, status, expected) in [
        ("the-key-of-job-01", "fail", 201, "opened"),
        ("the-key-of-job-02", "comment", 200, "commented"),
        ("the-key-of-job-03", "skip", 200, "skipped"),
    ] {
        let first = send(key, on_duplicate).await;
        assert_eq!(outcome(&first), was(status, expected, "00000001"));
        let again = send(key, on_duplicate).await;
        assert_eq!((outcome(&again), &again.bytes), (outcome(&first), &first.bytes));
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
    }
    assert_eq!(portal.history("1").await, ["opened open", "commented open"]);
    // A refusal isn't kept: once the case is closed, the same request opens one.
    assert_eq!(send("the-key-of-job-04", "fail").await.problem(), "duplicate");
    portal.close("kim", "1").await.ok();
    assert_eq!(outcome(&send("the-key-of-job-04", "fail").await), was(201, "opened", "00000002"));
}

#[tokio::test]
async fn a_case_that_goes_on_from_another_says_so_in_the_comment_too() {
    let portal = TestPortal::new().await;
    portal.open("kim", json!({})).await;
    portal.close("kim", "1").await.ok();
    alert(&portal, "kim", json!({}), json!({"key": "k"})).await.ok();
    let mut new = portal.new_case("kim", json!({})).await;
    new["dedupe"] = json!({"key": "k"});
    new["follows"] = json!("00000001");
    let case = portal.post("kim", "/v1/cases", &new).await.ok();
    assert_eq!(case["follows"], Value::Null);
    assert!(bodies(&case)[0].ends_with("\nGoes on from: case 00000001"), "{}", bodies(&case)[0]);
}

#[tokio::test]
async fn the_portal_says_that_it_knows_keys() {
    let portal = TestPortal::new().await;
    let about = portal.get("", "/v1/portal").await;
    assert_eq!(about.status, StatusCode::OK);
    assert!(about.json()["capabilities"].as_array().unwrap().contains(&json!("dedupe")));
}

#[tokio::test]
async fn a_check_finds_a_key_that_a_closed_case_has_kept() {
    let portal = TestPortal::new().await;
    portal.open("kim", json!({})).await;
    portal.close("kim", "1").await.ok();
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(portal.directory.path().join("portal.db"));
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&file).await.unwrap();
    sqlx::query("INSERT INTO dedupe_keys VALUES ('1001', 'k', 1)").execute(&mut db).await.unwrap();
    let report = admin::check(&portal.portal).await.unwrap();
    assert_eq!(report.problems, ["alerts: case 00000001 is closed and has its dedupe key still"]);
}
