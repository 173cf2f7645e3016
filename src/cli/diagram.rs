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
use crate::model::{Head, Model};
use crate::view;

/// Prints the Mermaid diagram of an architecture, of a view or of a scenario
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

    /// The scenario to draw, of the architecture or of the whole workspace
    #[arg(long, value_name = "NAME", conflicts_with_all = ["view", "labels"])]
    scenario: Option<String>,

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
  archc diagram examples/patterns --scenario file_arrives
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
        let model = &analysis.model;
        let stdout = match (&self.view, &self.scenario) {
            (Some(wanted), _) => {
                let view = self.find(model, "view", wanted, &model.views, |view| &view.head)?;
                emit::view(&opened.workspace, &analysis, view, labels).text
            }
            (None, Some(wanted)) => {
                let scenario = self.find(model, "scenario", wanted, &model.scenarios, |scenario| &scenario.head)?;
                emit::scenario(model, scenario)
            }
            (None, None) => {
                let architecture = self.choose(&analysis)?;
                emit::diagram(&opened.workspace, &analysis, architecture, labels.unwrap_or_default())
            }
        };
        let report = findings::report(&opened, &analysis);
        let stderr = findings::brief(&opened, &report, Severity::Error, terminal);
        Ok(findings::beside(stdout, stderr, report.reaches(Severity::Error)))
    }

    /// The view or scenario of a name: that of the architecture which is asked for, or else of the whole workspace, or else
    /// of the only architecture that has one.
    fn find<'a, T>(
        &self,
        model: &Model,
        what: &str,
        wanted: &str,
        all: &'a [T],
        head: fn(&T) -> &Head,
    ) -> Result<&'a T, Failure> {
        let home = match &self.architecture {
            Some(name) => Some(architecture(model, name)?.id),
            None => None,
        };
        let all = all.iter().filter(|it| home.is_none() || head(it).architecture == home);
        let found: Vec<&T> = all.clone().filter(|it| head(it).name == wanted).collect();
        match found.as_slice() {
            [] => {
                let mut names: Vec<&str> = all.map(|it| head(it).name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                let failure = Failure::unknown(what, wanted, &names);
                let help = format!("declare one: `{what} NAME \"Title\" {{ … }}`");
                Err(if names.is_empty() { failure.help(help) } else { failure })
            }
            // Those of the whole workspace come first.
            [only] => Ok(only),
            [first, ..] if head(first).architecture.is_none() => Ok(first),
            all => {
                let homes = all.iter().filter_map(|it| head(it).architecture);
                let names: Vec<&str> = homes.map(|id| model.architecture(id).name.as_str()).collect();
                let help = format!("choose one with `--architecture NAME`: {}", listing(&names));
                Err(Failure::new(format!("there are {} {what}s `{wanted}`", all.len())).help(help))
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
