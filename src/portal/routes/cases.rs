//! Lists of cases, and one case.

use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::shared::whole_case;
use crate::api::body::{CasePage, CaseQuery};
use crate::api::problem::Kind;
use crate::case::{Case, Role};
use crate::portal::Portal;
use crate::portal::extract::{Caller, Number, Query};
use crate::portal::problem::Problem;
use crate::portal::store::listing::{self, Filter, Order, Place, Scope, Window};
use crate::portal::store::search::Search;
use crate::portal::store::{Db, accounts, cases};

/// Cases on a page, where nothing is said.
const PAGE: u32 = 30;
/// Cases on a page at most.
const MAX_PAGE: u32 = 200;

/// `GET /v1/cases/{number}`
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Number(number): Number,
) -> Result<Json<Case>, Problem> {
    let mut db = portal.read().await?;
    caller.sees(&mut db, number, portal.base_url()).await?;
    Ok(Json(whole_case(&portal, &mut db, number).await?))
}

/// `GET /v1/cases`
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Query(query): Query<CaseQuery>,
) -> Result<Json<CasePage>, Problem> {
    let mut db = portal.read().await?;
    let Some(filter) = filter(&mut db, &caller, &query).await? else {
        return Ok(Json(CasePage { cases: Vec::new(), total: 0, next: None }));
    };
    let order = if filter.search.is_some() { Order::Number } else { query.sort.unwrap_or_default().into() };
    let page = page(&portal, &mut db, &filter, (order, query.limit, query.cursor.as_deref())).await?;
    Ok(Json(page))
}

/// One page of a list.
pub(super) async fn page(
    portal: &Portal,
    db: &mut Db,
    filter: &Filter,
    (order, limit, cursor): (Order, Option<u32>, Option<&str>),
) -> Result<CasePage, Problem> {
    let limit = limit.unwrap_or(PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(Problem::bad_request(format!("`limit` is a number from 1 to {MAX_PAGE}")));
    }
    let limit = limit as usize;
    let after = cursor.map(|cursor| place(order, cursor).ok_or_else(bad_cursor)).transpose()?;
    // One more than asked for tells whether there is another page.
    let listing = listing::list(db, filter, Window { order, after, limit: limit + 1 }).await?;
    let shown = &listing.places[..listing.places.len().min(limit)];
    let next = shown.last().filter(|_| listing.places.len() > limit).map(|last| self::cursor(order, *last));
    let numbers: Vec<i64> = shown.iter().map(|Place(_, number)| *number).collect();
    let cases = cases::listed(db, &numbers, portal.base_url()).await?;
    Ok(CasePage { cases, total: listing.total, next })
}

fn bad_cursor() -> Problem {
    Problem::bad_request("`cursor` isn't one that this list has given out")
}

fn letter(order: Order) -> &'static str {
    match order {
        Order::Updated => "u",
        Order::Number => "n",
        Order::Waiting => "w",
    }
}

fn cursor(order: Order, Place(place, number): Place) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{place}.{number}", letter(order)))
}

fn place(order: Order, cursor: &str) -> Option<Place> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (place, number) = text.strip_prefix(letter(order))?.strip_prefix('.')?.split_once('.')?;
    Some(Place(place.parse().ok()?, number.parse().ok()?))
}

/// What a query asks for, within what the caller may see; `None` when nothing can be found.
async fn filter(db: &mut Db, caller: &Caller, query: &CaseQuery) -> Result<Option<Filter>, Problem> {
    let statuses = query.statuses().map_err(Problem::bad_request)?;
    let scope = scope(db, caller, query).await?;
    let opened_by = query.mine.then(|| caller.email().to_owned());
    let watched_by = query.watching.then(|| caller.email().to_owned());
    let search = match query.q.as_deref().filter(|words| !words.trim().is_empty()) {
        None => None,
        Some(words) => match Search::words(words) {
            None => return Ok(None),
            Some(search) => Some(search),
        },
    };
    Ok(Some(Filter {
        scope,
        statuses,
        product: query.product.clone(),
        opened_by,
        watched_by,
        since: query.since,
        until: query.until,
        search,
    }))
}

async fn scope(db: &mut Db, caller: &Caller, query: &CaseQuery) -> Result<Scope, Problem> {
    let expert = caller.user.role == Role::Expert;
    let Some(id) = &query.account else {
        // What somebody watches they see, in whatever account it is.
        return Ok(if expert || query.watching {
            Scope::Everything
        } else {
            Scope::Accounts(caller.accounts.iter().map(|account| account.id.clone()).collect())
        });
    };
    let known = if expert {
        accounts::find(db, id).await?.is_some()
    } else {
        caller.accounts.iter().any(|account| account.id == *id)
    };
    if known || (query.watching && !expert) {
        return Ok(Scope::Accounts(vec![id.clone()]));
    }
    Err(Problem::new(Kind::NotFound, "there is no such account, or it isn't yours"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_belong_to_their_order() {
        let text = cursor(Order::Updated, Place(7, 42));
        assert_eq!(place(Order::Updated, &text), Some(Place(7, 42)));
        assert_eq!(place(Order::Number, &text), None);
        assert_eq!(place(Order::Updated, "nonsense"), None);
    }
}
