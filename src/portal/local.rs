//! The portal named `local`: it runs inside this process, on files of its own, and needs no set-up.
//!
//! It listens on a port that other users of the machine can reach, so nobody can log in: it knows one token,
//! made for this process, which belongs to one user of the sample directory.

use std::net::Ipv4Addr;
use std::path::Path;
use std::thread::JoinHandle;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::{Access, Clock, Options, Portal, PortalError, serve, token};
use crate::secret::Secret;

/// A portal that runs as long as this value lives.
#[derive(Debug)]
pub struct LocalPortal {
    /// Where it listens.
    pub url: String,
    /// The one token that works there.
    pub token: Secret,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts the portal on the files in `data`, which are made if there are none, with a token for the user
/// `email` of the sample directory. Several processes may do so at once.
pub fn start(data: &Path, email: &str) -> Result<LocalPortal, PortalError> {
    let token = token::bearer()?;
    let access = Access::Only { digest: token::digest(token.reveal()), email: email.to_owned() };
    // It ends with this process, so there are no pages to go to.
    let base_url = Some("local:".to_owned());
    let options = Options { sample: true, base_url, ..Options::new(data) };
    let (stop, stopped) = oneshot::channel();
    let (started, start) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new().name("portal".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = match runtime {
            Ok(runtime) => runtime,
            Err(error) => return drop(started.send(Err(error.into()))),
        };
        runtime.block_on(async {
            match listen(options, access).await {
                Err(error) => drop(started.send(Err(error))),
                Ok((listener, url, portal)) => {
                    let _ = started.send(Ok(url));
                    let stopped = async { drop(stopped.await) };
                    if let Err(error) = serve(listener, portal, stopped).await {
                        tracing::error!(%error, "the local portal stopped");
                    }
                }
            }
        });
    })?;
    let url = start.recv().map_err(std::io::Error::other)??;
    Ok(LocalPortal { url, token, stop: Some(stop), thread: Some(thread) })
}

async fn listen(options: Options, access: Access) -> Result<(TcpListener, String, Portal), PortalError> {
    let email = match &access {
        Access::Only { email, .. } => email.clone(),
        Access::Passwords => String::new(),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let portal = Portal::open_for(options, Clock::system(), access).await?;
    let mut db = portal.0.store.read().await?;
    match super::store::users::find(&mut db, &email).await? {
        Some(user) if !user.disabled => Ok((listener, url, portal)),
        _ => Err(PortalError::NoSuchUser(email)),
    }
}

impl Drop for LocalPortal {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the local portal panicked");
        }
    }
}
