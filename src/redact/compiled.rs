//! The rules, ready to be asked.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use base64::Engine as _;
use regex_bites::Regex;

use super::name::spell;
use super::rules::{Data, Form, Only, Own, RulesError, ShapeData};
use super::trigger::{Candidate, Triggers, gram};

const DATA: &str = include_str!("rules.toml");

/// Words that stand in many names and in much else.
const COMMON: [&str; 30] = [
    "user",
    "state",
    "functions",
    "value",
    "request",
    "index",
    "account",
    "server",
    "view",
    "write",
    "access",
    "client",
    "code",
    "storage",
    "base",
    "data",
    "link",
    "result",
    "security",
    "application",
    "keys",
    "number",
    "time",
    "answer",
    "hash",
    "connect",
    "login",
    "recovery",
    "backup",
    "device",
];

/// How often letters are met in English, per mille: `a` to `z`. What is rare is a better beginning of a search.
const FREQUENCY: [u32; 26] =
    [82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1];

/// A kind of secret, by its place among the rules' kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind(u16);

/// What a name tells of the value beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameRule {
    pub(super) kind: Kind,
    pub(super) form: Form,
    pub(super) hint: bool,
    pub(super) only: Only,
}

/// A shape that is a secret wherever it stands.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) begins: Vec<u8>,
    /// How far behind the beginning its four bytes are.
    pub(super) offset: usize,
    pub(super) chars: Box<[bool; 256]>,
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Kinds that don't come from the data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kinds {
    pub(super) jwt: Kind,
    pub(super) private_key: Kind,
    pub(super) password: Kind,
    pub(super) token: Kind,
    pub(super) basic: Kind,
    pub(super) otp: Kind,
    pub(super) cookie: Kind,
    pub(super) session: Kind,
    pub(super) card: Kind,
    pub(super) iban: Kind,
    pub(super) email: Kind,
    pub(super) phone: Kind,
    pub(super) address: Kind,
    pub(super) name_id: Kind,
    /// What couldn't be read.
    pub(super) unread: Kind,
}

impl Kinds {
    fn new(mut kind: impl FnMut(&str) -> Kind) -> Self {
        Self {
            jwt: kind("jwt"),
            private_key: kind("private-key"),
            password: kind("password"),
            token: kind("token"),
            basic: kind("basic-auth"),
            otp: kind("otp"),
            cookie: kind("cookie"),
            session: kind("session"),
            card: kind("card-number"),
            iban: kind("iban"),
            email: kind("email"),
            phone: kind("phone"),
            address: kind("ip-address"),
            name_id: kind("name-id"),
            unread: kind("unread"),
        }
    }
}

/// All rules.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) fixed: Kinds,
    pub(super) triggers: Triggers,
    kinds: Vec<String>,
    /// By the letters of the name; nothing for those that are exempt.
    names: HashMap<Vec<u8>, Option<NameRule>, BuildHasherDefault<Quick>>,
    pub(super) shapes: Vec<Shape>,
    ordinary: HashSet<Vec<u8>>,
    pub(super) patterns: Vec<(Regex, Kind)>,
    allow: HashSet<Vec<u8>>,
    pub(super) personal: bool,
}

impl Rules {
    pub(super) fn new(own: &Own, personal: bool) -> Result<Self, RulesError> {
        let data: Data = toml::from_str(DATA)
            .map_err(|error| RulesError { pattern: "rules.toml".to_owned(), why: error.to_string() })?;
        let mut kinds = Vec::new();
        let fixed = Kinds::new(|name| kind_of(&mut kinds, name));
        let mut rules = Self {
            fixed,
            triggers: Triggers::new(Vec::new()),
            kinds,
            names: HashMap::default(),
            shapes: Vec::new(),
            ordinary: data.ordinary.words.iter().map(|word| word.to_lowercase().into_bytes()).collect(),
            patterns: Vec::new(),
            allow: own.allow.iter().map(|value| value.clone().into_bytes()).collect(),
            personal,
        };
        let mut grams = fixed_grams();
        let mut wanted: Vec<(&str, Only)> = Vec::new();
        for names in &data.names {
            let rule = NameRule {
                kind: rules.kind(&names.kind),
                form: names.form,
                hint: names.hint,
                only: names.only,
            };
            for name in &names.names {
                rules.name(name, Some(rule));
                wanted.push((name, names.only));
            }
        }
        for name in data.exempt.iter().flat_map(|exempt| &exempt.names) {
            rules.name(name, None);
        }
        for shape in &data.shapes {
            rules.shape(shape, &mut grams);
        }
        if personal {
            let rule = NameRule { kind: fixed.name_id, form: Form::Plain, hint: false, only: Only::Element };
            rules.name("name id", Some(rule));
            wanted.push(("name id", Only::Element));
        }
        let kind = rules.kind("own");
        for name in &own.names {
            let rule = NameRule { kind, form: Form::Plain, hint: false, only: Only::Anywhere };
            rules.name(name, Some(rule));
            wanted.push((name, Only::Anywhere));
        }
        grams.extend(telling(&wanted).into_iter().map(|gram| (gram, Candidate::Name)));
        for pattern in &own.patterns {
            let regex = Regex::new(pattern)
                .map_err(|error| RulesError { pattern: pattern.clone(), why: error.to_string() })?;
            rules.patterns.push((regex, kind));
        }
        rules.triggers = Triggers::new(grams);
        Ok(rules)
    }

    /// A kind by its name.
    pub(super) fn kind(&mut self, name: &str) -> Kind {
        kind_of(&mut self.kinds, name)
    }

    /// The name of a kind.
    pub(super) fn kind_name(&self, kind: Kind) -> &str {
        &self.kinds[usize::from(kind.0)]
    }

    fn name(&mut self, name: &str, rule: Option<NameRule>) {
        self.names.insert(spell(name.as_bytes()).letters().to_vec(), rule);
    }

    /// What a name tells, in whatever spelling. The longest name that it ends with counts.
    pub(super) fn named(&self, name: &[u8]) -> Option<NameRule> {
        let spelled = spell(name);
        let letters = spelled.letters();
        // `token2` and `PASSWORD_1` are what they are without the number.
        let digits = letters.iter().rev().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        let ends = [letters.len(), letters.len() - digits];
        let rule = ends[..1 + usize::from(digits > 0)].iter().find_map(|end| {
            spelled.words().filter(|word| word < end).find_map(|word| self.names.get(&letters[word..*end]))
        });
        // Whatever runs into it: `mypassword`.
        let runs_in = || letters.ends_with(b"password").then(|| self.names.get(&b"password"[..])).flatten();
        let rule = rule.or_else(runs_in)?;
        rule.as_ref().copied()
    }

    /// Whether a value is an ordinary word, or one that the user allows.
    pub(super) fn is_ordinary(&self, value: &[u8]) -> bool {
        if self.allow.contains(value) {
            return true;
        }
        let punctuation =
            value.iter().rev().take_while(|byte| matches!(byte, b'.' | b'!' | b'?' | b':')).count();
        let word = &value[..value.len() - punctuation];
        let lower = || match std::str::from_utf8(word) {
            Ok(word) => word.to_lowercase().into_bytes(),
            Err(_) => word.to_ascii_lowercase(),
        };
        word.len() <= 24 && self.ordinary.contains(&lower())
    }

    /// Whether one of the words of a text is ordinary.
    pub(super) fn has_ordinary_word(&self, text: &[u8]) -> bool {
        text.split(|byte| *byte == b' ').any(|word| !word.is_empty() && self.is_ordinary(word.trim_ascii()))
    }

    /// Whether the user allows a value.
    pub(super) fn is_allowed(&self, value: &[u8]) -> bool {
        !self.allow.is_empty() && self.allow.contains(value)
    }

    fn shape(&mut self, data: &ShapeData, grams: &mut Vec<(u32, Candidate)>) {
        let kind = self.kind(&data.kind);
        let chars = class(&data.chars);
        for begins in &data.begins {
            let begins = begins.clone().into_bytes();
            let number = u16::try_from(self.shapes.len()).unwrap_or(u16::MAX);
            let offset = (0..begins.len().saturating_sub(3))
                .min_by_key(|from| score(&begins[*from..from + 4]))
                .unwrap_or(0);
            let mut all = vec![begins[offset..begins.len().min(offset + 4)].to_vec()];
            while all[0].len() < 4 {
                let longer = |gram: &Vec<u8>| {
                    let gram = gram.clone();
                    (0..=255u8)
                        .filter(|byte| chars[usize::from(*byte)])
                        .map(move |byte| {
                            let mut gram = gram.clone();
                            gram.push(byte);
                            gram
                        })
                        .collect::<Vec<_>>()
                };
                all = all.iter().flat_map(longer).collect();
            }
            grams.extend(all.iter().map(|bytes| (gram(bytes), Candidate::Shape(number))));
            self.shapes.push(Shape {
                kind,
                begins,
                offset,
                chars: chars.clone(),
                least: data.length[0],
                most: data.length[1],
            });
        }
    }
}

fn kind_of(kinds: &mut Vec<String>, name: &str) -> Kind {
    let at = kinds.iter().position(|kind| kind == name).unwrap_or_else(|| {
        kinds.push(name.to_owned());
        kinds.len() - 1
    });
    Kind(u16::try_from(at).unwrap_or(u16::MAX))
}

/// A hash for what nobody chooses to make others wait: the rules' own names.
#[derive(Debug, Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
}

/// What isn't a matter of data.
fn fixed_grams() -> Vec<(u32, Candidate)> {
    let letters = || (b'a'..=b'z').chain(b'0'..=b'9');
    let mut grams: Vec<(u32, Candidate)> = [
        (b"[red", Candidate::Mark),
        (b"--be", Candidate::Pem),
        (b"kies", Candidate::Cookies),
        (b"ext\"", Candidate::Content),
        (b"ext\\", Candidate::Content),
        (b"ata\"", Candidate::Content),
        (b"ata\\", Candidate::Content),
        (b"e64,", Candidate::Payload),
        (b"e64\r", Candidate::Payload),
        (b"e64\n", Candidate::Payload),
        (b"ls0t", Candidate::Payload),
        (b"pd94", Candidate::Payload),
        (b"phnh", Candidate::Payload),
        (b" -u ", Candidate::UserOption),
        (b"ser ", Candidate::UserOption),
        (b"ser=", Candidate::UserOption),
        (b" -b ", Candidate::CookieOption),
        (b".atl", Candidate::Atlas),
        (b"fied", Candidate::Identified),
    ]
    .map(|(bytes, candidate)| (gram(bytes), candidate))
    .to_vec();
    grams.extend(letters().map(|byte| (gram(&[b'e', b'y', b'J', byte]), Candidate::Token)));
    grams.extend(letters().map(|byte| (gram(&[byte, b':', b'/', b'/']), Candidate::Url)));
    grams.push((gram(br":\/\"), Candidate::Url));
    grams.push((gram(b"%3A%"), Candidate::Url));
    grams.extend([b"rer ", b"rer%", b"rer+"].map(|bytes| (gram(bytes), Candidate::Bearer)));
    grams.extend([b"sic ", b"sic%", b"sic+"].map(|bytes| (gram(bytes), Candidate::Basic)));
    grams.extend((b'0'..=b'9').map(|digit| (gram(&[digit, b':', b'A', b'A']), Candidate::Bot)));
    let first = letters().chain(*b"'\"$!@#%^*_+=.~/");
    grams.extend(first.map(|byte| (gram(&[b' ', b'-', b'p', byte]), Candidate::PasswordOption)));
    for byte in letters().chain(*b"_.~-") {
        grams.push((gram(&[b'8', b'Q', b'~', byte]), Candidate::CloudSecret));
        grams.push((gram(&[b'7', b'Q', b'~', byte]), Candidate::CloudSecret));
    }
    grams.extend((100..1_000u32).map(|number| {
        (
            gram(base64::engine::general_purpose::STANDARD.encode(number.to_string()).as_bytes()),
            Candidate::Snowflake,
        )
    }));
    for tens in b'0'..=b'9' {
        grams.extend((b'0'..=b'9').map(|ones| (gram(&[b'N', b'L', tens, ones]), Candidate::Iban)));
    }
    grams
}

/// Four bytes for each name that all its spellings have, or several where the spellings have none in common. Names that
/// have a word in common share them.
fn telling(names: &[(&str, Only)]) -> Vec<u32> {
    let mut names: Vec<(Vec<String>, Only)> =
        names.iter().map(|(name, only)| (spell(name.as_bytes()).texts(), *only)).collect();
    names.sort_by_key(|(words, _)| (words.len(), words.concat().len()));
    // What the last word of another name is may follow that one behind a blank: `Verification code: …`.
    let ends_another = |last: &str| {
        names.iter().any(|(words, only)| {
            words.len() > 1 && *only != Only::Query && words.last().is_some_and(|word| word == last)
        })
    };
    let mut grams: Vec<u32> = Vec::new();
    for (words, only) in &names {
        let covered =
            words.iter().any(|word| word.as_bytes().windows(4).any(|bytes| grams.contains(&gram(bytes))));
        if !covered {
            let in_a_query = *only == Only::Query && !words.last().is_some_and(|word| ends_another(word));
            grams.extend(telling_of(words, in_a_query));
        }
    }
    grams
}

fn telling_of(words: &[String], in_a_query: bool) -> Vec<u32> {
    // What may follow a name that is short or common, in a query and elsewhere.
    const IN_A_QUERY: &[u8] = b"\"'=%\\&]";
    const ANYWHERE: &[u8] = b"`: >^\t0123456789,;|\r\n";
    // What may follow a name whose words stand apart.
    const APART: &[u8] = b":= ";
    let ends = |word: &str, follows: &[u8]| -> Vec<u32> {
        let Some(last) = word.len().checked_sub(3).and_then(|from| word.as_bytes().get(from..)) else {
            return Vec::new();
        };
        follows.iter().map(|byte| gram(&[last[0], last[1], last[2], *byte])).collect()
    };
    let is_common =
        |bytes: &[u8]| COMMON.iter().any(|word| memchr::memmem::find(word.as_bytes(), bytes).is_some());
    let best = |text: &str| {
        text.as_bytes().windows(4).min_by_key(|bytes| (is_common(bytes), score(bytes))).map(gram)
    };
    let rare = |word: &&String| word.len() >= 4 && !COMMON.contains(&word.as_str());
    let cost = |word: &&String| word.as_bytes().windows(4).map(score).min();
    if let Some(word) = words.iter().filter(rare).min_by_key(cost) {
        return best(word).into_iter().collect();
    }
    let follows = if in_a_query { IN_A_QUERY.to_vec() } else { [IN_A_QUERY, ANYWHERE].concat() };
    if let [before @ .., last] = words
        && !before.is_empty()
    {
        // Where two words meet says more than either.
        return ["", "-", "_", "."]
            .iter()
            .flat_map(|between| {
                let first = before.join(between);
                let joined = format!("{first}{between}{last}");
                let meeting = first.len().saturating_sub(3)
                    ..(first.len() + between.len() + 1).min(joined.len().saturating_sub(3));
                let bytes = joined.as_bytes()[meeting.start..].windows(4).take(meeting.len().max(1));
                match bytes.min_by_key(|bytes| score(bytes)) {
                    Some(bytes) => vec![gram(bytes)],
                    None => ends(&joined, &follows),
                }
            })
            .chain(ends(last, APART))
            .collect();
    }
    words.first().map_or_else(Vec::new, |word| ends(word, &follows))
}

fn score(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .map(|byte| match byte.to_ascii_lowercase() {
            byte @ b'a'..=b'z' => u64::from(FREQUENCY[usize::from(byte - b'a')]),
            b'0'..=b'9' => 40,
            _ => 20,
        })
        .product()
}

/// The bytes that a class in brackets names.
fn class(chars: &str) -> Box<[bool; 256]> {
    let mut class = Box::new([false; 256]);
    let bytes = chars.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if at + 2 < bytes.len() && bytes[at + 1] == b'-' {
            for byte in bytes[at]..=bytes[at + 2] {
                class[usize::from(byte)] = true;
            }
            at += 3;
        } else {
            class[usize::from(bytes[at])] = true;
            at += 1;
        }
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_say_each_thing_once() {
        let data: Data = toml::from_str(DATA).unwrap();
        let mut seen = HashMap::new();
        let names = data.names.iter().map(|names| (&names.kind, &names.names));
        let exempt = data.exempt.iter().map(|exempt| &exempt.names);
        let none = "exempt".to_owned();
        for (kind, name) in names
            .flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)))
            .chain(exempt.flatten().map(|name| (&none, name)))
        {
            let letters = spell(name.as_bytes()).letters().to_vec();
            if let Some(before) = seen.insert(letters, (kind, name)) {
                panic!("{name} of {kind} is {} of {} too", before.1, before.0);
            }
        }
    }

    #[test]
    fn a_name_is_known_in_every_spelling_and_by_its_end() {
        let rules = Rules::new(&Own::default(), false).unwrap();
        let kind = |name: &str| rules.named(name.as_bytes()).map(|rule| rules.kind_name(rule.kind));
        for name in
            ["password", "db_password", "DBPassword", "spring.datasource.password", "PASSWORD_2", "password1"]
        {
            assert_eq!(kind(name), Some("password"), "{name}");
        }
        assert_eq!(kind("X-Api-Key"), Some("api-key"));
        assert_eq!(kind("clientSecret"), Some("client-secret"));
        for name in ["password_policy", "token_type", "nextToken", "public_key", "sessionTimeout", "compass"]
        {
            assert_eq!(kind(name), None, "{name}");
        }
    }
}
