//! Names that people and jobs make up: dedupe keys, and what tokens for machines are called.
//!
//! Both are compared exactly, so whatever looks like something else, or like nothing, is no part of them:
//! control characters, invisible ones, spaces other than the plain one, a space at either end.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// The text can't be such a name; says why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {why}")]
pub struct NotAName {
    what: &'static str,
    why: String,
}

/// Makes a type for names of one kind, of at most so many characters.
macro_rules! names {
    ($(#[$doc:meta])+ $type:ident, $what:literal, $max:literal) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $type(String);

        impl $type {
            /// Characters that it has at most.
            pub const MAX: usize = $max;

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $type {
            type Err = NotAName;

            fn from_str(text: &str) -> Result<Self, NotAName> {
                match wrong(text, Self::MAX) {
                    None => Ok(Self(text.to_owned())),
                    Some(why) => Err(NotAName { what: $what, why }),
                }
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

names!(
    /// What alerts have in common that are to become one case: 1 to 255 printable characters, without a
    /// space at either end.
    DedupeKey,
    "a dedupe key",
    255
);
names!(
    /// What a token for a machine is called: 1 to 64 printable characters, without a space at either end.
    TokenName,
    "a token's name",
    64
);

/// Why a text is no name of at most `max` characters.
fn wrong(text: &str, max: usize) -> Option<String> {
    let length = text.chars().count();
    if length == 0 {
        return Some(format!("has 1 to {max} characters, and this one is empty"));
    }
    if length > max {
        return Some(format!("has 1 to {max} characters, and this one has {length}"));
    }
    if text.starts_with(' ') || text.ends_with(' ') {
        return Some("has no space at either end".to_owned());
    }
    let (at, strange) = text.chars().enumerate().find(|(_, c)| !is_printable(*c))?;
    Some(format!(
        "has printable characters only, and number {} of this one is U+{:04X}",
        at + 1,
        u32::from(strange)
    ))
}

/// Whether Rust's own `Debug` would print a character as it is in the middle of a text.
fn is_printable(c: char) -> bool {
    matches!(c, '"' | '\'' | '\\') || format!("a{c}").escape_debug().count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_can_be_read() {
        for name in ["n", "nightly/envelopes", "Nightly run / build (eu)", "Nächtlich: 夜間 🌙", "a'b\"c\\d"]
        {
            assert_eq!(name.parse::<DedupeKey>().unwrap().as_str(), name);
        }
        assert!("ü".repeat(255).parse::<DedupeKey>().is_ok());
        assert!("n".repeat(64).parse::<TokenName>().is_ok());
    }

    #[test]
    fn what_is_wrong_with_a_name_is_told() {
        let why = |text: &str| text.parse::<DedupeKey>().unwrap_err().to_string();
        assert_eq!(why(""), "a dedupe key has 1 to 255 characters, and this one is empty");
        assert_eq!(why(&"k".repeat(256)), "a dedupe key has 1 to 255 characters, and this one has 256");
        assert_eq!(why(" k"), "a dedupe key has no space at either end");
        assert_eq!(why("k "), "a dedupe key has no space at either end");
        let strange = [('\n', "U+000A"), ('\t', "U+0009"), ('\u{1b}', "U+001B"), ('\u{a0}', "U+00A0")];
        let unseen = [('\u{200b}', "U+200B"), ('\u{202e}', "U+202E"), ('\u{feff}', "U+FEFF")];
        for (c, code) in strange.into_iter().chain(unseen) {
            assert_eq!(
                why(&format!("k{c}k")),
                format!("a dedupe key has printable characters only, and number 2 of this one is {code}")
            );
        }
        let name = "n".repeat(65).parse::<TokenName>().unwrap_err().to_string();
        assert_eq!(name, "a token's name has 1 to 64 characters, and this one has 65");
        assert!(serde_json::from_str::<DedupeKey>("\"a\\tb\"").is_err());
    }
}
