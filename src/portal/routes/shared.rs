//! What several routes do alike.

use jiff::Timestamp;
use serde_json::Value;

use crate::api::problem::Kind as ProblemKind;
use crate::case::{Case, CaseNumber, Status};
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::{Caller, Relation};
use crate::portal::lifecycle::{Action, Change, ChangeError, Refused};
use crate::portal::problem::Problem;
use crate::portal::store::{Db, Write, cases, talk};
use crate::rules::{self, FieldProblem, Kind};

/// Characters that a comment, a reply, a note or a reason may have.
pub(super) const MAX_TEXT: usize = 32_000;
/// Addresses that may watch a case: each gets its mails.
const MAX_WATCHERS: usize = 100;

/// The case that a member of its account wants to change: it is theirs and isn't closed.
pub(super) async fn for_member(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Case, Problem> {
    match caller.sees(write.db(), number, portal.base_url()).await? {
        (_, Relation::Watcher) => {
            Err(Problem::not_allowed("you watch this case, but only its account's members may change it"))
        }
        (_, Relation::Expert) => {
            Err(Problem::not_allowed("only customers may do this; experts reply to cases"))
        }
        (case, Relation::Member) => not_closed(case),
    }
}

/// The case that an expert wants to change: it isn't closed.
pub(super) async fn for_expert(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Case, Problem> {
    not_closed(caller.sees(write.db(), number, portal.base_url()).await?.0)
}

/// The case that a file is to be attached to, by a member of its account or an expert.
pub(super) async fn for_either(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Case, Problem> {
    match caller.sees(write.db(), number, portal.base_url()).await? {
        (case, Relation::Expert) => not_closed(case),
        _ => for_member(portal, write, caller, number).await,
    }
}

fn not_closed(case: Case) -> Result<Case, Problem> {
    if case.status == Status::Closed { Err(Problem::case_closed()) } else { Ok(case) }
}

/// Makes a change to `case` in the caller's name.
pub(super) async fn change(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    case: &Case,
    (action, kind, data): (Action, EventKind, Value),
) -> Result<(), Problem> {
    let reason = data.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
    let change = Change {
        action,
        kind,
        data,
        by: Some(caller.by()),
        at: write.now,
        reason: &reason,
        pending: portal.0.options.pending_closes_after,
    };
    change.apply(write, case).await.map_err(|error| match error {
        ChangeError::Refused(Refused::Closed) => Problem::case_closed(),
        ChangeError::Refused(Refused::NotPending) => {
            Problem::new(ProblemKind::Conflict, "only a pending case closes by itself")
        }
        ChangeError::Store(error) => error.into(),
    })
}

/// The case as it is now, with everything that customers see.
pub(super) async fn whole_case(portal: &Portal, db: &mut Db, number: CaseNumber) -> Result<Case, Problem> {
    let case = cases::find(db, number, portal.base_url()).await?;
    let mut case = case.ok_or_else(Problem::no_such_case)?;
    cases::add_watchers_and_attachments(db, std::slice::from_mut(&mut case)).await?;
    case.comments = Some(talk::comments(db, number).await?);
    Ok(case)
}

/// What is wrong with a text of some length, as a problem of the field `id`.
pub(super) fn check_text(id: &str, flag: &str, text: &str, now: Timestamp) -> Result<(), Problem> {
    let problem = if text.is_empty() {
        Some(rules::Problem::Missing)
    } else {
        rules::check_text(&Kind::Text { max: MAX_TEXT }, text, now)
    };
    match problem {
        None => Ok(()),
        Some(problem) => {
            let field = FieldProblem { flag: flag.to_owned(), ..FieldProblem::new(id, &problem) };
            Err(Problem::invalid(vec![field]))
        }
    }
}

/// Refuses more addresses than may watch a case.
pub(super) fn not_too_many(watchers: usize) -> Result<(), FieldProblem> {
    if watchers <= MAX_WATCHERS {
        return Ok(());
    }
    let why = format!("has {watchers} addresses; at most {MAX_WATCHERS} may watch a case");
    Err(FieldProblem::new("watch", &rules::Problem::NotOffered { why, choices: Vec::new() }))
}

/// E-mail addresses in lower case, each once, in their order; or what is wrong with them.
pub(super) fn addresses(given: &[String], now: Timestamp) -> Result<Vec<String>, Vec<FieldProblem>> {
    let mut addresses: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for address in given {
        let address = address.trim().to_lowercase();
        match rules::check_text(&Kind::Email, &address, now) {
            Some(problem) => problems.push(FieldProblem::new("watch", &problem)),
            None if addresses.contains(&address) => {}
            None => addresses.push(address),
        }
    }
    problems.extend(not_too_many(addresses.len()).err());
    if problems.is_empty() { Ok(addresses) } else { Err(problems) }
}
