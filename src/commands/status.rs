//! `docket status`

use clap::Args;

use super::Docket;
use crate::address::Address;
use crate::api::body::Me;
use crate::failure::Failure;
use crate::profile::Source;
use crate::ui::{AccountRow, StatusReport};

/// Show who is logged in where
///
/// With --verbose it says as well where portal and account were named.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket status
  docket status --jq .account.id")]
pub(crate) struct Status {}

impl Status {
    pub(crate) fn run(&self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        let me = desk.fresh_me()?;
        let account = desk.account()?;
        let mut sources = Vec::new();
        if docket.global.verbose {
            sources.push(format!("portal from {}", desk.address().source));
            let named = account.as_ref().map(|account| &account.source);
            sources.extend(named.map(|source| match (source, &desk.address().value) {
                (Source::Default, Address::Local) => "account: the built-in portal's first".to_owned(),
                (Source::Default, Address::At(_)) => "account: the only one there is".to_owned(),
                (Source::Login, _) => "account from the last login or `docket accounts switch`".to_owned(),
                (source, _) => format!("account from {source}"),
            }));
        }
        docket.ui.show(&StatusReport {
            portal: desk.address().value.to_string(),
            user: me.email.clone(),
            role: me.role,
            account: account.map(|account| AccountRow { account: account.value, current: true }),
            token_source: desk.token_source().map(|source| source.to_string()),
            machine: machine(&me),
            expires_at: me.expires_at,
            sources,
        })
    }
}

/// Name and scope of the token, where it was made for a machine.
pub(super) fn machine(me: &Me) -> Option<(String, String)> {
    me.machine.as_ref().map(|machine| (machine.name.clone(), machine.scope.to_string()))
}
