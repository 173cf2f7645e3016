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

/// The regions of AWS, as general knowledge of November 2026 has them. Prices are known for few of them.
pub const AWS_REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];
