//! `archc diagram`

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::{Failure, listing};
use super::findings;
use super::input::Input;
use super::situation::{Place, architecture};
use super::terminal::Terminal;
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::emit;

/// Prints the Mermaid diagram of an architecture
///
/// Findings go to standard error. What has errors is drawn as far as it was understood, and the exit code says so.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Diagram {
    #[command(flatten)]
    input: Input,

    /// The architecture to draw; may be left out where there is only one
    #[arg(long, value_name = "NAME")]
    architecture: Option<String>,

    /// What the arrows are labelled with
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = Labels::Names)]
    labels: Labels,

    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Labels {
    /// The names that the files give them
    Names,
    /// Also what moves along them: records and bytes a second, in the mean
    Load,
}

const AFTER_HELP: &str = "\
Examples:
  archc diagram shop.arch > shop.mmd
  archc diagram examples/patterns --architecture data_lake
  archc diagram shop.arch --labels load
  archc diagram shop.arch --env staging";

impl Diagram {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let opened = self.input.open()?;
        let analysis = self.place.analyse(&opened, today)?;
        let architecture = self.choose(&analysis)?;
        let report = findings::report(&opened, &analysis);
        let stderr = findings::brief(&opened, &report, terminal.stderr());
        let labels = match self.labels {
            Labels::Names => emit::Labels::Names,
            Labels::Load => emit::Labels::Load,
        };
        let stdout = emit::diagram(&opened.workspace, &analysis, architecture, labels);
        Ok(findings::beside(stdout, stderr, report.reaches(Severity::Error)))
    }

    fn choose<'a>(&self, analysis: &'a Analysis) -> Result<&'a str, Failure> {
        let names: Vec<&str> = analysis.model.architectures.iter().map(|it| it.name.as_str()).collect();
        match (&self.architecture, names.as_slice()) {
            (Some(wanted), _) => Ok(&architecture(&analysis.model, wanted)?.name),
            (None, [only]) => Ok(only),
            (None, []) => Err(Failure::new("there is no architecture to draw")
                .help("declare one: `architecture NAME \"Title\" { … }`")),
            (None, _) => {
                let help = format!("choose one with `--architecture NAME`: {}", listing(&names));
                Err(Failure::new(format!("there are {} architectures", names.len())).help(help))
            }
        }
    }
}
