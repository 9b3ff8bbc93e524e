//! Where things are at a portal, each once: as a template for the router, as a function for the client.

use crate::case::CaseNumber;

/// Answers 200 `ok` when the portal can serve.
pub const HEALTH: &str = "/healthz";
/// `GET`: [`super::body::Portal`], without logging in.
pub const PORTAL: &str = "/v1/portal";
/// `POST` [`super::body::Login`]: [`super::body::LoggedIn`].
pub const LOGIN: &str = "/v1/login";
/// `POST`: takes the token that it comes with out of use; 204.
pub const LOGOUT: &str = "/v1/logout";
/// `GET`: [`super::body::Me`].
pub const ME: &str = "/v1/me";
/// `GET`: a list of [`super::body::MachineToken`]. `POST` [`super::body::NewToken`]: 201,
/// [`super::body::CreatedToken`], and no idempotency key is looked at.
pub const TOKENS: &str = "/v1/tokens";
/// `POST` [`super::body::RevokeToken`]: 204.
pub const REVOKE: &str = "/v1/tokens/revoke";
/// `GET`: [`crate::rules::Form`], with an `ETag`.
pub const FORM: &str = "/v1/form";
/// `GET` with [`super::body::ResourceQuery`]: a list of [`super::body::Resource`] without bodies.
pub const RESOURCES: &str = "/v1/resources";
/// `GET`: one [`super::body::Resource`].
pub const RESOURCE: &str = "/v1/resources/{id}";
/// `POST` [`super::body::NewCase`]: 201, [`crate::case::Case`]. `GET` with [`super::body::CaseQuery`]:
/// [`super::body::CasePage`].
pub const CASES: &str = "/v1/cases";
/// `GET`: [`crate::case::Case`] with its comments.
pub const CASE: &str = "/v1/cases/{number}";
/// `GET`: a list of [`crate::event::Event`], oldest first; `?after=SEQ` leaves out what is known.
pub const EVENTS: &str = "/v1/cases/{number}/events";
/// `GET`: the same as server-sent events, those that are still to happen as well. The `id` of each is its
/// number, its `data` a [`crate::event::Event`]. It goes on after [`super::LAST_EVENT_ID`] or `?after=SEQ`.
pub const STREAM: &str = "/v1/cases/{number}/events/stream";
/// `POST` [`super::body::NewComment`]: the case.
pub const COMMENTS: &str = "/v1/cases/{number}/comments";
/// `POST` [`super::body::ChangeWatchers`]: the case.
pub const WATCHERS: &str = "/v1/cases/{number}/watchers";
/// `POST` [`super::body::RequestCall`]: the case.
pub const CALL: &str = "/v1/cases/{number}/call";
/// `POST` [`super::body::CloseCase`]: the case.
pub const CLOSE: &str = "/v1/cases/{number}/close";
/// `POST`: begins an upload with [`super::tus`]; 201 with its `Location`.
pub const ATTACHMENTS: &str = "/v1/cases/{number}/attachments";
/// `GET`: the file's bytes.
pub const ATTACHMENT: &str = "/v1/cases/{number}/attachments/{name}";
/// `HEAD`, `PATCH`, `DELETE`: an upload under way, see [`super::tus`].
pub const UPLOAD: &str = "/v1/uploads/{id}";
/// `GET` with [`super::body::QueueQuery`], for experts: [`super::body::CasePage`].
pub const QUEUE: &str = "/v1/queue";
/// `POST` [`super::body::Reply`], for experts: the case.
pub const REPLIES: &str = "/v1/cases/{number}/replies";
/// `POST` [`super::body::NewNote`], `GET`, for experts: a list of [`crate::case::Note`].
pub const NOTES: &str = "/v1/cases/{number}/notes";
/// The case's page for people, which notification mails link to.
pub const CASE_PAGE: &str = "/cases/{number}";

/// `template` for one case.
pub fn of_case(template: &str, number: CaseNumber) -> String {
    template.replace("{number}", &number.to_string())
}

/// The path of the resource called `id`.
pub fn resource(id: &str) -> String {
    RESOURCE.replace("{id}", &escape(id))
}

/// The path of a complete attachment.
pub fn attachment(number: CaseNumber, name: &str) -> String {
    of_case(ATTACHMENT, number).replace("{name}", &escape(name))
}

/// The path of an upload under way.
pub fn upload(id: &str) -> String {
    UPLOAD.replace("{id}", &escape(id))
}

/// Percent-encodes one path segment (RFC 3986: everything but the unreserved characters).
pub fn escape(segment: &str) -> String {
    use std::fmt::Write as _;
    segment.bytes().fold(String::new(), |mut path, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
        path
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_slashes_stay_one_segment() {
        let number = "7".parse().unwrap();
        assert_eq!(attachment(number, "a b/ü.har"), "/v1/cases/00000007/attachments/a%20b%2F%C3%BC.har");
    }
}
