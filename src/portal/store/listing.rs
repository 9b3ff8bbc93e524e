//! Lists of cases: a page and the total, at a cost that doesn't grow with the number of cases.
//!
//! Cases with the same account, status and product stand in one *lane*, in order, by an index; the table
//! `lanes` counts them. A page is merged from the heads of the lanes that it may come from, a total is the
//! sum of their counts. Lists of what somebody opened or watches have indexes of their own, and searches are
//! streamed from the full-text index, newest first.

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::search::Search;
use super::{Db, seconds};
use crate::api::body::Sort;
use crate::case::Status;

/// Lanes that are merged by one query.
const LANES_AT_ONCE: usize = 60;

/// Whose cases.
#[derive(Debug, Clone)]
pub(in crate::portal) enum Scope {
    /// Everybody's, for experts.
    Everything,
    /// Those in these accounts.
    Accounts(Vec<String>),
}

/// Which cases, where several conditions have to hold at once.
#[derive(Debug, Clone)]
pub(in crate::portal) struct Filter {
    pub(in crate::portal) scope: Scope,
    /// Any, where there is none.
    pub(in crate::portal) statuses: Vec<Status>,
    pub(in crate::portal) product: Option<String>,
    pub(in crate::portal) opened_by: Option<String>,
    pub(in crate::portal) watched_by: Option<String>,
    pub(in crate::portal) since: Option<Timestamp>,
    pub(in crate::portal) until: Option<Timestamp>,
    /// Asks for everything above, too, but for the dates.
    pub(in crate::portal) search: Option<Search>,
}

/// The order, and where in it a page begins.
#[derive(Debug, Clone, Copy)]
pub(in crate::portal) struct Window {
    pub(in crate::portal) order: Order,
    pub(in crate::portal) after: Option<Place>,
    pub(in crate::portal) limit: usize,
}

/// By what cases are ordered; equals by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::portal) enum Order {
    /// The latest change first.
    Updated,
    /// The highest number first. Numbers are given in the order of opening, so this is also by opening.
    Number,
    /// The longest wait first.
    Waiting,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Updated => Self::Updated,
            Sort::Created | Sort::Number => Self::Number,
        }
    }
}

impl Order {
    fn column(self) -> &'static str {
        match self {
            Self::Updated => "updated_at",
            Self::Number => "number",
            Self::Waiting => "open_since",
        }
    }

    fn order_by(self) -> &'static str {
        match self {
            Self::Updated => " ORDER BY c.updated_at DESC, c.number DESC LIMIT ",
            Self::Number => " ORDER BY c.number DESC LIMIT ",
            Self::Waiting => " ORDER BY c.open_since, c.number LIMIT ",
        }
    }
}

/// A case's place in an order: what it is ordered by, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::portal) struct Place(pub(in crate::portal) i64, pub(in crate::portal) i64);

/// The places of a page and the number of cases in the whole list.
#[derive(Debug)]
pub(in crate::portal) struct Listing {
    pub(in crate::portal) places: Vec<Place>,
    pub(in crate::portal) total: u64,
}

/// Accounts that are wanted, their status and product, and how many cases there are.
struct Lane {
    account: Option<String>,
    status: String,
    product: String,
}

/// One page of the cases that `filter` lets through.
pub(in crate::portal) async fn list(db: &mut Db, filter: &Filter, window: Window) -> sqlx::Result<Listing> {
    if matches!(&filter.scope, Scope::Accounts(accounts) if accounts.is_empty())
        && filter.watched_by.is_none()
    {
        return Ok(Listing { places: Vec::new(), total: 0 });
    }
    if filter.search.is_some() || filter.watched_by.is_some() {
        let places = narrowed(db, filter, window).await?;
        // A first page that isn't full is the whole list.
        let all = window.after.is_none() && places.len() < window.limit;
        let total = if all { places.len() as u64 } else { counted(db, filter).await? };
        return Ok(Listing { places, total });
    }
    let (lanes, sum) = lanes(db, filter).await?;
    let dated = filter.since.is_some() || filter.until.is_some();
    let total = if dated { counted(db, filter).await? } else { sum };
    let places = if filter.opened_by.is_some() {
        narrowed(db, filter, window).await?
    } else {
        merged(db, &lanes, filter, window).await?
    };
    Ok(Listing { places, total })
}

/// The lanes that have cases, and how many they have together.
async fn lanes(db: &mut Db, filter: &Filter) -> sqlx::Result<(Vec<Lane>, u64)> {
    let everywhere = matches!(filter.scope, Scope::Everything);
    let account = if everywhere { "" } else { "account, " };
    let mut query = QueryBuilder::<Sqlite>::new(format!(
        "SELECT {account}status, product, sum(cases) AS n FROM lanes WHERE cases > 0"
    ));
    push_accounts(&mut query, " AND account IN ", &filter.scope);
    push_statuses(&mut query, " AND status IN ", &filter.statuses);
    if let Some(product) = &filter.product {
        query.push(" AND product = ").push_bind(product);
    }
    if let Some(email) = &filter.opened_by {
        query.push(" AND opened_by = ").push_bind(email);
    }
    query.push(format!(" GROUP BY {account}status, product"));
    let mut lanes = Vec::new();
    let mut sum = 0;
    for row in query.build().fetch_all(db).await? {
        sum += row.try_get::<i64, _>("n")?;
        lanes.push(Lane {
            account: if everywhere { None } else { Some(row.try_get("account")?) },
            status: row.try_get("status")?,
            product: row.try_get("product")?,
        });
    }
    Ok((lanes, sum.try_into().unwrap_or_default()))
}

/// A page from the heads of several lanes.
async fn merged(db: &mut Db, lanes: &[Lane], filter: &Filter, window: Window) -> sqlx::Result<Vec<Place>> {
    let mut places = Vec::new();
    for lanes in lanes.chunks(LANES_AT_ONCE) {
        let mut query = QueryBuilder::<Sqlite>::new("");
        for (at, lane) in lanes.iter().enumerate() {
            query.push(if at == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            push_select(&mut query, window.order, "cases c");
            query.push(" WHERE c.status = ").push_bind(&lane.status);
            query.push(" AND c.product = ").push_bind(&lane.product);
            if let Some(account) = &lane.account {
                query.push(" AND c.account = ").push_bind(account);
            }
            push_dates(&mut query, filter);
            push_window(&mut query, window);
            query.push(")");
        }
        places.extend(places_of(db, query).await?);
    }
    match window.order {
        Order::Waiting => places.sort_unstable(),
        Order::Updated | Order::Number => places.sort_unstable_by(|a, b| b.cmp(a)),
    }
    places.truncate(window.limit);
    Ok(places)
}

/// A page of what somebody opened, watches or searches for.
async fn narrowed(db: &mut Db, filter: &Filter, window: Window) -> sqlx::Result<Vec<Place>> {
    let mut query = QueryBuilder::<Sqlite>::new("");
    if plain_search(filter) {
        query.push("SELECT c.rowid AS place, c.rowid AS number FROM case_words c WHERE 1 = 1");
    } else {
        push_select(&mut query, window.order, source(filter));
        query.push(" WHERE 1 = 1");
    }
    push_conditions(&mut query, filter);
    if filter.search.is_some() {
        if let Some(Place(_, number)) = window.after {
            query.push(format!(" AND {} < ", row_number(filter))).push_bind(number);
        }
        query.push(format!(" ORDER BY {} DESC LIMIT ", row_number(filter)));
        query.push_bind(i64::try_from(window.limit).unwrap_or(i64::MAX));
    } else {
        push_window(&mut query, window);
    }
    places_of(db, query).await
}

/// How many cases `filter` lets through, one by one.
async fn counted(db: &mut Db, filter: &Filter) -> sqlx::Result<u64> {
    let mut query = QueryBuilder::<Sqlite>::new("SELECT count(*) FROM ");
    query.push(if plain_search(filter) { "case_words c" } else { source(filter) });
    query.push(" WHERE 1 = 1");
    push_conditions(&mut query, filter);
    let count: i64 = query.build_query_scalar().fetch_one(db).await?;
    Ok(count.try_into().unwrap_or_default())
}

/// Whether the full-text index answers it alone: what else is asked for is in the search as marks.
fn plain_search(filter: &Filter) -> bool {
    filter.search.is_some() && filter.since.is_none() && filter.until.is_none()
}

fn source(filter: &Filter) -> &'static str {
    match (&filter.search, &filter.watched_by) {
        // A cross join, because SQLite then keeps the order: first the search, then its cases.
        (Some(_), _) => "case_words w CROSS JOIN cases c",
        (None, Some(_)) => "watchers w JOIN cases c ON c.number = w.number",
        (None, None) => "cases c",
    }
}

fn row_number(filter: &Filter) -> &'static str {
    if plain_search(filter) { "c.rowid" } else { "w.rowid" }
}

fn push_select(query: &mut QueryBuilder<Sqlite>, order: Order, source: &str) {
    query.push(format!("SELECT c.{} AS place, c.number AS number FROM {source}", order.column()));
}

fn push_conditions(query: &mut QueryBuilder<Sqlite>, filter: &Filter) {
    if let Some(Search(text)) = &filter.search {
        if !plain_search(filter) {
            query.push(" AND c.number = w.rowid");
        }
        query.push(" AND case_words MATCH ").push_bind(text.clone());
    } else {
        push_accounts(query, " AND c.account IN ", &filter.scope);
        if let Some(product) = &filter.product {
            query.push(" AND c.product = ").push_bind(product.clone());
        }
        if let Some(email) = &filter.opened_by {
            query.push(" AND c.opened_by = ").push_bind(email.clone());
        }
        if let Some(email) = &filter.watched_by {
            query.push(" AND w.email = ").push_bind(email.clone());
        }
        push_statuses(query, " AND c.status IN ", &filter.statuses);
    }
    push_dates(query, filter);
}

fn push_dates(query: &mut QueryBuilder<Sqlite>, filter: &Filter) {
    if let Some(since) = filter.since {
        query.push(" AND c.created_at >= ").push_bind(rounded_up(since));
    }
    if let Some(until) = filter.until {
        query.push(" AND c.created_at < ").push_bind(rounded_up(until));
    }
}

/// The first whole second that isn't before `time`.
fn rounded_up(time: Timestamp) -> i64 {
    seconds(time) + i64::from(time.subsec_nanosecond() > 0)
}

fn push_accounts(query: &mut QueryBuilder<Sqlite>, condition: &str, scope: &Scope) {
    if let Scope::Accounts(accounts) = scope {
        push_words(query, condition, accounts.iter().map(String::as_str));
    }
}

fn push_statuses(query: &mut QueryBuilder<Sqlite>, condition: &str, statuses: &[Status]) {
    if !statuses.is_empty() {
        push_words(query, condition, statuses.iter().map(|status| status.as_str()));
    }
}

fn push_words<'a>(query: &mut QueryBuilder<Sqlite>, condition: &str, words: impl Iterator<Item = &'a str>) {
    query.push(condition).push("(");
    let mut list = query.separated(", ");
    for word in words {
        list.push_bind(word.to_owned());
    }
    query.push(")");
}

fn push_window(query: &mut QueryBuilder<Sqlite>, window: Window) {
    if let Some(Place(place, number)) = window.after {
        match window.order {
            Order::Number => {
                query.push(" AND c.number < ").push_bind(number);
            }
            Order::Updated => {
                query.push(" AND (c.updated_at, c.number) < (").push_bind(place);
                query.push(", ").push_bind(number).push(")");
            }
            Order::Waiting => {
                query.push(" AND (c.open_since, c.number) > (").push_bind(place);
                query.push(", ").push_bind(number).push(")");
            }
        }
    }
    query.push(window.order.order_by());
    query.push_bind(i64::try_from(window.limit).unwrap_or(i64::MAX));
}

async fn places_of(db: &mut Db, mut query: QueryBuilder<Sqlite>) -> sqlx::Result<Vec<Place>> {
    let rows = query.build().fetch_all(db).await?;
    rows.iter().map(|row| Ok(Place(row.try_get("place")?, row.try_get("number")?))).collect()
}
