//! Whether the catalogue's files fit together, and whether a portal can keep what the form asks for.

use std::collections::BTreeSet;

use super::file::{Category, Product, Resource};
use super::{CATEGORIES, CatalogueError, FORM, PRODUCTS, Place, RESOURCES};
use crate::rules::{Field, Kind, Need};

/// A case can't be kept without an answer to these.
const ALWAYS_REQUIRED: [&str; 5] = ["product", "category", "subcategory", "subject", "contact_method"];
/// Their choices come from the other files.
const CHOICES_ELSEWHERE: [&str; 3] = ["product", "category", "subcategory"];
/// Everything that a case keeps; what else the form might ask for would be lost.
const KEPT: [&str; 19] = [
    "account",
    "product",
    "category",
    "subcategory",
    "subject",
    "description",
    "occurred_at",
    "envelope_id",
    "user_impact",
    "environment",
    "business_impact",
    "attachment",
    "contact_method",
    "phone",
    "language",
    "occurred_before",
    "product_version",
    "browser",
    "steps",
];

/// Whether cases can be kept that are made from `fields`, which have no choices from other files yet.
pub(super) fn form(fields: &[Field]) -> Result<(), CatalogueError> {
    let wrong = |id: &str, message: String| inconsistent(FORM, format!("field `{id}`"), message);
    for field in fields {
        let is = |id: &str| field.id == id;
        if !KEPT.contains(&field.id.as_str()) {
            let message = format!("a case has no such field; its fields are {}", KEPT.join(", "));
            return Err(wrong(&field.id, message));
        }
        if is("attachment") != matches!(field.kind, Kind::File { .. }) {
            return Err(wrong(
                &field.id,
                "`attachment` has to be a file, and nothing else can be".to_owned(),
            ));
        }
        if is("occurred_at") && !matches!(field.kind, Kind::Time { .. }) {
            return Err(wrong(&field.id, "has to be a time".to_owned()));
        }
        if CHOICES_ELSEWHERE.contains(&field.id.as_str()) && !field.choices.is_empty() {
            let message = format!("its choices belong in {PRODUCTS} or {CATEGORIES}");
            return Err(wrong(&field.id, message));
        }
        unique(field.choices.iter().map(|choice| choice.id.as_str()))
            .map_err(|message| wrong(&field.id, message))?;
    }
    if !fields.iter().any(|field| field.id == "account") {
        return Err(wrong(
            "account",
            "is missing, and whoever has several accounts has to choose".to_owned(),
        ));
    }
    for id in ALWAYS_REQUIRED {
        let Some(field) = fields.iter().find(|field| field.id == id) else {
            return Err(wrong(id, "is missing, and a case can't be without it".to_owned()));
        };
        let always = field.need.iter().any(|rule| rule.when.is_empty())
            && field.need.iter().all(|rule| rule.need == Need::Required);
        if !always {
            return Err(wrong(id, "has to be required whatever the other answers are".to_owned()));
        }
    }
    Ok(())
}

/// Whether every product has categories, all of them sub-categories, and no id stands twice.
pub(super) fn tree(products: &[Product], categories: &[Category]) -> Result<(), CatalogueError> {
    unique(products.iter().map(|product| product.id.as_str()))
        .map_err(|message| inconsistent(PRODUCTS, "the products".to_owned(), message))?;
    for product in products {
        let own = || categories.iter().filter(|category| category.product == product.id);
        let entry = format!("product `{}`", product.id);
        if !(1..=2).contains(&product.flow) {
            return Err(inconsistent(PRODUCTS, entry, format!("flow is 1 or 2, not {}", product.flow)));
        }
        if own().next().is_none() {
            let message = format!("has no categories in {CATEGORIES}, so no case could be opened for it");
            return Err(inconsistent(PRODUCTS, entry, message));
        }
        unique(own().map(|category| category.id.as_str())).map_err(|message| {
            inconsistent(CATEGORIES, format!("the categories of `{}`", product.id), message)
        })?;
    }
    for category in categories {
        let wrong = |message| {
            let entry = format!("category `{}` of `{}`", category.id, category.product);
            Err(inconsistent(CATEGORIES, entry, message))
        };
        if !products.iter().any(|product| product.id == category.product) {
            return wrong(format!("there is no product `{}` in {PRODUCTS}", category.product));
        }
        if category.subcategories.is_empty() {
            return wrong("has no subcategories, so no case could be opened in it".to_owned());
        }
        if let Err(message) = unique(category.subcategories.iter().map(|sub| sub.id.as_str())) {
            return wrong(message);
        }
    }
    Ok(())
}

/// Whether the articles have ids of their own and stand in places that exist.
pub(super) fn resources(
    resources: &[Resource],
    categories: &[Category],
    products: &[Product],
) -> Result<(), CatalogueError> {
    unique(resources.iter().map(|resource| resource.id.as_str()))
        .map_err(|message| inconsistent(RESOURCES, "the resources".to_owned(), message))?;
    for resource in resources {
        if let Some(message) =
            resource.places.iter().find_map(|place| wrong_place(place, categories, products))
        {
            return Err(inconsistent(RESOURCES, format!("resource `{}`", resource.id), message));
        }
    }
    Ok(())
}

fn wrong_place(place: &Place, categories: &[Category], products: &[Product]) -> Option<String> {
    let Place { product, category, subcategory } = place;
    match (product, category, subcategory) {
        (None, None, None) => None,
        (Some(product), None, None) => (!products.iter().any(|known| known.id == *product))
            .then(|| format!("there is no product `{product}`")),
        (Some(product), Some(category), subcategory) => {
            let found = categories.iter().find(|known| known.product == *product && known.id == *category);
            match (found, subcategory) {
                (None, _) => Some(format!("`{product}` has no category `{category}`")),
                (Some(found), Some(wanted)) if !found.subcategories.iter().any(|sub| sub.id == *wanted) => {
                    Some(format!("`{category}` of `{product}` has no sub-category `{wanted}`"))
                }
                (Some(_), _) => None,
            }
        }
        _ => Some("a category needs its product beside it, and a sub-category its category".to_owned()),
    }
}

/// Whether every id is a word, and none stands twice.
fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !is_word(id) {
            return Err(format!(
                "`{id}` can't be an id: it takes small letters, digits, and single - or _ between them"
            ));
        }
        if !seen.insert(id) {
            return Err(format!("`{id}` stands twice"));
        }
    }
    Ok(())
}

/// Whether `id` is in kebab or snake case.
fn is_word(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    id.split(['-', '_']).all(part)
}

fn inconsistent(file: &'static str, entry: String, message: String) -> CatalogueError {
    CatalogueError::Inconsistent { file, entry, message }
}
