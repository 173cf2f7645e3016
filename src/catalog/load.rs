//! From declarations of kinds and wires to a catalog. Every row is held to its form, the compiler's own like the team's.

mod metering;
mod types;

pub(crate) use types::{TYPE_NAMES, property_type};

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use smol_str::SmolStr;

use super::kind::{Category, Kind, KindId, PropertySpec, PropertyType, Retirement, Shape};
use super::wiring::{End, Verdict, WireFact};
use super::{Catalog, Value, type_value};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{self, Declaration, Keyword, Modality, Path, PropertyDeclaration, Statement, ValueKind, Wire};

/// A declaration of a kind that breaks the form of kinds.
pub(crate) const INVALID_KIND: &str = "catalog/invalid-kind";
/// A wiring fact that breaks the form of facts.
pub(crate) const INVALID_WIRE: &str = "catalog/invalid-wire";
/// A name that no kind has.
pub(crate) const UNKNOWN_KIND: &str = "kind/unknown";

/// The kind that all others descend from.
const ROOT: &str = "declaration";

/// How many kinds a kind may inherit through.
const MAX_DEPTH: usize = 64;

/// For how many unknown kinds a near one is looked for: each look compares with all kinds.
const MAX_SUGGESTIONS: usize = 100;

/// Makes the catalog of all `kind` and `wire` declarations: of the files that ship and of the workspace's own. What breaks
/// the form is reported and left out.
pub fn load(shipped: &[&ast::File], own: &[&ast::File]) -> (Catalog, Vec<Diagnostic>) {
    let mut loader = Loader::default();
    let mut wires = Vec::new();
    for (file, is_own) in shipped.iter().map(|file| (*file, false)).chain(own.iter().map(|file| (*file, true))) {
        loader.poisoned.extend(file.poisoned.iter().map(|path| path.text.as_str()));
        for statement in &file.statements {
            match statement {
                Statement::Declaration(it) if it.keyword == Keyword::Kind => loader.kind(it),
                Statement::Wire(wire) => wires.push((wire.as_ref(), is_own)),
                _ => {}
            }
        }
    }
    loader.inherit();
    loader.check_references();
    loader.metering();
    for (wire, is_own) in wires {
        loader.wire(wire, is_own);
    }
    (loader.catalog, loader.diagnostics)
}

#[derive(Default)]
struct Loader<'f> {
    catalog: Catalog,
    /// Of each kind: its declaration.
    declarations: Vec<&'f Declaration>,
    /// Names that a broken declaration may have declared: nothing is said of what refers to them.
    poisoned: BTreeSet<&'f str>,
    suggestions: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'f> Loader<'f> {
    fn kind(&mut self, declaration: &'f Declaration) {
        let Some(name) = &declaration.name else { return };
        if let Some(first) = self.catalog.find(&name.text) {
            let first = self.catalog.kind(first).name_span;
            self.report(
                Diagnostic::new(INVALID_KIND, name.span, format!("the kind `{}` is declared twice", name.text))
                    .also(first, "the first declaration is here")
                    .help("give one of them another name; `kind NAME is PARENT` extends a kind under a new name"),
            );
            return;
        }
        let id = KindId::new(self.catalog.kinds.len());
        let product = declaration.title.as_ref().map_or_else(|| name.text.clone(), |title| title.value.clone());
        let mut kind = Kind {
            id,
            name: name.text.clone(),
            name_span: name.span,
            parent: None,
            product,
            doc: declaration.preamble.doc.clone(),
            category: None,
            shape: None,
            is_abstract: false,
            properties: Vec::new(),
            require: Vec::new(),
            aliases: Vec::new(),
            retired: None,
            meters: Vec::new(),
            limits: Vec::new(),
            passes: None,
            unbilled: None,
        };
        self.reject_twice(declaration.statements(), INVALID_KIND);
        for statement in declaration.statements() {
            self.kind_statement(statement, &mut kind);
        }
        self.catalog.by_name.insert(kind.name.clone(), id);
        self.catalog.kinds.push(kind);
        self.declarations.push(declaration);
    }

    fn kind_statement(&mut self, statement: &Statement, kind: &mut Kind) {
        match statement {
            Statement::Property(property) => self.kind_setting(property, kind),
            Statement::PropertyDeclaration(declaration) => {
                if let Some(first) = kind.properties.iter().find(|it| it.name == declaration.name.text) {
                    let message = format!("the property `{}` is declared twice", first.name);
                    let diagnostic = Diagnostic::new(INVALID_KIND, declaration.name.span, message);
                    self.report(diagnostic.also(first.name_span, "the first declaration is here"));
                } else if let Some(property) = self.property(declaration) {
                    kind.properties.push(property);
                }
            }
            Statement::Section(section) if section.name.text == "retired" => {
                kind.retired = Some(self.retirement(&section.block.statements));
            }
            Statement::Meter(_) | Statement::Limit(_) => {}
            other => self.report(
                Diagnostic::new(INVALID_KIND, other.span(), "this cannot stand in a kind")
                    .help("a kind holds settings, `property`, `meter` and `limit` declarations, and `retired { … }`"),
            ),
        }
    }

    fn kind_setting(&mut self, setting: &ast::Property, kind: &mut Kind) {
        let Some(value) = &setting.value else { return };
        let word = match &value.kind {
            ValueKind::Path(word) | ValueKind::Text(word) => word.as_str(),
            _ => "",
        };
        match setting.key.text.as_str() {
            "category" => kind.category = self.choice(word, value.span, "category", Category::ALL, Category::name),
            "shape" => kind.shape = self.choice(word, value.span, "shape", Shape::ALL, Shape::name),
            "abstract" => kind.is_abstract = self.typed(value, &PropertyType::Bool) == Some(Value::Bool(true)),
            "require" => kind.require = self.words(value, PropertyType::Symbol),
            "aliases" => kind.aliases = self.words(value, PropertyType::Text),
            "unbilled" => {
                let reason = self.typed(value, &PropertyType::Text);
                kind.unbilled = reason.as_ref().and_then(Value::as_str).map(Into::into);
            }
            // An expression, which is read when all properties are known.
            "passes" => {}
            unknown => {
                let help = match suggest::nearest(unknown, KIND_SETTINGS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the settings are {}", KIND_SETTINGS.map(|name| format!("`{name}`")).join(", ")),
                };
                let message = format!("a kind has no setting `{unknown}`");
                self.report(Diagnostic::new(INVALID_KIND, setting.key.span, message).help(help));
            }
        }
    }

    /// A list of texts or names.
    fn words(&mut self, value: &ast::Value, item: PropertyType) -> Vec<SmolStr> {
        let words = self.typed(value, &PropertyType::List(Box::new(item)));
        words.iter().flat_map(Value::items).filter_map(Value::as_str).map(Into::into).collect()
    }

    fn choice<T: Copy>(
        &mut self,
        word: &str,
        at: Span,
        what: &str,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|it| name(*it) == word);
        if found.is_none() {
            let names: Vec<_> = all.iter().map(|it| format!("`{}`", name(*it))).collect();
            self.report(
                Diagnostic::new(INVALID_KIND, at, format!("there is no {what} `{word}`"))
                    .help(format!("it is one of {}", names.join(", "))),
            );
        }
        found
    }

    fn property(&mut self, declaration: &PropertyDeclaration) -> Option<PropertySpec> {
        let ty = property_type(&declaration.ty, INVALID_KIND, &mut self.diagnostics)?;
        let literal = declaration.default.as_ref().filter(|value| !metering::is_computed(value, &ty));
        let default = literal.and_then(|value| self.typed(value, &ty));
        let mut property = PropertySpec {
            name: declaration.name.text.clone(),
            name_span: declaration.name.span,
            ty,
            default,
            computed: None,
            min: None,
            max: None,
            required: false,
            doc: declaration.preamble.doc.clone(),
        };
        let statements = declaration.block.as_ref().map_or(&[][..], |block| &block.statements);
        self.reject_twice(statements, INVALID_KIND);
        for statement in statements {
            let Statement::Property(setting) = statement else {
                self.misplaced(statement, "a property's declaration", INVALID_KIND);
                continue;
            };
            let Some(value) = &setting.value else { continue };
            match setting.key.text.as_str() {
                "min" => property.min = self.typed(value, &property.ty),
                "max" => property.max = self.typed(value, &property.ty),
                "required" => {
                    property.required = self.typed(value, &PropertyType::Bool) == Some(Value::Bool(true));
                }
                "source" | "read" | "note" => {}
                other => self.report(
                    Diagnostic::new(INVALID_KIND, setting.key.span, format!("a property has no setting `{other}`"))
                        .help("the settings are `min`, `max`, `required`, `source`, `read` and `note`"),
                ),
            }
        }
        self.check_range(&property, declaration);
        Some(property)
    }

    fn check_range(&mut self, property: &PropertySpec, declaration: &PropertyDeclaration) {
        let name = &property.name;
        if property.min.as_ref().is_some_and(|min| !property.allows(min)) {
            let message = format!("no value is in the range of `{name}`: `min` is more than `max`");
            self.report(Diagnostic::new(INVALID_KIND, declaration.name.span, message));
        } else if let (Some(default), Some(written)) = (&property.default, &declaration.default)
            && !property.allows(default)
        {
            let message = format!("the default of `{name}` is out of its range");
            self.report(Diagnostic::new(INVALID_KIND, written.span, message));
        }
    }

    fn typed(&mut self, value: &ast::Value, ty: &PropertyType) -> Option<Value> {
        let typed = type_value(value, ty);
        if typed.is_err() {
            let message = format!("expected {}", ty.expectation());
            self.report(Diagnostic::new(INVALID_KIND, value.span, message));
        }
        typed.ok()
    }

    fn retirement(&mut self, statements: &[Statement]) -> Retirement {
        let facts = self.facts(statements, INVALID_KIND, &["since", "instead", "source", "read", "note"]);
        Retirement { since: facts.since, instead: facts.instead, source: facts.source, note: facts.note }
    }

    /// The properties that say where a fact comes from.
    fn facts(&mut self, statements: &[Statement], code: &'static str, known: &[&str]) -> Facts {
        let mut facts = Facts::default();
        self.reject_twice(statements, code);
        for statement in statements {
            let Statement::Property(property) = statement else {
                self.misplaced(statement, "a block of facts", code);
                continue;
            };
            let Some(value) = &property.value else { continue };
            let key = property.key.text.as_str();
            if !known.contains(&key) {
                let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
                self.report(
                    Diagnostic::new(code, property.key.span, format!("nothing here reads `{key}`"))
                        .help(format!("known are {}", names.join(", "))),
                );
                continue;
            }
            let ty = match key {
                "since" | "read" => PropertyType::Date,
                "instead" => PropertyType::Symbol,
                _ => PropertyType::Text,
            };
            let Ok(value) = type_value(value, &ty) else {
                self.report(Diagnostic::new(code, value.span, format!("expected {}", ty.expectation())));
                continue;
            };
            match (key, value) {
                ("since", Value::Date(date)) => facts.since = Some(date),
                ("read", Value::Date(date)) => facts.read = Some(date),
                ("instead", Value::Symbol(kind)) => facts.instead = Some(kind),
                ("source", Value::Text(text)) => facts.source = Some(text),
                ("note", Value::Text(text)) => facts.note = Some(text),
                _ => {}
            }
        }
        facts
    }

    /// Finds the parents, once all kinds are known.
    fn inherit(&mut self) {
        let root = self.catalog.find(ROOT);
        let element = self.catalog.find("element").or(root);
        for index in 0..self.declarations.len() {
            let Some(declaration) = self.declarations.get(index).copied() else { continue };
            let parent = match declaration.is.as_slice() {
                [] => element,
                [parent, rest @ ..] => {
                    if let Some(second) = rest.first() {
                        self.report(Diagnostic::new(INVALID_KIND, second.span, "a kind has one parent"));
                    }
                    self.find(parent).or(element)
                }
            };
            let is_root = root == Some(KindId::new(index));
            self.set_parent(KindId::new(index), parent.filter(|_| !is_root));
        }
        self.cut_chains(root);
    }

    fn set_parent(&mut self, kind: KindId, parent: Option<KindId>) {
        if let Some(kind) = self.catalog.kinds.get_mut(kind.index()) {
            kind.parent = parent;
        }
    }

    /// Leads kinds that inherit from themselves, or through too many others, to the root.
    fn cut_chains(&mut self, root: Option<KindId>) {
        // Of each kind: how many it inherits through, once that is known; before, 0.
        let mut depths: BTreeMap<KindId, usize> = root.into_iter().map(|root| (root, 1)).collect();
        let mut is_deep_reported = false;
        for index in 0..self.catalog.kinds.len() {
            let mut way = Vec::new();
            let mut at = Some(KindId::new(index));
            while let Some(kind) = at.filter(|kind| !depths.contains_key(kind)) {
                depths.insert(kind, 0);
                way.push(kind);
                at = self.catalog.kind(kind).parent;
            }
            let is_circle = at.is_some_and(|kind| depths.get(&kind) == Some(&0));
            if let Some(last) = way.last().copied().filter(|_| is_circle) {
                self.report_ancestry(last, "inherits from itself");
                self.set_parent(last, root);
            }
            for kind in way.into_iter().rev() {
                let parent = self.catalog.kind(kind).parent;
                let mut depth = parent.and_then(|parent| depths.get(&parent)).map_or(1, |depth| depth + 1);
                if depth > MAX_DEPTH {
                    if !is_deep_reported {
                        self.report_ancestry(kind, &format!("inherits through more than {MAX_DEPTH} others"));
                    }
                    is_deep_reported = true;
                    self.set_parent(kind, root);
                    depth = 2;
                }
                depths.insert(kind, depth);
            }
        }
    }

    fn report_ancestry(&mut self, kind: KindId, what: &str) {
        let kind = self.catalog.kind(kind);
        let message = format!("the kind `{}` {what}", kind.name);
        let diagnostic = Diagnostic::new(INVALID_KIND, kind.name_span, message);
        self.report(diagnostic.help("let it inherit from another kind: `kind NAME is PARENT`"));
    }

    /// Holds what kinds say of others and of properties to what there is.
    fn check_references(&mut self) {
        let mut found = Vec::new();
        for (kind, declaration) in self.catalog.kinds.iter().zip(&self.declarations) {
            for required in &kind.require {
                if self.catalog.property(kind.id, required).is_none() {
                    let message = format!("`{}` requires `{required}`, which it does not declare", kind.name);
                    found.push(Diagnostic::new(INVALID_KIND, declaration.name_span(), message));
                }
            }
            let Some(parent) = kind.parent else { continue };
            for property in &kind.properties {
                let inherited = self.catalog.property(parent, &property.name);
                if let Some(inherited) = inherited.filter(|inherited| !property.ty.narrows(&inherited.ty)) {
                    let message = format!("`{}` is inherited as `{}`", property.name, inherited.ty);
                    found.push(
                        Diagnostic::new(INVALID_KIND, property.name_span, message)
                            .also(inherited.name_span, "declared here before")
                            .help("give it the same type, or another name"),
                    );
                }
            }
            let instead = kind.retired.as_ref().and_then(|retired| retired.instead.as_ref());
            if let Some(instead) = instead.filter(|instead| self.catalog.find(instead).is_none()) {
                let message = format!("`{}` is retired in favour of `{instead}`, which is no kind", kind.name);
                found.push(Diagnostic::new(INVALID_KIND, declaration.name_span(), message));
            }
        }
        self.diagnostics.extend(found);
    }

    fn find(&mut self, path: &Path) -> Option<KindId> {
        let found = self.catalog.find(&path.text);
        if found.is_none() && !self.poisoned.contains(path.text.as_str()) {
            self.suggestions += 1;
            let candidates = (self.suggestions <= MAX_SUGGESTIONS).then(|| self.catalog.kinds());
            let near = suggest::nearest(&path.text, candidates.into_iter().flatten().map(|kind| kind.name.as_str()));
            let diagnostic = Diagnostic::new(UNKNOWN_KIND, path.span, format!("there is no kind `{}`", path.text));
            let otherwise = || "`archc kinds` lists the kinds".to_owned();
            self.report(diagnostic.did_you_mean(&path.text, path.span, near, otherwise));
        }
        found
    }

    fn wire(&mut self, wire: &Wire, is_own: bool) {
        let statements = wire.block.as_ref().map_or(&[][..], |block| &block.statements);
        let facts = self.facts(statements, INVALID_WIRE, &["source", "read", "note"]);
        let Some(source) = facts.source else {
            self.report(
                Diagnostic::new(INVALID_WIRE, wire.span, "a wiring fact needs its source")
                    .help("add `{ source = \"who says so\", read = DATE }`"),
            );
            return;
        };
        let verdict = match &wire.modality {
            Modality::Works => Verdict::Works,
            Modality::Only => Verdict::Only,
            Modality::Never => Verdict::Never,
            Modality::Retired => Verdict::Retired,
            Modality::Through(kinds) => Verdict::Through(kinds.iter().filter_map(|kind| self.find(kind)).collect()),
        };
        // Without any of its kinds, there is nothing to say. They have their own findings.
        if matches!(&verdict, Verdict::Through(kinds) if kinds.is_empty()) {
            return;
        }
        let from: Vec<_> = wire.from.iter().filter_map(|path| self.end(path)).collect();
        let to: Vec<_> = wire.to.iter().filter_map(|path| self.end(path)).collect();
        for from in &from {
            for to in &to {
                self.catalog.wiring.add(WireFact {
                    from: *from,
                    to: *to,
                    arrow: wire.arrow,
                    verdict: verdict.clone(),
                    source: source.clone(),
                    read: facts.read,
                    note: facts.note.clone(),
                    span: wire.span,
                    is_own,
                });
            }
        }
    }

    fn end(&mut self, path: &Path) -> Option<End> {
        if path.text == "*" { Some(End::Any) } else { self.find(path).map(End::Kind) }
    }

    fn misplaced(&mut self, statement: &Statement, place: &str, code: &'static str) {
        self.report(
            Diagnostic::new(code, statement.span(), format!("this cannot stand in {place}"))
                .help("only settings can: `key = value`"),
        );
    }

    /// Reports the settings that a block gives twice: the last one counts, and nobody sees that.
    fn reject_twice(&mut self, statements: &[Statement], code: &'static str) {
        let mut given: BTreeMap<&str, Span> = BTreeMap::new();
        for statement in statements {
            let Statement::Property(setting) = statement else { continue };
            let (name, at) = (setting.key.text.as_str(), setting.key.span);
            if let Some(first) = given.insert(name, at) {
                let diagnostic = Diagnostic::new(code, at, format!("`{name}` is given twice"));
                self.report(diagnostic.also(first, "given here before").help("remove one of them"));
            }
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// What the block of a wiring fact or of a retirement says.
#[derive(Default)]
struct Facts {
    since: Option<Date>,
    read: Option<Date>,
    instead: Option<SmolStr>,
    source: Option<SmolStr>,
    note: Option<SmolStr>,
}

/// What a kind can say of itself.
pub(crate) const KIND_SETTINGS: [&str; 7] =
    ["category", "shape", "abstract", "require", "aliases", "passes", "unbilled"];
