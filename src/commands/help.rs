//! What several commands need of the machine they run on: text files, secrets on standard input, a browser.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::{Docket, STANDARD_BROWSER};
use crate::failure::{Failure, Kind};
use crate::files;
use crate::secret::Secret;
use crate::ui::Program;

impl Docket {
    /// A whole file of text, or standard input for `-`.
    pub(super) fn read_text(&self, file: &Path) -> Result<String, Failure> {
        files::read_text(file).map_err(|why| Failure::usage(why.to_string()))
    }

    /// The first line of standard input, for a `…-stdin` flag.
    pub(super) fn read_secret(&self, what: &str) -> Result<Secret, Failure> {
        const LONGEST: u64 = 64 * 1024;
        let mut text = String::new();
        std::io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| {
            Failure::new(Kind::Failed, format!("cannot read {what} from standard input: {error}"))
        })?;
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(Secret::new(line)),
            _ => Err(Failure::usage(format!("standard input is empty; it should have {what}"))),
        }
    }

    /// Opens a page in the browser, or says where it is.
    pub(super) fn browse(&self, url: &str) -> Result<(), Failure> {
        // The address comes from the portal, and a browser's program opens files and takes flags as well.
        if !["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(Failure::new(Kind::Failed, format!("the portal gives no page to open, but `{url}`"))
                .hint("tell the portal's operator"));
        }
        let named = self.profile.browser()?.map(|browser| browser.value);
        let program = named.unwrap_or_else(|| STANDARD_BROWSER.to_owned());
        // Past the shell, which says nothing of a program that isn't there before it is too late.
        let started = Program::new(&program)
            .command_without_shell([url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(_) => Ok(()),
            Err(error) => {
                Err(Failure::new(Kind::Failed, format!("cannot start the browser `{program}`: {error}"))
                    .hint(format!("the page is {url}"))
                    .hint("DOCKET_BROWSER or BROWSER names another browser"))
            }
        }
    }

    /// The home folder, if there is one.
    pub(super) fn home(&self) -> Option<&Path> {
        self.profile.environment().get("HOME").map(Path::new)
    }

    /// A path as typed, with `~/` for the home folder.
    pub(super) fn expand_home(&self, path: &Path) -> PathBuf {
        match (path.strip_prefix("~"), self.home()) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => path.to_owned(),
        }
    }
}
