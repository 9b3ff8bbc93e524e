//! docket.
fn main() {}
