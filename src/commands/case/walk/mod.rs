//! The walk: one question after the other, the right ones and no others.
//!
//! What to ask comes from [`rules::next`]; this module only knows how each kind of field is asked (`ask`).
//! Every answer is on disk as soon as it is given. Escape goes back a question. Once sub-category is settled,
//! articles are offered that may make the case unnecessary (`articles`); at the end everything is shown
//! before anything is sent, and any answer can be changed (`summary`).

mod articles;
mod ask;
mod summary;

use jiff::{Timestamp, Zoned};

use super::super::redacting::Redacting;
use super::super::{Desk, Docket};
use super::filing::explain;
use super::gather::Gathered;
use super::new::{now, problems};
use crate::failure::Failure;
use crate::profile::{Listed, SavedDraft};
use crate::rules::{self, Choice, Draft, FieldProblem, Form, Kind as FieldKind};
use crate::ui::{Prompter, Stopped, hint_on_interrupt, text};
use crate::when;

pub(super) use ask::remarks;
use summary::Verdict;

/// Asks for everything that is missing or wrong. `false` when the case isn't to be filed after all.
pub(super) fn walk(
    docket: &Docket,
    desk: &Desk,
    prompter: &Prompter,
    redacting: &Redacting,
    gathered: &mut Gathered,
    suggest: bool,
) -> Result<bool, Failure> {
    let mut walk =
        Walk { docket, desk, prompter, redacting, gathered, suggest, asked: Vec::new(), ahead: Vec::new() };
    walk.begin()?;
    loop {
        if !walk.ask_all()? {
            walk.gathered.discard_draft(docket);
            prompter.say("Good: no case was opened, and the draft is gone.");
            return Ok(false);
        }
        let left = walk.gathered.problems(desk)?;
        if !left.is_empty() {
            if walk.cure(&left)? {
                continue;
            }
            walk.save()?;
            return Err(explain(docket, Failure::invalid(left), walk.gathered));
        }
        match walk.confirm()? {
            Verdict::File => return Ok(true),
            Verdict::Change(field) => {
                walk.ask_again(&field)?;
            }
            Verdict::Watchers => walk.ask_watchers()?,
            Verdict::Back => walk.back()?,
            Verdict::Stop => {
                prompter.say(&format!("No case was opened; {}", walk.kept()));
                return Ok(false);
            }
            Verdict::Drop => {
                walk.gathered.discard_draft(docket);
                prompter.say("No case was opened, and the draft is gone.");
                return Ok(false);
            }
        }
    }
}

struct Walk<'a> {
    docket: &'a Docket,
    desk: &'a Desk<'a>,
    prompter: &'a Prompter,
    redacting: &'a Redacting<'a>,
    gathered: &'a mut Gathered,
    suggest: bool,
    /// The fields that were asked, in that order: where Escape goes back to.
    asked: Vec<String>,
    /// The fields that Escape went back over, the nearest last: asked again on the way forward.
    ahead: Vec<String>,
}

/// How a question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// With an answer, or none where none is needed.
    Answered,
    /// With the wish to go back.
    Back,
}

/// Why a question has no answer.
enum Unanswered {
    /// Nobody wanted to give one.
    Stopped(Stopped),
    /// It couldn't be asked.
    Failed(Failure),
}

impl From<Stopped> for Unanswered {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl From<Failure> for Unanswered {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Takes the wish to go back out of what a question came to.
fn turn<T>(asked: Result<T, Unanswered>, back: T) -> Result<T, Failure> {
    match asked {
        Err(Unanswered::Stopped(Stopped::Back)) => Ok(back),
        Err(Unanswered::Stopped(stopped)) => Err(stopped.into()),
        Err(Unanswered::Failed(failure)) => Err(failure),
        Ok(answer) => Ok(answer),
    }
}

impl Walk<'_> {
    fn begin(&mut self) -> Result<(), Failure> {
        match self.another_draft() {
            _ if self.gathered.saved_as.is_some() || self.gathered.follows.is_some() => {
                self.show_answers()?;
                self.asked = self.answered()?;
            }
            Some(other) => self.prompter.hint(&other),
            None => {}
        }
        if self.gathered.saved_as.is_some() {
            // Whoever leaves before the first answer has a draft all the same.
            hint_on_interrupt(self.kept());
        }
        self.prune()?;
        self.prompter.hint(&format!("Answers are kept as you go. {}", self.prompter.ways_out()));
        Ok(())
    }

    /// How to go on with what was answered so far.
    fn kept(&self) -> String {
        match self.gathered.goes_on(self.docket) {
            Some(command) => format!("the answers are kept: `{command}` goes on"),
            None => "there is no place to keep the answers in: set HOME, or DOCKET_DATA_DIR".to_owned(),
        }
    }

    /// Mends what no question is about: watchers, files after the first, and what the form doesn't know.
    /// Answers whether there was any of it.
    fn cure(&mut self, left: &[FieldProblem]) -> Result<bool, Failure> {
        let mut cured = false;
        for wrong in left {
            self.prompter.complain(&wrong.to_string());
            match (wrong.field.as_str(), wrong.code.as_str()) {
                ("watch", _) => self.ask_watchers()?,
                ("attachment", _) => {
                    let mut files = Vec::new();
                    for file in std::mem::take(&mut self.gathered.attachments) {
                        if self.desk.file_problems(std::slice::from_ref(&file))?.is_empty() {
                            files.push(file);
                        } else {
                            self.prompter.hint(&format!("{} is left out.", file.display()));
                        }
                    }
                    self.gathered.attachments = files;
                }
                (field, "unknown_field" | "not_applicable") => {
                    self.gathered.forget(field);
                    self.prompter.hint(&format!("{field} is left out."));
                }
                _ => continue,
            }
            cured = true;
        }
        Ok(cured)
    }

    /// Tells of a draft that was left behind here, and that holds more than choices from lists.
    fn another_draft(&self) -> Option<String> {
        let drafts = self.docket.profile.drafts().ok()?.list().ok()?;
        let form = self.desk.form().ok()?;
        let here = self.desk.address().value.as_str();
        let latest = drafts.into_iter().find_map(|listed| match listed {
            Listed::Whole(draft) if draft.portal == here && holds_a_text(&form, &draft) => Some(draft),
            _ => None,
        })?;
        let since = when::relative(latest.started, Timestamp::now());
        Some(format!(
            "You began a case {since} and didn't file it: `docket case new --resume` goes on with it."
        ))
    }

    /// Asks until nothing is left to ask; `false` when an article has solved it.
    fn ask_all(&mut self) -> Result<bool, Failure> {
        while let Some(asked) = self.ask_next()? {
            if asked == "subcategory" && std::mem::take(&mut self.suggest) {
                match self.offer_articles()? {
                    articles::Help::Solved => return Ok(false),
                    articles::Help::None => {}
                    articles::Help::Back => self.back()?,
                }
            }
        }
        Ok(true)
    }

    /// Asks the next question and keeps the answer; the field's id, or `None` when nothing is left to ask.
    fn ask_next(&mut self) -> Result<Option<String>, Failure> {
        if let Some(field) = self.ahead.pop() {
            return self.ask_ahead(field).map(Some);
        }
        let form = self.desk.form()?;
        let context = self.desk.context()?;
        let draft = self.gathered.canonical();
        let Some(question) = rules::next(&form, &context, &draft, &self.gathered.skipped, now()) else {
            return Ok(None);
        };
        let id = question.field.id.clone();
        if let Some(wrong) = problems(self.desk, &draft)?.into_iter().find(|problem| problem.field == id)
            && wrong.code != "missing"
        {
            self.prompter.complain(&wrong.to_string());
        }
        match self.ask(&question)? {
            Turn::Answered => {
                self.settle()?;
                self.asked.push(id.clone());
                Ok(Some(id))
            }
            Turn::Back => {
                self.back()?;
                Ok(Some(String::new()))
            }
        }
    }

    /// Asks again what was asked before this. Where nothing was, the question stands.
    fn back(&mut self) -> Result<(), Failure> {
        while let Some(field) = self.asked.pop() {
            match self.ask_again(&field)? {
                Some(Turn::Answered) => {
                    self.asked.push(field);
                    return Ok(());
                }
                Some(Turn::Back) => self.ahead.push(field),
                None => {}
            }
        }
        self.prompter.hint("There is nothing before this; Ctrl-C stops.");
        Ok(())
    }

    /// Asks again for a field that was gone back over.
    fn ask_ahead(&mut self, field: String) -> Result<String, Failure> {
        match self.ask_again(&field)? {
            Some(Turn::Answered) => self.asked.push(field),
            Some(Turn::Back) => {
                self.ahead.push(field);
                self.back()?;
            }
            None => {}
        }
        // Whatever follows an answer for the first time has followed it before.
        Ok(String::new())
    }

    /// The fields that were answered, or left out on purpose, in the form's order.
    fn answered(&self) -> Result<Vec<String>, Failure> {
        let form = self.desk.form()?;
        let draft = self.draft();
        let settled = |id: &String| draft.get(id).is_some() || self.gathered.skipped.contains(id);
        Ok(form.fields.iter().map(|field| field.id.clone()).filter(settled).collect())
    }

    /// Asks for a field that has an answer, or was left out. Going back leaves that as it is; `None` where it
    /// doesn't apply any more.
    fn ask_again(&mut self, field: &str) -> Result<Option<Turn>, Failure> {
        let form = self.desk.form()?;
        let context = self.desk.context()?;
        let Some(question) = rules::question(&form, &context, &self.gathered.canonical(), field) else {
            return Ok(None);
        };
        let turn = self.ask(&question)?;
        if turn == Turn::Answered {
            self.settle()?;
        }
        Ok(Some(turn))
    }

    /// Leaves out what an answer has made pointless, and puts the rest on disk.
    fn settle(&mut self) -> Result<(), Failure> {
        self.prune()?;
        self.save()
    }

    /// Puts everything on disk, and whoever interrupts the walk from here on is told.
    fn save(&mut self) -> Result<(), Failure> {
        self.gathered.save(self.docket, self.desk)?;
        hint_on_interrupt(self.kept());
        Ok(())
    }

    /// Leaves out what the answers so far have made pointless, and says so.
    fn prune(&mut self) -> Result<(), Failure> {
        let form = self.desk.form()?;
        let mut draft = self.gathered.canonical();
        let wrong = problems(self.desk, &draft)?;
        for gone in rules::prune(&form, &self.desk.context()?, &mut draft) {
            self.gathered.forget(&gone);
            let label = form.field(&gone).map_or(gone.as_str(), |field| field.label.as_str());
            let why = wrong.iter().find(|problem| problem.field == gone);
            let why = why.map_or_else(|| "it doesn't go with the other answers".to_owned(), reason);
            self.prompter.complain(&format!("{label} is left out: {why}"));
        }
        Ok(())
    }

    fn draft(&self) -> Draft {
        self.gathered.canonical()
    }
}

/// Why an answer is left out, as a clause.
fn reason(wrong: &FieldProblem) -> String {
    match wrong.problem.strip_prefix("does not apply") {
        Some("") => "it doesn't apply here".to_owned(),
        Some(why) => format!("it applies {}", why.trim_start_matches([':', ' '])),
        None if wrong.problem.starts_with('`') => wrong.problem.clone(),
        None => format!("it {}", wrong.problem),
    }
}

/// Whether somebody has typed any of a draft, rather than chosen it.
fn holds_a_text(form: &Form, draft: &SavedDraft) -> bool {
    let typed = |id: &String| form.field(id).is_none_or(|field| field.kind != FieldKind::Choice);
    let answers = draft.draft.get("answers").and_then(|answers| answers.as_object());
    let more =
        |key: &str| draft.draft.get(key).is_some_and(|it| it.as_array().is_some_and(|it| !it.is_empty()));
    answers.is_some_and(|answers| answers.keys().any(typed))
        || ["typed", "attachments", "watchers"].into_iter().any(more)
}

/// A choice by what people read and what scripts write.
fn named(choice: &Choice) -> String {
    if choice.label == choice.id { choice.id.clone() } else { format!("{} ({})", choice.label, choice.id) }
}

/// A moment with weekday, zone and distance.
fn in_full(at: Timestamp) -> String {
    let now = Zoned::now();
    let local = at.to_zoned(now.time_zone().clone()).strftime("%A, %Y-%m-%d %H:%M %:z");
    format!("{local}, {}", when::relative(at, now.timestamp()))
}

/// Several lines of text as one, with how many there are behind the mark `cut`.
fn shortened(said: &str, cut: &str) -> String {
    let said = text::clean(said.trim());
    match said.split_once('\n') {
        Some((first, rest)) => format!("{first} {cut} ({} lines)", rest.lines().count() + 1),
        None => said.into_owned(),
    }
}
