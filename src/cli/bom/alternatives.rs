//! The services that could be billed in another way, below the bill at several loads.

use std::fmt::Write as _;

use serde::Serialize;

use super::sweep::Steps;
use crate::cost::{Alternatives, Stretch, money};
use crate::model::Model;

/// What a service costs in each of the ways that it can be billed.
#[derive(Debug, Serialize)]
pub(super) struct Comparison {
    architecture: String,
    element: String,
    /// The property that chooses.
    property: String,
    /// Which option is the cheapest from which factor on.
    cheapest: Vec<From>,
    costs: Vec<Alone>,
}

#[derive(Debug, Serialize)]
struct From {
    /// None for the first.
    from: Option<String>,
    option: String,
}

/// The cost of one option at one load, for the service alone.
#[derive(Debug, Serialize)]
struct Alone {
    scale: String,
    option: String,
    cost: Option<String>,
    currency: Option<String>,
    /// Why there is no cost.
    unpriced: Option<String>,
    #[serde(skip)]
    in_words: String,
}

/// Compares at each of the steps.
pub(super) fn comparisons(steps: &Steps, model: &Model, all: &[Alternatives<'_>]) -> Vec<Comparison> {
    all.iter().map(|alternatives| comparison(steps, model, alternatives)).collect()
}

fn comparison(steps: &Steps, model: &Model, alternatives: &Alternatives<'_>) -> Comparison {
    let mut costs = Vec::new();
    for (scale, factor) in steps.iter() {
        for (option, cost) in alternatives.options.iter().zip(alternatives.costs(*factor)) {
            let (scale, option) = (scale.clone(), option.to_string());
            costs.push(match cost {
                Ok((amount, currency)) => Alone {
                    scale,
                    option,
                    cost: Some(amount.to_string()),
                    in_words: format!("{} {currency}", money(amount)),
                    currency: Some(currency.to_string()),
                    unpriced: None,
                },
                Err(reason) => {
                    let in_words = format!("unpriced ({reason})");
                    Alone { scale, option, cost: None, currency: None, unpriced: Some(reason), in_words }
                }
            });
        }
    }
    let from = |it: Stretch| From { from: it.from.map(|it| it.to_string()), option: it.option.to_string() };
    Comparison {
        architecture: model.architecture(model.element(alternatives.element).architecture).name.to_string(),
        element: model.path(alternatives.element),
        property: alternatives.property.to_string(),
        cheapest: alternatives.stretches().into_iter().map(from).collect(),
        costs,
    }
}

impl Comparison {
    /// `provisioned is cheapest up to 3.81x, on-demand beyond`
    fn verdict(&self) -> String {
        let factor = |it: Option<&From>| it.and_then(|it| it.from.clone());
        match self.cheapest.as_slice() {
            [] => format!("cannot be compared: {}", self.gaps().join("; ")),
            [only] => format!("{} is cheapest at every load", only.option),
            all => {
                let until = |at: usize| {
                    factor(all.get(at + 1)).map_or_else(|| "beyond".to_owned(), |it| format!("up to {it}x"))
                };
                let parts = all.iter().enumerate().map(|(at, it)| match at {
                    0 => format!("{} is cheapest {}", it.option, until(at)),
                    _ => format!("{} {}", it.option, until(at)),
                });
                parts.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Why options have no cost, each once.
    fn gaps(&self) -> Vec<String> {
        let mut gaps = Vec::new();
        for cost in &self.costs {
            let gap = format!("{} {}", cost.option, cost.in_words);
            if cost.cost.is_none() && !gaps.contains(&gap) {
                gaps.push(gap);
            }
        }
        gaps
    }

    /// What the options cost at each load, a text for each; none where they cannot be compared.
    fn steps(&self) -> Vec<String> {
        if self.cheapest.is_empty() {
            return Vec::new();
        }
        let mut steps: Vec<(&str, Vec<String>)> = Vec::new();
        for cost in &self.costs {
            let words = format!("{} {}", cost.option, cost.in_words);
            match steps.last_mut() {
                Some((scale, all)) if *scale == cost.scale => all.push(words),
                _ => steps.push((&cost.scale, vec![words])),
            }
        }
        steps.into_iter().map(|(scale, all)| format!("{scale}: {}", all.join(", "))).collect()
    }
}

/// What the comparisons leave out.
const CAVEAT: &str = "Each service alone, at so many times what reaches it: without tiers, free units and commitments that accounts share.";

/// For people; empty where nothing can be compared.
pub(super) fn table(comparisons: &[Comparison]) -> String {
    let mut text = String::new();
    for it in comparisons {
        let _ = writeln!(text, "\n{} {}: {}", it.element, it.property, it.verdict());
        for step in it.steps() {
            let _ = writeln!(text, "  {step}");
        }
    }
    if !comparisons.is_empty() {
        let _ = writeln!(text, "\n{CAVEAT}");
    }
    text
}

/// For documents; empty where nothing can be compared.
pub(super) fn markdown(comparisons: &[Comparison]) -> String {
    let mut text = String::new();
    for it in comparisons {
        let _ = writeln!(text, "\n`{}`, `{}`: {}\n", it.element, it.property, it.verdict());
        for step in it.steps() {
            let _ = writeln!(text, "- {step}");
        }
    }
    if !comparisons.is_empty() {
        let _ = writeln!(text, "\n{CAVEAT}");
    }
    text
}
