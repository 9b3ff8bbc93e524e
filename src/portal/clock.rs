//! What time it is, for everything that the portal does.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// The portal's clock, cheap to clone. It counts whole seconds, as the database does.
#[derive(Debug, Clone, Default)]
pub struct Clock(Source);

#[derive(Debug, Clone, Default)]
enum Source {
    #[default]
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `time` until somebody moves it; its clones move with it.
    pub fn manual(time: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(time.as_second()))))
    }

    /// The time, without fractions of a second.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => whole(Timestamp::now().as_second()),
            Source::Manual(seconds) => whole(seconds.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock; the machine's own isn't moved.
    pub fn advance(&self, by: SignedDuration) {
        if let Source::Manual(seconds) = &self.0 {
            seconds.fetch_add(by.as_secs(), Ordering::SeqCst);
        }
    }
}

/// The time that is `seconds` after 1970, or the nearest one that there is.
pub(super) fn whole(seconds: i64) -> Timestamp {
    let edge = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_with_its_clones() {
        let clock = Clock::manual("2026-11-20T09:30:00.9Z".parse().unwrap());
        clock.clone().advance(SignedDuration::from_mins(1));
        assert_eq!(clock.now().to_string(), "2026-11-20T09:31:00Z");
    }
}
