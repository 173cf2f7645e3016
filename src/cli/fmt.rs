//! `archc fmt`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::failure::Failure;
use super::input::{self, Opened};
use super::output::Staged;
use super::terminal::Terminal;
use super::unified::unified;
use crate::format::{Formatted, format};
use crate::report::pretty::Style;
use crate::report::{count, shown_path};

/// Writes `.arch` files in the one style
///
/// Only white space changes, and commas that it can stand for; comments stay where they are. There is nothing to set. What cannot be read stays as it is to the byte, and the rest is formatted around it.
///
/// No file is written before all are read, and a file is replaced in one step.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Fmt {
    /// Files, folders, or `-` for standard input to standard output [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write nothing, and show what would change as a diff
    #[arg(long)]
    check: bool,
}

const AFTER_HELP: &str = "\
Examples:
  archc fmt                         all `.arch` files under the current folder
  archc fmt shop.arch examples      a file, and all under a folder
  archc fmt --check                 for a pipeline: a diff, and exit code 1 if something changes
  archc fmt - < shop.arch           standard input to standard output, for editors

Exit codes: 0 all is formatted; 1 with `--check`, something would change; or, with and without it, something cannot be read and stays as it is; 2 wrong usage, or files that cannot be read or written.";

/// How many places that cannot be read a note names before it counts the rest.
const NAMED: usize = 5;

/// A text to format, and where it comes from.
struct Source {
    /// As its user named it.
    shown: String,
    text: String,
    formatted: Formatted,
}

impl Fmt {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        match self.paths.as_slice() {
            [path] if path.as_os_str() == "-" => self.run_on_stdin(terminal.stdout()),
            paths if paths.iter().any(|path| path.as_os_str() == "-") => {
                Err(Failure::new("`-` stands alone").help("format standard input and files in two runs"))
            }
            [] => self.run_on_files(&[PathBuf::from(".")], terminal),
            paths => self.run_on_files(paths, terminal),
        }
    }

    fn run_on_files(&self, paths: &[PathBuf], terminal: &Terminal) -> Result<Outcome, Failure> {
        let sources = read(paths)?;
        let total = count(sources.len(), "file");
        let notes: String = sources.iter().map(Source::note).collect();
        let (changed, unchanged): (Vec<_>, Vec<_>) = sources.into_iter().partition(Source::is_changed);
        let (stdout, verb) = if self.check {
            (changed.iter().map(|source| source.diff(terminal.stdout())).collect(), "would change")
        } else {
            write(&changed)?;
            (terminal.remark(changed.iter().map(Source::done).collect::<String>()), "formatted")
        };
        let totals = format!("{total}: {} {verb}, {} unchanged\n", changed.len(), unchanged.len());
        let failed = !notes.is_empty() || (self.check && !changed.is_empty());
        Ok(Outcome { stdout, stderr: notes + &terminal.remark(totals), failed, ..Outcome::default() })
    }

    fn run_on_stdin(&self, style: Style) -> Result<Outcome, Failure> {
        let opened = input::open_path(Path::new("-"))?;
        let source = sources_of(&opened).next();
        let Some(source) = source else { return Ok(Outcome::default()) };
        let stderr = source.note();
        let failed = !stderr.is_empty() || (self.check && source.is_changed());
        let stdout = if self.check { source.diff(style) } else { source.formatted.text };
        Ok(Outcome { stdout, stderr, failed, ..Outcome::default() })
    }
}

/// Reads and formats what the paths mean, each file once.
fn read(paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let opened = input::open_path(path)?;
        sources.extend(sources_of(&opened).filter(|source| seen.insert(source.shown.clone())));
    }
    Ok(sources)
}

fn sources_of(opened: &Opened) -> impl Iterator<Item = Source> {
    let sources = opened.workspace.files.iter().map(|file| opened.workspace.sources.file(*file));
    sources.map(|file| Source::new(shown_path(file.path(), &opened.prefix), file.text().to_owned()))
}

impl Source {
    fn new(shown: String, text: String) -> Source {
        let formatted = format(&text);
        Source { shown, text, formatted }
    }

    fn is_changed(&self) -> bool {
        self.formatted.text != self.text
    }

    /// What formatting changes; nothing if that is nothing.
    fn diff(&self, style: Style) -> String {
        if !self.is_changed() {
            return String::new();
        }
        unified((&self.shown, &self.text), (&self.shown, &self.formatted.text), style)
    }

    fn done(&self) -> String {
        format!("formatted `{}`\n", self.shown)
    }

    /// Which lines could not be read; nothing if all could.
    fn note(&self) -> String {
        let kept = &self.formatted.kept;
        let line_of = |offset| self.text.get(..offset).map_or(0, |before: &str| before.matches('\n').count()) + 1;
        let lines = kept.iter().take(NAMED).map(|region| match (line_of(region.start), line_of(region.end)) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        });
        let mut lines = lines.collect::<Vec<_>>().join(", ");
        match kept.len().saturating_sub(NAMED) {
            0 if kept.is_empty() => return String::new(),
            0 => {}
            more => {
                let _ = write!(lines, " and {more} more places");
            }
        }
        let shown = &self.shown;
        format!("`{shown}` stays as it is where it cannot be read: line {lines}; `archc check {shown}` says why\n")
    }
}

/// Replaces the files, none before all are written beside their places.
fn write(sources: &[Source]) -> Result<(), Failure> {
    let staged = sources
        .iter()
        .map(|source| Staged::replace(&source.shown, &source.formatted.text))
        .collect::<Result<Vec<_>, _>>()?;
    staged.into_iter().try_for_each(Staged::publish)
}
