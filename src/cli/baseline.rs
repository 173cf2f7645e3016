//! The findings that a team knows of: an earlier report, so that a run shows what is new.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use serde::Deserialize;

use super::failure::Failure;
use crate::report::json::VERSION;
use crate::vfs::disk::read_limited;

/// What is read of a report. Other documents have findings, too, but no summary of them.
#[derive(Deserialize)]
struct Known {
    version: u32,
    #[serde(rename = "summary")]
    _summary: Summary,
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Summary {
    #[serde(rename = "errors")]
    _errors: usize,
}

#[derive(Deserialize)]
struct Finding {
    fingerprint: String,
    file: String,
}

/// The files of the findings, by their fingerprints, in a report that `archc check --format json` wrote.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let bytes = File::open(path).and_then(read_limited);
    let bytes = bytes.map_err(|reason| Failure::io("read", path.display(), &reason))?;
    let known: Known = serde_json::from_slice(&bytes).map_err(|reason| {
        Failure::new(format!("`{}` is no report to compare with: {reason}", path.display()))
            .help("`archc check --format json > FILE` writes one")
    })?;
    if known.version != VERSION {
        let (path, version) = (path.display(), known.version);
        let message = format!("`{path}` is a report of version {version}, and this archc reads version {VERSION}");
        return Err(Failure::new(message).help("write it again with `archc check --format json`"));
    }
    Ok(known.findings.into_iter().map(|finding| (finding.fingerprint, finding.file)).collect())
}
