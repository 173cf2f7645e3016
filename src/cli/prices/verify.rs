//! `archc prices verify`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use rust_decimal::Decimal;

use super::{BookOf, offer, shown};
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::table::{Column, Table};
use crate::cli::terminal::Terminal;
use crate::prices::{Drift, Offer, Price, PriceBook, Verdict, skus, verify};

/// Holds the prices against a price file of AWS
///
/// Prices and rates belong together by their rate codes. The file is an offer file of a service as the bulk API has it, the
/// feed of a pricing page, or a saved response of `GetProducts`; archc downloads nothing.
#[derive(Args, Debug)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Verify {
    /// A price file of AWS, as JSON
    #[arg(value_name = "OFFER_FILE")]
    file: PathBuf,

    #[command(flatten)]
    book: BookOf,
}

const AFTER_HELP: &str = "\
Examples:
  archc prices verify AmazonKinesis.json
  archc prices verify AmazonS3.json --in shop    with the workspace's own prices

Exit codes: 0 the same; 1 prices that differ; 2 a file that cannot be used, or says nothing of any price.";

/// What came of a comparison.
struct Comparison<'b> {
    rows: Vec<(&'b Price, Verdict)>,
    /// How many prices of the same services have no rate code.
    without_code: usize,
}

impl Verify {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let book = self.book.book()?;
        let offer = offer::open(&self.file, &offer::known_skus(&book))?;
        let comparison = compare(&book, &offer);
        if comparison.rows.is_empty() {
            let message =
                format!("`{}` says nothing of any price of the book: nothing was verified", shown(&self.file));
            let help = "prices are found by their rate codes, which `archc prices list --format csv` shows";
            return Err(Failure::new(message).help(help));
        }
        let number = |wanted: fn(&Verdict) -> bool| comparison.rows.iter().filter(|(_, it)| wanted(it)).count();
        let differ = number(|verdict| matches!(verdict, Verdict::Differs(_)));
        let (same, missing) = (number(|it| *it == Verdict::Same), number(|it| *it == Verdict::Missing));
        let mut text = table(&comparison.rows).render(0, terminal.stdout());
        let date = offer.published.map(|date| format!(", published {date}")).unwrap_or_default();
        let _ = writeln!(text, "\n{}: {}{date}", offer.kind, offer.reference);
        let _ = writeln!(text, "{same} same, {differ} different, {missing} not in the file");
        if comparison.without_code > 0 {
            let _ = writeln!(
                text,
                "not verified: {} prices of these services have no rate code in the book",
                comparison.without_code
            );
        }
        Ok(Outcome { stdout: text, failed: differ > 0, ..Outcome::default() })
    }
}

/// Compares the prices of all services of which the file says anything.
fn compare<'b>(book: &'b PriceBook, offer: &Offer) -> Comparison<'b> {
    let verdicts: Vec<(&Price, Verdict)> = book.prices().map(|price| (price, verify(price, offer))).collect();
    let found: BTreeSet<&str> =
        verdicts.iter().filter(|(_, verdict)| *verdict != Verdict::Missing).map(|(price, _)| service(price)).collect();
    let related = verdicts.into_iter().filter(|(price, _)| found.contains(service(price)));
    let (rows, others): (Vec<_>, Vec<_>) = related.partition(|(price, _)| !skus(price).is_empty());
    Comparison { rows, without_code: others.len() }
}

/// `aws.kinesis` of `aws.kinesis.shard_hour`.
fn service(price: &Price) -> &str {
    price.id.match_indices('.').nth(1).and_then(|(at, _)| price.id.get(..at)).unwrap_or(&price.id)
}

fn table(rows: &[(&Price, Verdict)]) -> Table<6> {
    let mut table = Table::new(["id", "variant", "region", "result", "ours", "theirs"].map(Column::Text));
    for (price, verdict) in rows {
        let head = || {
            [price.id.to_string(), price.variant.as_deref().unwrap_or_default().to_owned(), price.region.to_string()]
        };
        let mut row = |word: &str, ours: String, theirs: String| {
            let [id, variant, region] = head();
            table.row([id, variant, region, word.to_owned(), ours, theirs]);
        };
        match verdict {
            Verdict::Same => row("same", String::new(), String::new()),
            Verdict::Missing => row("not in the file", String::new(), String::new()),
            Verdict::Differs(drifts) => {
                for drift in drifts {
                    row("differs", drift.ours.clone(), theirs(drift));
                }
            }
        }
    }
    table
}

fn theirs(drift: &Drift) -> String {
    let sign = |percent: Decimal| if percent.is_sign_positive() { "+" } else { "" };
    let percent = drift.percent.map(|percent| format!(" ({}{percent}%)", sign(percent))).unwrap_or_default();
    format!("{}{percent}", drift.theirs)
}
