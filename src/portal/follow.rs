//! Telling of events as they happen.
//!
//! Each who follows a case has a stream, which reads from the database what is new, as often as a wait
//! ends, and has no queue of its own: what is slow to read is read later. One task for all of them looks
//! whether there are new events, whoever wrote them: this process, of which it hears at once, or another
//! one. It wakes only those who follow the cases concerned. Nothing here has to be known by a second
//! process, or after a restart: from where on somebody wants to hear is in their request.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::Portal;
use super::extract::Caller;
use super::problem::Problem;
use super::store::talk;
use crate::api::problem::Kind;
use crate::case::CaseNumber;
use crate::event::Event;

/// Streams that a user may have at once, at one process.
const MAX_STREAMS: usize = 100;
/// Events that are read at once.
const BATCH: u32 = 100;
/// Events that are looked at once for whom to wake.
const LOOK: u32 = 1_000;

/// How soon followers hear of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// After how long at the latest something is sent on each stream, so that a dead connection is noticed.
    pub heartbeat: Duration,
    /// How often it is looked what other processes have written.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { heartbeat: Duration::from_secs(5), look: Duration::from_millis(250) }
    }
}

/// Everybody who follows a case here.
#[derive(Debug)]
pub(super) struct Followers {
    present: Mutex<Present>,
    away: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct Present {
    /// Wakes those who follow a case.
    cases: HashMap<CaseNumber, watch::Sender<()>>,
    /// How many streams each user has.
    streams: HashMap<i64, usize>,
    /// Whether somebody looks for new events.
    looking: bool,
}

impl Default for Followers {
    fn default() -> Self {
        Self { present: Mutex::default(), away: watch::Sender::new(false) }
    }
}

impl Followers {
    fn present(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends every stream, those that are still to begin as well.
    pub(super) fn send_away(&self) {
        self.away.send_replace(true);
    }
}

/// A body that tells of a case's events after `after`, and of those to come, for as long as it is the
/// caller's to see.
pub(super) fn follow(
    portal: &Portal,
    caller: Caller,
    number: CaseNumber,
    after: i64,
) -> Result<Body, Problem> {
    let follower = Follower::begin(portal, caller, number, after)?;
    Ok(Body::from_stream(stream::unfold(follower, async |mut follower| {
        let text = follower.next().await?;
        Some((Ok::<_, Infallible>(text), follower))
    })))
}

/// Somebody who follows a case.
struct Follower {
    portal: Portal,
    caller: Caller,
    number: CaseNumber,
    /// The last event that they were sent.
    after: i64,
    begun: bool,
    news: watch::Receiver<()>,
    away: watch::Receiver<bool>,
}

impl Follower {
    fn begin(portal: &Portal, caller: Caller, number: CaseNumber, after: i64) -> Result<Self, Problem> {
        let followers = &portal.0.followers;
        let mut present = followers.present();
        let streams = present.streams.entry(caller.user.id).or_default();
        if *streams >= MAX_STREAMS {
            let detail = format!("you follow {MAX_STREAMS} cases at once already, which is the limit");
            return Err(Problem { retry_after: Some(10), ..Problem::new(Kind::TooMany, detail) });
        }
        *streams += 1;
        let news = present.cases.entry(number).or_default().subscribe();
        if !std::mem::replace(&mut present.looking, true) {
            tokio::spawn(look(portal.clone()));
        }
        drop(present);
        let away = followers.away.subscribe();
        Ok(Self { portal: portal.clone(), caller, number, after, begun: false, news, away })
    }

    /// What is to be sent next: events, or a comment when there are none; `None` at the end.
    async fn next(&mut self) -> Option<String> {
        if !std::mem::replace(&mut self.begun, true) {
            // Whatever is between here and there passes the answer's head on.
            return Some(": events follow\n\n".to_owned());
        }
        let heartbeat = Instant::now() + self.portal.0.options.pace.heartbeat;
        loop {
            if *self.away.borrow() {
                return None;
            }
            self.news.mark_unchanged();
            match self.events().await {
                Ok(events) if events.is_empty() => {}
                Ok(events) => {
                    self.after = events.last().map_or(self.after, |event| event.seq);
                    return Some(events.iter().map(written).collect());
                }
                Err(problem) => {
                    // They ask again, and are told why.
                    tracing::info!(number = %self.number, detail = problem.detail, "a stream of events ends");
                    return None;
                }
            }
            tokio::select! {
                _ = self.away.wait_for(|away| *away) => return None,
                changed = self.news.changed() => changed.ok()?,
                () = sleep_until(heartbeat) => return Some(":\n\n".to_owned()),
            }
        }
    }

    /// What they haven't been sent yet, if it still is theirs to see.
    async fn events(&mut self) -> Result<Vec<Event>, Problem> {
        self.caller = self.caller.again(&self.portal).await?;
        let mut db = self.portal.read().await?;
        self.caller.sees(&mut db, self.number, self.portal.base_url()).await?;
        Ok(talk::some_events(&mut db, self.number, self.after, BATCH).await?)
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let mut present = self.portal.0.followers.present();
        if let Some(streams) = present.streams.get_mut(&self.caller.user.id) {
            *streams -= 1;
            if *streams == 0 {
                present.streams.remove(&self.caller.user.id);
            }
        }
        // The last one's own receiver is still there.
        if present.cases.get(&self.number).is_some_and(|case| case.receiver_count() <= 1) {
            present.cases.remove(&self.number);
        }
    }
}

/// An event as it is sent. JSON has no line feeds but escaped ones.
fn written(event: &Event) -> String {
    let mut text = format!("id: {}\nevent: {}\ndata: ", event.seq, event.kind);
    let _ = writeln!(text, "{}\n", serde_json::json!(event));
    text
}

/// Wakes those who follow a case that has new events, until nobody follows any.
async fn look(portal: Portal) {
    let followers = &portal.0.followers;
    let pace = portal.0.options.pace.look;
    let mut away = followers.away.subscribe();
    let mut last = None;
    loop {
        if !woken(&portal, &mut last).await {
            let waiting = async {
                tokio::select! {
                    () = portal.0.store.written() => {}
                    () = tokio::time::sleep(pace) => {}
                }
            };
            tokio::select! {
                _ = away.wait_for(|away| *away) => return,
                () = waiting => {}
            }
        }
        let mut present = followers.present();
        if present.cases.is_empty() {
            present.looking = false;
            return;
        }
    }
}

/// Wakes whom it concerns, and says whether there may be more.
async fn woken(portal: &Portal, last: &mut Option<i64>) -> bool {
    let found = async {
        // Cases that are due are closed by this, which is an event as well.
        let mut db = portal.read().await?;
        let Some(after) = *last else {
            return Ok((talk::last_event(&mut db).await?, None));
        };
        let found = talk::cases_with_events(&mut db, after, LOOK).await?;
        Ok::<_, Problem>((found.last().map_or(after, |(seq, _)| *seq), Some(found)))
    };
    let (seq, found) = match found.await {
        Ok(found) => found,
        Err(problem) => {
            tracing::warn!(cause = problem.cause, "can't look for new events; trying again");
            return false;
        }
    };
    *last = Some(seq);
    let present = portal.0.followers.present();
    match &found {
        // What happened before the first look is known to nobody yet.
        None => present.cases.values().for_each(|case| case.send_replace(())),
        Some(found) => {
            for case in found.iter().filter_map(|(_, number)| present.cases.get(number)) {
                case.send_replace(());
            }
        }
    }
    found.is_some_and(|found| found.len() >= LOOK as usize)
}
