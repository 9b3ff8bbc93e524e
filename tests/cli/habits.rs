//! What users of other clients complain about, and what their sources get wrong: each has a test here, or
//! beside what it is about.
//!
//! | habit | where it is held |
//! |---|---|
//! | a failed command exits with 0 | `exit_codes::every_exit_code_has_its_json` |
//! | standard input is read whenever it isn't a terminal | `exit_codes::standard_input_is_left_alone_unless_it_is_asked_for` |
//! | a question after the case exists | here |
//! | a write sent again blindly after a dropped connection | `exit_codes::a_write_that_is_cut_off_is_asked_for_again_with_the_same_key` |
//! | a whole attachment in memory | here |
//! | a stack trace where the connection is refused | `exit_codes::nothing_is_sent_to_a_portal_that_is_not_there_and_it_is_kept` |
//! | a minute and a half until a missing portal is noticed | `bad_input::a_portal_that_is_missing_is_noticed_in_under_a_second` |
//! | a dry run that relies on the server | `filing::a_dry_run_prints_what_is_then_sent_and_sends_nothing` |
//! | a proxy that is passed over | here |
#![cfg(unix)]

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use docket::portal::Options;

use crate::relay::{Deed, Relay, problem};
use crate::screen::Terminal;
use crate::world::{World, answers, path, run};

#[test]
fn nothing_is_asked_once_the_case_exists() {
    let world = World::new();
    let file = world.file("trace.har", "{}");
    let relay = Relay::interfering(&world.url, |request| match request.attaches() {
        true => Deed::Answer(problem("no-space", 507, "the portal is out of space")),
        false => Deed::Pass,
    });
    let args = answers(&[("attach", path(&file))]);
    let args: Vec<&str> = ["case", "new"].into_iter().chain(args.iter().map(String::as_str)).collect();
    // With a terminal there is somebody to ask, and without one nobody.
    let terminal = Terminal::sized(&world.sam().to(&relay.url).command(&args), 100, 60);
    terminal.shows("docket: case 00000001 is open, but not everything that goes with it was sent");
    let raw = terminal.raw();
    assert_eq!(terminal.ends().0, 9);
    assert!(!raw.contains("\u{1b}[?2004h") && !raw.contains(" ›"), "something was asked: {raw:?}");
    let run = world.sam().to(&relay.url).run(&args).exits(9);
    assert!(run.stdout.contains("Case 00000002 is open."), "{}", run.stdout);
}

#[test]
fn a_large_file_does_not_have_to_fit_into_memory() {
    let world = World::with(|options| Options { max_attachment: 1 << 30, ..options });
    let sam = world.sam();
    let number = sam.open(&[]);
    let place = world.folder.path().join("large.bin");
    File::create(&place).unwrap().set_len(200_000_000).unwrap();
    // At most 64 MiB of memory to write to; the file has three times as much.
    let limited = |args: &[&str]| {
        let docket = sam.command(args);
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "ulimit -d 65536; exec \"$0\" \"$@\""]);
        command.arg(docket.get_program()).args(docket.get_args());
        command.env_clear().current_dir(world.folder.path());
        command.envs(docket.get_envs().filter_map(|(name, value)| Some((name, value?))));
        run(command, None)
    };
    limited(&["case", "attach", &number, path(&place)]).succeeded();
    limited(&["case", "download", &number, "--dir", "fetched"]).succeeded();
    assert_eq!(world.folder.path().join("fetched/large.bin").metadata().unwrap().len(), 200_000_000);
}

#[test]
fn a_proxy_is_gone_through_unless_it_is_not_for_the_portal() {
    let world = World::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        BufReader::new(stream).lines().next().unwrap().unwrap()
    });
    let portal = "https://portal.invalid";
    let sam = world.sam().to(portal).with("HTTPS_PROXY", &proxy);
    sam.clone().with("NO_PROXY", "portal.invalid").run(&["status"]).exits(6);
    assert!(!asked.is_finished(), "a proxy that isn't for the portal was asked");
    sam.run(&["status"]).exits(6);
    assert_eq!(asked.join().unwrap(), "CONNECT portal.invalid:443 HTTP/1.1");
}
