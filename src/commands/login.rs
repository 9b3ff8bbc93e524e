//! `docket login` and `docket logout`

use clap::{ArgGroup, Args};

use super::Docket;
use super::accounts::ask;
use super::status::machine;
use crate::account::Account;
use crate::address::Address;
use crate::api::body::Me;
use crate::case::Role;
use crate::client::{Error, Session};
use crate::failure::{Failure, Kind};
use crate::profile::{Kept, NewLogin};
use crate::secret::Secret;
use crate::ui::{AccountRow, Ask, Done, Prompter, StatusReport};

/// Log in at a portal
///
/// With the e-mail address and password of the portal, or with a token. The token that docket then works
/// with goes into the system's keyring or, where there is none, into a file that only you can read. A
/// further login adds to those that are there.
///
/// Can't log in? Reset the password at the portal, clear its cookies, ask the administrator of the account,
/// or see the portal's status page. Demo and Sandbox accounts are refused: support needs a Production
/// account; a trial is fine.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("how").args(["password_stdin", "with_token"])))]
#[command(after_help = "\
Examples:
  docket login support.example.com
  docket login support.example.com --email sam@example.com --password-stdin < password.txt
  pass show support/token | docket login support.example.com --with-token")]
pub(crate) struct Login {
    /// Portal to log in at
    #[arg(value_name = "PORTAL")]
    portal: Option<String>,
    /// E-mail address
    #[arg(long, value_name = "EMAIL", conflicts_with = "with_token")]
    email: Option<String>,
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
    /// Read a token from standard input
    #[arg(long)]
    with_token: bool,
}

/// Log out of a portal
///
/// The token is taken out of use at the portal and forgotten here.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket logout
  docket logout support.example.com")]
pub(crate) struct Logout {
    /// Portal to log out of; the current one where left out
    #[arg(value_name = "PORTAL")]
    portal: Option<String>,
}

impl Login {
    pub(crate) fn run(mut self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<StatusReport>()?;
        let address = self.address(docket)?;
        let Address::At(url) = &address else {
            return Err(Failure::usage("the built-in portal needs no login")
                .hint("use it with `--portal local`, or set DOCKET_PORTAL=local"));
        };
        let connection = docket.connect(url)?;
        // Before anybody types a password: is that a portal at all?
        connection.look()?;
        let (session, token, expires_at) = if self.with_token {
            let token = docket.read_secret("a token")?;
            (connection.with_token(token.clone()), token, None)
        } else {
            let (email, password) = self.credentials(docket, url)?;
            let logged_in = connection.log_in(&email, &password)?;
            (connection.with_token(logged_in.token.clone()), logged_in.token, Some(logged_in.expires_at))
        };
        let made_here = !self.with_token;
        let me = session.me().map_err(|error| match error {
            Error::LoginRequired { .. } if self.with_token => {
                Failure::new(Kind::LoginRequired, format!("{url} doesn't know the token, or it has expired"))
            }
            error => error.into(),
        })?;
        let account = choose_account(docket, &me).inspect_err(|_| abandon(&session, made_here))?;
        let mut profile = docket.profile.clone();
        let new = NewLogin {
            user: me.email.clone(),
            token,
            expires_at: expires_at.or(me.expires_at),
            account: account.as_ref().map(|account| account.id.clone()),
        };
        let kept = profile.log_in(&address, new).inspect_err(|_| abandon(&session, made_here))?;
        report(docket, &address, &me, account, &kept)
    }

    fn address(&mut self, docket: &Docket) -> Result<Address, Failure> {
        let named = self.portal.take().or_else(|| docket.global.portal.clone());
        let text = match (named, docket.profile.portal(), docket.ui.prompter()) {
            (Some(text), _, _) => text,
            (None, Ok(portal), _) => return Ok(portal.value),
            (None, Err(_), Some(prompter)) => {
                let ask = Ask { prompt: "Portal (its address)", ..Ask::default() };
                prompter.line(&ask, &mut |typed| {
                    let address = typed.parse::<Address>();
                    address.map(drop).map_err(|error: crate::address::BadAddress| error.to_string())
                })?
            }
            (None, Err(_), None) => {
                return Err(Failure::usage(
                    "which portal? give its address, as in `docket login support.example.com`",
                ));
            }
        };
        text.parse().map_err(|error: crate::address::BadAddress| Failure::usage(error.to_string()))
    }

    fn credentials(&mut self, docket: &Docket, url: &str) -> Result<(String, Secret), Failure> {
        let prompter = docket.ui.prompter();
        let missing = |what: &str, flag: &str| Failure::usage(format!("{what} is missing: give {flag}"));
        let email = match (self.email.take(), &prompter) {
            (Some(email), _) => email,
            (None, Some(prompter)) => {
                let prompt = format!("E-mail address at {url}");
                prompter.line(&Ask { prompt: &prompt, ..Ask::default() }, &mut |_| Ok(()))?
            }
            (None, None) => return Err(missing("the e-mail address", "--email EMAIL")),
        };
        let password = match (self.password_stdin, &prompter) {
            (true, _) => docket.read_secret("a password")?,
            (false, Some(prompter)) => Prompter::password(prompter, "Password")?,
            (false, None) => {
                return Err(missing("the password", "--password-stdin, or a token with --with-token"));
            }
        };
        Ok((email, password))
    }
}

/// The account to work in: the one named, the only one, or the one chosen; none when nobody can be asked.
fn choose_account(docket: &Docket, me: &Me) -> Result<Option<Account>, Failure> {
    let usable: Vec<&Account> = me.accounts.iter().filter(|account| account.can_open_cases()).collect();
    if me.role == Role::Expert {
        return Ok(None);
    }
    if let Some(id) = &docket.global.account {
        let listed: Vec<String> =
            usable.iter().map(|account| format!("{} ({})", account.id, account.name)).collect();
        let failure = match me.accounts.iter().find(|account| account.id == *id) {
            Some(account) if account.can_open_cases() => return Ok(Some(account.clone())),
            Some(account) => Failure::new(Kind::NotAllowed, account.refusal()),
            None => Failure::new(Kind::NotFound, format!("there is no account `{id}` among yours")),
        };
        return Err(if listed.is_empty() {
            failure
        } else {
            failure.hint(format!("--account takes one of {}", listed.join(", ")))
        });
    }
    match (usable.as_slice(), me.accounts.first()) {
        ([], Some(demo)) => Err(Failure::new(Kind::NotAllowed, demo.refusal())),
        ([], None) => {
            Err(Failure::new(Kind::NotAllowed, format!("{} has no account at this portal", me.email))
                .hint("ask the account's administrator to add you"))
        }
        ([only], _) => Ok(Some((*only).clone())),
        _ if docket.ui.can_ask() => ask(docket, &me.accounts).map(|account| Some(account.clone())),
        _ => Ok(None),
    }
}

/// Takes a token out of use that was got for a login which then failed.
fn abandon(session: &Session, made_here: bool) {
    if made_here && let Err(error) = session.log_out() {
        tracing::debug!(target: "docket::http", "the token of the failed login is still valid: {error}");
    }
}

fn report(
    docket: &Docket,
    address: &Address,
    me: &Me,
    account: Option<Account>,
    kept: &Kept,
) -> Result<(), Failure> {
    let source = match kept {
        Kept::Keyring => "keyring",
        Kept::File { path, why } => {
            docket
                .ui
                .remark(format!("the token is kept in {}, which only you can read: {why}", path.display()));
            "file"
        }
    };
    docket.ui.say(format!("logged in at {address} as {}", me.email));
    if account.is_none() && me.role == Role::Customer {
        docket.ui.say("you have several accounts: choose one with `docket accounts switch`");
    }
    docket.ui.show(&StatusReport {
        portal: address.to_string(),
        user: me.email.clone(),
        role: me.role,
        account: account.map(|account| AccountRow { account, current: true }),
        token_source: Some(source.to_owned()),
        machine: machine(me),
        expires_at: me.expires_at,
        settings: Vec::new(),
    })
}

impl Logout {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<Done>()?;
        let address = match &self.portal {
            Some(text) => {
                text.parse().map_err(|error: crate::address::BadAddress| Failure::usage(error.to_string()))?
            }
            None => docket.profile.portal()?.value,
        };
        let Address::At(url) = &address else {
            return Err(Failure::usage("nobody is logged in at the built-in portal: it needs no login"));
        };
        let Some(user) = docket.profile.logins().current_user(&address).map(str::to_owned) else {
            return Err(Failure::new(Kind::LoginRequired, format!("nobody is logged in at {address}")));
        };
        let told = docket.profile.stored_credential(&address).and_then(|credential| {
            let Some(credential) = credential else { return Ok(()) };
            let session = docket.connect(url)?.with_token(credential.token);
            Ok(session.log_out()?)
        });
        match told {
            Ok(()) => {}
            Err(failure) if failure.kind == Kind::LoginRequired => {}
            // A job that logs out when it is done doesn't take the token from the next.
            Err(failure) if failure.kind == Kind::NotAllowed => {
                docket
                    .ui
                    .warn("the token itself still works: `docket tokens revoke NAME` takes it out of use");
            }
            Err(failure) => docket
                .ui
                .warn(format!("the portal couldn't be told, so the token works until it expires: {failure}")),
        }
        docket.profile.clone().log_out(&address, &user)?;
        docket.ui.tell(&Done { message: format!("logged out {user} at {address}") })
    }
}
