//! What a case needs.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::portal::Portal;
use crate::portal::extract::Caller;

/// `GET /v1/form`
pub(super) async fn show(State(portal): State<Portal>, _: Caller, headers: HeaderMap) -> Response {
    let form = &portal.0.catalogue.form;
    let tag = format!("\"{}\"", form.version);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = known.split(',').map(|known| known.trim().trim_start_matches("W/")).any(|known| known == tag);
    let headers = [(header::ETAG, tag), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if same {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, Json(form)).into_response()
    }
}
