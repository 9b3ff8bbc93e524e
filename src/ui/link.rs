//! Links that a terminal can open (OSC 8).
//!
//! There is no asking a terminal whether it has them, so its name has to do, as the environment gives it. A
//! terminal that isn't known gets the address as text and nothing else.

use super::Page;

/// Whether the terminal that the environment describes has links. `FORCE_HYPERLINK` beats what is known of
/// it, `0` to none.
pub(crate) fn terminal_has_links(variable: impl Fn(&str) -> Option<String>) -> bool {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return !matches!(forced.as_str(), "0" | "false");
    }
    // Multiplexers and recorders in between may show the codes as text.
    let term = variable("TERM").unwrap_or_default();
    if variable("STY").is_some() || term.starts_with("screen") {
        return false;
    }
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby", "zed"];
    let terms = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour", "wezterm"];
    programs.contains(&program.as_str())
        || terms.iter().any(|known| term.starts_with(known))
        || variable("WT_SESSION").is_some()
        || variable("KITTY_WINDOW_ID").is_some()
        || variable("DOMTERM").is_some()
        || at_least(variable("VTE_VERSION"), 5000)
        || at_least(variable("KONSOLE_VERSION"), 201_200)
}

/// Whether a version, written as one number, is a certain one or newer.
fn at_least(version: Option<String>, oldest: u32) -> bool {
    version.and_then(|version| version.parse::<u32>().ok()).is_some_and(|version| version >= oldest)
}

/// `shown` as a link to an address, where there are links. An address that a browser couldn't be given, or that
/// could end the link early, is just text.
pub(super) fn link(shown: &str, address: &str, page: &Page) -> String {
    let web = address.starts_with("https://") || address.starts_with("http://");
    if !page.links || !web || !address.chars().all(|c| c.is_ascii_graphic()) {
        return shown.to_owned();
    }
    format!("\u{1b}]8;;{address}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_links(variables: &[(&str, &str)]) -> bool {
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        terminal_has_links(value)
    }

    #[test]
    fn links_are_for_terminals_that_are_known_to_have_them() {
        for known in [
            &[("TERM_PROGRAM", "WezTerm")][..],
            &[("TERM", "xterm-kitty")],
            &[("VTE_VERSION", "7600"), ("TERM", "xterm-256color")],
            &[("KONSOLE_VERSION", "230804")],
            &[("WT_SESSION", "a")],
            &[("FORCE_HYPERLINK", "1"), ("TERM", "xterm")],
        ] {
            assert!(has_links(known), "{known:?}");
        }
        for unknown in [
            &[][..],
            &[("TERM", "xterm-256color")],
            &[("TERM_PROGRAM", "Apple_Terminal")],
            &[("VTE_VERSION", "4205")],
            &[("VTE_VERSION", "")],
            &[("TERM", "screen-256color"), ("VTE_VERSION", "7600")],
            &[("FORCE_HYPERLINK", "0"), ("TERM", "xterm-kitty")],
        ] {
            assert!(!has_links(unknown), "{unknown:?}");
        }
    }

    #[test]
    fn only_what_a_browser_may_be_given_is_a_link() {
        let page = Page { links: true, ..Page::for_tests() };
        assert_eq!(
            link("https://a.example/1", "https://a.example/1", &page),
            "\u{1b}]8;;https://a.example/1\u{1b}\\https://a.example/1\u{1b}]8;;\u{1b}\\"
        );
        for no in
            ["javascript:alert(1)", "file:///etc/passwd", "https://a\u{1b}\\b", "https://a b", "https://ä"]
        {
            assert_eq!(link("shown", no, &page), "shown", "{no:?}");
        }
        assert_eq!(link("shown", "https://a.example", &Page::for_tests()), "shown");
    }
}
