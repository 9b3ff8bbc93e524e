//! Opening, showing and listing cases.
#![cfg(feature = "portal")]

#[path = "common/portal.rs"]
mod portal;

use axum::http::StatusCode;
use portal::TestPortal;
use serde_json::json;

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
