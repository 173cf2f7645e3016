//! `archc bom`

mod alternatives;
mod sweep;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Outcome;
use super::failure::Failure;
use super::findings;
use super::input::{Input, Opened, open_path};
use super::model_file;
use super::progress;
use super::situation::Suppositions;
use super::terminal::Terminal;
use crate::analysis::Analysis;
use crate::compare::{may_hide, renamed_bill};
use crate::cost::{self, Billed, Terms, bill_at};
use crate::diagnostic::Severity;
use crate::emit::bill::difference::{self, Difference};
use crate::emit::bill::{self as format, Sheet, csv, cyclonedx, focus, markdown};
use crate::emit::document::Document;
use crate::load::load;
use crate::quantity::Amount;

pub(super) use sweep::Steps;

/// Says what the services cost a month, and how each figure came about
///
/// A month has 730 hours. What is not known is unpriced, with the reason and what to declare, and never 0. Findings go to standard error.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Bom {
    #[command(flatten)]
    input: Input,

    /// How the bill is shown
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// Take free units off, which accounts share
    #[arg(long)]
    free_tier: bool,

    /// Show the cost at several loads: `1x,10x,100x`
    #[arg(long, value_name = "FACTORS", conflicts_with = "against")]
    sweep: Option<Steps>,

    /// Show what changed since then: a git revision, a folder, or a file that `--format json` wrote
    #[arg(long, value_name = "REV|DIR|FILE")]
    against: Option<String>,

    /// Fail if a line is unpriced
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    suppositions: Suppositions,
}

const AFTER_HELP: &str = "\
Examples:
  archc bom                                         the workspace of the current folder
  archc bom shop --format csv > shop.csv            all figures, exact
  archc bom shop --scale 10x --region eu-west-1     what if
  archc bom shop --set apps.emits='200/s of 1 KB'   what if
  archc bom shop --sweep 1x,10x,100x                cost against load, and which quota breaks first
  archc bom shop --against main                     what a branch changes, and why
  archc bom shop --format focus                     for FinOps tools; `unpriced-focus` is the rest

Exit codes: 0 shown; 1 errors in the workspace, or with `--strict` unpriced lines; 2 wrong usage, settings, or files that cannot be read.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For documents
    Markdown,
    /// For spreadsheets
    Csv,
    /// For programs, and for `--against`; `schemas/bom.schema.json` describes it, `schemas/bom-difference.schema.json` what `--against` changes, and `schemas/bom-sweep.schema.json` a sweep
    Json,
    /// `CycloneDX` 1.6: services, what they depend on and what they cost
    Cyclonedx,
    /// FOCUS 1.2 as CSV: the priced lines as charges of this month
    Focus,
    /// The lines that FOCUS has no words for
    UnpricedFocus,
}

/// A bill and what it was made from.
struct Made {
    analysis: Analysis,
    sheet: Sheet,
}

/// What a bill is compared with.
enum Earlier {
    /// A bill of which nothing else is known.
    Bill(Sheet),
    /// That of a workspace, and the workspace.
    Workspace(Sheet, Box<Document>),
}

impl Bom {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let today = self.input.today()?;
        let mut opened = self.input.open()?;
        let Made { analysis, sheet } = self.make(&mut opened, today)?;
        let report = findings::report(&opened, &analysis);
        let stderr = findings::brief(&opened, &report, Severity::Error, terminal);
        let failed = report.reaches(Severity::Error) || (self.strict && sheet.total.unpriced > 0);
        let stdout = match (&self.sweep, &self.against) {
            (Some(steps), _) => self.sweep(steps, &opened, &analysis, terminal)?,
            (None, Some(before)) => self.against(before, (&opened, &analysis, &sheet), today)?,
            (None, None) => self.render(&analysis, &sheet, today, terminal),
        };
        Ok(findings::beside(stdout, stderr, failed))
    }

    fn make(&self, opened: &mut Opened, today: Date) -> Result<Made, Failure> {
        let analysis = self.suppositions.analyse(opened, today)?;
        let _billing = progress::stage("billing");
        let model = &analysis.model;
        let prices = opened.workspace.price_book();
        let terms = Terms { prices: &prices, free_tier: self.free_tier };
        let Billed { loads, bill } = bill_at(model, Amount::ONE, terms);
        let sheet = Sheet::new(model, &loads, &bill, self.assumptions());
        Ok(Made { analysis, sheet })
    }

    fn assumptions(&self) -> BTreeMap<String, String> {
        let mut assumptions = self.suppositions.words();
        assumptions
            .insert("free tier".to_owned(), if self.free_tier { "taken off" } else { "not taken off" }.to_owned());
        assumptions
    }

    fn render(&self, analysis: &Analysis, sheet: &Sheet, today: Date, terminal: &Terminal) -> String {
        match self.format {
            Format::Table => table::render(sheet, terminal.stdout()),
            Format::Markdown => markdown::render(sheet),
            Format::Csv => csv::render(sheet),
            Format::Json => format::json(sheet),
            Format::Cyclonedx => cyclonedx::render(&analysis.model, sheet),
            Format::Focus => focus::render(sheet, today),
            Format::UnpricedFocus => focus::unpriced(sheet),
        }
    }

    fn sweep(
        &self,
        steps: &Steps,
        opened: &Opened,
        analysis: &Analysis,
        terminal: &Terminal,
    ) -> Result<String, Failure> {
        let prices = opened.workspace.price_book();
        let terms = Terms { prices: &prices, free_tier: self.free_tier };
        let _sweeping = progress::stage("sweeping");
        let points = sweep::points(steps, &analysis.model, terms);
        let loads = load(&analysis.model, Amount::ONE);
        let others = cost::alternatives(&analysis.model, &loads, terms);
        let others = alternatives::comparisons(steps, &analysis.model, &others);
        match self.format {
            Format::Table => {
                let unscaled = sweep::unscaled(&analysis.model);
                Ok(sweep::table(&points, terminal.stdout()) + &unscaled + &alternatives::table(&others))
            }
            Format::Markdown => {
                let unscaled = sweep::unscaled(&analysis.model);
                Ok(sweep::markdown(&points) + &unscaled + &alternatives::markdown(&others))
            }
            Format::Csv => Ok(sweep::csv(&points)),
            Format::Json => Ok(sweep::json(&points, &others)),
            Format::Cyclonedx | Format::Focus | Format::UnpricedFocus => {
                Err(Failure::new("a sweep has no such format").help("use `table`, `markdown`, `csv` or `json`"))
            }
        }
    }

    fn against(
        &self,
        before: &str,
        (opened, analysis, sheet): (&Opened, &Analysis, &Sheet),
        today: Date,
    ) -> Result<String, Failure> {
        let before = match self.earlier(before, today)? {
            Earlier::Bill(sheet) => sheet,
            // What was renamed or moved is the same, as in `archc diff`.
            Earlier::Workspace(sheet, old) => renamed_bill(&sheet, &old, &self.document(opened, analysis)),
        };
        let difference = Difference::between(&before, sheet);
        match self.format {
            Format::Table => Ok(table::difference(&difference)),
            Format::Markdown => Ok(difference::markdown(&difference)),
            Format::Json => Ok(difference::json(&difference)),
            _ => Err(Failure::new("a difference has no such format").help("use `table`, `markdown` or `json`")),
        }
    }

    /// The bill to compare with: a file, a folder, or a git revision of the same workspace.
    fn earlier(&self, before: &str, today: Date) -> Result<Earlier, Failure> {
        let path = Path::new(before);
        if path.is_file() {
            return read_sheet(path).map(Earlier::Bill);
        }
        let mut opened = if path.is_dir() { open_path(path)? } else { self.open_revision(before)? };
        let made = self.make(&mut opened, today)?;
        let document = self.document(&opened, &made.analysis);
        // An error that leaves nothing out of the model leaves nothing out of the bill: a budget may be exceeded there.
        if let Some(finding) = document.findings.iter().find(|finding| may_hide(finding)) {
            let place = format!("{}:{}", finding.file, finding.line);
            let message = format!("the bill of `{before}` may not be whole: {place} has the error `{}`", finding.code);
            return Err(Failure::new(message).help("compare with a revision that has no such error"));
        }
        Ok(Earlier::Workspace(made.sheet, Box::new(document)))
    }

    /// The workspace as data, whose elements can be told from those of another one.
    fn document(&self, opened: &Opened, analysis: &Analysis) -> Document {
        model_file::make(opened, analysis, &findings::report(opened, analysis), &self.suppositions)
    }

    fn open_revision(&self, revision: &str) -> Result<Opened, Failure> {
        let opened = self.input.open_revision(revision, "file, folder or git revision")?;
        opened.ok_or_else(|| Failure::new(format!("there was no workspace here in `{revision}` yet")))
    }
}

/// Reads a bill that `--format json` wrote.
fn read_sheet(path: &Path) -> Result<Sheet, Failure> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|reason| Failure::io("read", &shown, &reason))?;
    let help = "write one with `archc bom --format json`";
    let no_bill = |reason: String| Failure::new(format!("`{shown}` is no bill: {reason}")).help(help);
    let document: serde_json::Value = serde_json::from_str(&text).map_err(|reason| no_bill(reason.to_string()))?;
    // Another version may have other fields: what it is comes first.
    let version = document.get("version").ok_or_else(|| no_bill("it does not say its `version`".to_owned()))?;
    if *version != format::sheet::VERSION {
        let known = format::sheet::VERSION;
        let message = format!("`{shown}` is a bill of version {version}, and this archc reads version {known}");
        return Err(Failure::new(message).help("write it again with `archc bom --format json`"));
    }
    serde_json::from_value(document).map_err(|reason| no_bill(reason.to_string()))
}
