//! Text that is higher than the screen, shown by another program.

use std::io::{self, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::{LentTerminal, text};

/// A program that shows long texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    command: String,
    /// Variables that it gets besides docket's own.
    variables: Vec<(&'static str, &'static str)>,
}

impl Pager {
    /// The pager that a command names, a line for the shell on Unix; `None` for one that shows nothing page by
    /// page. `set` says which variables the reader has set: `less` is told not to clear the screen, to let
    /// colours through, and to end at once where all fits on the screen, unless `LESS` says how it is to
    /// behave; and that this is UTF-8, where nothing says what is.
    pub fn new(command: &str, set: impl Fn(&str) -> bool) -> Option<Self> {
        let command = command.trim();
        let mut variables = Vec::new();
        if !set("LESS") {
            variables.push(("LESS", "FRX"));
        }
        if !["LESSCHARSET", "LC_ALL", "LC_CTYPE", "LANG"].into_iter().any(set) {
            variables.push(("LESSCHARSET", "utf-8"));
        }
        (!matches!(command, "" | "cat")).then(|| Self { command: command.to_owned(), variables })
    }

    /// Shows a text until its reader has had enough of it. Answers whether there was such a program: what it
    /// made of the text is the reader's business. Where there was one, nothing but the end may follow.
    pub(super) fn shows(&self, text: &str) -> bool {
        let lent = LentTerminal::new();
        let shown = self.start().and_then(|child| feed(child, text)).is_ok_and(started);
        if shown {
            lent.for_good();
        }
        shown
    }

    fn start(&self) -> io::Result<Child> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-./ ".contains(c);
        // Without a shell where none is needed: it would remark that there is no such program.
        let mut command = if cfg!(windows) || self.command.chars().all(plain) {
            let mut words = self.command.split_whitespace();
            let mut command = Command::new(words.next().unwrap_or_default());
            command.args(words);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &self.command]);
            command
        };
        command.envs(self.variables.iter().copied()).stdin(Stdio::piped()).spawn()
    }
}

/// Gives a pager all that it takes, and waits for its end.
fn feed(mut child: Child, text: &str) -> io::Result<ExitStatus> {
    if let Some(mut stdin) = child.stdin.take() {
        // Whoever has seen enough reads no further.
        let _ = stdin.write_all(text.as_bytes());
    }
    child.wait()
}

/// Whether there was a program, as shells tell it.
fn started(status: ExitStatus) -> bool {
    !matches!(status.code(), Some(126 | 127))
}

/// Rows that a text without styles and links takes on a screen of so many columns.
pub(super) fn rows(text: &str, columns: usize) -> usize {
    text.lines().map(|line| text::width(line).div_ceil(columns.max(1)).max(1)).sum()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn pager(command: &str) -> Pager {
        Pager::new(command, |_| false).unwrap()
    }

    #[test]
    fn a_pager_that_is_left_early_has_shown_the_text() {
        let long = "a line\n".repeat(100_000);
        assert!(pager("true").shows(&long));
        assert!(pager("false").shows(&long));
        assert!(pager("head -n 1 > /dev/null").shows(&long));
    }

    #[test]
    fn a_pager_that_is_not_there_has_shown_nothing() {
        assert!(!pager("docket-has-no-such-pager").shows("text\n"));
        assert!(!pager("docket-has-no-such-pager 2> /dev/null").shows("text\n"));
        assert!(!pager("/dev/null 2> /dev/null").shows("text\n"));
    }

    #[test]
    fn cat_and_nothing_are_no_pagers() {
        for command in ["", " ", "cat", " cat "] {
            assert_eq!(Pager::new(command, |_| false), None, "{command:?}");
        }
    }

    #[test]
    fn less_is_told_what_nobody_else_has_said() {
        let told = |set: &[&str]| Pager::new("less", |name| set.contains(&name)).unwrap().variables;
        assert_eq!(told(&[]), [("LESS", "FRX"), ("LESSCHARSET", "utf-8")]);
        assert_eq!(told(&["LANG"]), [("LESS", "FRX")]);
        assert_eq!(told(&["LESS", "LESSCHARSET"]), []);
    }

    #[test]
    fn rows_are_counted_as_a_screen_shows_them() {
        assert_eq!(rows("", 10), 0);
        assert_eq!(rows("a\n\nb\n", 10), 3);
        assert_eq!(rows("0123456789\n0123456789a\n", 10), 3);
        assert_eq!(rows("日本語の文\n", 10), 1);
    }
}
