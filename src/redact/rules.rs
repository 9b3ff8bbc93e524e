//! What counts as a secret.

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

/// A pattern among the user's own isn't a regular expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pattern `{pattern}` isn't a regular expression: {why}")]
pub struct RulesError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub why: String,
}

#[derive(Debug)]
pub(super) struct Rules {
    _own: Own,
    _personal: bool,
}

impl Rules {
    pub(super) fn new(own: &Own, personal: bool) -> Result<Self, RulesError> {
        Ok(Self { _own: own.clone(), _personal: personal })
    }
}
