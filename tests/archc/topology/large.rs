//! Architectures whose shape is as bad as it gets. None of this may take long, or much of the stack.

use std::fmt::Write as _;

use archc::topology::{SinglePoints, islands, longest_chains, orphans, promises};

use super::inside;

const MANY: usize = 20_000;

/// Where other rules take their time.
const FEWER: usize = 4_000;

/// So many services that hang on each other as told, each with a promise.
fn services(count: usize, edges: impl Fn(usize, &mut String)) -> String {
    let mut text = String::from("external web, external partner\n");
    for number in 0..count {
        writeln!(text, "service s{number}: job {{ availability = 99.9%, slo = 99% }}").unwrap();
    }
    text.push_str("web -> s0\n");
    for number in 1..count {
        edges(number, &mut text);
    }
    text
}

#[test]
fn a_long_chain() {
    let model = inside(&services(MANY, |to, text| writeln!(text, "s{} => s{to}", to - 1).unwrap()));
    let points = SinglePoints::of(&model);
    assert_eq!(points.iter().filter(|point| point.starved.len() == 1).count(), MANY - 1);
    assert_eq!(longest_chains(&model).values().next().unwrap().elements.len(), MANY);
    assert_eq!((islands(&model).len(), orphans(&model).len()), (0, 0));
    let promises = promises(&model);
    let known = promises.iter().filter(|promise| promise.outlook.is_some()).count();
    assert!((1..MANY).contains(&known), "{known}");
    assert_eq!(promises[0].outlook.as_ref().unwrap().chain.len(), MANY);
}

#[test]
fn a_long_chain_with_replies_between_two_sources() {
    let last = MANY - 1;
    let two_ways = |to: usize, text: &mut String| writeln!(text, "s{} -> s{to} -> s{}", to - 1, to - 1).unwrap();
    let model = inside(&(services(MANY, two_ways) + &format!("partner -> s{last}\n s{} -> partner\n", MANY / 2)));
    let points: Vec<_> =
        SinglePoints::of(&model).iter().map(|point| (model.path(point.element), point.stranded.len())).collect();
    assert_eq!(points.len(), MANY, "each is the only way of one of the sources");
    assert_eq!(points[MANY / 2].1, 2);
}

#[test]
fn a_large_circle_and_a_long_chain_with_many_branches() {
    let circle = services(FEWER, |to, text| writeln!(text, "s{} => s{to}", to - 1).unwrap())
        + &format!("s{} => s0\n", FEWER - 1);
    let model = inside(&circle);
    assert!(longest_chains(&model).is_empty());
    assert_eq!(SinglePoints::of(&model).iter().count(), 0);
    // Half of them in a row, and the others at its end and at its start at once.
    let branches = |to: usize, text: &mut String| {
        let half = FEWER / 2;
        if to < half { writeln!(text, "s{} -> s{to}", to - 1) } else { writeln!(text, "s{}, s0 -> s{to}", half - 1) }
            .unwrap();
    };
    let model = inside(&services(FEWER, branches));
    let points: Vec<_> = SinglePoints::of(&model).iter().map(|point| point.starved.len()).collect();
    assert_eq!(points, [FEWER / 2]);
}
