//! Input that can't be used: what is said about it, and that nothing is lost or half-written.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::relay::{Deed, Relay, answer, problem};
use crate::world::{Run, User, World, answers, nobody_at, path, settings};

/// `case new` with the usual answers, some changed, and further words.
fn new(user: &User, changes: &[(&str, &str)], further: &[&str]) -> Run {
    let flags = answers(changes);
    let words = ["case", "new"].into_iter().chain(flags.iter().map(String::as_str));
    user.run(&words.chain(further.iter().copied()).collect::<Vec<_>>())
}

/// Nothing was opened and nothing is left on disk.
#[track_caller]
fn untouched(user: &User) {
    assert_eq!(user.json(&["case", "list", "--all-accounts"])["total"], 0);
    assert_eq!(user.files(), [""; 0]);
}

#[test]
fn answers_that_can_not_be_right() {
    let world = World::new();
    let sam = world.sam();
    let web = world.user("sam@example.com").at("1002");
    let later = (world.clock.now() + jiff::SignedDuration::from_hours(48)).to_string();
    let shown = [
        new(&sam, &[("product", "esignatur")], &[]),
        new(&sam, &[("product", "clm")], &[]),
        new(&sam, &[("category", "workflow"), ("subcategory", "other")], &[]),
        new(&sam, &[("subcategory", "envelope-stick")], &[]),
        new(&sam, &[("envelope-id", "4b7f1cO2-9d3e-4a55-8c61-0e2f9ab3d47c")], &[]),
        new(&sam, &[("envelope-id", "4b7f1c029d3e-4a55-8c61-0e2f9ab3d47c")], &[]),
        new(&sam, &[("envelope-id", "4b7f1c022-9d3e-4a55-8c61-0e2f9ab3d47c")], &[]),
        new(&sam, &[("occurred-at", &later)], &[]),
        new(&sam, &[("occurred-at", "the other day")], &[]),
        new(&web, &[("contact-method", "phone"), ("phone", "+14155550100")], &[]),
        new(&sam, &[("contact-method", "phone"), ("phone", "555-0100")], &[]),
        new(&sam, &[("subject", "one\ntwo")], &[]),
        new(&sam, &[], &["--watch", "nobody"]),
        new(&sam, &[("category", "billing"), ("subcategory", "other"), ("user-impact", "all")], &[]),
    ];
    let shown: Vec<String> = shown.into_iter().map(|run| run.exits(3).shown()).collect();
    settings(&world).bind(|| assert_snapshot!(shown.join("\n")));
    untouched(&sam);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let world = World::new();
    let sam = world.sam();
    let flags = ["--product", "esignature", "--category", "sending", "--subject", "", "--language", "tlh"];
    let files = ["--attach", "missing.txt", "--watch", "nobody", "--envelope-id", "12"];
    let run = sam.run(&[&["case", "new"], &flags[..], &files[..]].concat()).exits(3);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    let run = sam.run(&[&["case", "new", "--json"], &flags[..], &files[..]].concat()).exits(3);
    let mut named = run.fields();
    named.sort();
    let expected = [
        "attachment",
        "contact_method",
        "description",
        "envelope_id",
        "language",
        "occurred_at",
        "subcategory",
        "subject",
        "watch",
    ];
    assert_eq!(named, expected);
    for field in run.error()["fields"].as_array().unwrap() {
        assert!(field["flag"].as_str().unwrap().starts_with("--"), "{field}");
        assert!(!field["problem"].as_str().unwrap().is_empty(), "{field}");
    }
    untouched(&sam);
}

#[test]
fn files_that_can_not_be_attached() {
    let world = World::with(|options| docket::portal::Options { max_attachment: 1000, ..options });
    let sam = world.sam();
    let (empty, large) = (world.file("empty.txt", ""), world.file("large.bin", vec![0; 1001]));
    let missing = world.folder.path().join("vanished.txt");
    std::fs::create_dir(world.folder.path().join("folder")).unwrap();
    let folder = world.folder.path().join("folder");
    let mut shown = Vec::new();
    for file in [&empty, &large, &missing, &folder] {
        let run = new(&sam, &[], &["--attach", path(file)]).exits(3);
        shown.push(run.shown());
        let run = new(&sam, &[], &["--json", "--attach", path(file)]).exits(3);
        assert_eq!(run.fields(), ["attachment"]);
        assert_eq!(run.error()["fields"][0]["flag"], "--attach");
    }
    settings(&world).bind(|| assert_snapshot!(shown.join("\n")));
    // All of them are looked at before anything is sent.
    let all = ["--attach", path(&empty), "--attach", path(&large), "--attach", path(&missing), "--json"];
    assert_eq!(new(&sam, &[], &all).exits(3).fields().len(), 3);
    untouched(&sam);

    // So are the names of further files, which the portal only sees once the case exists.
    let odd = world.file("a\\b.txt", "odd");
    let fine = world.file("fine.txt", "fine");
    let run = new(&sam, &[], &["--attach", path(&fine), "--attach", path(&odd), "--json"]).exits(3);
    assert!(run.stderr.contains("is not a plain file name"), "{}", run.stderr);
    untouched(&sam);

    let number = sam.open(&[]);
    let run = sam.run(&["case", "attach", &number, path(&fine), path(&missing), "--json"]).exits(3);
    assert_eq!(run.fields(), ["attachment"]);
    assert_eq!(sam.json(&["case", "show", &number])["attachments"], json!([]));
}

#[test]
fn files_of_answers_that_make_no_sense() {
    let world = World::new();
    let sam = world.sam();
    let files = [
        world.file("two.yaml", "product: esignature\n---\nproduct: rooms\n"),
        world.file("ended.yaml", "product: esignature\n...\nproduct: rooms\n"),
        world.file("list.yaml", "- product: esignature\n"),
        world.file("nested.yaml", "product:\n  id: esignature\n"),
        world.file("twice.yaml", "product: esignature\nproduct: rooms\n"),
        world.file("torn.json", "{\"product\": \"esignature\","),
        world.file("two.json", "{\"product\": \"esignature\"}\n{\"product\": \"rooms\"}\n"),
        world.file("table.toml", "[product]\nid = \"esignature\"\n"),
        world.file("torn.toml", "product = \"esignature\nsubject = \"x\"\n"),
        world.file("latin1.yaml", b"subject: caf\xe9\n"),
        world.file("follows.yaml", "follows: the last one\n"),
        world.folder.path().join("missing.yaml"),
        world.folder.path().to_owned(),
    ];
    let mut shown = Vec::new();
    for file in &files {
        let run = sam.run(&["case", "new", "--from", path(file)]).exits(2);
        assert!(run.stderr.contains(path(file)), "{}", run.stderr);
        shown.push(run.shown());
        sam.run(&["case", "new", "--json", "--from", path(file)]).exits(2).error();
    }
    settings(&world).bind(|| assert_snapshot!(shown.join("\n")));
    let piped = sam.run_with(&["case", "new", "--from", "-"], b"subject: caf\xe9\n").exits(2);
    assert!(piped.stderr.contains("standard input is not UTF-8"), "{}", piped.stderr);
    untouched(&sam);
}

#[test]
fn a_description_that_is_no_text() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("report.bin", b"fine so far \xff\xfe");
    let without = [("description", "")];
    let run = new(&sam, &without, &["-F", path(&file)]).exits(2);
    assert!(run.stderr.contains(path(&file)), "{}", run.stderr);
    assert!(run.stderr.contains("offset 12"), "{}", run.stderr);
    let flags = answers(&without);
    let words = ["case", "new", "-F", "-"].into_iter().chain(flags.iter().map(String::as_str));
    let run = sam.run_with(&words.collect::<Vec<_>>(), b"\x80").exits(2);
    assert!(run.stderr.contains("standard input is not UTF-8"), "{}", run.stderr);
    let run = new(&sam, &without, &["-F", path(&world.file("nul.txt", "a\0b")), "--json"]).exits(3);
    assert_eq!(run.fields(), ["description"]);
    untouched(&sam);
}

#[test]
fn a_description_of_40_megabytes() {
    let world = World::new();
    let sam = world.sam();
    let long = "x".repeat(40_000_000);
    let file = world.file("long.txt", &long);
    let without = answers(&[("description", "")]);
    let words = |file: &str| -> Vec<String> {
        ["case", "new", "--json", "-F", file].into_iter().map(str::to_owned).chain(without.clone()).collect()
    };
    let (from_file, from_pipe) = (words(path(&file)), words("-"));
    let from_file: Vec<&str> = from_file.iter().map(String::as_str).collect();
    let from_pipe: Vec<&str> = from_pipe.iter().map(String::as_str).collect();
    let began = Instant::now();
    for run in [sam.run(&from_file), sam.run_with(&from_pipe, &long)] {
        let run = run.exits(3);
        assert_eq!(run.fields(), ["description"]);
        // It isn't repeated.
        assert!(run.stderr.len() < 1_000);
    }
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    untouched(&sam);
}

/// How many bytes of memory a docket needs that is given a description of 40 MB.
#[cfg(target_os = "linux")]
#[test]
fn a_description_of_40_megabytes_is_not_copied_again_and_again() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("long.txt", "x".repeat(40_000_000));
    let flags = answers(&[("description", "")]);
    let words = ["case", "new", "-F", path(&file)].into_iter().chain(flags.iter().map(String::as_str));
    let docket = sam.command(&words.collect::<Vec<_>>());
    // The shell limits the address space, of which threads and the allocator reserve a good deal.
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "ulimit -v 700000; exec \"$0\" \"$@\""]).arg(docket.get_program());
    limited.args(docket.get_args()).env_clear().current_dir(world.folder.path());
    limited.envs(docket.get_envs().filter_map(|(name, value)| Some((name, value?))));
    crate::world::run(limited, None).exits(3);
}

/// Writes something into a file below a user's home.
fn put(user: &User, name: &str, content: &str) -> PathBuf {
    let file = user.home().join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, content).unwrap();
    file
}

#[test]
fn settings_that_are_corrupt_are_named_with_their_line() {
    let world = World::new();
    let sam = world.sam();
    let config = put(&sam, "config/config.toml", "portal = \"x\"\nthis is no TOML\n");
    let mut shown = vec![new(&sam, &[], &[]).exits(2).shown()];
    std::fs::write(&config, "portl = \"https://support.example.com\"\n").unwrap();
    shown.push(new(&sam, &[], &[]).exits(2).shown());
    std::fs::remove_file(&config).unwrap();
    let directory = world.file(".docket.toml", "account = [\n");
    shown.push(new(&sam, &[], &[]).exits(2).shown());
    std::fs::write(&directory, "token = \"s3cret\"\n").unwrap();
    let secret = new(&sam, &[], &[]).exits(2);
    assert!(!secret.stderr.contains("s3cret"), "{}", secret.stderr);
    shown.push(secret.shown());
    std::fs::remove_file(&directory).unwrap();
    settings(&world).bind(|| assert_snapshot!(shown.join("\n")));
    untouched(&sam);
}

/// kim, logged in for good at a home of her own.
fn logged_in<'w>(world: &'w World) -> User<'w> {
    let kim = world.stranger("kim").to(&world.url);
    let login = ["login", &world.url, "--email", "kim@example.com", "--password-stdin"];
    kim.run_with(&login, "sample-password\n").succeeded();
    kim
}

#[test]
fn logins_and_tokens_that_are_corrupt_are_named_and_stay() {
    let world = World::new();
    let kim = logged_in(&world);
    let mut shown = Vec::new();
    for name in ["data/logins.json", "data/credentials.json"] {
        let whole = std::fs::read_to_string(kim.home().join(name)).unwrap();
        let torn = &whole[..whole.len() / 2];
        let file = kim.home().join(name);
        std::fs::write(&file, torn).unwrap();
        shown.push(new(&kim, &[], &[]).exits(1).shown());
        new(&kim, &[], &["--json"]).exits(1).error();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), torn, "{name} was touched");
        std::fs::write(&file, whole).unwrap();
    }
    settings(&world).bind(|| assert_snapshot!(shown.join("\n")));
    new(&kim, &[], &[]).succeeded();
}

#[test]
fn a_corrupt_cache_costs_a_request_and_nothing_else() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    new(&sam, &[], &["--dry-run"]).succeeded();
    for content in ["", "{", "\u{0}\u{0}", "{\"portal\": 1}"] {
        for entry in std::fs::read_dir(sam.home().join("data/cache")).unwrap() {
            std::fs::write(entry.unwrap().path(), content).unwrap();
        }
        relay.take();
        assert_eq!(new(&sam, &[], &[]).succeeded().stderr, "");
        assert_eq!(relay.take(), ["GET /v1/me", "GET /v1/form", "POST /v1/cases"], "{content:?}");
    }
}

#[test]
fn a_torn_draft_is_named_and_stays() {
    let world = World::new();
    let sam = world.sam();
    let file = put(&sam, "data/drafts/0badbeef.json", "{\"id\": \"0badbeef\",");
    let named = new(&sam, &[], &["--resume=0badbeef"]).exits(1);
    let any = new(&sam, &[], &["--resume"]).exits(2);
    settings(&world).bind(|| assert_snapshot!([named.shown(), any.shown()].join("\n")));
    assert!(file.exists());
    // It is in nobody's way.
    new(&sam, &[], &[]).succeeded();
    assert!(file.exists());
    for outside in ["../logins", "a/b", "nothere"] {
        new(&sam, &[], &[&format!("--resume={outside}")]).exits(2);
    }
}

#[test]
fn a_torn_entry_of_the_outbox_is_named_and_stays_until_it_is_dropped() {
    let world = World::new();
    let sam = world.sam();
    let file = put(&sam, "data/outbox/0badbeef.json", "{\"id\": \"0badbeef\",");
    let list = sam.run(&["outbox", "list"]).succeeded();
    let send = sam.run(&["outbox", "send"]).exits(1);
    let one = sam.run(&["outbox", "send", "0badbeef", "--json"]).exits(1);
    assert_eq!(one.json()[0]["id"], "0badbeef");
    one.error();
    settings(&world).bind(|| assert_snapshot!([list.shown(), send.shown()].join("\n")));
    // What is whole is sent all the same.
    new(&sam, &[], &[]).succeeded();
    assert!(file.exists());
    sam.run(&["outbox", "drop", "0badbeef"]).succeeded();
    assert_eq!(sam.files(), [""; 0]);
    sam.run(&["outbox", "drop", "0badbeef"]).exits(2);
}

/// A folder below a regular file can't be made by anybody, not even by root, for whom nothing is read-only.
#[test]
fn a_data_directory_that_can_not_be_written_is_named_and_nothing_is_sent() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let file = world.file("a-file", "");
    let data = file.join("data");
    let sam = world.sam().to(&relay.url).with("DOCKET_DATA_DIR", path(&data));
    let run = new(&sam, &[], &[]).exits(1);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    assert!(relay.heard().iter().all(|request| !request.writes()));
    let error = new(&sam, &[], &["--json"]).exits(1).error();
    assert!(error["hints"].to_string().contains("DOCKET_DATA_DIR"), "{error}");
    // Reading needs no place.
    sam.run(&["case", "list"]).succeeded();
    let kim = world.stranger("kim").with("DOCKET_DATA_DIR", path(&data));
    let login = ["login", &world.url, "--email", "kim@example.com", "--password-stdin"];
    let run = kim.run_with(&login, "sample-password\n").exits(1);
    assert!(run.stderr.contains(path(&file)), "{}", run.stderr);
    assert_eq!(world.sam().json(&["case", "list"])["total"], 0);
}

// A full disk under the data directory would take a file system of its own, which takes rights that a test
// doesn't have; what docket makes of that error is tried in `profile`. A full disk behind standard output is
// tried in `filing`.

/// What an answer that isn't a portal's does to a command that reads and to one that files a case, whose
/// form and user are known already.
fn not_a_portal(world: &World, answers: Vec<u8>, reads: i32, files: (i32, &str)) -> Vec<String> {
    let stub = Relay::answering(answers.clone());
    let reading = world.sam().to(&stub.url).run(&["case", "list"]).exits(reads);
    assert_eq!(reading.stdout, "");
    let relay = Relay::interfering(&world.url, move |request| match request.writes() {
        true => Deed::Answer(answers.clone()),
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    let filing = new(&sam, &[], &[]).exits(files.0);
    assert_eq!(filing.stdout, "");
    // The case is kept, and nothing else.
    let outbox = sam.json(&["outbox", "list"]);
    assert_eq!((outbox.as_array().unwrap().len(), &outbox[0]["state"]), (1, &json!(files.1)), "{outbox}");
    let entry = format!("data/outbox/{}.json", outbox[0]["id"].as_str().unwrap());
    assert_eq!(sam.files(), [entry]);
    let kept: Value =
        serde_json::from_slice(&std::fs::read(sam.home().join(&sam.files()[0])).unwrap()).unwrap();
    assert_eq!(kept["request"]["case"]["fields"]["description"], "None has left since this morning.");
    assert_eq!(sam.json(&["case", "list"])["total"], 0);
    sam.run(&["outbox", "drop", outbox[0]["id"].as_str().unwrap()]).succeeded();
    vec![reading.shown(), filing.shown()]
}

#[test]
fn a_portal_that_answers_with_a_page_half_an_answer_or_nothing() {
    let world = World::new();
    let page = "<!doctype html>\n<title>Sign in</title>\u{1b}[2J";
    let half = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"number\":";
    let shown = [
        not_a_portal(&world, answer(200, "text/html", page), 1, (7, "unknown")),
        not_a_portal(&world, answer(404, "text/html", page), 1, (7, "unknown")),
        not_a_portal(&world, answer(200, "application/json", "{\"not\": \"a case\"}"), 1, (7, "unknown")),
        not_a_portal(&world, b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(), 1, (7, "unknown")),
        not_a_portal(&world, half.into(), 6, (7, "unknown")),
        not_a_portal(&world, Vec::new(), 6, (7, "unknown")),
        not_a_portal(&world, problem("internal", 500, "something broke"), 1, (7, "unknown")),
        not_a_portal(&world, problem("unavailable", 503, "back in a minute"), 6, (6, "waiting")),
    ];
    let mut settings = settings(&world);
    settings.add_filter(r"\b[0-9a-f]{8}: `docket", "[entry]: `docket");
    settings.bind(|| assert_snapshot!(shown.concat().join("\n")));
}

#[test]
fn a_portal_that_is_missing_is_noticed_in_under_a_second() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    let place = nobody_at("127.0.0.1:0");
    let nowhere = sam.clone().to(&format!("http://{}", place.local_addr().unwrap()));
    world.stop();
    for (user, words) in [
        (&sam, vec!["case", "list"]),
        (&nowhere, vec!["case", "list"]),
        (&nowhere, vec!["status"]),
        (&nowhere, vec!["login", "--email", "sam@example.com", "--password-stdin"]),
    ] {
        let began = Instant::now();
        user.run_with(&words, "sample-password\n").exits(6);
        assert!(began.elapsed() < Duration::from_secs(1), "{words:?} took {:?}", began.elapsed());
    }
    let began = Instant::now();
    let run = new(&sam, &[], &[]).exits(6);
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    let mut settings = settings(&world);
    settings.add_filter(r"\b[0-9a-f]{8}: `docket", "[entry]: `docket");
    settings.bind(|| assert_snapshot!(run.shown()));
}
