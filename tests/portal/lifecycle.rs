//! The life of a case: both sides' actions in any order, against a small model; and what comes with them.

use crate::common::{Answer, TestPortal};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;

#[derive(Debug, Clone, Copy)]
enum Step {
    Comment,
    AskForInformation,
    Resolve,
    Close,
    Attach,
    Watch,
    Call,
    Note,
    /// Some hours pass.
    Wait(i64),
    /// Time passes until this many seconds before the case is due, if it is pending.
    WaitUntilBefore(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Comment),
        3 => Just(Step::AskForInformation),
        5 => Just(Step::Resolve),
        1 => Just(Step::Close),
        1 => Just(Step::Attach),
        1 => Just(Step::Watch),
        1 => Just(Step::Call),
        1 => Just(Step::Note),
        2 => (0_i64..130).prop_map(Step::Wait),
        2 => (0_i64..2).prop_map(Step::WaitUntilBefore),
    ]
}

/// What the sheet says of a case.
#[derive(Debug, Clone)]
struct Model {
    status: &'static str,
    closes_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
}

impl Model {
    fn time_passes(&mut self, now: Timestamp) {
        if let Some(due) = self.closes_at.filter(|due| *due <= now) {
            *self = Self { status: "closed", closes_at: None, closed_at: Some(due) };
        }
    }

    /// Whether the step is carried out.
    fn step(&mut self, step: Step, now: Timestamp) -> bool {
        if self.status == "closed" {
            return false;
        }
        match step {
            Step::Comment => *self = Self { status: "open", closes_at: None, closed_at: None },
            Step::AskForInformation => {
                *self = Self { status: "my_action_required", closes_at: None, closed_at: None };
            }
            Step::Resolve => {
                let due = now + SignedDuration::from_hours(120);
                *self = Self { status: "pending", closes_at: Some(due), closed_at: None };
            }
            Step::Close => *self = Self { status: "closed", closes_at: None, closed_at: Some(now) },
            _ => {}
        }
        true
    }
}

async fn carry_out(portal: &TestPortal, number: &str, step: Step) -> Option<Answer> {
    let path = |end: &str| format!("/v1/cases/{number}/{end}");
    Some(match step {
        Step::Comment => portal.comment("kim", number, "Still here.").await,
        Step::AskForInformation => portal.reply(number, "needs_info").await,
        Step::Resolve => portal.reply(number, "resolved").await,
        Step::Close => portal.close("kim", number).await,
        Step::Attach => portal.announce("kim", number, "a.log", 3).await,
        Step::Watch => portal.watch("kim", number, "zoe@elsewhere.org").await,
        Step::Call => portal.post("kim", &path("call"), &json!({"phone": "+14155550100"})).await,
        Step::Note => portal.post("expert", &path("notes"), &json!({"body": "Hm."})).await,
        Step::Wait(_) | Step::WaitUntilBefore(_) => return None,
    })
}

#[expect(clippy::unwrap_used, reason = "it is a part of tests")]
async fn live(portal: &TestPortal, steps: &[Step]) {
    let number = portal.open("kim", json!({})).await;
    let mut model = Model { status: "open", closes_at: None, closed_at: None };
    for step in steps {
        match (step, model.closes_at) {
            (Step::Wait(hours), _) => portal.advance(SignedDuration::from_hours(*hours)),
            (Step::WaitUntilBefore(seconds), Some(due)) => {
                let wait = due.duration_since(portal.clock.now()) - SignedDuration::from_secs(*seconds);
                portal.advance(wait.max(SignedDuration::ZERO));
            }
            _ => {}
        }
        let now = portal.clock.now();
        model.time_passes(now);
        if let Some(answer) = carry_out(portal, &number, *step).await {
            if model.step(*step, now) {
                assert!(answer.status.is_success(), "{step:?}: {}", answer.text());
            } else {
                assert_eq!(answer.problem(), "case-closed", "{step:?}");
            }
        }
        let case = portal.get("kim", &format!("/v1/cases/{number}")).await.ok();
        assert_eq!(case["status"], model.status, "{step:?}");
        assert_eq!(case["closes_at"], json!(model.closes_at), "{step:?}");
        assert_eq!(case["closed_at"], json!(model.closed_at), "{step:?}");
        let last = portal.history(&number).await.pop().unwrap();
        assert!(last.ends_with(&format!(" {}", model.status)), "{step:?}: {last}");
    }
}

#[test]
fn any_sequence_of_actions_keeps_to_the_model() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // All sequences run on one portal, one case after the other.
    let portal = runtime.block_on(TestPortal::with(|options| options.sample = true));
    let config = ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let sequences = proptest::collection::vec(step(), 1..20);
    let result = runner.run(&sequences, |steps| {
        portal.forget_tokens();
        runtime.block_on(live(&portal, &steps));
        Ok(())
    });
    result.unwrap();
    let report = runtime.block_on(docket::portal::admin::check(&portal.portal)).unwrap();
    assert!(report.is_well(), "{report:?}");
}

#[tokio::test]
async fn a_pending_case_closes_at_the_instant_it_is_due() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let case = portal.reply(&number, "resolved").await.ok();
    assert_eq!(case["closes_at"], "2026-11-25T10:00:00Z");
    portal.advance(SignedDuration::from_secs(120 * 3600 - 1));
    assert_eq!(portal.status(&number).await, "pending");
    portal.advance(SignedDuration::from_hours(50));
    // Whoever comes too late to comment is told so, though nothing has closed the case until now.
    portal.forget_tokens();
    assert_eq!(portal.comment("kim", &number, "Wait!").await.problem(), "case-closed");
    let case = portal.get("kim", &format!("/v1/cases/{number}")).await.ok();
    assert_eq!(case["closed_at"], "2026-11-25T10:00:00Z");
    assert_eq!(case["updated_at"], "2026-11-25T10:00:00Z");
    assert_eq!(case["close_reason"], "no answer for five days");
    let events = portal.get("kim", &format!("/v1/cases/{number}/events")).await.ok();
    let last = events.as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "closed");
    assert_eq!(last["at"], "2026-11-25T10:00:00Z");
    assert_eq!((&last["by"], &last["role"]), (&json!(null), &json!(null)));
    let mails = portal.rows("SELECT kind, subject FROM mails WHERE kind = 'closed'").await;
    assert_eq!(mails, [["closed", "[00000001] Case closed"]]);
    let closed = portal.get("kim", "/v1/cases?status=closed").await.ok();
    assert_eq!(closed["total"], 1);
}

#[tokio::test]
async fn a_list_shows_due_cases_closed() {
    let portal =
        TestPortal::with(|options| options.pending_closes_after = SignedDuration::from_hours(12)).await;
    let number = portal.open("kim", json!({})).await;
    portal.reply(&number, "resolved").await.ok();
    portal.advance(SignedDuration::from_hours(12));
    let page = portal.get("kim", "/v1/cases?status=pending").await.ok();
    assert_eq!((&page["total"], &page["cases"]), (&json!(0), &json!([])));
    let case = portal.get("kim", "/v1/cases").await.ok()["cases"][0].clone();
    assert_eq!(case["close_reason"], "no answer for 12 hours");
}

#[tokio::test]
async fn both_sides_talk() {
    let portal = TestPortal::new().await;
    let number = portal.open("sam", json!({})).await;
    portal.advance(SignedDuration::from_mins(1));
    portal.reply(&number, "needs_info").await.ok();
    portal.advance(SignedDuration::from_mins(1));
    let case = portal.comment("kim", &number, "It is Firefox.").await.ok();
    assert_eq!(case["status"], "open");
    assert_eq!(
        case["comments"],
        json!([
            {"id": "1", "author": "expert@example.com", "role": "expert", "via": "portal",
             "at": "2026-11-20T10:01:00Z", "body": "Like this."},
            {"id": "2", "author": "kim@example.com", "role": "customer", "via": "portal",
             "at": "2026-11-20T10:02:00Z", "body": "It is Firefox."},
        ])
    );
    portal.close("sam", &number).await.ok();
    assert_eq!(
        portal.history(&number).await,
        [
            "opened open",
            "replied my_action_required",
            "status_changed my_action_required",
            "commented open",
            "status_changed open",
            "closed closed"
        ]
    );
    let after = portal.get("sam", &format!("/v1/cases/{number}/events?after=4")).await.ok();
    assert_eq!(after[0]["seq"], 5);
    assert_eq!(after[0]["data"], json!({"from": "my_action_required"}));
    let case = portal.get("sam", &format!("/v1/cases/{number}")).await.ok();
    assert_eq!(case["close_reason"], "It works.");
}

#[tokio::test]
async fn texts_are_checked() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let long = "x".repeat(32_001);
    for (body, code) in [("", "missing"), (" \n", "blank"), ("a\0b", "has_nul"), (long.as_str(), "too_long")]
    {
        let answer = portal.comment("kim", &number, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.fields(), [("body".to_owned(), code.to_owned())]);
        let answer = portal.post("kim", &format!("/v1/cases/{number}/close"), &json!({"reason": body})).await;
        assert_eq!(answer.fields(), [("reason".to_owned(), code.to_owned())]);
    }
    portal.comment("kim", &number, &"ü".repeat(32_000)).await.ok();
}

#[tokio::test]
async fn notes_are_for_experts_only() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    let path = format!("/v1/cases/{number}/notes");
    let notes = portal.post("expert", &path, &json!({"body": "Unbelievable."})).await.ok();
    assert_eq!(
        notes,
        json!([{"author": "expert@example.com", "at": "2026-11-20T10:00:00Z", "body": "Unbelievable."}])
    );
    assert_eq!(portal.get("expert", &path).await.ok(), notes);
    for path in [format!("/v1/cases/{number}"), format!("/v1/cases/{number}/events")] {
        assert!(!portal.get("kim", &path).await.text().contains("Unbelievable"), "{path}");
    }
    for user in ["kim", "expert"] {
        assert_eq!(portal.get(user, "/v1/cases?q=unbelievable").await.ok()["total"], 0);
    }
}

#[tokio::test]
async fn a_call_back_is_offered_by_product_and_plan() {
    let portal = TestPortal::new().await;
    let call =
        async |number: &str, body| portal.post("sam", &format!("/v1/cases/{number}/call"), &body).await;
    let phone = json!({"phone": "+14155550100"});
    let number = portal.open("sam", json!({})).await;
    assert_eq!(call(&number, json!({})).await.fields(), [("phone".to_owned(), "missing".to_owned())]);
    let wrong = call(&number, json!({"phone": "0415"})).await;
    assert_eq!(wrong.fields(), [("phone".to_owned(), "not_a_phone".to_owned())]);
    call(&number, phone.clone()).await.ok();
    assert_eq!(portal.history(&number).await, ["opened open", "call_requested open"]);

    let number = portal.open("sam", json!({"contact_method": "phone", "phone": "+4915555501"})).await;
    call(&number, json!({})).await.ok();
    assert_eq!(portal.rows("SELECT phone FROM calls ORDER BY id").await[1], ["+4915555501"]);

    let web = portal.open("sam", json!({"account": "1002"})).await;
    let refused = call(&web, phone.clone()).await;
    assert_eq!(refused.problem(), "not-allowed");
    assert!(refused.text().contains("needs a Paid Support plan"), "{}", refused.text());
    let other = json!({"account": "1005", "product": "clm-cm", "category": "reports",
                       "environment": "demo", "occurred_at": null});
    let other = portal.open("sam", other).await;
    assert!(call(&other, phone).await.text().contains("isn't offered for `clm-cm`"));
}
