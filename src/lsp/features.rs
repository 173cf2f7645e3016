//! One feature a file: a question of the protocol for [`ide`](crate::ide), and its answer back.

pub(super) mod calls;
pub(super) mod code_action;
pub(super) mod code_lens;
pub(super) mod colours;
pub(super) mod commands;
pub(super) mod completion;
pub(super) mod definition;
mod edits;
pub(super) mod folding;
pub(super) mod formatting;
pub(super) mod hover;
pub(super) mod inlay_hints;
pub(super) mod links;
pub(super) mod preview;
pub(super) mod references;
pub(super) mod rename;
pub(super) mod selection;
pub(super) mod signature_help;
pub(super) mod symbols;
