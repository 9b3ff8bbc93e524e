//! What somebody asked to see, through their pager where it is higher than the screen.
//!
//! Only commands that read use it. What a command has done is said at once and stays on the screen.

use super::{Docket, STANDARD_PAGER};
use crate::failure::Failure;
use crate::ui::{Pager, Show};

impl Docket {
    /// Prints what somebody asked to see.
    pub(in crate::commands) fn show_long<T: Show>(&self, value: &T) -> Result<(), Failure> {
        self.ui.show_long(value, || self.pager())
    }

    /// The pager that was named, or the standard one; `None` where there is to be none.
    fn pager(&self) -> Option<Pager> {
        if self.without_pager().is_some() {
            return None;
        }
        let environment = self.profile.environment();
        // The portal has answered: a name that can't be read is no reason to keep that back.
        let named = self.profile.pager().ok().flatten();
        let command = named.as_ref().map_or(STANDARD_PAGER, |named| named.value.as_str());
        Pager::new(command, |name| environment.get(name))
    }

    /// The variable that says, by being empty, that there is to be no pager.
    pub(in crate::commands) fn without_pager(&self) -> Option<&'static str> {
        let environment = self.profile.environment();
        let answers = |name: &&str| environment.is_blank(name) || environment.get(name).is_some();
        let answer = ["DOCKET_PAGER", "PAGER"].into_iter().find(answers);
        answer.filter(|name| environment.is_blank(name))
    }
}
