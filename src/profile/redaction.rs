//! What counts as a secret, and what becomes of one in what is sent: `[redact]` in the settings.
//!
//! A `.docket.toml` may come with somebody else's repository, so it can only add to what is taken out:
//! [`super::settings_file`] refuses what would let more through, and here the stricter of both files counts.

use super::Profile;
use super::settings::{Resolved, Source};
use super::settings_file::{Entry, SettingsFile};
use crate::case::words;
use crate::failure::Failure;
use crate::redact::Own;

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

/// A user's own rules, each with where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnRules {
    /// Names whose values are secrets.
    pub names: Vec<Resolved<String>>,
    /// What is a secret wherever it stands.
    pub patterns: Vec<Resolved<String>>,
    /// What is none.
    pub allow: Vec<Resolved<String>>,
}

impl OwnRules {
    /// The rules alone.
    pub fn to_own(&self) -> Own {
        let texts =
            |rules: &[Resolved<String>]| rules.iter().map(|rule| rule.value.clone()).collect::<Vec<_>>();
        Own { names: texts(&self.names), patterns: texts(&self.patterns), allow: texts(&self.allow) }
    }
}

impl Profile {
    /// What becomes of secrets in what is sent, where the command line doesn't say.
    pub fn redact_mode(&self) -> Result<Resolved<RedactMode>, Failure> {
        const VARIABLE: &str = "DOCKET_REDACT";
        if let Some(text) = self.environment.text(VARIABLE)? {
            let mode = text.parse().map_err(|why| Failure::usage(format!("{VARIABLE}: {why}")))?;
            return Ok(Resolved::new(mode, Source::Environment(VARIABLE)));
        }
        let said = |file: &Option<SettingsFile>| {
            let entry = file.as_ref()?.redact("mode").next()?;
            Some(Resolved::new(entry.value.parse().ok()?, entry.source()))
        };
        Ok(match (said(&self.directory), said(&self.config)) {
            (Some(folder), Some(config)) if strictness(config.value) > strictness(folder.value) => config,
            // Without a word in config.toml the default holds, which a folder can only make stricter.
            (Some(folder), _) => folder,
            (None, Some(config)) => config,
            (None, None) => Resolved::new(RedactMode::default(), Source::Default),
        })
    }

    /// Whether personal data counts as secret as well.
    pub fn redact_personal(&self) -> Resolved<bool> {
        let said: Vec<&Entry> = self.redact_entries("pii").collect();
        let says = said.iter().find(|entry| entry.value == "true").or(said.first());
        says.map_or(Resolved::new(false, Source::Default), |entry| {
            Resolved::new(entry.value == "true", entry.source())
        })
    }

    /// The user's own rules and those of the nearest `.docket.toml`, together.
    pub fn redact_rules(&self) -> OwnRules {
        let rules = |key| {
            self.redact_entries(key).map(|entry| Resolved::new(entry.value.clone(), entry.source())).collect()
        };
        OwnRules { names: rules("names"), patterns: rules("patterns"), allow: rules("allow") }
    }

    /// What both files say, the folder's first.
    fn redact_entries(&self, key: &'static str) -> impl Iterator<Item = &Entry> {
        self.directory.iter().chain(&self.config).flat_map(move |file| file.redact(key))
    }
}

fn strictness(mode: RedactMode) -> u8 {
    match mode {
        RedactMode::Off => 0,
        RedactMode::Auto => 1,
        RedactMode::Strict => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Flags;
    use crate::profile::tests::Home;

    #[test]
    fn the_stricter_of_both_files_counts_and_the_environment_beats_them() {
        for (config, folder, mode, stands) in [
            ("", "", RedactMode::Auto, "the default"),
            ("mode = 'off'", "", RedactMode::Off, "HOME/config/config.toml:2"),
            ("mode = 'strict'", "mode = 'auto'", RedactMode::Strict, "HOME/config/config.toml:2"),
            ("mode = 'off'", "mode = 'auto'", RedactMode::Auto, "HOME/work/.docket.toml:2"),
            ("mode = 'auto'", "mode = 'strict'", RedactMode::Strict, "HOME/work/.docket.toml:2"),
            ("", "mode = 'strict'", RedactMode::Strict, "HOME/work/.docket.toml:2"),
        ] {
            let of = |text: &str| format!("[redact]\n{text}");
            let home = Home::new().config(&of(config)).directory(&of(folder));
            let found = home.open().redact_mode().unwrap();
            let source = found.source.to_string().replace(&home.root.path().display().to_string(), "HOME");
            assert_eq!((found.value, &*source), (mode, stands), "{config} {folder}");
            let found = home.with("DOCKET_REDACT", "off").open().redact_mode().unwrap();
            assert_eq!(found, Resolved::new(RedactMode::Off, Source::Environment("DOCKET_REDACT")));
        }
        let failure = Home::new().with("DOCKET_REDACT", "no").open().redact_mode().unwrap_err();
        assert_eq!(
            failure.message,
            "DOCKET_REDACT: `no` is not a way to redact: choose one of auto, strict, off"
        );
    }

    #[test]
    fn a_folder_adds_to_what_is_secret() {
        let home = Home::new()
            .config("[redact]\nnames = ['tenant key']\npatterns = ['ACME-\\d{8}']\nallow = ['changeme']")
            .directory("[redact]\npii = true\nnames = [\n  'vault',\n  'seat']");
        let profile = home.open();
        let rules = profile.redact_rules();
        assert_eq!(
            rules.to_own(),
            Own {
                names: vec!["vault".to_owned(), "seat".to_owned(), "tenant key".to_owned()],
                patterns: vec!["ACME-\\d{8}".to_owned()],
                allow: vec!["changeme".to_owned()],
            }
        );
        let file = home.path("work/.docket.toml");
        assert_eq!(rules.names[1].source, Source::Directory { file: file.clone(), line: 5 });
        assert_eq!(profile.redact_personal(), Resolved::new(true, Source::Directory { file, line: 2 }));
        let quiet = Home::new().config("[redact]\npii = false").directory("[redact]\npii = true");
        assert!(quiet.open().redact_personal().value);
    }

    #[test]
    fn a_folder_can_not_let_more_through() {
        for (text, expected) in [
            ("mode = 'off'", "HOME/work/.docket.toml:2: `redact.mode` can't be `off` here"),
            ("allow = ['x']", "HOME/work/.docket.toml:2: `redact.allow` is not a setting here"),
            ("pii = false", "HOME/work/.docket.toml:2: `redact.pii` can only be `true` here"),
        ] {
            let home = Home::new().directory(&format!("[redact]\n{text}"));
            let failure = home.try_open(Flags::default()).unwrap_err();
            assert_eq!(home.message(&failure), expected);
            assert_eq!(
                failure.hints,
                ["a .docket.toml can come with somebody else's files, and lets no more secrets through: \
                  say it in config.toml"]
            );
            assert!(Home::new().config(&format!("[redact]\n{text}")).try_open(Flags::default()).is_ok());
        }
    }
}
