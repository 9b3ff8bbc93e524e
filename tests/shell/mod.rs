//! Commands as somebody types them, through a shell, in a place that knows nothing of this machine.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// What a command left behind.
pub(crate) struct Ran {
    pub(crate) status: ExitStatus,
    /// stdout and stderr, as they came.
    pub(crate) printed: String,
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Makes a place: a folder to work in, with the files that examples name.
pub(crate) fn prepare(place: &Path) {
    fs::create_dir_all(place.join("work/examples")).expect("the folder can be made");
    for file in ["examples/envelope-stuck.yaml", "examples/november.csv"] {
        fs::copy(root().join(file), place.join("work").join(file)).expect("it can be copied");
    }
    let table = fs::read_to_string(root().join("examples/november.csv")).expect("the table can be read");
    let wrong: Vec<String> = table
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 2 { line.replace(",email,", ",e-mail,") } else { line.to_owned() })
        .collect();
    fs::write(place.join("work/wrong.csv"), wrong.join("\n") + "\n").expect("the file can be written");
    fs::write(place.join("work/trace.har"), "{\"log\":{}}\n").expect("the file can be written");
    fs::write(place.join("work/app.log"), "GET /login?user=sam&password=tr0ub4dor-1\n")
        .expect("the file can be written");
    fs::write(place.join("work/report.txt"), "It fails since noon.\n").expect("the file can be written");
}

/// Runs a command in a place, at the portal `local`, with nothing to read. Programs in the place's `bin` come
/// before the system's.
pub(crate) fn run(command: &str, place: &Path) -> Ran {
    let binary = Path::new(env!("CARGO_BIN_EXE_docket"));
    let printed = place.join("printed");
    let out = File::create(&printed).expect("the file can be made");
    let programs = binary.parent().expect("it is in a folder").display();
    let status = Command::new("sh")
        .args(["-c", command])
        .current_dir(place.join("work"))
        .env_clear()
        .env("PATH", format!("{}:{programs}:/usr/bin:/bin", place.join("bin").display()))
        .envs([("DOCKET_PORTAL", "local"), ("TZ", "UTC")])
        .env("HOME", place.join("home"))
        .env("DOCKET_CONFIG_DIR", place.join("config"))
        .env("DOCKET_DATA_DIR", place.join("data"))
        .stdin(Stdio::null())
        .stderr(out.try_clone().expect("the file can be shared"))
        .stdout(out)
        .status()
        .expect("there is a shell");
    Ran { status, printed: fs::read_to_string(printed).expect("docket prints text") }
}
