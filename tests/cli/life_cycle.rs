//! Every row of the life cycle, through the binary, by both sides of the desk.

use jiff::SignedDuration;

use crate::world::World;

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[test]
fn an_expert_asks_and_the_customer_answers() {
    let world = World::new();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[]);
    let status = || sam.json(&["case", "show", &number])["status"].as_str().unwrap().to_owned();
    assert_eq!(status(), "open");

    expert.run(&["expert", "reply", &number, "--needs-info", "-m", "Which browser?"]).succeeded();
    assert_eq!(status(), "my_action_required");
    // It never closes by itself.
    world.advance(DAY * 400);
    let sam = world.sam();
    assert_eq!(sam.json(&["case", "show", &number])["status"], "my_action_required");

    let case = sam.json(&["case", "comment", &number, "-m", "Firefox"]);
    assert_eq!(case["status"], "open");
    assert_eq!(case["comments"][1]["body"], "Firefox");
    assert_eq!(case["comments"][1]["role"], "customer");
    assert_eq!(case["comments"][0]["role"], "expert");
}

#[test]
fn a_pending_case_closes_by_itself_at_the_instant_it_is_due() {
    let world = World::new();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[]);
    let case = expert.json(&["expert", "reply", &number, "--resolved", "-m", "Try again."]);
    assert_eq!(case["status"], "pending");
    let due: jiff::Timestamp = case["closes_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(due, world.clock.now() + DAY * 5);

    // What isn't a comment doesn't stop the clock.
    sam.run(&["case", "watch", &number, "ops@example.com"]).succeeded();
    let file = world.file("trace.har", "{}");
    sam.run(&["case", "attach", &number, crate::world::path(&file)]).succeeded();
    world.advance(DAY * 5 - SignedDuration::from_secs(1));
    assert_eq!(sam.json(&["case", "show", &number])["status"], "pending");
    world.advance(SignedDuration::from_secs(1));
    let case = sam.json(&["case", "show", &number]);
    assert_eq!(case["status"], "closed");
    assert_eq!(case["closed_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap(), due);
    assert_eq!(case["closes_at"], serde_json::Value::Null);
    // Lists agree, and it stays among the customer's cases.
    assert_eq!(sam.json(&["case", "list", "--status", "pending"])["total"], 0);
    assert_eq!(sam.json(&["case", "list", "--status", "closed"])["total"], 1);
    let history = sam.json(&["case", "show", &number, "--history"])["history"].clone();
    let last = history.as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["kind"].as_str(), last["by"].as_str()), (Some("closed"), None));
}

#[test]
fn a_comment_on_a_pending_case_hands_it_back() {
    let world = World::new();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[]);
    expert.run(&["expert", "reply", &number, "--resolved", "-m", "Try again."]).succeeded();
    world.advance(DAY * 4);
    let case = sam.json(&["case", "comment", &number, "-m", "Still broken"]);
    assert_eq!((&case["status"], &case["closes_at"]), (&"open".into(), &serde_json::Value::Null));
    world.advance(DAY * 4);
    assert_eq!(sam.json(&["case", "show", &number])["status"], "open");
}

#[test]
fn nothing_can_be_done_to_a_closed_case_but_go_on_from_it() {
    let world = World::new();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[]);
    // Still open: nothing to go on from.
    let from_open = sam.run(&with_follows(&number)).exits(3);
    assert_eq!(from_open.fields(), ["follows"]);

    let case = sam.json(&["case", "close", &number, "--reason", "It was our firewall."]);
    assert_eq!((&case["status"], &case["close_reason"]), (&"closed".into(), &"It was our firewall.".into()));
    let file = world.file("late.txt", "late");
    let late = crate::world::path(&file);
    for refused in [
        vec!["case", "comment", &number, "-m", "wait"],
        vec!["case", "attach", &number, late],
        vec!["case", "watch", &number, "ops@example.com"],
        vec!["case", "call", &number, "--phone", "+14155550100"],
        vec!["case", "close", &number, "--reason", "again"],
    ] {
        let error = sam.run(&[&refused[..], &["--json"]].concat()).exits(10).error();
        assert_eq!(error["kind"], "closed", "{refused:?}");
    }
    let reply = ["expert", "reply", &number, "--resolved", "-m", "wait", "--json"];
    expert.run(&reply).exits(10);

    let again = sam.run(&with_follows(&number)).succeeded().json();
    assert_eq!(again["follows"], number.as_str());
    let comment = again["comments"][0]["body"].as_str().unwrap();
    assert!(comment.contains(&number), "{comment}");
    assert_eq!(again["comments"][0]["author"], "sam@example.com");
}

#[test]
fn several_cases_are_closed_in_their_turn_whatever_becomes_of_one() {
    let world = World::new();
    let sam = world.sam();
    let [a, b, c]: [String; 3] = std::array::from_fn(|_| sam.open(&[]));
    let close = |numbers: &[&str], further: &[&str]| {
        let words = [&["case", "close"], numbers, &["--reason", "Solved"], further].concat();
        sam.run(&words)
    };
    let run = close(&[&a, "99", &b, &a], &[]).exits(9);
    assert_eq!(run.stdout, "");
    assert!(
        run.stderr.starts_with(&format!(
            "closed case {a}\nclosed case {b}\ndocket: closed 2 of 3 cases; not closed: case 00000099: "
        )),
        "{}",
        run.stderr
    );
    let run = close(&[&b, &c], &["--json"]).exits(9);
    let rows = run.json();
    assert_eq!(rows[0]["closed"], false);
    assert!(rows[0]["error"].as_str().unwrap().contains("is closed"), "{rows}");
    assert_eq!(rows[1], serde_json::json!({"number": c, "closed": true, "error": null}));
    assert_eq!(run.error()["kind"], "partly_done");
    for number in [&a, &b, &c] {
        assert_eq!(sam.json(&["case", "show", number])["close_reason"], "Solved");
    }
    close(&[&a, &b], &[]).exits(10);
    close(&["98", "99"], &["--json"]).exits(5);
    close(&[&a, &b], &["--json=status"]).exits(2);
    sam.run(&["case", "close", &a, &b]).exits(2);
}

fn with_follows(number: &str) -> Vec<&str> {
    let mut args = vec!["case", "new", "--json", "--follows", number];
    args.extend(["--product", "esignature", "--category", "sending", "--subcategory", "other"]);
    args.extend([
        "--subject",
        "Again",
        "--description",
        "It is back.",
        "--occurred-at",
        "2026-11-20T09:30:00Z",
    ]);
    args.extend(["--contact-method", "email"]);
    args
}

#[test]
fn calls_are_for_those_who_pay_for_them() {
    let world = World::new();
    let sam = world.sam();
    let called = |user: &crate::world::User, number: &str| {
        user.run(&["case", "call", number, "--phone", "+14155550100", "--json"])
    };
    let paid = sam.open(&[]);
    called(&sam, &paid).succeeded();
    let rooms = sam.open(&[("product", "rooms"), ("category", "access"), ("subcategory", "other")]);
    called(&sam, &rooms).succeeded();
    let web = world.user("sam@example.com").at("1002");
    let number = web.open(&[]);
    let error = called(&web, &number).exits(4).error();
    assert!(error["message"].as_str().unwrap().to_lowercase().contains("paid"), "{error}");
    let history = sam.json(&["case", "show", &paid, "--history"])["history"].clone();
    assert!(history.as_array().unwrap().iter().any(|event| event["kind"] == "call_requested"), "{history}");
    // Without a number there is nothing to call.
    assert_eq!(sam.run(&["case", "call", &paid, "--json"]).exits(3).fields(), ["phone"]);
}
