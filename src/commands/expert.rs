//! `docket expert`: the other side of the desk.

use clap::{ArgGroup, Args, Subcommand};

use super::Docket;
use super::case::Said;
use super::catalogue::known_product;
use super::errand::Errand;
use super::redacting::Redact;
use crate::api::body::{Outcome, QueueQuery, Reply as ReplyBody};
use crate::case::CaseNumber;
use crate::failure::Failure;
use crate::ui::{CaseReport, ExpertCase};

/// Answer cases, as an expert
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket expert queue
  docket expert show 42
  docket expert reply 42 --needs-info -m 'Which browser is it?'")]
pub(crate) enum Expert {
    Queue(Queue),
    Show(Show),
    Reply(Reply),
    Note(Note),
}

/// List the cases that wait for support
///
/// The one that waits longest comes first.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket expert queue
  docket expert queue --product rooms --json=number,subject")]
pub(crate) struct Queue {
    /// Only cases about this product
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// How many at most
    #[arg(long, short = 'L', value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// All of them
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

/// Show a case with the notes among experts
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket expert show 42")]
pub(crate) struct Show {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
}

/// Answer a case
///
/// With --needs-info the customer has to say more: My Action Required. With --resolved it is believed to be
/// solved: Pending, and it closes by itself unless the customer answers.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("outcome").required(true).args(["needs_info", "resolved"])))]
#[command(after_help = "\
Examples:
  docket expert reply 42 --needs-info -m 'Which browser is it?'
  docket expert reply 42 --resolved -F answer.txt")]
pub(crate) struct Reply {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// The customer has to say more
    #[arg(long)]
    needs_info: bool,
    /// It is believed to be solved
    #[arg(long)]
    resolved: bool,
    #[command(flatten)]
    said: Said,
    #[command(flatten)]
    redact: Redact,
}

/// Note something that only experts see
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket expert note 42 -m 'Same as 00000017.'")]
pub(crate) struct Note {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    #[command(flatten)]
    said: Said,
    #[command(flatten)]
    redact: Redact,
}

impl Expert {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::Queue(command) => command.run(docket),
            Self::Show(command) => show(docket, command.number),
            Self::Reply(command) => command.run(docket),
            Self::Note(command) => command.run(docket),
        }
    }
}

impl Queue {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        let desk = docket.expert_desk()?;
        if let Some(product) = &self.product {
            known_product(&*desk.form()?, product)?;
        }
        let mut query = QueueQuery { product: self.product, ..QueueQuery::default() };
        let wanted = if self.all { usize::MAX } else { self.limit as usize };
        let list = desk.pages(wanted, |limit, cursor| {
            query.limit = Some(limit);
            query.cursor = cursor;
            desk.session().queue(&query)
        })?;
        docket.show_cases(&list)
    }
}

fn show(docket: &Docket, number: CaseNumber) -> Result<(), Failure> {
    let desk = docket.expert_desk()?;
    let case = desk.case(number)?;
    let notes = desk.session().notes(number).map_err(|error| desk.explain_about(number, error))?;
    docket.show_long(&ExpertCase { case, notes, redacted: Vec::new() })
}

impl Reply {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<CaseReport>()?;
        let redacting = self.redact.run(docket)?;
        let desk = docket.expert_desk()?;
        let outcome = if self.needs_info { Outcome::NeedsInfo } else { Outcome::Resolved };
        let number = self.number;
        let said = self.said.text(docket, "reply", Vec::new)?;
        let mut outgoing = redacting.outgoing();
        let case = said.used(docket, |text| {
            let body = outgoing.only("reply", text)?;
            desk.deliver(&Errand::Reply { number, reply: ReplyBody { body, outcome } })
        })?;
        docket.ui.say(format!("answered case {}, which is {} now", case.number, case.status.label()));
        docket.show_sent(case, outgoing.redacted())
    }
}

impl Note {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<ExpertCase>()?;
        let redacting = self.redact.run(docket)?;
        let desk = docket.expert_desk()?;
        let number = self.number;
        let said = self.said.text(docket, "note", Vec::new)?;
        let mut outgoing = redacting.outgoing();
        let case = said.used(docket, |text| {
            let body = outgoing.only("note", text)?;
            desk.deliver(&Errand::Note { number, body })
        })?;
        docket.ui.say(format!("noted on case {}", case.number));
        if docket.ui.for_people() {
            return Ok(());
        }
        let notes = desk.session().notes(number).map_err(|error| desk.explain_about(number, error))?;
        docket.ui.show(&ExpertCase { case, notes, redacted: outgoing.redacted() })
    }
}
