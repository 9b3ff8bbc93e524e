//! The embedded portal: a support centre on a database file.
//!
//! [`Portal::open`] opens the data directory, [`serve`] answers requests on a listener, [`local::start`]
//! does both inside this process for the portal named `local`, and [`admin`] is what the operator does
//! without going through HTTP.
//!
//! A request goes from `routes`, one file per resource, through `lifecycle`, which knows what may become of a
//! case, to `store`, which keeps it. `extract` says who asks and what for, `idempotency` sees to it that
//! nothing is written twice, `follow` tells of events as they happen, `problem` and `middleware` turn
//! refusals into RFC 9457 problems.

pub mod admin;
mod blobs;
pub mod catalogue;
mod clock;
mod error;
mod extract;
mod follow;
mod idempotency;
mod last_used;
mod lifecycle;
pub mod local;
mod mail;
mod middleware;
mod password;
mod problem;
mod receive;
mod routes;
mod serve;
mod store;
pub mod tls;
mod token;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::SignedDuration;
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;

pub use clock::Clock;
pub use error::PortalError;
pub use password::PasswordCost;
pub use serve::{serve, serve_tls};

use blobs::Blobs;
use catalogue::Catalogue;
use follow::Followers;
pub use follow::Pace;
use last_used::LastUsed;
use password::Passwords;
use problem::Problem;
use receive::Hashes;
use store::answers::Key;
use store::{Store, Write};

/// How a portal is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The directory that holds the database and the attachments; made if there is none.
    pub data: PathBuf,
    /// Where people reach the portal, as mails and cases name it, without a trailing slash. Where it is
    /// left out, the address that the portal listens on.
    pub base_url: Option<String>,
    /// How long a case stays pending before it closes by itself.
    pub pending_closes_after: SignedDuration,
    /// Bytes that an attachment may have.
    pub max_attachment: u64,
    /// A directory with a catalogue in place of the embedded one.
    pub catalogue: Option<PathBuf>,
    /// Whether to load the sample directory of users and accounts.
    pub sample: bool,
    /// How soon followers hear of something.
    pub pace: Pace,
    /// What a password costs; for tests.
    pub password_cost: PasswordCost,
}

impl Options {
    /// The usual settings, on the data directory `data`.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            base_url: None,
            pending_closes_after: SignedDuration::from_hours(5 * 24),
            max_attachment: 25_000_000,
            catalogue: None,
            sample: false,
            pace: Pace::default(),
            password_cost: PasswordCost::Full,
        }
    }
}

/// An open portal; cheap to clone.
#[derive(Debug, Clone)]
pub struct Portal(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    blobs: Blobs,
    catalogue: Catalogue,
    clock: Clock,
    options: Options,
    passwords: Passwords,
    access: Access,
    base_url: OnceLock<String>,
    last_used: LastUsed,
    followers: Followers,
    hashes: Hashes,
}

/// Who gets in.
#[derive(Debug, Clone)]
enum Access {
    /// Whoever has a password, or a token that was given for one.
    Passwords,
    /// One user with one token, of which only the digest is known; nobody else.
    Only { digest: String, email: String },
}

impl Portal {
    /// Opens the portal in the data directory, which is made and brought up to date as needed.
    pub async fn open(options: Options, clock: Clock) -> Result<Self, PortalError> {
        Self::open_for(options, clock, Access::Passwords).await
    }

    async fn open_for(options: Options, clock: Clock, access: Access) -> Result<Self, PortalError> {
        // The catalogue is large: it is read while the database is opened.
        let (directory, max) = (options.catalogue.clone(), options.max_attachment);
        let catalogue = tokio::task::spawn_blocking(move || load_catalogue(directory.as_deref(), max));
        let store = Store::open(&options.data).await?;
        let catalogue = catalogue.await.map_err(std::io::Error::other)??;
        let base_url = OnceLock::new();
        if let Some(url) = &options.base_url {
            let _ = base_url.set(url.trim_end_matches('/').to_owned());
        }
        let portal = Self(Arc::new(Inner {
            blobs: Blobs::new(options.data.join("blobs")),
            catalogue,
            passwords: Passwords::new(options.password_cost),
            store,
            clock,
            options,
            access,
            base_url,
            last_used: LastUsed::default(),
            followers: Followers::default(),
            hashes: Hashes::default(),
        }));
        if portal.0.options.sample {
            admin::load_sample(&portal).await?;
        }
        Ok(portal)
    }

    /// Everything that the portal answers to, for requests that come without a network.
    pub fn router(&self) -> axum::Router {
        routes::router(self.clone())
    }

    /// Ends every stream of events. Whoever follows comes back later.
    fn send_followers_away(&self) {
        self.0.followers.send_away();
    }

    /// Closes the database. Whoever still asks is told to come back later.
    pub async fn close(&self) {
        self.send_followers_away();
        self.0.store.close().await;
    }

    fn clock(&self) -> &Clock {
        &self.0.clock
    }

    fn base_url(&self) -> &str {
        self.0.base_url.get().map_or("http://localhost", String::as_str)
    }

    /// A connection to read with; no case is pending any more that is due by now.
    async fn read(&self) -> Result<PoolConnection<Sqlite>, Problem> {
        let mut db = self.0.store.read().await?;
        if store::cases::any_due(&mut db, self.clock().now()).await? {
            self.write().await?.commit().await?;
        }
        Ok(db)
    }

    /// A transaction to write with; no case is pending any more that is due by now.
    async fn write(&self) -> Result<Write, Problem> {
        self.write_for(None).await
    }

    /// The same for a request with a key.
    async fn write_for(&self, key: Option<Key>) -> Result<Write, Problem> {
        let clock = self.clock().clone();
        let mut write = self.0.store.write(move || clock.now(), key).await?;
        if write.any_due {
            let pending = self.0.options.pending_closes_after;
            lifecycle::close_due(&mut write, pending, self.base_url()).await?;
        }
        Ok(write)
    }
}

fn load_catalogue(directory: Option<&Path>, max_attachment: u64) -> Result<Catalogue, PortalError> {
    let catalogue = match directory {
        Some(directory) => Catalogue::from_dir(directory)
            .map_err(|error| PortalError::Catalogue(format!("{:#}", anyhow::Error::from(error))))?,
        None => Catalogue::embedded(),
    };
    Ok(catalogue.with_max_attachment(max_attachment))
}
