//! Sending files with tus 1.0: an upload is announced, then its bytes are sent in pieces, from where they
//! stopped if the connection breaks or docket is stopped.
//!
//! The idempotency key is all that it takes to go on: announced again with the same key, the same upload is
//! found, and the portal says how much of it has arrived. Each piece goes with its checksum, the last one with
//! the digest of the whole file, so that a portal takes nothing for the file that isn't (`source` reads and
//! hashes, `courier` sends).

mod courier;
mod source;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::LOCATION;

use super::answer::Answer;
use super::wire::Repeat;
use super::{Error, Key, Said, Session};
use crate::api::{self, path, tus};
use crate::case::{CaseNumber, Status};
use courier::{Courier, Sent};
use source::{PIECE, Piece, Pieces, SMALLEST, Source};

/// How long to wait before an upload goes on after the connection broke; longer each time.
const PAUSE: Duration = Duration::from_millis(100);
/// How often a portal is asked that is busy with an upload: for ten seconds or so in all.
const BUSY_TRIES: u32 = 14;
/// How many pieces in a row are sent with checksums before it is known how fast the line is.
const CHECKED: u32 = 4;
/// How many uploads may be begun for a file: one that was thrown away before is found by its key, but gone.
const BEGINNINGS: u32 = 8;

/// Attaches a file; see [`Session::attach`].
pub(super) fn attach(
    session: &Session,
    number: CaseNumber,
    file: &Path,
    key: &Key,
    progress: &dyn Fn(u64),
) -> Result<u64, Error> {
    let source = Source::open(file)?;
    let mut key = key.clone();
    let mut damaged = false;
    for _ in 0..BEGINNINGS {
        let upload = Upload::begin(session, number, &source, &key)?;
        let ended = match upload.received {
            Some(received) => upload.send(received, damaged, progress)?,
            None => Ended::Gone,
        };
        match ended {
            Ended::Attached => return Ok(upload.received.unwrap_or(0)),
            Ended::Gone => {}
            // What was there of it before may have been damaged; what is sent now isn't.
            Ended::Damaged if damaged => break,
            Ended::Damaged => damaged = true,
        }
        key = key.of_part("anew");
    }
    Err(source.fault("what arrives at the portal isn't what is in it"))
}

/// Ends an upload that was begun with a key, if that isn't an attachment yet; see [`Session::give_up`].
pub(super) fn give_up(
    session: &Session,
    number: CaseNumber,
    (name, length): (&str, u64),
    key: &Key,
) -> Result<(), Error> {
    let created = announce(session, number, (name, length), key)?;
    end(session, &location(&created)?)
}

fn end(session: &Session, upload: &str) -> Result<(), Error> {
    let request = session.request(Method::DELETE, upload).header(tus::RESUMABLE, tus::VERSION);
    match session.wire().ask(request, Repeat::Safely) {
        Ok(_) | Err(Error::NotFound(_) | Error::Portal { status: 409, .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// How an upload ended.
enum Ended {
    /// All of the file is there.
    Attached,
    /// There is no such upload any more.
    Gone,
    /// What arrived wasn't the file, and was thrown away.
    Damaged,
}

/// A file on its way.
struct Upload<'s> {
    session: &'s Session,
    number: CaseNumber,
    source: &'s Source,
    /// Its path.
    path: String,
    /// How much of it was there when it began here; `None` when it was begun before and is gone.
    received: Option<u64>,
}

impl<'s> Upload<'s> {
    fn begin(session: &'s Session, number: CaseNumber, source: &'s Source, key: &Key) -> Result<Self, Error> {
        let created = announce(session, number, (&source.name, source.length), key)?;
        let path = location(&created)?;
        let received = match created.header(api::IDEMPOTENCY_REPLAYED) {
            Some("true") => match offset_of(session, &path) {
                Ok(received) if received > source.length => {
                    return Err(created.not_a_portal("an upload has more bytes than its file"));
                }
                Ok(received) => Some(received),
                Err(Error::NotFound(_)) => None,
                Err(error) => return Err(error),
            },
            _ => Some(0),
        };
        Ok(Self { session, number, source, path, received })
    }

    /// Sends what is missing; where it came damaged before, with a checksum of each piece however fast the line
    /// is. An upload of a file that has changed is ended.
    fn send(&self, received: u64, damaged: bool, progress: &dyn Fn(u64)) -> Result<Ended, Error> {
        progress(received);
        let ended = self.send_after(received, damaged, progress);
        if matches!(ended, Err(Error::File { .. })) && self.source.changed().is_some() {
            // Otherwise the portal ends it, some day.
            let _ = end(self.session, &self.path);
        }
        ended
    }

    fn send_after(
        &self,
        mut offset: u64,
        damaged_before: bool,
        progress: &dyn Fn(u64),
    ) -> Result<Ended, Error> {
        if offset == self.source.length {
            return Ok(Ended::Attached);
        }
        let courier = Courier::new(self.session)?;
        let mut size = PIECE;
        let mut pieces = Pieces::after(self.source, offset, size)?;
        let mut piece = pieces.next(self.source)?;
        let (mut resumes, mut in_a_row) = (0, 0);
        loop {
            let began = Instant::now();
            let mut same = true;
            match courier.send(&self.path, self.source, &piece, progress)? {
                Sent::All(until_end) if piece.end < self.source.length => {
                    offset = piece.end;
                    (resumes, in_a_row) = (0, in_a_row + 1);
                    let may_flow = !damaged_before && in_a_row >= CHECKED && size == PIECE;
                    let is_fast = may_flow
                        && piece.bytes_per_second(began.elapsed()) >= self.session.wire().fast_line() as f64;
                    piece = if piece.is_flowing() {
                        self.source.last_piece(offset, until_end)?
                    } else if is_fast && self.source.length - offset > 2 * PIECE {
                        Piece::flowing(offset, self.source.length - PIECE, until_end)
                    } else {
                        pieces.next(self.source)?
                    };
                    continue;
                }
                Sent::All(_) => return Ok(Ended::Attached),
                Sent::Some { why, may_be_whole, damaged, after } => {
                    let Some(there) = self.go_on(&mut resumes, &why, (may_be_whole, damaged), after)? else {
                        return Ok(Ended::Damaged);
                    };
                    if there > offset {
                        resumes = 0;
                    } else if !damaged && size > SMALLEST {
                        // The line may not carry so much in one go.
                        size = (size / 4).max(SMALLEST);
                        same = false;
                    }
                    // What it is by now is to be seen: the file may have changed.
                    same &= !damaged;
                    (offset, in_a_row) = (there, 0);
                }
            }
            if offset >= self.source.length {
                return Ok(Ended::Attached);
            }
            if offset != piece.at || !same {
                pieces = Pieces::after(self.source, offset, size)?;
                piece = pieces.next(self.source)?;
            }
        }
    }

    /// Where the portal wants to go on after a piece didn't get through; nothing where it threw everything
    /// away because it wasn't the file. The portal is waited for that wants to hear of it again after a while.
    fn go_on(
        &self,
        resumes: &mut u32,
        why: &str,
        (may_be_whole, damaged): (bool, bool),
        after: Option<Duration>,
    ) -> Result<Option<u64>, Error> {
        let wire = self.session.wire();
        let lost = |why: String| match may_be_whole {
            true => Error::OutcomeUnknown { url: self.session.url().to_owned(), why },
            false => wire.unreachable(why),
        };
        let after = after.unwrap_or_default();
        if *resumes >= wire.max_retries() || after > wire.timeout() {
            return Err(lost(why.to_owned()));
        }
        tracing::debug!(target: "docket::http", "the upload goes on after: {why}");
        *resumes += 1;
        // The portal may still be busy with what came before.
        thread::sleep((PAUSE * *resumes).max(after));
        match offset_of(self.session, &self.path) {
            Ok(offset) => Ok(Some(offset)),
            Err(Error::Unreachable { why: then, .. }) => Err(lost(format!("{why}; asked again: {then}"))),
            Err(Error::NotFound(_)) if damaged => Ok(None),
            Err(Error::NotFound(said)) => Err(gone(self.session, self.number, said)),
            Err(error) => Err(error),
        }
    }
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

/// Announces a file by its name and length.
fn announce(
    session: &Session,
    number: CaseNumber,
    (name, length): (&str, u64),
    key: &Key,
) -> Result<Answer, Error> {
    let request = session
        .request(Method::POST, &path::of_case(path::ATTACHMENTS, number))
        .header(api::IDEMPOTENCY_KEY, key.as_str())
        .header(tus::RESUMABLE, tus::VERSION)
        .header(tus::LENGTH, length)
        .header(tus::METADATA, tus::metadata(&[(tus::FILE_NAME, name)]));
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
