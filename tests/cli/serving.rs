//! Serving a portal, as an operator does.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::operator::Operator;
use crate::world::{PASSWORD, World, path, settings};

/// A portal served by the binary, ended when it is dropped.
pub struct Served {
    process: Child,
    stderr: BufReader<ChildStderr>,
    pub url: String,
}

impl Served {
    /// Starts it, and waits until it says that it is ready.
    pub fn start(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        stderr.read_line(&mut line).unwrap();
        let url = line.strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).trim().to_owned();
        Self { process, stderr, url }
    }

    fn get(&self, page: &str) -> String {
        let mut stream = TcpStream::connect(self.url.trim_start_matches("http://")).unwrap();
        write!(stream, "GET {page} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends SIGKILL.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Sends SIGTERM; the exit code, and what was said since it was ready.
    fn terminate(mut self) -> (Option<i32>, String) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).unwrap();
        (self.process.wait().unwrap().code(), said)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_served_portal_is_used_and_stopped() {
    let world = World::new();
    let operator = Operator::new(&world);
    let serve = ["portal", "serve", "--sample", "--listen", "127.0.0.1:0", "--data", &operator.data];
    let portal = Served::start(operator.user.command(&serve));
    let health = portal.get("/healthz");
    assert!(health.starts_with("HTTP/1.1 200") && health.ends_with("ok"), "{health}");

    let kim = world.stranger("kim");
    let login = ["login", &portal.url, "--email", "kim@example.com", "--password-stdin"];
    kim.run_with(&login, PASSWORD).succeeded();
    let number = kim.open(&[]);
    assert_eq!(kim.json(&["case", "show", &number])["url"], format!("{}/cases/{number}", portal.url));
    assert_eq!(portal.terminate(), (Some(0), String::new()));
    // What was written stays.
    assert_eq!(operator.run(&["check", "--jq", ".cases, .well"]).succeeded().stdout, "1\ntrue\n");
}

/// That `--sample` isn't given any more doesn't make its passwords secret.
#[test]
fn a_portal_that_was_a_sample_once_is_not_opened_to_others() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let operator = Operator::new(&world);
    let data = path(&world.folder.path().join("portal")).to_owned();
    let run = |args: &[&str]| operator.user.run(&[&["portal"], args, &["--data", &data]].concat());
    for email in ["sam@example.com", "lee@example.com", "dev@example.com"] {
        run(&["user", "disable", email]).succeeded();
    }
    insta::assert_snapshot!(run(&["serve", "--listen", "0.0.0.0:0"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: everybody knows the sample password of kim@example.com, expert@example.com, so the portal doesn't listen on 0.0.0.0:0
    hint: disable them with `docket portal user disable EMAIL`, or give them other passwords
    hint: or begin with another folder, without --sample
    ");
}

#[test]
fn a_portal_that_can_not_be_served_says_why() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let operator = Operator::new(&world);
    let serve = |args: &[&str]| operator.run(&[&["serve"], args].concat());
    insta::assert_snapshot!(serve(&["--sample", "--listen", "0.0.0.0:0"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: with --sample everybody knows the passwords, so the portal doesn't listen on 0.0.0.0:0
    hint: listen on loopback, as in --listen 127.0.0.1:[port], or load users of your own
    ");
    insta::assert_snapshot!(serve(&["--sample", "--listen", "[::]:0", "--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"with --sample everybody knows the passwords, so the portal doesn't listen on [::]:0","hints":["listen on loopback, as in --listen 127.0.0.1:[port], or load users of your own"],"fields":[],"request_id":null}}
    "#);
    insta::assert_snapshot!(serve(&["--listen", "8080"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: cannot listen on `8080`: invalid socket address
    hint: give address and port, like 127.0.0.1:[port]
    ");
    insta::assert_snapshot!(serve(&["--listen", "127.0.0.1"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: cannot listen on `127.0.0.1`: invalid socket address
    hint: give address and port, like 127.0.0.1:[port]
    ");
    insta::assert_snapshot!(serve(&["--max-attachment", "lots"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'lots' for '--max-attachment <SIZE>': `lots` is not a size; write it like 25MB

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(serve(&["--pending-closes-after", "soon"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'soon' for '--pending-closes-after <DURATION>': `soon` is not a duration: write it like 90s, 15m, 2h, 5d or 1h30m

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(serve(&["--listen", "127.0.0.1:0", "--catalogue", "missing"]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: can't use the catalogue: can't read missing/form.toml: No such file or directory (os error 2)
    ");
    let taken = world.url.trim_start_matches("http://");
    insta::assert_snapshot!(serve(&["--listen", taken]).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: cannot listen on 127.0.0.1:[port]: Address already in use (os error 98)
    ");
    let file = world.file("file", "not a folder");
    let serve = ["portal", "serve", "--listen", "127.0.0.1:0", "--data", path(&file)];
    insta::assert_snapshot!(operator.user.run(&serve).shown(), @"
    exit 1
    --- stdout
    --- stderr
    docket: can't use the data directory [folder]/file: Not a directory (os error 20)
    ");
    insta::assert_snapshot!(operator.user.run(&["portal", "serve"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      --data <DIR>

    Usage: docket portal serve --data <DIR>

    For more information, try '--help'.
    ");
}
