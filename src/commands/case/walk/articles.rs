//! Articles that may make a case unnecessary, on the way to it.

use super::{Unanswered, Walk, turn};
use crate::api::body::ResourceQuery;
use crate::failure::Failure;
use crate::ui::Show as _;

/// What articles came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Help {
    /// One has solved it.
    Solved,
    /// None has.
    None,
    /// The place that they were for is to be chosen again.
    Back,
}

/// How many are offered.
const OFFERED: usize = 5;

impl Walk<'_> {
    /// Offers the articles for the chosen place. A portal that has none to give is no reason to stop.
    pub(super) fn offer_articles(&self) -> Result<Help, Failure> {
        turn(self.read_articles(), Help::Back)
    }

    fn read_articles(&self) -> Result<Help, Unanswered> {
        let answer = |field: &str| self.gathered.draft.text(field).map(str::to_owned);
        let place = ResourceQuery {
            q: None,
            product: answer("product"),
            category: answer("category"),
            subcategory: answer("subcategory"),
        };
        let Ok(mut articles) = self.desk.session().resources(&place) else { return Ok(Help::None) };
        articles.truncate(OFFERED);
        self.desk.seen_articles(&articles);
        while !articles.is_empty() {
            let mut items: Vec<String> = articles.iter().map(|article| article.title.clone()).collect();
            items.push("None of these: go on with the case".to_owned());
            let go_on = items.len() - 1;
            let chosen = self.prompter.choose("These may help", &items, go_on)?;
            let Some(article) = articles.get(chosen) else { break };
            match self.desk.session().resource(&article.id) {
                Ok(whole) => {
                    let text = whole.text(&self.docket.ui.conversation_page());
                    self.prompter.say(&format!("\n{text}"));
                    if self.prompter.confirm("Did this solve it?", false)? {
                        return Ok(Help::Solved);
                    }
                }
                Err(error) => self.prompter.complain(&format!("it can't be read now: {error}")),
            }
            articles.remove(chosen);
        }
        Ok(Help::None)
    }
}
