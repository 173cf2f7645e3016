//! Words and signs of a text that may be broken anywhere: what stands at a cursor is being typed.

use std::ops::Range;

/// What a [`Lexeme`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ide) enum Sort {
    /// A name or a dotted path.
    Name,
    /// A number with its unit.
    Number,
    /// `2026-11-17`
    Date,
    /// A text that has its closing quotes.
    Text,
    /// A text that lacks them.
    OpenText,
    /// `->` and the like.
    Arrow,
    /// Any other sign.
    Sign,
    /// `// …`, up to the end of its line.
    Comment,
    /// `/* … */`, as other languages write it.
    BlockComment,
    /// `/// …` or `//! …`, up to the end of its line.
    Doc,
    /// The end of a line.
    LineBreak,
}

/// A stretch of text that belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ide) struct Lexeme {
    /// What it is.
    pub(in crate::ide) sort: Sort,
    /// Where.
    pub(in crate::ide) range: Range<usize>,
}

/// Arrows of the language and of others, the longer ones before those that they begin with.
const ARROWS: [&str; 12] = ["<->", "-.->", "-->", "->>", "->", "==>", "=>", "~>", "..>", "<-", "→", "⇒"];

/// Signs of more than one character.
const SIGNS: [&str; 4] = ["==", "!=", "<=", ">="];

/// Words after a number that are no units.
const NO_UNITS: [&str; 5] = ["of", "soft", "hard", "via", "as"];

/// Words that begin a declaration which can only stand at the top of a file.
const TOP_WORDS: [&str; 5] = ["architecture", "kind", "wire", "pattern", "extend"];

/// The first lexeme at or after an offset; none at the end of the text. A word that ends at the cursor may end with the
/// sign that its next part will follow: `aws.`, `web-`, `5/`.
pub(super) fn next(text: &str, at: usize, cursor: usize) -> Option<Lexeme> {
    let blank = |c: char| !matches!(c, '\n' | '\r') && (c.is_whitespace() || c == '\u{FEFF}');
    let start = at + text.get(at..)?.find(|c| !blank(c))?;
    let rest = text.get(start..)?;
    let (sort, length) = first(rest, cursor.wrapping_sub(start))?;
    Some(Lexeme { sort, range: start..start + length })
}

/// What a text begins with, and how long that is; the cursor is counted from its start.
fn first(rest: &str, cursor: usize) -> Option<(Sort, usize)> {
    let line = || rest.find(['\n', '\r']).unwrap_or(rest.len());
    let begins = |sign: &&&str| rest.starts_with(**sign);
    let first = rest.chars().next()?;
    Some(match first {
        '\r' if rest.starts_with("\r\n") => (Sort::LineBreak, 2),
        '\n' | '\r' => (Sort::LineBreak, 1),
        '/' if rest.starts_with("//") => {
            let is_doc = rest.starts_with("//!") || (rest.starts_with("///") && !rest.starts_with("////"));
            (if is_doc { Sort::Doc } else { Sort::Comment }, line())
        }
        '/' if rest.starts_with("/*") => (Sort::BlockComment, rest.find("*/").map_or(rest.len(), |end| end + 2)),
        '#' => (Sort::Comment, line()),
        '"' => text(rest),
        '0'..='9' => number(rest, cursor),
        _ if is_start(first) => (Sort::Name, name(rest, cursor)),
        _ => match (ARROWS.iter().find(begins), SIGNS.iter().find(begins)) {
            (Some(arrow), _) => (Sort::Arrow, arrow.len()),
            (None, Some(sign)) => (Sort::Sign, sign.len()),
            (None, None) => (Sort::Sign, first.len_utf8()),
        },
    })
}

fn is_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

pub(super) fn is_inner(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn name(rest: &str, cursor: usize) -> usize {
    let mut end = 0;
    loop {
        let tail = rest.get(end..).unwrap_or_default();
        end += tail.find(|c| !is_inner(c)).unwrap_or(tail.len());
        let tail = rest.get(end..).unwrap_or_default();
        let mut next = tail.chars();
        let (sign, after) = (next.next(), next.next());
        let goes_on = after.is_some_and(is_inner);
        match sign {
            Some('.' | '-') if goes_on => end += 1,
            Some('.') if cursor == end + 1 => return end + 1,
            Some('-') if cursor == end + 1 && after != Some('>') => return end + 1,
            _ => return end,
        }
    }
}

fn number(rest: &str, cursor: usize) -> (Sort, usize) {
    if is_date(rest) {
        return (Sort::Date, 10);
    }
    let digits = |at: usize| {
        let tail = rest.get(at..).unwrap_or_default();
        at + tail.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(tail.len())
    };
    let mut end = digits(0);
    let is_fraction = rest.get(end..).is_some_and(|tail| tail.starts_with('.') && digits(end + 1) > end + 1);
    if is_fraction {
        end = digits(end + 1);
    }
    (Sort::Number, unit(rest, end, cursor))
}

fn is_date(rest: &str) -> bool {
    let bytes = rest.as_bytes().get(..10).unwrap_or_default();
    let fits = |(at, byte): (usize, &u8)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() };
    bytes.len() == 10 && bytes.iter().enumerate().all(fits)
}

/// Where a number ends that has its digits up to `end`.
fn unit(rest: &str, end: usize, cursor: usize) -> usize {
    let tail = rest.get(end..).unwrap_or_default();
    if tail.starts_with('%') {
        return end + 1;
    }
    let letters = |at: usize| {
        let tail = rest.get(at..).unwrap_or_default();
        let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'µ' | 'μ');
        at + tail.find(|c| !is_letter(c)).unwrap_or(tail.len())
    };
    let start = end + tail.find(|c| !matches!(c, ' ' | '\t')).unwrap_or(0);
    let word = letters(start);
    let is_unit = word > start && !NO_UNITS.contains(&rest.get(start..word).unwrap_or_default());
    let end = if is_unit { word } else { end };
    if !rest.get(end..).is_some_and(|tail| tail.starts_with('/') && !tail.starts_with("//")) {
        return end;
    }
    let per = letters(end + 1);
    if per > end + 1 || cursor == end + 1 { per } else { end }
}

fn text(rest: &str) -> (Sort, usize) {
    if rest.starts_with("\"\"\"") {
        let inside = rest.get(3..).unwrap_or_default();
        return match inside.find("\"\"\"") {
            Some(end) => (Sort::Text, end + 6),
            None => (Sort::OpenText, end_of_block(rest)),
        };
    }
    let mut is_escaped = false;
    let mut brace = None;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return (Sort::OpenText, brace.unwrap_or(at)),
            '"' if !is_escaped => return (Sort::Text, at + 1),
            // The block after a title without its closing quote is one.
            '{' if brace.is_none() => brace = Some(at),
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    (Sort::OpenText, brace.unwrap_or(rest.len()))
}

/// Where a block text without its closing quotes ends: before a line that begins with a brace, or a declaration of the top.
fn end_of_block(rest: &str) -> usize {
    let breaks = rest.match_indices('\n').map(|(at, _)| at);
    let ends = |at: &usize| {
        let line = rest.get(at + 1..).unwrap_or_default();
        line.trim_start_matches([' ', '\t']).starts_with('}') || is_top(line)
    };
    breaks.into_iter().find(ends).unwrap_or(rest.len())
}

/// Whether a line begins a declaration of the top of a file. Whatever is open before it was not closed.
pub(super) fn is_top(line: &str) -> bool {
    let rest = TOP_WORDS.iter().find_map(|word| line.strip_prefix(word));
    let rest = rest.filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim_start);
    rest.and_then(|rest| rest.chars().next()).is_some_and(|c| is_start(c) || c == '*')
}
