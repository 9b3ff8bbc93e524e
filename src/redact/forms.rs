//! The forms in which a value may stand elsewhere: with the escapes of URLs, JSON and HTML, in hexadecimal digits, in
//! base64.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

const UPPER: &[u8; 16] = b"0123456789ABCDEF";
/// Hexadecimal digits.
pub(super) const LOWER: &[u8; 16] = b"0123456789abcdef";

/// A value with escapes of URLs, JSON and HTML: its letters stand there as they are.
pub(super) fn escaped(plain: &[u8]) -> Vec<Vec<u8>> {
    if plain.iter().all(|byte| is_unreserved(*byte)) {
        return Vec::new();
    }
    let each = |escape: &dyn Fn(u8, &mut Vec<u8>)| {
        let mut form = Vec::with_capacity(plain.len() * 3);
        plain.iter().for_each(|byte| escape(*byte, &mut form));
        form
    };
    let percent = |before: &[u8], digits: &[u8; 16], spared: &[u8]| {
        each(&|byte, form| {
            if is_unreserved(byte) || spared.contains(&byte) {
                form.push(byte);
            } else {
                form.extend_from_slice(before);
                form.extend(pair(byte, digits));
            }
        })
    };
    let quoted_with = |codes: &[u8]| {
        each(&|byte, form| {
            if codes.contains(&byte) {
                form.extend_from_slice(br"\u00");
                form.extend(pair(byte, LOWER));
            } else {
                quote(1, byte, form);
            }
        })
    };
    vec![
        percent(b"%", UPPER, b""),
        percent(b"%", LOWER, b""),
        percent(b"%", UPPER, b"!'()*"),
        each(&|byte, form| match byte {
            b' ' => form.push(b'+'),
            _ if is_unreserved(byte) => form.push(byte),
            _ => form.extend([b'%'].into_iter().chain(pair(byte, UPPER))),
        }),
        percent(b"%25", UPPER, b""),
        each(&|byte, form| quote(1, byte, form)),
        each(&|byte, form| quote(2, byte, form)),
        each(&|byte, form| quote(3, byte, form)),
        each(&|byte, form| quote(4, byte, form)),
        each(&|byte, form| match byte {
            b'/' => form.extend_from_slice(br"\/"),
            _ => quote(1, byte, form),
        }),
        quoted_with(b"&<>='"),
        quoted_with(b"&<>"),
        each(&refer),
    ]
}

/// What stands in a URL as it is.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// Escapes a byte as JSON does, in a text within `level - 1` texts: each level doubles the backslashes.
fn quote(level: u32, byte: u8, form: &mut Vec<u8>) {
    let slashes = 1usize << level;
    let (slashes, byte) = match byte {
        b'"' => (slashes - 1, Some(b'"')),
        b'\\' => (slashes, None),
        b'\n' => (slashes / 2, Some(b'n')),
        b'\r' => (slashes / 2, Some(b'r')),
        b'\t' => (slashes / 2, Some(b't')),
        _ => (0, Some(byte)),
    };
    form.extend(std::iter::repeat_n(b'\\', slashes));
    form.extend(byte);
}

/// Escapes a byte as HTML does.
fn refer(byte: u8, form: &mut Vec<u8>) {
    match byte {
        b'&' => form.extend_from_slice(b"&amp;"),
        b'<' => form.extend_from_slice(b"&lt;"),
        b'>' => form.extend_from_slice(b"&gt;"),
        b'"' => form.extend_from_slice(b"&quot;"),
        b'\'' => form.extend_from_slice(b"&#39;"),
        _ => form.push(byte),
    }
}

/// A value in which nothing stands as it is: each of its bytes escaped, hexadecimal digits, base64.
pub(super) fn encoded(plain: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    each_escaped(plain)
        .chain([hex(plain, LOWER), hex(plain, UPPER)])
        .chain((0..3).flat_map(|ahead| base64(plain, ahead)))
}

/// A value with each of its bytes escaped.
fn each_escaped(plain: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const HEX: [(&[u8], &[u8; 16], &[u8]); 5] = [
        (b"%", UPPER, b""),
        (b"%", LOWER, b""),
        (br"\u00", LOWER, b""),
        (br"\\u00", LOWER, b""),
        (b"&#x", LOWER, b";"),
    ];
    let hex = HEX.iter().map(move |(before, digits, after)| {
        let mut form = Vec::with_capacity(plain.len() * 7);
        for byte in plain {
            form.extend_from_slice(before);
            form.extend(pair(*byte, digits));
            form.extend_from_slice(after);
        }
        form
    });
    let mut decimal = Vec::with_capacity(plain.len() * 6);
    for byte in plain {
        let digits = [byte / 100, byte / 10 % 10, byte % 10].map(|digit| b'0' + digit);
        decimal.extend_from_slice(b"&#");
        decimal.extend_from_slice(&digits[if *byte < 10 { 2 } else { usize::from(*byte < 100) }..]);
        decimal.push(b';');
    }
    hex.chain([decimal])
}

fn hex(plain: &[u8], digits: &[u8; 16]) -> Vec<u8> {
    plain.iter().flat_map(|byte| pair(*byte, digits)).collect()
}

/// The two digits of a byte.
fn pair(byte: u8, digits: &[u8; 16]) -> [u8; 2] {
    [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]
}

/// What base64 has of a value, whatever follows it and so many bytes ahead of it (modulo three).
fn base64(plain: &[u8], ahead: usize) -> Vec<Vec<u8>> {
    let padded = [&[0; 2][..ahead], plain].concat();
    let skip = [0, 2, 3][ahead];
    let whole = padded.len() * 8 / 6;
    if whole < skip + 8 {
        return Vec::new();
    }
    [STANDARD_NO_PAD.encode(&padded), URL_SAFE_NO_PAD.encode(&padded)]
        .map(|text| text.as_bytes()[skip..whole].to_vec())
        .to_vec()
}
