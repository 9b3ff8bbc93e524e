//! Logging in and out, and who the caller is.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::SignedDuration;

use crate::account::Account;
use crate::api::body::{LoggedIn, Login, Me};
use crate::api::problem::Kind;
use crate::case::Role;
use crate::portal::extract::{Caller, Json};
use crate::portal::problem::Problem;
use crate::portal::store::{accounts, tokens, users};
use crate::portal::{Access, Portal, token};

/// Bytes that an e-mail address has at most (RFC 5321).
const LONGEST_ADDRESS: usize = 254;
/// How long a token works.
const TOKEN_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// `POST /v1/login`
pub(super) async fn log_in(
    State(portal): State<Portal>,
    Json(login): Json<Login>,
) -> Result<axum::Json<LoggedIn>, Problem> {
    if matches!(portal.0.access, Access::Only { .. }) {
        return Err(Problem::not_allowed("nobody logs in at this portal: it runs inside docket"));
    }
    let email = login.email.trim().to_lowercase();
    if email.len() > LONGEST_ADDRESS {
        // Attempts are written down, and nobody who isn't logged in may fill the disk.
        return Err(login_failed());
    }
    may_try(&portal, &email).await?;
    let mut db = portal.0.store.read().await?;
    let user = users::find(&mut db, &email).await?;
    drop(db);
    let hashed = user.as_ref().and_then(|user| user.password.clone());
    let right = portal.0.passwords.verify(login.password, hashed).await?;
    let Some(user) = user.filter(|user| right && !user.disabled) else {
        return Err(login_failed());
    };

    let token = token::bearer()?;
    let mut write = portal.write().await?;
    let expires_at = write.now + TOKEN_LASTS;
    users::forget_attempts(write.db(), &email).await?;
    let accounts = accounts::of_user(write.db(), user.id).await?;
    let refused = (user.role == Role::Customer).then(|| refusal(&accounts)).flatten();
    if refused.is_none() {
        let now = write.now;
        tokens::add(write.db(), &token::digest(token.reveal()), user.id, now, expires_at).await?;
    }
    write.commit().await?;
    match refused {
        Some(problem) => Err(problem),
        None => Ok(axum::Json(LoggedIn { token, expires_at })),
    }
}

fn login_failed() -> Problem {
    Problem::new(Kind::LoginFailed, "e-mail address and password don't go together")
}

/// Counts the attempt, and refuses it when there were too many.
async fn may_try(portal: &Portal, email: &str) -> Result<(), Problem> {
    let clock = portal.clock().clone();
    let mut write = portal.0.store.write(move || clock.now(), None).await?;
    let now = write.now;
    let attempt = users::attempt(write.db(), email, now).await?;
    write.commit().await?;
    attempt.map_err(|again| Problem {
        retry_after: Some(again.duration_since(now).as_secs()),
        ..Problem::new(Kind::TooMany, format!("too many failed logins: try again at {again}"))
    })
}

/// Why somebody with these accounts can't open cases, if they can't and have any.
pub(super) fn refusal(accounts: &[Account]) -> Option<Problem> {
    let refused = !accounts.is_empty() && !accounts.iter().any(Account::can_open_cases);
    refused.then(|| {
        let why: Vec<String> = accounts.iter().map(Account::refusal).collect();
        Problem::new(Kind::AccountRefused, why.join("; "))
    })
}

/// `POST /v1/logout`: ends a login. A job that logs out when it is done must not take the token from the next.
pub(super) async fn log_out(State(portal): State<Portal>, caller: Caller) -> Result<StatusCode, Problem> {
    if let Some(machine) = &caller.machine {
        let detail = format!("the token `{}` is a machine's: it is revoked and not logged out", machine.name);
        return Err(Problem::not_allowed(detail));
    }
    let mut write = portal.write().await?;
    tokens::forget(write.db(), &caller.token).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /v1/me`
pub(super) async fn me(caller: Caller) -> axum::Json<Me> {
    axum::Json(Me {
        email: caller.user.email,
        name: caller.user.name,
        role: caller.user.role,
        language: caller.user.language,
        accounts: caller.accounts,
        expires_at: caller.expires_at,
        machine: caller.machine,
    })
}
