//! What happens to every request and answer: an id, a line in the log, problems as JSON, a time limit.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;
use super::token;
use crate::api;
use crate::api::problem::Kind;

/// How long a request with a JSON answer may take, its body included.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Gives each request an id, logs it, and writes the body of a problem.
pub(super) async fn identify(request: Request, next: Next) -> Response {
    let id = token::name().unwrap_or_default();
    let (method, path, began) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let mut response = next.run(request).await;

    if response.status() == StatusCode::METHOD_NOT_ALLOWED && response.extensions().get::<Problem>().is_none()
    {
        let allow = response.headers().get(header::ALLOW).cloned();
        response = Problem::new(Kind::MethodNotAllowed, "this path exists, but not with this method")
            .into_response();
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    let status = response.status().as_u16();
    let took = began.elapsed().as_millis();
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        match (&problem.cause, status) {
            (Some(cause), 500..) => tracing::error!(id, %method, path, status, took, cause, "failed"),
            (cause, _) => {
                tracing::info!(id, %method, path, status, took, detail = problem.detail, ?cause, "refused");
            }
        }
        *response.body_mut() = Body::from(body(problem, &id));
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(api::problem::MEDIA_TYPE));
        response.headers_mut().remove(header::CONTENT_LENGTH);
    } else {
        tracing::info!(id, %method, path, status, took, "answered");
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(api::REQUEST_ID, id);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn body(problem: Problem, id: &str) -> String {
    let body = api::problem::Problem {
        uri: problem.kind.uri(),
        title: title(problem.kind).to_owned(),
        status: problem.kind.status(),
        detail: problem.detail,
        fields: problem.fields,
        case: problem.case,
        request_id: Some(id.to_owned()),
    };
    serde_json::to_string(&body).unwrap_or_default()
}

/// What went wrong, the same for every problem of the kind.
fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::BadRequest => "The request makes no sense",
        Kind::LoginRequired => "Log in first",
        Kind::LoginFailed => "E-mail address and password don't go together",
        Kind::NotAllowed => "Not allowed",
        Kind::AccountRefused => "Cases can't be opened for this account",
        Kind::NotFound => "Not found",
        Kind::MethodNotAllowed => "Not with this method",
        Kind::CaseClosed => "The case is closed",
        Kind::Conflict => "Conflict",
        Kind::Duplicate => "There is one already",
        Kind::FormChanged => "The form has changed",
        Kind::Invalid => "Something is missing or wrong",
        Kind::KeyReused => "The key belongs to another request",
        Kind::KeyInUse => "The same request is under way",
        Kind::TooLarge => "Too large",
        Kind::UnsupportedMediaType => "Wrong media type",
        Kind::ChecksumMismatch => "Other bytes than they should be",
        Kind::TooMany => "Too many attempts",
        Kind::TusVersion => "Only tus 1.0.0 is spoken here",
        Kind::NoSpace => "No room left",
        Kind::Unavailable => "Busy",
        Kind::Internal => "The portal failed",
    }
}

/// Gives up on a request that takes too long.
pub(super) async fn limit_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::unavailable("it took too long").into_response(),
    }
}

/// What is answered when a handler panics.
pub(super) fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let said = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let said = said.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    drop(cause);
    Problem::internal(format!("panic: {said}")).into_response()
}
