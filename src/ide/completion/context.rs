//! What a cursor's place means in the workspace: which block it is in, and whose names are known there.

use crate::catalog::{Catalog, KindId};
use crate::ide::Snapshot;
use crate::ide::position::{Block, Lexeme, Position, Sort};
use crate::model::{Lookup, Model, Scope, Variety};
use crate::pattern::Pattern;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Declaration, Path, Statement};

/// The block around a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ide) enum Place {
    /// The top of a file.
    Top,
    /// An architecture.
    Architecture,
    /// A group, or the body of a pattern.
    Group,
    /// An example of a rule.
    Example,
    /// A service, an external system or people.
    Element,
    /// An edge.
    Edge,
    /// A view.
    View,
    /// A scenario.
    Scenario,
    /// A block of steps in one.
    Steps,
    /// An environment.
    Environment,
    /// What a `use` says of its instance.
    Use,
    /// A rule.
    Rule,
    /// A decision.
    Decision,
    /// A kind.
    Kind,
    /// The declaration of a property.
    PropertyDeclaration,
    /// A meter or a quota of a kind.
    Metering,
    /// A wiring fact.
    Wire,
    /// Why a kind is retired.
    Retired,
    /// Free facts, and what nobody understands.
    Free,
}

/// Whose names are known.
#[derive(Clone, Copy, Debug)]
pub(in crate::ide) enum Home<'s> {
    /// Those that the model knows in a scope; at the top of a file if there is none.
    Model(Option<Scope>),
    /// Those of a pattern or of an example, which are a matter of its text.
    Written {
        /// What is written in it.
        statements: &'s [Statement],
        /// The pattern.
        pattern: Option<&'s Pattern>,
    },
}

/// A cursor in a workspace.
pub(in crate::ide) struct Context<'s> {
    pub(in crate::ide) snapshot: &'s Snapshot,
    pub(in crate::ide) file: FileId,
    pub(in crate::ide) position: Position<'s>,
    pub(in crate::ide) place: Place,
    pub(in crate::ide) home: Home<'s>,
}

impl<'s> Context<'s> {
    pub(in crate::ide) fn new(snapshot: &'s Snapshot, file: FileId, position: Position<'s>) -> Context<'s> {
        let mut context = Context { snapshot, file, position, place: Place::Top, home: Home::Model(None) };
        for at in 0..context.position.blocks.len() {
            context.enter(at);
        }
        context
    }

    pub(in crate::ide) fn model(&self) -> &'s Model {
        self.snapshot.model()
    }

    pub(in crate::ide) fn catalog(&self) -> &'s Catalog {
        &self.snapshot.model().catalog
    }

    /// The pattern that the cursor is in.
    pub(in crate::ide) fn pattern(&self) -> Option<&'s Pattern> {
        match self.home {
            Home::Written { pattern, .. } => pattern,
            Home::Model(_) => None,
        }
    }

    /// What stands before the brace of the innermost block.
    pub(in crate::ide) fn head(&self) -> &[Lexeme] {
        self.position.blocks.last().map_or(&[], |block| &block.head)
    }

    /// A path as it would be written at the cursor.
    pub(in crate::ide) fn written(&self, path: &str) -> Path {
        Path { text: path.into(), span: Span::of(self.file, self.position.cursor..self.position.cursor) }
    }

    /// What a path means to the model.
    pub(in crate::ide) fn look_up(&self, path: &str) -> Lookup {
        match self.home {
            Home::Model(scope) => self.model().look_up(scope, &self.written(path)),
            Home::Written { .. } => Lookup::Nothing,
        }
    }

    /// The kind of a word of the language: `edge`, `view`.
    pub(in crate::ide) fn core(&self, name: &str) -> Option<KindId> {
        self.catalog().find(name)
    }

    // ---- From block to block ------------------------------------------------------------------------------------------

    fn enter(&mut self, at: usize) {
        let Some(block) = self.position.blocks.get(at) else { return };
        let place = self.place_of(block);
        let name = block.head.get(1).filter(|name| name.sort == Sort::Name).map(|name| self.position.text_of(name));
        let word = block.head.first().map(|word| (self.position.text_of(word), word.range.start));
        let home = match word {
            Some((word @ ("architecture" | "extend"), _)) if place == Place::Architecture => {
                name.map(|name| Home::Model(self.scope_of(word, name)))
            }
            Some(("pattern", start)) if place == Place::Group => Some(self.written_at(start, name)),
            Some(("example", start)) if place == Place::Example => Some(self.written_at(start, None)),
            Some(("group", _)) if place == Place::Group => name.and_then(|name| self.inside_group(name)),
            _ => None,
        };
        self.place = place;
        self.home = home.unwrap_or(self.home);
    }

    fn place_of(&self, block: &Block) -> Place {
        let words: Vec<&str> = block.head.iter().take(2).map(|it| self.position.text_of(it)).collect();
        let (first, second) = (words.first().copied().unwrap_or_default(), words.get(1).copied());
        let is_named = block.head.get(1).is_some_and(|it| matches!(it.sort, Sort::Name | Sort::Text));
        let has_arrow = block.head.iter().any(|it| it.sort == Sort::Arrow);
        match first {
            "wire" if is_named || second == Some("*") => Place::Wire,
            _ if has_arrow && second != Some("=") && first != "wire" => match self.place {
                Place::Scenario | Place::Steps => Place::Free,
                _ => Place::Edge,
            },
            "architecture" | "extend" if is_named => Place::Architecture,
            "group" | "pattern" if is_named => Place::Group,
            "service" | "external" | "person" if is_named => Place::Element,
            "view" if is_named => Place::View,
            "scenario" if is_named => Place::Scenario,
            "environment" if is_named => Place::Environment,
            "use" if is_named => Place::Use,
            "rule" if is_named => Place::Rule,
            "decision" if is_named => Place::Decision,
            "kind" if is_named => Place::Kind,
            "example" if is_named => Place::Example,
            "property" if self.place == Place::Kind => Place::PropertyDeclaration,
            "meter" | "limit" if self.place == Place::Kind => Place::Metering,
            "retired" if self.place == Place::Kind => Place::Retired,
            "alt" | "opt" | "loop" | "par" | "else" | "and" if matches!(self.place, Place::Scenario | Place::Steps) => {
                Place::Steps
            }
            _ => Place::Free,
        }
    }

    fn scope_of(&self, word: &str, name: &str) -> Option<Scope> {
        if word == "architecture" {
            let architecture = self.model().find_architecture(name)?.id;
            return Some(Scope { architecture, group: None });
        }
        match self.model().look_up(None, &self.written(name)) {
            Lookup::Architecture(architecture) => Some(Scope { architecture, group: None }),
            Lookup::Element(id) => {
                let element = self.model().element(id);
                let group = (element.variety == Variety::Group).then_some(id);
                Some(Scope { architecture: element.architecture, group })
            }
            Lookup::Ambiguous(_) | Lookup::Absent | Lookup::Nothing => None,
        }
    }

    fn inside_group(&self, name: &str) -> Option<Home<'s>> {
        let Home::Model(Some(scope)) = self.home else { return None };
        let Lookup::Element(id) = self.look_up(name) else { return None };
        let is_group = self.model().element(id).variety == Variety::Group;
        is_group.then_some(Home::Model(Some(Scope { group: Some(id), ..scope })))
    }

    fn written_at(&self, start: usize, pattern: Option<&str>) -> Home<'s> {
        let statements = self.snapshot.tree(self.file).map_or(&[][..], |tree| &tree.statements);
        let statements = declaration_at(statements, start).map_or(&[][..], Declaration::statements);
        Home::Written { statements, pattern: pattern.and_then(|name| self.snapshot.library().find(name)) }
    }
}

/// The declaration whose keyword stands at an offset.
fn declaration_at(statements: &[Statement], start: usize) -> Option<&Declaration> {
    let around = |statement: &&Statement| statement.span().range().contains(&start);
    let Statement::Declaration(it) = statements.iter().find(around)? else { return None };
    if it.span.range().start == start { Some(it) } else { declaration_at(it.statements(), start) }
}
