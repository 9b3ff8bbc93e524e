//! `docket portal serve`

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use jiff::SignedDuration;
use tokio::net::TcpListener;

use super::super::Docket;
use super::{Data, block_on, broken, refused};
use crate::failure::{Failure, Kind};
use crate::portal::tls::Identity;
use crate::portal::{self, Clock, Options, Portal as Server, admin};
use crate::when;

/// Serve a portal until it is told to stop
///
/// It says where it listens once it is ready, stops cleanly on SIGTERM and Ctrl-C, and answers
/// `GET /healthz`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket portal serve --data ./portal --sample
  docket portal serve --listen 0.0.0.0:8080 --data /var/lib/docket --base-url https://support.example.com")]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Load the sample accounts and users; then it listens on loopback only
    #[arg(long)]
    sample: bool,
    /// Where people reach the portal, as mails and cases name it
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// How long a case stays Pending before it closes by itself
    #[arg(long, value_name = "DURATION", default_value = "5d", value_parser = duration)]
    pending_closes_after: SignedDuration,
    /// How large an attachment may be, like `25MB`
    #[arg(long, value_name = "SIZE", default_value = "25MB", value_parser = size)]
    max_attachment: u64,
    /// Certificate chain to serve HTTPS with, a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate, a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Folder with a catalogue to use in place of the built-in one
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    catalogue: Option<PathBuf>,
}

fn duration(text: &str) -> Result<SignedDuration, String> {
    when::parse_duration(text).map_err(|error| error.to_string())
}

/// Bytes, written like `25MB`, `100 kB`, `1GiB` or `5000`.
fn size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(format!("`{text}` is not a size; write it like 25MB")),
    };
    let count: Option<u64> = digits.parse().ok();
    count
        .and_then(|count| count.checked_mul(factor))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| format!("`{text}` is not a size; write it like 25MB"))
}

impl Serve {
    pub(super) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let options = Options {
            base_url: self.base_url,
            pending_closes_after: self.pending_closes_after,
            max_attachment: self.max_attachment,
            catalogue: self.catalogue,
            sample: self.sample,
            ..Options::new(self.data.data)
        };
        let (listen, sample) = (self.listen, self.sample);
        let identity = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(
                Identity::read(certificate, key)
                    .map_err(|error| Failure::usage(format!("cannot serve HTTPS: {error}")))?,
            ),
            _ => None,
        };
        block_on(async {
            let addresses = resolve(&listen).await?;
            let open = addresses.iter().find(|address| !address.ip().is_loopback());
            if sample && let Some(open) = open {
                return Err(Failure::usage(format!(
                    "with --sample everybody knows the passwords, so the portal doesn't listen on {open}"
                ))
                .hint("listen on loopback, as in --listen 127.0.0.1:8080, or load users of your own"));
            }
            let listener = TcpListener::bind(&*addresses)
                .await
                .map_err(|error| Failure::new(Kind::Failed, format!("cannot listen on {listen}: {error}")))?;
            let address = listener
                .local_addr()
                .map_err(|error| Failure::new(Kind::Failed, format!("cannot listen on {listen}: {error}")))?;
            let server = Server::open(options, Clock::system()).await.map_err(|error| broken(&error))?;
            if let Some(open) = open {
                nobody_with_a_known_password(&server, open).await?;
            }
            let told = stop_signal()?;
            let served = match &identity {
                None => {
                    docket.ui.announce(format!("listening on http://{address}"));
                    portal::serve(listener, server, told).await
                }
                Some(identity) => {
                    docket.ui.announce(format!("listening on https://{address}"));
                    portal::serve_tls(listener, identity, server, told).await
                }
            };
            served.map_err(|error| broken(&error))
        })?
    }
}

/// Refuses to let others at a portal on which the sample users were loaded once and can still log in.
async fn nobody_with_a_known_password(server: &Server, open: &SocketAddr) -> Result<(), Failure> {
    let known = admin::with_sample_password(server).await.map_err(|error| refused(&error))?;
    if known.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "everybody knows the sample password of {}, so the portal doesn't listen on {open}",
        known.join(", ")
    ))
    .hint("disable them with `docket portal user disable EMAIL`, or give them other passwords")
    .hint("or begin with another folder, without --sample"))
}

async fn resolve(listen: &str) -> Result<Vec<SocketAddr>, Failure> {
    let unusable = |why: String| {
        Failure::usage(format!("cannot listen on `{listen}`: {why}"))
            .hint("give address and port, like 127.0.0.1:8080")
    };
    let found: Vec<SocketAddr> =
        tokio::net::lookup_host(listen).await.map_err(|error| unusable(error.to_string()))?.collect();
    if found.is_empty() { Err(unusable("no such host".to_owned())) } else { Ok(found) }
}

/// Is ready at Ctrl-C or, on Unix, SIGTERM.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let failed =
        |error: std::io::Error| Failure::new(Kind::Failed, format!("cannot listen for signals: {error}"));
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Is ready at Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in [("25MB", 25_000_000), ("100 kB", 100_000), ("1GiB", 1 << 30), ("5000", 5000)] {
            assert_eq!(size(text), Ok(bytes));
        }
        for text in
            ["", "MB", "-1", "1.5MB", "0", "99999999999999999999", "25 parsecs", "18446744073709551615GB"]
        {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
