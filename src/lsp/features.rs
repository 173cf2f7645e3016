//! One feature a file: a question of the protocol for [`ide`](crate::ide), and its answer back.

pub(super) mod calls;
pub(super) mod code_action;
pub(super) mod definition;
pub(super) mod formatting;
pub(super) mod links;
pub(super) mod references;
pub(super) mod rename;
