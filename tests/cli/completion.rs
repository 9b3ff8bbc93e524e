//! Pressing Tab: the scripts in `completions/`, in the shells that are there.
//!
//! bash has to be; zsh and fish are tried where they are installed, and where `DOCKET_TEST_SHELLS` names
//! them they have to be.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::world::{User, World};

/// A world in which sam has cases: 1, about something nasty, and 2, which is closed.
fn lived_in() -> World {
    let world = World::new();
    let sam = world.log_in("sam", "sam@example.com").at("1001");
    sam.open(&[("subject", "$(touch evil) `touch evil`; touch evil"), ("watch", "ops@example.com")]);
    sam.open(&[("subject", "Old"), ("watch", "lee@example.com")]);
    sam.run(&["case", "close", "2", "--reason", "Solved."]).succeeded();
    sam.run(&["case", "list"]).succeeded();
    sam.run(&["resources", "access", "code"]).succeeded();
    world
}

fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("completions").join(name)
}

/// A shell that runs `code` as sam, with this docket before all others, and arguments; what it prints.
fn shell(sam: &User, program: &[&str], code: &str, arguments: &[&str]) -> String {
    let docket = sam.command(&[]);
    let folder = PathBuf::from(docket.get_program()).parent().unwrap().to_owned();
    let mut command = Command::new(program[0]);
    command.args(&program[1..]).arg("-c").arg(code).args(arguments).env_clear();
    command.envs(docket.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.display())).env("LC_ALL", "C.UTF-8");
    let Output { status, stdout, stderr } =
        command.current_dir(sam.home()).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert!(status.success() && said.is_empty(), "{code}: {status}: {said}");
    String::from_utf8(stdout).unwrap()
}

/// Whether a shell can be tried here. Where it can't, that is said.
fn there_is(shell: &str) -> bool {
    let found = Command::new(shell).args(["-c", "true"]).output().is_ok();
    let demanded = std::env::var("DOCKET_TEST_SHELLS").unwrap_or_default();
    assert!(found || !demanded.split_whitespace().any(|name| name == shell), "{shell} isn't installed");
    if !found {
        // Past the harness, which would keep it to itself.
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "{shell} isn't installed: its completions are not tried here");
    }
    found
}

/// What bash would do with `line` when Tab is pressed at its end: the candidates, and what else it is to
/// complete by itself.
fn bash(sam: &User, line: &str, word: &str, tab: &str) -> String {
    let code = r#"
        source "$1"
        complete -p docket >/dev/null || exit 1
        compopt() { [[ $2 == nosort ]] || printf '<%s>\n' "$2"; }
        COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=$4
        _docket docket "$3" ""
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let script = script("docket.bash");
    let program = ["bash", "--norc", "--noprofile"];
    shell(sam, &program, code, &["bash", script.to_str().unwrap(), line, word, tab])
        .trim_end()
        .replace('\n', " ")
}

#[test]
fn bash_completes_commands_flags_and_what_docket_has_seen() {
    let world = lived_in();
    let sam = world.stranger("sam").at("1001");
    for (line, word, candidates) in [
        ("docket acc", "acc", "accounts"),
        ("docket case new --product ", "", "esignature rooms"),
        ("docket case new --product esignature --category se", "se", "sending"),
        // bash takes `=` and `:` for the ends of words.
        ("docket case new --product=es", "es", "esignature"),
        ("docket case list --status=open,p", "open,p", "open,pending"),
        ("docket logout http:", "", world.url.trim_start_matches("http:")),
        ("docket case show ", "", "00000002 00000001"),
        ("docket case show 1", "1", "1"),
        ("docket case comment ", "", "00000001"),
        ("docket case new --follows ", "", "00000002"),
        ("docket case watch 1 --remove ", "", "ops@example.com"),
        ("docket resources show signing-a", "signing-a", "signing-access-code"),
        ("docket accounts switch 10", "10", "1001 1002 1003 1004 1005"),
        ("docket case attach 1 ", "", "<default>"),
        ("docket case download 1 --dir ", "", "<dirnames>"),
        ("docket case comment 1 -m ", "", ""),
        ("docket nonsense c", "c", ""),
    ] {
        assert_eq!(bash(&sam, line, word, "9"), candidates, "{line}");
    }
    assert!(!sam.home().join("evil").exists());
}

#[test]
fn bash_describes_only_what_it_lists() {
    let world = lived_in();
    let sam = world.stranger("sam").at("1001");
    let listed = bash(&sam, "docket case show ", "", "63");
    assert_eq!(listed, "00000002  (Closed: Old) 00000001  (Open: $(touch evil) `touch evil`; touch evil)");
    assert_eq!(bash(&sam, "docket case show 00000001", "00000001", "63"), "00000001");
    assert!(!sam.home().join("evil").exists());
}

#[test]
fn zsh_completes_what_docket_has_seen() {
    if !there_is("zsh") {
        return;
    }
    let world = lived_in();
    let sam = world.stranger("sam").at("1001");
    let code = r#"
        compdef() { }
        _describe() { print -l -- "${(@P)3}" }
        _files() { print -- "<files $*>" }
        compset() { }
        source $1
        words=("${(@)argv[2,-1]}") CURRENT=$#words PREFIX=$words[-1]
        _docket
        true
    "#;
    let script = script("_docket");
    for (words, candidates) in [
        (&["acc"][..], "accounts:List and switch accounts"),
        (
            &["case", "show", ""],
            "00000002:Closed: Old\n00000001:Open: $(touch evil) `touch evil`; touch evil",
        ),
        (&["case", "new", "--product='esignature'", "--category", "se"], "sending:Sending"),
        (&["case", "new", "--product=es"], "--product=esignature:eSignature"),
        (&["case", "attach", "1", ""], "<files >"),
        (&["case", "download", "1", "--dir", ""], "<files -/>"),
        (&["nonsense", "c"], ""),
    ] {
        let arguments = [&["zsh", script.to_str().unwrap(), "docket"], words].concat();
        let printed = shell(&sam, &["zsh", "-f"], code, &arguments);
        assert_eq!(printed.trim_end(), candidates, "{words:?}");
    }
    assert!(!sam.home().join("evil").exists());
}

#[test]
fn fish_completes_what_docket_has_seen() {
    if !there_is("fish") {
        return;
    }
    let world = lived_in();
    let sam = world.stranger("sam").at("1001");
    std::fs::write(sam.home().join("trace.har"), "").unwrap();
    let code = "source $argv[1]; complete -C $argv[2]";
    let script = script("docket.fish");
    for (line, candidates) in [
        (
            "docket case show ",
            "00000002\tClosed: Old\n00000001\tOpen: $(touch evil) `touch evil`; touch evil",
        ),
        ("docket case new --product es", "esignature\teSignature"),
        ("docket case new --product=es", "--product=esignature\teSignature"),
        ("docket case attach 1 tr", "trace.har"),
        ("docket nonsense c", ""),
    ] {
        let printed = shell(&sam, &["fish", "--no-config"], code, &[script.to_str().unwrap(), line]);
        assert_eq!(printed.trim_end(), candidates, "{line}");
    }
    assert!(!sam.home().join("evil").exists());
}

#[test]
fn a_completion_neither_fails_nor_talks_nor_leaves_anything() {
    let world = World::new();
    let stranger = world.stranger("nobody").with("DOCKET_PORTAL", "local");
    for words in [
        &["__complete", "bash", "--line=docket case show ", "--word="][..],
        &["__complete", "fish", "--word=", "--", "case", "new", "--product"],
        &["__complete", "zsh", "--word=--json", "--", "--portal", "nonsense://", "case", "show"],
    ] {
        let run = stranger.run(words).succeeded();
        assert!(run.stdout.starts_with("values\n") && run.stderr.is_empty(), "{words:?}: {run:?}");
    }
    assert_eq!(stranger.files(), Vec::<String>::new());
    assert!(!stranger.home().join("data").exists(), "the built-in portal was started");
}
