//! What is said of what is sent: in no report and in no error is there a secret.

use serde_json::{Value, json};

use crate::filing::new;
use crate::import::{record, rows};
use crate::world::{User, World, path};

/// What is to be seen nowhere.
const SECRET: &str = "tr0ub4dor-canary";

/// Runs a command that tells nothing secret; its code, and all that it says.
#[track_caller]
fn tells(user: &User, words: &[&str]) -> (Option<i32>, String) {
    let run = user.run(words);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(!said.contains(SECRET), "{words:?}: {said}");
    (run.code, said)
}

#[test]
fn an_import_tells_of_each_line_without_its_secrets() {
    let world = World::new();
    let sam = world.sam();
    let leak = format!("{SECRET} password={SECRET}");
    let subject = |text: &str| format!("{text} password={SECRET}");
    let lines = [
        record(&json!({"subject": subject("filed"), "description": "token=Zx9abcdefghi7Q and more"})),
        record(&json!({"subject": subject("missing"), "description": null})),
        record(&json!({"subject": "odd", "contact_method": format!("password={SECRET}")})),
        format!("{{\"subject\": password={leak}\n"),
    ];
    let file = world.file("many.ndjson", lines.concat());
    for words in [&["--dry-run"][..], &["--dry-run", "--partial"], &[]] {
        for further in [&[][..], &["--json"], &["--csv"], &["--redact", "strict"]] {
            let words = [&["case", "import", path(&file)], words, further].concat();
            let (code, said) = tells(&sam, &words);
            assert!(matches!(code, Some(2 | 3 | 9 | 10)), "{said}");
        }
    }
    let partial = ["case", "import", path(&file), "--partial", "--json"];
    let first = sam.run(&partial).exits(9);
    let again = sam.run(&partial).exits(9);
    let (first, again) = (rows(&first), rows(&again));
    assert_eq!(first[0]["subject"], "filed password=[redacted:password:2]");
    assert_eq!((&again[0]["subject"], &again[0]["created"]), (&first[0]["subject"], &json!(false)));
    assert_eq!(again[1]["subject"], "missing password=[redacted:password:1]");
    assert_eq!(
        again[2]["fields"][0]["problem"].as_str().unwrap().split('`').nth(1),
        Some("password=[redacted:password:1]")
    );
    tells(&sam, &["case", "import", path(&file), "--partial"]);
    tells(&sam, &["case", "import", path(&file), "--partial", "--csv"]);

    // Without its header, the first line of a table is taken for one.
    let table = world.file("many.csv", format!("product,password={SECRET}\nesignature,x\n"));
    assert_eq!(tells(&sam, &["case", "import", path(&table)]).0, Some(3));
    assert_eq!(tells(&sam, &["case", "import", path(&table), "--json"]).0, Some(3));
    // Whoever wants it as it is gets it.
    let all = sam.run(&["case", "import", path(&file), "--partial", "--json", "--redact", "off"]).exits(9);
    assert_eq!(rows(&all)[1]["subject"], Value::from(subject("missing")));
}

#[test]
fn a_case_that_can_not_be_read_or_opened_is_told_of_without_secrets() {
    let world = World::new();
    let sam = world.sam();
    for (name, content) in [
        ("bad.toml", format!("subject = \"odd password={SECRET}\nproduct = 1\n")),
        ("bad.yaml", format!("subject: \"odd password={SECRET}\nproduct: [\n")),
        ("bad.json", format!("{{\"subject\": \"odd\", \"steps\": password={SECRET}}}")),
    ] {
        let file = world.file(name, content);
        for further in [&[][..], &["--json"], &["--dry-run"]] {
            let (code, said) = tells(&sam, &[&["case", "new", "--from", path(&file)], further].concat());
            assert_eq!(code, Some(2), "{said}");
        }
    }
    let run = new(&sam, &[("contact-method", &format!("password={SECRET}"))], &["--json"]).exits(3);
    assert!(!run.stderr.contains(SECRET), "{}", run.stderr);
    assert_eq!(run.fields(), ["contact_method"]);
}

#[test]
fn strictly_the_lines_without_secrets_are_filed_where_part_of_them_will_do() {
    let world = World::new();
    let sam = world.sam();
    let leak = format!("password={SECRET}");
    let lines =
        [json!({}), json!({"subject": leak}), json!({"contact_method": ""}), json!({"subject": "last"})];
    let file = world.file("many.ndjson", lines.iter().map(record).collect::<String>());
    let words = ["case", "import", path(&file), "--redact", "strict", "--partial"];
    let (code, said) = tells(&sam, &[&words[..], &["--dry-run"]].concat());
    assert_eq!(code, Some(9));
    assert!(said.contains("4 cases, 2 of them not valid: 2 would be filed"), "{said}");
    let trial = sam.run(&[&words[..], &["--dry-run", "--json"]].concat()).exits(9);
    let run = sam.run(&[&words[..], &["--json"]].concat()).exits(9);
    assert_eq!(run.error()["message"], "4 cases: 2 filed, 2 not filed");
    let errors = |run| rows(run).iter().map(|row| row["error"].clone()).collect::<Vec<_>>();
    assert_eq!(
        errors(&run),
        [
            Value::Null,
            "it isn't filed, because of what may be secret: subject has 1 secret: password (1)".into(),
            "one field is missing or wrong".into(),
            Value::Null
        ]
    );
    assert_eq!(errors(&trial), errors(&run));
    // People are told of a line once.
    let (code, said) = tells(&sam, &words);
    assert_eq!((code, said.matches("it isn't filed").count()), (Some(9), 1), "{said}");
    assert!(said.contains("4 cases: 0 filed, 2 filed before, 2 not filed"), "{said}");
    // Where none is left, nothing is done.
    let secret = world.file("secret.ndjson", record(&lines[1]));
    for further in [&[][..], &["--dry-run"]] {
        tells(
            &sam,
            &[&["case", "import", path(&secret), "--redact", "strict", "--partial"], further].concat(),
        );
        sam.run(&[&["case", "import", path(&secret), "--redact", "strict", "--partial"], further].concat())
            .exits(10);
    }
}
