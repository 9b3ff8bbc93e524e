//! Files without their secrets.
//!
//! A file in which nothing is found is sent as it is, as long as it stays as it was when it was searched. Of
//! others a copy is sent, which is there until nothing needs it any more: what the outbox has to send later, and
//! what goes on where it stopped, has to be the same bytes. It is found again by what it was made of.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use indicatif::ProgressBar;

use super::super::Docket;
use super::super::enclosure::{Enclosure, ToSend, digest};
use super::super::errand::from_entry;
use super::{Doubt, Outgoing, Redacting, made};
use crate::failure::{Failure, Kind};
use crate::files::reason;
use crate::profile::{Copies, Copy, Listed, copy_id};
use crate::redact::{Found, Redactor, Report, Unread};

/// Bytes of a file of which is shown how far the search for secrets is.
const LARGE: u64 = 16 << 20;

/// What changes when a file does; nothing where it can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) struct Stamp(Option<(u64, Option<SystemTime>)>);

impl Stamp {
    pub(in crate::commands) fn of(path: &Path) -> Self {
        Self(fs::metadata(path).ok().map(|metadata| (metadata.len(), metadata.modified().ok())))
    }

    /// Whether there was more in it then.
    fn was_longer_than(self, now: Self) -> bool {
        matches!((self.0, now.0), (Some((then, _)), Some((now, _))) if then > now)
    }
}

/// A file as it is to be sent.
pub(in crate::commands) struct Ready<'d> {
    /// As it was named.
    shown: PathBuf,
    /// What is sent: the file itself, or a copy of it.
    path: PathBuf,
    /// What it was like when it was searched, where it is the file itself.
    stamp: Option<Stamp>,
    /// What is in the copy.
    sha256: Option<String>,
    /// Bytes, as far as they are known to be others than the file's.
    size: Option<u64>,
    _held: Option<Held<'d>>,
}

impl Ready<'_> {
    fn itself(path: &Path, stamp: Option<Stamp>) -> Self {
        Self { shown: path.to_owned(), path: path.to_owned(), stamp, sha256: None, size: None, _held: None }
    }

    /// Bytes, where they are others than the file's.
    pub(in crate::commands) fn size(&self) -> Option<u64> {
        self.size
    }

    /// Without folders.
    pub(in crate::commands) fn name(&self) -> Cow<'_, str> {
        self.path.file_name().unwrap_or_default().to_string_lossy()
    }

    /// The same for the outbox.
    pub(in crate::commands) fn enclosure(&self) -> Enclosure {
        if let Some(sha256) = &self.sha256 {
            let of = std::path::absolute(&self.shown).unwrap_or_else(|_| self.shown.clone());
            return Enclosure { path: self.path.clone(), sha256: Some(sha256.clone()), of: Some(of) };
        }
        let enclosure = Enclosure::now(&self.path);
        match self.stamp {
            // What it is by now was never searched: whoever sends it later has to.
            Some(stamp) if Stamp::of(&self.path) != stamp => Enclosure { sha256: None, ..enclosure },
            _ => enclosure,
        }
    }

    /// The same, to be sent now; `sha256` says what is known to be in it.
    pub(in crate::commands) fn to_send<'f>(&'f self, sha256: Option<&'f str>) -> ToSend<'f> {
        let sha256 = self.sha256.as_deref().or(sha256);
        ToSend { path: &self.path, shown: &self.shown, sha256, stamp: self.stamp }
    }
}

/// A copy that stays as long as this lives, and then goes unless it is needed.
struct Held<'d> {
    copy: Option<Copy>,
    docket: &'d Docket,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        drop(self.copy.take());
        self.docket.sweep_copies();
    }
}

impl Docket {
    /// Removes the copies of files that nothing needs any more: no docket under way, nothing in the outbox, and
    /// no upload that can go on. What can't be removed now is the next time.
    pub(in crate::commands) fn sweep_copies(&self) {
        let Ok(copies) = self.profile.copies() else { return };
        if let Err(failure) = copies.sweep(|| self.needed_copies()) {
            tracing::warn!("copies of files can't be tidied away: {failure}");
        }
    }

    /// The files that are to be sent some time; nothing where that can't be told.
    fn needed_copies(&self) -> Option<Vec<PathBuf>> {
        let mut files = self.profile.uploads().ok()?.files().ok()?;
        for listed in self.profile.outbox().ok()?.list().ok()? {
            let Listed::Whole(entry) = listed else { return None };
            let errand = from_entry(&entry).ok()?;
            files.extend(errand.attachments().iter().map(|file| file.path.clone()));
        }
        Some(files)
    }
}

impl Redacting<'_> {
    fn copies(&self) -> Result<Copies, Failure> {
        if let Ok(copies) = self.docket.profile.copies() {
            return Ok(copies);
        }
        let folder = made(&self.temporary, || {
            tempfile::tempdir().map_err(|error| {
                Failure::new(
                    Kind::Failed,
                    format!("there is no place for a copy without secrets: {}", reason(&error)),
                )
                .hint("set HOME, or DOCKET_DATA_DIR")
            })
        })?;
        Ok(Copies::within(folder.path()))
    }

    /// What decides what a copy is like, besides its file.
    fn rules(&self) -> String {
        format!("{:?}\n{}\n{}", self.own, self.personal, env!("CARGO_PKG_VERSION"))
    }
}

impl<'r> Outgoing<'r> {
    /// Files as they may leave, in the order in which they are sent.
    pub(in crate::commands) fn files(&mut self, paths: &[PathBuf]) -> Result<Vec<Ready<'r>>, Failure> {
        paths.iter().map(|path| self.file(path)).collect()
    }

    /// A file as it may leave. One that can't be read is nobody's problem here: it isn't sent.
    pub(in crate::commands) fn file(&mut self, path: &Path) -> Result<Ready<'r>, Failure> {
        // What is no file may never end, and without a name it can't be sent.
        let name = path.file_name().and_then(|name| name.to_str());
        let (Some(name), true, false) = (name, path.is_file(), self.run.is_off()) else {
            return Ok(Ready::itself(path, None));
        };
        let (keyed, shown) = (self.run.keyed()?, path.display().to_string());
        if keyed.text(name, &mut Report::default()).is_some() {
            self.doubt(Doubt {
                why: format!("{shown} has a name in which there may be a secret"),
                told: format!("{shown}: there may be a secret in its name, which is sent"),
                help: "give it a name without a secret",
            });
        }
        let stamp = Stamp::of(path);
        let looked = self.searched(path, |file| keyed.look(file));
        let (found, mut file) = match looked {
            Ok(looked) => looked,
            Err(error) => {
                self.doubt(Doubt {
                    why: format!("{shown} can't be read: {error}"),
                    told: format!("{shown}: it can't be read and isn't sent"),
                    help: "leave out what can't be read",
                });
                return Ok(Ready::itself(path, Some(Stamp(None))));
            }
        };
        self.note(name, &shown, found.report.clone());
        if found.report.is_empty() || self.run.is_strict() {
            return Ok(Ready::itself(path, Some(stamp)));
        }
        let (writer, found) = self.marked(path, &mut file, found)?;
        if self.makes_copies {
            return self
                .copied(path, (name, stamp), |output| writer.write(&found, &mut file, output).map(drop));
        }
        let mut size = Counted(0);
        writer.write(&found, &mut file, &mut size).map_err(|error| unreadable(path, &error))?;
        Ok(Ready { size: Some(size.0), ..Ready::itself(path, Some(stamp)) })
    }

    /// What comes of a search of a file, which takes a while with a large one.
    fn searched<T>(
        &self,
        path: &Path,
        search: impl FnOnce(&mut Watched) -> io::Result<T>,
    ) -> io::Result<(T, File)> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        let bars = (size >= LARGE).then(|| self.run.docket.ui.bars());
        let bar = bars.map(|bars| bars.add(&format!("searching {}", path.display()), Some(size)));
        let mut watched = Watched { file, bar };
        let found = search(&mut watched);
        if let Some(bar) = &watched.bar {
            bar.finish_and_clear();
        }
        Ok((found?, watched.file))
    }

    /// Whoever makes the marks, and what was found as they need it.
    fn marked(&self, path: &Path, file: &mut File, found: Found) -> Result<(&Redactor, Found), Failure> {
        let writer = self.writer()?;
        match self.key {
            Some(_) => Ok((writer, writer.look(file).map_err(|error| unreadable(path, &error))?)),
            None => Ok((writer, found)),
        }
    }

    /// A copy of a file, the one that there is or the one that `write` writes.
    fn copied(
        &self,
        path: &Path,
        (name, stamp): (&str, Stamp),
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Ready<'r>, Failure> {
        let run = self.run;
        let original = digest(path).map_err(|error| unreadable(path, &error))?;
        let place = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let id = copy_id(&format!("{original}\n{}\n{}\n{:?}", place.display(), run.rules(), self.key));
        let copy = run.copies()?.hold(&id, name)?;
        if !copy.is_made() {
            let mut unread = None;
            let made = copy.make(|output| {
                let mut output = BufWriter::new(output);
                write(&mut output).inspect_err(|error| unread = Unread::of(error).cloned())?;
                output.flush()
            });
            match unread {
                Some(unread) => return Err(unreadable(path, &io::Error::other(unread))),
                None => made?,
            }
        }
        let made = copy.path().to_owned();
        let held = Some(Held { copy: Some(copy), docket: run.docket });
        let unreadable = |error: io::Error| unreadable(&made, &error);
        // Whatever was written to the file between the two may be in the copy, and what was taken away may be missing.
        let now = Stamp::of(path);
        if now != stamp {
            let again = run.keyed()?.look(&mut File::open(&made).map_err(unreadable)?).map_err(unreadable)?;
            if again.report.total() > 0 || stamp.was_longer_than(now) {
                let message = format!("{} was changed while secrets were taken out of it", path.display());
                return Err(
                    Failure::new(Kind::Failed, message).hint("give the command again once it is finished")
                );
            }
        }
        let sha256 = Some(digest(&made).map_err(unreadable)?);
        let size = fs::metadata(&made).ok().map(|metadata| metadata.len());
        Ok(Ready { shown: path.to_owned(), path: made, stamp: None, sha256, size, _held: held })
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::new(Kind::Failed, format!("cannot read {}: {error}", path.display()));
    match Unread::of(error) {
        Some(_) => failure.hint("nothing was sent; `--redact off` sends it as it is"),
        None => failure,
    }
}

/// A file of which is shown how much was read.
struct Watched {
    file: File,
    bar: Option<ProgressBar>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if let Some(bar) = &self.bar {
            bar.inc(read as u64);
        }
        Ok(read)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Counts bytes that nobody wants.
struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
