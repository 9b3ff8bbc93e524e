//! What people are told, to be read like a user.

use docket::rules::{Answer, Context, Draft};

use crate::sample::*;

/// Every problem of `draft` on a line, under a line that says what was tried.
fn told(tried: &str, context: &Context, draft: &Draft) -> String {
    let lines = problems(context, draft).into_iter().map(|found| {
        let flag = if found.code == "missing" { format!(" [{}]", found.flag) } else { String::new() };
        format!("  {found}{flag}\n")
    });
    format!("{tried}\n{}", lines.collect::<String>())
}

#[test]
fn products_accounts_and_categories() {
    let esignature = draft("esignature");
    let lines = [
        told("nothing at all, several accounts", &sam(), &Draft::default()),
        told("nothing at all, one account", &only("1001"), &Draft::default()),
        told("a product of another account", &sam(), &draft("clm").with("account", "1001")),
        told("a product that no account has", &sam(), &draft("hsm").with("account", "1001")),
        told("a product that the only account lacks", &only("1001"), &draft("clm")),
        told("an unknown product", &only("1001"), &esignature.clone().with("product", "esignatur")),
        told("an unknown product, not close", &only("1001"), &esignature.clone().with("product", "sap")),
        told("an account of somebody else", &sam(), &esignature.clone().with("account", "2001")),
        told("a demo account", &sam(), &esignature.clone().with("account", "1004")),
        told("only a demo account", &only("1004"), &esignature),
        told("no account", &context(&[]), &esignature),
        told("the only account, chosen", &only("1001"), &esignature.clone().with("account", "1001")),
        told("another account than the only one", &only("1001"), &esignature.clone().with("account", "2001")),
        told("a category of another product", &only("1001"), &esignature.clone().with("category", "tasks")),
        told("an unknown category", &only("1001"), &esignature.clone().with("category", "sendin")),
        told(
            "a sub-category of another category",
            &only("1001"),
            &esignature.clone().with("subcategory", "access-code"),
        ),
        told("an unknown sub-category", &only("1001"), &esignature.clone().with("subcategory", "bulk-sned")),
        told("a file for a product", &only("1001"), &esignature.with("product", answer("attachment", ""))),
    ];
    insta::assert_snapshot!(lines.concat(), @r"
    nothing at all, several accounts
      account is required [--account]
      product is required [--product]
      category is required [--category]
      subcategory is required [--subcategory]
      subject is required [--subject]
      contact_method is required [--contact-method]
    nothing at all, one account
      product is required [--product]
      category is required [--category]
      subcategory is required [--subcategory]
      subject is required [--subject]
      contact_method is required [--contact-method]
    a product of another account
      product `clm` is not a product of account 1001 (Northwind Legal), but of 1003 (Northwind Contracts); choose one of esignature, rooms
    a product that no account has
      product `hsm` is not a product of account 1001 (Northwind Legal); choose one of esignature, rooms
    a product that the only account lacks
      product `clm` is not a product of account 1001 (Northwind Legal); choose one of esignature, rooms
    an unknown product
      product `esignatur` is not a choice (did you mean `esignature`?); choose one of esignature, rooms
    an unknown product, not close
      product `sap` is not a choice; choose one of esignature, rooms
    an account of somebody else
      account `2001` is not an account of yours; choose one of 1001, 1002, 1003, 1005
    a demo account
      account is refused: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    only a demo account
      account is refused: account 1004 (Northwind Sandbox) is a Demo or Sandbox account: support cases need a Production account, because experts can only look into production data. A trial is fine
    no account
      account is missing: you are in no account; ask whoever runs the portal to add you to one
    the only account, chosen
      account does not apply: your only account to open cases in is 1001 (Northwind Legal)
    another account than the only one
      account does not apply: your only account to open cases in is 1001 (Northwind Legal)
    a category of another product
      category `tasks` is offered only where product is rooms; choose one of account-access, administration, billing, sending, templates, signing, notifications, api, sso, integrations, mobile
    an unknown category
      category `sendin` is not a choice (did you mean `sending`?); choose one of account-access, administration, billing, sending, templates, signing, notifications, api, sso, integrations, mobile
    a sub-category of another category
      subcategory `access-code` is offered only where category is signing; choose one of envelope-stuck, bulk-send, correct-or-void, recipients, fields, documents, recipient-authentication, other
    an unknown sub-category
      subcategory `bulk-sned` is not a choice (did you mean `bulk-send`?); choose one of envelope-stuck, bulk-send, correct-or-void, recipients, fields, documents, recipient-authentication, other
    a file for a product
      product has to be a text, not a file
    ");
}

#[test]
fn what_does_not_apply() {
    let rooms = draft("rooms");
    let hsm = draft("hsm");
    let hsm_only = with_product("hsm", docket::account::Plan::Paid);
    let impact = |category: &str| rooms.clone().with("category", category).with("user_impact", "all");
    let lines = [
        told("an envelope id in Rooms", &only("1001"), &rooms.clone().with("envelope_id", "x")),
        told("an environment in flow 1", &only("1001"), &rooms.clone().with("environment", "production")),
        told("a business impact in flow 1", &only("1001"), &rooms.clone().with("business_impact", "high")),
        told("a business impact in demo", &hsm_only, &hsm.clone().with("business_impact", "high")),
        told(
            "no environment",
            &hsm_only,
            &without(hsm.clone(), "environment").with("business_impact", "low"),
        ),
        told("a user impact where it isn't asked", &only("1001"), &impact("roles")),
        told("a phone without a call back", &only("1001"), &rooms.clone().with("phone", "+14155550100")),
        told(
            "a call back on a web plan",
            &only("1002"),
            &draft("esignature").with("contact_method", "phone"),
        ),
        told("a call back for an HSM", &hsm_only, &hsm.clone().with("contact_method", "phone")),
        told("a call back without a phone", &only("1001"), &rooms.clone().with("contact_method", "phone")),
        told("an unknown contact method", &only("1001"), &rooms.clone().with("contact_method", "e-mail")),
        told("an unknown field", &only("1001"), &rooms.clone().with("sumary", "x").with("envelope", "x")),
        told("a field with a dash", &only("1001"), &rooms.with("contact-method", "email")),
    ];
    insta::assert_snapshot!(lines.concat(), @r"
    an envelope id in Rooms
      envelope_id does not apply: only where product is esignature
    an environment in flow 1
      environment does not apply: only where product is protect-and-sign, clm-cm, insight-analyzer, dsa or hsm
    a business impact in flow 1
      business_impact does not apply: only where product is protect-and-sign, clm-cm, insight-analyzer, dsa or hsm and environment is production
    a business impact in demo
      business_impact does not apply: only where environment is production
    no environment
      environment is required [--environment]
    a user impact where it isn't asked
      user_impact does not apply: only where category is sending, access, forms, tasks or documents
    a phone without a call back
      phone does not apply: only where contact_method is phone
    a call back on a web plan
      contact_method `phone` is offered only where the account's plan is paid; choose one of email, online
    a call back for an HSM
      contact_method `phone` is offered only where product is esignature, rooms, clm or clm-cm; choose one of email, online
    a call back without a phone
      phone is required [--phone]
    an unknown contact method
      contact_method `e-mail` is not a choice (did you mean `email`?); choose one of email, online, phone
    an unknown field
      envelope is not a field of the form; did you mean `envelope_id`?
      sumary is not a field of the form
    a field with a dash
      contact-method is not a field of the form; did you mean `contact_method`?
    ");
}

#[test]
fn wrong_values() {
    let context = only("1001");
    let tell = |field: &str, given: Answer| {
        let tried = match &given {
            Answer::Text(text) if text.len() > 80 => format!("{field}: {} bytes", text.len()),
            Answer::Text(text) => format!("{field}: {text:?}"),
            Answer::File { name, size } => format!("{field}: {name:?}, {size} bytes"),
        };
        let mut draft = draft("esignature");
        if field == "phone" {
            draft.set("contact_method", "phone");
        }
        told(&tried, &context, &draft.with(field, given))
    };
    let texts = [
        ("subject", ""),
        ("subject", " "),
        ("subject", "one\ntwo"),
        ("subject", &"x".repeat(256)),
        ("description", "a\0b"),
        ("description", &"x".repeat(40_000_000)),
        ("occurred_at", "yesterday"),
        ("occurred_at", "2026-02-30T10:00:00Z"),
        ("occurred_at", "2026-11-21T10:00:00+01:00"),
        ("envelope_id", "4b7f1c02-9d3e-4a55-8c61-Oe2f9ab3d47c"),
        ("envelope_id", "4b7f1c029d3e-4a55-8c61-0e2f9ab3d47c"),
        ("envelope_id", "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c1"),
        ("envelope_id", "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d4"),
        ("envelope_id", "4b7f1c02–9d3e–4a55–8c61–0e2f9ab3d47c"),
        ("envelope_id", "{4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c}"),
        ("envelope_id", " 4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c"),
        ("envelope_id", ""),
        ("phone", "0171 555 01"),
        ("phone", "+1 (415) 555-0100"),
        ("phone", "+0155501000"),
        ("phone", "+123"),
        ("phone", ""),
        ("user_impact", "everybody"),
        ("language", "nl"),
        ("language", "EN"),
        ("attachment", "log.txt"),
    ];
    let mut lines: Vec<String> =
        texts.into_iter().map(|(field, text)| tell(field, Answer::from(text))).collect();
    for (name, size) in [("log.txt", 0), ("film.mp4", 25_000_001), ("../log.txt", 1), ("", 1)] {
        lines.push(tell("attachment", Answer::File { name: name.to_owned(), size }));
    }
    lines.push(tell("subject", answer("attachment", "")));
    insta::assert_snapshot!(lines.concat(), @r#"
    subject: ""
      subject is required [--subject]
    subject: " "
      subject is blank
    subject: "one\ntwo"
      subject has to be a single line without control characters
    subject: 256 bytes
      subject has 256 characters; at most 255 are allowed
    description: "a\0b"
      description has a NUL character; is it text?
    description: 40000000 bytes
      description has 40,000,000 characters; at most 32,000 are allowed
    occurred_at: "yesterday"
      occurred_at `yesterday` is not a date and time; write it like 2026-11-20T09:30:00Z
    occurred_at: "2026-02-30T10:00:00Z"
      occurred_at `2026-02-30T10:00:00Z` is not a date and time; write it like 2026-11-20T09:30:00Z
    occurred_at: "2026-11-21T10:00:00+01:00"
      occurred_at 2026-11-21T10:00:00+01:00 is in the future
    envelope_id: "4b7f1c02-9d3e-4a55-8c61-Oe2f9ab3d47c"
      envelope_id has the letter O at position 25; use the digit 0
    envelope_id: "4b7f1c029d3e-4a55-8c61-0e2f9ab3d47c"
      envelope_id lacks 1 dash; write 36 characters: hex digits in groups of 8-4-4-4-12 with dashes
    envelope_id: "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c1"
      envelope_id has 1 digit too many: 33 in place of 32; write 36 characters: hex digits in groups of 8-4-4-4-12 with dashes
    envelope_id: "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d4"
      envelope_id has 2 digits too few: 30 in place of 32; write 36 characters: hex digits in groups of 8-4-4-4-12 with dashes
    envelope_id: "4b7f1c02–9d3e–4a55–8c61–0e2f9ab3d47c"
      envelope_id has '–' at position 9; use the plain dash -
    envelope_id: "{4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c}"
      envelope_id has '{' at position 1; write 36 characters: hex digits in groups of 8-4-4-4-12 with dashes
    envelope_id: " 4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c"
      envelope_id has a blank at position 1; leave it out
    envelope_id: ""
      envelope_id is blank
    phone: "0171 555 01"
      phone `0171 555 01` has no country code; write it with the country code and digits only, like +14155550100
    phone: "+1 (415) 555-0100"
      phone `+1 (415) 555-0100` has more than digits; write it with the country code and digits only, like +14155550100
    phone: "+0155501000"
      phone `+0155501000` has no country code: none begins with 0; write it with the country code and digits only, like +14155550100
    phone: "+123"
      phone `+123` has 3 digits; a phone number has 7 to 15
    phone: ""
      phone is required [--phone]
    user_impact: "everybody"
      user_impact `everybody` is not a choice; choose one of one, several, all, unknown
    language: "nl"
      language `nl` is not a choice; choose one of en, fr, de, ja, pt
    language: "EN"
      language `EN` is not a choice (did you mean `en`?); choose one of en, fr, de, ja, pt
    attachment: "log.txt"
      attachment has to be a file with its name and size, not a text
    attachment: "log.txt", 0 bytes
      attachment `log.txt` is empty
    attachment: "film.mp4", 25000001 bytes
      attachment `film.mp4` has 25,000,001 bytes; at most 25,000,000 are allowed
    attachment: "../log.txt", 1 bytes
      attachment "../log.txt" is not a plain file name: give one without folders
    attachment: "", 1 bytes
      attachment has no file name
    subject: "screen.png", 1000 bytes
      subject has to be a text, not a file
    "#);
}
