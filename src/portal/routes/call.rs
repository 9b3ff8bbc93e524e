//! Call Me: the customer asks for a call back.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::shared::{change, for_member, whole_case};
use crate::account::{Account, Plan};
use crate::api::body::RequestCall;
use crate::case::Case;
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::{Number, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;
use crate::portal::store::{accounts, talk};
use crate::rules::{self, FieldProblem, Kind};

/// `POST /v1/cases/{number}/call`
pub(super) async fn request(
    State(portal): State<Portal>,
    Number(number): Number,
    Writing { caller, body, once }: Writing<RequestCall>,
) -> Result<Response, Problem> {
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let case = for_member(&portal, &mut write, &caller, number).await?;
        let account = accounts::find(write.db(), &case.account.id).await?;
        let account = account.ok_or_else(|| Problem::internal("a case without its account"))?;
        may_call(&case, &account)?;
        let now = write.now;
        let phone = body.phone.as_deref().or(case.phone.as_deref());
        let problem = match phone {
            None => Some(rules::Problem::Missing),
            Some(phone) => rules::check_text(&Kind::Phone, phone, now),
        };
        if let Some(problem) = problem {
            return Err(Problem::invalid(vec![FieldProblem::new("phone", &problem)]));
        }
        let phone = phone.unwrap_or_default();
        talk::call(write.db(), number, phone, caller.email(), now).await?;
        let data = json!({"phone": phone});
        change(&portal, &mut write, &caller, &case, (Action::Add, EventKind::CallRequested, data)).await?;
        let case = whole_case(&portal, write.db(), number).await?;
        Answer::ok(&case)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}

/// Call Me is there for Rooms and CLM, and for eSignature with a Paid Support plan.
fn may_call(case: &Case, account: &Account) -> Result<(), Problem> {
    match (case.product.as_str(), account.plan) {
        ("rooms" | "clm", _) | ("esignature", Plan::Paid) => Ok(()),
        ("esignature", Plan::Web) => Err(Problem::not_allowed(format!(
            "a call back for eSignature needs a Paid Support plan; account {} ({}) has a Web plan",
            account.id, account.name
        ))),
        (product, _) => Err(Problem::not_allowed(format!("a call back isn't offered for `{product}`"))),
    }
}
