//! What is higher than the screen goes through a pager, and nothing else does.

use std::os::unix::fs::PermissionsExt as _;

use crate::screen::{CTRL_C, ENTER, Terminal};
use crate::world::{User, World, open_many, path, session};

/// A pager that says so, shows a few lines and waits for a line.
const PAGER: &str = "echo paged; head -n 3; read line < /dev/tty; echo left with $line";

fn with_many_cases(world: &World) -> User<'_> {
    open_many(&session(world, "sam@example.com"), 30);
    world.sam()
}

#[test]
fn what_is_higher_than_the_screen_is_paged_until_its_reader_leaves() {
    let world = World::new();
    let sam = with_many_cases(&world).with("DOCKET_PAGER", PAGER).with("PAGER", "echo the wrong one");
    let mut terminal = Terminal::run(&sam.command(&["case", "list"]));
    let screen = terminal.shows("paged");
    assert!(!screen.contains("00000001"), "{screen}");
    terminal.types_ahead("q\r");
    let (code, screen) = terminal.ends();
    assert!(screen.contains("left with q"), "{screen}");
    assert_eq!(code, 0);
}

#[test]
fn what_fits_is_not_paged() {
    let world = World::new();
    let sam = with_many_cases(&world).with("DOCKET_PAGER", PAGER);
    for (rows, paged) in [(32, false), (31, true)] {
        let mut terminal = Terminal::sized(&sam.command(&["case", "list"]), 80, rows);
        terminal.shows(if paged { "paged" } else { "00000001" });
        terminal.types_ahead(ENTER);
        let (code, screen) = terminal.ends();
        assert_eq!((code, screen.contains("paged")), (0, paged), "{rows} rows:\n{screen}");
    }
}

#[test]
fn an_interruption_is_for_the_pager() {
    let world = World::new();
    let pager = "trap '' INT; echo paged; read line < /dev/tty; echo left with $line";
    let sam = with_many_cases(&world).with("DOCKET_PAGER", pager);
    let mut terminal = Terminal::run(&sam.command(&["case", "list"]));
    terminal.shows("paged");
    terminal.types_ahead(CTRL_C);
    terminal.shows("^C");
    terminal.types_ahead("q\r");
    terminal.shows("left with q");
    terminal.is_tidy();
    assert_eq!(terminal.ends().0, 0);
}

#[test]
fn less_is_the_pager_where_nobody_has_named_one() {
    let world = World::new();
    let folder = world.folder.path().join("programs");
    std::fs::create_dir(&folder).unwrap();
    let less = folder.join("less");
    std::fs::write(&less, "#!/bin/sh\necho \"less is told ${LESS}\"\n").unwrap();
    std::fs::set_permissions(&less, std::fs::Permissions::from_mode(0o755)).unwrap();
    let sam = with_many_cases(&world).with("PATH", &format!("{}:/usr/bin:/bin", path(&folder)));
    let paged = |user: &User| Terminal::run(&user.command(&["case", "list"])).ends();
    assert_eq!(paged(&sam), (0, "less is told FRX".to_owned()));
    assert_eq!(paged(&sam.clone().with("LESS", "R")), (0, "less is told R".to_owned()));
    assert_eq!(paged(&sam.clone().with("PAGER", "echo another")), (0, "another".to_owned()));
    std::fs::create_dir_all(sam.home().join("config")).unwrap();
    std::fs::write(sam.home().join("config/config.toml"), "pager = \"echo the one in the file\"\n").unwrap();
    assert_eq!(paged(&sam), (0, "the one in the file".to_owned()));
}

#[test]
fn a_pager_that_cannot_be_started_costs_nothing() {
    let world = World::new();
    let sam = with_many_cases(&world).with("DOCKET_PAGER", "docket-has-no-such-pager");
    let (code, screen) = Terminal::run(&sam.command(&["case", "list"])).ends();
    assert!(screen.contains("00000001") && !screen.contains("no-such-pager"), "{screen}");
    assert_eq!(code, 0);
}

#[test]
fn nobody_is_made_to_page() {
    let world = World::new();
    let sam = with_many_cases(&world).with("PAGER", "echo paged");
    for (name, value) in [
        ("DOCKET_PAGER", "cat"),
        ("DOCKET_PAGER", ""),
        ("TERM", "dumb"),
        ("CI", "1"),
        ("DOCKET_NO_INPUT", "1"),
    ] {
        let (code, screen) = Terminal::run(&sam.clone().with(name, value).command(&["case", "list"])).ends();
        assert!(screen.contains("00000001") && !screen.contains("paged"), "{name}={value}:\n{screen}");
        assert_eq!(code, 0);
    }
    for flag in ["--no-input", "--json", "--csv", "--jq=.cases[].number"] {
        let terminal = Terminal::sized(&sam.command(&["case", "list", flag]), 200, 24);
        let (code, screen) = terminal.ends();
        assert!(!screen.is_empty() && !screen.contains("paged"), "{flag}:\n{screen}");
        assert_eq!(code, 0);
    }
    let piped = sam.run(&["case", "list"]).succeeded().stdout;
    assert_eq!((piped.lines().count(), piped.contains("paged")), (31, false), "{piped}");
}

#[test]
fn what_was_done_is_never_paged() {
    let world = World::new();
    let sam = world.sam().with("DOCKET_PAGER", "echo paged");
    let number = sam.open(&[]);
    let new = crate::world::answers(&[]);
    let new: Vec<&str> = ["case", "new"].into_iter().chain(new.iter().map(String::as_str)).collect();
    let comment = ["case", "comment", &number, "-m", "more"];
    for (args, said) in [(&new[..], "To see it again"), (&comment, "commented on case")] {
        let (code, screen) = Terminal::sized(&sam.command(args), 80, 8).ends();
        assert!(screen.contains(said) && !screen.contains("paged"), "{screen}");
        assert_eq!(code, 0);
    }
    let show = Terminal::sized(&sam.command(&["case", "show", &number]), 80, 8);
    assert_eq!(show.ends(), (0, "paged".to_owned()));
}
