//! Logging out.

use crate::credentials::{files_with, kept_token};
use crate::world::{World, settings};

#[test]
fn logging_out_takes_the_token_out_of_use() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.log_in("kim", "kim@example.com");
    let token = kept_token(&kim);
    let elsewhere = world.stranger("elsewhere").to(&world.url).with("DOCKET_TOKEN", &token);
    elsewhere.run(&["status"]).succeeded();
    kim.run(&["logout"]).succeeded();
    assert_eq!(files_with(&kim, &token), [""; 0]);
    insta::assert_snapshot!(elsewhere.run(&["status"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: not logged in at http://127.0.0.1:[port]: the token is missing, unknown or has expired
    hint: the token is that of DOCKET_TOKEN: set it to one that works
    hint: or unset it, and run `docket login http://127.0.0.1:[port]`
    request id: [id]
    ");
}

#[test]
fn logging_out_leaves_the_token_of_the_environment_alone() {
    let world = World::new();
    let kim = world.log_in("kim", "kim@example.com");
    let kept = kept_token(&kim);
    let of_lee = world.token("lee@example.com");
    let both = kim.clone().with("DOCKET_TOKEN", of_lee.reveal());
    assert_eq!(both.json(&["status"])["user"], "lee@example.com");
    both.run(&["logout"]).succeeded();
    assert_eq!(both.json(&["status", "--portal", &world.url])["user"], "lee@example.com");
    let old = world.stranger("old").to(&world.url).with("DOCKET_TOKEN", &kept);
    old.run(&["status"]).exits(4);
}

#[test]
fn logging_out_works_when_the_portal_is_gone() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    world.log_in("kim", "kim@example.com");
    world.stop();
    let kim = world.stranger("kim");
    insta::assert_snapshot!(kim.run(&["status"]).shown(), @"
    exit 6
    --- stdout
    --- stderr
    docket: the portal can't be reached: nothing listens at http://127.0.0.1:[port]
    hint: check the address, and that the portal runs
    ");
    insta::assert_snapshot!(kim.run(&["logout"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    docket: the portal couldn't be told, so the token works until it expires: the portal can't be reached: nothing listens at http://127.0.0.1:[port]
    logged out kim@example.com at http://127.0.0.1:[port]
    ");
    insta::assert_snapshot!(kim.run(&["status"]).shown(), @"
    exit 4
    --- stdout
    --- stderr
    docket: no portal is configured
    hint: to try docket out, add `--portal local`
    hint: for a real portal, run `docket login URL`
    ");
}
