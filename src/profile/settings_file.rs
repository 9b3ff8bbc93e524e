//! `config.toml` and `.docket.toml`: a few keys with texts, and `[defaults]` for the form.

use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::disk;
use crate::failure::Failure;
use crate::similar::similar;

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

impl Entry {
    /// Wrong usage, here.
    pub(super) fn failure(&self, what: &str) -> Failure {
        Failure::usage(format!("{}:{}: {}: {what}", self.file.display(), self.line, self.key))
    }
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
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            match value.get_ref() {
                DeValue::Table(defaults) if name == DEFAULTS => {
                    for (key, value) in defaults {
                        reader.refuse_secret(key.get_ref(), key.span().start)?;
                        file.defaults.push(reader.entry(key.get_ref(), key.span().start, value)?);
                    }
                }
                _ if known.contains(&name) => {
                    file.settings.push(reader.entry(name, key.span().start, value)?);
                }
                _ => return Err(reader.unknown(name, key.span().start, known)),
            }
        }
        Ok(file)
    }
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

    fn entry(&self, key: &str, offset: usize, value: &Spanned<DeValue>) -> Result<Entry, Failure> {
        let line = self.line(offset);
        match value.get_ref() {
            DeValue::String(text) => {
                let (key, value) = (key.to_owned(), text.to_string());
                Ok(Entry { key, value, file: self.path.to_owned(), line })
            }
            _ => Err(at(self.path, line, &format!("`{key}` has to be a text in quotes"))),
        }
    }

    fn unknown(&self, key: &str, offset: usize, known: &[&str]) -> Failure {
        if let Err(refused) = self.refuse_secret(key, offset) {
            return refused;
        }
        let failure = at(
            self.path,
            self.line(offset),
            &format!("`{key}` is not a setting: there are {}, [{DEFAULTS}]", known.join(", ")),
        );
        let elsewhere = CONFIG_KEYS.contains(&key);
        match similar(key, known.iter().copied().chain([DEFAULTS])) {
            _ if elsewhere => failure.hint(format!(
                "`{key}` may stand in config.toml only: a {DIRECTORY_FILE} can come with somebody else's files"
            )),
            meant => failure.did_you_mean(meant),
        }
    }

    /// Refuses a key that looks like a secret's.
    fn refuse_secret(&self, key: &str, offset: usize) -> Result<(), Failure> {
        let lower = key.to_lowercase();
        let secret = ["token", "password", "passwd", "secret", "credential", "apikey", "api_key", "api-key"];
        if !secret.iter().any(|word| lower.contains(word)) {
            return Ok(());
        }
        let what =
            format!("`{key}` looks like a secret, and this file is not a place for one: others may read it");
        Err(at(self.path, self.line(offset), &what)
            .hint("remove it; `docket login` keeps the token safely, and DOCKET_TOKEN_COMMAND can fetch one"))
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
