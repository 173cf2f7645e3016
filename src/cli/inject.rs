//! `archc inject`

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::Outcome;
use super::failure::Failure;
use super::findings::{self, Failing};
use super::input::{open_path, today};
use super::known::{Known, Look};
use super::output::Staged;
use super::situation::Place;
use super::staleness::ADVICE;
use super::terminal::Terminal;
use super::unified::unified;
use crate::diagnostic::Diagnostic;
use crate::emit::excerpt::Excerpts;
use crate::inject::{has_markers, inject};
use crate::report::pretty;
use crate::report::{Report, count};
use crate::source::{FileId, Origin, SourceMap};
use crate::vfs::disk::read_limited;
use crate::vfs::{Disk, FileSystem as _};

/// Puts diagrams, tables and bills into Markdown files of your own
///
/// They go between `<!-- archc:begin diagram NAME -->` and `<!-- archc:end -->`, each on a line of its own, where NAME is an architecture. No other byte changes. In place of `diagram` there can be `services`, `roles`, `groups`, `outside`, `connections`, `load`, `decisions` or `bill`; `bill workspace` is for all architectures together. A diagram takes `view=NAME`, `scenario=NAME` and `labels=load`.
///
/// No file is written before all are read and in order, and a file is replaced in one step.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Inject {
    /// Markdown files, or folders with `.md` files in them
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,

    /// The workspace: a folder or a file [default: the current folder]
    #[arg(long = "in", value_name = "PATH")]
    workspace: Option<PathBuf>,

    /// Write nothing, and fail with a diff if a file does not hold what would be written
    #[arg(long)]
    check: bool,

    /// Write what can be written in spite of findings in the workspace
    #[arg(long)]
    keep_going: bool,

    #[command(flatten)]
    place: Place,

    #[command(flatten)]
    known: Known,

    #[command(flatten)]
    failing: Failing,

    /// The date that decides which `@allow` have expired [default: `SOURCE_DATE_EPOCH`, or else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

const AFTER_HELP: &str = "\
Examples:
  archc inject README.md                       with parts of the workspace in the current folder
  archc inject docs README.md --in systems     all of a folder, and one more; another workspace
  archc inject --check docs                    in CI: is what is committed up to date?

In a document:
  <!-- archc:begin diagram shop labels=load -->
  <!-- archc:end -->

Exit codes: 0 written, or up to date; 1 findings, or out of date; 2 wrong usage, settings, or files that cannot be read or written.";

/// A document with markers, and what it is to be.
struct Document {
    file: FileId,
    new: String,
}

impl Inject {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = today(self.today)?;
        let files = files(&self.paths)?;
        let sources = read(&files)?;
        let path = self.workspace.as_deref().unwrap_or(Path::new("."));
        let opened = open_path(path)?;
        let analysis = self.place.analyse(&opened, today)?;
        let mut report = findings::report(&opened, &analysis);
        let look = Look {
            path,
            analyse: &|opened| self.place.analyse(opened, today),
            is_supposed: self.place.is_environment(),
        };
        let left_out = self.known.leave_out(&mut report, &look, terminal)?;
        let failed = report.reaches(self.failing.severity());
        let mut stderr = self.without_markers(&sources, terminal) + &left_out.remarks;
        stderr += &findings::brief(&opened, &report, self.failing.severity(), terminal);
        let nothing = if self.check { "nothing was compared" } else { "nothing was written" };
        if failed && !self.keep_going {
            stderr += &terminal.remark(format!("{nothing}; `--keep-going` goes on in spite of findings\n"));
            return Ok(findings::beside(String::new(), stderr, failed));
        }
        let documents = match documents(&sources, &Excerpts::new(&opened.workspace, &analysis)) {
            Ok(documents) => documents,
            Err(wrong) => {
                let report = Report::new(&sources, &wrong);
                stderr.push_str(&pretty::render(&report, "", terminal.stderr()));
                stderr += &terminal.remark(format!("{}\n{}{nothing}\n", report.totals(), findings::pointer(&report)));
                return Ok(findings::beside(String::new(), stderr, true));
            }
        };
        let (stdout, is_stale) = self.finish(&sources, &documents, files.len(), terminal)?;
        Ok(findings::beside(stdout, stderr, failed || is_stale))
    }

    /// The files that are named one by one, and in which nothing can be put. In folders such files are as they should be.
    fn without_markers(&self, sources: &SourceMap, terminal: &Terminal) -> String {
        let named: BTreeSet<String> =
            self.paths.iter().filter(|path| !path.is_dir()).map(|path| path.display().to_string()).collect();
        let has_some = |path: &str| sources.iter().any(|(_, file)| file.path() == path);
        let empty = named.iter().filter(|path| !has_some(path));
        empty.map(|path| terminal.remark(format!("no markers in `{path}`\n"))).collect()
    }

    /// Writes the documents, or shows how they differ; whether they do is the second part.
    fn finish(
        &self,
        sources: &SourceMap,
        documents: &[Document],
        files: usize,
        terminal: &Terminal,
    ) -> Result<(String, bool), Failure> {
        let changed = documents.iter().map(|it| (sources.file(it.file), &it.new));
        let changed: Vec<_> = changed.filter(|(old, new)| old.text() != **new).collect();
        let unchanged = files - changed.len();
        if self.check {
            let style = terminal.stdout();
            let diffs = changed.iter().map(|(old, new)| unified((old.path(), old.text()), (old.path(), new), style));
            let totals = format!("{}: {} out of date, {unchanged} up to date\n", count(files, "file"), changed.len());
            let advice = if changed.is_empty() { "" } else { ADVICE };
            let stdout = diffs.chain([terminal.remark(totals), advice.to_owned()]).collect();
            return Ok((stdout, !changed.is_empty()));
        }
        let staged = changed.iter().map(|(old, new)| Staged::replace(old.path(), new));
        let staged = staged.collect::<Result<Vec<_>, _>>()?;
        staged.into_iter().try_for_each(Staged::publish)?;
        let totals = format!("{}: {} written, {unchanged} unchanged\n", count(files, "file"), changed.len());
        Ok((terminal.remark(totals), false))
    }
}

/// The files that the paths mean, each once, in their order.
fn files(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let mut files = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let shown = path.display().to_string();
        let metadata = fs::metadata(path).map_err(|reason| Failure::io("read", &shown, &reason))?;
        if !metadata.is_dir() {
            files.push(shown);
            continue;
        }
        let listing = Disk::new(path).files();
        if let Some((below, reason)) = listing.unreadable.iter().find(|(below, _)| is_markdown(below)) {
            return Err(Failure::io("read", path.join(below).display(), reason));
        }
        let below: Vec<&String> = listing.files.iter().filter(|below| is_markdown(below)).collect();
        if below.is_empty() {
            // A wrong path, or documents that have moved away: in CI nobody would see that nothing is looked at.
            return Err(Failure::new(format!("there are no Markdown files in `{shown}`"))
                .help("files that a `.gitignore` names are not looked at; nothing was written"));
        }
        files.extend(below.into_iter().map(|below| match shown.as_str() {
            "." => below.clone(),
            folder => path_below(folder, below),
        }));
    }
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

fn path_below(folder: &str, below: &str) -> String {
    format!("{}/{below}", folder.trim_end_matches('/'))
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md" || extension == "markdown")
}

/// The files that have markers. Others may hold anything.
fn read(files: &[String]) -> Result<SourceMap, Failure> {
    let mut sources = SourceMap::default();
    for path in files {
        let bytes = File::open(path).and_then(read_limited);
        let bytes = bytes.map_err(|reason| Failure::io("read", path, &reason))?;
        if has_markers(&bytes) {
            let text = String::from_utf8(bytes).map_err(|_| {
                Failure::new(format!("`{path}` is not UTF-8")).help("save the file as UTF-8; nothing was written")
            })?;
            sources.add(path, text, Origin::Workspace);
        }
    }
    Ok(sources)
}

/// What the files are to be, or all that is wrong with them.
fn documents(sources: &SourceMap, excerpts: &Excerpts<'_>) -> Result<Vec<Document>, Vec<Diagnostic>> {
    let mut documents = Vec::new();
    let mut wrong = Vec::new();
    for (file, _) in sources.iter() {
        match inject(sources, file, excerpts) {
            Ok(new) => documents.push(Document { file, new }),
            Err(findings) => wrong.extend(findings),
        }
    }
    if wrong.is_empty() { Ok(documents) } else { Err(wrong) }
}
