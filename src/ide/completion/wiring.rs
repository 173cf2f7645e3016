//! What the catalog's facts say of connections that somebody is about to write.

use std::collections::BTreeMap;

use super::Wire;
use super::context::Context;
use crate::catalog::{KindId, Wiring};
use crate::syntax::ast::Arrow;

/// What is known of a connection, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// A fact says that it works.
    Works,
    /// No fact covers it.
    Unknown,
    /// It does not work.
    Refused,
}

impl Verdict {
    pub(super) fn tier(self) -> u8 {
        match self {
            Verdict::Works => 0,
            Verdict::Unknown => 1,
            Verdict::Refused => 4,
        }
    }
}

/// Verdicts about one arrow. Elements are many, and their kinds are few.
pub(super) struct Verdicts<'c, 's> {
    context: &'c Context<'s>,
    arrow: Arrow,
    known: BTreeMap<(KindId, KindId), Verdict>,
}

impl<'c, 's> Verdicts<'c, 's> {
    pub(super) fn new(context: &'c Context<'s>, arrow: Arrow) -> Verdicts<'c, 's> {
        Verdicts { context, arrow, known: BTreeMap::new() }
    }

    pub(super) fn of(&mut self, from: KindId, to: KindId) -> Verdict {
        let (catalog, arrow) = (self.context.catalog(), self.arrow);
        let verdict = || match catalog.wiring(from, arrow, to) {
            Wiring::Works(_) => Verdict::Works,
            Wiring::Unknown => Verdict::Unknown,
            Wiring::Refused(_) => Verdict::Refused,
        };
        *self.known.entry((from, to)).or_insert_with(verdict)
    }

    /// The worst verdict about connections between these, and the connections.
    pub(super) fn all(&mut self, hops: impl IntoIterator<Item = (KindId, KindId)>) -> (Verdict, Vec<Wire>) {
        let mut worst = None;
        let mut wires = Vec::new();
        for (from, to) in hops {
            let verdict = self.of(from, to);
            worst = worst.max(Some(verdict));
            if verdict != Verdict::Unknown {
                let name = |kind: KindId| self.context.catalog().kind(kind).name.to_string();
                wires.push(Wire { from: name(from), arrow: self.arrow.symbol().to_owned(), to: name(to) });
            }
        }
        (worst.unwrap_or(Verdict::Unknown), wires)
    }
}
