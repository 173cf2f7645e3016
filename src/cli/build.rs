//! `archc build`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::failure::Failure;
use super::findings::{self, Failing};
use super::input::{Input, Opened, way_back};
use super::known::{Known, Look};
use super::output::Folder;
use super::situation::Place;
use super::staleness;
use super::terminal::Terminal;
use super::{progress, watch};
use crate::emit;
use crate::emit::Artifact;
use crate::report::count;

/// Writes diagrams and documentation
///
/// Files that a former build wrote and this one does not are removed; files that archc did not write are never touched, nor
/// what `archc model --out` wrote. The list `.archc-files` in the folder says which is which.
/// With findings that fail the run, and that are not left out, nothing is written, unless `--keep-going` is given.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Build {
    #[command(flatten)]
    input: Input,

    /// The folder to write to [default: `output` of `archc.toml`]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Write what can be written in spite of findings
    #[arg(long)]
    keep_going: bool,

    /// Write nothing, and fail with a diff if the folder does not hold what would be written
    #[arg(long)]
    check: bool,

    /// Build again whenever a file of the workspace changes, until Ctrl-C
    #[arg(long)]
    watch: bool,

    #[command(flatten)]
    place: Place,

    #[command(flatten)]
    known: Known,

    #[command(flatten)]
    failing: Failing,
}

const AFTER_HELP: &str = "\
Examples:
  archc build --out docs/architecture                      the workspace of the current folder
  archc build examples/patterns --out out --deny warnings  a folder; warnings fail, too
  archc build --env staging --out docs/staging             an environment
  archc build --watch                                      again and again, while you write
  archc build --check                                      in CI: is what is committed up to date?
  archc build --check --baseline known.json                the same, in spite of known findings

Exit codes: 0 written, or up to date; 1 findings that fail the run, or out of date; 2 wrong usage, settings, or files that cannot be read or written; 130 a watch that Ctrl-C ended.";

impl Build {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        if self.watch {
            return watch::run(&self.input, terminal, |opened| self.build(&opened, terminal));
        }
        self.build(&self.input.open()?, terminal)
    }

    fn build(&self, opened: &Opened, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let folder = self.folder(opened)?;
        let link_base = way_back(&folder, opened)?;
        if link_base.as_deref() == Some("") && self.out.is_some() {
            progress::note(&format!(
                "`{}` is the folder of the workspace: give `--out docs` to keep what is written apart from the sources",
                folder.display()
            ));
        }
        let out = Folder::open(folder, "archc build")?;
        let analysis = self.place.analyse(opened, today)?;
        let mut report = findings::report(opened, &analysis);
        let look = Look {
            path: self.input.path().unwrap_or(Path::new(".")),
            analyse: &|opened| self.place.analyse(opened, today),
            is_supposed: self.place.is_environment(),
        };
        let left_out = self.known.leave_out(&mut report, &look, terminal)?;
        let failed = report.reaches(self.failing.severity());
        let mut stderr = left_out.remarks + &findings::brief(opened, &report, self.failing.severity(), terminal);
        if failed && !self.keep_going {
            stderr += &terminal.remark(if self.check {
                "nothing was compared; `--keep-going` compares in spite of findings\n"
            } else {
                "nothing was written; `--keep-going` writes in spite of findings\n"
            });
            return Ok(findings::beside(String::new(), stderr, failed));
        }
        if analysis.model.architectures.is_empty() {
            return Err(Failure::new("there is no architecture to document")
                .help("declare one: `architecture NAME \"Title\" { … }`; nothing was written"));
        }
        let composing = progress::stage("composing");
        let artifacts = emit::artifacts(&opened.workspace, &analysis, link_base.as_deref());
        drop(composing);
        note_names_in_other_letters(&artifacts);
        if self.check {
            let (stdout, is_stale) = compare(&out, &artifacts, terminal)?;
            return Ok(findings::beside(stdout, stderr, failed || is_stale));
        }
        let changes = out.write(&artifacts)?;
        let stdout = out.summary(changes);
        Ok(findings::beside(terminal.remark(stdout), stderr, failed))
    }

    fn folder(&self, opened: &Opened) -> Result<PathBuf, Failure> {
        match (&self.out, &opened.workspace.config.output) {
            (Some(out), _) => Ok(out.clone()),
            // The pages of the rest would be taken away.
            (None, Some(output)) if opened.is_part => {
                let root = if opened.prefix.is_empty() { "." } else { opened.prefix.trim_end_matches('/') };
                Err(Failure::new(format!(
                    "this is a part of a workspace, and `{output}` of `archc.toml` is for the whole"
                ))
                .help(format!("`archc build {root}` builds the whole; for a part, name a folder with `--out DIR`")))
            }
            (None, Some(output)) => Ok(PathBuf::from(format!("{}{output}", opened.prefix))),
            (None, None) => {
                Err(Failure::new("no folder to write to").help("give `--out DIR`, or set `output` in `archc.toml`"))
            }
        }
    }
}

/// What there is to say of how the folder differs from the artifacts, and whether it does.
fn compare(out: &Folder, artifacts: &[Artifact], terminal: &Terminal) -> Result<(String, bool), Failure> {
    let differences = out.compare(artifacts)?;
    if differences.is_empty() {
        let files = count(artifacts.len(), "file");
        return Ok((terminal.remark(format!("{files} in `{}`: up to date\n", out.shown())), false));
    }
    Ok((staleness::render(&differences, &out.shown(), terminal.stdout()), true))
}

/// Says which files are one and the same where file systems do not tell small letters from capitals.
fn note_names_in_other_letters(artifacts: &[Artifact]) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for artifact in artifacts {
        if let Some(other) = seen.insert(artifact.path.to_lowercase(), &artifact.path) {
            progress::note(&format!(
                "`{other}` and `{}` are one file on macOS and Windows: give one of the two another name",
                artifact.path
            ));
        }
    }
}
