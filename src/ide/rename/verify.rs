//! Tries a rename on a copy of the workspace: every name has to mean what it meant, and nothing may be wrong that was not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Change, Refusal};
use crate::analysis::Parses;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::ide::Snapshot;
use crate::ide::names::{Meaning, Names, Occurrence, Role};
use crate::policy;
use crate::source::{FileId, Span};
use crate::syntax;

/// Says why a change cannot be, if it cannot.
pub(super) fn verify(snapshot: &Snapshot, change: &Change) -> Result<(), Refusal> {
    let places = Places::new(&change.edits);
    let after = apply(snapshot, change, &places);
    let refusal = |why: String| format!("`{}` cannot be called `{}`: {why}", change.old, change.new);
    // What has meant nothing, since its name was taken, means something under another one, and shows what is wrong in it.
    let mended: Vec<Span> = change.declared.iter().filter(|_| change.is_lost).map(|it| places.after(*it)).collect();
    let counts = |span: Span| mended.is_empty() || mended.contains(&span);
    let new = new_findings(snapshot, &after, &places, counts);
    // That the name is taken, or that a place means something else, says more than what follows from it.
    let is_taken =
        |it: &&&Diagnostic| matches!(it.code.as_ref(), "name/duplicate" | "name/ambiguous" | "catalog/invalid-kind");
    if let Some(finding) = new.iter().find(is_taken) {
        return Err(refusal(in_words(&after, finding)));
    }
    let before = meanings(snapshot.names(), |span, is_declared| change.place(span, is_declared, &places));
    let now = meanings(after.names(), |span, _| span);
    let known: BTreeSet<Span> = before.keys().copied().collect();
    let changed = || before.iter().filter(|(span, meaning)| now.get(span) != Some(meaning) && !mended.contains(span));
    if let Some((span, _)) = changed().find(|(span, _)| now.contains_key(span)) {
        return Err(refusal(another_meaning(&after, *span)));
    }
    if let Some(finding) = new.first() {
        return Err(refusal(in_words(&after, finding)));
    }
    if let Some((span, _)) = changed().next() {
        return Err(refusal(another_meaning(&after, *span)));
    }
    // What meant nothing may mean something now; what was no name may not become one.
    let findings: Vec<Span> = snapshot.analysis.diagnostics.iter().map(|it| it.primary.span.written()).collect();
    let was_wrong = |span: &Span| {
        change.is_lost
            || findings.iter().any(|finding| {
                let finding = places.after(*finding);
                finding.file == span.file && finding.start <= span.start && span.end <= finding.end
            })
    };
    match now.keys().find(|span| !known.contains(span) && !was_wrong(span)) {
        Some(span) => Err(refusal(another_meaning(&after, *span))),
        None => Ok(()),
    }
}

/// What cannot be now and could be before. What is only worth a warning may have been hidden by a mistake that the rename
/// mends.
fn new_findings<'a>(
    before: &Snapshot,
    after: &'a Snapshot,
    places: &Places<'_>,
    counts: impl Fn(Span) -> bool,
) -> Vec<&'a Diagnostic> {
    // The code of a rule of the team's own has its name, which may be what has changed.
    let family =
        |code: &str| if code.starts_with(policy::PREFIX) { policy::PREFIX.to_owned() } else { code.to_owned() };
    let known = before.analysis.diagnostics.iter();
    let known: BTreeSet<(Span, String)> =
        known.map(|it| (places.after(it.primary.span.written()), family(&it.code))).collect();
    let is_new = |it: &&Diagnostic| {
        let span = it.primary.span.written();
        it.severity == Severity::Error && counts(span) && !known.contains(&(span, family(&it.code)))
    };
    after.analysis.diagnostics.iter().filter(is_new).collect()
}

fn in_words(after: &Snapshot, finding: &Diagnostic) -> String {
    let at = after.workspace.sources.line_column(finding.primary.span);
    let path = after.workspace.sources.file(finding.primary.span.file).path();
    format!("{} ({path}, line {})", finding.message, at.line)
}

fn another_meaning(after: &Snapshot, span: Span) -> String {
    let sources = &after.workspace.sources;
    let (path, line) = (sources.file(span.file).path(), sources.line_column(span).line);
    format!("`{}` in {path}, line {line} would mean something else", sources.text(span))
}

/// What each place means: where that is declared, what sort of thing it is, and what the place does with it. Places are told
/// by a function that knows where they are to be found.
fn meanings(names: &Names, place: impl Fn(Span, bool) -> Span) -> BTreeMap<Span, BTreeSet<(Span, Role, u8)>> {
    let mut found: BTreeMap<Span, BTreeSet<(Span, Role, u8)>> = BTreeMap::new();
    for (id, definition) in names.definitions() {
        let sort = sort_of(definition.meaning);
        for Occurrence { span, role, .. } in names.occurrences(id) {
            let is_declared = matches!(role, Role::Declaration | Role::Implied);
            // Whether a use has an `as` makes no difference to what it declares.
            let role = if is_declared { Role::Declaration } else { *role };
            let meaning = (place(definition.span, true), role, sort);
            if role != Role::Ambiguous {
                found.entry(place(*span, is_declared)).or_default().insert(meaning);
            }
        }
    }
    found
}

/// Which sort of thing something is. What an id or a position says of it may differ in another model, and so may in which
/// model an element is.
fn sort_of(meaning: Meaning) -> u8 {
    match meaning {
        Meaning::Architecture(_) => 0,
        Meaning::Element(_) | Meaning::Template(_) | Meaning::Example(_) => 1,
        Meaning::Kind(_) => 2,
        Meaning::Property(_) => 3,
        Meaning::Pattern => 4,
        Meaning::Parameter(false) => 5,
        Meaning::Parameter(true) => 6,
        Meaning::View(_) => 7,
        Meaning::Scenario(_) => 8,
        Meaning::Rule(_) => 9,
        Meaning::Decision(_) => 10,
        Meaning::Record => 11,
        Meaning::Environment(_) => 12,
        Meaning::Lost => 13,
    }
}

impl Change {
    /// Where a place is to be found after the change. Where the `as` of a use comes or goes, what it declares moves.
    fn place(&self, span: Span, is_declared: bool, places: &Places<'_>) -> Span {
        let usage = if is_declared { self.usages.get(&span) } else { None };
        match usage {
            Some(usage) if usage.name == usage.declared => places.after(usage.name_span),
            Some(usage) if usage.alias.is_none() => {
                let inserted = places.inserted(usage.head);
                inserted.slice(" as ".len(), inserted.range().len())
            }
            _ => places.after(span),
        }
    }
}

/// Where places are after some edits.
struct Places<'e> {
    edits: BTreeMap<FileId, Vec<&'e Edit>>,
    /// Of each file: how many bytes the first edits add and take, by the number of the edits.
    sums: BTreeMap<FileId, Vec<(usize, usize)>>,
}

impl<'e> Places<'e> {
    fn new(edits: &'e [Edit]) -> Places<'e> {
        let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
        let sums = by_file.iter().map(|(file, edits)| {
            let sums = edits.iter().scan((0, 0), |(added, taken), edit| {
                *added += edit.replacement.len();
                *taken += edit.span.range().len();
                Some((*added, *taken))
            });
            (*file, std::iter::once((0, 0)).chain(sums).collect())
        });
        Places { sums: sums.collect(), edits: by_file }
    }

    /// Where a place is that no edit cuts in two.
    fn after(&self, span: Span) -> Span {
        let range = span.range();
        let start = self.offset(span.file, range.start, self.edits_up_to(span.file, range.start));
        let end = self.offset(span.file, range.end, self.edits_before(span.file, range.end));
        Span::of(span.file, start..end.max(start))
    }

    /// Where the text is that is put in at an empty place.
    fn inserted(&self, at: Span) -> Span {
        let offset = at.range().start;
        let (before, up_to) = (self.edits_before(at.file, offset), self.edits_up_to(at.file, offset));
        Span::of(at.file, self.offset(at.file, offset, before)..self.offset(at.file, offset, up_to))
    }

    /// How many edits end at an offset or before.
    fn edits_up_to(&self, file: FileId, offset: usize) -> usize {
        self.edits.get(&file).map_or(0, |edits| edits.partition_point(|edit| edit.span.range().end <= offset))
    }

    /// The same without what is inserted there.
    fn edits_before(&self, file: FileId, offset: usize) -> usize {
        let up_to = self.edits_up_to(file, offset);
        let last = up_to.checked_sub(1).and_then(|at| self.edits.get(&file)?.get(at));
        let is_inserted_there = last.is_some_and(|edit| edit.span.range() == (offset..offset));
        up_to - usize::from(is_inserted_there)
    }

    fn offset(&self, file: FileId, offset: usize, edits: usize) -> usize {
        let (added, taken) = self.sums.get(&file).and_then(|sums| sums.get(edits)).copied().unwrap_or_default();
        (offset + added).saturating_sub(taken)
    }
}

/// The workspace as it is after the change.
fn apply(snapshot: &Snapshot, change: &Change, places: &Places<'_>) -> Snapshot {
    let mut workspace = snapshot.workspace.clone();
    for (file, edits) in &places.edits {
        let mut text = snapshot.text(*file).to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        workspace.sources.replace(*file, text);
    }
    let of = |name: &str| format!("{}{name}", policy::PREFIX);
    let is_rule =
        change.declared.iter().any(|span| snapshot.model().rules.iter().any(|rule| rule.head.name_span == *span));
    for (code, span) in &mut workspace.team_levels {
        *span = places.after(*span);
        if is_rule && *code == of(&change.old) {
            *code = of(&change.new);
        }
    }
    if let Some(level) = workspace.config.rules.get(&of(&change.old)).copied().filter(|_| is_rule) {
        workspace.config.rules.remove(&of(&change.old));
        workspace.config.rules.insert(of(&change.new), level);
    }
    let parse = |(file, known): (&FileId, &Arc<syntax::Parse>)| {
        if places.edits.contains_key(file) {
            Arc::new(syntax::parse(*file, workspace.sources.file(*file).text()))
        } else {
            Arc::clone(known)
        }
    };
    let written = workspace.files.iter().zip(&snapshot.parses.written).map(parse).collect();
    let parses = Parses { shipped: snapshot.parses.shipped.clone(), written };
    Snapshot::of(workspace, parses, snapshot.today, None)
}
