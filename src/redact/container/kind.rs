//! What a file is, by its first bytes.

use super::tar;
use super::utf16::Order;

/// How much of a file tells what it is.
pub(super) const HEAD: usize = 8 << 10;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// UTF-16, and whether it says so with a byte order mark.
    Utf16(Order, bool),
    /// Pictures, sound, video and fonts.
    Media,
    Gzip,
    Zip,
    Tar,
    /// Packed with something that isn't unpacked here.
    Packed(&'static str),
    Binary,
}

/// How files begin that are packed with something else, as no text does.
const PACKED: [(&[u8], &str); 13] = [
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\x02\x21\x4c\x18", "lz4"),
    (b"LZIP\x01", "lzip"),
    (b"\x89LZO\0\r\n\x1a\n", "lzop"),
    (b"\xff\x06\0\0sNaPpY", "snappy"),
    (b"\x1f\x9d", "compress"),
    (b"\x1f\xa0", "compress"),
    (b"\x5d\0\0", "lzma"),
    (b"MSCF\0\0\0\0", "cabinet"),
];

/// What something else the file is packed with, if it is.
fn packed(head: &[u8]) -> Option<&'static str> {
    // What follows `BZh` and a digit is the number pi, or its root where there is nothing in it.
    let bzip2 = head.starts_with(b"BZh")
        && head.get(4..).is_some_and(|rest| rest.starts_with(b"1AY&SY") || rest.starts_with(b"\x17rE8P\x90"));
    // zstd may begin with a frame that is to be skipped, of which there are sixteen kinds.
    let skipped =
        head.get(1..).is_some_and(|rest| rest.starts_with(b"\x2a\x4d\x18")) && head[0] & 0xf0 == 0x50;
    let others = || PACKED.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, with)| *with);
    bzip2.then_some("bzip2").or(skipped.then_some("zstd")).or_else(others)
}

impl Kind {
    /// What the file is that begins with `head`, or is `head` where it is shorter than [`HEAD`].
    pub(super) fn of(head: &[u8]) -> Self {
        if let Some(order) = Order::of(head) {
            return Self::Utf16(order, true);
        }
        // A tar file that begins with the name of a text has nothing but NULs against it.
        if tar::is_header(head) {
            return Self::Tar;
        }
        if head.starts_with(b"%PDF-") {
            return Self::Binary;
        }
        // What is small may have hardly a byte in it that texts don't have.
        if let Some(with) = packed(head) {
            return Self::Packed(with);
        }
        if !is_binary(head) {
            return Self::Text;
        }
        if let Some(order) = Order::unmarked(head) {
            return Self::Utf16(order, false);
        }
        if head.starts_with(b"\x1f\x8b\x08") && head.get(3).is_some_and(|flags| flags & 0xe0 == 0) {
            return Self::Gzip;
        }
        if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK00PK\x03\x04", b"PK\x07\x08PK\x03\x04"]
            .iter()
            .any(|magic| head.starts_with(magic))
        {
            return Self::Zip;
        }
        if is_media(head) { Self::Media } else { Self::Binary }
    }
}

/// Whether it is no text: it has NULs, or more control characters than a log with colours.
fn is_binary(head: &[u8]) -> bool {
    let is_control = |byte: &&u8| **byte < 0x20 && !b"\t\n\r\x08\x0c\x1b".contains(byte);
    head.contains(&0) || head.iter().filter(is_control).count() * 32 > head.len()
}

/// Whether it is a picture, sound, video or a font. `head` is no text: some of these begin with letters that texts begin
/// with as well.
fn is_media(head: &[u8]) -> bool {
    let at = |from: usize, magic: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(magic));
    let byte = |at: usize| head.get(at).copied().unwrap_or_default();
    let images = at(0, b"\x89PNG\r\n\x1a\n")
        || at(0, b"\xff\xd8\xff")
        || at(0, b"GIF87a")
        || at(0, b"GIF89a")
        || (at(0, b"BM") && at(6, b"\0\0\0\0") && [12, 40, 52, 56, 64, 108, 124].contains(&byte(14)))
        || at(0, b"II*\0")
        || at(0, b"MM\0*");
    let riff = at(0, b"RIFF") && (at(8, b"WEBP") || at(8, b"WAVE") || at(8, b"AVI "));
    let quicktime = byte(0) == 0 && [b"ftyp", b"moov", b"mdat", b"wide"].iter().any(|kind| at(4, &kind[..]));
    let matroska = at(0, b"\x1a\x45\xdf\xa3");
    let id3 = at(0, b"ID3") && (2..=4).contains(&byte(3)) && byte(4) < 0xff;
    let has_rates = (0x10..0xf0).contains(&byte(2)) && byte(2) & 0x0c != 0x0c;
    let mp3 = byte(0) == 0xff && [0xfb, 0xfa, 0xf3, 0xf2, 0xe3, 0xe2].contains(&byte(1)) && has_rates;
    let fonts =
        [&b"wOFF"[..], b"wOF2", b"\0\x01\0\0\0", b"OTTO\0", b"ttcf\0"].iter().any(|magic| at(0, magic));
    let icon = at(0, b"\0\0\x01\0") && byte(4) > 0 && byte(5) == 0;
    images
        || fonts
        || icon
        || riff
        || quicktime
        || matroska
        || id3
        || mp3
        || at(0, b"OggS\0")
        || at(0, b"fLaC\0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_file_by_its_first_bytes() {
        let kinds: [(&[u8], Kind); 40] = [
            (b"", Kind::Text),
            (b"2026-01-05 \x1b[31mERROR\x1b[0m \xe2\x82\xac", Kind::Text),
            (b"\x7fELF\x02\x01\x01\0", Kind::Binary),
            (b"%PDF-1.7\n", Kind::Binary),
            (b"\x1f\x8b\x08\0\0\0\0\0", Kind::Gzip),
            (b"\x1f\x8b\x08\xe0\0\0\0\0", Kind::Binary),
            (b"PK\x03\x04\x14\0", Kind::Zip),
            (b"PK\x05\x06\0\0", Kind::Zip),
            (b"\xff\xfea\0", Kind::Utf16(Order::Little, true)),
            (b"\xfe\xff\0a", Kind::Utf16(Order::Big, true)),
            (b"\xff\xfe\0\0a\0\0\0", Kind::Binary),
            (b"p\0a\0s\0s\0=\0o\0n\0e\0", Kind::Utf16(Order::Little, false)),
            (b"\0p\0a\0s\0s\0=\0o\0n\0e\0\xe9\r", Kind::Utf16(Order::Big, false)),
            (b"p\0a\0s\0s\0=\0o\0n\0", Kind::Binary),
            (b"p\0a\0s\0s\0=\0o\0n\0\x01\0", Kind::Binary),
            (b"p\0a\0s\0s\0=\0o\0n\0\0\0", Kind::Binary),
            (b"p\0\0\0s\0\0\0=\0\0\0n\0\0\0", Kind::Binary),
            (b" \0!\0\"\0#\0\x10\x27\x11\x27\x12\x27\x13\x27", Kind::Binary),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind::Media),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind::Media),
            (b"GIF89a\x01\0\x01\0", Kind::Media),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Kind::Media),
            (b"RIFF\x24\0\0\0WAVEfmt ", Kind::Media),
            (b"\0\0\0\x18ftypmp42", Kind::Media),
            (b"\x1a\x45\xdf\xa3\0", Kind::Media),
            (b"ID3\x04\0\0\0\0", Kind::Media),
            (b"\xff\xfb\x90\0\0", Kind::Media),
            (b"OggS\0\x02", Kind::Media),
            (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", Kind::Media),
            (b"II*\0\x08\0\0\0", Kind::Media),
            (b"wOF2\0\x01\0\0", Kind::Media),
            (b"\0\x01\0\0\0\x0f\0\x80", Kind::Media),
            (b"\0\0\x01\0\x01\0\x10\x10", Kind::Media),
            (b"\0asm\x01\0\0\0", Kind::Binary),
            (b"\xfd7zXZ\0\0\x04", Kind::Packed("xz")),
            (b"BZh91AY&SY\0\x01\x02", Kind::Packed("bzip2")),
            (b"BZh91AY&SYsmall", Kind::Packed("bzip2")),
            (b"BZh9\x17rE8P\x90\0\0\0\0", Kind::Packed("bzip2")),
            (b"\x28\xb5\x2f\xfdpassword=hunter2", Kind::Packed("zstd")),
            (b"\x50\x2a\x4d\x18\x04\0\0\0", Kind::Packed("zstd")),
        ];
        for (head, kind) in kinds {
            assert_eq!(Kind::of(head), kind, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn takes_no_text_for_anything_else() {
        for text in
            ["BM: a log", "GIF89a", "ID3 tags", "RIFF1234WAVE", "OggS", "PK", "MM", "BZh9", "Rar!", "MSCF"]
        {
            assert_eq!(Kind::of(text.as_bytes()), Kind::Text, "{text}");
        }
    }
}
