//! docket's binary against a real portal: the wiring, the exit codes, and every byte that is printed.
#![cfg(feature = "portal")]
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "tests")]

mod relay;
#[cfg(unix)]
mod screen;
mod world;

mod accounts;
#[cfg(unix)]
mod attaching;
mod bad_input;
mod catalogue;
#[cfg(unix)]
mod completion;
mod conversation;
mod credentials;
mod dedupe;
mod doctor;
mod doctor_files;
mod exit_codes;
mod experts;
mod files;
mod filing;
#[cfg(unix)]
mod follow;
#[cfg(unix)]
mod going_on;
#[cfg(unix)]
mod habits;
mod import;
#[cfg(unix)]
mod interactive;
mod interrupted;
#[cfg(target_os = "linux")]
mod keyring;
mod life_cycle;
mod lists;
mod local;
mod login;
mod logout;
mod meanwhile;
mod offline;
mod operator;
mod outbox;
#[cfg(unix)]
mod pager;
#[cfg(unix)]
mod redact;
mod redact_reports;
mod redact_sending;
mod serving;
mod settings;
mod terminal;
mod tokens;
mod truth_table;
mod version;
#[cfg(unix)]
mod walk;
