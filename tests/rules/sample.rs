//! Accounts and answers that the tests begin with.

use std::sync::LazyLock;

use docket::account::{Account, Environment, Plan};
use docket::portal::catalogue::Catalogue;
use docket::rules::{self, Answer, Context, Draft, FieldProblem, Form};
use jiff::Timestamp;

/// The form of the embedded catalogue.
pub(crate) static FORM: LazyLock<Form> = LazyLock::new(|| Catalogue::embedded().form);

pub(crate) const FLOW_1: [&str; 3] = ["esignature", "rooms", "clm"];
pub(crate) const FLOW_2: [&str; 5] = ["protect-and-sign", "clm-cm", "insight-analyzer", "dsa", "hsm"];

/// Friday noon, for all that the rules know.
pub(crate) fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub(crate) fn account(id: &str, name: &str, plan: Plan, products: &[&str]) -> Account {
    Account {
        id: id.to_owned(),
        name: name.to_owned(),
        plan,
        products: products.iter().map(|&product| product.to_owned()).collect(),
        environment: Environment::Production,
        trial: false,
    }
}

/// Everything in the sample directory that has to do with Northwind.
pub(crate) fn northwind() -> [Account; 5] {
    let mut shop = account("1002", "Northwind Shop", Plan::Web, &["esignature"]);
    shop.trial = true;
    let mut sandbox = account("1004", "Northwind Sandbox", Plan::Paid, &["esignature"]);
    sandbox.environment = Environment::Demo;
    [
        account("1001", "Northwind Legal", Plan::Paid, &["esignature", "rooms"]),
        shop,
        account("1003", "Northwind Contracts", Plan::Paid, &["clm"]),
        sandbox,
        account("1005", "Northwind Trust", Plan::Paid, &["protect-and-sign", "clm-cm", "insight-analyzer"]),
    ]
}

pub(crate) fn context(accounts: &[Account]) -> Context {
    Context { accounts: accounts.to_vec(), language: None }
}

/// Somebody with all the Northwind accounts.
pub(crate) fn sam() -> Context {
    context(&northwind())
}

/// Somebody with just one of the Northwind accounts.
pub(crate) fn only(id: &str) -> Context {
    context(&northwind().into_iter().filter(|account| account.id == id).collect::<Vec<_>>())
}

/// Somebody with one account that has just this product.
pub(crate) fn with_product(product: &str, plan: Plan) -> Context {
    context(&[account("1001", "Northwind Legal", plan, &[product])])
}

/// A category of `product`; for flow 1 one that asks for the user impact, or one that doesn't.
pub(crate) fn category(product: &str, asks_user_impact: bool) -> &'static str {
    match (product, asks_user_impact) {
        ("esignature", true) => "sending",
        ("esignature", false) => "billing",
        ("rooms", true) => "tasks",
        ("rooms", false) => "roles",
        ("clm" | "clm-cm", true) => "workflow",
        ("clm", false) => "billing",
        _ => "access",
    }
}

/// An answer that is good wherever the field is asked.
pub(crate) fn answer(field: &str, product: &str) -> Answer {
    match field {
        "account" => "1001".into(),
        "product" => product.into(),
        "category" => category(product, true).into(),
        "subcategory" => "other".into(),
        "occurred_at" => "2026-11-20T09:30:00Z".into(),
        "environment" => "demo".into(),
        "business_impact" => "high".into(),
        "user_impact" => "several".into(),
        "envelope_id" => "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c".into(),
        "attachment" => Answer::File { name: "screen.png".to_owned(), size: 1000 },
        "contact_method" => "email".into(),
        "phone" => "+14155550100".into(),
        "language" => "fr".into(),
        _ => "Envelope stays at sent".into(),
    }
}

/// A case with what is required for `product` and nothing more, of somebody with one account; for flow 2
/// in the environment `demo`.
pub(crate) fn draft(product: &str) -> Draft {
    let always = ["product", "category", "subcategory", "subject", "contact_method"];
    let by_flow: &[&str] =
        if FLOW_1.contains(&product) { &["description", "occurred_at"] } else { &["environment"] };
    let mut draft = Draft::default();
    for field in always.iter().chain(by_flow) {
        draft.set(field, answer(field, product));
    }
    draft
}

pub(crate) fn without(mut draft: Draft, field: &str) -> Draft {
    draft.0.remove(field);
    draft
}

pub(crate) fn problems(context: &Context, draft: &Draft) -> Vec<FieldProblem> {
    rules::problems(&FORM, context, draft, now())
}

/// Field and code of every problem.
pub(crate) fn codes(context: &Context, draft: &Draft) -> Vec<(String, String)> {
    problems(context, draft).into_iter().map(|found| (found.field, found.code)).collect()
}

/// The ids of what can be chosen.
pub(crate) fn offered(context: &Context, draft: &Draft, field: &str) -> Vec<String> {
    rules::offered(&FORM, context, draft, field).into_iter().map(|choice| choice.id).collect()
}
