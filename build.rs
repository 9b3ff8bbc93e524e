//! Tells the program which commit it is built from, for `docket --version --verbose`. The same commit gives
//! the same answer wherever and whenever it is built.
//!
//! What isn't that commit any more says so: `-modified`. A build for development doesn't ask: it would have to be
//! built again after every commit.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Follows the commit where the files aren't the commit's.
const MODIFIED: &str = "-modified";
/// What the program is made of.
const MADE_OF: [&str; 5] = ["src", "completions", "build.rs", "Cargo.toml", "Cargo.lock"];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=DOCKET_TARGET={}", env::var("TARGET").unwrap_or_default());
    let rustc = env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = run(Command::new(rustc).arg("--version"));
    let version = version.as_deref().and_then(|version| version.strip_prefix("rustc ")).unwrap_or("unknown");
    println!("cargo::rustc-env=DOCKET_RUSTC={version}");
    let released = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = if released { packaged(&root).or_else(|| checked_out(&root)) } else { None };
    let unknown = if released { "unknown" } else { "unknown: a build for development" };
    println!("cargo::rustc-env=DOCKET_COMMIT={}", commit.as_deref().unwrap_or(unknown));
}

/// The commit that a package was made from, which cargo has put into it.
pub(crate) fn packaged(root: &Path) -> Option<String> {
    let info = fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    let rest = info.split("\"sha1\"").nth(1)?;
    let commit = rest.split('"').nth(1)?;
    let dirty = info
        .split("\"dirty\"")
        .nth(1)
        .is_some_and(|rest| rest.trim_start_matches([':', ' ']).starts_with("true"));
    let modified = if dirty { MODIFIED } else { "" };
    (commit.len() >= 12 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| format!("{}{modified}", &commit[..12]))
}

/// The commit that is checked out here, with its date; not that of a repository somewhere above.
pub(crate) fn checked_out(root: &Path) -> Option<String> {
    let git = |arguments: &[&str]| run(Command::new("git").arg("-C").arg(root).args(arguments));
    let top = fs::canonicalize(git(&["rev-parse", "--show-toplevel"])?).ok()?;
    if top != fs::canonicalize(root).ok()? {
        return None;
    }
    // Only what exists may be watched: what doesn't would count as changed each time.
    let branch = git(&["symbolic-ref", "--quiet", "HEAD"]);
    for name in ["HEAD", "logs/HEAD", "packed-refs"].into_iter().chain(branch.as_deref()) {
        let path = git(&["rev-parse", "--git-path", name]).map(|path| root.join(path));
        if let Some(path) = path.filter(|path| path.exists()) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    for path in MADE_OF.map(|name| root.join(name)).into_iter().filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let changes = git(&[&["status", "--porcelain", "--"][..], &MADE_OF].concat());
    let modified = if changes.is_some() { MODIFIED } else { "" };
    git(&["log", "-1", "--abbrev=12", "--date=short", &format!("--format=%h{modified} (%cd)")])
}

/// What a program prints, in a line; `None` when it isn't there or fails.
fn run(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let printed = String::from_utf8(output.stdout).ok()?;
    Some(printed.trim().to_owned()).filter(|line| !line.is_empty())
}
