//! The facts against their definitions, tried out on small random architectures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use archc::model::{ElementId, Model};
use archc::topology::{SinglePoints, longest_chains, only_links};
use proptest::prelude::*;

use super::model;

/// An architecture of services and externals, whose names are their numbers.
#[derive(Clone, Debug)]
struct Drawing {
    /// Of each element: whether others run it, and whether it emits.
    elements: Vec<(bool, bool)>,
    /// From, to, and the arrow.
    edges: Vec<(usize, usize, &'static str)>,
}

impl Drawing {
    /// The text of its architecture.
    fn text(&self, name: &str) -> String {
        let mut text = format!("architecture {name} {{\n");
        for (number, (is_outside, emits)) in self.elements.iter().enumerate() {
            let emits = if *emits { "{ emits = 1/s of 1 KB }" } else { "" };
            let kind = if *is_outside { format!("external e{number}") } else { format!("service e{number}: job") };
            writeln!(text, "{kind} {emits}").unwrap();
        }
        for (from, to, arrow) in &self.edges {
            writeln!(text, "e{from} {arrow} e{to}").unwrap();
        }
        text + "}\n"
    }

    fn is_outside(&self, number: usize) -> bool {
        self.elements.get(number).unwrap().0
    }

    fn emits(&self, number: usize) -> bool {
        self.elements.get(number).unwrap().1
    }

    /// The hops that data takes, between different elements.
    fn hops(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let data = self.edges.iter().filter(|(from, to, arrow)| from != to && *arrow != "~>");
        data.map(|(from, to, _)| (*from, *to))
    }

    fn sources(&self) -> BTreeSet<usize> {
        let goes: BTreeSet<usize> = self.hops().map(|(from, _)| from).collect();
        let comes: BTreeSet<usize> = self.hops().map(|(_, to)| to).collect();
        let is_source = |number: &usize| self.is_outside(*number) || self.emits(*number) || !comes.contains(number);
        goes.into_iter().filter(is_source).collect()
    }

    fn sinks(&self) -> BTreeSet<usize> {
        let goes: BTreeSet<usize> = self.hops().map(|(from, _)| from).collect();
        let comes: BTreeSet<usize> = self.hops().map(|(_, to)| to).collect();
        comes.into_iter().filter(|number| self.is_outside(*number) || !goes.contains(number)).collect()
    }

    /// The sinks that a source reaches without an element.
    fn reached(&self, source: usize, without: Option<usize>) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        let mut sinks = BTreeSet::new();
        let mut open = vec![source];
        while let Some(at) = open.pop() {
            for (_, to) in self.hops().filter(|(from, to)| *from == at && Some(*to) != without) {
                if self.sinks().contains(&to) {
                    sinks.insert(to);
                }
                // What others run is an end.
                if !self.is_outside(to) && seen.insert(to) {
                    open.push(to);
                }
            }
        }
        sinks
    }

    /// The sinks and the sources that are cut off without an element.
    fn cut_off(&self, element: usize) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let sources = || self.sources().into_iter().filter(|source| *source != element);
        let before =
            |source| self.reached(source, None).into_iter().filter(|sink| *sink != element).collect::<BTreeSet<_>>();
        let reached: BTreeSet<usize> = sources().flat_map(before).collect();
        let still: BTreeSet<usize> = sources().flat_map(|source| self.reached(source, Some(element))).collect();
        let stranded =
            sources().filter(|source| !before(*source).is_empty() && self.reached(*source, Some(element)).is_empty());
        (&reached - &still, stranded.collect())
    }
}

impl Drawing {
    /// How many parts there are without an element, of those that have edges before.
    fn parts(&self, without: Option<usize>) -> usize {
        let mut parts: Vec<BTreeSet<usize>> = (0..self.elements.len())
            .filter(|number| Some(*number) != without)
            .map(|number| BTreeSet::from([number]))
            .collect();
        for (from, to, _) in &self.edges {
            let meets = |part: &BTreeSet<usize>| part.contains(from) || part.contains(to);
            if Some(*from) != without && Some(*to) != without {
                let joined = parts.extract_if(.., |part| meets(part)).flatten().collect();
                parts.push(joined);
            }
        }
        parts.len()
    }
}

/// Many at once, since a model takes longer to make than to look at.
fn drawings(arrows: &'static [&'static str]) -> impl Strategy<Value = Vec<Drawing>> {
    let drawing = (2_usize..9).prop_flat_map(move |count| {
        let elements =
            proptest::collection::vec((proptest::bool::weighted(0.2), proptest::bool::weighted(0.15)), count);
        let edges = proptest::collection::vec((0..count, 0..count, proptest::sample::select(arrows)), 1..16);
        (elements, edges).prop_map(|(elements, edges)| Drawing { elements, edges })
    });
    proptest::collection::vec(drawing, 1..100)
}

/// A model with an architecture for each.
fn model_of(drawings: &[Drawing]) -> Model {
    // Architectures are sorted by name.
    let texts = drawings.iter().enumerate().map(|(at, drawing)| drawing.text(&format!("a{at:03}")));
    model(&texts.collect::<String>())
}

/// The length of the longest chain that starts at an element of a graph without circles.
fn longest(edges: &[(usize, usize)], from: usize) -> usize {
    let next = edges.iter().filter(|(start, _)| *start == from).map(|(_, to)| longest(edges, *to));
    1 + next.max().unwrap_or(0)
}

/// The number in the name of an element.
fn number(model: &Model, id: ElementId) -> usize {
    model.element(id).name.trim_start_matches('e').parse().unwrap()
}

fn numbers(model: &Model, ids: &[ElementId]) -> BTreeSet<usize> {
    ids.iter().map(|id| number(model, *id)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_single_point_is_what_cuts_off_when_it_is_taken_away(drawings in drawings(&["->", "->", "=>", "~>"])) {
        let model = model_of(&drawings);
        let points = SinglePoints::of(&model);
        for (drawing, architecture) in drawings.iter().zip(&model.architectures) {
            for id in &architecture.elements {
                let number = number(&model, *id);
                let expected = if drawing.is_outside(number) { Default::default() } else { drawing.cut_off(number) };
                let found = points.get(*id).map(|it| (numbers(&model, it.starved), numbers(&model, it.stranded)));
                prop_assert_eq!(found.unwrap_or_default(), expected, "e{} of {:?}", number, drawing);
            }
        }
    }

    #[test]
    fn an_only_link_is_what_takes_parts_apart_when_it_is_taken_away(drawings in drawings(&["->", "=>", "~>"])) {
        let model = model_of(&drawings);
        let found: BTreeSet<ElementId> = only_links(&model).into_iter().collect();
        for (drawing, architecture) in drawings.iter().zip(&model.architectures) {
            for id in &architecture.elements {
                let number = number(&model, *id);
                // Alone, it is a part of its own, which goes with it.
                let expected = !drawing.is_outside(number) && drawing.parts(Some(number)) > drawing.parts(None);
                prop_assert_eq!(found.contains(id), expected, "e{} of {:?}", number, drawing);
            }
        }
    }

    #[test]
    fn the_longest_chain_is_as_long_as_any(mut drawings in drawings(&["=>", "=>", "->"])) {
        for drawing in &mut drawings {
            drawing.edges.retain(|(from, to, _)| from < to);
        }
        let model = model_of(&drawings);
        let chains = longest_chains(&model);
        for (drawing, architecture) in drawings.iter().zip(&model.architectures) {
            let calls = drawing.edges.iter().filter(|(.., arrow)| *arrow == "=>");
            let calls: Vec<(usize, usize)> = calls.map(|(from, to, _)| (*from, *to)).collect();
            let expected = (0..drawing.elements.len()).map(|from| longest(&calls, from)).max().unwrap();
            let chain = chains.get(&architecture.id).map(|chain| chain.elements.as_slice()).unwrap_or_default();
            prop_assert_eq!(chain.len().max(1), expected, "{:?}", drawing);
            let numbers: Vec<usize> = chain.iter().map(|id| number(&model, *id)).collect();
            let steps = numbers.iter().zip(numbers.iter().skip(1)).map(|(from, to)| (*from, *to));
            prop_assert!(steps.into_iter().all(|step| calls.contains(&step)), "{:?} of {:?}", numbers, drawing);
        }
    }
}
