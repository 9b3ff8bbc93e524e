//! The tus 1.0 resumable upload protocol, as far as both sides speak it: core, creation, checksum,
//! termination and expiration. Beside it, the digest of a whole file.
//!
//! Sources: the tus protocol, version 1.0.0; RFC 9530 for `Repr-Digest`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;

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
/// The digest of the bytes of a `PATCH`, see [`checksum`]. Where it comes along, they count all or not at all.
pub const CHECKSUM: &str = "upload-checksum";
/// The algorithms that a portal knows for it, in the answer to `OPTIONS`.
pub const CHECKSUM_ALGORITHM: &str = "tus-checksum-algorithm";
/// Until when an upload that isn't whole is kept, as a date of RFC 9110.
pub const EXPIRES: &str = "upload-expires";
/// The digest of the whole file, see [`digest`]. It may come with the last `PATCH`: what isn't that file then
/// becomes no attachment.
pub const DIGEST: &str = "repr-digest";
/// The extensions that docket's portal speaks.
pub const EXTENSIONS: &str = "creation,checksum,termination,expiration";
/// The one algorithm of checksums.
pub const ALGORITHM: &str = "sha256";
/// How long an upload that isn't whole is kept: as long as the answer to the key that it was announced with.
pub const KEPT: SignedDuration = super::IDEMPOTENCY_KEPT;
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

/// A SHA-256.
pub type Sha256 = [u8; 32];

/// Writes an `Upload-Checksum` header: `sha256 uU0n…`.
pub fn checksum(sha256: &Sha256) -> String {
    format!("{ALGORITHM} {}", STANDARD.encode(sha256))
}

/// The SHA-256 in an `Upload-Checksum` header; `None` where it is of another kind or makes no sense.
pub fn read_checksum(header: &str) -> Option<Sha256> {
    let (algorithm, value) = header.trim().split_once(' ')?;
    sha256(value).filter(|_| algorithm == ALGORITHM)
}

/// Writes a `Repr-Digest` header: `sha-256=:uU0n…:`.
pub fn digest(sha256: &Sha256) -> String {
    format!("sha-256=:{}:", STANDARD.encode(sha256))
}

/// The SHA-256 in a `Repr-Digest` header, which may have others beside it; `None` where there is none.
pub fn read_digest(header: &str) -> Option<Sha256> {
    let value = header.split(',').find_map(|digest| digest.trim().strip_prefix("sha-256="))?;
    sha256(value.strip_prefix(':')?.strip_suffix(':')?)
}

fn sha256(encoded: &str) -> Option<Sha256> {
    STANDARD.decode(encoded.trim()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_survive_the_way() {
        let sha256 = [7; 32];
        assert_eq!(read_checksum(&checksum(&sha256)), Some(sha256));
        assert_eq!(read_digest(&digest(&sha256)), Some(sha256));
        assert_eq!(read_digest(&format!("md5=:AAAA:, {}", digest(&sha256))), Some(sha256));
        let short = "sha256 AAAA";
        let other = checksum(&sha256).replace("sha256", "sha1");
        for wrong in [short, &other, "sha256", "", "sha256 !"] {
            assert_eq!(read_checksum(wrong), None, "{wrong}");
        }
        for wrong in ["", "sha-256=:AAAA:", "sha-256=x", "sha-512=:AAAA:"] {
            assert_eq!(read_digest(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn metadata_survives_the_way() {
        let header = metadata(&[("filename", "ü, b.har"), ("filetype", "text/plain")]);
        assert_eq!(metadata_value(&header, "filename").as_deref(), Some("ü, b.har"));
        assert_eq!(metadata_value(&header, "filetype").as_deref(), Some("text/plain"));
        assert_eq!(metadata_value(&header, "file"), None);
        assert_eq!(metadata_value("filename !!", "filename"), None);
    }
}
