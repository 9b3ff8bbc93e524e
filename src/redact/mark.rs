//! The marks that stand where a secret was: `[redacted:cookie:3f9a61c2]`. The digits tell equal values from different
//! ones and nothing else.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::{Mutex, PoisonError};

use super::forms::LOWER;

/// How every mark begins.
pub(super) const BEGINNING: &[u8] = b"[redacted:";

/// How the digits of marks are made.
#[derive(Debug)]
pub struct Marks {
    /// A random key that nobody ever sees and that is gone with it.
    key: RandomState,
    /// The numbers given so far, where digits are numbers.
    numbers: Option<Mutex<HashMap<u64, u32>>>,
}

impl Marks {
    /// Marks with a keyed digest of the value. The key is random and thrown away: nobody can try values out.
    pub fn keyed() -> Self {
        Self { key: RandomState::new(), numbers: None }
    }

    /// Marks that count the different values, in the order in which they appear: the same text gets the same marks
    /// each time, as a request has to that is sent again.
    pub fn numbered() -> Self {
        Self { key: RandomState::new(), numbers: Some(Mutex::default()) }
    }

    /// A keyed digest of a value, for those who have to know it again.
    pub(super) fn digest(&self, value: &[u8]) -> u64 {
        self.key.hash_one(value)
    }

    /// The mark of a value that has this digest.
    pub(super) fn mark(&self, kind: &str, digest: u64) -> String {
        match &self.numbers {
            None => {
                // Written by hand: there may be a million of them.
                let mut mark = String::with_capacity(BEGINNING.len() + kind.len() + 10);
                mark.push_str("[redacted:");
                mark.push_str(kind);
                mark.push(':');
                mark.extend((0..8).map(|at| char::from(LOWER[(digest >> (60 - 4 * at) & 15) as usize])));
                mark.push(']');
                mark
            }
            Some(numbers) => {
                let mut numbers = numbers.lock().unwrap_or_else(PoisonError::into_inner);
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
                format!("[redacted:{kind}:{}]", numbers.entry(digest).or_insert(next))
            }
        }
    }
}

/// Whether there is a mark in a value: what was redacted once stays as it is.
pub(super) fn has_mark(value: &[u8]) -> bool {
    memchr::memchr_iter(b'[', value).any(|at| end(&value[at..]).is_some())
}

/// Where the mark ends that `text` begins with.
pub(super) fn end(text: &[u8]) -> Option<usize> {
    let rest = text.strip_prefix(BEGINNING)?;
    let is_kind = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let kind = rest.iter().take(48).take_while(|byte| is_kind(byte)).count();
    let rest = rest[kind..].strip_prefix(b":")?;
    let digits = rest.iter().take(16).take_while(|byte| byte.is_ascii_hexdigit()).count();
    (kind > 0 && digits > 0 && rest.get(digits) == Some(&b']'))
        .then_some(BEGINNING.len() + kind + 1 + digits + 1)
}

/// Whether a text ends with a mark.
pub(super) fn ends(text: &[u8]) -> bool {
    let near = &text[text.len().saturating_sub(100)..];
    memchr::memmem::rfind(near, BEGINNING).is_some_and(|at| end(&near[at..]) == Some(near.len() - at))
}
