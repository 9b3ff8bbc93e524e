//! The answers to `case new`, from wherever they come.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::super::{Desk, Docket};
use super::new::problems;
use super::watch::watch_problems;
use crate::api::body::{Dedupe, NewCase};
use crate::case::CaseNumber;
use crate::client::Key;
use crate::failure::{Failure, Kind};
use crate::files::Value;
use crate::profile::{Drafts, Listed, SavedDraft, new_id};
use crate::rules::{self, Answer, Applies, Draft, FieldProblem, Kind as FieldKind};
use crate::{files, when};

/// Answers and what goes with them, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The answers, as given; times in whatever form people write them.
    pub(super) draft: Draft,
    /// Files: the first is the form's `attachment`.
    pub(super) attachments: Vec<PathBuf>,
    /// E-mail addresses.
    pub(super) watchers: Vec<String>,
    /// A closed case that this one goes on from.
    pub(super) follows: Option<CaseNumber>,
    /// Which alerts are to become one case.
    pub(super) dedupe: Option<Dedupe>,
    /// Fields that the walk needn't ask again.
    pub(super) skipped: std::collections::BTreeSet<String>,
    /// A text that is being typed: its field, and what there is of it.
    pub(super) typed: Option<(String, String)>,
    /// The idempotency key that the case is filed with: a draft's own, so that going on with one whose case
    /// may have been opened doesn't open another.
    pub(super) key: Option<Key>,
    /// The draft on disk.
    pub(super) saved_as: Option<String>,
    /// Whether `account` was answered here, with the account that docket works in.
    account_settled: bool,
}

impl Gathered {
    /// Takes an answer; the later one wins.
    pub(super) fn answer(&mut self, field: &str, answer: String) {
        self.account_settled &= field != "account";
        self.skipped.remove(field);
        self.draft.set(field, answer);
    }

    /// Takes an answer back.
    pub(super) fn forget(&mut self, field: &str) {
        self.draft.0.remove(field);
        self.skipped.remove(field);
        if field == "attachment" {
            self.attachments.clear();
        }
    }

    /// Leaves a field unanswered on purpose.
    pub(super) fn leave_out(&mut self, field: &str) {
        self.forget(field);
        self.skipped.insert(field.to_owned());
    }

    /// What was typed of a field's text when the walk was interrupted.
    pub(super) fn typed_so_far(&self, field: &str) -> Option<String> {
        let typed = self.typed.as_ref().filter(|(typed, _)| typed == field);
        typed.map(|(_, text)| text.clone()).filter(|text| !text.trim().is_empty())
    }

    /// Takes files, watchers and the case before; what is given here adds to what there is, and the case
    /// before wins.
    pub(super) fn add(&mut self, files: Vec<PathBuf>, watchers: Vec<String>, follows: Option<CaseNumber>) {
        self.attachments.extend(files);
        self.watchers.extend(watchers);
        self.follows = follows.or(self.follows);
    }

    /// Reads the answers of a file, in TOML, YAML or JSON.
    pub(super) fn read_file(&mut self, docket: &Docket, file: &Path) -> Result<(), Failure> {
        let text = docket.read_text(file)?;
        let shown =
            if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
        if text.trim().is_empty() {
            return Err(Failure::usage(format!("{shown} is empty: it has to have the answers of a case"))
                .hint("`docket case new --generate-skeleton` prints a file to fill in"));
        }
        let answers = files::read_answers(&text, file).map_err(|error| {
            Failure::usage(format!("{shown}: {error}"))
                .hint("`docket case new --generate-skeleton` prints a file to fill in")
        })?;
        self.take(answers, file).map_err(|why| Failure::usage(format!("{shown}: {why}")))
    }

    /// Takes the answers of a file; paths in them are meant from where it is. Fails saying what is wrong.
    pub(super) fn take(&mut self, answers: BTreeMap<String, Value>, file: &Path) -> Result<(), String> {
        for (name, value) in answers {
            match name.as_str() {
                "attach" | "attachment" => {
                    self.attachments.extend(value.list().into_iter().map(|path| beside(file, &path)));
                }
                "watch" | "watchers" => self.watchers.extend(value.list()),
                _ => {
                    let text = value.text().map_err(|why| format!("`{name}` {why}"))?;
                    if name == "follows" {
                        self.follows = Some(text.parse().map_err(|error| format!("follows: {error}"))?);
                    } else {
                        self.draft.set(&name, text);
                    }
                }
            }
        }
        Ok(())
    }

    /// Goes on with a draft on disk: the one called `wanted`, or the only one.
    pub(super) fn resume(&mut self, docket: &Docket, desk: &Desk, wanted: &str) -> Result<(), Failure> {
        let saved = find_draft(docket, desk, wanted)?;
        let unreadable =
            |error| Failure::new(Kind::Failed, format!("the draft {} can't be read: {error}", saved.id));
        let kept: Kept = serde_json::from_value(saved.draft.clone()).map_err(unreadable)?;
        self.draft.0.extend(kept.answers.0);
        self.typed = kept.typed;
        self.key = kept.key.as_deref().and_then(|key| Key::parse(key).ok());
        self.add(kept.attachments, kept.watchers, kept.follows);
        self.dedupe = kept.dedupe;
        self.skipped.extend(saved.skipped);
        self.saved_as = Some(saved.id);
        Ok(())
    }

    /// Puts everything on disk, so that nothing is lost by an interruption. Where there is no place for
    /// drafts, the walk goes on without.
    pub(super) fn save(&mut self, docket: &Docket, desk: &Desk) -> Result<(), Failure> {
        let Ok(drafts) = docket.profile.drafts() else { return Ok(()) };
        let kept = Kept {
            answers: self.draft.clone(),
            attachments: self.absolute_attachments(),
            watchers: self.watchers.clone(),
            follows: self.follows,
            typed: self.typed.clone(),
            key: self.key.as_ref().map(|key| key.as_str().to_owned()),
            dedupe: self.dedupe.clone(),
        };
        let started = Timestamp::now();
        let id = self.saved_as.get_or_insert_with(new_id);
        drafts.save(&SavedDraft {
            id: id.clone(),
            portal: desk.address().value.to_string(),
            user: desk.user().map(str::to_owned),
            started: drafts.load(id)?.map_or(started, |before| before.started),
            draft: serde_json::to_value(kept)
                .map_err(|error| Failure::new(Kind::Failed, format!("cannot write the draft: {error}")))?,
            skipped: self.skipped.iter().cloned().collect(),
        })
    }

    /// Fills in what goes without saying: the account, the defaults of the settings, and times in full.
    pub(super) fn settle(&mut self, desk: &Desk) -> Result<(), Failure> {
        self.settle_as_of(desk, &Zoned::now())
    }

    /// The same with times as they were meant at a moment.
    pub(super) fn settle_as_of(&mut self, desk: &Desk, now: &Zoned) -> Result<(), Failure> {
        self.settle_account(desk)?;
        self.settle_defaults(desk)?;
        self.settle_times_as_of(desk, now)
    }

    /// The same as far as it can be done without the portal.
    pub(super) fn settle_offline(&mut self, desk: &Desk) {
        if self.draft.get("account").is_none()
            && let Some(account) = desk.named_account()
        {
            self.draft.set("account", account);
        }
        for (field, default) in desk.docket().profile.defaults() {
            self.draft.0.entry(field).or_insert_with(|| default.value.into());
        }
        self.settle_time("occurred_at", &Zoned::now());
    }

    /// Answers the form's `account` with the account that docket works in, where the form asks for one; anew
    /// once more is known of the user.
    pub(super) fn settle_account(&mut self, desk: &Desk) -> Result<(), Failure> {
        if std::mem::take(&mut self.account_settled) {
            self.draft.0.remove("account");
        }
        if self.draft.get("account").is_none()
            && desk.context()?.only_account().is_none()
            && let Some(account) = desk.account_id()?
        {
            self.draft.set("account", account);
            self.account_settled = true;
        }
        Ok(())
    }

    /// Answers what nobody has answered with the defaults of the settings, as far as they apply and are
    /// offered here: a default for one product is no mistake in a case about another.
    fn settle_defaults(&mut self, desk: &Desk) -> Result<(), Failure> {
        let mut defaults = desk.docket().profile.defaults();
        if defaults.is_empty() {
            return Ok(());
        }
        let (form, context) = (desk.form()?, desk.context()?);
        for field in &form.fields {
            let Some(default) = defaults.remove(&field.id) else { continue };
            let applies = rules::applies(&form, &context, &self.draft, &field.id);
            if self.draft.get(&field.id).is_some()
                || !matches!(applies, Applies::Required | Applies::Optional)
            {
                continue;
            }
            self.draft.set(&field.id, default.value);
            let mut pruned = self.draft.clone();
            if rules::prune(&form, &context, &mut pruned).contains(&field.id) {
                self.draft.0.remove(&field.id);
            }
        }
        match defaults.into_iter().next() {
            None => Ok(()),
            Some((unknown, default)) => {
                Err(Failure::usage(format!("{}: the form has no field `{unknown}`", default.source)))
            }
        }
    }

    /// Turns times as people say them into RFC 3339, at once, because `2h ago` means something else tomorrow.
    /// What is no time stays as it is, so that it is found to be wrong.
    pub(super) fn settle_times(&mut self, desk: &Desk) -> Result<(), Failure> {
        self.settle_times_as_of(desk, &Zoned::now())
    }

    fn settle_times_as_of(&mut self, desk: &Desk, now: &Zoned) -> Result<(), Failure> {
        for field in desk.form()?.fields.iter().filter(|field| matches!(field.kind, FieldKind::Time { .. })) {
            self.settle_time(&field.id, now);
        }
        Ok(())
    }

    fn settle_time(&mut self, field: &str, now: &Zoned) {
        if let Some(time) = self.draft.text(field).and_then(|text| when::parse_time(text, now).ok()) {
            let whole = Timestamp::from_second(time.as_second()).unwrap_or(time);
            self.draft.set(field, whole.to_string());
        }
    }

    /// The draft as the portal gets it, with the first file by name and size.
    pub(super) fn canonical(&self) -> Draft {
        let mut draft = self.draft.clone();
        if let Some(first) = self.attachments.first()
            && let (Some(name), Ok(metadata)) = (first.file_name(), fs::metadata(first))
            && metadata.is_file()
        {
            draft.set(
                "attachment",
                Answer::File { name: name.to_string_lossy().into_owned(), size: metadata.len() },
            );
        }
        draft
    }

    /// Everything that is missing or wrong, files and watchers included.
    pub(super) fn problems(&self, desk: &Desk) -> Result<Vec<FieldProblem>, Failure> {
        let mut found = problems(desk, &self.canonical())?;
        let unreadable = desk.file_problems(&self.attachments)?;
        found.extend(unreadable.into_iter().filter(|problem| !found.contains(problem)).collect::<Vec<_>>());
        found.extend(watch_problems(self.watchers.iter()));
        self.say_how_times_are_written(&mut found);
        Ok(found)
    }

    /// Here more ways to write a time are understood than at the portal.
    pub(super) fn say_how_times_are_written(&self, problems: &mut [FieldProblem]) {
        for problem in problems.iter_mut().filter(|problem| problem.code == "not_a_time") {
            if let Err(error) =
                when::parse_time(self.draft.text(&problem.field).unwrap_or_default(), &Zoned::now())
            {
                problem.problem = error.to_string();
            }
        }
    }

    /// The files, by paths that hold from any folder.
    pub(super) fn absolute_attachments(&self) -> Vec<PathBuf> {
        let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        self.attachments.iter().map(absolute).collect()
    }

    /// The request that opens the case.
    pub(super) fn request(&self, desk: &Desk) -> Result<NewCase, Failure> {
        Ok(self.request_for(desk.form()?.version.clone()))
    }

    /// The request that opens the case, with answers checked against this version of the form.
    pub(super) fn request_for(&self, form: String) -> NewCase {
        NewCase {
            form,
            fields: self.canonical(),
            watchers: self.watchers.clone(),
            follows: self.follows,
            dedupe: self.dedupe.clone(),
        }
    }

    /// The command that goes on with the draft, if there is one; where the portal was given as a flag, it has
    /// to be given again.
    pub(super) fn goes_on(&self, docket: &Docket) -> Option<String> {
        let id = self.saved_as.as_ref()?;
        Some(format!("docket case new --resume={id}{}", docket.portal_again()))
    }

    /// Takes the draft off the disk, once its case exists or nobody wants it any more.
    pub(super) fn discard_draft(&self, docket: &Docket) {
        if let Some(id) = &self.saved_as
            && let Err(failure) = docket.profile.drafts().and_then(|drafts| drafts.remove(id))
        {
            docket.ui.warn(format!("the draft {id} could not be removed: {failure}"));
        }
        self.discard_text(docket);
    }

    /// Takes what an editor left behind off the disk, once there is another answer or none is wanted.
    pub(super) fn discard_text(&self, docket: &Docket) {
        if let Some(id) = &self.saved_as
            && let Err(failure) = docket.profile.texts().and_then(|texts| texts.remove(id))
        {
            docket.ui.warn(format!("the text {id} could not be removed: {failure}"));
        }
    }
}

/// What a draft on disk holds.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    answers: Draft,
    attachments: Vec<PathBuf>,
    watchers: Vec<String>,
    follows: Option<CaseNumber>,
    #[serde(default)]
    typed: Option<(String, String)>,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    dedupe: Option<Dedupe>,
}

/// The draft called `wanted`, or the only one there is for this portal; on a terminal one of several.
fn find_draft(docket: &Docket, desk: &Desk, wanted: &str) -> Result<SavedDraft, Failure> {
    let drafts = docket.profile.drafts()?;
    if !wanted.is_empty() {
        let draft = drafts.load(wanted)?.ok_or_else(|| no_draft(&drafts, wanted))?;
        let here = desk.address().value.as_str();
        if draft.portal != here {
            let message = format!("the draft `{wanted}` is for the portal {}, not for {here}", draft.portal);
            return Err(
                Failure::usage(message).hint(format!("give --portal {} to go on with it", draft.portal))
            );
        }
        if let (Some(wrote), Some(user)) = (&draft.user, desk.user())
            && wrote != user
        {
            let message = format!("the draft `{wanted}` was begun as {wrote}, but {user} is logged in");
            return Err(Failure::new(Kind::NotAllowed, message));
        }
        return Ok(draft);
    }
    let here = desk.address().value.as_str();
    let (mut found, mut torn) = (Vec::new(), Vec::new());
    for listed in drafts.list()? {
        match listed {
            Listed::Whole(draft) if draft.portal == here => found.push(draft),
            Listed::Whole(_) => {}
            Listed::Torn { why, .. } => torn.push(format!("a draft can't be read: {why}")),
        }
    }
    found.sort_by_key(|draft| std::cmp::Reverse(draft.started));
    let named = |draft: &SavedDraft| {
        let subject = draft.draft.pointer("/answers/subject").and_then(|subject| subject.as_str());
        let since = when::relative(draft.started, Timestamp::now());
        format!("{}  {}  {since}", draft.id, subject.unwrap_or("(no subject yet)"))
    };
    match (found.len(), docket.ui.prompter()) {
        (0, _) => {
            let failure = Failure::usage("there is no draft to go on with");
            Err(torn.into_iter().fold(failure, Failure::hint).hint("`docket case new` begins one"))
        }
        (1, _) => Ok(found.remove(0)),
        (_, Some(prompter)) => {
            let items: Vec<String> = found.iter().map(named).collect();
            Ok(found.remove(prompter.choose("Which draft?", &items, 0)?))
        }
        (_, None) => {
            let failure = Failure::usage("there are several drafts: name one with --resume=DRAFT");
            Err(found.iter().map(named).fold(failure, Failure::hint))
        }
    }
}

/// There is no draft that is called so.
fn no_draft(drafts: &Drafts, wanted: &str) -> Failure {
    let known: Vec<String> = drafts.list().unwrap_or_default().into_iter().filter_map(id_of).collect();
    Failure::usage(format!("there is no draft `{wanted}`"))
        .did_you_mean(rules::similar(wanted, known.iter().map(String::as_str)))
        .hint("`docket case new --resume` lists them, or goes on with the only one")
}

fn id_of(listed: Listed<SavedDraft>) -> Option<String> {
    if let Listed::Whole(draft) = listed { Some(draft.id) } else { None }
}

/// A path in a file of answers is meant from where that file is.
fn beside(file: &Path, path: &str) -> PathBuf {
    match file.parent() {
        Some(folder) if file != Path::new("-") => folder.join(path),
        _ => PathBuf::from(path),
    }
}

/// A path for a shell's command line.
pub(in crate::commands) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./+=:@,%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_a_shell() {
        assert_eq!(quoted(Path::new("a/b.har")), "a/b.har");
        assert_eq!(quoted(Path::new("it's here")), "'it'\\''s here'");
    }
}
