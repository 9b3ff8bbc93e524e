//! Filing a case: where its answers come from, what is sent, and what follows.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::relay::{Deed, Relay, problem};
use crate::world::{Run, User, World, answers, path, settings};

/// A case about eSignature in YAML.
const YAML: &str = "\
product: esignature
category: sending
subcategory: envelope-stuck
subject: Envelopes stay in the outbox
description: None has left since this morning.
occurred_at: 2026-11-20T09:30:00Z
contact_method: email
";

/// `case new` with the usual answers, some changed, and further words.
pub fn new(user: &User, changes: &[(&str, &str)], further: &[&str]) -> Run {
    let flags = answers(changes);
    let words = ["case", "new"].into_iter().chain(flags.iter().map(String::as_str));
    user.run(&words.chain(further.iter().copied()).collect::<Vec<_>>())
}

/// How many cases there are.
pub fn count(user: &User) -> u64 {
    user.json(&["case", "list"])["total"].as_u64().unwrap()
}

pub fn outbox(user: &User) -> Value {
    user.json(&["outbox", "list"])
}

/// The names of a case's files, in alphabetical order: they appear as they are ready.
fn names(case: &Value) -> Vec<&str> {
    let attachments = case["attachments"].as_array().unwrap();
    let mut names: Vec<_> = attachments.iter().map(|file| file["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_case_by_flags() {
    let world = World::new();
    let sam = world.sam();
    let run =
        new(&sam, &[("envelope-id", "4B7F1C02-9D3E-4A55-8C61-0E2F9AB3D47C"), ("user-impact", "all")], &[])
            .succeeded();
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    let number = sam.json(&["case", "list"])["cases"][0]["number"].as_str().unwrap().to_owned();
    let shown = sam.run(&["case", "show", &number]).succeeded();
    settings(&world).bind(|| assert_snapshot!(shown.shown()));
}

#[test]
fn what_happens_next_happens_at_the_portal_that_was_named() {
    let world = World::new();
    let sam = world.log_in("sam", "sam@example.com");
    let new = |further: &[&str]| {
        let flags = answers(&[]);
        let flags: Vec<&str> = flags.iter().map(String::as_str).chain(["--account", "1001"]).collect();
        sam.run(&[&["case", "new"], flags.as_slice(), further].concat()).succeeded().stdout
    };
    assert!(new(&[]).ends_with("docket case show 00000001\n"));
    let text = new(&["--portal", &world.url]);
    let again = format!("00000002 --portal {}", world.url);
    let commands: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("docket case ")).map(|at| at.1).collect();
    let [add, attach, show] = commands.as_slice() else { panic!("{text}") };
    assert_eq!(*show, format!("show {again}"));
    assert_eq!(*add, format!("comment 00000002 -m TEXT --portal {}", world.url));
    assert_eq!(*attach, format!("attach 00000002 FILE --portal {}", world.url));
    sam.run(&format!("case {show}").split(' ').collect::<Vec<_>>()).succeeded();
}

#[test]
fn a_case_for_machines() {
    let world = World::new();
    let sam = world.sam();
    settings(&world).bind(|| {
        assert_snapshot!("a_case_for_machines_as_json", new(&sam, &[], &["--json"]).succeeded().shown());
        assert_snapshot!(new(&sam, &[], &["--json=number,created"]).succeeded().shown(), @r#"
        exit 0
        --- stdout
        {"number":"00000002","created":true}
        --- stderr
        "#);
        assert_snapshot!(new(&sam, &[], &["--jq", ".number, .watchers"]).succeeded().shown(), @r"
        exit 0
        --- stdout
        00000003
        []
        --- stderr
        ");
        assert_snapshot!(new(&sam, &[], &["--csv=number,status,subject,created"]).succeeded().shown(), @r"
        exit 0
        --- stdout
        number,status,subject,created
        00000004,open,Envelopes stay in the outbox,true
        --- stderr
        ");
    });
}

#[test]
fn an_output_that_can_not_be_given_is_refused_before_anything_is_sent() {
    let world = World::new();
    let sam = world.sam();
    for wrong in ["--json=nmuber", "--csv=nmuber", "--jq=.["] {
        new(&sam, &[], &[wrong]).exits(2);
    }
    assert_eq!(count(&sam), 0);
    let number = sam.open(&[]);
    let file = world.file("a.txt", "a");
    for command in [
        vec!["case", "comment", &number, "-m", "Hello"],
        vec!["case", "attach", &number, path(&file)],
        vec!["case", "watch", &number, "ops@example.com"],
        vec!["case", "call", &number, "--phone", "+14155550100"],
        vec!["case", "close", &number, "--reason", "Solved"],
    ] {
        let error = sam.run(&[&command[..], &["--json=nmuber"]].concat()).exits(2).error();
        assert_eq!(error["message"], "there is no field `nmuber` here", "{command:?}");
    }
    let expert = world.expert();
    expert.run(&["expert", "reply", &number, "--resolved", "-m", "Done", "--json=nmuber"]).exits(2);
    expert.run(&["expert", "note", &number, "-m", "Noted", "--csv=nmuber"]).exits(2);
    let history = sam.json(&["case", "show", &number, "--history"])["history"].clone();
    assert_eq!(history.as_array().unwrap().len(), 1, "{history}");
    assert_eq!(expert.json(&["expert", "show", &number])["notes"], json!([]));
}

#[test]
fn a_case_that_can_not_be_shown_is_told_of_all_the_same() {
    let world = World::new();
    let sam = world.sam();
    let failing = new(&sam, &[], &["--jq", ".number | error(\"no\")"]).exits(9);
    let error = failing.error();
    assert_eq!(error["kind"], "partly_done");
    assert_eq!(error["message"], "case 00000001 is open, but it couldn't be shown: --jq: \"no\"");
    assert_eq!(count(&sam), 1);
    assert_eq!(outbox(&sam), json!([]));
}

/// Nothing can be written to it: a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_does_not_hide_the_number() {
    let world = World::new();
    let sam = world.sam();
    let flags = answers(&[]);
    let words: Vec<&str> =
        ["case", "new", "--json"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let mut command = sam.command(&words);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command.stdout(full).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(9), "{stderr}");
    assert!(stderr.contains("case 00000001 is open"), "{stderr}");
}

#[test]
fn a_file_may_be_yaml_toml_or_json_and_stdin_too() {
    let world = World::new();
    let sam = world.sam();
    let toml = YAML
        .lines()
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| format!("{name} = {value:?}\n"))
        .collect::<String>();
    let json: serde_json::Map<String, Value> = YAML
        .lines()
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    let json = json!(json).to_string();
    let mut bodies = Vec::new();
    for (name, text) in [("case.yaml", YAML), ("case.toml", &toml), ("case.json", &json)] {
        let file = world.file(name, text);
        let dry = sam.json(&["case", "new", "--dry-run", "--from", path(&file)]);
        let piped =
            sam.run_with(&["case", "new", "--dry-run", "--json", "--from", "-"], text).succeeded().json();
        assert_eq!(piped["body"], dry["body"], "{name} on standard input");
        bodies.push(dry["body"].clone());
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
    assert_eq!(bodies[0]["fields"]["subject"], "Envelopes stay in the outbox");
    let file = world.folder.path().join("case.toml");
    assert_eq!(sam.json(&["case", "new", "--from", path(&file)])["subject"], "Envelopes stay in the outbox");
}

#[test]
fn flags_win_over_the_file() {
    let world = World::new();
    let sam = world.sam();
    let attached = world.file("folder-of-case.txt", "one");
    std::fs::create_dir(world.folder.path().join("cases")).unwrap();
    let text = format!("{YAML}attach: ../folder-of-case.txt\nwatch: [a@example.com]\n");
    let file = world.file("cases/case.yaml", text);
    let case = sam.json(&[
        "case",
        "new",
        "--from",
        path(&file),
        "--subject",
        "Another",
        "--watch",
        "b@example.com",
        "-d",
        "Else",
    ]);
    assert_eq!(case["subject"], "Another");
    assert_eq!(case["description"], "Else");
    assert_eq!(case["contact_method"], "email");
    assert_eq!(case["watchers"], json!(["a@example.com", "b@example.com"]));
    // Files are meant from where the file of answers is.
    assert_eq!(names(&case), [attached.file_name().unwrap().to_str().unwrap()]);
}

#[test]
fn a_description_from_a_file_or_standard_input() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("report.txt", "\u{feff}First line\n\n  indented\n\n");
    let without = [("description", "")];
    let case = new(&sam, &without, &["--json", "-F", path(&file)]).succeeded().json();
    assert_eq!(case["description"], "First line\n\n  indented");
    let flags = answers(&without);
    let words: Vec<&str> =
        ["case", "new", "--json", "-F", "-"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let case = sam.run_with(&words, "From a pipe\n").succeeded().json();
    assert_eq!(case["description"], "From a pipe");
    // Two can't both have standard input.
    let both = sam.run_with(&["case", "new", "--from", "-", "-F", "-", "--json"], YAML).exits(2).error();
    let message = both["message"].as_str().unwrap();
    assert!(message.contains("--from") && message.contains("--description-file"), "{message}");
    assert_eq!(count(&sam), 2);
}

/// The answers that a skeleton of each product is given, and the user to whom it belongs.
fn products<'w>(world: &'w World) -> Vec<(User<'w>, Vec<&'static str>)> {
    let sam = |account: &str| world.user("sam@example.com").at(account);
    let flow_one = |product, category, subcategory| {
        let mut flags = vec!["--product", product, "--category", category, "--subcategory", subcategory];
        flags.extend(["--subject", "It's \"stuck\": #1", "--description", "one\ntwo: three\n# four"]);
        flags.extend(["--occurred-at", "2026-11-20T09:30:00Z", "--contact-method", "email"]);
        flags
    };
    let flow_two = |product, category, subcategory| {
        let mut flags = vec!["--product", product, "--category", category, "--subcategory", subcategory];
        flags.extend(["--subject", "Stuck", "--environment", "production", "--business-impact", "high"]);
        flags.extend(["--contact-method", "online", "--language", "fr", "--steps", "- a\n- b"]);
        flags
    };
    vec![
        (sam("1001"), flow_one("esignature", "sending", "envelope-stuck")),
        (sam("1001"), flow_one("rooms", "access", "other")),
        (sam("1003"), flow_one("clm", "workflow", "other")),
        (sam("1005"), flow_two("protect-and-sign", "access", "other")),
        (sam("1005"), flow_two("clm-cm", "workflow", "other")),
        (sam("1005"), flow_two("insight-analyzer", "access", "other")),
    ]
}

#[test]
fn a_skeleton_filled_in_is_the_case_that_the_flags_are() {
    let world = World::new();
    for (user, flags) in products(&world) {
        let dry = user.json(&[&["case", "new", "--dry-run"], &flags[..]].concat());
        let skeleton = user.run(&[&["case", "new", "--generate-skeleton"], &flags[..]].concat()).succeeded();
        assert_eq!(skeleton.stderr, "");
        let file = world.file("skeleton.yaml", &skeleton.stdout);
        let from = user.json(&["case", "new", "--dry-run", "--from", path(&file)]);
        assert_eq!(from["body"], dry["body"], "{}", skeleton.stdout);
        let piped = user.run_with(&["case", "new", "--dry-run", "--json", "--from", "-"], &skeleton.stdout);
        assert_eq!(piped.succeeded().json()["body"], dry["body"], "{}", skeleton.stdout);
    }
}

#[test]
fn a_skeleton_that_is_not_filled_in_names_what_is_required() {
    let world = World::new();
    for (user, flags) in products(&world) {
        let product = flags[1];
        let skeleton =
            user.run(&["case", "new", "--generate-skeleton", "--product", product]).succeeded().stdout;
        let file = world.file("skeleton.yaml", &skeleton);
        let named = user.run(&["case", "new", "--json", "--from", path(&file)]).exits(3).fields();
        let required: Vec<&str> = skeleton
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.strip_suffix(':'))
            .collect();
        assert_eq!(named, required, "{product}:\n{skeleton}");
        let flow_one: &[&str] =
            &["category", "subcategory", "subject", "description", "occurred_at", "contact_method"];
        let flow_two: &[&str] = &["category", "subcategory", "subject", "environment", "contact_method"];
        let expected = if ["esignature", "rooms", "clm"].contains(&product) { flow_one } else { flow_two };
        assert_eq!(named, expected, "{product}");
    }
}

#[test]
fn a_skeleton_reads_like_a_form() {
    let world = World::new();
    let run = world.sam().run(&["case", "new", "--generate-skeleton", "--product", "esignature"]).succeeded();
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    let trust = world.user("sam@example.com").at("1005");
    let run = trust
        .run(&["case", "new", "--generate-skeleton", "--product", "clm-cm", "--environment", "production"])
        .succeeded();
    settings(&world).bind(|| assert_snapshot!(run.shown()));
}

#[test]
fn a_dry_run_prints_what_is_then_sent_and_sends_nothing() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let file = world.file("trace.har", "{}");
    let further =
        ["--watch", "ops@example.com", "--attach", path(&file), "--idempotency-key", "0123456789abcdef"];
    let dry = new(&sam, &[], &[&further[..], &["--dry-run", "--json"]].concat()).succeeded().json();
    assert!(relay.heard().iter().all(|request| !request.writes()), "{:?}", relay.take());
    assert_eq!(count(&sam), 0);
    assert_eq!(sam.files(), [""; 0]);
    relay.take();

    let case = new(&sam, &[], &[&further[..], &["--json"]].concat()).succeeded().json();
    assert_eq!(case["created"], true);
    let heard = relay.heard();
    let sent = heard.iter().find(|request| request.opens_a_case()).unwrap();
    assert_eq!(dry["method"], sent.method.as_str());
    assert_eq!(dry["url"], format!("{}{}", relay.url, sent.path));
    for (name, value) in dry["headers"].as_object().unwrap() {
        assert_eq!(sent.header(name), value.as_str(), "{name}");
    }
    assert_eq!(dry["body"], serde_json::from_slice::<Value>(&sent.body).unwrap());
    assert_eq!(dry["attachments"], json!([path(&file)]));
}

#[test]
fn a_dry_run_reads_well() {
    let world = World::new();
    let file = world.file("trace.har", "{}");
    let run = new(
        &world.sam(),
        &[],
        &["--dry-run", "--attach", path(&file), "--idempotency-key", "0123456789abcdef"],
    )
    .succeeded();
    let mut settings = settings(&world);
    settings.add_filter(r#""form": "[^"]*""#, r#""form": "[version]""#);
    settings.bind(|| assert_snapshot!(run.shown()));
}

#[test]
fn filing_costs_one_request() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    new(&sam, &[], &["--dry-run"]).succeeded();
    assert_eq!(relay.take(), ["GET /v1/me", "GET /v1/form"]);
    new(&sam, &[], &[]).succeeded();
    assert_eq!(relay.take(), ["POST /v1/cases"]);
    // What is wrong may only be so by an old form, so that is asked; nothing is written.
    new(&sam, &[("subject", "")], &["--json"]).exits(3);
    assert_eq!(relay.take(), ["GET /v1/me", "GET /v1/form"]);
    new(&sam, &[("category", "nothing")], &["--dry-run", "--json"]).exits(3);
    assert!(relay.heard().iter().all(|request| !request.writes()));
}

#[test]
fn an_invalid_case_is_refused_without_the_portal_too() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    world.stop();
    let run =
        new(&sam, &[("subject", ""), ("envelope-id", "4b7f1cO2-9d3e-4a55-8c61-0e2f9ab3d47c")], &["--json"]);
    assert_eq!(run.exits(3).fields(), ["subject", "envelope_id"]);
    assert_eq!(sam.files(), [""; 0]);
}

#[test]
fn watchers_are_there_from_the_beginning() {
    let world = World::new();
    let sam = world.sam();
    let watching = ["--watch", "Ops@Example.com", "--watch", "kim@example.com", "--json"];
    let case = new(&sam, &[], &watching).succeeded().json();
    assert_eq!(case["watchers"], json!(["kim@example.com", "ops@example.com"]));
    let run = new(&sam, &[], &["--watch", "nobody", "--json"]).exits(3);
    assert_eq!(run.fields(), ["watch"]);
    assert_eq!(run.error()["fields"][0]["flag"], "--watch");
    assert_eq!(count(&sam), 1);
}

#[test]
fn a_case_goes_on_from_a_closed_one() {
    let world = World::new();
    let sam = world.sam();
    let closed = sam.open(&[]);
    sam.run(&["case", "close", &closed, "--reason", "Solved"]).succeeded();
    let short = closed.trim_start_matches('0');
    let run = new(&sam, &[("subject", "It is back")], &["--follows", short]).succeeded();
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    let case = sam.json(&["case", "show", "2"]);
    assert_eq!(case["follows"], closed.as_str());
    let comments = case["comments"].as_array().unwrap();
    assert_eq!(comments.len(), 1);
    assert!(comments[0]["body"].as_str().unwrap().contains(&closed));
    // From a file as well, zeros and all.
    let file = world.file("again.yaml", format!("{YAML}follows: {closed}\n"));
    assert_eq!(sam.json(&["case", "new", "--from", path(&file)])["follows"], closed.as_str());
    // One that nobody may see.
    assert_eq!(new(&sam, &[], &["--follows", "4711", "--json"]).exits(3).fields(), ["follows"]);
    assert_eq!(count(&sam), 3);
    assert_eq!(outbox(&sam), json!([]));
}

#[test]
fn the_first_file_goes_with_the_case_and_the_others_after_it() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let (one, two) = (world.file("one.har", "1"), world.file("two words.har", "22"));
    let case = new(&sam, &[], &["--json", "--attach", path(&one), "--attach", path(&two)]).succeeded().json();
    assert_eq!(names(&case), ["one.har", "two words.har"]);
    assert!(case["attachments"].as_array().unwrap().iter().all(|attachment| attachment["complete"] == true));
    let heard = relay.heard();
    let opening = heard.iter().find(|request| request.opens_a_case()).unwrap();
    let body: Value = serde_json::from_slice(&opening.body).unwrap();
    assert_eq!(body["fields"]["attachment"], json!({"name": "one.har", "size": 1}));
    assert_eq!(heard.iter().filter(|request| request.attaches()).count(), 2);
}

/// Files a case with two files, one of which can't be attached, tries again as docket says, and gives what
/// was shown.
fn partly<'w>(relay: &Relay, world: &'w World, file: &Path) -> (Run, User<'w>, Value) {
    let fine = world.file("fine.txt", "fine");
    let sam = world.sam().to(&relay.url);
    let run = new(&sam, &[], &["--attach", path(&fine), "--attach", path(file)]).exits(9);
    let machine = new(&sam, &[], &["--json", "--attach", path(&fine), "--attach", path(file)]).exits(9);
    let error = machine.error();
    assert_eq!(error["kind"], "partly_done");
    let case = machine.json();
    assert_eq!(case["created"], true);
    assert_eq!(names(&case), ["fine.txt"]);
    assert!(error["message"].as_str().unwrap().contains(case["number"].as_str().unwrap()), "{error}");
    assert_eq!(error["hints"], json!([case["incomplete"][0]["retry"]]));
    (run, sam, case)
}

/// Runs the command line that docket printed.
fn follow(user: &User, retry: &Value) -> Run {
    let retry = retry.as_str().unwrap().replace('\'', "");
    let (words, file) = retry.strip_prefix("docket ").unwrap().rsplit_once(' ').unwrap();
    user.run(&words.split(' ').chain([file]).collect::<Vec<_>>())
}

#[test]
fn a_file_that_is_refused_leaves_the_case_and_a_way_to_go_on() {
    let world = World::new();
    let file = world.file("refused.txt", "refused");
    let full = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let relay = Relay::interfering(&world.url, {
        let full = std::sync::Arc::clone(&full);
        move |request| {
            let metadata = request.header("upload-metadata").unwrap_or_default();
            // "refused.txt" in base 64.
            let refused = request.attaches() && metadata.contains("cmVmdXNlZC50eHQ");
            match refused && full.load(std::sync::atomic::Ordering::SeqCst) {
                true => Deed::Answer(problem("no-space", 507, "the portal is out of space")),
                false => Deed::Pass,
            }
        }
    });
    let (run, sam, case) = partly(&relay, &world, &file);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    full.store(false, std::sync::atomic::Ordering::SeqCst);
    follow(&sam, &case["incomplete"][0]["retry"]).succeeded();
    let number = case["number"].as_str().unwrap();
    assert_eq!(names(&sam.json(&["case", "show", number])), ["fine.txt", "refused.txt"]);
}

#[test]
fn a_file_that_vanishes_meanwhile_leaves_the_case_and_a_way_to_go_on() {
    let world = World::new();
    let file = world.file("gone.txt", "gone");
    let relay = Relay::interfering(&world.url, {
        let file = file.clone();
        move |request| {
            // It is put back for the next command: docket has looked at it by now.
            match request.opens_a_case() {
                true => std::fs::remove_file(&file).unwrap(),
                false if request.method == "GET" => std::fs::write(&file, "gone").unwrap(),
                false => {}
            }
            Deed::Pass
        }
    });
    let (run, sam, case) = partly(&relay, &world, &file);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    let why = case["incomplete"][0]["why"].as_str().unwrap();
    assert!(why.contains("gone.txt"), "{why}");
    follow(&sam, &case["incomplete"][0]["retry"]).succeeded();
    let number = case["number"].as_str().unwrap();
    assert_eq!(names(&sam.json(&["case", "show", number])), ["fine.txt", "gone.txt"]);
}

#[test]
fn a_key_given_twice_is_one_case() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("once.txt", "once");
    let key = ["--idempotency-key", "night-job-2026-11-20", "--attach", path(&file)];
    let machine = [&key[..], &["--json"]].concat();
    let first = new(&sam, &[], &machine).succeeded().json();
    assert_eq!(first["created"], true);
    let second = new(&sam, &[], &machine).succeeded().json();
    assert_eq!((&second["created"], &second["number"]), (&json!(false), &first["number"]));
    // Its file isn't attached twice either.
    assert_eq!(names(&second), ["once.txt"]);
    let run = new(&sam, &[], &key).succeeded();
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    // A file that has changed is another file.
    world.file("once.txt", "twice, in fact");
    let third = new(&sam, &[("subject", "Another")], &machine).exits(1).error();
    assert!(third["hints"][0].as_str().unwrap().contains("--idempotency-key"), "{third}");
    assert_eq!(count(&sam), 1);
    assert_eq!(outbox(&sam), json!([]));
}

#[test]
fn a_key_that_is_none_is_refused_by_the_rule_before_anything_is_kept() {
    let world = World::new();
    let sam = world.sam();
    let long = "k".repeat(256);
    for key in ["", "short", "sixteen characters", "sixteen\ncharacters", "a-key-with-an-🔑-in-it", &long] {
        let error = new(&sam, &[], &["--idempotency-key", key, "--json"]).exits(2).error();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("16 to 255 visible ASCII characters and no space"), "{key:?}: {message}");
        assert!(message.contains("--idempotency-key"), "{key:?}: {message}");
    }
    assert_eq!((count(&sam), outbox(&sam)), (0, json!([])));
    // As long as may be.
    new(&sam, &[], &["--idempotency-key", &long[1..]]).succeeded();
}

#[test]
fn what_is_no_field_is_named_with_the_file_that_it_stands_in() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("case.yaml", YAML.replace("subject:", "subjct:"));
    let run = sam.run(&["case", "new", "--from", path(&file)]).exits(3);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
}
