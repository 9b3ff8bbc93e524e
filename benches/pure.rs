//! What the parts cost that need neither network nor disk: `cargo bench --bench pure`.
//!
//! They run once for each case or line, so an import of a million lines runs them a million times.

use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docket::account::{Account, Environment, Plan};
use docket::files::{Layout, Records};
use docket::portal::catalogue::Catalogue;
use docket::rules::{self, Context, Draft, Form};
use docket::ui::{Cell, Page, Table, text};
use docket::when;
use jiff::{Timestamp, Zoned};

fn form() -> Form {
    Catalogue::embedded().form
}

fn context() -> Context {
    let account = |id: &str, name: &str| Account {
        id: id.to_owned(),
        name: name.to_owned(),
        plan: Plan::Paid,
        products: vec!["esignature".to_owned(), "rooms".to_owned()],
        environment: Environment::Production,
        trial: false,
    };
    Context {
        accounts: vec![account("1001", "Northwind Legal"), account("1003", "Northwind Contracts")],
        language: None,
    }
}

fn draft() -> Draft {
    Draft::default()
        .with("account", "1001")
        .with("product", "esignature")
        .with("category", "sending")
        .with("subcategory", "envelope-stuck")
        .with("subject", "Envelopes stay in the outbox")
        .with("description", "None has left since this morning.\n".repeat(20))
        .with("occurred_at", "2026-11-20T09:30:00Z")
        .with("contact_method", "email")
}

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("a time")
}

fn the_rules(c: &mut Criterion) {
    let (form, context, draft, now) = (form(), context(), draft(), now());
    assert_eq!(rules::problems(&form, &context, &draft, now), []);
    c.bench_function("rules: every problem of a valid case", |b| {
        b.iter(|| rules::problems(&form, &context, black_box(&draft), now));
    });
    let empty = Draft::default();
    c.bench_function("rules: every problem of an empty case", |b| {
        b.iter(|| rules::problems(&form, &context, black_box(&empty), now));
    });
    c.bench_function("rules: the form as JSON Schema", |b| {
        b.iter(|| rules::schema(black_box(&form), &context));
    });
}

fn lines(c: &mut Criterion) {
    let record = r#"{"product":"esignature","category":"sending","subcategory":"envelope-stuck","subject":"Stuck","description":"None has left since this morning.","occurred_at":"2026-11-20T09:30:00Z","contact_method":"email"}"#;
    let rows = 1_000;
    let ndjson = format!("{record}\n").repeat(rows);
    let header = "product,category,subcategory,subject,description,occurred_at,contact_method\n";
    let row =
        "esignature,sending,envelope-stuck,Stuck,\"None has left, not one.\",2026-11-20T09:30:00Z,email\n";
    let csv = format!("{header}{}", row.repeat(rows));
    let mut group = c.benchmark_group("import: a thousand lines");
    for (name, layout, content) in [("NDJSON", Layout::Ndjson, ndjson), ("CSV", Layout::Csv, csv)] {
        group.throughput(Throughput::Bytes(content.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut records =
                    Records::new(Cursor::new(black_box(content.as_bytes())), layout).expect("records");
                let mut count = 0;
                while records.next_record().expect("a record").is_some() {
                    count += 1;
                }
                assert_eq!(count, rows);
            });
        });
    }
    group.finish();
}

fn showing(c: &mut Criterion) {
    let zoned: Zoned = "2026-11-20T12:00:00[UTC]".parse().expect("a time");
    let page = Page { width: Some(80), color: false, links: false, now: zoned.clone() };
    c.bench_function("ui: a table of 200 cases at 80 columns", |b| {
        b.iter(|| {
            let mut table = Table::default().column("NUMBER", 0).column("STATUS", 0).shrinking("SUBJECT");
            for number in 0..200 {
                table.row([
                    Cell::from(format!("{number:08}")),
                    Cell::from("my action required"),
                    Cell::from("Envelopes stay in the outbox, whatever is done about it"),
                ]);
            }
            table.render(black_box(&page))
        });
    });
    let log = "2026-11-20 09:30:00 ERROR envelope 42: timed out\n".repeat(1_000);
    let mut group = c.benchmark_group("ui: text from a portal made safe");
    group.throughput(Throughput::Bytes(log.len() as u64));
    group.bench_function("a log", |b| b.iter(|| text::clean(black_box(&log)).len()));
    group.finish();
    c.bench_function("when: `yesterday 14:00`", |b| {
        b.iter(|| when::parse_time(black_box("yesterday 14:00"), &zoned));
    });
}

criterion_group!(benches, the_rules, lines, showing);
criterion_main!(benches);
