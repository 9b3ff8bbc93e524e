//! Bytes that are passed on to standard output as they are; on a terminal, where they could control it, as text.

use std::io::{self, ErrorKind, IsTerminal as _, Write};

use super::{Ui, text};

/// A line longer than this is shown in pieces.
const LONGEST: usize = 64 << 10;

/// Standard output for what is passed on.
pub struct Passage {
    out: Box<dyn Write>,
    is_terminal: bool,
    /// What is left of a line that isn't complete, on a terminal.
    line: Vec<u8>,
    is_closed: bool,
}

impl Ui {
    /// Standard output for bytes that are passed on.
    pub fn passage(&self) -> Passage {
        Passage::new(Box::new(io::stdout()), io::stdout().is_terminal())
    }
}

impl Passage {
    fn new(out: Box<dyn Write>, is_terminal: bool) -> Self {
        Self { out, is_terminal, line: Vec::new(), is_closed: false }
    }

    /// Whether nobody reads there any more, which is a normal end.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Sees to it that all of it has left.
    pub fn end(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.pass(text::clean(&String::from_utf8_lossy(&line)).as_bytes())?;
        self.flush()
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        let passed = self.out.write_all(bytes);
        self.noticed(passed)
    }

    fn noticed(&mut self, result: io::Result<()>) -> io::Result<()> {
        self.is_closed |= matches!(&result, Err(error) if error.kind() == ErrorKind::BrokenPipe);
        result
    }

    /// Where the last character ends that is whole.
    fn whole(&self) -> usize {
        match std::str::from_utf8(&self.line) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.line.len(),
        }
    }
}

impl Write for Passage {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.is_terminal {
            self.pass(bytes)?;
            return Ok(bytes.len());
        }
        self.line.extend_from_slice(bytes);
        let lines = memchr::memrchr(b'\n', &self.line).map_or(0, |end| end + 1);
        let end = if lines == 0 && self.line.len() > LONGEST { self.whole() } else { lines };
        let rest = self.line.split_off(end);
        let ready = std::mem::replace(&mut self.line, rest);
        self.pass(text::clean(&String::from_utf8_lossy(&ready)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.noticed(flushed)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn passed(pieces: &[&[u8]], is_terminal: bool) -> Vec<u8> {
        let kept = Kept::default();
        let mut passage = Passage::new(Box::new(kept.clone()), is_terminal);
        for piece in pieces {
            passage.write_all(piece).unwrap();
        }
        passage.end().unwrap();
        kept.0.lock().unwrap().clone()
    }

    #[test]
    fn bytes_pass_as_they_are_and_a_terminal_is_not_controlled() {
        let pieces: [&[u8]; 3] = [b"a\x1b[2J\xc3", b"\xa9\n", b"\xff end"];
        assert_eq!(passed(&pieces, false), pieces.concat());
        assert_eq!(String::from_utf8(passed(&pieces, true)).unwrap(), "a\\x1b[2J\u{e9}\n\u{fffd} end");
    }

    #[test]
    fn a_line_without_end_is_shown_in_pieces() {
        let long = "\u{e9}".repeat(LONGEST);
        let pieces: Vec<&[u8]> = long.as_bytes().chunks(LONGEST / 2 + 1).collect();
        assert_eq!(passed(&pieces, true), long.as_bytes());
    }
}
