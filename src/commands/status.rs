//! `docket status`

use clap::Args;
use jiff::SignedDuration;

use super::desk::Desk;
use super::{Docket, STANDARD_BROWSER};
use crate::address::Address;
use crate::api::body::Me;
use crate::failure::Failure;
use crate::profile::{Resolved, Source, TokenSource};
use crate::ui::{AccountRow, SettingRow, StatusReport};
use crate::when;

/// Show who is logged in where
///
/// With --verbose it says as well where every setting comes from.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket status
  docket status --verbose
  docket status --jq .account.id")]
pub(crate) struct Status {}

impl Status {
    pub(crate) fn run(&self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        let me = desk.fresh_me()?;
        let account = desk.account()?;
        let settings = if docket.global.verbose { settings(docket, &desk)? } else { Vec::new() };
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

/// Every setting, with where it comes from.
fn settings(docket: &Docket, desk: &Desk) -> Result<Vec<SettingRow>, Failure> {
    let profile = &docket.profile;
    let address = desk.address();
    let mut rows = vec![row("Portal", &address.value.to_string(), &address.source)];
    rows.push(match desk.account()? {
        Some(Resolved { value, source }) => {
            SettingRow::new("Account", value.id, account_source(&source, &address.value))
        }
        None => SettingRow::none("Account"),
    });
    rows.push(token(docket, desk.token_source()));
    rows.push(match (profile.language()?, desk.me()?.language.clone()) {
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
        ("Pager", profile.pager()?, None),
        ("Browser", profile.browser()?, Some(STANDARD_BROWSER)),
    ] {
        rows.push(match (program, standard) {
            (Some(program), _) => row(name, &program.value, &program.source),
            (None, Some(standard)) => row(name, standard, &Source::Default),
            (None, None) => SettingRow::none(name),
        });
    }
    for (field, default) in profile.defaults() {
        rows.push(row(&format!("Default {field}"), &default.value, &default.source));
    }
    for (name, folder) in ["Configuration", "Data"].into_iter().zip(profile.directories()) {
        rows.push(match folder {
            Some(folder) => row(name, &folder.value.display().to_string(), &folder.source),
            None => SettingRow::none(name),
        });
    }
    Ok(rows)
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
