//! Texts that are written in an editor.
//!
//! The text stays in a private file until what it is for is done ([`Written::used`]): neither a crash nor a
//! portal that says no costs somebody what they wrote.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use super::Docket;
use crate::failure::{Failure, Kind};
use crate::files::reason;
use crate::profile::new_id;
use crate::ui::{LentTerminal, Program};

/// What is to be written.
pub(super) struct Writing<'a> {
    /// Like `comment`.
    pub(super) what: &'a str,
    /// Names the file, so that the same text can be gone on with; a new one where left out.
    pub(super) id: Option<String>,
    /// What there is of it.
    pub(super) begun: &'a str,
    /// What to think of while writing, a line each.
    pub(super) remarks: Vec<String>,
}

/// A text, and the file that it was written in.
pub(super) struct Written {
    /// Without remarks and blank ends; never blank.
    pub(super) text: String,
    file: Option<PathBuf>,
}

/// Editors that are tried where nobody has named one.
const EDITORS: &[&str] = if cfg!(windows) { &["notepad"] } else { &["nano", "vim", "vi"] };

impl Docket {
    /// The editor to write texts in: the one that was named, or one that is installed.
    pub(super) fn editor(&self) -> Result<Option<String>, Failure> {
        if let Some(editor) = self.profile.editor()? {
            return Ok(Some(editor.value));
        }
        let environment = self.profile.environment();
        let installed =
            |name: &&&str| Program::new(name).find(environment.get("PATH"), environment.folder()).is_some();
        Ok(EDITORS.iter().find(installed).map(|name| (*name).to_owned()))
    }

    /// Lets somebody write a text. `refusal` is the failure where there is no terminal for an editor.
    pub(super) fn edit(&self, writing: Writing<'_>, refusal: &str) -> Result<Written, Failure> {
        if !self.ui.can_ask() {
            return Err(Failure::usage(refusal));
        }
        let what = writing.what;
        let editor = self.editor()?.ok_or_else(|| {
            Failure::new(Kind::Failed, format!("there is no editor to write the {what} in"))
                .hint("name one in DOCKET_EDITOR, VISUAL or EDITOR, or as `editor` in config.toml")
        })?;
        let template = Template::new(&writing);
        let file = self.prepare(writing.id, &template.content)?;
        if let Err(failure) = run(&editor, &file) {
            // What nobody has written in is in nobody's way.
            if std::fs::read_to_string(&file).is_ok_and(|content| content == template.content)
                && writing.begun.is_empty()
            {
                Written { text: String::new(), file: Some(file) }.forget(self);
                return Err(failure);
            }
            return Err(failure.hint(format!("what was written is in {}", file.display())));
        }
        let content = std::fs::read(&file).map_err(|error| {
            Failure::new(Kind::Failed, format!("can't read what was written in {}: {error}", file.display()))
        })?;
        let (text, left_out) = template.read(&String::from_utf8_lossy(&content));
        if left_out > 0 {
            let lines = if left_out == 1 { "1 line".to_owned() } else { format!("{left_out} lines") };
            self.ui.remark(format!("left out what began with {}: {lines} of yours", template.marker));
        }
        let written = Written { text, file: Some(file) };
        if written.text.is_empty() {
            written.forget(self);
            let message = format!("nothing was written, so there is no {what}; nothing was sent");
            return Err(Failure::new(Kind::Failed, message));
        }
        Ok(written)
    }

    /// A private file with `content`: among docket's own, or where there is no place for those, among the
    /// system's temporary ones.
    fn prepare(&self, id: Option<String>, content: &str) -> Result<PathBuf, Failure> {
        if let Ok(texts) = self.profile.texts() {
            return texts.write(&id.unwrap_or_else(new_id), content);
        }
        let file =
            tempfile::Builder::new().prefix("docket-").suffix(".txt").tempfile().and_then(|mut file| {
                file.write_all(content.as_bytes())?;
                Ok(file.keep()?.1)
            });
        file.map_err(|error| {
            Failure::new(Kind::Failed, format!("there is no room for a text: {}", reason(&error)))
        })
    }
}

impl Written {
    /// A text from elsewhere, of which docket keeps no file.
    pub(super) fn elsewhere(text: String) -> Self {
        Self { text, file: None }
    }

    /// Does with the text what it is for. When that fails, and the outbox doesn't have it either, the file
    /// stays and the failure names it.
    pub(super) fn used<T>(
        mut self,
        docket: &Docket,
        use_it: impl FnOnce(String) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let text = std::mem::take(&mut self.text);
        let failure = match use_it(text) {
            Ok(done) => {
                self.forget(docket);
                return Ok(done);
            }
            Err(failure) => failure,
        };
        match &self.file {
            Some(_) if failure.in_outbox => {
                self.forget(docket);
                Err(failure)
            }
            Some(file) => {
                Err(failure.hint(format!("what you wrote is in {}: `-F` sends it", file.display())))
            }
            None => Err(failure),
        }
    }

    /// Removes the file.
    pub(super) fn forget(&self, docket: &Docket) {
        if let Some(file) = &self.file
            && let Err(error) = std::fs::remove_file(file)
        {
            docket.ui.warn(format!("{} could not be removed: {error}", file.display()));
        }
    }
}

/// What somebody finds in their editor: what there is of the text, and remarks.
struct Template {
    /// What remarks begin with. No line of the text does so far.
    marker: String,
    content: String,
}

impl Template {
    fn new(writing: &Writing<'_>) -> Self {
        let free = |marker: &String| !writing.begun.lines().any(|line| line.starts_with(marker.as_str()));
        // One that is long enough is always free.
        let longer = (3..).map(|length| "%".repeat(length));
        let marker = ["#", ";", "%%"].into_iter().map(str::to_owned).chain(longer).find(free);
        let marker = marker.unwrap_or_else(|| "#".to_owned());
        let mut content = format!("{}\n\n", writing.begun.trim_end());
        let first = format!("Write the {}{REMARKS}{marker} are left out.", writing.what);
        for remark in std::iter::once(&first).chain(&writing.remarks) {
            content.push_str(format!("{marker} {remark}").trim_end());
            content.push('\n');
        }
        Self { marker, content }
    }

    /// The text in what came back, and how many lines were left out that aren't the template's.
    fn read(&self, content: &str) -> (String, usize) {
        let (left_out, kept): (Vec<&str>, Vec<&str>) =
            content.lines().partition(|line| line.starts_with(&self.marker));
        let own = left_out.iter().filter(|line| !self.content.lines().any(|known| known == line.trim_end()));
        (kept.join("\n").trim().to_owned(), own.count())
    }
}

/// What was written in a file whose editor nobody came back from: without the remarks, as the first of them
/// says how to know them.
pub(super) fn recovered(content: &str) -> String {
    let marker = content.lines().rev().find_map(|line| {
        let (marker, remark) = line.split_once(' ')?;
        (remark.starts_with("Write the ") && remark.contains(REMARKS)).then_some(marker)
    });
    let own = |line: &&str| marker.is_none_or(|marker| !line.starts_with(marker));
    content.lines().filter(own).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// What the first remark says of remarks.
const REMARKS: &str = " above. Lines that begin with ";

/// Runs an editor on a file. On Unix it is a command for the shell, as it is for git.
fn run(editor: &str, file: &Path) -> Result<(), Failure> {
    let _lent = LentTerminal::new();
    let ended = |status: ExitStatus| if status.success() { Ok(()) } else { Err(status.to_string()) };
    let run = terminal().and_then(|terminal| Program::new(editor).command([file]).stdout(terminal).status());
    run.map_err(|error| error.to_string()).and_then(ended).map_err(|why| {
        Failure::new(Kind::Failed, format!("the editor `{editor}` failed: {why}; nothing was sent"))
            .hint("DOCKET_EDITOR, VISUAL or EDITOR names another editor")
    })
}

/// The terminal, for an editor's own output: docket's standard output may be a file.
fn terminal() -> io::Result<Stdio> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        Ok(io::stderr().as_fd().try_clone_to_owned()?.into())
    }
    #[cfg(not(unix))]
    {
        Ok(Stdio::inherit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(begun: &str) -> Template {
        Template::new(&Writing {
            what: "comment",
            id: None,
            begun,
            remarks: vec![String::new(), "Think of:".to_owned()],
        })
    }

    #[test]
    fn an_unchanged_template_has_nothing_written_in_it() {
        let template = template("");
        insta::assert_snapshot!(template.content, @r"


        # Write the comment above. Lines that begin with # are left out.
        #
        # Think of:
        ");
        assert_eq!(template.read(&template.content), (String::new(), 0));
    }

    #[test]
    fn only_what_is_left_out_of_ones_own_is_counted() {
        let template = template("");
        let changed = format!("\nIt broke.\n\n#!/bin/sh\nrm x\n{}", template.content);
        assert_eq!(template.read(&changed), ("It broke.\n\nrm x".to_owned(), 1));
    }

    #[test]
    fn what_is_there_already_is_never_taken_for_a_remark() {
        let template = template("# A heading\ntext");
        assert_eq!(template.marker, ";");
        assert_eq!(template.read(&template.content), ("# A heading\ntext".to_owned(), 0));
        assert_eq!(recovered(&template.content), "# A heading\ntext");
        let every = "# A\n; B\n%% C\n%%%% D";
        let template = self::template(every);
        assert_eq!(template.marker, "%%%%%");
        assert_eq!(template.read(&template.content), (every.to_owned(), 0));
        assert_eq!(recovered(&template.content), every);
    }
}
