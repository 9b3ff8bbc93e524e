//! The shape of the catalogue's files.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{CatalogueError, Place};
use crate::rules::Field;

/// `form.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) field: Vec<Field>,
}

/// `products.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Products {
    pub(super) product: Vec<Product>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Product {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) help: String,
    /// 1 or 2.
    pub(super) flow: u8,
    #[serde(default)]
    pub(super) assumed: bool,
}

/// `categories.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Categories {
    pub(super) category: Vec<Category>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) product: String,
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) help: String,
    /// Left out where the product's form doesn't depend on it.
    pub(super) asks_user_impact: Option<bool>,
    #[serde(default)]
    pub(super) assumed: bool,
    pub(super) subcategories: Vec<Subcategory>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subcategory {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(default)]
    pub(super) help: String,
    #[serde(default)]
    pub(super) assumed: bool,
}

/// `resources.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resources {
    #[serde(default)]
    pub(super) resource: Vec<Resource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) url: Option<String>,
    #[serde(default, rename = "for")]
    pub(super) places: Vec<Place>,
    #[serde(default)]
    pub(super) assumed: bool,
    pub(super) body: String,
}

/// Reads a file's text; an error names the line.
pub(super) fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, CatalogueError> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        CatalogueError::Syntax {
            file,
            line: before.matches('\n').count() + 1,
            message: error.message().trim().replace('\n', ", "),
        }
    })
}
