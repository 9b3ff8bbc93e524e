//! What the portal says of itself.

use axum::Json;
use axum::extract::State;

use crate::api::{self, body};
use crate::portal::Portal;
use crate::portal::problem::Problem;

/// What this portal can do beyond the API's core.
const CAPABILITIES: [&str; 11] = [
    "attachments",
    "call",
    api::CAN_DEDUPE,
    "events",
    "experts",
    api::CAN_FOLLOW,
    "follows",
    "resources",
    "search",
    api::CAN_TOKENS,
    "watchers",
];

/// `GET /healthz`
pub(super) async fn health(State(portal): State<Portal>) -> Result<&'static str, Problem> {
    drop(portal.read().await?);
    Ok("ok")
}

/// `GET /v1/portal`
pub(super) async fn show(State(portal): State<Portal>) -> Json<body::Portal> {
    Json(body::Portal {
        name: "Support".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        url: portal.base_url().to_owned(),
        capabilities: CAPABILITIES.map(str::to_owned).to_vec(),
        max_attachment: portal.0.options.max_attachment,
        now: portal.clock().now(),
    })
}
