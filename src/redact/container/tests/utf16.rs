//! Texts in UTF-16, with all that is none.

use proptest::prelude::*;

use super::*;

fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn reads_and_writes_both_orders() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let text = wide("\u{feff}käse 🔑\r\npassword=hunter2\r\n", order);
        let (output, report) = redact(&text);
        assert_eq!(output, wide("\u{feff}käse 🔑\r\npassword=[redacted:password:1]\r\n", order));
        assert_eq!(places(&report), [("", 2)]);
        assert_eq!(report.notes, []);
    }
}

#[test]
fn reads_and_writes_what_has_no_mark() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let text = wide("GET /käse\r\npassword=hunter2\r\n", order);
        let (output, report) = redact(&text);
        assert_eq!(output, wide("GET /käse\r\npassword=[redacted:password:1]\r\n", order));
        assert_eq!((places(&report), &*report.notes), (vec![("", 2)], &[][..]));
        // What comes after the beginning may be whatever it is.
        let long = wide(&format!("{}\0\u{1}🔑", "GET / 200\n".repeat(1_000)), order);
        assert_untouched(&[&long[..], &[0xd8, 0x00, 0xdc]].concat());
    }
}

/// Programs add lines to a log in another encoding than it was begun in.
#[test]
fn refuses_lines_of_utf_8_in_it_and_takes_none_for_utf_16_that_begins_with_one() {
    let begun = wide(&"\u{feff}GET / 200\r\n".repeat(1_000), u16::to_le_bytes);
    let line = b"2026-01-05 09:30 login failed, password=hunter2\r\n";
    let mixed = [&begun[..], line, &begun[2..]].concat();
    let why = "there are lines in it that aren't in UTF-16 as the rest is";
    assert_eq!(refusal(&mixed), why);
    assert!(look(&mixed).is_unread());
    assert_eq!(refusal(&[&begun[2..], line].concat()), why);
    let (output, _) = redact(&[&b"password=hunter2\n"[..], &begun].concat());
    assert!(output.starts_with(b"password=[redacted:password:1]\n"));
    for text in ["ありがとうございますなにかしら", "我们在登录系统时发现一个错误请帮助检查"]
    {
        assert_untouched(&wide(&format!("\u{feff}{}", text.repeat(2_000)), u16::to_le_bytes));
    }
}

#[test]
fn keeps_what_is_no_character_beside_a_mark() {
    let odd =
        [&[0xff, 0xfe, 0x00, 0xdc, 0x00, 0xd8][..], &wide("password=hunter2 ", u16::to_le_bytes), &[0x3d]]
            .concat();
    let (output, report) = redact(&odd);
    assert_eq!(report.total(), 1);
    let marked = wide("password=[redacted:password:1] ", u16::to_le_bytes);
    assert_eq!(output, [&[0xff, 0xfe, 0x00, 0xdc, 0x00, 0xd8][..], &marked, &[0x3d]].concat());
}

/// Longer than what is put into the other form at once, with pairs across its ends.
#[test]
fn keeps_pairs_wherever_they_stand() {
    for shift in 0..4 {
        let text = format!("\u{feff}{}{}", "x".repeat(shift), "🔑é".repeat(8_000));
        assert_untouched(&wide(&text, u16::to_le_bytes));
    }
}

proptest! {
    #[test]
    fn keeps_every_byte(big in any::<bool>(), rest in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mark: [u8; 2] = if big { [0xfe, 0xff] } else { [0xff, 0xfe] };
        assert_untouched(&[&mark[..], &rest].concat());
    }

    #[test]
    fn keeps_halves_of_pairs(units in proptest::collection::vec(0xd7f0_u16..0xe010, 0..40)) {
        let bytes: Vec<u8> = std::iter::once(0xfeff).chain(units).flat_map(u16::to_le_bytes).collect();
        assert_untouched(&bytes);
    }
}
