//! The functions of selectors, and the words that stand for sorts of elements.

use crate::model::Variety;

/// A function of selectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// Elements of a kind, or of one that inherits from it.
    Kind,
    /// Elements of a category.
    Category,
    /// Elements that have one of some words in a property.
    Words(&'static str),
    /// Elements at which data of a class is.
    Carries,
    /// Connections along which data of a class moves.
    Moves,
    /// What leads to something.
    Upstream,
    /// What something leads to.
    Downstream,
    /// What something is connected to.
    Neighbors,
    /// What lies between.
    Between,
    /// What has properties of some values.
    Where,
    /// What has properties at all.
    Has,
}

/// Each function with its name, and how it is called.
pub(super) const FUNCTIONS: [(&str, Function, &str); 18] = [
    ("kind", Function::Kind, "kind(aws.s3)"),
    ("category", Function::Category, "category(store)"),
    ("tag", Function::Words("tags"), "tag(critical)"),
    ("owner", Function::Words("owner"), "owner(\"team-data\")"),
    ("role", Function::Words("role"), "role(\"ingestion\")"),
    ("status", Function::Words("status"), "status(deprecated)"),
    ("region", Function::Words("region"), "region(eu-west-1)"),
    ("account", Function::Words("account"), "account(production)"),
    ("technology", Function::Words("technology"), "technology(\"Spark\")"),
    ("data", Function::Words("data"), "data(pii)"),
    ("carries", Function::Carries, "carries(pii)"),
    ("moves", Function::Moves, "moves(pii, to = external)"),
    ("upstream", Function::Upstream, "upstream(raw)"),
    ("downstream", Function::Downstream, "downstream(raw)"),
    ("neighbors", Function::Neighbors, "neighbors(raw, 2)"),
    ("between", Function::Between, "between(apps, raw)"),
    ("where", Function::Where, "where(retention >= 30 d)"),
    ("has", Function::Has, "has(owner)"),
];

/// The function of a name, and how it is called.
pub(super) fn function(name: &str) -> Option<(Function, &'static str)> {
    FUNCTIONS.iter().find(|(known, ..)| *known == name).map(|(_, function, form)| (*function, *form))
}

/// What limits in rules measure. They are no functions of selectors.
pub(super) const MEASURES: [&str; 5] = ["count", "fan_in", "fan_out", "depth", "path_length"];

/// The words that stand for all elements of a sort.
pub(super) const WORDS: [(&str, Variety); 5] = [
    ("external", Variety::External),
    ("person", Variety::Person),
    ("service", Variety::Service),
    ("group", Variety::Group),
    ("carrier", Variety::Carrier),
];

/// The sort that a word stands for.
pub(super) fn variety(word: &str) -> Option<Variety> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, variety)| *variety)
}
