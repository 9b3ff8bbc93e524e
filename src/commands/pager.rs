//! What somebody asked to see, through their pager where it is higher than the screen.
//!
//! Only commands that read use it. What a command has done is said at once and stays on the screen.

use super::Docket;
use crate::failure::Failure;
use crate::ui::{Pager, Show};

/// The pager where nobody has named one.
const DEFAULT: &str = "less";

impl Docket {
    /// Prints what somebody asked to see.
    pub(in crate::commands) fn show_long<T: Show>(&self, value: &T) -> Result<(), Failure> {
        self.ui.show_long(value, || self.pager())
    }

    /// The pager that was named, or the default one; `None` where there is to be none.
    fn pager(&self) -> Result<Option<Pager>, Failure> {
        if ["DOCKET_PAGER", "PAGER"].into_iter().find_map(std::env::var_os).is_some_and(|it| it.is_empty()) {
            return Ok(None);
        }
        let named = self.profile.pager()?;
        let command = named.as_ref().map_or(DEFAULT, |named| named.value.as_str());
        Ok(Pager::new(command, |name| self.profile.environment().get(name).is_some()))
    }
}
