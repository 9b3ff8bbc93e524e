//! The command line: global flags and the command tree. `man/` is made from it, and completions read it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::styling::{AnsiColor, Styles};
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

#[cfg(feature = "portal")]
use crate::commands::portal;
use crate::commands::{
    accounts, case, catalogue, complete, completions, doctor, expert, login, outbox, redact, resources,
    status, tokens, version,
};
use crate::failure::{Failure, Kind};
use crate::profile::Environment;
use crate::ui::{self, Color, Format};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Open, follow and settle support cases from the terminal
///
/// docket talks to a support portal: `docket login URL` for yours, `--portal local` for the built-in one
/// with sample data, which needs no set-up.
///
/// Data goes to stdout, everything else to stderr. docket only asks on a terminal; give --no-input, or set
/// CI, and it never does.
#[derive(Debug, Parser)]
#[command(name = "docket", version, propagate_version = true, styles = STYLES, max_term_width = 100)]
#[command(after_help = "\
Examples:
  docket --portal local case new        # try it, without any set-up
  docket login support.example.com      # log in at a portal
  docket case new                       # open a case, question by question
  docket case list --status my_action_required
  docket case comment 42 -m 'It happens in Firefox too.'

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the case isn't valid, 4 log in or not allowed, 5 not found,
6 portal unreachable, 7 outcome unknown, 8 time ran out, 9 partly done, 10 refused, 130 interrupted.")]
pub struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Portal to talk to: a URL, or `local` for the built-in one
    #[arg(long, global = true, value_name = "PORTAL")]
    pub(crate) portal: Option<String>,
    /// Account to work in, by its id
    #[arg(long, global = true, value_name = "ACCOUNT")]
    pub(crate) account: Option<String>,
    /// Print JSON, with just these fields if any are named
    #[arg(long, global = true, value_name = "FIELD,…", num_args = 0..=1, require_equals = true,
          default_missing_value = "", value_delimiter = ',')]
    pub(crate) json: Option<Vec<String>>,
    /// Print the results of a jq filter on the JSON
    #[arg(long, global = true, value_name = "EXPR", conflicts_with = "csv")]
    pub(crate) jq: Option<String>,
    /// Print CSV, with just these fields if any are named
    #[arg(long, global = true, value_name = "FIELD,…", num_args = 0..=1, require_equals = true,
          default_missing_value = "", value_delimiter = ',', conflicts_with = "json")]
    pub(crate) csv: Option<Vec<String>>,
    /// Never ask; what is missing is an error
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
    /// Print data and failures only
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more, as where settings come from
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub(crate) color: Color,
    /// Language to be answered in, like `de`
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub(crate) lang: Option<String>,
    /// How often to try again where that is safe: when the portal is away or busy, or an answer was lost
    #[arg(long, global = true, value_name = "N", conflicts_with = "no_retry")]
    pub(crate) max_retries: Option<u32>,
    /// Try once only
    #[arg(long, global = true)]
    pub(crate) no_retry: bool,
    /// How long to wait for an answer, tries and pauses together, like `30s` or `2m`
    #[arg(long, global = true, value_name = "DURATION", value_parser = crate::when::parse_wait)]
    pub(crate) timeout: Option<Duration>,
    /// Further certificate authorities to trust, a PEM file
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca_bundle: Option<PathBuf>,
}

impl Global {
    /// The form that the data on stdout is to have.
    pub(crate) fn format(&self) -> Format {
        let named = |fields: &[String]| fields.iter().filter(|field| !field.is_empty()).cloned().collect();
        match (&self.jq, &self.json, &self.csv) {
            (Some(filter), _, _) => Format::Jq(filter.clone()),
            (None, Some(fields), _) => Format::Json(named(fields)),
            (None, None, Some(fields)) => Format::Csv(named(fields)),
            (None, None, None) => Format::People,
        }
    }

    /// How to talk, with what the environment says.
    pub(crate) fn talking(&self, environment: &Environment) -> ui::Options {
        let variable = |name: &str| environment.get(name).map(|value| value.to_string_lossy().into_owned());
        ui::Options {
            format: self.format(),
            quiet: self.quiet,
            no_input: self.no_input || environment.says_yes("DOCKET_NO_INPUT") || environment.says_yes("CI"),
            color: self.color,
            env_no_color: environment.get("NO_COLOR").is_some(),
            env_force_color: environment.says_yes("CLICOLOR_FORCE"),
            env_ascii: shows_ascii_alone(variable),
            env_links: ui::terminal_has_links(variable),
            env_plain: cfg!(unix) && variable("TERM").is_none_or(|term| term == "dumb"),
        }
    }
}

/// Whether the terminal shows no other characters than those of ASCII: as far as its locale goes, or because
/// it is Linux' own, whose fonts have few others. Where nothing is said of the locale, as in containers, it
/// is UTF-8.
fn shows_ascii_alone(variable: impl Fn(&str) -> Option<String>) -> bool {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(&variable);
    let utf8 = |locale: &str| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    };
    let linux = variable("TERM").is_some_and(|term| term == "linux");
    cfg!(unix) && (linux || named.is_some_and(|locale| !utf8(&locale)))
}

/// What docket can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Login(login::Login),
    Logout(login::Logout),
    Status(status::Status),
    #[command(subcommand)]
    Accounts(accounts::Accounts),
    #[command(subcommand)]
    Tokens(tokens::Tokens),
    Products(catalogue::Products),
    Categories(catalogue::Categories),
    Form(catalogue::Form),
    Resources(resources::Resources),
    #[command(subcommand)]
    Case(case::Case),
    #[command(subcommand)]
    Outbox(outbox::Outbox),
    Redact(redact::Redact),
    #[command(subcommand)]
    Expert(expert::Expert),
    #[cfg(feature = "portal")]
    #[command(subcommand)]
    Portal(portal::Portal),
    Doctor(doctor::Doctor),
    Completions(completions::Completions),
    #[command(name = "__complete")]
    Complete(complete::Complete),
}

impl Command {
    /// Whether Ctrl-C is a way to end it, which it sees to itself.
    pub(crate) fn stops_by_itself(&self) -> bool {
        #[cfg(feature = "portal")]
        if let Self::Portal(command) = self {
            return command.serves();
        }
        false
    }
}

impl Cli {
    /// How long an answer to a request may take, if the command line says. A command that waits for something
    /// to happen takes `--timeout` for that, and its requests have no more than it.
    pub(crate) fn request_timeout(&self) -> Option<Duration> {
        let waits = matches!(&self.command, Command::Case(command) if command.waits());
        let usual = crate::client::Settings::default().timeout;
        self.global.timeout.filter(|timeout| !waits || *timeout < usual)
    }

    /// The command line as docket understands it, or what to tell whoever wrote it.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, Unusable> {
        let words: Vec<OsString> = words.into_iter().collect();
        Self::try_parse_from(&words).map_err(|error| Unusable { error, words })
    }

    /// Whether data and failures are to be for people.
    pub fn for_people(&self) -> bool {
        self.global.format() == Format::People
    }
}

/// A command line that can't be run: a wrong one, or one that asks for help.
#[derive(Debug)]
pub struct Unusable {
    error: clap::Error,
    words: Vec<OsString>,
}

impl Unusable {
    /// Prints help, the version or what is wrong, and returns the exit code.
    pub fn report(self) -> ExitCode {
        let wants_machine = |word: &OsString| {
            let word = word.to_string_lossy();
            ["--json", "--jq", "--csv"]
                .iter()
                .any(|flag| word == *flag || word.starts_with(&format!("{flag}=")))
        };
        let verbose = |word: &OsString| {
            let word = word.to_string_lossy();
            word == "--verbose" || word.starts_with('-') && !word.starts_with("--") && word.contains('v')
        };
        if self.error.kind() == ErrorKind::DisplayVersion && self.words.iter().any(verbose) {
            let _ = ui::print(&version::version());
            return ExitCode::SUCCESS;
        }
        if !self.error.use_stderr() || !self.words.iter().any(wants_machine) {
            // Whoever closed the output doesn't want to know.
            let _ = self.error.print();
            return ExitCode::from(if self.error.use_stderr() { Kind::Usage.exit_code() } else { 0 });
        }
        let text = self.error.render().to_string();
        let mut paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        let message = paragraphs.next().unwrap_or_default();
        let mut failure = Failure::usage(message.strip_prefix("error: ").unwrap_or(message));
        failure.hints =
            paragraphs.map(|hint| hint.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        ui::fail(&failure, false);
        ExitCode::from(failure.kind.exit_code())
    }
}

/// Writes what `DOCKET_DEBUG` asks for to stderr, like `http` for every request. It never has bodies,
/// passwords or tokens.
pub fn start_log(environment: &Environment) {
    let Some(wanted) = environment.get("DOCKET_DEBUG") else { return };
    let wanted = wanted.to_string_lossy();
    let topics = wanted.split(',').map(|topic| (format!("docket::{}", topic.trim()), LevelFilter::DEBUG));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    tracing_subscriber::registry().with(lines).with(Targets::new().with_targets(topics)).init();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talking(words: &[&str], variables: &[(&str, &str)]) -> ui::Options {
        let words = ["docket"].iter().chain(words).chain(&["status"]).map(OsString::from);
        let global = Cli::read(words).unwrap().global;
        global.talking(&Environment::new(variables.iter().copied(), ""))
    }

    #[test]
    fn any_of_flag_and_variables_forbids_questions() {
        assert!(talking(&["--no-input"], &[]).no_input);
        for (name, value, forbids) in [
            ("DOCKET_NO_INPUT", "1", true),
            ("DOCKET_NO_INPUT", "0", false),
            ("DOCKET_NO_INPUT", "", false),
            ("CI", "true", true),
            ("CI", "false", false),
        ] {
            assert_eq!(talking(&[], &[(name, value)]).no_input, forbids, "{name}={value}");
        }
        assert!(talking(&["--no-input"], &[("DOCKET_NO_INPUT", "0"), ("CI", "false")]).no_input);
    }

    #[cfg(unix)]
    #[test]
    fn a_terminal_shows_what_its_locale_says_whatever_is_said_of_colour() {
        for (variables, ascii) in [
            (&[][..], false),
            (&[("NO_COLOR", "1"), ("LANG", "de_DE.UTF-8")], false),
            (&[("LANG", "C.utf8"), ("LC_ALL", "")], false),
            (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")], true),
            (&[("LANG", "de_DE.UTF-8"), ("LC_CTYPE", "de_DE.ISO-8859-1")], true),
            (&[("TERM", "linux"), ("LANG", "de_DE.UTF-8")], true),
        ] {
            assert_eq!(talking(&[], variables).env_ascii, ascii, "{variables:?}");
        }
    }

    #[test]
    fn what_is_said_of_colour_is_passed_on() {
        let options = talking(&["--color=never"], &[("CLICOLOR_FORCE", "1")]);
        assert_eq!(
            (options.color, options.env_force_color, options.env_no_color),
            (Color::Never, true, false)
        );
        let options = talking(&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]);
        assert_eq!(
            (options.color, options.env_force_color, options.env_no_color),
            (Color::Auto, false, true)
        );
    }
}
