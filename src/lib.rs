//! docket: open, follow and settle support cases from the terminal.
//!
//! Data flows one way: the command line ([`cli`]) → a command ([`commands`]) → what a case needs
//! ([`rules`]) → a portal's client ([`client`]) → HTTP ([`api`]) → the embedded portal (`portal`), and back
//! out through [`ui`].
//!
//! | module | is for | may use |
//! |---|---|---|
//! | [`account`], [`address`], [`case`], [`event`], [`failure`], [`files`], [`resource`], [`secret`], [`similar`], [`when`] | the domain | each other, [`rules`]' problems |
//! | [`rules`] | what a case needs: one engine for the walk, scripts, the portal and the schema | domain |
//! | [`api`] | the portal API's paths, bodies and problems | domain, rules |
//! | [`client`] | talking to a portal | api, rules, domain |
//! | `portal` | the embedded portal | api, rules, domain |
//! | [`profile`] | what docket keeps on disk | domain, redact |
//! | [`redact`] | secrets out, before bytes leave | nothing of ours |
//! | [`ui`] | what a person sees and a script reads | domain, rules, redact |
//! | [`cli`], [`commands`] | the command line, and what each command does | all |
//!
//! A test holds this table against the `use` lines.

pub mod account;
pub mod address;
pub mod api;
pub mod case;
pub mod cli;
pub mod client;
pub mod commands;
pub mod event;
pub mod failure;
pub mod files;
#[cfg(feature = "portal")]
pub mod portal;
pub mod profile;
pub mod redact;
pub mod resource;
pub mod rules;
pub mod secret;
pub mod similar;
pub mod ui;
pub mod when;
