//! Which decision is meant by a name, a number or the path of a record.

use std::collections::BTreeMap;

use super::Decision;
use crate::model::{ArchitectureId, Model};

/// All decisions by what they can be called. Of several of one number or name, the first is meant.
pub(super) struct Directory {
    numbers: BTreeMap<u64, usize>,
    /// By the name of the file, in lower case.
    files: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
    places: BTreeMap<(ArchitectureId, String), usize>,
}

impl Directory {
    pub(super) fn new(all: &[Decision], model: &Model) -> Directory {
        let mut it = Directory {
            numbers: BTreeMap::new(),
            files: BTreeMap::new(),
            names: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        for (at, decision) in all.iter().enumerate() {
            if let Some(number) = decision.number {
                it.numbers.entry(number).or_insert(at);
            }
            if let Some(path) = &decision.path {
                it.files.entry(file_name(path).to_ascii_lowercase()).or_insert(at);
            }
            it.names.entry(decision.name.to_string()).or_insert(at);
            if let Some(architecture) = decision.architecture {
                it.places.insert((architecture, decision.name.to_string()), at);
                let path = format!("{}.{}", model.architecture(architecture).name, decision.name);
                it.names.entry(path).or_insert(at);
            }
        }
        it
    }

    /// The decision that is meant in another one: nearest is what stands in the same architecture.
    pub(super) fn find(&self, from: &Decision, written: &str) -> Option<usize> {
        let nearby = from.architecture.and_then(|architecture| self.places.get(&(architecture, written.to_owned())));
        let found = nearby.or_else(|| self.names.get(written)).copied();
        let file = || self.files.get(&file_name(written).to_ascii_lowercase()).copied();
        found.or_else(file).or_else(|| self.numbers.get(&number(written)?).copied())
    }
}

/// The number in `ADR-0005`, `adr_5`, `0005-use-firehose` or `5`.
pub(super) fn number(written: &str) -> Option<u64> {
    let name = file_name(written);
    let is_adr = name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("adr"));
    let rest = if is_adr { name.get(3..)?.trim_start_matches([' ', '-', '_', '#']) } else { name };
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ends_well = rest.get(digits..)?.chars().next().is_none_or(|next| !next.is_alphanumeric());
    if ends_well { rest.get(..digits)?.parse().ok() } else { None }
}

/// The last name of a path, without what a link adds to it.
fn file_name(path: &str) -> &str {
    let path = path.split('#').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}
