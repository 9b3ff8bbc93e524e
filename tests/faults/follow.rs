//! Following a case while docket and the portal are killed: each event comes once, in order.

use std::io::{BufRead as _, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use docket::api::body::ChangeWatchers;
use docket::case::CaseNumber;
use docket::client::{Key, Session};
use docket::event::Event;

use crate::chance::{Chance, faults};
use crate::place::Place;

/// Events between two faults, on average.
const EVENTS: u64 = 200;
/// How long nothing may come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who is to die.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Portal,
    Follower,
}

/// A docket that follows, and the lines that it prints.
struct Follower {
    docket: Child,
    lines: Receiver<String>,
}

impl Follower {
    fn after(place: &Place, number: CaseNumber, seq: i64) -> Self {
        let (number, seq) = (number.to_string(), seq.to_string());
        let args = ["case", "follow", &number, "--after", &seq, "--json"];
        let mut docket = place.docket(&place.url, &args).spawn().unwrap();
        let mut stdout = BufReader::new(docket.stdout.take().unwrap());
        let (to, lines) = channel();
        thread::spawn(move || {
            let mut line = String::new();
            // Half a line, of one who was killed, isn't an event.
            while stdout.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
                to.send(std::mem::take(&mut line)).unwrap();
            }
        });
        Self { docket, lines }
    }
}

#[test]
fn whatever_is_killed_each_event_is_delivered_once_and_in_order() {
    let mut chance = Chance::from_environment();
    let (seed, kills) = (chance.seed, faults(6));
    let total = usize::try_from(kills * EVENTS).unwrap();
    let mut plan: Vec<(usize, Victim)> = (0..kills)
        .map(|which| {
            let victim = if which % 2 == 0 { Victim::Portal } else { Victim::Follower };
            (usize::try_from(chance.below(kills * EVENTS)).unwrap(), victim)
        })
        .collect();
    plan.sort_by_key(|(at, _)| std::cmp::Reverse(*at));

    let mut place = Place::new();
    let wanted = place.want("followed".to_owned(), &mut chance);
    assert!(place.file(&place.url, &wanted).wait_with_output().unwrap().status.success());
    let number: CaseNumber = "1".parse().unwrap();
    let begin = place.session().events(number, 0).unwrap().last().unwrap().seq;
    let writer = thread::spawn({
        let session = place.session();
        move || write(&session, number, total)
    });

    let began = Instant::now();
    let mut came: Vec<Event> = Vec::new();
    let mut follower = Follower::after(&place, number, begin);
    let mut ended_by_itself = 0;
    while came.len() < total {
        let last = came.last().map_or(begin, |event| event.seq);
        match follower.lines.recv_timeout(PATIENCE) {
            Ok(line) => came.push(serde_json::from_str(&line).unwrap()),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                panic!("nothing comes after {} events (seed {seed})", came.len())
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => {
                let code = follower.docket.wait().unwrap().code();
                // It was killed, or begun in the very moment in which there was no portal.
                assert!(matches!(code, None | Some(6)), "{code:?} (seed {seed})");
                ended_by_itself += usize::from(code.is_some());
                follower = Follower::after(&place, number, last);
            }
        }
        while plan.last().is_some_and(|(at, _)| *at < came.len()) {
            match plan.pop().unwrap().1 {
                Victim::Portal => place.kill_portal(),
                Victim::Follower => follower.docket.kill().unwrap(),
            }
        }
    }
    let took = began.elapsed();
    writer.join().unwrap();
    follower.docket.kill().unwrap();
    follower.docket.wait().unwrap();
    let late: Vec<String> = follower.lines.iter().collect();
    assert!(late.is_empty(), "{late:?} (seed {seed})");
    assert!(plan.is_empty());
    let there = place.session().events(number, begin).unwrap();
    assert_eq!(there.len(), total, "something was written twice (seed {seed})");
    for (at, (event, there)) in came.iter().zip(&there).enumerate() {
        assert_eq!(event, there, "event {at} (seed {seed})");
    }
    eprintln!(
        "{total} events, each delivered once and in order, over {kills} kills and {ended_by_itself} other ends, \
         in {took:.1?}; seed {seed}"
    );
}

/// Makes so many events, one after the other, whatever becomes of the portal meanwhile.
fn write(session: &Session, number: CaseNumber, total: usize) {
    for at in 0..total {
        let email = vec![format!("w{}@example.com", at / 2)];
        let change = match at % 2 {
            0 => ChangeWatchers { add: email, remove: Vec::new() },
            _ => ChangeWatchers { add: Vec::new(), remove: email },
        };
        let (key, began) = (Key::generate(), Instant::now());
        // Each try waits a little by itself.
        while let Err(error) = session.change_watchers(number, &change, &key) {
            assert!(began.elapsed() < PATIENCE, "{error}");
        }
    }
}
