//! Questions on a terminal that can do nothing but print, like `TERM=dumb` and a screen reader's: every
//! question is a line, and so is every answer. A line with [`BACK`] alone goes back to the question before.

use std::io;

use console::Term;

use super::Stopped;
use crate::ui::text;

/// What goes back, alone on a line.
const BACK: &str = "<";

/// Lets choose by number, or by the beginning of what stands there; nothing is the default.
pub(super) fn choose(term: &Term, prompt: &str, items: &[String], default: usize) -> Result<usize, Stopped> {
    term.write_line(prompt)?;
    for (at, item) in items.iter().enumerate() {
        term.write_line(&format!("{:>4}  {item}", at + 1))?;
    }
    loop {
        let typed = ask(term, &format!("number [{}]: ", default + 1))?;
        match chosen(&typed, items, default) {
            Some(chosen) => return Ok(chosen),
            None => term.write_line(&format!(
                "  not taken: `{}` is none of 1 to {}, nor the beginning of only one of them",
                text::clean_line(&typed),
                items.len()
            ))?,
        }
    }
}

fn chosen(typed: &str, items: &[String], default: usize) -> Option<usize> {
    if typed.is_empty() {
        return Some(default);
    }
    if let Ok(number) = typed.parse::<usize>() {
        return number.checked_sub(1).filter(|at| *at < items.len());
    }
    let typed = typed.to_lowercase();
    let begins = |(at, item): (usize, &String)| item.to_lowercase().starts_with(&typed).then_some(at);
    let mut found = items.iter().enumerate().filter_map(begins);
    found.next().filter(|_| found.next().is_none())
}

/// A line of text; nothing is `initial`.
pub(super) fn line(term: &Term, prompt: &str, initial: &str) -> Result<String, Stopped> {
    let suggested =
        if initial.is_empty() { String::new() } else { format!(" [{}]", text::clean_line(initial)) };
    let typed = ask(term, &format!("{prompt}{suggested}: "))?;
    Ok(if typed.is_empty() { initial.to_owned() } else { typed })
}

/// Lines that go on from `text`, up to a dot or the end of the input. Going back is the first line's alone: in
/// a text it may be the text's own.
pub(super) fn lines(term: &Term, mut text: String, keep: &mut dyn FnMut(&str)) -> Result<String, Stopped> {
    let begun = text.len();
    loop {
        match read(term)? {
            Some(line) if line.trim() == BACK && text.len() == begun => return Err(Stopped::Back),
            None => return Ok(text.trim_end().to_owned()),
            Some(line) if line.trim() == "." || (text.is_empty() && line.trim().is_empty()) => {
                return Ok(text.trim_end().to_owned());
            }
            Some(line) => {
                text.push_str(line.trim_end());
                text.push('\n');
                keep(&text);
            }
        }
    }
}

/// Yes or no; nothing is the default.
pub(super) fn confirm(term: &Term, prompt: &str, default: bool) -> Result<bool, Stopped> {
    let choices = if default { "Y/n" } else { "y/N" };
    loop {
        match ask(term, &format!("{prompt} [{choices}] "))?.to_lowercase().as_str() {
            "" => return Ok(default),
            "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            _ => term.write_line("  type y or n")?,
        }
    }
}

fn ask(term: &Term, question: &str) -> Result<String, Stopped> {
    term.write_str(question)?;
    let typed = read(term)?.ok_or(Stopped::Interrupted)?.trim().to_owned();
    if typed == BACK { Err(Stopped::Back) } else { Ok(typed) }
}

/// A line as the terminal gives it; `None` at the end of the input. A terminal gives one line at a time, so
/// nothing that is for the next question is taken.
fn read(term: &Term) -> io::Result<Option<String>> {
    term.flush()?;
    let mut line = String::new();
    Ok((io::stdin().read_line(&mut line)? > 0).then_some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_chosen_by_number_or_by_how_it_begins() {
        let items = ["Signing (signing)", "Sending (sending)", "API (api)"].map(str::to_owned);
        for (typed, expected) in [
            ("", Some(1)),
            ("1", Some(0)),
            ("3", Some(2)),
            ("api", Some(2)),
            ("SEND", Some(1)),
            ("s", None),
            ("0", None),
            ("4", None),
            ("x", None),
        ] {
            assert_eq!(chosen(typed, &items, 1), expected, "{typed}");
        }
    }
}
