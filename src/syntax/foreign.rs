//! The words for what other languages, keyboards and word processors write.

use super::ast::{Arrow, Keyword, Path};
use super::mistake::{FOREIGN, missing_name};
use crate::diagnostic::Diagnostic;
use crate::edits;
use crate::source::Span;

/// A character in place of the one that the language knows.
pub(super) fn character(written: &str, meant: &str, at: Span) -> Diagnostic {
    Diagnostic::new(FOREIGN, at, format!("expected `{meant}`, found `{written}`"))
        .help("these are two characters that look alike")
        .fix(format!("Replace `{written}` with `{meant}`"), at, meant)
}

pub(super) fn colon(key: &Path, written: &str, at: Span) -> Diagnostic {
    if Keyword::of(&key.text).is_some() {
        return missing_name(key);
    }
    Diagnostic::new(FOREIGN, at, format!("expected `=`, found `{written}`"))
        .help(format!("properties are written `{} = value`", key.text))
        .fix(format!("Replace `{written}` with `=`"), at, " =")
}

/// What stands between two statements of the text; `is_listed` says whether the one before it is a property of the same line.
pub(super) fn separator(text: &str, is_listed: bool, at: Span) -> Diagnostic {
    let written = text.get(at.range()).unwrap_or_default();
    if matches!(written, "，" | "、") {
        return character(written, ",", at);
    }
    let finding = Diagnostic::new(FOREIGN, at, format!("statements end with their line, not with `{written}`"))
        .help(format!("remove the `{written}`; several properties on one line are separated by commas"));
    let behind = text.get(at.end as usize..).unwrap_or_default();
    let rest = behind.lines().next().unwrap_or_default();
    let blanks = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    if rest.is_empty() || rest.starts_with("//") || rest.starts_with('}') {
        return finding.fix(format!("Remove the `{written}`"), at, "");
    }
    if is_listed && begins_property(rest) {
        return finding.fix(format!("Replace `{written}` with `,`"), at, ",");
    }
    // Behind an edge, a comma would go on with its targets.
    let whole = Span { end: at.end.saturating_add(u32::try_from(blanks).unwrap_or_default()), ..at };
    finding.fix(format!("Replace `{written}` with a line break"), whole, line_break(text, at))
}

/// Whether a text begins with the name of a property and its `=`.
pub(super) fn begins_property(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let sign = name.trim_start().strip_prefix('=');
    name.len() < rest.len() && sign.is_some_and(|behind| !behind.starts_with(['>', '=']))
}

/// A line break, and the white space that a statement behind it begins with.
fn line_break(text: &str, at: Span) -> String {
    let start = at.start as usize;
    let before = text.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_inside = line.matches('{').count() > line.matches('}').count();
    let deeper = if is_inside { "  " } else { "" };
    format!("\n{}{deeper}", edits::indent(text, start))
}

pub(super) fn comment(written: &str, at: Span) -> Diagnostic {
    let mark = ["#", "%%", "/*", "<!--"].into_iter().find(|mark| written.starts_with(mark)).unwrap_or_default();
    let diagnostic =
        Diagnostic::new(FOREIGN, at.slice(0, mark.len()), format!("a comment begins with `//`, not `{mark}`"));
    match mark {
        "#" | "%%" => diagnostic.fix(format!("Replace `{mark}` with `//`"), at.slice(0, mark.len()), "//"),
        _ => diagnostic.help("begin each line of the comment with `//`"),
    }
}

pub(super) fn quotes(written: &str, content: &str, at: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(FOREIGN, at, "texts stand between double quotes");
    if content.contains(['"', '\\']) {
        return diagnostic.help("write `\"` on either side, and `\\\"` for a quote inside");
    }
    diagnostic.help(format!("write `\"{content}\"`")).fix(
        format!("Replace `{written}` with `\"{content}\"`"),
        at,
        format!("\"{content}\""),
    )
}

pub(super) fn brace_on_its_own_line(gap: Span, block: Span) -> Diagnostic {
    Diagnostic::new(FOREIGN, block.slice(0, 1), "a `{` stands on the line of its declaration")
        .help("write it like `group NAME \"Title\" {`")
        .fix("Move the `{` to the end of the line before", gap, " ")
}

pub(super) fn block_value(key: &Path, property: Span, block: Span) -> Diagnostic {
    let between = Span { start: key.span.end, end: block.start, ..property };
    let key = &key.text;
    Diagnostic::new(FOREIGN, between, "a block is no value")
        .help(format!("a block follows its name: `{key} {{ … }}`"))
        .fix("Remove what stands before the `{`", between, " ")
}

pub(super) fn arrow(written: &str, meant: Arrow, at: Span) -> Diagnostic {
    let arrow = meant.symbol();
    let diagnostic = Diagnostic::new(FOREIGN, at, format!("`{written}` is no arrow here; did you mean `{arrow}`?"));
    if let Some((_, label)) = written.split_once('|') {
        let label = label.trim_end_matches('|');
        return diagnostic.help(format!("the label stands behind the edge: `a {arrow} b \"{label}\"`"));
    }
    match written {
        "<->" => diagnostic.help("an edge has one direction: write two edges, `a -> b` and `b -> a`"),
        "<--" => diagnostic.help("an edge is written from its source: `b -> a`"),
        _ => {
            // What has no head may be no arrow at all: Mermaid writes `--` before a label.
            let has_head = written != ">" && written.contains(['>', '→', '⇒', '⟶', '⟹', '⇢', '➔', '➜', '➝']);
            diagnostic
                .help("`->` moves data, `=>` calls and waits for the answer, `~>` is a side channel")
                .fix(format!("Replace `{written}` with `{arrow}`"), at, arrow)
                .sure_if(has_head)
        }
    }
}

/// The language a keyword comes from, and what to write instead.
pub(super) fn keyword(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "edge" | "connection" | "connect" | "link" | "relation" | "relationship" | "flow" => {
            ("another language's", "an edge has no keyword: `a -> b \"label\"`")
        }
        "database" | "queue" | "bucket" | "function" | "lambda" | "server" | "app" | "job" | "cache" | "storage" => {
            ("a kind", "what you run is declared as `service NAME: KIND \"Label\"`")
        }
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
        "optional" => ("another language's", "steps that may happen stand in `opt \"when\" { … }`"),
        "alternative" => ("another language's", "steps that depend stand in `alt \"when\" { … } else { … }`"),
        "parallel" => ("another language's", "steps at the same time stand in `par { … } and { … }`"),
        "workspace" | "model" | "system" => ("another language's", "one system is `architecture NAME \"Title\" { … }`"),
        "import" | "include" | "using" | "from" => {
            ("another language's", "all `.arch` files of a workspace see each other; nothing is imported")
        }
        _ => return None,
    })
}

/// Adds the fix that writes a statement as the language has it: an edge without a keyword, people and boundaries with another
/// one. `rest` is what follows the keyword, up to the end of the statement.
pub(super) fn without_keyword(finding: Diagnostic, word: &str, rest: &str, at: Span) -> Diagnostic {
    let line = rest.lines().next().unwrap_or_default();
    let is_edge = ["->", "=>", "~>"].iter().any(|arrow| line.contains(arrow));
    match word {
        "edge" | "connection" | "connect" | "link" | "relation" | "relationship" | "flow" if is_edge => {
            let blanks = line.len() - line.trim_start().len();
            let whole = Span { end: at.end.saturating_add(u32::try_from(blanks).unwrap_or_default()), ..at };
            finding.fix(format!("Remove `{word}`"), whole, "")
        }
        "optional" => finding.fix("Replace `optional` with `opt`", at, "opt"),
        "alternative" => finding.fix("Replace `alternative` with `alt`", at, "alt"),
        "parallel" => finding.fix("Replace `parallel` with `par`", at, "par"),
        "actor" if !is_edge => finding.fix("Replace `actor` with `person`", at, "person"),
        "boundary" | "package" | "cluster" | "zone" | "vpc" if !is_edge => {
            finding.fix(format!("Replace `{word}` with `group`"), at, "group")
        }
        _ => finding,
    }
}
