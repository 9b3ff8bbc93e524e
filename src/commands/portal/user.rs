//! `docket portal user`

use clap::{Args, Subcommand};

use super::super::Docket;
use super::{Data, at};
use crate::case::Role;
use crate::failure::Failure;
use crate::portal::admin::{self, NewUser, UserEntry};
use crate::secret::Secret;
use crate::ui::{Done, UserRow, Users};

/// Manage a portal's users
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket portal user list --data ./portal
  docket portal user disable sam@example.com --data ./portal")]
pub(crate) enum User {
    Add(Add),
    List(List),
    Disable(Disable),
    SetPassword(SetPassword),
}

/// Add a user
///
/// The password is asked for, or read from standard input; without one the user can't log in yet.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal user add sam@example.com --name Sam --member 1001 --data ./portal
  docket portal user add expert@example.com --expert --password-stdin --data ./portal < password.txt")]
pub(crate) struct Add {
    /// E-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
    /// Name for people
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Account that the user is in; may be repeated
    #[arg(long = "member", value_name = "ACCOUNT")]
    member: Vec<String>,
    /// The user is an expert and answers cases
    #[arg(long, conflicts_with = "member")]
    expert: bool,
    /// Language of the user, like `de`
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    data: Data,
}

/// List the users
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal user list --data ./portal")]
pub(crate) struct List {
    #[command(flatten)]
    data: Data,
}

/// Keep a user from logging in, and take their tokens
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal user disable sam@example.com --data ./portal
  docket portal user disable sam@example.com --undo --data ./portal")]
pub(crate) struct Disable {
    /// E-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
    /// Let the user log in again
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    data: Data,
}

/// Give a user another password, and take their tokens
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal user set-password sam@example.com --data ./portal
  docket portal user set-password sam@example.com --password-stdin --data ./portal < password.txt")]
pub(crate) struct SetPassword {
    /// E-mail address
    #[arg(value_name = "EMAIL")]
    email: String,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    data: Data,
}

impl User {
    pub(super) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::Add(command) => command.run(docket),
            Self::List(command) => {
                let users = at(&command.data.data, false, async |portal| admin::list_users(portal).await)?;
                docket.show_long(&Users(users.into_iter().map(row).collect()))
            }
            Self::Disable(command) => {
                let act = async |portal: &_| admin::disable_user(portal, &command.email, !command.undo).await;
                let user = at(&command.data.data, false, act)?;
                docket.ui.show(&Users(vec![row(user)]))
            }
            Self::SetPassword(command) => command.run(docket),
        }
    }
}

impl Add {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        let new = NewUser {
            email: self.email,
            name: self.name,
            role: if self.expert { Role::Expert } else { Role::Customer },
            language: self.language,
            accounts: self.member,
            password: password(docket, self.password_stdin)?,
        };
        let user = at(&self.data.data, true, async |portal| admin::add_user(portal, new).await)?;
        if !user.has_password {
            docket.ui.say(format!(
                "{0} can't log in yet: docket portal user set-password {0} --data {1}",
                user.email,
                self.data.data.display()
            ));
        }
        docket.ui.show(&Users(vec![row(user)]))
    }
}

impl SetPassword {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        let Some(password) = password(docket, self.password_stdin)? else {
            return Err(Failure::usage("the password is missing: give --password-stdin"));
        };
        at(&self.data.data, false, async |portal| admin::set_password(portal, &self.email, password).await)?;
        docket.ui.tell(&Done { message: format!("{} has another password now", self.email) })
    }
}

/// A password from standard input or a question; none where neither is to be had.
fn password(docket: &Docket, from_stdin: bool) -> Result<Option<Secret>, Failure> {
    if from_stdin {
        return docket.read_secret("a password").map(Some);
    }
    Ok(docket.ui.prompter().map(|prompter| prompter.password("Password")).transpose()?)
}

fn row(user: UserEntry) -> UserRow {
    UserRow {
        email: user.email,
        name: user.name,
        role: user.role,
        language: user.language,
        accounts: user.accounts,
        disabled: user.disabled,
        has_password: user.has_password,
    }
}
