//! Texts while they are written in an editor. Each stays until what it is for is done, so that neither a
//! crash nor a portal that says no costs somebody what they wrote.

use std::path::{Path, PathBuf};

use super::disk;
use crate::failure::Failure;

/// The texts of one profile.
#[derive(Debug, Clone)]
pub struct Texts {
    folder: PathBuf,
}

impl Texts {
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("texts") }
    }

    /// Where the text called `id` is or would be.
    pub fn path(&self, id: &str) -> Result<PathBuf, Failure> {
        Ok(disk::file_of(&self.folder, id)?.with_extension("txt"))
    }

    /// The text called `id`, if there is one.
    pub fn read(&self, id: &str) -> Result<Option<String>, Failure> {
        let content = disk::read(&self.path(id)?)?;
        Ok(content.map(|content| String::from_utf8_lossy(&content).into_owned()))
    }

    /// Puts a text on disk, for this user only; its path.
    pub fn write(&self, id: &str, text: &str) -> Result<PathBuf, Failure> {
        let path = self.path(id)?;
        disk::write_text(&path, text)?;
        Ok(path)
    }

    /// Removes a text; answers whether there was one.
    pub fn remove(&self, id: &str) -> Result<bool, Failure> {
        disk::remove(&self.path(id)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_private_and_there_until_it_is_removed() {
        let data = tempfile::tempdir().unwrap();
        let texts = Texts::new(data.path());
        assert_eq!(texts.read("ab12").unwrap(), None);
        let path = texts.write("ab12", "It broke.\n").unwrap();
        assert_eq!(path, data.path().join("texts/ab12.txt"));
        #[cfg(unix)]
        assert_eq!(crate::profile::tests::mode(&path), 0o600);
        assert_eq!(texts.read("ab12").unwrap().unwrap(), "It broke.\n");
        assert!(texts.remove("ab12").unwrap());
        assert!(!texts.remove("ab12").unwrap());
        assert!(texts.path("../logins").is_err());
    }
}
