//! What a case that goes on from another one begins with.

use std::collections::BTreeSet;

use super::super::Desk;
use super::gather::Gathered;
use crate::case::{Case, Status};
use crate::failure::Failure;
use crate::rules::{self, Applies, FieldProblem, Problem};
use crate::ui::text;

/// What is likely to be the same again. What happened, when, and how bad it is are asked anew.
const THE_SAME: &[&str] = &[
    "account",
    "product",
    "category",
    "subcategory",
    "environment",
    "product_version",
    "browser",
    "contact_method",
    "phone",
    "language",
];

/// Fails where a case can't be gone on from, as the portal would at the end.
pub(super) fn check(case: &Case) -> Result<(), Failure> {
    if case.status == Status::Closed {
        return Ok(());
    }
    let number = case.number;
    let why = format!("has to be a closed case: comment on case {number} in place of opening a new one");
    let problem = Problem::NotOffered { why, choices: Vec::new() };
    Err(Failure::invalid(vec![FieldProblem::new("follows", &problem)])
        .hint(format!("docket case comment {number}")))
}

impl Gathered {
    /// Takes over what is likely to be the same again, but for the fields that were given. What the form no
    /// longer offers is left to be told of; what it no longer asks isn't taken.
    pub(super) fn go_on_from(
        &mut self,
        desk: &Desk,
        case: &Case,
        given: &BTreeSet<String>,
    ) -> Result<(), Failure> {
        let (form, context) = (desk.form()?, desk.context()?);
        for field in form.fields.iter().map(|field| field.id.as_str()) {
            if given.contains(field) || !THE_SAME.contains(&field) {
                continue;
            }
            let applies = rules::applies(&form, &context, &self.draft, field);
            if let (Some(answer), Applies::Required | Applies::Optional) = (answer(case, field), applies) {
                self.answer(field, answer);
            }
        }
        Ok(())
    }
}

fn answer(case: &Case, field: &str) -> Option<String> {
    match field {
        "account" => Some(case.account.id.clone()),
        "product" => Some(case.product.clone()),
        "category" => Some(case.category.clone()),
        "subcategory" => Some(case.subcategory.clone()),
        "environment" => case.environment.clone(),
        "product_version" => case.details.product_version.clone(),
        "browser" => case.details.browser.clone(),
        "contact_method" => Some(case.contact_method.clone()),
        "phone" => case.phone.clone(),
        "language" => Some(case.language.clone()),
        _ => None,
    }
}

/// What is said before the first question.
pub(super) fn introduction(case: &Case) -> String {
    format!(
        "This case goes on from case {}: {}. What is likely to be the same is answered as it was there; \
         all of it can be changed before it is filed.",
        case.number,
        text::clean_line(case.subject.trim_end_matches('.'))
    )
}
