//! What becomes of those who share a commit.

use jiff::Timestamp;

use super::super::{Store, Write, set, setting};
use crate::api::problem::Kind;
use crate::portal::problem::Problem;

async fn write(store: &Store) -> Write {
    store.write(|| Timestamp::UNIX_EPOCH, None).await.unwrap()
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
    let statements = "PRAGMA defer_foreign_keys = ON; INSERT INTO members (user_id, account) VALUES (9, '9')";
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
async fn what_is_written_last_and_fails_leaves_the_others_alone() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path()).await.unwrap();
    let (a, mut b) = two(&store).await;
    b.rest().add("INSERT INTO members (user_id, account) VALUES (9, '9')");
    let error = b.commit().await.unwrap_err();
    assert!(error.to_string().contains("FOREIGN KEY"), "{error}");
    a.await.unwrap().unwrap();
    assert_eq!(seen(&store, &["a", "b"]).await, [true, false]);
}

#[tokio::test]
async fn who_writes_nothing_hears_whether_what_was_seen_is_committed() {
    for fails in [false, true] {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(directory.path()).await.unwrap();
        let mut a = write(&store).await;
        set(a.db(), "a", "").await.unwrap();
        if fails {
            // Only the commit finds out.
            let statements =
                "PRAGMA defer_foreign_keys = ON; INSERT INTO members (user_id, account) VALUES (9, '9')";
            sqlx::raw_sql(statements).execute(a.db()).await.unwrap();
        }
        let waiting = store.clone();
        let b = tokio::spawn(async move { write(&waiting).await });
        tokio::task::yield_now().await;
        let a = tokio::spawn(a.commit());
        let mut b = b.await.unwrap();
        assert!(setting(b.db(), "a").await.unwrap().is_some());
        set(b.db(), "b", "").await.unwrap();
        assert_eq!(b.undo().await.is_err(), fails);
        assert_eq!(a.await.unwrap().is_err(), fails);
        assert_eq!(seen(&store, &["a", "b"]).await, [!fails, false]);
    }
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
    let error = store.write(|| Timestamp::UNIX_EPOCH, None).await.unwrap_err();
    assert!(matches!(error, sqlx::Error::PoolClosed), "{error}");
}
