//! What a case needs: one rule engine for everybody who asks.
//!
//! A [`Form`] is data that comes from the portal's catalogue: ordered [`Field`]s, each with a kind, limits,
//! choices and a [`Need`] under [`Condition`]s on earlier answers. A [`Draft`] holds the answers given so
//! far, and a [`Context`] what is known about who gives them. Four users share these functions and so can't
//! disagree:
//!
//! - the walk asks [`next`] until nothing is left, calls [`prune`] after each answer, and before filing says
//!   what is [`left_unsaid`], which is no reason to refuse,
//! - scripts get [`problems`], all at once,
//! - the portal refuses what [`problems`] names,
//! - [`schema`] says the same as JSON Schema 2020-12, for other programs.
//!
//! Everything here is pure: no clock, no disk, no network.

mod checklist;
mod condition;
mod draft;
mod evaluate;
mod form;
mod problem;
mod schema;
mod value;

pub use crate::similar::similar;
pub use checklist::{checklist, left_unsaid};
pub use condition::Condition;
pub use draft::{Answer, Context, Draft};
pub use evaluate::{Applies, Question, applies, next, offered, problems, prune, question};
pub use form::{Choice, Field, Form, FormError, Kind, Need, NeedRule, Point};
pub use problem::{FieldProblem, Problem};
pub use schema::schema;
pub use value::{check_file, check_text, is_email};
