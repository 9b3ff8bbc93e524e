//! Other commands in a real terminal: passwords, choices, progress, and readers that leave early.

use std::process::{Command, Stdio};

use crate::screen::{CTRL_C, DOWN, ENTER, Terminal};
use crate::world::{PASSWORD, World, path};

#[test]
fn a_password_is_never_shown() {
    let world = World::new();
    let stranger = world.stranger("new");
    let mut terminal = Terminal::run(&stranger.command(&["login", &world.url]));
    terminal.answers("E-mail address", "sam@example.com\r");
    terminal.answers("Password", &format!("{PASSWORD}\r"));
    terminal.answers("Which account?", ENTER);
    terminal.shows("logged in at");
    let raw = terminal.raw();
    assert!(!raw.contains(PASSWORD) && !raw.contains(&PASSWORD[..6]), "{raw:?}");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(stranger.json(&["status"])["account"]["id"], "1001");
}

#[test]
fn a_terminal_is_tidy_after_an_interrupted_password() {
    let world = World::new();
    let login = ["login", &world.url, "--email", "sam@example.com"];
    let mut terminal = Terminal::run(&world.stranger("new").command(&login));
    terminal.answers("Password", &format!("half{CTRL_C}"));
    terminal.shows("docket: interrupted");
    terminal.is_tidy();
    assert_eq!(terminal.ends().0, 130);
}

#[test]
fn an_account_is_chosen_from_a_list() {
    let world = World::new();
    let sam = world.log_in("sam", "sam@example.com");
    let mut terminal = Terminal::run(&sam.command(&["accounts", "switch"]));
    let list = terminal.shows("1005");
    // A Sandbox account can't have cases, so it isn't offered.
    assert!(list.contains("1002") && !list.contains("1004"), "{list}");
    terminal.types(&format!("{DOWN}{ENTER}"));
    terminal.shows("working in account 1002");
    assert_eq!(terminal.ends().0, 0);
}

#[test]
fn a_large_file_shows_how_far_it_is() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("large.bin", vec![b'x'; 20_000_000]);
    let terminal = Terminal::run(&sam.command(&["case", "attach", &number, path(&file)]));
    terminal.shows("attached 1 file to case");
    let raw = terminal.raw();
    assert!(raw.contains("large.bin") && raw.contains("/20.0 MB"), "{raw:?}");
    let (code, screen) = terminal.ends();
    // The bar is gone, and what was done stands there.
    assert_eq!((code, screen.as_str()), (0, "attached 1 file to case 00000001"));
    // Without a terminal nothing is drawn.
    assert_eq!(sam.run(&["case", "attach", &number, path(&file)]).succeeded().stderr.lines().count(), 1);
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let world = World::new();
    let sam = world.sam();
    sam.open(&[]);
    for args in [&["case", "list"][..], &["products", "--json"], &["completions", "bash"], &["--help"]] {
        let mut command = sam.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn a_list_for_another_program_is_not_for_the_terminal() {
    let world = World::new();
    let sam = world.sam();
    sam.open(&[("subject", &"long ".repeat(40))]);
    let docket = sam.command(&[]).get_program().to_owned();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "\"$0\" case list --color auto > listed.txt && echo done"]).arg(docket);
    command.current_dir(world.folder.path());
    for (name, value) in sam.command(&[]).get_envs() {
        command.env(name, value.unwrap());
    }
    let terminal = Terminal::sized(&command, 40, 10);
    terminal.shows("done");
    terminal.ends();
    let listed = std::fs::read_to_string(world.folder.path().join("listed.txt")).unwrap();
    assert!(listed.lines().nth(1).unwrap().len() > 200 && !listed.contains('\u{1b}'), "{listed}");
}

#[test]
fn an_address_is_a_link_where_the_terminal_has_links() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let link = format!("]8;;{0}/cases/{number}\u{1b}\\{0}/cases/{number}\u{1b}]8;;\u{1b}\\", world.url);
    let shown = |variables: &[(&str, &str)], color: &str| {
        let user = variables.iter().fold(sam.clone(), |user, (name, value)| user.with(name, value));
        let show = ["case", "show", &number, "--color", color];
        let terminal = Terminal::sized(&user.command(&show), 80, 50);
        let screen = terminal.shows("None has left since this morning.");
        let raw = terminal.raw();
        assert_eq!(terminal.ends().0, 0);
        (raw.contains(&link), raw.contains("]8;"), screen)
    };
    let known = ("VTE_VERSION", "7600");
    let (whole, any, screen) = shown(&[known], "auto");
    assert!(whole && any, "{screen}");
    let (_, any, plain) = shown(&[], "auto");
    assert_eq!((any, plain), (false, screen));
    for (variables, color) in [(&[known][..], "never"), (&[known, ("TERM", "dumb")], "auto")] {
        assert!(!shown(variables, color).1, "{variables:?}, {color}");
    }
    let piped = sam.clone().with("FORCE_HYPERLINK", "1").run(&["case", "show", &number]).succeeded();
    assert!(!piped.stdout.contains("]8;"), "{}", piped.stdout);
}
