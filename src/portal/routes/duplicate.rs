//! A new case that isn't one: there is a case with its dedupe key, and what is new goes there.

use serde_json::json;

use super::shared::{MAX_TEXT, change, not_too_many};
use crate::api::body::{Dedupe, NewCase, OnDuplicate};
use crate::api::problem::Kind as ProblemKind;
use crate::case::{Case, CaseNumber, Filed};
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::extract::Caller;
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;
use crate::portal::store::{Batch, Write, cases, talk};
use crate::rules::{Form, Kind};

/// What a sender is told who wants no duplicate of the case `number`.
pub(super) fn refusal(number: CaseNumber, dedupe: &Dedupe) -> Problem {
    let detail =
        format!("case {number} has the dedupe key `{}` and isn't closed; nothing was written", dedupe.key);
    Problem { case: Some(number), ..Problem::new(ProblemKind::Duplicate, detail) }
}

/// Does with a duplicate of the case `number` what its sender wants, short of refusing it.
pub(super) async fn add(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    (number, dedupe): (CaseNumber, &Dedupe),
    new: &NewCase,
    watchers: &[String],
) -> Result<Filed, Problem> {
    if dedupe.on_duplicate == OnDuplicate::Skip {
        return Ok(Filed::Skipped);
    }
    let (mut case, _) = caller.sees(write.db(), number, portal.base_url()).await?;
    watch(portal, write, caller, &mut case, watchers).await?;
    let (body, now) = (what_is_new(&portal.0.catalogue.form, &case, new), write.now);
    let id = talk::comment(write.db(), number, caller.by(), &body, now).await?;
    let data = json!({"comment": id.to_string()});
    change(portal, write, caller, &case, (Action::Comment, EventKind::Commented, data)).await?;
    Ok(Filed::Commented)
}

/// Lets further addresses watch a case.
async fn watch(
    portal: &Portal,
    write: &mut Write,
    caller: &Caller,
    case: &mut Case,
    watchers: &[String],
) -> Result<(), Problem> {
    let added: Vec<String> =
        watchers.iter().filter(|email| !case.watchers.contains(email)).cloned().collect();
    if added.is_empty() {
        return Ok(());
    }
    not_too_many(case.watchers.len() + added.len()).map_err(|problem| Problem::invalid(vec![problem]))?;
    let mut watched = Batch::default();
    for email in &added {
        cases::watch(&mut watched, case.number, email);
    }
    watched.run(write.db()).await?;
    let data = json!({"added": added, "removed": []});
    change(portal, write, caller, case, (Action::Add, EventKind::WatchersChanged, data)).await?;
    case.watchers.extend(added);
    Ok(())
}

/// The comment that tells what a duplicate says, in at most as many characters as a comment may have: when
/// it was seen and what is answered otherwise than in the case, the description unless it is the case's, and at
/// last whatever is long.
fn what_is_new(form: &Form, case: &Case, new: &NewCase) -> String {
    let known = json!(case);
    let (mut lines, mut long) = (String::new(), String::new());
    for field in form.fields.iter().filter(|field| !["account", "description"].contains(&field.id.as_str())) {
        let Some(answer) = new.fields.text(&field.id) else { continue };
        let before = known.get(&field.id).or_else(|| known.get("details")?.get(&field.id));
        if field.id != "occurred_at" && before.and_then(|before| before.as_str()) == Some(answer) {
            continue;
        }
        match field.choices.iter().find(|choice| choice.id == answer) {
            Some(choice) => lines.push_str(&format!("{}: {} ({answer})\n", field.label, choice.label)),
            None if matches!(field.kind, Kind::Text { .. }) => {
                long.push_str(&format!("\n{}:\n{}\n", field.label, answer.trim_end()));
            }
            None => lines.push_str(&format!("{}: {answer}\n", field.label)),
        }
    }
    if let Some(followed) = new.follows {
        lines.push_str(&format!("Goes on from: case {followed}\n"));
    }
    let said = case.description.as_deref().unwrap_or_default().trim_end();
    let description = new.fields.text("description").map(str::trim_end).filter(|now| *now != said);
    let description = description.unwrap_or_default();
    let parts = [lines.trim_end(), description, long.trim()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    let parts: Vec<&str> = std::iter::once("The same was reported again.").chain(parts).collect();
    cut(&parts.join("\n\n"))
}

/// A text with a mark in place of what a comment has no room for.
fn cut(text: &str) -> String {
    let length = text.chars().count();
    if length <= MAX_TEXT {
        return text.to_owned();
    }
    let mark = |left_out: usize| format!("\n\n… cut here; {left_out} more characters");
    let kept = MAX_TEXT - mark(length).chars().count();
    text.chars().take(kept).collect::<String>() + &mark(length - kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_with_a_mark_at_the_limit_of_a_comment() {
        let fits = "ü".repeat(MAX_TEXT);
        assert_eq!(cut(&fits), fits);
        let long = cut(&"ü".repeat(MAX_TEXT + 1));
        assert!(long.ends_with("ü\n\n… cut here; 36 more characters"), "{}", &long[long.len() - 60..]);
        assert_eq!(long.chars().filter(|c| *c == 'ü').count() + 36, MAX_TEXT + 1);
        assert!(long.chars().count() <= MAX_TEXT);
    }
}
