//! `config.toml` and `.docket.toml`: a few keys with texts, `[defaults]` for the form, and `[redact]` for what is
//! a secret.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::disk;
use super::redaction::RedactMode;
use super::settings::Source;
use crate::address::Address;
use crate::failure::Failure;
use crate::redact::{Marks, Own, Redactor, RulesError};
use crate::similar::similar;
use crate::when::parse_wait;

/// What `config.toml` may set.
pub(super) const CONFIG_KEYS: &[&str] =
    &["portal", "account", "lang", "timeout", "ca_bundle", "editor", "pager", "browser"];
/// What a `.docket.toml` may set; it may come with somebody else's repository.
const DIRECTORY_KEYS: &[&str] = &["portal", "account"];
/// The name of the file that goes for a folder and those below it.
const DIRECTORY_FILE: &str = ".docket.toml";
/// The table with answers to form fields.
const DEFAULTS: &str = "defaults";
/// The table about secrets.
const REDACT: &str = "redact";
/// What it may say.
pub(super) const REDACT_KEYS: &[&str] = &["mode", "pii", "names", "patterns", "allow"];

/// Whose word a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Author {
    /// The user's own: `config.toml`.
    User,
    /// Whoever has written the files in a folder: `.docket.toml`.
    Anybody,
}

impl Author {
    /// What such a file may set.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::User => CONFIG_KEYS,
            Self::Anybody => DIRECTORY_KEYS,
        }
    }
}

/// A file that was read and found in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettingsFile {
    path: PathBuf,
    settings: Vec<Entry>,
    defaults: Vec<Entry>,
    /// A list has an entry for each of its texts.
    redact: Vec<Entry>,
}

/// A key and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) file: PathBuf,
    pub(super) line: usize,
    author: Author,
}

impl Entry {
    /// Where it stands.
    pub(super) fn source(&self) -> Source {
        let (file, line) = (self.file.clone(), self.line);
        match self.author {
            Author::User => Source::Config { file, line },
            Author::Anybody => Source::Directory { file, line },
        }
    }
}

impl SettingsFile {
    /// `config.toml`, if there is one.
    pub(super) fn config(path: &Path) -> Result<Option<Self>, Failure> {
        disk::read(path)?.map(|content| Self::parse(path, &content, Author::User)).transpose()
    }

    /// The `.docket.toml` in `folder` or the nearest one above it.
    pub(super) fn nearest(folder: &Path) -> Result<Option<Self>, Failure> {
        for folder in folder.ancestors() {
            let path = folder.join(DIRECTORY_FILE);
            if let Some(content) = disk::read(&path)? {
                return Self::parse(&path, &content, Author::Anybody).map(Some);
            }
        }
        Ok(None)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.settings.iter().find(|entry| entry.key == key)
    }

    pub(super) fn defaults(&self) -> impl Iterator<Item = &Entry> {
        self.defaults.iter()
    }

    /// What it says of secrets with this key: a text, or each text of a list.
    pub(super) fn redact(&self, key: &'static str) -> impl Iterator<Item = &Entry> {
        self.redact.iter().filter(move |entry| entry.key == key)
    }

    fn parse(path: &Path, content: &[u8], author: Author) -> Result<Self, Failure> {
        let text = std::str::from_utf8(content).map_err(|error| {
            let line = 1 + content[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            at(path, line, "it is not valid UTF-8")
        })?;
        let (reader, known) = (Reader { path, text, author }, author.keys());
        let table = DeTable::parse(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            at(path, reader.line(offset), &error.message().replace('\n', "; "))
        })?;
        let mut file =
            Self { path: path.to_owned(), settings: Vec::new(), defaults: Vec::new(), redact: Vec::new() };
        let mut wrong = Vec::new();
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            let line = reader.line(key.span().start);
            match value.get_ref() {
                DeValue::Table(defaults) if name == DEFAULTS => {
                    for (key, value) in defaults {
                        let (name, line) = (key.get_ref(), reader.line(key.span().start));
                        let entry = match secret(name, line) {
                            Some(wrong) => Err(wrong),
                            None => reader.entry(name, line, value),
                        };
                        entry.map_or_else(|why| wrong.push(why), |entry| file.defaults.push(entry));
                    }
                }
                DeValue::Table(rules) if name == REDACT => {
                    for (key, value) in rules {
                        reader.redact(key, value, &mut file.redact, &mut wrong);
                    }
                    wrong.extend(wrong_patterns(&file.redact));
                }
                _ if known.contains(&name) => {
                    let entry = reader.entry(name, line, value).and_then(checked);
                    entry.map_or_else(|why| wrong.push(why), |entry| file.settings.push(entry));
                }
                _ => wrong.push(unknown(name, line, known)),
            }
        }
        wrong.sort_by_key(|wrong| wrong.line);
        if wrong.is_empty() { Ok(file) } else { Err(all_of(path, wrong)) }
    }
}

/// Something that is wrong in a file.
struct Wrong {
    key: String,
    line: usize,
    /// What, after the key.
    what: String,
    /// What it may have been meant to be.
    meant: Option<String>,
    hints: Vec<String>,
}

impl Wrong {
    fn new(key: &str, line: usize, what: impl Into<String>) -> Self {
        Self { key: key.to_owned(), line, what: what.into(), meant: None, hints: Vec::new() }
    }
}

/// All that is wrong with a file, at once.
fn all_of(path: &Path, mut wrong: Vec<Wrong>) -> Failure {
    if let [_] = wrong.as_slice() {
        let Wrong { key, line, what, meant, hints } = wrong.remove(0);
        let failure = at(path, line, &format!("`{key}` {what}")).did_you_mean(meant);
        return hints.into_iter().fold(failure, Failure::hint);
    }
    let mut failure = Failure::usage(format!("{}: {} lines are wrong", path.display(), wrong.len()));
    for Wrong { key, line, what, meant, hints } in wrong {
        let what = match meant {
            Some(meant) => format!("{}; did you mean `{meant}`?", what.split(':').next().unwrap_or_default()),
            None => what,
        };
        failure = failure.problem(key, what, format!("line {line}"));
        for hint in hints {
            if !failure.hints.contains(&hint) {
                failure.hints.push(hint);
            }
        }
    }
    failure
}

/// A setting whose text is one of its kind.
fn checked(entry: Entry) -> Result<Entry, Wrong> {
    let wrong = match entry.key.as_str() {
        "portal" => entry.value.parse::<Address>().err().map(|error| error.to_string()),
        "timeout" => parse_wait(&entry.value).err().map(|error| error.to_string()),
        _ => None,
    };
    match wrong {
        None => Ok(entry),
        Some(why) => Err(Wrong::new(&entry.key, entry.line, format!("can't be used: {why}"))),
    }
}

/// A key that isn't a setting.
fn unknown(key: &str, line: usize, known: &[&str]) -> Wrong {
    if let Some(refused) = secret(key, line) {
        return refused;
    }
    let elsewhere = CONFIG_KEYS.contains(&key);
    let mut hints = Vec::new();
    if elsewhere {
        hints.push(format!(
            "`{key}` may stand in config.toml only: a {DIRECTORY_FILE} can come with somebody else's files"
        ));
    }
    let meant = similar(key, known.iter().copied().chain([DEFAULTS, REDACT])).filter(|_| !elsewhere);
    let what = format!("is not a setting: there are {}, [{DEFAULTS}], [{REDACT}]", known.join(", "));
    Wrong { key: key.to_owned(), line, what, meant, hints }
}

/// A key that looks like a secret's is refused.
fn secret(key: &str, line: usize) -> Option<Wrong> {
    let lower = key.to_lowercase();
    let words = ["token", "password", "passwd", "secret", "credential", "apikey", "api_key", "api-key"];
    words.iter().any(|word| lower.contains(word)).then(|| Wrong {
        key: key.to_owned(),
        line,
        what: "looks like a secret, and this file is not a place for one: others may read it".to_owned(),
        meant: None,
        hints: vec![
            "remove it; `docket login` keeps the token safely, and DOCKET_TOKEN_COMMAND can fetch one"
                .to_owned(),
        ],
    })
}

/// A file being read.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    author: Author,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count()
    }

    fn entry(&self, key: &str, line: usize, value: &Spanned<DeValue>) -> Result<Entry, Wrong> {
        let key = key.to_owned();
        match value.get_ref() {
            DeValue::String(text) => {
                let file = self.path.to_owned();
                Ok(Entry { key, value: text.to_string(), file, line, author: self.author })
            }
            _ => Err(Wrong::new(&key, line, "has to be a text in quotes")),
        }
    }

    /// A key of `[redact]`, as entries or as what is wrong with it.
    fn redact(
        &self,
        key: &Spanned<std::borrow::Cow<str>>,
        value: &Spanned<DeValue>,
        entries: &mut Vec<Entry>,
        wrong: &mut Vec<Wrong>,
    ) {
        let (name, line) = (&**key.get_ref(), self.line(key.span().start));
        if !REDACT_KEYS.contains(&name) {
            let what = format!("is not a setting: there are {}", REDACT_KEYS.join(", "));
            let meant = similar(name, REDACT_KEYS.iter().copied());
            wrong.push(Wrong { meant, ..Wrong::new(&format!("{REDACT}.{name}"), line, what) });
            return;
        }
        let mut add = |entry: Result<Entry, Wrong>| match entry.and_then(rule) {
            Ok(entry) => entries.push(entry),
            Err(why) => wrong.push(Wrong { key: format!("{REDACT}.{name}"), ..why }),
        };
        match (name, value.get_ref()) {
            ("mode", _) => add(self.entry(name, line, value)),
            ("pii", DeValue::Boolean(yes)) => {
                let (key, value, file) = (name.to_owned(), yes.to_string(), self.path.to_owned());
                add(Ok(Entry { key, value, file, line, author: self.author }));
            }
            ("pii", _) => add(Err(Wrong::new(name, line, "has to be true or false"))),
            (_, DeValue::Array(texts)) => {
                for text in texts.iter() {
                    let what = "has to be a list of texts in quotes";
                    let line = self.line(text.span().start);
                    add(self.entry(name, line, text).map_err(|_| Wrong::new(name, line, what)));
                }
            }
            _ => add(Err(Wrong::new(name, line, "has to be a list of texts in quotes"))),
        }
    }
}

/// What is said of secrets, if it can be used and may be said there.
fn rule(entry: Entry) -> Result<Entry, Wrong> {
    let Entry { key, value, line, author, .. } = &entry;
    let refused = |what: &str| {
        let hint = format!(
            "a {DIRECTORY_FILE} can come with somebody else's files, and lets no more secrets through: \
             say it in config.toml"
        );
        Err(Wrong { hints: vec![hint], ..Wrong::new(key, *line, what) })
    };
    let is_anybodys = *author == Author::Anybody;
    match key.as_str() {
        "mode" => match value.parse() {
            Ok(RedactMode::Off) if is_anybodys => refused("can't be `off` here"),
            Ok(_) => Ok(entry),
            Err(why) => Err(Wrong::new(key, *line, format!("can't be used: {why}"))),
        },
        "pii" if is_anybodys && value != "true" => refused("can only be `true` here"),
        "allow" if is_anybodys => refused("is not a setting here"),
        _ if value.trim().is_empty() => Err(Wrong::new(key, *line, "has an empty text")),
        "names" if !Own::can_be_met(value) => {
            Err(Wrong::new(key, *line, "has a name without three letters or digits from a to z"))
        }
        _ => Ok(entry),
    }
}

/// The patterns that are no regular expressions. To try one takes as long as to try all of them.
fn wrong_patterns(entries: &[Entry]) -> Vec<Wrong> {
    let patterns: Vec<&Entry> = entries.iter().filter(|entry| entry.key == "patterns").collect();
    let tried = |patterns: &[&Entry]| {
        let patterns = patterns.iter().map(|entry| entry.value.clone()).collect();
        Redactor::new(&Own { patterns, ..Own::default() }, false, Marks::keyed())
    };
    if patterns.is_empty() || tried(&patterns).is_ok() {
        return Vec::new();
    }
    patterns.iter().filter_map(|entry| Some(no_pattern(entry, &tried(&[entry]).err()?))).collect()
}

fn no_pattern(entry: &Entry, error: &RulesError) -> Wrong {
    Wrong::new(&format!("{REDACT}.{}", entry.key), entry.line, format!("can't be used: {error}"))
}

fn at(path: &Path, line: usize, what: &str) -> Failure {
    Failure::usage(format!("{}:{line}: {what}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str, author: Author) -> String {
        SettingsFile::parse(Path::new("f.toml"), text.as_bytes(), author).unwrap_err().message
    }

    #[test]
    fn what_is_wrong_is_named_with_file_key_and_line() {
        for (text, expected) in [
            (
                "portal = 'x'\ncolour = 'red'",
                "f.toml:2: `colour` is not a setting: there are portal, account, [defaults], [redact]",
            ),
            (
                "lang = 'fr'",
                "f.toml:1: `lang` is not a setting: there are portal, account, [defaults], [redact]",
            ),
            ("account = 1001", "f.toml:1: `account` has to be a text in quotes"),
            ("[defaults]\n\nphone = 1", "f.toml:3: `phone` has to be a text in quotes"),
            ("portal = \n", "f.toml:1: "),
            ("portal = 'a'\nportal = 'b'", "f.toml:2: "),
            (
                "# mine\ntoken = 'x'",
                "f.toml:2: `token` looks like a secret, and this file is not a place for one: \
                 others may read it",
            ),
            ("[defaults]\nPassword = 'x'", "f.toml:2: `Password` looks like a secret, "),
        ] {
            let found = message(text, Author::Anybody);
            assert!(found.starts_with(expected), "{text}: {found}");
            assert!(!found.contains('\n'), "{found}");
        }
        let file = SettingsFile::parse(Path::new("f.toml"), b"portal = 'a'\n\xff", Author::User);
        assert_eq!(file.unwrap_err().message, "f.toml:2: it is not valid UTF-8");
    }

    #[test]
    fn all_that_is_wrong_with_a_file_is_named_at_once() {
        let text = "acount = '1001'\nportal = 'http://desk.example.com'\ntimeout = 'soon'\nlang = 1\n\
                    colour = 'red'\n[defaults]\ntoken = 'x'\nproduct = 'clm'\n";
        let failure = SettingsFile::parse(Path::new("f.toml"), text.as_bytes(), Author::User).unwrap_err();
        assert_eq!(failure.message, "f.toml: 6 lines are wrong");
        let found: Vec<String> = failure
            .fields
            .iter()
            .map(|wrong| format!("{} {}: {}", wrong.flag, wrong.field, wrong.problem))
            .collect();
        insta::assert_snapshot!(found.join("\n"), @"
        line 1 acount: is not a setting; did you mean `account`?
        line 2 portal: can't be used: http://desk.example.com would send passwords and tokens in the clear: use https, as in https://desk.example.com
        line 3 timeout: can't be used: `soon` is not a duration: write it like 90s, 15m, 2h, 5d or 1h30m
        line 4 lang: has to be a text in quotes
        line 5 colour: is not a setting: there are portal, account, lang, timeout, ca_bundle, editor, pager, browser, [defaults], [redact]
        line 7 token: looks like a secret, and this file is not a place for one: others may read it
        ");
        assert_eq!(failure.hints.len(), 1, "{:?}", failure.hints);
    }

    #[test]
    fn a_key_that_is_nearly_one_is_recognised() {
        let hints = |text: &str, author: Author| {
            SettingsFile::parse(Path::new("f.toml"), text.as_bytes(), author).unwrap_err().hints
        };
        assert_eq!(hints("acount = '1'", Author::Anybody), ["did you mean `account`?"]);
        assert_eq!(hints("ca-bundle = 'x'", Author::User), ["did you mean `ca_bundle`?"]);
        assert_eq!(hints("[default]\nproduct = 'clm'", Author::Anybody), ["did you mean `defaults`?"]);
        assert_eq!(hints("colour = 'red'", Author::User), Vec::<String>::new());
    }

    /// Commands to run, where tokens go and whom to trust are nobody's business but the user's.
    #[test]
    fn a_folder_sets_nothing_that_runs_or_is_trusted() {
        for key in CONFIG_KEYS.iter().filter(|key| !DIRECTORY_KEYS.contains(key)) {
            let text = format!("account = '1'\n{key} = 'x'");
            let failure =
                SettingsFile::parse(Path::new(DIRECTORY_FILE), text.as_bytes(), Author::Anybody).unwrap_err();
            let expected = format!(
                ".docket.toml:2: `{key}` is not a setting: there are portal, account, [defaults], [redact]"
            );
            assert_eq!(failure.message, expected);
            assert_eq!(
                failure.hints,
                [format!(
                    "`{key}` may stand in config.toml only: a .docket.toml can come with somebody else's files"
                )]
            );
        }
    }

    #[test]
    fn the_nearest_file_counts_alone() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(root.path().join(DIRECTORY_FILE), "portal = 'far'").unwrap();
        std::fs::write(root.path().join("a").join(DIRECTORY_FILE), "account = 'near'").unwrap();
        let file = SettingsFile::nearest(&inner).unwrap().unwrap();
        assert_eq!(file.get("account").unwrap().value, "near");
        assert_eq!(file.get("portal"), None);
    }

    #[test]
    fn what_is_wrong_about_secrets_is_named_with_key_and_line() {
        for (text, expected) in [
            ("[redact]\nmode = 'on'", "f.toml:2: `redact.mode` can't be used: `on` is not a way to redact: "),
            ("[redact]\npii = 'yes'", "f.toml:2: `redact.pii` has to be true or false"),
            ("[redact]\nnames = 'x'", "f.toml:2: `redact.names` has to be a list of texts in quotes"),
            (
                "[redact]\nnames = ['xyz',\n 1]",
                "f.toml:3: `redact.names` has to be a list of texts in quotes",
            ),
            ("[redact]\nallow = ['x', ' ']", "f.toml:2: `redact.allow` has an empty text"),
            ("[redact]\nnames = ['pin', 'pw']", "f.toml:2: `redact.names` has a name without three letters"),
            ("[redact]\nnames = ['Schlüssel']", "f.toml:2: `redact.names` has a name without three letters"),
            ("redact = true", "f.toml:1: `redact` is not a setting: "),
            (
                "[redact]\n\nname = ['x']",
                "f.toml:3: `redact.name` is not a setting: there are mode, pii, names, patterns, allow",
            ),
        ] {
            let found = message(text, Author::User);
            assert!(found.starts_with(expected), "{text}: {found}");
        }
        let file =
            SettingsFile::parse(Path::new("f.toml"), b"[redact]\npatterns = ['a', \n'b']", Author::User);
        let error = RulesError { pattern: "b".to_owned(), why: "there is no such letter".to_owned() };
        let failure = all_of(
            Path::new("f.toml"),
            vec![no_pattern(file.unwrap().redact("patterns").nth(1).unwrap(), &error)],
        );
        assert_eq!(
            failure.message,
            "f.toml:3: `redact.patterns` can't be used: the pattern `b` isn't a regular expression: \
             there is no such letter"
        );
    }
}
