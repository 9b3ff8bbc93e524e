//! Keys, as somebody presses them, and what is pasted, as one piece.
//!
//! A terminal that gives whole lines keeps 4096 bytes of each and can't tell pasting from typing, so a pasted
//! text with line breaks would answer several questions at once. While a [`Keyboard`] lives, the terminal
//! gives every byte as it comes and marks what is pasted. Bytes are read one by one: whatever comes after the
//! last key of an answer is for the next question.

use std::io;

/// A key, or a text that was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A character.
    Char(char),
    /// Everything that was pasted at once, with `\n` at the ends of lines.
    Paste(String),
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    /// Ctrl-W or Alt-Backspace.
    EraseWord,
    /// Ctrl-U.
    EraseLine,
    /// Ctrl-K.
    EraseRest,
    Escape,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D.
    EndOfText,
    /// The terminal has another size.
    Resized,
    /// No key, but the column that the cursor is in, from 0: what a terminal says when it is asked.
    CursorIn(usize),
    /// A key that means nothing here.
    Other,
}

/// How long to wait for the next byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// Until there is one.
    Forever,
    /// As long as a terminal takes between the bytes of one key.
    Briefly,
}

/// Where bytes come from; `None` where none came in time.
type Bytes<'a> = dyn FnMut(Wait) -> io::Result<Option<u8>> + 'a;

const PASTE_ENDS: &str = "\u{1b}[201~";

/// Reads a key. Fails with `UnexpectedEof` when the terminal is gone.
fn read_key(bytes: &mut Bytes<'_>) -> io::Result<Key> {
    let first = bytes(Wait::Forever)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(match first {
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x7f | 0x08 => Key::Backspace,
        0x01 => Key::Home,
        0x05 => Key::End,
        0x02 => Key::Left,
        0x06 => Key::Right,
        0x03 => Key::Interrupt,
        0x04 => Key::EndOfText,
        0x0b => Key::EraseRest,
        0x0e => Key::Down,
        0x10 => Key::Up,
        0x15 => Key::EraseLine,
        0x17 => Key::EraseWord,
        0x1b => return read_sequence(bytes),
        0x00..=0x1f => Key::Other,
        _ => read_char(first, bytes)?.map_or(Key::Other, Key::Char),
    })
}

/// A key that begins with Escape, or Escape itself.
fn read_sequence(bytes: &mut Bytes<'_>) -> io::Result<Key> {
    let introducer = match bytes(Wait::Briefly)? {
        None => return Ok(Key::Escape),
        Some(0x7f | 0x08) => return Ok(Key::EraseWord),
        Some(introducer @ (b'[' | b'O')) => introducer,
        Some(_) => return Ok(Key::Other),
    };
    let mut parameters = String::new();
    loop {
        match bytes(Wait::Briefly)? {
            Some(b'~') => break,
            // Function keys of a Linux console: one more letter follows.
            Some(b'[') if parameters.is_empty() && introducer == b'[' => {
                bytes(Wait::Briefly)?;
                return Ok(Key::Other);
            }
            Some(byte @ 0x20..=0x3f) => parameters.push(char::from(byte)),
            Some(byte) => {
                return Ok(match byte {
                    b'A' => Key::Up,
                    b'B' => Key::Down,
                    b'R' => cursor(&parameters),
                    b'C' => Key::Right,
                    b'D' => Key::Left,
                    b'H' => Key::Home,
                    b'F' => Key::End,
                    _ => Key::Other,
                });
            }
            None => return Ok(Key::Other),
        }
    }
    match parameters.as_str() {
        "200" => read_paste(bytes),
        "1" | "7" => Ok(Key::Home),
        "4" | "8" => Ok(Key::End),
        "3" => Ok(Key::Delete),
        _ => Ok(Key::Other),
    }
}

/// What a terminal says of its cursor: row and column, from 1.
fn cursor(parameters: &str) -> Key {
    let column = parameters.split_once(';').and_then(|(_, column)| column.parse::<usize>().ok());
    column.and_then(|column| column.checked_sub(1)).map_or(Key::Other, Key::CursorIn)
}

/// The terminal's settings before they were changed, of whatever kind they are. Whoever changes them and
/// whoever puts them back do so under one lock, or an interruption between looking and changing would leave
/// the terminal changed for good.
#[derive(Debug, Default)]
enum Settings<T> {
    #[default]
    AsFound,
    Changed(T),
    /// docket is about to end, so they stay as they are.
    Final,
}

impl<T> Settings<T> {
    /// Changes them; fails as an interrupted question does where docket is about to end.
    fn change(&mut self, before: T, change: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Final => return Err(io::ErrorKind::Interrupted.into()),
            Self::Changed(_) => {}
            Self::AsFound => *self = Self::Changed(before),
        }
        change()
    }

    /// Puts them back where they were changed, and leaves them so for good where docket is about to end.
    fn put_back(&mut self, for_good: bool, put_back: impl FnOnce(&T)) {
        if let Self::Changed(before) = self {
            put_back(before);
            *self = Self::AsFound;
        }
        if for_good {
            *self = Self::Final;
        }
    }
}

/// What is pasted, up to the mark that ends it.
fn read_paste(bytes: &mut Bytes<'_>) -> io::Result<Key> {
    let mut pasted = Vec::new();
    while !pasted.ends_with(PASTE_ENDS.as_bytes()) {
        let (byte, after_pause) = match bytes(Wait::Briefly)? {
            Some(byte) => (byte, false),
            None => (bytes(Wait::Forever)?.ok_or(io::ErrorKind::UnexpectedEof)?, true),
        };
        // A paste whose end got lost would swallow every key for ever; nobody pastes Ctrl-C after a pause.
        if after_pause && byte == 0x03 {
            return Ok(Key::Interrupt);
        }
        pasted.push(byte);
    }
    pasted.truncate(pasted.len() - PASTE_ENDS.len());
    let text = String::from_utf8_lossy(&pasted).replace("\r\n", "\n").replace('\r', "\n");
    Ok(Key::Paste(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()))
}

/// A character of one to four bytes; `None` for bytes that are none.
fn read_char(first: u8, bytes: &mut Bytes<'_>) -> io::Result<Option<char>> {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let mut encoded = vec![first];
    while encoded.len() < length {
        match bytes(Wait::Briefly)? {
            Some(byte) => encoded.push(byte),
            None => return Ok(None),
        }
    }
    Ok(std::str::from_utf8(&encoded).ok().and_then(|text| text.chars().next()).filter(|c| !c.is_control()))
}

pub(super) use system::Keyboard;
pub(in crate::ui) use system::tidy_up;

#[cfg(unix)]
mod system {
    use std::collections::VecDeque;
    use std::io::{self, Write as _};
    use std::sync::Mutex;
    use std::time::{Duration, Instant};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

    use super::{Key, Settings, Wait, read_key};

    /// Here, because whatever ends the process has to put them back.
    static SETTINGS: Mutex<Settings<Termios>> = Mutex::new(Settings::AsFound);

    /// Marks what is pasted, and no longer.
    const MARK_PASTES: &[u8] = b"\x1b[?2004h";
    const MARK_NOTHING: &[u8] = b"\x1b[?2004l";
    const WHERE_IS_THE_CURSOR: &[u8] = b"\x1b[6n";

    /// How soon another size of the terminal is noticed.
    const LOOK_AGAIN: Duration = Duration::from_millis(150);
    /// How long a terminal may take to say where the cursor is.
    const ANSWER: Duration = Duration::from_millis(500);

    /// The keyboard, for as long as it lives.
    pub(in super::super) struct Keyboard {
        marks_pastes: bool,
        /// Columns and rows.
        size: Option<(u16, u16)>,
        /// Keys that came before a terminal's answer.
        waiting: VecDeque<Key>,
    }

    impl Keyboard {
        /// Takes the keyboard; with `mark_pastes` the terminal tells what is pasted.
        pub(in super::super) fn open(mark_pastes: bool) -> io::Result<Self> {
            let before = tcgetattr(io::stdin())?;
            let mut raw = before.clone();
            raw.make_raw();
            // Line feeds go on beginning a line at its left.
            raw.output_modes = before.output_modes;
            let mut settings = SETTINGS.lock().map_err(|_| io::ErrorKind::Interrupted)?;
            settings.change(before, || {
                tcsetattr(io::stdin(), OptionalActions::Drain, &raw)?;
                if mark_pastes {
                    let _ = io::stderr().write_all(MARK_PASTES);
                }
                Ok(())
            })?;
            Ok(Self { marks_pastes: mark_pastes, size: size(), waiting: VecDeque::new() })
        }

        pub(in super::super) fn key(&mut self) -> io::Result<Key> {
            if let Some(key) = self.waiting.pop_front() {
                return Ok(key);
            }
            loop {
                let there = is_there_a_byte(LOOK_AGAIN)?;
                // Before the key that came after it, whose answer would be drawn as if nothing had happened.
                let now = size();
                if std::mem::replace(&mut self.size, now) != now {
                    return Ok(Key::Resized);
                }
                if there {
                    return read_key(&mut read_byte);
                }
            }
        }

        /// The column that the cursor is in, where the terminal says so in time. Keys that come before that
        /// wait for their turn.
        pub(in super::super) fn cursor_column(&mut self) -> io::Result<Option<usize>> {
            io::stderr().write_all(WHERE_IS_THE_CURSOR)?;
            let until = Instant::now() + ANSWER;
            while is_there_a_byte(until.saturating_duration_since(Instant::now()))? {
                match read_key(&mut read_byte)? {
                    Key::CursorIn(column) => return Ok(Some(column)),
                    key => self.waiting.push_back(key),
                }
            }
            Ok(None)
        }
    }

    impl Drop for Keyboard {
        fn drop(&mut self) {
            put_back(self.marks_pastes, false);
        }
    }

    /// Puts the terminal back to how it was before any question, for good: docket is about to end.
    pub(in crate::ui) fn tidy_up() {
        put_back(true, true);
    }

    fn put_back(marks_pastes: bool, for_good: bool) {
        let Ok(mut settings) = SETTINGS.lock() else { return };
        settings.put_back(for_good, |before| {
            if marks_pastes {
                let _ = io::stderr().write_all(MARK_NOTHING);
            }
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, before);
        });
    }

    fn size() -> Option<(u16, u16)> {
        tcgetwinsize(io::stderr()).ok().map(|size| (size.ws_col, size.ws_row))
    }

    fn is_there_a_byte(within: Duration) -> io::Result<bool> {
        let within = Timespec { tv_sec: 0, tv_nsec: within.subsec_nanos().into() };
        let stdin = io::stdin();
        match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&within)) {
            Err(rustix::io::Errno::INTR) => Ok(false),
            ready => Ok(ready? > 0),
        }
    }

    fn read_byte(wait: Wait) -> io::Result<Option<u8>> {
        const BRIEFLY: Duration = Duration::from_millis(50);
        if wait == Wait::Briefly && !is_there_a_byte(BRIEFLY)? {
            return Ok(None);
        }
        let mut byte = [0];
        loop {
            match rustix::io::read(io::stdin(), &mut byte) {
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
                Ok(0) => return Ok(None),
                Ok(_) => return Ok(Some(byte[0])),
            }
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    use super::Key;

    /// The keyboard. Here the system tells keys from each other, and a paste looks like typing.
    pub(in super::super) struct Keyboard {}

    impl Keyboard {
        pub(in super::super) fn open(_mark_pastes: bool) -> io::Result<Self> {
            Ok(Self {})
        }

        pub(in super::super) fn key(&mut self) -> io::Result<Key> {
            use console::Key as Pressed;
            Ok(match console::Term::stderr().read_key()? {
                Pressed::Enter => Key::Enter,
                Pressed::Tab => Key::Tab,
                Pressed::Backspace => Key::Backspace,
                Pressed::Del => Key::Delete,
                Pressed::ArrowLeft => Key::Left,
                Pressed::ArrowRight => Key::Right,
                Pressed::ArrowUp => Key::Up,
                Pressed::ArrowDown => Key::Down,
                Pressed::Home => Key::Home,
                Pressed::End => Key::End,
                Pressed::Escape => Key::Escape,
                Pressed::CtrlC | Pressed::Char('\u{3}') => Key::Interrupt,
                Pressed::Char('\u{4}' | '\u{1a}') => Key::EndOfText,
                Pressed::Char(c) if !c.is_control() => Key::Char(c),
                _ => Key::Other,
            })
        }

        pub(in super::super) fn cursor_column(&mut self) -> io::Result<Option<usize>> {
            Ok(None)
        }
    }

    pub(in crate::ui) fn tidy_up() {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys in `typed`, where a `None` is a pause.
    fn keys(typed: &[Option<u8>]) -> Vec<Key> {
        let mut left = typed.iter().copied();
        let mut bytes = |wait| {
            Ok(match (left.next(), wait) {
                (Some(None), Wait::Forever) => left.next().flatten(),
                (next, _) => next.flatten(),
            })
        };
        std::iter::from_fn(|| read_key(&mut bytes).ok()).collect()
    }

    fn typed(text: &str) -> Vec<Key> {
        keys(&text.bytes().map(Some).collect::<Vec<_>>())
    }

    #[test]
    fn characters_of_any_length_are_keys() {
        let expected = ['a', 'ü', '語', '😀'].map(Key::Char);
        assert_eq!(typed("aü語😀"), expected);
        assert_eq!(keys(&[Some(0xff), Some(b'x')]), [Key::Other, Key::Char('x')]);
        assert_eq!(keys(&[Some(0xc3), None, Some(b'x')]), [Key::Other, Key::Char('x')]);
    }

    #[test]
    fn escape_alone_is_a_key_and_sequences_are_others() {
        let escape = Some(0x1b);
        assert_eq!(keys(&[escape, None, Some(b'x')]), [Key::Escape, Key::Char('x')]);
        assert_eq!(keys(&[escape]), [Key::Escape]);
        assert_eq!(
            typed("\u{1b}[D\u{1b}OC\u{1b}[3~\u{1b}[1;5C\u{1b}[99;1~x"),
            [Key::Left, Key::Right, Key::Delete, Key::Right, Key::Other, Key::Char('x')]
        );
        // A function key of a console, a click, and what a terminal says of itself.
        assert_eq!(
            typed("\u{1b}[[Ax\u{1b}[<0;3;4M\u{1b}[?62;22c"),
            [Key::Other, Key::Char('x'), Key::Other, Key::Other]
        );
    }

    #[test]
    fn a_terminal_that_says_where_its_cursor_is_presses_no_key() {
        assert_eq!(typed("\u{1b}[12;41R\u{1b}[AR"), [Key::CursorIn(40), Key::Up, Key::Char('R')]);
        assert_eq!(
            typed("\u{1b}[1R\u{1b}[1;0R\u{1b}[1;99999999999999999999R"),
            [Key::Other, Key::Other, Key::Other]
        );
    }

    #[test]
    fn settings_are_changed_by_nobody_once_docket_is_about_to_end() {
        let mut settings = Settings::AsFound;
        settings.change("cooked", || Ok(())).unwrap();
        // A question inside a question finds them changed, and that isn't what is put back.
        settings.change("raw", || Ok(())).unwrap();
        let mut put = Vec::new();
        settings.put_back(true, |before| put.push(*before));
        // The question that was about to begin when Ctrl-C came.
        let late = settings.change("cooked", || panic!("changed for good"));
        assert_eq!(late.unwrap_err().kind(), io::ErrorKind::Interrupted);
        settings.put_back(false, |before| put.push(*before));
        assert_eq!(put, ["cooked"]);
    }

    #[test]
    fn a_paste_is_one_key_whatever_is_in_it() {
        assert_eq!(
            typed("\u{1b}[200~one\r\rtwo\r\n\u{1b}[2Jthree\u{3}\u{1b}[201~\r"),
            [Key::Paste("one\n\ntwo\n[2Jthree".to_owned()), Key::Enter]
        );
        let endless: Vec<Option<u8>> =
            "\u{1b}[200~one".bytes().map(Some).chain([None, Some(0x03), Some(b'x')]).collect();
        assert_eq!(keys(&endless), [Key::Interrupt, Key::Char('x')]);
    }
}
