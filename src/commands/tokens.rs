//! `docket tokens`: tokens for CI jobs and other machines.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use jiff::SignedDuration;

use super::Docket;
use crate::api::body::{LONGEST_TOKEN, NewToken, SHORTEST_TOKEN, Scope};
use crate::api::name::TokenName;
use crate::client::{Error, Fate, Key};
use crate::failure::{Failure, Kind};
use crate::ui::{Done, NewTokenReport, TokenRow};
use crate::when;

/// Make, list and revoke tokens for CI jobs
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket tokens create --name nightly --expires 180d
  docket tokens list
  docket tokens revoke nightly")]
pub(crate) enum Tokens {
    Create(Create),
    List(List),
    Revoke(Revoke),
}

/// Make a token for a CI job
///
/// The token is printed on standard output, this once; the portal keeps only its digest. Put it where the job
/// finds it as DOCKET_TOKEN, in a secret store and not in a file of the repository.
///
/// It works as you, in all your accounts. With --scope read it can't change anything. It never makes, lists or
/// revokes tokens: that takes a login with your password, so log in before you use this.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket tokens create --name nightly
  docket tokens create --name nightly --expires 30d | gh secret set DOCKET_TOKEN
  docket tokens create --name dashboard --scope read --jq .token")]
pub(crate) struct Create {
    /// Name to tell it from your others, 1 to 64 characters
    #[arg(long, value_name = "NAME")]
    name: TokenName,
    /// How long it works: 1 minute to 365 days
    #[arg(long, value_name = "DURATION", default_value = "90d", value_parser = lasts)]
    expires: SignedDuration,
    /// What it is good for: seeing alone, or whatever you may do
    #[arg(long, value_name = "SCOPE", default_value = "write", value_parser = scope())]
    scope: Scope,
}

/// List your tokens for CI jobs
///
/// Those that have expired aren't listed, and neither are logins. When one was last used is known within five
/// minutes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket tokens list
  docket tokens list --csv=name,expires_at,last_used_at")]
pub(crate) struct List {}

/// Take a token out of use, at once
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket tokens revoke nightly")]
pub(crate) struct Revoke {
    /// Name of the token
    #[arg(value_name = "NAME")]
    name: TokenName,
}

fn scope() -> impl TypedValueParser<Value = Scope> {
    let words = Scope::ALL.iter().map(|scope| scope.as_str());
    PossibleValuesParser::new(words).try_map(|word| word.parse::<Scope>())
}

fn lasts(text: &str) -> Result<SignedDuration, String> {
    let lasts = when::parse_duration(text).map_err(|error| error.to_string())?;
    if (SHORTEST_TOKEN..=LONGEST_TOKEN).contains(&lasts.as_secs()) {
        Ok(lasts)
    } else {
        Err("a token works for 1 minute to 365 days".to_owned())
    }
}

impl Tokens {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::Create(command) => command.run(docket),
            Self::List(_) => list(docket),
            Self::Revoke(command) => command.run(docket),
        }
    }
}

impl Create {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<NewTokenReport>()?;
        let desk = docket.desk()?;
        let new = NewToken { name: self.name, scope: self.scope, lasts: self.expires.as_secs() };
        let created = desk.session().create_token(&new).map_err(|error| {
            let lost = error.fate() != Fate::Refused && !matches!(error, Error::LoginRequired { .. });
            let failure = desk.explain(error);
            if lost { failure.hint(unheard(&new.name)) } else { failure }
        })?;
        let report = NewTokenReport {
            name: created.name.to_string(),
            scope: created.scope.to_string(),
            expires_at: created.expires_at,
            token: created.token,
        };
        docket.ui.show(&report).map_err(|failure| {
            let message = format!("the token `{}` was made, but couldn't be shown: {failure}", report.name);
            Failure::new(Kind::Partly, message).hint(unheard(&new.name))
        })?;
        let may = match created.scope {
            Scope::Read => "may only read",
            Scope::Write => "may do what you may",
        };
        let (name, end) = (&report.name, created.expires_at);
        docket.ui.say(format!("the token `{name}` {may}, until {end}; it isn't shown again"));
        Ok(())
    }
}

/// What to do about a token that was made and that nobody has seen.
fn unheard(name: &TokenName) -> String {
    format!("if `docket tokens list` shows `{name}`, nobody has it: revoke it, and make another")
}

fn list(docket: &Docket) -> Result<(), Failure> {
    docket.ui.expect::<Vec<TokenRow>>()?;
    let desk = docket.desk()?;
    let tokens = desk.session().tokens().map_err(|error| desk.explain(error))?;
    let rows = tokens.into_iter().map(|token| TokenRow {
        name: token.name,
        scope: token.scope.to_string(),
        created_at: token.created_at,
        expires_at: token.expires_at,
        last_used_at: token.last_used_at,
    });
    let rows: Vec<TokenRow> = rows.collect();
    docket.ui.show(&rows)?;
    if rows.is_empty() {
        docket.ui.say("there are no tokens: `docket tokens create --name NAME` makes one");
    }
    Ok(())
}

impl Revoke {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<Done>()?;
        let desk = docket.desk()?;
        let revoked = desk.session().revoke_token(&self.name, &Key::generate());
        revoked.map_err(|error| desk.explain(error))?;
        docket.ui.tell(&Done { message: format!("revoked the token `{}`; it works no more", self.name) })
    }
}
