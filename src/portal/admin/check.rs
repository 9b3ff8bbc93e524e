//! Whether database and blobs agree.

use std::collections::BTreeSet;

use serde::Serialize;
use sqlx::Row as _;

use super::AdminError;
use crate::portal::store::numbers::Numbers;
use crate::portal::store::{Db, attachments, dedupe, search};
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
    let mut report = CheckReport::default();
    let mut db = portal.read().await?;
    check_database(&mut db, &mut report).await?;
    check_lanes(&mut db, &mut report).await?;
    check_marks(&mut db, &mut report).await?;
    check_keys(&mut db, &mut report).await?;
    let needed = attachments::blobs(&mut db).await?;
    drop(db);

    report.attachments = needed.len() as u64;
    let blobs = portal.0.blobs.clone();
    let checked = tokio::task::spawn_blocking(move || check_blobs(&blobs, &needed, report)).await;
    checked.map_err(std::io::Error::other)?.map_err(AdminError::from)
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
    let cases: i64 = sqlx::query_scalar("SELECT count(*) FROM cases").fetch_one(db).await?;
    report.cases = cases.try_into().unwrap_or_default();
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

fn check_blobs(
    blobs: &blobs::Blobs,
    needed: &[(String, u64, crate::case::CaseNumber, String)],
    mut report: CheckReport,
) -> std::io::Result<CheckReport> {
    let mut seen = BTreeSet::new();
    for (sha256, size, number, name) in needed {
        if !seen.insert(sha256) {
            continue;
        }
        report.bytes += size;
        let wrong = match blobs::digest(&blobs.path(sha256)) {
            Err(error) => format!("can't be read: {error}"),
            Ok((_, found)) if found != *size => format!("has {found} bytes in place of {size}"),
            Ok((found, _)) if found != *sha256 => "has other content than when it was attached".to_owned(),
            Ok(_) => continue,
        };
        report.problems.push(format!("attachment `{name}` of case {number}: its file {wrong}"));
    }
    let orphans = blobs.all()?.into_iter().filter(|found| !seen.contains(&found.sha256));
    report.orphans = orphans.map(|found| found.path.display().to_string()).collect();
    Ok(report)
}
