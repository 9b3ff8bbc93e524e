//! What was found, for people and for scripts: kinds, places and counts, never a value.

use std::collections::BTreeMap;
use std::mem::discriminant;

use serde::Serialize;

/// How many places a report names; the rest is counted.
const MOST_PLACES: usize = 1_000;
/// How many notes of a kind it has.
const MOST_NOTES: usize = 100;

/// What was found in one input or, added up, in several.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many of each kind, by name.
    #[serde(rename = "kinds")]
    counts: BTreeMap<String, u64>,
    /// Where the first thousand are.
    pub places: Vec<Place>,
    /// Whether there are more than `places` or `notes` has.
    pub truncated: bool,
    /// What else there is to know: the first hundred of each kind.
    pub notes: Vec<Note>,
    /// Whether there is something in it that couldn't be read, so that it may not be passed on.
    #[serde(skip)]
    unread: bool,
}

/// Where a secret was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// What kind of secret it is, such as `cookie`.
    pub kind: String,
    /// In which line, from 1.
    pub line: u64,
    /// Where in a JSON text, such as `log.entries[3].request.headers[0].value`.
    pub path: Option<String>,
    /// In which file of an archive.
    pub member: Option<String>,
    /// What stands in its place.
    pub mark: String,
}

/// How many secrets of a kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count<'a> {
    /// The kind, such as `cookie`.
    pub kind: &'a str,
    /// How many.
    pub count: u64,
}

/// What a reader of the report has to know beside what was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// Pictures, sound and video are passed as they are: what they show isn't read.
    Media {
        /// In which file of an archive.
        member: Option<String>,
    },
    /// A file that is no text, of a kind that isn't known: what looks like text in it was read.
    Binary {
        /// In which file of an archive.
        member: Option<String>,
    },
    /// It is encrypted and couldn't be read.
    Encrypted {
        /// In which file of an archive.
        member: Option<String>,
    },
    /// It isn't as it says it is, or it couldn't be unpacked. What there is was read, as text where need be, unless
    /// [`Report::is_unread`].
    Damaged {
        /// In which file of an archive.
        member: Option<String>,
        /// What is wrong with it.
        why: String,
    },
    /// It is packed with something that isn't unpacked, so it stays as it is: with other bytes nobody could unpack it. If
    /// a secret shows in it all the same, it can't be passed on.
    Packed {
        /// In which file of an archive.
        member: Option<String>,
        /// What it is packed with, such as `xz`.
        with: String,
    },
    /// There are so many different secrets that not all were looked for elsewhere in the file.
    TooMany,
}

impl Report {
    /// Whether it can be passed on as it is: no secret was found, and nothing is unread.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && !self.unread
    }

    /// Whether there is something in it that couldn't be read, as a note tells: a bomb, what is broken in a way that
    /// hides something, a secret in what stays packed. Writing it fails with [`Unread`](super::Unread).
    pub fn is_unread(&self) -> bool {
        self.unread
    }

    /// How many secrets were found.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many of each kind, the most frequent first.
    pub fn counts(&self) -> Vec<Count<'_>> {
        let mut counts: Vec<_> =
            self.counts.iter().map(|(kind, count)| Count { kind, count: *count }).collect();
        counts.sort_by(|a, b| b.count.cmp(&a.count).then(a.kind.cmp(b.kind)));
        counts
    }

    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: Self) {
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
        self.unread |= other.unread;
        self.truncated |= other.truncated || self.places.len() + other.places.len() > MOST_PLACES;
        let room = MOST_PLACES.saturating_sub(self.places.len());
        self.places.extend(other.places.into_iter().take(room));
        for note in other.notes {
            self.note(note);
        }
    }

    /// Says that all of this was found in a file of an archive.
    pub fn within(mut self, member: &str) -> Self {
        let inside = |of: &mut Option<String>| {
            *of = Some(of.take().map_or_else(|| member.to_owned(), |inner| format!("{member}/{inner}")));
        };
        for place in &mut self.places {
            inside(&mut place.member);
        }
        for note in &mut self.notes {
            match note {
                Note::Media { member }
                | Note::Binary { member }
                | Note::Encrypted { member }
                | Note::Damaged { member, .. }
                | Note::Packed { member, .. } => inside(member),
                Note::TooMany => {}
            }
        }
        self
    }

    /// Adds a note, once, where there is room for another one of its kind.
    pub fn note(&mut self, note: Note) {
        let is_alike = |other: &&Note| discriminant(*other) == discriminant(&note);
        if self.notes.iter().filter(is_alike).count() >= MOST_NOTES {
            self.truncated = true;
        } else if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn set_unread(&mut self) {
        self.unread = true;
    }

    /// Whether there is room for another place.
    pub(super) fn has_room(&self) -> bool {
        self.places.len() < MOST_PLACES
    }

    pub(super) fn count(&mut self, kind: &str) {
        match self.counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(kind.to_owned(), 1);
            }
        }
    }
}
