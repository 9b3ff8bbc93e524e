//! How each kind of field is asked.

use std::cell::RefCell;
use std::path::Path;

use jiff::Timestamp;

use super::super::super::Desk;
use super::super::super::editor::{Writing, Written, recovered};
use super::super::gather::Gathered;
use super::super::new::problems;
use super::{Turn, Unanswered, Walk, in_full, named, shortened, turn};
use crate::failure::{Failure, Kind};
use crate::rules::{self, Choice, Draft, Field, Kind as FieldKind, Question};
use crate::ui::{Ask, text};

/// The choice that leaves a field out.
const LEAVE_OUT: &str = "(leave out)";

impl Walk<'_> {
    /// Asks until the answer will do. Nothing has changed when it ends with the wish to go back.
    pub(super) fn ask(&mut self, question: &Question) -> Result<Turn, Failure> {
        let before =
            (self.gathered.draft.clone(), self.gathered.attachments.clone(), self.gathered.skipped.clone());
        let asked = match question.field.kind {
            FieldKind::File { .. } => self.ask_file(question),
            _ => self.ask_for_text(question),
        };
        let turn = turn(asked.map(|()| Turn::Answered), Turn::Back)?;
        if turn == Turn::Back {
            (self.gathered.draft, self.gathered.attachments, self.gathered.skipped) = before;
        }
        Ok(turn)
    }

    fn ask_for_text(&mut self, question: &Question) -> Result<(), Unanswered> {
        let field = question.field;
        // What is there is where the answer begins, and so is one that wouldn't do.
        let mut current = self.gathered.draft.text(&field.id).map(str::to_owned);
        loop {
            let given = match field.kind {
                FieldKind::Choice => self.choose(question, current.as_deref())?,
                FieldKind::Text { .. } => self.text(question, current.as_deref())?,
                _ => Some(self.type_line(question, current.as_deref())?),
            };
            let Some(given) = given.filter(|given| !given.trim().is_empty()) else {
                if question.required {
                    self.prompter.complain("an answer is required");
                    continue;
                }
                self.gathered.leave_out(&field.id);
                return Ok(());
            };
            current = Some(given.clone());
            match refusal(self.gathered, self.desk, &field.id, &given)? {
                Some(why) => self.prompter.complain(&why),
                None => {
                    self.show_time(field, &self.draft());
                    if let FieldKind::Text { .. } = field.kind {
                        self.gathered.discard_text(self.docket);
                    }
                    return Ok(());
                }
            }
        }
    }

    fn type_line(&mut self, question: &Question, current: Option<&str>) -> Result<String, Unanswered> {
        let prompt = prompt(question);
        let help = help(question.field);
        let ask = Ask {
            prompt: &prompt,
            help: &help,
            initial: current.or(question.default.as_deref()).unwrap_or_default(),
            optional: !question.required,
        };
        let mut broken = None;
        let typed = self.prompter.line(&ask, &mut |typed| {
            judged(refusal(self.gathered, self.desk, &question.field.id, typed), &mut broken)
        })?;
        broken.map_or(Ok(typed), |failure| Err(Unanswered::Failed(failure)))
    }

    /// A time in full, so that a misunderstanding shows.
    fn show_time(&self, field: &Field, draft: &Draft) {
        if let FieldKind::Time { .. } = field.kind
            && let Some(at) = draft.text(&field.id).and_then(|text| text.parse::<Timestamp>().ok())
        {
            self.prompter.hint(&in_full(at));
        }
    }

    fn choose(&self, question: &Question, current: Option<&str>) -> Result<Option<String>, Unanswered> {
        let mut items: Vec<String> = question.choices.iter().map(choice_line).collect();
        if !question.required && question.default.is_none() {
            items.push(LEAVE_OUT.to_owned());
        }
        let start = current.or(question.default.as_deref());
        let start = question.choices.iter().position(|choice| Some(choice.id.as_str()) == start);
        let chosen = self.prompter.choose(&prompt(question), &items, start.unwrap_or(0))?;
        Ok(question.choices.get(chosen).map(|choice| choice.id.clone()))
    }

    /// Text of several lines, typed here or written in an editor where there is one.
    fn text(&mut self, question: &Question, current: Option<&str>) -> Result<Option<String>, Unanswered> {
        let id = &question.field.id;
        let begun = current.map(str::to_owned).or_else(|| self.gathered.typed_so_far(id));
        let editor = id == "description" && self.docket.editor()?.is_some();
        let mut ways = vec![("Type it here", Way::Anew)];
        if let Some(begun) = &begun {
            self.prompter.hint(&format!("So far: {}", shortened(begun, self.prompter.cut_mark())));
            ways = vec![("Keep it", Way::Keep), ("Add to it here", Way::Add), ("Type it anew", Way::Anew)];
        }
        if editor {
            ways.push(("Write it in an editor", Way::Edit));
        }
        loop {
            let way = match ways.as_slice() {
                [(_, only)] => *only,
                several => {
                    let items: Vec<String> = several.iter().map(|(said, _)| (*said).to_owned()).collect();
                    several[self.prompter.choose(&prompt(question), &items, 0)?].1
                }
            };
            let begun = begun.as_deref().unwrap_or_default();
            return match way {
                Way::Keep => Ok(Some(begun.to_owned())),
                // A text that was broken off goes on where it stopped, and one that was finished in a new line.
                Way::Add => {
                    let finished = if current.is_some() { "\n" } else { "" };
                    self.type_lines(question, &format!("{begun}{finished}")).map(Some)
                }
                Way::Anew => self.type_lines(question, "").map(Some),
                Way::Edit => match self.edit(id, begun)? {
                    Some(text) => Ok(Some(text)),
                    None => continue,
                },
            };
        }
    }

    /// What is typed is on disk line by line.
    fn type_lines(&mut self, question: &Question, so_far: &str) -> Result<String, Unanswered> {
        let id = &question.field.id;
        let prompt = prompt(question);
        let ask = Ask {
            prompt: &prompt,
            help: &question.field.help,
            initial: so_far,
            optional: !question.required,
        };
        let (mut unsaved, mut broken) = (None, None);
        let (docket, desk) = (self.docket, self.desk);
        let gathered = RefCell::new(&mut *self.gathered);
        let typed = self.prompter.lines(
            &ask,
            &mut |text| {
                let mut gathered = gathered.borrow_mut();
                gathered.typed = Some((id.clone(), text.to_owned()));
                unsaved = unsaved.take().or(gathered.save(docket, desk).err());
            },
            &mut |text| judged(refusal(&mut gathered.borrow_mut(), desk, id, text), &mut broken),
        );
        if let Some(failure) = unsaved {
            self.prompter.complain(&format!("it isn't kept: {failure}"));
        }
        let typed = typed?;
        self.gathered.typed = None;
        broken.map_or(Ok(typed), |failure| Err(Unanswered::Failed(failure)))
    }

    /// In an editor. The file bears the draft's id, so that what was written there is found when docket dies.
    fn edit(&mut self, field: &str, begun: &str) -> Result<Option<String>, Unanswered> {
        self.save()?;
        let id = self.gathered.saved_as.clone();
        let left = id.as_ref().and_then(|id| self.docket.profile.texts().ok()?.read(id).ok()?);
        let left = left.map(|content| recovered(&content)).filter(|text| !text.is_empty());
        let begun = left.as_deref().unwrap_or(begun);
        let writing = Writing { what: field, id, begun, remarks: remarks(self.desk, &self.draft())? };
        match self.docket.edit(writing, "there is no terminal for an editor") {
            Ok(written) => {
                let text = self.keep_written(field, &written)?;
                self.prompter.hint(&shortened(&text, self.prompter.cut_mark()));
                Ok(Some(text))
            }
            // Nothing was written, or there is no editor after all: the question stands.
            Err(failure) if failure.kind == Kind::Failed => {
                self.prompter.complain(&failure.message);
                Ok(None)
            }
            Err(failure) => Err(failure.into()),
        }
    }

    /// The draft has the text before the editor's file goes.
    fn keep_written(&mut self, field: &str, written: &Written) -> Result<String, Failure> {
        self.gathered.typed = Some((field.to_owned(), written.text.clone()));
        self.save()?;
        self.gathered.typed = None;
        written.forget(self.docket);
        Ok(written.text.clone())
    }

    fn ask_file(&mut self, question: &Question) -> Result<(), Unanswered> {
        let (docket, desk) = (self.docket, self.desk);
        let field = question.field;
        let prompt = prompt(question);
        let help = format!("{} Tab completes its path.", field.help);
        let before = self.gathered.attachments.first().map(|file| file.display().to_string());
        let ask = Ask {
            prompt: &prompt,
            help: &help,
            initial: before.as_deref().unwrap_or_default(),
            optional: !question.required,
        };
        let file = |path: &str| vec![docket.expand_home(Path::new(path))];
        let mut broken = None;
        let path = self.prompter.path(&ask, docket.home(), &mut |typed| {
            let problems = desk.file_problems(&file(typed));
            judged(problems.map(|wrong| wrong.first().map(|wrong| wrong.problem.clone())), &mut broken)
        })?;
        if let Some(failure) = broken {
            return Err(failure.into());
        }
        self.gathered.attachments.clear();
        if path.is_empty() {
            self.gathered.leave_out(&field.id);
        } else {
            self.gathered.skipped.remove(&field.id);
            self.gathered.attachments = file(&path);
        }
        Ok(())
    }
}

/// Takes an answer; what is wrong with it, if anything.
fn refusal(
    gathered: &mut Gathered,
    desk: &Desk,
    field: &str,
    given: &str,
) -> Result<Option<String>, Failure> {
    gathered.answer(field, given.to_owned());
    gathered.settle_times(desk)?;
    let mut problems = problems(desk, &gathered.canonical())?;
    gathered.say_how_times_are_written(&mut problems);
    Ok(problems.into_iter().find(|problem| problem.field == field).map(|problem| problem.problem))
}

/// What a question is told of an answer. A failure isn't the answer's fault: it ends the question.
fn judged(refusal: Result<Option<String>, Failure>, broken: &mut Option<Failure>) -> Result<(), String> {
    match refusal {
        Ok(None) => Ok(()),
        Ok(Some(why)) => Err(why),
        Err(failure) => {
            *broken = Some(failure);
            Ok(())
        }
    }
}

/// What helps to answer a field: its help, and how times are written.
fn help(field: &Field) -> String {
    let times = "Like 2026-11-20 09:30, 2026-11-20, yesterday 14:00, monday 9:00 or 2h ago.";
    match field.kind {
        FieldKind::Time { .. } => format!("{} {times}", field.help).trim_start().to_owned(),
        _ => field.help.clone(),
    }
}

/// How a text comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Keep,
    Add,
    Anew,
    Edit,
}

/// What to think of while a description is written, a line each.
pub(in crate::commands::case) fn remarks(desk: &Desk, draft: &Draft) -> Result<Vec<String>, Failure> {
    let form = desk.form()?;
    let points = rules::checklist(&form, &desk.context()?, draft, "description");
    if points.is_empty() {
        return Ok(Vec::new());
    }
    let points = points.iter().map(|point| format!("  - {}", text::clean_line(&point.ask)));
    let before = [String::new(), "What support will ask for; leave passwords and tokens out:".to_owned()];
    Ok(before.into_iter().chain(points).collect())
}

/// What a question says, with a mark where it may be left out.
fn prompt(question: &Question) -> String {
    let optional =
        if question.required || question.field.kind == FieldKind::Choice { "" } else { " (optional)" };
    format!("{}{optional}", question.field.label)
}

fn choice_line(choice: &Choice) -> String {
    if choice.help.is_empty() { named(choice) } else { format!("{}: {}", named(choice), choice.help) }
}
