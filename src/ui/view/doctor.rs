//! What a look at docket's setup found.

use console::Style;
use serde::{Serialize, Serializer};

use super::styled;
use crate::case::words;
use crate::ui::{Page, Rows, Show, text};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckState {
    /// As it should be.
    Ok,
    /// Good to know, and nothing to be done.
    Note,
    /// It works, and something should be done.
    Warning,
    /// It doesn't work.
    Broken,
}

words!(CheckState, "a state", { Ok => "ok", Note => "note", Warning => "warning", Broken => "broken" });

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub check: &'static str,
    /// How it is.
    pub state: CheckState,
    /// The same for people.
    pub message: String,
    /// What to do, a sentence each; `null` where there is nothing to do.
    #[serde(serialize_with = "one_line")]
    pub fix: Vec<String>,
}

impl Check {
    /// A check that found nothing to be done.
    pub fn new(check: &'static str, state: CheckState, message: impl Into<String>) -> Self {
        Self { check, state, message: message.into(), fix: Vec::new() }
    }

    /// The same with something to do.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix.push(fix.into());
        self
    }
}

fn one_line<S: Serializer>(fix: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    if fix.is_empty() { serializer.serialize_none() } else { serializer.serialize_str(&fix.join("; ")) }
}

/// Everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkup {
    /// In the order in which things depend on each other.
    pub checks: Vec<Check>,
    /// How many of them are broken.
    pub broken: usize,
}

impl Checkup {
    /// Counts what is broken.
    pub fn new(checks: Vec<Check>) -> Self {
        let broken = checks.iter().filter(|check| check.state == CheckState::Broken).count();
        Self { checks, broken }
    }
}

impl Show for Checkup {
    const FIELDS: &'static [&'static str] = &["check", "state", "message", "fix"];
    const ROWS: Rows = Rows::Within("checks");

    fn text(&self, page: &Page) -> String {
        let names = self.checks.iter().map(|check| text::width(check.check)).max().unwrap_or(0);
        let indent = " ".repeat(MARKS + names + 4);
        let mut out = String::new();
        for Check { check, state, message, fix } in &self.checks {
            let (mark, style) = mark(*state);
            let mark = format!("{}{}", styled(mark, style, page), " ".repeat(MARKS - mark.len()));
            let message = wrap(message, &indent, page);
            out.push_str(&format!("{mark}  {check:names$}  {}", message.trim_start()));
            for fix in fix {
                out.push_str(&wrap(&format!("fix: {fix}"), &indent, page));
            }
        }
        out
    }
}

/// Columns that the widest mark takes.
const MARKS: usize = 6;

fn mark(state: CheckState) -> (&'static str, Style) {
    match state {
        CheckState::Ok => ("ok", Style::new().green()),
        CheckState::Note => ("note", Style::new().cyan()),
        CheckState::Warning => ("warn", Style::new().yellow()),
        CheckState::Broken => ("broken", Style::new().red().bold()),
    }
}

fn wrap(sentence: &str, indent: &str, page: &Page) -> String {
    text::wrap(&text::clean_line(sentence), page.width.unwrap_or(usize::MAX), indent)
}

#[cfg(test)]
mod tests {
    use jiff::Zoned;

    use super::*;

    fn page(width: Option<usize>, color: bool) -> Page {
        Page { width, color, links: false, now: Zoned::now() }
    }

    fn checkup() -> Checkup {
        Checkup::new(vec![
            Check::new("portal", CheckState::Ok, "https://support.example.com, from the last login"),
            Check::new(
                "clock",
                CheckState::Warning,
                "the clock here is 2 minutes\u{1b}[2J ahead of the portal's",
            )
            .fix("set this machine's clock")
            .fix("or wait"),
            Check::new("outbox", CheckState::Note, "empty"),
            Check::new("token", CheckState::Broken, "not logged in").fix("run `docket login`"),
        ])
    }

    #[test]
    fn every_state_has_a_word_and_every_fix_a_line() {
        insta::assert_snapshot!(checkup().text(&page(None, false)), @r"
        ok      portal  https://support.example.com, from the last login
        warn    clock   the clock here is 2 minutes\x1b[2J ahead of the portal's
                        fix: set this machine's clock
                        fix: or wait
        note    outbox  empty
        broken  token   not logged in
                        fix: run `docket login`
        ");
        insta::assert_snapshot!(checkup().text(&page(Some(40), false)), @r"
        ok      portal  https://support.example.
                        com, from the last login
        warn    clock   the clock here is 2
                        minutes\x1b[2J ahead of
                        the portal's
                        fix: set this machine's
                        clock
                        fix: or wait
        note    outbox  empty
        broken  token   not logged in
                        fix: run `docket login`
        ");
        let colored = checkup().text(&page(None, true));
        assert_eq!(console::strip_ansi_codes(&colored), checkup().text(&page(None, false)));
    }

    #[test]
    fn machines_get_the_fixes_in_one_text() {
        let json = serde_json::to_value(checkup()).unwrap();
        assert_eq!(json["broken"], 1);
        assert_eq!(json["checks"][1]["state"], "warning");
        assert_eq!(json["checks"][1]["fix"], "set this machine's clock; or wait");
        assert_eq!(json["checks"][2]["fix"], serde_json::Value::Null);
    }
}
