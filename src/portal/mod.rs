//! The embedded portal.

pub mod catalogue;
