//! Data on stdout for machines: JSON, jq and CSV, for every command alike.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Page, text};
use crate::failure::{Failure, Kind};
use crate::rules::similar;

/// The form of the data on stdout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    People,
    /// JSON, with just these fields if any are named.
    Json(Vec<String>),
    /// The results of a jq filter, one a line, strings without quotes.
    Jq(String),
    /// CSV with a header, with just these fields if any are named.
    Csv(Vec<String>),
}

/// Where the things that a value lists are, to which field names refer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// The value is a single thing.
    One,
    /// The value is an array of them.
    Bare,
    /// They are an array in this member.
    Within(&'static str),
}

/// A command's data.
pub trait Show: Serialize {
    /// The fields of each thing that it lists, in order.
    const FIELDS: &'static [&'static str];
    /// Where these things are.
    const ROWS: Rows;
    /// Those of the fields that came later: CSV has them only where they are named, lest its columns change.
    const LATER: &'static [&'static str] = &[];

    /// The same for people, ending with a line feed unless empty.
    fn text(&self, page: &Page) -> String;
}

/// `value` in a machine's format. JSON is indented for a terminal and a single line elsewhere. The plain
/// texts of jq and CSV stay as they are in a file, but don't control a terminal.
pub(super) fn render<T: Show>(value: &T, format: &Format, terminal: bool) -> Result<String, Failure> {
    let json = as_json(value)?;
    let plain = |text: String| if terminal { text::clean(&text).into_owned() } else { text };
    match format {
        Format::People => Ok(String::new()),
        Format::Json(fields) => {
            let selected = select(json, T::ROWS, T::FIELDS, fields)?;
            let rendered = if terminal { format!("{selected:#}\n") } else { format!("{selected}\n") };
            Ok(safe_json(&rendered))
        }
        Format::Jq(filter) => jq(&json, &compile(filter)?).map(plain),
        Format::Csv(fields) => {
            check_fields(T::FIELDS, fields)?;
            let first = T::FIELDS.iter().copied().filter(|field| !T::LATER.contains(field));
            let named = fields.iter().map(String::as_str);
            let columns: Vec<&str> = if fields.is_empty() { first.collect() } else { named.collect() };
            csv(json, T::ROWS, &columns).map(plain)
        }
    }
}

/// Whether a thing can be shown in a format at all.
pub(super) fn check<T: Show>(format: &Format) -> Result<(), Failure> {
    match format {
        Format::People => Ok(()),
        Format::Json(fields) | Format::Csv(fields) => check_fields(T::FIELDS, fields),
        Format::Jq(filter) => compile(filter).map(drop),
    }
}

/// JSON in which what could control a terminal is escaped, by the same judgement as in other texts. It can only
/// stand inside strings, so the value stays the same.
pub(super) fn safe_json(json: &str) -> String {
    use std::fmt::Write as _;
    let write = |c: char, safe: &mut String| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(safe, "\\u{unit:04x}");
        }
    };
    text::escaped(json, write).unwrap_or_else(|| json.to_owned())
}

/// The same for things that come one after the other: a line of JSON each, never indented; the results of the
/// filter on each; a row of CSV each.
pub(super) struct Lines {
    format: Format,
    filter: Option<Filter>,
    terminal: bool,
    /// Whether the header of CSV is still to come.
    begins: bool,
}

impl Lines {
    pub(super) fn new<T: Show>(format: &Format, terminal: bool) -> Result<Self, Failure> {
        check::<T>(format)?;
        let filter = if let Format::Jq(filter) = format { Some(compile(filter)?) } else { None };
        Ok(Self { format: format.clone(), filter, terminal, begins: true })
    }

    /// The next one.
    pub(super) fn next<T: Show>(&mut self, value: &T, page: &Page) -> Result<String, Failure> {
        let begins = std::mem::take(&mut self.begins);
        match (&self.format, &self.filter) {
            (Format::People, _) => Ok(value.text(page)),
            (_, Some(filter)) => {
                let text = jq(&as_json(value)?, filter)?;
                Ok(if self.terminal { text::clean(&text).into_owned() } else { text })
            }
            (Format::Csv(_), None) => {
                let rendered = render(value, &self.format, self.terminal)?;
                let header = rendered.find('\n').map_or(0, |end| end + 1);
                Ok(rendered[if begins { 0 } else { header }..].to_owned())
            }
            (_, None) => render(value, &self.format, false),
        }
    }
}

fn as_json<T: Serialize>(value: &T) -> Result<Value, Failure> {
    serde_json::to_value(value)
        .map_err(|error| Failure::new(Kind::Failed, format!("cannot write the answer as JSON: {error}")))
}

fn select(json: Value, rows: Rows, known: &[&str], fields: &[String]) -> Result<Value, Failure> {
    if fields.is_empty() {
        return Ok(json);
    }
    check_fields(known, fields)?;
    let pick = |row: Value| match row {
        Value::Object(mut row) => Value::Object(
            fields
                .iter()
                .map(|field| (field.clone(), row.remove(field).unwrap_or(Value::Null)))
                .collect::<Map<_, _>>(),
        ),
        other => other,
    };
    Ok(match (rows, json) {
        (Rows::Bare, Value::Array(list)) => list.into_iter().map(pick).collect(),
        (Rows::Within(member), Value::Object(mut whole)) => {
            if let Some(Value::Array(list)) = whole.get_mut(member) {
                *list = std::mem::take(list).into_iter().map(pick).collect();
            }
            Value::Object(whole)
        }
        (_, one) => pick(one),
    })
}

fn check_fields(known: &[&str], fields: &[String]) -> Result<(), Failure> {
    let unknown: Vec<&str> =
        fields.iter().map(String::as_str).filter(|field| !known.contains(field)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let named = unknown.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ");
    Err(Failure::usage(format!("there is no field {named} here"))
        .did_you_mean(similar(unknown[0], known.iter().copied()))
        .hint(format!("the fields are {}", known.join(", "))))
}

fn csv(json: Value, rows: Rows, columns: &[&str]) -> Result<String, Failure> {
    let list = match (rows, json) {
        (Rows::Bare, Value::Array(list)) => list,
        (Rows::Within(member), Value::Object(mut whole)) => match whole.remove(member) {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        },
        (_, one) => vec![one],
    };
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let failed =
        |error: &dyn std::fmt::Display| Failure::new(Kind::Failed, format!("cannot write CSV: {error}"));
    writer.write_record(columns).map_err(|error| failed(&error))?;
    for row in list {
        let record = columns.iter().map(|column| cell(row.get(column)));
        writer.write_record(record).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// Texts as they are, nothing for `null`, the id of what has one, like an account, and JSON for whatever else
/// is nested.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(members)) if members.contains_key("id") => cell(members.get("id")),
        Some(other) => other.to_string(),
    }
}

type Filter = jaq_core::Filter<jaq_core::data::JustLut<jaq_json::Val>>;

fn compile(filter: &str) -> Result<Filter, Failure> {
    use jaq_core::Compiler;
    use jaq_core::load::{Arena, File, Loader};

    let wrong = |why: String| Failure::usage(format!("--jq: `{filter}` is not a jq filter: {why}"));
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(defs)
        .load(&arena, File { code: filter, path: () })
        .map_err(|errors| wrong(load_error(filter, &errors)))?;
    Compiler::default().with_funs(funs).compile(modules).map_err(|errors| {
        let unknown = errors.iter().flat_map(|(_, errors)| errors);
        wrong(
            unknown
                .map(|(name, kind)| format!("undefined {} {name}", kind.as_str()))
                .collect::<Vec<_>>()
                .join(", "),
        )
    })
}

fn jq(json: &Value, program: &Filter) -> Result<String, Failure> {
    use jaq_core::{Ctx, Vars, data, unwrap_valr};
    use jaq_json::{Val, read};

    let input = read::parse_single(json.to_string().as_bytes())
        .map_err(|error| Failure::new(Kind::Failed, format!("--jq cannot read the answer: {error}")))?;
    let context = Ctx::<data::JustLut<Val>>::new(&program.lut, Vars::new([]));
    let mut out = String::new();
    for result in program.id.run((context, input)).map(unwrap_valr) {
        match result {
            Ok(Val::TStr(bytes)) => out.push_str(&String::from_utf8_lossy(&bytes)),
            Ok(value) => out.push_str(&safe_json(&value.to_string())),
            Err(error) => return Err(failed(&error.to_string())),
        }
        out.push('\n');
    }
    Ok(out)
}

/// A filter that failed on the data. jaq repeats the value that it failed on, which may be all of them.
fn failed(why: &str) -> Failure {
    const SHOWN: usize = 160;
    let cut = |why: &str| match why.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &why[..at]),
        None => why.to_owned(),
    };
    Failure::new(Kind::Failed, format!("--jq: {}", cut(why)))
        .hint("`--json` shows what the filter gets; the cases of a list are in `.cases`")
}

fn load_error(filter: &str, errors: &jaq_core::load::Errors<&str, ()>) -> String {
    use jaq_core::load::Error;
    let at = |part: &str| {
        let start = jaq_core::load::span(filter, part).start;
        if start >= filter.len() { "at its end".to_owned() } else { format!("near `{}`", &filter[start..]) }
    };
    let reasons = errors.iter().map(|(_, error)| match error {
        Error::Io(files) => files.iter().map(|(_, why)| why.clone()).collect::<Vec<_>>().join(", "),
        Error::Lex(errors) => errors
            .iter()
            .map(|(what, part)| format!("expected {} {}", what.as_str(), at(part)))
            .collect::<Vec<_>>()
            .join(", "),
        Error::Parse(errors) => errors
            .iter()
            .map(|(what, part)| format!("expected {} {}", what.as_str(), at(part)))
            .collect::<Vec<_>>()
            .join(", "),
    });
    reasons.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    #[serde(transparent)]
    struct Things(Value);

    impl Show for Things {
        const FIELDS: &'static [&'static str] = &["name", "size", "tags"];
        const ROWS: Rows = Rows::Within("things");

        fn text(&self, _: &Page) -> String {
            String::new()
        }
    }

    #[derive(Serialize)]
    struct Thing {
        name: String,
    }

    impl Show for Thing {
        const FIELDS: &'static [&'static str] = &["name"];
        const ROWS: Rows = Rows::One;

        fn text(&self, _: &Page) -> String {
            String::new()
        }
    }

    fn things() -> Things {
        Things(json!({"things": [
            {"name": "a,\"b\"", "size": 3, "tags": ["x"]}, {"name": "c\u{9b}", "size": null, "tags": []},
        ], "total": 2}))
    }

    fn fields(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn json_keeps_what_stands_around_the_rows() {
        let rendered = render(&things(), &Format::Json(fields(&["size"])), false).unwrap();
        assert_eq!(rendered, "{\"things\":[{\"size\":3},{\"size\":null}],\"total\":2}\n");
    }

    #[test]
    fn json_never_controls_the_terminal() {
        let rendered = render(&things(), &Format::Json(fields(&["name"])), false).unwrap();
        assert!(rendered.contains("c\\u009b"), "{rendered}");
        assert_eq!(safe_json("\"\u{e0041}\""), "\"\\udb40\\udc41\"");
    }

    #[test]
    fn json_is_judged_like_text_and_stays_the_same_value() {
        for said in [
            format!("Z{}", "\u{301}".repeat(40)),
            vec!["👩"; 40].join("\u{200d}"),
            "\u{301}\n\u{20dd}\"\u{301}".to_owned(),
            "1\u{fe0f}".to_owned(),
        ] {
            let safe = safe_json(&json!(said).to_string());
            assert!(safe.contains("\\u"), "{safe}");
            assert_eq!(text::clean(&safe), safe);
            assert_eq!(serde_json::from_str::<Value>(&safe).unwrap(), said);
        }
        let family = json!("👨\u{200d}👩\u{200d}👧 می\u{200c}خواهم").to_string();
        assert_eq!(safe_json(&family), family);
    }

    #[test]
    fn an_unknown_field_lists_the_fields() {
        let failure = render(&things(), &Format::Csv(fields(&["nmae"])), false).unwrap_err();
        assert_eq!(failure.kind, Kind::Usage);
        assert_eq!(failure.message, "there is no field `nmae` here");
        assert_eq!(failure.hints, ["did you mean `name`?", "the fields are name, size, tags"]);
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let rendered = render(&things(), &Format::Csv(Vec::new()), false).unwrap();
        assert_eq!(rendered, "name,size,tags\n\"a,\"\"b\"\"\",3,\"[\"\"x\"\"]\"\nc\u{9b},,[]\n");
    }

    #[test]
    fn a_cell_of_csv_has_the_id_of_what_has_one() {
        let things = Things(json!({"things": [
            {"name": {"id": "1001", "name": "Northwind"}, "size": {"id": {"id": 7}}, "tags": {"a": 1}},
        ]}));
        let rendered = render(&things, &Format::Csv(Vec::new()), false).unwrap();
        assert_eq!(rendered, "name,size,tags\n1001,7,\"{\"\"a\"\":1}\"\n");
    }

    #[test]
    fn plain_texts_control_no_terminal_but_stay_as_they_are_in_a_file() {
        let name = Format::Jq(".things[1].name".to_owned());
        assert_eq!(render(&things(), &name, true).unwrap(), "c\\x9b\n");
        assert_eq!(render(&things(), &name, false).unwrap(), "c\u{9b}\n");
        let csv = Format::Csv(fields(&["name"]));
        assert_eq!(render(&things(), &csv, true).unwrap(), "name\n\"a,\"\"b\"\"\"\nc\\x9b\n");
    }

    #[test]
    fn what_comes_one_after_the_other_has_a_line_each_and_one_header() {
        let page = Page::for_tests();
        let lines = |format: Format| {
            let mut lines = Lines::new::<Thing>(&format, false).unwrap();
            let mut next = |name: &str| lines.next(&Thing { name: name.to_owned() }, &page).unwrap();
            next("a") + &next("b,\nc")
        };
        assert_eq!(lines(Format::Json(Vec::new())), "{\"name\":\"a\"}\n{\"name\":\"b,\\nc\"}\n");
        assert_eq!(lines(Format::Csv(Vec::new())), "name\na\n\"b,\nc\"\n");
        assert_eq!(lines(Format::Jq(".name".to_owned())), "a\nb,\nc\n");
        assert!(Lines::new::<Thing>(&Format::Jq(".[".to_owned()), false).is_err());
        assert!(Lines::new::<Thing>(&Format::Csv(fields(&["nmae"])), false).is_err());
    }

    #[test]
    fn jq_prints_strings_as_they_are() {
        let run = |filter: &str| render(&things(), &Format::Jq(filter.to_owned()), false);
        assert_eq!(run(".things[].size").unwrap(), "3\nnull\n");
        assert_eq!(run(".things[0].name").unwrap(), "a,\"b\"\n");
        assert_eq!(run(".total | . + 1").unwrap(), "3\n");
        for wrong in [".things[", "nothere", "\"", ". as"] {
            let failure = run(wrong).unwrap_err();
            assert_eq!(failure.kind, Kind::Usage, "{}", failure.message);
        }
        assert_eq!(run(".total | error(\"no\")").unwrap_err().kind, Kind::Failed);
    }
}
