//! The words for what is wrong with a text.

use super::ast::{Arrow, Keyword, Path, Statement};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

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

/// How similar a word must be to a keyword to be taken for it.
const NEAR: f64 = 0.82;

// ---- Limits -----------------------------------------------------------------------------------------------------------

pub(super) fn file_too_large(at: Span) -> Diagnostic {
    let limit = super::MAX_FILE_SIZE / (1024 * 1024);
    Diagnostic::new(TOO_LARGE, at, format!("the file is larger than {limit} MiB"))
        .help("split the architecture into several files; a folder of files means the same as one file")
}

pub(super) fn nested_too_deep(at: Span) -> Diagnostic {
    Diagnostic::new(TOO_LARGE, at, format!("this is nested deeper than {} levels", super::MAX_NESTING))
        .label("what stands inside is not read")
        .help("move the inner groups into groups or architectures of their own")
}

pub(super) fn expression_too_long(at: Span) -> Diagnostic {
    Diagnostic::new(TOO_LARGE, at, "this expression has too many terms").help("split it into several")
}

// ---- Blocks, texts and what stands before declarations ----------------------------------------------------------------

pub(super) fn unclosed_block(text: &str, block: Span) -> Diagnostic {
    let open = block.slice(0, 1);
    let diagnostic = Diagnostic::new(UNCLOSED, open, "this `{` is never closed").label("opened here");
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
    Diagnostic::new(UNEXPECTED, at, "this `}` closes nothing").help("remove it, or add the `{` that it should close")
}

pub(super) fn unclosed_text(at: Span) -> Diagnostic {
    Diagnostic::new(UNCLOSED, at, "this text has no closing `\"`")
        .label("it is taken to end with its line")
        .help("close it with `\"`; a text over several lines stands between `\"\"\"` and `\"\"\"`")
}

pub(super) fn unknown_escape(c: char, at: Span) -> Diagnostic {
    Diagnostic::new(ESCAPE, at, format!("`\\{c}` is no escape"))
        .help("the escapes are `\\n`, `\\t`, `\\\"`, `\\\\` and `\\u{1F600}`; a backslash itself is `\\\\`")
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
    Diagnostic::new(INCOMPLETE, keyword.span.after(), format!("expected a name after `{word}`"))
        .help(format!("every {word} has a name that edges and other files refer to it by"))
}

pub(super) fn missing_kind(at: Span) -> Diagnostic {
    Diagnostic::new(INCOMPLETE, at, "expected a kind after `:`")
        .help("`archc kinds` lists the kinds, such as `aws.s3` or `database`")
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
    let diagnostic = Diagnostic::new(UNEXPECTED, at, format!("`{}` has a value that cannot be read", key.text));
    match text.chars().next() {
        Some('[') => diagnostic.label("this list is not closed").help("a list is written `[a, b]`"),
        Some('\'') => diagnostic.help("texts stand between double quotes: `\"text\"`"),
        Some('$' | '`') => diagnostic.help("there are no variables; a text stands between double quotes"),
        _ => diagnostic.help("a value is a text in quotes, a number with its unit, a name, a date or a list `[a, b]`"),
    }
}

// ---- What other languages write ---------------------------------------------------------------------------------------

pub(super) fn colon(key: &Path, at: Span) -> Diagnostic {
    if Keyword::of(&key.text).is_some() {
        return missing_name(key);
    }
    Diagnostic::new(FOREIGN, at, "expected `=`, found `:`")
        .help(format!("properties are written `{} = value`", key.text))
        .fix("Replace `:` with `=`", at, " =")
}

pub(super) fn semicolon(at: Span) -> Diagnostic {
    Diagnostic::new(FOREIGN, at, "statements end with their line, not with `;`")
        .help("remove the `;`; several properties on one line are separated by commas")
        .fix("Remove `;`", at, "")
}

pub(super) fn foreign_arrow(written: &str, meant: Arrow, at: Span) -> Diagnostic {
    let arrow = meant.symbol();
    let diagnostic = Diagnostic::new(FOREIGN, at, format!("`{written}` is no arrow here; did you mean `{arrow}`?"));
    match written {
        "<->" => diagnostic.help("an edge has one direction: write two edges, `a -> b` and `b -> a`"),
        "<--" => diagnostic.help("an edge is written from its source: `b -> a`"),
        _ => diagnostic.help("`->` moves data, `=>` calls and waits for the answer, `~>` is a side channel").fix(
            format!("Replace `{written}` with `{arrow}`"),
            at,
            arrow,
        ),
    }
}

/// What is said of a word that is no keyword, and the keyword to read its declaration with, if one is near.
pub(super) fn unknown_keyword(text: &str, word: &Path, span: Span) -> (Diagnostic, Option<Keyword>) {
    let written = word.text.as_str();
    let near = Keyword::ALL
        .into_iter()
        .map(|keyword| (strsim::jaro_winkler(written, keyword.word()), keyword))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    if let Some((_, keyword)) = near {
        let meant = keyword.word();
        let diagnostic = Diagnostic::new(UNEXPECTED, word.span, format!("unknown keyword `{written}`"))
            .help(format!("did you mean `{meant}`?"))
            .fix(format!("Replace `{written}` with `{meant}`"), word.span, meant);
        return (diagnostic, Some(keyword));
    }
    if let Some((language, advice)) = foreign_keyword(written) {
        let diagnostic = Diagnostic::new(FOREIGN, word.span, format!("`{written}` is {language}, not a keyword here"));
        return (diagnostic.help(advice), None);
    }
    if Keyword::of(written).is_some() {
        return (not_a_statement(text, span), None);
    }
    let diagnostic = Diagnostic::new(UNEXPECTED, word.span, format!("`{written}` begins no statement"))
        .help("a statement is a declaration (`service NAME: KIND`), an edge (`a -> b`) or a property (`key = value`)");
    (diagnostic, None)
}

/// The language a keyword comes from, and what to write instead.
fn foreign_keyword(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "resource" | "module" | "data" | "variable" | "output" | "provider" => {
            ("Terraform", "a service is declared as `service NAME: KIND \"Label\" { key = value }`")
        }
        "subgraph" => ("Mermaid", "a boundary is `group NAME \"Title\" { … }`"),
        "graph" | "flowchart" | "digraph" => {
            ("Mermaid or Graphviz", "a diagram is `architecture NAME \"Title\" { … }`")
        }
        "participant" | "actor" => ("Mermaid or PlantUML", "people are `person NAME \"Label\"`"),
        "classDef" | "class" | "style" | "linkStyle" | "click" => {
            ("Mermaid", "shapes and colours follow from the kinds; there is nothing to style by hand")
        }
        "component" | "container" | "node" | "cloud" | "artifact" | "softwareSystem" => {
            ("PlantUML or Structurizr", "what you run is `service NAME: KIND`, what others run is `external NAME`")
        }
        "boundary" | "package" | "cluster" | "zone" | "vpc" => {
            ("another language's", "a boundary is `group NAME \"Title\" { … }`")
        }
        "workspace" | "model" | "system" => ("another language's", "one system is `architecture NAME \"Title\" { … }`"),
        "import" | "include" | "using" | "from" => {
            ("another language's", "all `.arch` files of a workspace see each other; nothing is imported")
        }
        _ => return None,
    })
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

/// Text after a statement that was complete: says what could have gone on from there.
pub(super) fn trailing(text: &str, at: Span, after: Option<&Statement>) -> Diagnostic {
    let found = text.get(at.range()).unwrap_or_default();
    if let Some(Statement::Declaration(declaration)) = after
        && declaration.block.is_none()
        && declaration.title.is_none()
        && let Some(name) = &declaration.name
    {
        if found.starts_with('=') && declaration.kind.is_none() {
            return Diagnostic::new(FOREIGN, at.slice(0, 1), "expected `:`, found `=`")
                .help(format!("the kind follows a colon: `{} {}: KIND`", declaration.keyword.word(), name.text))
                .fix("Replace `=` with `:`", at.slice(0, 1), ":");
        }
        if ["->", "=>", "~>"].iter().any(|arrow| found.starts_with(arrow)) {
            return Diagnostic::new(UNEXPECTED, at, "an edge has no keyword").help(format!(
                "write `{} {}` in a line of its own",
                name.text,
                found.trim_end()
            ));
        }
        if found.starts_with(['[', '(']) {
            return Diagnostic::new(FOREIGN, at, "a label is written in quotes").help(format!(
                "write `{} {} \"Label\"`",
                declaration.keyword.word(),
                name.text
            ));
        }
    }
    let expected = after.map_or("a line break", expected_after);
    Diagnostic::new(UNEXPECTED, at, format!("expected {expected}")).label("cannot be read")
}

fn expected_after(statement: &Statement) -> &'static str {
    match statement {
        Statement::Declaration(it) if it.block.is_some() => "a line break after the `}`",
        Statement::Declaration(it) if it.title.is_some() => "`{` or a line break after the title",
        Statement::Declaration(it) if it.kind.is_some() => "a title, `{` or a line break after the kind",
        Statement::Declaration(it) if it.keyword == Keyword::Service => "`:` and a kind after the name",
        Statement::Declaration(it) if it.keyword == Keyword::Use => "`as NAME` or a line break after the arguments",
        Statement::Declaration(_) => "a title, `{` or a line break after the name",
        Statement::Edge(it) if it.block.is_some() => "a line break after the `}`",
        Statement::Edge(it) if it.label.is_some() => "`{` or a line break after the label",
        Statement::Edge(it) if !it.carriers.is_empty() => "a label, `{` or a line break after the carrier",
        Statement::Edge(_) => "`via`, a label, `{` or a line break after the last name",
        Statement::Property(_) => "a comma or a line break after the value",
        Statement::PropertyDeclaration(_) => "`=` and a default, `{` or a line break after the type",
        Statement::Limit(_) => "`soft`, `hard`, `{` or a line break after the condition",
        Statement::Wire(_) => "`only`, `never`, `retired`, `through KIND`, `{` or a line break",
        _ => "a line break",
    }
}

/// A stretch of text that is no statement at all.
pub(super) fn not_a_statement(text: &str, at: Span) -> Diagnostic {
    let junk = text.get(at.range()).unwrap_or_default();
    let line = junk.lines().next().unwrap_or_default().trim_end();
    let at = at.slice(0, line.len().max(1));
    let word = first_word(line);
    let rest = line.get(word.len()..).unwrap_or_default().trim_start();
    let unexpected = |message: String| Diagnostic::new(UNEXPECTED, at, message);
    if ["->", "=>", "~>", "--", "<-"].iter().any(|arrow| line.starts_with(arrow)) {
        return unexpected("expected a name before the arrow".into()).help("an edge is written `a -> b`");
    }
    if line.starts_with('{') {
        return unexpected("this block belongs to no declaration".into())
            .help("a `{` stands on the line of its declaration: `group NAME \"Title\" {`");
    }
    if line.starts_with('"') {
        return unexpected("a text cannot stand alone".into()).help(
            "a text is a title (`group NAME \"Title\"`), a label (`a -> b \"label\"`) or a value (`key = \"text\"`)",
        );
    }
    if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
        return unexpected("this is the mark of an unresolved merge conflict".into())
            .help("resolve the conflict and remove the marks");
    }
    if line.starts_with('#') {
        return Diagnostic::new(FOREIGN, at, "a comment begins with `//`").fix(
            "Replace `#` with `//`",
            at.slice(0, 1),
            "//",
        );
    }
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        return unexpected("a name begins with a letter".into()).help("write `n2` or `two` in place of `2`");
    }
    if word.is_empty() {
        return unexpected("this begins no statement".into()).help(
            "a statement is a declaration (`service NAME: KIND`), an edge (`a -> b`) or a property (`key = value`)",
        );
    }
    if rest.starts_with(['[', '(']) {
        return Diagnostic::new(FOREIGN, at, format!("`{word}` is not declared like this"))
            .help(format!("an element is declared once, with a keyword: `service {word}: KIND \"Label\"`"));
    }
    if let Some(keyword) = Keyword::of(word).filter(|_| rest.is_empty()) {
        let keyword = keyword.word();
        return Diagnostic::new(INCOMPLETE, at.after(), format!("expected a name after `{keyword}`"))
            .help(format!("every {keyword} has a name that edges and other files refer to it by"));
    }
    if rest.is_empty() {
        return Diagnostic::new(INCOMPLETE, at.after(), format!("expected `=` or an arrow after `{word}`"))
            .help(format!("a property is `{word} = value`, an edge is `{word} -> other`"));
    }
    unexpected(format!("expected `=` or an arrow after `{word}`"))
        .help("a statement is a declaration (`service NAME: KIND`), an edge (`a -> b`) or a property (`key = value`)")
}

fn first_word(line: &str) -> &str {
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
    (!name.is_empty()).then(|| Path { text: name.into(), span: at.slice(start, start + name.len()) })
}
