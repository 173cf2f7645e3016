//! Tables without empty columns.

use std::fmt::Write as _;

/// A table whose cells are Markdown already.
pub(super) struct Table<const N: usize> {
    headers: [&'static str; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(super) fn new(headers: [&'static str; N]) -> Table<N> {
        Table { headers, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// The table without the columns in which nothing stands; nothing if it has no rows. Ends without a line break.
    pub(super) fn render(&self) -> Option<String> {
        if self.rows.is_empty() {
            return None;
        }
        let used = self.used();
        let mut text = line(self.headers.iter().copied(), &used);
        let _ = write!(text, "\n{}", line(std::iter::repeat_n("---", N), &used));
        for row in &self.rows {
            let _ = write!(text, "\n{}", line(row.iter().map(String::as_str), &used));
        }
        Some(text)
    }

    /// Of each column: whether anything stands in it.
    fn used(&self) -> [bool; N] {
        let mut used = [false; N];
        for row in &self.rows {
            for (used, cell) in used.iter_mut().zip(row) {
                *used |= !cell.is_empty();
            }
        }
        used
    }
}

fn line<'a>(cells: impl Iterator<Item = &'a str>, used: &[bool]) -> String {
    let cells: Vec<&str> = cells.zip(used).filter_map(|(cell, used)| used.then_some(cell)).collect();
    format!("| {} |", cells.join(" | "))
}
