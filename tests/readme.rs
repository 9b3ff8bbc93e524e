//! Runs the examples in README.md and docs/: what stands there works, and prints what it says.
//!
//! In fenced blocks marked `console`, each line `$ docket …` is run through a shell, in order, against the
//! portal `local`, with nothing of this machine's in the environment. Every document begins afresh. A command
//! has to exit with 0, or with the code in a comment at its end: `# exit 3`. Lines below a command are what it
//! prints, stdout and stderr as they come; `…` stands for anything, also for lines.
#![cfg(all(unix, feature = "portal"))]

mod shell;

use std::fs;
use std::path::{Path, PathBuf};

use shell::{Ran, prepare, root};

/// What README.md promises to strangers.
const PROMISED: [&str; 2] = [
    "cargo run --release -- --portal local case new --from examples/envelope-stuck.yaml --json",
    "cargo test",
];

/// A command in a document, and the lines below it.
struct Example {
    command: String,
    expected: Vec<String>,
}

#[test]
fn every_example_works() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("the document can be read");
        let place = tempfile::tempdir().expect("there is room for files");
        prepare(place.path());
        for example in examples(&text) {
            if let Err(why) = try_out(&example, place.path()) {
                broken.push(format!("{}: $ {}\n{why}", document.display(), example.command));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n\n"));
}

#[test]
fn what_is_promised_stands_there_and_links_lead_somewhere() {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README.md");
    for command in PROMISED {
        assert!(readme.lines().any(|line| line == command), "README.md doesn't have the line: {command}");
    }
    for document in documents() {
        let text = fs::read_to_string(&document).expect("the document can be read");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let place = document.parent().expect("it is in a folder").join(link);
            assert!(link.contains("://") || place.exists(), "{}: {link} isn't there", document.display());
        }
    }
}

#[test]
fn the_matcher_forgives_what_it_is_told_to_and_no_more() {
    for (pattern, printed) in [("a\nb", "a  \nb\n"), ("a … c", "a b c"), ("1\n…\n4", "1\n2\n3\n4")] {
        assert!(matches(pattern, printed), "{pattern:?} {printed:?}");
    }
    for (pattern, printed) in [("a", "a\nb"), ("b…", "a\nb"), ("…b", "b\nc"), ("a…a", "a")] {
        assert!(!matches(pattern, printed), "{pattern:?} {printed:?}");
    }
}

fn documents() -> Vec<PathBuf> {
    let further = fs::read_dir(root().join("docs")).into_iter().flatten().filter_map(Result::ok);
    let mut documents: Vec<PathBuf> = further.map(|entry| entry.path()).collect();
    documents.retain(|path| path.extension().is_some_and(|end| end == "md"));
    documents.sort();
    documents.insert(0, root().join("README.md"));
    documents
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut runs = false;
    for line in text.replace("\\\n", "").lines() {
        if let Some(kind) = line.strip_prefix("```") {
            runs = kind == "console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| runs) {
            examples.push(Example { command: command.to_owned(), expected: Vec::new() });
        } else if let Some(example) = examples.last_mut().filter(|_| runs) {
            example.expected.push(line.to_owned());
        }
    }
    examples.retain(|example| example.command.starts_with("docket"));
    examples
}

fn try_out(example: &Example, place: &Path) -> Result<(), String> {
    let Ran { status, printed } = shell::run(&example.command, place);
    let code = example.command.rsplit_once("# exit ").map_or(Ok(0), |(_, code)| code.trim().parse());
    if status.code() != Some(code.expect("an exit code is a number")) {
        return Err(format!("ended with {status} and printed:\n{printed}"));
    }
    if example.expected.is_empty() || matches(&example.expected.join("\n"), &printed) {
        return Ok(());
    }
    Err(format!("printed:\n{printed}\nwhere this was expected:\n{}", example.expected.join("\n")))
}

/// Whether `printed` is `pattern`, in which `…` stands for anything. Space at the ends of lines doesn't count.
fn matches(pattern: &str, printed: &str) -> bool {
    let trimmed =
        |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
    let (pattern, printed) = (trimmed(pattern), trimmed(printed));
    let mut parts: Vec<&str> = pattern.split('…').collect();
    let (first, last) = (parts.remove(0), parts.pop());
    let Some(last) = last else { return printed == pattern };
    let between = printed.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    between.is_some_and(|mut rest| {
        parts.iter().all(|part| {
            let found = rest.find(part);
            rest = found.map_or(rest, |at| &rest[at + part.len()..]);
            found.is_some()
        })
    })
}
