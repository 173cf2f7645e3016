//! One feature a file: a question of the protocol for [`ide`](crate::ide), and its answer back.

pub(super) mod colours;
pub(super) mod folding;
pub(super) mod formatting;
pub(super) mod selection;
pub(super) mod symbols;
