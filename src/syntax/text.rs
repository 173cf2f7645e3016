//! The content of strings and documentation: escapes, common indent, comment marks.

use smol_str::SmolStr;

use super::ast::{Doc, Text};
use super::{foreign, mistake};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The content of a string token: `"…"`, `"""…"""`, or one without its closing quote.
pub(super) fn string(token: &str, span: Span) -> (Text, Vec<Diagnostic>) {
    let mut mistakes = Vec::new();
    let value = if let Some(block) = token.strip_prefix("\"\"\"") {
        let closed = block.strip_suffix("\"\"\"");
        if closed.is_none() {
            mistakes.push(mistake::unclosed_block_text(span));
        }
        SmolStr::from(without_common_indent(closed.unwrap_or(block)))
    } else if !token.starts_with('"') {
        let mut content = token.chars();
        content.next();
        content.next_back();
        mistakes.push(foreign::quotes(token, content.as_str(), span));
        SmolStr::from(content.as_str())
    } else {
        let content = token.strip_prefix('"').unwrap_or(token);
        let closed = closes(content);
        if !closed {
            mistakes.push(mistake::unclosed_text(span));
        }
        let content = if closed { content.get(..content.len() - 1).unwrap_or_default() } else { content.trim_end() };
        if content.contains('\\') { unescape(content, span, &mut mistakes).into() } else { SmolStr::from(content) }
    };
    (Text { value, span }, mistakes)
}

/// Whether the text after the opening quote ends with a quote that is not escaped.
fn closes(content: &str) -> bool {
    let Some(before) = content.strip_suffix('"') else { return false };
    before.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0
}

fn unescape(content: &str, span: Span, mistakes: &mut Vec<Diagnostic>) -> String {
    let mut result = String::with_capacity(content.len());
    let mut chars = content.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            result.push(c);
            continue;
        }
        match chars.next() {
            Some((_, 'n')) => result.push('\n'),
            Some((_, 't')) => result.push('\t'),
            Some((_, c @ ('"' | '\\'))) => result.push(c),
            Some((_, 'u')) => {
                if let Some((c, length)) = unicode_escape(chars.as_str()) {
                    result.push(c);
                    // All digits and braces are ASCII.
                    chars.nth(length - 1);
                } else {
                    mistakes.push(mistake::bad_unicode_escape(span.slice(at + 1, at + 3)));
                }
            }
            Some((next, c)) => {
                mistakes.push(mistake::unknown_escape(c, span.slice(at + 1, next + 1 + c.len_utf8())));
                result.push('\\');
                result.push(c);
            }
            None => result.push('\\'),
        }
    }
    result
}

/// Reads `{1F600}`; returns the character and the length of what was read.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let text = text.strip_prefix('{')?;
    let digits = text.get(..text.bytes().take(7).position(|b| b == b'}')?)?;
    let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    valid.then_some((c, digits.len() + 2))
}

/// Strips the indent that all lines share, the line break after the opening quotes, and the last line if it is blank.
fn without_common_indent(block: &str) -> String {
    let block = block.strip_prefix("\r\n").or_else(|| block.strip_prefix('\n')).unwrap_or(block);
    let indent_of = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let lines: Vec<&str> = block.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    let indent = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indent_of(line)).min().unwrap_or(0);
    let stripped: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    let text = stripped.join("\n");
    text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
}

/// The Markdown of `///` or `//!` lines, without the marks and the one blank after them.
pub(super) fn doc(token: &str, span: Span) -> Doc {
    let mut text = String::with_capacity(token.len());
    let mut lines = Vec::new();
    let mut offset = 0;
    for raw in token.split('\n') {
        let line = raw.strip_suffix('\r').unwrap_or(raw);
        let marked = line.trim_start_matches([' ', '\t']);
        let content = marked.get(3..).unwrap_or_default();
        let content = content.strip_prefix(' ').unwrap_or(content);
        let start = offset + line.len() - content.len();
        lines.push(span.slice(start, offset + line.len()));
        if !text.is_empty() || lines.len() > 1 {
            text.push('\n');
        }
        text.push_str(content);
        offset += raw.len() + 1;
    }
    Doc { text, span, lines }
}

/// Adds documentation that goes on after a comment or an attribute.
pub(super) fn append_doc(doc: &mut Doc, more: Doc) {
    doc.text.push('\n');
    doc.text.push_str(&more.text);
    doc.lines.extend(more.lines);
    doc.span = doc.span.to(more.span);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(token: &str) -> (String, Vec<String>) {
        let end = u32::try_from(token.len()).unwrap_or_default();
        let (text, mistakes) = string(token, Span { end, ..Span::default() });
        (text.value.to_string(), mistakes.into_iter().map(|mistake| mistake.message).collect())
    }

    #[test]
    fn escapes_are_resolved() {
        let (text, mistakes) = content(r#""a\nb \"c\" \\ \u{1F600}! \t""#);
        assert_eq!(text, "a\nb \"c\" \\ \u{1F600}! \t");
        assert!(mistakes.is_empty());
    }

    #[test]
    fn unknown_escapes_are_kept_and_reported() {
        let (text, mistakes) = content(r#""a\d \u{FFFFFFF}""#);
        assert_eq!(text, r"a\d {FFFFFFF}");
        assert_eq!(mistakes.len(), 2);
    }

    #[test]
    fn an_open_text_ends_with_its_line() {
        let (text, mistakes) = content("\"abc \\\"");
        assert_eq!(text, "abc \"");
        assert_eq!(mistakes.len(), 1);
    }

    #[test]
    fn block_text_loses_its_common_indent() {
        assert_eq!(content("\"\"\"\n    a\n      b\n\n    c\n    \"\"\"").0, "a\n  b\n\nc");
    }

    #[test]
    fn documentation_knows_where_its_lines_stand() {
        let token = "/// One [`a`].\n    ///\n    /// Two";
        let end = u32::try_from(token.len()).unwrap_or_default();
        let doc = doc(token, Span { end, ..Span::default() });
        assert_eq!(doc.text, "One [`a`].\n\nTwo");
        let place = doc.span_of(12..15);
        assert_eq!(token.get(place.range()), Some("Two"));
        assert_eq!(token.get(doc.span_of(4..9).range()), Some("[`a`]"));
    }
}
