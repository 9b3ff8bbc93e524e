//! What a file is stays what it is: JSON with the same tree, XML with the same elements, a HAR with the same
//! requests, an archive with the same members.

use serde_json::Value;

use super::packed::{self, Packed};

/// What differs between a file and its redacted copy, but for values that may be secrets.
pub fn damage(name: &str, before: &[u8], after: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    compare(name, before, after, &mut found);
    found
}

fn compare(name: &str, before: &[u8], after: &[u8], found: &mut Vec<String>) {
    match (packed::open(before), packed::open(after)) {
        (Packed::Plain, Packed::Plain) => text(name, before, after, found),
        (Packed::Utf16(before), Packed::Utf16(after)) => {
            text(name, before.as_bytes(), after.as_bytes(), found);
        }
        (Packed::Gzip(before), Packed::Gzip(after)) => {
            compare(name.strip_suffix(".gz").unwrap_or(name), &before, &after, found);
        }
        (Packed::Archive { kind, members: before }, Packed::Archive { kind: other, members: after }) => {
            if kind != other || before.len() != after.len() {
                found.push(format!(
                    "{name}: was a {kind} of {}, is a {other} of {}",
                    before.len(),
                    after.len()
                ));
            }
            for ((name, before), (other, after)) in before.iter().zip(&after) {
                if name != other {
                    found.push(format!("{name}: is now called {other}"));
                }
                compare(name, before, after, found);
            }
        }
        _ => found.push(format!("{name}: is no longer packed, or encoded, as it was")),
    }
}

fn text(name: &str, before: &[u8], after: &[u8], found: &mut Vec<String>) {
    let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
    match name.rsplit('.').next() {
        Some("json" | "har" | "map") => documents(name, &before, &after, found),
        Some("ndjson") => {
            if before.lines().count() != after.lines().count() {
                found.push(format!("{name}: has other lines"));
            }
            for (number, (before, after)) in before.lines().zip(after.lines()).enumerate() {
                documents(&format!("{name}:{}", number + 1), before, after, found);
            }
        }
        Some("xml") => markup(name, &before, &after, found),
        _ => {}
    }
}

fn documents(name: &str, before: &str, after: &str, found: &mut Vec<String>) {
    let before: Value = serde_json::from_str(before).unwrap();
    match serde_json::from_str(after) {
        Ok(after) => tree(name, "$", &before, &after, found),
        Err(error) => found.push(format!("{name}: no longer JSON: {error}")),
    }
}

fn tree(name: &str, at: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            if !before.keys().eq(after.keys()) {
                found.push(format!("{name}: {at}: other keys"));
            }
            for (key, value) in before {
                let Some(other) = after.get(key) else { continue };
                let at = format!("{at}.{key}");
                if fixed(key, before.contains_key("value")) && value != other {
                    found.push(format!("{name}: {at}: {value} became {other}"));
                }
                if key == "url" {
                    addresses(name, &at, value, other, found);
                }
                tree(name, &at, value, other, found);
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            if before.len() != after.len() {
                found.push(format!("{name}: {at}: had {} items, has {}", before.len(), after.len()));
            }
            for (number, (before, after)) in before.iter().zip(after).enumerate() {
                tree(name, &format!("{at}[{number}]"), before, after, found);
            }
        }
        (Value::String(_), Value::String(_)) => {}
        // A secret may be a number, and what takes its place is text.
        (Value::Number(_), Value::String(_)) if at.ends_with(".otp") => {}
        _ if before == after || at.to_lowercase().ends_with("size") => {}
        _ => found.push(format!("{name}: {at}: {before} became {after}")),
    }
}

/// Whether a value is no secret, whatever it is: those of a HAR, and the name of a pair.
fn fixed(key: &str, of_pair: bool) -> bool {
    let har =
        ["method", "status", "statusText", "httpVersion", "mimeType", "startedDateTime", "responseStatus"];
    har.contains(&key) || key == "name" && of_pair
}

/// A URL keeps everything up to its query, and the names of its parameters.
fn addresses(name: &str, at: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    let (Some(before), Some(after)) = (before.as_str(), after.as_str()) else { return };
    if !before.starts_with("http") {
        return;
    }
    let place = |url: &str| url.split(['?', '#', ';']).next().unwrap_or_default().to_owned();
    let names = |url: &str| -> Vec<String> {
        let query =
            url.split_once('#').map_or(url, |(url, _)| url).split_once('?').map_or("", |(_, query)| query);
        query.split('&').map(|pair| pair.split('=').next().unwrap_or_default().to_owned()).collect()
    };
    if place(before) != place(after) || names(before) != names(after) {
        found.push(format!("{name}: {at}: {before:.120} became {after:.120}"));
    }
}

fn markup(name: &str, before: &str, after: &str, found: &mut Vec<String>) {
    let before = names(before).unwrap();
    match names(after) {
        Ok(after) if before == after => {}
        Ok(_) => found.push(format!("{name}: other elements or attributes")),
        Err(error) => found.push(format!("{name}: no longer XML: {error}")),
    }
}

/// Elements with their attributes, in order.
fn names(text: &str) -> Result<Vec<String>, roxmltree::Error> {
    let document = roxmltree::Document::parse(text)?;
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    Ok(elements
        .map(|element| {
            let attributes: Vec<&str> = element.attributes().map(|attribute| attribute.name()).collect();
            format!("{} {attributes:?}", element.tag_name().name())
        })
        .collect())
}
