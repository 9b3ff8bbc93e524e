//! docket.
pub mod account;
pub mod address;
pub mod api;
pub mod case;
pub mod client;
pub mod event;
pub mod failure;
#[cfg(feature = "portal")]
pub mod portal;
pub mod profile;
pub mod resource;
pub mod rules;
pub mod secret;
