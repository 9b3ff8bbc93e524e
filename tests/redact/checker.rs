//! The checker itself: a secret that is left is found, however it is written, and so is what was damaged.

use std::io::Read;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::hunt::Hunt;
use super::lists::{self, Canary};
use super::{judge, layers, packed, shape};

/// Has something that every encoding changes.
const SECRET: &str = "Kq7+/aB&=\"x9%<zZ correct";
/// Long enough to be looked for in pieces.
const LONG: &str = "aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gI3kM5oQ7sU9wY";

fn found(name: &str, secret: &str, text: &[u8]) -> bool {
    let hunt = Hunt::new([(secret, [].as_slice())]);
    !hunt.search(&layers::of(name, text)).is_empty()
}

fn each(text: &str, form: impl Fn(u8) -> String) -> String {
    text.bytes().map(form).collect()
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn percent(text: &str) -> String {
    each(
        text,
        |byte| if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02X}") },
    )
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

fn all(mut reader: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).unwrap();
    bytes
}

fn gzip(text: &str) -> Vec<u8> {
    all(GzEncoder::new(text.as_bytes(), Compression::default()))
}

fn deflate(text: &str) -> Vec<u8> {
    all(DeflateEncoder::new(text.as_bytes(), Compression::default()))
}

fn zlib(text: &str) -> Vec<u8> {
    all(ZlibEncoder::new(text.as_bytes(), Compression::default()))
}

/// Ways to write a text, and encodings in encodings.
fn writings(secret: &str) -> Vec<(&'static str, String)> {
    let inside = format!("<a b=\"c\">{secret}</a>, and some more text around it");
    vec![
        ("plain", secret.to_owned()),
        ("form", percent(secret).replace("%20", "+")),
        ("JSON", json(secret)),
        ("JSON in JSON", json(&json(secret))),
        ("JSON in JSON in JSON", json(&json(&json(secret)))),
        ("JSON with escaped slashes", json(secret).replace('/', "\\/")),
        ("\\u escapes", each(secret, |byte| format!("\\u{byte:04x}"))),
        ("\\u escapes in JSON", json(&each(secret, |byte| format!("\\u{byte:04X}")))),
        ("percent", percent(secret)),
        ("percent, all, lower", each(secret, |byte| format!("%{byte:02x}"))),
        ("percent twice", percent(&percent(secret))),
        ("percent in JSON in percent", percent(&json(&percent(secret)))),
        ("HTML", html(secret)),
        ("HTML numbers", each(secret, |byte| format!("&#{byte};"))),
        ("HTML hex numbers", each(secret, |byte| format!("&#x{byte:x};"))),
        ("HTML in JSON", json(&html(secret)).replace('&', "\\u0026")),
        ("HTML twice", html(&html(secret))),
        ("hex", each(secret, |byte| format!("{byte:02x}"))),
        ("HEX", each(secret, |byte| format!("{byte:02X}"))),
        ("hex out of step", format!("f{}", each(secret, |byte| format!("{byte:02x}")))),
        ("base64", STANDARD.encode(secret)),
        ("base64 of other things too", STANDARD.encode(&inside)),
        ("base64 from 1", STANDARD.encode(format!("a{secret}zz"))),
        ("base64 from 2", STANDARD.encode(format!("ab{secret}z"))),
        ("base64 after letters", format!("path/x/{}", STANDARD.encode(secret))),
        ("base64url", URL_SAFE_NO_PAD.encode(&inside)),
        ("base64 of base64", STANDARD.encode(STANDARD.encode(&inside))),
        ("base64 in percent", percent(&STANDARD.encode(&inside))),
        ("base64 of JSON", STANDARD.encode(json(&json(secret)))),
        ("base64 in lines", lines(&STANDARD.encode(inside.repeat(3)), "\r\n")),
        ("base64 in lines in JSON", json(&lines(&STANDARD.encode(inside.repeat(3)), "\n    "))),
        ("base64 of gzip", STANDARD.encode(gzip(&inside))),
        ("base64 of zlib", STANDARD.encode(zlib(&inside))),
        ("base64 of deflate, in percent", percent(&STANDARD.encode(deflate(&inside)))),
        (
            "base64 in an XML attribute of base64",
            STANDARD.encode(format!("<a b='{}'/>", STANDARD.encode(&inside))),
        ),
    ]
}

fn lines(text: &str, between: &str) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    lines.join(between)
}

#[test]
fn what_is_left_is_found_in_every_encoding() {
    for secret in [SECRET, LONG] {
        for (name, written) in writings(secret) {
            let text = format!("something before: \"{written}\" and something after\n");
            assert!(found("a.log", secret, text.as_bytes()), "{name}: {text}");
        }
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for (name, written) in writings("something else altogether 12") {
        for secret in [SECRET, LONG] {
            assert!(!found("a.log", secret, written.as_bytes()), "{name}");
        }
    }
}

#[test]
fn a_part_of_a_secret_is_found() {
    let parts = [&LONG[..16], &LONG[16..32], &LONG[28..], &LONG[..40]];
    for part in parts {
        assert!(found("a.log", LONG, format!("see {part}…").as_bytes()), "{part}");
    }
    assert!(!found("a.log", LONG, format!("see {}…", &LONG[..4]).as_bytes()));
    let half = &"abcdefghijklm0123456789nopqr"[..14];
    assert!(found("a.log", "abcdefghijklm0123456789nopqr", half.as_bytes()));
}

#[test]
fn a_line_of_a_key_is_found() {
    let key =
        format!("-----BEGIN PRIVATE KEY-----\n{LONG}\n{}\n-----END PRIVATE KEY-----", LONG.to_lowercase());
    assert!(found("a.log", &key, LONG.as_bytes()));
    assert!(found("a.log", &key, json(&LONG.to_lowercase()).as_bytes()));
    assert!(!found("a.log", &key, b"-----BEGIN PRIVATE KEY-----\n[redacted]\n-----END PRIVATE KEY-----"));
}

#[test]
fn a_short_one_is_found_where_it_stands_and_not_by_chance() {
    let context = ["pin=4821".to_owned(), "\"pin\":\"4821\"".to_owned()];
    let hunt = Hunt::new([("4821", context.as_slice())]);
    let found = |text: &str| !hunt.search(&layers::of("a.log", text.as_bytes())).is_empty();
    assert!(found("a&pin=4821&b"));
    assert!(found(&json("{\"pin\":\"4821\"}")));
    assert!(!found("port 4821"));
}

#[test]
fn what_is_left_is_found_in_what_is_packed() {
    let text = format!("x={SECRET}\n");
    assert!(found("a.log.gz", SECRET, &gzip(&text)));
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(found("a.log", SECRET, &utf16));
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert!(found("a.log", SECRET, &utf16));
    for name in ["logs.zip", "logs.tar", "logs.tar.gz"] {
        let sheet = lists::corpus().into_iter().find(|sheet| sheet.name == name).unwrap();
        let parts = packed::parts(name, &sheet.bytes());
        assert_eq!(parts.len(), 3, "{name}");
        assert_eq!(judge::left(&sheet, &layers::of(name, &sheet.bytes())).len(), sheet.planted(), "{name}");
    }
}

/// Each canary, left alone in a copy that is otherwise empty, is told with its place.
#[test]
fn a_leak_is_told_with_its_place() {
    let sheet = lists::corpus().into_iter().find(|sheet| sheet.name == "settings.env").unwrap();
    for canary in &sheet.canaries {
        let told = judge::left(&sheet, &layers::of(&sheet.name, canary.value.as_bytes()));
        let Canary { place, kind, .. } = canary;
        assert!(told.iter().any(|line| line.contains(&format!("{kind} at {place}"))), "{told:?}");
    }
}

#[test]
fn damage_is_found() {
    let damaged = |name: &str, before: &str, after: &str| {
        !shape::damage(name, before.as_bytes(), after.as_bytes()).is_empty()
    };
    let har =
        r#"{"log":{"entries":[{"request":{"method":"GET","url":"https://a.example.com/b?c=d&e=f"},"n":1}]}}"#;
    for (from, to) in [
        ("GET", "X"),
        ("/b?", "/x?"),
        ("&e=f", ""),
        ("\"n\":1", "\"n\":2"),
        ("\"n\":1", "\"m\":1"),
        ("]}}", ""),
    ] {
        assert!(damaged("a.har", har, &har.replace(from, to)), "{from}");
    }
    assert!(!damaged("a.har", har, &har.replace("c=d", "c=[redacted]")));
    assert!(damaged(
        "a.json",
        r#"[{"name":"X-Api-Key","value":"v"}]"#,
        r#"[{"name":"[redacted]","value":"v"}]"#
    ));
    assert!(!damaged(
        "a.json",
        r#"[{"name":"X-Api-Key","value":"v"}]"#,
        r#"[{"name":"X-Api-Key","value":"w"}]"#
    ));
    assert!(damaged("a.ndjson", "1\n2\n", "1\n"));
    assert!(damaged("a.xml", "<a b=\"c\">d</a>", "<a>d</a>"));
    assert!(damaged("a.xml", "<a>d</a>", "<a><redacted></a>"));
    assert!(!damaged("a.xml", "<a b=\"c\">d</a>", "<a b=\"x\">y</a>"));
    assert!(!shape::damage("a.json.gz", &gzip("[1]"), b"[1]").is_empty());
    assert!(!shape::damage("a.json.gz", &gzip("[1]"), &gzip("[1")).is_empty());
    assert!(shape::damage("a.json.gz", &gzip("[\"a\"]"), &gzip("[\"b\"]")).is_empty());
}

#[test]
fn an_ordinary_value_that_is_gone_is_found() {
    let sheet = lists::corpus().into_iter().find(|sheet| sheet.name == "settings.env").unwrap();
    let text = String::from_utf8(sheet.bytes()).unwrap();
    assert!(judge::judge(&sheet, text.as_bytes()).damaged.is_empty());
    for value in &sheet.ordinary {
        let damaged = judge::judge(&sheet, text.replacen(value.as_str(), "[redacted]", 1).as_bytes()).damaged;
        assert!(damaged.iter().any(|line| line.contains(value.as_str())), "{value}: {damaged:?}");
    }
}
