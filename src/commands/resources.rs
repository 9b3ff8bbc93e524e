//! `docket resources`

use clap::{Args, Subcommand};

use super::Docket;
use super::catalogue::known_product;
use crate::api::body::ResourceQuery;
use crate::failure::Failure;
use crate::ui::Articles;

/// Find self-service articles
///
/// An article has to have all the words; with a product, category or sub-category the nearest ones come
/// first.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  docket resources access code
  docket resources --product esignature --category signing
  docket resources show signing-access-code")]
pub(crate) struct Resources {
    #[command(subcommand)]
    action: Option<Action>,
    /// Words to search for
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// Product id
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// Category id
    #[arg(long, value_name = "CATEGORY")]
    category: Option<String>,
    /// Sub-category id
    #[arg(long, value_name = "SUBCATEGORY")]
    subcategory: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read an article
    Show {
        /// Article id
        #[arg(value_name = "ID")]
        id: String,
    },
}

impl Resources {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        if let Some(Action::Show { id }) = self.action {
            return docket.show_long(&desk.session().resource(&id).map_err(|error| desk.explain(error))?);
        }
        if let Some(product) = &self.product {
            known_product(&*desk.form()?, product)?;
        }
        let query = ResourceQuery {
            q: (!self.words.is_empty()).then(|| self.words.join(" ")),
            product: self.product,
            category: self.category,
            subcategory: self.subcategory,
        };
        let found = Articles(desk.session().resources(&query).map_err(|error| desk.explain(error))?);
        docket.show_long(&found)?;
        if found.0.is_empty() {
            docket.ui.say("no articles");
        } else if docket.ui.for_people() {
            docket.ui.say("docket resources show ID reads one");
        }
        Ok(())
    }
}
