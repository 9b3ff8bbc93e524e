//! One request and its answer.

use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder};
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;

use super::Error;

#[derive(Clone)]
pub(super) struct Wire {
    http: Client,
    base: Url,
    timeout: Duration,
}
impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wire")
    }
}
#[derive(Clone, Copy)]
pub(super) enum Repeat {
    Safely,
    WithKey,
    Never,
}
pub(super) struct Answer {}
pub(super) fn cause(error: &dyn std::error::Error) -> String {
    error.to_string()
}
impl Wire {
    pub(super) fn new(http: Client, base: Url, timeout: Duration) -> Self {
        Self { http, base, timeout }
    }
    pub(super) fn url(&self) -> &str {
        self.base.as_str()
    }
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url()))
    }
    pub(super) fn ask(&self, _r: RequestBuilder, _repeat: Repeat) -> Result<Answer, Error> {
        let _ = self.timeout;
        todo!()
    }
}
impl Answer {
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        todo!()
    }
    pub(super) fn header(&self, _: &str) -> Option<&str> {
        todo!()
    }
    pub(super) fn not_modified(&self) -> bool {
        todo!()
    }
    pub(super) fn not_a_portal(&self, _: &str) -> Error {
        todo!()
    }
}
