//! What is redacted: a file, or what comes through a pipe.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use tempfile::SpooledTempFile;

use crate::failure::{Failure, Kind};
use crate::redact::{Input, Unread};
use crate::ui::{Bars, SoftInterrupt, text};

/// Bytes of standard input that are kept in memory; more goes to a file without a name.
const IN_MEMORY: usize = 4 << 20;
/// From this size on a bar shows how far it is.
const TAKES_LONG: u64 = 16 << 20;
/// Bytes that are looked at to tell whether it is text.
const BEGINNING: usize = 8 << 10;

/// What is read.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    what: What,
}

#[derive(Debug)]
enum What {
    /// A file that can be read twice.
    File(Metadata),
    /// What can be read once: a pipe, a device.
    Once,
    /// What was read from there.
    Spooled(SpooledTempFile),
}

/// The files that can be read; names all at once that can't.
pub(super) fn find(files: &[PathBuf], in_place: bool) -> Result<Vec<Source>, Failure> {
    let (mut sources, mut wrong, mut hints) = (Vec::<Source>::new(), Vec::new(), Vec::new());
    for path in files {
        let twice = sources.iter().any(|source| {
            source.path == *path || in_place && metadata(path).is_ok_and(|metadata| source.is(&metadata))
        });
        let found = if twice && (in_place || path == Path::new("-")) {
            Err((format!("{} is named twice", shown(path)), None))
        } else {
            Source::find(path, in_place)
        };
        match found {
            Ok(source) => sources.push(source),
            Err((why, hint)) => {
                wrong.push(why);
                hints.extend(hint);
            }
        }
    }
    if wrong.is_empty() {
        return Ok(sources);
    }
    hints.dedup();
    Err(hints.into_iter().fold(Failure::usage(wrong.join("; ")), Failure::hint))
}

fn metadata(path: &Path) -> io::Result<Metadata> {
    fs::metadata(path)
}

/// What is known of a file that has as many bytes as it says. Nothing of what the system makes while it is read, as in
/// `/proc`: that has no length, or another one, and can be read once only.
fn as_it_says(mut file: File) -> io::Result<Option<Metadata>> {
    let metadata = file.metadata()?;
    let last = metadata.len().saturating_sub(1);
    let Ok(_) = file.seek(SeekFrom::End(0)).and_then(|_| file.seek(SeekFrom::Start(last))) else {
        return Ok(None);
    };
    let has_byte = file.read(&mut [0])? > 0;
    Ok((has_byte == (metadata.len() > 0)).then_some(metadata))
}

/// A path for people.
pub(super) fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

impl Source {
    /// What is at a path, or what is the matter with it and what helps.
    fn find(path: &Path, in_place: bool) -> Result<Self, (String, Option<String>)> {
        let refused = |why: &str, hint: &str| Err((format!("{} {why}", shown(path)), Some(hint.to_owned())));
        let unreadable = |error: io::Error| (format!("cannot read {}: {error}", shown(path)), None);
        let to_a_copy = "-o FILE writes a copy";
        if path == Path::new("-") {
            if in_place {
                return refused("can't be changed in place", to_a_copy);
            }
            return Ok(Self { path: path.to_owned(), what: What::Once });
        }
        let found = metadata(path).map_err(unreadable)?;
        if found.is_dir() {
            return refused("is a folder", "name the files in it");
        }
        // Nothing is written before it is known that all of them can be read.
        let file = match found.is_file() {
            true => File::open(path).and_then(as_it_says).map_err(unreadable)?,
            false => None,
        };
        if in_place {
            if file.is_none() {
                return refused("is no file that could be changed in place", to_a_copy);
            }
            if path.is_symlink() {
                return refused(
                    "is a link, which --in-place would replace",
                    "name the file that it leads to",
                );
            }
            if names(&found) > 1 {
                let hint = "-o FILE writes a copy; the other names would keep the secrets";
                return refused("has several names (hard links)", hint);
            }
        }
        Ok(Self { path: path.to_owned(), what: file.map_or(What::Once, What::File) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn shown(&self) -> String {
        shown(&self.path)
    }

    /// What is known of the file, if it is one.
    pub(super) fn file(&self) -> Option<&Metadata> {
        if let What::File(metadata) = &self.what { Some(metadata) } else { None }
    }

    /// Whether this is the file that `other` is told of.
    pub(super) fn is(&self, other: &Metadata) -> bool {
        self.file().is_some_and(|own| same(own, other))
    }

    /// Reads what can be read once only.
    pub(super) fn settle(self) -> Result<Self, Failure> {
        if !matches!(self.what, What::Once) {
            return Ok(self);
        }
        let name = self.shown();
        let unreadable = |error| Failure::new(Kind::Failed, format!("cannot read {name}: {error}"));
        let mut from: Box<dyn Read> = if self.path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(&self.path).map_err(unreadable)?)
        };
        let mut spooled = SpooledTempFile::new(IN_MEMORY);
        let mut piece = vec![0; 128 << 10];
        loop {
            let read = match from.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(error)),
            };
            spooled.write_all(&piece[..read]).map_err(|error| {
                let place = std::env::temp_dir();
                super::place::cannot_write(&place.display().to_string(), &error)
            })?;
        }
        Ok(Self { what: What::Spooled(spooled), ..self })
    }
}

/// Whether two files are one; where that can't be told, they aren't.
#[cfg(unix)]
pub(super) fn same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Whether two files are one: this system doesn't say.
#[cfg(not(unix))]
pub(super) fn same(_: &Metadata, _: &Metadata) -> bool {
    false
}

#[cfg(unix)]
fn names(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// A source that is being read, which knows whether it was the reading that failed.
pub(super) struct Reading<'i> {
    name: String,
    path: PathBuf,
    /// The file as it was when it was opened, if it is one.
    before: Option<Metadata>,
    input: Box<dyn Input>,
    /// How far it was read.
    at: u64,
    /// Where it ends. What is added to it later isn't read: nobody looked for secrets there.
    end: Option<u64>,
    bar: ProgressBar,
    interrupt: Option<&'i SoftInterrupt>,
    unreadable: bool,
    interrupted: bool,
    /// Whether there was less to read than there was when it was opened.
    is_cut: bool,
}

impl<'i> Reading<'i> {
    pub(super) fn begin(
        source: Source,
        bars: Option<&Bars>,
        interrupt: Option<&'i SoftInterrupt>,
    ) -> Result<Self, Failure> {
        let name = source.shown();
        let unreadable = |error| Failure::new(Kind::Failed, format!("cannot read {name}: {error}"));
        let (input, before): (Box<dyn Input>, _) = match source.what {
            What::Spooled(spooled) => (Box::new(spooled), None),
            What::File(_) | What::Once => {
                let file = File::open(&source.path).map_err(unreadable)?;
                let before = file.metadata().map_err(unreadable)?;
                (Box::new(file), Some(before))
            }
        };
        let size = before.as_ref().map(Metadata::len);
        let end = size;
        let bar = match bars {
            Some(bars) if size.is_some_and(|size| size >= TAKES_LONG) => {
                bars.add(&text::clean_line(&name), size)
            }
            _ => ProgressBar::hidden(),
        };
        let path = source.path;
        Ok(Self {
            name,
            path,
            before,
            input,
            at: 0,
            end,
            bar,
            interrupt,
            unreadable: false,
            interrupted: false,
            is_cut: false,
        })
    }

    /// The file as it was when it was opened, if it is one.
    pub(super) fn before(&self) -> Option<&Metadata> {
        self.before.as_ref()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is no text, as far as its beginning shows.
    pub(super) fn is_binary(&mut self) -> Result<bool, Failure> {
        let mut beginning = Vec::new();
        let read = self
            .input
            .seek(SeekFrom::Start(0))
            .and_then(|_| (&mut self.input).take(BEGINNING as u64).read_to_end(&mut beginning));
        match read {
            Ok(_) => Ok(beginning.contains(&0)),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Fails if the file was written to in another way than by adding to it: what was read then may be neither what it
    /// was nor what it is.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.is_cut {
            return Err(self.changed());
        }
        let Some(before) = &self.before else { return Ok(()) };
        let Ok(now) = fs::metadata(&self.path) else { return Ok(()) };
        // Where another file has taken its place, the one that is read stays as it is.
        let is_changed = now.modified().ok() != before.modified().ok() && now.len() <= before.len();
        if (cfg!(unix) && !same(&now, before)) || !is_changed {
            return Ok(());
        }
        Err(self.changed())
    }

    fn changed(&self) -> Failure {
        let message =
            format!("{} has changed while it was read, so that secrets may have been missed", self.name);
        Failure::new(Kind::Failed, message).hint("give the command again when nobody writes to it any more")
    }

    /// Why it couldn't be read.
    pub(super) fn failed(&self, error: &io::Error) -> Failure {
        self.failed_or(error, || self.name.clone())
    }

    /// Why it couldn't be read, or if it could, why `output` couldn't be written.
    pub(super) fn failed_or(&self, error: &io::Error, output: impl FnOnce() -> String) -> Failure {
        if self.interrupted {
            return Failure::new(Kind::Interrupted, "interrupted");
        }
        if self.is_cut {
            return self.changed();
        }
        if self.unreadable || Unread::of(error).is_some() {
            return Failure::new(Kind::Failed, format!("cannot read {}: {error}", self.name));
        }
        super::place::cannot_write(&output(), error)
    }
}

impl Read for Reading<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.interrupt.is_some_and(SoftInterrupt::is_asked) {
            self.interrupted = true;
            // Not the kind that says to try again.
            return Err(io::Error::other("interrupted"));
        }
        let left = self.end.map_or(u64::MAX, |end| end.saturating_sub(self.at));
        let length = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.input.read(&mut buffer[..length]);
        match &read {
            Ok(read) => {
                if *read == 0 && length > 0 {
                    self.is_cut |= self.end.is_some();
                    self.end = Some(self.at);
                }
                self.at += *read as u64;
                self.bar.inc(*read as u64);
            }
            Err(error) => self.unreadable = error.kind() != io::ErrorKind::Interrupted,
        }
        read
    }
}

impl Seek for Reading<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match (to, self.end) {
            (SeekFrom::End(by), Some(end)) => SeekFrom::Start(end.saturating_add_signed(by)),
            (to, _) => to,
        };
        self.at = self.input.seek(to).inspect_err(|_| self.unreadable = true)?;
        self.bar.set_position(self.at);
        Ok(self.at)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(path: &Path) -> Reading<'static> {
        Reading::begin(Source::find(path, false).unwrap(), None, None).unwrap()
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_the_system_makes_is_read_as_it_comes() {
        for path in ["/proc/version", "/proc/self/status"] {
            let source = Source::find(Path::new(path), false).unwrap();
            assert!(source.file().is_none(), "{path}");
            let mut reading = Reading::begin(source.settle().unwrap(), None, None).unwrap();
            let mut read = String::new();
            assert!(reading.seek(SeekFrom::End(0)).unwrap() > 0);
            reading.seek(SeekFrom::Start(0)).unwrap();
            reading.read_to_string(&mut read).unwrap();
            assert!(!read.is_empty() && reading.check().is_ok());
        }
        assert!(Source::find(Path::new("/proc/version"), true).unwrap_err().0.contains("in place"));
        let empty = tempfile::NamedTempFile::new().unwrap();
        assert!(Source::find(empty.path(), true).unwrap().file().is_some());
    }

    #[test]
    fn what_is_added_while_it_is_read_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live.log");
        fs::write(&path, "first\n").unwrap();
        let mut reading = reading(&path);
        let mut add = File::options().append(true).open(&path).unwrap();
        add.write_all(b"password=hunter2x\n").unwrap();
        let mut read = String::new();
        reading.read_to_string(&mut read).unwrap();
        assert_eq!(read, "first\n");
        assert_eq!(reading.seek(SeekFrom::End(-1)).unwrap(), 5);
        assert!(reading.check().is_ok());
    }

    #[test]
    fn what_is_taken_away_while_it_is_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live.log");
        fs::write(&path, "first\nsecond\n").unwrap();
        let mut reading = reading(&path);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        let file = File::options().write(true).open(&path).unwrap();
        file.set_len(6).unwrap();
        file.set_modified(before).unwrap();
        io::copy(&mut reading, &mut io::sink()).unwrap();
        assert!(reading.check().unwrap_err().message.contains("live.log has changed while it was read"));
        assert!(reading.failed(&io::Error::other("odd")).message.contains("has changed while"));
    }

    #[test]
    fn what_is_written_over_while_it_is_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("live.log");
        fs::write(&path, "first\n").unwrap();
        let reading = reading(&path);
        File::options().write(true).open(&path).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
        assert_eq!(reading.check().unwrap_err().kind, Kind::Failed);
    }
}
