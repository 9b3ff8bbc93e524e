//! Which account docket works in, and who says so.

use crate::world::{User, World, settings};

/// The account that a command would work in, and where its name comes from.
fn current(user: &User<'_>, args: &[&str]) -> (String, String) {
    let shown = user.run(&[&["status", "--verbose"], args].concat()).succeeded().stdout;
    let id = user.json(&[&["status"], args].concat())["account"]["id"].as_str().unwrap().to_owned();
    let line = shown.lines().rfind(|line| line.starts_with("Account ")).unwrap();
    let source = line.rsplit("  ").next().unwrap().trim_matches(['(', ')']).to_owned();
    (id, source)
}

#[test]
fn accounts_are_listed_with_the_current_one_marked() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    insta::assert_snapshot!(sam.run(&["accounts", "list"]).shown(), @"
    exit 0
    --- stdout
       ID    NAME                 PLAN  ENVIRONMENT        PRODUCTS
    *  1001  Northwind Legal      paid  production         esignature, rooms
       1002  Northwind Shop       web   production, trial  esignature
       1003  Northwind Contracts  paid  production         clm
       1004  Northwind Sandbox    paid  demo               esignature
       1005  Northwind Trust      paid  production         protect-and-sign, clm-cm, insight-analyzer
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["accounts", "list", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    [{"id":"1001","name":"Northwind Legal","plan":"paid","products":["esignature","rooms"],"environment":"production","trial":false,"current":true},{"id":"1002","name":"Northwind Shop","plan":"web","products":["esignature"],"environment":"production","trial":true,"current":false},{"id":"1003","name":"Northwind Contracts","plan":"paid","products":["clm"],"environment":"production","trial":false,"current":false},{"id":"1004","name":"Northwind Sandbox","plan":"paid","products":["esignature"],"environment":"demo","trial":false,"current":false},{"id":"1005","name":"Northwind Trust","plan":"paid","products":["protect-and-sign","clm-cm","insight-analyzer"],"environment":"production","trial":false,"current":false}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["accounts", "list", "--json=id,current"]).shown(), @r#"
    exit 0
    --- stdout
    [{"id":"1001","current":true},{"id":"1002","current":false},{"id":"1003","current":false},{"id":"1004","current":false},{"id":"1005","current":false}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["accounts", "list", "--csv"]).shown(), @r#"
    exit 0
    --- stdout
    id,name,plan,products,environment,trial,current
    1001,Northwind Legal,paid,"[""esignature"",""rooms""]",production,false,true
    1002,Northwind Shop,web,"[""esignature""]",production,true,false
    1003,Northwind Contracts,paid,"[""clm""]",production,false,false
    1004,Northwind Sandbox,paid,"[""esignature""]",demo,false,false
    1005,Northwind Trust,paid,"[""protect-and-sign"",""clm-cm"",""insight-analyzer""]",production,false,false
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["accounts", "list", "--jq", ".[] | select(.plan == \"web\").id"]).shown(), @"
    exit 0
    --- stdout
    1002
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["accounts", "list", "--jq", ".[] | select("]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"--jq: `.[] | select(` is not a jq filter: expected closing parenthesis at its end","hints":[],"fields":[],"request_id":null}}
    "#);
    // With none chosen, none is marked; an only one goes without saying.
    insta::assert_snapshot!(world.user("sam@example.com").run(&["accounts", "list", "--jq", ".[].current"]).shown(), @"
    exit 0
    --- stdout
    false
    false
    false
    false
    false
    --- stderr
    ");
    insta::assert_snapshot!(world.user("kim@example.com").run(&["accounts", "list"]).shown(), @"
    exit 0
    --- stdout
       ID    NAME             PLAN  ENVIRONMENT  PRODUCTS
    *  1001  Northwind Legal  paid  production   esignature, rooms
    --- stderr
    ");
    insta::assert_snapshot!(world.expert().run(&["accounts", "list"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    experts are in no account; they see the cases of all
    ");
    insta::assert_snapshot!(world.expert().run(&["accounts", "list", "--json"]).shown(), @"
    exit 0
    --- stdout
    []
    --- stderr
    ");
}

#[test]
fn switching_is_remembered() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.log_in("sam", "sam@example.com");
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "1003"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    working in account 1003 (Northwind Contracts) now
    ");
    assert_eq!(sam.json(&["status"])["account"]["id"], "1003");
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "1005", "--json=id,current"]).shown(), @r#"
    exit 0
    --- stdout
    [{"id":"1001","current":false},{"id":"1002","current":false},{"id":"1003","current":false},{"id":"1004","current":false},{"id":"1005","current":true}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "--quiet", "1001"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    ");
    assert_eq!(sam.json(&["status"])["account"]["id"], "1001");
}

#[test]
fn some_accounts_can_not_be_switched_to() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.log_in("sam", "sam@example.com");
    sam.run(&["accounts", "switch", "1002"]).succeeded();
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "1004"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    hint: `docket accounts list` shows your accounts
    ");
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "1004", "--json"]).shown(), @r#"
    exit 4
    --- stdout
    --- stderr
    {"error":{"kind":"not_allowed","code":4,"message":"account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine","hints":["`docket accounts list` shows your accounts"],"fields":[],"request_id":null}}
    "#);
    // It exists, but it isn't sam's, which looks the same.
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "2001"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account `2001` among yours
    hint: yours are 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1004 (Northwind Sandbox), 1005 (Northwind Trust)
    ");
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "nonsense", "--json"]).shown(), @r#"
    exit 5
    --- stdout
    --- stderr
    {"error":{"kind":"not_found","code":5,"message":"there is no account `nonsense` among yours","hints":["yours are 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1004 (Northwind Sandbox), 1005 (Northwind Trust)"],"fields":[],"request_id":null}}
    "#);
    insta::assert_snapshot!(sam.run(&["accounts", "switch"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: which account? give its id
    hint: `docket accounts list` lists them
    ");
    insta::assert_snapshot!(world.expert().run(&["accounts", "switch", "1001"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account `1001` among yours
    hint: experts are in no account; they see the cases of all
    ");
    assert_eq!(sam.json(&["status"])["account"]["id"], "1002");
}

#[test]
fn an_account_that_can_not_be_worked_in_is_refused_by_every_command() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let demo = world.user("sam@example.com").at("1004");
    insta::assert_snapshot!(demo.run(&["case", "list"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    hint: `docket accounts list` shows your accounts
    ");
    let strange = world.user("sam@example.com").at("2001");
    insta::assert_snapshot!(strange.run(&["case", "list"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account `2001` among yours
    hint: yours are 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1004 (Northwind Sandbox), 1005 (Northwind Trust)
    ");
    insta::assert_snapshot!(strange.run(&["products", "--json"]).shown(), @r#"
    exit 5
    --- stdout
    --- stderr
    {"error":{"kind":"not_found","code":5,"message":"there is no account `2001` among yours","hints":["yours are 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1004 (Northwind Sandbox), 1005 (Northwind Trust)"],"fields":[],"request_id":null}}
    "#);
}

#[test]
fn flag_beats_environment_beats_folder_beats_config_beats_switch() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.log_in("sam", "sam@example.com");
    sam.run(&["accounts", "switch", "1001"]).succeeded();
    let (id, source) = current(&sam, &[]);
    insta::assert_snapshot!(format!("{id}: {source}"), @"1001: the last login or `docket accounts switch`");

    std::fs::create_dir_all(sam.home().join("config")).unwrap();
    std::fs::write(sam.home().join("config/config.toml"), "account = '1002'\n").unwrap();
    let (id, source) = current(&sam, &[]);
    insta::assert_snapshot!(format!("{id}: {source}"), @"1002: [folder]/homes/sam/config/config.toml:1");

    world.file(".docket.toml", "# ours\naccount = '1003'\n");
    let (id, source) = current(&sam, &[]);
    insta::assert_snapshot!(format!("{id}: {source}"), @"1003: [folder]/.docket.toml:2");

    let sam = sam.with("DOCKET_ACCOUNT", "1005");
    let (id, source) = current(&sam, &[]);
    insta::assert_snapshot!(format!("{id}: {source}"), @"1005: DOCKET_ACCOUNT");

    let (id, source) = current(&sam, &["--account", "1001"]);
    insta::assert_snapshot!(format!("{id}: {source}"), @"1001: the command line");
    // Of all of these, only the switch was written.
    let logins = std::fs::read_to_string(sam.home().join("data/logins.json")).unwrap();
    assert!(logins.contains("1001") && !logins.contains("1005"), "{logins}");
}

#[test]
fn a_folder_never_says_who_gets_a_token() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.log_in("sam", "sam@example.com");
    world.file(".docket.toml", "portal = 'https://evil.example'\n");
    insta::assert_snapshot!(sam.run(&["case", "list"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: [folder]/.docket.toml:1 names the portal https://evil.example, where you have not logged in; nothing was sent there
    hint: if you trust it, run `docket login https://evil.example`
    hint: to use another portal, give --portal
    ");
    world.file(".docket.toml", "token = 'abc'\n");
    insta::assert_snapshot!(sam.run(&["case", "list"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: [folder]/.docket.toml:1: `token` looks like a secret, and this file is not a place for one: others may read it
    hint: remove it; `docket login` keeps the token safely, and DOCKET_TOKEN_COMMAND can fetch one
    ");
    world.file(".docket.toml", "account = \n");
    insta::assert_snapshot!(sam.run(&["case", "list", "--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"[folder]/.docket.toml:1: string values must be quoted, expected literal string","hints":[],"fields":[],"request_id":null}}
    "#);
}

#[test]
fn two_homes_never_change_each_other() {
    let world = World::new();
    let one = world.log_in("one", "sam@example.com");
    let two = world.log_in("two", "sam@example.com");
    one.run(&["accounts", "switch", "1001"]).succeeded();
    two.run(&["accounts", "switch", "1003"]).succeeded();
    assert_eq!(one.json(&["status"])["account"]["id"], "1001");
    assert_eq!(two.json(&["status"])["account"]["id"], "1003");
    // Nor do two shells with different flags.
    let flagged = one.json(&["status", "--account", "1005"]);
    assert_eq!(flagged["account"]["id"], "1005");
    assert_eq!(one.json(&["status"])["account"]["id"], "1001");
    two.run(&["logout"]).succeeded();
    one.run(&["status"]).succeeded();
}

#[test]
fn an_account_that_was_taken_away_is_named() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.log_in("kim", "kim@example.com");
    let data = world.folder.path().join("portal");
    let data = crate::world::path(&data);
    let operator = world.stranger("operator");
    operator.run(&["portal", "account", "member", "1001", "sam@example.com", "--data", data]).succeeded();
    insta::assert_snapshot!(kim.run(&["case", "list"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account `1001` among yours
    hint: you are in no account: ask an account's administrator to add you
    ");
    insta::assert_snapshot!(kim.run(&["accounts", "list"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    you are in no account: ask an account's administrator to add you
    ");
    insta::assert_snapshot!(kim.run(&["status"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account `1001` among yours
    hint: you are in no account: ask an account's administrator to add you
    ");
}

#[test]
fn where_an_account_is_missing_every_way_to_name_one_is_named() {
    let world = World::new();
    let words = crate::world::answers(&[]);
    let words: Vec<&str> =
        ["case", "new"].into_iter().chain(words.iter().map(String::as_str)).chain(["--json"]).collect();
    let run = world.user("sam@example.com").run(&words).exits(3);
    assert_eq!(run.fields(), ["account"]);
    let hints = run.error()["hints"].to_string();
    for way in ["--account", "DOCKET_ACCOUNT", "`docket accounts list`", "`docket accounts switch`"] {
        assert!(hints.contains(way), "{hints}");
    }
}
