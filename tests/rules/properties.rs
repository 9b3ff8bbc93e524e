//! What holds for any answers at all: the walk leads to a case that is accepted, and the exported schema
//! accepts what the rules accept.
//!
//! Left out: times in the future, which JSON Schema can't refuse, and numbers like `1.0` for a file's size,
//! which are integers to JSON Schema but not to serde.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use docket::account::Plan;
use docket::rules::{self, Answer, Context, Draft, Field, Kind, Question};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::sample::*;

/// Whoever might fill in the form, with the schema for them.
static PEOPLE: LazyLock<Vec<(&str, Context, Validator)>> = LazyLock::new(|| {
    let [legal, shop, _, sandbox, trust] = northwind();
    let everything = [&FLOW_1[..], &FLOW_2].concat();
    let people = [
        ("several accounts", sam()),
        ("one account", only("1001")),
        ("one account on a web plan", only("1002")),
        ("one account for flow 2", only("1005")),
        ("one account with every product", context(&[account("1", "All", Plan::Paid, &everything)])),
        ("the same on a web plan", context(&[account("1", "All", Plan::Web, &everything)])),
        ("a paid and a web plan", context(&[legal.clone(), shop])),
        ("one account and a demo", context(&[sandbox, legal, trust])),
        ("only a demo account", only("1004")),
        ("no account", context(&[])),
    ];
    let with_schema = people.into_iter().map(|(name, context)| {
        let schema = rules::schema(&FORM, &context);
        let options = jsonschema::draft202012::options().should_validate_formats(true);
        (name, context, options.build(&schema).unwrap())
    });
    with_schema.collect()
});

fn somebody() -> impl Strategy<Value = &'static (&'static str, Context, Validator)> {
    any::<Index>().prop_map(|index| index.get(&PEOPLE))
}

/// Somebody who can open cases.
fn somebody_with_an_account() -> impl Strategy<Value = &'static Context> {
    any::<Index>().prop_map(|index| {
        let able: Vec<&Context> =
            PEOPLE.iter().map(|(_, context, _)| context).filter(|context| context.has_usable()).collect();
        *index.get(&able)
    })
}

/// One step of a walk: how to answer, whether to skip what is optional, whether to change one's mind first.
type Step = (Index, bool, Option<Index>);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let change_of_mind = proptest::option::weighted(0.1, any::<Index>());
    proptest::collection::vec((any::<Index>(), any::<bool>(), change_of_mind), 60)
}

/// Good answers to a question.
fn good_answers(question: &Question) -> Vec<Answer> {
    let texts: &[&str] = match question.field.kind {
        Kind::Choice => return question.choices.iter().map(|choice| choice.id.as_str().into()).collect(),
        Kind::File { max } => {
            return [1, max].map(|size| Answer::File { name: "log.har".to_owned(), size }).to_vec();
        }
        Kind::Line { max } => {
            return ["x".to_owned(), "日本語 – ok".to_owned(), "é".repeat(max)].map(Answer::from).to_vec();
        }
        Kind::Text { .. } => &["x", "one\n\ttwo\r\n", " \u{1b}[31m 🦀"],
        Kind::Time { .. } => &["2026-11-20T09:30:00Z", "1999-12-31T23:59:59.5-11:30"],
        Kind::Guid => &["4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
        Kind::Email => &["sam@example.com"],
        Kind::Phone => &["+14155550100", "+1234567", "+123456789012345"],
    };
    texts.iter().map(|text| Answer::from(*text)).collect()
}

/// Answers what is asked until nothing is, and now and then gives another answer to what was asked before.
fn walk(context: &Context, steps: &[Step]) -> Draft {
    let mut draft = Draft::default();
    let mut skipped = BTreeSet::new();
    for (how, skip, change_of_mind) in steps {
        if let Some(which) = change_of_mind {
            change_mind(context, &mut draft, which, how);
        }
        let Some(question) = rules::next(&FORM, context, &draft, &skipped, now()) else { return draft };
        let id = question.field.id.clone();
        if *skip && !question.required {
            assert!(skipped.insert(id), "what was skipped isn't asked again");
            continue;
        }
        assert!(draft.get(&id).is_none(), "{id} is asked though it has a good answer");
        let answers = good_answers(&question);
        assert!(!answers.is_empty(), "{id} can't be answered");
        draft.set(&id, how.get(&answers).clone());
        rules::prune(&FORM, context, &mut draft);
        assert!(draft.get(&id).is_some(), "{id} doesn't take what was offered for it");
    }
    panic!("the walk doesn't end: {draft:?}");
}

fn change_mind(context: &Context, draft: &mut Draft, which: &Index, how: &Index) {
    let answered: Vec<String> = draft.0.keys().cloned().collect();
    if answered.is_empty() {
        return;
    }
    let id = which.get(&answered);
    let choices = offered(context, draft, id);
    if choices.is_empty() {
        draft.0.remove(id);
    } else {
        draft.set(id, how.get(&choices).as_str());
    }
    rules::prune(&FORM, context, draft);
    let left = codes(context, draft);
    assert!(left.iter().all(|(_, code)| code == "missing"), "{left:?} is left of {draft:?}");
}

/// Whatever there is to choose, in any field.
static IDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    FORM.fields.iter().flat_map(|field| &field.choices).map(|choice| choice.id.as_str()).collect()
});

/// What might be given by mistake, for any field.
static WRONG_AND_RIGHT: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let ids = IDS.iter().map(|id| json!(id));
    let accounts = ["1", "1001", "1002", "1003", "1004", "1005", "2001"].map(|id| json!(id));
    let texts = [
        "",
        " ",
        "\u{a0}\u{3000}\u{feff}",
        "x",
        "one\ntwo",
        "tab\t",
        "line\u{2028}separator",
        "trailing\n",
        "nul\0",
        "escape\u{1b}",
        "\u{85}",
        "🦀",
        "2026-11-20T09:30:00Z",
        "2026-11-20T09:30:00.123456789+00:00",
        "2026-11-20T09:30:00.1234567890Z",
        "2026-11-20t09:30:00z",
        "2026-11-20 09:30:00Z",
        "2026-11-20T09:30:00",
        "2026-11-20T09:30Z",
        "2026-02-30T09:30:00Z",
        "2024-02-29T09:30:00Z",
        "2023-02-29T09:30:00Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2026-11-20T09:30:00+24:00",
        "2026-11-20T09:30:00+23:60",
        "2026-11-19T09:30:00-23:59",
        "2026-11-20T09:30:00Z\n",
        "0000-01-01T00:00:00Z",
        "0000-00-01T00:00:00Z",
        "٢٠٢٦-11-20T09:30:00Z",
        "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c",
        "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47C\n",
        "4b7f1c02-9d3e-4a55-8c61-Oe2f9ab3d47c",
        "4b7f1c029d3e4a558c610e2f9ab3d47c",
        "+14155550100",
        "+1415555010٠",
        "+123456",
        "+1234567890123456",
        "+04155550100",
        "004155550100",
        "production",
        "phone",
        "null",
    ];
    let long = [254, 255, 256, 31_999, 32_000, 32_001].map(|length| json!("é".repeat(length)));
    let files = [
        json!({"name": "a.png", "size": 1}),
        json!({"name": "a.png", "size": 0}),
        json!({"name": "a.png", "size": -1}),
        json!({"name": "a.png", "size": 1.5}),
        json!({"name": "a.png", "size": "1"}),
        json!({"name": "a.png", "size": 25_000_000}),
        json!({"name": "a.png", "size": 25_000_001}),
        json!({"name": "a.png", "size": u64::MAX}),
        json!({"name": "a.png", "size": 1e30}),
        json!({"name": "a.png"}),
        json!({"size": 1}),
        json!({"name": "a.png", "size": 1, "type": "image/png"}),
        json!({"name": "", "size": 1}),
        json!({"name": ".", "size": 1}),
        json!({"name": "..", "size": 1}),
        json!({"name": "...", "size": 1}),
        json!({"name": "a/b", "size": 1}),
        json!({"name": "a\\b", "size": 1}),
        json!({"name": "a\n", "size": 1}),
        json!({"name": "🦀".repeat(255), "size": 1}),
        json!({"name": "🦀".repeat(256), "size": 1}),
        json!({"name": 1, "size": 1}),
    ];
    let others = [json!(null), json!(true), json!(0), json!(1001), json!([]), json!(["x"]), json!({})];
    let texts = texts.map(|text| json!(text));
    ids.chain(accounts).chain(texts).chain(long).chain(files).chain(others).collect()
});

/// One thing that goes wrong with a draft.
#[derive(Debug, Clone)]
enum Mishap {
    /// An answer gets lost.
    Lose(Index),
    /// A field, one of the form's or another, gets whatever value.
    Set(Index, Index),
    /// A field gets the answer that it has in another draft.
    Borrow(Index),
    /// Two fields swap their answers.
    Swap(Index, Index),
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(Mishap::Lose),
        (index(), index()).prop_map(|(field, value)| Mishap::Set(field, value)),
        index().prop_map(Mishap::Borrow),
        (index(), index()).prop_map(|(one, other)| Mishap::Swap(one, other)),
    ]
}

/// `draft` as JSON, after `mishaps`.
fn spoil(draft: &Draft, other: &Draft, mishaps: &[Mishap]) -> Value {
    let mut answers = draft
        .0
        .clone()
        .into_iter()
        .map(|(id, answer)| (id, json!(answer)))
        .collect::<serde_json::Map<_, _>>();
    let fields: Vec<&str> =
        FORM.fields.iter().map(|field| field.id.as_str()).chain(["title", "occurred-at", ""]).collect();
    for mishap in mishaps {
        let given: Vec<String> = answers.keys().cloned().collect();
        match mishap {
            Mishap::Lose(which) if !given.is_empty() => {
                answers.remove(which.get(&given));
            }
            Mishap::Set(field, value) => {
                answers.insert((*field.get(&fields)).to_owned(), value.get(&WRONG_AND_RIGHT).clone());
            }
            Mishap::Borrow(which) if !other.0.is_empty() => {
                let (id, answer) = other.0.iter().nth(which.index(other.0.len())).unwrap();
                answers.insert(id.clone(), json!(answer));
            }
            Mishap::Swap(one, other) if !given.is_empty() => {
                let (one, other) = (one.get(&given), other.get(&given));
                let (first, second) = (answers[one].clone(), answers[other].clone());
                answers.insert(one.clone(), second);
                answers.insert(other.clone(), first);
            }
            Mishap::Lose(_) | Mishap::Borrow(_) | Mishap::Swap(..) => {}
        }
    }
    Value::Object(answers)
}

/// Holds the rules' verdict on `answers` against the schema's.
fn compare(context: &Context, schema: &Validator, answers: &Value) -> Result<bool, String> {
    let told: Vec<String> = match serde_json::from_value::<Draft>(answers.clone()) {
        Ok(draft) => problems(context, &draft).iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    };
    let accepted = schema.is_valid(answers);
    if told.is_empty() == accepted {
        return Ok(accepted);
    }
    let refused: Vec<String> = schema.iter_errors(answers).map(|error| error.to_string()).collect();
    Err(format!("the rules say {told:?}, but the schema says {refused:?} of {answers:#}"))
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn what_the_walk_leads_to_is_accepted(context in somebody_with_an_account(), steps in steps()) {
        let draft = walk(context, &steps);
        prop_assert_eq!(problems(context, &draft), []);
    }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn the_schema_accepts_what_the_rules_accept(
        (_, context, schema) in somebody(),
        walker in somebody_with_an_account(),
        steps in [steps(), steps()],
        mishaps in proptest::collection::vec(mishap(), 0..4),
    ) {
        let walker = if context.has_usable() { context } else { walker };
        let [draft, other] = steps.map(|steps| walk(walker, &steps));
        let agreed = compare(context, schema, &spoil(&draft, &other, &mishaps));
        prop_assert!(agreed.is_ok(), "{}", agreed.unwrap_err());
    }
}

/// A good case for each product that each of [`PEOPLE`] has.
fn good_cases() -> Vec<(&'static Context, &'static Validator, Value)> {
    let products = [&FLOW_1[..], &FLOW_2].concat();
    let pairs = PEOPLE.iter().flat_map(|person| products.iter().map(move |product| (person, *product)));
    pairs
        .filter_map(|((_, context, schema), product)| {
            let account = context.usable().find(|own| own.products.iter().any(|own| own == product))?;
            let mut good = draft(product);
            if context.only_account().is_none() {
                good.set("account", account.id.as_str());
            }
            Some((context, schema, json!(good)))
        })
        .collect()
}

/// What a random search would need luck for: every value in every field, each in one of the good cases.
#[test]
fn rules_and_schema_agree_on_every_single_change() {
    let good_cases = good_cases();
    for (context, schema, good) in &good_cases {
        assert_eq!(compare(context, schema, good), Ok(true));
    }
    let changes =
        FORM.fields.iter().flat_map(|field| WRONG_AND_RIGHT.iter().map(move |value| (field, value)));
    // What can be chosen somewhere is a text like any other to a field without choices.
    let telling = |(field, value): &(&Field, &Value)| {
        field.kind == Kind::Choice || !value.as_str().is_some_and(|id| IDS.contains(id))
    };
    for ((field, value), (context, schema, good)) in changes.filter(telling).zip(good_cases.iter().cycle()) {
        let mut answers = good.clone();
        answers[&field.id] = value.clone();
        compare(context, schema, &answers).unwrap();
    }
}

#[test]
fn the_schemas_are_schemas() {
    for (name, context, _) in PEOPLE.iter() {
        let schema = rules::schema(&FORM, context);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        assert!(schema.to_string().len() < 200_000, "{name}: {} bytes", schema.to_string().len());
    }
}
