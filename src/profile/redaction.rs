//! How secrets in what is sent are dealt with.

use super::Profile;
use super::settings::{Resolved, Source};
use crate::case::words;
use crate::failure::Failure;

/// What becomes of secrets in what is sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RedactMode {
    /// They are replaced.
    #[default]
    Auto,
    /// Nothing is sent where there is one.
    Strict,
    /// They aren't looked for.
    Off,
}

words!(RedactMode, "a way to redact", { Auto => "auto", Strict => "strict", Off => "off" });

impl Profile {
    /// What becomes of secrets in what is sent, where the command line doesn't say.
    pub fn redact_mode(&self) -> Result<Resolved<RedactMode>, Failure> {
        const VARIABLE: &str = "DOCKET_REDACT";
        if let Some(text) = self.environment.text(VARIABLE)? {
            let mode = text.parse().map_err(|why| Failure::usage(format!("{VARIABLE}: {why}")))?;
            return Ok(Resolved::new(mode, Source::Environment(VARIABLE)));
        }
        Ok(Resolved::new(RedactMode::default(), Source::Default))
    }
}
