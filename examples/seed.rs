//! Fills the data directory of a portal with made-up cases in the sample accounts, to measure with:
//!
//! ```console
//! $ cargo run --release --example seed -- ./portal 200000
//! ```
//!
//! `benches/portal.sh` uses it. A directory that has cases gets that many more.

use std::error::Error;

use docket::portal::{Clock, Options, Portal, admin};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, count] = &arguments[..] else { return Err("usage: seed DIR COUNT".into()) };
    let count = count.parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let options = Options { sample: true, ..Options::new(data) };
        let portal = Portal::open(options, Clock::system()).await?;
        admin::make_up(&portal, count).await?;
        portal.close().await;
        Ok(())
    })
}
