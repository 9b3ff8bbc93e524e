//! What a token is made of beyond the bytes that it may have: the rules' shapes know how one begins and how long it is.

/// How much of what follows a shape's beginning is the secret, if it is made like one; `least` at the least.
pub(super) fn length(begins: &[u8], value: &[u8], least: usize) -> Option<usize> {
    // A sentence may end behind it, and so may the secret itself.
    let trailing = value.iter().rev().take_while(|byte| matches!(byte, b'.' | b'-' | b',')).count();
    let short = value.len() - trailing.min(value.len().saturating_sub(least));
    if short < least {
        return None;
    }
    let Some(is_made_so) = form_of(begins) else {
        return is_mixed(&value[..short]).then_some(short);
    };
    (short..=value.len()).rev().find(|length| is_made_so(&value[..*length]))
}

/// What tells whether a value has the form of those that begin so, where that can be told.
fn form_of(begins: &[u8]) -> Option<fn(&[u8]) -> bool> {
    Some(match begins {
        // A number of rounds, and salt and digest in one.
        b"$2a$" | b"$2b$" | b"$2y$" => |value| {
            let [tens, ones, b'$', rest @ ..] = value else { return false };
            tens.is_ascii_digit() && ones.is_ascii_digit() && rest.len() == 53 && is_crypt(rest)
        },
        b"$1$" | b"$apr1$" => |value| is_salted(value, 8, 22),
        b"$5$" => |value| is_salted(without_rounds(value), 16, 43),
        b"$6$" => |value| is_salted(without_rounds(value), 16, 86),
        b"$y$" => |value| {
            let parameters = value.iter().position(|byte| *byte == b'$').filter(|length| *length > 0);
            parameters.is_some_and(|length| is_salted(&value[length + 1..], 86, 43))
        },
        b"$argon2id$" | b"$argon2i$" | b"$argon2d$" => |value| {
            let parts: Vec<&[u8]> = value.rsplitn(3, |byte| *byte == b'$').collect();
            matches!(&parts[..], [digest, salt, parameters]
                if digest.len() >= 16 && !digest.contains(&b',') && salt.len() >= 8 && parameters.contains(&b'='))
        },
        // A number, and a digest behind a dot.
        b"pat" => |value| {
            let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            value.len() == 79
                && value[..14].iter().all(u8::is_ascii_alphanumeric)
                && value[14] == b'.'
                && value[15..].iter().all(is_hex)
        },
        _ => return None,
    })
}

/// `salt$digest` as crypt writes it.
fn is_salted(value: &[u8], most: usize, digest: usize) -> bool {
    let Some(length) = value.iter().position(|byte| *byte == b'$') else { return false };
    let (salt, rest) = (&value[..length], &value[length + 1..]);
    length <= most && is_crypt(salt) && rest.len() == digest && is_crypt(rest)
}

fn without_rounds(value: &[u8]) -> &[u8] {
    let Some(rest) = value.strip_prefix(b"rounds=") else { return value };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    rest[digits..].strip_prefix(b"$").unwrap_or(value)
}

/// Whether all of it is base64 as crypt writes it.
fn is_crypt(value: &[u8]) -> bool {
    value.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/'))
}

/// Whether a value has letters and digits in it or, by chance, letters of both cases that make no words.
fn is_mixed(value: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let (digits, uppers, lowers) =
        (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    if digits > 0 {
        return uppers + lowers > 0;
    }
    // Names have few capitals or nothing else between signs: `myTokenForTests`, `MY_TOKEN`.
    value.len() >= 20 && uppers * 3 > value.len() && lowers * 4 > value.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_digits_is_mixed_where_it_makes_no_words() {
        for (value, expected) in [
            (&b"abcDEFghiJKLmnoPQRst"[..], true),
            (b"xKqWzRtYbNmLpQvSdFgH", true),
            (b"abc1", true),
            (b"1234567890", false),
            (b"xxxxxxxxxxxxxxxxxxxx", false),
            (b"myTokenForAllTheTests", false),
            (b"YOUR_TOKEN_GOES_HERE_", false),
            (b"aBcDeF", false),
        ] {
            assert_eq!(is_mixed(value), expected, "{}", value.escape_ascii());
        }
    }
}
