//! The walk: one question after the other, the right ones and no others.
//!
//! What to ask comes from [`rules::next`]; this module only knows how each kind of field is asked. Every
//! answer is on disk as soon as it is given. Once sub-category is settled, articles are offered that may
//! make the case unnecessary; at the end everything is shown before anything is sent.

use std::path::Path;

use jiff::{Timestamp, Zoned};

use super::super::{Desk, Docket};
use super::gather::Gathered;
use super::new::{now, problems};
use crate::api::body::ResourceQuery;
use crate::failure::Failure;
use crate::rules::{self, Choice, Field, Kind as FieldKind, Question};
use crate::ui::{Prompter, Show, Table};
use crate::when;

/// Asks for everything that is missing or wrong. `false` when the case isn't to be filed after all.
pub(super) fn walk(
    docket: &Docket,
    desk: &Desk,
    prompter: &Prompter,
    gathered: &mut Gathered,
    suggest: bool,
) -> Result<bool, Failure> {
    let mut walk = Walk { docket, desk, prompter, gathered, suggest };
    walk.prune()?;
    prompter.hint("Answers are kept as you go. Ctrl-C stops; `docket case new --resume` goes on.");
    loop {
        while let Some(asked) = walk.ask_next()? {
            if asked == "subcategory" && walk.suggest && walk.solved_by_an_article()? {
                walk.gathered.discard_draft(docket);
                prompter.say("Good. Nothing was filed.");
                return Ok(false);
            }
        }
        let left = walk.gathered.problems(desk)?;
        if !left.is_empty() {
            return Err(Failure::invalid(left));
        }
        match walk.confirm()? {
            Verdict::File => return Ok(true),
            Verdict::Change(field) => walk.forget(&field)?,
            Verdict::Stop => {
                prompter.say("Nothing was filed. The draft is kept: docket case new --resume");
                return Ok(false);
            }
        }
    }
}

struct Walk<'a> {
    docket: &'a Docket,
    desk: &'a Desk<'a>,
    prompter: &'a Prompter,
    gathered: &'a mut Gathered,
    suggest: bool,
}

enum Verdict {
    File,
    Change(String),
    Stop,
}

impl Walk<'_> {
    /// Asks the next question and keeps the answer; the field's id, or `None` when nothing is left to ask.
    fn ask_next(&mut self) -> Result<Option<String>, Failure> {
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
        self.ask(&question)?;
        self.prune()?;
        self.gathered.save(self.docket, self.desk)?;
        Ok(Some(id))
    }

    fn ask(&mut self, question: &Question) -> Result<(), Failure> {
        let field = question.field;
        if let FieldKind::File { .. } = field.kind {
            return self.ask_file(field);
        }
        loop {
            let given = match field.kind {
                FieldKind::Choice => self.choose(question)?,
                FieldKind::Text { .. } => self.text(question)?,
                _ => {
                    if !field.help.is_empty() {
                        self.prompter.hint(&field.help);
                    }
                    Some(self.prompter.line(
                        &prompt(question),
                        question.default.as_deref(),
                        !question.required,
                    )?)
                }
            };
            let Some(given) = given.filter(|given| !given.trim().is_empty()) else {
                if question.required {
                    self.prompter.complain("an answer is required");
                    continue;
                }
                self.gathered.draft.0.remove(&field.id);
                self.gathered.skipped.insert(field.id.clone());
                return Ok(());
            };
            self.gathered.answer(&field.id, given);
            self.gathered.settle_times(self.desk)?;
            let draft = self.gathered.canonical();
            match problems(self.desk, &draft)?.into_iter().find(|problem| problem.field == field.id) {
                Some(wrong) => self.prompter.complain(&wrong.problem),
                None => {
                    self.show_time(field, &draft);
                    return Ok(());
                }
            }
        }
    }

    /// A time in full, so that a misunderstanding shows.
    fn show_time(&self, field: &Field, draft: &rules::Draft) {
        if let FieldKind::Time { .. } = field.kind
            && let Some(at) = draft.text(&field.id).and_then(|text| text.parse::<Timestamp>().ok())
        {
            self.prompter.hint(&in_full(at));
        }
    }

    fn choose(&self, question: &Question) -> Result<Option<String>, Failure> {
        let mut items: Vec<String> = question.choices.iter().map(choice_line).collect();
        if !question.required && question.default.is_none() {
            items.push("(leave out)".to_owned());
        }
        let default = question.default.as_deref();
        let start =
            question.choices.iter().position(|choice| Some(choice.id.as_str()) == default).unwrap_or(0);
        let chosen = self.prompter.choose(&prompt(question), &items, start)?;
        Ok(question.choices.get(chosen).map(|choice| choice.id.clone()))
    }

    /// Text of several lines, in an editor where there is one to be had.
    fn text(&self, question: &Question) -> Result<Option<String>, Failure> {
        if !question.field.help.is_empty() {
            self.prompter.hint(&question.field.help);
        }
        if question.field.id == "description" && self.docket.profile.editor()?.is_some() {
            let ways = ["Type it here".to_owned(), "Write it in an editor".to_owned()];
            if self.prompter.choose(&prompt(question), &ways, 0)? == 1 {
                return Ok(Some(self.docket.edit(&question.field.id, "there is no terminal for an editor")?));
            }
        }
        Ok(Some(self.prompter.lines(&prompt(question))?))
    }

    fn ask_file(&mut self, field: &Field) -> Result<(), Failure> {
        self.gathered.attachments.clear();
        self.prompter.hint(&field.help);
        loop {
            let typed = self.prompter.path(&format!("{} (optional)", field.label), true)?;
            if typed.is_empty() {
                self.gathered.skipped.insert(field.id.clone());
                return Ok(());
            }
            let files = vec![self.docket.expand_home(Path::new(&typed))];
            match self.desk.file_problems(&files)?.first() {
                Some(wrong) => self.prompter.complain(&wrong.problem),
                None => {
                    self.gathered.attachments = files;
                    return Ok(());
                }
            }
        }
    }

    /// Offers the articles for the chosen place; whether one of them has solved it.
    fn solved_by_an_article(&mut self) -> Result<bool, Failure> {
        self.suggest = false;
        let answer = |field: &str| self.gathered.draft.text(field).map(str::to_owned);
        let place = ResourceQuery {
            q: None,
            product: answer("product"),
            category: answer("category"),
            subcategory: answer("subcategory"),
        };
        let Ok(mut articles) = self.desk.session().resources(&place) else { return Ok(false) };
        articles.truncate(5);
        while !articles.is_empty() {
            let mut items: Vec<String> = articles.iter().map(|article| article.title.clone()).collect();
            items.push("None of these: go on with the case".to_owned());
            let go_on = items.len() - 1;
            let chosen = self.prompter.choose("These may help", &items, go_on)?;
            let Some(article) = articles.get(chosen) else { break };
            let whole = self.desk.session().resource(&article.id)?;
            self.prompter.say(&format!("\n{}", whole.text(&self.docket.ui.conversation_page())));
            if self.prompter.confirm("Did this solve it?", false)? {
                return Ok(true);
            }
            articles.remove(chosen);
        }
        Ok(false)
    }

    /// Shows everything and asks what to do.
    fn confirm(&self) -> Result<Verdict, Failure> {
        let form = self.desk.form()?;
        let mut table = Table::new().column("", 0).shrinking("");
        let mut fields = Vec::new();
        let draft = self.gathered.canonical();
        for field in &form.fields {
            let applies = rules::applies(&form, &self.desk.context()?, &draft, &field.id);
            if !matches!(applies, rules::Applies::Required | rules::Applies::Optional) {
                continue;
            }
            fields.push(field);
            let shown = self.shown(field, &draft)?;
            if !shown.is_empty() {
                table.row([&field.label, &shown]);
            }
        }
        for watcher in &self.gathered.watchers {
            table.row(["Watcher", watcher]);
        }
        if let Some(number) = self.gathered.follows {
            table.row(["Follows", &number.to_string()]);
        }
        self.prompter
            .say(&format!("\n{}", table.render(&self.docket.ui.conversation_page()).trim_matches('\n')));
        let ways = ["File this case", "Change an answer", "Stop and keep the draft"].map(str::to_owned);
        Ok(match self.prompter.choose("What now?", &ways, 0)? {
            0 => Verdict::File,
            1 => {
                let labels: Vec<String> = fields.iter().map(|field| field.label.clone()).collect();
                let chosen = self.prompter.choose("Which answer?", &labels, 0)?;
                Verdict::Change(fields[chosen].id.clone())
            }
            _ => Verdict::Stop,
        })
    }

    /// An answer as the summary shows it; empty where there is none.
    fn shown(&self, field: &Field, draft: &rules::Draft) -> Result<String, Failure> {
        let Some(answer) = draft.text(&field.id) else {
            let files = self.gathered.attachments.iter().map(|file| file.display().to_string());
            let is_file = matches!(field.kind, FieldKind::File { .. });
            return Ok(if is_file { files.collect::<Vec<_>>().join(", ") } else { String::new() });
        };
        Ok(match field.kind {
            FieldKind::Choice => {
                let choices = rules::offered(&*self.desk.form()?, &self.desk.context()?, draft, &field.id);
                choices.iter().find(|choice| choice.id == answer).map_or(answer.to_owned(), named)
            }
            FieldKind::Time { .. } => answer.parse().map_or(answer.to_owned(), in_full),
            _ => match answer.trim_end().split_once('\n') {
                Some((first, rest)) => format!("{first} … ({} lines)", rest.lines().count() + 1),
                None => answer.to_owned(),
            },
        })
    }

    /// Takes an answer back and asks for it anew.
    fn forget(&mut self, field: &str) -> Result<(), Failure> {
        self.gathered.draft.0.remove(field);
        self.gathered.skipped.remove(field);
        if field == "attachment" {
            self.gathered.attachments.clear();
        }
        self.ask_next()?;
        Ok(())
    }

    /// Leaves out what the answers so far have made pointless, and says so.
    fn prune(&mut self) -> Result<(), Failure> {
        let form = self.desk.form()?;
        let mut draft = self.gathered.canonical();
        let wrong = problems(self.desk, &draft)?;
        for gone in rules::prune(&form, &self.desk.context()?, &mut draft) {
            self.gathered.draft.0.remove(&gone);
            self.gathered.skipped.remove(&gone);
            if gone == "attachment" {
                self.gathered.attachments.clear();
            }
            let label = form.field(&gone).map_or(gone.as_str(), |field| field.label.as_str());
            let why = wrong.iter().find(|problem| problem.field == gone);
            let why = why.map_or("it doesn't go with the other answers", |problem| problem.problem.as_str());
            self.prompter.complain(&format!("{label} is left out: {why}"));
        }
        Ok(())
    }
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
