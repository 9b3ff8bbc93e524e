//! docket's binary: parse, run, report.

use std::process::ExitCode;

use docket::cli::{self, Cli};
use docket::profile::Environment;
use docket::{commands, ui};

fn main() -> ExitCode {
    let environment = Environment::of_process();
    cli::start_log(&environment);
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(unusable) => return unusable.report(),
    };
    let for_people = cli.for_people();
    match commands::run(cli, environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            ui::fail(&failure, for_people);
            ExitCode::from(failure.kind.exit_code())
        }
    }
}
