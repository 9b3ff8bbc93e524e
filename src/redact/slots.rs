//! Where the value is that a name tells of: behind `:` or `=` in any encoding, in quotes or without, in the `value` of
//! a pair, in an element or an attribute, in the part of a form, behind an option of a command.

use super::between::{
    Coding, Separator, after_bracket, blanks, blanks_and_lines, in_a_query, is_number, is_sentence, is_word,
    key_before, separator, starts_line, value_before,
};
use super::compiled::{NameRule, Rules};
use super::ends::ends_line;
use super::name;
use super::quote::{self, Quote, starts_with};
use super::rules::{Form, Only};
use super::scan::{More, Reach};
use super::value::LONGEST_RANDOM;

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

/// Members that are passed over on the way from a name to its value.
const MOST_MEMBERS: usize = 8;

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 4_000;

/// The longest value of a form's part, in bytes.
const LONGEST_PART: usize = 64 << 10;

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
    let is_option = text[..from].ends_with(b"--");
    if only == Only::Query && !in_a_query(text, from) || only == Only::Option && !is_option {
        return Ok(Vec::new());
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
    form: Form,
    /// Whether people choose such a value, so that it may look like anything.
    is_chosen: bool,
    /// Whether a name is enough where nothing separates it from its value.
    tells: bool,
}

impl Finder<'_> {
    /// A name in quotes.
    fn quoted(&self, (opens, after): (usize, usize), quote: Quote, only: Only) -> Result<Vec<Slot>, More> {
        let text = self.text;
        let next = blanks(text, after);
        self.within(next + 16)?;
        if let Some(value) = separator(text, next) {
            if matches!(only, Only::Query | Only::Option) {
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
    fn member(&self, at: usize, quote: Quote) -> Result<Vec<Slot>, More> {
        let text = self.text;
        let at = blanks_and_lines(text, at);
        self.within(at + 16)?;
        if let Some((opens, from)) = quote::at(text, at) {
            // The end of what all of it stands in: `"\"name\":"`.
            if opens.is_around(quote) {
                return Ok(Vec::new());
            }
            let quote = opens;
            let (to, _) = quote::close(text, from, quote, self.whole)?;
            return Ok(vec![Slot { from, to, style: Style::Enclosed }]);
        }
        match text.get(at) {
            Some(b'[') => self.list(at + 1),
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

    /// `"name": "NAME", "value": "…"`, in either order; and `["NAME", "…"]` for what may stand in a header.
    fn pair(&self, opens: usize, next: usize, quote: Quote) -> Result<Option<Slot>, More> {
        let text = self.text;
        let Some(key) = key_before(text, opens) else {
            let header = matches!(self.form, Form::Authorization | Form::Cookie | Form::SetCookie);
            return if header { self.following(next) } else { Ok(None) };
        };
        if !["name", "key", "header", "field", "param", "id", "k", "n"]
            .iter()
            .any(|name| text[key.from..key.to].eq_ignore_ascii_case(name.as_bytes()))
        {
            return Ok(None);
        }
        let mut at = next;
        for _ in 0..MOST_MEMBERS {
            if text.get(at) != Some(&b',') {
                break;
            }
            at = blanks_and_lines(text, at + 1);
            self.within(at + 16)?;
            let Some((key_quote, from)) = quote::at(text, at) else { break };
            let (to, after) = quote::close(text, from, key_quote, self.whole)?;
            let Some(value) = separator(text, blanks(text, after)) else { break };
            if ["value", "val", "v"].iter().any(|name| text[from..to].eq_ignore_ascii_case(name.as_bytes())) {
                return Ok(self.member(value.at, quote)?.into_iter().next());
            }
            let value = blanks_and_lines(text, value.at);
            self.within(value + 16)?;
            at = match quote::at(text, value) {
                Some((quote, from)) => quote::close(text, from, quote, self.whole)?.1,
                None => value + text[value..].iter().take(64).take_while(|byte| is_word(**byte)).count(),
            };
            at = blanks_and_lines(text, at);
        }
        Ok(value_before(text, key.opens))
    }

    /// `"Authorization", "…"`.
    fn following(&self, comma: usize) -> Result<Option<Slot>, More> {
        let at = blanks_and_lines(self.text, comma + 1);
        self.within(at + 16)?;
        let Some((quote, from)) = quote::at(self.text, at) else { return Ok(None) };
        let (to, _) = quote::close(self.text, from, quote, self.whole)?;
        let value = &self.text[from..to];
        let likely = match self.form {
            Form::Authorization => value.contains(&b' ') && value.len() > 12,
            _ => value.contains(&b'='),
        };
        Ok(likely.then_some(Slot { from, to, style: Style::Enclosed }))
    }

    /// `name="NAME" … value="…"` in a tag, in either order.
    fn attribute(&self, opens: usize, after: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        if opens == 0 || text[opens - 1] != b'=' {
            return Ok(None);
        }
        let key = name::around(text, opens.saturating_sub(2));
        if !["name", "key", "id", "n", "type"]
            .iter()
            .any(|name| text[key.0..key.1].eq_ignore_ascii_case(name.as_bytes()))
        {
            return Ok(None);
        }
        let before = &text[key.0.saturating_sub(1_000)..key.0];
        let starts = [&b"<"[..], b"&lt;"].iter().filter_map(|tag| memchr::memmem::rfind(before, tag)).max();
        let Some(start) = starts.map(|at| key.0 - before.len() + at) else { return Ok(None) };
        if text[start..key.0].contains(&b'>') {
            return Ok(None);
        }
        let rest = &text[after..text.len().min(after + LONGEST_TAG)];
        let ends = memchr::memchr2(b'>', b'<', rest).into_iter().chain(memchr::memmem::find(rest, b"&gt;"));
        let end = match ends.min() {
            Some(length) => after + length,
            None if self.whole || rest.len() == LONGEST_TAG => return Ok(None),
            None => return Err(More),
        };
        for (from, to) in [(after, end), (start, key.0)] {
            for name in [&b"value="[..], b"content="] {
                for at in memchr::memmem::find_iter(&text[from..to], name) {
                    if let Some((quote, from)) = quote::at(text, from + at + name.len()) {
                        let (to, _) = quote::close(text, from, quote, self.whole)?;
                        return Ok(Some(Slot { from, to, style: Style::Enclosed }));
                    }
                }
            }
        }
        // `<Attribute Name="NAME"><Value>…`, `<property name="NAME">…</property>`.
        if text.get(end) != Some(&b'>') || text[end - 1] == b'/' {
            return Ok(None);
        }
        let mut from = end + 1;
        for _ in 0..2 {
            let inner = blanks_and_lines(text, from);
            self.within(inner + 64)?;
            if text.get(inner) == Some(&b'<') && text.get(inner + 1).is_some_and(u8::is_ascii_alphabetic) {
                let Some(end) = memchr::memchr(b'>', &text[inner..]) else { return Ok(None) };
                from = inner + end + 1;
            }
        }
        self.content(from)
    }

    /// The part of a form: `name="NAME"`, an empty line, and the value up to the boundary.
    fn part(&self, opens: usize, after: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        if !text[..opens].ends_with(b"name=") {
            return Ok(None);
        }
        const LINES: [(&[u8], &[u8]); 4] =
            [(b"\r\n\r\n", b"\r\n--"), (b"\n\n", b"\n--"), (br"\r\n\r\n", br"\r\n--"), (br"\n\n", br"\n--")];
        self.within(after + 400)?;
        let head = &text[after..text.len().min(after + 400)];
        let begins = LINES.iter().filter_map(|(empty, boundary)| {
            memchr::memmem::find(head, empty).map(|at| (after + at + empty.len(), *boundary))
        });
        let Some((from, boundary)) = begins.min_by_key(|(from, _)| *from) else { return Ok(None) };
        let rest = &text[from..text.len().min(from + LONGEST_PART)];
        match memchr::memmem::find(rest, boundary) {
            Some(length) => Ok(Some(Slot { from, to: from + length, style: Style::Enclosed })),
            None if self.whole || rest.len() == LONGEST_PART => {
                let to = self.bare_end(from, Coding::Raw)?;
                Ok(Some(Slot { from, to, style: Style::Enclosed }))
            }
            None => Err(More),
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
            return self.content(to + closing.len());
        }
        if !text.get(to).is_some_and(u8::is_ascii_whitespace) {
            return Ok(None);
        }
        match memchr::memchr2(b'>', b'<', &text[to..text.len().min(to + LONGEST_TAG)]) {
            Some(length) if text[to + length] == b'>' && text[to + length - 1] != b'/' => {
                self.content(to + length + 1)
            }
            Some(_) => Ok(None),
            None if self.whole || text.len() - to >= LONGEST_TAG => Ok(None),
            None => Err(More),
        }
    }

    /// The text of an element, up to the tag that closes it.
    fn content(&self, from: usize) -> Result<Option<Slot>, More> {
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
        let limit = memchr::memchr2(b'<', b'"', rest).unwrap_or(rest.len());
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
        Ok((closes || cut).then_some(()).and_then(|()| slot(from, limit)))
    }

    /// A name without quotes.
    fn bare(&self, name: usize, to: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let at = after_bracket(text, to);
        self.within(at + 24)?;
        let Some(Separator { at: value, coding, sign }) = separator(text, blanks(text, at)) else {
            return self.argument(name, at);
        };
        let is_spaced = blanks(text, at) != at || blanks(text, value) != value;
        let value = blanks(text, value);
        self.within(value + 16)?;
        if self.ends_there(value) || self.has_no_value(name, value, sign) {
            return Ok(None);
        }
        let starts_line = starts_line(text, name);
        let is_quoted = quote::at(text, value).is_some();
        if starts_line && coding == Coding::Raw && self.form == Form::Plain && !is_quoted {
            return self.line(value).map(Some);
        }
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
        let style = if in_query && !text[..name].ends_with(b"&&") {
            Style::Query
        } else if like_code && !starts_line {
            Style::Code
        } else {
            Style::Bare
        };
        let Some(mut slot) = self.behind(value, coding, style)? else { return Ok(None) };
        let found = &text[slot.from..slot.to];
        if sign == b':' && slot.style == Style::Bare && !starts_line && super::value::is_code(found) {
            // `login({ user, password: e.target.value })`
            slot.style = Style::Code;
        }
        if before == Some(b';')
            && let Some(query) = memchr::memchr(b'?', found)
        {
            // `/path;jsessionid=…?page=1`
            slot.to = slot.from + query;
        }
        Ok(Some(slot))
    }

    /// The value behind a name without a sign: an option's argument, or what is told.
    fn argument(&self, name: usize, at: usize) -> Result<Option<Slot>, More> {
        let value = blanks(self.text, at);
        let is_option = self.text[..name].ends_with(b"--") || self.text[..name].ends_with(b" -");
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
        is_between
            || (sign == b':' && is_sentence(self.rules, &self.text[value..]))
            || self.text.get(value) == Some(&b'(')
            || (sign == b'=' && self.text.get(value) == Some(&b'='))
    }

    /// A value that is the rest of its line.
    fn line(&self, from: usize) -> Result<Slot, More> {
        let to = self.line_end(from)?;
        // `accessToken: cached,` is a line of code; a password can look like that.
        let is_code = !self.is_chosen
            && matches!(self.text.get(to), Some(b',' | b';'))
            && ends_line(self.text, blanks(self.text, to + 1));
        Ok(Slot { from, to, style: if is_code { Style::Code } else { Style::Bare } })
    }

    /// Whether a quote ends what a name stands in rather than beginning its value: `"password: "},{"`.
    fn ends_there(&self, at: usize) -> bool {
        quote::at(self.text, at).is_some_and(|(_, from)| quote::ends_member(&self.text[from..]))
    }

    /// `the token is …`, `auth token …`; and `name: NAME` with `value: …` in the next line.
    fn told(&self, name: usize, at: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let line = blanks_and_lines(text, at);
        self.within(line + 128)?;
        if text[..name].ends_with(b"name: ") && text[line..].starts_with(b"value: ") {
            return self.behind(blanks(text, line + 7), Coding::Raw, Style::Bare);
        }
        let mut from = blanks(text, at);
        if from == at || !self.tells {
            return Ok(None);
        }
        const SAYS: [&[u8]; 4] = [b"is: ", b"is ", b"was: ", b"was "];
        let said = SAYS.iter().find(|word| text[from..].starts_with(word));
        from += said.map_or(0, |word| word.len());
        let to = self.bare_end(from, Coding::Raw)?.min(from + 200);
        let value = text[from..to].trim_ascii_end();
        let marks =
            value.iter().rev().take_while(|byte| matches!(byte, b'.' | b',' | b';' | b'!' | b')')).count();
        let to = to - marks;
        let value = &text[from..to];
        let is_mixed = value.len() >= 8
            && value.iter().any(u8::is_ascii_digit)
            && value.iter().any(u8::is_ascii_alphabetic)
            && (value.iter().any(u8::is_ascii_uppercase) || value.iter().any(u8::is_ascii_punctuation));
        let is_it = super::value::looks_random(value) || said.is_some() && is_mixed;
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
