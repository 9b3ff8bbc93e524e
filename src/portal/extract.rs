//! What handlers are given: who asks, and what for.

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use futures_util::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;

use super::idempotency::Once;
use super::problem::Problem;
use super::store::tokens::Token;
use super::store::users::User;
use super::store::{accounts, cases, tokens, users};
use super::{Access, Portal, token};
use crate::account::Account;
use crate::api::body::{Machine, Scope};
use crate::api::problem::Kind;
use crate::case::{Case, CaseNumber, Role};
use crate::rules::Context;

/// Bytes of JSON that a request may have.
const MAX_JSON: usize = 1024 * 1024;
/// Bytes that are read and thrown away so that the sender of too many hears why.
const MAX_DRAIN: usize = 64 * 1024 * 1024;
/// How exactly it is known when a token was last used: a write per request would be too much.
const LAST_USED_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// Whoever asks, by their token.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) user: User,
    /// All of theirs, by id.
    pub(super) accounts: Vec<Account>,
    /// The token's digest.
    pub(super) token: String,
    pub(super) expires_at: Option<Timestamp>,
    /// The token, where it is one for a machine.
    pub(super) machine: Option<Machine>,
}

/// What a caller has to do with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// It is in one of their accounts.
    Member,
    /// They watch it.
    Watcher,
    /// They are an expert.
    Expert,
}

impl Caller {
    pub(super) fn email(&self) -> &str {
        &self.user.email
    }

    /// As events name them.
    pub(super) fn by(&self) -> (&str, Role) {
        (&self.user.email, self.user.role)
    }

    /// What the rules have to know of them.
    pub(super) fn context(&self) -> Context {
        Context { accounts: self.accounts.clone(), language: self.user.language.clone() }
    }

    pub(super) fn must_be(&self, role: Role) -> Result<(), Problem> {
        match (self.user.role == role, role) {
            (true, _) => Ok(()),
            (false, Role::Expert) => Err(Problem::not_allowed("only experts may do this")),
            (false, Role::Customer) => {
                Err(Problem::not_allowed("only customers may do this; experts reply to cases"))
            }
        }
    }

    /// Refuses a token that is only to read.
    pub(super) fn must_write(&self) -> Result<(), Problem> {
        match &self.machine {
            Some(Machine { name, scope: Scope::Read }) => Err(Problem::not_allowed(format!(
                "the token `{name}` is read-only: it can't change anything"
            ))),
            _ => Ok(()),
        }
    }

    /// The case with a number and how it is theirs to see. Watchers are in it, comments aren't.
    pub(super) async fn sees(
        &self,
        db: &mut super::store::Db,
        number: CaseNumber,
        base: &str,
    ) -> Result<(Case, Relation), Problem> {
        let mut case = cases::find(db, number, base).await?.ok_or_else(Problem::no_such_case)?;
        let relation = if self.user.role == Role::Expert {
            Relation::Expert
        } else if self.accounts.iter().any(|account| account.id == case.account.id) {
            Relation::Member
        } else if cases::watches(db, number, self.email()).await? {
            Relation::Watcher
        } else {
            return Err(Problem::no_such_case());
        };
        cases::add_watchers_and_attachments(db, std::slice::from_mut(&mut case)).await?;
        Ok((case, relation))
    }

    async fn of(parts: &Parts, portal: &Portal) -> Result<Self, Problem> {
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.split_once(' '));
        let (_, bearer) = bearer
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .ok_or_else(Problem::login_required)?;
        let caller = Self::with_token(token::digest(bearer.trim()), portal).await?;
        if !parts.method.is_safe() {
            caller.must_write()?;
        }
        Ok(caller)
    }

    /// The same as they are now, if the token still works.
    pub(super) async fn again(&self, portal: &Portal) -> Result<Self, Problem> {
        Self::with_token(self.token.clone(), portal).await
    }

    /// Whoever has the token with a digest.
    async fn with_token(digest: String, portal: &Portal) -> Result<Self, Problem> {
        let now = portal.clock().now();
        let mut db = portal.0.store.read().await?;
        match &portal.0.access {
            Access::Only { digest: only, email } => {
                let user = users::find(&mut db, email).await?;
                let user = user.filter(|user| *only == digest && !user.disabled);
                let user = user.ok_or_else(Problem::login_required)?;
                let accounts = accounts::of_user(&mut db, user.id).await?;
                Ok(Self { user, accounts, token: digest, expires_at: None, machine: None })
            }
            Access::Passwords => {
                let token = tokens::find(&mut db, &digest, now).await?.ok_or_else(Problem::login_required)?;
                if token.last_used_at.is_none_or(|at| now.duration_since(at) > LAST_USED_WITHIN) {
                    portal.note_use(&digest, now);
                }
                let Token { user, accounts, expires_at, machine, .. } = token;
                Ok(Self { user, accounts, token: digest, expires_at: Some(expires_at), machine })
            }
        }
    }
}

impl FromRequestParts<Portal> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Problem> {
        Self::of(parts, portal).await
    }
}

/// The number in the path of a case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(pub(super) CaseNumber);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parameters = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(parameters) = parameters.map_err(|_| Problem::no_such_case())?;
        let number = parameters.iter().find(|(name, _)| name == "number").map(|(_, value)| value);
        number.and_then(|number| number.parse().ok()).map(Self).ok_or_else(Problem::no_such_case)
    }
}

/// What the query asks for.
#[derive(Debug, Clone)]
pub(super) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, state).await;
        match query {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(Problem::bad_request(rejection.body_text())),
        }
    }
}

/// A JSON body.
#[derive(Debug)]
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        must_be_json(&parts.headers)?;
        parse(&read(body).await?).map(Self)
    }
}

/// A request of a caller that writes, with a JSON body.
#[derive(Debug)]
pub(super) struct Writing<T> {
    pub(super) caller: Caller,
    pub(super) body: T,
    pub(super) once: Once,
}

impl<T: DeserializeOwned> FromRequest<Portal> for Writing<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::of(&parts, portal).await?;
        must_be_json(&parts.headers)?;
        let path = path(&mut parts, portal).await;
        let body = read(body).await?;
        let once = Once::new(&caller, &parts.headers, &parts.method, &path, &body)?;
        Ok(Self { caller, body: parse(&body)?, once })
    }
}

/// The path as it was asked for.
async fn path(parts: &mut Parts, portal: &Portal) -> String {
    match OriginalUri::from_request_parts(parts, portal).await {
        Ok(OriginalUri(uri)) => uri.path().to_owned(),
        Err(never) => match never {},
    }
}

fn must_be_json(headers: &HeaderMap) -> Result<(), Problem> {
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" {
        return Ok(());
    }
    Err(Problem::new(Kind::UnsupportedMediaType, "send JSON, with `Content-Type: application/json`"))
}

/// A body's bytes. Those of one that is too large are thrown away, up to a point, so that whoever sends it
/// reads the answer and not a broken connection.
async fn read(body: Body) -> Result<Bytes, Problem> {
    let mut bytes = Vec::new();
    let mut length = 0;
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::bad_request("the body broke off"))?;
        length += chunk.len();
        if length <= MAX_JSON {
            bytes.extend_from_slice(&chunk);
        } else if length > MAX_DRAIN {
            break;
        }
    }
    if length > MAX_JSON {
        return Err(Problem::too_large("the body", MAX_JSON as u64));
    }
    Ok(bytes.into())
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        if error.is_data() {
            Problem::bad_request(format!(
                "the body isn't what is expected here: {}",
                without_types(&error.to_string())
            ))
        } else {
            Problem::bad_request(format!(
                "the body isn't JSON: it goes wrong at line {line}, column {column}"
            ))
        }
    })
}

/// serde names our types: `expected struct NewComment`. They are nobody else's business.
fn without_types(message: &str) -> String {
    let mut words = message.split(' ');
    let mut plain = Vec::new();
    while let Some(word) = words.next() {
        if word == "struct" || word == "enum" {
            let name = words.next().unwrap_or_default();
            plain.push(
                "an object".to_owned() + name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
            );
        } else {
            plain.push(word.to_owned());
        }
    }
    plain.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stay_inside() {
        let error = parse::<crate::api::body::NewComment>(b"5").unwrap_err();
        assert_eq!(
            error.detail,
            "the body isn't what is expected here: invalid type: integer `5`, expected an object at line 1 column 1"
        );
    }
}
