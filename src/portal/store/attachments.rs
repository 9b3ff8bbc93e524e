//! Attachments, and the uploads that become them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::cases::{key, number, push_list};
use super::{Db, seconds, time};
use crate::api::tus;
use crate::case::{Attachment, CaseNumber};

fn attachment(row: &SqliteRow) -> sqlx::Result<Attachment> {
    Ok(Attachment {
        name: row.try_get("name")?,
        size: size(row.try_get("size")?),
        sha256: row.try_get("sha256")?,
        at: time(row.try_get("at")?),
        by: row.try_get("by")?,
        complete: true,
    })
}

/// Bytes from the database.
pub(super) fn size(bytes: i64) -> u64 {
    u64::try_from(bytes).unwrap_or_default()
}

fn bytes(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// The attachments of cases, oldest first, by case.
pub(super) async fn of_cases(db: &mut Db, numbers: &[i64]) -> sqlx::Result<BTreeMap<i64, Vec<Attachment>>> {
    let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM attachments WHERE number IN ");
    push_list(&mut query, numbers);
    query.push(" ORDER BY number, id");
    let mut files: BTreeMap<i64, Vec<Attachment>> = BTreeMap::new();
    for row in query.build().fetch_all(db).await? {
        files.entry(row.try_get("number")?).or_default().push(attachment(&row)?);
    }
    Ok(files)
}

/// The attachment of a case with a name.
pub(in crate::portal) async fn find(
    db: &mut Db,
    number: CaseNumber,
    name: &str,
) -> sqlx::Result<Option<Attachment>> {
    let query = "SELECT * FROM attachments WHERE number = $1 AND name = $2";
    let row = sqlx::query(query).bind(key(number)).bind(name).fetch_optional(db).await?;
    row.as_ref().map(attachment).transpose()
}

/// Adds an attachment whose blob is in its place.
pub(in crate::portal) async fn insert(
    db: &mut Db,
    number: CaseNumber,
    file: &Attachment,
) -> sqlx::Result<()> {
    let statement =
        "INSERT INTO attachments (number, name, size, sha256, at, by) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(statement)
        .bind(key(number))
        .bind(&file.name)
        .bind(bytes(file.size))
        .bind(&file.sha256)
        .bind(seconds(file.at))
        .bind(&file.by)
        .execute(db)
        .await?;
    Ok(())
}

/// The digest and size of every blob that an attachment needs, with a case that it belongs to.
pub(in crate::portal) async fn blobs(db: &mut Db) -> sqlx::Result<Vec<(String, u64, CaseNumber, String)>> {
    let query = "SELECT sha256, size, number, name FROM attachments ORDER BY sha256, id";
    let rows = sqlx::query(query).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let case = number(row.try_get("number")?)?;
            Ok((row.try_get("sha256")?, size(row.try_get("size")?), case, row.try_get("name")?))
        })
        .collect()
}

/// A file that is being sent.
#[derive(Debug, Clone)]
pub(in crate::portal) struct Upload {
    /// 32 hex digits.
    pub(in crate::portal) id: String,
    pub(in crate::portal) number: CaseNumber,
    pub(in crate::portal) user: i64,
    /// As it was announced, without folders.
    pub(in crate::portal) name: String,
    pub(in crate::portal) size: u64,
    /// When it was announced.
    pub(in crate::portal) began: Timestamp,
    pub(in crate::portal) done: bool,
}

impl Upload {
    /// Until when it is kept.
    pub(in crate::portal) fn expires(&self) -> Timestamp {
        self.began.checked_add(tus::KEPT).unwrap_or(Timestamp::MAX)
    }
}

/// Announces a file.
pub(in crate::portal) async fn begin(db: &mut Db, upload: &Upload) -> sqlx::Result<()> {
    let statement =
        "INSERT INTO uploads (id, number, user_id, name, size, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(statement)
        .bind(&upload.id)
        .bind(key(upload.number))
        .bind(upload.user)
        .bind(&upload.name)
        .bind(bytes(upload.size))
        .bind(seconds(upload.began))
        .execute(db)
        .await?;
    Ok(())
}

/// The upload called `id`.
pub(in crate::portal) async fn upload(db: &mut Db, id: &str) -> sqlx::Result<Option<Upload>> {
    let row = sqlx::query("SELECT * FROM uploads WHERE id = $1").bind(id).fetch_optional(db).await?;
    row.map(|row| {
        Ok(Upload {
            id: row.try_get("id")?,
            number: number(row.try_get("number")?)?,
            user: row.try_get("user_id")?,
            name: row.try_get("name")?,
            size: size(row.try_get("size")?),
            began: time(row.try_get("created_at")?),
            done: row.try_get::<Option<i64>, _>("done_at")?.is_some(),
        })
    })
    .transpose()
}

/// All of the file has arrived.
pub(in crate::portal) async fn done(db: &mut Db, id: &str, now: Timestamp) -> sqlx::Result<()> {
    let statement = "UPDATE uploads SET done_at = $1 WHERE id = $2";
    sqlx::query(statement).bind(seconds(now)).bind(id).execute(db).await?;
    Ok(())
}

/// Forgets an upload that isn't an attachment yet.
pub(in crate::portal) async fn forget(db: &mut Db, id: &str) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM uploads WHERE id = $1 AND done_at IS NULL").bind(id).execute(db).await?;
    Ok(())
}

/// Forgets the uploads whose time is over by now, and gives back their ids.
pub(in crate::portal) async fn forget_expired(db: &mut Db, now: Timestamp) -> sqlx::Result<Vec<String>> {
    let before = now.checked_sub(tus::KEPT).unwrap_or(now);
    let statement = "DELETE FROM uploads WHERE created_at <= $1 RETURNING id";
    sqlx::query_scalar(statement).bind(seconds(before)).fetch_all(db).await
}
