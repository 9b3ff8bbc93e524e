//! `case follow`: what is waited for, how it ends, and what goes wrong on the way.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use docket::api::body::{Outcome, Reply};
use docket::client::Key;
use docket::portal::Pace;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::relay::{Deed, Relay, answer};
use crate::world::{Run, User, World, session, settings};

/// A docket that follows. Each is given a time, so that a test that fails ends.
struct Follower {
    docket: Child,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
}

fn follow(user: &User, args: &[&str]) -> Follower {
    let args: Vec<&str> = ["case", "follow"].iter().chain(args).copied().collect();
    let mut docket = user.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let stdout = BufReader::new(docket.stdout.take().unwrap());
    let stderr = BufReader::new(docket.stderr.take().unwrap());
    Follower { docket, stdout, stderr }
}

impl Follower {
    /// The next line of data.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line
    }

    fn event(&mut self) -> Value {
        let line = self.line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// The next line of what is said besides.
    fn said(&mut self) -> String {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        line
    }

    fn signal(&self, signal: &str) {
        assert!(
            Command::new("kill").args([signal, &self.docket.id().to_string()]).status().unwrap().success()
        );
    }

    /// What there was besides what has been read.
    fn end(mut self) -> Run {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        Run { code: self.docket.wait().unwrap().code(), stdout, stderr }
    }
}

fn reply(world: &World, number: &str, outcome: Outcome, body: &str) {
    let reply = Reply { body: body.to_owned(), outcome };
    session(world, "expert@example.com").reply(number.parse().unwrap(), &reply, &Key::generate()).unwrap();
}

fn comment(world: &World, number: &str) {
    session(world, "sam@example.com")
        .comment(number.parse().unwrap(), "One more.", &Key::generate())
        .unwrap();
}

fn close(world: &World, number: &str) {
    session(world, "sam@example.com").close(number.parse().unwrap(), "It works.", &Key::generate()).unwrap();
}

/// The events of a case, as `case show` has them.
fn history(user: &User, number: &str) -> Vec<Value> {
    user.json(&["case", "show", number, "--history"])["history"].as_array().unwrap().clone()
}

/// What was printed, a JSON value a line.
fn events(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn it_ends_with_the_event_that_is_waited_for() {
    let world = World::new();
    let sam = world.sam();
    for (until, kind) in [
        ("replied", "replied"),
        ("my_action_required", "replied"),
        ("pending", "replied"),
        ("closed", "closed"),
    ] {
        let number = sam.open(&[]);
        let follower = follow(&sam, &[&number, "--until", until, "--timeout=1m", "--json", "--after=0"]);
        comment(&world, &number);
        match until {
            "pending" => reply(&world, &number, Outcome::Resolved, "Like this."),
            "closed" => close(&world, &number),
            _ => reply(&world, &number, Outcome::NeedsInfo, "Which one?"),
        }
        let run = follower.end().succeeded();
        let events = events(&run);
        assert_eq!(events.last().unwrap()["kind"], kind, "{until}: {}", run.stdout);
        assert_eq!(events, history(&sam, &number)[..events.len()], "{until}");
        // Asked again it is there at once, with the event that it was, which who has seen it isn't told again.
        let again = sam.run(&["case", "follow", &number, "--until", until, "--json"]).succeeded();
        assert_eq!(again.json()["kind"], kind, "{until}");
        let last = events.last().unwrap()["seq"].to_string();
        let on = sam.run(&["case", "follow", &number, "--until", until, "--json=seq", "--after", &last]);
        assert!(!on.succeeded().stdout.contains(&format!(":{last}}}")), "{until}");
    }
}

#[test]
fn a_closed_case_ends_it_and_is_refused_where_something_else_was_waited_for() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let following = follow(&sam, &[&number, "--timeout=1m", "--after=0", "--jq=.kind"]);
    let waiting =
        follow(&sam, &[&number, "--timeout=1m", "--after=0", "--until=pending", "--csv=kind,status"]);
    close(&world, &number);
    assert_eq!(following.end().succeeded().stdout, "opened\nclosed\n");
    let refused = waiting.end().exits(10);
    assert_eq!(refused.stdout, "kind,status\nopened,open\nclosed,closed\n");
    assert_eq!(refused.error()["kind"], "closed");
    for until in ["replied", "my_action_required"] {
        let run = sam.run(&["case", "follow", &number, "--until", until]).exits(10);
        assert!(run.stderr.contains("is closed:") && run.stderr.contains("--follows"), "{}", run.stderr);
    }
    let closed = sam.run(&["case", "follow", &number]).succeeded();
    assert_eq!(closed.stdout, "");
    assert_eq!(closed.stderr, format!("case {number} is closed: nothing more will happen to it\n"));
}

#[test]
fn people_read_a_line_for_each_event() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let mut follower = follow(&sam, &[&number, "--timeout=1m", "--until=closed"]);
    assert_eq!(follower.said(), format!("following case {number}, which is Open; Ctrl-C ends it\n"));
    reply(&world, &number, Outcome::NeedsInfo, "\n Which \u{1b}[31mone\u{1b}[0m?\nThank you.");
    comment(&world, &number);
    close(&world, &number);
    let run = follower.end().succeeded();
    settings(&world).bind(|| {
        assert_snapshot!(run.shown(), @r"
        exit 0
        --- stdout
        [moment]  expert@example.com  replied: Which \x1b[31mone\x1b[0m?
        [moment]  expert@example.com  status is My Action Required now
        [moment]  sam@example.com  commented: One more.
        [moment]  sam@example.com  status is Open now
        [moment]  sam@example.com  closed: It works.
        --- stderr
        ");
    });
}

#[test]
fn the_time_to_wait_runs_out_wherever_it_stands_on_the_line() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    for args in [
        vec!["case", "follow", &number, "--timeout", "1s", "--until", "replied", "--json"],
        vec!["--timeout=1s", "case", "follow", &number, "--until", "replied", "--json"],
    ] {
        let run = sam.run(&args).exits(8);
        let error = run.error();
        assert_eq!(error["message"], format!("support hasn't replied to case {number} within 1s"));
        let hint = format!("`docket case follow {number} --until replied --after 1` goes on from there");
        assert_eq!(error["hints"], json!([hint]));
    }
    let run = sam.run(&["case", "follow", &number, "--timeout=1s"]).exits(8);
    assert!(
        run.stderr.contains(&format!("the time given to follow case {number} is over: 1s")),
        "{}",
        run.stderr
    );
}

/// It is said once that the portal is away, and once that it is back.
#[test]
fn a_portal_that_is_away_is_waited_for() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let mut follower = follow(&sam, &[&number, "--timeout=2m", "--until=closed"]);
    assert!(follower.said().starts_with("following"));
    comment(&world, &number);
    assert!(follower.line().contains("commented"));
    world.stop();
    let away = follower.said();
    assert!(away.contains("can't be reached") && away.contains("docket waits for it"), "{away}");
    world.restart(|options| options);
    assert_eq!(follower.said(), "the portal is back; nothing was missed\n");
    comment(&world, &number);
    assert!(follower.line().contains("commented"));
    close(&world, &number);
    let run = follower.end().succeeded();
    assert_eq!((run.stdout.lines().count(), run.stderr.as_str()), (1, ""));
}

#[test]
fn what_comes_over_connections_that_break_comes_once() {
    let world = World::new();
    let number = world.sam().open(&[]);
    let connections = AtomicUsize::new(0);
    let relay = Relay::interfering(&world.url, move |request| match request.path.ends_with("/stream") {
        true => match connections.fetch_add(1, Ordering::SeqCst) {
            0 => Deed::Cut(500),
            // In the head, in an event, after several.
            which @ ..9 => Deed::Cut(200 + 101 * which as u64),
            _ => Deed::Pass,
        },
        false => Deed::Pass,
    });
    let sam = world.sam().to(&relay.url);
    let mut follower = follow(&sam, &[&number, "--timeout=2m", "--json", "--after=0"]);
    let mut came = vec![follower.event()];
    for _ in 0..12 {
        comment(&world, &number);
        came.push(follower.event());
    }
    close(&world, &number);
    came.extend(events(&follower.end().succeeded()));
    assert_eq!(came, history(&sam, &number));
    let streams = relay.heard().iter().filter(|request| request.path.ends_with("/stream")).count();
    assert!(streams > 3, "{streams}");
}

#[test]
fn a_dead_connection_is_found_after_three_heartbeats() {
    let pace = Pace { heartbeat: Duration::from_millis(200), ..Pace::default() };
    let world = World::with(|options| docket::portal::Options { pace, ..options });
    let number = world.sam().open(&[]);
    let (told, heard) = std::sync::mpsc::channel();
    let (told, streams) = (Mutex::new(told), AtomicUsize::new(0));
    let relay = Relay::interfering(&world.url, move |request| {
        if !request.path.ends_with("/stream") {
            return Deed::Pass;
        }
        told.lock().unwrap().send(()).unwrap();
        if streams.fetch_add(1, Ordering::SeqCst) == 0 { Deed::Stall(400) } else { Deed::Pass }
    });
    let sam = world.sam().to(&relay.url);
    let follower = follow(&sam, &[&number, "--timeout=1m", "--json", "--after=0"]);
    heard.recv().unwrap();
    reply(&world, &number, Outcome::NeedsInfo, "Which one?");
    close(&world, &number);
    assert_eq!(events(&follower.end().succeeded()), history(&sam, &number));
    // There was another connection.
    heard.recv().unwrap();
}

#[test]
fn a_login_that_ends_meanwhile_is_4_and_nobody_there_at_the_beginning_is_6() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let mut follower = follow(&sam, &[&number, "--timeout=1m", "--after=0"]);
    assert!(follower.said().starts_with("following"));
    // From here on it is no longer the beginning.
    assert!(follower.line().contains("opened"));
    let forget = "DELETE FROM tokens";
    crate::world::sql(&world.folder.path().join("portal/portal.db"), forget);
    world.stop();
    world.restart(|options| options);
    let run = follower.end().exits(4);
    assert!(run.stderr.contains("DOCKET_TOKEN") && run.stderr.contains("--after 1"), "{}", run.stderr);
    world.stop();
    sam.run(&["case", "follow", &number]).exits(6);
    let run = sam.run(&["case", "follow", &number, "--until", "closed", "--timeout", "1s"]).exits(8);
    assert!(run.stderr.contains("; docket waits for it\n"), "{}", run.stderr);
    world.restart(|options| options);
    world.sam().run(&["case", "follow", "99"]).exits(5);
}

#[test]
fn an_interruption_is_130_and_says_how_to_go_on() {
    let world = World::new();
    let sam = world.sam();
    for signal in ["-INT", "-TERM"] {
        let number = sam.open(&[]);
        let mut follower = follow(&sam, &[&number, "--timeout=1m", "--after=0"]);
        assert!(follower.line().contains("opened"));
        assert!(follower.said().starts_with("following"));
        comment(&world, &number);
        assert!(follower.line().contains("commented"));
        follower.signal(signal);
        let run = follower.end().exits(130);
        assert!(run.stderr.contains("docket: interrupted\nhint: `docket case follow"), "{}", run.stderr);
        let last = history(&sam, &number).last().unwrap()["seq"].clone();
        assert!(run.stderr.contains(&format!("--after {last}")), "{}", run.stderr);
    }
}

/// Nothing has to happen for it.
#[test]
fn it_ends_when_nobody_reads_any_more() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let mut follower = follow(&sam, &[&number, "--timeout=1m"]);
    assert!(follower.said().starts_with("following"));
    let Follower { mut docket, stdout, .. } = follower;
    drop(stdout);
    assert_eq!(docket.wait().unwrap().code(), Some(0));
}

#[test]
fn a_portal_that_does_not_tell_of_events_is_not_asked_to() {
    let world = World::new();
    let number = world.sam().open(&[]);
    let portal = json!({
        "name": "Old", "version": "0", "url": "", "capabilities": ["events"], "max_attachment": 1,
        "now": "2026-11-20T09:30:00Z",
    });
    let relay = Relay::interfering(&world.url, move |request| match request.path.as_str() {
        "/v1/portal" => Deed::Answer(answer(200, "application/json", &portal.to_string())),
        _ => Deed::Pass,
    });
    let run = world.sam().to(&relay.url).run(&["case", "follow", &number]).exits(1);
    assert!(run.stderr.contains("doesn't tell of events as they happen"), "{}", run.stderr);
}

/// Each docket has a portal of its own in it, on the same files.
#[test]
fn the_built_in_portal_can_be_followed_too() {
    let world = World::new();
    let local = world.stranger("local").with("DOCKET_PORTAL", "local");
    let number = local.open(&[]);
    let mut follower = follow(&local, &[&number, "--timeout=1m", "--until=replied"]);
    assert!(follower.said().starts_with("following"));
    local.run(&["expert", "reply", &number, "--resolved", "-m", "Like this."]).succeeded();
    let run = follower.end().succeeded();
    assert!(run.stdout.ends_with("expert@example.com  replied: Like this.\n"), "{}", run.stdout);
}
