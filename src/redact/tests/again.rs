//! What is known, wherever else it stands.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::{redacted, shown};

#[test]
fn what_is_known_is_found_in_what_is_hidden_beside_something_else() {
    let secret = "Q7xv2Lm9tRw4kZp8s";
    let message = |note: &str| {
        format!(
            "<Response><SignatureValue>abcdefgh1234ABCD5678</SignatureValue><Note>{note}</Note></Response>"
        )
    };
    let deflated = |text: &str| {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        STANDARD.encode(encoder.finish().unwrap())
    };
    let inflated = |packed: &str| {
        let mut text = String::new();
        DeflateDecoder::new(&STANDARD.decode(packed).unwrap()[..]).read_to_string(&mut text).unwrap();
        text
    };
    for note in [secret.to_owned(), format!("x {secret}"), format!("xy {secret} z")] {
        // Before the place that gives it away, and behind it.
        let first = redacted(&format!(
            "SAMLResponse={}\nAuthorization: Bearer {secret}",
            STANDARD.encode(message(&note))
        ));
        let then = redacted(&format!(
            "Authorization: Bearer {secret}\nSAMLResponse={}",
            STANDARD.encode(message(&note))
        ));
        for copy in [first, then] {
            let packed = copy.lines().find_map(|line| line.strip_prefix("SAMLResponse=")).unwrap();
            let text = String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap();
            assert_eq!(
                shown(&text),
                format!(
                    "<Response><SignatureValue>[saml-signature]</SignatureValue><Note>{}</Note></Response>",
                    note.replace(secret, "[authorization]")
                )
            );
        }
        // What is compressed shows nothing to whoever looks from outside.
        let text = format!("<AuthnRequest><Note>{note}</Note></AuthnRequest>");
        let copy = redacted(&format!("SAMLRequest={}\nAuthorization: Bearer {secret}", deflated(&text)));
        let packed = copy.lines().next().unwrap().strip_prefix("SAMLRequest=").unwrap();
        assert_eq!(shown(&inflated(packed)), text.replace(secret, "[authorization]"));
    }
    // Nor does what is packed twice, or broken into lines.
    let twice = STANDARD.encode(format!("{{\"text\":\"{}\"}}", STANDARD.encode(format!("it is {secret}"))));
    let copy = redacted(&format!("{{\"data\":\"{twice}\"}}\nAuthorization: Bearer {secret}"));
    let packed =
        |text: &str| String::from_utf8(STANDARD.decode(text.split('"').nth(3).unwrap()).unwrap()).unwrap();
    assert_eq!(shown(&packed(&packed(&copy))), "it is [authorization]");
    let long = STANDARD.encode(format!("{}{secret}", "words and more ".repeat(3)));
    let lines = format!("{}\r\n{}", &long[..64], &long[64..]);
    let copy = redacted(&format!(
        "Content-Transfer-Encoding: base64\r\n\r\n{lines}\r\n\r\nAuthorization: Bearer {secret}"
    ));
    let part: String = copy.lines().skip(2).take_while(|line| !line.is_empty()).collect();
    assert!(!String::from_utf8(STANDARD.decode(part).unwrap()).unwrap().contains(secret));
}

#[test]
fn what_is_known_is_found_where_it_runs_into_something_else() {
    let secret = "Q7xv2-Lm9tRw4kZp8s";
    for text in [
        format!("VG9rZW49WjhqZ{secret}"),
        format!("{secret}VG9rZW49WjhqZ"),
        format!("\"text\":\"VG9rZW49WjhqZVG9rZW49WjhqZ{secret}x\""),
    ] {
        let copy = redacted(&format!("{text}\nAuthorization: Bearer {secret}"));
        assert!(!copy.contains(secret), "{copy}");
    }
    // The end of a value that is longer elsewhere.
    let copy = redacted("{\"password\":\"hunter2x,tr0ub4dor\"}\nrun password=hunter2x,tr0ub4dor x");
    assert_eq!(shown(&copy), "{\"password\":\"[password]\"}\nrun password=[password] x");
}

#[test]
fn a_name_at_the_end_of_a_text_in_json_has_no_value() {
    for text in [
        r#"["Enter password:", 3, "x"]"#,
        r#"["Enter password:",true]"#,
        r#"{"password:": "it is hidden", "a": {"token=": [1, 2], "secret:": {"b": 1}}}"#,
        r#"{"a\npassword=":"b"}"#,
        r#"[{"name":"x","value":"{\"apiKey\":\\"},{"name":"y","value":"z"}]"#,
    ] {
        assert_eq!(redacted(text), text);
    }
    assert_eq!(shown(&redacted(r#"password=",1x9a""#)), r#"password="[password]""#);
}

#[test]
fn a_secret_is_found_again_in_whatever_encoding() {
    let secret = "kR7/x+Q2=vB9&m";
    let encoded = STANDARD.encode(format!("a{secret}b"));
    let text = format!(
        "{{\"password\":\"{secret}\"}}\nagain {secret} {encoded} kR7%2Fx%2BQ2%3DvB9%26m \
         {} kR7\\/x+Q2=vB9&m kR7/x+Q2=vB9&amp;m",
        secret.bytes().map(|byte| format!("{byte:02x}")).collect::<String>()
    );
    let once = redacted(&text);
    assert_eq!(once.matches("[redacted:password:").count(), 7, "{once}");
    let mark = &once[once.find("[redacted").unwrap()..][..28];
    assert_eq!(once.matches(mark).count(), 7, "equal values have equal marks: {once}");
    assert_eq!(redacted(&once), once);
}
