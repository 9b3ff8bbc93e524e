//! Following a case: events as they happen, each once and in order, whatever becomes of connections.
//!
//! A thread of its own reads each connection, so whoever follows waits as long as they like and no longer.
//! A connection on which nothing comes for a few heartbeats is dead and given up. Where one ends, the next
//! goes on after the last event that was passed on, which the portal is told; an event that comes again all
//! the same is dropped.

use std::collections::VecDeque;
use std::io::Read as _;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::blocking::Response;
use reqwest::header::{ACCEPT, CONTENT_TYPE};

use super::answer::{Answer, Verdict};
use super::sse::Parser;
use super::wire::{cause, text};
use super::{Error, Session, tries};
use crate::api::{self, path};
use crate::case::CaseNumber;
use crate::event::Event;

/// How long nothing may come before a connection is dead, where the portal doesn't name its heartbeat.
const SILENCE: Duration = Duration::from_secs(15);
/// Heartbeats that may fail to come.
const MISSED_BEATS: u32 = 3;
/// The least and the most that heartbeats make of it.
const SILENCES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(120)];
/// How long to wait before connecting again, where the portal doesn't say; twice as long each time.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest wait.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A connection that has lasted so long wasn't refused in disguise.
const LASTING: Duration = Duration::from_secs(5);
/// Bytes read at once, and how many such pieces may wait.
const PIECE: usize = 16 << 10;
const PIECES: usize = 4;

/// What there is to say of a case that is followed.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// Something happened.
    Event(Box<Event>),
    /// The portal can't be reached, for this reason, and is tried again; said once.
    Away(String),
    /// It can be reached again.
    Back,
    /// Nothing happened in the time given.
    Nothing,
}

/// A case that is followed.
#[derive(Debug)]
pub struct Following {
    session: Session,
    number: CaseNumber,
    /// The last event that came.
    after: i64,
    came: VecDeque<Event>,
    state: State,
    /// What the portal wants, and how often in a row connecting has failed.
    retry: Option<Duration>,
    failures: u32,
    away: bool,
    /// Whether there has been a connection at all.
    met: bool,
}

#[derive(Debug)]
enum State {
    Connected(Line),
    /// Not before this is the portal asked again.
    Waiting(Instant),
}

/// A connection.
#[derive(Debug)]
struct Line {
    pieces: Receiver<Piece>,
    parser: Parser,
    since: Instant,
    heard: Instant,
    silence: Duration,
    /// Whether the portal has answered.
    open: bool,
}

/// What the thread that reads has to tell.
#[derive(Debug)]
enum Piece {
    /// The portal tells, and something comes after such a while at the latest.
    Open(Duration),
    Bytes(Vec<u8>),
    /// That was all; there may be a reason.
    End(Result<(), Error>),
}

impl Following {
    pub(super) fn new(session: Session, number: CaseNumber, after: i64) -> Self {
        Self {
            session,
            number,
            after,
            came: VecDeque::new(),
            state: State::Waiting(Instant::now()),
            retry: None,
            failures: 0,
            away: false,
            met: false,
        }
    }

    /// What comes next, within `wait`. Fails when the first connection does, and later when waiting is of no
    /// use: the login has ended, or the case isn't to be seen any more.
    pub fn next(&mut self, wait: Duration) -> Result<News, Error> {
        let until = Instant::now() + wait;
        loop {
            if let Some(event) = self.came.pop_front() {
                return Ok(News::Event(Box::new(event)));
            }
            let now = Instant::now();
            match &self.state {
                State::Waiting(at) if *at <= now => self.state = State::Connected(self.connect()),
                State::Waiting(at) if *at <= until => thread::sleep(*at - now),
                State::Waiting(_) => {
                    thread::sleep(until.saturating_duration_since(now));
                    return Ok(News::Nothing);
                }
                State::Connected(line) => {
                    let dead = line.heard + line.silence;
                    match line.pieces.recv_timeout(until.min(dead).saturating_duration_since(now)) {
                        Ok(piece) => {
                            if let Some(news) = self.take(piece)? {
                                return Ok(news);
                            }
                        }
                        Err(RecvTimeoutError::Timeout) if Instant::now() >= dead => {
                            let why =
                                format!("nothing has come for {} seconds", line.silence.as_secs().max(1));
                            if let Some(news) = self.broken(Some(self.unreachable(why)))? {
                                return Ok(news);
                            }
                        }
                        Err(RecvTimeoutError::Timeout) => return Ok(News::Nothing),
                        Err(RecvTimeoutError::Disconnected) => {
                            if let Some(news) = self.broken(None)? {
                                return Ok(news);
                            }
                        }
                    }
                }
            }
        }
    }

    fn take(&mut self, piece: Piece) -> Result<Option<News>, Error> {
        let State::Connected(line) = &mut self.state else { return Ok(None) };
        line.heard = Instant::now();
        match piece {
            Piece::Open(silence) => {
                (line.silence, line.open) = (silence, true);
                self.met = true;
                Ok(std::mem::take(&mut self.away).then_some(News::Back))
            }
            Piece::Bytes(bytes) => {
                let messages = line.parser.push(&bytes);
                self.retry = line.parser.retry().or(self.retry);
                let messages = messages.map_err(|_| self.nonsense("an event without an end came"))?;
                for message in messages {
                    let event: Event = serde_json::from_str(&message.data).map_err(|error| {
                        self.nonsense(&format!("an event came that docket doesn't understand: {error}"))
                    })?;
                    if event.case == self.number && event.seq > self.after {
                        self.after = event.seq;
                        self.failures = 0;
                        self.came.push_back(event);
                    }
                }
                Ok(None)
            }
            Piece::End(end) => self.broken(end.err()),
        }
    }

    /// The connection is over. It is said that the portal is away when it can't be reached anew, not when
    /// it, or something in between, has just ended a connection.
    fn broken(&mut self, error: Option<Error>) -> Result<Option<News>, Error> {
        let open = match &self.state {
            State::Connected(line) => {
                if line.open && line.since.elapsed() >= LASTING {
                    self.failures = 0;
                }
                line.open
            }
            State::Waiting(_) => false,
        };
        if let Some(error) = &error {
            tracing::debug!(target: "docket::http", "following {}: {error}", self.number);
        }
        let asked = match error {
            Some(error) if !self.met || is_final(&error) => return Err(error),
            Some(Error::Busy { retry_after, .. }) => retry_after,
            _ => None,
        };
        let pause = self.pause().max(asked.unwrap_or_default().min(LONGEST_PAUSE));
        self.failures += 1;
        self.state = State::Waiting(Instant::now() + pause);
        if open || std::mem::replace(&mut self.away, true) {
            return Ok(None);
        }
        Ok(Some(News::Away(error.map_or_else(|| "no answer came".to_owned(), |error| error.to_string()))))
    }

    /// How long to wait, so that not everybody comes back at once.
    fn pause(&self) -> Duration {
        // A portal that asks for none would be asked without end.
        let first = self.retry.unwrap_or(PAUSE).clamp(PAUSE, LONGEST_PAUSE);
        let whole = first.saturating_mul(1 << self.failures.min(10)).min(LONGEST_PAUSE);
        whole.mul_f64(0.5 + tries::chance() / 2.0)
    }

    fn connect(&self) -> Line {
        let (to, pieces) = sync_channel(PIECES);
        let (session, number, after) = (self.session.clone(), self.number, self.after);
        thread::spawn(move || {
            let end = listen(&session, number, after, &to);
            // Nobody may wait for it any more.
            let _ = to.send(Piece::End(end));
        });
        let now = Instant::now();
        let parser = Parser::default();
        Line { pieces, parser, since: now, heard: now, silence: SILENCE, open: false }
    }

    fn unreachable(&self, why: String) -> Error {
        Error::Unreachable { url: self.session.url().to_owned(), why }
    }

    fn nonsense(&self, what: &str) -> Error {
        Error::NotAPortal { url: self.session.url().to_owned(), what: what.to_owned() }
    }
}

/// Whether asking again would be of no use.
fn is_final(error: &Error) -> bool {
    matches!(error, Error::LoginRequired { .. } | Error::NotAllowed(_) | Error::NotFound(_))
}

/// Connects, and passes on what comes until it ends or nobody wants it any more.
fn listen(session: &Session, number: CaseNumber, after: i64, to: &SyncSender<Piece>) -> Result<(), Error> {
    let mut response = begin(session, number, after)?;
    if to.send(Piece::Open(silence(&response))).is_err() {
        return Ok(());
    }
    let mut piece = vec![0; PIECE];
    loop {
        let read = response.read(&mut piece).map_err(|error| Error::Unreachable {
            url: session.url().to_owned(),
            why: format!("the connection broke off: {}", cause(&error)),
        })?;
        if read == 0 || to.send(Piece::Bytes(piece[..read].to_vec())).is_err() {
            return Ok(());
        }
    }
}

/// Asks for the stream; the answer's body is still to come.
fn begin(session: &Session, number: CaseNumber, after: i64) -> Result<Response, Error> {
    let wire = session.wire();
    let request = session
        .request(Method::GET, &path::of_case(path::STREAM, number))
        .header(ACCEPT, api::EVENT_STREAM)
        .header(api::LAST_EVENT_ID, after);
    let verdict = match wire.send(wire.build(request)?) {
        Ok(response) if response.status().is_success() && is_stream(&response) => return Ok(response),
        Ok(response) => wire.read(response).map_or_else(|miss| wire.missed(miss), Answer::verdict),
        Err(miss) => wire.missed(miss),
    };
    Err(match verdict {
        Verdict::Refused(error) | Verdict::NotNow { error, .. } | Verdict::Unclear { error, .. } => error,
        Verdict::Done(answer) => answer.not_a_portal("no events came"),
    })
}

fn is_stream(response: &Response) -> bool {
    text(response.headers().get(CONTENT_TYPE)).is_some_and(|kind| kind.starts_with(api::EVENT_STREAM))
}

/// How long nothing may come.
fn silence(response: &Response) -> Duration {
    let [least, most] = SILENCES;
    let beat = text(response.headers().get(api::HEARTBEAT)).and_then(|beat| beat.trim().parse().ok());
    let silence = beat.map(|beat| Duration::from_millis(beat).saturating_mul(MISSED_BEATS));
    silence.map_or(SILENCE, |silence| silence.clamp(least, most))
}
