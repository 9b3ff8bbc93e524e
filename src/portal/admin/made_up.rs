//! Made-up cases, many at once: something to measure a portal with.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::AdminError;
use crate::account::Account;
use crate::case::{CaseNumber, Role, Status};
use crate::event::EventKind;
use crate::portal::Portal;
use crate::portal::store::cases::{self, Opening, Standing};
use crate::portal::store::talk::{self, Happened};
use crate::portal::store::{Batch, Write, accounts, users};
use crate::rules::Draft;

/// Cases in one transaction.
const AT_ONCE: u32 = 10_000;
/// The time over which they were opened.
const SPAN: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);
/// This many cases, however many there are, have the word `zanzibar`; every second has `envelope`, every
/// third `stuck`.
const RARE: u32 = 40;

const SUBJECTS: &[&str] = &[
    "Signature page comes out blank",
    "Reminder e-mails arrive twice",
    "Template vanished after the weekend",
    "Export of the audit history ends halfway",
    "New colleague gets no invitation",
    "Bulk list is refused",
    "Webhook delivers late",
    "Invoice names the wrong company",
];
const SENTENCES: &[&str] = &[
    "It began after we changed our mail domain last week.",
    "Our browser shows nothing but a spinning wheel, then a timeout.",
    "Colleagues in the Berlin and Osaka offices see the same.",
    "We expected the recipient to be able to finish within a minute.",
    "The console names error 502, and the request succeeds when repeated.",
    "署名の画面が開きません。",
    "Clearing the cache and another network made no difference.",
    "Nothing was changed in the settings, as far as the administrators know.",
    "Please tell us whether the documents are safe meanwhile.",
    "Only documents with more than twenty pages are affected.",
];

/// Adds `count` cases in the accounts that a portal has: half of them in the first account, opened by its
/// members over the last two years. The same on every portal with the same users, but for the times.
///
/// They have comments, watchers and events, but no mail leaves.
pub async fn make_up(portal: &Portal, count: u32) -> Result<(), AdminError> {
    let mut db = portal.read().await?;
    let mut places = Vec::new();
    for account in accounts::all(&mut db).await?.into_iter().filter(Account::can_open_cases) {
        let members = accounts::members(&mut db, &account.id).await?;
        if !members.is_empty() {
            places.push((account, members));
        }
    }
    let expert = users::all(&mut db).await?.into_iter().find(|user| user.role == Role::Expert);
    drop(db);
    let (Some(expert), false) = (expert, places.is_empty()) else {
        return Err(AdminError::Wrong("cases need an account with a member, and an expert".to_owned()));
    };
    let made = Maker { portal, places, expert: expert.email, count, until: portal.clock().now() };
    for first in (0..count).step_by(AT_ONCE as usize) {
        let mut write = portal.write().await?;
        for index in first..count.min(first + AT_ONCE) {
            let number = made.case(&mut write, index).await?;
            write.index(number);
        }
        write.commit().await?;
    }
    Ok(())
}

struct Maker<'p> {
    portal: &'p Portal,
    /// Accounts with the e-mail addresses of their members.
    places: Vec<(Account, Vec<String>)>,
    expert: String,
    count: u32,
    until: Timestamp,
}

impl Maker<'_> {
    async fn case(&self, write: &mut Write, index: u32) -> Result<CaseNumber, AdminError> {
        let mut dice = Dice(u64::from(index));
        let place = if dice.one_in(2) { 0 } else { dice.below(self.places.len()) };
        let (account, members) = &self.places[place];
        let opened_by = dice.pick(members);
        let at = self.until
            - SPAN / i32::try_from(self.count).unwrap_or(i32::MAX)
                * i32::try_from(self.count - index).unwrap_or(i32::MAX);
        let answers = self.answers(&mut dice, index, account);
        let number = write.next_number()?;
        let opening = Opening {
            number,
            account: &account.id,
            answers: &answers,
            occurred_at: Some(at - SignedDuration::from_hours(1)),
            language: "en",
            opened_by,
            follows: None,
            now: at,
        };
        let mut opened = Batch::default();
        cases::insert(&mut opened, &opening);
        if dice.one_in(2) {
            cases::watch(&mut opened, number, dice.pick::<String>(members));
        }
        if dice.one_in(3) {
            cases::watch(&mut opened, number, &format!("colleague{}@example.com", dice.below(50)));
        }
        opened.run(write.db()).await?;
        let data = json!({"subject": answers.text("subject"), "product": answers.text("product")});
        happened(write, number, at, (EventKind::Opened, opened_by, Role::Customer, Status::Open), data)
            .await?;
        self.life(write, &mut dice, (number, opened_by, at)).await?;
        Ok(number)
    }

    fn answers(&self, dice: &mut Dice, index: u32, account: &Account) -> Draft {
        let field = self.portal.0.catalogue.form.field("subcategory");
        let kinds: Vec<_> = field
            .into_iter()
            .flat_map(|field| &field.choices)
            .filter_map(|choice| {
                let one = |subject: &str| choice.when.first()?.0.get(subject)?.first();
                let (product, category) = (one("product")?, one("category")?);
                account.products.contains(product).then_some((product, category, &choice.id))
            })
            .collect();
        let (product, category, subcategory) = *dice.pick(&kinds);
        let mut description: Vec<&str> = (0..3 + dice.below(4)).map(|_| *dice.pick(SENTENCES)).collect();
        if index.is_multiple_of(2) {
            description.push("The envelope is affected.");
        }
        if index.is_multiple_of(3) {
            description.push("It is stuck.");
        }
        let mut description = description.join(" ");
        if index.is_multiple_of((self.count / RARE).max(1)) {
            description.push_str(" This is about Zanzibar.");
        }
        Draft::default()
            .with("product", product.as_str())
            .with("category", category.as_str())
            .with("subcategory", subcategory.as_str())
            .with("subject", format!("{} (reference R{index})", dice.pick(SUBJECTS)))
            .with("description", description)
            .with("contact_method", "email")
    }

    /// What becomes of it: half are closed, a fifth wait for an expert.
    async fn life(
        &self,
        write: &mut Write,
        dice: &mut Dice,
        (number, opened_by, opened): (CaseNumber, &str, Timestamp),
    ) -> Result<(), AdminError> {
        let status = match dice.below(10) {
            0 | 1 => return Ok(()),
            2 => Status::Pending,
            3 | 4 => Status::MyActionRequired,
            _ => Status::Closed,
        };
        let base = self.portal.base_url();
        let Some(case) = cases::find(write.db(), number, base).await? else { return Ok(()) };
        let at = opened + SignedDuration::from_mins(30);
        let replied = (self.expert.as_str(), Role::Expert);
        talk::comment(write.db(), number, replied, dice.pick::<&str>(SENTENCES), at).await?;
        let replied = (EventKind::Replied, replied.0, replied.1, status);
        happened(write, number, at, replied, json!({})).await?;
        if status == Status::Closed {
            let closed = (EventKind::Closed, opened_by, Role::Customer, status);
            happened(write, number, at, closed, json!({"reason": "solved"})).await?;
        }
        let pending = self.portal.0.options.pending_closes_after;
        let standing = Standing {
            status,
            closes_at: (status == Status::Pending).then(|| self.until + pending),
            closed: (status == Status::Closed).then_some((at, "solved")),
            at,
        };
        Ok(cases::set_standing(write.db(), &case, standing).await?)
    }
}

async fn happened(
    write: &mut Write,
    number: CaseNumber,
    at: Timestamp,
    (kind, by, role, status): (EventKind, &str, Role, Status),
    data: serde_json::Value,
) -> Result<(), AdminError> {
    let event = Happened { number, at, kind, by: Some((by, role)), status, data };
    let mut told = Batch::default();
    talk::happened(&mut told, &event);
    Ok(told.run(write.db()).await?)
}

/// Numbers that look random and are the same every time (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // A remainder is below the limit, so it fits.
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }

    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
