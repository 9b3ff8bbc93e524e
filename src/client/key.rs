//! Names for requests that write.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};

/// An idempotency key: a portal writes at most once for it. Not a secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Key(String);

/// The text can't be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 16 to 255 visible ASCII characters and no space")]
pub struct NotAKey;

impl Key {
    /// A new one that nobody else has: 32 hex digits.
    ///
    /// # Panics
    ///
    /// When the operating system has no random bytes to give.
    pub fn generate() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The key that `text` is.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let fits = (16..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAKey) }
    }

    /// The key of something that is written down: the same text has the same key, at every repetition.
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect())
    }

    /// The key for a part of what this key is for: the same part has the same key, at every repetition.
    pub fn of_part(&self, part: &str) -> Self {
        Self::of(&format!("{}\n{part}", self.0))
    }

    /// The text that is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        Self::parse(text)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_a_key_of_its_own_that_stays() {
        let key = Key::generate();
        assert_eq!(key.of_part("a"), key.of_part("a"));
        assert_ne!(key.of_part("a"), key.of_part("b"));
        assert_ne!(key.of_part("a"), Key::generate().of_part("a"));
        assert!(Key::parse(key.of_part("a").as_str()).is_ok());
    }

    #[test]
    fn keys_are_long_enough_to_be_unique_and_plain_enough_for_a_header() {
        assert_ne!(Key::generate(), Key::generate());
        assert_eq!(Key::parse(Key::generate().as_str()).unwrap().as_str().len(), 32);
        assert!(Key::parse(&"k".repeat(16)).is_ok());
        assert!(Key::parse(&"k".repeat(255)).is_ok());
        for bad in ["", "short", "sixteen chars ok", "ключ-ключ-ключ-ключ", "0123456789abcdef\n"]
        {
            assert_eq!(Key::parse(bad), Err(NotAKey), "{bad:?}");
        }
        assert_eq!(Key::parse(&"k".repeat(256)), Err(NotAKey));
    }
}
