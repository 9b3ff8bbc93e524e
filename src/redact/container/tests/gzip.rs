//! gzip files: whole, in a row, cut off and damaged.

use std::io::Write as _;

use super::*;

#[test]
fn keeps_what_its_header_says() {
    let mut encoder = flate2::GzBuilder::new()
        .mtime(1_700_000_000)
        .filename("app.log")
        .comment("password=hunter2")
        .extra(b"password=hunter2".to_vec())
        .write(Vec::new(), flate2::Compression::default());
    encoder.write_all(SECRET).unwrap();
    let (output, report) = redact(&encoder.finish().unwrap());
    assert_eq!(report.total(), 3);
    assert_eq!(gunzipped(&output), REDACTED);
    let decoder = flate2::read::GzDecoder::new(&output[..]);
    let header = decoder.header().unwrap();
    assert_eq!(header.mtime(), 1_700_000_000);
    assert_eq!(header.filename(), Some(&b"app.log"[..]));
    assert_eq!(header.comment(), Some(&b"password=[redacted:password:1]"[..]));
    assert_eq!(header.extra(), None);
}

#[test]
fn keeps_its_bytes_where_it_has_no_secret() {
    assert_eq!(assert_untouched(&gz(HARMLESS)).notes, []);
    assert_eq!(assert_untouched(&gz(b"")).notes, []);
    assert_eq!(assert_untouched(&[gz(HARMLESS), vec![0; 700]].concat()).notes, []);
}

/// Wherever one ends and the next begins, in a buffer or across two.
#[test]
fn reads_several_in_a_row_as_one_text() {
    let noise: Vec<u8> =
        (0..40_000_u32).map(|at| b'a' + (at.wrapping_mul(2_654_435_761) >> 27) as u8).collect();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(&noise[..32_700]).unwrap();
    let first = encoder.finish().unwrap().len();
    for missing in 0..40 {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        encoder.write_all(&noise[..32_700 + (32 << 10) + 20 - first - missing]).unwrap();
        let first = encoder.finish().unwrap();
        let (output, report) = redact(&[first, gz(b"\npassword=hun"), gz(b"ter2\n")].concat());
        assert_eq!((report.total(), &report.notes[..]), (1, &[][..]), "{missing} bytes less");
        assert!(gunzipped(&output).ends_with(b"\npassword=[redacted:password:1]\n"));
    }
}

#[test]
fn reads_what_comes_after_its_end() {
    let (output, report) = redact(&[&gz(SECRET)[..], b"password=hunter2\n"].concat());
    assert!(output.ends_with(b"password=[redacted:password:1]\n"));
    assert_eq!(report.total(), 2);
    assert_eq!(report.notes, [damaged(None, "there is more after its end")]);
}

#[test]
fn completes_what_is_cut_off() {
    let whole = gz(&SECRET.repeat(3_000));
    let (output, report) = redact(&whole[..whole.len() - 20]);
    assert_eq!(report.notes, [damaged(None, "it is cut off")]);
    assert!(gunzipped(&output).starts_with(&REDACTED.repeat(2_000)));

    let (output, report) = redact(&whole[..whole.len() - 3]);
    assert_eq!(report.notes, [damaged(None, "it is cut off")]);
    assert_eq!(gunzipped(&output), REDACTED.repeat(3_000));

    assert_eq!(refusal(&whole[..9]), "it is cut off");
}

#[test]
fn refuses_what_is_damaged_inside() {
    let mut damaged_inside = gz(SECRET);
    damaged_inside[10] = 0x07;
    assert_eq!(refusal(&damaged_inside), "what is packed in it is damaged");

    let mut sum = gz(SECRET);
    let at = sum.len() - 8;
    sum[at] ^= 1;
    let (output, report) = redact(&sum);
    assert_eq!(report.notes, [damaged(None, "its checksum is wrong")]);
    assert_eq!(gunzipped(&output), REDACTED);

    let second = [gz(SECRET), damaged_inside].concat();
    assert_eq!(refusal(&second), "what is packed in it is damaged");
}
