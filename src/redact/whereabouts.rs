//! Where in a text one is: the line and, in JSON, the path.

/// How deep a path is told.
const DEEPEST: usize = 64;

/// The longest key that is told, in bytes.
const LONGEST_KEY: usize = 80;

/// A place that moves over a text.
#[derive(Debug)]
pub(super) struct Whereabouts {
    line: u64,
    json: Option<Json>,
    begun: bool,
}

impl Whereabouts {
    pub(super) fn new() -> Self {
        Self { line: 1, json: None, begun: false }
    }

    /// Moves over more of the text.
    pub(super) fn pass(&mut self, text: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', text).count() as u64;
        if !self.begun
            && let Some(first) = text.iter().position(|byte| !byte.is_ascii_whitespace() && *byte < 0x80)
        {
            self.begun = true;
            self.json = begins_json(&text[first..]).then(Json::default);
        }
        if let Some(json) = &mut self.json {
            json.pass(text);
        }
    }

    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The path, such as `log.entries[3].request.url`, in JSON.
    pub(super) fn path(&self) -> Option<String> {
        self.json.as_ref().and_then(Json::path)
    }

    /// Whether it is JSON that has to go on from here.
    pub(super) fn is_open(&self) -> bool {
        self.json.as_ref().is_some_and(|json| json.depth > 0 || json.string.is_some())
    }
}

/// Whether a text begins as JSON does; `[INFO] …` and `[2026-11-29 …` are lines of a log.
fn begins_json(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"[") else { return text.starts_with(b"{") };
    let rest = rest.trim_ascii_start();
    let number =
        rest.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
    let number = number.count();
    match rest.first() {
        None | Some(b'{' | b'[' | b'"' | b']') => true,
        Some(_) if number > 0 => {
            matches!(rest[number..].trim_ascii_start().first(), None | Some(b',' | b']'))
        }
        Some(_) => [&b"true"[..], b"false", b"null"].iter().any(|word| rest.starts_with(word)),
    }
}

#[derive(Debug, Default)]
struct Json {
    /// The levels up to the deepest that is told.
    levels: Vec<Level>,
    depth: usize,
    /// Within a text: whether the next byte is escaped.
    string: Option<bool>,
    /// The last text, which a colon makes a key.
    text: Vec<u8>,
}

#[derive(Debug)]
enum Level {
    Object(Vec<u8>),
    Array(usize),
}

impl Json {
    fn pass(&mut self, text: &[u8]) {
        let mut at = 0;
        while at < text.len() {
            if let Some(escaped) = &mut self.string {
                if std::mem::take(escaped) {
                    at += 1;
                    continue;
                }
                let rest = &text[at..];
                let length = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                let room = LONGEST_KEY.saturating_sub(self.text.len());
                self.text.extend_from_slice(&rest[..length.min(room)]);
                at += length;
                match text.get(at) {
                    Some(b'"') => self.string = None,
                    Some(_) => self.string = Some(true),
                    None => {}
                }
                at += 1;
                continue;
            }
            match text[at] {
                b'"' => {
                    self.string = Some(false);
                    self.text.clear();
                }
                b'{' => self.open(Level::Object(Vec::new())),
                b'[' => self.open(Level::Array(0)),
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.levels.truncate(self.depth);
                }
                b':' => {
                    let mut text = std::mem::take(&mut self.text);
                    if let Some(Level::Object(key)) = self.level() {
                        std::mem::swap(key, &mut text);
                    }
                    self.text = text;
                }
                b',' => {
                    if let Some(Level::Array(index)) = self.level() {
                        *index += 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn open(&mut self, level: Level) {
        if self.depth < DEEPEST {
            self.levels.push(level);
        }
        self.depth += 1;
    }

    fn level(&mut self) -> Option<&mut Level> {
        if self.depth > DEEPEST { None } else { self.levels.last_mut() }
    }

    fn path(&self) -> Option<String> {
        let mut path = String::new();
        for level in &self.levels {
            match level {
                Level::Array(index) => path.push_str(&format!("[{index}]")),
                Level::Object(key) if is_plain(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&String::from_utf8_lossy(key));
                }
                Level::Object(key) => path.push_str(&format!("[{:?}]", String::from_utf8_lossy(key))),
            }
        }
        if self.depth > DEEPEST {
            path.push('…');
        }
        (!path.is_empty()).then_some(path)
    }
}

fn is_plain(key: &[u8]) -> bool {
    !key.is_empty() && key.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_that_of_the_place() {
        let text = r#"{"log":{"x":[1,[2]],"entries":[{},{"a":"}]\"","request":{"the url":"HERE"#;
        for cut in 0..text.len() {
            let mut place = Whereabouts::new();
            place.pass(&text.as_bytes()[..cut]);
            place.pass(&text.as_bytes()[cut..]);
            assert_eq!(place.path().as_deref(), Some(r#"log.entries[1].request["the url"]"#), "{cut}");
        }
    }

    #[test]
    fn what_is_too_deep_is_counted_only() {
        let mut place = Whereabouts::new();
        place.pass(&b"[".repeat(100_000));
        assert!(place.is_open() && place.path().unwrap().len() < 1_000);
        place.pass(&b"]".repeat(100_000));
        assert!(!place.is_open());
    }
}
