//! Where settings come from, as the binary sees it, and what a `.docket.toml` of somebody else's can't do.

use std::net::TcpListener;

use crate::relay::Relay;
use crate::world::{Run, User, World, answers, path, settings};

/// Somebody who listens, hoping for a token.
struct Eavesdropper {
    listener: TcpListener,
    url: String,
}

impl Eavesdropper {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        Self { listener, url }
    }

    /// Nobody has connected so far.
    #[track_caller]
    fn heard_nothing(&self) {
        let error = self.listener.accept().map(|(_, from)| from).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
    }
}

fn configure(user: &User, text: &str) {
    std::fs::create_dir_all(user.home().join("config")).unwrap();
    std::fs::write(user.home().join("config/config.toml"), text).unwrap();
}

/// Commands of every kind that talk to a portal.
fn commands() -> Vec<Vec<String>> {
    let new = [vec!["case".to_owned(), "new".to_owned()], answers(&[])].concat();
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    vec![
        new,
        words("status"),
        words("accounts list"),
        words("accounts switch 1001"),
        words("form"),
        words("resources access"),
        words("case list"),
        words("case comment 1 -m text"),
        words("expert queue"),
        words("logout"),
        words("doctor"),
    ]
}

fn all(user: &User) -> Vec<Run> {
    commands().iter().map(|words| user.run(&words.iter().map(String::as_str).collect::<Vec<_>>())).collect()
}

#[test]
fn status_says_of_everything_where_it_comes_from() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.log_in("kim", "kim@example.com");
    configure(
        &kim,
        "timeout = '2m'\nca_bundle = 'ca.pem'\neditor = 'nano'\npager = 'less'\nbrowser = 'lynx'\n\
         lang = 'de'\n[defaults]\nproduct = 'rooms'\ncontact-method = 'email'\n",
    );
    world.file(".docket.toml", "# ours\naccount = '1001'\n[defaults]\nproduct = 'esignature'\n");
    insta::assert_snapshot!(kim.run(&["status", "-v"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    file, expires [moment] ([when])

    Portal                  http://127.0.0.1:[port]  (the last login)
    Account                 1001  ([folder]/.docket.toml:2)
    Token                   in [folder]/homes/kim/data/credentials.json  (the last login)
    Language                de  ([folder]/homes/kim/config/config.toml:6)
    Timeout                 2m  ([folder]/homes/kim/config/config.toml:1)
    CA bundle               [folder]/homes/kim/config/ca.pem
                            ([folder]/homes/kim/config/config.toml:2)
    Editor                  nano  ([folder]/homes/kim/config/config.toml:3)
    Pager                   less  ([folder]/homes/kim/config/config.toml:4)
    Browser                 lynx  ([folder]/homes/kim/config/config.toml:5)
    Default contact_method  email  ([folder]/homes/kim/config/config.toml:9)
    Default product         esignature  ([folder]/.docket.toml:4)
    Secrets                 auto  (the default)
    Personal data           stays  (the default)
    Configuration           [folder]/homes/kim/config  (DOCKET_CONFIG_DIR)
    Data                    [folder]/homes/kim/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
    let kim = kim.with("DOCKET_LANG", "fr").with("VISUAL", "vi").with("BROWSER", "w3m");
    let kim = kim.with("DOCKET_TOKEN", world.token("kim@example.com").reveal()).to(&world.url);
    insta::assert_snapshot!(kim.run(&["status", "-v", "--lang", "ja", "--timeout", "90s"]).shown(), @"
    exit 0
    --- stdout
    Portal   http://127.0.0.1:[port]
    User     kim@example.com, customer
    Account  Northwind Legal (1001), paid plan
    Token    environment, expires [moment] ([when])

    Portal                  http://127.0.0.1:[port]  (DOCKET_PORTAL)
    Account                 1001  ([folder]/.docket.toml:2)
    Token                   given  (DOCKET_TOKEN)
    Language                ja  (the command line)
    Timeout                 1m30s  (the command line)
    CA bundle               [folder]/homes/kim/config/ca.pem
                            ([folder]/homes/kim/config/config.toml:2)
    Editor                  vi  (VISUAL)
    Pager                   less  ([folder]/homes/kim/config/config.toml:4)
    Browser                 w3m  (BROWSER)
    Default contact_method  email  ([folder]/homes/kim/config/config.toml:9)
    Default product         esignature  ([folder]/.docket.toml:4)
    Secrets                 auto  (the default)
    Personal data           stays  (the default)
    Configuration           [folder]/homes/kim/config  (DOCKET_CONFIG_DIR)
    Data                    [folder]/homes/kim/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
    insta::assert_snapshot!(kim.run(&["status", "-v", "--portal", "local", "--account", "1002"]).shown(), @"
    exit 0
    --- stdout
    Portal   local
    User     sam@example.com, customer
    Account  Northwind Shop (1002), web plan
    Token    none needed

    Portal                  local  (the command line)
    Account                 1002  (the command line)
    Token                   none needed
    Language                fr  (DOCKET_LANG)
    Timeout                 2m  ([folder]/homes/kim/config/config.toml:1)
    CA bundle               [folder]/homes/kim/config/ca.pem
                            ([folder]/homes/kim/config/config.toml:2)
    Editor                  vi  (VISUAL)
    Pager                   less  ([folder]/homes/kim/config/config.toml:4)
    Browser                 w3m  (BROWSER)
    Default contact_method  email  ([folder]/homes/kim/config/config.toml:9)
    Default product         esignature  ([folder]/.docket.toml:4)
    Secrets                 auto  (the default)
    Personal data           stays  (the default)
    Configuration           [folder]/homes/kim/config  (DOCKET_CONFIG_DIR)
    Data                    [folder]/homes/kim/data  (DOCKET_DATA_DIR)
    --- stderr
    ");
}

#[test]
fn a_folder_can_not_send_a_token_elsewhere() {
    let world = World::new();
    let evil = Eavesdropper::new();
    world.file(".docket.toml", format!("portal = '{}'\n", evil.url));
    // Logged in elsewhere; with a token of the environment; with a command that fetches one.
    let kim = world.log_in("kim", "kim@example.com");
    let with_token = world.stranger("token").with("DOCKET_TOKEN", "t0ken-1");
    let was_run = world.folder.path().join("was-run");
    let command = format!("touch {}; echo t0ken-1", path(&was_run));
    let with_command = world.stranger("command").with("DOCKET_TOKEN_COMMAND", &command);
    let with_command = with_command.with("PATH", "/usr/bin:/bin");
    for user in [kim, with_token, with_command] {
        for run in all(&user) {
            assert!(matches!(run.code, Some(1 | 4)), "{}", run.shown());
            assert!(run.stderr.contains("nothing was sent there") || run.code == Some(1), "{}", run.shown());
            evil.heard_nothing();
        }
    }
    assert!(!was_run.exists());
}

/// The portal is known, because somebody has logged in there, but the token may be for another one.
#[test]
fn a_folder_can_not_make_the_environments_token_go_to_another_portal_that_is_known() {
    let world = World::new();
    let evil = Relay::to(&world.url);
    let kim = world.stranger("kim").to(&evil.url);
    let login = ["login", "--email", "kim@example.com", "--password-stdin"];
    kim.run_with(&login, crate::world::PASSWORD).succeeded();
    world.file(".docket.toml", format!("portal = '{}'\n", evil.url));
    let was_run = world.folder.path().join("was-run");
    let command = format!("touch {}; echo t0ken-1", path(&was_run));
    let kim = world.stranger("kim").with("PATH", "/usr/bin:/bin");
    for user in [kim.clone().with("DOCKET_TOKEN", "t0ken-1"), kim.with("DOCKET_TOKEN_COMMAND", &command)] {
        for run in all(&user) {
            assert_ne!(run.code, Some(2), "{}", run.shown());
            assert!(!run.shown().contains("t0ken-1"));
        }
    }
    assert!(!was_run.exists());
    let tokens =
        evil.heard().into_iter().filter_map(|request| request.header("authorization").map(str::to_owned));
    assert!(tokens.into_iter().all(|token| !token.contains("t0ken-1")));
}

#[test]
fn a_portal_that_points_elsewhere_is_not_followed() {
    let world = World::new();
    let evil = Eavesdropper::new();
    for status in [301, 302, 303, 307, 308] {
        let answer = format!(
            "HTTP/1.1 {status} Elsewhere\r\nlocation: {}/v1/me\r\ncontent-length: 0\r\n\r\n",
            evil.url
        );
        let stub = Relay::answering(answer);
        let kim = world.stranger("kim").to(&stub.url).with("DOCKET_TOKEN", "t0ken-1");
        for run in all(&kim) {
            assert_ne!(run.code, Some(0), "{}", run.shown());
            evil.heard_nothing();
        }
        assert!(!stub.heard().is_empty());
    }
}

#[test]
fn a_folder_sets_no_command_and_no_secret() {
    let world = World::new();
    let sam = world.sam();
    for key in
        ["editor", "pager", "browser", "lang", "timeout", "ca_bundle", "token", "token_command", "data_dir"]
    {
        world.file(".docket.toml", format!("{key} = 'touch was-run #'\n"));
        let run = sam.run(&["status", "--json"]).exits(2);
        let message = run.error()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(&format!(".docket.toml:1: `{key}` ")), "{message}");
    }
    assert!(!world.folder.path().join("was-run").exists());
}

/// They answer fields of the form, and nothing else: no file is attached, nobody is made to watch, nothing is
/// sent in another account.
#[test]
fn a_folders_defaults_only_answer_questions() {
    let world = World::new();
    let sam = world.sam();
    let secret = world.file("secret.txt", "s3cret");
    let new = || {
        let args = answers(&[]);
        let args: Vec<&str> =
            ["case", "new", "--json"].into_iter().chain(args.iter().map(String::as_str)).collect();
        sam.run(&args)
    };
    for (key, value) in [
        ("watch", "evil@evil.example"),
        ("watchers", "evil@evil.example"),
        ("follows", "1"),
        ("attach", path(&secret)),
        ("description_file", path(&secret)),
        ("from", path(&secret)),
        ("editor", "touch was-run"),
        ("portal", "https://evil.example"),
    ] {
        world.file(".docket.toml", format!("[defaults]\n{key} = '{value}'\n"));
        let run = new().exits(2);
        let message = run.error()["message"].as_str().unwrap().to_owned();
        assert!(message.ends_with(&format!(".docket.toml:2: the form has no field `{key}`")), "{message}");
    }
    world.file(".docket.toml", "[defaults]\ntoken_command = 'x'\n");
    new().exits(2);
    world.file(".docket.toml", "");
    assert_eq!(sam.json(&["case", "list"])["total"], 0);

    // Files are named by people only.
    world.file(".docket.toml", format!("[defaults]\nattachment = '{}'\n", path(&secret)));
    let run = new().exits(3);
    assert_eq!(run.fields(), ["attachment"]);
    world.file(".docket.toml", "[defaults]\naccount = '1003'\nsubject = 'Theirs'\nuser_impact = 'several'\n");
    let case = new().succeeded().json();
    assert_eq!((&case["account"]["id"], &case["user_impact"]), (&"1001".into(), &"several".into()), "{case}");
    assert_eq!(case["subject"], "Envelopes stay in the outbox");
}

#[test]
fn the_token_command_is_run_once_and_shows_nothing() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let token = world.token("sam@example.com");
    let runs = world.folder.path().join("runs");
    let script = format!("echo x >> {}; echo {}; echo n0ise >&2", path(&runs), token.reveal());
    let sam = world.stranger("sam").to(&world.url).at("1001").with("PATH", "/usr/bin:/bin");
    let with_command = sam.clone().with("DOCKET_TOKEN_COMMAND", &script);
    let count = || std::fs::read_to_string(&runs).unwrap_or_default().lines().count();
    for (before, words) in commands().iter().enumerate().filter(|(_, words)| words[0] != "logout") {
        let began = count();
        let run = with_command.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(count() - began, 1, "{before}: {words:?}: {}", run.shown());
        assert!(!run.shown().contains(token.reveal()) && !run.shown().contains("n0ise"), "{}", run.shown());
    }
    // Everything in the outbox is sent as whoever the command says, who is asked for once.
    let number = with_command.open(&[]);
    world.stop();
    for text in ["One.", "Two.", "Three."] {
        with_command.run(&["case", "comment", &number, "-m", text]).exits(6);
    }
    world.restart(|options| options);
    let began = count();
    with_command.run(&["outbox", "send"]).succeeded();
    assert_eq!(count() - began, 1);

    for (script, expected) in [
        ("exit 7", "DOCKET_TOKEN_COMMAND failed: exit status: 7"),
        ("echo t0ken; echo t0ken >&2; false", "DOCKET_TOKEN_COMMAND failed: exit status: 1"),
        ("no-such-command", "DOCKET_TOKEN_COMMAND failed: there is no such command (exit status 127)"),
        ("true", "DOCKET_TOKEN_COMMAND gives no token: a token is one word"),
        ("echo", "DOCKET_TOKEN_COMMAND gives no token: a token is one word"),
        ("echo t0ken and more", "DOCKET_TOKEN_COMMAND gives no token: a token is one word"),
    ] {
        let run = sam.clone().with("DOCKET_TOKEN_COMMAND", script).run(&["case", "list", "--json"]).exits(4);
        assert_eq!(run.error()["message"], expected, "{script}");
        assert!(!run.shown().contains("t0ken"), "{}", run.shown());
    }
}

#[test]
fn without_the_portal_status_says_what_is_known_here() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let kim = world.log_in("kim", "kim@example.com");
    configure(&kim, "timeout = '2m'\n[defaults]\nproduct = 'rooms'\n");
    world.file(".docket.toml", "account = '1001'\n");
    world.stop();
    insta::assert_snapshot!(kim.run(&["status", "-v"]).shown(), @"
    exit 6
    --- stdout
    Portal           http://127.0.0.1:[port]  (the last login)
    Account          1001  ([folder]/.docket.toml:1)
    Token            in [folder]/homes/kim/data/credentials.json  (the last login)
    Language         none
    Timeout          2m  ([folder]/homes/kim/config/config.toml:1)
    CA bundle        none
    Editor           none
    Pager            less  (the default)
    Browser          xdg-open  (the default)
    Default product  rooms  ([folder]/homes/kim/config/config.toml:3)
    Secrets          auto  (the default)
    Personal data    stays  (the default)
    Configuration    [folder]/homes/kim/config  (DOCKET_CONFIG_DIR)
    Data             [folder]/homes/kim/data  (DOCKET_DATA_DIR)
    --- stderr
    docket: the portal can't be reached: nothing listens at http://127.0.0.1:[port]
    hint: check the address, and that the portal runs
    ");
    insta::assert_snapshot!(kim.run(&["status"]).exits(6).stdout, @"");
    assert_eq!(kim.run(&["status", "-v", "--json"]).exits(6).error()["kind"], "unreachable");
    insta::assert_snapshot!(world.stranger("new").run(&["status", "-v"]).exits(4).stdout, @"
    Portal         none
    Account        none
    Token          none
    Language       none
    Timeout        30s  (the default)
    CA bundle      none
    Editor         none
    Pager          less  (the default)
    Browser        xdg-open  (the default)
    Secrets        auto  (the default)
    Personal data  stays  (the default)
    Configuration  [folder]/homes/new/config  (DOCKET_CONFIG_DIR)
    Data           [folder]/homes/new/data  (DOCKET_DATA_DIR)
    ");
}

#[test]
fn a_file_of_settings_with_several_mistakes_names_all_of_them() {
    let world = World::new();
    let kim = world.stranger("kim");
    configure(&kim, "acount = '1001'\ntimeout = 'soon'\nlang = 1\n");
    let error = kim.run(&["status", "--json"]).exits(2).error();
    let fields: Vec<&str> =
        error["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["acount", "timeout", "lang"]);
    let text = kim.run(&["status"]).exits(2).stderr;
    assert!(text.contains("  acount: is not a setting; did you mean `account`?  (line 1)\n"), "{text}");
}
