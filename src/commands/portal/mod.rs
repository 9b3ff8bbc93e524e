//! `docket portal`: running a portal.

mod account;
mod serve;
mod user;

use std::future::Future;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use tokio::runtime::Runtime;

use super::Docket;
use crate::failure::{Failure, Kind};
use crate::portal::admin::{self, AdminError};
use crate::portal::{Clock, Options, Portal as Server, PortalError};
use crate::ui::{CheckSheet, Done, text};

use account::Account;
use serve::Serve;
use user::User;

/// Run a portal
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  docket portal serve --data ./portal --sample
  docket portal import directory.toml --data ./portal
  docket portal check --data ./portal
  docket portal backup portal.tar --data ./portal")]
pub(crate) enum Portal {
    Serve(Serve),
    Import(Import),
    #[command(subcommand)]
    User(User),
    #[command(subcommand)]
    Account(Account),
    Check(Check),
    Backup(Backup),
}

/// Where a portal's files are.
#[derive(Debug, Args)]
struct Data {
    /// Folder with the portal's database and files
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    data: PathBuf,
}

/// Load users and accounts from a file
///
/// The file has `[[account]]` and `[[user]]` entries in TOML. Either all of it is loaded or nothing is; what
/// exists already is brought up to date.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal import directory.toml --data ./portal")]
pub(crate) struct Import {
    /// File to load; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

/// Check that a portal's database and files agree
///
/// It reads all of both, and may run while the portal serves. With BACKUP it reads a backup in their place,
/// which it doesn't change.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal check --data ./portal
  docket portal check portal.tar")]
#[group(required = true, multiple = false)]
pub(crate) struct Check {
    /// Backup to check
    #[arg(value_name = "BACKUP")]
    backup: Option<PathBuf>,
    /// Folder with the portal's database and files
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
}

/// Back up a portal, while it serves
///
/// FILE becomes a tar file with the database and all attachments as they are at one moment. It has its name
/// once it is whole and on the disk, and only you can read it. To restore it, unpack it in an empty folder.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal backup portal.tar --data ./portal")]
pub(crate) struct Backup {
    /// File to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    data: Data,
}

impl Portal {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        match self {
            Self::Serve(command) => command.run(docket),
            Self::Import(command) => command.run(docket),
            Self::User(command) => command.run(docket),
            Self::Account(command) => command.run(docket),
            Self::Check(command) => command.run(docket),
            Self::Backup(command) => command.run(docket),
        }
    }
}

impl Portal {
    /// Whether it goes on until somebody ends it, and sees to Ctrl-C itself.
    pub(crate) fn serves(&self) -> bool {
        matches!(self, Self::Serve(_))
    }
}

impl Import {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        let directory = docket.read_text(&self.file)?;
        let done = at(&self.data.data, true, async |portal| admin::import(portal, &directory).await);
        let done = done.map_err(|failure| match failure.kind {
            Kind::Usage => Failure { message: format!("{}: {}", self.shown(), failure.message), ..failure },
            _ => failure,
        })?;
        let accounts = text::count(done.accounts as u64, "account");
        let message = format!("loaded {accounts} and {}", text::count(done.users as u64, "user"));
        docket.ui.tell(&Done { message })
    }
}

impl Import {
    /// The file as messages name it.
    fn shown(&self) -> String {
        if self.file == Path::new("-") {
            "standard input".to_owned()
        } else {
            self.file.display().to_string()
        }
    }
}

impl Check {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        let report = match (&self.backup, &self.data) {
            (None, Some(data)) => at(data, false, async |portal| admin::check(portal).await)?,
            (backup, _) => {
                let backup = backup.as_deref().unwrap_or(Path::new(""));
                block_on(admin::check_backup(backup))?.map_err(|error| refused(&error))?
            }
        };
        let well = report.is_well();
        docket.show_long(&CheckSheet {
            well,
            cases: report.cases,
            attachments: report.attachments,
            bytes: report.bytes,
            problems: report.problems,
            orphans: report.orphans,
        })?;
        if well {
            return Ok(());
        }
        Err(Failure::new(Kind::Failed, "the portal's database and files don't agree")
            .hint("restore them from a backup, or see which cases the problems name"))
    }
}

impl Backup {
    fn run(self, docket: &Docket) -> Result<(), Failure> {
        let done =
            at(&self.data.data, false, async |portal| admin::backup(portal, &self.file, self.force).await)?;
        let cases = text::count(done.cases, "case");
        let files = text::count(done.attachments, "attachment");
        let size = text::bytes(done.bytes);
        let message = format!("backed up {cases} and {files} to {}, {size}", done.file.display());
        docket.ui.show(&Done { message })
    }
}

/// Does something with the portal in a folder, which has to be there unless it `may_be_new`.
fn at<T>(
    data: &Path,
    may_be_new: bool,
    act: impl AsyncFnOnce(&Server) -> Result<T, AdminError>,
) -> Result<T, Failure> {
    if !may_be_new && !data.is_dir() {
        return Err(Failure::new(Kind::Failed, format!("there is no portal in {}", data.display()))
            .hint("--data names the folder that `docket portal serve` uses"));
    }
    block_on(async {
        let portal =
            Server::open(Options::new(data), Clock::system()).await.map_err(|error| broken(&error))?;
        let done = act(&portal).await;
        portal.close().await;
        done.map_err(|error| refused(&error))
    })?
}

fn block_on<F: Future>(future: F) -> Result<F::Output, Failure> {
    let runtime =
        Runtime::new().map_err(|error| Failure::new(Kind::Failed, format!("cannot start: {error}")))?;
    Ok(runtime.block_on(future))
}

/// A portal that can't be opened or can't go on.
fn broken(error: &PortalError) -> Failure {
    Failure::new(Kind::Failed, error.to_string())
}

/// Something that an operator asked for and that can't be.
fn refused(error: &AdminError) -> Failure {
    let kind = match error {
        AdminError::NoSuchUser(_) | AdminError::NoSuchAccount(_) => Kind::NotFound,
        AdminError::Wrong(_) => Kind::Usage,
        _ => Kind::Failed,
    };
    let failure = Failure::new(kind, error.to_string());
    match error {
        AdminError::Exists(_) => failure.hint("--force replaces it"),
        _ => failure,
    }
}
