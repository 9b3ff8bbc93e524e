//! The file that is imported: where it is, and whether it is still the same.

use std::cell::RefCell;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use super::super::super::Docket;
use super::hex;
use crate::failure::{Failure, Kind};
use crate::files::{Layout, Records, Unusable};

/// A file that is read several times.
pub(super) struct Source {
    /// As it was given.
    path: PathBuf,
    from: From,
}

enum From {
    /// A file, as it was when it was opened.
    File(File, Stamp),
    /// What is read only once, like a pipe.
    Once(RefCell<Option<BufReader<Digesting>>>, Rc<RefCell<Sha256>>),
}

/// Makes a digest of what is read through it.
struct Digesting {
    from: Box<dyn Read>,
    digest: Rc<RefCell<Sha256>>,
}

impl Read for Digesting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.digest.borrow_mut().update(&buffer[..count]);
        Ok(count)
    }
}

/// What changes when a file does.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl Source {
    /// Opens a file. What can't be read twice, like standard input, is copied to a private file without a
    /// name first, which is gone whenever docket is; but not where reading it `once` will do.
    pub(super) fn open(docket: &Docket, path: &Path, once: bool) -> Result<Self, Failure> {
        let unreadable = |error| unreadable(path, &error);
        let mut from: Box<dyn Read> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else {
            let file = File::open(path).map_err(unreadable)?;
            let metadata = file.metadata().map_err(unreadable)?;
            if metadata.is_dir() {
                return Err(Failure::usage(format!("{} is a folder", path.display())));
            }
            if metadata.is_file() {
                let from = From::File(file, Stamp::of(&metadata));
                return Ok(Self { path: path.to_owned(), from });
            }
            Box::new(file)
        };
        let from = if once {
            let digest = Rc::new(RefCell::new(Sha256::new()));
            let from = Digesting { from, digest: Rc::clone(&digest) };
            From::Once(RefCell::new(Some(BufReader::new(from))), digest)
        } else {
            spooled(docket, path, &mut from)?
        };
        Ok(Self { path: path.to_owned(), from })
    }

    /// For people.
    pub(super) fn shown(&self) -> String {
        shown(&self.path)
    }

    /// Where paths in it are meant from.
    pub(super) fn place(&self) -> &Path {
        &self.path
    }

    /// Bytes, where that is known.
    pub(super) fn size(&self) -> Option<u64> {
        if let From::File(_, stamp) = &self.from { Some(stamp.size) } else { None }
    }

    /// The layout that its name or its beginning tells.
    pub(super) fn layout(&self) -> Result<Layout, Failure> {
        let told = match &self.from {
            From::File(..) => self.reader(None)?.fill_buf().map(|begins| Layout::of(&self.path, begins)),
            From::Once(reader, _) => match &mut *reader.borrow_mut() {
                Some(reader) => reader.fill_buf().map(|begins| Layout::of(&self.path, begins)),
                None => Ok(Layout::of(&self.path, &[])),
            },
        };
        told.map_err(|error| unreadable(&self.path, &error))
    }

    /// Whether it can be read only once.
    pub(super) fn is_read_once(&self) -> bool {
        matches!(self.from, From::Once(..))
    }

    /// SHA-256 of all of it, in hex; what can be read only once has to be read before. `progress` is told how
    /// many bytes more were read.
    pub(super) fn digest(&self, progress: &dyn Fn(u64)) -> Result<String, Failure> {
        if let From::Once(_, digest) = &self.from {
            return Ok(hex(&digest.borrow().clone().finalize()));
        }
        let mut reader = self.reader(Some(progress))?;
        let mut digest = Sha256::new();
        loop {
            let bytes = reader.fill_buf().map_err(|error| unreadable(&self.path, &error))?;
            if bytes.is_empty() {
                return Ok(hex(&digest.finalize()));
            }
            digest.update(bytes);
            let count = bytes.len();
            reader.consume(count);
        }
    }

    /// Its records, from the first one. `progress` is told how many bytes more were read.
    pub(super) fn records<'s>(
        &'s self,
        layout: Layout,
        progress: Option<&'s dyn Fn(u64)>,
    ) -> Result<Records<Box<dyn BufRead + 's>>, Failure> {
        Records::new(self.reader(progress)?, layout).map_err(|error| match error {
            Unusable::Unreadable(error) => unreadable(&self.path, &error),
            Unusable::Header(why) => {
                let message = format!("{}: {why}; nothing was sent", self.shown());
                Failure::new(Kind::Invalid, message)
            }
        })
    }

    fn reader<'s>(&'s self, progress: Option<&'s dyn Fn(u64)>) -> Result<Box<dyn BufRead + 's>, Failure> {
        match &self.from {
            From::File(file, _) => {
                let mut from = file;
                from.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&self.path, &error))?;
                Ok(Box::new(BufReader::with_capacity(1 << 16, Watched { from, progress })))
            }
            From::Once(reader, _) => match reader.take() {
                Some(reader) => Ok(Box::new(reader)),
                None => Ok(Box::new(io::empty())),
            },
        }
    }

    /// Whether it is still what it was when it was opened, as far as its size and time tell.
    pub(super) fn is_unchanged(&self) -> bool {
        match &self.from {
            From::File(file, stamp) => file.metadata().is_ok_and(|now| Stamp::of(&now) == *stamp),
            From::Once(..) => true,
        }
    }

    /// Fails where it isn't.
    pub(super) fn expect_unchanged(&self) -> Result<(), Failure> {
        if self.is_unchanged() {
            return Ok(());
        }
        let message = format!("{} was changed while it was read; nothing was sent", self.shown());
        Err(Failure::new(Kind::Failed, message).hint("give the command again once it is finished"))
    }
}

/// Tells how much is read.
struct Watched<'s> {
    from: &'s File,
    progress: Option<&'s dyn Fn(u64)>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        if let Some(progress) = self.progress {
            progress(count as u64);
        }
        Ok(count)
    }
}

fn spooled(docket: &Docket, path: &Path, from: &mut dyn Read) -> Result<From, Failure> {
    let imports = docket.profile.imports().map_err(|failure| {
        failure.hint(format!(
            "{} is read twice, so it has to be copied to where docket's files are",
            shown(path)
        ))
    })?;
    let mut file = imports.scratch()?;
    io::copy(from, &mut file).map_err(|error| {
        let message = format!("cannot copy {} to where docket's files are: {error}", shown(path));
        Failure::new(Kind::Failed, message)
    })?;
    let stamp = file.metadata().map_err(|error| unreadable(path, &error))?;
    Ok(From::File(file, Stamp::of(&stamp)))
}

fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("cannot read {}: {error}", shown(path)))
}
