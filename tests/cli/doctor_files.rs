//! What `docket doctor` says of settings and files.

use crate::doctor::{check, filters, kim, told};
use crate::world::World;

#[test]
fn settings_that_can_not_be_read_are_all_named() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let kim = kim(&world);
    std::fs::create_dir_all(kim.home().join("config")).unwrap();
    std::fs::write(kim.home().join("config/config.toml"), "# mine\nportl = 'x'\n").unwrap();
    world.file(".docket.toml", "editor = 'rm -rf'\n");
    insta::assert_snapshot!(kim.run(&["doctor"]).shown(), @"
    exit 1
    --- stdout
    ok      docket        [version]
    broken  config.toml   [folder]/homes/kim/config/config.toml:2: `portl` is not a setting: there are portal, account, lang, timeout, ca_bundle, editor, pager, browser, [defaults], [redact]
                          fix: did you mean `portal`?
    broken  .docket.toml  [folder]/.docket.toml:1: `editor` is not a setting: there are portal, account, [defaults], [redact]
                          fix: `editor` may stand in config.toml only: a .docket.toml can come with somebody else's files
    ok      data          [folder]/homes/kim/data is writable, and private
    ok      logins        1 login in logins.json
    ok      credentials   [folder]/homes/kim/data/credentials.json is readable for you only
    ok      outbox        empty
    ok      drafts        none
    note    portal        not checked: what is broken above keeps docket from starting
    note    terminal      docket doesn't ask: standard input is no terminal, standard error is no terminal; data without colour; TERM is not set
    --- stderr
    docket: broken: config.toml, .docket.toml
    ");
    world.file(".docket.toml", "");
    std::fs::write(kim.home().join("config/config.toml"), "timeout = 'soon'\n").unwrap();
    let run = kim.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "config.toml"), @"broken: [folder]/homes/kim/config/config.toml:1: `timeout` can't be used: `soon` is not a duration: write it like 90s, 15m, 2h, 5d or 1h30m");
    std::fs::write(kim.home().join("config/config.toml"), "").unwrap();
    std::fs::write(kim.home().join("data/logins.json"), "{\n\"portals\": []\n").unwrap();
    let run = kim.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "logins"), @"
    broken: [folder]/homes/kim/data/logins.json:2: invalid type: sequence, expected a map at line 2 column 11
    fix: docket wrote this file; restore it from a backup, or remove it
    ");
    let with_token = kim.clone().to(&world.url).with("DOCKET_TOKEN", world.token("kim@example.com").reveal());
    let run = with_token.run(&["doctor", "--json"]).succeeded();
    assert_eq!(check(&run, "logins")["state"], "warning");
}

#[cfg(unix)]
#[test]
fn files_that_others_may_read_or_change_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let kim = kim(&world);
    let allow = |name: &str, mode| {
        std::fs::set_permissions(kim.home().join(name), PermissionsExt::from_mode(mode)).unwrap();
    };
    allow("data/credentials.json", 0o644);
    insta::assert_snapshot!(kim.run(&["doctor"]).shown(), @"
    exit 1
    --- stdout
    ok      docket        [version]
    ok      config.toml   none ([folder]/homes/kim/config/config.toml): the defaults hold
    ok      .docket.toml  none in [folder] or above it
    ok      data          [folder]/homes/kim/data is writable, and private
    ok      logins        1 login in logins.json
    broken  credentials   [folder]/homes/kim/data/credentials.json has tokens in it, and others may read it (mode 0644)
                          fix: run `chmod 600 [folder]/homes/kim/data/credentials.json`; if others were on this machine, log out and in again
    ok      outbox        empty
    ok      drafts        none
    note    keyring       there is no keyring here (no session bus); the token of a login goes into a private file
    ok      portal        http://127.0.0.1:[port], from the last login
    ok      proxy         none
    ok      connection    Support answers [when]; its software is version [version]
    ok      clock         the same as the portal's, within a minute
    broken  token         [folder]/homes/kim/data/credentials.json has tokens in it, and others may read it (mode 0644)
                          fix: run `chmod 600 [folder]/homes/kim/data/credentials.json`; if others were on this machine, log out and in again
    note    terminal      docket doesn't ask: standard input is no terminal, standard error is no terminal; data without colour; TERM is not set
    note    editor        none is named, and none of the usual ones is installed
                          fix: name one with DOCKET_EDITOR, or in config.toml
    note    pager         none is named, and there is no less
                          fix: name one that is there with DOCKET_PAGER, or in config.toml
    note    browser       none is named, and there is no xdg-open
                          fix: name one that is there with DOCKET_BROWSER, or in config.toml
    --- stderr
    docket: broken: credentials, token
    ");
    allow("data/credentials.json", 0o600);
    allow("data", 0o755);
    std::fs::create_dir_all(kim.home().join("config")).unwrap();
    std::fs::write(kim.home().join("config/config.toml"), "").unwrap();
    allow("config", 0o777);
    let run = kim.run(&["doctor", "--json"]).succeeded();
    insta::assert_snapshot!(told(&run, "data"), @"
    warning: others may look into [folder]/homes/kim/data (mode 0755)
    fix: chmod 700 [folder]/homes/kim/data
    ");
    insta::assert_snapshot!(told(&run, "config.toml"), @"
    warning: others may change [folder]/homes/kim/config, and so what docket runs
    fix: chmod go-w [folder]/homes/kim/config
    ");
}

#[test]
fn a_data_directory_that_can_not_be_made_is_named() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let sam = world.sam();
    std::fs::create_dir_all(sam.home()).unwrap();
    std::fs::write(sam.home().join("data"), "a file").unwrap();
    let run = sam.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "data"), @"
    broken: can't create [folder]/homes/sam@example.com/data: File exists (os error 17)
    fix: there is a file where a folder should be: name another one with DOCKET_DATA_DIR
    ");
}

#[test]
fn without_a_home_a_token_and_a_portal_are_enough() {
    let world = World::new();
    let mut command = world.sam().command(&["doctor", "--json"]);
    command.env_remove("DOCKET_CONFIG_DIR").env_remove("DOCKET_DATA_DIR");
    let run = crate::world::run(command, None).succeeded();
    insta::assert_snapshot!(told(&run, "config.toml"), @"
    note: there is no place for it: HOME is not set
    fix: set HOME, or say with DOCKET_CONFIG_DIR where it is
    ");
    insta::assert_snapshot!(told(&run, "data"), @"
    warning: there is no place for docket's files: HOME is not set
    fix: set HOME, or say with DOCKET_DATA_DIR where docket may keep its files; to keep nothing at all, give DOCKET_TOKEN and --portal
    ");
}

#[test]
fn defaults_that_no_form_knows_or_offers_are_named_with_their_line() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let kim = kim(&world);
    std::fs::create_dir_all(kim.home().join("config")).unwrap();
    let config = "[defaults]\nproduct = 'esignature'\ncontact-method = 'fax'\nproduckt = 'clm'\nphone = '12'\n\
                  occurred_at = '2h ago'\n";
    std::fs::write(kim.home().join("config/config.toml"), config).unwrap();
    world.file(".docket.toml", "[defaults]\nenvironment = 'production'\ncategory = 'signin'\n");
    let run =
        kim.run(&["doctor", "--jq", ".checks[] | select(.check == \"defaults\") | .state, .message, .fix"]);
    insta::assert_snapshot!(run.exits(1).stdout, @"
    warning
    [folder]/.docket.toml:3: category: `signin` is not a choice (did you mean `signing`?); choose one of account-access, administration, billing, sending, templates, signing, notifications, api, sso, integrations, mobile
    put it right, or take it out
    warning
    [folder]/homes/kim/config/config.toml:3: contact_method: `fax` is not a choice; choose one of email, online, phone
    put it right, or take it out
    warning
    [folder]/homes/kim/config/config.toml:5: phone: `12` has no country code; write it with the country code and digits only, like +14155550100
    put it right, or take it out
    broken
    [folder]/homes/kim/config/config.toml:4: the form has no field `produckt`
    did you mean `product`?
    ");
    world.file(".docket.toml", "[defaults]\ncontact_method = 'online'\n");
    let config = "[defaults]\nproduct = 'esignature'\n";
    std::fs::write(kim.home().join("config/config.toml"), config).unwrap();
    let run = kim.run(&["doctor", "--json"]).succeeded();
    assert_eq!(told(&run, "defaults"), "ok: 2 defaults");
}
