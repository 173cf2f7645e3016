//! One feature a file: a question of the protocol for [`ide`](crate::ide), and its answer back.

pub(super) mod code_action;
pub(super) mod formatting;
