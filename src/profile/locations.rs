//! Where docket's files are.

use std::path::{Path, PathBuf};

use super::{Environment, Resolved, Source};
use crate::failure::{Failure, Kind};

/// The two folders, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locations {
    config: Option<Resolved<PathBuf>>,
    data: Option<Resolved<PathBuf>>,
}

impl Locations {
    pub(super) fn find(environment: &Environment) -> Self {
        let given = |name: &'static str| {
            let folder = environment.folder().join(environment.get(name)?);
            Some(Resolved::new(folder, Source::Environment(name)))
        };
        let standard = environment.standard();
        let usual = |folder: &Path| Resolved::new(folder.to_owned(), Source::Default);
        Self {
            config: given("DOCKET_CONFIG_DIR").or_else(|| standard.map(|s| usual(&s.config))),
            data: given("DOCKET_DATA_DIR").or_else(|| standard.map(|s| usual(&s.data))),
        }
    }

    /// The configuration directory, and the data directory, with where they were named.
    pub(super) fn both(&self) -> [Option<&Resolved<PathBuf>>; 2] {
        [self.config.as_ref(), self.data.as_ref()]
    }

    pub(super) fn config(&self) -> Option<&Path> {
        self.config.as_ref().map(|folder| folder.value.as_path())
    }

    pub(super) fn data(&self) -> Result<&Path, Failure> {
        self.data.as_ref().map(|folder| folder.value.as_path()).ok_or_else(|| {
            Failure::new(Kind::Failed, "there is no place for docket's files: HOME is not set")
                .hint("set HOME, or say with DOCKET_DATA_DIR where docket may keep its files")
                .hint("to keep nothing at all, give DOCKET_TOKEN and --portal")
        })
    }
}
