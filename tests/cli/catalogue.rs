//! What a portal's catalogue says: products, categories, the form, articles.

use serde_json::Value;

use crate::world::{World, settings};

#[test]
fn products_say_which_of_them_the_account_has() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    insta::assert_snapshot!(sam.run(&["products"]).shown(), @"
    exit 0
    --- stdout
    PRODUCT           NAME                       AVAILABLE
    esignature        eSignature                 yes
    rooms             Rooms                      yes
    clm               CLM                        no
    protect-and-sign  Protect & Sign             no
    clm-cm            CLM.CM                     no
    insight-analyzer  Insight & Analyzer (Seal)  no
    dsa               Signature Appliance        no
    hsm               HSM                        no
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["products", "--json"]).shown(), @r#"
    exit 0
    --- stdout
    [{"id":"esignature","label":"eSignature","flow":1,"available":true},{"id":"rooms","label":"Rooms","flow":1,"available":true},{"id":"clm","label":"CLM","flow":1,"available":false},{"id":"protect-and-sign","label":"Protect & Sign","flow":2,"available":false},{"id":"clm-cm","label":"CLM.CM","flow":2,"available":false},{"id":"insight-analyzer","label":"Insight & Analyzer (Seal)","flow":2,"available":false},{"id":"dsa","label":"Signature Appliance","flow":2,"available":false},{"id":"hsm","label":"HSM","flow":2,"available":false}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["products", "--csv=id,available"]).shown(), @"
    exit 0
    --- stdout
    id,available
    esignature,true
    rooms,true
    clm,false
    protect-and-sign,false
    clm-cm,false
    insight-analyzer,false
    dsa,false
    hsm,false
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["products", "--jq", "map(select(.flow == 2).id) | join(\" \")"]).shown(), @"
    exit 0
    --- stdout
    protect-and-sign clm-cm insight-analyzer dsa hsm
    --- stderr
    ");
    let contracts = world.user("sam@example.com").at("1003");
    insta::assert_snapshot!(contracts.run(&["products", "--jq", ".[] | select(.available).id"]).shown(), @"
    exit 0
    --- stdout
    clm
    --- stderr
    ");
}

#[test]
fn categories_are_listed_by_product() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    insta::assert_snapshot!(sam.run(&["categories", "rooms"]).shown(), @"
    exit 0
    --- stdout
    access  Access
      cannot-log-in      Cannot log in
      room-not-visible   Cannot see or open a room
      invitation         Invitation does not work
      wrong-account      Wrong account opens, or one is missing
      other              Something else
    roles  Roles
      assign-role        Giving or changing a role
      permissions        A role allows too much or too little
      member-leaves      Handing over the rooms of somebody who leaves
      offices            Offices and regions
      other              Something else
    forms  Forms
      form-missing       Form missing or out of date
      prefilled-details  Room details not filled in on the form
      form-fields        A field is wrong or cannot be changed
      association-forms  Access to an association's forms
      other              Something else
    tasks  Tasks
      task-list          Task list missing or not applied
      assignment         Task not assigned, or to the wrong person
      due-dates          Due dates and reminders
      approval           Review or approval does not move on
      other              Something else
    sending  Sending from a room
      cannot-send        Cannot send documents for signature
      recipients         People of the room not offered as recipients
      envelope-stuck     Envelope stuck or not delivered
      signed-copy        Signed documents do not come back to the room
      other              Something else
    documents  Documents
      upload             Upload fails
      document-missing   Document missing
      sharing            Sharing a document
      download           Download or archive of a room
      other              Something else
    billing  Billing and plan
      invoice            Invoice or payment
      plan-change        Changing the plan or the number of users
      renewal            Renewal or cancellation
      other              Something else
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["categories", "rooms", "--csv=product,id,asks_user_impact"]).shown(), @"
    exit 0
    --- stdout
    product,id,asks_user_impact
    rooms,access,true
    rooms,roles,false
    rooms,forms,true
    rooms,tasks,true
    rooms,sending,true
    rooms,documents,true
    rooms,billing,false
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["categories", "rooms", "--jq", ".[0]"]).shown(), @r#"
    exit 0
    --- stdout
    {"product":"rooms","id":"access","label":"Access","asks_user_impact":true,"subcategories":[{"id":"cannot-log-in","label":"Cannot log in"},{"id":"room-not-visible","label":"Cannot see or open a room"},{"id":"invitation","label":"Invitation does not work"},{"id":"wrong-account","label":"Wrong account opens, or one is missing"},{"id":"other","label":"Something else"}]}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["categories", "room"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: there is no product `room`
    hint: did you mean `rooms`?
    hint: the products are esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm
    ");
    insta::assert_snapshot!(sam.run(&["categories", "room", "--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"there is no product `room`","hints":["did you mean `rooms`?","the products are esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm"],"fields":[],"request_id":null}}
    "#);
    let all = sam.json(&["categories"]);
    for category in all.as_array().unwrap() {
        assert!(!category["subcategories"].as_array().unwrap().is_empty(), "{category}");
    }
    insta::assert_snapshot!(sam.run(&["categories", "--jq", "group_by(.product)[] | \"\\(.[0].product): \\(length)\""]).shown(), @"
    exit 0
    --- stdout
    clm: 9
    clm-cm: 7
    dsa: 6
    esignature: 11
    hsm: 6
    insight-analyzer: 6
    protect-and-sign: 6
    rooms: 7
    --- stderr
    ");
}

#[test]
fn the_form_tells_what_a_case_needs() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    insta::assert_snapshot!(sam.run(&["form", "esignature", "--category", "signing"]).shown(), @"
    exit 0
    --- stdout
    --account  Account, required
        The account that the case is about.
        one of 1001, 1002, 1003, 1005
    --product  Product, required
        The product that the case is about.
        one of esignature, rooms
    --category  Category, required
        The part of the product.
        one of account-access, administration, billing, sending, templates, signing, notifications, api,
        sso, integrations, mobile
    --subcategory  Sub-category, required
        What comes nearest.
        one of document-content, access-code, authentication-failed, envelope-unavailable,
        finish-button-missing, field-not-fillable, signed-copy, other
    --subject  Subject, required
        One line that says what is wrong, like an e-mail's subject. A line of at most 255 characters.
    --description  Description, required
        What happened, what you expected, the exact error text, and since when. Leave passwords out. At
        most 32000 characters.
    --occurred-at  First seen, required
        Date and time at which it was first seen. Not in the future.
    --user-impact  User impact, optional
        How many users are affected.
        one of one, several, all, unknown
    --envelope-id  Envelope ID, optional
        36 characters, like 4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c; on the envelope's details.
    --attach  Attachment, optional
        One file with the new case: a screenshot, a recording, a log. More can be attached afterwards.
        At most 25.0 MB.
    --occurred-before  Happened before, optional
        Whether it has happened before, and when. At most 32000 characters.
    --product-version  Product version, optional
        The version of the product, if it shows one. A line of at most 255 characters.
    --browser  Browser, optional
        Browser and version, where one is used. A line of at most 255 characters.
    --steps  Steps, optional
        What was done, step by step. At most 32000 characters.
    --contact-method  Contact method, required
        How support should reach you.
        one of email, online, phone
    --phone  Phone, depends on other answers
        With country code, like +14155550100.
    --language  Support language, optional
        The language that support should write in.
        one of en, fr, de, ja, pt
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["form"]).shown(), @"
    exit 0
    --- stdout
    --account  Account, required
        The account that the case is about.
        one of 1001, 1002, 1003, 1005
    --product  Product, required
        The product that the case is about.
        one of esignature, rooms
    --category  Category, required
        The part of the product.
    --subcategory  Sub-category, required
        What comes nearest.
    --subject  Subject, required
        One line that says what is wrong, like an e-mail's subject. A line of at most 255 characters.
    --description  Description, depends on other answers
        What happened, what you expected, the exact error text, and since when. Leave passwords out. At
        most 32000 characters.
    --occurred-at  First seen, depends on other answers
        Date and time at which it was first seen. Not in the future.
    --environment  Environment, depends on other answers
        Where it happens.
        one of demo, production
    --business-impact  Business impact, depends on other answers
        How much it keeps your business from working.
        one of critical, high, medium, low
    --user-impact  User impact, depends on other answers
        How many users are affected.
        one of one, several, all, unknown
    --envelope-id  Envelope ID, depends on other answers
        36 characters, like 4b7f1c02-9d3e-4a55-8c61-0e2f9ab3d47c; on the envelope's details.
    --attach  Attachment, depends on other answers
        One file with the new case: a screenshot, a recording, a log. More can be attached afterwards.
        At most 25.0 MB.
    --occurred-before  Happened before, depends on other answers
        Whether it has happened before, and when. At most 32000 characters.
    --product-version  Product version, depends on other answers
        The version of the product, if it shows one. A line of at most 255 characters.
    --browser  Browser, depends on other answers
        Browser and version, where one is used. A line of at most 255 characters.
    --steps  Steps, depends on other answers
        What was done, step by step. At most 32000 characters.
    --contact-method  Contact method, required
        How support should reach you.
        one of email, online
    --phone  Phone, depends on other answers
        With country code, like +14155550100.
    --language  Support language, optional
        The language that support should write in.
        one of en, fr, de, ja, pt
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["form", "rooms", "--csv=id,need,choices"]).shown(), @r#"
    exit 0
    --- stdout
    id,need,choices
    account,required,"[""1001"",""1002"",""1003"",""1005""]"
    product,required,"[""esignature"",""rooms""]"
    category,required,"[""access"",""roles"",""forms"",""tasks"",""sending"",""documents"",""billing""]"
    subcategory,required,[]
    subject,required,[]
    description,required,[]
    occurred_at,required,[]
    user_impact,depends,"[""one"",""several"",""all"",""unknown""]"
    attachment,optional,[]
    occurred_before,optional,[]
    product_version,optional,[]
    browser,optional,[]
    steps,optional,[]
    contact_method,required,"[""email"",""online"",""phone""]"
    phone,depends,[]
    language,optional,"[""en"",""fr"",""de"",""ja"",""pt""]"
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["form", "clm", "--csv=id,need,choices"]).shown(), @r#"
    exit 0
    --- stdout
    id,need,choices
    account,required,"[""1001"",""1002"",""1003"",""1005""]"
    product,required,"[""clm""]"
    category,required,"[""access"",""workflow"",""groups-and-users"",""delegated-access"",""documents"",""notifications"",""esignature-connection"",""reports"",""billing""]"
    subcategory,required,[]
    subject,required,[]
    description,required,[]
    occurred_at,required,[]
    user_impact,depends,"[""one"",""several"",""all"",""unknown""]"
    attachment,optional,[]
    occurred_before,optional,[]
    product_version,optional,[]
    browser,optional,[]
    steps,optional,[]
    contact_method,required,"[""email"",""online"",""phone""]"
    phone,depends,[]
    language,optional,"[""en"",""fr"",""de"",""ja"",""pt""]"
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["form", "protect-and-sign", "--csv=id,need,choices"]).shown(), @r#"
    exit 0
    --- stdout
    id,need,choices
    account,required,"[""1001"",""1002"",""1003"",""1005""]"
    product,required,"[""protect-and-sign"",""clm-cm"",""insight-analyzer""]"
    category,required,"[""access"",""error"",""performance"",""certificates"",""configuration"",""question""]"
    subcategory,required,[]
    subject,required,[]
    description,optional,[]
    occurred_at,optional,[]
    environment,required,"[""demo"",""production""]"
    business_impact,depends,"[""critical"",""high"",""medium"",""low""]"
    user_impact,optional,"[""one"",""several"",""all"",""unknown""]"
    attachment,optional,[]
    occurred_before,optional,[]
    product_version,optional,[]
    browser,optional,[]
    steps,optional,[]
    contact_method,required,"[""email"",""online""]"
    phone,depends,[]
    language,optional,"[""en"",""fr"",""de"",""ja"",""pt""]"
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["form", "clm-cm", "--csv=id,need,choices"]).shown(), @r#"
    exit 0
    --- stdout
    id,need,choices
    account,required,"[""1001"",""1002"",""1003"",""1005""]"
    product,required,"[""protect-and-sign"",""clm-cm"",""insight-analyzer""]"
    category,required,"[""access"",""workflow"",""groups-and-users"",""delegated-access"",""notifications"",""esignature-connection"",""reports""]"
    subcategory,required,[]
    subject,required,[]
    description,optional,[]
    occurred_at,optional,[]
    environment,required,"[""demo"",""production""]"
    business_impact,depends,"[""critical"",""high"",""medium"",""low""]"
    user_impact,optional,"[""one"",""several"",""all"",""unknown""]"
    attachment,optional,[]
    occurred_before,optional,[]
    product_version,optional,[]
    browser,optional,[]
    steps,optional,[]
    contact_method,required,"[""email"",""online"",""phone""]"
    phone,depends,[]
    language,optional,"[""en"",""fr"",""de"",""ja"",""pt""]"
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["form", "dsa", "--csv=id,need,choices"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"no case can be opened like that","hints":[],"fields":[{"field":"product","problem":"`dsa` is not a product of account 1001 (Northwind Legal); choose one of esignature, rooms","flag":"--product"}],"request_id":null}}
    "#);
    insta::assert_snapshot!(sam.run(&["form", "esignature", "--category", "billing", "--jq", ".[].id"]).shown(), @"
    exit 0
    --- stdout
    account
    product
    category
    subcategory
    subject
    description
    occurred_at
    envelope_id
    attachment
    occurred_before
    product_version
    browser
    steps
    contact_method
    phone
    language
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["form", "fax"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: there is no product `fax`
    hint: the products are esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm
    ");
    insta::assert_snapshot!(sam.run(&["form", "rooms", "--category", "signing"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: no case can be opened like that
      category: `signing` is offered only where product is esignature; choose one of access, roles, forms, tasks, sending, documents, billing  (--category)
    ");
    insta::assert_snapshot!(sam.run(&["form", "rooms", "--category", "signing", "--json"]).shown(), @r#"
    exit 2
    --- stdout
    --- stderr
    {"error":{"kind":"usage","code":2,"message":"no case can be opened like that","hints":[],"fields":[{"field":"category","problem":"`signing` is offered only where product is esignature; choose one of access, roles, forms, tasks, sending, documents, billing","flag":"--category"}],"request_id":null}}
    "#);
    insta::assert_snapshot!(sam.run(&["form", "--category", "signing"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <PRODUCT>

    Usage: docket form --category <CATEGORY> <PRODUCT>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(sam.run(&["form", "rooms", "--schema"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    error: the argument '[PRODUCT]' cannot be used with '--schema'

    Usage: docket form <PRODUCT>

    For more information, try '--help'.
    ");
}

#[test]
fn the_schema_takes_what_the_portal_takes() {
    let world = World::new();
    let kim = world.user("kim@example.com");
    let schema: Value = kim.run(&["form", "--schema"]).succeeded().json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();

    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/envelope-stuck.yaml");
    let dry = kim.run(&["case", "new", "--dry-run", "--json", "--from", example]).succeeded().json();
    let fields = &dry["body"]["fields"];
    assert!(schema.is_valid(fields), "{fields}: {:?}", schema.iter_errors(fields).collect::<Vec<_>>());
    let mut wrong = fields.clone();
    wrong["subject"] = "x".repeat(256).into();
    assert!(!schema.is_valid(&wrong));
    wrong = fields.clone();
    wrong.as_object_mut().unwrap().remove("subject");
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn articles_answer_what_others_have_asked() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    insta::assert_snapshot!(sam.run(&["resources", "access", "code"]).shown(), @"
    exit 0
    --- stdout
    Set access codes and help a signer who failed  sending-recipient-authentication
        Give signers a code that works, and let them try again after three failures.
    The access code is refused  signing-access-code
        Get a code that works from the person who set it.
    Recipients and signing order  sending-recipients
        Have the right people receive the envelope in the right order.
    Report a fault in signing  signing-what-to-send
        Collect what an expert needs to look into a signing session.
    Log API requests for a case  api-request-log
        Record the request and the answer, and take credentials out before you send them.
    --- stderr
    docket resources show ID reads one
    ");
    insta::assert_snapshot!(sam.run(&["resources", "access", "code", "--json=id,url"]).shown(), @r#"
    exit 0
    --- stdout
    [{"id":"sending-recipient-authentication","url":null},{"id":"signing-access-code","url":null},{"id":"sending-recipients","url":null},{"id":"signing-what-to-send","url":null},{"id":"api-request-log","url":null}]
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["resources", "access", "code", "--quiet"]).shown(), @"
    exit 0
    --- stdout
    Set access codes and help a signer who failed  sending-recipient-authentication
        Give signers a code that works, and let them try again after three failures.
    The access code is refused  signing-access-code
        Get a code that works from the person who set it.
    Recipients and signing order  sending-recipients
        Have the right people receive the envelope in the right order.
    Report a fault in signing  signing-what-to-send
        Collect what an expert needs to look into a signing session.
    Log API requests for a case  api-request-log
        Record the request and the answer, and take credentials out before you send them.
    --- stderr
    ");
    let place = ["resources", "--product", "esignature", "--category", "sso", "--subcategory", "login-error"];
    insta::assert_snapshot!(sam.run(&[&place[..], &["--csv=id,title"]].concat()).shown(), @r#"
    exit 0
    --- stdout
    id,title
    sso-administrator-first,Single sign-on fails: ask your administrator first
    sso-saml-trace,Record a SAML trace
    case-call-me,Have support call you
    case-what-to-tell,What to tell support
    case-statuses,What the status of a case asks of you
    case-pending-five-days,Keep a pending case from closing
    case-follow-up-closed,"Closed, but still broken"
    case-contact-methods,"By e-mail, in the portal or by telephone"
    case-watchers-and-attachments,Attachments and watchers
    case-remove-credentials,"Record a HAR file or a log, without your credentials"
    case-screen-sharing,Join a screen-sharing session
    portal-chat-blocked,The support chat does not open
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["resources", "xyzzy"]).shown(), @"
    exit 0
    --- stdout
    --- stderr
    no articles
    ");
    insta::assert_snapshot!(sam.run(&["resources", "xyzzy", "--json"]).shown(), @"
    exit 0
    --- stdout
    []
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["resources", "\"quoted\" AND (", "--json"]).shown(), @"
    exit 0
    --- stdout
    []
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["resources", "--product", "fax"]).shown(), @"
    exit 2
    --- stdout
    --- stderr
    docket: there is no product `fax`
    hint: the products are esignature, rooms, clm, protect-and-sign, clm-cm, insight-analyzer, dsa, hsm
    ");
}

#[test]
fn an_article_is_read_by_its_id() {
    let world = World::new();
    let _filters = settings(&world).bind_to_scope();
    let sam = world.sam();
    let found = sam.json(&["resources", "access", "code"]);
    let id = found[0]["id"].as_str().unwrap().to_owned();
    insta::assert_snapshot!(sam.run(&["resources", "show", &id]).shown(), @"
    exit 0
    --- stdout
    Set access codes and help a signer who failed

    The sender decides how a signer proves who he or she is, so the sender also
    solves what goes wrong. Support can neither read an access code out to a
    signer nor skip the check.

    1. Set the code and pass it on by another way than the envelope's mail: by
       telephone, or in person.
    2. Tell the signer that it must be entered exactly, and mind what looks alike,
       such as O and 0 or l and 1.
    3. For checks by telephone or text, confirm the signer's number, with the
       country code, before you send.
    4. After three failed attempts the signer is locked out. Correct the envelope
       if the code or the number was wrong, then resend it; the signer starts
       afresh.

    If the check fails for every signer, open a case with the envelope id, the
    kind of check and the time of one failed attempt.
    --- stderr
    ");
    insta::assert_snapshot!(sam.run(&["resources", "show", &id, "--json"]).shown(), @r#"
    exit 0
    --- stdout
    {"id":"sending-recipient-authentication","title":"Set access codes and help a signer who failed","summary":"Give signers a code that works, and let them try again after three failures.","url":null,"body":"The sender decides how a signer proves who he or she is, so the sender also\nsolves what goes wrong. Support can neither read an access code out to a\nsigner nor skip the check.\n\n1. Set the code and pass it on by another way than the envelope's mail: by\n   telephone, or in person.\n2. Tell the signer that it must be entered exactly, and mind what looks alike,\n   such as O and 0 or l and 1.\n3. For checks by telephone or text, confirm the signer's number, with the\n   country code, before you send.\n4. After three failed attempts the signer is locked out. Correct the envelope\n   if the code or the number was wrong, then resend it; the signer starts\n   afresh.\n\nIf the check fails for every signer, open a case with the envelope id, the\nkind of check and the time of one failed attempt.\n"}
    --- stderr
    "#);
    insta::assert_snapshot!(sam.run(&["resources", "show", "no-such-article"]).shown(), @"
    exit 5
    --- stdout
    --- stderr
    docket: there is no article `no-such-article`
    hint: `docket resources WORDS` finds articles
    request id: [id]
    ");
    insta::assert_snapshot!(sam.run(&["resources", "show", "../me", "--json"]).shown(), @r#"
    exit 5
    --- stdout
    --- stderr
    {"error":{"kind":"not_found","code":5,"message":"there is no article `../me`","hints":["`docket resources WORDS` finds articles"],"fields":[],"request_id":"[id]"}}
    "#);
    // Every article that is listed can be read.
    let all = sam.json(&["resources"]);
    for article in all.as_array().unwrap() {
        let id = article["id"].as_str().unwrap();
        assert!(!sam.json(&["resources", "show", id])["body"].as_str().unwrap().is_empty(), "{id}");
    }
}
