//! The mails that tell of a case. They are only written here; what delivers them reads them from the store.

use jiff::Timestamp;

use super::store::mails::Mail;
use crate::case::Case;
use crate::event::EventKind;

/// The mails about what has happened to `case`, one to whoever opened it and one to each watcher.
/// `closes_at` is when it will close by itself, by now.
pub(super) fn about(kind: EventKind, case: &Case, closes_at: Option<Timestamp>) -> Vec<Mail> {
    let Some((kind, subject, says)) = text(kind, case, closes_at) else { return Vec::new() };
    let answerable = case.contact_method == "email";
    let answer = match (kind, answerable) {
        ("closed", _) => String::new(),
        (_, true) => "Answer this mail, or comment on the case, to add to it.\n\n".to_owned(),
        (_, false) => "Please don't answer this mail: comment on the case to add to it.\n\n".to_owned(),
    };
    let body = format!("{says}\n\n{answer}{}\n", case.url);
    let watchers = case.watchers.iter().filter(|email| **email != case.opened_by);
    std::iter::once(&case.opened_by)
        .chain(watchers)
        .map(|recipient| Mail {
            kind,
            answerable: answerable && *recipient == case.opened_by && kind != "closed",
            recipient: recipient.clone(),
            subject: subject.clone(),
            body: body.clone(),
        })
        .collect()
}

/// The mail's kind, subject and first paragraph.
fn text(
    kind: EventKind,
    case: &Case,
    closes_at: Option<Timestamp>,
) -> Option<(&'static str, String, String)> {
    let number = case.number;
    let line = |what: &str| format!("[{number}] {what}: {}", case.subject);
    match kind {
        EventKind::Opened => Some((
            "opened",
            line("Case opened"),
            format!("Case {number} has been opened. Support will look into it. You can follow it here:"),
        )),
        EventKind::Replied => Some((
            "replied",
            line("Support has replied"),
            match closes_at {
                Some(at) => format!(
                    "Support has replied to case {number} and believes it solved. Without an answer it \
                     closes by itself at {at}. The reply is here:"
                ),
                None => {
                    format!("Support has replied to case {number} and wants to know more. The reply is here:")
                }
            },
        )),
        EventKind::Closed => Some((
            "closed",
            format!("[{number}] Case closed"),
            format!("Case {number} has been closed. It stays in your list of cases:"),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        serde_json::from_value(serde_json::json!({
            "number": "00000007", "url": "http://portal/cases/00000007", "status": "open",
            "account": {"id": "1", "name": "One"}, "product": "clm", "category": "a", "subcategory": "b",
            "subject": "Stuck", "description": "the details", "occurred_at": null, "envelope_id": null,
            "user_impact": null, "environment": null, "business_impact": null, "contact_method": "email",
            "phone": null, "language": "en",
            "details": {"occurred_before": null, "product_version": null, "browser": null, "steps": null},
            "opened_by": "sam@example.com", "created_at": "2026-11-20T09:30:00Z",
            "updated_at": "2026-11-20T09:30:00Z", "closes_at": null, "closed_at": null, "close_reason": null,
            "follows": null, "watchers": ["kim@example.com", "sam@example.com"], "attachments": []
        }))
        .unwrap()
    }

    #[test]
    fn the_opener_and_each_watcher_get_one() {
        let mails = about(EventKind::Opened, &case(), None);
        let recipients: Vec<_> =
            mails.iter().map(|mail| (mail.recipient.as_str(), mail.answerable)).collect();
        assert_eq!(recipients, [("sam@example.com", true), ("kim@example.com", false)]);
        assert!(mails[0].body.contains("http://portal/cases/00000007"));
    }

    #[test]
    fn a_closing_is_told_without_details() {
        let mail = about(EventKind::Closed, &case(), None).remove(0);
        assert_eq!(mail.subject, "[00000007] Case closed");
        assert!(!mail.body.contains("details") && !mail.body.contains("Stuck"));
        assert!(about(EventKind::Attached, &case(), None).is_empty());
    }
}
