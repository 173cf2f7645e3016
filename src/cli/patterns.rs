//! `archc patterns`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::failure::Failure;
use super::input::open_path;
use super::table::{Column, Table};
use super::terminal::Terminal;
use crate::analysis;
use crate::emit::patterns::{Entry, Listing};
use crate::pattern::Library;
use crate::project::Workspace;
use crate::report::pretty::Style;

/// Lists the patterns, or shows one in full
///
/// `use NAME(…) as x` puts an instance of a pattern into an architecture, and `architecture x follows NAME` holds an
/// architecture to what a pattern asks for.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Patterns {
    /// A pattern, such as `data_lake` [default: list all]
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// A workspace whose own patterns are looked at, too
    #[arg(long = "in", value_name = "PATH")]
    workspace: Option<PathBuf>,

    /// How to print
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs, as `schemas/patterns.schema.json` describes it
    Json,
}

const AFTER_HELP: &str = "\
Examples:
  archc patterns                 list all patterns
  archc patterns data_lake       one pattern in full: what it is for, and its parameters
  archc patterns --in shop       list the patterns that the workspace `shop` declares, too
  archc init --pattern data_lake begin with a pattern";

impl Patterns {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let workspace = match &self.workspace {
            Some(path) => open_path(path)?.workspace,
            None => Workspace::without_files(),
        };
        let library = analysis::patterns(&workspace);
        if let Some(name) = self.name.as_deref().filter(|name| library.find(name).is_none()) {
            return Err(unknown(&library, name));
        }
        let listing = Listing::of(&library, self.name.as_deref(), &workspace.sources);
        let style = terminal.stdout();
        Ok(Outcome::text(match (self.format, listing.patterns.as_slice()) {
            (Format::Json, _) => listing.json(),
            (Format::Table, [one]) if self.name.is_some() => page(one, style),
            (Format::Table, all) => table(all, style),
        }))
    }
}

/// Says that there is no pattern of a name, and which one may be meant.
pub(super) fn unknown(library: &Library, name: &str) -> Failure {
    let failure = Failure::new(format!("there is no pattern `{name}`"));
    if let Some(near) = library.near(name) {
        return failure.help(format!("did you mean `{near}`?"));
    }
    let names: Vec<String> = library.iter().map(|pattern| format!("`{}`", pattern.name)).collect();
    failure.help(format!("the patterns are {}", names.join(", ")))
}

fn table(patterns: &[Entry], style: Style) -> String {
    let mut table = Table::new([Column::Text("Pattern"), Column::Text("Needs"), Column::Text("What it is")]);
    for pattern in patterns {
        let needed = pattern.parameters.iter().filter(|parameter| parameter.default.is_none());
        let needed: Vec<&str> = needed.map(|parameter| parameter.name.as_str()).collect();
        table.row([pattern.name.clone(), needed.join(", "), pattern.summary.clone()]);
    }
    table.render(0, style)
}

fn page(pattern: &Entry, style: Style) -> String {
    let origin = if pattern.shipped { "ships with archc" } else { "of the workspace" };
    let mut text = match &pattern.title {
        Some(title) => format!("{}: {title} ({origin})\n", pattern.name),
        None => format!("{} ({origin})\n", pattern.name),
    };
    if let Some(documentation) = &pattern.documentation {
        let _ = write!(text, "\n{documentation}\n");
    }
    let mut table = Table::new([Column::Text("Parameter"), Column::Text("Type"), Column::Text("Default")]);
    for parameter in &pattern.parameters {
        let default = parameter.default.clone().unwrap_or_else(|| "(needed)".into());
        table.row([parameter.name.clone(), parameter.ty.clone(), default]);
    }
    let table = table.render(2, style);
    if !table.is_empty() {
        let _ = write!(text, "\n{table}");
    }
    let needed = pattern.parameters.iter().filter(|parameter| parameter.default.is_none());
    let needed: Vec<String> = needed.map(|parameter| format!("{} = …", parameter.name)).collect();
    let _ = write!(text, "\nuse {}({}) as NAME\n", pattern.name, needed.join(", "));
    text
}
