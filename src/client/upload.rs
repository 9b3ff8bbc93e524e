//! Sending files with tus 1.0: an upload is created, then its bytes are sent, from where they stopped if
//! the connection breaks.

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, SystemTime};

use reqwest::Method;
use reqwest::blocking::Body;
use reqwest::header::{CONTENT_TYPE, LOCATION};

use super::answer::{Answer, Verdict};
use super::connection::IDLE_TIMEOUT;
use super::wire::{Miss, Repeat};
use super::{Error, Key, Said, Session};
use crate::api::{self, path, tus};
use crate::case::{CaseNumber, Status};

/// How often an upload goes on after the connection broke.
const RESUMES: u32 = 3;
/// How long to wait before the first of them; longer each time.
const PAUSE: Duration = Duration::from_millis(100);
/// How often a portal is asked that is busy with an upload: for ten seconds or so in all.
const BUSY_TRIES: u32 = 14;
/// The whole of an upload may take this long; what stands still is noticed long before.
const ENDLESS: Duration = Duration::from_secs(30 * 24 * 3600);

/// Attaches a file; see [`Session::attach`].
pub(super) fn attach(
    session: &Session,
    number: CaseNumber,
    file: &Path,
    key: &Key,
    progress: &dyn Fn(u64),
) -> Result<(), Error> {
    let source = Source::open(file)?;
    let created = create(session, number, &source, key)?;
    let upload = location(&created)?;
    let again = created.header(api::IDEMPOTENCY_REPLAYED) == Some("true");
    let mut offset = if again { offset_of(session, &upload)? } else { 0 };
    let mut resumes: u32 = 0;
    while offset < source.length {
        let (why, all) = match send(session, &upload, &source, offset, progress)? {
            Sent::All => return Ok(()),
            Sent::Some { why, all } => (why, all),
        };
        let lost = |why| match all {
            true => Error::OutcomeUnknown { url: session.url().to_owned(), why },
            false => session.wire().unreachable(why),
        };
        if resumes == RESUMES {
            return Err(lost(why));
        }
        tracing::debug!(target: "docket::http", "the upload goes on after: {why}");
        resumes += 1;
        // The portal may still be busy with what came before.
        thread::sleep(PAUSE * resumes);
        offset = match offset_of(session, &upload) {
            Ok(offset) => offset,
            Err(Error::Unreachable { why: then, .. }) => {
                return Err(lost(format!("{why}; asked again: {then}")));
            }
            Err(Error::NotFound(said)) => return Err(gone(session, number, said)),
            Err(error) => return Err(error),
        };
    }
    Ok(())
}

/// Why an upload is gone: a refusal that comes while the bytes are still leaving is lost with the connection.
fn gone(session: &Session, number: CaseNumber, said: Said) -> Error {
    match session.case(number) {
        Ok(case) if case.status == Status::Closed => {
            let detail = format!("case {number} was closed before the file was there");
            Error::Closed(Said { detail, ..said })
        }
        _ => Error::NotFound(said),
    }
}

/// Announces a file.
fn create(session: &Session, number: CaseNumber, source: &Source, key: &Key) -> Result<Answer, Error> {
    let request = session
        .request(Method::POST, &path::of_case(path::ATTACHMENTS, number))
        .header(api::IDEMPOTENCY_KEY, key.as_str())
        .header(tus::RESUMABLE, tus::VERSION)
        .header(tus::LENGTH, source.length)
        .header(tus::METADATA, tus::metadata(&[(tus::FILE_NAME, &source.name)]));
    session.wire().ask(request, Repeat::WithKey)
}

/// The path of the upload that was created. Only its id is taken from the answer: a token must not follow to
/// another host, and a portal behind a proxy may not know how it is called from outside.
fn location(created: &Answer) -> Result<String, Error> {
    let location = created.header(LOCATION.as_str());
    let Some(location) = location else { return Err(created.not_a_portal("an upload has no place")) };
    let id = location.rsplit('/').next().unwrap_or_default();
    let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    let upload = path::upload(id);
    if plain && location.ends_with(&upload) {
        Ok(upload)
    } else {
        Err(created.not_a_portal(&format!("an upload is to go to {location}")))
    }
}

/// How many bytes have arrived, as soon as the portal is done with those that came last: while it writes a
/// large file to its disk, it can't say.
fn offset_of(session: &Session, upload: &str) -> Result<u64, Error> {
    let mut tries = 1;
    loop {
        match offset_now(session, upload) {
            Err(Error::Portal { status: 409, .. }) if tries < BUSY_TRIES => thread::sleep(PAUSE * tries),
            answer => return answer,
        }
        tries += 1;
    }
}

/// How many bytes have arrived.
fn offset_now(session: &Session, upload: &str) -> Result<u64, Error> {
    let request = session.request(Method::HEAD, upload).header(tus::RESUMABLE, tus::VERSION);
    let answer = session.wire().ask(request, Repeat::Safely)?;
    let offset = answer.header(tus::OFFSET).and_then(|offset| offset.parse().ok());
    offset.ok_or_else(|| answer.not_a_portal("an upload has no offset"))
}

/// How far the bytes went.
enum Sent {
    /// They are at the portal.
    All,
    /// Some of them may be.
    Some {
        /// Why not all.
        why: String,
        /// Whether all of them left.
        all: bool,
    },
}

/// What the sending thread has to tell.
enum News {
    /// So many bytes have left.
    Sent(u64),
    /// The file isn't what it was.
    Fault(Error),
    /// It is over.
    Over(Result<Answer, Miss>),
}

/// Sends everything after `offset`.
///
/// The request runs in a thread of its own, because a blocking request can't be told to give up when it
/// stands still, only when it takes long altogether. One that is given up is left behind.
fn send(
    session: &Session,
    upload: &str,
    source: &Source,
    offset: u64,
    progress: &dyn Fn(u64),
) -> Result<Sent, Error> {
    let wire = session.wire().clone();
    let (sender, news) = mpsc::channel();
    let bytes = Bytes::after(source, offset, sender.clone())?;
    let request = session
        .request(Method::PATCH, upload)
        .header(tus::RESUMABLE, tus::VERSION)
        .header(tus::OFFSET, offset)
        .header(CONTENT_TYPE, tus::MEDIA_TYPE)
        .timeout(ENDLESS)
        .body(Body::sized(bytes, source.length - offset));
    let request = wire.build(request)?;
    let idle = wire.timeout().max(IDLE_TIMEOUT);
    let thread = thread::Builder::new().name("upload".to_owned()).spawn({
        let wire = wire.clone();
        move || {
            let result = wire.send(request).and_then(|response| wire.read(response));
            // Nobody listens any more if it stood still.
            let _ = sender.send(News::Over(result));
        }
    });
    thread.map_err(|error| source.fault(&format!("it can't be sent: {error}")))?;
    let mut all = false;
    loop {
        let why = match news.recv_timeout(idle) {
            Ok(News::Sent(bytes)) => {
                all = bytes == source.length;
                progress(bytes);
                continue;
            }
            Ok(News::Fault(error)) => return Err(error),
            Ok(News::Over(Ok(answer))) => return arrived(answer.verdict(), source, all),
            Ok(News::Over(Err(miss))) => return arrived(wire.missed(miss), source, all),
            Err(RecvTimeoutError::Timeout) => format!("nothing has moved for {} s", idle.as_secs()),
            Err(RecvTimeoutError::Disconnected) => "the upload failed".to_owned(),
        };
        return Ok(Sent::Some { why, all });
    }
}

/// What the answer to the bytes means.
fn arrived(verdict: Verdict, source: &Source, all: bool) -> Result<Sent, Error> {
    let why = match verdict {
        Verdict::Done(answer) => {
            match answer.header(tus::OFFSET).and_then(|offset| offset.parse::<u64>().ok()) {
                Some(offset) if offset == source.length => return Ok(Sent::All),
                Some(offset) => format!("only {offset} of {} bytes arrived", source.length),
                None => return Err(answer.not_a_portal("an upload has no offset")),
            }
        }
        // It has more or fewer bytes than we thought.
        Verdict::Refused(Error::Portal { status: 409, said, .. }) => said.detail,
        Verdict::Refused(error) | Verdict::NotNow { error, .. } => return Err(error),
        Verdict::Unclear { why, .. } => why,
    };
    Ok(Sent::Some { why, all })
}

/// A file as it was when it was first looked at.
struct Source {
    path: PathBuf,
    name: String,
    length: u64,
    modified: Option<SystemTime>,
}

impl Source {
    fn open(path: &Path) -> Result<Self, Error> {
        let fault = |why: &str| Error::File { path: path.to_owned(), why: why.to_owned() };
        let metadata = path.metadata().map_err(|error| fault(&error.to_string()))?;
        if !metadata.is_file() {
            return Err(fault("it is not a file"));
        }
        if metadata.len() == 0 {
            return Err(fault("it is empty"));
        }
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| fault("its name is not valid UTF-8"))?.to_owned();
        let modified = metadata.modified().ok();
        Ok(Self { path: path.to_owned(), name, length: metadata.len(), modified })
    }

    fn fault(&self, why: &str) -> Error {
        Error::File { path: self.path.clone(), why: why.to_owned() }
    }

    /// What has happened to the file, if anything has.
    fn changed(&self) -> Option<&'static str> {
        match self.path.metadata() {
            Err(_) => Some("it was removed while it was sent"),
            Ok(now) if now.len() < self.length => Some("it shrank while it was sent"),
            Ok(now) if now.len() > self.length => Some("it grew while it was sent"),
            Ok(now) if now.modified().ok() != self.modified => Some("it was changed while it was sent"),
            Ok(_) => None,
        }
    }
}

/// The bytes of a file, which tell how far they have been read.
struct Bytes {
    source: Source,
    file: File,
    at: u64,
    news: Sender<News>,
}

impl Bytes {
    fn after(source: &Source, offset: u64, news: Sender<News>) -> Result<Self, Error> {
        let open = || -> io::Result<File> {
            let mut file = File::open(&source.path)?;
            file.seek(SeekFrom::Start(offset))?;
            Ok(file)
        };
        let file = open().map_err(|error| source.fault(&error.to_string()))?;
        let Source { path, name, length, modified } = source;
        let source = Source { path: path.clone(), name: name.clone(), length: *length, modified: *modified };
        Ok(Self { source, file, at: offset, news })
    }

    fn stop(&self, why: &str) -> io::Error {
        let _ = self.news.send(News::Fault(self.source.fault(why)));
        io::Error::other(why.to_owned())
    }
}

impl Read for Bytes {
    /// Fails before the last bytes leave if the file isn't what it was, so that it never arrives whole.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted =
            usize::try_from(self.source.length - self.at).map_or(buffer.len(), |n| n.min(buffer.len()));
        if wanted == 0 {
            return Ok(0);
        }
        let count = self.file.read(&mut buffer[..wanted]).map_err(|error| self.stop(&error.to_string()))?;
        if count == 0 {
            return Err(self.stop("it shrank while it was sent"));
        }
        self.at += count as u64;
        if self.at == self.source.length
            && let Some(why) = self.source.changed()
        {
            return Err(self.stop(why));
        }
        let _ = self.news.send(News::Sent(self.at));
        Ok(count)
    }
}
