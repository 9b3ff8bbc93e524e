//! What `fuzz/` checks, on inputs that it has kept: what went wrong once, and what reaches far.

use std::fs;
use std::path::Path;

use docket::redact;

#[path = "../../fuzz/checks.rs"]
mod checks;

#[test]
fn har_files() {
    replay("har", checks::har);
}

#[test]
fn saml_messages() {
    replay("saml", checks::saml);
}

#[test]
fn archives() {
    replay("archive", checks::archive);
}

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new("tests/redact/fuzzed").join(target);
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let input = fs::read(&path).unwrap();
        if let Err(panic) = std::panic::catch_unwind(|| check(&input)) {
            eprintln!("{}", path.display());
            std::panic::resume_unwind(panic);
        }
        count += 1;
    }
    assert!(count > 0, "{} has no inputs", folder.display());
}
