//! The tus 1.0 resumable upload protocol, as far as both sides speak it: core and creation.
//!
//! Source: the tus protocol, version 1.0.0.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The protocol version, sent with every request and answer.
pub const RESUMABLE: &str = "tus-resumable";
/// The versions a portal speaks, in the answer to `OPTIONS`.
pub const VERSION_HEADER: &str = "tus-version";
/// The extensions a portal speaks, in the answer to `OPTIONS`.
pub const EXTENSION: &str = "tus-extension";
/// The most bytes that an upload may have, in the answer to `OPTIONS`.
pub const MAX_SIZE: &str = "tus-max-size";
/// How many bytes the upload will have.
pub const LENGTH: &str = "upload-length";
/// Where the bytes of a `PATCH` begin, and how many have arrived.
pub const OFFSET: &str = "upload-offset";
/// Names and values about the file, see [`metadata`].
pub const METADATA: &str = "upload-metadata";
/// The one version of the protocol.
pub const VERSION: &str = "1.0.0";
/// The media type of a `PATCH`.
pub const MEDIA_TYPE: &str = "application/offset+octet-stream";
/// The metadata key of the file's name.
pub const FILE_NAME: &str = "filename";

/// Writes an `Upload-Metadata` header: `filename d29ybGQ=`.
pub fn metadata(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
    pairs.join(",")
}

/// The value of `key` in an `Upload-Metadata` header, if it is there and is UTF-8.
pub fn metadata_value(header: &str, key: &str) -> Option<String> {
    let pair = header.split(',').map(str::trim).find(|pair| pair.split(' ').next() == Some(key))?;
    let encoded = pair.split_once(' ').map_or("", |(_, value)| value.trim());
    String::from_utf8(STANDARD.decode(encoded).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_survives_the_way() {
        let header = metadata(&[("filename", "ü, b.har"), ("filetype", "text/plain")]);
        assert_eq!(metadata_value(&header, "filename").as_deref(), Some("ü, b.har"));
        assert_eq!(metadata_value(&header, "filetype").as_deref(), Some("text/plain"));
        assert_eq!(metadata_value(&header, "file"), None);
        assert_eq!(metadata_value("filename !!", "filename"), None);
    }
}
