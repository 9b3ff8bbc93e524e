//! Every row of the truth table, through the binary.

use crate::world::{User, World, answers};

/// A flow's complete case, as flags.
fn complete(product: &str) -> Vec<(&'static str, String)> {
    let flow_two = ["protect-and-sign", "clm-cm", "insight-analyzer"].contains(&product);
    let place = match product {
        "esignature" => ("sending", "envelope-stuck"),
        "rooms" => ("access", "other"),
        "clm" => ("workflow", "other"),
        "protect-and-sign" | "insight-analyzer" => ("access", "other"),
        _ => ("workflow", "other"),
    };
    let mut flags = vec![
        ("product", product.to_owned()),
        ("category", place.0.to_owned()),
        ("subcategory", place.1.to_owned()),
        ("subject", "A subject".to_owned()),
        ("contact-method", "email".to_owned()),
    ];
    if flow_two {
        flags.push(("environment", "demo".to_owned()));
    } else {
        flags.push(("description", "What happened".to_owned()));
        flags.push(("occurred-at", "2026-11-20T09:30:00Z".to_owned()));
    }
    flags
}

/// Tries a case with some flags changed (an empty one left out): the fields that are refused, none when the
/// case could be filed. Nothing is written.
fn refused(user: &User, product: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let mut flags: Vec<(&str, String)> = complete(product);
    for (name, value) in changes {
        flags.retain(|(other, _)| other != name);
        if !value.is_empty() {
            flags.push((name, (*value).to_owned()));
        }
    }
    let flags: Vec<String> =
        flags.into_iter().flat_map(|(name, value)| [format!("--{name}"), value]).collect();
    let args = ["case", "new", "--dry-run", "--json"].into_iter().chain(flags.iter().map(String::as_str));
    let run = user.run(&args.collect::<Vec<_>>());
    match run.code {
        Some(0) => Vec::new(),
        _ => run.exits(3).fields(),
    }
}

/// The user of the sample directory to whom a product belongs.
fn customers(world: &World) -> Vec<(&'static str, User<'_>, bool)> {
    vec![
        ("esignature", world.sam(), false),
        ("rooms", world.sam(), false),
        ("clm", world.user("sam@example.com").at("1003"), false),
        ("protect-and-sign", world.user("sam@example.com").at("1005"), true),
        ("clm-cm", world.user("sam@example.com").at("1005"), true),
        ("insight-analyzer", world.user("sam@example.com").at("1005"), true),
    ]
}

#[test]
fn required_fields_are_named_when_they_are_missing() {
    let world = World::new();
    for (product, user, flow_two) in &customers(&world) {
        assert_eq!(refused(user, product, &[]), [""; 0], "{product}");
        for (flag, field) in
            [("subject", "subject"), ("contact-method", "contact_method"), ("subcategory", "subcategory")]
        {
            assert_eq!(refused(user, product, &[(flag, "")]), [field], "{product} without {flag}");
        }
        let category = refused(user, product, &[("category", "")]);
        assert!(category.contains(&"category".to_owned()), "{product}: {category:?}");
        let for_flow_one: [&str; 1] = ["description"];
        for field in for_flow_one {
            let expected: &[&str] = if *flow_two { &[] } else { &[field] };
            assert_eq!(refused(user, product, &[(field, "")]), expected, "{product} without {field}");
        }
        let expected: &[&str] = if *flow_two { &[] } else { &["occurred_at"] };
        assert_eq!(refused(user, product, &[("occurred-at", "")]), expected, "{product}");
        let expected: &[&str] = if *flow_two { &["environment"] } else { &[] };
        assert_eq!(refused(user, product, &[("environment", "")]), expected, "{product}");
    }
}

#[test]
fn optional_fields_are_taken_where_they_apply_and_refused_elsewhere() {
    let world = World::new();
    const GUID: &str = "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c";
    for (product, user, flow_two) in &customers(&world) {
        let taken = |flag: &str, value: &str| refused(user, product, &[(flag, value)]).is_empty();
        assert_eq!(taken("envelope-id", GUID), *product == "esignature", "{product}");
        assert!(taken("user-impact", "several"), "{product}: it is asked in this category");
        assert_eq!(taken("environment", "demo"), *flow_two, "{product}");
        assert!(!taken("business-impact", "high"), "{product}: the environment isn't production");
        assert!(taken("language", "de"), "{product}");
        for detail in ["occurred-before", "product-version", "browser", "steps"] {
            assert!(taken(detail, "a text"), "{product} with {detail}");
        }
        assert!(!taken("phone", "+14155550100"), "{product}: the contact method isn't phone");
    }
}

#[test]
fn user_impact_is_not_asked_about_billing_and_administration() {
    let world = World::new();
    let sam = world.sam();
    for (category, asked) in [("billing", false), ("administration", false), ("signing", true), ("api", true)]
    {
        let changes = [("category", category), ("subcategory", "other"), ("user-impact", "all")];
        let expected: &[&str] = if asked { &[] } else { &["user_impact"] };
        assert_eq!(refused(&sam, "esignature", &changes), expected, "{category}");
    }
}

#[test]
fn business_impact_is_required_in_production_only() {
    let world = World::new();
    let user = world.user("sam@example.com").at("1005");
    for product in ["protect-and-sign", "clm-cm", "insight-analyzer"] {
        let production = ("environment", "production");
        assert_eq!(refused(&user, product, &[production]), ["business_impact"]);
        assert!(refused(&user, product, &[production, ("business-impact", "critical")]).is_empty());
        assert_eq!(refused(&user, product, &[production, ("business-impact", "huge")]), ["business_impact"]);
        assert_eq!(refused(&user, product, &[("environment", "staging")]), ["environment"]);
    }
}

#[test]
fn phone_hangs_on_the_contact_method_and_that_on_product_and_plan() {
    let world = World::new();
    let phone = [("contact-method", "phone"), ("phone", "+14155550100")];
    let sam = |account: &str| world.user("sam@example.com").at(account);
    for (product, user, offered) in [
        ("esignature", sam("1001"), true),
        ("esignature", sam("1002"), false),
        ("rooms", sam("1001"), true),
        ("clm", sam("1003"), true),
        ("clm-cm", sam("1005"), true),
        ("protect-and-sign", sam("1005"), false),
        ("insight-analyzer", sam("1005"), false),
    ] {
        let found = refused(&user, product, &phone);
        assert_eq!(found.is_empty(), offered, "{product}: {found:?}");
        assert_eq!(offered, !found.contains(&"contact_method".to_owned()), "{product}");
        assert!(refused(&user, product, &[("contact-method", "online")]).is_empty());
        if offered {
            assert_eq!(refused(&user, product, &[("contact-method", "phone")]), ["phone"]);
            assert_eq!(
                refused(&user, product, &[("contact-method", "phone"), ("phone", "555-0100")]),
                ["phone"]
            );
        }
    }
}

#[test]
fn the_account_comes_first_where_there_are_several() {
    let world = World::new();
    let flags = answers(&[]);
    let args: Vec<&str> =
        ["case", "new", "--dry-run", "--json"].into_iter().chain(flags.iter().map(String::as_str)).collect();
    // sam has several and has chosen none; kim has one, which goes without saying.
    assert_eq!(world.user("sam@example.com").run(&args).exits(3).fields(), ["account"]);
    let dry = world.user("kim@example.com").run(&args).succeeded().json();
    assert_eq!(dry["body"]["fields"].get("account"), None);
    // An account in a file of answers is the form's field, and refused where there is only one.
    let file = world.file("case.json", r#"{"account": "1001", "subject": "x"}"#);
    let mut from = args.clone();
    from.extend(["--from", crate::world::path(&file)]);
    assert_eq!(world.user("kim@example.com").run(&from).exits(3).fields(), ["account"]);
    assert!(
        world.user("sam@example.com").run(&from).succeeded().json()["body"]["fields"]["account"] == "1001"
    );
}

#[test]
fn limits_hold_at_their_edges() {
    let world = World::new();
    let sam = world.sam();
    let subject = |length: usize| refused(&sam, "esignature", &[("subject", &"x".repeat(length))]);
    assert!(subject(255).is_empty());
    assert_eq!(subject(256), ["subject"]);
    let description = |length: usize| refused(&sam, "esignature", &[("description", &"é".repeat(length))]);
    assert!(description(32_000).is_empty());
    assert_eq!(description(32_001), ["description"]);
    let now = jiff::Timestamp::now();
    let seen = |minutes: i64| {
        let at = now + jiff::SignedDuration::from_mins(minutes);
        refused(&sam, "esignature", &[("occurred-at", &at.to_string())])
    };
    assert!(seen(4).is_empty());
    assert_eq!(seen(6), ["occurred_at"]);
}
