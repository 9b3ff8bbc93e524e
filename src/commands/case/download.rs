//! `docket case download`

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::{Desk, Docket};
use crate::case::{Attachment, Case, CaseNumber};
use crate::failure::{Failure, Kind};
use crate::files::reason;
use crate::rules;
use crate::ui::{Bars, Downloaded, DownloadedFile, text};

/// Fetch the files on a case
///
/// A file that exists already is never overwritten: the others are fetched, it is named, and the exit code is
/// 9.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case download 42               # all of them, into this folder
  docket case download 42 trace.har --dir evidence")]
pub(crate) struct Download {
    /// Case number
    #[arg(value_name = "NUMBER")]
    number: CaseNumber,
    /// Files to fetch; all where left out
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Folder to put them in
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
}

impl Download {
    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        docket.ui.expect::<Downloaded>()?;
        let desk = docket.desk()?;
        let case = desk.case(self.number)?;
        let wanted = chosen(&case, &self.names)?;
        if wanted.is_empty() {
            docket.ui.say(format!("case {} has no files", self.number));
        }
        let folder = if self.dir == Path::new(".") { Path::new("") } else { &self.dir };
        if self.dir.exists() && !self.dir.is_dir() {
            return Err(Failure::usage(format!("{} is not a folder", self.dir.display())));
        }
        std::fs::create_dir_all(&self.dir).map_err(|error| cannot_write(&self.dir, &error))?;
        let places: Vec<PathBuf> = wanted.iter().map(|file| folder.join(safe_name(&file.name))).collect();
        let bars = docket.ui.bars();
        let (mut fetched, mut failures) = (Vec::new(), Vec::new());
        for (file, place) in wanted.into_iter().zip(places) {
            let done = if place.symlink_metadata().is_ok() {
                Err(exists(&place))
            } else {
                fetch(&desk, self.number, file, &place, &bars)
            };
            match done {
                Ok(()) => {
                    fetched.push(DownloadedFile { name: file.name.clone(), path: place, size: file.size });
                }
                Err(failure) => failures.push((file, failure)),
            }
        }
        if fetched.is_empty()
            && let Some((_, first)) = failures.first()
        {
            return Err(first.clone());
        }
        docket.ui.show(&Downloaded(fetched))?;
        partly(&failures)
    }
}

fn exists(place: &Path) -> Failure {
    Failure::new(Kind::Failed, format!("{} exists already, and was left alone", place.display()))
        .hint("move it away, or choose another folder with --dir")
}

/// Which files are missing, where others came.
fn partly(failures: &[(&Attachment, Failure)]) -> Result<(), Failure> {
    let Some((_, first)) = failures.first() else { return Ok(()) };
    let why: Vec<String> = failures
        .iter()
        .map(|(file, failure)| match failure.message.contains(&file.name) {
            true => failure.to_string(),
            false => format!("{}: {failure}", file.name),
        })
        .collect();
    let message = format!("not every file was fetched: {}", why.join("; "));
    Err(Failure { hints: first.hints.clone(), ..Failure::new(Kind::Partly, message) })
}

/// The attachments with these names, or all of them.
fn chosen<'a>(case: &'a Case, names: &[String]) -> Result<Vec<&'a Attachment>, Failure> {
    let found = |name: &String| {
        case.attachments.iter().find(|file| file.name == *name).ok_or_else(|| {
            let there: Vec<&str> = case.attachments.iter().map(|file| file.name.as_str()).collect();
            let failure = Failure::new(Kind::NotFound, format!("case {} has no file `{name}`", case.number));
            failure.did_you_mean(rules::similar(name, there.iter().copied())).hint(if there.is_empty() {
                "it has none".to_owned()
            } else {
                format!("it has {}", there.join(", "))
            })
        })
    };
    if names.is_empty() { Ok(case.attachments.iter().collect()) } else { names.iter().map(found).collect() }
}

/// Writes to a temporary name first, so that a broken-off download never looks whole.
fn fetch(
    desk: &Desk,
    number: CaseNumber,
    file: &Attachment,
    place: &Path,
    bars: &Bars,
) -> Result<(), Failure> {
    let folder = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut target = tempfile::NamedTempFile::new_in(folder).map_err(|error| cannot_write(folder, &error))?;
    let bar = bars.add(&file.name, Some(file.size));
    let fetched =
        desk.session().download(number, &file.name, &mut target, &|bytes, _| bar.set_position(bytes));
    fetched.map_err(|error| desk.explain(error))?;
    bar.finish_and_clear();
    target.as_file().sync_all().map_err(|error| cannot_write(place, &error))?;
    target.persist_noclobber(place).map_err(|error| cannot_write(place, &error.error))?;
    Ok(())
}

/// A portal's file name as a name in one folder: no separators, no leading dots, nothing that controls a
/// terminal or deceives a reader.
fn safe_name(name: &str) -> String {
    let unfit = |c: char| matches!(c, '/' | '\\' | ':' | '\n' | '\t') || text::is_unsafe(c);
    let cleaned: String = name.chars().map(|c| if unfit(c) { '_' } else { c }).collect();
    let visible = cleaned.trim_start_matches('.');
    if visible.is_empty() { "attachment".to_owned() } else { visible.to_owned() }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Kind::Failed, format!("cannot write {}: {}", path.display(), reason(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portals_name_stays_in_the_folder() {
        for (name, safe) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            (".bashrc", "bashrc"),
            ("..", "attachment"),
            ("a\u{1b}b.har", "a_b.har"),
            ("C:\\x", "C__x"),
            ("a\u{202e}txt.exe", "a_txt.exe"),
            ("trace.har", "trace.har"),
        ] {
            assert_eq!(safe_name(name), safe);
        }
    }
}
