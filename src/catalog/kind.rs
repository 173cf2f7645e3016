//! Kinds of elements, and what they say of properties.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use smol_str::SmolStr;

use super::Value;
use super::expression::{Expression, Limit, Meter};
use crate::source::Span;
use crate::syntax::ast::Doc;

/// A kind of a [`Catalog`](super::Catalog).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindId(u32);

impl KindId {
    pub(super) fn new(index: usize) -> KindId {
        KindId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A kind of service, external system, or of anything else that is declared.
#[derive(Debug)]
pub struct Kind {
    /// Its id.
    pub id: KindId,
    /// Its name, such as `aws.kinesis.stream`.
    pub name: SmolStr,
    /// Where the name is declared.
    pub name_span: Span,
    /// The kind it inherits from. Only the root `declaration` has none.
    pub parent: Option<KindId>,
    /// The product's name for people, such as "Kinesis Data Streams".
    pub product: SmolStr,
    /// What it is, in Markdown.
    pub doc: Option<Doc>,
    /// Its category, if it says one.
    pub category: Option<Category>,
    /// Its shape, if it says one.
    pub shape: Option<Shape>,
    /// Whether it only serves other kinds as a parent.
    pub is_abstract: bool,
    /// Its own properties, in the order of their declaration.
    pub properties: Vec<PropertySpec>,
    /// Properties that must be given, wherever they are declared.
    pub require: Vec<SmolStr>,
    /// What people call it besides its name and its product: a maker's official name, and words to search for.
    pub aliases: Vec<SmolStr>,
    /// That it is no longer offered.
    pub retired: Option<Retirement>,
    /// Its own meters.
    pub meters: Vec<Meter>,
    /// Its own quotas.
    pub limits: Vec<Limit>,
    /// What it passes on, if that is not what it receives.
    pub passes: Option<Expression>,
    /// Why it costs nothing.
    pub unbilled: Option<SmolStr>,
}

/// When and why a kind went out of service, and what took its place.
#[derive(Clone, Debug, Default)]
pub struct Retirement {
    /// The day it ended.
    pub since: Option<Date>,
    /// The kind to use today.
    pub instead: Option<SmolStr>,
    /// Who says so.
    pub source: Option<SmolStr>,
    /// More about it.
    pub note: Option<SmolStr>,
}

/// A property that a kind understands.
#[derive(Debug)]
pub struct PropertySpec {
    /// Its name.
    pub name: SmolStr,
    /// Where the name is declared.
    pub name_span: Span,
    /// The values it takes.
    pub ty: PropertyType,
    /// The value that holds where none is given.
    pub default: Option<Value>,
    /// What computes the value where none is given.
    pub computed: Option<Expression>,
    /// The least value allowed.
    pub min: Option<Value>,
    /// The greatest value allowed.
    pub max: Option<Value>,
    /// Whether a value must be given.
    pub required: bool,
    /// What it means, in Markdown.
    pub doc: Option<Doc>,
}

impl PropertySpec {
    /// Whether a value, or each of a list, lies within the range.
    pub fn allows(&self, value: &Value) -> bool {
        let within = |item: &Value| {
            let Value::Quantity(quantity) = item else { return true };
            let holds = |bound: &Option<Value>, excluded: Ordering| match bound {
                Some(Value::Quantity(bound)) => quantity.try_cmp(bound).is_ok_and(|ordering| ordering != excluded),
                _ => true,
            };
            holds(&self.min, Ordering::Less) && holds(&self.max, Ordering::Greater)
        };
        value.items().iter().all(within)
    }
}

/// The values that a property takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PropertyType {
    /// Any text.
    Text,
    /// A name or a dotted path, such as `eu-west-1`.
    Symbol,
    /// `true` or `false`.
    Bool,
    /// A number without a unit.
    Number,
    /// A whole number of things, from 0.
    Count,
    /// Bytes.
    Size,
    /// A span of time.
    Duration,
    /// So many per time.
    Rate,
    /// Bytes per time.
    Throughput,
    /// An amount of money.
    Money,
    /// Money per time.
    MoneyRate,
    /// `30%`.
    Percent,
    /// `3x`.
    Multiple,
    /// `2026-11-17`.
    Date,
    /// `5_000/s of 1 KB`.
    Load,
    /// The name of an element.
    Element,
    /// An expression that selects elements or edges.
    Selector,
    /// One of these names.
    OneOf(Vec<SmolStr>),
    /// `[a, b]`, all of one type.
    List(Box<PropertyType>),
}

impl PropertyType {
    /// Whether every value of this type is one of another.
    pub(super) fn narrows(&self, other: &PropertyType) -> bool {
        match (self, other) {
            (PropertyType::OneOf(names), PropertyType::OneOf(others)) => names.iter().all(|name| others.contains(name)),
            (PropertyType::OneOf(_), PropertyType::Symbol | PropertyType::Text)
            | (PropertyType::Count, PropertyType::Number) => true,
            (PropertyType::List(inner), PropertyType::List(other)) => inner.narrows(other),
            (one, other) => one == other,
        }
    }

    /// Whether its values are numbers, with a unit or without.
    pub fn is_quantity(&self) -> bool {
        use PropertyType as Type;
        matches!(
            self,
            Type::Number
                | Type::Count
                | Type::Size
                | Type::Duration
                | Type::Rate
                | Type::Throughput
                | Type::Money
                | Type::MoneyRate
                | Type::Percent
                | Type::Multiple
        )
    }

    /// What is expected of a value, for messages: "a size, such as `512 MB`".
    pub fn expectation(&self) -> String {
        let fixed = match self {
            PropertyType::Text => "a text, such as `\"team-data\"`",
            PropertyType::Symbol => "a name, such as `eu-west-1`",
            PropertyType::Bool => "`true` or `false`",
            PropertyType::Number => "a number without a unit, such as `0.25`",
            PropertyType::Count => "a whole number, such as `3`",
            PropertyType::Size => "a size, such as `512 MB`",
            PropertyType::Duration => "a duration, such as `24 h`",
            PropertyType::Rate => "a rate, such as `500/d`",
            PropertyType::Throughput => "a size per time, such as `5 MiB/s`",
            PropertyType::Money => "an amount of money, such as `20 USD`",
            PropertyType::MoneyRate => "money per time, such as `500 USD/month`",
            PropertyType::Percent => "a percentage, such as `30%`",
            PropertyType::Multiple => "a multiple, such as `3x`",
            PropertyType::Date => "a date, such as `2026-11-17`",
            PropertyType::Load => "a rate and a size, such as `5_000/s of 1 KB`",
            PropertyType::Element => "the name of an element",
            PropertyType::Selector => "a selector, such as `upstream(orders) + kind(aws.s3)`",
            PropertyType::OneOf(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                return format!("one of {}", names.join(", "));
            }
            PropertyType::List(inner) => return format!("a list, each of it {}", inner.expectation()),
        };
        fixed.to_owned()
    }
}

impl fmt::Display for PropertyType {
    /// Writes the type as it is declared.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PropertyType::Text => "text",
            PropertyType::Symbol => "symbol",
            PropertyType::Bool => "bool",
            PropertyType::Number => "number",
            PropertyType::Count => "count",
            PropertyType::Size => "size",
            PropertyType::Duration => "duration",
            PropertyType::Rate => "rate",
            PropertyType::Throughput => "throughput",
            PropertyType::Money => "money",
            PropertyType::MoneyRate => "money_rate",
            PropertyType::Percent => "percent",
            PropertyType::Multiple => "multiple",
            PropertyType::Date => "date",
            PropertyType::Load => "load",
            PropertyType::Element => "element",
            PropertyType::Selector => "selector",
            PropertyType::OneOf(names) => return write!(f, "one_of({})", names.join(", ")),
            PropertyType::List(inner) => return write!(f, "list({inner})"),
        })
    }
}

/// Gives an enum the names by which the language knows its variants.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order they are listed to people.
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            /// The name in the language.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The one of a name.
            pub fn of(name: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }
    };
}

named! {
    /// What a kind is for. Diagrams colour by it, and selectors select by it.
    Category {
        /// Systems that others run.
        External = "external",
        /// People.
        Person = "person",
        /// Takes data in.
        Ingestion = "ingestion",
        /// Passes records and messages on.
        Messaging = "messaging",
        /// Runs code.
        Compute = "compute",
        /// Keeps objects and files.
        Store = "store",
        /// Keeps records that are looked up.
        Database = "database",
        /// Answers questions over much data.
        Analytics = "analytics",
        /// Tells others when to work.
        Orchestration = "orchestration",
        /// Describes data.
        Catalog = "catalog",
        /// Brings requests to where they are served.
        Network = "network",
        /// Watches.
        Monitoring = "monitoring",
        /// Guards.
        Security = "security",
        /// Shows.
        Presentation = "presentation",
    }
}

impl Default for Category {
    /// The category of a kind that does not say one.
    fn default() -> Category {
        Category::Compute
    }
}

impl Category {
    /// The shape of kinds that do not say one.
    pub fn shape(self) -> Shape {
        match self {
            Category::External => Shape::Slanted,
            Category::Person => Shape::Stadium,
            Category::Messaging | Category::Ingestion => Shape::Subroutine,
            Category::Store | Category::Database => Shape::Cylinder,
            Category::Orchestration => Shape::Hexagon,
            Category::Compute | Category::Analytics | Category::Network | Category::Presentation => Shape::Rounded,
            Category::Catalog | Category::Monitoring | Category::Security => Shape::Box,
        }
    }
}

named! {
    /// The outline of a node.
    Shape {
        /// A rectangle.
        Box = "box",
        /// A rectangle with round corners.
        Rounded = "rounded",
        /// A rectangle with round ends.
        Stadium = "stadium",
        /// A rectangle with double sides.
        Subroutine = "subroutine",
        /// A cylinder.
        Cylinder = "cylinder",
        /// A circle.
        Circle = "circle",
        /// A diamond.
        Diamond = "diamond",
        /// A hexagon.
        Hexagon = "hexagon",
        /// A parallelogram.
        Slanted = "slanted",
        /// A flag.
        Flag = "flag",
    }
}
