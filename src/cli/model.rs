//! `archc model`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::input::Input;
use super::output::Folder;
use super::situation::Suppositions;
use super::terminal::Terminal;
use super::{findings, model_file};
use crate::diagnostic;
use crate::emit::Artifact;
use crate::emit::document::{self, Document, Severity, csv, cypher, d2, dot, graphml};

/// Prints the model, for other programs
///
/// Architectures, elements and edges with all that is known of them: properties, loads, costs, findings. The JSON has a schema,
/// can be read back in place of a workspace, and is what `archc diff` compares. Findings go to standard error.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Model {
    #[command(flatten)]
    input: Input,

    /// The form of the model
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Format,

    /// Write the files into this folder instead of printing them; what else is there stays
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    #[command(flatten)]
    suppositions: Suppositions,
}

const AFTER_HELP: &str = "\
PATH may also be a `.json` file that this command wrote.

Examples:
  archc model > model.json                      the workspace of the current folder
  archc model --env staging shop                an environment, as it is there
  archc model model.json --format dot           a model that was written before, for Graphviz
  archc model --format graphml > model.graphml  for graph libraries and editors
  archc model --format csv --out tables         three tables: elements, connections, properties

Exit codes: 0 printed; 1 errors in the workspace, so that the model may not be whole; 2 wrong usage,
settings, or files that cannot be read or written.";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Everything that is known; `schemas/model.schema.json` describes it
    Json,
    /// A drawing for Graphviz
    Dot,
    /// A drawing for D2
    D2,
    /// A graph for libraries and editors: a node for each element, an edge for each hop
    Graphml,
    /// Statements that fill a graph database
    Cypher,
    /// Tables of elements, connections and properties; with `--out`
    Csv,
}

impl Model {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::default();
        let document = match self.input.path().filter(|path| model_file::is_meant(path)) {
            Some(path) => model_file::read(path, &self.suppositions)?,
            None => self.make(terminal, &mut outcome)?,
        };
        outcome.failed = document.findings.iter().any(|finding| finding.severity == Severity::Error);
        let files = self.files(&document)?;
        match &self.out {
            Some(folder) => {
                let folder = Folder::open(folder.clone(), &self.writer())?;
                let changes = folder.write(&files)?;
                outcome.stdout = terminal.remark(folder.summary(changes));
            }
            None => outcome.stdout = files.into_iter().map(|file| file.content).collect(),
        }
        Ok(outcome)
    }

    fn make(&self, terminal: &Terminal, outcome: &mut Outcome) -> Result<Document, Failure> {
        let today = self.input.today()?;
        let mut opened = self.input.open()?;
        let analysis = self.suppositions.analyse(&mut opened, today)?;
        let report = findings::report(&opened, &analysis);
        outcome.stderr = findings::brief(&opened, &report, diagnostic::Severity::Error, terminal);
        Ok(model_file::make(&opened, &analysis, &report, &self.suppositions))
    }

    /// The command as the list of a folder names it: each format has files of its own.
    fn writer(&self) -> String {
        let format = self.format.to_possible_value();
        format!("archc model --format {}", format.as_ref().map_or("json", |format| format.get_name()))
    }

    fn files(&self, document: &Document) -> Result<Vec<Artifact>, Failure> {
        let (name, content) = match self.format {
            Format::Json => ("model.json", document::json(document)),
            Format::Dot => ("model.dot", dot::render(document)),
            Format::D2 => ("model.d2", d2::render(document)),
            Format::Graphml => ("model.graphml", graphml::render(document)),
            Format::Cypher => ("model.cypher", cypher::render(document)),
            Format::Csv if self.out.is_none() => {
                let failure = Failure::new("a model is three tables as CSV, which cannot be printed as one");
                return Err(failure.help("name a folder for them: `--out DIR`"));
            }
            Format::Csv => return Ok(csv::tables(document)),
        };
        Ok(vec![Artifact { path: name.to_owned(), content }])
    }
}
