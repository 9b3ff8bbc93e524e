//! `docket accounts`

use clap::{Args, Subcommand};

use super::desk::{refused, without_accounts};
use super::{Desk, Docket};
use crate::account::Account;
use crate::failure::{Failure, Kind};
use crate::profile::Source;
use crate::ui::{self, AccountRow};

/// List and switch accounts
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket accounts list
  docket accounts switch 1002")]
pub(crate) enum Accounts {
    List(List),
    Switch(Switch),
}

/// List your accounts
///
/// The one with a star is where new cases go.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket accounts list
  docket accounts list --csv=id,name,plan")]
pub(crate) struct List {}

/// Choose the account to work in
///
/// It stays the current one until the next switch. For a single command, or a folder, there are --account,
/// DOCKET_ACCOUNT and .docket.toml. A Demo or Sandbox account is refused: it can't have cases.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket accounts switch 1002
  docket accounts switch                # asks which")]
pub(crate) struct Switch {
    /// Account id
    #[arg(value_name = "ACCOUNT")]
    id: Option<String>,
}

impl Accounts {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::List(_) => list(docket),
            Self::Switch(command) => command.run(docket),
        }
    }
}

fn list(docket: &Docket) -> Result<(), Failure> {
    let desk = docket.desk()?;
    let me = desk.fresh_me()?;
    // A current account that was taken away shows as none; naming one that isn't there is for commands that
    // work in it.
    let current = desk.account().ok().flatten().map(|account| account.value.id);
    let rows = rows(&me.accounts, current.as_deref());
    docket.show_long(&ui::Accounts(rows))?;
    if me.accounts.is_empty() {
        docket.ui.say(without_accounts(&me));
    }
    Ok(())
}

fn rows(accounts: &[Account], current: Option<&str>) -> Vec<AccountRow> {
    let row = |account: &Account| AccountRow {
        current: current == Some(account.id.as_str()),
        account: account.clone(),
    };
    accounts.iter().map(row).collect()
}

impl Switch {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<ui::Accounts>()?;
        let desk = docket.desk()?;
        let me = desk.fresh_me()?;
        let account = match (self.id, docket.ui.prompter()) {
            (Some(id), _) => me
                .accounts
                .iter()
                .find(|account| account.id == id)
                .ok_or_else(|| desk.no_such_account(&id))?,
            (None, Some(_)) => ask(docket, &me.accounts)?,
            (None, None) => {
                return Err(
                    Failure::usage("which account? give its id").hint("`docket accounts list` lists them")
                );
            }
        };
        if !account.can_open_cases() {
            return Err(refused(account));
        }
        remember(docket, &desk, &me.email, &account.id)?;
        let now = docket.profile.account(&desk.address().value, &me.email)?;
        if let Some(other) = now.filter(|now| now.value != account.id && now.source != Source::Login) {
            docket.ui.warn(format!("{} goes first, and says account {}", other.source, other.value));
        }
        docket.ui.say(format!("working in account {} ({}) now", account.id, account.name));
        if docket.ui.for_people() {
            return Ok(());
        }
        docket.ui.show(&ui::Accounts(rows(&me.accounts, Some(&account.id))))
    }
}

fn remember(docket: &Docket, desk: &Desk, user: &str, account: &str) -> Result<(), Failure> {
    docket.profile.clone().switch_account(&desk.address().value, user, account)
}

/// Lets choose one of the accounts in which cases can be opened.
pub(super) fn ask<'a>(docket: &Docket, accounts: &'a [Account]) -> Result<&'a Account, Failure> {
    let usable: Vec<&Account> = accounts.iter().filter(|account| account.can_open_cases()).collect();
    let Some(prompter) = docket.ui.prompter() else {
        return Err(Failure::usage("which account? give --account ID"));
    };
    let items: Vec<String> = usable
        .iter()
        .map(|account| format!("{} ({}), {} plan", account.name, account.id, account.plan))
        .collect();
    if usable.is_empty() {
        return Err(Failure::new(Kind::NotAllowed, "none of your accounts can have cases"));
    }
    Ok(usable[prompter.choose("Which account?", &items, 0)?])
}
