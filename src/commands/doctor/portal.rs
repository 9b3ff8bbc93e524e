//! The portal, and everything on the way there: proxy, certificates, clock, token, account.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::{broken, defaults, failed, note, ok, warning};
use crate::account::Account;
use crate::address::Address;
use crate::api::body::Me;
use crate::case::Role;
use crate::client::{Connection, Look, Settings, certificates_in, is_proxy, proxy_for};
use crate::commands::status::account_source;
use crate::commands::{Desk, Docket};
use crate::failure::Failure;
use crate::profile::{Resolved, TokenSource};
use crate::ui::text::count;
use crate::ui::{Check, CheckState};
use crate::when;

/// A clock may be wrong by so much.
const SKEW_TO_NOTICE: SignedDuration = SignedDuration::from_secs(60);
/// From here on a portal takes what has just been seen for the future.
const SKEW_TO_FAIL: SignedDuration = SignedDuration::from_mins(5);
/// How long before a token or a certificate ends it is said.
const SOON: SignedDuration = SignedDuration::from_hours(3 * 24);

/// How the portal is that the settings name, as far as it can be reached.
pub(super) fn checks(docket: &Docket) -> Vec<Check> {
    let address = match docket.profile.portal() {
        Ok(address) => address,
        Err(failure) => return vec![failed("portal", CheckState::Broken, &failure)],
    };
    let mut checks = vec![ok("portal", format!("{}, from {}", address.value, address.source))];
    match &address.value {
        Address::Local => checks.extend(local(docket)),
        Address::At(url) => checks.extend(remote(docket, &address, url)),
    }
    checks
}

/// The portal inside docket, which is started for this.
fn local(docket: &Docket) -> Vec<Check> {
    let desk = match docket.desk() {
        Ok(desk) => desk,
        Err(failure) => return vec![failed("connection", CheckState::Broken, &failure)],
    };
    let mut checks = seen(&look(docket, desk.session().url()));
    checks.push(ok("token", "none needed: nobody logs in at the built-in portal"));
    checks.push(account(&desk));
    checks.extend(defaults::checks(&desk));
    checks
}

fn remote(docket: &Docket, address: &Resolved<Address>, url: &str) -> Vec<Check> {
    let look = look(docket, url);
    let mut checks = vec![proxy(docket, url)];
    checks.extend(authorities(docket, url));
    checks.extend(seen(&look));
    checks.extend(token(docket, address, look.is_ok()));
    checks
}

fn look(docket: &Docket, url: &str) -> Result<Look, Failure> {
    // What it does when it is tried once is what is looked at.
    let settings = Settings { max_retries: 0, ..docket.client_settings()? };
    Ok(Connection::new(url, &settings)?.look()?)
}

/// What a portal showed of itself: that it is one, its clock, its certificate.
fn seen(look: &Result<Look, Failure>) -> Vec<Check> {
    let look = match look {
        Ok(look) => look,
        Err(failure) => return vec![failed("connection", CheckState::Broken, failure)],
    };
    let mut checks = vec![ok(
        "connection",
        format!(
            "{} answers in {} ms; its software is version {}",
            look.portal.name,
            look.took.as_millis(),
            look.portal.version
        ),
    )];
    checks.extend(look.certificate_until.map(certificate));
    checks.push(clock(look.at.duration_since(look.portal.now)));
    checks
}

fn certificate(until: Timestamp) -> Check {
    const CHECK: &str = "certificate";
    let now = Timestamp::now();
    let message = format!("trusted, and good until {} ({})", date(until), when::relative(until, now));
    if until.duration_since(now) < SOON {
        warning(CHECK, message).fix("tell the portal's operator")
    } else {
        ok(CHECK, message)
    }
}

/// `ahead` is how far the clock here is ahead of the portal's.
fn clock(ahead: SignedDuration) -> Check {
    const CHECK: &str = "clock";
    let way = if ahead.is_negative() { "behind" } else { "ahead of" };
    let off = ahead.abs();
    let amount = if off < SignedDuration::from_mins(2) {
        count(off.as_secs().unsigned_abs(), "second")
    } else {
        count(off.as_mins().unsigned_abs(), "minute")
    };
    let message = format!("the clock here is {amount} {way} the portal's");
    let fix = "set the clock of this machine, best by a time server (on Linux: `timedatectl set-ntp true`)";
    if off > SKEW_TO_FAIL {
        let consequence = if ahead.is_negative() {
            "what is reported as of now comes too early"
        } else {
            "it refuses what is reported as of now, because that is its future"
        };
        broken(CHECK, format!("{message}: {consequence}")).fix(fix)
    } else if off > SKEW_TO_NOTICE {
        warning(CHECK, message).fix(fix)
    } else {
        ok(CHECK, "the same as the portal's, within a minute")
    }
}

fn proxy(docket: &Docket, url: &str) -> Check {
    const CHECK: &str = "proxy";
    let environment = docket.profile.environment();
    let named = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .into_iter()
        .find_map(|name| Some((name, environment.get(name)?.to_string_lossy().into_owned())));
    match (proxy_for(url), named) {
        (Some(proxy), Some((name, _))) => ok(CHECK, format!("{proxy}, from {name}")),
        (Some(proxy), None) => ok(CHECK, format!("{proxy}, from the system's settings")),
        (None, None) => ok(CHECK, "none"),
        // The value itself isn't shown: it may have a password in it.
        (None, Some((name, value))) if !is_proxy(&value) => {
            warning(CHECK, format!("{name} is ignored, because it is no proxy's address"))
                .fix("write it like http://proxy.example.com:3128")
        }
        (None, Some((name, _))) if url.starts_with("http://") => {
            ok(CHECK, format!("none: {name} doesn't apply to this machine itself"))
        }
        (None, Some((name, _))) => ok(CHECK, format!("none: NO_PROXY exempts this portal from {name}")),
    }
}

/// The files with certificates to trust, where some are named.
fn authorities(docket: &Docket, url: &str) -> Vec<Check> {
    let secure = url.starts_with("https://");
    let mut files: Vec<(&str, PathBuf, String)> = Vec::new();
    if let Some(Resolved { value, source }) = docket.profile.ca_bundle() {
        files.push(("ca_bundle", value, source.to_string()));
    }
    if let Some(file) = docket.profile.environment().get("SSL_CERT_FILE") {
        files.push(("ca_system", PathBuf::from(file), "SSL_CERT_FILE, in place of the system's".to_owned()));
    }
    let check = |(check, file, source): (&'static str, PathBuf, String)| match certificates_in(&file) {
        Ok(number) => {
            let number = count(number as u64, "certificate");
            ok(check, format!("{number} in {} ({source})", file.display()))
        }
        Err(error) => {
            let state = if secure { CheckState::Broken } else { CheckState::Warning };
            Check::new(check, state, format!("{error} ({source})"))
                .fix("name a PEM file with certificates, or none")
        }
    };
    files.into_iter().map(check).collect()
}

/// The token, and what it opens.
fn token(docket: &Docket, address: &Resolved<Address>, reached: bool) -> Vec<Check> {
    const CHECK: &str = "token";
    let credential = match docket.profile.credential(address) {
        Ok(credential) => credential,
        Err(failure) => return vec![failed(CHECK, CheckState::Broken, &failure)],
    };
    let origin = origin(docket, credential.source);
    let whose = match &credential.user {
        Some(user) => format!("{user}'s, {origin}"),
        None => origin.clone(),
    };
    if !reached {
        return vec![note(CHECK, format!("{whose}; not tried, because the portal can't be reached"))];
    }
    let desk = docket.desk().and_then(|desk| Ok((desk.fresh_me()?, desk)));
    match desk {
        Ok((me, desk)) => {
            let mut checks = vec![accepted(&origin, &me, &address.value, credential.source), account(&desk)];
            checks.extend(defaults::checks(&desk));
            checks
        }
        Err(failure) => {
            let failure = Failure { message: format!("{whose}; {}", failure.message), ..failure };
            vec![failed(CHECK, CheckState::Broken, &failure)]
        }
    }
}

/// Where a token comes from and where it is kept.
fn origin(docket: &Docket, source: TokenSource) -> String {
    match source {
        TokenSource::Flag => "from the command line".to_owned(),
        TokenSource::Environment => "from DOCKET_TOKEN".to_owned(),
        TokenSource::Command => "from DOCKET_TOKEN_COMMAND".to_owned(),
        TokenSource::Keyring => "in the keyring".to_owned(),
        TokenSource::File => match docket.profile.token_file() {
            Some(file) => format!("in {}", file.display()),
            None => "in a file".to_owned(),
        },
    }
}

/// The portal knows the token.
fn accepted(origin: &str, me: &Me, portal: &Address, source: TokenSource) -> Check {
    let whose = format!("{origin}; the portal takes it for {}, {}", me.email, me.role);
    let Some(end) = me.expires_at else { return ok("token", format!("{whose}; it doesn't expire")) };
    let now = Timestamp::now();
    let message = format!("{whose}; it expires on {} ({})", date(end), when::relative(end, now));
    if end.duration_since(now) >= SOON {
        return ok("token", message);
    }
    warning("token", message).fix(match source {
        TokenSource::Keyring | TokenSource::File => format!("run `docket login {portal}`"),
        TokenSource::Environment | TokenSource::Command | TokenSource::Flag => "get a new token".to_owned(),
    })
}

fn account(desk: &Desk) -> Check {
    const CHECK: &str = "account";
    let me = match desk.me() {
        Ok(me) => me,
        Err(failure) => return failed(CHECK, CheckState::Broken, &failure),
    };
    if me.role == Role::Expert {
        return ok(CHECK, "none needed: experts see every case");
    }
    match desk.account() {
        Ok(Some(Resolved { value: Account { name, id, .. }, source })) => {
            let source = account_source(&source, &desk.address().value);
            ok(CHECK, format!("{name} ({id}): {source}"))
        }
        Ok(None) => {
            let open = me.accounts.iter().filter(|account| account.can_open_cases()).count();
            warning(CHECK, format!("none is chosen, of {}", count(open as u64, "account")))
                .fix("`docket accounts switch` chooses one; --account names one for a single command")
        }
        Err(failure) => failed(CHECK, CheckState::Broken, &failure),
    }
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}
