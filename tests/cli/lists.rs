//! Lists of cases: whose turn it is, filters, and how far they go.

use serde_json::Value;

use crate::world::{User, World, open_many, session, settings};

/// The numbers that a list has, in its order.
pub fn listed(user: &User<'_>, args: &[&str]) -> Vec<String> {
    let list = user.json(&[&["case", "list"], args].concat());
    let number = |case: &Value| case["number"].as_str().unwrap().trim_start_matches('0').to_owned();
    list["cases"].as_array().unwrap().iter().map(number).collect()
}

/// Changes to the answers with which a case about Rooms is opened.
pub const ROOMS: [(&str, &str); 3] = [("product", "rooms"), ("category", "access"), ("subcategory", "other")];

#[test]
fn an_empty_list_is_no_failure() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    insta::assert_snapshot!(sam.run(&["case", "list"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    no cases
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"cases":[],"total":0,"truncated":false}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "list", "--csv=number,subject"]).shown(), @"
    exit 0
    --- stdout
    number,subject
    --- stderr
    no cases
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--jq", ".cases[].number", "--quiet"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    ");
    insta::assert_snapshot!(world.expert().run(&["expert", "queue"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    no cases
    ");
}

#[test]
fn a_list_shows_whose_turn_it_is() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let (sam, expert) = (world.sam(), world.expert());
    sam.open(&[("subject", "Envelopes stay in the outbox")]);
    sam.open(&[("subject", "署名できない"), ROOMS[0], ROOMS[1], ROOMS[2]]);
    world.user("sam@example.com").at("1002").open(&[("subject", "The shop's button is gone")]);
    expert.run(&["expert", "reply", "2", "--needs-info", "-m", "Which browser?"]).succeeded();
    insta::assert_snapshot!(sam.run(&["case", "list", "--sort", "number"]).shown(), @"
    exit 0
    --- stdout
    NUMBER    STATUS              SUBJECT                       PRODUCT     UPDATED
    00000002  My Action Required  署名できない                  rooms       [when]
    00000001  Open                Envelopes stay in the outbox  esignature  [when]
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--all-accounts", "--sort", "number"]).shown(), @"
    exit 0
    --- stdout
    NUMBER    STATUS              SUBJECT                       PRODUCT     ACCOUNT  UPDATED
    00000003  Open                The shop's button is gone     esignature  1002     [when]
    00000002  My Action Required  署名できない                  rooms       1001     [when]
    00000001  Open                Envelopes stay in the outbox  esignature  1001     [when]
    --- stderr
    ");
    let fields = "--json=number,status,subject";
    insta::assert_snapshot!(sam.run(&["case", "list", "--sort", "number", fields]).shown(), @r#"
    exit 0
    --- stdout
    {"cases":[{"number":"00000002","status":"my_action_required","subject":"署名できない"},{"number":"00000001","status":"open","subject":"Envelopes stay in the outbox"}],"total":2,"truncated":false}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "list", "--sort", "number", "--csv=number,status"]).shown(), @"
    exit 0
    --- stdout
    number,status
    00000002,my_action_required
    00000001,open
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--json=numbr"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"there is no field `numbr` here","hints":["did you mean `number`?","the fields are number, url, status, account, product, category, subcategory, subject, description, occurred_at, envelope_id, user_impact, environment, business_impact, contact_method, phone, language, details, opened_by, created_at, updated_at, closes_at, closed_at, close_reason, follows, watchers, attachments"],"fields":[],"request_id":null}}
    "#);
    insta::assert_snapshot!(sam.run(&["case", "list", "--sort", "age"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'age' for '--sort <ORDER>'
      [possible values: updated, created, number]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--status", "waiting"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'waiting' for '--status <STATUS>'
      [possible values: open, my_action_required, pending, closed]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--product", "romms"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: there is no product `romms`
    hint: did you mean `rooms`?
    hint: the products are esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--since", "soonish", "--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"invalid value 'soonish' for '--since <TIME>': `soonish` is not a time: write it like [time], `[moment]`, 2026-11-20, `yesterday 14:00`, `monday 9:00` or `2h ago`","hints":["For more information, try '--help'."],"fields":[],"request_id":null}}
    "#);
    insta::assert_snapshot!(sam.run(&["case", "list", "--limit", "0"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value '0' for '--limit <N>': 0 is not in 1..=4294967295

    For more information, try '--help'.
    ");
}

#[test]
fn a_list_takes_filters() {
    let world = World::new();
    let (sam, kim, expert) = (world.sam(), world.user("kim@example.com"), world.expert());
    sam.open(&[("subject", "Certificate has expired")]);
    world.advance(jiff::SignedDuration::from_hours(2));
    kim.open(&[ROOMS[0], ROOMS[1], ROOMS[2], ("description", "The certificate of the room")]);
    world.user("sam@example.com").at("1003").open(&[
        ("product", "clm"),
        ("category", "workflow"),
        ("subcategory", "other"),
    ]);
    sam.run(&["case", "close", "1", "--reason", "Renewed."]).succeeded();
    kim.run(&["case", "watch", "2", "sam@example.com"]).succeeded();

    assert_eq!(listed(&sam, &["--sort", "number"]), ["2", "1"]);
    assert_eq!(listed(&sam, &["--sort", "created"]), ["2", "1"]);
    assert_eq!(listed(&sam, &["--status", "closed"]), ["1"]);
    assert_eq!(listed(&sam, &["--status", "open,closed", "--status", "pending"]).len(), 2);
    assert_eq!(listed(&sam, &["--product", "rooms"]), ["2"]);
    assert_eq!(listed(&sam, &["--search", "certificate"]), ["2", "1"]);
    assert_eq!(listed(&sam, &["--search", "CERTIFICATE expired"]), ["1"]);
    assert_eq!(listed(&sam, &["--search", "nothing like that"]), [""; 0]);
    assert_eq!(listed(&sam, &["--mine"]), ["1"]);
    assert_eq!(listed(&sam, &["--watching"]), ["2"]);
    assert_eq!(listed(&sam, &["--all-accounts", "--sort", "number"]), ["3", "2", "1"]);
    assert_eq!(listed(&sam, &["--all-accounts", "--mine", "--sort", "number"]), ["3", "1"]);
    // The portal's clock has gone on, the shell's hasn't.
    let later = (world.clock.now() - jiff::SignedDuration::from_hours(1)).to_string();
    assert_eq!(listed(&sam, &["--since", &later]), ["2"]);
    assert_eq!(listed(&sam, &["--until", &later]), ["1"]);
    // Somebody else's case is found by nobody else.
    assert_eq!(listed(&world.user("lee@example.com"), &["--search", "certificate"]), [""; 0]);
    // The expert sees them all.
    assert_eq!(listed(&expert, &["--sort", "number"]), ["3", "2", "1"]);
}

#[test]
fn a_list_that_was_cut_says_so() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let session = crate::world::session(&world, "sam@example.com");
    crate::world::open_many(&session, 203);
    insta::assert_snapshot!(sam.run(&["case", "list", "--limit", "2", "--sort", "number"]).shown(), @"
    exit 0
    --- stdout
    NUMBER    STATUS  SUBJECT      PRODUCT     UPDATED
    00000203  Open    One of many  esignature  [when]
    00000202  Open    One of many  esignature  [when]
    --- stderr
    2 of 203; --limit N or --all shows more
    ");
    let two = ["case", "list", "--limit", "2", "--sort", "number", "--json=number"];
    insta::assert_snapshot!(sam.run(&two).shown(), @r#"
    exit 0
    --- stdout
    {"cases":[{"number":"00000203"},{"number":"00000202"}],"total":203,"truncated":true}
    --- stderr
    2 of 203; --limit N or --all shows more
    "#);
    insta::assert_snapshot!(sam.run(&["case", "list", "--jq", ".cases | length"]).shown(), @"
    exit 0
    --- stdout
    30
    --- stderr
    30 of 203; --limit N or --all shows more
    ");
    insta::assert_snapshot!(sam.run(&["case", "list", "--jq", "length", "--quiet"]).shown(), @"
    exit 0
    --- stdout
    3
    --- stderr
    ");
    // More than one page of what the portal gives at once.
    let all = sam.json(&["case", "list", "--all", "--sort", "number"]);
    assert_eq!((&all["total"], &all["truncated"]), (&203.into(), &false.into()));
    assert_eq!(all["cases"].as_array().unwrap().len(), 203);
    assert_eq!(all["cases"][202]["number"], "00000001");
    assert_eq!(listed(&sam, &["--limit", "201"]).len(), 201);
    let queue = world.expert().json(&["expert", "queue", "--limit", "3"]);
    assert_eq!((&queue["total"], &queue["truncated"]), (&203.into(), &true.into()));
    assert_eq!(queue["cases"][0]["number"], "00000001");
}

#[test]
fn a_number_with_two_digits_exchanged_is_found_among_the_cases_seen() {
    let world = World::new();
    let sam = world.sam();
    open_many(&session(&world, "sam@example.com"), 12);
    sam.run(&["case", "show", "12"]).succeeded();
    let run = sam.run(&["case", "show", "21"]).exits(5);
    assert!(run.stderr.contains("hint: did you mean `12`?"), "{}", run.stderr);
    // What one digit says of another one is nothing.
    sam.run(&["case", "show", "1"]).succeeded();
    let run = sam.run(&["case", "show", "99"]).exits(5);
    assert!(!run.stderr.contains("did you mean"), "{}", run.stderr);
}
