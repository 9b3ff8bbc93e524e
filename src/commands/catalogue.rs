//! `docket products`, `docket categories`, `docket form`: what the portal's form says, read by people.

use clap::Args;

use super::{Desk, Docket};
use crate::account::{Account, Environment, Plan};
use crate::case::Role;
use crate::failure::{Failure, Kind};
use crate::rules::{self, Applies, Choice, Context, Draft, Field, Form as CaseForm, Kind as FieldKind};
use crate::ui::{
    self, Categories as CategoryList, Category, FieldSheet, FormSheet, Product, Schema, Subcategory,
};

/// List the products that can have cases
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket products
  docket products --jq '.[] | select(.available) | .id'")]
pub(crate) struct Products {}

/// List the categories of a product
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket categories esignature
  docket categories --csv=product,id,label")]
pub(crate) struct Categories {
    /// Product id; all products where left out
    #[arg(value_name = "PRODUCT")]
    product: Option<String>,
}

/// Show what a case needs
///
/// Lists every field that applies, with the flag that answers it. What hangs on an answer still to be given
/// says so.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket form esignature --category signing
  docket form --schema > case.schema.json")]
pub(crate) struct Form {
    /// Product id
    #[arg(value_name = "PRODUCT")]
    product: Option<String>,
    /// Category id
    #[arg(long, value_name = "CATEGORY", requires = "product")]
    category: Option<String>,
    /// Print the whole form as JSON Schema 2020-12
    #[arg(long, conflicts_with_all = ["product", "category"])]
    schema: bool,
}

impl Products {
    pub(crate) fn run(&self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        let form = desk.current_form()?;
        let me = desk.fresh_me()?;
        let accounts: Vec<Account> = match desk.account()? {
            Some(account) => vec![account.value],
            None => desk.context()?.usable().cloned().collect(),
        };
        let has = |choice: &Choice| accounts.iter().any(|account| account.products.contains(&choice.id));
        let available = |choice: &Choice| me.role == Role::Expert || has(choice);
        let product = |choice: &Choice| Product {
            id: choice.id.clone(),
            label: choice.label.clone(),
            flow: if attribute(choice, "flow") == Some("2") { 2 } else { 1 },
            available: available(choice),
        };
        docket.show_long(&ui::Products(choices(&form, "product").map(product).collect()))
    }
}

impl Categories {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        let form = desk.current_form()?;
        if let Some(product) = &self.product {
            known_product(&form, product)?;
        }
        let wanted = |product: &str| self.product.as_deref().is_none_or(|only| only == product);
        let mut list = Vec::new();
        for category in choices(&form, "category") {
            for product in bound_to(category, "product").filter(|product| wanted(product)) {
                list.push(Category {
                    product: product.to_owned(),
                    id: category.id.clone(),
                    label: category.label.clone(),
                    asks_user_impact: asks_user_impact(&form, &desk.context()?, product, &category.id),
                    subcategories: subcategories(&form, product, &category.id),
                });
            }
        }
        docket.show_long(&CategoryList(list))
    }
}

/// Whether the form asks for the user impact in a category: told by the rules themselves.
fn asks_user_impact(form: &CaseForm, context: &Context, product: &str, category: &str) -> bool {
    // Whatever account has the product: the question is about the form, not about whoever asks it.
    let account = Account {
        id: "any".to_owned(),
        name: String::new(),
        plan: Plan::Paid,
        products: vec![product.to_owned()],
        environment: Environment::Production,
        trial: false,
    };
    let anyone = Context { accounts: vec![account], ..context.clone() };
    let draft = Draft::default().with("product", product).with("category", category);
    rules::applies(form, &anyone, &draft, "user_impact") != Applies::No
}

fn subcategories(form: &CaseForm, product: &str, category: &str) -> Vec<Subcategory> {
    choices(form, "subcategory")
        .filter(|choice| {
            choice.when.iter().any(|when| {
                let wants = |subject: &str, value: &str| {
                    when.0.get(subject).is_none_or(|values| values.iter().any(|other| other == value))
                };
                wants("product", product) && wants("category", category)
            })
        })
        .map(|choice| Subcategory { id: choice.id.clone(), label: choice.label.clone() })
        .collect()
}

impl Form {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        desk.fresh_me()?;
        let form = desk.current_form()?;
        let context = desk.context()?;
        if self.schema {
            return docket.show_long(&Schema(rules::schema(&form, &context)));
        }
        let mut draft = Draft::default();
        if context.only_account().is_none()
            && let Some(account) = account_with(&desk, self.product.as_deref())?
        {
            draft.set("account", account);
        }
        if let Some(product) = &self.product {
            known_product(&form, product)?;
            draft.set("product", product.clone());
        }
        if let Some(category) = &self.category {
            draft.set("category", category.clone());
        }
        let wrong: Vec<_> = super::case::problems(&desk, &draft)?
            .into_iter()
            .filter(|problem| problem.code != "missing")
            .collect();
        if !wrong.is_empty() {
            return Err(Failure { fields: wrong, ..Failure::usage("no case can be opened like that") });
        }
        let sheet = form.fields.iter().filter_map(|field| sheet(&form, &context, &draft, field)).collect();
        docket.show_long(&FormSheet(sheet))
    }
}

/// The current account or, where it doesn't have the product, one of the user's that has.
fn account_with(desk: &Desk, product: Option<&str>) -> Result<Option<String>, Failure> {
    let current = desk.account()?.map(|account| account.value);
    let has =
        |account: &Account| product.is_none_or(|product| account.products.iter().any(|own| own == product));
    let context = desk.context()?;
    let other = || context.usable().find(|account| has(account)).map(|account| account.id.clone());
    Ok(match current {
        Some(account) if has(&account) => Some(account.id),
        current => other().or(current.map(|account| account.id)),
    })
}

/// How a field applies to a draft, or `None` when it doesn't.
fn sheet(form: &CaseForm, context: &Context, draft: &Draft, field: &Field) -> Option<FieldSheet> {
    let need = match rules::applies(form, context, draft, &field.id) {
        Applies::Required => "required",
        Applies::Optional => "optional",
        Applies::NotYet => "depends",
        Applies::No => return None,
    };
    let choices = rules::offered(form, context, draft, &field.id);
    Some(FieldSheet {
        id: field.id.clone(),
        label: field.label.clone(),
        flag: field.flag(),
        need: need.to_owned(),
        help: help(field),
        choices: choices.into_iter().map(|choice| choice.id).collect(),
    })
}

/// A field's help and its limits.
fn help(field: &Field) -> String {
    let limit = match &field.kind {
        FieldKind::Line { max } => format!("A line of at most {max} characters."),
        FieldKind::Text { max } => format!("At most {max} characters."),
        FieldKind::File { max } => format!("At most {}.", ui::text::bytes(*max)),
        FieldKind::Time { past: true } => "Not in the future.".to_owned(),
        _ => String::new(),
    };
    [field.help.as_str(), &limit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Refuses a product that the portal doesn't have, with those that it has.
pub(super) fn known_product(form: &CaseForm, id: &str) -> Result<(), Failure> {
    if choices(form, "product").any(|choice| choice.id == id) {
        return Ok(());
    }
    let known: Vec<&str> = choices(form, "product").map(|choice| choice.id.as_str()).collect();
    Err(Failure::new(Kind::Usage, format!("there is no product `{id}`"))
        .did_you_mean(rules::similar(id, known.iter().copied()))
        .hint(format!("the products are {}", known.join(", "))))
}

fn choices<'a>(form: &'a CaseForm, field: &str) -> impl Iterator<Item = &'a Choice> {
    form.field(field).into_iter().flat_map(|field| &field.choices)
}

fn attribute<'a>(choice: &'a Choice, name: &str) -> Option<&'a str> {
    choice.attributes.get(name)?.first().map(String::as_str)
}

/// The values of `subject` under which a choice is offered.
fn bound_to<'a>(choice: &'a Choice, subject: &'a str) -> impl Iterator<Item = &'a str> {
    choice.when.iter().filter_map(move |when| when.0.get(subject)).flatten().map(String::as_str)
}
