//! Examples, on which rules are tried.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::catalog::Catalog;
use crate::model::{Head, Model, Overlay, Rule, resolve};
use crate::syntax::ast::{Declaration, File, Keyword, Path, Preamble, Statement};

/// What an example is there to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// Nothing in it breaks the rule.
    Good,
    /// Something in it does.
    Bad,
}

impl Expectation {
    /// What an example is said to be; none if that is neither.
    pub fn of(example: &Declaration) -> Option<Expectation> {
        match example.name.as_ref()?.text.as_str() {
            "good" => Some(Expectation::Good),
            "bad" => Some(Expectation::Bad),
            _ => None,
        }
    }
}

/// A model of nothing but an example of a rule, as an architecture of its own, and of that rule. The architecture has the
/// name of the one that the rule stands in, so that the rule names elements in the same way; for a rule that stands in none,
/// it is called `example`. What the rule names and the example does not declare selects nothing there.
pub fn stage(model: &Model, rule: &Rule, example: &Declaration) -> Model {
    let home = rule.head.architecture.map(|id| model.architecture(id));
    let name = home.map_or_else(|| SmolStr::new_static("example"), |home| home.name.clone());
    let file = File { statements: vec![architecture(name, example)], ..File::default() };
    let catalog: Arc<Catalog> = Arc::clone(&model.catalog);
    let mut staged = resolve([&file], catalog, &Overlay::default());
    let architecture = home.and_then(|_| staged.architectures.first()).map(|architecture| architecture.id);
    let head = Head { architecture, ..rule.head.clone() };
    staged.is_example = true;
    staged.rules = vec![Rule { head, examples: Vec::new() }];
    staged
}

fn architecture(name: SmolStr, example: &Declaration) -> Statement {
    Statement::Declaration(Box::new(Declaration {
        preamble: Preamble::default(),
        keyword: Keyword::Architecture,
        name: Some(Path { text: name, span: example.name_span() }),
        ..example.clone()
    }))
}
