//! `archc fix`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::Outcome;
use super::explain;
use super::failure::Failure;
use super::input::{self, Opened};
use super::output::Staged;
use super::terminal::Terminal;
use super::unified::unified;
use crate::analysis::Parses;
use crate::check;
use crate::diagnostic::{Diagnostic, Fix as Change, Severity};
use crate::project::Workspace;
use crate::repair::{self, Fixed};
use crate::report::pretty::Style;
use crate::report::{Report, count, shown_path};

/// Mends what is surely meant otherwise
///
/// Makes the sure fixes of all findings, over and over until none is left: a slip in a name, a word of another language, an `@allow` that allows nothing. What somebody has to think about stays, and `archc check` says what to do about it; `--likely` makes the likeliest change, too, where the finding knows one. Editors offer more, which this command does not do, as somebody has to choose: to declare what is not declared, to give an owner, a kind, a missing property or an argument, to add a step or an `@allow`. Nothing else is changed, white space included.
///
/// No file is written before all are mended, and a file is replaced in one step.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Fix {
    /// Files, folders, or `-` for standard input to standard output [default: the current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write nothing, and show what would change as a diff
    #[arg(long)]
    dry_run: bool,

    /// Show what has changed as a diff
    #[arg(long)]
    diff: bool,

    /// Make the likely fixes, too: the name that is most like one, the service that has to stand between two
    #[arg(long)]
    likely: bool,

    /// Mend only the findings of these rules, or of these families of rules
    #[arg(long, value_name = "CODE", num_args = 1.., value_delimiter = ',')]
    only: Vec<String>,

    /// The date that decides which `@allow` have expired [default: `SOURCE_DATE_EPOCH`, or else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

const AFTER_HELP: &str = "\
Examples:
  archc fix                                    all `.arch` files under the current folder
  archc fix shop.arch examples                 a file, and all under a folder
  archc fix --dry-run                          a diff, and exit code 1 if a file would change
  archc fix --likely --dry-run                 what the likely fixes would change
  archc fix . --only name/unresolved syntax    the findings of a rule and of a family
  archc fix - < shop.arch                      standard input to standard output

Exit codes: 0 no errors are left; 1 errors are left, or with `--dry-run`, something would change; 2 wrong usage, or files that cannot be read or written.";

/// How many findings that are left are named before the rest is counted.
const NAMED: usize = 10;

/// The files of a PATH before and after.
struct Mended {
    prefix: String,
    files: Vec<File>,
    fixed: Vec<Fixed>,
    workspace: Workspace,
    left: Vec<Diagnostic>,
}

struct File {
    /// As its user named it.
    shown: String,
    before: String,
    after: String,
}

impl Fix {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let only = self.only()?;
        let only = only.as_ref();
        match self.paths.as_slice() {
            [path] if path.as_os_str() == "-" => self.run_on_stdin(only, terminal),
            paths if paths.iter().any(|path| path.as_os_str() == "-") => {
                Err(Failure::new("`-` stands alone").help("mend standard input and files in two runs"))
            }
            [] => self.run_on_files(&[PathBuf::from(".")], only, terminal),
            paths => self.run_on_files(paths, only, terminal),
        }
    }

    /// The codes of the rules to mend; none for all.
    fn only(&self) -> Result<Option<BTreeSet<&'static str>>, Failure> {
        if self.only.is_empty() {
            return Ok(None);
        }
        let mut codes = BTreeSet::new();
        for wanted in &self.only {
            let meant = check::rules().iter().filter(|rule| rule.code == wanted || rule.family() == wanted);
            let before = codes.len();
            codes.extend(meant.map(|rule| rule.code));
            if codes.len() == before && !codes.contains(wanted.as_str()) {
                return Err(explain::unknown(wanted));
            }
        }
        Ok(Some(codes))
    }

    fn mend(&self, opened: Opened, only: Option<&BTreeSet<&'static str>>) -> Result<Mended, Failure> {
        let Opened { workspace, prefix, .. } = opened;
        let texts: Vec<String> =
            workspace.files.iter().map(|file| workspace.sources.file(*file).text().to_owned()).collect();
        let parses = Parses::of(&workspace);
        let wanted = |finding: &Diagnostic, fix: &Change| {
            (fix.is_sure || self.likely) && only.is_none_or(|only| only.contains(finding.code.as_ref()))
        };
        let repaired = repair::repair(workspace, parses, input::today(self.today)?, &wanted);
        let (workspace, left) = (repaired.workspace, repaired.analysis.diagnostics);
        let file = |(file, before): (_, String)| {
            let file = workspace.sources.file(file);
            File { shown: shown_path(file.path(), &prefix), before, after: file.text().to_owned() }
        };
        let files = workspace.files.iter().copied().zip(texts).map(file).collect();
        Ok(Mended { prefix, files, fixed: repaired.fixed, workspace, left })
    }

    fn run_on_files(
        &self,
        paths: &[PathBuf],
        only: Option<&BTreeSet<&'static str>>,
        terminal: &Terminal,
    ) -> Result<Outcome, Failure> {
        let opened = paths.iter().map(|path| input::open_path(path)).collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for opened in disjoint(opened) {
            let mut mended = self.mend(opened, only)?;
            mended.leave_out(&seen);
            seen.extend(mended.files.iter().map(|file| file.shown.clone()));
            all.push(mended);
        }
        let changed: Vec<&File> =
            all.iter().flat_map(|mended| &mended.files).filter(|file| file.before != file.after).collect();
        if !self.dry_run {
            write(&changed)?;
        }
        let mut stdout = String::new();
        if self.dry_run || self.diff {
            stdout.extend(changed.iter().map(|file| file.diff(terminal.stdout())));
        } else {
            stdout.extend(all.iter().map(|mended| terminal.remark(mended.done())));
        }
        let stderr = self.totals(&all, changed.len(), terminal);
        let failed = if self.dry_run { !changed.is_empty() } else { all.iter().any(Mended::has_errors) };
        Ok(Outcome { stdout, stderr, failed, ..Outcome::default() })
    }

    fn run_on_stdin(&self, only: Option<&BTreeSet<&'static str>>, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mended = self.mend(input::open_path(Path::new("-"))?, only)?;
        let changed = mended.files.iter().filter(|file| file.before != file.after).count();
        let shows_diff = self.dry_run || self.diff;
        let show = |file: &File| if shows_diff { file.diff(terminal.stdout()) } else { file.after.clone() };
        let stdout = mended.files.iter().map(show).collect();
        let failed = if self.dry_run { changed > 0 } else { mended.has_errors() };
        let done = if shows_diff { String::new() } else { terminal.remark(mended.done()) };
        let stderr = done + &self.totals(std::slice::from_ref(&mended), changed, terminal);
        Ok(Outcome { stdout, stderr, failed, ..Outcome::default() })
    }

    /// How many findings were mended, and what is left.
    fn totals(&self, all: &[Mended], changed: usize, terminal: &Terminal) -> String {
        let fixed: usize = all.iter().map(|mended| mended.fixed.len()).sum();
        let verb = if self.dry_run { "would be mended" } else { "mended" };
        let mut text = terminal.remark(match fixed {
            0 => "nothing to mend\n".to_owned(),
            _ => format!("{} {verb} in {}\n", count(fixed, "finding"), count(changed, "file")),
        });
        for mended in all {
            mended.tell_left(if terminal.is_quiet() { Severity::Error } else { Severity::Warning }, &mut text);
        }
        text
    }
}

/// Leaves out the PATHs whose files are all among those of another one: a fix may change several of its files.
fn disjoint(opened: Vec<Opened>) -> Vec<Opened> {
    let files = |opened: &Opened| -> BTreeSet<String> {
        let sources = &opened.workspace.sources;
        opened.workspace.files.iter().map(|file| shown_path(sources.file(*file).path(), &opened.prefix)).collect()
    };
    let all: Vec<BTreeSet<String>> = opened.iter().map(files).collect();
    let is_within = |one: usize, files: &BTreeSet<String>| {
        let holds = |(other, more): (usize, &BTreeSet<String>)| {
            other != one && files.is_subset(more) && (files.len() < more.len() || other < one)
        };
        all.iter().enumerate().any(holds)
    };
    let kept: Vec<bool> = all.iter().enumerate().map(|(one, files)| !is_within(one, files)).collect();
    opened.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(opened, _)| opened).collect()
}

impl Mended {
    /// Leaves out files that another PATH has mended, and what is to be said of them.
    fn leave_out(&mut self, seen: &BTreeSet<String>) {
        let is_new = |path: &str, prefix: &str| !seen.contains(&shown_path(path, prefix));
        self.files.retain(|file| !seen.contains(&file.shown));
        self.fixed.retain(|fix| is_new(&fix.path, &self.prefix));
        let sources = &self.workspace.sources;
        self.left.retain(|finding| is_new(sources.file(finding.primary.span.file).path(), &self.prefix));
    }

    /// A line for each fix.
    fn done(&self) -> String {
        let mut text = String::new();
        for fix in &self.fixed {
            let path = shown_path(&fix.path, &self.prefix);
            let _ = writeln!(text, "{path}:{}:{}: {} ({})", fix.at.line, fix.at.column, fix.title, fix.code);
        }
        text
    }

    /// What is left: the first findings of some weight, and how many there are.
    fn tell_left(&self, least: Severity, text: &mut String) {
        let is_serious = |finding: &&Diagnostic| finding.severity >= least;
        let left: Vec<&Diagnostic> = self.left.iter().filter(is_serious).collect();
        if left.is_empty() {
            return;
        }
        let report = Report::new(&self.workspace.sources, left.iter().copied());
        let _ = writeln!(text, "left: {}; `archc check` says what to do", report.totals());
        for finding in left.iter().take(NAMED) {
            let sources = &self.workspace.sources;
            let path = shown_path(sources.file(finding.primary.span.file).path(), &self.prefix);
            let at = sources.line_column(finding.primary.span);
            let severity = finding.severity;
            let message = finding.message.lines().next().unwrap_or_default();
            let _ = writeln!(text, "  {path}:{}:{}: {severity}: {message} ({})", at.line, at.column, finding.code);
        }
        if let Some(more) = left.len().checked_sub(NAMED).filter(|more| *more > 0) {
            let _ = writeln!(text, "  and {more} more");
        }
    }

    fn has_errors(&self) -> bool {
        self.left.iter().any(|finding| finding.severity == Severity::Error)
    }
}

impl File {
    fn diff(&self, style: Style) -> String {
        if self.before == self.after {
            return String::new();
        }
        unified((&self.shown, &self.before), (&self.shown, &self.after), style)
    }
}

/// Replaces the files, none before all are written beside their places.
fn write(changed: &[&File]) -> Result<(), Failure> {
    let staged = changed.iter().map(|file| Staged::replace(&file.shown, &file.after));
    let staged = staged.collect::<Result<Vec<_>, _>>()?;
    staged.into_iter().try_for_each(Staged::publish)
}
