//! Questions whose answers are read key by key.

use std::io;

use console::{measure_text_width, style};

use super::area::Area;
use super::block::Block;
use super::keys::{Key, Keyboard};
use super::line::Line;
use super::list::List;
use super::paths::Completion;
use super::{Ask, Judge, Prompter, Stopped};
use crate::ui::text;

/// Rows of an answered text that stay on the screen.
const LEFT_OF_A_TEXT: usize = 10;

impl Prompter {
    pub(super) fn read_choice(
        &self,
        prompt: &str,
        items: &[String],
        default: usize,
    ) -> Result<usize, Stopped> {
        let items: Vec<String> = items.iter().map(|item| text::clean_line(item)).collect();
        let mut list = List::new(&items, default);
        let mut keyboard = Keyboard::open(true)?;
        let mut block = Block::default();
        loop {
            let (asked, columns) = self.asked(prompt, false);
            let (filter, column) = list.filter().fit(self.width().saturating_sub(columns), self.marks.cut);
            let mut rows = vec![asked + &filter];
            let seen = list.in_sight(self.list_rows());
            rows.extend(seen.items.iter().map(|(item, chosen)| self.marks.item(&self.fit(item), *chosen)));
            if seen.items.is_empty() {
                let nothing = format!("nothing matches `{}`; Ctrl-U clears it", list.filter().text().trim());
                rows.extend(self.faint(&nothing));
            } else if seen.below > 0 {
                rows.extend(self.faint(&format!("{} and {} more below", self.marks.cut, seen.below)));
            }
            block.draw(&self.term, &rows, (0, columns + column))?;
            match keyboard.key()? {
                Key::Enter => {
                    let Some(chosen) = list.chosen() else { continue };
                    let short = self.cut(prompt, self.room_for_prompt());
                    let room = self.width().saturating_sub(text::width(&short) + 6);
                    let answer = self.cut(&items[chosen], room);
                    block.leave(&self.term, &[self.marks.answered(&short, &answer)])?;
                    return Ok(chosen);
                }
                Key::EndOfText if list.filter().text().is_empty() => {
                    return self.stop(&mut block, &rows[..1], Stopped::Interrupted);
                }
                Key::Interrupt => return self.stop(&mut block, &rows[..1], Stopped::Interrupted),
                Key::Escape => return self.stop(&mut block, &[], Stopped::Back),
                Key::Resized => self.resize(&mut block, &mut keyboard)?,
                key => list.press(&key),
            }
        }
    }

    pub(super) fn read_line(
        &self,
        ask: &Ask<'_>,
        complete: &dyn Fn(&str) -> Completion,
        judge: &mut Judge<'_>,
    ) -> Result<String, Stopped> {
        let mut keyboard = Keyboard::open(true)?;
        let mut block = Block::default();
        let mut line = Line::new(ask.initial);
        let (mut refused, mut names) = (None, String::new());
        loop {
            let (asked, columns) = self.asked(ask.prompt, refused.is_some());
            let (shown, column) = line.fit(self.width().saturating_sub(columns), self.marks.cut);
            let mut rows = vec![asked + &shown];
            rows.extend(self.below(&names, ask.help, refused.as_deref()));
            rows.truncate(self.height().max(2) - 1);
            block.draw(&self.term, &rows, (0, columns + column))?;
            match keyboard.key()? {
                Key::Enter => match judge(line.text().trim()) {
                    Ok(()) => {
                        let short = self.cut(ask.prompt, self.room_for_prompt());
                        let room = self.width().saturating_sub(text::width(&short) + 6);
                        let answer = self.cut(&text::clean_line(line.text()), room);
                        block.leave(&self.term, &[self.marks.answered(&short, &answer)])?;
                        return Ok(line.text().trim().to_owned());
                    }
                    Err(why) => refused = Some(why),
                },
                Key::EndOfText if line.text().is_empty() => {
                    return self.stop(&mut block, &rows[..1], Stopped::Interrupted);
                }
                Key::Interrupt => return self.stop(&mut block, &rows[..1], Stopped::Interrupted),
                Key::Escape => return self.stop(&mut block, &[], Stopped::Back),
                Key::Tab => {
                    let completion = complete(line.text());
                    names = extend(&mut line, &completion);
                }
                Key::Resized => self.resize(&mut block, &mut keyboard)?,
                key => {
                    line.press(&key);
                }
            }
        }
    }

    pub(super) fn read_text(
        &self,
        ask: &Ask<'_>,
        keep: &mut dyn FnMut(&str),
        judge: &mut Judge<'_>,
    ) -> Result<String, Stopped> {
        let mut keyboard = Keyboard::open(true)?;
        let mut block = Block::default();
        let mut area = Area::new(ask.initial);
        let mut refused = None;
        loop {
            let columns = self.width().saturating_sub(3).max(8);
            let below = self.below("", ask.help, refused.as_deref());
            let room = self.height().saturating_sub(below.len() + 3).max(1);
            let seen = area.in_sight(room, columns);
            let asked = self.marks.asked(ask.prompt, refused.is_some());
            let title = match seen.hidden {
                (0, 0) => asked,
                (above, below) => {
                    format!(
                        "{asked}{}",
                        style(format!("{above} rows above, {below} below")).for_stderr().dim()
                    )
                }
            };
            let title =
                console::truncate_str(&title, self.width().saturating_sub(1), self.marks.cut).into_owned();
            let mut rows: Vec<String> = vec![title.trim_end().to_owned()];
            rows.extend(seen.rows.iter().map(|row| format!("  {row}")));
            rows.extend(below);
            let cursor = (1 + seen.cursor.0, 2 + seen.cursor.1);
            block.draw(&self.term, &rows, cursor)?;
            let key = keyboard.key()?;
            let ends = match key {
                Key::Enter => area.is_empty() || area.ends_with_dot(),
                Key::EndOfText => true,
                _ => false,
            };
            match key {
                _ if ends => {
                    let text = area.text().trim_end().to_owned();
                    match judge(&text) {
                        Ok(()) => {
                            block.leave(&self.term, &self.answered_text(ask.prompt, &Area::new(&text)))?;
                            return Ok(text);
                        }
                        Err(why) => refused = Some(why),
                    }
                }
                Key::Interrupt | Key::Escape => {
                    if !area.is_empty() {
                        keep(&area.text());
                    }
                    let stopped = if key == Key::Escape { Stopped::Back } else { Stopped::Interrupted };
                    let left = if key == Key::Escape { &[][..] } else { &rows[..=seen.rows.len()] };
                    return self.stop(&mut block, left, stopped);
                }
                Key::Resized => self.resize(&mut block, &mut keyboard)?,
                key => {
                    area.press(&key, columns);
                    if matches!(key, Key::Enter | Key::Paste(_)) {
                        keep(&area.text());
                    }
                }
            }
        }
    }

    /// What stays of a text that was answered.
    fn answered_text(&self, prompt: &str, area: &Area) -> Vec<String> {
        let prompt = self.cut(prompt, self.width().saturating_sub(5));
        if area.is_empty() {
            return vec![self.marks.answered(&prompt, "")];
        }
        let (shown, all) = area.beginning(LEFT_OF_A_TEXT, self.width().saturating_sub(3).max(8));
        let mut rows = vec![self.marks.answered(&prompt, "")];
        rows.extend(shown.iter().map(|row| format!("  {row}")));
        if !all {
            let count = area.text().lines().count();
            rows.extend(self.faint(&format!("{} ({count} lines in all)", self.marks.cut)));
        }
        rows
    }

    /// Ends a question without an answer, with some of its rows left.
    fn stop<T>(&self, block: &mut Block, left: &[String], why: Stopped) -> Result<T, Stopped> {
        block.leave(&self.term, left)?;
        Err(why)
    }

    /// Finds the rows again in a window of another size.
    fn resize(&self, block: &mut Block, keyboard: &mut Keyboard) -> io::Result<()> {
        let says = keyboard.cursor_column()?;
        block.resize(self.width(), says);
        Ok(())
    }

    /// Columns for a question with its answer beside it.
    fn room_for_prompt(&self) -> usize {
        self.width() * 2 / 3
    }

    /// A question up to where its answer goes, and the columns that it takes.
    fn asked(&self, prompt: &str, refused: bool) -> (String, usize) {
        let asked = self.marks.asked(&self.cut(prompt, self.room_for_prompt()), refused);
        let columns = measure_text_width(&asked);
        (asked, columns)
    }

    /// What stands below a question: how what is typed may go on, why it was refused, what helps.
    fn below(&self, names: &str, help: &str, refused: Option<&str>) -> Vec<String> {
        let mut rows = self.faint(names);
        if let Some(why) = refused {
            rows.extend(self.refusal(why).lines().map(|row| style(row).for_stderr().red().to_string()));
        }
        rows.extend(self.faint(help));
        rows
    }

    /// Text in the background, in as many rows as it takes.
    fn faint(&self, said: &str) -> Vec<String> {
        if said.is_empty() {
            return Vec::new();
        }
        let columns = self.width().clamp(10, 100) - 1;
        let wrapped = text::wrap(&text::clean(said), columns, "  ");
        wrapped.trim_end().lines().map(|row| style(row).for_stderr().dim().to_string()).collect()
    }

    /// Rows that a list may take, with the question and a little of what was before it still in sight.
    fn list_rows(&self) -> usize {
        self.height().saturating_sub(5).clamp(3, 12)
    }

    /// An item on a single row.
    fn fit(&self, item: &str) -> String {
        self.cut(item, self.width().max(20) - 4)
    }
}

/// Extends a line as far as that is clear; else the names that it may go on with.
fn extend(line: &mut Line, completion: &Completion) -> String {
    const LISTED: usize = 40;
    match &completion.extended {
        Some(extended) => {
            *line = Line::new(extended);
            String::new()
        }
        None if completion.names.len() > 1 => {
            let more = completion.names.len().saturating_sub(LISTED);
            let more = if more > 0 { format!("  and {more} more") } else { String::new() };
            let names: Vec<&str> = completion.names.iter().take(LISTED).map(String::as_str).collect();
            names.join("  ") + &more
        }
        None => String::new(),
    }
}
