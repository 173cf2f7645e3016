//! From the body of a pattern to that of an instance: every place gets the number of the instance, and every name of a
//! value parameter becomes its argument, which keeps its own place.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::source::Span;
use crate::syntax::ast::{
    Argument, Attribute, Block, Carrier, Declaration, Doc, Edge, Path, Preamble, Property, Section, Statement, Steps,
    Text, Value, ValueKind,
};

/// The arguments of value parameters. Without one, which has its own finding, what needs it is left out.
pub(super) type Values = BTreeMap<SmolStr, Option<Value>>;

/// A value that stands for one that is missing and has been reported.
pub(super) fn is_lost(value: &Value) -> bool {
    matches!(&value.kind, ValueKind::Path(name) if name.is_empty())
}

/// Makes copies for one instance.
pub(super) struct Copier<'v> {
    pub(super) instance: u32,
    pub(super) values: &'v Values,
}

impl Copier<'_> {
    /// The statements for the instance.
    pub(super) fn statements(&self, statements: &[Statement]) -> Vec<Statement> {
        let mut copies = statements.to_vec();
        self.adapt_all(&mut copies);
        copies
    }

    /// Documentation and attributes for the instance.
    pub(super) fn preamble(&self, preamble: &Preamble) -> Preamble {
        let mut copy = preamble.clone();
        self.adapt_preamble(&mut copy);
        copy
    }

    /// A title for the instance.
    pub(super) fn title(&self, title: &Text) -> Text {
        Text { value: title.value.clone(), span: title.span.in_instance(self.instance) }
    }

    fn shift(&self, span: &mut Span) {
        *span = span.in_instance(self.instance);
    }

    fn path(&self, path: &mut Path) {
        self.shift(&mut path.span);
    }

    fn paths<'p>(&self, paths: impl IntoIterator<Item = &'p mut Path>) {
        paths.into_iter().for_each(|path| self.path(path));
    }

    fn text(&self, text: Option<&mut Text>) {
        if let Some(text) = text {
            self.shift(&mut text.span);
        }
    }

    fn adapt_all(&self, statements: &mut Vec<Statement>) {
        statements.retain_mut(|statement| self.keeps(statement));
    }

    /// Adapts a statement. Returns whether it is there at all.
    fn keeps(&self, statement: &mut Statement) -> bool {
        match statement {
            Statement::Declaration(it) => self.declaration(it),
            Statement::Edge(it) => self.edge(it),
            Statement::Property(it) => return self.property(it),
            Statement::Section(it) => self.section(it),
            Statement::Steps(it) => self.steps(it),
            Statement::Note(it) => {
                self.paths(&mut it.over);
                self.shift(&mut it.text.span);
                self.shift(&mut it.span);
            }
            // The rest cannot stand in a pattern, and is only ever pointed at.
            Statement::PropertyDeclaration(it) => self.shift(&mut it.span),
            Statement::Meter(it) => self.shift(&mut it.span),
            Statement::Limit(it) => self.shift(&mut it.span),
            Statement::Wire(it) => self.shift(&mut it.span),
            Statement::Without(it) => self.shift(&mut it.span),
        }
        true
    }

    fn declaration(&self, it: &mut Declaration) {
        self.adapt_preamble(&mut it.preamble);
        self.paths(
            it.name.iter_mut().chain(&mut it.kind).chain(&mut it.is).chain(&mut it.follows).chain(&mut it.alias),
        );
        self.arguments(&mut it.arguments);
        self.text(it.title.as_mut());
        self.block(it.block.as_mut());
        self.shift(&mut it.span);
    }

    fn edge(&self, it: &mut Edge) {
        self.adapt_preamble(&mut it.preamble);
        self.paths(&mut it.first);
        for step in &mut it.steps {
            self.shift(&mut step.arrow_span);
            self.paths(&mut step.to);
        }
        for Carrier { name, target, span } in &mut it.carriers {
            self.paths(name.iter_mut().chain([target]));
            self.shift(span);
        }
        self.text(it.label.as_mut());
        self.block(it.block.as_mut());
        self.shift(&mut it.span);
    }

    fn property(&self, it: &mut Property) -> bool {
        self.path(&mut it.key);
        self.shift(&mut it.span);
        it.value.as_mut().is_none_or(|value| self.value(value))
    }

    fn section(&self, it: &mut Section) {
        self.path(&mut it.name);
        self.block(Some(&mut it.block));
        self.shift(&mut it.span);
    }

    fn steps(&self, it: &mut Steps) {
        for branch in &mut it.branches {
            self.path(&mut branch.word);
            self.text(branch.title.as_mut());
            self.block(Some(&mut branch.block));
        }
        self.shift(&mut it.span);
    }

    fn block(&self, block: Option<&mut Block>) {
        let Some(block) = block else { return };
        self.adapt_all(&mut block.statements);
        self.shift(&mut block.span);
    }

    fn adapt_preamble(&self, it: &mut Preamble) {
        if let Some(Doc { span, lines, .. }) = &mut it.doc {
            self.shift(span);
            for line in lines {
                self.shift(line);
            }
        }
        for Attribute { name, arguments, span } in &mut it.attributes {
            self.path(name);
            for argument in arguments {
                self.paths(&mut argument.name);
                self.places(&mut argument.value);
            }
            self.shift(span);
        }
    }

    fn arguments(&self, arguments: &mut [Argument]) {
        for Argument { name, value } in arguments {
            self.paths(name);
            if !self.value(value) {
                *value = Value { kind: ValueKind::Path(SmolStr::default()), span: value.span };
            }
        }
    }

    /// Puts arguments in the place of parameters. Returns whether all of them are known.
    fn value(&self, value: &mut Value) -> bool {
        if let ValueKind::Path(name) = &value.kind
            && let Some(argument) = self.values.get(name)
        {
            if let Some(argument) = argument {
                value.clone_from(argument);
            }
            return argument.is_some();
        }
        self.shift(&mut value.span);
        let mut known = true;
        for_each_part(&mut value.kind, |part| known &= self.value(part), |path| self.path(path));
        known
    }

    /// Gives a value its place in the instance.
    fn places(&self, value: &mut Value) {
        self.shift(&mut value.span);
        for_each_part(&mut value.kind, |part| self.places(part), |path| self.path(path));
    }
}

/// Goes through the values that a value is made of, and the names in it that are no values.
fn for_each_part(kind: &mut ValueKind, mut part: impl FnMut(&mut Value), mut path: impl FnMut(&mut Path)) {
    match kind {
        ValueKind::Load(load) => {
            part(&mut load.0);
            part(&mut load.1);
        }
        ValueKind::List(items) => items.iter_mut().for_each(part),
        ValueKind::Call(name, arguments) => {
            path(name);
            for argument in arguments {
                argument.name.iter_mut().for_each(&mut path);
                part(&mut argument.value);
            }
        }
        ValueKind::Negative(inner) => part(inner),
        ValueKind::Binary(binary) => {
            part(&mut binary.left);
            part(&mut binary.right);
        }
        ValueKind::Text(_)
        | ValueKind::Path(_)
        | ValueKind::Number(_)
        | ValueKind::Date(_)
        | ValueKind::RuleCode(_)
        | ValueKind::Star => {}
    }
}
