//! The walk in a real terminal: what is asked, what is kept, and what is filed.

use std::path::Path;

use docket::portal::Options;
use serde_json::Value;

use crate::screen::{CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, TAB, Terminal, UP};
use crate::world::{User, World, answers};

/// `docket case new` with some answers given, in a terminal that is high enough for all of it.
fn walk(user: &User, args: &[&str]) -> Terminal {
    Terminal::sized(&user.command(&[&["case", "new"], args].concat()), 80, 70)
}

/// The same with everything given but what `changes` leave out.
fn walk_with(user: &User, changes: &[(&str, &str)]) -> Terminal {
    let args = answers(changes);
    walk(user, &args.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Answers from here to the summary as shortly as it can be done.
#[track_caller]
fn leave_out_the_rest(terminal: &mut Terminal) {
    for question in [
        "User impact ›",
        "Envelope ID (optional) ›",
        "Attachment (optional) ›",
        "Happened before (optional)",
        "Product version (optional) ›",
        "Browser (optional) ›",
        "Steps (optional)",
        "Support language ›",
    ] {
        terminal.answers(question, ENTER);
    }
    terminal.shows("What now? ›");
}

/// The drafts on a user's disk.
fn drafts(user: &User) -> Vec<Value> {
    let Ok(entries) = std::fs::read_dir(user.home().join("data/drafts")) else { return Vec::new() };
    let read = |path: &Path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    entries.map(|entry| read(&entry.unwrap().path())).collect()
}

/// The only case there is.
fn only_case(user: &User) -> Value {
    let list = user.json(&["case", "list"]);
    assert_eq!(list["total"], 1, "{list}");
    user.json(&["case", "show", "1"])
}

#[test]
fn a_case_is_walked_by_keys() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk(&sam, &[]);
    terminal.answers("Product ›", ENTER);
    terminal.answers("Category ›", "sending\r");
    terminal.answers("Sub-category ›", "stuck\r");
    terminal.answers("These may help ›", ENTER);
    terminal.answers("Subject ›", "Envelopes stay in the outbox\r");
    terminal.shows("Description");
    if terminal.screen().contains("Type it here") {
        terminal.types(ENTER);
    }
    terminal.shows("Type or paste it.");
    terminal.types("None has left since noon.\rThere is no error message.\r.\r");
    terminal.answers("First seen ›", "2h ago\r");
    terminal.shows("2 hours ago");
    terminal.answers("User impact ›", ENTER);
    terminal.answers("Envelope ID (optional) ›", "4b7f1c02\r");
    terminal.answers("has 24 digits too few", "-9d3e-4a55-8c61-0e2f9ab3d47c\r");
    terminal.answers("Attachment (optional) ›", ENTER);
    terminal.answers("Happened before (optional)", ENTER);
    terminal.answers("Product version (optional) ›", ENTER);
    terminal.answers("Browser (optional) ›", "Firefox 130\r");
    terminal.answers("Steps (optional)", ENTER);
    terminal.answers("Contact method ›", ENTER);
    terminal.answers("Support language ›", ENTER);
    let summary = terminal.shows("What now? ›");
    assert!(summary.contains("None has left since noon. … (2 lines)"), "{summary}");
    assert!(summary.contains("Support may ask for: whether it happened before; "), "{summary}");
    terminal.types(ENTER);
    terminal.shows("Case 00000001 is open.");
    let (code, _) = terminal.ends();
    assert_eq!(code, 0);
    let case = only_case(&sam);
    assert_eq!(case["description"], "None has left since noon.\nThere is no error message.");
    assert_eq!(case["envelope_id"], "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c");
    assert_eq!(drafts(&sam), [""; 0]);
}

#[test]
fn ctrl_c_keeps_every_answer_and_resuming_goes_on_where_it_stopped() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subject", ""), ("description", "")]);
    terminal.answers("Subject ›", "Kept\r");
    terminal.answers("Type or paste it.", "one\rtwo\rhalf a li");
    terminal.shows("half a li");
    terminal.types(CTRL_C);
    terminal.shows("the answers are kept: `docket case new --resume=");
    let (code, _) = terminal.ends();
    assert_eq!(code, 130);

    let draft = &drafts(&sam)[0]["draft"];
    assert_eq!(draft["answers"]["subject"], "Kept");
    assert_eq!(draft["typed"], serde_json::json!(["description", "one\ntwo\nhalf a li"]));

    // A portal that was given has to be given again.
    let id = drafts(&sam)[0]["id"].as_str().unwrap().to_owned();
    for (portal, goes_on) in [
        (&[][..], format!("`docket case new --resume={id}` goes on")),
        (
            &["--portal", &world.url][..],
            format!("`docket case new --resume={id} --portal {}` goes on", world.url),
        ),
    ] {
        let run = sam.run(&[&["case", "new", "--resume"], portal].concat()).exits(3);
        assert!(run.stderr.contains(&goes_on), "{}", run.stderr);
    }

    // Who comes back and leaves without an answer has the draft still, and hears so.
    for key in [CTRL_C, CTRL_D] {
        let mut terminal = walk(&sam, &["--resume"]);
        terminal.answers("So far: one … (3 lines)", key);
        terminal.shows("the answers are kept: `docket case new --resume=");
        assert_eq!(terminal.ends().0, 130);
    }

    let mut terminal = walk(&sam, &["--resume"]);
    terminal.until("shows what there is", |screen| screen.contains("Subject ") && screen.contains(" Kept"));
    terminal.shows("So far: one … (3 lines)");
    terminal.types(&format!("{DOWN}{ENTER}"));
    terminal.answers("Type or paste it.", "ne\r.\r");
    leave_out_the_rest(&mut terminal);
    terminal.types(ENTER);
    terminal.shows("Case 00000001 is open.");
    assert_eq!(terminal.ends().0, 0);
    let case = only_case(&sam);
    assert_eq!(case["subject"], "Kept");
    assert_eq!(case["description"], "one\ntwo\nhalf a line");
}

#[test]
fn a_draft_keeps_its_dedupe_key() {
    let world = World::new();
    let sam = world.sam();
    let alert = answers(&[("subject", "")]);
    let alert: Vec<&str> = alert.iter().map(String::as_str).chain(["--dedupe-key", "nightly"]).collect();
    let first = [&["case", "new", "-s", "First"], &alert[..]].concat();
    sam.run(&first).succeeded();
    let mut terminal = walk(&sam, &alert);
    terminal.answers("Subject ›", "Second\r");
    terminal.shows("User impact ›");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);

    let mut terminal = walk(&sam, &["--resume"]);
    leave_out_the_rest(&mut terminal);
    terminal.types(ENTER);
    terminal.shows("Case 00000001 has this dedupe key already");
    assert_eq!(terminal.ends().0, 0);
    let case = only_case(&sam);
    let comment = case["comments"][0]["body"].as_str().unwrap();
    assert!(comment.contains("\nSubject: Second\n"), "{comment}");
}

#[test]
fn a_closed_terminal_and_a_power_cut_lose_no_answer() {
    let world = World::new();
    let sam = world.sam();
    let begin = |subject: &str| {
        let mut terminal = walk_with(&sam, &[("subject", ""), ("description", "")]);
        terminal.answers("Subject ›", &format!("{subject}\r"));
        terminal.shows("Type or paste it.");
        terminal
    };
    begin("Closed").closes();
    begin("Cut").dies();
    let mut subjects: Vec<Value> =
        drafts(&sam).iter().map(|draft| draft["draft"]["answers"]["subject"].clone()).collect();
    subjects.sort_by_key(Value::to_string);
    assert_eq!(subjects, ["Closed", "Cut"]);

    // With several drafts there is a list, and without a terminal its text.
    let mut terminal = walk(&sam, &["--resume"]);
    terminal.until("lists both", |list| list.contains("  Closed  ") && list.contains("  Cut  "));
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
    let run = sam.run(&["case", "new", "--resume"]).exits(2);
    assert!(run.stderr.contains("Closed") && run.stderr.contains("Cut"), "{}", run.stderr);
}

#[test]
fn what_is_pasted_is_one_answer_whatever_is_in_it() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subject", ""), ("description", "")]);
    terminal.shows("Subject ›");
    terminal.pastes("Envelopes stay\nin the outbox\n");
    terminal.types(ENTER);
    terminal.shows("Type or paste it.");
    let log = format!("first\n\n.\n{}\nlast", "x".repeat(10_000));
    terminal.pastes(&log);
    terminal.types(&format!("!{CTRL_D}"));
    leave_out_the_rest(&mut terminal);
    terminal.types(ENTER);
    terminal.shows("To see it again:");
    terminal.ends();
    let case = only_case(&sam);
    assert_eq!(case["subject"], "Envelopes stay in the outbox");
    assert_eq!(case["description"], format!("{log}!"));
}

/// Whether a question is open, with what its answer is so far.
fn asks(screen: &str, question: &str) -> bool {
    screen.lines().any(|line| line.ends_with(question))
}

#[test]
fn an_answer_that_will_not_do_is_never_marked_as_done() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("occurred-at", ""), ("description", "")]);
    terminal.answers("Type or paste it.", "\r");
    terminal.shows("✘ an answer is required");
    terminal.types("It broke.\r.\r");
    let screen = terminal.answers("monday 9:00 or 2h ago.", "soon\r");
    assert!(screen.contains("Like 2026-11-20 09:30, 2026-11-20,\n  yesterday 14:00,"), "{screen}");
    let screen = terminal.shows("✘ `soon` is not a time");
    assert!(asks(&screen, "✘ First seen › soon"), "{screen}");
    terminal.types("\u{15}tomorrow\r");
    terminal.shows("✘ `tomorrow` is not a time");
    terminal.types("\u{15}2h ago\r");
    let screen = terminal.shows("2 hours ago");
    assert!(screen.contains("✔ First seen · 2h ago"), "{screen}");
    assert!(!screen.contains('✘') && !screen.contains("soon"), "{screen}");
    let raw = terminal.raw();
    assert!(!raw.contains("· soon") && !raw.contains("tomorrow\r\n"), "{raw:?}");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
}

#[test]
fn earlier_lines_of_a_text_can_be_changed_after_a_paste_and_in_another_window() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("description", "")]);
    terminal.shows("Type or paste it.");
    let long = "x".repeat(100);
    terminal.types("frist");
    terminal.pastes(&format!("\n{long}\nthird"));
    terminal.shows("  third");
    terminal.rests("ends it.", 7);
    // The long line takes two rows here, and three in a narrower window.
    terminal.resizes(50, 60);
    terminal.until("has narrower rows", |screen| asks(screen, &format!("  {}", "x".repeat(47))));
    terminal.types(&format!("{UP}{UP}{UP}{UP}\u{1}\u{b}first{CTRL_D}"));
    terminal.until("is done", |screen| asks(screen, "✔ Description ·") && asks(screen, "  first"));
    leave_out_the_rest(&mut terminal);
    terminal.types(ENTER);
    terminal.shows("To see it again:");
    terminal.ends();
    assert_eq!(only_case(&sam)["description"], format!("first\n{long}\nthird"));
}

#[test]
fn escape_goes_back_and_changes_nothing_by_itself() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subject", ""), ("occurred-at", ""), ("browser", "b")]);
    terminal.answers("Subject ›", "Frist\r");
    terminal.answers("First seen ›", ESCAPE);
    // The answer is there to be mended, and nothing is left of the question that was gone back from.
    let screen = terminal.until("asks for the subject again", |screen| asks(screen, "Subject › Frist"));
    assert!(!screen.contains("First seen") && !screen.contains("2h ago"), "{screen}");
    terminal.types("\u{17}First\r");
    terminal.answers("First seen ›", "yesterday 14:00\r");
    terminal.shows(" 14:00 +00:00, ");
    terminal.answers("User impact ›", ESCAPE);
    let screen = terminal.until("asks for the time again", |screen| screen.contains("First seen › 20"));
    assert!(!screen.contains("User impact"), "{screen}");
    terminal.types(ESCAPE);
    terminal.until("asks for the subject again", |screen| asks(screen, "Subject › First"));
    // Before the first question there is nothing.
    terminal.types(ESCAPE);
    terminal.shows("There is nothing before this");
    terminal.until("asks for the subject once more", |screen| asks(screen, "Subject › First"));
    // On the way forward everything comes again.
    terminal.types(ENTER);
    terminal.until("asks for the time again", |screen| screen.contains("? First seen › 20"));
    terminal.types(ENTER);
    terminal.answers("User impact ›", CTRL_C);
    terminal.shows("the answers are kept");
    assert_eq!(terminal.ends().0, 130);
    assert_eq!(drafts(&sam)[0]["draft"]["answers"]["subject"], "First");
}

#[test]
fn an_answer_that_changes_what_applies_asks_again_only_for_what_changed() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(
        &sam,
        &[("category", "templates"), ("subcategory", "sharing"), ("browser", "Firefox 130"), ("subject", "")],
    );
    terminal.answers("Subject ›", "The same\r");
    for question in ["User impact ›", "Envelope ID (optional) ›", "Attachment (optional) ›"] {
        terminal.answers(question, ENTER);
    }
    for question in [
        "Happened before (optional)",
        "Product version (optional) ›",
        "Steps (optional)",
        "Support language ›",
    ] {
        terminal.answers(question, ENTER);
    }
    terminal.answers("What now? ›", &format!("{DOWN}{ENTER}"));
    terminal.answers("Which answer? ›", "product\r");
    terminal.answers("Product ›", &format!("{DOWN}{ENTER}"));
    terminal.shows("Category is left out: `templates` is offered only where product is esignature;");
    terminal.answers("Category ›", ENTER);
    terminal.answers("Sub-category ›", ENTER);
    terminal.answers("These may help ›", ENTER);
    let summary = terminal.until("shows the summary again", |screen| screen.contains("What now? ›"));
    assert!(summary.contains("Rooms (rooms)") && summary.contains("The same"), "{summary}");
    terminal.types(ENTER);
    terminal.shows("Case 00000001 is open.");
    terminal.ends();
    let case = only_case(&sam);
    assert_eq!((&case["product"], &case["details"]["browser"]), (&"rooms".into(), &"Firefox 130".into()));
}

#[test]
fn an_article_can_end_the_walk() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subcategory", ""), ("subject", "")]);
    terminal.answers("Sub-category ›", ENTER);
    terminal.shows("These may help ›");
    terminal.types(&format!("{DOWN}{ENTER}"));
    terminal.answers("Did this solve it?", "y");
    terminal.shows("Good: no case was opened, and the draft is gone.");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(sam.json(&["case", "list"])["total"], 0);
    assert_eq!(drafts(&sam), [""; 0]);
}

/// An editor that puts `script`'s output before what it is given.
fn editor(world: &World, script: &str) -> String {
    let file = world.file("editor.sh", format!("#!/bin/sh\n{script}\n"));
    format!("sh {}", file.display())
}

#[test]
fn a_description_is_written_in_an_editor_from_a_template() {
    let world = World::new();
    let says = "cp \"$1\" seen.txt; { printf '# mine\\nIt broke.\\n\\nTwice.\\n'; cat seen.txt; } > \"$1\"";
    let sam = world.sam().with("EDITOR", &editor(&world, says)).with("PATH", "/usr/bin:/bin");
    let mut terminal =
        walk_with(&sam, &[("description", ""), ("category", "api"), ("subcategory", "envelopes")]);
    terminal.shows("Write it in an editor");
    terminal.types(&format!("{DOWN}{ENTER}"));
    terminal.shows("left out what began with #: 1 line of yours");
    terminal.shows("It broke. … (3 lines)");
    terminal.answers("User impact ›", CTRL_C);
    assert_eq!(terminal.ends().0, 130);
    let seen = std::fs::read_to_string(world.folder.path().join("seen.txt")).unwrap();
    insta::assert_snapshot!(seen);
    assert_eq!(drafts(&sam)[0]["draft"]["answers"]["description"], "It broke.\n\nTwice.");
    assert!(!sam.files().iter().any(|file| file.contains("texts")), "{:?}", sam.files());
}

#[test]
fn an_unchanged_template_is_nothing_written() {
    let world = World::new();
    let sam = world.sam().with("EDITOR", "true").with("PATH", "/usr/bin:/bin");
    let mut terminal = walk_with(&sam, &[("description", "")]);
    terminal.shows("Write it in an editor");
    terminal.types(&format!("{DOWN}{ENTER}"));
    terminal.shows("nothing was written, so there is no description");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);

    let number = world.sam().open(&[]);
    let terminal = Terminal::run(&sam.command(&["case", "comment", &number]));
    terminal.shows("nothing was written, so there is no comment; nothing was sent");
    assert_eq!(terminal.ends().0, 1);
}

#[test]
fn a_comment_that_the_portal_refuses_is_still_on_disk() {
    let world = World::new();
    let says = "printf 'A long thought.\\n' > \"$1\"";
    let sam = world.sam().with("EDITOR", &editor(&world, says)).with("PATH", "/usr/bin:/bin");
    let number = sam.open(&[]);
    sam.run(&["case", "close", &number, "--reason", "Done."]).succeeded();
    let terminal = Terminal::run(&sam.command(&["case", "comment", &number]));
    let screen = terminal.shows("what you wrote is in");
    assert_eq!(terminal.ends().0, 10, "{screen}");
    let kept: Vec<String> = sam.files().into_iter().filter(|file| file.contains("texts/")).collect();
    assert_eq!(std::fs::read_to_string(sam.home().join(&kept[0])).unwrap(), "A long thought.\n");
}

#[test]
fn an_editor_that_is_not_there_leaves_nothing_behind() {
    let world = World::new();
    let sam = world.sam().with("EDITOR", "docket-has-no-such-editor").with("PATH", "/usr/bin:/bin");
    let number = sam.open(&[]);
    let terminal = Terminal::run(&sam.command(&["case", "comment", &number]));
    let screen = terminal.shows("DOCKET_EDITOR, VISUAL or EDITOR names another");
    assert!(screen.contains("the editor `docket-has-no-such-editor` failed: No such file"), "{screen}");
    assert_eq!(terminal.ends().0, 1);
    assert!(!sam.files().iter().any(|file| file.contains("texts/")), "{:?}", sam.files());
}

#[test]
fn a_file_is_picked_with_tab() {
    let world = World::new();
    let sam = world.sam();
    world.file("trace-1.har", "{}");
    world.file("trace-2.har", "{}");
    let mut terminal = walk_with(
        &sam,
        &[("user-impact", "one"), ("envelope-id", "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c"), ("subject", "")],
    );
    terminal.answers("Subject ›", "S\r");
    terminal.answers("Attachment (optional) ›", &format!("tr{TAB}"));
    terminal.until("is completed", |screen| asks(screen, "Attachment (optional) › trace-"));
    terminal.types(TAB);
    terminal.shows("trace-1.har  trace-2.har");
    terminal.types("3\r");
    // The last of what is drawn.
    let screen = terminal.shows("✘ `trace-3` can't be read");
    assert!(screen.contains("✘ Attachment (optional) › trace-3"), "{screen}");
    terminal.types(&format!("\u{7f}2{TAB}{ENTER}"));
    terminal.shows("Happened before (optional)");
    terminal.types(CTRL_C);
    terminal.ends();
    let attachment = drafts(&sam)[0]["draft"]["attachments"][0].as_str().unwrap().to_owned();
    assert!(attachment.ends_with("/trace-2.har"), "{attachment}");
}

#[test]
fn a_terminal_that_only_prints_is_asked_in_lines() {
    let world = World::new();
    let sam = world.sam().with("TERM", "dumb");
    let mut terminal = walk_with(&sam, &[("category", ""), ("subcategory", ""), ("description", "")]);
    terminal.shows("number [1]:");
    terminal.types_ahead("sending\n");
    terminal.shows("Sub-category");
    terminal.types_ahead("1\n");
    terminal.shows("These may help");
    terminal.types_ahead("\n");
    terminal.shows("Type or paste it.");
    terminal.types_ahead("It broke.\n.\n");
    terminal.shows("User impact");
    let raw = terminal.raw();
    assert!(!raw.contains('\u{1b}') && !raw.contains("Esc"), "{raw:?}");
    assert!(raw.contains("A line with < alone goes back, Ctrl-C stops."), "{raw:?}");
    terminal.types_ahead("<\n");
    terminal.shows("1  Keep it");
    terminal.types_ahead("1\n");
    terminal.until("asks again", |screen| screen.matches("One user (one)").count() == 2);
    terminal.types_ahead("5\n");
    terminal.shows("Envelope ID (optional):");
    terminal.types_ahead("4b\n");
    terminal.shows("not taken: has 30 digits too few");
    terminal.types_ahead("<\n");
    terminal.until("asks again", |screen| screen.matches("One user (one)").count() == 3);
    terminal.types_ahead("5\n\n\n\n\n\n\n\n");
    terminal.shows("What now?");
    terminal.types_ahead("1\n");
    terminal.shows("Case 00000001 is open.");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(only_case(&sam)["description"], "It broke.");
}

#[test]
fn a_terminal_that_shows_ascii_alone_is_sent_nothing_else() {
    let world = World::new();
    let sam = world.sam().with("LC_ALL", "C");
    let args = answers(&[("subject", ""), ("description", "")]);
    let args: Vec<&str> = ["case", "new"].into_iter().chain(args.iter().map(String::as_str)).collect();
    let mut terminal = Terminal::sized(&sam.command(&args), 40, 16);
    terminal.answers("? Subject >", "A subject that is a good deal longer than this terminal is wide");
    terminal.shows("? Subject > ...an this terminal is wide");
    terminal.types(ENTER);
    terminal.until("is cut", |screen| {
        screen
            .lines()
            .any(|line| line.starts_with("* Subject : A subject") && line.trim_end().ends_with("..."))
    });
    terminal.answers("last line, ends it.", "one\rtwo\rthree");
    terminal.shows("three");
    let raw = terminal.raw();
    assert!(raw.is_ascii(), "{raw:?}");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
}

#[test]
fn a_narrow_terminal_without_colour_and_a_resize_in_the_middle_do_no_harm() {
    let world = World::new();
    let sam = world.sam().with("NO_COLOR", "1");
    let args = answers(&[("subject", ""), ("description", "")]);
    let args: Vec<&str> = ["case", "new"].into_iter().chain(args.iter().map(String::as_str)).collect();
    let mut terminal = Terminal::sized(&sam.command(&args), 40, 16);
    let long = "A subject that is a good deal longer than this terminal is wide";
    // Colours go, and the signs stay.
    terminal.answers("? Subject ›", long);
    let screen = terminal.shows("terminal is wide");
    assert!(screen.lines().all(|line| line.chars().count() <= 40), "{screen}");
    terminal.resizes(60, 20);
    terminal.types("!");
    terminal.shows("this terminal is wide!");
    terminal.rests("\n  subject.", 59);
    terminal.resizes(30, 12);
    // Without a key, and without a fragment of what stood there.
    let whole = |screen: &str| asks(screen, "…erminal is wide!") && screen.matches("Subject").count() == 1;
    terminal.until("is drawn anew", whole);
    terminal.types("\r");
    terminal.shows("✔ Subject ·");
    terminal.answers("alone in the last line,", "It broke.\r.\r");
    let screen = terminal.shows("User impact");
    let raw = terminal.raw();
    assert!(!raw.split("\u{1b}[").skip(1).any(colours), "there is colour: {raw:?}");
    assert!(screen.lines().all(|line| line.chars().count() <= 30), "{screen}");
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
    assert_eq!(drafts(&sam)[0]["draft"]["answers"]["subject"], format!("{long}!"));
}

/// Whether what follows `ESC [` changes how text looks.
fn colours(sequence: &str) -> bool {
    sequence.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
}

#[test]
fn a_case_that_waits_in_the_outbox_leaves_no_draft_to_file_again() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subject", "")]);
    terminal.answers("Subject ›", "Once\r");
    leave_out_the_rest(&mut terminal);
    world.stop();
    terminal.types(ENTER);
    terminal.shows("it is kept in the outbox");
    assert_eq!(terminal.ends().0, 6);
    assert_eq!(drafts(&sam), [""; 0]);
    world.restart(|options| Options { ..options });
    sam.run(&["outbox", "send"]).succeeded();
    assert_eq!(only_case(&sam)["subject"], "Once");
}

#[test]
fn a_draft_whose_case_was_opened_finds_it() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subject", "")]);
    terminal.answers("Subject ›", "Once\r");
    leave_out_the_rest(&mut terminal);
    let folder = sam.home().join("data/drafts");
    let draft = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let kept = std::fs::read(&draft).unwrap();
    terminal.types(ENTER);
    terminal.shows("Case 00000001 is open.");
    terminal.ends();
    // As if docket had died between opening the case and removing the draft.
    std::fs::write(&draft, kept).unwrap();
    let mut terminal = walk(&sam, &["--resume"]);
    terminal.answers("What now? ›", ENTER);
    terminal.shows("Case 00000001 was opened before");
    assert_eq!(terminal.ends().0, 0);
    only_case(&sam);
}

#[test]
fn the_terminal_is_tidy_after_an_interruption() {
    let world = World::new();
    let sam = world.sam();
    for (changes, question) in [
        (vec![("product", ""), ("category", ""), ("subcategory", "")], "Product ›"),
        (vec![("subject", "")], "Subject ›"),
    ] {
        let mut terminal = walk_with(&sam, &changes);
        terminal.answers(question, CTRL_C);
        terminal.shows("docket: interrupted");
        terminal.is_tidy();
        let raw = terminal.raw();
        assert_eq!(raw.matches("interrupted").count(), 1, "{raw:?}");
        assert_eq!(terminal.ends().0, 130);
    }
}

#[test]
fn letters_typed_a_question_too_early_file_nothing() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = walk_with(&sam, &[("subject", "")]);
    terminal.answers("Subject ›", "S\r");
    leave_out_the_rest(&mut terminal);
    terminal.shows("Throw it away");
    terminal.types("zzz\r");
    terminal.until("matches nothing", |screen| {
        screen.contains("nothing matches `zzz`; Ctrl-U clears it") && !screen.contains("Throw it away")
    });
    terminal.types("\u{7f}");
    terminal.shows("nothing matches `zz`");
    terminal.types("\u{15}");
    terminal.until("shows the list again", |screen| asks(screen, "❯ File this case"));
    terminal.types("throw");
    terminal.until("has one left", |screen| asks(screen, "❯ Throw it away") && !screen.contains("File this"));
    terminal.types(CTRL_C);
    assert_eq!(terminal.ends().0, 130);
    assert_eq!(sam.json(&["case", "list"])["total"], 0);
}
