//! Draws findings under the lines of their source, so that a snapshot shows input and output together.

use std::fmt::Write as _;

use archc::diagnostic::{Diagnostic, Label};
use archc::source::{FileId, SourceMap};

/// Every line of a file with its number; under it, the findings whose primary place begins there.
pub(crate) fn annotated(sources: &SourceMap, file: FileId, diagnostics: &[Diagnostic]) -> String {
    let mut drawn = String::new();
    let text = sources.file(file).text();
    for (index, line) in text.split('\n').enumerate() {
        let number = index + 1;
        let _ = writeln!(drawn, "{}", format!("{number:>4} | {}", visible(line)).trim_end());
        let here = |label: &Label| label.span.file == file && sources.line_column(label.span).line == number;
        for diagnostic in diagnostics.iter().filter(|it| here(&it.primary)) {
            draw(&mut drawn, sources, line, diagnostic);
        }
    }
    drawn
}

/// Makes what a snapshot would hide or normalise readable: tabs, carriage returns, invisible characters.
fn visible(line: &str) -> String {
    let mut shown = String::new();
    for c in line.chars() {
        match c {
            '\t' => shown.push('→'),
            '\r' => shown.push('␍'),
            '\n' => shown.push('⏎'),
            '\u{A0}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}' | '\u{FEFF}' => {
                let _ = write!(shown, "‹{:X}›", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(shown, "‹{:X}›", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

fn draw(drawn: &mut String, sources: &SourceMap, line: &str, diagnostic: &Diagnostic) {
    let place = sources.line_column(diagnostic.primary.span);
    let before: String = line.chars().take(place.column - 1).collect();
    let covered = sources.text(diagnostic.primary.span);
    let on_this_line = covered.split('\n').next().unwrap_or_default();
    let width = visible(on_this_line).chars().count().max(1);
    let indent = " ".repeat(visible(&before).chars().count());
    let more = if covered.contains('\n') { "…" } else { "" };
    let _ = writeln!(drawn, "     | {indent}{}{more} {}", "^".repeat(width), diagnostic.primary.text.trim());
    let (severity, code, message) = (diagnostic.severity, &diagnostic.code, &diagnostic.message);
    let _ = writeln!(drawn, "       {}:{} {severity}[{code}]: {}", place.line, place.column, visible(message));
    for label in &diagnostic.secondary {
        let place = sources.line_column(label.span);
        let _ =
            writeln!(drawn, "       at {}:{} `{}`: {}", place.line, place.column, sources.text(label.span), label.text);
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(drawn, "       help: {help}");
    }
    if let Some(fix) = &diagnostic.fix {
        let _ = writeln!(drawn, "       fix: {}", fix.title);
        for edit in &fix.edits {
            let _ = writeln!(
                drawn,
                "            `{}` => `{}`",
                visible(sources.text(edit.span)),
                visible(&edit.replacement)
            );
        }
    }
}
