//! Runs the examples of every command's `--help`: what stands there can be copied and works.
//!
//! Each is run through a shell in a place of its own, against the portal `local` with 42 cases, and has to
//! exit with 0. Those that need what a test has not, like somebody at a terminal, are in [`ONLY_READ`], each
//! with the reason; docket at least has to understand them.
#![cfg(all(unix, feature = "portal"))]

mod shell;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command as Process;

use clap::{Command, CommandFactory as _};
use docket::cli::Cli;
use docket::portal::{Clock, Options, Portal, admin};

/// Examples that aren't run, and why not.
const ONLY_READ: &[(&str, &str)] = &[
    ("docket --portal local case new", ASKS),
    ("docket case new", ASKS),
    ("docket accounts switch", ASKS),
    ("docket case follow 42", WAITS),
    ("docket case follow 42 --until replied --timeout 2h", WAITS),
    ("docket case comment 42", "it opens an editor, which needs a terminal"),
    ("docket portal user set-password sam@example.com --data ./portal", ASKS),
    ("docket login support.example.com", NOT_THERE),
    ("docket login support.example.com --email sam@example.com --password-stdin < password.txt", NOT_THERE),
    ("pass show support/token | docket login support.example.com --with-token", NOT_THERE),
    ("docket logout", "the portal `local` has no login; the tests of login log out of others"),
    ("docket logout support.example.com", NOT_THERE),
    ("docket doctor --portal https://support.example.com", NOT_THERE),
    ("docket portal serve --data ./portal --sample", SERVES),
    (
        "docket portal serve --listen 0.0.0.0:8080 --data /var/lib/docket --base-url https://support.example.com",
        SERVES,
    ),
    ("docket tokens create --name nightly --expires 180d", NO_TOKENS),
    ("docket tokens list", NO_TOKENS),
    ("docket tokens revoke nightly", NO_TOKENS),
    ("docket tokens create --name nightly", NO_TOKENS),
    ("docket tokens create --name nightly --expires 30d | gh secret set DOCKET_TOKEN", NO_TOKENS),
    ("docket tokens create --name dashboard --scope read --jq .token", NO_TOKENS),
    ("docket tokens list --csv=name,expires_at,last_used_at", NO_TOKENS),
];
const ASKS: &str = "it asks, which needs a terminal; the tests of the walk do so";
const WAITS: &str = "it waits for somebody to do something; the tests of following do so";
const NO_TOKENS: &str = "the portal `local` makes no tokens; the tests of tokens make them at others";
const NOT_THERE: &str = "it talks to a portal that isn't there";
const SERVES: &str = "it serves until it is stopped, in a place that isn't the test's; other tests do so";

/// What is done before the examples of a command, where the place isn't as they need it.
const BEFORE: [(&str, &str); 6] = [
    ("case follow", "docket expert reply 42 --needs-info -m 'Which one is it?'"),
    ("case download", "rm trace.har"),
    ("portal account add", "rm -r portal"),
    ("portal check", "docket portal backup portal.tar --data ./portal"),
    (
        "portal user add",
        "rm -r portal && docket portal account add 1001 --name N --product esignature --data ./portal",
    ),
    ("portal user disable", "docket portal user disable sam@example.com --data ./portal"),
];

/// An example, and the command below which it stands.
struct Example {
    path: String,
    line: String,
}

#[test]
fn every_command_has_examples_and_they_work() {
    let (examples, without) = examples();
    assert!(without.is_empty(), "no examples in the help of: {without:?}");
    assert!(examples.len() > 80, "only {} examples were found", examples.len());
    let model = tempfile::tempdir().expect("there is room for files");
    furnish(model.path());
    let mut broken = Vec::new();
    let mut read = BTreeSet::new();
    for example in &examples {
        let line = example.line.split("  #").next().unwrap_or_default().trim();
        if ONLY_READ.iter().any(|(only, _)| *only == line) {
            read.insert(line);
            broken.extend(understand(line, model.path()).err());
        } else {
            broken.extend(try_out(&example.path, &example.line, model.path()).err());
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n\n"));
    let stale: Vec<&str> =
        ONLY_READ.iter().map(|(line, _)| *line).filter(|line| !read.contains(line)).collect();
    assert!(stale.is_empty(), "these aren't examples any more: {stale:?}");
}

#[test]
fn a_broken_example_is_found() {
    let place = tempfile::tempdir().expect("there is room for files");
    shell::prepare(place.path());
    assert!(understand("cat x | docket case comment 42 -F - > 'a b'", place.path()).is_ok());
    for line in ["docket case shwo 42", "docket case show", "docket case show 'x y'", "cat case.txt"] {
        assert!(understand(line, place.path()).is_err(), "{line}");
    }
    assert!(try_out("case show", "docket case show 42", place.path()).is_err());
    assert!(try_out("products", "docket products | true", place.path()).is_ok());
}

/// The examples of all commands, and the commands that have none.
fn examples() -> (Vec<Example>, Vec<String>) {
    fn walk(command: &Command, path: &str, found: &mut Vec<Example>, without: &mut Vec<String>) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let before = found.len();
        let lines = help.split("\n\n").find_map(|paragraph| paragraph.strip_prefix("Examples:\n"));
        let lines = lines.unwrap_or_default().replace("\\\n", "");
        found.extend(
            lines.lines().map(|line| Example { path: path.to_owned(), line: line.trim().to_owned() }),
        );
        if found.len() == before {
            without.push(path.to_owned());
        }
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            walk(below, format!("{path} {}", below.get_name()).trim(), found, without);
        }
    }
    let (mut found, mut without) = (Vec::new(), Vec::new());
    walk(&Cli::command(), "", &mut found, &mut without);
    (found, without)
}

/// Makes a place in which examples work.
fn furnish(place: &Path) {
    shell::prepare(place);
    for folder in [
        "home/.zfunc",
        "home/.config/fish/completions",
        "home/.local/share/bash-completion/completions",
        "bin",
        "data/outbox",
    ] {
        fs::create_dir_all(place.join(folder)).expect("the folder can be made");
    }
    let log = place.join("bin/journalctl");
    fs::write(&log, "#!/bin/sh\necho 'sender: the queue is full'\n").expect("the file can be written");
    let table =
        fs::read_to_string(shell::root().join("examples/november.csv")).expect("the table can be read");
    fs::write(place.join("work/november.csv"), table).expect("the file can be written");
    let case = r#"{"product":"esignature","category":"sending","subcategory":"other","subject":"S","description":"D",
        "occurred_at":"2026-01-15T09:30:00Z","contact_method":"email"}"#;
    let line = case.lines().map(str::trim).collect::<String>() + "\n";
    fs::write(place.join("work/november.ndjson"), line).expect("the file can be written");
    fs::set_permissions(&log, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    let case = fs::read_to_string(place.join("work/examples/envelope-stuck.yaml")).expect("it is there");
    let import = "[[account]]\nid = \"3001\"\nname = \"Example Legal\"\nproducts = [\"esignature\"]\nplan = \"paid\"\nenvironment = \"production\"\n";
    let table = fs::read_to_string(place.join("work/examples/november.csv")).expect("it is there");
    let lines = "{\"product\":\"esignature\",\"category\":\"sending\",\"subcategory\":\"other\",\"subject\":\"Stuck\",\
                 \"description\":\"None leaves.\",\"occurred_at\":\"2h ago\",\"contact_method\":\"email\"}\n";
    let entry = r#"{"id":"3f9a01bc","kind":"comment","key":"an-example-of-a-key","portal":"local",
        "user":"sam@example.com","account":"1001","case":"00000042","subject":null,"since":"2026-11-20T09:30:00Z",
        "request":{"kind":"comment","number":"00000042","body":"Later."},"last_error":null}"#;
    for (file, content) in [
        ("work/envelope-stuck.yaml", case.as_str()),
        ("work/again.yaml", &case),
        ("work/november.csv", &table),
        ("work/november.ndjson", lines),
        ("work/screenshot.png", "\u{89}PNG"),
        ("work/answer.txt", "Try it again.\n"),
        ("work/password.txt", "correct-horse-battery\n"),
        ("work/directory.toml", import),
        ("data/outbox/3f9a01bc.json", entry),
    ] {
        fs::write(place.join(file), content).expect("the file can be written");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it can be made");
    runtime.block_on(async {
        for (folder, cases) in [("data/portal", 40), ("work/portal", 1)] {
            let options = Options { sample: true, ..Options::new(place.join(folder)) };
            let portal = Portal::open(options, Clock::system()).await.expect("the portal opens");
            admin::make_up(&portal, cases).await.expect("cases can be made up");
            portal.close().await;
        }
    });
    for command in [
        "docket case new --from again.yaml",
        "docket case close 41 --reason 'Solved.'",
        "docket case new --from again.yaml --contact-method phone --phone +14155550101 --watch ops@example.com",
        "docket case attach 42 trace.har",
    ] {
        let ran = shell::run(command, place);
        assert!(ran.status.success(), "{command}: {}", ran.printed);
    }
}

/// Runs an example in a copy of a place.
fn try_out(path: &str, line: &str, model: &Path) -> Result<(), String> {
    let place = tempfile::tempdir().expect("there is room for files");
    let copied = Process::new("cp").arg("-R").arg(model.join(".")).arg(place.path()).status();
    assert!(copied.expect("there is cp").success());
    for (_, before) in BEFORE.iter().filter(|(command, _)| *command == path) {
        let ran = shell::run(before, place.path());
        assert!(ran.status.success(), "{before}: {}", ran.printed);
    }
    let ran = shell::run(line, place.path());
    if ran.status.success() {
        return Ok(());
    }
    Err(format!("docket {path} --help: $ {line}\nended with {} and printed:\n{}", ran.status, ran.printed))
}

/// Whether docket understands its part of a line, which a shell takes apart.
fn understand(line: &str, place: &Path) -> Result<(), String> {
    let part = line.split('|').map(str::trim).find(|part| part.starts_with("docket "));
    let Some(part) = part else { return Err(format!("{line}: docket isn't in it")) };
    let printed = Process::new("sh")
        .arg("-c")
        .arg(format!("docket() {{ printf '%s\\n' docket \"$@\" >&3; }}; exec 3>&1 </dev/null; {part}"))
        .current_dir(place.join("work"))
        .output()
        .expect("there is a shell");
    let words = String::from_utf8(printed.stdout).expect("it is text");
    match Cli::read(words.lines().map(OsString::from)) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("docket doesn't understand: $ {line}")),
    }
}
