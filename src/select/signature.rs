//! What the functions of selectors take, for those who help to write them.

/// A function of selectors, or a measure of the limits in rules.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// Its name.
    pub name: &'static str,
    /// What it takes, in order.
    pub parameters: &'static [Parameter],
    /// What it selects or measures, in a sentence.
    pub summary: &'static str,
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub takes: Takes,
    /// How it is given.
    pub form: Form,
    /// What it means, in a sentence.
    pub summary: &'static str,
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The name of a kind.
    Kind,
    /// A category.
    Category,
    /// A word that a property has.
    Word(&'static str),
    /// A selector.
    Selector,
    /// A whole number.
    Number,
    /// The name of a property.
    Property,
    /// A property, compared with a value.
    Comparison,
}

impl Takes {
    /// The name of the type, for people.
    pub fn name(self) -> &'static str {
        match self {
            Takes::Kind => "kind",
            Takes::Category => "category",
            Takes::Word(_) => "word",
            Takes::Selector => "selector",
            Takes::Number => "count",
            Takes::Property => "property",
            Takes::Comparison => "comparison",
        }
    }
}

/// How an argument is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Once, by its place.
    Plain,
    /// By its place, or not at all.
    Optional,
    /// Any number of times.
    Repeated,
    /// As `name = …`, or not at all.
    Named,
}

/// The functions of selectors.
pub fn functions() -> impl Iterator<Item = &'static Signature> {
    SIGNATURES.iter().take(super::function::FUNCTIONS.len())
}

/// The measures of the limits in rules.
pub fn measures() -> impl Iterator<Item = &'static Signature> {
    SIGNATURES.iter().skip(super::function::FUNCTIONS.len())
}

/// The function or measure of a name.
pub fn signature(name: &str) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|signature| signature.name == name)
}

/// The words that stand for all elements of a sort.
pub fn words() -> impl Iterator<Item = &'static str> {
    super::function::WORDS.iter().map(|(word, _)| *word)
}

const fn plain(name: &'static str, takes: Takes, summary: &'static str) -> Parameter {
    Parameter { name, takes, form: Form::Plain, summary }
}

const fn optional(name: &'static str, takes: Takes, summary: &'static str) -> Parameter {
    Parameter { name, takes, form: Form::Optional, summary }
}

const fn repeated(name: &'static str, takes: Takes, summary: &'static str) -> Parameter {
    Parameter { name, takes, form: Form::Repeated, summary }
}

const fn named(name: &'static str, takes: Takes, summary: &'static str) -> Parameter {
    Parameter { name, takes, form: Form::Named, summary }
}

const fn words_of(name: &'static str, property: &'static str, summary: &'static str) -> Parameter {
    repeated(name, Takes::Word(property), summary)
}

const CLASS: Parameter = plain("class", Takes::Word("data"), "A class of data, such as `pii`.");
const START: Parameter = plain("start", Takes::Selector, "Where to begin.");
const STEPS: Parameter = optional("steps", Takes::Number, "How many connections to follow; all if it is left out.");
const STEPS_AROUND: Parameter =
    optional("steps", Takes::Number, "How many connections to follow; 1 if it is left out.");
const FROM: Parameter = plain("from", Takes::Selector, "Where the way begins.");
const TO: Parameter = plain("to", Takes::Selector, "Where the way ends.");
const ELEMENTS: Parameter = plain("elements", Takes::Selector, "What is measured, each by itself.");
const COUNTED: Parameter = plain("counted", Takes::Selector, "The elements or connections to count.");

/// In the order of the functions, and then of the measures.
const SIGNATURES: [Signature; 23] = [
    Signature {
        name: "kind",
        parameters: &[repeated("kind", Takes::Kind, "The name of a kind, such as `aws.s3`.")],
        summary: "Elements of a kind, or of one that inherits from it.",
    },
    Signature {
        name: "category",
        parameters: &[repeated("category", Takes::Category, "A category, such as `store`.")],
        summary: "Elements of a category.",
    },
    Signature {
        name: "tag",
        parameters: &[words_of("tag", "tags", "A tag of your own.")],
        summary: "What has one of these tags.",
    },
    Signature {
        name: "owner",
        parameters: &[words_of("owner", "owner", "An owner, in quotes where it is no name.")],
        summary: "What one of these answers for.",
    },
    Signature {
        name: "role",
        parameters: &[words_of("role", "role", "A role, in quotes where it is no name.")],
        summary: "What is there for one of these.",
    },
    Signature {
        name: "status",
        parameters: &[words_of("status", "status", "`planned`, `live` or `deprecated`.")],
        summary: "What stands at one of these places in its life.",
    },
    Signature {
        name: "region",
        parameters: &[words_of("region", "region", "A region, such as `eu-west-1`.")],
        summary: "What runs in one of these regions.",
    },
    Signature {
        name: "account",
        parameters: &[words_of("account", "account", "An account or subscription.")],
        summary: "What one of these accounts pays for.",
    },
    Signature {
        name: "technology",
        parameters: &[words_of("technology", "technology", "A technology, in quotes where it is no name.")],
        summary: "What is built with one of these.",
    },
    Signature {
        name: "data",
        parameters: &[words_of("class", "data", "A class of data, such as `pii`.")],
        summary: "What says that it holds one of these classes of data.",
    },
    Signature {
        name: "carries",
        parameters: &[CLASS],
        summary: "Elements that hold data of a class, or that it moves to.",
    },
    Signature {
        name: "moves",
        parameters: &[
            CLASS,
            named("from", Takes::Selector, "Only ways that begin here."),
            named("to", Takes::Selector, "Only ways that end here."),
        ],
        summary: "Connections along which data of a class moves.",
    },
    Signature { name: "upstream", parameters: &[START, STEPS], summary: "What leads to something." },
    Signature { name: "downstream", parameters: &[START, STEPS], summary: "What something leads to." },
    Signature { name: "neighbors", parameters: &[START, STEPS_AROUND], summary: "What something is connected to." },
    Signature { name: "between", parameters: &[FROM, TO], summary: "What lies on a way from one to the other." },
    Signature {
        name: "where",
        parameters: &[repeated(
            "comparison",
            Takes::Comparison,
            "A property and its value, as in `retention >= 30 d`.",
        )],
        summary: "What has properties of some values.",
    },
    Signature {
        name: "has",
        parameters: &[repeated("property", Takes::Property, "The name of a property.")],
        summary: "What has properties, of whatever value.",
    },
    Signature { name: "count", parameters: &[COUNTED], summary: "How many elements or connections there are." },
    Signature { name: "fan_in", parameters: &[ELEMENTS], summary: "How many elements send data to one, or call it." },
    Signature { name: "fan_out", parameters: &[ELEMENTS], summary: "How many elements one sends data to, or calls." },
    Signature { name: "depth", parameters: &[ELEMENTS], summary: "How many groups stand around one." },
    Signature {
        name: "path_length",
        parameters: &[FROM, TO],
        summary: "How many steps lead along data and calls from the nearest start to each end.",
    },
];

#[cfg(test)]
mod tests {
    use super::{functions, measures};
    use crate::select::function::{FUNCTIONS, MEASURES};

    #[test]
    fn every_function_and_measure_has_its_signature() {
        let known: Vec<&str> = functions().chain(measures()).map(|signature| signature.name).collect();
        let all: Vec<&str> = FUNCTIONS.iter().map(|(name, ..)| *name).chain(MEASURES).collect();
        assert_eq!(known, all);
    }
}
