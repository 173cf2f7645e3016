//! The price book: what one unit of a meter costs, in a region, with its source and date.
//!
//! Prices are data. Those that ship with the compiler are TOML files under `prices/`; a workspace names files of its own in
//! `archc.toml`, which replace or extend them. A file declares its sources once and groups rows that share a unit:
//!
//! ```toml
//! [sources.page]                       # a name for the rows of this file
//! kind = "aws-page-feed"               # what it is
//! ref = "kinesis.json"                 # where it is found
//! published = 2025-11-03               # when it was published, if that is known
//! read = 2026-11-22                    # when it was read
//!
//! [[price]]
//! id = "aws.kinesis.shard_hour"        # what a meter names behind its `@`
//! unit = "shard-hour"                  # GiB-month, request, hour, …; words that are no units count things
//! source = "page"
//! confidence = "A"                     # A, B or C; X: the sources contradict each other
//! rows = [                             # a row a tier
//!   { region = "us-east-1", price = "0.015", rate_code = "7RXVY4V5SG8NQC38" },
//!   { region = "eu-west-1", price = "0.017" },
//! ]
//! ```
//!
//! A row may have a `variant`, which the `for` of a meter selects; `from` and `to`, the bounds of its tier in units; `zero`,
//! the reason why its price is 0; and instead of a price `conflicting`, the figures of sources that contradict each
//! other, which make it unpriced. A group may have `per` (the price is for so many units), `currency`, `round_up` and
//! `minimum` (of the units of a line in a month), and `free = { quantity, scope = "account" | "region", pool }`.

mod book;
mod drift;
mod embedded;
mod offer;
mod read;
mod unit;
mod write;

pub use book::{Confidence, FreePool, FreeScope, Lookup, Price, PriceBook, Source, Tier};
pub use drift::{Drift, Verdict, skus, verify};
pub use embedded::embedded_files;
pub use offer::{Offer, OfferError, Quote, Rate, read_offer};
pub use read::{Mistake, read};
pub use unit::PriceUnit;
pub use write::{NewPrice, price_file};

/// The regions of AWS. Prices are known for few of them.
pub fn aws_regions() -> impl Iterator<Item = &'static str> {
    include_str!("prices/aws-regions.txt").lines().filter(|line| !line.starts_with('#'))
}
