//! `DOCKET_TOKEN_COMMAND`: a command of the user's that prints a token, like a password manager's.
//!
//! What it says on either stream is never shown, because it may be the token.

use std::ffi::OsStr;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Kind};

/// The variable that names the command.
pub(super) const VARIABLE: &str = "DOCKET_TOKEN_COMMAND";
/// How long it may take: somebody may have to type a passphrase.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);
/// Bytes that it may print.
const MOST: u64 = 64_000;
/// How often to look whether a command that has printed everything has ended.
const LOOK: Duration = Duration::from_millis(2);

/// The first line that a shell command prints, without the space around it.
pub(super) fn run(command: &OsStr, patience: Duration) -> Result<String, Failure> {
    let deadline = Instant::now() + patience;
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut child = Command::new(shell)
        .arg(flag)
        .arg(command)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(&format!("{shell}: {error}")))?;
    let ended = listen(&mut child, deadline).and_then(|printed| Ok((printed, end(&mut child, deadline)?)));
    let (printed, status) = ended.map_err(|stopped| {
        // It may have ended this very moment.
        let _ = child.kill();
        let _ = child.wait();
        match stopped {
            Stopped::TooLong => failed(&format!("it does not end within {} s", patience.as_secs())),
            Stopped::TooMuch => failed(&format!("it printed more than {} kB", MOST / 1000)),
            Stopped::Broken(why) => failed(&why),
        }
    })?;
    if !status.success() {
        return Err(failed(&meaning(status)));
    }
    let printed = String::from_utf8(printed).map_err(|_| failed("it printed no text"))?;
    Ok(printed.lines().next().unwrap_or_default().trim().to_owned())
}

/// Why the end of a command isn't waited for.
enum Stopped {
    TooLong,
    TooMuch,
    Broken(String),
}

/// Everything that it prints.
fn listen(child: &mut Child, deadline: Instant) -> Result<Vec<u8>, Stopped> {
    let Some(stdout) = child.stdout.take() else { return Ok(Vec::new()) };
    let (sender, receiver) = mpsc::channel();
    let listener = thread::Builder::new().name("token command".to_owned()).spawn(move || {
        let mut printed = Vec::new();
        let read = stdout.take(MOST + 1).read_to_end(&mut printed);
        // Nobody waits any more if it took too long.
        let _ = sender.send(read.map(|_| printed));
    });
    listener.map_err(|error| Stopped::Broken(error.to_string()))?;
    match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(Ok(printed)) if printed.len() as u64 > MOST => Err(Stopped::TooMuch),
        Ok(Ok(printed)) => Ok(printed),
        Ok(Err(error)) => Err(Stopped::Broken(error.to_string())),
        Err(_) => Err(Stopped::TooLong),
    }
}

/// How it ended.
fn end(child: &mut Child, deadline: Instant) -> Result<ExitStatus, Stopped> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(LOOK),
            Ok(None) => return Err(Stopped::TooLong),
            Err(error) => return Err(Stopped::Broken(error.to_string())),
        }
    }
}

/// What a shell means by an exit code.
fn meaning(status: ExitStatus) -> String {
    match status.code() {
        Some(126) if cfg!(unix) => "what it names can't be run (exit status 126)".to_owned(),
        Some(127) if cfg!(unix) => "there is no such command (exit status 127)".to_owned(),
        _ => status.to_string(),
    }
}

fn failed(why: &str) -> Failure {
    Failure::new(Kind::LoginRequired, format!("{VARIABLE} failed: {why}"))
        .hint("run the command by itself to see what is wrong")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(command: &str) -> Result<String, String> {
        super::run(OsStr::new(command), PATIENCE).map_err(|failure| failure.message)
    }

    #[test]
    fn the_first_line_is_the_token() {
        assert_eq!(run("echo ' t-1 '; echo user: sam; echo url: x").unwrap(), "t-1");
        assert_eq!(run("printf 't-1\\r\\n'; echo noise >&2").unwrap(), "t-1");
        assert_eq!(run("cat; printf t-1").unwrap(), "t-1");
        assert_eq!(run("true").unwrap(), "");
    }

    #[test]
    fn what_it_says_is_never_shown() {
        for (command, expected) in [
            ("echo s3cret; echo s3cret >&2; exit 3", "DOCKET_TOKEN_COMMAND failed: exit status: 3"),
            ("s3cret-tool", "DOCKET_TOKEN_COMMAND failed: there is no such command (exit status 127)"),
            ("/dev/null", "DOCKET_TOKEN_COMMAND failed: what it names can't be run (exit status 126)"),
            ("kill -9 $$", "DOCKET_TOKEN_COMMAND failed: signal: 9 (SIGKILL)"),
            ("printf 's3cret\\377'", "DOCKET_TOKEN_COMMAND failed: it printed no text"),
        ] {
            assert_eq!(run(command).unwrap_err(), expected, "{command}");
        }
    }

    #[test]
    fn it_has_an_end_in_time_and_size() {
        let started = Instant::now();
        let slow =
            |command: &str| super::run(OsStr::new(command), Duration::from_millis(200)).unwrap_err().message;
        for command in ["exec sleep 60", "exec sleep 60 >&-"] {
            assert_eq!(slow(command), "DOCKET_TOKEN_COMMAND failed: it does not end within 0 s");
        }
        assert_eq!(run("exec yes").unwrap_err(), "DOCKET_TOKEN_COMMAND failed: it printed more than 64 kB");
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
