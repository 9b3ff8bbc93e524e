//! Cases, and the numbers of their lanes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, QueryBuilder, Row as _, Sqlite};

use super::{Batch, Db, attachments, dedupe, search, seconds, time, word};
use crate::account::AccountRef;
use crate::case::{Case, CaseNumber, Details, Status};
use crate::rules::Draft;

/// Every column of a case, and its account's name.
pub(super) const SELECT: &str =
    "SELECT c.*, a.name AS account_name FROM cases c JOIN accounts a ON a.id = c.account";

/// The answers that have a column; `account` and `attachment` are kept elsewhere.
const COLUMNS: &[&str] = &[
    "product",
    "category",
    "subcategory",
    "subject",
    "description",
    "envelope_id",
    "user_impact",
    "environment",
    "business_impact",
    "contact_method",
    "phone",
    "occurred_before",
    "product_version",
    "browser",
    "steps",
];

/// A case without its comments, attachments and watchers; `base` is the portal's address.
pub(super) fn case(row: &SqliteRow, base: &str) -> sqlx::Result<Case> {
    let at = |column: &str| Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(column)?.map(time));
    let number = number(row.try_get("number")?)?;
    Ok(Case {
        number,
        url: url(base, number),
        status: word(row.try_get("status")?)?,
        account: AccountRef { id: row.try_get("account")?, name: row.try_get("account_name")? },
        product: row.try_get("product")?,
        category: row.try_get("category")?,
        subcategory: row.try_get("subcategory")?,
        subject: row.try_get("subject")?,
        description: row.try_get("description")?,
        occurred_at: at("occurred_at")?,
        envelope_id: row.try_get("envelope_id")?,
        user_impact: row.try_get("user_impact")?,
        environment: row.try_get("environment")?,
        business_impact: row.try_get("business_impact")?,
        contact_method: row.try_get("contact_method")?,
        phone: row.try_get("phone")?,
        language: row.try_get("language")?,
        details: Details {
            occurred_before: row.try_get("occurred_before")?,
            product_version: row.try_get("product_version")?,
            browser: row.try_get("browser")?,
            steps: row.try_get("steps")?,
        },
        opened_by: row.try_get("opened_by")?,
        created_at: time(row.try_get("created_at")?),
        updated_at: time(row.try_get("updated_at")?),
        closes_at: at("closes_at")?,
        closed_at: at("closed_at")?,
        close_reason: row.try_get("close_reason")?,
        follows: row.try_get::<Option<i64>, _>("follows")?.map(self::number).transpose()?,
        watchers: Vec::new(),
        comments: None,
        attachments: Vec::new(),
    })
}

/// Where people find the case.
pub(in crate::portal) fn url(base: &str, number: CaseNumber) -> String {
    format!("{base}{}", crate::api::path::of_case(crate::api::path::CASE_PAGE, number))
}

/// A case number from the database.
pub(super) fn number(number: i64) -> sqlx::Result<CaseNumber> {
    u32::try_from(number)
        .ok()
        .and_then(CaseNumber::new)
        .ok_or_else(|| sqlx::Error::Decode(format!("{number} is not a case number").into()))
}

/// A case number for the database.
pub(super) fn key(number: CaseNumber) -> i64 {
    i64::from(number.get())
}

/// The case with a number, as [`case`] reads it.
pub(in crate::portal) async fn find(
    db: &mut Db,
    number: CaseNumber,
    base: &str,
) -> sqlx::Result<Option<Case>> {
    let query = sqlx::query(AssertSqlSafe(format!("{SELECT} WHERE c.number = $1"))).bind(key(number));
    query.fetch_optional(db).await?.map(|row| case(&row, base)).transpose()
}

/// The cases with these numbers, in this order, with watchers and attachments.
pub(in crate::portal) async fn listed(db: &mut Db, numbers: &[i64], base: &str) -> sqlx::Result<Vec<Case>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Sqlite>::new(SELECT);
    query.push(" WHERE c.number IN ");
    push_list(&mut query, numbers);
    let rows = query.build().fetch_all(&mut *db).await?;
    let mut found = BTreeMap::new();
    for row in &rows {
        found.insert(row.try_get::<i64, _>("number")?, case(row, base)?);
    }
    let mut cases: Vec<Case> = numbers.iter().filter_map(|number| found.remove(number)).collect();
    add_watchers_and_attachments(db, &mut cases).await?;
    Ok(cases)
}

/// Puts watchers and attachments into cases.
pub(in crate::portal) async fn add_watchers_and_attachments(
    db: &mut Db,
    cases: &mut [Case],
) -> sqlx::Result<()> {
    let numbers: Vec<i64> = cases.iter().map(|case| key(case.number)).collect();
    let mut watchers: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut query = QueryBuilder::<Sqlite>::new("SELECT number, email FROM watchers WHERE number IN ");
    push_list(&mut query, &numbers);
    query.push(" ORDER BY number, email");
    for row in query.build().fetch_all(&mut *db).await? {
        watchers.entry(row.try_get("number")?).or_default().push(row.try_get("email")?);
    }
    let mut files = attachments::of_cases(db, &numbers).await?;
    for case in cases {
        case.watchers = watchers.remove(&key(case.number)).unwrap_or_default();
        case.attachments = files.remove(&key(case.number)).unwrap_or_default();
    }
    Ok(())
}

/// Writes `($1, $2, …)`.
pub(super) fn push_list(query: &mut QueryBuilder<Sqlite>, numbers: &[i64]) {
    query.push("(");
    let mut list = query.separated(", ");
    for number in numbers {
        list.push_bind(*number);
    }
    query.push(")");
}

/// What a new case is made of.
#[derive(Debug)]
pub(in crate::portal) struct Opening<'a> {
    pub(in crate::portal) number: CaseNumber,
    pub(in crate::portal) account: &'a str,
    pub(in crate::portal) answers: &'a Draft,
    pub(in crate::portal) occurred_at: Option<Timestamp>,
    pub(in crate::portal) language: &'a str,
    pub(in crate::portal) opened_by: &'a str,
    pub(in crate::portal) follows: Option<CaseNumber>,
    pub(in crate::portal) now: Timestamp,
}

impl Opening<'_> {
    /// The case, as [`case`] reads it once it is there.
    pub(in crate::portal) fn case(&self, account_name: &str, base: &str) -> Case {
        let optional = |id| self.answers.text(id).map(str::to_owned);
        let required = |id| optional(id).unwrap_or_default();
        let now = time(seconds(self.now));
        Case {
            number: self.number,
            url: url(base, self.number),
            status: Status::Open,
            account: AccountRef { id: self.account.to_owned(), name: account_name.to_owned() },
            product: required("product"),
            category: required("category"),
            subcategory: required("subcategory"),
            subject: required("subject"),
            description: optional("description"),
            occurred_at: self.occurred_at.map(|at| time(seconds(at))),
            envelope_id: optional("envelope_id"),
            user_impact: optional("user_impact"),
            environment: optional("environment"),
            business_impact: optional("business_impact"),
            contact_method: required("contact_method"),
            phone: optional("phone"),
            language: self.language.to_owned(),
            details: Details {
                occurred_before: optional("occurred_before"),
                product_version: optional("product_version"),
                browser: optional("browser"),
                steps: optional("steps"),
            },
            opened_by: self.opened_by.to_owned(),
            created_at: now,
            updated_at: now,
            closes_at: None,
            closed_at: None,
            close_reason: None,
            follows: self.follows,
            watchers: Vec::new(),
            comments: None,
            attachments: Vec::new(),
        }
    }
}

/// Adds an open case.
pub(in crate::portal) fn insert(batch: &mut Batch, opening: &Opening<'_>) {
    let now = seconds(opening.now);
    batch.insert(
        "cases (number, product, category, subcategory, subject, description, envelope_id, user_impact, \
         environment, business_impact, contact_method, phone, occurred_before, product_version, browser, steps, \
         further, account, status, occurred_at, language, opened_by, created_at, updated_at, open_since, follows)",
        |values| {
            values.push_bind(key(opening.number));
            for column in COLUMNS {
                let required = ["product", "category", "subcategory", "subject", "contact_method"];
                let answer = opening.answers.text(column);
                values.push_bind(answer.or(required.contains(column).then_some("")));
            }
            values.push_bind(further(opening.answers)).push_bind(opening.account);
            values.push_bind(Status::Open.as_str()).push_bind(opening.occurred_at.map(seconds));
            values.push_bind(opening.language).push_bind(opening.opened_by);
            values.push_bind(now).push_bind(now).push_bind(now).push_bind(opening.follows.map(key));
        },
        "",
    );
    let product = opening.answers.text("product").unwrap_or_default();
    count(batch, (opening.account, Status::Open, product), 1);
}

/// The answers that no column is for, as a JSON object.
fn further(answers: &Draft) -> Option<String> {
    const ELSEWHERE: &[&str] = &["account", "attachment", "occurred_at", "language"];
    let further: BTreeMap<&str, &str> = answers
        .0
        .iter()
        .filter(|(id, _)| !COLUMNS.contains(&id.as_str()) && !ELSEWHERE.contains(&id.as_str()))
        .filter_map(|(id, answer)| Some((id.as_str(), answer.text()?)))
        .collect();
    (!further.is_empty()).then(|| serde_json::json!(further).to_string())
}

/// Adds to the number of cases of a lane.
fn count(batch: &mut Batch, (account, status, product): (&str, Status, &str), by: i64) {
    batch.insert(
        "lanes (account, status, product, cases)",
        |values| {
            values.push_bind(account).push_bind(status.as_str()).push_bind(product).push_bind(by);
        },
        " ON CONFLICT (account, status, product) DO UPDATE SET cases = lanes.cases + excluded.cases",
    );
}

/// Where a case stands from now on.
#[derive(Debug, Clone, Copy)]
pub(in crate::portal) struct Standing<'a> {
    pub(in crate::portal) status: Status,
    pub(in crate::portal) closes_at: Option<Timestamp>,
    /// When and why, for a case that is closed.
    pub(in crate::portal) closed: Option<(Timestamp, &'a str)>,
    /// When the change was made.
    pub(in crate::portal) at: Timestamp,
}

/// Moves a case from where `case` says it stands.
pub(in crate::portal) async fn set_standing(db: &mut Db, case: &Case, to: Standing<'_>) -> sqlx::Result<()> {
    let statement = "UPDATE cases SET status = $1, closes_at = $2, closed_at = $3, close_reason = $4, \
                     updated_at = $5, open_since = CASE WHEN $6 THEN $5 ELSE open_since END WHERE number = $7";
    sqlx::query(statement)
        .bind(to.status.as_str())
        .bind(to.closes_at.map(seconds))
        .bind(to.closed.map(|(at, _)| seconds(at)))
        .bind(to.closed.map(|(_, reason)| reason))
        .bind(seconds(to.at))
        .bind(to.status == Status::Open && case.status != Status::Open)
        .bind(key(case.number))
        .execute(&mut *db)
        .await?;
    let statement = "UPDATE watchers SET updated_at = $1 WHERE number = $2";
    sqlx::query(statement).bind(seconds(to.at)).bind(key(case.number)).execute(&mut *db).await?;
    if to.status != case.status {
        let lane = |status| (case.account.id.as_str(), status, case.product.as_str());
        let mut counted = Batch::default();
        count(&mut counted, lane(case.status), -1);
        count(&mut counted, lane(to.status), 1);
        counted.run(db).await?;
        search::move_to(db, case.number, (case.status, to.status)).await?;
    }
    if to.status == Status::Closed {
        dedupe::release(db, case.number).await?;
    }
    Ok(())
}

/// How many cases there are.
pub(in crate::portal) async fn count_all(db: &mut Db) -> sqlx::Result<u64> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM cases").fetch_one(db).await?;
    Ok(count.try_into().unwrap_or_default())
}

/// Whether a case is due to be closed by itself.
pub(in crate::portal) async fn any_due(db: &mut Db, now: Timestamp) -> sqlx::Result<bool> {
    let query = "SELECT number FROM cases WHERE closes_at <= $1 LIMIT 1";
    let due: Option<i64> = sqlx::query_scalar(query).bind(seconds(now)).fetch_optional(db).await?;
    Ok(due.is_some())
}

/// The cases that are due to be closed by themselves, the earliest first, a few at a time.
pub(in crate::portal) async fn due(db: &mut Db, now: Timestamp, base: &str) -> sqlx::Result<Vec<Case>> {
    let query = format!("{SELECT} WHERE c.closes_at <= $1 ORDER BY c.closes_at, c.number LIMIT 200");
    let rows = sqlx::query(AssertSqlSafe(query)).bind(seconds(now)).fetch_all(&mut *db).await?;
    let mut cases = rows.iter().map(|row| case(row, base)).collect::<sqlx::Result<Vec<_>>>()?;
    add_watchers_and_attachments(db, &mut cases).await?;
    Ok(cases)
}

/// Begins to watch; an address that watches already stays.
pub(in crate::portal) fn watch(batch: &mut Batch, number: CaseNumber, email: &str) {
    let query = batch.add("INSERT INTO watchers (email, number, updated_at) SELECT ");
    query.push_bind(email).push(", number, updated_at FROM cases WHERE number = ").push_bind(key(number));
    query.push(" ON CONFLICT DO NOTHING");
}

/// Stops watching.
pub(in crate::portal) async fn unwatch(db: &mut Db, number: CaseNumber, email: &str) -> sqlx::Result<()> {
    let statement = "DELETE FROM watchers WHERE email = $1 AND number = $2";
    sqlx::query(statement).bind(email).bind(key(number)).execute(&mut *db).await?;
    search::forget(db, number, search::watcher_mark(email)).await
}

/// Whether an address watches a case.
pub(in crate::portal) async fn watches(db: &mut Db, number: CaseNumber, email: &str) -> sqlx::Result<bool> {
    let query = "SELECT number FROM watchers WHERE email = $1 AND number = $2";
    let found: Option<i64> =
        sqlx::query_scalar(query).bind(email).bind(key(number)).fetch_optional(db).await?;
    Ok(found.is_some())
}
