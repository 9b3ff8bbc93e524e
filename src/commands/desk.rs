//! A logged-in place to work at: one portal, one user, and what is known of both.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use super::Docket;
use super::enclosure::ToSend;
use super::redacting::Ready;
use crate::account::Account;
use crate::address::Address;
use crate::api::body::{CasePage, Me, Scope};
use crate::case::{Case, CaseNumber, Role};
use crate::client::{Error, Fate, Key, Session};
use crate::failure::{Failure, Kind};
use crate::profile::{Cached, Resolved, Source, TokenSource};
use crate::resource::Resource;
use crate::rules::{self, Context, FieldProblem, Form, Kind as FieldKind};
use crate::ui::{CaseList, CaseReport, Redacted};

/// Whose side of the desk a command is for. Only the built-in portal cares: there it says who works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Customer,
    Expert,
}

/// A logged-in place to work at.
pub(super) struct Desk<'d> {
    docket: &'d Docket,
    address: Resolved<Address>,
    session: Session,
    /// The e-mail address, as far as it is known without asking.
    user: Option<String>,
    /// Names the user in the cache.
    who: String,
    token_source: Option<TokenSource>,
    me: RefCell<Option<Rc<Me>>>,
    form: RefCell<Option<Rc<Form>>>,
    /// The built-in portal stops when it is dropped.
    #[cfg(feature = "portal")]
    _local: Option<crate::portal::local::LocalPortal>,
}

/// The most cases that a portal gives at once.
const LARGEST_PAGE: usize = 200;

impl Docket {
    /// A customer's desk at the portal that the settings name.
    pub(super) fn desk(&self) -> Result<Desk<'_>, Failure> {
        self.desk_at(self.profile.portal()?, Side::Customer)
    }

    /// An expert's desk at the portal that the settings name.
    pub(super) fn expert_desk(&self) -> Result<Desk<'_>, Failure> {
        self.desk_at(self.profile.portal()?, Side::Expert)
    }

    fn desk_at(&self, address: Resolved<Address>, side: Side) -> Result<Desk<'_>, Failure> {
        match &address.value {
            Address::Local => self.local_desk(address, side),
            Address::At(url) => {
                let credential = self.profile.credential(&address)?;
                let session = self.connect(url)?.with_token(credential.token.clone());
                Ok(Desk {
                    docket: self,
                    session,
                    user: credential.user.clone(),
                    who: credential.who(),
                    token_source: Some(credential.source),
                    me: RefCell::default(),
                    form: RefCell::default(),
                    #[cfg(feature = "portal")]
                    _local: None,
                    address,
                })
            }
        }
    }

    #[cfg(feature = "portal")]
    fn local_desk(&self, address: Resolved<Address>, side: Side) -> Result<Desk<'_>, Failure> {
        let user = local_user(side == Side::Expert);
        let folder = self.profile.data_dir()?.join("portal");
        let local = crate::portal::local::start(&folder, user).map_err(|error| {
            Failure::new(Kind::Failed, format!("the built-in portal can't start: {error}"))
                .hint(format!("its files are in {}; without that folder it begins anew", folder.display()))
        })?;
        let session = self.connect(&local.url)?.with_token(local.token.clone());
        Ok(Desk {
            docket: self,
            session,
            user: Some(user.to_owned()),
            who: user.to_owned(),
            token_source: None,
            me: RefCell::default(),
            form: RefCell::default(),
            _local: Some(local),
            address,
        })
    }

    #[cfg(not(feature = "portal"))]
    fn local_desk(&self, _: Resolved<Address>, _: Side) -> Result<Desk<'_>, Failure> {
        Err(Failure::usage("this docket was built without the built-in portal").hint("docket login URL"))
    }

    /// What has to be added to a command so that it goes to the same portal: nothing, unless that was given as a
    /// flag.
    pub(super) fn portal_again(&self) -> String {
        let given = self.profile.portal().ok().filter(|portal| portal.source == Source::Flag);
        given.map(|portal| format!(" --portal {}", portal.value)).unwrap_or_default()
    }

    /// Prints a case after a change: the whole of it for machines, nothing more for people, who have been
    /// told.
    pub(super) fn show_changed(&self, case: Case) -> Result<(), Failure> {
        self.show_sent(case, Vec::new())
    }

    /// The same where something was sent that may have been `redacted`.
    pub(super) fn show_sent(&self, case: Case, redacted: Vec<Redacted>) -> Result<(), Failure> {
        if self.ui.for_people() {
            return Ok(());
        }
        self.ui.show(&CaseReport { case, history: None, redacted, all_comments: true })
    }
}

/// Who works at the built-in portal.
const LOCAL_CUSTOMER: &str = "sam@example.com";
/// Who answers there.
const LOCAL_EXPERT: &str = "expert@example.com";
/// The account that is current there until another one is chosen.
pub(super) const LOCAL_ACCOUNT: &str = "1001";

/// Who works at the built-in portal, or answers there.
pub(super) fn local_user(expert: bool) -> &'static str {
    if expert { LOCAL_EXPERT } else { LOCAL_CUSTOMER }
}

impl Desk<'_> {
    /// Names the user in what is kept on disk.
    pub(super) fn who(&self) -> &str {
        &self.who
    }

    pub(super) fn docket(&self) -> &Docket {
        self.docket
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// The portal, with where its name came from.
    pub(super) fn address(&self) -> &Resolved<Address> {
        &self.address
    }

    /// The user's e-mail address, if docket knows it without asking.
    pub(super) fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    pub(super) fn token_source(&self) -> Option<TokenSource> {
        self.token_source
    }

    /// A case with its comments.
    pub(super) fn case(&self, number: CaseNumber) -> Result<Case, Failure> {
        let case = self.session.case(number).map_err(|error| self.explain_about(number, error))?;
        self.seen(std::slice::from_ref(&case));
        Ok(case)
    }

    /// Remembers cases for completions.
    pub(super) fn seen(&self, cases: &[Case]) {
        self.docket.profile.cache().remember_cases(&self.address.value, &self.who, cases);
    }

    /// Remembers articles for completions.
    pub(super) fn seen_articles(&self, articles: &[Resource]) {
        self.docket.profile.cache().remember_articles(&self.address.value, &self.who, articles);
    }

    /// Who is logged in, as last heard.
    pub(super) fn me(&self) -> Result<Rc<Me>, Failure> {
        if let Some(me) = &*self.me.borrow() {
            return Ok(Rc::clone(me));
        }
        match self.docket.profile.cache().get::<Me>(Cached::Me, &self.address.value, &self.who) {
            Some(saved) => Ok(self.keep_me(saved.value)),
            None => self.fresh_me(),
        }
    }

    /// Who is logged in, as the portal says now.
    pub(super) fn fresh_me(&self) -> Result<Rc<Me>, Failure> {
        let me = self.session.me().map_err(|error| self.explain(error))?;
        self.docket.profile.cache().put(Cached::Me, &self.address.value, &self.who, &me);
        Ok(self.keep_me(me))
    }

    fn keep_me(&self, me: Me) -> Rc<Me> {
        let me = Rc::new(me);
        *self.me.borrow_mut() = Some(Rc::clone(&me));
        me
    }

    /// What a case needs, as last heard. The portal refuses a case that was checked against another form.
    pub(super) fn form(&self) -> Result<Rc<Form>, Failure> {
        match self.known_form() {
            Some(form) => Ok(form),
            None => self.fresh_form(None),
        }
    }

    /// What a case needs, as the portal says now.
    pub(super) fn current_form(&self) -> Result<Rc<Form>, Failure> {
        self.fresh_form(self.known_form())
    }

    /// The same if it needn't be asked for.
    pub(super) fn form_at_hand(&self) -> Option<Rc<Form>> {
        self.known_form()
    }

    fn known_form(&self) -> Option<Rc<Form>> {
        if let Some(form) = &*self.form.borrow() {
            return Some(Rc::clone(form));
        }
        let saved = self.docket.profile.cache().get::<Form>(Cached::Form, &self.address.value, &self.who);
        saved.map(|saved| self.keep_form(saved.value))
    }

    fn fresh_form(&self, known: Option<Rc<Form>>) -> Result<Rc<Form>, Failure> {
        let version = known.as_ref().map(|form| form.version.as_str());
        match (self.session.form(version).map_err(|error| self.explain(error))?, known) {
            (Some(form), _) => {
                self.docket.profile.cache().put(Cached::Form, &self.address.value, &self.who, &form);
                Ok(self.keep_form(form))
            }
            (None, Some(known)) => Ok(known),
            (None, None) => Err(Failure::new(Kind::Failed, "the portal has no form")),
        }
    }

    fn keep_form(&self, form: Form) -> Rc<Form> {
        let form = Rc::new(form);
        *self.form.borrow_mut() = Some(Rc::clone(&form));
        form
    }

    /// Asks the portal again who is logged in and what a case needs; whether either has changed.
    pub(super) fn refresh(&self) -> Result<bool, Failure> {
        let (me, form) = (self.me()?, self.form()?);
        let changed_me = *self.fresh_me()? != *me;
        let changed_form = self.fresh_form(Some(Rc::clone(&form)))?.version != form.version;
        Ok(changed_me || changed_form)
    }

    /// Whoever fills in a form here.
    pub(super) fn context(&self) -> Result<Context, Failure> {
        let me = self.me()?;
        let language = self.docket.profile.language()?.map(|language| language.value);
        Ok(Context { accounts: me.accounts.clone(), language: language.or_else(|| me.language.clone()) })
    }

    /// The account to work in, with where its name came from; `None` when there are several and none is
    /// chosen, and for experts.
    ///
    /// Fails when it isn't one of the user's, or is a Demo or Sandbox account.
    pub(super) fn account(&self) -> Result<Option<Resolved<Account>>, Failure> {
        // A token of the environment may be somebody else's than the login's.
        let user = match self.user() {
            Some(user) => user.to_owned(),
            None => self.me()?.email.clone(),
        };
        let named = self.docket.profile.account(&self.address.value, &user)?;
        let named = named.or_else(|| self.local_account());
        let Some(Resolved { value: id, source }) = named else {
            let context = self.context()?;
            let only = context.only_account().cloned();
            return Ok(
                only.map(|account| Resolved { value: account, source: crate::profile::Source::Default })
            );
        };
        let find = |me: &Me| me.accounts.iter().find(|account| account.id == id).cloned();
        let me = self.me()?;
        let found = match find(&me) {
            Some(account) => Some(account),
            None => find(&*self.fresh_me()?),
        };
        let Some(account) = found else { return Err(self.no_such_account(&id)) };
        if !account.can_open_cases() {
            return Err(refused(&account));
        }
        Ok(Some(Resolved { value: account, source }))
    }

    /// The id of [`Desk::account`].
    pub(super) fn account_id(&self) -> Result<Option<String>, Failure> {
        if self.me()?.role == Role::Expert {
            return Ok(None);
        }
        Ok(self.account()?.map(|account| account.value.id))
    }

    /// The id of the account that the settings name, if any, without asking the portal about it.
    pub(super) fn named_account(&self) -> Option<String> {
        let named =
            self.docket.profile.account(&self.address.value, self.user().unwrap_or_default()).ok().flatten();
        named.map(|account| account.value)
    }

    fn local_account(&self) -> Option<Resolved<String>> {
        let local_customer =
            self.address.value == Address::Local && self.me().is_ok_and(|me| me.role == Role::Customer);
        local_customer
            .then(|| Resolved { value: LOCAL_ACCOUNT.to_owned(), source: crate::profile::Source::Default })
    }

    /// There is no account `id` for this user.
    pub(super) fn no_such_account(&self, id: &str) -> Failure {
        let failure = Failure::new(Kind::NotFound, format!("there is no account `{id}` among yours"));
        let Ok(me) = self.me() else { return failure };
        let listed: Vec<String> =
            me.accounts.iter().map(|account| format!("{} ({})", account.id, account.name)).collect();
        if listed.is_empty() {
            return failure.hint(without_accounts(&me));
        }
        // Ids differ in a digit, so one says nothing about another; names do.
        let similar = rules::similar(id, me.accounts.iter().map(|account| account.name.as_str()));
        let meant = me.accounts.iter().find(|account| Some(&account.name) == similar.as_ref());
        failure
            .did_you_mean(meant.map(|account| account.id.clone()))
            .hint(format!("yours are {}", listed.join(", ")))
    }

    /// Fetches pages until there are `wanted` cases or no more.
    pub(super) fn pages(
        &self,
        wanted: usize,
        mut fetch: impl FnMut(u32, Option<String>) -> Result<CasePage, Error>,
    ) -> Result<CaseList, Failure> {
        let mut list = CaseList { cases: Vec::new(), total: 0, truncated: false };
        let mut cursor = None;
        loop {
            let size = (wanted - list.cases.len()).min(LARGEST_PAGE);
            let page = fetch(u32::try_from(size).unwrap_or(u32::MAX), cursor)
                .map_err(|error| self.explain(error))?;
            list.total = page.total;
            let empty = page.cases.is_empty();
            list.cases.extend(page.cases);
            list.truncated = page.next.is_some();
            cursor = page.next;
            if cursor.is_none() || list.cases.len() >= wanted || empty {
                self.seen(&list.cases);
                return Ok(list);
            }
        }
    }

    /// What is wrong with files that are to be attached, all of it at once.
    pub(super) fn file_problems(&self, files: &[PathBuf]) -> Result<Vec<FieldProblem>, Failure> {
        let max = self.largest_file()?;
        let mut found = Vec::new();
        for file in files {
            let unreadable = |why: String| FieldProblem {
                field: "attachment".to_owned(),
                problem: format!("`{}` {why}", file.display()),
                flag: "--attach".to_owned(),
                code: "unreadable".to_owned(),
            };
            let name = file.file_name().unwrap_or_default().to_str();
            found.extend(match (fs::metadata(file), name) {
                (Err(error), _) => Some(unreadable(format!("can't be read: {error}"))),
                (Ok(metadata), _) if !metadata.is_file() => Some(unreadable("is not a file".to_owned())),
                (Ok(_), None) => Some(unreadable("has a name that is not valid UTF-8".to_owned())),
                (Ok(metadata), Some(name)) => match rules::check_file(name, metadata.len(), max) {
                    Some(problem) => Some(FieldProblem::new("attachment", &problem)),
                    None => {
                        fs::File::open(file).err().map(|error| unreadable(format!("can't be read: {error}")))
                    }
                },
            });
        }
        Ok(found)
    }

    /// What is wrong with the copies that are sent in the place of files: with their marks they may be too large.
    pub(super) fn copy_problems(&self, files: &[Ready]) -> Result<Vec<FieldProblem>, Failure> {
        let max = self.largest_file()?;
        let sizes = files.iter().filter_map(|file| Some((file.name(), file.size()?)));
        let problems = sizes.filter_map(|(name, size)| rules::check_file(&name, size, max));
        Ok(problems.map(|problem| FieldProblem::new("attachment", &problem)).collect())
    }

    /// Bytes that a file may have.
    fn largest_file(&self) -> Result<u64, Failure> {
        Ok(match self.form()?.field("attachment").map(|field| &field.kind) {
            Some(FieldKind::File { max }) => *max,
            _ => u64::MAX,
        })
    }

    /// Why a file couldn't be attached.
    pub(super) fn not_attached(&self, number: CaseNumber, error: Error) -> Failure {
        if error.fate() == Fate::Unknown {
            return self
                .unsettled(error)
                .hint(format!("`docket case show {number}` tells whether it is there"));
        }
        self.explain_about(number, error)
    }

    /// A client's error about a case, as a failure with what this desk knows.
    pub(super) fn explain_about(&self, number: CaseNumber, error: Error) -> Failure {
        let (missing, closed) = (matches!(error, Error::NotFound(_)), matches!(error, Error::Closed(_)));
        let failure = self.explain(error);
        if closed {
            return failure
                .hint(format!("`docket case new --follows {number}` goes on from it with a new one"));
        }
        if !missing {
            return failure;
        }
        let message = format!("there is no case {number}, or it isn't yours to see");
        Failure { message, ..failure }
            .did_you_mean(self.similar_case(number))
            .hint("`docket case list --all-accounts` lists yours")
    }

    /// The case seen last whose number differs in one digit, or in the order of two.
    fn similar_case(&self, number: CaseNumber) -> Option<String> {
        let bare = |number: CaseNumber| number.to_string().trim_start_matches('0').to_owned();
        let wanted = bare(number);
        let mut seen = self.docket.profile.cache().recent_cases(&self.address.value, &self.who).into_iter();
        let near = |other: &str| other.len() > 1 && strsim::damerau_levenshtein(&wanted, other) == 1;
        seen.find(|case| near(&bare(case.number))).map(|case| bare(case.number))
    }

    /// Whether the token is one that may only read.
    fn has_read_token(&self) -> bool {
        let scope = |me: &Me| me.machine.as_ref().map(|machine| machine.scope);
        self.me().is_ok_and(|me| scope(&me) == Some(Scope::Read))
    }

    /// Fails where nothing can be written with the token.
    pub(super) fn must_write(&self) -> Result<(), Failure> {
        match self.has_read_token() {
            true => Err(Failure::new(Kind::NotAllowed, "the token may only read").hint(MORE_SCOPE)),
            false => Ok(()),
        }
    }

    /// A client's error, as a failure with what this desk knows.
    pub(super) fn explain(&self, error: Error) -> Failure {
        let refused = matches!(error, Error::NotAllowed(_));
        let failure = Failure::from(error);
        if refused && self.has_read_token() {
            return failure.hint(MORE_SCOPE);
        }
        let variable = match (failure.kind, self.token_source) {
            (Kind::LoginRequired, Some(TokenSource::Environment)) => "DOCKET_TOKEN",
            (Kind::LoginRequired, Some(TokenSource::Command)) => "DOCKET_TOKEN_COMMAND",
            _ => return failure,
        };
        // A login wouldn't help: the variable goes before it.
        Failure { hints: Vec::new(), ..failure }
            .hint(format!("the token is that of {variable}: set it to one that works"))
            .hint(format!("or unset it, and run `docket login {}`", self.address.value))
    }
}

/// Attaches one of the files of a case, with a key of its own that stays the same as long as the file does.
pub(super) fn attach(session: &Session, number: CaseNumber, file: ToSend, key: &Key) -> Result<(), Error> {
    if let Some(changed) = file.changed() {
        return Err(changed);
    }
    let key = key_of(key, file, fs::metadata(file.path).ok().as_ref());
    session.attach(number, file.path, &key, &|_| {}).map(drop)
}

/// The key of one of the files that go with what `key` is for. It stays the same as long as what is in the file
/// does; where that isn't known, as long as the file looks the same.
pub(super) fn key_of(key: &Key, file: ToSend, metadata: Option<&fs::Metadata>) -> Key {
    if let Some(sha256) = file.sha256 {
        return key.of_part(&format!("attachment {:?} {sha256}", file.path.file_name()));
    }
    let size = metadata.map(fs::Metadata::len);
    let modified = metadata.and_then(|metadata| metadata.modified().ok());
    let place = std::path::absolute(file.path).unwrap_or_else(|_| file.path.to_owned());
    key.of_part(&format!("attachment {} {size:?} {modified:?}", place.display()))
}

/// What helps where a token may only read.
const MORE_SCOPE: &str =
    "to write takes a token with more scope: `docket tokens create --name NAME --scope write`";

/// What to tell somebody who is in no account.
pub(super) fn without_accounts(me: &Me) -> &'static str {
    match me.role {
        Role::Expert => "experts are in no account; they see the cases of all",
        Role::Customer => "you are in no account: ask an account's administrator to add you",
    }
}

/// A Demo or Sandbox account can't be worked in.
pub(super) fn refused(account: &Account) -> Failure {
    Failure::new(Kind::NotAllowed, account.refusal()).hint("`docket accounts list` shows your accounts")
}
