//! A job in a fresh container, and no portal: what it wanted to file is kept and filed later, once.

use crate::relay::{Deed, Relay, problem};
use crate::world::{World, answers, nobody_at, path};

#[test]
fn a_case_that_can_not_be_checked_is_kept_and_checked_when_it_is_sent() {
    let world = World::new();
    let sam = world.sam();
    let flags = answers(&[("occurred-at", "2h ago")]);
    let args: Vec<&str> =
        ["case", "new", "--json"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let place = nobody_at("127.0.0.1:0");
    let lost = sam.clone().to(&format!("http://{}", place.local_addr().unwrap()));
    let error = lost.run(&args).exits(6).error();
    assert!(error["hints"].to_string().contains("docket outbox send"), "{error}");

    let listed = lost.json(&["outbox", "list"]);
    let entry = &listed[0];
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!((&entry["kind"], &entry["state"]), (&"case".into(), &"waiting".into()));
    assert_eq!(entry["subject"], "Envelopes stay in the outbox");

    // The entry is bound to that portal; let it come up there.
    let path = lost.entry();
    let text = std::fs::read_to_string(&path).unwrap();
    let portal: serde_json::Value = serde_json::from_str(&text).unwrap();
    let moved = text.replace(portal["portal"].as_str().unwrap(), &world.url);
    std::fs::write(&path, moved).unwrap();
    let sent = sam.json(&["outbox", "send"]);
    assert_eq!(sent[0]["error"], serde_json::Value::Null);
    assert_eq!(sam.json(&["case", "list"])["total"], 1);
    assert_eq!(sam.json(&["outbox", "list"]), serde_json::json!([]));
}

#[test]
fn a_dry_run_keeps_nothing() {
    let world = World::new();
    let flags = answers(&[]);
    let args: Vec<&str> =
        ["case", "new", "--dry-run", "--json"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let place = nobody_at("127.0.0.1:0");
    let lost = world.sam().to(&format!("http://{}", place.local_addr().unwrap()));
    lost.run(&args).exits(6);
    assert_eq!(lost.json(&["outbox", "list"]), serde_json::json!([]));
}

#[test]
fn defaults_answer_what_nobody_has_answered_and_what_applies() {
    let world = World::new();
    let sam = world.sam();
    std::fs::create_dir_all(sam.home().join("config")).unwrap();
    let config = "[defaults]\nproduct = 'esignature'\ncontact-method = 'online'\nenvironment = 'demo'\nlanguage = 'de'\n";
    std::fs::write(sam.home().join("config/config.toml"), config).unwrap();
    let flags = answers(&[("product", ""), ("contact-method", ""), ("language", "fr")]);
    let args: Vec<&str> =
        ["case", "new", "--dry-run"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let fields = sam.json(&args)["body"]["fields"].clone();
    assert_eq!((&fields["product"], &fields["contact_method"]), (&"esignature".into(), &"online".into()));
    assert_eq!(fields["language"], "fr");
    assert_eq!(fields.get("environment"), None);

    std::fs::write(sam.home().join("config/config.toml"), "[defaults]\nproduckt = 'esignature'\n").unwrap();
    let run = sam.run(&args).exits(2);
    assert!(run.stderr.contains("config.toml:2: the form has no field `produckt`"), "{}", run.stderr);
}

#[test]
fn a_file_that_is_gone_by_then_leaves_the_case_and_its_number() {
    let world = World::new();
    let sam = world.sam();
    sam.run(&["form"]).succeeded();
    sam.run(&["status"]).succeeded();
    let file = world.file("gone.log", "It failed.");
    let args = answers(&[("attach", path(&file))]);
    let args: Vec<&str> = ["case", "new"].into_iter().chain(args.iter().map(String::as_str)).collect();
    world.stop();
    sam.run(&args).exits(6);
    std::fs::remove_file(&file).unwrap();
    world.restart(|options| options);
    let run = sam.run(&["outbox", "send", "--json"]).exits(9);
    let sent = run.json();
    assert_eq!(sent[0]["case"], "00000001");
    assert!(sent[0]["error"].as_str().unwrap().contains("gone.log was not attached"), "{sent}");
    assert_eq!(sam.json(&["outbox", "list"]), serde_json::json!([]));
}

#[test]
fn a_portal_that_is_away_is_asked_once_and_told_of_once() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("nightly.log", "failed");
    let words = answers(&[]);
    let words: Vec<&str> =
        ["case", "new", "--attach", path(&log)].into_iter().chain(words.iter().map(String::as_str)).collect();
    let relay = Relay::interfering(&world.url, |request| match request.writes() {
        true => Deed::Answer(problem("unavailable", 503, "closed for the night")),
        false => Deed::Pass,
    });
    let there = sam.clone().to(&relay.url);
    for _ in 0..3 {
        there.run(&words).exits(6);
    }
    let waiting = there.json(&["outbox", "list"]);
    let since = waiting[0]["since"].as_str().unwrap();
    assert!(since.len() == "2026-11-20T09:30:00Z".len() && since.ends_with('Z'), "{since}");
    assert_eq!(waiting[0].as_object().unwrap().len(), 8, "{waiting}");
    let list = there.run(&["outbox", "list"]).succeeded().stdout;
    assert!(list.lines().next().unwrap().contains("  FILES"), "{list}");
    relay.take();
    let run = there.run(&["outbox", "send", "--no-retry"]).exits(6);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines.len() == 2 && lines[0].contains(": still in the outbox: "), "{}", run.stdout);
    assert!(lines[1].starts_with("the same goes for "), "{}", run.stdout);
    assert_eq!(relay.take().iter().filter(|request| request.starts_with("POST")).count(), 1);
    // A program has a row for each.
    let sent: Vec<serde_json::Value> =
        serde_json::from_str(&there.run(&["outbox", "send", "--json"]).exits(6).stdout).unwrap();
    assert_eq!(sent.len(), 3);
    assert_eq!(sam.json(&["outbox", "list"]).as_array().unwrap().len(), 3);
}

#[test]
fn nothing_on_standard_input_is_said_in_plain_words() {
    let world = World::new();
    let error = world.sam().run_with(&["case", "new", "--from", "-", "--json"], "\n").exits(2).error();
    assert_eq!(error["message"], "standard input is empty: it has to have the answers of a case");
}
