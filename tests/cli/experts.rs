//! The experts' side of a case.

use crate::lists::{ROOMS, listed};
use crate::world::{World, settings};

#[test]
fn experts_answer_from_their_queue() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let (sam, expert) = (world.sam(), world.expert());
    sam.open(&[]);
    world.user("lee@example.com").open(&[("subject", "Contoso's envelope")]);
    sam.open(&ROOMS);
    insta::assert_snapshot!(expert.run(&["expert", "queue"]).shown(), @"
    exit 0
    --- stdout
    NUMBER    STATUS  SUBJECT                       PRODUCT     ACCOUNT  UPDATED
    00000001  Open    Envelopes stay in the outbox  esignature  1001     [when]
    00000002  Open    Contoso's envelope            esignature  2001     [when]
    00000003  Open    Envelopes stay in the outbox  rooms       1001     [when]
    --- stderr
    ");
    insta::assert_snapshot!(expert.run(&["expert", "queue", "--product", "rooms", "--csv=number,product"]).shown(), @"
    exit 0
    --- stdout
    number,product
    00000003,rooms
    --- stderr
    ");
    insta::assert_snapshot!(expert.run(&["expert", "reply", "1", "-m", "Hello"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <--needs-info|--resolved>

    Usage: docket expert reply --message <TEXT> <--needs-info|--resolved> <NUMBER>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(expert.run(&["expert", "reply", "1", "--resolved"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the reply is missing: give -m TEXT or -F FILE
    ");
    insta::assert_snapshot!(expert.run(&["expert", "reply", "1", "--needs-info", "-m", "Which browser?"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    answered case 00000001, which is My Action Required now
    ");
    insta::assert_snapshot!(expert.run(&["expert", "reply", "2", "--resolved", "-m", "Try again.", "--json=number,status"]).shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000002","status":"pending"}
    --- stderr
    "#);
    insta::assert_snapshot!(expert.run(&["expert", "queue", "--jq", "[.cases[].number, .total]", "-q"]).shown(), @r#"
    exit 0
    --- stdout
    ["00000003",1]
    --- stderr
    "#);
    insta::assert_snapshot!(expert.run(&["expert", "note", "1", "-m", "Same as case 2."]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    noted on case 00000001
    ");
    insta::assert_snapshot!(expert.run(&["expert", "note", "1", "-m", "Asked the team.", "--json=number,notes"]).shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000001","notes":[{"author":"expert@example.com","at":"[time]","body":"Same as case 2."},{"author":"expert@example.com","at":"[time]","body":"Asked the team."}]}
    --- stderr
    "#);
    insta::assert_snapshot!(expert.run(&["expert", "show", "1"]).shown(), @"
    exit 0
    --- stdout
    00000001  Envelopes stay in the outbox
    The customer's turn: something was asked for.

    Status            My Action Required
    Account           Northwind Legal (1001)
    Product           esignature
    Category          sending / envelope-stuck
    First seen        [moment] ([when])
    Contact method    email
    Support language  en
    Opened            [moment] ([when]) by sam@example.com
    Updated           [moment] ([when])
    Page              http://127.0.0.1:[port]/cases/00000001

    Description
      None has left since this morning.

    Conversation
    expert@example.com, support, [moment] ([when])
      Which browser?

    Notes among experts

    expert@example.com, [moment] ([when])
      Same as case 2.

    expert@example.com, [moment] ([when])
      Asked the team.
    --- stderr
    ");
    insta::assert_snapshot!(expert.run(&["expert", "show", "77"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no case 00000077, or it isn't yours to see
    hint: `docket case list --all-accounts` lists yours
    request id: [id]
    ");
    insta::assert_snapshot!(expert.run(&["case", "comment", "1", "-m", "Hello"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not allowed: only customers may do this; experts reply to cases
    request id: [id]
    ");
    // Customers have no business there.
    insta::assert_snapshot!(sam.run(&["expert", "queue"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not allowed: only experts may do this
    request id: [id]
    ");
    insta::assert_snapshot!(sam.run(&["expert", "show", "1"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not allowed: only experts may do this
    request id: [id]
    ");
    insta::assert_snapshot!(sam.run(&["expert", "reply", "1", "--resolved", "-m", "me"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not allowed: only experts may do this
    request id: [id]
    ");
    sam.run(&["expert", "note", "1", "-m", "me"]).exits(4);
}

#[test]
fn a_note_is_never_seen_by_customers() {
    let world = World::new();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[]);
    sam.run(&["case", "watch", &number, "lee@example.com"]).succeeded();
    expert.run(&["expert", "note", &number, "-m", "xylophone is the cause"]).succeeded();
    assert!(expert.run(&["expert", "show", &number]).succeeded().stdout.contains("xylophone"));
    for user in [&sam, &world.user("kim@example.com"), &world.user("lee@example.com")] {
        for args in [
            vec!["case", "show", &number, "--comments", "--history"],
            vec!["case", "show", &number, "--history", "--json"],
            vec!["case", "list", "--json"],
            vec!["case", "list", "--watching", "--json"],
        ] {
            let shown = user.run(&args).succeeded().shown();
            assert!(!shown.contains("xylophone") && !shown.contains("note"), "{args:?}: {shown}");
        }
        assert_eq!(listed(user, &["--search", "xylophone"]), [""; 0]);
    }
}
