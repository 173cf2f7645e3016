//! The text as a row of tokens that lose nothing: for the formatter, and for colours in editors.

use std::ops::Range;

use super::braces::{self, Mended};
use super::grammar::{self, Pair, Rule};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word that means something where it stands: `service`, `via`, `only`.
    Keyword,
    /// A name or a dotted path.
    Name,
    /// A string, quotes included; also one that lacks its closing quote.
    Text,
    /// A number with its unit.
    Number,
    /// `2026-11-17`.
    Date,
    /// `// …`
    Comment,
    /// Lines of `///` or `//!`, the indent between them included.
    Doc,
    /// `@name`, without what stands in parentheses after it.
    Attribute,
    /// An arrow or a sign of an expression.
    Operator,
    /// Braces, brackets, parentheses, commas, `=`, `:` and `@`.
    Punctuation,
    /// Blanks within a line.
    Whitespace,
    /// The end of a line.
    LineBreak,
    /// The end of a line that is followed by a line without text, and the blanks of that line.
    BlankLine,
    /// What is not understood.
    Error,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where, in bytes; never empty.
    pub range: Range<usize>,
}

/// The tokens of a text, without gap or overlap: put together they are the text.
pub fn tokens(text: &str) -> Vec<Token> {
    if let Some(mended) = braces::mend(text) {
        let read = read(&mended.text);
        if !read.lacks_brace {
            return moved_back(text, &read.done, &mended);
        }
    }
    as_read(text)
}

/// The tokens of a text whose braces are taken as they are.
pub(super) fn as_read(text: &str) -> Vec<Token> {
    read(text).done
}

fn read(text: &str) -> Tokens<'_> {
    let mut tokens = Tokens { text, done: Vec::new(), at: 0, lacks_brace: false };
    // A text that nests too deep has no tree, and is one error.
    if let Ok(pairs) = grammar::parse(text) {
        let mut in_attribute = false;
        for pair in pairs.flatten() {
            tokens.lacks_brace |= matches!(pair.as_rule(), Rule::missing_close | Rule::stray_close);
            tokens.pair(&pair, in_attribute);
            in_attribute = pair.as_rule() == Rule::attribute;
        }
        tokens.gap(text.len());
    } else {
        tokens.lacks_brace = true;
        tokens.push(TokenKind::Error, text.len());
    }
    tokens
}

/// The tokens of a mended text, in the text as it is.
fn moved_back(text: &str, read: &[Token], mended: &Mended) -> Vec<Token> {
    let mut removed = mended.removed().iter().copied().peekable();
    let mut tokens = Tokens { text, done: Vec::with_capacity(read.len()), at: 0, lacks_brace: false };
    for Token { kind, range } in read {
        let range = mended.written(range.start)..mended.written(range.end);
        while let Some(brace) = removed.next_if(|brace| range.contains(brace)) {
            // It was white space to the grammar.
            tokens.gap(brace);
            tokens.push(TokenKind::Error, brace + 1);
        }
        if tokens.at > range.start {
            tokens.gap(range.end);
        } else {
            tokens.push(*kind, range.end);
        }
    }
    tokens.done
}

struct Tokens<'t> {
    text: &'t str,
    done: Vec<Token>,
    /// Up to where the text has been told.
    at: usize,
    /// Whether a brace has no partner.
    lacks_brace: bool,
}

impl Tokens<'_> {
    fn pair(&mut self, pair: &Pair<'_>, in_attribute: bool) {
        let span = pair.as_span();
        let kind = match pair.as_rule() {
            // The `@` stands before it, and belongs to it.
            Rule::path if in_attribute => {
                self.gap(span.start() - 1);
                TokenKind::Attribute
            }
            rule => match kind_of(rule) {
                Some(kind) => {
                    self.gap(span.start());
                    kind
                }
                None => return,
            },
        };
        self.push(kind, span.end());
    }

    /// The text up to `end` that no node of the tree covers: signs, words of the grammar, and what separates them.
    fn gap(&mut self, end: usize) {
        while let Some(gap) = self.text.get(self.at..end).filter(|gap| !gap.is_empty()) {
            let (kind, length) = first_of_gap(gap);
            self.push(kind, self.at + length);
        }
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        if self.at < end {
            self.done.push(Token { kind, range: self.at..end });
            self.at = end;
        }
    }
}

/// What a node is as a token; nothing for nodes that are made of others.
fn kind_of(rule: Rule) -> Option<TokenKind> {
    Some(match rule {
        Rule::path | Rule::rule_code => TokenKind::Name,
        Rule::element_word
        | Rule::container_word
        | Rule::clause_word
        | Rule::modality_word
        | Rule::limit_force
        | Rule::steps_word
        | Rule::branch_word => TokenKind::Keyword,
        Rule::text
        | Rule::block_text
        | Rule::foreign_text
        | Rule::open_text
        | Rule::open_title
        | Rule::open_block_text => TokenKind::Text,
        Rule::number => TokenKind::Number,
        Rule::date => TokenKind::Date,
        Rule::comment | Rule::foreign_comment => TokenKind::Comment,
        Rule::doc | Rule::file_doc => TokenKind::Doc,
        Rule::arrow
        | Rule::flows
        | Rule::equal
        | Rule::not_equal
        | Rule::at_most
        | Rule::at_least
        | Rule::less
        | Rule::greater
        | Rule::add
        | Rule::subtract
        | Rule::multiply
        | Rule::divide
        | Rule::intersect
        | Rule::star => TokenKind::Operator,
        Rule::blank_line => TokenKind::BlankLine,
        Rule::stray_close | Rule::junk | Rule::trailing | Rule::bad_value | Rule::bad_list | Rule::separator => {
            TokenKind::Error
        }
        _ => return None,
    })
}

fn first_of_gap(gap: &str) -> (TokenKind, usize) {
    let length_while = |test: fn(char) -> bool| gap.find(|c| !test(c)).unwrap_or(gap.len());
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    match gap.chars().next() {
        Some('\r') if gap.starts_with("\r\n") => (TokenKind::LineBreak, 2),
        Some('\r' | '\n') => (TokenKind::LineBreak, 1),
        Some('-') => (TokenKind::Operator, 1),
        Some(c) if c.is_ascii_punctuation() || c == '：' => (TokenKind::Punctuation, c.len_utf8()),
        Some(c) if is_word(c) => (TokenKind::Keyword, length_while(is_word)),
        _ => (TokenKind::Whitespace, length_while(is_blank).max(gap.chars().next().map_or(1, char::len_utf8))),
    }
}

fn is_blank(c: char) -> bool {
    !(c.is_alphanumeric() || c.is_ascii_punctuation() || matches!(c, '_' | '：' | '\r' | '\n'))
}
