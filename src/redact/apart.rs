//! Names that stand apart from their values, each in quotes or an element of its own: pairs, lists, calls, attributes,
//! the parts of a form.

use super::between::{
    Coding, blanks, blanks_and_lines, is_word, key_before, literal, separator, value_before,
};
use super::looks::{is_drawn, is_of_words};
use super::name;
use super::quote::{self, Quote, starts_with};
use super::rules::Form;
use super::scan::More;
use super::slots::{Finder, LONGEST_TAG, Slot, Style};

/// Members that are passed over on the way from a name to its value.
const MOST_MEMBERS: usize = 8;

/// The longest value of a form's part, in bytes.
const LONGEST_PART: usize = 64 << 10;

/// What members are called that have a name.
const KEYS: [&[u8]; 9] = [b"name", b"key", b"header", b"field", b"param", b"id", b"k", b"n", b"parameterkey"];

/// What members are called that have the value beside it.
const VALUES: [&[u8]; 4] = [b"value", b"val", b"v", b"parametervalue"];

/// Attributes that have a name.
const ATTRIBUTES: [&[u8]; 5] = [b"name", b"key", b"id", b"n", b"type"];

/// Elements that have a name, and the value in the next.
const TAGS: [&[u8]; 2] = [b"key", b"name"];

/// Those next ones.
const TEXTS: [&[u8]; 2] = [b"string", b"value"];

impl Finder<'_> {
    /// `"name": "NAME", "value": "…"`, in either order; and `["NAME", "…"]` for what may stand in a header.
    pub(super) fn pair(&self, opens: usize, next: usize, quote: Quote) -> Result<Option<Slot>, More> {
        let text = self.text;
        let Some(key) = key_before(text, opens) else {
            return if text.get(next) == Some(&b',') { self.following(next) } else { Ok(None) };
        };
        if !KEYS.iter().any(|name| text[key.from..key.to].eq_ignore_ascii_case(name)) {
            return Ok(None);
        }
        if let Some(at) = self.value_among(next)? {
            return Ok(self.member(at, quote)?.into_iter().next());
        }
        Ok(value_before(text, key.opens))
    }

    /// Where the value of the member `value` begins, if that is among the next behind a comma or a brace.
    fn value_among(&self, mut at: usize) -> Result<Option<usize>, More> {
        let text = self.text;
        for _ in 0..MOST_MEMBERS {
            if !matches!(text.get(at), Some(b',' | b'{')) {
                break;
            }
            at = blanks_and_lines(text, at + 1);
            self.within(at + 16)?;
            let Some((key_quote, from)) = quote::at(text, at) else { break };
            let (to, after) = quote::close(text, from, key_quote, self.whole)?;
            let Some(value) = separator(text, blanks(text, after)) else { break };
            if VALUES.iter().any(|name| text[from..to].eq_ignore_ascii_case(name)) {
                return Ok(Some(value.at));
            }
            let value = blanks_and_lines(text, value.at);
            self.within(value + 16)?;
            at = match quote::at(text, value) {
                Some((quote, from)) => quote::close(text, from, quote, self.whole)?.1,
                None => value + text[value..].iter().take(64).take_while(|byte| is_word(**byte)).count(),
            };
            at = blanks_and_lines(text, at);
        }
        Ok(None)
    }

    /// `"password": {"value": "…", "sensitive": true}`, where the brace is at `at`.
    pub(super) fn object(&self, at: usize) -> Result<Option<Slot>, More> {
        let Some(value) = self.value_among(at)? else { return Ok(None) };
        let value = blanks_and_lines(self.text, value);
        self.within(value + 16)?;
        Ok(self.string(value)?.filter(|slot| self.is_chosen || is_drawn(&self.text[slot.from..slot.to])))
    }

    /// The text in quotes that begins at a place.
    fn string(&self, at: usize) -> Result<Option<Slot>, More> {
        let Some((quote, from)) = quote::at(self.text, at) else { return Ok(None) };
        let (to, _) = quote::close(self.text, from, quote, self.whole)?;
        Ok(Some(Slot { from, to, style: Style::Enclosed }))
    }

    /// `"Authorization", "…"`: a list, a call. What follows may as well be another name.
    pub(super) fn following(&self, comma: usize) -> Result<Option<Slot>, More> {
        let at = blanks_and_lines(self.text, comma + 1);
        self.within(at + 16)?;
        let slot = self.string(literal(self.text, at))?;
        Ok(slot.filter(|slot| {
            let value = &self.text[slot.from..slot.to];
            match self.form {
                Form::Authorization => value.contains(&b' ') && value.len() > 12,
                Form::Cookie | Form::SetCookie => value.contains(&b'='),
                Form::Plain | Form::Saml => is_drawn(&self.text[slot.from..slot.to]),
            }
        }))
    }

    /// `"--password", "…"`, where the list goes on at `at`.
    pub(super) fn next_argument(&self, at: usize) -> Result<Option<Slot>, More> {
        let Some((_, after)) = quote::at(self.text, at) else { return Ok(None) };
        let comma = blanks(self.text, after);
        if self.text.get(comma) != Some(&b',') {
            return Ok(None);
        }
        let next = blanks_and_lines(self.text, comma + 1);
        self.within(next + 16)?;
        Ok(self.string(next)?.filter(|slot| self.text.get(slot.from) != Some(&b'-')))
    }

    /// The text in quotes that is assigned to an element of a map, and no word of a message.
    pub(super) fn element_of(&self, value: usize) -> Result<Option<Slot>, More> {
        let at = blanks_and_lines(self.text, value);
        self.within(at + 24)?;
        let slot = self.string(literal(self.text, at))?;
        Ok(slot.filter(|slot| !is_of_words(&self.text[slot.from..slot.to])))
    }

    /// `<key>NAME</key><string>…</string>`, `<name>NAME</name> <value>…</value>`.
    pub(super) fn next_element(&self, from: usize, to: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        let Some(tag) = TAGS.iter().find(|tag| {
            from.checked_sub(tag.len() + 2).is_some_and(|at| {
                text[at] == b'<' && text[from - 1] == b'>' && text[at + 1..from - 1].eq_ignore_ascii_case(tag)
            })
        }) else {
            return Ok(None);
        };
        self.within(to + 64)?;
        if !starts_with(&text[to..], b"</") || !starts_with(&text[to + 2..], tag) {
            return Ok(None);
        }
        let opens = blanks_and_lines(text, to + tag.len() + 3);
        self.within(opens + 32)?;
        if text.get(opens) != Some(&b'<') {
            return Ok(None);
        }
        let name = text[opens + 1..].iter().take(32).take_while(|byte| is_word(**byte)).count();
        let closes = opens + 1 + name;
        if !TEXTS.iter().any(|tag| text[opens + 1..closes].eq_ignore_ascii_case(tag))
            || text.get(closes) != Some(&b'>')
        {
            return Ok(None);
        }
        self.content(closes + 1, &text[opens + 1..closes])
    }

    /// `name="NAME" … value="…"` in a tag, in either order.
    pub(super) fn attribute(&self, opens: usize, after: usize) -> Result<Option<Slot>, More> {
        let text = self.text;
        if opens == 0 || text[opens - 1] != b'=' {
            return Ok(None);
        }
        let key = name::around(text, opens.saturating_sub(2));
        if !ATTRIBUTES.iter().any(|name| text[key.0..key.1].eq_ignore_ascii_case(name)) {
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
        self.content(from, b"")
    }

    /// The part of a form: `name="NAME"`, an empty line, and the value up to the boundary.
    pub(super) fn part(&self, opens: usize, after: usize) -> Result<Option<Slot>, More> {
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
}
