//! Settings that cannot be read as TOML: what their author had in mind.

use std::collections::BTreeSet;

use toml::de::Error;

use super::config::Mistake;

/// What to say of the errors of a parser that goes on after each: one mistake a line, since the others of the line follow
/// from the first, and a single one for a file in another language.
pub(super) fn explain(text: &str, errors: &[Error]) -> Vec<Mistake> {
    let mut lines = BTreeSet::new();
    let mut mistakes = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or_default();
        let start = text.get(..span.start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
        // A key that was cut off where it went wrong may look like one that is there twice.
        let follows = !mistakes.is_empty() && error.message().starts_with("duplicate key");
        if follows || !lines.insert(start) {
            continue;
        }
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        if let Some(language) = other_language(line.trim()) {
            let help =
                format!("write `name = \"value\"`, under the name of its table: `[rules]`; this looks like {language}");
            return vec![Mistake { span, message: "this is not TOML".to_owned(), help: Some(help) }];
        }
        mistakes.push(Mistake { span, message: error.message().to_owned(), help: bare_code(line) });
    }
    mistakes
}

/// The language of a line that is none of TOML.
fn other_language(line: &str) -> Option<&'static str> {
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-/\"'".contains(c));
    let is_entry = line.split_once(':').is_some_and(|(key, rest)| {
        is_word(key.trim_start_matches("- ").trim_end()) && (rest.is_empty() || rest.starts_with(' '))
    });
    match line {
        "{" => Some("JSON"),
        _ if line.starts_with("{\"") => Some("JSON"),
        _ if is_entry || line.starts_with("---") || line.starts_with("- ") => Some("YAML"),
        _ => None,
    }
}

/// How a line ought to look that sets a rule by its bare code: `owner/missing = "error"`.
fn bare_code(line: &str) -> Option<String> {
    let (code, level) = line.split_once('=')?;
    let (family, name) = code.trim().split_once('/')?;
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let level = level.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (is_name(family) && is_name(name) && is_name(level))
        .then(|| format!("rule codes stand in quotes: `\"{family}/{name}\" = \"{level}\"`"))
}
