//! Server-sent events, as the HTML standard has them: bytes, in whatever pieces they come, become messages.

use std::time::Duration;

/// Bytes that a message may have. A portal's have a fraction of it.
const LONGEST: usize = 1 << 20;

/// A message that came whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    /// Its lines, a line feed between them.
    pub(super) data: String,
}

/// More came without an end than a portal sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// Takes a stream apart. What is cut off at its end is no message.
#[derive(Debug, Default)]
pub(super) struct Parser {
    /// The line that hasn't ended yet.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, which a line feed may belong to.
    returned: bool,
    /// Whether the first line, which may begin with a byte order mark, is over.
    begun: bool,
    data: Option<Vec<u8>>,
    /// After how long the portal wants to be asked again when the stream has ended.
    retry: Option<Duration>,
}

impl Parser {
    /// After how long the portal wants to be asked again, if it has said so.
    pub(super) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// The messages that end with the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<Message>, TooLong> {
        let mut messages = Vec::new();
        for &byte in bytes {
            let belongs = std::mem::replace(&mut self.returned, byte == b'\r') && byte == b'\n';
            match byte {
                _ if belongs => {}
                b'\n' | b'\r' => messages.extend(self.end_of_line()),
                _ => self.line.push(byte),
            }
            if self.line.len() + self.data.as_ref().map_or(0, Vec::len) > LONGEST {
                return Err(TooLong);
            }
        }
        Ok(messages)
    }

    fn end_of_line(&mut self) -> Option<Message> {
        let whole = std::mem::take(&mut self.line);
        let first = !std::mem::replace(&mut self.begun, true);
        let line = match whole.strip_prefix("\u{feff}".as_bytes()) {
            Some(rest) if first => rest,
            _ => &whole,
        };
        if line.is_empty() {
            let data = self.data.take()?;
            return Some(Message { data: String::from_utf8_lossy(&data).into_owned() });
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                data @ None => *data = Some(value.to_vec()),
            },
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                let milliseconds = std::str::from_utf8(value).ok().and_then(|value| value.parse().ok());
                self.retry = milliseconds.map(Duration::from_millis);
            }
            // Comments have no name. An event's number is in its data, and so is its kind.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(stream: &[u8]) -> Vec<String> {
        let mut parser = Parser::default();
        parser.push(stream).unwrap().into_iter().map(|message| message.data).collect()
    }

    #[test]
    fn a_message_ends_with_an_empty_line_whatever_ends_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let stream = ["\u{feff}: hello", "id: 7", "event: replied", "data: a", "data:b", "data:  c", ""]
                .iter()
                .chain(&["data", "", "other: x", "", "data: cut off"])
                .map(|line| format!("{line}{end}"))
                .collect::<String>();
            assert_eq!(read(stream.as_bytes()), ["a\nb\n c", ""], "{end:?}");
        }
    }

    #[test]
    fn what_is_no_field_is_passed_over() {
        assert_eq!(read(b"Data: a\ndatas: b\n: data: c\n data: d\nid\n\n"), [""; 0]);
        assert_eq!(read("data: \u{feff}ü\u{1f600}\n\n".as_bytes()), ["\u{feff}ü\u{1f600}"]);
        assert_eq!(read(b"data: a\xff\n\n"), ["a\u{fffd}"]);
    }

    #[test]
    fn retry_is_a_number_of_milliseconds() {
        let mut parser = Parser::default();
        for (line, then) in
            [("retry: soon\n", None), ("retry: 250\n", Some(250)), ("retry: -1\nretry:\n", Some(250))]
        {
            parser.push(line.as_bytes()).unwrap();
            assert_eq!(parser.retry(), then.map(Duration::from_millis), "{line}");
        }
    }

    #[test]
    fn a_message_without_an_end_is_given_up() {
        let mut parser = Parser::default();
        let line = [b"data: ".as_slice(), &[b'x'; 1000], b"\n"].concat();
        let pushed = (0..2_000).map(|_| parser.push(&line)).find(Result::is_err);
        assert_eq!(pushed, Some(Err(TooLong)));
        assert_eq!(Parser::default().push(&vec![b'x'; LONGEST + 1]), Err(TooLong));
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(
            lines in prop::collection::vec(
                (prop_oneof![
                    "data: ?[a-zü\u{feff}:]{0,5}", Just(String::new()), ":.{0,3}", "retry: [0-9]{1,3}", "id: [0-9]",
                ], prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]),
                0..20,
            ),
            cuts in prop::collection::vec(0_usize..200, 0..10),
        ) {
            let stream: String = lines.iter().map(|(line, end)| format!("{line}{end}")).collect();
            let bytes = stream.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let (mut whole, mut parts) = (Parser::default(), Parser::default());
            let expected = whole.push(bytes).unwrap();
            let mut found = Vec::new();
            for cut in cuts.windows(2) {
                found.extend(parts.push(&bytes[cut[0]..cut[1]]).unwrap());
            }
            prop_assert_eq!(found, expected);
            prop_assert_eq!(parts.retry(), whole.retry());
        }

        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Parser::default().push(&bytes);
        }
    }
}
