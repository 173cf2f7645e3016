//! A comparison as a comment under a change that is proposed: Markdown as GitHub reads it.

use std::cmp::Reverse;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{diagram, words};
use crate::compare::{Change, Comparison};
use crate::emit::bill::difference::{self, Difference};
use crate::emit::document::{Document, Finding};
use crate::emit::escape;
use crate::report::count;

/// The longest comment that GitHub takes, in characters. They are counted in UTF-16 code units here, which are never fewer.
pub const MAX_LENGTH: usize = 65_536;

/// Tables of more rows than these are folded away.
const OPEN: usize = 12;

/// What begins each comment, before its name.
const MARKER: &str = "archc:diff";

/// The comparison as Markdown. `marker` is the name in the first line, by which a script finds its own comment again.
pub fn render(comparison: &Comparison, old: &Document, new: &Document, marker: &str) -> String {
    // The marker tells one workspace from another, too.
    let place = Some(marker).filter(|marker| !matches!(*marker, "" | "."));
    let name = new.name.as_deref().or(old.name.as_deref()).or(place);
    let page = Page { comparison, drawn: diagram::draw(comparison, old, new), marker, name };
    let fitting = |rows: usize| Some(page.text(rows)).filter(|text| text.encode_utf16().count() <= MAX_LENGTH);
    if let Some(whole) = fitting(usize::MAX) {
        return whole;
    }
    // So many rows of each table as there is room for: `few` fit, and `many` do not.
    let (mut few, mut many) = (0, page.longest());
    let mut best = None;
    while many - few > 1 {
        let rows = few.midpoint(many);
        match fitting(rows) {
            Some(text) => (few, best) = (rows, Some(text)),
            None => many = rows,
        }
    }
    best.unwrap_or_else(|| page.head() + "\nThe rest is left out: it is too long for a comment.\n")
}

struct Page<'c> {
    comparison: &'c Comparison,
    drawn: Option<diagram::Drawn>,
    marker: &'c str,
    /// What the workspace is called, if it says so.
    name: Option<&'c str>,
}

/// A table whose cells are Markdown already.
struct Table {
    heading: String,
    headers: &'static str,
    rows: Vec<String>,
}

impl Page<'_> {
    fn text(&self, rows: usize) -> String {
        let mut text = self.head();
        if self.comparison.same {
            return text;
        }
        self.gained(rows, &mut text);
        self.diagram(&mut text);
        for table in [self.architectures(), self.elements(), self.edges(), self.declarations()] {
            table.write(rows, &mut text);
        }
        self.bill(rows, &mut text);
        self.loads(rows, &mut text);
        self.lost().write(rows, &mut text);
        text
    }

    /// How many rows the longest table has.
    fn longest(&self) -> usize {
        let Comparison { architectures, elements, edges, declarations, loads, bill, findings, .. } = self.comparison;
        let rows = [architectures.len(), elements.len(), edges.len(), declarations.len(), loads.len() + 1];
        let rows = rows.into_iter().chain([bill.lines.len(), findings.gained.len(), findings.lost.len()]);
        rows.max().unwrap_or_default()
    }

    /// Marker, heading and everything in numbers.
    fn head(&self) -> String {
        let marker = format!("{MARKER} {}", identity(self.marker));
        let marker = marker.trim_end();
        let [before, after] =
            [&self.comparison.before.name, &self.comparison.after.name].map(|it| prose(words::brief(it)));
        let of = self.name.map(|name| format!(" of {}", prose(&words::shortened(name)))).unwrap_or_default();
        let mut text = format!("<!-- {marker} -->\n### Architecture{of}: {before} → {after}\n");
        for note in words::notes(self.comparison) {
            let _ = write!(text, "\n> {}.\n", prose(&note));
        }
        if self.comparison.same {
            text.push_str("\nNo differences.\n");
        } else {
            let _ = write!(text, "\n**{}**\n", prose(&words::summary(self.comparison).join("; ")));
        }
        text
    }

    fn diagram(&self, text: &mut String) {
        let Some(drawn) = &self.drawn else { return };
        let _ = write!(text, "\n```mermaid\n{}```\n", drawn.source);
        let note = drawn.note.as_deref().map(|note| format!(" {note}")).unwrap_or_default();
        let _ = write!(text, "\nGreen is new, red and dashed is gone, yellow is changed.{note}\n");
    }

    fn architectures(&self) -> Table {
        let row = |it: &crate::compare::SystemChange| {
            let renamed = it.renamed_from.iter().map(|from| format!("renamed from {from}"));
            let label = (it.change != Change::Changed).then(|| it.label.clone());
            let words: Vec<String> =
                label.into_iter().chain(renamed).chain(it.fields.iter().map(words::field)).collect();
            format!("| {} | {} | {} |", words::change(it.change), code(&it.name), cell(&words))
        };
        let rows = self.comparison.architectures.iter().map(row).collect();
        Table::new("Architectures", "| | Architecture | |\n|---|---|---|", rows)
    }

    fn elements(&self) -> Table {
        let row = |it: &crate::compare::ElementChange| {
            let what = it.kind.clone().unwrap_or_else(|| it.variety.name().to_owned());
            let words = match it.change {
                Change::Changed => words::of_element(it),
                _ => vec![it.label.clone()],
            };
            format!("| {} | {} | {} | {} |", words::change(it.change), code(&it.path), prose(&what), cell(&words))
        };
        let rows = self.comparison.elements.iter().map(row).collect();
        Table::new("Elements", "| | Element | Kind | |\n|---|---|---|---|", rows)
    }

    fn edges(&self) -> Table {
        let row = |it: &crate::compare::EdgeChange| {
            let label = it.label.clone().filter(|_| it.change != Change::Changed);
            let words: Vec<String> = label.into_iter().chain(it.fields.iter().map(words::field)).collect();
            format!("| {} | {} | {} |", words::change(it.change), code(&it.id), cell(&words))
        };
        Table::new("Edges", "| | Edge | |\n|---|---|---|", self.comparison.edges.iter().map(row).collect())
    }

    fn declarations(&self) -> Table {
        let row = |it: &crate::compare::DeclarationChange| {
            let home = it.architecture.as_ref().map(|home| format!("{home}.")).unwrap_or_default();
            let words: Vec<String> = it.fields.iter().map(words::field).collect();
            let name = code(&format!("{home}{}", it.name));
            format!("| {} | {} {name} | {} |", words::change(it.change), it.sort.name(), cell(&words))
        };
        let rows = self.comparison.declarations.iter().map(row).collect();
        Table::new("Declarations", "| | Declaration | |\n|---|---|---|", rows)
    }

    /// The bill's difference. Where lines are left out, those that make most of it stay.
    fn bill(&self, rows: usize, text: &mut String) {
        let bill = &self.comparison.bill;
        if bill.lines.is_empty() {
            return;
        }
        let _ = write!(text, "\n#### Cost\n\n{}\n", prose(&bill.total.words()));
        if let [_, _, ..] = bill.architectures.as_slice() {
            text.push_str("\n| Architecture | Before | After | Difference |\n|---|--:|--:|--:|\n");
            for change in bill.architectures.iter().take(rows) {
                let [name, before, after, more] = change.cells();
                let _ =
                    writeln!(text, "| {} | {} | {} | {} |", code(&name), prose(&before), prose(&after), prose(&more));
            }
        }
        let lines = dearest(bill);
        let shown: Vec<String> = lines.iter().take(rows).map(|line| billed(line)).collect();
        let headers = "| Element | Meter | Before | After | Difference | Cause |\n|---|---|--:|--:|--:|---|";
        let table = format!("{headers}\n{}", shown.join("\n"));
        fold(&count(lines.len(), "line"), lines.len(), &table, lines.len() - shown.len(), text);
    }

    fn loads(&self, rows: usize, text: &mut String) {
        let row = |it: &crate::compare::LoadChange| {
            let [before, after] = words::load(it).map(|it| prose(&it));
            format!("| {} | {} | {before} | {after} |", code(&it.element), words::way(it.way))
        };
        let [before, after] = words::started([&self.comparison.load.before, &self.comparison.load.after]);
        let mut table = Table::new(
            "Load",
            "| Element | | Before | After |\n|---|---|--:|--:|",
            words::arrivals(&self.comparison.loads).map(row).collect(),
        );
        if before != after {
            table.rows.insert(0, format!("| all sources | | {} | {} |", prose(&before), prose(&after)));
        }
        table.write(rows, text);
    }

    fn gained(&self, rows: usize, text: &mut String) {
        let rows_of = self.comparison.findings.gained.iter().map(finding).collect();
        Table::new("What is newly wrong", "| | Finding | Where |\n|---|---|---|", rows_of).write(rows, text);
    }

    fn lost(&self) -> Table {
        let rows = self.comparison.findings.lost.iter().map(finding).collect();
        Table::new("What is not wrong any more", "| | Finding | Where |\n|---|---|---|", rows)
    }
}

impl Table {
    fn new(heading: &str, headers: &'static str, rows: Vec<String>) -> Table {
        Table { heading: heading.to_owned(), headers, rows }
    }

    /// Writes the table with at most so many rows; nothing if it has none.
    fn write(&self, rows: usize, text: &mut String) {
        if self.rows.is_empty() {
            return;
        }
        let _ = write!(text, "\n#### {}\n", self.heading);
        let shown: Vec<&str> = self.rows.iter().take(rows).map(String::as_str).collect();
        let table = format!("{}\n{}", self.headers, shown.join("\n"));
        fold(&count(self.rows.len(), "row"), self.rows.len(), &table, self.rows.len() - shown.len(), text);
    }
}

/// Adds a table, folded away if it is long, and how many rows are left out.
fn fold(summary: &str, rows: usize, table: &str, left_out: usize, text: &mut String) {
    let is_long = rows > OPEN;
    if is_long {
        let _ = write!(text, "\n<details>\n<summary>{summary}</summary>\n");
    }
    let _ = write!(text, "\n{}\n", table.trim_end());
    if left_out > 0 {
        let _ = write!(text, "\n{} left out: too long for a comment.\n", count(left_out, "row"));
    }
    if is_long {
        text.push_str("\n</details>\n");
    }
}

/// The lines of a bill's difference: those of which nobody knows by how much they differ, then those that differ most.
fn dearest(bill: &Difference) -> Vec<&difference::Change> {
    let size = |more: &Option<String>| {
        more.as_ref().map_or(Decimal::MAX, |more| more.parse::<Decimal>().map_or(Decimal::MAX, |it| it.abs()))
    };
    let mut lines: Vec<&difference::Change> = bill.lines.iter().collect();
    lines.sort_by_key(|line| Reverse(size(&line.more)));
    lines
}

/// A line of the bill that differs, with the name that its element has in the other tables.
fn billed(line: &difference::Change) -> String {
    let causes: Vec<String> = line.causes.iter().map(difference::Cause::words).collect();
    // An edge is named by its ends.
    let sign = if line.element.contains(' ') { ": " } else { "." };
    format!(
        "| {} | {} | {} | {} | {} | {} |",
        code(&format!("{}{sign}{}", line.architecture, line.element)),
        prose(&line.meter),
        line.before_in_words(),
        line.after_in_words(),
        line.more_in_words(),
        cell(&causes),
    )
}

fn finding(finding: &Finding) -> String {
    let (severity, rule) = (finding.severity.name(), code(&finding.code));
    let message = unlinked(&crate::emit::sentence(&words::shortened(&finding.message)));
    format!("| {severity} | {message} {rule} | {} |", code(&format!("{}:{}", finding.file, finding.line)))
}

/// The name of a comment as it can stand in its first line, and no other name does: two dashes would end the comment there, and a
/// line break its line.
fn identity(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        let is_second_dash = character == '-' && text.ends_with('-');
        if is_second_dash || character.is_control() || matches!(character, '>' | '%') {
            let mut bytes = [0; 4];
            character.encode_utf8(&mut bytes).bytes().for_each(|byte| _ = write!(text, "%{byte:02X}"));
        } else {
            text.push(character);
        }
    }
    text
}

/// Several words in a cell, each on a line of its own.
fn cell(words: &[String]) -> String {
    words.iter().map(|word| prose(word)).collect::<Vec<_>>().join("<br>")
}

/// A text that is no Markdown.
fn prose(text: &str) -> String {
    unlinked(&escape(text))
}

/// The text without what GitHub takes for the name of somebody, whom it would tell, or for the number of an issue.
fn unlinked(text: &str) -> String {
    text.replace('@', "@<!-- -->").replace("\\#", "\\#<!-- -->")
}

/// A name as code.
fn code(text: &str) -> String {
    let line = words::shortened(text).replace('|', "\\|");
    if line.contains('`') || line.is_empty() { prose(text) } else { format!("`{line}`") }
}
