//! `docket case show`

use clap::Args;

use super::super::Docket;
use crate::address::Address;
use crate::case::CaseNumber;
use crate::failure::Failure;
use crate::ui::CaseReport;

/// Show a case
///
/// Shows whose turn it is, what is known, and the latest comments; with --comments all of them.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case show 42
  docket case show 42 --comments
  docket case show 42 --jq .status")]
pub(crate) struct Show {
    /// Case number, like 00000042 or 42
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// Show all comments, not just the latest
    #[arg(long, short = 'c')]
    comments: bool,
    /// Show what has happened
    #[arg(long)]
    history: bool,
    /// Open the case's page in a browser
    #[arg(long, short = 'w')]
    web: bool,
}

impl Show {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.desk()?;
        let case = desk.case(self.number)?;
        if self.web && desk.address().value == Address::Local {
            return Err(Failure::usage("the built-in portal has no pages; `docket portal serve` has"));
        }
        if self.web {
            docket.browse(&case.url)?;
        }
        let history = self.history.then(|| desk.session().events(self.number, 0)).transpose();
        let history = history.map_err(|error| desk.explain_about(self.number, error))?;
        docket.show_long(&CaseReport { case, history, redacted: Vec::new(), all_comments: self.comments })
    }
}
