//! Files that go on where they stopped, whatever dies, and several at a time.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};

use docket::client::{Connection, Key, Settings};
use docket::portal::Options;
use docket::secret::Secret;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::relay::{Deed, Relay, Request, problem};
use crate::screen::Terminal;
use crate::serving::Served;
use crate::world::{PASSWORD, Run, User, World, answers, path};

/// Bytes that are sent again at most.
const PIECE: usize = 8 << 20;

/// Two pieces and a bit, of text: of anything else docket says that it wasn't searched.
fn content() -> Vec<u8> {
    let byte = |n: usize| match n % 80 {
        79 => b'\n',
        column if column % 8 == 7 => b' ',
        _ => b'a' + u8::try_from(n / 777 % 26).unwrap(),
    };
    (0..2 * PIECE + 1000).map(byte).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_patch(request: &Request) -> bool {
    request.method == "PATCH"
}

/// The bytes that left docket.
fn sent(relay: &Relay) -> usize {
    relay.heard().iter().filter(|request| is_patch(request)).map(|request| request.body.len()).sum()
}

fn offset(request: &Request) -> usize {
    request.header("upload-offset").unwrap().parse().unwrap()
}

fn start(user: &User, args: &[&str]) -> Child {
    user.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What came of a docket that got a signal.
fn signalled(child: Child, signal: &str) -> Run {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn attachments(user: &User, number: &str) -> Vec<(String, String)> {
    let case = user.json(&["case", "show", number]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let attachments = case["attachments"].as_array().unwrap();
    attachments.iter().map(|file| (text(&file["name"]), text(&file["sha256"]))).collect()
}

/// Gets docket killed in the middle of the second piece of a file, which is given back.
fn killed(world: &World, sam: &User, stuck: &mpsc::Receiver<()>, number: &str) -> PathBuf {
    let file = world.file("large.bin", content());
    let child = start(sam, &["case", "attach", number, path(&file)]);
    stuck.recv().unwrap();
    assert_eq!(signalled(child, "-KILL").code, None);
    assert_eq!(attachments(sam, number), []);
    file
}

/// Whether a request is about the second piece of [`content`].
fn is_second(request: &Request) -> bool {
    is_patch(request) && offset(request) == PIECE
}

#[test]
fn a_docket_that_was_killed_goes_on_where_the_portal_is() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, is_second);
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let file = killed(&world, &sam, &stuck, &number);
    let before = sent(&relay);
    assert_eq!(sam.files().iter().filter(|file| file.starts_with("data/uploads/")).count(), 1);

    let attach = ["case", "attach", &number, path(&file)];
    let run = sam.run(&attach).succeeded();
    assert_eq!(
        run.stderr,
        format!("{}: 8.4 MB of it were there already\nattached 1 file to case {number}\n", path(&file))
    );
    // Of what the portal had, nothing was sent again.
    assert_eq!(sent(&relay) - before, content().len() - PIECE);
    assert_eq!(attachments(&sam, &number), [("large.bin".to_owned(), sha256(&content()))]);
    assert!(!sam.files().iter().any(|file| file.starts_with("data/uploads/")), "{:?}", sam.files());
    // Whoever does it again wants it again.
    let run = sam.run(&attach).succeeded();
    assert_eq!(run.stderr, format!("attached 1 file to case {number}\n"));
    assert_eq!(attachments(&sam, &number).len(), 2);
}

#[test]
fn a_connection_that_breaks_costs_one_piece() {
    let world = World::new();
    let broken = AtomicBool::new(false);
    let relay = Relay::interfering(&world.url, move |request| {
        match is_second(request) && !broken.swap(true, Ordering::SeqCst) {
            true => Deed::Break(PIECE / 2),
            false => Deed::Pass,
        }
    });
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let file = world.file("large.bin", content());
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    let offsets: Vec<usize> = relay.heard().iter().filter(|request| is_patch(request)).map(offset).collect();
    assert_eq!(offsets[..3], [0, PIECE, PIECE]);
    let again = relay.heard().iter().filter(|request| is_patch(request) && offset(request) == PIECE).count();
    assert_eq!(again, 2);
    assert_eq!(attachments(&sam, &number), [("large.bin".to_owned(), sha256(&content()))]);
}

/// A gateway that gives each request a minute, at the end of a slow line.
#[test]
fn a_line_that_always_breaks_is_given_smaller_pieces() {
    const MOST: usize = 1 << 20;
    let world = World::new();
    let relay =
        Relay::interfering(&world.url, |request| match is_patch(request) && request.body.len() > MOST {
            true => Deed::Break(MOST),
            false => Deed::Pass,
        });
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let content = &content()[..3 * MOST];
    let file = world.file("large.bin", content);
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    assert_eq!(attachments(&sam, &number), [("large.bin".to_owned(), sha256(content))]);
}

/// Attaches a file of seven pieces over a line that counts as fast; the PATCH requests, by where they begin, how
/// long they are, and whether they have a checksum and the digest of the whole.
fn attached_fast(break_at: Option<usize>) -> Vec<(usize, usize, bool, bool)> {
    let world = World::with(|options| Options { max_attachment: 100_000_000, ..options });
    let broken = AtomicBool::new(break_at.is_none());
    let relay = Relay::interfering(&world.url, move |request| {
        let flows = is_patch(request) && request.header("upload-checksum").is_none();
        match break_at {
            Some(at) if flows && !broken.swap(true, Ordering::SeqCst) => Deed::Break(at),
            _ => Deed::Pass,
        }
    });
    let number = world.sam().open(&[]);
    let content: Vec<u8> = (0..7 * PIECE).map(|at| (at % 251) as u8).collect();
    let file = world.file("large.bin", &content);
    let settings = Settings { fast_line: 0, ..Settings::default() };
    let session = Connection::new(&relay.url, &settings).unwrap().with_token(world.token("sam@example.com"));
    session.attach(number.parse().unwrap(), &file, &Key::generate(), &|_| {}).unwrap();
    assert_eq!(attachments(&world.sam(), &number), [("large.bin".to_owned(), sha256(&content))]);
    let patches = relay.heard().into_iter().filter(is_patch);
    let has = |request: &Request, name: &str| request.header(name).is_some();
    patches
        .map(|patch| {
            let (checksum, digest) = (has(&patch, "upload-checksum"), has(&patch, "repr-digest"));
            (offset(&patch), patch.body.len(), checksum, digest)
        })
        .collect()
}

#[test]
fn a_fast_line_carries_most_of_a_file_in_one_flow() {
    let checked = |piece: usize| (piece * PIECE, PIECE, true, false);
    let expected = [
        checked(0),
        checked(1),
        checked(2),
        checked(3),
        (4 * PIECE, 2 * PIECE, false, false),
        (6 * PIECE, PIECE, true, true),
    ];
    assert_eq!(attached_fast(None), expected);
}

#[test]
fn what_has_come_of_a_flow_that_breaks_is_not_sent_again() {
    let patches = attached_fast(Some(PIECE + PIECE / 2));
    let after = &patches[5..];
    // The portal may not have written the last of what it got.
    assert!((4 * PIECE + 1..=5 * PIECE + PIECE / 2).contains(&after[0].0), "{patches:?}");
    assert!(after.iter().all(|(_, _, checksum, _)| *checksum), "{patches:?}");
    assert!(after.last().unwrap().3, "{patches:?}");
}

#[test]
fn what_arrived_without_docket_hearing_of_it_is_not_attached_twice() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("a.log", "a line\n");
    let (told, stuck) = mpsc::channel();
    let told = Mutex::new(Some(told));
    let relay = Relay::interfering(&world.url, move |request| {
        let mut told = told.lock().unwrap();
        match request.method.as_str() {
            "PATCH" if told.is_some() => Deed::LoseAnswer,
            "HEAD" if told.is_some() => {
                told.take().unwrap().send(()).unwrap();
                Deed::Hang
            }
            _ => Deed::Pass,
        }
    });
    let sam = sam.to(&relay.url);
    let attach = ["case", "attach", &number, path(&file)];
    let child = start(&sam, &attach);
    stuck.recv().unwrap();
    signalled(child, "-KILL");
    assert_eq!(attachments(&sam, &number).len(), 1);
    let run = sam.run(&attach).succeeded();
    assert_eq!(
        run.stderr,
        format!("{}: it was there already\nattached 1 file to case {number}\n", path(&file))
    );
    assert_eq!(attachments(&sam, &number).len(), 1);
}

#[test]
fn an_interruption_says_how_to_go_on() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("large.bin", content());
    let (relay, stuck) = Relay::sticking(&world.url, is_patch);
    let child = start(&sam.to(&relay.url), &["case", "attach", &number, path(&file)]);
    stuck.recv().unwrap();
    let run = signalled(child, "-INT").exits(130);
    assert_eq!(run.stderr, "docket: interrupted\nhint: the same command goes on where it stopped\n");
}

#[test]
fn a_file_that_has_changed_since_is_sent_from_its_beginning() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, is_second);
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let file = killed(&world, &sam, &stuck, &number);
    let changed: Vec<u8> = content().into_iter().rev().chain([1]).collect();
    std::fs::write(&file, &changed).unwrap();
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    assert_eq!(attachments(&sam, &number), [("large.bin".to_owned(), sha256(&changed))]);
    // Nothing is to come of what was there of it.
    assert_eq!(relay.heard().iter().filter(|request| request.method == "DELETE").count(), 1);
    let partial = world.folder.path().join("portal/blobs/partial");
    assert_eq!(std::fs::read_dir(partial).unwrap().count(), 0);
}

/// Nothing tells that the file has changed but its content.
#[test]
fn a_file_that_has_changed_in_secret_is_sent_from_its_beginning() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, is_second);
    let sam = world.sam().to(&relay.url);
    let number = sam.open(&[]);
    let file = killed(&world, &sam, &stuck, &number);
    let when = file.metadata().unwrap().modified().unwrap();
    let changed: Vec<u8> = content().into_iter().rev().collect();
    std::fs::write(&file, &changed).unwrap();
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(when).unwrap();
    let before = sent(&relay);
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    assert_eq!(attachments(&sam, &number), [("large.bin".to_owned(), sha256(&changed))]);
    // It did go on first.
    assert_eq!(sent(&relay) - before, 2 * content().len() - PIECE);
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_is_not_attached() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("large.bin", content());
    let shrunk = AtomicBool::new(false);
    let relay = Relay::interfering(&world.url, {
        let file = file.clone();
        move |request| {
            if is_patch(request) && !shrunk.swap(true, Ordering::SeqCst) {
                std::fs::File::options().write(true).open(&file).unwrap().set_len(9_000_000).unwrap();
            }
            Deed::Pass
        }
    });
    let sam = sam.to(&relay.url);
    let error = sam.run(&["case", "attach", &number, path(&file), "--json"]).exits(1).error();
    assert_eq!(error["message"], format!("{}: it shrank while it was sent", path(&file)));
    assert!(relay.heard().iter().any(|request| request.method == "DELETE"));
    assert_eq!(attachments(&sam, &number), []);
    // What it is now can be attached.
    sam.run(&["case", "attach", &number, path(&file)]).succeeded();
    assert_eq!(attachments(&sam, &number)[0].1, sha256(&content()[..9_000_000]));
}

#[test]
fn of_several_files_each_has_its_own_fate() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let files: Vec<_> =
        ["a", "b", "c", "d", "e"].map(|name| world.file(name, format!("the file {name}"))).into();
    let relay = Relay::interfering(&world.url, |request| {
        // "b" and "d" in base 64.
        let metadata = request.header("upload-metadata").unwrap_or_default();
        match request.attaches() && ["Yg==", "ZA=="].iter().any(|name| metadata.ends_with(name)) {
            true => Deed::Answer(problem("no-space", 507, "the portal is out of space")),
            false => Deed::Pass,
        }
    });
    let sam = sam.to(&relay.url);
    let args: Vec<&str> =
        ["case", "attach", &number].into_iter().chain(files.iter().map(|file| path(file))).collect();
    let error = sam.run(&[&args[..], &["--json"]].concat()).exits(9).error();
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("attached 3 of 5 files; not attached: "), "{message}");
    for file in [&files[1], &files[3]] {
        assert!(message.contains(path(file)), "{message}");
    }
    let mut names: Vec<String> = attachments(&sam, &number).into_iter().map(|(name, _)| name).collect();
    names.sort();
    assert_eq!(names, ["a", "c", "e"]);
}

#[test]
fn on_a_terminal_each_file_has_a_bar_and_all_have_one() {
    let world = World::new();
    let number = world.sam().open(&[]);
    for name in ["one.bin", "two.bin"] {
        world.file(name, content());
    }
    // Both get stuck with their second piece.
    let relay =
        Relay::interfering(&world.url, |request| if is_second(request) { Deed::Hang } else { Deed::Pass });
    let sam = world.sam().to(&relay.url);
    let command = sam.command(&["case", "attach", &number, "one.bin", "two.bin"]);
    let terminal = Terminal::run(&command);
    let moved = |screen: &str, sign: char| {
        let moved = |name: &str| screen.lines().any(|line| line.starts_with(name) && line.contains(sign));
        moved("one.bin") && moved("two.bin") && moved("all files")
    };
    let screen = terminal.until("all three bars have moved", |screen| moved(screen, '█'));
    let bars: Vec<&str> = screen.lines().filter(|line| line.contains('█')).collect();
    assert!(bars.len() == 3 && bars[2].starts_with("all files"), "{screen}");
    assert!(bars[2].contains("/33.6 MB"), "{screen}");
    terminal.closes();

    // Where there is no room for all of it, names and figures are left.
    let terminal = Terminal::sized(&command, 40, 12);
    let screen = terminal.until("all three have figures", |screen| moved(screen, '/'));
    assert!(screen.contains("/33.6 MB") && !screen.contains('█'), "{screen}");
    assert!(screen.lines().all(|line| !line.starts_with(' ')), "{screen}");
    terminal.closes();
    let terminal = Terminal::sized(&command, 24, 12);
    terminal.until("all three have their part", |screen| moved(screen, '%'));
    terminal.closes();
}

#[test]
fn a_new_case_that_was_interrupted_gets_its_file_with_the_outbox() {
    let world = World::new();
    let (relay, stuck) = Relay::sticking(&world.url, is_second);
    let sam = world.sam().to(&relay.url);
    let file = world.file("large.bin", content());
    let mut args = vec!["case".to_owned(), "new".to_owned()];
    args.extend(answers(&[]).into_iter().chain(["--attach".to_owned(), path(&file).to_owned()]));
    let child = start(&sam, &args.iter().map(String::as_str).collect::<Vec<_>>());
    stuck.recv().unwrap();
    let run = signalled(child, "-INT").exits(130);
    let hint = "hint: case 00000001 is open: `docket outbox send` goes on with its files\n";
    assert_eq!(run.stderr, format!("docket: interrupted\n{hint}"));
    let before = sent(&relay);
    sam.run(&["outbox", "send"]).succeeded();
    assert_eq!(sent(&relay) - before, content().len() - PIECE);
    assert_eq!(attachments(&sam, "1"), [("large.bin".to_owned(), sha256(&content()))]);
}

#[test]
fn the_same_file_is_not_sent_to_a_case_twice_at_once() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("large.bin", content());
    let (relay, stuck) = Relay::sticking(&world.url, is_patch);
    let sam = sam.to(&relay.url);
    let attach = ["case", "attach", &number, path(&file)];
    let mut child = start(&sam, &attach);
    stuck.recv().unwrap();
    let run = sam.run(&[&attach[..], &["--timeout", "1s"]].concat()).exits(1);
    assert_eq!(run.stderr, "docket: another docket is attaching it to the same case right now\n");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn without_a_place_for_files_it_is_attached_all_the_same() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("a.log", "a line\n");
    let mut command = sam.command(&["case", "attach", &number, path(&file)]);
    command.env_remove("DOCKET_DATA_DIR").env_remove("DOCKET_CONFIG_DIR");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(attachments(&sam, &number).len(), 1);
}

/// A portal of its own process.
fn serve(user: &User, data: &Path, listen: &str) -> Served {
    Served::start(user.command(&["portal", "serve", "--sample", "--listen", listen, "--data", path(data)]))
}

#[test]
fn a_portal_that_was_killed_in_the_middle_of_a_piece_goes_on_before_it() {
    let world = World::new();
    let operator = world.stranger("operator");
    let data = world.folder.path().join("other");
    let portal = serve(&operator, &data, "127.0.0.1:0");
    let url = portal.url.clone();
    let connection = Connection::new(&url, &Settings::default()).unwrap();
    let token = connection.log_in("sam@example.com", &Secret::new(PASSWORD)).unwrap().token;
    let half = PIECE / 2;
    let cut = AtomicBool::new(false);
    let relay = Relay::interfering(&url, move |request| {
        match is_second(request) && !cut.swap(true, Ordering::SeqCst) {
            true => Deed::Part(half),
            false => Deed::Pass,
        }
    });
    let sam = world.stranger("sam").to(&relay.url).at("1001").with("DOCKET_TOKEN", token.reveal());
    let number = sam.open(&[]);
    let file = world.file("large.bin", content());
    let attach = ["case", "attach", &number, path(&file)];
    let child = start(&sam, &attach);
    // Until the portal has written some of the piece that it can't check yet.
    let partial = data.join("blobs/partial");
    let written = || -> u64 {
        let files = std::fs::read_dir(&partial).unwrap().filter_map(|file| file.ok()?.metadata().ok());
        files.map(|file| file.len()).max().unwrap_or(0)
    };
    while written() <= PIECE as u64 {
        std::thread::yield_now();
    }
    portal.kill();
    let run = child.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(6), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8(run.stderr).unwrap();
    let hint = format!("hint: `docket case attach {number} {}` goes on where it stopped", path(&file));
    assert!(said.contains(&hint), "{said}");

    let before = sent(&relay);
    let portal = serve(&operator, &data, url.trim_start_matches("http://"));
    sam.run(&attach).succeeded();
    assert_eq!(sent(&relay) - before, content().len() - PIECE);
    assert_eq!(attachments(&sam, &number), [("large.bin".to_owned(), sha256(&content()))]);
    assert_eq!(std::fs::read_dir(&partial).unwrap().count(), 0);
    assert_eq!(sam.json(&["case", "show", &number])["attachments"][0]["complete"], json!(true));
    portal.kill();
}
