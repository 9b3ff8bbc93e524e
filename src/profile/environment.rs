//! A snapshot of what the process was started with.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::failure::Failure;
use crate::secret::Secret;

/// Variables, the current folder, and where programs keep their files on this system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    variables: BTreeMap<String, Hidden>,
    folder: PathBuf,
    standard: Option<Standard>,
    /// What `DOCKET_TOKEN_COMMAND` gave. It is run once, however often its token is needed.
    from_command: Arc<OnceLock<Result<Secret, Failure>>>,
}

/// Where programs keep their files on this system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standard {
    pub(super) config: PathBuf,
    pub(super) data: PathBuf,
}

/// A variable's value, which may be a token.
#[derive(Clone, PartialEq, Eq)]
struct Hidden(OsString);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Environment {
    /// This process's.
    pub fn of_process() -> Self {
        let variables =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        let folder = std::env::current_dir().unwrap_or_default();
        let environment = Self::new(variables, folder);
        // Without HOME a Unix system's user database might name another place than the user has in mind.
        let homeless = cfg!(unix) && environment.get("HOME").is_none();
        let project = directories::ProjectDirs::from("", "", "docket").filter(|_| !homeless);
        let standard = project.map(|project| Standard {
            config: project.config_dir().to_owned(),
            data: project.data_dir().to_owned(),
        });
        Self { standard, ..environment }
    }

    /// One of these variables only, in `folder`, without a home directory.
    pub fn new<N: Into<String>, V: Into<OsString>>(
        variables: impl IntoIterator<Item = (N, V)>,
        folder: impl Into<PathBuf>,
    ) -> Self {
        let variables =
            variables.into_iter().map(|(name, value)| (name.into(), Hidden(value.into()))).collect();
        Self { variables, folder: folder.into(), ..Self::default() }
    }

    /// The same with one variable set to something else.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), Hidden(value.into()));
        self
    }

    /// The value of a variable; an empty one counts as absent.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(name).map(|value| value.0.as_os_str()).filter(|value| !value.is_empty())
    }

    /// The same as text; fails when it isn't any.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        self.get(name)
            .map(|value| value.to_str().ok_or_else(|| Failure::usage(format!("{name} is not valid UTF-8"))))
            .transpose()
    }

    /// Whether a variable says yes: it is set to something, and that is neither `0` nor `false`.
    pub fn says_yes(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value != "0" && value != "false")
    }

    /// Whether a variable is there and empty, which for some is an answer.
    pub fn is_blank(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|value| value.0.is_empty())
    }

    /// The current folder; empty if it is gone.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The token that a command gave before, else what `run` gives now.
    pub(super) fn token_once(
        &self,
        run: impl FnOnce() -> Result<Secret, Failure>,
    ) -> Result<Secret, Failure> {
        self.from_command.get_or_init(run).clone()
    }

    pub(super) fn standard(&self) -> Option<&Standard> {
        self.standard.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_there_and_says_nothing() {
        let environment = Environment::new([("EMPTY", ""), ("FULL", "x")], "");
        let blank = |name| (environment.is_blank(name), environment.get(name).is_some());
        assert_eq!(
            [blank("EMPTY"), blank("FULL"), blank("ABSENT")],
            [(true, false), (false, true), (false, false)]
        );
    }

    #[test]
    fn nothing_zero_and_false_say_no() {
        for (value, yes) in [("", false), ("0", false), ("false", false), ("1", true), ("no", true)] {
            assert_eq!(Environment::new([("CI", value)], "").says_yes("CI"), yes, "{value:?}");
        }
        assert!(!Environment::default().says_yes("CI"));
    }
}
