//! Completing the path of a file.

use std::fs;
use std::path::{Path, PathBuf};

/// What a path can become.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Completion {
    /// What was typed, extended as far as the files there agree.
    pub(super) extended: Option<String>,
    /// The names that go on from there, sorted, folders with a slash.
    pub(super) names: Vec<String>,
}

/// Completes `typed`, in which `~/` stands for `home`. Hidden files count once a dot was typed.
pub(super) fn complete(typed: &str, home: Option<&Path>) -> Completion {
    let (folder, start) = match typed.rfind('/') {
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    };
    let Ok(entries) = fs::read_dir(place(folder, home)) else { return Completion::default() };
    let mut names: Vec<String> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(entry.file_name().into_string().ok()? + slash)
        })
        .filter(|name| name.starts_with(start) && (!name.starts_with('.') || start.starts_with('.')))
        .collect();
    names.sort();
    let common = names.iter().skip(1).fold(names.first().cloned().unwrap_or_default(), |common, name| {
        common.chars().zip(name.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    let extended = format!("{folder}{common}");
    Completion { extended: (!common.is_empty() && extended != typed).then_some(extended), names }
}

fn place(folder: &str, home: Option<&Path>) -> PathBuf {
    match (folder.strip_prefix("~/"), home) {
        _ if folder.is_empty() => PathBuf::from("."),
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_complete_as_far_as_they_agree() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| format!("{}/{name}", folder.path().display());
        for name in ["trace-1.har", "trace-2.har", ".hidden"] {
            fs::write(at(name), "x").unwrap();
        }
        fs::create_dir(at("shots")).unwrap();
        let extended = |typed: &str| complete(&at(typed), None).extended;
        assert_eq!(extended("t"), Some(at("trace-")));
        assert_eq!(extended("trace-1"), Some(at("trace-1.har")));
        assert_eq!(extended("s"), Some(at("shots/")));
        assert_eq!(extended(".h"), Some(at(".hidden")));
        assert_eq!(extended("nothing"), None);
        assert_eq!(extended("trace-1.har"), None);
        assert_eq!(complete(&at("trace-"), None).names, ["trace-1.har", "trace-2.har"]);
        assert_eq!(complete(&at(""), None).names, ["shots/", "trace-1.har", "trace-2.har"]);
        assert_eq!(complete("~/s", Some(folder.path())).extended, Some("~/shots/".to_owned()));
    }
}
