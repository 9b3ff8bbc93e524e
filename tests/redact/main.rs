//! `docket redact` on what people send: recorded traffic and files of many kinds, with secrets planted in them.
//!
//! README.md beside this tells how the corpus is made. `lists` has what was planted where, `layers` (with
//! `packed`) takes every encoding away, `hunt` looks for secrets in what that gives, `shape` holds a copy to the
//! form it had, and `judge` puts that together. `checker` shows that a secret which is left is found.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "tests, and what helps them"
)]

mod checker;
mod fuzzed;
mod hunt;
mod judge;
mod layers;
mod lists;
mod packed;
mod shape;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use judge::Verdict;

/// Values that are planted, at least.
const PLANTED: usize = 400;

#[test]
fn nothing_that_was_planted_is_left_and_nothing_else_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, control) = (lists::corpus(), lists::control());
    let mut verdict = Verdict::default();
    // Of what can't be redacted, all is left.
    let mut unredacted = 0;
    for sheet in &corpus {
        match redacted_twice(&sheet.path, folder.path()) {
            Ok((copy, again)) => {
                verdict.add(judge::judge(sheet, &copy));
                if copy != again {
                    verdict.damaged.push(format!("{}: redacted again, it changes", sheet.name));
                }
            }
            Err(said) => {
                verdict.left.push(format!("{}: {said}", sheet.name));
                unredacted += sheet.planted() - 1;
            }
        }
    }
    for path in &control {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match redacted(path, folder.path()) {
            Ok(copy) => {
                verdict.damaged.extend(difference(&name, &fs::read(path).unwrap(), &fs::read(copy).unwrap()));
            }
            Err(said) => verdict.damaged.push(format!("{name}: {said}")),
        }
    }
    let planted: usize = corpus.iter().map(lists::Sheet::planted).sum();
    let ordinary: usize = corpus.iter().map(|sheet| sheet.ordinary.len()).sum();
    let line = format!(
        "{} of {planted} canaries left in {} files; {} damaged of {ordinary} ordinary values and {} control files",
        verdict.left.len() + unredacted,
        corpus.len(),
        verdict.damaged.len(),
        control.len(),
    );
    eprintln!("{line}");
    let whole = verdict.left.is_empty() && verdict.damaged.is_empty();
    assert!(whole, "{line}\nleft:\n{}\ndamaged:\n{}\n", verdict.left.join("\n"), verdict.damaged.join("\n"));
}

#[test]
fn every_canary_can_be_read_in_the_file_it_was_planted_in() {
    let corpus = lists::corpus();
    let unseen: Vec<String> = corpus.iter().flat_map(judge::unseen).collect();
    assert!(unseen.is_empty(), "\n{}\n", unseen.join("\n"));
    let planted: usize = corpus.iter().map(lists::Sheet::planted).sum();
    assert!(planted >= PLANTED, "only {planted}");
    assert!(corpus.iter().all(|sheet| !sheet.canaries.is_empty()));
}

#[test]
fn the_corpus_itself_has_every_ordinary_value_and_the_form_it_should_have() {
    let damaged: Vec<String> =
        lists::corpus().iter().flat_map(|sheet| judge::judge(sheet, &sheet.bytes()).damaged).collect();
    assert!(damaged.is_empty(), "\n{}\n", damaged.join("\n"));
}

/// Judges what any program made of the corpus: `DOCKET_REDACTED` is a folder with its copies. Prints a line for
/// each, `FILE LEFT PLANTED DAMAGED`, and with `DOCKET_REDACTED_VERBOSE` what is behind the numbers.
#[test]
#[ignore = "judges copies that something else has made: see benches/redact_peers.sh"]
fn copies_are_judged() {
    let folder = PathBuf::from(std::env::var_os("DOCKET_REDACTED").expect("DOCKET_REDACTED names a folder"));
    let mut judged = 0;
    for sheet in lists::corpus() {
        let Ok(copy) = fs::read(folder.join(&sheet.name)) else { continue };
        let Verdict { left, damaged } = judge::judge(&sheet, &copy);
        println!("judged {} {} {} {}", sheet.name, left.len(), sheet.planted(), damaged.len());
        if std::env::var_os("DOCKET_REDACTED_VERBOSE").is_some() {
            println!("left:\n{}\ndamaged:\n{}", left.join("\n"), damaged.join("\n"));
        }
        judged += 1;
    }
    assert!(judged > 0, "{} has no copy of a file in the corpus", folder.display());
}

/// What `docket redact` makes of a file, and of that.
fn redacted_twice(path: &Path, folder: &Path) -> Result<(Vec<u8>, Vec<u8>), String> {
    let copy = redacted(path, folder)?;
    let once = fs::read(&copy).unwrap();
    let elsewhere = folder.join("again");
    fs::create_dir_all(&elsewhere).unwrap();
    let again = redacted(&copy, &elsewhere)?;
    Ok((once, fs::read(again).unwrap()))
}

/// The copy without secrets, by the command, in `folder`; where that fails, what was said.
fn redacted(path: &Path, folder: &Path) -> Result<PathBuf, String> {
    let copy = folder.join(path.file_name().unwrap());
    let mut docket = Command::new(env!("CARGO_BIN_EXE_docket"));
    docket.arg("redact").arg(path).arg("-o").arg(&copy);
    let output = docket.env_clear().current_dir(folder).stdin(Stdio::null()).output().unwrap();
    if output.status.success() && copy.exists() {
        return Ok(copy);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "`docket redact` ended with {:?}: {}",
        output.status.code(),
        said.lines().next().unwrap_or_default()
    ))
}

/// The first line that differs.
fn difference(name: &str, before: &[u8], after: &[u8]) -> Option<String> {
    if before == after {
        return None;
    }
    let line = |bytes: &[u8], at: usize| {
        let around = &bytes[at.saturating_sub(60).min(bytes.len())..(at + 60).min(bytes.len())];
        String::from_utf8_lossy(around).replace(char::is_control, " ")
    };
    let at = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    Some(format!("{name}: at byte {at}: {:?} became {:?}", line(before, at), line(after, at)))
}
