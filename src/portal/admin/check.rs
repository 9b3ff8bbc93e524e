//! Whether database and blobs agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use futures_util::StreamExt as _;
use serde::Serialize;
use sqlx::{Connection as _, Row as _};

use super::AdminError;
use super::backup::{Needed, unpack};
use crate::portal::store::numbers::Numbers;
use crate::portal::store::{Db, attachments, cases, dedupe, search};
use crate::portal::{Portal, blobs};

/// What was looked at and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Cases in the database.
    pub cases: u64,
    /// Attachments in the database.
    pub attachments: u64,
    /// Bytes of all blobs that attachments need.
    pub bytes: u64,
    /// What is wrong, a sentence each; nothing, when all is well.
    pub problems: Vec<String>,
    /// Blobs that no attachment needs, as a crash in the wrong moment leaves them; they do no harm.
    pub orphans: Vec<String>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Reads the whole database and every blob.
pub async fn check(portal: &Portal) -> Result<CheckReport, AdminError> {
    let (mut report, needed) = check_rows(portal).await?;
    let blobs = portal.0.blobs.clone();
    let checked = tokio::task::spawn_blocking(move || {
        check_blobs(&needed, &mut report, |sha256| blobs::digest(&blobs.path(sha256)));
        let all = blobs.all()?.into_iter();
        let known: BTreeSet<&str> = needed.iter().map(|(sha256, ..)| sha256.as_str()).collect();
        let orphans = all.filter(|found| !known.contains(found.sha256.as_str()));
        report.orphans = orphans.map(|found| found.path.display().to_string()).collect();
        Ok::<_, std::io::Error>(report)
    });
    Ok(checked.await.map_err(std::io::Error::other)??)
}

/// Reads all of a backup, as [`check`] does a portal; fails when it isn't whole.
pub async fn check_backup(file: &Path) -> Result<CheckReport, AdminError> {
    let unpacked = unpack(file).await?;
    let checked = check_rows(&unpacked.portal).await;
    unpacked.portal.close().await;
    let (mut report, needed) = checked?;
    check_blobs(&needed, &mut report, |sha256| {
        let missing = || std::io::Error::new(std::io::ErrorKind::NotFound, "it isn't in the backup");
        unpacked.blobs.get(sha256).cloned().ok_or_else(missing)
    });
    Ok(report)
}

/// What the database says, and the blobs that it needs.
async fn check_rows(portal: &Portal) -> Result<(CheckReport, Needed), AdminError> {
    let mut report = CheckReport::default();
    let mut db = portal.read().await?;
    // All of it as it was at one moment: a portal may be serving meanwhile.
    let mut db = db.begin().await?;
    check_database(&mut db, &mut report).await?;
    check_lanes(&mut db, &mut report).await?;
    check_marks(&mut db, &mut report).await?;
    check_keys(&mut db, &mut report).await?;
    check_events(&mut db, &mut report).await?;
    check_answers(&mut db, &mut report).await?;
    let needed = attachments::blobs(&mut db).await?;
    report.attachments = needed.len() as u64;
    Ok((report, needed))
}

async fn check_database(db: &mut Db, report: &mut CheckReport) -> Result<(), AdminError> {
    let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *db).await?;
    report
        .problems
        .extend(found.into_iter().filter(|line| line != "ok").map(|line| format!("database: {line}")));
    for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *db).await? {
        let (table, parent): (String, String) = (row.try_get(0)?, row.try_get(2)?);
        report
            .problems
            .push(format!("database: a row of {table} refers to one of {parent} that isn't there"));
    }
    report.cases = cases::count_all(db).await?;
    Ok(())
}

/// The counters against the cases themselves.
async fn check_lanes(db: &mut Db, report: &mut CheckReport) -> Result<(), AdminError> {
    let query = "SELECT account, status, product, sum(counted) AS counted, sum(there) AS there FROM (\
                 SELECT account, status, product, cases AS counted, 0 AS there FROM lanes \
                 UNION ALL SELECT account, status, product, 0, 1 FROM cases) AS both_sides \
                 GROUP BY account, status, product HAVING sum(counted) <> sum(there)";
    for row in sqlx::query(query).fetch_all(db).await? {
        let text = |column: &str| row.try_get::<String, _>(column);
        report.problems.push(format!(
            "counters: account {}, {} cases of {}: {} counted, {} there",
            text("account")?,
            text("status")?,
            text("product")?,
            row.try_get::<i64, _>("counted")?,
            row.try_get::<i64, _>("there")?,
        ));
    }
    Ok(())
}

/// What lists are put together from against the cases themselves.
async fn check_marks(db: &mut Db, report: &mut CheckReport) -> Result<(), AdminError> {
    let (kept, right) = search::marks(db).await?;
    for mark in kept.keys().chain(right.keys()).collect::<BTreeSet<_>>() {
        let (kept, right) = (kept.get(mark), right.get(mark));
        if kept != right {
            let [kept, right] = [kept, right].map(|numbers| numbers.map_or(0, Numbers::len));
            report.problems.push(format!("search: {kept} cases have the mark {mark}, and {right} should"));
        }
    }
    Ok(())
}

/// Dedupe keys against the cases that have them.
async fn check_keys(db: &mut Db, report: &mut CheckReport) -> Result<(), AdminError> {
    for number in dedupe::held_by_closed(db).await? {
        report.problems.push(format!("alerts: case {number} is closed and has its dedupe key still"));
    }
    Ok(())
}

/// The history against the cases: every case was opened, its last event says how it stands, and no event is
/// missing in between.
async fn check_events(db: &mut Db, report: &mut CheckReport) -> Result<(), AdminError> {
    let gaps = "SELECT seq FROM events e WHERE seq > 1 AND NOT EXISTS \
                (SELECT 1 FROM events b WHERE b.seq = e.seq - 1) ORDER BY seq LIMIT 10";
    for seq in sqlx::query_scalar::<_, i64>(gaps).fetch_all(&mut *db).await? {
        report.problems.push(format!("history: there is no event before event {seq}"));
    }
    let unopened = "SELECT c.number FROM cases c WHERE coalesce((SELECT e.kind FROM events e \
                    WHERE e.number = c.number ORDER BY e.seq LIMIT 1), '') <> 'opened' ORDER BY c.number LIMIT 10";
    for number in sqlx::query_scalar::<_, i64>(unopened).fetch_all(&mut *db).await? {
        report.problems.push(format!("history: case {number:08} doesn't begin with its opening"));
    }
    let other = "SELECT c.number FROM cases c WHERE c.status <> (SELECT e.status FROM events e \
                 WHERE e.number = c.number ORDER BY e.seq DESC LIMIT 1) ORDER BY c.number LIMIT 10";
    for number in sqlx::query_scalar::<_, i64>(other).fetch_all(db).await? {
        report.problems.push(format!("history: case {number:08} stands otherwise than its last event says"));
    }
    Ok(())
}

/// The answers to idempotency keys: whoever asks again has to get them.
async fn check_answers(db: &mut Db, report: &mut CheckReport) -> Result<(), AdminError> {
    let mut rows = sqlx::query("SELECT key, status, headers, body FROM answers").fetch(db);
    while let Some(row) = rows.next().await {
        let row = row?;
        let (key, status): (String, i64) = (row.try_get("key")?, row.try_get("status")?);
        let (headers, body): (&str, &str) = (row.try_get("headers")?, row.try_get("body")?);
        let readable = (200..300).contains(&status)
            && serde_json::from_str::<BTreeMap<String, String>>(headers).is_ok()
            && (body.is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok());
        if !readable {
            report.problems.push(format!("answers: what was answered to the key `{key}` can't be read"));
        }
    }
    Ok(())
}

/// The files of attachments; `look` gives the digest and the size of what a file has.
fn check_blobs(
    needed: &Needed,
    report: &mut CheckReport,
    look: impl Fn(&str) -> std::io::Result<(String, u64)>,
) {
    let mut seen = BTreeSet::new();
    for (sha256, size, number, name) in needed {
        if !seen.insert(sha256) {
            continue;
        }
        report.bytes += size;
        let wrong = match look(sha256) {
            Err(error) => format!("can't be read: {error}"),
            Ok((_, found)) if found != *size => format!("has {found} bytes in place of {size}"),
            Ok((found, _)) if found != *sha256 => "has other content than when it was attached".to_owned(),
            Ok(_) => continue,
        };
        report.problems.push(format!("attachment `{name}` of case {number}: its file {wrong}"));
    }
}
