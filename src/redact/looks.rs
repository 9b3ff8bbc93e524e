//! What a value looks like: drawn by lot, chosen by somebody, or a word, a path, a piece of code, that is no secret
//! whatever its name says.

use std::borrow::Cow;

use super::mark;
use super::value::plain;

/// The longest value that may look random, in bytes.
pub(super) const LONGEST_RANDOM: usize = 4 << 10;

/// Whether a value stands for one: `${TOKEN}`, `<password>`, `****`, `%s`.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    const AROUND: [(&[u8], &[u8]); 6] =
        [(b"{{", b"}}"), (b"$(", b")"), (b"%(", b"s"), (b"<%", b"%>"), (b"@{", b"}"), (b"***", b"")];
    let all = |of: &[u8]| value.iter().all(|byte| of.contains(byte));
    let is_word = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' ' | b'.');
    let is_variable = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    match value {
        [b'<', name @ .., b'>'] | [b'[', name @ .., b']'] | [b'{', name @ .., b'}']
            if name.iter().all(is_word) =>
        {
            return true;
        }
        [b'$', first, rest @ ..] if first.is_ascii_uppercase() && rest.iter().all(is_variable) => {
            return true;
        }
        [b'$', name @ ..] if [&b"password"[..], b"token", b"secret", b"key", b"pass"].contains(&name) => {
            return true;
        }
        // Its other brace may have ended it.
        [b'$', b'{', name @ ..]
            if name.iter().all(|byte| is_word(byte) || is_variable(byte) || *byte == b'}') =>
        {
            return true;
        }
        // What a program puts into a text.
        [b'$', b'{', code @ ..] if code.contains(&b'(') || code.starts_with(b"{") => return true,
        // Its bracket may have ended it.
        [b'$', b'(', name @ ..] if name.iter().all(u8::is_ascii_alphanumeric) => return true,
        [b'{', number @ .., b'}'] if number.iter().all(u8::is_ascii_digit) => return true,
        b"%s" | b"%d" | b"%v" | b"%@" | b"?" => return true,
        _ => {}
    }
    [&b"*"[..], b"xX", b".", b"-", b"_", b"#", b"?"].iter().any(|of| all(of))
        || AROUND.iter().any(|(begins, ends)| value.starts_with(begins) && value.ends_with(ends))
        || "•".repeat(value.len() / 3).as_bytes() == value
}

/// Whether a value is an address, or the path of a file where it isn't `chosen` by somebody: what is secret in it is
/// found by itself.
pub(super) fn is_address(value: &[u8], chosen: bool) -> bool {
    let value = plain(&value[..value.len().min(64)]);
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.');
    let scheme = value.iter().take(24).take_while(is_part).count();
    let is_path = value.starts_with(b"/") && !value[1..].contains(&b'+') && value[1..].contains(&b'/');
    scheme > 1 && value[scheme..].starts_with(b"://") || !chosen && is_path && !looks_random(&value)
}

/// Whether a value is one that everybody may know: a public key, the fingerprint of one, the number of an account in
/// Windows.
pub(super) fn is_public(value: &[u8]) -> bool {
    const BEGINS: [&[u8]; 6] =
        [b"ssh-rsa AAAA", b"ssh-ed25519 AAAA", b"ecdsa-sha2-", b"SHA256:", b"MD5:", b"S-1-5-"];
    BEGINS.iter().any(|begins| value.starts_with(begins))
}

/// Whether a value has several parts, all of them words or numbers: a path, a region, a version.
pub(super) fn is_of_words(value: &[u8]) -> bool {
    let mut parts = value.split(|byte| matches!(byte, b'-' | b'.' | b'/' | b'\\' | b':' | b'_'));
    value.len() <= 64
        && parts.clone().count() > 1
        && parts.all(|part| part.iter().all(u8::is_ascii_alphabetic) || part.iter().all(u8::is_ascii_digit))
}

/// Whether a value has letters and digits in turns, or other signs among them, as no word or number has, or looks random
/// altogether.
pub(super) fn is_drawn(value: &[u8]) -> bool {
    if is_name(value) || is_of_words(value) || mark::has_mark(value) {
        return false;
    }
    looks_random(value) || (8..=200).contains(&value.len()) && is_mixed(value) && !is_code(value)
}

/// Whether letters and digits take turns in a value, or stand beside other signs.
fn is_mixed(value: &[u8]) -> bool {
    let is_date = value.iter().take_while(|byte| byte.is_ascii_digit()).count() >= 4 && value.contains(&b'-');
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let known = value.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::is_ascii_digit);
    let turns = known.clone().zip(known.skip(1)).filter(|(one, next)| one != next).count();
    let has_signs = value.iter().any(|byte| b"!@#$%^&*?+~".contains(byte));
    has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !has(u8::is_ascii_whitespace)
        && !is_date
        && (turns >= 3 || has_signs)
}

/// Whether a value is a name of several words, which may have numbers: `HMAC_SHA256_KEY`.
pub(super) fn is_name(value: &[u8]) -> bool {
    value.contains(&b'_') && value.split(|byte| *byte == b'_').all(is_numbered)
}

/// Whether something is a word, a number, or a word with a number behind it.
fn is_numbered(part: &[u8]) -> bool {
    let letters = part.iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'$').count();
    part[letters..].iter().all(u8::is_ascii_digit)
}

/// A value with a letter for each one that is escaped: `Schl\u00fcssel`.
pub(super) fn letters(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(value, br"\u").is_none() {
        return Cow::Borrowed(value);
    }
    let mut letters = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let slashes = value[at..].iter().take_while(|byte| **byte == b'\\').count();
        let code = value.get(at + slashes + 1..at + slashes + 5);
        let escaped = slashes > 0 && value.get(at + slashes) == Some(&b'u');
        match code
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u16::from_str_radix(code, 16).ok())
        {
            Some(0x80..) if escaped => {
                letters.push(0xff);
                at += slashes + 5;
            }
            _ => {
                let length = slashes.max(1);
                letters.extend_from_slice(&value[at..at + length]);
                at += length;
            }
        }
    }
    Cow::Owned(letters)
}

/// Whether a value is a sentence: the words of a form, or of a message.
pub(super) fn is_prose(value: &[u8]) -> bool {
    let words: Vec<&[u8]> = value.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).collect();
    let is_word = |word: &&[u8]| {
        word.iter().all(|byte| {
            byte.is_ascii_alphabetic()
                || matches!(byte, b'.' | b',' | b'!' | b'?' | b'\'' | b':' | b'(' | b')')
                || *byte >= 0x80
        }) || word.len() <= 2
    };
    words.len() >= 2
        && (value[0].is_ascii_uppercase()
            || value[0] >= 0x80
            || matches!(value[value.len() - 1], b'.' | b'?' | b'!' | b':'))
        && words.iter().all(is_word)
}

/// Whether a value is a word as it stands on a form: `Token`, `API-Schlüssel`.
pub(super) fn is_title(value: &[u8]) -> bool {
    value.len() <= 24
        && value[0].is_ascii_uppercase()
        && value.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-' || *byte >= 0x80)
        && value.iter().any(u8::is_ascii_lowercase)
        && value.split(|byte| *byte == b'-').all(|part| {
            part.len() <= 4 && part.iter().all(u8::is_ascii_uppercase)
                || part.iter().skip(1).all(|byte| byte.is_ascii_lowercase() || *byte >= 0x80)
        })
}

/// Whether a value is what a program puts between two texts: `" data-sid=\"' + id + '\""`.
pub(super) fn is_spliced(value: &[u8]) -> bool {
    [&b"')"[..], b"'+", b"' +", b"\")", b"\"+", b"\" +"].iter().any(|begins| value.starts_with(begins))
}

/// Whether a value is an expression of a program rather than a text.
pub(super) fn is_code(value: &[u8]) -> bool {
    let chained = |separator: u8| {
        let mut parts = value.split(|byte| *byte == separator);
        value.len() <= 60
            && value.contains(&separator)
            && parts.all(|part| {
                part.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'))
                    && part.iter().all(|byte| {
                        byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'(' | b'[' | b'0'..=b'9')
                    })
                    && part.iter().filter(|byte| byte.is_ascii_digit()).count() <= 1
            })
    };
    chained(b'.')
        || value.contains(&b'(')
        || value.contains(&b'{') && value.contains(&b':')
        || value.starts_with(b"!") && value.len() <= 3
        || [&b"function"[..], b"void", b"this", b"new", b"await", b"typeof"].contains(&value)
}

/// Whether a value is an expression even where a password may have dots in it: it calls something, or begins with a
/// name as programs have them. What is `chosen` by people may have any sign in it, behind what is no name.
pub(super) fn is_surely_code(value: &[u8], chosen: bool) -> bool {
    const BEGIN: [&[u8]; 12] = [
        b"this", b"self", b"process", b"props", b"state", b"config", b"options", b"event", b"user", b"data",
        b"req", b"window",
    ];
    let first = value.split(|byte| *byte == b'.').next().unwrap_or_default();
    let called = memchr::memchr2(b'(', b'[', value).is_some_and(|at| is_called(&value[..at]));
    let is_subscript = called && value.ends_with(b"]") && (value.contains(&b'\'') || value.contains(&b'"'));
    let calls = called || !chosen && value.contains(&b'(');
    is_code(value) && (calls || first.len() <= 1 || BEGIN.contains(&first)) || is_subscript
}

/// Whether something may be the name of a function: `getPassword`, `self.hash`, `md5`, `parse!`, `base64.b64encode`.
fn is_called(name: &[u8]) -> bool {
    let name = name.strip_suffix(b"!").unwrap_or(name);
    let begins = name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'));
    let is_lower =
        |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_');
    let is_dotted = name.contains(&b'.') && name.iter().all(is_lower);
    name.len() > 1
        && begins
        && name.iter().any(u8::is_ascii_alphabetic)
        && (is_dotted || name.split(|byte| matches!(byte, b'_' | b'.' | b':' | b'<' | b'>')).all(is_numbered))
}

/// Whether a value looks as if a machine had drawn it by lot.
pub(super) fn looks_random(value: &[u8]) -> bool {
    if value.len() < 16 || value.len() > LONGEST_RANDOM || value.contains(&b' ') || mark::has_mark(value) {
        return false;
    }
    let mut counts = [0u16; 256];
    let (mut digits, mut uppers, mut lowers, mut others) = (0usize, 0usize, 0usize, 0usize);
    for byte in value {
        counts[usize::from(*byte)] += 1;
        match byte {
            b'0'..=b'9' => digits += 1,
            b'A'..=b'Z' => uppers += 1,
            b'a'..=b'z' => lowers += 1,
            _ => others += 1,
        }
    }
    let is_uuid = value.len() == 36 && [8, 13, 18, 23].iter().all(|at| value[*at] == b'-');
    if is_uuid || others * 4 > value.len() || digits == 0 || digits == value.len() || uppers + lowers < 3 {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand bytes at the most")]
    let entropy: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| {
            let share = f64::from(*count) / value.len() as f64;
            -share * share.log2()
        })
        .sum();
    entropy > if value.len() < 24 { 3.0 } else { 3.3 }
}
