//! A program that somebody names with a command line: an editor, a pager, a browser.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command line, as in `less -R`; never blank where it is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    line: String,
}

impl Program {
    /// The program that a command line names.
    pub fn new(line: &str) -> Self {
        Self { line: line.trim().to_owned() }
    }

    /// The line as it was written.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Its first word; empty where there is none.
    pub fn name(&self) -> &str {
        self.line.split_whitespace().next().unwrap_or_default()
    }

    /// The words after the first.
    pub fn options(&self) -> impl Iterator<Item = &str> {
        self.line.split_whitespace().skip(1)
    }

    /// What starts it, by a shell on Unix where the line has anything that means something to one. Where it
    /// doesn't, a program that isn't there is known at once, and no shell remarks on it.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:+,@ ".contains(c);
        if cfg!(windows) || self.line.chars().all(plain) {
            return self.command_without_shell(arguments);
        }
        let mut command = Command::new("sh");
        let arguments: Vec<A> = arguments.into_iter().collect();
        if arguments.is_empty() {
            command.args(["-c", &self.line]);
        } else {
            command.args(["-c", &format!("{} \"$@\"", self.line), "docket"]).args(arguments);
        }
        command
    }

    /// What starts it with its words as they are.
    pub fn command_without_shell<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(self.name());
        command.args(self.options()).args(arguments);
        command
    }

    /// Its file, if it is there: in `folder`, where the line names a place, else in one of the folders of
    /// `path`.
    pub fn find(&self, path: Option<&OsStr>, folder: &Path) -> Option<PathBuf> {
        let name = Path::new(self.name());
        match name.components().count() {
            0 => None,
            1 => std::env::split_paths(path?).find_map(|folder| executable(&folder.join(name))),
            _ => executable(&folder.join(name)),
        }
    }
}

#[cfg(unix)]
fn executable(path: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = path.metadata().ok()?;
    (metadata.is_file() && metadata.permissions().mode() & 0o111 != 0).then(|| path.to_owned())
}

#[cfg(not(unix))]
fn executable(path: &Path) -> Option<PathBuf> {
    let named = ["exe", "cmd", "bat", "com"].iter().map(|extension| path.with_extension(extension));
    std::iter::once(path.to_owned()).chain(named).find(|path| path.is_file())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn words(line: &str, arguments: &[&str]) -> Vec<String> {
        let command = Program::new(line).command(arguments);
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        words.map(|word| word.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_shell_is_asked_only_where_the_line_needs_one() {
        assert_eq!(words(" vi  +10 ", &["a b"]), ["vi", "+10", "a b"]);
        assert_eq!(words("less", &[]), ["less"]);
        assert_eq!(words("EDIT=1 vi", &["a b"]), ["sh", "-c", "EDIT=1 vi \"$@\"", "docket", "a b"]);
        assert_eq!(words("less | cat", &[]), ["sh", "-c", "less | cat"]);
    }

    #[test]
    fn only_what_can_be_run_is_found() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (bin, file) = (folder.path().join("bin"), folder.path().join("bin/ed"));
        std::fs::create_dir(&bin).unwrap();
        std::fs::write(&file, "").unwrap();
        let find = |line: &str| Program::new(line).find(Some(bin.as_os_str()), folder.path());
        assert_eq!(find("ed -s"), None);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(find("ed -s"), Some(file.clone()));
        assert_eq!(find("bin/ed"), Some(file));
        for absent in ["", "ex", "./ed"] {
            assert_eq!(find(absent), None, "{absent}");
        }
        assert_eq!(Program::new("ed").find(None, folder.path()), None);
    }
}
