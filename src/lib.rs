//! docket.
pub mod account;
pub mod api;
pub mod case;
pub mod event;
pub mod failure;
pub mod resource;
pub mod rules;
pub mod secret;
