//! From the properties of a rule to what it demands.

use std::sync::Arc;

use super::{Bound, Clause, Demand, Expectation, Measure, Mistake, Policy};
use crate::catalog::Value;
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Rule};
use crate::select::{Selector, Sort};
use crate::suggest;
use crate::syntax::ast::{self, Argument, Operator, Path, ValueKind};

/// Each measure with its name, and how it is called.
const MEASURES: [(&str, Measure, &str); 5] = [
    ("count", Measure::Count, "count(service)"),
    ("fan_in", Measure::FanIn, "fan_in(kind(aws.sns))"),
    ("fan_out", Measure::FanOut, "fan_out(kind(aws.sns))"),
    ("depth", Measure::Depth, "depth(service)"),
    ("path_length", Measure::PathLength, "path_length(external, category(store))"),
];

/// What a rule demands.
///
/// # Errors
/// All that is wrong with it.
pub(super) fn lower<'m>(model: &'m Model, rule: &'m Rule) -> Result<Policy<'m>, Vec<Mistake>> {
    let mut lowering = Lowering { model, rule, mistakes: Vec::new(), doubts: Vec::new() };
    let clauses = lowering.clauses();
    lowering.contradictions();
    lowering.examples();
    let Lowering { mut mistakes, doubts, .. } = lowering;
    if mistakes.is_empty() {
        return Ok(Policy { rule, doubts, clauses });
    }
    mistakes.extend(doubts.into_iter().map(Mistake::Selector));
    Err(mistakes)
}

struct Lowering<'m> {
    model: &'m Model,
    rule: &'m Rule,
    mistakes: Vec<Mistake>,
    doubts: Vec<Diagnostic>,
}

impl Lowering<'_> {
    fn clauses(&mut self) -> Vec<Clause> {
        let head = &self.rule.head;
        let mut clauses = Vec::new();
        let mut demands = 0;
        for property in &head.settings.properties {
            let Value::Selector(written) = &property.value else { continue };
            let demand = match property.name.as_str() {
                "deny" => self.selector(written, None).map(Demand::Deny),
                "require" => self.require(written),
                "limit" => self.limit(written),
                _ => continue,
            };
            demands += 1;
            clauses.extend(demand.map(|demand| Clause { demand, except: None, span: written.span }));
        }
        if demands == 0 {
            self.mistakes.push(Mistake::Empty { name: head.name.clone(), at: head.name_span, rule: head.span });
        }
        if let Some(Value::Selector(written)) = head.settings.get("except") {
            self.except(&Arc::clone(written), &mut clauses);
        }
        clauses
    }

    fn selector(&mut self, written: &ast::Value, sort: Option<Sort>) -> Option<Selector> {
        match self.try_selector(written, sort) {
            Ok(selector) => {
                self.doubts.extend_from_slice(selector.doubts());
                Some(selector)
            }
            Err(found) => {
                self.mistakes.extend(found.into_iter().map(Mistake::Selector));
                None
            }
        }
    }

    fn try_selector(&self, written: &ast::Value, sort: Option<Sort>) -> Result<Selector, Vec<Diagnostic>> {
        let scope = self.rule.head.scope();
        match sort {
            Some(sort) => Selector::of(self.model, scope, written, sort),
            None => Selector::new(self.model, scope, written),
        }
    }

    /// Gives each clause what is excepted from it: connections from a clause about connections, or else what stands at the
    /// ends of them; elements from one about elements.
    fn except(&mut self, written: &ast::Value, clauses: &mut [Clause]) {
        let is_about_hops = |clause: &Clause| clause.demand.excepts() == Sort::Hops;
        let needs_elements = clauses.iter().any(|clause| !is_about_hops(clause));
        // What can be read both ways, as `where(…)` can, is about what the clause is about, if it means something there.
        let means_hops = match Selector::sort_of(written) {
            Some(sort) => sort == Sort::Hops,
            None => self.try_selector(written, Some(Sort::Hops)).is_ok(),
        };
        let hops = match (means_hops, needs_elements) {
            (true, false) => self.selector(written, Some(Sort::Hops)),
            (true, true) => self.try_selector(written, Some(Sort::Hops)).ok(),
            (false, _) => None,
        };
        let needs_elements = needs_elements || !means_hops;
        let elements = if needs_elements { self.selector(written, Some(Sort::Elements)) } else { None };
        for clause in clauses {
            clause.except = match &hops {
                Some(hops) if is_about_hops(clause) => Some(hops.clone()),
                _ => elements.clone(),
            };
        }
    }

    fn require(&mut self, written: &ast::Value) -> Option<Demand> {
        let Some(starts) = starts(written) else { return self.selector(written, None).map(Demand::Exists) };
        // What is wrong with the starts is wrong with the whole.
        let hops = self.selector(written, Some(Sort::Hops))?;
        let starts = self.try_selector(starts, Some(Sort::Elements)).ok()?;
        Some(Demand::Each { starts, hops })
    }

    fn limit(&mut self, written: &ast::Value) -> Option<Demand> {
        let ValueKind::Binary(binary) = &written.kind else { return self.fail(Mistake::Limit { at: written.span }) };
        let (ValueKind::Call(name, arguments), true) = (&binary.left.kind, is_comparison(binary.operator)) else {
            return self.fail(Mistake::Limit { at: written.span });
        };
        let bound = match &binary.right.kind {
            ValueKind::Number(number) => number.replace('_', "").parse().ok(),
            _ => None,
        };
        let Some(number) = bound else { return self.fail(Mistake::Bound { at: binary.right.span }) };
        // What is counted is never less than nothing.
        let is_kept = binary.operator == Operator::AtLeast;
        if number == 0 && (is_kept || binary.operator == Operator::Less) {
            return self.fail(Mistake::Pointless { at: written.span, is_kept });
        }
        let Some((_, measure, form)) = MEASURES.iter().find(|(known, ..)| *known == name.text) else {
            let near = suggest::nearest(&name.text, MEASURES.iter().map(|(name, ..)| *name));
            return self.fail(Mistake::UnknownMeasure { name: name.clone(), near });
        };
        let arguments: Option<Vec<&ast::Value>> = arguments.iter().map(plain).collect();
        let (from, of) = match (measure, arguments.as_deref()) {
            (Measure::PathLength, Some([from, of])) => (Some(*from), *of),
            (Measure::Count | Measure::FanIn | Measure::FanOut | Measure::Depth, Some([of])) => (None, *of),
            _ => return self.fail(Mistake::Arguments { at: binary.left.span, form }),
        };
        let sort = (*measure != Measure::Count).then_some(Sort::Elements);
        let from = from.map(|from| self.selector(from, sort));
        let of = self.selector(of, sort)?;
        let from = match from {
            Some(from) => Some(from?),
            None => None,
        };
        Some(Demand::Limit { measure: *measure, of, from, bound: Bound { comparison: binary.operator, number } })
    }

    /// What is denied is not required, nor excepted, if both are written in the same way.
    fn contradictions(&mut self) {
        let written = |name: &str| match self.rule.head.settings.get(name) {
            Some(Value::Selector(written)) => Some(Arc::clone(written)),
            _ => None,
        };
        let pairs = [
            ("deny", "require", "what is denied cannot be required"),
            ("deny", "except", "nothing is left to deny"),
            ("require", "except", "nothing is left to require"),
        ];
        let found = pairs.into_iter().filter_map(|(first, second, why)| {
            let (first, second) = (written(first)?, written(second)?);
            let is_same = first.to_string() == second.to_string();
            is_same.then(|| Mistake::Same { at: second.span, earlier: first.span, why })
        });
        let found: Vec<Mistake> = found.collect();
        self.mistakes.extend(found);
    }

    fn examples(&mut self) {
        for example in &self.rule.examples {
            if let (Some(name), None) = (&example.name, Expectation::of(example)) {
                self.mistakes.push(Mistake::Example { name: Path::clone(name) });
            }
        }
    }

    fn fail<T>(&mut self, mistake: Mistake) -> Option<T> {
        self.mistakes.push(mistake);
        None
    }
}

impl Demand {
    /// What `except` takes away from it.
    fn excepts(&self) -> Sort {
        match self {
            Demand::Deny(selector) | Demand::Exists(selector) | Demand::Limit { of: selector, .. } => selector.sort(),
            Demand::Each { .. } => Sort::Elements,
        }
    }
}

/// The left end of the arrow in `A -> B`, also where connections are taken away or picked from it: `(A -> B) & where(…)`.
fn starts(written: &ast::Value) -> Option<&ast::Value> {
    let mut at = written;
    loop {
        let ValueKind::Binary(binary) = &at.kind else { return None };
        match binary.operator {
            Operator::Flows(_) => return Some(&binary.left),
            Operator::Intersect | Operator::Subtract => at = &binary.left,
            _ => return None,
        }
    }
}

fn is_comparison(operator: Operator) -> bool {
    matches!(operator, Operator::AtMost | Operator::Less | Operator::AtLeast | Operator::Greater | Operator::Equal)
}

/// An argument without a name.
fn plain(argument: &Argument) -> Option<&ast::Value> {
    argument.name.is_none().then_some(&argument.value)
}
