//! The portal's HTTP API: its paths, bodies and problems, shared by the client and the embedded portal.
//!
//! Everything is JSON under `/v1`, with bearer tokens. Errors are RFC 9457 problems ([`problem`]).
//! Attachments are sent with tus 1.0 ([`tus`]) and fetched as plain bodies. Requests that write carry an
//! `Idempotency-Key`; the same key with the same request gets the same answer without writing again.
//! Bodies are domain types where these say it all; [`body`] has the rest.

use jiff::SignedDuration;

pub mod body;
pub mod name;
pub mod path;
pub mod problem;
pub mod tus;

/// Names the request, so that a repetition of it doesn't write twice: 16 to 255 visible ASCII characters.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// How long a portal knows a key. After that the same request would be done again.
pub const IDEMPOTENCY_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// `true` on an answer that was given before to the same key.
pub const IDEMPOTENCY_REPLAYED: &str = "idempotency-replayed";
/// On the answer to a new case with a dedupe key: what became of it, a [`crate::case::Filed`].
pub const DEDUPE_OUTCOME: &str = "dedupe-outcome";
/// The capability of a portal that knows dedupe keys.
pub const CAN_DEDUPE: &str = "dedupe";
/// The capability of a portal that makes tokens for machines.
pub const CAN_TOKENS: &str = "tokens";
/// The capability of a portal that tells of events as they happen, at [`path::STREAM`].
pub const CAN_FOLLOW: &str = "follow";
/// The media type of server-sent events.
pub const EVENT_STREAM: &str = "text/event-stream";
/// The number of the last event that whoever follows has got; goes before `?after=`.
pub const LAST_EVENT_ID: &str = "last-event-id";
/// On a stream of events: after how many milliseconds at the latest something comes, if only a comment.
pub const HEARTBEAT: &str = "docket-heartbeat";
/// Names a request in the portal's log and in its problems.
pub const REQUEST_ID: &str = "x-request-id";
