//! What the catalog says of each connection, as facts. The rules of the family `wiring` put them into words.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use crate::catalog::{Catalog, End, KindId, Refusal, Verdict, WireFact, Wiring};
use crate::model::{Hop, Model, Variety};
use crate::syntax::ast::Arrow;

/// Two kinds whose connection does not work, or of which nothing is known.
#[derive(Debug)]
pub(super) struct Pair<'m> {
    /// The kind it starts from.
    pub(super) from: KindId,
    /// What would move.
    pub(super) arrow: Arrow,
    /// The kind it leads to.
    pub(super) to: KindId,
    /// What the facts say.
    pub(super) wiring: Wiring<'m>,
    may_search: bool,
    ways: OnceCell<Vec<Vec<KindId>>>,
}

/// For how many pairs the catalog is searched for a way around.
const MAX_SEARCHES: usize = 100;

impl Pair<'_> {
    /// The shortest ways around; see [`Catalog::ways_around`]. None after very many pairs, unless a fact names it.
    pub(super) fn ways(&self, catalog: &Catalog) -> &[Vec<KindId>] {
        let is_named =
            matches!(self.wiring, Wiring::Refused(Refusal::Named(WireFact { verdict: Verdict::Through(_), .. })));
        let search = || catalog.ways_around(self.from, self.arrow, self.to);
        self.ways.get_or_init(|| if is_named || self.may_search { search() } else { Vec::new() })
    }

    /// Another arrow by which a fact about these two kinds connects them.
    pub(super) fn other_arrow(&self, catalog: &Catalog) -> Option<Arrow> {
        let works = |arrow: &Arrow| match catalog.wiring(self.from, *arrow, self.to) {
            Wiring::Works(fact) => fact.from != End::Any && fact.to != End::Any,
            _ => false,
        };
        [Arrow::Side, Arrow::Data, Arrow::Call].into_iter().find(works)
    }
}

/// The connections of a model that the catalog does not simply let pass.
#[derive(Debug, Default)]
pub(super) struct Survey<'m> {
    pairs: Vec<Pair<'m>>,
    doubtful: Vec<(Hop, usize)>,
}

impl<'m> Survey<'m> {
    /// Looks at all connections. A workspace has few different pairs of kinds, so the catalog is asked once for each.
    pub(super) fn of(model: &'m Model) -> Survey<'m> {
        let mut survey = Survey::default();
        let products = Products::of(&model.catalog);
        let mut known: HashMap<(KindId, Arrow, KindId), Option<usize>> = HashMap::new();
        let hops = model.edges.iter().flat_map(|edge| model.hops(edge));
        for hop in hops.filter(|hop| hop.from != hop.to) {
            let Some((from, to)) = kind_of_end(model, &hop, true).zip(kind_of_end(model, &hop, false)) else {
                continue;
            };
            let doubt = *known
                .entry((from, hop.arrow, to))
                .or_insert_with(|| survey.doubt(&model.catalog, &products, (from, hop.arrow, to)));
            survey.doubtful.extend(doubt.map(|pair| (hop, pair)));
        }
        survey
    }

    /// The connections in the order of the edges, each with its pair of kinds.
    pub(super) fn doubtful(&self) -> impl Iterator<Item = (Hop, &Pair<'m>)> {
        self.doubtful.iter().filter_map(|(hop, pair)| Some((*hop, self.pairs.get(*pair)?)))
    }

    fn doubt(&mut self, catalog: &'m Catalog, products: &Products, key: (KindId, Arrow, KindId)) -> Option<usize> {
        let (from, arrow, to) = key;
        // What has gone out of service has its own finding, which says what to use instead.
        if catalog.retirement(from).is_some() || catalog.retirement(to).is_some() {
            return None;
        }
        let wiring = catalog.wiring(from, arrow, to);
        let is_doubtful = match &wiring {
            Wiring::Works(_) => false,
            Wiring::Refused(_) => true,
            Wiring::Unknown => products.starts(catalog, from) && products.ends(catalog, to),
        };
        is_doubtful.then(|| {
            let may_search = self.pairs.len() < MAX_SEARCHES;
            self.pairs.push(Pair { from, arrow, to, wiring, may_search, ways: OnceCell::new() });
            self.pairs.len() - 1
        })
    }
}

/// The kind at one end of a connection; none if it is not known, is abstract, which has its own finding, or is that of a
/// boundary, which connects to nothing itself.
fn kind_of_end(model: &Model, hop: &Hop, start: bool) -> Option<KindId> {
    let element = model.element(if start { hop.from } else { hop.to });
    let kind = model.kind_of(element).filter(|kind| !kind.is_abstract && element.variety != Variety::Group);
    kind.map(|kind| kind.id)
}

/// The products that facts speak of, so that the absence of one tells something. A product is named after its maker, with
/// a dot; generic kinds stand for anything.
struct Products {
    starts: BTreeSet<KindId>,
    ends: BTreeSet<KindId>,
}

impl Products {
    fn of(catalog: &Catalog) -> Products {
        let kind = |end: End| match end {
            End::Kind(kind) => Some(kind).filter(|kind| catalog.kind(*kind).name.contains('.')),
            End::Any => None,
        };
        let facts = catalog.wire_facts();
        Products {
            starts: facts.iter().filter_map(|fact| kind(fact.from)).collect(),
            ends: facts.iter().filter_map(|fact| kind(fact.to)).collect(),
        }
    }

    fn starts(&self, catalog: &Catalog, kind: KindId) -> bool {
        catalog.ancestry(kind).any(|kind| self.starts.contains(&kind.id))
    }

    fn ends(&self, catalog: &Catalog, kind: KindId) -> bool {
        catalog.ancestry(kind).any(|kind| self.ends.contains(&kind.id))
    }
}
