//! What holds of any input, whoever makes it up: a fuzzer here, the inputs that it has kept in `tests/redact`.
//!
//! Nothing panics, nothing hangs; where nothing was found the copy has the same bytes; a JSON file that is redacted
//! once stays as it is; and a secret that stands in a place of its own is gone, whatever stands around it.

use std::io::{self, Cursor, Read as _, Write as _};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use serde_json::json;

use super::redact::{Marks, Own, Redactor, Report, Unread};

/// A secret that no input makes by chance.
const CANARY: &str = "Q7xv2-Lm9tRw4kZp8s";

/// The most of an input that is looked at: what goes wrong goes wrong with little.
const MOST: usize = 64 << 10;

/// A HAR file: as bytes, as the text of a request's body, and as a header's value.
pub fn har(data: &[u8]) {
    let data = &data[..data.len().min(MOST)];
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(data).is_ok();
    _ = redacted(data, is_json);
    let text = String::from_utf8_lossy(data);
    let har = json!({ "log": { "version": "1.2", "entries": [{
        "request": {
            "url": format!("https://example.com/?q={}", percent(&text)),
            "headers": [
                { "name": "X-Note", "value": text },
                { "name": "Authorization", "value": format!("Bearer {CANARY}") },
            ],
            "postData": { "mimeType": "text/plain", "text": text },
        },
        "response": { "content": { "encoding": "base64", "text": STANDARD.encode(data) } },
    }] } });
    let output =
        redacted(&serde_json::to_vec(&har).expect("it is JSON"), is_json).expect("a text can be read");
    assert_clean(&output);
    let valid: serde_json::Result<serde_json::Value> = serde_json::from_slice(&output);
    assert!(valid.is_ok(), "it is no longer JSON: {}", String::from_utf8_lossy(&output));
}

/// A SAML message: as it is, posted and redirected.
pub fn saml(data: &[u8]) {
    let data = &data[..data.len().min(MOST)];
    let text = String::from_utf8_lossy(data).replace(['<', '>', '&'], "_");
    let message = format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"><Note>{text}</Note>\
         <ds:SignatureValue>{CANARY}</ds:SignatureValue></samlp:Response>"
    );
    assert_clean(&redacted(message.as_bytes(), false).expect("a text can be read"));
    let posted = format!("SAMLResponse={}", percent(&STANDARD.encode(&message)));
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let output = redacted(posted.as_bytes(), is_plain).expect("a text can be read");
    assert_clean(&output);
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(message.as_bytes()).expect("memory can be written");
    let deflated = STANDARD.encode(deflated.finish().expect("memory can be written"));
    let output = redacted(format!("GET /?SAMLRequest={} HTTP/1.1", percent(&deflated)).as_bytes(), is_plain);
    assert!(!contains(&output.expect("a text can be read"), deflated.as_bytes()));
    // Whatever the message itself is.
    _ = redacted(format!("SAMLResponse={}", percent(&STANDARD.encode(data))).as_bytes(), false);
    _ = redacted(format!("SAMLRequest={}", percent(&text)).as_bytes(), false);
}

/// An archive: any bytes, and well-made ones with a secret beside them.
pub fn archive(data: &[u8]) {
    let data = &data[..data.len().min(MOST)];
    _ = redacted(data, false);
    // A fuzzer sees what is compared, and puts it where nobody else would: into bytes that aren't what they begin as.
    if contains(data, CANARY.as_bytes()) {
        return;
    }
    let secret = format!("password={CANARY}\n");
    let files: [(&str, &[u8]); 2] = [("a.bin", data), ("b.log", secret.as_bytes())];
    for made in [gzipped(&[secret.as_bytes(), data].concat()), tarred(&files), zipped(&files)] {
        if let Some(output) = redacted(&made, false) {
            let mut all = Vec::new();
            unpack(&output, &mut all);
            assert_clean(&all);
        }
    }
}

/// The copy of an input; nothing where it can't be read. What isn't whole may be read in another way once something in
/// it has been replaced.
fn redacted(input: &[u8], is_whole: bool) -> Option<Vec<u8>> {
    static RULES: LazyLock<Redactor> = LazyLock::new(|| {
        Redactor::new(&Own::default(), false, Marks::keyed()).expect("the rules can be read")
    });
    let (once, report) = copy(&RULES, input)?;
    if report.is_empty() {
        assert!(once == input, "nothing was found, and the copy has other bytes");
    }
    let (twice, _) = copy(&RULES, &once).expect("a copy can be read");
    assert!(
        twice == once || !is_whole,
        "redacting twice changes more:\n{}\n{}",
        once.escape_ascii(),
        twice.escape_ascii()
    );
    Some(once)
}

fn copy(redactor: &Redactor, input: &[u8]) -> Option<(Vec<u8>, Report)> {
    let mut input = Cursor::new(input);
    let mut output = Vec::new();
    let report = redactor.look(&mut input).and_then(|found| redactor.write(&found, &mut input, &mut output));
    match report {
        Ok(report) => Some((output, report)),
        Err(error) => {
            assert!(Unread::of(&error).is_some(), "memory can be read and written: {error}");
            None
        }
    }
}

fn assert_clean(output: &[u8]) {
    assert!(!contains(output, CANARY.as_bytes()), "the secret is left: {}", output.escape_ascii());
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(content).and_then(|()| packed.finish()).expect("memory can be written")
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, *content).expect("memory can be written");
    }
    builder.into_inner().expect("memory can be written")
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let started = writer.start_file(*name, zip::write::SimpleFileOptions::default());
        started
            .map_err(io::Error::other)
            .and_then(|()| writer.write_all(content))
            .expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// All that another reader finds in an archive that was made here.
fn unpack(packed: &[u8], all: &mut Vec<u8>) {
    if packed.starts_with(b"\x1f\x8b") {
        flate2::read::MultiGzDecoder::new(packed).read_to_end(all).expect("the copy can be unpacked");
    } else if packed.starts_with(b"PK") {
        let mut files = zip::ZipArchive::new(Cursor::new(packed)).expect("the copy can be unpacked");
        for at in 0..files.len() {
            files
                .by_index(at)
                .expect("the copy can be unpacked")
                .read_to_end(all)
                .expect("the copy can be unpacked");
        }
    } else {
        for file in tar::Archive::new(packed).entries().expect("the copy can be unpacked") {
            file.expect("the copy can be unpacked").read_to_end(all).expect("the copy can be unpacked");
        }
    }
}
