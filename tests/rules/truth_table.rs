//! What a case needs, as the support centre says it.

use std::collections::BTreeSet;

use docket::account::Plan;
use docket::rules::{self, Answer, Applies, Context, Draft};
use jiff::SignedDuration;

use crate::sample::*;

/// R = required, O = optional, - = not asked and refused if given, . = can't come about.
///
/// Where nothing else is said there is one account on a paid plan, the category asks for the user impact,
/// the environment is `demo` and the contact method `email`. With one account there is none to choose in
/// either flow; with several it has to be chosen for both, because it settles which products there are.
const TABLE: &str = "
                                       |  flow 1                | flow 2
field           where                  |  esignature  rooms clm | protect-and-sign clm-cm insight-analyzer dsa hsm
account         one-account            |  -           -     -   | -                -      -                -   -
account         several-accounts       |  R           R     R   | R                R      R                R   R
product         always                 |  R           R     R   | R                R      R                R   R
category        always                 |  R           R     R   | R                R      R                R   R
subcategory     always                 |  R           R     R   | R                R      R                R   R
subject         always                 |  R           R     R   | R                R      R                R   R
description     always                 |  R           R     R   | O                O      O                O   O
occurred_at     always                 |  R           R     R   | O                O      O                O   O
attachment      always                 |  O           O     O   | O                O      O                O   O
envelope_id     always                 |  O           -     -   | -                -      -                -   -
user_impact     category-asks          |  O           O     O   | O                O      O                O   O
user_impact     category-does-not-ask  |  -           -     -   | .                .      .                .   .
environment     always                 |  -           -     -   | R                R      R                R   R
business_impact environment-demo       |  -           -     -   | -                -      -                -   -
business_impact environment-production |  .           .     .   | R                R      R                R   R
contact_method  always                 |  R           R     R   | R                R      R                R   R
phone           contact-by-email       |  -           -     -   | -                -      -                -   -
phone           contact-online         |  -           -     -   | -                -      -                -   -
phone           contact-by-phone       |  R           R     R   | .                R      .                .   .
language        always                 |  O           O     O   | O                O      O                O   O
occurred_before always                 |  O           O     O   | O                O      O                O   O
product_version always                 |  O           O     O   | O                O      O                O   O
browser         always                 |  O           O     O   | O                O      O                O   O
steps           always                 |  O           O     O   | O                O      O                O   O
";

struct Cell<'a> {
    field: &'a str,
    place: &'a str,
    product: &'a str,
    need: &'a str,
}

fn cells() -> Vec<Cell<'static>> {
    let mut rows = TABLE.lines().skip(2).map(|line| line.split_whitespace().filter(|word| *word != "|"));
    let products: Vec<&str> = rows.next().unwrap().skip(2).collect();
    assert_eq!(products, [&FLOW_1[..], &FLOW_2].concat());
    let cells_of = |mut row: Box<dyn Iterator<Item = &'static str>>| {
        let (field, place) = (row.next().unwrap(), row.next().unwrap());
        let needs: Vec<&str> = row.collect();
        assert_eq!(needs.len(), products.len(), "{field} {place}");
        let cells = products.iter().zip(needs);
        cells.map(|(product, need)| Cell { field, place, product, need }).collect::<Vec<_>>()
    };
    rows.flat_map(|row| cells_of(Box::new(row))).collect()
}

/// A good case for `product` in which what `place` says is so; without `business_impact` and `phone`, which
/// two places ask for.
fn in_place(place: &str, product: &str) -> (Context, Draft) {
    let one = with_product(product, Plan::Paid);
    let draft = draft(product);
    match place {
        "several-accounts" => {
            let second = account("1002", "Northwind Shop", Plan::Web, &[product]);
            (
                Context { accounts: [one.accounts, vec![second]].concat(), ..one },
                draft.with("account", "1001"),
            )
        }
        "category-does-not-ask" => (one, draft.with("category", category(product, false))),
        "environment-production" => (one, draft.with("environment", "production")),
        "contact-online" => (one, draft.with("contact_method", "online")),
        "contact-by-phone" => (one, draft.with("contact_method", "phone")),
        _ => (one, draft),
    }
}

#[test]
fn every_field_of_the_form_is_in_the_table() {
    let tabled: BTreeSet<&str> = cells().iter().map(|cell| cell.field).collect();
    let asked: BTreeSet<&str> = FORM.fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(tabled, asked);
}

#[test]
fn every_cell_of_the_table_holds() {
    for Cell { field, place, product, need } in cells().iter().filter(|cell| cell.need != ".") {
        let cell = format!("{field}, {place}, {product}: {need}");
        let (context, good) = in_place(place, product);
        let absent = without(good.clone(), field);
        let given = good.with(field, answer(field, product));
        let (applies, when_absent, when_given) = match *need {
            "R" => (Applies::Required, Some("missing"), None),
            "O" => (Applies::Optional, None, None),
            "-" => (Applies::No, None, Some("not_applicable")),
            _ => panic!("{cell}"),
        };
        let expected = |code: Option<&str>| {
            code.map(|code| ((*field).to_owned(), code.to_owned())).into_iter().collect()
        };
        let expected: [Vec<_>; 2] = [expected(when_absent), expected(when_given)];
        assert_eq!(rules::applies(&FORM, &context, &absent, field), applies, "{cell}");
        assert_eq!(rules::applies(&FORM, &context, &given, field), applies, "{cell}");
        assert_eq!(codes(&context, &absent), expected[0], "{cell}, absent");
        assert_eq!(codes(&context, &given), expected[1], "{cell}, given");
    }
}

#[test]
fn an_empty_case_lacks_what_is_asked_first_and_what_is_always_asked() {
    let missing = |context: &Context, draft: Draft| {
        let found = problems(context, &draft);
        assert!(found.iter().all(|found| found.code == "missing"), "{found:?}");
        found.into_iter().map(|found| found.field).collect::<Vec<_>>().join(" ")
    };
    let always = "category subcategory subject";
    assert_eq!(missing(&sam(), Draft::default()), format!("account product {always} contact_method"));
    assert_eq!(missing(&only("1001"), Draft::default()), format!("product {always} contact_method"));
    assert_eq!(
        missing(&only("1001"), Draft::default().with("product", "rooms")),
        format!("{always} description occurred_at contact_method")
    );
    assert_eq!(
        missing(&only("1005"), Draft::default().with("product", "clm-cm").with("environment", "production")),
        format!("{always} business_impact contact_method")
    );
}

// Accounts and products

#[test]
fn the_account_comes_before_the_product_and_the_product_before_the_category() {
    let asked = |context: &Context, draft: &Draft| {
        rules::next(&FORM, context, draft, &BTreeSet::new(), now()).unwrap().field.id.clone()
    };
    let mut draft = Draft::default();
    for (field, answer) in
        [("account", "1001"), ("product", "rooms"), ("category", "tasks"), ("subcategory", "other")]
    {
        assert_eq!(asked(&sam(), &draft), field);
        draft.set(field, answer);
    }
    assert_eq!(asked(&sam(), &draft), "subject");
    assert_eq!(asked(&only("1001"), &Draft::default()), "product");
}

#[test]
fn only_the_accounts_products_are_offered() {
    let products = |id: &str| offered(&sam(), &Draft::default().with("account", id), "product").join(" ");
    assert_eq!(products("1001"), "esignature rooms");
    assert_eq!(products("1002"), "esignature");
    assert_eq!(products("1003"), "clm");
    assert_eq!(products("1004"), "");
    assert_eq!(products("1005"), "protect-and-sign clm-cm insight-analyzer");
    assert_eq!(offered(&sam(), &Draft::default(), "product"), [""; 0]);
    assert_eq!(offered(&only("1003"), &Draft::default(), "product"), ["clm"]);

    let draft = draft("clm").with("account", "1001");
    assert_eq!(codes(&sam(), &draft), [("product".to_owned(), "not_offered".to_owned())]);
    assert_eq!(codes(&sam(), &draft.with("account", "1003")), []);
}

#[test]
fn a_demo_account_is_refused() {
    assert_eq!(offered(&sam(), &Draft::default(), "account"), ["1001", "1002", "1003", "1005"]);
    let in_demo = draft("esignature").with("account", "1004");
    assert_eq!(codes(&sam(), &in_demo)[0], ("account".to_owned(), "account_refused".to_owned()));

    // With one other account there is nothing to choose, and with none at all there is no case.
    let one_and_demo = context(&[northwind()[0].clone(), northwind()[3].clone()]);
    assert_eq!(codes(&one_and_demo, &draft("esignature")), []);
    assert_eq!(codes(&one_and_demo, &in_demo), [("account".to_owned(), "account_refused".to_owned())]);
    for draft in [draft("esignature"), in_demo] {
        assert_eq!(codes(&only("1004"), &draft), [("account".to_owned(), "account_refused".to_owned())]);
    }
    assert_eq!(rules::next(&FORM, &only("1004"), &Draft::default(), &BTreeSet::new(), now()), None);
    assert_eq!(codes(&context(&[]), &draft("rooms")), [("account".to_owned(), "no_account".to_owned())]);
}

#[test]
fn a_trial_account_is_as_good_as_any() {
    assert!(northwind()[1].trial);
    assert_eq!(codes(&only("1002"), &draft("esignature")), []);
}

// Categories

#[test]
fn a_category_belongs_to_its_product_and_a_subcategory_to_its_category() {
    let in_category = |category: &str, subcategory: &str| {
        let draft = draft("esignature").with("category", category).with("subcategory", subcategory);
        codes(&only("1001"), &draft)
    };
    let wrong = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
    assert_eq!(in_category("sending", "bulk-send"), []);
    assert_eq!(in_category("tasks", "other"), wrong("category", "not_offered"));
    assert_eq!(in_category("sending", "access-code"), wrong("subcategory", "not_offered"));
    assert_eq!(in_category("nonsense", "other"), wrong("category", "not_a_choice"));
    assert_eq!(in_category("sending", "nonsense"), wrong("subcategory", "not_a_choice"));
}

#[test]
fn every_product_has_categories_and_all_of_them_subcategories() {
    for product in FLOW_1.into_iter().chain(FLOW_2) {
        let context = with_product(product, Plan::Web);
        let draft = draft(product);
        let categories = offered(&context, &draft, "category");
        assert!(categories.len() >= 3, "{product}");
        for category in categories {
            let draft = draft.clone().with("category", category.as_str());
            let subcategories = offered(&context, &draft, "subcategory");
            assert!((3..=8).contains(&subcategories.len()), "{category} of {product}: {subcategories:?}");
            for subcategory in subcategories {
                let draft = draft.clone().with("subcategory", subcategory.as_str());
                assert_eq!(codes(&context, &draft), [], "{subcategory} of {category} of {product}");
            }
        }
    }
}

#[test]
fn these_categories_do_not_ask_for_the_user_impact() {
    let not_asking = |product: &str| {
        let context = with_product(product, Plan::Web);
        let mut categories = offered(&context, &draft(product), "category");
        categories.retain(|category| {
            let draft = draft(product).with("category", category.as_str());
            rules::applies(&FORM, &context, &draft, "user_impact") == Applies::No
        });
        categories.join(" ")
    };
    assert_eq!(not_asking("esignature"), "administration billing");
    assert_eq!(not_asking("rooms"), "roles billing");
    assert_eq!(not_asking("clm"), "groups-and-users delegated-access billing");
    for product in FLOW_2 {
        assert_eq!(not_asking(product), "", "{product}");
    }
}

// Contact methods

#[test]
fn contact_methods_hang_on_product_and_plan() {
    let email_online = ["email", "online"];
    let call_back_too = ["email", "online", "phone"];
    for (product, web, paid) in [
        ("esignature", &email_online[..], &call_back_too[..]),
        ("rooms", &email_online, &call_back_too),
        ("clm", &email_online, &call_back_too),
        ("protect-and-sign", &email_online, &email_online),
        ("clm-cm", &call_back_too, &call_back_too),
        ("insight-analyzer", &email_online, &email_online),
        ("dsa", &email_online, &email_online),
        ("hsm", &email_online, &email_online),
    ] {
        for (plan, expected) in [(Plan::Web, web), (Plan::Paid, paid)] {
            let context = with_product(product, plan);
            assert_eq!(offered(&context, &draft(product), "contact_method"), expected, "{product} {plan}");
            for method in call_back_too {
                let mut draft = draft(product).with("contact_method", method);
                if method == "phone" {
                    draft.set("phone", answer("phone", product));
                }
                let accepted = codes(&context, &draft).is_empty();
                assert_eq!(accepted, expected.contains(&method), "{product} {plan} {method}");
            }
        }
    }
}

// Choices

#[test]
fn choices_have_these_values() {
    for (field, product, values) in [
        ("environment", "hsm", "demo production"),
        ("business_impact", "hsm", "critical high medium low"),
        ("user_impact", "esignature", "one several all unknown"),
        ("language", "esignature", "en fr de ja pt"),
    ] {
        let context = with_product(product, Plan::Web);
        let mut draft = draft(product);
        if field == "business_impact" {
            draft.set("environment", "production");
        }
        assert_eq!(offered(&context, &draft, field).join(" "), values, "{field}");
        for value in values.split(' ').filter(|value| (field, *value) != ("environment", "production")) {
            assert_eq!(codes(&context, &draft.clone().with(field, value)), [], "{field} {value}");
        }
        for value in ["nonsense", "", "EN"] {
            let found = codes(&context, &draft.clone().with(field, value));
            assert_eq!(found.len(), 1, "{field} {value:?}: {found:?}");
            assert_eq!(found[0].0, field);
        }
    }
}

#[test]
fn the_language_defaults_to_the_users_own() {
    let default = |language: Option<&str>| {
        let context = Context { language: language.map(str::to_owned), ..only("1001") };
        let skipped =
            FORM.fields.iter().map(|field| field.id.clone()).filter(|id| id != "language").collect();
        let question = rules::next(&FORM, &context, &draft("rooms"), &skipped, now()).unwrap();
        assert_eq!((question.field.id.as_str(), question.required), ("language", false));
        question.default.unwrap()
    };
    assert_eq!(default(Some("ja")), "ja");
    assert_eq!(default(None), "en");
    assert_eq!(default(Some("nl")), "en");
}

// Limits

#[test]
fn what_is_too_short_or_too_long_is_refused() {
    for (field, max) in [
        ("subject", 255),
        ("description", 32_000),
        ("occurred_before", 32_000),
        ("steps", 32_000),
        ("product_version", 255),
        ("browser", 255),
    ] {
        let found = |text: String| {
            let found = codes(&only("1001"), &draft("rooms").with(field, text));
            assert!(found.iter().all(|(id, _)| id == field), "{found:?}");
            found.into_iter().map(|(_, code)| code).collect::<Vec<_>>().join(" ")
        };
        let empty = if matches!(field, "subject" | "description") { "missing" } else { "blank" };
        assert_eq!(found(String::new()), empty, "{field}");
        assert_eq!(found("   ".to_owned()), "blank", "{field}");
        assert_eq!(found("a".to_owned()), "", "{field}");
        // Characters count, not bytes.
        assert_eq!(found("é".repeat(max)), "", "{field}");
        assert_eq!(found("é".repeat(max + 1)), "too_long", "{field}");
    }
}

#[test]
fn only_a_text_may_have_several_lines() {
    let found = |field: &str, text: &str| codes(&only("1001"), &draft("rooms").with(field, text));
    assert_eq!(found("description", "one\r\ntwo\n\tthree"), []);
    assert_eq!(found("subject", "one\ntwo"), [("subject".to_owned(), "not_one_line".to_owned())]);
    assert_eq!(found("subject", "\u{1b}[31mred"), [("subject".to_owned(), "not_one_line".to_owned())]);
    assert_eq!(found("description", "nul\0"), [("description".to_owned(), "has_nul".to_owned())]);
}

#[test]
fn a_time_may_be_five_minutes_ahead_and_no_more() {
    let found = |ahead: SignedDuration| {
        codes(&only("1001"), &draft("rooms").with("occurred_at", (now() + ahead).to_string()))
    };
    assert_eq!(found(SignedDuration::from_hours(-24 * 3650)), []);
    assert_eq!(found(SignedDuration::ZERO), []);
    assert_eq!(found(SignedDuration::from_mins(5)), []);
    let future = [("occurred_at".to_owned(), "in_the_future".to_owned())];
    assert_eq!(found(SignedDuration::from_mins(5) + SignedDuration::from_secs(1)), future);
    assert_eq!(found(SignedDuration::from_hours(24)), future);
    let local = draft("rooms").with("occurred_at", "2026-11-20T13:04:59+01:00");
    assert_eq!(codes(&only("1001"), &local), []);
}

#[test]
fn an_attachment_is_one_file_that_is_neither_empty_nor_too_large() {
    let attached = |name: &str, size: u64| {
        let file = Answer::File { name: name.to_owned(), size };
        let found = codes(&only("1001"), &draft("rooms").with("attachment", file));
        found.into_iter().map(|(_, code)| code).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(attached("a.png", 1), "");
    assert_eq!(attached("a.png", 25_000_000), "");
    assert_eq!(attached("a.png", 25_000_001), "file_too_large");
    assert_eq!(attached("a.png", 0), "empty_file");
    for name in ["", "a/b.png", "..\\b.png", "a\nb.png", ".", ".."] {
        assert_eq!(attached(name, 1), "bad_file_name", "{name:?}");
    }
    let text = draft("rooms").with("attachment", "a.png");
    assert_eq!(codes(&only("1001"), &text), [("attachment".to_owned(), "not_a_file".to_owned())]);
}

#[test]
fn an_envelope_id_is_a_guid_in_either_case() {
    let good = "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c";
    let found = |id: &str| codes(&only("1001"), &draft("esignature").with("envelope_id", id));
    assert_eq!(found(good), []);
    assert_eq!(found(&good.to_uppercase()), []);
    for wrong in ["4b7f1c02", &good.replace('0', "O"), &good.replacen('-', "", 1), &format!("{good}1")] {
        assert_eq!(found(wrong), [("envelope_id".to_owned(), "not_a_guid".to_owned())], "{wrong}");
    }
}

#[test]
fn a_field_that_the_form_does_not_have_is_refused() {
    let draft = draft("rooms").with("subjekt", "x").with("zzz", "x");
    assert_eq!(
        codes(&only("1001"), &draft),
        [("subjekt".to_owned(), "unknown_field".to_owned()), ("zzz".to_owned(), "unknown_field".to_owned())]
    );
}
