//! Secrets out, before bytes leave: finds passwords, tokens, cookies, keys and the like in what is about to be
//! sent, and puts marks in their place that keep it useful.
//!
//! Nothing here knows what a file is called or that it is HAR, JSON, XML or a log. One scan of the text looks for
//! what gives a secret away, whatever it stands in and however often that is quoted: a telling name beside a value
//! (`places`) or above it (`columns`), the shape of the value itself (`shapes`), and payloads that hide text
//! (`payload`). What it found is then looked for once more, in every encoding, wherever else it stands (`known`). So
//! nothing has to be whole or valid to be read to its end.
//!
//! Two passes, because a secret may stand in the file before the place that gives it away: [`Redactor::look`] finds,
//! [`Redactor::write`] writes the copy. Both work in a window that moves over the text (`window`), whatever its size.

mod address;
mod apart;
mod between;
mod columns;
mod compiled;
mod container;
mod ends;
mod forms;
mod known;
mod looks;
mod mark;
mod name;
mod payload;
mod personal;
mod places;
mod quote;
mod report;
mod rules;
mod scan;
mod shapes;
mod sight;
mod slots;
mod trail;
mod trigger;
mod value;
mod whereabouts;
mod window;

#[cfg(test)]
mod tests;

use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

pub use container::Unread;
pub use mark::Marks;
pub use report::{Count, Note, Place, Report};
pub use rules::{Own, RulesError};

use compiled::Rules;
use known::Known;

/// What can be read twice.
pub trait Input: Read + Seek {}

impl<T: Read + Seek> Input for T {}

/// What [`Redactor::look`] found in one input, as [`Redactor::write`] needs it.
#[derive(Debug)]
pub struct Found {
    /// What it is and where; never the values.
    pub report: Report,
    known: Known,
}

/// Takes out secrets. Equal values get equal marks from one redactor, and other ones from another.
#[derive(Debug)]
pub struct Redactor {
    rules: Arc<Rules>,
    marks: Marks,
}

impl Redactor {
    /// A redactor that goes by docket's rules and by a user's `own`. Personal data is taken out as well where
    /// `personal` says so: e-mail addresses, telephone numbers, IP addresses, the names in SAML messages.
    ///
    /// # Errors
    ///
    /// A pattern among the user's own isn't a regular expression.
    pub fn new(own: &Own, personal: bool, marks: Marks) -> Result<Self, RulesError> {
        Ok(Self { rules: Arc::new(Rules::new(own, personal)?), marks })
    }

    /// One that goes by the same rules and has marks of its own.
    pub fn with_marks(&self, marks: Marks) -> Self {
        Self { rules: Arc::clone(&self.rules), marks }
    }

    /// Reads `input` from its beginning to its end, and tells what is in it.
    ///
    /// # Errors
    ///
    /// It can't be read. What can't be unpacked is no error, but is told in the report.
    pub fn look(&self, input: &mut dyn Input) -> io::Result<Found> {
        let mut known = Known::new();
        let report = container::look(&self.rules, &self.marks, input, &mut known)?;
        Ok(Found { report, known })
    }

    /// Writes `input` to `output` with marks in the place of what was found in it, and of whatever is the same
    /// elsewhere. Answers what it replaced. Where nothing was found, the copy has the same bytes.
    ///
    /// # Errors
    ///
    /// Reading or writing failed, or there is something in it that can't be read ([`Unread::of`]). The copy isn't
    /// whole then.
    pub fn write(&self, found: &Found, input: &mut dyn Input, output: &mut dyn Write) -> io::Result<Report> {
        let changes = found.report.total() > 0;
        container::write(&self.rules, &self.marks, &found.known, changes, input, output)
    }

    /// A short text without its secrets; nothing where it has none. Adds to `report` what was replaced.
    pub fn text(&self, text: &str, report: &mut Report) -> Option<String> {
        // It is text, however it begins. Memory can be read and written.
        let mut known = Known::new();
        let found = window::look(&self.rules, &self.marks, &mut text.as_bytes(), &mut known).ok()?;
        if found.is_empty() {
            return None;
        }
        let mut output = Vec::with_capacity(text.len());
        report.add(window::write(&self.rules, &self.marks, &known, &mut text.as_bytes(), &mut output).ok()?);
        // Marks are ASCII and stand between characters.
        Some(String::from_utf8_lossy(&output).into_owned())
    }
}
