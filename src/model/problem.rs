//! What the resolver could not make sense of, as facts. Rules put them into words.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::catalog::{KindId, Mistyped};
use crate::pattern::Sort;
use crate::source::Span;
use crate::syntax::ast::{Keyword, Path};

use super::{ArchitectureId, ElementId};

/// Whose property it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// An architecture's.
    Architecture(ArchitectureId),
    /// An element's.
    Element(ElementId),
    /// An edge's, or that of an edge with carriers.
    Edge,
    /// That of a view, a scenario, a rule or a decision.
    Head(Keyword),
}

/// One thing that could not be resolved.
#[derive(Debug)]
pub enum Problem {
    /// A name is declared twice in one scope.
    DuplicateName {
        /// The name.
        name: SmolStr,
        /// What the other one is: `service`, `architecture`.
        what: &'static str,
        /// The declaration that counts.
        first: Span,
        /// The other one.
        second: Span,
    },
    /// A declared name with a dot in it.
    DottedName {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
    },
    /// A name that nothing has.
    UnresolvedName {
        /// The name or path.
        path: SmolStr,
        /// Where.
        span: Span,
        /// The name that was probably meant.
        near: Option<String>,
        /// Whether the name belongs to a kind: somebody took a kind for an element.
        is_kind: bool,
    },
    /// A name that several elements have.
    AmbiguousName {
        /// The name.
        path: SmolStr,
        /// Where.
        span: Span,
        /// The elements it could mean.
        candidates: Arc<Vec<ElementId>>,
    },
    /// A name that means something that cannot be the end of this edge.
    WrongEnd {
        /// The name.
        path: SmolStr,
        /// Where.
        span: Span,
        /// What it is: `group`, `architecture`.
        what: &'static str,
    },
    /// A service without a kind.
    MissingKind {
        /// The service.
        element: ElementId,
    },
    /// A name that no kind has.
    UnknownKind {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
        /// The kind that was probably meant.
        near: Option<String>,
    },
    /// A kind that only serves as a parent.
    AbstractKind {
        /// The kind.
        kind: KindId,
        /// Where it is named.
        span: Span,
    },
    /// A property of an element that stands after it, not in its block.
    PropertyOutside {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
        /// The element, which has no block.
        element: ElementId,
    },
    /// A property that the kind does not know.
    UnknownProperty {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
        /// The kinds that were asked.
        kinds: Vec<KindId>,
        /// The property that was probably meant.
        near: Option<String>,
    },
    /// A property that belongs to a carrier which is declared elsewhere.
    PropertyOfAnother {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
        /// The carrier.
        carrier: ElementId,
    },
    /// A property of a `via` that more than one carrier knows.
    AmbiguousProperty {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
        /// The kinds of the carriers that know it.
        kinds: Vec<KindId>,
    },
    /// A property that is given twice.
    DuplicateProperty {
        /// The name.
        name: SmolStr,
        /// The value that counts.
        first: Span,
        /// The name of the other one.
        second: Span,
        /// The other one as a whole.
        whole: Span,
    },
    /// A property that must be given and is not.
    MissingProperty {
        /// The name.
        name: SmolStr,
        /// Whose.
        owner: Owner,
        /// The kind that requires it.
        kind: KindId,
        /// Where its owner is named.
        span: Span,
    },
    /// A value of another type.
    MistypedProperty {
        /// The name.
        name: SmolStr,
        /// The kind that declares it.
        kind: KindId,
        /// What is wrong with the value.
        mistake: Mistyped,
    },
    /// A value outside the range.
    OutOfRange {
        /// The name.
        name: SmolStr,
        /// The kind that declares it.
        kind: KindId,
        /// Where the value stands.
        span: Span,
    },
    /// An argument of a pattern that is no element of the sort that the parameter asks for.
    WrongArgument {
        /// The name, and where it stands.
        path: Path,
        /// The parameter, and where it is declared.
        parameter: Path,
        /// What it asks for.
        sort: Sort,
        /// What was named.
        element: ElementId,
    },
    /// A carrier that cannot be one.
    MisplacedVia {
        /// What was named.
        path: SmolStr,
        /// Where.
        span: Span,
        /// Why not.
        reason: ViaMistake,
    },
    /// A statement that cannot stand where it stands.
    Misplaced {
        /// What it is: `architecture`, `property`.
        what: &'static str,
        /// Where it stands: `a group`.
        place: &'static str,
        /// Where it belongs.
        belongs: &'static str,
        /// Where.
        span: Span,
    },
    /// An attribute that does not exist, or has wrong arguments.
    InvalidAttribute {
        /// Where.
        span: Span,
        /// What is wrong.
        mistake: AttributeMistake,
    },
    /// An environment that is inherited from, and is not declared.
    UnknownEnvironment {
        /// The name.
        name: SmolStr,
        /// Where.
        span: Span,
        /// The environment that was probably meant.
        near: Option<String>,
    },
    /// Environments that inherit from each other in a circle. The last step is left out.
    EnvironmentCycle {
        /// The names, each with the place where it names the next one, and the last one the first.
        steps: Vec<(SmolStr, Span)>,
    },
}

/// Why something cannot carry an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViaMistake {
    /// It is an external system, people or a group.
    NotAService,
    /// It is one of the edge's own ends.
    OwnEnd,
    /// It is named twice on the same edge.
    Twice,
}

/// What is wrong with an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeMistake {
    /// There is none of this name.
    Unknown(SmolStr),
    /// `@allow` without the code of a rule.
    NoCode,
    /// `until` is no date.
    NoDate,
    /// An argument that it does not take.
    Argument,
}
