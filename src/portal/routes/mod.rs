//! Everything that the portal answers to: the table of contents.

mod attachments;
mod call;
mod cases;
mod close;
mod comments;
mod duplicate;
mod events;
mod experts;
mod form;
mod login;
mod opening;
mod page;
mod portal;
mod resources;
mod shared;
mod tokens;
mod uploads;
mod watchers;

use axum::routing::{get, post};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;

use super::Portal;
use super::middleware::{identify, limit_time, panicked};
use super::problem::Problem;
use crate::api::path;
use crate::api::problem::Kind;

/// All routes on one portal.
pub(super) fn router(portal: Portal) -> Router {
    let brief = Router::new()
        .route(path::HEALTH, get(portal::health))
        .route(path::PORTAL, get(portal::show))
        .route(path::LOGIN, post(login::log_in))
        .route(path::LOGOUT, post(login::log_out))
        .route(path::ME, get(login::me))
        .route(path::TOKENS, get(tokens::list).post(tokens::create))
        .route(path::REVOKE, post(tokens::revoke))
        .route(path::FORM, get(form::show))
        .route(path::RESOURCES, get(resources::list))
        .route(path::RESOURCE, get(resources::show))
        .route(path::CASES, get(cases::list).post(opening::open))
        .route(path::CASE, get(cases::show))
        .route(path::EVENTS, get(events::list))
        .route(path::STREAM, get(events::follow))
        .route(path::COMMENTS, post(comments::comment))
        .route(path::WATCHERS, post(watchers::change_watchers))
        .route(path::CALL, post(call::request))
        .route(path::CLOSE, post(close::close))
        .route(path::ATTACHMENTS, post(uploads::begin).options(uploads::options))
        .route(path::QUEUE, get(experts::queue))
        .route(path::REPLIES, post(experts::reply))
        .route(path::NOTES, get(experts::notes).post(experts::note))
        .route(path::CASE_PAGE, get(page::show))
        .layer(middleware::from_fn(limit_time));
    // These carry files: they take as long as they take, as long as something moves.
    let lengthy = Router::new().route(path::ATTACHMENT, get(attachments::download)).route(
        path::UPLOAD,
        axum::routing::head(uploads::show)
            .patch(uploads::go_on)
            .delete(uploads::end)
            .options(uploads::options),
    );
    brief
        .merge(lengthy)
        .fallback(async || Problem::new(Kind::NotFound, "there is nothing at this path"))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(identify))
        .with_state(portal)
}
