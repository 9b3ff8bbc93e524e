//! `docket status`

use clap::Args;
use jiff::SignedDuration;

use super::desk::Desk;
use super::{Docket, STANDARD_BROWSER, STANDARD_PAGER};
use crate::address::Address;
use crate::api::body::Me;
use crate::failure::Failure;
use crate::profile::{OwnRules, Profile, Resolved, Source, TokenSource};
use crate::ui::{AccountRow, SettingRow, SettingsReport, StatusReport};
use crate::when;

/// Show who is logged in where
///
/// With --verbose it says as well where every setting comes from, even if the portal can't be reached.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket status
  docket status --verbose
  docket status --jq .account.id")]
pub(crate) struct Status {}

impl Status {
    pub(crate) fn run(&self, docket: &Docket) -> Result<(), Failure> {
        let (desk, me) = match docket.desk().and_then(|desk| Ok((desk.fresh_me()?, desk))) {
            Ok((me, desk)) => (desk, me),
            Err(failure) => return Err(Self::without_portal(docket, failure)),
        };
        let account = desk.account()?;
        let settings = if docket.global.verbose { settings(docket, Some(&desk))? } else { Vec::new() };
        docket.ui.show(&StatusReport {
            portal: desk.address().value.to_string(),
            user: me.email.clone(),
            role: me.role,
            account: account.map(|account| AccountRow { account: account.value, current: true }),
            token_source: desk.token_source().map(|source| source.to_string()),
            machine: machine(&me),
            expires_at: me.expires_at,
            settings,
        })
    }
}

impl Status {
    /// What people who asked for all of it are told where the portal doesn't answer: whatever is known here.
    fn without_portal(docket: &Docket, failure: Failure) -> Failure {
        if docket.global.verbose
            && docket.ui.for_people()
            && let Ok(settings) = settings(docket, None)
            && let Err(unshown) = docket.ui.show(&SettingsReport(settings))
        {
            return unshown;
        }
        failure
    }
}

/// Every setting, with where it comes from; without a desk as far as it is known here.
fn settings(docket: &Docket, desk: Option<&Desk>) -> Result<Vec<SettingRow>, Failure> {
    let profile = &docket.profile;
    let mut rows = match desk {
        Some(desk) => at_desk(docket, desk)?,
        None => known_here(docket),
    };
    let language = match desk {
        Some(desk) => desk.me()?.language.clone(),
        None => None,
    };
    rows.push(match (profile.language()?, language) {
        (Some(language), _) => row("Language", &language.value, &language.source),
        (None, Some(language)) => SettingRow::new("Language", language, "your profile at the portal"),
        (None, None) => SettingRow::none("Language"),
    });
    let timeout = profile.timeout()?;
    let shown = SignedDuration::try_from(timeout.value).unwrap_or(SignedDuration::MAX);
    rows.push(row("Timeout", &when::format_duration(shown), &timeout.source));
    rows.push(match profile.ca_bundle() {
        Some(file) => row("CA bundle", &file.value.display().to_string(), &file.source),
        None => SettingRow::none("CA bundle"),
    });
    for (name, program, standard) in [
        ("Editor", profile.editor()?, docket.editor()?.as_deref()),
        ("Pager", profile.pager()?, Some(STANDARD_PAGER)),
        ("Browser", profile.browser()?, Some(STANDARD_BROWSER)),
    ] {
        rows.push(match (program, standard) {
            _ if name == "Pager"
                && let Some(variable) = docket.without_pager() =>
            {
                SettingRow::new(name, "none", variable)
            }
            (Some(program), _) => row(name, &program.value, &program.source),
            (None, Some(standard)) => row(name, standard, &Source::Default),
            (None, None) => SettingRow::none(name),
        });
    }
    for (field, default) in profile.defaults() {
        rows.push(row(&format!("Default {field}"), &default.value, &default.source));
    }
    rows.extend(redaction(profile)?);
    for (name, folder) in ["Configuration", "Data"].into_iter().zip(profile.directories()) {
        rows.push(match folder {
            Some(folder) => row(name, &folder.value.display().to_string(), &folder.source),
            None => SettingRow::none(name),
        });
    }
    Ok(rows)
}

/// What counts as a secret, and what becomes of one.
fn redaction(profile: &Profile) -> Result<Vec<SettingRow>, Failure> {
    let (mode, personal) = (profile.redact_mode()?, profile.redact_personal());
    let says = if personal.value { "taken out" } else { "stays" };
    let mut rows =
        vec![row("Secrets", mode.value.as_str(), &mode.source), row("Personal data", says, &personal.source)];
    let OwnRules { names, patterns, allow } = profile.redact_rules();
    for (name, rules) in [("Secret name", names), ("Secret pattern", patterns), ("No secret", allow)] {
        rows.extend(rules.iter().map(|rule| row(name, &rule.value, &rule.source)));
    }
    Ok(rows)
}

/// Portal, account and token, as they are.
fn at_desk(docket: &Docket, desk: &Desk) -> Result<Vec<SettingRow>, Failure> {
    let address = desk.address();
    let account = match desk.account()? {
        Some(Resolved { value, source }) => {
            SettingRow::new("Account", value.id, account_source(&source, &address.value))
        }
        None => SettingRow::none("Account"),
    };
    let portal = row("Portal", &address.value.to_string(), &address.source);
    Ok(vec![portal, account, token(docket, desk.token_source())])
}

/// The same as far as they can be told without the portal.
fn known_here(docket: &Docket) -> Vec<SettingRow> {
    let profile = &docket.profile;
    let Ok(address) = profile.portal() else {
        return vec![SettingRow::none("Portal"), SettingRow::none("Account"), SettingRow::none("Token")];
    };
    let credential = profile.credential(&address).ok();
    let user = credential.as_ref().and_then(|credential| credential.user.clone()).unwrap_or_default();
    let account = match profile.account(&address.value, &user) {
        Ok(Some(Resolved { value, source })) => {
            SettingRow::new("Account", value, account_source(&source, &address.value))
        }
        _ => SettingRow::none("Account"),
    };
    let token = match credential {
        Some(credential) => token(docket, Some(credential.source)),
        None => SettingRow::none("Token"),
    };
    vec![row("Portal", &address.value.to_string(), &address.source), account, token]
}

fn row(name: &str, value: &str, source: &Source) -> SettingRow {
    SettingRow::new(name, value, source.to_string())
}

fn token(docket: &Docket, source: Option<TokenSource>) -> SettingRow {
    const NAME: &str = "Token";
    match source {
        None => SettingRow::new(NAME, "none needed", ""),
        Some(TokenSource::Flag) => SettingRow::new(NAME, "given", "the command line"),
        Some(TokenSource::Environment) => SettingRow::new(NAME, "given", "DOCKET_TOKEN"),
        Some(TokenSource::Command) => SettingRow::new(NAME, "given", "DOCKET_TOKEN_COMMAND"),
        Some(TokenSource::Keyring) => SettingRow::new(NAME, "in the keyring", Source::Login.to_string()),
        Some(TokenSource::File) => {
            let file = docket.profile.token_file();
            let place = file.map_or("in a file".to_owned(), |file| format!("in {}", file.display()));
            SettingRow::new(NAME, place, Source::Login.to_string())
        }
    }
}

/// Where the name of the account came from, in words.
pub(super) fn account_source(source: &Source, portal: &Address) -> String {
    match (source, portal) {
        (Source::Default, Address::Local) => "the built-in portal's first".to_owned(),
        (Source::Default, Address::At(_)) => "the only one there is".to_owned(),
        (Source::Login, _) => "the last login or `docket accounts switch`".to_owned(),
        (source, _) => source.to_string(),
    }
}

/// Name and scope of the token, where it was made for a machine.
pub(super) fn machine(me: &Me) -> Option<(String, String)> {
    me.machine.as_ref().map(|machine| (machine.name.clone(), machine.scope.to_string()))
}
