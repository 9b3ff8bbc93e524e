//! Taking secrets out of files: what goes where, what is told, and what is left as it was.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;

use serde_json::Value;

use crate::world::{User, World, path};

const LOG: &str = "user=sam\npassword=tr0ub4dor-1\nGET /?password=tr0ub4dor-2 password=tr0ub4dor-1\n";

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o777
}

/// A text with the digits of its marks held still.
fn still(text: &str) -> String {
    let mut parts = text.split("[redacted:password:");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| {
        let (digits, rest) = part.split_once(']').unwrap();
        assert!(digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{digits}");
        format!("{all}[redacted:password:…]{rest}")
    })
}

/// Nothing but these files is in a folder.
#[track_caller]
fn holds(folder: &Path, files: &[&str]) {
    let mut found: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, files);
}

/// Somebody who has never logged in anywhere, and a folder with a log.
fn place(world: &World) -> (User<'_>, std::path::PathBuf) {
    let folder = world.folder.path().join("evidence");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("app.log"), LOG).unwrap();
    fs::write(folder.join("calm.log"), "nothing\n").unwrap();
    (world.stranger("nobody"), folder)
}

#[test]
fn the_copy_is_on_stdout_and_the_report_on_stderr() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    for run in [
        nobody.run(&["redact", path(&folder.join("app.log"))]).succeeded(),
        nobody.run_with(&["redact", "-"], LOG).succeeded(),
    ] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(still(&run.stdout), @r"
            user=sam
            password=[redacted:password:…]
            GET /?password=[redacted:password:…] password=[redacted:password:…]
            ");
        }
        let marks: Vec<&str> = run.stdout.split("password=").skip(1).map(|part| &part[..27]).collect();
        assert_eq!((marks[0], marks[0] == marks[1]), (marks[2], false), "equal values, equal marks");
        let stderr = still(&run.stderr).replace(path(&folder.join("app.log")), "standard input");
        insta::allow_duplicates! {
            insta::assert_snapshot!(stderr, @r"
            standard input: 3 secrets taken out
            KIND      HOW MANY
            password  3

            LINE  KIND      MARK
            2     password  [redacted:password:…]
            3     password  [redacted:password:…]
            3     password  [redacted:password:…]
            ");
        }
    }
    assert_eq!(fs::read_to_string(folder.join("app.log")).unwrap(), LOG);
    assert_eq!(nobody.run(&["redact", "-q", path(&folder.join("app.log"))]).succeeded().stderr, "");
}

#[test]
fn machines_get_the_report_where_the_copy_is_in_a_file() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let (log, copy) = (folder.join("app.log"), folder.join("clean.log"));
    let found = nobody.json(&["redact", path(&log), "-o", path(&copy)]);
    let file = &found["files"][0];
    assert_eq!((&file["total"], &file["kinds"]["password"]), (&3.into(), &3.into()));
    assert_eq!((&file["output"], &file["file"]), (&path(&copy).into(), &path(&log).into()));
    assert_eq!(file["findings"][1]["line"], 3);
    assert!(!found.to_string().contains("tr0ub4dor"), "{found}");
    assert!(!fs::read_to_string(&copy).unwrap().contains("tr0ub4dor"));
    let error = nobody.run(&["redact", path(&log), "--json"]).exits(2).error();
    assert_eq!(error["kind"], "usage");
    // What was redacted once stays as it is, byte for byte.
    let again = nobody.json(&["redact", path(&copy), "-o", path(&folder.join("again.log"))]);
    assert_eq!(again["files"][0]["total"], 0);
    assert_eq!(fs::read(&copy).unwrap(), fs::read(folder.join("again.log")).unwrap());
}

#[test]
fn a_check_exits_with_10_where_there_is_a_secret() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let (log, calm) = (folder.join("app.log"), folder.join("calm.log"));
    let run = nobody.run(&["redact", "--check", path(&calm), path(&log), "--json"]).exits(10);
    let data: Value = serde_json::from_str(&run.stdout).unwrap();
    let totals: Vec<&Value> = data["files"].as_array().unwrap().iter().map(|file| &file["total"]).collect();
    assert_eq!(totals, [0, 3]);
    let error = run.error();
    assert_eq!((&error["kind"], &error["code"]), (&"secret_found".into(), &10.into()));
    assert_eq!(error["message"], format!("3 secrets were found in {}", log.display()));
    let run = nobody.run(&["redact", "--check", path(&calm)]).succeeded();
    assert_eq!(run.stderr, format!("{}: no secrets found\n", calm.display()));
    nobody.run_with(&["redact", "--check", "-"], "password=tr0ub4dor-1").exits(10);
    // What stays packed can't be copied without it, but has one all the same.
    let packed = b"\x28\xb5\x2f\xfdpassword=tr0ub4dor-1";
    nobody.run_with(&["redact", "--check", "-"], packed).exits(10);
    let run = nobody.run_with(&["redact", "-"], packed).exits(1);
    assert_eq!((run.stdout.as_str(), run.stderr.contains("it is packed with zstd")), ("", true));
    holds(&folder, &["app.log", "calm.log"]);
}

#[test]
fn in_place_the_file_keeps_its_mode_and_is_left_alone_without_secrets() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let (log, calm) = (folder.join("app.log"), folder.join("calm.log"));
    fs::set_permissions(&log, Permissions::from_mode(0o750)).unwrap();
    let before = calm.metadata().unwrap();
    nobody.run(&["redact", "--in-place", path(&log), path(&calm)]).succeeded();
    assert!(!fs::read_to_string(&log).unwrap().contains("tr0ub4dor"));
    assert_eq!(mode(&log), 0o750);
    let after = calm.metadata().unwrap();
    assert_eq!((after.ino(), after.modified().unwrap()), (before.ino(), before.modified().unwrap()));
    holds(&folder, &["app.log", "calm.log"]);
}

#[test]
fn what_in_place_would_do_unawares_is_refused_and_nothing_is_changed() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let log = folder.join("app.log");
    symlink("app.log", folder.join("link.log")).unwrap();
    for (files, why) in [
        (vec!["link.log"], "is a link"),
        (vec!["app.log", "./app.log"], "is named twice"),
        (vec!["app.log", "-"], "standard input can't be changed in place"),
        (vec!["app.log", "missing.log"], "cannot read "),
        (vec!["app.log", "."], "is a folder"),
    ] {
        let files: Vec<String> = files
            .iter()
            .map(|name| if *name == "-" { "-".to_owned() } else { path(&folder.join(name)).to_owned() })
            .collect();
        let words: Vec<&str> =
            ["redact", "--in-place"].into_iter().chain(files.iter().map(String::as_str)).collect();
        let run = nobody.run(&words).exits(2);
        assert!(run.stderr.contains(why), "{files:?}: {}", run.stderr);
    }
    fs::hard_link(&log, folder.join("other.log")).unwrap();
    let run = nobody.run(&["redact", "--in-place", path(&log)]).exits(2);
    assert!(run.stderr.contains("the other names would keep the secrets"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&log).unwrap(), LOG);
    holds(&folder, &["app.log", "calm.log", "link.log", "other.log"]);
}

#[test]
fn a_copy_is_never_the_original_and_never_wider() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let (log, copy) = (folder.join("app.log"), folder.join("clean.log"));
    symlink("app.log", folder.join("link.log")).unwrap();
    for same in ["app.log", "link.log", "."] {
        let run = nobody.run(&["redact", path(&log), "-o", path(&folder.join(same))]).exits(2);
        assert!(run.stderr.contains("is the file that is read"), "{same}: {}", run.stderr);
    }
    fs::set_permissions(&log, Permissions::from_mode(0o600)).unwrap();
    nobody.run(&["redact", path(&log), "-o", path(&copy)]).succeeded();
    assert_eq!(mode(&copy), 0o600);
    // One that was there before with a wider mode.
    fs::set_permissions(&copy, Permissions::from_mode(0o644)).unwrap();
    nobody.run(&["redact", path(&log), "-o", path(&copy)]).succeeded();
    assert_eq!(mode(&copy), 0o600);
    nobody.run_with(&["redact", "-", "-o", path(&folder.join("piped.log"))], LOG).succeeded();
    assert_eq!(mode(&folder.join("piped.log")), 0o600);
    assert_eq!(fs::read_to_string(&log).unwrap(), LOG);
    holds(&folder, &["app.log", "calm.log", "clean.log", "link.log", "piped.log"]);
}

#[test]
fn several_copies_go_to_a_folder() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let (log, calm) = (folder.join("app.log"), folder.join("calm.log"));
    let run = nobody.run(&["redact", path(&log), path(&calm)]).exits(2);
    assert!(run.stderr.contains("several files can't all go to standard output"), "{}", run.stderr);
    let clean = format!("{}/clean/", folder.display());
    let without = clean.trim_end_matches('/');
    let run = nobody.run(&["redact", path(&log), path(&calm), "-o", without]).exits(2);
    assert!(run.stderr.contains(&format!("`-o {clean}` makes a folder")), "{}", run.stderr);
    nobody.run(&["redact", path(&log), path(&calm), "-o", &clean]).succeeded();
    holds(Path::new(&clean), &["app.log", "calm.log"]);
    assert_eq!(fs::read_to_string(format!("{clean}calm.log")).unwrap(), "nothing\n");
    let run = nobody.run(&["redact", path(&log), path(&log), "-o", &clean]).exits(2);
    assert!(run.stderr.contains("they have the same name"), "{}", run.stderr);
}

/// Some files may be done when another one fails: what was done is told, and so is what wasn't.
#[test]
fn a_copy_that_can_not_be_written_leaves_nothing_behind() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let (log, calm) = (folder.join("app.log"), folder.join("calm.log"));
    let run = nobody.run(&["redact", path(&log), "-o", path(&folder.join("no/clean.log"))]).exits(1);
    assert!(run.stderr.contains("with -o FOLDER/ it is made"), "{}", run.stderr);
    assert!(!run.stderr.contains(".docket-"), "{}", run.stderr);
    if cfg!(target_os = "linux") {
        let run = nobody.run(&["redact", path(&log), "-o", "/dev/full"]).exits(1);
        assert!(run.stderr.contains("cannot write /dev/full: No space left"), "{}", run.stderr);
    }
    let clean = folder.join("clean");
    fs::create_dir(&clean).unwrap();
    if cfg!(target_os = "linux") {
        symlink("/dev/full", clean.join("app.log")).unwrap();
        let words = ["redact", path(&log), path(&calm), "-o", path(&clean), "--json"];
        let run = nobody.run(&words).exits(9);
        let data: Value = serde_json::from_str(&run.stdout).unwrap();
        assert!(data["files"][0]["error"].as_str().unwrap().contains("No space left"), "{data}");
        assert_eq!(data["files"][1]["error"], Value::Null);
        assert_eq!(run.error()["kind"], "partly_done");
        holds(&clean, &["app.log", "calm.log"]);
    }
    holds(&folder, &["app.log", "calm.log", "clean"]);
}

#[test]
fn what_is_larger_than_memory_may_be_comes_through_a_pipe_whole() {
    let world = World::new();
    let (nobody, _) = place(&world);
    let calm = "an entry of a log that goes on and on\n".repeat(200_000);
    let run = nobody.run_with(&["redact", "-"], format!("{calm}password=tr0ub4dor-1\n")).succeeded();
    assert!(run.stdout.starts_with(&calm));
    assert_eq!(still(&run.stdout[calm.len()..]), "password=[redacted:password:…]\n");
}

#[test]
fn settings_about_secrets_are_shown_with_where_they_come_from() {
    let world = World::new();
    let nobody = world.stranger("nobody");
    fs::create_dir_all(nobody.home().join("config")).unwrap();
    fs::write(nobody.home().join("config/config.toml"), "[redact]\nnames = ['tenant key']\npii = true\n")
        .unwrap();
    fs::write(world.folder.path().join(".docket.toml"), "[redact]\nmode = 'strict'\n").unwrap();
    let run = nobody.run(&["status", "--verbose"]).exits(4);
    let lines = run.stdout.replace(path(&nobody.home()), "HOME").replace(path(world.folder.path()), "FOLDER");
    let lines: Vec<String> = lines
        .lines()
        .filter(|line| line.starts_with("Secret") || line.starts_with("Personal"))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        lines,
        [
            "Secrets strict (FOLDER/.docket.toml:2)",
            "Personal data taken out (HOME/config/config.toml:3)",
            "Secret name tenant key (HOME/config/config.toml:2)",
        ]
    );
    fs::write(world.folder.path().join(".docket.toml"), "[redact]\nmode = 'off'\n").unwrap();
    let run = nobody.run_with(&["redact", "-"], LOG).exits(2);
    assert!(run.stderr.contains(".docket.toml:2: `redact.mode` can't be `off` here"), "{}", run.stderr);
}

#[test]
fn a_pattern_that_cannot_be_read_is_named_with_its_line() {
    let world = World::new();
    let (nobody, folder) = place(&world);
    let log = folder.join("app.log");
    fs::create_dir_all(nobody.home().join("config")).unwrap();
    let config = nobody.home().join("config/config.toml");
    fs::write(&config, "[redact]\npatterns = ['EMP-\\d{6}', '(']\n").unwrap();
    let run = nobody.run(&["redact", path(&log), "--check", "--json"]).exits(2);
    let error = run.error();
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with(&format!("{}:2: `redact.patterns`", path(&config))), "{message}");
    assert!(message.contains("`(`"), "{message}");
    fs::write(&config, "[redact]\npatterns = ['us\\w+']\n").unwrap();
    let run = nobody.run(&["redact", path(&log), "--check"]).exits(10);
    assert!(run.stderr.contains("own"), "{}", run.stderr);
}
