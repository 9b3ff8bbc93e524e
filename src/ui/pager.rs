//! Text that is higher than the screen, shown by another program.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};

use super::{LentTerminal, Program, text};

/// A program that shows long texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pager {
    program: Program,
    /// Whether colours get through.
    colors: bool,
    /// Variables that it gets besides docket's own.
    variables: Vec<(&'static str, &'static str)>,
}

impl Pager {
    /// The pager that a command names, a line for the shell on Unix; `None` for one that shows nothing page by
    /// page. `variable` gives what the reader has set: `less` is told not to clear the screen, to let
    /// colours through, and to end at once where all fits on the screen, unless `LESS` says how it is to
    /// behave; and that this is UTF-8, where nothing says what is.
    pub fn new<'a>(command: &str, variable: impl Fn(&str) -> Option<&'a OsStr>) -> Option<Self> {
        let program = Program::new(command);
        let set = |name: &str| variable(name).is_some();
        let mut variables = Vec::new();
        if !set("LESS") {
            variables.push(("LESS", "FRX"));
        }
        if !["LESSCHARSET", "LC_ALL", "LC_CTYPE", "LANG"].into_iter().any(set) {
            variables.push(("LESSCHARSET", "utf-8"));
        }
        let colors = colors_pass(&program, variable("LESS"));
        (!matches!(program.line(), "" | "cat")).then_some(Self { program, colors, variables })
    }

    /// Whether colours get through it, rather than show as codes.
    pub(super) fn keeps_color(&self) -> bool {
        self.colors
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
        let mut command = self.program.command(NO_ARGUMENTS);
        command.envs(self.variables.iter().copied()).stdin(Stdio::piped()).spawn()
    }
}

const NO_ARGUMENTS: [&str; 0] = [];

/// Whether a pager lets colours through. Those of today do, but `less` has to be told, here or in `LESS`.
fn colors_pass(program: &Program, less: Option<&OsStr>) -> bool {
    let raw = |options: &str| {
        options.split_whitespace().any(|option| match option.strip_prefix("--") {
            Some(long) => long.to_ascii_lowercase().starts_with("raw-control-chars"),
            None => option.contains(['R', 'r']),
        })
    };
    let is_less = Path::new(program.name()).file_stem().is_some_and(|name| name == "less");
    !is_less
        || program.options().any(|word| word.starts_with('-') && raw(word))
        || less.is_none_or(|it| raw(&it.to_string_lossy()))
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
        Pager::new(command, |_| None).unwrap()
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
            assert_eq!(Pager::new(command, |_| None), None, "{command:?}");
        }
    }

    #[test]
    fn less_is_told_what_nobody_else_has_said() {
        let told = |set: &[&str]| {
            let variable = |name: &str| set.contains(&name).then_some(OsStr::new("x"));
            Pager::new("less", variable).unwrap().variables
        };
        assert_eq!(told(&[]), [("LESS", "FRX"), ("LESSCHARSET", "utf-8")]);
        assert_eq!(told(&["LANG"]), [("LESS", "FRX")]);
        assert_eq!(told(&["LESS", "LESSCHARSET"]), []);
    }

    #[test]
    fn less_gets_colours_where_it_lets_them_through() {
        let keeps = |command: &str, less: Option<&str>| {
            let variable = |name: &str| less.filter(|_| name == "LESS").map(OsStr::new);
            Pager::new(command, variable).unwrap().keeps_color()
        };
        for (command, less) in [
            ("less", None),
            ("/usr/bin/less", Some("-iR")),
            ("less", Some("-i --RAW-CONTROL-CHARS")),
            ("less -R", Some("FX")),
            ("bat --plain", Some("FX")),
        ] {
            assert!(keeps(command, less), "{command}, {less:?}");
        }
        for (command, less) in [("less -i", "FX"), ("/usr/bin/less", "-X --clear-screen"), ("less R", "-i")] {
            assert!(!keeps(command, Some(less)), "{command}, {less}");
        }
    }

    #[test]
    fn rows_are_counted_as_a_screen_shows_them() {
        assert_eq!(rows("", 10), 0);
        assert_eq!(rows("a\n\nb\n", 10), 3);
        assert_eq!(rows("0123456789\n0123456789a\n", 10), 3);
        assert_eq!(rows("日本語の文\n", 10), 1);
    }
}
