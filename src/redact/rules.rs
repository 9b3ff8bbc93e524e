//! The rules as data: docket's own in `rules.toml`, and a user's.

use serde::Deserialize;

/// A user's own rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Names whose values are secrets, in any spelling: `tenant key` is `tenantKey` and `TENANT_KEY`, too.
    pub names: Vec<String>,
    /// Regular expressions of what is a secret wherever it stands.
    pub patterns: Vec<String>,
    /// Values that are none, whatever they look like.
    pub allow: Vec<String>,
}

impl Own {
    /// Whether a name can be met: it has three letters or digits at the least, all of them ASCII.
    pub fn can_be_met(name: &str) -> bool {
        name.bytes().filter(u8::is_ascii_alphanumeric).count() >= 3
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-' | b'_' | b'.'))
    }
}

/// A pattern among the user's own isn't a regular expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pattern `{pattern}` isn't a regular expression: {why}")]
pub struct RulesError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub why: String,
}

/// What `rules.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub(super) names: Vec<Names>,
    pub(super) exempt: Vec<Exempt>,
    pub(super) ordinary: Ordinary,
    pub(super) shapes: Vec<ShapeData>,
}

/// Names that tell of a secret beside them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) form: Form,
    /// Whether the value has to look random, too.
    #[serde(default)]
    pub(super) hint: bool,
    #[serde(default)]
    pub(super) only: Only,
    pub(super) names: Vec<String>,
}

/// How a value is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    /// All of it is the secret.
    #[default]
    Plain,
    /// A scheme, and then what is secret.
    Authorization,
    /// Pairs of a name and a secret.
    Cookie,
    /// One such pair, and attributes.
    SetCookie,
    /// Base64 of XML, compressed or not.
    Saml,
}

/// Where a name means what it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Only {
    #[default]
    Anywhere,
    /// In a query, a form, or a list of names and values.
    Query,
    /// As the name of an element.
    Element,
    /// As an option of a command.
    Option,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exempt {
    pub(super) names: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ordinary {
    pub(super) words: Vec<String>,
}

/// A shape that is a secret wherever it stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShapeData {
    pub(super) kind: String,
    pub(super) begins: Vec<String>,
    /// The bytes that follow the beginning, as in a regular expression's brackets.
    pub(super) chars: String,
    /// How many of them, at the least and at the most.
    pub(super) length: [usize; 2],
}
