//! What breaks the rules of the team's own, in words.

use std::fmt::Write as _;

use super::{Context, words};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Rule};
use crate::policy::{self, Bound, Breach, Counted, Measure, Selected, Trail, Violation, Way};
use crate::source::Span;
use crate::syntax::ast::Operator;

/// How many of the things that are counted have a label.
const MOST_LABELS: usize = 3;

/// Adds everything that breaks a rule of the team's own, but for those that are off.
pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for policy in &context.policies().list {
        let level = policy::level(policy.rule, &context.workspace.config.rules);
        let Some(severity) = level.severity() else { continue };
        let violations = policy.violations(context.graph());
        found.extend(violations.iter().map(|violation| {
            let finding = finding(context.model, policy.rule, violation);
            Diagnostic { severity, ..finding }
        }));
    }
}

fn finding(model: &Model, rule: &Rule, violation: &Violation) -> Diagnostic {
    let broken = called(rule);
    let at = |span: Span, message: String| Diagnostic::new(policy::code(rule), span, message);
    let finding = match &violation.breach {
        Breach::Denied { what, trail } => denied(model, rule, *what, trail.as_ref()),
        Breach::Nothing => at(rule.head.name_span, format!("nothing is there as {broken} requires")),
        Breach::Unconnected(id) => {
            let message = format!("`{}` breaks {broken}: it has no such connection", words::name(model, *id));
            at(model.element(*id).name_span, message)
        }
        Breach::Count { bound, counted } => {
            let are = if counted.len() == 1 { "is" } else { "are" };
            let message = format!("there {are} {}, and {broken} asks for {}", counted.len(), in_words(*bound));
            let places = counted.iter().take(MOST_LABELS).map(|what| place(model, *what));
            places.fold(at(rule.head.name_span, message), |finding, place| finding.also(place, "one of them"))
        }
        Breach::Measured { element, measure, bound, measured, counted } => {
            let name = words::name(model, *element);
            let (what, bound) = (called_measure(*measure), in_words(*bound));
            let message = format!("`{name}` breaks {broken}: its {what} is {measured}, and {bound} is asked for");
            at(model.element(*element).name_span, message).label(label(model, *measure, counted))
        }
    };
    let finding = finding.also(violation.clause, "the rule");
    match rule.head.settings.text("because") {
        Some(because) => finding.help(because),
        None => finding,
    }
}

fn denied(model: &Model, rule: &Rule, what: Selected, trail: Option<&Trail>) -> Diagnostic {
    let name = match what {
        Selected::Element(id) => words::name(model, id).to_owned(),
        Selected::Hop(hop) => {
            format!("{} {} {}", words::name(model, hop.from), hop.arrow.symbol(), words::name(model, hop.to))
        }
    };
    let mut message = format!("`{name}` breaks {}", called(rule));
    let code = policy::code(rule);
    let Some(Trail { class, way }) = trail.filter(|trail| !trail.way.last.is_empty()) else {
        return Diagnostic::new(code, place(model, what), message).label(edge_of(model, what));
    };
    let _ = write!(message, ": {class} comes along `{}`", told(model, way));
    let start = model.element(way.first).name_span;
    Diagnostic::new(code, place(model, what), message)
        .label(edge_of(model, what))
        .also(start, format!("{class} comes from here"))
}

/// The edge that a connection with a carrier is a part of, as `except` can name it; else nothing.
fn edge_of(model: &Model, what: Selected) -> String {
    let Selected::Hop(hop) = what else { return String::new() };
    let edge = model.edge(hop.edge);
    if edge.carriers.is_empty() {
        return String::new();
    }
    let [from, to] = [edge.from, edge.to].map(|id| words::name(model, id));
    format!("a part of `{from} {} {to}`, which `except` can name", edge.arrow.symbol())
}

/// A rule as it is spoken of: by its title, or else by its name.
pub(super) fn called(rule: &Rule) -> String {
    match &rule.head.title {
        Some(title) => format!("the rule \"{title}\""),
        None => format!("the rule `{}`", rule.head.name),
    }
}

/// Where something stands that a selector selects.
pub(super) fn place(model: &Model, what: Selected) -> Span {
    match what {
        Selected::Element(id) => model.element(id).name_span,
        Selected::Hop(hop) => model.edge(hop.edge).arrow_span,
    }
}

fn in_words(bound: Bound) -> String {
    let comparison = match bound.comparison {
        Operator::AtMost => "at most",
        Operator::Less => "less than",
        Operator::AtLeast => "at least",
        Operator::Greater => "more than",
        _ => "exactly",
    };
    format!("{comparison} {}", bound.number)
}

fn called_measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Count => "count",
        Measure::FanIn => "fan-in",
        Measure::FanOut => "fan-out",
        Measure::Depth => "depth",
        Measure::PathLength => "path length",
    }
}

/// What was counted.
fn label(model: &Model, measure: Measure, counted: &Counted) -> String {
    match counted {
        Counted::Ends(ends) if ends.is_empty() => String::new(),
        Counted::Ends(ends) => {
            let way = if measure == Measure::FanIn { "from" } else { "to" };
            format!("{way} {}", words::listing(ends.iter().map(|id| words::name(model, *id)), "and"))
        }
        Counted::Groups(groups) => match groups.last() {
            Some(innermost) => format!("in `{}`", model.path(*innermost)),
            None => String::new(),
        },
        Counted::Way(way) => format!("along `{}`", told(model, way)),
    }
}

/// `a -> b -> c`; of a long way, its beginning and its end.
fn told(model: &Model, way: &Way) -> String {
    let first = words::name(model, way.first);
    let gap = way.is_cut.then_some("…");
    let names = way.last.iter().map(|id| words::name(model, *id));
    std::iter::once(first).chain(gap).chain(names).collect::<Vec<_>>().join(" -> ")
}
