//! What people read, at the widths of their terminals.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{
    AccountRow, Accounts, Articles, CaseList, CaseReport, Categories, Category, FieldSheet, FormSheet,
    OpenedCase, OutboxList, OutboxRow, Product, Products, SettingRow, StatusReport, Subcategory,
};
use crate::account::Account;
use crate::case::{Case, Filed, Role, Status};
use crate::event::Event;
use crate::ui::{Page, Show};

fn page(width: usize) -> Page {
    Page { width: Some(width), ..Page::for_tests() }
}

/// So many hours before the page's now.
fn ago(hours: i64) -> Timestamp {
    Page::for_tests().now.timestamp() - SignedDuration::from_hours(hours)
}

fn case(number: u64, status: &str, subject: &str) -> Case {
    serde_json::from_value(json!({
        "number": format!("{number:08}"), "url": format!("https://support.example.com/cases/{number:08}"),
        "status": status, "account": {"id": "1001", "name": "Northwind Legal"}, "product": "esignature",
        "category": "sending", "subcategory": "bulk-send", "subject": subject,
        "description": "Since this morning every bulk list stays in the outbox. Single envelopes leave.",
        "occurred_at": ago(30), "envelope_id": "4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c",
        "user_impact": "several", "environment": null, "business_impact": null,
        "contact_method": "phone", "phone": "+14155550100", "language": "en",
        "details": {"occurred_before": null, "product_version": null, "browser": "Firefox 131",
            "steps": "1. Open the list\n2. Send"},
        "opened_by": "sam@example.com", "created_at": ago(26), "updated_at": ago(3), "closes_at": null,
        "closed_at": null, "close_reason": null, "follows": null, "watchers": ["ops@example.com"],
        "comments": null, "attachments": [
            {"name": "screenshot of the outbox.png", "size": 212_431, "sha256": "0", "at": ago(26),
                "by": "sam@example.com", "complete": true},
            {"name": "trace.har", "size": 9_804_112, "sha256": "0", "at": ago(25), "by": "sam@example.com",
                "complete": true}],
    }))
    .unwrap()
}

fn comment(id: usize, role: &str, hours: i64, body: &str) -> Value {
    let author = if role == "expert" { "expert@example.com" } else { "sam@example.com" };
    json!({"id": id.to_string(), "author": author, "role": role, "via": "portal", "at": ago(hours),
        "body": body})
}

fn discussed() -> Case {
    let said = json!([
        comment(1, "expert", 20, "Which browser?"),
        comment(2, "customer", 19, "Firefox"),
        comment(3, "expert", 12, "Please try another one."),
        comment(4, "customer", 10, "The same in Chrome."),
        comment(
            5,
            "expert",
            3,
            "Which bulk list is it?\n\nAnd how many rows does it have, without the headings?"
        ),
    ]);
    Case {
        comments: serde_json::from_value(said).unwrap(),
        ..case(42, "my_action_required", "Envelopes stay in the outbox after bulk send")
    }
}

fn report(all_comments: bool) -> CaseReport {
    CaseReport { case: discussed(), history: None, redacted: Vec::new(), all_comments }
}

#[test]
fn a_case_begins_with_whose_turn_it_is_and_ends_with_what_was_said_last() {
    insta::assert_snapshot!(report(false).text(&page(80)), @"
    00000042  Envelopes stay in the outbox after bulk send
    Your turn: support asked for something. Answer with
    `docket case comment 00000042`.
      Which bulk list is it?

      And how many rows does it have, without the headings?

    Status            My Action Required
    Account           Northwind Legal (1001)
    Product           esignature
    Category          sending / bulk-send
    User impact       several
    Envelope ID       4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c
    First seen        2026-11-17 05:06 UTC (1 day ago)
    Browser           Firefox 131
    Contact method    phone +14155550100
    Support language  en
    Opened            2026-11-17 09:06 UTC (1 day ago) by sam@example.com
    Updated           2026-11-18 08:06 UTC (3 hours ago)
    Watchers          ops@example.com
    Page              https://support.example.com/cases/00000042

    Description
      Since this morning every bulk list stays in the outbox. Single envelopes
      leave.

    Steps
      1. Open the list
      2. Send

    Attachments
      screenshot of the outbox.png  212.4 kB  sam@example.com  1 day ago
      trace.har                     9.8 MB    sam@example.com  1 day ago

    Conversation
      2 earlier comments: docket case show 00000042 --comments

    expert@example.com, support, 2026-11-17 23:06 UTC (12 hours ago)
      Please try another one.

    sam@example.com, 2026-11-18 01:06 UTC (10 hours ago)
      The same in Chrome.

    expert@example.com, support, 2026-11-18 08:06 UTC (3 hours ago)
      Which bulk list is it?

      And how many rows does it have, without the headings?
    ");
}

#[test]
fn a_case_is_readable_in_forty_columns() {
    insta::assert_snapshot!(report(false).text(&page(40)), @"
    00000042  Envelopes stay in the outbox
    after bulk send
    Your turn: support asked for something.
    Answer with
    `docket case comment 00000042`.
      Which bulk list is it?

      And how many rows does it have,
      without the headings?

    Status: My Action Required
    Account: Northwind Legal (1001)
    Product: esignature
    Category: sending / bulk-send
    User impact: several
    Envelope ID:
      4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c
    First seen: 2026-11-17 05:06 UTC (1
      day ago)
    Browser: Firefox 131
    Contact method: phone +14155550100
    Support language: en
    Opened: 2026-11-17 09:06 UTC (1 day
      ago) by sam@example.com
    Updated: 2026-11-18 08:06 UTC (3 hours
      ago)
    Watchers: ops@example.com
    Page:
    https://support.example.com/cases/00000042

    Description
      Since this morning every bulk list
      stays in the outbox. Single envelopes
      leave.

    Steps
      1. Open the list
      2. Send

    Attachments
      screenshot of the outbox.png  212.4 kB
      trace.har                     9.8 MB

    Conversation
      2 earlier comments: docket case show
      00000042 --comments

    expert@example.com, support, 2026-11-17
    23:06 UTC (12 hours ago)
      Please try another one.

    sam@example.com, 2026-11-18 01:06 UTC
    (10 hours ago)
      The same in Chrome.

    expert@example.com, support, 2026-11-18
    08:06 UTC (3 hours ago)
      Which bulk list is it?

      And how many rows does it have,
      without the headings?
    ");
}

#[test]
fn what_support_asks_comes_first_and_stays_short() {
    let mut asked = report(false);
    let begins = |report: &CaseReport| {
        let text = report.text(&page(80));
        text.split_once("`docket case comment 00000042`.\n")
            .unwrap()
            .1
            .split("Status")
            .next()
            .unwrap()
            .to_owned()
    };
    insta::assert_snapshot!(begins(&asked), @"
    Which bulk list is it?

    And how many rows does it have, without the headings?
    ");
    asked.case.comments.as_mut().unwrap()[4].body = "\n1\n2\n3\n\n5\n\n".to_owned();
    insta::assert_snapshot!(begins(&asked), @"
    1
    2
    3
    …
    ");
    let text = asked.text(&page(80));
    assert!(text.ends_with("\n  1\n  2\n  3\n\n  5\n"), "{text}");
    asked.case.status = Status::Open;
    assert!(!asked.text(&page(80)).contains("…"));
}

#[test]
fn all_comments_are_shown_where_that_is_asked_for() {
    let all = report(true).text(&page(80));
    assert!(all.contains("Which browser?") && !all.contains("earlier"), "{all}");
}

#[test]
fn nothing_of_a_case_is_wider_than_the_terminal() {
    for width in [20, 28, 40, 59, 60, 80, 132] {
        let text = report(true).text(&page(width));
        assert_fits(&text, width);
    }
}

/// No line is too long, but for an address, which stays whole so that it can be copied.
#[track_caller]
fn assert_fits(text: &str, width: usize) {
    let lines = text.lines().filter(|line| !line.starts_with("https://"));
    let longest = lines.map(crate::ui::text::width).max().unwrap();
    assert!(longest <= width, "{width}: {longest}:\n{text}");
}

#[test]
fn colour_changes_no_letter() {
    for width in [20, 40, 80] {
        let plain = report(false).text(&page(width));
        let coloured = report(false).text(&Page { color: true, ..page(width) });
        assert!(coloured.contains("\u{1b}["), "{coloured}");
        assert_eq!(console::strip_ansi_codes(&coloured), plain);
    }
}

#[test]
fn the_page_of_a_case_is_a_link_of_the_same_width() {
    for width in [20, 40, 80] {
        let plain = report(false).text(&page(width));
        let linked = report(false).text(&Page { links: true, ..page(width) });
        let open = "]8;;https://support.example.com/cases/00000042\u{1b}\\https://";
        assert!(linked.contains(open), "{linked:?}");
        assert_eq!(without_links(&linked), plain);
    }
}

/// What a terminal shows of it.
fn without_links(text: &str) -> String {
    let mut parts = text.split("\u{1b}]8;");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |shown, part| shown + part.split_once("\u{1b}\\").unwrap().1)
}

#[test]
fn a_history_keeps_what_and_when() {
    let event = |seq: u64, hours, kind: &str, status: &str, data: Value| -> Event {
        serde_json::from_value(json!({"seq": seq, "at": ago(hours), "case": "00000042", "kind": kind,
            "by": "sam@example.com", "role": "customer", "status": status, "data": data}))
        .unwrap()
    };
    let events = vec![
        event(1, 26, "opened", "open", json!({})),
        event(2, 25, "attached", "open", json!({"name": "trace.har"})),
        event(3, 3, "status_changed", "my_action_required", json!({})),
    ];
    insta::assert_snapshot!(super::case::history(&events, &page(80)), @"
    WHEN                  WHO              WHAT
    2026-11-17 09:06 UTC  sam@example.com  opened the case
    2026-11-17 10:06 UTC  sam@example.com  attached trace.har
    2026-11-18 08:06 UTC  sam@example.com  status is My Action Required now
    ");
    insta::assert_snapshot!(super::case::history(&events, &page(40)), @"
    WHEN                  WHO
    2026-11-17 09:06 UTC  sam@example.com
      opened the case
    2026-11-17 10:06 UTC  sam@example.com
      attached trace.har
    2026-11-18 08:06 UTC  sam@example.com
      status is My Action Required now
    ");
    insta::assert_snapshot!(super::case::history(&events, &page(20)), @"
    WHEN
    2026-11-17 09:06 UTC
      opened the case
    2026-11-17 10:06 UTC
      attached trace.har
    2026-11-18 08:06 UTC
      status is My Acti…
    ");
}

#[test]
fn a_list_of_cases_keeps_number_status_and_subject() {
    let mut cases = vec![
        discussed(),
        case(41, "open", "Signers get no access code"),
        case(7, "closed", "A document can't be opened"),
    ];
    let list = |cases: &[Case]| CaseList { cases: cases.to_vec(), total: 3, truncated: false };
    insta::assert_snapshot!(list(&cases).text(&page(80)), @"
    NUMBER    STATUS              SUBJECT                    PRODUCT     UPDATED
    00000042  My Action Required  Envelopes stay in the ou…  esignature  3 hours ago
    00000041  Open                Signers get no access co…  esignature  3 hours ago
    00000007  Closed              A document can't be open…  esignature  3 hours ago
    ");
    insta::assert_snapshot!(list(&cases).text(&page(40)), @"
    NUMBER    STATUS
    00000042  My Action Required
      Envelopes stay in the outbox after bu…
    00000041  Open
      Signers get no access code
    00000007  Closed
      A document can't be opened
    ");
    insta::assert_snapshot!(list(&cases).text(&page(20)), @"
    NUMBER    STATUS
    00000042  My Action…
      Envelopes stay in…
    00000041  Open
      Signers get no ac…
    00000007  Closed
      A document can't…
    ");
    insta::assert_snapshot!(list(&cases[1..]).text(&page(40)), @"
    NUMBER    STATUS  SUBJECT
    00000041  Open    Signers get no access…
    00000007  Closed  A document can't be o…
    ");
    cases[1].account.id = "1005".to_owned();
    insta::assert_snapshot!(list(&cases).text(&page(80)), @"
    NUMBER    STATUS              SUBJECT                       ACCOUNT  UPDATED
    00000042  My Action Required  Envelopes stay in the outbo…  1001     3 hours ago
    00000041  Open                Signers get no access code    1005     3 hours ago
    00000007  Closed              A document can't be opened    1001     3 hours ago
    ");
}

#[test]
fn accounts_keep_id_and_name() {
    let account = |id: &str, name: &str, products: &[&str], current| {
        let account: Account = serde_json::from_value(json!({"id": id, "name": name, "plan": "paid",
            "products": products, "environment": "production", "trial": current}))
        .unwrap();
        AccountRow { account, current }
    };
    let accounts = Accounts(vec![
        account("1001", "Northwind Legal", &["esignature", "rooms"], true),
        account("1005", "Northwind Trust", &["protect-and-sign", "clm-cm", "insight-analyzer"], false),
    ]);
    insta::assert_snapshot!(accounts.text(&page(80)), @"
       ID    NAME             PLAN  ENVIRONMENT        PRODUCTS
    *  1001  Northwind Legal  paid  production, trial  esignature, rooms
       1005  Northwind Trust  paid  production         protect-and-sign, clm-cm, in…
    ");
    insta::assert_snapshot!(accounts.text(&page(40)), @"
       ID    PLAN  ENVIRONMENT
    *  1001  paid  production, trial
      Northwind Legal
       1005  paid  production
      Northwind Trust
    ");
    insta::assert_snapshot!(accounts.text(&page(20)), @"
       ID    ENVIRONMENT
    *  1001  production…
      Northwind Legal
       1005  production
      Northwind Trust
    ");
}

#[test]
fn an_outbox_keeps_id_state_and_subject() {
    let outbox = OutboxList(vec![OutboxRow {
        id: "a1b2c3d4".to_owned(),
        kind: "case".to_owned(),
        portal: "https://support.example.com".to_owned(),
        account: Some("1001".to_owned()),
        subject: Some("Envelopes stay in the outbox after bulk send".to_owned()),
        since: ago(3),
        state: "waiting".to_owned(),
        last_error: None,
        files: 2,
    }]);
    insta::assert_snapshot!(outbox.text(&page(80)), @"
    ID        KIND  STATE    SUBJECT                                     SINCE
    a1b2c3d4  case  waiting  Envelopes stay in the outbox after bulk s…  3 hours ago
    ");
    insta::assert_snapshot!(outbox.text(&page(40)), @"
    ID        STATE    SUBJECT
    a1b2c3d4  waiting  Envelopes stay in th…
    ");
    insta::assert_snapshot!(outbox.text(&page(20)), @"
    ID        STATE
    a1b2c3d4  waiting
      Envelopes stay in…
    ");
}

#[test]
fn products_keep_id_and_name() {
    let product = |id: &str, label: &str| Product {
        id: id.to_owned(),
        label: label.to_owned(),
        flow: 1,
        available: true,
    };
    let products = Products(vec![product("esignature", "eSignature"), product("clm", "Contract management")]);
    insta::assert_snapshot!(products.text(&page(40)), @"
    PRODUCT     NAME
    esignature  eSignature
    clm         Contract management
    ");
    insta::assert_snapshot!(products.text(&page(20)), @"
    PRODUCT
    esignature
      eSignature
    clm
      Contract manageme…
    ");
}

fn categories() -> Categories {
    let subcategory = |id: &str, label: &str| Subcategory { id: id.to_owned(), label: label.to_owned() };
    Categories(vec![Category {
        product: "esignature".to_owned(),
        id: "sending".to_owned(),
        label: "Sending envelopes".to_owned(),
        asks_user_impact: true,
        subcategories: vec![
            subcategory("envelope-stuck", "An envelope stays in the outbox"),
            subcategory("other", "Something else"),
        ],
    }])
}

fn form() -> FormSheet {
    FormSheet(vec![FieldSheet {
        id: "business_impact".to_owned(),
        label: "Business impact".to_owned(),
        flag: "--business-impact".to_owned(),
        need: "depends".to_owned(),
        help: "What it costs while it lasts.".to_owned(),
        choices: vec!["none".to_owned(), "some".to_owned(), "all".to_owned()],
    }])
}

fn status() -> StatusReport {
    StatusReport {
        portal: "https://support.example.com".to_owned(),
        user: "sam@example.com".to_owned(),
        role: Role::Customer,
        account: None,
        token_source: Some("keyring".to_owned()),
        expires_at: Some(ago(-240)),
        machine: None,
        settings: vec![SettingRow::new("portal", "https://support.example.com", "the last login")],
    }
}

#[test]
fn what_a_portal_offers_is_readable_in_forty_columns() {
    insta::assert_snapshot!(categories().text(&page(80)), @"
    sending  Sending envelopes
      envelope-stuck  An envelope stays in the outbox
      other           Something else
    ");
    insta::assert_snapshot!(categories().text(&page(40)), @"
    sending  Sending envelopes
      envelope-stuck  An envelope stays in
                      the outbox
      other           Something else
    ");
    insta::assert_snapshot!(categories().text(&page(28)), @"
    sending  Sending envelopes
      envelope-stuck
        An envelope stays in the
        outbox
      other
        Something else
    ");
    insta::assert_snapshot!(form().text(&page(80)), @"
    --business-impact  Business impact, depends on other answers
        What it costs while it lasts.
        one of none, some, all
    ");
    insta::assert_snapshot!(form().text(&page(40)), @"
    --business-impact  Business impact,
        depends on other answers
        What it costs while it lasts.
        one of none, some, all
    ");
}

#[test]
fn who_is_logged_in_is_readable_in_forty_columns() {
    insta::assert_snapshot!(status().text(&page(80)), @"
    Portal   https://support.example.com
    User     sam@example.com, customer
    Account  none chosen: docket accounts switch
    Token    keyring, expires 2026-11-28 11:06 UTC (in 10 days)

    portal  https://support.example.com  (the last login)
    ");
    insta::assert_snapshot!(status().text(&page(40)), @"
    Portal: https://support.example.com
    User: sam@example.com, customer
    Account: none chosen: docket accounts
      switch
    Token: keyring, expires 2026-11-28
      11:06 UTC (in 10 days)

    portal: https://support.example.com
      (the last login)
    ");
}

#[test]
fn an_opened_case_says_how_to_go_on_in_forty_columns() {
    let opened = OpenedCase {
        case: discussed(),
        created: true,
        filed: Filed::default(),
        incomplete: Vec::new(),
        again: String::new(),
        redacted: Vec::new(),
    };
    let text = opened.text(&page(40));
    assert!(text.starts_with("Case 00000042 is open.\n"), "{text}");
    assert!(text.contains("trace.har"), "{text}");
    assert!(!text.contains("Description") && !text.contains("Open the list"), "{text}");
    let next = text.split_once("What happens next").unwrap().1;
    insta::assert_snapshot!(next, @"

    Support calls you back; the case also
    takes comments.
    To add something:
      docket case comment 00000042 -m TEXT
    To attach a file:
      docket case attach 00000042 FILE
    To see it again:
      docket case show 00000042
    ");
}

#[test]
fn nothing_that_is_read_is_wider_than_the_terminal() {
    let url = "https://support.example.com/articles/signing-access-code";
    let article = json!([{"id": "signing-access-code", "title": "A signer didn't get the access code",
        "summary": "Where codes come from.", "url": url, "body": null}]);
    let articles = Articles(serde_json::from_value(article).unwrap());
    for width in [20, 28, 40, 59, 60, 80, 132] {
        let page = page(width);
        let whole = articles.0[0].text(&page);
        for text in
            [categories().text(&page), form().text(&page), status().text(&page), articles.text(&page), whole]
        {
            assert_fits(&text, width);
        }
    }
}

#[test]
fn a_moment_names_its_zone() {
    let at: jiff::Timestamp = "2026-11-20T09:30:00Z".parse().unwrap();
    let seen = |zone: jiff::tz::TimeZone| {
        let mut page = Page::for_tests();
        page.now = page.now.with_time_zone(zone);
        super::local(at, &page)
    };
    assert_eq!(seen(jiff::tz::TimeZone::UTC), "2026-11-20 09:30 UTC");
    assert_eq!(seen(jiff::tz::TimeZone::fixed(jiff::tz::offset(1))), "2026-11-20 10:30 +01:00");
}
