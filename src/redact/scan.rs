//! One scan over a stretch of text: what is met is looked at more closely, and what is found is noted with what comes
//! in its place.

use std::collections::VecDeque;
use std::iter::Peekable;

use super::columns::Table;
use super::compiled::{Kind, Rules};
use super::known::Known;
use super::mark::{self, Marks};
use super::trail::{Spot, Spots, Trail};
use super::trigger::{Candidate, Hit};

/// How deep text may be hidden in text.
pub(super) const DEEPEST: u8 = 5;

/// How much may be looked through in vain: so many bytes, and so many for each byte of the text.
const MOST_IN_VAIN: u64 = 16 << 20;
const MOST_IN_VAIN_EACH: u64 = 4;

/// How far a value is followed when that is used up, in bytes: a text in which each of a million names has all that
/// follows as its value is made to take for ever.
const IMPATIENT: usize = 512;

/// The text that is there doesn't reach far enough to see the end of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct More;

/// How far one sees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Whether the text ends where it ends.
    pub(super) whole: bool,
    /// Whether it is only said to.
    pub(super) is_forced: bool,
    /// How far a value without quotes is followed, in bytes.
    pub(super) patience: usize,
}

/// A secret by its kind and the digest of its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Secret {
    pub(super) kind: Kind,
    pub(super) digest: u64,
}

/// Something that is to be replaced.
#[derive(Debug)]
pub(super) struct Find {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) with: Vec<u8>,
    /// What was in it: one secret, or several that were hidden in it.
    pub(super) secrets: Vec<Secret>,
}

/// A scan and what it has found so far, in the order of the text.
pub(super) struct Scan<'a> {
    pub(super) rules: &'a Rules,
    pub(super) marks: &'a Marks,
    /// Where values go, to be looked for elsewhere.
    pub(super) known: Option<&'a mut Known>,
    /// What is known by now: it is taken out of what was hidden, where nothing else finds it.
    pub(super) repeats: Option<&'a Known>,
    pub(super) finds: Vec<Find>,
    pub(super) depth: u8,
    /// Digits before this place have been looked at.
    pub(super) digits: usize,
    /// Whether something has been found since this was set back.
    pub(super) changed: bool,
    /// Pictures and the like in base64, in the order of the text: nothing known is looked for there. They may reach
    /// beyond what is in sight.
    pub(super) passed: VecDeque<(usize, usize)>,
    /// Where something was found, counted from the beginning of the text: what the first pass leaves.
    pub(super) trail: Option<Trail>,
    /// Where to look, and nowhere else.
    pub(super) spots: Option<Peekable<Spots<'a>>>,
    /// Where in the text the window begins.
    pub(super) base: u64,
    /// Whether the text is only said to end where it does: what reaches that far goes on beyond.
    pub(super) is_forced: bool,
    /// Whether something was unfolded since this was set back, in which what is known can't be seen from outside.
    pub(super) unfolded: bool,
    /// How much may still be unfolded of what is hidden in the text, in bytes.
    pub(super) room: usize,
    /// How many bytes were looked through for values that are no secrets.
    in_vain: u64,
    /// The table whose rows are still to come.
    pub(super) table: Option<Table>,
    /// Lines that begin before this place in the text have been taken for names of columns, or not.
    pub(super) headed: u64,
}

impl<'a> Scan<'a> {
    pub(super) fn new(rules: &'a Rules, marks: &'a Marks, known: Option<&'a mut Known>) -> Self {
        Self {
            rules,
            marks,
            known,
            repeats: None,
            finds: Vec::new(),
            depth: 0,
            digits: 0,
            changed: false,
            passed: VecDeque::new(),
            trail: None,
            spots: None,
            base: 0,
            is_forced: false,
            unfolded: false,
            room: 0,
            in_vain: 0,
            table: None,
            headed: 0,
        }
    }

    /// How far a value is followed, in bytes.
    pub(super) fn patience(&self) -> usize {
        let most = MOST_IN_VAIN.saturating_add(self.base.saturating_mul(MOST_IN_VAIN_EACH));
        if self.in_vain > most { IMPATIENT } else { usize::MAX }
    }

    /// How far a value is followed in a text that is `whole` or goes on.
    pub(super) fn reach(&self, whole: bool) -> Reach {
        Reach { whole, is_forced: self.is_forced, patience: self.patience() }
    }

    /// Notes that so many bytes were looked through for a value that is no secret.
    pub(super) fn spend(&mut self, length: usize) {
        self.in_vain += length as u64;
    }

    /// Looks at what begins in `text` from `from` to `to`. `whole` says that the text ends where it ends. Otherwise
    /// something may begin at a place beyond whose end one has to see; answers that place.
    pub(super) fn run(&mut self, text: &[u8], from: usize, to: usize, whole: bool) -> Result<(), usize> {
        let rules = self.rules;
        let looked = if self.spots.is_some() {
            self.follow(text, to, whole)
        } else {
            self.search(text, from, to, whole)
        };
        let to = looked.err().unwrap_or(to);
        self.rows(text, to, whole);
        if rules.personal {
            self.personal(text, from, to);
        }
        self.own_patterns(text, from, to);
        looked
    }

    /// Looks at whatever is worth it.
    fn search(&mut self, text: &[u8], from: usize, to: usize, whole: bool) -> Result<(), usize> {
        let rules = self.rules;
        let mut at = from;
        while let Some(hit) = rules.triggers.next(text, at, to, self.digits) {
            let (met, is_number) = match hit {
                Hit::Digits(met) => (met, true),
                Hit::Gram(met) => (met, false),
            };
            if !is_number && let Some(end) = self.end_around(met) {
                at = end;
                continue;
            }
            self.changed = false;
            let next = self.look_around(text, met, is_number, whole).map_err(|More| met)?;
            // Just before the digits may be four bytes that somebody asked for.
            at = if is_number { met.saturating_sub(4).max(at) } else { next };
            if let Some(trail) = &mut self.trail
                && (std::mem::take(&mut self.unfolded) || self.changed)
            {
                trail.add(self.base + met as u64, if is_number { Spot::Digits } else { Spot::Gram });
            }
        }
        Ok(())
    }

    /// Looks where something was found before.
    fn follow(&mut self, text: &[u8], to: usize, whole: bool) -> Result<(), usize> {
        while let Some((place, spot)) = self.spots.as_mut().and_then(Peekable::peek).copied() {
            let met = usize::try_from(place.saturating_sub(self.base)).unwrap_or(usize::MAX);
            if met >= to {
                break;
            }
            if let Spot::Passed(length) = spot {
                self.passed.push_back((met, met.saturating_add(length as usize)));
            } else {
                self.look_around(text, met, spot == Spot::Digits, whole).map_err(|More| met)?;
            }
            self.spots.as_mut().and_then(Iterator::next);
        }
        Ok(())
    }

    /// Looks at what begins at a place, or at the digits around it. Answers where it goes on.
    fn look_around(&mut self, text: &[u8], at: usize, is_number: bool, whole: bool) -> Result<usize, More> {
        if !is_number {
            return self.candidates_at(text, at, whole);
        }
        let end = self.digits_at(text, at, whole)?;
        self.digits = end.max(at + 8);
        Ok(at)
    }

    /// Looks closer at all that begins like what is at a place. Answers where it goes on.
    fn candidates_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<usize, More> {
        let rules = self.rules;
        for candidate in rules.triggers.candidates(text, at) {
            if let Some(end) = self.look_at(candidate, text, at, whole)? {
                // Between here and what was found there may be more, but not in what was read as base64.
                let skips = matches!(candidate, Candidate::Mark | Candidate::Content | Candidate::Payload)
                    && end > at;
                return Ok(if skips { end } else { at + 1 });
            }
        }
        Ok(at + 1)
    }

    /// Looks closer. Answers where it ends, if something was found.
    fn look_at(
        &mut self,
        candidate: Candidate,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        match candidate {
            Candidate::Mark => Ok(mark::end(&text[at..]).map(|length| at + length)),
            Candidate::Name => self.name_at(text, at, whole),
            Candidate::Shape(number) => self.shape_at(number, text, at, whole),
            Candidate::Token => self.token_at(text, at, whole),
            Candidate::Pem => self.pem_at(text, at, whole),
            Candidate::Url => self.url_at(text, at, whole),
            Candidate::Bearer => self.bearer_at(text, at, whole),
            Candidate::Basic => self.basic_at(text, at, whole),
            Candidate::Cookies => self.cookies_at(text, at, whole),
            Candidate::Content => self.content_at(text, at, whole),
            Candidate::Payload => self.payload_at(text, at, whole),
            Candidate::UserOption => self.user_option_at(text, at, whole),
            Candidate::CookieOption => self.cookie_option_at(text, at, whole),
            Candidate::PasswordOption => self.password_option_at(text, at, whole),
            Candidate::Identified => self.identified_at(text, at, whole),
            Candidate::CloudSecret => {
                self.around_at(text, at, whole, &[(3, b"8Q~", 31..=37), (3, b"7Q~", 31..=37)])
            }
            Candidate::Atlas => self.around_at(text, at, whole, &[(14, b".atlasv1.", 60..=80)]),
            Candidate::Snowflake => self.snowflake_at(text, at, whole),
            Candidate::Bot => self.bot_at(text, at, whole),
            Candidate::Iban => {
                let end = self.digits_at(text, at + 2, whole)?;
                self.digits = self.digits.max(end);
                Ok(None)
            }
        }
    }

    /// Notes that a value is to be replaced by its mark. Answers where it ends.
    pub(super) fn found(&mut self, text: &[u8], (from, to): (usize, usize), kind: Kind) -> usize {
        let mark = self.mark_of(&text[from..to], kind);
        self.replace((from, to), mark.0, vec![mark.1])
    }

    /// The mark of a value; remembers it.
    pub(super) fn mark_of(&mut self, value: &[u8], kind: Kind) -> (Vec<u8>, Secret) {
        let plain = super::value::plain(value);
        let digest = self.marks.digest(&plain);
        let secret = Secret { kind, digest };
        // A region, a version: cookies have what stands everywhere.
        let is_common = kind == self.rules.fixed.cookie && super::looks::is_of_words(&plain);
        if let Some(known) = &mut self.known
            && !is_common
        {
            known.add(self.marks, &plain, value, secret);
        }
        (self.marks.mark(self.rules.kind_name(kind), digest).into_bytes(), secret)
    }

    /// Notes a replacement. One that reaches over others takes their place, and one within another is none. Answers
    /// where it ends.
    pub(super) fn replace(
        &mut self,
        (from, to): (usize, usize),
        with: Vec<u8>,
        secrets: Vec<Secret>,
    ) -> usize {
        let first = self.finds.partition_point(|find| find.to <= from);
        let count = self.finds[first..].iter().take_while(|find| find.from < to).count();
        let over = &mut self.finds[first..first + count];
        if over.iter().any(|find| find.from <= from && find.to >= to) {
            return to;
        }
        self.changed = true;
        let mut find = Find { from, to, with, secrets };
        for other in over {
            if other.from < from || other.to > to {
                // Neither reaches over the other: one mark for both.
                find.from = find.from.min(other.from);
                find.to = find.to.max(other.to);
                find.secrets.append(&mut other.secrets);
            }
        }
        self.finds.splice(first..first + count, [find]);
        to
    }

    /// Notes something that has no secrets in it, and is long enough that it matters.
    pub(super) fn pass(&mut self, from: usize, to: usize) {
        if self.depth > 0 || to - from < 1_024 {
            return;
        }
        if let Some(trail) = &mut self.trail {
            trail.add(self.base + from as u64, Spot::Passed((to - from) as u64));
        }
        if self.spots.is_none() {
            self.passed.push_back((from, to));
        }
    }

    /// Where what has been found around a place ends.
    fn end_around(&self, at: usize) -> Option<usize> {
        self.finds.last().filter(|last| last.to > at)?;
        let next = self.finds.partition_point(|find| find.to <= at);
        self.finds.get(next).filter(|find| find.from <= at).map(|find| find.to)
    }

    /// A text that was hidden in another, without its secrets; nothing where it has none.
    pub(super) fn inner(&mut self, text: &[u8]) -> Option<(Vec<u8>, Vec<Secret>)> {
        if self.depth >= DEEPEST {
            return (!mark::has_mark(text)).then(|| self.unread(text));
        }
        let mut inner = Scan {
            rules: self.rules,
            marks: self.marks,
            known: self.known.as_deref_mut(),
            repeats: self.repeats,
            finds: Vec::new(),
            depth: self.depth + 1,
            digits: 0,
            changed: false,
            passed: VecDeque::new(),
            trail: None,
            spots: None,
            // What was looked through in vain is measured by the whole text.
            base: self.base,
            is_forced: false,
            unfolded: false,
            room: self.room,
            in_vain: self.in_vain,
            table: None,
            headed: 0,
        };
        // A whole text has no place beyond which one has to see.
        let _ = inner.run(text, 0, text.len(), true);
        (self.room, self.in_vain) = (inner.room, inner.in_vain);
        self.unfolded |= inner.unfolded || self.depth > 0;
        let finds = inner.finds;
        let (mut with, mut secrets, mut at) = (Vec::with_capacity(text.len()), Vec::new(), 0);
        for find in finds {
            self.copy(text, (at, find.from), &mut with, &mut secrets);
            with.extend_from_slice(&find.with);
            secrets.extend(find.secrets);
            at = find.to;
        }
        self.copy(text, (at, text.len()), &mut with, &mut secrets);
        (!secrets.is_empty()).then_some((with, secrets))
    }

    /// Copies part of a text without what is known.
    pub(super) fn copy(
        &self,
        text: &[u8],
        (from, to): (usize, usize),
        with: &mut Vec<u8>,
        secrets: &mut Vec<Secret>,
    ) {
        let (mut copied, mut at) = (from, from);
        while let Some(again) = self.repeats.and_then(|known| known.next(self.marks, text, at, to)) {
            at = again.from + 1;
            if again.to > to {
                continue;
            }
            with.extend_from_slice(&text[copied..again.from]);
            let kind = self.rules.kind_name(again.secret.kind);
            with.extend_from_slice(self.marks.mark(kind, again.secret.digest).as_bytes());
            secrets.push(again.secret);
            (copied, at) = (again.to, again.to);
        }
        with.extend_from_slice(&text[copied..to]);
    }

    /// What stands for something that hides too well to be read: nothing passes that wasn't.
    pub(super) fn unread(&mut self, hidden: &[u8]) -> (Vec<u8>, Vec<Secret>) {
        let (mark, secret) = self.mark_of(hidden, self.rules.fixed.unread);
        (mark, vec![secret])
    }

    /// What the user's own patterns match.
    fn own_patterns(&mut self, text: &[u8], from: usize, to: usize) {
        let rules = self.rules;
        if rules.patterns.is_empty() {
            return;
        }
        let mut begins = from;
        // What isn't UTF-8 isn't what a pattern means.
        for chunk in text[from..].utf8_chunks() {
            if begins >= to {
                break;
            }
            for (pattern, kind) in &rules.patterns {
                for found in pattern.find_iter(chunk.valid()) {
                    let span = (begins + found.start(), begins + found.end());
                    let value = &text[span.0..span.1];
                    if span.0 < to && !found.is_empty() && !mark::has_mark(value) && !rules.is_allowed(value)
                    {
                        self.found(text, span, *kind);
                    }
                }
            }
            begins += chunk.valid().len() + chunk.invalid().len();
        }
    }
}
