//! `docket tokens`, and working with one.

use insta::assert_snapshot;
use serde_json::json;

use crate::relay::{Deed, Relay, answer};
use crate::world::{User, World, answers, run, settings};

/// Makes a token of sam's and gives back somebody who has nothing else.
fn machine<'w>(world: &'w World, name: &str, scope: &str) -> User<'w> {
    let sam = world.user("sam@example.com");
    let made = sam.run(&["tokens", "create", "--name", name, "--scope", scope]).succeeded();
    world.stranger(name).to(&world.url).at("1001").with("DOCKET_TOKEN", made.stdout.trim())
}

fn new(further: &[&str]) -> Vec<String> {
    let words = ["case", "new"].map(str::to_owned).into_iter().chain(answers(&[]));
    words.chain(further.iter().map(|word| (*word).to_owned())).collect()
}

fn words(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

#[test]
fn a_token_is_the_only_thing_on_standard_output() {
    let world = World::new();
    let sam = world.sam();
    let mut settings = settings(&world);
    settings.add_filter(r"dkt_[A-Za-z0-9_-]{43}", "[token]");
    // How wide the columns of times are depends on the times.
    settings.add_filter(r"(CREATED|EXPIRES|\[when\]) {2,}", "$1  ");
    let shown: Vec<String> = [
        &["create", "--name", "nightly"][..],
        &["create", "--name", "board", "--scope", "read", "--expires", "2h", "--json"],
        &["list"],
        &["list", "--json"],
        &["revoke", "board"],
        &["revoke", "nightly"],
        &["list"],
    ]
    .iter()
    .map(|words| {
        let run = sam.run(&[&["tokens"], *words].concat()).succeeded();
        format!("$ docket tokens {}\n{}", words.join(" "), run.shown())
    })
    .collect();
    settings.bind(|| assert_snapshot!(shown.join("\n")));
}

#[test]
fn a_job_files_a_case_with_its_token_and_nothing_else() {
    let world = World::new();
    let job = machine(&world, "nightly", "write");
    let list = new(&["--dedupe-key", "nightly", "--jq", ".created"]);
    assert_eq!(job.run(&words(&list)).succeeded().stdout, "true\n");
    assert_eq!(job.run(&words(&list)).succeeded().stdout, "false\n");
    let status = job.json(&["status"]);
    assert_eq!(
        (&status["user"], &status["token_source"]),
        (&json!("sam@example.com"), &json!("environment"))
    );
    assert_eq!(status.as_object().unwrap().len(), 6);
    world.sam().run(&["tokens", "revoke", "nightly"]).succeeded();
    let error = job.run(&["case", "list", "--json"]).exits(4).error();
    assert_eq!(error["kind"], "login_required");
    assert!(error["hints"][0].as_str().unwrap().contains("DOCKET_TOKEN"), "{error}");
}

#[test]
fn a_read_only_token_reads_and_writes_nothing() {
    let world = World::new();
    let number = world.sam().open(&[]);
    let board = machine(&world, "board", "read");
    assert_eq!(board.json(&["case", "list"])["total"], 1);
    board.run(&["case", "show", &number, "--history"]).succeeded();
    let file = world.file("a.log", "log");
    for words in [
        words(&new(&["--json"])),
        words(&new(&["--dedupe-key", "k", "--json"])),
        vec!["case", "comment", &number, "-m", "x", "--json"],
        vec!["case", "close", &number, "--reason", "x", "--json"],
        vec!["case", "watch", &number, "ops@example.com", "--json"],
    ] {
        let error = board.run(&words).exits(4).error();
        assert_eq!(error["kind"], "not_allowed", "{words:?}");
        assert_eq!(
            error["message"], "not allowed: the token `board` is read-only: it can't change anything",
            "{words:?}"
        );
        assert!(
            error["hints"].to_string().contains("`docket tokens create --name NAME --scope write`"),
            "{error}"
        );
    }
    let attach = board.run(&["case", "attach", &number, crate::world::path(&file), "--json"]);
    assert!(attach.stderr.contains("`board` is read-only"), "{}", attach.stderr);
    // Who tries out what a job will do hears of it before the night.
    let flags = answers(&[]);
    let dry: Vec<&str> =
        ["case", "new", "--dry-run"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    assert!(board.run(&dry).exits(4).stderr.contains("the token may only read"));
    assert_eq!(board.json(&["outbox", "list"]), json!([]));
    let status = board.run(&["status"]).succeeded();
    assert!(
        status.stdout.contains("Token    environment, `board`, read-only, expires "),
        "{}",
        status.stdout
    );
}

#[test]
fn a_login_with_a_token_is_kept_and_its_end_spares_the_token() {
    let world = World::new();
    let made = world.sam().run(&["tokens", "create", "--name", "nightly", "--scope", "read"]).succeeded();
    let there = world.stranger("runner");
    let login = ["login", &world.url, "--with-token", "--account", "1001"];
    let login = there.run_with(&login, &made.stdout).succeeded();
    assert!(login.stdout.contains("`nightly`, read-only"), "{}", login.stdout);
    let there = there.to(&world.url);
    there.run(&["case", "list"]).succeeded();
    let error = there.run(&["tokens", "create", "--name", "another", "--json"]).exits(4).error();
    assert!(error["message"].as_str().unwrap().contains("`nightly` is"), "{error}");
    assert!(there.run(&["tokens", "list", "--json"]).exits(4).error()["message"].as_str().is_some());
    let out = there.run(&["logout"]).succeeded();
    assert!(out.stderr.contains("the token itself still works"), "{}", out.stderr);
    there.run(&["case", "list"]).exits(4);
    let again = there.with("DOCKET_TOKEN", made.stdout.trim());
    again.run(&["case", "list", "--account", "1001"]).succeeded();
}

#[test]
fn a_token_is_in_no_log_and_in_no_file() {
    let world = World::new();
    let sam = world.sam().with("DOCKET_DEBUG", "http");
    let made = sam.run(&["tokens", "create", "--name", "nightly"]).succeeded();
    let token = made.stdout.trim();
    assert!(made.stderr.contains("POST http") && !made.stderr.contains(token), "{}", made.stderr);
    assert_eq!(sam.files(), [""; 0]);
}

#[test]
fn what_is_wrong_with_the_flags_is_told_before_anything_is_asked() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    let long = "n".repeat(65);
    for (flags, why) in [
        (vec![], "--name"),
        (vec!["--name", ""], "a token's name has 1 to 64 characters, and this one is empty"),
        (vec!["--name", &long], "and this one has 65"),
        (vec!["--name", "n", "--expires", "366d"], "a token works for 1 minute to 365 days"),
        (vec!["--name", "n", "--expires", "59s"], "a token works for 1 minute to 365 days"),
        (vec!["--name", "n", "--expires", "soon"], "not a duration"),
        (vec!["--name", "n", "--scope", "admin"], "admin"),
        (vec!["--name", "n", "--json=secret"], "there is no field `secret`"),
    ] {
        let error = sam.run(&[&["tokens", "create", "--json"], &flags[..]].concat()).exits(2).error();
        assert!(error.to_string().contains(why), "{flags:?}: {error}");
    }
    assert_eq!(relay.take(), [""; 0]);
}

#[test]
fn a_name_that_is_taken_or_unknown_is_told() {
    let world = World::new();
    let sam = world.sam();
    let create = ["tokens", "create", "--name", "nightly", "--json"];
    sam.run(&create).succeeded();
    let error = sam.run(&create).exits(1).error();
    assert_eq!(error["message"], "there is a token `nightly` already; revoke it, or choose another name");
    let error = sam.run(&["tokens", "revoke", "weekly", "--json"]).exits(5).error();
    assert_eq!(error["message"], "you have no token `weekly`");
}

#[test]
fn a_portal_without_tokens_is_told_apart_from_one_without_this_token() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| {
        if request.path != "/v1/portal" {
            return Deed::Pass;
        }
        let about = json!({
            "name": "Support", "version": "0.0.9", "url": "https://desk.example.com",
            "capabilities": ["search"], "max_attachment": 1, "now": "2026-11-20T10:00:00Z",
        });
        Deed::Answer(answer(200, "application/json", &about.to_string()))
    });
    let sam = world.sam().to(&relay.url);
    for words in [vec!["create", "--name", "n"], vec!["list"], vec!["revoke", "n"]] {
        let error = sam.run(&[&["tokens"], &words[..], &["--json"]].concat()).exits(1).error();
        assert!(error["message"].as_str().unwrap().contains("has no tokens for machines"), "{error}");
    }
    let local = world.stranger("local").to("local");
    let error = local.run(&["tokens", "create", "--name", "n", "--json"]).exits(4).error();
    assert!(error["message"].as_str().unwrap().contains("runs inside docket"), "{error}");
}

#[test]
fn a_token_whose_answer_is_lost_is_not_made_again_and_can_be_revoked() {
    let world = World::new();
    let relay = Relay::interfering(&world.url, |request| match request.writes() {
        true => Deed::LoseAnswer,
        false => Deed::Pass,
    });
    let there = world.sam().to(&relay.url);
    let error = there.run(&["tokens", "create", "--name", "nightly", "--json"]).exits(6).error();
    assert!(error["hints"].to_string().contains("docket tokens list"), "{error}");
    assert_eq!(relay.heard().iter().filter(|request| request.writes()).count(), 1);
    assert_eq!(there.files(), [""; 0]);
    world.sam().run(&["tokens", "revoke", "nightly"]).succeeded();
}

#[cfg(target_os = "linux")]
#[test]
fn a_token_that_could_not_be_shown_is_told_as_that() {
    let world = World::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = world.sam().command(&["tokens", "create", "--name", "nightly", "--json"]);
    let output = command.stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(9), "{stderr}");
    assert!(stderr.contains("was made, but couldn't be shown") && !stderr.contains("dkt_"), "{stderr}");
    let listed = run(world.sam().command(&["tokens", "list", "--jq", ".[].name"]), None);
    assert_eq!(listed.stdout, "nightly\n");
}
