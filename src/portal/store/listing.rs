//! Lists of cases: a page and the total, at a cost that hardly grows with the number of cases.
//!
//! Cases with the same account, status and product stand in one *lane*, the last changed first, by an index;
//! the table `lanes` counts them. A page of a plain list is merged from the heads of the lanes that it may
//! come from, its total is the sum of their counts.
//!
//! Every other list begins with the set of all cases that are in it, which [`Search`] finds and counts. In
//! the order of numbers the set itself is the list. In another order, a small set is fetched and sorted; for
//! a large one an index in that order is walked until enough of its cases have come by.

use std::ops::Range;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::numbers::Numbers;
use super::search::{self, Search};
use super::{Db, seconds};
use crate::api::body::Sort;
use crate::case::Status;

/// Lanes that are merged by one query.
const LANES_AT_ONCE: usize = 60;
/// Cases that are fetched and sorted rather than looked for.
const FEW: usize = 400;
/// The longest step of a walk.
const LONGEST_STEP: usize = 2000;

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
    /// Words, with the newest cases first.
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
            Self::Updated => " ORDER BY updated_at DESC, number DESC LIMIT ",
            Self::Number => " ORDER BY number DESC LIMIT ",
            Self::Waiting => " ORDER BY open_since, number LIMIT ",
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

/// An account, or every one, a status and a product that cases have in common.
struct Lane {
    account: Option<String>,
    status: String,
    product: String,
}

/// Cases that an index has in the order of a list, perhaps among others.
enum Line {
    Lanes(Vec<Lane>),
    Opener(String),
    Watcher(String),
}

/// One page of the cases that `filter` lets through.
pub(in crate::portal) async fn list(db: &mut Db, filter: &Filter, window: Window) -> sqlx::Result<Listing> {
    let among = among(db, filter).await?;
    let plain = filter.search.is_none() && filter.opened_by.is_none() && filter.watched_by.is_none();
    if plain && among.is_none() && window.order != Order::Number {
        let (lanes, total) = lanes(db, filter).await?;
        return Ok(Listing { places: heads(db, &Line::Lanes(lanes), window, &ALL).await?, total });
    }
    let among = among.unwrap_or(ALL);
    let mut numbers = wanted(filter).find(db).await?;
    numbers.keep(&among);
    let total = numbers.len();
    let places = if window.order == Order::Number {
        first(&numbers, window)
    } else if total <= FEW as u64 {
        sorted(db, &numbers, window).await?
    } else {
        let line = line(db, filter).await?;
        walked(db, &line, &numbers, window, &among).await?
    };
    Ok(Listing { places, total })
}

/// What the cases of a list have in common, the time of opening apart.
fn wanted(filter: &Filter) -> Search {
    let mut search = filter.search.clone().unwrap_or_default();
    if let Scope::Accounts(accounts) = &filter.scope {
        search = search.and_any(accounts.iter().map(|id| search::account_mark(id)));
    }
    if !filter.statuses.is_empty() {
        search = search.and_any(filter.statuses.iter().map(|status| search::status_mark(*status)));
    }
    let others = [
        filter.product.as_deref().map(search::product_mark),
        filter.opened_by.as_deref().map(search::opener_mark),
        filter.watched_by.as_deref().map(search::watcher_mark),
    ];
    others.into_iter().flatten().fold(search, |search, mark| search.and_any([mark]))
}

/// Every number.
const ALL: Range<i64> = 0..i64::MAX;

/// The numbers of the cases that were opened at the right time, which are in a row; `None` when any time is
/// right.
async fn among(db: &mut Db, filter: &Filter) -> sqlx::Result<Option<Range<i64>>> {
    if filter.since.is_none() && filter.until.is_none() {
        return Ok(None);
    }
    let mut among = ALL;
    if let Some(since) = filter.since {
        among.start = first_since(db, since).await?;
    }
    if let Some(until) = filter.until {
        among.end = first_since(db, until).await?.max(among.start);
    }
    Ok(Some(among))
}

/// The number of the first case that wasn't opened before `time`.
async fn first_since(db: &mut Db, time: Timestamp) -> sqlx::Result<i64> {
    let query = "SELECT number FROM cases WHERE created_at >= $1 ORDER BY created_at, number LIMIT 1";
    let first = sqlx::query_scalar(query).bind(rounded_up(time)).fetch_optional(db).await?;
    Ok(first.unwrap_or(ALL.end))
}

/// The first whole second that isn't before `time`.
fn rounded_up(time: Timestamp) -> i64 {
    seconds(time) + i64::from(time.subsec_nanosecond() > 0)
}

/// The lanes that have cases, and how many they have together.
async fn lanes(db: &mut Db, filter: &Filter) -> sqlx::Result<(Vec<Lane>, u64)> {
    let everywhere = matches!(filter.scope, Scope::Everything);
    let account = if everywhere { "" } else { "account, " };
    let mut query = QueryBuilder::<Sqlite>::new(format!(
        "SELECT {account}status, product, sum(cases) AS n FROM lanes WHERE cases > 0"
    ));
    if let Scope::Accounts(accounts) = &filter.scope {
        push_words(&mut query, " AND account IN ", accounts.iter().map(String::as_str));
    }
    if !filter.statuses.is_empty() {
        push_words(&mut query, " AND status IN ", filter.statuses.iter().map(|status| status.as_str()));
    }
    if let Some(product) = &filter.product {
        query.push(" AND product = ").push_bind(product);
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

/// Where a large list can be walked in its order.
async fn line(db: &mut Db, filter: &Filter) -> sqlx::Result<Line> {
    Ok(match (&filter.watched_by, &filter.opened_by) {
        (Some(email), _) => Line::Watcher(email.clone()),
        (None, Some(email)) => Line::Opener(email.clone()),
        (None, None) => Line::Lanes(lanes(db, filter).await?.0),
    })
}

/// A page of a set, in the order of numbers.
fn first(numbers: &Numbers, window: Window) -> Vec<Place> {
    let end = window.after.map_or(i64::MAX, |Place(_, number)| number);
    let rest = numbers.descending().skip_while(|number| *number >= end);
    rest.take(window.limit).map(|number| Place(number, number)).collect()
}

/// A page of a small set.
async fn sorted(db: &mut Db, numbers: &Numbers, window: Window) -> sqlx::Result<Vec<Place>> {
    let mut query = QueryBuilder::<Sqlite>::new(select(window.order, "cases"));
    query.push("number IN ");
    super::cases::push_list(&mut query, &numbers.descending().collect::<Vec<_>>());
    push_window(&mut query, window);
    places_of(db, query).await
}

/// A page of a large set: those on a line that are in it.
async fn walked(
    db: &mut Db,
    line: &Line,
    numbers: &Numbers,
    window: Window,
    among: &Range<i64>,
) -> sqlx::Result<Vec<Place>> {
    let mut places = Vec::new();
    let mut step = Window { limit: window.limit * 2, ..window };
    loop {
        let next = heads(db, line, step, among).await?;
        places.extend(next.iter().filter(|Place(_, number)| numbers.contains(*number)));
        if places.len() >= window.limit || next.len() < step.limit {
            places.truncate(window.limit);
            return Ok(places);
        }
        step = Window { after: next.last().copied(), limit: (step.limit * 4).min(LONGEST_STEP), ..step };
    }
}

/// The cases that come next on a line.
async fn heads(db: &mut Db, line: &Line, window: Window, among: &Range<i64>) -> sqlx::Result<Vec<Place>> {
    let lanes = match line {
        Line::Lanes(lanes) => lanes,
        Line::Opener(email) => {
            let mut query = QueryBuilder::<Sqlite>::new(select(window.order, "cases"));
            query.push("opened_by = ").push_bind(email);
            push_among(&mut query, among);
            push_window(&mut query, window);
            return places_of(db, query).await;
        }
        Line::Watcher(email) => {
            let mut query = QueryBuilder::<Sqlite>::new(select(window.order, "watchers"));
            query.push("email = ").push_bind(email);
            push_among(&mut query, among);
            push_window(&mut query, window);
            return places_of(db, query).await;
        }
    };
    let mut places = Vec::new();
    for lanes in lanes.chunks(LANES_AT_ONCE) {
        let mut query = QueryBuilder::<Sqlite>::new("");
        for (at, lane) in lanes.iter().enumerate() {
            query.push(if at == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            query.push(select(window.order, "cases"));
            query.push("status = ").push_bind(&lane.status);
            query.push(" AND product = ").push_bind(&lane.product);
            if let Some(account) = &lane.account {
                query.push(" AND account = ").push_bind(account);
            }
            push_among(&mut query, among);
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

fn select(order: Order, table: &str) -> String {
    format!("SELECT {} AS place, number FROM {table} WHERE ", order.column())
}

fn push_among(query: &mut QueryBuilder<Sqlite>, among: &Range<i64>) {
    if *among != ALL {
        query.push(" AND number >= ").push_bind(among.start);
        query.push(" AND number < ").push_bind(among.end);
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
        let beyond = if window.order == Order::Waiting { ">" } else { "<" };
        query.push(format!(" AND ({}, number) {beyond} (", window.order.column())).push_bind(place);
        query.push(", ").push_bind(number).push(")");
    }
    query.push(window.order.order_by());
    query.push_bind(i64::try_from(window.limit).unwrap_or(i64::MAX));
}

async fn places_of(db: &mut Db, mut query: QueryBuilder<Sqlite>) -> sqlx::Result<Vec<Place>> {
    let rows = query.build().fetch_all(db).await?;
    rows.iter().map(|row| Ok(Place(row.try_get("place")?, row.try_get("number")?))).collect()
}
