//! What a finding is known by from one run to the next.
//!
//! A fingerprint is made of the code of the rule, the path of the file in the workspace, the text of the line where the finding stands, and
//! a number where these three are the same for several. Thus it stays the same while lines are moved, indented or added
//! around it, and changes with the line itself. Messages are not in it: they may be worded anew.

use std::collections::BTreeMap;
use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, SourceMap};

/// What a finding is known by. It is written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// How much of a line counts on either side of the place where a finding starts, in bytes. A generated file may be one line,
/// with all findings on it.
const AROUND: usize = 1_000;

/// The fingerprints of findings in the order of the text, each one different.
pub(super) fn fingerprints<'f>(findings: &[&'f Diagnostic], sources: &SourceMap) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let mut fingerprint = |finding: &&'f Diagnostic| {
        let (file, line) = (sources.file(finding.primary.span.file), line(finding, sources));
        let occurrence = seen.entry((finding.code.as_ref(), file.path(), line.clone())).or_default();
        *occurrence += 1;
        hash(&[&finding.code, file.path(), &line, &occurrence.to_string()])
    };
    findings.iter().map(&mut fingerprint).collect()
}

/// The line where a finding stands, as far as it counts: however it is indented.
pub(super) fn line(finding: &Diagnostic, sources: &SourceMap) -> String {
    let span = finding.primary.span;
    let line = line_around(sources.file(span.file), span.start as usize);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line of an offset, as far as it counts.
fn line_around(file: &SourceFile, offset: usize) -> &str {
    let text = file.text();
    let line = file.line_range(file.line_column(offset).line).unwrap_or_default();
    let start = text.floor_char_boundary(offset.saturating_sub(AROUND));
    let end = text.ceil_char_boundary(offset.saturating_add(AROUND).min(text.len()));
    text.get(start.max(line.start)..end.min(line.end)).unwrap_or_default()
}

/// FNV-1a with 128 bits: short, the same everywhere, and no secret depends on it.
fn hash(parts: &[&str]) -> Fingerprint {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    // No part holds a line break, so this separates them.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain(std::iter::once(b'\n')));
    Fingerprint(bytes.fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME)))
}

#[cfg(test)]
mod tests {
    use super::{AROUND, line_around};
    use crate::source::{Origin, SourceMap};

    #[test]
    fn a_long_line_counts_only_around_the_place() {
        let mut sources = SourceMap::default();
        let long = "é".repeat(3 * AROUND);
        let id = sources.add("a.arch", format!("first\n{long}\nlast"), Origin::Workspace);
        let file = sources.file(id);
        assert_eq!(line_around(file, 2), "first");
        assert_eq!(line_around(file, 6 + 3 * AROUND).chars().count(), AROUND);
        assert_eq!(line_around(file, file.text().len()), "last");
    }
}
