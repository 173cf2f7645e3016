//! `archc prices`

mod check;
mod import;
mod list;
mod offer;
mod show;
mod verify;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::Outcome;
use super::failure::Failure;
use super::input::open_path;
use super::terminal::Terminal;
use crate::prices::{Price, PriceBook};

/// Shows what the bill reckons with, checks it, and takes prices over from AWS
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Prices {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  archc prices list kinesis                          what is known of Kinesis
  archc prices show aws.kinesis.shard_hour           one price: tiers, free units, source, dates
  archc prices check --max-age 400d                  are our own prices in order, and recent?
  archc prices verify kinesis.json                   does an offer file of AWS say the same?
  archc prices import kinesis.json --region us-east-1 --out kinesis.toml";

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Check(check::Check),
    Verify(verify::Verify),
    Import(import::Import),
}

impl Prices {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        match &self.command {
            Command::List(command) => command.run(terminal),
            Command::Show(command) => command.run(),
            Command::Check(command) => command.run(terminal),
            Command::Verify(command) => command.run(terminal),
            Command::Import(command) => command.run(terminal),
        }
    }
}

/// Whose prices are looked at.
#[derive(Args, Debug)]
struct BookOf {
    /// A workspace whose own prices hold, too
    #[arg(long = "in", value_name = "PATH")]
    workspace: Option<PathBuf>,
}

impl BookOf {
    fn book(&self) -> Result<PriceBook, Failure> {
        match self.workspace.as_deref().map(open_path) {
            Some(opened) => Ok(opened?.workspace.price_book()),
            None => Ok(PriceBook::shipped()),
        }
    }
}

/// The prices of a region, those that hold everywhere among them; all, if there is no region.
fn in_region<'b>(prices: Vec<&'b Price>, region: Option<&str>) -> Result<Vec<&'b Price>, Failure> {
    let Some(region) = region else { return Ok(prices) };
    let mut known: Vec<&str> = prices.iter().map(|price| price.region.as_str()).filter(|it| *it != "*").collect();
    let found: Vec<&Price> = prices.into_iter().filter(|price| price.region == region || price.region == "*").collect();
    if found.is_empty() {
        known.sort_unstable();
        known.dedup();
        return Err(Failure::unknown("price in the region", region, &known));
    }
    Ok(found)
}

/// `aws.kinesis.shard_hour in us-east-1`, with the variant if there is one.
fn name(price: &Price) -> String {
    let variant = price.variant.as_ref().map(|variant| format!(" {variant}")).unwrap_or_default();
    format!("`{}{variant}` in `{}`", price.id, price.region)
}

/// How the user named a file.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
