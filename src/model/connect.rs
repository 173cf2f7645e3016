//! The second pass: edges between elements, and the services that carry them.

use smol_str::SmolStr;

use super::collect::new_carrier;
use super::resolve::Resolver;
use super::{Edge, EdgeId, Element, ElementId, Lookup, Problem, Scope, Settings, Variety, ViaMistake};
use crate::catalog::KindId;
use crate::syntax::ast::{self, Arrow, Path, Statement};

/// A carrier as a statement names it.
enum CarrierRef<'f> {
    /// A service that is declared elsewhere.
    Existing(ElementId, &'f Path),
    /// `via name: kind`: one service for all edges of the statement.
    Named(ElementId, Settings),
    /// `via kind`: a service for each edge of the statement.
    Anonymous(&'f ast::Carrier, KindId, Settings),
}

/// An end of an edge: what it is, and where it is named.
type End = (ElementId, crate::source::Span);

impl<'f> Resolver<'f> {
    /// Draws all edges that were collected.
    pub(super) fn connect(&mut self) {
        for (scope, edge) in std::mem::take(&mut self.edges) {
            self.statement(scope, edge);
        }
    }

    fn statement(&mut self, scope: Scope, edge: &'f ast::Edge) {
        let mut carriers: Vec<_> = edge.carriers.iter().filter_map(|it| self.carrier(scope, it)).collect();
        let mut settings = Settings::default();
        for statement in edge.statements() {
            self.edge_setting(statement, &mut carriers, &mut settings);
        }
        for carrier in &carriers {
            if let CarrierRef::Named(id, settings) = carrier {
                if let Some(element) = self.model.elements.get_mut(id.index()) {
                    element.settings.clone_from(settings);
                }
                self.require(*id);
            }
        }
        let mut from = self.ends(scope, &edge.first, first_arrow(edge));
        for step in &edge.steps {
            let to = self.ends(scope, &step.to, step.arrow);
            if step.arrow == Arrow::Reply {
                let (what, place, belongs) = ("reply arrow `<-`", "an architecture", "a scenario");
                self.problem(Problem::Misplaced { what, place, belongs, span: step.arrow_span });
            } else {
                for from in &from {
                    for to in &to {
                        self.edge(scope, edge, step, (*from, *to), &carriers, &settings);
                    }
                }
            }
            from = to;
        }
    }

    fn ends(&mut self, scope: Scope, paths: &[Path], arrow: Arrow) -> Vec<End> {
        let mut ends = Vec::with_capacity(paths.len());
        for path in paths {
            let Some(id) = self.element(scope, path) else { continue };
            if self.model.element(id).variety == Variety::Group && arrow != Arrow::Side {
                self.problem(Problem::WrongEnd { path: path.text.clone(), span: path.span, what: "group" });
            } else {
                ends.push((id, path.span));
            }
        }
        ends
    }

    fn edge(
        &mut self,
        scope: Scope,
        edge: &ast::Edge,
        step: &ast::EdgeStep,
        (from, to): (End, End),
        carriers: &[CarrierRef<'f>],
        settings: &Settings,
    ) {
        let id = EdgeId::new(self.model.edges.len());
        let mut ids = Vec::with_capacity(carriers.len());
        for carrier in carriers {
            let carrier = match carrier {
                CarrierRef::Named(id, _) => *id,
                CarrierRef::Anonymous(carrier, kind, settings) => {
                    self.anonymous(scope, edge, carrier, *kind, settings, (from.0, to.0))
                }
                CarrierRef::Existing(id, path) => {
                    let reason = if *id == from.0 || *id == to.0 {
                        ViaMistake::OwnEnd
                    } else if ids.contains(id) {
                        ViaMistake::Twice
                    } else {
                        ids.push(*id);
                        continue;
                    };
                    self.problem(Problem::MisplacedVia { path: path.text.clone(), span: path.span, reason });
                    continue;
                }
            };
            ids.push(carrier);
        }
        self.model.edges.push(Edge {
            id,
            from: from.0,
            to: to.0,
            arrow: step.arrow,
            label: edge.label.as_ref().map(|label| label.value.clone()),
            carriers: ids,
            architecture: scope.architecture,
            group: scope.group,
            doc: edge.preamble.doc.clone(),
            settings: settings.clone(),
            span: edge.span,
            from_span: from.1,
            to_span: to.1,
            arrow_span: step.arrow_span,
        });
        if let Some(architecture) = self.model.architectures.get_mut(scope.architecture.index()) {
            architecture.edges.push(id);
        }
    }

    // ---- Carriers -----------------------------------------------------------------------------------------------------

    fn carrier(&mut self, scope: Scope, carrier: &'f ast::Carrier) -> Option<CarrierRef<'f>> {
        if let Some(name) = &carrier.name {
            let Lookup::Element(id) = self.names.look_up(scope, &name.text) else { return None };
            return Some(CarrierRef::Named(id, Settings::default()));
        }
        let path = &carrier.target;
        match self.names.look_up(scope, &path.text) {
            Lookup::Element(id) => {
                if matches!(self.model.element(id).variety, Variety::Service | Variety::Carrier) {
                    return Some(CarrierRef::Existing(id, path));
                }
                let reason = ViaMistake::NotAService;
                self.problem(Problem::MisplacedVia { path: path.text.clone(), span: path.span, reason });
                None
            }
            Lookup::Nothing if self.model.catalog.find(&path.text).is_some() => {
                self.kind(path).map(|kind| CarrierRef::Anonymous(carrier, kind, Settings::default()))
            }
            // A dotted name was more probably meant to be a kind, a bare one to be a service.
            Lookup::Nothing if path.text.contains('.') => {
                self.kind(path);
                None
            }
            Lookup::Nothing => {
                let near = self.near_name(scope, path).or_else(|| self.near_kind(path));
                self.unresolved(path, near);
                None
            }
            _ => {
                self.element(scope, path);
                None
            }
        }
    }

    fn near_kind(&self, path: &Path) -> Option<String> {
        let kinds = self.model.catalog.kinds().map(|kind| kind.name.as_str());
        crate::suggest::nearest(&path.text, kinds).map(str::to_owned)
    }

    /// Makes the service that carries one edge. Its name tells the edge and the kind, and belongs to no scope.
    fn anonymous(
        &mut self,
        scope: Scope,
        edge: &ast::Edge,
        carrier: &ast::Carrier,
        kind: KindId,
        settings: &Settings,
        (from, to): (ElementId, ElementId),
    ) -> ElementId {
        let product = self.model.catalog.kind(kind).product.clone();
        let title = match &edge.label {
            Some(label) if edge.carriers.len() == 1 => label.value.clone(),
            _ => product,
        };
        let last = carrier.target.text.rsplit('.').next().unwrap_or_default();
        let (from, to) = (&self.model.element(from).name, &self.model.element(to).name);
        let name = self.names.make_unique(scope.architecture, &format!("{from}-{last}-{to}"));
        let path = Path { text: name, span: carrier.target.span };
        let id = self.add(scope, |id| Element {
            title: Some(title),
            settings: settings.clone(),
            ..new_carrier(id, scope, &path, carrier.span, Some(kind))
        });
        self.require(id);
        id
    }

    // ---- Properties of edges and their carriers -----------------------------------------------------------------------

    /// A property of a `via` edge belongs to the carrier whose kind declares it; one that every element understands, to
    /// all carriers that are declared here; the rest to the edge.
    fn edge_setting(&mut self, statement: &Statement, carriers: &mut [CarrierRef<'f>], edge: &mut Settings) {
        let Statement::Property(property) = statement else {
            return match statement {
                Statement::Section(_) => self.setting(statement, self.core.edge, edge),
                other => self.misplaced(other, "an edge"),
            };
        };
        if let Some((owner, key)) = property.key.text.rsplit_once('.') {
            return self.qualified_setting(property, owner, key, carriers);
        }
        let name = &property.key.text;
        let takers = self.takers(name, carriers);
        match takers.as_slice() {
            [] => {}
            [taker] => return self.give(property, carriers.get_mut(*taker)),
            _ => {
                let ids = takers.iter().filter_map(|taker| carriers.get(*taker)).filter_map(|it| self.kind_of(it));
                let kinds = ids.collect();
                let (name, span) = (name.clone(), property.key.span);
                return self.problem(Problem::AmbiguousProperty { name, span, kinds });
            }
        }
        let common = self.core.element.is_some_and(|it| self.model.catalog.property(it, name).is_some());
        let mut given = false;
        if common {
            for carrier in carriers.iter_mut().filter(|it| !matches!(it, CarrierRef::Existing(..))) {
                self.give(property, Some(carrier));
                given = true;
            }
        }
        let of_edge = self.core.edge.is_some_and(|kind| self.model.catalog.property(kind, name).is_some());
        if !given && of_edge {
            self.property(property, self.core.edge, edge);
        } else if !given {
            let mut kinds: Vec<KindId> = carriers.iter().filter_map(|carrier| self.kind_of(carrier)).collect();
            kinds.extend(self.core.edge);
            self.unknown_property(&property.key, &kinds);
        }
    }

    /// The carriers declared here whose own kind knows a property, beyond what every element understands.
    fn takers(&self, name: &str, carriers: &[CarrierRef<'f>]) -> Vec<usize> {
        let knows = |kind: KindId| {
            let own = self.model.catalog.ancestry(kind).filter(|kind| Some(kind.id) != self.core.element);
            own.into_iter().any(|kind| kind.properties.iter().any(|property| property.name == name))
        };
        let takes = |carrier: &CarrierRef<'f>| {
            !matches!(carrier, CarrierRef::Existing(..)) && self.kind_of(carrier).is_some_and(knows)
        };
        carriers.iter().enumerate().filter(|(_, carrier)| takes(carrier)).map(|(index, _)| index).collect()
    }

    fn kind_of(&self, carrier: &CarrierRef<'f>) -> Option<KindId> {
        match carrier {
            CarrierRef::Existing(id, _) | CarrierRef::Named(id, _) => self.model.element(*id).kind,
            CarrierRef::Anonymous(_, kind, _) => Some(*kind),
        }
    }

    fn give(&mut self, property: &ast::Property, carrier: Option<&mut CarrierRef<'f>>) {
        let Some(carrier) = carrier else { return };
        let kind = self.kind_of(carrier);
        if let CarrierRef::Named(_, settings) | CarrierRef::Anonymous(_, _, settings) = carrier {
            self.property(property, kind, settings);
        }
    }

    /// `name.key = value`: a property of the carrier of that name.
    fn qualified_setting(&mut self, property: &ast::Property, owner: &str, key: &str, carriers: &mut [CarrierRef<'f>]) {
        let named = |carrier: &&mut CarrierRef<'f>| match carrier {
            CarrierRef::Named(id, _) => self.model.element(*id).name == owner,
            _ => false,
        };
        let split = owner.len();
        let owner_path = Path { text: SmolStr::new(owner), span: property.key.span.slice(0, split) };
        let Some(carrier) = carriers.iter_mut().find(named) else {
            let near = carriers.iter().find_map(|carrier| match carrier {
                CarrierRef::Named(id, _) => Some(self.model.element(*id).name.to_string()),
                _ => None,
            });
            self.unresolved(&owner_path, near);
            return;
        };
        let key = Path { text: SmolStr::new(key), span: property.key.span.slice(split + 1, property.key.text.len()) };
        let kind = self.kind_of(carrier);
        if kind.is_some_and(|kind| self.model.catalog.property(kind, &key.text).is_none()) {
            self.unknown_property(&key, kind.as_slice());
            return;
        }
        let property = ast::Property { key, ..property.clone() };
        self.give(&property, Some(carrier));
    }
}

fn first_arrow(edge: &ast::Edge) -> Arrow {
    edge.steps.first().map_or(Arrow::Data, |step| step.arrow)
}
