//! The one connection that writes, lent to one after the other, and the commits that they share.
//!
//! To make a commit last costs a wait for the disk, however much is in it. So while others wait for their turn,
//! what one has written isn't committed yet: it is closed off by a savepoint, the next one writes on top of it,
//! and one commit does for all of them. Nobody hears that it was done before that, and when the commit fails,
//! all of them hear so. Where nobody waits, a write is committed at once.
//!
//! A task owns the connection. Who wants to write asks it for a [`Lease`], and says what it wants to know first;
//! who drops one without saying that it is done has written nothing. What one leaves to be written last, the
//! savepoint, and what the next one wants to know go to the database in one message.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Notify, oneshot};

use super::batch::{Batch, Failed};
use super::{Db, search};
use crate::case::CaseNumber;

/// How long a writer waits for another process's transaction.
pub(super) const BUSY: Duration = Duration::from_secs(5);
/// How often it looks whether that has ended.
const LOOK: Duration = Duration::from_millis(10);
/// How long a request waits for its turn.
const TURN: Duration = Duration::from_secs(10);
/// Writes that share a commit.
const MOST: usize = 64;
/// How long a commit may be put off for those who wait.
const LONGEST: Duration = Duration::from_millis(50);
/// After how long without a gap there is one, so that other processes have their turn, too: longer than they
/// take to look.
const WITHOUT_GAP: Duration = Duration::from_millis(500);
const GAP: Duration = Duration::from_millis(15);

/// Closes off what was written; fails where the transaction has ended.
const CLOSE_OFF: [&str; 2] = ["RELEASE written", "SAVEPOINT written"];

/// Adds what somebody wants to know at the beginning of their turn, and gives back when that is.
pub(super) type Ask = Box<dyn Fn(&mut Batch) -> Timestamp + Send>;
/// Who is to be told what became of the commit.
type Waiting = oneshot::Sender<sqlx::Result<()>>;

/// Somebody who wants to write.
struct Turn {
    ask: Ask,
    lease: oneshot::Sender<sqlx::Result<Lease>>,
}

/// Where to ask for a turn; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    turns: UnboundedSender<Turn>,
    stop: Arc<Notify>,
}

/// The connection, in a transaction, for as long as one writes.
#[derive(Debug)]
pub(super) struct Lease {
    /// There until it is handed back.
    connection: Option<SqliteConnection>,
    /// When it began.
    pub(super) now: Timestamp,
    /// What it wanted to know.
    pub(super) found: Vec<SqliteRow>,
    /// What is written last, before the commit. It gives no rows.
    pub(super) rest: Batch,
    /// The cases that are to be found by what they say then.
    pub(super) changed: Vec<CaseNumber>,
    back: Option<oneshot::Sender<Back>>,
}

/// What comes back of a lease.
#[derive(Debug)]
struct Back {
    connection: SqliteConnection,
    /// What is left to be written, with the cases that changed; nothing, if all is to be undone.
    done: Option<(Batch, Vec<CaseNumber>)>,
    /// Who listens.
    waiting: Option<Waiting>,
}

impl Writer {
    /// Lends `connection`, and another one with `options` should it fail.
    pub(super) fn new(connection: SqliteConnection, options: SqliteConnectOptions) -> Self {
        let (turns, asked) = unbounded_channel();
        let stop = Arc::new(Notify::new());
        let lender = Lender { connection: Some(connection), options, turns: asked };
        tokio::spawn(lender.run(Arc::clone(&stop)));
        Self { turns, stop }
    }

    /// Waits for its turn to write.
    pub(super) async fn lend(&self, ask: Ask) -> sqlx::Result<Lease> {
        let (turn, lease) = oneshot::channel();
        self.turns.send(Turn { ask, lease: turn }).map_err(|_| sqlx::Error::PoolClosed)?;
        match tokio::time::timeout(TURN, lease).await {
            Ok(lease) => lease.map_err(|_| sqlx::Error::PoolClosed)?,
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    /// Closes the connection once nobody writes; who still waits is turned away.
    pub(super) async fn close(&self) {
        self.stop.notify_one();
        self.turns.closed().await;
    }
}

impl Lease {
    pub(super) fn db(&mut self) -> &mut Db {
        self.connection.as_mut().expect("it is handed back by those who own the lease")
    }

    /// Waits until what was written is committed.
    pub(super) async fn commit(mut self) -> sqlx::Result<()> {
        let done = (std::mem::take(&mut self.rest), std::mem::take(&mut self.changed));
        self.settle(Some(done)).await
    }

    /// Writes nothing, and waits until all that was seen is committed.
    pub(super) async fn undo(mut self) -> sqlx::Result<()> {
        self.settle(None).await
    }

    async fn settle(&mut self, done: Option<(Batch, Vec<CaseNumber>)>) -> sqlx::Result<()> {
        let (waiting, told) = oneshot::channel();
        self.hand_back(done, Some(waiting));
        told.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }

    fn hand_back(&mut self, done: Option<(Batch, Vec<CaseNumber>)>, waiting: Option<Waiting>) {
        if let (Some(connection), Some(back)) = (self.connection.take(), self.back.take()) {
            // Where nobody takes it any more, the connection is closed, which undoes what was written.
            let _ = back.send(Back { connection, done, waiting });
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.hand_back(None, None);
    }
}

/// Who owns the connection.
struct Lender {
    /// None after it has failed.
    connection: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    turns: UnboundedReceiver<Turn>,
}

impl Lender {
    async fn run(mut self, stop: Arc<Notify>) {
        let mut since = Instant::now();
        loop {
            let turn = match self.turns.try_recv() {
                Ok(turn) => turn,
                Err(_) => {
                    let turn = tokio::select! {
                        () = stop.notified() => break,
                        turn = self.turns.recv() => turn,
                    };
                    since = Instant::now();
                    let Some(turn) = turn else { break };
                    turn
                }
            };
            if since.elapsed() > WITHOUT_GAP {
                tokio::time::sleep(GAP).await;
                since = Instant::now();
            }
            self.share(turn).await;
        }
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
    }

    /// One transaction: that of `first`, and of those who come while it isn't committed.
    async fn share(&mut self, first: Turn) {
        if first.lease.is_closed() {
            return;
        }
        let connection = match self.begin().await {
            Ok(connection) => connection,
            Err(error) => return drop(first.lease.send(Err(error))),
        };
        let mut group = Group {
            connection: Some(connection),
            began: Instant::now(),
            next: Some(first),
            closed_off: true,
            written: 0,
            changed: Vec::new(),
            waiting: Vec::new(),
        };
        let failed = self.gather(&mut group).await.err().map(|error| Shared::new(&error));
        match (group.connection, &failed) {
            (connection, None) => self.connection = connection,
            // Whatever state it is in, closing undoes what isn't committed.
            (Some(connection), Some(_)) => drop(connection.close().await),
            (None, Some(_)) => {}
        }
        let outcome = || failed.clone().map_or(Ok(()), |failed| Err(failed.into()));
        if let (Some(next), Err(error)) = (group.next, outcome()) {
            let _ = next.lease.send(Err(error));
        }
        for waiting in group.waiting {
            // Whoever doesn't listen any more asks again with their key.
            let _ = waiting.send(outcome());
        }
    }

    /// Lends the connection to one after the other, and commits.
    async fn gather(&mut self, group: &mut Group) -> sqlx::Result<()> {
        let mut found = None;
        while group.next.is_some() {
            let known = match found.take() {
                Some(known) => known,
                None => group.ask().await?,
            };
            let back = group.lend(known).await?;
            group.next = self.next(group);
            found = group.take_back(back).await?;
            if group.next.is_none() {
                // Somebody may have come meanwhile.
                group.next = self.next(group);
            }
        }
        group.commit().await
    }

    /// The next one who waits, if anybody does and there is room.
    fn next(&mut self, group: &Group) -> Option<Turn> {
        if group.written >= MOST || group.began.elapsed() >= LONGEST {
            return None;
        }
        std::iter::from_fn(|| self.turns.try_recv().ok()).find(|turn| !turn.lease.is_closed())
    }

    /// Begins a transaction once no other process has one.
    async fn begin(&mut self) -> sqlx::Result<SqliteConnection> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = self.options.connect().await?;
                take_turns(&mut connection).await?;
                connection
            }
        };
        let until = Instant::now() + BUSY;
        loop {
            match run(&mut connection, "BEGIN IMMEDIATE; SAVEPOINT written").await {
                Ok(()) => return Ok(connection),
                Err(error) if is_busy(&error) && Instant::now() < until => {}
                Err(error) => {
                    self.connection = Some(connection);
                    return Err(error);
                }
            }
        }
    }
}

/// Those who share a transaction.
struct Group {
    /// There but while it is lent.
    connection: Option<SqliteConnection>,
    began: Instant,
    /// Whose turn is next.
    next: Option<Turn>,
    /// Whether nothing was written since the last savepoint.
    closed_off: bool,
    /// How many have written something.
    written: usize,
    changed: Vec<CaseNumber>,
    /// Who is to be told how it ends.
    waiting: Vec<Waiting>,
}

/// When a turn begins, and what its owner wanted to know.
type Known = (Timestamp, Vec<SqliteRow>);

impl Group {
    fn connection(&mut self) -> sqlx::Result<&mut SqliteConnection> {
        self.connection.as_mut().ok_or(sqlx::Error::WorkerCrashed)
    }

    /// Has the next one's question answered.
    async fn ask(&mut self) -> sqlx::Result<Known> {
        let mut batch = Batch::default();
        let now = self.add_question(&mut batch).ok_or(sqlx::Error::WorkerCrashed)?;
        let found = batch.rows(self.connection()?).await.map_err(|failed| failed.error)?;
        self.closed_off = true;
        Ok((now, found))
    }

    /// Adds what comes between the turn before and that of the next one, if there is one.
    fn add_question(&self, batch: &mut Batch) -> Option<Timestamp> {
        let next = self.next.as_ref()?;
        if !self.closed_off {
            for statement in CLOSE_OFF {
                batch.add(statement);
            }
        }
        Some((next.ask)(batch))
    }

    /// Lends the connection to the next one, and waits until it comes back.
    async fn lend(&mut self, (now, found): Known) -> sqlx::Result<Back> {
        let (back, handed_back) = oneshot::channel();
        let lease = Lease {
            connection: self.connection.take(),
            now,
            found,
            rest: Batch::default(),
            changed: Vec::new(),
            back: Some(back),
        };
        self.closed_off = false;
        if let Some(turn) = self.next.take() {
            // Who is gone meanwhile drops the lease.
            let _ = turn.lease.send(Ok(lease));
        }
        handed_back.await.map_err(|_| sqlx::Error::WorkerCrashed)
    }

    /// Writes what one has left to be written or undoes what was, and answers what the next one asks.
    async fn take_back(&mut self, back: Back) -> sqlx::Result<Option<Known>> {
        let Back { connection, done, waiting } = back;
        self.connection = Some(connection);
        let Some((mut batch, changed)) = done else {
            self.waiting.extend(waiting);
            return self.undo().await.map(|()| None);
        };
        let own = batch.len();
        let now = self.add_question(&mut batch);
        match batch.rows(self.connection()?).await {
            Ok(found) => {
                self.closed_off = now.is_some();
                self.written += 1;
                self.changed.extend(changed);
                self.waiting.extend(waiting);
                Ok(now.map(|now| (now, found)))
            }
            Err(Failed { done, error }) if done < own => {
                if let Some(waiting) = waiting {
                    let _ = waiting.send(Err(error));
                }
                self.undo().await.map(|()| None)
            }
            Err(Failed { error, .. }) => {
                self.waiting.extend(waiting);
                Err(error)
            }
        }
    }

    /// Undoes what was written since the last savepoint.
    async fn undo(&mut self) -> sqlx::Result<()> {
        run(self.connection()?, "ROLLBACK TO written").await?;
        self.closed_off = true;
        Ok(())
    }

    /// Commits, with the words of the cases that changed.
    async fn commit(&mut self) -> sqlx::Result<()> {
        if self.written == 0 {
            return run(self.connection()?, "ROLLBACK").await;
        }
        let changed = std::mem::take(&mut self.changed);
        let connection = self.connection()?;
        if !changed.is_empty() {
            // Fails where the transaction has ended already; nothing may be written outside of one.
            run(connection, "RELEASE written").await?;
            search::index(connection, &changed).await?;
        }
        run(connection, "COMMIT").await
    }
}

/// Has a connection look often whether another process's transaction has ended. Left to itself, SQLite looks
/// ever more rarely, and never when nobody writes if somebody always does.
pub(super) async fn take_turns(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let pragma = format!("PRAGMA busy_timeout = {}", LOOK.as_millis());
    sqlx::raw_sql(sqlx::AssertSqlSafe(pragma)).execute(connection).await.map(drop)
}

async fn run(connection: &mut SqliteConnection, statements: &'static str) -> sqlx::Result<()> {
    sqlx::query(statements).execute(connection).await.map(drop)
}

fn is_busy(error: &sqlx::Error) -> bool {
    const BUSY: u32 = 5;
    let code = error.as_database_error().and_then(|cause| cause.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == BUSY)
}

/// Why a commit failed, for each of those who shared it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
struct Shared {
    message: String,
    code: Option<String>,
}

impl Shared {
    /// Where SQLite has ended the transaction by itself, because one write failed badly, the statement that was
    /// to end it is the one that is wrong. For the others, it is as if the database had been busy.
    fn new(error: &sqlx::Error) -> Self {
        const WRONG: &str = "1";
        const BUSY: &str = "5";
        let code = error.as_database_error().and_then(DatabaseError::code).map(Cow::into_owned);
        match code.as_deref() {
            Some(WRONG) => Self {
                message: format!("a write that shared the transaction has ended it: {error}"),
                code: Some(BUSY.to_owned()),
            },
            _ => Self { message: error.to_string(), code },
        }
    }
}

impl DatabaseError for Shared {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.code.as_deref().map(Cow::Borrowed)
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

#[cfg(test)]
mod tests;
