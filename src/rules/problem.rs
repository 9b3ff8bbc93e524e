//! What can be wrong with an answer, in words for whoever gave it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::form::flag;

/// One thing that is wrong with a draft. Its `Display` is a clause without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is required and wasn't given, or is blank.
    Missing,
    /// It isn't asked in this case; the text says why, as far as that can be said.
    NotApplicable(String),
    /// The form has no such field.
    UnknownField {
        /// The field that may have been meant.
        similar: Option<String>,
    },
    /// It isn't one of the choices.
    NotAChoice {
        /// What was given.
        given: String,
        /// The ids to choose from.
        choices: Vec<String>,
        /// The choice that may have been meant.
        similar: Option<String>,
    },
    /// It exists, but isn't offered here; the text says why.
    NotOffered {
        /// Why.
        why: String,
        /// The ids to choose from.
        choices: Vec<String>,
    },
    /// The account can't open cases; the text says why.
    AccountRefused(String),
    /// There is no account to open a case in.
    NoAccount,
    /// A blank text where there is one.
    Blank,
    /// Too many characters.
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A line break or control character in a single line.
    NotOneLine,
    /// A NUL character.
    HasNul,
    /// Not a date and time in RFC 3339.
    NotATime(String),
    /// Later than now.
    InTheFuture(String),
    /// Not a GUID; the text names the mistake.
    NotAGuid(String),
    /// Not an e-mail address.
    NotAnEmail(String),
    /// Not a phone number; the text names the mistake.
    NotAPhone(String),
    /// A text where a file is wanted.
    NotAFile,
    /// A file where a text is wanted.
    NotAText,
    /// A file without a name, or with a folder in it.
    BadFileName(String),
    /// A file without content.
    EmptyFile(String),
    /// A file that is too large.
    FileTooLarge {
        /// Which.
        name: String,
        /// Bytes given.
        size: u64,
        /// Bytes allowed.
        max: u64,
    },
}

impl Problem {
    /// A word for scripts, stable between releases.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotApplicable(_) => "not_applicable",
            Self::UnknownField { .. } => "unknown_field",
            Self::NotAChoice { .. } => "not_a_choice",
            Self::NotOffered { .. } => "not_offered",
            Self::AccountRefused(_) => "account_refused",
            Self::NoAccount => "no_account",
            Self::Blank => "blank",
            Self::TooLong { .. } => "too_long",
            Self::NotOneLine => "not_one_line",
            Self::HasNul => "has_nul",
            Self::NotATime(_) => "not_a_time",
            Self::InTheFuture(_) => "in_the_future",
            Self::NotAGuid(_) => "not_a_guid",
            Self::NotAnEmail(_) => "not_an_email",
            Self::NotAPhone(_) => "not_a_phone",
            Self::NotAFile => "not_a_file",
            Self::NotAText => "not_a_text",
            Self::BadFileName(_) => "bad_file_name",
            Self::EmptyFile(_) => "empty_file",
            Self::FileTooLarge { .. } => "file_too_large",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "is required"),
            Self::NotApplicable(why) => write!(f, "does not apply{}", after_colon(why)),
            Self::UnknownField { similar: None } => write!(f, "is not a field of the form"),
            Self::UnknownField { similar: Some(similar) } => {
                write!(f, "is not a field of the form; did you mean `{similar}`?")
            }
            Self::NotAChoice { given, choices, similar } => {
                write!(f, "`{given}` is not a choice")?;
                if let Some(similar) = similar {
                    write!(f, " (did you mean `{similar}`?)")?;
                }
                write!(f, "{}", choose_from(choices))
            }
            Self::NotOffered { why, choices } => write!(f, "{why}{}", choose_from(choices)),
            Self::AccountRefused(why) => write!(f, "is refused: {why}"),
            Self::NoAccount => {
                write!(f, "is missing: you are in no account; ask whoever runs the portal to add you to one")
            }
            Self::Blank => write!(f, "is blank"),
            Self::TooLong { length, max } => {
                write!(
                    f,
                    "has {} characters; at most {} are allowed",
                    grouped(*length as u64),
                    grouped(*max as u64)
                )
            }
            Self::NotOneLine => write!(f, "has to be a single line without control characters"),
            Self::HasNul => write!(f, "has a NUL character; is it text?"),
            Self::NotATime(given) => {
                write!(f, "`{given}` is not a date and time; write it like 2026-11-20T09:30:00Z")
            }
            Self::InTheFuture(given) => write!(f, "{given} is in the future"),
            Self::NotAGuid(why) | Self::NotAPhone(why) => write!(f, "{why}"),
            Self::NotAnEmail(given) => write!(f, "`{given}` is not an e-mail address"),
            Self::NotAFile => write!(f, "has to be a file with its name and size, not a text"),
            Self::NotAText => write!(f, "has to be a text, not a file"),
            Self::BadFileName(name) if name.is_empty() => write!(f, "has no file name"),
            Self::BadFileName(name) => {
                write!(f, "{name:?} is not a plain file name: give one without folders")
            }
            Self::EmptyFile(name) => write!(f, "`{name}` is empty"),
            Self::FileTooLarge { name, size, max } => {
                let (size, max) = (grouped(*size), grouped(*max));
                write!(f, "`{name}` has {size} bytes; at most {max} are allowed")
            }
        }
    }
}

fn after_colon(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {why}") }
}

/// `; choose one of a, b`, or nothing where there is nothing to choose from.
fn choose_from(choices: &[String]) -> String {
    if choices.is_empty() { String::new() } else { format!("; choose one of {}", choices.join(", ")) }
}

/// `25,000,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = (digits.len() - 1) % 3 + 1;
    let (head, tail) = digits.split_at(first);
    tail.as_bytes()
        .chunks(3)
        .fold(head.to_owned(), |text, group| text + "," + &String::from_utf8_lossy(group))
}

/// A problem as scripts and the portal's API see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's id, or what was given in place of one.
    pub field: String,
    /// What is wrong, a clause without a full stop.
    pub problem: String,
    /// The command-line flag that answers it.
    pub flag: String,
    /// A stable word for it, like `missing`.
    pub code: String,
}

impl FieldProblem {
    /// `problem` with the field `id`.
    pub fn new(id: &str, problem: &Problem) -> Self {
        Self {
            field: id.to_owned(),
            problem: problem.to_string(),
            flag: flag(id),
            code: problem.code().to_owned(),
        }
    }
}

impl fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.problem)
    }
}
