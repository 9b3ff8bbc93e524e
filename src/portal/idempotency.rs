//! Nothing is written twice: the one mechanism that every request shares which writes.
//!
//! A request may carry an `Idempotency-Key`. Its answer is kept in the same transaction as what it wrote;
//! whoever sends the same request with the same key again gets that answer and nothing is written. Refusals
//! aren't kept: they wrote nothing.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::extract::Caller;
use super::problem::Problem;
use super::store::Write;
use super::store::answers::{self, Kept, Key};
use super::{Portal, token};
use crate::api::problem::Kind;
use crate::api::{IDEMPOTENCY_KEY, IDEMPOTENCY_REPLAYED};

/// A request that is carried out once.
#[derive(Debug)]
pub(super) struct Once {
    key: Option<Key>,
    digest: String,
}

/// How a request begins.
#[derive(Debug)]
pub(super) enum Begun {
    /// It is new: write, then [`Once::finish`].
    New(Write),
    /// It was answered before, like this.
    Before(Response),
}

impl Once {
    /// Reads the key. Requests are the same when method, path and `content` are.
    pub(super) fn new(
        caller: &Caller,
        headers: &HeaderMap,
        method: &Method,
        path: &str,
        content: &[u8],
    ) -> Result<Self, Problem> {
        let mut digest = Sha256::new();
        digest.update(format!("{method} {path}\n"));
        digest.update(content);
        let key = headers.get(IDEMPOTENCY_KEY).map(|value| key(value).ok_or_else(bad_key)).transpose()?;
        let key = key.map(|key| Key { user: caller.user.id, key });
        Ok(Self { key, digest: token::hex(&digest.finalize()) })
    }

    /// Begins to write, unless that has been done before.
    pub(super) async fn begin(&self, portal: &Portal) -> Result<Begun, Problem> {
        let mut write = portal.write_for(self.key.clone()).await?;
        let Some(kept) = write.kept.take() else { return Ok(Begun::New(write)) };
        // What it was answered for may be on its way to the disk still.
        write.commit().await?;
        if kept.request != self.digest {
            return Err(Problem::new(
                Kind::KeyReused,
                "this Idempotency-Key came with another request before; use a new one",
            ));
        }
        let headers = serde_json::from_str(&kept.headers)?;
        let mut response = Answer { status: kept.status, headers, body: kept.body }.respond();
        response.headers_mut().insert(IDEMPOTENCY_REPLAYED, HeaderValue::from_static("true"));
        Ok(Begun::Before(response))
    }

    /// Keeps the answer, commits what was written, and answers. Where it is a refusal, nothing is written; what
    /// it rests on may be on its way to the disk still.
    pub(super) async fn finish(
        &self,
        mut write: Write,
        answer: Result<Answer, Problem>,
    ) -> Result<Response, Problem> {
        let answer = match answer {
            Ok(answer) => answer,
            Err(problem) => return Err(problem.once_certain(write).await),
        };
        if let Some(key) = &self.key {
            let kept = Kept {
                request: self.digest.clone(),
                status: answer.status,
                headers: serde_json::to_string(&answer.headers)?,
                body: answer.body.clone(),
            };
            let now = write.now;
            answers::keep(write.rest(), key, &kept, now);
        }
        write.commit().await?;
        Ok(answer.respond())
    }
}

fn key(value: &HeaderValue) -> Option<String> {
    let key = value.to_str().ok()?;
    ((16..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .then(|| key.to_owned())
}

fn bad_key() -> Problem {
    Problem::bad_request("an Idempotency-Key has 16 to 255 visible ASCII characters")
}

/// A successful answer that can be kept.
#[derive(Debug)]
pub(super) struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Answer {
    /// 200 with a JSON body.
    pub(super) fn ok(body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self { status: 200, headers: BTreeMap::new(), body: serde_json::to_string(body)? })
    }

    /// 201 with a JSON body, and where it can be found.
    pub(super) fn created(location: String, body: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self { status: 201, ..Self::ok(body)? }.with(&header::LOCATION, location))
    }

    /// No body.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self { status: status.as_u16(), headers: BTreeMap::new(), body: String::new() }
    }

    #[must_use]
    pub(super) fn with(mut self, name: &HeaderName, value: impl Into<String>) -> Self {
        self.headers.insert(name.to_string(), value.into());
        self
    }

    fn respond(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let empty = self.body.is_empty();
        let mut response = (status, Body::from(self.body)).into_response();
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value.as_str()))
            {
                response.headers_mut().insert(name, value);
            }
        }
        if !empty {
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        response
    }
}
