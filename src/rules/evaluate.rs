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
struct Assessment<'a> {
    context: &'a Context,
    draft: &'a Draft,
    states: Vec<State<'a>>,
}

impl<'a> Assessment<'a> {
    fn new(form: &'a Form, context: &'a Context, draft: &'a Draft) -> Self {
        let mut assessment = Self { context, draft, states: Vec::with_capacity(form.fields.len()) };
        for field in &form.fields {
            let applies = assessment.applies(field);
            let choice = assessment.chosen(field);
            let known = assessment.known(field, applies, choice);
            assessment.states.push(State { field, applies, known, choice });
        }
        assessment
    }

    fn applies(&self, field: &Field) -> Applies {
        let mut possible = BTreeSet::new();
        let mut settled = false;
        for rule in &field.need {
            match rule.when.holds(&|subject| self.look_up(subject)) {
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
            return match self.context.account_of(self.draft) {
                Some(account) => Known::Values(vec![&account.id]),
                None if self.context.usable().next().is_none() => Known::Values(vec![]),
                None => Known::NotYet,
            };
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
        let (id, attribute) = match subject.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (subject, None),
        };
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

    /// What can be chosen for `field` here; what isn't settled yet is left out.
    fn offered(&self, field: &Field) -> Vec<Choice> {
        if field.id == ACCOUNT {
            return self.context.usable().map(account_choice).collect();
        }
        field.choices.iter().filter(|choice| self.offers(choice) == Some(true)).cloned().collect()
    }

    fn problem(&self, state: &State, now: Timestamp) -> Option<Problem> {
        let answer = self.draft.get(&state.field.id);
        match (state.applies, answer) {
            (Applies::Required, None) => Some(Problem::Missing),
            (Applies::Required, Some(Answer::Text(text))) if text.is_empty() => Some(Problem::Missing),
            (Applies::No, Some(_)) => Some(Problem::NotApplicable(self.why_not(state.field))),
            (_, None) => None,
            (_, Some(answer)) => value::check(state.field, answer, now).or_else(|| self.wrong_choice(state)),
        }
    }

    /// Why a field isn't asked here, in words.
    fn why_not(&self, field: &Field) -> String {
        if field.id == ACCOUNT {
            return "there is only one account to choose".to_owned();
        }
        let wanted: Vec<&Condition> = field
            .need
            .iter()
            .filter(|rule| rule.need != Need::NotApplicable)
            .map(|rule| &rule.when)
            .collect();
        self.only_where(&wanted)
    }

    /// `only where …`, from the first subject that isn't met in each condition.
    fn only_where(&self, conditions: &[&Condition]) -> String {
        let mut clauses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for condition in conditions {
            let unmet = condition.0.iter().find(|(subject, wanted)| {
                let single = Condition(BTreeMap::from([((*subject).clone(), (*wanted).clone())]));
                single.holds(&|subject| self.look_up(subject)) == Some(false)
            });
            if let Some((subject, wanted)) = unmet {
                clauses.entry(subject).or_default().extend(wanted.iter().map(String::as_str));
            }
        }
        let clauses: Vec<String> =
            clauses.into_iter().map(|(subject, values)| self.clause(subject, &values)).collect();
        if clauses.is_empty() { String::new() } else { format!("only where {}", clauses.join(", or ")) }
    }

    /// `product is esignature or rooms`, with attributes put back to the choices that have them.
    fn clause(&self, subject: &str, values: &BTreeSet<&str>) -> String {
        let Some((id, attribute)) = subject.split_once('.') else {
            return format!("{subject} is {}", or(values.iter().copied()));
        };
        if id == ACCOUNT {
            return format!("the account's {attribute} is {}", or(values.iter().copied()));
        }
        let field = self.states.iter().map(|state| state.field).find(|field| field.id == id);
        let having: BTreeSet<&str> = field
            .into_iter()
            .flat_map(|field| &field.choices)
            .filter(|choice| {
                let of_choice = choice.attributes.get(attribute);
                of_choice.is_some_and(|own| own.iter().any(|value| values.contains(value.as_str())))
                    && self.offers(choice) != Some(false)
            })
            .map(|choice| choice.id.as_str())
            .collect();
        if having.is_empty() {
            return format!("{id} is another one");
        }
        format!("{id} is {}", or(having))
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
            let conditions: Vec<&Condition> = same_id.iter().flat_map(|choice| &choice.when).collect();
            format!("`{given}` is offered {}", self.only_where(&conditions))
        };
        Some(Problem::NotOffered { why, choices })
    }

    fn wrong_account(&self, given: &str) -> Option<Problem> {
        match self.context.accounts.iter().find(|account| account.id == given) {
            Some(account) if account.can_open_cases() => None,
            Some(account) => Some(Problem::AccountRefused(account.refusal())),
            None => {
                let choices: Vec<String> = self.context.usable().map(|account| account.id.clone()).collect();
                let similar = similar(given, choices.iter().map(String::as_str));
                Some(Problem::NotAChoice { given: value::shorten(given), choices, similar })
            }
        }
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

fn or<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// The one of `known` that may have been meant by `given`.
pub fn similar<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let given = given.to_lowercase();
    known
        .map(|word| (strsim::jaro_winkler(&given, &word.to_lowercase()), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word.to_owned())
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
/// one of those `skipped`. `None` when there is nothing left to ask.
pub fn next<'a>(
    form: &'a Form,
    context: &Context,
    draft: &Draft,
    skipped: &BTreeSet<String>,
    now: Timestamp,
) -> Option<Question<'a>> {
    let assessment = Assessment::new(form, context, draft);
    let (field, state) = form.fields.iter().zip(&assessment.states).find(|(field, state)| {
        let settled = match draft.get(&field.id) {
            Some(_) => assessment.problem(state, now).is_none(),
            None => state.applies == Applies::Optional && skipped.contains(&field.id),
        };
        matches!(state.applies, Applies::Required | Applies::Optional) && !settled
    })?;
    Some(Question {
        field,
        required: state.applies == Applies::Required,
        choices: assessment.offered(field),
        default: default_answer(field, context),
    })
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
/// product, and returns the ids of what went.
pub fn prune(form: &Form, context: &Context, draft: &mut Draft) -> Vec<String> {
    let mut gone = Vec::new();
    loop {
        let assessment = Assessment::new(form, context, draft);
        let stale = assessment.states.iter().find(|state| {
            draft.get(&state.field.id).is_some()
                && (state.applies == Applies::No || assessment.wrong_choice(state).is_some())
        });
        let Some(id) = stale.map(|state| state.field.id.clone()) else { return gone };
        draft.0.remove(&id);
        gone.push(id);
    }
}
