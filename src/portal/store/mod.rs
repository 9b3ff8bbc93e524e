//! The portal's database.
//!
//! One connection writes, a few read. A [`Write`] is done as a whole or not at all; it knows the time at
//! which it began, and by then every case that was due is closed, so nobody sees a case as pending that no
//! longer is. Those who write at the same time share commits ([`writer`]). Queries are plain SQL with
//! integers and text, one text for whatever database; what is particular to SQLite stands in the migrations
//! and [`migrate`].

pub(super) mod accounts;
pub(super) mod answers;
pub(super) mod attachments;
mod batch;
pub(super) mod cases;
pub(super) mod dedupe;
pub(super) mod listing;
pub(super) mod mails;
mod migrate;
pub(super) mod numbers;
pub(super) mod search;
pub(super) mod snapshot;
pub(super) mod talk;
pub(super) mod tokens;
pub(super) mod users;
mod writer;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Row as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::Notify;

use super::clock::whole;
use super::error::PortalError;
use crate::case::CaseNumber;
use answers::{Kept, Key};
pub(super) use batch::Batch;
use writer::{BUSY, Lease, Writer};

/// What queries run on.
pub(super) type Db = SqliteConnection;

/// How long a request waits for a connection to read with.
const TURN: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

/// The database file's name in the data directory.
pub(super) const FILE: &str = "portal.db";

/// The open database.
#[derive(Debug, Clone)]
pub(super) struct Store {
    writer: Writer,
    readers: SqlitePool,
    /// Rings after each commit of this process.
    written: Arc<Notify>,
}

/// What somebody writes, done as a whole by [`Write::commit`] or not at all.
///
/// It sees what others have written that isn't committed yet. So who tells somebody that a thing was done
/// before has to commit first, too, even without having written anything.
#[derive(Debug)]
pub(super) struct Write {
    lease: Lease,
    written: Arc<Notify>,
    /// When it began.
    pub(super) now: Timestamp,
    /// Whether there was a case then that is due to be closed by itself.
    pub(super) any_due: bool,
    /// What was answered before to the key that it began with.
    pub(super) kept: Option<Kept>,
    /// The number of the case that was opened last.
    last: i64,
}

impl Write {
    fn new(lease: Lease, written: Arc<Notify>) -> sqlx::Result<Self> {
        let row = lease.found.first().ok_or(sqlx::Error::RowNotFound)?;
        let (any_due, last) = (row.try_get("any_due")?, row.try_get("last_case")?);
        Ok(Self { now: lease.now, any_due, kept: answers::kept(row)?, last, lease, written })
    }

    pub(super) fn db(&mut self) -> &mut Db {
        debug_assert!(self.lease.rest.len() == 0, "what is written last isn't there yet");
        self.lease.db()
    }

    /// What is written last, all at once.
    pub(super) fn rest(&mut self) -> &mut Batch {
        &mut self.lease.rest
    }

    /// Writes at once what was to be written last.
    pub(super) async fn flush(&mut self) -> sqlx::Result<()> {
        std::mem::take(&mut self.lease.rest).run(self.lease.db()).await
    }

    /// The number of a case that is opened now.
    pub(super) fn next_number(&mut self) -> sqlx::Result<CaseNumber> {
        self.last += 1;
        cases::number(self.last)
    }

    /// Has a case found by what it says when this is committed; see [`search::index`]. Those who share a commit
    /// do it together.
    pub(super) fn index(&mut self, number: CaseNumber) {
        self.lease.changed.push(number);
    }

    /// Waits until it is on the disk, and with it all that it has seen. An error means that nothing was done.
    pub(super) async fn commit(self) -> sqlx::Result<()> {
        self.lease.commit().await?;
        self.written.notify_one();
        Ok(())
    }

    /// Writes nothing, and waits until all that it has seen is on the disk.
    pub(super) async fn undo(self) -> sqlx::Result<()> {
        self.lease.undo().await
    }
}

impl Store {
    /// Opens the database in the directory `data`, makes it if there is none, and brings it up to date.
    pub(super) async fn open(data: &Path) -> Result<Self, PortalError> {
        let unusable = |source| PortalError::Data { path: data.to_owned(), source };
        create_private(&data.join("blobs").join("partial")).map_err(unusable)?;
        // Two processes may begin at once; the second waits until the first has made the tables.
        let lock = File::create(data.join("portal.lock")).map_err(unusable)?;
        let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await;
        let _lock = lock.map_err(std::io::Error::other).and_then(|lock| lock).map_err(unusable)?;

        let file = data.join(FILE);
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .disable_statement_logging();
        let opening = |error| PortalError::opening(&file, error);
        let mut writer = options.connect().await.map_err(opening)?;
        migrate::run(&mut writer, &file).await?;
        writer::take_turns(&mut writer).await.map_err(opening)?;
        let writer = Writer::new(writer, options.clone());
        let readers = SqlitePoolOptions::new()
            .acquire_timeout(TURN)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .max_connections(READERS)
            .connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self { writer, readers, written: Arc::default() })
    }

    /// A connection to read with.
    pub(super) async fn read(&self) -> sqlx::Result<PoolConnection<Sqlite>> {
        self.readers.acquire().await
    }

    /// Begins to write, for the request with a key if it has one; waits for whoever writes now. `now` is asked
    /// once it is our turn.
    pub(super) async fn write(
        &self,
        now: impl Fn() -> Timestamp + Send + 'static,
        key: Option<Key>,
    ) -> sqlx::Result<Write> {
        let ask = move |batch: &mut Batch| {
            let now = now();
            let query = batch.add("SELECT EXISTS (SELECT 1 FROM cases WHERE closes_at <= ");
            query.push_bind(seconds(now)).push(
                ") AS any_due, (SELECT COALESCE(MAX(number), 0) FROM cases) AS last_case, \
                 a.request, a.status, a.headers, a.body FROM (SELECT 1) AS one",
            );
            answers::join(query, key.as_ref(), now);
            now
        };
        Write::new(self.writer.lend(Box::new(ask)).await?, Arc::clone(&self.written))
    }

    /// Waits until this process has written something since this was last asked. Only one may ask.
    pub(super) async fn written(&self) {
        self.written.notified().await;
    }

    /// Closes every connection.
    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Creates a directory, with those above it, for this user only: cases and passwords' hashes are in there.
fn create_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// A time as the database keeps it.
pub(super) fn seconds(time: Timestamp) -> i64 {
    time.as_second()
}

/// A time from the database.
pub(super) fn time(seconds: i64) -> Timestamp {
    whole(seconds)
}

/// The value of a column that holds one of docket's words.
pub(super) fn word<T: std::str::FromStr<Err = String>>(text: &str) -> sqlx::Result<T> {
    text.parse().map_err(|error: String| sqlx::Error::Decode(error.into()))
}

/// The setting called `name`.
pub(super) async fn setting(db: &mut Db, name: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT value FROM settings WHERE name = $1").bind(name).fetch_optional(db).await
}

/// Keeps a setting.
pub(super) async fn set(db: &mut Db, name: &str, value: &str) -> sqlx::Result<()> {
    let statement = "INSERT INTO settings (name, value) VALUES ($1, $2) \
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sqlx::query(statement).bind(name).bind(value).execute(db).await?;
    Ok(())
}
