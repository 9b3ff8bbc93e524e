//! Secrets stay here: what leaves with a case, and what is left on disk of it.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use serde_json::{Value, json};

use crate::filing::{count, new, outbox};
use crate::import::{record, rows};
use crate::relay::{Deed, Relay, Request, problem};
use crate::screen::Terminal;
use crate::world::{Run, User, World, path};

/// What nobody but its owner is to see.
const SECRET: &str = "tr0ub4dor-canary";
/// Bytes of a piece that is sent at a time.
const PIECE: usize = 8 << 20;

/// A line that gives it away.
fn leak() -> String {
    format!("user=sam password={SECRET} failed")
}

/// Every file below a folder, but for drafts and texts, which hold what somebody typed.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        match path.is_dir() {
            true if path.ends_with("data/drafts") || path.ends_with("data/texts") => {}
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

/// Holds that the secret is neither in anybody's home nor anywhere in the portal's data, and how many files were
/// read for that.
#[track_caller]
fn nowhere(world: &World) -> usize {
    let homes = files(&world.folder.path().join("homes"));
    let portal = files(&world.folder.path().join("portal"));
    assert!(!portal.is_empty());
    for file in homes.iter().chain(&portal) {
        let content = std::fs::read(file).unwrap();
        let found = content.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
        assert!(!found, "the secret is in {}", file.display());
    }
    homes.len() + portal.len()
}

/// The copies in somebody's data directory.
fn copies(user: &User) -> Vec<String> {
    user.files().into_iter().filter(|file| file.starts_with("data/redacted/")).collect()
}

/// What the portal has of a file.
fn downloaded(world: &World, user: &User, number: &str, name: &str) -> String {
    let folder = tempfile::tempdir_in(world.folder.path()).unwrap();
    user.run(&["case", "download", number, name, "--dir", path(folder.path())]).succeeded();
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

/// The mark in a text.
fn mark(text: &str) -> &str {
    let begin = text.find("[redacted:").unwrap_or_else(|| panic!("no mark: {text}"));
    &text[begin..=begin + text[begin..].find(']').unwrap()]
}

fn kinds(count: u64) -> Value {
    json!({"password": count})
}

#[test]
fn a_case_and_its_files_leave_without_secrets_and_the_files_stay_as_they_are() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("app.log", format!("first\n{}\n{}\n", leak(), leak()));
    let clean = world.file("clean.log", "nothing to see\n");
    let before = std::fs::read(&log).unwrap();
    let attach = ["--attach", path(&log), "--attach", path(&clean)];
    let run = new(&sam, &[("description", &leak())], &attach).succeeded();
    assert_eq!(
        run.stderr,
        format!(
            "description: replaced 1 secret: password (1)\n{}: replaced 2 secrets: password (2)\n",
            path(&log)
        )
    );
    assert_eq!(std::fs::read(&log).unwrap(), before);
    let case = sam.json(&["case", "show", "1"]);
    let sent = downloaded(&world, &sam, "1", "app.log");
    // The same secret has the same mark, wherever it was.
    let mark = mark(case["description"].as_str().unwrap()).to_owned();
    assert_eq!(sent, format!("first\n{0}\n{0}\n", leak().replace(SECRET, &mark)));
    assert_eq!(downloaded(&world, &sam, "1", "clean.log"), "nothing to see\n");
    assert_eq!(copies(&sam), [""; 0]);
    assert!(nowhere(&world) > 2);

    let run = new(&sam, &[("description", &leak())], &[&attach[..], &["--json"]].concat()).succeeded();
    assert_eq!(run.stderr, "");
    let redacted =
        json!([{"what": "description", "kinds": kinds(1)}, {"what": "app.log", "kinds": kinds(2)}]);
    assert_eq!(run.json()["redacted"], redacted);
    let case = run.json();
    assert_ne!(self::mark(case["description"].as_str().unwrap()), mark);
    assert_eq!(new(&sam, &[], &["--json"]).succeeded().json().get("redacted"), None);
    let quiet = new(&sam, &[("description", &leak())], &["--quiet"]).succeeded();
    assert_eq!(quiet.stderr, "");
    nowhere(&world);
}

#[test]
fn an_archive_leaves_without_secrets_and_a_broken_one_not_at_all() {
    let world = World::new();
    let sam = world.sam();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, leak().as_bytes()).unwrap();
    let log = world.file("app.log.gz", packed.finish().unwrap());
    new(&sam, &[], &["--attach", path(&log)]).succeeded();
    let folder = tempfile::tempdir().unwrap();
    sam.run(&["case", "download", "1", "app.log.gz", "--dir", path(folder.path())]).succeeded();
    let sent = std::fs::File::open(folder.path().join("app.log.gz")).unwrap();
    let sent = std::io::read_to_string(flate2::read::GzDecoder::new(sent)).unwrap();
    assert_eq!(sent, leak().replace(SECRET, mark(&sent)));

    let broken = world.file("evidence.zip", b"PK\x03\x04\x14\0\0\0broken");
    for words in [
        vec!["case", "attach", "1", path(&broken), "--json"],
        vec!["redact", path(&broken), "-o", "copy.zip", "--json"],
    ] {
        let error = sam.run(&words).exits(1).error();
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("cannot read {}: ", path(&broken))), "{error}");
        assert_eq!(words[0] == "case", error["hints"].to_string().contains("--redact off"), "{error}");
    }
    assert_eq!(copies(&sam), [""; 0]);
    // Where it stands behind something that can be read, nothing of the copy is written either.
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in [("b.log", leak().as_bytes()), ("c.zip", b"PK\x03\x04\x14\0\0\0broken")] {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, content).unwrap();
    }
    let tar = world.file("evidence.tar", tar.into_inner().unwrap());
    assert_eq!(sam.run(&["redact", path(&tar)]).exits(1).stdout, "");
    // Whoever wants it sends it as it is.
    sam.run(&["case", "attach", "1", path(&broken), "--redact", "off"]).succeeded();
}

#[test]
fn a_dry_run_says_what_would_be_replaced() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("app.log", leak());
    let words = ["--attach", path(&log), "--dry-run"];
    let run = new(&sam, &[("description", &leak())], &words).succeeded();
    assert!(run.stderr.starts_with("description: would replace 1 secret: password (1)\n"), "{}", run.stderr);
    assert!(!run.stdout.contains(SECRET) && run.stdout.contains("[redacted:password:"), "{}", run.stdout);
    let json = new(&sam, &[("description", &leak())], &[&words[..], &["--json"]].concat()).succeeded().json();
    assert_eq!(json["redacted"][1], json!({"what": "app.log", "kinds": kinds(1)}));
    // Of what would be sent, not of the file here.
    let size = json["body"]["fields"]["attachment"]["size"].as_u64().unwrap();
    assert_eq!(size as usize, leak().replace(SECRET, "[redacted:password:01234567]").len());
    assert_eq!((copies(&sam), count(&sam)), (Vec::new(), 0));
    new(&sam, &[("description", &leak())], &["--dry-run", "--redact", "strict"]).exits(10);
}

#[test]
fn strictly_nothing_is_sent_where_there_is_a_secret() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let log = world.file("app.log", format!("first\n{}\n", leak()));
    let attach = ["--attach", path(&log), "--redact", "strict", "--json"];
    let error = new(&sam, &[], &attach).exits(10).error();
    assert_eq!(error["kind"], "secret_found");
    let log_has = format!("{} has 1 secret: password (1)", path(&log));
    assert_eq!(error["message"], format!("nothing was sent, because of what may be secret: {log_has}"));
    assert_eq!(error["hints"][0], format!("{}: password in line 2", path(&log)));
    let error = new(&sam, &[("description", &leak())], &attach).exits(10).error();
    assert!(error["message"].as_str().unwrap().contains("description has 1 secret"), "{error}");
    // The portal needn't be there for that.
    let away = sam.clone().to("http://127.0.0.1:9");
    let words = [&attach[..], &["--no-retry"]].concat();
    assert_eq!(new(&away, &[], &words).exits(10).error()["kind"], "secret_found");
    let named = world.file("password=tr0ub4dor.log", "nothing to see");
    let words = ["--attach", path(&named), "--redact", "strict", "--json"];
    let error = new(&sam, &[], &words).exits(10).error();
    assert!(
        error["message"].as_str().unwrap().ends_with("has a name in which there may be a secret"),
        "{error}"
    );
    assert!(!relay.heard().iter().any(Request::writes));

    let strict = sam.clone().with("DOCKET_REDACT", "strict");
    let number = sam.open(&[]);
    relay.take();
    for words in [
        vec!["case", "attach", &number, path(&log)],
        vec!["case", "comment", &number, "-m", &leak()],
        vec!["case", "close", &number, "--reason", &leak()],
        vec!["resources", &leak()],
    ] {
        strict.run(&words).exits(10);
    }
    assert_eq!((relay.heard().iter().any(Request::writes), outbox(&sam)), (false, json!([])));
    // What has none goes.
    new(&sam, &[], &["--redact", "strict"]).succeeded();
    assert_eq!(copies(&sam), [""; 0]);
    nowhere(&world);
}

#[test]
fn whoever_wants_it_sends_everything_and_is_told_so_once() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("app.log", leak());
    let run =
        new(&sam, &[("description", &leak())], &["--attach", path(&log), "--redact", "off"]).succeeded();
    assert_eq!(run.stderr, "secrets in what is sent are left in it: so says the command line\n");
    assert_eq!(downloaded(&world, &sam, "1", "app.log"), leak());
    assert_eq!(sam.json(&["case", "show", "1"])["description"], leak());
    let off = sam.clone().with("DOCKET_REDACT", "off");
    let run = off.run(&["case", "comment", "1", "-m", &leak()]).succeeded();
    assert!(run.stderr.starts_with("secrets in what is sent are left in it: so says DOCKET_REDACT\n"));
    off.run(&["case", "comment", "1", "-m", &leak(), "--redact", "strict"]).exits(10);
    let config = sam.home().join("config/config.toml");
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    std::fs::write(config, "[redact]\nmode = 'strict'\n").unwrap();
    sam.run(&["case", "comment", "1", "-m", &leak()]).exits(10);
    off.run(&["case", "comment", "1", "-m", &leak()]).succeeded();
    let wrong = sam.clone().with("DOCKET_REDACT", "never").run(&["case", "comment", "1", "-m", "a"]).exits(2);
    assert!(wrong.stderr.contains("choose one of auto, strict, off"), "{}", wrong.stderr);
}

#[test]
fn what_is_said_on_a_case_leaves_without_secrets() {
    let world = World::new();
    let sam = world.sam();
    let expert = world.expert();
    let number = sam.open(&[]);
    let run = sam.run_with(&["case", "comment", &number, "-F", "-"], leak()).succeeded();
    assert!(run.stderr.starts_with("comment: replaced 1 secret: password (1)\n"), "{}", run.stderr);
    let case = sam.json(&["case", "comment", &number, "-m", &leak()]);
    assert_eq!(case["redacted"], json!([{"what": "comment", "kinds": kinds(1)}]));
    let answered = expert.json(&["expert", "reply", &number, "--needs-info", "-m", &leak()]);
    assert_eq!(answered["redacted"][0]["what"], "reply");
    let noted = expert.json(&["expert", "note", &number, "-m", &leak()]);
    assert_eq!(noted["redacted"][0]["what"], "note");
    let log = world.file("app.log", leak());
    let attached = sam.json(&["case", "attach", &number, path(&log)]);
    assert_eq!(attached["redacted"], json!([{"what": "app.log", "kinds": kinds(1)}]));
    let closed = sam.json(&["case", "close", &number, "--reason", &leak()]);
    assert_eq!(closed["redacted"][0]["what"], "reason");
    assert_eq!(mark(closed["close_reason"].as_str().unwrap()).find("password"), Some(10));
    nowhere(&world);
    // Columns that a script counts on stay as they were.
    let csv = sam.run(&["case", "show", &number, "--csv"]).succeeded().stdout;
    assert!(csv.lines().next().unwrap().ends_with(",comments,history"), "{csv}");
}

#[test]
fn words_to_search_for_leave_without_secrets() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    for words in [&["resources", &leak()][..], &["case", "list", "--search", &leak()]] {
        sam.run(words).succeeded();
        let asked = relay.take();
        assert!(asked.iter().any(|request| request.contains("redacted")), "{asked:?}");
        assert!(!asked.iter().any(|request| request.contains(SECRET)), "{asked:?}");
    }
}

#[test]
fn what_is_no_free_text_stays_as_it_is() {
    let world = World::new();
    let sam = world.sam();
    let watcher = "password=abc@example.com";
    let key = "password=alert-of-the-night";
    let words = ["--watch", watcher, "--dedupe-key", key, "--json"];
    let case = new(&sam, &[("browser", &leak())], &words).succeeded().json();
    assert_eq!(case["watchers"], json!([watcher]));
    assert_eq!(case["redacted"], json!([{"what": "browser", "kinds": kinds(1)}]));
    let again = new(&sam, &[("browser", &leak())], &words).succeeded().json();
    assert_eq!((&again["created"], &again["number"]), (&json!(false), &case["number"]));
}

#[test]
fn a_text_that_its_marks_make_too_long_is_named_and_nothing_is_sent() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let subject = format!("{} password=abc", "x".repeat(255 - 13));
    new(&sam, &[("subject", &subject)], &["--redact", "off"]).succeeded();
    relay.take();
    let run = new(&sam, &[("subject", &subject)], &["--json"]).exits(3);
    assert_eq!(run.fields(), ["subject"]);
    assert!(run.error()["fields"][0]["problem"].as_str().unwrap().ends_with("with its secrets replaced"));
    assert!(!relay.heard().iter().any(Request::writes));
    assert_eq!(outbox(&sam), json!([]));
}

#[test]
fn a_file_that_its_marks_make_too_large_is_named_and_nothing_is_sent() {
    let world = World::with(|options| docket::portal::Options { max_attachment: 1_000, ..options });
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    relay.take();
    let log = world.file("app.log", format!("{} password=abcde", "x".repeat(980)));
    let clean = world.file("clean.log", "nothing to see");
    let files = ["--attach", path(&clean), "--attach", path(&log), "--json"];
    let run = new(&sam, &[], &files).exits(3);
    assert_eq!(run.fields(), ["attachment"]);
    assert!(run.error()["fields"][0]["problem"].as_str().unwrap().ends_with(", with its secrets replaced"));
    let run = sam.run(&["case", "attach", &number, path(&log), "--json"]).exits(3);
    assert_eq!(run.fields(), ["attachment"]);
    assert!(!relay.heard().iter().any(Request::writes));
    assert_eq!((outbox(&sam), copies(&sam)), (json!([]), Vec::new()));
}

#[test]
fn the_outbox_sends_later_what_was_replaced_then() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    let log = world.file("app.log", leak());
    world.stop();
    let run = new(&sam, &[("description", &leak())], &["--attach", path(&log)]).exits(6);
    assert!(run.stderr.contains("description: replaced 1 secret"), "{}", run.stderr);
    new(&sam, &[("description", &leak())], &["--attach", path(&log)]).exits(6);
    assert_eq!(copies(&sam).len(), 1, "the same file is there once: {:?}", copies(&sam));
    let kept = sam.home().join(&copies(&sam)[0]);
    assert_eq!(kept.file_name(), log.file_name());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let content = std::fs::read_to_string(&kept).unwrap();
    std::fs::remove_file(&log).unwrap();
    nowhere(&world);
    world.restart(|options| options);
    // The one that is dropped needs it no more, the other one does.
    let entries = outbox(&sam);
    sam.run(&["outbox", "drop", entries[1]["id"].as_str().unwrap()]).succeeded();
    assert_eq!(copies(&sam).len(), 1);
    assert_eq!(sam.json(&["outbox", "send"])[0]["error"], Value::Null);
    assert_eq!(downloaded(&world, &sam, "1", "app.log"), content);
    assert_eq!(copies(&sam), [""; 0]);
    nowhere(&world);
}

#[test]
fn a_case_written_before_the_form_was_known_is_kept_without_secrets() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("app.log", leak());
    world.stop();
    // Not even the form is there.
    let with = ["--attach", path(&log), "--no-retry"];
    new(&sam, &[("description", &leak())], &with).exits(6);
    nowhere(&world);
    let entry = std::fs::read_to_string(sam.entry()).unwrap();
    assert!(entry.contains("[redacted:password:") && entry.contains("envelope-stuck"), "{entry}");
    std::fs::remove_file(&log).unwrap();
    world.restart(|options| options);
    assert_eq!(sam.json(&["outbox", "send"])[0]["error"], Value::Null);
    assert!(downloaded(&world, &sam, "1", "app.log").contains("[redacted:password:"));
    assert_eq!(copies(&sam), [""; 0]);
}

#[test]
fn a_file_that_was_not_there_when_its_case_was_written_is_searched_when_it_is_sent() {
    let world = World::new();
    let sam = world.sam();
    world.stop();
    let log = world.folder.path().join("app.log");
    new(&sam, &[], &["--attach", path(&log), "--no-retry"]).exits(6);
    world.restart(|options| options);
    world.file("app.log", leak());
    assert_eq!(sam.json(&["outbox", "send"])[0]["error"], Value::Null);
    assert!(downloaded(&world, &sam, "1", "app.log").contains("[redacted:password:"));
    assert_eq!(copies(&sam), [""; 0]);
    nowhere(&world);
}

#[test]
fn a_case_that_is_in_the_outbox_already_is_known_by_other_marks() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    world.stop();
    new(&sam, &[("description", &leak())], &["--no-retry"]).exits(6);
    world.restart(|options| options);
    let run = new(&sam, &[("description", &leak())], &[]).succeeded();
    assert!(run.stderr.contains("the outbox has the same case as "), "{}", run.stderr);
}

fn offset(request: &Request) -> Option<usize> {
    (request.method == "PATCH").then(|| request.header("upload-offset").unwrap().parse().unwrap())
}

/// Two pieces and a bit, with a secret at either end.
fn large() -> String {
    let filling = "0123456789abcdef\n".repeat(2 * PIECE / 17);
    format!("{}\n{filling}{}\n", leak(), leak())
}

#[test]
fn a_killed_docket_goes_on_with_the_same_copy() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, |request| offset(request) == Some(PIECE));
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let file = world.file("large.log", large());
    let attach = ["case", "attach", &number, path(&file)];
    let mut docket = sam.command(&attach).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    stuck.recv().unwrap();
    docket.kill().unwrap();
    docket.wait().unwrap();
    assert_eq!(copies(&sam).len(), 1);
    nowhere(&world);
    // Whatever else is done meanwhile, it stays.
    sam.run(&["case", "comment", &number, "-m", "it comes"]).succeeded();
    assert_eq!(copies(&sam).len(), 1);
    let run = sam.run(&attach).succeeded();
    assert_eq!(
        run.stderr,
        format!(
            "{0}: replaced 2 secrets: password (2)\n{0}: 8.4 MB of it were there already\n\
             attached 1 file to case {number}\n",
            path(&file)
        )
    );
    let sent = downloaded(&world, &sam, &number, "large.log");
    assert_eq!(sent, large().replace(SECRET, mark(&sent)));
    assert_eq!(copies(&sam), [""; 0]);
    nowhere(&world);
}

#[test]
fn a_docket_killed_while_files_follow_leaves_a_copy_for_the_outbox() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, |request| offset(request) == Some(PIECE));
    let sam = world.sam().to(&relay.url);
    let file = world.file("large.log", large());
    let flags = crate::world::answers(&[("description", &leak())]);
    let mut words: Vec<&str> = ["case", "new"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    words.extend(["--attach", path(&file)]);
    let mut docket = sam.command(&words).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    stuck.recv().unwrap();
    docket.kill().unwrap();
    docket.wait().unwrap();
    std::fs::write(&file, "something else by now").unwrap();
    nowhere(&world);
    assert_eq!(sam.json(&["outbox", "send"])[0]["error"], Value::Null);
    let sent = downloaded(&world, &sam, "1", "large.log");
    assert_eq!(sent, large().replace(SECRET, mark(&sent)));
    assert_eq!(copies(&sam), [""; 0]);
    nowhere(&world);
}

#[test]
fn leftovers_go_with_the_next_docket_but_nothing_that_is_in_use() {
    let world = World::new();
    let (told, arrived) = mpsc::channel();
    let (go_on, wait) = mpsc::channel::<()>();
    let (told, wait) = (Mutex::new(told), Mutex::new(wait));
    let relay = Relay::interfering(&world.url, move |request| {
        if request.attaches() {
            told.lock().unwrap().send(()).unwrap();
            wait.lock().unwrap().recv().unwrap();
        }
        Deed::Pass
    });
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("app.log", leak());
    let there = sam.clone().to(&relay.url);
    let attach = ["case", "attach", &number, path(&file)];
    let docket = there.command(&attach).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    arrived.recv().unwrap();
    let in_use = copies(&sam);
    let left = sam.home().join("data/redacted/00000000000000000000000000000000");
    std::fs::create_dir(&left).unwrap();
    std::fs::write(left.join("other.log"), "[redacted:password:1]").unwrap();
    sam.run(&["case", "comment", &number, "-m", "hello"]).succeeded();
    assert!(!left.exists());
    assert_eq!((in_use.len(), copies(&sam)), (1, in_use));
    go_on.send(()).unwrap();
    assert!(docket.wait_with_output().unwrap().status.success());
    assert_eq!(copies(&sam), [""; 0]);
}

#[test]
fn where_there_is_no_data_directory_a_copy_is_made_all_the_same() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("app.log", leak());
    let folder = tempfile::tempdir().unwrap();
    let mut command = sam.command(&["case", "attach", &number, path(&file)]);
    command.env_remove("DOCKET_DATA_DIR").env_remove("DOCKET_CONFIG_DIR").env("TMPDIR", folder.path());
    crate::world::run(command, None).succeeded();
    assert!(downloaded(&world, &sam, &number, "app.log").contains("[redacted:password:"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_command_given_again_is_the_same_request() {
    let world = World::new();
    let sam = world.sam();
    let log = world.file("app.log", format!("{}\nthe other password=abcdef\n", leak()));
    let words = ["--attach", path(&log), "--idempotency-key", "the-key-of-a-job", "--json"];
    let changes = [("description", &*leak()), ("steps", "password=zzzzzz")];
    let first = new(&sam, &changes, &words).succeeded().json();
    let again = new(&sam, &changes, &words).succeeded().json();
    assert_eq!((&first["created"], &again["created"]), (&json!(true), &json!(false)));
    assert_eq!(first["attachments"].as_array().unwrap().len(), 1);
    // Not even its file was sent once more.
    assert_eq!(again["attachments"], first["attachments"]);
    assert_eq!(mark(first["description"].as_str().unwrap()), "[redacted:password:1]");
    assert_eq!(mark(first["details"]["steps"].as_str().unwrap()), "[redacted:password:2]");
    let sent = downloaded(&world, &sam, "1", "app.log");
    assert!(
        sent.contains("password=[redacted:password:1] ") && sent.contains("[redacted:password:3]"),
        "{sent}"
    );
}

#[test]
fn alerts_with_the_same_key_have_the_same_marks() {
    let world = World::new();
    let sam = world.sam();
    for _ in 0..2 {
        new(&sam, &[("description", &leak())], &["--dedupe-key", "nightly"]).succeeded();
    }
    let case = sam.json(&["case", "show", "1"]);
    assert_eq!(mark(case["description"].as_str().unwrap()), "[redacted:password:1]");
    for comment in case["comments"].as_array().unwrap() {
        assert!(!comment["body"].as_str().unwrap().contains(SECRET));
    }
    nowhere(&world);
}

/// Records of which every second one has secrets, and a file with one.
fn leaky(count: u32) -> String {
    (0..count)
        .map(|index| match index % 2 {
            0 => record(&json!({"subject": index.to_string()})),
            _ => record(&json!({"subject": index.to_string(), "description": leak(), "attach": ["app.log"]})),
        })
        .collect()
}

fn import(user: &User, words: &[&str]) -> Run {
    user.run(&[&["case", "import"], words].concat())
}

#[test]
fn an_import_leaves_without_secrets_and_is_known_again() {
    let world = World::new();
    let sam = world.sam();
    world.file("app.log", leak());
    let file = world.file("many.ndjson", leaky(6));
    let plan = import(&sam, &[path(&file), "--dry-run", "--json"]).succeeded().json();
    assert_eq!(plan["redacted"], kinds(6));
    let run = import(&sam, &[path(&file), "--json"]).succeeded();
    let told = json!([{"what": "description", "kinds": kinds(1)}, {"what": "app.log", "kinds": kinds(1)}]);
    for (row, index) in rows(&run).iter().zip(0..) {
        assert_eq!(row.get("redacted"), (index % 2 == 1).then_some(&told), "{row}");
    }
    assert_eq!((copies(&sam), count(&sam)), (Vec::new(), 6));
    nowhere(&world);
    // Somebody else's disk knows nothing of it, but the portal knows each request.
    let elsewhere = sam.clone().with("DOCKET_DATA_DIR", path(&world.folder.path().join("homes/elsewhere")));
    let run = import(&elsewhere, &[path(&file)]).succeeded();
    assert_eq!(
        run.stderr,
        "in 3 cases: replaced 6 secrets: password (6)\n6 cases: 0 filed, 6 filed before\n"
    );
    assert_eq!(count(&sam), 6);
    let case = sam.json(&["case", "list", "--search", "3"])["cases"][0].clone();
    assert_eq!(case["attachments"].as_array().unwrap().len(), 1, "{case}");
    nowhere(&world);
}

#[test]
fn an_import_that_was_interrupted_goes_on_without_secrets() {
    let world = World::new();
    let sam = world.sam();
    world.file("app.log", leak());
    let file = world.file("many.ndjson", leaky(12));
    let away = Arc::new(AtomicBool::new(false));
    let relay = Relay::interfering(&world.url, {
        let away = Arc::clone(&away);
        move |request| match away.load(Ordering::SeqCst) && request.attaches() {
            true => Deed::Answer(problem("unavailable", 503, "back in a moment")),
            false => Deed::Pass,
        }
    });
    away.store(true, Ordering::SeqCst);
    let there = sam.clone().to(&relay.url);
    import(&there, &[path(&file), "--no-retry"]).exits(9);
    nowhere(&world);
    away.store(false, Ordering::SeqCst);
    import(&there, &[path(&file)]).succeeded();
    assert_eq!((copies(&sam), count(&sam)), (Vec::new(), 12));
    for case in sam.json(&["case", "list"])["cases"].as_array().unwrap() {
        let odd = case["subject"].as_str().unwrap().parse::<usize>().unwrap() % 2;
        assert_eq!(case["attachments"].as_array().unwrap().len(), odd, "{case}");
    }
    nowhere(&world);
}

#[test]
fn an_import_stays_here_as_a_whole_where_a_line_has_a_secret() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    world.file("app.log", "nothing");
    let file = world.file("many.ndjson", leaky(6));
    let error = import(&sam, &[path(&file), "--json", "--redact", "strict"]).exits(10).error();
    assert_eq!(error["kind"], "secret_found");
    assert_eq!(
        error["message"],
        "nothing was sent, because of what may be secret: description has 1 secret: password (1) \
         (in line 2, and 2 more lines have some)"
    );
    assert!(!relay.heard().iter().any(Request::writes));
    assert_eq!((outbox(&sam), crate::import::journals(&sam)), (json!([]), Vec::new()));
}

#[test]
fn somebody_at_a_terminal_is_asked_once() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("app.log", leak());
    let attach = ["case", "attach", &number, path(&file)];
    for (key, there) in [("n", 0), ("\r", 1)] {
        let mut terminal = Terminal::run(&sam.command(&attach));
        let screen = terminal.shows("Send it like this?");
        assert!(screen.contains("replaced 1 secret: password (1)"), "{screen}");
        terminal.types(key);
        let (code, screen) = terminal.ends();
        assert_eq!((code, screen.contains("nothing was attached")), (0, key == "n"), "{screen}");
        let case = sam.json(&["case", "show", &number]);
        assert_eq!(case["attachments"].as_array().unwrap().len(), there);
        assert_eq!(copies(&sam), [""; 0]);
    }
    // With nothing to think of, nobody is asked.
    let clean = world.file("clean.log", "nothing to see");
    let terminal = Terminal::run(&sam.command(&["case", "attach", &number, path(&clean)]));
    assert!(!terminal.ends().1.contains("Send it"));
}

#[test]
fn the_walk_says_what_will_be_replaced_before_it_files() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("app.log", leak());
    let flags = crate::world::answers(&[("description", &leak()), ("contact-method", "")]);
    let mut words: Vec<&str> = ["case", "new"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    words.extend(["--attach", path(&file), "--no-suggest"]);
    let mut terminal = Terminal::sized(&sam.command(&words), 100, 60);
    for question in [
        "User impact ›",
        "Envelope ID (optional) ›",
        "Happened before (optional)",
        "Product version (optional) ›",
        "Browser (optional) ›",
        "Steps (optional)",
        "Contact method ›",
        "Support language ›",
    ] {
        terminal.answers(question, "\r");
    }
    let screen = terminal.shows("What now? ›");
    assert!(screen.contains("description: would replace 1 secret: password (1)"), "{screen}");
    assert!(screen.contains("app.log: would replace 1 secret: password (1)"), "{screen}");
    terminal.types("\r");
    let (code, screen) = terminal.ends();
    assert_eq!((code, screen.contains(": replaced ")), (0, false), "{screen}");
    let case = sam.json(&["case", "show", "1"]);
    // The draft keeps the key, so the same request may come once more.
    assert_eq!(mark(case["description"].as_str().unwrap()), "[redacted:password:1]");
    assert_eq!(copies(&sam), [""; 0]);
    nowhere(&world);
}

#[test]
fn a_killed_import_leaves_marks_and_no_secret() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, Request::attaches);
    let sam = world.sam().to(&relay.url);
    world.file("app.log", leak());
    let file = world.file("many.ndjson", leaky(6));
    let words = ["case", "import", path(&file), "--jobs", "1"];
    let mut docket = sam.command(&words).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    stuck.recv().unwrap();
    docket.kill().unwrap();
    docket.wait().unwrap();
    assert!(!copies(&sam).is_empty());
    nowhere(&world);
    sam.run(&words).succeeded();
    assert_eq!((copies(&sam), count(&sam)), (Vec::new(), 6));
    for case in sam.json(&["case", "list"])["cases"].as_array().unwrap() {
        let odd = case["subject"].as_str().unwrap().parse::<usize>().unwrap() % 2;
        assert_eq!(case["attachments"].as_array().unwrap().len(), odd, "{case}");
    }
    nowhere(&world);
}

#[test]
fn what_is_said_is_kept_without_secrets_when_its_answer_is_lost() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let lost = Relay::interfering(&world.url, |request| match request.writes() {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let there = sam.clone().to(&lost.url);
    for words in [["comment", "-m"], ["close", "--reason"]] {
        let leak = leak();
        there.run(&["case", words[0], &number, words[1], &leak, "--no-retry"]).exits(7);
        nowhere(&world);
        let entry = std::fs::read_to_string(there.entry()).unwrap();
        assert!(entry.contains("[redacted:password:"), "{entry}");
        std::fs::write(there.entry(), entry.replace(&lost.url, &world.url)).unwrap();
        assert_eq!(sam.json(&["outbox", "send"])[0]["error"], Value::Null);
    }
    assert_eq!(sam.json(&["case", "show", &number])["comments"].as_array().unwrap().len(), 1);
    nowhere(&world);
}
