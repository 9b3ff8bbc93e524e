//! What support will ask for: the points of a field's checklist that matter here, and those not made yet.

use super::evaluate::Assessment;
use super::form::Point;
use super::{Context, Draft, Form};

/// The points that matter for the answer to the field called `id`, given the answers in `draft`.
pub fn checklist<'a>(form: &'a Form, context: &Context, draft: &Draft, id: &str) -> Vec<&'a Point> {
    let assessment = Assessment::new(form, context, draft);
    let points = form.field(id).into_iter().flat_map(|field| &field.checklist);
    points.filter(|point| assessment.holds(&point.when) == Some(true)).collect()
}

/// What the answers in `draft` don't say, field by field, as far as words show it: reason for a remark, not
/// for a refusal. An answer that isn't given says nothing, and where none is due nothing is missed.
pub fn left_unsaid<'a>(form: &'a Form, context: &Context, draft: &Draft) -> Vec<&'a Point> {
    let answered = form.fields.iter().filter(|field| draft.text(&field.id).is_some());
    answered
        .flat_map(|field| {
            let said = draft.text(&field.id).unwrap_or_default().to_lowercase();
            let points = checklist(form, context, draft, &field.id);
            points.into_iter().filter(move |point| !makes(&said, point, draft))
        })
        .collect()
}

/// Whether a point is made, by a text in lower case or by another field's answer.
fn makes(said: &str, point: &Point, draft: &Draft) -> bool {
    point.fields.iter().any(|field| draft.get(field).is_some())
        || point.words.iter().any(|word| has_word_beginning(said, word))
}

fn has_word_beginning(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        // Not every script puts spaces between its words.
        before.is_none_or(|c| !c.is_alphanumeric()) || !word.is_ascii()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn form() -> Form {
        serde_json::from_value(json!({"version": "", "fields": [
            {"id": "category", "label": "", "kind": {"type": "line", "max": 99}, "need": [{"need": "optional"}]},
            {"id": "description", "label": "", "kind": {"type": "text", "max": 99}, "need": [{"need": "required"}],
             "checklist": [
                {"ask": "the exact error text", "words": ["error", "エラー"]},
                {"ask": "the browser", "fields": ["browser"], "words": ["firefox"]},
                {"ask": "a SAML trace", "when": {"category": ["sso"]}, "words": ["saml"]},
             ]},
            {"id": "browser", "label": "", "kind": {"type": "line", "max": 99}, "need": [{"need": "optional"}]},
        ]}))
        .unwrap()
    }

    fn unsaid(answers: &[(&str, &str)]) -> Vec<String> {
        let mut draft = Draft::default();
        for (field, answer) in answers {
            draft.set(field, *answer);
        }
        let form = form();
        let points = left_unsaid(&form, &Context::default(), &draft);
        points.into_iter().map(|point| point.ask.clone()).collect()
    }

    #[test]
    fn what_is_not_said_is_missed_and_nothing_else() {
        let said = |description| unsaid(&[("description", description)]);
        assert_eq!(said("It broke."), ["the exact error text", "the browser"]);
        assert_eq!(said("An Error: 17, in Firefox 130."), [""; 0]);
        assert_eq!(said("It terrorises us."), ["the exact error text", "the browser"]);
        assert_eq!(said("画面にエラーが出ます"), ["the browser"]);
        assert_eq!(unsaid(&[("description", "errors"), ("browser", "Lynx")]), [""; 0]);
        let sso = [("description", "errors in Firefox"), ("category", "sso")];
        assert_eq!(unsaid(&sso), ["a SAML trace"]);
        // There is no description to find fault with.
        assert_eq!(unsaid(&[("category", "sso")]), [""; 0]);
    }
}
