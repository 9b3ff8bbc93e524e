//! Imports that end before their time, and go on where they stopped.

use std::fs;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::import::{after, filed_once, journals, record, records, rows, subjects};
use crate::relay::{Deed, Relay, problem};
use crate::world::{PASSWORD, World, path};

#[test]
fn docket_killed_at_any_point_goes_on_where_it_was_and_files_nothing_twice() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(60));
    // So many requests get through; then one is done whose answer docket never sees.
    let left = Arc::new(AtomicU32::new(0));
    let (reached, wait) = std::sync::mpsc::channel();
    let flag = Arc::clone(&left);
    let relay = Relay::interfering(&world.url, move |request| {
        if !request.opens_a_case() {
            return Deed::Pass;
        }
        let before = flag.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if before.is_ok() {
            return Deed::Pass;
        }
        let _ = reached.send(());
        Deed::LoseAnswer
    });
    let there = sam.clone().to(&relay.url);
    for through in [0, 7, 20] {
        left.store(through, Ordering::SeqCst);
        while wait.try_recv().is_ok() {}
        let mut docket =
            there.command(&["case", "import", path(&file), "--jobs", "3", "--quiet"]).spawn().unwrap();
        wait.recv().unwrap();
        docket.kill().unwrap();
        docket.wait().unwrap();
    }
    let before = subjects(&sam).len();
    assert!((20..60).contains(&before), "{before}");
    left.store(u32::MAX, Ordering::SeqCst);
    let run = there.run(&["case", "import", path(&file), "--json"]).succeeded();
    // The portal may have done one more after the count, which docket didn't live to see.
    let created = rows(&run).iter().filter(|row| row["created"] == true).count();
    assert!(rows(&run).len() == 60 && (1..=60 - before).contains(&created), "{before} {created}");
    filed_once(&sam, 60);
    // Under another address there is no journal, but the portal knows the keys.
    let run = sam.run(&["case", "import", path(&file)]).succeeded();
    assert_eq!(run.stderr, "60 cases: 0 filed, 60 filed before\n");
    filed_once(&sam, 60);
}

#[test]
fn what_is_done_is_not_even_asked_for_again() {
    let world = World::new();
    let sam = world.sam();
    let relay = after(&world, 10, |_| Deed::Answer(problem("login-required", 401, "the token has expired")));
    let there = sam.clone().to(&relay.url);
    let file = world.file("many.ndjson", records(30));
    let error = there.run(&["case", "import", path(&file), "--json"]).exits(4).error();
    assert!(error["message"].as_str().unwrap().ends_with("30 cases: 10 filed"), "{error}");
    let hints = error["hints"].as_array().unwrap();
    assert!(
        hints.iter().any(|hint| hint.as_str().unwrap().contains("goes on where this one stopped")),
        "{error}"
    );
    assert_eq!(there.json(&["outbox", "list"]), json!([]));
    relay.take();
    let again = there.run(&["case", "import", path(&file)]).exits(4);
    assert!(again.stderr.contains("30 cases: 0 filed, 10 filed before"), "{}", again.stderr);
    let sent = relay.take().into_iter().filter(|request| request == "POST /v1/cases").count();
    assert!((1..=4).contains(&sent), "{sent}");
    // Whichever were first at the portal, each is there once.
    let mut filed = subjects(&sam);
    filed.dedup();
    assert_eq!(filed.len(), 10);
}

#[test]
fn a_portal_that_goes_away_ends_it_and_it_goes_on_when_the_portal_is_back() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(50));
    let gone = Arc::new(AtomicU32::new(0));
    let flag = Arc::clone(&gone);
    let relay = Relay::interfering(&world.url, move |request| {
        let away = request.opens_a_case() && flag.fetch_add(1, Ordering::SeqCst) >= 20;
        if away { Deed::Answer(problem("busy", 503, "closed for the night")) } else { Deed::Pass }
    });
    let there = sam.clone().to(&relay.url);
    let run = there.run(&["case", "import", path(&file)]).exits(6);
    assert!(run.stderr.contains("50 cases: 20 filed"), "{}", run.stderr);
    gone.store(0, Ordering::SeqCst);
    there.run(&["case", "import", path(&file), "--jobs", "1"]).exits(6);
    gone.store(0, Ordering::SeqCst);
    let run = there.run(&["case", "import", path(&file)]).succeeded();
    assert_eq!(run.stderr, "50 cases: 10 filed, 40 filed before\n");
    filed_once(&sam, 50);
}

#[test]
fn a_lost_answer_is_asked_for_again_and_the_case_is_there_once() {
    let world = World::new();
    let sam = world.sam();
    // Of each request that opens a case, the first answer is lost.
    let seen = std::sync::Mutex::new(std::collections::HashSet::new());
    let relay = Relay::interfering(&world.url, move |request| {
        let key = request.header("idempotency-key").map(str::to_owned);
        let lose = request.opens_a_case() && seen.lock().unwrap().insert(key);
        if lose { Deed::LoseAnswer } else { Deed::Pass }
    });
    let file = world.file("many.ndjson", records(12));
    sam.clone().to(&relay.url).run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 12);
}

#[cfg(unix)]
#[test]
fn ctrl_c_lets_what_is_under_way_end_and_says_how_to_go_on() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(80));
    let (reached, wait) = std::sync::mpsc::channel();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let gone = std::sync::Mutex::new(gone);
    let relay = after(&world, 8, move |count| {
        // The first one after those is held until docket has been interrupted.
        if count == 0 {
            let _ = reached.send(());
            let _ = gone.lock().unwrap().recv();
        }
        Deed::Pass
    });
    let there = sam.clone().to(&relay.url);
    let mut command = there.command(&["case", "import", path(&file), "--jobs", "1"]);
    let docket = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    wait.recv().unwrap();
    let id = docket.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    go.send(()).unwrap();
    let output = docket.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.starts_with("waiting for what is under way"), "{said}");
    assert!(said.contains("\ndocket: interrupted; 80 cases: "), "{said}");
    assert!(said.contains("goes on where this one stopped"), "{said}");
    let filed = subjects(&sam).len();
    assert!((9..80).contains(&filed), "{filed}");
    assert!(said.contains(&format!("80 cases: {filed} filed")), "{said}");
    there.run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 80);
}

#[test]
fn what_a_portal_may_have_forgotten_is_not_sent_again() {
    let world = World::new();
    let sam = world.sam();
    let relay = after(&world, 2, |_| Deed::Answer(problem("internal", 500, "out of order")));
    let there = sam.clone().to(&relay.url);
    let file = world.file("many.ndjson", records(4));
    let run = there.run(&["case", "import", path(&file), "--jobs", "1", "--json"]).exits(9);
    assert_eq!(rows(&run).iter().filter(|row| row["number"].is_string()).count(), 2);
    // As if that had been last month.
    let journal = &journals(&sam)[0];
    let text = fs::read_to_string(journal).unwrap();
    let old: String = text
        .lines()
        .map(|line| match line.split_once("\"form\"") {
            Some((before, rest)) => {
                let at = rest.find("\"at\":\"").unwrap() + 6;
                format!("{before}\"form\"{}2026-01-01{}\n", &rest[..at], &rest[at + 10..])
            }
            None => format!("{line}\n"),
        })
        .collect();
    fs::write(journal, old).unwrap();
    relay.take();
    let run = there.run(&["case", "import", path(&file), "--json"]).exits(9);
    let rows = rows(&run);
    assert_eq!(rows[0]["created"], false);
    assert!(
        rows[3]["error"].as_str().unwrap().starts_with("it may have been filed more than 7 days ago"),
        "{rows:?}"
    );
    assert!(!relay.take().contains(&"POST /v1/cases".to_owned()));
}

#[test]
fn what_is_filed_stays_filed_after_the_portal_has_forgotten_the_keys() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(6));
    sam.run(&["case", "import", path(&file)]).succeeded();
    world.advance(jiff::SignedDuration::from_hours(24 * 30));
    let sam = world.sam();
    let run = sam.run(&["case", "import", path(&file)]).succeeded();
    assert_eq!(run.stderr, "6 cases: 0 filed, 6 filed before\n");
    filed_once(&sam, 6);
}

#[test]
fn two_at_once_on_the_same_file_do_not_get_into_each_others_way() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(10));
    let (reached, wait) = std::sync::mpsc::channel();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let gone = std::sync::Mutex::new(gone);
    let relay = after(&world, 3, move |count| {
        if count == 0 {
            let _ = reached.send(());
            let _ = gone.lock().unwrap().recv();
        }
        Deed::Pass
    });
    let there = sam.clone().to(&relay.url);
    let mut first =
        there.command(&["case", "import", path(&file), "--jobs", "1", "--quiet"]).spawn().unwrap();
    wait.recv().unwrap();
    let second = there.run(&["case", "import", path(&file)]).exits(1);
    assert!(second.stderr.contains("another docket is importing the same file"), "{}", second.stderr);
    go.send(()).unwrap();
    assert!(first.wait().unwrap().success());
    filed_once(&sam, 10);
}

#[test]
fn without_a_place_for_the_journal_nothing_is_sent() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(2));
    let mut command = sam.command(&["case", "import", path(&file)]);
    command.env_remove("DOCKET_DATA_DIR").env_remove("DOCKET_CONFIG_DIR");
    let run = crate::world::run(command, None).exits(1);
    assert!(run.stderr.contains("DOCKET_DATA_DIR"), "{}", run.stderr);
    assert!(subjects(&sam).is_empty());
}

#[cfg(unix)]
#[test]
fn a_journal_that_can_not_be_written_any_more_ends_it_in_good_order() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(200));
    // As on a full disk: no file gets longer than 2 KiB, and docket is told so instead of being ended.
    let docket = sam.command(&["case", "import", path(&file), "--jobs", "2", "--json"]);
    let mut limited = std::process::Command::new("/bin/sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "sh"])
        .arg(docket.get_program())
        .args(docket.get_args())
        .env_clear()
        .envs(docket.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(world.folder.path());
    let run = crate::world::run(limited, None).exits(9);
    let error = run.error();
    let message = error["message"].as_str().unwrap();
    let filed = subjects(&sam).len();
    assert!(message.starts_with("can't write ") && (1..200).contains(&filed), "{error}");
    assert!(message.ends_with(&format!("200 cases: {filed} filed")), "{error}");
    assert_eq!(rows(&run).len(), filed, "each case that was opened is told");
    assert!(error["hints"].to_string().contains("goes on where this one stopped"), "{error}");
    sam.run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 200);
}

#[test]
fn a_login_that_ends_while_the_new_form_is_fetched_ends_it_in_good_order() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(30));
    let opened = AtomicU32::new(0);
    let relay = Relay::interfering(&world.url, move |request| match opened.load(Ordering::SeqCst) {
        _ if request.opens_a_case() => match opened.fetch_add(1, Ordering::SeqCst) {
            5 => Deed::Answer(problem("form-changed", 412, "there is a new form")),
            _ => Deed::Pass,
        },
        6.. if request.path == "/v1/me" => {
            Deed::Answer(problem("login-required", 401, "the token has expired"))
        }
        _ => Deed::Pass,
    });
    let there = sam.clone().to(&relay.url);
    let run = there.run(&["case", "import", path(&file), "--jobs", "1", "--json"]).exits(4);
    let error = run.error();
    let filed = subjects(&sam).len();
    assert!((5..30).contains(&filed), "{filed}");
    assert!(error["message"].as_str().unwrap().ends_with(&format!("30 cases: {filed} filed")), "{error}");
    assert!(error["hints"].to_string().contains("goes on where this one stopped"), "{error}");
    assert_eq!(rows(&run).len(), filed);
    sam.run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 30);
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_heard_while_what_is_filed_already_is_passed_by() {
    use std::io::{BufRead as _, Read as _};
    const COUNT: u32 = 20_000;
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(COUNT));
    let relay = after(&world, 1, |_| Deed::Answer(problem("busy", 503, "closed for the night")));
    sam.clone().to(&relay.url).run(&["case", "import", path(&file), "--jobs", "1"]).exits(6);
    // As if all of them had been filed.
    let mut journal = fs::File::options().append(true).open(&journals(&sam)[0]).unwrap();
    let filed: String =
        (0..COUNT).map(|record| format!("{{\"filed\":[{record},\"00000001\",true]}}\n")).collect();
    journal.write_all(filed.as_bytes()).unwrap();
    let there = sam.clone().to(&relay.url);
    let mut command = there.command(&["case", "import", path(&file), "--json"]);
    let piped = std::process::Stdio::piped;
    let mut docket = command.stdout(piped()).stderr(piped()).spawn().unwrap();
    // With nobody to read on, docket waits once the pipe is full.
    let mut results = std::io::BufReader::with_capacity(64, docket.stdout.take().unwrap());
    let mut read = String::new();
    results.read_line(&mut read).unwrap();
    let id = docket.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    results.read_to_string(&mut read).unwrap();
    let output = docket.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let count = read.lines().count();
    assert!((1..COUNT as usize).contains(&count), "{count}");
}

#[test]
fn a_login_that_ends_in_the_middle_says_to_log_in_and_then_how_to_go_on() {
    let world = World::new();
    let file = world.file("many.ndjson", records(20));
    // The summer passes, and with it the token's time.
    let clock = world.clock.clone();
    let relay = after(&world, 5, move |count| {
        if count == 0 {
            clock.advance(jiff::SignedDuration::from_hours(24 * 300));
        }
        Deed::Pass
    });
    let sam = world.stranger("sam").to(&relay.url).at("1001");
    let log_in = ["login", &relay.url, "--email", "sam@example.com", "--password-stdin"];
    sam.run_with(&log_in, PASSWORD).succeeded();
    let error = sam.run(&["case", "import", path(&file), "--jobs", "1", "--json"]).exits(4).error();
    assert!(error["message"].as_str().unwrap().ends_with("20 cases: 5 filed"), "{error}");
    let hints: Vec<&str> =
        error["hints"].as_array().unwrap().iter().map(|hint| hint.as_str().unwrap()).collect();
    assert_eq!(hints[0], format!("run `docket login {}`", relay.url));
    let again = format!("docket --portal {} case import {} --account 1001", relay.url, path(&file));
    assert!(hints[1].starts_with(&format!("`{again}` goes on")), "{hints:?}");
    sam.run_with(&log_in, PASSWORD).succeeded();
    let words: Vec<&str> = again.split(' ').skip(1).collect();
    assert_eq!(sam.run(&words).succeeded().stderr, "20 cases: 15 filed, 5 filed before\n");
    filed_once(&world.sam(), 20);
}

#[test]
fn journals_of_a_month_ago_go_when_another_import_begins() {
    let world = World::new();
    let sam = world.sam();
    let first = world.file("october.ndjson", records(2));
    sam.run(&["case", "import", path(&first)]).succeeded();
    let old = journals(&sam).remove(0);
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(31 * 24 * 60 * 60);
    fs::File::options().append(true).open(&old).unwrap().set_modified(then).unwrap();
    let second = world.file("november.ndjson", record(&json!({"subject": "Another"})));
    sam.run(&["case", "import", path(&second)]).succeeded();
    let left = journals(&sam);
    assert!(left.len() == 1 && left[0] != old, "{left:?}");
}

#[test]
fn a_portal_that_asks_to_wait_is_not_pressed_and_its_time_is_passed_on() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(40));
    let busy = String::from_utf8(problem("too-many", 429, "not so fast")).unwrap();
    let busy = busy.replacen("\r\n", "\r\nretry-after: 30\r\n", 1).into_bytes();
    let relay = after(&world, 4, move |_| Deed::Answer(busy.clone()));
    let there = sam.clone().to(&relay.url);
    let error = there.run(&["case", "import", path(&file), "--jobs", "2", "--json"]).exits(6).error();
    assert!(error["message"].as_str().unwrap().ends_with("40 cases: 4 filed"), "{error}");
    let hints: Vec<&str> =
        error["hints"].as_array().unwrap().iter().map(|hint| hint.as_str().unwrap()).collect();
    assert_eq!(hints[0], "try again in 30 seconds");
    assert!(hints[1].contains("goes on where this one stopped"), "{hints:?}");
    let sent = relay.heard().iter().filter(|request| request.opens_a_case()).count();
    assert!(sent <= 6, "what is under way ends, and nothing more begins: {sent}");
    sam.run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 40);
}
