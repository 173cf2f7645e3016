//! Which steps wait for a reply. Where a block may happen or not, a step that waits on one of the ways still waits.

use std::collections::BTreeMap;

use super::Participant;

/// Who has asked whom.
type Pair = (Participant, Participant);

/// Steps that have no reply yet.
#[derive(Debug)]
pub(super) struct Answers {
    /// By how many each branch around changes the number of those that wait: as many as blocks nest.
    frames: Vec<BTreeMap<Pair, i64>>,
}

/// What the branches of a block leave behind: for each pair the most that one of them does, and how many do anything.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    changes: BTreeMap<Pair, (i64, usize)>,
    branches: usize,
}

impl Answers {
    pub(super) fn new() -> Answers {
        Answers { frames: vec![BTreeMap::new()] }
    }

    /// Takes notice of a step.
    pub(super) fn ask(&mut self, from: Participant, to: Participant) {
        self.change((from, to), 1);
    }

    /// Whether somebody who has asked has no reply yet.
    pub(super) fn waits(&self, asker: Participant, answering: Participant) -> bool {
        self.frames.iter().filter_map(|frame| frame.get(&(asker, answering))).sum::<i64>() > 0
    }

    /// Takes notice of a reply to somebody who waits.
    pub(super) fn answer(&mut self, asker: Participant, answering: Participant) {
        self.change((asker, answering), -1);
    }

    /// Begins a branch.
    pub(super) fn begin(&mut self) {
        self.frames.push(BTreeMap::new());
    }

    /// Ends a branch.
    pub(super) fn end(&mut self, outcome: &mut Outcome) {
        outcome.branches += 1;
        for (pair, change) in self.frames.pop().unwrap_or_default() {
            let (most, branches) = outcome.changes.entry(pair).or_insert((change, 0));
            *most = change.max(*most);
            *branches += 1;
        }
    }

    /// Takes notice of what a block does, which may also do nothing.
    pub(super) fn settle(&mut self, outcome: Outcome, may_do_nothing: bool) {
        for (pair, (most, branches)) in outcome.changes {
            let is_certain = !may_do_nothing && branches == outcome.branches;
            self.change(pair, if is_certain { most } else { most.max(0) });
        }
    }

    fn change(&mut self, pair: Pair, by: i64) {
        if let Some(frame) = self.frames.last_mut() {
            *frame.entry(pair).or_default() += by;
        }
    }
}
