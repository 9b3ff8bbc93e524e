//! Sending a piece of a file.
//!
//! The rest of the client is blocking. A piece is sent by an asynchronous client of the same kind, run right
//! here for as long as it takes: only there can large parts of a file be handed over at once, and only there
//! can a request be given up that stands still.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::stream;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Body, Client, Request, Response};
use sha2::Sha256;
use tokio::runtime::Runtime;

use super::source::{Bytes, Piece, Source, Way};
use crate::api;
use crate::api::tus;
use crate::client::answer::{Answer, Verdict};
use crate::client::connection::IDLE_TIMEOUT;
use crate::client::wire::{Miss, cause};
use crate::client::{Error, Session};

/// How often progress is told.
const TICK: Duration = Duration::from_millis(100);
/// Bytes that an answer may have.
const LARGEST_ANSWER: usize = 1 << 20;

/// How far a piece went.
pub(super) enum Sent {
    /// It is at the portal; with the hash of all until its end.
    All(Sha256),
    /// Some of it may be.
    Some {
        /// Why not all.
        why: String,
        /// Whether the file's last byte has left, so that all of it may be there.
        may_be_whole: bool,
        /// Whether what arrived isn't what was to be sent.
        damaged: bool,
        /// When the portal wants to hear of it again.
        after: Option<Duration>,
    },
}

/// Sends pieces, one after the other over the same connection.
pub(super) struct Courier<'s> {
    session: &'s Session,
    http: Client,
    runtime: Runtime,
}

impl<'s> Courier<'s> {
    pub(super) fn new(session: &'s Session) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| session.wire().unreachable(error.to_string()))?;
        Ok(Self { session, http: session.streaming()?, runtime })
    }

    /// Sends a piece.
    pub(super) fn send(
        &self,
        upload: &str,
        source: &Source,
        piece: &Piece,
        progress: &dyn Fn(u64),
    ) -> Result<Sent, Error> {
        let wire = self.session.wire();
        let (bytes, way) = Bytes::of(source, piece)?;
        let mut request = self
            .http
            .patch(format!("{}{upload}", wire.url()))
            .bearer_auth(self.session.token().reveal())
            .header(tus::RESUMABLE, tus::VERSION)
            .header(tus::OFFSET, piece.at)
            .header(CONTENT_TYPE, tus::MEDIA_TYPE)
            .header(reqwest::header::CONTENT_LENGTH, piece.end - piece.at);
        if let Some(checksum) = piece.checksum() {
            request = request.header(tus::CHECKSUM, tus::checksum(checksum));
        }
        if piece.end == source.length
            && let Some(digest) = piece.digest()
        {
            request = request.header(tus::DIGEST, tus::digest(&digest));
        }
        let body = match piece.is_flowing() {
            true => Body::wrap_stream(stream::iter(bytes.ahead()?)),
            false => Body::wrap_stream(stream::iter(bytes)),
        };
        let request = request.body(body).build();
        let request = request.map_err(|error| wire.unreachable(cause(&error)))?;
        let idle = wire.timeout().max(IDLE_TIMEOUT);
        let outcome = self.runtime.block_on(self.watch(request, &way, idle, progress));
        if let Some(fault) = way.fault() {
            return Err(fault);
        }
        let may_be_whole = way.at() == source.length;
        let verdict = match outcome {
            Some(Ok(answer)) => answer.verdict(),
            Some(Err(miss)) => wire.missed(miss),
            None => {
                let why = format!("nothing has moved for {} s", idle.as_secs());
                return Ok(Sent::Some { why, may_be_whole, damaged: false, after: None });
            }
        };
        let (why, damaged, after) = match arrived(verdict, piece)? {
            None => match way.until_end() {
                Some(hash) => return Ok(Sent::All(hash)),
                None => return Err(wire.unreachable("more arrived than was sent".to_owned())),
            },
            Some(short) => short,
        };
        Ok(Sent::Some { why, may_be_whole, damaged, after })
    }

    /// The answer to a request, while it is told how far it is; nothing where it stands still.
    async fn watch(
        &self,
        request: Request,
        way: &Arc<Way>,
        idle: Duration,
        progress: &dyn Fn(u64),
    ) -> Option<Result<Answer, Miss>> {
        let mut exchange = std::pin::pin!(self.exchange(request));
        let (mut at, mut moved) = (way.at(), Instant::now());
        loop {
            let outcome = tokio::time::timeout(TICK, exchange.as_mut()).await;
            if way.at() != at {
                (at, moved) = (way.at(), Instant::now());
                progress(at);
            }
            match outcome {
                Ok(outcome) => return Some(outcome),
                Err(_) if moved.elapsed() > idle => return None,
                Err(_) => {}
            }
        }
    }

    async fn exchange(&self, request: Request) -> Result<Answer, Miss> {
        let wire = self.session.wire();
        let (url, started) = (request.url().to_string(), Instant::now());
        let response = self.http.execute(request).await;
        let ms = started.elapsed().as_millis();
        match response {
            Ok(response) => {
                let id = response.headers().get(api::REQUEST_ID).and_then(|id| id.to_str().ok());
                let (status, id) = (response.status().as_u16(), id.unwrap_or("-"));
                tracing::debug!(target: "docket::http", "PATCH {url} {status} in {ms} ms, request id {id}");
                self.read(response).await
            }
            Err(error) => {
                tracing::debug!(target: "docket::http", "PATCH {url} failed in {ms} ms: {}", cause(&error));
                Err(wire.miss(&error))
            }
        }
    }

    async fn read(&self, mut response: Response) -> Result<Answer, Miss> {
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(bytes)) if body.len() + bytes.len() <= LARGEST_ANSWER => body.extend(bytes),
                Ok(Some(_)) => return Err(Miss::Nonsense("an endless answer".to_owned())),
                Ok(None) => break,
                Err(error) => {
                    let why = format!("only half an answer came: {}", cause(&error));
                    return Err(Miss::Lost { why, timed_out: false });
                }
            }
        }
        Ok(Answer::new(self.session.wire().url(), status, headers, body, None))
    }
}

/// What the answer to a piece means: nothing where all of it arrived; else why not, whether it arrived damaged,
/// and when the portal wants to hear of it again.
fn arrived(verdict: Verdict, piece: &Piece) -> Result<Option<(String, bool, Option<Duration>)>, Error> {
    Ok(Some(match verdict {
        Verdict::Done(answer) => {
            match answer.header(tus::OFFSET).and_then(|offset| offset.parse::<u64>().ok()) {
                Some(offset) if offset == piece.end => return Ok(None),
                Some(offset) => (format!("only {offset} of {} bytes arrived", piece.end), false, None),
                None => return Err(answer.not_a_portal("an upload has no offset")),
            }
        }
        // It has more or fewer bytes than we thought.
        Verdict::Refused(Error::Portal { status: 409, said, .. }) => (said.detail, false, None),
        Verdict::Refused(Error::Portal { status: 460, said, .. }) => (said.detail, true, None),
        Verdict::Refused(error) => return Err(error),
        Verdict::NotNow { error: Error::Unreachable { why, .. }, after } => (why, false, after),
        Verdict::NotNow { error, after } => (error.to_string(), false, after),
        Verdict::Unclear { why, after, .. } => (why, false, after),
    }))
}
