//! Ctrl-C: the terminal is put back in order, and docket ends with the exit code that says so.
//!
//! It may come as a signal or as a key that a question has read, or as both at once; it is told once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use super::prompt::tidy_up;
use crate::failure::{Failure, Kind};

/// Whether it has been told; locked while it is, lest docket ends in the middle.
static TOLD: Mutex<bool> = Mutex::new(false);
/// How many programs have the terminal that see to Ctrl-C themselves.
static LENT: AtomicUsize = AtomicUsize::new(0);
/// What the next Ctrl-C does: end docket, ask for an end, or end docket after one that has asked.
static SOFT: AtomicU8 = AtomicU8::new(ENDS);
const ENDS: u8 = 0;
const ASKS: u8 = 1;
const ASKED: u8 = 2;
/// What whoever interrupts now needs to know.
static HINT: Mutex<Option<String>> = Mutex::new(None);

/// From here on Ctrl-C shows the cursor again, which a question may have hidden, and ends docket with exit
/// code 130.
pub fn restore_terminal_on_interrupt(for_people: bool) {
    let interrupted = move || {
        if LENT.load(Ordering::SeqCst) > 0 {
            return;
        }
        if SOFT.compare_exchange(ASKS, ASKED, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            return;
        }
        tidy_up();
        if console::Term::stderr().is_term() {
            super::tell("\n");
        }
        super::fail(&Failure::new(Kind::Interrupted, "interrupted"), for_people);
        std::process::exit(i32::from(Kind::Interrupted.exit_code()));
    };
    // Without a handler Ctrl-C still ends docket.
    let _ = ctrlc::set_handler(interrupted);
}

/// As long as it lives, Ctrl-C is for another program that has the terminal, like an editor or a pager.
#[derive(Debug)]
pub struct LentTerminal {}

impl LentTerminal {
    /// Lends the terminal to another program.
    pub fn new() -> Self {
        LENT.fetch_add(1, Ordering::SeqCst);
        Self {}
    }

    /// Keeps Ctrl-C from docket from here on. What was meant for the other program may come late, and whoever
    /// has nothing left to do must not be ended by it.
    pub fn for_good(self) {
        std::mem::forget(self);
    }
}

impl Default for LentTerminal {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for LentTerminal {
    fn drop(&mut self) {
        LENT.fetch_sub(1, Ordering::SeqCst);
    }
}

/// As long as it lives, the first Ctrl-C only asks for an end; the second one doesn't wait for it.
#[derive(Debug)]
pub struct SoftInterrupt {}

impl SoftInterrupt {
    /// From here on, Ctrl-C asks first.
    pub fn new() -> Self {
        SOFT.store(ASKS, Ordering::SeqCst);
        Self {}
    }

    /// Whether somebody has asked for an end.
    pub fn is_asked(&self) -> bool {
        SOFT.load(Ordering::SeqCst) == ASKED
    }
}

impl Default for SoftInterrupt {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for SoftInterrupt {
    fn drop(&mut self) {
        SOFT.store(ENDS, Ordering::SeqCst);
    }
}

/// Says what whoever interrupts from here on is told to do next.
pub fn hint_on_interrupt(hint: impl Into<String>) {
    if let Ok(mut kept) = HINT.lock() {
        *kept = Some(hint.into());
    }
}

/// Lets `report` tell a failure, an interruption only once and with the hint that was left for it.
pub(super) fn once(failure: &Failure, report: impl FnOnce(&Failure)) {
    if failure.kind != Kind::Interrupted {
        return report(failure);
    }
    let Ok(mut told) = TOLD.lock() else { return };
    if std::mem::replace(&mut *told, true) {
        return;
    }
    // Whoever comes first sees to it: the other one may not come any more.
    tidy_up();
    let term = console::Term::stderr();
    if term.is_term() {
        let _ = term.show_cursor();
    }
    let mut failure = failure.clone();
    failure.hints.extend(HINT.lock().ok().and_then(|hint| hint.clone()));
    report(&failure);
}
