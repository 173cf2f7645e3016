//! A comparison in the terminal.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::words;
use crate::compare::{Change, Comparison};
use crate::emit::document::Finding;
use crate::report::pretty::Style;
use crate::report::visible_char;

/// Paths are not padded beyond this.
const MAX_PAD: usize = 48;

/// The comparison, a section for each sort of thing that differs, and everything in numbers at the end.
pub fn render(comparison: &Comparison, style: Style) -> String {
    let mut page = Page { style, text: String::new() };
    page.heading(&format!("{} → {}", comparison.before.name, comparison.after.name));
    for note in words::notes(comparison) {
        page.line(Paint::Dim, &format!("note: {note}"));
    }
    if comparison.same {
        page.line(Paint::Plain, "no differences");
        return page.text;
    }
    page.architectures(comparison);
    page.elements(comparison);
    page.edges(comparison);
    page.declarations(comparison);
    page.loads(comparison);
    page.costs(comparison);
    page.findings(comparison);
    page.line(Paint::Plain, "");
    page.heading(&words::summary(comparison).join("; "));
    page.text
}

#[derive(Clone, Copy)]
enum Paint {
    Plain,
    Bold,
    Dim,
    Green,
    Red,
    Yellow,
}

struct Page {
    style: Style,
    text: String,
}

/// A line of a section: what became of it, its name, and the rest.
type Row = (Change, String, Vec<String>);

impl Page {
    /// Names and values come from files that others wrote: nothing in them commands the terminal.
    fn line(&mut self, paint: Paint, line: &str) {
        let line: String = line.trim_end().chars().map(visible_char).collect();
        let code = match paint {
            _ if !self.style.color => "",
            Paint::Plain => "",
            Paint::Bold => "1",
            Paint::Dim => "2",
            Paint::Green => "32",
            Paint::Red => "31",
            Paint::Yellow => "33",
        };
        let _ = if code.is_empty() {
            writeln!(self.text, "{line}")
        } else {
            writeln!(self.text, "\u{1b}[{code}m{line}\u{1b}[0m")
        };
    }

    fn heading(&mut self, heading: &str) {
        self.line(Paint::Bold, heading);
    }

    fn section(&mut self, heading: &str) {
        self.line(Paint::Plain, "");
        self.heading(heading);
    }

    /// Rows whose names are as wide as the widest; further words stand below, where they do not fit.
    fn rows(&mut self, heading: &str, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        self.section(heading);
        let pad = rows.iter().map(|(_, name, _)| name.width()).filter(|width| *width <= MAX_PAD).max().unwrap_or(0);
        for (change, name, words) in rows {
            let (sign, paint) = match change {
                Change::Added => ('+', Paint::Green),
                Change::Removed => ('-', Paint::Red),
                Change::Changed => ('~', Paint::Yellow),
            };
            let blanks = " ".repeat(pad.saturating_sub(name.width()));
            let mut words = words.iter();
            let first = words.next().map_or("", String::as_str);
            self.line(paint, &format!("  {sign} {name}{blanks}  {first}"));
            for word in words {
                self.line(paint, &format!("    {}  {word}", " ".repeat(pad.max(name.width().min(MAX_PAD)))));
            }
        }
    }

    fn architectures(&mut self, comparison: &Comparison) {
        let row = |it: &crate::compare::SystemChange| {
            let label = (it.change != Change::Changed && it.label != it.name).then(|| quoted(&it.label));
            let renamed = it.renamed_from.iter().map(|from| format!("renamed from {from}"));
            let words = label.into_iter().chain(renamed).chain(it.fields.iter().map(words::field));
            (it.change, it.name.clone(), words.collect())
        };
        self.rows("Architectures", &comparison.architectures.iter().map(row).collect::<Vec<_>>());
    }

    fn elements(&mut self, comparison: &Comparison) {
        let row = |it: &crate::compare::ElementChange| {
            let what = it.kind.clone().unwrap_or_else(|| it.variety.name().to_owned());
            let words = match it.change {
                Change::Changed => words::of_element(it),
                _ => vec![format!("{what} {}", quoted(&it.label))],
            };
            (it.change, it.path.clone(), words)
        };
        self.rows("Elements", &comparison.elements.iter().map(row).collect::<Vec<_>>());
    }

    fn edges(&mut self, comparison: &Comparison) {
        let row = |it: &crate::compare::EdgeChange| {
            let label = it.label.as_ref().filter(|_| it.change != Change::Changed).map(|label| quoted(label));
            (it.change, it.id.clone(), label.into_iter().chain(it.fields.iter().map(words::field)).collect())
        };
        self.rows("Edges", &comparison.edges.iter().map(row).collect::<Vec<_>>());
    }

    fn declarations(&mut self, comparison: &Comparison) {
        let row = |it: &crate::compare::DeclarationChange| {
            let home = it.architecture.as_ref().map(|home| format!("{home}.")).unwrap_or_default();
            let name = format!("{} {home}{}", it.sort.name(), it.name);
            (it.change, name, it.fields.iter().map(words::field).collect())
        };
        self.rows("Declarations", &comparison.declarations.iter().map(row).collect::<Vec<_>>());
    }

    fn loads(&mut self, comparison: &Comparison) {
        let row = |it: &crate::compare::LoadChange| {
            let [before, after] = words::load(it);
            (Change::Changed, it.element.clone(), vec![format!("{}: {before} → {after}", words::way(it.way))])
        };
        self.rows("Load", &words::arrivals(&comparison.loads).map(row).collect::<Vec<_>>());
        let [before, after] = words::started([&comparison.load.before, &comparison.load.after]);
        if before != after {
            self.line(Paint::Plain, &format!("  all sources: {before} → {after}"));
        }
    }

    fn costs(&mut self, comparison: &Comparison) {
        let row = |it: &crate::compare::CostChange| {
            let (before, after) = (words::cost(it.before.as_ref()), words::cost(it.after.as_ref()));
            let change = match (&it.before, &it.after) {
                (None, _) => Change::Added,
                (_, None) => Change::Removed,
                _ => Change::Changed,
            };
            (change, it.subject.clone(), vec![format!("{}: {before} → {after}", words::more(it))])
        };
        self.rows("Cost a month", &comparison.costs.iter().map(row).collect::<Vec<_>>());
        if comparison.bill.lines.is_empty() {
            return;
        }
        if let [_, _, ..] = comparison.bill.architectures.as_slice() {
            for change in &comparison.bill.architectures {
                self.line(Paint::Plain, &format!("  {}: {}", change.after.name, change.words()));
            }
        }
        self.line(Paint::Plain, &format!("  in total: {}", comparison.bill.total.words()));
    }

    fn findings(&mut self, comparison: &Comparison) {
        let row = |change: Change, it: &Finding| {
            let place = format!("{}[{}]", it.severity.name(), it.code);
            (change, place, vec![it.message.clone(), format!("{}:{}", it.file, it.line)])
        };
        let gained = comparison.findings.gained.iter().map(|it| row(Change::Added, it));
        let lost = comparison.findings.lost.iter().map(|it| row(Change::Removed, it));
        self.rows("Findings", &gained.chain(lost).collect::<Vec<_>>());
    }
}

fn quoted(label: &str) -> String {
    format!("\"{label}\"")
}
