//! Which cases have something in common: words of their texts, or marks.
//!
//! The words are taken apart here, not by the database: lower case, letters and digits only, and Japanese
//! in pairs of characters. Marks stand for who may find a case (its account, its watchers) and for what
//! lists are narrowed by (its status, its product, who opened it). A mark begins with `_`, which no word has.
//!
//! For each word and mark the database keeps the set of the cases that have it, as [`Numbers`]. A search
//! combines a few of them, so even a word that is everywhere is found and counted at once, what may be seen
//! is part of the search itself, and a database needs no full-text search of its own.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::Db;
use super::cases::key;
use super::numbers::{Numbers, piece};
use crate::case::{CaseNumber, Status};

/// Words of one query that count.
const MOST_WORDS: usize = 32;
/// Characters of a word that count.
const LONGEST_WORD: usize = 64;
/// Words that one statement reads or writes: few different numbers of them, so that the statements are known to
/// the database already.
const AT_ONCE: [usize; 5] = [256, 64, 16, 4, 1];
/// The columns whose words a case is found by.
const TEXTS: &[&str] = &[
    "subject",
    "description",
    "envelope_id",
    "occurred_before",
    "product_version",
    "browser",
    "steps",
    "further",
];

/// What cases have to have: of each group at least one word or mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::portal) struct Search(Vec<Vec<String>>);

impl Search {
    /// All the words in `text`; `None` when it has no word.
    pub(in crate::portal) fn words(text: &str) -> Option<Self> {
        let mut words = Vec::new();
        take_apart(text, &mut |word, in_query| {
            if in_query && words.len() < MOST_WORDS {
                words.push(vec![word.to_owned()]);
            }
        });
        (!words.is_empty()).then_some(Self(words))
    }

    /// And one of these marks.
    #[must_use]
    pub(super) fn and_any(mut self, marks: impl IntoIterator<Item = String>) -> Self {
        self.0.push(marks.into_iter().collect());
        self
    }

    /// The cases that have all of it; every case, when nothing is asked for.
    pub(super) async fn find(&self, db: &mut Db) -> sqlx::Result<Numbers> {
        let everything = Self::default().and_any(Status::ALL.iter().map(|status| status_mark(*status)));
        let groups = if self.0.is_empty() { &everything.0 } else { &self.0 };
        let words: BTreeSet<&str> = groups.iter().flatten().map(String::as_str).collect();
        let sets = sets(db, &words.into_iter().collect::<Vec<_>>(), None).await?;
        let mut found: Option<Numbers> = None;
        for group in groups {
            let mut any = Numbers::default();
            for set in group.iter().filter_map(|word| sets.get(word)) {
                any.unite(set);
            }
            match &mut found {
                Some(found) => found.intersect(&any),
                None => found = Some(any),
            }
        }
        Ok(found.unwrap_or_default())
    }
}

/// The mark of an account's cases.
pub(in crate::portal) fn account_mark(id: &str) -> String {
    mark('a', id)
}

/// The mark of the cases that an address watches.
pub(in crate::portal) fn watcher_mark(email: &str) -> String {
    mark('w', email)
}

/// The mark of the cases that an address has opened.
pub(in crate::portal) fn opener_mark(email: &str) -> String {
    mark('o', email)
}

/// The mark of a product's cases.
pub(in crate::portal) fn product_mark(product: &str) -> String {
    mark('p', product)
}

/// The mark of the cases with a status.
pub(in crate::portal) fn status_mark(status: Status) -> String {
    mark('s', status.as_str())
}

fn mark(kind: char, text: &str) -> String {
    format!("_{kind}{text}")
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{2ffff}')
}

/// Calls `found` with each word of `text`, and with whether a query for that text has to ask for it.
fn take_apart(text: &str, found: &mut dyn FnMut(&str, bool)) {
    let lower = text.to_lowercase();
    for run in lower.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut word = String::new();
        let mut japanese: Vec<char> = Vec::new();
        for c in run.chars().chain(['\0']) {
            if is_japanese(c) {
                japanese.push(c);
            } else {
                pairs(&japanese, found);
                japanese.clear();
            }
            if c != '\0' && !is_japanese(c) {
                word.push(c);
            } else if !word.is_empty() {
                let short: String = word.chars().take(LONGEST_WORD).collect();
                found(&short, true);
                word.clear();
            }
        }
    }
}

/// Single characters and pairs: a query asks for the pairs, unless there is only one character.
fn pairs(characters: &[char], found: &mut dyn FnMut(&str, bool)) {
    for c in characters {
        found(&c.to_string(), characters.len() == 1);
    }
    for pair in characters.windows(2) {
        found(&pair.iter().collect::<String>(), true);
    }
}

/// Makes cases found by what they say now, who watches them and how they stand. Has to follow when any of that
/// is added; what is taken away again is [`forget`]'s. Many at once cost little more than one: cases share most
/// of their words.
pub(in crate::portal) async fn index(db: &mut Db, numbers: &[CaseNumber]) -> sqlx::Result<()> {
    let numbers: BTreeSet<i64> = numbers.iter().map(|number| key(*number)).collect();
    let mut pieces: BTreeMap<i64, BTreeMap<String, Vec<i64>>> = BTreeMap::new();
    for (number, words) in words_of(db, &numbers.into_iter().collect::<Vec<_>>()).await? {
        let piece = pieces.entry(piece(number)).or_default();
        for word in words {
            piece.entry(word).or_default().push(number);
        }
    }
    for (piece, words) in pieces {
        change(db, piece, words, Numbers::insert).await?;
    }
    Ok(())
}

/// Makes a case no longer found by a mark.
pub(super) async fn forget(db: &mut Db, number: CaseNumber, mark: String) -> sqlx::Result<()> {
    let number = key(number);
    change(db, piece(number), BTreeMap::from([(mark, vec![number])]), Numbers::remove).await
}

/// Makes a case found by another status.
pub(super) async fn move_to(
    db: &mut Db,
    number: CaseNumber,
    (from, to): (Status, Status),
) -> sqlx::Result<()> {
    forget(db, number, status_mark(from)).await?;
    let number = key(number);
    let words = BTreeMap::from([(status_mark(to), vec![number])]);
    change(db, piece(number), words, Numbers::insert).await
}

/// Every word and mark that cases have.
async fn words_of(db: &mut Db, numbers: &[i64]) -> sqlx::Result<BTreeMap<i64, BTreeSet<String>>> {
    let mut all: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    let query = "SELECT number, account, product, opened_by, status, subject, description, envelope_id, \
                 occurred_before, product_version, browser, steps, further FROM cases WHERE number IN ";
    for row in rows_of(db, query, numbers).await? {
        let number: i64 = row.try_get("number")?;
        let words = all.entry(number).or_default();
        words.extend([
            super::cases::number(number)?.to_string(),
            account_mark(row.try_get("account")?),
            product_mark(row.try_get("product")?),
            opener_mark(row.try_get("opened_by")?),
            status_mark(super::word(row.try_get("status")?)?),
        ]);
        for column in TEXTS {
            add_words(words, row.try_get::<Option<&str>, _>(*column)?.unwrap_or_default());
        }
    }
    for row in rows_of(db, "SELECT number, email FROM watchers WHERE number IN ", numbers).await? {
        all.entry(row.try_get("number")?).or_default().insert(watcher_mark(row.try_get("email")?));
    }
    for row in rows_of(db, "SELECT number, body FROM comments WHERE number IN ", numbers).await? {
        add_words(all.entry(row.try_get("number")?).or_default(), row.try_get("body")?);
    }
    Ok(all)
}

fn add_words(words: &mut BTreeSet<String>, text: &str) {
    take_apart(text, &mut |word, _| {
        words.insert(word.to_owned());
    });
}

/// The rows for numbers, by a query that a list of them completes. The last number stands in it more than once
/// where that makes a list of a length that statements have.
async fn rows_of(db: &mut Db, query: &str, numbers: &[i64]) -> sqlx::Result<Vec<SqliteRow>> {
    let mut rows = Vec::new();
    for some in numbers.chunks(AT_ONCE[0]) {
        let length = AT_ONCE.into_iter().rev().find(|length| *length >= some.len()).unwrap_or(some.len());
        let mut padded = some.to_vec();
        padded.resize(length, some[some.len() - 1]);
        let mut query = QueryBuilder::<Sqlite>::new(query);
        super::cases::push_list(&mut query, &padded);
        rows.extend(query.build().fetch_all(&mut *db).await?);
    }
    Ok(rows)
}

/// Every mark with the cases that are kept for it, and with those that it is for.
pub(in crate::portal) async fn marks(
    db: &mut Db,
) -> sqlx::Result<(BTreeMap<String, Numbers>, BTreeMap<String, Numbers>)> {
    let query = "SELECT word, piece, cases FROM case_words WHERE substr(word, 1, 1) = '_'";
    let mut kept = BTreeMap::new();
    for row in sqlx::query(query).fetch_all(&mut *db).await? {
        read(&mut kept, &row)?;
    }
    kept.retain(|_, numbers| numbers.len() > 0);
    let mut right: BTreeMap<String, Numbers> = BTreeMap::new();
    let query = "SELECT number, account, product, opened_by, status FROM cases";
    for row in sqlx::query(query).fetch_all(&mut *db).await? {
        for mark in [
            account_mark(row.try_get("account")?),
            product_mark(row.try_get("product")?),
            opener_mark(row.try_get("opened_by")?),
            status_mark(super::word(row.try_get("status")?)?),
        ] {
            right.entry(mark).or_default().insert(row.try_get("number")?);
        }
    }
    for row in sqlx::query("SELECT number, email FROM watchers").fetch_all(db).await? {
        right.entry(watcher_mark(row.try_get("email")?)).or_default().insert(row.try_get("number")?);
    }
    Ok((kept, right))
}

fn read(sets: &mut BTreeMap<String, Numbers>, row: &SqliteRow) -> sqlx::Result<()> {
    let (word, cases): (String, &[u8]) = (row.try_get("word")?, row.try_get("cases")?);
    let damaged = format!("the search index is damaged at `{word}`");
    let read = sets.entry(word).or_default().read(row.try_get("piece")?, cases);
    read.ok_or_else(|| sqlx::Error::Decode(damaged.into()))
}

/// The sets of cases that have words; of one piece only, if one is given.
async fn sets(db: &mut Db, words: &[&str], only: Option<i64>) -> sqlx::Result<BTreeMap<String, Numbers>> {
    let mut sets: BTreeMap<String, Numbers> = BTreeMap::new();
    for words in chunks(words) {
        let mut query =
            QueryBuilder::<Sqlite>::new("SELECT word, piece, cases FROM case_words WHERE word IN (");
        let mut list = query.separated(", ");
        for word in words {
            list.push_bind(*word);
        }
        query.push(")");
        if let Some(piece) = only {
            query.push(" AND piece = ").push_bind(piece);
        }
        for row in query.build().fetch_all(&mut *db).await? {
            read(&mut sets, &row)?;
        }
    }
    Ok(sets)
}

/// Slices of the lengths that statements have.
fn chunks<T>(mut all: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = AT_ONCE.into_iter().find(|length| *length <= all.len())?;
        let (chunk, rest) = all.split_at(length);
        all = rest;
        Some(chunk)
    })
}

/// Puts cases of one piece into the sets of words, or takes them out.
async fn change(
    db: &mut Db,
    piece: i64,
    words: BTreeMap<String, Vec<i64>>,
    change: fn(&mut Numbers, i64),
) -> sqlx::Result<()> {
    let words: Vec<(String, Vec<i64>)> = words.into_iter().collect();
    let names: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    let mut sets = sets(db, &names, Some(piece)).await?;
    let mut changed = Vec::new();
    for (word, numbers) in &words {
        let mut set = sets.remove(word).unwrap_or_default();
        let before = set.len();
        numbers.iter().for_each(|number| change(&mut set, *number));
        if before != set.len() {
            changed.push((word.as_str(), set.write().next().unwrap_or_default().1));
        }
    }
    for changed in chunks(&changed) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO case_words (word, piece, cases) ");
        query.push_values(changed, |mut row, (word, cases)| {
            row.push_bind(*word).push_bind(piece).push_bind(cases.as_slice());
        });
        query.push(" ON CONFLICT (word, piece) DO UPDATE SET cases = excluded.cases");
        query.build().execute(&mut *db).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Option<Vec<String>> {
        Search::words(text).map(|search| search.0.concat())
    }

    #[track_caller]
    fn assert_words(text: &str, words: &[&str]) {
        assert_eq!(query(text).unwrap(), words);
    }

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        assert_words("Envelope, STUCK!", &["envelope", "stuck"]);
        assert_words("_a31 OR \"x\" NEAR", &["a31", "or", "x", "near"]);
        assert_eq!(query(" -*()\" "), None);
    }

    #[test]
    fn japanese_is_searched_by_pairs() {
        assert_words("署名できない", &["署名", "名で", "でき", "きな", "ない"]);
        assert_words("署", &["署"]);
        assert_words("api署名x", &["api", "署名", "x"]);
    }

    #[test]
    fn marks_are_part_of_the_search() {
        let search = Search::words("stuck").unwrap().and_any([account_mark("1"), watcher_mark("a")]);
        assert_eq!(search.0, [vec!["stuck".to_owned()], vec!["_a1".to_owned(), "_wa".to_owned()]]);
    }
}
