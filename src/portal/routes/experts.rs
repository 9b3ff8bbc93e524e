//! The experts' side: what waits for them, their replies and their notes.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::cases::page;
use super::shared::{change, check_text, for_expert, whole_case};
use crate::api::body::{CasePage, NewNote, Outcome, QueueQuery, Reply};
use crate::case::{Note, Role, Status};
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::{Caller, Number, Query, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;
use crate::portal::store::listing::{Filter, Order, Scope};
use crate::portal::store::talk;

/// `GET /v1/queue`
pub(super) async fn queue(
    State(portal): State<Portal>,
    caller: Caller,
    Query(query): Query<QueueQuery>,
) -> Result<Json<CasePage>, Problem> {
    caller.must_be(Role::Expert)?;
    let filter = Filter {
        scope: Scope::Everything,
        statuses: vec![Status::Open],
        product: query.product,
        opened_by: None,
        watched_by: None,
        since: None,
        until: None,
        search: None,
    };
    let mut db = portal.read().await?;
    let window = (Order::Waiting, query.limit, query.cursor.as_deref());
    Ok(Json(page(&portal, &mut db, &filter, window).await?))
}

/// `POST /v1/cases/{number}/replies`
pub(super) async fn reply(
    State(portal): State<Portal>,
    Number(number): Number,
    Writing { caller, body, once }: Writing<Reply>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Expert)?;
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let case = for_expert(&portal, &mut write, &caller, number).await?;
        let now = write.now;
        check_text("body", "--message", &body.body, now)?;
        let id = talk::comment(write.db(), number, caller.by(), &body.body, now).await?;
        let action = match body.outcome {
            Outcome::NeedsInfo => Action::AskForInformation,
            Outcome::Resolved => Action::Resolve,
        };
        let data = json!({"comment": id.to_string(), "outcome": body.outcome});
        change(&portal, &mut write, &caller, &case, (action, EventKind::Replied, data)).await?;
        let case = whole_case(&portal, write.db(), number).await?;
        Answer::ok(&case)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}

/// `GET /v1/cases/{number}/notes`
pub(super) async fn notes(
    State(portal): State<Portal>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<Vec<Note>>, Problem> {
    caller.must_be(Role::Expert)?;
    let mut db = portal.read().await?;
    caller.sees(&mut db, number, portal.base_url()).await?;
    Ok(Json(talk::notes(&mut db, number).await?))
}

/// `POST /v1/cases/{number}/notes`: nothing that customers see changes.
pub(super) async fn note(
    State(portal): State<Portal>,
    Number(number): Number,
    Writing { caller, body, once }: Writing<NewNote>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Expert)?;
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        for_expert(&portal, &mut write, &caller, number).await?;
        let now = write.now;
        check_text("body", "--message", &body.body, now)?;
        let note = Note { author: caller.email().to_owned(), at: now, body: body.body };
        talk::note(write.db(), number, &note).await?;
        let notes = talk::notes(write.db(), number).await?;
        Answer::ok(&notes)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}
