//! What a portal serves: its form with products and categories, and its self-service articles.
//!
//! The catalogue is four files: `form.toml`, `products.toml`, `categories.toml` and `resources.toml`. One
//! set is embedded; an operator may put another in a directory. Both go the same way: each file is parsed
//! ([`file`]), the choices of `product`, `category` and `subcategory` are made from the second and third,
//! and then everything is held against everything else (`check`), so that a portal which starts has a
//! catalogue that works.

mod check;
mod file;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::api::body::{Resource, ResourceQuery};
use crate::rules::{Choice, Condition, Form, Kind};

/// The form and the articles of a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// What a case needs. Its version changes whenever anything else in it does.
    pub form: Form,
    /// From the particular to the general.
    pub resources: Vec<Article>,
}

/// A self-service article and where it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What there is to read, body included.
    pub resource: Resource,
    /// Where it fits; anywhere, where there is none.
    pub places: Vec<Place>,
    /// Whether it goes beyond what the centre's public articles say.
    pub assumed: bool,
}

impl Article {
    /// Whether it fits the product, category and sub-category of `query`; what `query` leaves out doesn't
    /// count, nor do its words.
    pub fn fits(&self, query: &ResourceQuery) -> bool {
        self.places.is_empty() || self.places.iter().any(|place| place.fits(query))
    }
}

/// A part of the category tree. What is `None` means "any".
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Product id.
    pub product: Option<String>,
    /// Category id; only with a product.
    pub category: Option<String>,
    /// Sub-category id; only with a category.
    pub subcategory: Option<String>,
}

impl Place {
    fn fits(&self, query: &ResourceQuery) -> bool {
        let agree = |own: &Option<String>, asked: &Option<String>| match (own, asked) {
            (Some(own), Some(asked)) => own == asked,
            _ => true,
        };
        agree(&self.product, &query.product)
            && agree(&self.category, &query.category)
            && agree(&self.subcategory, &query.subcategory)
    }
}

/// A catalogue that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A file isn't there, can't be read or isn't UTF-8.
    #[error("can't read {}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file isn't what it should be, in form.
    #[error("{file}, line {line}: {message}")]
    Syntax {
        /// Name of the file.
        file: &'static str,
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The files can be read, but don't fit together.
    #[error("{file}, {entry}: {message}")]
    Inconsistent {
        /// Name of the file.
        file: &'static str,
        /// Which entry, like "category `sending` of `esignature`".
        entry: String,
        /// What is wrong with it.
        message: String,
    },
}

const FORM: &str = "form.toml";
const PRODUCTS: &str = "products.toml";
const CATEGORIES: &str = "categories.toml";
const RESOURCES: &str = "resources.toml";

impl Catalogue {
    /// The catalogue that comes with docket.
    pub fn embedded() -> Self {
        Self::from_texts(&Texts {
            form: include_str!("data/form.toml"),
            products: include_str!("data/products.toml"),
            categories: include_str!("data/categories.toml"),
            resources: include_str!("data/resources.toml"),
        })
        .expect("the tests load the embedded catalogue")
    }

    /// The catalogue in `directory`, which has to hold all four files.
    pub fn from_dir(directory: &Path) -> Result<Self, CatalogueError> {
        let read = |name: &str| {
            let path = directory.join(name);
            std::fs::read_to_string(&path).map_err(|source| CatalogueError::Unreadable { path, source })
        };
        Self::from_texts(&Texts {
            form: &read(FORM)?,
            products: &read(PRODUCTS)?,
            categories: &read(CATEGORIES)?,
            resources: &read(RESOURCES)?,
        })
    }

    /// The same catalogue with `bytes` as the limit of every file that the form asks for.
    #[must_use]
    pub fn with_max_attachment(mut self, bytes: u64) -> Self {
        for field in &mut self.form.fields {
            if let Kind::File { max } = &mut field.kind {
                *max = bytes;
            }
        }
        self.form.version = version(&self.form);
        self
    }

    fn from_texts(texts: &Texts) -> Result<Self, CatalogueError> {
        let mut form: file::Form = file::parse(FORM, texts.form)?;
        let products: file::Products = file::parse(PRODUCTS, texts.products)?;
        let categories: file::Categories = file::parse(CATEGORIES, texts.categories)?;
        let resources: file::Resources = file::parse(RESOURCES, texts.resources)?;

        check::form(&form.field)?;
        check::tree(&products.product, &categories.category)?;
        check::resources(&resources.resource, &categories.category, &products.product)?;
        for field in &mut form.field {
            match field.id.as_str() {
                "product" => field.choices = product_choices(&products.product),
                "category" => field.choices = category_choices(&categories.category),
                "subcategory" => field.choices = subcategory_choices(&categories.category),
                _ => {}
            }
        }
        let mut form = Form { version: String::new(), fields: form.field };
        form.check().map_err(|error| CatalogueError::Inconsistent {
            file: FORM,
            entry: "the form".to_owned(),
            message: error.to_string(),
        })?;
        form.version = version(&form);
        Ok(Self { form, resources: resources.resource.into_iter().map(Article::from).collect() })
    }
}

/// What the four files hold.
struct Texts<'a> {
    form: &'a str,
    products: &'a str,
    categories: &'a str,
    resources: &'a str,
}

/// The first 16 hex digits of a hash over everything that makes the form, so that any change shows.
fn version(form: &Form) -> String {
    let json = serde_json::to_vec(&form.fields).expect("fields are text, numbers and lists");
    Sha256::digest(&json).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn product_choices(products: &[file::Product]) -> Vec<Choice> {
    let choice = |product: &file::Product| Choice {
        id: product.id.clone(),
        label: product.label.clone(),
        help: product.help.clone(),
        when: vec![when(&[("account.products", &product.id)])],
        attributes: BTreeMap::from([("flow".to_owned(), vec![product.flow.to_string()])]),
        assumed: product.assumed,
    };
    products.iter().map(choice).collect()
}

fn category_choices(categories: &[file::Category]) -> Vec<Choice> {
    let choice = |category: &file::Category| Choice {
        id: category.id.clone(),
        label: category.label.clone(),
        help: category.help.clone(),
        when: vec![when(&[("product", &category.product)])],
        attributes: category
            .asks_user_impact
            .map(|asks| ("asks_user_impact".to_owned(), vec![asks.to_string()]))
            .into_iter()
            .collect(),
        assumed: category.assumed,
    };
    categories.iter().map(choice).collect()
}

fn subcategory_choices(categories: &[file::Category]) -> Vec<Choice> {
    let choices = categories.iter().flat_map(|category| {
        category.subcategories.iter().map(|subcategory| Choice {
            id: subcategory.id.clone(),
            label: subcategory.label.clone(),
            help: subcategory.help.clone(),
            when: vec![when(&[("product", &category.product), ("category", &category.id)])],
            attributes: BTreeMap::new(),
            assumed: category.assumed || subcategory.assumed,
        })
    });
    choices.collect()
}

fn when(wanted: &[(&str, &str)]) -> Condition {
    let one = |(subject, value): &(&str, &str)| ((*subject).to_owned(), vec![(*value).to_owned()]);
    Condition(wanted.iter().map(one).collect())
}

impl From<file::Resource> for Article {
    fn from(file: file::Resource) -> Self {
        Self {
            resource: Resource {
                id: file.id,
                title: file.title,
                summary: file.summary,
                url: file.url,
                body: Some(file.body),
            },
            places: file.places,
            assumed: file.assumed,
        }
    }
}

#[cfg(test)]
mod tests;
