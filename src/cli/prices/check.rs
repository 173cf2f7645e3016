//! `archc prices check`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap::Args;
use jiff::civil::Date;
use smol_str::SmolStr;

use super::name;
use crate::analysis;
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::input::Input;
use crate::cli::terminal::Terminal;
use crate::prices::{self, Price, PriceBook};
use crate::project::{CONFIG_FILE, LoadError, LoadErrorKind};
use crate::report::{count, shown_path};
use crate::source::{Origin, SourceMap, Span};
use crate::suggest::nearest;

/// Checks the form, the age and the use of the workspace's own prices
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,

    /// Fail if a price is older: days since it was published, or else read, such as `400d`
    #[arg(long, value_name = "DAYS", value_parser = days)]
    max_age: Option<i64>,

    /// Look at the prices that ship with archc and that hold in the workspace, too
    #[arg(long)]
    shipped: bool,
}

const AFTER_HELP: &str = "\
Examples:
  archc prices check                              the files that `[prices] files` of `archc.toml` names
  archc prices check ours.toml                    one file
  archc prices check shop --max-age 400d          none may be older
  archc prices check shop --shipped --max-age 2y  nor any that ships with archc

Exit codes: 0 in order; 1 prices that are too old, or that no meter names; 2 mistakes in a file, or files that cannot be read.";

/// What is checked.
struct Subject {
    prices: Vec<Price>,
    /// Leads from the current folder to what the paths of the files are relative to.
    prefix: String,
    /// The prices that meters name, if that is known.
    used: Option<BTreeSet<SmolStr>>,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let Subject { prices, prefix, used } = self.prices()?;
        let mut text = String::new();
        let mut old = 0;
        for price in &prices {
            let date = price.source.date();
            let age = date.duration_until(today).as_hours() / 24;
            let Some(limit) = self.max_age.filter(|limit| age > *limit) else { continue };
            old += 1;
            let place = if self.is_shipped(price) { price.file.to_string() } else { shown_path(&price.file, &prefix) };
            let _ = writeln!(text, "warning: {place}:{}: {} is of {date}: {age} days old", price.line, name(price));
            if old == 1 {
                let _ =
                    writeln!(text, "  help: at most {limit} days are allowed; look it up again, and date its source");
            }
        }
        let unused = self.unused(&prices, &prefix, used.as_ref(), &mut text);
        text.push_str(&terminal.remark(self.summary(&prices, old, today)));
        Ok(Outcome { stdout: text, failed: old + unused > 0, ..Outcome::default() })
    }

    /// Names the prices of the workspace that no meter does, and says how many there are: they are misspelt, or left over.
    fn unused(&self, prices: &[Price], prefix: &str, used: Option<&BTreeSet<SmolStr>>, text: &mut String) -> usize {
        let Some(used) = used else { return 0 };
        let mut unused = BTreeSet::new();
        for price in prices.iter().filter(|price| !self.is_shipped(price) && !used.contains(&price.id)) {
            if unused.insert(&price.id) {
                let place = shown_path(&price.file, prefix);
                let _ = writeln!(text, "warning: {place}:{}: no meter names `{}`", price.line, price.id);
                let help = match nearest(&price.id, used.iter().map(SmolStr::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`archc kinds NAME` shows the prices that the meters of a kind name".to_owned(),
                };
                let _ = writeln!(text, "  help: {help}");
            }
        }
        unused.len()
    }

    /// The prices to check.
    fn prices(&self) -> Result<Subject, Failure> {
        let (own, prefix, used) = match self.input.path() {
            // Who uses the prices of a file alone is not known.
            Some(path) if is_price_file(path) => (read(path)?, String::new(), None),
            _ => {
                let opened = self.input.open()?;
                let catalog = analysis::catalog(&opened.workspace);
                let meters = catalog.kinds().flat_map(|kind| &kind.meters);
                let used = meters.map(|meter| meter.price.clone()).collect();
                (opened.workspace.own_prices, opened.prefix, Some(used))
            }
        };
        let mut book = if self.shipped { PriceBook::shipped() } else { PriceBook::default() };
        book.add(own);
        Ok(Subject { prices: book.prices().cloned().collect(), prefix, used })
    }

    fn is_shipped(&self, price: &Price) -> bool {
        self.shipped && prices::embedded_files().iter().any(|(path, _)| *path == price.file)
    }

    fn summary(&self, prices: &[Price], old: usize, today: Date) -> String {
        if prices.is_empty() {
            return "there are no prices to check: `[prices] files` of `archc.toml` names files with them\n".to_owned();
        }
        let oldest = prices.iter().map(|price| price.source.date()).min().unwrap_or(today);
        let age = if self.max_age.is_some() { format!(", {old} too old") } else { String::new() };
        format!("checked {}{age}; the oldest is of {oldest}\n", count(prices.len(), "price"))
    }
}

fn is_price_file(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "toml") && path.file_name().is_some_and(|it| it != CONFIG_FILE)
}

fn read(path: &Path) -> Result<Vec<Price>, Failure> {
    let shown = super::shown(path);
    let text = fs::read_to_string(path).map_err(|reason| Failure::io("read", &shown, &reason))?;
    let mut sources = SourceMap::default();
    let id = sources.add(shown.clone(), text, Origin::Workspace);
    let (prices, mistakes) = prices::read(&shown, sources.file(id).text());
    if mistakes.is_empty() {
        return Ok(prices);
    }
    let errors = mistakes.into_iter().map(|mistake| {
        let place = Span::of(id, mistake.span);
        let (at, end) = (sources.line_column(place), sources.line_column(place.after()));
        let kind = LoadErrorKind::Setting { at, end, message: mistake.message, help: mistake.help };
        LoadError { path: shown.clone(), kind }
    });
    Err(Failure::loading(errors.collect(), ""))
}

/// `400d`, or `2y` of 365 days each.
fn days(text: &str) -> Result<i64, String> {
    let (number, factor) = match (text.strip_suffix('d'), text.strip_suffix('y')) {
        (Some(days), _) => (days, 1),
        (_, Some(years)) => (years, 365),
        _ => (text, 1),
    };
    let number = number.parse::<u32>().map_err(|_| "write a number of days, such as `400d`".to_owned())?;
    Ok(i64::from(number) * factor)
}
