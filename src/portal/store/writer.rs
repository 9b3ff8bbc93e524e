//! The one connection that writes, lent to one after the other, and the commits that they share.
//!
//! To make a commit last costs a wait for the disk, however much is in it. So while others wait for their turn,
//! what one has written isn't committed yet: it is closed off by a savepoint, the next one writes on top of it,
//! and one commit does for all of them. Nobody hears that it was done before that, and when the commit fails,
//! all of them hear so. Where nobody waits, a write is committed at once, with as many statements as without
//! any of this.
//!
//! A task owns the connection. Who wants to write asks it for a [`Lease`]; who drops one without saying that it
//! is done has written nothing.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Notify, oneshot};

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

/// Somebody who wants to write.
type Turn = oneshot::Sender<sqlx::Result<Lease>>;
/// Who is to be told what became of the commit.
type Waiting = oneshot::Sender<Result<(), Shared>>;

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
    /// The cases that are to be found by what they say then.
    pub(super) changed: Vec<CaseNumber>,
    back: Option<oneshot::Sender<Back>>,
}

/// What comes back of a lease: the connection, and who waits for the commit, with the cases that changed;
/// nobody, if it is to be undone.
#[derive(Debug)]
struct Back(SqliteConnection, Option<(Waiting, Vec<CaseNumber>)>);

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
    pub(super) async fn lend(&self) -> sqlx::Result<Lease> {
        let (turn, lease) = oneshot::channel();
        self.turns.send(turn).map_err(|_| sqlx::Error::PoolClosed)?;
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
        let (waiting, told) = oneshot::channel();
        self.hand_back(Some(waiting));
        match told.await {
            Ok(done) => done.map_err(sqlx::Error::from),
            Err(_) => Err(sqlx::Error::WorkerCrashed),
        }
    }

    fn hand_back(&mut self, waiting: Option<Waiting>) {
        if let (Some(connection), Some(back)) = (self.connection.take(), self.back.take()) {
            let waiting = waiting.map(|waiting| (waiting, std::mem::take(&mut self.changed)));
            // Where nobody takes it any more, the connection is closed, which undoes what was written.
            let _ = back.send(Back(connection, waiting));
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.hand_back(None);
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
        if first.is_closed() {
            return;
        }
        let mut connection = match self.begin().await {
            Ok(connection) => connection,
            Err(error) => return drop(first.send(Err(error))),
        };
        let began = Instant::now();
        let (mut members, mut changed, mut turn) = (Vec::new(), Vec::new(), first);
        loop {
            let Some(Back(back, waiting)) = lend(connection, turn).await else {
                return tell(members, &Err(Shared::lost()));
            };
            connection = back;
            let undo = waiting.is_none();
            if let Some((waiting, more)) = waiting {
                members.push(waiting);
                changed.extend(more);
            }
            let next = (members.len() < MOST && began.elapsed() < LONGEST).then(|| self.next()).flatten();
            let done = match (undo, &next) {
                (true, Some(_)) => run(&mut connection, "ROLLBACK TO written").await,
                (false, Some(_)) => run(&mut connection, "RELEASE written; SAVEPOINT written").await,
                (true, None) if members.is_empty() => run(&mut connection, "ROLLBACK").await,
                (true, None) => match run(&mut connection, "ROLLBACK TO written").await {
                    Ok(()) => commit(&mut connection, &changed).await,
                    undone => undone,
                },
                (false, None) => commit(&mut connection, &changed).await,
            };
            match (done, next) {
                (Ok(()), Some(next)) => turn = next,
                (Ok(()), None) => {
                    self.connection = Some(connection);
                    return tell(members, &Ok(()));
                }
                (Err(error), next) => {
                    // Whatever state it is in, closing undoes what isn't committed.
                    let _ = connection.close().await;
                    let error = Shared::new(&error);
                    if let Some(next) = next {
                        let _ = next.send(Err(error.clone().into()));
                    }
                    return tell(members, &Err(error));
                }
            }
        }
    }

    /// The next one who waits, if anybody does.
    fn next(&mut self) -> Option<Turn> {
        std::iter::from_fn(|| self.turns.try_recv().ok()).find(|turn| !turn.is_closed())
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

/// Has a connection look often whether another process's transaction has ended. Left to itself, SQLite looks
/// ever more rarely, and never when nobody writes if somebody always does.
pub(super) async fn take_turns(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let pragma = format!("PRAGMA busy_timeout = {}", LOOK.as_millis());
    sqlx::raw_sql(sqlx::AssertSqlSafe(pragma)).execute(connection).await.map(drop)
}

/// Lends the connection to one, and waits until it comes back.
async fn lend(connection: SqliteConnection, turn: Turn) -> Option<Back> {
    let (back, handed_back) = oneshot::channel();
    // Who is gone meanwhile drops the lease.
    let _ = turn.send(Ok(Lease { connection: Some(connection), changed: Vec::new(), back: Some(back) }));
    handed_back.await.ok()
}

/// Commits, with the words of the cases that changed.
async fn commit(connection: &mut SqliteConnection, changed: &[CaseNumber]) -> sqlx::Result<()> {
    if !changed.is_empty() {
        // Fails where the transaction has ended already; nothing may be written outside of one.
        run(connection, "RELEASE written").await?;
        search::index(connection, changed).await?;
    }
    run(connection, "COMMIT").await
}

fn tell(members: Vec<Waiting>, done: &Result<(), Shared>) {
    for member in members {
        // Whoever doesn't listen any more asks again with their key.
        let _ = member.send(done.clone());
    }
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

    fn lost() -> Self {
        Self { message: "the connection that writes was lost".to_owned(), code: None }
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
mod tests {
    use jiff::Timestamp;

    use super::super::{Store, Write, set, setting};
    use crate::api::problem::Kind;
    use crate::portal::problem::Problem;

    async fn write(store: &Store) -> Write {
        store.write(|| Timestamp::UNIX_EPOCH).await.unwrap()
    }

    async fn seen(store: &Store, names: &[&str]) -> Vec<bool> {
        let mut db = store.read().await.unwrap();
        let mut seen = Vec::new();
        for name in names {
            seen.push(setting(&mut db, name).await.unwrap().is_some());
        }
        seen
    }

    /// A write of `a` that is done but for the commit, because that of `b` has begun; and `b`.
    async fn two(store: &Store) -> (tokio::task::JoinHandle<sqlx::Result<()>>, Write) {
        let mut a = write(store).await;
        set(a.db(), "a", "").await.unwrap();
        let waiting = store.clone();
        let b = tokio::spawn(async move { write(&waiting).await });
        // In this one thread, that was the turn of `b` to ask.
        tokio::task::yield_now().await;
        let a = tokio::spawn(a.commit());
        let mut b = b.await.unwrap();
        set(b.db(), "b", "").await.unwrap();
        assert!(!a.is_finished());
        assert_eq!(seen(store, &["a", "b"]).await, [false, false]);
        (a, b)
    }

    #[tokio::test]
    async fn those_who_wait_share_a_commit_and_none_is_told_before_it() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path()).await.unwrap();
        let (a, b) = two(&store).await;
        b.commit().await.unwrap();
        assert_eq!(seen(&store, &["a", "b"]).await, [true, true]);
        a.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn one_that_is_dropped_leaves_the_others_alone() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path()).await.unwrap();
        let (a, b) = two(&store).await;
        drop(b);
        a.await.unwrap().unwrap();
        assert_eq!(seen(&store, &["a", "b"]).await, [true, false]);
        // And alone it leaves nothing, not even a transaction.
        let mut c = write(&store).await;
        set(c.db(), "c", "").await.unwrap();
        drop(c);
        write(&store).await.commit().await.unwrap();
        assert_eq!(seen(&store, &["c"]).await, [false]);
    }

    #[tokio::test]
    async fn a_commit_that_fails_fails_for_all_and_the_next_one_works() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path()).await.unwrap();
        let (a, mut b) = two(&store).await;
        // Only the commit finds out.
        let statements =
            "PRAGMA defer_foreign_keys = ON; INSERT INTO members (user_id, account) VALUES (9, '9')";
        sqlx::raw_sql(statements).execute(b.db()).await.unwrap();
        let error = b.commit().await.unwrap_err();
        assert!(error.to_string().contains("FOREIGN KEY"), "{error}");
        assert!(a.await.unwrap().unwrap_err().to_string().contains("FOREIGN KEY"));
        assert_eq!(seen(&store, &["a", "b"]).await, [false, false]);
        let mut c = write(&store).await;
        set(c.db(), "c", "").await.unwrap();
        c.commit().await.unwrap();
        assert_eq!(seen(&store, &["a", "c"]).await, [false, true]);
    }

    #[tokio::test]
    async fn where_one_has_ended_the_transaction_the_others_are_told_to_try_again() {
        for dropped in [true, false] {
            let directory = tempfile::tempdir().unwrap();
            let store = Store::open(directory.path()).await.unwrap();
            let (a, mut b) = two(&store).await;
            // As SQLite does it when a disk is full or fails.
            sqlx::raw_sql("ROLLBACK").execute(b.db()).await.unwrap();
            if dropped {
                drop(b);
            } else {
                assert!(b.commit().await.is_err());
            }
            let problem = Problem::from(a.await.unwrap().unwrap_err());
            assert_eq!(problem.kind, Kind::Unavailable, "{problem:?}");
            assert_eq!(seen(&store, &["a", "b"]).await, [false, false]);
            write(&store).await.commit().await.unwrap();
        }
    }

    #[tokio::test]
    async fn another_process_has_its_turn_while_this_one_writes_without_a_pause() {
        let directory = tempfile::tempdir().unwrap();
        let (busy, other) =
            (Store::open(directory.path()).await.unwrap(), Store::open(directory.path()).await.unwrap());
        let flood: Vec<_> = (0..8)
            .map(|at: u32| {
                let store = busy.clone();
                tokio::spawn(async move {
                    for round in 0.. {
                        let mut write = write(&store).await;
                        set(write.db(), &format!("{at} {round}"), "").await.unwrap();
                        write.commit().await.unwrap();
                    }
                })
            })
            .collect();
        for name in ["x", "y", "z"] {
            let mut write = write(&other).await;
            set(write.db(), name, "").await.unwrap();
            write.commit().await.unwrap();
        }
        assert!(flood.iter().all(|task| !task.is_finished()));
        flood.iter().for_each(tokio::task::JoinHandle::abort);
        assert_eq!(seen(&busy, &["x", "y", "z"]).await, [true; 3]);
    }

    #[tokio::test]
    async fn who_asks_after_the_end_is_turned_away() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path()).await.unwrap();
        store.close().await;
        let error = store.write(|| Timestamp::UNIX_EPOCH).await.unwrap_err();
        assert!(matches!(error, sqlx::Error::PoolClosed), "{error}");
    }
}
