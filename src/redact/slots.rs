//! Where the value is that a name tells of: behind `:` or `=` in any encoding, in quotes or without, in the `value` of
//! a pair, in an element or an attribute, in the part of a form, behind an option of a command.

use super::between::{
    Coding, Separator, after_bracket, begins, blanks, blanks_and_lines, block, in_a_query, in_settings,
    is_about_user, is_number, is_sentence, is_word, line_before, literal, separator, starts_line,
};
use super::compiled::{NameRule, Rules};
use super::ends::ends_line;
use super::looks::{LONGEST_RANDOM, is_drawn, is_name};
use super::mark;
use super::name;
use super::quote::{self, Quote, starts_with};
use super::rules::{Form, Only};
use super::scan::{More, Reach};

/// Where a value is and how it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) style: Style,
}

/// How a value stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In quotes, or all of an element.
    Enclosed,
    /// Without quotes, where a text has to have them: a number in JSON.
    Number(Quote),
    /// Up to the first byte that ends it.
    Bare,
    /// The same, in the query of an address or in a form.
    Query,
    /// Bare, where code may stand as well: `password:e.target.value`.
    Code,
}

/// The longest tag, in bytes.
pub(super) const LONGEST_TAG: usize = 4_000;

/// How far back the beginning of a line in `.netrc` can be, in bytes.
const LONGEST_NETRC: usize = 300;

/// All the values that the name from `from` to `to` tells of.
pub(super) fn slots(
    text: &[u8],
    (from, to): (usize, usize),
    (rules, rule): (&Rules, NameRule),
    Reach { whole, is_forced, patience }: Reach,
) -> Result<Vec<Slot>, More> {
    let NameRule { form, only, .. } = rule;
    let is_chosen = rule.kind == rules.fixed.password;
    // What is longer doesn't look random.
    let patience = if rule.hint { patience.min(LONGEST_RANDOM + 1) } else { patience };
    let finder = Finder { rules, text, whole, is_forced, patience, form, is_chosen, tells: !rule.hint };
    if only == Only::Element {
        return Ok(finder.element(from, to)?.into_iter().collect());
    }
    if let Some((opened, opens)) = quote::before(text, from)
        && let Some((closed, after)) = quote::at(text, to)
        && opened == closed
    {
        return finder.quoted((opens, after), opened, only);
    }
    if let Some(slot) = finder.element(from, to)? {
        return Ok(vec![slot]);
    }
    if only == Only::Query && !in_a_query(text, from) {
        return Ok(Vec::new());
    }
    if only == Only::Anywhere
        && let Some(slot) = finder.next_element(from, to)?
    {
        return Ok(vec![slot]);
    }
    Ok(finder.bare(from, to)?.into_iter().collect())
}

/// Looks for the values of one name.
pub(super) struct Finder<'a> {
    rules: &'a Rules,
    pub(super) text: &'a [u8],
    pub(super) whole: bool,
    is_forced: bool,
    pub(super) patience: usize,
    pub(super) form: Form,
    /// Whether people choose such a value, so that it may look like anything.
    pub(super) is_chosen: bool,
    /// Whether a name is enough where nothing separates it from its value.
    tells: bool,
}

impl Finder<'_> {
    /// A name in quotes.
    fn quoted(&self, (opens, after): (usize, usize), quote: Quote, only: Only) -> Result<Vec<Slot>, More> {
        let text = self.text;
        let next = blanks(text, after);
        self.within(next + 16)?;
        // `settings["password"] = "…"`
        if text.get(next) == Some(&b']')
            && let Some(value) = separator(text, blanks(text, next + 1))
        {
            return Ok(self.element_of(value.at)?.into_iter().collect());
        }
        if let Some(value) = separator(text, next) {
            if only == Only::Query {
                return Ok(Vec::new());
            }
            return self.member(value.at, quote);
        }
        if text.get(next) == Some(&b',') || text.get(next) == Some(&b'}') {
            return Ok(self.pair(opens, next, quote)?.into_iter().collect());
        }
        if let Some(slot) = self.attribute(opens, after)? {
            return Ok(vec![slot]);
        }
        Ok(self.part(opens, after)?.into_iter().collect())
    }

    /// What stands behind `"name":`.
    pub(super) fn member(&self, at: usize, quote: Quote) -> Result<Vec<Slot>, More> {
        let text = self.text;
        let at = blanks_and_lines(text, at);
        self.within(at + 24)?;
        let at = literal(text, at);
        if let Some((opens, from)) = quote::at(text, at) {
            // The end of what all of it stands in: `"\"name\":"`.
            if opens.is_around(quote) || opens != quote && opens.is_behind_slashes() {
                return Ok(Vec::new());
            }
            let quote = opens;
            let (to, _) = quote::close(text, from, quote, self.whole)?;
            return Ok(vec![Slot { from, to, style: Style::Enclosed }]);
        }
        match text.get(at) {
            Some(b'[') => self.list(at + 1),
            Some(b'{') => Ok(self.object(at)?.into_iter().collect()),
            Some(byte) if byte.is_ascii_digit() || *byte == b'-' => {
                let to = at + text[at..].iter().take_while(|byte| is_number(**byte)).count();
                self.within(to + 16)?;
                let ends = match text.get(to) {
                    Some(b',' | b'}' | b']' | b')' | b';' | b'&' | b'\\' | b'<') | None => true,
                    Some(byte) => byte.is_ascii_whitespace() || quote::at(text, to).is_some(),
                };
                // `"password": 1qaz2wsx` in YAML isn't a number that goes on.
                let to = if ends { to } else { self.bare_end(to, Coding::Raw)? };
                let style = if ends { Style::Number(quote) } else { Style::Bare };
                Ok(vec![Slot { from: at, to, style }])
            }
            // A name in quotes in front of something that isn't JSON: `"$PASSWORD"=x`, `'token': token.value`.
            Some(byte) if byte.is_ascii_alphabetic() || self.is_chosen && b"$@!#^*~+=.?".contains(byte) => {
                let to = self.bare_end(at, Coding::Raw)?;
                Ok(vec![Slot { from: at, to, style: Style::Code }])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The texts of a list.
    fn list(&self, mut at: usize) -> Result<Vec<Slot>, More> {
        let mut slots = Vec::new();
        loop {
            at = blanks_and_lines(self.text, at);
            self.within(at + 16)?;
            let Some((quote, from)) = quote::at(self.text, at) else { return Ok(slots) };
            let (to, after) = quote::close(self.text, from, quote, self.whole)?;
            slots.push(Slot { from, to, style: Style::Enclosed });
            at = blanks_and_lines(self.text, after);
            if self.text.get(at) != Some(&b',') {
                return Ok(slots);
            }
            at += 1;
        }
    }

    /// `<NAME …>…</NAME>`, escaped or not.
    fn element(&self, from: usize, to: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let mut opens = from;
        if opens > 0 && text[opens - 1] == b':' {
            opens = name::around(text, opens.saturating_sub(2)).0;
        }
        if ![&b"<"[..], b"&lt;", br"\u003c", br"\u003C"]
            .iter()
            .any(|opening| text[..opens].ends_with(opening))
            && !text[..from].ends_with(br"\u003c")
        {
            return Ok(None);
        }
        self.within(to + 16)?;
        const CLOSINGS: [&[u8]; 4] = [b">", b"&gt;", br"\u003e", br"\u003E"];
        if let Some(closing) = CLOSINGS.iter().find(|closing| text[to..].starts_with(closing)) {
            return self.content(to + closing.len(), &text[opens..to]);
        }
        if !text.get(to).is_some_and(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        match memchr::memchr2(b'>', b'<', &text[to..text.len().min(to + LONGEST_TAG)]) {
            Some(length) if text[to + length] == b'>' && text[to + length - 1] != b'/' => {
                self.content(to + length + 1, &text[opens..to])
            }
            Some(_) => Ok(None),
            None if self.whole || text.len() - to >= LONGEST_TAG => Ok(None),
            None => Err(More),
        }
    }

    /// The text of an element, up to the tag that closes it.
    pub(super) fn content(&self, from: usize, name: &[u8]) -> Result<Option<Slot>, More> {
        let text = self.text;
        self.within(from + 16)?;
        let slot = |from, length| Some(Slot { from, to: from + length, style: Style::Enclosed });
        if starts_with(&text[from..], b"<![CDATA[") {
            let from = from + 9;
            let rest = &text[from..];
            let closes = memchr::memmem::find(rest, b"]]>");
            let limit = closes.unwrap_or(rest.len());
            return match quote::end_of_member(&rest[..limit], &text[from..]).or(closes) {
                Some(length) => Ok(slot(from, length)),
                None if self.whole => Ok(slot(from, rest.len())),
                None => Err(More),
            };
        }
        let rest = &text[from..];
        let mut limit = memchr::memchr2(b'<', b'"', rest).unwrap_or(rest.len());
        if rest.get(limit) == Some(&b'"') {
            limit = self.over_quotes(rest, limit, name)?;
        }
        let escaped = [&b"&lt;/"[..], br"\u003c/"];
        let ends = |at: &usize| escaped.iter().any(|end| starts_with(&rest[*at..limit], end));
        if let Some(end) = memchr::memchr2_iter(b'&', b'\\', &rest[..limit]).find(ends) {
            return Ok(slot(from, end));
        }
        if limit + 2 > rest.len() && !self.whole {
            return Err(More);
        }
        // Where it is cut off, a word may be what is left of it.
        let closes = rest[limit..].starts_with(b"</") || rest[limit..].starts_with(b"<\\/");
        let is_one = || self.is_forced || !rest.iter().any(u8::is_ascii_whitespace);
        let cut = limit == rest.len() && !rest.is_empty() && is_one();
        const VALUE: &[u8] = b"<value>";
        if starts_with(&rest[limit..], VALUE) && rest[..limit].trim_ascii().is_empty() && name != &VALUE[1..6]
        {
            return self.content(from + limit + VALUE.len(), &VALUE[1..6]);
        }
        Ok((closes || cut).then_some(()).and_then(|()| slot(from, limit)))
    }

    /// Where an element ends that has a quote in its text: at the tag that closes it, or at the quote if that ends what
    /// all of it stands in.
    fn over_quotes(&self, rest: &[u8], limit: usize, name: &[u8]) -> Result<usize, More> {
        let near = &rest[limit..rest.len().min(limit + LONGEST_TAG)];
        let Some(tag) = memchr::memchr(b'<', near) else {
            let is_cut_off = near.len() < LONGEST_TAG && !self.whole;
            return if is_cut_off { Err(More) } else { Ok(limit) };
        };
        if near.len() < tag + 2 + name.len() && !self.whole {
            return Err(More);
        }
        let slash = if near[tag..].starts_with(b"<\\/") { 3 } else { 2 };
        let closes = near.get(tag + slash - 1) == Some(&b'/') && near[tag..].len() > slash;
        let is_own = closes && !name.is_empty() && starts_with(&near[tag + slash..], name);
        let ends_before = quote::end_of_member(&near[..tag], near).is_some();
        Ok(if is_own && !ends_before { limit + tag } else { limit })
    }

    /// A name without quotes.
    fn bare(&self, name: usize, to: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let at = after_bracket(text, to);
        self.within(at + 24)?;
        let Some(Separator { at: value, coding, sign }) = separator(text, blanks(text, at)) else {
            return self.argument(name, at);
        };
        // `https://__token__:…@host`
        if text[..name].ends_with(b"://") {
            return Ok(None);
        }
        let is_spaced = blanks(text, at) != at || blanks(text, value) != value;
        let value = begins(text, value);
        self.within(value + 16)?;
        if self.ends_there(value) || self.has_no_value(name, value, sign) {
            return Ok(None);
        }
        let starts_line = starts_line(text, name);
        let is_quoted = quote::at(text, value).is_some();
        if starts_line && coding == Coding::Raw && self.form == Form::Plain && !is_quoted {
            return self.line(value);
        }
        // `- password: |`
        if sign == b':'
            && is_spaced
            && text[..name].ends_with(b"- ")
            && let Some(block) = block(text, value)
        {
            return self.block(block);
        }
        if text.get(value) == Some(&b'[') && mark::end(&text[value..]).is_none() {
            return self.bracketed(value + 1);
        }
        let style = self.style((name, to), sign, is_spaced);
        let coding = if style == Style::Query && coding == Coding::Raw { Coding::Query } else { coding };
        if self.is_chosen
            && sign == b'='
            && coding == Coding::Raw
            && !is_quoted
            && !text[value..].starts_with(b"$(")
            && in_settings(text, name)
        {
            let to = self.setting_end(value)?;
            return Ok(Some(Slot { from: value, to, style }));
        }
        let Some(mut slot) = self.behind(value, coding, style)? else { return Ok(None) };
        let found = &text[slot.from..slot.to];
        if sign == b':' && slot.style == Style::Bare && !starts_line && super::looks::is_code(found) {
            // `login({ user, password: e.target.value })`
            slot.style = Style::Code;
        }
        if text[..name].ends_with(b";")
            && let Some(query) = memchr::memchr(b'?', found)
        {
            // `/path;jsessionid=…?page=1`
            slot.to = slot.from + query;
        }
        Ok(Some(slot))
    }

    /// How a value without quotes stands behind a name and its sign.
    fn style(&self, (name, to): (usize, usize), sign: u8, is_spaced: bool) -> Style {
        let text = self.text;
        let before = name.checked_sub(1).map(|at| text[at]);
        let like_code = match sign {
            b':' => matches!(before, Some(b'{' | b',' | b'.' | b'(' | b'#' | b'}')),
            _ => {
                is_spaced
                    || matches!(before, Some(b'.' | b'(' | b'{' | b','))
                    || text[name..to].contains(&b'.')
            }
        };
        let in_query = sign == b'=' && matches!(before, Some(b'?' | b'&' | b'#'));
        if in_query && !text[..name].ends_with(b"&&") {
            Style::Query
        } else if like_code && !starts_line(text, name) {
            Style::Code
        } else {
            Style::Bare
        }
    }

    /// The value behind a name without a sign: an option's argument, or what is told.
    fn argument(&self, name: usize, at: usize) -> Result<Option<Slot>, More> {
        let value = blanks(self.text, at);
        let is_option = self.text[..name].ends_with(b"--") || self.text[..name].ends_with(b" -");
        if is_option
            && !starts_with(&self.text[name..], b"no-")
            && let Some(slot) = self.next_argument(at)?
        {
            return Ok(Some(slot));
        }
        if !is_option || value == at {
            return self.told(name, at);
        }
        if self.ends_there(value) { Ok(None) } else { self.behind(value, Coding::Raw, Style::Bare) }
    }

    /// Whether what follows a name and its sign is no value of it: the next string, a sentence, a call, a comparison.
    fn has_no_value(&self, name: usize, value: usize, sign: u8) -> bool {
        let kind = |(quote, _)| quote;
        let quote = quote::at(self.text, value).map(kind);
        let is_between = quote.is_some() && quote == quote::before(self.text, name).map(kind);
        // `password: {type: string}`
        let is_map = self.text.get(value) == Some(&b'{') && {
            let word = self.text[value + 1..].iter().take(64).take_while(|byte| is_word(**byte)).count();
            word > 0 && self.text.get(value + 1 + word) == Some(&b':')
        };
        is_between
            || is_map
            || (sign == b':' && is_sentence(self.rules, &self.text[value..]))
            || self.text.get(value) == Some(&b'(')
            || (sign == b'=' && self.text.get(value) == Some(&b'='))
    }

    /// `Authorization:[Bearer …]`, `client_secret=[…]`: as programs print lists of values.
    fn bracketed(&self, from: usize) -> Result<Option<Slot>, More> {
        if quote::at(self.text, from).is_some() {
            return Ok(None);
        }
        let slot = self.behind(from, Coding::Raw, Style::Code)?;
        // `secret:[a-zA-Z0-9]+` is a pattern.
        let is_range = |part: &[u8]| matches!(part, b"a-z" | b"A-Z" | b"0-9" | b"a-f");
        let is_all = |slot: &Slot| {
            self.text.get(slot.to) == Some(&b']') && !self.text[slot.from..slot.to].windows(3).any(is_range)
        };
        Ok(slot.filter(|slot| !matches!(self.form, Form::Plain | Form::Saml) || is_all(slot)))
    }

    /// A value that is the rest of its line, or stands in the lines below it.
    fn line(&self, from: usize) -> Result<Option<Slot>, More> {
        if let Some(block) = block(self.text, from) {
            return self.block(block);
        }
        let to = self.line_end(from)?;
        // `accessToken: cached,` is a line of code; a password can look like that.
        let is_code = !self.is_chosen
            && matches!(self.text.get(to), Some(b',' | b';'))
            && ends_line(self.text, blanks(self.text, to + 1));
        Ok(Some(Slot { from, to, style: if is_code { Style::Code } else { Style::Bare } }))
    }

    /// The lines of a block in YAML, as far as they are of one word each.
    fn block(&self, from: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let indent = text[..from].iter().rev().take(200).take_while(|byte| **byte == b' ').count();
        if indent == 0 || text[from..].starts_with(b"-----BEGIN") {
            return Ok(None);
        }
        let mut to = self.bare_end(from, Coding::Raw)?;
        self.within(to + 2)?;
        if to < text.len() && !ends_line(text, to) {
            return Ok(None);
        }
        loop {
            self.within(to + 2 + indent)?;
            let next = to + 1 + usize::from(text.get(to) == Some(&b'\r'));
            let goes_on = text.get(next - 1) == Some(&b'\n')
                && text[next..].iter().take(indent).filter(|byte| **byte == b' ').count() == indent
                && text.get(next + indent).is_some_and(|byte| !byte.is_ascii_whitespace());
            if !goes_on || next - from > self.patience {
                return Ok(Some(Slot { from, to, style: Style::Bare }));
            }
            let end = self.bare_end(next + indent, Coding::Raw)?;
            self.within(end + 2)?;
            to = if end < text.len() && !ends_line(text, end) { self.end_of_line(end)? } else { end };
        }
    }

    /// Where a line ends, escaped or not.
    fn end_of_line(&self, from: usize) -> Result<usize, More> {
        let text = self.text;
        let end = memchr::memchr2(b'\n', b'\\', &text[from..]).map(|length| from + length);
        match end {
            Some(end) => Ok(end - usize::from(text[..end].ends_with(b"\r"))),
            None if self.whole => Ok(text.len()),
            None => Err(More),
        }
    }

    /// Whether a quote ends what a name stands in rather than beginning its value: `"password: "},{"`.
    fn ends_there(&self, at: usize) -> bool {
        quote::at(self.text, at).is_some_and(|(_, from)| {
            let rest = &self.text[from..];
            quote::ends_member(rest) || goes_on_as_json(rest)
        })
    }

    /// `the token is …`, `auth token …`; and `name: NAME` with `value: …` in the next line.
    fn told(&self, name: usize, at: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let line = blanks_and_lines(text, at);
        self.within(line + 128)?;
        if text[..name].ends_with(b"name: ") {
            let keys = [&b"value: "[..], b", value: "];
            if let Some(key) = keys.iter().find(|key| text[line..].starts_with(key)) {
                return self.behind(blanks(text, line + key.len()), Coding::Raw, Style::Bare);
            }
            if let Some(value) = line_before(text, name - 6, b"value: ") {
                return self.behind(value, Coding::Raw, Style::Bare);
            }
        }
        let mut from = blanks(text, at);
        if from == at || !self.tells {
            return Ok(None);
        }
        const SAYS: [&[u8]; 4] = [b"is: ", b"is ", b"was: ", b"was "];
        let said = SAYS.iter().find(|word| text[from..].starts_with(word));
        from += said.map_or(0, |word| word.len());
        if self.is_chosen
            && let Some((quote, from)) = quote::at(text, from)
        {
            // `WITH PASSWORD '…'`
            let (to, _) = quote::close(text, from, quote, self.whole)?;
            let slot = Slot { from, to, style: Style::Enclosed };
            let value = &text[from..to];
            let is_one = is_about_user(text, name) && !value.contains(&b'"');
            return Ok(Some(slot).filter(|_| is_one || is_drawn(value)));
        }
        let to = self.bare_end(from, Coding::Raw)?.min(from + 200);
        let value = text[from..to].trim_ascii_end();
        let marks =
            value.iter().rev().take_while(|byte| matches!(byte, b'.' | b',' | b';' | b'!' | b')')).count();
        // `password …` and nothing else, as in .netrc and in a Dockerfile.
        let is_line = to == text.len() || ends_line(text, to) || is_in_netrc(text, name);
        if self.is_chosen && said.is_none() && is_line && may_be_set(text, name, &text[from..to]) {
            return Ok(Some(Slot { from, to, style: Style::Bare }));
        }
        let to = to - marks;
        let value = &text[from..to];
        let is_mixed = value.len() >= 8
            && value.iter().any(u8::is_ascii_digit)
            && value.iter().any(u8::is_ascii_alphabetic)
            && (value.iter().any(u8::is_ascii_uppercase) || value.iter().any(u8::is_ascii_punctuation));
        let is_it = super::looks::looks_random(value) || said.is_some() && is_mixed;
        Ok(is_it.then_some(Slot { from, to, style: Style::Bare }))
    }

    /// The value that begins at `at`, in quotes or not.
    fn behind(&self, at: usize, coding: Coding, style: Style) -> Result<Option<Slot>, More> {
        if let Some((quote, from)) = quote::at(self.text, at) {
            let (to, _) = quote::close(self.text, from, quote, self.whole)?;
            return Ok(Some(Slot { from, to, style: Style::Enclosed }));
        }
        let to = match self.form {
            Form::Plain | Form::Saml => self.bare_end(at, coding)?,
            // Whoever takes it apart sees where it ends.
            _ => self.header_end(at)?,
        };
        Ok(Some(Slot { from: at, to, style }))
    }

    /// Fails where the text goes on and has to be seen up to `to`.
    pub(super) fn within(&self, to: usize) -> Result<(), More> {
        if self.whole || to < self.text.len() { Ok(()) } else { Err(More) }
    }
}

/// Whether a value can be one that a name and a blank set: behind `ENV`, or as a line of its own.
fn may_be_set(text: &[u8], name: usize, value: &[u8]) -> bool {
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let is_line = starts_line(text, name) || text[..name].ends_with(b"ENV ") || is_in_netrc(text, name);
    is_drawn(value)
        || is_line
            && value.len() >= 6
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_alphabetic)
            && !is_name(value)
}

/// Whether a text goes on as JSON does behind a text that ends in a name: `"password:": "…"`, `"password:", 3]`.
fn goes_on_as_json(rest: &[u8]) -> bool {
    let Some((sign @ (b',' | b':'), rest)) = rest.split_first() else { return false };
    let rest = rest.trim_ascii_start();
    let is_scalar = |byte: &&u8| is_number(**byte) || b"truefalsn".contains(*byte);
    let scalar = rest.iter().take(24).take_while(is_scalar).count();
    let behind = rest[scalar..].trim_ascii_start().first();
    *sign == b':' && matches!(rest.first(), Some(b'"' | b'{' | b'['))
        || scalar > 0 && matches!(behind, Some(b',' | b']' | b'}'))
}

/// Whether a name stands in a line of `.netrc`: `machine … login … password …`.
fn is_in_netrc(text: &[u8], name: usize) -> bool {
    let near = &text[name.saturating_sub(LONGEST_NETRC)..name];
    let line = memchr::memrchr(b'\n', near).map_or(near, |at| &near[at + 1..]);
    line.starts_with(b"machine ") || line.starts_with(b"default ")
}
