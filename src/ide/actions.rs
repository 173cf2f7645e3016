//! What can be done where somebody stands: changes that mend findings, and changes of form that keep the meaning.

mod allow;
mod arguments;
mod between;
mod carry;
mod declare;
mod document;
mod duplicate;
mod emits;
mod expand;
mod extract;
mod extract_pattern;
mod fix_all;
mod fixes;
mod inline;
mod join;
mod kinds;
mod meta;
mod move_to_file;
mod own;
mod paths;
mod place;
mod require;
mod scenarios;
mod turn;
mod verify;
mod via;

pub use fix_all::fix_all;

use std::ops::Range;

use super::Snapshot;
use crate::check;
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::{Edge, Element};
use crate::source::{Origin, Span};
use crate::syntax::ast::{self, Statement};

/// What sort of change an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// It mends a finding.
    QuickFix,
    /// It makes a part of its own of something.
    Extract,
    /// It brings something to another place.
    Move,
    /// It puts what something stands for in its place.
    Inline,
    /// It says the same in another way, or adds what is not said yet.
    Rewrite,
}

/// A change that somebody can choose.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does, as an imperative.
    pub title: String,
    /// What sort of change it is.
    pub sort: Sort,
    /// Whether it is the one to choose without further thought.
    pub is_preferred: bool,
    /// The findings that it mends, by their position in [`Analysis::diagnostics`](crate::analysis::Analysis::diagnostics).
    pub mends: Vec<usize>,
    /// What it does.
    pub work: Work,
}

/// What an action does, if that is known yet.
#[derive(Clone, Debug)]
pub enum Work {
    /// These changes.
    Ready(Changes),
    /// It takes time: [`work_out`] does it when somebody has chosen the action.
    Costly(Task),
    /// It cannot be done here, for this reason.
    Impossible(String),
}

/// Work that takes time: the workspace is analysed as it would be afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A group in place of the statements that are selected.
    Group,
    /// A pattern, and a use of it in their place.
    Pattern,
    /// Another name for what is declared here.
    OtherName(Span),
    /// The content of its pattern in place of a `use`.
    Inline,
    /// One edge statement in place of those that are selected.
    Join,
    /// A file of its own for what is declared here.
    File,
    /// A carrier in place of a service and its two edges.
    Via,
}

/// What an action changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The changes of files that there are. They do not overlap.
    pub edits: Vec<Edit>,
    /// Files that there are not yet: their paths in the workspace and their texts.
    pub files: Vec<(String, String)>,
    /// What the user will want to replace: a part of the replacement of the first edit.
    pub placeholder: Option<Range<usize>>,
    /// The name that has been made up, and stands elsewhere, too: a part of the replacement of the first edit.
    pub name: Option<Range<usize>>,
}

impl Changes {
    fn of(edits: Vec<Edit>) -> Changes {
        Changes { edits, ..Changes::default() }
    }

    /// One edit, in which a word waits to be replaced.
    fn with_placeholder(edit: Edit, placeholder: &str) -> Changes {
        let at = edit.replacement.find(placeholder);
        let placeholder = at.map(|at| at..at + placeholder.len());
        Changes { edits: vec![edit], placeholder, ..Changes::default() }
    }
}

impl Changes {
    /// One edit that ends with a value, which waits to be replaced, between its quotes or brackets if it has some.
    fn with_value(edit: Edit, value: &str) -> Changes {
        let around = usize::from(value.starts_with(['"', '[']));
        let at = edit.replacement.rfind(value);
        let placeholder = at.map(|at| at + around..at + value.len() - around);
        Changes { edits: vec![edit], placeholder, ..Changes::default() }
    }
}

impl Action {
    fn new(title: impl Into<String>, sort: Sort, changes: Changes) -> Action {
        Action { title: title.into(), sort, is_preferred: false, mends: Vec::new(), work: Work::Ready(changes) }
    }

    /// One that mends a finding.
    fn mending(finding: usize, title: impl Into<String>, changes: Changes) -> Action {
        Action { mends: vec![finding], ..Action::new(title, Sort::QuickFix, changes) }
    }

    fn preferred_if(self, is_preferred: bool) -> Action {
        Action { is_preferred, ..self }
    }
}

/// For how many findings actions are looked for: nobody chooses from more.
const MAX_FINDINGS: usize = 40;

/// The actions for a part of a file, or for the place where it begins and ends: those that mend findings first.
pub fn actions(snapshot: &Snapshot, at: Span, wanted: &dyn Fn(Sort) -> bool) -> Vec<Action> {
    if snapshot.workspace.sources.file(at.file).origin() == Origin::Catalog {
        return Vec::new();
    }
    let desk = Desk { snapshot, at };
    let mut found = Vec::new();
    if wanted(Sort::QuickFix) {
        mending(&desk, &mut found);
    }
    if wanted(Sort::Extract) {
        extract::group(&desk, &mut found);
        extract_pattern::offer(&desk, &mut found);
    }
    if wanted(Sort::Move) {
        move_to_file::offer(&desk, &mut found);
    }
    if wanted(Sort::Inline) {
        inline::offer(&desk, &mut found);
    }
    if wanted(Sort::Rewrite) {
        carry::offer(&desk, &mut found);
        document::offer(&desk, &mut found);
        emits::offer(&desk, &mut found);
        expand::offer(&desk, &mut found);
        join::offer(&desk, &mut found);
        via::offer(&desk, &mut found);
    }
    merge(found)
}

/// The changes of an action whose work is costly, by its title.
///
/// # Errors
/// Says why it cannot be done.
pub fn work_out(snapshot: &Snapshot, at: Span, title: &str) -> Result<Changes, String> {
    let desk = Desk { snapshot, at };
    match actions(snapshot, at, &|_| true).into_iter().find(|action| action.title == title).map(|action| action.work) {
        Some(Work::Ready(changes)) => Ok(changes),
        Some(Work::Impossible(reason)) => Err(reason),
        Some(Work::Costly(task)) => match task {
            Task::Group => extract::work_out(&desk),
            Task::Pattern => extract_pattern::work_out(&desk),
            Task::OtherName(at) => duplicate::work_out(&desk, at),
            Task::Inline => inline::work_out(&desk),
            Task::Join => join::work_out(&desk),
            Task::File => move_to_file::work_out(&desk),
            Task::Via => via::work_out(&desk),
        },
        None => Err("the text has changed in the meantime".to_owned()),
    }
}

fn mending(desk: &Desk<'_>, found: &mut Vec<Action>) {
    let findings = desk.findings();
    for (index, finding) in &findings {
        let (index, code) = (*index, finding.code.as_ref());
        fixes::offer(index, finding, found);
        match code {
            "wiring/unsupported" => between::offer(desk, index, finding, found),
            "property/unknown" => meta::offer(desk, index, finding, found),
            "declaration/misplaced" | "syntax/foreign" => turn::offer(desk, index, finding, found),
            "environment/unknown" => declare::environment(desk, index, finding, found),
            "decision/unknown-decision" => declare::decision(desk, index, finding, found),
            "property/missing" => require::offer(desk, index, finding, found),
            "owner/missing" => own::offer(desk, index, finding, found),
            "docs/missing" => document::mend(desk, index, finding, found),
            "name/unresolved" => declare::offer(desk, index, finding, found),
            "name/ambiguous" | "decision/unknown-element" | "docs/broken-link" => {
                paths::offer(desk, index, finding, found);
            }
            "kind/missing" | "kind/unknown" | "kind/abstract" => kinds::offer(desk, index, finding, found),
            "edge/duplicate" | "edge/self" => expand::remove_duplicate(desk, index, finding, found),
            "allow/invalid" => allow::mend(desk, index, finding, found),
            "name/duplicate" => duplicate::offer(desk, index, finding, found),
            "pattern/argument" => arguments::offer(desk, index, finding, found),
            "scenario/undeclared-edge" => scenarios::offer(desk, index, finding, found),
            _ => {}
        }
    }
    // To leave it as it is comes last.
    for (index, finding) in &findings {
        allow::offer(desk, *index, finding, found);
    }
}

/// What an action looks at.
struct Desk<'s> {
    snapshot: &'s Snapshot,
    /// What is selected, or where the cursor stands.
    at: Span,
}

impl<'s> Desk<'s> {
    fn text(&self) -> &'s str {
        self.snapshot.text(self.at.file)
    }

    /// The findings that touch the selection, each with its position among all.
    fn findings(&self) -> Vec<(usize, &'s Diagnostic)> {
        let touches = |span: Span| {
            span.file == self.at.file && span.start <= self.at.end && self.at.start <= span.end.max(span.start)
        };
        let all = self.snapshot.analysis.diagnostics.iter().enumerate();
        all.filter(|(_, finding)| touches(finding.primary.span)).take(MAX_FINDINGS).collect()
    }

    /// The statements around a place in the file, the outermost first.
    fn around(&self, at: Span) -> Vec<&'s Statement> {
        let mut around = Vec::new();
        let mut statements: Vec<&'s Statement> =
            self.snapshot.tree(at.file).map(|tree| tree.statements.iter().collect()).unwrap_or_default();
        loop {
            let next = statements.iter().copied().find(|it| {
                let whole = place::extent(it);
                whole.start <= at.start && at.end <= whole.end
            });
            let Some(next) = next else { return around };
            around.push(next);
            statements = next.blocks().flat_map(|block| &block.statements).collect();
        }
    }

    /// The statements side by side that the innermost block around the selection holds, with the declaration around them.
    fn siblings(&self) -> (Option<&'s ast::Declaration>, &'s [Statement]) {
        let around = self.around(self.at);
        // Who selects a statement as a whole stands beside it and not in it.
        let holder = around.iter().rev().find_map(|statement| match statement {
            Statement::Declaration(it) => {
                let block = it.block.as_ref()?;
                (block.span.start < self.at.start && self.at.end < block.span.end).then_some(&**it)
            }
            _ => None,
        });
        match holder {
            Some(holder) => (Some(holder), holder.statements()),
            None => (None, self.snapshot.tree(self.at.file).map_or(&[], |tree| &tree.statements)),
        }
    }

    /// The edge statement that the selection lies in.
    fn edge(&self) -> Option<&'s ast::Edge> {
        self.around(self.at).into_iter().rev().find_map(|statement| match statement {
            Statement::Edge(edge) => Some(&**edge),
            _ => None,
        })
    }

    /// The edges of the model that a statement declares.
    fn edges_of(&self, statement: &ast::Edge) -> Vec<&'s Edge> {
        self.snapshot.model().edges.iter().filter(|edge| edge.span.written() == statement.span).collect()
    }

    /// The element whose name is declared at a place.
    fn element(&self, name: Span) -> Option<&'s Element> {
        let models = [self.snapshot.model(), &self.snapshot.analysis.templates];
        models.into_iter().flat_map(|model| &model.elements).find(|element| element.name_span.written() == name)
    }

    /// The declaration of a name at a place.
    fn declaration(&self, name: Span) -> Option<&'s ast::Declaration> {
        self.around(name).into_iter().rev().find_map(|statement| match statement {
            Statement::Declaration(it)
                if it.name_span() == name || it.alias.as_ref().is_some_and(|it| it.span == name) =>
            {
                Some(&**it)
            }
            _ => None,
        })
    }
}

/// Whether a finding of this code can be allowed where it is, and somebody may have a reason to. What is misspelled or means
/// nothing is left out of the model, and no reason makes up for that.
fn may_allow(code: &str) -> bool {
    const MISTAKES: [&str; 9] =
        ["attribute", "catalog", "declaration", "meter", "name", "pattern", "policy", "selector", "via"];
    const MORE: [&str; 8] = [
        "kind/abstract",
        "kind/missing",
        "kind/unknown",
        "property/ambiguous",
        "property/duplicate",
        "property/mistyped",
        "property/unknown",
        "property/wrong-unit",
    ];
    let family = code.split('/').next().unwrap_or_default();
    // Who follows a pattern may have a reason not to do all that it asks for.
    let is_mistake = code != "pattern/not-followed" && (MISTAKES.contains(&family) || MORE.contains(&code));
    !is_mistake && check::rule(code).is_none_or(check::Rule::can_be_allowed)
}

/// Makes one action of those that do the same, such as one `@allow` for two findings.
fn merge(found: Vec<Action>) -> Vec<Action> {
    let mut merged: Vec<Action> = Vec::new();
    for action in found {
        let does_the_same = |other: &&mut Action| match (&other.work, &action.work) {
            (Work::Ready(one), Work::Ready(two)) => other.title == action.title && one.edits == two.edits,
            _ => false,
        };
        match merged.iter_mut().find(does_the_same) {
            Some(other) => other.mends.extend(action.mends),
            None => merged.push(action),
        }
    }
    merged
}
