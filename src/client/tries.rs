//! When a request is made again, and for how long: the arithmetic of patience.
//!
//! Pauses double from 64 ms, with up to half of each left to chance, so that many who were turned
//! away at once don't come back at once. A portal's `Retry-After` is honoured where it is longer. All tries and
//! pauses together stay within the time that a request may take; a pause that would lead out of it isn't begun.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often a request is made again where nobody says otherwise: for half a second in all, so that a portal
/// that isn't there is noticed soon.
pub(super) const MAX_RETRIES: u32 = 3;
/// The first pause; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(64);
/// The longest pause that docket makes of its own accord.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How long a try may take that is made to learn what became of an earlier one, even when the time is up.
const SETTLE: Duration = Duration::from_secs(5);
/// How many of these there are after the time is up.
const SETTLE_TRIES: u32 = 2;
/// A pause that nobody notices isn't told of.
const NOTICED: Duration = Duration::from_secs(1);
/// As good as what no clock can tell.
const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// The tries of one request.
#[derive(Debug)]
pub(super) struct Tries {
    began: Instant,
    deadline: Instant,
    settle: Duration,
    /// How many were made again so far.
    made: u32,
    most: u32,
}

impl Tries {
    /// Begins with the first one. All of them together have `time`; `most` of them are made again.
    pub(super) fn begin(now: Instant, time: Duration, most: u32) -> Self {
        let deadline = now.checked_add(time).unwrap_or(now + CENTURY);
        Self { began: now, deadline, settle: SETTLE.min(time), made: 0, most }
    }

    /// How long the coming try may take. One that has to tell what became of an earlier one (`must_know`) has
    /// its time whatever is left.
    pub(super) fn time_left(&self, now: Instant, must_know: bool) -> Duration {
        let left = self.deadline.saturating_duration_since(now);
        if must_know { left.max(self.settle) } else { left }
    }

    /// How long to wait before the next try, or `None` when there is none. `after` is what the portal asked
    /// for, `chance` a number from 0 to 1.
    pub(super) fn next(
        &mut self,
        now: Instant,
        after: Option<Duration>,
        chance: f64,
        must_know: bool,
    ) -> Option<Duration> {
        if self.made == self.most {
            return None;
        }
        let pause = PAUSE.saturating_mul(2_u32.saturating_pow(self.made)).min(LONGEST_PAUSE);
        let pause = pause.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0).max(after.unwrap_or_default());
        let in_time = now.checked_add(pause).is_some_and(|then| then < self.deadline);
        let settles = must_know && self.made < SETTLE_TRIES && pause <= SETTLE;
        if !in_time && !settles {
            return None;
        }
        self.made += 1;
        Some(pause)
    }

    /// Whether somebody who waits notices it by the end of a `pause`.
    pub(super) fn is_noticed(&self, now: Instant, pause: Duration) -> bool {
        (now + pause).duration_since(self.began) >= NOTICED
    }
}

/// A number from 0 to 1 that nobody can foresee.
///
/// # Panics
///
/// When the operating system has no random bytes to give.
pub(super) fn chance() -> f64 {
    let mut byte = [0];
    getrandom::fill(&mut byte).expect("the operating system gives random bytes");
    f64::from(byte[0]) / f64::from(u8::MAX)
}

/// Tells somebody, once for a whole connection, that it is tried again.
#[derive(Clone)]
pub(super) struct Notice {
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    told: Arc<AtomicBool>,
}

impl Notice {
    pub(super) fn new(tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), told: Arc::default() }
    }

    pub(super) fn give(&self, why: &str) {
        if !self.told.swap(true, Ordering::Relaxed) {
            (self.tell)(why);
        }
    }
}

impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notice")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// The pauses until there is none, when no try takes any time.
    fn pauses(
        time: Duration,
        most: u32,
        after: Option<Duration>,
        chance: f64,
        must_know: bool,
    ) -> Vec<Duration> {
        let start = Instant::now();
        let mut tries = Tries::begin(start, time, most);
        let mut waited = Duration::ZERO;
        let mut all = Vec::new();
        while let Some(pause) = tries.next(start + waited, after, chance, must_know) {
            waited += pause;
            all.push(pause);
        }
        all
    }

    #[test]
    fn pauses_double_up_to_a_bound_and_half_of_each_is_chance() {
        assert_eq!(pauses(ms(30_000), 3, None, 1.0, false), [ms(64), ms(128), ms(256)]);
        assert_eq!(pauses(ms(30_000), 3, None, 0.0, false), [ms(32), ms(64), ms(128)]);
        assert_eq!(pauses(ms(60_000), 9, None, 1.0, false).last(), Some(&ms(10_000)));
    }

    #[test]
    fn the_pauses_stay_within_the_time_and_are_as_many_as_allowed() {
        assert_eq!(pauses(ms(30_000), 0, None, 1.0, false), []);
        assert_eq!(pauses(ms(150), 9, None, 1.0, false), [ms(64)]);
        let waited: Duration = pauses(ms(30_000), 1_000, None, 1.0, false).iter().sum();
        assert!(waited < ms(30_000), "{waited:?}");
    }

    #[test]
    fn what_the_portal_asks_for_is_waited_if_there_is_time() {
        assert_eq!(pauses(ms(30_000), 2, Some(ms(7_000)), 0.5, false), [ms(7_000), ms(7_000)]);
        assert_eq!(pauses(ms(30_000), 2, Some(ms(31_000)), 0.5, false), []);
        assert_eq!(pauses(ms(30_000), 1, Some(Duration::MAX), 0.5, true), []);
        assert_eq!(pauses(ms(30_000), 1, Some(ms(1)), 1.0, false), [ms(64)]);
    }

    #[test]
    fn what_must_be_known_is_asked_for_although_the_time_is_up() {
        assert_eq!(pauses(Duration::ZERO, 9, None, 1.0, true), [ms(64), ms(128)]);
        assert_eq!(pauses(Duration::ZERO, 1, None, 1.0, true), [ms(64)]);
        let now = Instant::now();
        let tries = Tries::begin(now, ms(60_000), 3);
        assert_eq!(tries.time_left(now + ms(59_000), false), ms(1_000));
        assert_eq!(tries.time_left(now + ms(59_000), true), ms(5_000));
        assert_eq!(Tries::begin(now, ms(150), 3).time_left(now + ms(150), true), ms(150));
        assert_eq!(Tries::begin(now, Duration::MAX, 3).time_left(now, false), CENTURY);
    }

    #[test]
    fn a_short_pause_is_not_noticed() {
        let now = Instant::now();
        let tries = Tries::begin(now, ms(30_000), 3);
        assert!(!tries.is_noticed(now, ms(999)));
        assert!(tries.is_noticed(now, ms(1_000)));
        assert!(tries.is_noticed(now + ms(999), ms(1)));
    }

    #[test]
    fn a_notice_is_given_once_for_all_copies() {
        let (sender, told) = std::sync::mpsc::channel();
        let notice = Notice::new(move |why| sender.send(why.to_owned()).unwrap());
        notice.clone().give("one");
        notice.give("two");
        assert_eq!(told.try_iter().collect::<Vec<_>>(), ["one"]);
    }
}
