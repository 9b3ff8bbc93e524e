//! Answering requests until told to stop.

use std::future::Future;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::problem::Problem;
use super::store::{answers, attachments, tokens, users};
use super::tls::{Identity, TlsListener};
use super::{Portal, PortalError};

/// How often cases are closed that are due, so that their mail leaves without anybody asking.
const CLOSING: Duration = Duration::from_secs(20);
/// How often what no longer matters is deleted.
const TIDYING: Duration = Duration::from_secs(3600);
/// How long requests may go on once the portal is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves the portal on `listener` until `shutdown` is ready; then requests under way are finished, within
/// ten seconds, and the database is closed.
pub async fn serve(
    listener: TcpListener,
    portal: Portal,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), PortalError> {
    let url = format!("http://{}", listener.local_addr()?);
    serve_at(url, listener, portal, shutdown).await
}

/// The same over HTTPS.
pub async fn serve_tls(
    listener: TcpListener,
    identity: &Identity,
    portal: Portal,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), PortalError> {
    let url = format!("https://{}", listener.local_addr()?);
    serve_at(url, TlsListener::new(listener, identity)?, portal, shutdown).await
}

async fn serve_at<L>(
    url: String,
    listener: L,
    portal: Portal,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), PortalError>
where
    L: axum::serve::Listener<Addr: std::fmt::Debug>,
{
    let _ = portal.0.base_url.set(url);
    let (stop, stopped) = watch::channel(false);
    let background = tokio::spawn(look_after(portal.clone(), stopped.clone()));

    let followed = portal.clone();
    let signal = async move {
        shutdown.await;
        // A stream has no end of its own.
        followed.send_followers_away();
        let _ = stop.send(true);
    };
    let serving = axum::serve(listener, portal.router()).with_graceful_shutdown(signal);
    let served = tokio::select! {
        served = std::future::IntoFuture::into_future(serving) => served,
        () = grace(stopped) => Ok(()),
    };
    background.abort();
    portal.close().await;
    served.map_err(PortalError::from)
}

/// Waits until the portal is told to stop, and then as long as requests may still go on.
async fn grace(mut stopped: watch::Receiver<bool>) {
    told_to_stop(&mut stopped).await;
    tokio::time::sleep(GRACE).await;
    tracing::warn!("requests were cut off because they took too long to finish");
}

async fn told_to_stop(stopped: &mut watch::Receiver<bool>) {
    // An error means that nobody is left to tell.
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// Does what has to be done without anybody asking. Two portals on the same data may both do it.
async fn look_after(portal: Portal, mut stopped: watch::Receiver<bool>) {
    let mut closing = tokio::time::interval(CLOSING);
    let mut tidying = tokio::time::interval_at(tokio::time::Instant::now() + TIDYING, TIDYING);
    loop {
        let done = tokio::select! {
            () = told_to_stop(&mut stopped) => return,
            _ = closing.tick() => portal.read().await.map(drop),
            _ = tidying.tick() => tidy(&portal).await,
        };
        if let Err(problem) = done {
            tracing::error!(cause = problem.cause, "can't do the background work");
        }
    }
}

/// Deletes what no longer matters: answers that nobody asks for again, tokens and uploads whose time is over.
pub(super) async fn tidy(portal: &Portal) -> Result<(), Problem> {
    let mut write = portal.write().await?;
    let now = write.now;
    answers::tidy(write.db(), now).await?;
    users::tidy(write.db(), now).await?;
    tokens::tidy(write.db(), now).await?;
    let abandoned = attachments::forget_expired(write.db(), now).await?;
    write.commit().await?;
    for id in abandoned {
        portal.0.blobs.drop_partial(&id);
    }
    Ok(())
}
