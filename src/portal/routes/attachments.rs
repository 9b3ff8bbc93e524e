//! Fetching attachments.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio_util::io::ReaderStream;

use crate::api::path;
use crate::api::problem::Kind;
use crate::portal::Portal;
use crate::portal::extract::{Caller, Number};
use crate::portal::problem::Problem;
use crate::portal::store::attachments;

/// `GET /v1/cases/{number}/attachments/{name}`
pub(super) async fn download(
    State(portal): State<Portal>,
    caller: Caller,
    Number(number): Number,
    Path((_, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut db = portal.read().await?;
    caller.sees(&mut db, number, portal.base_url()).await?;
    let file = attachments::find(&mut db, number, &name).await?;
    drop(db);
    let file =
        file.ok_or_else(|| Problem::new(Kind::NotFound, "the case has no attachment with this name"))?;
    let tag = format!("\"{}\"", file.sha256);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    if known {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let blob = tokio::fs::File::open(portal.0.blobs.path(&file.sha256)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, file.size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", path::escape(&file.name))),
        (header::ETAG, tag),
    ];
    Ok((headers, Body::from_stream(ReaderStream::with_capacity(blob, 64 * 1024))).into_response())
}
