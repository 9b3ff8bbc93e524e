//! Holds what packages are made of, in Cargo.toml, to what there is: no path that leads nowhere, and no man
//! page, completion or licence that is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

#[path = "../build.rs"]
#[expect(dead_code, clippy::print_stdout, reason = "its `main` talks to cargo")]
mod build;

/// What every package has, apart from the binary.
const PACKED: [&str; 5] = ["man", "completions", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];
/// Where a shell looks for completions, in packages of each kind.
const PLACES: [(&str, &str, &str); 3] = [
    (
        "completions/docket.bash",
        "usr/share/bash-completion/completions/docket",
        "usr/share/bash-completion/completions/docket",
    ),
    (
        "completions/_docket",
        "usr/share/zsh/vendor-completions/_docket",
        "usr/share/zsh/site-functions/_docket",
    ),
    (
        "completions/docket.fish",
        "usr/share/fish/vendor_completions.d/docket.fish",
        "usr/share/fish/vendor_completions.d/docket.fish",
    ),
];

#[test]
fn packages_have_everything_and_nothing_that_is_not_there() {
    for kind in ["deb", "generate-rpm"] {
        let assets = assets(kind);
        assert_eq!(
            assets.get("target/release/docket").map(|at| at.starts_with("usr/bin/")),
            Some(true),
            "{kind}"
        );
        let mut packed = BTreeSet::new();
        for source in assets.keys().filter(|source| *source != "target/release/docket") {
            let files = matching(source);
            assert!(!files.is_empty(), "{kind}: {source} isn't there");
            packed.extend(files);
        }
        let wanted: BTreeSet<String> = PACKED.iter().flat_map(|path| files(path)).collect();
        assert_eq!(packed, wanted, "{kind}: the second is what there is");
    }
}

#[test]
fn completions_go_where_shells_look_for_them() {
    let (deb, rpm) = (assets("deb"), assets("generate-rpm"));
    for (source, in_deb, in_rpm) in PLACES {
        assert_eq!(deb.get(source).map(String::as_str), Some(in_deb));
        assert_eq!(rpm.get(source).map(String::as_str), Some(in_rpm));
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What goes into a kind of package, and where to.
fn assets(kind: &str) -> BTreeMap<String, String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("it can be read");
    let manifest: Table = manifest.parse().expect("it is TOML");
    let list = manifest["package"]["metadata"][kind]["assets"].as_array().expect("it is a list");
    let text = |value: Option<&Value>| value.and_then(Value::as_str).expect("it is text").to_owned();
    list.iter()
        .map(|asset| match asset {
            Value::Array(parts) => (text(parts.first()), text(parts.get(1))),
            parts => (text(parts.get("source")), text(parts.get("dest")).trim_start_matches('/').to_owned()),
        })
        .collect()
}

/// The files that a source stands for: one, or those in a folder that end alike.
fn matching(source: &str) -> Vec<String> {
    match source.split_once("/*") {
        Some((folder, end)) => files(folder).into_iter().filter(|file| file.ends_with(end)).collect(),
        None => files(source),
    }
}

/// A file, or those in a folder.
fn files(path: &str) -> Vec<String> {
    let place = root().join(path);
    if place.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(&place).into_iter().flatten().filter_map(Result::ok);
    let name = |path: &Path| Some(path.file_name()?.to_str()?.to_owned());
    entries.filter_map(|entry| Some(format!("{path}/{}", name(&entry.path())?))).collect()
}

#[test]
fn a_commit_is_named_and_whether_the_files_are_still_its() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.arg("-C").arg(root).args(["-c", "user.name=Sam", "-c", "user.email=sam@example.com"]);
        let output = git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    fs::create_dir(root.join("src")).unwrap();
    fs::write(root.join("src/main.rs"), "fn main() {}").unwrap();
    git(&["init", "--quiet"]);
    assert_eq!(build::checked_out(root), None, "there is no commit yet");
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "One"]);
    let commit = git(&["rev-parse", "HEAD"])[..12].to_owned();
    let date = git(&["log", "-1", "--date=short", "--format=%cd"]);
    assert_eq!(build::checked_out(root), Some(format!("{commit} ({date})")));
    // What isn't part of the program doesn't count.
    fs::write(root.join("notes.txt"), "Mine.").unwrap();
    assert_eq!(build::checked_out(root), Some(format!("{commit} ({date})")));
    fs::write(root.join("src/more.rs"), "").unwrap();
    assert_eq!(build::checked_out(root), Some(format!("{commit}-modified ({date})")));
    fs::remove_file(root.join("src/more.rs")).unwrap();
    fs::write(root.join("src/main.rs"), "fn main() { }").unwrap();
    assert_eq!(build::checked_out(root), Some(format!("{commit}-modified ({date})")));

    let package = |dirty: &str| {
        let info = format!("{{\n  \"git\": {{\n    \"sha1\": \"0123456789abcdef\"{dirty}\n  }}\n}}");
        fs::write(root.join(".cargo_vcs_info.json"), info).unwrap();
        build::packaged(root)
    };
    assert_eq!(package("").as_deref(), Some("0123456789ab"));
    assert_eq!(package(",\n    \"dirty\": true").as_deref(), Some("0123456789ab-modified"));
}
