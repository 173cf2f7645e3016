//! `archc kinds`

mod page;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::failure::Failure;
use super::input::open_path;
use super::terminal::Terminal;
use crate::analysis;
use crate::catalog::{Catalog, Kind};
use crate::project::Workspace;
use crate::suggest::nearest;

/// Lists the kinds of services, or shows one in full
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Kinds {
    /// A kind, such as `aws.firehose`, or words to search for in names and products [default: list all]
    #[arg(value_name = "QUERY")]
    query: Vec<String>,

    /// A workspace whose own kinds are looked at, too
    #[arg(long = "in", value_name = "PATH")]
    workspace: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  archc kinds                 list all kinds
  archc kinds kinesis         search for kinds
  archc kinds aws.firehose    one kind in full: properties, and what it connects to
  archc kinds --in shop       list the kinds that the workspace `shop` declares, too";

/// Kinds that nothing is given by name: what they describe has a keyword of its own.
const IMPLICIT: [&str; 3] = ["architecture", "edge", "group"];

impl Kinds {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let catalog = self.catalog()?;
        let query = self.query.join(" ").to_lowercase();
        if let Some(id) = catalog.find(&query) {
            return Ok(Outcome::text(page::render(&catalog, catalog.kind(id), terminal.stdout().width)));
        }
        let listed = catalog.kinds().filter(|kind| !kind.is_abstract && !IMPLICIT.contains(&kind.name.as_str()));
        let found: Vec<&Kind> = listed.filter(|kind| matches(&catalog, kind, &query)).collect();
        match found.as_slice() {
            [] => Err(unknown(&catalog, &query)),
            kinds => Ok(Outcome::text(table(&catalog, kinds))),
        }
    }

    fn catalog(&self) -> Result<Catalog, Failure> {
        let workspace = match &self.workspace {
            Some(path) => open_path(path)?.workspace,
            None => Workspace::without_files(),
        };
        Ok(analysis::catalog(&workspace))
    }
}

/// Whether all words of a query stand somewhere in a kind's name, product or category.
fn matches(catalog: &Catalog, kind: &Kind, query: &str) -> bool {
    let text = format!("{} {} {}", kind.name, kind.product, catalog.category(kind.id).name()).to_lowercase();
    query.split_whitespace().all(|word| text.contains(word))
}

fn unknown(catalog: &Catalog, query: &str) -> Failure {
    let failure = Failure::new(format!("no kind is called or contains `{query}`"));
    let names = || catalog.kinds().map(|kind| kind.name.as_str());
    match nearest(query, names().chain(names().flat_map(|name| name.split('.')))) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help("`archc kinds` lists all kinds; a workspace may declare its own: `kind NAME is PARENT`"),
    }
}

fn table(catalog: &Catalog, kinds: &[&Kind]) -> String {
    let width = |text: fn(&Kind) -> &str| kinds.iter().map(|kind| text(kind).chars().count()).max().unwrap_or_default();
    let (names, products) = (width(|kind| &kind.name), width(|kind| &kind.product));
    let mut text = String::new();
    for kind in kinds {
        let retired = if catalog.retirement(kind.id).is_some() { " (retired)" } else { "" };
        let category = catalog.category(kind.id).name();
        let _ = writeln!(text, "{:names$}  {:products$}  {category}{retired}", kind.name, kind.product);
    }
    text
}
