//! The examples of the team's own rules, on which they are tried.

use smol_str::SmolStr;

use super::rule::Check;
use super::{Context, rules};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Rule};
use crate::policy::{Breach, Expectation, Mistake, Policies, Violation, stage};
use crate::select::Graph;
use crate::source::Span;
use crate::syntax::ast::Declaration;

/// How the examples of all rules came out.
#[derive(Clone, Debug, Default)]
pub struct Trials {
    /// How many examples did as they are said to.
    pub passed: usize,
    /// How many did not, or mean nothing.
    pub failed: usize,
    /// How many could not be tried, since something in their file or their rule means nothing.
    pub skipped: usize,
    /// The rules without examples.
    pub untried: Vec<SmolStr>,
    /// How many rules there are.
    pub rules: usize,
    pub(super) failures: Vec<Failure>,
    /// What is wrong with the examples themselves.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// An example that did not do as it is said to.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// Where it is said to be good or bad.
    pub(super) at: Span,
    /// Where the rule is named.
    pub(super) rule: Span,
    pub(super) reason: Reason,
}

/// Why an example failed.
#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// It is good, and something in it breaks the rule. The place is none for what is missing altogether.
    Broken { place: Option<Span>, others: usize },
    /// It is bad, and nothing in it breaks the rule.
    Kept,
    /// The rule means nothing in it, because of this.
    Meaningless(String),
}

/// Tries all rules on their examples. Those of a file that was not understood in full are left out, and so are rules that
/// mean nothing: what is wrong there has its own finding.
pub(super) fn run(context: &Context<'_>) -> Trials {
    let model = context.model;
    let broken = context.broken_files();
    let mut trials = Trials { rules: model.rules.len(), ..Trials::default() };
    trials.untried = model.rules.iter().filter(|it| it.examples.is_empty()).map(|it| it.head.name.clone()).collect();
    for policy in &context.policies().list {
        let examples = policy.rule.examples.iter().filter(|example| !broken.contains(&example.span.file));
        examples.for_each(|example| trials.run(context, policy.rule, example));
    }
    let all: usize = model.rules.iter().map(|rule| rule.examples.len()).sum();
    trials.skipped = all.saturating_sub(trials.passed + trials.failed);
    trials
}

impl Trials {
    fn run(&mut self, context: &Context<'_>, rule: &Rule, example: &Declaration) {
        let Some(expectation) = Expectation::of(example) else { return };
        let staged = stage(context.model, rule, example);
        let mistakes = mistakes(context, &staged);
        if !mistakes.is_empty() {
            self.failed += 1;
            self.mistakes.extend(mistakes);
            return;
        }
        match outcome(&staged, expectation) {
            None => self.passed += 1,
            Some(reason) => {
                self.failed += 1;
                self.failures.push(Failure { at: example.name_span(), rule: rule.head.name_span, reason });
            }
        }
    }
}

/// What does not resolve in an example.
fn mistakes(context: &Context<'_>, staged: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if staged.problems.is_empty() {
        return found;
    }
    let context = Context::new(staged, context.workspace, context.today, &[]);
    for rule in rules() {
        if let Check::Problems(check) = rule.check {
            check(&context, &mut found);
        }
    }
    found
}

fn outcome(staged: &Model, expectation: Expectation) -> Option<Reason> {
    let policies = Policies::of(staged);
    let Some(policy) = policies.list.first() else {
        let message = |mistake| match mistake {
            Mistake::Selector(finding) => finding.message,
            _ => String::new(),
        };
        return Some(Reason::Meaningless(policies.mistakes.into_iter().map(message).next().unwrap_or_default()));
    };
    if policy.is_lost() {
        return Some(Reason::Meaningless("nothing here has a name that the rule uses".to_owned()));
    }
    let violations = policy.violations(&Graph::new(staged));
    match (expectation, violations.split_first()) {
        (Expectation::Good, Some((first, others))) => {
            Some(Reason::Broken { place: place(staged, first), others: others.len() })
        }
        (Expectation::Bad, None) => Some(Reason::Kept),
        _ => None,
    }
}

/// Where in an example something breaks the rule.
fn place(model: &Model, violation: &Violation) -> Option<Span> {
    use super::policies::place;
    match &violation.breach {
        Breach::Denied { what, .. } => Some(place(model, *what)),
        Breach::Unconnected(element) | Breach::Measured { element, .. } => Some(model.element(*element).name_span),
        Breach::Count { counted, .. } => counted.first().map(|what| place(model, *what)),
        Breach::Nothing => None,
    }
}
