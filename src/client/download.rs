//! Fetching files.

use std::io::{Read as _, Write};
use std::path::PathBuf;

use reqwest::Method;
use reqwest::blocking::Response;
use reqwest::header::{CONTENT_TYPE, ETAG};
use sha2::{Digest as _, Sha256};

use super::answer::{Answer, Verdict};
use super::wire::{Miss, Repeat, cause, text};
use super::{Error, Session};
use crate::api::path;
use crate::case::CaseNumber;

/// Bytes fetched at a time.
const PIECE: usize = 64 << 10;

/// Fetches an attachment; see [`Session::download`].
pub(super) fn download(
    session: &Session,
    number: CaseNumber,
    name: &str,
    to: &mut dyn Write,
    progress: &dyn Fn(u64, Option<u64>),
) -> Result<u64, Error> {
    let mut response = begin(session, number, name)?;
    let (wanted, length) = (hash_of(&response), response.content_length());
    let mut hash = Sha256::new();
    let mut count = 0;
    let mut piece = vec![0; PIECE];
    loop {
        let read = response.read(&mut piece).map_err(|error| Error::Unreachable {
            url: session.url().to_owned(),
            why: format!("{name} broke off after {count} bytes: {}", cause(&error)),
        })?;
        if read == 0 {
            break;
        }
        hash.update(&piece[..read]);
        to.write_all(&piece[..read]).map_err(|error| cannot_write(name, &error))?;
        count += read as u64;
        progress(count, length);
    }
    to.flush().map_err(|error| cannot_write(name, &error))?;
    let found = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    match wanted {
        Some(wanted) if wanted != found => Err(Error::Damaged {
            name: name.to_owned(),
            why: format!("its SHA-256 is {found} in place of {wanted}"),
        }),
        _ => Ok(count),
    }
}

/// Asks for the file; the answer's body is still to be read.
fn begin(session: &Session, number: CaseNumber, name: &str) -> Result<Response, Error> {
    let wire = session.wire();
    let path = path::attachment(number, name);
    // The time is for the answer to begin; how long the file takes is nobody's to say.
    wire.persist(Repeat::Safely, |_| match wire.build(session.request(Method::GET, &path)) {
        Ok(request) => begun(session, wire.send(request)),
        Err(error) => Verdict::Refused(error),
    })
}

fn begun(session: &Session, response: Result<Response, Miss>) -> Verdict<Response> {
    let wire = session.wire();
    match response {
        // A page that something in between has put there.
        Ok(response)
            if response.status().is_success() && hash_of(&response).is_none() && is_page(&response) =>
        {
            let what = "a page came in place of the file".to_owned();
            Verdict::Refused(Error::NotAPortal { url: session.url().to_owned(), what })
        }
        Ok(response) if response.status().is_success() => Verdict::Done(response),
        response => response
            .and_then(|response| wire.read(response))
            .map_or_else(|miss| wire.missed(miss), Answer::verdict)
            .and_then(|answer| Verdict::Refused(answer.not_a_portal("no file came"))),
    }
}

/// The SHA-256 that the file should have, if the portal says.
fn hash_of(response: &Response) -> Option<String> {
    let tag = text(response.headers().get(ETAG))?.trim_start_matches("W/").trim_matches('"');
    let hash = tag.strip_prefix("sha256:").unwrap_or(tag).to_lowercase();
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(hash)
}

fn is_page(response: &Response) -> bool {
    text(response.headers().get(CONTENT_TYPE)).is_some_and(|kind| kind.starts_with("text/html"))
}

fn cannot_write(name: &str, error: &std::io::Error) -> Error {
    Error::File { path: PathBuf::from(name), why: format!("it can't be written: {error}") }
}
