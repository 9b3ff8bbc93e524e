//! What has happened to a case.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::event::Event;
use crate::portal::Portal;
use crate::portal::extract::{Caller, Number, Query};
use crate::portal::problem::Problem;
use crate::portal::store::talk;

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
