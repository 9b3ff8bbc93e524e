//! Judges a redacted copy: which canaries are left in it, and what was damaged.

use super::hunt::{Hunt, Sighting};
use super::layers::{self, Layer};
use super::lists::Sheet;
use super::{packed, shape};

/// What is wrong with a copy.
#[derive(Debug, Default)]
pub struct Verdict {
    /// A line for each value that is left.
    pub left: Vec<String>,
    /// A line for each thing that should have stayed as it was.
    pub damaged: Vec<String>,
}

impl Verdict {
    pub fn add(&mut self, other: Self) {
        self.left.extend(other.left);
        self.damaged.extend(other.damaged);
    }
}

/// Judges `copy` of the file that the sheet is of.
pub fn judge(sheet: &Sheet, copy: &[u8]) -> Verdict {
    let original = sheet.bytes();
    let layers = layers::of(&sheet.name, copy);
    let mut damaged = shape::damage(&sheet.name, &original, copy);
    damaged.extend(missing(sheet, &original, copy, &layers));
    Verdict { left: left(sheet, &layers), damaged }
}

/// A line for each value of the sheet that can be read.
pub fn left(sheet: &Sheet, layers: &[Layer]) -> Vec<String> {
    let seen = seen(sheet, layers);
    let tell = |(value, canaries, sighting): (&str, Vec<_>, Option<Sighting>)| {
        let canary: &super::lists::Canary = canaries[0];
        sighting.map(|Sighting { way, around }| {
            let (file, kind, place, encoding) = (&canary.file, &canary.kind, &canary.place, &canary.encoding);
            let first: String = value.chars().take(40).collect();
            format!("{file}: {kind} at {place} ({encoding}): {first:?}, read as {way}: …{around}…")
        })
    };
    seen.into_iter().filter_map(tell).collect()
}

/// The places whose value can't be read in the file as it was recorded.
pub fn unseen(sheet: &Sheet) -> Vec<String> {
    let layers = layers::of(&sheet.name, &sheet.bytes());
    let lacking = seen(sheet, &layers).into_iter().filter(|(.., sighting)| sighting.is_none());
    lacking.map(|(value, canaries, _)| format!("{}: {} ({value:?})", sheet.name, canaries[0].place)).collect()
}

type Seen<'a> = (&'a str, Vec<&'a super::lists::Canary>, Option<Sighting>);

fn seen<'a>(sheet: &'a Sheet, layers: &[Layer]) -> Vec<Seen<'a>> {
    let values: Vec<_> = sheet.values().into_iter().collect();
    let hunt = Hunt::new(values.iter().map(|(value, canaries)| (*value, canaries[0].context.as_slice())));
    let mut found = hunt.search(layers);
    values.into_iter().enumerate().map(|(at, (value, of))| (value, of, found.remove(&at))).collect()
}

/// Ordinary values that stood in the file in the open and stand there less often, or that could be read in it
/// and can't any more.
fn missing(sheet: &Sheet, original: &[u8], copy: &[u8], layers: &[Layer]) -> Vec<String> {
    let (before, after) = (open(&sheet.name, original), open(&sheet.name, copy));
    let mut damaged = Vec::new();
    for value in &sheet.ordinary {
        let had = before.matches(value.as_str()).count();
        let has = after.matches(value.as_str()).count();
        let readable =
            || layers.iter().any(|layer| String::from_utf8_lossy(&layer.bytes).contains(value.as_str()));
        if has < had {
            damaged.push(format!("{}: {value:?} stood there {had} times, and now {has}", sheet.name));
        } else if had == 0 && !readable() {
            damaged.push(format!("{}: {value:?} can't be read any more", sheet.name));
        }
    }
    damaged
}

fn open(name: &str, bytes: &[u8]) -> String {
    packed::parts(name, bytes).iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
}
