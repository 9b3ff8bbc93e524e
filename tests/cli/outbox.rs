//! What couldn't be sent: kept as it was written, tried again as often as is wanted, sent by one docket at a time.

use std::fs::File;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use serde_json::{Value, json};

use crate::relay::{Deed, Relay, answer, problem};
use crate::world::{Run, User, World, answers, path};

fn new(user: &User, further: &[&str]) -> Run {
    let flags = answers(&[]);
    let args: Vec<&str> = ["case", "new"]
        .into_iter()
        .chain(flags.iter().map(String::as_str))
        .chain(further.iter().copied())
        .collect();
    user.run(&args)
}

#[test]
fn a_file_that_has_changed_since_is_not_sent_in_its_place() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &["--dry-run"]).succeeded();
    let (log, picture) = (world.file("nightly.log", "it failed"), world.file("screen.png", "a picture"));
    world.stop();
    new(&sam, &["--attach", path(&log), "--attach", path(&picture)]).exits(6);
    // As long as before, as the next night's would be.
    std::fs::write(&log, "all fine!").unwrap();
    world.restart(|options| options);
    let run = sam.run(&["outbox", "send"]).exits(9);
    let hint = format!("hint: docket case attach 00000001 {}", log.display());
    assert!(
        run.stderr.contains("nightly.log was not attached: it has changed since the case was written")
            && run.stderr.contains(&hint),
        "{}",
        run.stderr
    );
    let case = sam.json(&["case", "show", "1"]);
    let names: Vec<&Value> =
        case["attachments"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(names, ["screen.png"]);
}

#[test]
fn two_dockets_send_an_entry_once() {
    let world = World::new();
    let (arrived, wait_for_arrival) = mpsc::channel();
    let (go_on, wait_to_go_on) = mpsc::channel();
    let held = Mutex::new((arrived, wait_to_go_on));
    let hold = std::sync::Arc::new(AtomicBool::new(false));
    let relay = Relay::interfering(&world.url, {
        let hold = std::sync::Arc::clone(&hold);
        move |request| {
            if request.opens_a_case() && hold.swap(false, Ordering::SeqCst) {
                let held = held.lock().unwrap();
                held.0.send(()).unwrap();
                held.1.recv().unwrap();
            }
            Deed::Pass
        }
    });
    let sam = world.sam().to(&relay.url);
    new(&sam, &["--dry-run"]).succeeded();
    world.stop();
    new(&sam, &["--no-retry"]).exits(7);
    world.restart(|options| options);
    let id = sam.json(&["outbox", "list"])[0]["id"].as_str().unwrap().to_owned();
    relay.take();
    hold.store(true, Ordering::SeqCst);
    let first = sam.command(&["outbox", "send", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    wait_for_arrival.recv().unwrap();
    let second = sam.run(&["outbox", "send"]).succeeded();
    assert!(second.stderr.contains(&format!("{id} is being sent by another docket")), "{}", second.stderr);
    for words in [["outbox", "send", &id], ["outbox", "drop", &id]] {
        let refused = sam.run(&words).exits(1);
        assert!(refused.stderr.contains("is being sent by another docket"), "{}", refused.stderr);
    }
    go_on.send(()).unwrap();
    let sent: Value = serde_json::from_slice(&first.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(sent[0]["case"], "00000001");
    assert_eq!(relay.take().iter().filter(|request| *request == "POST /v1/cases").count(), 1);
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
    assert_eq!(sam.json(&["case", "list"])["total"], 1);
    // Nothing of it is left behind.
    assert_eq!(std::fs::read_dir(sam.home().join("data/outbox")).unwrap().count(), 0);
}

#[test]
fn a_job_says_how_often_it_is_tried() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| match request.opens_a_case() {
        true => Deed::Answer(problem("unavailable", 503, "back in a moment")),
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    new(&sam, &["--dry-run"]).succeeded();
    for (flags, tries) in
        [(&["--no-retry"][..], 1), (&["--max-retries", "0"], 1), (&["--max-retries", "1"], 2), (&[], 4)]
    {
        relay.take();
        new(&sam, flags).exits(6);
        assert_eq!(relay.take().len(), tries, "{flags:?}");
    }
    new(&sam, &["--max-retries", "1", "--no-retry"]).exits(2);
    new(&sam, &["--max-retries", "often"]).exits(2);
}

#[test]
fn a_portal_that_is_back_soon_costs_a_pause_and_one_line() {
    let world = World::new();
    let busy = std::sync::atomic::AtomicU32::new(0);
    let wait = b"HTTP/1.1 503 Busy\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let relay = Relay::interfering(&world.url, move |request| {
        match request.opens_a_case() && busy.fetch_add(1, Ordering::SeqCst) % 3 < 2 {
            true => Deed::Answer(wait.to_vec()),
            false => Deed::Pass,
        }
    });
    let sam = world.sam().to(&relay.url);
    let run = new(&sam, &[]).succeeded();
    assert_eq!(run.stderr.matches("; trying again").count(), 1, "{}", run.stderr);
    // A program that reads stderr gets nothing or a failure.
    assert_eq!(new(&sam, &["--json"]).succeeded().stderr, "");
    assert_eq!(sam.json(&["case", "list"])["total"], 2);
}

#[test]
fn a_portal_that_answers_with_anything_but_an_answer_leaves_one_case_and_no_doubt() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &["--dry-run"]).succeeded();
    let page = || answer(200, "text/html", "<title>Maintenance</title>");
    let done = std::sync::Arc::new(AtomicBool::new(false));
    let relay = Relay::interfering(&world.url, {
        let done = std::sync::Arc::clone(&done);
        move |request| match request.opens_a_case() && !done.load(Ordering::SeqCst) {
            true => Deed::Answer(page()),
            false => Deed::Pass,
        }
    });
    let relayed = sam.clone().to(&relay.url);
    let error = new(&relayed, &["--json"]).exits(7).error();
    assert_eq!(error["kind"], "unknown_outcome");
    done.store(true, Ordering::SeqCst);
    assert_eq!(relayed.json(&["outbox", "send"])[0]["case"], "00000001");
    assert_eq!(sam.json(&["case", "list"])["total"], 1);
}

#[test]
fn a_file_that_can_not_follow_yet_stays_in_the_outbox_and_is_attached_once() {
    let world = World::new();
    let away = std::sync::Arc::new(AtomicBool::new(true));
    let relay = Relay::interfering(&world.url, {
        let away = std::sync::Arc::clone(&away);
        let begun = AtomicBool::new(false);
        move |request| {
            // The first file gets through, then the portal goes away.
            let first = request.attaches() && !begun.swap(true, Ordering::SeqCst);
            let follows = request.path.contains("attachments") || request.path.contains("uploads");
            match follows && !first && request.method == "POST" && away.load(Ordering::SeqCst) {
                true => Deed::Answer(problem("unavailable", 503, "back in a minute")),
                false => Deed::Pass,
            }
        }
    });
    let sam = world.sam().to(&relay.url);
    let (one, two) = (world.file("one.txt", "1"), world.file("two.txt", "22"));
    let files = ["--attach", path(&one), "--attach", path(&two), "--json", "--no-retry"];
    let run = new(&sam, &files).exits(9);
    let entry = sam.json(&["outbox", "list"])[0].clone();
    let id = entry["id"].as_str().unwrap();
    let retry = format!("docket outbox send {id}");
    assert_eq!(run.json()["incomplete"][0]["retry"], retry);
    assert_eq!(run.error()["hints"], json!([retry]));
    assert!(entry["last_error"].as_str().unwrap().starts_with("case 00000001 is open, but "), "{entry}");
    sam.run(&["outbox", "send", "--no-retry"]).exits(9);
    // It looks new, and more time has gone by than a portal knows keys; it is the same file for the same case.
    File::options().write(true).open(&one).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    let mut kept: Value = serde_json::from_slice(&std::fs::read(sam.entry()).unwrap()).unwrap();
    assert_eq!(kept["case"], "00000001");
    kept["sent"] = json!(jiff::Timestamp::now() - jiff::SignedDuration::from_hours(8 * 24));
    std::fs::write(sam.entry(), kept.to_string()).unwrap();
    away.store(false, Ordering::SeqCst);
    assert_eq!(sam.json(&["outbox", "send"])[0]["error"], Value::Null);
    let case = sam.json(&["case", "show", "1"]);
    let mut names: Vec<&str> =
        case["attachments"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    // They went at the same time.
    names.sort_unstable();
    assert_eq!(names, ["one.txt", "two.txt"]);
    assert_eq!(
        (sam.json(&["case", "list"])["total"].clone(), sam.json(&["outbox", "list"])),
        (json!(1), json!([]))
    );
}

#[test]
fn a_file_that_is_named_twice_is_attached_once() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("a.log", "failed");
    new(&sam, &["--attach", path(&log), "--attach", path(&log)]).succeeded();
    sam.run(&["case", "attach", "1", "a.log", "./a.log"]).succeeded();
    let case = sam.json(&["case", "show", "1"]);
    let names: Vec<&Value> =
        case["attachments"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    // Once by each command.
    assert_eq!(names, ["a.log", "a-2.log"]);
}

#[test]
fn what_is_forgotten_is_said_as_it_is() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &["--dry-run"]).succeeded();
    world.stop();
    new(&sam, &[]).exits(6);
    let drop = || {
        let entry = sam.entry();
        let id = entry.file_stem().unwrap().to_str().unwrap();
        sam.run(&["outbox", "drop", id]).succeeded().stderr.replace(id, "ID")
    };
    assert_eq!(drop(), "forgot ID; it was not sent\n");
    world.restart(|options| options);
    let lost = Relay::interfering(&world.url, |request| match request.writes() {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let sam = sam.clone().to(&lost.url);
    new(&sam, &["--no-retry"]).exits(7);
    assert_eq!(drop(), "forgot ID; whether it was done isn't known\n");
}

#[test]
fn several_entries_are_forgotten_in_their_turn() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &["--dry-run"]).succeeded();
    world.stop();
    let ids = || -> Vec<String> {
        let listed = sam.json(&["outbox", "list"]);
        listed.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    };
    (0..3).for_each(|_| drop(new(&sam, &[]).exits(6)));
    let all = ids();
    let run = sam.run(&["outbox", "drop", &all[0], "none", &all[1], &all[0], "--json"]).exits(9);
    let message = |id: &str| format!("forgot {id}; it was not sent");
    assert_eq!(
        run.json(),
        serde_json::json!([
            {"id": all[0], "message": message(&all[0]), "error": null},
            {"id": "none", "message": null, "error": "the outbox has no entry `none`"},
            {"id": all[1], "message": message(&all[1]), "error": null},
        ])
    );
    assert_eq!(
        run.error()["message"],
        "forgotten 2 of 3 entries; not forgotten: none: the outbox has no entry `none`"
    );
    assert_eq!(ids(), [all[2].as_str()]);
    sam.run(&["outbox", "drop", "none", "nothing"]).exits(2);
    let run = sam.run(&["outbox", "drop", &all[2], &all[1]]).exits(9);
    assert!(
        run.stderr.starts_with(&format!("{}\ndocket: forgotten 1 of 2", message(&all[2]))),
        "{}",
        run.stderr
    );
    let one = sam.run(&["outbox", "drop", &all[2], "--json"]).exits(2);
    assert_eq!(one.stdout, "");
}

/// The portal's form has changed, docket fetches the new one, and is killed meanwhile.
#[test]
fn a_case_that_is_checked_anew_is_in_the_outbox_all_the_while() {
    let world = World::new();
    let (told, arrived) = mpsc::channel();
    let told = Mutex::new(told);
    let changed = AtomicBool::new(false);
    let relay = Relay::interfering(&world.url, move |request| {
        if request.opens_a_case() && !changed.swap(true, Ordering::SeqCst) {
            return Deed::Answer(problem("form-changed", 412, "the form is another one now"));
        }
        if changed.load(Ordering::SeqCst) && !request.writes() {
            let _ = told.lock().unwrap().send(());
            return Deed::Hang;
        }
        Deed::Pass
    });
    let sam = world.sam().to(&relay.url);
    new(&sam, &["--dry-run"]).succeeded();
    let flags = answers(&[]);
    let args: Vec<&str> = ["case", "new"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let mut filing = sam.command(&args).spawn().unwrap();
    arrived.recv().unwrap();
    filing.kill().unwrap();
    filing.wait().unwrap();
    let entry = std::fs::read_to_string(sam.entry()).unwrap();
    std::fs::write(sam.entry(), entry.replace(&relay.url, &world.url)).unwrap();
    let sam = sam.clone().to(&world.url);
    assert_eq!(sam.json(&["outbox", "list"])[0]["state"], "waiting");
    assert_eq!(sam.json(&["outbox", "send"])[0]["case"], "00000001");
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
}

#[test]
fn a_case_that_is_in_the_outbox_already_is_told_of() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &["--dry-run"]).succeeded();
    world.stop();
    new(&sam, &[]).exits(6);
    world.restart(|options| options);
    let id = sam.json(&["outbox", "list"])[0]["id"].as_str().unwrap().to_owned();
    let told = format!("the outbox has the same case as {id}; if that is the one you mean");
    assert!(new(&sam, &[]).succeeded().stderr.contains(&told));
    let other = answers(&[("subject", "Another")]);
    let args: Vec<&str> = ["case", "new"].into_iter().chain(other.iter().map(String::as_str)).collect();
    assert!(!sam.run(&args).succeeded().stderr.contains("the outbox has"));
}
