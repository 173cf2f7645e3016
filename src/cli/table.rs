//! Tables for a terminal: columns that line up, as wide as the terminal at most.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::pretty::Style;

/// What stands between two columns.
const GAP: &str = "  ";

/// Texts are not wrapped into columns narrower than this.
const MIN_TEXT: usize = 16;

/// How the cells of a column are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// To the left, and over several lines where there is no room.
    Text(&'static str),
    /// To the left, on one line whatever room there is: what one searches for or copies.
    Name(&'static str),
    /// To the right, on one line.
    Figure(&'static str),
}

impl Column {
    fn header(self) -> &'static str {
        match self {
            Column::Text(header) | Column::Name(header) | Column::Figure(header) => header,
        }
    }
}

/// A table with a line of headers.
#[derive(Debug)]
pub(super) struct Table<const N: usize> {
    columns: [Column; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(super) fn new(columns: [Column; N]) -> Table<N> {
        Table { columns, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// The table without the columns in which nothing stands, each line after so many blanks and with a line break; nothing
    /// if there are no rows.
    pub(super) fn render(&self, indent: usize, style: Style) -> String {
        let widths = self.widths(style.width.saturating_sub(indent));
        let mut text = String::new();
        if self.rows.is_empty() {
            return text;
        }
        let headers = self.columns.map(|column| column.header().to_owned());
        let (start, end) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        for line in self.lines(&headers, &widths).iter().filter(|line| !line.is_empty()) {
            text.extend([&" ".repeat(indent), start, line, end, "\n"]);
        }
        for line in self.rows.iter().flat_map(|row| self.lines(row, &widths)) {
            text.extend([&" ".repeat(indent), line.as_str(), "\n"]);
        }
        text
    }

    /// The width of each column; 0 for one that is left out.
    fn widths(&self, room: usize) -> [usize; N] {
        let mut widths = [0; N];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        for (width, column) in widths.iter_mut().zip(&self.columns).filter(|(width, _)| **width > 0) {
            *width = (*width).max(column.header().width());
        }
        let gaps = widths.iter().filter(|width| **width > 0).count().saturating_sub(1) * GAP.len();
        let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(room);
        while excess > 0 {
            let texts = widths.iter_mut().zip(&self.columns).filter(|(_, column)| matches!(column, Column::Text(_)));
            let Some(widest) = texts.map(|(width, _)| width).max().filter(|width| **width > MIN_TEXT) else { break };
            *widest -= 1;
            excess -= 1;
        }
        widths
    }

    /// A row as lines without blanks at their ends.
    fn lines(&self, cells: &[String; N], widths: &[usize; N]) -> Vec<String> {
        let columns = cells.iter().zip(widths).zip(&self.columns).filter(|((_, width), _)| **width > 0);
        let columns: Vec<_> = columns.map(|((cell, width), column)| (wrap(cell, *width), *width, column)).collect();
        let height = columns.iter().map(|(lines, ..)| lines.len()).max().unwrap_or_default();
        let line = |at: usize| {
            let cells = columns.iter().map(|(lines, width, column)| {
                let cell = lines.get(at).map_or("", String::as_str);
                let blanks = " ".repeat(width.saturating_sub(cell.width()));
                if matches!(column, Column::Figure(_)) { format!("{blanks}{cell}") } else { format!("{cell}{blanks}") }
            });
            cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
        };
        (0..height).map(line).collect()
    }
}

/// The text on lines of at most so many columns, broken at blanks where there are any.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').flat_map(|word| pieces(word, width)) {
        let last = lines.last_mut();
        match last {
            Some(line) if line.is_empty() => line.push_str(&word),
            Some(line) if line.width() + 1 + word.width() <= width => line.extend([" ", &word]),
            _ => lines.push(word),
        }
    }
    lines
}

/// A word, cut where it is longer than a line: after the last sign in it that joins names, if there is one.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while rest.width() > width {
        let mut used = 0;
        let fitting = rest.char_indices().take_while(|(_, char)| {
            used += char.width().unwrap_or_default();
            used <= width
        });
        let fitting = fitting.map(|(at, char)| at + char.len_utf8()).last().unwrap_or(rest.len());
        let (line, _) = rest.split_at(fitting);
        let cut = line.rfind(['-', '.', '/', '_']).map_or(fitting, |at| at + 1);
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece.to_owned());
        rest = after;
    }
    pieces.push(rest.to_owned());
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Column, Style, Table};

    fn table() -> Table<4> {
        let mut table =
            Table::new([Column::Text("Service"), Column::Figure("Load"), Column::Text("Empty"), Column::Text("Why")]);
        let mut row = |service: &str, load: &str, why: &str| {
            table.row([service.to_owned(), load.to_owned(), String::new(), why.to_owned()]);
        };
        row("取り込み", "5/s", "a reason with many words that wants to be on two lines");
        row("orders", "12,000/s", "");
        row("x", "1/s", "https://example.org/an/address/without/any/blank");
        table
    }

    #[test]
    fn columns_line_up() {
        insta::assert_snapshot!(table().render(0, Style::PLAIN), @r"
        Service       Load  Why
        取り込み       5/s  a reason with many words that wants to be on two lines
        orders    12,000/s
        x              1/s  https://example.org/an/address/without/any/blank
        ");
    }

    #[test]
    fn texts_are_wrapped_where_there_is_no_room() {
        let style = Style { width: 50, ..Style::PLAIN };
        insta::assert_snapshot!(table().render(0, style), @r"
        Service       Load  Why
        取り込み       5/s  a reason with many words that
                            wants to be on two lines
        orders    12,000/s
        x              1/s  https://example.org/an/
                            address/without/any/blank
        ");
        let indented = table().render(2, Style { width: 52, ..style });
        let lines: Vec<_> = table().render(0, style).lines().map(|line| format!("  {line}")).collect();
        assert_eq!(indented, lines.join("\n") + "\n");
        assert_eq!(Table::<4>::new(table().columns).render(2, style), "");
    }
}
