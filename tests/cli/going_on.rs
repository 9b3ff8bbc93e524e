//! Walks that go on from something: a closed case, or what was given and won't do.

use crate::screen::{CTRL_C, DOWN, ENTER, ESCAPE, Terminal};
use crate::world::{User, World, answers, sql};

/// `docket case new` in a terminal that is high enough for all of it.
fn walk(user: &User, args: &[&str]) -> Terminal {
    Terminal::sized(&user.command(&[&["case", "new"], args].concat()), 80, 70)
}

/// Answers with Enter up to a question.
#[track_caller]
fn enter_up_to(terminal: &mut Terminal, question: &str) {
    // A question is there once all of it is drawn; what stands behind it may change while it is the same.
    let open = |screen: &str| {
        let question = screen.lines().find_map(|line| line.strip_prefix("? ")?.split_once(" ›"));
        question.map(|(question, _)| question.to_owned())
    };
    loop {
        let asked = open(&terminal.until("asks", |screen| open(screen).is_some()));
        if asked.as_ref().is_some_and(|asked| asked.contains(question)) {
            return;
        }
        terminal.types(ENTER);
        // Between two questions there is none for a moment; while one is drawn anew, too.
        terminal.until("goes on", |screen| open(screen).is_some_and(|now| Some(now) != asked));
    }
}

/// A closed case with some answers.
fn closed(user: &User, changes: &[(&str, &str)]) -> String {
    let number = user.open(changes);
    user.run(&["case", "close", &number, "--reason", "Done."]).succeeded();
    number
}

#[test]
fn a_case_that_goes_on_from_another_begins_with_its_answers() {
    let world = World::new();
    let sam = world.sam();
    let number = closed(&sam, &[("browser", "Firefox 130"), ("subject", "Stuck again.")]);
    let mut terminal = walk(&sam, &["--follows", &number]);
    let screen = terminal.shows("? Subject ›");
    assert!(screen.contains("goes on from case 00000001: Stuck again. What is"), "{screen}");
    assert!(screen.contains("Sending (sending)") && screen.contains("Firefox 130"), "{screen}");
    // What was answered there can be gone back to.
    terminal.types(ESCAPE);
    terminal.shows("? Support language ›");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);

    // What is given wins.
    let given = answers(&[("browser", "Safari 18"), ("subject", "")]);
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let mut terminal = walk(&sam, &[&given[..], &["--follows", &number]].concat());
    terminal.answers("? Subject ›", "Once more\r");
    enter_up_to(&mut terminal, "What now?");
    terminal.until("shows it all and asks what to do", |screen| {
        screen.contains("Safari 18") && screen.contains("Follows") && screen.contains("Throw it away")
    });
    terminal.types(ENTER);
    terminal.shows("Case 00000002 is open.");
    assert_eq!(terminal.ends().0, 0);
    let case = sam.json(&["case", "show", "2"]);
    assert_eq!((&case["follows"], &case["details"]["browser"]), (&"00000001".into(), &"Safari 18".into()));
}

#[test]
fn what_the_form_no_longer_offers_is_not_taken_over_in_silence() {
    let world = World::new();
    let sam = world.sam();
    let number = closed(&sam, &[]);
    let database = world.folder.path().join("portal/portal.db");
    sql(&database, "UPDATE cases SET subcategory = 'gone-since'");
    let mut terminal = walk(&sam, &["--follows", &number]);
    let screen = terminal.shows("? Sub-category ›");
    assert!(screen.contains("Sub-category is left out: `gone-since` is not a choice"), "{screen}");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
}

#[test]
fn only_a_closed_case_is_gone_on_from_and_that_is_said_before_the_first_question() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let terminal = walk(&sam, &["--follows", &number]);
    let screen = terminal.shows("has to be a closed case");
    assert!(!screen.contains("? "), "{screen}");
    assert_eq!(terminal.ends().0, 3);
    let terminal = walk(&sam, &["--follows", "77"]);
    terminal.shows("there is no case 00000077");
    assert_eq!(terminal.ends().0, 5);
}

#[test]
fn what_no_question_is_about_is_mended_on_the_way() {
    let world = World::new();
    let sam = world.sam();
    let first = world.file("first.log", "x");
    let args = answers(&[("subject", ""), ("attach", first.to_str().unwrap())]);
    let mut args: Vec<&str> = args.iter().map(String::as_str).collect();
    args.extend(["--watch", "nobody", "--attach", "missing.log"]);
    let mut terminal = walk(&sam, &args);
    terminal.answers("Subject ›", "S\r");
    enter_up_to(&mut terminal, "Watchers (optional)");
    terminal.shows("`nobody` is not an e-mail address");
    terminal.types("\u{15}kim@example.com\r");
    let summary = terminal.shows("What now? ›");
    assert!(summary.contains("missing.log is left out."), "{summary}");
    terminal.types(ENTER);
    terminal.shows("Case 00000001 is open.");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(sam.json(&["case", "show", "1"])["watchers"][0], "kim@example.com");
}

#[test]
fn whoever_comments_in_an_editor_sees_what_was_asked() {
    let world = World::new();
    let file = world.file("editor.sh", "cp \"$1\" seen.txt; printf 'In Firefox.\\n' > \"$1\"\n");
    let sam = world.sam().with("EDITOR", &format!("sh {}", file.display())).with("PATH", "/usr/bin:/bin");
    let number = sam.open(&[]);
    let asks = "In which browser?\n\nAnd since when?";
    world.expert().run(&["expert", "reply", &number, "--needs-info", "-m", asks]).succeeded();
    let terminal = Terminal::run(&sam.command(&["case", "comment", &number]));
    terminal.shows("commented on case 00000001");
    assert_eq!(terminal.ends().0, 0);
    let seen = std::fs::read_to_string(world.folder.path().join("seen.txt")).unwrap();
    insta::assert_snapshot!(seen, @"


    # Write the comment above. Lines that begin with # are left out.
    #
    # Support said last, in case 00000001:
    #   In which browser?
    #
    #   And since when?
    ");
    assert_eq!(sam.json(&["case", "show", &number])["comments"][1]["body"], "In Firefox.");
}

#[test]
fn a_draft_without_a_word_in_it_is_not_brought_up() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk(&sam, &[]);
    terminal.answers("Product ›", &format!("{DOWN}{ENTER}"));
    terminal.answers("Category ›", CTRL_C);
    assert_eq!(terminal.ends().0, 130);
    let mut terminal = walk(&sam, &[]);
    let screen = terminal.answers("Product ›", CTRL_C);
    assert!(!screen.contains("You began a case"), "{screen}");
    terminal.ends();

    let args = answers(&[("subject", "")]);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut terminal = walk(&sam, &args);
    terminal.answers("Subject ›", "S\r");
    terminal.answers("User impact ›", CTRL_C);
    terminal.ends();
    let mut terminal = walk(&sam, &[]);
    let screen = terminal.answers("Product ›", CTRL_C);
    assert!(screen.contains("You began a case"), "{screen}");
    terminal.ends();
}
