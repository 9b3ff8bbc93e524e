//! Holds `man/`, which is made from the command tree and checked in, to what would be made from it now, and
//! `completions/` to what docket prints. After a change of the command line, make the pages anew:
//!
//! ```sh
//! DOCKET_UPDATE=1 cargo test --test generated
//! ```
//!
//! They describe the whole program, so a build without the portal doesn't compare them.
#![cfg(feature = "portal")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use docket::cli::Cli;

/// Files by their names.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn man_pages_are_up_to_date() {
    let mut pages = Files::new();
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    add_pages(&program, &mut pages);
    hold("man", &pages);
}

/// They are written by hand, because they ask docket; packages install them from where they are.
#[test]
fn docket_prints_the_completions_that_packages_install() {
    let scripts = content(&Path::new(env!("CARGO_MANIFEST_DIR")).join("completions"));
    let shells = Cli::command().find_subcommand("completions").and_then(|command| {
        let argument = command.get_positionals().next()?;
        Some(argument.get_possible_values().into_iter().map(|shell| shell.get_name().to_owned()).collect())
    });
    let shells: Vec<String> = shells.expect("`completions` takes a shell");
    let printed: BTreeSet<Vec<u8>> = shells
        .iter()
        .map(|shell| {
            let mut docket = assert_cmd::Command::cargo_bin("docket").expect("there is a docket");
            docket.args(["completions", shell]).assert().success().get_output().stdout.clone()
        })
        .collect();
    assert_eq!(printed, scripts.into_values().collect());
    assert_eq!(printed.len(), shells.len());
}

/// The page of a command and those of what is below it, like `docket-case-new.1`.
fn add_pages(command: &Command, pages: &mut Files) {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        add_pages(below, pages);
    }
    let man = Man::new(command.clone());
    pages.insert(man.get_filename(), page(command, &man).expect("memory takes everything"));
}

/// A page in the order that readers of man pages know; without a date, so that it changes only when the
/// command does. What clap calls "after help" are our examples, to be kept line by line, and the exit codes.
fn page(command: &Command, man: &Man) -> std::io::Result<Vec<u8>> {
    let title = man.get_filename().trim_end_matches(".1").to_uppercase();
    let version = command.get_version().unwrap_or_default();
    let mut out = Vec::new();
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out)?;
    }
    let further = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for (heading, lines) in further.split("\n\n").filter_map(|paragraph| paragraph.split_once(':')) {
        let mut section = Roff::new();
        section.control("SH", [heading.to_uppercase().as_str()]);
        if heading == "Examples" {
            section.control("nf", []);
            section.text(
                lines
                    .trim()
                    .lines()
                    .map(|line| roman(format!("{}\n", line.trim_start())))
                    .collect::<Vec<_>>(),
            );
            section.control("fi", []);
        } else {
            section.text([roman(lines.trim())]);
        }
        section.to_writer(&mut out)?;
    }
    // Each section begins with the same definition of an apostrophe; once is enough.
    let body = String::from_utf8(out).expect("it was made from text").replace(APOSTROPHE, "");
    Ok(format!("{APOSTROPHE}.TH {title} 1 \"\" \"docket {version}\" \"docket\"\n{body}").into_bytes())
}

/// How roff is told to print an apostrophe as one.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// Compares a folder with what belongs in it or, with `DOCKET_UPDATE`, puts it there.
fn hold(folder: &str, wanted: &Files) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let found = content(&place);
    let names: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
    let stale: Vec<&String> =
        names.into_iter().filter(|name| wanted.get(*name) != found.get(*name)).collect();
    if env::var_os("DOCKET_UPDATE").is_some() {
        fs::create_dir_all(&place).expect("the folder can be made");
        for name in stale {
            let path = place.join(name);
            match wanted.get(name) {
                Some(content) => fs::write(&path, content).expect("the file can be written"),
                None => fs::remove_file(&path).expect("the file can be removed"),
            }
        }
        return;
    }
    assert!(
        stale.is_empty(),
        "in {folder}/ these aren't what the command tree says: {stale:?}\n\
         make them anew with: DOCKET_UPDATE=1 cargo test --test generated"
    );
}

/// The files in a folder; line ends as in the repository, whatever the checkout made of them.
fn content(place: &Path) -> Files {
    let entries = fs::read_dir(place).into_iter().flatten().filter_map(Result::ok);
    let paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let file = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let text = fs::read_to_string(path).expect("it is text");
        Some((name, text.replace("\r\n", "\n").into_bytes()))
    };
    paths.iter().filter_map(file).collect()
}
