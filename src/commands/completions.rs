//! `docket completions`

use clap::{Args, ValueEnum};

use crate::failure::Failure;
use crate::ui;

/// Print a completion script for a shell
///
/// The scripts know commands and flags, and from what docket has seen before: products, categories, accounts,
/// case numbers and watchers. Nobody is asked for them, so pressing Tab takes no time.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket completions bash > ~/.local/share/bash-completion/completions/docket
  docket completions zsh > ~/.zfunc/_docket
  docket completions fish > ~/.config/fish/completions/docket.fish")]
pub(crate) struct Completions {
    /// Shell to print it for
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// A shell that can complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    #[value(name = "powershell")]
    #[expect(clippy::enum_variant_names, reason = "it is called so")]
    PowerShell,
    Zsh,
}

impl Shell {
    /// Its script, which packages install as it is.
    fn script(self) -> &'static str {
        match self {
            Self::Bash => include_str!("../../completions/docket.bash"),
            Self::Elvish => include_str!("../../completions/docket.elv"),
            Self::Fish => include_str!("../../completions/docket.fish"),
            Self::PowerShell => include_str!("../../completions/_docket.ps1"),
            Self::Zsh => include_str!("../../completions/_docket"),
        }
    }
}

impl Completions {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        ui::print(self.shell.script())
    }
}
