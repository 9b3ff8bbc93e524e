//! What somebody who is logged in can do at a portal.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use reqwest::header::IF_NONE_MATCH;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::Answer;
use super::connection::Way;
use super::wire::{Repeat, Wire};
use super::{Error, Following, Key, download, upload};
use crate::api::body::{
    CasePage, CaseQuery, ChangeWatchers, CloseCase, CreatedToken, MachineToken, Me, NewCase, NewComment,
    NewNote, NewToken, Portal, QueueQuery, Reply, RequestCall, Resource, ResourceQuery, RevokeToken,
};
use crate::api::name::TokenName;
use crate::api::{self, path};
use crate::case::{Case, CaseNumber, Filed, Note};
use crate::event::Event;
use crate::rules::Form;
use crate::secret::Secret;

/// A connection with a token.
#[derive(Debug, Clone)]
pub struct Session {
    wire: Wire,
    way: Arc<Way>,
    token: Secret,
}

/// A case that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The case.
    pub case: Case,
    /// Whether the same idempotency key had done that before.
    pub replayed: bool,
    /// Whether it was opened, or found by its dedupe key.
    pub filed: Filed,
}

impl Session {
    pub(super) fn new(wire: Wire, way: Arc<Way>, token: Secret) -> Self {
        Self { wire, way, token }
    }

    /// The portal's normalised URL.
    pub fn url(&self) -> &str {
        self.wire.url()
    }

    /// How long a request may take.
    pub fn timeout(&self) -> Duration {
        self.wire.timeout()
    }

    /// Who the token belongs to.
    pub fn me(&self) -> Result<Me, Error> {
        self.get(path::ME, &())
    }

    /// Takes the token out of use.
    pub fn log_out(&self) -> Result<(), Error> {
        self.wire.ask(self.request(Method::POST, path::LOGOUT), Repeat::Never).map(|_| ())
    }

    /// The user's tokens for machines, by name.
    pub fn tokens(&self) -> Result<Vec<MachineToken>, Error> {
        self.must_make_tokens()?;
        self.get(path::TOKENS, &())
    }

    /// Makes a token for a machine. It goes without an idempotency key and is never repeated: a portal must
    /// not keep an answer that holds a secret. Where the answer is lost, nobody has the token.
    pub fn create_token(&self, new: &NewToken) -> Result<CreatedToken, Error> {
        self.must_make_tokens()?;
        self.wire.ask(self.request(Method::POST, path::TOKENS).json(new), Repeat::Never)?.json()
    }

    /// Takes a token for a machine out of use.
    pub fn revoke_token(&self, name: &TokenName, key: &Key) -> Result<(), Error> {
        self.must_make_tokens()?;
        self.write(path::REVOKE, &RevokeToken { name: name.clone() }, key).map(drop)
    }

    fn must_make_tokens(&self) -> Result<(), Error> {
        self.must_be_able(api::CAN_TOKENS, "has no tokens for machines")
    }

    /// The form, or `None` when it is still the version that is `known`.
    pub fn form(&self, known: Option<&str>) -> Result<Option<Form>, Error> {
        let mut request = self.request(Method::GET, path::FORM);
        if let Some(version) = known {
            request = request.header(IF_NONE_MATCH, format!("\"{version}\""));
        }
        let answer = self.wire.ask(request, Repeat::Safely)?;
        if answer.not_modified() {
            return Ok(None);
        }
        let form: Form = answer.json()?;
        form.check().map_err(|error| answer.not_a_portal(&format!("its form can't be used: {error}")))?;
        Ok(Some(form))
    }

    /// Self-service articles, without their bodies.
    pub fn resources(&self, query: &ResourceQuery) -> Result<Vec<Resource>, Error> {
        self.get(path::RESOURCES, query)
    }

    /// A self-service article.
    pub fn resource(&self, id: &str) -> Result<Resource, Error> {
        self.get(&path::resource(id), &())
    }

    /// Opens a case, or finds the one with its dedupe key. A portal that doesn't know dedupe keys could open
    /// a case for every alert, so it is asked first whether it does.
    pub fn open_case(&self, case: &NewCase, key: &Key) -> Result<Opened, Error> {
        if case.dedupe.is_some() {
            self.must_dedupe()?;
        }
        let answer = self.write(path::CASES, case, key)?;
        let replayed = answer.header(api::IDEMPOTENCY_REPLAYED) == Some("true");
        let filed = answer.header(api::DEDUPE_OUTCOME).and_then(|outcome| outcome.parse().ok());
        Ok(Opened { case: answer.json()?, replayed, filed: filed.unwrap_or_default() })
    }

    /// Fails unless the portal knows dedupe keys.
    pub fn must_dedupe(&self) -> Result<(), Error> {
        self.must_be_able(api::CAN_DEDUPE, "doesn't know dedupe keys, and would open a case for every alert")
    }

    /// Fails, saying `what` is missing, unless the portal has a capability.
    fn must_be_able(&self, capability: &str, what: &'static str) -> Result<(), Error> {
        let portal: Portal = self.get(path::PORTAL, &())?;
        if portal.capabilities.iter().any(|known| known == capability) {
            return Ok(());
        }
        Err(Error::Incapable { url: self.url().to_owned(), what })
    }

    /// A page of cases, without their comments.
    pub fn cases(&self, query: &CaseQuery) -> Result<CasePage, Error> {
        self.get(path::CASES, query)
    }

    /// A case with its comments.
    pub fn case(&self, number: CaseNumber) -> Result<Case, Error> {
        self.get(&path::of_case(path::CASE, number), &())
    }

    /// What has happened to a case after the event `after`, oldest first; 0 for everything.
    pub fn events(&self, number: CaseNumber, after: i64) -> Result<Vec<Event>, Error> {
        self.get(&path::of_case(path::EVENTS, number), &[("after", after)])
    }

    /// Fails unless the portal tells of events as they happen.
    pub fn must_follow(&self) -> Result<(), Error> {
        self.must_be_able(api::CAN_FOLLOW, "doesn't tell of events as they happen")
    }

    /// Begins to follow a case from the event `after` on, whatever becomes of connections meanwhile.
    pub fn follow(&self, number: CaseNumber, after: i64) -> Following {
        Following::new(self.clone(), number, after)
    }

    /// Comments on a case.
    pub fn comment(&self, number: CaseNumber, body: &str, key: &Key) -> Result<Case, Error> {
        self.change(number, path::COMMENTS, &NewComment { body: body.to_owned() }, key)
    }

    /// Adds and removes watchers.
    pub fn change_watchers(
        &self,
        number: CaseNumber,
        change: &ChangeWatchers,
        key: &Key,
    ) -> Result<Case, Error> {
        self.change(number, path::WATCHERS, change, key)
    }

    /// Asks for a call back, at the case's own phone number unless another is given.
    pub fn request_call(&self, number: CaseNumber, phone: Option<&str>, key: &Key) -> Result<Case, Error> {
        self.change(number, path::CALL, &RequestCall { phone: phone.map(str::to_owned) }, key)
    }

    /// Closes a case for good.
    pub fn close(&self, number: CaseNumber, reason: &str, key: &Key) -> Result<Case, Error> {
        self.change(number, path::CLOSE, &CloseCase { reason: reason.to_owned() }, key)
    }

    /// Attaches a file under its own name, and tells `progress` how many of its bytes are gone so far. Answers
    /// how many of them the portal had already: with the same key, it goes on where it stopped, in whatever
    /// process that was, and attaches nothing twice.
    ///
    /// The file is streamed. One that changes on the way is an error, and isn't attached.
    pub fn attach(
        &self,
        number: CaseNumber,
        file: &Path,
        key: &Key,
        progress: &dyn Fn(u64),
    ) -> Result<u64, Error> {
        upload::attach(self, number, file, key, progress)
    }

    /// Ends what [`Self::attach`] began with a key for a file with this name and size, unless it is attached.
    pub fn give_up(&self, number: CaseNumber, file: (&str, u64), key: &Key) -> Result<(), Error> {
        upload::give_up(self, number, file, key)
    }

    /// Writes an attachment's bytes to `to`, and tells `progress` how many have come, out of how many if
    /// that is known. Answers how many there were, once their hash is checked.
    pub fn download(
        &self,
        number: CaseNumber,
        name: &str,
        to: &mut dyn Write,
        progress: &dyn Fn(u64, Option<u64>),
    ) -> Result<u64, Error> {
        download::download(self, number, name, to, progress)
    }

    /// For experts: a page of the cases that wait for them, the one that waits longest first.
    pub fn queue(&self, query: &QueueQuery) -> Result<CasePage, Error> {
        self.get(path::QUEUE, query)
    }

    /// For experts: answers a case.
    pub fn reply(&self, number: CaseNumber, reply: &Reply, key: &Key) -> Result<Case, Error> {
        self.change(number, path::REPLIES, reply, key)
    }

    /// For experts: makes a remark that customers don't see; answers all of them.
    pub fn note(&self, number: CaseNumber, body: &str, key: &Key) -> Result<Vec<Note>, Error> {
        self.write(&path::of_case(path::NOTES, number), &NewNote { body: body.to_owned() }, key)?.json()
    }

    /// For experts: the remarks that customers don't see, oldest first.
    pub fn notes(&self, number: CaseNumber) -> Result<Vec<Note>, Error> {
        self.get(&path::of_case(path::NOTES, number), &())
    }

    pub(super) fn token(&self) -> &Secret {
        &self.token
    }

    /// A client that isn't blocking, for files.
    pub(super) fn streaming(&self) -> Result<reqwest::Client, Error> {
        self.way.streaming()
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    /// A request that carries the token.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.wire.request(method, path).bearer_auth(self.token.reveal())
    }

    fn get<Q: Serialize, A: DeserializeOwned>(&self, path: &str, query: &Q) -> Result<A, Error> {
        self.wire.ask(self.request(Method::GET, path).query(query), Repeat::Safely)?.json()
    }

    fn write<B: Serialize>(&self, path: &str, body: &B, key: &Key) -> Result<Answer, Error> {
        let request = self.request(Method::POST, path).header(api::IDEMPOTENCY_KEY, key.as_str());
        self.wire.ask(request.json(body), Repeat::WithKey)
    }

    fn change<B: Serialize>(
        &self,
        number: CaseNumber,
        template: &str,
        body: &B,
        key: &Key,
    ) -> Result<Case, Error> {
        self.write(&path::of_case(template, number), body, key)?.json()
    }
}
