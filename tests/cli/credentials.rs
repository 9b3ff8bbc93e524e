//! Where the token of a login comes from, where it is kept, and how long it is good.

use crate::world::{PASSWORD, User, World, path, settings};

/// The files in a home that contain `secret`.
pub fn files_with(user: &User<'_>, secret: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![user.home()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let place = entry.unwrap().path();
            if place.is_dir() {
                folders.push(place);
            } else if String::from_utf8_lossy(&std::fs::read(&place).unwrap()).contains(secret) {
                found.push(place.strip_prefix(user.home()).unwrap().display().to_string());
            }
        }
    }
    found
}

/// The token that is kept in a home.
pub fn kept_token(user: &User<'_>) -> String {
    let kept = std::fs::read_to_string(user.home().join("data/credentials.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    let tokens: Vec<&str> = kept.as_object().unwrap().values().filter_map(|value| value.as_str()).collect();
    assert_eq!(tokens.len(), 1);
    tokens[0].to_owned()
}

#[test]
fn tokens_come_from_a_command_too() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let token = world.token("kim@example.com");
    let secret = world.file("secret", format!("{}\n", token.reveal()));
    let command = format!("/bin/cat {}", path(&secret));
    let kim = world.stranger("kim").to(&world.url).with("DOCKET_TOKEN_COMMAND", &command);
    insta::assert_snapshot!(kim.run(&["status", "--verbose"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    command, expires [moment] ([when])

    Portal         http://127.0.0.1:[port]  (DOCKET_PORTAL)
    Account        1001  (the only one there is)
    Token          given  (DOCKET_TOKEN_COMMAND)
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
    assert_eq!(files_with(&kim, token.reveal()), [""; 0]);
    let failing = world.stranger("kim").to(&world.url);
    let failing = failing.with("DOCKET_TOKEN_COMMAND", "echo secret; echo 'the vault is sealed' >&2; exit 2");
    insta::assert_snapshot!(failing.run(&["status"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: DOCKET_TOKEN_COMMAND failed: exit status: 2
    hint: run the command by itself to see what is wrong
    ");
    let dead = world.stranger("kim").to(&world.url).with("DOCKET_TOKEN", "made-up");
    insta::assert_snapshot!(dead.run(&["case", "list"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired
    hint: the token is that of DOCKET_TOKEN: set it to one that works
    hint: or unset it, and run `docket login http://127.0.0.1:[port]`
    request id: [id]
    ");
    insta::assert_snapshot!(dead.run(&["case", "list", "--json"]).shown(), @r#"
    exit 4
    --- stdout
    --- stderr
    {"error":{"kind":"login_required","code":4,"message":"not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired","hints":["the token is that of DOCKET_TOKEN: set it to one that works","or unset it, and run `docket login http://127.0.0.1:[port]`"],"fields":[],"request_id":"[id]"}}
    "#);
}

#[cfg(unix)]
#[test]
fn the_token_is_in_one_private_file_and_the_password_in_none() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new();
    let kim = world.stranger("kim");
    let debug = kim.clone().with("DOCKET_DEBUG", "http");
    let login = ["login", &world.url, "--email", "kim@example.com", "--password-stdin", "--verbose"];
    let mut shown = debug.run_with(&login, PASSWORD).succeeded().shown();
    let token = kept_token(&kim);
    let number = kim.clone().open(&[]);
    for args in [
        vec!["status", "--verbose"],
        vec!["case", "list"],
        vec!["case", "show", &number, "--history"],
        vec!["case", "comment", &number, "-m", "Hello"],
        vec!["case", "new", "--dry-run", "--json"],
        vec!["accounts", "list", "--json"],
        vec!["form", "--schema"],
    ] {
        shown.push_str(&debug.run(&args).shown());
    }
    for secret in [token.as_str(), PASSWORD] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert_eq!(files_with(&kim, &token), ["data/credentials.json"]);
    assert_eq!(files_with(&kim, PASSWORD), [""; 0]);
    let mode = |name: &str| kim.home().join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("data/credentials.json"), 0o600);
    assert_eq!(mode("data"), 0o700);
}

#[test]
fn a_token_ends() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.log_in("kim", "kim@example.com");
    world.advance(jiff::SignedDuration::from_hours(31 * 24));
    insta::assert_snapshot!(kim.run(&["case", "list"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired
    hint: run `docket login http://127.0.0.1:[port]`
    request id: [id]
    ");
}
