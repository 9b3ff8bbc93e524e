//! The page that notification mails link to. It shows nothing of the case, so anybody may open it.

use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{Html, IntoResponse};

use crate::portal::Portal;
use crate::portal::extract::Number;

/// Nothing but the page itself: no script, no style from elsewhere, no frame around it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// `GET /cases/{number}`
pub(super) async fn show(State(portal): State<Portal>, Number(number): Number) -> impl IntoResponse {
    let url = escape(portal.base_url());
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Case {number}</title>\n\
         <style>body{{font:1rem/1.5 sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}}\
         pre{{background:#eee;padding:1rem;overflow:auto}}</style>\n\
         <h1>Case {number}</h1>\n\
         <p>If it is yours or you watch it, docket shows it, and adds your comment:</p>\n\
         <pre>docket case show {number} --portal {url}\ndocket case comment {number} --portal {url}</pre>\n\
         <p>If you have not logged in yet: <code>docket login {url}</code></p>\n</html>\n"
    );
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_SECURITY_POLICY, POLICY), (header::REFERRER_POLICY, "no-referrer")];
    (headers, Html(page))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
