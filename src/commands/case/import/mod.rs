//! `docket case import`: many cases from one file.
//!
//! The file is read three times, and never held in memory: to know it by its digest ([`source`]), to check
//! every record ([`check`]), and to file what isn't filed yet ([`send`]). In between a journal tells what has
//! become of each record, so that the same command, given again, goes on where the last one stopped. File
//! and journal are what the outbox is to a single case.

mod check;
mod findings;
mod meaning;
mod send;
mod source;
mod tally;

use std::path::PathBuf;
use std::time::SystemTime;

use clap::{Args, ValueEnum};
use jiff::Zoned;
use sha2::{Digest as _, Sha256};

use super::super::redacting::{Redact, Redacting};
use super::super::{Desk, Docket};
use super::gather::quoted;
use crate::failure::{Failure, Kind};
use crate::files::Layout;
use crate::profile::{Begun, Journal, Mark};
use crate::ui::{ImportPlan, ImportRow, PlannedAccount, hint_on_interrupt};
use check::{Checked, Checker};
use findings::Findings;
use meaning::Moment;
use source::Source;

/// Open many cases from a file
///
/// FILE has a JSON object on each line (NDJSON), or is CSV with a header that names the form's fields;
/// `attach`, `watch` and `follows` go beside them, several values in a cell separated by `;` (`attachment` and
/// `watchers` do as well). Each record has
/// the answers that `case new --from` takes. `docket form PRODUCT` shows what a product needs.
///
/// Every record is checked first; if one isn't valid, all problems are named by line and nothing is sent (exit
/// code 3; 10 where that is only for secrets, with --redact strict), unless --partial is given. What is filed is written down, so that after an interruption, an
/// expired login or a lost connection the same command goes on where it stopped, and files nothing twice.
///
/// --dry-run says in which account how many cases would be filed, and how many were already. With --partial it goes
/// on where some aren't valid, and has a result for each line with --json, --jq or --csv: `error` says why one
/// wouldn't be filed, and `number` is the case of one that was filed before.
///
/// Prints a result for each line with --json, --jq or --csv, in the order of the file, and otherwise the lines
/// that need a look. Exit code 9 says that some were not filed, or wouldn't be.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  docket case import november.csv --dry-run
  docket case import november.csv --dry-run --partial --jq 'select(.error) | .line'
  docket case import november.csv --partial --json > filed.ndjson
  docket case import november.ndjson --jobs 16
  docket case import - --format ndjson < november.ndjson")]
pub(crate) struct Import {
    /// File with the cases, NDJSON or CSV; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What the file is, where neither its name nor its beginning tells
    #[arg(long, value_name = "FORMAT")]
    format: Option<FileFormat>,
    /// How many cases to send at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,
    /// File the valid ones even if others aren't
    #[arg(long)]
    partial: bool,
    /// Check all of it and send nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    redact: Redact,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileFormat {
    Ndjson,
    Csv,
}

/// What an import goes by.
struct Course<'a> {
    docket: &'a Docket,
    desk: &'a Desk<'a>,
    redacting: &'a Redacting<'a>,
    jobs: usize,
    dry_run: bool,
    /// Whether the valid ones are filed even if others aren't.
    partial: bool,
    /// Who files, in which account. The portal isn't part of it: it may have several addresses.
    whose: String,
    /// The command that goes on with it.
    again: String,
}

impl Import {
    /// The command that goes on: at the same portal and in the same account, whoever had named them.
    fn again(&self, desk: &Desk) -> Result<String, Failure> {
        let mut again =
            format!("docket --portal {} case import {}", desk.address().value, quoted(&self.file));
        if let Some(account) = desk.account_id()? {
            again.push_str(&format!(" --account {account}"));
        }
        if self.partial {
            again.push_str(" --partial");
        }
        again.push_str(match self.format {
            Some(FileFormat::Ndjson) => " --format ndjson",
            Some(FileFormat::Csv) => " --format csv",
            None => "",
        });
        if let Some(mode) = self.redact.named() {
            again.push_str(&format!(" --redact {mode}"));
        }
        Ok(again)
    }

    pub(crate) fn run(self, docket: &Docket) -> Result<(), Failure> {
        let redact = self.redact;
        redact.ended(docket, self.import(docket))
    }

    fn import(self, docket: &Docket) -> Result<(), Failure> {
        if !(self.dry_run && docket.ui.expect::<ImportPlan>().is_ok()) {
            docket.ui.expect::<ImportRow>()?;
        }
        hint_on_interrupt("nothing was sent");
        let source = Source::open(docket, &self.file, self.dry_run && !self.partial)?;
        let layout = match self.format {
            Some(FileFormat::Ndjson) => Layout::Ndjson,
            Some(FileFormat::Csv) => Layout::Csv,
            None => source.layout()?,
        };
        let redacting = self.redact.run(docket)?;
        let desk = docket.desk()?;
        desk.refresh()?;
        let whose = format!("{}\n{}", desk.me()?.email, desk.account_id()?.unwrap_or_default());
        let again = self.again(&desk)?;
        let jobs = usize::from(self.jobs);
        let (dry_run, partial, redacting) = (self.dry_run, self.partial, &redacting);
        let course = Course { docket, desk: &desk, redacting, jobs, dry_run, partial, whose, again };
        if self.dry_run {
            return course.try_out(&source, layout);
        }
        let digest = course.digest(&source)?;
        let id = course.id(&digest);
        let imports = docket.profile.imports()?;
        imports.tidy(SystemTime::now());
        let known = imports.open(&id)?;
        let moment = Moment::of(known.as_ref())?;
        let checker = course.checker(&source, layout, moment.clone())?;
        let checked = course.check(&source, layout, &checker, known.as_ref())?;
        if checked.records == 0 || (checked.wrong > 0 && !self.partial) {
            return course.judge(&checked);
        }
        if !self.partial {
            checked.secrets.judge()?;
        }
        let journal = match known {
            Some(journal) => journal,
            None => imports.begin(&id, course.begun(&self.file, digest, &moment.now)?)?,
        };
        source.expect_unchanged()?;
        send::send(&course, &source, layout, &checker, checked, journal)
    }
}

impl<'a> Course<'a> {
    fn checker<'s>(
        &'s self,
        source: &'s Source,
        layout: Layout,
        moment: Moment,
    ) -> Result<Checker<'s>, Failure> {
        // Otherwise they are found when they are replaced.
        let searches = self.dry_run || self.redacting.is_strict();
        Checker::new(self.desk, (self.redacting, searches), source, layout, moment)
    }

    /// Reads the whole file, to know it again.
    fn digest(&self, source: &Source) -> Result<String, Failure> {
        let bar = self.docket.ui.bars().add(&format!("reading {}", source.shown()), source.size());
        let digest = source.digest(&|bytes| bar.inc(bytes))?;
        bar.finish_and_clear();
        Ok(digest)
    }

    /// Checks what isn't filed yet, and tells what is wrong: people in any case, machines where no result of
    /// each line follows. Of what would become of the other lines machines are told where some of them may be
    /// filed without the others.
    fn check(
        &self,
        source: &Source,
        layout: Layout,
        checker: &Checker,
        journal: Option<&Journal>,
    ) -> Result<Checked, Failure> {
        let bar = self.docket.ui.bars().add(&format!("checking {}", source.shown()), source.size());
        let people = self.docket.ui.for_people();
        // In a dry run, the fields may be the plan's.
        let mut rows = self.docket.ui.stream::<ImportRow>().ok();
        let mut findings = Findings::default();
        let checked = checker.check_all(
            source.records(layout, Some(&|bytes| bar.inc(bytes)))?,
            |record| journal.map(|journal| journal.mark(record)).unwrap_or_default(),
            |row| {
                let (wrong, follows) = (row.error.is_some(), self.partial && !self.dry_run);
                if people && wrong {
                    findings.note(row);
                }
                match &mut rows {
                    Some(rows) if !people && !follows && (wrong || self.partial) => rows.next(row, &bar),
                    _ => Ok(()),
                }
            },
        )?;
        bar.finish_and_clear();
        if people {
            self.docket.ui.show(&findings.told(checked.records, &checked.columns))?;
        }
        Ok(checked)
    }

    /// Checks all of it and says what would be filed. What can be read only once is read only once.
    fn try_out(&self, source: &Source, layout: Layout) -> Result<(), Failure> {
        let known = if source.is_read_once() { None } else { self.known(source)? };
        let checker = self.checker(source, layout, Moment::of(known.as_ref())?)?;
        let checked = self.check(source, layout, &checker, known.as_ref())?;
        if checked.wrong == 0 && !self.partial {
            checked.secrets.judge()?;
        }
        let judged = self.judge(&checked);
        let ui = &self.docket.ui;
        let unfit = checked.unfit();
        let nothing = unfit > 0 && (!self.partial || unfit == checked.records);
        // Machines get the plan where they haven't got a result of each line.
        let told = !ui.for_people() && self.partial && ui.expect::<ImportRow>().is_ok();
        // Where only fields of results are wanted there are none.
        if nothing || told || ui.expect::<ImportPlan>().is_err() || (checked.records == 0 && ui.for_people())
        {
            return judged;
        }
        let known = if source.is_read_once() { self.known(source)? } else { known };
        let is_filed = |record: &u64| {
            known.as_ref().is_some_and(|journal| matches!(journal.mark(*record), Mark::Filed { .. }))
        };
        let filed_before = (0..checked.records).filter(is_filed).count() as u64;
        ui.show(&self.plan(&checked, filed_before)?)?;
        judged?;
        ui.say("nothing was sent");
        Ok(())
    }

    /// What earlier runs have left of the same file.
    fn known(&self, source: &Source) -> Result<Option<Journal>, Failure> {
        let Ok(imports) = self.docket.profile.imports() else { return Ok(None) };
        imports.look(&self.id(&self.digest(source)?))
    }

    fn plan(&self, checked: &Checked, filed_before: u64) -> Result<ImportPlan, Failure> {
        let me = self.desk.me()?;
        let here = self.desk.account_id()?;
        let mut counts = checked.accounts.clone();
        if counts.is_empty() {
            counts.insert(here.clone(), 0);
        }
        let account = |(id, cases): (Option<String>, u64)| {
            let id = id.or_else(|| here.clone())?;
            let name =
                me.accounts.iter().find(|account| account.id == id).map(|account| account.name.clone());
            Some(PlannedAccount { id, name: name.unwrap_or_default(), cases })
        };
        Ok(ImportPlan {
            portal: self.desk.address().value.to_string(),
            user: me.email.clone(),
            accounts: counts.into_iter().filter_map(account).collect(),
            cases: checked.records,
            filed_before,
            to_file: checked.records - filed_before - checked.unfit(),
            redacted: checked.secrets.kinds.clone(),
        })
    }

    /// Fails where something is wrong; says so where there is nothing to be done.
    fn judge(&self, checked: &Checked) -> Result<(), Failure> {
        let (records, wrong) = (checked.records, checked.unfit());
        if records == 0 {
            self.docket.ui.say("there is no case in it");
            return Ok(());
        }
        if wrong == 0 {
            return Ok(());
        }
        let message = format!("{wrong} of {} can't be filed; nothing was sent", cases(records));
        let kind = match checked.wrong {
            _ if self.partial && wrong < records => Kind::Partly,
            0 => Kind::SecretFound,
            _ => Kind::Invalid,
        };
        let failure = Failure::new(kind, message);
        Err(if self.dry_run || wrong == records {
            failure
        } else {
            failure.hint("put them right, or give --partial to file the others")
        })
    }

    /// What to do after an early end.
    fn goes_on(&self) -> String {
        format!("`{}` goes on where this one stopped, and files nothing twice", self.again)
    }

    /// Names the import on disk: by what is in the file, and who files it where.
    fn id(&self, digest: &str) -> String {
        let portal = &self.desk.address().value;
        hex(&Sha256::digest(format!("{portal}\n{}\n{digest}", self.whose))[..16])
    }

    fn begun(&self, file: &std::path::Path, digest: String, now: &Zoned) -> Result<Begun, Failure> {
        Ok(Begun {
            portal: self.desk.address().value.to_string(),
            user: self.desk.me()?.email.clone(),
            account: self.desk.account_id()?,
            digest,
            file: file.display().to_string(),
            at: now.to_string(),
            by_meaning: true,
        })
    }
}

/// `1 case`, `200 cases`.
fn cases(count: u64) -> String {
    if count == 1 { "1 case".to_owned() } else { format!("{count} cases") }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
