//! Text that would control a terminal or deceive its reader never gets there, wherever it comes from.

use docket::portal::Options;

#[cfg(unix)]
use crate::screen::Terminal;
use crate::world::{Run, World, path, sql};

/// Sets the window's title, clears the screen, writes from right to left, hides characters.
const EVIL: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31mred\u{202e}txt.exe\u{200b}\u{2066}\u{feff}\u{e0041}";

/// Whether a character may stand in an output.
fn harmless(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[track_caller]
fn assert_harmless(run: &Run) {
    let shown = run.shown();
    let bad: Vec<char> = shown.chars().filter(|c| !harmless(*c)).collect();
    assert!(bad.is_empty(), "{bad:?} in {shown:?}");
}

/// A copy of the embedded catalogue in which titles, texts and labels are evil.
fn evil_catalogue(world_folder: &std::path::Path) -> std::path::PathBuf {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/portal/catalogue/data");
    let to = world_folder.join("catalogue");
    std::fs::create_dir_all(&to).unwrap();
    let escaped: String = EVIL.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    for entry in std::fs::read_dir(from).unwrap() {
        let file = entry.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        let changed: Vec<String> = text
            .lines()
            .map(|line| match line.split_once(" = \"") {
                Some((key @ ("title" | "summary" | "label" | "help"), rest)) => {
                    format!("{key} = \"{escaped}{rest}")
                }
                _ => line.to_owned(),
            })
            .collect();
        std::fs::write(to.join(file.file_name().unwrap()), changed.join("\n") + "\n").unwrap();
    }
    to
}

#[test]
fn a_catalogue_controls_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = evil_catalogue(folder.path());
    let world = World::with(|options| Options { catalogue: Some(catalogue), ..options });
    let sam = world.sam();
    let id = sam.json(&["resources"])[0]["id"].as_str().unwrap().to_owned();
    for args in [
        vec!["products"],
        vec!["categories"],
        vec!["form", "esignature"],
        vec!["form", "--schema"],
        vec!["form", "esignature", "--category", "nope"],
        vec!["resources"],
        vec!["resources", "show", &id],
        vec!["case", "new", "--product", "esignature", "--category", "x", "--no-input"],
        vec!["case", "new", "--generate-skeleton", "--product", "esignature"],
    ] {
        let run = sam.run(&args);
        assert!(run.shown().contains("owned") || run.code != Some(0), "{args:?} shows nothing of it");
        assert_harmless(&run);
        assert_harmless(&sam.run(&[&args[..], &["--json"]].concat()));
    }
}

#[test]
fn a_case_controls_no_terminal() {
    let world = World::new();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[("description", EVIL), ("browser", "b"), ("steps", EVIL)]);
    sam.open(&[]);
    let file = world.file("evil.txt", "content");
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    sam.run(&["case", "comment", &number, "-m", EVIL]).succeeded();
    expert.run(&["expert", "note", &number, "-m", EVIL]).succeeded();
    expert.run(&["expert", "reply", &number, "--resolved", "-m", EVIL]).succeeded();
    sam.run(&["case", "close", &number, "--reason", EVIL]).succeeded();
    // What a portal wouldn't take from docket, another one may send.
    let database = world.folder.path().join("portal/portal.db");
    for column in ["cases.subject", "cases.browser", "accounts.name", "attachments.name", "users.name"] {
        let (table, column) = column.split_once('.').unwrap();
        sql(&database, &format!("UPDATE {table} SET {column} = '{EVIL}'"));
    }
    for args in [
        vec!["case", "show", &number, "--comments", "--history"],
        vec!["case", "list"],
        vec!["case", "list", "--all-accounts"],
        vec!["case", "download", &number, "--dir", "fetched"],
        vec!["case", "download", &number, "--dir", "fetched"],
        vec!["case", "download", &number, "nope"],
        vec!["case", "comment", &number, "-m", "late"],
        vec!["case", "show", "2"],
        vec!["status"],
        vec!["accounts", "list"],
        vec!["accounts", "switch", "1002"],
        vec!["accounts", "switch", "1004"],
        vec!["accounts", "switch", "9"],
    ] {
        assert_harmless(&sam.run(&args));
        assert_harmless(&sam.run(&[&args[..], &["--json"]].concat()));
    }
    for args in [vec!["expert", "show", &number], vec!["expert", "queue"]] {
        assert_harmless(&expert.run(&args));
        assert_harmless(&expert.run(&[&args[..], &["--json"]].concat()));
    }
    // It is shown all the same, as what it is.
    let shown = sam.run(&["case", "show", &number, "--comments"]).succeeded().stdout;
    assert!(shown.contains("\\x1b]0;owned\\x07") && shown.contains("\\u{202e}txt.exe"), "{shown}");
    // And a machine gets it whole.
    assert_eq!(sam.json(&["case", "show", &number])["comments"][0]["body"], EVIL);
    // A file's name stays in the folder, and is one that a person can type.
    for entry in std::fs::read_dir(world.folder.path().join("fetched")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.chars().all(harmless), "{name:?}");
    }
}

#[test]
fn a_portals_file_names_stay_in_the_folder() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let names = ["../../up.txt", "/etc/over.txt", ".hidden", "..", "a\\b:c.txt", "-rf"];
    for (at, _) in names.iter().enumerate() {
        let file = world.file(&format!("{at}.txt"), "content");
        sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    }
    let database = world.folder.path().join("portal/portal.db");
    for (at, name) in names.iter().enumerate() {
        sql(&database, &format!("UPDATE attachments SET name = '{name}' WHERE name = '{at}.txt'"));
    }
    for (at, name) in names.iter().enumerate() {
        let run = sam.run(&["case", "download", &number, "--dir", &format!("deep/down/{at}"), "--", name]);
        let fetched: Vec<String> =
            match std::fs::read_dir(world.folder.path().join(format!("deep/down/{at}"))) {
                Ok(entries) => entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect(),
                Err(_) => Vec::new(),
            };
        assert!(fetched.len() <= 1 && fetched.iter().all(|n| !n.starts_with('.')), "{name}: {fetched:?}");
        assert_harmless(&run);
    }
    for above in ["up.txt", "deep/up.txt"] {
        assert!(!world.folder.path().join(above).exists(), "{above}");
    }
}

#[cfg(unix)]
#[test]
fn what_docket_says_is_broken_between_words_on_a_terminal() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let terminal = Terminal::sized(&sam.command(&["case", "follow", &number]), 40, 10);
    terminal.shows("Ctrl-C");
    terminal.until("is wrapped", |screen| {
        let lines: Vec<&str> = screen.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        lines == [format!("following case {number}, which is").as_str(), "  Open; Ctrl-C ends it"]
    });
    sam.run(&["case", "close", &number, "--reason", "Solved"]).succeeded();
    assert_eq!(terminal.ends().0, 0);
}
