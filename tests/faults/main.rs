//! Whatever dies in between: cases that reach the portal once, with their files, or wait in the outbox.
//!
//! `kills` stops docket and the portal with `kill -9` at random moments, `network` puts a proxy between them that
//! delays, cuts, resets and babbles. Both count afterwards. `follow` kills either side of a case that is followed. `full` gives
//! the portal a disk without room. The moments come from a seed, which a failure names;
//! `DOCKET_FAULTS_SEED` goes back to it, and `DOCKET_FAULTS` says how many faults there are in place of a few.
#![cfg(all(feature = "portal", unix))]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod chance;
mod follow;
mod full;
mod kills;
mod network;
mod place;
