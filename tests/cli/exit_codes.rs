//! Every exit code of the contract, with its JSON; and what other clients get wrong.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::relay::{Deed, Relay, answer, problem};
use crate::world::{Run, User, World, answers, path};

/// The words of a `case new` with the usual answers, for machines.
fn filing(changes: &[(&str, &str)]) -> Vec<String> {
    let words = ["case", "new", "--json"].into_iter().map(str::to_owned);
    words.chain(answers(changes)).collect()
}

fn words(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn file(user: &User) -> Run {
    user.run(&words(&filing(&[])))
}

fn count(user: &User) -> u64 {
    user.json(&["case", "list"])["total"].as_u64().unwrap()
}

/// The state of the only entry of the outbox.
fn waiting_as(user: &User) -> String {
    let list = user.json(&["outbox", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert_eq!(list[0]["subject"], "Envelopes stay in the outbox");
    assert!(list[0]["last_error"].is_string(), "{list}");
    list[0]["state"].as_str().unwrap().to_owned()
}

/// What a failed command leaves on its outputs: one JSON object with all members on stderr, nothing else.
#[track_caller]
fn failed(run: Run, code: i32, kind: &str) -> Value {
    let run = run.exits(code);
    assert_eq!(run.stdout, "", "nothing belongs on stdout");
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    let error = run.error();
    assert_eq!(error["kind"], kind, "{error}");
    let members: Vec<&str> = error.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["kind", "code", "message", "hints", "fields", "request_id"]);
    assert!(!error["message"].as_str().unwrap().is_empty());
    error
}

/// The exit codes that scripts know. None is ever added, taken away or given another meaning.
const CONTRACT: [i32; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130];

#[test]
fn every_exit_code_has_its_json() {
    let world = World::new();
    let (sam, kim, lee) = (world.sam(), world.user("kim@example.com"), world.user("lee@example.com"));
    let number = sam.open(&[]);
    sam.run(&["case", "close", &number, "--reason", "Solved"]).succeeded();
    let html = Relay::answering(answer(200, "text/html", "<html>Sign in</html>"));
    let busy = Relay::answering(problem("too-many", 429, "too many requests"));
    let missing = Relay::interfering("", |_| Deed::LoseAnswer);
    let lost = Relay::interfering(&world.url, |request| match request.writes() {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let broken = Relay::interfering(&world.url, |request| match request.attaches() {
        true => Deed::Answer(problem("no-space", 507, "the portal is out of space")),
        false => Deed::Pass,
    });
    let (interrupting, arrived) = hanging(&world.url);
    let open = sam.open(&[("subject", "Nobody replies")]);
    let file = world.file("table.txt", "It failed.");
    let telling = world.file("app.log", "password=tr0ub4dor-1\n");
    let filing = answers(&[("attach", path(&file))]);
    let new = |further: &[&'static str]| -> Vec<&str> {
        let words = ["case", "new"].into_iter().chain(filing.iter().map(String::as_str));
        words.chain(further.iter().copied()).collect()
    };
    let nobody = world.stranger("nobody").to(&world.url);
    let nowhere = world.stranger("nowhere");
    let wrong = world.stranger("wrong").to(&world.url).with("DOCKET_TOKEN", "no-such-token");
    let cases: Vec<(&str, User, Vec<&str>, i32, &str)> = vec![
        ("a list", sam.clone(), vec!["case", "list"], 0, ""),
        ("a page in front of the portal", sam.clone().to(&html.url), vec!["status"], 1, "failed"),
        ("no such command", sam.clone(), vec!["case", "frobnicate"], 2, "usage"),
        ("no such flag", sam.clone(), vec!["case", "list", "--frobnicate"], 2, "usage"),
        ("no command at all", sam.clone(), vec!["case"], 2, "usage"),
        ("a number that is none", sam.clone(), vec!["case", "show", "forty-two"], 2, "usage"),
        ("an unknown field", sam.clone(), vec!["case", "list", "--csv=nmuber"], 2, "usage"),
        ("a filter that is none", sam.clone(), vec!["case", "list", "--jq", ".["], 2, "usage"),
        ("no text, nobody to ask", sam.clone(), vec!["case", "comment", &number], 2, "usage"),
        ("nothing answered", sam.clone(), vec!["case", "new"], 3, "invalid"),
        ("no portal", nowhere.clone(), vec!["case", "list"], 4, "login_required"),
        ("no login", nobody.clone(), vec!["case", "list"], 4, "login_required"),
        ("a token that doesn't work", wrong.clone(), vec!["case", "list"], 4, "login_required"),
        ("somebody else's work", kim.clone(), vec!["expert", "queue"], 4, "not_allowed"),
        ("no such case", sam.clone(), vec!["case", "show", "4711"], 5, "not_found"),
        ("somebody else's case", lee.clone(), vec!["case", "show", &number], 5, "not_found"),
        ("no such account", sam.clone().at("2001"), vec!["case", "list"], 5, "not_found"),
        ("nobody answers", sam.clone().to(&missing.url), vec!["status"], 6, "unreachable"),
        ("too busy", sam.clone().to(&busy.url), vec!["status"], 6, "unreachable"),
        ("lost", sam.clone().to(&lost.url), new(&["--no-retry"]), 7, "unknown_outcome"),
        (
            "nobody replies",
            sam.clone(),
            vec!["case", "follow", &open, "--until", "replied", "--timeout", "1s"],
            8,
            "timed_out",
        ),
        ("without its file", sam.clone().to(&broken.url), new(&[]), 9, "partly_done"),
        ("closed", sam.clone(), vec!["case", "comment", &number, "-m", "wait"], 10, "closed"),
        ("a secret", nowhere.clone(), vec!["redact", "--check", path(&telling)], 10, "secret_found"),
        #[cfg(unix)]
        ("Ctrl-C", sam.clone().to(&interrupting.url), new(&[]), 130, "interrupted"),
    ];
    let covered: std::collections::BTreeSet<i32> = cases.iter().map(|case| case.3).collect();
    assert!(CONTRACT.iter().all(|code| covered.contains(code) || (cfg!(not(unix)) && *code == 130)));
    assert!(covered.iter().all(|code| CONTRACT.contains(code)), "{covered:?}");
    for (what, user, arguments, code, kind) in cases {
        for format in [&["--json"][..], &["--jq", "."]] {
            let given = [&arguments[..], format].concat();
            if arguments.contains(&"--jq") && format.contains(&"--jq") {
                continue;
            }
            let run = match code {
                130 => interrupted(&user, &given, &arrived),
                _ => user.run(&given),
            };
            assert_eq!(run.code, Some(code), "{what}: {given:?}\n{}", run.stderr);
            match code {
                0 => assert_eq!((run.json()["total"].is_number(), &*run.stderr), (true, ""), "{what}"),
                // What was done is data.
                9 => {
                    assert_eq!(run.error()["kind"], kind, "{what}");
                    assert_eq!(run.json()["status"], "open", "{what}");
                }
                // Where it is found is data, too.
                10 if kind == "secret_found" => {
                    assert_eq!(run.error()["kind"], kind, "{what}");
                    assert_eq!(run.json()["files"][0]["total"], 1, "{what}");
                }
                _ => drop(failed(run, code, kind)),
            }
        }
        if arguments.iter().any(|word| word.starts_with("--csv") || *word == "--jq") {
            continue;
        }
        // For people it fails with the same code, and says so on stderr.
        let run = match code {
            0 => continue,
            130 => interrupted(&user, &arguments, &arrived),
            _ => user.run(&arguments),
        };
        let run = run.exits(code);
        assert_eq!(run.stdout.is_empty(), code != 9, "{what}");
        assert!(!run.stderr.is_empty(), "{what}");
        assert_ne!(run.stderr.chars().next(), Some('{'), "{what}");
    }
}

#[test]
fn success_is_0_even_where_there_is_nothing() {
    let world = World::new();
    let sam = world.sam();
    assert_eq!(sam.json(&["case", "list"]), json!({"cases": [], "total": 0, "truncated": false}));
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
    assert_eq!(sam.json(&["outbox", "send"]), json!([]));
    assert_eq!(sam.json(&["resources", "xyzzyplugh"]), json!([]));
    sam.run(&["--help"]).succeeded();
    sam.run(&["--version"]).succeeded();
}

#[test]
fn nothing_is_sent_to_a_portal_that_is_not_there_and_it_is_kept() {
    let world = World::new();
    let sam = world.sam();
    sam.run(&words(&filing(&[]).into_iter().chain(["--dry-run".to_owned()]).collect::<Vec<_>>())).succeeded();
    world.stop();
    let error = failed(file(&sam), 6, "unreachable");
    let id = sam.json(&["outbox", "list"])[0]["id"].as_str().unwrap().to_owned();
    assert!(error["hints"].to_string().contains(&id), "{error}");
    assert_eq!(waiting_as(&sam), "waiting");
    // Still nobody there: it stays as it is.
    let again = sam.run(&["outbox", "send", "--json"]).exits(6);
    assert_eq!(again.json()[0]["id"], id.as_str());
    assert_eq!(waiting_as(&sam), "waiting");

    world.restart(|options| options);
    let sent = sam.json(&["outbox", "send"]);
    assert_eq!(sent, json!([{"id": id, "case": "00000001", "error": null}]));
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
    assert_eq!(count(&sam), 1);
}

#[test]
fn what_waits_because_a_portal_talks_nonsense_is_no_failure_to_be_given_again() {
    let world = World::new();
    let nonsense = Relay::interfering(&world.url, |_| Deed::Answer(b"\x00nonsense\r\n\r\n".to_vec()));
    let sam = world.sam().to(&nonsense.url);
    let error = failed(file(&sam), 6, "unreachable");
    assert!(error["message"].to_string().contains("doesn't look like a portal"), "{error}");
    assert_eq!(waiting_as(&sam), "waiting");
}

#[test]
fn a_lost_answer_is_settled_to_one_case() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| match request.opens_a_case() {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    let error = failed(file(&sam), 7, "unknown_outcome");
    assert!(error["hints"].to_string().contains("docket outbox"), "{error}");
    assert_eq!(waiting_as(&sam), "unknown");
    // It was filed, once, however often docket asked again.
    assert!(relay.heard().iter().filter(|request| request.opens_a_case()).count() > 1);
    let keys: std::collections::BTreeSet<String> = relay
        .heard()
        .iter()
        .filter(|request| request.opens_a_case())
        .map(|request| request.header("idempotency-key").unwrap().to_owned())
        .collect();
    assert_eq!(keys.len(), 1);
    assert_eq!(count(&sam), 1);
    // Without the interference it can be settled; the entry is for the relay, so that has to go.
    let entry = sam.entry();
    let text = std::fs::read_to_string(&entry).unwrap();
    std::fs::write(&entry, text.replace(&relay.url, &world.url)).unwrap();
    let direct = sam.clone().to(&world.url);
    direct.run(&["case", "list"]).succeeded();
    // That nobody is there by then doesn't make it one that never arrived.
    direct.run(&["products"]).succeeded();
    world.stop();
    direct.run(&["outbox", "send"]).exits(6);
    assert_eq!(waiting_as(&sam), "unknown");
    world.restart(|options| options);
    let sent = direct.json(&["outbox", "send"]);
    assert_eq!(sent[0]["case"], "00000001");
    assert_eq!(direct.json(&["outbox", "list"]), json!([]));
    assert_eq!(count(&direct), 1);
}

/// By then the portal has forgotten the key, and would open the case again.
#[test]
fn what_may_have_been_done_over_a_week_ago_is_not_sent_again() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| match request.opens_a_case() {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    failed(file(&sam), 7, "unknown_outcome");
    let entry = sam.entry();
    let mut kept: Value = serde_json::from_slice(&std::fs::read(&entry).unwrap()).unwrap();
    let sent: jiff::Timestamp = kept["sent"].as_str().unwrap().parse().unwrap();
    kept["sent"] = json!(sent - jiff::SignedDuration::from_hours(8 * 24));
    std::fs::write(&entry, kept.to_string()).unwrap();
    relay.take();
    let error = sam.run(&["outbox", "send", "--json"]).exits(7).error();
    assert!(error["hints"].to_string().contains("docket case list --mine"), "{error}");
    assert!(relay.heard().iter().all(|request| !request.writes()));
    assert_eq!((waiting_as(&sam), count(&sam)), ("unknown".to_owned(), 1));
    // What never arrived may be sent however old it is.
    kept["sent"] = Value::Null;
    kept["since"] = json!(sent - jiff::SignedDuration::from_hours(8 * 24));
    kept["portal"] = json!(world.url);
    std::fs::write(&entry, kept.to_string()).unwrap();
    sam.to(&world.url).run(&["outbox", "send"]).succeeded();
}

#[test]
fn of_several_files_those_that_can_be_fetched_are() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| match request.path.ends_with("/a.txt") {
        true => Deed::Answer(problem("internal", 500, "the portal failed")),
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let (a, b) = (world.file("a.txt", "a"), world.file("b.txt", "b"));
    sam.run(&["case", "attach", &number, path(&a), path(&b)]).succeeded();
    let run = sam.run(&["case", "download", &number, "--dir", "both", "--json"]).exits(9);
    assert_eq!(run.json().as_array().unwrap().len(), 1);
    assert_eq!(run.json()[0]["name"], "b.txt");
    assert!(run.error()["message"].as_str().unwrap().contains("a.txt: "), "{}", run.stderr);
    assert_eq!(
        failed(sam.run(&["case", "download", &number, "a.txt", "--dir", "one", "--json"]), 1, "failed")["fields"],
        json!([])
    );
}

#[test]
fn only_a_web_page_is_opened_in_the_browser() {
    let world = World::with(|options| docket::portal::Options {
        base_url: Some("file:///etc".to_owned()),
        ..options
    });
    let sam = world.sam().with("DOCKET_BROWSER", "true");
    let number = sam.open(&[]);
    let error = failed(sam.run(&["case", "show", &number, "--web", "--json"]), 1, "failed");
    assert!(error["message"].as_str().unwrap().contains("`file:///etc/cases/"), "{error}");
}

#[test]
fn a_write_that_is_cut_off_is_asked_for_again_with_the_same_key() {
    let world = World::new();
    let lost = std::sync::atomic::AtomicBool::new(false);
    let relay = Relay::interfering(&world.url, move |request| {
        match request.writes() && !lost.swap(true, std::sync::atomic::Ordering::SeqCst) {
            true => Deed::LoseAnswer,
            false => Deed::Pass,
        }
    });
    let sam = world.sam().to(&relay.url);
    sam.run(&["status"]).succeeded();
    let case = file(&sam).succeeded().json();
    assert_eq!((&case["number"], &case["created"]), (&json!("00000001"), &json!(true)));
    assert_eq!(count(&sam), 1);
    assert_eq!(sam.json(&["outbox", "list"]), json!([]));
}

#[test]
fn an_expired_token_costs_no_case() {
    let world = World::new();
    let sam = world.sam();
    file(&sam).succeeded();
    world.advance(jiff::SignedDuration::from_hours(24 * 400));
    let error = failed(file(&sam), 4, "login_required");
    assert!(error["hints"].to_string().contains("docket login"), "{error}");
    assert_eq!(waiting_as(&sam), "waiting");
    // With another token the same outbox is sent.
    let again = world.sam();
    assert_eq!(again.json(&["outbox", "send"])[0]["case"], "00000002");
    assert_eq!((count(&again), again.json(&["outbox", "list"])), (2, json!([])));
}

#[test]
fn a_file_that_could_not_follow_is_9_with_both_outputs() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| match request.attaches() {
        true => Deed::Answer(problem("no-space", 507, "the portal is out of space")),
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    let attached = world.file("a.txt", "a");
    let mut given = filing(&[]);
    given.extend(["--attach".to_owned(), path(&attached).to_owned()]);
    let run = sam.run(&words(&given)).exits(9);
    assert_eq!(run.json()["number"], "00000001");
    let error = run.error();
    assert_eq!(error["kind"], "partly_done");
    assert!(error["message"].as_str().unwrap().contains("00000001"), "{error}");
}

/// A portal that thinks about each case for good, and who is told when one has arrived.
fn hanging(portal: &str) -> (Relay, std::sync::mpsc::Receiver<()>) {
    let (told, arrived) = std::sync::mpsc::channel();
    let told = std::sync::Mutex::new(told);
    let relay = Relay::interfering(portal, move |request| match request.opens_a_case() {
        true => {
            let _ = told.lock().unwrap().send(());
            Deed::Hang
        }
        false => Deed::Pass,
    });
    (relay, arrived)
}

/// Ctrl-C while the portal thinks.
fn interrupted(user: &User, arguments: &[&str], arrived: &std::sync::mpsc::Receiver<()>) -> Run {
    let child = user.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    arrived.recv().unwrap();
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_is_130_and_keeps_what_was_being_sent() {
    let world = World::new();
    let (relay, arrived) = hanging(&world.url);
    let sam = world.sam().to(&relay.url);
    let run = interrupted(&sam, &words(&filing(&[])), &arrived);
    failed(run, 130, "interrupted");
    // It had left, so nobody knows.
    let list = sam.json(&["outbox", "list"]);
    assert_eq!((list.as_array().unwrap().len(), &list[0]["state"]), (1, &json!("unknown")), "{list}");
}

/// A standard input that never ends and never has anything.
fn with_endless_stdin(user: &User, arguments: &[&str]) -> Run {
    let mut child = user
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Held open until docket has ended by itself.
    let stdin = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn standard_input_is_left_alone_unless_it_is_asked_for() {
    let world = World::new();
    let sam = world.sam();
    let nobody = world.stranger("nobody").to(&world.url);
    let number = sam.open(&[]);
    let filing = filing(&[]);
    for (user, arguments, code) in [
        (&sam, words(&filing), 0),
        (&sam, vec!["case", "new"], 3),
        (&sam, vec!["case", "new", "--product", "rooms"], 3),
        (&sam, vec!["case", "new", "--editor"], 2),
        (&sam, vec!["case", "new", "--resume"], 2),
        (&sam, vec!["case", "comment", &number], 2),
        (&sam, vec!["case", "comment", &number, "-m", "Hello"], 0),
        (&sam, vec!["case", "close", &number], 2),
        (&sam, vec!["case", "list"], 0),
        (&sam, vec!["case", "watch", &number], 0),
        (&sam, vec!["accounts", "switch"], 2),
        (&sam, vec!["outbox", "send"], 0),
        (&nobody, vec!["login"], 2),
        (&nobody, vec!["login", "--email", "sam@example.com"], 2),
        (&nobody, vec!["status"], 4),
    ] {
        let run = with_endless_stdin(user, &arguments);
        assert_eq!(run.code, Some(code), "{arguments:?}\n{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn asked_for_it_is_read_to_its_end() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let case = sam.run_with(&["case", "comment", &number, "-F", "-", "--json"], "From\na pipe\n").succeeded();
    assert_eq!(case.json()["comments"][0]["body"], "From\na pipe");
    let lee = world.stranger("lee");
    let login = ["login", &world.url, "--email", "lee@example.com", "--password-stdin", "--json"];
    lee.run_with(&login, "sample-password\n").succeeded();
    assert_eq!(lee.json(&["status", "--portal", &world.url])["user"], "lee@example.com");
}

#[test]
fn no_place_for_files_is_no_reason_not_to_file() {
    let world = World::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
    command
        .args(filing(&[]))
        .env_clear()
        .current_dir(world.folder.path())
        .env("DOCKET_TOKEN", world.token("sam@example.com").reveal())
        .env("DOCKET_PORTAL", &world.url)
        .env("DOCKET_ACCOUNT", "1001");
    let run = crate::world::run(command, None).succeeded();
    assert_eq!(run.json()["number"], "00000001");
    assert_eq!(run.stderr, "");
    assert_eq!(count(&world.sam()), 1);
    let left: Vec<_> = std::fs::read_dir(world.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["portal", "homes"].contains(&name.as_str()))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn without_a_place_for_the_outbox_a_failure_says_that_nothing_is_kept() {
    let relay = Relay::interfering("", |_| Deed::LoseAnswer);
    let world = World::new();
    let through = Relay::interfering(&world.url, |request| match request.writes() {
        true => Deed::Answer(problem("unavailable", 503, "back in a minute")),
        false => Deed::Pass,
    });
    for (url, code, kind) in [(&relay.url, 6, "unreachable"), (&through.url, 6, "unreachable")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
        command
            .args(filing(&[]))
            .env_clear()
            .current_dir(world.folder.path())
            .env("DOCKET_TOKEN", world.token("sam@example.com").reveal())
            .env("DOCKET_PORTAL", url)
            .env("DOCKET_ACCOUNT", "1001");
        let error = failed(crate::world::run(command, None), code, kind);
        if *url == through.url {
            assert!(error["hints"].to_string().contains("DOCKET_DATA_DIR"), "{error}");
        }
    }
}

#[test]
fn ci_is_quiet_where_all_is_well() {
    let world = World::new();
    let sam = world.sam().with("CI", "true");
    let run = file(&sam).succeeded();
    assert_eq!(run.stderr, "");
    assert_eq!(sam.run(&["case", "list"]).succeeded().stderr, "");
}
