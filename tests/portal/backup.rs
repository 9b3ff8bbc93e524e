//! Backups: made while others write, restored, checked.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use docket::portal::admin::{self, AdminError};
use docket::portal::{Clock, Portal};
use serde_json::json;

use crate::common::{TestPortal, options};

/// Unpacks a backup as the guide says.
fn restore(backup: &Path, to: &Path) {
    let done = Command::new("tar").arg("-xf").arg(backup).arg("-C").arg(to).status().unwrap();
    assert!(done.success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_made_while_others_write_restores_to_a_moment() {
    let portal = Arc::new(TestPortal::new().await);
    portal.token("kim").await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (portal, stop) = (Arc::clone(&portal), Arc::clone(&stop));
            tokio::spawn(async move {
                while !stop.load(Ordering::SeqCst) {
                    let number = portal.open("kim", json!({})).await;
                    portal.attach("kim", &number, "a.log", number.as_bytes()).await;
                }
            })
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let mut cases = Vec::new();
    for name in ["1.tar", "2.tar"] {
        let file = folder.path().join(name);
        let done = admin::backup(&portal.portal, &file, false).await.unwrap();
        assert_eq!(done.bytes, file.metadata().unwrap().len());
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions()),
            0o100_600
        );
        let checked = admin::check_backup(&file).await.unwrap();
        assert_eq!((checked.problems, checked.cases), (Vec::<String>::new(), done.cases));

        let restored = folder.path().join(name.trim_end_matches(".tar"));
        std::fs::create_dir(&restored).unwrap();
        restore(&file, &restored);
        let again = Portal::open(options(&restored), Clock::system()).await.unwrap();
        let report = admin::check(&again).await.unwrap();
        assert_eq!((report.problems, report.orphans), (Vec::<String>::new(), Vec::<String>::new()));
        assert_eq!((report.cases, report.attachments), (done.cases, done.attachments));
        again.close().await;
        cases.push(done.cases);
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(cases[0] <= cases[1], "{cases:?}");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 4, "nothing but the backups and what was restored");
}

#[tokio::test]
async fn a_backup_replaces_nothing_unless_it_is_told_to() {
    let portal = TestPortal::new().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.tar");
    std::fs::write(&file, "precious").unwrap();
    let error = admin::backup(&portal.portal, &file, false).await.unwrap_err();
    assert!(matches!(error, AdminError::Exists(_)), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
    admin::backup(&portal.portal, &file, true).await.unwrap();
    assert!(admin::check_backup(&file).await.unwrap().is_well());
}

#[tokio::test]
async fn a_backup_removes_what_killed_ones_have_left_and_nothing_that_is_in_use() {
    let portal = TestPortal::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // A killed one; one that was killed once it had its name; and one that is being made.
    let all =
        [".docket-backup-a", ".docket-backup-a.db", ".docket-backup-b.db", ".docket-backup-b.db-journal"];
    let busy = [".docket-backup-c", ".docket-backup-c.db"];
    all.iter().chain(&busy).for_each(|name| std::fs::write(path(name), "bytes").unwrap());
    std::fs::write(path("notes.txt"), "somebody's").unwrap();
    let lock = File::open(path(busy[0])).unwrap();
    lock.lock().unwrap();
    let left = || {
        let entries = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    admin::backup(&portal.portal, &path("1.tar"), false).await.unwrap();
    assert_eq!(left(), [busy[0], busy[1], "1.tar", "notes.txt"]);
    drop(lock);
    admin::backup(&portal.portal, &path("2.tar"), false).await.unwrap();
    assert_eq!(left(), ["1.tar", "2.tar", "notes.txt"]);
}

#[tokio::test]
async fn a_backup_that_was_cut_short_or_damaged_is_refused() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    portal.attach("kim", &number, "a.log", b"what was logged").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.tar");
    let whole = admin::backup(&portal.portal, &file, false).await.unwrap().bytes;
    let wrong = async || admin::check_backup(&file).await.unwrap_err().to_string();
    for length in [0, 100, 5_000, whole / 2, whole - 2_000, whole - 1] {
        let bytes = std::fs::read(&file).unwrap();
        File::options().write(true).open(&file).unwrap().set_len(length).unwrap();
        assert_eq!(
            wrong().await,
            format!("{} breaks off: it was cut short, and restores nothing", file.display()),
            "{length}"
        );
        std::fs::write(&file, bytes).unwrap();
    }
    // One byte of the attachment.
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(15).rposition(|found| found == b"what was logged").unwrap();
    bytes[at] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    assert_eq!(
        admin::check_backup(&file).await.unwrap().problems,
        ["attachment `a.log` of case 00000001: its file has other content than when it was attached"]
    );
    std::fs::write(&file, "no tar at all, but longer than nothing").unwrap();
    assert!(wrong().await.contains("breaks off"));
    std::fs::write(&file, [b'x'; 4096]).unwrap();
    assert!(wrong().await.ends_with("is no backup of a portal: it isn't a tar file, or is damaged"));
}

#[tokio::test]
async fn what_is_damaged_in_a_portal_is_not_backed_up_quietly() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    portal.attach("kim", &number, "a.log", b"what was logged").await;
    let sha256 = portal.rows("SELECT sha256 FROM attachments").await[0][0].clone();
    let blob = portal.directory.path().join("blobs").join(&sha256[..2]).join(&sha256);
    let file = portal.directory.path().join("portal.tar");
    for (bytes, why) in [
        (Some("what was looged"), "has other content than when it was attached"),
        (Some("what"), "is too short"),
        (None, "can't be read: No such file or directory (os error 2)"),
    ] {
        match bytes {
            Some(bytes) => std::fs::write(&blob, bytes).unwrap(),
            None => std::fs::remove_file(&blob).unwrap(),
        }
        let error = admin::backup(&portal.portal, &file, false).await.unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "attachment `a.log` of case 00000001: its file {why}; `docket portal check` says what else is wrong"
            )
        );
        assert!(!file.exists());
    }
}

#[tokio::test]
async fn a_history_with_a_gap_and_an_answer_that_cannot_be_read_are_found() {
    let portal = TestPortal::new().await;
    let number = portal.open("kim", json!({})).await;
    portal.close("kim", &number).await.ok();
    let file = portal.directory.path().join("portal.db");
    portal.portal.close().await;
    let statements = "DELETE FROM events WHERE seq = 1; UPDATE cases SET status = 'open'; \
                      INSERT INTO answers VALUES (1, 'a-key-of-16-chars', '', 201, '{', '{}', 0)";
    let options_ = sqlx::sqlite::SqliteConnectOptions::new().filename(file).foreign_keys(false);
    let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options_).await.unwrap();
    sqlx::raw_sql("DELETE FROM mails").execute(&mut db).await.unwrap();
    sqlx::raw_sql(statements).execute(&mut db).await.unwrap();
    let again = Portal::open(options(portal.directory.path()), portal.clock.clone()).await.unwrap();
    let problems = admin::check(&again).await.unwrap().problems;
    for expected in [
        "history: there is no event before event 2",
        "history: case 00000001 doesn't begin with its opening",
        "history: case 00000001 stands otherwise than its last event says",
        "answers: what was answered to the key `a-key-of-16-chars` can't be read",
    ] {
        assert!(problems.iter().any(|problem| problem == expected), "{expected}: {problems:?}");
    }
}

#[tokio::test]
async fn the_first_thing_in_a_backup_is_the_database() {
    let portal = TestPortal::new().await;
    let file = portal.directory.path().join("portal.tar");
    admin::backup(&portal.portal, &file, false).await.unwrap();
    let (mut tar, mut magic) = (File::open(&file).unwrap(), [0; 15]);
    tar.seek(SeekFrom::Start(512)).unwrap();
    tar.read_exact(&mut magic).unwrap();
    assert_eq!(&magic, b"SQLite format 3");
}
