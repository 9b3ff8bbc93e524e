//! What customers say on a case.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::shared::{change, check_text, for_member, whole_case};
use crate::api::body::NewComment;
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::{Number, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;
use crate::portal::store::talk;

/// `POST /v1/cases/{number}/comments`
pub(super) async fn comment(
    State(portal): State<Portal>,
    Number(number): Number,
    Writing { caller, body, once }: Writing<NewComment>,
) -> Result<Response, Problem> {
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let case = for_member(&portal, &mut write, &caller, number).await?;
        let now = write.now;
        check_text("body", "--message", &body.body, now)?;
        let id = talk::comment(write.db(), number, caller.by(), &body.body, now).await?;
        let data = json!({"comment": id.to_string()});
        change(&portal, &mut write, &caller, &case, (Action::Comment, EventKind::Commented, data)).await?;
        let case = whole_case(&portal, write.db(), number).await?;
        Answer::ok(&case)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}
