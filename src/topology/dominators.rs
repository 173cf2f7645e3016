//! Dominators: which nodes every way from a root to another node passes.
//!
//! Lengauer and Tarjan's algorithm with path compression, in `O(edges × log nodes)`. The one that petgraph has is quadratic
//! where two long ways meet from both sides, which a chain of requests and replies does.

use std::ops::Range;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};

/// What stands for the number of a node that is not reached, and for the ancestor of a root.
const NONE: usize = usize::MAX;

/// The tree in which each node hangs below the last one that every way from the root to it passes.
#[derive(Debug)]
pub(super) struct Dominators {
    /// Of each node: its place in the tree, parents before children, and those of all that it dominates. Empty for a node
    /// that is not reached.
    spans: Vec<Range<usize>>,
}

impl Dominators {
    /// The tree of all that can be reached from a root.
    pub(super) fn new(graph: &DiGraph<(), ()>, root: NodeIndex) -> Dominators {
        let search = Search::new(graph, root);
        let parents = Forest::new(&search).dominators(graph, &search);
        Dominators { spans: search.spans(&parents) }
    }

    /// The place of a node and those of all that it dominates; empty if it is not reached.
    pub(super) fn span(&self, node: NodeIndex) -> Range<usize> {
        self.spans.get(node.index()).cloned().unwrap_or_default()
    }
}

/// A depth-first search. From here on, nodes go by the number at which it found them.
struct Search {
    /// The nodes that it found, in order.
    order: Vec<NodeIndex>,
    /// Of each node of the graph: its number.
    numbers: Vec<usize>,
    /// Of each number: that of the node it was found from.
    parents: Vec<usize>,
}

#[expect(clippy::indexing_slicing, reason = "there is an entry for each node of the graph, or for each that was found")]
impl Search {
    fn new(graph: &DiGraph<(), ()>, root: NodeIndex) -> Search {
        let mut search = Search { order: Vec::new(), numbers: vec![NONE; graph.node_count()], parents: Vec::new() };
        let first = search.find(root, 0);
        let mut open = vec![(first, graph.neighbors(root))];
        while let Some((number, neighbours)) = open.last_mut() {
            match neighbours.next() {
                Some(next) if search.numbers[next.index()] == NONE => {
                    let found = search.find(next, *number);
                    open.push((found, graph.neighbors(next)));
                }
                Some(_) => {}
                None => drop(open.pop()),
            }
        }
        search
    }

    fn find(&mut self, node: NodeIndex, parent: usize) -> usize {
        let number = self.order.len();
        self.numbers[node.index()] = number;
        self.order.push(node);
        self.parents.push(parent);
        number
    }

    /// The places of all nodes in a tree, given the parent of each number, which is less.
    fn spans(&self, parents: &[usize]) -> Vec<Range<usize>> {
        let mut sizes = vec![1; parents.len()];
        for number in (1..parents.len()).rev() {
            sizes[parents[number]] += sizes[number];
        }
        let mut spans = vec![0..0; self.numbers.len()];
        // Of each number: the first place below it that is free.
        let mut free = vec![0; parents.len()];
        for number in 0..parents.len() {
            let start = if number == 0 { 0 } else { free[parents[number]] };
            if number > 0 {
                free[parents[number]] += sizes[number];
            }
            free[number] = start + 1;
            spans[self.order[number].index()] = start..start + sizes[number];
        }
        spans
    }
}

/// The part of the search's tree that is linked so far, from the last found on.
struct Forest {
    /// Of each number: one above it in its tree; none for a root.
    ancestors: Vec<usize>,
    /// Of each number: the one of the least semidominator between it and its ancestor.
    labels: Vec<usize>,
    semidominators: Vec<usize>,
}

#[expect(clippy::indexing_slicing, reason = "there is an entry for each number")]
impl Forest {
    fn new(search: &Search) -> Forest {
        let numbers: Vec<usize> = (0..search.order.len()).collect();
        Forest { ancestors: vec![NONE; numbers.len()], labels: numbers.clone(), semidominators: numbers }
    }

    /// Of each number: that of its immediate dominator.
    fn dominators(mut self, graph: &DiGraph<(), ()>, search: &Search) -> Vec<usize> {
        let count = search.order.len();
        let mut dominators = vec![0; count];
        let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); count];
        for number in (1..count).rev() {
            for from in graph.neighbors_directed(search.order[number], Direction::Incoming) {
                let from = search.numbers[from.index()];
                if from != NONE {
                    let least = self.least(from);
                    self.semidominators[number] = self.semidominators[number].min(self.semidominators[least]);
                }
            }
            waiting[self.semidominators[number]].push(number);
            let parent = search.parents[number];
            self.ancestors[number] = parent;
            for below in std::mem::take(&mut waiting[parent]) {
                let least = self.least(below);
                let is_earlier = self.semidominators[least] < self.semidominators[below];
                dominators[below] = if is_earlier { least } else { parent };
            }
        }
        for number in 1..count {
            if dominators[number] != self.semidominators[number] {
                dominators[number] = dominators[dominators[number]];
            }
        }
        dominators
    }

    /// The number of the least semidominator on the way up to the root of its tree, which is left out.
    fn least(&mut self, number: usize) -> usize {
        let mut way = Vec::new();
        let mut at = number;
        while self.ancestors[at] != NONE && self.ancestors[self.ancestors[at]] != NONE {
            way.push(at);
            at = self.ancestors[at];
        }
        for below in way.into_iter().rev() {
            let above = self.ancestors[below];
            if self.semidominators[self.labels[above]] < self.semidominators[self.labels[below]] {
                self.labels[below] = self.labels[above];
            }
            self.ancestors[below] = self.ancestors[above];
        }
        self.labels[number]
    }
}
