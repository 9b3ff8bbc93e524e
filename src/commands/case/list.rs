//! `docket case list`

use clap::Args;
use jiff::{Timestamp, Zoned};

use super::super::Docket;
use super::super::catalogue::known_product;
use super::super::redacting::Redacting;
use crate::api::body::{CaseQuery, Sort};
use crate::case::Status;
use crate::failure::Failure;
use crate::ui::CaseList;
use crate::when;

/// List cases
///
/// Lists the cases in the current account, closed ones too, the last changed first.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case list --status my_action_required
  docket case list --search 'bulk send' --all-accounts
  docket case list --mine --since '7d ago' --json=number,subject,status
  docket case list --all --csv=number,status,created_at > cases.csv")]
pub(crate) struct List {
    /// Only cases with this status; may be repeated
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status())]
    status: Vec<Status>,
    /// Only cases about this product
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// Only cases that have all these words, the newest first
    #[arg(long, short = 'S', value_name = "WORDS")]
    search: Option<String>,
    /// Only cases that you watch, in whatever account
    #[arg(long)]
    watching: bool,
    /// Only cases that you opened
    #[arg(long)]
    mine: bool,
    /// Cases in all your accounts
    #[arg(long, conflicts_with = "account")]
    all_accounts: bool,
    /// Only cases opened since then: `2026-11-20`, `2026-11-20 09:30`, `monday`, `7d ago`, RFC 3339
    #[arg(long, value_name = "TIME", value_parser = time)]
    since: Option<Timestamp>,
    /// Only cases opened before then
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<Timestamp>,
    /// How many at most
    #[arg(long, short = 'L', value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// All of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Order: updated, created or number, the latest first
    #[arg(long, value_name = "ORDER", default_value = "updated", value_parser = sort())]
    sort: Sort,
}

pub(super) fn status() -> impl clap::builder::TypedValueParser<Value = Status> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Status::ALL.iter().map(|status| status.as_str()))
        .try_map(|word| word.parse::<Status>())
}

fn sort() -> impl clap::builder::TypedValueParser<Value = Sort> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Sort::ALL.iter().map(|sort| sort.as_str())).try_map(|word| word.parse::<Sort>())
}

fn time(text: &str) -> Result<Timestamp, String> {
    when::parse_time(text, &Zoned::now()).map_err(|error| error.to_string())
}

impl List {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        if let Some(product) = &self.product {
            known_product(&*desk.form()?, product)?;
        }
        let account = if self.all_accounts || self.watching { None } else { desk.account_id()? };
        let statuses: Vec<&str> = self.status.iter().map(|status| status.as_str()).collect();
        let mut query = CaseQuery {
            account,
            status: (!statuses.is_empty()).then(|| statuses.join(",")),
            product: self.product,
            q: Redacting::words(docket, "--search", self.search)?,
            watching: self.watching,
            mine: self.mine,
            since: self.since,
            until: self.until,
            sort: Some(self.sort),
            ..CaseQuery::default()
        };
        let wanted = if self.all { usize::MAX } else { self.limit as usize };
        let list = desk.pages(wanted, |limit, cursor| {
            query.limit = Some(limit);
            query.cursor = cursor;
            desk.session().cases(&query)
        })?;
        docket.show_cases(&list)
    }
}

impl Docket {
    /// Prints a list of cases, and says where it was cut or is empty.
    pub(in crate::commands) fn show_cases(&self, list: &CaseList) -> Result<(), Failure> {
        self.show_long(list)?;
        if list.truncated {
            self.ui.remark(format!("{} of {}; --limit N or --all shows more", list.cases.len(), list.total));
        } else if list.cases.is_empty() {
            self.ui.say("no cases");
        }
        Ok(())
    }
}
