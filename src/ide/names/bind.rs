//! From a name to what it stands for.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::home::{self, Here, Home, Instance, Origin};
use super::{Definition, DefinitionId, Meaning, Names, Occurrence, Role};
use crate::catalog::{Catalog, KindId, TYPE_NAMES};
use crate::ide::Snapshot;
use crate::model::{ArchitectureId, ElementId, Lookup};
use crate::source::Span;
use crate::syntax::ast::{self, Path};

/// The names of a workspace in the making.
pub(super) struct Binder<'b> {
    pub(super) snapshot: &'b Snapshot,
    pub(super) homes: &'b [Home<'b>],
    /// The positions of the homes that are of examples, by the places where these are said to be good or bad.
    pub(super) examples: HashMap<Span, usize>,
    pub(super) patterns: HashMap<SmolStr, &'b ast::Declaration>,
    pub(super) instances: HashMap<SmolStr, Instance>,
    /// What is declared by others than elements.
    pub(super) meanings: HashMap<Span, Meaning>,
    /// Elements of examples that stand for those that a rule names.
    pub(super) stand_ins: HashMap<Span, DefinitionId>,
    definitions: Vec<Definition>,
    by_span: HashMap<Span, DefinitionId>,
    occurrences: Vec<Occurrence>,
}

impl<'b> Binder<'b> {
    pub(super) fn new(snapshot: &'b Snapshot, homes: &'b [Home<'b>]) -> Binder<'b> {
        Binder {
            snapshot,
            homes,
            examples: HashMap::new(),
            patterns: home::patterns(snapshot),
            instances: home::instances(homes),
            meanings: HashMap::new(),
            stand_ins: HashMap::new(),
            definitions: Vec::new(),
            by_span: HashMap::new(),
            occurrences: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Names {
        Names::new(self.definitions, self.occurrences)
    }

    pub(super) fn catalog(&self) -> &'b Catalog {
        &self.snapshot.model().catalog
    }

    pub(super) fn push(&mut self, span: Span, definition: DefinitionId, role: Role) {
        if span.start < span.end {
            self.occurrences.push(Occurrence { span: span.written(), definition, role });
        }
    }

    /// The definition of what is declared at a place.
    pub(super) fn define(&mut self, span: Span, name: &SmolStr, meaning: Meaning) -> DefinitionId {
        let span = span.written();
        let next = DefinitionId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
        let id = *self.by_span.entry(span).or_insert(next);
        if id == next {
            self.definitions.push(Definition { span, name: name.clone(), meaning });
        }
        id
    }

    // ---- Elements and architectures -----------------------------------------------------------------------------------

    pub(super) fn of_element(&mut self, home: &Home<'_>, id: ElementId) -> DefinitionId {
        let element = home.model.element(id);
        if let Some(definition) = self.stand_ins.get(&element.name_span.written()) {
            return *definition;
        }
        let meaning = match home.origin {
            Origin::Model => Meaning::Element(id),
            Origin::Templates => Meaning::Template(id),
            Origin::Example => Meaning::Example(element.variety),
        };
        self.define(element.name_span, &element.name, meaning)
    }

    /// None of that of an example: it has the name of the rule's, or none that anybody declares.
    fn of_architecture(&mut self, home: &Home<'_>, id: ArchitectureId) -> Option<DefinitionId> {
        let model = self.snapshot.model();
        let architecture = match home.origin {
            Origin::Model => model.architecture(id),
            Origin::Example => model.find_architecture(&home.model.architecture(id).name)?,
            Origin::Templates => return None,
        };
        Some(self.define(architecture.name_span, &architecture.name, Meaning::Architecture(architecture.id)))
    }

    /// What each name of a path stands for, as far as something is known of it. The last one may be ambiguous.
    pub(super) fn meanings_of(&mut self, here: Here<'_>, path: &Path) -> Vec<(Span, Vec<DefinitionId>)> {
        let mut found = Vec::with_capacity(1);
        let mut end = 0;
        for (at, (segment, span)) in path.segments().enumerate() {
            end += segment.len() + usize::from(at > 0);
            let first_parameter = if at == 0 { parameter(here, segment) } else { None };
            let prefix = path.text.get(..end).unwrap_or_default();
            let prefix = Path { text: prefix.into(), span: path.span.in_instance(here.instance) };
            let lookup = if here.is_blind { Lookup::Nothing } else { here.home.model.look_up(here.scope, &prefix) };
            if let Some(parameter) = first_parameter.filter(|it| !is_own(here, &lookup, it)) {
                found.push((span, vec![self.of_parameter(parameter)]));
                continue;
            }
            let meant = match &lookup {
                Lookup::Element(id) => vec![self.of_element(here.home, *id)],
                Lookup::Architecture(id) => self.of_architecture(here.home, *id).into_iter().collect(),
                Lookup::Ambiguous(all) => all.iter().map(|id| self.of_element(here.home, *id)).collect(),
                Lookup::Absent | Lookup::Nothing => break,
            };
            found.push((span, meant));
            if matches!(lookup, Lookup::Ambiguous(_)) {
                break;
            }
        }
        found
    }

    /// Takes in a path that names an element or an architecture. Returns whether it does.
    pub(super) fn path(&mut self, here: Here<'_>, path: &Path, role: Role) -> bool {
        let meant = self.meanings_of(here, path);
        let is_whole = meant.len() == path.segments().count();
        let last = meant.len().saturating_sub(1);
        for (at, (span, definitions)) in meant.into_iter().enumerate() {
            let role = match definitions.len() {
                0 | 1 if at == last && is_whole => role,
                0 | 1 => Role::Reference,
                _ => Role::Ambiguous,
            };
            for definition in definitions {
                self.push(span, definition, role);
            }
        }
        is_whole
    }

    pub(super) fn paths(&mut self, here: Here<'_>, paths: &[Path]) {
        for path in paths {
            self.path(here, path, Role::Reference);
        }
    }

    // ---- Others -------------------------------------------------------------------------------------------------------

    pub(super) fn of_parameter(&mut self, parameter: &ast::Parameter) -> DefinitionId {
        let is_element = !is_value(parameter);
        self.define(parameter.name.span, &parameter.name.text, Meaning::Parameter(is_element))
    }

    pub(super) fn of_kind(&mut self, id: KindId) -> DefinitionId {
        let kind = self.catalog().kind(id);
        self.define(kind.name_span, &kind.name, Meaning::Kind(id))
    }

    /// Takes in the name of a kind. Returns the kind, if there is one.
    pub(super) fn kind(&mut self, path: &Path) -> Option<KindId> {
        let kind = self.catalog().find(&path.text)?;
        let definition = self.of_kind(kind);
        self.push(path.span, definition, Role::Reference);
        Some(kind)
    }

    /// Takes in the name of a property of a kind.
    pub(super) fn property(&mut self, kind: Option<KindId>, name: &Path, role: Role) {
        let catalog = self.catalog();
        let Some(kind) = kind else { return };
        let declared = catalog.ancestry(kind).find_map(|kind| {
            let spec = kind.properties.iter().find(|it| it.name == name.text)?;
            Some((kind.id, spec))
        });
        if let Some((kind, spec)) = declared {
            let definition = self.define(spec.name_span, &spec.name, Meaning::Property(kind));
            self.push(name.span, definition, role);
        }
    }

    /// Takes in the name of a property that any kind may declare.
    pub(super) fn property_of_any(&mut self, name: &Path) {
        let catalog = self.catalog();
        let declared = catalog.kinds().filter_map(|kind| {
            let spec = kind.properties.iter().find(|it| it.name == name.text)?;
            Some((kind.id, spec))
        });
        let declared: Vec<_> = declared.collect();
        let role = if declared.len() == 1 { Role::Reference } else { Role::Ambiguous };
        for (kind, spec) in declared {
            let definition = self.define(spec.name_span, &spec.name, Meaning::Property(kind));
            self.push(name.span, definition, role);
        }
    }

    /// Takes in the name of a pattern.
    pub(super) fn pattern(&mut self, path: &Path) -> Option<&'b ast::Declaration> {
        let declared = self.patterns.get(&path.text).copied()?;
        let definition = self.define(declared.name_span(), &path.text, Meaning::Pattern);
        self.push(path.span, definition, Role::Reference);
        Some(declared)
    }

    /// Takes in the declaration of something that is no element.
    pub(super) fn declare(&mut self, name: &Path) -> DefinitionId {
        let meaning = self.meanings.get(&name.span).copied().unwrap_or(Meaning::Lost);
        let definition = match meaning {
            // It may be declared in several places.
            Meaning::Environment(at) => self.of_environment(at),
            _ => None,
        };
        let definition = definition.unwrap_or_else(|| self.define(name.span, &name.text, meaning));
        self.push(name.span, definition, Role::Declaration);
        definition
    }

    pub(super) fn of_environment(&mut self, at: usize) -> Option<DefinitionId> {
        let environment = self.snapshot.model().environments.get(at)?;
        let first = environment.parts.first()?;
        Some(self.define(first.name_span, &environment.name, Meaning::Environment(at)))
    }

    /// Takes in the declaration of an element.
    pub(super) fn declare_element(&mut self, here: Here<'_>, name: &Path, role: Role) -> Option<ElementId> {
        let id = here.element(name.span);
        let definition = match id {
            Some(id) => self.of_element(here.home, id),
            None => self.define(name.span, &name.text, Meaning::Lost),
        };
        self.push(name.span, definition, role);
        id
    }

    /// The place of a text inside of a span, which may cover more than it.
    pub(super) fn place(&self, span: Span, text: &str) -> Option<Span> {
        let at = self.snapshot.workspace.sources.text(span).find(text)?;
        (!text.is_empty()).then(|| span.slice(at, at + text.len()))
    }
}

/// Whether a parameter stands for a value rather than for an element.
pub(super) fn is_value(parameter: &ast::Parameter) -> bool {
    let name = parameter.ty.name.text.as_str();
    name != "element" && TYPE_NAMES.contains(&name)
}

/// The parameter of a name that stands for an element.
fn parameter<'b>(here: Here<'b>, name: &str) -> Option<&'b ast::Parameter> {
    here.parameters.iter().find(|it| it.name.text == name && !is_value(it))
}

/// Whether what was found is declared by the pattern itself, in a group nearer than the parameter of the same name.
fn is_own(here: Here<'_>, lookup: &Lookup, parameter: &ast::Parameter) -> bool {
    let Lookup::Element(id) = lookup else { return false };
    let element = here.home.model.element(*id);
    element.name_span.file.instance() == here.instance && element.name == parameter.name.text
}
