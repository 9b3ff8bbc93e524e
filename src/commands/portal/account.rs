//! `docket portal account`

use clap::{Args, Subcommand};

use super::super::Docket;
use super::{Data, at};
use crate::account::{Account as CustomerAccount, Environment, Plan};
use crate::failure::Failure;
use crate::portal::admin::{self, AccountEntry};
use crate::ui::{Directory, DirectoryAccount};

/// Manage a portal's accounts
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket portal account list --data ./portal
  docket portal account member 1001 sam@example.com kim@example.com --data ./portal")]
pub(crate) enum Account {
    Add(Add),
    List(List),
    Member(Member),
}

/// Add an account
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal account add 1001 --name 'Northwind Legal' --product esignature --plan paid --data ./portal")]
pub(crate) struct Add {
    /// Account id
    #[arg(value_name = "ID")]
    id: String,
    /// The customer's name for it
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Product that it has; may be repeated
    #[arg(long, value_name = "PRODUCT", required = true)]
    product: Vec<String>,
    /// Support plan: web or paid
    #[arg(long, value_name = "PLAN", default_value = "web", value_parser = plan())]
    plan: Plan,
    /// A Demo or Sandbox account, which can't have cases
    #[arg(long)]
    demo: bool,
    /// A trial
    #[arg(long)]
    trial: bool,
    #[command(flatten)]
    data: Data,
}

/// List the accounts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal account list --data ./portal")]
pub(crate) struct List {
    #[command(flatten)]
    data: Data,
}

/// Say who is in an account
///
/// Those named are its members afterwards, and nobody else.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal account member 1001 sam@example.com kim@example.com --data ./portal")]
pub(crate) struct Member {
    /// Account id
    #[arg(value_name = "ID")]
    id: String,
    /// E-mail addresses of users
    #[arg(value_name = "EMAIL")]
    emails: Vec<String>,
    #[command(flatten)]
    data: Data,
}

impl Account {
    pub(super) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let listed = matches!(self, Self::List(_));
        let accounts = match self {
            Self::Add(command) => command.run()?,
            Self::List(command) => {
                at(&command.data.data, false, async |portal| admin::list_accounts(portal).await)?
            }
            Self::Member(command) => {
                let act = async |portal: &_| admin::set_members(portal, &command.id, &command.emails).await;
                vec![at(&command.data.data, false, act)?]
            }
        };
        let accounts = Directory(accounts.into_iter().map(row).collect());
        if listed { docket.show_long(&accounts) } else { docket.ui.show(&accounts) }
    }
}

fn plan() -> impl clap::builder::TypedValueParser<Value = Plan> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Plan::ALL.iter().map(|plan| plan.as_str())).try_map(|word| word.parse::<Plan>())
}

impl Add {
    fn run(self) -> Result<Vec<AccountEntry>, Failure> {
        let new = CustomerAccount {
            id: self.id,
            name: self.name,
            plan: self.plan,
            products: self.product,
            environment: if self.demo { Environment::Demo } else { Environment::Production },
            trial: self.trial,
        };
        Ok(vec![at(&self.data.data, true, async |portal| admin::add_account(portal, new).await)?])
    }
}

fn row(entry: AccountEntry) -> DirectoryAccount {
    DirectoryAccount { account: entry.account, members: entry.members }
}
