//! The sentences of a bill: why a line is unpriced, and what to do about it.

use smol_str::SmolStr;

use super::{Gap, Line, Subject};
use crate::model::Model;
use crate::quantity::{Amount, grouped};

impl Gap {
    /// Why the line is unpriced, and what to declare. Without a full stop, names in back-ticks.
    pub fn reason(&self, model: &Model, line: &Line) -> String {
        let subject = line.subject.called(model);
        match self {
            Gap::NoMeters => {
                format!("the kind of {subject} has no meters; give `cost`, or a kind that has some")
            }
            Gap::Property(name) => format!("give `{name}` on {subject}"),
            Gap::Load(gap) => gap.advice(model),
            Gap::Size => format!("the size of what reaches {subject} is not known; give `size` on the edge"),
            Gap::Negative => {
                format!("the meter of {subject} comes out less than 0; its kind wants `max(0, …)` around it")
            }
            Gap::Quotient => format!("a property of {subject} that is divided by is 0"),
            Gap::Magnitude => "a figure has more digits than can be computed with".to_owned(),
            Gap::NoRegion => format!("give `region` on {subject} or on what stands around it"),
            Gap::NoPrice => format!("no price `{}`; add a price file to `archc.toml`", line.price),
            Gap::NoVariant(variant, known) if variant.is_empty() => {
                format!("the price `{}` needs one of {}", line.price, list(known))
            }
            Gap::NoVariant(variant, known) => {
                format!("no price for `{variant}`; there are prices for {}", list(known))
            }
            Gap::NoPriceInRegion(region, known) => {
                format!("no price of `{}` in `{region}`; there are prices in {}", line.price, list(known))
            }
            Gap::Conflicting(figures) => {
                let figures = figures.join(", ");
                format!("sources contradict each other: {figures}; add the right price to `archc.toml`")
            }
            Gap::Dimension(measured, unit) => {
                format!("the meter measures {measured}, and `{}` is a price per {unit}", line.price)
            }
        }
    }
}

impl Subject {
    /// What people call a service, or the ends of a connection; names in back-ticks.
    pub fn called(self, model: &Model) -> String {
        match self {
            Subject::Element(id) => model.called(id),
            Subject::Edge(_) | Subject::Architecture(_) => format!("`{}`", self.words(model)),
        }
    }

    /// The path of a service, the ends of a connection, or the name of an architecture.
    pub fn words(self, model: &Model) -> String {
        match self {
            Subject::Element(id) => model.path(id),
            Subject::Edge(id) => {
                let edge = model.edge(id);
                format!("{} {} {}", model.path(edge.from), edge.arrow.symbol(), model.path(edge.to))
            }
            Subject::Architecture(id) => model.architecture(id).name.to_string(),
        }
    }
}

/// At most a few names, in back-ticks.
fn list(names: &[SmolStr]) -> String {
    const FEW: usize = 8;
    let mut words: Vec<String> = names.iter().take(FEW).map(|name| format!("`{name}`")).collect();
    if names.len() > FEW {
        words.push(format!("{} more", names.len() - FEW));
    }
    words.join(", ")
}

/// An amount of money for people: two decimal places, or as many as its first two digits need.
pub fn money(amount: Amount) -> String {
    let Some(cents) = amount.round(2) else { return amount.to_string() };
    if !cents.is_zero() || amount.is_zero() {
        let mut cents = cents;
        cents.rescale(2);
        return grouped(cents);
    }
    let exact = amount.decimal().unwrap_or_default();
    grouped(exact.round_sf(2).unwrap_or(exact).normalize())
}
