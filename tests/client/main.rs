//! The client against a portal that follows a script: what it sends, what it makes of every answer.

mod answers;
mod files;
mod stub;
mod writes;
