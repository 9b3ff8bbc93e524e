//! Opening a case.

use axum::extract::State;
use axum::http::HeaderName;
use axum::response::Response;
use serde_json::json;

use super::duplicate;
use super::login::refusal;
use super::shared::{addresses, whole_case};
use crate::api::body::{NewCase, OnDuplicate};
use crate::api::problem::Kind;
use crate::api::{self, path};
use crate::case::{Case, CaseNumber, Filed, Role, Status};
use crate::event::EventKind;
use crate::portal::extract::{Caller, Writing};
use crate::portal::idempotency::{Answer, Begun};
use crate::portal::problem::Problem;
use crate::portal::store::cases::{self, Opening};
use crate::portal::store::talk::{self, Happened};
use crate::portal::store::{Db, Write, dedupe, mails};
use crate::portal::{Portal, mail};
use crate::rules::{self, Draft, FieldProblem};

const OUTCOME: HeaderName = HeaderName::from_static(api::DEDUPE_OUTCOME);

/// `POST /v1/cases`
pub(super) async fn open(
    State(portal): State<Portal>,
    request: Writing<NewCase>,
) -> Result<Response, Problem> {
    let Writing { caller, body: new, once } = request;
    caller.must_be(Role::Customer)?;
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let watchers = check(&portal, &mut write, &caller, &new).await?;
    let account = account_of(&caller, &new)?;
    let found = match &new.dedupe {
        Some(dedupe) => dedupe::find(write.db(), &account, &dedupe.key).await?,
        None => None,
    };
    let (number, filed) = match (found, &new.dedupe) {
        (Some(number), Some(dedupe)) => {
            if dedupe.on_duplicate == OnDuplicate::Fail {
                // The case that is in the way may be on its way to the disk still.
                write.commit().await?;
                return Err(duplicate::refusal(number, dedupe));
            }
            let filed =
                duplicate::add(&portal, &mut write, &caller, (number, dedupe), &new, &watchers).await?;
            (number, filed)
        }
        _ => (add(&portal, &mut write, &caller, (&account, &new), &watchers).await?, Filed::Opened),
    };
    let answer = if filed == Filed::Opened {
        let case = new_case(&portal, write.db(), number, watchers).await?;
        tell(&mut write, &caller, &case).await?;
        Answer::created(path::of_case(path::CASE, number), &case)?
    } else {
        Answer::ok(&whole_case(&portal, write.db(), number).await?)?
    };
    let answer = if new.dedupe.is_some() { answer.with(&OUTCOME, filed.as_str()) } else { answer };
    once.finish(write, answer).await
}

/// The id of the account that a valid case belongs to.
fn account_of(caller: &Caller, new: &NewCase) -> Result<String, Problem> {
    let context = caller.context();
    let account = context.account_of(&new.fields);
    let account = account.ok_or_else(|| Problem::internal("a valid draft has no account"))?;
    Ok(account.id.clone())
}

/// Refuses what can't be opened; gives back who will watch.
async fn check(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    new: &NewCase,
) -> Result<Vec<String>, Problem> {
    let form = &portal.0.catalogue.form;
    if new.form != form.version {
        return Err(Problem::new(
            Kind::FormChanged,
            "the answers were checked against another version of the form; fetch it and check them again",
        ));
    }
    if caller.accounts.is_empty() {
        return Err(Problem::new(Kind::AccountRefused, "you have no account that a case could belong to"));
    }
    if let Some(problem) = refusal(&caller.accounts) {
        return Err(problem);
    }
    let mut problems = rules::problems(form, &caller.context(), &new.fields, write.now);
    let watchers = addresses(&new.watchers, write.now).unwrap_or_else(|wrong| {
        problems.extend(wrong);
        Vec::new()
    });
    if let Some(number) = new.follows {
        problems.extend(why_not_follow(portal, write, caller, number).await?);
    }
    if problems.is_empty() { Ok(watchers) } else { Err(Problem::invalid(problems)) }
}

async fn why_not_follow(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    number: CaseNumber,
) -> Result<Option<FieldProblem>, Problem> {
    let why = match caller.sees(write.db(), number, portal.base_url()).await {
        Ok((case, _)) if case.status == Status::Closed => return Ok(None),
        Ok(_) => format!("has to be a closed case: comment on case {number} in place of opening a new one"),
        Err(problem) if problem.kind == Kind::NotFound => {
            format!("there is no case {number} that you may see")
        }
        Err(problem) => return Err(problem),
    };
    Ok(Some(FieldProblem::new("follows", &rules::Problem::NotOffered { why, choices: Vec::new() })))
}

/// Writes the case and what belongs to it, mail and the opening event apart.
async fn add(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    (account, new): (&str, &NewCase),
    watchers: &[String],
) -> Result<CaseNumber, Problem> {
    let now = write.now;
    let opening = Opening {
        account,
        answers: &new.fields,
        occurred_at: new.fields.text("occurred_at").and_then(|time| time.parse().ok()),
        language: &language(portal, caller, &new.fields),
        opened_by: caller.email(),
        follows: new.follows,
        now,
    };
    let number = cases::insert(write.db(), &opening).await?;
    if let Some(dedupe) = &new.dedupe {
        dedupe::take(write.db(), account, &dedupe.key, number).await?;
    }
    for email in watchers {
        cases::watch(write.db(), number, email).await?;
    }
    if let Some(followed) = new.follows {
        let body = format!("This case goes on from case {followed}, which is closed.");
        talk::comment(write.db(), number, caller.by(), &body, now).await?;
    }
    write.index(number);
    Ok(number)
}

/// What [`whole_case`] would read of a case that was just added: nothing is asked for that can't be there yet.
async fn new_case(
    portal: &Portal,
    db: &mut Db,
    number: CaseNumber,
    mut watchers: Vec<String>,
) -> Result<Case, Problem> {
    let mut case = cases::find(db, number, portal.base_url()).await?.ok_or_else(Problem::no_such_case)?;
    watchers.sort_unstable();
    case.watchers = watchers;
    let comments = if case.follows.is_some() { talk::comments(db, number).await? } else { Vec::new() };
    case.comments = Some(comments);
    Ok(case)
}

/// The language of support: the one asked for, else the caller's own, else the form's.
fn language(portal: &Portal, caller: &Caller, answers: &Draft) -> String {
    let field = portal.0.catalogue.form.field("language");
    let own = caller
        .user
        .language
        .as_deref()
        .filter(|own| field.is_some_and(|field| field.choices.iter().any(|choice| choice.id == *own)));
    answers
        .text("language")
        .or(own)
        .or(field.and_then(|field| field.default.as_deref()))
        .unwrap_or("en")
        .to_owned()
}

/// Writes the events of a new case, and its mail.
async fn tell(write: &mut Write, caller: &Caller, case: &Case) -> Result<(), Problem> {
    let now = write.now;
    let opened = Happened {
        number: case.number,
        at: now,
        kind: EventKind::Opened,
        by: Some(caller.by()),
        status: Status::Open,
        data: json!({"subject": case.subject, "product": case.product, "follows": case.follows}),
    };
    let seq = talk::happened(write.db(), &opened).await?;
    for comment in case.comments.iter().flatten() {
        let data = json!({"comment": comment.id});
        talk::happened(write.db(), &Happened { kind: EventKind::Commented, data, ..opened }).await?;
    }
    for mail in mail::about(EventKind::Opened, case, None) {
        mails::add(write.db(), seq, &mail, now).await?;
    }
    Ok(())
}
