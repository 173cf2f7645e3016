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
use crate::emit::kinds::is_keyword;
use crate::project::Workspace;
use crate::suggest::nearest;
use crate::syntax::ast::Keyword;

/// Lists the kinds of services, or shows one in full
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Kinds {
    /// A kind, such as `aws.firehose`, or words to search for: a product, what it does, a value it takes [default: list all]
    #[arg(value_name = "QUERY")]
    query: Vec<String>,

    /// A workspace whose own kinds are looked at, too
    #[arg(long = "in", value_name = "PATH")]
    workspace: Option<PathBuf>,

    /// Show a line for each source, with the notes on the connections that rest on it
    #[arg(long)]
    sources: bool,
}

const AFTER_HELP: &str = "\
Examples:
  archc kinds                 list all kinds
  archc kinds postgres        search for kinds
  archc kinds aws.firehose    one kind in full: properties, and what it connects to
  archc kinds --in shop       list the kinds that the workspace `shop` declares, too";

impl Kinds {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let catalog = self.catalog()?;
        let query = self.query.join(" ").to_lowercase();
        if let Some(id) = catalog.find(&query) {
            let width = terminal.stdout().width;
            return Ok(Outcome::text(page::render(&catalog, catalog.kind(id), self.sources, width)));
        }
        if let Some(keyword) = Keyword::of(&query) {
            return Err(keyword_without_kind(keyword));
        }
        match catalog.search(&query).as_slice() {
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

fn keyword_without_kind(keyword: Keyword) -> Failure {
    let failure = Failure::new(format!("`{}` is a keyword of the language, and has no kind", keyword.word()));
    failure.help(match keyword {
        Keyword::Pattern | Keyword::Use => "`archc patterns` lists the patterns",
        _ => "`archc kinds` lists all kinds",
    })
}

fn unknown(catalog: &Catalog, query: &str) -> Failure {
    let failure = Failure::new(format!("no kind is called or described as `{query}`"));
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
        let category = if is_keyword(kind) { "a keyword" } else { catalog.category(kind.id).name() };
        let _ = writeln!(text, "{:names$}  {:products$}  {category}{retired}", kind.name, kind.product);
    }
    text
}
