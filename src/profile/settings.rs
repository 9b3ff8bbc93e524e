//! What has been set, and where.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::Profile;
use super::settings_file::SettingsFile;
use crate::address::Address;
use crate::failure::{Failure, Kind};
use crate::when::parse_wait;

/// The settings among the command line's flags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--portal`, or the portal that a command was given.
    pub portal: Option<String>,
    /// `--account`.
    pub account: Option<String>,
    /// `--lang`.
    pub language: Option<String>,
    /// `--timeout`.
    pub timeout: Option<Duration>,
    /// `--ca-bundle`.
    pub ca_bundle: Option<PathBuf>,
}

/// Where a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// The variable of this name.
    Environment(&'static str),
    /// A `.docket.toml`.
    Directory {
        /// Which.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// `config.toml`.
    Config {
        /// Where it is.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// What login or switching accounts wrote.
    Login,
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("the command line"),
            Self::Environment(name) => f.write_str(name),
            Self::Directory { file, line } | Self::Config { file, line } => {
                write!(f, "{}:{line}", file.display())
            }
            Self::Login => f.write_str("the last login"),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// A setting that knows where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved<T> {
    /// What holds.
    pub value: T,
    /// Because of whom.
    pub source: Source,
}

impl<T> Resolved<T> {
    pub(super) fn new(value: T, source: Source) -> Self {
        Self { value, source }
    }
}

impl Profile {
    /// The portal to talk to.
    ///
    /// Fails when there is none; when the one given is no portal's address; and when only a `.docket.toml`
    /// names it: such a file may come with somebody else's repository, and must not choose who gets a token.
    pub fn portal(&self) -> Result<Resolved<Address>, Failure> {
        if let Some(text) = &self.flags.portal {
            return address(text, Source::Flag);
        }
        if let Some(text) = self.environment.text("DOCKET_PORTAL")? {
            return address(text, Source::Environment("DOCKET_PORTAL"));
        }
        if let Some(entry) = self.directory.as_ref().and_then(|file| file.get("portal")) {
            return self.trusted(address(&entry.value, entry.source())?);
        }
        if let Some(entry) = self.config.as_ref().and_then(|file| file.get("portal")) {
            return address(&entry.value, entry.source());
        }
        if let Some(portal) = self.logins.current_portal() {
            return Ok(Resolved::new(portal, Source::Login));
        }
        let failure = Failure::new(Kind::LoginRequired, "no portal is configured");
        let elsewhere = self.logins.portals().filter(|(_, logins)| !logins.users.is_empty());
        Err(elsewhere
            .map(|(portal, _)| format!("you are logged in at {portal}: add `--portal {portal}`"))
            .fold(failure, Failure::hint)
            .hint("to try docket out, add `--portal local`")
            .hint("for a real portal, run `docket login URL`"))
    }

    /// The account to work in, if anybody said which. An account that a file names beside a portal counts at
    /// this portal only.
    pub fn account(&self, portal: &Address, user: &str) -> Result<Option<Resolved<String>>, Failure> {
        if let Some(account) = &self.flags.account {
            return Ok(Some(Resolved::new(account.clone(), Source::Flag)));
        }
        if let Some(account) = self.environment.text("DOCKET_ACCOUNT")? {
            return Ok(Some(Resolved::new(account.to_owned(), Source::Environment("DOCKET_ACCOUNT"))));
        }
        let here = |file: &&SettingsFile| match file.get("portal") {
            Some(named) => named.value.parse().is_ok_and(|named: Address| named == *portal),
            None => true,
        };
        if let Some(entry) = self.directory.as_ref().filter(here).and_then(|file| file.get("account")) {
            return Ok(Some(Resolved::new(entry.value.clone(), entry.source())));
        }
        if let Some(entry) = self.config.as_ref().filter(here).and_then(|file| file.get("account")) {
            return Ok(Some(Resolved::new(entry.value.clone(), entry.source())));
        }
        let account = self.logins.account(portal, user);
        Ok(account.map(|account| Resolved::new(account.to_owned(), Source::Login)))
    }

    /// The language to be addressed in, if anybody said which.
    pub fn language(&self) -> Result<Option<Resolved<String>>, Failure> {
        if let Some(language) = &self.flags.language {
            return Ok(Some(Resolved::new(language.clone(), Source::Flag)));
        }
        self.variable_or_config(&["DOCKET_LANG"], "lang")
    }

    /// How long a request's whole answer may take; 30 s where nobody said.
    pub fn timeout(&self) -> Result<Resolved<Duration>, Failure> {
        if let Some(timeout) = self.flags.timeout {
            return Ok(Resolved::new(timeout, Source::Flag));
        }
        let Some(entry) = self.config.as_ref().and_then(|file| file.get("timeout")) else {
            return Ok(Resolved::new(Duration::from_secs(30), Source::Default));
        };
        let timeout = parse_wait(&entry.value)
            .map_err(|error| Failure::usage(format!("{}: {error}", entry.source())))?;
        Ok(Resolved::new(timeout, entry.source()))
    }

    /// A PEM file with certificates to trust besides the system's.
    pub fn ca_bundle(&self) -> Option<Resolved<PathBuf>> {
        if let Some(file) = &self.flags.ca_bundle {
            return Some(Resolved::new(file.clone(), Source::Flag));
        }
        let entry = self.config.as_ref()?.get("ca_bundle")?;
        let folder = entry.file.parent().unwrap_or(&entry.file);
        Some(Resolved::new(folder.join(&entry.value), entry.source()))
    }

    /// The command that edits texts: `DOCKET_EDITOR`, `VISUAL`, `EDITOR`, or `config.toml`'s.
    pub fn editor(&self) -> Result<Option<Resolved<String>>, Failure> {
        self.variable_or_config(&["DOCKET_EDITOR", "VISUAL", "EDITOR"], "editor")
    }

    /// The command that shows long texts: `DOCKET_PAGER`, `PAGER`, or `config.toml`'s.
    pub fn pager(&self) -> Result<Option<Resolved<String>>, Failure> {
        self.variable_or_config(&["DOCKET_PAGER", "PAGER"], "pager")
    }

    /// The command that opens web pages: `DOCKET_BROWSER`, `BROWSER`, or `config.toml`'s.
    pub fn browser(&self) -> Result<Option<Resolved<String>>, Failure> {
        self.variable_or_config(&["DOCKET_BROWSER", "BROWSER"], "browser")
    }

    /// Answers to form fields that hold where nobody gives another: the nearest `.docket.toml`'s
    /// `[defaults]`, then `config.toml`'s. By field id, with dashes made underscores.
    pub fn defaults(&self) -> BTreeMap<String, Resolved<String>> {
        let mut defaults = BTreeMap::new();
        for entry in self.config.iter().flat_map(SettingsFile::defaults) {
            defaults.insert(entry.key.replace('-', "_"), Resolved::new(entry.value.clone(), entry.source()));
        }
        for entry in self.directory.iter().flat_map(SettingsFile::defaults) {
            defaults.insert(entry.key.replace('-', "_"), Resolved::new(entry.value.clone(), entry.source()));
        }
        defaults
    }

    /// Whether `config.toml` names this portal.
    pub(super) fn configured(&self, portal: &Address) -> bool {
        let entry = self.config.as_ref().and_then(|file| file.get("portal"));
        entry.is_some_and(|entry| entry.value.parse().is_ok_and(|named: Address| named == *portal))
    }

    /// A portal that a `.docket.toml` names, if the user has had to do with it before.
    fn trusted(&self, portal: Resolved<Address>) -> Result<Resolved<Address>, Failure> {
        let known = portal.value == Address::Local
            || self.logins.current_user(&portal.value).is_some()
            || self.configured(&portal.value);
        if known {
            return Ok(portal);
        }
        let Resolved { value, source } = portal;
        Err(Failure::new(
            Kind::LoginRequired,
            format!(
                "{source} names the portal {value}, where you have not logged in; nothing was sent there"
            ),
        )
        .hint(format!("if you trust it, run `docket login {value}`"))
        .hint("to use another portal, give --portal"))
    }

    fn variable_or_config(
        &self,
        variables: &[&'static str],
        key: &str,
    ) -> Result<Option<Resolved<String>>, Failure> {
        for name in variables {
            if let Some(value) = self.environment.text(name)? {
                return Ok(Some(Resolved::new(value.to_owned(), Source::Environment(name))));
            }
        }
        let entry = self.config.as_ref().and_then(|file| file.get(key));
        Ok(entry.map(|entry| Resolved::new(entry.value.clone(), entry.source())))
    }
}

fn address(text: &str, source: Source) -> Result<Resolved<Address>, Failure> {
    match text.parse() {
        Ok(address) => Ok(Resolved::new(address, source)),
        Err(error) => Err(Failure::usage(match source {
            Source::Flag => format!("{error}"),
            _ => format!("{source}: {error}"),
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::tests::Home;

    const ONE: &str = "https://one.example.com";

    fn flags(portal: &str) -> Flags {
        Flags { portal: Some(portal.to_owned()), account: Some("f".to_owned()), ..Flags::default() }
    }

    /// Somebody who can say how a setting is to be, the first of whom counts.
    #[derive(Debug, Clone, Copy)]
    enum Says {
        Flag,
        Variable(&'static str),
        Folder,
        Config,
        Login,
        Nobody,
    }
    use Says::{Config, Flag, Folder, Login, Nobody, Variable};

    /// A setting: who may say how it is to be, in which order, and how what counts is found out.
    struct Setting {
        key: &'static str,
        order: &'static [Says],
        /// A value of its kind for each, by place in the order; the last is the default where there is one.
        values: &'static [&'static str],
        read: fn(&Profile) -> (String, Source),
    }

    fn text<T: ToString>(resolved: Resolved<T>) -> (String, Source) {
        (resolved.value.to_string(), resolved.source)
    }

    /// The first of a list, to which the others are added.
    fn listed(rules: &[Resolved<String>]) -> (String, Source) {
        (format!("['{}']", rules[0].value), rules[0].source.clone())
    }

    const SETTINGS: &[Setting] = &[
        Setting {
            key: "portal",
            order: &[Flag, Variable("DOCKET_PORTAL"), Folder, Config, Login],
            values: &[
                "https://a.example",
                "https://b.example",
                "local",
                "https://d.example",
                "https://e.example",
            ],
            read: |profile| text(profile.portal().unwrap()),
        },
        Setting {
            key: "account",
            order: &[Flag, Variable("DOCKET_ACCOUNT"), Folder, Config, Login],
            values: &["1", "2", "3", "4", "5"],
            read: |profile| {
                let portal = "https://e.example".parse().unwrap();
                text(profile.account(&portal, "sam@example.com").unwrap().unwrap())
            },
        },
        Setting {
            key: "lang",
            order: &[Flag, Variable("DOCKET_LANG"), Config],
            values: &["de", "fr", "ja"],
            read: |profile| text(profile.language().unwrap().unwrap()),
        },
        Setting {
            key: "timeout",
            order: &[Flag, Config, Nobody],
            values: &["5s", "7s", "30s"],
            read: |profile| {
                let Resolved { value, source } = profile.timeout().unwrap();
                (format!("{}s", value.as_secs()), source)
            },
        },
        Setting {
            key: "ca_bundle",
            order: &[Flag, Config],
            values: &["/flag.pem", "/config.pem"],
            read: |profile| {
                let Resolved { value, source } = profile.ca_bundle().unwrap();
                (value.display().to_string(), source)
            },
        },
        Setting {
            key: "editor",
            order: &[Variable("DOCKET_EDITOR"), Variable("VISUAL"), Variable("EDITOR"), Config],
            values: &["ed", "vi", "emacs", "nano"],
            read: |profile| text(profile.editor().unwrap().unwrap()),
        },
        Setting {
            key: "pager",
            order: &[Variable("DOCKET_PAGER"), Variable("PAGER"), Config],
            values: &["less", "more", "cat"],
            read: |profile| text(profile.pager().unwrap().unwrap()),
        },
        Setting {
            key: "browser",
            order: &[Variable("DOCKET_BROWSER"), Variable("BROWSER"), Config],
            values: &["firefox", "lynx", "w3m"],
            read: |profile| text(profile.browser().unwrap().unwrap()),
        },
        Setting {
            key: "[defaults]\nproduct",
            order: &[Folder, Config],
            values: &["rooms", "clm"],
            read: |profile| text(profile.defaults()["product"].clone()),
        },
        Setting {
            key: "[redact]\nmode",
            order: &[Variable("DOCKET_REDACT"), Folder, Config, Nobody],
            values: &["off", "strict", "off", "auto"],
            read: |profile| text(profile.redact_mode().unwrap()),
        },
        Setting {
            key: "[redact]\npii",
            order: &[Folder, Config, Nobody],
            values: &["true", "true", "false"],
            read: |profile| text(profile.redact_personal()),
        },
        Setting {
            key: "[redact]\nnames",
            order: &[Folder, Config],
            values: &["['seat']", "['vault']"],
            read: |profile| listed(&profile.redact_rules().names),
        },
        Setting {
            key: "[redact]\npatterns",
            order: &[Folder, Config],
            values: &["['A-\\d+']", "['B-\\d+']"],
            read: |profile| listed(&profile.redact_rules().patterns),
        },
        Setting {
            key: "[redact]\nallow",
            order: &[Config],
            values: &["['changeme']"],
            read: |profile| listed(&profile.redact_rules().allow),
        },
    ];

    /// Lets everybody from a place in the order on say something, and opens the profile.
    fn said(setting: &Setting, from: usize) -> (Home, Profile) {
        let (mut home, mut flags) = (Home::new(), Flags::default());
        for (says, value) in setting.order.iter().zip(setting.values).skip(from) {
            let is_text = !value.starts_with('[') && !matches!(*value, "true" | "false");
            let quote = if is_text { "'" } else { "" };
            let line = format!("\n{} = {quote}{value}{quote}", setting.key);
            match says {
                Flag => match setting.key {
                    "portal" => flags.portal = Some((*value).to_owned()),
                    "account" => flags.account = Some((*value).to_owned()),
                    "lang" => flags.language = Some((*value).to_owned()),
                    "timeout" => flags.timeout = Some(parse_wait(value).unwrap()),
                    _ => flags.ca_bundle = Some(value.into()),
                },
                Variable(name) => home = home.with(name, value),
                Folder => home = home.directory(&line),
                Config => home = home.config(&line),
                Login if setting.key == "portal" => home = home.log_in(value, "sam@example.com", None),
                Login => home = home.log_in("https://e.example", "sam@example.com", Some(value)),
                Nobody => {}
            }
        }
        let profile = home.try_open(flags).unwrap();
        (home, profile)
    }

    /// Every setting, and every place that it may come from: flag, environment, the nearest `.docket.toml`,
    /// `config.toml`, login, default.
    #[test]
    fn the_first_who_says_something_counts() {
        for setting in SETTINGS {
            for (from, (says, value)) in setting.order.iter().zip(setting.values).enumerate() {
                let (home, profile) = said(setting, from);
                let (found, source) = (setting.read)(&profile);
                assert_eq!(found, *value, "{}: {says:?}", setting.key);
                let line = setting.key.matches('\n').count() + 2;
                let expected = match says {
                    Flag => Source::Flag,
                    Variable(name) => Source::Environment(name),
                    Folder => Source::Directory { file: home.path("work/.docket.toml"), line },
                    Config => Source::Config { file: home.path("config/config.toml"), line },
                    Login => Source::Login,
                    Nobody => Source::Default,
                };
                assert_eq!(source, expected, "{}", setting.key);
            }
        }
    }

    /// A setting that is missing above wouldn't be tried.
    #[test]
    fn every_key_of_the_configuration_file_is_among_the_settings_tried() {
        for key in crate::profile::settings_file::CONFIG_KEYS {
            assert!(SETTINGS.iter().any(|setting| setting.key == *key), "{key}");
        }
        for key in crate::profile::settings_file::REDACT_KEYS {
            let key = format!("[redact]\n{key}");
            assert!(SETTINGS.iter().any(|setting| setting.key == key), "{key}");
        }
    }

    /// Where whoever named an address is logged in is decided by the whole of it.
    #[test]
    fn an_address_that_only_looks_like_one_that_is_known_is_not_known() {
        let mut home = Home::new().log_in("https://desk.example.com/help", "sam@example.com", None);
        for same in [
            "https://desk.example.com/help",
            "desk.example.com/help/",
            "HTTPS://Desk.EXAMPLE.com:443/help//",
            "https://desk.example.com/x/../help",
        ] {
            home = home.directory(&format!("portal = '{same}'"));
            assert_eq!(
                home.open().portal().unwrap().value.as_str(),
                "https://desk.example.com/help",
                "{same}"
            );
        }
        for other in [
            "https://desk.example.com",
            "https://desk.example.com/help2",
            "https://desk.example.com/Help",
            "https://desk.example.com:8443/help",
            "https://desk.example.com./help",
            "https://desk.example.com.evil.example/help",
            "https://evil.example/desk.example.com/help",
            "https://desk.example.com@evil.example/help",
            "https://desk.example.com%40evil.example/help",
            "https://evil.example\\\\@desk.example.com/help",
            "https://evil.example#@desk.example.com/help",
            "https://evil.example?@desk.example.com/help",
            "https://d\u{435}sk.example.com/help",
            "http://desk.example.com/help",
            "desk.example.com:80/help",
        ] {
            home = home.directory(&format!("portal = \"{other}\""));
            let portal = home.try_open(Flags::default()).and_then(|profile| profile.portal());
            let failure = portal.unwrap_err();
            assert!(matches!(failure.kind.exit_code(), 2 | 4), "{other}: {failure}");
        }
    }

    #[test]
    fn where_somebody_is_logged_in_elsewhere_that_is_named() {
        let home = Home::new().log_in("https://desk.example.com", "sam@example.com", None).log_in(
            "https://other.example.com",
            "sam@example.com",
            None,
        );
        home.open().log_out(&"https://other.example.com".parse().unwrap(), "sam@example.com").unwrap();
        let failure = home.open().portal().unwrap_err();
        assert_eq!(failure.message, "no portal is configured");
        assert_eq!(
            failure.hints[0],
            "you are logged in at https://desk.example.com: add `--portal https://desk.example.com`"
        );
        assert_eq!(failure.hints.len(), 3);
    }

    #[test]
    fn with_no_portal_both_ways_to_one_are_named() {
        let failure = Home::new().open().portal().unwrap_err();
        assert_eq!(failure.message, "no portal is configured");
        assert_eq!(
            failure.hints,
            ["to try docket out, add `--portal local`", "for a real portal, run `docket login URL`"]
        );
    }

    #[test]
    fn a_repository_can_not_choose_a_portal_that_the_user_does_not_know() {
        let home = Home::new().directory("portal = 'https://evil.example'");
        let failure = home.open().portal().unwrap_err();
        assert_eq!(
            home.message(&failure),
            "HOME/work/.docket.toml:1 names the portal https://evil.example, where you have not logged in; \
             nothing was sent there"
        );
        assert_eq!(
            failure.hints,
            [
                "if you trust it, run `docket login https://evil.example`",
                "to use another portal, give --portal"
            ]
        );
        assert!(home.try_open(flags(ONE)).unwrap().portal().is_ok());
        let home = home.config("portal = 'evil.example/'");
        assert!(home.open().portal().is_ok());
        assert!(Home::new().directory("portal = 'local'").open().portal().is_ok());
    }

    #[test]
    fn an_account_counts_at_the_portal_that_stands_beside_it() {
        let home = Home::new().config("portal = 'https://one.example.com'\naccount = '7'");
        let profile = home.open();
        let account = |portal: &str| profile.account(&portal.parse().unwrap(), "sam@example.com").unwrap();
        assert_eq!(account(ONE).unwrap().value, "7");
        assert_eq!(account("https://two.example.com"), None);
    }

    #[test]
    fn defaults_come_from_both_files() {
        let home = Home::new()
            .config("[defaults]\nproduct = 'clm'\ncontact-method = 'email'")
            .directory("[defaults]\nproduct = 'rooms'");
        let profile = home.open();
        let defaults = profile.defaults();
        let values: Vec<_> = defaults.iter().map(|(k, v)| (k.as_str(), v.value.as_str())).collect();
        assert_eq!(values, [("contact_method", "email"), ("product", "rooms")]);
    }

    #[test]
    fn the_other_settings_have_their_places_too() {
        let home = Home::new().config("timeout = '2m'\nca_bundle = 'ca.pem'\nlang = 'fr'\neditor = 'vi'");
        let home = home.with("EDITOR", "ed").with("VISUAL", "");
        let profile = home.open();
        assert_eq!(profile.timeout().unwrap().value, Duration::from_secs(120));
        assert_eq!(profile.ca_bundle().unwrap().value, home.path("config/ca.pem"));
        assert_eq!(profile.language().unwrap().unwrap().value, "fr");
        let editor = profile.editor().unwrap().unwrap();
        assert_eq!((editor.value.as_str(), editor.source), ("ed", Source::Environment("EDITOR")));
        assert_eq!(profile.pager().unwrap(), None);
        let home = home.with("DOCKET_LANG", "ja");
        assert_eq!(home.open().language().unwrap().unwrap().value, "ja");
        let home = home.config("timeout = 'soon'");
        let failure = home.try_open(Flags::default()).unwrap_err();
        assert_eq!(
            home.message(&failure),
            "HOME/config/config.toml:1: `timeout` can't be used: `soon` is not a duration: \
             write it like 90s, 15m, 2h, 5d or 1h30m"
        );
        let home = home.config("timeout = '1d'");
        assert_eq!(home.open().timeout().unwrap().value, Duration::from_secs(86_400));
    }

    #[test]
    fn an_address_that_is_none_says_where_it_stands() {
        let home = Home::new().config("\nportal = 'ftp://x'");
        let failure = home.try_open(Flags::default()).unwrap_err();
        assert_eq!(
            home.message(&failure),
            "HOME/config/config.toml:2: `portal` can't be used: `ftp://x` is not the address of a portal: \
             it has to begin with https://"
        );
        assert_eq!(failure.kind.exit_code(), 2);
    }
}
