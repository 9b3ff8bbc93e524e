//! docket's binary against a real portal: the wiring, the exit codes, and every byte that is printed.
#![cfg(feature = "portal")]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "tests")]

#[allow(dead_code, reason = "further modules interfere in other ways")]
mod relay;
mod world;

mod accounts;
mod catalogue;
mod filing;
mod life_cycle;
mod login;
mod truth_table;
