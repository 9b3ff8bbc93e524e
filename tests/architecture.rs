//! Holds the sources to what is written about them: who may use whom, where printing is allowed, how long a
//! file may be.
//!
//! The table in the documentation of `src/lib.rs` is read, not repeated: changing who may use whom means
//! changing what is written there, and in DESIGN.md, which has to say the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines that a source file may have.
const LONGEST: usize = 600;
/// Outside `portal`, who may use it: the commands that run one, and what starts the portal `local`.
const MAY_USE_PORTAL: [&str; 3] = ["commands/portal.rs", "commands/portal/", "commands/desk.rs"];

#[test]
fn modules_use_only_what_they_may() {
    let allowed = table(&read("src/lib.rs"));
    let mut broken = Vec::new();
    for (path, text) in sources() {
        broken.extend(violations(&path, &text, &allowed));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_design_has_the_same_table_and_every_module() {
    let written = table(&read("src/lib.rs"));
    assert_eq!(written, table(&read("DESIGN.md")), "the table in DESIGN.md isn't the one in src/lib.rs");
    for name in modules() {
        assert!(written.contains_key(&name), "src/lib.rs: the table doesn't say what `{name}` may use");
    }
}

#[test]
fn only_ui_prints() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        for pair in tokens(&text).windows(2) {
            let prints = ["print", "println", "eprint", "eprintln", "dbg"].contains(&pair[0].text.as_str());
            if prints && pair[1].text == "!" && !path.starts_with("ui/") {
                broken.push(format!("src/{path}:{}: `{}!`: only src/ui prints", pair[0].line, pair[0].text));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut broken = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        if lines > LONGEST {
            broken.push(format!("src/{path}:{lines}: more than {LONGEST} lines"));
        }
        if !text.starts_with("//! ") {
            broken.push(format!("src/{path}:1: has to begin with a module doc, `//! …`"));
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_project_stands_alone() {
    let outside = [concat!("..", "/shared"), concat!("work", "/shared")];
    let mut broken = Vec::new();
    for path in files(&root(), &["target", ".git"]) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            if outside.iter().any(|outside| line.contains(outside)) {
                broken.push(format!("{}:{}: refers to something outside", path.display(), number + 1));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// The scanner itself: what it has to find, and what it must not.
#[test]
fn a_planted_violation_is_found() {
    let allowed = table(&read("src/lib.rs"));
    let found = |path: &str, text: &str| violations(path, text, &allowed);
    for (path, text, line) in [
        ("rules/form.rs", "use crate::client::Session;", 1),
        ("rules/form.rs", "use crate::{\n    account,\n    ui::{Table, text},\n};", 3),
        ("client/wire.rs", "fn f() {\n    crate::portal::serve();\n}", 2),
        ("portal/routes/cases.rs", "pub use crate::client::Key;", 1),
        ("profile/mod.rs", "mod tests {\n    use crate::rules::Draft;\n}", 2),
        ("commands/login.rs", "use crate::portal::Options;", 1),
        ("case.rs", "use crate::rules::{FieldProblem, Form};", 1),
        ("case.rs", "use super::ui::Table;", 1),
        ("ui/mod.rs", "mod tests {\n    use super::super::client::Key;\n}", 2),
        ("client/key.rs", "let c = '\"'; let d: &'static str = r#\"\"#; use crate::ui::Ui;", 1),
        ("nowhere/mod.rs", "use crate::case::Case;", 1),
    ] {
        let found = found(path, text);
        assert_eq!(found.len(), 1, "{path}: {text}: {found:?}");
        assert!(found[0].starts_with(&format!("src/{path}:{line}: ")), "{}", found[0]);
    }
    for (path, text) in [
        ("rules/form.rs", "/// See [`crate::ui`].\n// crate::ui\n/* crate::ui /* crate::ui */ crate::ui */"),
        ("rules/form.rs", "let text = \"crate::ui \\\" crate::ui\"; let raw = r#\"\"crate::ui\"#;"),
        ("case.rs", "use crate::rules::FieldProblem;\nmod tests { use super::*; }"),
        ("ui/mod.rs", "use crate::{account::{self, Plan}, rules::Draft};\nuse self::text::clean;"),
        ("ui/view/case.rs", "use super::super::Page;\nuse super::ago;"),
        ("commands/desk.rs", "use crate::portal::local::LocalPortal;"),
        ("commands/portal/serve.rs", "use crate::portal::Options;"),
    ] {
        assert_eq!(found(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

/// What each module may use, as written in a table with the columns module, purpose and "may use".
fn table(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut table = BTreeMap::new();
    for line in text.lines() {
        let line = line.trim_start_matches("//!").trim();
        let Some(line) = line.strip_prefix('|') else { continue };
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [names, _, uses, ..] = cells.as_slice() else { continue };
        let uses: Vec<String> = uses.split(',').map(|word| bare(word).to_owned()).collect();
        let names = names.split(',').map(str::trim).filter(|name| name.contains('`'));
        table.extend(names.map(|name| (bare(name).to_owned(), uses.clone())));
    }
    table
}

/// A word without the marks of a link: ``[`rules`]`` is `rules`.
fn bare(word: &str) -> &str {
    word.trim().trim_start_matches(['[', '`']).trim_end_matches(['`', ']'])
}

/// The domain: the modules that have a row with others of their kind.
fn is_domain(allowed: &BTreeMap<String, Vec<String>>, name: &str) -> bool {
    allowed.get(name).is_some_and(|uses| uses.iter().any(|word| word == "each other"))
}

/// Where a source file uses a module that it may not use: `src/file:line: why`.
fn violations(path: &str, text: &str, allowed: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let module: Vec<&str> = path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect();
    let Some(&own) = module.first().filter(|own| !["lib", "main"].contains(own)) else { return Vec::new() };
    let mut broken = Vec::new();
    for Reference { path: used, line } in references(text, module.len()) {
        let Some(name) = used.first().filter(|name| modules().contains(name) && *name != own) else {
            continue;
        };
        if !may_use(path, own, &used, allowed) {
            let may =
                allowed.get(own).map_or("nothing that is written down".to_owned(), |uses| uses.join(", "));
            broken.push(format!("src/{path}:{line}: `{own}` uses `{name}`, but may use {may}"));
        }
    }
    broken.dedup();
    broken
}

fn may_use(path: &str, own: &str, used: &[String], allowed: &BTreeMap<String, Vec<String>>) -> bool {
    let name = used[0].as_str();
    let Some(words) = allowed.get(own) else { return false };
    words.iter().any(|word| match word.as_str() {
        "all" => name != "portal" || MAY_USE_PORTAL.iter().any(|place| path.starts_with(place)),
        "domain" | "each other" => is_domain(allowed, name),
        word if word.ends_with("' problems") => {
            name == bare(word.trim_end_matches("' problems"))
                && used.get(1).is_some_and(|item| item.ends_with("Problem"))
        }
        word => word == name,
    })
}

/// A path that begins at the crate's root, without `crate`.
struct Reference {
    path: Vec<String>,
    line: usize,
}

/// Every path in a file that leads to the crate's root; `depth` is how many `super` lead there.
fn references(text: &str, depth: usize) -> Vec<Reference> {
    let tokens = tokens(text);
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.text == text);
    let mut found = Vec::new();
    let (mut braces, mut inline) = (0_usize, Vec::new());
    for at in 0..tokens.len() {
        let begins = at == 0 || !is(at - 1, "::");
        match tokens[at].text.as_str() {
            "{" => {
                braces += 1;
                if at >= 2 && is(at - 2, "mod") {
                    inline.push(braces);
                }
            }
            "}" => {
                inline.pop_if(|opened| *opened == braces);
                braces = braces.saturating_sub(1);
            }
            "crate" if begins && is(at + 1, "::") => {
                tree(&tokens, at + 2, &[], &mut found);
            }
            "super" if begins => {
                let supers = (at..).step_by(2).take_while(|&at| is(at, "super") && is(at + 1, "::")).count();
                if supers >= depth + inline.len() {
                    tree(&tokens, at + 2 * supers, &[], &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

/// The paths of a use tree, like `a::{b, c::d}`, each below `above`; where it ends.
fn tree(tokens: &[Token], mut at: usize, above: &[String], found: &mut Vec<Reference>) -> usize {
    let mut path = above.to_vec();
    while let Some(token) = tokens.get(at) {
        if token.text == "{" {
            at += 1;
            while tokens.get(at).is_some_and(|token| token.text != "}") {
                let before = at;
                at = tree(tokens, at, &path, found);
                at += usize::from(at == before || tokens.get(at).is_some_and(|token| token.text == ","));
            }
            return at + 1;
        }
        path.push(token.text.clone());
        if tokens.get(at + 1).is_none_or(|next| next.text != "::") {
            found.push(Reference { path, line: token.line });
            break;
        }
        at += 2;
    }
    // Up to the end of this branch, past an `as name`.
    at += 1;
    if tokens.get(at).is_some_and(|token| token.text == "as") { at + 2 } else { at }
}

/// A word or a mark of Rust.
struct Token {
    text: String,
    /// Counted from 1.
    line: usize,
}

/// A file's words and marks, without comments, strings and characters.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let starts = |at: usize, what: &str| what.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let from = at;
        let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
        let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
        if starts(at, "//") {
            at += chars[at..].iter().take_while(|c| **c != '\n').count();
        } else if starts(at, "/*") {
            let mut open = 0;
            while at < chars.len() {
                open += i32::from(starts(at, "/*")) - i32::from(starts(at, "*/"));
                at += if starts(at, "/*") || starts(at, "*/") { 2 } else { 1 };
                if open == 0 {
                    break;
                }
            }
        } else if chars[at] == 'r' && chars.get(at + 1 + hashes) == Some(&'"') {
            let end = format!("\"{}", "#".repeat(hashes));
            at += hashes + 2;
            while at < chars.len() && !starts(at, &end) {
                at += 1;
            }
            at += end.len();
        } else if chars[at] == '"' {
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if chars[at] == '\'' && chars.get(at + 1) == Some(&'\\') {
            at += 3;
            at += chars[at.min(chars.len())..].iter().take_while(|c| **c != '\'').count() + 1;
        } else if chars[at] == '\'' && chars.get(at + 2) == Some(&'\'') {
            at += 3;
        } else if is_word(&chars[at]) {
            at += chars[at..].iter().take_while(|c| is_word(c)).count();
            tokens.push(Token { text: chars[from..at].iter().collect(), line });
        } else {
            at += if starts(at, "::") { 2 } else { 1 };
            if !chars[from].is_whitespace() {
                tokens.push(Token { text: chars[from..at].iter().collect(), line });
            }
        }
        line += chars[from..at.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

/// The crate's modules, by what there is in `src`.
fn modules() -> Vec<String> {
    let entries = fs::read_dir(root().join("src")).expect("there is a src");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .filter(|name| name != "lib" && name != "main")
        .collect()
}

/// Every source file by its path below `src`, with its text.
fn sources() -> Vec<(String, String)> {
    let source = root().join("src");
    let rust = files(&source, &[]).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| {
        let text = fs::read_to_string(&path).expect("sources are UTF-8");
        let below = path.strip_prefix(&source).expect("it was found there");
        (below.to_string_lossy().replace('\\', "/"), text)
    })
    .collect()
}

/// The files below a folder, without those in folders with these names.
fn files(folder: &Path, without: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let (path, kind) = (entry.path(), entry.file_type().expect("it has a type"));
        if kind.is_dir() && !without.iter().any(|name| entry.file_name() == *name) {
            found.extend(files(&path, without));
        } else if kind.is_file() {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
