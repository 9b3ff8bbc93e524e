//! Closing a case for good.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::shared::{change, check_text, for_member, whole_case};
use crate::api::body::CloseCase;
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::{Number, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;

/// `POST /v1/cases/{number}/close`
pub(super) async fn close(
    State(portal): State<Portal>,
    Number(number): Number,
    Writing { caller, body, once }: Writing<CloseCase>,
) -> Result<Response, Problem> {
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let case = for_member(&portal, &mut write, &caller, number).await?;
        check_text("reason", "--reason", &body.reason, write.now)?;
        let data = json!({"reason": body.reason});
        change(&portal, &mut write, &caller, &case, (Action::Close, EventKind::Closed, data)).await?;
        let case = whole_case(&portal, write.db(), number).await?;
        Answer::ok(&case)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}
