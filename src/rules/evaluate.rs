//! The functions that everybody asks: what comes next, and what is wrong.
//!
//! Conditions only look back, so one pass over the fields in their order settles each from those before
//! it. What hangs on an answer that is missing or wrong is "not yet": neither asked for nor refused, since
//! the answer that it hangs on is a problem of its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::condition::{Known, one_holds};
use super::form::{ACCOUNT, ACCOUNTS};
use super::problem::Problem;
use super::value;
use super::{Answer, Choice, Condition, Context, Draft, Field, FieldProblem, Form, Kind, Need};
use crate::similar::similar;

/// Whether a field has to be answered, given the answers before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// Without it there is no case.
    Required,
    /// It may be left out.
    Optional,
    /// It is not asked, and refused if given.
    No,
    /// That hangs on an earlier answer which is missing or wrong.
    NotYet,
}

/// What the walk asks next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    /// The field to answer.
    pub field: &'a Field,
    /// Whether it may be left out.
    pub required: bool,
    /// What is offered, for a choice.
    pub choices: Vec<Choice>,
    /// The answer that suggests itself.
    pub default: Option<String>,
}

/// A field, seen in the light of the answers before it.
struct State<'a> {
    field: &'a Field,
    applies: Applies,
    /// What the field's answer counts as, for the conditions that ask.
    known: Known<'a>,
    /// The choice that was made.
    choice: Option<&'a Choice>,
}

/// One pass over a form.
pub(super) struct Assessment<'a> {
    context: &'a Context,
    draft: &'a Draft,
    states: Vec<State<'a>>,
}

impl<'a> Assessment<'a> {
    pub(super) fn new(form: &'a Form, context: &'a Context, draft: &'a Draft) -> Self {
        let mut assessment = Self { context, draft, states: Vec::with_capacity(form.fields.len()) };
        for field in &form.fields {
            let applies = assessment.applies(field);
            let choice = assessment.chosen(field);
            let known = assessment.known(field, applies, choice);
            assessment.states.push(State { field, applies, known, choice });
        }
        assessment
    }

    /// Whether a condition holds, as far as that is known.
    pub(super) fn holds(&self, condition: &Condition) -> Option<bool> {
        condition.holds(&|subject| self.look_up(subject))
    }

    fn applies(&self, field: &Field) -> Applies {
        let mut possible = BTreeSet::new();
        let mut settled = false;
        for rule in &field.need {
            match self.holds(&rule.when) {
                Some(false) => {}
                None => {
                    possible.insert(rule.need);
                }
                Some(true) => {
                    possible.insert(rule.need);
                    settled = true;
                    break;
                }
            }
        }
        if !settled {
            possible.insert(Need::NotApplicable);
        }
        let mut possible = possible.into_iter();
        match (possible.next(), possible.next()) {
            (Some(Need::Required), None) => Applies::Required,
            (Some(Need::Optional), None) => Applies::Optional,
            (Some(Need::NotApplicable), None) => Applies::No,
            _ => Applies::NotYet,
        }
    }

    /// The choice that answers `field`, if it is offered for certain.
    fn chosen(&self, field: &'a Field) -> Option<&'a Choice> {
        let given = self.draft.text(&field.id)?;
        let candidates = field.choices.iter().filter(|choice| choice.id == given);
        candidates.into_iter().find(|choice| self.offers(choice) == Some(true))
    }

    fn offers(&self, choice: &Choice) -> Option<bool> {
        one_holds(&choice.when, &|subject| self.look_up(subject))
    }

    fn known(&self, field: &'a Field, applies: Applies, choice: Option<&'a Choice>) -> Known<'a> {
        if field.id == ACCOUNT {
            let account = self.context.account_of(self.draft);
            return account.map_or(Known::NotYet, |account| Known::Values(vec![&account.id]));
        }
        match (applies, self.draft.get(&field.id)) {
            (Applies::No, _) | (Applies::Optional, None) => Known::Values(vec![]),
            (Applies::NotYet, _) | (Applies::Required, None) => Known::NotYet,
            (_, Some(_)) if field.kind == Kind::Choice => match choice {
                Some(choice) => Known::Values(vec![&choice.id]),
                None => Known::NotYet,
            },
            (_, Some(answer)) => Known::Values(answer.text().into_iter().collect()),
        }
    }

    fn look_up(&self, subject: &str) -> Known<'a> {
        if subject == ACCOUNTS {
            let several = self.context.usable().nth(1).is_some();
            return Known::Values(vec![if several { "several" } else { "one" }]);
        }
        let (id, attribute) = split(subject);
        let Some(state) = self.states.iter().find(|state| state.field.id == id) else {
            return Known::Values(vec![]);
        };
        match (attribute, &state.known) {
            (None, known) => known.clone(),
            (Some(_), Known::NotYet) => Known::NotYet,
            (Some(attribute), Known::Values(_)) if id == ACCOUNT => {
                let account = self.context.account_of(self.draft);
                Known::Values(account.map(|a| account_attribute(a, attribute)).unwrap_or_default())
            }
            (Some(attribute), Known::Values(_)) => {
                let values = state.choice.and_then(|choice| choice.attributes.get(attribute));
                Known::Values(values.into_iter().flatten().map(String::as_str).collect())
            }
        }
    }

    fn field(&self, id: &str) -> Option<&'a Field> {
        self.states.iter().map(|state| state.field).find(|field| field.id == id)
    }

    /// What can be chosen for `field` here; what isn't settled yet is left out.
    fn offered(&self, field: &Field) -> Vec<Choice> {
        if field.id == ACCOUNT {
            return self.context.usable().map(account_choice).collect();
        }
        field.choices.iter().filter(|choice| self.offers(choice) == Some(true)).cloned().collect()
    }

    fn question<'f>(&self, field: &'f Field, applies: Applies) -> Question<'f> {
        Question {
            field,
            required: applies == Applies::Required,
            choices: self.offered(field),
            default: default_answer(field, self.context),
        }
    }

    fn problem(&self, state: &State, now: Timestamp) -> Option<Problem> {
        let answer = self.draft.get(&state.field.id);
        if state.field.id == ACCOUNT
            && let Some(refused) = self.refused_account(answer)
        {
            return Some(refused);
        }
        match (state.applies, answer) {
            (Applies::Required, None) => Some(Problem::Missing),
            (Applies::Required, Some(Answer::Text(text))) if text.is_empty() => Some(Problem::Missing),
            (Applies::No, Some(_)) => Some(Problem::NotApplicable(self.why_not(state.field))),
            (_, None) => None,
            (_, Some(answer)) => value::check(state.field, answer, now).or_else(|| self.wrong_choice(state)),
        }
    }

    /// The account that was chosen can't open cases, or whoever asks has none at all that can.
    fn refused_account(&self, answer: Option<&Answer>) -> Option<Problem> {
        let accounts = &self.context.accounts;
        let named = answer.and_then(Answer::text).and_then(|id| accounts.iter().find(|own| own.id == id));
        let blamed = match named {
            Some(account) if !account.can_open_cases() => Some(account),
            _ if self.context.has_usable() => return None,
            _ => accounts.first(),
        };
        Some(blamed.map_or(Problem::NoAccount, |account| Problem::AccountRefused(account.refusal())))
    }

    /// Why a field isn't asked here, in words.
    fn why_not(&self, field: &Field) -> String {
        if field.id == ACCOUNT
            && let Some(only) = self.context.only_account()
        {
            return format!("your only account to open cases in is {} ({})", only.id, only.name);
        }
        let asking = field.need.iter().filter(|rule| rule.need != Need::NotApplicable);
        self.only_where(asking.map(|rule| &rule.when))
    }

    /// `only where …`: what is unmet in each of the conditions, those left out that nobody can meet here, as
    /// long as there are others.
    fn only_where<'c>(&self, conditions: impl Iterator<Item = &'c Condition>) -> String {
        // Conditions that lack the same single subject become one clause.
        let mut alternatives: BTreeMap<Vec<&str>, Vec<BTreeSet<&str>>> = BTreeMap::new();
        let mut out_of_reach = alternatives.clone();
        for condition in conditions {
            let mut unmet: Vec<_> = condition
                .0
                .iter()
                .filter(|(subject, wanted)| self.meets(subject, wanted) == Some(false))
                .collect();
            if unmet.is_empty() {
                continue;
            }
            unmet.sort_by_key(|(subject, _)| self.states.iter().position(|s| s.field.id == split(subject).0));
            let reachable = unmet.iter().all(|(subject, wanted)| self.can_meet(subject, wanted));
            let pool = if reachable { &mut alternatives } else { &mut out_of_reach };
            let subjects: Vec<&str> = unmet.iter().map(|(subject, _)| subject.as_str()).collect();
            let values = pool.entry(subjects).or_insert_with(|| vec![BTreeSet::new(); unmet.len()]);
            for (values, (_, wanted)) in values.iter_mut().zip(unmet) {
                values.extend(wanted.iter().map(String::as_str));
            }
        }
        let pool = if alternatives.is_empty() { out_of_reach } else { alternatives };
        let told: Vec<String> = pool
            .into_iter()
            .map(|(subjects, values)| {
                let clauses =
                    subjects.iter().zip(&values).map(|(subject, values)| self.clause(subject, values));
                clauses.collect::<Vec<_>>().join(" and ")
            })
            .collect();
        if told.is_empty() { String::new() } else { format!("only where {}", told.join(", or ")) }
    }

    /// Whether `subject` has one of the values `wanted`, as far as that is known.
    fn meets(&self, subject: &str, wanted: &[String]) -> Option<bool> {
        match self.look_up(subject) {
            Known::Values(values) => Some(values.iter().any(|value| wanted.iter().any(|w| w == value))),
            Known::NotYet => None,
        }
    }

    /// Whether other answers could give `subject` one of the values `wanted`; another plan counts too.
    fn can_meet(&self, subject: &str, wanted: &[String]) -> bool {
        let (id, attribute) = split(subject);
        let Some(field) = self.field(id).filter(|field| field.kind == Kind::Choice && id != ACCOUNT) else {
            return true;
        };
        field.choices.iter().any(|choice| {
            let fits = match attribute {
                None => wanted.contains(&choice.id),
                Some(attribute) => {
                    has_attribute(choice, attribute, |value| wanted.iter().any(|w| w == value))
                }
            };
            fits && self.offers(choice) != Some(false)
        })
    }

    /// `product is esignature or rooms`, with attributes put back to the choices that have them.
    fn clause(&self, subject: &str, values: &BTreeSet<&str>) -> String {
        let (id, Some(attribute)) = split(subject) else {
            return format!("{subject} is {}", self.or(subject, values));
        };
        if id == ACCOUNT {
            return format!("the account's {attribute} is {}", self.or(subject, values));
        }
        let having = || {
            let choices = self.field(id).into_iter().flat_map(|field| &field.choices);
            choices.filter(|choice| has_attribute(choice, attribute, |value| values.contains(value)))
        };
        let mut named: BTreeSet<&str> = having()
            .filter(|choice| self.offers(choice) != Some(false))
            .map(|choice| choice.id.as_str())
            .collect();
        if named.is_empty() {
            // What another account would offer still helps; what other answers would offer confuses.
            let by_account = |choice: &&Choice| {
                choice.when.iter().all(|when| when.subjects().all(|s| split(s).0 == ACCOUNT))
            };
            named = having().filter(by_account).map(|choice| choice.id.as_str()).collect();
        }
        if named.is_empty() {
            return format!("{id} is another one");
        }
        format!("{id} is {}", self.or(id, &named))
    }

    /// `a, b or c`, in the order in which the choices of the field `id` are listed.
    fn or(&self, id: &str, words: &BTreeSet<&str>) -> String {
        let choices = self.field(id).into_iter().flat_map(|field| &field.choices);
        let place = |word: &str| choices.clone().position(|choice| choice.id == word);
        let mut words: Vec<&str> = words.iter().copied().collect();
        words.sort_by_key(|word| place(word));
        match words.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        }
    }

    fn wrong_choice(&self, state: &State) -> Option<Problem> {
        let field = state.field;
        if field.kind != Kind::Choice {
            return None;
        }
        let given = self.draft.text(&field.id)?;
        if field.id == ACCOUNT {
            return self.wrong_account(given);
        }
        if state.choice.is_some() {
            return None;
        }
        let same_id: Vec<&Choice> = field.choices.iter().filter(|choice| choice.id == given).collect();
        if same_id.iter().any(|choice| self.offers(choice).is_none()) {
            return None;
        }
        let mut choices: Vec<String> = self.offered(field).into_iter().map(|choice| choice.id).collect();
        choices.dedup();
        if same_id.is_empty() {
            let known: BTreeSet<&str> = if choices.is_empty() {
                field.choices.iter().map(|choice| choice.id.as_str()).collect()
            } else {
                choices.iter().map(String::as_str).collect()
            };
            let similar = similar(given, known.into_iter());
            return Some(Problem::NotAChoice { given: value::shorten(given), choices, similar });
        }
        let why = if field.id == "product" {
            self.why_not_in_account(given)
        } else {
            let conditions = same_id.iter().flat_map(|choice| &choice.when);
            format!("`{given}` is offered {}", self.only_where(conditions))
        };
        Some(Problem::NotOffered { why, choices })
    }

    fn wrong_account(&self, given: &str) -> Option<Problem> {
        let choices: Vec<String> = self.context.usable().map(|account| account.id.clone()).collect();
        let why = || format!("`{}` is not an account of yours", value::shorten(given));
        (!choices.iter().any(|own| own == given)).then(|| Problem::NotOffered { why: why(), choices })
    }

    /// Whether something was chosen of which it isn't known any more whether it is offered.
    fn is_up_in_the_air(&self, state: &State) -> bool {
        let given = self.draft.text(&state.field.id);
        state.choice.is_none() && state.field.choices.iter().any(|choice| Some(choice.id.as_str()) == given)
    }

    fn why_not_in_account(&self, product: &str) -> String {
        let here = match self.context.account_of(self.draft) {
            Some(account) => format!("account {} ({})", account.id, account.name),
            None => "your account".to_owned(),
        };
        let elsewhere: Vec<String> = self
            .context
            .usable()
            .filter(|account| account.products.iter().any(|own| own == product))
            .map(|account| format!("{} ({})", account.id, account.name))
            .collect();
        match elsewhere.as_slice() {
            [] => format!("`{product}` is not a product of {here}"),
            some => format!("`{product}` is not a product of {here}, but of {}", some.join(" and ")),
        }
    }
}

fn account_attribute<'a>(account: &'a crate::account::Account, attribute: &str) -> Vec<&'a str> {
    match attribute {
        "plan" => vec![account.plan.as_str()],
        "products" => account.products.iter().map(String::as_str).collect(),
        "environment" => vec![account.environment.as_str()],
        _ => vec![],
    }
}

fn account_choice(account: &crate::account::Account) -> Choice {
    Choice {
        id: account.id.clone(),
        label: account.name.clone(),
        help: String::new(),
        when: Vec::new(),
        attributes: BTreeMap::new(),
        assumed: false,
    }
}

/// A subject's field and attribute.
fn split(subject: &str) -> (&str, Option<&str>) {
    match subject.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (subject, None),
    }
}

/// Whether a choice has the attribute with a value that is `wanted`.
fn has_attribute(choice: &Choice, attribute: &str, wanted: impl Fn(&str) -> bool) -> bool {
    choice.attributes.get(attribute).is_some_and(|own| own.iter().any(|value| wanted(value)))
}

/// Everything that is wrong with `draft`, in the form's order; nothing, when a case can be opened with it.
pub fn problems(form: &Form, context: &Context, draft: &Draft, now: Timestamp) -> Vec<FieldProblem> {
    let assessment = Assessment::new(form, context, draft);
    let known = assessment.states.iter().filter_map(|state| {
        assessment.problem(state, now).map(|problem| FieldProblem::new(&state.field.id, &problem))
    });
    let unknown = draft.0.keys().filter(|id| form.field(id).is_none()).map(|id| {
        let similar = similar(id, form.fields.iter().map(|field| field.id.as_str()));
        FieldProblem::new(id, &Problem::UnknownField { similar })
    });
    known.chain(unknown).collect()
}

/// The next thing to ask: the first field that applies and has no good answer, unless it is optional and
/// one of those `skipped`. `None` when there is nothing left to ask, or when whoever is asked has no account
/// to open a case in, which [`problems`] then says.
pub fn next<'a>(
    form: &'a Form,
    context: &Context,
    draft: &Draft,
    skipped: &BTreeSet<String>,
    now: Timestamp,
) -> Option<Question<'a>> {
    if !context.has_usable() {
        return None;
    }
    let assessment = Assessment::new(form, context, draft);
    let (field, state) = form.fields.iter().zip(&assessment.states).find(|(field, state)| {
        let settled = match draft.get(&field.id) {
            Some(_) => assessment.problem(state, now).is_none(),
            None => state.applies == Applies::Optional && skipped.contains(&field.id),
        };
        matches!(state.applies, Applies::Required | Applies::Optional) && !settled
    })?;
    Some(assessment.question(field, state.applies))
}

/// The question for one field, asked already or not; `None` where it doesn't apply.
pub fn question<'a>(form: &'a Form, context: &Context, draft: &Draft, id: &str) -> Option<Question<'a>> {
    let assessment = Assessment::new(form, context, draft);
    let applies = assessment.states.iter().find(|state| state.field.id == id)?.applies;
    let asked = matches!(applies, Applies::Required | Applies::Optional);
    form.field(id).filter(|_| asked).map(|field| assessment.question(field, applies))
}

/// The answer that suggests itself: for the language the user's own, else the form's default.
pub(crate) fn default_answer(field: &Field, context: &Context) -> Option<String> {
    let own = context
        .language
        .as_ref()
        .filter(|own| field.id == "language" && field.choices.iter().any(|choice| choice.id == **own));
    own.or(field.default.as_ref()).cloned()
}

/// Whether the field called `id` has to be answered; [`Applies::No`] when the form has no such field.
pub fn applies(form: &Form, context: &Context, draft: &Draft, id: &str) -> Applies {
    let assessment = Assessment::new(form, context, draft);
    assessment.states.iter().find(|state| state.field.id == id).map_or(Applies::No, |state| state.applies)
}

/// What can be chosen for the field called `id`, given the answers in `draft`.
pub fn offered(form: &Form, context: &Context, draft: &Draft, id: &str) -> Vec<Choice> {
    form.field(id).map(|field| Assessment::new(form, context, draft).offered(field)).unwrap_or_default()
}

/// Takes out of `draft` what doesn't apply or isn't offered any more, as after a change of mind about the
/// product, and whatever was chosen on the strength of that; returns the ids of what went, so that people
/// can be told.
///
/// What hangs on a missing answer stays, so that a change of mind costs no more than it must. The walk
/// therefore prunes after every answer, not only after a change.
pub fn prune(form: &Form, context: &Context, draft: &mut Draft) -> Vec<String> {
    let mut gone = Vec::new();
    loop {
        let assessment = Assessment::new(form, context, draft);
        let stale = assessment.states.iter().find(|state| {
            draft.get(&state.field.id).is_some()
                && (state.applies == Applies::No
                    || assessment.wrong_choice(state).is_some()
                    || (!gone.is_empty() && assessment.is_up_in_the_air(state)))
        });
        let Some(id) = stale.map(|state| state.field.id.clone()) else { return gone };
        draft.0.remove(&id);
        gone.push(id);
    }
}
