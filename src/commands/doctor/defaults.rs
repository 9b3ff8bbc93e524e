//! The `[defaults]` of the settings: whether the portal's form has them, and offers what they say.

use jiff::{Timestamp, Zoned};

use super::{broken, failed, ok, warning};
use crate::commands::Desk;
use crate::failure::Failure;
use crate::profile::Resolved;
use crate::rules::{self, Context, Draft, Field, Form, Kind, Problem, similar};
use crate::ui::text::count;
use crate::ui::{Check, CheckState};
use crate::when;

const CHECK: &str = "defaults";

/// How the defaults are, a line for each that is wrong; nothing where there are none.
pub(super) fn checks(desk: &Desk) -> Vec<Check> {
    let defaults = desk.docket().profile.defaults();
    if defaults.is_empty() {
        return Vec::new();
    }
    let known = || -> Result<_, Failure> { Ok((desk.form()?, desk.context()?, desk.account_id()?)) };
    let (form, context, account) = match known() {
        Ok(known) => known,
        Err(failure) => return vec![failed(CHECK, CheckState::Broken, &failure)],
    };
    let mut draft = Draft::default();
    if let Some(account) = account.filter(|_| context.only_account().is_none()) {
        draft.set("account", account);
    }
    for (field, default) in &defaults {
        draft.set(field, default.value.clone());
    }
    let found: Vec<Check> = defaults
        .iter()
        .filter_map(|(field, default)| wrong(&form, &context, &draft, field, default))
        .collect();
    if found.is_empty() { vec![ok(CHECK, count(defaults.len() as u64, "default"))] } else { found }
}

/// What is wrong with a default, in a case that has all of them.
fn wrong(
    form: &Form,
    context: &Context,
    draft: &Draft,
    field: &str,
    Resolved { value, source }: &Resolved<String>,
) -> Option<Check> {
    let Some(asked) = form.field(field) else {
        // `case new` refuses to go on with one.
        let check = broken(CHECK, format!("{source}: the form has no field `{field}`"));
        let meant = similar(field, form.fields.iter().map(|field| field.id.as_str()));
        return Some(match meant {
            Some(meant) => check.fix(format!("did you mean `{meant}`?")),
            None => check.fix("`docket form` shows the fields"),
        });
    };
    let is_time = matches!(asked.kind, Kind::Time { .. }) && when::parse_time(value, &Zoned::now()).is_ok();
    // That it isn't asked for in one case says nothing about others.
    let counts = |problem: &rules::FieldProblem| problem.field == field && problem.code != "not_applicable";
    let problem = rules::problems(form, context, draft, Timestamp::now()).into_iter().find(counts);
    let problem = match problem {
        Some(_) if is_time => return None,
        Some(problem) => problem.problem,
        None => no_choice(asked, value)?,
    };
    Some(warning(CHECK, format!("{source}: {field}: {problem}")).fix("put it right, or take it out"))
}

/// That a value is no choice of a field in any case, if so.
fn no_choice(field: &Field, value: &str) -> Option<String> {
    let mut choices: Vec<String> = Vec::new();
    for choice in &field.choices {
        if !choices.contains(&choice.id) {
            choices.push(choice.id.clone());
        }
    }
    if !matches!(field.kind, Kind::Choice) || choices.is_empty() || choices.iter().any(|id| id == value) {
        return None;
    }
    let similar = similar(value, choices.iter().map(String::as_str));
    Some(Problem::NotAChoice { given: value.to_owned(), choices, similar }.to_string())
}
