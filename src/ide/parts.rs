//! The parts of a statement, each with what it is there for: what colours and selections are made of.

use crate::source::Span;
use crate::syntax::ast::{
    Argument, Carrier, Declaration, Doc, Edge, Modality, Path, Statement, Text, Type, Value, ValueKind,
};

/// What a name is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is declared by the declaration that it is a part of.
    Declared,
    /// The name of a carrier, which an edge declares.
    Carrier,
    /// What carries an edge: a kind, or a service that is declared elsewhere.
    CarrierTarget,
    /// What an `extend` adds to.
    Extended,
    /// A kind.
    Kind,
    /// What a declaration is made from: a kind's kind, or an environment's environment.
    Parent,
    /// A pattern.
    Pattern,
    /// A parameter where it is declared.
    Parameter,
    /// A parameter where it is given.
    Argument,
    /// A type of values.
    Type,
    /// An element.
    Element,
    /// A property where it is given or declared; what stands before its last dot is an element.
    Property,
    /// A price.
    Price,
    /// A function.
    Function,
    /// A word that goes on with a statement.
    Word,
    /// The name of an attribute, without its `@`.
    Attribute,
}

/// A part of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'t> {
    /// Documentation.
    Doc(&'t Doc),
    /// A name.
    Name(&'t Path, Role),
    /// A title or label.
    Text(&'t Text),
    /// A value, before those that it is made of.
    Value(&'t Value),
    /// An arrow.
    Arrow(Span),
    /// Several parts that belong together.
    Whole(Span),
}

impl Part<'_> {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Part::Doc(doc) => doc.span,
            Part::Name(path, _) => path.span,
            Part::Text(text) => text.span,
            Part::Value(value) => value.span,
            Part::Arrow(span) | Part::Whole(span) => *span,
        }
    }
}

/// Shows all parts of a statement but what stands in its blocks.
pub(super) fn of<'t>(statement: &'t Statement, show: &mut dyn FnMut(Part<'t>)) {
    let mut parts = Parts { show };
    parts.preamble(statement);
    match statement {
        Statement::Declaration(it) => parts.declaration(it),
        Statement::Edge(it) => parts.edge(it),
        Statement::Property(it) => {
            parts.name(&it.key, Role::Property);
            parts.value(it.value.as_ref());
        }
        Statement::Section(it) => parts.name(&it.name, Role::Property),
        Statement::PropertyDeclaration(it) => {
            parts.name(&it.name, Role::Property);
            parts.ty(&it.ty);
            parts.value(it.default.as_ref());
        }
        Statement::Meter(it) => {
            parts.text(Some(&it.name));
            parts.value(Some(&it.quantity));
            parts.name(&it.price, Role::Price);
        }
        Statement::Limit(it) => {
            parts.text(Some(&it.name));
            parts.value(Some(&it.condition));
        }
        Statement::Wire(it) => {
            parts.together(&it.from, Role::Kind);
            parts.together(&it.to, Role::Kind);
            if let Modality::Through(kinds) = &it.modality {
                parts.together(kinds, Role::Kind);
            }
        }
        Statement::Steps(it) => {
            for branch in &it.branches {
                parts.name(&branch.word, Role::Word);
                parts.text(branch.title.as_ref());
            }
        }
        Statement::Note(it) => {
            parts.together(&it.over, Role::Element);
            parts.text(Some(&it.text));
        }
        Statement::Without(it) => parts.together(&it.names, Role::Element),
    }
}

struct Parts<'t, 's> {
    show: &'s mut dyn FnMut(Part<'t>),
}

impl<'t> Parts<'t, '_> {
    fn name(&mut self, path: &'t Path, role: Role) {
        (self.show)(Part::Name(path, role));
    }

    fn text(&mut self, text: Option<&'t Text>) {
        if let Some(text) = text {
            (self.show)(Part::Text(text));
        }
    }

    /// A list of names.
    fn together(&mut self, paths: &'t [Path], role: Role) {
        if let [first, .., last] = paths {
            (self.show)(Part::Whole(first.span.to(last.span)));
        }
        for path in paths {
            self.name(path, role);
        }
    }

    fn preamble(&mut self, statement: &'t Statement) {
        let Some(preamble) = statement.preamble() else { return };
        if let Some(doc) = &preamble.doc {
            (self.show)(Part::Doc(doc));
        }
        for attribute in &preamble.attributes {
            (self.show)(Part::Whole(attribute.span));
            self.name(&attribute.name, Role::Attribute);
            self.arguments(&attribute.arguments);
        }
    }

    fn declaration(&mut self, it: &'t Declaration) {
        use crate::syntax::ast::Keyword;
        let role = match it.keyword {
            Keyword::Use => Role::Pattern,
            Keyword::Extend => Role::Extended,
            _ => Role::Declared,
        };
        it.name.iter().for_each(|name| self.name(name, role));
        it.kind.iter().for_each(|kind| self.name(kind, Role::Kind));
        self.together(&it.is, Role::Parent);
        self.together(&it.follows, Role::Pattern);
        for parameter in &it.parameters {
            let end = parameter.default.as_ref().map_or(parameter.ty.span, |value| value.span);
            (self.show)(Part::Whole(parameter.name.span.to(end)));
            self.name(&parameter.name, Role::Parameter);
            self.ty(&parameter.ty);
            self.value(parameter.default.as_ref());
        }
        self.arguments(&it.arguments);
        it.alias.iter().for_each(|alias| self.name(alias, Role::Declared));
        self.text(it.title.as_ref());
    }

    fn edge(&mut self, it: &'t Edge) {
        self.together(&it.first, Role::Element);
        for step in &it.steps {
            (self.show)(Part::Arrow(step.arrow_span));
            self.together(&step.to, Role::Element);
        }
        if let [first, .., last] = it.carriers.as_slice() {
            (self.show)(Part::Whole(first.span.to(last.span)));
        }
        it.carriers.iter().for_each(|carrier| self.carrier(carrier));
        self.text(it.label.as_ref());
    }

    fn carrier(&mut self, it: &'t Carrier) {
        (self.show)(Part::Whole(it.span));
        it.name.iter().for_each(|name| self.name(name, Role::Carrier));
        self.name(&it.target, if it.name.is_some() { Role::Kind } else { Role::CarrierTarget });
    }

    fn ty(&mut self, it: &'t Type) {
        (self.show)(Part::Whole(it.span));
        self.name(&it.name, Role::Type);
        self.arguments(&it.arguments);
    }

    fn arguments(&mut self, arguments: &'t [Argument]) {
        for argument in arguments {
            if let Some(name) = &argument.name {
                (self.show)(Part::Whole(name.span.to(argument.value.span)));
                self.name(name, Role::Argument);
            }
            self.value(Some(&argument.value));
        }
    }

    fn value(&mut self, value: Option<&'t Value>) {
        let Some(value) = value else { return };
        (self.show)(Part::Value(value));
        match &value.kind {
            ValueKind::Load(load) => {
                self.value(Some(&load.0));
                self.value(Some(&load.1));
            }
            ValueKind::List(items) => items.iter().for_each(|item| self.value(Some(item))),
            ValueKind::Call(function, arguments) => {
                self.name(function, Role::Function);
                self.arguments(arguments);
            }
            ValueKind::Negative(inner) => self.value(Some(inner)),
            ValueKind::Binary(binary) => {
                self.value(Some(&binary.left));
                self.value(Some(&binary.right));
            }
            ValueKind::Text(_)
            | ValueKind::Path(_)
            | ValueKind::Number(_)
            | ValueKind::Date(_)
            | ValueKind::RuleCode(_)
            | ValueKind::Star => {}
        }
    }
}

/// Where a statement begins: at its documentation or its attributes, if it has them.
pub(super) fn whole_span(statement: &Statement) -> Span {
    let mut span = statement.span();
    if let Some(preamble) = statement.preamble() {
        preamble.doc.iter().for_each(|doc| span = span.to(doc.span));
        preamble.attributes.iter().for_each(|attribute| span = span.to(attribute.span));
    }
    span
}
