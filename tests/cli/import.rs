//! Many cases from one file: what is checked, what is filed, and that nothing is lost or doubled, whatever
//! happens on the way.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::relay::{Deed, Relay, Request, problem};
use crate::world::{Run, User, World, path, settings};

/// A record in NDJSON, with a line feed.
pub fn record(changes: &Value) -> String {
    let mut record = json!({
        "product": "esignature", "category": "sending", "subcategory": "envelope-stuck",
        "subject": "Envelopes stay in the outbox", "description": "None has left.",
        "occurred_at": "2026-11-20T09:30:00Z", "contact_method": "email",
    });
    let changes = changes.as_object().unwrap().clone();
    record.as_object_mut().unwrap().extend(changes);
    format!("{record}\n")
}

/// Records with the subjects `0`, `1`, ….
pub fn records(count: u32) -> String {
    (0..count).map(|index| record(&json!({"subject": index.to_string()}))).collect()
}

/// The subjects of all cases, sorted.
pub fn subjects(user: &User) -> Vec<String> {
    let list = user.json(&["case", "list", "--all"]);
    let subject = |case: &Value| case["subject"].as_str().unwrap().to_owned();
    let mut subjects: Vec<String> = list["cases"].as_array().unwrap().iter().map(subject).collect();
    subjects.sort();
    subjects
}

/// Holds that there is one case with each of the subjects `0`, `1`, ….
#[track_caller]
pub fn filed_once(user: &User, count: u32) {
    let mut expected: Vec<String> = (0..count).map(|index| index.to_string()).collect();
    expected.sort();
    assert_eq!(subjects(user), expected);
}

/// The results that a run printed, a line each.
pub fn rows(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Journals of imports on somebody's disk.
pub fn journals(user: &User) -> Vec<PathBuf> {
    let found = user.files().into_iter().filter(|file| file.contains("imports"));
    found.map(|file| user.home().join(file)).collect()
}

/// Lets through `through` requests that open a case; the ones after it are up to `then`.
pub fn after(world: &World, through: u32, then: impl Fn(u32) -> Deed + Send + Sync + 'static) -> Relay {
    let opened = AtomicU32::new(0);
    Relay::interfering(&world.url, move |request| {
        if !request.opens_a_case() {
            return Deed::Pass;
        }
        match opened.fetch_add(1, Ordering::SeqCst) {
            count if count < through => Deed::Pass,
            count => then(count - through),
        }
    })
}

#[test]
fn each_line_becomes_a_case_and_is_told_in_the_order_of_the_file() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(40));
    let run = sam.run(&["case", "import", path(&file), "--jobs", "8", "--json"]).succeeded();
    let rows = rows(&run);
    let lines: Vec<u64> = rows.iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (1..=40).collect::<Vec<_>>());
    assert!(rows.iter().all(|row| row["created"] == true && row["error"].is_null()), "{rows:?}");
    filed_once(&sam, 40);
    let number = rows[17]["number"].as_str().unwrap();
    assert_eq!(sam.json(&["case", "show", number])["subject"], "17");
}

#[test]
fn a_table_becomes_cases_with_all_that_goes_with_them() {
    let world = World::new();
    let sam = world.sam();
    fs::create_dir(world.folder.path().join("batch")).unwrap();
    world.file("batch/trace.har", "{}");
    world.file("batch/app.log", "x");
    let closed = sam.open(&[]);
    sam.run(&["case", "close", &closed, "--reason", "Solved"]).succeeded();
    let table = format!(
        "\u{feff}product,category,subcategory,subject,description,occurred-at,contact-method,attach,watch,follows\r\n\
         esignature,sending,envelope-stuck,\"Stuck, again\",\"It says\r\n\"\"wait\"\".\",2026-11-20T09:30:00Z,email,\
         trace.har; app.log,a@example.com;b@example.com,{closed}\r\n\
         esignature,sending,other,Plain,Nothing else.,2026-11-20T09:30:00Z,email,,,\r\n"
    );
    let file = world.file("batch/november.csv", table);
    let run = sam.run(&["case", "import", path(&file), "--csv=line,number,created"]).succeeded();
    assert_eq!(run.stdout.lines().next(), Some("line,number,created"));
    let line = run.stdout.lines().nth(1).unwrap();
    let number = line.strip_prefix("2,").and_then(|rest| rest.strip_suffix(",true")).unwrap();
    assert!(run.stdout.lines().nth(2).unwrap().starts_with("4,"), "{}", run.stdout);
    let case = sam.json(&["case", "show", number]);
    assert_eq!(case["subject"], "Stuck, again");
    assert_eq!(case["description"], "It says\n\"wait\".");
    assert_eq!(case["watchers"], json!(["a@example.com", "b@example.com"]));
    assert_eq!(case["follows"], closed);
    let names: Vec<&Value> =
        case["attachments"].as_array().unwrap().iter().map(|file| &file["name"]).collect();
    assert_eq!(names, ["trace.har", "app.log"]);
}

#[test]
fn all_problems_are_named_before_anything_is_sent() {
    let world = World::new();
    let sam = world.sam();
    let wrong = [
        record(&json!({})),
        record(&json!({"subcategory": "envelope-stuk", "watch": "nobody", "attach": "none.har"})),
        "{\"product\": \n".to_owned(),
        record(&json!({"prodct": "esignature"})),
        "{\"product\": \"esig".to_owned(),
    ];
    let file = world.file("many.ndjson", wrong.concat());
    let relay = Relay::to(&world.url);
    let people = sam.clone().to(&relay.url).run(&["case", "import", path(&file)]).exits(3);
    settings(&world).bind(|| assert_snapshot!(people.shown()));
    let machine = sam.run(&["case", "import", path(&file), "--json"]).exits(3);
    assert_eq!(machine.error()["message"], "4 of 5 cases can't be filed; nothing was sent");
    let rows = rows(&machine);
    assert_eq!(rows.iter().map(|row| row["line"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3, 4, 5]);
    let fields = rows[0]["fields"].as_array().unwrap();
    let names: Vec<&Value> = fields.iter().map(|field| &field["field"]).collect();
    assert_eq!(names, ["subcategory", "attachment", "watch"]);
    assert!(!relay.heard().iter().any(Request::writes), "{:?}", relay.heard());
    assert!(journals(&sam).is_empty());

    // The valid ones, if that is wanted; and each of them once, when the others are put right.
    let run = sam.run(&["case", "import", path(&file), "--partial", "--jq", ".line, .created"]).exits(9);
    assert_eq!(run.stdout, "1\ntrue\n2\nnull\n3\nnull\n4\nnull\n5\nnull\n");
    let file = world.file("many.ndjson", record(&json!({})) + &record(&json!({"subject": "Right now"})));
    let run = sam.run(&["case", "import", path(&file), "--jq", ".created"]).succeeded();
    assert_eq!(run.stdout, "false\ntrue\n");
    assert_eq!(subjects(&sam).len(), 2);
}

#[test]
fn a_dry_run_checks_and_sends_nothing() {
    let world = World::new();
    let sam = world.sam();
    let relay = Relay::to(&world.url);
    let there = sam.clone().to(&relay.url);
    let file = world.file("many.ndjson", records(3));
    let run = there.run(&["case", "import", path(&file), "--dry-run"]).succeeded();
    assert_eq!(run.stderr, "nothing was sent\n");
    let facts = format!(
        "Portal   {}\nUser     sam@example.com\nAccount  Northwind Legal (1001)\n\
         Import   3 cases, all of them valid: 3 would be filed\n",
        relay.url
    );
    assert_eq!(run.stdout, facts);
    let run = there.run_with(&["case", "import", "-", "--dry-run"], records(2) + "{}\n").exits(3);
    assert!(run.stdout.starts_with("line 3: "), "{}", run.stdout);
    assert!(!there.files().iter().any(|file| file.contains("imports")), "{:?}", there.files());
    assert!(!relay.heard().iter().any(Request::writes));
    assert!(journals(&sam).is_empty());
    for wrong in ["--jobs=0", "--jobs=65", "--format=xml", "--json=nmuber", "--jq=.["] {
        there.run(&["case", "import", path(&file), wrong]).exits(2);
    }
    let run = there.run_with(&["case", "import", "-", "--format", "ndjson"], "\n").succeeded();
    assert_eq!(run.stderr, "there is no case in it\n");
}

#[test]
fn a_dry_run_of_a_part_says_of_each_line_what_would_become_of_it() {
    let world = World::new();
    let sam = world.sam();
    let relay = Relay::to(&world.url);
    let there = sam.clone().to(&relay.url);
    let file = world.file("many.ndjson", records(1) + &record(&json!({"category": "sendin"})) + "{}\n");
    let dry = |further: &[&str]| {
        let words = ["case", "import", path(&file), "--dry-run", "--partial"];
        there.run(&words.iter().chain(further).copied().collect::<Vec<_>>())
    };
    let people = dry(&[]).exits(9);
    let plan = people.stdout.split_once("Import ").unwrap().1;
    assert_eq!(plan, "  3 cases, 2 of them not valid: 1 would be filed\n");
    assert!(people.stdout.starts_with("line 2, "), "{}", people.stdout);
    assert_eq!(people.stderr, "docket: 2 of 3 cases can't be filed; nothing was sent\n");
    let run = dry(&["--jq", "[.line, .number, .created, .error != null]"]).exits(9);
    assert_eq!(run.stdout, "[1,null,null,false]\n[2,null,null,true]\n[3,null,null,true]\n");
    assert_eq!(dry(&["--json=to_file,cases"]).exits(9).json(), json!({"to_file": 1, "cases": 3}));
    assert!(!relay.heard().iter().any(Request::writes));

    // What was filed before is told with its case, in a pipe, too.
    there.run(&["case", "import", path(&file), "--partial"]).exits(9);
    let text = fs::read_to_string(&file).unwrap();
    let words = ["case", "import", "-", "--dry-run", "--partial", "--csv=line,number,created"];
    let run = there.run_with(&words, text).exits(9);
    assert_eq!(run.stdout, "line,number,created\n1,00000001,false\n2,,\n3,,\n");
    assert!(dry(&[]).exits(9).stdout.ends_with("1 filed before, 0 would be filed\n"));

    // None at all, and all of them.
    let none = there.run_with(&["case", "import", "-", "--dry-run", "--partial"], "{}\n").exits(3);
    assert_eq!(none.stderr, "docket: 1 of 1 case can't be filed; nothing was sent\n");
    let words = ["case", "import", "-", "--dry-run", "--partial", "--jq", ".line, .error"];
    let all = there.run_with(&words, records(2)).succeeded();
    assert_eq!(all.stdout, "1\nnull\n2\nnull\n");
    assert_eq!(subjects(&sam), ["0"]);
}

#[test]
fn a_header_that_can_not_be_used_names_every_column_at_fault() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.csv", "product,catgory,subject,sub-ject,product,attachment,attach\n");
    let error = sam.run(&["case", "import", path(&file), "--json"]).exits(3).error();
    assert_eq!(
        error["fields"],
        json!([
            {"field": "catgory", "problem": "is not a field of the form; did you mean `category`?", "flag": "column 2"},
            {"field": "sub-ject", "problem": "is not a field of the form; did you mean `subject`?", "flag": "column 4"},
            {"field": "product", "problem": "stands twice in the header", "flag": "column 5"},
            {"field": "attach", "problem": "stands twice in the header", "flag": "column 7"},
        ])
    );
    let empty = world.file("empty.csv", "");
    let error = sam.run(&["case", "import", path(&empty), "--json"]).exits(3).error();
    assert!(error["message"].as_str().unwrap().contains("there is no header"), "{error}");
    let missing = sam.run(&["case", "import", "none.csv", "--json"]).exits(2).error();
    assert!(missing["message"].as_str().unwrap().starts_with("cannot read none.csv: "), "{missing}");
}

#[test]
fn equal_lines_are_as_many_cases_and_stay_as_many_when_it_is_done_again() {
    let world = World::new();
    let sam = world.sam();
    let twice = record(&json!({"subject": "same"})) + &records(1) + &record(&json!({"subject": "same"}));
    let file = world.file("many.ndjson", &twice);
    sam.run(&["case", "import", path(&file)]).succeeded();
    assert_eq!(subjects(&sam), ["0", "same", "same"]);
    let again = sam.run(&["case", "import", path(&file)]).succeeded();
    assert_eq!(again.stderr, "3 cases: 0 filed, 3 filed before\n");
    // Another file with the same lines, and one more.
    let file = world.file("more.ndjson", twice + &record(&json!({"subject": "same"})));
    let run = sam.run(&["case", "import", path(&file), "--jq", ".created"]).succeeded();
    assert_eq!(run.stdout, "false\nfalse\nfalse\ntrue\n");
    assert_eq!(subjects(&sam), ["0", "same", "same", "same"]);
}

#[test]
fn standard_input_is_imported_and_found_again() {
    let world = World::new();
    let sam = world.sam();
    let run = sam.run_with(&["case", "import", "-", "--json"], records(5)).succeeded();
    assert_eq!(rows(&run).len(), 5);
    let again = sam.run_with(&["case", "import", "-"], records(5)).succeeded();
    assert_eq!(again.stderr, "5 cases: 0 filed, 5 filed before\n");
    filed_once(&sam, 5);
    assert_eq!(journals(&sam).len(), 1, "the copy is gone: {:?}", sam.files());
}

#[test]
fn a_portal_that_is_not_there_has_been_sent_nothing() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(3));
    world.stop();
    sam.run(&["case", "import", path(&file)]).exits(6);
    assert!(journals(&sam).is_empty());
    world.restart(|options| options);
    sam.run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 3);
}

#[test]
fn a_file_that_changes_meanwhile_ends_it() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(200));
    let changed = file.clone();
    let relay = after(&world, 0, move |count| {
        if count == 0 {
            let mut file = fs::File::options().append(true).open(&changed).unwrap();
            file.write_all(b"{}\n").unwrap();
        }
        Deed::Pass
    });
    let run = sam.clone().to(&relay.url).run(&["case", "import", path(&file), "--jobs", "1"]).exits(9);
    assert!(run.stderr.contains("was changed while it was imported; 200 cases: "), "{}", run.stderr);
    let filed = subjects(&sam).len();
    assert!((1..200).contains(&filed), "{filed}");
}

#[test]
fn times_are_meant_as_of_the_first_run() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", record(&json!({"occurred_at": "2h ago"})));
    let refusing = Arc::new(AtomicU32::new(1));
    let flag = Arc::clone(&refusing);
    let relay = Relay::interfering(&world.url, move |request| {
        let refuse = request.opens_a_case() && flag.load(Ordering::SeqCst) == 1;
        if refuse { Deed::Answer(problem("busy", 503, "later")) } else { Deed::Pass }
    });
    let there = sam.clone().to(&relay.url);
    there.run(&["case", "import", path(&file)]).exits(6);
    // As if that had been some days before.
    let journal = &journals(&sam)[0];
    let text = fs::read_to_string(journal).unwrap();
    let (begun, rest) = text.split_once('\n').unwrap();
    let mut begun: Value = serde_json::from_str(begun).unwrap();
    begun["begun"]["at"] = json!("2026-11-20T12:00:00+01:00[Europe/Berlin]");
    fs::write(journal, format!("{begun}\n{rest}")).unwrap();
    refusing.store(0, Ordering::SeqCst);
    let run = there.run(&["case", "import", path(&file), "--jq", ".number"]).succeeded();
    assert_eq!(sam.json(&["case", "show", run.stdout.trim()])["occurred_at"], "2026-11-20T09:00:00Z");
}

#[test]
fn a_file_that_was_saved_again_is_found_however_it_spells_its_lines() {
    let world = World::new();
    let sam = world.sam();
    let closed = sam.open(&[]);
    sam.run(&["case", "close", &closed, "--reason", "Solved"]).succeeded();
    let short = closed.trim_start_matches('0');
    let header = "product,category,subcategory,subject,description,occurred-at,contact-method,watch,follows";
    let line = "esignature,sending,envelope-stuck,Stuck,\"Two\nlines.\"";
    let first = world.file(
        "first.csv",
        format!(
            "{header}\n{line},2026-11-20 09:30,email,,{closed}\n\
             esignature,sending,other,Plain,Nothing else.,2026-11-20T10:30:00.000+01:00,email,a@example.com,\n\
             esignature,sending,other,Late,Nothing else.,2h ago,email,,\n"
        ),
    );
    let run = sam.run(&["case", "import", path(&first), "--jq", ".created"]).succeeded();
    assert_eq!(run.stdout, "true\ntrue\ntrue\n");
    let before = subjects(&sam);
    // With a byte order mark, other separators, quotes, blanks, line ends, times and numbers.
    let second = world.file(
        "second.csv",
        format!(
            "\u{feff}{}\r\n\"esignature\"; sending ;envelope-stuck;Stuck ;\"Two\r\nlines.\r\n\";\
             2026-11-20T09:30:00Z;email;;{short}\r\n\r\n\
             esignature;sending;other;\"Plain\";Nothing else.;2026-11-20 9:30:00;email; a@example.com ;\r\n",
            header.replace(',', ";"),
        ),
    );
    let run = sam.run(&["case", "import", path(&second), "--jq", ".created"]).succeeded();
    assert_eq!(run.stdout, "false\nfalse\n");
    // What is meant from the moment of the import isn't filed at each import; only its time can't be the same.
    let third = world.file(
        "third.csv",
        format!("{header}\nesignature,sending,other,Late ,Nothing else.,2H ago,email,,\n"),
    );
    let run = sam.run(&["case", "import", path(&third), "--jq", "[.created, .error]"]);
    assert!(
        run.stdout == "[false,null]\n" || run.stdout.contains("an earlier import has filed the same answers"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert_eq!(subjects(&sam), before);
}

#[test]
fn what_an_older_docket_has_perhaps_sent_is_sent_again_as_it_was() {
    let world = World::new();
    let sam = world.sam();
    let file =
        world.file("many.ndjson", record(&json!({"subject": "Spelt ", "occurred_at": "2026-11-20 09:30"})));
    let deeds = AtomicU32::new(0);
    let relay = Relay::interfering(&world.url, move |request| {
        if !request.opens_a_case() {
            return Deed::Pass;
        }
        match deeds.fetch_add(1, Ordering::SeqCst) {
            0 => Deed::Answer(problem("busy", 503, "later")),
            _ => Deed::Pass,
        }
    });
    let there = sam.clone().to(&relay.url);
    let import = ["case", "import", path(&file), "--no-retry", "--jq", ".number"];
    there.run(&import).exits(6);
    let journal = &journals(&sam)[0];
    let text = fs::read_to_string(journal).unwrap();
    fs::write(journal, text.replacen(",\"by_meaning\":true", "", 1)).unwrap();
    assert!(text.contains(",\"by_meaning\":true"), "{text}");
    let run = there.run(&import).succeeded();
    assert_eq!(sam.json(&["case", "show", run.stdout.trim()])["subject"], "Spelt ");
    let opening = relay.heard().into_iter().filter(Request::opens_a_case);
    let keys: Vec<_> = opening.map(|request| request.header("idempotency-key").unwrap().to_owned()).collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1], "the one by what the record means, the other by how it is spelt");
}

#[test]
fn a_form_that_changes_in_the_middle_is_fetched_and_the_rest_is_checked_by_it() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("many.ndjson", records(20));
    let answered = AtomicU32::new(0);
    let relay = Relay::interfering(&world.url, move |request| {
        let refuse = request.opens_a_case() && answered.fetch_add(1, Ordering::SeqCst) == 5;
        match refuse {
            true => Deed::Answer(problem("form-changed", 412, "there is a new form")),
            false => Deed::Pass,
        }
    });
    sam.clone().to(&relay.url).run(&["case", "import", path(&file)]).succeeded();
    filed_once(&sam, 20);
    let forms = relay.heard().iter().filter(|request| request.path == "/v1/form").count();
    assert!(forms >= 2, "{forms}");
}

#[test]
fn a_file_that_can_not_be_attached_leaves_the_line_incomplete_and_is_tried_again() {
    let world = World::new();
    let sam = world.sam();
    world.file("trace.har", "{}");
    let file = world.file("many.ndjson", record(&json!({"attach": ["trace.har"]})) + &records(1));
    let full = Arc::new(AtomicU32::new(1));
    let flag = Arc::clone(&full);
    let relay = Relay::interfering(&world.url, move |request| {
        let refuse = request.attaches() && flag.load(Ordering::SeqCst) == 1;
        if refuse { Deed::Answer(problem("no-space", 507, "out of space")) } else { Deed::Pass }
    });
    let there = sam.clone().to(&relay.url);
    let run = there.run(&["case", "import", path(&file), "--jobs", "1"]).exits(9);
    settings(&world).bind(|| assert_snapshot!(run.shown()));
    full.store(0, Ordering::SeqCst);
    let run = there.run(&["case", "import", path(&file), "--json"]).succeeded();
    let number = rows(&run)[0]["number"].as_str().unwrap().to_owned();
    assert_eq!(sam.json(&["case", "show", &number])["attachments"][0]["name"], "trace.har");
    assert_eq!(subjects(&sam).len(), 2);
}

#[test]
fn a_dry_run_counts_what_was_filed_before_and_says_where_the_rest_would_go() {
    let world = World::new();
    let sam = world.sam();
    let relay = after(&world, 3, |_| Deed::Answer(problem("busy", 503, "closed for the night")));
    let there = sam.clone().to(&relay.url);
    let text = records(4) + &record(&json!({"subject": "Other", "account": "1002"}));
    let file = world.file("many.ndjson", &text);
    there.run(&["case", "import", path(&file), "--jobs", "1"]).exits(6);
    let journal = fs::read(&journals(&sam)[0]).unwrap();
    let expected = json!({
        "portal": relay.url, "user": "sam@example.com",
        "accounts": [
            {"id": "1001", "name": "Northwind Legal", "cases": 1},
            {"id": "1002", "name": "Northwind Shop", "cases": 1},
        ],
        "cases": 5, "filed_before": 3, "to_file": 2,
    });
    let run = there.run(&["case", "import", path(&file), "--dry-run", "--json"]).succeeded();
    assert_eq!((run.json(), run.stderr.as_str()), (expected, ""));
    // What can be read only once is counted as well.
    let piped = there.run_with(&["case", "import", "-", "--dry-run", "--json=to_file,filed_before"], &text);
    assert_eq!(piped.succeeded().json(), json!({"to_file": 2, "filed_before": 3}));
    let fields = there.run(&["case", "import", path(&file), "--dry-run", "--json=line,error"]).succeeded();
    assert_eq!(fields.stdout, "");
    there.run(&["case", "import", path(&file), "--dry-run", "--json=line,to_file"]).exits(2);
    assert_eq!(fs::read(&journals(&sam)[0]).unwrap(), journal, "it isn't touched");
}

#[cfg(unix)]
#[test]
fn a_dry_run_reads_a_pipe_where_it_is() {
    let world = World::new();
    let sam = world.sam();
    let pipe = world.folder.path().join("cases.pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let written = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::write(pipe, records(3)).unwrap()
    });
    let run = sam.run(&["case", "import", path(&pipe), "--dry-run", "--jq", ".to_file"]).succeeded();
    written.join().unwrap();
    assert_eq!(run.stdout, "3\n");
    assert!(!sam.files().iter().any(|file| file.contains("imports")), "{:?}", sam.files());
}

#[test]
fn a_column_that_is_missing_is_told_once_and_a_line_is_named_by_row_and_subject() {
    let world = World::new();
    let sam = world.sam();
    let mut table = "product,category,subcategory,subject,description,occurred_at,watch\n".to_owned();
    for index in 0..6 {
        let watch = if index == 4 { "\"a@example.com, b@example.com\"" } else { "" };
        table.push_str(&format!(
            "esignature,sending,other,No {index},\"One\ntwo\",2026-11-20T09:30:00Z,{watch}\n"
        ));
    }
    let file = world.file("many.csv", table);
    let run = sam.run(&["case", "import", path(&file)]).exits(3);
    let told = "in all 6 records: contact_method: is required, and the header has no column for it\n\
                line 10 (row 6), `No 4`: one field is missing or wrong\n  \
                watch: `a@example.com, b@example.com` is not an e-mail address; several in a cell are separated by `;`\n";
    assert_eq!(run.stdout, told);
    assert!(run.stderr.starts_with("docket: 6 of 6 cases can't be filed"), "{}", run.stderr);
    // With --partial nobody is told twice.
    assert_eq!(sam.run(&["case", "import", path(&file), "--partial"]).exits(3).stdout, told);
    // A program gets them line by line.
    let found = rows(&sam.run(&["case", "import", path(&file), "--json"]).exits(3));
    assert_eq!(found.len(), 6);
    assert_eq!(
        (&found[4]["line"], &found[4]["row"], &found[4]["subject"]),
        (&json!(10), &json!(6), &json!("No 4"))
    );
}

#[test]
fn a_file_that_has_nothing_of_the_form_is_told_at_once() {
    let world = World::new();
    let sam = world.sam();
    let file = world.file("wrong.csv", "Ticket,Opened by,Text\n1,x,y\n2,x,y\n");
    let error = sam.run(&["case", "import", path(&file), "--json"]).exits(3).error();
    let message = format!("the first line of {} names no field of the form; nothing was sent", path(&file));
    assert_eq!((&error["message"], &error["fields"]), (&json!(message), &json!([])));
    let hint = error["hints"][1].as_str().unwrap();
    assert!(hint.starts_with("columns may be ") && hint.ends_with("attach, watch, follows"), "{hint}");
    let file = world.file("near.csv", "product,attachments,watchers,attachment\nesignature,,,\n");
    let fields = sam.run(&["case", "import", path(&file), "--json"]).exits(3).error()["fields"].clone();
    let problem = "is not a field of the form; did you mean `attach`?";
    assert_eq!(fields, json!([{"field": "attachments", "problem": problem, "flag": "column 2"}]));
}
