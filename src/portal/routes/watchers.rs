//! Who watches a case.

use axum::extract::State;
use axum::response::Response;
use serde_json::json;

use super::shared::{addresses, change, for_member, not_too_many, whole_case};
use crate::api::body::ChangeWatchers;
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::{Number, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;
use crate::portal::store::{Batch, cases};

/// `POST /v1/cases/{number}/watchers`
pub(super) async fn change_watchers(
    State(portal): State<Portal>,
    Number(number): Number,
    Writing { caller, body, once }: Writing<ChangeWatchers>,
) -> Result<Response, Problem> {
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let case = for_member(&portal, &mut write, &caller, number).await?;
        let add = addresses(&body.add, write.now).map_err(Problem::invalid)?;
        let added: Vec<String> = add.into_iter().filter(|email| !case.watchers.contains(email)).collect();
        let remove: Vec<String> = body.remove.iter().map(|email| email.trim().to_lowercase()).collect();
        let removed: Vec<String> =
            case.watchers.iter().filter(|email| remove.contains(email)).cloned().collect();
        let watching = case.watchers.len() + added.len() - removed.len();
        not_too_many(watching).map_err(|problem| Problem::invalid(vec![problem]))?;
        let mut watched = Batch::default();
        for email in &added {
            cases::watch(&mut watched, number, email);
        }
        watched.run(write.db()).await?;
        for email in &removed {
            cases::unwatch(write.db(), number, email).await?;
        }
        if !added.is_empty() || !removed.is_empty() {
            let data = json!({"added": added, "removed": removed});
            change(&portal, &mut write, &caller, &case, (Action::Add, EventKind::WatchersChanged, data))
                .await?;
        }
        let case = whole_case(&portal, write.db(), number).await?;
        Answer::ok(&case)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}
