//! `docket case call`

use clap::Args;

use super::super::Docket;
use super::super::errand::Errand;
use crate::case::CaseNumber;
use crate::failure::Failure;
use crate::ui::CaseReport;

/// Ask support to call you about a case
///
/// For eSignature with a Paid Support plan, Rooms and CLM; on any case that isn't closed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case call 42
  docket case call 42 --phone +14155550100")]
pub(crate) struct Call {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// Number to call, with country code; the case's own where left out
    #[arg(long, value_name = "PHONE")]
    phone: Option<String>,
}

impl Call {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<CaseReport>()?;
        let desk = docket.desk()?;
        let case = desk.deliver(&Errand::Call { number: self.number, phone: self.phone })?;
        docket.ui.say(format!("support will call you about case {}", case.number));
        docket.show_changed(case)
    }
}
