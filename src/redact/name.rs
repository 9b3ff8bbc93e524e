//! Names and their spellings: `access_token`, `accessToken`, `ACCESS-TOKEN` and `x.access.token` are one name.

/// The longest name that is looked at, in bytes.
pub(super) const LONGEST: usize = 64;

/// The words of the longest name of the rules.
pub(super) const MOST_WORDS: usize = 6;

/// Where the name begins and ends that has the byte at `at`.
pub(super) fn around(text: &[u8], at: usize) -> (usize, usize) {
    let mut from = at;
    while from > 0 && at - from < LONGEST && belongs(text[from - 1]) {
        from -= 1;
    }
    let mut to = at;
    while to < text.len() && to - at < LONGEST && belongs(text[to]) {
        to += 1;
    }
    // `\nPASSWORD`, `%26password` and `u0026password` are names behind something escaped.
    if from > 0 && text[from - 1] == b'\\' && to - from > 1 && matches!(text[from], b'n' | b'r' | b't' | b'u')
    {
        from += if text[from] == b'u' && to - from > 5 { 5 } else { 1 };
    } else {
        while from > 0 && text[from - 1] == b'%' && to - from > 2 && is_hex(&text[from..from + 2]) {
            // `%2526` is a percent sign and two more digits.
            from += if text[from..].starts_with(b"25") && to - from > 4 && is_hex(&text[from + 2..from + 4]) {
                4
            } else {
                2
            };
        }
    }
    while from < to && matches!(text[from], b'-' | b'.') {
        from += 1;
    }
    while to > from && matches!(text[to - 1], b'-' | b'.') {
        to -= 1;
    }
    (from, to)
}

fn is_hex(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_hexdigit)
}

fn belongs(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// The letters and digits of a name in lower case, and where its last words begin.
#[derive(Debug)]
pub(super) struct Spelled {
    bytes: [u8; LONGEST],
    length: usize,
    begins: [u8; MOST_WORDS],
    words: usize,
}

impl Spelled {
    pub(super) fn letters(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Its last words, the first of them first.
    pub(super) fn texts(&self) -> Vec<String> {
        let ends = self.words().skip(1).chain([self.length]);
        let texts = self.words().zip(ends).map(|(from, to)| &self.letters()[from..to]);
        texts.map(|text| String::from_utf8_lossy(text).into_owned()).collect()
    }

    /// Where its last words begin, the first of them first.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> {
        let first = self.words.saturating_sub(MOST_WORDS);
        (first..self.words).map(|word| usize::from(self.begins[word % MOST_WORDS]))
    }
}

/// Takes a name apart.
pub(super) fn spell(name: &[u8]) -> Spelled {
    let mut spelled = Spelled { bytes: [0; LONGEST], length: 0, begins: [0; MOST_WORDS], words: 0 };
    let mut before = Class::Other;
    for (at, byte) in name.iter().take(LONGEST).enumerate() {
        let class = Class::of(*byte);
        let next = name.get(at + 1).map_or(Class::Other, |byte| Class::of(*byte));
        let begins = match class {
            Class::Other => false,
            // `APIKey` is `API` and `Key`.
            Class::Upper => before != Class::Upper || next == Class::Lower,
            Class::Lower => before == Class::Other || before == Class::Digit,
            Class::Digit => before != Class::Digit,
        };
        if begins {
            #[expect(clippy::cast_possible_truncation, reason = "a name has few bytes")]
            let at = spelled.length as u8;
            spelled.begins[spelled.words % MOST_WORDS] = at;
            spelled.words += 1;
        }
        if class != Class::Other {
            spelled.bytes[spelled.length] = byte.to_ascii_lowercase();
            spelled.length += 1;
        }
        before = class;
    }
    spelled
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Upper,
    Lower,
    Digit,
    Other,
}

impl Class {
    fn of(byte: u8) -> Self {
        match byte {
            b'A'..=b'Z' => Self::Upper,
            b'a'..=b'z' | 0x80.. => Self::Lower,
            b'0'..=b'9' => Self::Digit,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> String {
        spell(name.as_bytes()).texts().join(" ")
    }

    #[test]
    fn every_spelling_is_the_same_words() {
        for name in
            ["access_token", "accessToken", "ACCESS-TOKEN", "AccessToken", "access.token", "ACCESS_TOKEN"]
        {
            assert_eq!(words(name), "access token", "{name}");
        }
        assert_eq!(words("x-APIKey"), "x api key");
        assert_eq!(words("oauth2Bearer"), "oauth 2 bearer");
    }

    #[test]
    fn a_name_is_found_around_any_of_its_bytes() {
        for (text, name) in [
            ("{\"access_token\":1}", "access_token"),
            ("a\\nDB_PASSWORD=x", "DB_PASSWORD"),
            ("x%26access_token%3D1", "access_token"),
            ("x%2526access_token%253D1", "access_token"),
            ("x\\u0026access_token\\u003d1", "access_token"),
            ("--password x", "password"),
        ] {
            let at = text.find("ss").or(text.find("SS")).unwrap();
            let (from, to) = around(text.as_bytes(), at);
            let found = &text[from..to];
            assert!(found.starts_with(name), "{text}: {found}");
        }
    }
}
