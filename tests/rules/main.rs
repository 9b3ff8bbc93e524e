//! The rules on the embedded catalogue: the truth table row by row, what people are told, and what holds
//! for any answers at all.
#![cfg(feature = "portal")]
#![allow(missing_docs, clippy::unwrap_used)]

mod messages;
mod properties;
mod sample;
mod truth_table;
