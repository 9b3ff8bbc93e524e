//! How long the first page of lists and searches takes with few and with many cases:
//! `cargo bench --bench portal_lists`.
//!
//! The figure to watch is the last column: with a thousand times the cases it should stay below 2.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "it is a measurement for people to read")]

use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use docket::portal::{Clock, Options, PasswordCost, Portal};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use tower::ServiceExt as _;

const FEW: u32 = 200;
const MANY: u32 = 200_000;
const RUNS: usize = 41;

/// Who asks for what.
const QUESTIONS: [(&str, &str); 15] = [
    ("sam", "/v1/cases"),
    ("sam", "/v1/cases?account=1001"),
    ("sam", "/v1/cases?status=open,pending"),
    ("sam", "/v1/cases?product=clm&sort=created"),
    ("sam", "/v1/cases?mine=true"),
    ("expert", "/v1/cases"),
    ("expert", "/v1/cases?status=open"),
    ("expert", "/v1/queue"),
    ("sam", "/v1/cases/1"),
    // A word that one case in 5,000 has, one in 5, and every case.
    ("sam", "/v1/cases?q=rare"),
    ("sam", "/v1/cases?q=often"),
    ("sam", "/v1/cases?q=often%20usual"),
    ("sam", "/v1/cases?q=often&status=open"),
    ("sam", "/v1/cases?q=usual"),
    ("expert", "/v1/cases?q=usual"),
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let few = measure(FEW).await;
    let many = measure(MANY).await;
    println!("{:<8} {:<38} {:>9} {:>9}  ratio", "who", "asks for", FEW, MANY);
    for ((who, path), (few, many)) in QUESTIONS.iter().zip(few.into_iter().zip(many)) {
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        println!("{who:<8} {path:<38} {:>6} µs {:>6} µs  {ratio:.2}", few.as_micros(), many.as_micros());
    }
}

/// The median time of each question with so many cases.
async fn measure(cases: u32) -> Vec<Duration> {
    let directory = tempfile::tempdir().unwrap();
    let mut options = Options::new(directory.path());
    options.sample = true;
    options.password_cost = PasswordCost::Nothing;
    let portal = Portal::open(options, Clock::system()).await.unwrap();
    let file = SqliteConnectOptions::new().filename(directory.path().join("portal.db"));
    let mut db = SqliteConnection::connect_with(&file).await.unwrap();
    fill(&mut db, cases).await;
    let mut medians = Vec::new();
    for (who, path) in QUESTIONS {
        let token = token(&portal, who).await;
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let request = Request::get(path).header("authorization", format!("Bearer {token}"));
            let began = Instant::now();
            ask(&portal, request.body(Body::empty()).unwrap()).await;
            times.push(began.elapsed());
        }
        times.sort_unstable();
        medians.push(times[RUNS / 2]);
    }
    medians
}

async fn token(portal: &Portal, who: &str) -> String {
    let login = json!({"email": format!("{who}@example.com"), "password": "sample-password"});
    let request = Request::post("/v1/login").header("content-type", "application/json");
    let answer = ask(portal, request.body(Body::from(login.to_string())).unwrap()).await;
    answer["token"].as_str().unwrap().to_owned()
}

async fn ask(portal: &Portal, request: Request<Body>) -> Value {
    let response = portal.router().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
}

/// Cases of a portal some years old: most of them closed, in all accounts, opened by two people.
async fn fill(db: &mut SqliteConnection, cases: u32) {
    let mut transaction = db.begin().await.unwrap();
    let account = "CASE n % 4 WHEN 0 THEN '1002' WHEN 1 THEN '1003' ELSE '1001' END";
    let product = "CASE n % 4 WHEN 1 THEN 'clm' WHEN 2 THEN 'rooms' ELSE 'esignature' END";
    let status = "CASE WHEN n % 5 = 0 THEN 'open' WHEN n % 5 = 1 THEN 'pending' ELSE 'closed' END";
    let opener = "CASE n % 3 WHEN 0 THEN 'kim@example.com' ELSE 'sam@example.com' END";
    let numbers =
        format!("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {cases})");
    let rows = format!(
        "{numbers} INSERT INTO cases (number, account, product, category, subcategory, status, subject, \
         description, occurred_at, contact_method, language, opened_by, created_at, updated_at, open_since) \
         SELECT n, {account}, {product}, 'sending', 'other', {status}, 'The usual trouble ' || n, \
         'It stays where it is, as it has done since we came back from holiday: ' || n, \
         1700000000 + n, 'email', 'en', {opener}, 1700000000 + n, 1700000000 + (n * 7919) % 1000003, \
         1700000000 + n FROM t"
    );
    // Each word by itself and under its account's mark, then the marks.
    let words = ["the", "usual", "trouble", "it", "stays", "where"].map(|word| format!("'{word}'"));
    let numbered = ["(n % 997)", "(n % 10007)", "n"].map(|number| format!("'w' || {number}"));
    let sometimes = [("rare", "n % 5000 = 1"), ("often", "n % 5 = 0")]
        .map(|(word, when)| format!("CASE WHEN {when} THEN '{word}' ELSE 'never' END"));
    let words = words.iter().chain(&numbered).chain(&sometimes);
    let words: Vec<String> = words.map(|word| format!("{word} || ' ' || account || {word} || ' '")).collect();
    let words = format!(
        "{numbers}, c AS (SELECT n, '_a' || lower(hex({account})) || '_' AS account FROM t) \
         INSERT INTO case_words (rowid, words) SELECT n, {} || '_p' || lower(hex({product})) || ' _o' || \
         lower(hex({opener})) || ' _s' || lower(hex({status})) FROM c",
        words.join(" || ")
    );
    let lanes = "INSERT INTO lanes SELECT account, opened_by, status, product, count(*) FROM cases GROUP BY 1, 2, 3, 4";
    for statement in [rows, words, lanes.to_owned()] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *transaction).await.unwrap();
    }
    transaction.commit().await.unwrap();
}
