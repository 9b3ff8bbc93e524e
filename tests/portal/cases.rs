//! Opening, listing and searching cases, and what else is read.

use crate::common::TestPortal;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

#[tokio::test]
async fn a_new_case_is_answered_whole() {
    let portal = TestPortal::new().await;
    let mut new = portal.new_case("sam", json!({"browser": "Firefox 140", "language": "fr"})).await;
    new["watchers"] = json!(["Kim@Example.com", "kim@example.com", "zoe@elsewhere.org"]);
    let answer = portal.post("sam", "/v1/cases", &new).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(answer.header("location"), Some("/v1/cases/00000001"));
    let expected = json!({
        "number": "00000001", "url": "https://portal.example/cases/00000001", "status": "open",
        "account": {"id": "1001", "name": "Northwind Legal"}, "product": "esignature",
        "category": "sending", "subcategory": "other", "subject": "Envelope is stuck",
        "description": "It stays in Sent.", "occurred_at": "2026-11-20T09:30:00Z", "envelope_id": null,
        "user_impact": null, "environment": null, "business_impact": null, "contact_method": "email",
        "phone": null, "language": "fr",
        "details": {"occurred_before": null, "product_version": null, "browser": "Firefox 140", "steps": null},
        "opened_by": "sam@example.com", "created_at": "2026-11-20T10:00:00Z",
        "updated_at": "2026-11-20T10:00:00Z", "closes_at": null, "closed_at": null, "close_reason": null,
        "follows": null, "watchers": ["kim@example.com", "zoe@elsewhere.org"], "comments": [],
        "attachments": []
    });
    assert_eq!(answer.json(), expected);
    assert_eq!(portal.get("kim", "/v1/cases/1").await.ok(), expected);
    assert_eq!(portal.history("1").await, ["opened open"]);
    let mails = portal.rows("SELECT kind, recipient, answerable FROM mails ORDER BY id").await;
    assert_eq!(
        mails,
        [
            ["opened", "sam@example.com", "1"],
            ["opened", "kim@example.com", "0"],
            ["opened", "zoe@elsewhere.org", "0"]
        ]
    );
}

#[tokio::test]
async fn everything_that_is_wrong_is_named_at_once_and_nothing_is_written() {
    let portal = TestPortal::new().await;
    let mut new = portal
        .new_case(
            "sam",
            json!({"subject": null, "phone": "+14155550100", "occurred_at": "2026-11-20T10:05:01Z"}),
        )
        .await;
    new["watchers"] = json!(["zoe@elsewhere.org", "zoe"]);
    new["follows"] = json!("00000042");
    let answer = portal.post("sam", "/v1/cases", &new).await;
    assert_eq!(answer.problem(), "invalid");
    let fields: Vec<_> = answer.fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(f, c)| (f.as_str(), c.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("subject", "missing"),
            ("occurred_at", "in_the_future"),
            ("phone", "not_applicable"),
            ("watch", "not_an_email"),
            ("follows", "not_offered")
        ]
    );
    assert_eq!(portal.get("sam", "/v1/cases").await.ok()["total"], 0);
    assert_eq!(portal.rows("SELECT * FROM events").await.len(), 0);
}

#[tokio::test]
async fn only_so_many_may_watch() {
    let portal = TestPortal::new().await;
    let mut new = portal.new_case("kim", json!({})).await;
    let some: Vec<String> = (0..101).map(|at| format!("w{at}@elsewhere.org")).collect();
    new["watchers"] = json!(some);
    let refused = portal.post("kim", "/v1/cases", &new).await;
    assert_eq!(refused.fields(), [("watch".to_owned(), "not_offered".to_owned())]);
    new["watchers"] = json!(some[1..]);
    portal.post("kim", "/v1/cases", &new).await.ok();
    assert_eq!(portal.watch("kim", "1", &some[1]).await.status, StatusCode::OK);
    assert!(portal.watch("kim", "1", &some[0]).await.text().contains("at most 100 may watch a case"));
    let swap = json!({"add": [some[0]], "remove": [some[1]]});
    portal.post("kim", "/v1/cases/1/watchers", &swap).await.ok();
}

#[tokio::test]
async fn answers_checked_against_another_form_are_not_taken() {
    let portal = TestPortal::new().await;
    let mut new = portal.new_case("sam", json!({})).await;
    new["form"] = json!("another");
    assert_eq!(portal.post("sam", "/v1/cases", &new).await.problem(), "form-changed");
}

#[tokio::test]
async fn the_form_is_revalidated_by_its_tag() {
    let portal = TestPortal::with(|options| options.max_attachment = 1234).await;
    let first = portal.get("kim", "/v1/form").await;
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(tag, format!("\"{}\"", first.json()["version"].as_str().unwrap()));
    assert!(first.text().contains("1234"));
    let request = portal.request("kim", Method::GET, "/v1/form").await;
    let again = request.header("if-none-match", &format!("\"x\", {tag}")).send(Body::empty()).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn a_case_goes_on_from_a_closed_one() {
    let portal = TestPortal::new().await;
    let old = portal.open("kim", json!({})).await;
    let mut new = portal.new_case("kim", json!({})).await;
    new["follows"] = json!(old);
    let refused = portal.post("kim", "/v1/cases", &new).await;
    assert!(refused.text().contains("has to be a closed case"), "{}", refused.text());
    portal.close("kim", &old).await.ok();
    let case = portal.post("kim", "/v1/cases", &new).await.ok();
    assert_eq!(case["follows"], json!(old));
    assert_eq!(case["comments"][0]["body"], "This case goes on from case 00000001, which is closed.");
    assert_eq!(case["comments"][0]["author"], "kim@example.com");
    assert_eq!(portal.history("2").await, ["opened open", "commented open"]);
    // Not from one that isn't theirs to see.
    let mut new = portal.new_case("lee", json!({})).await;
    new["follows"] = json!(old);
    let refused = portal.post("lee", "/v1/cases", &new).await;
    assert!(refused.text().contains("there is no case 00000001 that you may see"), "{}", refused.text());
}

#[tokio::test]
async fn a_demo_account_alone_opens_nothing() {
    let portal = TestPortal::new().await;
    portal.get("kim", "/v1/me").await.ok();
    docket::portal::admin::set_members(&portal.portal, "1001", &[]).await.unwrap();
    let new = portal.new_case("kim", json!({})).await;
    assert_eq!(portal.post("kim", "/v1/cases", &new).await.problem(), "account-refused");
    let kim = "kim@example.com".to_owned();
    docket::portal::admin::set_members(&portal.portal, "1004", &[kim]).await.unwrap();
    let refused = portal.post("kim", "/v1/cases", &new).await;
    assert_eq!(refused.problem(), "account-refused");
    assert!(refused.text().contains("Demo or Sandbox"), "{}", refused.text());
}

/// A dozen cases in three accounts, some changed later.
async fn a_dozen(portal: &TestPortal) -> Vec<String> {
    let mut numbers = Vec::new();
    for at in 0..12 {
        portal.advance(SignedDuration::from_mins(1));
        let (account, product) = [("1001", "esignature"), ("1002", "esignature"), ("1001", "rooms")][at % 3];
        let category = if product == "rooms" { "access" } else { "sending" };
        let changes = json!({"account": account, "product": product, "category": category,
                             "subject": format!("Number {at}"), "occurred_at": "2026-11-20T09:30:00Z"});
        numbers.push(portal.open("sam", changes).await);
    }
    for at in [7, 2] {
        portal.advance(SignedDuration::from_mins(1));
        portal.reply(&numbers[at], "needs_info").await.ok();
    }
    numbers
}

#[expect(clippy::unwrap_used, reason = "it is a part of tests")]
fn numbers(page: &Value) -> Vec<u32> {
    let cases = page["cases"].as_array().unwrap();
    cases.iter().map(|case| case["number"].as_str().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn lists_are_paged_in_every_order() {
    let portal = TestPortal::new().await;
    a_dozen(&portal).await;
    let newest_first: Vec<u32> = (1..=12).rev().collect();
    let mut latest_first = vec![3, 8];
    latest_first.extend(newest_first.iter().filter(|number| ![3, 8].contains(*number)));
    for (sort, expected) in [
        ("", &latest_first),
        ("&sort=updated", &latest_first),
        ("&sort=created", &newest_first),
        ("&sort=number", &newest_first),
        ("&mine=true", &latest_first),
        ("&mine=true&sort=number", &newest_first),
        ("&q=number", &newest_first),
    ] {
        for user in ["sam", "expert"] {
            if user == "expert" && sort.contains("mine") {
                continue;
            }
            let mut found = Vec::new();
            let mut cursor = String::new();
            loop {
                let page = portal.get(user, &format!("/v1/cases?limit=5{sort}{cursor}")).await.ok();
                assert_eq!(page["total"], 12, "{user} {sort}");
                found.extend(numbers(&page));
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(&found, expected, "{user} {sort}");
        }
    }
    let exactly = portal.get("sam", "/v1/cases?limit=12").await.ok();
    assert_eq!(exactly["next"], Value::Null);
    assert!(exactly["cases"][0].get("comments").is_none());
}

#[tokio::test]
async fn lists_are_narrowed() {
    let portal = TestPortal::new().await;
    let all = a_dozen(&portal).await;
    portal.watch("sam", &all[4], "lee@example.com").await.ok();
    portal.advance(SignedDuration::from_mins(1));
    portal.close("sam", &all[0]).await.ok();
    for (user, query, expected) in [
        ("sam", "account=1002", vec![5, 8, 11, 2]),
        ("sam", "product=rooms", vec![3, 12, 9, 6]),
        ("sam", "status=closed,my_action_required", vec![1, 3, 8]),
        ("sam", "status=my_action_required&account=1002", vec![8]),
        ("sam", "since=2026-11-20T10:03:00Z&until=2026-11-20T10:06:00Z", vec![5, 3, 4]),
        ("sam", "since=2026-11-20T10:11:00.5Z", vec![12]),
        ("sam", "mine=true&product=rooms&status=open", vec![12, 9, 6]),
        ("sam", "watching=true", vec![]),
        ("kim", "", vec![1, 3, 12, 10, 9, 7, 6, 4]),
        ("kim", "mine=true", vec![]),
        ("lee", "", vec![]),
        ("lee", "watching=true", vec![5]),
        ("lee", "watching=true&account=1002", vec![5]),
        ("lee", "watching=true&account=2001", vec![]),
        ("lee", "watching=true&status=closed", vec![]),
        ("expert", "account=1002&status=open", vec![5, 11, 2]),
        ("sam", "q=number&status=closed", vec![1]),
        ("sam", "q=number&account=1002", vec![11, 8, 5, 2]),
        ("sam", "q=number&product=rooms", vec![12, 9, 6, 3]),
        ("sam", "q=number&mine=true&since=2026-11-20T10:11:00Z", vec![12, 11]),
        ("sam", "q=%20-%20", vec![]),
        ("lee", "q=number", vec![]),
        ("lee", "q=number&watching=true", vec![5]),
    ] {
        let page = portal.get(user, &format!("/v1/cases?{query}")).await.ok();
        assert_eq!(numbers(&page), expected, "{user} {query}");
        assert_eq!(page["total"], expected.len(), "{user} {query}");
    }
}

#[tokio::test]
async fn a_query_that_makes_no_sense_is_refused() {
    let portal = TestPortal::new().await;
    for query in ["limit=0", "limit=201", "limit=x", "cursor=x", "status=shut", "sort=size", "since=today"] {
        assert_eq!(
            portal.get("sam", &format!("/v1/cases?{query}")).await.problem(),
            "bad-request",
            "{query}"
        );
    }
    let refused = portal.get("sam", "/v1/cases?status=shut").await;
    assert!(refused.text().contains("choose one of open"), "{}", refused.text());
    assert_eq!(portal.get("sam", "/v1/cases?account=2001").await.problem(), "not-found");
    assert_eq!(portal.get("expert", "/v1/cases?account=9").await.problem(), "not-found");
}

#[tokio::test]
async fn searches_find_what_is_said_and_only_for_those_who_may_see_it() {
    let portal = TestPortal::new().await;
    let number =
        portal.open("kim", json!({"description": "ERROR_42: 署名できない", "steps": "Press Finish"})).await;
    portal.open("lee", json!({"subject": "Something else"})).await;
    portal.comment("kim", &number, "The certificate has expired.").await.ok();
    portal.reply(&number, "needs_info").await.ok();
    for (words, found) in [
        ("stuck", true),
        ("Certificate%20STUCK", true),
        ("certificate%20unknown", false),
        ("error%2042", true),
        ("finish", true),
        ("like%20this", true),
        ("%E7%BD%B2%E5%90%8D", true),
        ("%E5%90%8D%E7%BD%B2", false),
        ("00000001", true),
        // What looks like the marks that say who may see a case.
        ("_a31303031", false),
        ("%22stuck%22%20OR%20x", false),
        ("stuck*", true),
    ] {
        for (user, may_see) in [("kim", true), ("sam", true), ("expert", true), ("lee", false)] {
            let page = portal.get(user, &format!("/v1/cases?q={words}")).await.ok();
            assert_eq!(page["total"], u8::from(found && may_see), "{user} {words}");
        }
    }
    // Somebody who writes a mark into a case of their own doesn't show it to others.
    portal.open("lee", json!({"subject": "_a31303031 bait"})).await;
    assert_eq!(portal.get("kim", "/v1/cases?q=bait").await.ok()["total"], 0);
    // Whoever stops watching stops finding.
    portal.watch("kim", &number, "lee@example.com").await.ok();
    assert_eq!(portal.get("lee", "/v1/cases?q=stuck&watching=true").await.ok()["total"], 1);
    let path = format!("/v1/cases/{number}/watchers");
    portal.post("kim", &path, &json!({"remove": ["LEE@example.com"]})).await.ok();
    assert_eq!(portal.get("lee", "/v1/cases?q=stuck&watching=true").await.ok()["total"], 0);
    assert_eq!(portal.get("lee", &format!("/v1/cases/{number}")).await.problem(), "not-found");
}

#[tokio::test]
async fn the_queue_begins_with_who_waits_longest() {
    let portal = TestPortal::new().await;
    let mut numbers_of = Vec::new();
    for _ in 0..3 {
        portal.advance(SignedDuration::from_mins(1));
        numbers_of.push(portal.open("kim", json!({})).await);
    }
    portal.reply(&numbers_of[0], "needs_info").await.ok();
    let queue = portal.get("expert", "/v1/queue").await.ok();
    assert_eq!((numbers(&queue), &queue["total"]), (vec![2, 3], &json!(2)));
    portal.advance(SignedDuration::from_mins(1));
    portal.comment("kim", &numbers_of[0], "Here you are.").await.ok();
    portal.advance(SignedDuration::from_mins(1));
    // One more comment doesn't put it further back.
    portal.comment("kim", &numbers_of[1], "Anybody there?").await.ok();
    let first = portal.get("expert", "/v1/queue?limit=2").await.ok();
    assert_eq!(numbers(&first), [2, 3]);
    let next = format!("/v1/queue?limit=2&cursor={}", first["next"].as_str().unwrap());
    assert_eq!(numbers(&portal.get("expert", &next).await.ok()), [1]);
    assert_eq!(portal.get("expert", "/v1/queue?product=clm").await.ok()["total"], 0);
}

#[tokio::test]
async fn resources_are_listed_from_the_particular_to_the_general() {
    let portal = TestPortal::new().await;
    let query = "/v1/resources?product=esignature&category=account-access&subcategory=cannot-log-in";
    let list = portal.get("kim", query).await.ok();
    assert_eq!(list[0]["id"], "account-cannot-log-in");
    assert!(list[0].get("body").is_none());
    let found = portal.get("kim", "/v1/resources?q=COOKIES%20password").await.ok();
    let ids: Vec<&str> = found.as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"account-cannot-log-in"), "{ids:?}");
    assert_eq!(portal.get("kim", "/v1/resources?q=xyzzy").await.ok(), json!([]));
    let one = portal.get("kim", "/v1/resources/account-cannot-log-in").await.ok();
    assert!(one["body"].as_str().unwrap().contains("cookies"));
    assert_eq!(portal.get("kim", "/v1/resources/xyzzy").await.problem(), "not-found");
}

#[tokio::test]
async fn a_cases_page_says_how_to_open_it_and_nothing_of_it() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let page = portal.get("", &format!("/cases/{number}")).await;
    assert!(
        page.text().contains("docket case show 00000001 --portal https://portal.example"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("stuck"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    // It says the same of a case that doesn't exist.
    assert_eq!(portal.get("", "/cases/00000099").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_refusal_is_a_problem() {
    let portal = TestPortal::new().await;
    assert_eq!(portal.get("kim", "/v2").await.problem(), "not-found");
    assert_eq!(portal.get("kim", "/v1/cases/none").await.problem(), "not-found");
    assert_eq!(portal.get("kim", "/v1/cases/7").await.problem(), "not-found");
    let method = portal.request("kim", Method::DELETE, "/v1/cases").await.send(Body::empty()).await;
    assert_eq!(method.problem(), "method-not-allowed");
    assert_eq!(method.header("allow"), Some("GET,HEAD,POST"));
    let post = async |kind: &str, body: Vec<u8>| {
        let request = portal.request("kim", Method::POST, "/v1/cases").await;
        request.header("content-type", kind).send(body).await
    };
    assert_eq!(post("text/plain", b"{}".to_vec()).await.problem(), "unsupported-media-type");
    let broken = post("application/json", b"{\"form\":".to_vec()).await;
    assert_eq!(broken.problem(), "bad-request");
    assert!(broken.text().contains("isn't JSON: it goes wrong at line 1, column 8"), "{}", broken.text());
    let unknown = post("application/json; charset=utf-8", b"{\"form\":\"1\",\"feilds\":{}}".to_vec()).await;
    assert!(unknown.text().contains("unknown field `feilds`"), "{}", unknown.text());
    assert_eq!(post("application/json", vec![b' '; 1024 * 1024 + 1]).await.problem(), "too-large");
    let bad_token = portal.request("", Method::GET, "/v1/me").await.header("authorization", "Bearer x");
    let bad_token = bad_token.send(Body::empty()).await;
    assert_eq!(bad_token.problem(), "login-required");
    assert_eq!(bad_token.header("www-authenticate"), Some("Bearer"));
}
