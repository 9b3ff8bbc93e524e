//! A network that does its worst: between docket and the portal is a proxy that delays, cuts, resets and babbles.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::chance::{Chance, faults};
use crate::place::{Place, shown};

/// What becomes of a connection.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// All of it goes through.
    None,
    /// All of it goes through, later.
    Delay,
    /// It is reset before the portal hears of it.
    ResetAtOnce,
    /// It is reset when so many bytes of the request have gone through.
    CutRequest(usize),
    /// The request goes through, and the connection is reset before the answer does.
    LoseAnswer,
    /// So many bytes of the answer go through.
    CutAnswer(usize),
    /// It is answered without the portal: come back later.
    TooMany,
    /// The same, by somebody who doesn't speak of problems.
    Unavailable,
    /// It is answered with bytes that mean nothing.
    Garbage,
}

impl Fault {
    fn by_chance(chance: &mut Chance) -> Self {
        let bytes = |chance: &mut Chance, end| usize::try_from(chance.below(end)).unwrap();
        match chance.below(16) {
            0 => Self::Delay,
            1 => Self::ResetAtOnce,
            2 => Self::CutRequest(bytes(chance, 2_000)),
            3 => Self::CutRequest(bytes(chance, 300_000)),
            4 | 5 => Self::LoseAnswer,
            6 => Self::CutAnswer(bytes(chance, 2_000)),
            7 => Self::TooMany,
            8 => Self::Unavailable,
            9 => Self::Garbage,
            _ => Self::None,
        }
    }
}

/// A proxy, and how many connections it has spoilt.
struct Proxy {
    url: String,
    spoilt: Arc<AtomicU64>,
}

impl Proxy {
    fn before(portal: &str, chance: Chance) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let portal = portal.trim_start_matches("http://").to_owned();
        let chance = Mutex::new(chance);
        let spoilt = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&spoilt);
        thread::spawn(move || {
            for client in listener.incoming() {
                let fault = Fault::by_chance(&mut chance.lock().unwrap());
                if !matches!(fault, Fault::None) {
                    counted.fetch_add(1, Ordering::Relaxed);
                }
                let portal = portal.clone();
                // Whoever is at the other end may have gone.
                thread::spawn(move || client.and_then(|client| serve(client, &portal, fault)));
            }
        });
        Self { url, spoilt }
    }
}

fn serve(mut client: TcpStream, portal: &str, fault: Fault) -> std::io::Result<()> {
    let answer = match fault {
        Fault::TooMany => &b"HTTP/1.1 429 Slow down\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n"[..],
        Fault::Unavailable => &b"HTTP/1.1 503 Later\r\ncontent-length: 5\r\n\r\nlater"[..],
        Fault::Garbage => &b"\x00\xff\x15\x03 \x1b[2J nothing of this means anything\r\n\r\n"[..],
        Fault::ResetAtOnce => return reset(&client),
        Fault::Delay => {
            thread::sleep(Duration::from_millis(30));
            b""
        }
        _ => b"",
    };
    if !answer.is_empty() {
        // Bytes that are still on their way would turn the answer into a reset.
        let _ = client.read(&mut [0; 64 << 10])?;
        return client.write_all(answer);
    }
    let upstream = TcpStream::connect(portal)?;
    let request = match fault {
        Fault::CutRequest(bytes) => Some(bytes),
        _ => None,
    };
    let answer = match fault {
        Fault::LoseAnswer => Some(0),
        Fault::CutAnswer(bytes) => Some(bytes),
        _ => None,
    };
    let there = thread::spawn({
        let (client, upstream) = (client.try_clone()?, upstream.try_clone()?);
        move || pass(client, upstream, request)
    });
    pass(upstream, client, answer)?;
    there.join().unwrap_or(Ok(()))
}

/// Passes bytes on until there are no more, or so many have gone through.
fn pass(mut from: TcpStream, mut to: TcpStream, mut most: Option<usize>) -> std::io::Result<()> {
    let mut piece = [0; 16 << 10];
    loop {
        let read = from.read(&mut piece)?;
        if read == 0 {
            return to.shutdown(Shutdown::Write);
        }
        match &mut most {
            Some(left) if read > *left => {
                to.write_all(&piece[..*left])?;
                from.shutdown(Shutdown::Both)?;
                return reset(&to);
            }
            Some(left) => *left -= read,
            None => {}
        }
        to.write_all(&piece[..read])?;
    }
}

fn reset(connection: &TcpStream) -> std::io::Result<()> {
    connection.shutdown(Shutdown::Both)
}

#[test]
fn whatever_the_network_does_no_case_is_lost_or_doubled() {
    let mut chance = Chance::from_environment();
    let seed = chance.seed;
    let mut place = Place::new();
    let proxy = Proxy::before(&place.url, chance.split());
    // The portal's own address would be another portal to docket, with a form of its own.
    place.empty_outbox(&proxy.url);
    let (mut wanted, mut filed) = (Vec::new(), Vec::new());
    let faults = faults(40);
    while proxy.spoilt.load(Ordering::Relaxed) < faults {
        let one = place.want(format!("{}", wanted.len()), &mut chance);
        let output = place.file(&proxy.url, &one).wait_with_output().unwrap();
        match output.status.code() {
            Some(0 | 6 | 7 | 9) => filed.push(one.subject.clone()),
            _ => panic!("{} (seed {seed}): {}", one.subject, shown(&output)),
        }
        wanted.push(one);
    }
    place.empty_outbox(&proxy.url);
    let there = place.count(&wanted, &filed, seed);
    assert_eq!(there, filed.len(), "(seed {seed})");
    assert!(filed.len() * 2 > wanted.len(), "{} of {} (seed {seed})", filed.len(), wanted.len());
    eprintln!(
        "{} connections spoilt, {} cases wanted, {} accepted, {there} at the portal, each once with its files; \
         seed {seed}",
        proxy.spoilt.load(Ordering::Relaxed),
        wanted.len(),
        filed.len()
    );
}
