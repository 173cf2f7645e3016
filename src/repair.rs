//! The fixes of a workspace's findings, made until none is left.
//!
//! Fixes that get in each other's way are made one after the other: after each round the files are read and checked again,
//! and what is still wrong has its turn in the next one. A fix that does not mend its finding, or that makes a text less
//! readable, is taken back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use jiff::civil::Date;

use crate::analysis::{self, Analysis, Parses};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::edits::{Claims, apply};
use crate::project::Workspace;
use crate::source::{FileId, LineColumn};
use crate::syntax;

/// What became of a workspace.
#[derive(Debug)]
pub struct Repaired {
    /// It, with the texts after the fixes.
    pub workspace: Workspace,
    /// What is known of it now.
    pub analysis: Analysis,
    /// The fixes, in the order in which they were made.
    pub fixed: Vec<Fixed>,
}

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The rule whose finding it mended.
    pub code: Cow<'static, str>,
    /// What it did, as an imperative.
    pub title: String,
    /// The path of the file that the finding was in.
    pub path: String,
    /// Where the finding was when it was mended.
    pub at: LineColumn,
}

/// How often the files are read again. Each round mends something, and most workspaces need two.
const MAX_ROUNDS: usize = 1_000;

/// Makes all fixes that are wanted. Unasked, nobody wants one that is not sure.
pub fn repair(
    workspace: Workspace,
    parses: Parses,
    today: Date,
    wanted: &dyn Fn(&Diagnostic, &Fix) -> bool,
) -> Repaired {
    let analysis = analysis::analyse_parses(&workspace, &parses, today, None);
    let mut bench = Bench { workspace, parses, analysis, today, refused: BTreeSet::new(), seen: BTreeSet::new() };
    let mut fixed = Vec::new();
    let mut size = usize::MAX;
    bench.seen.insert(bench.state());
    for _ in 0..MAX_ROUNDS {
        let batch = bench.batch(wanted, size);
        if batch.is_empty() {
            break;
        }
        if let Some(made) = bench.attempt(&batch) {
            fixed.extend(made);
            size = size.saturating_mul(2);
        } else if let [(finding, _)] = batch.as_slice() {
            bench.refused.insert(key(finding, &bench.workspace));
        } else {
            // One of them is in the way of the others: halves find it.
            size = batch.len().div_ceil(2);
        }
    }
    Repaired { workspace: bench.workspace, analysis: bench.analysis, fixed }
}

/// What tells findings apart while their places move.
type Key = (String, Cow<'static, str>, String);

fn key(finding: &Diagnostic, workspace: &Workspace) -> Key {
    let path = workspace.sources.file(finding.primary.span.file).path();
    (path.to_owned(), finding.code.clone(), finding.message.clone())
}

/// A workspace under repair.
struct Bench {
    workspace: Workspace,
    parses: Parses,
    analysis: Analysis,
    today: Date,
    /// Findings whose fixes do not help.
    refused: BTreeSet<Key>,
    /// The texts that there have been: fixes must not lead in a circle.
    seen: BTreeSet<u64>,
}

impl Bench {
    /// The fixes to make now, with their findings: no two of them touch.
    fn batch(&self, wanted: &dyn Fn(&Diagnostic, &Fix) -> bool, size: usize) -> Vec<(Diagnostic, Fix)> {
        let mut claims = Claims::default();
        let open = self.analysis.diagnostics.iter().filter_map(|finding| {
            let fix = finding.fix.as_ref().filter(|fix| wanted(finding, fix))?;
            let is_ours = fix.edits.iter().all(|edit| self.workspace.files.contains(&edit.span.file));
            let is_open = self.refused.is_empty() || !self.refused.contains(&key(finding, &self.workspace));
            (is_ours && is_open).then_some((finding, fix))
        });
        let free = open.filter(|(_, fix)| !fix.edits.is_empty() && claims.take(&fix.edits));
        free.take(size).map(|(finding, fix)| (finding.clone(), fix.clone())).collect()
    }

    /// Makes some fixes, or changes nothing if they do not do what they should.
    fn attempt(&mut self, batch: &[(Diagnostic, Fix)]) -> Option<Vec<Fixed>> {
        let made: Vec<Fixed> = batch.iter().map(|(finding, fix)| self.fixed(finding, fix)).collect();
        let before = self.replace(&self.after(batch)?);
        let parses = self.parse(&before);
        let analysis = analysis::analyse_parses(&self.workspace, &parses, self.today, None);
        let is_new = self.seen.insert(self.state());
        if is_new && self.helps(batch, &analysis) {
            (self.parses, self.analysis) = (parses, analysis);
            return Some(made);
        }
        self.replace(&before);
        None
    }

    fn fixed(&self, finding: &Diagnostic, fix: &Fix) -> Fixed {
        let sources = &self.workspace.sources;
        Fixed {
            code: finding.code.clone(),
            title: fix.title.clone(),
            path: sources.file(finding.primary.span.file).path().to_owned(),
            at: sources.line_column(finding.primary.span),
        }
    }

    /// The texts of the files that fixes change.
    fn after(&self, batch: &[(Diagnostic, Fix)]) -> Option<BTreeMap<FileId, String>> {
        let mut by_file: BTreeMap<FileId, Vec<_>> = BTreeMap::new();
        for edit in batch.iter().flat_map(|(_, fix)| &fix.edits) {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
        let apply = |(file, edits)| Some((file, apply(self.workspace.sources.file(file).text(), edits)?));
        by_file.into_iter().map(apply).collect()
    }

    /// Gives files other texts, and returns those that they had.
    fn replace(&mut self, texts: &BTreeMap<FileId, String>) -> BTreeMap<FileId, String> {
        let sources = &mut self.workspace.sources;
        let mut before = BTreeMap::new();
        for (file, text) in texts {
            before.insert(*file, sources.file(*file).text().to_owned());
            sources.replace(*file, text.clone());
        }
        before
    }

    fn parse(&self, changed: &BTreeMap<FileId, String>) -> Parses {
        let mut parses = self.parses.clone();
        for (file, parse) in self.workspace.files.iter().zip(&mut parses.written) {
            if changed.contains_key(file) {
                *parse = Arc::new(syntax::parse(*file, self.workspace.sources.file(*file).text()));
            }
        }
        parses
    }

    /// Whether each finding is gone, once for each of its fixes, and no text has become less readable. Other findings may
    /// come: what could not be read before is checked for the first time.
    fn helps(&self, batch: &[(Diagnostic, Fix)], after: &Analysis) -> bool {
        let count = |analysis: &Analysis| {
            let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
            for finding in &analysis.diagnostics {
                *counts.entry(key(finding, &self.workspace)).or_default() += 1;
            }
            counts
        };
        let unreadable = |analysis: &Analysis| {
            let errors = analysis.diagnostics.iter().filter(|it| it.severity == Severity::Error);
            errors.filter(|it| it.code.starts_with("syntax/")).count()
        };
        let (before, now) = (count(&self.analysis), count(after));
        let mut mended: BTreeMap<Key, usize> = BTreeMap::new();
        for (finding, _) in batch {
            *mended.entry(key(finding, &self.workspace)).or_default() += 1;
        }
        let number = |counts: &BTreeMap<Key, usize>, key: &Key| counts.get(key).copied().unwrap_or_default();
        let all_gone = mended.iter().all(|(key, mended)| number(&now, key) + mended <= number(&before, key));
        all_gone && unreadable(after) <= unreadable(&self.analysis)
    }

    /// A number for the texts as they are.
    fn state(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for file in &self.workspace.files {
            self.workspace.sources.file(*file).text().hash(&mut hasher);
        }
        hasher.finish()
    }
}
