//! Statements that are sent to the database together.
//!
//! SQLite runs in a thread of its own. The way there and back takes longer than most statements do, so what
//! needs no answer before the next one goes along with it.

use futures_util::TryStreamExt as _;
use sqlx::query_builder::Separated;
use sqlx::sqlite::SqliteRow;
use sqlx::{Either, Executor as _, QueryBuilder, Sqlite};

use super::Db;

/// Statements that run one after the other, until one fails.
pub(in crate::portal) struct Batch {
    text: QueryBuilder<Sqlite>,
    count: usize,
}

/// A statement that failed, and how many were done before it.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) done: usize,
    pub(super) error: sqlx::Error,
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("count", &self.count).finish_non_exhaustive()
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self { text: QueryBuilder::new(""), count: 0 }
    }
}

impl Batch {
    /// How many statements there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Adds a statement that begins with `text`; the rest of it is pushed by the caller.
    pub(super) fn add(&mut self, text: &'static str) -> &mut QueryBuilder<Sqlite> {
        if self.count > 0 {
            self.text.push(";\n");
        }
        self.count += 1;
        self.text.push(text)
    }

    /// Adds `INSERT INTO` a table and its columns, the values, and what follows them.
    pub(super) fn insert(
        &mut self,
        table: &'static str,
        bind: impl FnOnce(&mut Separated<'_, Sqlite, &'static str>),
        rest: &'static str,
    ) {
        let text = self.add("INSERT INTO ");
        text.push(table).push(" VALUES (");
        bind(&mut text.separated(", "));
        text.push(")").push(rest);
    }

    /// Runs them, and gives back the rows of all of them.
    pub(super) async fn rows(mut self, db: &mut Db) -> Result<Vec<SqliteRow>, Failed> {
        let (mut rows, mut done) = (Vec::new(), 0);
        if self.count == 0 {
            return Ok(rows);
        }
        let mut outcomes = db.fetch_many(self.text.build());
        loop {
            match outcomes.try_next().await {
                Ok(Some(Either::Left(_))) => done += 1,
                Ok(Some(Either::Right(row))) => rows.push(row),
                Ok(None) if done == self.count => return Ok(rows),
                Ok(None) => return Err(Failed { done, error: sqlx::Error::WorkerCrashed }),
                Err(error) => return Err(Failed { done, error }),
            }
        }
    }

    /// Runs them.
    pub(in crate::portal) async fn run(self, db: &mut Db) -> sqlx::Result<()> {
        self.rows(db).await.map(drop).map_err(|failed| failed.error)
    }
}
