//! The words for what is wrong with a text.

use super::ast::{Arrow, Keyword, Path};
use super::{characters, foreign, statement};
use crate::diagnostic::{Diagnostic, Edit};
use crate::edits;
use crate::source::{FileId, Span};
use crate::suggest::{is_slip, nearest};

/// Something stands where it cannot stand.
pub(crate) const UNEXPECTED: &str = "syntax/unexpected";
/// A part of a statement is missing.
pub(crate) const INCOMPLETE: &str = "syntax/incomplete";
/// A block or a text has no end.
pub(crate) const UNCLOSED: &str = "syntax/unclosed";
/// Another language's way to write it.
pub(crate) const FOREIGN: &str = "syntax/foreign";
/// Documentation or an attribute that belongs to nothing.
pub(crate) const DANGLING: &str = "syntax/dangling";
/// An escape that strings do not know.
pub(crate) const ESCAPE: &str = "syntax/escape";
/// A limit of the compiler.
pub(crate) const TOO_LARGE: &str = "syntax/too-large";

const NEVER_CLOSED: &str = "this `{` is never closed";
const CLOSES_NOTHING: &str = "this `}` closes nothing";

/// How similar a word must be to a keyword to be taken for it.
const NEAR: f64 = 0.82;

/// A word of more bytes than this one is no slip for a keyword; telling how similar they are costs time per byte.
const MAX_SLIP: usize = 32;

// ---- Limits -----------------------------------------------------------------------------------------------------------

pub(super) fn not_a_property(file: FileId, text: &str) -> Diagnostic {
    let whole = Span { file, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
    Diagnostic::new(UNEXPECTED, whole, "expected one property with its value")
        .help("it is written `architecture.element.property = value`")
}

pub(super) fn not_a_value(at: Span) -> Diagnostic {
    Diagnostic::new(UNEXPECTED, at, "this cannot be read as a value or an expression").label("from here on")
}

pub(super) fn file_too_large(at: Span) -> Diagnostic {
    let limit = crate::source::MAX_FILE_SIZE / (1024 * 1024);
    Diagnostic::new(TOO_LARGE, at, format!("the file is larger than {limit} MiB"))
        .help("split the architecture into several files; a folder of files means the same as one file")
}

pub(super) fn nested_too_deep(at: Span) -> Diagnostic {
    Diagnostic::new(TOO_LARGE, at, format!("this is nested deeper than {} levels", super::MAX_NESTING))
        .label("what stands inside is not read")
        .help("move the inner groups into groups or architectures of their own")
}

pub(super) fn too_many_pairs(at: Span, number: usize) -> Diagnostic {
    let message = format!("this stands for {number} connections, and no more than {} are read", super::MAX_PAIRS);
    Diagnostic::new(TOO_LARGE, at, message)
        .help("each name before an arrow is connected with each name after it: split it into several statements")
}

pub(super) fn expression_too_long(at: Span) -> Diagnostic {
    Diagnostic::new(TOO_LARGE, at, "this expression has too many terms").help("split it into several")
}

// ---- Blocks, texts and what stands before declarations ----------------------------------------------------------------

pub(super) fn unclosed_block(text: &str, block: Span) -> Diagnostic {
    let open = block.slice(0, 1);
    let diagnostic = Diagnostic::new(UNCLOSED, open, NEVER_CLOSED).label("opened here");
    let inside = text.get(block.range()).unwrap_or_default();
    let indent = indent_of_line_at(text, open.start as usize);
    // A `}` that stands further left than the block's first line was probably meant for an outer block.
    match too_far_left(inside, indent) {
        Some(at) => diagnostic
            .also(block.slice(at, at + 1), "this `}` closes an inner block, though it stands where the outer one ends")
            .help("add the missing `}` before it"),
        None => diagnostic.help("add a `}` where the block ends"),
    }
}

fn indent_of_line_at(text: &str, offset: usize) -> usize {
    let line = text.get(..offset).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    line.len() - line.trim_start().len()
}

/// The offset of a `}` that begins a line with no more indent than the block's own line has.
fn too_far_left(block: &str, indent: usize) -> Option<usize> {
    let mut offset = 0;
    block.split('\n').find_map(|line| {
        let own = line.len() - line.trim_start().len();
        let found = (offset > 0 && own <= indent && line.trim_start().starts_with('}')).then_some(offset + own);
        offset += line.len() + 1;
        found
    })
}

pub(super) fn stray_close(at: Span) -> Diagnostic {
    Diagnostic::new(UNEXPECTED, at, CLOSES_NOTHING).help("remove it, or add the `{` that it should close")
}

/// Whether a brace lacks its partner, or the text is one that no look at its braces can help.
pub(super) fn is_of_braces(finding: &Diagnostic) -> bool {
    [NEVER_CLOSED, CLOSES_NOTHING].contains(&finding.message.as_str()) || finding.code == TOO_LARGE
}

/// A `{` whose block ends before a line that shows it.
pub(super) fn unclosed(open: Span, shown_by: Option<Span>, is_close: bool) -> Diagnostic {
    let finding = Diagnostic::new(UNCLOSED, open, NEVER_CLOSED).label("opened here");
    match shown_by {
        Some(at) if is_close => {
            finding.also(at, "this `}` stands where an outer block ends").help("add the missing `}` before it")
        }
        Some(at) => finding
            .also(at, "by its indentation this stands outside of the block")
            .help("add the missing `}` before it"),
        None => finding.help("add a `}` where the block ends"),
    }
}

/// A `}` behind which the block goes on, or that stands deeper than any.
pub(super) fn excess_close(text: &str, at: Span, is_early: bool) -> Diagnostic {
    let finding = Diagnostic::new(UNEXPECTED, at, CLOSES_NOTHING);
    let finding = if is_early { finding.label("by its indentation the block goes on after it") } else { finding };
    finding.help("remove it, or add the `{` that it should close").fix("Remove the `}`", edits::removal(text, at), "")
}

/// A `}` whose `{` is missing behind a declaration.
pub(super) fn unopened(at: Span, head: Span) -> Diagnostic {
    Diagnostic::new(UNEXPECTED, at, CLOSES_NOTHING)
        .also(head, "the block seems to belong to this, which has no `{`")
        .help("add the missing `{`")
        .fix("Insert `{`", head.after(), " {")
}

pub(super) fn unclosed_text(at: Span) -> Diagnostic {
    Diagnostic::new(UNCLOSED, at, "this text has no closing `\"`")
        .label("it is taken to end here")
        .help("close it with `\"`; a text over several lines stands between `\"\"\"` and `\"\"\"`")
}

pub(super) fn unclosed_block_text(at: Span) -> Diagnostic {
    Diagnostic::new(UNCLOSED, at.slice(0, 3), "this text has no closing `\"\"\"`")
        .label("it is taken to end before the next `}` that begins a line")
        .help("close it with `\"\"\"`")
}

pub(super) fn unknown_escape(c: char, at: Span) -> Diagnostic {
    Diagnostic::new(ESCAPE, at, format!("`\\{c}` is no escape"))
        .help("the escapes are `\\n`, `\\t`, `\\\"`, `\\\\` and `\\u{1F600}`; a backslash itself is `\\\\`")
        .fix(format!("Write `\\\\{c}`"), at.before(), "\\")
        .sure_if(false)
}

pub(super) fn bad_unicode_escape(at: Span) -> Diagnostic {
    Diagnostic::new(ESCAPE, at, "this `\\u` names no character")
        .help("write the code point in hexadecimal digits between braces, such as `\\u{1F600}`")
}

pub(super) fn dangling(what: &str, at: Span) -> Diagnostic {
    Diagnostic::new(DANGLING, at, format!("this {what} belongs to nothing"))
        .label("no declaration or edge follows")
        .help(match what {
            "documentation" => "put it right before a declaration, or write it as a comment with `//`",
            _ => "put it right before a declaration or an edge",
        })
}

pub(super) fn late_file_doc(at: Span) -> Diagnostic {
    Diagnostic::new(DANGLING, at, "documentation of the file stands at its top")
        .help("move it before the first declaration, or document the next declaration with `///`")
}

// ---- Parts that are missing -------------------------------------------------------------------------------------------

pub(super) fn missing_name(keyword: &Path) -> Diagnostic {
    let word = &keyword.text;
    let finding = Diagnostic::new(INCOMPLETE, keyword.span.after(), format!("expected a name after `{word}`"));
    if word == Keyword::Example.word() {
        return finding.help("say what it shows: `example good { … }` or `example bad { … }`");
    }
    finding.help(format!("every {word} has a name that edges and other files refer to it by"))
}

pub(super) fn missing_kind(at: Span) -> Diagnostic {
    Diagnostic::new(INCOMPLETE, at, "expected a kind after `:`")
        .help("`archc kinds` lists the kinds, such as `aws.s3` or `database`")
}

pub(super) fn missing_carrier(at: Span) -> Diagnostic {
    Diagnostic::new(INCOMPLETE, at, "expected a kind or a service after `via`")
        .help("write `a -> b via KIND`, `via NAME: KIND`, or `via NAME` of a service declared elsewhere")
}

pub(super) fn label_before_via(text: &str, label: Span, via: Span) -> Diagnostic {
    let written = text.get(label.range()).unwrap_or_default();
    let before = Edit { span: Span { end: via.start, ..label }, replacement: String::new() };
    let behind = Edit { span: via.after(), replacement: format!(" {written}") };
    Diagnostic::new(UNEXPECTED, label, "the label stands behind the `via`")
        .label("before it")
        .help(format!("write `via … {written}`"))
        .fix_by("Move the label", vec![before, behind])
}

pub(super) fn missing_through(word: Span) -> Diagnostic {
    Diagnostic::new(INCOMPLETE, word.after(), "expected a kind after `through`")
        .help("`through` names the kinds that must stand between: `wire a -> b through KIND`")
}

pub(super) fn names_without_arrow(at: Span, names: &str) -> Diagnostic {
    let last = names.rsplit(',').next().unwrap_or_default().trim();
    Diagnostic::new(INCOMPLETE, at.after(), format!("expected an arrow after `{last}`"))
        .help("several names before an arrow are several edges: `a, b -> c`")
}

pub(super) fn bad_arguments(name: &Path, at: Span) -> Diagnostic {
    Diagnostic::new(UNEXPECTED, at, format!("the arguments of `@{}` cannot be read", name.text))
        .help("arguments are separated by commas: `@allow(CODE, \"reason\", until = DATE)`")
}

pub(super) fn missing_end(arrow: Arrow, at: Span) -> Diagnostic {
    let arrow = arrow.symbol();
    Diagnostic::new(INCOMPLETE, at.after(), format!("expected a name after `{arrow}`"))
        .help("an edge ends at an element, on the same line: `a -> b`")
}

pub(super) fn missing_value(key: &Path, property: Span, after_colon: bool) -> Diagnostic {
    if after_colon && Keyword::of(&key.text).is_some() {
        return missing_name(key);
    }
    Diagnostic::new(INCOMPLETE, property.after(), "expected a value after `=`")
        .help(format!("write `{} = VALUE`, or remove the line", key.text))
}

pub(super) fn bad_value(key: &Path, at: Span, text: &str) -> Diagnostic {
    if let Some(diagnostic) = characters::suspicious(text, at) {
        return diagnostic;
    }
    let message = format!("`{}` has a value that cannot be read", key.text);
    let diagnostic = Diagnostic::new(UNEXPECTED, at, message);
    if let Some(amount) = money(text) {
        let label = "a currency stands behind its number, by its code";
        return diagnostic.label(label).fix(format!("Write `{amount}`"), at, amount);
    }
    match (text.chars().next(), text.trim_end().chars().next_back()) {
        (Some('['), Some(']')) => diagnostic.help("items of a list are values with commas between them: `[a, b]`"),
        (Some('['), _) => diagnostic.label("this list is not closed").help("a list is written `[a, b]`"),
        (Some('('), Some(')')) => diagnostic.help("in parentheses stands one expression: `(a + b)`"),
        (Some('('), _) => diagnostic.label("this parenthesis is not closed").help("close it with `)`"),
        (Some('$' | '@'), _) => diagnostic.help("there are no variables; a text stands between double quotes"),
        (Some('='), _) => diagnostic.help("a property is written with one `=`; comparisons stand in expressions"),
        _ => diagnostic.help("a value is a text in quotes, a number with its unit, a name, a date or a list `[a, b]`"),
    }
}

/// `500 USD/month` for `$500/month`.
fn money(text: &str) -> Option<String> {
    let sign = text.chars().next()?;
    let code = match sign {
        '$' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        _ => return None,
    };
    let rest = text.trim_end().strip_prefix(sign)?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '_' | '.')).unwrap_or(rest.len());
    let (number, unit) = rest.split_at_checked(end)?;
    let unit = match unit.trim() {
        "" => "",
        "/mo" | "/ month" | "per month" | "a month" => "/month",
        unit if unit.strip_prefix('/').is_some_and(|it| it.chars().all(char::is_alphabetic)) => unit,
        _ => return None,
    };
    Some(format!("{number} {code}{unit}")).filter(|_| number.starts_with(|c: char| c.is_ascii_digit()))
}

// ---- Words that are no keyword ----------------------------------------------------------------------------------------

/// What is said of a word that is no keyword, and the keyword to read its declaration with, if one is near.
pub(super) fn unknown_keyword(text: &str, word: &Path, span: Span) -> (Diagnostic, Option<Keyword>) {
    let written = word.text.as_str();
    if let Some(keyword) = Keyword::of(written) {
        let rest = text.get(word.span.end as usize..span.end as usize).unwrap_or_default();
        let nameless = rest.trim_start().starts_with('"');
        let diagnostic = if nameless { missing_name(word) } else { statement::incomplete_form(word, span, text) };
        return (diagnostic, Some(keyword));
    }
    if statement::form_of(written).is_some() {
        return (statement::incomplete_form(word, span, text), None);
    }
    let near = Keyword::ALL
        .into_iter()
        .filter(|_| written.len() <= MAX_SLIP)
        .map(|keyword| (strsim::jaro_winkler(written, keyword.word()), keyword))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    if let Some((_, keyword)) = near {
        let meant = keyword.word();
        let diagnostic = Diagnostic::new(UNEXPECTED, word.span, format!("unknown keyword `{written}`"))
            .help(format!("did you mean `{meant}`?"))
            .fix(format!("Replace `{written}` with `{meant}`"), word.span, meant)
            .sure_if(is_slip(written, meant));
        return (diagnostic, Some(keyword));
    }
    if let Some((language, advice)) = foreign::keyword(written) {
        let diagnostic = Diagnostic::new(FOREIGN, word.span, format!("`{written}` is {language}, not a keyword here"));
        // An edge may go on behind what could be read of it.
        let rest = text.get(word.span.end as usize..).unwrap_or_default();
        return (foreign::without_keyword(diagnostic.help(advice), written, rest, word.span), None);
    }
    let diagnostic = Diagnostic::new(UNEXPECTED, word.span, format!("`{written}` begins no statement"));
    if let Some(meant) = nearest(written, statement::BLOCKS).filter(|_| written.len() <= MAX_SLIP) {
        return (diagnostic.help(format!("did you mean `{meant}`? {}", statement::STEPS)), None);
    }
    (diagnostic.help(statement::FORMS), None)
}

// ---- What cannot be read ----------------------------------------------------------------------------------------------

pub(super) fn second_title(first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(UNEXPECTED, second, "a declaration has one title").also(first, "the first is here")
}

pub(super) fn clause_not_allowed(word: &Path, keyword: Keyword) -> Diagnostic {
    let help = match word.text.as_str() {
        "is" => "`is` names the parent of a kind or of an environment; a service names its kind after `:`",
        _ => "`follows` names the pattern that an architecture conforms to",
    };
    let message = format!("`{}` cannot follow `{}`", word.text, keyword.word());
    Diagnostic::new(UNEXPECTED, word.span, message).help(help)
}

pub(super) fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
}

/// The name that an unreadable statement may have meant to declare.
pub(super) fn name_in_junk(text: &str, at: Span) -> Option<Path> {
    let junk = text.get(at.range()).unwrap_or_default();
    let word = first_word(junk);
    let (name, start) = if Keyword::of(word).is_some() {
        let rest = junk.get(word.len()..).unwrap_or_default();
        let name = rest.trim_start();
        (first_word(name), junk.len() - name.len())
    } else {
        (word, 0)
    };
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_name.then(|| Path { text: name.into(), span: at.slice(start, start + name.len()) })
}
