//! A window that moves over a text of any size. What is found in it is counted, and written out with marks in its place.

use std::io::{self, Read, Write};

use super::compiled::Rules;
use super::known::Known;
use super::mark::{self, Marks};
use super::payload::is_base64;
use super::quote::{self, Quote};
use super::report::{Note, Place, Report};
use super::scan::{Find, Scan, Secret};
use super::sight::Sight;
use super::trail::Trail;
use super::whereabouts::Whereabouts;

/// How much of the text is seen at once, in bytes.
const WINDOW: usize = 1 << 20;

/// How much it may be for something that is longer.
const LARGEST: usize = 8 << 20;

/// How much stays in sight behind the place that is looked at: a value may stand before its name.
const BEHIND: usize = 64 << 10;

/// How much has to be in sight ahead of it. What needs more asks for it.
const AHEAD: usize = 256;

/// What a user's own patterns and personal data may need, which can't ask for more.
const FAR_AHEAD: usize = 8 << 10;

/// How far before the end of a find something may begin that is known and goes on behind it, in bytes.
const LONGEST_OVER: usize = 1 << 10;

/// Bytes before what is still to be written, to see where words begin.
const MARGIN: usize = 64;

/// Finds secrets in a text, adds them to what is known, and tells what there is.
pub(super) fn look(
    rules: &Rules,
    marks: &Marks,
    input: &mut dyn Read,
    known: &mut Known,
) -> io::Result<Report> {
    let mut window = Window::new(rules, marks, None);
    let mut scan = Scan::new(rules, marks, Some(known));
    scan.trail = Some(Trail::default());
    window.run(&mut scan, input, &mut io::sink())?;
    let trail = scan.trail.take();
    trail.into_iter().for_each(|trail| known.keep(trail));
    let full = known.full;
    let mut report = window.report;
    if full {
        report.note(Note::TooMany);
    }
    Ok(report)
}

/// Writes a text without its secrets. Answers what was replaced.
pub(super) fn write(
    rules: &Rules,
    marks: &Marks,
    known: &Known,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> io::Result<Report> {
    let mut window = Window::new(rules, marks, Some(known));
    let mut scan = Scan::new(rules, marks, None);
    scan.repeats = Some(known);
    scan.spots = known.spots().map(Iterator::peekable);
    window.run(&mut scan, input, output)?;
    Ok(window.report)
}

struct Window<'a> {
    rules: &'a Rules,
    marks: &'a Marks,
    known: Option<&'a Known>,
    text: Sight,
    /// How much of it may be in sight.
    size: usize,
    /// What is before this place has been written.
    written: usize,
    /// What is before this place has been looked at.
    seen: usize,
    place: Whereabouts,
    report: Report,
    /// What ends something that was too long to be seen whole and was replaced, within which it goes on.
    swallows: Option<Ending>,
}

impl<'a> Window<'a> {
    fn new(rules: &'a Rules, marks: &'a Marks, known: Option<&'a Known>) -> Self {
        Self {
            rules,
            marks,
            known,
            text: Sight::default(),
            size: WINDOW,
            written: 0,
            seen: 0,
            place: Whereabouts::new(),
            report: Report::default(),
            swallows: None,
        }
    }

    fn run(&mut self, scan: &mut Scan<'_>, input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
        let ahead = if self.rules.personal || !self.rules.patterns.is_empty() { FAR_AHEAD } else { AHEAD };
        // Whether there is no room for more, so that something ends here that doesn't end in sight.
        let mut cramped = false;
        loop {
            let ended = self.text.fill(input, self.size)?;
            self.swallow(scan, ended);
            let to =
                if ended { self.text.len() } else { self.text.len().saturating_sub(ahead).max(self.seen) };
            match scan.run(&self.text, self.seen, to, ended) {
                Ok(()) => self.seen = to,
                Err(more) => self.seen = self.seen.max(more),
            }
            if cramped {
                self.force(scan, to);
            }
            let done = ended && self.seen == self.text.len();
            let upto = if done || cramped { self.seen } else { self.seen.saturating_sub(BEHIND) };
            self.write(scan, upto, output)?;
            if done {
                if self.report.has_room() && !self.report.is_empty() && self.place.is_open() {
                    let why = "it begins as JSON and isn't whole".to_owned();
                    self.report.note(Note::Damaged { member: None, why });
                }
                return Ok(());
            }
            self.shift(scan);
            let is_full = !ended && self.text.len() > self.size / 8 * 7;
            cramped = is_full && self.size == LARGEST;
            if is_full {
                self.size = (self.size * 2).min(LARGEST);
            }
        }
    }

    /// Goes on where what is met before `to` doesn't end in sight: what there is of it is replaced, and the rest left out.
    fn force(&mut self, scan: &mut Scan<'_>, to: usize) {
        let is_met = self.seen < to;
        if is_met {
            scan.is_forced = true;
            // As far as it takes to make room, lest each place does so for itself.
            let upto = to.min(self.seen + LARGEST / 2);
            let _ = scan.run(&self.text, self.seen, upto, true);
            scan.is_forced = false;
            // No row is that long.
            scan.table = None;
            self.seen = upto;
        }
        let last = scan.finds.last();
        self.swallows = last
            .filter(|last| is_met && last.to == self.text.len())
            .map(|last| Ending::of(&self.text, last.from));
        self.seen = last.map_or(0, |last| last.to).max(self.seen);
    }

    /// Leaves out the rest of something that was too long.
    fn swallow(&mut self, scan: &mut Scan<'_>, ended: bool) {
        let Some(ending) = self.swallows else { return };
        let rest = &self.text[self.seen..];
        let end = ending.find(rest, ended);
        if end.is_some() || ended {
            self.swallows = None;
        }
        // What escapes the next byte has to be seen together with it.
        let length = end.unwrap_or_else(|| rest.len() - quote::slashes_before(rest, rest.len()) % 64);
        self.text.remove(self.seen..self.seen + length);
        scan.base += length as u64;
    }

    /// Writes what is before `upto`, but for what reaches further.
    fn write(&mut self, scan: &mut Scan<'_>, mut upto: usize, output: &mut dyn Write) -> io::Result<()> {
        let count = scan.finds.partition_point(|find| find.to <= upto);
        if let Some(next) = scan.finds.get(count) {
            upto = upto.min(next.from);
        }
        if upto <= self.written {
            return Ok(());
        }
        let finds: Vec<Find> = scan.finds.drain(..count).collect();
        for find in &finds {
            if find.to <= self.written {
                // It is within a repeat that was long enough to be written over it.
                continue;
            }
            self.write_plain(scan, find.from, Some((find.from, find.to)), output)?;
            self.write_find(scan, find, output)?;
        }
        let next = scan.finds.first().map(|find| (find.from, find.to));
        self.write_plain(scan, upto, next, output)
    }

    /// Writes what comes in the place of a find, and of what is known and goes on behind it.
    fn write_find(&mut self, scan: &Scan<'_>, find: &Find, output: &mut dyn Write) -> io::Result<()> {
        // Nothing goes on over a quote or a line's end.
        let ends = self.text.get(find.to).is_none_or(|byte| b"\"'\\<\r\n".contains(byte));
        let over = self.known.filter(|_| !ends).and_then(|known| {
            let mut from = find.from.max(find.to.saturating_sub(LONGEST_OVER)).max(self.written);
            loop {
                let again = known.next(self.marks, &self.text, from, find.to)?;
                if again.to > find.to {
                    return Some(again);
                }
                from = again.from + 1;
            }
        });
        if over.as_ref().is_none_or(|over| over.from > find.from) {
            // Something in base64 goes on as what is known does.
            if mark::end(&find.with) == Some(find.with.len()) {
                output.write_all(&find.with)?;
                self.tell(&find.secrets);
            } else {
                let (mut with, mut secrets) = (Vec::new(), find.secrets.clone());
                scan.copy(&find.with, (0, find.with.len()), &mut with, &mut secrets);
                output.write_all(&with)?;
                self.tell(&secrets);
            }
            self.pass(find.to);
        }
        let Some(over) = over else { return Ok(()) };
        self.write_mark(over.secret, output)?;
        self.pass(over.to);
        Ok(())
    }

    fn write_mark(&mut self, secret: Secret, output: &mut dyn Write) -> io::Result<()> {
        let kind = self.rules.kind_name(secret.kind);
        output.write_all(self.marks.mark(kind, secret.digest).as_bytes())?;
        self.tell(&[secret]);
        Ok(())
    }

    /// Writes what stands between two finds, without what is known; that may reach beyond `upto`, but not over `next`.
    fn write_plain(
        &mut self,
        scan: &mut Scan<'_>,
        upto: usize,
        next: Option<(usize, usize)>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        while let Some((from, to)) = scan.passed.front().copied().filter(|(from, _)| *from < upto) {
            self.write_known(from, next, output)?;
            self.copy(to.min(upto), output)?;
            if to > upto {
                return Ok(());
            }
            scan.passed.pop_front();
        }
        self.write_known(upto, next, output)?;
        self.copy(upto, output)
    }

    /// Writes what is known before `upto`, and what stands between. What reaches into the `next` find ends there.
    fn write_known(
        &mut self,
        upto: usize,
        next: Option<(usize, usize)>,
        output: &mut dyn Write,
    ) -> io::Result<()> {
        let Some(known) = self.known else { return Ok(()) };
        let mut from = self.written;
        while let Some(again) = known.next(self.marks, &self.text, from, upto) {
            let to = match next {
                Some((begins, ends))
                    if again.to > begins
                        && again.to <= ends
                        && !b"\"'\\>\n".contains(&self.text[begins - 1]) =>
                {
                    begins
                }
                Some((begins, _)) if again.to > begins => 0,
                _ => again.to,
            };
            if to <= again.from || again.from < self.written {
                from = again.from + 1;
                continue;
            }
            self.copy(again.from, output)?;
            self.write_mark(again.secret, output)?;
            self.pass(to);
            from = to;
        }
        Ok(())
    }

    /// Writes as it is what is before `upto`.
    fn copy(&mut self, upto: usize, output: &mut dyn Write) -> io::Result<()> {
        if upto > self.written {
            output.write_all(&self.text[self.written..upto])?;
            self.pass(upto);
        }
        Ok(())
    }

    /// Counts secrets that were found at the place that was reached.
    fn tell(&mut self, secrets: &[Secret]) {
        for secret in secrets {
            let kind = self.rules.kind_name(secret.kind);
            self.report.count(kind);
            if self.report.has_room() {
                self.report.places.push(Place {
                    kind: kind.to_owned(),
                    line: self.place.line(),
                    path: self.place.path(),
                    member: None,
                    mark: self.marks.mark(kind, secret.digest),
                });
            } else {
                self.report.truncated = true;
            }
        }
    }

    /// Moves on to a place in the text; what is before it has been written or replaced.
    fn pass(&mut self, to: usize) {
        // The line and the path are kept as long as places are told.
        if self.report.has_room() {
            self.place.pass(&self.text[self.written..to]);
        }
        self.written = to;
    }

    /// Lets go of what has been written.
    fn shift(&mut self, scan: &mut Scan<'_>) {
        let gone = self.written.saturating_sub(MARGIN);
        if gone == 0 {
            return;
        }
        self.text.remove(0..gone);
        self.written -= gone;
        self.seen -= gone;
        scan.base += gone as u64;
        scan.digits = scan.digits.saturating_sub(gone);
        if let Some(table) = &mut scan.table {
            table.at = table.at.saturating_sub(gone);
        }
        for find in &mut scan.finds {
            find.from -= gone;
            find.to -= gone;
        }
        for (from, to) in &mut scan.passed {
            *from = from.saturating_sub(gone);
            *to = to.saturating_sub(gone);
        }
    }
}

/// What ends a value that was left out.
#[derive(Debug, Clone, Copy)]
enum Ending {
    /// What closes its quotes.
    Quote(Quote),
    /// The next tag.
    Tag,
    /// What is no base64 in lines.
    Lines,
    /// The first byte that ends a value without quotes.
    Bare,
}

impl Ending {
    /// What will end the value that begins at a place, of which all that is in sight belongs to it.
    fn of(text: &[u8], from: usize) -> Self {
        match quote::before(text, from) {
            Some((quote, _)) => Self::Quote(quote),
            None if text[..from].ends_with(b">") => Self::Tag,
            None if text[from..].iter().any(|byte| byte.is_ascii_whitespace() || *byte == b'\\') => {
                Self::Lines
            }
            None => Self::Bare,
        }
    }

    /// Where it is in what is left.
    fn find(self, rest: &[u8], ended: bool) -> Option<usize> {
        match self {
            Self::Quote(quote) => quote::close(rest, 0, quote, false).ok().map(|(end, _)| end),
            Self::Tag => memchr::memchr(b'<', rest),
            Self::Lines => rest.iter().position(|byte| !is_in_lines(*byte)),
            Self::Bare => rest.iter().position(|byte| {
                byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'<' | b'&' | b'`')
            }),
        }
        .or(ended.then_some(rest.len()))
    }
}

/// Whether a byte may be in base64, its lines and its escapes.
fn is_in_lines(byte: u8) -> bool {
    is_base64(byte) || byte.is_ascii_whitespace() || matches!(byte, b'%' | b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::tests::redactor_with;

    fn report_of(text: &str) -> Report {
        let mut report = Report::default();
        redactor_with(Marks::keyed()).text(text, &mut report).unwrap();
        report
    }

    #[test]
    fn the_report_says_where() {
        let text = "{\"log\":{\"entries\":[\n{\"request\":{\"headers\":[{\"name\":\"Cookie\",\"value\":\"a=session-1; c=session-2\"}]}}]}}";
        let report = report_of(text);
        let places: Vec<_> = report
            .places
            .iter()
            .map(|place| (place.kind.as_str(), place.line, place.path.as_deref()))
            .collect();
        let path = Some("log.entries[0].request.headers[0].value");
        assert_eq!(places, [("cookie", 2, path), ("cookie", 2, path)]);
        assert!(!serde_json::to_string(&report).unwrap().contains("session-"));
    }

    #[test]
    fn the_report_says_where_after_repeats_as_well() {
        let text = "{\"password\":\"again-1234\",\"a\":[\n{\"x\":\"again-1234\"},\n{\"x\":\"again-1234\"},\n{\"pin\":4321}]}";
        let report = report_of(text);
        let places: Vec<_> =
            report.places.iter().map(|place| (place.line, place.path.as_deref().unwrap())).collect();
        assert_eq!(places, [(1, "password"), (2, "a[0].x"), (3, "a[1].x"), (4, "a[2].pin")]);
    }
}
