//! `config.toml` and `.docket.toml`: a few keys with texts, and `[defaults]` for the form.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::disk;
use crate::address::Address;
use crate::failure::Failure;
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

/// A file that was read and found in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettingsFile {
    path: PathBuf,
    settings: Vec<Entry>,
    defaults: Vec<Entry>,
}

/// A key and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) file: PathBuf,
    pub(super) line: usize,
}

impl SettingsFile {
    /// `config.toml`, if there is one.
    pub(super) fn config(path: &Path) -> Result<Option<Self>, Failure> {
        disk::read(path)?.map(|content| Self::parse(path, &content, CONFIG_KEYS)).transpose()
    }

    /// The `.docket.toml` in `folder` or the nearest one above it.
    pub(super) fn nearest(folder: &Path) -> Result<Option<Self>, Failure> {
        for folder in folder.ancestors() {
            let path = folder.join(DIRECTORY_FILE);
            if let Some(content) = disk::read(&path)? {
                return Self::parse(&path, &content, DIRECTORY_KEYS).map(Some);
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

    fn parse(path: &Path, content: &[u8], known: &[&str]) -> Result<Self, Failure> {
        let text = std::str::from_utf8(content).map_err(|error| {
            let line = 1 + content[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            at(path, line, "it is not valid UTF-8")
        })?;
        let reader = Reader { path, text };
        let table = DeTable::parse(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            at(path, reader.line(offset), &error.message().replace('\n', "; "))
        })?;
        let mut file = Self { path: path.to_owned(), settings: Vec::new(), defaults: Vec::new() };
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
        Some(why) => Err(Wrong {
            key: entry.key,
            line: entry.line,
            what: format!("can't be used: {why}"),
            meant: None,
            hints: Vec::new(),
        }),
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
    let meant = similar(key, known.iter().copied().chain([DEFAULTS])).filter(|_| !elsewhere);
    let what = format!("is not a setting: there are {}, [{DEFAULTS}]", known.join(", "));
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
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count()
    }

    fn entry(&self, key: &str, line: usize, value: &Spanned<DeValue>) -> Result<Entry, Wrong> {
        let key = key.to_owned();
        match value.get_ref() {
            DeValue::String(text) => {
                Ok(Entry { key, value: text.to_string(), file: self.path.to_owned(), line })
            }
            _ => {
                let what = "has to be a text in quotes".to_owned();
                Err(Wrong { key, line, what, meant: None, hints: Vec::new() })
            }
        }
    }
}

fn at(path: &Path, line: usize, what: &str) -> Failure {
    Failure::usage(format!("{}:{line}: {what}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str, known: &[&str]) -> String {
        SettingsFile::parse(Path::new("f.toml"), text.as_bytes(), known).unwrap_err().message
    }

    #[test]
    fn what_is_wrong_is_named_with_file_key_and_line() {
        for (text, expected) in [
            (
                "portal = 'x'\ncolour = 'red'",
                "f.toml:2: `colour` is not a setting: there are portal, account, [defaults]",
            ),
            ("lang = 'fr'", "f.toml:1: `lang` is not a setting: there are portal, account, [defaults]"),
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
            let found = message(text, DIRECTORY_KEYS);
            assert!(found.starts_with(expected), "{text}: {found}");
            assert!(!found.contains('\n'), "{found}");
        }
        let file = SettingsFile::parse(Path::new("f.toml"), b"portal = 'a'\n\xff", CONFIG_KEYS);
        assert_eq!(file.unwrap_err().message, "f.toml:2: it is not valid UTF-8");
    }

    #[test]
    fn all_that_is_wrong_with_a_file_is_named_at_once() {
        let text = "acount = '1001'\nportal = 'http://desk.example.com'\ntimeout = 'soon'\nlang = 1\n\
                    colour = 'red'\n[defaults]\ntoken = 'x'\nproduct = 'clm'\n";
        let failure = SettingsFile::parse(Path::new("f.toml"), text.as_bytes(), CONFIG_KEYS).unwrap_err();
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
        line 5 colour: is not a setting: there are portal, account, lang, timeout, ca_bundle, editor, pager, browser, [defaults]
        line 7 token: looks like a secret, and this file is not a place for one: others may read it
        ");
        assert_eq!(failure.hints.len(), 1, "{:?}", failure.hints);
    }

    #[test]
    fn a_key_that_is_nearly_one_is_recognised() {
        let hints = |text: &str, known: &[&str]| {
            SettingsFile::parse(Path::new("f.toml"), text.as_bytes(), known).unwrap_err().hints
        };
        assert_eq!(hints("acount = '1'", DIRECTORY_KEYS), ["did you mean `account`?"]);
        assert_eq!(hints("ca-bundle = 'x'", CONFIG_KEYS), ["did you mean `ca_bundle`?"]);
        assert_eq!(hints("[default]\nproduct = 'clm'", DIRECTORY_KEYS), ["did you mean `defaults`?"]);
        assert_eq!(hints("colour = 'red'", CONFIG_KEYS), Vec::<String>::new());
    }

    /// Commands to run, where tokens go and whom to trust are nobody's business but the user's.
    #[test]
    fn a_folder_sets_nothing_that_runs_or_is_trusted() {
        for key in CONFIG_KEYS.iter().filter(|key| !DIRECTORY_KEYS.contains(key)) {
            let text = format!("account = '1'\n{key} = 'x'");
            let failure =
                SettingsFile::parse(Path::new(DIRECTORY_FILE), text.as_bytes(), DIRECTORY_KEYS).unwrap_err();
            let expected =
                format!(".docket.toml:2: `{key}` is not a setting: there are portal, account, [defaults]");
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
}
