//! `docket resources`

use clap::{Args, Subcommand};

use super::catalogue::known_product;
use super::redacting::Redacting;
use super::{Desk, Docket};
use crate::api::body::ResourceQuery;
use crate::client::Error;
use crate::failure::Failure;
use crate::rules;
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
    #[command(after_help = "\
Examples:
  docket resources show signing-access-code
  docket resources show signing-access-code --jq .url")]
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
            let article = desk.session().resource(&id).map_err(|error| no_article(&desk, &id, error))?;
            desk.seen_articles(std::slice::from_ref(&article));
            return docket.show_long(&article);
        }
        if let Some(product) = &self.product {
            known_product(&*desk.form()?, product)?;
        }
        let words = (!self.words.is_empty()).then(|| self.words.join(" "));
        let query = ResourceQuery {
            q: Redacting::words(docket, "WORDS", words)?,
            product: self.product,
            category: self.category,
            subcategory: self.subcategory,
        };
        let found = Articles(desk.session().resources(&query).map_err(|error| desk.explain(error))?);
        desk.seen_articles(&found.0);
        docket.show_long(&found)?;
        if found.0.is_empty() {
            docket.ui.say("no articles");
        } else if docket.ui.for_people() {
            docket.ui.say("docket resources show ID reads one");
        }
        Ok(())
    }
}

/// Why an article can't be shown; where there is none, which one may have been meant.
fn no_article(desk: &Desk, id: &str, error: Error) -> Failure {
    let missing = matches!(error, Error::NotFound(_));
    let failure = desk.explain(error);
    if !missing {
        return failure;
    }
    let known = desk.session().resources(&ResourceQuery::default()).unwrap_or_default();
    let failure = Failure { message: format!("there is no article `{id}`"), ..failure };
    failure
        .did_you_mean(rules::similar(id, known.iter().map(|article| article.id.as_str())))
        .hint("`docket resources WORDS` finds articles")
}
