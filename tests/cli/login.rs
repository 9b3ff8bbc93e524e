//! Logging in and out, and who is logged in where.

use crate::credentials::kept_token;
use crate::world::{PASSWORD, World, path, settings};

#[test]
fn nobody_knows_where_to_go_without_a_portal() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let stranger = world.stranger("new");
    insta::assert_snapshot!(stranger.run(&["status"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: no portal is configured
    hint: to try docket out, add `--portal local`
    hint: for a real portal, run `docket login URL`
    ");
    insta::assert_snapshot!(stranger.run(&["case", "list", "--json"]).shown(), @r#"
    exit 4
    --- stdout
    --- stderr
    {"error":{"kind":"login_required","code":4,"message":"no portal is configured","hints":["to try docket out, add `--portal local`","for a real portal, run `docket login URL`"],"fields":[],"request_id":null}}
    "#);
    let unknown = stranger.clone().to(&world.url);
    insta::assert_snapshot!(unknown.run(&["status"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not logged in at http://127.0.0.1:[port]
    hint: run `docket login http://127.0.0.1:[port]`
    hint: in scripts, set DOCKET_TOKEN or DOCKET_TOKEN_COMMAND
    ");
    insta::assert_snapshot!(stranger.run(&["login"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: which portal? give its address, as in `docket login support.example.com`
    ");
    insta::assert_snapshot!(stranger.run(&["login", "local"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the built-in portal needs no login
    hint: use it with `--portal local`, or set DOCKET_PORTAL=local
    ");
    insta::assert_snapshot!(stranger.run(&["login", "ftp://support.example.com"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: `ftp://support.example.com` is not the address of a portal: it has to begin with https://
    ");
    insta::assert_snapshot!(stranger.run(&["login", &world.url]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the e-mail address is missing: give --email EMAIL
    ");
    insta::assert_snapshot!(stranger.run(&["login", &world.url, "--email", "kim@example.com"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the password is missing: give --password-stdin, or a token with --with-token
    ");
    assert!(!stranger.home().exists());
}

#[test]
fn a_password_from_standard_input_logs_in() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.stranger("kim");
    let login = ["login", &world.url, "--email", "kim@example.com", "--password-stdin"];
    insta::assert_snapshot!(kim.run_with(&login, format!("{PASSWORD}\n")).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    the token is kept in [folder]/homes/kim/data/credentials.json, which only you can read: there is no keyring here (no session bus)
    logged in at http://127.0.0.1:[port] as kim@example.com
    ");
    insta::assert_snapshot!(kim.run(&["status"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    ");
    insta::assert_snapshot!(kim.run(&["status", "--verbose"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])

    Portal         http://127.0.0.1:[port]  (the last login)
    Account        1001  (the last login or `docket accounts switch`)
    Token          in [folder]/homes/kim/data/credentials.json  (the last login)
    Language       none
    Timeout        30s  (the default)
    CA bundle      none
    Editor         none
    Pager          less  (the default)
    Browser        xdg-open  (the default)
    Secrets        auto  (the default)
    Personal data  stays  (the default)
    Configuration  [folder]/homes/kim/config  (DOCKET_CONFIG_DIR)
    Data           [folder]/homes/kim/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
    insta::assert_snapshot!(kim.run(&["status", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"portal":"http://127.0.0.1:[port]","user":"kim@example.com","role":"customer","account":{"id":"1001","name":"Northwind Legal","plan":"paid","products":["esignature","rooms"],"environment":"production","trial":false,"current":true},"token_source":"file","expires_at":"[time]"}
    --- stderr
    "#);
    insta::assert_snapshot!(kim.run(&["status", "--csv=user,role,token_source"]).shown(), @"
    exit 0
    --- stdout
    user,role,token_source
    kim@example.com,customer,file
    --- stderr
    ");
    insta::assert_snapshot!(kim.run(&["status", "--jq", ".account.name"]).shown(), @"
    exit 0
    --- stdout
    Northwind Legal
    --- stderr
    ");
    insta::assert_snapshot!(kim.run(&["status", "--json=user,usr"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"there is no field `usr` here","hints":["did you mean `user`?","the fields are portal, user, role, account, token_source, expires_at"],"fields":[],"request_id":null}}
    "#);
    // The same, for a machine.
    let login = [&login[..], &["--json"]].concat();
    insta::assert_snapshot!(world.stranger("kim2").run_with(&login, PASSWORD).shown(), @r#"
    exit 0
    --- stdout
    {"portal":"http://127.0.0.1:[port]","user":"kim@example.com","role":"customer","account":{"id":"1001","name":"Northwind Legal","plan":"paid","products":["esignature","rooms"],"environment":"production","trial":false,"current":true},"token_source":"file","expires_at":"[time]"}
    --- stderr
    the token is kept in [folder]/homes/kim2/data/credentials.json, which only you can read: there is no keyring here (no session bus)
    "#);
}

#[test]
fn a_token_from_standard_input_logs_in() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.stranger("kim");
    let token = world.token("kim@example.com");
    let login = ["login", &world.url, "--with-token"];
    insta::assert_snapshot!(kim.run_with(&login, token.reveal()).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    the token is kept in [folder]/homes/kim/data/credentials.json, which only you can read: there is no keyring here (no session bus)
    logged in at http://127.0.0.1:[port] as kim@example.com
    ");
    assert_eq!(kept_token(&kim), token.reveal());
    insta::assert_snapshot!(world.stranger("other").run_with(&login, "not-a-token").shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: http://127.0.0.1:[port] doesn't know the token, or it has expired
    ");
    insta::assert_snapshot!(world.stranger("other").run_with(&login, "").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input is empty; it should have a token
    ");
    let both = [&login[..], &["--email", "kim@example.com"]].concat();
    insta::assert_snapshot!(world.stranger("other").run_with(&both, token.reveal()).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the argument '--with-token' cannot be used with '--email <EMAIL>'

    Usage: docket login --with-token <PORTAL>

    For more information, try '--help'.
    ");
    assert!(!world.stranger("other").home().join("data/credentials.json").exists());
}

#[test]
fn a_login_that_fails_says_what_to_do_and_leaves_nothing() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let stranger = world.stranger("new");
    let login = |email: &str, password: &str| {
        stranger.run_with(&["login", &world.url, "--email", email, "--password-stdin"], password)
    };
    insta::assert_snapshot!(login("sam@example.com", "wrong-password").shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: the login at http://127.0.0.1:[port] failed: e-mail address and password don't go together
    hint: reset the password at http://127.0.0.1:[port] if you have forgotten it
    hint: if it still fails, ask your account's administrator
    request id: [id]
    ");
    // It isn't said that there is no such user.
    insta::assert_snapshot!(login("nobody@example.com", PASSWORD).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: the login at http://127.0.0.1:[port] failed: e-mail address and password don't go together
    hint: reset the password at http://127.0.0.1:[port] if you have forgotten it
    hint: if it still fails, ask your account's administrator
    request id: [id]
    ");
    insta::assert_snapshot!(login("sam@example.com", "").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input is empty; it should have a password
    ");
    let args = ["login", &world.url, "--email", "sam@example.com", "--password-stdin", "--json"];
    insta::assert_snapshot!(stranger.run_with(&args, "wrong-password").shown(), @r#"
    exit 4
    --- stdout
    --- stderr
    {"error":{"kind":"login_required","code":4,"message":"the login at http://127.0.0.1:[port] failed: e-mail address and password don't go together","hints":["reset the password at http://127.0.0.1:[port] if you have forgotten it","if it still fails, ask your account's administrator"],"fields":[],"request_id":"[id]"}}
    "#);
    assert!(!stranger.home().exists());
}

#[test]
fn who_fails_too_often_has_to_wait() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let stranger = world.stranger("new");
    let login = ["login", &world.url, "--email", "sam@example.com", "--password-stdin"];
    let mut tries = 0;
    let refused = loop {
        let run = stranger.run_with(&login, "wrong-password");
        match run.code {
            Some(4) => tries += 1,
            _ => break run,
        }
        assert!(tries < 100, "nobody stops it");
    };
    insta::assert_snapshot!(tries, @"5");
    insta::assert_snapshot!(refused.shown(), @"
    exit 6
    --- stdout
    --- stderr
    docket: the portal http://127.0.0.1:[port] asks to wait: too many failed logins: try again at [time]
    hint: try again [when]
    request id: [id]
    ");
    let json = [&login[..], &["--json"]].concat();
    insta::assert_snapshot!(stranger.run_with(&json, PASSWORD).exits(6).shown(), @r#"
    exit 6
    --- stdout
    --- stderr
    {"error":{"kind":"unreachable","code":6,"message":"the portal http://127.0.0.1:[port] asks to wait: too many failed logins: try again at [time]","hints":["try again [when]"],"fields":[],"request_id":"[id]"}}
    "#);
    // Others may go on, and so may whoever waits.
    world.log_in("kim", "kim@example.com");
    world.advance(jiff::SignedDuration::from_hours(1));
    world.log_in("sam", "sam@example.com");
}

#[test]
fn a_disabled_user_is_kept_out() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.log_in("kim", "kim@example.com");
    let data = world.folder.path().join("portal");
    let operator = world.stranger("operator");
    operator.run(&["portal", "user", "disable", "kim@example.com", "--data", path(&data)]).succeeded();
    insta::assert_snapshot!(kim.run(&["status"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired
    hint: run `docket login http://127.0.0.1:[port]`
    request id: [id]
    ");
    let login = ["login", &world.url, "--email", "kim@example.com", "--password-stdin"];
    insta::assert_snapshot!(kim.run_with(&login, PASSWORD).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: the login at http://127.0.0.1:[port] failed: e-mail address and password don't go together
    hint: reset the password at http://127.0.0.1:[port] if you have forgotten it
    hint: if it still fails, ask your account's administrator
    request id: [id]
    ");
}

#[test]
fn a_demo_account_is_refused_with_the_reason() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let dev = world.stranger("dev");
    let login = ["login", &world.url, "--email", "dev@example.com", "--password-stdin"];
    insta::assert_snapshot!(dev.run_with(&login, PASSWORD).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    request id: [id]
    ");
    let json = [&login[..], &["--json"]].concat();
    insta::assert_snapshot!(dev.run_with(&json, PASSWORD).shown(), @r#"
    exit 4
    --- stdout
    --- stderr
    {"error":{"kind":"not_allowed","code":4,"message":"account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine","hints":[],"fields":[],"request_id":"[id]"}}
    "#);
    assert!(!dev.home().exists());
    assert_eq!(tokens_at(&world), 0);

    // Somebody with other accounts too is only refused that one.
    let sam = world.stranger("sam");
    let login = ["login", &world.url, "--email", "sam@example.com", "--password-stdin", "--account"];
    let at = |account| [&login[..], &[account]].concat();
    insta::assert_snapshot!(sam.run_with(&at("1004"), PASSWORD).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    hint: --account takes one of 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1005 (Northwind Trust)
    ");
    insta::assert_snapshot!(sam.run_with(&at("2001"), PASSWORD).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account `2001` among yours
    hint: --account takes one of 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1005 (Northwind Trust)
    ");
    assert!(!sam.home().exists());
    assert_eq!(tokens_at(&world), 0);
    insta::assert_snapshot!(sam.run_with(&at("1003"), PASSWORD).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     sam@example.com, customer
    Account  Northwind Contracts (1003), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    the token is kept in [folder]/homes/sam/data/credentials.json, which only you can read: there is no keyring here (no session bus)
    logged in at http://127.0.0.1:[port] as sam@example.com
    ");
    assert_eq!(tokens_at(&world), 1);
}

/// How many tokens the portal would take.
fn tokens_at(world: &World) -> i64 {
    let file = world.folder.path().join("portal/portal.db");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
        let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
        sqlx::query_scalar("SELECT count(*) FROM tokens").fetch_one(&mut db).await.unwrap()
    })
}

#[test]
fn several_accounts_and_none_chosen() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.stranger("sam");
    let login = ["login", &world.url, "--email", "Sam@Example.com", "--password-stdin"];
    insta::assert_snapshot!(sam.run_with(&login, PASSWORD).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     sam@example.com, customer
    Account  none chosen: docket accounts switch
    Token    file, expires [moment] ([when])
    --- stderr
    the token is kept in [folder]/homes/sam/data/credentials.json, which only you can read: there is no keyring here (no session bus)
    logged in at http://127.0.0.1:[port] as sam@example.com
    you have several accounts: choose one with `docket accounts switch`
    ");
    insta::assert_snapshot!(sam.run(&["status"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     sam@example.com, customer
    Account  none chosen: docket accounts switch
    Token    file, expires [moment] ([when])
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["status", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"portal":"http://127.0.0.1:[port]","user":"sam@example.com","role":"customer","account":null,"token_source":"file","expires_at":"[time]"}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["accounts", "switch", "1002"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    working in account 1002 (Northwind Shop) now
    ");
    insta::assert_snapshot!(sam.run(&["status", "--verbose"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     sam@example.com, customer
    Account  Northwind Shop (1002), web plan
    Token    file, expires [moment] ([when])

    Portal         http://127.0.0.1:[port]  (the last login)
    Account        1002  (the last login or `docket accounts switch`)
    Token          in [folder]/homes/sam/data/credentials.json  (the last login)
    Language       none
    Timeout        30s  (the default)
    CA bundle      none
    Editor         none
    Pager          less  (the default)
    Browser        xdg-open  (the default)
    Secrets        auto  (the default)
    Personal data  stays  (the default)
    Configuration  [folder]/homes/sam/config  (DOCKET_CONFIG_DIR)
    Data           [folder]/homes/sam/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
}

#[test]
fn an_expert_logs_in_too() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let expert = world.log_in("expert", "expert@example.com");
    insta::assert_snapshot!(expert.run(&["status"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     expert@example.com, expert
    Account  none: experts see every case
    Token    file, expires [moment] ([when])
    --- stderr
    ");
}

#[test]
fn a_second_login_adds_to_the_first() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let shared = world.log_in("shared", "kim@example.com");
    world.log_in("shared", "lee@example.com");
    assert_eq!(shared.json(&["status"])["user"], "lee@example.com");
    insta::assert_snapshot!(shared.run(&["logout"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    logged out lee@example.com at http://127.0.0.1:[port]
    ");
    // kim is still logged in, and it is kim's turn again.
    insta::assert_snapshot!(shared.run(&["status"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])
    --- stderr
    ");
    insta::assert_snapshot!(shared.run(&["logout", &world.url, "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"message":"logged out kim@example.com at http://127.0.0.1:[port]"}
    --- stderr
    "#);
    insta::assert_snapshot!(shared.run(&["logout"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: no portal is configured
    hint: to try docket out, add `--portal local`
    hint: for a real portal, run `docket login URL`
    ");
    insta::assert_snapshot!(shared.run(&["logout", &world.url]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: nobody is logged in at http://127.0.0.1:[port]
    ");
    insta::assert_snapshot!(shared.run(&["logout", "local"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: nobody is logged in at the built-in portal: it needs no login
    ");
}

#[test]
fn what_is_no_portal_is_not_given_a_password() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let stranger = world.stranger("new");
    // Nothing listens on port 1.
    let login = ["login", "http://127.0.0.1:1", "--email", "sam@example.com", "--password-stdin"];
    insta::assert_snapshot!(stranger.run_with(&login, PASSWORD).shown(), @"
    exit 6
    --- stdout
    --- stderr
    docket: the portal can't be reached: nothing listens at http://127.0.0.1:[port]
    hint: check the address, and that the portal runs
    ");
    let page = format!("{}/no/such/page", world.url);
    let login = ["login", &page, "--email", "sam@example.com", "--password-stdin"];
    insta::assert_snapshot!(stranger.run_with(&login, PASSWORD).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: what answers at http://127.0.0.1:[port]/no/such/page doesn't look like a portal: there is nothing at /v1/portal
    hint: check the address: it has to be the portal's own, not a page or a sign-in in front of it
    ");
}
