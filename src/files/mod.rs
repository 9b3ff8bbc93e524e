//! Files of answers: reading text without surprises, and cases written down as TOML, YAML or JSON; many of
//! them, one after the other, as NDJSON or CSV ([`Records`]).

mod csv;
mod records;

pub use records::{Layout, Record, Records, Unusable, digest};

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

/// Bytes that a text may have: many times what a form takes, and little enough to be kept in memory.
const LARGEST_TEXT: u64 = 64 * 1024 * 1024;

/// Why a file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It couldn't be read.
    #[error("cannot read {0}: {1}")]
    Unreadable(String, io::Error),
    /// It isn't UTF-8.
    #[error("{0} is not UTF-8 text: the byte at offset {1} is the first that isn't")]
    NotText(String, usize),
    /// It is too large to be meant.
    #[error("{0} is larger than {LARGEST_TEXT} bytes; is it the right file?")]
    TooLarge(String),
    /// It isn't what its format says.
    #[error("{0}")]
    Malformed(String),
}

/// The whole of a text file, without a byte order mark; `-` is standard input.
pub fn read_text(file: &Path) -> Result<String, FileError> {
    let standard_input = file == Path::new("-");
    let shown = if standard_input { "standard input".to_owned() } else { file.display().to_string() };
    let unreadable = |error| FileError::Unreadable(shown.clone(), error);
    let mut bytes = Vec::new();
    if standard_input {
        io::stdin().lock().take(LARGEST_TEXT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        fs::File::open(file)
            .and_then(|open| open.take(LARGEST_TEXT + 1).read_to_end(&mut bytes))
            .map_err(unreadable)?;
    }
    if bytes.len() as u64 > LARGEST_TEXT {
        return Err(FileError::TooLarge(shown));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| FileError::NotText(shown, error.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What the system says is wrong, without the name of a temporary file, which says nothing to anybody.
pub fn reason(error: &io::Error) -> String {
    let said = error.to_string();
    // Those that name one are of a private type, which ends like this.
    match said.rsplit_once(" at path \"") {
        Some((reason, path)) if path.ends_with('"') => reason.to_owned(),
        _ => said,
    }
}

/// An answer in a file: one text, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One.
    Text(String),
    /// Several.
    List(Vec<String>),
}

impl Value {
    /// The one text, or what is wrong with it.
    pub fn text(self) -> Result<String, &'static str> {
        match self {
            Self::Text(text) => Ok(text),
            Self::List(_) => Err("takes one value, not a list"),
        }
    }

    /// All texts.
    pub fn list(self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text],
            Self::List(list) => list,
        }
    }
}

/// The members that take several values.
const LISTS: [&str; 4] = ["attach", "attachment", "watch", "watchers"];

/// The answers that `text`, from `file`, gives by field id. Members without a value are left out. The
/// format is told by the file's name, else by how the text begins.
pub fn read_answers(text: &str, file: &Path) -> Result<BTreeMap<String, Value>, FileError> {
    let malformed = |why: String| FileError::Malformed(why);
    let members = match format_of(text, file) {
        Format::Json => {
            from_json(serde_json::from_str(text).map_err(|error| malformed(format!("not JSON: {error}")))?)
        }
        Format::Toml => from_toml(text.parse().map_err(|error: toml::de::Error| {
            malformed(format!("not TOML: {}", error.to_string().trim_end()))
        })?),
        Format::Yaml => from_yaml(text),
    };
    members.map_err(malformed)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Toml,
    Yaml,
}

fn format_of(text: &str, file: &Path) -> Format {
    match file.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("json") => return Format::Json,
        Some("toml") => return Format::Toml,
        Some("yaml" | "yml") => return Format::Yaml,
        _ => {}
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let is_key = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match first {
        Some(line) if line.starts_with('{') => Format::Json,
        Some(line) if line.split_once('=').is_some_and(|(name, _)| is_key(name.trim())) => Format::Toml,
        _ => Format::Yaml,
    }
}

fn from_json(value: serde_json::Value) -> Result<BTreeMap<String, Value>, String> {
    use serde_json::Value as Json;
    let Json::Object(members) = value else { return Err("not an object of answers".to_owned()) };
    let scalar = |name: &str, value: Json| match value {
        Json::String(text) => Ok(text),
        Json::Number(number) => Ok(number.to_string()),
        Json::Bool(yes) => Ok(yes.to_string()),
        _ => Err(format!("`{name}` has to be a text")),
    };
    let mut answers = BTreeMap::new();
    for (name, value) in members {
        let value = match value {
            Json::Null => continue,
            Json::Array(list) => {
                Value::List(list.into_iter().map(|value| scalar(&name, value)).collect::<Result<_, _>>()?)
            }
            other => Value::Text(scalar(&name, other)?),
        };
        answers.insert(name, value);
    }
    Ok(answers)
}

fn from_toml(table: toml::Table) -> Result<BTreeMap<String, Value>, String> {
    use toml::Value as Toml;
    let scalar = |name: &str, value: Toml| match value {
        Toml::String(text) => Ok(text),
        Toml::Table(_) | Toml::Array(_) => Err(format!("`{name}` has to be a text")),
        other => Ok(other.to_string()),
    };
    let mut answers = BTreeMap::new();
    for (name, value) in table {
        let value = match value {
            Toml::Array(list) => {
                Value::List(list.into_iter().map(|value| scalar(&name, value)).collect::<Result<_, _>>()?)
            }
            other => Value::Text(scalar(&name, other)?),
        };
        answers.insert(name, value);
    }
    Ok(answers)
}

/// YAML is read straight into texts: `phone: +14155550100` and `follows: 00000041` would lose their plus
/// sign and zeros if they were numbers first.
fn from_yaml(text: &str) -> Result<BTreeMap<String, Value>, String> {
    const SEVERAL: &str = "it has more than one document; a file holds one case";
    if text.lines().skip_while(|line| !line.starts_with("---")).skip(1).any(|line| line.trim_end() == "---") {
        return Err(SEVERAL.to_owned());
    }
    // What stands twice is told in our own words.
    let options = serde_saphyr::options! { duplicate_keys: serde_saphyr::DuplicateKeyPolicy::PassThrough };
    match serde_saphyr::from_str_with_options::<Option<Answers>>(text, options) {
        Ok(answers) => Ok(answers.map(|answers| answers.0).unwrap_or_default()),
        Err(error) => match error.to_string() {
            text if text.contains("multiple YAML documents") => Err(SEVERAL.to_owned()),
            text => Err(format!("not YAML: {}", text.trim_end())),
        },
    }
}

/// A mapping of answers, read without an idea of what is a number.
struct Answers(BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnswersVisitor)
    }
}

struct AnswersVisitor;

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = Answers;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("answers, like `product: esignature`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers, A::Error> {
        let mut answers = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = if LISTS.contains(&name.as_str()) {
                map.next_value::<Option<OneOrMany>>()?.map(|list| Value::List(list.0))
            } else {
                map.next_value::<Option<String>>()?.map(Value::Text)
            };
            if let Some(value) = value
                && answers.insert(name.clone(), value).is_some()
            {
                return Err(de::Error::custom(format!("`{name}` stands twice")));
            }
        }
        Ok(Answers(answers))
    }
}

/// A text, or a list of them.
struct OneOrMany(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut list = Vec::new();
                while let Some(text) = seq.next_element::<String>()? {
                    list.push(text);
                }
                Ok(OneOrMany(list))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, name: &str) -> BTreeMap<String, Value> {
        read_answers(text, Path::new(name)).unwrap()
    }

    fn wrong(text: &str, name: &str) -> String {
        read_answers(text, Path::new(name)).unwrap_err().to_string()
    }

    #[test]
    fn what_the_system_says_names_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = tempfile::NamedTempFile::new_in(folder.path().join("no")).unwrap_err();
        assert!(error.to_string().contains(" at path "), "{error}");
        assert_eq!(reason(&error), io::Error::from_raw_os_error(2).to_string());
        assert_eq!(reason(&io::Error::other("odd")), "odd");
    }

    #[test]
    fn all_three_formats_say_the_same() {
        let yaml = "product: esignature\nphone: +14155550100\nfollows: 00000041\naccount: 1001\n\
                    description: |\n  one\n  two\nattach: a.har\nwatch: [a@example.com, b@example.com]\nsteps:\n\
                    occurred_at: 2026-11-20T09:30:00Z\n";
        let toml = "product = \"esignature\"\nphone = \"+14155550100\"\nfollows = \"00000041\"\naccount = 1001\n\
                    description = \"\"\"\none\ntwo\n\"\"\"\nattach = [\"a.har\"]\n\
                    watch = [\"a@example.com\", \"b@example.com\"]\noccurred_at = 2026-11-20T09:30:00Z\n";
        let json = r#"{"product": "esignature", "phone": "+14155550100", "follows": "00000041", "account": 1001,
            "description": "one\ntwo\n", "attach": ["a.har"], "watch": ["a@example.com", "b@example.com"],
            "occurred_at": "2026-11-20T09:30:00Z", "steps": null}"#;
        let expected = read(json, "case.json");
        assert_eq!(expected["account"], Value::Text("1001".to_owned()));
        for name in ["-", "case.yaml", "case.yml"] {
            assert_eq!(read(yaml, name), expected, "{name}");
        }
        for name in ["-", "case.toml"] {
            assert_eq!(read(toml, name), expected, "{name}");
        }
        assert_eq!(read(json, "-"), expected);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(wrong("product: a\n---\nproduct: b\n", "x.yaml").contains("more than one document"));
        assert!(wrong("product: a\n...\nproduct: b\n", "x.yaml").contains("more than one document"));
        assert!(wrong("---\nproduct: a\n---\nproduct: b\n", "x.yaml").contains("more than one document"));
        assert!(wrong("{\"a\": 1} {\"a\": 2}", "x.json").starts_with("not JSON: trailing characters"));
        assert!(wrong("[1]", "x.json").contains("not an object"));
        assert!(wrong("a = [", "x.toml").starts_with("not TOML"));
        assert!(wrong("product: a\nproduct: b\n", "x.yaml").contains("`product` stands twice"));
        assert!(wrong("product: {a: b}\n", "x.yaml").starts_with("not YAML"));
        assert!(wrong("just words", "x.yaml").starts_with("not YAML"));
        assert!(read("", "x.yaml").is_empty());
        assert!(read("# nothing\n", "-").is_empty());
    }

    #[test]
    fn text_has_to_be_utf_8() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("latin1.txt");
        fs::write(&file, b"caf\xe9").unwrap();
        let error = read_text(&file).unwrap_err().to_string();
        assert!(
            error.ends_with("is not UTF-8 text: the byte at offset 3 is the first that isn't"),
            "{error}"
        );
        fs::write(&file, "\u{feff}caf\u{e9}").unwrap();
        assert_eq!(read_text(&file).unwrap(), "café");
        assert!(read_text(folder.path()).is_err());
    }
}
