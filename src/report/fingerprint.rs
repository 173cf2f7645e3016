//! What a finding is known by from one run to the next.
//!
//! A fingerprint is made of the code of the rule, the path of the file in the workspace, the text of the line where the finding stands, and
//! a number where these three are the same for several. Thus it stays the same while lines are moved, indented or added
//! around it, and changes with the line itself. Messages are not in it: they may be worded anew.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

/// What a finding is known by. It is written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The fingerprints of findings in the order of the text, each one different.
pub(super) fn fingerprints(findings: &[&Diagnostic], sources: &SourceMap) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let mut fingerprint = |finding: &&Diagnostic| {
        let file = sources.file(finding.primary.span.file);
        let line = file.line_range(sources.line_column(finding.primary.span).line).unwrap_or_default();
        let line = file.text().get(line).unwrap_or_default();
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let occurrence = seen.entry((finding.code, file.path(), line.clone())).or_default();
        *occurrence += 1;
        hash(&[finding.code, file.path(), &line, &occurrence.to_string()])
    };
    findings.iter().map(&mut fingerprint).collect()
}

/// FNV-1a with 128 bits: short, the same everywhere, and no secret depends on it.
fn hash(parts: &[&str]) -> Fingerprint {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    // No part holds a line break, so this separates them.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(b'\n')));
    Fingerprint(bytes.fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME)))
}
