//! A portal with the sample directory and a clock that stands still, and a docket that knows nothing of the
//! machine it runs on.

use std::cell::RefCell;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;

use docket::api::body::NewCase;
use docket::client::{Connection, Key, Session, Settings};
use docket::portal::{Clock, Options, PasswordCost, Portal, serve};
use docket::rules::Draft;
use docket::secret::Secret;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpSocket;
use tokio::sync::oneshot;

pub const PASSWORD: &str = "sample-password";

/// A portal that runs until it is dropped, and a folder to work in.
pub struct World {
    pub clock: Clock,
    pub url: String,
    pub folder: TempDir,
    options: Options,
    running: RefCell<Option<Running>>,
    /// Keeps the place while the portal is stopped, lest another test's portal takes it.
    place: RefCell<Option<TcpSocket>>,
}

/// A portal under way.
struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl World {
    pub fn new() -> Self {
        Self::with(|options| options)
    }

    /// A portal set up in another way.
    pub fn with(change: impl FnOnce(Options) -> Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            sample: true,
            password_cost: PasswordCost::Nothing,
            ..Options::new(folder.path().join("portal"))
        };
        let options = change(options);
        let clock = Clock::manual(Timestamp::now());
        let (url, running) = start(options.clone(), clock.clone(), nobody_at("127.0.0.1:0"));
        let running = RefCell::new(Some(running));
        Self { clock, url, folder, options, running, place: RefCell::default() }
    }

    /// Stops the portal. From here on nothing listens where it was.
    pub fn stop(&self) {
        self.place.replace(Some(nobody_at(self.url.trim_start_matches("http://"))));
        self.end();
    }

    fn end(&self) {
        let Some(Running { stop, thread }) = self.running.take() else { return };
        drop(stop);
        if let Err(panic) = thread.join()
            && !std::thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }

    /// Lets the portal run again in the same place, on the same data, set up in another way.
    pub fn restart(&self, change: impl FnOnce(Options) -> Options) {
        if self.place.borrow().is_none() {
            self.stop();
        }
        let place = self.place.take().unwrap();
        let (_, running) = start(change(self.options.clone()), self.clock.clone(), place);
        self.running.replace(Some(running));
    }

    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// A file in the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn token(&self, email: &str) -> Secret {
        let connection = Connection::new(&self.url, &Settings::default()).unwrap();
        connection.log_in(email, &Secret::new(PASSWORD)).unwrap().token
    }

    /// docket, run by somebody with a token of theirs. Each has a home of their own.
    pub fn user(&self, email: &str) -> User<'_> {
        let token = self.token(email);
        User {
            world: self,
            home: email.to_owned(),
            account: None,
            token: Some(token),
            portal: Some(self.url.clone()),
            variables: Vec::new(),
        }
    }

    /// sam, working in account 1001.
    pub fn sam(&self) -> User<'_> {
        self.user("sam@example.com").at("1001")
    }

    pub fn expert(&self) -> User<'_> {
        self.user("expert@example.com")
    }

    /// docket, run by somebody who has logged in, in this home.
    pub fn log_in(&self, home: &str, email: &str) -> User<'_> {
        let user = self.stranger(home);
        let login = ["login", &self.url, "--email", email, "--password-stdin"];
        user.run_with(&login, PASSWORD).succeeded();
        user
    }

    /// docket, run by somebody who has never used it.
    pub fn stranger(&self, home: &str) -> User<'_> {
        User {
            world: self,
            home: home.to_owned(),
            account: None,
            token: None,
            portal: None,
            variables: Vec::new(),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.end();
    }
}

/// A place at which nobody listens, and nobody else can as long as this lives.
pub fn nobody_at(address: &str) -> TcpSocket {
    let socket = TcpSocket::new_v4().unwrap();
    // So that the place can be kept before its portal has left it.
    #[cfg(unix)]
    socket.set_reuseport(true).unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address.parse().unwrap()).unwrap();
    socket
}

/// A portal that listens at a place.
fn start(options: Options, clock: Clock, place: TcpSocket) -> (String, Running) {
    let (stop, stopped) = oneshot::channel::<()>();
    let (ready, started) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = place.listen(1024).unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            let portal = Portal::open(options, clock).await.unwrap();
            ready.send(url).unwrap();
            serve(listener, portal, async { drop(stopped.await) }).await.unwrap();
        });
    });
    (started.recv().unwrap(), Running { stop, thread })
}

/// Somebody at a shell.
#[derive(Clone)]
pub struct User<'w> {
    world: &'w World,
    home: String,
    account: Option<String>,
    token: Option<Secret>,
    portal: Option<String>,
    variables: Vec<(String, String)>,
}

impl User<'_> {
    pub fn at(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    pub fn to(mut self, portal: &str) -> Self {
        self.portal = Some(portal.to_owned());
        self
    }

    /// With one more variable in the environment.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn home(&self) -> PathBuf {
        self.world.folder.path().join("homes").join(&self.home)
    }

    /// A docket with nothing in its environment but what it is given here, and nothing to read.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docket"));
        command
            .args(args)
            .env_clear()
            .current_dir(self.world.folder.path())
            .env("DOCKET_CONFIG_DIR", self.home().join("config"))
            .env("DOCKET_DATA_DIR", self.home().join("data"))
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        let set = [
            ("DOCKET_PORTAL", self.portal.clone()),
            ("DOCKET_ACCOUNT", self.account.clone()),
            ("DOCKET_TOKEN", self.token.as_ref().map(|token| token.reveal().to_owned())),
        ];
        for (name, value) in set {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        run(self.command(args), None)
    }

    /// The same with something on standard input.
    pub fn run_with(&self, args: &[&str], stdin: impl AsRef<[u8]>) -> Run {
        run(self.command(args), Some(stdin.as_ref()))
    }

    /// The only entry of their outbox, on disk.
    pub fn entry(&self) -> PathBuf {
        let entries: Vec<String> =
            self.files().into_iter().filter(|file| file.starts_with("data/outbox/")).collect();
        assert_eq!(entries.len(), 1, "{entries:?}");
        self.home().join(&entries[0])
    }

    /// What is on disk of theirs, as paths in their home; caches and locks, which are empty, apart.
    pub fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, home: &Path, found: &mut Vec<String>) {
            let Ok(entries) = std::fs::read_dir(folder) else { return };
            for path in entries.map(|entry| entry.unwrap().path()) {
                match path.is_dir() {
                    true if path.ends_with("cache") => {}
                    true => walk(&path, home, found),
                    false if path.extension() == Some("lock".as_ref()) => {
                        assert_eq!(path.metadata().unwrap().len(), 0, "{}", path.display());
                    }
                    false => found.push(path.strip_prefix(home).unwrap().display().to_string()),
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.home(), &self.home(), &mut found);
        found.sort();
        found
    }

    /// The JSON that a command prints, which has to succeed.
    pub fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        self.run(&args).succeeded().json()
    }

    /// Opens a case, answered as [`answers`] does with some answers changed, and returns its number.
    pub fn open(&self, changes: &[(&str, &str)]) -> String {
        let args = answers(changes);
        let args: Vec<&str> = ["case", "new"].into_iter().chain(args.iter().map(String::as_str)).collect();
        self.json(&args)["number"].as_str().unwrap().to_owned()
    }
}

/// Flags that open a case about eSignature, with some answers changed; an empty one is left out.
pub fn answers(changes: &[(&str, &str)]) -> Vec<String> {
    let mut answers = vec![
        ("product", "esignature"),
        ("category", "sending"),
        ("subcategory", "envelope-stuck"),
        ("subject", "Envelopes stay in the outbox"),
        ("description", "None has left since this morning."),
        ("occurred-at", "2026-11-20T09:30:00Z"),
        ("contact-method", "email"),
    ];
    for (name, value) in changes {
        answers.retain(|(other, _)| other != name);
        answers.push((name, value));
    }
    answers.retain(|(_, value)| !value.is_empty());
    answers.into_iter().flat_map(|(name, value)| [format!("--{name}"), value.to_owned()]).collect()
}

pub fn run(mut command: Command, stdin: Option<&[u8]>) -> Run {
    if stdin.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    if let Some(text) = stdin {
        // docket may end without reading all of it.
        let _ = child.stdin.take().unwrap().write_all(text);
    }
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What a run of docket left behind.
#[derive(Debug, Clone)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    #[track_caller]
    pub fn succeeded(self) -> Self {
        self.exits(0)
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    /// The failure's JSON; nothing else may be on stderr.
    #[track_caller]
    pub fn error(&self) -> Value {
        let error: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|error| panic!("{error}: {}", self.stderr));
        assert_eq!(error["error"]["code"].as_i64(), self.code.map(i64::from));
        error["error"].clone()
    }

    /// The fields that a failure names.
    #[track_caller]
    pub fn fields(&self) -> Vec<String> {
        let error = self.error();
        let fields = error["fields"].as_array().unwrap();
        fields.iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect()
    }

    /// Everything that the run showed, for a snapshot.
    pub fn shown(&self) -> String {
        format!("exit {}\n--- stdout\n{}--- stderr\n{}", self.code.unwrap_or(-1), self.stdout, self.stderr)
    }
}

/// Replaces what differs from run to run: ports, times, ids, places.
pub fn settings(world: &World) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.add_filter(&regex_escape(&world.folder.path().display().to_string()), "[folder]");
    settings.add_filter(r"127\.0\.0\.1:\d+", "127.0.0.1:[port]");
    settings.add_filter(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z", "[time]");
    settings.add_filter(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?( UTC| [+-]\d{2}:\d{2})?", "[moment]");
    settings.add_filter(
        r"\b(just now|\d+ (second|minute|hour|day|week|month|year)s? ago|in \d+ \w+)\b",
        "[when]",
    );
    settings.add_filter(r#""request_id":"[^"]*""#, r#""request_id":"[id]""#);
    settings.add_filter(r"request id: \S+", "request id: [id]");
    settings.add_filter(r"\b[0-9a-f]{64}\b", "[sha256]");
    settings.add_filter(r"outbox send [0-9a-f]{8}\b", "outbox send [entry]");
    settings
}

fn regex_escape(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() || c == '/' { c.to_string() } else { format!("\\{c}") })
        .collect()
}

pub fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Somebody's session at the portal, for what would take the binary too long.
pub fn session(world: &World, email: &str) -> Session {
    let connection = Connection::new(&world.url, &Settings::default()).unwrap();
    connection.with_token(world.token(email))
}

/// Opens many cases in account 1001.
pub fn open_many(session: &Session, count: usize) {
    let fields = Draft::default()
        .with("account", "1001")
        .with("product", "esignature")
        .with("category", "sending")
        .with("subcategory", "other")
        .with("subject", "One of many")
        .with("description", "The same as before.")
        .with("occurred_at", "2026-11-20T09:30:00Z")
        .with("contact_method", "email");
    let form = session.form(None).unwrap().unwrap().version;
    for _ in 0..count {
        let (form, fields) = (form.clone(), fields.clone());
        let case = NewCase { form, fields, watchers: Vec::new(), follows: None, dedupe: None };
        session.open_case(&case, &Key::generate()).unwrap();
    }
}

/// Changes a portal's database behind its back.
pub fn sql(database: &Path, statement: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database);
        let mut db = <sqlx::SqliteConnection as sqlx::Connection>::connect_with(&options).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut db).await.unwrap();
    });
}
