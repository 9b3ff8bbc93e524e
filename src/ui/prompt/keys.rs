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
    use std::io::{self, Write as _};
    use std::sync::Mutex;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    use super::{Key, Wait, read_key};

    /// The terminal's settings before a [`Keyboard`] changed them. Here, because whatever ends the process
    /// has to put them back.
    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    /// Marks what is pasted, and no longer.
    const MARK_PASTES: &[u8] = b"\x1b[?2004h";
    const MARK_NOTHING: &[u8] = b"\x1b[?2004l";

    /// The keyboard, for as long as it lives.
    pub(in super::super) struct Keyboard {
        marks_pastes: bool,
    }

    impl Keyboard {
        /// Takes the keyboard; with `mark_pastes` the terminal tells what is pasted.
        pub(in super::super) fn open(mark_pastes: bool) -> io::Result<Self> {
            let before = tcgetattr(io::stdin())?;
            let mut raw = before.clone();
            raw.make_raw();
            // Line feeds go on beginning a line at its left.
            raw.output_modes = before.output_modes;
            if let Ok(mut kept) = BEFORE.lock() {
                kept.get_or_insert(before);
            }
            tcsetattr(io::stdin(), OptionalActions::Drain, &raw)?;
            if mark_pastes {
                let _ = io::stderr().write_all(MARK_PASTES);
            }
            Ok(Self { marks_pastes: mark_pastes })
        }

        pub(in super::super) fn key(&mut self) -> io::Result<Key> {
            read_key(&mut read_byte)
        }
    }

    impl Drop for Keyboard {
        fn drop(&mut self) {
            put_back(self.marks_pastes);
        }
    }

    /// Puts the terminal back to how it was before any question, if there is one under way.
    pub(in crate::ui) fn tidy_up() {
        put_back(true);
    }

    fn put_back(marks_pastes: bool) {
        let Some(before) = BEFORE.lock().ok().and_then(|mut kept| kept.take()) else { return };
        if marks_pastes {
            let _ = io::stderr().write_all(MARK_NOTHING);
        }
        let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &before);
    }

    fn read_byte(wait: Wait) -> io::Result<Option<u8>> {
        const BRIEFLY: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };
        let stdin = io::stdin();
        if wait == Wait::Briefly {
            let mut input = [PollFd::new(&stdin, PollFlags::IN)];
            if poll(&mut input, Some(&BRIEFLY))? == 0 {
                return Ok(None);
            }
        }
        let mut byte = [0];
        loop {
            match rustix::io::read(&stdin, &mut byte) {
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
                Pressed::Home => Key::Home,
                Pressed::End => Key::End,
                Pressed::Escape => Key::Escape,
                Pressed::CtrlC | Pressed::Char('\u{3}') => Key::Interrupt,
                Pressed::Char('\u{4}' | '\u{1a}') => Key::EndOfText,
                Pressed::Char(c) if !c.is_control() => Key::Char(c),
                _ => Key::Other,
            })
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
