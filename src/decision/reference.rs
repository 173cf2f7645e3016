//! Which decision is meant by a name, a number or the path of a record.

use std::collections::BTreeMap;

use super::Decision;
use crate::model::{ArchitectureId, Model};

/// All decisions by what they can be called. Of several of one number or name, the first is meant.
pub(super) struct Directory {
    by_number: BTreeMap<u64, usize>,
    /// By the name of the file, in lower case.
    by_file: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
    by_place: BTreeMap<(ArchitectureId, String), usize>,
}

impl Directory {
    pub(super) fn new(all: &[Decision], model: &Model) -> Directory {
        let mut it = Directory {
            by_number: BTreeMap::new(),
            by_file: BTreeMap::new(),
            by_name: BTreeMap::new(),
            by_place: BTreeMap::new(),
        };
        for (at, decision) in all.iter().enumerate() {
            if let Some(number) = decision.number {
                it.by_number.entry(number).or_insert(at);
            }
            if let Some(path) = &decision.path {
                it.by_file.entry(file_name(path).to_ascii_lowercase()).or_insert(at);
            }
            it.by_name.entry(decision.name.to_string()).or_insert(at);
            if let Some(architecture) = decision.architecture {
                it.by_place.insert((architecture, decision.name.to_string()), at);
                let path = format!("{}.{}", model.architecture(architecture).name, decision.name);
                it.by_name.entry(path).or_insert(at);
            }
        }
        it
    }

    /// The decision that is meant in another one: nearest is what stands in the same architecture.
    pub(super) fn find(&self, from: &Decision, written: &str) -> Option<usize> {
        let nearby = from.architecture.and_then(|architecture| self.by_place.get(&(architecture, written.to_owned())));
        let found = nearby.or_else(|| self.by_name.get(written)).copied();
        let file = || self.by_file.get(&file_name(written).to_ascii_lowercase()).copied();
        found.or_else(file).or_else(|| self.by_number.get(&number(written)?).copied())
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
