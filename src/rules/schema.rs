//! The form as JSON Schema 2020-12.
//!
//! The schema describes a flat object of answers by field id for one [`Context`]. It accepts what
//! [`super::problems`] accepts and refuses what that refuses, with one exception that JSON Schema can't
//! say: that a time mustn't lie in the future. (That a day exists is said by `format`, which a validator
//! has to be told to mind.)

use serde_json::{Map, Value, json};

use super::form::{ACCOUNT, ACCOUNTS};
use super::value;
use super::{Choice, Condition, Context, Field, Form, Kind, Need};

/// `form` as a schema for drafts of whoever `context` describes.
pub fn schema(form: &Form, context: &Context) -> Value {
    let export = Export { form, context };
    let mut properties = Map::new();
    let mut rules = Vec::new();
    if form.field(ACCOUNT).is_some() && !context.has_usable() {
        // Without an account to open it in, no case is good.
        rules.push(json!(false));
    }
    for field in &form.fields {
        properties.insert(field.id.clone(), export.property(field));
        export.need_rules(field, &mut rules);
        export.choice_rules(field, &mut rules);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A new support case",
        "description": format!("The answers that open a case; form version {}", form.version),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "allOf": rules,
    })
}

struct Export<'a> {
    form: &'a Form,
    context: &'a Context,
}

impl Export<'_> {
    fn property(&self, field: &Field) -> Value {
        let mut property = Map::from_iter([("title".to_owned(), json!(field.label))]);
        if !field.help.is_empty() {
            property.insert("description".to_owned(), json!(field.help));
        }
        if let Some(default) = super::evaluate::default_answer(field, self.context) {
            property.insert("default".to_owned(), json!(default));
        }
        let shape = match &field.kind {
            Kind::Line { max } => {
                json!({"type": "string", "minLength": 1, "maxLength": max, "pattern": value::ONE_LINE_PATTERN,
                       "allOf": [{"pattern": value::NOT_BLANK_PATTERN}]})
            }
            Kind::Text { max } => {
                json!({"type": "string", "minLength": 1, "maxLength": max, "pattern": value::NO_NUL_PATTERN,
                       "allOf": [{"pattern": value::NOT_BLANK_PATTERN}]})
            }
            Kind::Choice => json!({"type": "string", "enum": self.all_choices(field)}),
            Kind::Time { .. } => {
                json!({"type": "string", "format": "date-time", "pattern": value::TIME_PATTERN})
            }
            Kind::Guid => json!({"type": "string", "pattern": value::GUID_PATTERN}),
            Kind::Email => json!({"type": "string", "pattern": value::EMAIL_PATTERN}),
            Kind::Phone => json!({"type": "string", "pattern": value::PHONE_PATTERN}),
            Kind::File { max } => json!({
                "type": "object",
                "properties": {
                    "name": {"type": "string", "pattern": value::FILE_NAME_PATTERN},
                    "size": {"type": "integer", "minimum": 1, "maximum": max},
                },
                "required": ["name", "size"],
                "additionalProperties": false,
            }),
        };
        if let Value::Object(shape) = shape {
            property.extend(shape);
        }
        Value::Object(property)
    }

    fn all_choices<'f>(&'f self, field: &'f Field) -> Vec<&'f str> {
        let mut ids: Vec<&str> = if field.id == ACCOUNT {
            self.context.usable().map(|account| account.id.as_str()).collect()
        } else {
            field.choices.iter().map(|choice| choice.id.as_str()).collect()
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The first rule that holds decides, so each also says that none before it does.
    fn need_rules(&self, field: &Field, rules: &mut Vec<Value>) {
        let mut earlier: Vec<Value> = Vec::new();
        for rule in &field.need {
            let holds = self.condition(&rule.when);
            self.push_need(field, rule.need, &holds, &earlier, rules);
            earlier.push(holds);
        }
        self.push_need(field, Need::NotApplicable, &json!(true), &earlier, rules);
    }

    fn push_need(&self, field: &Field, need: Need, holds: &Value, earlier: &[Value], rules: &mut Vec<Value>) {
        let then = match need {
            Need::Required => json!({"required": [field.id]}),
            Need::Optional => return,
            Need::NotApplicable => json!({"properties": {&field.id: false}}),
        };
        if earlier.contains(&json!(true)) || *holds == json!(false) {
            return;
        }
        let mut all: Vec<Value> = Vec::new();
        if *holds != json!(true) {
            all.push(holds.clone());
        }
        all.extend(earlier.iter().filter(|e| **e != json!(false)).map(|e| json!({"not": e})));
        rules.push(match all.len() {
            0 => then,
            1 => json!({"if": all[0], "then": then}),
            _ => json!({"if": {"allOf": all}, "then": then}),
        });
    }

    /// For each group of choices that are offered under the same conditions: elsewhere they aren't.
    fn choice_rules(&self, field: &Field, rules: &mut Vec<Value>) {
        let mut groups: Vec<(Vec<&Condition>, Vec<&str>)> = Vec::new();
        for id in self.all_choices(field) {
            let entries: Vec<&Choice> = field.choices.iter().filter(|choice| choice.id == id).collect();
            if entries.iter().any(|choice| choice.when.is_empty()) {
                continue;
            }
            let mut when: Vec<&Condition> = entries.iter().flat_map(|choice| &choice.when).collect();
            when.sort_unstable();
            when.dedup();
            match groups.iter_mut().find(|(conditions, _)| *conditions == when) {
                Some((_, ids)) => ids.push(id),
                None if when.is_empty() => {}
                None => groups.push((when, vec![id])),
            }
        }
        for (when, ids) in groups {
            let offered = any_of(when.into_iter().map(|condition| self.condition(condition)));
            if offered != json!(true) {
                rules.push(json!({
                    "if": {"not": offered},
                    "then": {"properties": {&field.id: {"not": {"enum": ids}}}},
                }));
            }
        }
    }

    fn condition(&self, condition: &Condition) -> Value {
        all_of(condition.0.iter().map(|(subject, values)| self.subject(subject, values)))
    }

    fn subject(&self, subject: &str, values: &[String]) -> Value {
        let wanted = |value: &str| values.iter().any(|v| v == value);
        if subject == ACCOUNTS {
            let several = self.context.usable().nth(1).is_some();
            return json!(wanted(if several { "several" } else { "one" }));
        }
        let Some((id, attribute)) = subject.split_once('.') else {
            if subject == ACCOUNT && self.context.usable().nth(1).is_none() {
                return json!(self.context.only_account().is_some_and(|account| wanted(&account.id)));
            }
            return is_one_of(subject, values.iter().map(String::as_str));
        };
        if id == ACCOUNT {
            let having: Vec<&str> = self
                .context
                .usable()
                .filter(|account| match attribute {
                    "plan" => wanted(account.plan.as_str()),
                    "products" => account.products.iter().any(|product| wanted(product)),
                    "environment" => wanted(account.environment.as_str()),
                    _ => false,
                })
                .map(|account| account.id.as_str())
                .collect();
            return match self.context.only_account() {
                Some(_) => json!(!having.is_empty()),
                None => is_one_of(ACCOUNT, having.into_iter()),
            };
        }
        let having = self.form.field(id).into_iter().flat_map(|field| &field.choices).filter(|choice| {
            choice.attributes.get(attribute).is_some_and(|own| own.iter().any(|value| wanted(value)))
        });
        let (plain, bound): (Vec<&Choice>, Vec<&Choice>) = having.partition(|choice| choice.when.is_empty());
        let plain = (!plain.is_empty()).then(|| is_one_of(id, plain.iter().map(|choice| choice.id.as_str())));
        // Choices with the same id in different places differ in their attributes, so the place counts too.
        any_of(plain.into_iter().chain(bound.into_iter().map(|choice| {
            let place = any_of(choice.when.iter().map(|when| self.condition(when)));
            all_of([is_one_of(id, [choice.id.as_str()].into_iter()), place].into_iter())
        })))
    }
}

fn is_one_of<'a>(field: &str, values: impl Iterator<Item = &'a str>) -> Value {
    let values: Vec<&str> = values.collect();
    match values.as_slice() {
        [] => json!(false),
        [one] => json!({"properties": {field: {"const": one}}, "required": [field]}),
        several => json!({"properties": {field: {"enum": several}}, "required": [field]}),
    }
}

fn all_of(parts: impl Iterator<Item = Value>) -> Value {
    let mut parts: Vec<Value> = parts.filter(|part| *part != json!(true)).collect();
    match parts.len() {
        _ if parts.contains(&json!(false)) => json!(false),
        0 => json!(true),
        1 => parts.remove(0),
        _ => json!({"allOf": parts}),
    }
}

fn any_of(parts: impl Iterator<Item = Value>) -> Value {
    let mut parts: Vec<Value> = parts.filter(|part| *part != json!(false)).collect();
    match parts.len() {
        _ if parts.contains(&json!(true)) => json!(true),
        0 => json!(false),
        1 => parts.remove(0),
        _ => json!({"anyOf": parts}),
    }
}
