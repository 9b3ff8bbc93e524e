//! What docket knows without asking anybody: the cached form, accounts, cases and articles, the logins, what
//! is kept.
//!
//! Everything here is a guess that may be old or missing, so nothing fails: what can't be read isn't known.

use std::collections::{BTreeMap, BTreeSet};

use clap::Arg;

use super::super::desk;
use super::Candidate;
use super::line::Place;
use crate::account::Account;
use crate::address::{Address, LOCAL};
use crate::api::body::Me;
use crate::case::{CaseNumber, Status};
use crate::profile::{Cached, Environment, Flags, Listed, Profile, RecentCase};
use crate::rules::{Choice, Condition, Form};

/// What an argument's value is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// Portals that somebody is logged in at.
    Logins,
    /// The same and the built-in one, where nobody logs in.
    Portals,
    /// The user's accounts.
    Accounts,
    /// The choices of the form's field of this name.
    Choices(&'static str),
    /// Cases that can still be changed.
    LiveCases,
    /// Cases that are closed.
    ClosedCases,
    /// All cases.
    Cases,
    /// People who watch cases, but not this one.
    People,
    /// Who watches the case.
    Watchers,
    /// Files on the case.
    Files,
    /// Articles.
    Articles,
    /// Interrupted drafts.
    Drafts,
    /// Entries of the outbox.
    Outbox,
}

impl Topic {
    /// What the value of an argument is one of, if docket may know.
    pub(super) fn of(path: &[&str], argument: &Arg) -> Option<Self> {
        let command = path.join(" ");
        Some(match (command.as_str(), argument.get_id().as_str()) {
            // A portal's operator makes what isn't there yet.
            ("portal account add", "product") | ("portal user add", "language") => return None,
            ("login" | "logout", "portal") if argument.is_positional() => Self::Logins,
            (_, "portal") => Self::Portals,
            (_, "account") | ("accounts switch", "id") => Self::Accounts,
            (_, "product") => Self::Choices("product"),
            (_, "category") => Self::Choices("category"),
            (_, "subcategory") => Self::Choices("subcategory"),
            ("case new", "user_impact") => Self::Choices("user_impact"),
            ("case new", "environment") => Self::Choices("environment"),
            ("case new", "business_impact") => Self::Choices("business_impact"),
            ("case new", "contact_method") => Self::Choices("contact_method"),
            ("case new", "language") => Self::Choices("language"),
            ("case new", "follows") => Self::ClosedCases,
            ("case new", "resume") => Self::Drafts,
            ("case new", "watch") | ("case watch", "add") => Self::People,
            ("case watch", "remove") => Self::Watchers,
            ("case download", "names") => Self::Files,
            ("resources show", "id") => Self::Articles,
            ("case show" | "case download" | "expert show" | "expert note", "number") => Self::Cases,
            (_, "number") | ("case close", "numbers") => Self::LiveCases,
            ("outbox send" | "outbox drop", "ids") => Self::Outbox,
            _ => return None,
        })
    }
}

/// What is known for one command line.
pub(super) struct Known {
    profile: Profile,
    /// Where the command would go, if that is known.
    portal: Option<Address>,
    /// Who would give it there.
    who: Option<String>,
}

impl Known {
    /// What is known where `place`'s command would go; `None` where the settings can't be read.
    pub(super) fn of(environment: Environment, place: &Place) -> Option<Self> {
        let flag = |id: &str| place.value(id).map(str::to_owned);
        let flags = Flags { portal: flag("portal"), account: flag("account"), ..Flags::default() };
        let profile = Profile::open(environment, flags).ok()?;
        let portal = profile.portal().ok().map(|portal| portal.value);
        let expert = place.path.first() == Some(&"expert");
        let who = portal.as_ref().and_then(|portal| match portal {
            Address::Local => Some(desk::local_user(expert).to_owned()),
            Address::At(_) => profile.known_who(portal),
        });
        Some(Self { profile, portal, who })
    }

    /// What can stand for `topic`.
    pub(super) fn candidates(&self, topic: Topic, place: &Place, word: &str) -> Vec<Candidate> {
        match topic {
            Topic::Logins => self.logins(),
            Topic::Portals => [self.logins(), built_in()].concat(),
            Topic::Accounts => self.accounts(),
            Topic::Choices(field) => self.choices(field, place),
            Topic::Cases => self.cases(word, |_| true),
            Topic::LiveCases => self.cases(word, |status| status != Status::Closed),
            Topic::ClosedCases => self.cases(word, |status| status == Status::Closed),
            Topic::People => self.people(place),
            Topic::Watchers => self.watchers(place),
            Topic::Files => self.files(place),
            Topic::Articles => self.articles(),
            Topic::Drafts => self.drafts(),
            Topic::Outbox => self.outbox(),
        }
    }

    fn logins(&self) -> Vec<Candidate> {
        let logins =
            self.profile.logins().portals().map(|(address, logins)| {
                Candidate::new(address, logins.current.as_deref().unwrap_or_default())
            });
        logins.filter(|candidate| candidate.value != LOCAL).collect()
    }

    fn accounts(&self) -> Vec<Candidate> {
        let accounts = self.me().map(|me| me.accounts).unwrap_or_default();
        accounts.iter().map(|account| Candidate::new(&account.id, &account.name)).collect()
    }

    /// What the form may offer after the answers on the line and, for a new case, those in files and in the
    /// current account. What isn't answered yet rules nothing out.
    fn choices(&self, field: &str, place: &Place) -> Vec<Candidate> {
        let Some(form) = self.cached::<Form>(Cached::Form) else { return Vec::new() };
        let opens_a_case = place.path.starts_with(&["case", "new"]);
        let defaults = self.profile.defaults().into_iter().map(|(id, answer)| (id, answer.value));
        let given =
            place.given.iter().map(|(argument, value)| (argument.get_id().to_string(), value.clone()));
        let answers: BTreeMap<String, String> = defaults.filter(|_| opens_a_case).chain(given).collect();
        let accounts = if opens_a_case { self.chosen_accounts() } else { Vec::new() };
        let values = |subject: &str| match subject.split_once('.') {
            Some(("account", attribute)) => attribute_of_accounts(&accounts, attribute),
            Some((field, attribute)) => attribute_of_choice(&form, field, answers.get(field)?, attribute),
            None => answers.get(subject).map(|answer| vec![answer.clone()]),
        };
        let mut offered: Vec<Candidate> = Vec::new();
        for choice in form.field(field).into_iter().flat_map(|field| &field.choices) {
            let known = offered.iter().any(|candidate| candidate.value == choice.id);
            if !known && may_be_offered(choice, &values) {
                offered.push(Candidate::new(&choice.id, &choice.label));
            }
        }
        offered
    }

    /// The account that a new case goes to, or all that it may go to.
    fn chosen_accounts(&self) -> Vec<Account> {
        let (Some(portal), Some(me)) = (&self.portal, self.me()) else { return Vec::new() };
        let named = self.profile.account(portal, &me.email).ok().flatten().map(|account| account.value);
        let standard = (*portal == Address::Local).then(|| desk::LOCAL_ACCOUNT.to_owned());
        let chosen = named.or(standard);
        let fits = |account: &Account| chosen.as_ref().is_none_or(|id| account.id == *id);
        me.accounts.into_iter().filter(Account::can_open_cases).filter(fits).collect()
    }

    fn cases(&self, word: &str, wanted: impl Fn(Status) -> bool) -> Vec<Candidate> {
        // Whoever types no leading zeros gets none.
        let short = word.starts_with(|c: char| ('1'..='9').contains(&c));
        let cases = self.recent().into_iter().filter(|case| wanted(case.status));
        let number = |number: CaseNumber| if short { number.get().to_string() } else { number.to_string() };
        cases
            .map(|case| {
                Candidate::new(&number(case.number), &format!("{}: {}", case.status.label(), case.subject))
            })
            .collect()
    }

    fn people(&self, place: &Place) -> Vec<Candidate> {
        let mut taken: BTreeSet<String> = place.given.iter().map(|(_, value)| value.to_lowercase()).collect();
        taken.extend(self.watchers(place).into_iter().map(|watcher| watcher.value));
        let people: BTreeSet<String> = self.recent().into_iter().flat_map(|case| case.watchers).collect();
        people.difference(&taken).map(|person| Candidate::new(person, "")).collect()
    }

    fn watchers(&self, place: &Place) -> Vec<Candidate> {
        let watchers = self.case_on(place).map(|case| case.watchers).unwrap_or_default();
        watchers.iter().map(|person| Candidate::new(person, "")).collect()
    }

    /// Those that aren't on the line yet.
    fn files(&self, place: &Place) -> Vec<Candidate> {
        let files = self.case_on(place).map(|case| case.files).unwrap_or_default();
        let given = |file: &&String| place.given.iter().any(|(_, value)| value == *file);
        files.iter().filter(|file| !given(file)).map(|file| Candidate::new(file, "")).collect()
    }

    /// The case whose number is on the line.
    fn case_on(&self, place: &Place) -> Option<RecentCase> {
        let number = place.value("number")?.parse().ok()?;
        self.recent().into_iter().find(|case| case.number == number)
    }

    fn articles(&self) -> Vec<Candidate> {
        let articles = match (&self.portal, &self.who) {
            (Some(portal), Some(who)) => self.profile.cache().recent_articles(portal, who),
            _ => Vec::new(),
        };
        articles.iter().map(|article| Candidate::new(&article.id, &article.title)).collect()
    }

    fn drafts(&self) -> Vec<Candidate> {
        let drafts = self.profile.drafts().and_then(|drafts| drafts.list()).unwrap_or_default();
        let subject =
            |draft: &serde_json::Value| draft["answers"]["subject"].as_str().unwrap_or_default().to_owned();
        whole(drafts).map(|draft| Candidate::new(&draft.id, &subject(&draft.draft))).collect()
    }

    fn outbox(&self) -> Vec<Candidate> {
        let entries = self.profile.outbox().and_then(|outbox| outbox.list()).unwrap_or_default();
        whole(entries)
            .map(|entry| {
                let about = entry.subject.or(entry.case.map(|number| number.to_string()));
                Candidate::new(&entry.id, &format!("{} {}", entry.kind, about.unwrap_or_default()))
            })
            .collect()
    }

    fn recent(&self) -> Vec<RecentCase> {
        match (&self.portal, &self.who) {
            (Some(portal), Some(who)) => self.profile.cache().recent_cases(portal, who),
            _ => Vec::new(),
        }
    }

    fn me(&self) -> Option<Me> {
        self.cached(Cached::Me)
    }

    fn cached<T: serde::de::DeserializeOwned>(&self, what: Cached) -> Option<T> {
        let (portal, who) = (self.portal.as_ref()?, self.who.as_ref()?);
        self.profile.cache().get(what, portal, who).map(|saved| saved.value)
    }
}

fn built_in() -> Vec<Candidate> {
    if cfg!(feature = "portal") { vec![Candidate::new(LOCAL, "the built-in portal")] } else { Vec::new() }
}

/// Whether one of a choice's conditions can hold. `values` are a subject's, where they are known.
fn may_be_offered(choice: &Choice, values: &dyn Fn(&str) -> Option<Vec<String>>) -> bool {
    let can_hold = |condition: &Condition| {
        condition.0.iter().all(|(subject, wanted)| {
            values(subject).is_none_or(|values| values.iter().any(|value| wanted.contains(value)))
        })
    };
    choice.when.is_empty() || choice.when.iter().any(can_hold)
}

fn attribute_of_choice(form: &Form, field: &str, answer: &str, attribute: &str) -> Option<Vec<String>> {
    let chosen = form.field(field)?.choices.iter().find(|choice| choice.id == answer)?;
    chosen.attributes.get(attribute).cloned()
}

fn attribute_of_accounts(accounts: &[Account], attribute: &str) -> Option<Vec<String>> {
    let values: Vec<String> = match attribute {
        "products" => accounts.iter().flat_map(|account| account.products.clone()).collect(),
        "plan" => accounts.iter().map(|account| account.plan.to_string()).collect(),
        _ => return None,
    };
    (!accounts.is_empty()).then_some(values)
}

/// Those that could be read.
fn whole<T>(list: Vec<Listed<T>>) -> impl Iterator<Item = T> {
    list.into_iter().filter_map(|listed| match listed {
        Listed::Whole(value) => Some(value),
        Listed::Torn { .. } => None,
    })
}
