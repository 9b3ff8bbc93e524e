//! A list to choose from: what is typed leaves those of its items that have every word of it.

use super::keys::Key;
use super::line::Line;

/// Items, what they are filtered by, and the one that is chosen.
#[derive(Debug)]
pub(super) struct List<'a> {
    items: &'a [String],
    filter: Line,
    default: usize,
    /// Where the chosen one is among those that match.
    at: usize,
    /// Where the first one that is in sight is among those that match.
    top: usize,
}

/// What of a list is in sight.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InSight<'a> {
    /// Items, and whether each is the chosen one.
    pub(super) items: Vec<(&'a str, bool)>,
    /// How many match that are further down.
    pub(super) below: usize,
}

impl<'a> List<'a> {
    pub(super) fn new(items: &'a [String], default: usize) -> Self {
        Self { items, filter: Line::default(), default, at: default, top: 0 }
    }

    pub(super) fn filter(&self) -> &Line {
        &self.filter
    }

    /// The index of the chosen item; `None` where nothing matches.
    pub(super) fn chosen(&self) -> Option<usize> {
        self.matching().get(self.at).copied()
    }

    fn matching(&self) -> Vec<usize> {
        let filter = self.filter.text().to_lowercase();
        let fits = |at: &usize| {
            let item = self.items[*at].to_lowercase();
            filter.split_whitespace().all(|word| item.contains(word))
        };
        (0..self.items.len()).filter(fits).collect()
    }

    /// Does what a key means for a list.
    pub(super) fn press(&mut self, key: &Key) {
        let count = self.matching().len().max(1);
        match key {
            Key::Up => self.at = (self.at + count - 1) % count,
            Key::Down => self.at = (self.at + 1) % count,
            key => {
                let before = self.filter.text().to_owned();
                if *key == Key::EraseLine {
                    // All of it, wherever the cursor is: what is left would still hide items.
                    self.filter = Line::default();
                } else {
                    self.filter.press(key);
                }
                if self.filter.text() != before {
                    self.top = 0;
                    self.at = if self.filter.text().trim().is_empty() { self.default } else { 0 };
                }
            }
        }
    }

    /// The items that `rows` rows have room for, the chosen one among them.
    pub(super) fn in_sight(&mut self, rows: usize) -> InSight<'a> {
        let matching = self.matching();
        let rows = rows.max(1);
        self.top = self.top.clamp((self.at + 1).saturating_sub(rows), self.at);
        self.top = self.top.min(matching.len().saturating_sub(rows));
        let shown = matching.iter().enumerate().skip(self.top).take(rows);
        let items: Vec<_> =
            shown.map(|(place, item)| (self.items[*item].as_str(), place == self.at)).collect();
        InSight { below: matching.len() - self.top - items.len(), items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<String> {
        ["Signing (signing)", "Sending: bulk send", "Sending: one envelope", "API"].map(str::to_owned).into()
    }

    fn typed(list: &mut List<'_>, text: &str) {
        text.chars().for_each(|c| list.press(&Key::Char(c)));
    }

    #[test]
    fn an_item_matches_that_has_every_word() {
        let items = items();
        let mut list = List::new(&items, 3);
        assert_eq!(list.chosen(), Some(3));
        typed(&mut list, "SEND env");
        assert_eq!(list.chosen(), Some(2));
        typed(&mut list, "x");
        assert_eq!((list.chosen(), list.in_sight(5).items), (None, vec![]));
        list.press(&Key::Down);
        assert_eq!(list.chosen(), None);
        list.press(&Key::Backspace);
        assert_eq!(list.chosen(), Some(2));
        list.press(&Key::Home);
        list.press(&Key::EraseLine);
        assert_eq!((list.filter().text(), list.chosen()), ("", Some(3)));
    }

    #[test]
    fn the_chosen_item_is_always_in_sight() {
        let items = items();
        let mut list = List::new(&items, 0);
        let expect = |list: &mut List<'_>, chosen: usize, below: usize| {
            let seen = list.in_sight(2);
            assert_eq!(seen.below, below, "{seen:?}");
            assert!(seen.items.contains(&(items[chosen].as_str(), true)), "{seen:?}");
        };
        expect(&mut list, 0, 2);
        list.press(&Key::Down);
        expect(&mut list, 1, 2);
        list.press(&Key::Down);
        expect(&mut list, 2, 1);
        list.press(&Key::Down);
        expect(&mut list, 3, 0);
        // Around the end, and back.
        list.press(&Key::Down);
        expect(&mut list, 0, 2);
        list.press(&Key::Up);
        expect(&mut list, 3, 0);
    }
}
