//! A pseudo-terminal with a program in it, and somebody who reads the screen and types.
//!
//! What the program writes goes through a terminal emulator, so that a test sees what a person sees. Nothing
//! sleeps: whoever waits is woken by the next bytes, and gives up after [`PATIENCE`] with the screen as it is.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// How long a screen may take to become what it should be, on a machine with other things to do.
const PATIENCE: Duration = Duration::from_secs(60);

pub const ENTER: &str = "\r";
pub const DOWN: &str = "\u{1b}[B";
pub const UP: &str = "\u{1b}[A";
pub const ESCAPE: &str = "\u{1b}";
pub const TAB: &str = "\t";
pub const CTRL_C: &str = "\u{3}";
pub const CTRL_D: &str = "\u{4}";

/// A terminal in which a program runs.
pub struct Terminal {
    seen: Arc<Seen>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Keyboard,
    child: Box<dyn Child + Send + Sync>,
}

/// Where keys go, and what the terminal says by itself.
type Keyboard = Arc<Mutex<Box<dyn Write + Send>>>;

/// What has come from the program.
struct Seen {
    now: Mutex<Now>,
    changed: Condvar,
}

struct Now {
    parser: Parser,
    /// Every byte, as it came.
    raw: Vec<u8>,
    ended: bool,
}

impl Terminal {
    /// Runs a command in a terminal of 80 columns and 24 rows.
    pub fn run(command: &Command) -> Self {
        Self::sized(command, 80, 24)
    }

    /// Runs a command in a terminal of this size. Where the command doesn't say what kind of terminal it is,
    /// it is one with colours.
    pub fn sized(command: &Command, columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(builder(command)).unwrap();
        drop(pair.slave);
        let parser = Parser::new(whole(rows), whole(columns), 2_000);
        let now = Mutex::new(Now { parser, raw: Vec::new(), ended: false });
        let seen = Arc::new(Seen { now, changed: Condvar::new() });
        let mut output = pair.master.try_clone_reader().unwrap();
        let keyboard: Keyboard = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let (reading, answering) = (Arc::clone(&seen), Arc::clone(&keyboard));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let count = output.read(&mut buffer).unwrap_or(0);
                let mut now = reading.now.lock().unwrap();
                now.parser.process(&buffer[..count]);
                now.raw.extend(&buffer[..count]);
                // A program that wants to know where the cursor is waits for it, and writes nothing after.
                if now.raw.ends_with(b"\x1b[6n") {
                    let (row, column) = now.parser.screen().cursor_position();
                    let answer = format!("\u{1b}[{};{}R", row + 1, column + 1);
                    answering.lock().unwrap().write_all(answer.as_bytes()).unwrap();
                }
                now.ended = count == 0;
                reading.changed.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        Self { seen, master: pair.master, keyboard, child }
    }

    /// Waits until the screen shows `text`, and answers the whole screen.
    #[track_caller]
    pub fn shows(&self, text: &str) -> String {
        self.until(&format!("shows {text:?}"), |screen| screen.contains(text))
    }

    /// Waits until the screen is as it should be, and answers it.
    #[track_caller]
    pub fn until(&self, what: &str, mut holds: impl FnMut(&str) -> bool) -> String {
        self.until_parser(what, |parser| holds(&text(parser)))
    }

    /// Waits until the screen shows `text`, the last that is drawn, and the cursor is back in a column, from 0.
    #[track_caller]
    pub fn rests(&self, drawn: &str, column: u16) {
        let holds =
            |parser: &Parser| parser.screen().cursor_position().1 == column && text(parser).contains(drawn);
        self.until_parser(&format!("shows {drawn:?} with its cursor in column {column}"), holds);
    }

    #[track_caller]
    fn until_parser(&self, what: &str, mut holds: impl FnMut(&Parser) -> bool) -> String {
        let until = Instant::now() + PATIENCE;
        let mut now = self.seen.now.lock().unwrap();
        loop {
            let screen = text(&now.parser);
            if holds(&now.parser) {
                return screen;
            }
            let left = until.saturating_duration_since(Instant::now());
            if now.ended || left.is_zero() {
                drop(now);
                panic!("the screen never {what}; it is:\n{screen}");
            }
            now = self.seen.changed.wait_timeout(now, left).unwrap().0;
        }
    }

    /// Types, once the terminal leaves it to the program to show what is typed.
    #[track_caller]
    pub fn types(&mut self, keys: &str) {
        let until = Instant::now() + PATIENCE;
        while self.has_mode("ECHO") {
            assert!(Instant::now() < until, "nobody reads keys; the screen is:\n{}", self.screen());
            thread::yield_now();
        }
        self.types_ahead(keys);
    }

    /// Types at once, whatever the program does.
    pub fn types_ahead(&mut self, keys: &str) {
        let mut keyboard = self.keyboard.lock().unwrap();
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// Waits for `question` and answers it.
    #[track_caller]
    pub fn answers(&mut self, question: &str, keys: &str) -> String {
        let screen = self.shows(question);
        self.types(keys);
        screen
    }

    /// Pastes, as terminals do it for programs that have asked to be told.
    #[track_caller]
    pub fn pastes(&mut self, text: &str) {
        self.types(&format!("\u{1b}[200~{}\u{1b}[201~", text.replace('\n', "\r")));
    }

    pub fn resizes(&self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.seen.now.lock().unwrap().parser.set_size(whole(rows), whole(columns));
        self.master.resize(size).unwrap();
    }

    /// What a person sees now.
    pub fn screen(&self) -> String {
        text(&self.seen.now.lock().unwrap().parser)
    }

    /// Looks at the screen with its colours.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.seen.now.lock().unwrap().parser.screen())
    }

    /// Every byte that came, as text.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen.now.lock().unwrap().raw).into_owned()
    }

    /// Waits for the program's end, and answers its exit code and the last screen.
    #[track_caller]
    pub fn ends(mut self) -> (u32, String) {
        let until = Instant::now() + PATIENCE;
        let mut now = self.seen.now.lock().unwrap();
        while !now.ended {
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "it never ends; the screen is:\n{}", text(&now.parser));
            now = self.seen.changed.wait_timeout(now, left).unwrap().0;
        }
        let screen = text(&now.parser);
        drop(now);
        (self.child.wait().unwrap().exit_code(), screen)
    }

    /// Tells the program that its terminal is gone, as happens when somebody closes the window, and waits
    /// until it is gone too.
    pub fn closes(self) {
        self.ends_by("HUP");
    }

    /// Ends the program as a power cut would.
    pub fn dies(self) {
        self.ends_by("KILL");
    }

    fn ends_by(mut self, signal: &str) {
        let id = self.process_id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        self.child.wait().unwrap();
    }

    pub fn process_id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// The terminal is in the state in which shells want it: it gives lines, shows what is typed and the cursor,
    /// and doesn't mark what is pasted.
    #[track_caller]
    pub fn is_tidy(&self) {
        assert!(self.has_mode("ICANON"), "it gives single keys");
        assert!(self.has_mode("ECHO"), "it doesn't show what is typed");
        let (hidden, marks) = self.look(|screen| (screen.hide_cursor(), screen.bracketed_paste()));
        assert!(!hidden && !marks, "cursor hidden: {hidden}, pastes marked: {marks}");
    }

    fn has_mode(&self, mode: &str) -> bool {
        let modes = self.master.get_termios().map(|termios| termios.local_flags);
        modes.is_none_or(|modes| modes.iter_names().any(|(name, _)| name == mode))
    }
}

fn whole(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

/// The rows, without what is empty at their ends and below.
fn text(parser: &Parser) -> String {
    let screen = parser.screen();
    let columns = screen.size().1.get();
    let rows: Vec<String> = screen.rows(0, columns).map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n").trim_end().to_owned()
}

/// The same command for a pseudo-terminal.
fn builder(command: &Command) -> CommandBuilder {
    let mut builder = CommandBuilder::new(command.get_program());
    builder.args(command.get_args());
    builder.env_clear();
    builder.env("TERM", "xterm-256color");
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            builder.env(name, value);
        }
    }
    if let Some(folder) = command.get_current_dir() {
        builder.cwd(folder);
    }
    builder
}
