//! Running a portal: its users and accounts, imports and checks.

use crate::world::{PASSWORD, Run, User, World, path, settings};

/// A world whose portal nobody asks, and an operator with a data directory of their own.
pub struct Operator<'w> {
    pub user: User<'w>,
    pub data: String,
}

impl<'w> Operator<'w> {
    pub fn new(world: &'w World) -> Self {
        Self { user: world.stranger("operator"), data: path(&world.folder.path().join("mine")).to_owned() }
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    pub fn run_with(&self, args: &[&str], stdin: &str) -> Run {
        let args = [&["portal"], args, &["--data", &self.data]].concat();
        self.user.run_with(&args, stdin)
    }
}

#[test]
fn accounts_and_users_are_added_on_a_fresh_directory() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let operator = Operator::new(&world);
    insta::assert_snapshot!(operator.run(&["user", "list"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: there is no portal in [folder]/mine
    hint: --data names the folder that `docket portal serve` uses
    ");
    insta::assert_snapshot!(operator.run(&["check"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: there is no portal in [folder]/mine
    hint: --data names the folder that `docket portal serve` uses
    ");
    let add = ["account", "add", "3001", "--name", "Fabrikam", "--product", "esignature", "--plan", "paid"];
    insta::assert_snapshot!(operator.run(&add).shown(), @"
    exit 0
    --- stdout
    ID    NAME      PLAN  ENVIRONMENT  PRODUCTS    MEMBERS
    3001  Fabrikam  paid  production   esignature
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&add).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: there is an account 3001 already
    ");
    let wrong = ["account", "add", "3002", "--name", "Fabrikam", "--product", "esignatur"];
    insta::assert_snapshot!(operator.run(&wrong).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: `esignatur` is not a product: choose from esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm
    ");
    insta::assert_snapshot!(operator.run(&[&wrong[..], &["--json"]].concat()).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"`esignatur` is not a product: choose from esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm","hints":[],"fields":[],"request_id":null}}
    "#);
    insta::assert_snapshot!(operator.run(&["account", "add", "3 2", "--name", "F", "--product", "clm"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: an account's id has 1 to 64 letters, digits, dashes, dots and underscores
    ");
    insta::assert_snapshot!(operator.run(&["account", "add", "3002", "--name", "F", "--product", "clm", "--plan", "gold"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'gold' for '--plan <PLAN>'
      [possible values: web, paid]

    For more information, try '--help'.
    ");
    let add = ["user", "add", "Zoe@Fabrikam.example", "--name", "Zoe", "--member", "3001"];
    insta::assert_snapshot!(operator.run(&add).shown(), @"
    exit 0
    --- stdout
    EMAIL                 NAME  ROLE      ACCOUNTS  LOGIN
    zoe@fabrikam.example  Zoe   customer  3001      no password
    --- stderr
    zoe@fabrikam.example can't log in yet: docket portal user set-password zoe@fabrikam.example --data [folder]/mine
    ");
    insta::assert_snapshot!(operator.run(&add).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: there is a user zoe@fabrikam.example already
    ");
    insta::assert_snapshot!(operator.run(&["user", "add", "zoe"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: `zoe` is not an e-mail address
    ");
    insta::assert_snapshot!(operator.run(&["user", "add", "max@fabrikam.example", "--member", "9"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account 9
    ");
    let short = ["user", "add", "max@fabrikam.example", "--password-stdin"];
    insta::assert_snapshot!(operator.run_with(&short, "short").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: a password has at least 8 characters
    ");
    insta::assert_snapshot!(operator.run_with(&short, "").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input is empty; it should have a password
    ");
    let expert = ["user", "add", "max@fabrikam.example", "--expert", "--password-stdin", "--json"];
    insta::assert_snapshot!(operator.run_with(&expert, PASSWORD).shown(), @r#"
    exit 0
    --- stdout
    [{"email":"max@fabrikam.example","name":"max@fabrikam.example","role":"expert","language":null,"accounts":[],"disabled":false,"has_password":true}]
    --- stderr
    "#);
    insta::assert_snapshot!(operator.run(&["user", "list"]).shown(), @"
    exit 0
    --- stdout
    EMAIL                 NAME                  ROLE      ACCOUNTS  LOGIN
    max@fabrikam.example  max@fabrikam.example  expert              yes
    zoe@fabrikam.example  Zoe                   customer  3001      no password
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["user", "list", "--csv=email,role,has_password"]).shown(), @"
    exit 0
    --- stdout
    email,role,has_password
    max@fabrikam.example,expert,true
    zoe@fabrikam.example,customer,false
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["account", "list"]).shown(), @"
    exit 0
    --- stdout
    ID    NAME      PLAN  ENVIRONMENT  PRODUCTS    MEMBERS
    3001  Fabrikam  paid  production   esignature  zoe@fabrikam.example
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["account", "list", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    [{"id":"3001","name":"Fabrikam","plan":"paid","products":["esignature"],"environment":"production","trial":false,"members":["zoe@fabrikam.example"]}]
    --- stderr
    "#);
    insta::assert_snapshot!(operator.run(&["check"]).shown(), @"
    exit 0
    --- stdout
    all is well: 0 cases, 0 attachments, 0 B
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["check", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"well":true,"cases":0,"attachments":0,"bytes":0,"problems":[],"orphans":[]}
    --- stderr
    "#);
}

#[test]
fn users_are_disabled_and_get_passwords_and_accounts_get_members() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let operator = Operator::new(&world);
    for id in ["3001", "3002"] {
        operator.run(&["account", "add", id, "--name", "Fabrikam", "--product", "clm"]).succeeded();
    }
    operator.run(&["user", "add", "zoe@fabrikam.example", "--member", "3001"]).succeeded();
    let set = ["user", "set-password", "zoe@fabrikam.example"];
    insta::assert_snapshot!(operator.run(&set).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: the password is missing: give --password-stdin
    ");
    let set = [&set[..], &["--password-stdin"]].concat();
    insta::assert_snapshot!(operator.run_with(&set, PASSWORD).shown(), @"
    exit 0
    --- stdout
    --- stderr
    zoe@fabrikam.example has another password now
    ");
    insta::assert_snapshot!(operator.run(&["user", "disable", "zoe@fabrikam.example"]).shown(), @"
    exit 0
    --- stdout
    EMAIL                 NAME                  ROLE      ACCOUNTS  LOGIN
    zoe@fabrikam.example  zoe@fabrikam.example  customer  3001      disabled
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["user", "disable", "zoe@fabrikam.example", "--undo"]).shown(), @"
    exit 0
    --- stdout
    EMAIL                 NAME                  ROLE      ACCOUNTS  LOGIN
    zoe@fabrikam.example  zoe@fabrikam.example  customer  3001      yes
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["user", "disable", "max@fabrikam.example"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no user max@fabrikam.example
    ");
    insta::assert_snapshot!(operator.run(&["account", "member", "3002", "zoe@fabrikam.example"]).shown(), @"
    exit 0
    --- stdout
    ID    NAME      PLAN  ENVIRONMENT  PRODUCTS  MEMBERS
    3002  Fabrikam  web   production   clm       zoe@fabrikam.example
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["account", "member", "3002", "max@fabrikam.example"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no user max@fabrikam.example
    ");
    insta::assert_snapshot!(operator.run(&["account", "member", "9"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no account 9
    ");
    insta::assert_snapshot!(operator.run(&["account", "member", "3001", "--csv=id,members"]).shown(), @"
    exit 0
    --- stdout
    id,members
    3001,[]
    --- stderr
    ");
    insta::assert_snapshot!(operator.run(&["user", "list", "--jq", ".[].accounts"]).shown(), @r#"
    exit 0
    --- stdout
    ["3002"]
    --- stderr
    "#);
}

#[test]
fn an_import_loads_everything_or_nothing() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let operator = Operator::new(&world);
    let import = |text: &str| operator.run_with(&["import", "-"], text);
    const GOOD: &str = "[[account]]\nid = '1'\nname = 'One'\nproducts = ['clm']\nplan = 'web'\nenvironment = 'production'\n\
                        [[user]]\nemail = 'zoe@example.com'\nrole = 'customer'\naccounts = ['1']\n";
    // The same with one thing wrong.
    let with = |old: &str, new: &str| import(&GOOD.replace(old, new));
    insta::assert_snapshot!(with("'clm'", "'fax'").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: account `1`: `fax` is not a product: choose from esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm
    ");
    insta::assert_snapshot!(with("accounts = ['1']", "accounts = ['2']").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: user `zoe@example.com`: there is no account 2
    ");
    insta::assert_snapshot!(with("zoe@example.com", "zoe").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: user `zoe`: `zoe` is not an e-mail address
    ");
    insta::assert_snapshot!(with("'customer'", "'boss'").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: line 9: `boss` is not a role: choose one of customer, expert
    ");
    insta::assert_snapshot!(with("plan = 'web'", "plam = 'web'").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: line 5: unknown field `plam`, expected one of `id`, `name`, `products`, `plan`, `environment`, `trial`
    ");
    insta::assert_snapshot!(with("role", "password = 'short'\nrole").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: user `zoe@example.com`: a password has at least 8 characters
    ");
    insta::assert_snapshot!(import(&format!("{GOOD}{}", &GOOD[GOOD.find("[[user]]").unwrap()..])).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: user `zoe@example.com`: stands twice
    ");
    // Not even a line that can't be read is shown: it may have a password.
    insta::assert_snapshot!(with("role", "password = \"sample-password\nrole").shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: line 9: invalid basic string, expected `"`
    "#);
    insta::assert_snapshot!(import("this is no TOML").shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: standard input: line 1: key with no value, expected `=`
    ");
    insta::assert_snapshot!(operator.run(&["import", "missing.toml"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: cannot read missing.toml: No such file or directory (os error 2)
    ");
    // Nothing of any of these is there.
    insta::assert_snapshot!(operator.run(&["account", "list", "--json"]).shown(), @"
    exit 0
    --- stdout
    []
    --- stderr
    ");
    insta::assert_snapshot!(import(GOOD).shown(), @"
    exit 0
    --- stdout
    --- stderr
    loaded 1 account and 1 user
    ");
    insta::assert_snapshot!(import(GOOD).shown(), @"
    exit 0
    --- stdout
    --- stderr
    loaded 1 account and 1 user
    ");
    insta::assert_snapshot!(operator.run(&["user", "list"]).shown(), @"
    exit 0
    --- stdout
    EMAIL            NAME             ROLE      ACCOUNTS  LOGIN
    zoe@example.com  zoe@example.com  customer  1         no password
    --- stderr
    ");
}

#[test]
fn a_check_names_what_is_wrong() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("trace.har", "{}");
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    let data = world.folder.path().join("portal");
    let check = ["portal", "check", "--data", path(&data)];
    insta::assert_snapshot!(sam.run(&check).shown(), @"
    exit 0
    --- stdout
    all is well: 1 case, 1 attachment, 2 B
    --- stderr
    ");
    let blob = files_below(&data.join("blobs")).pop().unwrap();
    std::fs::write(&blob, "[]").unwrap();
    insta::assert_snapshot!(sam.run(&check).shown(), @"
    exit 1
    --- stdout
    something is wrong: 1 case, 1 attachment, 2 B
    wrong: attachment `trace.har` of case 00000001: its file has other content than when it was attached
    --- stderr
    docket: the portal's database and files don't agree
    hint: restore them from a backup, or see which cases the problems name
    ");
    std::fs::remove_file(&blob).unwrap();
    insta::assert_snapshot!(sam.run(&[&check[..], &["--json=well,problems"]].concat()).shown(), @r#"
    exit 1
    --- stdout
    {"well":false,"problems":["attachment `trace.har` of case 00000001: its file can't be read: No such file or directory (os error 2)"]}
    --- stderr
    {"error":{"kind":"failed","code":1,"message":"the portal's database and files don't agree","hints":["restore them from a backup, or see which cases the problems name"],"fields":[],"request_id":null}}
    "#);
}

#[test]
fn what_a_check_needs_stands_in_its_usage() {
    let world = World::new();
    let run = world.sam().run(&["portal", "check"]).exits(2);
    assert!(run.stderr.contains("Usage: docket portal check <BACKUP|--data <DIR>>"), "{}", run.stderr);
    world.sam().run(&["portal", "check", "portal.tar", "--data", "portal"]).exits(2);
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|place| if place.is_dir() { files_below(&place) } else { vec![place] }).collect()
}

#[test]
fn a_database_of_a_newer_docket_is_left_alone() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let operator = Operator::new(&world);
    operator.run(&["account", "add", "1", "--name", "One", "--product", "clm"]).succeeded();
    let database = world.folder.path().join("mine/portal.db");
    crate::world::sql(&database, "UPDATE _sqlx_migrations SET version = version + 1000");
    insta::assert_snapshot!(operator.run(&["serve", "--listen", "127.0.0.1:0"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: [folder]/mine/portal.db was written by a newer docket (its version is 1002, this one knows up to 2): use a newer docket
    ");
    insta::assert_snapshot!(operator.run(&["user", "list", "--json"]).shown(), @r#"
    exit 1
    --- stdout
    --- stderr
    {"error":{"kind":"failed","code":1,"message":"[folder]/mine/portal.db was written by a newer docket (its version is 1002, this one knows up to 2): use a newer docket","hints":[],"fields":[],"request_id":null}}
    "#);
}

#[test]
fn every_shell_gets_completions() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let stranger = world.stranger("new");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = stranger.run(&["completions", shell]).succeeded();
        assert!(run.stdout.contains("docket") && run.stderr.is_empty(), "{shell}");
    }
    insta::assert_snapshot!(stranger.run(&["completions", "tcsh"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'tcsh' for '<SHELL>'
      [possible values: bash, elvish, fish, powershell, zsh]

      tip: a similar value exists: 'zsh'

    For more information, try '--help'.
    ");
    assert!(!stranger.home().exists());
}
