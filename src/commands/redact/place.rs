//! Where a copy goes. A file is there as a whole or not at all, and may be read by nobody who couldn't read the
//! original.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::source::{Reading, Source, same};
use crate::failure::{Failure, Kind};
use crate::files::reason;

/// Where a copy goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// It is made to be counted only.
    Nowhere,
    /// Standard output.
    Stdout,
    /// The place of the original.
    Itself,
    /// A file, which is replaced if there is one.
    File(PathBuf),
    /// What is no file, like a pipe or a device.
    Device(PathBuf),
}

/// The places of all copies, with -o.
pub(super) fn beside(output: &Path, sources: &[Source]) -> Result<Vec<Place>, Failure> {
    let ends_as_folder = output.as_os_str().as_encoded_bytes().ends_with(b"/");
    let places: Vec<PathBuf> = if output.is_dir() || ends_as_folder {
        let mut places: Vec<PathBuf> = Vec::new();
        for source in sources {
            let Some(name) = source.path().file_name().filter(|name| *name != "-") else {
                return Err(Failure::usage(format!("{} has no name to have in a folder", source.shown()))
                    .hint("give -o the name of a file"));
            };
            let place = output.join(name);
            if places.contains(&place) {
                let message = format!("two files would be {}: they have the same name", place.display());
                return Err(Failure::usage(message).hint("give each a folder of its own"));
            }
            places.push(place);
        }
        places
    } else if let [_] = sources {
        vec![output.to_owned()]
    } else {
        return Err(Failure::usage(format!(
            "{} is no folder, and there are several files",
            output.display()
        ))
        .hint(format!("`-o {}/` makes a folder for the copies", output.display())));
    };
    let places = places.into_iter().map(|place| find(place, sources)).collect::<Result<Vec<_>, Failure>>()?;
    if ends_as_folder {
        fs::create_dir_all(output).map_err(|error| cannot_write(&output.display().to_string(), &error))?;
    }
    Ok(places)
}

/// What is at a path that -o names.
fn find(path: PathBuf, sources: &[Source]) -> Result<Place, Failure> {
    let there = match fs::metadata(&path) {
        Ok(there) => there,
        Err(_) if path.is_symlink() => {
            return Err(Failure::usage(format!("{} is a link that leads nowhere", path.display()))
                .hint("name the file that it is to lead to"));
        }
        // It isn't there, or what is wrong with it is told when it is written.
        Err(_) => return Ok(Place::File(path)),
    };
    if let Some(source) = sources.iter().find(|source| is_same(source, &path, &there)) {
        return Err(Failure::usage(format!("{} is the file that is read", source.shown()))
            .hint("--in-place puts the copy into its place"));
    }
    if there.is_dir() {
        return Err(Failure::usage(format!("{} is a folder", path.display())));
    }
    if !there.is_file() {
        return Ok(Place::Device(path));
    }
    // Where a link leads, lest the link is replaced.
    Ok(Place::File(if path.is_symlink() { fs::canonicalize(&path).unwrap_or(path) } else { path }))
}

fn is_same(source: &Source, path: &Path, there: &Metadata) -> bool {
    let by_name = || match (fs::canonicalize(source.path()), fs::canonicalize(path)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    };
    source.is(there) || source.file().is_some() && by_name()
}

/// A copy that is being written.
pub(super) struct Copy {
    target: PathBuf,
    in_place: bool,
    output: Output,
}

enum Output {
    /// A file beside the target that takes its place when it is whole, and who may do what with it then.
    Temporary(BufWriter<NamedTempFile>, Access),
    Device(BufWriter<File>),
}

/// Who may do what with a file.
struct Access {
    /// The permission bits, where there are such.
    mode: Option<u32>,
}

impl Place {
    /// Begins to write the copy of what is read.
    pub(super) fn begin(self, reading: &Reading) -> Result<Copy, Failure> {
        let in_place = self == Self::Itself;
        let target = match self {
            Self::File(path) | Self::Device(path) if !path.is_file() && path.exists() => {
                let file = File::options().write(true).open(&path);
                let file = file.map_err(|error| cannot_write(&path.display().to_string(), &error))?;
                let output = Output::Device(BufWriter::with_capacity(PIECE, file));
                return Ok(Copy { target: path, in_place, output });
            }
            Self::File(path) | Self::Device(path) => path,
            Self::Itself | Self::Nowhere | Self::Stdout => reading.path().to_owned(),
        };
        let begun = begin(&target, reading.before(), in_place);
        let (file, access) = begun.map_err(|error| cannot_write(&target.display().to_string(), &error))?;
        if let Some(original) = reading.before().filter(|_| in_place)
            && give_owner(file.as_file(), original).is_err()
        {
            let message = format!(
                "{} has an owner or a group that it couldn't keep, and was left alone",
                target.display()
            );
            return Err(Failure::usage(message).hint("-o FILE writes a copy"));
        }
        let output = Output::Temporary(BufWriter::with_capacity(PIECE, file), access);
        Ok(Copy { target, in_place, output })
    }
}

/// Bytes written at a time.
const PIECE: usize = 128 << 10;

impl Copy {
    pub(super) fn shown(&self) -> String {
        self.target.display().to_string()
    }

    /// Puts it into its place, where it is whole from the first moment. Answers where that is.
    pub(super) fn finish(self, reading: &Reading) -> Result<PathBuf, Failure> {
        let shown = self.shown();
        let failed = |error: &io::Error| cannot_write(&shown, error);
        let (temporary, access) = match self.output {
            Output::Temporary(temporary, access) => (temporary, access),
            Output::Device(mut device) => {
                return device.flush().map(|()| self.target).map_err(|error| failed(&error));
            }
        };
        let temporary = temporary.into_inner().map_err(|error| failed(error.error()))?;
        access.give(temporary.as_file()).map_err(|error| failed(&error))?;
        // What takes the place of something is on the disk before that is gone. A new copy can be made again.
        let replaces = self.in_place || self.target.exists();
        if replaces {
            temporary.as_file().sync_all().map_err(|error| failed(&error))?;
        }
        if self.in_place && reading.before().is_none_or(|before| has_changed(&self.target, before)) {
            let message = format!("{shown} has changed while it was read, and was left alone");
            return Err(Failure::new(Kind::Failed, message)
                .hint("give the command again when nobody writes to it any more"));
        }
        temporary.persist(&self.target).map_err(|error| failed(&error.error))?;
        if replaces {
            sync_folder(&self.target).map_err(|error| failed(&error))?;
        }
        Ok(self.target)
    }
}

impl Write for Copy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.output {
            Output::Temporary(file, _) => file.write(bytes),
            Output::Device(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.output {
            Output::Temporary(file, _) => file.flush(),
            Output::Device(file) => file.flush(),
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".docket-");
    builder
}

/// A private file beside the target, and who may read it once it is there.
#[cfg(unix)]
fn begin(target: &Path, original: Option<&Metadata>, in_place: bool) -> io::Result<(NamedTempFile, Access)> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    const PRIVATE: u32 = 0o600;
    let mode = |file: &Metadata| file.mode() & 0o777;
    let folder = folder_of(target);
    if let Some(original) = original.filter(|_| in_place) {
        return Ok((temporary().tempfile_in(folder)?, Access { mode: Some(mode(original)) }));
    }
    if let Ok(there) = fs::metadata(target) {
        let mode = original.map_or(mode(&there), |original| mode(&there) & mode(original));
        return Ok((temporary().tempfile_in(folder)?, Access { mode: Some(mode) }));
    }
    // As the process makes files, which only making one tells.
    let widest = original.map_or(PRIVATE, |original| mode(original) & 0o666);
    let file = temporary().permissions(Permissions::from_mode(widest)).tempfile_in(folder)?;
    let mode = mode(&file.as_file().metadata()?);
    file.as_file().set_permissions(Permissions::from_mode(PRIVATE))?;
    Ok((file, Access { mode: Some(mode) }))
}

#[cfg(not(unix))]
fn begin(target: &Path, _: Option<&Metadata>, _: bool) -> io::Result<(NamedTempFile, Access)> {
    Ok((temporary().tempfile_in(folder_of(target))?, Access { mode: None }))
}

/// Gives a file the owner and the group of another one.
#[cfg(unix)]
fn give_owner(file: &File, of: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    fchown(file, Some(of.uid()), Some(of.gid()))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems have more to do")]
fn give_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

impl Access {
    /// Gives a file its permissions.
    #[cfg(unix)]
    fn give(&self, file: &File) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(self.mode.unwrap_or(0o600)))
    }

    #[cfg(not(unix))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "other systems have more to do")]
    fn give(&self, _: &File) -> io::Result<()> {
        Ok(())
    }
}

/// Whether a file isn't as it was.
fn has_changed(path: &Path, before: &Metadata) -> bool {
    let Ok(now) = fs::symlink_metadata(path) else { return true };
    let is_other = cfg!(unix) && !same(&now, before);
    is_other || now.len() != before.len() || now.modified().ok() != before.modified().ok()
}

fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder_of(target))?.sync_all() } else { Ok(()) }
}

/// What couldn't be written, and what helps.
pub(super) fn cannot_write(shown: &str, error: &io::Error) -> Failure {
    let failure = Failure::new(Kind::Failed, format!("cannot write {shown}: {}", reason(error)));
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            failure.hint("make room on the disk; nothing was left behind")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            failure.hint("-o FILE writes the copy elsewhere")
        }
        ErrorKind::NotFound => failure.hint("its folder isn't there; with -o FOLDER/ it is made"),
        _ => failure,
    }
}
