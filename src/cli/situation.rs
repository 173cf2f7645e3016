//! What a run supposes: an environment, other values, another load.

use std::collections::BTreeMap;
use std::ops::Range;

use clap::Args;
use jiff::civil::Date;

use super::failure::Failure;
use super::input::Opened;
use super::progress;
use crate::analysis::{self, Analysis, Impossible, Situation};
use crate::diagnostic::{Diagnostic, Label};
use crate::model::{Architecture, Model};
use crate::quantity::{DimensionKind, Quantity};
use crate::report::visible_char;
use crate::source::{Origin, SourceMap};

/// The environment that a command is about.
#[derive(Args, Debug)]
pub(super) struct Place {
    /// The environment to look at [default: the base, without what environments say]
    #[arg(long = "env", value_name = "NAME")]
    environment: Option<String>,
}

/// The environment, and what is supposed beyond it.
#[derive(Args, Debug)]
pub(super) struct Suppositions {
    #[command(flatten)]
    place: Place,

    /// Suppose another value: `--set apps.emits='200/s of 1 KB'`, `--set lake.raw.retention='30 d'`; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,

    /// Suppose so many times what sources emit, or a part of it: `10x`, `5%`; rates that are declared elsewhere stay
    #[arg(long, value_name = "FACTOR", value_parser = scale)]
    scale: Option<Quantity>,

    /// Suppose another region for the architectures, and for all in them that names none of its own
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
}

impl Place {
    /// The environment of a name; none for the base.
    pub(super) fn of(environment: Option<String>) -> Place {
        Place { environment }
    }

    /// Whether it is another one than the base.
    pub(super) fn is_environment(&self) -> bool {
        self.environment.is_some()
    }

    /// The workspace as it is there.
    pub(super) fn analyse(&self, opened: &Opened, today: Date) -> Result<Analysis, Failure> {
        let situation = Situation { environment: self.environment.clone(), ..Situation::default() };
        analyse(opened, &situation, today)
    }
}

impl Suppositions {
    /// What is supposed, by the name of the option.
    pub(super) fn words(&self) -> BTreeMap<String, String> {
        let scale = self.scale.map(|scale| scale.to_string());
        let set = (!self.set.is_empty()).then(|| self.set.join(", "));
        let all = [
            ("environment", self.place.environment.clone()),
            ("set", set),
            ("scale", scale),
            ("region", self.region.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }

    /// The workspace as it would be. Adds the arguments to its sources, for findings to point to.
    pub(super) fn analyse(&self, opened: &mut Opened, today: Date) -> Result<Analysis, Failure> {
        let sources = &mut opened.workspace.sources;
        let mut add = |name: &str, text: String| sources.add(name, text, Origin::Workspace);
        let region = self.region.iter().map(|region| ("--region", format!("region = {region}")));
        let overrides = self.set.iter().map(|text| ("--set", text.clone())).chain(region);
        let overrides = overrides.map(|(name, text)| add(name, text)).collect();
        let situation = Situation { environment: self.place.environment.clone(), overrides, scale: self.scale };
        analyse(opened, &situation, today)
    }
}

/// The architecture of a name.
pub(super) fn architecture<'m>(model: &'m Model, name: &str) -> Result<&'m Architecture, Failure> {
    model.find_architecture(name).ok_or_else(|| {
        let names: Vec<&str> = model.architectures.iter().map(|it| it.name.as_str()).collect();
        Failure::unknown("architecture", name, &names)
    })
}

fn analyse(opened: &Opened, situation: &Situation, today: Date) -> Result<Analysis, Failure> {
    let _checking = progress::stage("checking");
    analysis::analyse_in(&opened.workspace, situation, today).map_err(|reason| match reason {
        Impossible::Environment { name, known } if known.is_empty() => {
            Failure::new(format!("there is no environment `{name}`"))
                .help(format!("declare one: `environment {name} {{ … }}`"))
        }
        Impossible::Environment { name, known } => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            Failure::unknown("environment", &name, &known)
        }
        Impossible::Override(finding) => invalid(&opened.workspace.sources, &finding),
    })
}

/// An argument with what is wrong marked in it.
pub(super) fn invalid(sources: &SourceMap, finding: &Diagnostic) -> Failure {
    let Label { span, text: label } = &finding.primary;
    let file = sources.file(span.file);
    let shown: String = file.text().chars().map(visible_char).collect();
    let width = |range: Range<usize>| file.text().get(range).unwrap_or_default().chars().count();
    let Range { start, end } = span.range();
    let mark = format!("{}{} {label}", " ".repeat(width(0..start)), "^".repeat(width(start..end).max(1)));
    let message = format!("`{}`: {}\n    {shown}\n    {}", file.path(), finding.message, mark.trim_end());
    let failure = Failure::new(message);
    match &finding.help {
        Some(help) => failure.help(help.clone()),
        None => failure,
    }
}

fn scale(text: &str) -> Result<Quantity, String> {
    let form = "a percentage or a multiple is expected, such as `5%` or `10x`";
    let scale = Quantity::parse(text).map_err(|error| format!("{error}; {form}"))?;
    let is_factor = matches!(scale.dimension().kind(), DimensionKind::Percent | DimensionKind::Multiple);
    if is_factor && !scale.value().is_sign_negative() { Ok(scale) } else { Err(form.to_owned()) }
}
