//! tus with others: clients that know nothing of docket send to its portal, and its client sends to a server
//! that knows nothing of docket.
//!
//! These tests install programs from npm and PyPI into a temporary folder, so they only run when asked to:
//! `cargo test --test interop -- --ignored`. They need node, npm and python3.
#![cfg(all(feature = "portal", unix))]
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    reason = "tests, and what helps them"
)]

#[path = "../cli/relay.rs"]
mod relay;
#[path = "../cli/world.rs"]
mod world;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use docket::client::{Connection, Key, Settings};
use docket::secret::Secret;
use relay::{Deed, Relay};
use sha2::{Digest as _, Sha256};
use world::{User, World, path};

/// Bytes of a piece.
const PIECE: usize = 8 << 20;

/// Two and a half pieces of docket's, and many chunks of the others'.
fn content() -> Vec<u8> {
    (0..20_000_000_u32).map(|n| u8::try_from(n / 777 % 251).unwrap()).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs a program that has to succeed; what it printed.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stdout).unwrap()
}

fn install_from_npm(folder: &Path, packages: &[&str]) {
    std::fs::write(folder.join("package.json"), r#"{"private": true, "type": "module"}"#).unwrap();
    let install = ["install", "--no-audit", "--no-fund", "--silent"];
    output(Command::new("npm").args(install).args(packages).current_dir(folder));
}

fn attachments(user: &User, number: &str) -> Vec<(String, String)> {
    let case = user.json(&["case", "show", number]);
    let files = case["attachments"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    files.map(|file| (text(&file["name"]), text(&file["sha256"]))).collect()
}

fn partial(world: &World) -> usize {
    std::fs::read_dir(world.folder.path().join("portal/blobs/partial")).unwrap().count()
}

const TUSPY: &str = r#"
import sys
from tusclient import client
url, token, file = sys.argv[1:]
tus = client.TusClient(url, headers={"Authorization": "Bearer " + token})
first = tus.uploader(file, chunk_size=1_000_000, metadata={"filename": "from tuspy.bin"})
first.upload(stop_at=3_000_000)
# Somebody else goes on with it.
second = tus.uploader(file, chunk_size=1_000_000, url=first.url)
assert second.offset == 3_000_000, second.offset
second.upload()
print(second.offset)
"#;

#[test]
#[ignore = "installs tuspy from PyPI: cargo test --test interop -- --ignored"]
fn tuspy_uploads_to_docket_and_goes_on() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("trace.bin", content());
    let folder = world.folder.path().join("python");
    output(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    output(Command::new(folder.join("bin/pip")).args(["install", "--quiet", "tuspy==1.1.0"]));
    let url = format!("{}/v1/cases/{number}/attachments", world.url);
    let token = world.token("sam@example.com");
    let mut python = Command::new(folder.join("bin/python"));
    let said = output(python.args(["-c", TUSPY, &url, token.reveal(), path(&file)]));
    assert_eq!(said.trim(), content().len().to_string());
    assert_eq!(attachments(&sam, &number), [("from tuspy.bin".to_owned(), sha256(&content()))]);
}

const TUS_JS_CLIENT: &str = r#"
import fs from 'node:fs'
import * as tus from 'tus-js-client'
const [url, token, file] = process.argv.slice(2)
const options = {
  endpoint: url, headers: { Authorization: `Bearer ${token}` }, chunkSize: 1_000_000,
  uploadSize: fs.statSync(file).size, metadata: { filename: 'from tus-js-client.bin' }, retryDelays: null,
}
const send = (more, stopAt) => new Promise((resolve, reject) => {
  const upload = new tus.Upload(fs.createReadStream(file), {
    ...options, ...more, onError: reject, onSuccess: () => resolve(upload),
    onChunkComplete: async (size, sent) => {
      if (sent === stopAt) { await upload.abort(); resolve(upload) }
    },
  })
  upload.start()
})
const first = await send({}, 3_000_000)
// Somebody else goes on with it.
await send({ uploadUrl: first.url })
// And one is begun that nothing is to come of.
const dropped = await send({ metadata: { filename: 'dropped.bin' } }, 2_000_000)
await tus.Upload.terminate(dropped.url, { ...options, retryDelays: [] })
console.log('done')
"#;

#[test]
#[ignore = "installs tus-js-client from npm: cargo test --test interop -- --ignored"]
fn tus_js_client_uploads_to_docket_goes_on_and_ends_an_upload() {
    let world = World::new();
    let sam = world.sam();
    let number = sam.open(&[]);
    let file = world.file("trace.bin", content());
    install_from_npm(world.folder.path(), &["tus-js-client@4.3.1"]);
    let script = world.file("send.js", TUS_JS_CLIENT);
    let url = format!("{}/v1/cases/{number}/attachments", world.url);
    let token = world.token("sam@example.com");
    let said = output(Command::new("node").arg(script).args([&url, token.reveal(), path(&file)]));
    assert_eq!(said, "done\n");
    assert_eq!(attachments(&sam, &number), [("from tus-js-client.bin".to_owned(), sha256(&content()))]);
    assert_eq!(partial(&world), 0);
}

const TUS_SERVER: &str = r#"
import http from 'node:http'
import { Server } from '@tus/server'
import { FileStore } from '@tus/file-store'
const tus = new Server({ path: '/v1/uploads', datastore: new FileStore({ directory: process.argv[2] }) })
http.createServer((request, response) => {
  // Where docket announces files.
  if (request.method === 'POST') request.url = '/v1/uploads'
  tus.handle(request, response)
}).listen(0, '127.0.0.1', function () { console.log(this.address().port) })
"#;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
#[ignore = "installs @tus/server from npm: cargo test --test interop -- --ignored"]
fn docket_uploads_to_a_stock_server_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    install_from_npm(folder.path(), &["@tus/server@2.4.5", "@tus/file-store@2.1.1"]);
    let store = folder.path().join("store");
    let script = folder.path().join("serve.js");
    std::fs::write(&script, TUS_SERVER).unwrap();
    let mut server =
        Running(Command::new("node").arg(&script).arg(&store).stdout(Stdio::piped()).spawn().unwrap());
    let mut port = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut port).unwrap();
    // The first piece arrives by half, and of the next one the answer is lost.
    let pieces = AtomicUsize::new(0);
    let relay = Relay::interfering(&format!("127.0.0.1:{}", port.trim()), move |request| {
        match request.method.as_str() {
            "PATCH" => match pieces.fetch_add(1, Ordering::SeqCst) {
                0 => Deed::Break(4_000_000),
                1 => Deed::LoseAnswer,
                _ => Deed::Pass,
            },
            _ => Deed::Pass,
        }
    });
    let file = folder.path().join("trace.bin");
    std::fs::write(&file, content()).unwrap();
    let session = Connection::new(&relay.url, &Settings::default()).unwrap().with_token(Secret::new("t"));
    assert_eq!(session.attach("42".parse().unwrap(), &file, &Key::generate(), &|_| {}), Ok(0));
    let offsets: Vec<_> = relay
        .heard()
        .iter()
        .filter(|request| request.method == "PATCH")
        .map(|request| request.header("upload-offset").unwrap().parse::<usize>().unwrap())
        .collect();
    // How much of the half the server had written when the connection broke is its own affair.
    let [0, half, last] = offsets[..] else { panic!("{offsets:?}") };
    assert!((1..=4_000_000).contains(&half) && last == half + PIECE, "{offsets:?}");
    let stored: Vec<_> = std::fs::read_dir(&store)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_none())
        .collect();
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert!(std::fs::read(&stored[0]).unwrap() == content());
}
