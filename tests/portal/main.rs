//! The embedded portal in this process: each route, each role, the life of a case, and what stands on the disk.
#![cfg(feature = "portal")]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "tests, and what helps them")]

mod access;
mod admin;
mod backup;

mod cases;
mod common;
mod dedupe;
mod faults;
mod files;
mod follow;
mod lifecycle;
mod lists;
mod once;
mod server;
mod tls;
mod tokens;
mod uploads;
