//! Full-text search over cases: the one place where databases' dialects differ.
//!
//! The words are taken apart here, not by the database: lower case, letters and digits only, and Japanese
//! in pairs of characters. Each word is kept twice: by itself, for experts, and under the mark of the case's
//! account, so that a search in an account reads the words of that account alone. With them go marks for
//! what lists are narrowed by: status, product, who opened the case, who watches it. A mark begins with
//! `_`, which no word has, so nobody can write one.

use std::collections::BTreeSet;

use sqlx::Row as _;

use super::Db;
use super::cases::key;
use crate::case::{CaseNumber, Status};

/// Words of one query that count.
const MOST_WORDS: usize = 32;
/// Characters of a word that count.
const LONGEST_WORD: usize = 64;

/// What is searched for, as the database understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::portal) struct Search(pub(super) String);

impl Search {
    /// Cases with all the words in `text`, in these accounts, or in any; `None` when there is no word or no
    /// account.
    pub(in crate::portal) fn words(text: &str, accounts: Option<&[String]>) -> Option<Self> {
        let mut words = Vec::new();
        take_apart(text, &mut |word, in_query| {
            if in_query && words.len() < MOST_WORDS {
                words.push(word.to_owned());
            }
        });
        if words.is_empty() {
            return None;
        }
        let all_under = |mark: &str| {
            let words: Vec<String> = words.iter().map(|word| format!("\"{mark}{word}\"")).collect();
            words.join(" AND ")
        };
        match accounts {
            None => Some(Self(all_under(""))),
            Some([]) => None,
            Some([one]) => Some(Self(all_under(&account_mark(one)))),
            Some(several) => {
                let each = several.iter().map(|id| format!("({})", all_under(&account_mark(id))));
                Some(Self(each.collect::<Vec<_>>().join(" OR ")))
            }
        }
    }

    /// Of those, the ones with one of these marks.
    #[must_use]
    pub(in crate::portal) fn marked(self, marks: &[String]) -> Self {
        let marks: Vec<String> = marks.iter().map(|mark| format!("\"{mark}\"")).collect();
        Self(format!("({}) AND ({})", marks.join(" OR "), self.0))
    }
}

/// The mark that the words of an account's cases are kept under.
fn account_mark(id: &str) -> String {
    format!("{}_", mark('a', id))
}

/// The mark of the cases with a status.
pub(in crate::portal) fn status_mark(status: Status) -> String {
    mark('s', status.as_str())
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

fn mark(kind: char, text: &str) -> String {
    format!("_{kind}{}", crate::portal::token::hex(text.as_bytes()))
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

/// Makes a case found by what it says now. Has to follow every change of its texts, status and watchers.
pub(in crate::portal) async fn index(db: &mut Db, number: CaseNumber) -> sqlx::Result<()> {
    let query = "SELECT account, status, product, opened_by, subject, description, envelope_id, \
                 occurred_before, product_version, browser, steps, further FROM cases WHERE number = $1";
    let row = sqlx::query(query).bind(key(number)).fetch_one(&mut *db).await?;
    let mut words = BTreeSet::from([number.to_string()]);
    let mut add = |word: &str, _| {
        words.insert(word.to_owned());
    };
    for column in [
        "subject",
        "description",
        "envelope_id",
        "occurred_before",
        "product_version",
        "browser",
        "steps",
        "further",
    ] {
        let text: Option<&str> = row.try_get(column)?;
        take_apart(text.unwrap_or_default(), &mut add);
    }
    let query = "SELECT body FROM comments WHERE number = $1 ORDER BY id";
    let comments: Vec<String> = sqlx::query_scalar(query).bind(key(number)).fetch_all(&mut *db).await?;
    for comment in &comments {
        take_apart(comment, &mut add);
    }

    let account = account_mark(row.try_get("account")?);
    let mut text: Vec<String> = words.iter().map(|word| format!("{word} {account}{word}")).collect();
    text.push(mark('s', row.try_get("status")?));
    text.push(product_mark(row.try_get("product")?));
    text.push(opener_mark(row.try_get("opened_by")?));
    let query = "SELECT email FROM watchers WHERE number = $1";
    let watchers: Vec<String> = sqlx::query_scalar(query).bind(key(number)).fetch_all(&mut *db).await?;
    text.extend(watchers.iter().map(|email| watcher_mark(email)));
    let statement = "INSERT OR REPLACE INTO case_words (rowid, words) VALUES ($1, $2)";
    sqlx::query(statement).bind(key(number)).bind(text.join(" ")).execute(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> String {
        Search::words(text, None).map(|search| search.0).unwrap_or_default()
    }

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        assert_eq!(query("Envelope, STUCK!"), r#""envelope" AND "stuck""#);
        assert_eq!(query("_a31 OR \"x\" NEAR"), r#""a31" AND "or" AND "x" AND "near""#);
        assert_eq!(Search::words(" -*()\" ", None), None);
    }

    #[test]
    fn japanese_is_searched_by_pairs() {
        assert_eq!(query("署名できない"), r#""署名" AND "名で" AND "でき" AND "きな" AND "ない""#);
        assert_eq!(query("署"), r#""署""#);
        assert_eq!(query("api署名x"), r#""api" AND "署名" AND "x""#);
    }

    #[test]
    fn a_search_is_in_accounts_and_under_marks() {
        let search = |accounts: &[&str]| {
            let accounts: Vec<String> = accounts.iter().map(|id| (*id).to_owned()).collect();
            Search::words("stuck", Some(&accounts))
        };
        assert_eq!(search(&[]), None);
        assert_eq!(search(&["1"]).unwrap().0, r#""_a31_stuck""#);
        let marked = search(&["1", "2"]).unwrap().marked(&[watcher_mark("a"), opener_mark("b")]);
        assert_eq!(marked.0, r#"("_w61" OR "_o62") AND (("_a31_stuck") OR ("_a32_stuck"))"#);
    }
}
