//! `@allow`: which findings it takes away, and what becomes of it when it takes none.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Context, rule};
use crate::diagnostic::{Diagnostic, Level};
use crate::model::Suppression;
use crate::policy;
use crate::source::Span;

/// What an `@allow` does in this run.
#[derive(Debug)]
pub struct Usage<'m> {
    /// The attribute.
    pub suppression: &'m Suppression,
    /// Whether its last day is over. Then it covers nothing.
    pub is_expired: bool,
    /// Whether its code is that of a rule that looked and may be allowed.
    pub is_effective: bool,
    /// How many findings it took away.
    pub covered: usize,
}

impl Usage<'_> {
    /// Whether it covers a finding that is looked for in a place.
    fn covers(&self, finding: &Diagnostic, at: Span) -> bool {
        self.is_effective
            && !self.is_expired
            && self.suppression.code == *finding.code
            && self.suppression.scope.contains(at)
    }
}

/// Takes away the findings that an `@allow` covers: those of its code whose place lies in what it stands before. Where
/// several cover one finding, the innermost does.
pub(super) fn apply<'m>(context: &Context<'m>, found: &mut Vec<Diagnostic>) -> Vec<Usage<'m>> {
    let mut usages: Vec<_> = context.model.suppressions.iter().map(|it| usage(it, context)).collect();
    usages.sort_by_key(|usage| {
        let scope = usage.suppression.scope;
        (scope.file, scope.start, Reverse(scope.end))
    });
    let mut waiting: Vec<(Span, Diagnostic)> =
        std::mem::take(found).into_iter().map(|finding| (finding.primary.span, finding)).collect();
    // What is not covered in an instance of a pattern may be where the pattern is used.
    while !waiting.is_empty() {
        cover(&mut usages, &mut waiting);
        let (inside, outside) = waiting.into_iter().partition(|(at, _)| context.model.used_at(*at).is_some());
        let outside: Vec<(Span, Diagnostic)> = outside;
        found.extend(outside.into_iter().map(|(_, finding)| finding));
        waiting = inside;
        for (at, _) in &mut waiting {
            *at = context.model.used_at(*at).unwrap_or(*at);
        }
    }
    merge(usages)
}

/// Takes away the findings that are covered where they are looked for.
fn cover(usages: &mut [Usage<'_>], waiting: &mut Vec<(Span, Diagnostic)>) {
    waiting.sort_by_key(|(at, _)| *at);
    // Scopes nest, so one walk over the findings with a stack of the scopes around is enough.
    let mut around: Vec<usize> = Vec::new();
    let mut next = 0;
    waiting.retain(|(at, finding)| {
        let at = *at;
        let leave = |around: &mut Vec<usize>, place: Span| {
            let is_over =
                |index: &usize| usages.get(*index).is_some_and(|usage| is_past(usage.suppression.scope, place));
            while around.last().is_some_and(is_over) {
                around.pop();
            }
        };
        while let Some(usage) = usages.get(next)
            && (usage.suppression.scope.file, usage.suppression.scope.start) <= (at.file, at.start)
        {
            // Else scopes that lie side by side would pile up, and be searched for each finding.
            leave(&mut around, usage.suppression.scope);
            around.push(next);
            next += 1;
        }
        leave(&mut around, at);
        let innermost =
            around.iter().rev().find(|index| usages.get(**index).is_some_and(|usage| usage.covers(finding, at)));
        match innermost.and_then(|index| usages.get_mut(*index)) {
            Some(usage) => usage.covered += 1,
            None => return true,
        }
        false
    });
}

/// Makes one of those that stand in several instances of a pattern: one that covers something anywhere is of use.
fn merge<'m>(usages: Vec<Usage<'m>>) -> Vec<Usage<'m>> {
    let mut merged: BTreeMap<Span, Usage<'m>> = BTreeMap::new();
    for usage in usages {
        let covered = usage.covered;
        merged.entry(usage.suppression.span.written()).and_modify(|first| first.covered += covered).or_insert(usage);
    }
    merged.into_values().collect()
}

fn usage<'m>(suppression: &'m Suppression, context: &Context<'_>) -> Usage<'m> {
    let levels = &context.workspace.config.rules;
    let is_on = match rule(&suppression.code) {
        Some(rule) => rule.can_be_allowed() && rule.level_in(levels) != Level::Off,
        None => {
            context.policy(&suppression.code).is_some_and(|policy| policy::level(policy.rule, levels) != Level::Off)
        }
    };
    Usage {
        suppression,
        is_expired: suppression.until.is_some_and(|until| context.today > until),
        is_effective: is_on,
        covered: 0,
    }
}

fn is_past(scope: Span, place: Span) -> bool {
    scope.file != place.file || scope.end < place.start
}
