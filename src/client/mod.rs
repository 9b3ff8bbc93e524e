//! Talking to a portal.
//!
//! A [`Connection`] knows where a portal is; a [`Session`] is a connection with a token, and has a method
//! for each thing that a portal can do. Both are cheap to clone and may be used by several threads at once.
//! Every write takes a [`Key`], which the caller puts on disk first: where an answer is lost, the same key
//! is sent again, so nothing is written twice. What can go wrong is an [`Error`], one variant for each
//! outcome that callers treat differently.
//!
//! - `wire` sends a request and repeats it where that is safe, `answer` says what came of it, `tries` when it is
//!   made again,
//! - `connection` and `session` name the requests,
//! - `upload` and `download` stream files, `follow` events, which `sse` takes apart,
//! - `proxy` and `certificate` say what else is between here and the portal.
//!
//! Everything blocks. Nothing here prints: each request is a `tracing` event with the target
//! `docket::http`, without bodies, passwords and tokens.

mod answer;
mod certificate;
mod connection;
mod download;
mod error;
mod follow;
mod key;
mod proxy;
mod session;
mod sse;
mod tries;
mod upload;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

pub use certificate::certificates_in;
pub use connection::{Connection, Look};
pub use error::{Error, Fate, Said};
pub use follow::{Following, News};
pub use key::{Key, NotAKey};
pub use proxy::{is_proxy, proxy_for};
pub use session::{Opened, Session};

/// How to talk to a portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How long the whole answer to a request may take; files have no such limit, as long as they move.
    pub timeout: Duration,
    /// How often a request is made again where that is safe and may help, within that time.
    pub max_retries: u32,
    /// Bytes a second from which on hashing each piece of a file, too, would hold up the line. What is
    /// damaged on so fast a line is found out at the end.
    pub fast_line: u64,
    /// A PEM file with certificates that are trusted besides the system's.
    pub ca_bundle: Option<PathBuf>,
    /// `User-Agent`.
    pub user_agent: String,
    /// `Accept-Language`, if the portal shall answer in a certain language.
    pub language: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            max_retries: tries::MAX_RETRIES,
            fast_line: 150_000_000,
            ca_bundle: None,
            user_agent: concat!("docket/", env!("CARGO_PKG_VERSION")).to_owned(),
            language: None,
        }
    }
}
