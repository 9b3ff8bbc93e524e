//! Opening a case.

use axum::extract::State;
use axum::http::HeaderName;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::duplicate;
use super::login::refusal;
use super::shared::{addresses, whole_case};
use crate::account::Account;
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
use crate::portal::store::{Batch, Write, dedupe, mails};
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
    // It takes a while, and others can write meanwhile.
    let checked = check(&portal, &caller, &new);
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = match checked {
        Ok(checked) => file(&portal, &mut write, &caller, &new, checked).await,
        Err(problem) => Err(problem),
    };
    once.finish(write, answer).await
}

/// Files what was checked: as a new case, or where its duplicates go.
async fn file(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    new: &NewCase,
    Checked { account, watchers, mut problems }: Checked<'_>,
) -> Result<Answer, Problem> {
    if let Some(number) = new.follows {
        problems.extend(why_not_follow(portal, write, caller, number).await?);
    }
    let account = match account {
        Some(account) if problems.is_empty() => account,
        None if problems.is_empty() => return Err(Problem::internal("a valid draft has no account")),
        _ => return Err(Problem::invalid(problems)),
    };
    let Some(dedupe) = &new.dedupe else {
        let case = add(portal, write, caller, (account, new), watchers).await?;
        return Answer::created(path::of_case(path::CASE, case.number), &case);
    };
    let (answer, filed) = match dedupe::find(write.db(), &account.id, &dedupe.key).await? {
        None => {
            let case = add(portal, write, caller, (account, new), watchers).await?;
            (Answer::created(path::of_case(path::CASE, case.number), &case)?, Filed::Opened)
        }
        Some(number) if dedupe.on_duplicate == OnDuplicate::Fail => {
            return Err(duplicate::refusal(number, dedupe));
        }
        Some(number) => {
            let filed = duplicate::add(portal, write, caller, (number, dedupe), new, &watchers).await?;
            (Answer::ok(&whole_case(portal, write.db(), number).await?)?, filed)
        }
    };
    Ok(answer.with(&OUTCOME, filed.as_str()))
}

/// A case that may be opened, unless there are problems.
struct Checked<'a> {
    /// The account that it belongs to; there, if it is valid.
    account: Option<&'a Account>,
    /// Who will watch.
    watchers: Vec<String>,
    problems: Vec<FieldProblem>,
}

/// Refuses what can't be opened, as far as that doesn't depend on other cases.
fn check<'a>(portal: &Portal, caller: &'a Caller, new: &NewCase) -> Result<Checked<'a>, Problem> {
    let (form, now) = (&portal.0.catalogue.form, portal.clock().now());
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
    let context = caller.context();
    let mut problems = rules::problems(form, &context, &new.fields, now);
    let mut watchers = addresses(&new.watchers, now).unwrap_or_else(|wrong| {
        problems.extend(wrong);
        Vec::new()
    });
    watchers.sort_unstable();
    let id = context.account_of(&new.fields).map(|account| account.id.as_str());
    let account = caller.accounts.iter().find(|account| Some(account.id.as_str()) == id);
    Ok(Checked { account, watchers, problems })
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

/// Writes a new case, who watches it, its events and its mail, and gives it back as it is then.
async fn add(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    (account, new): (&Account, &NewCase),
    watchers: Vec<String>,
) -> Result<Case, Problem> {
    let now = write.now;
    let opening = Opening {
        number: write.next_number()?,
        account: &account.id,
        answers: &new.fields,
        occurred_at: new.fields.text("occurred_at").and_then(|time| time.parse().ok()),
        language: &language(portal, caller, &new.fields),
        opened_by: caller.email(),
        follows: new.follows,
        now,
    };
    let number = opening.number;
    write.index(number);
    let batch = write.rest();
    cases::insert(batch, &opening);
    if let Some(dedupe) = &new.dedupe {
        dedupe::take(batch, &account.id, &dedupe.key, number);
    }
    for email in &watchers {
        cases::watch(batch, number, email);
    }
    let case =
        Case { watchers, comments: Some(Vec::new()), ..opening.case(&account.name, portal.base_url()) };
    tell(batch, caller, &case, now);
    match new.follows {
        None => Ok(case),
        Some(followed) => go_on_from(write, caller, case, followed).await,
    }
}

/// Says in a comment which case a new one goes on from.
async fn go_on_from(
    write: &mut Write,
    caller: &Caller,
    case: Case,
    followed: CaseNumber,
) -> Result<Case, Problem> {
    write.flush().await?;
    let (number, now) = (case.number, write.now);
    let body = format!("This case goes on from case {followed}, which is closed.");
    let comment = talk::comment(write.db(), number, caller.by(), &body, now).await?;
    let data = json!({"comment": comment.to_string()});
    talk::happened(write.rest(), &by(caller, number, now, EventKind::Commented, data));
    write.flush().await?;
    Ok(Case { comments: Some(talk::comments(write.db(), number).await?), ..case })
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

/// Tells that a case was opened.
fn tell(batch: &mut Batch, caller: &Caller, case: &Case, now: Timestamp) {
    let data = json!({"subject": case.subject, "product": case.product, "follows": case.follows});
    talk::happened(batch, &by(caller, case.number, now, EventKind::Opened, data));
    for mail in mail::about(EventKind::Opened, case, None) {
        mails::add(batch, &mail, now);
    }
}

/// What a caller has done with an open case.
fn by(caller: &Caller, number: CaseNumber, at: Timestamp, kind: EventKind, data: Value) -> Happened<'_> {
    Happened { number, at, kind, by: Some(caller.by()), status: Status::Open, data }
}
