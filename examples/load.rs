//! Sends a portal the cases that `docket case import` would send it, over so many connections: what an import
//! is measured against.
//!
//! ```console
//! $ cargo run --release --example load -- make 100000 > cases.ndjson
//! $ cargo run --release --example load -- send http://127.0.0.1:8080 16 cases.ndjson
//! ```
//!
//! `benches/import.sh` uses it. It does as little as it can: requests are written before the clock starts, and
//! of an answer it looks at the status and the length. Each case has an idempotency key of its own. The portal
//! has to be one with the sample users.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::Instant;

use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "usage: load make COUNT | load send URL CONNECTIONS FILE";

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", count] => make(count.parse()?),
        ["send", url, connections, file] => send(url, connections.parse()?, file),
        _ => Err(USAGE.into()),
    }
}

/// Writes so many cases as NDJSON, no two of them equal.
fn make(count: u64) -> Outcome<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for index in 0..count {
        let case = json!({
            "product": "esignature", "category": "sending", "subcategory": "other",
            "subject": format!("Envelope {index} is stuck in the outbox"),
            "description": format!(
                "Since this morning, envelope {index} of {count} has stood in the outbox. Colleagues in other \
                 offices see the same, and clearing the cache made no difference."
            ),
            "occurred_at": "2026-01-15T09:30:00Z", "contact_method": "email",
        });
        writeln!(out, "{case}")?;
    }
    Ok(out.flush()?)
}

/// Posts every line of a file, and prints how many a second the portal took.
fn send(url: &str, connections: usize, file: &str) -> Outcome<()> {
    let host = url.strip_prefix("http://").ok_or("the address begins with http://")?;
    let mut first = Connection::open(host)?;
    let login = json!({"email": "kim@example.com", "password": "sample-password"}).to_string();
    let login = first.ask(&post(host, "/v1/login", "", &login))?;
    let token = login["token"].as_str().ok_or("the portal gave no token")?;
    let credentials = format!("Authorization: Bearer {token}\r\n");
    let form = first.ask(&format!("GET /v1/form HTTP/1.1\r\nHost: {host}\r\n{credentials}\r\n"))?;
    let mut requests = Vec::new();
    for (index, line) in BufReader::new(std::fs::File::open(file)?).lines().enumerate() {
        let fields: Value = serde_json::from_str(&line?)?;
        let case = json!({"form": form["version"], "fields": fields, "watchers": [], "follows": null});
        let key = format!("{credentials}Idempotency-Key: load-{index:016}\r\n");
        requests.push(post(host, "/v1/cases", &key, &case.to_string()));
    }
    let count = requests.len();
    let queue = Mutex::new(requests.into_iter());
    let began = Instant::now();
    std::thread::scope(|scope| -> Outcome<()> {
        let senders: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(|| -> Outcome<()> {
                    let mut connection = Connection::open(host)?;
                    loop {
                        let next = queue.lock().map_err(|_| "another sender has failed")?.next();
                        let Some(request) = next else { return Ok(()) };
                        connection.exchange(&request, 201)?;
                    }
                })
            })
            .collect();
        senders.into_iter().try_for_each(|sender| sender.join().map_err(|_| "a sender has panicked")?)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    writeln!(std::io::stdout(), "{:.1}", count as f64 / seconds)?;
    Ok(())
}

fn post(host: &str, path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n{headers}\
         Content-Length: {length}\r\n\r\n{body}"
    )
}

/// A connection that is kept.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(host: &str) -> Outcome<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    fn ask(&mut self, request: &str) -> Outcome<Value> {
        Ok(serde_json::from_slice(&self.exchange(request, 200)?)?)
    }

    /// Sends a request, and reads the answer, which has to have a status.
    fn exchange(&mut self, request: &str, status: u16) -> Outcome<Vec<u8>> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        self.0.read_line(&mut head)?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.parse()?;
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        if head.split(' ').nth(1) == Some(&status.to_string()) {
            Ok(body)
        } else {
            Err(format!("the portal answered {}: {}", head.trim_end(), String::from_utf8_lossy(&body)).into())
        }
    }
}
