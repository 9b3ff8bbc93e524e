//! Several things given to one command, each done in its turn whatever became of those before it.

use crate::failure::{Failure, Kind};

/// What was given, each once, in order.
pub(super) fn each<T: PartialEq>(given: Vec<T>) -> Vec<T> {
    let mut once = Vec::with_capacity(given.len());
    for one in given {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// What remains to be said once all had their turn: of so many things, called like `cases`, these couldn't be
/// `done`, like `closed`. Where none could, it is a failure of the first one's kind.
pub(super) fn judge(
    done: &str,
    (total, things): (usize, &str),
    failures: &[(String, Failure)],
) -> Result<(), Failure> {
    let Some((_, first)) = failures.first().cloned() else { return Ok(()) };
    let count = total - failures.len();
    let kind = if count == 0 { first.kind } else { Kind::Partly };
    let mut hints: Vec<String> = Vec::new();
    for hint in failures.iter().flat_map(|(_, failure)| &failure.hints) {
        if !hints.contains(hint) {
            hints.push(hint.clone());
        }
    }
    if count == 0 && failures.iter().all(|(_, failure)| failure.message == first.message) {
        return Err(Failure { hints, ..first });
    }
    let why: Vec<String> = failures.iter().map(|(name, failure)| format!("{name}: {failure}")).collect();
    let message = format!("{done} {count} of {total} {things}; not {done}: {}", why.join("; "));
    Err(Failure { hints, ..Failure::new(kind, message) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_done_is_told_once() {
        let failed = |name: &str, why: &str| {
            (name.to_owned(), Failure::new(Kind::Closed, why).hint("leave it").hint(format!("not {name}")))
        };
        let judged = |total, failures: &[_]| judge("closed", (total, "cases"), failures).unwrap_err();
        assert!(judge("closed", (2, "cases"), &[]).is_ok());
        let some = judged(3, &[failed("1", "it is closed"), failed("2", "it is gone")]);
        assert_eq!(some.kind, Kind::Partly);
        assert_eq!(some.message, "closed 1 of 3 cases; not closed: 1: it is closed; 2: it is gone");
        assert_eq!(some.hints, ["leave it", "not 1", "not 2"]);
        let none = judged(2, &[failed("1", "it is closed"), failed("2", "it is closed")]);
        assert_eq!((none.kind, none.message.as_str()), (Kind::Closed, "it is closed"));
        assert_eq!(each(vec![3, 1, 3, 2, 1]), [3, 1, 2]);
    }
}
