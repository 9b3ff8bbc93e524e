//! An event of a case that is followed.

use serde::Serialize;

use super::super::{Page, Rows, Show, text};
use super::case::happened;
use super::{bold, dim, local};
use crate::case::Role;
use crate::event::Event;

/// Something that has just happened.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Followed {
    /// What.
    pub event: Event,
    /// What was written, if it is known; for people.
    #[serde(skip)]
    pub said: Option<String>,
}

impl Show for Followed {
    const FIELDS: &'static [&'static str] = &["seq", "at", "case", "kind", "by", "role", "status", "data"];
    const ROWS: Rows = Rows::One;

    fn text(&self, page: &Page) -> String {
        let at = local(self.event.at, page);
        let who = text::clean_line(self.event.by.as_deref().unwrap_or("the portal"));
        let first =
            self.said.as_deref().unwrap_or_default().lines().map(str::trim).find(|line| !line.is_empty());
        let happened = match first {
            Some(line) => format!("{}: {line}", happened(&self.event)),
            None => happened(&self.event),
        };
        let what = text::clean_line(&happened);
        let [at, who, what] = fitting([at, who, what], page.width);
        let what = if self.event.role == Some(Role::Expert) { bold(&what, page) } else { what };
        format!("{}{who}{what}\n", dim(&at, page))
    }
}

/// Columns that what happened has to have beside when and who.
const LEAST: usize = 20;

/// When, who and what, one after the other, so that no line is longer than the terminal: what happened is cut
/// off there, and where little of it would be left, it stands on a line of its own.
fn fitting([at, who, what]: [String; 3], width: Option<usize>) -> [String; 3] {
    let room = |before: usize| width.map_or(usize::MAX, |width| width.saturating_sub(before));
    let before = text::width(&at) + text::width(&who) + 4;
    if text::width(&what) <= room(before) || room(before) >= LEAST {
        let what = text::truncate(&what, room(before));
        return [at, format!("  {who}"), format!("  {what}")];
    }
    let below = |part: &str| format!("\n  {}", text::truncate(part, room(2)));
    let who = if before - 2 <= room(0) { format!("  {who}") } else { below(&who) };
    [at, who, below(&what)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn followed(said: Option<&str>) -> Followed {
        let event = json!({
            "seq": 7, "at": "2026-11-18T09:30:00Z", "case": "00000042", "kind": "replied",
            "by": "expert@example.com", "role": "expert", "status": "my_action_required", "data": {},
        });
        Followed { event: serde_json::from_value(event).unwrap(), said: said.map(str::to_owned) }
    }

    #[test]
    fn an_event_is_a_line_whatever_was_written() {
        let said = "\n  Which browser\u{1b}[2J is it, and which version of it?\nThank you.";
        let page = Page::for_tests();
        insta::assert_snapshot!(followed(Some(said)).text(&page), @r"2026-11-18 09:30 UTC  expert@example.com  replied: Which browser\x1b[2J is it, and which version of it?");
        insta::assert_snapshot!(followed(None).text(&page), @"2026-11-18 09:30 UTC  expert@example.com  replied");
    }

    #[test]
    fn no_line_of_an_event_is_longer_than_the_terminal() {
        let said = "Which browser is it, and which version of it?";
        let shown = |width: usize, said: Option<&str>| {
            let text = followed(said).text(&Page { width: Some(width), ..Page::for_tests() });
            assert!(text.lines().all(|line| text::width(line) <= width), "{width}: {text}");
            text
        };
        insta::assert_snapshot!(shown(80, Some(said)), @"2026-11-18 09:30 UTC  expert@example.com  replied: Which browser is it, and whi…");
        insta::assert_snapshot!(shown(60, Some(said)), @r"
        2026-11-18 09:30 UTC  expert@example.com
          replied: Which browser is it, and which version of it?
        ");
        insta::assert_snapshot!(shown(60, None), @"2026-11-18 09:30 UTC  expert@example.com  replied");
        insta::assert_snapshot!(shown(40, Some(said)), @r"
        2026-11-18 09:30 UTC  expert@example.com
          replied: Which browser is it, and whi…
        ");
        insta::assert_snapshot!(shown(20, None), @r"
        2026-11-18 09:30 UTC
          expert@example.com
          replied
        ");
    }
}
