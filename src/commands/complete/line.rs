//! Where on a command line the cursor is, by docket's own command tree.

use clap::{Arg, ArgAction, Command};

/// A command line up to the cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The whole words, without the program's name.
    pub(super) before: Vec<String>,
    /// What there is of the word at the cursor.
    pub(super) word: String,
}

impl Line {
    /// Splits what was typed as a shell does. What the shell would put in place of variables and the like
    /// isn't known, so it stays as it is.
    pub(super) fn split(typed: &str) -> Self {
        let (mut words, mut word) = (Vec::new(), None::<String>);
        let mut quote = None;
        let mut chars = typed.chars();
        while let Some(c) = chars.next() {
            match (c, quote) {
                ('\'' | '"', None) => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (c, Some(open)) if c == open => quote = None,
                ('\\', None | Some('"')) => word.get_or_insert_default().extend(chars.next()),
                (c, None) if c.is_whitespace() => words.extend(word.take()),
                (c, _) => word.get_or_insert_default().push(c),
            }
        }
        let before = words.into_iter().skip(1).collect();
        Self { before, word: word.unwrap_or_default() }
    }
}

/// What is known of the place at the cursor.
pub(super) struct Place<'c> {
    /// The command that the words before lead to.
    pub(super) command: &'c Command,
    /// The names that lead to it, without the program's.
    pub(super) path: Vec<&'c str>,
    /// The arguments given by then, with what they were given.
    pub(super) given: Vec<(&'c Arg, String)>,
    /// What is to be completed there.
    pub(super) slot: Slot<'c>,
}

/// What can stand at the cursor.
pub(super) enum Slot<'c> {
    /// A flag.
    Flag,
    /// The value of an argument, after this much of the word, like `--product=`.
    Value(&'c Arg, String),
    /// A command below the place's, or its next argument, if it takes one.
    Word {
        /// Whether a command may stand there.
        command: bool,
        /// The argument.
        argument: Option<&'c Arg>,
    },
}

impl<'c> Place<'c> {
    /// Reads a line. `root` has to be built.
    pub(super) fn find(root: &'c Command, line: &Line) -> Self {
        let mut reader = Reader { command: root, path: Vec::new(), given: Vec::new(), plain: 0, rest: false };
        let mut pending = None;
        for word in &line.before {
            pending = match pending {
                Some(argument) => {
                    reader.given.push((argument, word.clone()));
                    None
                }
                None => reader.word(word),
            };
        }
        let slot = match pending {
            Some(argument) => Slot::Value(argument, String::new()),
            None => reader.slot(&line.word),
        };
        let Reader { command, path, given, .. } = reader;
        Self { command, path, given, slot }
    }

    /// What an argument was given last.
    pub(super) fn value(&self, id: &str) -> Option<&str> {
        self.given.iter().rev().find(|(argument, _)| argument.get_id() == id).map(|(_, value)| value.as_str())
    }
}

/// How far a line has been read.
struct Reader<'c> {
    command: &'c Command,
    path: Vec<&'c str>,
    given: Vec<(&'c Arg, String)>,
    /// How many arguments without a flag there were.
    plain: usize,
    /// Whether `--` came, after which there are no flags.
    rest: bool,
}

impl<'c> Reader<'c> {
    /// Reads a word; the flag whose value the next one is, if it is.
    fn word(&mut self, word: &str) -> Option<&'c Arg> {
        if word == "--" && !self.rest {
            self.rest = true;
        } else if let Some(flag) = word.strip_prefix("--").filter(|_| !self.rest) {
            let (name, value) =
                flag.split_once('=').map_or((flag, None), |(name, value)| (name, Some(value)));
            let flag = self.long(name)?;
            if value.is_none() && takes_next(flag) {
                return Some(flag);
            }
            self.given.push((flag, value.unwrap_or_default().to_owned()));
        } else if word.len() > 1 && word.starts_with('-') && !self.rest {
            return self.short_flags(&word[1..]);
        } else if let Some(below) = self.below(word) {
            self.command = below;
            self.path.push(below.get_name());
        } else if !word.is_empty() {
            if let Some(argument) = self.next_argument() {
                self.given.push((argument, word.to_owned()));
            }
            self.plain += 1;
        }
        None
    }

    /// Reads `-qF`, `-Ffile` and `-F=file`.
    fn short_flags(&mut self, letters: &str) -> Option<&'c Arg> {
        for (at, letter) in letters.char_indices() {
            let flag = self.short(letter)?;
            let value = &letters[at + letter.len_utf8()..];
            if takes_value(flag) && (!value.is_empty() || takes_next(flag)) {
                if value.is_empty() {
                    return Some(flag);
                }
                self.given.push((flag, value.trim_start_matches('=').to_owned()));
                return None;
            }
            self.given.push((flag, String::new()));
        }
        None
    }

    /// What the word at the cursor can become.
    fn slot(&self, word: &str) -> Slot<'c> {
        let plain = Slot::Word {
            command: self.plain == 0 && !self.rest && self.command.has_subcommands(),
            argument: self.next_argument(),
        };
        if self.rest || !word.starts_with('-') {
            return plain;
        }
        if let Some((name, _)) = word.strip_prefix("--").and_then(|flag| flag.split_once('=')) {
            return match self.long(name) {
                Some(flag) if takes_value(flag) => Slot::Value(flag, format!("--{name}=")),
                _ => Slot::Flag,
            };
        }
        let mut letters = word[1..].chars();
        match letters.next().and_then(|letter| self.short(letter)) {
            Some(flag) if takes_value(flag) && letters.next().is_some() => {
                let value = word[2..].strip_prefix('=').map_or(2, |_| 3);
                Slot::Value(flag, word[..value].to_owned())
            }
            _ => Slot::Flag,
        }
    }

    fn below(&self, name: &str) -> Option<&'c Command> {
        let may = self.plain == 0 && !self.rest;
        self.command.find_subcommand(name).filter(|below| may && !below.is_hide_set())
    }

    /// The argument without a flag that comes next; the last one where it takes all that follow.
    fn next_argument(&self) -> Option<&'c Arg> {
        let mut arguments: Vec<&Arg> = self.command.get_positionals().collect();
        arguments.sort_by_key(|argument| argument.get_index());
        let last = arguments.last().copied().filter(|last| matches!(last.get_action(), ArgAction::Append));
        arguments.get(self.plain).copied().or(last)
    }

    fn long(&self, name: &str) -> Option<&'c Arg> {
        self.command.get_arguments().find(|argument| argument.get_long() == Some(name))
    }

    fn short(&self, letter: char) -> Option<&'c Arg> {
        self.command.get_arguments().find(|argument| argument.get_short() == Some(letter))
    }
}

/// Whether an argument has a value.
pub(super) fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}

/// Whether a flag's value may be the next word.
fn takes_next(flag: &Arg) -> bool {
    takes_value(flag) && !flag.is_require_equals_set()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    /// Where the cursor is: the command, what was given, what is to come.
    fn place(typed: &str) -> String {
        let mut root = Cli::command();
        root.build();
        let place = Place::find(&root, &Line::split(&format!("docket {typed}")));
        let given: Vec<String> =
            place.given.iter().map(|(argument, value)| format!("{}={value}", argument.get_id())).collect();
        let slot = match &place.slot {
            Slot::Flag => "a flag".to_owned(),
            Slot::Value(argument, head) => format!("{head}<{}>", argument.get_id()),
            Slot::Word { command, argument } => {
                let argument = argument.map(|argument| format!("<{}>", argument.get_id()));
                [command.then(|| "a command".to_owned()), argument]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" or ")
            }
        };
        format!("{} [{}] {slot}", place.path.join(" "), given.join(" ")).trim().to_owned()
    }

    #[test]
    fn words_are_split_as_a_shell_does() {
        let split = |typed: &str| {
            let line = Line::split(typed);
            (line.before.join("|"), line.word)
        };
        for (typed, before, word) in [
            ("docket ", "", ""),
            ("docket ca", "", "ca"),
            ("./docket case  new ", "case|new", ""),
            ("docket case comment 1 -m 'two  words' --js", "case|comment|1|-m|two  words", "--js"),
            (r#"docket -s "a \"b\" c" -F a\ b"#, r#"-s|a "b" c|-F"#, "a b"),
            ("docket -s '' ", "-s|", ""),
            ("docket -s 'it is", "-s", "it is"),
            ("docket -s $(date) ü", "-s|$(date)", "ü"),
            ("docket a\\", "", "a"),
            ("", "", ""),
        ] {
            assert_eq!(split(typed), (before.to_owned(), word.to_owned()), "{typed}");
        }
    }

    #[test]
    fn the_cursor_is_found_by_the_command_tree() {
        for (typed, found) in [
            ("", "[] a command"),
            ("--portal ", "[] <portal>"),
            ("--portal local case ", "case [portal=local] a command"),
            ("--portal=local case show 4", "case show [portal=local] <number>"),
            ("case show 42 ", "case show [number=42]"),
            ("case show 42 --", "case show [number=42] a flag"),
            ("case attach 42 a.txt ", "case attach [number=42 files=a.txt] <files>"),
            ("case list --status=", "case list [] --status=<status>"),
            ("case list --json --status ", "case list [json=] <status>"),
            ("case list --json=number -qL 3 -Sx -", "case list [json=number quiet= limit=3 search=x] a flag"),
            ("case list -L", "case list [] a flag"),
            ("case list -L3", "case list [] -L<limit>"),
            ("case comment -m --quiet -- -4", "case comment [message=--quiet] <number>"),
            ("case comment -- -4 ", "case comment [number=-4]"),
            ("case new -s '' --product ", "case new [subject=] <product>"),
            ("case new '' ", "case new []"),
            ("case new --resume ", "case new [resume=]"),
            ("case new --resume=", "case new [] --resume=<resume>"),
            ("resources ", "resources [] a command or <words>"),
            ("resources access ", "resources [words=access] <words>"),
            ("resources show ", "resources show [] <id>"),
            ("nonsense ", "[]"),
            ("--nonsense case new --no-such=1 -Z ", "case new []"),
            ("__complete ", "[]"),
            ("case -", "case [] a flag"),
            ("case -ü", "case [] a flag"),
        ] {
            assert_eq!(place(typed), found, "{typed}");
        }
    }
}
