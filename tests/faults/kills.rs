//! `kill -9` at any moment.

use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use crate::chance::{Chance, faults};
use crate::place::{Place, Wanted, shown};

/// Who is to die.
enum Victim {
    Portal,
    First,
    Second,
    Outbox,
}

#[test]
fn whatever_is_killed_no_case_is_lost_or_doubled() {
    let mut chance = Chance::from_environment();
    let seed = chance.seed;
    let mut place = Place::new();
    assert!(place.docket(&place.url, &["form"]).output().unwrap().status.success());
    let first = place.want("first".to_owned(), &mut chance);
    let began = Instant::now();
    assert!(matches!(ended(place.file(&place.url, &first)), Ended::Accepted));
    // Moments that fall into what is to be tried, and a little after it.
    let moments = u64::try_from(began.elapsed().as_micros()).unwrap() * 3 / 2;
    let (mut wanted, mut filed, mut nowhere) = (vec![first], vec!["first".to_owned()], 0);
    let kills = faults(12);
    for round in 0..kills {
        let both = [0, 1].map(|which| place.want(format!("{round}-{which}"), &mut chance));
        let [mut first, mut second] = [&both[0], &both[1]].map(|wanted| place.file(&place.url, wanted));
        let moment = Duration::from_micros(chance.below(moments));
        let victim = match chance.below(8) {
            0..4 => Victim::Portal,
            4..6 => Victim::First,
            6 => Victim::Second,
            _ => Victim::Outbox,
        };
        thread::sleep(moment);
        match victim {
            Victim::Portal => place.kill_portal(),
            Victim::First => first.kill().unwrap(),
            Victim::Second => second.kill().unwrap(),
            Victim::Outbox => {
                let mut sending = place.docket(&place.url, &["outbox", "send"]).spawn().unwrap();
                thread::sleep(Duration::from_micros(chance.below(moments)));
                sending.kill().unwrap();
                sending.wait().unwrap();
            }
        }
        let outcomes = [first, second].map(ended);
        let kept = place.outbox();
        for (wanted, outcome) in both.iter().zip(outcomes) {
            match outcome {
                Ended::Accepted => filed.push(wanted.subject.clone()),
                Ended::Killed if kept.contains(&wanted.subject) => filed.push(wanted.subject.clone()),
                Ended::Killed => nowhere += 1,
                Ended::Else(output) => panic!("{} (seed {seed}): {output}", wanted.subject),
            }
        }
        wanted.extend(both);
    }
    place.empty_outbox(&place.url);
    let there = place.count(&wanted, &filed, seed);
    // Whoever was killed may have done all of it, or nothing.
    assert!(there >= filed.len() && there <= filed.len() + nowhere, "{there} cases (seed {seed})");
    assert!(filed.len() as u64 >= kills, "most of them were killed before they had begun (seed {seed})");
    eprintln!(
        "{kills} kills, {} cases wanted, {} accepted, {there} at the portal, each once with its files; seed {seed}",
        wanted.len(),
        filed.len()
    );
}

/// How a docket ended that files a case.
enum Ended {
    /// It said that the case is open or in the outbox.
    Accepted,
    /// It was killed.
    Killed,
    /// With this.
    Else(String),
}

fn ended(child: Child) -> Ended {
    let output = child.wait_with_output().unwrap();
    match output.status.code() {
        Some(0 | 6 | 7 | 9) => Ended::Accepted,
        None => Ended::Killed,
        Some(_) => Ended::Else(shown(&output)),
    }
}

/// What was wanted, for whoever reads a failure.
impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.subject)
    }
}
