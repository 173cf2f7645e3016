//! One diagram of two models: what is new, what is gone and what changed, with what stands around it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::words;
use crate::catalog::Category;
use crate::compare::{Change, Comparison, ElementChange, Field, Matching};
use crate::emit::document::{Arrow, Document, Edge, Element, Variety};
use crate::emit::mermaid::sketch::{self, Mark, Sketch};
use crate::report::count;

/// Up to so many nodes the whole is shown.
const WHOLE: usize = 40;

/// Up to so many, what changed and its neighbours; up to as many again, what changed and the ends of edges that did.
const NEAR: usize = 60;

/// The longest source, in UTF-16 code units: a comment has room for other things, too.
const MAX_SOURCE: usize = 20_000;

/// A diagram of what differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The Mermaid source.
    pub source: String,
    /// What it leaves out, if it leaves something out.
    pub note: Option<String>,
}

/// Draws what differs; none if nothing does that could be drawn.
pub fn draw(comparison: &Comparison, old: &Document, new: &Document) -> Option<Drawn> {
    if comparison.elements.is_empty() && comparison.edges.is_empty() {
        return None;
    }
    let union = Union::new(comparison, old, new);
    let all: BTreeSet<usize> = (0..union.nodes.len()).filter(|at| union.is_drawn(*at)).collect();
    let marked: BTreeSet<usize> = all.iter().copied().filter(|at| union.is_marked(*at)).collect();
    let ends = union.arrows.iter().filter(|arrow| arrow.mark != Mark::Same).flat_map(|arrow| [arrow.from, arrow.to]);
    let core: BTreeSet<usize> = marked.iter().copied().chain(ends).collect();
    if core.is_empty() {
        return None;
    }
    let near = union.with_neighbours(&core);
    let leaves = |nodes: &BTreeSet<usize>| nodes.iter().filter(|at| !union.is_group(**at)).count();
    let mut choices = Vec::new();
    if leaves(&all) <= WHOLE {
        choices.push((all.clone(), None));
    }
    if leaves(&near) <= NEAR {
        choices.push((near, Some("Only what changed and its neighbours are drawn.".to_owned())));
    }
    if leaves(&core) <= 2 * NEAR {
        choices.push((core.clone(), Some("Only what changed is drawn.".to_owned())));
    }
    for most in [NEAR, NEAR / 4] {
        let first: BTreeSet<usize> = core.iter().copied().take(most).collect();
        let left = count(core.len().saturating_sub(first.len()), "element");
        choices.push((first, Some(format!("Too much changed for one diagram: {left} are not drawn."))));
    }
    choices.into_iter().find_map(|(nodes, note)| {
        let source = union.sketch(&nodes, comparison).draw()?;
        (source.encode_utf16().count() <= MAX_SOURCE).then_some(Drawn { source, note })
    })
}

/// A node of one of the models or of both.
struct Node<'d> {
    element: &'d Element,
    mark: Mark,
    remarks: Vec<String>,
    /// The group around it, as a node of the union.
    group: Option<usize>,
    /// The name of its architecture: in the newer model, if it is there.
    home: &'d str,
    /// Whether it is only the label of edges.
    is_label: bool,
}

/// An arrow of one of the models or of both.
struct Link<'d> {
    edge: &'d Edge,
    label: String,
    from: usize,
    to: usize,
    mark: Mark,
    remark: Option<String>,
}

/// Both models in one.
struct Union<'d> {
    nodes: Vec<Node<'d>>,
    arrows: Vec<Link<'d>>,
    /// The titles of the architectures, those of the newer model first.
    homes: BTreeMap<&'d str, &'d str>,
}

impl<'d> Union<'d> {
    fn new(comparison: &Comparison, old: &'d Document, new: &'d Document) -> Union<'d> {
        let matching = Matching::new(old, new);
        let mut union = Union { nodes: Vec::new(), arrows: Vec::new(), homes: BTreeMap::new() };
        let titles = old.architectures.iter().chain(&new.architectures);
        union.homes.extend(titles.map(|it| (it.name.as_str(), it.label())));
        // What is gone has no path of its own in the newer model, and may have that of something else.
        let mut new_places: HashMap<&str, usize> = HashMap::new();
        for element in &new.elements {
            new_places.insert(&element.path, union.nodes.len());
            union.nodes.push(Node::of(element, &element.architecture));
        }
        let mut old_places: HashMap<&str, usize> = HashMap::new();
        for element in &old.elements {
            let kept = matching.path_after(&element.path).and_then(|path| new_places.get(path).copied());
            old_places.insert(&element.path, kept.unwrap_or(union.nodes.len()));
            if kept.is_none() {
                let home = matching.architecture_after(&element.architecture).unwrap_or(&element.architecture);
                let mut node = Node::of(element, home);
                (node.mark, node.remarks) = (Mark::Removed, vec!["removed".to_owned()]);
                union.nodes.push(node);
            }
        }
        union.place(&old_places, &new_places, new.elements.len());
        union.mark(comparison, &new_places);
        union.draw_edges(comparison, (old, &old_places), (new, &new_places));
        union.find_labels();
        union
    }

    fn place(&mut self, old_places: &HashMap<&str, usize>, new_places: &HashMap<&str, usize>, new: usize) {
        for (at, node) in self.nodes.iter_mut().enumerate() {
            let places = if at < new { new_places } else { old_places };
            node.group = node.element.group.as_deref().and_then(|group| places.get(group).copied());
        }
    }

    fn mark(&mut self, comparison: &Comparison, places: &HashMap<&str, usize>) {
        for change in comparison.elements.iter().filter(|it| it.change != Change::Removed) {
            let Some(node) = places.get(change.path.as_str()).and_then(|at| self.nodes.get_mut(*at)) else { continue };
            if change.change == Change::Added {
                (node.mark, node.remarks) = (Mark::Added, vec!["added".to_owned()]);
                continue;
            }
            let others = words::of_element(&ElementChange { fields: Vec::new(), ..change.clone() });
            let all = others.into_iter().chain(beside_label(&change.fields)).collect();
            (node.mark, node.remarks) = (Mark::Changed, remarks(all, &change.fields));
        }
    }

    fn draw_edges(
        &mut self,
        comparison: &Comparison,
        (old, old_places): (&'d Document, &HashMap<&str, usize>),
        (new, new_places): (&'d Document, &HashMap<&str, usize>),
    ) {
        let changes = |wanted: fn(Change) -> bool| -> HashMap<&str, &crate::compare::EdgeChange> {
            comparison.edges.iter().filter(|it| wanted(it.change)).map(|it| (it.id.as_str(), it)).collect()
        };
        let current = changes(|change| change != Change::Removed);
        let gone = changes(|change| change == Change::Removed);
        let mut add = |edge: &'d Edge, places: &HashMap<&str, usize>, mark: Mark, remark: Option<String>| {
            if let (Some(from), Some(to)) = (places.get(edge.from.as_str()), places.get(edge.to.as_str())) {
                let label = edge.label.clone().unwrap_or_else(|| self.carriers(edge, places));
                self.arrows.push(Link { edge, label, from: *from, to: *to, mark, remark });
            }
        };
        for edge in &new.edges {
            let (mark, remark) = match current.get(edge.id.as_str()) {
                Some(it) if it.change == Change::Added => (Mark::Added, Some("added".to_owned())),
                Some(it) => {
                    let words = remarks(beside_label(&it.fields).collect(), &it.fields);
                    // What carries it is new, and stands on it as its label.
                    let is_carried = it.fields.iter().any(|field| field.name == "via" && field.before.is_none());
                    let mark = if is_carried { Mark::Added } else { Mark::Changed };
                    (mark, Some(words.join(", ")).filter(|words| !words.is_empty()))
                }
                None => (Mark::Same, None),
            };
            add(edge, new_places, mark, remark);
        }
        for edge in old.edges.iter().filter(|edge| gone.contains_key(edge.id.as_str())) {
            add(edge, old_places, Mark::Removed, Some("removed".to_owned()));
        }
    }

    fn carriers(&self, edge: &Edge, places: &HashMap<&str, usize>) -> String {
        let carriers = edge.carriers.iter().filter_map(|path| places.get(path.as_str()));
        let labels = carriers.filter_map(|at| self.nodes.get(*at)).map(|node| node.element.label_line());
        labels.collect::<Vec<_>>().join(" → ")
    }

    /// A carrier that no edge leads to is the label of its edges, which change with it.
    fn find_labels(&mut self) {
        let ends: HashSet<usize> = self.arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect();
        let carriers: HashSet<&str> =
            self.arrows.iter().flat_map(|arrow| &arrow.edge.carriers).map(String::as_str).collect();
        let mut changed: HashMap<&str, Vec<String>> = HashMap::new();
        for (at, node) in self.nodes.iter_mut().enumerate() {
            let path = node.element.path.as_str();
            node.is_label =
                !ends.contains(&at) && (carriers.contains(path) || node.element.variety == Variety::Carrier);
            if node.is_label && node.mark == Mark::Changed {
                changed.insert(path, node.remarks.clone());
            }
        }
        for arrow in self.arrows.iter_mut().filter(|arrow| arrow.mark == Mark::Same) {
            let remarks = arrow.edge.carriers.iter().find_map(|path| changed.get(path.as_str()));
            if let Some(remarks) = remarks {
                (arrow.mark, arrow.remark) = (Mark::Changed, Some(remarks.join(", ")));
            }
        }
    }

    fn is_drawn(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| !node.is_label)
    }

    fn is_marked(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| node.mark != Mark::Same)
    }

    fn is_group(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| node.element.variety == Variety::Group)
    }

    fn with_neighbours(&self, core: &BTreeSet<usize>) -> BTreeSet<usize> {
        let mut near = core.clone();
        for arrow in &self.arrows {
            if core.contains(&arrow.from) || core.contains(&arrow.to) {
                near.extend([arrow.from, arrow.to]);
            }
        }
        near
    }

    // ---- Drawing --------------------------------------------------------------------------------------------------------

    fn sketch(&self, nodes: &BTreeSet<usize>, comparison: &Comparison) -> Sketch {
        let mut shown = nodes.clone();
        for at in nodes {
            shown.extend(self.around(*at));
        }
        let mut children: BTreeMap<(Option<&str>, Option<usize>), Vec<usize>> = BTreeMap::new();
        for at in &shown {
            let Some(node) = self.nodes.get(*at) else { continue };
            // Without a group it stands in its architecture.
            let home = node.group.is_none().then_some(node.home);
            children.entry((home, node.group)).or_default().push(*at);
        }
        let homes: BTreeSet<&str> = shown.iter().filter_map(|at| self.nodes.get(*at)).map(|node| node.home).collect();
        let mut builder = Builder { union: self, children, items: Vec::new(), places: HashMap::new() };
        for home in &homes {
            if homes.len() > 1 {
                let label = self.homes.get(home).copied().unwrap_or(home).to_owned();
                let item = sketch::Item { path: format!("architecture.{home}"), label, ..sketch::Item::default() };
                builder.frame(item, |builder| builder.members((Some(home), None)));
            } else {
                builder.members((Some(home), None));
            }
        }
        let Builder { items, places, .. } = builder;
        let arrow = |arrow: &Link<'_>| {
            Some(sketch::Arrow {
                from: *places.get(&arrow.from)?,
                to: *places.get(&arrow.to)?,
                label: arrow.label.clone(),
                remark: arrow.remark.clone(),
                is_side: arrow.edge.arrow == Arrow::Side,
                mark: arrow.mark,
            })
        };
        Sketch {
            title: format!(
                "What changed from {} to {}",
                words::brief(&comparison.before.name),
                words::brief(&comparison.after.name)
            ),
            description: words::summary(comparison).join("; "),
            arrows: self.arrows.iter().filter_map(arrow).collect(),
            items,
        }
    }

    /// The groups around a node. A document that somebody made by hand may nest them in a circle.
    fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        let group = |at: &usize| self.nodes.get(*at).and_then(|node| node.group);
        std::iter::successors(group(&at), group).take(crate::syntax::MAX_NESTING)
    }
}

struct Builder<'u, 'd> {
    union: &'u Union<'d>,
    children: BTreeMap<(Option<&'u str>, Option<usize>), Vec<usize>>,
    items: Vec<sketch::Item>,
    places: HashMap<usize, usize>,
}

impl<'u> Builder<'u, '_> {
    fn members(&mut self, frame: (Option<&'u str>, Option<usize>)) {
        for at in self.children.remove(&frame).unwrap_or_default() {
            let Some(node) = self.union.nodes.get(at) else { continue };
            let item = sketch::Item {
                path: format!("{}{}", if node.mark == Mark::Removed { "removed." } else { "" }, node.element.path),
                label: node.element.label.clone(),
                remarks: node.remarks.clone(),
                category: node.element.category.as_deref().and_then(Category::of),
                mark: node.mark,
                end: 0,
            };
            self.places.insert(at, self.items.len());
            self.frame(item, |builder| builder.members((None, Some(at))));
        }
    }

    /// Adds an item, and what is in it.
    fn frame(&mut self, item: sketch::Item, members: impl FnOnce(&mut Self)) {
        let place = self.items.len();
        self.items.push(item);
        members(self);
        let end = self.items.len();
        if let Some(item) = self.items.get_mut(place) {
            item.end = end;
        }
    }
}

impl<'d> Node<'d> {
    fn of(element: &'d Element, home: &'d str) -> Node<'d> {
        Node { element, mark: Mark::Same, remarks: Vec::new(), group: None, home, is_label: false }
    }
}

/// What differs, in words that stand beside the label of today: this need not be said again.
fn beside_label(fields: &[Field]) -> impl Iterator<Item = String> {
    fields.iter().filter_map(|field| match (field.name.as_str(), &field.before, &field.after) {
        ("label", None, Some(_)) => None,
        ("label", Some(before), _) => Some(format!("was {}", words::shortened(before))),
        ("via", None, Some(after)) => Some(format!("{} added", words::shortened(after))),
        ("via", Some(before), None) => Some(format!("{} removed", words::shortened(before))),
        _ => Some(words::field(field)),
    })
}

/// The first few differences of something, in words that fit into a box.
fn remarks(words: Vec<String>, fields: &[Field]) -> Vec<String> {
    const FEW: usize = 3;
    const SHORT: usize = 48;
    let fits = words.len() <= FEW && words.iter().all(|word| word.chars().count() <= SHORT);
    if fits {
        return words;
    }
    let others = words.len().saturating_sub(fields.len());
    let mut remarks: Vec<String> = words.into_iter().take(others).collect();
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).take(FEW).collect();
    let more = if fields.len() > FEW { format!(" and {} more", fields.len() - FEW) } else { String::new() };
    if !names.is_empty() {
        remarks.push(format!("{}{more} changed", names.join(", ")));
    }
    remarks
}
