//! Systems, elements and edges.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Fact, Property};
use crate::emit::load::sheet::Flow;

/// A system.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Architecture {
    /// Its name, unique in the workspace.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its documentation, as Markdown.
    pub docs: Option<String>,
    /// The patterns that it says it follows.
    pub follows: Vec<String>,
    /// The properties that are given.
    pub properties: Vec<Property>,
    /// The facts of its `meta` block.
    pub meta: Vec<Fact>,
    /// Where it is declared.
    pub declared: Place,
}

impl Architecture {
    /// The title, or the name.
    pub fn label(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.name)
    }
}

/// What an element is to those who drew it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Variety {
    /// Run by us.
    Service,
    /// A service that a `via` declares, and that is drawn as the label of its edge.
    Carrier,
    /// Run by others.
    External,
    /// People.
    Person,
    /// A boundary around others.
    Group,
}

impl Variety {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Variety::Service => "service",
            Variety::Carrier => "carrier",
            Variety::External => "external",
            Variety::Person => "person",
            Variety::Group => "group",
        }
    }
}

/// A service, a carrier, an external system, people, or a group.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Element {
    /// Its path in the workspace, which nothing else has: `lake.ingest.stream`.
    pub path: String,
    /// Its name: `stream`.
    pub name: String,
    /// The name of its architecture.
    pub architecture: String,
    /// The path of the innermost group around it.
    pub group: Option<String>,
    /// What it is to those who drew it.
    pub variety: Variety,
    /// Its kind; null if none is known, or none is said.
    pub kind: Option<String>,
    /// The product that the kind stands for.
    pub product: Option<String>,
    /// What sort of thing it is: `store`, `compute` …
    pub category: Option<String>,
    /// Its label with its line breaks, or the name.
    pub label: String,
    /// Its documentation, as Markdown.
    pub docs: Option<String>,
    /// Of a group that is an instance of a pattern: the pattern's name.
    pub pattern: Option<String>,
    /// Who answers for it, itself or what stands around it.
    pub owner: Option<String>,
    /// Where it runs, in the same way.
    pub region: Option<String>,
    /// Who pays for it, in the same way.
    pub account: Option<String>,
    /// The properties that are given. Defaults of the kind are not among them.
    pub properties: Vec<Property>,
    /// The facts of its `meta` block.
    pub meta: Vec<Fact>,
    /// What moves here.
    pub load: Load,
    /// What it costs a month; null if no line of the bill is about it.
    pub cost: Option<Cost>,
    /// Where it is declared.
    pub declared: Place,
}

impl Element {
    /// The label on one line.
    pub fn label_line(&self) -> String {
        one_line(&self.label)
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What moves at an element. What is null does not exist; what is not known has `needs`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Load {
    /// What starts at it, if it says so.
    pub emits: Option<Flow>,
    /// What comes along `->` and `=>`; null if no such edge leads to it.
    pub receives: Option<Flow>,
    /// What comes along `~>`, in the same way.
    pub side: Option<Flow>,
    /// What leaves along `->` and `=>`, all copies together, in the same way.
    pub sends: Option<Flow>,
}

/// What some lines of the bill come to. What is unpriced is not known, and not in the sums.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Cost {
    /// The sums by currency, as exact decimals.
    pub costs: BTreeMap<String, String>,
    /// How many lines are in them.
    pub priced: usize,
    /// How many lines are not, since nobody knows what they cost.
    pub unpriced: usize,
}

/// What moves along an edge.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Arrow {
    /// Data moves.
    #[serde(rename = "->")]
    Data,
    /// A call that waits for its answer.
    #[serde(rename = "=>")]
    Call,
    /// A side channel: triggers, watches, describes.
    #[serde(rename = "~>")]
    Side,
}

impl Arrow {
    /// The arrow as it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Arrow::Data => "->",
            Arrow::Call => "=>",
            Arrow::Side => "~>",
        }
    }

    /// What it stands for, in a word.
    pub fn name(self) -> &'static str {
        match self {
            Arrow::Data => "data",
            Arrow::Call => "call",
            Arrow::Side => "side",
        }
    }
}

/// A connection of two elements.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Edge {
    /// What it is known by, which nothing else has: `shop.web -> shop.orders`; with a number, where there are several of
    /// the sort: `shop.web -> shop.orders #2`.
    pub id: String,
    /// The name of the architecture that it is declared in.
    pub architecture: String,
    /// The path of the group that it is declared in.
    pub group: Option<String>,
    /// The path of where it starts.
    pub from: String,
    /// What moves along it: data, a call, or a side channel.
    pub arrow: Arrow,
    /// The path of where it leads.
    pub to: String,
    /// Its label with its line breaks.
    pub label: Option<String>,
    /// The paths of the services that carry it, in order.
    pub carriers: Vec<String>,
    /// The parts that it is made of, to each carrier and from there on; none if a carrier is not known.
    pub hops: Vec<Hop>,
    /// Its documentation, as Markdown.
    pub docs: Option<String>,
    /// The properties that are given.
    pub properties: Vec<Property>,
    /// The facts of its `meta` block.
    pub meta: Vec<Fact>,
    /// What it costs a month; null if no line of the bill is about it.
    pub cost: Option<Cost>,
    /// Where it is declared.
    pub declared: Place,
}

/// A part of an edge.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Hop {
    /// The path of where it starts.
    pub from: String,
    /// The path of where it leads.
    pub to: String,
    /// What moves along it.
    pub flow: Flow,
}

/// A place in a file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Place {
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}
