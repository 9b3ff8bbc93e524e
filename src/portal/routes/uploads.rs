//! Attaching files: tus 1.0 with creation, checksum, termination and expiration.
//!
//! An upload is a file in `blobs/partial`; its length is how much has arrived. With the last byte it becomes
//! a blob, and in the same transaction the attachment and its event appear: nobody sees half a file, and one
//! that isn't what its sender says it is becomes no attachment.

use std::fs::File;

use axum::extract::{OriginalUri, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::json;

use super::shared::{change, for_either};
use crate::api::problem::Kind;
use crate::api::{path, tus};
use crate::case::Attachment;
use crate::event::EventKind;
use crate::portal::extract::{Caller, Number};
use crate::portal::idempotency::{Answer, Begun, Once};
use crate::portal::lifecycle::Action;
use crate::portal::problem::Problem;
use crate::portal::receive::{Piece, Received, receive};
use crate::portal::store::attachments::{self, Upload};
use crate::portal::{Portal, blobs, token};
use crate::rules::{self, FieldProblem};

/// Bytes of a file's name.
const LONGEST_NAME: usize = 200;

const RESUMABLE: HeaderName = HeaderName::from_static(tus::RESUMABLE);
const OFFSET: HeaderName = HeaderName::from_static(tus::OFFSET);
const LENGTH: HeaderName = HeaderName::from_static(tus::LENGTH);
const EXPIRES: HeaderName = HeaderName::from_static(tus::EXPIRES);

/// `OPTIONS`: what of tus is spoken here.
pub(super) async fn options(State(portal): State<Portal>) -> Response {
    let max = portal.0.options.max_attachment.to_string();
    let headers = [
        (RESUMABLE, tus::VERSION),
        (HeaderName::from_static(tus::VERSION_HEADER), tus::VERSION),
        (HeaderName::from_static(tus::EXTENSION), tus::EXTENSIONS),
        (HeaderName::from_static(tus::CHECKSUM_ALGORITHM), tus::ALGORITHM),
        (HeaderName::from_static(tus::MAX_SIZE), &max),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// `POST /v1/cases/{number}/attachments`: announces a file.
pub(super) async fn begin(
    State(portal): State<Portal>,
    caller: Caller,
    Number(number): Number,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    speaks_tus(&headers)?;
    let (text, size) = (text(&headers, tus::METADATA).unwrap_or_default(), length(&headers, tus::LENGTH));
    let content = format!("{size:?} {text}");
    let once = Once::new(&caller, &headers, &Method::POST, uri.path(), content.as_bytes())?;
    let mut write = match once.begin(&portal).await? {
        Begun::New(write) => write,
        Begun::Before(answer) => return Ok(answer),
    };
    let answer = async {
        let case = for_either(&portal, &mut write, &caller, number).await?;
        let name = clean(&tus::metadata_value(text, tus::FILE_NAME).unwrap_or_default());
        let size =
            size.ok_or_else(|| Problem::bad_request("say how long the file is: `Upload-Length` is missing"))?;
        let max = portal.0.options.max_attachment;
        if size == 0 {
            let problem = FieldProblem::new("attachment", &rules::Problem::EmptyFile(name));
            return Err(Problem::invalid(vec![problem]));
        }
        if size > max {
            return Err(Problem::too_large("the file", max));
        }
        let id = token::name()?;
        let began = write.now;
        let upload = Upload { id, number: case.number, user: caller.user.id, name, size, began, done: false };
        attachments::begin(write.db(), &upload).await?;
        let answer = Answer::empty(StatusCode::CREATED)
            .with(&header::LOCATION, path::upload(&upload.id))
            .with(&RESUMABLE, tus::VERSION)
            .with(&OFFSET, "0")
            .with(&EXPIRES, date(upload.expires()));
        Ok(answer)
    };
    let answer = answer.await;
    once.finish(write, answer).await
}

/// `HEAD /v1/uploads/{id}`: how much has arrived.
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    speaks_tus(&headers)?;
    // What has all its bytes becomes an attachment here, so asking is a part of sending.
    caller.must_write()?;
    let upload = own(&portal, &caller, &id).await?;
    if upload.done {
        return Ok(progress(StatusCode::OK, &upload, upload.size));
    }
    let received = portal.0.blobs.received(&id)?;
    if received == upload.size {
        // All bytes came, but whoever sent them didn't hear of it.
        let claim = claim(&portal, &id).await?;
        let sha256 = settle(&portal, &id, claim.try_clone()?).await?;
        complete(&portal, &caller, &upload, sha256).await?;
        drop(claim);
    }
    Ok(progress(StatusCode::OK, &upload, received))
}

/// `PATCH /v1/uploads/{id}`: more bytes.
pub(super) async fn go_on(
    State(portal): State<Portal>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    speaks_tus(&parts.headers)?;
    if text(&parts.headers, header::CONTENT_TYPE.as_str()) != Some(tus::MEDIA_TYPE) {
        let detail = format!("send the bytes with `Content-Type: {}`", tus::MEDIA_TYPE);
        return Err(Problem::new(Kind::UnsupportedMediaType, detail));
    }
    let offset = length(&parts.headers, tus::OFFSET)
        .ok_or_else(|| Problem::bad_request("say where the bytes begin: `Upload-Offset` is missing"))?;
    let checksum = sha256(&parts.headers, tus::CHECKSUM, tus::read_checksum)?;
    let digest = sha256(&parts.headers, tus::DIGEST, tus::read_digest)?;
    let upload = own(&portal, &caller, &id).await?;
    if upload.done {
        return if offset == upload.size {
            Ok(progress(StatusCode::NO_CONTENT, &upload, offset))
        } else {
            Err(wrong_offset(upload.size))
        };
    }
    still_open(&portal, &caller, &upload).await?;
    let file = claim(&portal, &id).await?;
    let received = file.metadata()?.len();
    if offset != received {
        return Err(wrong_offset(received));
    }
    let announced = length(&parts.headers, header::CONTENT_LENGTH.as_str()).unwrap_or(0);
    if announced > upload.size - received {
        return Err(rest_too_large(&upload, received));
    }
    let piece = Piece { id, file, offset, size: upload.size, checksum, digest };
    match receive(&portal, piece, body).await? {
        Received::Part(received) => Ok(progress(StatusCode::NO_CONTENT, &upload, received)),
        Received::Whole { sha256, claim } => {
            complete(&portal, &caller, &upload, sha256).await?;
            drop(claim);
            Ok(progress(StatusCode::NO_CONTENT, &upload, upload.size))
        }
        Received::TooLong => Err(rest_too_large(&upload, received)),
        Received::Damaged => {
            let detail = "the bytes aren't those of `Upload-Checksum`, and don't count; send them again";
            Err(Problem::new(Kind::ChecksumMismatch, detail))
        }
        Received::WholeDamaged => {
            forget(&portal, &upload).await?;
            let detail = "the whole file isn't that of `Repr-Digest`; it was thrown away";
            Err(Problem::new(Kind::ChecksumMismatch, detail))
        }
    }
}

/// `DELETE /v1/uploads/{id}`: nothing is to come of it.
pub(super) async fn end(
    State(portal): State<Portal>,
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    speaks_tus(&headers)?;
    let upload = own(&portal, &caller, &id).await?;
    if upload.done {
        return Err(Problem::new(Kind::Conflict, "it is an attachment by now, and stays one"));
    }
    forget(&portal, &upload).await?;
    Ok((StatusCode::NO_CONTENT, [(RESUMABLE, tus::VERSION)]).into_response())
}

fn progress(status: StatusCode, upload: &Upload, received: u64) -> Response {
    let headers = [
        (RESUMABLE, tus::VERSION.to_owned()),
        (OFFSET, received.to_string()),
        (LENGTH, upload.size.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let expires = (received < upload.size).then(|| [(EXPIRES, date(upload.expires()))]);
    match expires {
        Some(expires) => (status, headers, expires).into_response(),
        None => (status, headers).into_response(),
    }
}

/// A time as HTTP's headers have it.
fn date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn speaks_tus(headers: &HeaderMap) -> Result<(), Problem> {
    if text(headers, tus::RESUMABLE) == Some(tus::VERSION) {
        return Ok(());
    }
    Err(Problem::new(Kind::TusVersion, format!("send `Tus-Resumable: {}`", tus::VERSION)))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(HeaderValue::to_str)?.ok()
}

fn length(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

/// The SHA-256 in a header, if that is there; refuses what docket can't check.
fn sha256(
    headers: &HeaderMap,
    name: &str,
    read: fn(&str) -> Option<tus::Sha256>,
) -> Result<Option<tus::Sha256>, Problem> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let sha256 = value.to_str().ok().and_then(read);
    sha256
        .map(Some)
        .ok_or_else(|| Problem::bad_request(format!("`{name}` has no SHA-256 that can be checked")))
}

fn rest_too_large(upload: &Upload, received: u64) -> Problem {
    Problem::too_large("the rest of the file", upload.size - received)
}

fn wrong_offset(received: u64) -> Problem {
    Problem::new(Kind::Conflict, format!("the next byte wanted is {received}; ask with HEAD"))
}

/// The caller's own upload called `id`, if its time isn't over.
async fn own(portal: &Portal, caller: &Caller, id: &str) -> Result<Upload, Problem> {
    let mut db = portal.0.store.read().await?;
    let upload = attachments::upload(&mut db, id).await?;
    let now = portal.clock().now();
    upload.filter(|upload| upload.user == caller.user.id && upload.expires() > now).ok_or_else(no_such_upload)
}

/// Throws an upload away that isn't an attachment.
async fn forget(portal: &Portal, upload: &Upload) -> Result<(), Problem> {
    let mut write = portal.write().await?;
    attachments::forget(write.db(), &upload.id).await?;
    write.commit().await?;
    portal.0.blobs.drop_partial(&upload.id);
    Ok(())
}

fn no_such_upload() -> Problem {
    Problem::new(Kind::NotFound, "there is no such upload, or it isn't yours")
}

/// Refuses bytes for a case that was closed meanwhile, or that the caller may no longer change.
async fn still_open(portal: &Portal, caller: &Caller, upload: &Upload) -> Result<(), Problem> {
    let mut db = portal.read().await?;
    let (case, _) = caller.sees(&mut db, upload.number, portal.base_url()).await?;
    if case.status == crate::case::Status::Closed {
        portal.0.blobs.drop_partial(&upload.id);
        return Err(Problem::case_closed());
    }
    Ok(())
}

/// The upload's file, for this request alone.
///
/// The file is made where there is none, so the upload has to be looked for once more: whoever ends one tells
/// the database first and then removes the file, and may have done both before this one was made.
async fn claim(portal: &Portal, id: &str) -> Result<File, Problem> {
    let (blobs, name) = (portal.0.blobs.clone(), id.to_owned());
    let file = tokio::task::spawn_blocking(move || blobs.go_on(&name)).await.map_err(Problem::internal)??;
    let in_use = "another request sends bytes of this upload right now";
    let file = file.ok_or_else(|| Problem::new(Kind::Conflict, in_use))?;
    let mut db = portal.0.store.read().await?;
    let over = match attachments::upload(&mut db, id).await? {
        Some(upload) if !upload.done => return Ok(file),
        Some(_) => Problem::new(Kind::Conflict, "it has become an attachment just now; ask with HEAD"),
        None => no_such_upload(),
    };
    portal.0.blobs.drop_partial(id);
    Err(over)
}

/// Puts a file on the disk of which all bytes came before; its SHA-256.
async fn settle(portal: &Portal, id: &str, file: File) -> Result<String, Problem> {
    let (blobs, id) = (portal.0.blobs.clone(), id.to_owned());
    let settled = tokio::task::spawn_blocking(move || {
        blobs.settle(&id, &file)?;
        blobs::digest(&blobs.partial(&id))
    });
    Ok(settled.await.map_err(Problem::internal)??.0)
}

/// Makes a file that is settled an attachment.
async fn complete(portal: &Portal, caller: &Caller, upload: &Upload, sha256: String) -> Result<(), Problem> {
    let mut write = portal.write().await?;
    let now = write.now;
    match attachments::upload(write.db(), &upload.id).await? {
        // Another request was as fast; what it did may be on its way to the disk still.
        Some(upload) if upload.done => return Ok(write.commit().await?),
        Some(_) => {}
        // It took so long that it was given up; there is no attachment.
        None => return Err(no_such_upload().once_certain(write).await),
    }
    let case = match for_either(portal, &mut write, caller, upload.number).await {
        Ok(case) => case,
        Err(problem) => {
            let problem = problem.once_certain(write).await;
            if problem.kind.status() < 500 {
                portal.0.blobs.drop_partial(&upload.id);
            }
            return Err(problem);
        }
    };
    let attachment = Attachment {
        name: unique(&upload.name, &case.attachments),
        size: upload.size,
        sha256,
        at: now,
        by: caller.email().to_owned(),
        complete: true,
    };
    attachments::insert(write.db(), upload.number, &attachment).await?;
    attachments::done(write.db(), &upload.id, now).await?;
    let data = json!({"name": attachment.name, "size": attachment.size, "sha256": attachment.sha256});
    change(portal, &mut write, caller, &case, (Action::Add, EventKind::Attached, data)).await?;
    let (blobs, id, sha256) = (portal.0.blobs.clone(), upload.id.clone(), attachment.sha256);
    tokio::task::spawn_blocking(move || blobs.keep(&id, &sha256)).await.map_err(Problem::internal)??;
    write.commit().await?;
    portal.0.blobs.drop_partial(&upload.id);
    Ok(())
}

/// A name without folders and control characters, of a length that file systems take.
fn clean(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let base: String = base.chars().filter(|c| !c.is_control() && !is_direction(*c)).collect();
    let base = base.trim();
    if matches!(base, "" | "." | "..") {
        return "attachment".to_owned();
    }
    if base.len() <= LONGEST_NAME {
        return base.to_owned();
    }
    let (stem, extension) = split(base);
    let extension = if extension.len() > 20 { "" } else { extension };
    let room = stem.floor_char_boundary(LONGEST_NAME - extension.len());
    format!("{}{extension}", &stem[..room])
}

/// Whether it makes a name read otherwise than it is written.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name and its extension with the dot.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    }
}

/// `a.har`, `a-2.har`, … whichever the case doesn't have yet, however it is written.
fn unique(name: &str, taken: &[Attachment]) -> String {
    let is_taken = |name: &str| taken.iter().any(|file| file.name.to_lowercase() == name.to_lowercase());
    let (stem, extension) = split(name);
    let others = (2..).map(|count: u64| format!("{stem}-{count}{extension}"));
    std::iter::once(name.to_owned()).chain(others).find(|name| !is_taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::{Clock, Options};

    #[tokio::test]
    async fn an_upload_that_was_ended_meanwhile_leaves_no_file() {
        let data = tempfile::tempdir().unwrap();
        let portal = Portal::open(Options::new(data.path()), Clock::system()).await.unwrap();
        let problem = claim(&portal, "0123abcd").await.unwrap_err();
        assert_eq!(problem.kind, Kind::NotFound);
        portal.0.blobs.count_until("0123abcd", 0).unwrap();
        assert_eq!(std::fs::read_dir(data.path().join("blobs/partial")).unwrap().count(), 0);
        portal.close().await;
    }

    #[test]
    fn names_lose_what_could_hurt() {
        for (given, expected) in [
            ("a.har", "a.har"),
            ("/etc/passwd", "passwd"),
            ("C:\\Temp\\ü b.log", "ü b.log"),
            ("..", "attachment"),
            ("", "attachment"),
            ("a/", "attachment"),
            ("x\u{1b}[2J\n.txt", "x[2J.txt"),
            ("gpj\u{202e}.exe", "gpj.exe"),
        ] {
            assert_eq!(clean(given), expected, "{given:?}");
        }
        let long = clean(&format!("{}.har", "ü".repeat(300)));
        assert!(long.len() <= LONGEST_NAME && long.ends_with("ü.har"), "{long}");
    }

    #[test]
    fn names_are_unique_within_a_case() {
        let file = |name: &str| Attachment {
            name: name.to_owned(),
            size: 1,
            sha256: String::new(),
            at: jiff::Timestamp::UNIX_EPOCH,
            by: String::new(),
            complete: true,
        };
        assert_eq!(unique("a.har", &[]), "a.har");
        assert_eq!(unique("a.har", &[file("A.har")]), "a-2.har");
        assert_eq!(unique("a.har", &[file("a.har"), file("a-2.har")]), "a-3.har");
        assert_eq!(unique(".env", &[file(".env")]), ".env-2");
    }
}
