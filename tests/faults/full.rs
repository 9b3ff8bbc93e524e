//! A portal whose disk is full.

use std::process::Output;

use crate::chance::Chance;
use crate::place::{Place, shown};

/// Bytes that the portal's files may still grow by: enough for a few cases and for each of their files.
const ROOM: u64 = 700_000;

#[test]
fn what_a_full_disk_turns_away_waits_in_the_outbox_and_is_filed_once() {
    let mut chance = Chance::from_environment();
    let seed = chance.seed;
    let mut place = Place::new();
    assert!(place.docket(&place.url, &["form"]).output().unwrap().status.success());
    let most = place.longest() + ROOM;
    place.kill_portal_and_limit(most);

    // There is room for a case, but not for its file.
    let large = place.want("large".to_owned(), &mut chance);
    std::fs::write(&large.files[0], chance.bytes(usize::try_from(most).unwrap() + 100_000)).unwrap();
    let output = place.file(&place.url, &large).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(9), "{} (seed {seed})", shown(&output));
    assert_eq!(place.outbox(), ["large"], "seed {seed}");

    // From some time on there is no room for a case either, whoever comes.
    let (mut wanted, mut opened, mut kept) = (vec![large], 0, 0);
    for round in 0..8 {
        let few: Vec<_> = (0..3).map(|at| place.want(format!("{round}-{at}"), &mut chance)).collect();
        let filing: Vec<_> = few.iter().map(|wanted| place.file(&place.url, wanted)).collect();
        for filing in filing {
            let output: Output = filing.wait_with_output().unwrap();
            match output.status.code() {
                Some(0) => opened += 1,
                Some(6 | 9) => kept += 1,
                _ => panic!("{} (seed {seed})", shown(&output)),
            }
        }
        wanted.extend(few);
        if kept >= 6 {
            break;
        }
    }
    assert!(opened > 0 && kept >= 6, "{opened} opened, {kept} kept (seed {seed})");
    let waiting = place.outbox();
    assert_eq!(waiting.len(), kept + 1, "{waiting:?} (seed {seed})");
    // Another try finds the disk as it is, and loses nothing. What was refused with others may fit by itself, but for
    // the large one.
    let again = place.docket(&place.url, &["outbox", "send"]).output().unwrap();
    assert!(!again.status.success(), "{} (seed {seed})", shown(&again));
    let left = place.outbox();
    assert!(left.contains(&"large".to_owned()) && left.len() <= kept + 1, "{left:?} (seed {seed})");
    // Whoever reads isn't kept from it, and nothing is there by halves.
    assert!(place.docket(&place.url, &["case", "list"]).output().unwrap().status.success());
    place.check(seed);

    // And now there is room.
    place.kill_portal();
    place.empty_outbox(&place.url);
    let all: Vec<String> = wanted.iter().map(|wanted| wanted.subject.clone()).collect();
    assert_eq!(place.count(&wanted, &all, seed), all.len(), "seed {seed}");
}
