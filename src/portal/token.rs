//! Random names and secrets, and the digests under which secrets are kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::secret::Secret;

/// A new bearer token: `dkt_` and 32 random bytes.
pub(super) fn bearer() -> std::io::Result<Secret> {
    Ok(Secret::new(format!("dkt_{}", URL_SAFE_NO_PAD.encode(random::<32>()?))))
}

/// A name that nobody guesses: 32 hex digits.
pub(super) fn name() -> std::io::Result<String> {
    Ok(hex(&random::<16>()?))
}

fn random<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes)
}

/// The digest under which a token is kept.
pub(super) fn digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
