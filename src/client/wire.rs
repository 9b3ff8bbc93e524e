//! One request and its answer.
//!
//! An answer can be lost: the connection breaks after the request was sent, or a gateway in between gives
//! up. Reading again does no harm, and a write is asked for again with its idempotency key, so that a portal
//! that did it gives the same answer. What is still unclear then is [`Error::OutcomeUnknown`]. What was turned
//! away before it was looked at is asked for again whatever it is. `tries` says how often and how long.

use std::io::Read as _;
use std::thread;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, Request, RequestBuilder, Response};
use reqwest::header::HeaderValue;
use reqwest::tls::TlsInfo;
use reqwest::{Method, Url};

use super::answer::{Answer, Verdict};
use super::tries::{self, Notice, Tries};
use super::{Error, Settings};
use crate::api;

/// Bytes that an answer may have.
const LARGEST_ANSWER: u64 = 64_000_000;

/// Whether a request may be sent again when its answer is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It only reads.
    Safely,
    /// It writes, and carries an idempotency key.
    WithKey,
    /// It would be done again.
    Never,
}

/// An HTTP client for one portal.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    http: Client,
    /// Without a trailing slash.
    base: String,
    timeout: Duration,
    max_retries: u32,
    fast_line: u64,
    notice: Option<Notice>,
}

/// Why there is no answer.
pub(super) enum Miss {
    /// Nothing was sent.
    NotSent {
        /// What happened.
        why: String,
        /// Whether somebody is at home who may open in a moment: the portal may just be starting.
        refused: bool,
    },
    /// Something was sent, and no whole answer came.
    Lost {
        /// What happened.
        why: String,
        /// Whether it was waited for until the end.
        timed_out: bool,
    },
    /// What came isn't HTTP, or is endless.
    Nonsense(String),
}

impl Wire {
    pub(super) fn new(http: Client, base: &Url, settings: &Settings) -> Self {
        Self {
            http,
            base: base.as_str().trim_end_matches('/').to_owned(),
            timeout: settings.timeout,
            max_retries: settings.max_retries,
            fast_line: settings.fast_line,
            notice: None,
        }
    }

    /// The same, telling somebody when a request is made again.
    pub(super) fn telling(self, notice: Notice) -> Self {
        Self { notice: Some(notice), ..self }
    }

    /// The portal's normalised URL.
    pub(super) fn url(&self) -> &str {
        &self.base
    }

    /// Bytes a second from which on a line is fast.
    pub(super) fn fast_line(&self) -> u64 {
        self.fast_line
    }

    /// How often something is tried again.
    pub(super) fn max_retries(&self) -> u32 {
        self.max_retries
    }

    pub(super) fn timeout(&self) -> Duration {
        self.timeout
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Sends a request, makes it again where that is safe and may help, and gives the answer if it is one of
    /// success.
    pub(super) fn ask(&self, request: RequestBuilder, repeat: Repeat) -> Result<Answer, Error> {
        let request = self.build(request)?;
        self.persist(repeat, |time| self.try_once(&request, time))
    }

    /// Tries something until it is done or refused, or there is no point in trying any longer.
    pub(super) fn persist<T>(
        &self,
        repeat: Repeat,
        mut attempt: impl FnMut(Duration) -> Verdict<T>,
    ) -> Result<T, Error> {
        let mut tries = Tries::begin(Instant::now(), self.timeout, self.max_retries);
        let mut lost: Option<String> = None;
        loop {
            let time = tries.time_left(Instant::now(), lost.is_some());
            let (error, after) = match attempt(time) {
                Verdict::Done(done) => return Ok(done),
                Verdict::Refused(error) => {
                    return Err(match lost {
                        Some(why) if !error.settles() => self.unknown(&why, Some(&error)),
                        _ => error,
                    });
                }
                Verdict::NotNow { error, after } => {
                    lost = lost.map(|why| format!("{why}; asked again: {error}"));
                    (error, after)
                }
                Verdict::Unclear { why, error, after, timed_out } => match repeat {
                    Repeat::Never => return Err(error),
                    Repeat::Safely if timed_out => return Err(error),
                    Repeat::Safely => (error, after),
                    Repeat::WithKey => {
                        lost = Some(why);
                        (error, after)
                    }
                },
            };
            let Some(pause) = tries.next(Instant::now(), after, tries::chance(), lost.is_some()) else {
                return Err(match lost {
                    Some(why) => self.unknown(&why, None),
                    None => error,
                });
            };
            tracing::debug!(target: "docket::http", "again in {} ms, because {error}", pause.as_millis());
            if let Some(notice) = &self.notice
                && tries.is_noticed(Instant::now(), pause)
            {
                notice.give(&error.to_string());
            }
            thread::sleep(pause);
        }
    }

    fn unknown(&self, why: &str, then: Option<&Error>) -> Error {
        let why = match then {
            Some(then) => format!("{why}; asked again: {then}"),
            None => why.to_owned(),
        };
        Error::OutcomeUnknown { url: self.base.clone(), why }
    }

    fn try_once(&self, request: &Request, timeout: Duration) -> Verdict {
        let Some(mut copy) = request.try_clone() else {
            return Verdict::Refused(self.unreachable("the request can't be repeated".to_owned()));
        };
        *copy.timeout_mut() = Some(timeout);
        match self.send(copy).and_then(|response| self.read(response)) {
            Ok(answer) => answer.verdict(),
            Err(miss) => self.missed(miss),
        }
    }

    /// A request ready to be sent.
    pub(super) fn build(&self, request: RequestBuilder) -> Result<Request, Error> {
        request.build().map_err(|error| match error.is_builder() {
            true => Error::LoginRequired {
                url: self.base.clone(),
                said: super::Said {
                    detail: "the token has characters that no token has".to_owned(),
                    request_id: None,
                },
            },
            false => self.unreachable(cause(&error)),
        })
    }

    /// Sends a request as it is, and tells the log.
    pub(super) fn send(&self, request: Request) -> Result<Response, Miss> {
        let (method, url) = (request.method().clone(), request.url().to_string());
        let started = Instant::now();
        let result = self.http.execute(request);
        let ms = started.elapsed().as_millis();
        match &result {
            Ok(response) => {
                let id =
                    response.headers().get(api::REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or("-");
                let status = response.status().as_u16();
                tracing::debug!(target: "docket::http", "{method} {url} {status} in {ms} ms, request id {id}");
            }
            Err(error) => {
                tracing::debug!(target: "docket::http", "{method} {url} failed in {ms} ms: {}", cause(error));
            }
        }
        result.map_err(|error| self.miss(&error))
    }

    /// Reads an answer's body.
    pub(super) fn read(&self, mut response: Response) -> Result<Answer, Miss> {
        let (status, headers) = (response.status(), response.headers().clone());
        let certificate = response.extensions_mut().remove::<TlsInfo>();
        let mut body = Vec::new();
        response.by_ref().take(LARGEST_ANSWER + 1).read_to_end(&mut body).map_err(|error| {
            let timed_out = is_timeout(&error);
            Miss::Lost { why: format!("only half an answer came: {}", cause(&error)), timed_out }
        })?;
        if body.len() as u64 > LARGEST_ANSWER {
            return Err(Miss::Nonsense(format!("an answer of more than {} MB", LARGEST_ANSWER / 1_000_000)));
        }
        Ok(Answer::new(&self.base, status, headers, body, certificate))
    }

    /// What a missing answer means for the request.
    pub(super) fn missed(&self, miss: Miss) -> Verdict {
        match miss {
            Miss::NotSent { why, refused: true } => {
                Verdict::NotNow { error: self.unreachable(why), after: None }
            }
            Miss::NotSent { why, refused: false } => Verdict::Refused(self.unreachable(why)),
            Miss::Lost { why, timed_out } => {
                Verdict::Unclear { error: self.unreachable(why.clone()), why, after: None, timed_out }
            }
            Miss::Nonsense(what) => Verdict::Refused(Error::NotAPortal { url: self.base.clone(), what }),
        }
    }

    pub(super) fn unreachable(&self, why: String) -> Error {
        Error::Unreachable { url: self.base.clone(), why }
    }

    /// Why a request has no answer.
    pub(super) fn miss(&self, error: &reqwest::Error) -> Miss {
        let base = &self.base;
        if error.is_connect() {
            let why = if find(error, is_refused) {
                format!("nothing listens at {base}")
            } else if find(error, is_reset) {
                format!("{base} hung up at once")
            } else if error.is_dns() {
                format!("there is no such host as in {base}: {}", cause(error))
            } else if error.is_timeout() {
                format!("{base} does not answer in time")
            } else if find(error, is_distrust) {
                format!("the certificate of {base} is not trusted: {}", cause(error))
            } else {
                format!("{base}: {}", cause(error))
            };
            return Miss::NotSent { why, refused: find(error, is_refused) || find(error, is_reset) };
        }
        if find(error, is_nonsense) {
            return Miss::Nonsense(format!("what came isn't HTTP: {}", cause(error)));
        }
        if error.is_timeout() {
            return Miss::Lost { why: format!("{base} does not answer in time"), timed_out: true };
        }
        Miss::Lost { why: format!("{base} broke off without an answer: {}", cause(error)), timed_out: false }
    }
}

/// An error and its causes.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| match error.downcast_ref::<std::io::Error>() {
        // Asked for its source, an I/O error passes over what it wraps.
        Some(error) => error.get_ref().map(|inner| inner as _),
        None => error.source(),
    })
}

/// Whether an error or one of its causes is of a kind.
fn find(
    error: &(dyn std::error::Error + 'static),
    is: fn(&(dyn std::error::Error + 'static)) -> bool,
) -> bool {
    causes(error).any(is)
}

fn is_refused(error: &(dyn std::error::Error + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::ConnectionRefused)
}

fn is_reset(error: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionReset};
    let kind = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
    matches!(kind, Some(ConnectionReset | ConnectionAborted))
}

fn is_distrust(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_)))
}

/// Goes by the texts of hyper's errors, whose type reqwest doesn't pass on.
fn is_nonsense(error: &(dyn std::error::Error + 'static)) -> bool {
    let text = error.to_string();
    text.starts_with("invalid HTTP") || text.starts_with("message head is too large")
}

/// Whether reading a body took too long.
pub(super) fn is_timeout(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
    error.kind() == std::io::ErrorKind::TimedOut || inner.is_some_and(reqwest::Error::is_timeout)
}

/// The last cause of an error: what came before only says that there was one.
pub(super) fn cause(error: &(dyn std::error::Error + 'static)) -> String {
    causes(error).last().unwrap_or(error).to_string()
}

/// The text of a header, if there is one.
pub(super) fn text(value: Option<&HeaderValue>) -> Option<&str> {
    value.and_then(|value| value.to_str().ok())
}
