//! Tokens in a real keyring: GNOME's, in a session of its own, open, locked, stuck, and not there.
//!
//! Needs `dbus-run-session`, `gnome-keyring-daemon` and `secret-tool`. Where they are missing, the tests say
//! that they didn't run; where `CI` is set, that is a failure.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::credentials::files_with;
use crate::world::{PASSWORD, Run, User, World, path, settings};

const PROGRAMS: [&str; 4] = ["dbus-run-session", "dbus-send", "gnome-keyring-daemon", "secret-tool"];

/// A session bus, perhaps with a keyring on it, as long as it lives.
struct Session {
    process: Child,
    bus: String,
    folder: TempDir,
    /// The keyring's process, once it is stopped.
    frozen: Option<String>,
}

impl Session {
    /// One with an empty keyring that is open; `None` where the programs for it are missing.
    fn with_keyring() -> Option<Self> {
        Self::start(&[], "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >&2")
    }

    /// One on which there is no keyring, and nothing that would start one.
    fn without_keyring() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        let text = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>\
            <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
            <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";
        std::fs::write(&config, text).unwrap();
        Self::start(&["--config-file", path(&config)], "true")
    }

    fn start(options: &[&str], first: &str) -> Option<Self> {
        if !all_there() {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let runtime = folder.path().join("run");
        std::fs::create_dir(&runtime).unwrap();
        std::fs::set_permissions(&runtime, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        // It ends when its standard input does.
        let script = format!("{first}; echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat");
        let mut process = Command::new("dbus-run-session")
            .args(options)
            .args(["--", "sh", "-c", &script])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", folder.path())
            .env("XDG_RUNTIME_DIR", &runtime)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut bus = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut bus).unwrap();
        let bus = bus.trim().to_owned();
        assert!(bus.starts_with("unix:"), "there is no session bus: {bus}");
        Some(Self { process, bus, folder, frozen: None })
    }

    /// Somebody whose docket is in this session.
    fn joined<'w>(&self, user: User<'w>) -> User<'w> {
        let runtime = self.folder.path().join("run");
        user.with("DBUS_SESSION_BUS_ADDRESS", &self.bus).with("XDG_RUNTIME_DIR", path(&runtime))
    }

    /// What a program of the session prints.
    fn output(&self, program: &str, args: &[&str]) -> String {
        let output = Command::new(program)
            .args(args)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("HOME", self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// The token that the keyring has of a user.
    fn token(&self, email: &str, portal: &str) -> String {
        let name = format!("{email} at {portal}");
        self.output("secret-tool", &["lookup", "service", "docket", "username", &name])
    }

    fn lock(&self) {
        let collection = "/org/freedesktop/secrets/aliases/default";
        let keyring = ["--session", "--print-reply", "--dest=org.freedesktop.secrets"];
        let lock = "org.freedesktop.Secret.Service.Lock";
        let argument = format!("array:objpath:{collection}");
        self.output("dbus-send", &[&keyring[..], &["/org/freedesktop/secrets", lock, &argument]].concat());
        let get = "org.freedesktop.DBus.Properties.Get";
        let property = ["string:org.freedesktop.Secret.Collection", "string:Locked"];
        let answer = self.output("dbus-send", &[&keyring[..], &[collection, get], &property].concat());
        assert!(answer.contains("boolean true"), "{answer}");
    }

    /// Stops the keyring's process, which then answers nobody.
    fn freeze(&mut self) {
        let bus = ["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/"];
        let ask = ["org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"];
        let answer = self.output("dbus-send", &[&bus[..], &ask].concat());
        let id = answer.split_whitespace().last().unwrap();
        assert!(id.parse::<u32>().is_ok(), "{answer}");
        assert!(Command::new("kill").args(["-STOP", id]).status().unwrap().success());
        self.frozen = Some(id.to_owned());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(id) = &self.frozen {
            let _ = Command::new("kill").args(["-KILL", id]).status();
        }
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Whether everything that a session takes is installed. Says so where it isn't, past the test harness,
/// which shows nothing of a test that passes.
fn all_there() -> bool {
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH").unwrap()).collect();
    let there = |program: &&&str| !folders.iter().any(|folder| folder.join(program).is_file());
    let missing: Vec<&str> = PROGRAMS.iter().filter(there).copied().collect();
    if missing.is_empty() {
        return true;
    }
    let message = format!("NOT RUN: a test with a real keyring needs {}\n", missing.join(", "));
    assert!(std::env::var_os("CI").is_none(), "{message}");
    std::io::stderr().write_all(message.as_bytes()).unwrap();
    false
}

fn log_in(user: &User, world: &World, email: &str) -> Run {
    user.run_with(&["login", &world.url, "--email", email, "--password-stdin"], PASSWORD)
}

/// A command's check of the keyring, from doctor.
fn keyring_check(run: &Run) -> String {
    let checkup = run.json();
    let check =
        checkup["checks"].as_array().unwrap().iter().find(|check| check["check"] == "keyring").unwrap();
    format!("{}: {}", check["state"].as_str().unwrap(), check["message"].as_str().unwrap())
}

#[test]
fn a_token_is_in_the_keyring_and_in_no_file_until_logout() {
    let world = World::new();
    let Some(session) = Session::with_keyring() else { return };
    let _filters = settings(&world).bind_to_scope();
    let kim = session.joined(world.stranger("kim"));
    insta::assert_snapshot!(log_in(&kim, &world, "kim@example.com").shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    keyring, expires [moment] ([when])
    --- stderr
    logged in at http://127.0.0.1:[port] as kim@example.com
    ");
    let token = session.token("kim@example.com", &world.url);
    assert!(token.len() > 16, "{token}");
    assert_eq!(files_with(&kim, &token), [""; 0]);
    assert!(!kim.home().join("data/credentials.json").exists());

    assert_eq!(kim.json(&["status"])["token_source"], "keyring");
    insta::assert_snapshot!(kim.run(&["case", "list"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    no cases
    ");
    let doctor = kim.run(&["doctor", "--json"]).succeeded();
    assert_eq!(keyring_check(&doctor), "ok: there, and unlocked");

    // A second user beside the first.
    log_in(&kim, &world, "lee@example.com").succeeded();
    assert_ne!(session.token("lee@example.com", &world.url), token);
    assert_eq!(session.token("kim@example.com", &world.url), token);

    kim.run(&["logout", &world.url]).succeeded();
    assert_eq!(session.token("lee@example.com", &world.url), "");
    kim.run(&["logout", &world.url]).succeeded();
    assert_eq!(session.token("kim@example.com", &world.url), "");
    kim.clone().to(&world.url).run(&["status"]).exits(4);
}

#[test]
fn a_token_moves_from_the_file_into_the_keyring_when_there_is_one() {
    let world = World::new();
    let Some(session) = Session::with_keyring() else { return };
    let kim = world.stranger("kim");
    log_in(&kim, &world, "kim@example.com").succeeded();
    assert_eq!(kim.json(&["status"])["token_source"], "file");
    let joined = session.joined(kim.clone());
    // Where the token is, is known; the keyring isn't asked in vain.
    assert_eq!(joined.json(&["status"])["token_source"], "file");
    log_in(&joined, &world, "kim@example.com").succeeded();
    assert_eq!(joined.json(&["status"])["token_source"], "keyring");
    let file = std::fs::read_to_string(kim.home().join("data/credentials.json")).unwrap();
    assert_eq!(file.trim(), "{}");
}

#[test]
fn a_locked_keyring_is_named_at_once_and_a_login_does_without() {
    let world = World::new();
    let Some(session) = Session::with_keyring() else { return };
    let _filters = settings(&world).bind_to_scope();
    let kim = session.joined(world.stranger("kim"));
    log_in(&kim, &world, "kim@example.com").succeeded();
    session.lock();

    let began = Instant::now();
    insta::assert_snapshot!(kim.run(&["case", "list"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: the token of kim@example.com is in the keyring, and the keyring is locked
    hint: unlock the keyring, or set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND
    hint: to log in without the keyring, run `docket login http://127.0.0.1:[port]` here
    ");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    insta::assert_snapshot!(kim.run(&["logout"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: the token of kim@example.com is still in the keyring: the keyring is locked
    hint: unlock the keyring and log out again
    ");
    let doctor = kim.run(&["doctor", "--json"]).exits(1);
    assert_eq!(keyring_check(&doctor), "warning: locked, and tokens are in it");

    // Even with a screen, where its prompt would come up, nothing is asked when docket isn't to ask.
    let with_screen = kim.clone().with("DISPLAY", ":77");
    for user in [with_screen.clone().with("CI", "true"), with_screen.clone().with("DOCKET_NO_INPUT", "1")] {
        assert!(user.run(&["status"]).exits(4).stderr.contains("the keyring is locked"));
    }
    assert!(with_screen.run(&["status", "--no-input"]).exits(4).stderr.contains("the keyring is locked"));

    let began = Instant::now();
    insta::assert_snapshot!(log_in(&kim, &world, "kim@example.com").shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    the token is kept in [folder]/homes/kim/data/credentials.json, which only you can read: the keyring is locked
    logged in at http://127.0.0.1:[port] as kim@example.com
    ");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    insta::assert_snapshot!(kim.run(&["case", "list"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    no cases
    ");
}

#[test]
fn a_keyring_that_never_answers_is_given_up_on() {
    let world = World::new();
    let Some(mut session) = Session::with_keyring() else { return };
    let _filters = settings(&world).bind_to_scope();
    let kim = session.joined(world.stranger("kim"));
    log_in(&kim, &world, "kim@example.com").succeeded();
    session.freeze();
    let began = Instant::now();
    insta::assert_snapshot!(kim.run(&["case", "list"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: the token of kim@example.com is in the keyring, and the keyring does not answer within 4 s
    hint: unlock the keyring, or set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND
    hint: to log in without the keyring, run `docket login http://127.0.0.1:[port]` here
    ");
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[test]
fn without_a_keyring_login_says_once_that_the_token_is_in_a_file() {
    let world = World::new();
    let Some(session) = Session::without_keyring() else { return };
    let _filters = settings(&world).bind_to_scope();
    let kim = session.joined(world.stranger("kim"));
    insta::assert_snapshot!(log_in(&kim, &world, "kim@example.com").shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    the token is kept in [folder]/homes/kim/data/credentials.json, which only you can read: there is no keyring here (none is on the session bus)
    logged in at http://127.0.0.1:[port] as kim@example.com
    ");
    let file = kim.home().join("data/credentials.json");
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    for words in [vec!["status"], vec!["accounts", "list"], vec!["case", "list"], vec!["logout"]] {
        let run = kim.run(&words).succeeded();
        assert!(!run.shown().contains("keyring") && !run.stderr.contains("credentials"), "{}", run.shown());
    }
    let doctor = kim.run(&["doctor", "--json"]).exits(1);
    assert!(keyring_check(&doctor).starts_with("note: "), "{}", keyring_check(&doctor));
}
