//! What is offered where, from a prepared data directory.

use std::path::Path;

use clap::{Arg, Command, CommandFactory as _, ValueHint};
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::address::Address;
use crate::profile::{Cached, Flags, Profile};

/// Arguments whose value nobody can guess, by the command and the argument; `*` is any command.
const FREE: &[(&str, &str)] = &[
    ("*", "json"),
    ("*", "jq"),
    ("*", "csv"),
    ("*", "lang"),
    ("*", "timeout"),
    ("*", "max_retries"),
    ("*", "message"),
    ("*", "limit"),
    ("case list", "search"),
    ("case list", "since"),
    ("case list", "until"),
    ("case new", "subject"),
    ("case new", "description"),
    ("case new", "occurred_at"),
    ("case new", "envelope_id"),
    ("case new", "phone"),
    ("case new", "occurred_before"),
    ("case new", "product_version"),
    ("case new", "browser"),
    ("case new", "steps"),
    ("case new", "idempotency_key"),
    ("case new", "dedupe_key"),
    ("case import", "jobs"),
    ("tokens create", "name"),
    ("tokens create", "expires"),
    ("tokens revoke", "name"),
    ("case follow", "after"),
    ("case call", "phone"),
    ("case close", "reason"),
    ("resources", "words"),
    ("login", "email"),
    ("portal serve", "listen"),
    ("portal serve", "base_url"),
    ("portal serve", "pending_closes_after"),
    ("portal serve", "max_attachment"),
    ("portal user add", "email"),
    ("portal user add", "name"),
    ("portal user add", "member"),
    ("portal user add", "language"),
    ("portal user disable", "email"),
    ("portal user set-password", "email"),
    ("portal account add", "id"),
    ("portal account add", "name"),
    ("portal account add", "product"),
    ("portal account member", "id"),
    ("portal account member", "emails"),
];

/// A home in which sam has used docket at a portal.
struct Home(TempDir);

const PORTAL: &str = "https://desk.example.com";

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let logins = json!({"current": PORTAL, "portals": {
            PORTAL: {"current": "sam@example.com", "users": {"sam@example.com": {"account": "1001"}}},
            "https://other.example.com:8443": {"current": "kim@example.com", "users": {"kim@example.com": {}}},
        }});
        home.write("logins.json", &logins.to_string());
        home.write(
            "drafts/0a0b0c0d.json",
            r#"{"id": "0a0b0c0d", "portal": "", "user": null,
            "started": "2026-11-20T09:30:00Z", "draft": {"answers": {"subject": "Half of it"}}}"#,
        );
        home.put(Cached::Me, &json!({
            "email": "sam@example.com", "name": "Sam", "role": "customer", "language": null, "expires_at": null,
            "accounts": [
                {"id": "1001", "name": "Northwind Legal", "plan": "paid", "products": ["esignature", "rooms"],
                 "environment": "production"},
                {"id": "$(reboot)", "name": "Northwind \u{1b}[2J", "plan": "web", "products": [],
                 "environment": "production"},
            ],
        }));
        home.put(Cached::Form, &json!({"version": "1", "fields": [
            {"id": "product", "label": "Product", "kind": {"type": "choice"}, "need": [{"need": "required"}],
             "choices": [{"id": "esignature", "label": "eSignature"}, {"id": "rooms", "label": "Rooms"},
                {"id": "clm", "label": "CLM", "when": [{"account.products": ["clm"]}]}]},
            {"id": "category", "label": "Category", "kind": {"type": "choice"}, "need": [{"need": "required"}],
             "choices": [
                {"id": "sending", "label": "Sending", "when": [{"product": ["esignature"]}]},
                {"id": "access", "label": "Access", "when": [{"product": ["rooms"]}]}]},
            {"id": "subcategory", "label": "Sub-category", "kind": {"type": "choice"},
             "need": [{"need": "required"}],
             "choices": [
                {"id": "bulk-send", "label": "Bulk send", "when": [{"category": ["sending"], "product": ["esignature"]}]}]},
        ]}));
        home.put(Cached::Cases, &json!([
            {"number": "00000042", "subject": "It's \"stuck\"\n$(reboot) `x` \u{1b}]0;evil\u{7}\u{202e} and goes on for longer than anybody reads",
             "status": "open", "watchers": ["ops@example.com", "a;reboot@example.com"],
             "files": ["trace.har", "$(reboot).log", "shot.png"]},
            {"number": "00000041", "subject": "Old", "status": "closed", "watchers": ["lee@example.com"]},
            {"number": "00000007", "subject": "Seven", "status": "my_action_required", "watchers": []},
        ]));
        home.put(
            Cached::Articles,
            &json!([
                {"id": "signing-access-code", "title": "Access codes\u{1b}[2J"},
                {"id": "$(reboot)", "title": "Nasty"},
                {"id": "rooms-roles", "title": "Roles"},
            ]),
        );
        home
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn environment(&self) -> Environment {
        let folder = self.0.path().display().to_string();
        Environment::new(
            [("DOCKET_CONFIG_DIR", &folder), ("DOCKET_DATA_DIR", &folder)],
            Path::new("/nowhere"),
        )
    }

    fn put(&self, what: Cached, value: &serde_json::Value) {
        let profile = Profile::open(self.environment(), Flags::default()).unwrap();
        profile.cache().put(what, &PORTAL.parse::<Address>().unwrap(), "sam@example.com", value);
    }

    /// The answer at the end of what was typed.
    fn answer(&self, typed: &str) -> Answer {
        answer(self.environment(), &Line::split(&format!("docket {typed}")))
    }

    /// The values offered there, in one line.
    fn values(&self, typed: &str) -> String {
        match self.answer(typed) {
            Answer::Values(candidates) => {
                candidates.into_iter().map(|candidate| candidate.value).collect::<Vec<_>>().join(" ")
            }
            other => format!("{other:?}"),
        }
    }
}

#[test]
fn commands_flags_and_fixed_values_come_from_the_command_tree() {
    let home = Home::new();
    assert_eq!(home.values("ca"), "categories case");
    assert_eq!(home.values("case c"), "comment call close");
    assert_eq!(home.values("case list --st"), "--status");
    assert_eq!(home.values("case list --status p"), "pending");
    assert_eq!(home.values("case list --status=open,p"), "--status=open,pending");
    assert_eq!(
        home.values("case list --status pending,"),
        "pending,open pending,my_action_required pending,closed"
    );
    assert_eq!(home.values("--color=a"), "--color=auto --color=always");
    assert_eq!(home.values("completions "), "bash elvish fish powershell zsh");
    assert!(home.values("case show 42 ").starts_with("--comments --history --web "));
    assert_eq!(home.values("__"), "");
    assert_eq!(home.values("case new --attach "), "Files");
    assert_eq!(home.values("case download 42 --dir="), "Folders");
}

#[test]
fn a_flag_is_offered_as_long_as_it_can_be_given() {
    let home = Home::new();
    assert_eq!(home.values("case list --l"), "--limit --lang");
    assert_eq!(home.values("case list --all --l"), "--lang");
    assert_eq!(home.values("case list --all-accounts --acc"), "");
    assert_eq!(home.values("case list --account 1001 --all"), "--all");
    assert_eq!(home.values("case new --attach a --att"), "--attach");
    assert_eq!(home.values("case list --watching --wat"), "");
}

#[test]
fn what_docket_has_seen_is_offered() {
    let home = Home::new();
    assert_eq!(home.values("case show "), "00000042 00000041 00000007");
    assert_eq!(home.values("case show 4"), "42 41");
    assert_eq!(home.values("case comment "), "00000042 00000007");
    assert_eq!(home.values("case new --follows="), "--follows=00000041");
    assert_eq!(home.values("case new --watch l"), "lee@example.com");
    assert_eq!(home.values("case watch 42 "), "lee@example.com");
    assert_eq!(home.values("case watch 42 --remove "), "ops@example.com");
    assert_eq!(home.values("case download 42 "), "trace.har shot.png");
    assert_eq!(home.values("case download 42 shot.png "), "trace.har");
    assert_eq!(home.values("case download 7 "), "");
    assert_eq!(home.values("resources show "), "signing-access-code rooms-roles");
    assert_eq!(home.values("resources show r"), "rooms-roles");
    assert_eq!(home.values("accounts switch "), "1001");
    assert_eq!(home.values("case list --account="), "--account=1001");
    assert_eq!(home.values("case new --resume="), "--resume=0a0b0c0d");
    assert_eq!(home.values("logout "), "https://desk.example.com https://other.example.com:8443");
    let local = if cfg!(feature = "portal") { "local" } else { "" };
    assert_eq!(home.values("status --portal l"), local);
    // Nobody has been at the other portal, and nothing is known of who has this token.
    assert_eq!(home.values("--portal other.example.com:8443 case show "), "");
    let stranger = Environment::new(
        [("DOCKET_DATA_DIR", home.0.path().to_str().unwrap()), ("DOCKET_TOKEN_COMMAND", "exit 1")],
        "/nowhere",
    );
    assert_eq!(answer(stranger, &Line::split("docket case show ")), Answer::Values(Vec::new()));
}

#[test]
fn a_choice_hangs_on_the_answers_before_it() {
    let home = Home::new();
    assert_eq!(home.values("case new --product "), "esignature rooms");
    assert_eq!(home.values("case new --product rooms --category "), "access");
    assert_eq!(home.values("case new --product=esignature --category=s"), "--category=sending");
    assert_eq!(home.values("case new --product esignature --category sending --subcategory "), "bulk-send");
    assert_eq!(home.values("case new --product rooms --subcategory "), "");
    // What isn't said yet rules nothing out.
    assert_eq!(home.values("case new --category "), "sending access");
    assert_eq!(home.values("case new --category sending --subcategory "), "bulk-send");
    // Account 1001 doesn't have CLM.
    assert_eq!(home.values("categories "), "esignature rooms clm");
    assert_eq!(home.values("form rooms --category "), "access");
    assert_eq!(home.values("resources --product rooms --category "), "access");
    assert_eq!(home.values("categories r"), "rooms");
    home.write("config.toml", "[defaults]\nproduct = \"rooms\"\n");
    assert_eq!(home.values("case new --category "), "access");
}

#[test]
fn nothing_that_others_wrote_controls_a_terminal_or_a_shell() {
    let home = Home::new();
    let cases = home.answer("case show 4");
    insta::assert_snapshot!(render(&cases, Shell::Fish, false).replace('\t', " | "), @r#"
    values
    42 | Open: It's "stuck"\n$(reboot) `x` \x1b]0;evil\x07\u{202e} a…
    41 | Closed: Old
    "#);
    insta::assert_snapshot!(render(&cases, Shell::Bash, true), @r#"
    values
    42  (Open: It's "stuck"\n$(reboot) `x` \x1b]0;evil\x07\u{202e} a…)
    41  (Closed: Old)
    "#);
    assert_eq!(render(&cases, Shell::Bash, false), "values\n42\n41\n");
    let Answer::Values(portals) = home.answer("logout https://o") else { panic!("portals have values") };
    assert_eq!(
        render(&Answer::Values(portals), Shell::Zsh, false),
        "values\nhttps\\://other.example.com\\:8443:kim@example.com\n"
    );
    for value in [
        "$(reboot)",
        "a b",
        "-x",
        "~root",
        "a'b",
        "a\"b",
        "a`b",
        "a\\b",
        "a;b",
        "a*b",
        "{a}",
        "",
        "a\nb",
        "a=b",
        "a\u{202e}b",
    ] {
        assert!(!harmless(value), "{value:?}");
    }
    for value in
        ["esignature", "00000042", "sam+x@example.com", "https://desk.example.com:8443/desk", "größe"]
    {
        assert!(harmless(value), "{value:?}");
    }
}

#[test]
fn what_is_damaged_or_missing_is_no_reason_to_fail() {
    let home = Home::new();
    for name in ["logins.json", "config.toml"] {
        home.write(name, "{ nonsense");
        assert_eq!(home.values("case show "), "", "{name}");
        assert_eq!(home.values("case l"), "list", "{name}");
    }
    let homeless = Environment::new::<String, String>([], "");
    assert_eq!(
        answer(homeless, &Line::split("docket --portal local case show ")),
        Answer::Values(Vec::new())
    );
}

#[test]
fn every_value_in_the_command_tree_is_completed_or_free() {
    fn walk(command: &Command, path: &mut Vec<String>, unknown: &mut Vec<String>, used: &mut [bool]) {
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        for argument in command.get_arguments().filter(|argument| line::takes_value(argument)) {
            let free = FREE.iter().position(|(place, id)| {
                (*place == "*" || *place == words.join(" ")) && *id == argument.get_id()
            });
            if let Some(at) = free {
                used[at] = true;
            }
            let completed = !argument.get_possible_values().is_empty()
                || Topic::of(&words, argument).is_some()
                || hinted(argument);
            if completed == free.is_some() {
                unknown.push(format!("{} {}", words.join(" "), argument.get_id()));
            }
        }
        for below in
            command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
        {
            path.push(below.get_name().to_owned());
            walk(below, path, unknown, used);
            path.pop();
        }
    }
    fn hinted(argument: &Arg) -> bool {
        matches!(argument.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath)
    }
    let mut root = Cli::command();
    root.build();
    let (mut unknown, mut used) = (Vec::new(), [false; FREE.len()]);
    walk(&root, &mut Vec::new(), &mut unknown, &mut used);
    assert!(unknown.is_empty(), "either complete these (Topic::of) or name them in FREE: {unknown:?}");
    let portal = cfg!(feature = "portal");
    let stale =
        FREE.iter().zip(used).filter(|((place, _), used)| !used && (portal || !place.starts_with("portal")));
    assert_eq!(stale.count(), 0, "FREE has what isn't there or has no value: {used:?}");
}

#[test]
fn no_line_makes_it_panic() {
    let home = Home::new();
    let mut root = Cli::command();
    root.build();
    fn lines(command: &Command, so_far: &str, all: &mut Vec<String>) {
        for flag in command.get_arguments().filter_map(Arg::get_long) {
            all.extend([
                format!("{so_far}--{flag} "),
                format!("{so_far}--{flag}="),
                format!("{so_far}--{flag} x --"),
            ]);
        }
        for below in command.get_subcommands() {
            all.push(format!("{so_far}{} ", below.get_name()));
            lines(below, &format!("{so_far}{} ", below.get_name()), all);
        }
    }
    let mut all = Vec::new();
    lines(&root, "", &mut all);
    assert!(all.len() > 500, "{}", all.len());
    for line in all {
        answer_in(&root, home.environment(), &Line::split(&format!("docket {line}")));
    }
}
