//! Personal data, where it is asked for: what goes and what only looks like it.

use std::sync::LazyLock;

use super::{Marks, Own, Redactor, redacted_by, shown};

/// What is left of a text without personal data, which is the same the second time.
fn left_of(text: &str) -> String {
    static RULES: LazyLock<Redactor> =
        LazyLock::new(|| Redactor::new(&Own::default(), true, Marks::keyed()).unwrap());
    let redacted = |text: &str| String::from_utf8(redacted_by(&RULES, text.as_bytes()).0).unwrap();
    let once = redacted(text);
    assert_eq!(redacted(&once), once, "twice: {text}");
    shown(&once)
}

fn assert_kept(texts: &[&str]) {
    for text in texts {
        assert_eq!(left_of(text), *text);
    }
}

fn assert_left(texts: &[(&str, &str)]) {
    for (text, expected) in texts {
        assert_eq!(left_of(text), *expected, "{text}");
    }
}

#[test]
fn versions_and_names_of_objects_are_no_addresses() {
    assert_kept(&[
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
        r#"{"name":"User-Agent","value":"Chrome/131.0.0.0"}"#,
        "Mozilla%2F5.0%20(X11)%20Chrome%2F131.0.0.0%20Safari%2F537.36",
        "ua=Mozilla%2F5.0+Chrome%2F131.0.0.0+Safari",
        "System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a",
        "version: 1.2.3.4\nVersion 1.2.3.4\nFileVersion=1.2.3.4",
        r#"{"appVersion": "1.2.3.4", "b":"{\"version\":\"1.2.3.4\"}"}"#,
        "<version>1.2.3.4</version> <assemblyIdentity version='6.0.0.1'/>",
        r#"Sec-CH-UA-Full-Version-List: "Not_A Brand";v="24.0.0.0""#,
        "DocuSign.eSign/8.0.0.1 okhttp/4.0.0.1",
        "urn:oid:2.5.4.42 1.2.840.113549.1.1.11 OID 2.5.4.42, oid=2.5.29.15 urn%3Aoid%3A2.5.4.42",
    ]);
    assert_left(&[
        ("http://10.1.2.3/x", "http://[ip-address]/x"),
        ("host=10.1.2.3", "host=[ip-address]"),
        ("from 10.1.2.3:443", "from [ip-address]:443"),
        ("/hosts/10.1.2.3/x", "/hosts/[ip-address]/x"),
        ("GET /v1/hosts/10.1.2.3", "GET /v1/hosts/[ip-address]"),
        ("api.example.com/198.51.100.7 refused", "api.example.com/[ip-address] refused"),
        ("Proxy/198.51.100.7:443 okhost/10.1.2.3", "Proxy/[ip-address]:443 okhost/[ip-address]"),
        ("connect to /198.51.100.7 port 80", "connect to /[ip-address] port 80"),
        ("version 2 of 198.51.100.7", "version 2 of [ip-address]"),
        (r#"{"version":"1.2.3","host":"198.51.100.7"}"#, r#"{"version":"1.2.3","host":"[ip-address]"}"#),
    ]);
}

#[test]
fn telephone_numbers_end_where_they_end() {
    assert_left(&[
        ("x +14155550100 10.1.2.3", "x [phone] [ip-address]"),
        ("+14155550100 2026-01-15 x", "[phone] 2026-01-15 x"),
        ("+14155550100 7 items", "[phone] 7 items"),
        ("+1 (555) 010-9999 12 items", "[phone] 12 items"),
        ("+49 30 1234567 2026-01-15 10:00:00", "[phone] 2026-01-15 10:00:00"),
        ("+33 1 23 45 67 89, +44 20 7946 0958", "[phone], [phone]"),
        ("call (415) 555-0100, (555) 123-4567 or (415)555-0100.", "call [phone], [phone] or [phone]."),
        ("415-555-0100 555-123-4567 415.555.0100 1-800-555-0199", "[phone] [phone] [phone] [phone]"),
        ("415-555-0100,415-555-0101,+14155550100", "[phone],[phone],[phone]"),
        ("0171-1234567, 0171 1234567 and 0151/12345678", "[phone], [phone] and [phone]"),
        (r#"{"a":"415-555-0100","tel":"tel:415-555-0100"}"#, r#"{"a":"[phone]","tel":"tel:[phone]"}"#),
        ("q=%20415-555-0100&x", "q=%20[phone]&x"),
    ]);
}

#[test]
fn a_telephone_number_is_told_by_its_name() {
    assert_left(&[
        (
            r#"{"phoneNumber":"5551234567","mobile":"0301234567"}"#,
            r#"{"phoneNumber":"[phone]","mobile":"[phone]"}"#,
        ),
        (r#"{"phone": 5551234567, "n": 1}"#, r#"{"phone": "[phone]", "n": 1}"#),
        (r#"{"b":"{\"fax\":5551234567}"}"#, r#"{"b":"{\"fax\":\"[phone]\"}"}"#),
        ("phone=5551234567&home_phone=030%2F1", "phone=[phone]&home_phone=030%2F1"),
        ("Phone number: 555 123 4567\nfax: 030/1234567", "Phone number: [phone]\nfax: [phone]"),
        ("<Telephone>5551234567</Telephone>", "<Telephone>[phone]</Telephone>"),
    ]);
    assert_kept(&[
        r#"{"phoneId":5551234567,"microphone":"5551234567","phones":3,"mobile":true}"#,
        "phone call at 20260115 mobile 12345678 telephones: 1234567",
    ]);
}

/// What stands in ordinary logs and is no telephone number.
#[test]
fn numbers_of_something_else_are_no_telephone_numbers() {
    assert_kept(&[
        "2026-01-15T10:11:12.345678+02:00 2026-01-15 10:11:12,345 +0200 20260115 15.01.2026 01/15/2026",
        "[2026-01-15 10:11:12.345] INFO 415-555 took 415.555 ms, 1234.567.8901 of 100.200.3000",
        "3e0f6d0e-1a2b-4c3d-8e9f-0123456789ab 415-555-0100-7 x415-555-0100 415-555-0100x a/415-555-0100",
        "@@ -415,7 +415,10 @@ src/main.rs:415:555 v1.2.3-415 2.0.0-415.555.0100 +0200 2026 +100 2026-01-15",
        "ISBN 978-3-16-148410-0 978-0-306-40615-7 order 302-1234567-7654321 ORD-415-555-0100 #415-555-0100",
        "ports 8000-9000 49152-65535 10-20 $415.555.0100 415,555,0100 415-555-0100:17 123-45-6789",
        "-rw-r--r-- 1 root root 0644 1234567 0755 12345678 0100644 0x0171 12345678 00000160: 3132 3334",
        "1700000000000 1700000000 0.415.555.0100 115-555-0100 415-055-0100 4155550100 (415) (555) (415) x",
        "4111-1111-1111-1112 0171 1234567 8 0171-123 0171 123456789 0170.1234567 1e+14155550100",
        "pid 415 555 0100 size 415 555 1000 10.0.19041.1 duration=415.555s (415)-555 f(415)",
    ]);
}

#[test]
fn an_email_address_is_taken_whole_however_it_is_written() {
    assert_left(&[
        ("kim.o'neil@example.com, o'neil@example.com", "[email], [email]"),
        (r#"{"mail":"kim.o'neil@example.com"}"#, r#"{"mail":"[email]"}"#),
        (
            "'sam@example.com' b'sam@example.com' x='kim'+'sam@example.com'",
            "'[email]' b'[email]' x='kim'+'[email]'",
        ),
        ("/users?mail=sam%40example.com&x=1", "/users?mail=[email]&x=1"),
        ("mail=sam%2Bx%40example.com mail=kim.o%27neil%40example.com", "mail=[email] mail=[email]"),
        ("%22sam%40example.com%22 to=%3Csam%40example.com%3E", "%22[email]%22 to=%3C[email]%3E"),
        ("x%3D%27sam%40example.com%27", "x%3D%27[email]%27"),
        ("next=%252F%253Fmail%253Dsam%2540example.com%2526", "next=%252F%253Fmail%253D[email]%2526"),
        ("%3Csam@example.com%3E a\\nsam@example.com", "%3C[email]%3E a\\n[email]"),
        ("git@example.com and sam@github.com:22", "[email] and [email]:22"),
    ]);
    assert_kept(&[
        "git clone git@github.com:acme/app.git ssh://git@host.example/app git+ssh://git@github.com/acme/app.git",
        "npm i @scope/pkg@1.2.3 50%40 user@host %40media @example.com a%40b x%4",
    ]);
}

#[test]
fn names_in_a_saml_message_are_taken_out() {
    assert_left(&[(
        "<saml:NameID>kim</saml:NameID><saml:Attribute Name=\"surname\">\
         <saml:AttributeValue xsi:type=\"xs:string\">Van der Berg</saml:AttributeValue></saml:Attribute>",
        "<saml:NameID>[name-id]</saml:NameID><saml:Attribute Name=\"surname\">\
         <saml:AttributeValue xsi:type=\"xs:string\">[saml-attribute]</saml:AttributeValue></saml:Attribute>",
    )]);
}
