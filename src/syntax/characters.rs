//! Characters that cannot be seen, or not be told from others: they must be named to be found.

use pest::unicode::{FORMAT, SPACE_SEPARATOR};
use smol_str::SmolStr;

use super::mistake::{FOREIGN, UNEXPECTED};
use super::tokens::{TokenKind, as_read};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// White space that is neither a blank nor a tab, or nothing to be seen at all: what the grammar's `blank` takes besides.
pub(super) fn is_odd_blank(c: char) -> bool {
    is_invisible(c) || c != ' ' && SPACE_SEPARATOR(c)
}

fn is_invisible(c: char) -> bool {
    FORMAT(c)
}

/// A name as it is compared: what cannot be seen does not count.
pub(super) fn without_invisible(name: &str) -> SmolStr {
    if name.is_ascii() || !name.contains(is_invisible) {
        return name.into();
    }
    name.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Findings for odd characters between words and in names. Texts and comments may hold any.
pub(super) fn invisible(file: FileId, text: &str) -> Vec<Diagnostic> {
    if text.is_ascii() || !text.contains(is_odd_blank) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for token in as_read(text) {
        if !matches!(token.kind, TokenKind::Whitespace | TokenKind::Name | TokenKind::Number) {
            continue;
        }
        let content = text.get(token.range.clone()).unwrap_or_default();
        for (at, c) in content.char_indices().filter(|(_, c)| is_odd_blank(*c)) {
            let start = token.range.start + at;
            // At the very start it says that the file is UTF-8, which Windows' editors like to do.
            if start > 0 || c != '\u{FEFF}' {
                findings.push(odd(c, span(file, start, start + c.len_utf8())));
            }
        }
    }
    findings
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: offset(start), end: offset(end) }
}

fn odd(c: char, at: Span) -> Diagnostic {
    let (replacement, title) = if is_invisible(c) { ("", "Remove it") } else { (" ", "Replace it with a blank") };
    let what = if is_invisible(c) { "an invisible character" } else { "an unusual kind of white space" };
    Diagnostic::new(FOREIGN, at, format!("there is {what} here: {}", described(c)))
        .help("such characters come along when text is copied from a web page or a document")
        .fix(title, at, replacement)
}

/// What is said of unreadable text that holds a character of no language: a control character, or a typographic one.
pub(super) fn suspicious(found: &str, at: Span) -> Option<Diagnostic> {
    let line = found.lines().next().unwrap_or_default();
    let outside_texts = line.split('"').next().unwrap_or_default();
    let (offset, c) = outside_texts.char_indices().find(|(_, c)| look_alike(*c).is_some() || is_unprintable(*c))?;
    let at = at.slice(offset, offset + c.len_utf8());
    if let Some(meant) = look_alike(c) {
        return Some(
            Diagnostic::new(FOREIGN, at, format!("expected `{meant}`, found `{c}` ({})", described(c)))
                .help("such characters come along when text is copied from a web page or a document")
                .fix(format!("Replace `{c}` with `{meant}`"), at, meant),
        );
    }
    Some(
        Diagnostic::new(UNEXPECTED, at, format!("there is {} here, which is no part of the language", described(c)))
            .help("remove it; lines end with a line feed, with or without a carriage return before it"),
    )
}

fn is_unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FFFD}')
}

fn look_alike(c: char) -> Option<&'static str> {
    Some(match c {
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '＂' => "\"",
        '（' => "(",
        '）' => ")",
        '｛' => "{",
        '｝' => "}",
        '［' => "[",
        '］' => "]",
        '＝' => "=",
        '：' => ":",
        '＊' => "*",
        '×' => "x",
        '−' => "-",
        _ => return None,
    })
}

fn described(c: char) -> String {
    let name = match c {
        '\u{A0}' => "a no-break space",
        '\u{AD}' => "a soft hyphen",
        '\u{200B}' => "a zero-width space",
        '\u{200C}' => "a zero-width non-joiner",
        '\u{200D}' => "a zero-width joiner",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "a mark of text direction",
        '\u{FEFF}' => "a byte order mark",
        '\u{3000}' => "an ideographic space",
        '\u{2028}' | '\u{2029}' => "a Unicode line separator",
        '\u{FFFD}' => "a replacement character, left by a wrong encoding",
        '\u{B}' | '\u{C}' => "a vertical tab or form feed",
        c if c.is_control() => "a control character",
        _ => return format!("U+{:04X}", u32::from(c)),
    };
    format!("{name} (U+{:04X})", u32::from(c))
}
