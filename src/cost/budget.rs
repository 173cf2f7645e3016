//! Bills held against budgets.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{Bill, Line};
use crate::catalog::Value;
use crate::model::{ArchitectureId, ElementId, Model, Property, Settings, Variety};
use crate::quantity::{Amount, Quantity};
use crate::source::Span;

/// A budget and what is spent of it.
#[derive(Clone, Debug)]
pub struct Spending {
    /// Whose budget it is, in words: "the architecture `shop`".
    pub what: String,
    /// The budget as it is declared.
    pub budget: Quantity,
    /// Where it is declared.
    pub span: Span,
    /// The ISO 4217 code of its currency.
    pub currency: SmolStr,
    /// What it allows for a month.
    pub allowed: Amount,
    /// What the priced lines in its currency cost.
    pub spent: Amount,
    /// How many lines are unpriced, or in another currency.
    pub uncovered: usize,
    /// What costs the most, and how much.
    pub dearest: Option<(String, Amount)>,
    /// Why lines are unpriced, each reason once.
    pub gaps: Vec<String>,
}

impl Spending {
    /// Whether more is spent than allowed.
    pub fn is_exceeded(&self) -> bool {
        self.spent > self.allowed
    }
}

/// Whether anything of a model has a budget: else there is no need for a bill.
pub fn has_budget(model: &Model) -> bool {
    let groups = model.elements.iter().filter(|element| element.variety == Variety::Group);
    let settings = groups.map(|group| &group.settings).chain(model.architectures.iter().map(|it| &it.settings));
    model.budget.is_some() || settings.into_iter().any(|settings| settings.get("budget").is_some())
}

/// All budgets of a model, and what a bill spends of them: that of everything, those of architectures, those of groups.
pub fn spendings(model: &Model, bill: &Bill) -> Vec<Spending> {
    let everything = model.budget.iter().filter_map(|budget| Spending::new("everything".to_owned(), budget));
    let mut everything: Vec<Spending> = everything.collect();
    let mut architectures: BTreeMap<ArchitectureId, Spending> = BTreeMap::new();
    for architecture in &model.architectures {
        let what = format!("the architecture `{}`", architecture.name);
        let spending = declared(&architecture.settings).and_then(|budget| Spending::new(what, budget));
        architectures.extend(spending.map(|spending| (architecture.id, spending)));
    }
    let mut groups: BTreeMap<ElementId, Spending> = BTreeMap::new();
    for group in model.elements.iter().filter(|element| element.variety == Variety::Group) {
        let Some(budget) = declared(&group.settings) else { continue };
        let spending = Spending::new(format!("the group `{}`", model.path(group.id)), budget);
        groups.extend(spending.map(|spending| (group.id, spending)));
    }
    for line in &bill.lines {
        for spending in &mut everything {
            spending.add(model, line);
        }
        if let Some(spending) = architectures.get_mut(&line.architecture) {
            spending.add(model, line);
        }
        for group in line.subject.groups(model) {
            if let Some(spending) = groups.get_mut(&group) {
                spending.add(model, line);
            }
        }
    }
    everything.into_iter().chain(architectures.into_values()).chain(groups.into_values()).collect()
}

fn declared(settings: &Settings) -> Option<&Property> {
    settings.properties.iter().find(|property| property.name == "budget")
}

impl Spending {
    /// Nothing yet of a budget.
    fn new(what: String, budget: &Property) -> Option<Spending> {
        let Value::Quantity(amount) = &budget.value else { return None };
        Some(Spending {
            what,
            budget: *amount,
            span: budget.span,
            currency: amount.dimension().currency()?.into(),
            allowed: amount.amount()?.checked_mul(Amount::MONTH)?,
            spent: Amount::ZERO,
            uncovered: 0,
            dearest: None,
            gaps: Vec::new(),
        })
    }

    fn add(&mut self, model: &Model, line: &Line) {
        let amount = match &line.cost {
            Ok(cost) if cost.currency == self.currency => Some(cost.amount),
            Ok(_) => None,
            Err(gap) => {
                let reason = gap.reason(model, line);
                if !self.gaps.contains(&reason) {
                    self.gaps.push(reason);
                }
                None
            }
        };
        let Some((amount, spent)) = amount.and_then(|amount| Some((amount, self.spent.checked_add(amount)?))) else {
            self.uncovered += 1;
            return;
        };
        self.spent = spent;
        if self.dearest.as_ref().is_none_or(|(_, most)| amount > *most) {
            self.dearest = Some((format!("{}: {}", line.subject.words(model), line.meter), amount));
        }
    }
}
