//! Secrets by the place where they stand: beside a telling name, in a list of cookies, behind an option.

use super::between::{blanks, is_about_user};
use super::compiled::NameRule;
use super::looks::is_drawn;
use super::mark;
use super::name;
use super::quote::{self, Quote};
use super::rules::{Form, Only};
use super::scan::{More, Scan};
use super::slots::{Slot, Style, slots};

/// How deep and how long a list of cookies can be, in levels and bytes.
const DEEPEST_LIST: usize = 4;
const LONGEST_LIST: usize = 256 << 10;

/// How far the password of `IDENTIFIED … BY '…'` can be, in bytes.
const LONGEST_IDENTIFIED: usize = 100;

/// How far behind a name one has to see to tell whether it may have a value.
const LONGEST_BEFORE: usize = 24;

impl Scan<'_> {
    /// A name whose four bytes are at `at`.
    pub(super) fn name_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let (from, to) = name::around(text, at);
        if to + LONGEST_BEFORE > text.len() && !whole {
            return Err(More);
        }
        if from >= to || to - from > 64 {
            return Ok(None);
        }
        if self.heading(text, (from, to), whole)? {
            self.changed = true;
            return Ok(None);
        }
        if !may_tell(text, from, to) {
            return Ok(None);
        }
        let Some(rule) = self.named(text, from, to) else { return Ok(None) };
        let is_sure = rule.only != Only::Option || text[..from].ends_with(b"--");
        let mut found = None;
        for slot in slots(text, (from, to), (self.rules, rule), self.reach(whole))? {
            if !is_sure && !is_drawn(&text[slot.from..slot.to]) {
                self.spend(slot.to - slot.from);
                continue;
            }
            // The folder that a program was started in.
            if matches!(&text[from..to], b"PWD" | b"OLDPWD") && text[slot.from..slot.to].starts_with(b"/") {
                continue;
            }
            // `REFRESH_TOKEN: "refreshToken"` names itself.
            if rule.kind != self.rules.fixed.password && is_same(&text[from..to], &text[slot.from..slot.to]) {
                continue;
            }
            match self.value(text, slot, rule) {
                None => self.spend(slot.to - slot.from),
                end => found = end,
            }
        }
        Ok(found)
    }

    /// What a name tells; where that is little, together with the word before it: `secret key: …`. That may be another
    /// name as well: `trace token: …`.
    fn named(&self, text: &[u8], from: usize, to: usize) -> Option<NameRule> {
        let rule = self.rules.named(&text[from..to]);
        let is_sure = rule.is_some_and(|rule| !rule.hint && rule.kind != self.rules.fixed.token);
        if is_sure || from == 0 || text[from - 1] != b' ' {
            return rule;
        }
        let word =
            text[..from - 1].iter().rev().take(16).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if word == 0 {
            return rule;
        }
        let both = [&text[from - 1 - word..from - 1], b"_", &text[from..to]].concat();
        let both = self.rules.named(&both);
        match rule {
            Some(rule) if !rule.hint => both.map(|_| rule),
            _ => both.filter(|both| !both.hint).or(rule),
        }
    }

    /// `"cookies": [{"name": …, "value": …}]`, whose names can be any.
    pub(super) fn cookies_at(&mut self, text: &[u8], at: usize, whole: bool) -> Result<Option<usize>, More> {
        let (from, to) = name::around(text, at);
        if !text[from..to].eq_ignore_ascii_case(b"cookies") {
            return Ok(None);
        }
        if to + 32 > text.len() && !whole {
            return Err(More);
        }
        let Some((own, after)) = quote::at(text, to) else { return Ok(None) };
        let colon = blanks(text, after);
        let list = colon
            + 1
            + text[text.len().min(colon + 1)..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if text.get(colon) != Some(&b':') || !matches!(text.get(list), Some(b'[' | b'{')) {
            return Ok(None);
        }
        let by_name = text[list] == b'{';
        self.cookie_list(text, list, (by_name, own), whole)
    }

    /// All cookies of a list or, `by_name`, of an object, whose texts are quoted as its `own` name is. Another level of
    /// quotes is the end of it.
    fn cookie_list(
        &mut self,
        text: &[u8],
        list: usize,
        (by_name, own): (bool, Quote),
        whole: bool,
    ) -> Result<Option<usize>, More> {
        let rule =
            NameRule { kind: self.rules.fixed.cookie, form: Form::Cookie, hint: false, only: Only::Anywhere };
        let (mut at, mut depth, mut values) = (list, 0usize, Vec::new());
        let mut key: Option<(usize, usize)> = None;
        let mut is_value = false;
        let end = loop {
            if depth > DEEPEST_LIST || at - list > LONGEST_LIST {
                break Ok(at);
            }
            let Some(byte) = text.get(at) else { break if whole { Ok(text.len()) } else { Err(More) } };
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                b':' => is_value = true,
                b',' => (key, is_value) = (None, false),
                b'"' | b'\\' => {
                    let Some((quote, from)) = quote::at(text, at).filter(|(quote, _)| quote.is_beside(own))
                    else {
                        break Ok(at);
                    };
                    let (to, after) = quote::close(text, from, quote, whole)?;
                    let is_cut_off = after - to < from - at;
                    match key {
                        Some((from_key, to_key)) if is_value => {
                            if by_name || text[from_key..to_key].eq_ignore_ascii_case(b"value") {
                                values.push((from, to));
                            }
                            key = None;
                        }
                        _ => key = Some((from, to)),
                    }
                    if is_cut_off {
                        break Ok(to);
                    }
                    at = after;
                    continue;
                }
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break Ok(at);
            }
        }?;
        let mut found = None;
        for value in values {
            if self.cookie(text, value, rule) {
                found = Some(end);
            }
        }
        Ok(found)
    }

    /// `curl … -u name:password`, `--user name:password`.
    pub(super) fn user_option_at(
        &mut self,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        let value = at + 4;
        let before = &text[..value];
        if !(before.ends_with(b" -u ")
            || before.ends_with(b"--user=")
            || before.ends_with(b"--user ")
            || before.ends_with(b"-user "))
            || !is_command(&text[..at])
        {
            return Ok(None);
        }
        let Some((from, to)) = argument(text, value, whole)? else { return Ok(None) };
        if mark::has_mark(&text[from..to]) {
            return Ok(None);
        }
        let Some(colon) = memchr::memchr(b':', &text[from..to]) else { return Ok(None) };
        let secret = (from + colon + 1, to);
        let value = &text[secret.0..secret.1];
        if value.is_empty() || mark::has_mark(value) || super::looks::is_placeholder(value) {
            return Ok(None);
        }
        Ok(Some(self.found(text, secret, self.rules.fixed.password)))
    }

    /// `mysql … -pPASSWORD`.
    pub(super) fn password_option_at(
        &mut self,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        let line = memchr::memrchr(b'\n', &text[at.saturating_sub(400)..at])
            .map_or(at.saturating_sub(400), |end| at.saturating_sub(400) + end);
        if !text[at..].starts_with(b" -p") || memchr::memmem::find(&text[line..at], b"mysql").is_none() {
            return Ok(None);
        }
        let Some((from, to)) = argument(text, at + 3, whole)? else { return Ok(None) };
        let value = &text[from..to];
        if mark::has_mark(value) || super::looks::is_placeholder(value) {
            return Ok(None);
        }
        Ok(Some(self.found(text, (from, to), self.rules.fixed.password)))
    }

    /// `IDENTIFIED BY '…'`, `IDENTIFIED WITH plugin BY '…'` of a statement.
    pub(super) fn identified_at(
        &mut self,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        let Some(begins) =
            at.checked_sub(6).filter(|from| quote::starts_with(&text[*from..], b"identified "))
        else {
            return Ok(None);
        };
        let line = &text[begins..text.len().min(begins + LONGEST_IDENTIFIED)];
        if line.len() < LONGEST_IDENTIFIED && !whole {
            return Err(More);
        }
        let Some(opens) = memchr::memchr2(b'\'', b'"', line) else { return Ok(None) };
        let words = line[..opens].to_ascii_lowercase();
        let mut words = words.split(u8::is_ascii_whitespace).skip(1).filter(|word| !word.is_empty());
        let is_told = match words.next() {
            Some(b"by") => words.all(|word| word == b"password"),
            Some(b"with") => {
                words.nth(1).is_some_and(|word| matches!(word, b"by" | b"as")) && words.next().is_none()
            }
            _ => false,
        };
        let Some((quote, from)) = quote::at(text, begins + opens).filter(|_| is_told) else {
            return Ok(None);
        };
        let (to, _) = quote::close(text, from, quote, whole)?;
        // `identified by "the name"` says something.
        let value = &text[from..to];
        let is_one = (is_about_user(text, begins) || is_drawn(value)) && !value.contains(&b'"');
        if !is_one || value.iter().any(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        let kind = self.rules.fixed.password;
        let rule = NameRule { kind, form: Form::Plain, hint: false, only: Only::Anywhere };
        Ok(self.value(text, Slot { from, to, style: Style::Enclosed }, rule))
    }

    /// `curl … -b name=value`.
    pub(super) fn cookie_option_at(
        &mut self,
        text: &[u8],
        at: usize,
        whole: bool,
    ) -> Result<Option<usize>, More> {
        if !text[at..].starts_with(b" -b ") || !is_command(&text[..at]) {
            return Ok(None);
        }
        let Some((from, to)) = argument(text, at + 4, whole)? else { return Ok(None) };
        if !text[from..to].contains(&b'=') {
            return Ok(None);
        }
        let rule =
            NameRule { kind: self.rules.fixed.cookie, form: Form::Cookie, hint: false, only: Only::Anywhere };
        Ok(self.cookies(text, (from, to), Style::Enclosed, rule))
    }
}

/// Whether a value is the name itself, in whatever spelling.
fn is_same(name: &[u8], value: &[u8]) -> bool {
    value.len() <= name::LONGEST
        && value.iter().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-'))
        && name::spell(name).letters() == name::spell(value).letters()
}

/// Whether a value can follow a name, by the byte that does.
fn may_tell(text: &[u8], from: usize, to: usize) -> bool {
    match text.get(to) {
        Some(b'"' | b'\'' | b'`' | b'\\' | b':' | b'=' | b'%' | b'&' | b']' | b'>' | b'^') => true,
        Some(b' ' | b'\t') => {
            let next = blanks(text, to);
            let rest = &text[next.min(text.len())..];
            let word = rest.iter().take(16).take_while(|byte| !byte.is_ascii_whitespace()).count();
            matches!(rest.first(), Some(b':' | b'=' | b'%'))
                || from > 0 && matches!(text[from - 1], b'-' | b'<' | b':')
                || word == 16
                || word >= 8 && rest[..word].iter().any(u8::is_ascii_digit)
                || matches!(rest.first(), Some(b'"' | b'\''))
                || rest.starts_with(b"is")
                || rest.starts_with(b"was")
        }
        Some(b',') => text[..from].ends_with(b"name: "),
        Some(b'<') => from > 0 && text[from - 1] == b'>',
        Some(b'\r' | b'\n') => from > 0 && matches!(text[from - 1], b'<' | b':' | b' '),
        _ => false,
    }
}

/// Whether a command that speaks HTTP stands before, in the same line or the ones that it goes on from.
fn is_command(before: &[u8]) -> bool {
    let before = &before[before.len().saturating_sub(4_000)..];
    let mut from = before.len();
    while let Some(end) = memchr::memrchr(b'\n', &before[..from]) {
        if !matches!(before[..end].trim_ascii_end().last(), Some(b'\\' | b'^' | b'`')) {
            return [&b"curl"[..], b"wget", b"http "]
                .iter()
                .any(|name| memchr::memmem::find(&before[end..], name).is_some());
        }
        from = end;
    }
    [&b"curl"[..], b"wget", b"http "].iter().any(|name| memchr::memmem::find(before, name).is_some())
}

/// An argument of a command, in quotes or not.
fn argument(text: &[u8], at: usize, whole: bool) -> Result<Option<(usize, usize)>, More> {
    let at = blanks(text, at);
    if at + 2 > text.len() {
        return if whole { Ok(None) } else { Err(More) };
    }
    let at = if text[at] == b'$' { at + 1 } else { at };
    if let Some((quote, from)) = quote::at(text, at) {
        return Ok(Some((from, quote::close(text, from, quote, whole)?.0)));
    }
    match text[at..].iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\\' | b'<'))
    {
        Some(0) => Ok(None),
        Some(length) => Ok(Some((at, at + length))),
        None if whole => Ok(Some((at, text.len()))),
        None => Err(More),
    }
}
