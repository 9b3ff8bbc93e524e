//! Sending files to a case, several at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use jiff::Timestamp;

use super::Desk;
use super::desk::key_of;
use super::enclosure::ToSend;
use crate::api::IDEMPOTENCY_KEPT;
use crate::case::CaseNumber;
use crate::client::{Error, Key, Session};
use crate::failure::Failure;
use crate::profile::{Claimed, Upload, UploadClaim, Uploads};
use crate::ui::{Bars, text};

/// How many files are sent at a time.
const AT_A_TIME: usize = 3;
/// How often it is looked whether another docket is done that attaches the same file to the same case, as
/// jobs do that find the same trouble at once.
const PAUSE: Duration = Duration::from_millis(100);

/// What it takes to send any of the files.
struct Sending<'a> {
    session: &'a Session,
    uploads: Option<Uploads>,
    number: CaseNumber,
    key: &'a Key,
    portal: String,
    who: String,
    /// How long another docket is waited for.
    patience: Duration,
    bars: Bars,
    total: Option<ProgressBar>,
}

/// What became of a file.
struct Sent {
    /// Bytes.
    size: Option<u64>,
    /// How much of it was there before.
    outcome: Result<u64, Trouble>,
    claim: Option<UploadClaim>,
}

/// Why a file couldn't be attached.
enum Trouble {
    Client(Error),
    Busy(Failure),
}

impl Desk<'_> {
    /// Attaches files, several at a time; those that couldn't be, with why. Doing so again with the same
    /// `key` attaches nothing twice, unless a file has changed, and goes on where it stopped. So does doing it
    /// with another key, if the last time was stopped before it came to its end.
    pub(super) fn attach_all(
        &self,
        number: CaseNumber,
        files: &[ToSend],
        key: &Key,
    ) -> Vec<(PathBuf, Failure)> {
        let files = &*once_each(files);
        let bars = self.docket().ui.bars();
        let sizes = files.iter().filter_map(|file| fs::metadata(file.path).ok()).map(|file| file.len());
        let total = (files.len() > 1).then(|| bars.add("all files", Some(sizes.sum())));
        let uploads = self.docket().profile.uploads().ok();
        if let Some(uploads) = &uploads
            && let Err(failure) = uploads.tidy(Timestamp::now(), IDEMPOTENCY_KEPT)
        {
            tracing::warn!("uploads of long ago can't be forgotten: {failure}");
        }
        let (portal, who) = (self.address().value.to_string(), self.who().to_owned());
        let session = self.session();
        let patience = session.timeout();
        let sending = Sending { session, uploads, number, key, portal, who, patience, bars, total };
        let mut sent = sending.all(files);
        if let Some(total) = &sending.total {
            total.finish_and_clear();
        }
        let mut failed = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let Some(sent) = sent.remove(&index) else { continue };
            let file = file.shown;
            match sent.outcome {
                Ok(there) if Some(there) == sent.size => {
                    self.docket().ui.say(format!("{}: it was there already", file.display()));
                }
                Ok(there @ 1..) => {
                    let there = text::bytes(there);
                    self.docket().ui.say(format!("{}: {there} of it were there already", file.display()));
                }
                _ => {}
            }
            if let Some(claim) = sent.claim.filter(|_| is_settled(&sent.outcome))
                && let Err(failure) = claim.forget()
            {
                self.docket().ui.warn(format!("the upload of {} is still kept: {failure}", file.display()));
            }
            match sent.outcome {
                Ok(_) => {}
                Err(Trouble::Client(error)) => {
                    failed.push((file.to_owned(), self.not_attached(number, error)));
                }
                Err(Trouble::Busy(failure)) => failed.push((file.to_owned(), failure)),
            }
        }
        failed
    }
}

/// Whether there is nothing to go on with: all is there, or will never be.
fn is_settled(outcome: &Result<u64, Trouble>) -> bool {
    match outcome {
        Ok(_) => true,
        Err(Trouble::Client(error)) => error.settles() || matches!(error, Error::NotAllowed(_)),
        Err(Trouble::Busy(_)) => false,
    }
}

/// The files without those that are named again.
fn once_each<'f>(files: &[ToSend<'f>]) -> Vec<ToSend<'f>> {
    let mut seen = BTreeSet::new();
    let place = |file: &Path| absolute(file).unwrap_or_else(|_| file.to_owned());
    files.iter().filter(|file| seen.insert(place(file.shown))).copied().collect()
}

/// The files of which one may be sent beside those of others. Those with the same name follow each other, so
/// that the case names them in their order.
fn lanes<'f>(files: impl Iterator<Item = &'f Path>) -> Vec<Vec<usize>> {
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    let mut by_name = BTreeMap::new();
    for (index, file) in files.enumerate() {
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let lane = *by_name.entry(name).or_insert(lanes.len());
        match lanes.get_mut(lane) {
            Some(lane) => lane.push(index),
            None => lanes.push(vec![index]),
        }
    }
    lanes
}

impl Sending<'_> {
    /// Sends all files; what became of each.
    fn all(&self, files: &[ToSend]) -> BTreeMap<usize, Sent> {
        let lanes = lanes(files.iter().map(|file| file.path));
        let (next, sent) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
        let work = || {
            while let Some(lane) = lanes.get(next.fetch_add(1, Ordering::SeqCst)) {
                for index in lane {
                    let one = self.one(files[*index]);
                    if let Ok(mut sent) = sent.lock() {
                        sent.insert(*index, one);
                    }
                }
            }
        };
        if lanes.len() > 1 {
            thread::scope(|scope| {
                for _ in 0..lanes.len().min(AT_A_TIME) {
                    scope.spawn(work);
                }
            });
        } else {
            work();
        }
        sent.into_inner().unwrap_or_default()
    }

    fn one(&self, to_send: ToSend) -> Sent {
        let file = to_send.path;
        let metadata = fs::metadata(file).ok();
        let key = key_of(self.key, to_send, metadata.as_ref());
        let size = metadata.as_ref().map(fs::Metadata::len);
        let claim = match self.claim(file, metadata.as_ref(), &key) {
            Ok(claim) => claim,
            Err(failure) => return Sent { size, outcome: Err(Trouble::Busy(failure)), claim: None },
        };
        let key = claim.as_ref().and_then(|claim| Key::parse(&claim.upload.key).ok()).unwrap_or(key);
        let bar = self.bars.above(self.total.as_ref(), &to_send.shown.display().to_string(), size);
        let progress = |sent: u64| {
            if let Some(total) = &self.total {
                total.inc(sent.saturating_sub(bar.position()));
            }
            bar.set_position(sent);
        };
        let outcome = match to_send.changed() {
            Some(changed) => Err(changed),
            None => self.session.attach(self.number, file, &key, &progress),
        };
        let outcome = outcome.map_err(Trouble::Client);
        if let (Some(size), true) = (size, outcome.is_ok()) {
            progress(size);
        }
        bar.finish_and_clear();
        Sent { size, outcome, claim }
    }

    /// Keeps what it takes to go on with a file if docket is stopped. Where that can't be kept, it is sent all
    /// the same. Fails where another docket sends it.
    fn claim(
        &self,
        file: &Path,
        metadata: Option<&fs::Metadata>,
        key: &Key,
    ) -> Result<Option<UploadClaim>, Failure> {
        let (Some(uploads), Some(metadata)) = (&self.uploads, metadata) else { return Ok(None) };
        let wanted = Upload {
            portal: self.portal.clone(),
            who: self.who.clone(),
            case: self.number,
            file: absolute(file).unwrap_or_else(|_| file.to_owned()),
            size: metadata.len(),
            modified: metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok()),
            key: key.as_str().to_owned(),
            since: Timestamp::now(),
        };
        let began = Instant::now();
        loop {
            match uploads.claim(&wanted, IDEMPOTENCY_KEPT) {
                Ok(Claimed::Ours(claim)) => return Ok(Some(claim)),
                Ok(Claimed::Outdated(before)) => self.give_up(&before),
                Ok(Claimed::Busy(_)) if began.elapsed() < self.patience => thread::sleep(PAUSE),
                Ok(Claimed::Busy(failure)) => return Err(failure),
                Err(failure) => {
                    tracing::warn!("nothing is kept of an upload: {failure}");
                    return Ok(None);
                }
            }
        }
    }

    /// Tells the portal that nothing is to come of an upload of a file that has changed since. If that can't
    /// be told, the portal finds out by itself, some days later.
    fn give_up(&self, before: &Upload) {
        let name = before.file.file_name().and_then(|name| name.to_str());
        let (Some(name), Ok(key)) = (name, Key::parse(&before.key)) else { return };
        if let Err(error) = self.session.give_up(before.case, (name, before.size), &key) {
            tracing::debug!(target: "docket::http", "an upload couldn't be ended: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_the_same_name_follow_each_other() {
        let files = ["a/x.log", "b/y.log", "b/X.log", "c/x.log", "z"].map(PathBuf::from);
        assert_eq!(lanes(files.iter().map(|file| &**file)), [vec![0, 2, 3], vec![1], vec![4]]);
        assert_eq!(lanes([].into_iter()), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_file_that_is_named_again_is_sent_once() {
        let files = ["a.log", "./a.log", "b.log", "a.log"].map(Path::new);
        let to_send = |path| ToSend { path, shown: path, sha256: None, stamp: None };
        let once = once_each(&files.map(to_send));
        assert_eq!(once.iter().map(|file| file.path).collect::<Vec<_>>(), [files[0], files[2]]);
    }
}
