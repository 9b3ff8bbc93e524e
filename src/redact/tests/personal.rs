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
