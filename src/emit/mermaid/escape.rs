//! Labels and ids that no version of Mermaid mistakes for syntax.
//!
//! Mermaid looks for directives, styles, directions, icons, formulas and lists in its whole source with regular
//! expressions, quoted labels included. Whatever could be one of them is written as an entity.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::CharIndices;

/// The longest id that is made from a path, in characters.
const MAX_ID: usize = 64;

/// Makes a label of one or more lines ready to stand between quotes. Blank lines at the ends are dropped, and runs of
/// blanks are one blank, as in HTML. The label of a text in which there is nothing to see is empty.
pub(super) fn label(text: &str) -> String {
    let lines: Vec<String> = text.trim_matches(is_blank).lines().map(line).collect();
    lines.join("<br/>")
}

fn is_blank(char: char) -> bool {
    char.is_whitespace() || char.is_control()
}

/// Makes a text ready to stand between quotes, or after `accTitle:`, as one line.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split(is_blank).collect();
    let text = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.as_str();
    if let Some(mark) = list_mark(rest) {
        let (number, after) = rest.split_at(mark);
        escaped.push_str(number);
        let mut chars = after.chars();
        entity(&mut escaped, chars.next().unwrap_or(' '));
        rest = chars.as_str();
    }
    let mut chars = rest.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let before = rest.get(..at).unwrap_or_default();
        if is_plain(char, before, &mut chars) {
            escaped.push(char);
        } else {
            entity(&mut escaped, char);
        }
    }
    escaped
}

/// Where the mark of a Markdown list stands, if a line begins with one: `1. x`, `- x`.
fn list_mark(line: &str) -> Option<usize> {
    let digits = line.find(|char: char| !char.is_ascii_digit())?;
    let marks: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    let after = line.get(digits..)?.strip_prefix(marks)?;
    (after.is_empty() || after.starts_with(' ')).then_some(digits)
}

/// Whether a character means itself between what stands before and after it.
fn is_plain(char: char, before: &str, after: &mut Peekable<CharIndices<'_>>) -> bool {
    let next = after.peek().map(|(_, next)| *next);
    match char {
        // `ﬂ` and `¶` begin Mermaid's own placeholders for entities; JavaScript takes U+FEFF for a blank.
        '"' | '#' | '<' | '>' | '&' | ';' | '`' | '\\' | 'ﬂ' | '¶' | '\u{feff}' => false,
        // Directives and formulas.
        '%' | '$' => next != Some(char) && !before.ends_with(char),
        // `direction LR` anywhere swallows the statement.
        ' ' => !before.ends_with("direction"),
        // `style…:…#…;` anywhere loses its `;`, and `fa:fa-x` is an icon.
        ':' => next.is_none_or(|next| next == ' '),
        _ => true,
    }
}

fn entity(into: &mut String, char: char) {
    match char {
        '"' => into.push_str("#quot;"),
        '<' => into.push_str("#lt;"),
        '>' => into.push_str("#gt;"),
        '&' => into.push_str("#amp;"),
        // Writing to a string does not fail.
        other => _ = write!(into, "#{};", u32::from(other)),
    }
}

/// Makes the part of an id that stands for a path. No two paths give the same; none if it would be too long.
///
/// Letters, digits and single underscores stand for themselves, `__` for a dot, `_x2d_` for the character U+002D.
pub(super) fn id(path: &str) -> Option<String> {
    let mut id = String::with_capacity(path.len());
    let mut chars = path.chars().peekable();
    while let Some(char) = chars.next() {
        let next_is_word = chars.peek().is_some_and(|next| next.is_ascii_alphanumeric() && *next != 'x');
        match char {
            '.' => id.push_str("__"),
            '_' if next_is_word => id.push('_'),
            _ if char.is_ascii_alphanumeric() => id.push(char),
            _ => _ = write!(id, "_x{:x}_", u32::from(char)),
        }
        if id.len() > MAX_ID {
            return None;
        }
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_mermaid_could_misread_becomes_an_entity() {
        let cases = [
            ("say \"hi\" `x`", "say #quot;hi#quot; #96;x#96;"),
            ("issue #12; List<T> & co", "issue #35;12#59; List#lt;T#gt; #amp; co"),
            ("direction LR", "direction#32;LR"),
            ("redirection\t LRU", "redirection#32;LRU"),
            ("%%{init}%% 5% of 10%", "#37;#37;{init}#37;#37; 5% of 10%"),
            ("$$x$$ or $5", "#36;#36;x#36;#36; or $5"),
            ("fa:fa-car", "fa#58;fa-car"),
            ("Lambda: check", "Lambda: check"),
            ("style:\"x\"", "style#58;#quot;x#quot;"),
            ("a\\nb", "a#92;nb"),
            ("ﬂ°x¶ß", "#64258;°x#182;ß"),
            (
                "1. Ingest\n- item\n3) x\n-5 degrees\n1.5 TB",
                "1#46; Ingest<br/>#45; item<br/>3#41; x<br/>-5 degrees<br/>1.5 TB",
            ),
            ("  two  \n\n lines ", "two<br/><br/>lines"),
            (" \t\n\u{7} ", ""),
            ("日本語 🚀 שלום", "日本語 🚀 שלום"),
        ];
        for (text, expected) in cases {
            assert_eq!(label(text), expected, "of {text:?}");
        }
    }

    #[test]
    fn an_id_tells_alike_names_apart() {
        let cases = [
            ("orders_raw", "orders_raw"),
            ("ingest.stream", "ingest__stream"),
            ("web-app", "web_x2d_app"),
            ("größe", "gr_xf6__xdf_e"),
            ("a_", "a_x5f_"),
            ("a_xf6_", "a_x5f_xf6_x5f_"),
            ("a__b", "a_x5f__b"),
        ];
        for (path, expected) in cases {
            assert_eq!(id(path).as_deref(), Some(expected), "of {path:?}");
        }
        assert_eq!(id(&"long".repeat(20)), None);
    }

    /// Reads an id back: what can be read back cannot stand for two paths.
    fn path(id: &str) -> Option<String> {
        let mut path = String::new();
        let mut rest = id;
        while let Some(char) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("__") {
                path.push('.');
                rest = after;
            } else if let Some(after) = rest.strip_prefix("_x") {
                let (digits, after) = after.split_once('_')?;
                path.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                rest = after;
            } else {
                path.push(char);
                rest = rest.strip_prefix(char)?;
            }
        }
        Some(path)
    }

    proptest! {
        #[test]
        fn an_id_can_be_read_back(text in "[a-fx0-9_.ü-]{0,12}") {
            let id = id(&text).unwrap();
            prop_assert!(id.chars().all(|char| char.is_ascii_alphanumeric() || char == '_'));
            prop_assert_eq!(path(&id), Some(text));
        }

        #[test]
        fn a_label_holds_no_syntax(text in any::<String>()) {
            let label = label(&text).replace("<br/>", "");
            prop_assert!(!label.contains(['"', '<', '>', '`', '\\', '\n', '\r']), "{}", label);
            prop_assert_eq!(label.matches('#').count(), label.matches(';').count());
        }
    }
}
