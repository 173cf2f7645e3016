//! Price files of AWS from the disk.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use smol_str::SmolStr;

use super::shown;
use crate::cli::failure::Failure;
use crate::cli::progress;
use crate::prices::{Offer, PriceBook, read_offer, skus};

/// How much is read at a time.
const BUFFER: usize = 1 << 18;

/// The products that the book knows the rate codes of.
pub(super) fn known_skus(book: &PriceBook) -> BTreeSet<SmolStr> {
    book.prices().flat_map(skus).collect()
}

/// Reads the rates of some products from a file.
pub(super) fn open(path: &Path, skus: &BTreeSet<SmolStr>) -> Result<Offer, Failure> {
    let file = File::open(path).map_err(|reason| Failure::io("read", shown(path), &reason))?;
    let metadata = file.metadata();
    if metadata.as_ref().is_ok_and(std::fs::Metadata::is_dir) {
        return Err(Failure::new(format!("cannot read `{}`: it is a folder", shown(path))));
    }
    let reading = progress::stage("reading the price file");
    let file = reading.read(file, metadata.map_or(0, |metadata| metadata.len()));
    read_offer(BufReader::with_capacity(BUFFER, file), skus).map_err(|error| {
        let separator = if error.at.is_some() { ":" } else { ": " };
        Failure::new(format!("{}{separator}{error}", shown(path)))
            .help("download the file again: an offer file, the feed of a pricing page, or a response of GetProducts")
    })
}
