//! Filing a case when the form or the accounts have changed since docket saw them.

use std::path::Path;

use docket::portal::Options;
use insta::assert_snapshot;
use serde_json::json;
use tempfile::TempDir;

use crate::filing::{count, new, outbox};
use crate::relay::Relay;
use crate::world::{World, path, settings};

/// A catalogue directory with a form changed by `change`.
fn catalogue(change: impl FnOnce(String) -> String) -> TempDir {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/portal/catalogue/data");
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(data).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    let form = folder.path().join("form.toml");
    std::fs::write(&form, change(std::fs::read_to_string(&form).unwrap())).unwrap();
    folder
}

/// The portal's options with another catalogue.
fn with(catalogue: &TempDir) -> impl FnOnce(Options) -> Options {
    let folder = catalogue.path().to_owned();
    |options| Options { catalogue: Some(folder), ..options }
}

/// The form with its field `steps` put in another way.
fn with_steps(form: &str, steps: &str) -> String {
    let before = form.find("[[field]]\nid = \"steps\"").unwrap();
    let after = before + form[before..].find("[[field]]\nid = \"contact_method\"").unwrap();
    format!("{}{steps}{}", &form[..before], &form[after..])
}

/// The form without a field for the steps, and one in which every case needs them.
fn without_and_with_steps() -> (TempDir, TempDir) {
    let steps = "[[field]]\nid = \"steps\"\nlabel = \"Steps\"\nkind = { type = \"text\", max = 32000 }\n\
                 need = [{ need = \"required\" }]\n\n";
    let without = |form: String| with_steps(&form, "").replace("fields = [\"steps\"], ", "");
    (catalogue(without), catalogue(|form| with_steps(&form, steps)))
}

#[test]
fn a_form_that_has_changed_a_little_is_fetched_and_the_case_is_filed() {
    let world = World::new();
    let relay = Relay::to(&world.url);
    let sam = world.sam().to(&relay.url);
    new(&sam, &[], &["--dry-run"]).succeeded();
    let changed = catalogue(|form| form.replace("label = \"Subject\"", "label = \"Title\""));
    world.restart(with(&changed));
    relay.take();
    let case = new(&sam, &[], &["--json"]).succeeded().json();
    assert_eq!(case["number"], "00000001");
    assert_eq!(relay.take(), ["POST /v1/cases", "GET /v1/me", "GET /v1/form", "POST /v1/cases"]);
    new(&sam, &[], &[]).succeeded();
    assert_eq!(relay.take(), ["POST /v1/cases"]);
    assert_eq!((count(&sam), outbox(&sam)), (2, json!([])));
}

#[test]
fn what_a_case_needs_is_shown_as_it_is_now() {
    let world = World::new();
    let sam = world.sam();
    let label = || {
        let form = sam.json(&["form", "esignature"]);
        let subject = form.as_array().unwrap().iter().find(|field| field["id"] == "subject").unwrap().clone();
        subject["label"].as_str().unwrap().to_owned()
    };
    assert_eq!(label(), "Subject");
    let changed = catalogue(|form| form.replace("label = \"Subject\"", "label = \"Title\""));
    world.restart(with(&changed));
    assert_eq!(label(), "Title");
}

#[test]
fn a_form_that_needs_more_by_now_refuses_and_names_it() {
    let (before, after) = without_and_with_steps();
    let world = World::with(with(&before));
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    world.restart(with(&after));
    let run = new(&sam, &[], &[]).exits(3);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    assert_eq!(new(&sam, &[], &["--json"]).exits(3).fields(), ["steps"]);
    assert_eq!((count(&sam), outbox(&sam)), (0, json!([])));
    new(&sam, &[], &["--steps", "- open it"]).succeeded();
    assert_eq!(count(&sam), 1);
}

#[test]
fn what_an_old_form_refuses_may_be_right_by_now() {
    let (before, after) = without_and_with_steps();
    let world = World::with(with(&before));
    let sam = world.sam();
    let steps = ["--steps", "1. Open it", "--json"];
    assert_eq!(new(&sam, &[], &steps).exits(3).fields(), ["steps"]);
    world.restart(with(&after));
    assert_eq!(new(&sam, &[], &steps).succeeded().json()["details"]["steps"], "1. Open it");
}

/// Says who is in an account, as the portal's operator.
fn members(world: &World, account: &str, emails: &[&str]) {
    let data = world.folder.path().join("portal");
    let words = [&["portal", "account", "member", account], emails, &["--data", path(&data)]].concat();
    world.stranger("operator").run(&words).succeeded();
}

#[test]
fn an_account_got_meanwhile_has_to_be_chosen() {
    let world = World::new();
    let kim = world.user("kim@example.com");
    new(&kim, &[], &["--dry-run"]).succeeded();
    members(&world, "2001", &["kim@example.com", "lee@example.com"]);
    assert_eq!(new(&kim, &[], &["--json"]).exits(3).fields(), ["account"]);
    assert_eq!(count(&kim), 0);
    let case = new(&kim.at("2001"), &[], &["--json"]).succeeded().json();
    assert_eq!(case["account"]["id"], "2001");
}

#[test]
fn an_account_lost_meanwhile_is_refused_by_name() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    members(&world, "1001", &["kim@example.com"]);
    let error = new(&sam, &[], &["--json"]).exits(5).error();
    assert_eq!(error["message"], "there is no account `1001` among yours");
    assert!(error["hints"][0].as_str().unwrap().contains("1002 (Northwind Shop)"), "{error}");
    assert_eq!(outbox(&sam.clone().at("1002")), json!([]));
    assert_eq!(count(&world.user("kim@example.com")), 0);
}

#[test]
fn the_only_account_left_goes_without_saying() {
    let world = World::new();
    let sam = world.sam();
    new(&sam, &[], &["--dry-run"]).succeeded();
    for account in ["1002", "1003", "1004", "1005"] {
        members(&world, account, &[]);
    }
    let case = new(&sam, &[], &["--json"]).succeeded().json();
    assert_eq!(case["account"]["id"], "1001");
}
