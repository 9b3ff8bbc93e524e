//! The client against a portal that follows a script: what it sends, what it makes of every answer.

#![expect(clippy::unwrap_used, reason = "what can't go on has failed")]

mod answers;
mod files;
mod follow;
mod log;
mod stub;
mod tls;
mod writes;
