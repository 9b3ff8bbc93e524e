//! Times and durations as people write and read them.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

/// A time or a duration that couldn't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Not a time.
    #[error(
        "`{0}` is not a time: write it like 2026-11-20T09:30:00Z, `2026-11-20 09:30`, 2026-11-20, \
         `yesterday 14:00`, `monday 9:00` or `2h ago`"
    )]
    NotATime(String),
    /// Not a duration.
    #[error("`{0}` is not a duration: write it like 90s, 15m, 2h, 5d or 1h30m")]
    NotADuration(String),
    /// No time at all.
    #[error("`{0}` leaves no time to wait: give at least 1s")]
    NoTime(String),
}

/// The moment that `text` means to somebody for whom it is `now`: RFC 3339, a date with or without a time
/// (local), `now`, `today`, `yesterday` or a weekday with or without a time, a time of day, `2h ago`,
/// `3 days ago`, `an hour ago`. A weekday is the last one that has passed. A local time that a change of the
/// clocks skips or repeats is taken as RFC 5545 says: the later one of a gap, the first one of a fold.
pub fn parse_time(text: &str, now: &Zoned) -> Result<Timestamp, WhenError> {
    let wrong = || WhenError::NotATime(text.trim().chars().take(60).collect());
    let trimmed = text.trim();
    if let Ok(moment) = trimmed.parse::<Timestamp>() {
        return Ok(moment);
    }
    let words = trimmed.to_ascii_lowercase();
    if words == "now" {
        return Ok(now.timestamp());
    }
    if let Some(ago) = words.strip_suffix("ago") {
        let ago = duration(ago.trim()).ok_or_else(wrong)?;
        return now.timestamp().checked_sub(ago).map_err(|_| wrong());
    }
    let local = local_time(&words, now).ok_or_else(wrong)?;
    let zoned = local.to_zoned(now.time_zone().clone()).map_err(|_| wrong())?;
    Ok(zoned.timestamp())
}

/// The same where `text` names its date, so that it means that moment whenever it is read.
pub fn parse_dated(text: &str, now: &Zoned) -> Option<Timestamp> {
    let text = text.trim();
    let is_dated = text.parse::<Timestamp>().is_ok() || text.get(..10).and_then(date).is_some();
    if is_dated { parse_time(text, now).ok() } else { None }
}

/// A date, a time of day or both, without a zone.
fn local_time(words: &str, now: &Zoned) -> Option<DateTime> {
    let (first, rest) = match words.split_once([' ', 't']) {
        Some((date, time)) if date.contains('-') => (date, time),
        _ => words.split_once(' ').unwrap_or((words, "")),
    };
    let rest = rest.trim().strip_prefix("at ").unwrap_or(rest.trim());
    let today = now.date();
    if let (Some(time), "") = (time_of_day(first), rest) {
        return Some(today.to_datetime(time));
    }
    let time = if rest.is_empty() { Time::midnight() } else { time_of_day(rest)? };
    let date = match first {
        "today" => today,
        "yesterday" => today.yesterday().ok()?,
        _ => match weekday(first) {
            Some(weekday) => last(weekday, time, now)?,
            None => date(first)?,
        },
    };
    Some(date.to_datetime(time))
}

/// `2026-11-20`, with four, two and two digits.
fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}

/// `9:30`, `09:30` or `09:30:15`.
fn time_of_day(text: &str) -> Option<Time> {
    let parts: Vec<&str> = text.split(':').collect();
    let number = |part: &str| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<i8>().ok()).flatten()
    };
    match parts.as_slice() {
        [hour, minute] => Time::new(number(hour)?, number(minute)?, 0, 0).ok(),
        [hour, minute, second] => Time::new(number(hour)?, number(minute)?, number(second)?, 0).ok(),
        _ => None,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    days.into_iter().find(|(name, _)| *name == word || name[..3] == *word).map(|(_, day)| day)
}

/// The last `weekday` on which `time` has passed; today counts if it has.
fn last(weekday: Weekday, time: Time, now: &Zoned) -> Option<Date> {
    let today = now.date();
    if today.weekday() == weekday && time <= now.time() {
        return Some(today);
    }
    let back = (i32::from(today.weekday().to_monday_zero_offset())
        - i32::from(weekday.to_monday_zero_offset()))
    .rem_euclid(7);
    let days = if back == 0 { 7 } else { back };
    today.checked_sub(days.days()).ok()
}

/// A duration: `90s`, `15m`, `2h`, `5d`, `1w`, or several of these in a row. Days have 24 hours. Zero is
/// one; nothing negative is.
pub fn parse_duration(text: &str) -> Result<SignedDuration, WhenError> {
    let short = text.trim();
    let units_only = short.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    let parsed = if units_only && short.bytes().any(|b| b.is_ascii_digit()) { duration(short) } else { None };
    parsed.ok_or_else(|| WhenError::NotADuration(short.chars().take(60).collect()))
}

/// How long to wait: a duration that isn't zero.
pub fn parse_wait(text: &str) -> Result<std::time::Duration, WhenError> {
    let wait = parse_duration(text)?.unsigned_abs();
    if wait.is_zero() { Err(WhenError::NoTime(text.trim().to_owned())) } else { Ok(wait) }
}

/// Numbers and units, with or without spaces; `a` and `an` are one.
fn duration(words: &str) -> Option<SignedDuration> {
    let mut total = SignedDuration::ZERO;
    let mut rest = words.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (count, after) = match digits {
            0 => {
                let article = ["an ", "a "].into_iter().find(|article| rest.starts_with(article))?;
                (1, &rest[article.len()..])
            }
            _ => (rest[..digits].parse::<i64>().ok()?, &rest[digits..]),
        };
        let after = after.trim_start();
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let seconds = match &after[..letters] {
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
            "d" | "day" | "days" => 86_400,
            "w" | "week" | "weeks" => 7 * 86_400,
            _ => return None,
        };
        total = total.checked_add(SignedDuration::from_secs(count.checked_mul(seconds)?))?;
        rest = after[letters..].trim_start();
    }
    Some(total)
}

/// A duration as [`parse_duration`] reads it: `5d`, `1h30m`, `0s`. Parts of a second are left out.
pub fn format_duration(duration: SignedDuration) -> String {
    let mut seconds = duration.as_secs().max(0);
    let mut text = String::new();
    for (unit, length) in [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] {
        if seconds >= length {
            text.push_str(&format!("{}{unit}", seconds / length));
            seconds %= length;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// How long before or after `now` something is: `3 hours ago`, `in 4 days`, `just now`.
pub fn relative(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second().saturating_sub(then.as_second());
    let distance = seconds.unsigned_abs();
    let units =
        [("year", 31_557_600), ("month", 2_629_800), ("day", 86_400), ("hour", 3_600), ("minute", 60)];
    let Some((unit, length)) = units.into_iter().find(|(_, length)| distance >= *length) else {
        // Clocks differ by a few seconds.
        return if seconds > -10 { "just now".to_owned() } else { format!("in {distance} seconds") };
    };
    let count = distance / length;
    let plural = if count == 1 { "" } else { "s" };
    if seconds > 0 { format!("{count} {unit}{plural} ago") } else { format!("in {count} {unit}{plural}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A Friday.
    fn now() -> Zoned {
        "2026-11-20T15:45:00+01:00[Europe/Berlin]".parse().unwrap()
    }

    fn read(text: &str) -> String {
        parse_time(text, &now()).map_or_else(|error| error.to_string(), |moment| moment.to_string())
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, moment) in [
            ("2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"),
            ("2026-11-20T09:30:00+05:30", "2026-11-20T04:00:00Z"),
            ("2026-11-20 09:30", "2026-11-20T08:30:00Z"),
            ("2026-11-20T09:30", "2026-11-20T08:30:00Z"),
            ("2026-11-20 9:30:15", "2026-11-20T08:30:15Z"),
            ("2026-07-01", "2026-06-30T22:00:00Z"),
            ("09:30", "2026-11-20T08:30:00Z"),
            ("today 9:30", "2026-11-20T08:30:00Z"),
            ("yesterday 14:00", "2026-11-19T13:00:00Z"),
            ("Yesterday at 14:00", "2026-11-19T13:00:00Z"),
            ("yesterday", "2026-11-18T23:00:00Z"),
            ("now", "2026-11-20T14:45:00Z"),
            ("friday 9:00", "2026-11-20T08:00:00Z"),
            ("friday 16:00", "2026-11-13T15:00:00Z"),
            ("mon 9:00", "2026-11-16T08:00:00Z"),
            ("saturday", "2026-11-13T23:00:00Z"),
            ("2h ago", "2026-11-20T12:45:00Z"),
            ("90 minutes ago", "2026-11-20T13:15:00Z"),
            ("3 days ago", "2026-11-17T14:45:00Z"),
            ("an hour ago", "2026-11-20T13:45:00Z"),
            ("1h30m ago", "2026-11-20T13:15:00Z"),
        ] {
            assert_eq!(read(text), moment, "{text}");
        }
    }

    #[test]
    fn only_what_names_its_date_means_the_same_tomorrow() {
        for text in
            ["2026-11-20T08:30Z", "2026-11-20T09:30:00.000+01:00", "2026-11-20 9:30", " 2026-11-20t09:30:00 "]
        {
            let moment = parse_dated(text, &now()).map(|moment| moment.to_string());
            assert_eq!(moment.as_deref(), Some("2026-11-20T08:30:00Z"), "{text}");
        }
        for text in
            ["", "2h ago", "now", "yesterday 14:00", "monday", "09:30", "2026-11-20 nine", "2026-13-01"]
        {
            assert_eq!(parse_dated(text, &now()), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_says_how_to_write_one() {
        for text in [
            "",
            "ago",
            "soon",
            "25:00",
            "2026-02-30 10:00",
            "2026-11-20 nine",
            "20.11.2026",
            "-2h ago",
            "friday x",
            "é ago",
        ] {
            assert!(read(text).contains("is not a time: write it like"), "{text}: {}", read(text));
        }
    }

    #[test]
    fn changes_of_the_clocks_do_not_matter() {
        // 2026-03-29 02:30 doesn't exist in Berlin; 2026-10-25 02:30 exists twice.
        assert_eq!(read("2026-03-29 02:30"), "2026-03-29T01:30:00Z");
        assert_eq!(read("2026-10-25 02:30"), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn durations_have_units() {
        for (text, seconds) in [
            ("90s", 90),
            ("15m", 900),
            ("2h", 7_200),
            ("5d", 432_000),
            ("1w", 604_800),
            ("1h30m", 5_400),
            ("0s", 0),
        ] {
            assert_eq!(parse_duration(text).unwrap().as_secs(), seconds, "{text}");
        }
        for text in
            ["", "5", "d", "-5d", "5 parsecs", "1.5h", "99999999999999999999d", "9223372036854775807d", "5D"]
        {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nobody_waits_for_no_time() {
        assert_eq!(parse_wait("1h30m"), Ok(std::time::Duration::from_secs(5_400)));
        assert_eq!(parse_wait("0s"), Err(WhenError::NoTime("0s".to_owned())));
        assert_eq!(parse_wait("soon"), Err(WhenError::NotADuration("soon".to_owned())));
    }

    #[test]
    fn distances_are_rounded_down() {
        let at = |seconds: i64| {
            relative(now().timestamp() + SignedDuration::from_secs(seconds), now().timestamp())
        };
        assert_eq!(at(-59), "just now");
        assert_eq!(at(-60), "1 minute ago");
        assert_eq!(at(-7_199), "1 hour ago");
        assert_eq!(at(5 * 86_400), "in 5 days");
        assert_eq!(at(-400 * 86_400), "1 year ago");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,30}") {
            let _ = parse_time(&text, &now());
            let _ = parse_duration(&text);
        }

        #[test]
        fn durations_survive_the_way(seconds in 0..10_000_000_i64) {
            let duration = SignedDuration::from_secs(seconds);
            prop_assert_eq!(parse_duration(&format_duration(duration)), Ok(duration));
        }
    }
}
