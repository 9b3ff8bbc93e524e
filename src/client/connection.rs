//! Where a portal is, and how to get there.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use reqwest::{Method, Url, blocking, redirect, retry};

use super::answer::Answer;
use super::tries::Notice;
use super::wire::{Repeat, Wire};
use super::{Error, Session, Settings, certificate};
use crate::address::{Address, BadAddress, is_loopback};
use crate::api::body::{LoggedIn, Login, Portal};
use crate::api::path;
use crate::secret::Secret;

/// How long it may take until somebody answers the door.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a transfer may stand still.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// A portal, before anybody logs in.
#[derive(Debug, Clone)]
pub struct Connection {
    wire: Wire,
    way: Arc<Way>,
}

/// What it takes to make another client for the same portal.
#[derive(Debug)]
pub(super) struct Way {
    base: Url,
    settings: Settings,
}

impl Way {
    /// A client that isn't blocking, for files. It has no time limit.
    pub(super) fn streaming(&self) -> Result<reqwest::Client, Error> {
        let client = builder(&self.base, &self.settings)?.build();
        client.map_err(|error| unusable(self.base.as_str(), &error))
    }
}

fn unusable(url: &str, error: &reqwest::Error) -> Error {
    Error::Unreachable { url: url.to_owned(), why: super::wire::cause(error) }
}

/// How a portal presents itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What it says of itself.
    pub portal: Portal,
    /// The time here when it said so, give or take half of `took`.
    pub at: Timestamp,
    /// How long it took, with connecting.
    pub took: Duration,
    /// Until when its certificate is good, for `https`.
    pub certificate_until: Option<Timestamp>,
}

impl Connection {
    /// Gets ready to talk to the portal at `url`; sends nothing yet.
    ///
    /// Fails when `url` is no portal's address, or is `http` on another machine, or when the certificates
    /// can't be loaded. These are only looked at for `https`, because loading them takes a while.
    pub fn new(url: &str, settings: &Settings) -> Result<Self, Error> {
        let Address::At(normal) = url.parse()? else {
            let why = "the portal inside docket has to be started first".to_owned();
            return Err(BadAddress::NotAnAddress { text: url.to_owned(), why }.into());
        };
        let base = Url::parse(&normal)
            .map_err(|error| BadAddress::NotAnAddress { text: normal.clone(), why: error.to_string() })?;
        // On a whole request the limit is set anew; on a body that is read in pieces it goes for each piece.
        let http = blocking::ClientBuilder::from(builder(&base, settings)?).timeout(IDLE_TIMEOUT).build();
        let http = http.map_err(|error| unusable(&normal, &error))?;
        let wire = Wire::new(http, &base, settings);
        Ok(Self { wire, way: Arc::new(Way { base, settings: settings.clone() }) })
    }

    /// The same, telling somebody why a request is made again: once, however many are.
    #[must_use]
    pub fn telling(self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { wire: self.wire.telling(Notice::new(tell)), ..self }
    }

    /// The portal's normalised URL.
    pub fn url(&self) -> &str {
        self.wire.url()
    }

    /// What the portal says of itself.
    pub fn portal(&self) -> Result<Portal, Error> {
        self.ask_portal()?.json()
    }

    /// What the portal says of itself, and all that can be seen of it meanwhile: whether it is one at all.
    pub fn look(&self) -> Result<Look, Error> {
        let (started, at) = (Instant::now(), Timestamp::now());
        let answer = self.ask_portal().map_err(|error| match error {
            // Every portal says what it is, so whatever doesn't is something else.
            Error::NotFound(_) => Error::NotAPortal {
                url: self.url().to_owned(),
                what: format!("there is nothing at {}", path::PORTAL),
            },
            error => error,
        })?;
        let took = started.elapsed();
        let (portal, certificate_until) = (answer.json()?, answer.certificate_until());
        Ok(Look { portal, at: at + took / 2, took, certificate_until })
    }

    fn ask_portal(&self) -> Result<Answer, Error> {
        self.wire.ask(self.wire.request(Method::GET, path::PORTAL), Repeat::Safely)
    }

    /// Gets a token for an e-mail address and a password.
    pub fn log_in(&self, email: &str, password: &Secret) -> Result<LoggedIn, Error> {
        let login = Login { email: email.to_owned(), password: password.clone() };
        self.wire.ask(self.wire.request(Method::POST, path::LOGIN).json(&login), Repeat::Never)?.json()
    }

    /// The same connection with a token, which isn't tried out yet.
    pub fn with_token(&self, token: Secret) -> Session {
        Session::new(self.wire.clone(), Arc::clone(&self.way), token)
    }
}

fn builder(base: &Url, settings: &Settings) -> Result<reqwest::ClientBuilder, Error> {
    // Building any client asks for it. That somebody was faster is fine: it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut headers = HeaderMap::new();
    if let Some(Ok(language)) = settings.language.as_deref().map(HeaderValue::from_str) {
        headers.insert(ACCEPT_LANGUAGE, language);
    }
    let mut builder = reqwest::Client::builder()
        .user_agent(&settings.user_agent)
        .default_headers(headers)
        // A token must not follow to wherever a portal points, and `wire` knows what may be repeated.
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        // Certificates come with the answers, so that it can be said when one ends.
        .tls_info(true)
        // Less than the time for the whole, so that it's known that nothing was sent.
        .connect_timeout(CONNECT_TIMEOUT.min(settings.timeout.mul_f32(0.8)));
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    if base.scheme() == "http" {
        return Ok(builder.tls_certs_only([]));
    }
    if let Some(file) = &settings.ca_bundle {
        builder = builder.tls_certs_merge(certificate::bundle(file)?);
    }
    Ok(builder)
}
