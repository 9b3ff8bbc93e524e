//! Lists of a portal with many cases, against what the cases themselves say.

use docket::portal::admin;
use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection};

use crate::common::TestPortal;

const CASES: u32 = 1500;

/// Every case of a list, page by page, after making sure that each page gives the same total.
async fn all(portal: &TestPortal, user: &str, path: &str, limit: usize) -> Vec<Value> {
    let (mut cases, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = portal.get(user, &format!("{path}&limit={limit}{cursor}")).await.ok();
        let shown = page["cases"].as_array().unwrap();
        assert!(shown.len() <= limit);
        cases.extend(shown.iter().cloned());
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["total"], cases.len(), "{path}");
            return cases;
        };
        assert_eq!(shown.len(), limit);
        cursor = format!("&cursor={next}");
    }
}

fn text<'c>(case: &'c Value, name: &str) -> &'c str {
    case[name].as_str().unwrap()
}

/// What `sam` asks for, and which cases are meant.
type Ask = (&'static str, fn(&Value) -> bool);

const ASKS: &[Ask] = &[
    ("", |_| true),
    ("account=1001", in_1001),
    ("account=1001&status=closed", |case| in_1001(case) && case["status"] == "closed"),
    ("status=open,pending&product=rooms", |case| {
        ["open", "pending"].contains(&text(case, "status")) && case["product"] == "rooms"
    }),
    ("mine=true", opened),
    ("mine=true&status=closed&product=esignature", |case| {
        opened(case) && case["status"] == "closed" && case["product"] == "esignature"
    }),
    ("watching=true", watched),
    ("watching=true&account=1001", |case| watched(case) && in_1001(case)),
    ("watching=true&mine=true&status=my_action_required", |case| {
        watched(case) && opened(case) && case["status"] == "my_action_required"
    }),
    ("since=2025-11-20T00:00:00Z", since),
    ("until=2025-11-20T00:00:00Z", |case| !since(case)),
    ("since=2025-11-20T00:00:00Z&until=2026-05-01T00:00:00Z&mine=true", |case| {
        since(case) && text(case, "created_at") < "2026-05-01" && opened(case)
    }),
    ("since=2030-01-01T00:00:00Z", |_| false),
    ("q=envelope", envelope),
    ("q=Envelope,+STUCK!&account=1001", |case| {
        envelope(case) && text(case, "description").contains("stuck") && in_1001(case)
    }),
    ("q=zanzibar&status=closed", |case| {
        text(case, "description").contains("Zanzibar") && case["status"] == "closed"
    }),
    ("q=envelope&watching=true&since=2025-11-20T00:00:00Z", |case| {
        envelope(case) && watched(case) && since(case)
    }),
    ("q=quokka", |_| false),
];

fn in_1001(case: &Value) -> bool {
    case["account"]["id"] == "1001"
}

fn opened(case: &Value) -> bool {
    case["opened_by"] == "sam@example.com"
}

fn watched(case: &Value) -> bool {
    case["watchers"].as_array().unwrap().contains(&json!("sam@example.com"))
}

fn since(case: &Value) -> bool {
    text(case, "created_at") >= "2025-11-20"
}

fn envelope(case: &Value) -> bool {
    text(case, "description").contains("envelope")
}

#[tokio::test]
async fn lists_are_what_the_cases_say() {
    let portal = TestPortal::new().await;
    admin::make_up(&portal.portal, CASES).await.unwrap();
    // Some get their status and watchers from the routes.
    for number in [CASES, CASES / 2, 7] {
        portal.reply(&number.to_string(), "resolved").await;
        portal.watch("sam", &number.to_string(), "sam@example.com").await;
    }
    let stop = json!({"remove": ["sam@example.com"]});
    portal.post("sam", "/v1/cases/7/watchers", &stop).await;
    let everything = all(&portal, "expert", "/v1/cases?sort=number", 200).await;
    assert_eq!(everything.len(), CASES as usize);
    // Sam is in the accounts of Northwind and watches none of another's.
    let visible: Vec<&Value> =
        everything.iter().filter(|case| text(&case["account"], "name").starts_with("Northwind")).collect();

    for (ask, meant) in ASKS {
        let mut expected: Vec<&str> =
            visible.iter().filter(|case| meant(case)).map(|case| text(case, "number")).collect();
        let found = all(&portal, "sam", &format!("/v1/cases?sort=number&{ask}"), 200).await;
        let numbers: Vec<&str> = found.iter().map(|case| text(case, "number")).collect();
        assert_eq!(numbers, expected, "{ask}");

        let found = all(&portal, "sam", &format!("/v1/cases?sort=updated&{ask}"), 190).await;
        let mut numbers: Vec<&str> = found.iter().map(|case| text(case, "number")).collect();
        let newest_first = |a: &Value, b: &Value| text(a, "updated_at") >= text(b, "updated_at");
        assert!(ask.contains("q=") || found.is_sorted_by(newest_first), "{ask}");
        numbers.sort_unstable();
        expected.sort_unstable();
        assert_eq!(numbers, expected, "{ask}");
    }

    let queue = all(&portal, "expert", "/v1/queue?", 150).await;
    assert_eq!(queue.len(), everything.iter().filter(|case| case["status"] == "open").count());
    assert!(queue.is_sorted_by(|a, b| text(a, "created_at") <= text(b, "created_at")));
    let report = admin::check(&portal.portal).await.unwrap();
    assert!(report.is_well(), "{:?}", report.problems);
}

#[tokio::test]
async fn a_check_finds_marks_that_are_wrong() {
    let portal = TestPortal::new().await;
    portal.open("sam", json!({})).await;
    let file = format!("sqlite://{}/portal.db", portal.directory.path().display());
    let mut db = SqliteConnection::connect(&file).await.unwrap();
    sqlx::query("DELETE FROM case_words WHERE word = '_sopen'").execute(&mut db).await.unwrap();
    let report = admin::check(&portal.portal).await.unwrap();
    assert_eq!(report.problems, ["search: 0 cases have the mark _sopen, and 1 should"]);
}
