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
use crate::model::View;
use crate::view;

/// Prints the Mermaid diagram of an architecture, or of a view
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

    /// The view to draw, of the architecture or of the whole workspace
    #[arg(long, value_name = "NAME")]
    view: Option<String>,

    /// What the arrows are labelled with [default: names, or what the view says]
    #[arg(long, value_name = "WHAT", value_enum)]
    labels: Option<Labels>,

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
  archc diagram examples/patterns --view ingestion
  archc diagram shop.arch --env staging";

impl Diagram {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let opened = self.input.open()?;
        let analysis = self.place.analyse(&opened, today)?;
        let labels = self.labels.map(|labels| match labels {
            Labels::Names => view::Labels::Names,
            Labels::Load => view::Labels::Load,
        });
        let stdout = match &self.view {
            Some(wanted) => emit::view(&opened.workspace, &analysis, self.find_view(&analysis, wanted)?, labels),
            None => {
                let architecture = self.choose(&analysis)?;
                emit::diagram(&opened.workspace, &analysis, architecture, labels.unwrap_or_default())
            }
        };
        let report = findings::report(&opened, &analysis);
        let stderr = findings::brief(&opened, &report, terminal.stderr());
        Ok(findings::beside(stdout, stderr, report.reaches(Severity::Error)))
    }

    /// The view of a name: that of the architecture which is asked for, or else of the whole workspace, or else of the only
    /// architecture that has one.
    fn find_view<'a>(&self, analysis: &'a Analysis, wanted: &str) -> Result<&'a View, Failure> {
        let model = &analysis.model;
        let home = match &self.architecture {
            Some(name) => Some(architecture(model, name)?.id),
            None => None,
        };
        let all = model.views.iter().filter(|view| home.is_none() || view.head.architecture == home);
        let found: Vec<&View> = all.clone().filter(|view| view.head.name == wanted).collect();
        match found.as_slice() {
            [] => {
                let mut names: Vec<&str> = all.map(|view| view.head.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                let failure = Failure::unknown("view", wanted, &names);
                Err(if names.is_empty() { failure.help("declare one: `view NAME \"Title\" { … }`") } else { failure })
            }
            // Views of the whole workspace come first.
            [only] => Ok(only),
            [first, ..] if first.head.architecture.is_none() => Ok(first),
            all => {
                let homes = all.iter().filter_map(|view| view.head.architecture);
                let names: Vec<&str> = homes.map(|id| model.architecture(id).name.as_str()).collect();
                let help = format!("choose one with `--architecture NAME`: {}", listing(&names));
                Err(Failure::new(format!("there are {} views `{wanted}`", all.len())).help(help))
            }
        }
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
