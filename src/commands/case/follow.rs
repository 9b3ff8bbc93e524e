//! `docket case follow`

use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use jiff::SignedDuration;

use super::super::Docket;
use super::super::desk::Desk;
use crate::case::{Case, CaseNumber, Status};
use crate::client::{Error, News};
use crate::event::{Event, EventKind};
use crate::failure::{Failure, Kind};
use crate::ui::{self, Followed, Stream};
use crate::when::format_duration;

/// How often it is looked whether anybody still reads.
const LOOK: Duration = Duration::from_secs(1);
/// How often a portal is asked that is away at the beginning.
const AGAIN: Duration = Duration::from_secs(1);

/// Show what happens to a case as it happens
///
/// Prints a line for each event, with --json an object a line, until the case is closed. Where the portal
/// can't be reached meanwhile, docket waits for it and goes on without missing or repeating anything.
///
/// With --until it ends with the event that is waited for. One that is there already counts: `replied` means
/// that support has replied since a customer last wrote, and the others that the case has that status. Where
/// the case is closed instead, the exit code is 10.
///
/// --timeout is here how long to wait for all that: when it has run out, the exit code is 8. Each event has a
/// number, `seq` in JSON; a script that was stopped goes on with --after and the last one it has seen. Of
/// what comes after that one, the first that is waited for ends it, answered meanwhile or not. A portal that
/// is away at the beginning is waited for when there is a --timeout.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case follow 42
  docket case follow 42 --until replied --timeout 2h
  docket case follow 42 --until my_action_required --json=seq,kind
  docket case follow 42 --after 0 --until replied --csv > events.csv")]
pub(crate) struct Follow {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// End when this has come about
    #[arg(long, value_name = "WHAT")]
    until: Option<Until>,
    /// Begin after the event with this number, 0 for all; else with what happens from now on
    #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(i64).range(0..))]
    after: Option<i64>,
    /// How long to wait, like `15m` or `2h`; then the exit code is 8
    // The global flag of that name is the same, wherever on the line it stands.
    #[arg(long, value_name = "DURATION", value_parser = crate::when::parse_wait)]
    timeout: Option<Duration>,
}

/// What can be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Until {
    /// Support has replied since a customer last wrote
    Replied,
    /// Support waits for you
    MyActionRequired,
    /// Support believes it solved
    Pending,
    /// It is closed
    Closed,
}

/// How following ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// As was wished, or the case is closed and nothing else was waited for.
    Done,
    /// The case is closed, and what was waited for can't come any more.
    TooLate(Until),
}

impl Follow {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let deadline = self.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let stream = docket.ui.stream::<Followed>()?;
        let desk = docket.desk()?;
        let known = self.known(&desk, deadline)?;
        let last = known.last().map_or(0, |event| event.seq);
        let mut teller = Teller { desk: &desk, stream, case: None, number: self.number };

        for event in known.iter().filter(|event| self.after.is_some_and(|after| event.seq > after)) {
            if !teller.tell(event)? || meets(self.until, event) {
                return Ok(());
            }
        }
        if let Some(event) = brought_about(self.until, &known) {
            // Who has said what they have seen has seen it.
            return if self.after.is_none() { teller.tell(event).map(drop) } else { Ok(()) };
        }
        if let Some(end) = known.last().and_then(|event| ended(self.until, event)) {
            if end == End::Done && docket.ui.for_people() {
                docket.ui.say(format!("case {} is closed: nothing more will happen to it", self.number));
            }
            return self.finish(end);
        }
        self.say_that_it_begins(docket, known.last());
        self.go_on(&desk, &mut teller, last, deadline)
    }

    /// What has happened so far. Who gives a time to wait has a portal waited for that is away at the
    /// beginning.
    fn known(&self, desk: &Desk, deadline: Option<Instant>) -> Result<Vec<Event>, Failure> {
        let ui = &desk.docket().ui;
        let mut told = false;
        loop {
            let known = desk.session().must_follow().and_then(|()| desk.session().events(self.number, 0));
            let (error, deadline) = match (known, deadline) {
                (Ok(known), _) => return Ok(known),
                (Err(error @ (Error::Unreachable { .. } | Error::Busy { .. })), Some(deadline)) => {
                    (error, deadline)
                }
                (Err(error), _) => return Err(desk.explain_about(self.number, error)),
            };
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let failure = self.timed_out(0, Some(error.to_string()));
                let hints = failure.hints.into_iter().take(1).collect();
                return Err(Failure { hints, ..failure }.hint("give the same command again"));
            }
            if !std::mem::replace(&mut told, true) && ui.for_people() {
                ui.say(format!("{error}; docket waits for it"));
            }
            std::thread::sleep(left.min(AGAIN));
        }
    }

    fn say_that_it_begins(&self, docket: &Docket, last: Option<&Event>) {
        if let Some(event) = last
            && docket.ui.for_people()
        {
            let status = event.status.label();
            docket.ui.say(format!("following case {}, which is {status}; Ctrl-C ends it", self.number));
        }
    }

    /// Tells of what happens after the event `last`.
    fn go_on(
        &self,
        desk: &Desk,
        teller: &mut Teller,
        mut last: i64,
        deadline: Option<Instant>,
    ) -> Result<(), Failure> {
        let ui = &desk.docket().ui;
        let mut following = desk.session().follow(self.number, last);
        let mut away = None;
        self.hint_on_interrupt(last);
        while !ui::nobody_reads() {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(self.timed_out(last, away));
            }
            match following
                .next(left.unwrap_or(LOOK).min(LOOK))
                .map_err(|error| self.lost(desk, error, last))?
            {
                News::Event(event) => {
                    last = event.seq;
                    self.hint_on_interrupt(last);
                    if !teller.tell(&event)? || meets(self.until, &event) {
                        return Ok(());
                    }
                    if let Some(end) = ended(self.until, &event) {
                        return self.finish(end);
                    }
                }
                News::Away(why) => {
                    if ui.for_people() {
                        ui.say(format!("{why}; docket waits for it and goes on then"));
                    }
                    away = Some(why);
                }
                News::Back => {
                    if ui.for_people() {
                        ui.say("the portal is back; nothing was missed");
                    }
                    away = None;
                }
                News::Nothing => {}
            }
        }
        Ok(())
    }

    fn finish(&self, end: End) -> Result<(), Failure> {
        let Self { number, .. } = self;
        match end {
            End::Done => Ok(()),
            End::TooLate(until) => {
                let never = match until.status() {
                    None => "support won't reply any more".to_owned(),
                    Some(status) => format!("it won't be {} any more", status.label()),
                };
                Err(Failure::new(Kind::Closed, format!("case {number} is closed: {never}"))
                    .hint(format!("`docket case new --follows {number}` goes on from it with a new one")))
            }
        }
    }

    fn timed_out(&self, last: i64, away: Option<String>) -> Failure {
        let given = self.timeout.and_then(|timeout| SignedDuration::try_from(timeout).ok());
        let given = format_duration(given.unwrap_or_default());
        let number = self.number;
        let message = match self.until.map(Until::status) {
            None => format!("the time given to follow case {number} is over: {given}"),
            Some(None) => format!("support hasn't replied to case {number} within {given}"),
            Some(Some(status)) => format!("case {number} hasn't become {} within {given}", status.label()),
        };
        let mut failure = Failure::new(Kind::TimedOut, message);
        failure.hints.extend(away.map(|why| format!("{why}; it may have happened all the same")));
        failure.hint(self.how_to_go_on(last))
    }

    /// Following can't go on.
    fn lost(&self, desk: &Desk, error: Error, last: i64) -> Failure {
        desk.explain_about(self.number, error).hint(self.how_to_go_on(last))
    }

    fn hint_on_interrupt(&self, last: i64) {
        ui::hint_on_interrupt(self.how_to_go_on(last));
    }

    fn how_to_go_on(&self, last: i64) -> String {
        let until = self.until.and_then(|until| until.to_possible_value());
        let until = until.map(|until| format!(" --until {}", until.get_name())).unwrap_or_default();
        format!("`docket case follow {}{until} --after {last}` goes on from there", self.number)
    }
}

impl Until {
    /// The status that is waited for, if it is one.
    fn status(self) -> Option<Status> {
        match self {
            Self::Replied => None,
            Self::MyActionRequired => Some(Status::MyActionRequired),
            Self::Pending => Some(Status::Pending),
            Self::Closed => Some(Status::Closed),
        }
    }
}

/// Whether an event is the one that is waited for.
fn meets(until: Option<Until>, event: &Event) -> bool {
    match until.map(Until::status) {
        None => false,
        Some(None) => event.kind == EventKind::Replied,
        Some(Some(status)) => event.status == status,
    }
}

/// Of all that has happened, the event that has brought about what is waited for, if that still holds.
fn brought_about(until: Option<Until>, known: &[Event]) -> Option<&Event> {
    match until?.status() {
        None => {
            let writes = |event: &&Event| {
                matches!(event.kind, EventKind::Opened | EventKind::Commented | EventKind::Replied)
            };
            known.iter().rev().find(writes).filter(|event| event.kind == EventKind::Replied)
        }
        Some(status) => known.iter().rev().take_while(|event| event.status == status).last(),
    }
}

/// How following ends with an event that isn't what is waited for, if it does.
fn ended(until: Option<Until>, event: &Event) -> Option<End> {
    if event.status != Status::Closed {
        return None;
    }
    Some(until.map_or(End::Done, End::TooLate))
}

/// Prints events.
struct Teller<'d> {
    desk: &'d Desk<'d>,
    stream: Stream,
    number: CaseNumber,
    /// The case as it was when a text was last looked for.
    case: Option<Case>,
}

impl Teller<'_> {
    /// Prints an event, and says whether anybody still reads.
    fn tell(&mut self, event: &Event) -> Result<bool, Failure> {
        let said = if self.desk.docket().ui.for_people() { self.said(event) } else { None };
        self.stream.tell(&Followed { event: event.clone(), said })
    }

    /// What was written with an event; events only name it. Where it can't be had it isn't shown.
    fn said(&mut self, event: &Event) -> Option<String> {
        let id = event.data.get("comment")?.as_str()?;
        let find = |case: &Case| {
            let comment = case.comments.iter().flatten().find(|comment| comment.id == id);
            comment.map(|comment| comment.body.clone())
        };
        if let Some(said) = self.case.as_ref().and_then(find) {
            return Some(said);
        }
        self.case = Some(self.desk.session().case(self.number).ok()?);
        self.case.as_ref().and_then(find)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A history of kinds and statuses.
    fn history(events: &[(&str, &str)]) -> Vec<Event> {
        let event = |(at, (kind, status)): (usize, &(&str, &str))| {
            serde_json::from_value(json!({
                "seq": at + 1, "at": "2026-11-20T09:30:00Z", "case": "00000042", "kind": kind, "by": null,
                "role": null, "status": status, "data": {},
            }))
            .unwrap()
        };
        events.iter().enumerate().map(event).collect()
    }

    #[test]
    fn what_holds_already_was_brought_about_by_an_event() {
        let opened = ("opened", "open");
        let replied = [("replied", "my_action_required"), ("status_changed", "my_action_required")];
        let answered = [("commented", "open"), ("status_changed", "open")];
        let attached = ("attached", "my_action_required");
        for (events, until, expected) in [
            (vec![opened], Until::Replied, None),
            (vec![opened, replied[0], replied[1], attached], Until::Replied, Some(2)),
            (vec![opened, replied[0], replied[1], attached], Until::MyActionRequired, Some(2)),
            (vec![opened, replied[0], replied[1], answered[0]], Until::Replied, None),
            (vec![opened, replied[0], replied[1], answered[0]], Until::MyActionRequired, None),
            (vec![opened, replied[0], ("closed", "closed")], Until::Replied, Some(2)),
            (vec![opened, replied[0], ("closed", "closed")], Until::Closed, Some(3)),
        ] {
            let events = history(&events);
            assert_eq!(
                brought_about(Some(until), &events).map(|event| event.seq),
                expected,
                "{until:?} {events:?}"
            );
            assert_eq!(brought_about(None, &events), None);
        }
    }

    #[test]
    fn a_closed_case_ends_it_and_is_too_late_for_what_else_was_waited_for() {
        let [closed] = &history(&[("closed", "closed")])[..] else { unreachable!("it is one") };
        assert!(meets(Some(Until::Closed), closed));
        assert_eq!(ended(None, closed), Some(End::Done));
        assert_eq!(ended(Some(Until::Pending), closed), Some(End::TooLate(Until::Pending)));
        let [replied] = &history(&[("replied", "pending")])[..] else { unreachable!("it is one") };
        assert!([Until::Replied, Until::Pending].iter().all(|until| meets(Some(*until), replied)));
        assert!(!meets(Some(Until::MyActionRequired), replied) && !meets(None, replied));
        assert_eq!(ended(Some(Until::Closed), replied), None);
    }
}
