//! Places on a grid, and the sides that arrows between them leave and enter at.

use std::collections::{BTreeMap, BTreeSet};

use crate::view::Direction;

/// A way from one place of the grid to one beside it: columns to the right, rows down.
type Step = (i32, i32);

/// The steps to all places around one, as they come into question for an arrow to the right.
const STEPS: [Step; 8] = [(1, 0), (1, 1), (1, -1), (0, 1), (0, -1), (-1, 1), (-1, -1), (-1, 0)];

/// An arrow by its ends, and the sides that it leaves and enters at: `L`, `R`, `T` or `B`.
type Sided = ((usize, usize), (char, char));

/// Chooses the sides of all arrows between so many nodes, in the order of the arrows.
pub(super) fn sides(direction: Direction, nodes: usize, arrows: &[(usize, usize)]) -> Vec<Sided> {
    let cells = cells(direction, nodes, arrows);
    let side = |(from, to): (usize, usize)| {
        let cell = |node: usize| cells.get(&node).copied().unwrap_or_default();
        let (from, to) = (cell(from), cell(to));
        let step = ((to.at.0 - from.at.0).signum(), (to.at.1 - from.at.1).signum());
        if from.turn < to.turn {
            pair(step)
        } else {
            let (enters, leaves) = pair((-step.0, -step.1));
            (leaves, enters)
        }
    };
    arrows.iter().map(|ends| (*ends, side(*ends))).collect()
}

/// The sides of the node that was placed earlier and of the other, for the step between them. Of a step askew, Mermaid takes
/// up for down unless the earlier node is left upwards or downwards.
fn pair(step: Step) -> (char, char) {
    match step {
        (1, 0) => ('R', 'L'),
        (-1, 0) => ('L', 'R'),
        (0, -1) => ('T', 'B'),
        (1, -1) => ('T', 'L'),
        (-1, -1) => ('T', 'R'),
        (1, _) => ('B', 'L'),
        (-1, _) => ('B', 'R'),
        _ => ('B', 'T'),
    }
}

/// Where a node is placed, and after how many others.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    at: Step,
    turn: usize,
}

/// Walks along the arrows, and back along them, and gives each node the best free place beside the one it was reached from.
fn cells(direction: Direction, nodes: usize, arrows: &[(usize, usize)]) -> BTreeMap<usize, Cell> {
    let mut ties: Vec<Vec<(usize, bool)>> = vec![Vec::new(); nodes];
    for (from, to) in arrows {
        for (one, other, is_forward) in [(*from, *to, true), (*to, *from, false)] {
            if let Some(list) = ties.get_mut(one) {
                list.push((other, is_forward));
            }
        }
    }
    let mut cells: BTreeMap<usize, Cell> = BTreeMap::new();
    for start in 0..nodes {
        if cells.contains_key(&start) {
            continue;
        }
        // What is not tied to the rest is placed by itself.
        let mut taken = BTreeSet::from([(0, 0)]);
        cells.insert(start, Cell { at: (0, 0), turn: cells.len() });
        let mut queue = vec![start];
        let mut next = 0;
        while let Some(node) = queue.get(next).copied() {
            next += 1;
            let at = cells.get(&node).copied().unwrap_or_default().at;
            for (other, is_forward) in ties.get(node).into_iter().flatten() {
                if cells.contains_key(other) {
                    continue;
                }
                let places = STEPS.map(|step| {
                    let step = turned(direction, if *is_forward { step } else { (-step.0, step.1) });
                    (at.0 + step.0, at.1 + step.1)
                });
                // Where all around is taken, Mermaid has to draw one over the other.
                let free = places.into_iter().find(|place| !taken.contains(place));
                let place = free.or(places.first().copied()).unwrap_or_default();
                taken.insert(place);
                cells.insert(*other, Cell { at: place, turn: cells.len() });
                queue.push(*other);
            }
        }
    }
    cells
}

/// A step in a diagram that runs to the right, in one that runs elsewhere.
fn turned(direction: Direction, (along, across): Step) -> Step {
    match direction {
        Direction::Right => (along, across),
        Direction::Left => (-along, across),
        Direction::Down => (across, along),
        Direction::Up => (across, -along),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_stand_apart() {
        let hub: Vec<(usize, usize)> = (1..9).map(|leaf| if leaf % 2 == 0 { (0, leaf) } else { (leaf, 0) }).collect();
        let cells = cells(Direction::Down, 9, &hub);
        assert_eq!(cells.values().map(|cell| cell.at).collect::<BTreeSet<_>>().len(), 9);
    }

    #[test]
    fn a_chain_runs_along_the_direction() {
        let chain = [(0, 1), (1, 2)];
        let sides = |direction| sides(direction, 3, &chain).into_iter().map(|(_, sides)| sides).collect::<Vec<_>>();
        assert_eq!(sides(Direction::Right), [('R', 'L'); 2]);
        assert_eq!(sides(Direction::Down), [('B', 'T'); 2]);
        assert_eq!(sides(Direction::Left), [('L', 'R'); 2]);
        assert_eq!(sides(Direction::Up), [('T', 'B'); 2]);
    }
}
