//! The walk in a real terminal: what is asked, what is kept, and what is filed.

use crate::screen::{ENTER, Terminal};
use crate::world::World;

#[test]
fn a_case_is_walked_by_keys() {
    let world = World::new();
    let sam = world.sam();
    let mut terminal = Terminal::run(&sam.command(&["case", "new"]));
    terminal.answers("Product", ENTER);
    terminal.shows("Category");
    terminal.is_killed();
}
