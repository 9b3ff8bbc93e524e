//! Which portal is meant: the built-in one, or one at a URL.
//!
//! An address is normalised when it is read, so that two ways to write the same portal are equal, and
//! credentials kept for one are found under the other.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;

/// The name of the portal that runs inside docket.
pub const LOCAL: &str = "local";

/// A portal, as people name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// The one that runs inside docket, on its own files.
    Local,
    /// `scheme://host[:port][/path]`, lower case where case doesn't matter, without a trailing slash.
    At(String),
}

/// The text does not name a portal that docket would talk to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It isn't a URL of the right kind.
    #[error("`{text}` is not the address of a portal: {why}")]
    NotAnAddress {
        /// What was given, without a password.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// A password or token would cross a network in the clear.
    #[error("{0} would send passwords and tokens in the clear: use https, as in {secure}", secure = secured(.0))]
    Insecure(String),
}

impl Address {
    /// As it is written down: `local`, or the URL.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Local => LOCAL,
            Self::At(url) => url,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Address {
    type Err = BadAddress;

    /// Reads `local`, `support.example.com`, `https://support.example.com/desk` or, on this machine only,
    /// `http://127.0.0.1:8080`.
    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        if text == LOCAL {
            return Ok(Self::Local);
        }
        let bad = |why: &str| BadAddress::NotAnAddress { text: without_password(text), why: why.to_owned() };
        if text.is_empty() {
            return Err(bad("it is empty"));
        }
        let parse = |text: &str| Url::parse(text).map_err(|error| bad(&error.to_string()));
        let url = if text.contains("://") {
            parse(text)?
        } else {
            let secure = parse(&format!("https://{text}"))?;
            if is_loopback(&secure) { parse(&format!("http://{text}"))? } else { secure }
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("it has to begin with https://"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("leave out user and password; `docket login` asks for them"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("leave out what begins with `?` or `#`"));
        }
        let normal = url.as_str().trim_end_matches('/').to_owned();
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(BadAddress::Insecure(normal));
        }
        Ok(Self::At(normal))
    }
}

/// Whether a URL's host is this machine.
pub fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn secured(url: &str) -> String {
    url.replacen("http://", "https://", 1)
}

/// `text` for a message: what stands before an `@` may be a password.
fn without_password(text: &str) -> String {
    match (text.find("://"), text.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}…{}", &text[..scheme + 3], &text[at..]),
        (None, Some(at)) => format!("…{}", &text[at..]),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_portal_is_equal_however_it_is_written() {
        for (text, expected) in [
            ("local", "local"),
            ("support.example.com", "https://support.example.com"),
            (" https://Support.Example.com:443/ ", "https://support.example.com"),
            ("https://support.example.com//", "https://support.example.com"),
            ("support.example.com/desk/", "https://support.example.com/desk"),
            ("support.example.com:8443", "https://support.example.com:8443"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://localhost", "https://localhost"),
        ] {
            assert_eq!(text.parse::<Address>().unwrap().as_str(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for (text, expected) in [
            ("", "`` is not the address of a portal: it is empty"),
            (
                "ftp://example.com",
                "`ftp://example.com` is not the address of a portal: it has to begin with https://",
            ),
            (
                "https://sam:hunter2@example.com",
                "`https://…@example.com` is not the address of a portal: \
                 leave out user and password; `docket login` asks for them",
            ),
            (
                "https://example.com/?a=b",
                "`https://example.com/?a=b` is not the address of a portal: \
                 leave out what begins with `?` or `#`",
            ),
            (
                "http://support.example.com/",
                "http://support.example.com would send passwords and tokens in the clear: \
                 use https, as in https://support.example.com",
            ),
        ] {
            assert_eq!(text.parse::<Address>().unwrap_err().to_string(), expected, "{text}");
        }
        assert!("sam:hunter2@exa mple".parse::<Address>().unwrap_err().to_string().contains("`…@exa mple`"));
    }
}
