//! What a file declares, as a tree; and the declarations of a workspace that a query fits.
//!
//! Edges are no symbols: they have no names, and there are more of them than of all else. A carrier that an edge declares
//! under a name is one.

use super::Snapshot;
use super::parts::whole_span;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Declaration, Edge, Keyword, Parameter, Path, Statement};

/// What sort of thing is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolSort {
    /// By a keyword.
    Declared(Keyword),
    /// A service that carries an edge.
    Carrier,
    /// A parameter of a pattern.
    Parameter,
    /// A property of a kind.
    Property,
    /// What a kind is billed for.
    Meter,
    /// A quota of a kind.
    Limit,
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name; the keyword where the name is not written yet.
    pub name: String,
    /// Its kind or type, and its title.
    pub detail: Option<String>,
    /// What sort of thing it is.
    pub sort: SymbolSort,
    /// Whether it is a kind that is no longer offered, or a service of one.
    pub is_retired: bool,
    /// All of it, with its documentation.
    pub span: Span,
    /// The name.
    pub name_span: Span,
    /// What is declared in it.
    pub children: Vec<Symbol>,
}

/// The declarations of a file, in its order.
pub fn symbols(snapshot: &Snapshot, file: FileId) -> Vec<Symbol> {
    let tree = snapshot.tree(file);
    tree.map(|tree| Reader { snapshot }.all(&tree.statements)).unwrap_or_default()
}

struct Reader<'s> {
    snapshot: &'s Snapshot,
}

impl Reader<'_> {
    fn all(&self, statements: &[Statement]) -> Vec<Symbol> {
        let mut found = Vec::new();
        for statement in statements {
            match statement {
                Statement::Declaration(it) => found.push(self.declaration(it, whole_span(statement))),
                Statement::Edge(it) => found.extend(self.carriers(it)),
                Statement::PropertyDeclaration(it) => found.push(Symbol {
                    detail: Some(it.ty.name.text.to_string()),
                    span: whole_span(statement),
                    ..symbol(&it.name, SymbolSort::Property)
                }),
                Statement::Meter(it) => found.push(Symbol {
                    detail: Some(it.price.text.to_string()),
                    ..titled(&it.name.value, it.name.span, SymbolSort::Meter, whole_span(statement))
                }),
                Statement::Limit(it) => {
                    found.push(titled(&it.name.value, it.name.span, SymbolSort::Limit, whole_span(statement)));
                }
                Statement::Property(_)
                | Statement::Section(_)
                | Statement::Wire(_)
                | Statement::Steps(_)
                | Statement::Note(_)
                | Statement::Without(_) => {}
            }
        }
        found
    }

    fn declaration(&self, it: &Declaration, span: Span) -> Symbol {
        let sort = SymbolSort::Declared(it.keyword);
        let name = it.alias.as_ref().or(it.name.as_ref());
        let word = Span { end: it.span.start.saturating_add(length(it.keyword.word())).min(it.span.end), ..it.span };
        let own = name.map_or_else(|| titled(it.keyword.word(), word, sort, span), |name| symbol(name, sort));
        let title = it.title.as_ref().map(|title| title.value.split_whitespace().collect::<Vec<_>>().join(" "));
        let of = match it.keyword {
            Keyword::Use => it.name.as_ref(),
            _ => it.kind.as_ref().or(it.is.first()),
        };
        // It goes on with what has its name elsewhere.
        let extended = (it.keyword == Keyword::Extend).then(|| Keyword::Extend.word().to_owned()).into_iter();
        let detail: Vec<String> =
            extended.chain(of.map(|of| of.text.to_string())).chain(title.filter(|title| !title.is_empty())).collect();
        let kind = if it.keyword == Keyword::Kind { it.name.as_ref() } else { it.kind.as_ref() };
        let parameters = it.parameters.iter().map(parameter);
        Symbol {
            detail: (!detail.is_empty()).then(|| detail.join(" · ")),
            is_retired: kind.is_some_and(|kind| self.is_retired(kind)),
            span,
            children: parameters.chain(self.all(it.statements())).collect(),
            ..own
        }
    }

    fn carriers<'e>(&'e self, edge: &'e Edge) -> impl Iterator<Item = Symbol> + 'e {
        edge.carriers.iter().filter_map(|carrier| {
            let name = carrier.name.as_ref()?;
            Some(Symbol {
                detail: Some(carrier.target.text.to_string()),
                is_retired: self.is_retired(&carrier.target),
                span: carrier.span,
                ..symbol(name, SymbolSort::Carrier)
            })
        })
    }

    fn is_retired(&self, kind: &Path) -> bool {
        let catalog = &self.snapshot.model().catalog;
        catalog.find(&kind.text).is_some_and(|kind| catalog.retirement(kind).is_some())
    }
}

fn parameter(it: &Parameter) -> Symbol {
    let end = it.default.as_ref().map_or(it.ty.span, |default| default.span);
    Symbol {
        detail: Some(it.ty.name.text.to_string()),
        span: it.name.span.to(end),
        ..symbol(&it.name, SymbolSort::Parameter)
    }
}

fn symbol(name: &Path, sort: SymbolSort) -> Symbol {
    titled(&name.text, name.span, sort, name.span)
}

fn titled(name: &str, name_span: Span, sort: SymbolSort, span: Span) -> Symbol {
    // Protocols want a name that can be seen.
    let name = if name.trim().is_empty() { "…" } else { name };
    Symbol { name: name.to_owned(), detail: None, sort, is_retired: false, span, name_span, children: Vec::new() }
}

fn length(word: &str) -> u32 {
    u32::try_from(word.len()).unwrap_or(u32::MAX)
}

// ---- Searching ------------------------------------------------------------------------------------------------------

/// How many symbols a search gives at the most: nobody reads more, and each further letter asks again.
pub const MAX_FOUND: usize = 256;

/// A symbol that a query fits, without what is declared in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How well it fits; the least is the best.
    pub fit: (Fit, usize),
    /// The path of what it is declared in; empty at the top of a file.
    pub container: String,
    /// The declaration.
    pub symbol: Symbol,
}

/// How a query fits a name. The first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the name.
    Whole,
    /// The name begins with it.
    Beginning,
    /// It stands in the name.
    Inside,
    /// It stands in the path, or in the kind or the title.
    Beside,
    /// Its letters stand in the path, in their order.
    Scattered,
}

/// The declarations of a workspace that a query fits, the best first. Case does not matter; a query with a dot is looked
/// for in paths. The best of several workspaces are found by merging what each gives by [`Found::fit`].
pub fn search(snapshot: &Snapshot, query: &str) -> Vec<Found> {
    let query = query.trim().to_lowercase();
    let mut found = Vec::new();
    for file in &snapshot.workspace.files {
        for symbol in symbols(snapshot, *file) {
            visit(symbol, "", &query, &mut found);
        }
    }
    // In the order of the files where they fit as well.
    found.sort_by_key(|found| found.fit);
    found.truncate(MAX_FOUND);
    found
}

fn visit(mut symbol: Symbol, container: &str, query: &str, found: &mut Vec<Found>) {
    let children = std::mem::take(&mut symbol.children);
    let path = if container.is_empty() { symbol.name.clone() } else { format!("{container}.{}", symbol.name) };
    if let Some(fit) = fit(&symbol, &path, query) {
        // A shorter name is more of what was asked for.
        let fit = (fit, symbol.name.chars().count());
        found.push(Found { fit, container: container.to_owned(), symbol });
    }
    for child in children {
        visit(child, &path, query, found);
    }
}

fn fit(symbol: &Symbol, path: &str, query: &str) -> Option<Fit> {
    let (name, path) = (symbol.name.to_lowercase(), path.to_lowercase());
    let in_detail = || symbol.detail.as_ref().is_some_and(|detail| detail.to_lowercase().contains(query));
    if name == query || path == query {
        Some(Fit::Whole)
    } else if name.starts_with(query) {
        Some(Fit::Beginning)
    } else if name.contains(query) {
        Some(Fit::Inside)
    } else if path.contains(query) || in_detail() {
        Some(Fit::Beside)
    } else {
        is_scattered(&path, query).then_some(Fit::Scattered)
    }
}

/// Whether the letters of a query stand in a text, in their order.
fn is_scattered(text: &str, query: &str) -> bool {
    let mut letters = text.chars();
    query.chars().filter(|letter| !letter.is_whitespace()).all(|letter| letters.any(|it| it == letter))
}
