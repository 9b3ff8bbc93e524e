//! A portal and dockets as processes of their own, which can be killed, and what has to be true afterwards.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use docket::api::body::CaseQuery;
use docket::case::Case;
use docket::client::{Connection, Session, Settings};
use docket::secret::Secret;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::chance::Chance;

const DOCKET: &str = env!("CARGO_BIN_EXE_docket");

/// A folder with a portal in it that runs.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) url: String,
    portal: Option<Child>,
    token: Secret,
}

/// A case that somebody wants to file.
pub(crate) struct Wanted {
    pub(crate) subject: String,
    pub(crate) files: Vec<PathBuf>,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (portal, url) = serve(folder.path(), "127.0.0.1:0", None);
        let connection = Connection::new(&url, &Settings::default()).unwrap();
        let token = connection.log_in("sam@example.com", &Secret::new("sample-password")).unwrap().token;
        Self { folder, url, portal: Some(portal), token }
    }

    /// Kills the portal and lets it run again in the same place.
    pub(crate) fn kill_portal(&mut self) {
        self.start_again(None);
    }

    /// The same, as on a disk with little room: its files get no longer than so many bytes.
    pub(crate) fn kill_portal_and_limit(&mut self, bytes: u64) {
        self.start_again(Some(bytes));
    }

    fn start_again(&mut self, most: Option<u64>) {
        self.end_portal();
        let (portal, _) = serve(self.folder.path(), self.url.trim_start_matches("http://"), most);
        self.portal = Some(portal);
    }

    /// How long the longest of the portal's own files is.
    pub(crate) fn longest(&self) -> u64 {
        let files = std::fs::read_dir(self.folder.path().join("portal")).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).max().unwrap()
    }

    fn end_portal(&mut self) {
        if let Some(mut portal) = self.portal.take() {
            portal.kill().unwrap();
            portal.wait().unwrap();
        }
    }

    /// A docket of sam's, in account 1001. All of them have one data directory.
    pub(crate) fn docket(&self, portal: &str, args: &[&str]) -> Command {
        let mut command = Command::new(DOCKET);
        command
            .args(args)
            .env_clear()
            .current_dir(self.folder.path())
            .env("DOCKET_CONFIG_DIR", self.folder.path().join("config"))
            .env("DOCKET_DATA_DIR", self.folder.path().join("data"))
            .env("DOCKET_PORTAL", portal)
            .env("DOCKET_ACCOUNT", "1001")
            .env("DOCKET_TOKEN", self.token.reveal())
            // Files are drawn by lot, so that some of them have what looks like a secret.
            .env("DOCKET_REDACT", "off")
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Something to file, with two files of up to 300 KB.
    pub(crate) fn want(&self, subject: String, chance: &mut Chance) -> Wanted {
        let files = ["log", "trace"].map(|kind| {
            let path = self.folder.path().join(format!("{kind}-{subject}"));
            let size = usize::try_from(1 + chance.below(300_000)).unwrap();
            std::fs::write(&path, chance.bytes(size)).unwrap();
            path
        });
        Wanted { subject, files: files.to_vec() }
    }

    /// Begins to file something.
    pub(crate) fn file(&self, portal: &str, wanted: &Wanted) -> Child {
        let files: Vec<&str> = wanted.files.iter().flat_map(|file| ["--attach", text(file)]).collect();
        let answers = [
            ["--product", "esignature"],
            ["--category", "sending"],
            ["--subcategory", "envelope-stuck"],
            ["--subject", &wanted.subject],
            ["--description", "None has left since this morning."],
            ["--occurred-at", "2026-11-20T09:30:00Z"],
            ["--contact-method", "email"],
            ["--watch", "kim@example.com"],
        ];
        let args: Vec<&str> =
            ["case", "new", "--json"].into_iter().chain(answers.concat()).chain(files).collect();
        self.docket(portal, &args).spawn().unwrap()
    }

    /// The subjects of what is in the outbox; nothing in it may be torn.
    pub(crate) fn outbox(&self) -> Vec<String> {
        let output = self.docket(&self.url, &["outbox", "list", "--json", "--quiet"]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "the outbox is torn");
        let listed: Value = serde_json::from_slice(&output.stdout).unwrap();
        listed.as_array().unwrap().iter().map(|row| row["subject"].as_str().unwrap().to_owned()).collect()
    }

    /// Sends what is in the outbox until nothing is left.
    pub(crate) fn empty_outbox(&self, portal: &str) {
        let mut last = None;
        for _ in 0..30 {
            if self.outbox().is_empty() {
                return;
            }
            last = Some(self.docket(portal, &["outbox", "send"]).output().unwrap());
        }
        panic!("the outbox doesn't get empty: {}", shown(&last.unwrap()));
    }

    /// Counts: every case in `filed` is there once, with its watcher and its files, and no other case is there
    /// twice; the portal's own check agrees. Answers how many cases there are.
    pub(crate) fn count(&mut self, wanted: &[Wanted], filed: &[String], seed: u64) -> usize {
        let cases = self.cases();
        let mut by_subject: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
        for case in &cases {
            by_subject.entry(&case.subject).or_default().push(case);
        }
        for subject in filed {
            assert!(by_subject.contains_key(subject.as_str()), "{subject} is lost (seed {seed})");
        }
        for (subject, cases) in &by_subject {
            assert_eq!(cases.len(), 1, "{subject} is there {} times (seed {seed})", cases.len());
            let wanted = wanted.iter().find(|wanted| wanted.subject == **subject).unwrap();
            let mut expected: Vec<(String, String)> =
                wanted.files.iter().map(|file| as_attached(file)).collect();
            let attached = cases[0].attachments.iter();
            let mut found: Vec<(String, String)> =
                attached.map(|file| (file.name.clone(), file.sha256.clone())).collect();
            expected.sort();
            found.sort();
            assert_eq!(found, expected, "the files of {subject} (seed {seed})");
            assert!(
                cases[0].watchers.iter().any(|email| email == "kim@example.com"),
                "{subject} (seed {seed})"
            );
        }
        self.end_portal();
        self.check(seed);
        cases.len()
    }

    /// The portal's own check agrees with what is there.
    pub(crate) fn check(&self, seed: u64) {
        let data = self.folder.path().join("portal");
        let check = Command::new(DOCKET).args(["portal", "check", "--data", text(&data)]).output().unwrap();
        assert!(check.status.success(), "{} (seed {seed})", shown(&check));
    }

    fn cases(&self) -> Vec<Case> {
        let session = self.session();
        let mut cases = Vec::new();
        let mut query =
            CaseQuery { account: Some("1001".to_owned()), limit: Some(200), ..CaseQuery::default() };
        loop {
            let page = session.cases(&query).unwrap();
            cases.extend(page.cases);
            query.cursor = page.next;
            if query.cursor.is_none() {
                return cases;
            }
        }
    }

    pub(crate) fn session(&self) -> Session {
        Connection::new(&self.url, &Settings::default()).unwrap().with_token(self.token.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.end_portal();
    }
}

/// Starts a portal with its data in the folder, and waits until it listens. Its files get no longer than `most`
/// bytes, and it is told so instead of being ended.
fn serve(folder: &Path, listen: &str, most: Option<u64>) -> (Child, String) {
    let data = folder.join("portal");
    let mut command = match most {
        None => Command::new(DOCKET),
        Some(most) => {
            let mut shell = Command::new("/bin/sh");
            let limit = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", most.div_ceil(512));
            shell.args(["-c", &limit, "sh", DOCKET]);
            shell
        }
    };
    let mut portal = command
        .args(["portal", "serve", "--sample", "--listen", listen, "--data", text(&data)])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(portal.stderr.take().unwrap()).lines();
    let said: Vec<String> = lines.by_ref().map_while(Result::ok).take(1).collect();
    let url = said.first().and_then(|line| line.strip_prefix("listening on "));
    let url = url.unwrap_or_else(|| panic!("the portal didn't start: {said:?}")).to_owned();
    // What else it has to say goes nowhere, but it can say it.
    std::thread::spawn(move || lines.for_each(drop));
    (portal, url)
}

fn as_attached(file: &Path) -> (String, String) {
    let digest = Sha256::digest(std::fs::read(file).unwrap());
    let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    (file.file_name().unwrap().to_str().unwrap().to_owned(), digest)
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) fn shown(output: &Output) -> String {
    format!(
        "{}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
