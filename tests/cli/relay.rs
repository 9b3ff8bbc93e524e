//! Something between docket and a portal, which hears every request and may interfere.

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};

/// A request, as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    pub fn opens_a_case(&self) -> bool {
        (self.method.as_str(), self.path.as_str()) == ("POST", "/v1/cases")
    }

    /// Whether it announces a file.
    pub fn attaches(&self) -> bool {
        self.method == "POST" && self.path.ends_with("/attachments")
    }

    pub fn writes(&self) -> bool {
        !["GET", "HEAD"].contains(&self.method.as_str())
    }
}

/// What becomes of a request.
pub enum Deed {
    /// It goes to the portal, and the answer comes back.
    Pass,
    /// It goes to the portal, and the answer is lost.
    LoseAnswer,
    /// It is answered with these bytes, and never gets to the portal.
    Answer(Vec<u8>),
    /// So much of its body goes to the portal; what follows doesn't come any more.
    Part(usize),
    /// The same, and then the connection breaks.
    Break(usize),
    /// It is never answered.
    Hang,
    /// It goes to the portal, and the connection breaks after so many bytes of the answer.
    Cut(u64),
    /// It goes to the portal, and after so many bytes of the answer no more come, for good.
    Stall(u64),
}

/// A relay, as long as it lives.
pub struct Relay {
    pub url: String,
    heard: Arc<Mutex<Vec<Request>>>,
}

impl Relay {
    /// One at which docket gets stuck with the first request for which `stuck` holds, and somebody who hears of it.
    pub fn sticking(
        portal: &str,
        stuck: impl Fn(&Request) -> bool + Send + Sync + 'static,
    ) -> (Self, mpsc::Receiver<()>) {
        let (told, heard) = mpsc::channel();
        let told = Mutex::new(Some(told));
        let relay = Self::interfering(portal, move |request| {
            let told = if stuck(request) { told.lock().unwrap().take() } else { None };
            let Some(told) = told else { return Deed::Pass };
            told.send(()).unwrap();
            Deed::Hang
        });
        (relay, heard)
    }

    /// Lets everything through to `portal`.
    pub fn to(portal: &str) -> Self {
        Self::interfering(portal, |_| Deed::Pass)
    }

    /// Has no portal behind it: answers everything like this.
    pub fn answering(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::interfering("", move |_| Deed::Answer(answer.clone()))
    }

    /// Does to each request what `decide` says, before anything else happens to it.
    pub fn interfering(portal: &str, decide: impl Fn(&Request) -> Deed + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (portal, decide) = (portal.trim_start_matches("http://").to_owned(), Arc::new(decide));
        std::thread::spawn({
            let heard = Arc::clone(&heard);
            move || {
                for client in listener.incoming() {
                    let (portal, decide, heard) = (portal.clone(), Arc::clone(&decide), Arc::clone(&heard));
                    std::thread::spawn(move || serve(&client.unwrap(), &portal, &*decide, &heard));
                }
            }
        });
        Self { url, heard }
    }

    /// What has come so far.
    pub fn heard(&self) -> Vec<Request> {
        self.heard.lock().unwrap().clone()
    }

    /// The requests since this was last asked, like `POST /v1/cases`.
    pub fn take(&self) -> Vec<String> {
        let heard = std::mem::take(&mut *self.heard.lock().unwrap());
        heard.iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }
}

/// Answers the one request of a connection. Whoever is at the other end may have had enough at any time.
fn serve(
    mut client: &TcpStream,
    portal: &str,
    decide: &dyn Fn(&Request) -> Deed,
    heard: &Mutex<Vec<Request>>,
) {
    let Some((request, head)) = hear(client) else { return };
    heard.lock().unwrap().push(request.clone());
    let forward_part = |length: usize, client: &mut dyn Write| {
        forward(portal, &head, &request.body[..length], u64::MAX, client);
    };
    let forward = |most: u64, client: &mut dyn Write| forward(portal, &head, &request.body, most, client);
    match decide(&request) {
        Deed::Pass => forward(u64::MAX, &mut client),
        Deed::LoseAnswer => forward(u64::MAX, &mut std::io::sink()),
        Deed::Answer(answer) => drop(client.write_all(&answer)),
        Deed::Hang => forever(),
        Deed::Cut(most) => forward(most, &mut client),
        Deed::Stall(most) => {
            forward(most, &mut client);
            forever();
        }
        Deed::Part(length) => forward_part(length, &mut client),
        Deed::Break(length) => {
            if let Ok(mut upstream) = TcpStream::connect(portal) {
                let _ = upstream.write_all(head.as_bytes());
                let _ = upstream.write_all(&request.body[..length]);
            }
        }
    }
}

fn forever() {
    loop {
        std::thread::park();
    }
}

/// A request, and its head as it is to go on.
fn hear(client: &TcpStream) -> Option<(Request, String)> {
    let mut reader = BufReader::new(client);
    let mut next = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        Some(line.trim_end().to_owned())
    };
    let line = next()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut head = format!("{line}\r\nconnection: close\r\n");
    let mut headers = Vec::new();
    loop {
        let header = next()?;
        let Some((name, value)) = header.split_once(':') else { break };
        head.push_str(&format!("{header}\r\n"));
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body).ok()?;
    Some((Request { method, path, headers, body }, head + "\r\n"))
}

/// Passes the portal's answer on as it comes, up to `most` bytes; nothing where there is no portal any more.
fn forward(portal: &str, head: &str, body: &[u8], most: u64, to: &mut dyn Write) {
    let Ok(mut upstream) = TcpStream::connect(portal) else { return };
    let sent = upstream.write_all(head.as_bytes()).and_then(|()| upstream.write_all(body));
    let _ = sent.and_then(|()| std::io::copy(&mut upstream.take(most), to));
}

/// A whole answer.
pub fn answer(status: u16, media_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-type: {media_type}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A problem of a kind.
pub fn problem(kind: &str, status: u16, detail: &str) -> Vec<u8> {
    let body = serde_json::json!({
        "type": format!("tag:docket,2026:{kind}"), "title": "T", "status": status, "detail": detail,
        "request_id": "r-1",
    });
    answer(status, "application/problem+json", &body.to_string())
}
