//! The portal `local`, which needs no set-up.

use std::process::{Child, Stdio};

use crate::world::{User, World, answers, path, settings};

/// docket at the built-in portal, in a home of its own.
fn local<'w>(world: &'w World, home: &str) -> User<'w> {
    world.stranger(home).to("local")
}

#[test]
fn it_works_from_the_first_command_on() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let me = local(&world, "me");
    insta::assert_snapshot!(me.run(&["status", "--verbose"]).shown(), @"
    exit 0
    --- stdout
    Portal   local
    User     sam@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    none needed

    Portal         local  (DOCKET_PORTAL)
    Account        1001  (the built-in portal's first)
    Token          none needed
    Language       none
    Timeout        30s  (the default)
    CA bundle      none
    Editor         none
    Pager          less  (the default)
    Browser        xdg-open  (the default)
    Secrets        auto  (the default)
    Personal data  stays  (the default)
    Configuration  [folder]/homes/me/config  (DOCKET_CONFIG_DIR)
    Data           [folder]/homes/me/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
    insta::assert_snapshot!(me.run(&["status", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"portal":"local","user":"sam@example.com","role":"customer","account":{"id":"1001","name":"Northwind Legal","plan":"paid","products":["esignature","rooms"],"environment":"production","trial":false,"current":true},"token_source":null,"expires_at":null}
    --- stderr
    "#);
    insta::assert_snapshot!(me.run(&["case", "list"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    no cases
    ");
    let flags = answers(&[]);
    let new: Vec<&str> = ["case", "new"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    insta::assert_snapshot!(me.run(&new).shown(), @"
    exit 0
    --- stdout
    Case 00000001 is open.

    00000001  Envelopes stay in the outbox
    Support's turn: nothing is asked of you.

    Status            Open
    Account           Northwind Legal (1001)
    Product           esignature
    Category          sending / envelope-stuck
    First seen        [moment] ([when])
    Contact method    email
    Support language  en
    Opened            [moment] ([when]) by sam@example.com
    Updated           [moment] ([when])

    What happens next
      Support answers by e-mail; answering the latest mail adds a comment.
      To add something:   docket case comment 00000001 -m TEXT
      To attach a file:   docket case attach 00000001 FILE
      To see it again:    docket case show 00000001
    --- stderr
    ");
    insta::assert_snapshot!(me.run(&["case", "list"]).shown(), @"
    exit 0
    --- stdout
    NUMBER    STATUS  SUBJECT                       PRODUCT     UPDATED
    00000001  Open    Envelopes stay in the outbox  esignature  [when]
    --- stderr
    ");
    insta::assert_snapshot!(me.run(&["case", "comment", "1", "-m", "Still."]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    commented on case 00000001, which is Open now
    ");
    insta::assert_snapshot!(me.run(&["expert", "queue"]).shown(), @"
    exit 0
    --- stdout
    NUMBER    STATUS  SUBJECT                       PRODUCT     UPDATED
    00000001  Open    Envelopes stay in the outbox  esignature  [when]
    --- stderr
    ");
    insta::assert_snapshot!(me.run(&["expert", "reply", "1", "--resolved", "-m", "Try again."]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    answered case 00000001, which is Pending now
    ");
    insta::assert_snapshot!(me.run(&["expert", "note", "1", "-m", "Known."]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    noted on case 00000001
    ");
    let file = world.file("trace.har", "{}");
    insta::assert_snapshot!(me.run(&["case", "attach", "1", path(&file)]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    attached 1 file to case 00000001
    ");
    let show = ["case", "show", "1", "--json=status,account,opened_by,comments,attachments,url"];
    insta::assert_snapshot!(me.run(&show).shown(), @r#"
    exit 0
    --- stdout
    {"status":"pending","account":{"id":"1001","name":"Northwind Legal"},"opened_by":"sam@example.com","comments":[{"id":"1","author":"sam@example.com","role":"customer","via":"portal","at":"[time]","body":"Still."},{"id":"2","author":"expert@example.com","role":"expert","via":"portal","at":"[time]","body":"Try again."}],"attachments":[{"name":"trace.har","size":2,"sha256":"[sha256]","at":"[time]","by":"sam@example.com","complete":true}],"url":"local:/cases/00000001"}
    --- stderr
    "#);
    insta::assert_snapshot!(me.run(&["case", "download", "1", "--dir", "fetched"]).shown(), @"
    exit 0
    --- stdout
    fetched/trace.har  2 B
    --- stderr
    ");
    insta::assert_snapshot!(me.run(&["resources", "show", "no-such"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no article `no-such`
    hint: `docket resources WORDS` finds articles
    request id: [id]
    ");
}

#[test]
fn switching_accounts_is_remembered() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let me = local(&world, "me");
    insta::assert_snapshot!(me.run(&["accounts", "switch", "1003"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    working in account 1003 (Northwind Contracts) now
    ");
    insta::assert_snapshot!(me.run(&["status", "--verbose"]).shown(), @"
    exit 0
    --- stdout
    Portal   local
    User     sam@example.com, customer
    Account  Northwind Contracts (1003), paid plan
    Token    none needed

    Portal         local  (DOCKET_PORTAL)
    Account        1003  (the last login or `docket accounts switch`)
    Token          none needed
    Language       none
    Timeout        30s  (the default)
    CA bundle      none
    Editor         none
    Pager          less  (the default)
    Browser        xdg-open  (the default)
    Secrets        auto  (the default)
    Personal data  stays  (the default)
    Configuration  [folder]/homes/me/config  (DOCKET_CONFIG_DIR)
    Data           [folder]/homes/me/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
    insta::assert_snapshot!(me.run(&["accounts", "switch", "1004"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    hint: `docket accounts list` shows your accounts
    ");
    assert_eq!(me.json(&["status", "--account", "1005"])["account"]["id"], "1005");
    assert_eq!(me.json(&["status"])["account"]["id"], "1003");
    // It is no login, and nobody's portal without saying so.
    me.clone().run(&["expert", "queue"]).succeeded();
    assert_eq!(world.stranger("me").run(&["status"]).code, Some(4));
    assert_eq!(local(&world, "other").json(&["status"])["account"]["id"], "1001");
}

#[test]
fn several_processes_use_it_at_once() {
    let world = World::new();
    let me = local(&world, "me");
    let flags = answers(&[]);
    let args: Vec<&str> =
        ["case", "new", "--jq", ".number"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    let start = |_| me.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started: Vec<Child> = (0..4).map(start).collect();
    let number = |process: Child| {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let numbers: Vec<String> = started.into_iter().map(number).collect();
    let mut distinct = numbers.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 4, "{numbers:?}");
    assert_eq!(me.json(&["case", "list"])["total"], 4);
}

#[test]
fn files_that_are_damaged_are_named() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let me = local(&world, "me");
    me.run(&["status"]).succeeded();
    let folder = me.home().join("data/portal");
    let portal = ["portal", "check", "--data", path(&folder)];
    me.run(&portal).succeeded();
    let database = folder.join("portal.db");
    for rest in ["portal.db-wal", "portal.db-shm"] {
        let _ = std::fs::remove_file(folder.join(rest));
    }
    std::fs::write(&database, "not a database, but long enough to look at ".repeat(100)).unwrap();
    insta::assert_snapshot!(me.run(&["case", "list"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: the built-in portal can't start: [folder]/homes/me/data/portal/portal.db is damaged or not a portal's database; restore it from a backup
    hint: its files are in [folder]/homes/me/data/portal; without that folder it begins anew
    ");
    insta::assert_snapshot!(me.run(&["case", "list", "--json"]).shown(), @r#"
    exit 1
    --- stdout
    --- stderr
    {"error":{"kind":"failed","code":1,"message":"the built-in portal can't start: [folder]/homes/me/data/portal/portal.db is damaged or not a portal's database; restore it from a backup","hints":["its files are in [folder]/homes/me/data/portal; without that folder it begins anew"],"fields":[],"request_id":null}}
    "#);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "a file").unwrap();
    insta::assert_snapshot!(me.run(&["case", "list"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: the built-in portal can't start: can't use the data directory [folder]/homes/me/data/portal: Not a directory (os error 20)
    hint: its files are in [folder]/homes/me/data/portal; without that folder it begins anew
    ");
}
