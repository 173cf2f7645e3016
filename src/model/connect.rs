//! The second pass: edges between elements, and the services that carry them.

use smol_str::SmolStr;

use super::collect::new_carrier;
use super::resolve::{PendingEdge, Resolver};
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
type End<'f> = (ElementId, &'f Path);

/// What all edges of a statement have in common.
struct Shared<'f> {
    scope: Scope,
    edge: &'f ast::Edge,
    carriers: Vec<CarrierRef<'f>>,
    /// Whether a `via` names nothing that can carry an edge.
    lost_carrier: bool,
    settings: Settings,
}

impl<'f> Resolver<'f> {
    /// Draws all edges that were collected.
    pub(super) fn connect(&mut self) {
        for pending in std::mem::take(&mut self.edges) {
            self.statement(pending);
        }
    }

    fn statement(&mut self, pending: PendingEdge<'f>) {
        let shared = self.shared(pending);
        let mut from = self.named(shared.scope, &shared.edge.first);
        for step in &shared.edge.steps {
            self.reject_groups(&mut from, step.arrow);
            let mut to = self.named(shared.scope, &step.to);
            self.reject_groups(&mut to, step.arrow);
            if step.arrow == Arrow::Reply {
                let (what, place, belongs) = ("reply arrow `<-`", "an architecture", "a scenario");
                self.problem(Problem::Misplaced { what, place, belongs, span: step.arrow_span });
            } else {
                for from in &from {
                    for to in &to {
                        self.edge(&shared, step, *from, *to);
                    }
                }
            }
            from = to;
        }
    }

    /// Finds the carriers of a statement, and gives each property to whom it belongs.
    fn shared(&mut self, PendingEdge { scope, edge, declared }: PendingEdge<'f>) -> Shared<'f> {
        let mut declared = declared.into_iter();
        let mut carriers = Vec::with_capacity(edge.carriers.len());
        for carrier in &edge.carriers {
            carriers.extend(match carrier.name {
                Some(_) => declared.next().map(|id| CarrierRef::Named(id, Settings::default())),
                None => self.carrier(scope, carrier),
            });
        }
        let lost_carrier = carriers.len() < edge.carriers.len();
        let mut shared = Shared { scope, edge, carriers, lost_carrier, settings: Settings::default() };
        for statement in edge.statements() {
            self.edge_setting(statement, &mut shared);
        }
        for carrier in &shared.carriers {
            if let CarrierRef::Named(id, settings) = carrier
                && let Some(element) = self.model.elements.get_mut(id.index())
            {
                element.settings.clone_from(settings);
            }
        }
        shared
    }

    fn named(&mut self, scope: Scope, paths: &'f [Path]) -> Vec<End<'f>> {
        let mut ends = Vec::with_capacity(paths.len());
        for path in paths {
            ends.extend(self.element(scope, path).map(|id| (id, path)));
        }
        ends
    }

    /// Leaves groups out where they cannot be an end: data and calls do not lead to a boundary.
    fn reject_groups(&mut self, ends: &mut Vec<End<'f>>, arrow: Arrow) {
        if arrow == Arrow::Side {
            return;
        }
        ends.retain(|(id, path)| {
            let is_group = self.model.element(*id).variety == Variety::Group;
            if is_group {
                self.problem(Problem::WrongEnd { path: path.text.clone(), span: path.span, what: "group" });
            }
            !is_group
        });
    }

    fn edge(&mut self, shared: &Shared<'f>, step: &ast::EdgeStep, from: End<'f>, to: End<'f>) {
        let Shared { scope, edge, .. } = *shared;
        let id = EdgeId::new(self.model.edges.len());
        let (carriers, lost_carrier) = self.carriers(shared, from.0, to.0);
        self.model.edges.push(Edge {
            id,
            from: from.0,
            to: to.0,
            arrow: step.arrow,
            label: edge.label.as_ref().map(|label| label.value.clone()),
            carriers,
            lost_carrier,
            architecture: scope.architecture,
            group: scope.group,
            doc: edge.preamble.doc.clone(),
            settings: shared.settings.clone(),
            span: edge.span,
            from_span: from.1.span,
            to_span: to.1.span,
            arrow_span: step.arrow_span,
        });
        if let Some(architecture) = self.model.architectures.get_mut(scope.architecture.index()) {
            architecture.edges.push(id);
        }
    }

    /// The carriers of one edge of a statement, and whether one that is named cannot be one.
    fn carriers(&mut self, shared: &Shared<'f>, from: ElementId, to: ElementId) -> (Vec<ElementId>, bool) {
        let mut ids = Vec::with_capacity(shared.carriers.len());
        let mut lost = shared.lost_carrier;
        for carrier in &shared.carriers {
            let (id, path) = match carrier {
                CarrierRef::Anonymous(carrier, kind, settings) => {
                    ids.push(self.anonymous(shared, carrier, *kind, settings, (from, to)));
                    continue;
                }
                CarrierRef::Named(id, _) => {
                    let element = self.model.element(*id);
                    (*id, &Path { text: element.name.clone(), span: element.name_span })
                }
                CarrierRef::Existing(id, path) => (*id, *path),
            };
            let reason = if id == from || id == to {
                ViaMistake::OwnEnd
            } else if ids.contains(&id) {
                ViaMistake::Twice
            } else {
                ids.push(id);
                continue;
            };
            self.problem(Problem::MisplacedVia { path: path.text.clone(), span: path.span, reason });
            lost = true;
        }
        (ids, lost)
    }

    // ---- Carriers -----------------------------------------------------------------------------------------------------

    fn carrier(&mut self, scope: Scope, carrier: &'f ast::Carrier) -> Option<CarrierRef<'f>> {
        let path = &carrier.target;
        match self.names.look_up_at(scope, path) {
            Lookup::Element(id) => {
                if matches!(self.model.element(id).variety, Variety::Service | Variety::Carrier) {
                    return Some(CarrierRef::Existing(id, path));
                }
                let reason = ViaMistake::NotAService;
                self.problem(Problem::MisplacedVia { path: path.text.clone(), span: path.span, reason });
                None
            }
            // An architecture of this name is not meant: it cannot carry anything.
            Lookup::Nothing | Lookup::Architecture(_) if self.model.catalog.find(&path.text).is_some() => {
                self.kind(path).map(|kind| CarrierRef::Anonymous(carrier, kind, Settings::default()))
            }
            Lookup::Architecture(_) => {
                let reason = ViaMistake::NotAService;
                self.problem(Problem::MisplacedVia { path: path.text.clone(), span: path.span, reason });
                None
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
            Lookup::Ambiguous(_) | Lookup::Absent => {
                self.element(scope, path);
                None
            }
        }
    }

    /// Makes the service that carries one edge. Its name tells the edge and the kind, and belongs to no scope.
    fn anonymous(
        &mut self,
        Shared { scope, edge, .. }: &Shared<'f>,
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
        let between = Some(Box::new([from, to].map(|id| self.model.path(id))));
        let (from, to) = (&self.model.element(from).name, &self.model.element(to).name);
        let name = self.names.make_unique(scope.architecture, &format!("{from}-{last}-{to}"));
        let path = Path { text: name, span: carrier.target.span };
        self.add(*scope, |id| Element {
            title: Some(title),
            settings: settings.clone(),
            between: between.clone(),
            ..new_carrier(id, *scope, &path, carrier.span, Some(kind))
        })
    }

    // ---- Properties of edges and their carriers -----------------------------------------------------------------------

    /// A property of a `via` edge belongs to the carrier whose kind declares it; one that every element understands, to
    /// all carriers that are declared here; the rest to the edge.
    fn edge_setting(&mut self, statement: &Statement, shared: &mut Shared<'f>) {
        let Statement::Property(property) = statement else {
            return match statement {
                Statement::Section(_) => self.setting(statement, self.core.edge, &mut shared.settings),
                other => self.misplaced(other, "an edge"),
            };
        };
        if let Some((owner, key)) = property.key.text.rsplit_once('.') {
            return self.qualified_setting(property, owner, key, shared);
        }
        let name = &property.key.text;
        match self.takers(name, &shared.carriers).as_slice() {
            [] => self.common_setting(property, shared),
            [taker] => self.give(property, shared.carriers.get_mut(*taker)),
            takers => {
                let carriers = takers.iter().filter_map(|taker| shared.carriers.get(*taker));
                let kinds = carriers.filter_map(|it| self.kind_of(it)).collect();
                self.problem(Problem::AmbiguousProperty { name: name.clone(), span: property.key.span, kinds });
            }
        }
    }

    /// A property that no carrier's own kind knows.
    fn common_setting(&mut self, property: &ast::Property, shared: &mut Shared<'f>) {
        let name = &property.key.text;
        let knows = |kind: Option<KindId>| kind.is_some_and(|kind| self.model.catalog.property(kind, name).is_some());
        let (is_common, is_of_edge) = (knows(self.core.element), knows(self.core.edge));
        let mut given = false;
        if is_common {
            for carrier in shared.carriers.iter_mut().filter(|it| !matches!(it, CarrierRef::Existing(..))) {
                self.give(property, Some(carrier));
                given = true;
            }
        }
        match (given, is_of_edge) {
            (true, _) => {}
            (false, true) => {
                self.property(property, self.core.edge, &mut shared.settings);
            }
            (false, false) => self.setting_of_nobody(&property.key, shared),
        }
    }

    /// A property that neither the edge nor a carrier declared here knows.
    fn setting_of_nobody(&mut self, key: &Path, shared: &Shared<'f>) {
        // It may well belong to the carrier that is lost, which has its own finding.
        if shared.lost_carrier || shared.carriers.iter().any(|carrier| self.kind_of(carrier).is_none()) {
            return;
        }
        let elsewhere = shared.carriers.iter().find_map(|carrier| match carrier {
            CarrierRef::Existing(id, _) => Some(*id).filter(|_| self.knows(carrier, &key.text)),
            _ => None,
        });
        if let Some(carrier) = elsewhere {
            return self.problem(Problem::PropertyOfAnother { name: key.text.clone(), span: key.span, carrier });
        }
        let mut kinds: Vec<KindId> = shared.carriers.iter().filter_map(|carrier| self.kind_of(carrier)).collect();
        kinds.extend(self.core.edge);
        self.unknown_property(key, &kinds);
    }

    fn knows(&self, carrier: &CarrierRef<'f>, name: &str) -> bool {
        self.kind_of(carrier).is_some_and(|kind| self.model.catalog.property(kind, name).is_some())
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
    fn qualified_setting(&mut self, property: &ast::Property, owner: &str, key: &str, shared: &mut Shared<'f>) {
        let split = owner.len();
        let key = Path { text: SmolStr::new(key), span: property.key.span.slice(split + 1, property.key.text.len()) };
        let is_owner = |carrier: &CarrierRef<'f>| match carrier {
            CarrierRef::Named(id, _) => self.model.element(*id).name == owner,
            CarrierRef::Existing(_, path) => path.text == owner,
            CarrierRef::Anonymous(..) => false,
        };
        let Some(carrier) = shared.carriers.iter().position(is_owner).and_then(|at| shared.carriers.get_mut(at)) else {
            if !shared.lost_carrier {
                let names = shared.edge.carriers.iter().find_map(|carrier| carrier.name.as_ref());
                let near = names.map(|name| name.text.to_string());
                self.unresolved(&Path { text: SmolStr::new(owner), span: property.key.span.slice(0, split) }, near);
            }
            return;
        };
        let kind = self.kind_of(carrier);
        if kind.is_some_and(|kind| self.model.catalog.property(kind, &key.text).is_none()) {
            self.unknown_property(&key, kind.as_slice());
        } else if let CarrierRef::Existing(id, _) = carrier {
            let (name, span, carrier) = (key.text, key.span, *id);
            self.problem(Problem::PropertyOfAnother { name, span, carrier });
        } else {
            self.give(&ast::Property { key, ..property.clone() }, Some(carrier));
        }
    }
}
