//! Lists of cases, a case, and everything that both sides do on one.

use serde_json::Value;

use crate::world::{User, World, open_many, path, session, settings};

/// The numbers that a list has, in its order.
fn listed(user: &User<'_>, args: &[&str]) -> Vec<String> {
    let list = user.json(&[&["case", "list"], args].concat());
    let number = |case: &Value| case["number"].as_str().unwrap().trim_start_matches('0').to_owned();
    list["cases"].as_array().unwrap().iter().map(number).collect()
}

/// Changes to the answers with which a case about Rooms is opened.
const ROOMS: [(&str, &str); 3] = [("product", "rooms"), ("category", "access"), ("subcategory", "other")];

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
fn a_case_is_shown_in_full() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let (sam, expert) = (world.sam(), world.expert());
    let number = sam.open(&[
        ("envelope-id", "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c"),
        ("user-impact", "several"),
        ("browser", "Firefox 131"),
        ("steps", "1. Open\n2. Send"),
        ("contact-method", "phone"),
        ("phone", "+14155550100"),
        ("watch", "ops@example.com"),
    ]);
    let file = world.file("trace.har", "{}");
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    expert
        .run(&["expert", "reply", &number, "--needs-info", "-m", "Which browser?\n\nAnd since when?"])
        .succeeded();
    sam.run(&["case", "comment", &number, "-m", "Firefox"]).succeeded();
    expert.run(&["expert", "reply", &number, "--resolved", "-m", "Update it."]).succeeded();
    insta::assert_snapshot!(sam.run(&["case", "show", &number]).shown(), @"
    exit 0
    --- stdout
    00000001  Envelopes stay in the outbox
    Support believes it solved. It closes by itself on [moment] ([when]); if it isn't
    solved, say so with `docket case comment 00000001`.
      Update it.

    Status            Pending
    Account           Northwind Legal (1001)
    Product           esignature
    Category          sending / envelope-stuck
    User impact       several
    Envelope ID       4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c
    First seen        [moment] ([when])
    Browser           Firefox 131
    Contact method    phone +14155550100
    Support language  en
    Opened            [moment] ([when]) by sam@example.com
    Updated           [moment] ([when])
    Watchers          ops@example.com
    Page              http://127.0.0.1:[port]/cases/00000001

    Description
      None has left since this morning.

    Steps
      1. Open
      2. Send

    Attachments
      trace.har  2 B  sam@example.com  [when]

    Conversation
    expert@example.com, support, [moment] ([when])
      Which browser?

      And since when?

    sam@example.com, [moment] ([when])
      Firefox

    expert@example.com, support, [moment] ([when])
      Update it.
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["case", "show", "1", "--comments"]).shown(), @"
    exit 0
    --- stdout
    00000001  Envelopes stay in the outbox
    Support believes it solved. It closes by itself on [moment] ([when]); if it isn't
    solved, say so with `docket case comment 00000001`.
      Update it.

    Status            Pending
    Account           Northwind Legal (1001)
    Product           esignature
    Category          sending / envelope-stuck
    User impact       several
    Envelope ID       4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c
    First seen        [moment] ([when])
    Browser           Firefox 131
    Contact method    phone +14155550100
    Support language  en
    Opened            [moment] ([when]) by sam@example.com
    Updated           [moment] ([when])
    Watchers          ops@example.com
    Page              http://127.0.0.1:[port]/cases/00000001

    Description
      None has left since this morning.

    Steps
      1. Open
      2. Send

    Attachments
      trace.har  2 B  sam@example.com  [when]

    Conversation
    expert@example.com, support, [moment] ([when])
      Which browser?

      And since when?

    sam@example.com, [moment] ([when])
      Firefox

    expert@example.com, support, [moment] ([when])
      Update it.
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["case", "show", "#1", "--history"]).shown(), @"
    exit 0
    --- stdout
    00000001  Envelopes stay in the outbox
    Support believes it solved. It closes by itself on [moment] ([when]); if it isn't
    solved, say so with `docket case comment 00000001`.
      Update it.

    Status            Pending
    Account           Northwind Legal (1001)
    Product           esignature
    Category          sending / envelope-stuck
    User impact       several
    Envelope ID       4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c
    First seen        [moment] ([when])
    Browser           Firefox 131
    Contact method    phone +14155550100
    Support language  en
    Opened            [moment] ([when]) by sam@example.com
    Updated           [moment] ([when])
    Watchers          ops@example.com
    Page              http://127.0.0.1:[port]/cases/00000001

    Description
      None has left since this morning.

    Steps
      1. Open
      2. Send

    Attachments
      trace.har  2 B  sam@example.com  [when]

    Conversation
    expert@example.com, support, [moment] ([when])
      Which browser?

      And since when?

    sam@example.com, [moment] ([when])
      Firefox

    expert@example.com, support, [moment] ([when])
      Update it.

    History
    WHEN                  WHO                 WHAT
    [moment]  sam@example.com     opened the case
    [moment]  sam@example.com     attached trace.har
    [moment]  expert@example.com  replied
    [moment]  expert@example.com  status is My Action Required now
    [moment]  sam@example.com     commented
    [moment]  sam@example.com     status is Open now
    [moment]  expert@example.com  replied
    [moment]  expert@example.com  status is Pending now
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["case", "show", &number, "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000001","url":"http://127.0.0.1:[port]/cases/00000001","status":"pending","account":{"id":"1001","name":"Northwind Legal"},"product":"esignature","category":"sending","subcategory":"envelope-stuck","subject":"Envelopes stay in the outbox","description":"None has left since this morning.","occurred_at":"[time]","envelope_id":"4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c","user_impact":"several","environment":null,"business_impact":null,"contact_method":"phone","phone":"+14155550100","language":"en","details":{"occurred_before":null,"product_version":null,"browser":"Firefox 131","steps":"1. Open\n2. Send"},"opened_by":"sam@example.com","created_at":"[time]","updated_at":"[time]","closes_at":"[time]","closed_at":null,"close_reason":null,"follows":null,"watchers":["ops@example.com"],"comments":[{"id":"1","author":"expert@example.com","role":"expert","via":"portal","at":"[time]","body":"Which browser?\n\nAnd since when?"},{"id":"2","author":"sam@example.com","role":"customer","via":"portal","at":"[time]","body":"Firefox"},{"id":"3","author":"expert@example.com","role":"expert","via":"portal","at":"[time]","body":"Update it."}],"attachments":[{"name":"trace.har","size":2,"sha256":"[sha256]","at":"[time]","by":"sam@example.com","complete":true}]}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "show", &number, "--history", "--json=history"]).shown(), @r#"
    exit 0
    --- stdout
    {"history":[{"seq":1,"at":"[time]","case":"00000001","kind":"opened","by":"sam@example.com","role":"customer","status":"open","data":{"subject":"Envelopes stay in the outbox","product":"esignature","follows":null}},{"seq":2,"at":"[time]","case":"00000001","kind":"attached","by":"sam@example.com","role":"customer","status":"open","data":{"name":"trace.har","size":2,"sha256":"[sha256]"}},{"seq":3,"at":"[time]","case":"00000001","kind":"replied","by":"expert@example.com","role":"expert","status":"my_action_required","data":{"comment":"1","outcome":"needs_info"}},{"seq":4,"at":"[time]","case":"00000001","kind":"status_changed","by":"expert@example.com","role":"expert","status":"my_action_required","data":{"from":"open"}},{"seq":5,"at":"[time]","case":"00000001","kind":"commented","by":"sam@example.com","role":"customer","status":"open","data":{"comment":"2"}},{"seq":6,"at":"[time]","case":"00000001","kind":"status_changed","by":"sam@example.com","role":"customer","status":"open","data":{"from":"my_action_required"}},{"seq":7,"at":"[time]","case":"00000001","kind":"replied","by":"expert@example.com","role":"expert","status":"pending","data":{"comment":"3","outcome":"resolved"}},{"seq":8,"at":"[time]","case":"00000001","kind":"status_changed","by":"expert@example.com","role":"expert","status":"pending","data":{"from":"open"}}]}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "show", &number, "--csv=number,status,watchers"]).shown(), @r#"
    exit 0
    --- stdout
    number,status,watchers
    00000001,pending,"[""ops@example.com""]"
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "show", &number, "--jq", ".comments[-1].body"]).shown(), @"
    exit 0
    --- stdout
    Update it.
    --- stderr
    ");
}

#[test]
fn a_case_that_is_not_there_or_not_yours() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    let lee = world.user("lee@example.com");
    insta::assert_snapshot!(sam.run(&["case", "show", "99"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no case 00000099, or it isn't yours to see
    hint: `docket case list --all-accounts` lists yours
    request id: [id]
    ");
    insta::assert_snapshot!(lee.run(&["case", "show", &number]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no case 00000001, or it isn't yours to see
    hint: `docket case list --all-accounts` lists yours
    request id: [id]
    ");
    insta::assert_snapshot!(lee.run(&["case", "show", &number, "--json"]).shown(), @r#"
    exit 5
    --- stdout
    --- stderr
    {"error":{"kind":"not_found","code":5,"message":"there is no case 00000001, or it isn't yours to see","hints":["`docket case list --all-accounts` lists yours"],"fields":[],"request_id":"[id]"}}
    "#);
    insta::assert_snapshot!(sam.run(&["case", "show", "12a"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value '12a' for '<NUMBER>': `12a` is not a case number: give up to eight digits, like 00000042 or 42

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(sam.run(&["case", "show", "12a", "--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"invalid value '12a' for '<NUMBER>': `12a` is not a case number: give up to eight digits, like 00000042 or 42","hints":["For more information, try '--help'."],"fields":[],"request_id":null}}
    "#);
    let file = world.file("a.txt", "a");
    for args in [
        vec!["case", "comment", &number, "-m", "hi"],
        vec!["case", "attach", &number, path(&file)],
        vec!["case", "download", &number],
        vec!["case", "watch", &number],
        vec!["case", "watch", &number, "lee@example.com"],
        vec!["case", "call", &number, "--phone", "+14155550100"],
        vec!["case", "close", &number, "--reason", "x"],
        vec!["case", "show", &number, "--history"],
    ] {
        assert_eq!(
            lee.run(&[&args[..], &["--json"]].concat()).exits(5).error()["kind"],
            "not_found",
            "{args:?}"
        );
    }
    // It isn't said what the outbox would keep: nothing of it is sent again.
    assert_eq!(lee.json(&["outbox", "list"]), Value::Array(Vec::new()));
}

#[test]
fn comments_come_from_a_flag_a_file_or_standard_input() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    insta::assert_snapshot!(sam.run(&["case", "comment", &number, "-m", "In Firefox too."]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    commented on case 00000001, which is Open now
    ");
    let file = world.file("comment.txt", "From a file,\nof two lines.\n\n");
    let from = ["case", "comment", &number, "-F", path(&file), "--jq", ".comments[-1].body"];
    insta::assert_snapshot!(sam.run(&from).shown(), @"
    exit 0
    --- stdout
    From a file,
    of two lines.
    --- stderr
    commented on case 00000001, which is Open now
    ");
    let stdin = ["case", "comment", &number, "-F", "-", "--json=number,comments"];
    insta::assert_snapshot!(sam.run_with(&stdin, "From standard input\n").shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000001","comments":[{"id":"1","author":"sam@example.com","role":"customer","via":"portal","at":"[time]","body":"In Firefox too."},{"id":"2","author":"sam@example.com","role":"customer","via":"portal","at":"[time]","body":"From a file,\nof two lines."},{"id":"3","author":"sam@example.com","role":"customer","via":"portal","at":"[time]","body":"From standard input"}]}
    --- stderr
    "#);
    assert_eq!(sam.json(&["case", "show", &number])["comments"].as_array().unwrap().len(), 3);
}

#[test]
fn a_comment_that_can_not_be_is_not_sent() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    let comment = |args: &[&str]| sam.run(&[&["case", "comment", number.as_str()], args].concat());
    insta::assert_snapshot!(comment(&["-m", "  \n "]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the comment is blank; nothing was sent
    ");
    insta::assert_snapshot!(comment(&[]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the comment is missing: give -m TEXT or -F FILE
    ");
    insta::assert_snapshot!(comment(&["--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"the comment is missing: give -m TEXT or -F FILE","hints":[],"fields":[],"request_id":null}}
    "#);
    insta::assert_snapshot!(comment(&["-m", "a", "-F", "b"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the argument '--message <TEXT>' cannot be used with '--message-file <FILE>'

    Usage: docket case comment --message <TEXT> <NUMBER>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(comment(&["-F", "missing.txt"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: cannot read missing.txt: No such file or directory (os error 2)
    ");
    let latin = world.file("latin.txt", b"caf\xe9".as_slice());
    insta::assert_snapshot!(comment(&["-F", path(&latin)]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: [folder]/latin.txt is not UTF-8 text: the byte at offset 3 is the first that isn't
    ");
    let long = world.file("long.txt", "é".repeat(32_001));
    insta::assert_snapshot!(comment(&["-F", path(&long)]).exits(3).shown(), @"
    exit 3
    --- stdout
    --- stderr
    docket: body has 32,001 characters; at most 32,000 are allowed  (--message)
    request id: [id]
    ");
    insta::assert_snapshot!(comment(&["-F", path(&long), "--json"]).exits(3).shown(), @r#"
    exit 3
    --- stdout
    --- stderr
    {"error":{"kind":"invalid","code":3,"message":"body has 32,001 characters; at most 32,000 are allowed","hints":[],"fields":[{"field":"body","problem":"has 32,001 characters; at most 32,000 are allowed","flag":"--message"}],"request_id":"[id]"}}
    "#);
    let edge = world.file("edge.txt", "é".repeat(32_000));
    comment(&["-F", path(&edge)]).succeeded();
    assert_eq!(sam.json(&["case", "show", &number])["comments"].as_array().unwrap().len(), 1);
}

#[test]
fn files_are_attached_together_or_not_at_all() {
    let world = World::with(|options| docket::portal::Options { max_attachment: 1000, ..options });
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    let [one, two] = [("a.txt", "first"), ("b.txt", "second")].map(|(name, text)| world.file(name, text));
    let empty = world.file("empty.txt", "");
    let large = world.file("large.bin", vec![0; 1001]);
    let attach = |args: &[&str]| sam.run(&[&["case", "attach", number.as_str()], args].concat());
    let bad = [path(&one), path(&empty), path(&large), "missing.txt", "."];
    insta::assert_snapshot!(attach(&bad).shown(), @"
    exit 3
    --- stdout
    --- stderr
    docket: 4 files can't be attached; nothing was sent
      attachment: `empty.txt` is empty  (FILE)
      attachment: `large.bin` has 1,001 bytes; at most 1,000 are allowed  (FILE)
      attachment: `missing.txt` can't be read: No such file or directory (os error 2)  (FILE)
      attachment: `.` is not a file  (FILE)
    ");
    insta::assert_snapshot!(attach(&[&bad[..2], &["--json"]].concat()).shown(), @r#"
    exit 3
    --- stdout
    --- stderr
    {"error":{"kind":"invalid","code":3,"message":"1 file can't be attached; nothing was sent","hints":[],"fields":[{"field":"attachment","problem":"`empty.txt` is empty","flag":"FILE"}],"request_id":null}}
    "#);
    assert_eq!(sam.json(&["case", "show", &number])["attachments"], Value::Array(Vec::new()));
    insta::assert_snapshot!(attach(&[path(&one)]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    attached 1 file to case 00000001
    ");
    insta::assert_snapshot!(attach(&[path(&one), "--json=attachments"]).shown(), @r#"
    exit 0
    --- stdout
    {"attachments":[{"name":"a.txt","size":5,"sha256":"[sha256]","at":"[time]","by":"sam@example.com","complete":true},{"name":"a-2.txt","size":5,"sha256":"[sha256]","at":"[time]","by":"sam@example.com","complete":true}]}
    --- stderr
    "#);
    insta::assert_snapshot!(attach(&[path(&two), path(&one)]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    attached 2 files to case 00000001
    ");
    insta::assert_snapshot!(attach(&[]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <FILE>...

    Usage: docket case attach <NUMBER> <FILE>...

    For more information, try '--help'.
    ");
}

#[test]
fn files_are_fetched_whole_and_overwrite_nothing() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    insta::assert_snapshot!(sam.run(&["case", "download", &number]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    case 00000001 has no files
    ");
    let content: Vec<u8> = (0..100_000u32).flat_map(u32::to_le_bytes).collect();
    let trace = world.file("trace.bin", &content);
    let note = world.file("note.txt", "a note");
    // One after the other, so that they are in this order.
    for file in [&trace, &note] {
        sam.run(&["case", "attach", &number, path(file)]).succeeded();
    }
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "all"]).shown(), @"
    exit 0
    --- stdout
    all/trace.bin  400.0 kB
    all/note.txt  6 B
    --- stderr
    ");
    assert_eq!(std::fs::read(world.folder.path().join("all/trace.bin")).unwrap(), content);
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "all"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: all/trace.bin exists already, and was left alone
    hint: move it away, or choose another folder with --dir
    ");
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "note.txt", "--dir", "one", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    [{"name":"note.txt","path":"one/note.txt","size":6}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "nope.txt", "note.txt"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: case 00000001 has no file `nope.txt`
    hint: did you mean `note.txt`?
    hint: it has trace.bin, note.txt
    ");
    // What is there already keeps nothing else from coming.
    std::fs::remove_file(world.folder.path().join("all/note.txt")).unwrap();
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "all"]).shown(), @"
    exit 9
    --- stdout
    all/note.txt  6 B
    --- stderr
    docket: not every file was fetched: all/trace.bin exists already, and was left alone
    hint: move it away, or choose another folder with --dir
    ");
    assert_eq!(std::fs::read(world.folder.path().join("all/trace.bin")).unwrap(), content);
    // Into this folder there are both already.
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "note.txt"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: note.txt exists already, and was left alone
    hint: move it away, or choose another folder with --dir
    ");
    insta::assert_snapshot!(sam.run(&["case", "download", &number, "--dir", "note.txt"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: note.txt is not a folder
    ");
    assert_eq!(std::fs::read_to_string(world.folder.path().join("note.txt")).unwrap(), "a note");
    let of_lee = world.user("lee@example.com").run(&["case", "download", &number, "--json"]);
    assert_eq!(of_lee.exits(5).error()["kind"], "not_found");
}

#[test]
fn watchers_come_and_go() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    let watch = |args: &[&str]| sam.run(&[&["case", "watch", number.as_str()], args].concat());
    insta::assert_snapshot!(watch(&[]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    nobody watches case 00000001
    ");
    insta::assert_snapshot!(watch(&["--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000001","watchers":[]}
    --- stderr
    "#);
    insta::assert_snapshot!(watch(&["Ops@Example.com", "lee@example.com"]).shown(), @"
    exit 0
    --- stdout
    lee@example.com
    ops@example.com
    --- stderr
    ");
    insta::assert_snapshot!(watch(&["ops@example.com"]).shown(), @"
    exit 0
    --- stdout
    lee@example.com
    ops@example.com
    --- stderr
    ");
    insta::assert_snapshot!(watch(&["--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000001","watchers":["lee@example.com","ops@example.com"]}
    --- stderr
    "#);
    insta::assert_snapshot!(watch(&["nobody", "a@b@c", "ok@example.com"]).shown(), @"
    exit 3
    --- stdout
    --- stderr
    docket: 2 e-mail addresses are wrong; nothing was sent
      watch: `nobody` is not an e-mail address  (EMAIL)
      watch: `a@b@c` is not an e-mail address  (EMAIL)
    ");
    insta::assert_snapshot!(watch(&["nobody", "--json"]).shown(), @r#"
    exit 3
    --- stdout
    --- stderr
    {"error":{"kind":"invalid","code":3,"message":"one e-mail address is wrong; nothing was sent","hints":[],"fields":[{"field":"watch","problem":"`nobody` is not an e-mail address","flag":"EMAIL"}],"request_id":null}}
    "#);
    insta::assert_snapshot!(watch(&["--remove", "OPS@example.com"]).shown(), @"
    exit 0
    --- stdout
    lee@example.com
    --- stderr
    ");
    insta::assert_snapshot!(watch(&["--remove", "never@example.com"]).shown(), @"
    exit 0
    --- stdout
    lee@example.com
    --- stderr
    ");
    insta::assert_snapshot!(watch(&["--remove", "lee@example.com", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"number":"00000001","watchers":[]}
    --- stderr
    "#);
}

#[test]
fn a_watcher_sees_and_does_not_write() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let (sam, lee) = (world.sam(), world.user("lee@example.com"));
    let number = sam.open(&[]);
    sam.run(&["case", "watch", &number, "lee@example.com"]).succeeded();
    assert_eq!(lee.json(&["case", "show", &number])["status"], "open");
    assert_eq!(listed(&lee, &["--watching"]), ["1"]);
    insta::assert_snapshot!(lee.run(&["case", "comment", &number, "-m", "me too"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not allowed: you watch this case, but only its account's members may change it
    request id: [id]
    ");
    insta::assert_snapshot!(lee.run(&["case", "comment", &number, "-m", "me too", "--json"]).shown(), @r#"
    exit 4
    --- stdout
    --- stderr
    {"error":{"kind":"not_allowed","code":4,"message":"not allowed: you watch this case, but only its account's members may change it","hints":[],"fields":[],"request_id":"[id]"}}
    "#);
    let file = world.file("a.txt", "a");
    for args in [
        vec!["case", "attach", &number, path(&file)],
        vec!["case", "watch", &number, "other@example.com"],
        vec!["case", "watch", &number, "--remove", "lee@example.com"],
        vec!["case", "call", &number, "--phone", "+14155550100"],
        vec!["case", "close", &number, "--reason", "x"],
    ] {
        lee.run(&[&args[..], &["--json"]].concat()).exits(4).error();
    }
    let case = sam.json(&["case", "show", &number]);
    assert_eq!(case["watchers"], serde_json::json!(["lee@example.com"]));
    assert_eq!(case["status"], "open");
}

#[test]
fn calls_and_closing_say_what_they_did() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    insta::assert_snapshot!(sam.run(&["case", "call", &number]).shown(), @"
    exit 3
    --- stdout
    --- stderr
    docket: phone is required  (--phone)
    request id: [id]
    ");
    insta::assert_snapshot!(sam.run(&["case", "call", &number, "--phone", "555"]).shown(), @"
    exit 3
    --- stdout
    --- stderr
    docket: phone `555` has no country code; write it with the country code and digits only, like +14155550100  (--phone)
    request id: [id]
    ");
    insta::assert_snapshot!(sam.run(&["case", "call", &number, "--phone", "+14155550100"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    support will call you about case 00000001
    ");
    insta::assert_snapshot!(sam.run(&["case", "close", &number]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the reason is missing: give --reason TEXT
    ");
    insta::assert_snapshot!(sam.run(&["case", "close", &number, "--reason", " "]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the reason is blank; nothing was sent
    ");
    let long = "x".repeat(32_001);
    assert_eq!(
        sam.run(&["case", "close", &number, "--reason", &long, "--json"]).exits(3).fields(),
        ["reason"]
    );
    insta::assert_snapshot!(sam.run(&["case", "close", &number, "--reason", "Solved by an update."]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    closed case 00000001
    ");
    insta::assert_snapshot!(sam.run(&["case", "show", &number]).shown(), @"
    exit 0
    --- stdout
    00000001  Envelopes stay in the outbox
    Closed for good on [moment] ([when]): Solved by an update.
    Still broken? `docket case new --follows 00000001` goes on from it.

    Status            Closed
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
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["case", "comment", &number, "-m", "wait"]).shown(), @"
    exit 10
    --- stdout
    --- stderr
    docket: the case is closed: it can't be updated or re-opened
    hint: `docket case new --follows 00000001` goes on from it with a new one
    request id: [id]
    ");
    insta::assert_snapshot!(sam.run(&["case", "close", &number, "--reason", "again", "--json"]).shown(), @r#"
    exit 10
    --- stdout
    --- stderr
    {"error":{"kind":"closed","code":10,"message":"the case is closed: it can't be updated or re-opened","hints":["`docket case new --follows 00000001` goes on from it with a new one"],"fields":[],"request_id":"[id]"}}
    "#);
    let web = world.user("sam@example.com").at("1002");
    let number = web.open(&[]);
    insta::assert_snapshot!(web.run(&["case", "call", &number, "--phone", "+14155550100"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not allowed: a call back for eSignature needs a Paid Support plan; account 1002 (Northwind Shop) has a Web plan
    request id: [id]
    ");
}

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
