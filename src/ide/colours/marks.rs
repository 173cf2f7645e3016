//! What the tree and the model know of the words of a file.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Colour, ColourSort, Shades, Snapshot};
use crate::docs::{self, Target};
use crate::ide::parts::{self, Part, Role};
use crate::model::{Lookup, Model, Scope, Variety};
use crate::source::{Origin, Span};
use crate::syntax::ast::{Argument, Block, Declaration, Doc, File, Keyword, Path, Statement, Value, ValueKind};

/// What is known of a part of a file.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Names, values and arrows, in the order of the text.
    pub(super) marks: Vec<Colour>,
    /// Where the statements stand, without what is in their blocks; in the order of the text.
    pub(super) heads: Vec<Span>,
}

pub(super) fn of(snapshot: &Snapshot, tree: &File, within: Span) -> Known {
    let mut marker = Marker { snapshot, within, known: Known::default(), words: None };
    let place = Place::default();
    if let Some(doc) = &tree.doc {
        marker.doc(doc, &place);
    }
    marker.statements(&tree.statements, &place);
    marker.known.marks.sort_by_key(|mark| mark.span.start);
    marker.known
}

/// Where a statement stands.
#[derive(Clone, Default)]
struct Place<'t> {
    /// The keyword of the innermost declaration around it.
    owner: Option<Keyword>,
    /// What sees the names there; none outside of architectures.
    scope: Option<Scope>,
    /// In a pattern or an example, which see nothing of what is around them: what is declared there.
    own: Option<Rc<HashMap<&'t str, (ColourSort, Shades)>>>,
}

struct Marker<'s> {
    snapshot: &'s Snapshot,
    within: Span,
    known: Known,
    /// Where the arguments of a function stand that are no elements, and what they are.
    words: Option<(Span, ColourSort)>,
}

impl<'t> Marker<'t> {
    fn model(&self) -> &'t Model {
        self.snapshot.model()
    }

    fn mark(&mut self, span: Span, (sort, shades): (ColourSort, Shades)) {
        if span.start < self.within.end && self.within.start < span.end {
            self.known.marks.push(Colour { span, sort, shades });
        }
    }

    fn statements(&mut self, statements: &'t [Statement], place: &Place<'t>) {
        // The end of a statement comes before that of the next.
        let from = statements.partition_point(|it| it.span().end < self.within.start);
        for statement in statements.get(from..).unwrap_or_default() {
            if parts::whole_span(statement).start > self.within.end {
                break;
            }
            self.statement(statement, place);
        }
    }

    fn statement(&mut self, statement: &'t Statement, place: &Place<'t>) {
        let span = statement.span();
        let inside = self.inside(statement, place);
        let owner = if let Statement::Declaration(it) = statement { Some(it.keyword) } else { None };
        // Names of a declaration that has its own see these.
        let around = if matches!(owner, Some(Keyword::Pattern)) { &inside } else { place };
        parts::of(statement, &mut |part| self.part(part, statement, around));
        let mut start = span.start;
        for block in statement.blocks() {
            self.head(Span { start, end: block.span.start + 1, ..span });
            self.block(block, &inside);
            start = block.span.end - u32::from(block.closed);
        }
        self.head(Span { start, ..span });
    }

    fn head(&mut self, span: Span) {
        if span.start < span.end {
            self.known.heads.push(span);
        }
    }

    fn block(&mut self, block: &'t Block, place: &Place<'t>) {
        self.statements(&block.statements, place);
    }

    /// Where the statements of a statement's blocks stand.
    fn inside(&self, statement: &'t Statement, place: &Place<'t>) -> Place<'t> {
        let Statement::Declaration(it) = statement else { return place.clone() };
        let mut inside = Place { owner: Some(it.keyword), ..place.clone() };
        match it.keyword {
            Keyword::Architecture | Keyword::Extend | Keyword::Group => {
                let found = it.name.as_ref().map(|name| self.model().look_up(place.scope, name));
                match found {
                    Some(Lookup::Architecture(architecture)) => {
                        inside.scope = Some(Scope { architecture, group: None });
                    }
                    Some(Lookup::Element(id)) if self.model().element(id).variety == Variety::Group => {
                        inside.scope =
                            Some(Scope { architecture: self.model().element(id).architecture, group: Some(id) });
                    }
                    _ => {}
                }
            }
            Keyword::Pattern | Keyword::Example => inside.own = Some(Rc::new(own_names(it))),
            _ => {}
        }
        inside
    }

    fn part(&mut self, part: Part<'t>, statement: &Statement, place: &Place<'t>) {
        match part {
            Part::Doc(doc) => self.doc(doc, place),
            Part::Name(path, role) => self.name(path, role, statement, place),
            Part::Text(text) => self.mark(text.span, (ColourSort::String, Shades::NONE)),
            Part::Value(value) => self.value(value, statement, place),
            Part::Arrow(span) => self.mark(span, (ColourSort::Operator, Shades::NONE)),
            Part::Whole(_) => {}
        }
    }

    fn name(&mut self, path: &Path, role: Role, statement: &Statement, place: &Place<'t>) {
        let plain = |sort| (sort, Shades::NONE);
        let colour = match role {
            Role::Declared => {
                let Statement::Declaration(it) = statement else { return };
                let (sort, shades) = declared(it.keyword);
                let shades = if it.keyword == Keyword::Kind { shades.with(self.kind(path).1) } else { shades };
                (sort, shades.with(Shades::DECLARATION))
            }
            Role::Carrier => (ColourSort::Variable, Shades::DECLARATION),
            Role::Parameter => (ColourSort::Parameter, Shades::DECLARATION),
            Role::CarrierTarget if self.model().catalog.find(&path.text).is_none() => {
                return self.element(path, place, Shades::NONE);
            }
            Role::Element | Role::Extended if path.text != "*" => return self.element(path, place, Shades::NONE),
            Role::Kind | Role::CarrierTarget if path.text != "*" => self.kind(path),
            Role::Element | Role::Extended | Role::Kind | Role::CarrierTarget => plain(ColourSort::Operator),
            Role::Parent
                if place.owner.is_none()
                    && matches!(statement, Statement::Declaration(it) if it.keyword == Keyword::Kind) =>
            {
                self.kind(path)
            }
            Role::Parent => plain(ColourSort::Class),
            Role::Pattern => plain(ColourSort::Function),
            Role::Argument => plain(ColourSort::Parameter),
            Role::Type => self.type_of_values(path),
            Role::Property => return self.property(path, statement, place),
            Role::Price => plain(ColourSort::EnumMember),
            Role::Function => (ColourSort::Function, Shades::DEFAULT_LIBRARY),
            Role::Word => plain(ColourSort::Keyword),
            Role::Attribute => {
                let with_sign = Span { start: path.span.start.saturating_sub(1), ..path.span };
                return self.mark(with_sign, plain(ColourSort::Decorator));
            }
        };
        self.mark(path.span, colour);
    }

    /// A kind, with what the catalog says of it.
    fn kind(&self, path: &Path) -> (ColourSort, Shades) {
        let catalog = &self.model().catalog;
        let shades = catalog.find(&path.text).map(|id| {
            let kind = catalog.kind(id);
            let is_shipped = self.snapshot.workspace.sources.file(kind.name_span.file).origin() == Origin::Catalog;
            Shades::DEFAULT_LIBRARY
                .when(is_shipped)
                .with(Shades::DEPRECATED.when(catalog.retirement(id).is_some()))
                .with(Shades::ABSTRACT.when(kind.is_abstract))
        });
        (ColourSort::Type, shades.unwrap_or_default())
    }

    /// The type of a property or of a parameter, which may be a kind.
    fn type_of_values(&self, path: &Path) -> (ColourSort, Shades) {
        if self.model().catalog.find(&path.text).is_some() {
            return self.kind(path);
        }
        (ColourSort::Type, Shades::DEFAULT_LIBRARY)
    }

    fn property(&mut self, path: &Path, statement: &Statement, place: &Place<'t>) {
        let is_declared = matches!(statement, Statement::PropertyDeclaration(_));
        let Some((element, _)) = path.text.rsplit_once('.').filter(|_| !is_declared) else {
            return self.mark(path.span, (ColourSort::Property, Shades::DECLARATION.when(is_declared)));
        };
        let length = element.len();
        self.element(&Path { text: element.into(), span: path.span.slice(0, length) }, place, Shades::NONE);
        let name = path.span.slice(length + 1, path.span.range().len());
        self.mark(name, (ColourSort::Property, Shades::NONE));
    }

    /// What a path to an element means; nothing if it has none.
    fn meaning(&self, path: &Path, place: &Place<'t>) -> Option<(ColourSort, Shades)> {
        if let Some(own) = &place.own {
            let first = path.text.split('.').next().unwrap_or_default();
            return own.get(first).copied();
        }
        match self.model().look_up(place.scope, path) {
            Lookup::Architecture(_) => Some((ColourSort::Namespace, Shades::NONE)),
            Lookup::Element(id) => Some(match self.model().element(id).variety {
                Variety::Group => (ColourSort::Namespace, Shades::NONE),
                Variety::Service | Variety::Carrier => (ColourSort::Variable, Shades::NONE),
                Variety::External | Variety::Person => (ColourSort::Variable, Shades::READONLY),
            }),
            Lookup::Ambiguous(_) | Lookup::Absent => Some((ColourSort::Variable, Shades::NONE)),
            Lookup::Nothing => None,
        }
    }

    /// A path to an element: what stands before its last dot is what the element stands in.
    fn element(&mut self, path: &Path, place: &Place<'t>, more: Shades) {
        let (sort, shades) = self.meaning(path, place).unwrap_or((ColourSort::Variable, Shades::NONE));
        let last = path.segments().count().saturating_sub(1);
        let first_is_own = place.own.is_some() && last > 0;
        for (at, (_, span)) in path.segments().enumerate() {
            let colour = if at == last && !first_is_own {
                (sort, shades.with(more))
            } else if at == last {
                (ColourSort::Variable, more)
            } else if at == 0 && sort == ColourSort::Parameter {
                (sort, more)
            } else {
                (ColourSort::Namespace, more)
            };
            self.mark(span, colour);
        }
    }

    fn value(&mut self, value: &Value, statement: &Statement, place: &Place<'t>) {
        let sort = match &value.kind {
            ValueKind::Text(_) => ColourSort::String,
            ValueKind::Number(_) | ValueKind::Date(_) => ColourSort::Number,
            ValueKind::Star => ColourSort::Operator,
            ValueKind::RuleCode(_) => ColourSort::EnumMember,
            ValueKind::Path(text) => {
                return self.path_value(&Path { text: text.clone(), span: value.span }, statement, place);
            }
            ValueKind::Call(function, arguments) => {
                self.words = words_of(function, arguments);
                return;
            }
            ValueKind::Load(_) | ValueKind::List(_) | ValueKind::Negative(_) | ValueKind::Binary(_) => return,
        };
        self.mark(value.span, (sort, Shades::NONE));
    }

    /// A name as a value: an element where one is asked for, a property in the facts of a kind, or else one of the names
    /// that a property takes.
    fn path_value(&mut self, path: &Path, statement: &Statement, place: &Place<'t>) {
        let plain = |sort| (sort, Shades::NONE);
        if matches!(&*path.text, "true" | "false") {
            return self.mark(path.span, plain(ColourSort::Keyword));
        }
        let is_expression = matches!(statement, Statement::Meter(_) | Statement::Limit(_));
        let words = self.words.filter(|(span, _)| span.contains(path.span));
        let asks_for_elements = words.is_none() && asks_for_elements(statement, place.owner);
        let is_parameter = place
            .own
            .as_ref()
            .is_some_and(|own| own.get(&*path.text).is_some_and(|(sort, _)| *sort == ColourSort::Parameter));
        if is_expression {
            self.mark(path.span, plain(ColourSort::Property));
        } else if let Some((_, ColourSort::Type)) = words {
            self.mark(path.span, self.kind(path));
        } else if let Some((_, sort)) = words {
            self.mark(path.span, plain(sort));
        } else if is_parameter || (asks_for_elements && self.meaning(path, place).is_some()) {
            self.element(path, place, Shades::NONE);
        } else if asks_for_elements && self.model().catalog.find(&path.text).is_some() {
            self.mark(path.span, self.kind(path));
        } else {
            self.mark(path.span, plain(ColourSort::EnumMember));
        }
    }

    /// The links of documentation. The rest of it is a comment like others.
    fn doc(&mut self, doc: &Doc, place: &Place<'t>) {
        if !doc.text.contains('[') && !doc.text.contains('<') {
            return;
        }
        for link in docs::links(&doc.text) {
            let span = doc.span_of(link.target_range.clone());
            match link.target {
                Target::Element(text) => {
                    let path = Path { text: text.into(), span };
                    if span.range().len() == path.text.len() && self.meaning(&path, place).is_some() {
                        self.element(&path, place, Shades::DOCUMENTATION);
                    }
                }
                Target::File { .. } | Target::Heading(_) | Target::Web(_) | Target::Foreign(_) => {
                    self.mark(span, (ColourSort::String, Shades::DOCUMENTATION));
                }
            }
        }
    }
}

/// Whether the names in a statement's values are those of elements.
fn asks_for_elements(statement: &Statement, owner: Option<Keyword>) -> bool {
    match statement {
        Statement::Property(it) => match owner {
            Some(Keyword::View) => it.key.text == "show",
            Some(Keyword::Rule) => matches!(&*it.key.text, "deny" | "require" | "limit"),
            Some(Keyword::Decision) => it.key.text == "affects",
            _ => false,
        },
        Statement::Declaration(it) => matches!(it.keyword, Keyword::Use | Keyword::Pattern),
        _ => false,
    }
}

/// The arguments of a function of selectors that are no elements, and what they are.
fn words_of(function: &Path, arguments: &[Argument]) -> Option<(Span, ColourSort)> {
    let sort = match &*function.text {
        "kind" => ColourSort::Type,
        "where" | "has" => ColourSort::Property,
        "category" | "tag" | "owner" | "role" | "status" | "region" | "account" | "technology" | "data" | "carries"
        | "moves" => ColourSort::EnumMember,
        _ => return None,
    };
    let mut unnamed = arguments.iter().filter(|argument| argument.name.is_none()).map(|argument| argument.value.span);
    let first = unnamed.next()?;
    Some((unnamed.fold(first, Span::to), sort))
}

/// What a declared name is.
fn declared(keyword: Keyword) -> (ColourSort, Shades) {
    match keyword {
        Keyword::Architecture | Keyword::Group | Keyword::Use | Keyword::Extend => {
            (ColourSort::Namespace, Shades::NONE)
        }
        Keyword::Service => (ColourSort::Variable, Shades::NONE),
        Keyword::External | Keyword::Person => (ColourSort::Variable, Shades::READONLY),
        Keyword::View | Keyword::Scenario | Keyword::Pattern => (ColourSort::Function, Shades::NONE),
        Keyword::Environment | Keyword::Rule | Keyword::Example | Keyword::Decision => {
            (ColourSort::Class, Shades::NONE)
        }
        Keyword::Kind => (ColourSort::Type, Shades::NONE),
    }
}

/// What a pattern or an example declares, at any depth.
fn own_names(of: &Declaration) -> HashMap<&str, (ColourSort, Shades)> {
    let mut names = HashMap::new();
    collect(of.statements(), &mut names);
    let parameters = of.parameters.iter().map(|it| (&*it.name.text, (ColourSort::Parameter, Shades::NONE)));
    names.extend(parameters);
    names
}

fn collect<'t>(statements: &'t [Statement], names: &mut HashMap<&'t str, (ColourSort, Shades)>) {
    for statement in statements {
        match statement {
            Statement::Declaration(it) => {
                let name = it.alias.as_ref().or(it.name.as_ref());
                names.extend(name.map(|name| (&*name.text, declared(it.keyword))));
            }
            Statement::Edge(it) => {
                let carriers = it.carriers.iter().filter_map(|carrier| carrier.name.as_ref());
                names.extend(carriers.map(|name| (&*name.text, (ColourSort::Variable, Shades::NONE))));
            }
            _ => {}
        }
        statement.blocks().for_each(|block| collect(&block.statements, names));
    }
}
