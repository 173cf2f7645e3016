//! A plan as a Sankey diagram: bands as broad as the bytes that move along arrows.
//!
//! Mermaid reads it as CSV of printable ASCII, takes nodes of one label for one node, and cannot draw what moves in circles.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::chart::{self, Chart};
use super::names::shorten;
use super::page::Heading;
use super::{Drawn, MAX_CHARACTERS};
use crate::load::Loads;
use crate::quantity::Amount;
use crate::view::{Item, Plan};

/// The longest name of a node, in characters.
const MAX_NAME: usize = 60;

/// Units that values are given in, the largest first: the name, and how many bytes a second it is.
const UNITS: [(&str, i128); 4] = [("GB/s", 1_000_000_000), ("MB/s", 1_000_000), ("KB/s", 1_000), ("B/s", 1)];

/// Draws a plan; none if no load is known, or if that is too much for one diagram. What is not drawn stands in the notes.
pub(super) fn draw(chart: &Chart<'_, '_>, loads: &Loads, heading: &Heading<'_>) -> Option<Drawn> {
    if chart.plan.is_too_large() {
        return None;
    }
    let Bands { mut bytes, unknown, mut circular } = bands(chart.plan, loads);
    let back = circles(chart.plan.items.len(), bytes.keys().copied());
    circular
        .extend(chart.plan.arrows.iter().enumerate().filter(|(_, it)| back.contains(&(it.from, it.to))).map(|it| it.0));
    bytes.retain(|ends, _| !back.contains(ends));
    let (unit, size) = unit(*bytes.values().min()?);
    let names = names(chart);
    // A comment may not stand above the front matter.
    let mut text = format!(
        "---\nconfig:\n  sankey:\n    width: 1200\n    showValues: true\n    suffix: \" {unit}\"\n---\n%% {}: drawn by archc\nsankey-beta\n\n",
        heading.architecture
    );
    for ((from, to), bytes) in &bytes {
        let value = bytes.checked_div(Amount::whole(size)).and_then(|value| value.round(PLACES));
        let value =
            value.filter(|value| !value.is_zero()).map_or_else(|| LEAST.to_owned(), |it| it.normalize().to_string());
        if let (Some(from), Some(to)) = (names.get(*from), names.get(*to)) {
            _ = writeln!(text, "\"{from}\",\"{to}\",{value}");
        }
    }
    let notes = [
        chart.left_out(&unknown, "nobody knows how many bytes move"),
        chart.left_out(&circular, "a Sankey diagram has no circles"),
    ];
    let notes = notes.into_iter().flatten().collect();
    (text.encode_utf16().count() <= MAX_CHARACTERS).then_some(Drawn { text, notes })
}

/// The largest unit in which the thinnest band still has two digits: hosts round to hundredths.
fn unit(least: Amount) -> (&'static str, i128) {
    let tenfold = least.checked_mul(Amount::whole(10)).unwrap_or(least);
    UNITS.into_iter().find(|(_, size)| tenfold >= Amount::whole(*size)).unwrap_or(("B/s", 1))
}

/// How many places after the point a value has, and the least that is more than nothing.
const PLACES: u32 = 3;
const LEAST: &str = "0.001";

/// What every object of JavaScript has: Mermaid 10 takes nodes of these names for what it knows already.
const TAKEN: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// What moves, in bytes a second, and the arrows that are left out.
struct Bands {
    bytes: BTreeMap<(usize, usize), Amount>,
    unknown: Vec<usize>,
    circular: Vec<usize>,
}

/// Adds up what moves between the nodes of a plan. Side channels and what moves nothing have no band.
fn bands(plan: &Plan, loads: &Loads) -> Bands {
    let mut bands = Bands { bytes: BTreeMap::new(), unknown: Vec::new(), circular: Vec::new() };
    for (at, arrow) in plan.arrows.iter().enumerate().filter(|(_, arrow)| !arrow.is_side) {
        let flows = arrow.pieces.iter().map(|piece| piece.flow(loads)?.as_ref().ok()?.bytes());
        let sum = flows.into_iter().try_fold(Amount::ZERO, |sum, bytes| sum.checked_add(bytes?.mean));
        match sum {
            None => bands.unknown.push(at),
            Some(_) if arrow.from == arrow.to => bands.circular.push(at),
            Some(sum) if sum.is_zero() => {}
            Some(sum) => {
                let band = bands.bytes.entry((arrow.from, arrow.to)).or_insert(Amount::ZERO);
                *band = band.checked_add(sum).unwrap_or(*band);
            }
        }
    }
    bands
}

/// The arrows that lead back to where a walk came from: without them there is no circle.
fn circles(nodes: usize, arrows: impl Iterator<Item = (usize, usize)>) -> BTreeSet<(usize, usize)> {
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (from, to) in arrows {
        if let Some(list) = targets.get_mut(from) {
            list.push(to);
        }
    }
    let mut back = BTreeSet::new();
    let mut states = vec![State::New; nodes];
    for start in 0..nodes {
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.pop() {
            let Some(state) = states.get_mut(node) else { continue };
            if next == 0 && *state != State::New {
                continue;
            }
            *state = State::OnPath;
            let Some(to) = targets.get(node).and_then(|list| list.get(next)).copied() else {
                *state = State::Done;
                continue;
            };
            path.push((node, next + 1));
            match states.get(to) {
                Some(State::OnPath) => _ = back.insert((node, to)),
                Some(State::New) => path.push((to, 0)),
                _ => {}
            }
        }
    }
    back
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    OnPath,
    Done,
}

/// The labels of all items, no two the same; an item whose label Mermaid could not show goes by its name.
fn names(chart: &Chart<'_, '_>) -> Vec<String> {
    let model = chart.names.model;
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
    let name = |(place, item): (usize, &Item)| {
        let texts = [chart::plain_label(item, model), chart::name(item, model).to_owned()];
        let shown = texts.iter().map(|text| ascii(&shorten(text, MAX_NAME))).find(|text| says_something(text));
        let shown = shown.unwrap_or_else(|| format!("node {}", place + 1));
        let mut name = shown.clone();
        // A label may itself look like one with a number.
        for number in place + 1.. {
            if taken.insert(name.clone()) {
                break;
            }
            name = format!("{shown} ({number})");
        }
        name
    };
    chart.plan.items.iter().enumerate().map(name).collect()
}

/// Whether more is left of a text than marks.
fn says_something(text: &str) -> bool {
    text.contains(|char: char| char.is_ascii_alphanumeric())
}

/// A text in the characters that Mermaid reads between quotes, without any that it takes for something else.
fn ascii(text: &str) -> String {
    let plain = |char: char| match char {
        '"' | '`' => '\'',
        '#' | ';' | '%' | '$' | '\\' | '…' => '.',
        '<' | '{' => '(',
        '>' | '}' => ')',
        ' '..='~' => char,
        char if char.is_whitespace() || char.is_control() => ' ',
        _ => '?',
    };
    let text: String = text.chars().map(plain).collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
