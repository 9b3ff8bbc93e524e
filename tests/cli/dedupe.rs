//! One case for many alerts: `case new --dedupe-key`.

use std::sync::atomic::{AtomicBool, Ordering};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::relay::{Deed, Relay, answer};
use crate::world::{Run, User, World, answers, path, run, settings};

const CODES: [&str; 3] = ["comment", "skip", "fail"];

/// The words of `case new` with a key.
fn words(further: &[&str]) -> Vec<String> {
    let words = ["case", "new", "--dedupe-key", "nightly"].map(str::to_owned).into_iter();
    words.chain(answers(&[])).chain(further.iter().map(|word| (*word).to_owned())).collect()
}

fn alert(user: &User, further: &[&str]) -> Run {
    let words = words(further);
    user.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

fn comments(user: &User, number: &str) -> usize {
    user.json(&["case", "show", number])["comments"].as_array().unwrap().len()
}

fn names(case: &Value) -> Vec<&str> {
    case["attachments"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect()
}

#[test]
fn twenty_jobs_at_once_make_one_case() {
    for (on_duplicate, codes, expected) in [("comment", [0, 0], 19), ("skip", [0, 0], 0), ("fail", [0, 1], 0)]
    {
        let world = World::new();
        let sam = world.sam();
        alert(&sam, &["--dry-run"]).succeeded();
        let words = words(&["--on-duplicate", on_duplicate, "--json=number,created"]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let jobs: Vec<_> = (0..20)
            .map(|_| {
                let command = sam.command(&words);
                std::thread::spawn(move || run(command, None))
            })
            .collect();
        let runs: Vec<Run> = jobs.into_iter().map(|job| job.join().unwrap()).collect();
        let created = json!({"number": "00000001", "created": true});
        let (created, found): (Vec<_>, Vec<_>) =
            runs.iter().partition(|run| run.code == Some(0) && run.json() == created);
        assert_eq!((created.len(), found.len()), (1, 19), "{on_duplicate}");
        for run in found {
            assert_eq!(run.code, Some(codes[1]), "{on_duplicate}: {}", run.stderr);
            if codes[1] == 0 {
                assert_eq!(run.json(), json!({"number": "00000001", "created": false}));
            }
        }
        assert_eq!(sam.json(&["case", "list"])["total"], 1, "{on_duplicate}");
        assert_eq!(comments(&sam, "1"), expected, "{on_duplicate}");
        assert_eq!(sam.json(&["outbox", "list"]), json!([]), "{on_duplicate}");
    }
}

#[test]
fn a_comment_brings_files_and_watchers_and_says_so() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("nightly.log", "failed");
    let with = ["--attach", path(&log), "--watch", "ops@example.com"];
    alert(&sam, &with).succeeded();
    let second = alert(&sam, &[&with[..], &["--watch", "zoe@example.com"]].concat()).succeeded();
    settings(&world).bind(|| assert_snapshot!(second.shown()));
    let case = sam.json(&["case", "show", "1"]);
    assert_eq!(names(&case), ["nightly.log", "nightly-2.log"]);
    assert_eq!(case["watchers"], json!(["ops@example.com", "zoe@example.com"]));
    let third = alert(&sam, &[&with[..], &["--json"]].concat()).succeeded().json();
    assert_eq!((&third["created"], &third["number"]), (&json!(false), &json!("00000001")));
    assert_eq!(names(&third), ["nightly.log", "nightly-2.log", "nightly-3.log"]);
}

#[test]
fn skipping_sends_neither_files_nor_watchers() {
    let world = World::new();
    let sam = world.sam();
    alert(&sam, &[]).succeeded();
    let log = world.file("nightly.log", "failed");
    let relay = Relay::to(&world.url);
    let further =
        ["--on-duplicate", "skip", "--attach", path(&log), "--watch", "ops@example.com", "--idempotency-key"];
    let further = [&further[..], &["the-key-of-a-job"]].concat();
    let there = sam.clone().to(&relay.url);
    let run = alert(&there, &further).succeeded();
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    // The same again is the same answer.
    let again = alert(&there, &[&further[..], &["--json"]].concat()).succeeded().json();
    assert_eq!((&again["created"], names(&again)), (&json!(false), vec![]));
    assert!(!relay.heard().iter().any(crate::relay::Request::attaches));
    let case = sam.json(&["case", "show", "1"]);
    assert_eq!((names(&case), &case["watchers"], &case["comments"]), (vec![], &json!([]), &json!([])));
}

#[test]
fn failing_names_the_case_and_leaves_nothing_behind() {
    let world = World::new();
    let sam = world.sam();
    alert(&sam, &["--on-duplicate", "fail"]).succeeded();
    let error = alert(&sam, &["--on-duplicate", "fail", "--json"]).exits(1).error();
    assert_eq!(error["kind"], "duplicate");
    assert_eq!(
        error["message"],
        "case 00000001 has the dedupe key `nightly` and isn't closed; nothing was written"
    );
    assert_eq!(error["hints"], json!(["docket case show 00000001"]));
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
    sam.run(&["case", "close", "1", "--reason", "mended"]).succeeded();
    let next = alert(&sam, &["--on-duplicate", "fail", "--json=number,created"]).succeeded().json();
    assert_eq!(next, json!({"number": "00000002", "created": true}));
}

#[test]
fn wrong_usage_is_told_before_anything_is_asked() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let long = "ü".repeat(256);
    for (words, why) in [
        (vec!["--dedupe-key", ""], "a dedupe key has 1 to 255 characters, and this one is empty"),
        (vec!["--dedupe-key", "a\tb"], "number 2 of this one is U+0009"),
        (vec!["--dedupe-key", "a "], "a dedupe key has no space at either end"),
        (vec!["--dedupe-key", "a\nb"], "number 2 of this one is U+000A"),
        (vec!["--dedupe-key", &long], "a dedupe key has 1 to 255 characters, and this one has 256"),
        (vec!["--dedupe-key", "a", "--on-duplicate", "ignore"], "ignore"),
        (vec!["--on-duplicate", "skip"], "--dedupe-key"),
    ] {
        let run = sam.run(&[&["case", "new", "--json"], &words[..]].concat()).exits(2);
        assert!(run.error().to_string().contains(why), "{words:?}: {}", run.stderr);
    }
    assert_eq!(relay.take(), [""; 0]);
}

#[test]
fn a_key_has_whatever_characters_can_be_seen() {
    let world = World::new();
    let sam = world.sam();
    let long = "🔑".repeat(255);
    for (at, key) in ["🔑", "two words", "--", "夜間バッチ", &long].into_iter().enumerate() {
        let given = format!("--dedupe-key={key}");
        for created in [true, false] {
            let words = ["case", "new", &given, "--json=number,created"].map(str::to_owned).into_iter();
            let words: Vec<String> = words.chain(answers(&[])).collect();
            let run = sam.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).succeeded();
            let expected = json!({"number": format!("{:08}", at + 1), "created": created});
            assert_eq!(run.json(), expected, "{key}");
        }
    }
}

/// The portal as it says it is, without dedupe keys.
fn older(request: &crate::relay::Request) -> Deed {
    if request.path != "/v1/portal" {
        return Deed::Pass;
    }
    let about = json!({
        "name": "Support", "version": "0.0.9", "url": "https://desk.example.com", "max_attachment": 25_000_000,
        "capabilities": ["attachments", "search"], "now": "2026-11-20T10:00:00Z",
    });
    Deed::Answer(answer(200, "application/json", &about.to_string()))
}

#[test]
fn a_portal_that_knows_no_keys_gets_no_case() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, older);
    let sam = world.sam().to(&relay.url);
    for on_duplicate in CODES {
        for dry_run in [&["--json"][..], &["--json", "--dry-run"]] {
            let error = alert(&sam, &[&["--on-duplicate", on_duplicate], dry_run].concat()).exits(1).error();
            let message = error["message"].as_str().unwrap();
            assert!(
                message.contains("doesn't know dedupe keys") && message.ends_with("nothing was sent"),
                "{message}"
            );
        }
    }
    assert!(relay.heard().iter().all(|request| !request.writes()));
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
    // Without a key it can be filed there.
    sam.open(&[]);
}

#[test]
fn only_an_alert_costs_a_further_request() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    sam.open(&[]);
    relay.take();
    alert(&sam, &[]).succeeded();
    assert_eq!(relay.take(), ["GET /v1/portal", "POST /v1/cases"]);
    sam.open(&[]);
    assert_eq!(relay.take(), ["POST /v1/cases"]);
}

#[test]
fn an_alert_out_of_the_outbox_finds_the_case_that_another_has_opened() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("nightly.log", "failed");
    alert(&sam, &["--dry-run"]).succeeded();
    world.stop();
    for on_duplicate in CODES {
        let error = alert(&sam, &["--attach", path(&log), "--on-duplicate", on_duplicate, "--json"]).exits(6);
        assert!(error.error()["hints"].to_string().contains("docket outbox send"), "{}", error.stderr);
    }
    world.restart(|options| options);
    let other = world.sam();
    assert_eq!(alert(&other, &["--json"]).succeeded().json()["created"], true);
    let sent = other.run(&["outbox", "send", "--json"]).exits(9).json();
    let sent: Vec<(&Value, bool)> =
        sent.as_array().unwrap().iter().map(|sent| (&sent["case"], sent["error"].is_null())).collect();
    let case = json!("00000001");
    assert_eq!(sent, [(&case, true), (&case, true), (&Value::Null, false)]);
    // The comment is there with its file, the one to be skipped isn't, and the one that failed can be looked at.
    let case = other.json(&["case", "show", "1"]);
    assert_eq!((names(&case), comments(&other, "1")), (vec!["nightly.log"], 1));
    let left = other.json(&["outbox", "list"]);
    assert_eq!(left.as_array().unwrap().len(), 1);
    assert!(
        left[0]["last_error"].as_str().unwrap().starts_with("case 00000001 has the dedupe key"),
        "{left}"
    );
}

#[test]
fn an_alert_whose_answer_is_lost_comments_once() {
    let world = World::new();
    let sam = world.sam();
    alert(&sam, &[]).succeeded();
    let lost = AtomicBool::new(false);
    let relay = Relay::interfering(&world.url, move |request| {
        match request.writes() && !lost.swap(true, Ordering::SeqCst) {
            true => Deed::LoseAnswer,
            false => Deed::Pass,
        }
    });
    let found = alert(&sam.clone().to(&relay.url), &["--json"]).succeeded().json();
    assert_eq!((&found["created"], &found["number"]), (&json!(false), &json!("00000001")));
    assert_eq!(comments(&sam, "1"), 1);
}
