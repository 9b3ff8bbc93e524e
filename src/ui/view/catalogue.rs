//! What a portal offers: products, categories, the form, articles.

use serde::Serialize;
use serde_json::Value;

use super::facts::{columns, headed};
use super::{bold, dim};
use crate::resource::Resource;
use crate::ui::link::link;
use crate::ui::output::safe_json;
use crate::ui::{Page, Rows, Show, Table, text};

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Product {
    /// What scripts write.
    pub id: String,
    /// What people read.
    pub label: String,
    /// 1: the product's own credentials; 2: support-centre credentials.
    pub flow: u8,
    /// Whether the current account has it; one of the user's, where none is current.
    pub available: bool,
}

/// The products that a portal supports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Products(pub Vec<Product>);

impl Show for Products {
    const FIELDS: &'static [&'static str] = &["id", "label", "flow", "available"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        let mut table = Table::new().column("PRODUCT", 0).shrinking("NAME").column("AVAILABLE", 1);
        for product in &self.0 {
            table.row([product.id.as_str(), &product.label, if product.available { "yes" } else { "no" }]);
        }
        table.render(page)
    }
}

/// A category of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Product id.
    pub product: String,
    /// What scripts write.
    pub id: String,
    /// What people read.
    pub label: String,
    /// Whether the form asks how many users are affected.
    pub asks_user_impact: bool,
    /// What it is divided into.
    pub subcategories: Vec<Subcategory>,
}

/// A sub-category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subcategory {
    /// What scripts write.
    pub id: String,
    /// What people read.
    pub label: String,
}

/// The categories of one or of all products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Categories(pub Vec<Category>);

impl Show for Categories {
    const FIELDS: &'static [&'static str] = &["product", "id", "label", "asks_user_impact", "subcategories"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        let several = self.0.iter().any(|category| category.product != self.0[0].product);
        let ids = self.0.iter().flat_map(|category| &category.subcategories);
        let longest = ids.map(|subcategory| text::width(&subcategory.id)).max().unwrap_or(0);
        let inner = Page { width: page.width.map(|width| width.saturating_sub(2)), ..page.clone() };
        let mut out = String::new();
        for category in &self.0 {
            let place =
                if several { format!("{} / {}", category.product, category.id) } else { category.id.clone() };
            out.push_str(&headed(&place, &category.label, page, str::to_owned));
            let mut table = Table::new().column("", 0).shrinking("");
            for Subcategory { id, label } in &category.subcategories {
                table.row([format!("{id:<longest$}"), label.clone()]);
            }
            out.extend(table.render(&inner).lines().map(|row| format!("  {row}\n")));
        }
        out
    }
}

/// One field of the form, as it applies to a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldSheet {
    /// What scripts write.
    pub id: String,
    /// What people read.
    pub label: String,
    /// The flag that answers it.
    pub flag: String,
    /// `required`, `optional` or `depends`.
    pub need: String,
    /// What hangs together with it, in words.
    pub help: String,
    /// What there is to choose from.
    pub choices: Vec<String>,
}

/// What a case needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FormSheet(pub Vec<FieldSheet>);

impl Show for FormSheet {
    const FIELDS: &'static [&'static str] = &["id", "label", "flag", "need", "help", "choices"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        let columns = columns(page);
        let mut out = String::new();
        for field in &self.0 {
            let need = if field.need == "depends" { "depends on other answers" } else { &field.need };
            let rest = format!("{}, {need}", field.label);
            out.push_str(&headed(&field.flag, &rest, page, str::to_owned));
            if !field.help.is_empty() {
                out.push_str(&text::wrap(&text::clean(&field.help), columns, "    "));
            }
            if !field.choices.is_empty() {
                let choices = format!("one of {}", field.choices.join(", "));
                out.push_str(&text::wrap(&text::clean(&choices), columns, "    "));
            }
        }
        out
    }
}

/// The form as JSON Schema, which is the same for people and machines.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Schema(pub Value);

impl Show for Schema {
    const FIELDS: &'static [&'static str] =
        &["$schema", "title", "description", "type", "properties", "additionalProperties", "allOf"];
    const ROWS: Rows = Rows::One;

    fn text(&self, _: &Page) -> String {
        safe_json(&format!("{:#}\n", self.0))
    }
}

/// Self-service articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Articles(pub Vec<Resource>);

impl Show for Articles {
    const FIELDS: &'static [&'static str] = &["id", "title", "summary", "url"];
    const ROWS: Rows = Rows::Bare;

    fn text(&self, page: &Page) -> String {
        let columns = columns(page);
        let article = |article: &Resource| {
            let head = headed(&article.title, &article.id, page, |id| dim(id, page));
            format!("{head}{}", text::wrap(&text::clean(&article.summary), columns, "    "))
        };
        self.0.iter().map(article).collect()
    }
}

impl Show for Resource {
    const FIELDS: &'static [&'static str] = &["id", "title", "summary", "url", "body"];
    const ROWS: Rows = Rows::One;

    fn text(&self, page: &Page) -> String {
        let columns = columns(page);
        let title = text::wrap(&text::clean_line(&self.title), columns, "");
        let mut out: String = title.lines().map(|line| bold(line, page) + "\n").collect();
        let said = self.body.as_deref().unwrap_or(&self.summary);
        out.push_str(&format!("\n{}", text::wrap(text::clean(said).trim(), columns, "")));
        if let Some(url) = &self.url {
            out.push_str(&format!("\n{}\n", link(&text::clean_line(url), url, page)));
        }
        out
    }
}
