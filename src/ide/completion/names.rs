//! Names of elements: which there are, and how they are written where the cursor stands.

use super::context::{Context, Home};
use super::items::{Fit, Items};
use super::{About, Item, MOST_ITEMS, Sort, Wire};
use crate::catalog::KindId;
use crate::model::{ArchitectureId, Element, ElementId, Lookup, Variety};
use crate::pattern::{self, Takes};
use crate::syntax::ast::{Declaration, Keyword, Statement};

/// Something that has a name.
#[derive(Clone, Debug)]
pub(in crate::ide) struct Known<'s> {
    /// Its own name.
    pub(in crate::ide) name: &'s str,
    /// Its title.
    pub(in crate::ide) title: Option<&'s str>,
    /// Its kind.
    pub(in crate::ide) kind: Option<KindId>,
    /// What it is.
    pub(in crate::ide) sort: Sort,
    /// Which it is.
    pub(in crate::ide) identity: Identity,
}

/// How something is found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ide) enum Identity {
    /// In the model.
    Element(ElementId),
    /// An architecture as a whole.
    Architecture(ArchitectureId),
    /// In a pattern or in an example: its path there.
    Written(String),
}

/// What is said of a name where it is offered.
#[derive(Default)]
pub(super) struct Rank {
    /// Lesser ones come first.
    pub(super) tier: u8,
    /// What is to be said before the kind.
    pub(super) note: Option<String>,
    /// The connections that it would make.
    pub(super) wires: Vec<Wire>,
}

/// What others declare comes after all that is near.
const FOREIGN: u8 = 16;

/// Offers the names that a rank is found for.
pub(super) fn names<'s>(context: &Context<'s>, items: &mut Items, mut rank: impl FnMut(&Known<'s>) -> Option<Rank>) {
    let typed = context.position.typed();
    let base = typed.rsplit_once('.').map(|(base, _)| base);
    let known = match base {
        Some(base) => context.meaning(base).map(|base| context.members(&base)).unwrap_or_default(),
        None => context.known(),
    };
    let mut fitting = Vec::new();
    for (at, known) in known.into_iter().enumerate() {
        let fit = match base {
            Some(_) => Fit::of(typed.rsplit('.').next().unwrap_or_default(), known.name),
            None => Fit::of(typed, known.name).or_else(|| Fit::of(typed, &context.foreign_path(&known)?)),
        };
        let Some(fit) = fit else { continue };
        let Some(rank) = rank(&known) else { continue };
        let foreign = if context.is_foreign(&known) && base.is_none() { FOREIGN } else { 0 };
        fitting.push(((fit, rank.tier + foreign, at), known, rank));
    }
    fitting.sort_by_key(|(key, ..)| *key);
    let mut left = MOST_ITEMS;
    for ((_, tier, _), known, rank) in fitting {
        let path = match base {
            Some(base) => context.resolves(&format!("{base}.{}", known.name), &known),
            None => context.path(&known),
        };
        let Some(path) = path else { continue };
        if left == 0 {
            return items.cut();
        }
        left -= 1;
        let label = if base.is_some() { known.name.to_owned() } else { path.clone() };
        let item = Item::new(known.sort, label).text(path.clone()).filter(path);
        let item = context.describe(item, &known, rank);
        items.add(item.tier(tier));
    }
}

impl<'s> Context<'s> {
    /// All that has a name here, the nearest first.
    pub(in crate::ide) fn known(&self) -> Vec<Known<'s>> {
        let model = self.model();
        let scope = match self.home {
            Home::Model(scope) => scope,
            Home::Written { statements, pattern } => return self.known_in_text(statements, pattern),
        };
        let home = scope.map(|scope| scope.architecture);
        let own = home.map(|home| model.architecture(home)).into_iter();
        let others = model.architectures.iter().filter(|it| Some(it.id) != home);
        let mut all = Vec::with_capacity(model.elements.len());
        for architecture in own.chain(others.clone()) {
            all.extend(architecture.elements.iter().map(|id| Self::element(model.element(*id))));
        }
        all.extend(others.map(|it| self.architecture(it.id)));
        all
    }

    /// What a path means.
    pub(in crate::ide) fn meaning(&self, path: &str) -> Option<Known<'s>> {
        if let Home::Written { statements, pattern } = self.home {
            let known = self.known_in_text(statements, pattern);
            return known.into_iter().find(|it| self.path(it).as_deref() == Some(path));
        }
        match self.look_up(path) {
            Lookup::Element(id) => Some(Self::element(self.model().element(id))),
            Lookup::Architecture(id) => Some(self.architecture(id)),
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => None,
        }
    }

    /// What stands in a group or an architecture.
    pub(in crate::ide) fn members(&self, of: &Known<'s>) -> Vec<Known<'s>> {
        let model = self.model();
        match &of.identity {
            Identity::Element(id) => {
                let members = &model.element(*id).members;
                let carriers = model.architecture(model.element(*id).architecture).elements.iter();
                let carriers = carriers.map(|it| model.element(*it));
                let carriers = carriers.filter(|it| it.variety == Variety::Carrier && it.group == Some(*id));
                members.iter().map(|id| model.element(*id)).chain(carriers).map(Self::element).collect()
            }
            Identity::Architecture(id) => {
                model.architecture(*id).elements.iter().map(|id| Self::element(model.element(*id))).collect()
            }
            Identity::Written(path) => {
                let Home::Written { statements, pattern } = self.home else { return Vec::new() };
                let inside = |it: &Known<'s>| match &it.identity {
                    Identity::Written(other) => other.rsplit_once('.').is_some_and(|(around, _)| around == path),
                    _ => false,
                };
                self.known_in_text(statements, pattern).into_iter().filter(inside).collect()
            }
        }
    }

    /// How something is written here; none if it cannot be named.
    pub(in crate::ide) fn path(&self, known: &Known<'s>) -> Option<String> {
        let model = self.model();
        match &known.identity {
            Identity::Architecture(_) => self.resolves(known.name, known),
            Identity::Element(id) => {
                let bare = self.resolves(known.name, known);
                let path = || self.resolves(&model.path(*id), known);
                bare.or_else(path).or_else(|| self.resolves(&model.full_path(*id), known))
            }
            Identity::Written(path) => {
                let Home::Written { statements, pattern } = self.home else { return None };
                let all = self.known_in_text(statements, pattern);
                let is_unique = all.iter().filter(|it| it.name == known.name).count() == 1;
                Some(if is_unique { known.name.to_owned() } else { path.clone() })
            }
        }
    }

    /// The path, if it means this.
    fn resolves(&self, path: &str, known: &Known<'s>) -> Option<String> {
        let is_meant = match &known.identity {
            Identity::Element(id) => self.look_up(path) == Lookup::Element(*id),
            Identity::Architecture(id) => self.look_up(path) == Lookup::Architecture(*id),
            Identity::Written(_) => true,
        };
        is_meant.then(|| path.to_owned())
    }

    /// The path of what another architecture declares.
    fn foreign_path(&self, known: &Known<'s>) -> Option<String> {
        let Identity::Element(id) = known.identity else { return None };
        self.is_foreign(known).then(|| self.model().full_path(id))
    }

    fn is_foreign(&self, known: &Known<'s>) -> bool {
        let Home::Model(Some(scope)) = self.home else { return false };
        match &known.identity {
            Identity::Element(id) => self.model().element(*id).architecture != scope.architecture,
            Identity::Architecture(_) => true,
            Identity::Written(_) => false,
        }
    }

    fn element(element: &'s Element) -> Known<'s> {
        Known {
            name: &element.name,
            title: element.title.as_deref(),
            kind: element.kind,
            sort: match element.variety {
                Variety::Service | Variety::Carrier => Sort::Service,
                Variety::External => Sort::External,
                Variety::Person => Sort::Person,
                Variety::Group => Sort::Group,
            },
            identity: Identity::Element(element.id),
        }
    }

    fn architecture(&self, id: ArchitectureId) -> Known<'s> {
        let architecture = self.model().architecture(id);
        Known {
            name: &architecture.name,
            title: architecture.title.as_deref(),
            kind: None,
            sort: Sort::Architecture,
            identity: Identity::Architecture(id),
        }
    }

    fn describe(&self, item: Item, known: &Known<'s>, rank: Rank) -> Item {
        let kind = known.kind.map(|kind| self.catalog().kind(kind));
        let word = match known.sort {
            Sort::Group => "group",
            Sort::Architecture => "architecture",
            Sort::Parameter => "parameter",
            _ => kind.map_or("", |kind| &kind.name),
        };
        let title = known.title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let parts = rank.note.into_iter().chain([word.to_owned()]).chain(title).filter(|part| !part.is_empty());
        let detail = parts.collect::<Vec<_>>().join(" · ");
        let about = match &known.identity {
            Identity::Element(id) => Some(About::Element(self.model().full_path(*id), rank.wires)),
            Identity::Architecture(id) => {
                Some(About::Element(self.model().architecture(*id).name.to_string(), Vec::new()))
            }
            Identity::Written(_) => kind.map(|kind| About::Kind(kind.name.to_string(), rank.wires)),
        };
        let has_members = matches!(known.sort, Sort::Group | Sort::Architecture);
        Item { has_members, about, ..item.detail(detail) }
    }

    // ---- Patterns and examples ----------------------------------------------------------------------------------------

    fn known_in_text(&self, statements: &'s [Statement], pattern: Option<&'s pattern::Pattern>) -> Vec<Known<'s>> {
        let mut all = Vec::new();
        for parameter in pattern.into_iter().flat_map(|pattern| &pattern.parameters) {
            if let Some(Takes::Element(sort)) = parameter.takes {
                all.push(Known {
                    name: &parameter.name.text,
                    title: None,
                    kind: match sort {
                        pattern::Sort::Kind(kind) => Some(kind),
                        pattern::Sort::External => self.core("external"),
                        pattern::Sort::Person => self.core("person"),
                        _ => None,
                    },
                    sort: match sort {
                        pattern::Sort::Group => Sort::Group,
                        _ => Sort::Parameter,
                    },
                    identity: Identity::Written(parameter.name.text.to_string()),
                });
            }
        }
        self.declared_in(statements, "", &mut all);
        all
    }

    fn declared_in(&self, statements: &'s [Statement], around: &str, into: &mut Vec<Known<'s>>) {
        let path = |name: &str| if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") };
        for statement in statements {
            match statement {
                Statement::Declaration(it) => {
                    let Some(known) = self.declared(it) else { continue };
                    let path = path(known.name);
                    into.push(Known { identity: Identity::Written(path.clone()), ..known });
                    if it.keyword == Keyword::Group {
                        self.declared_in(it.statements(), &path, into);
                    }
                }
                Statement::Edge(it) => {
                    for carrier in &it.carriers {
                        let Some(name) = &carrier.name else { continue };
                        into.push(Known {
                            name: &name.text,
                            title: it.label.as_ref().map(|label| label.value.as_str()),
                            kind: self.catalog().find(&carrier.target.text),
                            sort: Sort::Service,
                            identity: Identity::Written(path(&name.text)),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn declared(&self, declaration: &'s Declaration) -> Option<Known<'s>> {
        let (sort, default) = match declaration.keyword {
            Keyword::Service => (Sort::Service, None),
            Keyword::External => (Sort::External, self.core("external")),
            Keyword::Person => (Sort::Person, self.core("person")),
            Keyword::Group | Keyword::Use => (Sort::Group, self.core("group")),
            _ => return None,
        };
        let name = declaration.alias.as_ref().or(declaration.name.as_ref())?;
        let kind = declaration.kind.as_ref().and_then(|kind| self.catalog().find(&kind.text));
        Some(Known {
            name: &name.text,
            title: declaration.title.as_ref().map(|title| title.value.as_str()),
            kind: kind.or(default),
            sort,
            identity: Identity::Written(name.text.to_string()),
        })
    }
}
