//! From trees to a model.

use super::Model;
use crate::catalog::Catalog;
use crate::syntax::ast;

/// Resolves the files of a workspace against a catalog.
pub fn resolve<'f>(_files: impl IntoIterator<Item = &'f ast::File>, catalog: Catalog) -> Model {
    Model { catalog, ..Model::default() }
}
