//! Which proxy requests go through.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::address::is_loopback;

/// The proxy that requests to `url` go through, without the password that its address may have.
pub fn proxy_for(url: &str) -> Option<String> {
    let address = Url::parse(url).ok()?;
    if is_loopback(&address) {
        return None;
    }
    // The same that the HTTP client goes by.
    intercepted(&Matcher::from_system(), url)
}

/// Whether a proxy's address, as in `HTTPS_PROXY`, is one that can be used. Others are ignored.
pub fn is_proxy(address: &str) -> bool {
    intercepted(&Matcher::builder().https(address.to_owned()).build(), "https://portal.example").is_some()
}

fn intercepted(matcher: &Matcher, url: &str) -> Option<String> {
    let proxy = matcher.intercept(&url.parse().ok()?)?;
    Some(proxy.uri().to_string().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let matcher =
            |proxy: &str, no: &str| Matcher::builder().https(proxy.to_owned()).no(no.to_owned()).build();
        let through = |proxy: &str, no: &str| intercepted(&matcher(proxy, no), "https://desk.example.com/v1");
        assert_eq!(through("http://sam:s3cret@proxy:3128/", "").as_deref(), Some("http://proxy:3128"));
        assert_eq!(through("proxy:3128", "other.example").as_deref(), Some("http://proxy:3128"));
        assert_eq!(through("proxy:3128", "example.com"), None);
        assert_eq!(proxy_for("http://127.0.0.1:1"), None);
    }

    #[test]
    fn what_is_no_proxy_is_ignored() {
        for (address, is) in
            [("http://proxy:3128", true), ("socks5://proxy", true), ("ftp://proxy", false), ("pro xy", false)]
        {
            assert_eq!(is_proxy(address), is, "{address}");
        }
    }
}
