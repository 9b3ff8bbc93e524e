//! docket's binary against a real portal: the wiring, the exit codes, and every byte that is printed.
#![cfg(feature = "portal")]
#![allow(missing_docs)]

mod world;

mod life_cycle;
mod truth_table;
