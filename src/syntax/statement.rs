//! The words for statements that cannot be read, or not to their end.

use super::ast::{Declaration, Edge, Keyword, Path, Statement};
use super::mistake::{FOREIGN, INCOMPLETE, UNEXPECTED, first_word};
use super::{characters, foreign};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;

/// What a statement can be.
pub(super) const FORMS: &str =
    "a statement is a declaration (`service NAME: KIND`), an edge (`a -> b`) or a property (`key = value`)";

/// The blocks of steps in a scenario that begin with a word and a text.
pub(super) const BLOCKS: [&str; 4] = ["alt", "opt", "loop", "par"];

/// What a scenario can hold.
pub(super) const STEPS: &str = "a scenario holds steps (`a -> b \"does\"`), `note NAME \"text\"`, and the blocks `alt`, `opt`, \
                                `loop` and `par`, with `else` after `alt` and `and` after `par`";

/// How a statement is written that begins with a word, where no simple name follows it.
pub(super) fn form_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "property" => "property NAME: TYPE = DEFAULT",
        "meter" => "meter \"Name\" = QUANTITY @ PRICE",
        "limit" => "limit \"Name\" QUANTITY <= VALUE soft",
        "wire" => "wire KIND, KIND -> KIND only",
        "note" => "note NAME \"text\"",
        "without" => "without NAME, NAME",
        "example" => "example NAME \"Title\" { … }",
        "pattern" => "pattern NAME(parameter: TYPE) { … }",
        "use" => "use PATTERN(parameter = value) as NAME",
        "alt" | "opt" | "loop" | "par" | "else" | "and" => "alt \"condition\" { … } else { … }",
        _ => return None,
    })
}

/// A statement that began with a known word and did not go on as it should.
pub(super) fn incomplete_form(word: &Path, span: Span, text: &str) -> Diagnostic {
    let statement = text.get(span.range()).unwrap_or_default();
    let length = statement.find(['\n', '\r', '{']).unwrap_or(statement.len());
    let length = statement.get(..length).map_or(0, |line| line.trim_end().len());
    let word = &word.text;
    let diagnostic = Diagnostic::new(INCOMPLETE, span.slice(0, length), format!("this `{word}` is not complete"));
    match form_of(word) {
        Some(form) => diagnostic.help(format!("it is written `{form}`")),
        None => diagnostic.help(FORMS),
    }
}

/// Text after a statement that was complete: says what could have gone on from there.
pub(super) fn trailing(text: &str, at: Span, after: Option<&Statement>) -> Diagnostic {
    let found = text.get(at.range()).unwrap_or_default();
    if let Some(diagnostic) = characters::suspicious(found, at) {
        return diagnostic;
    }
    if let Some(slip) = slip(found, at, after) {
        return slip;
    }
    let specific = match after {
        Some(Statement::Declaration(declaration)) => after_declaration(declaration, found, at),
        Some(Statement::Edge(edge)) => after_edge(edge, found, at),
        Some(Statement::Property(_)) => after_value(found, at),
        Some(Statement::PropertyDeclaration(_)) if found.starts_with('=') => {
            Some(Diagnostic::new(INCOMPLETE, at, "expected a default after `=`"))
        }
        _ => None,
    };
    specific.unwrap_or_else(|| {
        let expected = after.map_or("a line break", expected_after);
        Diagnostic::new(UNEXPECTED, at, format!("expected {expected}")).label("cannot be read")
    })
}

/// What goes on after a statement and is easily told: a sign whose letters have changed places, a path without its end, the
/// next property without a comma before it.
fn slip(found: &str, at: Span, after: Option<&Statement>) -> Option<Diagnostic> {
    if found.starts_with("=<") {
        let sign = at.slice(0, 2);
        let finding = Diagnostic::new(FOREIGN, sign, "there is no `=<`");
        return Some(finding.help("did you mean `<=`?").fix("Replace `=<` with `<=`", sign, "<="));
    }
    if found.trim_end() == "." {
        return Some(Diagnostic::new(INCOMPLETE, at.slice(0, 1).after(), "expected a name after `.`"));
    }
    let Some(Statement::Property(before)) = after.filter(|_| foreign::begins_property(found)) else { return None };
    let finding =
        Diagnostic::new(UNEXPECTED, at.slice(0, first_word(found).len()), "expected a comma between two properties");
    Some(finding.help("properties on one line are separated by commas").fix("Insert `,`", before.span.after(), ","))
}

fn after_declaration(declaration: &Declaration, found: &str, at: Span) -> Option<Diagnostic> {
    let line = found.lines().next().unwrap_or_default().trim_end();
    if declaration.block.is_some() {
        return None;
    }
    if line.contains('=') && first_word(line).len() < line.len() && !first_word(line).is_empty() {
        return Some(without_braces(line, at));
    }
    if declaration.title.is_some() {
        return None;
    }
    let name = &declaration.name.as_ref()?.text;
    let keyword = declaration.keyword.word();
    if found.starts_with('=') && declaration.kind.is_none() {
        return Some(
            Diagnostic::new(FOREIGN, at.slice(0, 1), "expected `:`, found `=`")
                .help(format!("the kind follows a colon: `{keyword} {name}: KIND`"))
                .fix("Replace `=` with `:`", at.slice(0, 1), ":"),
        );
    }
    if ["->", "=>", "~>"].iter().any(|arrow| found.starts_with(arrow)) {
        let help = format!("write `{name} {line}` in a line of its own");
        return Some(Diagnostic::new(UNEXPECTED, at, "an edge has no keyword").help(help));
    }
    if found.starts_with('(') && matches!(declaration.keyword, Keyword::Pattern | Keyword::Use) {
        let form = form_of(keyword).unwrap_or_default();
        let message = "what stands in the parentheses cannot be read";
        return Some(Diagnostic::new(UNEXPECTED, at, message).help(format!("write `{form}`")));
    }
    if found.starts_with(['[', '(']) {
        let help = format!("write `{keyword} {name} \"Label\"`");
        let finding = Diagnostic::new(FOREIGN, at, "a label is written in quotes").help(help);
        let label = line.trim_matches(['[', ']', '(', ')']);
        return Some(quoted(finding, line, label, at, declaration.span.end == at.start));
    }
    let takes_kind = matches!(declaration.keyword, Keyword::Service | Keyword::External) && declaration.kind.is_none();
    let is_word = !line.is_empty() && first_word(line) == line;
    (takes_kind && is_word).then(|| {
        Diagnostic::new(UNEXPECTED, at, "expected `:` before the kind")
            .help(format!("write `{keyword} {name}: {line}`"))
            .fix("Insert `:`", declaration.span.after(), ":")
    })
}

/// Properties that stand behind their declaration.
fn without_braces(line: &str, at: Span) -> Diagnostic {
    let finding = Diagnostic::new(UNEXPECTED, at, "expected `{` before the properties")
        .help(format!("properties stand in a block: `{{ {line} }}`"));
    if line.contains(['{', '}']) || line.contains("//") {
        return finding;
    }
    let insert = |span, text: &str| Edit { span, replacement: text.to_owned() };
    let edits = vec![insert(at.before(), "{ "), insert(at.slice(line.len(), line.len()), " }")];
    finding.fix_by("Put the properties between braces", edits)
}

fn after_edge(after: &Edge, found: &str, at: Span) -> Option<Diagnostic> {
    let label = found.strip_prefix(':')?.lines().next().unwrap_or_default();
    let label = label.trim_end_matches('{').trim().trim_matches('"');
    Some(
        Diagnostic::new(FOREIGN, at, "a label stands in quotes, without a colon before it")
            .help(format!("write `a -> b \"{label}\"`")),
    )
    .map(|finding| {
        quoted(finding, found.lines().next().unwrap_or_default().trim_end(), label, at, after.span.end == at.start)
    })
}

/// Adds the fix that writes a label in quotes in place of the line that holds it and nothing else; with a blank before it if it
/// is close to what stands there.
fn quoted(finding: Diagnostic, line: &str, label: &str, at: Span, is_close: bool) -> Diagnostic {
    if label.trim().is_empty()
        || label.contains(['"', '\\', '{', '}'])
        || line.contains(['{', '}'])
        || line.contains("//")
    {
        return finding;
    }
    let label = format!("\"{}\"", label.trim());
    let written = if is_close { format!(" {label}") } else { label.clone() };
    finding.fix(format!("Write `{label}`"), at.slice(0, line.len()), written)
}

fn after_value(found: &str, at: Span) -> Option<Diagnostic> {
    let first = found.chars().next()?;
    let rest = found.get(first.len_utf8()..).unwrap_or_default();
    let rest = rest.trim_start_matches('=').trim();
    let message = match first {
        '+' | '-' | '*' | '/' | '&' | '<' | '>' | '=' | '!' if rest.is_empty() => {
            format!("expected a value after `{}`", found.trim())
        }
        '(' | '[' => format!("this `{first}` begins nothing that can be read, or is not closed"),
        '.' => "expected a name after the `.`".to_owned(),
        _ => return None,
    };
    Some(Diagnostic::new(INCOMPLETE, at, message))
}

fn expected_after(statement: &Statement) -> &'static str {
    match statement {
        Statement::Declaration(it) if it.block.is_some() => "a comma or a line break after the `}`",
        Statement::Declaration(it) if it.title.is_some() => "`{`, a comma or a line break after the title",
        Statement::Declaration(it) if it.kind.is_some() => "a title, `{`, a comma or a line break after the kind",
        Statement::Declaration(it) if it.keyword == Keyword::Service => "`:` and a kind after the name",
        Statement::Declaration(it) if it.keyword == Keyword::Use => {
            "`as NAME`, a comma or a line break after the arguments"
        }
        Statement::Declaration(_) => "a title, `{`, a comma or a line break after the name",
        Statement::Edge(it) if it.block.is_some() => "a comma or a line break after the `}`",
        Statement::Edge(it) if it.label.is_some() => "`{`, a comma or a line break after the label",
        Statement::Edge(it) if !it.carriers.is_empty() => "a label, `{`, a comma or a line break after the carrier",
        Statement::Edge(_) => "`via`, a label, `{`, a comma or a line break after the last name",
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
    let line = junk.lines().next().unwrap_or_default();
    // Before the end is trimmed: it may hold nothing but white space that is no part of the language.
    if let Some(diagnostic) = characters::suspicious(line, at) {
        return diagnostic;
    }
    let line = line.trim_end();
    let at = at.slice(0, line.len());
    let word = first_word(line);
    let is_word = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if is_word { after_word(line, word, at) } else { after_sign(line, at) }
}

/// A statement that begins with a sign, a digit or a quote.
fn after_sign(line: &str, at: Span) -> Diagnostic {
    let (message, help) = if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
        ("this is the mark of an unresolved merge conflict", "resolve the conflict and remove the marks")
    } else if line.starts_with("- ") {
        ("a list does not stand on lines with dashes", "a list is a value: `key = [a, b]`")
    } else if ["->", "=>", "~>", "-- ", "--> ", "<-"].iter().any(|arrow| line.starts_with(arrow)) {
        ("expected a name before the arrow", "an edge is written `a -> b`")
    } else if line.starts_with('{') {
        (
            "this block belongs to no declaration",
            "a `{` stands on the line of its declaration: `group NAME \"Title\" {`",
        )
    } else if line.starts_with('@') {
        ("expected a name after `@`", "an attribute is written `@allow(CODE, \"reason\")`")
    } else if line.starts_with('"') {
        (
            "a text cannot stand alone",
            "a text is a title (`group NAME \"Title\"`), a label (`a -> b \"label\"`) or a value (`key = \"text\"`)",
        )
    } else if line.starts_with(|c: char| c.is_ascii_digit()) {
        ("a name begins with a letter", "write `n2` or `two` in place of `2`")
    } else {
        ("this begins no statement", FORMS)
    };
    Diagnostic::new(UNEXPECTED, at, message).help(help)
}

/// A statement that begins with a word and does not go on as any.
fn after_word(line: &str, word: &str, at: Span) -> Diagnostic {
    let rest = line.get(word.len()..).unwrap_or_default().trim_start();
    let keyword = Keyword::of(word).map(Keyword::word);
    let path = Path { text: word.into(), span: at.slice(0, word.len()) };
    if let Some(keyword) = keyword
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        let start = line.len() - rest.len();
        return Diagnostic::new(UNEXPECTED, at.slice(start, line.len()), format!("expected a name after `{keyword}`"))
            .help("a name begins with a letter: write `n2` or `two` in place of `2`");
    }
    if let Some(keyword) = keyword.filter(|_| rest.is_empty()) {
        return super::mistake::missing_name(&Path { text: keyword.into(), ..path });
    }
    if let Some(form) = form_of(word) {
        return Diagnostic::new(INCOMPLETE, at, format!("this `{word}` is not complete"))
            .help(format!("it is written `{form}`"));
    }
    let sign = at.slice(line.len() - rest.len(), line.len());
    if let Some((written, arrow)) = [("- >", "->"), ("~ >", "~>")].into_iter().find(|(it, _)| rest.starts_with(it)) {
        let sign = sign.slice(0, written.len());
        return Diagnostic::new(UNEXPECTED, sign, format!("expected `{arrow}`, found `{written}`"))
            .help("no blank stands within an arrow")
            .fix(format!("Replace `{written}` with `{arrow}`"), sign, arrow);
    }
    if matches!(rest, "-" | "~" | "--" | "-." | "<") {
        return Diagnostic::new(INCOMPLETE, sign, "expected an arrow")
            .help("`->` moves data, `=>` calls and waits for the answer, `~>` is a side channel");
    }
    if rest.starts_with(['[', '(']) {
        return Diagnostic::new(FOREIGN, at, format!("`{word}` is not declared like this"))
            .help(format!("an element is declared once, with a keyword: `service {word}: KIND \"Label\"`"));
    }
    if rest.is_empty() {
        return Diagnostic::new(INCOMPLETE, at.after(), format!("expected `=` or an arrow after `{word}`"))
            .help(format!("a property is `{word} = value`, an edge is `{word} -> other`"));
    }
    if let Some((language, advice)) = foreign::keyword(word) {
        let finding = Diagnostic::new(FOREIGN, path.span, format!("`{word}` is {language}, not a keyword here"));
        return foreign::without_keyword(
            finding.help(advice),
            word,
            line.get(word.len()..).unwrap_or_default(),
            path.span,
        );
    }
    Diagnostic::new(UNEXPECTED, at, format!("expected `=` or an arrow after `{word}`")).help(FORMS)
}
