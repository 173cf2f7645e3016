//! Lowering of edges and properties.

use super::ast::{Arrow, Carrier, Edge, EdgeStep, Path, Preamble, Property, Section, Statement};
use super::grammar::{Pair, Rule};
use super::lower::Lowering;
use super::{MAX_PAIRS, foreign, mistake};
use crate::source::Span;

impl<'t> Lowering<'t> {
    pub(super) fn edge(&mut self, pair: Pair<'t>, preamble: Preamble) -> Edge {
        let mut edge = Edge {
            preamble,
            first: Vec::new(),
            steps: Vec::new(),
            carriers: Vec::new(),
            label: None,
            block: None,
            span: self.span(&pair),
        };
        let mut early = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::early_label => early = part.into_inner().next().map(|label| self.text(&label)),
                Rule::endpoints => {
                    let ends = self.paths(part);
                    edge.steps.last_mut().map_or(&mut edge.first, |step| &mut step.to).extend(ends);
                }
                Rule::arrow => {
                    let step = EdgeStep { arrow: self.arrow(&part), arrow_span: self.span(&part), to: Vec::new() };
                    edge.steps.push(step);
                }
                Rule::missing_endpoint => self.report_missing_end(&edge),
                Rule::via => {
                    if let Some(label) = &early {
                        self.report(mistake::label_before_via(self.text, label.span, self.span(&part)));
                    }
                    edge.carriers = part.into_inner().filter_map(|carrier| self.carrier(carrier)).collect();
                }
                Rule::block => edge.block = Some(self.block(part)),
                _ => edge.label = Some(self.text(&part)),
            }
        }
        edge.label = edge.label.or(early);
        let sources = std::iter::once(&edge.first).chain(edge.steps.iter().map(|step| &step.to));
        let pairs = sources.zip(&edge.steps).map(|(from, step)| from.len() * step.to.len()).sum();
        if self.are_too_many(pairs, edge.span) {
            edge.steps.clear();
        }
        edge
    }

    /// Whether lists of names make more connections than are read, which is reported.
    pub(super) fn are_too_many(&mut self, pairs: usize, at: Span) -> bool {
        let are_too_many = pairs > MAX_PAIRS;
        if are_too_many {
            self.report(mistake::too_many_pairs(at, pairs));
        }
        are_too_many
    }

    fn report_missing_end(&mut self, edge: &Edge) {
        if let Some(step) = edge.steps.last() {
            self.report(mistake::missing_end(step.arrow, step.arrow_span));
        }
    }

    fn paths(&self, pair: Pair<'t>) -> Vec<Path> {
        pair.into_inner().map(|path| self.path(&path)).collect()
    }

    /// The arrow that was written, or the one that was meant by an arrow of another language.
    pub(super) fn arrow(&mut self, pair: &Pair<'t>) -> Arrow {
        let meant = match pair.as_str() {
            "->" => return Arrow::Data,
            "=>" => return Arrow::Call,
            "~>" => return Arrow::Side,
            "<-" => return Arrow::Reply,
            written if written.starts_with(['=', '⇒']) => Arrow::Call,
            written if written.starts_with(['~', '.']) || written.starts_with("-.") => Arrow::Side,
            _ => Arrow::Data,
        };
        let span = self.span(pair);
        self.report(foreign::arrow(pair.as_str(), meant, span));
        meant
    }

    fn carrier(&mut self, pair: Pair<'t>) -> Option<Carrier> {
        let span = self.span(&pair);
        if pair.as_rule() == Rule::missing_carrier {
            self.report(mistake::missing_carrier(span));
            return None;
        }
        let mut paths = self.paths(pair);
        let target = paths.pop()?;
        Some(Carrier { name: paths.pop(), target, span })
    }

    pub(super) fn property(&mut self, pair: Pair<'t>) -> Option<Statement> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner().peekable();
        let key = self.path(&parts.next()?);
        let colon = parts.next_if(|part| part.as_rule() == Rule::colon);
        let value = match parts.peek().map(Pair::as_rule) {
            Some(Rule::missing_value) => {
                self.report(mistake::missing_value(&key, span, colon.is_some()));
                None
            }
            Some(Rule::bad_value) => {
                let bad = parts.next()?;
                self.report(mistake::bad_value(&key, self.span(&bad), bad.as_str()));
                None
            }
            Some(Rule::block_value) => {
                let block = parts.next()?.into_inner().next()?;
                self.report(foreign::block_value(&key, span, self.span(&block)));
                return Some(Statement::Section(Section { name: key, block: self.block(block), span }));
            }
            _ => {
                if let Some(colon) = &colon {
                    self.report(foreign::colon(&key, colon.as_str(), self.span(colon)));
                }
                self.value(&mut parts)
            }
        };
        let is_declaration_without_name = colon.is_some() && super::ast::Keyword::of(&key.text).is_some();
        (!is_declaration_without_name).then_some(Statement::Property(Property { key, value, span }))
    }
}
