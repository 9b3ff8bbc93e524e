//! When tokens were last used, written down without keeping anybody waiting.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::Portal;
use super::store::tokens;

/// The digests of tokens whose use is being written down, so that many requests at once write once. It is
/// no matter when another process does the same.
#[derive(Debug, Default)]
pub(super) struct LastUsed(Mutex<BTreeSet<String>>);

impl LastUsed {
    fn under_way(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Portal {
    /// Notes that the token with a digest was used, in the background: whoever reads doesn't wait for whoever
    /// writes, and a portal that is stopping meanwhile loses some minutes of one date.
    pub(super) fn note_use(&self, digest: &str, now: Timestamp) {
        if !self.0.last_used.under_way().insert(digest.to_owned()) {
            return;
        }
        let (portal, digest) = (self.clone(), digest.to_owned());
        tokio::spawn(async move {
            if let Err(error) = portal.write_use(&digest, now).await {
                tracing::warn!(%error, "can't write down that a token was used");
            }
            portal.0.last_used.under_way().remove(&digest);
        });
    }

    async fn write_use(&self, digest: &str, now: Timestamp) -> sqlx::Result<()> {
        let mut write = self.0.store.write(move || now, None).await?;
        tokens::used(write.db(), digest, now).await?;
        write.commit().await
    }
}
