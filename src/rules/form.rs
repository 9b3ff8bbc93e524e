//! The shape of a form.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Condition;

/// Everything that a portal may ask for when a case is opened, in the order in which it is asked.
///
/// A field may only refer to fields before it; [`Form::check`] makes sure of that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Changes whenever anything below does; opaque.
    pub version: String,
    /// In the order in which they are asked.
    pub fields: Vec<Field>,
}

/// One thing that may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Snake case, like `occurred_at`.
    pub id: String,
    /// What people read, like `First seen`.
    pub label: String,
    /// A sentence or two that help to answer.
    #[serde(default)]
    pub help: String,
    /// What an answer looks like.
    pub kind: Kind,
    /// The first rule whose condition holds decides; where none holds the field isn't applicable.
    #[serde(default)]
    pub need: Vec<NeedRule>,
    /// What there is to choose from; only for [`Kind::Choice`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What an empty answer means; used where [`super::Context`] knows nothing better.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// What whoever reads the answer will ask for where it isn't said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<Point>,
    /// Whether the centre's public articles leave this open, so that it was assumed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assumed: bool,
}

/// Something that a good answer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// What, like `the exact error text`.
    pub ask: String,
    /// Where it matters; everywhere, where left out. Unlike other conditions it may look ahead.
    #[serde(default, skip_serializing_if = "Condition::is_empty")]
    pub when: Condition,
    /// Fields that say it if they are answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Beginnings of words, in lower case, of which an answer that says it has at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Field {
    /// The command-line flag that answers it, like `--occurred-at`.
    pub fn flag(&self) -> String {
        flag(&self.id)
    }
}

/// The answers that have a flag of their own, named after them. A portal's form may have further fields.
const WITH_FLAG: [&str; 20] = [
    "account",
    "product",
    "category",
    "subcategory",
    "subject",
    "description",
    "occurred_at",
    "envelope_id",
    "user_impact",
    "environment",
    "business_impact",
    "contact_method",
    "phone",
    "language",
    "occurred_before",
    "product_version",
    "browser",
    "steps",
    "watch",
    "follows",
];

/// The flag that answers the field called `id`; a file can answer any.
pub(super) fn flag(id: &str) -> String {
    match id {
        "attachment" => "--attach".to_owned(),
        _ if WITH_FLAG.contains(&id) => format!("--{}", id.replace('_', "-")),
        _ => "--from".to_owned(),
    }
}

/// What an answer looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One line of text.
    Line {
        /// Characters at most.
        max: usize,
    },
    /// Text of any number of lines.
    Text {
        /// Characters at most.
        max: usize,
    },
    /// One of the field's choices.
    Choice,
    /// A date and time, RFC 3339.
    Time {
        /// Whether it has to lie in the past, give or take five minutes of clock skew.
        #[serde(default)]
        past: bool,
    },
    /// A GUID: 36 characters, hex groups 8-4-4-4-12 with dashes, either case.
    Guid,
    /// An e-mail address.
    Email,
    /// A phone number in E.164: a plus sign and 7 to 15 digits.
    Phone,
    /// A file that goes with the case.
    File {
        /// Bytes at most.
        max: u64,
    },
}

/// Whether something has to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A case can't be opened without it.
    Required,
    /// It may be left out.
    Optional,
    /// It isn't asked, and refused if given.
    NotApplicable,
}

/// A need and when it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedRule {
    /// Always, where left out.
    #[serde(default, skip_serializing_if = "Condition::is_empty")]
    pub when: Condition,
    /// What then holds.
    pub need: Need,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What scripts write.
    pub id: String,
    /// What people read.
    pub label: String,
    /// A remark for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Offered when one of these holds; always, where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// What conditions may ask of it as `field.attribute`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Whether the centre's public articles leave this open, so that it was assumed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assumed: bool,
}

/// A form that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Two fields have the same id.
    #[error("the field `{0}` stands twice")]
    Twice(String),
    /// A condition asks about something that isn't known by then.
    #[error("the field `{field}` depends on `{subject}`, which isn't a field before it")]
    LooksAhead {
        /// Whose condition it is.
        field: String,
        /// What it asks about.
        subject: String,
    },
    /// A choice without choices, or choices on something else. The accounts come from who asks.
    #[error("the field `{0}` has to have choices exactly if its kind is `choice`")]
    Choices(String),
    /// A checklist about something that isn't asked.
    #[error("the checklist of `{field}` is about `{subject}`, which isn't a field")]
    Checklist {
        /// Whose checklist it is.
        field: String,
        /// What it is about.
        subject: String,
    },
    /// A default that can't be chosen.
    #[error("the default of `{0}` isn't one of its choices")]
    Default(String),
}

/// The field whose choices are the accounts of whoever asks.
pub(super) const ACCOUNT: &str = "account";
/// The fact that says whether whoever asks has `one` account or `several`.
pub(super) const ACCOUNTS: &str = "accounts";

impl Form {
    /// The field called `id`.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// Whether conditions only look back and choices stand where they belong.
    pub fn check(&self) -> Result<(), FormError> {
        let mut before: BTreeSet<&str> = BTreeSet::from([ACCOUNTS]);
        for field in &self.fields {
            let conditions =
                field.need.iter().map(|rule| &rule.when).chain(field.choices.iter().flat_map(|c| &c.when));
            for subject in conditions.flat_map(Condition::subjects) {
                if !before.contains(subject.split('.').next().unwrap_or_default()) {
                    return Err(FormError::LooksAhead {
                        field: field.id.clone(),
                        subject: subject.to_owned(),
                    });
                }
            }
            let has_choices = !field.choices.is_empty() || field.id == ACCOUNT;
            if has_choices != (field.kind == Kind::Choice) {
                return Err(FormError::Choices(field.id.clone()));
            }
            if let Some(default) = &field.default
                && field.kind == Kind::Choice
                && !field.choices.iter().any(|choice| choice.id == *default)
            {
                return Err(FormError::Default(field.id.clone()));
            }
            if !before.insert(&field.id) {
                return Err(FormError::Twice(field.id.clone()));
            }
        }
        self.check_checklists(&before)
    }

    fn check_checklists(&self, known: &BTreeSet<&str>) -> Result<(), FormError> {
        for field in &self.fields {
            let asked = field.checklist.iter().flat_map(|point| point.when.subjects());
            let answered = field.checklist.iter().flat_map(|point| &point.fields).map(String::as_str);
            let subjects = asked.map(|subject| subject.split('.').next().unwrap_or_default());
            if let Some(unknown) = subjects.chain(answered).find(|subject| !known.contains(subject)) {
                let (field, subject) = (field.id.clone(), unknown.to_owned());
                return Err(FormError::Checklist { field, subject });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is wrong with a form that asks for `product` and then for `field`.
    fn check(field: &serde_json::Value) -> Result<(), String> {
        let product = json!({"id": "product", "label": "Product", "kind": {"type": "choice"},
                             "choices": [{"id": "rooms", "label": "Rooms", "attributes": {"flow": ["1"]}}]});
        let form: Form = serde_json::from_value(json!({"version": "", "fields": [product, field]})).unwrap();
        form.check().map_err(|error| error.to_string())
    }

    #[test]
    fn conditions_look_back() {
        let under = |subject: &str| {
            let need = json!([{"when": {subject: ["1"]}, "need": "required"}]);
            check(&json!({"id": "phone", "label": "Phone", "kind": {"type": "phone"}, "need": need}))
        };
        assert_eq!(under("product"), Ok(()));
        assert_eq!(under("product.flow"), Ok(()));
        assert_eq!(under("accounts"), Ok(()));
        let ahead = |subject: &str| {
            Err(format!("the field `phone` depends on `{subject}`, which isn't a field before it"))
        };
        for subject in ["phone", "category", "category.flow", "account.plan", ""] {
            assert_eq!(under(subject), ahead(subject), "{subject}");
        }
    }

    #[test]
    fn conditions_of_choices_look_back_too() {
        let choices = json!([{"id": "a", "label": "A", "when": [{"phone": ["1"]}]}]);
        let field = json!({"id": "category", "label": "", "kind": {"type": "choice"}, "choices": choices});
        let ahead = "the field `category` depends on `phone`, which isn't a field before it";
        assert_eq!(check(&field), Err(ahead.to_owned()));
    }

    #[test]
    fn choices_belong_to_a_choice() {
        let field = |id: &str, kind: &str, choices: serde_json::Value| {
            check(&json!({"id": id, "label": "", "kind": {"type": kind}, "choices": choices}))
        };
        let some = json!([{"id": "a", "label": "A"}]);
        let wrong =
            |id: &str| Err(format!("the field `{id}` has to have choices exactly if its kind is `choice`"));
        assert_eq!(field("category", "choice", some.clone()), Ok(()));
        assert_eq!(field("category", "choice", json!([])), wrong("category"));
        assert_eq!(field("phone", "phone", some), wrong("phone"));
        // The accounts come from whoever asks.
        assert_eq!(field("account", "choice", json!([])), Ok(()));
        assert_eq!(field("account", "guid", json!([])), wrong("account"));
    }

    #[test]
    fn a_default_can_be_chosen() {
        let with_default = |default: &str| {
            check(&json!({"id": "language", "label": "", "kind": {"type": "choice"}, "default": default,
                         "choices": [{"id": "en", "label": "English"}]}))
        };
        assert_eq!(with_default("en"), Ok(()));
        assert_eq!(with_default("xx"), Err("the default of `language` isn't one of its choices".to_owned()));
    }

    #[test]
    fn a_checklist_is_about_fields() {
        let about = |point: serde_json::Value| {
            check(&json!({"id": "description", "label": "", "kind": {"type": "text", "max": 9},
                          "checklist": [point]}))
        };
        assert_eq!(
            about(json!({"ask": "it", "when": {"product.flow": ["1"]}, "fields": ["product"]})),
            Ok(())
        );
        let wrong = Err("the checklist of `description` is about `steps`, which isn't a field".to_owned());
        assert_eq!(about(json!({"ask": "it", "fields": ["steps"]})), wrong);
        assert_eq!(about(json!({"ask": "it", "when": {"steps": ["1"]}})), wrong);
    }

    #[test]
    fn no_field_stands_twice() {
        let again = json!({"id": "product", "label": "", "kind": {"type": "choice"}, "choices": [{"id": "a", "label": ""}]});
        assert_eq!(check(&again), Err("the field `product` stands twice".to_owned()));
    }

    #[test]
    fn what_a_form_does_not_know_is_refused() {
        for field in [
            json!({"id": "x", "label": "", "kind": {"type": "date"}}),
            json!({"id": "x", "label": "", "kind": {"type": "phone"}, "needs": []}),
            json!({"id": "x", "label": "", "kind": {"type": "phone"}, "need": [{"need": "maybe"}]}),
        ] {
            assert!(serde_json::from_value::<Field>(field.clone()).is_err(), "{field}");
        }
    }
}
