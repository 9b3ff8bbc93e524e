//! `docket doctor`: what it says of a setup that is well, and of everything that may be wrong with one.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use serde_json::Value;

use crate::relay::Relay;
use crate::serving::Served;
use crate::world::{PASSWORD, Run, User, World, nobody_at, path, settings, sql};

/// Like [`settings`], without what differs from machine to machine.
pub fn filters(world: &World) -> insta::Settings {
    let mut settings = settings(world);
    settings.add_filter(r"\d+\.\d+\.\d+, with(out)? the built-in portal, for \w+ on \w+", "[version]");
    settings.add_filter(r"software is version \d+\.\d+\.\d+", "software is version [version]");
    settings.add_filter(r"\d{4}-\d{2}-\d{2}", "[date]");
    settings
}

/// One check, as JSON.
#[track_caller]
pub fn check(run: &Run, name: &str) -> Value {
    let checkup = run.json();
    let checks = checkup["checks"].as_array().unwrap();
    let found: Vec<&Value> = checks.iter().filter(|check| check["check"] == name).collect();
    assert_eq!(found.len(), 1, "{name}: {checkup}");
    found[0].clone()
}

/// What people are told of one check, with the fix.
#[track_caller]
pub fn told(run: &Run, name: &str) -> String {
    let check = check(run, name);
    let fix = check["fix"].as_str().map_or(String::new(), |fix| format!("\nfix: {fix}"));
    format!("{}: {}{fix}", check["state"].as_str().unwrap(), check["message"].as_str().unwrap())
}

/// Every file below a folder with its content, and every folder.
fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                found.insert(name, Vec::new());
                folders.push(path);
            } else {
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// kim, who has logged in.
pub fn kim(world: &World) -> User<'_> {
    world.log_in("kim", "kim@example.com")
}

#[test]
fn a_setup_that_is_well_is_told_so_and_left_as_it_was() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let kim = kim(&world);
    let before = everything(&kim.home());
    let run = kim.run(&["doctor"]);
    insta::assert_snapshot!(run.shown(), @"
    exit 0
    --- stdout
    ok      docket        [version]
    ok      config.toml   none ([folder]/homes/kim/config/config.toml): the defaults hold
    ok      .docket.toml  none in [folder] or above it
    ok      data          [folder]/homes/kim/data is writable, and private
    ok      logins        1 login in logins.json
    ok      credentials   [folder]/homes/kim/data/credentials.json is readable for you only
    ok      outbox        empty
    ok      drafts        none
    note    keyring       there is no keyring here (no session bus); the token of a login goes into a private file
    ok      portal        http://127.0.0.1:[port], from the last login
    ok      proxy         none
    ok      connection    Support answers [when]; its software is version [version]
    ok      clock         the same as the portal's, within a minute
    ok      token         in [folder]/homes/kim/data/credentials.json; the portal takes it for kim@example.com, customer; it expires on [date] ([when])
    ok      account       Northwind Legal (1001): the last login or `docket accounts switch`
    note    terminal      docket doesn't ask: standard input is no terminal, standard error is no terminal; data without colour; TERM is not set
    note    editor        none is named, and none of the usual ones is installed
                          fix: name one with DOCKET_EDITOR, or in config.toml
    note    pager         none is named, and there is no less
                          fix: name one that is there with DOCKET_PAGER, or in config.toml
    note    browser       none is named, and there is no xdg-open
                          fix: name one that is there with DOCKET_BROWSER, or in config.toml
    --- stderr
    nothing is broken
    ");
    assert_eq!(everything(&kim.home()), before);
    let run = kim.run(&["doctor", "--json=check,state"]).succeeded();
    insta::assert_snapshot!(run.stdout, @r#"{"checks":[{"check":"docket","state":"ok"},{"check":"config.toml","state":"ok"},{"check":".docket.toml","state":"ok"},{"check":"data","state":"ok"},{"check":"logins","state":"ok"},{"check":"credentials","state":"ok"},{"check":"outbox","state":"ok"},{"check":"drafts","state":"ok"},{"check":"keyring","state":"note"},{"check":"portal","state":"ok"},{"check":"proxy","state":"ok"},{"check":"connection","state":"ok"},{"check":"clock","state":"ok"},{"check":"token","state":"ok"},{"check":"account","state":"ok"},{"check":"terminal","state":"note"},{"check":"editor","state":"note"},{"check":"pager","state":"note"},{"check":"browser","state":"note"}],"broken":0}"#);
    let run = kim.run(&["doctor", "--csv=state,fix", "--quiet"]).succeeded();
    insta::assert_snapshot!(run.shown(), @r#"
    exit 0
    --- stdout
    state,fix
    ok,
    ok,
    ok,
    ok,
    ok,
    ok,
    ok,
    ok,
    note,
    ok,
    ok,
    ok,
    ok,
    ok,
    ok,
    note,
    note,"name one with DOCKET_EDITOR, or in config.toml"
    note,"name one that is there with DOCKET_PAGER, or in config.toml"
    note,"name one that is there with DOCKET_BROWSER, or in config.toml"
    --- stderr
    "#);
    let token = std::fs::read_to_string(kim.home().join("data/credentials.json")).unwrap();
    let token = token.rsplit('"').nth(1).unwrap();
    assert!(token.len() > 16 && !kim.run(&["doctor", "--json"]).stdout.contains(token));
    let run = kim.run(&["doctor", "--json=chek"]).exits(2);
    assert_eq!(run.error()["hints"][1], "the fields are check, state, message, fix");
}

#[test]
fn without_a_portal_both_ways_to_one_are_named_and_nothing_is_made() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let stranger = world.stranger("new");
    insta::assert_snapshot!(stranger.run(&["doctor"]).shown(), @"
    exit 1
    --- stdout
    ok      docket        [version]
    ok      config.toml   none ([folder]/homes/new/config/config.toml): the defaults hold
    ok      .docket.toml  none in [folder] or above it
    ok      data          [folder]/homes/new/data will be made when there is something to keep
    ok      logins        none
    ok      outbox        empty
    ok      drafts        none
    note    keyring       there is no keyring here (no session bus); the token of a login goes into a private file
    broken  portal        no portal is configured
                          fix: to try docket out, add `--portal local`
                          fix: for a real portal, run `docket login URL`
    note    terminal      docket doesn't ask: standard input is no terminal, standard error is no terminal; data without colour; TERM is not set
    note    editor        none is named, and none of the usual ones is installed
                          fix: name one with DOCKET_EDITOR, or in config.toml
    note    pager         none is named, and there is no less
                          fix: name one that is there with DOCKET_PAGER, or in config.toml
    note    browser       none is named, and there is no xdg-open
                          fix: name one that is there with DOCKET_BROWSER, or in config.toml
    --- stderr
    docket: broken: portal
    ");
    assert!(!stranger.home().exists());
    let run = stranger.run(&["doctor", "--json"]).exits(1);
    assert_eq!(run.json()["broken"], 1);
    assert_eq!(run.error()["message"], "broken: portal");
    let run = stranger.run(&["doctor", "--jq", ".checks[] | select(.state == \"broken\") | .fix"]).exits(1);
    assert_eq!(
        run.stdout,
        "to try docket out, add `--portal local`; for a real portal, run `docket login URL`\n"
    );
}

#[test]
fn a_portal_that_is_down_is_noticed_in_time() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let kim = kim(&world);
    world.stop();
    insta::assert_snapshot!(kim.run(&["doctor"]).shown(), @"
    exit 1
    --- stdout
    ok      docket        [version]
    ok      config.toml   none ([folder]/homes/kim/config/config.toml): the defaults hold
    ok      .docket.toml  none in [folder] or above it
    ok      data          [folder]/homes/kim/data is writable, and private
    ok      logins        1 login in logins.json
    ok      credentials   [folder]/homes/kim/data/credentials.json is readable for you only
    ok      outbox        empty
    ok      drafts        none
    note    keyring       there is no keyring here (no session bus); the token of a login goes into a private file
    ok      portal        http://127.0.0.1:[port], from the last login
    ok      proxy         none
    broken  connection    the portal can't be reached: nothing listens at http://127.0.0.1:[port]
                          fix: check the address, and that the portal runs
    note    token         kim@example.com's, in [folder]/homes/kim/data/credentials.json; not tried, because the portal can't be reached
    note    terminal      docket doesn't ask: standard input is no terminal, standard error is no terminal; data without colour; TERM is not set
    note    editor        none is named, and none of the usual ones is installed
                          fix: name one with DOCKET_EDITOR, or in config.toml
    note    pager         none is named, and there is no less
                          fix: name one that is there with DOCKET_PAGER, or in config.toml
    note    browser       none is named, and there is no xdg-open
                          fix: name one that is there with DOCKET_BROWSER, or in config.toml
    --- stderr
    docket: broken: connection
    ");

    // Somebody who opens the door, and then says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("http://{}", silent.local_addr().unwrap());
    let began = Instant::now();
    let sam = world.stranger("sam").with("DOCKET_TOKEN", "t-1").to(&silent);
    let run = sam.run(&["doctor", "--timeout", "1s", "--json"]).exits(1);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    insta::assert_snapshot!(told(&run, "connection"), @"
    broken: the portal can't be reached: http://127.0.0.1:[port] does not answer in time
    fix: check the address, and that the portal runs
    ");
    insta::assert_snapshot!(told(&run, "token"), @"note: from DOCKET_TOKEN; not tried, because the portal can't be reached");
}

#[test]
fn what_is_no_portal_is_called_so() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let page = "HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\n<html";
    let stub = Relay::answering(page.as_bytes().to_vec());
    let run = world.stranger("sam").to(&stub.url).run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "connection"), @"
    broken: what answers at http://127.0.0.1:[port] doesn't look like a portal: an error came that isn't a portal's (HTTP 404, text/html: <html)
    fix: check the address: it has to be the portal's own, not a page or a sign-in in front of it
    ");
}

#[test]
fn a_token_is_tried_and_its_end_is_told() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let kim = kim(&world);
    let database = world.folder.path().join("portal/portal.db");
    let ends_in = |hours: i64| {
        let end = world.clock.now() + SignedDuration::from_hours(hours);
        sql(&database, &format!("UPDATE tokens SET expires_at = {}", end.as_second()));
        kim.run(&["doctor", "--json"])
    };
    insta::assert_snapshot!(told(&ends_in(24 * 4).succeeded(), "token"), @"ok: in [folder]/homes/kim/data/credentials.json; the portal takes it for kim@example.com, customer; it expires on [date] ([when])");
    insta::assert_snapshot!(told(&ends_in(24 * 2).succeeded(), "token"), @"
    warning: in [folder]/homes/kim/data/credentials.json; the portal takes it for kim@example.com, customer; it expires on [date] ([when])
    fix: run `docket login http://127.0.0.1:[port]`
    ");
    insta::assert_snapshot!(told(&ends_in(-1).exits(1), "token"), @"
    broken: kim@example.com's, in [folder]/homes/kim/data/credentials.json; not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired
    fix: run `docket login http://127.0.0.1:[port]`
    ");
    let wrong = world.stranger("sam").to(&world.url).with("DOCKET_TOKEN", "t0ken-of-nobody");
    let run = wrong.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "token"), @"
    broken: from DOCKET_TOKEN; not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired
    fix: the token is that of DOCKET_TOKEN: set it to one that works; or unset it, and run `docket login http://127.0.0.1:[port]`
    ");
    assert!(!run.shown().contains("t0ken"));
    let wrong = world.stranger("sam").to(&world.url).with("DOCKET_TOKEN_COMMAND", "echo s3cret; exit 3");
    let wrong = wrong.with("PATH", "/usr/bin:/bin").run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&wrong, "token"), @"
    broken: DOCKET_TOKEN_COMMAND failed: exit status: 3
    fix: run the command by itself to see what is wrong
    ");
}

#[test]
fn a_wrong_clock_is_noticed_before_a_case_is_refused() {
    let world = World::new();
    let kim = kim(&world);
    let mut shown = Vec::new();
    // The portal's clock stands still in between, hence the half minutes.
    for (seconds, code) in [(0, 0), (210, 0), (-420, 0), (-180, 1), (780, 1)] {
        world.clock.advance(SignedDuration::from_secs(seconds));
        shown.push(told(&kim.run(&["doctor", "--json"]).exits(code), "clock"));
    }
    insta::assert_snapshot!(shown.join("\n"), @"
    ok: the same as the portal's, within a minute
    warning: the clock here is 3 minutes behind the portal's
    fix: set the clock of this machine, best by a time server (on Linux: `timedatectl set-ntp true`)
    warning: the clock here is 3 minutes ahead of the portal's
    fix: set the clock of this machine, best by a time server (on Linux: `timedatectl set-ntp true`)
    broken: the clock here is 6 minutes ahead of the portal's: it refuses what is reported as of now, because that is its future
    fix: set the clock of this machine, best by a time server (on Linux: `timedatectl set-ntp true`)
    broken: the clock here is 6 minutes behind the portal's: what is reported as of now comes too early
    fix: set the clock of this machine, best by a time server (on Linux: `timedatectl set-ntp true`)
    ");
}

#[test]
fn what_waits_in_the_outbox_is_told() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    world.stop();
    sam.run(&["case", "comment", &number, "-m", "It waits."]).exits(6);
    std::fs::write(sam.home().join("data/outbox/torn.json"), "{").unwrap();
    std::fs::create_dir_all(sam.home().join("data/drafts")).unwrap();
    std::fs::write(sam.home().join("data/drafts/torn.json"), "{").unwrap();
    let run = sam.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "outbox"), @"
    warning: 1 entry not sent yet, 1 entry that can't be read
    fix: `docket outbox send` sends again, and nothing twice; `docket outbox drop torn` forgets the torn one
    ");
    insta::assert_snapshot!(told(&run, "drafts"), @"
    warning: the draft torn can't be read
    fix: remove its file, or restore it
    ");
}

#[test]
fn the_account_is_looked_at_too() {
    let world = World::new();
    let account = |user: &User, code| told(&user.run(&["doctor", "--json"]).exits(code), "account");
    insta::assert_snapshot!(account(&world.sam(), 0), @"ok: Northwind Legal (1001): DOCKET_ACCOUNT");
    insta::assert_snapshot!(account(&world.user("sam@example.com"), 0), @"
    warning: none is chosen, of 4 accounts
    fix: `docket accounts switch` chooses one; --account names one for a single command
    ");
    insta::assert_snapshot!(account(&world.sam().at("1004"), 1), @"
    broken: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    fix: `docket accounts list` shows your accounts
    ");
    insta::assert_snapshot!(account(&world.sam().at("2001"), 1), @"
    broken: there is no account `2001` among yours
    fix: yours are 1001 (Northwind Legal), 1002 (Northwind Shop), 1003 (Northwind Contracts), 1004 (Northwind Sandbox), 1005 (Northwind Trust)
    ");
    insta::assert_snapshot!(account(&world.user("kim@example.com"), 0), @"ok: Northwind Legal (1001): the only one there is");
    insta::assert_snapshot!(account(&world.expert(), 0), @"ok: none needed: experts see every case");
}

#[test]
fn a_portal_that_only_a_folder_names_gets_no_token() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let stub = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    stub.set_nonblocking(true).unwrap();
    let stub_url = format!("http://{}", stub.local_addr().unwrap());
    world.file(".docket.toml", format!("portal = '{stub_url}'\n"));
    let kim = kim(&world);
    let run = kim.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "portal"), @"
    broken: [folder]/.docket.toml:1 names the portal http://127.0.0.1:[port], where you have not logged in; nothing was sent there
    fix: if you trust it, run `docket login http://127.0.0.1:[port]`; to use another portal, give --portal
    ");
    assert!(stub.accept().is_err(), "something was sent");
    // Known, so that it may be asked who it is, but a token that may be for somewhere else stays here.
    world.file(".docket.toml", format!("portal = '{}'\n", world.url));
    let with_token = kim.with("DOCKET_TOKEN", "t0ken");
    let run = with_token.run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "token"), @"
    broken: the token from DOCKET_TOKEN is not sent to http://127.0.0.1:[port], because only [folder]/.docket.toml says so
    fix: if it is meant for there, add `--portal http://127.0.0.1:[port]` or set DOCKET_PORTAL
    ");
}

#[test]
fn proxies_and_certificates_are_named_without_passwords() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let place = nobody_at("127.0.0.1:0");
    let proxy = format!("http://sam:s3cret@{}", place.local_addr().unwrap());
    let far = world.stranger("sam").to("https://desk.example").with("DOCKET_TOKEN", "t-1");
    let run = far.clone().with("HTTPS_PROXY", &proxy).run(&["doctor", "--json"]).exits(1);
    insta::assert_snapshot!(told(&run, "proxy"), @"ok: http://127.0.0.1:[port], from HTTPS_PROXY");
    assert!(!run.shown().contains("s3cret"), "{}", run.shown());
    let near = world.sam().with("HTTPS_PROXY", &proxy).with("https_proxy", "x");
    insta::assert_snapshot!(told(&near.run(&["doctor", "--json"]).succeeded(), "proxy"), @"ok: none: HTTPS_PROXY doesn't apply to this machine itself");
    let wrong = world.sam().with("HTTPS_PROXY", "s3cret@@");
    let run = wrong.run(&["doctor", "--json"]).succeeded();
    insta::assert_snapshot!(told(&run, "proxy"), @"
    warning: HTTPS_PROXY is ignored, because it is no proxy's address
    fix: write it like http://proxy.example.com:3128
    ");
    assert!(!run.shown().contains("s3cret"), "{}", run.shown());

    let empty = world.file("empty.pem", "");
    let far = far.with("HTTPS_PROXY", &proxy).with("SSL_CERT_FILE", "/nowhere/ca.pem");
    let run = far.run(&["doctor", "--json", "--ca-bundle", empty.to_str().unwrap()]).exits(1);
    insta::assert_snapshot!(told(&run, "ca_bundle"), @"
    broken: [folder]/empty.pem: there is no PEM certificate in it (the command line)
    fix: name a PEM file with certificates, or none
    ");
    insta::assert_snapshot!(told(&run, "ca_system"), @"
    broken: /nowhere/ca.pem: No such file or directory (os error 2) (SSL_CERT_FILE, in place of the system's)
    fix: name a PEM file with certificates, or none
    ");
    let tls = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/client/tls/ca.pem");
    let run = far.run(&["doctor", "--json", "--ca-bundle", tls]).exits(1);
    assert!(told(&run, "ca_bundle").starts_with("ok: 1 certificate in "), "{}", run.stdout);
}

#[test]
fn a_certificate_and_its_end_are_told() {
    let world = World::new();
    let tls = |name: &str| format!("{}/tests/client/tls/{name}", env!("CARGO_MANIFEST_DIR"));
    let (certificate, key, authority) = (tls("portal.pem"), tls("portal.key"), tls("ca.pem"));
    let data = path(&world.folder.path().join("served")).to_owned();
    let serve = ["portal", "serve", "--sample", "--listen", "127.0.0.1:0", "--data", &data];
    let user = world.stranger("kim");
    let served =
        Served::start(user.command(&[&serve[..], &["--tls-cert", &certificate, "--tls-key", &key]].concat()));
    let kim = user.to(&served.url);
    let login = ["login", "--ca-bundle", &authority, "--email", "kim@example.com", "--password-stdin"];
    kim.run_with(&login, PASSWORD).succeeded();
    let run = kim.run(&["doctor", "--json", "--ca-bundle", &authority]).succeeded();
    let told_of = told(&run, "certificate");
    assert!(told_of.starts_with("ok: trusted, and good until 2126-10-30 (in "), "{told_of}");
    let run = kim.run(&["doctor", "--json"]).exits(1);
    assert!(told(&run, "connection").contains("is not trusted"), "{}", run.stdout);
}

#[test]
fn the_programs_that_docket_starts_are_looked_for() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let bin = world.folder.path().join("bin");
    std::fs::create_dir(&bin).unwrap();
    for name in ["ed", "less"] {
        let file = bin.join(name);
        std::fs::write(&file, "#!/bin/sh\n").unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    let sam = world.sam().with("PATH", bin.to_str().unwrap()).with("EDITOR", "ed -s").with("PAGER", "more");
    let run = sam.with("BROWSER", "bin/less").run(&["doctor", "--json"]).succeeded();
    let shown = ["editor", "pager", "browser"].map(|name| told(&run, name)).join("\n");
    insta::assert_snapshot!(shown, @"
    ok: `ed -s`, from EDITOR: [folder]/bin/ed
    warning: `more`, from PAGER, isn't there
    fix: name one that is there with DOCKET_PAGER, or in config.toml
    ok: `bin/less`, from BROWSER: [folder]/bin/less
    ");
    let sam = world.sam().with("PATH", bin.to_str().unwrap());
    let run = sam.run(&["doctor", "--json"]).succeeded();
    assert_eq!(told(&run, "pager"), format!("ok: {}/less, because nobody names another", bin.display()));
    let sam = sam.with("PAGER", "");
    let run = sam.run(&["doctor", "--json"]).succeeded();
    assert_eq!(told(&run, "pager"), "ok: none, because PAGER is empty");
    let status = sam.run(&["status", "--verbose"]).succeeded();
    assert!(status.stdout.lines().any(|line| line.ends_with("none  (PAGER)")), "{}", status.stdout);
}

#[test]
fn the_built_in_portal_is_started_and_checked() {
    let world = World::new();
    let _filters = filters(&world).bind_to_scope();
    let run = world.stranger("new").run(&["doctor", "--portal", "local"]);
    insta::assert_snapshot!(run.shown(), @"
    exit 0
    --- stdout
    ok      docket        [version]
    ok      config.toml   none ([folder]/homes/new/config/config.toml): the defaults hold
    ok      .docket.toml  none in [folder] or above it
    ok      data          [folder]/homes/new/data will be made when there is something to keep
    ok      logins        none
    ok      outbox        empty
    ok      drafts        none
    note    keyring       there is no keyring here (no session bus); the token of a login goes into a private file
    ok      portal        local, from the command line
    ok      connection    Support answers [when]; its software is version [version]
    ok      clock         the same as the portal's, within a minute
    ok      token         none needed: nobody logs in at the built-in portal
    ok      account       Northwind Legal (1001): the built-in portal's first
    note    terminal      docket doesn't ask: standard input is no terminal, standard error is no terminal; data without colour; TERM is not set
    note    editor        none is named, and none of the usual ones is installed
                          fix: name one with DOCKET_EDITOR, or in config.toml
    note    pager         none is named, and there is no less
                          fix: name one that is there with DOCKET_PAGER, or in config.toml
    note    browser       none is named, and there is no xdg-open
                          fix: name one that is there with DOCKET_BROWSER, or in config.toml
    --- stderr
    nothing is broken
    ");
}
