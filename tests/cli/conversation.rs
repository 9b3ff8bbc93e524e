//! A case, and what its customer does on it.

use serde_json::Value;

use crate::lists::listed;
use crate::world::{World, path, settings};

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
