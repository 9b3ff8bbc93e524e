//! Tokens for machines: making, listing and revoking them.
//!
//! Only a login does that, so that a token that was stolen makes no others and hides nothing. The answer
//! to a new token is the one that isn't kept for its idempotency key, because it holds the secret.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;

use crate::api::body::{CreatedToken, LONGEST_TOKEN, MachineToken, NewToken, RevokeToken, SHORTEST_TOKEN};
use crate::api::problem::Kind;
use crate::portal::extract::{Caller, Json, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::problem::Problem;
use crate::portal::store::tokens;
use crate::portal::{Access, Portal, token};

/// Tokens for machines that a user may have.
const MOST: usize = 100;

/// `GET /v1/tokens`
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
) -> Result<axum::Json<Vec<MachineToken>>, Problem> {
    may_manage(&portal, &caller)?;
    let mut db = portal.0.store.read().await?;
    Ok(axum::Json(tokens::of_user(&mut db, caller.user.id, portal.clock().now()).await?))
}

/// `POST /v1/tokens`
pub(super) async fn create(
    State(portal): State<Portal>,
    caller: Caller,
    Json(new): Json<NewToken>,
) -> Result<Response, Problem> {
    may_manage(&portal, &caller)?;
    if !(SHORTEST_TOKEN..=LONGEST_TOKEN).contains(&new.lasts) {
        let detail = format!("`lasts` is a number of seconds from {SHORTEST_TOKEN} to {LONGEST_TOKEN}");
        return Err(Problem::bad_request(detail));
    }
    let token = token::bearer()?;
    let mut write = portal.write().await?;
    let now = write.now;
    // What has expired keeps no name from the next.
    tokens::tidy(write.db(), now).await?;
    let others = tokens::of_user(write.db(), caller.user.id, now).await?;
    if others.iter().any(|other| other.name == new.name.as_str()) {
        let detail = format!("there is a token `{}` already; revoke it, or choose another name", new.name);
        return Err(Problem::new(Kind::Duplicate, detail).once_certain(write).await);
    }
    if others.len() >= MOST {
        let detail = format!("there are {MOST} tokens already, and nobody may have more; revoke some");
        return Err(Problem::new(Kind::Duplicate, detail).once_certain(write).await);
    }
    let expires_at = now + SignedDuration::from_secs(new.lasts);
    let hash = token::digest(token.reveal());
    tokens::add_for_machine(write.db(), &hash, caller.user.id, &new, (now, expires_at)).await?;
    write.commit().await?;
    let created = CreatedToken { name: new.name, scope: new.scope, expires_at, token };
    Ok((StatusCode::CREATED, axum::Json(created)).into_response())
}

/// `POST /v1/tokens/revoke`
pub(super) async fn revoke(
    State(portal): State<Portal>,
    Writing { caller, body, once }: Writing<RevokeToken>,
) -> Result<Response, Problem> {
    may_manage(&portal, &caller)?;
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let now = write.now;
        if !tokens::revoke(write.db(), caller.user.id, body.name.as_str(), now).await? {
            return Err(Problem::new(Kind::NotFound, format!("you have no token `{}`", body.name)));
        }
        Ok(Answer::empty(StatusCode::NO_CONTENT))
    };
    let answer = answer.await;
    once.finish(write, answer).await
}

/// Refuses machines, and the portal at which nobody logs in.
fn may_manage(portal: &Portal, caller: &Caller) -> Result<(), Problem> {
    if matches!(portal.0.access, Access::Only { .. }) {
        return Err(Problem::not_allowed("this portal runs inside docket and knows no other tokens"));
    }
    match &caller.machine {
        None => Ok(()),
        Some(machine) => Err(Problem::not_allowed(format!(
            "the token `{}` is a machine's; only who logs in with a password manages tokens",
            machine.name
        ))),
    }
}
