//! Fetching files.
use super::{Error, Session};
use crate::case::CaseNumber;
use std::io::Write;
pub(super) fn download(
    _: &Session,
    _: CaseNumber,
    _: &str,
    _: &mut dyn Write,
    _: &dyn Fn(u64, Option<u64>),
) -> Result<u64, Error> {
    todo!()
}
