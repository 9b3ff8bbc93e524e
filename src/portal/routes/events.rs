//! What has happened to a case, and what happens.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use crate::api;
use crate::event::Event;
use crate::portal::Portal;
use crate::portal::extract::{Caller, Number, Query};
use crate::portal::follow;
use crate::portal::problem::Problem;
use crate::portal::store::talk;

/// Keeps proxies that know it from holding parts of a stream back.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// From where on.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /v1/cases/{number}/events`
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Number(number): Number,
    Query(After { after }): Query<After>,
) -> Result<Json<Vec<Event>>, Problem> {
    let mut db = portal.read().await?;
    caller.sees(&mut db, number, portal.base_url()).await?;
    Ok(Json(talk::events(&mut db, number, after).await?))
}

/// `GET /v1/cases/{number}/events/stream`
pub(super) async fn follow(
    State(portal): State<Portal>,
    caller: Caller,
    Number(number): Number,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let after = match headers.get(api::LAST_EVENT_ID) {
        None => after,
        Some(id) => id
            .to_str()
            .ok()
            .and_then(|id| id.trim().parse().ok())
            .ok_or_else(|| Problem::bad_request("Last-Event-ID isn't the number of an event"))?,
    };
    let mut db = portal.read().await?;
    caller.sees(&mut db, number, portal.base_url()).await?;
    drop(db);
    let heartbeat = portal.0.options.pace.heartbeat.as_millis().to_string();
    let mut response = follow::follow(&portal, caller, number, after)?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(api::EVENT_STREAM));
    headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
    if let Ok(heartbeat) = HeaderValue::try_from(heartbeat) {
        headers.insert(api::HEARTBEAT, heartbeat);
    }
    Ok(response)
}
