//! From expressions to selectors: names are bound, and everything is known to mean something.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::function::{FUNCTIONS, Function, MEASURES, WORDS, function, variety};
use super::test::{Test, typed, vocabulary};
use super::{Node, Operation, Selector, Sort, UNKNOWN_WORD, Way, mistake};
use crate::catalog::{Category, KindId, PropertySpec, PropertyType};
use crate::diagnostic::Diagnostic;
use crate::model::{Lookup, Model, Scope};
use crate::source::Span;
use crate::suggest;
use crate::syntax::ast::{Argument, Binary, Operator, Path, Value, ValueKind};

pub(super) fn lower(
    model: &Model,
    scope: Option<Scope>,
    written: &Value,
    expected: Option<Sort>,
) -> Result<Selector, Vec<Diagnostic>> {
    let sort = expected.or_else(|| sort_of(written)).unwrap_or(Sort::Elements);
    let mut lowering = Lowering { model, scope, found: Vec::new() };
    match lowering.node(written, sort) {
        // A word that nothing has selects nothing, and the rest means what it says.
        Some(node) if lowering.found.iter().all(|finding| finding.code == UNKNOWN_WORD) => {
            Ok(Selector { node, sort, within: scope.map(|scope| scope.architecture), doubts: lowering.found })
        }
        _ => Err(lowering.found),
    }
}

/// What an expression is about by its form; `None` where it can be about both.
pub(super) fn sort_of(value: &Value) -> Option<Sort> {
    match &value.kind {
        ValueKind::Binary(binary) => match binary.operator {
            Operator::Flows(_) => Some(Sort::Hops),
            _ => sort_of(&binary.left).or_else(|| sort_of(&binary.right)),
        },
        ValueKind::Call(name, _) => match function(&name.text) {
            Some((Function::Moves, _)) => Some(Sort::Hops),
            Some((Function::Where | Function::Has | Function::Words(_), _)) => None,
            _ => Some(Sort::Elements),
        },
        ValueKind::List(items) => items.iter().find_map(sort_of),
        _ => Some(Sort::Elements),
    }
}

/// An argument without a name.
fn plain(argument: &Argument) -> Option<&Value> {
    argument.name.is_none().then_some(&argument.value)
}

/// A whole number of steps.
fn whole(argument: &Argument) -> Option<usize> {
    match &plain(argument)?.kind {
        ValueKind::Number(number) => number.replace('_', "").parse().ok(),
        _ => None,
    }
}

/// A name or a text as it was written.
fn word(value: &Value) -> Option<Path> {
    match &value.kind {
        ValueKind::Path(text) | ValueKind::Text(text) => Some(Path { text: text.clone(), span: value.span }),
        _ => None,
    }
}

struct Lowering<'m> {
    model: &'m Model,
    scope: Option<Scope>,
    found: Vec<Diagnostic>,
}

impl Lowering<'_> {
    /// A part of the selector; `None` with a finding, or where the parser has made one.
    fn node(&mut self, value: &Value, sort: Sort) -> Option<Node> {
        match &value.kind {
            ValueKind::List(items) => {
                let parts: Vec<_> = items.iter().map(|item| self.node(item, sort)).collect();
                parts.into_iter().collect::<Option<_>>().map(Node::Union)
            }
            ValueKind::Call(name, arguments) => self.call(name, arguments, value.span, sort),
            ValueKind::Binary(binary) => self.binary(binary, value.span, sort),
            ValueKind::Star | ValueKind::Path(_) if sort == Sort::Hops => self.fail(mistake::sort(value.span, sort)),
            ValueKind::Star => Some(Node::Everything),
            ValueKind::Path(text) => self.name(&Path { text: text.clone(), span: value.span }),
            ValueKind::Text(_) => self.fail(mistake::not_a_selector(value.span, "a text")),
            _ => self.fail(mistake::not_a_selector(value.span, "a value")),
        }
    }

    fn fail<T>(&mut self, finding: Diagnostic) -> Option<T> {
        self.found.push(finding);
        None
    }

    fn binary(&mut self, binary: &Binary, span: Span, sort: Sort) -> Option<Node> {
        let operation = match binary.operator {
            Operator::Add => Operation::Union,
            Operator::Subtract => Operation::Difference,
            Operator::Intersect => Operation::Intersection,
            Operator::Flows(arrow) if sort == Sort::Hops => {
                let (from, to) = self.both(binary, Sort::Elements)?;
                return Some(Node::Hops { arrow, from, to });
            }
            Operator::Flows(_) => return self.fail(mistake::sort(span, sort)),
            _ => return self.fail(mistake::not_a_selector(span, "a comparison or a calculation")),
        };
        let (left, right) = self.both(binary, sort)?;
        Some(Node::Combined { operation, left, right })
    }

    /// Both sides, so that what is wrong with either is found.
    fn both(&mut self, binary: &Binary, sort: Sort) -> Option<(Box<Node>, Box<Node>)> {
        let left = self.node(&binary.left, sort);
        let right = self.node(&binary.right, sort);
        Some((Box::new(left?), Box::new(right?)))
    }

    // ---- Names --------------------------------------------------------------------------------------------------------

    fn name(&mut self, path: &Path) -> Option<Node> {
        let word = variety(&path.text).map(Node::Variety);
        // Outside of architectures, a word of the language is not taken for some element's name.
        if let (None, Some(word)) = (self.scope, &word) {
            return Some(word.clone());
        }
        match self.model.look_up(self.scope, path) {
            Lookup::Element(id) => Some(Node::Element(id)),
            Lookup::Architecture(id) => Some(Node::Architecture(id)),
            Lookup::Absent => Some(Node::Nothing),
            Lookup::Ambiguous(candidates) => {
                let finding = mistake::ambiguous(self.model, "name/ambiguous", &path.text, path.span, &candidates);
                self.fail(finding)
            }
            Lookup::Nothing if word.is_some() => word,
            Lookup::Nothing if self.model.is_example => Some(self.name_in_example(path)),
            Lookup::Nothing if self.model.may_be_lost(&path.text) => None,
            Lookup::Nothing if self.is_declaration(&path.text) => self.fail(mistake::is_declaration(path)),
            Lookup::Nothing if self.model.catalog.find(&path.text).is_some() => self.fail(mistake::is_kind(path)),
            Lookup::Nothing => {
                let words = WORDS.iter().map(|(word, _)| *word);
                let near = self.model.near_name(self.scope, path, words);
                self.fail(mistake::unresolved(path, near.as_deref()))
            }
        }
    }

    /// What a name means in an example, which does not declare it: what follows the name of an architecture, if it declares
    /// that, or else nothing.
    fn name_in_example(&self, path: &Path) -> Node {
        let rest = path.text.split_once('.').map(|(_, rest)| Path { text: rest.into(), span: path.span });
        match rest.map(|rest| self.model.look_up(self.scope, &rest)) {
            Some(Lookup::Element(id)) => Node::Element(id),
            _ => Node::Nothing,
        }
    }

    /// Whether a kind is one of declarations that are no elements: views, rules and the like, edges, architectures.
    fn is_declaration(&self, name: &str) -> bool {
        let catalog = &self.model.catalog;
        let is_a = |kind, name| catalog.find(name).is_some_and(|parent| catalog.is_a(kind, parent));
        catalog.find(name).is_some_and(|kind| match name {
            "declaration" => false,
            "edge" | "architecture" => true,
            _ => is_a(kind, "declaration") && !is_a(kind, "element"),
        })
    }

    // ---- Functions ----------------------------------------------------------------------------------------------------

    fn call(&mut self, name: &Path, arguments: &[Argument], span: Span, sort: Sort) -> Option<Node> {
        let Some((function, form)) = function(&name.text) else {
            if MEASURES.contains(&name.text.as_str()) {
                return self.fail(mistake::measure(name));
            }
            let near = suggest::nearest(&name.text, FUNCTIONS.iter().map(|(name, ..)| *name));
            return self.fail(mistake::unknown_function(name, near));
        };
        let is_about_hops = match function {
            Function::Moves => Some(true),
            Function::Where | Function::Has | Function::Words(_) => None,
            _ => Some(false),
        };
        if is_about_hops.is_some_and(|it| it != (sort == Sort::Hops)) {
            return self.fail(mistake::sort(span, sort));
        }
        let before = self.found.len();
        let node = match function {
            Function::Kind => self.kinds(arguments).map(|kinds| Node::Where(vec![Test::Kind(kinds)])),
            Function::Category => self.categories(arguments).map(|all| Node::Where(vec![Test::Category(all)])),
            Function::Words(property) => self.words(property, arguments),
            Function::Carries => self.class(arguments).map(Node::Carries),
            Function::Moves => self.moves(arguments),
            Function::Upstream => self.walk(&name.text, Way::Up, arguments, None),
            Function::Downstream => self.walk(&name.text, Way::Down, arguments, None),
            Function::Neighbors => self.walk(&name.text, Way::Around, arguments, Some(1)),
            Function::Between => self.between(arguments),
            Function::Where => self.comparisons(arguments, sort),
            Function::Has => self.has(arguments, sort),
        };
        if node.is_none() && self.found.len() == before {
            return self.fail(mistake::arguments(span, &name.text, form));
        }
        node
    }

    /// Names or texts, at least one.
    fn list(arguments: &[Argument]) -> Option<Vec<Path>> {
        let words: Option<Vec<Path>> = arguments.iter().map(|argument| plain(argument).and_then(word)).collect();
        words.filter(|words| !words.is_empty())
    }

    fn kinds(&mut self, arguments: &[Argument]) -> Option<Vec<KindId>> {
        let catalog = &self.model.catalog;
        let mut kinds = Vec::new();
        for path in Self::list(arguments)? {
            let Some(kind) = catalog.find(&path.text) else {
                let near = suggest::nearest(&path.text, catalog.kinds().map(|kind| kind.name.as_str()));
                return self.fail(mistake::unknown_kind(&path, near));
            };
            if self.is_declaration(&path.text) {
                return self.fail(mistake::is_declaration(&path));
            }
            kinds.push(kind);
        }
        Some(kinds)
    }

    fn categories(&mut self, arguments: &[Argument]) -> Option<Vec<Category>> {
        let mut categories = Vec::new();
        for path in Self::list(arguments)? {
            let Some(category) = Category::of(&path.text) else {
                let all: Vec<&str> = Category::ALL.iter().map(|category| category.name()).collect();
                let near = suggest::nearest(&path.text, all.iter().copied());
                return self.fail(mistake::unknown_category(&path, near, &all));
            };
            categories.push(category);
        }
        Some(categories)
    }

    fn words(&mut self, property: &'static str, arguments: &[Argument]) -> Option<Node> {
        let words = Self::list(arguments)?;
        for word in &words {
            match property {
                "data" => self.known_class(word),
                _ => self.known(property, word),
            }
        }
        let words = words.into_iter().map(|word| word.text).collect();
        Some(Node::Where(vec![Test::Words { property, words }]))
    }

    /// Reports a word that nothing has, where it looks like one that something does have. Else nothing may be as it should.
    fn known(&mut self, property: &str, word: &Path) {
        if self.model.is_example || vocabulary(self.model, property).any(|known| known == word.text) {
            return;
        }
        let distinct: BTreeSet<&str> = vocabulary(self.model, property).collect();
        if let Some(near) = suggest::nearest(&word.text, distinct) {
            self.found.push(mistake::unknown_word(word, property, near));
        }
    }

    /// Reports a class of data that nothing declares: there are few, and what is about one that is nowhere is dead. An
    /// environment may have removed all that declares it, and a workspace of nothing but rules is for others.
    fn known_class(&mut self, word: &Path) {
        let vocabulary: BTreeSet<&str> = vocabulary(self.model, "data").collect();
        let model = self.model;
        let may_be_elsewhere = model.is_example || model.environment.is_some() || model.architectures.is_empty();
        if !may_be_elsewhere && !vocabulary.contains(word.text.as_str()) {
            let near = suggest::nearest(&word.text, vocabulary.iter().copied());
            self.found.push(mistake::unknown_class(word, near, &vocabulary));
        }
    }

    fn class(&mut self, arguments: &[Argument]) -> Option<SmolStr> {
        let [argument] = arguments else { return None };
        let class = plain(argument).and_then(word)?;
        self.known_class(&class);
        Some(class.text)
    }

    fn moves(&mut self, arguments: &[Argument]) -> Option<Node> {
        let (first, rest) = arguments.split_first()?;
        let class = self.class(std::slice::from_ref(first))?;
        let (mut from, mut to) = (None, None);
        for argument in rest {
            let end = match argument.name.as_ref()?.text.as_str() {
                "from" => &mut from,
                "to" => &mut to,
                _ => {
                    return self.fail(mistake::argument(
                        argument,
                        "moves",
                        "after the class, it takes `from = …` and `to = …`",
                    ));
                }
            };
            *end = Some(Box::new(self.node(&argument.value, Sort::Elements)?));
        }
        Some(Node::Moves { class, from, to })
    }

    fn walk(&mut self, name: &str, way: Way, arguments: &[Argument], default: Option<usize>) -> Option<Node> {
        let (first, rest) = arguments.split_first()?;
        let steps = match rest {
            [] => default,
            [steps] => {
                let Some(number) = whole(steps) else {
                    return self.fail(mistake::argument(steps, name, "steps are a whole number, such as `2`"));
                };
                Some(number)
            }
            _ => return None,
        };
        let from = Box::new(self.node(plain(first)?, Sort::Elements)?);
        Some(Node::Walk { way, from, steps })
    }

    fn between(&mut self, arguments: &[Argument]) -> Option<Node> {
        let [from, to] = arguments else { return None };
        let from = self.node(plain(from)?, Sort::Elements);
        let to = self.node(plain(to)?, Sort::Elements);
        Some(Node::Between(Box::new(from?), Box::new(to?)))
    }

    // ---- Properties ---------------------------------------------------------------------------------------------------

    fn comparisons(&mut self, arguments: &[Argument], sort: Sort) -> Option<Node> {
        let mut tests = Vec::new();
        for argument in arguments {
            let (property, operator, value) = comparison(argument)?;
            tests.push(self.comparison(property, operator, value, sort)?);
        }
        (!tests.is_empty()).then_some(Node::Where(tests))
    }

    fn comparison(&mut self, property: Path, operator: Operator, value: &Value, sort: Sort) -> Option<Test> {
        let specs = self.specs(&property, sort)?;
        if !specs.iter().any(|spec| typed(value, &spec.ty).is_some()) {
            // A list is asked for one of its values.
            let ty = specs.first().map(|spec| match &spec.ty {
                PropertyType::List(inner) => &**inner,
                ty => ty,
            });
            let expectation = ty.map(PropertyType::expectation).unwrap_or_default();
            return self.fail(mistake::wrong_value(value.span, &property.text, &expectation));
        }
        Some(Test::Compare { property: property.text, operator, value: value.clone() })
    }

    fn has(&mut self, arguments: &[Argument], sort: Sort) -> Option<Node> {
        let mut tests = Vec::new();
        for property in Self::list(arguments)? {
            self.specs(&property, sort)?;
            tests.push(Test::Has(property.text));
        }
        Some(Node::Where(tests))
    }

    /// What kinds say of a property; `None` with a finding if none knows it.
    fn specs(&mut self, property: &Path, sort: Sort) -> Option<Vec<&PropertySpec>> {
        let catalog = &self.model.catalog;
        let known: Vec<&PropertySpec> = match sort {
            Sort::Elements => catalog.kinds().flat_map(|kind| &kind.properties).collect(),
            Sort::Hops => catalog.find("edge").map(|edge| catalog.properties(edge)).unwrap_or_default(),
        };
        let specs: Vec<_> = known.iter().copied().filter(|spec| spec.name == property.text).collect();
        if specs.is_empty() {
            let near = suggest::nearest(&property.text, known.iter().map(|spec| spec.name.as_str()));
            self.found.push(mistake::unknown_property(property, near, sort));
            return None;
        }
        Some(specs)
    }
}

/// `name = value`, or `name >= value` and the like.
fn comparison(argument: &Argument) -> Option<(Path, Operator, &Value)> {
    if let Some(name) = &argument.name {
        return Some((name.clone(), Operator::Equal, &argument.value));
    }
    let ValueKind::Binary(binary) = &argument.value.kind else { return None };
    let is_comparison = !matches!(
        binary.operator,
        Operator::Flows(_)
            | Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Intersect
    );
    is_comparison.then_some(())?;
    let ValueKind::Path(name) = &binary.left.kind else { return None };
    Some((Path { text: name.clone(), span: binary.left.span }, binary.operator, &binary.right))
}
