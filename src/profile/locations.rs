//! Where docket's files are.

use std::path::{Path, PathBuf};

use super::Environment;
use crate::failure::{Failure, Kind};

/// The two folders, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locations {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
}

impl Locations {
    pub(super) fn find(environment: &Environment) -> Self {
        let given = |name: &str| environment.get(name).map(|value| environment.folder().join(value));
        let standard = environment.standard();
        Self {
            config: given("DOCKET_CONFIG_DIR").or_else(|| standard.map(|s| s.config.clone())),
            data: given("DOCKET_DATA_DIR").or_else(|| standard.map(|s| s.data.clone())),
        }
    }

    pub(super) fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    pub(super) fn data(&self) -> Result<&Path, Failure> {
        self.data.as_deref().ok_or_else(|| {
            Failure::new(Kind::Failed, "there is no place for docket's files: HOME is not set")
                .hint("set HOME, or say with DOCKET_DATA_DIR where docket may keep its files")
                .hint("to keep nothing at all, give DOCKET_TOKEN and --portal")
        })
    }
}
