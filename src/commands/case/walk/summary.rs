//! Everything that was answered, before anything is sent.

use super::super::watch::watch_problems;
use super::{Turn, Unanswered, Walk, in_full, named, shortened, turn};
use crate::failure::Failure;
use crate::rules::{self, Applies, Draft, Field, Kind as FieldKind};
use crate::ui::{Ask, Table};

/// What is to become of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    File,
    /// The field that is to be asked again.
    Change(String),
    Watchers,
    /// To the question before.
    Back,
    /// Keep the draft.
    Stop,
    /// Throw it away.
    Drop,
}

impl Walk<'_> {
    /// Shows everything and asks what to do.
    pub(super) fn confirm(&mut self) -> Result<Verdict, Failure> {
        self.show_answers()?;
        self.remark()?;
        self.tell_of_secrets()?;
        turn(self.decide(), Verdict::Back)
    }

    fn decide(&self) -> Result<Verdict, Unanswered> {
        let ways = [
            ("File this case", Verdict::File),
            ("Change an answer", Verdict::Change(String::new())),
            ("Stop and keep the draft", Verdict::Stop),
            ("Throw it away", Verdict::Drop),
        ];
        let items: Vec<String> = ways.iter().map(|(said, _)| (*said).to_owned()).collect();
        loop {
            let chosen = self.prompter.choose("What now?", &items, 0)?;
            let verdict = match &ways[chosen].1 {
                Verdict::Change(_) => turn(self.choose_answer(), Verdict::Back)?,
                verdict => return Ok(verdict.clone()),
            };
            if verdict != Verdict::Back {
                return Ok(verdict);
            }
        }
    }

    fn choose_answer(&self) -> Result<Verdict, Unanswered> {
        let form = self.desk.form()?;
        let draft = self.draft();
        let mut items = Vec::new();
        let mut verdicts = Vec::new();
        for field in self.asked_here(&form, &draft)? {
            let shown = self.shown(field, &draft)?;
            items.push(if shown.is_empty() {
                field.label.clone()
            } else {
                format!("{}: {shown}", field.label)
            });
            verdicts.push(Verdict::Change(field.id.clone()));
        }
        items.push(format!("Watchers: {}", self.gathered.watchers.join(", ")));
        verdicts.push(Verdict::Watchers);
        let chosen = self.prompter.choose("Which answer?", &items, 0)?;
        Ok(verdicts.swap_remove(chosen))
    }

    /// The fields that apply, given the other answers.
    fn asked_here<'f>(&self, form: &'f rules::Form, draft: &Draft) -> Result<Vec<&'f Field>, Failure> {
        let context = self.desk.context()?;
        let asked = |field: &&Field| {
            let applies = rules::applies(form, &context, draft, &field.id);
            matches!(applies, Applies::Required | Applies::Optional)
        };
        Ok(form.fields.iter().filter(asked).collect())
    }

    pub(super) fn show_answers(&self) -> Result<(), Failure> {
        let form = self.desk.form()?;
        let draft = self.draft();
        let mut table = Table::new().column("", 0).shrinking("");
        for field in self.asked_here(&form, &draft)? {
            let shown = self.shown(field, &draft)?;
            if !shown.is_empty() {
                table.row([&field.label, &shown]);
            }
        }
        if !self.gathered.watchers.is_empty() {
            table.row(["Watchers", &self.gathered.watchers.join(", ")]);
        }
        if let Some(number) = self.gathered.follows {
            table.row(["Follows", &number.to_string()]);
        }
        let page = self.docket.ui.conversation_page();
        self.prompter.say(&format!("\n{}", table.render(&page).trim_matches('\n')));
        Ok(())
    }

    /// Says what support will ask for, because it isn't said.
    fn remark(&self) -> Result<(), Failure> {
        let form = self.desk.form()?;
        let unsaid = rules::left_unsaid(&form, &self.desk.context()?, &self.draft());
        if !unsaid.is_empty() {
            let points: Vec<&str> = unsaid.iter().map(|point| point.ask.as_str()).collect();
            self.prompter.warn(&format!("Support may ask for: {}.", points.join("; ")));
        }
        Ok(())
    }

    /// Says what becomes of the secrets in what was answered.
    fn tell_of_secrets(&self) -> Result<(), Failure> {
        let mut tried = self.redacting.outgoing().tried();
        tried.case(Some(&*self.desk.form()?), &mut self.gathered.request(self.desk)?)?;
        tried.files(&self.gathered.attachments)?;
        match tried.refusal().filter(|_| self.redacting.is_strict()) {
            Some(refusal) => self.prompter.complain(&refusal.message),
            None => tried.lines().iter().for_each(|line| self.prompter.warn(line)),
        }
        Ok(())
    }

    /// An answer as the summary shows it; empty where there is none.
    fn shown(&self, field: &Field, draft: &Draft) -> Result<String, Failure> {
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
            _ => shortened(answer, self.prompter.cut_mark()),
        })
    }

    /// Asks for the watchers anew, all on one line.
    pub(super) fn ask_watchers(&mut self) -> Result<(), Failure> {
        turn(self.type_watchers().map(|()| Turn::Answered), Turn::Back)?;
        self.save()
    }

    fn type_watchers(&mut self) -> Result<(), Unanswered> {
        let before = self.gathered.watchers.join(", ");
        let ask = Ask {
            prompt: "Watchers (optional)",
            help: "E-mail addresses of who may see the case, with commas between them.",
            initial: &before,
            optional: true,
        };
        let typed = self.prompter.line(&ask, &mut |typed| {
            let wrong = watch_problems(addresses(typed).iter());
            wrong.into_iter().next().map_or(Ok(()), |wrong| Err(wrong.problem))
        })?;
        self.gathered.watchers = addresses(&typed);
        Ok(())
    }
}

fn addresses(typed: &str) -> Vec<String> {
    let words = typed.split([',', ' ', ';']).map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
