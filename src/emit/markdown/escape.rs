//! Text that is not Markdown, written so that Markdown shows it as it is.

use std::fmt::Write as _;

/// The text on one line, so that nothing in it is read as Markdown or HTML: in a paragraph, a heading, a list, a cell of
/// a table and the text of a link alike. Blanks in a row, line breaks among them, become one blank.
pub(crate) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len() + 8);
    escape_line(&line, &mut escaped);
    escaped
}

/// A sentence of ours on one line, in which names stand in back-ticks: these become code, and the rest is escaped.
pub(crate) fn sentence(text: &str) -> String {
    let line = one_line(text);
    let parts: Vec<&str> = line.split('`').collect();
    let codes = || parts.iter().skip(1).step_by(2);
    if parts.len().is_multiple_of(2) || codes().any(|code| code.trim().is_empty()) {
        return escape(text);
    }
    let mut escaped = String::with_capacity(line.len() + 8);
    for (at, part) in parts.iter().enumerate() {
        if at.is_multiple_of(2) {
            escape_line(part, &mut escaped);
        } else {
            // Tables end their cells within code, too.
            let _ = write!(escaped, "`{}`", part.replace('|', "\\|"));
        }
    }
    escaped
}

/// Adds a text without line breaks to what has been escaped of its line.
fn escape_line(line: &str, escaped: &mut String) {
    let mut before = escaped.chars().next_back();
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next();
        if needs_escape(c, before, after) || ends_number_of_list(c, escaped, after) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
}

/// Words with one blank between them, and without control characters.
pub(super) fn one_line(text: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn needs_escape(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '{' | '}' => true,
        // Inside of a word it is only a letter.
        '_' => !(is_word(before) && is_word(after)),
        '#' => !is_word(before),
        // Before a name or a number it begins an entity.
        '&' => is_word(after) || after == Some('#'),
        // GitHub reads `:name:` as a picture, and mdBook a colon at the start of a line as a definition.
        ':' => is_word(after) || before.is_none(),
        // At the start of a line these make lists, rules and underlines of headings.
        '-' | '+' | '=' => before.is_none(),
        _ => false,
    }
}

/// Whether this is the mark after the number of a list's item: `1.` or `1)` at the start.
fn ends_number_of_list(c: char, written: &str, after: Option<char>) -> bool {
    let ends_word = after.is_none_or(|after| after == ' ');
    let is_number = !written.is_empty() && written.chars().all(|c| c.is_ascii_digit());
    matches!(c, '.' | ')') && ends_word && is_number
}

/// An address for the parentheses of a link: what would end it, or a cell of a table, is percent-encoded.
pub(super) fn destination(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | '\\' | '"' | '`' | '|' | '*') {
            encode(c, &mut encoded);
        } else {
            encoded.push(c);
        }
    }
    encoded
}

/// The path of a file as part of an address: what would begin a query or a fragment there is percent-encoded.
pub(super) fn file(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '#' | '?' | '%') {
            encode(c, &mut encoded);
        } else {
            encoded.push(c);
        }
    }
    encoded
}

fn encode(c: char, into: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a text cannot fail.
        let _ = write!(into, "%{byte:02X}");
    }
}

/// `[text](address)`, with the text escaped.
pub(super) fn link(text: &str, address: &str) -> String {
    format!("[{}]({})", escape(text), destination(address))
}

/// The content of an HTML comment.
pub(super) fn comment(text: &str) -> String {
    let text = one_line(text).replace("--", "- -").replace("--", "- -");
    format!("<!-- {text} -->")
}

#[cfg(test)]
mod tests;
