//! What is wrong with a workspace: one rule a file, all of them over the same model.
//!
//! The parser and the loader of the catalog make findings, too. Their rules have the same metadata and documentation, so
//! that settings, `@allow` and `archc explain` treat all findings alike.

pub(crate) mod between;
mod conformance;
mod instances;
mod meters;
mod policies;
mod registry;
mod rule;
mod rules;
mod selectors;
mod suppression;
mod trials;
mod wiring;
pub(crate) mod words;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use meters::MeterMistake;
pub use registry::{rule, rules};
pub use rule::{Check, Rule};
pub use rules::property_no_effect::has_effect;
pub use suppression::Usage;
pub use trials::Trials;

use crate::cost::{self, Spending, Terms};
use crate::decision::Decisions;
use crate::diagnostic::{Diagnostic, Level};
use crate::load::{Capacity, Kept, Loads};
use crate::model::{ArchitectureId, Model, Problem, View};
use crate::policy::{self, Policies, Policy};
use crate::project::Workspace;
use crate::scenario::{self, Sequence};
use crate::select::Graph;
use crate::source::{FileId, SourceMap, Span};
use crate::view::{self, Canvas};

/// What rules look at.
#[derive(Debug)]
pub struct Context<'a> {
    /// What the files mean.
    pub model: &'a Model,
    /// The files, their paths and the settings.
    pub workspace: &'a Workspace,
    /// The day that decides which `@allow` have expired.
    pub today: Date,
    /// The findings of the parser and of the catalog's loader.
    pub earlier: &'a [Diagnostic],
    /// The patterns that architectures follow, each as an architecture of its name.
    pub templates: Option<&'a Model>,
    /// Whether the model uses patterns that nobody uses, so that there is no use to point at.
    pub(crate) is_of_patterns: bool,
    survey: OnceCell<wiring::Survey<'a>>,
    loads: OnceCell<Kept>,
    known_loads: Option<(&'a Model, &'a Kept)>,
    view_mistakes: OnceCell<Vec<(&'a View, view::Mistake)>>,
    exceeded: OnceCell<Vec<Capacity<'a>>>,
    spendings: OnceCell<Vec<Spending>>,
    decisions: OnceCell<Decisions>,
    meter_mistakes: OnceCell<Vec<MeterMistake>>,
    sequences: OnceCell<Vec<Sequence<'a>>>,
    selector_mistakes: OnceCell<Vec<Diagnostic>>,
    graph: OnceCell<Graph<'a>>,
    policies: OnceCell<Policies<'a>>,
    trials: OnceCell<Trials>,
}

impl<'a> Context<'a> {
    /// What rules look at, before any has looked.
    pub fn new(model: &'a Model, workspace: &'a Workspace, today: Date, earlier: &'a [Diagnostic]) -> Context<'a> {
        Context {
            model,
            workspace,
            today,
            earlier,
            templates: None,
            is_of_patterns: false,
            survey: OnceCell::new(),
            loads: OnceCell::new(),
            known_loads: None,
            view_mistakes: OnceCell::new(),
            exceeded: OnceCell::new(),
            spendings: OnceCell::new(),
            decisions: OnceCell::new(),
            meter_mistakes: OnceCell::new(),
            sequences: OnceCell::new(),
            selector_mistakes: OnceCell::new(),
            graph: OnceCell::new(),
            policies: OnceCell::new(),
            trials: OnceCell::new(),
        }
    }

    /// The same with the patterns that architectures follow.
    #[must_use]
    pub fn with_templates(self, templates: &'a Model) -> Context<'a> {
        Context { templates: Some(templates), ..self }
    }

    /// The same with an earlier model and its loads, many of which may be the same.
    #[must_use]
    pub fn with_loads(self, known_loads: Option<(&'a Model, &'a Kept)>) -> Context<'a> {
        Context { known_loads, ..self }
    }

    /// The loads, if a rule has asked for them.
    pub fn into_loads(self) -> Option<Kept> {
        self.loads.into_inner()
    }

    /// The same, where the model holds nothing but patterns on their own.
    #[must_use]
    pub fn of_patterns(self) -> Context<'a> {
        Context { is_of_patterns: true, ..self }
    }

    /// What the catalog says of the workspace's connections, found once for all rules.
    fn survey(&self) -> &wiring::Survey<'a> {
        self.survey.get_or_init(|| wiring::Survey::of(self.model))
    }

    /// What moves where, and what came of the quotas, computed once for all rules.
    fn kept_loads(&self) -> &Kept {
        self.loads.get_or_init(|| Kept::of(self.model, self.known_loads))
    }

    /// What moves where.
    fn loads(&self) -> &Loads {
        &self.kept_loads().loads
    }

    /// What is wrong with the views, found once for all rules.
    fn view_mistakes(&self) -> &[(&'a View, view::Mistake)] {
        self.view_mistakes.get_or_init(|| {
            if self.model.views.is_empty() {
                return Vec::new();
            }
            let canvas = Canvas::new(self.model);
            let loads = self.loads();
            let of_view = |view: &'a View| canvas.mistakes(view, loads).into_iter().map(move |mistake| (view, mistake));
            self.model.views.iter().flat_map(of_view).collect()
        })
    }

    /// The quotas that the peak load exceeds.
    fn exceeded(&self) -> &[Capacity<'a>] {
        self.exceeded.get_or_init(|| self.kept_loads().exceeded(self.model))
    }

    /// The budgets, and what the bill spends of them.
    fn spendings(&self) -> &[Spending] {
        self.spendings.get_or_init(|| {
            if !cost::has_budget(self.model) {
                return Vec::new();
            }
            let prices = self.workspace.price_book();
            let terms = Terms { prices: &prices, free_tier: false };
            cost::spendings(self.model, &cost::bill(self.model, self.loads(), terms))
        })
    }

    /// The decisions, records included, read once for all rules.
    fn decisions(&self) -> &Decisions {
        self.decisions.get_or_init(|| Decisions::of(self.model, self.workspace))
    }

    /// What is wrong with the prices of the meters that the workspace declares.
    fn meter_mistakes(&self) -> &[MeterMistake] {
        self.meter_mistakes.get_or_init(|| meters::mistakes(self.model, self.workspace))
    }

    /// What is wrong with selectors, of one code.
    fn selector_mistakes(&self, code: &str) -> impl Iterator<Item = Diagnostic> {
        let all = self.selector_mistakes.get_or_init(|| selectors::mistakes(self.model, self.policies()));
        all.iter().filter(move |finding| finding.code == code).cloned()
    }

    /// The connections of the model by their ends, for all that select.
    fn graph(&self) -> &Graph<'a> {
        self.graph.get_or_init(|| Graph::new(self.model))
    }

    /// The rules of the team's own.
    fn policies(&self) -> &Policies<'a> {
        self.policies.get_or_init(|| Policies::of(self.model))
    }

    /// The rule of the team's own that a code names, if it means something.
    fn policy(&self, code: &str) -> Option<&Policy<'a>> {
        let name = code.strip_prefix(policy::PREFIX)?;
        self.policies().list.iter().find(|policy| policy.rule.head.name == name)
    }

    /// How the examples of the team's own rules came out. They are the same in all environments, and tried in the base.
    pub fn trials(&self) -> &Trials {
        self.trials.get_or_init(|| match self.model.environment {
            None => trials::run(self),
            Some(_) => Trials::default(),
        })
    }

    /// What the scenarios mean.
    fn sequences(&self) -> &[Sequence<'a>] {
        self.sequences.get_or_init(|| scenario::sequences(self.model))
    }

    /// What could not be resolved, in scenarios too.
    fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.model.problems.iter().chain(self.sequences().iter().flat_map(|sequence| &sequence.problems))
    }

    /// The files that the parser did not understand in full.
    fn broken_files(&self) -> BTreeSet<FileId> {
        let broken = self.earlier.iter().filter(|finding| rule::family(&finding.code) == rule::SYNTAX);
        broken.map(|finding| finding.primary.span.file.written()).collect()
    }

    /// The architectures that may have edges which were not understood: those with anything in a file that has such a place.
    fn uncertain_architectures(&self) -> BTreeSet<ArchitectureId> {
        let mut files = self.broken_files();
        files.extend(self.model.problems.iter().filter_map(lost_edge));
        let expansion = self.earlier.iter().filter(|finding| rule::family(&finding.code) == rule::PATTERN);
        files.extend(expansion.map(|finding| finding.primary.span.file));
        if files.is_empty() {
            return BTreeSet::new();
        }
        let model = self.model;
        let architectures = model.architectures.iter().map(|it| (it.name_span.file, it.id));
        let elements = model.elements.iter().map(|it| (it.span.file, it.architecture));
        let edges = model.edges.iter().map(|it| (it.span.file, it.architecture));
        let places = architectures.chain(elements).chain(edges);
        places
            .filter(|(file, _)| files.contains(file) || files.contains(&file.written()))
            .map(|(_, architecture)| architecture)
            .collect()
    }
}

/// The file of a problem that may have kept an edge out of the model.
fn lost_edge(problem: &Problem) -> Option<FileId> {
    match problem {
        Problem::UnresolvedName { span, .. }
        | Problem::AmbiguousName { span, .. }
        | Problem::WrongEnd { span, .. }
        | Problem::MisplacedVia { span, .. }
        | Problem::UnknownKind { span, .. }
        | Problem::Misplaced { span, .. }
        | Problem::DuplicateName { second: span, .. }
        | Problem::DottedName { span, .. } => Some(span.file),
        Problem::WrongArgument { path, .. } => Some(path.span.file),
        _ => None,
    }
}

/// All findings, those of the parser and the loader included: with their levels and `@allow` applied, sorted by path,
/// place and code, without duplicates.
pub fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let levels = &context.workspace.config.rules;
    let level = |rule: &Rule| rule.level_in(levels);
    let mut found = context.earlier.to_vec();
    for rule in rules().iter().filter(|rule| level(rule) != Level::Off) {
        if let Check::Model(check) | Check::Problems(check) = rule.check {
            check(context, &mut found);
        }
    }
    policies::check(context, &mut found);
    found.extend(context.trials().mistakes.iter().cloned());
    drop_consequences(context, &mut found);
    let usages = suppression::apply(context, &mut found);
    for rule in rules() {
        if let Check::Suppressions(check) = rule.check {
            check(context, &usages, &mut found);
        }
    }
    found.retain_mut(|finding| weigh(finding, levels));
    instances::translate(context, &mut found);
    sort(&mut found, &context.workspace.sources);
    found.dedup();
    found
}

/// What is wrong with patterns that nobody uses, whose blocks stand in these places. Of the context's model, which uses each
/// of them once with placeholders, only what does not depend on the use counts: names, kinds, properties and wiring.
pub fn check_patterns(context: &Context<'_>, blocks: impl IntoIterator<Item = Span>) -> Vec<Diagnostic> {
    let mut blocks: Vec<Span> = blocks.into_iter().collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    blocks.sort();
    let is_inside = |at: Span| {
        let after = blocks.partition_point(|block| block.before() <= at.before());
        after.checked_sub(1).and_then(|index| blocks.get(index)).is_some_and(|block| block.contains(at))
    };
    let mut found = check(context);
    found.retain(|finding| is_inside(finding.primary.span) && is_of_pattern(&finding.code));
    found
}

/// Whether a finding in a pattern is the same in every instance.
fn is_of_pattern(code: &str) -> bool {
    const FAMILIES: [&str; 10] =
        ["allow", "attribute", "declaration", "docs", "edge", "kind", "name", "property", "via", "wiring"];
    // What stands around an instance may give it an owner, and loads may need what is allowed.
    let depends_on_use = ["allow/unused", "property/missing", "docs/missing"].contains(&code);
    (FAMILIES.contains(&rule::family(code)) || rule::family(code) == rule::PATTERN) && !depends_on_use
}

/// Takes away what other rules say of lines that the parser could not read: it would be about what is left of them.
/// Where the parser's finding has a fix, the line was read as it was meant.
fn drop_consequences(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let sources = &context.workspace.sources;
    let line =
        |finding: &Diagnostic| (finding.primary.span.file.written(), sources.line_column(finding.primary.span).line);
    let is_syntax = |finding: &Diagnostic| rule::family(&finding.code) == rule::SYNTAX;
    let unread = context.earlier.iter().filter(|finding| is_syntax(finding) && finding.fix.is_none());
    let unread: BTreeSet<_> = unread.map(line).collect();
    if !unread.is_empty() {
        found.retain(|finding| is_syntax(finding) || !unread.contains(&line(finding)));
    }
}

/// Sets the severity of a finding. Returns whether it is shown at all.
fn weigh(finding: &mut Diagnostic, levels: &BTreeMap<String, Level>) -> bool {
    let severity = rule(&finding.code).map_or(Some(finding.severity), |rule| rule.level_in(levels).severity());
    if let Some(severity) = severity {
        finding.severity = severity;
    }
    severity.is_some()
}

/// Sorts findings by path, place and code.
pub(crate) fn sort(found: &mut [Diagnostic], sources: &SourceMap) {
    fn place<'s>(finding: &'s Diagnostic, sources: &'s SourceMap) -> (&'s str, u32, &'s str, u32, &'s str) {
        let span = finding.primary.span;
        (sources.file(span.file).path(), span.start, &finding.code, span.end, &finding.message)
    }
    found.sort_by(|a, b| place(a, sources).cmp(&place(b, sources)));
}
