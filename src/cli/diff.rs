//! `archc diff`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Outcome;
use super::failure::Failure;
use super::input::{self, Opened};
use super::situation::Suppositions;
use super::terminal::Terminal;
use super::{findings, model_file, progress};
use crate::compare::{self, compare};
use crate::emit::document::{self, Document};
use crate::report::comparison::{markdown, text};

/// Says what changed between two states of a workspace
///
/// Elements and edges that came, went, were renamed or moved, and their properties, loads, costs and findings.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Diff {
    /// The older state: a file, a folder, a model that `archc model` wrote, or else a git revision
    #[arg(value_name = "OLD")]
    old: String,

    /// The newer state, in the same way [default: the workspace as it lies in the folder, committed or not]
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// The file or folder that revisions are about [default: the current folder]
    #[arg(long = "in", value_name = "PATH", default_value = ".", hide_default_value = true)]
    workspace: PathBuf,

    /// How the differences are shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// What tells this comment from others in the first line of `markdown`, for scripts
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true, value_parser = short)]
    marker: String,

    /// Fail if anything differs
    #[arg(long)]
    exit_code: bool,

    /// The date that decides which `@allow` have expired [default: `SOURCE_DATE_EPOCH`, or else today in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,

    #[command(flatten)]
    suppositions: Suppositions,
}

const AFTER_HELP: &str = "\
A word that names a file or folder that is there means this, and any other a git revision. Where
both are there, `git:main` means the revision, and `path:main` the folder.

Examples:
  archc diff main                               what the working folder changes against `main`
  archc diff v1.0 v2.0 --in shop                what happened between two tags, in a folder
  archc diff before.json                        against a model that `archc model` wrote
  archc diff main --format markdown             a comment for a pull request, with a diagram
  archc diff main --env production --exit-code  an environment; fails if anything differs

Exit codes: 0 shown; 1 with `--exit-code`, differences; 2 wrong usage, settings, or files that cannot be read.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs; `schemas/diff.schema.json` describes it
    Json,
    /// A comment for a pull request, with a diagram and the bill's difference, of at most 65,536 characters
    Markdown,
}

/// A state of a workspace, as it is named.
#[derive(Debug)]
enum State<'w> {
    Path(&'w Path),
    /// The workspace as it lies in the folder.
    Working,
    Revision {
        name: &'w str,
        /// What else the user could have named.
        what: &'static str,
    },
}

impl Diff {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = input::today(self.today)?;
        self.refuse_one_input_for_two()?;
        let old = self.document(&self.state(&self.old), today)?;
        let new = match &self.new {
            Some(word) => self.document(&self.state(word), today)?,
            None => self.document(&State::Working, today)?,
        };
        if old.is_none() && new.is_none() && !self.workspace.exists() {
            return Err(input::not_there(&self.workspace));
        }
        // Where nothing is, or was, all is new, or gone.
        let nothing = || Document { version: document::VERSION, ..Document::default() };
        let (old, new) = (old.unwrap_or_else(nothing), new.unwrap_or_else(nothing));
        let names = names(&self.old, self.new.as_deref().unwrap_or("the working folder"));
        let comparison = compare((names.0, &old), (names.1, &new));
        let stdout = match self.format {
            Format::Text => text::render(&comparison, terminal.stdout()),
            Format::Json => compare::json(&comparison),
            Format::Markdown => markdown::render(&comparison, &old, &new, &self.marker),
        };
        Ok(Outcome { failed: self.exit_code && !comparison.same, ..Outcome::text(stdout) })
    }

    /// Standard input has been read when it has been read once.
    fn refuse_one_input_for_two(&self) -> Result<(), Failure> {
        let is_stdin = |path: &Path| ["-", "path:-"].iter().any(|name| path == Path::new(name));
        let new = self.new.as_ref().map_or(self.workspace.as_path(), Path::new);
        if is_stdin(Path::new(&self.old)) && is_stdin(new) {
            let help = "name a file, a folder or a revision for the other one";
            return Err(Failure::new("standard input can be one of the two only").help(help));
        }
        Ok(())
    }

    /// What a word means. Where it could mean two things, that is told.
    fn state<'w>(&self, word: &'w str) -> State<'w> {
        let state = State::of(word);
        if matches!(state, State::Path(path) if path == Path::new(word)) && input::is_revision(&self.workspace, word) {
            let what = if Path::new(word).is_dir() { "folder" } else { "file" };
            progress::note(&format!(
                "`{word}` is a {what} here and a git revision: the {what} is meant; write `git:{word}` for the revision"
            ));
        }
        state
    }

    /// The model of a state; `None` if nothing is there.
    fn document(&self, state: &State<'_>, today: Date) -> Result<Option<Document>, Failure> {
        let (opened, name) = match state {
            State::Path(path) if model_file::is_meant(path) => {
                return model_file::read(path, &self.suppositions).map(Some);
            }
            State::Working if model_file::is_meant(&self.workspace) => {
                return model_file::read(&self.workspace, &self.suppositions).map(Some);
            }
            State::Path(path) => (Some(input::open_path(path)?), path.display().to_string()),
            State::Working => (input::open_current(&self.workspace)?, self.workspace.display().to_string()),
            State::Revision { name, what } => (input::open_revision(&self.workspace, name, what)?, (*name).to_owned()),
        };
        opened.map(|opened| self.make(opened, &name, today)).transpose()
    }

    fn make(&self, mut opened: Opened, name: &str, today: Date) -> Result<Document, Failure> {
        let analysis = self.suppositions.analyse(&mut opened, today).map_err(|failure| failure.within(name))?;
        let report = findings::report(&opened, &analysis);
        Ok(model_file::make(&opened, &analysis, &report, &self.suppositions))
    }
}

/// A marker as it was given: it is not cut, since it would not tell comments apart then, and a comment has an end.
fn short(marker: &str) -> Result<String, String> {
    const LONGEST: usize = 4096;
    if marker.len() > LONGEST { Err(format!("it has more than {LONGEST} bytes")) } else { Ok(marker.to_owned()) }
}

/// What the two are called: prefixes are for the command line, unless nothing else tells one from the other.
fn names<'w>(old: &'w str, new: &'w str) -> (&'w str, &'w str) {
    let bare = |word: &'w str| ["git:", "path:"].iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or(word);
    if bare(old) == bare(new) { (old, new) } else { (bare(old), bare(new)) }
}

impl<'w> State<'w> {
    fn of(word: &'w str) -> State<'w> {
        if let Some(path) = word.strip_prefix("path:") {
            return State::Path(Path::new(path));
        }
        if let Some(name) = word.strip_prefix("git:") {
            return State::Revision { name, what: "git revision" };
        }
        let path = Path::new(word);
        if word == "-" || path.exists() {
            State::Path(path)
        } else {
            State::Revision { name: word, what: "file, folder or git revision" }
        }
    }
}
