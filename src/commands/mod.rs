//! The commands: one file each, with its arguments and what it does with them.
//!
//! A command tells a story: fetch, decide, tell, print. `Docket` is what every command is given; most
//! begin by getting a `Desk` from it, a logged-in place to work at. Whatever writes goes through
//! `errand`, which sees to it that nothing is lost and nothing is sent twice.

pub(crate) mod accounts;
mod attaching;
pub(crate) mod case;
pub(crate) mod catalogue;
pub(crate) mod complete;
pub(crate) mod completions;
mod desk;
pub(crate) mod doctor;
mod editor;
mod enclosure;
mod errand;
pub(crate) mod expert;
mod help;
pub(crate) mod login;
pub(crate) mod outbox;
mod pager;
#[cfg(feature = "portal")]
pub(crate) mod portal;
pub(crate) mod redact;
mod redacting;
pub(crate) mod resources;
mod several;
pub(crate) mod status;
pub(crate) mod tokens;
pub(crate) mod version;

use crate::cli::{Cli, Command, Global};
use crate::client::{Connection, Settings};
use crate::failure::Failure;
use crate::profile::{Environment, Flags, Profile};
use crate::ui::Ui;

use desk::Desk;

/// The program that shows long texts where nobody names another.
const STANDARD_PAGER: &str = "less";

/// The program that opens web pages where nobody names another.
const STANDARD_BROWSER: &str = if cfg!(target_os = "macos") {
    "open"
} else if cfg!(windows) {
    "explorer"
} else {
    "xdg-open"
};

/// What every command is given.
pub(crate) struct Docket {
    global: Global,
    profile: Profile,
    ui: Ui,
}

impl Docket {
    fn new(global: Global, environment: Environment) -> Result<Self, Failure> {
        let ui = conversation(&global, &environment);
        // The flag means the same, and the keyring has to know as well.
        let environment =
            if global.no_input { environment.with("DOCKET_NO_INPUT", "1") } else { environment };
        let flags = Flags {
            portal: global.portal.clone(),
            account: global.account.clone(),
            language: global.lang.clone(),
            timeout: global.timeout,
            ca_bundle: global.ca_bundle.clone(),
        };
        Ok(Self { profile: Profile::open(environment, flags)?, global, ui })
    }

    /// A way to the portal at `url`. Where somebody reads along, the first time that a request is made again
    /// is told; a program that reads stderr finds the failure there, or nothing.
    fn connect(&self, url: &str) -> Result<Connection, Failure> {
        let connection = Connection::new(url, &self.client_settings()?)?;
        if self.ui.quiet() || !self.ui.for_people() {
            return Ok(connection);
        }
        let ui = self.ui.clone();
        Ok(connection.telling(move |why| ui.warn(format!("{why}; trying again"))))
    }

    /// How to talk to portals.
    fn client_settings(&self) -> Result<Settings, Failure> {
        let standard = Settings::default();
        Ok(Settings {
            max_retries: match self.global.no_retry {
                true => 0,
                false => self.global.max_retries.unwrap_or(standard.max_retries),
            },
            timeout: self.profile.timeout()?.value,
            ca_bundle: self.profile.ca_bundle().map(|file| file.value),
            language: self.profile.language()?.map(|language| language.value),
            ..standard
        })
    }
}

/// The conversation that flags and environment want.
fn conversation(global: &Global, environment: &Environment) -> Ui {
    Ui::new(global.talking(environment))
}

/// Does what the command line says.
pub fn run(cli: Cli, environment: Environment) -> Result<(), Failure> {
    match cli.command {
        Command::Completions(command) => return command.run(),
        Command::Complete(command) => return command.run(environment),
        // It works where nothing else does.
        Command::Doctor(command) => return command.run(&cli.global, &environment),
        _ => {}
    }
    let global = Global { timeout: cli.request_timeout(), ..cli.global };
    let docket = Docket::new(global, environment)?;
    if !cli.command.stops_by_itself() {
        crate::ui::restore_terminal_on_interrupt(docket.ui.for_people());
    }
    match cli.command {
        Command::Login(command) => command.run(&docket),
        Command::Logout(command) => command.run(&docket),
        Command::Status(command) => command.run(&docket),
        Command::Accounts(command) => command.run(&docket),
        Command::Tokens(command) => command.run(&docket),
        Command::Products(command) => command.run(&docket),
        Command::Categories(command) => command.run(&docket),
        Command::Form(command) => command.run(&docket),
        Command::Resources(command) => command.run(&docket),
        Command::Case(command) => command.run(&docket),
        Command::Outbox(command) => command.run(&docket),
        Command::Redact(command) => command.run(&docket),
        Command::Expert(command) => command.run(&docket),
        #[cfg(feature = "portal")]
        Command::Portal(command) => command.run(&docket),
        // Done above.
        Command::Completions(_) | Command::Complete(_) | Command::Doctor(_) => Ok(()),
    }
}

impl Docket {
    /// The same with another profile: other flags, another portal.
    fn with_profile(&self, profile: Profile) -> Self {
        Self { global: self.global.clone(), profile, ui: self.ui.clone() }
    }
}
