//! Which of several known words may have been meant by one that is unknown.

/// The one of `known` that may have been meant by `given`.
pub fn similar<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let given = given.to_lowercase();
    known
        .map(|word| (strsim::jaro_winkler(&given, &word.to_lowercase()), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_found_and_nothing_far_fetched() {
        let known = ["portal", "account", "timeout", "ca_bundle"];
        for (given, meant) in [
            ("Portl", Some("portal")),
            ("acount", Some("account")),
            ("ca-bundle", Some("ca_bundle")),
            ("time_out", Some("timeout")),
            ("colour", None),
        ] {
            assert_eq!(similar(given, known.into_iter()).as_deref(), meant, "{given}");
        }
    }
}
